//! Standing on one table of the file: which keys are there, unknown, missing or of a wrong kind?

use super::reader::Reader;
use super::word::nearest;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::model::Record;
use crate::scenario::grammar::{ESTIMATE, Field, Form, Need, SCENARIO, TableDef};
use crate::scenario::syntax::{Entry, Node, Syntax, Table, Value};

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
    outer: Option<&'static TableDef>,
    record: Record,
}

/// What people expect to write and rosi works out.
const COMPUTED: &[&str] = &["ale", "eal", "annual_loss", "expected_loss", "rosi", "roi", "npv", "score", "risk_score"];

/// Where an unknown key belongs.
enum Meant {
    /// Another key of the same table.
    Key(&'static str),
    /// A key of the table at this key.
    Inner(&'static Field),
    /// A key of the table around.
    Outer(&'static TableDef),
}

impl<'r, 'a> Cursor<'r, 'a> {
    /// On the top table of a file.
    pub fn root(reader: &'r Reader<'a>, node: &'r Node, def: &'static TableDef) -> Option<Self> {
        Self::open(reader, def, None, node, String::new(), String::new(), &Record::default())
    }

    /// On the table at `node`, within a table like `outer`: notes unknown and missing keys.
    pub fn open(
        reader: &'r Reader<'a>,
        def: &'static TableDef,
        outer: Option<&'static TableDef>,
        node: &'r Node,
        path: String,
        name: String,
        record: &Record,
    ) -> Option<Self> {
        let Value::Table(table) = &node.value else {
            let key = last(&path);
            reader.report(
                wrong_kind(node, &format!("`{key}` is a table of keys"), &path)
                    .help(format!("write for example `{key} = {}`", example(def, node))),
            );
            return None;
        };
        let mut cursor = Self { reader, path, name, span: node.span, def, table, outer, record: record.clone() };
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
            cursor.record = cursor.read_record(record);
        }
        Some(cursor)
    }

    /// Whether the table is an estimate.
    pub fn is_estimate(&self) -> bool {
        std::ptr::eq(self.def, &ESTIMATE)
    }

    /// What kind of table it is.
    pub fn def(&self) -> &'static TableDef {
        self.def
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

    /// Whether a key is written, be it without a value.
    pub fn has_key(&self, key: &str) -> bool {
        self.table.get(key).is_some()
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

    /// Notes that a key is missing, unless another fault says already where it went.
    pub fn missing(&self, field: &Field) {
        if self.is_said_elsewhere(field.key) {
            return;
        }
        let place = if self.path.is_empty() { "the file".to_owned() } else { format!("`{}`", self.path) };
        let fields = match field.form {
            Form::Tables(def) => def.fields,
            _ => &[],
        };
        let needed = fields.iter().filter(|field| field.need == Need::Required);
        let needed: Vec<String> = needed.map(|field| format!("`{}`", field.key)).collect();
        let with = if needed.is_empty() { String::new() } else { format!(" with {}", needed.join(", ")) };
        self.reader.report(
            Diagnostic::new(Code::Missing, format!("{place} has no `{}`", field.key))
                .at(self.head(), format!("`{}` is missing here", field.key))
                .help(format!("write for example `{}`{with}: {}", field.example, sentence(field.doc)))
                .path(self.path_of(field.key)),
        );
    }

    /// Whether another fault says already where this key went: it is misspelt, has no value, its
    /// content stands without it, or it stands in a table further in.
    pub fn is_said_elsewhere(&self, key: &str) -> bool {
        self.table.entries.iter().any(|entry| match self.def.field(&entry.key) {
            Some(field) if field.key == key => entry.node.value == Value::Null,
            None => match self.meant(&entry.key) {
                Some(Meant::Key(meant)) => meant == key,
                Some(Meant::Inner(field)) => field.key == key,
                Some(Meant::Outer(_)) | None => false,
            },
            Some(field) => inner(field.form).is_some_and(|inner| {
                let tables = match &entry.node.value {
                    Value::List(nodes) => nodes.as_slice(),
                    _ => std::slice::from_ref(&entry.node),
                };
                inner.field(key).is_none()
                    && tables.iter().any(|node| matches!(&node.value, Value::Table(table) if table.get(key).is_some()))
            }),
        })
    }

    /// Whether some key of this table is unknown.
    pub fn has_unknown_key(&self) -> bool {
        self.table.entries.iter().any(|entry| self.def.field(&entry.key).is_none())
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

    /// Where an unknown key belongs, as far as it can be told.
    fn meant(&self, key: &str) -> Option<Meant> {
        // A plural, such as `controls`.
        let singular = key.strip_suffix('s').and_then(|singular| self.def.field(singular));
        if let Some(field) = singular {
            return Some(Meant::Key(field.key));
        }
        let holds = |field: &&Field| inner(field.form).is_some_and(|def| def.fields.iter().any(|own| own.key == key));
        if let Some(field) = self.def.fields.iter().find(holds) {
            return Some(Meant::Inner(field));
        }
        if let Some(outer) = self.outer.filter(|outer| outer.field(key).is_some()) {
            return Some(Meant::Outer(outer));
        }
        nearest(key, self.def.keys()).map(Meant::Key)
    }

    fn unknown_key(&self, entry: &Entry) {
        let key = &entry.key;
        let place = match self.path.as_str() {
            "" if std::ptr::eq(self.def, &SCENARIO) => "a scenario".to_owned(),
            "" => self.def.name.to_owned(),
            path => format!("`{path}`"),
        };
        let mut diagnostic = Diagnostic::new(Code::UnknownKey, format!("{place} has no key `{key}`"))
            .at(entry.key_span, "unknown key")
            .path(self.path_of(key));
        diagnostic = match self.meant(key) {
            Some(Meant::Key(meant)) if self.has_key(meant) => {
                diagnostic.help(format!("`{meant}` is written already: leave `{key}` out"))
            }
            Some(Meant::Key(meant)) => {
                // What a loss is called elsewhere is one amount; here it has forms.
                let forms = self.def.field(meant).and_then(|field| inner(field.form));
                let forms = forms.filter(|def| def.field("response").is_some());
                match forms.filter(|_| literal(&entry.node).is_some()) {
                    Some(def) => diagnostic.help(format!("write `{meant} = {}`", example(def, &entry.node))),
                    None => diagnostic.help(format!("did you mean `{meant}`?")),
                }
            }
            Some(Meant::Inner(field)) => {
                let value = literal(&entry.node).unwrap_or_else(|| "…".into());
                let help = match field.form {
                    _ if field.example.starts_with('[') => format!("write `{key} = {value}` in `{}`", field.example),
                    Form::Tables(_) => format!("write `{} = [{{ {key} = {value}, … }}]`", field.key),
                    _ => format!("write `{} = {{ {key} = {value}, … }}`", field.key),
                };
                diagnostic.help(format!("`{key}` is a key of `{}`: {help}", field.key))
            }
            Some(Meant::Outer(outer)) => {
                let around = outer.name;
                let help = match self.reader.syntax {
                    Syntax::Toml if self.def.name.starts_with('[') && self.path.split('.').count() == 1 => {
                        format!("`{key}` is a key of the file itself: write it above the first line in brackets")
                    }
                    Syntax::Toml if self.def.name.starts_with('[') && around.starts_with('[') => {
                        format!("`{key}` is a key of `{around}`: write it above the line `{}`", self.def.name)
                    }
                    Syntax::Yaml => {
                        format!("`{key}` is a key of the table around this one: write it further to the left")
                    }
                    _ => format!("`{key}` is a key of the table around this one: write it there"),
                };
                diagnostic.help(help)
            }
            None if COMPUTED.contains(&key.to_lowercase().as_str()) => {
                diagnostic.help("this is computed: leave it out, and state how often and how bad")
            }
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

    /// The table at a key.
    pub fn table(&self, key: &str) -> Option<Cursor<'r, 'a>> {
        let node = self.node(key)?;
        let def = match self.field(key)?.form {
            Form::Table(def) | Form::WordOrTable(_, def) | Form::FixedOrTable(_, def) => def,
            _ => return None,
        };
        Self::open(self.reader, def, Some(self.def), node, self.path_of(key), self.name.clone(), &self.record)
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
            outer: Some(self.def),
            record: self.record.clone(),
        })
    }

    /// How a list of tables is written.
    fn as_list(&self, key: &str, def: &TableDef) -> String {
        let header = if def.name.starts_with("[[") { def.name.to_owned() } else { format!("[[{key}]]") };
        match self.reader.syntax {
            Syntax::Toml => format!("write `{header}` with two brackets, or `{key} = [{{ … }}]`"),
            Syntax::Yaml => format!("begin each of `{key}` with `- `, even if there is one only"),
            Syntax::Json => format!("put square brackets around: `{key} = [{{ … }}]`"),
        }
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
        let nodes: Vec<&Node> = match &node.value {
            Value::List(nodes) => nodes.iter().collect(),
            Value::Table(_) if single => vec![node],
            _ => {
                self.reader.report(
                    wrong_kind(node, &format!("`{key}` is a list of tables"), &self.path_of(key))
                        .help(self.as_list(key, def)),
                );
                return Vec::new();
            }
        };
        let count = nodes.len();
        if let Some(node) = nodes.iter().find(|node| !matches!(node.value, Value::Table(_))) {
            self.reader.report(
                wrong_kind(node, &format!("each `{key}` is a table of keys"), &self.path_of(key))
                    .help(format!("write for example `{}`", example(def, node))),
            );
            return Vec::new();
        }
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
                Self::open(self.reader, def, Some(self.def), node, path, name, &self.record)
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
        Value::Number(_) => "a number",
        Value::Text(_) => "a text",
        Value::List(_) => "a list",
        Value::Table(_) => "a table",
    };
    Diagnostic::new(Code::WrongKind, format!("{due}, not {found}")).at(node.span, found).path(path)
}

fn last(path: &str) -> &str {
    path.rsplit('.').next().filter(|key| !key.is_empty()).unwrap_or("the file")
}

/// The table at a key of this form.
fn inner(form: Form) -> Option<&'static TableDef> {
    match form {
        Form::Table(def)
        | Form::Tables(def)
        | Form::TableOrTables(def)
        | Form::WordOrTable(_, def)
        | Form::FixedOrTable(_, def) => Some(def),
        _ => None,
    }
}

/// A table in braces: with the value that stands at `node`, where the table has a place for it.
fn example(def: &TableDef, node: &Node) -> String {
    let first = def.fields.first().filter(|_| def.fields.iter().all(|field| field.need != Need::Required));
    let written = |field: &Field| match field.example.strip_prefix('[') {
        Some(_) => format!("{} = {{ … }}", field.key),
        None => field.example.to_owned(),
    };
    let needed: Vec<String> = match (first, literal(node)) {
        // A bare amount where forms of loss are due.
        (Some(field), Some(value)) if def.field("response").is_some() => {
            let key = def.field("response").unwrap_or(field).key;
            vec![format!("{key} = {value}")]
        }
        (Some(field), _) => vec![written(field)],
        (None, _) => def.fields.iter().filter(|field| field.need == Need::Required).map(written).collect(),
    };
    format!("{{ {} }}", needed.join(", "))
}

/// What is written at a node, as TOML writes it; nothing for lists, tables and long texts.
pub fn literal(node: &Node) -> Option<String> {
    match &node.value {
        Value::Text(text) if text.len() <= 60 && !text.contains(['"', '\\', '\n', '`']) => Some(format!("\"{text}\"")),
        Value::Number(text) => Some(text.clone()),
        Value::Bool(flag) => Some(flag.to_string()),
        _ => None,
    }
}

/// The first sentence of a text, as part of another sentence.
fn sentence(doc: &str) -> String {
    let first = doc.split(". ").next().unwrap_or(doc).trim_end_matches('.');
    let mut chars = first.chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
