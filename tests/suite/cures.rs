//! Does every cure that a fault proposes work, when it is done to the file as it says?
//!
//! Each cure of each fixture in `tests/diagnostics` is applied: what is in quotes or backticks is written at the place
//! of the fault, by the words around it (`write`, `did you mean`, `it could mean`, …). Where the words ask for a
//! decision, such as "keep one of the two", [`DECIDED`] says what a person would do. A fixture has one mistake, so its
//! file must then have no fault. A cure in words that nothing here understands fails the test too.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use rosi::internal::diagnostic::{Code, Diagnostic};
use rosi::internal::scenario::syntax::{self, Entry, Node, Syntax, Value};
use rosi::internal::scenario::{Source, attachments, parse};

mod decided;
use decided::{DECIDED, Decision, EXPLAINED, FILLED};

/// The whole file is another than it should be: what is to be done is outside of it.
const OTHER_FILE: &[Code] = &[Code::Encoding, Code::TooBig, Code::NotATable];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

/// A file as text, with its name.
#[derive(Debug, Clone)]
struct File {
    name: String,
    text: String,
}

impl File {
    fn with(&self, text: String) -> Self {
        Self { name: self.name.clone(), text }
    }

    fn syntax(&self) -> Syntax {
        Syntax::from_name(&self.name).unwrap_or_else(|| Syntax::from_text(self.text.as_bytes()))
    }

    /// Its faults, without advice.
    fn faults(&self) -> Vec<Diagnostic> {
        let mut source = Source::new(self.name.clone(), self.text.clone());
        source.attachments = attachments(&source)
            .into_iter()
            .filter_map(|name| fs::read(folder().join(&name)).ok().map(|bytes| (name, bytes)))
            .collect::<BTreeMap<_, _>>();
        parse(&source).err().unwrap_or_default().into_iter().filter(Diagnostic::is_error).collect()
    }

    /// With something else from `start` to `end`.
    fn replaced(&self, start: usize, end: usize, by: &str) -> Self {
        self.with(format!("{}{by}{}", &self.text[..start], &self.text[end..]))
    }

    fn line(&self, at: usize) -> (usize, usize) {
        let start = self.text[..at].rfind('\n').map_or(0, |end| end + 1);
        let end = self.text[at..].find('\n').map_or(self.text.len(), |end| at + end);
        (start, end)
    }

    fn without_line(&self, at: usize) -> (Self, String) {
        let (start, end) = self.line(at);
        let line = self.text[start..end].to_owned();
        (self.replaced(start, (end + 1).min(self.text.len()), ""), line)
    }

    /// Where the table that holds `at` ends: before the next line that begins with a bracket.
    fn end_of_table(&self, at: usize) -> usize {
        let from = self.line(at).1;
        self.text[from..].find("\n[").map_or(self.text.len(), |next| from + next + 1)
    }
}

/// The part of a text between two marks, each time.
fn between(text: &str, mark: char) -> Vec<&str> {
    text.split(mark).skip(1).step_by(2).collect()
}

/// A key and its value as proposed, in any of the three syntaxes.
fn assignment(snippet: &str) -> Option<(String, String)> {
    let snippet = snippet.trim();
    if snippet.starts_with(['[', '{']) {
        return None;
    }
    let (key, value) = match (snippet.split_once(" = "), snippet.split_once(": ")) {
        (Some((key, value)), _) if !key.contains(':') => (key, value),
        (_, Some((key, value))) => (key, value),
        _ => return None,
    };
    let key = key.trim_matches('"');
    let is_key = !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || "_-".contains(c));
    let filled = FILLED.iter().find(|(known, _)| *known == key && value == "…").map(|(_, value)| *value);
    let value = filled.unwrap_or(value);
    (is_key && !value.contains('…')).then(|| (key.to_owned(), value.to_owned()))
}

/// The innermost entry of a key that holds `at`.
fn entry_at<'n>(node: &'n Node, key: &str, at: (usize, usize)) -> Option<&'n Entry> {
    match &node.value {
        Value::Table(table) => table.entries.iter().find_map(|entry| {
            let holds = entry.key_span.start <= at.0 && at.1 <= entry.node.span.end.max(entry.key_span.end);
            let deeper = entry_at(&entry.node, key, at);
            deeper.or_else(|| (holds && entry.key == key).then_some(entry))
        }),
        Value::List(nodes) => nodes.iter().find_map(|node| entry_at(node, key, at)),
        _ => None,
    }
}

/// The entry whose key begins at `at`.
fn entry_of(node: &Node, at: usize) -> Option<&Entry> {
    match &node.value {
        Value::Table(table) => {
            let own = table.entries.iter().find(|entry| entry.key_span.start == at);
            own.or_else(|| table.entries.iter().find_map(|entry| entry_of(&entry.node, at)))
        }
        Value::List(nodes) => nodes.iter().find_map(|node| entry_of(node, at)),
        _ => None,
    }
}

/// The innermost table that has a key beginning at `at`, or begins there.
fn table_at(node: &Node, at: usize) -> Option<&Node> {
    match &node.value {
        Value::Table(table) => {
            let deeper = table.entries.iter().find_map(|entry| table_at(&entry.node, at));
            let own = node.span.start == at || table.entries.iter().any(|entry| entry.key_span.start == at);
            deeper.or(own.then_some(node))
        }
        Value::List(nodes) => nodes.iter().find_map(|node| table_at(node, at)),
        _ => None,
    }
}

/// The file with `key` set to `value`, where the fault is.
fn set(file: &File, fault: &Diagnostic, key: &str, value: &str) -> File {
    let span = fault.span.unwrap_or_default();
    let Ok(root) = syntax::parse(file.text.as_bytes(), file.syntax()) else {
        let equals = if file.syntax() == Syntax::Yaml { ":" } else { " =" };
        return file.replaced(span.start, span.end, &format!("{key}{equals} {value}"));
    };
    if ["exchange_rates", "numbers"].contains(&key) {
        return match file.syntax() {
            Syntax::Toml => file.with(format!("{key} = {value}\n{}", file.text)),
            Syntax::Yaml => file.with(format!("{key}: {value}\n{}", file.text)),
            Syntax::Json => file.with(file.text.replacen('{', &format!("{{ \"{key}\": {value},"), 1)),
        };
    }
    if let Some(entry) = entry_at(&root, key, (span.start, span.end)) {
        let (start, end) = (entry.node.span.start, entry.node.span.end);
        // Nothing at all after the colon in YAML.
        let gap = if start == end { " " } else { "" };
        let (start, end) = if start == end { (entry.key_span.end + 1, entry.key_span.end + 1) } else { (start, end) };
        return file.replaced(start, end, &format!("{gap}{value}"));
    }
    // A sibling of what the fault stands at.
    let table = table_at(&root, span.start);
    if let Some(sibling) = table.and_then(|table| match &table.value {
        Value::Table(table) => table.entries.iter().find(|entry| entry.key == key),
        _ => None,
    }) {
        return file.replaced(sibling.node.span.start, sibling.node.span.end, value);
    }
    let (line_start, line_end) = file.line(span.start);
    let line = &file.text[line_start..line_end];
    let inline = table.filter(|table| file.text[table.span.start..].starts_with('{'));
    match (file.syntax(), inline) {
        (Syntax::Json, Some(table)) => {
            let is_empty = matches!(&table.value, Value::Table(table) if table.entries.is_empty());
            let comma = if is_empty { "" } else { ", " };
            let at = table.span.start + 1;
            file.replaced(at, at, &format!("\"{key}\": {value}{comma}"))
        }
        (syntax, Some(table)) => {
            let is_empty = matches!(&table.value, Value::Table(table) if table.entries.is_empty());
            let comma = if is_empty { "" } else { ", " };
            let equals = if syntax == Syntax::Yaml { ":" } else { " =" };
            let at = table.span.end - 1;
            file.replaced(at, at, &format!("{comma}{key}{equals} {value} "))
        }
        (Syntax::Yaml, None) => {
            let indent = line.len() - line.trim_start_matches([' ', '-']).len();
            file.replaced(line_end, line_end, &format!("\n{}{key}: {value}", " ".repeat(indent)))
        }
        (_, None) if line.starts_with('[') => file.replaced(line_end, line_end, &format!("\n{key} = {value}")),
        (_, None) => file.replaced(line_start, line_start, &format!("{key} = {value}\n")),
    }
}

/// The file with `written` in the table of a heading such as `[control.cost]`, which is made where it is not there.
fn in_table(file: &File, at: usize, heading: &str, written: &str) -> File {
    let heading = heading.trim();
    // In the same part of the file: before the next part of its kind.
    let part = file.text[at..].find("\n[[").map_or(file.text.len(), |end| at + end + 1);
    let part = if heading.contains('.') || part == file.text.len() { part } else { file.text.len() };
    if let Some(found) = file.text[..part].rfind(&format!("\n{heading}\n")) {
        let end = found + heading.len() + 2;
        return file.replaced(end, end, &format!("{written}\n"));
    }
    let end = file.end_of_table(at);
    let gap = if file.text[..end].ends_with('\n') { "" } else { "\n" };
    file.replaced(end, end, &format!("{gap}{heading}\n{written}\n"))
}

/// What the value at a fault is replaced by: quoted as it was.
fn written(file: &File, fault: &Diagnostic, by: &str) -> File {
    let span = fault.span.unwrap_or_default();
    file.replaced(span.start, span.end, by)
}

/// A key at a fault: quoted as it was, and with what stands around it in a heading.
fn renamed(file: &File, fault: &Diagnostic, key: &str) -> File {
    let span = fault.span.unwrap_or_default();
    let old = &file.text[span.start..span.end];
    let quoted = old.starts_with('"');
    written(file, fault, &if quoted { format!("\"{key}\"") } else { key.to_owned() })
}

/// What a file becomes by a cure: each way that the cure proposes. Nothing where its words are not understood.
fn applied(file: &File, fault: &Diagnostic, help: &str) -> Option<Vec<File>> {
    let decided: Vec<&Decision> =
        DECIDED.iter().filter(|(name, words, _)| *name == file.name && help.starts_with(words)).collect();
    if !decided.is_empty() {
        return Some(
            decided
                .into_iter()
                .map(|(_, _, changes)| {
                    changes.iter().fold(file.clone(), |file, (from, to)| {
                        // What is not there is not replaced, and the cure then fails.
                        file.with(file.text.replacen(from, to, 1))
                    })
                })
                .collect(),
        );
    }
    let ticked = between(help, '`');
    let plain: String = help.split('`').step_by(2).collect::<Vec<_>>().join("\u{0}");
    let quoted: Vec<String> = between(&plain, '"').into_iter().map(|text| format!("\"{text}\"")).collect();
    let span = fault.span.unwrap_or_default();
    let one = |file: File| Some(vec![file]);
    if help.starts_with("delete") {
        return one(written(file, fault, ""));
    }
    if help.ends_with("with plain spaces around it") {
        return one(written(file, fault, &format!("{} ", ticked[0])));
    }
    if help == "add the closing quote" {
        let end = file.line(span.start).1;
        return one(file.replaced(end, end, "\""));
    }
    if help.starts_with("add `[")
        && let Some(first) = ticked.iter().skip(1).find(|snippet| assignment(snippet).is_some())
    {
        return one(in_table(file, span.start, ticked[0], first));
    }
    if let Some(ending) = ticked.iter().find(|ticked| [".toml", ".yaml", ".json"].contains(ticked)) {
        return one(File { name: format!("case{ending}"), text: file.text.clone() });
    }
    if help.starts_with("did you mean `") {
        return one(renamed(file, fault, ticked[0]));
    }
    if help.starts_with("did you mean \"") || help.contains("write its id, \"") || help.starts_with("give ") {
        return one(written(file, fault, quoted.first()?));
    }
    if help.starts_with("ids of ") || help.starts_with("it could mean ") {
        return Some(quoted.iter().map(|text| written(file, fault, text)).collect());
    }
    if let Some((before, _)) = help.split_once(" is a key of ")
        && file.syntax() == Syntax::Toml
    {
        let key = before.trim_matches('`');
        let (rest, line) = file.without_line(span.start);
        if let Some((_, above)) = help.split_once("write it above the line `") {
            let heading = above.trim_end_matches('`');
            let at = rest.text[..span.start.min(rest.text.len())].rfind(&format!("{heading}\n"))?;
            return one(rest.replaced(at, at, &format!("{line}\n")));
        }
        if help.ends_with("above the first line in brackets") {
            return one(rest.with(format!("{line}\n{}", rest.text)));
        }
        if let (Some(written), Some(heading)) = (ticked.get(2), ticked.get(3)) {
            assert!(written.starts_with(key));
            return one(in_table(&rest, span.start.saturating_sub(1), heading, written));
        }
    }
    if help.contains(" is written already: leave ") {
        return one(file.without_line(span.start).0);
    }
    if help.starts_with("a chance is written as ") {
        return Some(quoted.iter().map(|text| written(file, fault, text)).collect());
    }
    if let (Code::UnknownKey, true, Some(snippet)) = (fault.code, help.starts_with("write `"), ticked.first()) {
        // In place of the unknown key and its value.
        let root = syntax::parse(file.text.as_bytes(), file.syntax()).ok()?;
        let end = entry_of(&root, span.start)?.node.span.end;
        return one(file.replaced(span.start, end, snippet));
    }
    if help.starts_with("in rising order: ") {
        let start = file.text[..span.start].rfind('{')?;
        let start = if file.text[span.start..].starts_with('{') { span.start } else { start };
        let end = start + file.text[start..].find('}')? + 1;
        return one(file.replaced(start, end, ticked.first()?));
    }
    if help.starts_with("write ") || help.starts_with("change one of them") || help.starts_with("add ") {
        // Every key with its value that stands there is one way; the last of them could be a condition.
        let mut ways: Vec<File> = Vec::new();
        for snippet in &ticked {
            if let Some((key, value)) = assignment(snippet) {
                ways.push(set(file, fault, &key, &value));
            } else if snippet.starts_with("[") && help.starts_with("write for example") && !snippet.contains('{') {
                ways.push(in_table(file, span.start, snippet, ""));
            } else if ways.is_empty()
                && !snippet.contains('…')
                && (snippet.starts_with(['"', '{'])
                    || snippet.parse::<f64>().is_ok()
                    || ["true", "false"].contains(snippet))
            {
                ways.push(written(file, fault, snippet));
            }
        }
        if ways.is_empty() {
            ways.extend(quoted.iter().map(|text| written(file, fault, text)));
        }
        return (!ways.is_empty()).then_some(ways);
    }
    None
}

/// What is left of the faults of a fixture by each cure; each line a cure that does not work.
fn failures(file: &File, alone: bool, tried: &mut usize) -> Vec<String> {
    let mut failures = Vec::new();
    let before = file.faults();
    for fault in &before {
        if OTHER_FILE.contains(&fault.code) {
            continue;
        }
        for help in &fault.help {
            let explains =
                EXPLAINED.iter().any(|words| help.starts_with(words)) || help.contains("where a rate is due");
            if explains && fault.help.len() > 1 {
                continue;
            }
            let Some(ways) = applied(file, fault, help) else {
                failures.push(format!("{}: {} — not understood: {help}", file.name, fault.code.as_str()));
                continue;
            };
            for mended in ways {
                *tried += 1;
                let after = mended.faults();
                let same = after.iter().any(|left| (left.code, &left.path) == (fault.code, &fault.path));
                // A quantile may fit and still leave no average, and an id that exists may be none of those that fit;
                // that is told next.
                let told_next = help.starts_with("ids of ")
                    || fault.code == Code::Infeasible && after.iter().all(|left| left.code == Code::NoMean);
                let alone = alone && !told_next;
                let cured = if alone { after.is_empty() } else { !same || after.len() < before.len() };
                if !cured {
                    let told: Vec<String> =
                        after.iter().map(|left| format!("{} {}", left.code.as_str(), left.message)).collect();
                    let changed: Vec<&str> =
                        mended.text.lines().filter(|line| !file.text.lines().any(|old| old == *line)).collect();
                    failures.push(format!(
                        "{}: {} {help}\n    wrote: {}\n    left: {}",
                        file.name,
                        fault.code.as_str(),
                        changed.join(" | "),
                        told.join(" | ")
                    ));
                }
            }
        }
    }
    failures
}

fn fixtures(prefix: &str) -> Vec<File> {
    let mut names: Vec<String> =
        fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    let is_scenario = |name: &String| [".toml", ".yaml", ".json"].iter().any(|ending| name.ends_with(ending));
    names
        .into_iter()
        .filter(|name| name.starts_with(prefix) && is_scenario(name))
        .filter_map(|name| fs::read_to_string(folder().join(&name)).ok().map(|text| File { name, text }))
        .collect()
}

#[test]
fn every_cure_of_every_fixture_works_when_it_is_done() {
    let mut tried = 0;
    let failures: Vec<String> = fixtures("E").iter().flat_map(|file| failures(file, true, &mut tried)).collect();
    assert!(failures.is_empty(), "{} of {tried}\n{}", failures.len(), failures.join("\n"));
    assert!(tried > 250, "only {tried} cures were tried");
}

#[test]
fn every_cure_works_where_a_file_has_many_mistakes() {
    let mut tried = 0;
    let failures: Vec<String> = fixtures("many").iter().flat_map(|file| failures(file, false, &mut tried)).collect();
    assert!(failures.is_empty(), "{} of {tried}\n{}", failures.len(), failures.join("\n"));
    assert!(tried > 40, "only {tried} cures were tried");
}
