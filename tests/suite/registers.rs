//! Registers as people keep them, with what has been read wrongly: numbers of risks that look like money, rows that say
//! a risk twice, groups over headings, totals that are none.

use rosi::internal::import::{Input, Options, import};
use rosi::internal::model::RiskId;
use rosi::internal::model::Scenario;

use crate::import::{figures, is_told, mean, near, refused, taken, text, told, yearly};

fn of(table: &str) -> (Scenario, Vec<String>) {
    let (case, outcome) = taken(&[text("r.csv", table)], &Options::default());
    (case, told(&outcome))
}

#[test]
fn the_number_of_a_risk_names_no_currency_and_a_code_before_digits_does() {
    let (case, told) = of("Risk ID,Risk,Events per year,Loss\nRS-1,Phishing,2,5000\nRS-2,Flood,0.1,100000\n");
    assert_eq!(case.currency().code(), "XXX", "rupees are Rs too, and RS-1 are none");
    assert!(is_told(&told, "in which currency"));
    let (case, _) =
        of("Risk ID,Risk,Events per year,Loss\nRS-1,Phishing,2,\"USD5,000\"\nRS-2,Flood,0.1,\"USD100,000\"\n");
    assert_eq!(case.currency().code(), "USD");
    let (case, _) = of("ID,Risk,Events per year,Loss\n1,Phishing,2,\"Rs.5,00,000\"\n2,Flood,0.1,\"Rs. 1,00,000\"\n");
    assert_eq!(case.currency().code(), "INR");
}

#[test]
fn a_risk_that_stands_twice_with_other_figures_is_asked_about() {
    let table = "Risk,Events per year,Loss (EUR),Measure\nFraud,2,15000,Call back\nFraud,3,10000,Training\nFraud,2,15000,Insurance\n";
    let (case, told) = of(table);
    assert_eq!((case.risks().len(), case.controls().len()), (1, 3));
    near(yearly(&case)[0], 30_000.0, 1e-12);
    assert!(
        is_told(&told, "row 3, column B (Events per year): \"3\": \"Fraud\" has another frequency here"),
        "{told:#?}"
    );
    assert!(is_told(&told, "row 3, column C (Loss (EUR)): \"10000\": \"Fraud\" has another loss here"), "{told:#?}");
    assert!(!told.iter().any(|one| one.contains("row 4") && one.contains("another")));
    // What the first row lacks is taken from the next.
    let (case, _) = of("Risk,Events per year,Loss (EUR),Measure\nFraud,,15000,Call back\nFraud,3,,Training\n");
    near(yearly(&case)[0], 45_000.0, 1e-12);
}

#[test]
fn groups_over_some_headings_belong_to_them_and_the_others_stay_apart() {
    let table = "Nr;Risiko;Vorher;;Nachher;;Maßnahme\n;;Häufigkeit pro Jahr;Schaden (EUR);Häufigkeit pro Jahr;Schaden (EUR);\nR1;Ransomware;0,2;500000;0,1;250000;Backup\nR2;Betrug;2;15000;1;15000;Rückruf\n";
    let (case, _) = of(table);
    assert_eq!((case.risks().len(), case.controls().len()), (2, 2));
    near(yearly(&case)[0], 100_000.0, 1e-12);
    near(yearly(&case)[1], 30_000.0, 1e-12);
    near(mean(&case, "control.rueckruf.effect.reduction"), 0.5, 1e-12);
}

#[test]
fn what_stands_above_the_headings_is_told() {
    let (case, told) = of("Risk register 2026,,\n\"Board, May\",,\nRisk,Events per year,Loss (EUR)\nFraud,2,15000\n");
    assert_eq!(case.risks().len(), 1);
    assert!(is_told(&told, "what stands above the headings was left out: Risk register 2026, and 1 more"), "{told:#?}");
}

#[test]
fn a_total_loss_is_a_risk_and_a_total_is_none() {
    let (case, told) = of(
        "Risk,Events per year,Loss (EUR)\nTotal loss of the building,0.01,5000000\nFraud,2,15000\nTotal,2.01,5015000\nTotal exposure,,80000\n",
    );
    assert_eq!(case.risks().len(), 2, "{told:#?}");
    assert_eq!(told.iter().filter(|one| one.contains("a total was left out")).count(), 2, "{told:#?}");
}

#[test]
fn counted_events_stay_a_count_and_none_seen_is_not_never() {
    let (case, _) = of(
        "Risk,Frequency,Loss (EUR)\nA,4 events in 6 years,1000\nB,0 in 5 years,1000\nC,1 in 20 years,1000\nD,alle zwei Jahre,1000\n",
    );
    // gamma(k + ½, years)
    for (loss, rate) in yearly(&case).into_iter().zip([4.5 / 6.0, 0.1, 0.05, 0.5]) {
        near(loss, 1_000.0 * rate, 1e-9);
    }
}

#[test]
fn a_cost_is_what_its_heading_and_its_cells_say() {
    let (case, _) = of("Risk,Events per year,Loss (EUR),Control,Control cost (€ p.a.)\nFraud,2,15000,Call back,4000\n");
    near(mean(&case, "control.call-back.cost.yearly"), 4_000.0, 1e-12);
    let table = |cost: &str| {
        format!("Risk,Events per year,Loss (EUR),Control,Treatment cost\nFraud,2,15000,Call back,{cost}\n")
    };
    let (case, _) = of(&table("4000"));
    near(mean(&case, "control.call-back.cost.initial"), 4_000.0, 1e-12);
    let (_, told) = of(&table("small"));
    assert!(is_told(&told, "left out: E \"Treatment cost\""), "{told:#?}");
}

#[test]
fn scores_beside_figures_are_told_once_a_column_where_there_is_no_scale() {
    let table = "Risk,Events per year,Loss (EUR),Residual likelihood (1-5),Residual impact (1-5),Measure\nA,2,1000,2,3,X\nB,3,2000,1,2,Y\n";
    let (case, told) = of(table);
    near(yearly(&case)[1], 6_000.0, 1e-12);
    assert_eq!(told.iter().filter(|one| one.contains("I0202") && one.contains("there is no scale")).count(), 2);
    assert!(!is_told(&told, "no such level"), "{told:#?}");
    let scores = "Risiko;Eintritt;Auswirkung\nA;4 - wahrscheinlich;3 - mittel\nB;sehr selten;hoch\n";
    let refusal = refused(&[text("r.csv", scores)], &Options::default());
    assert!(refusal.findings.iter().any(|finding| finding.to_string().contains("column B (Eintritt)")));
}

#[test]
fn a_damaged_workbook_is_a_fault_wherever_the_damage_is() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/import/registers/");
    for name in ["register.xls", "register.xlsx", "register.ods"] {
        let whole = std::fs::read(format!("{folder}{name}")).unwrap();
        for part in 1..24 {
            let cut = whole[..whole.len() * part / 24].to_vec();
            let mut torn = whole.clone();
            for at in (part..whole.len()).step_by(whole.len() / 7) {
                torn[at] ^= 0x5a;
            }
            for bytes in [cut, torn] {
                let input = Input { name: name.to_owned(), bytes };
                if let Err(refusal) = import(&[input], &Options::default()) {
                    assert!(!refusal.findings.is_empty(), "{name} {part}");
                }
            }
        }
    }
}

#[test]
fn the_time_of_a_heading_holds_for_its_numbers_and_another_time_than_a_year_is_no_yearly_chance() {
    let (case, _) = of("Risk;Frequency (per month);Loss\nDesk;0.02;500000\nBadge;0.5;800000\n");
    figures(&case, &[("risk.desk.frequency", 0.24), ("risk.badge.frequency", 6.0)]);
    // Six in three years are known as a count: gamma with Jeffreys' prior, 6.5 in 3 years.
    let (case, _) = of("Risk;Incidents in the last 3 years;Loss\nDesk;6;500000\nBadge;1;800000\n");
    figures(&case, &[("risk.desk.frequency", 6.5 / 3.0), ("risk.badge.frequency", 0.5)]);
    let (case, _) = of("Risk;Events per 10 years;Loss\nDesk;2;500000\nBadge;15;800000\n");
    figures(&case, &[("risk.desk.frequency", 0.2), ("risk.badge.frequency", 1.5)]);
    for heading in ["Probability (5 years)", "Monthly probability"] {
        let (_, told) = of(&format!("Risk;{heading};Loss\nDesk;10%;500000\nBadge;20%;800000\n"));
        assert!(is_told(&told, "for another time than a year"), "{heading}: {told:?}");
    }
    let (_, told) = of("Risk;Frequency (years);Loss\nDesk;10;500000\nBadge;3;800000\n");
    assert!(is_told(&told, "10 a year, or one in 10 years"), "{told:?}");
    let (case, _) = of("Risk;Frequency;Loss per month\nDesk;0.1;500000\nBadge;3;800000\n");
    let loss = case.estimates().iter().find(|estimate| estimate.path == "risk.desk.loss.response").unwrap();
    let why = loss.record.why.as_deref().unwrap();
    assert!(loss.record.example && why.contains("the heading states an amount for a time"), "{why}");
    let (case, _) = of("Risk;Frequency;Loss;Measure;Monthly cost\nDesk;0.1;500000;Lock;150\nBadge;3;800000;Gate;200\n");
    figures(&case, &[("control.lock.cost.yearly", 1800.0), ("control.gate.cost.yearly", 2400.0)]);
}

#[test]
fn brackets_and_words_beside_a_loss_tell_which_end_it_is() {
    for (low, high) in [
        ("Loss (min)", "Loss (max)"),
        ("Schadenhöhe min", "Schadenhöhe max"),
        ("Impact (EUR) Low", "Impact (EUR) High"),
        ("Schaden tief", "Schaden hoch"),
        ("Loss from", "Loss to"),
    ] {
        let (case, told) = of(&format!("Risk;Frequency;{low};{high}\nDesk;0.1;50000;900000\nBadge;3;1000;8000\n"));
        let estimate = |path: &str| case.estimates().iter().find(|e| e.path == path).cloned();
        let loss = estimate("risk.desk.loss.response").unwrap_or_else(|| panic!("{low}: {told:?}"));
        let range = loss.shape.distribution(loss.kind).unwrap();
        assert!((range.quantile(0.05) - 50_000.0).abs() < 1e-6, "{low}: {}", range.quantile(0.05));
        assert!((range.quantile(0.95) - 900_000.0).abs() < 1e-6, "{low}: {}", range.quantile(0.95));
    }
    let (case, told) = of("Risk;Frequency;Loss;Max loss\nDesk;0.1;50000;900000\nBadge;3;1000;8000\n");
    figures(&case, &[("risk.desk.loss.response", 50_000.0)]);
    assert!(is_told(&told, "the other end of the range has no column"), "{told:?}");
}

#[test]
fn a_grand_total_is_no_risk() {
    let (case, told) = of(
        "Risk;Events per year;Loss\nDesk;12;2500\nBadge;6;300\nGrand total;18;2800\nGesamtsumme aller Risiken;18;2800\n",
    );
    assert_eq!(case.risks().len(), 2, "{told:?}");
}

/// A workbook that is kept for these tests.
fn of_workbook(name: &str) -> (Scenario, Vec<String>) {
    let path = format!("{}/tests/import/registers/{name}", env!("CARGO_MANIFEST_DIR"));
    let input = Input { name: name.to_owned(), bytes: std::fs::read(path).unwrap() };
    let (case, outcome) = taken(&[input], &Options::default());
    (case, told(&outcome))
}

#[test]
fn what_a_workbook_shows_is_what_is_read() {
    // 15 shown as "15 T€", 3,500 shown as "3.5" under a heading of thousands, 80 shown as "80%".
    let (case, told) = of_workbook("formats.xlsx");
    assert_eq!(case.currency().code(), "EUR", "{told:#?}");
    figures(
        &case,
        &[
            ("risk.fraud.loss.response", 15_000.0),
            ("risk.ransom.loss.response", 900_000.0),
            ("control.call-back.cost.yearly", 3_500.0),
            ("control.backup.cost.yearly", 12_000.0),
            ("control.call-back.effect.reduction", 0.8),
            ("control.backup.effect.reduction", 0.4),
        ],
    );
}

#[test]
fn a_heading_over_two_rows_stays_a_heading_and_an_average_is_no_risk() {
    let (case, told) = of_workbook("groups.xlsx");
    let names: Vec<&str> = case.risks().iter().map(|risk| risk.name.as_str()).collect();
    assert_eq!(names, ["Fraude au virement", "Rançongiciel"], "{told:#?}");
    assert!(is_told(&told, "an average of the rows was left out") && is_told(&told, "a total was left out"));
    figures(&case, &[("risk.rancongiciel.frequency", 0.125), ("control.rappel.cost.yearly", 3_500.0)]);
    // A title above the headings names no column.
    let (case, _) = of("Risk register,,\n,Risk,Events per year,Loss\n1,Fraud,2,15000\n2,Flood,0.1,100000\n");
    assert_eq!(case.risks()[RiskId(0)].name, "Fraud");
}

#[test]
fn a_column_in_another_currency_is_never_taken_for_that_of_the_case() {
    let (case, told) = of(
        "Risk,Events per year,Loss (USD),Measure,Cost per year (EUR)\nFraud,2,15000,Lock,3500\nFlood,0.2,90000,Wall,900\n",
    );
    assert_eq!(case.currency().code(), "USD");
    assert!(is_told(&told, "the amount is in EUR, the case in USD"), "{told:#?}");
    let cost = case.estimates().iter().find(|estimate| estimate.path == "control.lock.cost.yearly").unwrap();
    assert!(cost.record.example, "{cost:?}");
}

/// A table of one row, as the row of headings and its cells.
fn one(headings: &str, cells: &str) -> Result<(Scenario, Vec<String>), Vec<String>> {
    let table = format!("{headings}\n{cells}\n");
    import(&[text("r.csv", &table)], &Options::default())
        .map(|_| of(&table))
        .map_err(|refusal| refusal.findings.iter().map(ToString::to_string).collect())
}

#[test]
fn a_heading_that_counts_something_else_is_a_doubt() {
    for heading in [
        "Loss per record",
        "Loss/employee",
        "Loss per hour",
        "Schaden je Datensatz",
        "Perte par poste",
        "Pérdida por cliente",
        "Total loss 2020-2024",
        "Loss before insurance",
        "Avoided loss",
    ] {
        let told = one(&format!("Risk;Frequency;{heading}"), "A;2;5000").expect_err(heading);
        assert!(is_told(&told, "I0201") && is_told(&told, "column C"), "{heading}: {told:#?}");
    }
    for heading in [
        "Frequency per 100 employees",
        "Frequency per site and year",
        "Threat frequency",
        "Häufigkeit je Standort",
        "Fréquence par site",
    ] {
        let told = one(&format!("Risk;{heading};Loss"), "A;2;5000").expect_err(heading);
        assert!(is_told(&told, "I0201") && is_told(&told, "column B"), "{heading}: {told:#?}");
    }
    for heading in [
        "Cost per user",
        "Cost per year and user",
        "Cost per day",
        "Cost (person days)",
        "Cost saving",
        "Kosten je Nutzer",
        "Kosten (Personentage)",
        "Coût par poste",
        "Current cost",
        "Response cost",
        "Running costs (3 years)",
    ] {
        let told = one(&format!("Risk;Frequency;Loss;Measure;{heading}"), "A;2;5000;MFA;40").expect_err(heading);
        assert!(is_told(&told, "I0201") && is_told(&told, "column E"), "{heading}: {told:#?}");
    }
    // A word that nobody knows is asked.
    let (case, told) = one("Risk;Frequency;Loss Quux (EUR)", "A;2;5000").unwrap_or_else(|told| panic!("{told:?}"));
    let loss = case.estimates().iter().find(|estimate| estimate.path == "risk.a.loss.response").unwrap();
    assert!(loss.record.example && loss.record.why.as_deref().is_some_and(|why| why.contains("quux")), "{told:?}");
}

#[test]
fn a_heading_tells_the_time_between_two_events_and_the_ends_of_a_range() {
    for heading in ["Once every ... years", "Alle ... Jahre", "Return period (years)"] {
        let (case, _) = of(&format!("Risk;{heading};Loss\nA;20;5000\n"));
        figures(&case, &[("risk.a.frequency", 0.05)]);
    }
    let (case, _) = of("Risk;Frequency per decade;Loss\nA;3;5000\n");
    figures(&case, &[("risk.a.frequency", 0.3)]);
    for (low, high) in
        [("Frequency P10", "Frequency P90"), ("Freq. low", "Freq. high"), ("Häufigkeit min", "Häufigkeit max")]
    {
        let table = format!(
            "Risk;{};{};Loss\nA;2;4;5000\n",
            low.replace("Freq.", "Frequency"),
            high.replace("Freq.", "Frequency")
        );
        let (case, told) = of(&table);
        let often = mean(&case, "risk.a.frequency");
        assert!((2.5..3.5).contains(&often), "{low}: {often} {told:#?}");
        figures(&case, &[("risk.a.loss.response", 5_000.0)]);
    }
    let (case, _) = of("Risk;Frequency;Loss P10;Loss P50;Loss P90\nA;2;1000;3000;9000\n");
    let loss = case.estimates().iter().find(|estimate| estimate.path == "risk.a.loss.response").unwrap();
    assert!((loss.shape.distribution(loss.kind).unwrap().quantile(0.9) - 9_000.0).abs() < 1.0);
    let (case, _) = of("Risk;Frequency;Loss (M€)\nA;2;1\nB;2;5\n");
    figures(&case, &[("risk.b.loss.response", 5e6)]);
    // Those of something else are none of the loss.
    let (case, _) = of("Risk;Frequency;Records low;Records high;Loss\nA;2;2000;4000;150000\n");
    figures(&case, &[("risk.a.loss.response", 150_000.0)]);
}

#[test]
fn a_column_of_currencies_or_units_holds_for_its_row() {
    let (case, told) = of("Risk,Frequency,Currency,Loss\nA,2,EUR,5000\nB,3,EUR,6000\nC,1,USD,7000\n");
    assert_eq!(case.currency().code(), "EUR");
    figures(&case, &[("risk.a.loss.response", 5_000.0)]);
    assert!(is_told(&told, "the amount is in USD, the case in EUR"), "{told:#?}");
    let (case, _) = of("Risiko;Häufigkeit;Schaden;Einheit\nA;2;50;T€\nB;3;6;Mio. €\n");
    figures(&case, &[("risk.a.loss.response", 50_000.0), ("risk.b.loss.response", 6e6)]);
    let (_, told) = of("Risk,Frequency,Loss,Measure,Cost\nA,2,5000,MFA,20 days\nB,1,5%-10%,Wall,3 weeks\n");
    assert!(is_told(&told, "\"days\" cannot be read") && is_told(&told, "\"weeks\" cannot be read"), "{told:#?}");
    assert!(is_told(&told, "a percentage is no amount"), "{told:#?}");
}

#[test]
fn a_line_beside_the_table_says_what_its_amounts_count_in() {
    let table = "Risk,Events per year,Loss\nA,2,50\nB,3,600\n";
    for line in ["All amounts in k€", "Alle Beträge in T€", "\"Note: figures in thousands of euros, unaudited\""] {
        for file in [format!("{line}\n\n{table}"), format!("{table}\n{line}\n")] {
            let (case, told) = of(&file);
            assert_eq!(mean(&case, "risk.a.loss.response"), 50_000.0, "{file}");
            assert!(is_told(&told, "were multiplied by 1000"), "{told:#?}");
            assert_eq!(case.currency().code(), "EUR");
        }
    }
    // An amount with its own unit is left as it is; a line that may mean another thing is asked.
    let (case, _) = of("All amounts in k€\nRisk,Events per year,Loss\nA,2,50\nB,3,600k\n");
    assert_eq!(mean(&case, "risk.b.loss.response"), 600_000.0);
    for line in ["Losses in k€ and costs in EUR", "Register 2026 (T€)"] {
        let (case, _) = of(&format!("{line}\n{table}"));
        let loss = case.estimates().iter().find(|estimate| estimate.path == "risk.a.loss.response").unwrap();
        assert!(loss.record.example && loss.record.why.as_deref().is_some_and(|why| why.contains(line)), "{loss:?}");
    }
    let (case, _) = of("Frequencies per month\nRisk,Frequency,Loss\nA,2,50\nB,3,600\n");
    let often = case.estimates().iter().find(|estimate| estimate.path == "risk.a.frequency").unwrap();
    assert!(often.record.example, "{often:?}");
    let (case, _) = of("Risk,Events,Loss\n,per month,k€\nA,2,50\nB,3,600\n");
    near(yearly(&case)[0], 24.0 * 50_000.0, 1e-12);
}

#[test]
fn what_stands_beside_a_list_or_in_a_row_says_what_amounts_count_in_too() {
    let list = r#"{"title": "Register", "unit": "k€", "risks": [{"id": "R1", "name": "A", "frequency": 1, "loss": 50}, {"id": "R2", "name": "B", "frequency": 2, "loss": 600}]}"#;
    let (case, _) = taken(&[text("u.json", list)], &Options::default());
    assert_eq!(mean(&case, "risk.r1.loss.response"), 50_000.0);
    let (case, _) = of("Risk;Frequency;Loss;Comment\nA;1;50;in k€\nB;2;600;\n");
    let example = |path: &str| case.estimates().iter().any(|estimate| estimate.path == path && estimate.record.example);
    assert!(example("risk.a.loss.response") && !example("risk.b.loss.response"));
}

#[test]
fn a_second_table_on_a_sheet_is_read_by_its_own_headings() {
    let first = "ID,Risk,Frequency,Loss\n1,A,2,1200\n2,B,3,1300\n";
    let (case, told) = of(&format!("{first},,,\nIT risks,,,\nID,Risk,Loss,Frequency\n3,C,5000,1\n"));
    near(yearly(&case)[2], 5_000.0, 1e-12);
    assert!(is_told(&told, "row 6: another table begins here"), "{told:#?}");
    let (case, _) = of(&format!("{first},,,\nControl ID,Control,Cost once,Cost yearly\nC1,MFA,5000,1000\n"));
    assert_eq!((case.risks().len(), case.controls().len()), (2, 1));
    near(mean(&case, "control.c1.cost.yearly"), 1_000.0, 1e-12);
    // On a second page the same headings stand again.
    let (case, told) = of(&format!("{first},,,\nID,Risk,Frequency,Loss\n3,C,1,5000\n"));
    assert_eq!((case.risks().len(), is_told(&told, "stand here again")), (3, true));
}

#[test]
fn a_sum_of_some_rows_is_no_risk() {
    let table = "Risk,Frequency,Loss\nA,2,1200\nB,3,1300\nSubtotal IT,5,2500\nC,1,100\nTotal loss of the building,1,77\nΣ,6,2677\nTotal IT,6,2677\n";
    let (case, _) = of(table);
    assert_eq!(case.risks().len(), 4);
    near(yearly(&case)[3], 77.0, 1e-12);
}

#[test]
fn an_amount_in_another_currency_than_its_column_or_in_none_of_several_is_a_fault() {
    let (case, told) = of("Risk,Frequency,Loss (EUR)\nA,1 per year,USD 5k\nB,1 per year,7k\nC,1 per year,$5k - $7k\n");
    assert_eq!(case.currency().code(), "EUR");
    assert!(is_told(&told, "row 2, column C (Loss (EUR)): \"USD 5k\": the amount is in USD"), "{told:#?}");
    assert!(is_told(&told, "\"$5k - $7k\": the amount is in $"), "{told:#?}");
    near(mean(&case, "risk.b.loss.response"), 7_000.0, 1e-12);
    let (_, told) = of("Risk,Frequency,Loss\nA,1 per year,£5k\nB,1 per year,7k\nC,1 per year,€8k\n");
    assert!(is_told(&told, "\"7k\": the column has amounts in EUR and GBP"), "{told:#?}");
    let (_, told) = of("Risk,Frequency,Loss\nA,1 per year,$5k\nB,1 per year,7k\nC,1 per year,USD 8k\n");
    assert!(!is_told(&told, "the column has amounts"), "{told:#?}");
}

#[test]
fn lines_that_begin_with_a_hash_are_left_out_alike_unless_all_rows_are_numbered_so() {
    let (case, told) = of("ID,Risk,Frequency,Loss\n# 1,A,2,5000\n2,B,3,6000\n#3,C,1,7000\n");
    assert_eq!(case.risks().len(), 1);
    assert!(is_told(&told, "left out: # 1 A") && is_told(&told, "left out: #3 C"), "{told:#?}");
    assert_eq!(of("ID,Risk,Frequency,Loss\n#1,A,2,5000\n#2,B,3,6000\n").0.risks().len(), 2);
}

#[test]
fn a_group_of_headings_keeps_its_likelihood_and_what_stands_already_is_asked() {
    let table = "Risk;Inherent risk;;Residual risk;;Control\n;Likelihood;Impact (€);Likelihood;Impact (€);\nRansomware;20%;1000000;5%;400000;Backups\n";
    let (case, told) = of(table);
    near(yearly(&case)[0], 200_000.0, 1e-12);
    near(mean(&case, "control.backups.effect.1.reduction"), 0.75, 1e-12);
    assert!(is_told(&told, "where they stand already, today is the latter"), "{told:#?}");
    // Where today's level stands beside them, nothing is open.
    let (_, told) =
        of("Risk;Inherent loss (€);Loss (€);Residual loss (€);Events per year;Control\nA;9000;5000;2000;1;B\n");
    assert!(!is_told(&told, "where they stand already"), "{told:#?}");
}
