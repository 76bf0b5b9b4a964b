//! The page `docs/file-format.md`, written from the same tables as the reader.

use std::fmt::Write;

use super::estimate::{FORMS, QUANTILES, SAMPLES_FILE};
use super::quantities::QUANTITIES;
use super::{ESTIMATE, Field, Form, Need, RECORD, SCENARIO, TableDef};
use crate::model::Factor;
use crate::units::Kind;

/// What the page says before the tables; the examples in it are read by the tests.
const INTRODUCTION: &str = include_str!("introduction.md");

/// The formats of files that stand beside a scenario.
const OTHER_FILES: &str = include_str!("other_files.md");

/// The page on the file format, as Markdown.
pub fn page() -> String {
    let mut page = String::from(INTRODUCTION);
    quantities(&mut page);
    estimates(&mut page);
    let mut tables: Vec<&TableDef> = Vec::new();
    collect(&SCENARIO, &mut tables);
    for def in tables {
        table(&mut page, def);
    }
    page.push_str(
        "\n## Factors\n\nWhat a control can act on, if the risk has it:\n\n| `on` | what it is |\n|---|---|\n",
    );
    for factor in Factor::all() {
        let _ = writeln!(page, "| `{}` | {} |", factor.key(), factor.words(crate::units::Language::English));
    }
    page.push_str(OTHER_FILES);
    page
}

fn quantities(page: &mut String) {
    page.push_str(
        "\n## Quantities\n\nA quantity is a text with its unit, written as people write it. A number without quotes is taken only where the key names the unit (`events = 12` a year, `users = 900`).\n\n| what | for example | what it can be |\n|---|---|---|\n",
    );
    for quantity in QUANTITIES {
        let examples: Vec<String> = quantity
            .examples
            .iter()
            .map(
                |(text, remark)| {
                    if remark.is_empty() { format!("`\"{text}\"`") } else { format!("`\"{text}\"` ({remark})") }
                },
            )
            .collect();
        let _ = writeln!(page, "| {} | {} | {} |", quantity.kind.name(), examples.join(", "), quantity.range);
    }
    page.push_str(
        "\n`k` is a thousand, `M` and `MM` a million, `bn` a thousand million, `T€` a thousand euros; `Tsd.`, `Mio.`, `Mrd.`, `lakh`, `crore` and the words of English, German, French, Spanish, Italian and Dutch are read too, as are their words for times (`\"alle 8 Jahre\"`, `\"2 fois par an\"`, `\"monthly\"`). The decimal sign is a point or a comma, and thousands are grouped by the other, a blank, an apostrophe or `_`. Where a number has two readings (`\"30.000\"`, `\"1,200\"`), `numbers` at the head of the file tells; without it the other amounts of the file do, if all that show a decimal sign show the same; else it is a fault that shows both. A currency is its code, its sign or its word: the scenario's, or one with a rate in `[exchange_rates]`. `\"4 events in 6 years\"` is what was seen, the same as `{ events = 4, years = 6 }`; `\"1 in 20 years\"` is a rate that is known. A percentage where a yearly frequency is due counts as a rate, with a warning.\n",
    );
}

fn estimates(page: &mut String) {
    page.push_str(
        "\n## Estimates\n\nMost figures are estimates. An estimate is one quantity (`\"60k\"`) or a table with a range (`{ low = \"40k\", high = \"600k\" }`), in exactly one of these forms:\n\n| keys | what it is |\n|---|---|\n",
    );
    for form in FORMS {
        let keys: Vec<String> = form
            .shape
            .iter()
            .map(|shape| format!("`shape = \"{shape}\"`"))
            .chain(form.keys.iter().map(|key| format!("`{key}`")))
            .chain(form.optional.iter().map(|key| format!("(`{key}`)")))
            .collect();
        let _ = writeln!(page, "| {} | {} |", keys.join(", "), form.doc);
        if form.keys == ["p10", "p50", "p90"] {
            let keys: Vec<String> = QUANTILES.iter().map(|(key, _)| format!("`{key}`")).collect();
            let _ = writeln!(page, "| two of {} | two quantiles: lognormal, for a chance beta |", keys.join(", "));
        }
    }
    page.push_str(
        "\n`beta` is for chances only; `normal`, `lognormal` and `gamma` for everything else. The values rise in the order of the keys. A range of no width is one value.\n\nThe keys of an estimate:\n\n",
    );
    rows(page, ESTIMATE.fields);
    let _ = write!(page, "\n{}\n\n", SAMPLES_FILE.doc);
    rows(page, SAMPLES_FILE.fields);
    page.push_str(
        "\n### Where an estimate comes from\n\nThese keys stand in an estimate, or in the table around it for all estimates in it that do not say otherwise.\n\n",
    );
    rows(page, RECORD);
}

fn table(page: &mut String, def: &TableDef) {
    let _ = write!(page, "\n## {}\n\n{}\n\n", heading(def), def.doc);
    for rule in def.rules {
        let _ = writeln!(page, "- {}", rule.sentence());
    }
    if def.record {
        page.push_str(
            "- `source`, `owner`, `date`, `why` and `example` may stand here too, for [all that it holds](#where-an-estimate-comes-from).\n",
        );
    }
    if def.record || !def.rules.is_empty() {
        page.push('\n');
    }
    rows(page, def.fields);
}

fn heading(def: &TableDef) -> String {
    if def.name.starts_with('[') { format!("`{}`", def.name) } else { capital(def.name) }
}

/// The link to a table's heading, as Markdown viewers make it.
fn link(def: &TableDef, words: &str) -> String {
    let anchor: String = def.name.chars().filter(|c| c.is_alphanumeric() || *c == '_').collect();
    format!("[{words}](#{anchor})")
}

fn collect(def: &'static TableDef, tables: &mut Vec<&'static TableDef>) {
    if tables.iter().any(|known| std::ptr::eq(*known, def)) {
        return;
    }
    tables.push(def);
    for field in def.fields {
        match field.form {
            Form::Table(inner)
            | Form::Tables(inner)
            | Form::TableOrTables(inner)
            | Form::WordOrTable(_, inner)
            | Form::FixedOrTable(_, inner)
            | Form::Rates(inner)
            | Form::RefsOrTables(_, inner) => collect(inner, tables),
            _ => {}
        }
    }
}

fn rows(page: &mut String, fields: &[Field]) {
    page.push_str("| key | what stands there | if left out | what it means | for example |\n|---|---|---|---|---|\n");
    for field in fields {
        let need = match field.need {
            Need::Required => "**required**".to_owned(),
            Need::Optional => String::new(),
            Need::Default(value) => value.to_owned(),
        };
        let role = field.form.role_words().map(|words| format!(" *{words}*")).unwrap_or_default();
        let cell = |text: &str| text.replace('|', "\\|");
        let _ = writeln!(
            page,
            "| `{}` | {} | {need} | {}{role} | `{}` |",
            field.key,
            cell(&form_words(field.form)),
            cell(field.doc),
            cell(field.example)
        );
    }
}

fn form_words(form: Form) -> String {
    let quoted = |words: &[&str]| words.iter().map(|word| format!("`\"{word}\"`")).collect::<Vec<_>>().join(", ");
    let named = |kind: &str| kind.replace('_', " ");
    match form {
        Form::SchemaVersion => "`1`".into(),
        Form::Text => "text".into(),
        Form::Id => "id: letters, digits, `-` and `_`, at most 64".into(),
        Form::Ref(kind) => format!("id of a {}", named(kind)),
        Form::Currency => "three letters".into(),
        Form::Date => "day, such as 2027-01-31, 31.01.2027 or 31 January 2027".into(),
        Form::Flag => "`true` or `false`".into(),
        Form::Fixed(Kind::Number) => "quantity of the estimate's kind".into(),
        Form::Fixed(kind) => kind.name().into(),
        Form::Estimate { kind, bare: false, .. } => format!("estimate: {}", kind.name()),
        Form::Estimate { kind, bare: true, .. } => format!("estimate: {}, or a number a year", kind.name()),
        Form::Series(kind) => format!("estimate: {}, or a list of them", kind.name()),
        Form::EventFrequency => "estimate: a yearly frequency".into(),
        Form::FactorEstimate => "estimate of the factor's kind".into(),
        Form::Integer(least, most) if most > 1_000_000 => format!("whole number from {least}"),
        Form::Integer(least, most) => format!("whole number, {least} to {most}"),
        Form::Above(bound) => format!("number above {bound}"),
        Form::Doubt => "percentage above 0%".into(),
        Form::Observed => "list of quantities, open ones (`\"> 40k\"`), bands (`\"10k to 50k\"`)".into(),
        Form::Samples => "list of quantities, the name of a CSV file, or `file` and `column`".into(),
        Form::Column => "heading, or whole number".into(),
        Form::Plain => "number".into(),
        Form::Positive => "number above 0".into(),
        Form::Seen => "number, 0 or more".into(),
        Form::Confidence(words) => {
            let words: Vec<String> = words.iter().map(|(word, _)| format!("`\"{word}\"`")).collect();
            format!("number above 0, or {}", words.join(", "))
        }
        Form::Quantity => "estimate: a plain number".into(),
        Form::Each => "estimate of the same kind".into(),
        Form::Rates(def) => link(def, "table of rates by currency"),
        Form::Start => "`\"year N\"` or `\"month N\"`".into(),
        Form::Word(words) => quoted(words),
        Form::Factor => "a [factor](#factors)".into(),
        Form::Texts => "list of texts".into(),
        Form::Refs(kind) => format!("list of ids of {}s", named(kind)),
        Form::Words(words) => format!("list of {}", quoted(words)),
        Form::Table(def) => link(def, "table"),
        Form::Tables(def) => link(def, "list of tables"),
        Form::TableOrTables(def) => link(def, "table, or a list of them"),
        Form::WordOrTable(words, def) => format!("{}, or a {}", quoted(words), link(def, "table")),
        Form::FixedOrTable(kind, def) => format!("{}, or a {}", kind.name(), link(def, "table")),
        Form::RefsOrTables(kind, def) => format!("list of ids of {}s, or of {}", named(kind), link(def, "tables")),
    }
}

fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
