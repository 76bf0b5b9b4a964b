//! How long was looked, and how much of what happened was seen?
//!
//! A count without its exposure is no rate. Years are whole calendar years from the first day on and
//! the rest by its days; of what happened only a share may have been seen, so that the exposure is
//! years × share.

use jiff::civil::Date;

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
                format!("`--seen` is {} %: a share lies above 0 % and at most at 100 %", 100.0 * seen),
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

/// Calendar years from a first day to a last, both included: whole ones, and the rest by its days.
#[must_use]
pub fn years(from: Date, to: Date) -> f64 {
    let Ok(end) = to.tomorrow() else { return f64::NAN };
    let mut whole = 0i16;
    while let Some(next) = anniversary(from, whole + 1)
        && next <= end
    {
        whole += 1;
    }
    let (Some(last), Some(next)) = (anniversary(from, whole), anniversary(from, whole + 1)) else {
        return f64::NAN;
    };
    f64::from(whole) + days(last, end) / days(last, next)
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
        assert_eq!(years("2020-02-29", "2021-02-28"), 1.0);
        assert_eq!(years("2024-01-01", "2024-06-30"), 182.0 / 366.0);
        assert!((years("2019-07-01", "2026-09-30") - (7.0 + 92.0 / 365.0)).abs() < 1e-12);
        let log = Exposure::new(Some(day("2019-01-01")), Some(day("2021-06-30")), Some(0.5)).unwrap();
        assert_eq!(log.year_of(day("2020-12-31")), Some(1));
        assert_eq!(log.year_of(day("2021-03-01")), None);
        assert!((log.effective_years() - 0.5 * log.years()).abs() < 1e-12);
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
