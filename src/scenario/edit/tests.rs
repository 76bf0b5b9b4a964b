use rust_decimal::Decimal;

use super::*;
use crate::model::Shape;
use crate::scenario::parse;
use crate::units::{Arithmetic, Figure, Kind};

fn files(folder: &str, ending: &str) -> Vec<Source> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths: Vec<_> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let inside = |path: std::path::PathBuf| if path.is_dir() { path.join("scenario.toml") } else { path };
    let paths = paths.into_iter().map(inside).filter(|path| path.extension().is_some_and(|found| found == ending));
    paths.map(|path| Source::new(path.display().to_string(), std::fs::read(&path).unwrap())).collect()
}

fn readable() -> Vec<Source> {
    let all = [("scenarios", "toml"), ("tests/cases", "toml"), ("tests/awkward", "toml")];
    all.iter().flat_map(|(folder, ending)| files(folder, ending)).filter(|source| parse(source).is_ok()).collect()
}

fn set(source: &Source, key: &str, value: &str) -> Source {
    changed(source, &Change { key: key.into(), to: To::Value(value.into()) }).unwrap()
}

#[test]
fn an_average_moves_to_the_one_asked_for_and_no_other_estimate_changes() {
    let mut moved = 0;
    for source in readable() {
        let before = parse(&source).unwrap().scenario;
        for (place, estimate) in before.estimates().entries().filter(|(_, estimate)| !estimate.worked_out) {
            let mean = estimate.distribution.mean();
            let target = if estimate.kind == Kind::Chance { mean * 0.9 } else { mean * 1.1 };
            let Some(target) = Figure::approximate(target).decimal().and_then(|mean| mean.round_sf(5)) else {
                continue;
            };
            let change = Change { key: estimate.path.clone(), to: To::Mean(target) };
            let after = match changed(&source, &change) {
                Ok(after) => after,
                Err(fault) => {
                    assert!(
                        matches!(estimate.shape, Shape::Samples(_) | Shape::Seen { .. }) || mean == 0.0,
                        "{} {}: {}",
                        source.name,
                        estimate.path,
                        fault.message
                    );
                    continue;
                }
            };
            let text = after.text();
            let Ok(parsed) = parse(&after) else {
                // A part of a plan's sum or a limit between keys may forbid it, but the text stays readable.
                assert!(
                    syntax::parse(&after.bytes, Syntax::Toml).is_ok(),
                    "{} {}:\n{text}",
                    source.name,
                    estimate.path
                );
                continue;
            };
            let now = parsed.scenario.estimate(place);
            let target = f64::from_decimal(target);
            let off = (now.distribution.mean() - target).abs() / target.max(1e-9);
            assert!(off < 2e-4, "{} {}: {} for {target}", source.name, estimate.path, now.distribution.mean());
            assert_eq!(now.record, estimate.record, "{}", estimate.path);
            for (other, same) in parsed.scenario.estimates().iter().zip(before.estimates()) {
                let same_path = same.path == estimate.path || same.worked_out;
                assert!(same_path || other.shape == same.shape, "{} moved {}", estimate.path, same.path);
            }
            let remarks = |text: &str| text.lines().filter(|line| line.trim_start().starts_with('#')).count();
            assert_eq!(remarks(&text), remarks(&source.text()));
            moved += 1;
        }
    }
    assert!(moved > 100, "{moved}");
}

#[test]
fn one_value_takes_the_place_of_a_range_and_its_source_stays() {
    let mut changed_ones = 0;
    for source in readable() {
        let before = parse(&source).unwrap().scenario;
        for (place, estimate) in before.estimates().entries().filter(|(_, estimate)| !estimate.worked_out) {
            let Some(value) = Figure::approximate(estimate.distribution.mean()).decimal() else { continue };
            let value = value.round_sf(4).unwrap();
            let typed = quantity_text(value, estimate.kind, before.reading().numbers);
            let after = set(&source, &estimate.path, &typed);
            let Ok(parsed) = parse(&after) else {
                assert!(syntax::parse(&after.bytes, Syntax::Toml).is_ok(), "{} {}", source.name, estimate.path);
                continue;
            };
            let now = parsed.scenario.estimate(place);
            assert_eq!(now.shape, Shape::Fixed(value.normalize()), "{} {}", source.name, estimate.path);
            assert_eq!(now.record, estimate.record, "{} {}", source.name, estimate.path);
            changed_ones += 1;
        }
    }
    assert!(changed_ones > 100, "{changed_ones}");
}

const TOML: &str = "# head\nschema = 1\ntitle = \"T\"\ncurrency = \"EUR\"\n\n[[risk]]\nid = \"a\" # first\nname = \"A\"\nfrequency = \"1 per year\" # often\n[risk.loss]\nresponse = { low = \"1k\", high = \"9k\", source = \"x\" } # wide\n\n[[control]]\nid = \"c\"\nname = \"C\"\n[[control.effect]]\nrisk = \"a\"\non = \"frequency\"\nreduction = \"50%\"\n[control.cost]\nyearly = \"1k\"\n\n[[control]]\nid = \"d\"\nname = \"D\"\n[[control.effect]]\nrisk = \"a\"\non = \"loss.response\"\nreduction = \"50%\"\n[control.cost]\nyearly = \"2k\"\n\n[[plan]]\nid = \"p\"\nname = \"P\"\ncontrols = [\n  \"c\", # the first\n  \"d\",\n]\n";
const YAML: &str = "# head\nschema: 1\ntitle: T\ncurrency: EUR\nrisk:\n  - id: a # first\n    name: A\n    frequency: 1 per year # often\n    loss:\n      response:\n        low: 1k\n        high: 9k # wide\n        source: x\ncontrol:\n  - id: c\n    name: C\n    effect: [{ risk: a, on: frequency, reduction: 50% }]\n    cost: { yearly: 1k }\n  - id: d\n    name: D\n    effect: [{ risk: a, on: loss.response, reduction: 50% }]\n    cost: { yearly: 2k }\nplan:\n  - id: p\n    name: P\n    controls:\n      - c # the first\n      - d\n";
const JSON: &str = "{\n \"schema\": 1, \"title\": \"T\", \"currency\": \"EUR\",\n \"risk\": [{\"id\": \"a\", \"name\": \"A\", \"frequency\": \"1 per year\", \"loss\": {\"response\": {\"low\": \"1k\", \"high\": \"9k\", \"source\": \"x\"}}}],\n \"control\": [\n  {\"id\": \"c\", \"name\": \"C\", \"effect\": [{\"risk\": \"a\", \"on\": \"frequency\", \"reduction\": \"50%\"}], \"cost\": {\"yearly\": \"1k\"}},\n  {\"id\": \"d\", \"name\": \"D\", \"effect\": [{\"risk\": \"a\", \"on\": \"loss.response\", \"reduction\": \"50%\"}], \"cost\": {\"yearly\": \"2k\"}}],\n \"plan\": [{\"id\": \"p\", \"name\": \"P\", \"controls\": [\"c\", \"d\"]}]\n}\n";

#[test]
fn the_same_changes_say_the_same_in_every_syntax() {
    let range = |low: &str, high: &str| To::Range(vec![("low".into(), low.into()), ("high".into(), high.into())]);
    let controls = |ids: &[&str]| To::Controls(ids.iter().map(|id| (*id).to_owned()).collect());
    let steps: Vec<(&str, To)> = vec![
        ("risk.a.frequency", To::Value("1 in 8 years".into())),
        ("risk.a.frequency", range("1 in 9 years", "1 in 2 years")),
        ("risk.a.loss.response", To::Mean(Decimal::from(4000))),
        ("risk.a.loss.response", To::Value("5k".into())),
        ("risk.a.loss.response", range("2k", "7k")),
        ("plan.p.controls", controls(&["d"])),
        ("plan.p.controls", controls(&["d", "c"])),
        ("plan.p.controls.c.start", To::Value("year 2".into())),
        ("plan.p.controls.c.start", To::Value("year 3".into())),
        ("control.d.cost.initial", To::Value("3k".into())),
        ("control.c.coverage", range("20%", "80%")),
        ("control.c.coverage", To::Mean(Decimal::new(60, 2))),
        ("assumptions.horizon", To::Value("5 years".into())),
        ("assumptions.growth.costs", To::Value("2%".into())),
        ("assumptions.working_days", To::Value("200".into())),
        ("plan.p.controls", controls(&["c"])),
        ("plan.p.controls", controls(&[])),
        ("plan.p.controls", controls(&["c", "d"])),
    ];
    let mut sources =
        [("case.toml", TOML), ("case.yaml", YAML), ("case.json", JSON)].map(|(name, text)| Source::new(name, text));
    for (key, to) in steps {
        for source in &mut sources {
            let change = Change { key: key.into(), to: to.clone() };
            *source = changed(source, &change).unwrap_or_else(|fault| panic!("{}: {}", source.name, fault.message));
        }
        let read = |source: &Source| match parse(source) {
            Ok(parsed) => parsed.scenario,
            Err(faults) => panic!("{} {key}: {:?}\n{}", source.name, faults[0].message, source.text()),
        };
        let scenarios = sources.each_ref().map(read);
        for (other, source) in scenarios.iter().zip(&sources).skip(1) {
            let shapes = |scenario: &Scenario| {
                scenario.estimates().iter().map(|one| (one.path.clone(), one.shape.clone())).collect::<Vec<_>>()
            };
            assert_eq!(shapes(&scenarios[0]), shapes(other), "{key} in {}\n{}", source.name, source.text());
            assert_eq!(scenarios[0].plans(), other.plans(), "{key} in {}", source.name);
            assert_eq!(scenarios[0].assumptions(), other.assumptions(), "{key} in {}", source.name);
        }
    }
    let text = sources[0].text().into_owned();
    for kept in ["# head", "# first", "# often", "# wide", "source = \"x\""] {
        assert!(text.contains(kept), "{kept}:\n{text}");
    }
    assert!(sources[1].text().contains("# often"), "{}", sources[1].text());
}

#[test]
fn a_key_of_nothing_and_a_value_of_two_lines_are_refused() {
    let source = Source::new("case.toml", TOML);
    let fault = |key: &str, value: &str| {
        changed(&source, &Change { key: key.into(), to: To::Value(value.into()) }).unwrap_err()
    };
    assert!(fault("risk.a.frequenzy", "1 per year").help[0].contains("frequency"));
    assert!(fault("risk.b.frequency", "1 per year").message.contains("nothing at"));
    assert!(fault("risk.a.frequency", "1\n[evil]").message.contains("line break"));
    assert!(fault("risk.a.frequency", " ").message.contains("nothing is written"));
    let text = set(&source, "risk.a.frequency", "\"] #").text().into_owned();
    assert!(text.contains("frequency = \"\\\"] #\" # often"), "{text}");
}

#[test]
fn a_key_with_wrong_names_is_told_as_it_was_meant() {
    let source = Source::new("case.toml", TOML);
    let help = |key: &str| {
        let change = Change { key: key.into(), to: To::Value("1".into()) };
        changed(&source, &change).unwrap_err().help.join("; ")
    };
    assert_eq!(help("rsk.a.frequncy"), "did you mean `risk.a.frequency`?");
    // A key that the file could have and has not.
    assert_eq!(help("assumption.discont_rate"), "did you mean `assumptions.discount_rate`?");
    // What the help names can be set.
    let right = Change { key: "assumptions.discount_rate".into(), to: To::Value("3%".into()) };
    assert!(changed(&source, &right).is_ok());
    assert!(
        help("risk.wholly_other.frequency").starts_with("behind `risk.` the file has `a`"),
        "{}",
        help("risk.wholly_other.frequency")
    );
    assert!(help("qqqq.zzzz").contains("rosi explain"));
}

#[test]
fn limits_policies_and_assumptions_are_listed_with_what_is_written() {
    let source = Source::new(
        "case.toml",
        format!("{TOML}[[appetite]]\nname = \"agreed\"\nloss = \"1M\"\nchance = \"1 in 20\"\n"),
    );
    let found = settings(&source);
    let of = |key: &str| found.iter().find(|setting| setting.key == key).unwrap();
    assert_eq!(of("appetite.agreed.loss").written.as_deref(), Some("1M"));
    assert_eq!(of("assumptions.discount_rate").default, Some("8%"));
    assert_eq!(of("assumptions.timing").words, ["year-end", "mid-year"]);
    let after = set(&source, "appetite.agreed.chance", "1 in 50");
    assert_eq!(parse(&after).unwrap().scenario.appetite()[0].chance.get(), Decimal::new(2, 2));
}
