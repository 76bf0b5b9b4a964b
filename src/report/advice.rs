//! What is doubtful about a file, as papers and tables tell it.

use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::Scenario;
use crate::units::Language;

use super::sections::Reader;
use super::texts::{line, say, texts};
use super::{Section, Text};

pub(super) fn section(scenario: &Scenario, warnings: &[Diagnostic], reader: Reader) -> Option<Section> {
    let words = &texts(scenario).advice;
    let lines: Vec<Text> = warnings
        .iter()
        .filter(|w| {
            w.code.severity() == Severity::Warning && w.code != Code::NotCounted && !super::sentences::misleads(w)
        })
        .map(|warning| match reader {
            Reader::Author => {
                let parts = [("code", warning.code.as_str().into()), ("message", said(scenario, warning).into())];
                say(words.line, &parts)
            }
            Reader::Board => Text::plain(format!("{}.", super::sentences::capital(&in_words(scenario, warning)))),
        })
        .collect();
    if lines.is_empty() {
        return None;
    }
    Some(Section { title: words.title.to_owned(), lead: None, table: None, notes: lines })
}

/// A message in the language of the readers, with their quotation marks.
pub(crate) fn said(scenario: &Scenario, warning: &Diagnostic) -> String {
    quoted(scenario, message(scenario, warning))
}

fn message<'w>(scenario: &Scenario, warning: &'w Diagnostic) -> &'w str {
    match scenario.voice().language {
        Language::English => &warning.message,
        Language::German => warning.german.as_deref().unwrap_or(&warning.message),
    }
}

/// A text with the quotation marks of its readers in the place of straight ones.
fn quoted(scenario: &Scenario, message: &str) -> String {
    let template = texts(scenario).said.quoted;
    let parts = message.split('"').enumerate();
    parts
        .map(|(place, part)| if place % 2 == 1 { line(template, &[("name", &part)]) } else { part.to_owned() })
        .collect()
}

/// The same without keys: names of assumptions in the place of their paths, and no marks of code.
fn in_words(scenario: &Scenario, warning: &Diagnostic) -> String {
    let message = message(scenario, warning);
    let mut paths: Vec<(&str, &str)> =
        scenario.estimates().iter().map(|estimate| (estimate.path.as_str(), estimate.name.as_str())).collect();
    // A longer path first: one may begin another.
    paths.sort_by_key(|(path, _)| std::cmp::Reverse(path.len()));
    let mut words: Vec<String> = message.split(' ').map(str::to_owned).collect();
    for word in &mut words {
        let bare = word.trim_matches(|c| matches!(c, '`' | ',' | ';' | ':' | '.' | '(' | ')'));
        if let Some((path, name)) = paths.iter().find(|(path, _)| *path == bare) {
            *word = word.replace(path, &format!("\"{name}\""));
        }
    }
    let mut message = words.join(" ").replace('`', "\"").replace("\"\"", "\"");
    for control in scenario.controls() {
        message = message.replace(&format!("\"{}\"", control.id), &format!("\"{}\"", control.name));
    }
    quoted(scenario, &message)
}
