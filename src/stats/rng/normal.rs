//! Which standard normal value has this chance of not being exceeded?
//!
//! The inverse of Φ: a rational start good to 5e-4 (Abramowitz & Stegun 26.2.23) and two steps of
//! Halley's method on Φ(z) = p with the complementary error function, which leave rounding.

use std::f64::consts::{FRAC_1_SQRT_2, PI};

/// z with Φ(z) = p, for p in (0, 1); NaN elsewhere.
pub fn normal_from(p: f64) -> f64 {
    if !(p > 0.0 && p < 1.0) {
        return f64::NAN;
    }
    // Work in the lower half, where p and Φ(z) keep all their digits.
    let (tail, sign) = if p <= 0.5 { (p, -1.0) } else { (1.0 - p, 1.0) };
    let t = (-2.0 * libm::log(tail)).sqrt();
    let above = 2.515_517 + t * (0.802_853 + t * 0.010_328);
    let below = 1.0 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308));
    let mut z = (t - above / below).max(0.0);
    for _ in 0..2 {
        // Relative error of the tail over its density: e = (Q(z) − tail) / φ(z).
        let density = libm::exp(-0.5 * z * z) / (2.0 * PI).sqrt();
        let error = (0.5 * libm::erfc(z * FRAC_1_SQRT_2) - tail) / density;
        z += error / (1.0 - 0.5 * z * error);
    }
    sign * z
}
