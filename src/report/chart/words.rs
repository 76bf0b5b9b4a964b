//! How is a chance said, so that a board takes it in at a glance?
//!
//! "1 in 20" with the percentage beside it, because people reckon with frequencies better than with small percentages
//! (Gigerenzer and Hoffrage 1995); above one in two the percentage alone, because "1 in 1.6" helps nobody.

use super::Scale;
use crate::engine::year::is_within;
use crate::report::texts::{line, texts};
use crate::units::{Kind, Language, Voice};

/// "1 in 33", "62 %", "1 in 6.5", "certain", "none"; two significant digits, or all of them where the chance was
/// plainly meant as one in a whole number.
pub fn chance(chance: f64, voice: Voice) -> String {
    voice.set(&said(voice.language, chance, 2))
}

/// A chance below this one is said as smaller than it.
const HARDLY: f64 = 1e-4;

/// The same with the percentage beside it where it is not one itself: "1 in 33 (3 %)". Every table and sentence says a
/// chance so, with the marks of English voice.
pub(crate) fn chance_and_percent(language: Language, chance: f64) -> String {
    let text = said(language, chance, 2);
    if !(1e-6..=0.5).contains(&chance) {
        return text;
    }
    let percent = plainly_meant(100.0 * chance).map_or_else(
        || in_percent(language, chance),
        |number| line(texts(language).said.percent, &[("number", &number)]),
    );
    line(texts(language).said.beside, &[("chance", &text), ("percent", &percent)])
}

/// A percentage of three or four digits that somebody typed: "0.125".
fn plainly_meant(percent: f64) -> Option<String> {
    (3..=4).map(|digits| significant(percent, digits)).find(|text| {
        let told = text.replace(',', "").parse::<f64>();
        told.is_ok_and(|told| (told - percent).abs() <= 1e-12 * percent)
            && text.trim_start_matches(['0', '.']).len() > 2
    })
}

/// Digits of a simulated chance that its error leaves on neither side of the agreed one.
const KNOWN: i32 = 3;

/// A standard error of this part of a chance leaves one digit of it.
const ROUGH: f64 = 0.1;

/// A chance with one digit, where its standard error leaves no more.
pub(in crate::report) fn rough(chance: f64, error: f64) -> f64 {
    if error <= ROUGH * chance || chance <= 0.0 {
        return chance;
    }
    let unit = libm::pow(10.0, libm::floor(libm::log10(chance) + 1e-12));
    (chance / unit).round() * unit
}

/// A chance against the agreed one, with as many digits as it takes to see on which side it lies; one digit where years
/// did not tell more, as its standard error says.
pub(in crate::report) fn chance_about(chance: f64, error: f64, agreed: f64, voice: Voice) -> String {
    if chance < error && chance + error < 1.0 {
        // Smaller than what it may be off by: only that it is smaller can be said.
        return less_than(chance + error, voice);
    }
    if chance <= 0.0 {
        return texts(voice).figures.never.to_owned();
    }
    // So far below the agreed one, a chance has no digits that matter.
    if chance < HARDLY && agreed > 10.0 * HARDLY {
        return less_than(HARDLY, voice);
    }
    let least = if error > ROUGH * chance { 1 } else { 2 };
    let other = said(voice.language, agreed, 2);
    let is_equal = is_within(chance, agreed) && is_within(agreed, chance);
    let words = &texts(voice).said;
    // Further digits than these would tell of chance what is not known of it.
    let most = if error > 0.0 && (chance - agreed).abs() < 2.0 * error { KNOWN } else { 6 };
    let told =
        (least..=most).map(|digits| said(voice.language, chance, digits)).find(|text| is_equal || *text != other);
    if told.is_none() && most < 6 {
        return voice.set(&line(words.about, &[("chance", &other)]));
    }
    let beside = if !is_within(chance, agreed) { words.just_over } else { words.just_under };
    voice.set(&told.unwrap_or_else(|| line(beside, &[("chance", &other)])))
}

/// That a chance is smaller than this, once.
fn less_than(chance: f64, voice: Voice) -> String {
    let words = &texts(voice).said;
    let bound = said(voice.language, chance, 1);
    voice.set(&if bound == words.in_a_million { bound } else { line(words.less_than, &[("chance", &bound)]) })
}

/// A share below half of this is said as smaller than this: 0.01 %.
const LEAST_SHARE: f64 = 1e-4;

/// That a share is smaller than this, once.
pub(in crate::report) fn less_than_percent(share: f64, voice: Voice) -> String {
    let bound = percent(share.max(LEAST_SHARE), voice);
    line(texts(voice).said.less_than, &[("chance", &bound)])
}

/// A share of one as a percentage: "62 %", "4.5 %", "0.03 %".
pub fn percent(share: f64, voice: Voice) -> String {
    voice.set(&share_in_percent(voice.language, share))
}

/// The same with the marks of English voice.
pub(crate) fn share_in_percent(language: Language, share: f64) -> String {
    if share > 0.0 && share < 0.5 * LEAST_SHARE {
        return line(texts(language).said.less_than, &[("chance", &in_percent(language, LEAST_SHARE))]);
    }
    in_percent(language, share)
}

/// A share and what is left of the whole, so that both make up 100 %.
pub(in crate::report) fn percent_and_rest(share: f64, voice: Voice) -> [String; 2] {
    let rest = 1.0 - share;
    let small = share.min(rest);
    if small < 0.000_95 {
        return [share, rest].map(|share| percent(share, voice));
    }
    let decimals: usize = if small < 0.0995 { 1 } else { 0 };
    let tenth = if decimals == 1 { 0.1 } else { 1.0 };
    let told = (100.0 * small / tenth).round() * tenth;
    let said = |percent: f64| {
        let number = super::scale::grouped(percent, decimals);
        let number = number.strip_suffix(".0").unwrap_or(&number);
        voice.set(&line(texts(voice).said.percent, &[("number", &number)]))
    };
    let (small, large) = (said(told), said(100.0 - told));
    if share <= rest { [small, large] } else { [large, small] }
}

/// The same with the marks of English voice.
pub(crate) fn in_percent(language: Language, share: f64) -> String {
    let percent = share * 100.0;
    // Nearly all is not all: 99.6 % beside 0.4 %.
    let is_nearly_all = (99.5..100.0).contains(&percent);
    // Nor is nearly nothing left nothing: at −100 % a return does not exist.
    if percent > -100.0 && percent <= -99.5 {
        let percent = percent.max(-99.999_999_99);
        let decimals = (1..8).find(|decimals| !format!("{percent:.decimals$}").starts_with("-100")).unwrap_or(8);
        return line(texts(language).said.percent, &[("number", &super::scale::grouped(percent, decimals))]);
    }
    let (least, decimals) = if percent.abs() >= 9.95 && !is_nearly_all { (1.0, 0) } else { (0.1, 1) };
    if is_nearly_all && percent >= 99.95 {
        return texts(language).said.nearly_all.to_owned();
    }
    let written = |number: &str| line(texts(language).said.percent, &[("number", &number)]);
    if percent == 0.0 {
        return written("0");
    }
    // Below one per cent two digits, as the chance itself has.
    if percent.abs() < 0.995 {
        return written(&significant(percent, 2));
    }
    let rounded = (percent / least).round() * least;
    let text = super::scale::grouped(rounded, decimals);
    written(text.strip_suffix(".0").unwrap_or(&text))
}

/// The value of an assumption beside a picture: "12 %", "1 in 8 years", "36 h", "1.2M".
pub fn assumption(value: f64, kind: Kind, scale: &Scale) -> String {
    let words = &texts(scale).said;
    let significant = |value, digits| scale.voice.set(&significant(value, digits));
    let amount = |template: &str, amount: String| line(template, &[("amount", &amount)]);
    let count = |template: &str, count: f64| line(template, &[("count", &significant(count, 2))]);
    match kind {
        Kind::Money => scale.amount(value),
        Kind::YearlyMoney => amount(words.a_year, scale.amount(value)),
        Kind::Revenue | Kind::Wage => amount(words.an_hour, scale.amount(value)),
        Kind::Chance | Kind::Rate => percent(value, scale.voice),
        Kind::Frequency if value > 0.0 && value < 0.95 => count(words.one_in_years, 1.0 / value),
        Kind::Frequency => amount(words.a_year, significant(value, 2)),
        Kind::Period if value >= 48.0 => count(words.days, value / 24.0),
        Kind::Period => count(words.hours, value),
        Kind::WorkTime => count(words.hours_a_year, value),
        Kind::Number => significant(value, 3),
    }
}

fn said(language: Language, chance: f64, digits: i32) -> String {
    let words = &texts(language).said;
    if chance <= 0.0 {
        return words.none.to_owned();
    }
    if chance >= 1.0 {
        return words.certain.to_owned();
    }
    if chance > 0.5 {
        let decimals = usize::try_from(digits - 2).unwrap_or(0);
        return match decimals {
            0 => in_percent(language, chance),
            _ => line(words.percent, &[("number", &super::scale::grouped(chance * 100.0, decimals))]),
        };
    }
    let every = 1.0 / chance;
    if every > 1e6 * (1.0 + 1e-9) {
        return words.in_a_million.to_owned();
    }
    let whole = every.round();
    // One in 4,096 comes out where 8 of 32,768 years were counted; nobody means it.
    let is_round = whole < 1_000.0 || whole % libm::pow(10.0, libm::log10(whole).floor() - 2.0) == 0.0;
    let is_meant = is_round && (every - whole).abs() <= 1e-9 * every;
    let count = if is_meant { super::scale::grouped(whole, 0) } else { significant(every, digits) };
    line(words.one_in, &[("count", &count)])
}

/// So many significant digits, without trailing zeros behind the point.
fn significant(value: f64, digits: i32) -> String {
    if value == 0.0 || !value.is_finite() {
        return "0".to_owned();
    }
    let place = libm::floor(libm::log10(value.abs() * (1.0 + 1e-12))) as i32;
    let decimals = digits - 1 - place;
    let unit = libm::pow(10.0, f64::from(-decimals));
    let text = super::scale::grouped((value / unit).round() * unit, usize::try_from(decimals).unwrap_or(0));
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Numbers;

    const ENGLISH: Voice = Voice { language: Language::English, numbers: Numbers::CommaPoint };

    #[test]
    fn a_chance_reads_as_people_say_it() {
        let cases = [
            (0.0, "none"),
            (1e-9, "less than 1 in a million"),
            (1e-6, "1 in 1,000,000"),
            (0.001, "1 in 1,000"),
            (1.0 / 365.0, "1 in 365"),
            (0.007_3, "1 in 140"),
            (0.03, "1 in 33"),
            (0.05, "1 in 20"),
            (0.153, "1 in 6.5"),
            (0.099, "1 in 10"),
            (0.5, "1 in 2"),
            (0.618, "62%"),
            (0.996, "99.6%"),
            (0.999_9, "more than 99.9%"),
            (1.0, "certain"),
        ];
        for (share, text) in cases {
            assert_eq!(chance(share, ENGLISH), text, "{share}");
        }
    }

    #[test]
    fn a_small_chance_has_its_percentage_beside_it() {
        let cases = [
            (0.05, "1 in 20 (5%)"),
            (1.0 / 70_000.0, "1 in 70,000 (0.0014%)"),
            (1e-9, "less than 1 in a million"),
            (0.62, "62%"),
            (0.0, "none"),
            (1.0, "certain"),
            (0.001_25, "1 in 800 (0.125%)"),
            (47.0 / 32_768.0, "1 in 700 (0.14%)"),
            (1.0 / 3.0, "1 in 3 (33%)"),
        ];
        for (share, text) in cases {
            assert_eq!(chance_and_percent(Language::English, share), text, "{share}");
        }
    }

    #[test]
    fn a_chance_below_its_error_is_said_to_be_smaller_once() {
        assert_eq!(chance_about(0.0, 0.001, 0.05, ENGLISH), "less than 1 in 1,000");
        assert_eq!(chance_about(0.0, 1e-9, 0.05, ENGLISH), "less than 1 in a million");
    }

    #[test]
    fn a_chance_beside_the_agreed_one_never_reads_the_same_unless_it_is() {
        let beside = |chance, agreed, numbers| chance_about(chance, 0.0, agreed, numbers);
        assert_eq!(beside(0.05, 0.05, ENGLISH), "1 in 20");
        assert_eq!(beside(0.0502, 0.05, ENGLISH), "1 in 19.9");
        assert_eq!(beside(1.0 / 320_000.0, 0.05, ENGLISH), "less than 1 in 10,000");
        assert_eq!(beside(1.0 / 320_000.0, 1e-5, ENGLISH), "1 in 320,000");
        assert_eq!(beside(0.0, 0.05, ENGLISH), "never");
        assert_eq!(beside(0.049_99, 0.05, ENGLISH), "1 in 20.004");
        assert_eq!(beside(0.05 + 1e-12, 0.05, ENGLISH), "just over 1 in 20");
        assert_eq!(beside(0.05 - 1e-12, 0.05, ENGLISH), "just under 1 in 20");
    }

    #[test]
    fn a_simulated_chance_at_the_agreed_one_has_no_digits_of_luck() {
        // 1 in 20.04 of 32,768 years: the error is thirty times what lies between them.
        assert_eq!(chance_about(0.0499, 0.0012, 0.05, ENGLISH), "about 1 in 20");
        assert_eq!(chance_about(0.0499, 0.000_02, 0.05, ENGLISH), "1 in 20.04");
        assert_eq!(chance_about(0.049, 0.0012, 0.05, ENGLISH), "1 in 20.4");
    }

    #[test]
    fn a_share_and_its_rest_make_up_the_whole() {
        let cases = [
            (0.977, ["97.7%", "2.3%"]),
            (0.023, ["2.3%", "97.7%"]),
            (0.616, ["62%", "38%"]),
            (0.614, ["61%", "39%"]),
            (0.9, ["90%", "10%"]),
            (1.0 - 3.1e-5, ["more than 99.9%", "less than 0.01%"]),
            (1.0, ["100%", "0%"]),
        ];
        for (share, [one, other]) in cases {
            assert_eq!(percent_and_rest(share, ENGLISH), [one, other]);
        }
        assert_eq!(percent(9.3e-7, ENGLISH), "less than 0.01%");
    }

    #[test]
    fn percentages_are_whole_unless_small() {
        let cases = [(0.474, "47%"), (0.051, "5.1%"), (0.05, "5%"), (0.001, "0.1%"), (0.000_34, "0.034%")];
        for (share, text) in cases {
            assert_eq!(percent(share, ENGLISH), text);
        }
        assert_eq!((percent(0.996, ENGLISH), percent(0.999_9, ENGLISH)), ("99.6%".into(), "more than 99.9%".into()));
        assert_eq!(
            (percent(0.0, ENGLISH), percent(1.0, ENGLISH), percent(0.0996, ENGLISH)),
            ("0%".into(), "100%".into(), "10%".into())
        );
    }
}
