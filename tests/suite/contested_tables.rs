//! Registers in which a word beside the figures changes what they are: marks under `Frequency`, risks of several assets,
//! risks and measures that no longer stand, what is said of a measure, rows that are no risks.

use crate::misread::{self, stands};

fn imported(name: &str, table: &str) -> (String, String) {
    misread::imported(&format!("contested-{name}"), table)
}

/// The line of a key below the risk or measure of a name.
fn line<'t>(text: &'t str, name: &str, key: &str) -> &'t str {
    let from = text.find(&format!("name = \"{name}\"")).unwrap_or_else(|| panic!("{name} is missing:\n{text}"));
    let rest = &text[from..];
    rest.lines().find(|line| line.trim_start().starts_with(key)).unwrap_or_default()
}

fn count(text: &str, what: &str) -> usize {
    text.matches(what).count()
}

#[test]
fn small_whole_numbers_below_a_frequency_without_a_time_are_asked_or_scores() {
    for heading in
        ["Frequency", "Häufigkeit", "Eintrittshäufigkeit", "Fréquence", "Frecuencia", "Frequenza", "Frequentie"]
    {
        let (text, said) =
            imported("marks", &format!("Risk;{heading};Loss (EUR)\nFire;3;20000\nFlood;4;15000\nTheft;2;500\n"));
        assert!(line(&text, "Fire", "frequency").contains("events a year, or levels"), "{heading}: {said}\n{text}");
        assert!(stands(&text, "20000"), "{heading}: {said}\n{text}");
    }
    // A time says what they are, and so does a decimal.
    for (heading, cell) in [("Frequency per year", "3"), ("Events per year", "3"), ("Frequency", "0.5")] {
        let (text, said) = imported("rates", &format!("Risk;{heading};Loss (EUR)\nFire;{cell};20000\nFlood;4;15000\n"));
        assert!(!line(&text, "Fire", "frequency").contains("example"), "{heading}: {said}\n{text}");
    }
    // Beside levels of severity they are levels.
    for table in [
        "Risk;Frequency;Severity\nFire;3;5\nFlood;4;2\nTheft;2;1\n",
        "Risk;Frequency level;Loss (EUR)\nFire;3;9000\nFlood;4;8000\n",
    ] {
        let (text, said) = imported("levels", table);
        assert!(text.is_empty() && said.contains("scores"), "{said}\n{text}");
    }
}

#[test]
fn risks_of_one_name_and_another_asset_are_asked_about() {
    for (heading, one, other) in
        [("Asset", "PACS", "ERP"), ("Site", "Berlin", "Paris"), ("Abteilung", "Einkauf", "Lager")]
    {
        let table =
            format!("{heading};Risk;Frequency;Loss (EUR)\n{one};Ransomware;0.1;50000\n{other};Ransomware;0.1;50000\n");
        let (text, said) = imported("assets", &table);
        let asked = line(&text, "Ransomware", "frequency");
        assert!(asked.contains("one risk, or two") && asked.contains(other), "{heading}: {said}\n{text}");
    }
    // A row for each measure is one risk.
    let (text, said) = imported(
        "measures",
        "Risk;Frequency;Loss (EUR);Measure;Cost once (EUR)\nFire;0.1;50000;Sprinkler;3000\nFire;0.1;50000;Alarm;900\n",
    );
    assert!(!line(&text, "Fire", "frequency").contains("one risk, or two"), "{said}\n{text}");
    assert_eq!(count(&text, "[[control]]"), 2, "{said}\n{text}");
}

#[test]
fn what_is_said_of_a_measure_names_none() {
    for (heading, cells) in [
        ("ISO 27001 control", ["A.8.7", "A.8.8"]),
        ("Mitigation effort", ["High", "Low"]),
        ("Measure in place since", ["2022", "2023"]),
        ("Value of safeguard", ["14,000.00", "3,000.00"]),
        ("Tipo de control", ["Preventivo", "Detectivo"]),
        ("Key control", ["Yes", "No"]),
        ("Link to measure", ["https://a.example", "https://b.example"]),
    ] {
        let table = format!(
            "Risk,Frequency,Loss (EUR),Measure,{heading},Cost once (EUR),Frequency after\nFire,0.2,20000,Sprinkler,\"{}\",3000,0.1\nFlood,0.4,9000,Dam,\"{}\",900,0.1\n",
            cells[0], cells[1]
        );
        let (text, said) = imported("attributes", &table);
        assert_eq!(count(&text, "[[control]]"), 2, "{heading}: {said}\n{text}");
        assert!(stands(&text, "50%"), "{heading}: {said}\n{text}");
    }
}

#[test]
fn what_no_longer_stands_or_stands_already_is_asked() {
    for (heading, cell) in [
        ("Status", "Resolved"),
        ("Status", "abgeschlossen"),
        ("Status", "annullato"),
        ("Lifecycle", "Retired"),
        ("Closed on", "2024-03-01"),
        ("Active", "No"),
        ("In scope", "nein"),
        ("Deleted", "TRUE"),
    ] {
        let table = format!("Risk;{heading};Frequency;Loss (EUR)\nFire;;0.1;5000\nFlood;{cell};0.2;9000\n");
        let (text, said) = imported("closed", &table);
        assert!(line(&text, "Flood", "frequency").contains("still stand"), "{heading} {cell}: {said}\n{text}");
        assert!(!line(&text, "Fire", "frequency").contains("example"), "{heading} {cell}: {said}\n{text}");
    }
    for (heading, cell) in [
        ("In place?", "Y"),
        ("Vorhanden", "ja"),
        ("Completed on", "01.03.2024"),
        ("Approved", "No"),
        ("Decision", "rejected"),
    ] {
        let table = format!(
            "Risk;Frequency;Loss (EUR);Measure;{heading};Cost once (EUR);Frequency after\nFire;0.2;20000;Sprinkler;{cell};3000;0.1\n"
        );
        let (text, said) = imported("standing", &table);
        assert!(!stands(&text, "3000"), "{heading} {cell}: {said}\n{text}");
    }
}

#[test]
fn rows_that_limits_samples_and_rules_make_are_no_risks() {
    for row in [
        "Limit;;25000",
        "Target 2026;0.1;25000",
        "Vorjahr;0.2;30000",
        "Example: theft of a laptop;0.5;1000",
        "<Risk name>;1;1",
        "------;------;------",
        "Portfolio;0.7;34000",
    ] {
        let table = format!("Risk;Frequency;Loss (EUR)\nFire;0.2;20000\nFlood;0.4;9000\n{row}\n");
        let (text, said) = imported("rows", &table);
        assert_eq!(count(&text, "[[risk]]"), 2, "{row}: {said}\n{text}");
    }
}

#[test]
fn a_heading_that_names_another_quantity_is_asked_or_refused() {
    for heading in [
        "Loss EUR/h",
        "Loss (€/d)",
        "Schaden (Stunden)",
        "Loss (h)",
        "Impact (%)",
        "95% loss",
        "1-in-100 loss",
        "Damage class",
        "Loss no.",
    ] {
        let (text, said) =
            imported("quantity", &format!("Risk;Frequency;{heading}\nFire;0.2;4711.5\nFlood;0.4;14711\n"));
        assert!(!stands(&text, "4711.5"), "{heading}: {said}\n{text}");
    }
    for heading in ["Frequency x 1000", "95% frequency", "Frequency class"] {
        let (text, said) = imported("often", &format!("Risk;{heading};Loss (EUR)\nFire;2.5;4711\nFlood;12.5;14711\n"));
        assert!(text.is_empty() || line(&text, "Fire", "frequency").contains("example"), "{heading}: {said}\n{text}");
    }
    let (text, said) =
        imported("year", "Risk;Frequency;Loss (EUR);Measure;Cost once (EUR);Budget year\nFire;0.2;9000;Dam;500;2026\n");
    assert!(!stands(&text, "2026") && stands(&text, "500"), "{said}\n{text}");
}
