//! One log in every file that people keep it in: the same figures from each, and the same review.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::cli::{folder, rosi};

const CASE: &str = r#"
schema = 1
title = "Plant"
currency = "EUR"
[[risk]]
id = "ransomware"
name = "Ransomware"
frequency = { low = "0.5 per year", high = "4 per year" }
loss.response = { low = "10k", high = "200k" }
[[risk]]
id = "fraud"
name = "Fraud"
frequency = { low = "1 per year", high = "6 per year" }
loss.response = { low = "1k", high = "300k" }
"#;

/// The log as every kind of file: by the office program (XLSX by openpyxl, XLS and ODS by LibreOffice), and texts.
fn logs(name: &str) -> Vec<PathBuf> {
    let here = folder(name);
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import/logs");
    let csv = fs::read_to_string(kept.join("log.csv")).unwrap();
    let tabs = csv.replace("\"182,500.50\"", "182500.50").replace("\"> 250,000.00\"", "> 250000.00").replace(',', "\t");
    let wide: Vec<u8> = format!("\u{feff}{csv}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    fs::write(here.join("log.tsv"), tabs).unwrap();
    fs::write(here.join("wide.csv"), wide).unwrap();
    for file in ["log.csv", "log.xlsx", "log.xls", "log.ods"] {
        fs::copy(kept.join(file), here.join(file)).unwrap();
    }
    ["log.csv", "log.tsv", "wide.csv", "log.xlsx", "log.xls", "log.ods"].map(|file| here.join(file)).into()
}

fn json(arguments: &str) -> Value {
    let words: Vec<String> = arguments.split(' ').map(|word| word.replace("90_days", "90 days")).collect();
    let output = rosi(&words.iter().map(String::as_str).chain(["--format", "json"]).collect::<Vec<_>>());
    assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_log_gives_the_same_figures_in_whatever_file_it_is_kept() {
    let logs = logs("logs-calibrate");
    for what in [
        "frequency LOG --from 2027-01-01 --to 2027-12-31 --seen 100%",
        "loss LOG --currency EUR --at-most 5M",
        "duration LOG --what outage --at-most 90_days",
        "duration LOG --what containment --to 2027-12-31 --at-most 90_days",
    ] {
        let figures: Vec<Value> = logs
            .iter()
            .map(|log| json(&format!("calibrate {}", what.replace("LOG", log.to_str().unwrap())))["figures"].clone())
            .collect();
        assert!(figures[0].as_object().is_some_and(|figures| figures.len() > 1), "{what}: {}", figures[0]);
        for (log, other) in logs.iter().zip(&figures) {
            assert_eq!(*other, figures[0], "{what} of {}", log.display());
        }
    }
    // From 1 to 36.5 hours, whatever the workbook counts in.
    let outage = json(&format!("calibrate duration {} --what outage --at-most 90_days", logs[5].display()));
    let middle = outage["figures"]["p50"].as_f64().unwrap();
    assert!((3.0..20.0).contains(&middle), "{outage}");
}

#[test]
fn a_review_reads_the_log_that_calibrate_reads() {
    let logs = logs("logs-review");
    let here = logs[0].parent().unwrap();
    fs::write(here.join("case.toml"), CASE).unwrap();
    let review = |keys: &str| {
        let came = format!(
            "from = \"2027-01-01\"\nto = \"2027-12-31\"\nseen = \"100%\"\n[log]\n{keys}\n[log.categories]\nransomware = \"ransomware\"\n\"payment fraud\" = \"fraud\"\n"
        );
        fs::write(here.join("came.toml"), came).unwrap();
        let files = ["case.toml", "came.toml"].map(|file| here.join(file).display().to_string());
        let output = rosi(&["review", &files[0], &files[1], "--format", "json"]);
        let told = String::from_utf8(output.stderr).unwrap();
        let found: Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (found, told)
    };
    for log in &logs {
        let name = log.file_name().unwrap().to_str().unwrap();
        let (found, told) = review(&format!("file = \"{name}\""));
        let came = |risk: usize| found["risks"][risk]["events"]["came"].as_u64();
        assert_eq!((came(0), came(1)), (Some(3), Some(3)), "{name}: {told}");
        assert!(told.contains("events of laptop belong to no risk"), "{name}: {told}");
    }
    // What cannot be read is told with a cure that this file takes.
    fs::write(here.join("open.csv"), "date,category,cost\n03/04/2027,ransomware,5k\n").unwrap();
    let (_, told) = review("file = \"open.csv\"");
    assert!(told.contains("log.dates = \"31/12/2026\""), "{told}");
    let (found, told) = review("file = \"open.csv\"\ndates = \"31/12/2026\"");
    assert_eq!(found["risks"][0]["events"]["came"], 1, "{told}");
    let (_, told) = review("file = \"log.xlsx\"\nsheet = \"Lgo\"");
    assert!(told.contains("no sheet \"Lgo\"") && told.contains("\"Log\""), "{told}");
    let (_, told) = review("file = \"log.xlsx\"\nshet = \"Log\"\ndates = \"soon\"");
    assert!(told.contains("did you mean `sheet`?") && told.contains("dates = \"12/31/2026\""), "{told}");
}

#[test]
fn amounts_count_in_what_their_heading_says() {
    let here = folder("logs-units");
    let loss = |text: &str, more: &str| {
        fs::write(here.join("log.csv"), text).unwrap();
        let log = here.join("log.csv").display().to_string();
        rosi(
            &["calibrate", "loss", &log, "--format", "json"]
                .iter()
                .copied()
                .chain(more.split_whitespace())
                .collect::<Vec<_>>(),
        )
    };
    let rows = |heading: &str, cells: [&str; 6]| {
        let lines: Vec<String> =
            cells.iter().enumerate().map(|(n, cell)| format!("2026-0{}-01;{cell}", n + 1)).collect();
        format!("date;{heading}\n{}\n", lines.join("\n"))
    };
    let figures = |output: &std::process::Output| -> Value {
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        serde_json::from_slice::<Value>(&output.stdout).unwrap_or_else(|_| panic!("{told}"))["figures"].clone()
    };
    let whole = figures(&loss(&rows("Cost", ["15000", "9000", "22000", "> 40000", "12000", "17500"]), ""));
    for heading in ["Cost (k€)", "Schaden (TEUR)", "Loss [EUR '000]"] {
        assert_eq!(figures(&loss(&rows(heading, ["15", "9", "22", "> 40", "12", "17.5"]), "")), whole, "{heading}");
    }
    // The cell's own multiple holds, and a currency beside a counting heading leaves two readings.
    let own = loss(&rows("Cost (k€)", ["15k", "9k", "22k", "> 40k", "12k", "17.5k"]), "");
    assert_eq!(figures(&own), whole);
    let open = loss(&rows("Cost (k€)", ["15 €", "9", "22", "> 40", "12", "17.5"]), "");
    assert!(String::from_utf8_lossy(&open.stderr).contains("1000 times as much"), "{open:?}");
    // The heading's currency is that of its amounts.
    let other = loss(&rows("Cost (USD)", ["15000", "9000", "22000", "> 40000", "12000", "17500"]), "--currency EUR");
    assert!(String::from_utf8_lossy(&other.stderr).contains("--rate USD"), "{other:?}");
}
