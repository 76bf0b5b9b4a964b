//! One cell or record that a case cannot hold is a fault at its place; all else is imported.

use rosi::internal::import::{Options, Weight};

use crate::import::{messages, taken, text};

/// The faults of a file of which everything else must be there: two risks.
fn faults(name: &str, file: &str) -> Vec<String> {
    let (case, outcome) = taken(&[text(name, file)], &Options::default());
    assert_eq!(case.risks().len(), 2, "{}", outcome.text);
    assert!(!outcome.text.contains("imported.toml"));
    messages(&outcome, Weight::Fault)
}

#[test]
fn a_cell_that_no_case_can_hold_is_a_fault_with_its_place_and_the_rest_is_imported() {
    let cells = ["0-1", "10-3", "0 per 5 years", "1000000000000 per year"];
    let losses = ["2E20", "3E21"];
    let tables = cells.map(|cell| (cell, "5k", "C")).into_iter().chain(losses.map(|loss| ("1 per year", loss, "D")));
    for (frequency, loss, column) in tables {
        let file = format!("ID;Risk;Frequency;Loss (EUR)\n1;A;{frequency};{loss}\n2;B;3 per year;7k\n");
        let found = faults("register.csv", &file);
        let cell = if column == "C" { frequency } else { loss };
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("register.csv, row 2, column ") && found[0].contains(column), "{found:?}");
        assert!(found[0].contains(&format!("\"{cell}\"")), "{found:?}");
    }
}

#[test]
fn a_record_of_a_tool_that_no_case_can_hold_is_a_fault_and_the_others_are_imported() {
    let good = "\"B\": {\"Loss Event Frequency\": {\"constant\": 2}, \"Loss Magnitude\": {\"constant\": 5}}";
    for (bad, place) in [
        ("\"Loss Event Frequency\": {\"low\": 20, \"mode\": 10, \"high\": 900}", "A.Loss Event Frequency"),
        ("\"Loss Event Frequency\": {\"mean\": 0.3, \"stdev\": 0.5}", "A.Loss Event Frequency"),
        (
            "\"Threat Event Frequency\": {\"constant\": 2}, \"Vulnerability\": {\"low\": 10, \"mode\": 20, \"high\": 50}",
            "A.Vulnerability",
        ),
        (
            "\"Threat Event Frequency\": {\"constant\": 2}, \"Control Strength\": {\"constant\": 0.5}, \
             \"Threat Capability\": {\"mean\": 0.5, \"stdev\": 0.1}",
            "A.Threat Capability",
        ),
    ] {
        let file = format!(
            "{{\"type\": \"FairMetaModel\", \"name\": \"M\", \"A\": {{{bad}, \"Loss Magnitude\": {{\"constant\": 9}}}}, {good}}}"
        );
        let found = faults("model.json", &file);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("model.json") && found[0].contains(place), "{found:?}");
    }
}
