//! Text to model: one file in, a valid [`Scenario`] or every fault at once out.
//!
//! [`Source`] is the text with its name; [`parse`] reads it. Files of samples that a scenario
//! names are found by [`attachments`] and loaded by the caller: nothing here touches a disk.

pub mod grammar;
pub mod syntax;

pub mod difference;
pub mod edit;
mod ending;
mod stated;

mod check;
mod phrase;
mod place;
mod read;

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Group, Scenario};
use crate::units::Currency;
use syntax::{Node, Syntax, Value};

pub use place::{place_of, written_at};
pub use read::{cleaned_id, nearest};

/// A scenario as text.
#[derive(Debug, Clone, Default)]
pub struct Source {
    /// The name of the file, for messages and to tell the syntax.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The sample files that it names, by the name that it uses.
    pub attachments: BTreeMap<String, Vec<u8>>,
}

impl Source {
    /// A source without sample files.
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: bytes.into(), attachments: BTreeMap::new() }
    }

    /// The text, for drawing faults.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }

    /// SHA-256 of the file and its sample files, in hexadecimal.
    ///
    /// Without sample files it is the hash of the file's bytes alone.
    pub fn sha256(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(&self.bytes);
        for (name, bytes) in &self.attachments {
            hash.update([0]);
            hash.update(name.as_bytes());
            hash.update([0]);
            hash.update(Sha256::digest(bytes));
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

/// What a file was read into: the model, its tree, and the advice about it.
#[derive(Debug, Clone)]
pub struct Parsed {
    /// The model.
    pub scenario: Scenario,
    /// Advice, in file order.
    pub warnings: Vec<Diagnostic>,
}

/// Reads a scenario.
///
/// # Errors
/// Every fault of the file at once, in file order, with the advice among them.
pub fn parse(source: &Source) -> Result<Parsed, Vec<Diagnostic>> {
    let syntax = syntax_of(source);
    let phrased = |found: Vec<Diagnostic>| found.into_iter().map(|one| phrase::in_syntax(one, syntax)).collect();
    let with_cases = |mut parsed: Parsed| {
        // Only who states cases pays for them.
        if source.bytes.windows(4).any(|window| window == b"case") {
            let root = syntax::parse(&source.bytes, syntax)?;
            parsed.scenario.stated = stated::stated(source, syntax, &root)?;
        }
        Ok(parsed)
    };
    let parsed = read_source(source, syntax).and_then(with_cases);
    parsed.map(|parsed| Parsed { warnings: phrased(parsed.warnings), ..parsed }).map_err(phrased)
}

/// The same without the cases that it states.
fn parse_alone(source: &Source) -> Result<Parsed, Vec<Diagnostic>> {
    read_source(source, syntax_of(source))
}

fn read_source(source: &Source, syntax: Syntax) -> Result<Parsed, Vec<Diagnostic>> {
    let root = syntax::parse(&source.bytes, syntax)?;
    // The currency, the marks in numbers and the working days decide how amounts are read, so they come first. A file
    // without a readable currency is at fault; euros let the rest of it be checked all the same.
    let written = read::currency_of(&root);
    let Some(currency) = written.or_else(|| Currency::from_code("EUR")) else { return Err(Vec::new()) };
    let settings = read::settings(&root, currency, &source.bytes);
    let mut reader = read::Reader::new(syntax, settings, &source.attachments);
    let mut read = read::scenario(&mut reader, &root, &source.sha256());
    let mut diagnostics = reader.take_diagnostics();
    if written.is_none() {
        diagnostics.retain(|fault| fault.code != Code::OtherCurrency);
    }
    if let Some((scenario, unsure)) = &read {
        diagnostics.extend(check::faults(scenario, unsure, &root));
        if !diagnostics.iter().any(Diagnostic::is_error) {
            diagnostics.extend(check::advice(scenario, unsure, &root));
        }
    }
    if let Some((scenario, _)) = read.as_mut().filter(|_| !diagnostics.iter().any(Diagnostic::is_error)) {
        diagnostics.extend(ending::end_what_is_dropped(scenario, &root));
    }
    diagnostics.sort_by_key(|diagnostic| (diagnostic.span.map_or(usize::MAX, |span| span.start), diagnostic.code));
    diagnostics.dedup();
    match read {
        Some((scenario, _)) if !diagnostics.iter().any(Diagnostic::is_error) => {
            Ok(Parsed { scenario, warnings: diagnostics })
        }
        _ => Err(diagnostics),
    }
}

/// Reads the file of a group; its cases are the caller's to load.
///
/// # Errors
/// Every fault of the file at once, in file order.
pub fn parse_group(source: &Source) -> Result<Group, Vec<Diagnostic>> {
    let syntax = syntax_of(source);
    let root = syntax::parse(&source.bytes, syntax)?;
    let currency = read::currency_of(&root).or_else(|| Currency::from_code("EUR"));
    let Some(currency) = currency else { return Err(Vec::new()) };
    let settings = read::settings(&root, currency, &source.bytes);
    let mut reader = read::Reader::new(syntax, settings, &source.attachments);
    let group = read::group(&mut reader, &root, &source.sha256());
    let mut faults: Vec<Diagnostic> =
        reader.take_diagnostics().into_iter().map(|one| phrase::in_syntax(one, syntax)).collect();
    faults.sort_by_key(|fault| (fault.span.map_or(usize::MAX, |span| span.start), fault.code));
    match group {
        Some(group) if !faults.iter().any(Diagnostic::is_error) => Ok(group),
        _ => Err(faults),
    }
}

/// A fault of a group, at the place of its key.
pub fn placed(source: &Source, fault: Diagnostic) -> Diagnostic {
    let root = syntax::parse(&source.bytes, syntax_of(source)).ok();
    match root.and_then(|root| place_of(&root, &fault.path)) {
        Some(span) => fault.at(span, ""),
        None => fault,
    }
}

/// The sample files that a source names, so that the caller can load them.
///
/// Names that would lead out of the scenario's folder are left out; reading then faults.
pub fn attachments(source: &Source) -> Vec<String> {
    fn collect(node: &Node, names: &mut Vec<String>) {
        match &node.value {
            Value::Table(table) => {
                for entry in &table.entries {
                    match (entry.key.as_str(), &entry.node.value) {
                        ("samples", Value::Text(name)) if stays_inside(name) && !names.contains(name) => {
                            names.push(name.clone());
                        }
                        ("samples", Value::Table(table)) => {
                            if let Some(Value::Text(name)) = table.get("file").map(|node| &node.value)
                                && stays_inside(name)
                                && !names.contains(name)
                            {
                                names.push(name.clone());
                            }
                        }
                        _ => collect(&entry.node, names),
                    }
                }
            }
            Value::List(nodes) => nodes.iter().for_each(|node| collect(node, names)),
            _ => {}
        }
    }
    let mut names = Vec::new();
    // Most scenarios name none; a second look at the whole tree is spared.
    if !source.bytes.windows(7).any(|window| window == b"samples") {
        return names;
    }
    if let Ok(root) = syntax::parse(&source.bytes, syntax_of(source)) {
        collect(&root, &mut names);
    }
    names
}

fn syntax_of(source: &Source) -> Syntax {
    Syntax::from_name(&source.name).unwrap_or_else(|| Syntax::from_text(&source.bytes))
}

/// Whether a file name stays in the folder of the scenario.
fn stays_inside(name: &str) -> bool {
    use std::path::{Component, Path};
    !name.is_empty()
        && !name.contains('\\')
        && Path::new(name).components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
}
