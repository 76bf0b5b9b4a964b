//! How much weight does each person's judgement have earned?
//!
//! Cooke's classical model. Of seed questions, whose answers are known afterwards, each person states
//! 5 %, 50 % and 95 % points. s is the share of answers in the four gaps, p = (5, 45, 45, 5) %.
//! - Calibration: the chance of as bad a record or worse by luck alone,
//!   P(χ²₃ > 2 n Σ sᵢ ln(sᵢ/pᵢ)).
//! - Information: Σ pᵢ ln(pᵢ/rᵢ), rᵢ the share of the gap i in the range that all answers span,
//!   widened by a tenth on each side; on the scale of logarithms for money.
//! - Weight: calibration × information averaged over the questions, without a cut-off.
//!
//! Source: Cooke, Experts in Uncertainty (1991), ch. 12; Colson and Cooke, Reliability Engineering
//! and System Safety 163 (2017). Page: `docs/model/experts.md`.

use super::rate::chi_squared_above;

/// The chances of the four gaps between 5 %, 50 % and 95 %.
pub const GAPS: [f64; 4] = [0.05, 0.45, 0.45, 0.05];
/// Below so many seed questions a record is luck: everybody weighs the same.
pub const LEAST_SEEDS: usize = 10;
/// How far beyond the answers the range goes.
pub const OVERSHOOT: f64 = 0.1;

/// 5 %, 50 % and 95 % points.
pub type Quantiles = [f64; 3];

/// In which gap the answer lies: 0 below the 5 % point, 3 above the 95 % point. An end belongs to its range.
#[must_use]
pub fn gap([low, middle, high]: &Quantiles, answer: f64) -> usize {
    usize::from(answer >= *low) + usize::from(answer > *middle) + usize::from(answer > *high)
}

/// How far a record lies off: Σ sᵢ ln(sᵢ/pᵢ), with the counts of the four gaps.
#[must_use]
pub fn divergence(counts: &[u64; 4]) -> f64 {
    let n = counts.iter().sum::<u64>() as f64;
    let each = counts.iter().zip(GAPS).filter(|(count, _)| **count > 0).map(|(count, p)| {
        let s = *count as f64 / n;
        s * libm::log(s / p)
    });
    each.sum::<f64>().max(0.0)
}

/// The chance of as bad a record or worse by luck alone.
#[must_use]
pub fn calibration(counts: &[u64; 4]) -> f64 {
    let n = counts.iter().sum::<u64>() as f64;
    chi_squared_above(2.0 * n * divergence(counts), 3.0)
}

/// How much narrower than the range somebody's quantiles are.
#[must_use]
pub fn information(quantiles: &Quantiles, range: (f64, f64), in_logs: bool) -> f64 {
    let scale = |x: f64| if in_logs { libm::log(x) } else { x };
    let ends = [range.0, quantiles[0], quantiles[1], quantiles[2], range.1].map(scale);
    let whole = ends[4] - ends[0];
    GAPS.iter().enumerate().map(|(i, p)| p * libm::log(p * whole / (ends[i + 1] - ends[i]))).sum()
}

/// The range that all answers to one question span, widened by a tenth on each side.
#[must_use]
pub fn intrinsic_range(answers: &[Quantiles], truth: Option<f64>, in_logs: bool) -> (f64, f64) {
    let scale = |x: f64| if in_logs { libm::log(x) } else { x };
    let back = |x: f64| if in_logs { libm::exp(x) } else { x };
    let all = || answers.iter().flat_map(|q| [q[0], q[2]]).chain(truth).map(scale);
    let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
    let wider = OVERSHOOT * (high - low);
    (back(low - wider), back(high + wider))
}

/// A seed question: everybody's answer in their order, and the truth.
#[derive(Debug, Clone, PartialEq)]
pub struct Seed {
    /// One for each person.
    pub answers: Vec<Quantiles>,
    /// What is known by now.
    pub truth: f64,
    /// Whether it spans orders of magnitude, as money does.
    pub in_logs: bool,
}

/// What a person's record is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Answers in the four gaps.
    pub counts: [u64; 4],
    /// The chance of as bad a record by luck.
    pub calibration: f64,
    /// Averaged over the questions.
    pub information: f64,
    /// Of all weights, in parts of 1.
    pub weight: f64,
}

/// Everybody's score; weights are equal where there are too few seeds or nobody has earned one.
#[must_use]
pub fn scores(seeds: &[Seed], people: usize) -> Vec<Score> {
    let mut scores: Vec<Score> = (0..people)
        .map(|person| {
            let mut counts = [0u64; 4];
            let mut sum = 0.0;
            for seed in seeds {
                let Some(own) = seed.answers.get(person) else { continue };
                counts[gap(own, seed.truth)] += 1;
                sum += information(own, intrinsic_range(&seed.answers, Some(seed.truth), seed.in_logs), seed.in_logs);
            }
            let answered = counts.iter().sum::<u64>();
            let calibration = if answered == 0 { 0.0 } else { calibration(&counts) };
            let information = if answered == 0 { 0.0 } else { sum / answered as f64 };
            Score { counts, calibration, information, weight: calibration * information }
        })
        .collect();
    let total: f64 = scores.iter().map(|score| score.weight).sum();
    let enough = seeds.len() >= LEAST_SEEDS && total > 0.0 && total.is_finite();
    for score in &mut scores {
        score.weight = if enough { score.weight / total } else { 1.0 / people as f64 };
    }
    scores
}
