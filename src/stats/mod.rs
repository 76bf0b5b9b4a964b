//! Mathematics in f64 that knows nothing of risk.

pub mod lattice;

pub mod rng;
