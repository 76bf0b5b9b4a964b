//! What an auditor with a calculator of his own found: reviews, data to estimates, and words at a value of nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use serde_json::Value;

use crate::cli::{folder, json_of, rosi, stderr, stdout};

/// A folder with these files, and their paths.
fn files<const N: usize>(name: &str, texts: [(&str, &str); N]) -> (PathBuf, [String; N]) {
    let here = folder(&format!("audited-{name}"));
    let paths = texts.map(|(file, text)| {
        let path = here.join(file);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    });
    (here, paths)
}

fn done(arguments: &[&str]) -> String {
    let output = rosi(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
    stdout(&output)
}

fn is(found: &Value, expected: f64, part: f64) {
    let found = found.as_f64().unwrap_or_else(|| panic!("{found} is no number"));
    assert!((found - expected).abs() <= part * expected.abs(), "{found} for {expected}");
}

const RANGES: &str = r#"schema = 1
title = "T"
currency = "EUR"
[[appetite]]
name = "lim"
loss = "50k"
chance = "5%"
[[risk]]
id = "q"
name = "Q"
frequency = { low = "0.5 per year", high = "3 per year" }
loss.response = "10k"
[[risk]]
id = "once"
name = "Once"
count = "at most one"
frequency = { events = 2, years = 10 }
loss.response = "10k"
[[control]]
id = "c"
name = "C"
effect = [{ risk = "q", on = "frequency", reduction = "10%" }]
cost = { initial = { low = "10k", high = "20k", owner = "A" }, yearly = { low = "10k", high = "20k", owner = "A" } }
[[plan]]
id = "p"
name = "P"
controls = ["c"]
"#;

#[test]
fn a_range_is_updated_by_what_came_and_by_nothing_else() {
    let nothing = "from = \"2027-01-01\"\nto = \"2027-01-02\"\nseen = \"1%\"\nplan = \"today\"\n";
    let (_, [case, seen]) = files("nothing", [("case.toml", RANGES), ("seen.toml", nothing)]);
    let found = json_of(&["review", &case, &seen]);
    // A lognormal of 0.5 to 3 has a mean of 1.4206: two days of which one in a hundred is seen say nothing.
    let figures = &found["risks"][0]["update"]["figures"];
    is(&figures["mean"], 1.4206, 1e-3);
    is(&figures["low"], 0.5, 2e-3);
    is(&figures["high"], 3.0, 2e-3);
    let one = "from = \"2027-01-01\"\nto = \"2027-12-31\"\nseen = \"100%\"\nplan = \"today\"\n[[incident]]\nrisk = \"q\"\ndate = \"2027-03-03\"\nloss = \"10k\"\n";
    let (here, [case, seen]) = files("one", [("case.toml", RANGES), ("seen.toml", one)]);
    let found = json_of(&["review", &case, &seen]);
    // ∫ λ² e^(−λ) over ∫ λ e^(−λ), by the lognormal.
    is(&found["risks"][0]["update"]["figures"]["mean"], 1.261, 1e-3);
    // beta(2.5, 8.5) after a year without: beta(2.5, 9.5), written as a chance, which the case takes.
    is(&found["risks"][1]["update"]["figures"]["mean"], 2.5 / 12.0, 5e-3);
    let next = here.join("next.toml");
    done(&["review", &case, &seen, "--into", next.to_str().unwrap()]);
    let updated = fs::read_to_string(&next).unwrap();
    assert!(updated.contains("shape = \"beta\"") && updated.contains("shape = \"lognormal\""), "{updated}");
    done(&["check", next.to_str().unwrap()]);
}

#[test]
fn a_log_of_what_comes_once_a_year_at_most_says_a_chance() {
    let log = "date\n2018-02-01\n2020-05-01\n2021-03-01\n";
    let (_, [case, log]) = files("once", [("case.toml", RANGES), ("log.csv", log)]);
    let from = ["--from", "2016-01-01", "--to", "2025-12-31", "--seen", "100%"];
    let into = ["--into", &case, "--key", "risk.once.frequency"];
    done(&[&["calibrate", "frequency", &log][..], &from, &into].concat());
    let text = fs::read_to_string(&case).unwrap();
    // beta(3.5, 7.5).
    assert!(text.contains("shape = \"beta\", mean = \"31.8182%\""), "{text}");
    done(&["check", &case]);
    let short = ["--from", "2018-01-01", "--to", "2021-12-31", "--seen", "50%"];
    let refused = rosi(&[&["calibrate", "frequency", &log][..], &short, &into].concat());
    assert!(stderr(&refused).contains("comes once a year at most"), "{}", stderr(&refused));
}

#[test]
fn a_year_of_the_plan_is_held_against_what_the_case_has_it_grow_to_and_a_part_of_it_against_that_part() {
    let case = r#"schema = 1
title = "T"
currency = "EUR"
decision = { plan = "p" }
[assumptions]
growth = { rates = "10%", losses = "5%", costs = "3%" }
[[risk]]
id = "r"
name = "R"
frequency = { shape = "gamma", mean = "4 per year", sd = "2 per year" }
loss.response = "10k"
[[control]]
id = "c"
name = "C"
effect = [{ risk = "r", on = "frequency", reduction = "90%" }]
cost = { initial = "10k", yearly = "6k" }
[[plan]]
id = "p"
name = "P"
controls = ["c"]
"#;
    let third = "from = \"2029-01-01\"\nto = \"2029-12-31\"\nseen = \"100%\"\nplan_year = 3\nplan = \"today\"\n";
    let months = "from = \"2028-04-01\"\nto = \"2028-06-30\"\nseen = \"100%\"\nplan_from = \"2027-01-01\"\n[[spend]]\ncontrol = \"c\"\namount = \"1900\"\n";
    let (_, [case, third, months]) =
        files("grown", [("case.toml", case), ("third.toml", third), ("months.toml", months)]);
    let found = json_of(&["review", &case, &third]);
    is(&found["risks"][0]["events"]["expected"], 4.84, 1e-9);
    is(&found["risks"][0]["loss"]["expected"], 40_000.0 * 1.155 * 1.155, 1e-9);
    assert!(found["notes"][0].as_str().unwrap().contains("1.21 times"), "{}", found["notes"]);
    let found = json_of(&["review", &case, &months]);
    is(&found["spend"][0]["budget"], 6_000.0 * 1.03 * 91.0 / 365.0, 1e-9);
}

#[test]
fn a_year_whose_losses_are_not_all_known_keeps_to_no_limit_and_an_end_belongs_to_its_range() {
    let years: String = (2018..2027).map(|year| format!("[[year]]\nyear = {year}\nloss = \"10k\"\n")).collect();
    let open = |seen: &str, loss: &str| {
        format!(
            "from = \"2027-01-01\"\nto = \"2027-12-31\"\nseen = \"{seen}\"\nplan = \"today\"\n[[incident]]\nrisk = \"q\"\ndate = \"2027-02-18\"\nloss = \"{loss}\"\n[[known]]\nkey = \"control.c.cost.yearly\"\nvalue = \"20000\"\n{years}"
        )
    };
    for (name, seen, loss, counted, passed) in [
        ("open", "100%", "> 45k", 9, 0),
        ("seen", "20%", "45k", 9, 0),
        ("above", "100%", "> 55k", 10, 1),
        ("settled", "100%", "45k", 10, 0),
    ] {
        let text = open(seen, loss);
        let (_, [case, came]) = files(name, [("case.toml", RANGES), ("came.toml", &text)]);
        let found = json_of(&["review", &case, &came]);
        let limit = &found["limits"][0];
        assert_eq!((&limit["years"], &limit["passed"]), (&counted.into(), &passed.into()), "{name}: {found}");
        assert_eq!(counted == 9, found["notes"].to_string().contains("does not count for a limit"), "{name}");
        assert_eq!(found["people"][0]["hits"], 1, "{name}: {}", found["people"]);
    }
    let later = format!("{}[[year]]\nyear = 2028\nloss = \"1k\"\n", open("100%", "1k"));
    let (_, [case, came]) = files("later", [("case.toml", RANGES), ("came.toml", &later)]);
    assert!(stderr(&rosi(&["review", &case, &came])).contains("take out years that are not over"));
}

#[test]
fn days_without_times_are_bands_of_a_tame_length() {
    let days = [4, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 12, 12, 13, 14, 15, 16, 18];
    let rows: String = days
        .iter()
        .enumerate()
        .map(|(place, days)| format!("20{:02}-01-01;20{:02}-01-01;20{:02}-01-{:02}\n", place, place, place, 1 + days))
        .collect();
    let log = format!("start;detected;contained\n{rows}");
    let (_, [log]) = files("days", [("log.csv", &log)]);
    let found = json_of(&["calibrate", "duration", &log, "--what", "containment"]);
    let text = found.to_string();
    assert!(text.contains("lognormal") || text.contains("low"), "{text}");
}

#[test]
fn the_share_that_is_seen_holds_for_both_counts_and_a_whole_year_is_not_short() {
    let (_, [log]) = files("seen", [("log.csv", "date\n2020-02-01\n2020-05-01\n2021-03-01\n2022-03-01\n")]);
    let period = ["--from", "2020-01-01", "--to", "2022-12-31", "--seen", "80%"];
    let found = json_of(&[&["calibrate", "effect", &log, "1 in 1 year"][..], &period].concat());
    // 4 / 2.4 before, 1 / 0.8 after.
    is(&found["figures"]["rate_ratio"], 0.75, 1e-9);
    assert!(!found["cautions"].to_string().contains("shorter than a year"), "{found}");
}

#[test]
fn an_estimate_goes_into_a_list_in_one_line() {
    let (_, [case]) = files("inline", [("case.toml", RANGES)]);
    let key = ["--into", &case, "--key", "control.c.effect.reduction"];
    done(&[&["calibrate", "effect", "8 in 4 years", "2 in 2 years"][..], &key].concat());
    let text = fs::read_to_string(&case).unwrap();
    assert!(text.contains("reduction = { shape = \"beta\""), "{text}");
    done(&["check", &case]);
}

#[test]
fn times_of_people_are_read_with_their_units() {
    let table = "person,question,low,high\nA,q,2 hours,5 days\nB,q,1 day,3 weeks\n";
    let (_, [one]) = files("times", [("t.csv", table)]);
    let found = json_of(&["calibrate", "experts", &one, "--kind", "duration"]);
    let plain = "person,question,low,high\nA,q,2,120\nB,q,24,504\n";
    let (_, [other]) = files("hours", [("t.csv", plain)]);
    let known = json_of(&["calibrate", "experts", &other, "--kind", "duration"]);
    assert_eq!(found["figures"], known["figures"]);
    let (_, [mixed]) = files("mixed", [("t.csv", "person,question,low,high\nA,q,2,5 days\n")]);
    let refused = rosi(&["calibrate", "experts", &mixed, "--kind", "duration"]);
    assert!(stderr(&refused).contains("one end names a time"), "{}", stderr(&refused));
    let money = rosi(&["calibrate", "experts", &one]);
    assert!(stderr(&money).contains("--kind duration"), "{}", stderr(&money));
}

/// A case that is worth exactly nothing.
const EVEN: &str = r#"schema = 1
title = "T"
currency = "EUR"
decision = { plan = "p" }
[assumptions]
horizon = "1 year"
discount_rate = "0%"
[[appetite]]
name = "lim"
loss = "99999"
chance = "25%"
[[risk]]
id = "r"
name = "Fire"
frequency = "50%"
count = "at most one"
loss.response = "100k"
[[control]]
id = "c"
name = "Doors"
effect = [{ risk = "r", on = "frequency", reduction = "50%" }]
cost.yearly = "25k"
[[plan]]
id = "p"
name = "P"
controls = ["c"]
"#;

#[test]
fn at_a_value_of_nothing_the_paper_says_neither_gain_nor_loss_and_the_right_way() {
    let (here, [case]) = files("even", [("case.toml", EVEN)]);
    let paper = here.join("p.md");
    done(&["report", &case, "--full", "--out", paper.to_str().unwrap()]);
    let text = fs::read_to_string(&paper).unwrap();
    assert!(text.contains("It would neither gain nor lose"), "{text}");
    assert!(!text.contains("would lose") && !text.contains("never recovers"), "{text}");
    assert!(text.contains("in no year does the option cost more than it brings"), "{text}");
    // What makes it better is more of each, but for the cost.
    for line in text.lines().filter(|line| line.contains("is then")) {
        let (assumption, _) = line.split_once(" is ").unwrap();
        assert_eq!(line.contains("is above"), !assumption.contains("cost"), "{line}");
    }
    assert!(text.lines().any(|line| line.contains("is above") && line.contains("is then")), "{text}");
    let gate = rosi(&["gate", &case, "--figure", "today.expected_annual_loss<=49999.99"]);
    assert!(!stdout(&gate).contains("just over"), "{}", stdout(&gate));
}

#[test]
fn a_limit_that_changed_is_told_beside_figures_that_did_not() {
    let changed = EVEN.replace("\"99999\"\nchance = \"25%\"", "\"150k\"\nchance = \"1%\"");
    let (_, [old, new]) = files("limits", [("old.toml", EVEN), ("new.toml", &changed)]);
    let text = done(&["compare", &old, &new]);
    assert!(text.contains("Agreed limit \"lim\"") && !text.contains("Nothing that the figures"), "{text}");
    assert!(done(&["compare", &old, &old]).contains("Nothing that the figures"));
}

fn explained(case: &Path, key: &str) -> Output {
    rosi(&["explain", case.to_str().unwrap(), key])
}

#[test]
fn an_explanation_says_tax_and_discount_where_they_enter_and_takes_the_keys_of_a_table() {
    let taxed = EVEN.replace("discount_rate = \"0%\"", "discount_rate = \"8%\"\ntax_rate = \"30%\"");
    let (here, [_]) = files("taxed", [("case.toml", &taxed)]);
    let case = here.join("case.toml");
    let avoided = stdout(&explained(&case, "plan.p.loss_avoided"));
    assert!(avoided.contains("× (1 − tax rate)") && avoided.contains("After tax at 30"), "{avoided}");
    assert!(!avoided.contains("Discounted at"), "{avoided}");
    let value = stdout(&explained(&case, "plan.p.net_present_value"));
    assert!(value.contains("Discounted at 8") && value.contains("After tax at 30"), "{value}");
    assert!(!stdout(&explained(&case, "plan.p.cash")).contains("After tax"));
    let table = done(&["assess", case.to_str().unwrap(), "--format", "csv"]);
    let keys: Vec<&str> = table.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    for key in keys.iter().filter(|key| key.starts_with("steps.") || key.contains(".controls.")).take(30) {
        assert!(explained(&case, key).status.success(), "{key}");
    }
    assert!(keys.iter().any(|key| key.starts_with("steps.0.")), "{keys:?}");
}

#[test]
fn one_altered_line_of_a_paper_is_one_difference() {
    let (here, [case]) = files("altered", [("case.toml", EVEN)]);
    let paper = here.join("p.md");
    let path = paper.to_str().unwrap();
    done(&["report", &case, "--out", path]);
    let text = fs::read_to_string(&paper).unwrap();
    let line = text.lines().find(|line| line.contains("25,000")).unwrap();
    fs::write(&paper, text.replacen(line, &line.replace("25,000", "25,001"), 1)).unwrap();
    let output = rosi(&["verify", path, &case]);
    let told = format!("{}{}", stdout(&output), stderr(&output));
    assert!(!output.status.success() && told.contains("25,001") && !told.contains("more"), "{told}");
}
