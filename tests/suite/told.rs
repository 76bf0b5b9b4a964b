//! What papers and answers say beside a figure is true of it: reductions under a policy, waiting, differences, units.

use serde_json::Value;

use crate::cli::{folder, json_of, rosi};

const HEAD: &str = "schema = 1\ntitle = \"t\"\ncurrency = \"EUR\"\nnumbers = \"1,234.5\"\n[assumptions]\nhorizon = \"3 years\"\ndiscount_rate = \"5%\"\n";
const SHOP: &str = "[[value_stream]]\nid = \"web\"\nname = \"Web\"\nrevenue = \"31M per year\"\nmargin = \"30%\"\n[[risk]]\nid = \"shop\"\nname = \"Shop\"\nvalue_stream = \"web\"\nfrequency = \"1 in 5 years\"\n[risk.outage]\nduration = \"60 hours\"\n[risk.loss]\nresponse = { low = \"50k\", high = \"500k\" }\n";
const VAULT: &str = "[[control]]\nid = \"vault\"\nname = \"Vault\"\n[[control.effect]]\nrisk = \"shop\"\non = \"frequency\"\nreduction = \"70%\"\n[control.cost]\ninitial = \"70k\"\nyearly = \"20k\"\n[control.saves]\npeople = { time = \"5 hours per week\", rate = \"74 per hour\" }\n[[plan]]\nid = \"vault\"\nname = \"Vault only\"\ncontrols = [\"vault\"]\n";

/// A case in a folder of its own.
fn written(name: &str, more: &str) -> String {
    let path = folder(&format!("told-{name}")).join("case.toml");
    std::fs::write(&path, format!("{HEAD}{more}")).unwrap();
    path.to_str().unwrap().to_owned()
}

fn said(arguments: &[&str]) -> String {
    let output = rosi(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_reduction_that_would_do_is_told_only_where_it_tells_what_would_do() {
    let uninsured = written("plain", &format!("{SHOP}{VAULT}"));
    let policy =
        "[[insurance]]\nid = \"p\"\nname = \"Policy\"\npremium = \"9k\"\nretention = \"50k\"\nlimit = \"1M\"\n";
    let insured = written("policy", &format!("{SHOP}{VAULT}{policy}"));
    let sentence = "the losses it acts on";
    assert!(said(&["assess", &uninsured, "--full"]).contains(sentence));
    assert!(!said(&["assess", &insured, "--full"]).contains(sentence));
    // The ratio has its own numbers: what time saved does not pay for, by the loss that is acted on.
    let money = &json_of(&["assess", &uninsured])["plans"][0]["investment"];
    let number = |key: &str| money[key].as_str().unwrap().parse::<f64>().unwrap();
    let net = number("present_value_of_cost") - number("present_value_of_gains");
    let text = said(&["explain", &uninsured, "plan.vault.break_even_reduction"]);
    let over = text.split_once("Reduction = EUR ").unwrap().1.split_once(" / ").unwrap().0.replace(',', "");
    assert!((over.replace('−', "-").parse::<f64>().unwrap() - net).abs() < 1.0, "{text}");
    assert!(!said(&["explain", &insured, "plan.vault.break_even_reduction"]).contains("Reduction ="));
}

#[test]
fn policies_do_not_wait() {
    let policy = "[[plan]]\nid = \"take\"\nname = \"Take the policy\"\n[[insurance]]\nid = \"p\"\nname = \"Policy\"\npremium = \"9k\"\nretention = \"25k\"\nplans = [\"take\"]\n";
    let path = written("waits", &format!("{SHOP}{VAULT}{policy}"));
    let found = json_of(&["assess", &path]);
    let of = |id: &str| {
        let plan = found["plans"].as_array().unwrap().iter().find(|plan| plan["id"] == id).unwrap();
        plan["investment"]["cost_of_waiting_a_year"].clone()
    };
    assert_eq!((of("take"), of("vault").is_null()), (Value::Null, false));
    let text = said(&["assess", &path, "--full"]);
    assert!(!text.contains("Starting a year later"), "{text}");
}

#[test]
fn a_change_between_two_cases_is_the_difference_of_the_amounts_beside_it() {
    let path = written("changed", &format!("{SHOP}{VAULT}"));
    let output = rosi(&["compare", &path, "--set", "risk.shop.frequency=1 in 7 years", "--format", "markdown"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let rows = text.lines().filter(|line| line.starts_with("| ") && line.contains("average loss"));
    let mut seen = 0;
    for row in rows {
        let cell = |text: &str| text.trim().replace([',', '+'], "").replace('−', "-").parse::<f64>().ok();
        let cells: Vec<f64> = row.split('|').filter_map(cell).collect();
        let [before, after, change] = cells.as_slice() else { continue };
        assert_eq!(after - before, *change, "{row}");
        seen += 1;
    }
    assert!(seen >= 2, "{text}");
}

#[test]
fn revenue_is_told_in_the_time_that_it_was_written_for() {
    let path = written("revenue", &format!("{SHOP}{VAULT}"));
    let text = said(&["explain", &path, "value_stream.web.revenue"]);
    assert!(text.contains("Written 31M a year"), "{text}");
    let hourly = written("hourly", &format!("{SHOP}{VAULT}").replace("31M per year", "3,500 per hour"));
    assert!(said(&["explain", &hourly, "value_stream.web.revenue"]).contains("Written 3.5k per hour"));
}
