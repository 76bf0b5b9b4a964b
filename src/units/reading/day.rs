//! Which day does somebody mean by `2026-12-31`, `31.12.2026` or `1 May 2027`?
//!
//! Read are year-month-day, day.month.year, and days with the month in words of the six languages of
//! [`words`](super::words). Between slashes or hyphens the year may stand last; `31/12/2026` has one reading, `1/2/2027`
//! has two, and only its writer knows which. A year has four digits.

use jiff::civil::Date;

/// Why a text is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undated {
    /// The first of two numbers could be the day or the month.
    TwoReadings([Date; 2]),
    /// No day of the calendar is written.
    NoDay,
}

/// What stands first in a day that is written in figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// 31/12/2026
    DayFirst,
    /// 12/31/2026
    MonthFirst,
}

impl Order {
    /// What a day shows that has one reading only: one of its figures is no month.
    #[must_use]
    pub fn shown_by(text: &str) -> Option<Self> {
        let mut parts = text.trim().split(['/', '-']);
        let mut figure = || {
            let part = parts.next().filter(|part| (1..=2).contains(&part.len()))?;
            part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<u8>().ok()).flatten()
        };
        let (first, second) = (figure()?, figure()?);
        day(text).ok()?;
        match (first > 12, second > 12) {
            (true, false) => Some(Self::DayFirst),
            (false, true) => Some(Self::MonthFirst),
            _ => None,
        }
    }
}

/// Reads a day; where it has two readings, in the order that the days beside it show or that somebody stated.
///
/// # Errors
/// As those of [`day`].
pub fn day_in(text: &str, order: Option<Order>) -> Result<Date, Undated> {
    match (day(text), order) {
        (Err(Undated::TwoReadings([day_first, _])), Some(Order::DayFirst)) => Ok(day_first),
        (Err(Undated::TwoReadings([_, month_first])), Some(Order::MonthFirst)) => Ok(month_first),
        (read, _) => read,
    }
}

/// The names of the months; any of their beginnings of three letters and more, if it belongs to one month only.
const MONTHS: [&[&str]; 12] = [
    &["january", "januar", "janvier", "enero", "gennaio", "januari", "jänner"],
    &["february", "februar", "février", "fevrier", "febrero", "febbraio", "februari"],
    &["march", "märz", "maerz", "mars", "marzo", "maart", "mrt"],
    &["april", "avril", "abril", "aprile"],
    &["may", "mai", "mayo", "maggio", "mei"],
    &["june", "juni", "juin", "junio", "giugno"],
    &["july", "juli", "juillet", "julio", "luglio"],
    &["august", "août", "aout", "agosto", "augustus"],
    &["september", "septembre", "septiembre", "settembre"],
    &["october", "oktober", "octobre", "octubre", "ottobre"],
    &["november", "novembre", "noviembre"],
    &["december", "dezember", "décembre", "decembre", "diciembre", "dicembre"],
];

/// Words between the parts of a day: `1 de mayo de 2027`, `the 1st of May`.
const BETWEEN: &[&str] = &["de", "del", "of", "the", "le", "den", "il"];

/// Reads a day.
///
/// # Errors
/// Its two readings, or that there is none.
pub fn day(text: &str) -> Result<Date, Undated> {
    let text = text.trim();
    let parts: Vec<&str> = text.split(['.', '/', '-']).collect();
    let signs: Vec<char> = text.chars().filter(|c| matches!(c, '.' | '/' | '-')).collect();
    let one_sign = signs.len() == 2 && signs[0] == signs[1];
    let is_number = |part: &str, digits: std::ops::RangeInclusive<usize>| {
        digits.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    let [first, second, third] = parts.as_slice() else { return in_words(text) };
    if !one_sign || text.contains(char::is_whitespace) {
        return in_words(text);
    }
    // Year first: two digits for the month and the day, as ISO 8601 has it.
    if is_number(first, 4..=4) && is_number(second, 2..=2) && is_number(third, 2..=2) {
        return date(first, second, third).ok_or(Undated::NoDay);
    }
    if !(is_number(first, 1..=2) && is_number(second, 1..=2) && is_number(third, 4..=4)) {
        return in_words(text);
    }
    let day_first = date(third, second, first);
    // Points stand between day, month and year only.
    let month_first = if signs[0] == '.' { None } else { date(third, first, second) };
    match (day_first, month_first) {
        (Some(one), Some(other)) if one != other => Err(Undated::TwoReadings([one, other])),
        (Some(day), _) | (None, Some(day)) => Ok(day),
        (None, None) => Err(Undated::NoDay),
    }
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let year: i16 = year.parse().ok()?;
    let date = Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
    (1900..=2200).contains(&year).then_some(date)
}

/// `1 May 2027`, `May 1, 2027`, `1. Mai 2027`, `1er mai 2027`.
fn in_words(text: &str) -> Result<Date, Undated> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '-'))
        .filter(|word| !word.is_empty() && !BETWEEN.contains(word))
        .collect();
    let read = |day: &str, name: &str, year: &str| {
        let ordinal = ["st", "nd", "rd", "th", "er", "º", "°"].iter().find_map(|ending| day.strip_suffix(ending));
        let day = ordinal.unwrap_or(day);
        let plain = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        (plain(day) && plain(year) && year.len() == 4).then(|| date(year, &month(name)?.to_string(), day)).flatten()
    };
    let [first, second, year] = words.as_slice() else { return Err(Undated::NoDay) };
    read(first, second, year).or_else(|| read(second, first, year)).ok_or(Undated::NoDay)
}

/// The month that a word names, if it names one only.
fn month(word: &str) -> Option<usize> {
    let starts = |names: &&[&str]| names.iter().any(|name| name.starts_with(word));
    if word.chars().count() < 3 {
        return None;
    }
    let exact = MONTHS.iter().position(|names| names.contains(&word));
    let mut found = MONTHS.iter().enumerate().filter(|(_, names)| starts(names));
    let one = found.next().filter(|_| found.next().is_none());
    // "sept" is the beginning of one; "juni" is a month whatever begins so.
    exact.or(one.map(|(at, _)| at)).map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        for (text, is) in [
            ("2026-12-31", "2026-12-31"),
            ("2026/12/31", "2026-12-31"),
            ("31.12.2026", "2026-12-31"),
            ("1.5.2027", "2027-05-01"),
            ("31/12/2026", "2026-12-31"),
            ("12/31/2026", "2026-12-31"),
            ("31-12-2026", "2026-12-31"),
            ("2/2/2027", "2027-02-02"),
            ("1 May 2027", "2027-05-01"),
            ("1st of May 2027", "2027-05-01"),
            ("May 1, 2027", "2027-05-01"),
            ("1. Mai 2027", "2027-05-01"),
            ("31 déc. 2026", "2026-12-31"),
            ("1er juillet 2027", "2027-07-01"),
            ("1 de mayo de 2027", "2027-05-01"),
            ("3 Sept 2027", "2027-09-03"),
            ("15-Jan-2027", "2027-01-15"),
            ("9 mrt 2027", "2027-03-09"),
            ("28. Februar 2028", "2028-02-28"),
        ] {
            assert_eq!(day(text).map(|day| day.to_string()), Ok(is.to_owned()), "{text}");
        }
    }

    #[test]
    fn the_days_beside_it_tell_the_order_of_a_day_with_two_readings() {
        assert_eq!(Order::shown_by("25/06/2023"), Some(Order::DayFirst));
        assert_eq!(Order::shown_by("06-25-2023"), Some(Order::MonthFirst));
        for text in ["03/04/2023", "2/2/2023", "2023-04-25", "25.06.2023", "25/13/2023", "25/06", "June 2023"] {
            assert_eq!(Order::shown_by(text), None, "{text}");
        }
        let read = |order| day_in("03/04/2023", order).map(|day| day.to_string());
        assert_eq!(read(Some(Order::DayFirst)), Ok("2023-04-03".to_owned()));
        assert_eq!(read(Some(Order::MonthFirst)), Ok("2023-03-04".to_owned()));
        assert!(read(None).is_err());
        // What has one reading keeps it.
        assert_eq!(
            day_in("25/06/2023", Some(Order::MonthFirst)).map(|day| day.to_string()),
            Ok("2023-06-25".to_owned())
        );
    }

    #[test]
    fn a_day_that_could_be_a_month_has_two_readings_and_what_is_none_is_none() {
        let two = day("1/2/2027").unwrap_err();
        let Undated::TwoReadings(days) = two else { panic!("{two:?}") };
        assert_eq!(days.map(|day| day.to_string()), ["2027-02-01", "2027-01-02"]);
        for text in [
            "",
            "soon",
            "31.13.2026",
            "30.2.2027",
            "1.2.27",
            "13/13/2027",
            "2027-1-31",
            "2027",
            "May 2027",
            "1 Ju 2027",
            "99999.1.2",
            "1 juin",
            "2027-02-30",
            "2027-01-31T10:00:00",
            "1.2/2027",
            "1 ma 2027",
            "1 jui 2027",
        ] {
            assert_eq!(day(text), Err(Undated::NoDay), "{text}");
        }
    }
}
