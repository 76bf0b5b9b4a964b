//! Which column holds what? A file that the first run writes and later runs read.

use std::collections::BTreeMap;

use super::heading::{Guess, Meaning, Phase, Role};
use super::number::Style;
use super::place::{Code, Finding, Place, letters};
use super::table::Table;
use crate::scenario::syntax::{Node, Syntax, Value, line_number, parse_any};

/// What was confirmed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mapping {
    /// How numbers are written.
    pub numbers: Option<Style>,
    /// The currency of amounts without one.
    pub currency: Option<String>,
    /// Answers to questions, such as `day_rate`.
    pub answers: BTreeMap<String, String>,
    /// Sheet, column letters, heading, meaning.
    columns: Vec<(String, String, String, Meaning)>,
}

/// What a column is, as a mapping writes it: `likelihood`, `loss after`.
pub fn meaning_name(meaning: Meaning) -> String {
    let phase = match meaning.phase {
        Phase::After => " after",
        Phase::Inherent => " inherent",
        Phase::Today => " before",
        Phase::Unsaid => "",
    };
    format!("{}{phase}", meaning.role.name())
}

/// The meaning of a name.
pub fn meaning_of(name: &str) -> Option<Meaning> {
    let name = name.trim().to_lowercase();
    let role = |name: &str| Role::NAMES.iter().find(|(known, _)| *known == name).map(|(_, role)| *role);
    if let Some(role) = role(&name) {
        return Some(Meaning { role, phase: Phase::Unsaid });
    }
    let (head, last) = name.rsplit_once(' ')?;
    let phase = match last {
        "after" => Phase::After,
        "before" | "today" => Phase::Today,
        "inherent" => Phase::Inherent,
        _ => return None,
    };
    role(head).filter(|role| role.has_phases()).map(|role| Meaning { role, phase })
}

impl Mapping {
    /// Reads a mapping.
    pub fn read(name: &str, bytes: &[u8]) -> Result<Self, Vec<Finding>> {
        let text = String::from_utf8_lossy(bytes).into_owned();
        let root = parse_any(bytes, Syntax::Toml).map_err(|faults| {
            faults
                .into_iter()
                .map(|fault| {
                    let row = fault.span.map_or(0, |span| line_number(text.as_bytes(), span.start));
                    let place = Place { row, ..Place::file(name) };
                    Finding::fault(Code::Mapping, Some(place), fault.message, "mend the line; it is TOML")
                })
                .collect::<Vec<_>>()
        })?;
        let mut mapping = Self::default();
        let mut faults = Vec::new();
        let Value::Table(table) = &root.value else { return Ok(mapping) };
        let mut fault = |node: &Node, message: String, cure: String| {
            let place = Place { row: line_number(text.as_bytes(), node.span.start), ..Place::file(name) };
            faults.push(Finding::fault(Code::Mapping, Some(place), message, cure));
        };
        for entry in &table.entries {
            match (entry.key.as_str(), &entry.node.value) {
                ("numbers", Value::Text(pattern)) => match Style::of_pattern(pattern) {
                    Some(style) => mapping.numbers = Some(style),
                    None => fault(
                        &entry.node,
                        format!("\"{pattern}\" shows no decimal sign"),
                        "write \"1.234,5\" or \"1,234.5\"".into(),
                    ),
                },
                ("currency", Value::Text(code)) => {
                    mapping.currency = Some(code.clone()).filter(|code| !code.is_empty())
                }
                ("answers", Value::Table(answers)) => {
                    for answer in &answers.entries {
                        if let Value::Text(text) | Value::Number(text) = &answer.node.value {
                            mapping.answers.insert(answer.key.clone(), text.clone());
                        }
                    }
                }
                ("column", Value::List(columns)) => {
                    for node in columns {
                        let Value::Table(column) = &node.value else { continue };
                        let text = |key: &str| match column.get(key).map(|node| &node.value) {
                            Some(Value::Text(text)) => text.clone(),
                            _ => String::new(),
                        };
                        let is = text("is");
                        match meaning_of(&is) {
                            Some(meaning) => {
                                mapping.columns.push((text("sheet"), text("column"), text("heading"), meaning))
                            }
                            None => {
                                let names: Vec<&str> = Role::NAMES.iter().map(|(name, _)| *name).collect();
                                let place = column.get("is").unwrap_or(node);
                                fault(
                                    place,
                                    format!(
                                        "the column \"{}\" is not said to hold anything: \"{is}\"",
                                        text("heading")
                                    ),
                                    format!(
                                        "write one of {}; of a likelihood or loss also `before` or `after`",
                                        names.join(", ")
                                    ),
                                );
                            }
                        }
                    }
                }
                (key, _) => fault(
                    &entry.node,
                    format!("a mapping has no key `{key}`"),
                    "its keys are numbers, currency, answers and column".into(),
                ),
            }
        }
        if faults.is_empty() { Ok(mapping) } else { Err(faults) }
    }

    /// What a column was confirmed to be. The heading decides; where it stands twice, the letters do.
    pub fn meaning(&self, sheet: &str, column: usize, heading: &str) -> Option<Meaning> {
        let same =
            |known: &&(String, String, String, Meaning)| known.2 == heading && (known.0 == sheet || known.0.is_empty());
        let named: Vec<_> = self.columns.iter().filter(same).collect();
        let letters = letters(column + 1);
        match named[..] {
            [] => None,
            [only] => Some(only.3),
            _ => named.iter().find(|known| known.1 == letters).map(|known| known.3),
        }
    }
}

/// What a mapping leaves open: the column and its heading, and what it could be.
pub fn open_columns(text: &str) -> Vec<(String, String)> {
    let blocks = text.split("[[column]]").skip(1);
    let value = |block: &str, key: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "))?;
        Some(line.to_owned())
    };
    let open = blocks.filter_map(|block| {
        let hint = value(block, "is")?.strip_prefix("\"?\"")?.trim().trim_start_matches("# ").to_owned();
        let column = value(block, "column")?.replace('"', "");
        Some((format!("{column} {}", value(block, "heading")?), hint))
    });
    open.collect()
}

/// The mapping with what was answered to its open columns, in their order.
pub fn completed(text: &str, answers: &[String]) -> String {
    answers.iter().fold(text.to_owned(), |text, answer| text.replacen("is = \"?\"", &format!("is = \"{answer}\""), 1))
}

/// A mapping of what was found in tables, to be completed where it has `?`.
pub fn written(file: &str, tables: &[Table<'_>], doubts: &[(usize, usize)], answers: &[&str]) -> String {
    let names: Vec<&str> = Role::NAMES.iter().map(|(name, _)| *name).collect();
    let mut text = format!(
        "# How the columns of {file} are read. Put right what is wrong, replace every \"?\", and use it with --map.\n# A column is one of: {}.\n# Of likelihood, frequency and loss also, for example, \"likelihood before\", \"loss after\", \"loss inherent\".\n\n",
        names.join(", ")
    );
    text.push_str("# numbers = \"1.234,5\"   # how numbers are written, where cells leave a doubt\n# currency = \"EUR\"       # of amounts that name none\n\n");
    if !answers.is_empty() {
        text.push_str("[answers]\n");
        answers.iter().for_each(|answer| text.push_str(&format!("# {answer}\n")));
        text.push('\n');
    }
    for (number, table) in tables.iter().enumerate() {
        for column in &table.columns {
            let doubt = doubts.contains(&(number, column.index));
            let hint = match (&column.guess, doubt) {
                (Guess::Doubt(roles), true) => {
                    let roles: Vec<&str> = roles.iter().map(|role| role.name()).collect();
                    format!("   # {}?", roles.join(" or "))
                }
                (_, true) => "   # not known; \"ignore\" leaves it out".into(),
                _ => String::new(),
            };
            let is = if doubt { "?".into() } else { column.meaning.map_or("ignore".into(), meaning_name) };
            text.push_str("[[column]]\n");
            if !table.sheet.name.is_empty() {
                text.push_str(&format!("sheet = {}\n", super::write::quoted(&table.sheet.name)));
            }
            text.push_str(&format!(
                "column = \"{}\"\nheading = {}\nis = \"{is}\"{hint}\n\n",
                letters(column.index + 1),
                super::write::quoted(&column.heading)
            ));
        }
    }
    text
}
