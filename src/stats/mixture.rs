//! Which points stand for a rate that is not known, however wide its range?
//!
//! A year at rate Λ has the transform e^(Λ(z − 1)), |z| ≤ 1. Its average over Λ needs points near
//! enough to each other that neighbouring counts overlap: a Poisson count at Λ is about √Λ wide,
//! so in y = 2√Λ every count has the width one, and an average over a stretch of y needs about as
//! many points as there are half-waves of e^(iωy) with ω up to √(2 ln(mass/ε)).
//!
//! First many points: Gauss–Legendre on panels of the standard normal quantile ζ, x = F⁻¹(Φ(ζ)),
//! where ranges over any number of decades are smooth; panels end at kinks and are never longer
//! than a few counts. Then few: panel by panel in y, Gauss points of the many (`gauss::compress`),
//! which keep all their moments. Mean and second moment are those of the range itself, never of
//! the points. Products of independent unknowns are products of points.

use std::sync::OnceLock;

use super::distribution::Distribution;
use super::gauss::{self, Nodes};
use super::special::{normal_cdf, normal_pdf, normal_quantile, normal_sf};

/// What an average may be wrong by.
const EPSILON: f64 = 1e-11;
/// Beyond this normal quantile lies less than a rounding of chance.
const REACH: f64 = 8.25;
/// The longest panel of the normal quantile.
const PANEL: f64 = 0.75;
/// Gauss–Legendre points of a panel.
const PANEL_POINTS: usize = 10;
/// A panel of the many points in counts (steps of y), and how much chance must lie there to mind.
const PANEL_COUNTS: f64 = 4.0;
const MINDED: f64 = 1e-13;
/// A panel of the few points in counts.
const STRETCH: f64 = 10.0;
/// Gauss points of a bounded range, at most; the panels above serve where more were needed.
const MOST_GAUSS: usize = 160;
/// Events a year beyond which luck does not matter.
const MANY_EVENTS: f64 = 1e6;
/// Points of a product beyond which they are made fewer.
const MANY: usize = 60_000;

/// Points with weights for a number that is not known, and its exact moments.
#[derive(Debug, Clone, PartialEq)]
pub struct Mixture {
    points: Nodes,
    /// E\[X\].
    pub first: f64,
    /// E\[X²\]; infinite where it does not exist.
    pub second: f64,
}

impl Mixture {
    /// A known number.
    #[must_use]
    pub fn known(value: f64) -> Self {
        Self { points: vec![(value, 1.0)], first: value, second: value * value }
    }

    /// Points for a range that becomes a rate when it is multiplied by about `scale`.
    #[must_use]
    pub fn of(distribution: &Distribution, scale: f64) -> Self {
        let (first, variance) = (distribution.mean(), distribution.variance());
        let points = if distribution.is_atomic() {
            distribution.atoms()
        } else {
            bounded(distribution, scale.abs()).unwrap_or_else(|| panels(distribution, scale.abs()))
        };
        Self { points, first, second: variance + first * first }
    }

    /// Points with weights that add up to one, of which nothing else is known.
    #[must_use]
    pub fn of_points(points: Nodes) -> Self {
        let mean = |of: &dyn Fn(f64) -> f64| points.iter().map(|(x, weight)| weight * of(*x)).sum();
        Self { first: mean(&|x| x), second: mean(&|x| x * x), points }
    }

    /// `start` + `slope` · X.
    #[must_use]
    pub fn line(mut self, start: f64, slope: f64) -> Self {
        self.points.iter_mut().for_each(|(x, _)| *x = start + slope * *x);
        let sloped = if slope == 0.0 { 0.0 } else { slope * slope * self.second };
        self.second = start * start + 2.0 * start * slope * self.first + sloped;
        self.first = start + slope * self.first;
        self
    }

    /// The product with an independent one; points are made fewer on the way, as those of a rate
    /// when multiplied by about `scale`.
    #[must_use]
    pub fn times(self, other: &Self, scale: f64) -> Self {
        let (mut a, mut b) = (self.points, other.points.clone());
        if a.len() * b.len() > MANY {
            (a, b) = (decades(a), decades(b));
        }
        let mut points = Vec::with_capacity(a.len() * b.len());
        for (x, weight) in &a {
            points.extend(b.iter().map(|(y, other)| (x * y, weight * other)));
        }
        if points.len() > MANY {
            points = decades(points);
        } else if points.len() > 64 && points.iter().all(|(x, _)| x.abs() * scale.abs() < 64.0) {
            // All within a few counts: Gauss points of the whole are enough.
            let reach = points.iter().fold(0.0_f64, |most, (x, _)| most.max(x.abs() * scale.abs()));
            points = gauss::compress(&points, 24 + (0.8 * reach) as usize);
        }
        Self { points, first: self.first * other.first, second: self.second * other.second }
    }

    /// The points themselves.
    #[must_use]
    pub fn points(&self) -> &[(f64, f64)] {
        &self.points
    }

    /// As few points as the average of e^(Λ(z − 1)) needs, rising; a rate below zero is none. With a `size` the
    /// counts are negative binomial, (1 + Λ(1 − z)/size)^(−size), and wider: √(Λ + Λ²/size), which makes
    /// y = 2√size · arsinh √(Λ/size), in which their waves fall as e^(−πω√size/2) at the slowest.
    #[must_use]
    pub fn condensed(&self, size: Option<f64>) -> Nodes {
        let counts = |rate: f64| match size {
            Some(size) => 2.0 * size.sqrt() * libm::asinh((rate / size).sqrt()),
            None => counts(rate),
        };
        let rate_at = |counts: f64| match size {
            Some(size) => size * libm::pow(libm::sinh(0.5 * counts / size.sqrt()), 2.0),
            None => rate_at(counts),
        };
        let mut points: Nodes = self.points.iter().map(|(x, weight)| (x.max(0.0), *weight)).collect();
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        if points.len() <= 24 {
            return points;
        }
        let mut few = Vec::new();
        let mut rest = points.as_slice();
        let mut left = 1.0;
        while let Some((first, _)) = rest.first() {
            if left <= 10.0 * EPSILON {
                // However this little lies, nobody sees it.
                few.extend(
                    gauss::compress(rest, 4).into_iter().map(|(x, weight)| (x.max(0.0), left.max(0.0) * weight)),
                );
                break;
            }
            // Gauss points over a factor of two see what bends at −size and below.
            let near = size.map_or(f64::INFINITY, |size| (2.0 * first).max(0.25 * size));
            let end = rate_at(counts(*first) + STRETCH).min(near);
            let (panel, more) = rest.split_at(rest.partition_point(|(x, _)| *x <= end));
            rest = more;
            let mass: f64 = panel.iter().map(|point| point.1).sum();
            left -= mass;
            let highest = panel.last().map_or(*first, |point| point.0);
            let left_of = libm::log((mass / EPSILON).max(2.0));
            let slow = size.map_or(0.0, |size| 2.0 * left_of / (std::f64::consts::PI * size.sqrt()));
            let fastest = (2.0 * left_of).sqrt().max(slow);
            let waves = (0.5 * fastest * (counts(highest) - counts(*first))).min(highest - first);
            let count = 6 + (0.62 * waves) as usize;
            if panel.len() <= count || mass <= 0.0 {
                few.extend_from_slice(panel);
            } else {
                few.extend(gauss::compress(panel, count).into_iter().map(|(x, weight)| (x.max(0.0), mass * weight)));
            }
        }
        few
    }
}

/// `count` Gauss points of a range, so that averages of polynomials up to degree 2 · `count` − 1 are exact.
#[must_use]
pub fn nodes(distribution: &Distribution, count: usize) -> Nodes {
    match gauss::beta_shapes(distribution) {
        Some((low, high, a, b)) => {
            gauss::jacobi(a, b, count).into_iter().map(|(x, weight)| (low + (high - low) * x, weight)).collect()
        }
        None => gauss::compress(Mixture::of(distribution, 0.0).points(), count),
    }
}

/// Gauss points where the range is a beta on an interval and few of them are enough: n points leave
/// about (W/2)²ⁿ / (2n)! of e^(−Λs) over a width W of Λ.
fn bounded(distribution: &Distribution, scale: f64) -> Option<Nodes> {
    let (low, high, a, b) = gauss::beta_shapes(distribution)?;
    let width = (high - low) * scale;
    let overlapping = 16.0 + 2.5 * width / (0.25 * high * scale).max(1.0).sqrt();
    let wanted = 8.0 + (0.8 * width).min(overlapping);
    if wanted.is_nan() || wanted > MOST_GAUSS as f64 {
        return None;
    }
    let unit = gauss::jacobi(a, b, wanted as usize);
    Some(unit.into_iter().map(|(x, weight)| (low + (high - low) * x, weight)).collect())
}

/// A rate in widths of its own count: y = 2√Λ, and beyond a million events a year, where the luck of a
/// year is less than any grid tells apart, a thousand to a unit of ln Λ.
fn counts(rate: f64) -> f64 {
    if rate <= MANY_EVENTS { 2.0 * rate.sqrt() } else { 2e3 + 1e3 * libm::log(rate / MANY_EVENTS) }
}

/// The rate at so many counts.
fn rate_at(counts: f64) -> f64 {
    if counts <= 2e3 { 0.25 * counts * counts } else { MANY_EVENTS * libm::exp((counts - 2e3) / 1e3) }
}

/// Gauss–Legendre on panels of the standard normal quantile.
fn panels(distribution: &Distribution, scale: f64) -> Nodes {
    let at = |z: f64| {
        // The quantile of the nearer tail keeps its digits.
        let chance = if z > 0.0 { 1.0 - normal_sf(z) } else { normal_cdf(z) };
        distribution.quantile(chance.min(1.0 - f64::EPSILON / 2.0))
    };
    let mut ends: Vec<f64> = vec![-REACH, REACH];
    ends.extend(distribution.kinks().into_iter().map(|x| normal_quantile(distribution.cdf(x))));
    ends.retain(|z| z.abs() <= REACH);
    ends.sort_by(f64::total_cmp);
    let mut open: Vec<(f64, f64)> = ends.windows(2).map(|pair| (pair[0], pair[1])).collect();
    let mut points = Vec::new();
    while let Some((from, to)) = open.pop() {
        let counts = |z: f64| counts((at(z) * scale).max(0.0));
        let is_long = to - from > PANEL
            || (to - from > 1e-3 && normal_sf(from) > MINDED && counts(to) - counts(from) > PANEL_COUNTS);
        if is_long {
            let middle = 0.5 * (from + to);
            open.push((from, middle));
            open.push((middle, to));
            continue;
        }
        let half = 0.5 * (to - from);
        points.extend(legendre().iter().filter_map(|(t, weight)| {
            let z = from + 2.0 * half * t;
            let (x, weight) = (at(z), 2.0 * half * weight * normal_pdf(z));
            (x.is_finite() && weight > 0.0).then_some((x, weight))
        }));
    }
    let total: f64 = points.iter().map(|point| point.1).sum();
    points.iter_mut().for_each(|point| point.1 /= total);
    points
}

/// Gauss–Legendre points on 0 … 1.
fn legendre() -> &'static Nodes {
    static POINTS: OnceLock<Nodes> = OnceLock::new();
    POINTS.get_or_init(|| gauss::jacobi(1.0, 1.0, PANEL_POINTS))
}

/// Fewer points, a few in each tenth of a unit of ln x: whatever they are multiplied by, a count
/// does not tell them apart until it is thousands.
fn decades(mut points: Nodes) -> Nodes {
    const WIDTH: f64 = 0.1;
    const EACH: usize = 6;
    points.retain(|point| point.1 > 0.0);
    points.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut few = Vec::new();
    let mut rest = points.as_slice();
    while let Some((first, _)) = rest.first() {
        let least = 1e-12;
        let end = if *first > least { first * (1.0 + WIDTH) } else { first.max(least) };
        let (panel, more) = rest.split_at(rest.partition_point(|(x, _)| *x <= end).max(1));
        rest = more;
        let mass: f64 = panel.iter().map(|point| point.1).sum();
        few.extend(gauss::compress(panel, EACH).into_iter().map(|(x, weight)| (x, mass * weight)));
    }
    few
}

#[cfg(test)]
mod tests {
    use super::*;

    /// E[e^(−sX)] by a plain sum over two million equal steps of the chance, middle by middle.
    fn plain(distribution: &Distribution, s: f64) -> f64 {
        let n = 400_000;
        let step = 2.0 * REACH / f64::from(n);
        (0..n)
            .map(|i| {
                let z = -REACH + (f64::from(i) + 0.5) * step;
                let u = if z > 0.0 { 1.0 - normal_sf(z) } else { normal_cdf(z) };
                step * normal_pdf(z) * libm::exp(-s * distribution.quantile(u.min(1.0 - 1e-16)))
            })
            .sum()
    }

    #[test]
    fn an_exponential_of_a_rate_over_any_number_of_decades_is_averaged_to_nine_digits() {
        let ranges = [
            Distribution::lognormal(0.01, 10.0),
            Distribution::lognormal(1e-4, 100.0),
            Distribution::metalog(0.5, 1.0, 2.5, None),
            Distribution::metalog(0.05, 1.0, 30.0, Some(200.0)),
            Distribution::gamma(0.001, 40.0),
            Distribution::pareto(0.2, 1.2),
            Distribution::triangular(0.0, 1.0, 90.0),
            Distribution::normal(3.0, 9.0),
            Distribution::pert(2.0, 12.0, 4000.0),
            Distribution::uniform(1.0, 300.0),
        ];
        for range in ranges.map(Result::unwrap) {
            let mixture = Mixture::of(&range, 1.0);
            let few = mixture.condensed(None);
            assert!((few.iter().map(|point| point.1).sum::<f64>() - 1.0).abs() < 1e-11, "{range:?}");
            assert!(few.len() < 20_000, "{range:?}: {}", few.len());
            for s in [1e-4, 0.01, 0.3, 1.0, 2.0] {
                let found: f64 = few.iter().map(|(x, weight)| weight * libm::exp(-s * x)).sum();
                let expected = plain(&range, s);
                assert!((found - expected).abs() < 3e-9, "{range:?} at {s}: {found} not {expected}");
            }
        }
    }

    #[test]
    fn the_waves_of_a_count_are_averaged_as_by_many_points() {
        // e^(Λ(z − 1)) on the unit circle: the few points against the many.
        for (low, high) in [(0.5, 2.0), (0.1, 60.0), (10.0, 3000.0)] {
            let range = Distribution::lognormal(low, high).unwrap();
            let mixture = Mixture::of(&range, 1.0);
            let few = mixture.condensed(None);
            for angle in [1e-3, 0.01, 0.05, 0.2, 0.7, 1.5, 3.0] {
                let (sin, cos) = libm::sincos(angle);
                let wave = |points: &[(f64, f64)]| {
                    points.iter().fold((0.0, 0.0), |(re, im), (x, weight)| {
                        let size = weight * libm::exp(x * (cos - 1.0));
                        (re + size * libm::cos(x * sin), im + size * libm::sin(x * sin))
                    })
                };
                let (a, b) = (wave(&few), wave(mixture.points()));
                assert!((a.0 - b.0).abs() + (a.1 - b.1).abs() < 1e-9, "{low}–{high} at {angle}: {a:?} {b:?}");
            }
        }
    }

    #[test]
    fn clustered_counts_are_averaged_as_by_many_points() {
        let range = Distribution::gamma_from_mean_sd(14.0, 4.0).unwrap();
        let wide = Distribution::lognormal(0.1, 60.0).unwrap();
        for (range, size) in [(&range, 1.5), (&wide, 1.5), (&wide, 0.2), (&range, 40.0), (&wide, 1e4)] {
            let mixture = Mixture::of(range, 1.0);
            let few = mixture.condensed(Some(size));
            let plain = mixture.condensed(None);
            assert!(few.len() <= 2 * plain.len(), "{range:?} {size}: {} and {}", few.len(), plain.len());
            for angle in [1e-3, 0.01, 0.05, 0.2, 0.7, 1.5, 3.0] {
                let (sin, cos) = libm::sincos(angle);
                let wave = |points: &[(f64, f64)]| {
                    points.iter().fold((0.0, 0.0), |(re, im), (x, weight)| {
                        let (a, b) = (1.0 + x / size * (1.0 - cos), -x / size * sin);
                        let (log, turn) = (-size * libm::log(libm::hypot(a, b)), -size * libm::atan2(b, a));
                        let part = weight * libm::exp(log);
                        (re + part * libm::cos(turn), im + part * libm::sin(turn))
                    })
                };
                let (a, b) = (wave(&few), wave(mixture.points()));
                assert!((a.0 - b.0).abs() + (a.1 - b.1).abs() < 1e-9, "{range:?} {size} at {angle}: {a:?} {b:?}");
            }
        }
    }

    #[test]
    fn a_product_has_the_moments_and_the_averages_of_its_factors() {
        let rate = Distribution::lognormal(0.05, 5.0).unwrap();
        let kept = Distribution::beta(0.2, 0.9).unwrap();
        let found = Mixture::of(&rate, 1.0).times(&Mixture::of(&kept, 40.0), 1.0);
        assert!((found.first / (rate.mean() * kept.mean()) - 1.0).abs() < 1e-14);
        for s in [0.1, 1.0] {
            let average: f64 = found.condensed(None).iter().map(|(x, weight)| weight * libm::exp(-s * x)).sum();
            let inner: f64 = nodes(&kept, 40).iter().map(|(k, weight)| weight * plain(&rate, s * k)).sum();
            assert!((average - inner).abs() < 1e-9, "{average} {inner}");
        }
    }
}
