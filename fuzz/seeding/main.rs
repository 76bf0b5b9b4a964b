//! Writes what the target `scenario` begins with: the bundled scenarios in all three syntaxes, the
//! fixtures of the diagnostics, and a dictionary of every key, word and unit.
//!
//! `cargo run --manifest-path fuzz/Cargo.toml --features seeding --bin seeding` from the root of the repository.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use rosi::internal::scenario::grammar;
use rosi::internal::scenario::syntax::{Node, Syntax, Value, parse};
use serde_json::Value as Json;

/// The longest seed: what takes many kilobytes teaches nothing that a smaller one does not.
const LONGEST: usize = 16 * 1024;

/// Units, multiples and signs of quantities.
const UNITS: &[&str] = &[
    "1 in 20 years", "per year", "per month", "per hour", "per week", "per day", "a year", "times", "every", "once",
    "hours", "days", "weeks", "months", "years", "minute", "fte", "k", "M", "bn", "T", "million", "%", "percent",
    "EUR ", "USD ", "JPY", "€", "$", "1e20", "1e9", "0.000000001", "99999999", "inf", "nan", "year 2", "month 7",
    "2027-01-31", "[[", "]]", "{ ", " }", " = ", ": ", "- ", "\"",
];

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().ok_or("no parent folder")?;
    let corpus = root.join("fuzz/corpus/scenario");
    fs::create_dir_all(&corpus)?;
    let mut written = 0;
    let mut seed = |name: &str, syntax: Syntax, text: &[u8]| -> Result<(), Box<dyn Error>> {
        if text.len() < LONGEST {
            let choice = [Syntax::Toml, Syntax::Yaml, Syntax::Json].iter().position(|one| *one == syntax);
            let mut bytes = vec![u8::try_from(choice.unwrap_or(0))?];
            bytes.extend_from_slice(text);
            fs::write(corpus.join(name), bytes)?;
            written += 1;
        }
        Ok(())
    };
    for path in files(&root.join("scenarios"))? {
        let Some(folder) = path.parent().and_then(Path::file_name).and_then(|name| name.to_str()) else { continue };
        if path.extension().is_some_and(|ending| ending == "toml") {
            let text = fs::read(&path)?;
            let tree = parse(&text, Syntax::Toml).map_err(|faults| format!("{}: {faults:?}", path.display()))?;
            seed(&format!("{folder}.toml"), Syntax::Toml, &text)?;
            seed(&format!("{folder}.yaml"), Syntax::Yaml, yaml(&tree, 0).as_bytes())?;
            seed(&format!("{folder}.json"), Syntax::Json, json(&tree).to_string().as_bytes())?;
        }
    }
    for path in files(&root.join("tests/diagnostics"))?.into_iter().chain(files(&root.join("tests/reference"))?) {
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
        if let Some(syntax) = Syntax::from_name(name) {
            seed(name, syntax, &fs::read(&path)?)?;
        }
    }
    let dictionary = dictionary();
    fs::write(root.join("fuzz/scenario.dict"), &dictionary)?;
    let entries = dictionary.lines().count();
    // A tool for the terminal: what it did is its result.
    #[expect(clippy::print_stdout, reason = "the result of a tool")]
    {
        println!("{written} seeds in {}, {entries} words in fuzz/scenario.dict", corpus.display());
    }
    Ok(())
}

/// Every file under a folder, in order.
fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { found.extend(files(&path)?) } else { found.push(path) }
    }
    found.sort();
    Ok(found)
}

fn json(node: &Node) -> Json {
    match &node.value {
        Value::Null => Json::Null,
        Value::Bool(flag) => Json::Bool(*flag),
        Value::Number(text) => serde_json::from_str(text).unwrap_or(Json::String(text.clone())),
        Value::Text(text) => Json::String(text.clone()),
        Value::List(nodes) => nodes.iter().map(json).collect(),
        Value::Table(table) => table.entries.iter().map(|entry| (entry.key.clone(), json(&entry.node))).collect(),
    }
}

/// Block style, as people write it; texts in double quotes.
fn yaml(node: &Node, indent: usize) -> String {
    let mut text = String::new();
    let margin = " ".repeat(indent);
    match &node.value {
        Value::Table(table) if !table.entries.is_empty() => {
            for entry in &table.entries {
                let _ = match &entry.node.value {
                    Value::Table(_) | Value::List(_) => {
                        write!(text, "{margin}{}:\n{}", entry.key, yaml(&entry.node, indent + 2))
                    }
                    _ => writeln!(text, "{margin}{}: {}", entry.key, json(&entry.node)),
                };
            }
        }
        Value::List(nodes) if !nodes.is_empty() => {
            for node in nodes {
                let block = yaml(node, indent + 2);
                let _ = write!(text, "{margin}- {}", block.trim_start());
            }
        }
        _ => {
            let _ = writeln!(text, "{margin}{}", json(node));
        }
    }
    text
}

/// Keys, words and units, in the form of libFuzzer.
fn dictionary() -> String {
    fn collect(schema: &Json, words: &mut BTreeSet<String>) {
        match schema {
            Json::Object(table) => {
                for (key, inner) in table {
                    if let ("properties", Json::Object(keys)) = (key.as_str(), inner) {
                        words.extend(keys.keys().cloned());
                    }
                    if let ("enum" | "const", Json::Array(_) | Json::String(_)) = (key.as_str(), inner) {
                        let values = inner.as_array().cloned().unwrap_or_else(|| vec![inner.clone()]);
                        words.extend(values.iter().filter_map(Json::as_str).map(str::to_owned));
                    }
                    collect(inner, words);
                }
            }
            Json::Array(list) => list.iter().for_each(|inner| collect(inner, words)),
            _ => {}
        }
    }
    let mut words: BTreeSet<String> = UNITS.iter().map(|word| (*word).to_owned()).collect();
    collect(&grammar::schema(), &mut words);
    let escaped = |word: &str| -> String {
        word.bytes()
            .map(|byte| match byte {
                b'"' | b'\\' => format!("\\{}", char::from(byte)),
                b' '..=b'~' => char::from(byte).to_string(),
                _ => format!("\\x{byte:02X}"),
            })
            .collect()
    };
    // libFuzzer takes words of at most 64 bytes.
    words.iter().filter(|word| word.len() <= 60).map(|word| format!("\"{}\"\n", escaped(word))).collect()
}
