//! Which number does a cell hold, in the style of its column?
//!
//! People write 1,234.5 and 1.234,5 and 1'234.50 and 1 234,5. One cell often has two readings ("30.000"); a column
//! rarely has. [`Styles::judge`] collects what all cells of a column say about its decimal sign, and [`amount`] reads a
//! cell only in the style that was found, or in both if they agree. No number is ever read by a guess. The words and
//! numbers are those of [`crate::units::reading`].

use rust_decimal::Decimal;

use crate::units::Currency;
use crate::units::reading::cell;

pub use cell::{Amount, CellFault as Misread, a_year, currency};

/// The decimal sign of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// 1,234.5
    Point,
    /// 1.234,5
    Comma,
}

impl Style {
    /// The style of a pattern such as `1.234,5`, `1,234.5`, `1 234,5` or `1'234.5`.
    pub fn of_pattern(pattern: &str) -> Option<Self> {
        match pattern.chars().rev().find(|c| matches!(c, '.' | ',')) {
            Some('.') => Some(Self::Point),
            Some(_) => Some(Self::Comma),
            None => None,
        }
    }

    /// Its decimal sign.
    pub fn decimal(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

/// What the cells of a column say about its style.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Styles {
    point: bool,
    comma: bool,
}

impl Styles {
    /// What one text says.
    pub fn see(&mut self, text: &str) {
        match cell::decimal_of(text) {
            Some('.') => self.point = true,
            Some(_) => self.comma = true,
            None => {}
        }
    }

    /// Of two columns together.
    pub fn with(self, other: Self) -> Self {
        Self { point: self.point || other.point, comma: self.comma || other.comma }
    }

    /// The style, where all that was seen agrees.
    pub fn judge(self) -> Option<Style> {
        match (self.point, self.comma) {
            (true, false) => Some(Style::Point),
            (false, true) => Some(Style::Comma),
            _ => None,
        }
    }

    /// Whether cells contradict each other.
    pub fn contradicts(self) -> bool {
        self.point && self.comma
    }
}

/// How the cells of a column are read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reading {
    /// The style.
    pub style: Option<Style>,
    /// Somebody stated the style: it holds without a doubt.
    pub stated: bool,
    /// The style was seen in the column itself.
    pub own: bool,
}

impl Reading {
    /// Reads a cell. Where a style was only judged, three digits behind its decimal sign stay a doubt: in an amount
    /// always, elsewhere unless the column itself shows the style.
    pub fn amount(self, text: &str, money: bool) -> Result<Amount, Misread> {
        let read = amount(text, self.style)?;
        let doubtful = !self.stated
            && (money || !self.own)
            && self.style.is_some_and(|style| cell::is_doubtful(text, style.decimal()));
        if doubtful { amount(text, None) } else { Ok(read) }
    }
}

/// Reads a cell as one amount or number in a style.
pub fn amount(text: &str, style: Option<Style>) -> Result<Amount, Misread> {
    if is_blank_cell(text) {
        return Err(Misread::Blank);
    }
    cell::amount(text, style.map(Style::decimal))
}

/// Whether a cell says nothing: empty, a dash, `n/a`, `tbd`.
pub fn is_blank_cell(text: &str) -> bool {
    const NOTHING: &[&str] = &[
        "",
        "-",
        "–",
        "—",
        "--",
        "n/a",
        "na",
        "n.a.",
        "n. a.",
        "none",
        "null",
        "tbd",
        "tba",
        "tbc",
        "?",
        "k.a.",
        "k. a.",
        "offen",
        "s/o",
        "n.v.t.",
        "nvt",
        "open",
        "unknown",
        "unbekannt",
        "inconnu",
        "#n/a",
        "#n/v",
    ];
    NOTHING.contains(&text.trim().to_lowercase().as_str())
}

/// Reads `10k-50k`, `10.000 bis 20.000 €`: the two ends as texts, where a cell is a range.
pub fn range(text: &str) -> Option<(String, String)> {
    let trimmed = text.trim();
    for between in [" - ", " – ", " — ", " to ", " bis ", " à ", " a ", " tot ", "–", "..", "-"] {
        let mut parts = trimmed.splitn(2, between);
        if let (Some(low), Some(high)) = (parts.next(), parts.next()) {
            let numbered = |part: &str| part.chars().any(|c| c.is_ascii_digit());
            if numbered(low) && numbered(high) {
                return Some((low.trim().to_owned(), high.trim().to_owned()));
            }
        }
    }
    None
}

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
        let digits = word.trim_matches(['\'', '’']);
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

#[cfg(test)]
mod tests;
