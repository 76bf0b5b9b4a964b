//! Does any key and value of `--set` make the change panic, or touch what it does not name?
//!
//! The first line is the key, the second the value, as a range where it holds ` to `; the first byte chooses the
//! syntax of the case and, where it is large, the rest of the text is the case itself.
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run set fuzz/corpus/set fuzz/seeds/set`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rosi::internal::scenario::edit::{Change, To, changed, settings};
use rosi::internal::scenario::{Source, parse};

const TOML: &str = r#"schema = 1 # the first line
title = "t"
currency = "EUR"
[assumptions]
discount_rate = "5%"
[[risk]]
id = "a"
name = "A"
frequency = { low = "1 in 10 years", high = "1 per year" } # a note
[risk.loss]
response = { min = "1k", likely = "2k", max = "9k" }
[[control]]
id = "c"
name = "C"
cost.initial = "10k"
cost.yearly = { low = "1k", high = "3k" }
[[control.effect]]
risk = "a"
on = "frequency"
reduction = "20%"
[[plan]]
id = "p"
name = "P"
controls = ["c"]
"#;
const YAML: &str = "schema: 1\ntitle: t # a note\ncurrency: EUR\nrisk:\n  - id: a\n    name: A\n    frequency: 1 per year\n    loss:\n      response: {low: 1k, high: 9k}\n";
const JSON: &str = r#"{ "schema": 1, "title": "t", "currency": "EUR", "risk": [ { "id": "a", "name": "A", "frequency": "1 per year", "loss": { "response": "5k" } } ] }"#;

fuzz_target!(|data: &[u8]| {
    let Some((&choice, rest)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(rest);
    let mut lines = text.splitn(3, '\n');
    let (Some(key), Some(value)) = (lines.next(), lines.next()) else { return };
    let (name, usual) = [("c.toml", TOML), ("c.yaml", YAML), ("c.json", JSON)][usize::from(choice) % 3];
    let own = lines.next().filter(|own| choice >= 128 && !own.is_empty());
    let source = Source::new(name, own.unwrap_or(usual));
    let to = match value.split_once(" to ") {
        Some((low, high)) => To::Range(vec![("low".into(), low.into()), ("high".into(), high.into())]),
        None => To::Value(value.into()),
    };
    let Ok(before) = parse(&source) else { return };
    let Ok(after) = changed(&source, &Change { key: key.to_owned(), to }) else { return };
    match parse(&after) {
        // What is written can be read by its syntax, whatever is then wrong with it.
        Err(faults) => {
            let broken = faults.iter().find(|fault| fault.code.as_str().starts_with("E01"));
            assert!(broken.is_none(), "{key} = {value}: {broken:?}\n{}", after.text());
        }
        // What is changed is at the key or below it.
        Ok(parsed) => {
            let of = |scenario: &rosi::internal::model::Scenario| {
                scenario.estimates().iter().map(|one| (one.path.clone(), format!("{:?}", one.distribution))).collect::<Vec<_>>()
            };
            let (was, is) = (of(&before.scenario), of(&parsed.scenario));
            let is_near = |path: &str| path.starts_with(key.trim()) || key.trim().starts_with(path);
            // A currency, a way to write numbers, and what stands for everything change all.
            let is_of_all = !settings(&source).iter().any(|one| one.key == key) || !key.contains('.');
            for (path, distribution) in &was {
                let now = is.iter().find(|(other, _)| other == path);
                assert!(
                    is_of_all || is_near(path) || now.is_none_or(|(_, now)| now == distribution),
                    "{key} = {value} changed {path}: {distribution} to {now:?}\n{}",
                    after.text()
                );
            }
        }
    }
});
