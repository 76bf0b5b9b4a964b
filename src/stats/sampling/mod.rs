//! Draws, and what a sample of them says.
//!
//! [`Sampler`] turns 64 random bits into a draw of a range, [`Sample`] turns many draws into
//! figures with their standard errors.

mod sample;
mod sampler;

pub use sample::{Asked, Measured, Sample};
pub use sampler::{Sampler, Samplers};
