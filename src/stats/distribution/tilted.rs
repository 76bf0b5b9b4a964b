//! How long did it last, given that the next stage came, or that it did not?
//!
//! An event that lasts the time X brings a next stage with the chance 1 − e^(−λX): the intruder needs a time of his own,
//! exponential with half-time ln 2/λ. Given that the stage came, long times are likelier:
//!
//! ```text
//! did not come: density ∝ f(x) e^(−λx)        came: density ∝ f(x) (1 − e^(−λx))
//! ```
//!
//! All moments are integrals over the quantiles of X, A_j = ∫ Q(u)^j e^(−λQ(u)) du, on panels that halve towards both
//! ends; those of "came" are what is left of the moments of X. E\[e^(−λX)\] is the Laplace transform, which has a
//! closed form for a known value, a gamma, a uniform and observed values. See `docs/model/dwell.md`.

use super::{Distribution, Family};
use crate::stats::quadrature::GaussLegendre;

/// How often panels halve towards each end.
const HALVINGS: i32 = 40;

/// Whether the stage came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It did not: e^(−λx).
    Kept,
    /// It did: 1 − e^(−λx).
    Came,
}

/// X, given what became of the stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Tilted {
    inner: Box<Distribution>,
    rate: f64,
    stage: Stage,
    /// The chance of it.
    chance: f64,
    /// What has been gathered up to uniform numbers from 0 to 1; what is between two of them is integrated.
    table: Vec<Gathered>,
}

/// Integrals over the uniform numbers from 0 on.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Gathered {
    /// Up to here.
    to: f64,
    /// Of the weight of the stage, and of Q e^(−λQ) and Q² e^(−λQ).
    sums: [f64; 3],
}

/// E\[e^(−rate · X)\].
pub fn laplace(of: &Distribution, rate: f64) -> f64 {
    match of {
        Distribution::Fixed(value) => libm::exp(-rate * value.value()),
        Distribution::Gamma(gamma) => {
            let (shape, scale) = gamma.parameters();
            libm::exp(-shape * libm::log1p(rate * scale))
        }
        Distribution::Uniform(_) => {
            let (low, high) = of.support();
            let width = rate * (high - low);
            libm::exp(-rate * low) * if width > 0.0 { -libm::expm1(-width) / width } else { 1.0 }
        }
        Distribution::Empirical(seen) => {
            let samples = seen.samples();
            samples.iter().map(|x| libm::exp(-rate * x)).sum::<f64>() / samples.len() as f64
        }
        _ => panels().windows(2).map(|ends| over(of, ends[0], ends[1], |x| libm::exp(-rate * x))).sum(),
    }
}

/// The ends of the panels: halving towards 0 and towards 1.
fn panels() -> Vec<f64> {
    let low = (1..=HALVINGS).rev().map(|k| libm::exp2(-f64::from(k)));
    let high = (2..=HALVINGS).map(|k| 1.0 - libm::exp2(-f64::from(k)));
    std::iter::once(0.0).chain(low).chain(high).chain([1.0]).collect()
}

/// ∫ f(Q(u)) du between two uniform numbers.
fn over(of: &Distribution, from: f64, to: f64, f: impl Fn(f64) -> f64) -> f64 {
    if to <= from {
        return 0.0;
    }
    GaussLegendre::nodes_12().integrate(|u| f(of.quantile(u)), from, to)
}

impl Tilted {
    /// X given what became of a stage that comes at this rate; X itself where it has one value only.
    pub fn of(inner: &Distribution, rate: f64, stage: Stage) -> Distribution {
        if let Distribution::Fixed(_) = inner {
            return inner.clone();
        }
        let kept = laplace(inner, rate);
        let chance = if stage == Stage::Kept { kept } else { 1.0 - kept };
        if !(rate > 0.0 && chance > 0.0) {
            return inner.clone();
        }
        let mut made = Self { inner: Box::new(inner.clone()), rate, stage, chance, table: Vec::new() };
        let mut sums = [0.0; 3];
        let mut table = vec![Gathered { to: 0.0, sums }];
        for ends in made.ends().windows(2) {
            for (power, sum) in (0..).zip(&mut sums) {
                *sum += over(&made.inner, ends[0], ends[1], |x| made.gathered(x, power));
            }
            table.push(Gathered { to: ends[1], sums });
        }
        made.table = table;
        // What the panels say of the whole is what all shares are of.
        made.chance = sums[0];
        Distribution::Tilted(made)
    }

    /// The distribution of `factor` times it.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Self {
        let scaled = |at: &Gathered| {
            let [weight, first, second] = at.sums;
            Gathered { to: at.to, sums: [weight, first * factor, second * factor * factor] }
        };
        let table = self.table.iter().map(scaled).collect();
        Self { inner: Box::new(self.inner.scaled(factor)), rate: self.rate / factor, table, ..self.clone() }
    }

    /// The values that have a chance of their own, with that chance.
    pub fn atoms(&self) -> Vec<(f64, f64)> {
        self.inner.atoms().into_iter().map(|(x, mass)| (x, mass * self.weight(x) / self.chance)).collect()
    }

    /// Whether all chance sits on single values.
    pub fn is_atomic(&self) -> bool {
        self.inner.is_atomic()
    }

    /// The ends of the panels; observed values have one panel each.
    fn ends(&self) -> Vec<f64> {
        match &*self.inner {
            Distribution::Empirical(seen) => {
                let n = seen.samples().len();
                (0..=n).map(|k| k as f64 / n as f64).collect()
            }
            _ => panels(),
        }
    }

    fn weight(&self, x: f64) -> f64 {
        match self.stage {
            Stage::Kept => libm::exp(-self.rate * x),
            Stage::Came => -libm::expm1(-self.rate * x),
        }
    }

    /// What is gathered at a time: the weight of the stage, or its powers where it is kept.
    fn gathered(&self, x: f64, power: usize) -> f64 {
        match power {
            0 => self.weight(x),
            1 => x * libm::exp(-self.rate * x),
            _ => x * x * libm::exp(-self.rate * x),
        }
    }

    /// The panel in which a uniform number lies: what was gathered before it, and up to its end.
    fn panel(&self, u: f64) -> Option<(&Gathered, &Gathered)> {
        let end = self.table.partition_point(|at| at.to < u).clamp(1, self.table.len() - 1);
        self.table.get(end - 1).zip(self.table.get(end))
    }

    /// What is gathered up to a uniform number.
    fn below(&self, u: f64, power: usize) -> f64 {
        let Some((before, end)) = self.panel(u) else { return 0.0 };
        if u >= end.to {
            end.sums[power]
        } else {
            before.sums[power] + over(&self.inner, before.to, u, |x| self.gathered(x, power))
        }
    }

    /// E\[X^power; X ≤ x\] of the stage; what came is what the others leave.
    fn part(&self, x: f64, power: usize) -> f64 {
        let kept = self.below(self.inner.cdf(x), power);
        if self.stage == Stage::Kept {
            return kept;
        }
        let above = self.inner.sf(x);
        let (whole, edge) = match power {
            1 => (self.inner.limited_mean(x), x),
            _ => (self.inner.second_limited_moment(x), x * x),
        };
        (if above > 0.0 { whole - edge * above } else { whole } - kept).max(0.0)
    }

    fn limited(&self, x: f64, power: usize) -> f64 {
        if x <= 0.0 {
            return if power == 1 { x } else { x * x };
        }
        let above = self.sf(x);
        let reach = if power == 1 { x } else { x * x };
        let edge = if above > 0.0 { reach * above } else { 0.0 };
        self.part(x, power) / self.chance + edge
    }
}

impl Family for Tilted {
    fn mean(&self) -> f64 {
        self.limited_mean(f64::INFINITY)
    }
    fn variance(&self) -> f64 {
        let mean = self.mean();
        let second = self.second_limited_moment(f64::INFINITY);
        if second.is_finite() { (second - mean * mean).max(0.0) } else { second }
    }
    fn pdf(&self, x: f64) -> f64 {
        self.inner.pdf(x) * self.weight(x) / self.chance
    }
    fn cdf(&self, x: f64) -> f64 {
        if x.is_nan() {
            return x;
        }
        (self.below(self.inner.cdf(x), 0) / self.chance).clamp(0.0, 1.0)
    }
    fn sf(&self, x: f64) -> f64 {
        if x.is_nan() {
            return x;
        }
        let u = self.inner.cdf(x);
        let (Some((_, end)), Some(last)) = (self.panel(u), self.table.last()) else { return 0.0 };
        // From the end of its panel up: nearer to the tail than from below.
        let rest = if u >= end.to { 0.0 } else { over(&self.inner, u, end.to, |x| self.weight(x)) };
        ((last.sums[0] - end.sums[0] + rest) / self.chance).clamp(0.0, 1.0)
    }
    fn quantile(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            return f64::NAN;
        }
        let wanted = p * self.chance;
        let place = self.table.partition_point(|at| at.sums[0] < wanted);
        if place == 0 || place >= self.table.len() {
            return self.inner.quantile(if place == 0 { 0.0 } else { 1.0 });
        }
        let before = self.table[place - 1];
        let (mut low, mut high) = (before.to, self.table[place].to);
        for _ in 0..60 {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                break;
            }
            let sum = before.sums[0] + over(&self.inner, before.to, middle, |x| self.weight(x));
            if sum < wanted { low = middle } else { high = middle }
        }
        self.inner.quantile(high)
    }
    fn support(&self) -> (f64, f64) {
        self.inner.support()
    }
    fn limited_mean(&self, x: f64) -> f64 {
        self.limited(x, 1)
    }
    fn second_limited_moment(&self, x: f64) -> f64 {
        self.limited(x, 2)
    }
    fn tail_index(&self) -> f64 {
        if self.stage == Stage::Kept { 0.0 } else { self.inner.tail_index() }
    }
    fn mass_at(&self, x: f64) -> f64 {
        self.inner.mass_at(x) * self.weight(x) / self.chance
    }
    fn kinks(&self) -> Vec<f64> {
        self.inner.kinks()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, told: f64, tolerance: f64) {
        assert!((found - told).abs() <= tolerance * told.abs().max(1e-9), "{found} for {told}");
    }

    #[test]
    fn a_tilted_gamma_is_a_gamma_and_the_two_stages_together_are_the_whole() {
        let whole = Distribution::gamma_from_mean_sd(14.0, 14.0 / 2f64.sqrt()).unwrap();
        let rate = 1.0 / 30.0;
        let kept = Tilted::of(&whole, rate, Stage::Kept);
        // Gamma (k, s) tilted is gamma (k, s / (1 + λs)).
        let like = Distribution::gamma_from_mean_sd(14.0 / (1.0 + rate * 7.0), 14.0 / 2f64.sqrt() / (1.0 + rate * 7.0))
            .unwrap();
        close(kept.mean(), like.mean(), 1e-9);
        close(kept.variance(), like.variance(), 1e-8);
        for x in [0.5, 3.0, 12.0, 40.0, 150.0] {
            close(kept.cdf(x), like.cdf(x), 1e-9);
            assert!((kept.sf(x) - like.sf(x)).abs() < 1e-10, "{} {}", kept.sf(x), like.sf(x));
            close(kept.limited_mean(x), like.limited_mean(x), 1e-9);
            close(kept.second_limited_moment(x), like.second_limited_moment(x), 1e-8);
        }
        for p in [0.01, 0.3, 0.9, 0.999] {
            close(kept.quantile(p), like.quantile(p), 1e-9);
        }
        for whole in [whole, Distribution::lognormal(4.0, 240.0).unwrap(), Distribution::pert(1.0, 3.0, 40.0).unwrap()]
        {
            let (kept, came) = (Tilted::of(&whole, rate, Stage::Kept), Tilted::of(&whole, rate, Stage::Came));
            let chance = laplace(&whole, rate);
            for x in [2.0, 9.0, 33.0, 120.0] {
                let both = |f: &dyn Fn(&Distribution) -> f64| chance * f(&kept) + (1.0 - chance) * f(&came);
                close(both(&|d| d.cdf(x)), whole.cdf(x), 1e-9);
                close(both(&|d| d.limited_mean(x)), whole.limited_mean(x), 1e-9);
                close(both(&|d| d.second_limited_moment(x)), whole.second_limited_moment(x), 1e-8);
                assert!(came.sf(x) >= whole.sf(x) && whole.sf(x) >= kept.sf(x));
            }
            close(chance * kept.mean() + (1.0 - chance) * came.mean(), whole.mean(), 1e-9);
            let twice = came.scaled(2.0);
            close(twice.mean(), 2.0 * came.mean(), 1e-9);
            close(twice.sf(30.0), came.sf(15.0), 1e-9);
        }
        let seen = Distribution::empirical(vec![1.0, 5.0, 30.0]).unwrap();
        let came = Tilted::of(&seen, rate, Stage::Came);
        let weights: Vec<f64> = [1.0f64, 5.0, 30.0].iter().map(|x| 1.0 - (-x / 30.0).exp()).collect();
        close(came.mean(), (weights[0] + 5.0 * weights[1] + 30.0 * weights[2]) / weights.iter().sum::<f64>(), 1e-9);
        close(came.mass_at(30.0), weights[2] / weights.iter().sum::<f64>(), 1e-9);
    }

    #[test]
    fn a_stage_comes_as_was_worked_out_elsewhere() {
        let book: serde_json::Value =
            serde_json::from_str(include_str!("../../../tests/reference/calibration.json")).unwrap();
        let case = &book["dwell"];
        let number = |key: &str| case[key].as_f64().unwrap();
        let (base, day, stage, theta) =
            (number("L0"), number("rate_per_day"), number("escalation_loss"), number("theta_days"));
        let loss = |time: &Distribution| base + day * time.mean() + stage * (1.0 - laplace(time, 1.0 / theta));
        for (days, told) in case["at"].as_object().unwrap() {
            close(loss(&Distribution::fixed(days.parse().unwrap()).unwrap()), told.as_f64().unwrap(), 1e-12);
        }
        for (mean, told) in case["exponential_mean"].as_object().unwrap() {
            let mean: f64 = mean.parse().unwrap();
            close(loss(&Distribution::gamma_from_mean_sd(mean, mean).unwrap()), told.as_f64().unwrap(), 1e-12);
        }
        let gamma = Distribution::gamma_from_mean_sd(14.0, 14.0 / 2f64.sqrt()).unwrap();
        close(loss(&gamma), number("gamma_k2_mean14"), 1e-12);
        // A half-time says the same: θ = after / ln 2. And the survival of one stage alone.
        let kev = &book["kev"];
        let median = kev["reported"]["median"].as_f64().unwrap();
        for days in ["30", "60", "180", "365"] {
            let time = Distribution::fixed(days.parse().unwrap()).unwrap();
            close(
                laplace(&time, std::f64::consts::LN_2 / median),
                kev["exponential_from_median"][days].as_f64().unwrap(),
                1e-12,
            );
        }
        // By quadrature as in closed form.
        let narrow = Distribution::lognormal_from_mean_sd(14.0, 1e-4).unwrap();
        close(laplace(&narrow, 1.0 / 30.0), (-14.0f64 / 30.0).exp(), 1e-8);
        close(laplace(&Distribution::uniform(0.0, 10.0).unwrap(), 0.2), (1.0 - (-2.0f64).exp()) / 2.0, 1e-12);
    }
}
