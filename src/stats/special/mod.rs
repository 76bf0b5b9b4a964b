//! Special functions to about 1e-13: the normal, the incomplete gamma and the
//! incomplete beta, each with its inverse.
//!
//! `statrs` has the same functions but works from differences of log-gammas,
//! which loses three to six digits at shapes of a thousand and more, and it
//! gives only one of the two tails. Here both tails come out of every call and
//! the leading factor is written as a deviance (Loader 2000), which does not
//! cancel.

mod beta;
mod gamma;
mod normal;
#[cfg(test)]
mod reference;

pub use beta::IncompleteBeta;
pub use gamma::IncompleteGamma;
pub use normal::{Truncation, normal_cdf, normal_pdf, normal_quantile, normal_sf, survival_ratio, truncation};

/// ln Γ(x) for x > 0.
#[must_use]
pub fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}
