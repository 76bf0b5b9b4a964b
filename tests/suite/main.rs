//! The integration suite, in one binary so that it links once.

mod cli;
mod diagnostics;
mod laws;
mod layers;
mod reference;
mod scenarios;
mod schema;
mod syntaxes;
