//! What do observed counts, amounts and judgements say of the numbers behind them?
//!
//! - [`rate`]: events in years of exposure to a rate (gamma-Poisson), and whether they cluster.
//! - [`severity`]: amounts to a lognormal, gamma or Pareto by maximum likelihood, where small
//!   amounts were never recorded and large ones are capped, open or known in bands only.
//! - [`tail`]: can the data tell a finite mean from an infinite one?
//! - [`goodness`]: does the fitted family hold? By parametric bootstrap.
//! - [`pool`] and [`cooke`]: several people's ranges to one.
//! - [`verdict`]: did a rate fall, was a count to be expected, did a limit hold?
//!
//! Pages: `docs/model/frequency-from-counts.md`, `docs/model/loss-from-amounts.md`,
//! `docs/model/experts.md`, `docs/model/review.md`.

pub mod cooke;
pub mod goodness;
pub mod maximise;
pub mod pool;
pub mod rate;
pub mod severity;
pub mod tail;
pub mod verdict;

#[cfg(test)]
mod reference;
#[cfg(test)]
mod simulation;

pub use rate::Rate;
pub use severity::{Family, Fit, NoFit, Observation, Observed};
