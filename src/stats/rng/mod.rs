//! Where do random numbers come from, so that nothing but the seed decides them?
//!
//! From counters: the number at place i of a stream is a function of (seed, label, block, i) and
//! of nothing else. So results are the same on any number of threads and in any order of work,
//! and a stream stays as it was when another is added. [`Counter`] is what simulated years use:
//! a number costs a nanosecond. [`Stream`] is slower and mixes more ([`Philox4x32`] is the
//! generator below it), [`SplitMix64`] mixes keys, [`Waiting`] turns bits into the time until the next event.

mod counter;
mod philox;
mod sequence;
mod stream;
mod waiting;

pub use counter::{Counter, purpose};
pub use philox::Philox4x32;
pub use sequence::{SplitMix64, mixed};
pub use stream::Stream;
pub use waiting::Waiting;

/// A number strictly between 0 and 1 from 64 random bits: the upper 53 of them, and half a step
/// instead of zero, so that logarithms and quantile functions are safe at both ends.
#[inline]
pub fn open_unit(bits: u64) -> f64 {
    const STEP: f64 = 1.0 / (1_u64 << 53) as f64;
    ((bits >> 11) as f64).max(0.5) * STEP
}

#[cfg(test)]
mod tests;
