//! How is an amount written beside a picture, so that its size is seen at a glance?
//!
//! Axis labels share one divisor and as many decimals as their step needs; a figure by itself has at most three digits and its
//! own divisor, because a small loss beside a large one would otherwise read as nothing.

use super::words;
use crate::report::cell::SIZES;
use crate::report::texts::{line, texts};
use crate::units::{Language, Unit, Voice};

/// How amounts along one axis are written: divided and with a letter for the size.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// ISO 4217 code; empty where there is none to name.
    pub currency: &'static str,
    /// Marks within numbers.
    pub voice: Voice,
    /// What amounts are divided by.
    pub divisor: f64,
    /// What stands after the divided amount: nothing, k, M, bn or tn.
    pub suffix: &'static str,
    /// Significant digits that [`Scale::estimate`] writes.
    pub digits: u32,
    /// The last digit that a table shows of its amounts: 1, thousands, millions or thousands of millions.
    place: f64,
    /// Whether no amount reaches what amounts are divided by.
    is_above_all: bool,
}

/// Digits of an amount by itself.
const MOST_DIGITS: u32 = 3;

impl Scale {
    /// The scale in which the ends of an axis for these amounts have one to three digits before the point.
    pub fn for_amounts(unit: impl Into<Unit>, amounts: impl Iterator<Item = f64>) -> Self {
        let largest = amounts.fold(0.0_f64, |most, amount| most.max(amount.abs()));
        // An axis ends at a round amount above the largest, so the next size begins a little early: 1.0M, not 1,000k.
        let Unit { currency, voice } = unit.into();
        let (divisor, suffix) = size_of(voice.language, largest * 1.35);
        Self {
            currency,
            voice,
            divisor,
            suffix,
            digits: MOST_DIGITS,
            place: place_of(largest),
            is_above_all: divisor > 1.0 && largest < divisor,
        }
    }

    /// The same for estimates that support so many digits only.
    #[must_use]
    pub fn with_digits(self, digits: u32) -> Self {
        Self { digits: digits.clamp(1, MOST_DIGITS), ..self }
    }

    /// A label of an axis whose labels are `step` apart: "1.5M", "−200k", "0". Where only the end of the axis reaches the
    /// next size, the others are written in the size of the amounts: "500k" beside "900k", and "1.0M" at the end.
    pub fn tick(&self, amount: f64, step: f64) -> String {
        if self.is_above_all && amount.abs() < self.divisor {
            let (divisor, suffix) = size_of(self.voice.language, 0.999 * self.divisor);
            return Self { divisor, suffix, is_above_all: false, ..self.clone() }.tick(amount, step);
        }
        let shown_step = (step / self.divisor).abs();
        let decimals =
            if shown_step > 0.0 { (-libm::log10(shown_step) - 1e-9).ceil().clamp(0.0, 9.0) as usize } else { 0 };
        let digits = grouped(amount / self.divisor, decimals);
        if digits == "0" || digits.trim_matches(|c| matches!(c, '0' | '.' | '\u{2212}')).is_empty() {
            return "0".to_owned();
        }
        format!("{}{}", self.voice.set(&digits), self.suffix)
    }

    /// One amount by itself, to three digits at most and in its own size: "1.23M", "456k", "4bn", "3". Without zeros at
    /// the end behind the point, as the tables write it.
    pub fn amount(&self, amount: f64) -> String {
        self.written(amount, MOST_DIGITS)
    }

    /// [`Scale::amount`] with as many digits as the estimates of the chart support.
    pub fn estimate(&self, amount: f64) -> String {
        self.written(amount, self.digits)
    }

    /// A table's amount: whole units from 100 on, cents below, and a hyphen as minus so that it can be pasted.
    pub(in crate::report) fn full(&self, amount: f64) -> String {
        let decimals = if amount.abs() < 100.0 && amount.fract() != 0.0 { 2 } else { 0 };
        self.voice.set(&grouped(amount, decimals)).replace('\u{2212}', "-")
    }

    /// An average in a table behind a picture, with the digits that the tables of a paper show of it: to thousands or
    /// millions, or to three digits where these say more.
    pub(in crate::report) fn average(&self, amount: f64) -> String {
        self.rounded(amount, MOST_DIGITS)
    }

    /// The same of an estimate that supports fewer digits.
    pub(in crate::report) fn told(&self, amount: f64) -> String {
        self.rounded(amount, self.digits)
    }

    /// An average year, a bad one and a very bad one as a table says them.
    pub(in crate::report) fn years(&self, [average, bad, very_bad]: [f64; 3]) -> [String; 3] {
        [self.average(average), self.told(bad), self.told(very_bad)]
    }

    fn rounded(&self, amount: f64, digits: u32) -> String {
        if !amount.is_finite() || amount == 0.0 {
            return self.full(amount);
        }
        let significant = libm::pow(10.0, libm::log10(amount.abs()).floor() - f64::from(digits) + 1.0);
        let place = if digits < MOST_DIGITS { significant } else { significant.min(self.place) };
        self.full(if place >= 1.0 { (amount / place).round() * place } else { amount })
    }

    /// [`words::chance`] as the chart writes numbers.
    pub fn chance(&self, chance: f64) -> String {
        words::chance(chance, self.voice)
    }

    /// [`words::percent`] as the chart writes numbers.
    pub fn percent(&self, share: f64) -> String {
        words::percent(share, self.voice)
    }

    /// [`words::percent_and_rest`] as the chart writes numbers.
    pub(in crate::report) fn percent_and_rest(&self, share: f64) -> [String; 2] {
        words::percent_and_rest(share, self.voice)
    }

    fn written(&self, amount: f64, digits: u32) -> String {
        if !amount.is_finite() || amount == 0.0 {
            return "0".to_owned();
        }
        // Rounded before the size is chosen, so that 999,999 becomes 1M and not 1,000k.
        let place = libm::pow(10.0, libm::log10(amount.abs()).floor() - f64::from(digits) + 1.0);
        let rounded = if place > 0.0 { (amount / place).round() * place } else { amount };
        let (divisor, suffix) = size_of(self.voice.language, rounded.abs() * (1.0 + 1e-12));
        let shown = rounded / divisor;
        let decimals = (2.0 - libm::log10(shown.abs() * (1.0 + 1e-12)).floor()).clamp(0.0, 6.0) as usize;
        let digits = grouped(shown, decimals);
        let digits =
            if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits.as_str() };
        format!("{}{suffix}", self.voice.set(digits))
    }

    /// A caption with the currency in its place.
    pub(in crate::report) fn captioned(&self, template: &str) -> String {
        line(template, &[("currency", &self.currency)])
    }

    fn with_currency(&self, amount: &str) -> String {
        let parts: [(&str, &dyn std::fmt::Display); 2] = [("amount", &amount), ("currency", &self.currency)];
        line(texts(self).said.money, &parts).trim().to_owned()
    }

    /// [`Scale::estimate`] with the currency beside it.
    pub fn estimate_with_currency(&self, amount: f64) -> String {
        self.with_currency(&self.estimate(amount))
    }

    /// [`Scale::amount`] with the currency beside it: "EUR 1.23M".
    pub fn amount_with_currency(&self, amount: f64) -> String {
        self.with_currency(&self.amount(amount))
    }
}

impl From<&Scale> for Language {
    fn from(scale: &Scale) -> Self {
        scale.voice.language
    }
}

fn size_of(language: Language, largest: f64) -> (f64, &'static str) {
    let words = &texts(language).said;
    let sizes = [(1e12, words.trillion), (1e9, words.billion), (1e6, words.million), (1e3, words.thousand)];
    sizes.into_iter().find(|(divisor, _)| largest >= *divisor).unwrap_or((1.0, ""))
}

/// The last digit that a table of amounts up to this one shows.
fn place_of(largest: f64) -> f64 {
    let power = SIZES.iter().find(|(most, _)| largest < *most).map_or(9, |(_, power)| *power);
    libm::pow(10.0, f64::from(power))
}

/// Digits with a comma between thousands; the minus is the typographic one.
pub(in crate::report) fn grouped(amount: f64, decimals: usize) -> String {
    let digits = format!("{:.decimals$}", amount.abs());
    let (whole, fraction) = digits.split_once('.').map_or((digits.as_str(), None), |(w, f)| (w, Some(f)));
    let mut text = String::new();
    if amount < 0.0 && digits.bytes().any(|b| b.is_ascii_digit() && b != b'0') {
        text.push('\u{2212}');
    }
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euro(largest: f64) -> Scale {
        Scale::for_amounts("EUR", [largest].into_iter())
    }

    #[test]
    fn amounts_are_written_with_three_digits_in_their_own_size() {
        let scale = euro(1.0);
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (3.0, "3"),
            (0.031, "0.031"),
            (999.0, "999"),
            (1234.0, "1.23k"),
            (100_000.0, "100k"),
            (999_999.0, "1M"),
            (1.5e6, "1.5M"),
            (2.5e6, "2.5M"),
            (-45_678.0, "\u{2212}45.7k"),
            (4e12, "4tn"),
            (4.2e15, "4,200tn"),
        ];
        for (amount, text) in cases {
            assert_eq!(scale.amount(amount), text);
        }
        assert_eq!(scale.amount_with_currency(2e9), "EUR 2bn");
    }

    #[test]
    fn an_estimate_is_written_with_the_digits_that_it_supports() {
        let scale = euro(1.0).with_digits(2);
        let written: Vec<String> = [1_894_321.0, 998_000.0, 25_400.0, 7.31].map(|v| scale.estimate(v)).to_vec();
        assert_eq!(written, ["1.9M", "1M", "25k", "7.3"]);
        assert_eq!((scale.amount(1.25e6), scale.estimate_with_currency(1.26e6)), ("1.25M".into(), "EUR 1.3M".into()));
    }

    #[test]
    fn labels_of_an_axis_share_one_size_and_as_many_decimals_as_their_step_needs() {
        let scale = euro(1.8e6);
        let labels: Vec<_> = [-5e5, 0.0, 5e5, 1e6].iter().map(|v| scale.tick(*v, 5e5)).collect();
        assert_eq!(labels, ["\u{2212}0.5M", "0", "0.5M", "1.0M"]);
        // Amounts of 900k and 320k stand beside 500k, not beside 0.5M.
        let labels: Vec<_> = [0.0, 5e5, 1e6].iter().map(|v| euro(9e5).tick(*v, 5e5)).collect();
        assert_eq!(labels, ["0", "500k", "1.0M"]);
        assert_eq!(euro(3.0).tick(1.0, 1.0), "1");
        assert_eq!(euro(4e12).tick(4e12, 1e12), "4tn");
        assert_eq!(euro(0.0).tick(0.0, 0.0), "0");
    }
}
