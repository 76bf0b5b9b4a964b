//! Data to estimates, facts and the review, as a user meets them; the guide's commands give the guide's answers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use crate::cli::folder;

mod bounds;
mod people;
mod units;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A folder with the files of the example.
fn example(name: &str) -> PathBuf {
    let here = folder(&format!("from-data-{name}"));
    for entry in fs::read_dir(root().join("examples/from-data")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, here.join(path.file_name().unwrap())).unwrap();
    }
    here
}

fn rosi(here: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rosi"))
        .args(arguments)
        .current_dir(here)
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .output()
        .unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn json(here: &Path, arguments: &[&str]) -> Value {
    let output = rosi(here, &[arguments, &["--format", "json"]].concat());
    assert!(output.status.success(), "{}", told(&output));
    serde_json::from_str(&out(&output)).unwrap()
}

/// The words of a command line.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            c => words.last_mut().unwrap().push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

#[test]
fn the_commands_of_the_guide_give_the_answers_of_the_guide() {
    let path = root().join("docs/calibrate.md");
    let page = fs::read_to_string(&path).unwrap();
    let here = example("guide");
    let mut shown = String::new();
    for (index, part) in page.split("```console\n").enumerate() {
        let rest = if index == 0 {
            part
        } else {
            let (block, rest) = part.split_once("```").unwrap();
            shown.push_str("```console\n");
            for line in block.lines().filter(|line| line.starts_with("$ ")) {
                let words = words(line.strip_prefix("$ rosi ").unwrap());
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                let output = rosi(&here, &words);
                shown.push_str(&format!("{line}\n{}{}", told(&output), out(&output).replace("\n\n", "\n")));
            }
            shown.push_str("```");
            rest
        };
        shown.push_str(rest);
    }
    if std::env::var_os("ROSI_UPDATE").is_some() {
        fs::write(&path, &shown).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap() == shown,
        "docs/calibrate.md: ROSI_UPDATE=1 cargo test --test suite calibrate writes it"
    );
    let case = fs::read_to_string(here.join("case.toml")).unwrap();
    for kept in ["# accounts keeps the log", "# before what the bank recalls", "# -----"] {
        assert!(case.contains(kept), "{case}");
    }
    assert!(!case.contains("To be counted"), "{case}");
    assert!(fs::read_to_string(here.join("fit.svg")).unwrap().contains("<svg"));
}

#[test]
fn a_rate_is_worked_out_as_by_hand_and_needs_its_exposure() {
    let here = example("rate");
    let log = ["calibrate", "frequency", "incidents.csv", "--category", "Payment Fraud"];
    let period = ["--from", "2019-01-01", "--to", "2026-12-31", "--seen", "50%"];
    let found = json(&here, &[&log[..], &period].concat());
    assert_eq!(found["n"], 13);
    assert_eq!(found["figures"]["mean"], 13.5 / 4.0);
    assert_eq!(found["estimate"]["mean"], "3.3750 per year");
    let without = rosi(&here, &log);
    assert_eq!(without.status.code(), Some(1));
    assert!(told(&without).contains("E0202") && told(&without).contains("--seen"), "{}", told(&without));
    let first = rosi(&here, &[&log[..], &["--from", "2019-04-11", "--to", "2026-12-31", "--seen", "100%"]].concat());
    assert!(out(&first).contains("the day of the first event"), "{}", out(&first));
    let late = rosi(&here, &[&log[..], &["--from", "2020-01-01", "--to", "2026-12-31", "--seen", "100%"]].concat());
    assert!(told(&late).contains("line 4") && told(&late).contains("2019-04-11"), "{}", told(&late));
    let unknown =
        rosi(&here, &[&["calibrate", "frequency", "incidents.csv", "--category", "fire"][..], &period].concat());
    assert!(told(&unknown).contains("--none"), "{}", told(&unknown));
    let none = json(
        &here,
        &[&["calibrate", "frequency", "incidents.csv", "--category", "fire", "--none"][..], &period].concat(),
    );
    assert_eq!(none["figures"]["mean"], 0.5 / 4.0);
}

#[test]
fn a_prior_is_not_taken_from_the_same_log_twice() {
    let here = example("prior");
    let run = |prior: &str| {
        rosi(
            &here,
            &[
                "calibrate",
                "frequency",
                "incidents.csv",
                "--category",
                "payment fraud",
                "--from",
                "2019-01-01",
                "--to",
                "2026-09-30",
                "--seen",
                "90%",
                "--prior",
                prior,
                "--into",
                "case.toml",
                "--key",
                "risk.fraud.frequency",
            ],
        )
    };
    let first = run("case");
    assert!(
        first.status.success() && out(&first).contains("Under the prior (0.5 to 4 a year)"),
        "{}{}",
        out(&first),
        told(&first)
    );
    let again = run("case");
    assert!(told(&again).contains("count twice"), "{}", told(&again));
    assert_eq!(run("often").status.code(), Some(1));
}

#[test]
fn amounts_below_the_threshold_and_tails_without_an_average_are_faults() {
    let here = example("amounts");
    let fraud = ["calibrate", "loss", "incidents.csv", "--category", "payment fraud"];
    let low = rosi(&here, &[&fraud[..], &["--threshold", "5k"]].concat());
    assert!(told(&low).contains("line 14") && told(&low).contains("threshold"), "{}", told(&low));
    let plain = json(&here, &fraud);
    let doubt = plain["figures"]["doubt"].as_f64().unwrap();
    assert!(doubt > 0.5, "few amounts leave a wide doubt: {doubt}");
    assert!(plain["cautions"].to_string().contains("--at-most"), "{plain}");
    fs::write(
        here.join("heavy.csv"),
        "opened,cost\n2020-01-01,1000\n2020-02-01,1200\n2021-01-01,9000\n2022-01-01,80000\n2023-01-01,900000\n",
    )
    .unwrap();
    let heavy = rosi(&here, &["calibrate", "loss", "heavy.csv", "--shape", "pareto", "--threshold", "1k"]);
    assert!(told(&heavy).contains("E0212") && told(&heavy).contains("--at-most"), "{}", told(&heavy));
    let bounded =
        json(&here, &["calibrate", "loss", "heavy.csv", "--shape", "pareto", "--threshold", "1k", "--at-most", "2M"]);
    assert_eq!(bounded["estimate"]["at_most"], "2000000");
    let tight = rosi(&here, &["calibrate", "loss", "heavy.csv", "--at-most", "500k"]);
    assert!(told(&tight).contains("900,000"), "{}", told(&tight));
    fs::write(
        here.join("mixed.csv"),
        "opened,cost,currency\n2020-01-01,1000,EUR\n2020-02-01,1200,USD\n2021-01-01,9000,USD\n2021-02-01,7000,USD\n2021-03-01,2100,USD\n",
    )
    .unwrap();
    assert!(told(&rosi(&here, &["calibrate", "loss", "mixed.csv"])).contains("EUR, USD"));
    let missing = rosi(&here, &["calibrate", "loss", "mixed.csv", "--currency", "EUR"]);
    assert!(told(&missing).contains("--rate USD=0.92"), "{}", told(&missing));
    assert!(
        rosi(&here, &["calibrate", "loss", "mixed.csv", "--currency", "EUR", "--rate", "USD=0.92"]).status.success()
    );
    // A rate counts for its sign, as long as it is the only one that the sign may stand for.
    let signs =
        "opened,cost\n2020-01-01,EUR 1000\n2020-02-01,$1200\n2021-01-01,$9000\n2021-02-01,$7000\n2021-03-01,$2100\n";
    fs::write(here.join("signs.csv"), signs).unwrap();
    let with = |rates: &[&str]| {
        let rates = rates.iter().flat_map(|rate| ["--rate", *rate]);
        let asked: Vec<&str> =
            ["calibrate", "loss", "signs.csv", "--currency", "EUR"].into_iter().chain(rates).collect();
        rosi(&here, &asked)
    };
    assert_eq!(
        out(&with(&["USD=0.92"])),
        out(&rosi(&here, &["calibrate", "loss", "mixed.csv", "--currency", "EUR", "--rate", "USD=0.92"]))
            .replace("mixed.csv", "signs.csv")
    );
    assert!(told(&with(&["USD=0.92", "CAD=0.6"])).contains("may be USD or CAD"));
    assert!(told(&with(&[])).contains("--rate USD=0.92"), "{}", told(&with(&[])));
}

#[test]
fn what_is_written_into_a_case_is_what_was_printed_and_a_wrong_key_writes_nothing() {
    let here = example("into");
    let before = fs::read_to_string(here.join("case.toml")).unwrap();
    let arguments = ["calibrate", "effect", "20 in 2 years", "6 in 1 year", "--into", "case.toml", "--key"];
    let wrong = rosi(&here, &[&arguments[..], &["control.nothing.effect.reduction"]].concat());
    assert_eq!(wrong.status.code(), Some(1));
    // A reduction is no loss: the case would not be valid.
    let misplaced = rosi(&here, &[&arguments[..], &["risk.fraud.loss.replacement"]].concat());
    assert!(told(&misplaced).contains("nothing was written"), "{}", told(&misplaced));
    assert_eq!(fs::read_to_string(here.join("case.toml")).unwrap(), before);
    let right = rosi(&here, &[&arguments[..], &["control.callback.effect.reduction"]].concat());
    assert!(right.status.success(), "{}", told(&right));
    let case = fs::read_to_string(here.join("case.toml")).unwrap();
    let line = out(&right).lines().next().unwrap().to_owned();
    assert!(case.contains(line.trim()), "{line}\n{case}");
    assert!(rosi(&here, &["check", "case.toml"]).status.success());
}

#[test]
fn german_logs_and_incident_records_are_read() {
    let here = folder("records");
    fs::write(here.join("german.csv"), b"Er\xf6ffnet;Art;Schaden\n03.04.2021;Phishing;12.400,00\n17.11.2022;Phishing;3.250,50\n08.02.2024;Ransomware;45.000\n09.03.2024;Phishing;12.400,00\n01.02.2025;Phishing;3.250,50\n").unwrap();
    let found = json(&here, &["calibrate", "loss", "german.csv"]);
    assert_eq!(found["n"], 5);
    let median = found["figures"]["p50"].as_f64().unwrap();
    let product = (12_400.0f64 * 3_250.5).powi(2) * 45_000.0;
    assert!((median / product.powf(0.2) - 1.0).abs() < 1e-6, "{median}");
    let veris = r#"[{"incident_id":"1","timeline":{"incident":{"year":2025,"month":3,"day":4},"discovery":{"unit":"Days","value":14},"containment":{"unit":"Days","value":3}},
        "action":{"malware":{"variety":["Ransomware"]}},"impact":{"overall_amount":1250000,"iso_currency_code":"EUR"},"attribute":{"availability":{"duration":{"unit":"Hours","value":60}}}},
        {"incident_id":"2","timeline":{"incident":{"year":2024},"discovery":{"unit":"Days","value":2},"containment":{"unit":"Never"}},"action":{"malware":{"variety":["Ransomware"]}}},
        {"incident_id":"3","timeline":{"incident":{"year":2024},"discovery":{"unit":"Hours","value":30},"containment":{"unit":"Hours","value":20}}},
        {"incident_id":"4","timeline":{"incident":{"year":2023},"discovery":{"unit":"Days","value":9},"containment":{"unit":"Weeks","value":1}}},
        {"incident_id":"5","timeline":{"incident":{"year":2023},"discovery":{"unit":"Days","value":3},"containment":{"unit":"Days","value":5}}},
        {"incident_id":"6","timeline":{"incident":{"year":2023},"discovery":{"unit":"Days","value":3},"containment":{"unit":"Hours","value":90}}}]"#;
    fs::write(here.join("veris.json"), veris).unwrap();
    let found = json(&here, &["calibrate", "duration", "veris.json", "--what", "containment"]);
    assert_eq!((found["n"].as_u64(), found["figures"]["open"].as_f64()), (Some(6), Some(1.0)));
    let count = json(
        &here,
        &[
            "calibrate",
            "frequency",
            "veris.json",
            "--category",
            "ransomware",
            "--from",
            "2023-01-01",
            "--to",
            "2025-12-31",
            "--seen",
            "100%",
        ],
    );
    assert_eq!(count["figures"]["mean"], 2.5 / 3.0);
    let dora = r#"{"reportCurrency":"EUR","incident":{"detectionDateTime":"2026-03-04T06:12:00Z","incidentOccurrenceDateTime":"2026-03-02T22:40:00Z","incidentType":{"incidentClassification":["system_failure"]},"grossAmountIndirectDirectCosts":412000},
        "impactAssessment":{"serviceImpact":{"serviceDowntime":"0:11:35"}}}"#;
    fs::write(here.join("dora.json"), dora).unwrap();
    let few = rosi(&here, &["calibrate", "loss", "dora.json"]);
    assert!(told(&few).contains("1 amount known") && told(&few).contains("412,000"), "{}", told(&few));
}

#[test]
fn people_are_pooled_and_answers_that_are_no_range_are_faults_with_their_line() {
    let here = example("people");
    let found = json(&here, &["calibrate", "experts", "experts.csv", "--question", "ransomware response"]);
    assert_eq!(found["n"], 3);
    assert!(found["findings"].to_string().contains("C. Duval: 150,000 to 2,500,000"), "{found}");
    let open = rosi(&here, &["calibrate", "experts", "experts.csv"]);
    assert!(told(&open).contains("--question"), "{}", told(&open));
    fs::write(here.join("bad.csv"), "sme,scenario_id,imp_low,imp_high\nD,RS-01,0,\"3,000,000\"\n#\nE,RS-01,22,22\n")
        .unwrap();
    let bad = rosi(&here, &["calibrate", "experts", "bad.csv", "--what", "imp"]);
    assert!(told(&bad).contains("line 2") && told(&bad).contains("line 4"), "{}", told(&bad));
    let which = rosi(&here, &["calibrate", "experts", "bad.csv"]);
    assert!(told(&which).contains("--what imp"), "{}", told(&which));
    let luck = rosi(
        &here,
        &[
            "calibrate",
            "experts",
            "experts.csv",
            "--question",
            "ransomware a year",
            "--kind",
            "frequency",
            "--pool",
            "cooke",
        ],
    );
    assert!(out(&luck).contains("Everybody weighs the same"), "{}", out(&luck));
    // A quiz without the middle tells who is too narrow, and nobody's weight.
    let quiz = fs::read_to_string(here.join("quiz.csv")).unwrap().replace(",middle,", ",mean,");
    fs::write(here.join("ends.csv"), quiz).unwrap();
    let asked =
        ["calibrate", "experts", "experts.csv", "--question", "ransomware response", "--pool", "cooke", "--quiz"];
    let ends = rosi(&here, &[&asked[..], &["ends.csv"]].concat());
    assert!(out(&ends).contains("30 answers of the quiz lack the middle"), "{}", out(&ends));
    assert!(out(&ends).contains("linear pool\"") && !out(&ends).contains("calibration 0"), "{}", out(&ends));
    let whole = json(&here, &[&asked[..], &["quiz.csv"]].concat());
    assert!(whole["rests_on"].as_str().unwrap().ends_with("Cooke's weights"), "{whole}");
    // A stated middle is kept.
    fs::write(here.join("middle.csv"), "person,question,low,middle,high\nA,loss,10000,40000,90000\n").unwrap();
    let one = json(&here, &["calibrate", "experts", "middle.csv"]);
    assert!((one["figures"]["p50"].as_f64().unwrap() - 40_000.0).abs() < 1.0, "{one}");
    assert!((one["figures"]["p95"].as_f64().unwrap() / 90_000.0 - 1.0).abs() < 1e-6, "{one}");
}

#[cfg(feature = "xlsx")]
#[test]
fn a_sheet_of_questions_comes_back_as_answers() {
    let here = example("sheet");
    let made = rosi(&here, &["calibrate", "sheet", "case.toml", "--out", "ranges.xlsx", "--person", "A. Berger"]);
    assert!(made.status.success() && told(&made).contains("of the quiz: 20"), "{}", told(&made));
    // Nobody has answered yet.
    let empty = rosi(&here, &["calibrate", "experts", "ranges.xlsx", "--question", "risk.fraud.frequency"]);
    assert!(told(&empty).contains("no answer"), "{}", told(&empty));
    let again = rosi(&here, &["calibrate", "sheet", "case.toml", "--out", "again.xlsx", "--person", "A. Berger"]);
    assert!(again.status.success());
    assert!(fs::read(here.join("ranges.xlsx")).unwrap() == fs::read(here.join("again.xlsx")).unwrap());
}

#[test]
fn facts_are_refused_what_they_do_not_measure() {
    let here = folder("facts");
    let all = json(&here, &["facts"]);
    assert!(all.as_array().unwrap().len() > 60);
    let share = rosi(&here, &["facts", "statcan-2023-ransomware", "--as", "frequency"]);
    assert_eq!(share.status.code(), Some(1));
    assert!(told(&share).contains("never a frequency"), "{}", told(&share));
    let ceiling = rosi(&here, &["facts", "gdpr-83-5", "--as", "at-most", "--turnover", "400M"]);
    assert!(out(&ceiling).starts_with("at_most = \"20000000\""), "{}", out(&ceiling));
    assert_eq!(rosi(&here, &["facts", "unicorns"]).status.code(), Some(1));
}

#[test]
fn a_review_tells_chance_from_success_and_refuses_to_count_twice() {
    let here = example("review");
    let found = json(&here, &["review", "case.toml", "actuals-2027.toml"]);
    let ransomware = &found["risks"][1];
    // One quiet year of a rare event says nothing.
    assert_eq!(ransomware["verdict"], "too early to tell");
    let fraud = &found["risks"][0];
    assert_eq!(fraud["events"]["came"], 1);
    assert!(fraud["rate_ratio"]["low"].as_f64().unwrap() < 1.0);
    let cost = &found["people"];
    assert_eq!(cost[0]["owner"], "A. Berger");
    assert_eq!((cost[1]["hits"].as_u64(), cost[1]["of"].as_u64()), (Some(0), Some(1)));
    assert_eq!(found["limits"][0]["verdict"], "too early to tell");
    for form in ["markdown", "html"] {
        let page = rosi(&here, &["review", "case.toml", "actuals-2027.toml", "--format", form]);
        assert!(page.status.success() && out(&page).contains("Money spent"), "{}", told(&page));
    }
    let taken = rosi(&here, &["review", "case.toml", "actuals-2027.toml", "--into", "case-2028.toml"]);
    assert!(taken.status.success(), "{}", told(&taken));
    let next = fs::read_to_string(here.join("case-2028.toml")).unwrap();
    assert!(next.contains("# accounts keeps the log") && next.contains("actuals-2027.toml"), "{next}");
    assert!(rosi(&here, &["check", "case-2028.toml"]).status.success());
    // The updated case was made from these very events.
    let twice = rosi(&here, &["review", "case-2028.toml", "actuals-2027.toml"]);
    assert_eq!(twice.status.code(), Some(1));
    assert!(told(&twice).contains("count twice"), "{}", told(&twice));
}

#[test]
fn counts_are_as_promised_only_where_twice_as_many_would_have_been_seen() {
    let here = example("promised");
    let case = "schema = 1\ntitle = \"Many\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"mail\"\nname = \"Mail\"\nfrequency = { shape = \"gamma\", mean = \"24 per year\", sd = \"3 per year\", date = \"2026-12-31\" }\nloss = { response = \"1k\" }\n";
    fs::write(here.join("many.toml"), case).unwrap();
    let review = |count: usize, services: &str, to: &str| {
        let mut actuals = format!("from = \"2027-01-01\"\nto = \"{to}\"\nseen = \"100%\"\n{services}");
        for day in 1..=count {
            actuals.push_str(&format!("[[incident]]\nrisk = \"mail\"\ndate = \"2027-01-{day:02}\"\nloss = \"1k\"\n"));
        }
        fs::write(here.join("came.toml"), actuals).unwrap();
        json(&here, &["review", "many.toml", "came.toml"])
    };
    assert_eq!(review(24, "", "2027-12-31")["risks"][0]["verdict"], "as promised");
    assert_eq!(review(2, "", "2027-01-31")["risks"][0]["verdict"], "too early to tell");
    assert_eq!(review(8, "", "2027-12-31")["risks"][0]["verdict"], "better than promised");
    let service = |met: u64, of: u64| {
        let told = format!("[[service]]\nname = \"Contained\"\npromised = \"90%\"\nmet = {met}\nof = {of}\n");
        review(1, &told, "2027-12-31")["services"][0]["verdict"].as_str().unwrap().to_owned()
    };
    assert_eq!(service(3, 3), "too early to tell");
    assert_eq!(service(90, 100), "as promised");
    assert_eq!(service(99, 100), "better than promised");
    assert_eq!(service(80, 100), "worse than promised");
    let record = "[[record]]\nowner = \"A. Berger\"\nyear = 2026\nheld = 4\nof = 8\n";
    let found = review(1, record, "2027-12-31");
    assert_eq!(found["people"][0]["by_year"][0]["held"], 4);
    assert!(found["people"][0]["chance"].as_f64().unwrap() < 0.01);
}

#[test]
fn many_events_are_worse_than_promised_and_unknown_names_are_faults() {
    let here = example("worse");
    let mut actuals = "from = \"2027-01-01\"\nto = \"2027-12-31\"\nseen = \"100%\"\n".to_owned();
    for day in 1..=14 {
        actuals.push_str(&format!("[[incident]]\nrisk = \"fraud\"\ndate = \"2027-05-{day:02}\"\nloss = \"10k\"\n"));
    }
    fs::write(here.join("many.toml"), &actuals).unwrap();
    let found = json(&here, &["review", "case.toml", "many.toml"]);
    assert_eq!(found["risks"][0]["verdict"], "worse than promised");
    assert_eq!(found["risks"][0]["loss"]["came"], 140_000.0);
    fs::write(here.join("wrong.toml"), actuals.replace("\"fraud\"", "\"fruad\"").replace("seen", "sean")).unwrap();
    let wrong = rosi(&here, &["review", "case.toml", "wrong.toml"]);
    assert!(told(&wrong).contains("`seen`"), "{}", told(&wrong));
    fs::write(here.join("wrong.toml"), actuals.replace("\"fraud\"", "\"fruad\"")).unwrap();
    let wrong = rosi(&here, &["review", "case.toml", "wrong.toml"]);
    assert!(told(&wrong).contains("did you mean `fraud`"), "{}", told(&wrong));
}

#[test]
fn a_number_with_two_readings_is_a_fault_and_a_currency_in_a_cell_counts() {
    let here = folder("two-readings");
    let log = |text: &str| fs::write(here.join("log.csv"), text).unwrap();
    let rows = |amounts: [&str; 5]| {
        let lines: String = amounts.iter().zip(1..).map(|(amount, day)| format!("0{day}.02.2024;{amount}\n")).collect();
        format!("date;loss\n{lines}")
    };
    log(&rows(["45.000", "12.400", "3.250", "9.100", "7.000"]));
    let doubtful = rosi(&here, &["calibrate", "loss", "log.csv"]);
    assert!(told(&doubtful).contains("two ways: as 45 or as 45000"), "{}", told(&doubtful));
    assert!(told(&doubtful).contains("--numbers"), "{}", told(&doubtful));
    let median = |arguments: &[&str]| json(&here, arguments)["figures"]["p50"].as_f64().unwrap();
    let known = median(&["calibrate", "loss", "log.csv", "--numbers", "1.234,5"]);
    let exact = (45e3f64 * 12.4e3 * 3.25e3 * 9.1e3 * 7e3).powf(0.2);
    assert!((known / exact - 1.0).abs() < 1e-5, "{known} {exact}");
    // The one cell in another style than four others is not taken for ten times as much.
    log(&rows(["1,5", "2,5", "3,5", "4,5", "1.5"]));
    let mixed = median(&["calibrate", "loss", "log.csv"]);
    assert!((mixed / (1.5f64 * 2.5 * 3.5 * 4.5 * 1.5).powf(0.2) - 1.0).abs() < 1e-5, "{mixed}");
    log(&rows(["$1500.0", "$2500.0", "3500.00 USD", "4500.00 USD", "900.00 €"]));
    let foreign = rosi(&here, &["calibrate", "loss", "log.csv", "--currency", "USD"]);
    assert!(told(&foreign).contains("the amount is in EUR, the estimate in USD"), "{}", told(&foreign));
    let converted = median(&["calibrate", "loss", "log.csv", "--currency", "USD", "--rate", "EUR=2"]);
    assert!((converted / (1500f64 * 2500. * 3500. * 4500. * 1800.).powf(0.2) - 1.0).abs() < 1e-5, "{converted}");
}

#[test]
fn an_estimate_goes_into_a_case_in_the_decimal_sign_of_the_case() {
    let here = example("comma");
    let case = fs::read_to_string(here.join("case.toml")).unwrap();
    fs::write(here.join("case.toml"), format!("numbers = \"1.234,5\"\n{case}")).unwrap();
    let line = "calibrate frequency incidents.csv --from 2019-01-01 --to 2026-09-30 --seen 90% --into case.toml --key risk.fraud.frequency";
    let done = rosi(&here, &line.split(' ').collect::<Vec<_>>());
    assert!(done.status.success(), "{}", told(&done));
    let mean =
        json(&here, &line.split(" --into").next().unwrap().split(' ').collect::<Vec<_>>())["figures"]["mean"].clone();
    let rate = json(&here, &["assess", "case.toml"])["risks"][0]["today"]["yearly_rate"].as_f64().unwrap();
    assert!((rate / mean.as_f64().unwrap() - 1.0).abs() < 1e-5, "{rate} {mean}");
}

#[test]
fn the_paper_draws_what_a_range_was_fitted_to_and_no_figure_moves() {
    let here = example("fitted");
    let line = "calibrate loss incidents.csv --category|payment fraud|--threshold|2k|--at-most|500k|--into|case.toml|--key|risk.fraud.loss.replacement";
    let words: Vec<&str> = line
        .split('|')
        .flat_map(|part| if part == "payment fraud" { vec![part] } else { part.split(' ').collect() })
        .collect();
    assert!(rosi(&here, &words).status.success());
    let case = fs::read_to_string(here.join("case.toml")).unwrap();
    let list = case.split("fitted_to = ").nth(1).unwrap().split(']').next().unwrap().to_owned() + "]";
    assert!(list.contains("\"from 2000\"") && list.contains("\"18400\"") && list.contains("\"> 40000\""), "{list}");
    let figures = |name: &str| json(&here, &["assess", name])["today"].clone();
    fs::write(here.join("without.toml"), case.replace(&format!("fitted_to = {list}, "), "")).unwrap();
    assert_ne!(case, fs::read_to_string(here.join("without.toml")).unwrap());
    assert_eq!(figures("case.toml"), figures("without.toml"));
    for (name, drawn) in [("case.toml", true), ("without.toml", false)] {
        assert!(rosi(&here, &["report", name, "--full", "--out", "paper.md"]).status.success());
        let paper = fs::read_to_string(here.join("paper.md")).unwrap();
        assert_eq!(paper.contains("13 observations from incidents.csv"), drawn, "{name}");
    }
    for (list, why) in [
        ("[\"18400\", \"a lot\"]", "a lot"),
        ("[\"50k to 10k\"]", "rises"),
        ("[\"from 2k\"]", "no observation"),
        ("[]", "no observation"),
    ] {
        fs::write(
            here.join("wrong.toml"),
            case.replace(
                &case[case.find("fitted_to = ").unwrap()..]
                    [..case.split("fitted_to = ").nth(1).unwrap().find(']').unwrap() + 13],
                &format!("fitted_to = {list}"),
            ),
        )
        .unwrap();
        let wrong = rosi(&here, &["check", "wrong.toml"]);
        assert!(!wrong.status.success() && told(&wrong).contains(why), "{list}: {}", told(&wrong));
    }
}

#[test]
fn the_next_paper_says_what_the_last_request_delivered_and_can_be_verified() {
    let here = example("next-paper");
    let with = ["--review", "case.toml", "actuals-2027.toml"];
    let made = rosi(&here, &[&["report", "case.toml", "--out", "paper.md"], &with[..]].concat());
    assert!(made.status.success(), "{}", told(&made));
    let paper = fs::read_to_string(here.join("paper.md")).unwrap();
    let review = out(&rosi(&here, &["review", "case.toml", "actuals-2027.toml"]));
    for said in ["What was promised, and what came", "too early to tell", "Call back made before payment", "21,500"] {
        assert!(paper.contains(said) && (review.contains(said) || said.starts_with("What")), "{said}");
    }
    assert!(!paper.contains("--into"), "a board takes no ranges over");
    assert!(rosi(&here, &[&["verify", "paper.md", "case.toml"], &with[..]].concat()).status.success());
    assert_eq!(rosi(&here, &["verify", "paper.md", "case.toml"]).status.code(), Some(3));
    let lacking = rosi(&here, &["report", "case.toml", "--review", "case.toml", "--out", "paper.html"]);
    assert_eq!(lacking.status.code(), Some(2), "{}", told(&lacking));
}

#[test]
fn a_review_takes_no_amount_of_another_currency_for_its_own() {
    let here = example("review-currency");
    fs::write(here.join("log.csv"), "date,category,loss\n2027-02-01,fraud,$8000\n").unwrap();
    let came = "from = \"2027-01-01\"\nto = \"2027-12-31\"\nseen = \"100%\"\nlog = { file = \"log.csv\", categories = { fraud = \"fraud\" } }\n";
    fs::write(here.join("came.toml"), came).unwrap();
    let wrong = rosi(&here, &["review", "case.toml", "came.toml"]);
    assert!(
        !wrong.status.success() && told(&wrong).contains("the amount is in $, the case in EUR"),
        "{}",
        told(&wrong)
    );
}

#[cfg(unix)]
#[test]
fn a_pipe_that_nobody_writes_to_is_a_fault_at_once_and_one_of_the_shell_is_read() {
    use std::time::{Duration, Instant};
    let here = example("pipes");
    assert!(Command::new("mkfifo").arg(here.join("pipe.toml")).status().unwrap().success());
    let samples = "schema = 1\ntitle = \"t\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"a\"\nname = \"A\"\nfrequency = \"1 per year\"\nloss.response = { samples = \"pipe.toml\" }\n";
    fs::write(here.join("samples.toml"), samples).unwrap();
    for line in [
        "check pipe.toml",
        "check samples.toml",
        "import pipe.toml",
        "import incidents.csv --map pipe.toml",
        "import incidents.csv --into pipe.toml",
        "calibrate loss pipe.toml",
        "calibrate experts pipe.toml",
        "calibrate sheet pipe.toml --out sheet.xlsx",
        "review case.toml pipe.toml",
        "verify pipe.toml case.toml",
        "compare pipe.toml case.toml",
        "facts uk-csbs-2025-ransomware --as frequency --into pipe.toml --key risk.ransomware.frequency",
    ] {
        let begun = Instant::now();
        let mut child = Command::new(env!("CARGO_BIN_EXE_rosi"))
            .args(line.split(' '))
            .current_dir(&here)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            if begun.elapsed() > Duration::from_secs(60) {
                child.kill().unwrap();
                panic!("{line}: still waiting");
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        assert!(!status.success(), "{line}");
    }
    let shell = format!("'{}' check <(cat case.toml)", env!("CARGO_BIN_EXE_rosi"));
    let read = Command::new("bash").args(["-c", &shell]).current_dir(&here).output().unwrap();
    assert!(read.status.success(), "{}", told(&read));
}
