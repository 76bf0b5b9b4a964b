//! Exact quantities, valid by construction: money, rates, chances, durations, currencies.
//!
//! Every value is a [`rust_decimal::Decimal`] in one canonical unit (currency units, events a
//! year, a share of one, hours), so that what a person writes is what is computed with.
//! [`Figure`] is a result: a decimal that knows whether it went through floating point.

mod currency;
mod figure;
mod language;
mod numbers;
mod quantity;
pub mod reading;

pub use currency::Currency;
pub use figure::{Arithmetic, Figure};
pub use language::{Language, Unit, Voice};
pub use numbers::Numbers;
pub use quantity::{Kind, Money, Period, Probability, Rate};
