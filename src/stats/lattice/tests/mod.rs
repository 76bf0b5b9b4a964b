//! Do the kernels give the known answers? Figures copied from the project's list of known
//! answers (`distributions.json`, computed to 10 digits or more by series, closed forms and Laplace
//! inversion in 200 to 320 bits); the source of each is named where it is used.

mod compounds;
mod dependence;
mod lattices;
mod laws;
mod severities;
mod tails;

/// Asserts |got − expected| ≤ tolerance · |expected|.
#[track_caller]
fn close(got: f64, expected: f64, tolerance: f64) {
    let error = (got - expected).abs() / expected.abs();
    assert!(error <= tolerance, "{got} is not {expected}: off by {error:.2e}");
}

/// The value, or NaN, which is close to nothing.
fn held(value: Option<f64>) -> f64 {
    value.unwrap_or(f64::NAN)
}
