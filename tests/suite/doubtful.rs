//! Columns of a register that are not what they seem: their figures are read for what they are, or asked, or a fault.

use std::fs;

use rosi::internal::import::{Options, Style, Weight};
use rosi::internal::model::Scenario;
use rosi::internal::scenario::{Source, parse};

use crate::cli::{folder, rosi, stderr};
use crate::import::{euros, kept_from, mean, near, taken, text, told, yearly};

/// What comes out of a table: the case, what was told, the text.
pub(crate) fn of(table: &str) -> (Scenario, String, String) {
    let (case, outcome) = taken(&[text("r.csv", table)], &euros());
    (case, told(&outcome).join("\n"), outcome.text)
}

/// The doubts that keep a table from being read.
pub(crate) fn doubts(table: &str) -> String {
    kept_from(table).0.join("\n")
}

/// Whether an estimate is an example.
pub(crate) fn is_example(case: &Scenario, path: &str) -> bool {
    let found = case.estimates().iter().find(|estimate| estimate.path == path);
    found.unwrap_or_else(|| panic!("{path}")).record.example
}

#[test]
fn what_the_risk_itself_costs_beside_the_loss_of_an_event_is_the_expected_loss_of_a_year() {
    for heading in [
        "Residual risk (EUR per year)",
        "Restrisiko EUR p.a.",
        "Restrisiko p.a. (EUR)",
        "Residual risk EUR",
        "Nettorisiko (EUR)",
        "Risque résiduel (€/an)",
        "Rischio residuo €/anno",
        "Restrisico (€ per jaar)",
    ] {
        let table = format!("Risk;Frequency;Loss;{heading};Measure\nA;0.2;1500000;90000;MFA\nB;0.1;200000;5000;EDR\n");
        let (case, _, text) = of(&table);
        near(yearly(&case)[0], 300_000.0, 1e-9);
        // 300,000 a year fall to 90,000: not the loss of an event from 1,500,000.
        near(mean(&case, "control.mfa.effect.reduction"), 0.7, 1e-9);
        near(mean(&case, "control.edr.effect.reduction"), 0.75, 1e-9);
        assert!(is_example(&case, "control.mfa.effect.reduction"), "{heading}\n{text}");
    }
}

#[test]
fn a_heading_that_says_on_what_an_effect_acts_is_understood() {
    for (heading, on) in [
        ("Effect on frequency", "frequency"),
        ("Reduction of likelihood (%)", "frequency"),
        ("Effect on loss", "loss"),
        ("Loss reduction (%)", "loss"),
    ] {
        let (case, told, text) =
            of(&format!("Risk;Frequency;Loss;Measure;{heading}\nA;0.2;1500;MFA;20%\nB;0.1;2000;EDR;30%\n"));
        assert!(!is_example(&case, "control.mfa.effect.reduction"), "{heading}: {told}");
        assert!(text.contains(&format!("on = \"{on}\"")), "{heading}\n{text}");
    }
}

#[test]
fn ends_of_two_ranges_below_their_groups_belong_to_these() {
    let table = "Risk;Frequency per year;;Loss;;Measure;Cost;\n;low;high;low;high;;once;yearly\nA;0.1;0.5;10;200;MFA;5;1\nB;1;4;1;9;EDR;6;2\n";
    let (_, _, text) = of(table);
    assert!(text.contains("frequency = { low = \"0.1 per year\", high = \"0.5 per year\""), "{text}");
    assert!(text.contains("loss.response = { low = \"10\", high = \"200\""), "{text}");
    assert!(
        text.contains("cost.initial = { value = \"5\"") && text.contains("cost.yearly = { value = \"1\""),
        "{text}"
    );
    // The same without groups is a doubt, and none of the four is taken for another.
    assert!(
        doubts("Risk;low;high;low;high\nA;0.1;0.5;10;200\nB;1;4;1;900\n").contains("another column holds loss low too")
    );
}

#[test]
fn measures_beside_the_risks_are_joined_by_the_column_that_names_their_risks() {
    for (heading, cells) in [
        ("Risk", ["C", "A", "B"]),
        ("For risk", ["C", "A", "B"]),
        ("Risk ID", ["R3", "R1", "R2"]),
        ("Acts on", ["C", "A", "B"]),
    ] {
        let table = format!(
            "ID;Risk;Frequency;Loss;;Measure;{heading};Cost yearly;Reduction of frequency\n\
             R1;A;0.5;1000;;MFA;{};100;50%\nR2;B;0.2;2000;;EDR;{};50;20%\nR3;C;0.1;3000;;DLP;{};5;10%\n",
            cells[0], cells[1], cells[2]
        );
        let (case, told, text) = of(&table);
        let risks: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("risk = ")).collect();
        assert_eq!(risks, ["\"r3\"", "\"r1\"", "\"r2\""], "{heading}: {told}\n{text}");
        near(mean(&case, "control.mfa.cost.yearly"), 100.0, 1e-9);
        // A name that no risk has is a fault, and its measure goes to none of them.
        let (_, told, _) = of(&table.replace(&format!("EDR;{}", cells[1]), "EDR;Z"));
        assert!(told.contains("[I0401]") && told.contains("\"Z\" names no risk"), "{told}");
    }
    // The same risk in every row, and the name of a measure, part no table.
    let (case, _, _) = of("Risk;Frequency;Loss;Measure;Title\nA;0.5;1000;MFA;Keys\nB;0.2;2000;EDR;Agents\n");
    assert_eq!((case.risks().len(), case.controls().len()), (2, 2));
}

#[test]
fn on_what_an_effect_acts_is_both_or_a_fault() {
    let (_, told, text) = of(
        "Risk;Frequency;Loss;Measure;Acts on;Effect\nA;0.5;1000;MFA;impact;50%\nB;0.2;500;EDR;both;20%\nC;0.2;500;DLP;availability;20%\nD;0.2;500;SOC;Likelihood and loss;10%\n",
    );
    let on: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("on = ")).collect();
    assert_eq!(on, ["\"loss\"", "\"frequency\"", "\"loss\"", "\"frequency\"", "\"frequency\"", "\"loss\""]);
    assert!(told.contains("[I0302] r.csv, row 4, column E (Acts on): \"availability\""), "{told}");
    assert!(!told.contains("row 3, column E") && !told.contains("row 5, column E"), "{told}");
}

#[test]
fn one_word_among_percentages_is_a_cell_that_cannot_be_read() {
    for (cell, why) in [("high", "cannot be read"), (">60%", "leaves one end open"), ("sehr hoch", "cannot be read")] {
        let (case, told, _) =
            of(&format!("Risk;Frequency;Loss;Measure;Effectiveness\nA;0.5;5k;MFA;{cell}\nB;0.2;7k;EDR;20%\n"));
        near(mean(&case, "control.edr.effect.reduction"), 0.2, 1e-9);
        let place = format!("[I0302] r.csv, row 2, column E (Effectiveness): \"{cell}\"");
        assert!(told.contains(&place) && told.contains(why), "{cell}: {told}");
    }
    let (case, _, _) = of(
        "Risk;Frequency;Loss;Measure;Effectiveness\nA;0.5;5k;MFA;high\nB;0.2;7k;EDR;20%\nC;0.2;7k;DLP;30%\nD;0.2;7k;SOC;low\n",
    );
    near(mean(&case, "control.dlp.effect.reduction"), 0.3, 1e-9);
}

#[test]
fn the_cure_for_an_open_frequency_speaks_of_frequencies_and_years_of_the_calendar_are_none() {
    for (cell, message) in [
        ("< 1 in 10 years", "leaves one end open"),
        (">2 per year", "leaves one end open"),
        ("3 in 2020-2024", "cannot be read as a frequency"),
        ("2 in 2023", "cannot be read as a frequency"),
    ] {
        let table = format!("Risk;Frequency;Loss\nA;{cell};5k\nB;1 in 8 years;7k\n");
        let (case, outcome) = taken(&[text("r.csv", &table)], &euros());
        let fault = outcome.findings.iter().find(|one| one.weight == Weight::Fault).unwrap();
        assert!(fault.code.as_str() == "I0302" && fault.message.contains(message), "{cell}: {fault:?}");
        assert!(!fault.cure.contains("1k") && fault.cure.contains("2"), "{cell}: {}", fault.cure);
        near(mean(&case, "risk.b.frequency"), 0.125, 1e-9);
    }
    // The cure, to the letter.
    let (_, told, text) = of("Risk;Frequency;Loss\nA;every 10-20 years;5k\nB;2-3 per year;7k\n");
    assert!(!told.contains("I03") && text.contains("low = \"2 per year\", high = \"3 per year\""), "{told}");
}

#[test]
fn percentage_points_and_what_is_missing_are_no_effects() {
    for (heading, what) in [
        ("Reduction in likelihood (percentage points)", "percentage points"),
        ("Minderung (Prozentpunkte)", "percentage points"),
        ("Control effectiveness gap", "left or missing"),
        ("Remaining effect", "left or missing"),
    ] {
        let told = doubts(&format!("Risk;Frequency;Loss;Measure;{heading}\nA;0.5;5k;MFA;10%\nB;0.2;7k;EDR;5%\n"));
        assert!(told.contains("[I0201]") && told.contains(what), "{heading}: {told}");
    }
}

#[test]
fn a_price_a_day_or_a_week_may_be_the_rate_of_work() {
    for (cell, yearly) in [("950/day", 346_750.0), ("1k per week", 52_000.0)] {
        let (case, _, text) = of(&format!("Risk;Frequency;Loss;Measure;Cost\nA;0.5;5k;MFA;{cell}\nB;0.2;7k;EDR;7k\n"));
        near(mean(&case, "control.mfa.cost.yearly"), yearly, 1e-9);
        assert!(is_example(&case, "control.mfa.cost.yearly") && text.contains("the rate of somebody's work"), "{text}");
    }
    let (case, _, _) = of("Risk;Frequency;Loss;Measure;Cost\nA;0.5;5k;MFA;1k per month\nB;0.2;7k;EDR;7k p.a.\n");
    near(mean(&case, "control.mfa.cost.yearly"), 12_000.0, 1e-9);
    assert!(!is_example(&case, "control.mfa.cost.yearly"));
}

#[test]
fn prices_that_are_paid_again_and_again_have_many_names() {
    for heading in
        ["Canone annuo", "Structureel", "Wartung p.a.", "Recurring", "Annual subscription", "Redevance annuelle"]
    {
        let table =
            format!("Risk;Frequency;Loss;Measure;Cost once;{heading}\nA;0.5;5k;MFA;9k;1200 €\nB;0.2;7k;EDR;8k;600 €\n");
        let (case, _, _) = of(&table);
        near(mean(&case, "control.mfa.cost.yearly"), 1_200.0, 1e-9);
        near(mean(&case, "control.mfa.cost.initial"), 9_000.0, 1e-9);
    }
    let (case, _, _) = of("Risk;Frequency;Loss;Measure;Monthly fee\nA;0.5;5k;MFA;100 €\nB;0.2;7k;EDR;50 €\n");
    near(mean(&case, "control.mfa.cost.yearly"), 1_200.0, 1e-9);
    for heading in ["One-off", "Eenmalig"] {
        let (case, _, _) =
            of(&format!("Risk;Frequency;Loss;Measure;{heading}\nA;0.5;5k;MFA;100 €\nB;0.2;7k;EDR;50 €\n"));
        near(mean(&case, "control.mfa.cost.initial"), 100.0, 1e-9);
    }
    // Amounts of money below a heading that nobody knows are no remark.
    let told =
        doubts("Risk;Frequency;Loss;Measure;Cost once;Wuppdich\nA;0.5;5k;MFA;9k;1200 €\nB;0.2;7k;EDR;8k;600 €\n");
    assert!(told.contains("(Wuppdich): the heading is not known, and its cells are amounts of money"), "{told}");
}

#[test]
fn several_measures_in_a_cell_are_not_bought_twice_without_a_question() {
    let (case, _, text) = of("Risk;Frequency;Loss;Measure;Cost yearly\nA;0.5;5k;MFA, EDR;10k\nB;0.2;7k;MFA;4k\n");
    assert!(is_example(&case, "control.mfa-edr.cost.yearly") && text.contains("is it paid twice?"), "{text}");
    assert!(!is_example(&case, "control.mfa.cost.yearly"));
    // Without a price in common each is a measure of its own.
    let (case, _, _) = of("Risk;Frequency;Loss;Measure\nA;0.5;5k;MFA, EDR\nB;0.2;7k;MFA\n");
    let names: Vec<&str> = case.controls().iter().map(|control| control.name.as_str()).collect();
    assert_eq!(names, ["MFA", "EDR"]);
    // A comma within a name that stands nowhere else parts nothing.
    let (case, _, _) = of("Risk;Frequency;Loss;Measure\nA;0.5;5k;Backup, offline\nB;0.2;7k;MFA\n");
    assert_eq!(case.controls()[rosi::internal::model::ControlId(0)].name, "Backup, offline");
}

#[test]
fn a_point_between_two_ends_that_has_no_place_is_asked() {
    let (case, _, text) = of("Risk;Frequency;P5;P50;P95\nA;0.5;1000;5000;90000\nB;0.2;2000;10000;100000\n");
    assert!(is_example(&case, "risk.a.loss.response") && text.contains("also states \\\"5000\\\" (P50)"), "{text}");
    let (case, _, text) = of("Risk;Frequency P5;Frequency P50;Frequency P95;Loss\nA;0.1;0.2;0.9;5k\nB;1;2;3;7k\n");
    assert!(
        is_example(&case, "risk.a.frequency") && text.contains("also states \\\"0.2\\\" (Frequency P50)"),
        "{text}"
    );
}

#[test]
fn a_price_beside_a_quantity_and_a_price_in_levels_are_doubts() {
    let told = doubts("Risk;Frequency;Loss;Measure;Price;Quantity\nA;0.5;5k;MFA;50;900\nB;0.2;7k;EDR;60;900\n");
    assert!(told.contains("(Quantity): \"quantity\" may be a factor of another column"), "{told}");
    let told = doubts("Risk;Frequency;Loss;Measure;Cost (1-5)\nA;0.5;5k;MFA;3\nB;0.2;7k;EDR;5\n");
    assert!(told.contains("(Cost (1-5)): the heading counts levels"), "{told}");
    let told = doubts("Risk;Frequency;Loss (m)\nA;0.5;5\nB;0.2;7\n");
    assert!(told.contains("(Loss (m)): \"(m)\" of the heading may be a multiple"), "{told}");
}

#[test]
fn units_below_the_headings_count_one_by_one_and_an_unknown_one_is_asked() {
    for (unit, loss) in [
        ("in TEUR", 10_000.0),
        ("€'000", 10_000.0),
        ("k", 10_000.0),
        ("x1000", 10_000.0),
        ("x 1.000 €", 10_000.0),
        ("Mio. €", 1e7),
    ] {
        let table =
            format!("Risk;Frequency;Loss;Cost;Measure\n;p.a.;{unit};EUR/month;\nA;0.5;10;100;MFA\nB;0.2;20;200;EDR\n");
        let (case, told, _) = of(&table);
        near(mean(&case, "risk.a.loss.response"), loss, 1e-9);
        near(mean(&case, "control.mfa.cost.yearly"), 1_200.0, 1e-9);
        assert!(!told.contains("names no risk"), "{unit}: {told}");
    }
    let (case, _, _) = of("Risk;Frequency;Loss;Measure\n;per year;bushels;\nA;0.5;10;MFA\nB;0.2;20;EDR\n");
    assert!(is_example(&case, "risk.a.loss.response"));
}

#[test]
fn a_case_writes_its_numbers_as_its_source_does() {
    let german = "Risiko;Häufigkeit;Schaden;Maßnahme;Investition\nA;0,2;1.500.000,00;MFA;120.000,50\nB;0,125;250.000,00;EDR;80.000,00\n";
    let (case, _, text) = of(german);
    assert!(text.contains("\nnumbers = \"1.234,5\"") && text.contains("\"0,2 per year\""), "{text}");
    near(mean(&case, "control.mfa.cost.initial"), 120_000.5, 1e-12);
    // What somebody then types there is read as in the register.
    let typed = text.replace("value = \"1500000\"", "value = \"130.000\"");
    let parsed = parse(&Source::new("case.toml", typed)).unwrap();
    near(mean(&parsed.scenario, "risk.a.loss.response"), 130_000.0, 1e-12);
    let (_, _, text) = of("Risk;Frequency;Loss\nA;0.2;\"1,500,000.00\"\nB;0.1;200000\n");
    assert!(text.contains("\nnumbers = \"1,234.5\""), "{text}");
    let stated = Options { numbers: Some(Style::Comma), ..euros() };
    let (_, outcome) = taken(&[crate::import::text("r.csv", "Risk;Frequency;Loss\nA;1;30.000\nB;2;5.000\n")], &stated);
    assert!(outcome.text.contains("\nnumbers = \"1.234,5\""), "{}", outcome.text);
    // Where the source shows no decimal sign the case says nothing, and "130.000" is a fault.
    let (_, _, text) = of("Risk;Frequency;Loss\nA;1;1500000\nB;2;200000\n");
    assert!(!text.contains("\nnumbers"), "{text}");
    let faults = parse(&Source::new("case.toml", text.replace("\"1500000\"", "\"130.000\""))).unwrap_err();
    assert!(faults.iter().any(|fault| fault.message.contains("two ways")), "{faults:#?}");
}

#[test]
fn an_import_into_a_case_writes_as_the_case_does() {
    let here = folder("doubtful-into");
    let (case, table) = (here.join("case.toml"), here.join("r.csv"));
    let run = |more: &[&str]| {
        let mut arguments = vec!["import", table.to_str().unwrap(), "--yes", "--currency", "EUR"];
        arguments.extend(more);
        let output = rosi(&arguments);
        assert!(output.status.success(), "{}", stderr(&output));
        stderr(&output)
    };
    fs::write(&table, "Risiko;Häufigkeit;Schaden\nA;0,2;1.500.000,50\n").unwrap();
    run(&["--out", case.to_str().unwrap()]);
    let first = fs::read_to_string(&case).unwrap();
    run(&["--into", case.to_str().unwrap()]);
    assert_eq!(fs::read_to_string(&case).unwrap(), first);
    // An English register into the German case.
    fs::write(&table, "Risk;Frequency;Loss\nA;0.25;1500000.50\nB;0.5;2500.75\n").unwrap();
    run(&["--into", case.to_str().unwrap()]);
    let text = fs::read_to_string(&case).unwrap();
    assert!(text.contains("\"0,25 per year\"") && text.contains("\"2500,75\""), "{text}");
    let parsed = parse(&Source::new("case.toml", text)).unwrap();
    near(mean(&parsed.scenario, "risk.b.loss.response"), 2_500.75, 1e-12);
}
