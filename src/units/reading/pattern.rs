//! Which regular expression accepts exactly what [`super::read`] accepts?
//!
//! JSON Schema has no flags, so case is spelled out letter by letter.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::grammar::YEARLY;
use super::lexer::{BLANKS, GROUPING};
use super::words;
use crate::units::{Currency, Kind};

/// The anchored regular expression of a kind of quantity.
///
/// Every currency is accepted; whether it is the scenario's, and whether a number
/// fits its range, no pattern can tell.
pub fn pattern(kind: Kind) -> String {
    let b = blank();
    let n = number();
    let body = match kind {
        Kind::Money => money(),
        Kind::YearlyMoney => format!("(?:{}|{})", money(), money_per(&times(YEARLY, u64::MAX))),
        Kind::Revenue => money_per(&times(3_600, u64::MAX)),
        Kind::Wage => money_per(&times(3_600, 3_600)),
        Kind::Frequency => frequency(),
        Kind::Chance => format!("(?:{n}{b}{}|{})", any(words::PERCENT), one_in()),
        Kind::Rate => percent_a_year(),
        Kind::Period => format!("{n}{b}{}", times(0, u64::MAX)),
        Kind::WorkTime => format!(
            "(?:{n}{b}{}{}|{n}{b}{})",
            times(0, 86_400),
            per(true, &times(86_400, u64::MAX)),
            any(words::FULL_TIME)
        ),
        Kind::Number => n,
    };
    // A minus is taken as the very first sign only.
    let sign = if kind == Kind::Rate { "-?" } else { "" };
    format!("^{sign}{b}{body}{b}$")
}

/// Blanks that may be left out: beside a number or a sign.
fn blank() -> String {
    format!("[{}]*", BLANKS.iter().collect::<String>())
}

fn number() -> String {
    // One sign groups the whole number, so each has its own alternative.
    let grouped: Vec<String> = GROUPING.iter().map(|sign| format!("(?:{sign}[0-9]{{3}})+")).collect();
    format!("(?:[0-9]{{1,3}}(?:{})|[0-9]+)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]+)?", grouped.join("|"))
}

/// Blanks that must stand: between two words.
fn gap() -> String {
    format!("[{}]+", BLANKS.iter().collect::<String>())
}

/// What may stand around an amount: a code or a sign.
fn currency() -> (String, String) {
    let signs: String = words::CURRENCY_SIGNS.iter().map(|sign| sign.replace('$', "\\$")).collect();
    (CODES.clone(), format!("[{signs}]"))
}

/// Every code, by its first letter: `(?:A(?:ED|FN)|…)`.
static CODES: LazyLock<String> = LazyLock::new(|| {
    let mut by_letter: BTreeMap<char, Vec<&str>> = BTreeMap::new();
    for currency in Currency::all() {
        let (first, rest) = currency.code().split_at(1);
        by_letter.entry(first.chars().next().unwrap_or_default()).or_default().push(rest);
    }
    let groups: Vec<String> = by_letter.iter().map(|(first, rest)| format!("{first}(?:{})", rest.join("|"))).collect();
    format!("(?:{})", groups.join("|"))
});

fn multiples() -> String {
    let words: Vec<&str> = words::MULTIPLES.iter().flat_map(|(words, _)| words.iter().copied()).collect();
    any(&words)
}

fn money() -> String {
    let (n, b, g, m) = (number(), blank(), gap(), multiples());
    let (code, sign) = currency();
    format!("(?:(?:{code}|{sign}){b}{n}(?:{b}{m})?|{n}(?:{b}{m}(?:{g}{code})?|{b}{code})?|{n}(?:{b}{m})?{b}{sign})")
}

/// An amount and `per hour`; whether a blank is due before `per` depends on what the amount ends with.
fn money_per(unit: &str) -> String {
    let (n, b, g, m) = (number(), blank(), gap(), multiples());
    let (code, sign) = currency();
    let (after_word, after_other) = (per(true, unit), per(false, unit));
    format!(
        "(?:(?:{code}|{sign}){b}{n}(?:{b}{m}{after_word}|{after_other})\
         |{n}(?:{b}{m}(?:{g}{code})?|{b}{code}){after_word}\
         |{n}(?:{b}{m})?{b}{sign}{after_other}|{n}{after_other})"
    )
}

fn frequency() -> String {
    let (n, b, g) = (number(), blank(), gap());
    let unit = times(0, u64::MAX);
    let every = letters("every");
    let (counts, events) = (counts(), any(words::TIMES_WORDS));
    let worded = format!("(?:{n}{b}{events}|{counts})");
    format!(
        "(?:{n}{}|{worded}{}|(?:{worded}{g}|{n}{b})?{every}{b}{n}{b}{unit}|{}{b}{unit}|{})",
        per(false, &unit),
        per(true, &unit),
        one_in(),
        percent_a_year(),
    )
}

fn one_in() -> String {
    let (n, b) = (number(), blank());
    let in_ = letters("in");
    format!("(?:{n}{b}|{}{}){in_}{b}{n}", counts(), gap())
}

fn percent_a_year() -> String {
    let (n, b) = (number(), blank());
    let year = times(31_536_000, u64::MAX);
    format!("{n}{b}(?:%(?:{})?|{}(?:{})?)", per(false, &year), letters("percent"), per(true, &year))
}

/// `per year` after a word or after something else.
fn per(after_word: bool, unit: &str) -> String {
    let (b, g) = (blank(), gap());
    let words: Vec<&str> = words::PER.iter().copied().filter(|word| *word != "/").collect();
    format!("(?:{}{}{g}|{b}/{b}){unit}", if after_word { &g } else { &b }, any(&words))
}

fn times(shortest: u64, longest: u64) -> String {
    let words: Vec<&str> = words::TIMES
        .iter()
        .filter(|time| (shortest..=longest).contains(&time.seconds))
        .flat_map(|time| time.words.iter().copied())
        .collect();
    any(&words)
}

fn counts() -> String {
    let words: Vec<&str> = words::COUNTS.iter().map(|(word, _)| *word).collect();
    any(&words)
}

/// Longest first, so that no alternative hides a longer one.
fn any(words: &[&str]) -> String {
    let mut words = words.to_vec();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    format!("(?:{})", words.iter().map(|word| letters(word)).collect::<Vec<_>>().join("|"))
}

fn letters(word: &str) -> String {
    word.chars()
        .map(|c| if c.is_ascii_alphabetic() { format!("[{}{c}]", c.to_ascii_uppercase()) } else { c.to_string() })
        .collect()
}
