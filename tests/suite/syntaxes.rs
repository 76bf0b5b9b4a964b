//! The same scenario is the same figures, whatever it is written in.

use std::fs;

use rosi::internal::model::{ControlId, Estimate};
use rosi::internal::scenario::syntax::{Node, Syntax, Value, parse as tree};
use rosi::internal::scenario::{Parsed, Source, parse};
use serde_json::json;

use crate::cli::{folder, rosi};

const BUNDLED: [&str; 5] = ["ransomware", "soc-automation", "card-payments", "small-office", "three-vendors"];

/// A file as a JSON value, whatever its syntax.
pub fn json_of(bytes: &[u8], name: &str) -> serde_json::Value {
    let root = tree(bytes, Syntax::from_name(name).unwrap()).unwrap();
    serde_json::from_str(&json_text(&root)).unwrap()
}

/// A tree written as JSON; numbers keep their digits.
fn json_text(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".into(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(text) => json_number(text),
        Value::Text(text) => json!(text).to_string(),
        Value::List(nodes) => format!("[{}]", nodes.iter().map(json_text).collect::<Vec<_>>().join(",")),
        Value::Table(table) => {
            let entries: Vec<String> =
                table.entries.iter().map(|entry| format!("{}:{}", json!(entry.key), json_text(&entry.node))).collect();
            format!("{{{}}}", entries.join(","))
        }
    }
}

fn json_number(text: &str) -> String {
    let plain = text.replace('_', "");
    let plain = plain.trim_start_matches('+');
    for (sign, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = plain.strip_prefix(sign) {
            return u64::from_str_radix(digits, radix).unwrap().to_string();
        }
    }
    plain.to_owned()
}

/// A tree written as YAML, as people write it: blocks, plain texts, small tables in one line.
fn yaml_text(node: &Node, level: usize, text: &mut String) {
    match &node.value {
        Value::Table(table) if !is_small(node) => {
            for (index, entry) in table.entries.iter().enumerate() {
                if index > 0 {
                    text.push_str(&"  ".repeat(level));
                }
                text.push_str(&yaml_word(&entry.key));
                text.push(':');
                yaml_value(&entry.node, level + 1, text);
            }
        }
        Value::List(nodes) if !is_small(node) => {
            for (index, inner) in nodes.iter().enumerate() {
                if index > 0 {
                    text.push_str(&"  ".repeat(level));
                }
                text.push_str("- ");
                yaml_text(inner, level + 1, text);
            }
        }
        _ => {
            text.push_str(&yaml_flow(node));
            text.push('\n');
        }
    }
}

/// What stands after a key: in the same line, or in a block below it.
fn yaml_value(node: &Node, level: usize, text: &mut String) {
    if is_small(node) {
        text.push(' ');
    } else {
        text.push('\n');
        text.push_str(&"  ".repeat(level));
    }
    yaml_text(node, level, text);
}

/// Whether it fits into one line.
fn is_small(node: &Node) -> bool {
    let is_scalar = |node: &Node| !matches!(node.value, Value::List(_) | Value::Table(_));
    match &node.value {
        Value::List(nodes) => nodes.iter().all(is_scalar),
        Value::Table(table) => table.entries.len() <= 4 && table.entries.iter().all(|entry| is_scalar(&entry.node)),
        _ => true,
    }
}

fn yaml_flow(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".into(),
        Value::Bool(flag) => flag.to_string(),
        Value::Number(text) => json_number(text),
        Value::Text(text) => yaml_word(text),
        Value::List(nodes) => format!("[{}]", nodes.iter().map(yaml_flow).collect::<Vec<_>>().join(", ")),
        Value::Table(table) => {
            let entries: Vec<String> = table
                .entries
                .iter()
                .map(|entry| format!("{}: {}", yaml_word(&entry.key), yaml_flow(&entry.node)))
                .collect();
            format!("{{{}}}", entries.join(", "))
        }
    }
}

/// A text without quotes where YAML takes it for text.
fn yaml_word(text: &str) -> String {
    let starts_well = text.starts_with(|c: char| c.is_alphanumeric() || c == '€');
    let is_quiet = !text.contains([',', '[', ']', '{', '}', '"', '\n', '#']) && !text.contains(": ");
    let is_closed = !text.ends_with([':', ' ']);
    let is_number = text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | 'e' | 'E' | '+' | '-'))
        && text.matches('-').count() < 2;
    let is_word = ["true", "false", "null"].contains(&text.to_ascii_lowercase().as_str());
    if starts_well && is_quiet && is_closed && !is_number && !is_word && !text.starts_with("0x") {
        text.to_owned()
    } else {
        json!(text).to_string()
    }
}

#[test]
fn every_bundled_scenario_gives_the_same_bytes_in_every_syntax() {
    let folder = folder("syntaxes");
    for name in BUNDLED {
        let toml = fs::read(format!("{}/scenarios/{name}/scenario.toml", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let root = tree(&toml, Syntax::Toml).unwrap();
        let mut yaml = String::from("# The same case.\n");
        yaml_text(&root, 0, &mut yaml);
        // Blocks and plain texts: YAML as people write it, not JSON by another name.
        assert!(yaml.contains("\nrisk:\n  - id: ") && !yaml.contains("\"risk\""), "{yaml}");
        let json: serde_json::Value = serde_json::from_str(&json_text(&root)).unwrap();
        let json = serde_json::to_string_pretty(&json).unwrap();
        let outputs = [("toml", toml), ("yaml", yaml.into_bytes()), ("json", json.into_bytes())].map(|(end, bytes)| {
            let path = folder.join(format!("{name}.{end}"));
            fs::write(&path, &bytes).unwrap();
            let output = rosi(&["assess", path.to_str().unwrap(), "--format", "json"]);
            assert!(output.status.success(), "{end}: {}", String::from_utf8_lossy(&output.stderr));
            let hash = Source::new("", bytes).sha256();
            let text = String::from_utf8(output.stdout).unwrap();
            assert_eq!(text.matches(&hash).count(), 1, "{name}.{end} tells its hash once");
            text.replace(&hash, "")
        });
        assert!(outputs[0] == outputs[1], "{name}: TOML and YAML differ");
        assert!(outputs[0] == outputs[2], "{name}: TOML and JSON differ");
    }
}

/// A small case with one more key among the assumptions and one in the control's friction.
fn small(syntax: &str, assumption: &str, users: &str) -> Result<Parsed, Vec<rosi::internal::diagnostic::Diagnostic>> {
    let text = match syntax {
        "toml" => format!(
            "schema = 1\ntitle = \"t\"\ncurrency = \"EUR\"\nassumptions = {{ {assumption} }}\n\
             [[risk]]\nid = \"a\"\nname = \"A\"\nfrequency = \"1 per year\"\nloss = {{ response = \"5k\" }}\n\
             [[control]]\nid = \"c\"\nname = \"C\"\neffect = [{{ risk = \"a\", on = \"loss\", reduction = \"5%\" }}]\n\
             cost = {{ friction = {{ users = {users}, time = \"1 hour per week\", rate = \"5 per hour\" }} }}\n"
        ),
        "yaml" => format!(
            "schema: 1\ntitle: t\ncurrency: EUR\nassumptions:\n  {assumption}\n\
             risk:\n- {{id: a, name: A, frequency: 1 per year, loss: {{response: 5k}}}}\n\
             control:\n- id: c\n  name: C\n  effect: [{{risk: a, on: loss, reduction: 5%}}]\n  \
             cost: {{friction: {{users: {users}, time: 1 hour per week, rate: 5 per hour}}}}\n"
        ),
        _ => format!(
            "{{\"schema\": 1, \"title\": \"t\", \"currency\": \"EUR\", \"assumptions\": {{{assumption}}},\
             \"risk\": [{{\"id\": \"a\", \"name\": \"A\", \"frequency\": \"1 per year\", \"loss\": {{\"response\": \"5k\"}}}}],\
             \"control\": [{{\"id\": \"c\", \"name\": \"C\",\
             \"effect\": [{{\"risk\": \"a\", \"on\": \"loss\", \"reduction\": \"5%\"}}],\
             \"cost\": {{\"friction\": {{\"users\": {users}, \"time\": \"1 hour per week\", \"rate\": \"5 per hour\"}}}}}}]}}"
        ),
    };
    parse(&Source::new(format!("case.{syntax}"), text))
}

/// How each syntax writes `key` and a value.
fn pair(syntax: &str, key: &str, value: &str) -> String {
    match syntax {
        "toml" => format!("{key} = {value}"),
        "yaml" => format!("{key}: {value}"),
        _ => format!("\"{key}\": {value}"),
    }
}

#[test]
fn a_number_is_the_same_number_however_its_syntax_lets_it_be_written() {
    let spellings: [(&str, &[&str]); 3] = [
        ("toml", &["200", "+200", "2_00", "0xC8", "0o310", "0b1100_1000", "200.0", "2e2", "2_0.0e1"]),
        ("yaml", &["200", "+200", "0xC8", "0o310", "200.0", "2e2", "200.", "0200"]),
        ("json", &["200", "200.0", "2e2", "2E+2", "2000e-1"]),
    ];
    for (syntax, numbers) in spellings {
        for number in numbers {
            let assumptions = ["working_days", "seed"].map(|key| pair(syntax, key, number));
            let joined = assumptions.join(if syntax == "yaml" { "\n  " } else { ", " });
            let parsed =
                small(syntax, &joined, number).unwrap_or_else(|faults| panic!("{syntax} {number}: {faults:?}"));
            let read = parsed.scenario.assumptions();
            assert_eq!((read.working_days, read.seed), (200.into(), 200), "{syntax} {number}");
            let friction = parsed.scenario.controls()[ControlId(0)].cost.friction.unwrap();
            assert_eq!(friction.users, 200.into(), "{syntax} {number}");
        }
    }
}

#[test]
fn what_is_no_finite_whole_number_is_refused_in_every_syntax() {
    let refused: [(&str, &[&str]); 3] = [
        ("toml", &["nan", "inf", "-inf", "200.5", "-200", "\"200\"", "true", "1e99", "2027-01-31", "9_999"]),
        // YAML takes `2_00`, `1e` and the numbers of its own older version for texts.
        ("yaml", &[".nan", ".inf", "200.5", "-200", "'200'", "true", "1e99", "2_00", "0b11", "~", "3:20"]),
        ("json", &["200.5", "-200", "\"200\"", "true", "1e99", "null"]),
    ];
    for (syntax, values) in refused {
        for value in values {
            assert!(small(syntax, &pair(syntax, "working_days", value), "200").is_err(), "{syntax} {value}");
        }
    }
}

#[test]
fn a_day_is_the_same_day_with_and_without_quotes() {
    let days: [(&str, &[&str]); 3] = [
        ("toml", &["2026-09-30", "\"2026-09-30\"", "'2026-09-30'"]),
        ("yaml", &["2026-09-30", "\"2026-09-30\"", "'2026-09-30'"]),
        ("json", &["\"2026-09-30\""]),
    ];
    for (syntax, spellings) in days {
        for day in spellings {
            let parsed = small(syntax, &pair(syntax, "valued_at", day), "1").unwrap();
            let read = parsed.scenario.assumptions().valued_at.map(|day| day.to_string());
            assert_eq!(read.as_deref(), Some("2026-09-30"), "{syntax} {day}");
        }
    }
    let none = [
        ("toml", "2026-09-30T10:00:00"),
        ("toml", "2026-09-30T10:00:00Z"),
        ("toml", "10:00:00"),
        ("yaml", "2026-09-30T10:00:00Z"),
        ("yaml", "2026-9-30"),
        ("json", "\"2026-09-31\""),
        ("json", "20260930"),
    ];
    for (syntax, day) in none {
        assert!(small(syntax, &pair(syntax, "valued_at", day), "1").is_err(), "{syntax} {day}");
    }
}

#[test]
fn only_true_and_false_are_true_and_false() {
    let example = |syntax: &str, value: &str| -> Result<bool, ()> {
        let loss = match syntax {
            "toml" => format!("loss = {{ response = \"5k\", example = {value} }}"),
            "yaml" => format!("loss: {{response: 5k, example: {value}}}"),
            _ => format!("\"loss\": {{\"response\": \"5k\", \"example\": {value}}}"),
        };
        let text = match syntax {
            "toml" => format!(
                "schema = 1\ntitle = \"t\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"a\"\nname = \"A\"\nfrequency = \"1 per year\"\n{loss}\n"
            ),
            "yaml" => format!(
                "schema: 1\ntitle: t\ncurrency: EUR\nrisk:\n- id: a\n  name: A\n  frequency: 1 per year\n  {loss}\n"
            ),
            _ => format!(
                "{{\"schema\": 1, \"title\": \"t\", \"currency\": \"EUR\", \"risk\": [{{\"id\": \"a\", \"name\": \"A\", \"frequency\": \"1 per year\", {loss}}}]}}"
            ),
        };
        let parsed = parse(&Source::new(format!("case.{syntax}"), text)).map_err(drop)?;
        let of_loss = |estimate: &&Estimate| estimate.path == "risk.a.loss.response";
        Ok(parsed.scenario.estimates().iter().find(of_loss).unwrap().record.example)
    };
    for syntax in ["toml", "yaml", "json"] {
        assert_eq!(example(syntax, "true"), Ok(true), "{syntax}");
        assert_eq!(example(syntax, "false"), Ok(false), "{syntax}");
        for text in ["\"true\"", "1", "\"yes\""] {
            assert_eq!(example(syntax, text), Err(()), "{syntax} {text}");
        }
    }
    assert_eq!([example("yaml", "True"), example("yaml", "FALSE")], [Ok(true), Ok(false)]);
    assert_eq!([example("yaml", "yes"), example("yaml", "on"), example("toml", "True")], [Err(()); 3]);
}

#[test]
fn a_quantity_is_the_same_with_and_without_quotes_in_yaml() {
    let quantities = [
        "15%",
        "1.2M",
        "1 in 20",
        "1 in 20 years",
        "2.5 million",
        "EUR 250k",
        "€90k",
        "8% per year",
        "18k per hour",
        "4 hours per week",
        "1_200_000 EUR",
        "-2%",
        "0.5 FTE",
    ];
    for text in quantities {
        let plain = tree(format!("a: {text}\n").as_bytes(), Syntax::Yaml).unwrap();
        let quoted = tree(format!("a: \"{text}\"\n").as_bytes(), Syntax::Yaml).unwrap();
        assert_eq!(json_text(&plain), json_text(&quoted), "{text}");
    }
}

/// What Windows PowerShell writes of `rosi init > case.toml`.
#[test]
fn a_case_in_utf_16_is_the_same_case() {
    let folder = crate::cli::folder("utf-16");
    let text = "schema = 1\ntitle = \"Büro\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"a\"\nname = \"Rechner verloren\"\n\
        frequency = \"1 in 5 years\"\n[risk.loss]\nresponse = \"10k\"\n";
    let of = |name: &str, bytes: Vec<u8>| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        let output = crate::cli::rosi(&["assess", path.to_str().unwrap(), "--format", "json"]);
        assert!(output.status.success(), "{}", crate::cli::stderr(&output));
        crate::cli::stdout(&output)
    };
    let marked = format!("\u{feff}{text}");
    let plain = of("utf-8.toml", text.as_bytes().to_vec());
    for (name, bytes) in [
        ("little.toml", marked.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>()),
        ("big.toml", marked.encode_utf16().flat_map(u16::to_be_bytes).collect()),
    ] {
        assert_eq!(of(name, bytes), plain, "{name}");
    }
}
