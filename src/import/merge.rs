//! Importing again into a case that somebody works on: what is new, what changed in the source, what is gone from it, and
//! what was edited by hand.
//!
//! Risks, controls and plans are matched by id, effects by risk and factor. A line whose mark fits its value was not edited
//! and follows the source; any other keeps its value, and that is told. Nothing is deleted, comments stay.

use std::collections::{HashMap, HashSet};

use toml_edit::{Array, ArrayOfTables, DocumentMut, Item, Table, TableLike, Value};

use super::place::{Code, Finding, Place};
use super::write::mark;

/// The case after the merge, and what happened to it.
///
/// # Errors
/// A case that is no TOML.
pub fn merge(case_name: &str, case: &str, imported: &str) -> Result<(String, Vec<Finding>), Finding> {
    let read = |name: &str, text: &str| {
        text.parse::<DocumentMut>().map_err(|fault| {
            let message = format!("the case cannot be read as TOML: {}", fault.message());
            Finding::fault(
                Code::Unreadable,
                Some(Place::file(name)),
                message,
                "mend the case; `rosi check` shows the place",
            )
        })
    };
    let mut document = read(case_name, case)?;
    let fresh = read("import", imported)?;
    let mut findings = Vec::new();
    // What an import writes has a point for decimals; the case must read it so.
    match (document.get("numbers").and_then(Item::as_str).map(str::to_owned), fresh.get("numbers")) {
        (Some(pattern), _) if super::Style::of_pattern(&pattern) == Some(super::Style::Comma) => {
            let message =
                format!("the case writes numbers as {pattern}, an import writes them with a point for decimals");
            let cure = "write the amounts of the case with a point, set `numbers = \"1,234.5\"`, and import again";
            return Err(Finding::fault(Code::Unsupported, Some(Place::file(case_name)), message, cure));
        }
        (None, Some(numbers)) => {
            findings.push(Finding::note(None, "added: numbers, how numbers are written in the case"));
            document.insert("numbers", numbers.clone());
        }
        _ => {}
    }
    for kind in ["appetite", "risk", "control", "plan"] {
        let Some(new) = fresh.get(kind).and_then(Item::as_array_of_tables) else { continue };
        if document.get(kind).is_some_and(|item| item.as_array_of_tables().is_none()) {
            let message = format!("`{kind}` is written as a list of inline tables: write each as [[{kind}]]");
            return Err(Finding::fault(
                Code::Unsupported,
                Some(Place::file(case_name)),
                message,
                format!("begin each with [[{kind}]]"),
            ));
        }
        let target = document.entry(kind).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new()));
        let Some(target) = target.as_array_of_tables_mut() else { continue };
        tables(kind, target, new, &mut findings);
    }
    Ok((document.to_string(), findings))
}

/// What tells an entry from others of its kind.
fn key(kind: &str, table: &Table) -> String {
    let text = |key: &str| table.get(key).and_then(Item::as_str).unwrap_or_default();
    match kind {
        "effect" => format!("{} on {}", text("risk"), text("on")),
        "appetite" => text("name").to_owned(),
        _ => text("id").to_owned(),
    }
}

fn tables(kind: &str, target: &mut ArrayOfTables, new: &ArrayOfTables, findings: &mut Vec<Finding>) {
    let known: HashMap<String, usize> =
        target.iter().enumerate().map(|(index, table)| (key(kind, table), index)).collect();
    let mut seen = HashSet::new();
    for table in new {
        let name = key(kind, table);
        seen.insert(name.clone());
        match known.get(&name).and_then(|index| target.get_mut(*index)) {
            Some(old) => entries(&format!("{kind}.{name}"), old, table, findings),
            None => {
                findings.push(Finding::note(None, format!("added: {kind}.{name}")));
                let mut table = table.clone();
                table.set_position(None);
                target.push(table);
            }
        }
    }
    for table in target.iter().filter(|table| is_imported(table)) {
        let name = key(kind, table);
        if !seen.contains(&name) && kind != "plan" {
            findings.push(Finding::note(None, format!("gone from the source, kept in the case: {kind}.{name}")));
        }
    }
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

/// A value without what surrounds it.
fn bare(value: &Value) -> String {
    value.clone().decorated("", "").to_string()
}

fn entries(path: &str, old: &mut dyn TableLike, new: &dyn TableLike, findings: &mut Vec<Finding>) {
    for (name, item) in new.iter() {
        let at = format!("{path}.{name}");
        match item {
            Item::Value(value) if !matches!((path, name), (_, "id")) => {
                let Some(known) = old.get_mut(name) else {
                    findings.push(Finding::note(None, format!("added: {at}")));
                    old.insert(name, item.clone());
                    continue;
                };
                values(&at, name, known, value, findings);
            }
            Item::Table(table) => match old.get_mut(name) {
                Some(known) => match known.as_table_like_mut() {
                    Some(known) => entries(&at, known, table, findings),
                    None => by_hand(&at, "a value", "a table", findings),
                },
                None => {
                    findings.push(Finding::note(None, format!("added: {at}")));
                    old.insert(name, item.clone());
                }
            },
            Item::ArrayOfTables(list) => match old.get_mut(name) {
                Some(Item::ArrayOfTables(known)) => tables(name, known, list, findings),
                Some(_) => by_hand(&at, "a list", "tables", findings),
                None => {
                    findings.push(Finding::note(None, format!("added: {at}")));
                    old.insert(name, item.clone());
                }
            },
            _ => {}
        }
    }
}

fn by_hand(at: &str, kept: &str, source: &str, findings: &mut Vec<Finding>) {
    findings.push(Finding {
        weight: super::Weight::Note,
        code: Code::ByHand,
        place: None,
        message: format!("kept, edited by hand: {at} is {kept}; the source now says {source}"),
        cure: String::new(),
    });
}

fn values(at: &str, name: &str, known: &mut Item, new: &Value, findings: &mut Vec<Finding>) {
    let Some(old) = known.as_value_mut() else {
        return by_hand(at, "a table", &bare(new), findings);
    };
    // A plan takes what is new; what somebody took out of it would come back with its control only.
    if let (Value::Array(old), Value::Array(new), "controls") = (&mut *old, new, name) {
        return planned(at, old, new, findings);
    }
    let (before, now) = (bare(old), bare(new));
    if mark(&before) == mark(&now) {
        return;
    }
    let marked = written_mark(old).map(str::to_owned);
    if marked == Some(mark(&before)) {
        findings.push(Finding::note(None, format!("changed: {at} was {before}, is {now}")));
        *old = new.clone();
    } else if marked.is_some() || written_mark(new).is_some() {
        by_hand(at, &before, &now, findings);
    }
}

fn planned(at: &str, old: &mut Array, new: &Array, findings: &mut Vec<Finding>) {
    let id = |value: &Value| -> Option<String> {
        value.as_str().map(str::to_owned).or_else(|| {
            value.as_inline_table().and_then(|table| table.get("id")).and_then(Value::as_str).map(str::to_owned)
        })
    };
    let known: HashSet<String> = old.iter().filter_map(id).collect();
    for value in new.iter() {
        if let Some(id) = id(value).filter(|id| !known.contains(id)) {
            findings.push(Finding::note(None, format!("added: {id} to {at}")));
            old.push(id);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(key: &str, value: &str) -> String {
        format!("{key} = {value} # B2 · import {}\n", mark(value))
    }

    #[test]
    fn what_was_not_edited_follows_the_source_and_what_was_edited_stays() {
        let old = format!(
            "# mine\nschema = 1\n\n[[risk]]\nid = \"a\"\n{}{}",
            line("frequency", "{ value = \"1 per year\" }"),
            line("name", "\"A\"")
        );
        let new = old
            .replace("1 per year", "2 per year")
            .replace(&mark("{ value = \"1 per year\" }"), &mark("{ value = \"2 per year\" }"));
        let (text, findings) = merge("case.toml", &old, &new).unwrap();
        assert!(text.starts_with("# mine") && text.contains("2 per year"), "{text}");
        assert!(findings[0].message.starts_with("changed: risk.a.frequency"), "{findings:?}");
        let edited = old.replace("1 per year", "5 per year");
        let (text, findings) = merge("case.toml", &edited, &new).unwrap();
        assert!(text.contains("5 per year") && findings[0].code == Code::ByHand, "{text}\n{findings:?}");
        let (text, findings) = merge("case.toml", &old, &old).unwrap();
        assert_eq!((text, findings.len()), (old, 0));
    }

    #[test]
    fn what_is_new_is_added_and_what_is_gone_is_kept_and_told() {
        let one = |id: &str| format!("[[risk]]\nid = \"{id}\"\n{}\n", line("name", "\"X\""));
        let (text, findings) = merge("case.toml", &one("a"), &one("b")).unwrap();
        assert!(text.contains("\"a\"") && text.contains("\"b\""), "{text}");
        let told: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(told, ["added: risk.b", "gone from the source, kept in the case: risk.a"]);
    }
}
