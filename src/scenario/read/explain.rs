//! Why can a quantity not be read, and what does its writer put instead?

use rust_decimal::Decimal;

use super::cursor::Cursor;
use super::quantity::Terms;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Shape;
use crate::scenario::grammar::{Field, Form};
use crate::scenario::syntax::{Node, Value};
use crate::stats::{Distribution, FitError};
use crate::units::reading::{Misread, between, cell, unmistakable};
use crate::units::{Arithmetic, Currency, Kind};

/// Keys whose chance is a part of something, not how likely it is.
const SHARES: &[&str] = &["coverage", "reliability", "reduction", "exposure", "share", "margin", "coinsurance"];

/// Words and signs that people put before a number they are not sure of.
const ABOUT: &[&str] = &["~", "≈", "<", ">", "about", "ca.", "ca", "circa", "approx.", "approx", "up to", "max"];

/// What people put between the two ends of a range.
const BETWEEN: &[&str] = &[" - ", " – ", "–", "—", " to ", "...", "..", "-"];

/// The two ends of a range as they are written alone, with their values.
struct Ends {
    low: (String, Decimal),
    high: (String, Decimal),
    /// Whether what stands between could be a minus.
    is_minus: bool,
}

impl Cursor<'_, '_> {
    /// The fault of a text that is no quantity of the kind due.
    pub fn explain(&self, node: &Node, text: &str, misread: &Misread, key: &str, terms: Terms) -> Diagnostic {
        let kind = terms.kind;
        let name = kind.name();
        let fault = |code: Code, message: String, label: &str| Diagnostic::new(code, message).at(node.span, label);
        let write = format!("write for example {}", self.example(key, terms));
        match misread {
            Misread::Empty => fault(Code::BadQuantity, format!("`{key}` is empty"), "nothing written here").help(write),
            Misread::NoUnit(value) => self.no_unit(node, *value, key, terms),
            Misread::NoYears(a, b) => {
                let (a, b) = (a.normalize(), b.normalize());
                let fault =
                    fault(Code::NoUnit, format!("\"{text}\" does not say {a} in {b} of what"), "no unit of time");
                if text.contains(['/', ':']) {
                    let two = format!("it could mean \"{a} in {b} years\" or \"{a} in {b} months\"");
                    fault.help(format!("{two}: write the one you mean"))
                } else {
                    fault.help(format!("write \"{a} in {b} years\""))
                }
            }
            Misread::NoneSeen(years) => {
                let years = years.round_dp(2).normalize();
                let fault =
                    fault(Code::BadQuantity, format!("none seen in {years} years is not never"), "none seen so far");
                let never = "if it cannot happen at all, write \"0 per year\"";
                if self.is_estimate() {
                    fault.help(never)
                } else {
                    fault
                        .help(format!(
                            "write `{key} = {{ events = 0, years = {years} }}`: what is known after that time"
                        ))
                        .help(never)
                }
            }
            Misread::TwoReadings([(one, first), (other, second)]) => {
                let shown = |value: &Decimal| self.amount_shown(*value, kind);
                let fault = fault(
                    Code::BadQuantity,
                    format!("\"{text}\" can be read in two ways: as {} or as {}", shown(first), shown(second)),
                    "which of the two?",
                )
                .help(format!("write \"{one}\" or \"{other}\""));
                // A doubt about a word is none about marks.
                let words = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
                if text.contains(['.', ',']) && words(one) == words(other) {
                    fault.help("or say at the head of the file how its numbers are written: `numbers = \"1,234.5\"` or `numbers = \"1.234,5\"`")
                } else {
                    fault
                }
            }
            Misread::OtherKind(Kind::Chance | Kind::Rate) if is_percentage(text) => {
                let fault = fault(
                    Code::WrongUnit,
                    format!("\"{text}\" is a percentage, and `{key}` is {name}"),
                    "a percentage",
                );
                if kind == Kind::Money && self.path.starts_with("risk.") {
                    fault
                        .help(write)
                        .help("a part of an asset is written `asset = { value = \"120k\", exposure = \"25%\" }`")
                } else {
                    fault.help(write)
                }
            }
            Misread::OtherKind(Kind::Frequency) if kind == Kind::Chance => fault(
                Code::WrongUnit,
                format!("\"{text}\" is a yearly frequency, and `{key}` is a chance"),
                "a frequency",
            )
            .help(self.as_chance(text, terms)),
            Misread::OtherKind(Kind::Revenue) if kind == Kind::YearlyMoney && a_day(text).is_some() => {
                let days = self.reader.settings().working_days;
                let a_day = a_day(text).unwrap_or_default();
                let [all, worked] = [Decimal::from(365), days].map(|days| unmistakable(a_day.saturating_mul(days)));
                fault(
                    Code::WrongUnit,
                    format!("\"{text}\" is {}, and `{key}` is {name}", Kind::Revenue.name()),
                    "wrong unit",
                )
                .help(format!(
                    "it could mean \"{all} per year\", on all 365 days, or \"{worked} per year\", on {days} working days: write the one you mean"
                ))
            }
            Misread::OtherKind(Kind::Revenue | Kind::YearlyMoney) if kind == Kind::Wage => fault(
                Code::WrongUnit,
                format!("`{key}` is {name}, and \"{text}\" is of another length of time"),
                "wrong unit",
            )
            .help("write what one hour costs, such as \"65 per hour\"; a working day has 8 hours"),
            Misread::OtherKind(Kind::Money) if matches!(kind, Kind::Revenue | Kind::Wage) => {
                let text = text.trim();
                let write = if kind == Kind::Wage {
                    format!("write \"{text} per hour\", if that is what an hour costs")
                } else {
                    format!("it could mean \"{text} per hour\" or \"{text} per year\": write the one you mean")
                };
                fault(Code::NoUnit, format!("\"{text}\" does not say per what"), "no unit of time").help(write)
            }
            Misread::OtherKind(other) => {
                fault(Code::WrongUnit, format!("\"{text}\" is {}, and `{key}` is {name}", other.name()), "wrong unit")
                    .help(write)
            }
            Misread::OtherCurrency(code) => {
                let currency = self.reader.currency();
                fault(
                    Code::OtherCurrency,
                    format!("\"{text}\" is in {code}, and the scenario in {currency}"),
                    "another currency",
                )
                .help(match Currency::from_code(code) {
                    Some(code) => format!("write what one {code} is worth in {currency} in the file: `exchange_rates = {{ {code} = \"0.92\" }}`, with the rate of your source"),
                    None => format!(
                        "write \"{}\" if it is in {currency}; else convert it, or write the code of its currency and an `[exchange_rates]`",
                        text.replace(code.as_str(), &format!("{currency} ")).split_whitespace().collect::<Vec<_>>().join(" ")
                    ),
                })
            }
            Misread::Groups => unclear_groups(node, text),
            Misread::Negative => self.negative(node, text, key, terms),
            Misread::TooLarge => too_large(node),
            Misread::UnknownWord(_) | Misread::Unclear => {
                if let Some(ends) = self.two_ends(text, terms) {
                    let fault = |what: &str| fault(Code::BadQuantity, format!("\"{text}\" is {what}"), "two values");
                    return self.range_of_text(fault, &ends, key, terms);
                }
                if let Some(rest) = self.without_about(text, terms) {
                    return fault(
                        Code::BadQuantity,
                        format!("\"{text}\" does not say how sure it is"),
                        "not understood",
                    )
                    .help(format!("write \"{rest}\", or a range: `{{ low = …, high = … }}`"));
                }
                let message = match misread {
                    Misread::UnknownWord(word) if word != text.trim() => {
                        format!("\"{word}\" in \"{text}\" is not understood; `{key}` is {name}")
                    }
                    _ => format!("\"{text}\" cannot be read as {name}"),
                };
                fault(Code::BadQuantity, message, "not understood").help(write)
            }
        }
    }

    /// What to write for a frequency where a chance is due: the same figure as a chance, where it is one.
    fn as_chance(&self, text: &str, terms: Terms) -> String {
        let bare = text.trim().trim_end_matches(char::is_alphabetic).trim_end();
        let value = self.read_text(bare, terms).ok().map(|read| read.value).filter(|value| *value < Decimal::ONE);
        match value.and_then(|value| value.checked_mul(Decimal::ONE_HUNDRED)) {
            Some(percent) if bare.contains(" in ") => {
                format!("write \"{bare}\", or \"{}%\"", percent.round_dp(4).normalize())
            }
            _ => "write a chance, such as \"15%\" or \"1 in 7\"".to_owned(),
        }
    }

    /// The fault of a number whose unit is a guess, with the readings that it allows.
    pub fn no_unit(&self, node: &Node, value: Decimal, key: &str, terms: Terms) -> Diagnostic {
        let quoted = matches!(node.value, Value::Text(_));
        let written = super::cursor::literal(node).unwrap_or_else(|| value.to_string());
        if value < Decimal::ZERO && terms.kind != Kind::Rate {
            return self.negative(node, written.trim_matches('"'), key, terms);
        }
        let n = unmistakable(value);
        let percent = unmistakable(value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(value));
        let label = if quoted || terms.kind == Kind::Number { "no unit" } else { "a number without its unit" };
        let diagnostic = Diagnostic::new(Code::NoUnit, format!("`{key} = {written}` has no unit")).at(node.span, label);
        let two = |one: String, other: String| {
            diagnostic.clone().help(format!("it could mean {one} or {other}: write the one you mean"))
        };
        let one = |write: String| diagnostic.clone().help(format!("write {write}"));
        match terms.kind {
            Kind::Chance if terms.yearly_chance && value <= Decimal::ONE => one(format!("\"{percent}%\"")),
            Kind::Chance if terms.yearly_chance => two(format!("\"{n}%\""), format!("\"1 in {n} years\"")),
            Kind::Chance | Kind::Rate if value.abs() <= Decimal::ONE => {
                two(format!("\"{percent}%\""), format!("\"{n}%\""))
            }
            Kind::Chance if !self.is_share(key) => one(format!("\"{n}%\", if that is the chance")).help(format!(
                "did you mean {n} times a year? A rate is written \"{n} per year\", where a rate is due"
            )),
            Kind::Chance if value > Decimal::ONE_HUNDRED => {
                one(format!("a part of the whole, such as {}", terms.kind.example()))
            }
            Kind::Chance | Kind::Rate => one(format!("\"{n}%\"; without a unit it would be {percent}%")),
            Kind::Money | Kind::YearlyMoney => {
                let currency = self.reader.currency();
                let year = if terms.kind == Kind::YearlyMoney { " a year" } else { "" };
                let thousands = grouped(value * Decimal::ONE_THOUSAND);
                two(
                    format!("\"{n}\" ({currency} {}{year})", grouped(value)),
                    format!("\"{n}k\" ({currency} {thousands}{year})"),
                )
            }
            Kind::Frequency if value.is_zero() => one("\"0 per year\"".to_owned()),
            Kind::Frequency if value < Decimal::ONE => {
                let years = Decimal::ONE.checked_div(value).map_or(Decimal::ZERO, |years| years.round_dp(1));
                let times = value.checked_mul(Decimal::from(12)).unwrap_or_default();
                two(
                    format!("\"{n} per year\" (once in {} years)", grouped(years)),
                    format!("\"{n} per month\" ({} times a year)", grouped(times)),
                )
            }
            Kind::Frequency => two(format!("\"{n} per year\""), format!("\"1 in {n} years\"")),
            Kind::Period => match self.subject(key) {
                "horizon" => one(format!("\"{n} years\"")),
                "lifetime" => two(format!("\"{n} years\""), format!("\"{n} months\"")),
                "ramp" => two(format!("\"{n} months\""), format!("\"{n} weeks\"")),
                _ => two(format!("\"{n} hours\""), format!("\"{n} days\"")),
            },
            Kind::Revenue => two(format!("\"{n} per hour\""), format!("\"{n} per year\"")),
            Kind::Wage => one(format!("\"{n} per hour\", if that is what an hour costs")),
            Kind::WorkTime => two(format!("\"{n} hours per week\""), format!("\"{n} hours per year\"")),
            Kind::Number => diagnostic,
        }
    }

    /// The fault of a value below zero.
    pub fn negative(&self, node: &Node, text: &str, key: &str, terms: Terms) -> Diagnostic {
        Diagnostic::new(Code::OutOfRange, format!("{text} is below zero, and {} cannot be", terms.kind.name()))
            .at(node.span, "below zero")
            .help(format!("write a value of 0 or more, such as {}", self.example(key, terms)))
    }

    /// How a quantity at a key is written.
    pub fn example(&self, key: &str, terms: Terms) -> String {
        // The example of a key of an estimate is of another kind; the kind's own is always right.
        match self.field(key) {
            Some(Field { form: Form::Fixed(_), example, .. }) if !self.is_estimate() => format!("`{example}`"),
            Some(_) if !self.is_estimate() => format!("`{key} = {}`", terms.kind.example()),
            _ => terms.kind.example().to_owned(),
        }
    }

    /// The key that a quantity is about: within an estimate the key of the estimate.
    pub fn subject<'k>(&'k self, key: &'k str) -> &'k str {
        if self.is_estimate() { self.path.rsplit('.').next().unwrap_or(key) } else { key }
    }

    /// Whether a chance is a part of something, not how likely it is.
    pub fn is_share(&self, key: &str) -> bool {
        SHARES.contains(&self.subject(key))
    }

    /// The two ends of a range that stands in one text; a unit may stand behind the second alone.
    fn two_ends(&self, text: &str, terms: Terms) -> Option<Ends> {
        let reads = |part: &str| self.read_text(part, terms).ok().map(|reading| reading.value);
        // `every 5-10 years`, `between 2 and 3 per year`
        let whole = between::ends(text).and_then(|(low, high)| {
            let (first, last) = (reads(&low)?, reads(&high)?);
            Some(Ends { low: (low, first), high: (high, last), is_minus: text.contains('-') })
        });
        if whole.is_some() {
            return whole;
        }
        BETWEEN.iter().find_map(|between| {
            let (low, high) = text.split_once(between)?;
            let (low, high) = (low.trim(), high.trim());
            let last = reads(high)?;
            let is_bare = low.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','));
            let unit = high.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',')).map_or("", |at| &high[at..]);
            let whole = if is_bare { format!("{low}{unit}") } else { low.to_owned() };
            let first = reads(&whole)?;
            Some(Ends { low: (whole, first), high: (high.to_owned(), last), is_minus: between.trim() == "-" })
        })
    }

    /// How a range that stands in one text is written.
    fn range_of_text(
        &self,
        fault: impl Fn(&str) -> Diagnostic,
        Ends { low: (low, first), high: (high, last), is_minus }: &Ends,
        key: &str,
        terms: Terms,
    ) -> Diagnostic {
        if first > last && *is_minus && terms.kind == Kind::Chance {
            let rest = unmistakable((first - last).checked_mul(Decimal::ONE_HUNDRED).unwrap_or_default());
            return fault("a sum that is left to do").help(format!("write what it comes to: \"{rest}%\""));
        }
        let fault = fault("a range in one text");
        let takes_range = !self.is_estimate()
            && self.field(key).is_some_and(|field| {
                matches!(
                    field.form,
                    Form::Estimate { .. } | Form::Series(_) | Form::EventFrequency | Form::FactorEstimate
                )
            });
        if !takes_range || first == last {
            return fault.help(format!("one value is due here: write \"{low}\" or \"{high}\""));
        }
        let ((low, first), (high, last)) =
            if first < last { ((low, first), (high, last)) } else { ((high, last), (low, first)) };
        if first.is_zero() || (terms.kind == Kind::Chance && *last == Decimal::ONE) {
            return fault.help(format!(
                "write `{key} = {{ shape = \"uniform\", min = \"{low}\", max = \"{high}\" }}`, or add what is `likely` and leave `shape` out"
            ));
        }
        fault.help(format!(
            "write `{key} = {{ low = \"{low}\", high = \"{high}\" }}` for a range that holds nine times in ten"
        ))
    }

    /// A value with its unit, for a message.
    fn amount_shown(&self, value: Decimal, kind: Kind) -> String {
        let value = value.normalize();
        match kind {
            Kind::Money | Kind::YearlyMoney | Kind::Revenue | Kind::Wage => {
                format!("{} {}", self.reader.currency(), grouped(value.round_dp(2)))
            }
            Kind::Chance | Kind::Rate => {
                format!("{}%", grouped(value.checked_mul(Decimal::ONE_HUNDRED).unwrap_or(value)))
            }
            Kind::Frequency => format!("{} a year", grouped(value.round_dp(4))),
            Kind::Period | Kind::WorkTime => format!("{} hours", grouped(value.round_dp(2))),
            Kind::Number => grouped(value),
        }
    }

    /// What remains without a word for "about".
    fn without_about<'t>(&self, text: &'t str, terms: Terms) -> Option<&'t str> {
        let rest = ABOUT.iter().find_map(|about| text.trim().strip_prefix(about))?.trim();
        self.read_text(rest, terms).is_ok().then_some(rest)
    }
}

/// Points and commas that group no thousands.
fn unclear_groups(node: &Node, text: &str) -> Diagnostic {
    let signs: Vec<char> = text.chars().filter(|c| matches!(c, ',' | '.')).collect();
    let last = text.rfind([',', '.']).unwrap_or(0);
    let without = |part: &str| part.replace([',', '.'], "");
    let is_mixed = signs.windows(2).any(|pair| pair[0] != pair[1]);
    // Where the last of them differs from the others it may well be the decimal sign.
    let mended = if is_mixed { format!("{}.{}", without(&text[..last]), &text[last + 1..]) } else { without(text) };
    Diagnostic::new(Code::BadQuantity, format!("the marks in \"{text}\" group no thousands"))
        .at(node.span, "how many thousands?")
        .help(format!("if that is what you mean, write \"{mended}\"; thousands are grouped by threes, as in \"1,200,000\", or not at all"))
}

/// What a text says that a day costs.
fn a_day(text: &str) -> Option<Decimal> {
    let read = cell::amount(text, None).ok()?;
    (read.a_year == Some(365)).then_some(read.value)
}

fn is_percentage(text: &str) -> bool {
    text.contains('%') || text.to_ascii_lowercase().contains("percent")
}

/// The fault of a value beyond what is computed with.
pub fn too_large(node: &Node) -> Diagnostic {
    Diagnostic::new(Code::TooLarge, "the value is too large to compute with")
        .at(node.span, "too large")
        .help("check the multiple: k is a thousand, M a million, bn a thousand million; amounts end at 1e20, rates and times at 1e9")
}

/// A number with its thousands grouped.
pub fn grouped(value: Decimal) -> String {
    let text = value.normalize().to_string();
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), String::new()), |(w, r)| (w, format!(".{r}")));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut shown = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    format!("{sign}{shown}{rest}")
}

/// Why no range has the values of a shape, and what to write instead.
pub fn misfit(fault: &FitError, shape: &Shape, kind: Kind) -> (String, String) {
    let show = |value: f64| shown(value, kind);
    let why = match fault {
        FitError::NotPositive { name, value } => format!("`{name}` is {}, and must be above 0", show(*value)),
        FitError::NotBelow { name, value, bound } => {
            format!("`{name}` is {}, and must be below {}", show(*value), show(*bound))
        }
        FitError::Disordered { lower_name, lower, upper_name, upper } => {
            format!("`{lower_name}` is {} and must be below `{upper_name}`, which is {}", show(*lower), show(*upper))
        }
        FitError::SpreadTooLarge { mean, sd, limit } => format!(
            "with a mean of {} the standard deviation must be below {}, but is {}",
            show(*mean),
            show(*limit),
            show(*sd)
        ),
        FitError::RangeTooWide { low, high, widest } => {
            format!("{} is more than {widest:.0} times {}, which this shape cannot span", show(*high), show(*low))
        }
        FitError::Unresolvable { low, high } => {
            format!("{} and {} lie too close together, or too far apart", show(*low), show(*high))
        }
        FitError::InfeasibleQuantiles { p10, p50, p90, .. } => {
            format!("no smooth curve runs through {}, {} and {}", show(*p10), show(*p50), show(*p90))
        }
        FitError::NotFinite { .. } | FitError::TooLarge { .. } | FitError::Negative { .. } | FitError::NoSamples => {
            fault.to_string()
        }
    };
    let cure = match (fault, shape) {
        (FitError::InfeasibleQuantiles { p10, p50, p90, nearest_p10, nearest_p50, nearest_p90 }, _) => {
            let bound = match shape {
                Shape::Quantiles { at_most, .. } => at_most.map(f64::from_decimal),
                _ => None,
            };
            let bound = if kind == Kind::Chance { Some(1.0) } else { bound };
            let nearest = [*nearest_p10, *nearest_p50, *nearest_p90];
            let near = |(place, key): (usize, &str)| {
                let mut points = [*p10, *p50, *p90];
                points[place] = beyond(points[place], nearest[place]);
                let [p10, p50, p90] = points;
                // Where the tail is then so heavy that there is no average, that is no cure.
                let range = Distribution::metalog(p10, p50, p90, bound).ok()?;
                // A comma could be read as a decimal sign.
                let text = || format!("`{key} = \"{}\"`", shown(points[place], kind).replace(',', ""));
                (range.tail_index() < 1.0 && range.mean().is_finite()).then(text)
            };
            match ["p10", "p50", "p90"].into_iter().enumerate().filter_map(near).collect::<Vec<_>>().as_slice() {
                [] => "write `min`, `likely` and `max`, or say the most that it can be with `at_most`".into(),
                [one] => format!("write {one}; or write `min`, `likely` and `max`"),
                [others @ .., last] => format!(
                    "change one of them, to {} or {last}; or write `min`, `likely` and `max`",
                    others.join(", ")
                ),
            }
        }
        (_, Shape::Interval { low, .. } | Shape::FamilyInterval { low, .. }) if low.is_zero() => {
            "write `min`, `likely` and `max`, where `min` may be 0; a 90% interval starts above 0, and a tiny `low` makes \
             its average huge: write the amount that only one in twenty stays below"
                .into()
        }
        (_, Shape::Interval { .. }) if kind == Kind::Chance => {
            "`low` and `high` of a chance lie between 0% and 100%, not on them; or write `min`, `likely` and `max`"
                .into()
        }
        (_, Shape::FamilyMoments { .. }) => "lower `sd`, or give the range as `low` and `high`".into(),
        _ => "write the range as `min`, `likely` and `max`, or as `low` and `high`".into(),
    };
    (why, cure)
}

/// Three digits of `nearest`, rounded away from what was given, so that what is shown still fits.
fn beyond(given: f64, nearest: f64) -> f64 {
    if nearest == 0.0 || !nearest.is_finite() {
        return nearest;
    }
    let unit = libm::pow(10.0, libm::log10(nearest.abs()).floor() - 2.0);
    let steps = nearest / unit;
    if nearest > given { steps.ceil() * unit } else { steps.floor() * unit }
}

/// A figure as a person may write it: four digits, with the unit of its kind.
pub fn shown(value: f64, kind: Kind) -> String {
    let number = |value: f64| {
        let decimals = if value == 0.0 { 0 } else { (3 - libm::log10(value.abs()).floor() as i32).clamp(0, 12) };
        let text = format!("{value:.*}", usize::try_from(decimals).unwrap_or(0));
        let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text };
        text.parse().map_or(text, grouped)
    };
    match kind {
        Kind::Chance | Kind::Rate => format!("{}%", number(100.0 * value)),
        Kind::Frequency => format!("{} per year", number(value)),
        Kind::Period => format!("{} hours", number(value)),
        Kind::WorkTime => format!("{} hours per year", number(value)),
        Kind::Revenue | Kind::Wage => format!("{} per hour", number(value)),
        Kind::YearlyMoney | Kind::Money | Kind::Number => number(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_shown_as_people_write_them() {
        assert_eq!(shown(62_414.627, Kind::Money), "62,415");
        assert_eq!(shown(0.5, Kind::Chance), "50%");
        assert_eq!(shown(0.000_123_456, Kind::Frequency), "0.0001235 per year");
        assert_eq!(shown(36.0, Kind::Period), "36 hours");
        assert_eq!(grouped(Decimal::new(-123_456_789, 2)), "-1,234,567.89");
        assert_eq!(grouped(Decimal::from(999)), "999");
    }

    #[test]
    fn a_figure_is_rounded_away_from_the_one_that_did_not_fit() {
        assert_eq!(beyond(89_000.0, 62_414.627), 62_400.0);
        assert_eq!(beyond(10_000.0, 62_414.627), 62_500.0);
    }
}
