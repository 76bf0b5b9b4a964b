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

/// What `rosi calibrate` says of a file, and whether it refuses it.
fn calibrated(name: &str, text: &str, command: &[&str]) -> (bool, String) {
    let file = folder(&format!("logs-{name}")).join("log.csv");
    fs::write(&file, text).unwrap();
    let file = file.display().to_string();
    let mut arguments = vec!["calibrate", command[0], file.as_str()];
    arguments.extend(&command[1..]);
    let output = rosi(&arguments);
    (
        output.status.success(),
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)),
    )
}

const EVENTS: &str =
    "date;cost\n2026-01-01;15000\n2026-02-01;9000\n2026-03-01;22000\n2026-04-01;12000\n2026-05-01;17500\n";

#[test]
fn what_a_log_says_of_its_rows_is_read_or_refused_with_its_line() {
    for (name, text, command, says) in [
        (
            "count",
            "date;type;count;cost\n2021-04-03;x;3;500\n2022-04-03;x;5;900\n".to_owned(),
            &["loss"][..],
            "line 2: the row stands for 3 events",
        ),
        (
            "dates",
            "date;cost\n15/02/2022;5000\n03/04/2022;7000\n".to_owned(),
            &["frequency", "--dates", "12/31/2026", "--from", "2021-01-01", "--to", "2022-12-31", "--seen", "100%"],
            "line 2: \"15/02/2022\" has its day in another place",
        ),
        ("total", format!("{EVENTS}Total;75500\n"), &["loss"], "line 7: the row adds up others"),
        ("negative", format!("{EVENTS}2026-06-01;-5000\n"), &["loss"], "line 7: -5,000 is no loss"),
        ("zero", format!("{EVENTS}2026-06-01;0\n"), &["loss"], "line 7: 0 is no loss"),
        ("column", EVENTS.replace("cost", "Gross"), &["loss"], "--amount-column NAME"),
        (
            "title",
            format!("All amounts in k€;\n;\n{EVENTS}"),
            &["loss"],
            "\"All amounts in k€\" stands beside the table",
        ),
        ("remark", format!("# alle Beträge in T€\n{EVENTS}"), &["loss"], "stands beside the table"),
        (
            "quote",
            "date;cost\n2026-01-01;\"15000\n2026-02-01;9000\n".to_owned(),
            &["loss"],
            "line 2: a quote begins here",
        ),
        (
            "outage",
            "opened;downtime (minutes)\n2026-01-01;90\n2026-01-02;60\n".to_owned(),
            &["duration", "--what", "outage"],
            "2 durations known in",
        ),
    ] {
        let (is_fine, told) = calibrated(name, &text, command);
        assert!(!is_fine && told.contains(says), "{name}: {told}");
    }
    let (is_fine, told) = calibrated("unit", &EVENTS.replace(";15000", ";5T"), &["loss"]);
    assert!(!is_fine && told.contains("write k for thousands") && !told.contains("--numbers"), "{told}");
    // Where events are only counted, a row may stand for several of its day.
    let text = "date;type;count\n2021-04-03;x;3\n2022-04-03;x;5\n";
    let period = ["frequency", "--from", "2021-01-01", "--to", "2022-12-31", "--seen", "100%"];
    let (is_fine, told) = calibrated("counted", text, &period);
    assert!(is_fine && told.contains("8 events") && told.contains("2 rows stand for several events"), "{told}");
    // The cure of a column that is not known works.
    let (is_fine, told) = calibrated("cure", &EVENTS.replace("cost", "Gross"), &["loss", "--amount-column", "Gross"]);
    assert!(is_fine, "{told}");
}

#[test]
fn a_length_that_is_written_as_open_is_told_once() {
    let rows: String = (1..=6)
        .map(|n| format!("2026-0{n}-01;{}\n", if n == 5 { "> 48".to_owned() } else { (3 * n).to_string() }))
        .collect();
    let (is_fine, told) =
        calibrated("open", &format!("opened;outage hours\n{rows}"), &["duration", "--what", "outage"]);
    assert!(is_fine && !told.contains("not ended"), "{told}");
}

#[test]
fn ranges_of_people_in_other_units_are_not_pooled() {
    for (name, text, kind, says) in [
        (
            "mixed",
            "person;question;low;high\nA;q;$10k;$50k\nB;q;€10k;€50k\n",
            "amount",
            "the range of B is in EUR, another one is in $",
        ),
        ("bare", "person;question;low;high\nA;q;$10k;$50k\nB;q;10k;50k\n", "amount", "names no currency"),
        ("minutes", "person;question;low;high\nA;q;30m;50m\nB;q;1;5\n", "duration", "write hours as plain numbers"),
        ("twice", "person;question;low;high\nA;q;10;50\nA;q;20;60\n", "amount", "keep one answer of each person"),
    ] {
        let (is_fine, told) = calibrated(name, text, &["experts", "--kind", kind]);
        assert!(!is_fine && told.contains(says), "{name}: {told}");
    }
    let (is_fine, told) =
        calibrated("one", "person;question;low;high\nA;q;$10k;$50k\nB;q;USD 10k;USD 60k\n", &["experts"]);
    assert!(is_fine, "{told}");
}

#[test]
fn a_record_of_a_day_that_is_in_no_calendar_is_a_fault() {
    let record = |month: u8| {
        format!(
            "{{\"incident_id\": \"{month}\", \"timeline\": {{\"incident\": {{\"year\": 2025, \"month\": {month}}}}}}}"
        )
    };
    let text = format!("[{}, {}]", record(12), record(13));
    let (is_fine, told) =
        calibrated("veris", &text, &["frequency", "--from", "2025-01-01", "--to", "2025-12-31", "--seen", "100%"]);
    assert!(!is_fine && told.contains("record 2: its `timeline.incident` names no day"), "{told}");
}
