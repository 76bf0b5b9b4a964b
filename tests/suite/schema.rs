//! The JSON Schema and the page on the format say what the reader does.

mod choices;
mod patterns;
