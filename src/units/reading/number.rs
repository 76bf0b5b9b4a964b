//! Which number do digits with marks between them stand for?
//!
//! A point or a comma marks decimals or groups thousands. Most numbers have one reading whatever their writer's
//! habit: a group has three digits, the first is not a zero, one sign groups the whole number, and the decimals come
//! last. `1,5`, `1.234,50` and `1,200,000` are plain; `30.000` and `1,200` are not, and only the decimal sign of the
//! file or of its other numbers tells.

use rust_decimal::Decimal;

use super::lexer::BLANKS;

/// A number as written: its readings.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// With a point for decimals.
    pub point: Decimal,
    /// With a comma for decimals; the same where the text has one reading.
    pub comma: Decimal,
    /// The decimal sign that the text itself shows, where it shows one.
    pub shows: Option<char>,
}

/// Why digits are no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberFault {
    /// Groups that are no thousands: `1.23.456`.
    Groups,
    /// More digits than are computed with.
    TooLarge,
    /// A mark without digits behind it.
    Strange,
}

/// Signs that group and never mark decimals.
const ONLY_GROUPING: &[char] = &['_', '\'', '\u{2019}', ' ', '\u{a0}', '\u{202f}', '\u{2009}'];

/// The number that begins at `start` with a digit, and where it ends.
///
/// With `decimal` for the decimal sign, `1200,000` of the other sign is a slip, not twelve hundred.
pub fn number(chars: &[char], start: usize, decimal: char) -> Result<(Written, usize), NumberFault> {
    let digits_from = |at: usize| chars.get(at..).unwrap_or(&[]).iter().take_while(|c| c.is_ascii_digit()).count();
    let digits = |at: usize| -> (String, usize) {
        let end = at + digits_from(at);
        (chars[at..end].iter().collect(), end)
    };
    let (first, mut at) = digits(start);
    let mut parts = vec![first];
    let mut marks: Vec<char> = Vec::new();
    while let Some(&mark) = chars.get(at) {
        let is_blank = BLANKS.contains(&mark);
        let is_mark = matches!(mark, '.' | ',') || ONLY_GROUPING.contains(&mark);
        let follows = digits_from(at + 1);
        if !is_mark || follows == 0 {
            break;
        }
        // A blank groups only where nothing else does, and only threes.
        if is_blank && (follows != 3 || parts[0].len() > 3 || marks.iter().any(|other| *other != mark)) {
            break;
        }
        let (part, end) = digits(at + 1);
        parts.push(part);
        marks.push(mark);
        at = end;
    }
    let mut exponent = 0_i32;
    if matches!(chars.get(at), Some('e' | 'E')) {
        let sign = usize::from(matches!(chars.get(at + 1), Some('+' | '-')));
        let length = digits_from(at + 1 + sign);
        if length > 0 {
            let written: String = chars[at + 1..at + 1 + sign + length].iter().collect();
            exponent = written.trim_start_matches('+').parse().map_err(|_| NumberFault::TooLarge)?;
            at += 1 + sign + length;
        }
    }
    let mut ends = None;
    if let Some(sign @ ('.' | ',')) = chars.get(at) {
        // `1'000.-`, `50,-` and `75.000,--` are whole amounts, and the sign before the dash is that of decimals.
        let dashes = chars[at + 1..].iter().take_while(|c| matches!(c, '-' | '\u{2013}' | '\u{2014}')).count();
        if !(1..=2).contains(&dashes) || exponent != 0 {
            return Err(NumberFault::Strange);
        }
        (ends, at) = (Some(*sign), at + 1 + dashes);
    }
    let value = |whole: &[String], fraction: Option<&String>| {
        let mut text = whole.concat();
        if let Some(fraction) = fraction {
            text.push('.');
            text.push_str(fraction);
        }
        let parsed = if exponent == 0 { text.parse() } else { Decimal::from_scientific(&format!("{text}e{exponent}")) };
        parsed.map_err(|_| NumberFault::TooLarge)
    };
    let one = |value: Decimal, shows: Option<char>| Written { point: value, comma: value, shows };
    let Some(&last) = marks.last() else { return Ok((one(value(&parts, None)?, None), at)) };
    if ends.is_some_and(|sign| !marks.contains(&sign)) && is_grouped(&parts, &marks) {
        return Ok((one(value(&parts, None)?, ends), at));
    }
    let (whole, rest) = parts.split_at(parts.len() - 1);
    let groups = &marks[..marks.len() - 1];
    let other = |sign: char| if sign == '.' { ',' } else { '.' };
    let is_decimal_sign = matches!(last, '.' | ',');
    if marks.len() == 1 && is_decimal_sign {
        if last != decimal && rest[0].len() == 3 && parts[0].len() > 3 {
            return Err(NumberFault::Groups);
        }
        let decimals = value(whole, rest.first())?;
        // A first group of more than three digits, or of a zero, is none.
        if rest[0].len() != 3 || parts[0].len() > 3 || parts[0].starts_with('0') {
            return Ok((one(decimals, Some(last)), at));
        }
        let thousands = value(&parts, None)?;
        let (point, comma) = if last == '.' { (decimals, thousands) } else { (thousands, decimals) };
        return Ok((Written { point, comma, shows: None }, at));
    }
    if is_grouped(&parts, &marks) {
        let shows = matches!(last, '.' | ',').then(|| other(last));
        return Ok((one(value(&parts, None)?, shows), at));
    }
    if is_decimal_sign && !groups.contains(&last) && is_grouped(whole, groups) {
        return Ok((one(value(whole, rest.first())?, Some(last)), at));
    }
    Err(NumberFault::Groups)
}

/// Whether one sign groups the parts: by threes, or as in India by twos with three at the end.
fn is_grouped(parts: &[String], marks: &[char]) -> bool {
    let Some(&sign) = marks.first() else { return parts.len() == 1 };
    let Some((last, before)) = parts.split_last() else { return false };
    let Some((first, between)) = before.split_first() else { return false };
    let threes = (1..=3).contains(&first.len()) && between.iter().all(|part| part.len() == 3);
    let twos = sign == ','
        && (1..=2).contains(&first.len())
        && !between.is_empty()
        && between.iter().all(|part| part.len() == 2);
    marks.iter().all(|mark| *mark == sign) && last.len() == 3 && (threes || twos)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Written, NumberFault> {
        let chars: Vec<char> = text.chars().collect();
        number(&chars, 0, '.').map(|(written, end)| {
            assert_eq!(end, chars.len(), "{text}");
            written
        })
    }

    #[test]
    fn one_reading_where_there_is_only_one() {
        for (text, value) in [
            ("1200000", "1200000"),
            ("1,200,000", "1200000"),
            ("1.200.000", "1200000"),
            ("1 200 000", "1200000"),
            ("1'200'000", "1200000"),
            ("1\u{2019}200", "1200"),
            ("1_200", "1200"),
            ("12,34,567.8", "1234567.8"),
            ("1,00,000", "100000"),
            ("1.234,5", "1234.5"),
            ("1,234.567", "1234.567"),
            ("1 234,567", "1234.567"),
            ("1'234.567", "1234.567"),
            ("1,5", "1.5"),
            ("1,50", "1.50"),
            ("12,0000", "12.0000"),
            ("0.125", "0.125"),
            ("0,125", "0.125"),
            ("1234.567", "1234.567"),
            ("1'000.-", "1000"),
            ("50,-", "50"),
            ("1e3", "1000"),
        ] {
            let written = read(text).unwrap();
            let value: Decimal = value.parse().unwrap();
            assert_eq!((written.point, written.comma), (value, value), "{text}");
        }
    }

    #[test]
    fn two_readings_where_a_group_could_be_decimals() {
        for (text, point, comma) in [("30.000", 30, 30_000), ("1,200", 1_200, 1), ("999.000", 999, 999_000)] {
            let written = read(text).unwrap();
            assert_eq!(written.shows, None);
            assert_eq!((written.point.trunc(), written.comma.trunc()), (point.into(), comma.into()), "{text}");
        }
    }

    #[test]
    fn marks_that_no_habit_has_are_refused() {
        for text in
            ["1.23.456", "1200,000", "1,2345,678", "1.234.5", "1,234,5", "1200,000.5.1", "1.234,5.6", "12.34,567,8"]
        {
            assert_eq!(read(text), Err(NumberFault::Groups), "{text}");
        }
        assert_eq!(read("5."), Err(NumberFault::Strange));
        assert_eq!(read(&"9".repeat(40)), Err(NumberFault::TooLarge));
        assert_eq!(read("1e999999999999"), Err(NumberFault::TooLarge));
    }

    #[test]
    fn a_plain_number_shows_its_decimal_sign() {
        for (text, shows) in [
            ("1.5", Some('.')),
            ("1,5", Some(',')),
            ("1,200,000", Some('.')),
            ("1.200.000", Some(',')),
            ("1 200", None),
            ("12", None),
        ] {
            assert_eq!(read(text).unwrap().shows, shows, "{text}");
        }
    }
}
