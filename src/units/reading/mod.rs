//! What does a person mean by `"1.2M"`, `"1 in 20 years"` or `"alle 8 Jahre"`?
//!
//! [`read`] turns such a text into a decimal in the canonical unit of its [`Kind`](crate::units::Kind), or says in a
//! [`Misread`] why it cannot; a number that its marks leave open has two readings unless [`Settings::numbers`] says
//! how numbers are written, or [`decimal_shown`] told it of the other numbers of the same hand. [`pattern()`] gives
//! the regular expression of the same language, for the JSON Schema. Both use the word lists of `words`; a property
//! test holds them together. See `docs/file-format.md`.

pub mod aside;
pub mod beside;
pub mod between;
pub mod cell;
pub mod column;
mod day;
mod grammar;
pub mod heading;
mod lexer;
mod number;
mod pattern;
mod words;

pub use day::{Order as DayOrder, Undated, day, day_in};
pub use grammar::{Misread, Reading, Settings, decimal_shown, read, unmistakable};
pub use pattern::pattern;
