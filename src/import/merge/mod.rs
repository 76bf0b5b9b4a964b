//! Importing again into a case that somebody works on: what is new, what changed in the source, what is gone from it, and
//! what was edited by hand.
//!
//! Everything is matched by what it is, never by where it stands: risks, controls and plans by id (else by a name that
//! stands once), figures by their key, effects by control, risk and factor. A line whose mark fits its value was not
//! edited and follows the source; any other keeps its value, and that is told. What an import wrote and somebody took out
//! or moved does not come back ([`super::ledger`]). Nothing that somebody wrote is deleted, comments stay.

use std::collections::{HashMap, HashSet};

use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, TableLike, Value};

use super::ledger::Ledger;
use super::number::Style;
use super::place::{Code, Finding, Place};
use super::write::mark;

mod effects;
mod plan;

/// What an import writes, in the order of their references.
const KINDS: [&str; 4] = ["appetite", "risk", "control", "plan"];

/// The case after the merge, and what happened to it.
///
/// # Errors
/// A case that is no TOML, or is in another currency.
pub fn merge(case_name: &str, case: &str, imported: &str) -> Result<(String, Vec<Finding>), Finding> {
    let ((case, wrote), (imported, said)) = (Ledger::split(case), Ledger::split(imported));
    let mut document = document(case_name, &case)?;
    let fresh = self::document("import", &imported)?;
    let mut merge = Merge { wrote, ..Merge::default() };
    merge.head(case_name, &mut document, &fresh)?;
    let none = ArrayOfTables::new();
    for kind in KINDS {
        let new = fresh.get(kind).and_then(Item::as_array_of_tables).unwrap_or(&none);
        if new.is_empty() && document.get(kind).is_none() {
            continue;
        }
        let target = document.entry(kind).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        match target.as_array_of_tables_mut() {
            Some(target) => merge.entries(kind, target, new),
            None if new.is_empty() => {}
            None => {
                let message = format!("`{kind}` is written as a list of inline tables: write each as [[{kind}]]");
                let cure = format!("begin each with [[{kind}]]");
                return Err(Finding::fault(Code::Unsupported, Some(Place::file(case_name)), message, cure));
            }
        }
    }
    if merge.moved > 0 {
        let message = format!("the same as before, from another cell: {}", merge.moved);
        merge.findings.push(Finding::note(None, message));
    }
    let mut text = document.to_string();
    merge.wrote.extend(said);
    merge.wrote.write(&mut text);
    Ok((text, merge.findings))
}

/// How a case says that its numbers are written: an import into it must write them so.
pub fn written_style(case: &str) -> Option<Style> {
    let document = case.parse::<DocumentMut>().ok()?;
    Style::of_pattern(document.get("numbers")?.as_str()?)
}

fn document(name: &str, text: &str) -> Result<DocumentMut, Finding> {
    text.parse::<DocumentMut>().map_err(|fault| {
        let message = format!("the case cannot be read as TOML: {}", fault.message().trim_end());
        let other = [".yaml", ".yml", ".json"].iter().any(|ending| name.to_lowercase().ends_with(ending));
        let cure = if other {
            "an import adds to a case in TOML alone: leave --into away and write the import to a file of its own with --out"
        } else {
            "mend the case; `rosi check` shows the place"
        };
        Finding::fault(Code::Unreadable, Some(Place::file(name)), message, cure)
    })
}

/// A merge as far as it has come. Ids of the case and of the source may differ.
#[derive(Default)]
struct Merge {
    /// What earlier imports wrote, under the ids of the source.
    wrote: Ledger,
    findings: Vec<Finding>,
    /// Kind and id of the source to the id of the case, where they differ.
    here: HashMap<(&'static str, String), String>,
    /// The other way.
    there: HashMap<(&'static str, String), String>,
    /// Kinds and ids of all that the case holds now.
    present: HashSet<(&'static str, String)>,
    /// Controls that are new to the case, and those that the source now says to be in place.
    added: Vec<String>,
    in_place: HashSet<String>,
    /// Figures whose cell alone is another.
    moved: usize,
}

impl Merge {
    fn note(&mut self, message: String) {
        self.findings.push(Finding::note(None, message));
    }

    /// What somebody did stays, and is told.
    fn by_hand(&mut self, message: String) {
        self.findings.push(Finding { code: Code::ByHand, ..Finding::note(None, message) });
    }

    fn kept(&mut self, at: &str, kept: &str, source: &str) {
        // Somebody may have written what the source says.
        if kept == source {
            return;
        }
        self.by_hand(format!("kept, edited by hand: {at} is {kept}; the source now says {source}"));
    }

    fn taken_out(&mut self, at: &str, source: &str) {
        let source = if source.is_empty() { String::new() } else { format!("; the source says {source}") };
        self.by_hand(format!("taken out or moved by hand, not added again: {at}{source}"));
    }

    fn here<'a>(&'a self, kind: &'static str, id: &'a str) -> &'a str {
        self.here.get(&(kind, id.to_owned())).map_or(id, String::as_str)
    }

    fn there<'a>(&'a self, kind: &'static str, id: &'a str) -> &'a str {
        self.there.get(&(kind, id.to_owned())).map_or(id, String::as_str)
    }

    /// In which currency amounts are.
    fn head(&mut self, case_name: &str, document: &mut DocumentMut, fresh: &DocumentMut) -> Result<(), Finding> {
        let text = |from: &DocumentMut, key: &str| from.get(key).and_then(Item::as_str).map(str::to_owned);
        let fault = |code, message, cure: &str| Err(Finding::fault(code, Some(Place::file(case_name)), message, cure));
        match (text(document, "currency"), text(fresh, "currency")) {
            (Some(case), Some(source)) if source == "XXX" && case != source => {
                let message =
                    format!("the source names no currency: its amounts are taken to be in {case}, as the case");
                self.findings.push(Finding::question(None, message));
            }
            (Some(case), Some(source)) if case != source => {
                let message = format!("the case is in {case}, the amounts of the source are in {source}");
                let cure = "convert the amounts in the source and name the currency of the case in its headings, or leave \
                            --into away and write a case of its own with --out";
                return fault(Code::Currency, message, cure);
            }
            _ => {}
        }
        Ok(())
    }

    fn entries(&mut self, kind: &'static str, target: &mut ArrayOfTables, new: &ArrayOfTables) {
        let ids: Vec<String> = target.iter().map(|table| key(kind, table)).collect();
        let stated: HashSet<String> = new.iter().map(|table| key(kind, table)).collect();
        let mut known: HashMap<&str, usize> = HashMap::new();
        ids.iter().enumerate().for_each(|(index, id)| {
            known.entry(id).or_insert(index);
        });
        let by_name = self.by_name(kind, target, &stated, new);
        // What a new effect may act on is known before the first is added.
        let mut found = Vec::new();
        for table in new {
            let id = key(kind, table);
            let index = known.get(id.as_str()).or_else(|| by_name.get(&id)).copied();
            if let Some(other) = index.map(|index| &ids[index]).filter(|other| **other != id) {
                self.note(format!("{kind}.{id} of the source is {kind}.{other} of the case, by its name"));
                self.here.insert((kind, id.clone()), other.clone());
                self.there.insert((kind, other.clone()), id.clone());
            }
            found.push((id, index, table));
        }
        self.present.extend(ids.iter().map(|id| (kind, id.clone())));
        let mut seen = HashSet::new();
        for (id, index, table) in found {
            match index.and_then(|index| Some((index, target.get_mut(index)?))) {
                Some((index, old)) => {
                    seen.insert(index);
                    self.entry(kind, &id, old, table);
                }
                None if self.wrote.has(kind, &id) => self.entry_taken_out(kind, &id, table),
                None => self.add(kind, &id, target, table),
            }
        }
        for (index, table) in target.iter().enumerate().take(ids.len()) {
            let id = &ids[index];
            let written = self.wrote.has(kind, self.there(kind, id)) || is_imported(table);
            if !seen.contains(&index) && kind != "plan" && written {
                self.note(format!("gone from the source, kept in the case: {kind}.{id}"));
            }
        }
    }

    /// Entries of the source that the case holds under another id: their name stands once on both sides.
    fn by_name(
        &self,
        kind: &'static str,
        target: &ArrayOfTables,
        stated: &HashSet<String>,
        new: &ArrayOfTables,
    ) -> HashMap<String, usize> {
        let mut found = HashMap::new();
        if !matches!(kind, "risk" | "control") {
            return found;
        }
        let name = |table: &Table| Some(mark(&bare(table.get("name")?.as_value()?)));
        let mut here: HashMap<String, Vec<(usize, bool)>> = HashMap::new();
        for (index, table) in target.iter().enumerate().filter(|(_, table)| !stated.contains(&key(kind, table))) {
            let Some(now) = name(table) else { continue };
            let first = table.get("name").and_then(Item::as_value).and_then(written_mark).map(str::to_owned);
            if let Some(first) = first.filter(|first| *first != now) {
                here.entry(first).or_default().push((index, false));
            }
            here.entry(now).or_default().push((index, true));
        }
        let known: HashSet<String> = target.iter().map(|table| key(kind, table)).collect();
        let mut there: HashMap<String, Vec<String>> = HashMap::new();
        for table in new.iter() {
            there.entry(name(table).unwrap_or_default()).or_default().push(key(kind, table));
        }
        for (name, ids) in there {
            if let ([id], Some([(index, current)])) = (&ids[..], here.get(&name).map(Vec::as_slice))
                && !known.contains(id)
                && (*current || self.wrote.has(kind, id))
            {
                found.insert(id.clone(), *index);
            }
        }
        found
    }

    fn entry_taken_out(&mut self, kind: &'static str, id: &str, table: &Table) {
        self.taken_out(&format!("{kind}.{id}"), "");
        if kind == "plan" {
            let planned = plan::ids(table);
            let added: Vec<&String> = self.added.iter().filter(|control| planned.contains(control)).collect();
            if !added.is_empty() {
                let message =
                    format!("in no plan yet: {}", added.iter().map(|id| id.as_str()).collect::<Vec<_>>().join(", "));
                self.findings.push(Finding::question(None, message));
            }
        }
    }

    fn add(&mut self, kind: &'static str, id: &str, target: &mut ArrayOfTables, table: &Table) {
        let mut table = table.clone();
        unplaced(&mut table);
        match kind {
            "control" if !self.add_effects(id, &mut table) => return,
            "control" => self.added.push(id.to_owned()),
            "plan" => self.add_planned(&mut table),
            _ => {}
        }
        self.note(format!("added: {kind}.{id}"));
        self.present.insert((kind, id.to_owned()));
        target.push(table);
    }

    /// What is in the case and in the source.
    fn entry(&mut self, kind: &'static str, id: &str, old: &mut Table, new: &Table) {
        let at = format!("{kind}.{}", self.here(kind, id));
        let mut stated = Vec::new();
        leaves(new, "", &mut stated);
        let said: HashSet<&str> = stated.iter().map(|(path, _)| path.as_str()).collect();
        for (path, value) in &stated {
            let place = format!("{at}.{path}");
            match find(old, path) {
                _ if path == "count" => {}
                Ok(Some(known)) if path == "controls" => self.planned(id, &place, known, value),
                Ok(Some(known)) => self.value(&place, known, value),
                Err(()) => self.kept(&place, "written another way", &shown(value)),
                Ok(None) if self.wrote.has_key(kind, id, path) => self.taken_out(&place, &shown(value)),
                Ok(None) => self.add_leaf(kind, id, old, path, value, &said),
            }
        }
        let gone: Vec<String> = self
            .wrote
            .keys(kind, id)
            .filter(|path| !said.contains(path) && !path.starts_with("effect.") && *path != "count" && kind != "plan")
            .map(str::to_owned)
            .collect();
        for path in gone {
            let Ok(Some(item)) = find(old, &path) else { continue };
            if item.as_value().is_some_and(|value| is_intact(value) && is_placeholder(value)) {
                remove(old, &path);
                self.note(format!("no longer asked: {at}.{path}"));
            } else {
                self.note(format!("gone from the source, kept in the case: {at}.{path}"));
            }
        }
        self.count(id, &at, old, new);
        if kind == "control" {
            self.effects(id, &at, old, new);
        }
    }

    /// A figure that the case lacks. Somebody's own figure for the same thing stays; one that an import wrote and the
    /// source no longer states is replaced, so that nothing counts twice.
    fn add_leaf(
        &mut self,
        kind: &'static str,
        id: &str,
        old: &mut Table,
        path: &str,
        value: &Value,
        said: &HashSet<&str>,
    ) {
        // The case is whole: it needs no placeholder for what the source no longer says.
        if is_placeholder(value) {
            return;
        }
        let at = format!("{kind}.{}", self.here(kind, id));
        let others: Vec<String> =
            siblings(old, path).into_iter().filter(|other| !said.contains(other.as_str())).collect();
        let mut replaced = Vec::new();
        for other in others {
            let Ok(Some(item)) = find(old, &other) else { continue };
            let kept = item.as_value().map_or_else(|| "a table".to_owned(), shown);
            if self.wrote.has_key(kind, id, &other) && item.as_value().is_some_and(is_intact) {
                replaced.push((other, kept));
            } else {
                return self.kept(&format!("{at}.{other}"), &kept, &format!("{path} = {}", shown(value)));
            }
        }
        for (other, was) in &replaced {
            remove(old, other);
            self.note(format!("replaced: {at}.{other} was {was}, the source now says {path} = {}", shown(value)));
        }
        if replaced.is_empty() {
            self.note(format!("added: {at}.{path}"));
        }
        if path == "in_place" {
            self.in_place.insert(self.here(kind, id).to_owned());
        }
        insert(old, path, value);
    }

    /// How a frequency counts belongs to it: a chance of one event a year, or a rate.
    fn count(&mut self, id: &str, at: &str, old: &mut Table, new: &Table) {
        let figure = |table: &Table| table.get("frequency").and_then(Item::as_value).map(figure);
        if figure(old) != figure(new) {
            return;
        }
        let wrote = self.wrote.has_key("risk", id, "count");
        match (old.get("count").and_then(Item::as_value), new.get("count").and_then(Item::as_value)) {
            (None, Some(count)) if !wrote => {
                self.note(format!("added: {at}.count"));
                old.insert("count", Item::Value(count.clone()));
            }
            (Some(count), None) if wrote && is_intact(count) => {
                self.note(format!("changed: {at}.count was {}, the source now states a rate", shown(count)));
                old.remove("count");
            }
            _ => {}
        }
    }

    fn value(&mut self, at: &str, known: &mut Item, new: &Value) {
        let Some(old) = known.as_value_mut() else { return self.kept(at, "a table", &shown(new)) };
        let intact = is_intact(old);
        if figure(old) == figure(new) {
            if intact && bare(old) != bare(new) {
                *old = new.clone();
                self.moved += 1;
            }
        } else if is_placeholder(new) && !is_placeholder(old) {
            self.note(format!("gone from the source, kept in the case: {at}"));
        } else if intact {
            self.note(format!("changed: {at} was {}, is {}", shown(old), shown(new)));
            *old = new.clone();
        } else if answered(old) != answered(new) && (written_mark(old).is_some() || written_mark(new).is_some()) {
            self.kept(at, &shown(old), &shown(new));
        }
    }
}

/// What tells an entry from others of its kind.
fn key(kind: &str, table: &Table) -> String {
    let key = if kind == "appetite" { "name" } else { "id" };
    table.get(key).and_then(Item::as_str).unwrap_or_default().to_owned()
}

/// Whether an import wrote a table.
fn is_imported(table: &Table) -> bool {
    table.iter().any(|(_, item)| item.as_value().is_some_and(|value| written_mark(value).is_some()))
}

/// The mark behind a value.
fn written_mark(value: &Value) -> Option<&str> {
    let comment = value.decor().suffix()?.as_str()?;
    let (_, mark) = comment.rsplit_once("import ")?;
    Some(mark.trim()).filter(|mark| mark.len() == 6)
}

/// Whether a value is as an import wrote it.
fn is_intact(value: &Value) -> bool {
    written_mark(value) == Some(mark(&bare(value)).as_str())
}

/// Whether a value is an import's own, for what the source lacks.
fn is_placeholder(value: &Value) -> bool {
    value.as_inline_table().is_some_and(|table| {
        table.get("why").and_then(Value::as_str).is_some_and(|why| why.starts_with("asked on import:"))
            && table.get("source").is_none()
    })
}

/// A value without what surrounds it.
fn bare(value: &Value) -> String {
    value.clone().decorated("", "").to_string()
}

fn without(value: &Value, keys: &[&str]) -> Value {
    let mut value = value.clone().decorated("", "");
    if let Some(table) = value.as_inline_table_mut() {
        keys.iter().for_each(|key| {
            table.remove(key);
        });
        table.fmt();
    }
    value
}

/// What a value states, wherever it comes from.
fn figure(value: &Value) -> String {
    without(value, &["source", "why"]).to_string().split_whitespace().collect()
}

/// The same once its question is answered.
fn answered(value: &Value) -> String {
    without(value, &["source", "why", "example"]).to_string().split_whitespace().collect()
}

/// A value as it is told.
fn shown(value: &Value) -> String {
    let value = without(value, &["source", "why"]);
    let only = |table: &InlineTable| Some(bare(table.get("value").filter(|_| table.len() == 1)?));
    value.as_inline_table().and_then(only).unwrap_or_else(|| value.to_string())
}

/// Every value of a table with its path; effects and the id apart.
fn leaves<'a>(table: &'a dyn TableLike, path: &str, out: &mut Vec<(String, &'a Value)>) {
    for (key, item) in table.iter() {
        let at = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        match item {
            Item::Value(value) if at != "id" => out.push((at, value)),
            Item::Table(table) => leaves(table, &at, out),
            _ => {}
        }
    }
}

/// What stands at a path; an error where the way there is no table.
fn find<'a>(table: &'a mut dyn TableLike, path: &str) -> Result<Option<&'a mut Item>, ()> {
    match path.split_once('.') {
        None => Ok(table.get_mut(path)),
        Some((head, rest)) => match table.get_mut(head) {
            None => Ok(None),
            Some(item) => find(item.as_table_like_mut().ok_or(())?, rest),
        },
    }
}

fn insert(table: &mut dyn TableLike, path: &str, value: &Value) {
    let Some((head, rest)) = path.split_once('.') else {
        table.insert(path, Item::Value(value.clone()));
        return;
    };
    if table.get(head).is_none() {
        let mut dotted = Table::new();
        dotted.set_dotted(true);
        table.insert(head, Item::Table(dotted));
    }
    let Some(item) = table.get_mut(head) else { return };
    // A comment cannot stand within braces.
    let plain = value.clone().decorated(" ", " ");
    let value = if item.is_value() { &plain } else { value };
    if let Some(within) = item.as_table_like_mut() {
        insert(within, rest, value);
    }
}

fn remove(table: &mut dyn TableLike, path: &str) {
    match path.split_once('.') {
        None => {
            table.remove(path);
        }
        Some((head, rest)) => {
            let Some(within) = table.get_mut(head).and_then(Item::as_table_like_mut) else { return };
            remove(within, rest);
            if within.is_empty() {
                table.remove(head);
            }
        }
    }
}

/// Other ways in which the case says the same as a path: two of them would count twice, or exclude each other.
fn siblings(table: &Table, path: &str) -> Vec<String> {
    let within = |key: &str| -> Vec<String> {
        let table = key.split('.').try_fold(table as &dyn TableLike, |table, key| table.get(key)?.as_table_like());
        table.map_or_else(Vec::new, |table| table.iter().map(|(name, _)| format!("{key}.{name}")).collect())
    };
    let group = match path.rsplit_once('.') {
        None if path == "frequency" => within("threat"),
        Some(("threat", _)) => [within("threat"), vec!["frequency".to_owned()]].concat(),
        Some(("cost", _)) => vec!["cost.initial".to_owned(), "cost.yearly".to_owned()],
        Some((group @ ("loss" | "secondary.loss"), _)) => within(group),
        _ => Vec::new(),
    };
    group.into_iter().filter(|other| other != path).collect()
}

/// Takes a table and those within it from their places in the file it was read from, so that they follow what they
/// belong to.
fn unplaced(table: &mut Table) {
    table.set_position(None);
    for (_, item) in table.iter_mut() {
        match item {
            Item::Table(table) => unplaced(table),
            Item::ArrayOfTables(list) => list.iter_mut().for_each(unplaced),
            _ => {}
        }
    }
}
