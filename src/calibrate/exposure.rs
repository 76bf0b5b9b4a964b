//! How long was looked, and how much of what happened was seen?
//!
//! A count without its exposure is no rate. A day is 1/365 of its year, wherever it lies; in a leap year 28 and
//! 29 February are half a day each. So years from any day on are whole, and the parts of a year add up to it. Of what
//! happened only a share may have been seen, so that the exposure is years × share.

use jiff::civil::Date;
use rust_decimal::Decimal;

use super::fault;
use crate::diagnostic::{Code, Diagnostic};

/// The period that a log covers, and the share of events that it would hold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Exposure {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// The share of what happened that was seen and written down.
    pub seen: f64,
}

impl Exposure {
    /// From what was said; all three must be.
    ///
    /// # Errors
    /// What is missing, and what to write.
    pub fn new(from: Option<Date>, to: Option<Date>, seen: Option<f64>) -> Result<Self, Diagnostic> {
        let mut missing = Vec::new();
        let mut help = Vec::new();
        if from.is_none() {
            missing.push("--from");
            help.push("add `--from 2019-01-01`: the day on which recording began, not the day of the first event");
        }
        if to.is_none() {
            missing.push("--to");
            help.push("add `--to 2025-12-31`: the last day on which an event would have been recorded");
        }
        if seen.is_none() {
            missing.push("--seen");
            help.push("add `--seen 100%` if every event would have been noticed and recorded, else the share, such as `--seen 80%`");
        }
        let (Some(from), Some(to), Some(seen)) = (from, to, seen) else {
            let message = format!(
                "a count is no rate without its exposure: {} {} missing",
                missing.join(", "),
                if missing.len() == 1 { "is" } else { "are" }
            );
            return Err(fault(Code::Missing, message, &help));
        };
        if to < from {
            return Err(fault(
                Code::WrongOrder,
                format!("the period ends on {to}, before it begins on {from}"),
                &["exchange `--from` and `--to`"],
            ));
        }
        if !(seen > 0.0 && seen <= 1.0) {
            return Err(fault(
                Code::OutOfRange,
                format!("`--seen` is {}%: a share lies above 0% and at most at 100%", 100.0 * seen),
                &["write for example `--seen 80%`"],
            ));
        }
        Ok(Self { from, to, seen })
    }

    /// Calendar years from the first day to the last, both included.
    #[must_use]
    pub fn years(&self) -> f64 {
        years(self.from, self.to)
    }

    /// Years × the share that was seen.
    #[must_use]
    pub fn effective_years(&self) -> f64 {
        self.years() * self.seen
    }

    /// Whether a day lies within.
    #[must_use]
    pub fn holds(&self, day: Date) -> bool {
        day >= self.from && day <= self.to
    }

    /// In which whole year from the first day on a day lies; none in a rest that is no whole year.
    #[must_use]
    pub fn year_of(&self, day: Date) -> Option<usize> {
        let whole = libm::floor(self.years() + 1e-9) as i16;
        (0..whole).position(|year| anniversary(self.from, year + 1).is_some_and(|next| day < next))
    }
}

/// Calendar years from a first day to a last, both included.
#[must_use]
pub fn years(from: Date, to: Date) -> f64 {
    to.tomorrow().map_or(f64::NAN, |end| years_between(from, end))
}

/// Calendar years from one day to another, below zero where it lies before.
#[must_use]
pub fn years_between(from: Date, to: Date) -> f64 {
    f64::from(to.year() - from.year()) + f64::from(half_days(to) - half_days(from)) / (2.0 * DAYS)
}

const DAYS: f64 = 365.0;

/// The same as a decimal.
pub fn exact_years_between(from: Date, to: Date) -> Decimal {
    Decimal::from(to.year() - from.year()) + Decimal::from(half_days(to) - half_days(from)) / Decimal::from(730)
}

/// How many half days of a year without a leap day have gone when a day begins.
fn half_days(day: Date) -> i32 {
    let gone = 2 * i32::from(day.day_of_year() - 1);
    match (day.in_leap_year(), day.month(), day.day()) {
        (true, 2, 29) => 117,
        (true, 3.., _) => gone - 2,
        _ => gone,
    }
}

/// The day that lies so many years after another one, to the nearest day.
#[must_use]
pub fn day_after(from: Date, years: f64) -> Option<Date> {
    let at = f64::from(from.year()) + 0.5 * f64::from(half_days(from)) / DAYS + years;
    let year = libm::floor(at + 0.5 / DAYS);
    let day = libm::floor((at - year) * DAYS + 0.5).clamp(0.0, DAYS - 1.0);
    Date::new(year as i16, 1, 1).ok()?.with().day_of_year_no_leap(day as i16 + 1).build().ok()
}

/// The same day so many years later; 1 March for a day that is not.
fn anniversary(day: Date, years: i16) -> Option<Date> {
    let year = day.year().checked_add(years)?;
    Date::new(year, day.month(), day.day()).or_else(|_| Date::new(year, 3, 1)).ok()
}

/// Days from one day to another.
#[must_use]
pub fn days(from: Date, to: Date) -> f64 {
    from.until(to).map_or(f64::NAN, |span| f64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn whole_calendar_years_are_whole_whatever_leap_days_lie_within() {
        let years = |from, to| Exposure::new(Some(day(from)), Some(day(to)), Some(1.0)).unwrap().years();
        assert_eq!(years("2019-01-01", "2025-12-31"), 7.0);
        assert_eq!(years("2019-07-01", "2020-06-30"), 1.0);
        assert_eq!(years("2021-02-15", "2024-02-14"), 3.0);
        assert_eq!(years("2024-01-01", "2024-06-30"), 181.0 / 365.0);
        assert!((years("2019-07-01", "2026-09-30") - (7.0 + 92.0 / 365.0)).abs() < 1e-12);
        let log = Exposure::new(Some(day("2019-01-01")), Some(day("2021-06-30")), Some(0.5)).unwrap();
        assert_eq!(log.year_of(day("2020-12-31")), Some(1));
        assert_eq!(log.year_of(day("2021-03-01")), None);
        assert!((log.effective_years() - 0.5 * log.years()).abs() < 1e-12);
    }

    #[test]
    fn parts_of_a_year_add_up_to_it() {
        for (from, middle, to) in [
            ("2027-01-01", "2027-03-31", "2027-12-31"),
            ("2028-01-01", "2028-02-28", "2028-12-31"),
            ("2028-01-01", "2028-02-29", "2028-12-31"),
            ("2027-07-01", "2027-12-31", "2028-06-30"),
        ] {
            let next = day(middle).tomorrow().unwrap();
            let parts = [years(day(from), day(middle)), years(next, day(to))];
            assert!((parts[0] + parts[1] - 1.0).abs() < 1e-15, "{from} {middle} {parts:?}");
        }
        // The rest of 2027 after 31 March, though a leap day follows it.
        assert_eq!(years(day("2027-04-01"), day("2027-12-31")), 275.0 / 365.0);
        assert_eq!(years(day("2028-02-29"), day("2028-02-29")), 0.5 / 365.0);
    }

    #[test]
    fn a_day_so_many_years_later_is_found_again() {
        for from in ["2027-01-01", "2027-11-20", "2028-02-28", "2028-12-31"] {
            for to in ["2027-01-01", "2028-01-01", "2028-03-01", "2028-12-31", "2030-07-02"] {
                let (from, to) = (day(from), day(to));
                assert_eq!(day_after(from, years_between(from, to)), Some(to), "{from}");
            }
        }
        assert_eq!(day_after(day("2027-01-01"), 1e6), None);
    }

    #[test]
    fn what_is_not_said_is_asked_for() {
        let fault = Exposure::new(None, Some(day("2025-12-31")), None).unwrap_err();
        assert!(fault.message.contains("--from, --seen are missing"), "{}", fault.message);
        assert_eq!(fault.help.len(), 2);
        assert!(Exposure::new(Some(day("2025-01-01")), Some(day("2024-01-01")), Some(1.0)).is_err());
        assert!(Exposure::new(Some(day("2024-01-01")), Some(day("2025-01-01")), Some(1.2)).is_err());
    }
}
