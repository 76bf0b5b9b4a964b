//! Which words stand for which multiple or unit?

use rust_decimal::Decimal;

/// Multiples: `k` is a thousand. Compared without case.
pub const MULTIPLES: &[(&[&str], u64)] = &[
    (&["k", "thousand"], 1_000),
    (&["m", "mn", "mio", "mln", "million"], 1_000_000),
    (&["b", "bn", "billion"], 1_000_000_000),
    (&["t", "tn", "trillion"], 1_000_000_000_000),
];

/// Units of time: words, length in seconds, how many a year has when events are counted.
///
/// A month is a twelfth of a year of 8,760 hours. Counted events use 52 weeks and 365 days.
pub const TIMES: &[Time] = &[
    Time { words: &["s", "sec", "secs", "second", "seconds"], seconds: 1, a_year: 31_536_000 },
    Time { words: &["min", "mins", "minute", "minutes"], seconds: 60, a_year: 525_600 },
    Time { words: &["h", "hr", "hrs", "hour", "hours"], seconds: 3_600, a_year: 8_760 },
    Time { words: &["d", "day", "days"], seconds: 86_400, a_year: 365 },
    Time { words: &["w", "wk", "week", "weeks"], seconds: 604_800, a_year: 52 },
    Time { words: &["mo", "month", "months"], seconds: 2_628_000, a_year: 12 },
    Time { words: &["quarter", "quarters"], seconds: 7_884_000, a_year: 4 },
    Time { words: &["y", "yr", "yrs", "year", "years", "annum"], seconds: 31_536_000, a_year: 1 },
];

/// One unit of time.
pub struct Time {
    /// How it is written.
    pub words: &'static [&'static str],
    /// Its length.
    pub seconds: u64,
    /// How many of it a year has.
    pub a_year: u64,
}

impl Time {
    /// The length in hours of `count` of it.
    pub fn hours(&self, count: Decimal) -> Option<Decimal> {
        count.checked_mul(Decimal::from(self.seconds))?.checked_div(Decimal::from(3_600))
    }

    /// Whether it is longer than `other`.
    pub fn is_at_least(&self, seconds: u64) -> bool {
        self.seconds >= seconds
    }
}

/// Words between a number and a unit: `12 per year`.
pub const PER: &[&str] = &["per", "a", "an", "each", "every", "/"];
/// Words that count: `once a year`.
pub const COUNTS: &[(&str, u64)] = &[("once", 1), ("twice", 2), ("thrice", 3)];
/// Words that may stand between a count and `per`: `3 times a year`.
pub const TIMES_WORDS: &[&str] = &["time", "times", "x", "event", "events"];
/// The signs of currencies; codes are three capitals.
pub const CURRENCY_SIGNS: &[&str] = &["€", "$", "£", "¥", "₹", "₩"];
/// Ways to write a hundredth.
pub const PERCENT: &[&str] = &["%", "percent"];
/// Full-time equivalents.
pub const FULL_TIME: &[&str] = &["fte", "ftes"];

/// The multiple that a word stands for.
pub fn multiple(word: &str) -> Option<Decimal> {
    MULTIPLES.iter().find(|(words, _)| words.contains(&word)).map(|(_, value)| Decimal::from(*value))
}

/// The unit of time that a word stands for.
pub fn time(word: &str) -> Option<&'static Time> {
    TIMES.iter().find(|time| time.words.contains(&word))
}
