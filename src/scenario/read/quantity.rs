//! One quantity at one place: read, checked against its range, or explained.

use rust_decimal::Decimal;

use super::cursor::{Cursor, wrong_kind};
use super::explain::{grouped, too_large};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::syntax::{Node, Value};
use crate::units::reading::{Misread, Reading, read};
use crate::units::{Kind, Numbers};

/// How a quantity may be written where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// The kind of quantity.
    pub kind: Kind,
    /// Whether the key names the unit, so that a number without unit is taken.
    pub bare: bool,
    /// Whether it is a yearly chance that may be written as a frequency too.
    pub yearly_chance: bool,
}

impl Terms {
    /// A quantity of a kind, with its unit.
    pub fn of(kind: Kind) -> Self {
        Self { kind, bare: false, yearly_chance: false }
    }
}

impl Cursor<'_, '_> {
    /// One quantity at a key, in the canonical unit.
    pub fn fixed(&self, key: &str, kind: Kind) -> Option<Decimal> {
        self.quantity(self.node(key)?, key, Terms::of(kind))
    }

    /// One quantity at a node, in the canonical unit.
    pub fn quantity(&self, node: &Node, key: &str, terms: Terms) -> Option<Decimal> {
        self.quantity_reading(node, key, terms).map(|reading| reading.value)
    }

    /// One quantity at a node, and how it was written.
    pub fn quantity_reading(&self, node: &Node, key: &str, terms: Terms) -> Option<Reading> {
        let path = self.path_of(key);
        let kind = terms.kind;
        let reading = match &node.value {
            Value::Text(text) => {
                self.read_text(text, terms).map_err(|misread| self.explain(node, text, &misread, key, terms))
            }
            Value::Number(text) => match number(text) {
                None => Err(Diagnostic::new(Code::OutOfRange, format!("{text} is not a number to compute with"))
                    .at(node.span, "not a finite number")
                    .help(format!("write for example {}", self.example(key, terms)))),
                // A negative zero is a slip as well.
                Some(_) if terms.bare && text.starts_with('-') => Err(self.negative(node, text, key, terms)),
                Some(value) if terms.bare || kind == Kind::Number => Ok(Reading { value, percent: false, seen: None }),
                Some(value) => Err(self.no_unit(node, value, key, terms)),
            },
            _ => Err(wrong_kind(node, &format!("`{key}` is {}", kind.name()), &path)
                .help(format!("write for example {}", self.example(key, terms)))),
        };
        let reading = match reading {
            Ok(reading) => reading,
            Err(diagnostic) => {
                self.reader.report(diagnostic.path(path));
                return None;
            }
        };
        if reading.percent && kind == Kind::Frequency {
            self.percent_as_rate(node, reading.value, &path);
        }
        if let Some(diagnostic) = self.out_of_range(node, reading.value, key, terms) {
            self.reader.report(diagnostic.path(path));
            return None;
        }
        Some(reading)
    }

    /// Reads a text as the quantity due.
    pub fn read_text(&self, text: &str, terms: Terms) -> Result<Reading, Misread> {
        let settings = self.reader.settings();
        let reading = read(text, terms.kind, settings);
        if terms.yearly_chance && reading.is_err() {
            let frequency = read(text, Kind::Frequency, settings);
            let is_telling = matches!(frequency, Err(Misread::NoneSeen(_) | Misread::TwoReadings(_)));
            return if is_telling { frequency } else { frequency.or(reading) };
        }
        if terms.bare && reading.is_err() {
            return read(text, Kind::Number, settings).or(reading);
        }
        reading
    }

    fn percent_as_rate(&self, node: &Node, rate: Decimal, path: &str) {
        let chance = -libm::expm1(-<f64 as crate::units::Arithmetic>::from_decimal(rate));
        self.reader.report(
            Diagnostic::new(
                Code::PercentAsRate,
                format!(
                    "a percentage is read as {} events a year, which gives a year with at least one a chance of {:.1}%",
                    rate.normalize(),
                    100.0 * chance
                ),
            )
            .german(Numbers::PointComma.set(&format!(
                "ein Prozentsatz ist gelesen als {} Ereignisse im Jahr; ein Jahr mit mindestens einem hat dann eine Wahrscheinlichkeit von {:.1} %",
                rate.normalize(),
                100.0 * chance
            )))
            .at(node.span, "a percentage where a rate is due")
            .help("write \"0.1 per year\" or \"1 in 10 years\" for a rate; for a chance of one event a year add `count = \"at most one\"`")
            .path(path),
        );
    }

    fn out_of_range(&self, node: &Node, value: Decimal, key: &str, terms: Terms) -> Option<Diagnostic> {
        let percent = grouped(value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(value));
        match terms.kind {
            Kind::Chance if value > Decimal::ONE => {
                let times = grouped(value);
                Some(if self.is_share(key) {
                    let key = self.subject(key);
                    Diagnostic::new(Code::ChanceAboveOne, format!("a `{key}` of {percent}% is more than all of it"))
                        .at(node.span, "above 100%")
                        .help("write a part of the whole, such as \"60%\"; all of it is \"100%\"")
                } else if terms.yearly_chance {
                    Diagnostic::new(
                        Code::ChanceAboveOne,
                        format!("{times} times a year cannot be the chance of at most one event a year"),
                    )
                    .at(node.span, "above 1")
                    .help("leave out `count = \"at most one\"`, or write a chance of 100% or less")
                } else {
                    Diagnostic::new(Code::ChanceAboveOne, format!("a chance of {percent}% is more than certain"))
                        .at(node.span, format!("this is {times} in 1"))
                        .help(format!("did you mean {times} times a year? A rate is written \"{times} per year\", where a rate is due"))
                        .help("a chance is written as \"25%\" or \"1 in 4\"")
                })
            }
            Kind::Rate if value <= -Decimal::ONE => Some(
                Diagnostic::new(Code::OutOfRange, format!("a yearly rate of {percent}% leaves nothing"))
                    .at(node.span, "at or below -100%")
                    .help("write a rate above -100%, such as \"-5%\""),
            ),
            Kind::Rate if value > Decimal::TEN => Some(
                Diagnostic::new(Code::OutOfRange, format!("a yearly rate of {percent}% is not plausible"))
                    .at(node.span, "above 1,000%")
                    .help("write the yearly percentage, such as \"8%\""),
            ),
            Kind::Money | Kind::YearlyMoney | Kind::Revenue | Kind::Wage if value > LARGEST => Some(too_large(node)),
            Kind::Frequency | Kind::WorkTime | Kind::Period if value > Decimal::from(1_000_000_000_u64) => {
                Some(too_large(node))
            }
            _ => None,
        }
    }
}

/// The largest amount: more than the wealth of the world in any currency.
const LARGEST: Decimal = Decimal::from_parts(1_661_992_960, 1_808_227_885, 5, false, 0);

/// A number as written in TOML, YAML or JSON; nothing for infinities and what is not a number.
pub fn number(text: &str) -> Option<Decimal> {
    let plain: String = text.chars().filter(|c| *c != '_').collect();
    let plain = plain.trim_start_matches('+');
    // TOML and YAML write whole numbers to other bases too.
    for (sign, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = plain.strip_prefix(sign) {
            return u64::from_str_radix(digits, radix).ok().map(Decimal::from);
        }
    }
    plain.parse().ok().or_else(|| Decimal::from_scientific(plain).ok())
}
