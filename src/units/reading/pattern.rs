//! Which regular expression accepts exactly what [`super::read`] accepts?
//!
//! JSON Schema has no flags, so case is spelled out letter by letter.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::grammar::YEARLY;
use super::lexer::BLANKS;
use super::words;
use crate::units::{Currency, Kind};

/// The anchored regular expression of a kind of quantity.
///
/// Every currency is accepted; whether it is the scenario's or has a rate, whether a number fits its range and which
/// of two readings it has, no pattern can tell.
pub fn pattern(kind: Kind) -> String {
    let b = blank();
    let n = number();
    let body = match kind {
        Kind::Money => amount("", ""),
        Kind::YearlyMoney => {
            let optional = |after_word: bool| format!("(?:{})?", per(after_word, YEARLY, u64::MAX));
            amount(&optional(true), &optional(false))
        }
        Kind::Revenue => money_per(3_600, u64::MAX),
        Kind::Wage => money_per(3_600, 3_600),
        Kind::Frequency => frequency(),
        Kind::Chance => format!("(?:{n}{b}{}|{}|{n}{b}/{b}{n})", any(words::PERCENT), one_in()),
        Kind::Rate => percent_a_year(),
        Kind::Period => format!("{n}{b}{}", times(0, u64::MAX)),
        Kind::WorkTime => {
            format!("(?:{n}{b}{}{}|{n}{b}{})", times(0, 86_400), per(true, 86_400, u64::MAX), any(words::FULL_TIME))
        }
        Kind::Number => n,
    };
    // A minus is taken as the very first sign only.
    let sign = if kind == Kind::Rate { "[-\u{2212}]?" } else { "" };
    format!("^{sign}{b}{body}{b}$")
}

/// Blanks that may be left out: beside a number or a sign.
fn blank() -> String {
    format!("[{}]*", BLANKS.iter().collect::<String>())
}

/// Blanks that must stand: between two words.
fn gap() -> String {
    format!("[{}]+", BLANKS.iter().collect::<String>())
}

fn number() -> String {
    // One sign groups the whole number, so each has its own alternative; the decimal sign is another.
    let plain: Vec<String> =
        ["_", "'", "\u{2019}"].iter().chain(&BLANK_TEXTS).map(|sign| format!("(?:{sign}[0-9]{{3}})+")).collect();
    format!(
        "(?:[0-9]{{1,3}}(?:{})(?:[.,][0-9]+)?\
         |[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\\.[0-9]+)?|[0-9]{{1,3}}(?:\\.[0-9]{{3}})+(?:,[0-9]+)?\
         |[0-9]{{1,2}}(?:,[0-9]{{2}})+,[0-9]{{3}}(?:\\.[0-9]+)?|[0-9]+(?:[.,][0-9]+)?)\
         (?:[eE][+-]?[0-9]+|[.,][-\u{2013}\u{2014}]{{1,2}})?",
        plain.join("|")
    )
}

/// The hyphens of `3-mal` and `1-in-20`.
const HYPHEN: &str = "[-\u{2010}\u{2011}]";

/// The blanks as texts.
const BLANK_TEXTS: [&str; 4] = [" ", "\u{a0}", "\u{202f}", "\u{2009}"];

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

/// What may stand around an amount: a code or a word; a sign; a sign with the letters before it.
fn currency() -> (String, String, String) {
    let signs: String = words::CURRENCY_SIGNS.iter().collect::<String>().replace('$', "\\$");
    let prefixes: Vec<&str> = words::SIGN_PREFIXES.iter().map(|(prefix, _)| *prefix).collect();
    (
        format!("(?:{}|{})", *CODES, any(words::CURRENCY_WORDS)),
        format!("[{signs}]"),
        format!("(?:{}){}\\$", prefixes.join("|"), blank()),
    )
}

fn multiples() -> String {
    let words: Vec<&str> = words::MULTIPLES.iter().flat_map(|(words, _)| words.iter().copied()).collect();
    any(&words)
}

/// An amount; what follows depends on whether it ends with a word (`word`) or with anything else.
fn amount(after_word: &str, after_other: &str) -> String {
    let (n, b, g, m) = (number(), blank(), gap(), multiples());
    let (word, sign, prefixed) = currency();
    let short = any(words::GLUED);
    let codes = &*CODES;
    format!(
        "(?:(?:{word}|{sign}|{prefixed}){b}{n}(?:{b}{m}{after_word}|{after_other})\
         |(?:{short}{codes}|{short}(?:{b}{sign}|{g}(?:{word}|{prefixed}))){b}{n}{after_other}\
         |{n}(?:{b}(?:{m}(?:{g}{word})?|{short}{codes}|{word}){after_word}\
         |(?:{b}(?:{m}(?:{b}{sign}|{g}{prefixed})|{sign}|{prefixed}))?{after_other}))"
    )
}

/// An amount and `per hour`.
fn money_per(shortest: u64, longest: u64) -> String {
    amount(&per(true, shortest, longest), &per(false, shortest, longest))
}

fn frequency() -> String {
    let (n, b, g) = (number(), blank(), gap());
    let counts = counts();
    let unit = spans();
    let (every, other) = (any(words::EVERY), any(words::OTHER));
    let behind: Vec<&str> = words::TIMES_WORDS.iter().chain(words::EVENTS).copied().collect();
    let behind = any(&behind);
    let counted_words = format!("(?:{n}(?:{HYPHEN}mal|{b}(?:{behind}|\u{d7}))|{counts}(?:{g}{behind})?)");
    let in_ = any(words::IN);
    let of_years = format!("(?:{b}{n}{b}|{g}{counts}{g}){unit}");
    // Between a number and another one no article stands.
    let before_number: Vec<&str> =
        words::PER.iter().chain(words::EVERY).copied().filter(|word| !words::ARTICLES.contains(word)).collect();
    // Behind a word a blank is due, behind a number none.
    let each = |is_word: bool| {
        let gap = if is_word { &g } else { &b };
        let per_words: Vec<&str> = words::PER.iter().chain(words::EVERY).copied().collect();
        format!(
            "(?:{gap}(?:{in_}|{}){of_years}|{b}/{of_years}|{gap}(?:{}{g}{unit}|{})|{b}/{b}{unit})",
            any(&before_number),
            any(&per_words),
            adverbs(0, u64::MAX)
        )
    };
    format!(
        "(?:0*1{b}:{b}{n}(?:{b}{unit})?|{n}{HYPHEN}in{HYPHEN}{n}{b}{unit}\
         |{n}{}|(?:{n}|{counts}){b}\u{d7}{}|{counted_words}{}|{every}(?:{of_years}|{g}(?:{other}{g})?{unit})|{}|{})",
        each(false),
        each(false),
        each(true),
        adverbs(0, u64::MAX),
        percent_a_year(),
    )
}

fn one_in() -> String {
    let (n, b) = (number(), blank());
    let (counts, g) = (counts(), gap());
    format!("(?:{n}{HYPHEN}in{HYPHEN}{n}|(?:{n}{b}|{counts}{g}){}(?:{b}{n}|{g}{counts}))", any(words::IN))
}

fn percent_a_year() -> String {
    let (n, b) = (number(), blank());
    let words: Vec<&str> = words::PERCENT.iter().copied().filter(|word| *word != "%").collect();
    let year = 31_536_000;
    format!("{n}{b}(?:%(?:{})?|{}(?:{})?)", per(false, year, u64::MAX), any(&words), per(true, year, u64::MAX))
}

/// `per year` or `yearly` after a word or after something else.
fn per(after_word: bool, shortest: u64, longest: u64) -> String {
    let (b, g) = (blank(), gap());
    let words: Vec<&str> = words::PER.iter().chain(words::EVERY).copied().collect();
    let unit = times(shortest, longest);
    let before = if after_word { &g } else { &b };
    let adverbs = adverbs(shortest, longest);
    let year = words::TIMES
        .iter()
        .find(|time| time.a_year == 1)
        .is_some_and(|year| (shortest..=longest).contains(&year.seconds));
    let sign = if year { "|[aA]" } else { "" };
    format!("(?:{before}(?:{}{g}{unit}|{adverbs})|{b}/{b}(?:{unit}{sign}))", any(&words))
}

/// Units of time where how often is said.
fn spans() -> String {
    let long = words::LONG.iter().map(|(word, _)| *word).chain([words::YEAR_SIGN]);
    any(&words::TIMES.iter().flat_map(|time| time.words.iter().copied()).chain(long).collect::<Vec<_>>())
}

fn times(shortest: u64, longest: u64) -> String {
    let fitting = words::TIMES.iter().filter(|time| (shortest..=longest).contains(&time.seconds));
    any(&fitting.flat_map(|time| time.words.iter().copied()).collect::<Vec<_>>())
}

fn adverbs(shortest: u64, longest: u64) -> String {
    let fitting = words::TIMES.iter().filter(|time| (shortest..=longest).contains(&time.seconds));
    any(&fitting.flat_map(|time| time.adverbs.iter().copied()).collect::<Vec<_>>())
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

/// A word in any case; a short form with its point.
fn letters(word: &str) -> String {
    if word == "pa" {
        return format!("[Pp](?:[Aa]|\\.[{}]?[Aa]\\.?)", BLANKS.iter().collect::<String>());
    }
    let spelled: String = word
        .chars()
        .map(|c| match c {
            ' ' => gap(),
            '\'' => "['\u{2019}]".to_owned(),
            'ł' => "[Łł]".to_owned(),
            'à'..='þ' => format!("[{}{c}]", char::from_u32(u32::from(c) - 32).unwrap_or(c)),
            _ if c.is_ascii_alphabetic() => format!("[{}{c}]", c.to_ascii_uppercase()),
            _ => c.to_string(),
        })
        .collect();
    if words::SHORT_FORMS.contains(&word) { format!("{spelled}(?:\\.)?") } else { spelled }
}
