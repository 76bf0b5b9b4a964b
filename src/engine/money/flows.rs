//! When does money move, and what is a flow worth today?
//!
//! A flow moves on a date (a purchase, a renewal, a sale, what is left at the end) or evenly over a stretch
//! of one year (what runs, and the loss avoided). Under `timing = "year-end"` everything after now falls on the
//! last day of its year. Under `"mid-year"` what moves on a date is discounted from its date, and what runs
//! from the middle of its stretch:
//!
//! ```text
//! worth = Σ amount / (1 + r)^time
//! ```
//!
//! Source: Brealey, Myers, Allen, *Principles of Corporate Finance*. See `docs/model/cash-flow.md`.

use rust_decimal::{Decimal, MathematicalOps};

use crate::model::{Assumptions, Timing};
use crate::units::{Arithmetic, Figure};

/// Money that moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flow {
    /// The year in whose column it stands: 0 is now.
    pub year: usize,
    /// When it begins to move, in years from now.
    pub from: Decimal,
    /// When it has moved; the same for money on a date.
    pub to: Decimal,
    /// Whole years by which its price has grown.
    pub grown: usize,
    /// How much.
    pub amount: Figure,
}

impl Flow {
    /// Money on a date, in years from now.
    pub fn on(date: Decimal, year: usize, amount: Figure) -> Self {
        Self { year, from: date, to: date, grown: year.saturating_sub(1), amount }
    }

    /// Money that moves evenly over a year from `from` on.
    pub fn over(year: usize, from: Decimal, amount: Figure) -> Self {
        let (begins, ends) = (Decimal::from(year.saturating_sub(1)), Decimal::from(year));
        Self { year, from: from.clamp(begins, ends), to: ends, grown: year.saturating_sub(1), amount }
    }

    /// Flows over the same stretch as one, in order of time.
    pub fn merged(flows: &[Self]) -> Vec<Self> {
        let mut ordered = flows.to_vec();
        ordered.sort_by_key(|flow| (flow.from, flow.to, flow.year));
        let same = ordered.chunk_by(|a, b| (a.from, a.to, a.year) == (b.from, b.to, b.year));
        let sum = |flows: &[Self]| flows.iter().map(|flow| flow.amount).sum();
        same.filter_map(|flows| Some(Self { amount: sum(flows), ..*flows.first()? })).collect()
    }

    /// Flows by year, each over its whole year; the first is now.
    pub fn by_years(amounts: &[Figure]) -> Vec<Self> {
        let flow = |(year, amount): (usize, &Figure)| Self::over(year, Decimal::ZERO, *amount);
        amounts.iter().enumerate().map(flow).filter(|flow| !flow.amount.is_zero()).collect()
    }

    /// Whether it moves on a date.
    pub fn is_dated(&self) -> bool {
        self.from == self.to
    }

    /// The same flow, so many times.
    pub fn times(self, factor: Figure) -> Self {
        Self { amount: self.amount * factor, ..self }
    }

    /// The date from which it is discounted, in years from now.
    pub fn time(&self, timing: Timing) -> Decimal {
        match timing {
            _ if self.is_dated() => self.from,
            Timing::YearEnd => Decimal::from(self.year),
            Timing::MidYear => (self.from + self.to) / Decimal::TWO,
        }
    }
}

/// The sum of flows by year; index 0 is now.
pub fn by_year(flows: &[Flow], horizon: usize) -> Vec<Figure> {
    let mut years = vec![Figure::ZERO; horizon + 1];
    for flow in flows {
        if let Some(sum) = years.get_mut(flow.year) {
            *sum = *sum + flow.amount;
        }
    }
    years
}

/// What money at a time is worth today.
#[derive(Debug, Clone)]
pub struct Discounting {
    base: Decimal,
    timing: Timing,
    /// `1 / (1 + r)^t` by whole years.
    whole: Vec<Decimal>,
    /// `√(1 + r)`.
    half: Decimal,
}

impl Discounting {
    /// At the rate and timing of a case.
    pub fn of(assumptions: &Assumptions) -> Self {
        Self::at(assumptions.discount_rate.get(), assumptions.timing, assumptions.horizon)
    }

    /// At a rate a year.
    pub fn at(rate: Decimal, timing: Timing, horizon: usize) -> Self {
        let base = Decimal::ONE + rate;
        let step = Decimal::ONE.checked_div(base).unwrap_or_default();
        let power = |last: &Decimal| last.checked_mul(step);
        let whole = std::iter::successors(Some(Decimal::ONE), power).take(horizon + 1).collect();
        Self { base, timing, whole, half: base.sqrt().unwrap_or(Decimal::ONE) }
    }

    /// When flows that run count.
    pub fn timing(&self) -> Timing {
        self.timing
    }

    /// `1 / (1 + r)^time`.
    pub fn factor(&self, time: Decimal) -> Figure {
        let years = time.ceil();
        let more = years - time;
        let whole = usize::try_from(years).ok().and_then(|years| self.whole.get(years)).copied();
        let part = match more {
            _ if more.is_zero() => Some(Decimal::ONE),
            _ if more == HALF => Some(self.half),
            _ => root(self.base, more),
        };
        match (whole, part) {
            (Some(whole), Some(part)) => Figure::exact(part) * Figure::exact(whole),
            _ => Figure::approximate(libm::pow(f64::from_decimal(self.base), -f64::from_decimal(time))),
        }
    }

    /// What a flow is worth today.
    pub fn worth(&self, flow: &Flow) -> Figure {
        flow.amount * self.factor(flow.time(self.timing))
    }

    /// What flows are worth today.
    pub fn present_value(&self, flows: &[Flow]) -> Figure {
        flows.iter().map(|flow| self.worth(flow)).sum()
    }

    /// The factors of what runs over whole years; 1 at index 0.
    pub fn by_year(&self) -> Vec<Figure> {
        let times = (0..self.whole.len()).map(|year| Flow::over(year, Decimal::ZERO, Figure::ONE).time(self.timing));
        times.map(|time| self.factor(time)).collect()
    }
}

const HALF: Decimal = Decimal::from_parts(5, 0, 0, false, 1);

/// Parts of a year whose powers are worked out in decimals: half months.
const PARTS: u32 = 24;

/// `base^part` for a part of a year in half months, to the last digits of a decimal.
fn root(base: Decimal, part: Decimal) -> Option<Decimal> {
    // A third of a year is four months, but for the last digit.
    let parts = (part * Decimal::from(PARTS)).round_dp(18);
    if !parts.fract().is_zero() {
        return None;
    }
    // Newton's rule for x^24 = base: from a float's 16 digits, two steps give all 28.
    let start = Figure::approximate(libm::pow(f64::from_decimal(base), 1.0 / f64::from(PARTS)));
    let degree = Decimal::from(PARTS);
    let mut x = start.decimal()?;
    for _ in 0..2 {
        let below = x.checked_powu(u64::from(PARTS) - 1)?;
        let step = below.checked_mul(x)?.checked_sub(base)?.checked_div(degree.checked_mul(below)?)?;
        x = x.checked_sub(step)?;
    }
    x.checked_powu(u64::try_from(parts).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(rate: i64, timing: Timing) -> Discounting {
        Discounting::at(Decimal::new(rate, 2), timing, 5)
    }

    #[test]
    fn a_date_within_a_year_is_discounted_from_that_date() {
        let discounting = at(10, Timing::YearEnd);
        for months in 1..60 {
            let time = Decimal::from(months) / Decimal::from(12);
            let factor = discounting.factor(time).to_f64();
            assert!((factor - libm::pow(1.1, -f64::from(months) / 12.0)).abs() < 1e-15, "{months}: {factor}");
        }
        // Twelve months are a year, in every digit but the last ones.
        let month = root(Decimal::new(11, 1), Decimal::ONE / Decimal::from(24)).unwrap();
        let year = month.checked_powu(24).unwrap();
        assert!((year - Decimal::new(11, 1)).abs() < Decimal::new(1, 25), "{year}");
        let odd = discounting.factor(Decimal::new(123, 2)).to_f64();
        assert!((odd - libm::pow(1.1, -1.23)).abs() < 1e-15);
    }

    #[test]
    fn what_runs_counts_at_the_middle_of_its_stretch_and_what_is_dated_at_its_date() {
        let quarter = Decimal::new(75, 2);
        let running = Flow::over(1, quarter, Figure::ONE);
        assert_eq!(running.time(Timing::MidYear), Decimal::new(875, 3));
        assert_eq!(running.time(Timing::YearEnd), Decimal::ONE);
        let bought = Flow::on(quarter, 1, Figure::ONE);
        assert_eq!(bought.time(Timing::MidYear), quarter);
        assert_eq!(bought.time(Timing::YearEnd), quarter);
        let whole = Flow::over(3, Decimal::ZERO, Figure::ONE);
        assert_eq!(whole.time(Timing::MidYear), Decimal::new(25, 1));
    }

    #[test]
    fn a_mid_year_flow_is_worth_half_a_year_more() {
        let (end, middle) = (at(21, Timing::YearEnd).by_year(), at(21, Timing::MidYear).by_year());
        let ratio = middle[1].ratio(end[1]).map(Figure::to_f64).unwrap();
        assert!((ratio - 1.1).abs() < 1e-15);
        assert_eq!((middle[0], end[0]), (Figure::ONE, Figure::ONE));
    }
}
