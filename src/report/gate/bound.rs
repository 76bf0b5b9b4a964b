//! Does a figure keep to a bound that somebody wrote?
//!
//! A bound is written as the figure is: money as an amount, a chance as a percentage or as one in so many, years as
//! years. What does not fit says what would: `>=5` of a chance could be 5 % or five times certain.

use rust_decimal::Decimal;

use crate::figures::{Assessment, Check, Leaf, Measure, Node, Quantity, View};
use crate::model::Scenario;
use crate::report::chart::{Scale, words};
use crate::report::explain::key;
use crate::units::reading::{Settings, read};
use crate::units::{Arithmetic, Kind};

use super::Fault;

/// A bound of a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// The key of the figure, as in the JSON.
    pub key: String,
    /// Whether the figure must be at least this; else at most.
    pub is_least: bool,
    /// The bound as written.
    pub written: String,
}

impl Bound {
    /// A bound as written: a key, `>=` or `<=`, and how much.
    ///
    /// # Errors
    /// Where neither sign is there, or nothing before or behind it.
    pub fn of(text: &str) -> Result<Self, Fault> {
        let parts = |sign: &str, is_least| text.split_once(sign).map(|(key, written)| (key, written, is_least));
        let split = parts(">=", true).or_else(|| parts("<=", false));
        let split = split.map(|(key, written, is_least)| (key.trim(), written.trim(), is_least));
        match split.filter(|(key, written, _)| !key.is_empty() && !written.is_empty()) {
            Some((key, written, is_least)) => Ok(Self { key: key.to_owned(), is_least, written: written.to_owned() }),
            None => Err(Fault::new(
                format!("--figure \"{text}\" is no key, then >= or <=, then how much"),
                ["write for example --figure \"plan.core.net_present_value>=0\"".to_owned()],
            )),
        }
    }
}

/// How a bound of what is counted in this is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Written(Measure);

impl Written {
    /// What it is, and what fits it.
    fn fits(self) -> (&'static str, &'static str) {
        match self.0 {
            Measure::Money => ("an amount of money", "write an amount, such as 250k, 1.2M or -5k"),
            Measure::Share | Measure::Chance => {
                ("a chance or a share", "write a percentage or one in so many, such as 5% or \"1 in 20\"")
            }
            Measure::Years => {
                ("a number of years", "write \"3 years\", \"18 months\" or a number of years, such as 2.5")
            }
            Measure::Rate => {
                ("events a year", "write \"1 in 5 years\", \"2 per year\" or a number a year, such as 0.2")
            }
            Measure::Hours => ("hours", "write \"40 hours\" or a number of hours, such as 40"),
            _ => ("a number", "write a number, such as 1.5"),
        }
    }

    /// How much a text says, in what the figure is counted in.
    fn read(self, text: &str, settings: &Settings) -> Option<f64> {
        let (sign, text) = unsigned(text);
        // One sign is enough.
        let number = |text: &str| text.parse::<Decimal>().ok().filter(|number| !number.is_sign_negative());
        let bare = || number(&text);
        let of = |kind| read(&text, kind, settings).ok().map(|reading| reading.value);
        let hours_a_year = Decimal::from(8_760);
        // More than all is no chance, but a return may well be it.
        let percent = || number(text.strip_suffix('%')?.trim())?.checked_div(Decimal::ONE_HUNDRED);
        let value = match self.0 {
            Measure::Money => bare().or_else(|| of(Kind::Money)),
            Measure::Share | Measure::Chance => percent().or_else(|| of(Kind::Chance)),
            Measure::Years => bare().or_else(|| of(Kind::Period)?.checked_div(hours_a_year)),
            Measure::Rate => bare().or_else(|| of(Kind::Frequency)),
            Measure::Hours => bare().or_else(|| of(Kind::Period)),
            _ => bare().or_else(percent),
        };
        value.map(|value| sign * f64::from_decimal(value))
    }

    /// A figure in words, as tables round it.
    fn said(self, value: f64, scenario: &Scenario) -> String {
        let scale = Scale::for_amounts(scenario.unit(), std::iter::once(value));
        let minus = if value < 0.0 { "\u{2212}" } else { "" };
        let fixed = |decimals: usize| scale.voice.set(&format!("{minus}{:.decimals$}", value.abs()));
        match self.0 {
            Measure::Money => scale.full(value).replace('-', "\u{2212}"),
            Measure::Share | Measure::Chance => words::percent(value, scale.voice),
            Measure::Years => format!("{} years", fixed(1)),
            Measure::Rate => words::assumption(value, Kind::Frequency, &scale),
            Measure::Hours => format!("{} h", fixed(1)),
            _ if value.fract() == 0.0 => fixed(0),
            _ => fixed(2),
        }
    }

    /// The same beside a bound: two that round to one text are told apart.
    fn beside(self, value: f64, bound: f64, scenario: &Scenario) -> String {
        let said = self.said(value, scenario);
        let is_whole = matches!(self.0, Measure::Money) && value.fract() == 0.0;
        if is_whole || value == bound || said != self.said(bound, scenario) {
            return said;
        }
        format!("just {} {said}", if value > bound { "over" } else { "under" })
    }
}

/// A text without its minus, wherever before the digits it stands: `-5k`, `EUR -5k`.
fn unsigned(text: &str) -> (f64, String) {
    let minus = |c: char| matches!(c, '-' | '\u{2212}');
    match text.find(minus) {
        Some(at) if text.matches(minus).count() == 1 && !text[..at].contains(|c: char| c.is_ascii_digit()) => {
            (-1.0, text.replacen(minus, "", 1))
        }
        _ => (1.0, text.to_owned()),
    }
}

/// Half of the tenth digit of a figure, as a part of it.
const PRINTED: f64 = 5e-10;

/// Whether a figure keeps to its bound.
pub(super) fn check(
    assessment: &Assessment,
    bound: &Bound,
    scenario: &Scenario,
) -> Result<(Vec<String>, Check), Fault> {
    let Some(found) = key::find(assessment, &bound.key) else {
        let mut help = vec!["keys are those of `rosi assess --format json`".to_owned()];
        let like = key::like(&bound.key, figures(assessment));
        if !like.is_empty() {
            help.insert(0, format!("did you mean {}?", like.join(", ")));
        }
        return Err(Fault::new(format!("there is no figure \"{}\"", bound.key), help));
    };
    let Some((value, measure)) = number(found.node) else {
        let mut help = vec!["keys are those of `rosi assess --format json`".to_owned()];
        let mut below = key::keys(found.node).into_iter().map(|(key, _)| format!("{}.{key}", bound.key));
        help.extend(below.next().map(|first| format!("name one figure, such as {first}")));
        return Err(Fault::new(format!("\"{}\" is not a number", bound.key), help));
    };
    let written = Written(measure);
    let Some(limit) = written.read(&bound.written, scenario.reading()) else {
        let (what, fits) = written.fits();
        let message = format!("--figure {}: \"{}\" does not fit: the figure is {what}", bound.key, bound.written);
        return Err(Fault::new(message, [fits.to_owned()]));
    };
    let as_number = value.map(|value| match value {
        Quantity::Money(money) => money.figure().to_f64(),
        Quantity::Count(count) => count as f64,
        Quantity::Number(number) => number.get(),
    });
    // A bound that is copied from an output, with the ten digits that stand there, is met.
    let is_met = |value: f64| (value - limit).abs() <= PRINTED * value.abs().max(limit.abs());
    let keeps = |value: f64| if bound.is_least { value >= limit } else { value <= limit };
    let holds = as_number.is_some_and(|value| keeps(value) || is_met(value));
    let check = Check {
        what: bound.key.clone(),
        found: as_number.map_or_else(|| "no such figure".to_owned(), |value| written.beside(value, limit, scenario)),
        value,
        allowed: format!("at {} {}", if bound.is_least { "least" } else { "most" }, bound.written),
        holds,
    };
    Ok((found.path, check))
}

/// A figure that a bound can be asked of, and what it is counted in; nothing where it does not exist.
fn number(node: &dyn Node) -> Option<(Option<Quantity>, Measure)> {
    match node.view() {
        View::Leaf(Leaf::Money(figure)) => Some((Some(Quantity::Money(figure.into())), Measure::Money)),
        View::Leaf(Leaf::Number(number, measure)) => Some((Quantity::finite(number), measure)),
        View::Leaf(Leaf::Count(count)) => Some((Some(Quantity::Count(count)), Measure::Count)),
        View::Nothing(shape) => {
            let measure = shape.measure().filter(|measure| !matches!(measure, Measure::Words | Measure::Flag))?;
            Some((None, measure))
        }
        _ => None,
    }
}

/// The keys of all figures that a bound can be asked of.
fn figures(assessment: &Assessment) -> impl Iterator<Item = String> {
    key::keys(assessment).into_iter().filter(|(_, node)| number(*node).is_some()).map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Currency;

    #[test]
    fn a_bound_is_read_as_its_figure_is_counted() {
        let settings = Settings::new(Currency::from_code("EUR").unwrap(), Decimal::from(220));
        let read = |measure: Measure, text: &str| Written(measure).read(text, &settings);
        for (measure, text, value) in [
            (Measure::Money, "0", 0.0),
            (Measure::Money, "-5k", -5_000.0),
            (Measure::Money, "EUR -1.2M", -1_200_000.0),
            (Measure::Money, "−250", -250.0),
            (Measure::Share, "5%", 0.05),
            (Measure::Share, "1 in 20", 0.05),
            (Measure::Share, "-12.5 %", -0.125),
            (Measure::Share, "150%", 1.5),
            (Measure::Years, "3 years", 3.0),
            (Measure::Years, "18 months", 1.5),
            (Measure::Years, "2.5", 2.5),
            (Measure::Rate, "1 in 5 years", 0.2),
            (Measure::Ratio, "1.5", 1.5),
            (Measure::Ratio, "120%", 1.2),
        ] {
            assert_eq!(read(measure, text), Some(value), "{text}");
        }
        for (measure, text) in [
            (Measure::Money, "5%"),
            (Measure::Money, "1 in 20"),
            (Measure::Money, "USD 5k"),
            (Measure::Money, "NaN"),
            (Measure::Money, "inf"),
            (Measure::Share, "0.05"),
            (Measure::Share, "5k"),
            (Measure::Years, "5%"),
            (Measure::Years, "5k"),
            (Measure::Ratio, "5k"),
            (Measure::Ratio, "--5"),
        ] {
            assert_eq!(read(measure, text), None, "{text}");
        }
    }
}
