//! What a table states is taken, asked or refused: a figure beside a range, a pair that does not change, a part of
//! another tool's file.

use std::fs;

use rosi::internal::import::Weight;
use rosi::internal::model::Scenario;

use crate::cli::{folder, rosi, stderr};
use crate::import::{euros, is_told, mean, messages, near, taken, text as file, told, yearly};

fn of(name: &str, table: &str) -> (Scenario, Vec<String>, String) {
    let (case, outcome) = taken(&[file(name, table)], &euros());
    let said = told(&outcome);
    (case, said, outcome.text)
}

fn is_example(case: &Scenario, path: &str) -> bool {
    case.estimates().iter().any(|estimate| estimate.path == path && estimate.record.example)
}

#[test]
fn a_plain_figure_in_a_table_of_ranges_is_taken() {
    let json = r#"{"risks":[{"name":"A","frequency":{"low":0.1,"high":0.5},"loss":{"min":1000,"likely":5000,"max":20000}},
        {"name":"B","frequency":"1 in 4 years","loss":"2.5k"}]}"#;
    let (case, said, text) = of("r.json", json);
    near(mean(&case, "risk.b.loss.response"), 2_500.0, 1e-12);
    assert!(!is_example(&case, "risk.b.loss.response"), "{said:#?}\n{text}");
    let (case, _, text) =
        of("r.csv", "Risk,Events per year,Loss low,Loss high,Loss\nA,1,1000,20000,\nB,2,,,700\nC,1,1000,20000,4000\n");
    near(mean(&case, "risk.b.loss.response"), 700.0, 1e-12);
    assert!(!is_example(&case, "risk.a.loss.response") && is_example(&case, "risk.c.loss.response"), "{text}");
    assert!(text.contains("also states \\\"4000\\\" (Loss)"), "{text}");
}

#[test]
fn a_range_of_frequencies_beside_a_plain_one_is_asked() {
    let (case, _, text) =
        of("r.csv", "Risk,Events per year,Loss,Frequency min,Frequency max\nA,1,5000,0.5,2\nB,2,700,,\n");
    assert!(is_example(&case, "risk.a.frequency") && !is_example(&case, "risk.b.frequency"), "{text}");
    assert!(text.contains("\\\"0.5\\\" (Frequency min), \\\"2\\\" (Frequency max)"), "{text}");
    // One end alone is no silence.
    for (table, missing) in [
        ("Risk,Frequency min,Frequency max,Loss\nA,,3,5000\nB,1,2,500\n", "column B (Frequency min)"),
        ("Risk,Events per year,Loss P10,Loss P90\nA,1,,90000\nB,1,500,900\n", "column C (Loss P10)"),
    ] {
        let (_, said, _) = of("r.csv", table);
        let found = said.iter().find(|one| one.contains("this end of the range is missing beside"));
        assert!(found.is_some_and(|one| one.contains(missing) && one.contains("I0303")), "{said:#?}");
    }
}

#[test]
fn ends_of_two_kinds_make_no_range_in_silence() {
    let (case, _, text) = of("r.csv", "Risk,Events per year,Low loss,Max loss\nA,1,100,20000\n");
    assert!(is_example(&case, "risk.a.loss.response"), "{text}");
    let (case, _, text) = of(
        "r.csv",
        "Risk,Events per year,Min loss,P5 loss,Likely loss,P95 loss,Max loss\nA,1,100,1000,5000,20000,90000\n",
    );
    assert!(is_example(&case, "risk.a.loss.response"), "{text}");
    assert!(text.contains("low = \"1000\", high = \"20000\"") && text.contains("\\\"100\\\" (Min loss)"), "{text}");
    let (_, said, _) =
        of("r.csv", "Risk,Events per year,Maximum probable loss,Maximum foreseeable loss\nA,1,1000,5000\n");
    assert!(is_told(&said, "one end of the range has no column"), "{said:#?}");
    assert!(!is_told(&said, "do not rise"), "{said:#?}");
    // Low and high of what? The heading does not say.
    let (case, _, text) = of("r.csv", "Risk,Events per year,Low,High\nA,3,1000,5000\nB,1,300,900\n");
    assert!(is_example(&case, "risk.a.loss.response"), "{text}");
}

#[test]
fn a_pair_that_does_not_change_is_no_effect_and_one_that_rises_is_told() {
    let head = "Risk,ALE before,ALE after,Control,Annual cost\n";
    let (case, said, text) =
        of("r.csv", &format!("{head}A,100000,25000,MFA,10\nB,50000,50000,Course,10\nC,20000,30000,WAF,10\n"));
    near(mean(&case, "control.mfa.effect.reduction"), 0.75, 1e-12);
    assert_eq!(mean(&case, "control.course.effect.reduction"), 0.0, "{text}");
    assert!(is_example(&case, "control.course.effect.reduction"), "{text}");
    assert!(is_told(&said, "it is higher afterwards (30000) than before (20000)"), "{said:#?}");
    let (case, _, text) = of(
        "r.csv",
        "Risk,Likelihood before,Likelihood after,Impact before,Impact after,Control,Cost\nA,20%,20%,1000,1000,MFA,10\nB,20%,20%,1000,500,EDR,10\n",
    );
    assert_eq!(mean(&case, "control.mfa.effect.reduction"), 0.0, "{text}");
    near(mean(&case, "control.edr.effect.reduction"), 0.5, 1e-12);
    // A stated effect weighs more.
    let (case, _, text) = of(
        "r.csv",
        "Risk,Likelihood before,Likelihood after,Impact,Control,Cost,Effect on loss\nA,20%,20%,1000,MFA,10,50%\n",
    );
    near(mean(&case, "control.mfa.effect.reduction"), 0.5, 1e-12);
    assert!(text.contains("on = \"loss\""), "{text}");
    // Without a measure nothing is bought.
    let (case, _, text) =
        of("r.csv", "Risk,Likelihood before,Likelihood after,Impact\nA,20%,20%,1000\nB,30%,10%,1000\n");
    assert_eq!(case.controls().len(), 1, "{text}");
}

#[test]
fn an_expected_loss_beside_a_frequency_alone_is_told() {
    let (_, said, _) = of("r.csv", "Risk,Events per year,Expected loss (EUR)\nA,0.1,10000\nB,2,500\n");
    assert!(is_told(&said, "the table states 10000 as the expected loss, and not what one event costs"), "{said:#?}");
}

#[test]
fn a_code_in_a_heading_that_was_not_read_as_its_currency_is_asked() {
    for heading in ["Schade (dzd €)", "Loss (DZD)", "Loss (EUR or USD)"] {
        let (case, said, text) = of("r.csv", &format!("Risk;Events per year;{heading}\nA;0,1;25\nB;2;3,5\n"));
        assert!(is_example(&case, "risk.a.loss.response"), "{heading}: {said:#?}\n{text}");
    }
    let (case, _, text) = of("r.csv", "Risk;Events per year;Loss (in euros)\nA;0,1;25\nB;2;3,5\n");
    assert!(!is_example(&case, "risk.a.loss.response"), "{text}");
}

#[test]
fn parts_of_other_tools_files_are_taken_or_told() {
    let pyfair = r#"{"name":"T","type":"FairModel","Threat Event Frequency":{"constant":10},"Vulnerability":{"p":0.4},
        "Primary Loss":{"constant":1000},"Secondary Loss Event Frequency":{"constant":0.3},
        "Secondary Loss Event Magnitude":{"constant":5000},"Secondary Loss":{"constant":7}}"#;
    let (case, said, text) = of("m.json", pyfair);
    near(yearly(&case)[0], 10.0 * 0.4 * (1_000.0 + 0.3 * 5_000.0), 1e-9);
    assert!(is_told(&said, "\"Secondary Loss\" of T was not taken"), "{said:#?}\n{text}");
    let half = pyfair.replace("\"Secondary Loss Event Magnitude\":{\"constant\":5000},", "");
    assert!(is_told(&of("m.json", &half).1, "\"Secondary Loss\" of T was left out"));

    let mixture = |weight: &str| {
        format!(
            "crml_scenario: \"1.0\"\nmeta: {{name: mix}}\nscenario:\n  frequency: {{basis: per_organization_per_year, model: poisson, parameters: {{lambda: 2}}}}\n  severity:\n    model: mixture\n    components:\n      - lognormal: {{weight: 0.7, median: 10000, sigma: 1, currency: EUR}}\n      - gamma: {{weight: {weight}, shape: 2, scale: 1000, currency: EUR}}\n"
        )
    };
    let (case, _, text) = of("m.yaml", &mixture("0.2"));
    assert!(text.contains("add up to 0.9") && case.estimates().iter().any(|one| one.record.example), "{text}");
    assert!(!of("m.yaml", &mixture("0.3")).2.contains("add up to"));
    let by_asset = mixture("0.3").replace("per_organization_per_year", "per_asset_unit_per_year");
    let (case, _, text) = of("m.yaml", &by_asset);
    let rates = case.estimates().iter().filter(|one| one.path.ends_with(".frequency"));
    assert!(rates.clone().count() == 2 && rates.clone().all(|one| one.record.example), "{text}");

    let head =
        "name,ref_id,status,amortization_period,build_fixed_cost,build_people_days,run_fixed_cost,run_people_days\n";
    let (case, outcome) = taken(
        &[file(
            "c.csv",
            &format!("{head}EDR,A,to_do,3,-5,,40000,\nOld,B,deprecated,3,10,,2,\nHalf,C,degraded,3,10,,2,\n"),
        )],
        &euros(),
    );
    let said = messages(&outcome, Weight::Fault);
    assert!(is_told(&said, "a cost is not below zero (-5)"), "{said:#?}");
    assert!(is_example(&case, "control.b.cost.yearly"), "{}", outcome.text);
    let half = case.controls().iter().find(|control| control.name == "Half").unwrap();
    assert!(half.in_place, "{}", outcome.text);
}

#[test]
fn a_figure_that_somebody_wrote_as_the_source_says_is_no_news() {
    let here = folder("kept-whole-merge");
    let [table, case] = ["r.csv", "c.toml"].map(|name| here.join(name).to_str().unwrap().to_owned());
    fs::write(&table, "ID,Risk,Events per year,Loss (EUR)\nR1,Fraud,2,15000\n").unwrap();
    fs::write(
        &case,
        "schema = 1\ntitle = \"t\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"r1\"\nname = \"Fraud\"\nfrequency = \"2 per year\"\nloss.response = \"14000\"\n",
    )
    .unwrap();
    let said = stderr(&rosi(&["import", &table, "--into", &case, "--yes"]));
    assert!(!said.contains("risk.r1.frequency is") && said.contains("risk.r1.loss.response is \"14000\""), "{said}");
}

#[test]
fn measures_below_the_register_join_by_acts_on_and_settings_are_no_risks() {
    let table = "Risk,Events per year,Loss (EUR)\nFraud,1,1000\nFlood,2,500\n,,\n\
                 Control,Annual cost (EUR),Acts on,Reduction\nMFA,10,Fraud,50%\nWall,20,Flood,20%\n";
    let (case, said, text) = of("r.csv", table);
    let wall = case.controls().iter().find(|control| control.name == "Wall").unwrap();
    assert!(text.contains("risk = \"flood\"") && !is_told(&said, "I0302"), "{} {said:#?}\n{text}", wall.name);
    near(mean(&case, "control.wall.effect.reduction"), 0.2, 1e-12);
    let (case, said, _) = of(
        "r.csv",
        "Risk,Events per year,Loss (EUR)\nFraud,1,1000\nFlood,2,500\n,,\nHorizon (years),3,\nTime horizon,3,\n",
    );
    assert_eq!(case.risks().len(), 2, "{said:#?}");
}
