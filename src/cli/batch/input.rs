//! Which cases are there? JSON lines, or a table whose rows change a template.
//!
//! A line is a case itself, or `{ "id": …, "case": … }` with a case or the path of one. A row of a table has an `id` and,
//! in each further column, what becomes of the key that heads it; an empty cell leaves what the template says. What is
//! wrong with one of them is its own result.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use super::super::files;
use crate::scenario::Source;
use crate::scenario::edit::{Change, To, changed};
use crate::scenario::syntax::{self, MAX_BYTES, Node, Syntax, Value};

/// One case that is to be worked out.
pub(in crate::cli) struct Job {
    /// Its id: what the input names it, else the number of its line.
    pub id: Json,
    /// Its text and its samples, or what stands against it.
    pub source: Result<Source, String>,
}

/// The cases, one at a time.
pub(in crate::cli) struct Input {
    lines: Lines,
    /// A case that was taken already and is to come again.
    again: Option<Raw>,
    folder: PathBuf,
    template: Option<Source>,
}

enum Lines {
    Json { reader: Box<dyn BufRead + Send>, number: usize },
    Table { rows: Box<csv::Reader<Box<dyn Read + Send>>>, headings: Vec<String>, number: usize },
}

/// One case as it stands in the input: told apart quickly, made into a [`Job`] by whoever takes it.
#[derive(Clone)]
pub(in crate::cli) enum Raw {
    Line(usize, Result<Vec<u8>, String>),
    Row(usize, Result<Vec<String>, String>),
}

impl Input {
    /// Opens the cases.
    pub(in crate::cli) fn open(path: &Path, template: Option<&Path>) -> Result<Self, (String, String)> {
        let is_input = path == Path::new("-");
        let reader: Box<dyn Read + Send> = if is_input {
            Box::new(io::stdin())
        } else {
            let cannot = |fault| (format!("{} cannot be read: {fault}", path.display()), "check the path".to_owned());
            Box::new(File::open(path).map_err(cannot)?)
        };
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        let is_table = matches!(ending.as_str(), "csv" | "tsv") || template.is_some();
        let folder = if is_input { PathBuf::new() } else { files::folder_of(path) };
        let template = template
            .map(files::loaded)
            .transpose()
            .map_err(|fault| (fault, "`--template` names the case that the rows of the table change".to_owned()))?;
        let lines = if is_table {
            let mut reader = BufReader::new(reader);
            let delimiter = if ending == "tsv" { b'\t' } else { separator(reader.fill_buf().unwrap_or_default()) };
            let reader: Box<dyn Read + Send> = Box::new(reader);
            let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(reader);
            let headings = rows.headers().map_err(|fault| {
                (
                    format!("{} cannot be read as a table: {fault}", path.display()),
                    "write it as CSV in UTF-8".to_owned(),
                )
            })?;
            let headings: Vec<String> =
                headings.iter().map(|heading| heading.trim_start_matches('\u{feff}').trim().to_owned()).collect();
            let twice =
                headings.iter().enumerate().find(|(place, one)| !one.is_empty() && headings[..*place].contains(one));
            if let Some((_, heading)) = twice {
                let help = "keep one of them: both would change the same key";
                return Err((format!("{} has two columns `{heading}`", path.display()), help.to_owned()));
            }
            if !headings.iter().any(|heading| heading == "id") {
                let found = headings.join(", ");
                let help = "head one column `id`, and each further one with a key such as `risk.ransomware.frequency`";
                return Err((format!("{} has no column `id`: {found}", path.display()), help.to_owned()));
            }
            if template.is_none() && !headings.iter().any(|heading| heading == "case") {
                let help = "name the case that the rows change with --template, or add a column `case` with paths";
                return Err((format!("the rows of {} change no case", path.display()), help.to_owned()));
            }
            Lines::Table { rows: Box::new(rows), headings, number: 0 }
        } else {
            Lines::Json { reader: Box::new(BufReader::new(reader)), number: 0 }
        };
        Ok(Self { lines, again: None, folder, template })
    }

    /// The next case as it stands there.
    pub(in crate::cli) fn next(&mut self) -> Option<Raw> {
        if let Some(raw) = self.again.take() {
            return Some(raw);
        }
        match &mut self.lines {
            Lines::Json { reader, number } => loop {
                *number += 1;
                match line(reader.as_mut()) {
                    Ok(None) => return None,
                    Ok(Some(bytes)) if bytes.iter().all(u8::is_ascii_whitespace) => {}
                    Ok(Some(bytes)) if bytes.len() > MAX_BYTES => {
                        let message = format!("the line is longer than {} MB", MAX_BYTES >> 20);
                        return Some(Raw::Line(*number, Err(message)));
                    }
                    Ok(Some(bytes)) => return Some(Raw::Line(*number, Ok(bytes))),
                    Err(fault) => return Some(Raw::Line(*number, Err(format!("the line cannot be read: {fault}")))),
                }
            },
            Lines::Table { rows, number, .. } => {
                let mut record = csv::StringRecord::new();
                *number += 1;
                match rows.read_record(&mut record) {
                    Ok(false) => None,
                    Ok(true) => Some(Raw::Row(*number, Ok(record.iter().map(|cell| cell.trim().to_owned()).collect()))),
                    Err(fault) => Some(Raw::Row(*number, Err(format!("the row cannot be read: {fault}")))),
                }
            }
        }
    }

    /// The case that was taken last comes again.
    pub(super) fn put_back(&mut self, raw: Raw) {
        self.again = Some(raw);
    }

    /// What a case is made of, for whoever works on it beside the others.
    pub(in crate::cli) fn maker(&self) -> Maker {
        let headings = match &self.lines {
            Lines::Table { headings, .. } => headings.clone(),
            Lines::Json { .. } => Vec::new(),
        };
        Maker { folder: self.folder.clone(), template: self.template.clone(), headings }
    }
}

/// What separates the cells of a table that begins so: the spreadsheets of much of Europe write semicolons.
fn separator(begin: &[u8]) -> u8 {
    let line = begin.split(|byte| matches!(byte, b'\n' | b'\r')).next().unwrap_or_default();
    let count = |separator: u8| line.iter().filter(|byte| **byte == separator).count();
    if count(b';') > count(b',') { b';' } else { b',' }
}

/// Whether a line is `{ "id": …, "case": … }`, and no case itself: that has a `schema`, and its `case` is a list of what it
/// states.
fn is_wrapped(table: &syntax::Table, case: &Node) -> bool {
    let is_own = |key: &str| !matches!(key, "id" | "case");
    let is_list = matches!(case.value, Value::List(_));
    table.get("schema").is_none() && !(is_list && table.entries.iter().any(|entry| is_own(&entry.key)))
}

/// A line without its end; longer than a case may be it is cut, and the rest of it passed over.
fn line(reader: &mut dyn BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    let read = Read::take(&mut *reader, MAX_BYTES as u64 + 2).read_until(b'\n', &mut bytes)?;
    if read == 0 {
        return Ok(None);
    }
    if bytes.last() == Some(&b'\n') {
        bytes.pop();
    } else if bytes.len() > MAX_BYTES {
        loop {
            let buffer = reader.fill_buf()?;
            let end = buffer.iter().position(|byte| *byte == b'\n');
            let (length, is_end) = (end.map_or(buffer.len(), |end| end + 1), end.is_some() || buffer.is_empty());
            reader.consume(length);
            if is_end {
                break;
            }
        }
    }
    Ok(Some(bytes))
}

/// How a case is made of what stands in the input.
#[derive(Clone)]
pub(in crate::cli) struct Maker {
    folder: PathBuf,
    template: Option<Source>,
    headings: Vec<String>,
}

impl Maker {
    /// Makes cases of lines; what they name stands in this folder.
    pub(super) fn of_lines(folder: PathBuf) -> Self {
        Self { folder, template: None, headings: Vec::new() }
    }

    /// The id of a case, and its source.
    pub(in crate::cli) fn job(&self, raw: Raw) -> Job {
        match raw {
            Raw::Line(number, Err(fault)) | Raw::Row(number, Err(fault)) => {
                Job { id: Json::from(number), source: Err(fault) }
            }
            Raw::Line(number, Ok(bytes)) => self.of_line(number, bytes),
            Raw::Row(number, Ok(cells)) => self.of_row(number, &cells),
        }
    }

    fn of_line(&self, number: usize, mut bytes: Vec<u8>) -> Job {
        if bytes.starts_with(b"\xef\xbb\xbf") {
            bytes.drain(..3);
        }
        let numbered = Json::from(number);
        let root = match syntax::parse_any(&bytes, Syntax::Json) {
            Ok(root) => root,
            Err(faults) => {
                let fault = faults.first().map_or("it cannot be read", |fault| fault.message.as_str());
                return Job { id: numbered, source: Err(format!("line {number} is no JSON: {fault}")) };
            }
        };
        let Value::Table(table) = &root.value else {
            let source = Err(format!("line {number} is no case: write {{ \"id\": …, \"case\": … }} or a case"));
            return Job { id: numbered, source };
        };
        let Some(case) = table.get("case").filter(|case| is_wrapped(table, case)) else {
            return Job { id: numbered, source: Ok(self.with_samples(format!("line {number}.json"), bytes)) };
        };
        let id = match table.get("id").map(|node| &node.value) {
            Some(Value::Text(text)) => Json::from(text.as_str()),
            Some(Value::Number(text)) => serde_json::from_str(text).unwrap_or_else(|_| Json::from(text.as_str())),
            _ => numbered,
        };
        if let Some(entry) = table.entries.iter().find(|entry| !matches!(entry.key.as_str(), "id" | "case")) {
            let fault = format!("line {number} has `{}` beside `id` and `case`: write it into the case", entry.key);
            return Job { id, source: Err(fault) };
        }
        let source = match &case.value {
            Value::Text(path) => files::loaded(&self.folder.join(path)),
            Value::Table(_) => Ok(self.with_samples(format!("line {number}.json"), slice(&bytes, case))),
            _ => Err(format!("`case` of line {number} is neither a case nor the path of one")),
        };
        Job { id, source }
    }

    fn with_samples(&self, name: String, bytes: Vec<u8>) -> Source {
        let mut source = Source::new(name, bytes);
        source.attachments = files::samples(&source, &self.folder, &|_| ());
        source
    }

    fn of_row(&self, number: usize, cells: &[String]) -> Job {
        let cell = |heading: &str| {
            let place = self.headings.iter().position(|known| known == heading)?;
            cells.get(place).filter(|cell| !cell.is_empty())
        };
        let id = cell("id").map_or_else(|| Json::from(number), |id| Json::from(id.as_str()));
        if cells.len() > self.headings.len() {
            let fault = format!("row {number} has {} cells under {} headings", cells.len(), self.headings.len());
            return Job { id, source: Err(fault) };
        }
        let source = match (cell("case"), &self.template) {
            (Some(path), _) => files::loaded(&self.folder.join(path)),
            (None, Some(template)) => Ok(template.clone()),
            (None, None) => Err(format!("row {number} names no case: write its path in the column `case`")),
        };
        let keys = self
            .headings
            .iter()
            .zip(cells)
            .filter(|(heading, cell)| !matches!(heading.as_str(), "id" | "case" | "") && !cell.is_empty());
        let source = keys.fold(source, |source, (key, value)| {
            let change = Change { key: key.clone(), to: To::Value(value.clone()) };
            changed(&source?, &change).map_err(|fault| {
                let cure = fault.help.first().map_or_else(String::new, |help| format!("; {help}"));
                format!("row {number}, column `{key}`: {}{cure}", fault.message)
            })
        });
        Job { id, source }
    }
}

/// The bytes of one value.
fn slice(bytes: &[u8], node: &Node) -> Vec<u8> {
    bytes.get(node.span.start..node.span.end).unwrap_or_default().to_vec()
}
