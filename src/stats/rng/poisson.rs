//! How many events does a year have, given one uniform number?
//!
//! The smallest n with P(N ≤ n) ≥ u. Small means: the probabilities are added up from zero.
//! Large means: the Cornish-Fisher estimate is within a few counts of the answer; the
//! distribution function there is an incomplete gamma function, and the probabilities' recursion
//! pₙ₊₁ = pₙ·λ/(n+1) walks the rest.

use crate::stats::special::{IncompleteGamma, normal_quantile};

const SMALL: f64 = 16.0;

/// The count at probability `u` in (0, 1) of a Poisson distribution; 0 for a mean that is not
/// positive and finite.
pub fn poisson_from(mean: f64, u: f64) -> u64 {
    if !(mean > 0.0 && mean < 1e15 && u > 0.0 && u < 1.0) {
        return 0;
    }
    if mean < SMALL {
        return added_up(mean, u);
    }
    let z = normal_quantile(u);
    let estimate = mean + z * mean.sqrt() + (z * z - 1.0) / 6.0;
    let mut n = estimate.round().max(0.0);
    let mut cdf = IncompleteGamma::new(n + 1.0).pair(mean).1;
    let mut mass = libm::exp(n * libm::log(mean) - mean - libm::lgamma(n + 1.0));
    if cdf < u {
        while cdf < u && mass > 0.0 {
            n += 1.0;
            mass *= mean / n;
            let next = cdf + mass;
            // The far tail adds nothing any more: rounding, not probability, is left.
            if next == cdf {
                break;
            }
            cdf = next;
        }
    } else {
        while n > 0.0 && cdf - mass >= u {
            cdf -= mass;
            mass *= n / mean;
            n -= 1.0;
        }
    }
    n as u64
}

fn added_up(mean: f64, u: f64) -> u64 {
    let mut mass = libm::exp(-mean);
    let mut cdf = mass;
    let mut n = 0_u64;
    while cdf < u {
        n += 1;
        mass *= mean / n as f64;
        let next = cdf + mass;
        if next == cdf {
            break;
        }
        cdf = next;
    }
    n
}
