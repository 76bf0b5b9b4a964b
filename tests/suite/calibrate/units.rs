//! What the numbers of a row count in, where another column says so.

use std::fs;

use super::{folder, json, rosi, told};

/// What is told of a table that must be refused.
fn refused(name: &str, table: &str, arguments: &[&str]) -> String {
    let here = folder(&format!("units-{name}"));
    fs::write(here.join("t.csv"), table).unwrap();
    let output = rosi(&here, arguments);
    assert!(!output.status.success(), "{name}");
    told(&output)
}

/// The ends of a range of several people.
fn ends(name: &str, table: &str, kind: &str) -> [f64; 2] {
    let here = folder(&format!("units-{name}"));
    fs::write(here.join("t.csv"), table).unwrap();
    let figures = json(&here, &["calibrate", "experts", "t.csv", "--kind", kind]);
    ["p05", "p95"].map(|end| figures["figures"][end].as_f64().unwrap())
}

#[test]
fn ranges_count_in_what_a_column_beside_them_says() {
    let plain = "person,question,low,high\nA,q,10,100\nB,q,20,1000\n";
    let beside = |unit: &str| format!("person,question,low,high,unit\nA,q,10,100,{unit}\nB,q,20,1000,{unit}\n");
    let known = ends("plain", plain, "amount");
    for (name, unit, kind, factor) in [
        ("thousands", "k€", "amount", 1000.0),
        ("words", "thousand EUR", "amount", 1000.0),
        ("own", "\"money, each event or once\"", "amount", 1.0),
        ("days", "days", "duration", 24.0),
        ("months", "per month", "frequency", 12.0),
        ("years", "times a year", "frequency", 1.0),
    ] {
        for (found, plain) in ends(name, &beside(unit), kind).into_iter().zip(known) {
            assert!((found / (plain * factor) - 1.0).abs() < 0.01, "{unit}: {found} of {plain}");
        }
    }
    let experts = ["calibrate", "experts", "t.csv"];
    let other = "person,question,low,high,currency\nA,q,10k,100k,USD\nB,q,20k,1M,EUR\n";
    assert!(refused("two", other, &experts).contains("is in EUR, another one is in USD"));
    assert!(refused("odd", &beside("pallets"), &experts).contains("counts in \"pallets\""));
}

#[test]
fn an_average_is_no_person_and_a_range_holds_nine_cases_in_ten() {
    let experts = ["calibrate", "experts", "t.csv"];
    let table = "person,question,low,high\nMean,q,10k,100k\nB,q,20k,1M\n";
    assert!(refused("mean", table, &experts).contains("\"Mean\" speaks of all others"));
    let table = "person,question,low,high,confidence\nA,q,10k,100k,80%\nB,q,20k,1M,90%\n";
    let told = refused("eighty", table, &experts);
    assert!(told.contains("said to hold \"80%\"") && !told.contains("\"90%\""), "{told}");
}

#[test]
fn amounts_of_a_log_count_in_what_a_column_beside_them_says() {
    let log = |heading: &str, units: [&str; 5]| {
        let rows = units
            .iter()
            .zip([5, 8, 11, 14, 17])
            .zip(1..)
            .map(|((unit, amount), month)| format!("2024-0{month}-03,{amount},{unit}\n"));
        format!("Date,Loss,{heading}\n{}", rows.collect::<String>())
    };
    let mean = |name: &str, table: String| {
        let here = folder(&format!("units-{name}"));
        fs::write(here.join("t.csv"), table).unwrap();
        json(&here, &["calibrate", "loss", "t.csv"])["figures"]["mean"].as_f64().unwrap()
    };
    let plain = mean("bare", log("Note", [""; 5]));
    for (name, heading, unit) in [("log-k", "Unit", "k€"), ("log-t", "Einheit", "T€"), ("log-in", "In", "thousand EUR")]
    {
        let found = mean(name, log(heading, [unit; 5]));
        assert!((found / (1000.0 * plain) - 1.0).abs() < 1e-6, "{unit}: {found} of {plain}");
    }
    let told = refused("log-odd", &log("Unit", ["pallets"; 5]), &["calibrate", "loss", "t.csv"]);
    assert!(told.contains("the amount counts in \"pallets\""), "{told}");
}

#[test]
fn what_a_log_calls_no_event_is_none() {
    let log = "Date,Loss,Status\n2024-01-03,12000,closed\n2024-05-03,15000,False positive\n2025-02-02,9000,duplicate\n";
    let asked = ["calibrate", "frequency", "t.csv", "--from", "2024-01-01", "--to", "2025-12-31", "--seen", "100%"];
    let told = refused("status", log, &asked);
    assert!(told.contains("line 3: its status is \"False positive\"") && told.contains("line 4"), "{told}");
}

#[test]
fn headings_say_what_the_ends_count_in() {
    let plain = ends("heads-plain", "person,low,high\nA,10000,50000\nB,20000,30000\n", "amount");
    let headed = ends("heads", "person,low (k€),high (k€)\nA,10,50\nB,20,30\n", "amount");
    for (found, plain) in headed.into_iter().zip(plain) {
        assert!((found / plain - 1.0).abs() < 1e-9, "{found} of {plain}");
    }
    // The name of an end in brackets is no unit.
    ends("heads-points", "person,low (5 %),high (95 %)\nA,10,50\nB,20,30\n", "amount");
    let experts = ["calibrate", "experts", "t.csv"];
    let other = "person,low (k€),high (€)\nA,10,50\nB,20,30\n";
    assert!(refused("heads-other", other, &experts).contains("do not count in the same"));
    // The cure where there are no ends, to the letter.
    let told = refused("heads-none", "person,minimum (k€),maximum (k€)\nA,10,50\n", &experts);
    assert!(told.contains("`low (k€)`, `high (k€)`"), "{told}");
}

#[test]
fn frequencies_of_people_are_read_as_people_write_them() {
    let known = ends("often-plain", "person,low,high\nA,0.05,0.5\nB,0.1,0.2\n", "frequency");
    let written =
        ends("often", "person,low,high\nA,1 in 20 years,every 2 years\nB,1 in 10 years,1 in 5 years\n", "frequency");
    for (found, plain) in written.into_iter().zip(known) {
        assert!((found / plain - 1.0).abs() < 1e-9, "{found} of {plain}");
    }
    let experts = ["calibrate", "experts", "t.csv", "--kind", "amount"];
    assert!(
        refused("often-amount", "person,low,high\nA,1 in 20 years,1 in 2 years\n", &experts)
            .contains("--kind frequency")
    );
}

#[test]
fn weights_of_people_in_a_column_are_refused() {
    let experts = ["calibrate", "experts", "t.csv"];
    let told = refused("weights", "person,low,high,weight\nA,10k,50k,3\nB,20k,30k,1\n", &experts);
    assert!(told.contains("weighs people") && told.contains("--pool cooke"), "{told}");
    ends("weights-equal", "person,low,high,weight\nA,10k,50k,1\nB,20k,30k,1\n", "amount");
}
