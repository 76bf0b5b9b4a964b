//! The same content is the same tree, with every part in its place.

use super::*;

const TOML: &str = r#"schema = 1
title = "Größe & 💶"
price = 1.10
share = "85%"
loss = "2.5M"
chance = "1 in 20"
due = 2026-09-30
on = true
empty = []
names = ["a", "yes", "null"]
nested = { z = 1, a = -0.0, deep = { x = 1e3 } }

[[risk]]
id = "b"
[risk.loss]
low = "40k"

[[risk]]
id = "a"
"#;

const YAML: &str = r#"# the same
schema: 1
title: Größe & 💶
price: 1.10
share: 85%
loss: 2.5M
chance: 1 in 20
due: 2026-09-30
on: true
empty: []
names: [a, yes, "null"]
nested: {z: 1, a: -0.0, deep: {x: 1e3}}
risk:
- id: b
  loss:
    low: 40k
- id: 'a'
"#;

const JSON: &str = r#"{"schema": 1, "title": "Größe & \ud83d\udcb6", "price": 1.10, "share": "85%",
 "loss": "2.5M", "chance": "1 in 20", "due": "2026-09-30", "on": true, "empty": [],
 "names": ["a", "yes", "null"], "nested": {"z": 1, "a": -0.0, "deep": {"x": 1e3}},
 "risk": [{"id": "b", "loss": {"low": "40k"}}, {"id": "a"}]}"#;

#[test]
fn the_same_content_is_the_same_tree_in_all_three_syntaxes() {
    let toml = erased(&tree(TOML, Syntax::Toml));
    assert_eq!(toml, erased(&tree(YAML, Syntax::Yaml)));
    assert_eq!(toml, erased(&tree(JSON, Syntax::Json)));
}

#[test]
fn windows_line_ends_change_nothing_but_the_places() {
    for (text, syntax) in [(TOML, Syntax::Toml), (YAML, Syntax::Yaml), (JSON, Syntax::Json)] {
        let windows = text.replace('\n', "\r\n");
        assert_eq!(erased(&tree(text, syntax)), erased(&tree(&windows, syntax)));
    }
}

/// Every scalar and key lies where it is written.
fn check(node: &Node, text: &str) {
    let written = &text[node.span.start..node.span.end];
    match &node.value {
        Value::Number(number) => assert_eq!(written, number),
        Value::Bool(is) => assert_eq!(written, is.to_string()),
        Value::Text(value) if value.contains('💶') => assert!(written.contains("Größe"), "{written}"),
        Value::Text(value) => assert_eq!(written.trim_matches(['"', '\'']), value),
        Value::Null => assert_eq!(written, ""),
        Value::List(items) => items.iter().for_each(|item| check(item, text)),
        Value::Table(table) => {
            for entry in &table.entries {
                let key = &text[entry.key_span.start..entry.key_span.end];
                assert_eq!(key.trim_matches('"'), entry.key);
                check(&entry.node, text);
            }
        }
    }
}

#[test]
fn every_value_and_key_lies_where_it_is_written_after_accents_emoji_crlf_and_a_mark() {
    for (text, syntax) in [(TOML, Syntax::Toml), (YAML, Syntax::Yaml), (JSON, Syntax::Json)] {
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            check(&tree(&text, syntax), &text);
            let marked = format!("\u{feff}{text}");
            check(&tree(&marked, syntax), &marked);
        }
    }
}

#[test]
fn yaml_flow_and_block_lists_end_where_they_are_written() {
    let text = "a:\n  - é\n  - b\nc: {x: 1}\n";
    let root = tree(text, Syntax::Yaml);
    let Value::Table(table) = root.value else { panic!("a table") };
    let spans: Vec<&str> = table.entries.iter().map(|e| &text[e.node.span.start..e.node.span.end]).collect();
    assert_eq!(spans, ["- é\n  - b", "{x: 1}"]);
}

#[test]
fn only_true_and_false_are_booleans_in_yaml() {
    let text = "a: [yes, no, on, off, NO, y]\nb: [true, FALSE]\n";
    let json = r#"{"a": ["yes", "no", "on", "off", "NO", "y"], "b": [true, false]}"#;
    assert_eq!(erased(&tree(text, Syntax::Yaml)), erased(&tree(json, Syntax::Json)));
}

#[test]
fn yaml_numbers_are_those_of_the_core_schema_and_keep_their_text() {
    let numbers = ["1.10", ".inf", "-.INF", ".nan", "0x1F", "0o17", "+1", "-0", "1e5", "5.", ".5", "007"];
    let texts = ["1_000", "1 in 20", "85%", "2.5M", "12:30", ".", "-", "1e", "0b1", "nan", "inf", "e5", "1.2.3"];
    for word in numbers {
        let root = tree(&format!("a: {word}\n"), Syntax::Yaml);
        let Value::Table(table) = root.value else { panic!("a table") };
        assert_eq!(table.get("a").map(|n| &n.value), Some(&Value::Number(word.to_owned())));
    }
    for word in texts.iter().filter(|word| **word != "-") {
        let root = tree(&format!("a: {word}\n"), Syntax::Yaml);
        let Value::Table(table) = root.value else { panic!("a table") };
        assert_eq!(table.get("a").map(|n| &n.value), Some(&Value::Text((*word).to_owned())));
    }
}

#[test]
fn quotes_make_text_of_everything_and_nothing_written_is_null() {
    let yaml = "a: '1'\nb: \"true\"\nc: ~\nd:\ne: null\nf: ''\n";
    let json = r#"{"a": "1", "b": "true", "c": null, "d": null, "e": null, "f": ""}"#;
    assert_eq!(erased(&tree(yaml, Syntax::Yaml)), erased(&tree(json, Syntax::Json)));
}

#[test]
fn toml_numbers_that_are_none_stay_as_written_for_the_reader_to_judge() {
    let root = tree("a = nan\nb = -inf\nc = -0\nd = 1_000\ne = 0xff\nf = 1.10\n", Syntax::Toml);
    let Value::Table(table) = root.value else { panic!("a table") };
    let written = table.entries.iter().map(|e| match &e.node.value {
        Value::Number(text) => text.as_str(),
        other => panic!("{other:?}"),
    });
    assert_eq!(written.collect::<Vec<_>>(), ["nan", "-inf", "-0", "1_000", "0xff", "1.10"]);
}

#[test]
fn keys_keep_the_order_of_the_file() {
    let text = "z = 1\na = 2\n[m]\ny = 1\nb = 2\n[c]\nx = 1\n";
    let root = tree(text, Syntax::Toml);
    let Value::Table(table) = root.value else { panic!("a table") };
    assert_eq!(table.entries.iter().map(|e| e.key.as_str()).collect::<Vec<_>>(), ["z", "a", "m", "c"]);
}

#[test]
fn an_alias_is_the_value_that_it_names() {
    let text = "a: &big {low: 1, high: 2}\nb: *big\n";
    let root = tree(text, Syntax::Yaml);
    let Value::Table(table) = &root.value else { panic!("a table") };
    let (a, b) = (table.get("a").unwrap(), table.get("b").unwrap());
    assert_eq!(erased(a), erased(b));
    assert_eq!(&text[a.span.start..a.span.end], "{low: 1, high: 2}");
    assert_eq!(&text[b.span.start..b.span.end], "*big");
}

#[test]
fn marks_of_direction_stay_in_the_text() {
    let root = tree("{\"a\": \"x\u{202e}y\u{200f}\"}", Syntax::Json);
    let Value::Table(table) = root.value else { panic!("a table") };
    assert_eq!(table.get("a").unwrap().value, Value::Text("x\u{202e}y\u{200f}".to_owned()));
}

#[test]
fn the_name_of_a_file_tells_its_syntax_and_else_its_text() {
    assert_eq!(Syntax::from_name("a.TOML"), Some(Syntax::Toml));
    assert_eq!(Syntax::from_name("a.b.yml"), Some(Syntax::Yaml));
    assert_eq!(Syntax::from_name("a.json"), Some(Syntax::Json));
    assert_eq!(Syntax::from_text(b"\xef\xbb\xbf \n {\"a\": 1}"), Syntax::Json);
    assert_eq!(Syntax::from_text(b"# x\n\n[table]\n"), Syntax::Toml);
    assert_eq!(Syntax::from_text(b"a.\"b\" = 1\n"), Syntax::Toml);
    assert_eq!(Syntax::from_text(b"a: \"x = 1\"\n"), Syntax::Yaml);
    assert_eq!(Syntax::from_text(b""), Syntax::Yaml);
}
