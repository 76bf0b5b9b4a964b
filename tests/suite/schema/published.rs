//! What is published: `docs/schema.json` and `docs/file-format.md`.

use std::collections::BTreeSet;
use std::fs;

use rosi::internal::scenario::grammar;
use rosi::internal::scenario::{Source, parse};
use serde_json::{Value, json};

use super::validator;
use crate::cli::rosi;

/// The file in `docs` holds this text; `ROSI_UPDATE=1` writes it.
pub fn up_to_date(name: &str, text: &str) {
    let path = format!("{}/docs/{name}", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("ROSI_UPDATE").is_some() {
        fs::write(&path, text).unwrap();
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(written == text, "docs/{name} is out of date: ROSI_UPDATE=1 cargo test --test suite writes it");
}

#[test]
fn the_published_schema_is_what_the_command_prints() {
    let output = rosi(&["schema"]);
    assert!(output.status.success());
    up_to_date("schema.json", &String::from_utf8(output.stdout).unwrap());
}

#[test]
fn the_published_page_is_what_the_reader_reads() {
    up_to_date("file-format.md", &grammar::page());
}

#[test]
fn the_schema_is_one_to_the_standard() {
    assert!(jsonschema::draft7::meta::is_valid(&grammar::schema()));
}

#[test]
fn bundled_scenarios_are_valid_to_the_schema() {
    let validator = validator();
    for name in ["ransomware", "soc-automation", "card-payments", "small-office", "three-vendors"] {
        let path = format!("{}/scenarios/{name}/scenario.toml", env!("CARGO_MANIFEST_DIR"));
        let document = crate::syntaxes::json_of(&fs::read(path).unwrap(), "scenario.toml");
        let told = validator.validate(&document).map_err(|error| format!("{error} at {}", error.instance_path()));
        assert_eq!(told, Ok(()), "{name}");
    }
}

/// Every part of the schema that is a schema itself.
fn parts<'s>(schema: &'s Value, at: String, found: &mut Vec<(String, &'s Value)>) {
    let Value::Object(table) = schema else { return };
    found.push((at.clone(), schema));
    for (key, inner) in table {
        match (key.as_str(), inner) {
            ("properties" | "definitions", Value::Object(named)) => {
                named.iter().for_each(|(name, part)| parts(part, format!("{at}/{key}/{name}"), found));
            }
            ("anyOf" | "oneOf" | "allOf", Value::Array(list)) => {
                list.iter().enumerate().for_each(|(index, part)| parts(part, format!("{at}/{key}/{index}"), found));
            }
            ("items" | "if" | "then" | "else", part) => parts(part, format!("{at}/{key}"), found),
            _ => {}
        }
    }
}

#[test]
fn examples_and_defaults_of_the_schema_are_valid_where_they_stand() {
    let schema = grammar::schema();
    let mut all = Vec::new();
    parts(&schema, String::new(), &mut all);
    let mut seen = 0;
    for (at, part) in all {
        let examples = part.get("examples").and_then(Value::as_array).cloned().unwrap_or_default();
        let shown: Vec<Value> = examples.into_iter().chain(part.get("default").cloned()).collect();
        if shown.is_empty() {
            continue;
        }
        let alone = json!({ "definitions": schema["definitions"], "allOf": [part] });
        let validator = jsonschema::draft7::new(&alone).unwrap();
        for value in shown {
            let told = validator.validate(&value).map_err(|error| error.to_string());
            assert_eq!(told, Ok(()), "{value} at {at}");
            seen += 1;
        }
    }
    assert!(seen > 200, "{seen}");
}

/// The definitions that tables refer to: a key in one of them is a key of the file.
#[test]
fn every_key_is_explained_with_an_example_and_has_its_row_on_the_page() {
    let schema = grammar::schema();
    let page = grammar::page();
    let mut all = Vec::new();
    parts(&schema, String::new(), &mut all);
    let mut keys = BTreeSet::new();
    for (at, part) in all.iter().filter(|(_, part)| part.get("additionalProperties") == Some(&json!(false))) {
        for (key, property) in part["properties"].as_object().into_iter().flatten() {
            let told = property["description"].as_str().unwrap_or_default();
            assert!(!told.is_empty(), "{at}: {key}");
            assert!(at.contains("_range") || told.contains(" Example: "), "{at}: {key}: {told}");
            keys.insert(key.clone());
        }
    }
    assert!(keys.len() > 100);
    for key in keys {
        assert!(page.contains(&format!("\n| `{key}` |")), "{key} is not on the page");
    }
}

#[test]
fn the_cases_on_the_page_are_valid_and_the_same_in_every_syntax() {
    let page = grammar::page();
    let block = |syntax: &str| -> Vec<u8> {
        let (_, after) = page.split_once(&format!("```{syntax}\n")).unwrap_or_else(|| panic!("no {syntax}"));
        after.split_once("```").unwrap().0.into()
    };
    let validator = validator();
    let documents = ["toml", "yaml", "json"].map(|syntax| {
        let (text, name) = (block(syntax), format!("case.{syntax}"));
        let parsed = parse(&Source::new(&name, text.clone())).unwrap_or_else(|faults| panic!("{syntax}: {faults:?}"));
        assert!(parsed.warnings.iter().all(|advice| advice.code.as_str() == "W0506"), "{:?}", parsed.warnings);
        let mut document = crate::syntaxes::json_of(&text, &name);
        assert!(validator.is_valid(&document), "{syntax}");
        document.as_object_mut().unwrap().remove("$schema");
        document
    });
    assert_eq!(documents[0], documents[1]);
    assert_eq!(documents[0], documents[2]);
}

#[test]
fn the_lines_that_name_the_schema_to_editors_are_read_in_every_syntax() {
    let page = grammar::page();
    let toml = "schema = 1\ntitle = \"t\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"a\"\nname = \"A\"\nfrequency = \"1 per year\"\nloss = { response = \"5k\" }\n";
    let yaml =
        "schema: 1\ntitle: t\ncurrency: EUR\nrisk: [{id: a, name: A, frequency: 1 per year, loss: {response: 5k}}]\n";
    let json = "\"schema\": 1, \"title\": \"t\", \"currency\": \"EUR\", \"risk\": [{\"id\": \"a\", \"name\": \"A\", \"frequency\": \"1 per year\", \"loss\": {\"response\": \"5k\"}}]}";
    let lines = [
        ("toml", "#:schema ./rosi.schema.json", toml),
        ("yaml", "# yaml-language-server: $schema=./rosi.schema.json", yaml),
        ("json", "\"$schema\": \"./rosi.schema.json\",", json),
    ];
    for (syntax, line, rest) in lines {
        assert!(page.contains(&format!("`{line}`")), "{line}");
        let open = if syntax == "json" { "{" } else { "" };
        let source = Source::new(format!("case.{syntax}"), format!("{open}{line}\n{rest}"));
        parse(&source).unwrap_or_else(|faults| panic!("{syntax}: {faults:?}"));
    }
    // The key of JSON may stand in the other two as well.
    for (syntax, text) in [("toml", format!("\"$schema\" = \"x\"\n{toml}")), ("yaml", format!("$schema: x\n{yaml}"))] {
        parse(&Source::new(format!("case.{syntax}"), text)).unwrap_or_else(|faults| panic!("{syntax}: {faults:?}"));
    }
}
