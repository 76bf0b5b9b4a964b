//! The figures as JSON, for other programs.

use serde::Serialize;
use serde_json::Value;

use crate::diagnostic::Diagnostic;
use crate::figures::{Fault, Faults};
use crate::scenario::Source;
use crate::scenario::syntax::line_number;

/// A document as JSON with a line end.
pub fn json(document: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}

/// A document as a JSON value.
pub fn value(document: &impl Serialize) -> Value {
    serde_json::to_value(document).unwrap_or_default()
}

/// What is wrong with a file and what is doubtful about it.
pub fn faults(diagnostics: &[Diagnostic], source: &Source) -> Faults {
    let (faults, warnings): (Vec<_>, Vec<_>) = diagnostics.iter().partition(|diagnostic| diagnostic.is_error());
    let of = |found: Vec<&Diagnostic>| found.into_iter().map(|diagnostic| fault(diagnostic, source)).collect();
    Faults {
        schema: "rosi.faults/1".to_owned(),
        file: source.name.clone(),
        sound: faults.is_empty(),
        faults: of(faults),
        warnings: of(warnings),
    }
}

fn fault(diagnostic: &Diagnostic, source: &Source) -> Fault {
    let before = diagnostic.span.as_ref().and_then(|span| source.bytes.get(..span.start));
    let place = before.map(|before| {
        let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let column = String::from_utf8_lossy(&before[line_start..]).chars().count() + 1;
        (line_number(&source.bytes, before.len()) as u64, column as u64)
    });
    let (line, column) = place.unzip();
    Fault {
        code: diagnostic.code.as_str().to_owned(),
        message: diagnostic.message.clone(),
        r#where: diagnostic.path.clone(),
        line,
        column,
        help: diagnostic.help.clone(),
    }
}
