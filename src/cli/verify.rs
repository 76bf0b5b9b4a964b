//! `rosi verify`: are the figures of a paper the ones that this scenario gives?

use std::fs;
use std::path::PathBuf;

use clap::Args;
use serde_json::Value;

use super::case::{Case, How};
use super::report::Form;
use super::{Failed, Terminal, files};

/// The arguments of `rosi verify`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The paper: .json of `rosi assess`, or .html, .pdf, .xlsx or .md of `rosi report`
    paper: PathBuf,
    /// The scenario that it was made from
    file: PathBuf,
    #[command(flatten)]
    how: How,
}

/// How many differences are told.
const SHOWN: usize = 5;

/// Runs `rosi verify`; the result is whether the figures are the same.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<bool, Failed> {
    let paper = fs::read(&arguments.paper).map_err(|fault| {
        terminal.fault(&format!("{} cannot be read: {fault}", arguments.paper.display()), &["name the paper"]);
        Failed
    })?;
    let is_json = arguments.paper.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let form = Form::of(&arguments.paper).filter(|_| !is_json);
    if !is_json && form.is_none() {
        let fault = format!("{}: this ending says nothing about what kind of paper it is", arguments.paper.display());
        terminal.fault(&fault, &[&format!("name a file that ends in .json, {}", Form::known())]);
        return Err(Failed);
    }
    let source = files::source(&arguments.file, terminal)?;
    let hash = source.sha256();
    let text = String::from_utf8_lossy(&paper);
    // A workbook is packed: its hash is not to be seen from outside.
    let names_another = text.contains("scenario") && !text.contains(&hash[..12]) && !paper.starts_with(b"PK");
    if names_another {
        let name = arguments.file.display();
        terminal.fault(
            &format!("{} was made from another scenario than {name}", arguments.paper.display()),
            &[&format!(
                "the scenario {name} has the hash {}; `rosi compare` tells what two versions differ by",
                &hash[..12]
            )],
        );
        return Ok(false);
    }
    let how = arguments.how.as_in(&text);
    let differences = if is_json {
        let written: Value = serde_json::from_slice(&paper).map_err(|fault| {
            terminal.fault(
                &format!("{} is no JSON: {fault}", arguments.paper.display()),
                &["name a file that `rosi assess --format json` wrote"],
            );
            Failed
        })?;
        let has = |key: &str| written["plans"][0][key].is_array();
        let how = how.with_sensitivity(has("sensitivity"));
        let report = Case::of(Some(&arguments.file), &how, terminal)?.report();
        let mut found = Vec::new();
        differ(&written, &crate::render::value(&report.assessment), "", &mut found);
        found
    } else {
        let fresh = Case::for_paper(Some(&arguments.file), &how, terminal)?.paper();
        let mut unlike = Vec::new();
        for form in form.into_iter().flat_map(Form::variants) {
            let made = form.made(&fresh).map_err(|fault| {
                terminal.fault(&format!("the paper cannot be made again: {fault}"), &[]);
                Failed
            })?;
            unlike = lines(&paper, &made.bytes);
            if unlike.is_empty() {
                break;
            }
        }
        unlike
    };
    let (paper, file) = (arguments.paper.display(), arguments.file.display());
    if differences.is_empty() {
        terminal.result(&format!("{paper}: these are the figures that {file} gives.\n"))?;
        return Ok(true);
    }
    let mut told: Vec<String> = differences.iter().take(SHOWN).cloned().collect();
    if differences.len() > SHOWN {
        told.push(format!("and {} more", differences.len() - SHOWN));
    }
    told.push("if it was made with other options (--plan, --method, --years, --seed), give them here too".to_owned());
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    terminal.fault(&format!("{paper}: these are not the figures that {file} gives"), &told);
    Ok(false)
}

/// Where two trees of figures differ.
fn differ(written: &Value, fresh: &Value, path: &str, found: &mut Vec<String>) {
    let join = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match (written, fresh) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, value) in b {
                match a.get(key) {
                    Some(other) => differ(other, value, &join(key), found),
                    None => found.push(format!("{}: missing", join(key))),
                }
            }
            found.extend(a.keys().filter(|key| !b.contains_key(*key)).map(|key| format!("{}: unknown", join(key))));
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                let name = b["id"].as_str().map_or_else(|| index.to_string(), str::to_owned);
                differ(a, b, &join(&name), found);
            }
        }
        (a, b) if a == b => {}
        (a, b) => found.push(format!("{path}: {a} in the paper, {b} anew")),
    }
}

/// How files begin whose lines say nothing to people.
const PACKED: [&[u8]; 2] = [b"PK", b"%PDF"];

/// Where two papers differ, line by line; a packed one has no lines that say anything.
fn lines(written: &[u8], fresh: &[u8]) -> Vec<String> {
    if written == fresh {
        return Vec::new();
    }
    let is_packed = PACKED.iter().any(|mark| written.starts_with(mark));
    let (false, Ok(a), Ok(b)) = (is_packed, std::str::from_utf8(written), std::str::from_utf8(fresh)) else {
        return vec!["the file that rosi makes from this scenario is another one".to_owned()];
    };
    let cut = |line: &str, at: usize| line.chars().skip(at.saturating_sub(30)).take(80).collect::<String>();
    let place = |a: &str, b: &str| a.chars().zip(b.chars()).position(|(a, b)| a != b).unwrap_or(0);
    let unlike = a.lines().zip(b.lines()).filter(|(a, b)| a != b);
    let mut found: Vec<String> = unlike
        .map(|(a, b)| {
            let at = place(a, b);
            format!("\"…{}…\" in the paper, \"…{}…\" anew", cut(a, at), cut(b, at))
        })
        .collect();
    if found.is_empty() {
        found.push("one of the two is longer".to_owned());
    }
    found
}
