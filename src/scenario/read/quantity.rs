//! One quantity at one place: read, checked against its range, or explained.

use rust_decimal::Decimal;

use super::cursor::{Cursor, wrong_kind};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::syntax::{Node, Value};
use crate::units::reading::{Misread, Reading, read};
use crate::units::{Currency, Kind};

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
        let path = self.path_of(key);
        let kind = terms.kind;
        let reading = match &node.value {
            Value::Text(text) => self
                .read_text(text, terms)
                .map_err(|misread| explain(node, text, &misread, key, terms, self.reader.currency())),
            Value::Number(text) => match number(text) {
                None => Err(Diagnostic::new(Code::OutOfRange, format!("{text} is not a number to compute with"))
                    .at(node.span, "not a finite number")
                    .help(format!("write for example {}", kind.example()))),
                // A negative zero is a slip as well.
                Some(_) if terms.bare && text.starts_with('-') => Err(negative(node, text, terms)),
                Some(value) if terms.bare || kind == Kind::Number => Ok(Reading { value, percent: false }),
                Some(value) => Err(no_unit(node, text, value, key, terms, self.reader.currency())),
            },
            _ => Err(wrong_kind(node, &format!("`{key}` is {}", kind.name()), &path)
                .help(format!("write for example {}", self.example(key, kind)))),
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
        if let Some(diagnostic) = self.out_of_range(node, reading.value, terms) {
            self.reader.report(diagnostic.path(path));
            return None;
        }
        Some(reading.value)
    }

    fn example(&self, key: &str, kind: Kind) -> String {
        // The example of a key of an estimate is of another kind; the kind's own is always right.
        match self.field(key) {
            Some(field) => format!("`{}`", field.example),
            None => kind.example().to_owned(),
        }
    }

    fn read_text(&self, text: &str, terms: Terms) -> Result<Reading, Misread> {
        let settings = self.reader.settings();
        let reading = read(text, terms.kind, settings);
        if terms.yearly_chance && reading.is_err() {
            return read(text, Kind::Frequency, settings).or(reading);
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
                    "a percentage is read as {} events a year, which gives a year with at least one a chance of {:.1} %",
                    rate.normalize(),
                    100.0 * chance
                ),
            )
            .at(node.span, "a percentage where a rate is due")
            .help("write \"0.1 per year\" or \"1 in 10 years\" for a rate; for a chance of one event a year add `count = \"at most one\"`")
            .path(path),
        );
    }

    fn out_of_range(&self, node: &Node, value: Decimal, terms: Terms) -> Option<Diagnostic> {
        let percent = (value * Decimal::ONE_HUNDRED).normalize();
        match terms.kind {
            Kind::Chance if value > Decimal::ONE => {
                let times = value.normalize();
                Some(if terms.yearly_chance {
                    Diagnostic::new(
                        Code::ChanceAboveOne,
                        format!("{times} times a year cannot be the chance of at most one event a year"),
                    )
                    .at(node.span, "above 1")
                    .help("leave out `count = \"at most one\"`, or write a chance of 100 % or less")
                } else {
                    Diagnostic::new(Code::ChanceAboveOne, format!("a chance of {percent} % is more than certain"))
                        .at(node.span, format!("this is {times} in 1"))
                        .help(format!("did you mean {times} times a year? A rate is written \"{times} per year\", where a rate is due"))
                        .help("a chance is written as \"25%\" or \"1 in 4\"")
                })
            }
            Kind::Rate if value <= -Decimal::ONE => Some(
                Diagnostic::new(Code::OutOfRange, format!("a yearly rate of {percent} % leaves nothing"))
                    .at(node.span, "at or below -100 %")
                    .help("write a rate above -100 %, such as \"-5%\""),
            ),
            Kind::Rate if value > Decimal::TEN => Some(
                Diagnostic::new(Code::OutOfRange, format!("a yearly rate of {percent} % is not plausible"))
                    .at(node.span, "above 1,000 %")
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

fn too_large(node: &Node) -> Diagnostic {
    Diagnostic::new(Code::TooLarge, "the value is too large to compute with")
        .at(node.span, "too large")
        .help("check the multiple: k is a thousand, M a million, bn a thousand million; amounts end at 1e20, rates and times at 1e9")
}

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

fn negative(node: &Node, text: &str, terms: Terms) -> Diagnostic {
    Diagnostic::new(Code::OutOfRange, format!("{text} is below zero, and {} cannot be", terms.kind.name()))
        .at(node.span, "below zero")
        .help(format!("write a value of 0 or more, such as {}", terms.kind.example()))
}

fn no_unit(node: &Node, text: &str, value: Decimal, key: &str, terms: Terms, currency: Currency) -> Diagnostic {
    let text = text.trim();
    let diagnostic = Diagnostic::new(Code::NoUnit, format!("`{key} = {text}` has no unit"))
        .at(node.span, "a number without its unit");
    if value < Decimal::ZERO && terms.kind != Kind::Rate {
        return negative(node, text, terms);
    }
    let n = value.normalize();
    let percent = (value * Decimal::ONE_HUNDRED).normalize();
    let two = |one: String, other: String| {
        diagnostic.clone().help(format!("it could mean {one} or {other}: write the one you mean"))
    };
    match terms.kind {
        Kind::Chance if terms.yearly_chance => two(format!("\"{n} per year\""), format!("\"1 in {n} years\"")),
        Kind::Chance | Kind::Rate if value > Decimal::ONE => {
            two(format!("\"{n}%\""), format!("\"{percent}%\"")).help(if n <= Decimal::ONE_HUNDRED {
                format!("most likely \"{n}%\"")
            } else {
                "a chance is at most \"100%\"".to_owned()
            })
        }
        Kind::Chance | Kind::Rate => two(format!("\"{percent}%\""), format!("\"{n}%\"")),
        Kind::Money | Kind::YearlyMoney => {
            two(format!("\"{n}\" ({currency} {n})"), format!("\"{n}k\" (where amounts are kept in thousands)"))
        }
        Kind::Frequency => two(format!("\"{n} per year\""), format!("\"1 in {n} years\"")),
        Kind::Period => two(format!("\"{n} hours\""), format!("\"{n} days\"")),
        Kind::Revenue => two(format!("\"{n} per hour\""), format!("\"{n} per year\"")),
        Kind::Wage => two(format!("\"{n} per hour\""), format!("\"{n}k per hour\"")),
        Kind::WorkTime => two(format!("\"{n} hours per week\""), format!("\"{n} hours per year\"")),
        Kind::Number => diagnostic,
    }
}

fn explain(node: &Node, text: &str, misread: &Misread, key: &str, terms: Terms, currency: Currency) -> Diagnostic {
    let kind = terms.kind;
    let write = format!("write for example {}", kind.example());
    let fault = |code: Code, message: String, label: &str| Diagnostic::new(code, message).at(node.span, label);
    match misread {
        Misread::Empty => fault(Code::BadQuantity, format!("`{key}` is empty"), "nothing written here").help(write),
        Misread::NoUnit(value) => no_unit(node, text, *value, key, terms, currency),
        Misread::NoYears(a, b) => {
            let (a, b) = (a.normalize(), b.normalize());
            fault(Code::NoUnit, format!("\"{text}\" does not say {a} in {b} of what"), "no unit of time")
                .help(format!("write \"{a} in {b} years\""))
        }
        Misread::OtherKind(Kind::Chance) if kind == Kind::Frequency => {
            fault(Code::WrongUnit, format!("\"{text}\" is a chance, and `{key}` is a yearly frequency"), "a chance")
                .help("write \"1 in 10 years\" or \"0.1 per year\"")
        }
        Misread::OtherKind(Kind::Frequency) if kind == Kind::Chance => {
            fault(Code::WrongUnit, format!("\"{text}\" is a yearly frequency, and `{key}` is a chance"), "a frequency")
                .help("write \"15%\" or \"1 in 7\"")
        }
        Misread::OtherKind(other) => fault(
            Code::WrongUnit,
            format!("\"{text}\" is {}, and `{key}` is {}", other.name(), kind.name()),
            "wrong unit",
        )
        .help(write),
        Misread::OtherCurrency(code) => fault(
            Code::OtherCurrency,
            format!("\"{text}\" is in {code}, and the scenario in {currency}"),
            "another currency",
        )
        .help(format!("convert it and write \"{currency} …\", or the amount alone; a scenario has one currency")),
        Misread::DecimalComma => {
            let mended = text.replacen(',', ".", 1);
            let mended = if text.matches(['.', ',']).count() == 1 { mended } else { "1200000".to_owned() };
            fault(
                Code::BadQuantity,
                format!("the comma or point in \"{text}\" can be read in two ways"),
                "which is it?",
            )
            .help(format!("write a decimal point, \"{mended}\", and group thousands by threes, \"1,200,000\""))
        }
        Misread::Negative => negative(node, text, terms),
        Misread::TooLarge => too_large(node),
        Misread::UnknownWord(word) => fault(
            Code::BadQuantity,
            format!("\"{word}\" in \"{text}\" is no unit of {}", bare_name(kind)),
            "not understood",
        )
        .help(write),
        Misread::Unclear => {
            fault(Code::BadQuantity, format!("\"{text}\" cannot be read as {}", kind.name()), "not understood")
                .help(write)
        }
    }
}

/// The kind without its article.
fn bare_name(kind: Kind) -> &'static str {
    let name = kind.name();
    name.strip_prefix("an ").or_else(|| name.strip_prefix("a ")).unwrap_or(name)
}
