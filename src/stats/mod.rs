//! The mathematics under the figures, in `f64`, with no idea of risk or money.
//!
//! What is here: special functions, integration, root finding, the families of
//! ranges a person can state ([`Distribution`]), who wins a contest of two ranges ([`contest`]), the distribution
//! of a year's loss on a lattice ([`lattice`]), and random streams ([`rng`]).
//!
//! Two rules hold in the whole folder. No function panics, whatever it is
//! given: a question without an answer is answered by NaN, a description
//! without a distribution by a [`FitError`] that carries the figures. And
//! transcendental functions come from `libm`, not from the platform, so that
//! the same input gives the same bits on every machine.

pub mod contest;
pub mod density;
pub mod distribution;
pub mod fit;
pub mod gauss;
pub mod lattice;
pub mod lattice_rule;
pub mod linear;
pub mod mixture;
pub mod quadrature;
pub mod rng;
pub mod root;
pub mod sampling;
pub mod special;
pub mod steps;

pub use contest::chance_first_exceeds;
pub use distribution::{Beta, Distribution, FitError, Fixed, Gamma, Lognormal, Pareto};
