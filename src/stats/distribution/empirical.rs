//! What if the distribution is what was observed? Every sample has the same chance.
//!
//! F is the step function of the sorted samples; E\[min(X, x)\] comes from running
//! sums. It knows nothing above the largest sample.

use super::error::{FitError, not_negative};
use super::family::Family;

/// Observed values, each as likely as the others.
#[derive(Debug, Clone, PartialEq)]
pub struct Empirical {
    sorted: Vec<f64>,
    /// Sums of the first k samples, k = 0…n.
    sums: Vec<f64>,
    /// Sums of the first k squares.
    squares: Vec<f64>,
    mean: f64,
    variance: f64,
}

/// Running sums with the lost digits carried along (Neumaier).
fn running(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let (mut sum, mut lost) = (0.0f64, 0.0);
    let mut sums = vec![0.0];
    for value in values {
        let next = sum + value;
        lost += if sum.abs() >= value.abs() { (sum - next) + value } else { (value - next) + sum };
        sum = next;
        sums.push(sum + lost);
    }
    sums
}

impl Empirical {
    /// From at least one sample, none negative.
    pub fn new(mut samples: Vec<f64>) -> Result<Self, FitError> {
        for &value in &samples {
            not_negative("sample", value)?;
        }
        samples.sort_by(f64::total_cmp);
        let Some(count) = (!samples.is_empty()).then_some(samples.len() as f64) else {
            return Err(FitError::NoSamples);
        };
        let sums = running(samples.iter().copied());
        let squares = running(samples.iter().map(|x| x * x));
        let mean = sums[samples.len()] / count;
        // Two passes: squares of deviations do not cancel as a difference of squares does.
        let deviations = running(samples.iter().map(|x| (x - mean) * (x - mean)));
        let variance = deviations[samples.len()] / count;
        Ok(Self { sorted: samples, sums, squares, mean, variance })
    }

    /// The samples, smallest first.
    #[must_use]
    pub fn samples(&self) -> &[f64] {
        &self.sorted
    }

    pub(super) fn scaled(&self, factor: f64) -> Self {
        let times = |values: &[f64], factor: f64| values.iter().map(|x| x * factor).collect();
        Self {
            sorted: times(&self.sorted, factor),
            sums: times(&self.sums, factor),
            squares: times(&self.squares, factor * factor),
            mean: self.mean * factor,
            variance: self.variance * factor * factor,
        }
    }

    fn count(&self) -> f64 {
        self.sorted.len() as f64
    }

    /// How many samples are at most x.
    fn up_to(&self, x: f64) -> usize {
        self.sorted.partition_point(|s| *s <= x)
    }

    /// How many samples are below x.
    fn under(&self, x: f64) -> usize {
        self.sorted.partition_point(|s| *s < x)
    }

    fn limited(&self, sums: &[f64], x: f64, height: f64) -> f64 {
        let k = self.up_to(x);
        let above = self.sorted.len() - k;
        let rest = if above == 0 { 0.0 } else { above as f64 * height };
        if x.is_nan() { x } else { (sums[k] + rest) / self.count() }
    }
}

impl Family for Empirical {
    fn mean(&self) -> f64 {
        self.mean
    }
    fn variance(&self) -> f64 {
        self.variance
    }
    fn pdf(&self, x: f64) -> f64 {
        if x.is_nan() { x } else { 0.0 }
    }
    fn cdf(&self, x: f64) -> f64 {
        if x.is_nan() { x } else { self.up_to(x) as f64 / self.count() }
    }
    fn sf(&self, x: f64) -> f64 {
        if x.is_nan() { x } else { (self.sorted.len() - self.up_to(x)) as f64 / self.count() }
    }
    fn quantile(&self, p: f64) -> f64 {
        if !(0.0..=1.0).contains(&p) {
            return f64::NAN;
        }
        // The rank by division, then mended: p·n may round across a whole number.
        let n = self.sorted.len();
        let mut rank = (p * self.count()) as usize;
        while rank > 0 && (rank as f64 / self.count()) >= p {
            rank -= 1;
        }
        while rank < n && ((rank + 1) as f64 / self.count()) < p {
            rank += 1;
        }
        self.sorted[rank.min(n - 1)]
    }
    fn support(&self) -> (f64, f64) {
        (self.sorted[0], self.sorted[self.sorted.len() - 1])
    }
    fn limited_mean(&self, x: f64) -> f64 {
        self.limited(&self.sums, x, x)
    }
    fn second_limited_moment(&self, x: f64) -> f64 {
        self.limited(&self.squares, x, x * x)
    }
    fn mass_at(&self, x: f64) -> f64 {
        if x.is_nan() { x } else { (self.up_to(x) - self.under(x)) as f64 / self.count() }
    }
}
