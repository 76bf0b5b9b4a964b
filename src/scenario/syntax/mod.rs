//! TOML, YAML and JSON, each read into one spanned tree.
//!
//! What does a scenario file say, whatever it is written in? [`parse`] answers with one [`Node`]
//! that is the same for the same content in all three syntaxes, or with everything that keeps the
//! text from being read. Nothing here knows what a risk is.
//!
//! The text may come from anywhere, so every reader works within the same bounds: 32 MB of text,
//! 64 levels, a million values. Spans are bytes of the text as it was handed in, a byte order
//! mark included.

mod choice;
mod duplicate;
mod json;
mod limit;
mod place;
mod text;
mod toml;
mod tree;
mod yaml;

pub use choice::Syntax;
pub use limit::{MAX_BYTES, MAX_LEVELS};
pub use text::{in_utf8, line_number};
pub use tree::{Entry, Node, Table, Value};

use crate::diagnostic::{Code, Diagnostic, Span, in_file_order};

/// Reads a file's bytes into one tree.
///
/// The root is always a table with at least one key.
///
/// # Errors
/// Everything that keeps the file from being read, in the order of the file: `E0101` to `E0105`.
/// At most five syntax errors are told at once, because the sixth is mostly an echo of the first;
/// repeated keys are all told, up to fifty. Where the bytes are not UTF-8, the only place is an
/// empty span before the first bad byte, which stands at the same offset in
/// `String::from_utf8_lossy` of the bytes.
pub fn parse(bytes: &[u8], syntax: Syntax) -> Result<Node, Vec<Diagnostic>> {
    parse_as(bytes, syntax, with_content)
}

/// Reads the bytes of any file, whatever its root is: a list too.
///
/// # Errors
/// As [`parse`], without what a scenario must be.
pub fn parse_any(bytes: &[u8], syntax: Syntax) -> Result<Node, Vec<Diagnostic>> {
    parse_as(bytes, syntax, |root, _, _| Ok(root))
}

fn parse_as(
    bytes: &[u8],
    syntax: Syntax,
    check: fn(Node, &str, Syntax) -> Result<Node, Vec<Diagnostic>>,
) -> Result<Node, Vec<Diagnostic>> {
    let (text, skipped) = text::decode(bytes).map_err(|fault| vec![fault])?;
    let controls = text::control_characters(text);
    let read = if controls.is_empty() {
        match syntax {
            Syntax::Toml => toml::read(text),
            Syntax::Yaml => yaml::read(text),
            Syntax::Json => json::read(text),
        }
        .map_err(|faults| match misnamed(text, syntax) {
            // One mistake, not the first of its many echoes.
            Some(fault) if faults.len() > 1 && faults.iter().all(|fault| fault.code == Code::Syntax) => vec![fault],
            _ => faults,
        })
        .and_then(|root| check(root, text, syntax))
    } else {
        Err(controls)
    };
    match read {
        Ok(mut root) => {
            place::move_node(&mut root, skipped);
            Ok(root)
        }
        Err(mut faults) => {
            faults.iter_mut().for_each(|fault| place::move_diagnostic(fault, skipped));
            Err(in_file_order(faults))
        }
    }
}

/// The one fault of a text in another syntax than its file's name tells.
fn misnamed(text: &str, syntax: Syntax) -> Option<Diagnostic> {
    let looks_like = Syntax::from_text(text.as_bytes());
    let ending = match (looks_like, syntax) {
        (Syntax::Json, Syntax::Toml) => "`.json`",
        (Syntax::Yaml, Syntax::Toml | Syntax::Json) => "`.yaml`",
        (Syntax::Toml, Syntax::Json) => "`.toml`",
        _ => return None,
    };
    let (is, due) = (looks_like.name(), syntax.name());
    let start = text.len() - text.trim_start().len();
    Some(
        Diagnostic::new(Code::Syntax, format!("the file is named as {due} and written in {is}"))
            .at(place::first_line(text, Span::new(start, text.len())), format!("this is {is}"))
            .help(format!("give it a name that ends in {ending}")),
    )
}

/// The root, if it is a table with keys.
fn with_content(root: Node, text: &str, syntax: Syntax) -> Result<Node, Vec<Diagnostic>> {
    let kind = match &root.value {
        Value::Table(table) if !table.entries.is_empty() => return Ok(root),
        Value::Table(_) | Value::Null => {
            let fault = Diagnostic::new(Code::NotATable, "the file is empty: it has no keys")
                .help("a scenario starts with `schema`, `title` and `currency`");
            return Err(vec![fault]);
        }
        Value::List(_) => "a list",
        Value::Text(_) => "a text",
        Value::Number(_) => "a number",
        Value::Bool(_) => "true or false",
    };
    let message = format!("the file holds {kind}, not a table of keys");
    let is_list = matches!(root.value, Value::List(_));
    let mut fault = Diagnostic::new(Code::NotATable, message)
        .at(place::first_line(text, root.span), "keys such as `title` are due here");
    // YAML reads a whole file in another syntax, or without a space after the colon, as one text.
    let line = text[root.span.start..].lines().next().unwrap_or("");
    if Syntax::from_text(text.as_bytes()) == Syntax::Toml {
        fault = fault.help("this looks like TOML: give the file a name that ends in `.toml`");
    } else if syntax == Syntax::Yaml && line.contains(':') {
        fault = fault.help("YAML needs a space after the colon: `key: value`");
    } else if is_list {
        fault = fault.help("a scenario is a table with `schema`, `title`, `currency` and `risk`; the list is the value of one of its keys");
    }
    Err(vec![fault])
}

#[cfg(test)]
mod tests;
