//! Figures beside the assessment: what is handed on, explained, asked of facts and people, and cures.

use std::fs;

use serde_json::Value;

use crate::cli::{folder, json_of, rosi, stderr, stdout};

const RISK: &str = "schema = 1\ntitle = \"t\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"r\"\nname = \"R\"\n\
                    frequency = \"2 per year\"\nloss.response = \"10k\"\n";
const DROPPED: &str = "[[control]]\nid = \"old\"\nname = \"Old\"\nin_place = true\ncoverage = \"80%\"\n\
                       effect = [{ risk = \"r\", on = \"frequency\", reduction = \"30%\" }]\ncost = {}\n\
                       [[plan]]\nid = \"q\"\nname = \"Q\"\ncontrols = []\ndrops = [\"old\"]\n";

/// A file of its own with this text, by its path.
fn file(name: &str, text: &str) -> String {
    let path = folder(&format!("elsewhere-{name}")).join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_cost_by_quarter_is_handed_on_as_that_of_its_first_year() {
    let control = |id: &str, cost: &str| {
        format!(
            "[[control]]\nid = \"{id}\"\nname = \"{id}\"\neffect = [{{ risk = \"r\", on = \"frequency\", reduction = \"10%\" }}]\n\
             cost.quarterly = {cost}\n"
        )
    };
    let all = [control("even", "\"1k\""), control("one", "[\"5k\"]"), control("falls", "[\"40k\", \"20k\", \"10k\"]")];
    let case = file("quarters.toml", &format!("{RISK}{}", all.concat()));
    let table = rosi(&["export", &case, "--as", "csv"]);
    let costs: Vec<String> =
        stdout(&table).lines().skip(1).map(|row| row.rsplit(',').next().unwrap().to_owned()).collect();
    assert_eq!(costs, ["4000", "20000", "80000"]);
    assert!(stderr(&table).contains("the cost of later years of falls"), "{}", stderr(&table));
}

#[test]
fn a_document_of_crml_keeps_the_spread_of_an_event_and_tells_what_it_cannot() {
    let risk = |id: &str, more: &str| {
        format!("[[risk]]\nid = \"{id}\"\nname = \"{id}\"\nfrequency = \"1 per year\"\n{more}\n")
    };
    let text = [
        "schema = 1\ntitle = \"t\"\ncurrency = \"EUR\"\n".to_owned(),
        risk("pareto", "loss.response = { shape = \"pareto\", at_least = \"10k\", tail = 1.8 }"),
        risk(
            "clusters",
            "count = { clustering = 0.5 }\nloss.response = { mean = \"10k\", sd = \"5k\", shape = \"lognormal\" }",
        ),
        risk(
            "counted",
            "loss.response = { quantity = { shape = \"gamma\", mean = 100, sd = 100 }, each = { shape = \"gamma\", mean = \"10\", sd = \"10\" } }",
        ),
    ];
    let out = rosi(&["export", &file("crml.toml", &text.concat()), "--as", "crml"]);
    let sigmas: Vec<f64> =
        stdout(&out).lines().filter_map(|line| line.trim().strip_prefix("sigma: ")?.parse().ok()).collect();
    // σ² = ln(1 + v ÷ m²): 5 times the mean, half of it, and of a product of two of variation 1 √3 times.
    let expected = [26.0_f64, 1.25, 4.0].map(|ratio| ratio.ln().sqrt());
    assert_eq!(sigmas.len(), 3);
    for (found, expected) in sigmas.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-5, "{found} is not {expected}");
    }
    let told = stderr(&out);
    assert!(
        told.contains("\"pareto\" has no standard deviation") && told.contains("in clusters, of clusters"),
        "{told}"
    );
}

#[test]
fn what_a_plan_ends_has_no_even_cost_where_its_amounts_differ_and_goes_on_until_it_ends() {
    let case =
        file("ends.toml", &format!("{RISK}{}", DROPPED.replace("cost = {}", "cost.yearly = [\"90k\", \"70k\"]")));
    let found = &json_of(&["assess", &case])["plans"][0]["investment"];
    assert_eq!(found["equivalent_annual_cost"], Value::Null);
    // Begun a year later, years 2 and 3 save 70k each as they do now: the 90k of year 1 are not saved.
    let saved: f64 = found["cost_of_waiting"]["spending_saved"].as_str().unwrap().parse().unwrap();
    assert!((saved + 90e3 / 1.08).abs() < 1e-4, "{saved}");
}

#[test]
fn what_decides_about_the_end_of_a_control_has_its_weight() {
    let text = format!("{RISK}{DROPPED}");
    let case = file("weights.toml", &text);
    let value = |text: &str| -> f64 {
        let found = json_of(&["assess", &file("changed.toml", text)]);
        found["plans"][0]["investment"]["net_present_value"].as_str().unwrap().parse().unwrap()
    };
    for (key, old, new) in [("coverage", "\"80%\"", "\"88%\""), ("effect.reduction", "\"30%\"", "\"33%\"")] {
        let change = value(&text.replace(old, new)) - value(&text);
        let told = stdout(&rosi(&["explain", &case, &format!("control.old.{key}")]));
        let figure = told.split("would change by −").nth(1).and_then(|rest| rest.split_whitespace().next());
        let figure: f64 = figure.unwrap_or_else(|| panic!("{told}")).replace([',', '.'], "").parse().unwrap();
        assert!((figure / change.abs() - 1.0).abs() < 0.05, "{key}: {figure} is not {change}");
    }
    let ended = rosi(&["assess", &case, "--set", "control.old.effect.reduction.ended=5%"]);
    assert!(stderr(&ended).contains("worked out from `control.old.effect.reduction`"), "{}", stderr(&ended));
    let counts = stdout(&rosi(&["check", &case]));
    assert!(counts.contains("1 control, 1 plan, 4 assumptions"), "{counts}");
}

#[test]
fn an_explanation_lists_obligations_and_says_no_weight_of_a_rate_of_exchange() {
    let text = format!(
        "{RISK}[[obligation]]\nid = \"duty\"\nname = \"Duty\"\nregime = \"own\"\nrisks = [\"r\"]\nreported = \"60%\"\nnotification = \"USD 12k\"\n\
         [exchange_rates]\nUSD = {{ value = \"0.9\", source = \"a bank\", date = \"2026-11-30\" }}\n\
         [[control]]\nid = \"new\"\nname = \"New\"\neffect = [{{ risk = \"r\", on = \"frequency\", reduction = \"50%\" }}]\ncost = {{}}\n\
         [[plan]]\nid = \"p\"\nname = \"P\"\ncontrols = [\"new\"]\n"
    );
    let case = file("duty.toml", &text);
    let told = stdout(&rosi(&["explain", &case, "risk.r.today.expected_annual_loss"]));
    assert!(told.contains("obligation.duty.reported") && told.contains("exchange_rates.USD"), "{told}");
    let rate = stdout(&rosi(&["explain", &case, "exchange_rates.USD"]));
    assert!(!rate.contains("a tenth higher"), "{rate}");
}

#[test]
fn every_quantile_that_a_cure_names_has_an_average() {
    let with = |range: &str| file("cure.toml", &RISK.replace("\"10k\"", range));
    let out = stderr(&rosi(&["check", &with("{ p10 = \"8k\", p50 = \"10k\", p90 = \"600k\" }")]));
    let cures: Vec<&str> = out.split('`').filter(|part| part.starts_with("p") && part.contains(" = ")).collect();
    assert!(!cures.is_empty(), "{out}");
    for cure in cures {
        let (key, value) = cure.split_once(" = ").unwrap();
        let at = |name: &str, given: &str| if name == key { value.to_owned() } else { format!("\"{given}\"") };
        let range = format!("{{ p10 = {}, p50 = {}, p90 = {} }}", at("p10", "8k"), at("p50", "10k"), at("p90", "600k"));
        let out = rosi(&["check", &with(&range)]);
        assert!(out.status.success(), "{cure}: {}", stderr(&out));
    }
    let series = format!("{RISK}[[control]]\nid = \"c\"\nname = \"C\"\ncost.yearly = \"15k to 20k\"\n");
    let out = stderr(&rosi(&["check", &file("series.toml", &series)]));
    assert!(out.contains("{ low = \"15k\", high = \"20k\" }"), "{out}");
}

#[test]
fn a_turnover_in_another_currency_than_a_ceiling_is_a_fault() {
    let ask = |more: &[&str]| {
        let all = [&["facts", "gdpr-83-4", "--as", "at-most"], more].concat();
        rosi(&all)
    };
    assert!(stdout(&ask(&["--turnover", "EUR 2bn"])).contains("\"40000000\""));
    assert!(stdout(&ask(&["--turnover", "2bn"])).contains("\"40000000\""));
    for other in [&["--turnover", "USD 2bn"][..], &["--currency", "USD", "--turnover", "2bn"]] {
        let out = ask(other);
        assert!(!out.status.success() && stderr(&out).contains("the ceiling is in EUR"), "{}", stderr(&out));
    }
}

#[test]
fn answers_on_a_sheet_are_read_as_what_their_key_is() {
    let text = "person,question,low,high,unit\nA,risk.r.frequency,0.05,0.5,times a year\n";
    let out = rosi(&["calibrate", "experts", &file("answers.csv", text), "--question", "risk.r.frequency"]);
    assert!(stdout(&out).contains("frequency = {"), "{}{}", stdout(&out), stderr(&out));
}

#[test]
fn a_count_far_above_its_prior_is_not_less_than_impossible() {
    let days: String = (1..=20).map(|day| format!("2020-02-{day:02}\n")).collect();
    let log = file("many.csv", &format!("date\n{days}"));
    let period = ["--from", "2020-02-01", "--to", "2020-03-08", "--seen", "100%"];
    let out = rosi(&[&["calibrate", "frequency", &log, "--prior", "1 per year to 1.2 per year"], &period[..]].concat());
    assert!(stdout(&out).contains("below 0.1%") && !stdout(&out).contains("-0%"), "{}{}", stdout(&out), stderr(&out));
}
