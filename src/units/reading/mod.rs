//! What does a person mean by `"1.2M"`, `"1 in 20 years"` or `"4 hours per week"`?
//!
//! [`read`] turns such a text into a decimal in the canonical unit of its [`Kind`](crate::units::Kind), or says in a
//! [`Misread`] why it cannot. [`pattern()`] gives the regular expression of exactly the same
//! language, for the JSON Schema. Both use the word lists of `words`; a property test holds
//! them together. See `docs/file-format.md`.

mod grammar;
mod lexer;
mod pattern;
mod words;

pub use grammar::{Misread, Reading, Settings, read};
pub use pattern::pattern;
