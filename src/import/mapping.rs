//! Which column holds what? A file that the first run writes and later runs read.

use std::collections::BTreeMap;

use super::heading::{Guess, Meaning, Phase, Role};
use super::number::Style;
use super::place::{Code, Finding, Place, letters};
use super::table::{Column, Table};
use crate::scenario::syntax::{Entry, Node, Syntax, Value, line_number, parse_any};

/// What was confirmed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Mapping {
    /// How numbers are written.
    pub numbers: Option<Style>,
    /// The currency of amounts without one.
    pub currency: Option<String>,
    /// Answers to questions, such as `day_rate`.
    pub answers: BTreeMap<String, String>,
    /// The file of the mapping.
    name: String,
    columns: Vec<Known>,
}

/// A column that was confirmed.
#[derive(Debug, Clone, PartialEq)]
struct Known {
    sheet: String,
    /// Which table of the sheet, from 1, where it holds several.
    table: Option<usize>,
    /// Its letters.
    column: String,
    heading: String,
    meaning: Meaning,
    /// The line of the mapping.
    row: usize,
}

impl Known {
    fn is_of_sheet(&self, sheet: &str) -> bool {
        self.sheet.is_empty() || self.sheet == sheet
    }

    fn is_of(&self, table: &Table<'_>) -> bool {
        self.is_of_sheet(&table.sheet.name) && self.table.is_none_or(|number| number == table.number)
    }
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
        let mut mapping = Self { name: name.to_owned(), ..Self::default() };
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
                    for (key, node) in answers.entries.iter().flat_map(answered) {
                        match &node.value {
                            Value::Text(text) | Value::Number(text) if super::is_answered(&key) => {
                                mapping.answers.insert(key, text.clone());
                            }
                            _ => fault(
                                node,
                                format!("no import asks for `{key}`"),
                                "answers are day_rate = \"600\" and rate.USD = \"0.92\"".into(),
                            ),
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
                                let [sheet, letters, heading] = ["sheet", "column", "heading"].map(text);
                                let row = line_number(bytes, node.span.start);
                                let table = match column.get("table").map(|node| &node.value) {
                                    Some(Value::Number(number)) => number.parse().ok(),
                                    _ => None,
                                };
                                mapping.columns.push(Known { sheet, table, column: letters, heading, meaning, row });
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
    pub fn meaning(&self, table: &Table<'_>, column: &Column) -> Option<Meaning> {
        let is_same = |known: &&Known| known.heading == column.heading && known.is_of(table);
        let named: Vec<&Known> = self.columns.iter().filter(is_same).collect();
        let letters = letters(column.index + 1);
        match named[..] {
            [] => None,
            [only] => Some(only.meaning),
            _ => named.iter().find(|known| known.column == letters).map(|known| known.meaning),
        }
    }

    fn fault(&self, row: usize, message: String, cure: &str) -> Finding {
        Finding::fault(Code::Mapping, Some(Place { row, ..Place::file(&self.name) }), message, cure)
    }

    /// The mapping for a table. Headings that stand twice are told apart by the heading to their left, wherever they
    /// stand now; what leaves a doubt, or is said of two columns, is a fault.
    pub fn for_table(&self, table: &Table<'_>, faults: &mut Vec<Finding>) -> Self {
        let mut own = self.clone();
        let left = |at: usize| at.checked_sub(1).map_or("", |at| table.columns[at].heading.as_str());
        let known_left = |known: &Known| {
            let before = |other: &&Known| other.is_of(table) && next(&other.column) == known.column;
            self.columns.iter().find(before).map_or("", |other| other.heading.as_str())
        };
        let as_written = self.columns.iter().filter(|known| known.is_of(table)).all(|known| {
            let stands = |column: &Column| letters(column.index + 1) == known.column && column.heading == known.heading;
            table.columns.iter().any(stands) || !table.columns.iter().any(|column| column.heading == known.heading)
        });
        for (at, column) in table.columns.iter().enumerate().filter(|_| !as_written) {
            let is_same = |known: &&Known| known.is_of(table) && known.heading == column.heading;
            let named: Vec<&Known> = self.columns.iter().filter(is_same).collect();
            if named.len() < 2 {
                continue;
            }
            let here = letters(column.index + 1);
            own.columns
                .retain(|known| !(known.is_of(table) && known.heading == column.heading && known.column == here));
            let beside: Vec<&&Known> = named.iter().filter(|known| known_left(known) == left(at)).collect();
            if let [one] = beside[..] {
                own.columns.push(Known { column: here, ..(**one).clone() });
            } else {
                let message = format!(
                    "the heading \"{}\" stands more than once, and the columns stand elsewhere than the mapping says: \
                     column {here} was not taken",
                    column.heading
                );
                let cure =
                    "write the mapping anew, by an import without --map, or give the columns headings of their own";
                faults.push(self.fault(named[0].row, message, cure));
                let meaning = Meaning { role: Role::Ignore, phase: Phase::Unsaid };
                own.columns.push(Known { column: here, meaning, ..named[0].clone() });
            }
        }
        let of_control = |column: &&Column| own.meaning(table, column).is_some_and(|is| is.role == Role::Control);
        // Each measure may have a price and an effect of its own.
        let has_many = table.columns.iter().filter(of_control).count() > 1;
        let mut said: Vec<(Meaning, &str)> = Vec::new();
        for column in &table.columns {
            let Some(meaning) = own.meaning(table, column) else { continue };
            let of_measure = matches!(meaning.role, Role::Cost | Role::CostOnce | Role::CostYearly);
            let many = matches!(
                meaning.role,
                Role::Remark | Role::Ignore | Role::Score | Role::Existing | Role::Control | Role::CostOfYear
            ) || has_many && (of_measure || meaning.role.is_effect());
            // How often is said once, by whatever name.
            let of_one = |meaning: Meaning| match meaning.role {
                Role::Likelihood => Meaning { role: Role::Frequency, ..meaning },
                _ => meaning,
            };
            let before = said.iter().find(|(known, _)| of_one(*known) == of_one(meaning) && !many);
            if let Some((_, first)) = before {
                let is = meaning_name(of_one(meaning));
                let message =
                    format!("\"{first}\" and \"{}\" are both said to be {is}: one of them was taken", column.heading);
                let row =
                    self.columns.iter().find(|known| known.heading == column.heading).map_or(0, |known| known.row);
                faults.push(self.fault(row, message, "say one of them to be something else, or \"ignore\""));
            }
            said.push((meaning, &column.heading));
        }
        own
    }

    /// Columns of the mapping that no table has: what they held would be lost.
    pub fn missing(&self, seen: &[(String, String)]) -> Vec<Finding> {
        let is_needed = |known: &&Known| !matches!(known.meaning.role, Role::Remark | Role::Ignore | Role::Score);
        let has =
            |known: &Known| seen.iter().any(|(sheet, heading)| known.is_of_sheet(sheet) && known.heading == *heading);
        self.columns
            .iter()
            .filter(is_needed)
            .filter(|known| !has(known) && seen.iter().any(|(sheet, _)| known.is_of_sheet(sheet)))
            .map(|known| {
                let message = format!(
                    "no column has the heading \"{}\", which the mapping takes as {}",
                    known.heading,
                    meaning_name(known.meaning)
                );
                self.fault(known.row, message, "put the heading right in the mapping, or delete its entry")
            })
            .collect()
    }
}

/// The answers of an entry with their whole keys: `rate.USD = "0.92"` is a table within.
fn answered(entry: &Entry) -> Vec<(String, &Node)> {
    match &entry.node.value {
        Value::Table(within) => {
            within.entries.iter().map(|one| (format!("{}.{}", entry.key, one.key), &one.node)).collect()
        }
        _ => vec![(entry.key.clone(), &entry.node)],
    }
}

/// The letters of the column to the right.
fn next(column: &str) -> String {
    let number = column.bytes().fold(0_usize, |sum, letter| {
        sum.saturating_mul(26).saturating_add(usize::from(letter.to_ascii_uppercase().saturating_sub(b'A')) + 1)
    });
    letters(number.saturating_add(1))
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
            if table.sheet.origins.is_some() {
                text.push_str(&format!("# The heading stands in {}:\n", table.name_of(column)));
            }
            let mut lines = vec!["[[column]]".to_owned()];
            if !table.sheet.name.is_empty() {
                lines.push(format!("sheet = {}", super::write::quoted(&table.sheet.name)));
            }
            if tables.iter().filter(|other| other.sheet.name == table.sheet.name).count() > 1 {
                lines.push(format!("table = {}", table.number));
            }
            lines.push(format!("column = \"{}\"", letters(column.index + 1)));
            lines.push(format!("heading = {}", super::write::quoted(&column.heading)));
            lines.push(format!("is = \"{is}\"{hint}"));
            // What is only supposed is asked again until somebody says so.
            if let Some(question) = column.doubt.as_ref().filter(|_| !doubt) {
                text.push_str(&format!("# Asked: {question} If it is as below, take the marks out.\n"));
                lines.iter_mut().for_each(|line| line.insert_str(0, "# "));
            }
            text.push_str(&lines.join("\n"));
            text.push_str("\n\n");
        }
    }
    text
}
