//! What does the heading of a column say of its numbers: `Loss (k€)`, `Cost in TEUR`?

use rust_decimal::Decimal;

use super::cell::{self, currency};
use super::words;
use crate::units::Currency;

/// The words and signs of a heading.
fn parts(heading: &str) -> Vec<String> {
    let mut parts: Vec<String> = Vec::new();
    let mut letters = false;
    for c in heading.chars() {
        let is_letter = c.is_alphanumeric() || matches!(c, '\'' | '’');
        match parts.last_mut().filter(|_| is_letter && letters) {
            Some(last) => last.push(c),
            None if c.is_whitespace() => {}
            None => parts.push(c.to_string()),
        }
        letters = is_letter;
    }
    parts
}

/// The currency of a heading's word. Only the usual ones: `SLE` is a single loss expectancy, and the money of Sierra
/// Leone.
fn heading_currency(word: &str) -> Option<String> {
    let is_word =
        word.chars().all(char::is_uppercase) || word.chars().count() > 3 || !word.starts_with(char::is_alphabetic);
    currency(word).filter(|code| {
        is_word
            && (code.len() < 3
                || Currency::common_codes().contains(&code.as_str())
                || !word.starts_with(char::is_alphabetic))
    })
}

/// The multiple and the currency that a heading names: `Loss (k€)`, `Cost in TEUR`, `Schaden (Mio. EUR)`.
pub fn heading_unit(heading: &str) -> (Option<Decimal>, Option<String>) {
    let mut unit = None;
    let mut money = None;
    let mut lone = false;
    for word in parts(heading) {
        // "x1000", "x 1.000"
        let digits = word.strip_prefix(['x', 'X', '×']).filter(|rest| rest.starts_with('1')).unwrap_or(&word);
        let digits = digits.trim_matches(['\'', '’']);
        // "$000s"
        let digits = digits.strip_suffix('s').filter(|digits| digits.ends_with("000")).unwrap_or(digits);
        if let Some(code) = heading_currency(&word) {
            money = money.or(Some(code));
        } else if digits == "000" || matches!(digits, "1'000" | "1’000" | "1000") {
            unit = Some(Decimal::ONE_THOUSAND);
        } else if word == "T" {
            (unit, lone) = (Some(Decimal::ONE_THOUSAND), true);
        } else if word.chars().count() > 1 || matches!(word.as_str(), "k" | "K" | "m" | "M") {
            let Some((value, code)) = cell::multiple(&word) else { continue };
            let common = code.as_ref().is_none_or(|code| Currency::common_codes().contains(&code.as_str()));
            if common {
                lone |= word.chars().count() == 1;
                unit = unit.or(Some(value));
                money = money.or(code);
            }
        }
    }
    // A single letter is a unit only beside money: "(€ m)", not "Likelihood (M/H/L)".
    (unit.filter(|_| !lone || money.is_some()), money)
}

/// How many hours one of what a heading counts has: `Downtime (min)`, `Ausfall in Tagen`. Nothing where it names no
/// unit of time, or one for each of something.
pub fn heading_hours(heading: &str) -> Option<Decimal> {
    let parts = parts(heading);
    let small: Vec<String> = parts.iter().map(|part| part.to_lowercase()).collect();
    let mut found = small.iter().enumerate().filter_map(|(place, word)| {
        let before = place.checked_sub(1).map_or("", |place| small[place].as_str());
        let is_length =
            !words::is_per(before) && before != "/" && word.chars().count() > 1 || word == "h" || word == "d";
        words::time(word).filter(|_| is_length).and_then(|time| time.hours(Decimal::ONE))
    });
    let first = found.next()?;
    found.all(|other| other == first).then_some(first)
}
