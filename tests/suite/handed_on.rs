//! A case that is handed on as a table comes in again with the same averages: of today, and of each measure alone.

use std::collections::BTreeMap;

use rosi::internal::engine::{LossModel, Values};
use rosi::internal::import::export::{Format, export};
use rosi::internal::import::{Options, import};
use rosi::internal::model::Scenario;
use rosi::internal::scenario::{Source, parse};
use rosi::internal::units::Figure;

use crate::import::{near, text};

const BUNDLED: [&str; 5] = ["ransomware", "soc-automation", "card-payments", "small-office", "three-vendors"];

fn case(text: &str) -> Scenario {
    match parse(&Source::new("case.toml", text)) {
        Ok(parsed) => parsed.scenario,
        Err(faults) => panic!("{:?}\n{text}", faults.iter().map(|fault| &fault.message).collect::<Vec<_>>()),
    }
}

fn bundled(name: &str) -> String {
    std::fs::read_to_string(format!("{}/scenarios/{name}/scenario.toml", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// The loss of a year, gross and by risk, with the measures that are named in force.
fn losses(case: &Scenario, named: &[&str]) -> Vec<f64> {
    let bought = |at| named.contains(&case.controls()[at].name.as_str());
    let model = LossModel::new(case);
    let means = model.all_means(&Values::means(case), &|at| bought(at).then_some(Figure::ONE));
    means.iter().map(|risk| risk.annual_loss.to_f64()).collect()
}

/// The same with each measure alone; by the name of the measure.
fn alone(case: &Scenario) -> BTreeMap<String, Vec<f64>> {
    let bought = case.controls().iter().filter(|control| control.can_be_bought());
    bought.map(|control| (control.name.clone(), losses(case, &[&control.name]))).collect()
}

#[test]
fn what_each_measure_does_alone_and_today_come_in_again() {
    for name in BUNDLED {
        let source = bundled(name);
        let first = case(&source);
        let (table, told) = export(&first, Format::Csv);
        let outcome = import(&[text("again.csv", &table)], &Options::default())
            .unwrap_or_else(|refusal| panic!("{name}: {:#?}", refusal.findings));
        let again = case(&outcome.text);
        losses(&again, &[])
            .into_iter()
            .zip(losses(&first, &[]))
            .for_each(|(loss, expected)| near(loss, expected, 1e-6));
        let (before, after) = (alone(&first), alone(&again));
        for (measure, losses) in &before {
            let found = after.get(measure).unwrap_or_else(|| panic!("{name}: {measure} among {:?}", after.keys()));
            for (loss, expected) in found.iter().zip(losses) {
                near(*loss, *expected, 1e-6);
            }
        }
        // What a year of each costs comes in too.
        for control in first.controls().iter().filter(|control| control.can_be_bought()) {
            let same = again.controls().iter().find(|other| other.name == control.name).unwrap();
            let initial = |case: &Scenario, at| case.estimate(at).mean().to_f64();
            let (found, expected) = (same.cost.initial, control.cost.initial);
            near(found.map_or(0.0, |at| initial(&again, at)), expected.map_or(0.0, |at| initial(&first, at)), 1e-9);
            assert!(control.cost.people.is_none() || same.cost.yearly.is_some(), "{name}: {}", control.name);
        }
        assert!(told.iter().any(|finding| finding.message.contains("not handed on: the options")), "{name}");
    }
}

#[test]
fn what_a_table_cannot_hold_is_told_by_name() {
    let (_, told) = export(&case(&bundled("ransomware")), Format::Csv);
    for part in [
        "the policies Cyber policy",
        "several act on Ransomware stops the warehouse",
        "The IT service firm is breached",
    ] {
        assert!(told.iter().any(|finding| finding.message.contains(part)), "{part}: {told:#?}");
    }
    let (_, told) = export(&case(&bundled("soc-automation")), Format::Nist);
    assert!(told.iter().any(|finding| finding.message.contains("Outside firm reads the logs at weekends")));
    assert!(told.iter().any(|finding| finding.message.contains("the yearly cost of Playbooks")));
}

#[test]
fn a_measure_that_leaves_larger_events_is_handed_on_as_one_on_how_often_and_told() {
    // Without the small thefts that the alarm stops, an event costs more on average, and no effect raises a loss.
    let text = r#"
schema = 1
title = "T"
currency = "EUR"
[[risk]]
id = "a"
name = "Theft"
frequency = "2 per year"
loss.response = "1000"
[[risk.secondary]]
chance = "10%"
loss.fines = "50000"
[[control]]
id = "c"
name = "Alarm"
effect = [{ risk = "a", on = "frequency", reduction = "50%" }, { risk = "a", on = "loss.response", reduction = "100%" }]
cost.yearly = "100"
cost.retired = "500"
"#;
    let first = case(text);
    let (table, told) = export(&first, Format::Csv);
    assert!(
        told.iter().any(|finding| finding.message.contains("stand as money in the yearly cost of Alarm")),
        "{told:#?}"
    );
    assert!(table.contains("Alarm,1,5000,,"), "{table}");
}

#[test]
fn two_measures_whose_new_figure_does_not_end_stand_beside_each_other() {
    let table = "Risk;Events per year;Loss (EUR);Measure;Loss after (EUR)\nA;1;3000;One;1000\nA;1;3000;Two;2000\n";
    let outcome = import(&[text("r.csv", table)], &Options::default()).unwrap();
    let found: Vec<f64> = alone(&case(&outcome.text)).into_values().flatten().collect();
    near(found[0], 1_000.0, 1e-12);
    near(found[1], 2_000.0, 1e-12);
}
