//! What is only like a frequency, an effect or a price in a register, and what belongs to one of two.

use std::fs;

use rosi::internal::import::{Options, Weight};
use rosi::internal::model::Scenario;

use crate::cli::{folder, rosi, stderr};
use crate::import::{euros, is_told, kept_from, mean, messages, near, refused, taken, text, told, yearly};

fn of(table: &str) -> (Scenario, Vec<String>, String) {
    let (case, outcome) = taken(&[text("r.csv", table)], &euros());
    (case, told(&outcome), outcome.text)
}

/// The doubt that keeps a table from being read, and what an import says once its columns are left out.
fn doubt(table: &str) -> String {
    let (doubts, refusal) = kept_from(table);
    assert!(!doubts.is_empty() && doubts.iter().all(|one| one.starts_with("[I0201]")), "{table}: {doubts:?}");
    // The cure that is told: the mapping says "ignore".
    let map = refusal.mapping.unwrap().replace("is = \"?\"", "is = \"ignore\"");
    let options = Options { mapping: Some(text("r.map.toml", &map)), ..euros() };
    taken(&[text("r.csv", table)], &options);
    doubts.join(" ")
}

#[test]
fn what_is_only_like_a_frequency_beside_a_likelihood_is_left_out_and_told() {
    for (heading, cells) in [
        ("Day rate", ["800", "700"]),
        ("Rate per day", ["950", "1100"]),
        ("Rate pro Tag", ["950", "1100"]),
        ("Hourly rate", ["95", "110"]),
        ("Review frequency", ["quarterly", "monthly"]),
        ("Test frequency", ["4 per year", "12 per year"]),
        ("Savings per year", ["5000", "2000"]),
        ("Detection rate", ["80%", "70%"]),
        ("Discount rate", ["8%", "8%"]),
    ] {
        for often in [("Likelihood", ["20%", "10%"]), ("Frequency", ["0.2", "0.1"])] {
            let table = format!(
                "Risk;{};Impact;{heading}\nA;{};100000;{}\nB;{};50000;{}\n",
                often.0, often.1[0], cells[0], often.1[1], cells[1]
            );
            let (case, told, _) = of(&table);
            for (loss, due) in yearly(&case).into_iter().zip([20_000.0, 5_000.0]) {
                near(loss, due, 1e-9);
            }
            assert!(is_told(&told, &format!("({heading}): ")) && is_told(&told, "kept as a remark"), "{told:#?}");
        }
        // Where nothing else says how often, it is a doubt.
        let alone = format!("Risk;Impact;{heading}\nA;100000;{}\nB;50000;{}\n", cells[0], cells[1]);
        assert!(doubt(&alone).contains("is this how often the risk strikes?"), "{heading}");
    }
    for heading in ["Revenue per year", "Exchange rate", "Depreciation per year", "Widgets per year"] {
        let table = format!("Risk;Impact;{heading}\nA;24000;1.1\nB;48000;100\n");
        assert!(doubt(&table).contains("is this how often the risk strikes?"), "{heading}");
    }
}

#[test]
fn what_may_have_to_be_multiplied_with_a_frequency_is_a_doubt() {
    for heading in ["Probability", "Probability given event", "Probability of success", "Vulnerability"] {
        let table = format!("Risk;Frequency;{heading};Impact\nA;10;20%;20000\nB;5;50%;10000\n");
        doubt(&table);
    }
    let both = "[[column]]\nheading = \"Frequency\"\nis = \"frequency\"\n[[column]]\nheading = \"Probability\"\nis = \"likelihood\"\n";
    let options = Options { mapping: Some(text("r.map.toml", both)), ..euros() };
    let table = "Risk;Frequency;Probability;Impact\nA;10;20%;20000\nB;5;50%;10000\n";
    let (_, outcome) = taken(&[text("r.csv", table)], &options);
    assert!(messages(&outcome, Weight::Fault).iter().any(|one| one.contains("both said to be frequency")));
    let coverage =
        "Risk;Frequency;Loss;Measure;Coverage;Effectiveness\nA;0.5;100k;MFA;50%;80%\nB;0.2;50k;EDR;100%;90%\n";
    assert!(doubt(coverage).contains("factor of another column"));
}

#[test]
fn an_id_of_two_risks_is_a_fault_and_no_measure_goes_to_the_first() {
    let risks = "ID,Risk,Frequency,Loss\nR1,A,0.5,1000\nR1,B,0.1,70000\nR2,C,0.1,5\n";
    let measures = "Measure,Risk ID,Cost yearly\nMFA,R1,100\nEDR,R2,5\n";
    let (case, outcome) = taken(&[text("r.csv", risks), text("m.csv", measures)], &euros());
    assert_eq!(case.risks().len(), 3);
    let faults = messages(&outcome, Weight::Fault);
    assert!(faults.iter().any(|one| one.contains("the id \"R1\" names \"A\" and \"B\"")), "{faults:#?}");
    assert!(faults.iter().any(|one| one.contains("\"R1\" is the id of several risks")), "{faults:#?}");
    let told = outcome.text.lines().filter(|line| line.contains("which risk does it act on")).count();
    assert!(told >= 1, "{}", outcome.text);
}

#[test]
fn effects_on_how_often_and_on_the_loss_stand_side_by_side() {
    for headings in [
        "Effect on frequency;Effect on loss",
        "Frequency reduction;Loss reduction",
        "Likelihood reduction (%);Impact reduction (%)",
        "Wirkung auf Häufigkeit;Wirkung auf Schaden",
    ] {
        let table = format!("Risk;Frequency;Loss;Measure;{headings}\nA;0.5;1000;MFA;50%;20%\nB;0.5;500;EDR;20%;10%\n");
        let (_, _, text) = of(&table);
        for part in ["50%", "20%", "10%"] {
            assert!(
                text.contains(&format!("reduction = \"{part}\"")) || text.contains(&format!("\"{part}\"")),
                "{text}"
            );
        }
        assert_eq!(text.matches("on = \"loss\"").count(), 2, "{text}");
        assert_eq!(text.matches("on = \"frequency\"").count(), 2, "{text}");
        assert!(!text.contains("on what does it act"), "{text}");
    }
    // A mapping may call both an effect: the heading says on what.
    let map = "[[column]]\nheading = \"Loss reduction\"\nis = \"effect\"\n";
    let table = "Risk,Frequency,Loss,Measure,Loss reduction\nA,0.5,1000,MFA,50%\n";
    let options = Options { mapping: Some(text("r.map.toml", map)), ..euros() };
    let (_, outcome) = taken(&[text("r.csv", table)], &options);
    assert!(outcome.text.contains("on = \"loss\""), "{}", outcome.text);
    // So may a column of words.
    let (_, _, text) =
        of("Risk;Frequency;Loss;Measure;Reduction;Acts on\nA;0.5;1000;MFA;50%;loss\nB;0.5;500;EDR;20%;frequency\n");
    assert_eq!(text.matches("on = \"loss\"").count(), 1, "{text}");
    assert!(!text.contains("on what does it act"), "{text}");
}

#[test]
fn what_is_left_of_the_expected_loss_beside_frequency_and_loss_is_an_effect() {
    let (case, told, _) =
        of("Risk;Likelihood (%);Impact (EUR);ALE after;Control\nA;20;100000;5000;MFA\nB;50;20000;5000;EDR\n");
    near(mean(&case, "control.mfa.effect.reduction"), 0.75, 1e-9);
    near(mean(&case, "control.edr.effect.reduction"), 0.5, 1e-9);
    assert!(is_told(&told, "ALE after"), "{told:#?}");
}

#[test]
fn what_is_said_of_a_measure_is_no_measure() {
    for (heading, cells) in [
        ("Action due", ["2027-01-31", "2027-03-31"]),
        ("Control objective", ["Strong login", "No malware"]),
        ("Number of controls", ["3", "5"]),
        ("Control strength", ["3", "5"]),
        ("Control maturity", ["high", "low"]),
        ("Control gap", ["none known", "large"]),
        ("Measure progress", ["50 %", "70 %"]),
        ("Anzahl Maßnahmen", ["3", "4"]),
        ("Controls implemented (%)", ["50", "60"]),
    ] {
        let table =
            format!("Risk;Frequency;Loss;Measure;{heading}\nA;0.5;1000;MFA;{}\nB;0.2;500;EDR;{}\n", cells[0], cells[1]);
        let (case, told, _) = of(&table);
        assert_eq!(case.controls().len(), 2, "{heading}");
        assert!(is_told(&told, "left out") && is_told(&told, heading), "{heading}: {told:#?}");
    }
}

#[test]
fn a_count_is_no_id_and_needs_its_time() {
    for heading in ["Number of incidents", "Events", "Occurrences"] {
        let table = format!("Risk;{heading};Loss;Control\nA;3;20000;MFA\nB;3;10000;EDR\nC;1;7000;DLP\n");
        assert!(doubt(&table).contains(heading));
    }
    let (case, ..) = of("Risk;Number of events in 10 years;Loss\nA;3;20000\nB;3;10000\nC;1;7000\n");
    assert_eq!(case.risks().len(), 3);
    near(yearly(&case)[0], 20_000.0 * 0.3, 0.2);
    let (_, _, text) =
        of("Risk;Frequency;Loss;Measure;Remaining risk;Cost\nA;0.5;100k;MFA;20%;1k\nB;0.2;50k;EDR;10%;2k\n");
    assert!(!text.contains("r-20") && text.contains("id = \"a\""), "{text}");
    let (_, _, text) = of("Risk;Frequency;Loss;Number of users\nA;0.5;100k;250\nB;0.2;50k;90\n");
    assert!(!text.contains("r-250"), "{text}");
}

#[test]
fn a_heading_of_a_price_that_is_not_understood_is_asked_or_a_doubt() {
    for heading in [
        "Cost (hundred EUR)",
        "Cost (hundert EUR)",
        "Cost (dozens)",
        "Price increase (%)",
        "Sunk cost",
        "Legal cost",
        "Notification cost",
        "Wiederherstellungskosten",
        "Replacement cost",
        "Risk cost",
    ] {
        doubt(&format!("Risk;Frequency;Loss;Control;{heading}\nA;2;24000;MFA;100\nB;1;48000;EDR;200\n"));
    }
    let (_, _, text) = of("Risk;Frequency;Loss;Control;Cost (百万円)\nA;2;24000;MFA;100\nB;1;48000;EDR;200\n");
    assert!(
        text.contains("what does \\\"百万円\\\" of the heading say") && text.contains("once or every year"),
        "{text}"
    );
    let (case, ..) = of("Risk;Frequency;Loss (€000s)\nA;0.5;1250\n");
    near(yearly(&case)[0], 625_000.0, 1e-9);
    for heading in ["Risk appetite (EUR)", "Prevented loss", "Risk value"] {
        doubt(&format!("Risk;Likelihood;{heading}\nA;20%;20000\nB;10%;10000\n"));
    }
}

#[test]
fn an_exposure_factor_is_no_expected_loss() {
    let table = "Threat,Asset Value,Exposure Factor,SLE,ARO,ALE\nRansomware,500000,40%,200000,0.1,20000\nTheft,2000,100%,2000,5,10000\n";
    let (case, told, _) = of(table);
    near(yearly(&case)[0], 20_000.0, 1e-9);
    assert!(is_told(&told, "agrees with the expected loss that the table states in 2 of 2 rows"), "{told:#?}");
    let (_, told, _) = of("Threat;Exposure Factor;SLE;ARO\nA;0.4;200000;0.1\nB;1.0;2000;5\n");
    assert!(!is_told(&told, "frequency × loss is"), "{told:#?}");
}

const SCALE: &str = "# approved by: RC, 2026-05-20\nfactor,level,words,low,high\nlikelihood,1,rare,1 in 50 years,1 in 10 years\n\
    likelihood,2,unlikely,1 in 10 years,1 in 4 years\nlikelihood,3,possible,1 in 4 years,1 per year\n\
    likelihood,4,likely,1 per year,4 per year\nlikelihood,5,almost certain,4 per year,20 per year\n\
    impact,1,negligible,1k,10k\nimpact,2,minor,10k,50k\nimpact,3,moderate,50k,250k\nimpact,4,major,250k,1M\n\
    impact,5,severe,1M,8M\n";

#[test]
fn a_heading_whose_levels_are_not_those_of_the_scale_is_a_fault() {
    let options = || Options { scale: Some(text("sc.csv", SCALE)), ..euros() };
    for (heading, said) in [
        ("Likelihood (1 = very likely, 5 = rare)", "the other way round"),
        ("Likelihood (5=rare, 1=almost certain)", "the other way round"),
        ("Eintrittswahrscheinlichkeit (1 = sehr hoch ... 5 = sehr gering)", "the other way round"),
        ("Likelihood (1-3)", "counts from 1 to 3, the scale from 1 to 5"),
        ("Likelihood (1-10)", "counts from 1 to 10"),
    ] {
        let table = format!("Risk;{heading};Impact\nA;4;3\nB;1;2\n");
        let refusal = refused(&[text("r.csv", &table)], &options());
        assert!(refusal.findings.iter().any(|one| one.to_string().contains(said)), "{heading}: {:?}", refusal.findings);
    }
    taken(&[text("r.csv", "Risk;Likelihood (1 = rare, 5 = almost certain);Impact (1-5)\nA;4;3\nB;1;2\n")], &options());
    // 0 and 1 may be never and always, or levels.
    let (_, outcome) = taken(&[text("r.csv", "Risk;Probability;Impact\nA;0;3\nB;1;2\n")], &options());
    assert!(messages(&outcome, Weight::Fault).iter().any(|one| one.contains("I0301")), "{}", outcome.text);
    // A step of five levels leaves something.
    let steps = "Risk;Likelihood;Impact;Residual likelihood;Residual impact;Control\nA;5;3;1;1;MFA\n";
    let (case, _) = taken(&[text("r.csv", steps)], &options());
    let left: Vec<f64> =
        case.estimates().iter().filter(|one| one.path.contains("reduction")).map(|one| one.mean().to_f64()).collect();
    assert!(!left.is_empty() && left.iter().all(|part| *part < 1.0), "{left:?}");
}

#[test]
fn cures_of_ranges_and_gains_work() {
    let (_, told, _) = of("Risk;Frequency;Loss\nA;0.5;<5k\nB;0.5;0 EUR - 5k EUR\nC;0.5;0 - 5k\n");
    assert!(is_told(&told, "leaves one end open"), "{told:#?}");
    assert_eq!(told.iter().filter(|one| one.contains("the lower end of a range")).count(), 2, "{told:#?}");
    let (_, told, _) = of("Risk;Frequency;Loss\nA;0.5;1k - 5k\n");
    assert!(!told.iter().any(|one| one.contains("I03")), "{told:#?}");
    let refusal = refused(&[text("r.csv", "Risk;Frequency;Loss\nA;0.5;(5000)\nB;0.5;-700\n")], &euros());
    assert!(refusal.findings.iter().any(|one| one.cure.contains("write losses without the minus")));
    assert!(!refusal.findings.iter().any(|one| one.to_string().contains("I0103")), "{:?}", refusal.findings);
    let (_, outcome) = taken(&[text("r.csv", "Risk;Likelihood per quarter;Loss\nA;10%;100k\nB;5%;5k\n")], &euros());
    assert!(outcome.findings.iter().any(|one| one.cure.contains("1 − (1 − p)^4 ")), "{:?}", outcome.findings);
}

#[test]
fn an_import_writes_over_no_case_and_under_no_other_ending() {
    let here = folder("import-over");
    let (table, case) = (here.join("r.csv"), here.join("case.toml"));
    fs::write(&table, "Risk;Frequency;Loss (EUR)\nA;0.5;1000\n").unwrap();
    fs::write(&case, "# mine\n").unwrap();
    let [table, case] = [table, case].map(|path| path.to_str().unwrap().to_owned());
    let again = |more: &[&str]| rosi(&[&["import", &table, "--yes", "--out", &case], more].concat());
    let kept = again(&[]);
    assert!(!kept.status.success() && stderr(&kept).contains("--force"), "{}", stderr(&kept));
    assert_eq!(fs::read_to_string(&case).unwrap(), "# mine\n");
    assert!(again(&["--force"]).status.success());
    assert!(rosi(&["check", &case]).status.success());
    for ending in ["yaml", "json"] {
        let other = here.join(format!("case.{ending}"));
        let refused = rosi(&["import", &table, "--yes", "--out", other.to_str().unwrap()]);
        assert!(!refused.status.success() && !other.exists() && stderr(&refused).contains("case.toml"));
    }
    let book = here.join("case.xlsx");
    let refused = rosi(&["export", &case, "--as", "csv", "--out", book.to_str().unwrap()]);
    assert!(!refused.status.success() && !book.exists() && stderr(&refused).contains("case.csv"));
}

#[test]
fn what_cannot_be_read_is_called_what_it_is() {
    let (_, told, text) = of("Risk;Frequency;Loss\nA;50 years;1000\nB;0.5;10-20 lots\nC;0.5;2026-05-01\nD;0.5;\n");
    assert!(is_told(&told, "\"50 years\": this cannot be read as a frequency"), "{told:#?}");
    assert!(is_told(&told, "\"2026-05-01\": the cell is a day"), "{told:#?}");
    assert!(
        text.contains("how often does it happen? The source does not say, or not so that it can be read"),
        "{text}"
    );
    assert!(text.contains("what does an event cost? The source does not say\""), "{text}");
    let refusal = refused(&[text_of_a_case()], &euros());
    assert!(refusal.findings[0].to_string().contains("the file is TOML"), "{:?}", refusal.findings);
}

fn text_of_a_case() -> rosi::internal::import::Input {
    text("case.toml", "schema = 1\ntitle = \"t\"\n")
}

#[test]
fn words_of_headings_that_are_understood_are_not_asked() {
    for (headings, row) in [
        ("Risk;Events in last 5 years;Loss", "A;4;1000"),
        ("Risico;Frequentie;Schade (x 1.000 euro)", "A;0,5;1200"),
        ("Risk;Wiederkehrperiode (Jahre);Schaden", "A;50;100k"),
        ("Risk;ARO;SLE;Control;ACS", "A;0.2;100000;MFA;3000"),
    ] {
        let (_, told, text) = of(&format!("{headings}\n{row}\n"));
        assert!(!text.contains("of the heading say"), "{headings}: {told:#?}");
    }
    let (case, ..) = of("Risk;ARO;SLE;Control;ACS\nA;0.2;100000;MFA;3000\n");
    near(mean(&case, "control.mfa.cost.yearly"), 3_000.0, 1e-12);
}

#[test]
fn names_of_measures_have_no_marks_of_a_list() {
    let (_, _, text) =
        of("Risk,Frequency,Loss,Measures,Cost yearly\nA,0.5,1000,\"1. MFA\n2. EDR\n3. Training\",9000\n");
    assert!(text.contains("name = \"MFA, EDR, Training\""), "{text}");
    let (case, _, text) = of("Risk,Frequency,Loss,Measures\nB,0.1,700,\"- Fence\n- Guard\"\nC,1,9,24/7 guard\n");
    assert_eq!(case.controls().len(), 3, "{text}");
    assert!(text.contains("name = \"Fence\"") && text.contains("name = \"24/7 guard\""), "{text}");
}

#[test]
fn whole_amounts_with_a_dash_have_one_reading() {
    let (case, told, _) = of("Risk;Frequency;Loss\nA;1;3.000,-\nB;1;75.000,-- €\nC;1;20'000.--\nD;1;10'000\n");
    for (loss, due) in yearly(&case).into_iter().zip([3_000.0, 75_000.0, 20_000.0, 10_000.0]) {
        near(loss, due, 1e-9);
    }
    assert!(!is_told(&told, "I0301"), "{told:#?}");
}
