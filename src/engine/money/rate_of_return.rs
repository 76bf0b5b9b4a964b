//! At which rates are flows worth nothing?
//!
//! With x = −ln(1 + r) the value of flows a at times t is the sum Σ a e^(t x), and every rate above −100 % is
//! one real x. Such a sum has at most as many zeros as its coefficients, in order of time, change their sign
//! (Descartes' rule, which Laguerre proved for any real times). His proof finds them, too. Multiply the
//! sum by e^(−c x), with c between two times where the sign changes: its derivative is again such a sum,
//!
//! ```text
//! Σ a (t − c) e^((t − c) x)
//! ```
//!
//! with one change less. Between two neighbouring zeros of the derivative the sum only rises or only
//! falls, so that it has one zero there, which halving finds, or none. No rate is missed however large
//! or small it is, and where the list is empty there is none.
//!
//! Sources: Laguerre, *Œuvres* I, "Sur la théorie des équations numériques" (1883); Pólya, Szegő, *Problems and
//! Theorems in Analysis* II, part V, chapter 1. See `docs/model/investment.md`.

use rust_decimal::Decimal;

use super::flows::Flow;
use crate::model::Timing;
use crate::units::{Arithmetic, Figure};

/// What is left of flows that cancel each other on a date is rounding below this part of them.
const ROUNDING: f64 = 1e-13;

/// Digits of a year to which two dates are one.
const PLACES: u32 = 12;

/// An amount at a time in years.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Term {
    amount: f64,
    time: f64,
}

/// Every rate above −100 % at which the flows are worth nothing, rising.
pub fn rates_of_return(flows: &[Flow], timing: Timing) -> Vec<f64> {
    let terms = terms(flows, timing);
    // A rate so near to −100 % that a float keeps few digits of what is left of one, or so large that it has none, is
    // none to show.
    let told = |rate: &f64| rate.is_finite() && *rate > -1.0 + 1e-7;
    let mut rates: Vec<f64> = zeros(&terms).into_iter().map(|x| libm::expm1(-x)).filter(told).collect();
    rates.sort_by(f64::total_cmp);
    rates
}

/// How often flows change their sign in order of time.
pub fn sign_changes(flows: &[Flow], timing: Timing) -> usize {
    changes(&terms(flows, timing)).count()
}

/// What moves on each date, in order; dates on which nothing moves are left out.
fn terms(flows: &[Flow], timing: Timing) -> Vec<Term> {
    let mut dated: Vec<(Decimal, Figure)> =
        flows.iter().map(|flow| (flow.time(timing).round_dp(PLACES), flow.amount)).collect();
    dated.sort_by_key(|(time, _)| *time);
    let same_date = dated.chunk_by(|a, b| a.0 == b.0);
    let net = same_date.filter_map(|flows| {
        let time = f64::from_decimal(flows.first()?.0);
        let amount = flows.iter().map(|(_, amount)| *amount).sum::<Figure>().to_f64();
        let moved: f64 = flows.iter().map(|(_, amount)| amount.to_f64().abs()).sum();
        (amount.abs() > ROUNDING * moved).then_some(Term { amount, time })
    });
    net.collect()
}

/// The places after which the sign changes.
fn changes(terms: &[Term]) -> impl Iterator<Item = usize> {
    let pairs = terms.windows(2).enumerate();
    pairs.filter(|(_, pair)| (pair[0].amount > 0.0) != (pair[1].amount > 0.0)).map(|(place, _)| place)
}

/// Every x at which Σ amount · e^(time · x) is zero, rising.
fn zeros(terms: &[Term]) -> Vec<f64> {
    let places: Vec<usize> = changes(terms).collect();
    let Some(&place) = places.get(places.len() / 2) else { return Vec::new() };
    if terms.iter().any(|term| !term.amount.is_finite()) {
        return Vec::new();
    }
    let centre = (terms[place].time + terms[place + 1].time) / 2.0;
    let moved = |term: &Term| Term { amount: term.amount * (term.time - centre), time: term.time - centre };
    let largest = terms.iter().map(|term| moved(term).amount.abs()).fold(0.0, f64::max);
    let derivative: Vec<Term> = terms
        .iter()
        .map(|term| Term { amount: moved(term).amount / largest, time: term.time - centre })
        .filter(|term| term.amount != 0.0)
        .collect();
    let turns = zeros(&derivative);
    let mut bounds = vec![(f64::NEG_INFINITY, sign_at_end(terms.first()))];
    bounds.extend(turns.iter().map(|x| (*x, sign(terms, *x))));
    bounds.push((f64::INFINITY, sign_at_end(terms.last())));
    let mut found: Vec<f64> = Vec::new();
    for pair in bounds.windows(2) {
        let ((left, before), (right, after)) = (pair[0], pair[1]);
        match (before, after) {
            // It touches zero where it turns.
            (_, 0.0) => found.push(right),
            _ if before * after < 0.0 => found.push(crossing(terms, (left, before), (right, after))),
            _ => {}
        }
    }
    found
}

fn sign_at_end(term: Option<&Term>) -> f64 {
    term.map_or(0.0, |term| term.amount.signum())
}

/// The sign of the sum at x: zero where it is rounding.
fn sign(terms: &[Term], x: f64) -> f64 {
    let (value, size) = value(terms, x);
    if value.abs() <= 1e-15 * terms.len() as f64 * size { 0.0 } else { value.signum() }
}

/// The sum at x and the sum of what it is made of, both times one positive number.
fn value(terms: &[Term], x: f64) -> (f64, f64) {
    let most = terms.iter().map(|term| term.time * x).fold(f64::NEG_INFINITY, f64::max);
    terms.iter().fold((0.0, 0.0), |(value, size), term| {
        let part = term.amount * libm::exp(term.time * x - most);
        (value + part, size + part.abs())
    })
}

/// The one zero between two places of different sign, either of which may be without end.
fn crossing(terms: &[Term], (mut left, before): (f64, f64), (mut right, after): (f64, f64)) -> f64 {
    let near = |x: f64| value(terms, x).0;
    let mut step = 1.0;
    if left.is_infinite() {
        left = if right.is_infinite() { 0.0 } else { right };
        while near(left) * before < 0.0 || near(left) == 0.0 {
            left -= step;
            step *= 2.0;
        }
    }
    step = 1.0;
    if right.is_infinite() {
        right = left.max(0.0);
        while near(right) * after < 0.0 || near(right) == 0.0 {
            right += step;
            step *= 2.0;
        }
    }
    for _ in 0..200 {
        let middle = left + (right - left) / 2.0;
        if middle <= left || middle >= right {
            break;
        }
        let here = near(middle);
        if here == 0.0 {
            return middle;
        }
        if here * before > 0.0 { left = middle } else { right = middle }
    }
    left + (right - left) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rates(flows: &[f64]) -> Vec<f64> {
        let flows: Vec<Figure> = flows.iter().map(|flow| Figure::approximate(*flow)).collect();
        rates_of_return(&Flow::by_years(&flows), Timing::YearEnd)
    }

    #[track_caller]
    fn are(found: &[f64], expected: &[f64]) {
        let near = found.iter().zip(expected).all(|(a, b)| (a - b).abs() <= 1e-9 * b.abs().max(1.0));
        assert!(near && found.len() == expected.len(), "{found:?} are not {expected:?}");
    }

    #[test]
    fn the_value_at_every_rate_is_nothing() {
        // Ross, Westerfield, Jaffe, chapter 9, question 1.
        let flows = [-200.0, 50.0, 60.0, 70.0, 200.0];
        let found = rates(&flows);
        assert_eq!(found.len(), 1);
        let value: f64 = flows.iter().enumerate().map(|(t, flow)| flow / libm::pow(1.0 + found[0], t as f64)).sum();
        assert!(value.abs() < 1e-11, "{found:?} {value}");
    }

    #[test]
    fn flows_of_one_sign_have_no_rate_and_a_polynomial_has_all_that_its_factors_say() {
        are(&rates(&[-100.0, -5.0]), &[]);
        are(&rates(&[0.0, 5.0]), &[]);
        are(&rates(&[]), &[]);
        are(&rates(&[-100.0, 230.0, -132.0]), &[0.1, 0.2]);
        // Two changes of sign and no rate at all: 100 − 100 v + 100 v².
        are(&rates(&[100.0, -100.0, 100.0]), &[]);
        // A value that touches zero without crossing it.
        are(&rates(&[-100.0, 220.0, -121.0]), &[0.1]);
        // (1 − 1.1 v)(1 − 1.2 v)(1 − 1.3 v)(1 − 0.5 v)(1 − 0.05 v)
        let mut product = vec![1.0];
        for factor in [1.1, 1.2, 1.3, 0.5, 0.05] {
            let mut next = vec![0.0; product.len() + 1];
            for (degree, part) in product.iter().enumerate() {
                next[degree] += part;
                next[degree + 1] -= part * factor;
            }
            product = next;
        }
        are(&rates(&product), &[-0.95, -0.5, 0.1, 0.2, 0.3]);
    }

    #[test]
    fn rates_of_any_size_are_found() {
        are(&rates(&[-1.0, 50_000.0]), &[49_999.0]);
        are(&rates(&[-1e-6, 1e9]), &[1e15 - 1.0]);
        are(&rates(&[-1e6, 1.0]), &[1e-6 - 1.0]);
    }

    #[test]
    fn months_and_middles_of_years_are_dates_of_their_own() {
        // 100 now and 110 back after half a year: 21 % a year.
        let flows = [
            Flow::on(Decimal::ZERO, 0, Figure::exact(Decimal::from(-100))),
            Flow::on(Decimal::new(5, 1), 1, Figure::exact(Decimal::from(110))),
        ];
        are(&rates_of_return(&flows, Timing::YearEnd), &[0.21]);
        // The same over a year counts from its middle, or from its end.
        let flows = [flows[0], Flow::over(1, Decimal::ZERO, Figure::exact(Decimal::from(110)))];
        are(&rates_of_return(&flows, Timing::MidYear), &[0.21]);
        are(&rates_of_return(&flows, Timing::YearEnd), &[0.1]);
    }

    #[test]
    fn what_cancels_on_a_date_up_to_rounding_is_no_flow() {
        let figure = Figure::approximate;
        let flows = [
            Flow::on(Decimal::ZERO, 0, figure(-100.0)),
            Flow::over(1, Decimal::ZERO, figure(0.1)),
            Flow::over(1, Decimal::ZERO, figure(0.2)),
            Flow::over(1, Decimal::ZERO, figure(-0.300_000_000_000_000_04)),
            Flow::over(2, Decimal::ZERO, figure(121.0)),
        ];
        assert_eq!(sign_changes(&flows, Timing::YearEnd), 1);
        are(&rates_of_return(&flows, Timing::YearEnd), &[0.1]);
    }
}
