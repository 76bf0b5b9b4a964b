//! How are the numbers of a column written, and what does one of its cells hold?
//!
//! People write 1,234.5 and 1.234,5 and 1'234.50 and 1 234,5. One cell often has two readings ("30.000"); a column
//! rarely has. [`Styles::judge`] collects what all cells of a column say about its decimal sign, and [`amount`] reads a
//! cell only in the style that was found, or in both if they agree. No number is ever read by a guess.

use super::cell::{self, Amount, CellFault as Misread};

/// The decimal sign of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// 1,234.5
    Point,
    /// 1.234,5
    Comma,
}

impl Style {
    /// The style of a pattern such as `1.234,5`, `1,234.5`, `1 234,5` or `1'234.5`; none of `1.000` and `1.234.5`, whose
    /// last sign may be of thousands, or is of both.
    pub fn of_pattern(pattern: &str) -> Option<Self> {
        let (before, after) = pattern.trim().rsplit_once(['.', ','])?;
        let sign = pattern.trim()[before.len()..].chars().next()?;
        let may_be_thousands = after.len() == 3 && !before.contains(['.', ',', '\'', '’', ' ', '\u{a0}', '\u{202f}']);
        if before.contains(sign) || may_be_thousands {
            return None;
        }
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
    fine: bool,
}

impl Styles {
    /// What one text says.
    pub fn see(&mut self, text: &str) {
        match cell::decimal_of(text) {
            Some('.') => self.point = true,
            Some(_) => self.comma = true,
            None => {}
        }
        self.fine |= cell::is_fine(text);
    }

    /// Of two columns together.
    pub fn with(self, other: Self) -> Self {
        Self { point: self.point || other.point, comma: self.comma || other.comma, fine: self.fine || other.fine }
    }

    /// Whether a cell has three digits behind its decimal sign for sure: then others may have them too.
    pub fn is_fine(self) -> bool {
        self.fine
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
    /// Three digits behind the decimal sign are decimals: the column shows such numbers, or is of measured data.
    pub fine: bool,
}

impl Reading {
    /// Reads a cell.
    pub fn amount(self, text: &str, money: bool) -> Result<Amount, Misread> {
        let read = amount(text, self.style)?;
        if self.style_for(text, money) == self.style { Ok(read) } else { amount(text, None) }
    }

    /// The style in which a cell is to be read. Where it was only judged, three digits behind its decimal sign stay a
    /// doubt: in an amount always, elsewhere unless the column itself shows such numbers. Of `0.5` and `1.000` the latter
    /// may be a thousand.
    pub fn style_for(self, text: &str, money: bool) -> Option<Style> {
        let is_doubtful =
            |style: &Style| !self.stated && (money || !self.fine) && cell::is_doubtful(text, style.decimal());
        self.style.filter(|style| !is_doubtful(style))
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

/// Whether the unit of a cell has two readings, not its marks: `5T`, `5 mil`.
pub fn has_doubtful_unit(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| matches!(word.to_lowercase().as_str(), "t" | "mil"))
}

/// Whether a cell says that its row adds up others: `Total`, `Summe:`.
pub fn is_total(text: &str) -> bool {
    const TOTALS: &[&str] = &[
        "total",
        "totals",
        "grand total",
        "subtotal",
        "sum",
        "summe",
        "gesamt",
        "gesamtsumme",
        "zwischensumme",
        "teilsumme",
        "somme",
        "sous-total",
        "suma",
        "totale",
        "subtotale",
        "somma",
        "totaal",
        "subtotaal",
        "σ",
        "∑",
    ];
    TOTALS.contains(&text.trim().trim_end_matches(':').trim_end().to_lowercase().as_str())
}

/// Whether a cell says that its row is the average of others.
pub fn is_average(text: &str) -> bool {
    const AVERAGES: &[&str] = &[
        "ø",
        "average",
        "mean",
        "median",
        "durchschnitt",
        "mittelwert",
        "moyenne",
        "promedio",
        "valor medio",
        "valore medio",
        "media",
        "gemiddelde",
    ];
    AVERAGES.contains(&text.trim().trim_end_matches(':').trim_end().to_lowercase().as_str())
}

/// Whether a quote of a separated text begins in its last row and is not closed.
pub fn is_open(text: &str, last: &[String]) -> bool {
    text.matches('"').count() % 2 == 1 && last.iter().any(|cell| cell.contains('\n'))
}

/// Whether a row of a separated text has cells beyond the headings: `1,000` without quotes is two of them, and its first
/// would pass for the amount.
pub fn is_wider(row: &[String], headings: usize) -> bool {
    row.iter().skip(headings).any(|cell| !cell.trim().is_empty())
}

/// Reads `10k-50k`, `10.000 bis 20.000 €`: the two ends as texts, where a cell is a range.
pub fn range(text: &str) -> Option<(String, String)> {
    let trimmed = text.trim();
    // "between 10k and 50k"
    if let Some(ends) = super::between::parts(trimmed) {
        return Some(ends);
    }
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
