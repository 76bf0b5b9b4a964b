//! How are the numbers of a table read?
//!
//! Cells and headings are read by [`crate::units::reading`].

pub use crate::units::reading::cell::{Amount, CellFault as Misread, currency};
pub use crate::units::reading::column::{Reading, Style, Styles, amount, is_blank_cell, range};
pub use crate::units::reading::heading::heading_unit;

#[cfg(test)]
mod tests;
