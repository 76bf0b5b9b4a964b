//! Standing on one table of the file: which keys are there, unknown, missing or of a wrong kind?

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};

use jiff::civil::Date;
use rust_decimal::Decimal;

use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::{Estimate, EstimateId, Record};
use crate::scenario::grammar::{Field, Form, Need, TableDef};
use crate::scenario::syntax::{Entry, Node, Table, Value};
use crate::units::Currency;
use crate::units::reading::Settings;

use super::quantity::number;

/// What the whole file shares while it is read.
pub struct Reader<'a> {
    settings: Settings,
    attachments: &'a BTreeMap<String, Vec<u8>>,
    diagnostics: RefCell<Vec<Diagnostic>>,
    estimates: RefCell<Vec<Estimate>>,
    ids: HashMap<&'static str, Vec<String>>,
}

/// Kinds of things that have ids.
const NAMED: [&str; 6] = ["value_stream", "risk", "shared_cause", "control", "plan", "insurance"];

impl<'a> Reader<'a> {
    /// A reader for amounts in `currency`, with the sample files that the shell loaded.
    pub fn new(currency: Currency, working_days: u64, attachments: &'a BTreeMap<String, Vec<u8>>) -> Self {
        Self {
            settings: Settings { currency, working_days: Decimal::from(working_days) },
            attachments,
            diagnostics: RefCell::default(),
            estimates: RefCell::default(),
            ids: HashMap::new(),
        }
    }

    /// Notes a fault or advice.
    pub fn report(&self, diagnostic: Diagnostic) {
        self.diagnostics.borrow_mut().push(diagnostic);
    }

    /// Everything noted so far.
    pub fn take_diagnostics(&self) -> Vec<Diagnostic> {
        self.diagnostics.take()
    }

    /// Whether a fault was noted.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.borrow().iter().any(Diagnostic::is_error)
    }

    /// The scenario's currency.
    pub fn currency(&self) -> Currency {
        self.settings.currency
    }

    /// What the reading of quantities depends on.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The bytes of a sample file.
    pub fn attachment(&self, name: &str) -> Option<&'a [u8]> {
        self.attachments.get(name).map(Vec::as_slice)
    }

    /// Adds an estimate to the list.
    pub fn add_estimate(&self, estimate: Estimate) -> EstimateId {
        let mut estimates = self.estimates.borrow_mut();
        estimates.push(estimate);
        EstimateId(estimates.len() - 1)
    }

    /// The list of estimates.
    pub fn take_estimates(&self) -> Vec<Estimate> {
        self.estimates.take()
    }

    /// Notes the ids of everything that has one, so that references may run forward.
    pub fn collect_ids(&mut self, root: &Node) {
        let Value::Table(table) = &root.value else { return };
        for kind in NAMED {
            let mut ids = Vec::new();
            let mut places: HashMap<&str, Span> = HashMap::new();
            for node in table.get(kind).map(list_of).unwrap_or_default() {
                let id = match &node.value {
                    Value::Table(table) => table.get("id"),
                    _ => None,
                };
                let Some(Node { value: Value::Text(text), span }) = id else {
                    ids.push(String::new());
                    continue;
                };
                if let Some(first) = places.insert(text, *span) {
                    self.report(
                        Diagnostic::new(Code::DuplicateId, format!("the id \"{text}\" stands for two of `{kind}`"))
                            .at(*span, "used again here")
                            .also(first, "first used here")
                            .help(format!("give one of them another id, such as \"{text}-2\""))
                            .path(format!("{kind}.{text}.id")),
                    );
                }
                ids.push(text.clone());
            }
            self.ids.insert(kind, ids);
        }
    }

    /// The index of an id.
    pub fn resolve(&self, kind: &str, id: &str) -> Option<usize> {
        self.ids.get(kind)?.iter().position(|known| known == id)
    }

    /// The known ids of a kind.
    pub fn ids(&self, kind: &str) -> &[String] {
        self.ids.get(kind).map_or(&[], Vec::as_slice)
    }
}

/// The elements of a list; a single table counts as a list of one.
pub fn list_of(node: &Node) -> Vec<&Node> {
    match &node.value {
        Value::List(nodes) => nodes.iter().collect(),
        Value::Table(_) => vec![node],
        _ => Vec::new(),
    }
}

/// A table of the file with its definition.
pub struct Cursor<'r, 'a> {
    /// What the whole file shares.
    pub reader: &'r Reader<'a>,
    /// The key path, such as `risk.phishing.loss`.
    pub path: String,
    /// In words, for assumptions: `Phishing`.
    pub name: String,
    /// The place of the whole table.
    pub span: Span,
    def: &'static TableDef,
    table: &'r Table,
    record: Record,
}

impl<'r, 'a> Cursor<'r, 'a> {
    /// On the top table of a file.
    pub fn root(reader: &'r Reader<'a>, node: &'r Node, def: &'static TableDef) -> Option<Self> {
        Self::open(reader, def, node, String::new(), String::new(), &Record::default())
    }

    /// On the table at `node`: notes unknown and missing keys.
    pub fn open(
        reader: &'r Reader<'a>,
        def: &'static TableDef,
        node: &'r Node,
        path: String,
        name: String,
        outer: &Record,
    ) -> Option<Self> {
        let Value::Table(table) = &node.value else {
            reader.report(
                wrong_kind(node, &format!("`{}` is a table of keys", last(&path)), &path).help(table_example(def)),
            );
            return None;
        };
        let mut cursor = Self { reader, path, name, span: node.span, def, table, record: outer.clone() };
        for entry in &table.entries {
            match def.field(&entry.key) {
                None => cursor.unknown_key(entry),
                Some(field) if entry.node.value == Value::Null => cursor.nothing_written(entry, field),
                Some(_) => {}
            }
        }
        for field in def.fields {
            if field.need == Need::Required && table.get(field.key).is_none() {
                cursor.missing(field);
            }
        }
        if def.record {
            cursor.record = cursor.read_record(outer);
        }
        Some(cursor)
    }

    /// The path of a key of this table.
    pub fn path_of(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    /// What stands at a key. A null has its own fault and counts as absent from then on.
    pub fn node(&self, key: &str) -> Option<&'r Node> {
        debug_assert!(self.def.field(key).is_some(), "{key} is not a key of {}", self.def.name);
        self.table.get(key).filter(|node| node.value != Value::Null)
    }

    /// Whether something stands at a key, and not an empty list.
    pub fn has_content(&self, key: &str) -> bool {
        self.node(key).is_some_and(|node| !matches!(&node.value, Value::List(nodes) if nodes.is_empty()))
    }

    /// The keys of the table that are written.
    pub fn written(&self) -> impl Iterator<Item = &'r str> {
        self.table.entries.iter().filter(|entry| entry.node.value != Value::Null).map(|entry| entry.key.as_str())
    }

    /// The place of a key, or of the table.
    pub fn key_span(&self, key: &str) -> Span {
        self.table.entries.iter().find(|entry| entry.key == key).map_or(self.span, |entry| entry.key_span)
    }

    /// The definition of a key of this table.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.def.field(key)
    }

    /// Where the estimates of this table come from.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Notes that a key is missing.
    pub fn missing(&self, field: &Field) {
        let place = if self.path.is_empty() { "the file".to_owned() } else { format!("`{}`", self.path) };
        let mut diagnostic = Diagnostic::new(Code::Missing, format!("{place} has no `{}`", field.key))
            .help(format!("write `{}` ({})", field.example, sentence(field.doc)))
            .path(self.path_of(field.key));
        if !self.path.is_empty() {
            diagnostic = diagnostic.at(self.head(), format!("`{}` is missing here", field.key));
        }
        // A close key is probably this one misspelt; that fault already says so.
        let misspelt = self
            .table
            .entries
            .iter()
            .any(|entry| self.def.field(&entry.key).is_none() && nearest(&entry.key, [field.key]).is_some());
        if !misspelt {
            self.reader.report(diagnostic);
        }
    }

    /// The start of the table, for a fault of all of it: its first key rather than all its lines.
    pub fn head(&self) -> Span {
        self.table.entries.first().map_or(self.span, |entry| entry.key_span)
    }

    /// A null is a value that somebody forgot: taking the default in its place would hide that.
    fn nothing_written(&self, entry: &Entry, field: &Field) {
        let key = &entry.key;
        self.reader.report(
            Diagnostic::new(Code::WrongKind, format!("nothing is written at `{key}`"))
                .at(entry.key_span, "no value")
                .help(format!("write for example `{}`, or leave the key out", field.example))
                .path(self.path_of(key)),
        );
    }

    fn unknown_key(&self, entry: &Entry) {
        let place = if self.path.is_empty() { "a scenario".to_owned() } else { format!("`{}`", self.path) };
        let mut diagnostic = Diagnostic::new(Code::UnknownKey, format!("{place} has no key `{}`", entry.key))
            .at(entry.key_span, "unknown key")
            .path(self.path_of(&entry.key));
        diagnostic = match nearest(&entry.key, self.def.keys()) {
            Some(key) => diagnostic.help(format!("did you mean `{key}`?")),
            None => {
                let keys: Vec<String> = self.def.fields.iter().map(|field| format!("`{}`", field.key)).collect();
                diagnostic.help(format!("keys here: {}", keys.join(", ")))
            }
        };
        self.reader.report(diagnostic);
    }

    fn read_record(&self, outer: &Record) -> Record {
        let own = Record {
            source: self.text("source"),
            owner: self.text("owner"),
            date: self.date("date"),
            why: self.text("why"),
            example: self.flag("example").unwrap_or(outer.example),
        };
        Record {
            // A source of its own ends what the outer one said of where and when.
            date: own.date.or(if own.source.is_some() { None } else { outer.date }),
            source: own.source.or_else(|| outer.source.clone()),
            owner: own.owner.or_else(|| outer.owner.clone()),
            why: own.why.or_else(|| outer.why.clone()),
            example: own.example,
        }
    }

    /// A text that is not empty.
    pub fn text(&self, key: &str) -> Option<String> {
        let node = self.node(key)?;
        let text = self.text_of(node, key)?;
        if text.trim().is_empty() {
            self.reader.report(
                Diagnostic::new(Code::BadQuantity, format!("`{key}` is empty"))
                    .at(node.span, "nothing written here")
                    .help(format!(
                        "write for example `{}`, or leave the key out",
                        self.field(key).map_or("", |f| f.example)
                    ))
                    .path(self.path_of(key)),
            );
            return None;
        }
        Some(text.to_owned())
    }

    /// The text at a node, or a fault.
    pub fn text_of<'n>(&self, node: &'n Node, key: &str) -> Option<&'n str> {
        match &node.value {
            Value::Text(text) => Some(text),
            _ => {
                let example = self.field(key).map_or("", |field| field.example);
                self.reader.report(
                    wrong_kind(node, &format!("`{key}` is a text in quotes"), &self.path_of(key))
                        .help(format!("write for example `{example}`")),
                );
                None
            }
        }
    }

    /// true or false.
    pub fn flag(&self, key: &str) -> Option<bool> {
        let node = self.node(key)?;
        match node.value {
            Value::Bool(flag) => Some(flag),
            _ => {
                self.reader.report(
                    wrong_kind(node, &format!("`{key}` is true or false, without quotes"), &self.path_of(key))
                        .help(format!("write `{key} = true` or leave the key out")),
                );
                None
            }
        }
    }

    /// A day.
    pub fn date(&self, key: &str) -> Option<Date> {
        let node = self.node(key)?;
        let text = self.text_of(node, key)?;
        // Only the plain form of ISO 8601: the same text that the schema's pattern takes.
        let plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        match text.parse::<Date>() {
            Ok(date) if plain && (1900..=2200).contains(&date.year()) => Some(date),
            _ => {
                self.reader.report(
                    Diagnostic::new(Code::BadQuantity, format!("\"{text}\" is not a day of the calendar"))
                        .at(node.span, "not a day")
                        .help("write year, month and day: \"2027-01-31\"")
                        .path(self.path_of(key)),
                );
                None
            }
        }
    }

    /// A whole number in the bounds of its field.
    pub fn integer(&self, key: &str) -> Option<u64> {
        let node = self.node(key)?;
        let Some(Field { form: Form::Integer(least, most), .. }) = self.field(key) else { return None };
        let number = match &node.value {
            Value::Number(text) => number(text).filter(Decimal::is_integer),
            _ => None,
        };
        // A minus before a zero is a slip as well.
        let is_negative = matches!(&node.value, Value::Number(text) if text.starts_with('-'));
        let fits = number.and_then(|n| u64::try_from(n).ok()).filter(|n| (least..=most).contains(&n) && !is_negative);
        if fits.is_none() {
            let diagnostic = if let Some(number) = number {
                let label = if is_negative && number.is_zero() { "negative zero" } else { "out of range" };
                Diagnostic::new(Code::OutOfRange, format!("`{key}` lies outside {least} to {most}"))
                    .at(node.span, label)
                    .path(self.path_of(key))
            } else {
                wrong_kind(node, &format!("`{key}` is a whole number, without quotes"), &self.path_of(key))
            };
            let example = self.field(key).map_or("", |field| field.example);
            self.reader.report(diagnostic.help(format!("write for example `{example}`")));
        }
        fits
    }

    /// A number above zero.
    pub fn positive(&self, key: &str) -> Option<Decimal> {
        let node = self.node(key)?;
        let number = match &node.value {
            Value::Number(text) => number(text),
            _ => None,
        };
        let fits = number.filter(|n| *n > Decimal::ZERO);
        if fits.is_none() {
            let example = self.field(key).map_or("", |field| field.example);
            let diagnostic = match &node.value {
                Value::Number(text) => {
                    Diagnostic::new(Code::OutOfRange, format!("`{key}` is {text}, and must be a number above 0"))
                        .at(node.span, "not above 0")
                        .path(self.path_of(key))
                }
                _ => wrong_kind(node, &format!("`{key}` is a number without quotes"), &self.path_of(key)),
            };
            self.reader.report(diagnostic.help(format!("write for example `{example}`")));
        }
        fits
    }

    /// One of the words of its field.
    pub fn word(&self, key: &str, words: &[&'static str]) -> Option<&'static str> {
        let node = self.node(key)?;
        let text = self.text_of(node, key)?;
        self.word_of(node, text, words, key)
    }

    /// The known word that `text` is, or a fault with the nearest.
    pub fn word_of(&self, node: &Node, text: &str, words: &[&'static str], key: &str) -> Option<&'static str> {
        let found = words.iter().find(|word| **word == text).copied();
        if found.is_none() {
            let list: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
            let mut diagnostic = Diagnostic::new(Code::UnknownWord, format!("\"{text}\" is not a word for `{key}`"))
                .at(node.span, "unknown word")
                .path(self.path_of(key));
            if let Some(word) = nearest(text, words.iter().copied()) {
                diagnostic = diagnostic.help(format!("did you mean \"{word}\"?"));
            }
            self.reader.report(diagnostic.help(format!("words here: {}", list.join(", "))));
        }
        found
    }

    /// The texts of a list.
    pub fn texts(&self, key: &str) -> Vec<String> {
        self.text_nodes(key).into_iter().map(|(_, text)| text.to_owned()).collect()
    }

    fn text_nodes(&self, key: &str) -> Vec<(&'r Node, &'r str)> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let Value::List(nodes) = &node.value else {
            let example = self.field(key).map_or("", |field| field.example);
            self.reader.report(
                wrong_kind(node, &format!("`{key}` is a list in square brackets"), &self.path_of(key))
                    .help(format!("write for example `{example}`")),
            );
            return Vec::new();
        };
        nodes.iter().filter_map(|node| self.text_of(node, key).map(|text| (node, text))).collect()
    }

    /// The index of what a key refers to.
    pub fn reference(&self, key: &str, kind: &'static str) -> Option<usize> {
        let node = self.node(key)?;
        let text = self.text_of(node, key)?;
        self.resolve(node, text, kind, key)
    }

    /// The indices of what a list refers to; a doubled entry is a fault.
    pub fn references(&self, key: &str, kind: &'static str) -> Vec<usize> {
        let found = self.text_nodes(key).into_iter().filter_map(|(node, text)| {
            let index = self.resolve(node, text, kind, key)?;
            Some((index, node.span, text))
        });
        self.each_once(found.collect(), key)
    }

    /// The elements of a list without what is named again, which is a fault.
    fn each_once<T: PartialEq>(&self, named: Vec<(T, Span, &str)>, key: &str) -> Vec<T> {
        let mut found: Vec<(T, Span)> = Vec::new();
        for (element, span, text) in named {
            match found.iter().find(|(known, _)| *known == element) {
                Some((_, first)) => self.doubled(span, *first, text, key),
                None => found.push((element, span)),
            }
        }
        found.into_iter().map(|(element, _)| element).collect()
    }

    /// Notes that a list names something twice.
    pub fn doubled(&self, span: Span, first: Span, text: &str, key: &str) {
        self.reader.report(
            Diagnostic::new(Code::Contradiction, format!("`{key}` names \"{text}\" twice"))
                .at(span, "again here")
                .also(first, "first here")
                .help("write it once")
                .path(self.path_of(key)),
        );
    }

    /// The words of a list with their nodes.
    pub fn words(&self, key: &str, words: &[&'static str]) -> Vec<&'static str> {
        let found = self.text_nodes(key).into_iter().filter_map(|(node, text)| {
            let word = self.word_of(node, text, words, key)?;
            Some((word, node.span, text))
        });
        self.each_once(found.collect(), key)
    }

    /// References where the word `today` stands for no plan.
    pub fn plan_references(&self, key: &str) -> Vec<Option<usize>> {
        let found = self.text_nodes(key).into_iter().filter_map(|(node, text)| {
            let plan = if text == "today" { None } else { Some(self.resolve(node, text, "plan", key)?) };
            Some((plan, node.span, text))
        });
        self.each_once(found.collect(), key)
    }

    /// The index of an id, or a fault with the nearest id.
    pub fn resolve(&self, node: &Node, id: &str, kind: &'static str, key: &str) -> Option<usize> {
        let found = self.reader.resolve(kind, id);
        if found.is_none() {
            let ids = self.reader.ids(kind).iter().map(String::as_str).filter(|id| !id.is_empty());
            let words = kind.replace('_', " ");
            let mut diagnostic = Diagnostic::new(Code::UnknownId, format!("there is no {words} \"{id}\""))
                .at(node.span, format!("no {words} has this id"))
                .path(self.path_of(key));
            diagnostic = match nearest(id, ids.clone()) {
                Some(id) => diagnostic.help(format!("did you mean \"{id}\"?")),
                None if ids.clone().next().is_none() => {
                    diagnostic.help(format!("the file has none yet: add a `[[{kind}]]` with `id = \"{id}\"`"))
                }
                None => {
                    let list: Vec<String> = ids.take(12).map(|id| format!("\"{id}\"")).collect();
                    diagnostic.help(format!("ids of {words}s: {}", list.join(", ")))
                }
            };
            self.reader.report(diagnostic);
        }
        found
    }

    /// The id of this table.
    pub fn id(&self) -> String {
        let Some(node) = self.node("id") else { return String::new() };
        let Some(id) = self.text_of(node, "id") else { return String::new() };
        if !is_id(id) {
            let cleaned = cleaned_id(id);
            self.reader.report(
                Diagnostic::new(Code::BadId, format!("\"{id}\" cannot be an id"))
                    .at(node.span, "letters, digits, `-` and `_` only")
                    .help(format!("write for example \"{cleaned}\"; the `name` may be any text"))
                    .path(self.path_of("id")),
            );
        }
        id.to_owned()
    }

    /// The table at a key.
    pub fn table(&self, key: &str) -> Option<Cursor<'r, 'a>> {
        let node = self.node(key)?;
        let def = match self.field(key)?.form {
            Form::Table(def) | Form::WordOrTable(_, def) => def,
            _ => return None,
        };
        Self::open(self.reader, def, node, self.path_of(key), self.name.clone(), &self.record)
    }

    /// The table at a key, without noting its faults again.
    pub fn table_quietly(&self, key: &str) -> Option<Cursor<'r, 'a>> {
        let node = self.node(key)?;
        let Value::Table(table) = &node.value else { return None };
        let Form::Table(def) = self.field(key)?.form else { return None };
        Some(Cursor {
            reader: self.reader,
            path: self.path_of(key),
            name: self.name.clone(),
            span: node.span,
            def,
            table,
            record: self.record.clone(),
        })
    }

    /// The tables of a list; a single table counts as a list of one where the field allows.
    ///
    /// `label` names the key whose text stands for an element in paths, such as `id`.
    pub fn tables(&self, key: &str, label: &str) -> Vec<Cursor<'r, 'a>> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let (def, single) = match self.field(key).map(|field| field.form) {
            Some(Form::Tables(def)) => (def, false),
            Some(Form::TableOrTables(def)) => (def, true),
            _ => return Vec::new(),
        };
        let nodes = match &node.value {
            Value::List(nodes) => nodes.iter().collect(),
            Value::Table(_) if single => vec![node],
            _ => {
                self.reader.report(
                    wrong_kind(node, &format!("`{key}` is a list of tables"), &self.path_of(key))
                        .help(format!("in TOML write `[[{key}]]` with two brackets; in YAML begin each with `-`")),
                );
                return Vec::new();
            }
        };
        let count = nodes.len();
        nodes
            .into_iter()
            .enumerate()
            .filter_map(|(index, node)| {
                let id = text_in(node, label);
                let path = match id {
                    Some(id) => format!("{}.{id}", self.path_of(key)),
                    None if count == 1 => self.path_of(key),
                    None => format!("{}.{}", self.path_of(key), index + 1),
                };
                let name = text_in(node, "name").or(id).map_or_else(|| self.name.clone(), str::to_owned);
                let name = if self.name.is_empty() { name } else { self.name.clone() };
                Self::open(self.reader, def, node, path, name, &self.record)
            })
            .collect()
    }
}

fn text_in<'n>(node: &'n Node, key: &str) -> Option<&'n str> {
    match &node.value {
        Value::Table(table) => match &table.get(key)?.value {
            Value::Text(text) if !text.is_empty() => Some(text),
            _ => None,
        },
        _ => None,
    }
}

/// A fault for a value of the wrong kind.
pub fn wrong_kind(node: &Node, due: &str, path: &str) -> Diagnostic {
    let found = match &node.value {
        Value::Null => "nothing",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number without unit",
        Value::Text(_) => "a text",
        Value::List(_) => "a list",
        Value::Table(_) => "a table",
    };
    Diagnostic::new(Code::WrongKind, format!("{due}, not {found}")).at(node.span, found).path(path)
}

/// The nearest known word, if one is near enough to be meant.
pub fn nearest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let folded = word.to_lowercase().replace(['-', ' '], "_");
    known
        .into_iter()
        .map(|candidate| {
            let other = candidate.to_lowercase().replace(['-', ' '], "_");
            (strsim::jaro_winkler(&folded, &other), candidate)
        })
        .filter(|(likeness, _)| *likeness > 0.84)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// Whether a text can be an id: begins with a letter or digit, then letters, digits, `-`, `_`.
pub fn is_id(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_alphanumeric())
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        && text.len() <= 64
}

fn cleaned_id(text: &str) -> String {
    let kept: String = text.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let joined = kept.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let short: String = joined.chars().take(40).collect();
    if short.is_empty() { "risk-1".into() } else { short }
}

fn last(path: &str) -> &str {
    path.rsplit('.').next().filter(|key| !key.is_empty()).unwrap_or("the file")
}

fn table_example(def: &TableDef) -> String {
    let needed: Vec<&str> = def.fields.iter().filter(|f| f.need == Need::Required).map(|f| f.example).collect();
    let shown = if needed.is_empty() { def.fields.first().map(|f| f.example).into_iter().collect() } else { needed };
    format!("write for example `{{ {} }}`", shown.join(", "))
}

/// A doc text as part of a sentence.
fn sentence(doc: &str) -> String {
    let mut chars = doc.trim_end_matches('.').chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
