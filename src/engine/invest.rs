//! Is the money well spent? The figures that finance people ask for, from yearly flows.
//!
//! Index 0 of a flow is now and not discounted. Sources: Brealey, Myers and Allen, Principles
//! of Corporate Finance; ENISA, Introduction to Return on Security Investment (2012). See
//! `docs/model/investment.md`.

use rust_decimal::{Decimal, MathematicalOps};

use crate::model::Timing;
use crate::units::Figure;

/// Discount factors `1 / (1 + r)^t`, or `1 / (1 + r)^(t − 1/2)` for mid-year flows; 1 at index 0.
pub fn discount_factors(rate: Decimal, horizon: usize, timing: Timing) -> Vec<Figure> {
    let base = Decimal::ONE + rate;
    let step = Decimal::ONE.checked_div(base).unwrap_or_default();
    let mut factors = vec![Figure::ONE];
    let mut factor = match timing {
        Timing::YearEnd => Decimal::ONE,
        Timing::MidYear => base.sqrt().unwrap_or(Decimal::ONE),
    };
    for _ in 1..=horizon {
        factor = factor.checked_mul(step).unwrap_or_default();
        factors.push(Figure::exact(factor));
    }
    factors
}

/// Σ flow × factor.
pub fn present_value(flows: &[Figure], factors: &[Figure]) -> Figure {
    flows.iter().zip(factors).map(|(flow, factor)| *flow * *factor).sum()
}

/// The rate at which the flows are worth nothing; none where there is no such rate or several.
///
/// By Descartes' rule a row of flows has at most as many such rates above −100 % as it has
/// changes of sign, so one change means exactly one rate. With more, the rates are counted on a
/// fine grid and the figure is given only where there is exactly one.
pub fn internal_rate_of_return(flows: &[f64]) -> Option<f64> {
    if sign_changes(flows) == 0 || flows.iter().any(|flow| !flow.is_finite()) {
        return None;
    }
    // In v = 1 / (1 + r) the value is a polynomial; v runs from 0 (rate without end) up.
    let value = |v: f64| flows.iter().rev().fold(0.0, |sum, flow| sum * v + flow);
    // Rates from −99 % to 1,000,000 %, evenly in the logarithm of 1 + r.
    const STEPS: u32 = 4_000;
    let (low, high) = (-libm::log(10_001.0), -libm::log(0.01));
    let at = |index: u32| libm::exp(low + (high - low) * f64::from(index) / f64::from(STEPS));
    let mut found = None;
    let mut left = (at(0), value(at(0)));
    for index in 1..=STEPS {
        let right = (at(index), value(at(index)));
        if left.1 == 0.0 || (left.1 > 0.0) != (right.1 > 0.0) && right.1 != 0.0 {
            if found.is_some() {
                return None;
            }
            found = crate::stats::root::crossing(value, left.0, right.0).or(Some(left.0));
        }
        left = right;
    }
    found.map(|v| 1.0 / v - 1.0)
}

/// How often flows change their sign, zeros left out.
pub fn sign_changes(flows: &[f64]) -> usize {
    let signs: Vec<bool> = flows.iter().filter(|flow| **flow != 0.0).map(|flow| *flow > 0.0).collect();
    signs.windows(2).filter(|pair| pair[0] != pair[1]).count()
}

/// Years until the sum of the flows, once below zero, is back at zero, within a year evenly; 0 if it
/// is never below, none if it does not come back.
pub fn payback(flows: &[Figure]) -> Option<Figure> {
    let mut sum = Figure::ZERO;
    for (t, flow) in flows.iter().enumerate() {
        let next = sum + *flow;
        if sum.decimal()? < Decimal::ZERO && next.decimal()? >= Decimal::ZERO {
            let part = (Figure::ZERO - sum).ratio(*flow)?;
            return Some(Figure::exact(Decimal::from(t.saturating_sub(1))) + part);
        }
        sum = next;
    }
    let owes = sum.decimal()? < Decimal::ZERO;
    (!owes).then_some(Figure::ZERO)
}

/// The yearly amount with the same present value: PV / Σ factors.
pub fn equivalent_annual(value: Figure, factors: &[Figure]) -> Option<Figure> {
    value.ratio(factors.iter().skip(1).copied().sum())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figures(flows: &[i64]) -> Vec<Figure> {
        flows.iter().map(|flow| Figure::exact(Decimal::from(*flow))).collect()
    }

    #[test]
    fn the_value_at_the_internal_rate_of_return_is_nothing() {
        // Ross, Westerfield, Jaffe, chapter 9, question 1.
        let flows = [-200.0, 50.0, 60.0, 70.0, 200.0];
        let rate = internal_rate_of_return(&flows).unwrap();
        let value: f64 = flows.iter().enumerate().map(|(t, flow)| flow / (1.0 + rate).powi(t as i32)).sum();
        assert!(value.abs() < 1e-9, "{rate} {value}");
    }

    #[test]
    fn flows_of_one_sign_have_no_internal_rate_and_some_flows_have_two() {
        assert_eq!(internal_rate_of_return(&[-100.0, -5.0]), None);
        assert_eq!(internal_rate_of_return(&[0.0, 5.0]), None);
        // 10 % and 20 %.
        assert_eq!(internal_rate_of_return(&[-100.0, 230.0, -132.0]), None);
    }

    #[test]
    fn payback_counts_within_the_year() {
        let flows = figures(&[-200, 50, 60, 70, 200]);
        assert_eq!(payback(&flows).and_then(Figure::decimal), Some(Decimal::new(31, 1)));
        assert_eq!(payback(&figures(&[-200, 50])), None);
        assert_eq!(payback(&figures(&[0, 50])), Some(Figure::ZERO));
        // Nothing is spent at once: what is owed later has to come back too.
        assert_eq!(payback(&figures(&[0, -10, -10])), None);
        assert_eq!(payback(&figures(&[0, -10, 20])).and_then(Figure::decimal), Some(Decimal::new(15, 1)));
    }

    #[test]
    fn a_mid_year_flow_is_worth_half_a_year_more() {
        let end = discount_factors(Decimal::new(21, 2), 2, Timing::YearEnd);
        let middle = discount_factors(Decimal::new(21, 2), 2, Timing::MidYear);
        let ratio = middle[1].ratio(end[1]).map(Figure::to_f64).unwrap();
        assert!((ratio - 1.1).abs() < 1e-15);
        assert_eq!(middle[0], Figure::ONE);
    }
}
