//! What holds for the whole case, with every default noted.

use rust_decimal::Decimal;

use super::cursor::{Cursor, wrong_kind};
use super::quantity::number;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Assumptions, DefaultValue, Depreciation, EndValue, Growth, MACRS_YEARS, Timing};
use crate::scenario::grammar::{ASSUMPTIONS, DEPRECIATED_TO, DEPRECIATIONS, END_VALUES, Field, Need, TIMINGS};
use crate::scenario::syntax::Value;
use crate::units::{Kind, Period, Rate};

/// What begins every file: its format and its currency.
pub fn head(root: &Cursor<'_, '_>) {
    schema_version(root);
    currency(root);
}

/// The longest horizon, in years.
const LONGEST: usize = 50;

/// The assumptions of a file.
///
/// Where one is at fault, its default stands in, so that the others are checked all the same; for
/// a horizon it is the longest, within which everything starts.
pub fn assumptions(root: &Cursor<'_, '_>) -> Option<Assumptions> {
    head(root);
    let cursor = root.table("assumptions");
    let cursor = cursor.as_ref();
    let mut defaults = Vec::new();
    let rate = |cursor: Option<&Cursor<'_, '_>>, key: &str| {
        cursor.and_then(|cursor| cursor.fixed(key, Kind::Rate)).and_then(Rate::new)
    };
    for field in ASSUMPTIONS.fields {
        note_default(&mut defaults, cursor, field);
    }
    let growth = cursor.and_then(|cursor| cursor.table("growth"));
    if growth.is_none() {
        defaults.push(DefaultValue {
            path: "assumptions.growth".into(),
            value: "0%".into(),
            meaning: "Growth a year of losses, rates and costs.".into(),
        });
    }
    // The reader took its value before all else; here its faults are told.
    cursor.and_then(|cursor| cursor.integer("working_days"));
    let is_table = cursor.is_some() || root.node("assumptions").is_none();
    let horizon = horizon(cursor).filter(|_| is_table).unwrap_or(LONGEST);
    let tax_rate = rate(cursor, "tax_rate").unwrap_or_default();
    if tax_rate.get() < Decimal::ZERO || tax_rate.get() >= Decimal::ONE {
        let place = cursor.and_then(|cursor| cursor.node("tax_rate")).map_or(root.span, |node| node.span);
        root.reader.report(
            Diagnostic::new(Code::OutOfRange, "a tax rate lies from 0% up to 100%, without it")
                .at(place, "out of range")
                .help("write for example `tax_rate = \"25%\"`")
                .path("assumptions.tax_rate"),
        );
    }
    Some(Assumptions {
        horizon,
        discount_rate: rate(cursor, "discount_rate").or_else(|| Rate::new(Decimal::new(8, 2)))?,
        growth: Growth {
            losses: rate(growth.as_ref(), "losses").unwrap_or_default(),
            rates: rate(growth.as_ref(), "rates").unwrap_or_default(),
            costs: rate(growth.as_ref(), "costs").unwrap_or_default(),
        },
        tax_rate,
        depreciation: cursor.and_then(depreciation),
        written_to_salvage: cursor.is_some_and(is_written_to_salvage),
        end_value: match cursor.and_then(|cursor| cursor.word("end_value", END_VALUES)) {
            Some("straight-line") => EndValue::StraightLine,
            _ => EndValue::Nothing,
        },
        timing: match cursor.and_then(|cursor| cursor.word("timing", TIMINGS)) {
            Some("mid-year") => Timing::MidYear,
            _ => Timing::YearEnd,
        },
        valued_at: cursor.and_then(|cursor| cursor.date("valued_at")),
        working_days: root.reader.settings().working_days,
        seed: cursor.and_then(|cursor| cursor.integer("seed")).unwrap_or(1),
        defaults,
    })
}

fn note_default(defaults: &mut Vec<DefaultValue>, cursor: Option<&Cursor<'_, '_>>, field: &Field) {
    let Need::Default(value) = field.need else { return };
    if cursor.is_none_or(|cursor| cursor.node(field.key).is_none()) {
        defaults.push(DefaultValue {
            path: format!("assumptions.{}", field.key),
            value: value.into(),
            meaning: field.doc.into(),
        });
    }
}

fn schema_version(root: &Cursor<'_, '_>) {
    let Some(node) = root.node("schema") else { return };
    let version = match &node.value {
        Value::Number(text) => number(text),
        _ => None,
    };
    if version == Some(Decimal::ONE) {
        return;
    }
    let diagnostic = match &node.value {
        Value::Number(text) => {
            Diagnostic::new(Code::OutOfRange, format!("this rosi reads format 1, and the file is of format {text}"))
                .at(node.span, "another format")
                .path("schema")
        }
        _ => wrong_kind(node, "`schema` is the number of the format", "schema"),
    };
    root.reader.report(diagnostic.help("write `schema = 1`, or use a newer rosi"));
}

fn currency(root: &Cursor<'_, '_>) {
    use crate::units::Currency;
    let Some(node) = root.node("currency") else { return };
    let Some(text) = root.text_of(node, "currency") else { return };
    if Currency::from_code(text).is_some() {
        return;
    }
    let upper = text.trim().to_uppercase();
    let mut diagnostic = Diagnostic::new(Code::UnknownWord, format!("\"{text}\" is not the code of a currency"))
        .at(node.span, "unknown currency")
        .path("currency");
    let meant = if Currency::from_code(&upper).is_some() {
        Some(upper.as_str())
    } else {
        Currency::common_codes().iter().copied().find(|code| {
            Currency::from_code(code).is_some_and(|c| c.is_written(text) || c.name().eq_ignore_ascii_case(text))
                || upper.starts_with(code)
        })
    };
    if let Some(code) = meant {
        diagnostic = diagnostic.help(format!("did you mean \"{code}\"?"));
    }
    root.reader.report(diagnostic.help("write the three letters of ISO 4217, such as \"EUR\""));
}

/// Years looked ahead; nothing where what is written cannot be used.
pub fn horizon(cursor: Option<&Cursor<'_, '_>>) -> Option<usize> {
    let Some(cursor) = cursor else { return Some(3) };
    let Some(node) = cursor.node("horizon") else { return Some(3) };
    let years = Period::new(cursor.fixed("horizon", Kind::Period)?)?.years();
    let whole = u64::try_from(years).ok().filter(|_| years.fract().is_zero()).filter(|years| (1..=50).contains(years));
    let Some(whole) = whole else {
        cursor.reader.report(
            Diagnostic::new(
                Code::OutOfRange,
                format!("a horizon of {} years cannot be used", years.round_dp(2).normalize()),
            )
            .at(node.span, "not a whole number of years from 1 to 50")
            .help("write for example `horizon = \"3 years\"`")
            .path("assumptions.horizon"),
        );
        return None;
    };
    usize::try_from(whole).ok()
}

/// How purchases are written off: a method with its years, or a declining balance with its rate.
fn depreciation(cursor: &Cursor<'_, '_>) -> Option<Depreciation> {
    let years = cursor.integer("depreciation_years").and_then(|years| usize::try_from(years).ok());
    let rate = cursor.fixed("depreciation_rate", Kind::Chance).and_then(Rate::new);
    let method = cursor.word("depreciation", DEPRECIATIONS);
    let missing = |key: &str| {
        // A value that was written and misread has its own fault.
        if cursor.node(key).is_none()
            && let Some(field) = cursor.field(key)
        {
            cursor.missing(field);
        }
        None
    };
    let (needed, other) = match method {
        Some("declining") => ("depreciation_rate", "depreciation_years"),
        _ => ("depreciation_years", "depreciation_rate"),
    };
    if method.is_some() && cursor.node(other).is_some() {
        cursor.reader.report(
            Diagnostic::new(Code::Contradiction, format!("this `depreciation` takes no `{other}`"))
                .at(cursor.key_span(other), "not used")
                .help(format!("leave `{other}` out, and write `{needed}`"))
                .path(cursor.path_of(other)),
        );
    }
    match (method, years, rate) {
        (Some("declining"), _, Some(rate)) => Some(Depreciation::Declining(rate)),
        (Some("declining"), _, None) => missing("depreciation_rate"),
        (Some("macrs"), Some(years), _) if !MACRS_YEARS.contains(&years) => {
            cursor.reader.report(
                Diagnostic::new(Code::OutOfRange, format!("there is no MACRS table for {years} years"))
                    .at(cursor.key_span("depreciation_years"), "no table")
                    .help(
                        "write 3, 5, 7, 10, 15 or 20 years; computers and their software are 5, most other equipment 7",
                    )
                    .path("assumptions.depreciation_years"),
            );
            None
        }
        (Some("macrs"), Some(years), _) => Some(Depreciation::Macrs(years)),
        (Some("sum-of-digits"), Some(years), _) => Some(Depreciation::SumOfDigits(years)),
        (Some(_), Some(years), _) => Some(Depreciation::StraightLine(years)),
        (Some(_), None, _) => missing("depreciation_years"),
        (None, None, None) => None,
        (None, ..) => missing("depreciation"),
    }
}

fn is_written_to_salvage(cursor: &Cursor<'_, '_>) -> bool {
    let to_salvage = cursor.word("depreciation_to", DEPRECIATED_TO) == Some("salvage");
    let method = cursor.node("depreciation");
    let is_macrs = method.is_some_and(|node| matches!(&node.value, Value::Text(text) if text == "macrs"));
    if cursor.node("depreciation_to").is_some() && method.is_none() {
        if let Some(field) = cursor.field("depreciation") {
            cursor.missing(field);
        }
    } else if to_salvage && is_macrs {
        cursor.reader.report(
            Diagnostic::new(Code::Contradiction, "MACRS always writes down to nothing")
                .at(cursor.key_span("depreciation_to"), "not with `macrs`")
                .help("leave `depreciation_to` out")
                .path("assumptions.depreciation_to"),
        );
    }
    to_salvage && !is_macrs
}
