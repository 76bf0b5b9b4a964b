//! How often does one value exceed another, drawn apart from it?
//!
//! P(C > R) = ∫ f_R(r) P(C > r) dr for independent C and R, strictly: a tie is no
//! success. Below the support of C every r is exceeded, above it none, so only
//! the overlap of the two supports is integrated, cut where either density has a
//! kink and, where one of the two is narrow in the overlap, at quantiles of both
//! so that no peak is missed.

use super::distribution::Distribution;
use super::quadrature::{tanh_sinh, tanh_sinh_to_infinity};

/// Absolute error that each piece of the integral aims for.
const TOLERANCE: f64 = 1e-14;

/// P(capability > resistance) and an estimate of its absolute error.
///
/// NaN if either distribution is (a [`Distribution`] scaled by NaN).
#[must_use]
pub fn chance_first_exceeds(capability: &Distribution, resistance: &Distribution) -> (f64, f64) {
    let round_off = 4.0 * f64::EPSILON;
    if resistance.is_atomic() {
        // Σ P(R = r) P(C > r)
        let value = average(resistance, |r| capability.sf(r));
        return (value, if capability.is_atomic() { round_off } else { 1e-14 });
    }
    if capability.is_atomic() {
        // Σ P(C = c) P(R < c), and a continuous R has no ties.
        return (average(capability, |c| resistance.cdf(c)), 1e-14);
    }
    let (c_low, c_high) = capability.support();
    let (r_low, r_high) = resistance.support();
    let (low, high) = (c_low.max(r_low), c_high.min(r_high));
    if low >= high {
        return (if c_low >= r_high { 1.0 } else { 0.0 }, 0.0);
    }
    if capability == resistance {
        return (0.5, round_off);
    }
    // Every resistance below the weakest capability is exceeded.
    let mut value = if c_low > r_low { resistance.cdf(c_low) } else { 0.0 };
    let mut error = round_off;
    for piece in cuts(capability, resistance, low, high).windows(2) {
        let area = if piece[1] == f64::INFINITY {
            let scale = piece[0].max(f64::MIN_POSITIVE);
            tanh_sinh_to_infinity(|r| resistance.pdf(r) * capability.sf(r), piece[0], scale, TOLERANCE)
        } else {
            tanh_sinh(|at| resistance.pdf(at.x) * capability.sf(at.x), piece[0], piece[1], TOLERANCE)
        };
        value += area.value;
        error += area.error;
    }
    (if value.is_nan() { value } else { value.clamp(0.0, 1.0) }, error)
}

/// Σ mass · chance over the atoms.
fn average(atomic: &Distribution, chance: impl Fn(f64) -> f64) -> f64 {
    match atomic {
        Distribution::Empirical(samples) => {
            let sum: f64 = samples.samples().iter().map(|x| chance(*x)).sum();
            sum / samples.samples().len() as f64
        }
        // A known value; NaN must not slip through a comparison.
        _ => {
            let (value, _) = atomic.support();
            if value.is_nan() { value } else { chance(value) }
        }
    }
}

/// Where to cut the overlap, both ends included, in order.
fn cuts(capability: &Distribution, resistance: &Distribution, low: f64, high: f64) -> Vec<f64> {
    let mut cuts = vec![low, high];
    cuts.extend(capability.kinks());
    cuts.extend(resistance.kinks());
    let is_broad = |d: &Distribution| {
        let (bottom, top) = d.support();
        // One tanh-sinh stretch resolves a bell no narrower than this.
        d.variance().sqrt() > 0.05 * (high - low).min(top - bottom) && high < f64::INFINITY
    };
    if !(is_broad(capability) && is_broad(resistance)) {
        const PLACES: [f64; 9] = [1e-9, 1e-4, 0.02, 0.25, 0.5, 0.75, 0.98, 0.9999, 1.0 - 1e-9];
        cuts.extend(PLACES.map(|p| capability.quantile(p)));
        cuts.extend(PLACES.map(|p| resistance.quantile(p)));
    }
    cuts.retain(|x| *x >= low && *x <= high);
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::quadrature::GaussLegendre;

    fn chance(capability: Distribution, resistance: Distribution) -> f64 {
        let (value, error) = chance_first_exceeds(&capability, &resistance);
        assert!(error < 1e-11, "{error}: {capability:?} against {resistance:?}");
        value
    }

    #[test]
    fn the_contest_of_two_perts_matches_its_reference() {
        let value =
            chance(Distribution::pert(0.35, 0.60, 0.90).unwrap(), Distribution::pert(0.40, 0.65, 0.85).unwrap());
        assert!((value - 0.402_258_112_7).abs() < 5e-11, "{value}");
    }

    #[test]
    fn a_tie_is_no_success() {
        let up = Distribution::empirical(vec![1.0, 2.0, 3.0, 4.0, 5.0]).unwrap();
        let down = Distribution::empirical(vec![5.0, 4.0, 3.0, 2.0, 1.0]).unwrap();
        assert_eq!(chance(up, down), 0.4);
        assert_eq!(chance(Distribution::fixed(2.0).unwrap(), Distribution::fixed(2.0).unwrap()), 0.0);
        assert_eq!(chance(Distribution::fixed(2.0).unwrap(), Distribution::fixed(1.0).unwrap()), 1.0);
        let samples = Distribution::empirical(vec![1.0, 2.0, 2.0, 4.0]).unwrap();
        assert_eq!(chance(samples.clone(), Distribution::fixed(2.0).unwrap()), 0.25);
        assert_eq!(chance(Distribution::fixed(2.0).unwrap(), samples), 0.25);
    }

    #[test]
    fn supports_that_do_not_meet_decide_the_contest() {
        let weak = Distribution::pert(0.1, 0.2, 0.3).unwrap();
        let strong = Distribution::uniform(0.3, 0.9).unwrap();
        assert_eq!(chance(weak.clone(), strong.clone()), 0.0);
        assert_eq!(chance(strong, weak), 1.0);
    }

    #[test]
    fn against_a_fixed_value_the_contest_is_a_tail() {
        let range = Distribution::triangular(0.0, 1.0, 2.0).unwrap();
        let fixed = Distribution::fixed(1.5).unwrap();
        assert!((chance(range.clone(), fixed.clone()) - 0.125).abs() < 1e-15);
        assert!((chance(fixed, range) - 0.875).abs() < 1e-15);
    }

    #[test]
    fn two_lognormals_have_a_closed_form() {
        use crate::stats::special::normal_cdf;
        for (mu, sigma, other_sigma) in [(0.3, 0.5, 0.8), (-2.0, 1.5, 0.01), (0.02, 0.001, 0.01), (1.0, 3.0, 2.5)] {
            let one = Distribution::Lognormal(super::super::Lognormal::new(mu, sigma).unwrap());
            let other = Distribution::Lognormal(super::super::Lognormal::new(0.0, other_sigma).unwrap());
            let exact = normal_cdf(mu / (sigma * sigma + other_sigma * other_sigma).sqrt());
            let value = chance(one, other);
            assert!((value - exact).abs() < 1e-12, "{mu} {sigma} {other_sigma}: {value} {exact}");
        }
    }

    #[test]
    fn the_two_sides_of_every_contest_add_up_to_one() {
        let contestants = [
            Distribution::pert(0.35, 0.60, 0.90).unwrap(),
            Distribution::pert(0.0, 0.001, 1.0).unwrap(),
            Distribution::pert(0.5, 0.5001, 0.5002).unwrap(),
            Distribution::triangular(0.2, 0.3, 0.9).unwrap(),
            Distribution::uniform(0.0, 1.0).unwrap(),
            Distribution::beta(0.01, 0.99).unwrap(),
            Distribution::beta(1e-4, 1e-2).unwrap(),
            Distribution::metalog(0.1, 0.3, 0.6, Some(1.0)).unwrap(),
            Distribution::metalog(0.1, 0.3, 0.9, None).unwrap(),
            Distribution::lognormal(0.2, 0.8).unwrap(),
            Distribution::gamma(0.01, 0.8).unwrap(),
            Distribution::normal(0.3, 0.5).unwrap(),
            Distribution::pareto(0.2, 0.8).unwrap(),
            Distribution::fixed(0.42).unwrap(),
        ];
        for (i, one) in contestants.iter().enumerate() {
            for other in &contestants[i + 1..] {
                let (there, back) = (chance_first_exceeds(one, other), chance_first_exceeds(other, one));
                let gap = there.0 + back.0 - 1.0;
                assert!(gap.abs() < 2e-12, "{gap}: {one:?} {other:?} {there:?} {back:?}");
            }
        }
        assert_eq!(chance_first_exceeds(&contestants[0], &contestants[0]).0, 0.5);
    }

    #[test]
    fn the_contest_agrees_with_an_average_over_quantiles() {
        let one = Distribution::pert(0.1, 0.5, 0.9).unwrap();
        let other = Distribution::uniform(0.2, 0.7).unwrap();
        let by_quantiles = GaussLegendre::new(64).integrate(|p| one.sf(other.quantile(p)), 0.0, 1.0);
        assert!((chance(one, other) - by_quantiles).abs() < 1e-12);
    }

    #[test]
    fn a_contest_with_an_unknown_value_is_unknown() {
        let range = Distribution::uniform(0.0, 1.0).unwrap();
        let unknown = range.scaled(f64::NAN);
        assert!(chance_first_exceeds(&range, &unknown).0.is_nan());
        assert!(chance_first_exceeds(&unknown, &range).0.is_nan());
    }
}
