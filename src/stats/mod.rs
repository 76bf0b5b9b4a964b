//! stats

pub mod lattice;
