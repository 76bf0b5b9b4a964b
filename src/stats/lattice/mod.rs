//! Which losses may a year bring, exactly? The annual loss distribution on a lattice of money.
//!
//! The journey: a [`Severity`] becomes masses on a [`Grid`] ([`discretise()`]), masses become a
//! [`Spectrum`] (a tilted Fourier transform), the losses of one event are combined there
//! ([`EventLoss`]), a [`Count`] turns the loss of an event into the loss of a year, independent
//! years multiply ([`Portfolio`]), and the way back gives an [`AnnualLoss`] that answers
//! questions: quantiles, chances of exceedance, tail means. `solve_with` chooses the grid and
//! reports the error that it reached.
//!
//! Sources: Grübel & Hermesmeier (1999) for the tilting, Gerber (1982) and Klugman, Panjer &
//! Willmot (Loss Models) for the mean-preserving lattice and the compound transforms.

mod annual_loss;
mod atoms;
mod automatic;
mod blocks;
mod count;
mod discretise;
mod event;
mod grid;
mod held;
mod portfolio;
mod severity;
mod spectrum;

pub use annual_loss::{AnnualLoss, Facts, NEXT_TO_NOTHING};
pub use atoms::{Atoms, SAME as SAME_AMOUNT, single_sums};
pub use automatic::{Aim, Discrete, Note, Solved, common_divisor, solve_with};
pub use count::{Count, Rates};
pub use discretise::{add_amount, add_atom, add_discretised, discretise};
pub use event::{EventLoss, Part};
pub use grid::Grid;
pub use held::Shape;
pub use portfolio::{Portfolio, Risk};
pub use severity::Severity;
pub use spectrum::{Spectrum, weigh};

#[cfg(test)]
mod tests;
#[cfg(test)]
mod whole;
