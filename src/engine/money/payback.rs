//! When has it paid for itself for good?
//!
//! The running sum of the net flows jumps where money moves on a date and runs in straight lines between:
//! what runs over a part of a year moves evenly over it. The payback is the time from which that sum stays
//! at or above zero up to the end of the horizon; 0 if it is never below, none if there is no such time. A
//! renewal that takes the sum below zero again begins the count anew. See `docs/model/investment.md`.

use rust_decimal::Decimal;

use super::flows::Flow;
use crate::units::Figure;

/// What is left of flows that cancel is rounding below this part of all that moves.
const ROUNDING: Decimal = Decimal::from_parts(1, 0, 0, false, 15);

/// The time in years from which the running sum of the flows stays at or above zero.
pub fn payback(flows: &[Flow]) -> Option<Figure> {
    let mut dates: Vec<Decimal> = flows.iter().flat_map(|flow| [flow.from, flow.to]).collect();
    dates.push(Decimal::ZERO);
    dates.sort_unstable();
    dates.dedup();
    let moved = flows
        .iter()
        .map(|flow| Some(flow.amount.decimal()?.abs()))
        .try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(amount?))?;
    let noise = moved.checked_mul(ROUNDING)?;
    let negative = |sum: Figure| Some(sum.decimal()? < -noise);
    let mut sum = Figure::ZERO;
    let mut since = Some(Figure::ZERO);
    let mut before: Option<Decimal> = None;
    for date in dates {
        // What ran since the date before.
        if let Some(from) = before {
            let ran = flows.iter().filter(|flow| !flow.is_dated() && flow.from <= from && flow.to >= date);
            let part = |flow: &Flow| {
                let length = Figure::exact(date - from).ratio(Figure::exact(flow.to - flow.from));
                length.map(|length| flow.amount * length)
            };
            let change: Figure = ran.map(part).sum::<Option<Figure>>()?;
            let next = sum + change;
            since = match (negative(sum)?, negative(next)?) {
                (_, true) => None,
                // In a straight line between the dates.
                (true, false) => {
                    let share = (Figure::ZERO - sum).ratio(change)?;
                    Some(Figure::exact(from) + share * Figure::exact(date - from))
                }
                (false, false) => since,
            };
            sum = next;
        }
        sum = sum + flows.iter().filter(|flow| flow.is_dated() && flow.from == date).map(|flow| flow.amount).sum();
        since = if negative(sum)? { None } else { since.or(Some(Figure::exact(date))) };
        before = Some(date);
    }
    since
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(amount: i64) -> Figure {
        Figure::exact(Decimal::from(amount))
    }

    /// The first amount now, the others over their years.
    fn by_years(amounts: &[i64]) -> Option<f64> {
        let amounts: Vec<Figure> = amounts.iter().map(|amount| figure(*amount)).collect();
        payback(&Flow::by_years(&amounts)).map(Figure::to_f64)
    }

    #[test]
    fn payback_counts_within_the_year() {
        assert_eq!(by_years(&[-200, 50, 60, 70, 200]), Some(3.1));
        assert_eq!(by_years(&[-200, 50]), None);
        assert_eq!(by_years(&[0, 50]), Some(0.0));
        assert_eq!(by_years(&[]), Some(0.0));
        assert_eq!(by_years(&[-200, 200]), Some(1.0));
        // Nothing is spent at once: what is owed later has to come back too.
        assert_eq!(by_years(&[0, -10, -10]), None);
        assert_eq!(by_years(&[0, -10, 20]), Some(1.5));
        assert_eq!(by_years(&[20, -10, -5]), Some(0.0));
    }

    #[test]
    fn what_is_renewed_has_to_be_paid_back_again() {
        // 100 now and after 4 years, 39 a year: back after 2.56 years, and again below zero at the end.
        let mut flows = Flow::by_years(&[-100, 39, 39, 39, 39, 39].map(figure));
        flows.push(Flow::on(Decimal::from(4), 4, figure(-100)));
        assert_eq!(payback(&flows), None);
        // Over six years it comes back: −5 after five.
        flows.push(Flow::over(6, Decimal::ZERO, figure(40)));
        assert_eq!(payback(&flows).map(Figure::to_f64), Some(5.125));
        // A purchase that the sum can bear does not count.
        let mut flows = Flow::by_years(&[-100, 200, 0].map(figure));
        flows.push(Flow::on(Decimal::ONE, 1, figure(-100)));
        assert_eq!(payback(&flows).map(Figure::to_f64), Some(0.5));
        // A receipt on a date lifts the sum at once.
        let flows = [Flow::on(Decimal::ZERO, 0, figure(-1)), Flow::on(Decimal::new(15, 1), 2, figure(1))];
        assert_eq!(payback(&flows).map(Figure::to_f64), Some(1.5));
    }

    #[test]
    fn what_runs_over_a_part_of_a_year_moves_in_that_part() {
        let flows = [Flow::on(Decimal::ZERO, 0, figure(-10)), Flow::over(1, Decimal::new(5, 1), figure(20))];
        assert_eq!(payback(&flows).map(Figure::to_f64), Some(0.75));
    }
}
