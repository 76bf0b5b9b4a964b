//! Many cases: one result a line, in order, whatever becomes of single ones.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::cli::{folder, rosi};

/// A small case whose average loss is `loss` times two.
fn case(loss: u32) -> Value {
    let money = |amount: u32| format!("EUR {amount}");
    json!({
        "schema": 1, "title": "A laptop", "currency": "EUR",
        "risk": [{
            "id": "laptop", "name": "A laptop is lost", "frequency": "2 per year",
            "loss": { "replacement": { "min": money(loss / 2), "likely": money(loss), "max": money(loss + loss / 2) } }
        }]
    })
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    std::str::from_utf8(bytes).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn every_case_is_one_line_in_its_place_and_a_fault_stops_none() {
    let folder = folder("batch-lines");
    fs::write(folder.join("own.json"), case(3000).to_string()).unwrap();
    fs::write(folder.join("losses.csv"), "100\n300\n").unwrap();
    let mut sampled = case(1000);
    sampled["risk"][0]["loss"]["replacement"] = json!({ "samples": "losses.csv" });
    let mut faulty = case(1000);
    faulty["risk"][0]["frequency"] = json!("often");
    let input = [
        case(1000).to_string(),
        json!({ "id": "b", "case": case(2000) }).to_string(),
        String::new(),
        "{ \"id\": \"c\", \"case\": ".to_owned(),
        json!({ "id": "d", "case": "own.json" }).to_string(),
        json!({ "id": 7, "case": faulty }).to_string(),
        json!({ "id": "e", "case": "none.json" }).to_string(),
        json!({ "id": "f", "case": sampled }).to_string(),
        "[1]".to_owned(),
    ];
    let path = folder.join("cases.jsonl");
    fs::write(&path, input.join("\n")).unwrap();
    let output = rosi(&["batch", path.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found = lines(&output.stdout);
    let ids: Vec<&Value> = found.iter().map(|line| &line["id"]).collect();
    assert_eq!(ids, [&json!(1), &json!("b"), &json!(4), &json!("d"), &json!(7), &json!("e"), &json!("f"), &json!(9)]);
    let mean = |line: &Value| line["assessment"]["today"]["expected_annual_loss"].as_str().map(str::to_owned);
    assert_eq!(mean(&found[0]).as_deref(), Some("2000"));
    assert_eq!(mean(&found[1]).as_deref(), Some("4000"));
    assert_eq!(mean(&found[3]).as_deref(), Some("6000"));
    assert_eq!(mean(&found[6]).as_deref(), Some("400"));
    // What is wrong is said as anywhere else: code, key, cure.
    let fault = &found[4]["error"]["diagnostics"][0];
    assert_eq!(fault["where"], "risk.laptop.frequency");
    assert!(fault["code"].as_str().unwrap().starts_with("E02") && !fault["help"][0].as_str().unwrap().is_empty());
    for place in [2, 5, 7] {
        assert!(found[place]["error"]["message"].as_str().unwrap().len() > 10, "{}", found[place]);
    }
    // The figures are those of the case alone.
    let alone = rosi(&["assess", folder.join("own.json").to_str().unwrap(), "--format", "json"]);
    let alone: Value = serde_json::from_slice(&alone.stdout).unwrap();
    assert_eq!(found[3]["assessment"], alone);
    let strict = rosi(&["batch", path.to_str().unwrap(), "--strict", "--method", "expected"]);
    assert_eq!((strict.status.code(), lines(&strict.stdout).len()), (Some(1), found.len()));
}

#[test]
fn a_line_that_is_a_case_may_state_cases() {
    let folder = folder("batch-stated");
    let mut states = case(1000);
    states["case"] = json!([{ "name": "Rare", "set": ["risk.laptop.frequency = 1 per year"] }]);
    let mut named = states.clone();
    named["id"] = json!("x");
    let mut lacking = states.clone();
    lacking.as_object_mut().unwrap().remove("schema");
    let input = [
        states.to_string(),
        json!({ "id": "b", "case": states }).to_string(),
        json!({ "id": "c", "case": case(1000), "note": "n" }).to_string(),
        json!({ "id": "d", "case": [] }).to_string(),
        named.to_string(),
        lacking.to_string(),
    ];
    let path = folder.join("cases.jsonl");
    fs::write(&path, input.join("\n")).unwrap();
    let output = rosi(&["batch", path.to_str().unwrap(), "--method", "expected"]);
    let found = lines(&output.stdout);
    for line in &found[..2] {
        assert_eq!(line["assessment"]["today"]["expected_annual_loss"], "2000", "{line}");
    }
    let fault = |place: usize| found[place]["error"].to_string();
    assert!(fault(2).contains("beside `id` and `case`"), "{}", fault(2));
    assert!(fault(3).contains("neither a case nor the path of one"), "{}", fault(3));
    // A case's own key is what is wrong with these: one too many, and one that is missing.
    assert!(fault(4).contains("`id`") && !fault(4).contains("write it into the case"), "{}", fault(4));
    assert!(fault(5).contains("schema"), "{}", fault(5));
}

#[test]
fn a_table_changes_a_template_row_by_row() {
    let folder = folder("batch-table");
    let template = folder.join("template.toml");
    fs::write(
        &template,
        "schema = 1\ntitle = \"A laptop\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"laptop\" # the only one\nname = \"Lost\"\nfrequency = \"2 per year\"\nloss.replacement = \"1k\"\n",
    )
    .unwrap();
    let table = folder.join("entities.csv");
    fs::write(
        &table,
        "id,risk.laptop.frequency,risk.laptop.loss.replacement\nnorth,1 per year,\nsouth,,3k\nwest,seldom,\neast,1 per year,1k,too many\n",
    )
    .unwrap();
    let (table, template) = (table.to_str().unwrap(), template.to_str().unwrap());
    let output = rosi(&["batch", table, "--template", template, "--method", "expected"]);
    let found = lines(&output.stdout);
    let mean = |line: &Value| line["assessment"]["today"]["expected_annual_loss"].as_str().map(str::to_owned);
    assert_eq!(found.iter().map(mean).collect::<Vec<_>>(), [Some("1000".into()), Some("6000".into()), None, None]);
    assert_eq!(found[2]["id"], "west");
    assert!(found[2]["error"]["diagnostics"][0]["where"] == "risk.laptop.frequency", "{}", found[2]);
    assert!(found[3]["error"]["message"].as_str().unwrap().contains("4 cells under 3 headings"), "{}", found[3]);
    // Semicolons, as many spreadsheets write them; a key that is none has its row and what may be meant.
    fs::write(table, "id;risk.laptop.frequency;risk.laptop.frequncy\nnorth;1 per year;\nsouth;;1 per year\n").unwrap();
    let found = lines(&rosi(&["batch", table, "--template", template, "--method", "expected"]).stdout);
    assert_eq!(mean(&found[0]).as_deref(), Some("1000"));
    let told = found[1]["error"]["message"].as_str().unwrap();
    assert!(told.starts_with("row 2, column `risk.laptop.frequncy`: ") && told.contains("frequency"), "{told}");
    // Of two columns for one key one would win in silence.
    fs::write(table, "id,risk.laptop.frequency,risk.laptop.frequency\nnorth,1 per year,2 per year\n").unwrap();
    assert_eq!(rosi(&["batch", table, "--template", template]).status.code(), Some(1));
    // Without a template the rows change nothing.
    assert_eq!(rosi(&["batch", table]).status.code(), Some(1));
}

#[test]
fn a_batch_that_was_killed_goes_on_to_the_same_bytes() {
    let folder = folder("batch-resume");
    let input: Vec<String> = (1..=60).map(|n| json!({ "id": n, "case": case(1000 + n) }).to_string()).collect();
    let path = folder.join("cases.jsonl");
    fs::write(&path, input.join("\n")).unwrap();
    let (path, whole, part) = (path.to_str().unwrap(), folder.join("whole.jsonl"), folder.join("part.jsonl"));
    let to = |out: &std::path::Path| -> Vec<String> {
        ["batch", path, "--years", "20000", "--method", "simulate", "--out", out.to_str().unwrap()]
            .map(str::to_owned)
            .to_vec()
    };
    let all = |out, more: &[&'static str]| {
        let arguments: Vec<String> = to(out).into_iter().chain(more.iter().map(|word| (*word).to_owned())).collect();
        rosi(&arguments.iter().map(String::as_str).collect::<Vec<_>>())
    };
    assert!(all(&whole, &[]).status.success());
    let mut running = Command::new(env!("CARGO_BIN_EXE_rosi")).args(to(&part)).stderr(Stdio::null()).spawn().unwrap();
    let begin = Instant::now();
    while fs::read_to_string(&part).unwrap_or_default().lines().count() < 5 && begin.elapsed() < Duration::from_secs(60)
    {
        std::thread::sleep(Duration::from_millis(2));
    }
    running.kill().unwrap();
    running.wait().unwrap();
    let found = fs::read_to_string(&part).unwrap();
    let done = found.lines().count();
    assert!((5..60).contains(&done), "{done} cases were done");
    // As if it had died while it wrote a line.
    fs::OpenOptions::new().append(true).open(&part).unwrap().write_all(b"{\"id\":99,\"asse").unwrap();
    // Who does not say what is to become of the file is asked.
    assert_eq!(all(&part, &[]).status.code(), Some(1));
    // Other settings would make a file of two kinds.
    let other =
        rosi(&["batch", path, "--years", "30000", "--method", "simulate", "--out", part.to_str().unwrap(), "--resume"]);
    assert_eq!(other.status.code(), Some(1), "{}", String::from_utf8_lossy(&other.stderr));
    let resumed = all(&part, &["--resume"]);
    assert!(resumed.status.success(), "{}", String::from_utf8_lossy(&resumed.stderr));
    assert!(fs::read(&part).unwrap() == fs::read(&whole).unwrap(), "other bytes after it was resumed");
    assert!(!String::from_utf8_lossy(&resumed.stderr).contains("has changed"), "what stands was worked out again");
    // Nothing is left to do, and nothing changes.
    assert!(all(&part, &["--resume"]).status.success());
    assert!(fs::read(&part).unwrap() == fs::read(&whole).unwrap());
}

#[test]
fn a_case_that_changed_before_a_batch_is_taken_up_is_worked_out_again() {
    let folder = folder("batch-changed");
    let (path, out) = (folder.join("cases.jsonl"), folder.join("found.jsonl"));
    let run = |input: &[Value], more: &[&str]| {
        fs::write(&path, input.iter().map(|line| format!("{line}\n")).collect::<String>()).unwrap();
        let out = out.to_str().unwrap();
        let arguments = ["batch", path.to_str().unwrap(), "--out", out];
        let output = rosi(&arguments.into_iter().chain(more.iter().copied()).collect::<Vec<_>>());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        (fs::read(out).unwrap(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let mut faulty = case(1000);
    faulty["risk"][0]["frequency"] = json!("often");
    let before = [case(1000), faulty, case(3000), case(4000)];
    run(&before, &[]);
    // A fault is mended, a figure is changed: each is worked out anew, with all behind it, as without the first run.
    for (changed, place) in [(1, "case 2 has changed"), (2, "case 3 has changed")] {
        let mut after = before.clone();
        after[changed] = case(7000);
        run(&before, &["--force"]);
        let (resumed, told) = run(&after, &["--resume"]);
        assert!(told.contains(place), "{told}");
        let (anew, _) = run(&after, &["--force"]);
        assert!(resumed == anew, "{}", String::from_utf8_lossy(&resumed));
    }
}

#[test]
fn a_case_that_takes_too_long_costs_its_line_alone() {
    let folder = folder("batch-time");
    let mut endless = case(1000);
    endless["risk"][0]["frequency"] = json!("1000000 per year");
    let input: Vec<String> = [case(1000), endless, case(2000)].iter().map(Value::to_string).collect();
    let path = folder.join("cases.jsonl");
    fs::write(&path, input.join("\n")).unwrap();
    let arguments = ["batch", path.to_str().unwrap(), "--method", "simulate", "--years", "200000", "--time", "4"];
    let output = rosi(&arguments);
    let found = lines(&output.stdout);
    assert!(found[0].get("assessment").is_some() && found[2].get("assessment").is_some(), "{found:?}");
    assert!(found[1]["error"]["message"].as_str().unwrap().contains("--time"), "{}", found[1]);
}
