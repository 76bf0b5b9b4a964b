//! What must hold of every distribution, whatever its family.

use super::*;
use crate::stats::quadrature::{tanh_sinh, tanh_sinh_to_infinity};

fn continuous() -> Vec<Distribution> {
    vec![
        Distribution::uniform(0.0, 3.0).unwrap(),
        Distribution::uniform(20.0, 21.0).unwrap(),
        Distribution::triangular(0.0, 1.0, 4.0).unwrap(),
        Distribution::triangular(1.0, 1.0, 2.0).unwrap(),
        Distribution::triangular(1.0, 2.0, 2.0).unwrap(),
        Distribution::pert(1e5, 2.5e5, 2e6).unwrap(),
        Distribution::pert(0.0, 0.0, 1.0).unwrap(),
        Distribution::pert(3.0, 5.0, 5.0).unwrap(),
        Distribution::lognormal(5e4, 2e6).unwrap(),
        Distribution::lognormal(1.0, 1.001).unwrap(),
        Distribution::lognormal_from_mean_sd(1.0, 10.0).unwrap(),
        Distribution::normal(1.0, 3.0).unwrap(),
        Distribution::normal(1.0, 1.1).unwrap(),
        Distribution::normal(1.0, 55.0).unwrap(),
        Distribution::normal_from_mean_sd(2.0, 1.99).unwrap(),
        Distribution::normal_from_mean_sd(2.0, 1.2).unwrap(),
        Distribution::gamma(1.0, 30.0).unwrap(),
        Distribution::gamma(1.0, 1.01).unwrap(),
        Distribution::gamma(1.0, 1e6).unwrap(),
        Distribution::gamma_from_mean_sd(4e5, 6e5).unwrap(),
        Distribution::beta(0.1, 0.4).unwrap(),
        Distribution::beta(1e-4, 1e-2).unwrap(),
        Distribution::beta(0.01, 0.99).unwrap(),
        Distribution::beta(0.499, 0.501).unwrap(),
        Distribution::beta_from_mean_sd(0.3, 0.2).unwrap().scaled(7.0),
        Distribution::pareto(1e4, 2.5).unwrap(),
        Distribution::pareto(1e4, 1.2).unwrap(),
        Distribution::pareto(1e4, 1.0).unwrap(),
        Distribution::pareto(1e4, 0.7).unwrap(),
        Distribution::metalog(1e5, 2.5e5, 7e5, None).unwrap(),
        Distribution::metalog(1.0, 2.0, 100.0, Some(1000.0)).unwrap(),
        Distribution::metalog(1.0, 10.0, 60.0, None).unwrap(),
        Distribution::metalog(1.0, 40.0, 100.0, None).unwrap_or_else(|_| Distribution::uniform(0.0, 1.0).unwrap()),
        Distribution::metalog(1e-4, 1e-3, 0.02, Some(1.0)).unwrap(),
        Distribution::metalog(0.2, 0.5, 0.8, Some(1.0)).unwrap(),
    ]
}

fn grid() -> impl Iterator<Item = f64> {
    let tails = (1..=9).flat_map(|k| {
        let small = 10f64.powi(-k);
        [small, 1.0 - small]
    });
    tails.chain((1..40).map(|k| f64::from(k) / 40.0))
}

#[test]
fn the_chance_below_a_quantile_is_its_level() {
    for d in continuous() {
        // A narrow range has few values of f64 inside: one step of x is this much chance.
        for p in grid() {
            let x = d.quantile(p);
            let grain = d.pdf(x) * x * 4.0 * f64::EPSILON;
            let (cdf, sf) = (d.cdf(x), d.sf(x));
            let allowed = 1e-12 * p.min(1.0 - p) + 2.0 * grain + 1e-16;
            let gap = if p < 0.5 { cdf - p } else { (1.0 - p) - sf };
            assert!(gap.abs() <= allowed, "{d:?} at {p}: {x} {cdf} {gap:e} {allowed:e}");
            assert!((cdf + sf - 1.0).abs() < 4e-15, "{d:?} at {p}");
        }
    }
}

#[test]
fn the_ends_of_the_support_are_the_quantiles_of_0_and_1() {
    for d in continuous() {
        let (low, high) = d.support();
        assert_eq!((d.quantile(0.0), d.quantile(1.0)), (low, high), "{d:?}");
        assert_eq!((d.cdf(low), d.sf(high)), (0.0, 0.0), "{d:?}");
        assert_eq!((d.sf(low - 1.0), d.cdf(high + 1.0)), (1.0, 1.0), "{d:?}");
        assert!(d.quantile(-0.1).is_nan() && d.quantile(1.1).is_nan() && d.quantile(f64::NAN).is_nan());
    }
}

/// ∫ over the support, split where a density is steep.
fn over_support(d: &Distribution, f: impl Fn(f64) -> f64, to: f64) -> f64 {
    let (low, high) = d.support();
    let mut cuts: Vec<f64> = vec![low];
    cuts.extend(d.kinks());
    cuts.extend([1e-12, 1e-7, 1e-3, 0.1, 0.5, 0.9, 0.999, 1.0 - 1e-7].map(|p| d.quantile(p)));
    cuts.push(high);
    cuts.retain(|x| *x <= to);
    if to < high {
        cuts.push(to);
    }
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    let area = |piece: &[f64]| {
        if piece[1] == f64::INFINITY {
            tanh_sinh_to_infinity(&f, piece[0], piece[0], 0.0).value
        } else {
            tanh_sinh(|at| f(at.x), piece[0], piece[1], 0.0).value
        }
    };
    cuts.windows(2).map(area).sum()
}

#[test]
fn the_density_has_an_area_of_one_and_the_stated_moments() {
    for d in continuous() {
        // Shapes below 1 hold their singular end in distances that a plain x rounds away.
        let loose = if d.pdf(d.support().0).is_finite() && d.pdf(d.support().1).is_finite() { 1.0 } else { 1e5 };
        let mut area = over_support(&d, |x| d.pdf(x), f64::INFINITY);
        if loose > 1.0 {
            // What lies below the smallest quantile of the split is known.
            area = over_support(&d, |x| d.pdf(x), d.quantile(0.999));
            area += d.sf(d.quantile(0.999));
        }
        assert!((area - 1.0).abs() < 3e-12 * loose, "{d:?}: {area}");
        if d.mean().is_finite() {
            let mean = d.support().0 + over_support(&d, |x| d.sf(x), f64::INFINITY);
            let allowed = if d.tail_index() > 0.6 { 1e-9 } else { 1e-12 };
            assert!((mean / d.mean() - 1.0).abs() < allowed, "{d:?}: {mean} {}", d.mean());
        }
        if d.tail_index() < 0.4 && loose == 1.0 {
            let m = d.mean();
            let variance = over_support(&d, |x| (x - m) * (x - m) * d.pdf(x), f64::INFINITY);
            let grain = 1e-14 * m * m / d.variance();
            assert!((variance / d.variance() - 1.0).abs() < 1e-9 + grain, "{d:?}: {variance} {}", d.variance());
        }
    }
}

#[test]
fn the_limited_mean_is_the_area_under_the_chance_of_exceeding() {
    for d in continuous() {
        let (low, _) = d.support();
        for p in [1e-6, 0.01, 0.3, 0.5, 0.8, 0.99, 0.9999] {
            let x = d.quantile(p);
            let area = low + over_support(&d, |x| d.sf(x), x);
            assert!((d.limited_mean(x) / area - 1.0).abs() < 2e-12, "{d:?} at {p}: {} {area}", d.limited_mean(x));
            let squares = low * low + 2.0 * over_support(&d, |x| x * d.sf(x), x);
            let second = d.second_limited_moment(x);
            assert!((second / squares - 1.0).abs() < 4e-12, "{d:?} at {p}: {second} {squares}");
        }
    }
}

#[test]
fn the_limited_mean_rises_by_the_chance_of_exceeding() {
    for d in continuous() {
        for p in [0.05, 0.2, 0.5, 0.9, 0.99] {
            let x = d.quantile(p);
            let h = 1e-4 * (d.quantile(0.6) - d.quantile(0.4));
            let slope = (d.limited_mean(x + h) - d.limited_mean(x - h)) / (2.0 * h);
            let grain = 1e-15 * x / h;
            let bend = 1e-6 * (1.0 + d.pdf(x) * h * 1e4);
            assert!((slope - d.sf(x)).abs() < bend + grain, "{d:?} at {p}: {slope} {}", d.sf(x));
        }
    }
}

#[test]
fn without_a_limit_the_limited_mean_is_the_mean() {
    for d in continuous() {
        let (mean, limited) = (d.mean(), d.limited_mean(f64::INFINITY));
        assert!(mean == limited || (limited / mean - 1.0).abs() < 1e-14, "{d:?}: {mean} {limited}");
        let second = d.second_limited_moment(f64::INFINITY);
        let expected = d.variance() + mean * mean;
        assert!(second == expected || (second / expected - 1.0).abs() < 1e-12, "{d:?}: {second} {expected}");
        assert_eq!(d.limited_mean(0.0), 0.0);
        assert!(d.limited_mean(f64::NAN).is_nan() && d.cdf(f64::NAN).is_nan() && d.sf(f64::NAN).is_nan());
        assert!(d.pdf(f64::NAN).is_nan() && d.second_limited_moment(f64::NAN).is_nan(), "{d:?}");
    }
}

#[test]
fn a_scaled_distribution_answers_the_same_questions_scaled() {
    let factor = 0.37;
    for d in continuous() {
        let s = d.scaled(factor);
        for p in [0.01, 0.5, 0.97] {
            let x = d.quantile(p);
            assert!((s.quantile(p) / (x * factor) - 1.0).abs() < 1e-12, "{d:?}");
            assert!((s.cdf(x * factor) - d.cdf(x)).abs() < 1e-10, "{d:?}");
            assert!((s.limited_mean(x * factor) / (d.limited_mean(x) * factor) - 1.0).abs() < 1e-12, "{d:?}");
        }
        assert!(s.mean() == d.mean() || (s.mean() / (d.mean() * factor) - 1.0).abs() < 1e-12);
        assert_eq!(d.scaled(0.0).quantile(0.5), 0.0);
        assert!(d.scaled(-1.0).mean().is_nan() && d.scaled(f64::NAN).cdf(1.0).is_nan());
    }
}

#[test]
fn ranges_reproduce_their_two_points() {
    for (low, high) in [(1.0, 1.0001), (1.0, 1.5), (1.0, 4.0), (1.0, 57.0), (3e4, 9e5), (1e-9, 2e-9)] {
        for d in [
            Distribution::lognormal(low, high).unwrap(),
            Distribution::gamma(low, high).unwrap(),
            Distribution::normal(low, high).unwrap(),
        ] {
            assert!((d.cdf(low) - 0.05).abs() < 1e-11 && (d.sf(high) - 0.05).abs() < 1e-11, "{d:?}");
        }
    }
    for ratio in [1e3, 1e6, 1e12, 1e100] {
        let d = Distribution::gamma(1.0, ratio).unwrap();
        assert!((d.cdf(1.0) - 0.05).abs() < 1e-11 && (d.sf(ratio) - 0.05).abs() < 1e-11, "{d:?}");
    }
    for (mean, sd) in [(1.0, 1e-5), (1.0, 0.2), (5.0, 4.0), (1.0, 0.999), (3.0, 2.9999)] {
        let d = Distribution::normal_from_mean_sd(mean, sd).unwrap();
        assert!((d.mean() / mean - 1.0).abs() < 1e-13, "{d:?}");
        assert!((d.variance().sqrt() / sd - 1.0).abs() < 1e-11, "{d:?} {}", d.variance().sqrt());
    }
}

#[test]
fn a_beta_goes_through_its_5_and_95_percent_points() {
    let points =
        [1e-9, 1e-6, 1e-4, 1e-3, 0.0099, 0.01, 0.05, 0.1, 0.3, 0.5, 0.501, 0.7, 0.9, 0.95, 0.99, 0.999, 0.999_999];
    for (i, low) in points.iter().enumerate() {
        for high in &points[i + 1..] {
            let d = Beta::from_interval(*low, *high).unwrap();
            let (below, above) = (d.cdf(*low) - 0.05, d.sf(*high) - 0.05);
            assert!(below.abs() < 1e-10 && above.abs() < 1e-10, "{low} {high}: {below:e} {above:e} {d:?}");
        }
    }
}

#[test]
fn a_metalog_goes_through_its_three_points() {
    for (points, bound) in [([1e5, 2.5e5, 7e5], None), ([0.1, 0.2, 0.6], Some(1.0)), ([1.0, 20.0, 90.0], Some(100.0))] {
        let d = Distribution::metalog(points[0], points[1], points[2], bound).unwrap();
        for (x, p) in points.into_iter().zip([0.1, 0.5, 0.9]) {
            assert!((d.cdf(x) - p).abs() < 1e-14 && (d.quantile(p) / x - 1.0).abs() < 1e-13, "{d:?}");
        }
    }
    let heavy = Distribution::metalog(1.0, 10.0, 1e4, None).unwrap();
    assert!(heavy.tail_index() > 1.0 && heavy.mean() == f64::INFINITY && heavy.limited_mean(1e9).is_finite());
}

#[test]
fn infeasible_quantiles_come_back_with_the_nearest_feasible_ones() {
    let Err(FitError::InfeasibleQuantiles { nearest_p10, nearest_p50, nearest_p90, .. }) =
        Distribution::metalog(1.0, 1.1, 100.0, None)
    else {
        panic!("these quantiles are infeasible");
    };
    assert!(Distribution::metalog(1.0, nearest_p50, 100.0, None).is_ok());
    assert!(Distribution::metalog(nearest_p10, 1.1, 100.0, None).is_ok());
    assert!(Distribution::metalog(1.0, 1.1, nearest_p90, None).is_ok());
    assert!(matches!(Distribution::metalog(0.5, 0.6, 1.2, Some(1.0)), Err(FitError::NotBelow { name: "p90", .. })));
}

#[test]
fn a_range_without_width_is_a_known_value() {
    for d in [
        Distribution::uniform(3.0, 3.0),
        Distribution::triangular(3.0, 3.0, 3.0),
        Distribution::pert(3.0, 3.0, 3.0),
        Distribution::lognormal(3.0, 3.0),
        Distribution::lognormal_from_mean_sd(3.0, 0.0),
        Distribution::normal(3.0, 3.0),
        Distribution::gamma(3.0, 3.0),
        Distribution::metalog(3.0, 3.0, 3.0, None),
        Distribution::empirical(vec![3.0, 3.0]),
    ] {
        assert_eq!(d, Distribution::fixed(3.0));
    }
    assert_eq!(Distribution::beta(0.5, 0.5), Distribution::fixed(0.5));
    assert!(Distribution::beta(1.5, 1.5).is_err());
}

#[test]
fn what_no_distribution_can_be_is_refused() {
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -1.0] {
        for found in [
            Distribution::fixed(bad),
            Distribution::uniform(bad, 2.0),
            Distribution::uniform(bad, bad),
            Distribution::triangular(bad, 1.0, 2.0),
            Distribution::pert(0.0, bad, 2.0),
            Distribution::lognormal(bad, 2.0),
            Distribution::lognormal_from_mean_sd(bad, 2.0),
            Distribution::lognormal_from_mean_sd(1.0, bad),
            Distribution::normal(bad, 2.0),
            Distribution::normal_from_mean_sd(bad, 2.0),
            Distribution::normal_from_mean_sd(1.0, bad),
            Distribution::gamma(bad, 2.0),
            Distribution::gamma_from_mean_sd(1.0, bad),
            Distribution::beta(bad, 0.5),
            Distribution::beta_from_mean_sd(0.5, bad),
            Distribution::pareto(bad, 2.0),
            Distribution::pareto(1.0, bad),
            Distribution::metalog(bad, 2.0, 3.0, None),
            Distribution::metalog(0.1, 0.2, 0.3, Some(bad)),
            Distribution::empirical(vec![1.0, bad]),
        ] {
            assert!(found.is_err(), "{bad}: {found:?}");
        }
    }
    assert_eq!(Distribution::empirical(Vec::new()), Err(FitError::NoSamples));
    assert!(matches!(Distribution::uniform(2.0, 1.0), Err(FitError::Disordered { .. })));
    assert!(matches!(Distribution::pert(1.0, 3.0, 2.0), Err(FitError::Disordered { lower_name: "likely", .. })));
    assert!(matches!(Distribution::normal_from_mean_sd(1.0, 1.0), Err(FitError::SpreadTooLarge { limit: 1.0, .. })));
    assert!(matches!(Distribution::normal(1.0, 60.0), Err(FitError::RangeTooWide { .. })));
    assert!(matches!(Distribution::beta_from_mean_sd(0.5, 0.5), Err(FitError::SpreadTooLarge { limit: 0.5, .. })));
    assert!(matches!(Distribution::beta(0.2, 1.0), Err(FitError::NotBelow { name: "high", .. })));
}

#[test]
fn samples_are_a_step_function() {
    let d = Distribution::empirical(vec![4.0, 1.0, 2.0, 2.0]).unwrap();
    assert_eq!([0.5, 1.0, 2.0, 3.0, 4.0].map(|x| d.cdf(x)), [0.0, 0.25, 0.75, 0.75, 1.0]);
    assert_eq!([0.0, 0.25, 0.26, 0.75, 0.76, 1.0].map(|p| d.quantile(p)), [1.0, 1.0, 2.0, 2.0, 4.0, 4.0]);
    assert_eq!((d.mean(), d.variance(), d.mass_at(2.0), d.mass_at(3.0)), (2.25, 1.1875, 0.5, 0.0));
    assert_eq!((d.limited_mean(2.0), d.limited_mean(3.0), d.limited_mean(f64::INFINITY)), (1.75, 2.0, 2.25));
    assert_eq!(d.second_limited_moment(3.0), (1.0 + 4.0 + 4.0 + 9.0) / 4.0);
    let tenths = Distribution::empirical((1..=10).map(f64::from).collect()).unwrap();
    for k in 1..=10 {
        assert_eq!(tenths.quantile(f64::from(k) / 10.0), f64::from(k));
    }
}
