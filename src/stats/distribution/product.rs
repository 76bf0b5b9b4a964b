//! What if an amount is a quantity times what each costs, the two drawn apart?
//!
//! X = A · B for independent positive A and B. Seen from A it is a mixture of B stretched by A: with points aᵢ and
//! weights wᵢ that stand for A, F(x) = Σ wᵢ F_B(x / aᵢ), E\[min(X, x)\] = Σ wᵢ aᵢ E\[min(B, x / aᵢ)\]. The points are
//! those of Gauss where A is a beta, else equal steps of the standard normal quantile (the trapezoidal rule, which
//! converges faster than any power of the step); A is the narrower of the two in logs, so that its points lie closer
//! together than B is wide. Of more than two factors the widest is B, and the points of all others are multiplied and
//! made fewer stretch by stretch, so that a product of many costs no more than one of two. Mean and variance are those
//! of the product exactly: E\[A\]E\[B\] and E\[A²\]E\[B²\] − mean². The tail is as heavy as the heavier of the two
//! (Breiman 1965).

use std::sync::{Arc, OnceLock};

use super::error::FitError;
use super::family::Family;
use super::{Distribution, Empirical};
use crate::stats::special::{normal_cdf, normal_pdf, normal_sf};

/// A quantity times what each costs.
#[derive(Debug, Clone)]
pub struct Product {
    /// Points of the narrower factor with their weights.
    points: Arc<[(f64, f64)]>,
    /// The wider factor.
    wide: Arc<Distribution>,
    /// Quantiles at equal steps of the standard normal quantile, before the factor: z, ln x. Found when one is asked for.
    ladder: Arc<OnceLock<Vec<(f64, f64)>>>,
    factor: f64,
    mean: f64,
    variance: f64,
    support: (f64, f64),
    tail: f64,
}

/// The most products of observed values that are kept one by one.
const MOST_ATOMS: usize = 65_536;
/// Gauss points of a beta.
const GAUSS: usize = 24;
/// The product of several narrow factors: stretches and the points of each, and a weight that is nothing.
const STRETCHES: usize = 24;
const EACH: usize = 3;
const MOST_POINTS: usize = STRETCHES * EACH;
const NO_WEIGHT: f64 = 1e-18;
/// Equal steps of the standard normal quantile, to either side, and how far they reach.
const STEPS: i32 = 24;
const REACH: f64 = 8.4;

impl Product {
    /// A · B; a [`Distribution`] because the product of two lognormals is one, and that of known values too.
    pub fn of(a: &Distribution, b: &Distribution) -> Result<Distribution, FitError> {
        match (a, b) {
            (Distribution::Fixed(known), other) | (other, Distribution::Fixed(known)) => {
                Ok(other.scaled(known.value()))
            }
            (Distribution::Lognormal(a), Distribution::Lognormal(b)) => {
                let ((mu_a, sigma_a), (mu_b, sigma_b)) = (a.logs(), b.logs());
                super::Lognormal::new(mu_a + mu_b, libm::hypot(sigma_a, sigma_b)).map(Distribution::Lognormal)
            }
            (Distribution::Empirical(a), Distribution::Empirical(b))
                if a.samples().len().saturating_mul(b.samples().len()) <= MOST_ATOMS =>
            {
                let products = a.samples().iter().flat_map(|x| b.samples().iter().map(move |y| x * y)).collect();
                Empirical::new(products).map(Distribution::Empirical)
            }
            _ => Ok(Distribution::Product(Self::mixed(a, b))),
        }
    }

    /// Points of what is narrow in a factor, and what is wide.
    fn parts(factor: &Distribution) -> (Vec<(f64, f64)>, Distribution) {
        match factor {
            Distribution::Product(product) => {
                let points = product.points.iter().map(|(x, weight)| (x * product.factor, *weight));
                (points.collect(), Distribution::clone(&product.wide))
            }
            other => (vec![(1.0, 1.0)], other.clone()),
        }
    }

    /// Points of the narrower of two factors, and the wider.
    fn apart(a: Distribution, b: Distribution) -> (Vec<(f64, f64)>, Distribution) {
        let is_narrow_first = match (a.is_atomic(), b.is_atomic()) {
            (true, false) => true,
            (false, true) => false,
            _ => width(&a) <= width(&b),
        };
        let (narrow, wide) = if is_narrow_first { (a, b) } else { (b, a) };
        let mut points = points(&narrow);
        // What the rule leaves out of the mean is put back.
        let found: f64 = points.iter().map(|(x, weight)| x * weight).sum();
        let mended = narrow.mean() / found;
        if mended.is_finite() && mended > 0.0 {
            points.iter_mut().for_each(|(x, _)| *x *= mended);
        }
        (points, wide)
    }

    fn mixed(a: &Distribution, b: &Distribution) -> Self {
        let ((points_a, wide_a), (points_b, wide_b)) = (Self::parts(a), Self::parts(b));
        let is_product = |factor: &Distribution| matches!(factor, Distribution::Product(_));
        // Two lognormals in a product of more are one, and so are known values.
        let joined = if is_product(a) || is_product(b) { Self::of(&wide_a, &wide_b).ok() } else { None };
        let (own, wide) = match joined.filter(|joined| !is_product(joined)) {
            Some(joined) => (vec![(1.0, 1.0)], joined),
            None => Self::apart(wide_a, wide_b),
        };
        let points = crossed(crossed(own, &points_a), &points_b);
        let mean = a.mean() * b.mean();
        let second = (a.variance() + a.mean() * a.mean()) * (b.variance() + b.mean() * b.mean());
        let (low_a, high_a) = a.support();
        let (low_b, high_b) = b.support();
        Self {
            points: points.into(),
            wide: Arc::new(wide),
            ladder: Arc::default(),
            factor: 1.0,
            mean,
            variance: (second - mean * mean).max(0.0),
            support: (low_a * low_b, high_a * high_b),
            tail: a.tail_index().max(b.tail_index()),
        }
    }

    /// The same times `factor`.
    pub(super) fn scaled(&self, factor: f64) -> Self {
        Self {
            factor: self.factor * factor,
            mean: self.mean * factor,
            variance: self.variance * factor * factor,
            support: (self.support.0 * factor, self.support.1 * factor),
            ..self.clone()
        }
    }

    /// The sum over the points above nothing; those at nothing make the product nothing, whatever the other factor is.
    fn sum(&self, term: impl Fn(f64) -> f64) -> f64 {
        let positive = self.points.iter().filter(|(a, _)| *a > 0.0);
        positive.map(|(a, weight)| weight * term(a * self.factor)).sum()
    }

    /// The chance that one of the factors that stand as points is nothing.
    fn nothing(&self) -> f64 {
        self.points.iter().filter(|(a, _)| *a <= 0.0).map(|(_, weight)| *weight).sum()
    }

    /// Quantiles over the whole range, found one from the next.
    fn rungs(&self) -> Vec<(f64, f64)> {
        const RUNGS: i32 = 64;
        if self.factor != 1.0 {
            return Self { factor: 1.0, ..self.scaled(1.0 / self.factor) }.rungs();
        }
        let mut rungs = Vec::new();
        let mut below = None;
        let nothing = self.mass_at(0.0);
        for k in -RUNGS..=RUNGS {
            let z = REACH * f64::from(k) / f64::from(RUNGS);
            if nothing > 0.0 && normal_cdf(z) <= nothing {
                continue;
            }
            let x = self.searched(z, below);
            below = Some(x);
            if x > 0.0 && x.is_finite() {
                rungs.push((z, libm::log(x)));
            }
        }
        rungs
    }

    /// The quantile at a standard normal quantile, by halving in logs.
    fn searched(&self, z: f64, below: Option<f64>) -> f64 {
        // The nearer tail keeps its digits.
        let is_above = |x: f64| if z > 0.0 { self.sf(x) <= normal_sf(z) } else { self.cdf(x) >= normal_cdf(z) };
        let start = below.filter(|x| *x > 0.0).unwrap_or(self.mean);
        let (mut low, mut high) = (start, start);
        let (bottom, top) = self.support;
        while is_above(low) && low > bottom.max(f64::MIN_POSITIVE) {
            low = (low * 0.5).max(bottom);
            if below.is_some() {
                break;
            }
        }
        while !is_above(high) && high < top {
            high = (high * 2.0).min(top);
        }
        for _ in 0..80 {
            let middle = if low > 0.0 { (low * high).sqrt() } else { 0.5 * (low + high) };
            if is_above(middle) {
                high = middle
            } else {
                low = middle
            }
            if high - low <= 4.0 * f64::EPSILON * high {
                break;
            }
        }
        high
    }
}

/// Points of a product.
fn crossed(a: Vec<(f64, f64)>, b: &[(f64, f64)]) -> Vec<(f64, f64)> {
    if let [(x, _)] = b {
        return a.into_iter().map(|(y, weight)| (x * y, weight)).collect();
    }
    let all: Vec<(f64, f64)> = a.iter().flat_map(|(x, v)| b.iter().map(move |(y, w)| (x * y, v * w))).collect();
    if all.len() <= MOST_POINTS { all } else { fewer(all) }
}

/// Fewer points: of each stretch of equal length in logs those of Gauss.
fn fewer(mut points: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    let nothing: f64 = points.iter().filter(|(x, _)| *x <= 0.0).map(|(_, weight)| *weight).sum();
    points.retain(|(x, weight)| *x > 0.0 && *weight > NO_WEIGHT);
    let ends = points.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), (x, _)| (low.min(*x), high.max(*x)));
    let (low, length) = (libm::log(ends.0), (libm::log(ends.1) - libm::log(ends.0)) / STRETCHES as f64);
    let mut stretches: Vec<Vec<(f64, f64)>> = vec![Vec::new(); STRETCHES];
    for point in points {
        let place = ((libm::log(point.0) - low) / length) as usize;
        stretches[place.min(STRETCHES - 1)].push(point);
    }
    let few = |points: Vec<(f64, f64)>| {
        let whole: f64 = points.iter().map(|point| point.1).sum();
        crate::stats::gauss::compress(&points, EACH).into_iter().map(move |(x, weight)| (x, weight * whole))
    };
    let positive = stretches.into_iter().filter(|points| !points.is_empty()).flat_map(few);
    positive.chain((nothing > 0.0).then_some((0.0, nothing))).collect()
}

/// How wide a range is in logs, from its 5 % to its 95 % point.
fn width(range: &Distribution) -> f64 {
    libm::log(range.quantile(0.95)) - libm::log(range.quantile(0.05).max(f64::MIN_POSITIVE))
}

/// Points that stand for a range.
fn points(range: &Distribution) -> Vec<(f64, f64)> {
    if range.is_atomic() {
        let atoms = range.atoms();
        return if atoms.len() <= 256 { atoms } else { crate::stats::gauss::compress(&atoms, GAUSS) };
    }
    if matches!(range, Distribution::Pert(_) | Distribution::Beta(_) | Distribution::Uniform(_)) {
        return crate::stats::mixture::nodes(range, GAUSS);
    }
    let step = REACH / f64::from(STEPS);
    let points = (-STEPS..=STEPS).map(|k| {
        let z = f64::from(k) * step;
        let x = if z > 0.0 {
            range.quantile((1.0 - normal_sf(z)).min(1.0 - 0.5 * f64::EPSILON))
        } else {
            range.quantile(normal_cdf(z))
        };
        (x, step * normal_pdf(z))
    });
    points.filter(|(x, _)| x.is_finite() && *x > 0.0).collect()
}

impl PartialEq for Product {
    fn eq(&self, other: &Self) -> bool {
        self.points == other.points && self.wide == other.wide && self.factor == other.factor
    }
}

impl Family for Product {
    fn mean(&self) -> f64 {
        self.mean
    }
    fn variance(&self) -> f64 {
        self.variance
    }
    fn pdf(&self, x: f64) -> f64 {
        self.sum(|a| self.wide.pdf(x / a) / a)
    }
    fn cdf(&self, x: f64) -> f64 {
        let nothing = if x >= 0.0 { self.nothing() } else { 0.0 };
        nothing + self.sum(|a| self.wide.cdf(x / a))
    }
    fn mass_at(&self, x: f64) -> f64 {
        let nothing = if x == 0.0 { self.nothing() } else { 0.0 };
        nothing + self.sum(|a| self.wide.mass_at(x / a))
    }
    fn sf(&self, x: f64) -> f64 {
        self.sum(|a| self.wide.sf(x / a))
    }
    fn quantile(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            return f64::NAN;
        }
        if p == 0.0 {
            return self.support.0;
        }
        if p == 1.0 {
            return self.support.1;
        }
        if p <= self.mass_at(0.0) {
            return 0.0;
        }
        let z = crate::stats::special::normal_quantile(p);
        let rungs = self.ladder.get_or_init(|| self.rungs());
        let at = rungs.partition_point(|(rung, _)| *rung < z);
        let (Some((z0, y0)), Some((z1, y1))) = (at.checked_sub(1).and_then(|at| rungs.get(at)), rungs.get(at)) else {
            return self.searched(z, None);
        };
        // Within two rungs by Newton's steps on the nearer tail, kept between them.
        let (mut low, mut high) = (libm::exp(*y0) * self.factor, libm::exp(*y1) * self.factor);
        let mut x = libm::exp(y0 + (y1 - y0) * (z - z0) / (z1 - z0)) * self.factor;
        for _ in 0..60 {
            let miss = if z > 0.0 { (1.0 - p) - self.sf(x) } else { self.cdf(x) - p };
            if miss >= 0.0 {
                high = x
            } else {
                low = x
            }
            let density = self.pdf(x);
            let next = x - miss / density;
            let next = if density > 0.0 && next > low && next < high { next } else { 0.5 * (low + high) };
            if (next - x).abs() <= 2e-15 * x || next == x {
                return next;
            }
            x = next;
        }
        x
    }
    fn support(&self) -> (f64, f64) {
        self.support
    }
    fn limited_mean(&self, x: f64) -> f64 {
        if x >= self.support.1 { self.mean } else { self.sum(|a| a * self.wide.limited_mean(x / a)) }
    }
    fn second_limited_moment(&self, x: f64) -> f64 {
        if x >= self.support.1 {
            return self.variance + self.mean * self.mean;
        }
        self.sum(|a| a * a * self.wide.second_limited_moment(x / a))
    }
    fn tail_index(&self) -> f64 {
        self.tail
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_factor_that_may_be_nothing_leaves_its_chance_at_nothing() {
        let maybe = Distribution::Empirical(Empirical::new(vec![0.0, 0.0, 10.0, 20.0]).unwrap());
        let range = Distribution::Uniform(super::super::Uniform::new(1.0, 3.0).unwrap());
        let Distribution::Product(product) = Product::of(&maybe, &range).unwrap() else { panic!("no product") };
        assert!((product.mass_at(0.0) - 0.5).abs() < 1e-12 && (product.cdf(0.0) - 0.5).abs() < 1e-12);
        assert_eq!((product.quantile(0.3), product.limited_mean(0.0)), (0.0, 0.0));
        assert!((product.mean() - 15.0).abs() < 1e-12);
        // Half of the other half is 10 X up to 30, the rest 20 X from 20 to 60.
        assert!((product.cdf(20.0) - (0.5 + 0.25 * 0.5)).abs() < 1e-12, "{}", product.cdf(20.0));
        let x = product.quantile(0.8);
        assert!((product.cdf(x) - 0.8).abs() < 1e-9 && x > 10.0, "{x}");
        assert!((product.limited_mean(60.0) - 15.0).abs() < 1e-12);
    }

    fn near(found: f64, due: f64, relative: f64) {
        assert!((found - due).abs() <= relative * due.abs(), "{found} is not {due}");
    }

    #[test]
    fn a_product_of_two_lognormals_is_one_and_the_mixture_says_the_same() {
        let (a, b) = (Distribution::lognormal(100.0, 900.0).unwrap(), Distribution::lognormal(20.0, 600.0).unwrap());
        let exact = Product::of(&a, &b).unwrap();
        let mixed = Product::mixed(&a, &b);
        assert!(matches!(exact, Distribution::Lognormal(_)));
        near(mixed.mean(), exact.mean(), 1e-13);
        near(mixed.variance(), exact.variance(), 1e-12);
        for p in [0.001, 0.05, 0.5, 0.9, 0.99, 0.9999] {
            let x = exact.quantile(p);
            near(mixed.quantile(p), x, 1e-9);
            near(mixed.sf(x), 1.0 - p, 1e-8);
            near(mixed.limited_mean(x), exact.limited_mean(x), 1e-9);
            near(mixed.second_limited_moment(x), exact.second_limited_moment(x), 1e-9);
        }
    }

    #[test]
    fn a_product_of_two_uniforms_has_its_known_law() {
        // On 0 … 1 each: F(x) = x (1 − ln x). A little above 0 for the logs.
        let u = Distribution::uniform(0.0, 1.0).unwrap();
        let product = Product::mixed(&u, &u);
        near(product.mean(), 0.25, 1e-13);
        near(product.variance(), 1.0 / 9.0 - 1.0 / 16.0, 1e-12);
        for x in [0.05_f64, 0.2, 0.5, 0.9] {
            near(product.cdf(x), x * (1.0 - libm::log(x)), 2e-3);
        }
    }

    #[test]
    fn a_product_of_many_costs_no_more_than_one_of_two_and_has_its_law() {
        let factors = [
            Distribution::metalog(3.0, 10.0, 70.0, None).unwrap(),
            Distribution::uniform(0.3, 1.0).unwrap(),
            Distribution::lognormal(300.0, 2500.0).unwrap(),
            Distribution::uniform(0.3, 0.9).unwrap(),
            Distribution::lognormal(0.5, 1.8).unwrap(),
        ];
        let product = factors[1..].iter().fold(factors[0].clone(), |all, next| Product::of(&all, next).unwrap());
        let Distribution::Product(inner) = &product else { panic!("{product:?}") };
        assert!(inner.points.len() <= MOST_POINTS && !matches!(*inner.wide, Distribution::Product(_)));
        near(product.mean(), factors.iter().map(Distribution::mean).product(), 1e-12);
        // The same by draws at even chances of a lattice in five dimensions.
        let rule = crate::stats::lattice_rule::LatticeRule::new(16_381, factors.len());
        let n = rule.points();
        let drawn = |index: u64| -> f64 {
            let uniforms = rule.point(index, &[0.5 / n as f64; 5]);
            factors.iter().zip(uniforms).map(|(factor, uniform)| factor.quantile(uniform)).product()
        };
        let draws: Vec<f64> = (0..n).map(drawn).collect();
        for p in [0.05, 0.5, 0.9, 0.99] {
            let x = product.quantile(p);
            near(product.cdf(x), p, 1e-8);
            let below = draws.iter().filter(|draw| **draw <= x).count() as f64 / n as f64;
            assert!((below - p).abs() < 4e-3, "{below} of draws are below the quantile at {p}");
            let limited = draws.iter().map(|draw| draw.min(x)).sum::<f64>() / n as f64;
            near(product.limited_mean(x), limited, 4e-3);
        }
    }

    #[test]
    fn chances_and_quantiles_of_a_product_fit_together() {
        let ranges = [
            Distribution::pert(100.0, 500.0, 3000.0).unwrap(),
            Distribution::lognormal(50.0, 400.0).unwrap(),
            Distribution::gamma(10.0, 90.0).unwrap(),
            Distribution::empirical(vec![1.0, 5.0, 9.0]).unwrap(),
            Distribution::pareto(10.0, 2.5).unwrap(),
        ];
        for (place, a) in ranges.iter().enumerate() {
            for b in &ranges[place..] {
                let Distribution::Product(product) = Product::of(a, b).unwrap() else { continue };
                let mut last = 0.0;
                for p in [1e-6, 0.01, 0.3, 0.5, 0.8, 0.99, 0.999_999] {
                    let x = product.quantile(p);
                    assert!(x >= last);
                    last = x;
                    near(product.cdf(x), p, 1e-8);
                    near(product.cdf(x) + product.sf(x), 1.0, 1e-9);
                    near(product.scaled(3.0).quantile(p), 3.0 * x, 1e-12);
                }
                near(product.tail_index(), a.tail_index().max(b.tail_index()), 0.0);
                // Half a step of the integral of sf gives the limited mean.
                let top = product.quantile(0.9);
                let steps = 20_000;
                let h = top / f64::from(steps);
                let sum: f64 = (0..steps).map(|k| product.sf((f64::from(k) + 0.5) * h) * h).sum();
                near(product.limited_mean(top), sum, 1e-6);
            }
        }
    }
}
