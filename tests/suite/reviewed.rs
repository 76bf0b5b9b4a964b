//! What a review promises where controls start within the period, and where a year is reviewed in parts.

use std::fs;
use std::path::Path;
use std::process::Output;

use serde_json::Value;

use crate::cli::{folder, rosi};

const QUARTER: &str = "from = \"2027-01-01\"\nto = \"2027-03-31\"\nseen = \"100%\"\n";

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A case with four events a year, of which one control takes a part from its start on.
fn case(here: &Path, reduction: &str, ramp: &str, planned: &str) {
    let text = format!(
        r#"schema = 1
title = "T"
currency = "EUR"
decision = {{ plan = "p" }}
[[risk]]
id = "a"
name = "A"
frequency = {{ shape = "gamma", mean = "4 per year", sd = "2 per year" }}
loss = {{ response = "20k" }}
[[control]]
id = "k"
name = "K"
{ramp}
effect = [{{ risk = "a", on = "frequency", reduction = "{reduction}" }}]
cost = {{ initial = "12k", yearly = "6k" }}
[[plan]]
id = "p"
name = "P"
controls = [{planned}]
"#
    );
    fs::write(here.join("case.toml"), text).unwrap();
}

fn came(days: &[&str]) -> String {
    days.iter().map(|day| format!("[[incident]]\nrisk = \"a\"\ndate = \"{day}\"\n")).collect()
}

fn reviewed(here: &Path, actuals: &str, more: &[&str]) -> Output {
    let (case, file) = (here.join("case.toml"), here.join("came.toml"));
    fs::write(&file, actuals).unwrap();
    rosi(&[&["review", case.to_str().unwrap(), file.to_str().unwrap()], more].concat())
}

fn json(here: &Path, actuals: &str) -> Value {
    let output = reviewed(here, actuals, &["--format", "json"]);
    assert!(output.status.success(), "{}", told(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

fn is(found: &Value, expected: f64) {
    let found = found.as_f64().unwrap();
    assert!((found - expected).abs() < 1e-9 * expected, "{found} for {expected}");
}

#[test]
fn a_control_counts_from_the_month_that_the_plan_says() {
    let here = folder("review-planned");
    case(&here, "90%", "", "{ id = \"k\", start = \"month 7\" }");
    let two = format!("{QUARTER}{}", came(&["2027-02-18", "2027-03-18"]));
    let found = json(&here, &two);
    let risk = &found["risks"][0];
    is(&risk["events"]["expected"], 4.0 * 90.0 / 365.0);
    let more = risk["events"]["chance_of_as_many_or_more"].as_f64().unwrap();
    // A gamma of shape 4 and mean 0.986 mixes Poisson counts to a negative binomial.
    assert!((more - 0.258).abs() < 5e-4, "{more}");
    assert_eq!(risk["verdict"], "too early to tell");
    let mean = risk["update"]["estimate"]["mean"].as_str().unwrap();
    assert!(mean.starts_with("4.813"), "6 events in 1 + 90/365 years: {mean}");
    let note = found["notes"][0].as_str().unwrap();
    assert!(note.contains("K counts from 2027-07-01 on, as the plan says"), "{note}");
    // A year later it has been there for half a year.
    let later = two.replace("2027", "2028");
    is(&json(&here, &format!("plan_year = 2\n{later}"))["risks"][0]["events"]["expected"], 0.4 * 90.0 / 365.0);
    is(&json(&here, &format!("plan_from = \"2027-01-01\"\n{later}"))["risks"][0]["events"]["expected"], 36.0 / 365.0);
    // What is told goes before what was planned.
    let started = format!("{two}[[spend]]\ncontrol = \"k\"\nstarted = \"2027-01-01\"\n");
    is(&json(&here, &started)["risks"][0]["events"]["expected"], 0.4 * 90.0 / 365.0);
    let wrong = reviewed(&here, &format!("plan_from = \"2027-01-01\"\nplan_year = 1\n{later}"), &[]);
    assert!(told(&wrong).contains("lies in year 2"), "{}", told(&wrong));
}

#[test]
fn a_control_that_grows_counts_with_its_average_strength() {
    let here = folder("review-grows");
    let half = QUARTER.replace("03-31", "06-30");
    let expected = |planned: &str| {
        case(&here, "50%", "ramp = \"6 months\"", planned);
        json(&here, &half)["risks"][0]["events"]["expected"].clone()
    };
    // From 1 April on it grows along a line to its full effect half a year later.
    let (years, grown) = (181.0 / 365.0, 91.0 / 365.0);
    let strength = grown * grown / (2.0 * 0.5);
    is(&expected("{ id = \"k\", start = \"month 4\" }"), 4.0 * (years - 0.5 * strength));
    is(&expected("\"k\""), 4.0 * (years - 0.5 * years * years / (2.0 * 0.5)));
}

#[test]
fn a_year_in_two_reviews_is_a_year() {
    let here = folder("review-parts");
    case(&here, "50%", "", "\"k\"");
    let first = format!("{QUARTER}{}", came(&["2027-02-18", "2027-03-18"]));
    let rest = format!("from = \"2027-04-01\"\nto = \"2027-12-31\"\nseen = \"100%\"\n{}", came(&["2027-05-01"]));
    let found = json(&here, &rest);
    is(&found["period"]["years"], 275.0 / 365.0);
    let next = here.join("case.toml");
    let taken = reviewed(&here, &first, &["--into", here.join("next.toml").to_str().unwrap()]);
    assert!(taken.status.success(), "{}", told(&taken));
    fs::rename(here.join("next.toml"), &next).unwrap();
    let mean = json(&here, &rest)["risks"][0]["update"]["estimate"]["mean"].as_str().unwrap().to_owned();
    // gamma(4, 1) after 3 events in a year of which the plan leaves a half: 7 / 1.5.
    assert!(mean.starts_with("4.666"), "{mean}");
}

#[test]
fn a_loss_that_may_grow_is_told_so_in_the_sum_too() {
    let here = folder("review-unsettled");
    case(&here, "50%", "", "\"k\"");
    let said = |more: &str| {
        let told = reviewed(&here, &format!("{QUARTER}{}{more}", came(&["2027-02-18"])), &[]);
        String::from_utf8_lossy(&told.stdout).into_owned()
    };
    assert!(said("").contains(", 0 and more came."), "{}", said(""));
    assert!(said("loss = \"> 25k\"\n").contains(", 25,000 and more came."), "{}", said("loss = \"> 25k\"\n"));
    assert!(said("loss = \"25k\"\n").contains(", 25,000 came."), "{}", said("loss = \"25k\"\n"));
}

/// The chance of as many events or more, and what is then known of the frequency.
fn counted(name: &str, risk: &str, more: &str, count: usize) -> (f64, String, Value) {
    let here = folder(name);
    let head = "schema = 1\ntitle = \"T\"\ncurrency = \"EUR\"\n";
    let risk = format!("[[risk]]\nid = \"a\"\nname = \"A\"\n{risk}\nloss = {{ response = \"30k\" }}\n");
    fs::write(here.join("case.toml"), format!("{head}{risk}{more}")).unwrap();
    let year = "from = \"2027-01-01\"\nto = \"2027-12-31\"\nseen = \"100%\"\nplan = \"today\"\n";
    let found = json(&here, &format!("{year}{}", came(&vec!["2027-03-11"; count])));
    let risk = &found["risks"][0];
    let chance = risk["events"]["chance_of_as_many_or_more"].as_f64().unwrap();
    (chance, risk["verdict"].as_str().unwrap().to_owned(), risk["update"].clone())
}

#[test]
fn all_that_is_not_known_of_a_rate_counts_when_a_count_is_judged() {
    let threat = r#"threat = { events = { low = "1 per year", high = "20 per year" }, vulnerability = { low = "2%", high = "40%" } }"#;
    let (chance, verdict, _) = counted("review-threat", threat, "", 4);
    // Over both ranges; 2.68 % at the average rate.
    assert!((chance - 0.081).abs() < 1e-3, "{chance}");
    assert_eq!(verdict, "too early to tell");
    let heavy = r#"frequency = { p10 = "0.1 per year", p50 = "0.5 per year", p90 = "1.6 per year" }"#;
    let (chance, ..) = counted("review-heavy", heavy, "", 4);
    // A range without a variance has no Gauss points; 0.88 % at its average.
    assert!((chance - 0.0379).abs() < 2e-4, "{chance}");
    let light = r#"frequency = { p10 = "0.3 per year", p50 = "0.6 per year", p90 = "1.3 per year" }"#;
    let (chance, ..) = counted("review-light", light, "", 4);
    assert!((chance - 0.0220).abs() < 2e-4, "{chance}");
}

#[test]
fn events_that_come_in_clusters_are_judged_as_such() {
    let clustered = "frequency = \"0.8 per year\"\ncount = { clustering = 0.05 }";
    let (chance, verdict, _) = counted("review-clustered", clustered, "", 4);
    assert!((chance - 0.058_080_554_4).abs() < 1e-9, "{chance}");
    assert_eq!(verdict, "too early to tell");
    let once = "frequency = \"20%\"\ncount = \"at most one\"";
    let (chance, ..) = counted("review-once", once, "", 1);
    assert!((chance - 0.2).abs() < 1e-12, "{chance}");
}

#[test]
fn events_that_others_bring_do_not_raise_the_risk_s_own_frequency() {
    let own = r#"frequency = { low = "0.5 per year", high = "2 per year" }"#;
    let cause = "[[shared_cause]]\nid = \"s\"\nname = \"S\"\nfrequency = \"10 per year\"\nstrikes = [\"a\"]\n";
    let (chance, _, update) = counted("review-brought", own, cause, 11);
    assert!((0.4..0.65).contains(&chance), "{chance}");
    let mean = update["estimate"]["mean"].as_str().unwrap();
    let mean: f64 = mean.trim_end_matches(" per year").parse().unwrap();
    // ∫ λ f(λ) P(11 | λ + 10) dλ over the same without λ, by quadrature.
    assert!((mean - 1.0853).abs() < 2e-3, "{mean}");
}
