//! When was that: a day, a time of a day, or not yet?
//!
//! Days are read as those of every other table ([`units::reading`](crate::units::reading)). A time may have its offset
//! from UTC (`Z`, `+02:00`, `UTC+2`): a length is then the time between two instants, whatever the clocks on the wall
//! showed; the day of an event stays the one that is written. Of two times one with and one without an offset have no
//! length that is known.

use jiff::civil::{Date, DateTime, Time};

use crate::stats::fit::Observation;
use crate::units::reading::{DayOrder, Undated, day_in};

/// A moment, and whether the time of day is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// When, as the clock there showed it.
    pub at: DateTime,
    /// Only the day is known.
    pub is_day: bool,
    /// By how many seconds that clock is ahead of UTC, where it is said.
    pub offset: Option<i32>,
}

impl Moment {
    /// A day.
    #[must_use]
    pub fn day(day: Date) -> Self {
        Self { at: day.at(0, 0, 0, 0), is_day: true, offset: None }
    }
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

/// The part of a cell that names the day, and the rest with the time.
fn parted(text: &str) -> (&str, Option<&str>) {
    let Some(colon) = text.find(':') else { return (text, None) };
    let digits = text[..colon].bytes().rev().take_while(u8::is_ascii_digit).count().min(2);
    let (day, time) = text.split_at(colon - digits);
    (day.trim_end().trim_end_matches(['T', 't', ',']).trim_end(), Some(time))
}

/// The day of a cell, without its time.
#[must_use]
pub fn day_part(text: &str) -> &str {
    parted(text.trim()).0
}

/// A moment, "never" or "open", or nothing; `order` reads days such as `3/4/2023`.
///
/// # Errors
/// The text, where it is neither.
pub fn moment(text: &str, order: Option<DayOrder>) -> Result<When, String> {
    let text = text.trim();
    let lower = text.to_lowercase();
    if ["", "-", "–", "?", "n/a", "na", "unknown", "tbd", "unbekannt"].contains(&lower.as_str()) {
        return Ok(When::Unknown);
    }
    if ["never", "open", "ongoing", "still open", "not yet", "nie", "offen"].contains(&lower.as_str()) {
        return Ok(When::NotYet);
    }
    if let Some(at) = serial(text) {
        return Ok(When::At(at));
    }
    let (day, time) = parted(text);
    let date = day_in(day, order).map_err(|found| match found {
        Undated::TwoReadings([one, other]) => format!("\"{text}\" can be read in two ways: as {one} or as {other}"),
        Undated::NoDay => {
            format!("\"{text}\" is no day of the calendar with a year of four digits, such as 2024-02-29 or 29.2.2024")
        }
    })?;
    let Some(time) = time else { return Ok(When::At(Moment::day(date))) };
    let (time, rest) = clock(time).ok_or_else(|| format!("\"{text}\" has no time of the day such as 14:30"))?;
    let offset = offset(rest).map_err(|zone| {
        format!("\"{text}\" says where its clock stands by \"{zone}\": write how far it is from UTC, such as +01:00")
    })?;
    Ok(When::At(Moment { at: date.to_datetime(time), is_day: false, offset }))
}

/// A workbook keeps moments as days since the end of 1899, the time of the day as their fraction.
fn serial(text: &str) -> Option<Moment> {
    const DAY: f64 = 86_400.0;
    let serial = text.parse::<f64>().ok().filter(|serial| (20_000.0..80_000.0).contains(serial))?;
    let whole = libm::floor(serial);
    let seconds = libm::round((serial - whole) * DAY);
    let start = Date::constant(1899, 12, 30).at(0, 0, 0, 0);
    let at = start.checked_add(jiff::Span::new().days(whole as i64).seconds(seconds as i64)).ok()?;
    Some(Moment { at, is_day: seconds == 0.0, offset: None })
}

/// The time that a text begins with, and what follows it: `14:30`, `2:30 PM`, `22:40:05.250+02:00`.
fn clock(text: &str) -> Option<(Time, &str)> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let take = |text: &str| -> Option<(i8, usize)> {
        let length = digits(text);
        (1..=2).contains(&length).then(|| text[..length].parse().ok()).flatten().map(|figure| (figure, length))
    };
    let (mut hour, length) = take(text)?;
    let rest = text[length..].strip_prefix(':')?;
    let (minute, length) = take(rest).filter(|(_, length)| *length == 2)?;
    let mut rest = &rest[length..];
    let mut second = 0;
    if let Some(behind) = rest.strip_prefix(':') {
        let (read, length) = take(behind)?;
        (second, rest) = (read, &behind[length..]);
        // Parts of a second are more than a log knows.
        if let Some(behind) = rest.strip_prefix(['.', ',']) {
            rest = &behind[digits(behind)..];
        }
    }
    let rest = rest.trim();
    let lower = rest.to_lowercase();
    let half = [("a.m.", 0), ("p.m.", 12), ("am", 0), ("pm", 12)];
    let named = half.into_iter().find(|(name, _)| lower.starts_with(name));
    let rest = named.map_or(rest, |(name, _)| rest[name.len()..].trim());
    if let Some((_, later)) = named {
        hour = if (1..=12).contains(&hour) { hour % 12 + later } else { return None };
    }
    Time::new(hour, minute, second, 0).ok().map(|time| (time, rest))
}

/// Seconds ahead of UTC; the text, where it is none.
fn offset(text: &str) -> Result<Option<i32>, &str> {
    // RFC 9557 names the zone behind the offset: +02:00[Europe/Berlin].
    let plain = text.split_once('[').map_or(text, |(offset, _)| offset).trim();
    if plain.is_empty() {
        return if text.is_empty() { Ok(None) } else { Err(text) };
    }
    let upper = plain.to_uppercase();
    let behind = ["UTC", "GMT", "Z"].iter().find_map(|name| upper.strip_prefix(name)).map(str::trim);
    let figures = match behind {
        Some("") => return Ok(Some(0)),
        Some(figures) => figures,
        None => upper.as_str(),
    };
    let read = || {
        let ahead = if figures.starts_with('+') { 1 } else { -1 };
        let figures = figures.strip_prefix(['+', '-', '\u{2212}'])?;
        let (hours, minutes) = match figures.split_once(':') {
            Some(parts) => parts,
            None if figures.len() > 2 && figures.is_char_boundary(figures.len() - 2) => {
                figures.split_at(figures.len() - 2)
            }
            None => (figures, "0"),
        };
        let figure = |text: &str, most: i32| {
            let plain = (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
            text.parse::<i32>().ok().filter(|figure| plain && *figure <= most)
        };
        Some(ahead * (figure(hours, 14)? * 3600 + figure(minutes, 59)? * 60))
    };
    read().map(Some).ok_or(text)
}

/// Why no time lies between two moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Apart {
    /// The second comes first.
    Backwards,
    /// One has an offset from UTC, the other has none.
    OneOffset,
}

/// Hours between two moments. Where one of them is known to the day only, the length is known to a day on either side;
/// a day is that of the place of the other.
///
/// # Errors
/// Why there are none.
pub fn hours_between(start: Moment, end: Moment) -> Result<Observation, Apart> {
    let ahead = match (start.offset, end.offset) {
        (Some(start), Some(end)) => f64::from(end - start),
        (None, None) => 0.0,
        _ if start.is_day || end.is_day => 0.0,
        _ => return Err(Apart::OneOffset),
    };
    let span = start.at.until(end.at).and_then(|span| span.total((jiff::Unit::Second, start.at)));
    let hours = (span.map_err(|_| Apart::Backwards)? - ahead) / 3600.0;
    let slack = |at: Moment| if at.is_day { 24.0 } else { 0.0 };
    let (low, high) = (hours - slack(start), hours + slack(end));
    if high < 0.0 {
        Err(Apart::Backwards)
    } else if low < high {
        Ok(Observation::Between(low.max(0.0), high))
    } else {
        Ok(Observation::Exact(hours))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        match moment(text, None) {
            Ok(When::At(moment)) => moment,
            other => panic!("{text}: {other:?}"),
        }
    }

    fn hours(start: &str, end: &str) -> Result<Observation, Apart> {
        hours_between(at(start), at(end))
    }

    #[test]
    fn days_are_known_to_a_day_and_times_exactly() {
        assert_eq!(moment("never", None), Ok(When::NotYet));
        assert_eq!(at("03.04.2021").at.date().to_string(), "2021-04-03");
        assert_eq!(hours("2026-03-02T22:40:00Z", "2026-03-04T06:12:00Z"), Ok(Observation::Exact(31.0 + 32.0 / 60.0)));
        assert_eq!(hours("2021-03-18", "2021-03-20"), Ok(Observation::Between(24.0, 72.0)));
        assert_eq!(hours("2021-03-18", "2021-03-18"), Ok(Observation::Between(0.0, 24.0)));
        assert_eq!(hours("2021-03-18", "2021-03-10"), Err(Apart::Backwards));
        assert_eq!(at("12 March 2021").at.date().to_string(), "2021-03-12");
        assert!(moment("9/4/18", None).is_err());
        assert!(moment("9/4/2018", None).unwrap_err().contains("two ways"));
        assert_eq!(moment("9/4/2018 10:00", Some(DayOrder::DayFirst)), Ok(When::At(at("2018-04-09 10:00"))));
    }

    #[test]
    fn times_are_read_as_programs_and_people_write_them() {
        for (text, is) in [
            ("02.03.2024 14:30", "2024-03-02T14:30:00"),
            ("3/14/2024 2:30 PM", "2024-03-14T14:30:00"),
            ("3/14/2024 12:05:09\u{202f}AM", "2024-03-14T00:05:09"),
            ("2024-03-02T22:40:05.123456Z", "2024-03-02T22:40:05"),
            ("2 March 2024, 9:05", "2024-03-02T09:05:00"),
            ("2024-03-02t22:40", "2024-03-02T22:40:00"),
            ("44120.75", "2020-10-16T18:00:00"),
            ("45000.999999", "2023-03-16T00:00:00"),
        ] {
            assert_eq!(at(text).at.to_string(), is, "{text}");
        }
        assert!(at("44120").is_day && !at("44120.75").is_day);
        for text in ["2024-03-02 25:00", "2024-03-02 14:3", "2024-03-02 13:00 PM", "14:30", "2024-03-02 14:30 o'clock"]
        {
            assert!(moment(text, None).is_err(), "{text}");
        }
    }

    #[test]
    fn a_length_is_between_instants_whatever_the_clocks_showed() {
        // 22:40 two hours ahead of UTC is 20:40 there.
        assert_eq!(hours("2024-03-02T22:40:00+02:00", "2024-03-02T22:10:00Z"), Ok(Observation::Exact(1.5)));
        assert_eq!(hours("2024-04-02T22:40:00-05:00", "2024-04-03T04:40:00Z"), Ok(Observation::Exact(1.0)));
        // Clocks were put forward in between: 01:30 and 03:30 are an hour apart.
        assert_eq!(hours("2024-03-31T01:30:00+01:00", "2024-03-31T03:30:00+02:00"), Ok(Observation::Exact(1.0)));
        for (text, seconds) in [
            ("+0200", 7200),
            (" +02:00[Europe/Berlin]", 7200),
            ("-0330", -12_600),
            (" UTC+2", 7200),
            (" GMT", 0),
            ("\u{2212}05", -18_000),
            (" +5:45", 20_700),
        ] {
            assert_eq!(at(&format!("2024-05-02 22:40{text}")).offset, Some(seconds), "{text}");
        }
        assert_eq!(hours("2024-03-02T22:40+02:00", "2024-03-02T23:10"), Err(Apart::OneOffset));
        assert_eq!(hours("2024-03-02", "2024-03-02T23:10Z"), Ok(Observation::Between(0.0, 23.0 + 1.0 / 6.0)));
        for zone in ["CET", "[Europe/Berlin]", "+25:00", "EST", "+02:99", "+", "Zulu"] {
            let told = moment(&format!("2024-03-02 22:40 {zone}"), None).unwrap_err();
            assert!(told.contains("from UTC"), "{told}");
        }
    }
}
