//! Which few points stand for a whole range, so that averages over them are exact?
//!
//! Gauss quadrature with the range itself as the weight: n points with weights that integrate
//! every polynomial up to degree 2n − 1. The points are the eigenvalues of the tridiagonal matrix
//! of the three-term recurrence, the weights the squared first components of its eigenvectors
//! (Golub & Welsch 1969). For a beta the recurrence is known (Jacobi polynomials); for many points
//! it is found by Stieltjes' procedure (Gautschi 2004, section 2.2).

use super::distribution::Distribution;

/// Points with weights that add up to one.
pub type Nodes = Vec<(f64, f64)>;

/// Support and shapes where the distribution is a beta on an interval.
#[must_use]
pub fn beta_shapes(distribution: &Distribution) -> Option<(f64, f64, f64, f64)> {
    let (low, high) = distribution.support();
    match distribution {
        Distribution::Pert(pert) => {
            let (a, b) = pert.shapes();
            Some((low, high, a, b))
        }
        Distribution::Beta(beta) => {
            let (a, b) = beta.shapes();
            Some((low, high, a, b))
        }
        Distribution::Uniform(_) => Some((low, high, 1.0, 1.0)),
        _ => None,
    }
}

fn sorted(mut nodes: Nodes) -> Nodes {
    nodes.sort_by(|a, b| a.0.total_cmp(&b.0));
    nodes
}

/// Fewer points with the same moments up to the order 2·`count` − 1.
#[must_use]
pub fn compress(points: &[(f64, f64)], count: usize) -> Nodes {
    let total: f64 = points.iter().map(|point| point.1).sum();
    let (low, high) =
        points.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (x, _)| (low.min(*x), high.max(*x)));
    if points.is_empty() || total <= 0.0 || low >= high {
        return points.first().map(|point| (point.0, 1.0)).into_iter().collect();
    }
    // On −1 … 1, so that no polynomial outgrows the others.
    let (centre, half) = (0.5 * (low + high), 0.5 * (high - low));
    let at: Vec<f64> = points.iter().map(|(x, _)| (x - centre) / half).collect();
    let weights: Vec<f64> = points.iter().map(|(_, weight)| weight / total).collect();
    let (mut before, mut now) = (vec![0.0; at.len()], vec![1.0; at.len()]);
    let (mut diagonal, mut off) = (Vec::with_capacity(count), Vec::with_capacity(count));
    let mut norm = 1.0;
    for step in 0..count.min(points.len()) {
        let alpha = (0..at.len()).map(|i| weights[i] * at[i] * now[i] * now[i]).sum::<f64>() / norm;
        diagonal.push(alpha);
        let beta = if step == 0 { 0.0 } else { off.last().copied().unwrap_or(0.0) };
        let next: Vec<f64> = (0..at.len()).map(|i| (at[i] - alpha) * now[i] - beta * before[i]).collect();
        let next_norm: f64 = (0..at.len()).map(|i| weights[i] * next[i] * next[i]).sum();
        let ratio = next_norm / norm;
        // Nothing is left that these points do not already tell apart.
        if ratio.is_nan() || ratio <= 1e-26 {
            break;
        }
        off.push(ratio);
        // Monic polynomials shrink like 2⁻ᵏ on −1 … 1: scaled back, the recurrence stays the same.
        before = std::mem::replace(&mut now, next);
        norm = next_norm;
        if norm < 1e-200 {
            let scale = 1e100;
            now.iter_mut().for_each(|value| *value *= scale);
            before.iter_mut().for_each(|value| *value *= scale);
            norm *= scale * scale;
        }
    }
    let roots: Vec<f64> = off.iter().map(|beta| beta.sqrt()).collect();
    let nodes = eigen(diagonal, &roots);
    nodes.into_iter().map(|(x, weight)| (centre + half * x, weight)).collect()
}

/// Gauss points of the beta distribution with shapes `a`, `b` on 0 … 1.
#[must_use]
pub fn jacobi(a: f64, b: f64, count: usize) -> Nodes {
    // Jacobi polynomials have the weight (1 − t)^α (1 + t)^β on −1 … 1.
    let (alpha, beta) = (b - 1.0, a - 1.0);
    let sum = alpha + beta;
    let diagonal = (0..count)
        .map(|k| {
            let n = 2.0 * k as f64 + sum;
            if k == 0 { (beta - alpha) / (sum + 2.0) } else { (beta * beta - alpha * alpha) / (n * (n + 2.0)) }
        })
        .collect();
    let off: Vec<f64> = (1..count)
        .map(|k| {
            let (k, n) = (k as f64, 2.0 * k as f64 + sum);
            let square = if k == 1.0 {
                4.0 * (1.0 + alpha) * (1.0 + beta) / ((2.0 + sum) * (2.0 + sum) * (3.0 + sum))
            } else {
                4.0 * k * (k + alpha) * (k + beta) * (k + sum) / (n * n * (n + 1.0) * (n - 1.0))
            };
            square.sqrt()
        })
        .collect();
    eigen(diagonal, &off).into_iter().map(|(t, weight)| (0.5 * (1.0 + t), weight)).collect()
}

/// Eigenvalues of a symmetric tridiagonal matrix with the squared first components of their
/// vectors: the implicit QL method, which turns one vector along instead of all.
fn eigen(mut diagonal: Vec<f64>, off: &[f64]) -> Nodes {
    let n = diagonal.len();
    let mut off: Vec<f64> = off.iter().copied().take(n.saturating_sub(1)).collect();
    off.resize(n, 0.0);
    let mut first = vec![0.0; n];
    if let Some(start) = first.first_mut() {
        *start = 1.0;
    }
    for low in 0..n {
        for _ in 0..60 {
            let split = (low..n - 1).find(|&m| {
                let scale = diagonal[m].abs() + diagonal[m + 1].abs();
                off[m].abs() <= f64::EPSILON * scale
            });
            let high = split.unwrap_or(n - 1);
            if high == low {
                break;
            }
            let mut g = (diagonal[low + 1] - diagonal[low]) / (2.0 * off[low]);
            let mut r = libm::hypot(g, 1.0);
            g = diagonal[high] - diagonal[low] + off[low] / (g + r.copysign(g));
            let (mut sine, mut cosine, mut shift) = (1.0, 1.0, 0.0);
            let mut broke = false;
            for i in (low..high).rev() {
                let f = sine * off[i];
                let b = cosine * off[i];
                r = libm::hypot(f, g);
                off[i + 1] = r;
                if r == 0.0 {
                    diagonal[i + 1] -= shift;
                    off[high] = 0.0;
                    broke = true;
                    break;
                }
                sine = f / r;
                cosine = g / r;
                g = diagonal[i + 1] - shift;
                r = (diagonal[i] - g) * sine + 2.0 * cosine * b;
                shift = sine * r;
                diagonal[i + 1] = g + shift;
                g = cosine * r - b;
                let turned = first[i + 1];
                first[i + 1] = sine * first[i] + cosine * turned;
                first[i] = cosine * first[i] - sine * turned;
            }
            if !broke {
                diagonal[low] -= shift;
                off[low] = g;
                off[high] = 0.0;
            }
        }
    }
    sorted(diagonal.into_iter().zip(first.into_iter().map(|component| component * component)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::mixture::nodes;

    #[test]
    fn twelve_points_carry_mean_and_variance_of_every_beta() {
        let families =
            [Distribution::pert(2.0, 12.0, 40.0), Distribution::beta(0.1, 0.6), Distribution::uniform(1.0, 3.0)];
        for family in families.map(Result::unwrap) {
            let found = nodes(&family, 12);
            let mean = |power: i32| -> f64 { found.iter().map(|(x, weight)| weight * x.powi(power)).sum() };
            let second = family.variance() + family.mean() * family.mean();
            assert!((mean(0) - 1.0).abs() < 1e-12, "{family:?}");
            assert!((mean(1) / family.mean() - 1.0).abs() < 1e-9, "{family:?}");
            assert!((mean(2) / second - 1.0).abs() < 1e-7, "{family:?}");
        }
    }

    #[test]
    fn the_points_of_a_uniform_are_those_of_legendre() {
        let found = jacobi(1.0, 1.0, 3);
        let expected = [(0.5 - 0.15_f64.sqrt(), 5.0 / 18.0), (0.5, 4.0 / 9.0), (0.5 + 0.15_f64.sqrt(), 5.0 / 18.0)];
        for ((x, w), (y, v)) in found.iter().zip(expected) {
            assert!((x - y).abs() < 1e-15 && (w - v).abs() < 1e-15);
        }
    }

    #[test]
    fn points_that_are_few_already_stay_what_they_are() {
        let few = compress(&[(1.0, 0.25), (2.0, 0.5), (5.0, 0.25)], 10);
        let found: f64 = few.iter().map(|(x, weight)| weight * libm::exp(-x)).sum();
        let expected = 0.25 * libm::exp(-1.0) + 0.5 * libm::exp(-2.0) + 0.25 * libm::exp(-5.0);
        assert!((found - expected).abs() < 1e-14);
    }
}
