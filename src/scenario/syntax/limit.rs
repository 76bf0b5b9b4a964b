//! How much text is taken, and what is said beyond it?
//!
//! The bounds keep memory and time small whatever the file holds. A scenario of ten thousand risks
//! is about 3 MB, 6 levels and 300,000 values.

use crate::diagnostic::{Code, Diagnostic, Span};

/// The most bytes that a file may have.
pub const MAX_BYTES: usize = 32 * 1024 * 1024;

/// The most tables and lists within each other, the file itself being the first.
pub const MAX_LEVELS: usize = 64;

/// The most values in a file, what aliases repeat included.
pub const MAX_VALUES: usize = 1_000_000;

/// The most syntax errors told at once.
pub(super) const MAX_SYNTAX_FAULTS: usize = 5;

/// The most repeated keys told at once.
pub(super) const MAX_DUPLICATES: usize = 50;

pub(super) fn too_large(bytes: usize) -> Diagnostic {
    let megabytes = bytes.div_ceil(1024 * 1024);
    Diagnostic::new(Code::TooBig, format!("the file has {megabytes} MB; at most 32 MB are read"))
        .help("keep long series of samples in a CSV file: `samples = \"losses.csv\"`")
}

pub(super) fn too_deep(span: Span) -> Diagnostic {
    let message = format!("more than {MAX_LEVELS} tables and lists within each other");
    Diagnostic::new(Code::TooBig, message)
        .at(span, "too deep from here on")
        .help("no scenario needs more than 8: look for a bracket that is opened again and again")
}

pub(super) fn too_many(span: Span) -> Diagnostic {
    Diagnostic::new(Code::TooBig, "the file has more than 1,000,000 values")
        .at(span, "too many from here on")
        .help("keep long series of samples in a CSV file: `samples = \"losses.csv\"`")
}

pub(super) fn alias_bomb(span: Span) -> Diagnostic {
    Diagnostic::new(Code::TooBig, "aliases repeat so much that the file grows too large")
        .at(span, "with this repetition it is too much")
        .help("write the repeated part out where it is needed")
}
