//! The library as a user meets it: a [`Case`] is read, changed and assessed; it gives an
//! [`Assessment`](crate::figures::Assessment) and a [`BoardPaper`], or an [`Error`] with every fault in it.
//!
//! The command line and the Python package go through the same door, so what a program gets is what they write.

mod case;
mod error;
mod paper;

pub(crate) use case::{Assessed, plans};
pub use case::{Case, Options};
pub use error::Error;
pub(crate) use error::no_figures;
pub use paper::BoardPaper;
