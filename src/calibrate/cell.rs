//! What does one cell of a log say: an amount, more than an amount, a day, a length of time?
//!
//! Amounts are read as English ("18,400.50") or with a decimal comma ("12.400,00"); which of the two
//! is decided by the whole column. Where no value of the column decides, three digits behind the only
//! mark are thousands: nobody writes money to a thousandth. Days are ISO (2024-02-29), or day.month.year with points.

use jiff::civil::{Date, DateTime};

use crate::stats::fit::Observation;

/// What a cell says of an amount.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Amount {
    /// Nothing.
    Unknown,
    /// So much, more than so much, or between the two.
    Known(Observation),
}

/// Which mark stands before the decimals of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// 1,234.5
    Point,
    /// 1.234,5
    Comma,
    /// No value of the column decides: three digits behind the only mark are thousands.
    Undecided,
}

/// Which mark of one text stands before decimals, as far as the text alone tells.
fn decided(text: &str) -> Marks {
    let count = |mark: char| text.matches(mark).count();
    let single = |mark: char, before_decimals: Marks, other: Marks| {
        let (whole, rest) = text.split_once(mark).unwrap_or((text, ""));
        let behind = rest.chars().take_while(char::is_ascii_digit).count();
        let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
        match (count(mark), behind) {
            (1, 3) if !digits.is_empty() && digits != "0" && digits.len() <= 3 => Marks::Undecided,
            (1, _) => before_decimals,
            _ => other,
        }
    };
    match (text.rfind(','), text.rfind('.')) {
        (Some(comma), Some(point)) if comma > point => Marks::Comma,
        (Some(_), Some(_)) => Marks::Point,
        (Some(_), None) => single(',', Marks::Comma, Marks::Point),
        (None, Some(_)) => single('.', Marks::Point, Marks::Comma),
        (None, None) => Marks::Undecided,
    }
}

impl Marks {
    /// What most of the deciding values of a column say.
    pub fn of<'t>(cells: impl Iterator<Item = &'t str>) -> Self {
        let (mut comma, mut point) = (0usize, 0usize);
        for cell in cells {
            match decided(cell) {
                Self::Comma => comma += 1,
                Self::Point => point += 1,
                Self::Undecided => {}
            }
        }
        match comma.cmp(&point) {
            std::cmp::Ordering::Greater => Self::Comma,
            std::cmp::Ordering::Less => Self::Point,
            std::cmp::Ordering::Equal => Self::Undecided,
        }
    }
}

/// A number with its multiple (k, M, Mio., T€, bn) and currency signs around it; none where it is none.
#[must_use]
pub fn number(text: &str, marks: Marks) -> Option<f64> {
    let decimal = match if marks == Marks::Undecided { decided(text) } else { marks } {
        Marks::Point => Some('.'),
        Marks::Comma => Some(','),
        Marks::Undecided => None,
    };
    let mut digits = String::new();
    let mut word = String::new();
    let mut percent = false;
    for c in text.trim().chars() {
        match c {
            '0'..='9' => digits.push(c),
            c if Some(c) == decimal && word.is_empty() => digits.push('.'),
            // Thousands, blanks, and the point of "Mio.".
            ',' | '.' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}' | '_' => {}
            '-' if digits.is_empty() => digits.push('-'),
            '%' => percent = true,
            c => word.extend(c.to_lowercase().filter(|c| !['€', '$', '£', '¥'].contains(c))),
        }
    }
    let value: f64 = digits.parse().ok()?;
    let multiple = match word.as_str() {
        "" | "eur" | "usd" | "gbp" | "chf" | "cad" | "aud" | "jpy" | "sek" | "nok" | "dkk" | "pln" | "czk" => 1.0,
        "k" | "t" | "tsd" | "thousand" | "teur" => 1e3,
        "m" | "mio" | "mn" | "million" | "millionen" | "meur" => 1e6,
        "bn" | "mrd" | "billion" => 1e9,
        _ => return None,
    };
    Some(value * multiple * if percent { 0.01 } else { 1.0 })
}

/// An amount, "> 250,000", "100k to 250k", "below 10k", or nothing.
///
/// # Errors
/// The text, where it is neither.
pub fn amount(text: &str, marks: Marks) -> Result<Amount, String> {
    const NOTHING: [&str; 9] = ["", "-", "–", "?", "n/a", "na", "unknown", "tbd", "unbekannt"];
    let lower = text.trim().to_lowercase();
    if NOTHING.contains(&lower.as_str()) {
        return Ok(Amount::Unknown);
    }
    let misread = || Err(format!("\"{}\" is no amount", text.trim()));
    let after = |marks: &[&str]| marks.iter().find_map(|mark| lower.strip_prefix(mark)).map(str::to_owned);
    let known = |observation| Ok(Amount::Known(observation));
    if let Some(rest) =
        after(&[">=", "≥", ">", "over ", "more than ", "at least ", "über ", "mehr als ", "mindestens "])
    {
        return number(&rest, marks).map_or_else(misread, |x| known(Observation::Above(x)));
    }
    if let Some(rest) = after(&["<=", "≤", "<", "up to ", "below ", "less than ", "unter ", "bis "]) {
        return number(&rest, marks).map_or_else(misread, |x| known(Observation::Between(0.0, x)));
    }
    if let Some(rest) = lower.strip_suffix('+') {
        return number(rest, marks).map_or_else(misread, |x| known(Observation::Above(x)));
    }
    for between in [" to ", " bis ", "..", "–", " - "] {
        if let Some((low, high)) = lower.split_once(between)
            && let (Some(low), Some(high)) = (number(low, marks), number(high, marks))
        {
            return if high > low { known(Observation::Between(low, high)) } else { misread() };
        }
    }
    number(&lower, marks).map_or_else(misread, |x| known(Observation::Exact(x)))
}

/// A moment, and whether the time of day is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub at: DateTime,
    /// Only the day is known.
    pub is_day: bool,
}

/// What a cell says of a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// Nothing.
    Unknown,
    /// It has not come yet.
    NotYet,
    /// Then.
    At(Moment),
}

/// A moment, "never" or "open", or nothing.
///
/// # Errors
/// The text, where it is neither.
pub fn moment(text: &str) -> Result<When, String> {
    let text = text.trim();
    let lower = text.to_lowercase();
    if ["", "-", "–", "?", "n/a", "na", "unknown", "tbd", "unbekannt"].contains(&lower.as_str()) {
        return Ok(When::Unknown);
    }
    if ["never", "open", "ongoing", "still open", "not yet", "nie", "offen"].contains(&lower.as_str()) {
        return Ok(When::NotYet);
    }
    let day = |at: Date| Ok(When::At(Moment { at: at.at(0, 0, 0, 0), is_day: true }));
    if let Ok(date) = text.parse::<Date>()
        && text.len() <= 10
    {
        return day(date);
    }
    // A workbook keeps days as numbers, counted from the end of 1899.
    if let Ok(serial) = text.parse::<f64>()
        && (20_000.0..80_000.0).contains(&serial)
        && let Ok(date) = Date::constant(1899, 12, 30).checked_add(jiff::Span::new().days(serial as i64))
    {
        return day(date);
    }
    let plain = text.strip_suffix('Z').unwrap_or(text);
    if let Ok(at) = plain.parse::<DateTime>() {
        return Ok(When::At(Moment { at, is_day: false }));
    }
    if let Some((head, _)) = plain.split_once('+')
        && let Ok(at) = head.parse::<DateTime>()
    {
        return Ok(When::At(Moment { at, is_day: false }));
    }
    let parts: Vec<&str> = text.split('.').collect();
    if let [d, m, y] = parts.as_slice()
        && let (Ok(d), Ok(m), Ok(y)) = (d.parse(), m.parse(), y.parse::<i16>())
        && let Ok(date) = Date::new(if y < 100 { 2000 + y } else { y }, m, d)
    {
        return day(date);
    }
    Err(format!("\"{text}\" is no day that can be read in one way only"))
}

/// Hours between two moments. Where one of them is known to the day only, the length is known to a
/// day on either side.
#[must_use]
pub fn hours_between(start: Moment, end: Moment) -> Option<Observation> {
    let seconds = start.at.until(end.at).ok()?.total((jiff::Unit::Second, start.at)).ok()?;
    let hours = seconds / 3600.0;
    let start_slack = if start.is_day { 24.0 } else { 0.0 };
    let end_slack = if end.is_day { 24.0 } else { 0.0 };
    let (low, high) = (hours - start_slack, hours + end_slack);
    if high < 0.0 {
        None
    } else if low < high {
        Some(Observation::Between(low.max(0.0), high))
    } else {
        Some(Observation::Exact(hours))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_decides_what_its_marks_mean() {
        assert_eq!(Marks::of(["12.400,00", "185.000"].into_iter()), Marks::Comma);
        assert_eq!(Marks::of(["18,400", "7.5"].into_iter()), Marks::Point);
        assert_eq!(Marks::of(["18,400", "310,000"].into_iter()), Marks::Undecided);
        assert_eq!(number("18,400", Marks::Undecided), Some(18_400.0));
        assert_eq!(number("18.400", Marks::Undecided), Some(18_400.0));
        assert_eq!(number("0.125", Marks::Undecided), Some(0.125));
        assert_eq!(number("1.234.567", Marks::Undecided), Some(1_234_567.0));
        assert_eq!(number("185.000", Marks::Comma), Some(185_000.0));
        assert_eq!(number("18,400", Marks::Point), Some(18_400.0));
        assert_eq!(number("$8,000", Marks::Point), Some(8000.0));
        assert_eq!(number("15 T€", Marks::Comma), Some(15_000.0));
        assert_eq!(number("0,2 Mio. €", Marks::Comma), Some(200_000.0));
        assert_eq!(number("12%", Marks::Point), Some(0.12));
        assert_eq!(number(".10", Marks::Point), Some(0.1));
        assert_eq!(number("high", Marks::Point), None);
    }

    #[test]
    fn amounts_may_be_open_or_in_bands() {
        let known = |text| amount(text, Marks::Point).unwrap();
        assert_eq!(known("> 250000"), Amount::Known(Observation::Above(250_000.0)));
        assert_eq!(known("100k to 250k"), Amount::Known(Observation::Between(1e5, 2.5e5)));
        assert_eq!(known("< 10k"), Amount::Known(Observation::Between(0.0, 1e4)));
        assert_eq!(known("1M+"), Amount::Known(Observation::Above(1e6)));
        assert_eq!(known(" - "), Amount::Unknown);
        assert!(amount("a lot", Marks::Point).is_err());
    }

    #[test]
    fn days_are_known_to_a_day_and_times_exactly() {
        let at = |text| match moment(text).unwrap() {
            When::At(moment) => moment,
            other => panic!("{other:?}"),
        };
        assert_eq!(moment("never"), Ok(When::NotYet));
        assert_eq!(at("03.04.2021").at.date().to_string(), "2021-04-03");
        assert_eq!(
            hours_between(at("2026-03-02T22:40:00Z"), at("2026-03-04T06:12:00Z")),
            Some(Observation::Exact(31.0 + 32.0 / 60.0))
        );
        assert_eq!(hours_between(at("2021-03-18"), at("2021-03-20")), Some(Observation::Between(24.0, 72.0)));
        assert_eq!(hours_between(at("2021-03-18"), at("2021-03-18")), Some(Observation::Between(0.0, 24.0)));
        assert_eq!(hours_between(at("2021-03-18"), at("2021-03-10")), None);
        assert!(moment("9/4/18").is_err());
    }
}
