//! Cells cut by a separator, patterns of numbers and shares without their sign: no figure is read in parts.

use std::fs;

use crate::cli::{folder, rosi, stderr, stdout};

#[test]
fn a_pattern_of_numbers_that_shows_no_decimal_sign_is_refused() {
    let here = folder("kept-whole-pattern");
    let table = here.join("r.csv").to_str().unwrap().to_owned();
    fs::write(&table, "Risk,Events per year,Loss (EUR)\nFraud,2,30.000\n").unwrap();
    for pattern in ["1.000", "1.234.5", "30,000", "1234"] {
        let output = rosi(&["import", &table, "--yes", "--numbers", pattern]);
        assert!(!output.status.success() && stderr(&output).contains("shows no decimal sign"), "{pattern}");
    }
    for (pattern, value) in [("1.234,5", "30000"), ("1 234,567", "30000"), ("0.5", "30")] {
        let output = rosi(&["import", &table, "--yes", "--numbers", pattern]);
        assert!(stdout(&output).contains(&format!("value = \"{value}\"")), "{pattern}: {}", stderr(&output));
    }
}

#[test]
fn a_separator_within_a_cell_is_a_fault_wherever_columns_are_read() {
    let here = folder("kept-whole-samples");
    let case = here.join("c.toml").to_str().unwrap().to_owned();
    let with = |samples: &str, column: &str| {
        fs::write(here.join("s.csv"), samples).unwrap();
        fs::write(
            &case,
            format!(
                "schema = 1\ntitle = \"t\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"r\"\nname = \"R\"\nfrequency = \"1 per year\"\nloss.response = {{ samples = {{ file = \"s.csv\", column = {column} }} }}\n"
            ),
        )
        .unwrap();
        stderr(&rosi(&["check", &case]))
    };
    for (samples, column) in [
        ("loss\n1,000\n2,000\n", "\"loss\""),
        ("date,loss\n2020-01-01,100\n2021-01-01,1,200\n", "\"loss\""),
        ("2020;100\n2021;1;200\n", "2"),
    ] {
        assert!(with(samples, column).contains("a separator within a cell?"), "{samples}");
    }
    for samples in ["loss\n\"1,000.5\"\n\"2,000\"\n", "date,loss\n2020-01-01,100,\n2021-01-01,200\n"] {
        assert!(!with(samples, "\"loss\"").contains("E0214"), "{samples}: {}", with(samples, "\"loss\""));
    }
}

#[cfg(feature = "calibrate")]
#[test]
fn logs_and_ranges_with_a_cut_cell_are_faults_and_lengths_have_their_units() {
    let here = folder("kept-whole-logs");
    let log = here.join("l.csv").to_str().unwrap().to_owned();
    let calibrated = |content: &str, arguments: &str| {
        fs::write(&log, content).unwrap();
        let all: Vec<&str> = ["calibrate"]
            .into_iter()
            .chain(arguments.split(' '))
            .map(|word| if word == "LOG" { &log } else { word })
            .collect();
        let output = rosi(&all);
        format!("{}{}", stdout(&output), stderr(&output))
    };
    let days = "date,cost\n2020-03-01,$1,000\n2021-04-02,$2,500\n2022-04-02,$900\n";
    assert!(calibrated(days, "loss LOG").contains("line 2: the row has 3 cells, the headings 2"));
    let ranges = "expert,question,low,high\nA,q,1,000,5,000\n";
    assert!(calibrated(ranges, "experts LOG --kind amount").contains("a separator within a cell?"));
    assert!(
        calibrated("date,cost\n2020-03-01,1000\n", "frequency LOG --from 2020-01-01 --to 2024-12-31 --seen 0.9")
            .contains("write 90%")
    );

    let lengths = |heading: &str, cells: [&str; 5]| {
        let rows: Vec<String> = cells.iter().enumerate().map(|(at, cell)| format!("202{at}-03-01,{cell}\n")).collect();
        let said =
            calibrated(&format!("date,{heading}\n{}", rows.concat()), "duration LOG --what outage --format json");
        let value: serde_json::Value = serde_json::from_str(&said).unwrap_or_else(|_| panic!("{heading}: {said}"));
        value["toml"].to_string() + &value["figures"].to_string()
    };
    let hours = lengths("outage hours", ["4", "12", "1.5", "30", "9"]);
    for (heading, cells) in [
        ("outage (hours)", ["4", "12", "1.5", "30", "9"]),
        ("Downtime (min)", ["240", "720", "90", "1800", "540"]),
        ("downtime_days", ["4 h", "0.5", "90 min", "1.25", "9 hours"]),
        ("outage", ["4 h", "12 h", "90 min", "1.25 days", "9h"]),
    ] {
        assert_eq!(lengths(heading, cells), hours, "{heading}");
    }
}
