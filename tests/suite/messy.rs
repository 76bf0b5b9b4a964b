//! Registers as people have them: nothing in them is read wrongly in silence.

use rosi::internal::import::{Input, Options, Weight, import};
use rosi::internal::model::RiskId;

use crate::import::{dollars, figures, messages, refused, taken, text, yearly};

#[test]
fn a_single_loss_expectancy_is_no_money_of_sierra_leone() {
    let file = "Threat;Annual rate;SLE;ALE;Safeguard;Yearly cost\nVirus;12;500;6000;AV;2000\nFire;0,05;200.000;10.000;Alarm;1.000\n";
    let (case, outcome) = taken(&[text("a.csv", file)], &Options::default());
    assert_eq!(case.currency().code(), "XXX");
    assert!(messages(&outcome, Weight::Question).iter().any(|asked| asked.contains("currency")));
    figures(&case, &[("risk.fire.frequency", 0.05), ("risk.fire.loss.response", 200_000.0)]);
    figures(&case, &[("control.alarm.cost.yearly", 1_000.0)]);
    let (case, _) =
        taken(&[text("a.csv", "Risk,Events per year,Loss\nCAD server fails,2,1000\n")], &Options::default());
    assert_eq!(case.currency().code(), "XXX");
}

#[test]
fn a_german_register_with_titles_units_and_totals() {
    let file = "Risikoregister der Muster GmbH;;;;;;\nStand: 30.09.2026;;;;;;\n\nNr.;Risiko;Eintrittswahrscheinlichkeit p.a.;Schadenshöhe (T€);Risikoeigner;Maßnahme;Kosten der Maßnahme p.a. (T€)\n1;Ransomware legt Produktion lahm;5 %;1.500;COO;Offline-Backup;35\n2;CEO-Fraud;20 %;120;CFO;Vier-Augen-Prinzip;5,5\n3;Laptop verloren;2 mal pro Jahr;8;IT;Verschlüsselung;12\n;Summe;;1.628;;;52,5\nAnmerkung: Werte geschätzt;;;;;;\n";
    let file = text("a.csv", file);
    let stated = Options { numbers: Some(rosi::internal::import::Style::Comma), ..Options::default() };
    let (case, _) = taken(std::slice::from_ref(&file), &stated);
    assert_eq!((case.risks().len(), case.controls().len()), (3, 3));
    figures(&case, &[("risk.r-1.loss.response", 1_500_000.0), ("risk.r-3.frequency", 2.0)]);
    figures(&case, &[("control.vier-augen-prinzip.cost.yearly", 5_500.0)]);
    // Unstated, the column of costs shows the comma.
    let (case, _) = taken(&[file], &Options::default());
    figures(&case, &[("risk.r-1.loss.response", 1_500_000.0)]);
}

#[test]
fn a_french_register_in_windows_1252() {
    let file = "N°;Risque;Probabilité annuelle;Impact minimum (k€);Impact maximum (k€);Propriétaire;Mesure de réduction;Coût annuel\nR1;Rançongiciel;tous les 10 ans;50;2 000;DSI;Sauvegarde hors ligne;35 000,00 €\nR2;Fraude au président;15 %;20;400;DAF;Double validation;2 500,00 €\nR3;Perte d'ordinateur;3 fois par an;1,5;12;DSI;Chiffrement;8 000,00 €\n";
    let bytes = file.chars().map(|c| if c == '€' { 0x80 } else { u8::try_from(u32::from(c)).unwrap() }).collect();
    let (case, outcome) = taken(&[Input { name: "a.csv".into(), bytes }], &Options::default());
    assert_eq!((case.risks().len(), case.currency().code()), (3, "EUR"));
    figures(&case, &[("risk.r1.frequency", 0.1), ("risk.r3.frequency", 3.0), ("risk.r2.frequency", 0.15)]);
    figures(&case, &[("control.sauvegarde-hors-ligne.cost.yearly", 35_000.0)]);
    assert!(
        outcome.text.contains("low = \"50000\", high = \"2000000\"")
            && outcome.text.contains("low = \"1500\", high = \"12000\"")
    );
}

#[test]
fn a_spanish_register_in_utf_16_keeps_its_most_likely_losses() {
    let file = "Código\tRiesgo\tFrecuencia\tPérdida mínima\tPérdida más probable\tPérdida máxima\nA\tRansomware\tcada 5 años\t50.000 €\t200.000 €\t1.500.000 €\nC\tFuga de datos\t1 vez cada 3 años\t100.000 €\t300.000 €\t2 millones\n";
    let bytes = [0xff, 0xfe].into_iter().chain(file.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let (case, _) = taken(&[Input { name: "a.csv".into(), bytes }], &Options::default());
    figures(&case, &[("risk.a.loss.response", (50_000.0 + 800_000.0 + 1_500_000.0) / 6.0)]);
    figures(&case, &[("risk.c.loss.response", (100_000.0 + 1_200_000.0 + 2_000_000.0) / 6.0)]);
    figures(&case, &[("risk.a.frequency", 0.2), ("risk.c.frequency", 1.0 / 3.0)]);
}

#[test]
fn a_loss_between_the_least_and_the_most_is_not_dropped() {
    let file = "Risk,Events per year,Loss min,Loss,Loss max\nFire,1,1000,4000,13000\n";
    let (case, outcome) = taken(&[text("a.csv", file)], &dollars());
    figures(&case, &[("risk.fire.loss.response", 5_000.0)]);
    assert!(outcome.text.contains("most likely one?"));
}

#[test]
fn the_level_before_any_control_stands_beside_today_and_is_not_taken_for_it() {
    let file = "Risk,Inherent frequency,Inherent loss,Current frequency,Current loss\nFire,2,1000,1,500\n";
    let (case, outcome) = taken(&[text("a.csv", file)], &dollars());
    assert_eq!(yearly(&case), [500.0], "{}", outcome.text);
    assert_eq!(case.risks()[RiskId(0)].inherent.map(|loss| loss.to_string()).as_deref(), Some("2000"));
}

#[test]
fn a_dutch_register_whose_amounts_have_two_readings_is_told_until_they_are_stated() {
    let file = text(
        "a.csv",
        "Risicoregister;;;\n;;;\nRisico;Kans per jaar;Schade (€);Jaarlijkse kosten (€)\nGijzelsoftware;eens per 8 jaar;750.000;25.000\nPhishing;4 keer per jaar;15.000;12.000\nTotaal;;765.000;37.000\n",
    );
    let (_, outcome) = taken(std::slice::from_ref(&file), &Options::default());
    assert_eq!(messages(&outcome, Weight::Fault).iter().filter(|fault| fault.contains("I0301")).count(), 4);
    let stated = Options { numbers: Some(rosi::internal::import::Style::Comma), ..Options::default() };
    let (case, _) = taken(&[file], &stated);
    figures(&case, &[("risk.gijzelsoftware.frequency", 0.125), ("risk.gijzelsoftware.loss.response", 750_000.0)]);
}

#[test]
fn an_indian_register_with_lakhs_and_crores() {
    let file = "Risk,Likelihood per year,Impact (INR),Control,Annual cost\nRansomware,1 in 10 years,\"2,50,00,000\",Backup,\"12,00,000\"\nFraud,0.5,\"₹ 15,00,000\",Dual approval,\"1,00,000\"\nData leak,\"5%\",\"₹ 1.2 crore\",DLP,25 lakh\n";
    let (case, _) = taken(&[text("a.csv", file)], &Options::default());
    assert_eq!(case.currency().code(), "INR");
    figures(&case, &[("risk.ransomware.loss.response", 25e6), ("risk.data-leak.loss.response", 12e6)]);
    figures(&case, &[("control.dlp.cost.yearly", 2.5e6), ("control.backup.cost.yearly", 1.2e6)]);
}

#[test]
fn scores_with_their_words_need_a_scale_and_are_read_by_it() {
    let file = text(
        "a.csv",
        "ID,Risk,Likelihood,Impact,Score\n1,Ransomware,4 - Likely,5 - Severe,20\n2,Fraud,3 - Possible,3 - Moderate,9\n",
    );
    let refusal = refused(std::slice::from_ref(&file), &Options::default());
    assert!(refusal.findings.iter().any(|finding| finding.code.as_str() == "I0202"), "{:?}", refusal.findings);
    let scale = rosi::internal::import::SCALE_TEMPLATE.replace("NAME, YYYY-MM-DD", "Board, 2026-05-20");
    let options = Options { scale: Some(text("scale.csv", &scale)), ..dollars() };
    let (_, outcome) = taken(&[file], &options);
    assert!(outcome.text.contains("low = \"1000000\", high = \"8000000\""), "{}", outcome.text);
    assert!(outcome.text.contains("low = \"1 per year\", high = \"4 per year\""), "{}", outcome.text);
}

#[test]
fn ranges_in_cells_are_asked_and_what_is_no_figure_is_told() {
    let file = "Risk,Frequency,Loss,Control,Cost\nRansomware,2-3 per year,10k-50k,Backup,$30k initial + $5k/yr\nFraud,once every 4 years,$100K – $1.2M,Callback,5000\nOutage,10-20 years,$1m,UPS,10%\n";
    let (_, outcome) = taken(&[text("a.csv", file)], &Options::default());
    for taken in [
        "low = \"2 per year\", high = \"3 per year\"",
        "low = \"10000\", high = \"50000\"",
        "1 in 4 years",
        "low = \"100000\", high = \"1200000\"",
    ] {
        assert!(outcome.text.contains(taken), "{taken} in {}", outcome.text);
    }
    let faults = messages(&outcome, Weight::Fault);
    assert_eq!(faults.len(), 3, "{faults:#?}");
}

#[test]
fn groups_of_headings_above_the_headings_are_joined_without_merged_cells() {
    let file = "Risk;Before;;After;;Measure;Cost\n;Probability;Loss;Probability;Loss;;EUR\nFire;10%;100000;5%;80000;Sprinklers;20000\nFlood;2%;500000;2%;100000;Dam;40000\n";
    let (case, outcome) = taken(&[text("a.csv", file)], &Options::default());
    assert_eq!(case.currency().code(), "EUR");
    figures(&case, &[("risk.fire.frequency", 0.1), ("risk.flood.loss.response", 500_000.0)]);
    assert!(
        outcome.text.contains("reduction = { value = \"50%\"")
            && outcome.text.contains("reduction = { value = \"80%\""),
        "{}",
        outcome.text
    );
}

#[test]
fn a_swiss_register() {
    let file = "Risiko;Häufigkeit;Schaden CHF;Massnahme;Einmalig;Jährlich\nRansomware;1x in 20 Jahren;1'500'000.–;Backup;CHF 50'000.-;CHF 8'000.-\nBetrug;halbjährlich;12'500.50;Rückruf;0.-;500.-\nAusfall;alle 18 Monate;80'000;USV;Fr. 30'000;Fr. 1'200\n";
    let (case, outcome) = taken(&[text("a.csv", file)], &Options::default());
    assert_eq!(messages(&outcome, Weight::Fault), [""; 0]);
    figures(&case, &[("risk.ransomware.loss.response", 1.5e6), ("risk.betrug.frequency", 2.0)]);
    figures(&case, &[("risk.ausfall.frequency", 12.0 / 18.0), ("control.usv.cost.yearly", 1_200.0)]);
}

#[test]
fn what_a_column_leaves_open_is_told_and_never_taken() {
    // Of 80 %, 50 and 0.3 the last has two readings.
    let file = "Risk,Events per year,Loss,Effectiveness\nA,1,1000,80%\nB,1,2000,50\nC,1,3000,0.3\n";
    let (_, outcome) = taken(&[text("a.csv", file)], &dollars());
    assert!(
        !outcome.text.contains("\"0.3%\"")
            && messages(&outcome, Weight::Fault).iter().any(|fault| fault.contains("0.3"))
    );
    // An amount with its currency under a heading of thousands.
    let file = "Risk,Events per year,Loss (k€)\nA,1,\"€ 50\"\nB,1,70\n";
    let (case, outcome) = taken(&[text("a.csv", file)], &Options::default());
    figures(&case, &[("risk.b.loss.response", 70_000.0)]);
    assert!(messages(&outcome, Weight::Fault).iter().any(|fault| fault.contains("50000")), "{}", outcome.text);
    // A loss of a year is none of an event, and no cost.
    let file = "Risk,Events per year,Loss per year (EUR),Loss\nA,2,2000,1000\n";
    let (case, _) = taken(&[text("a.csv", file)], &Options::default());
    assert_eq!(yearly(&case), [2_000.0]);
    assert!(case.controls().is_empty());
    // A chance a month.
    let file = "Risk,Events per month,Loss\nA,2,1000\n";
    let (case, _) = taken(&[text("a.csv", file)], &dollars());
    figures(&case, &[("risk.a.frequency", 24.0)]);
}

/// Whether a finding of a table says this, or the case that is written.
fn says(table: &str, what: &str) -> bool {
    let (findings, written) = match import(&[text("a.csv", table)], &Options::default()) {
        Ok(outcome) => (outcome.findings, outcome.text),
        Err(refusal) => (refusal.findings, String::new()),
    };
    written.contains(what) || findings.iter().any(|finding| finding.to_string().contains(what))
}

#[test]
fn a_column_of_units_is_asked_whatever_its_heading() {
    for heading in ["Time base", "Interval", "Takt", "Notes"] {
        let table = format!("Risk;Frequency;{heading};Loss EUR\nFire;0.02;year;100000\nFraud;2.5;month;12000\n");
        assert!(says(&table, "it may say in what another column counts"), "{heading}");
    }
    let scale = "Risk;Frequency per year;Loss;Loss scale\nFire;0.02;100;thousand\nLeak;1.5;1.5;million\n";
    assert!(says(scale, "it may say in what another column counts"));
    // How often something is reviewed counts nothing else.
    let review = "Risk;Frequency per year;Loss EUR;Review\nFire;0.02;100;yearly\nLeak;1.5;15;monthly\n";
    assert!(!says(review, "it may say in what another column counts"));
}

#[test]
fn three_digits_behind_a_point_are_a_thousand_beside_fewer() {
    let table = "Risiko;Häufigkeit;Schaden (€)\nBrand;1 pro 1.000 Jahre;100.000,50\nFlut;0.5 pro Jahr;5.000,25\n";
    assert!(says(table, "two readings"));
    let fine = "Risk;Frequency per year;Loss EUR\nFire;0.125;1000\nFlood;1.125;5000\n";
    let (case, _) = taken(&[text("a.csv", fine)], &Options::default());
    figures(&case, &[("risk.flood.frequency", 1.125)]);
}

#[test]
fn what_a_word_or_a_mark_leaves_open_is_asked() {
    // 0.4 is a chance or a rate beside words.
    let likelihood = "Risk;Likelihood;Loss EUR\nFire;15%;1000\nFraud;0.4;500\nTheft;once a quarter;500\n";
    assert!(says(likelihood, "0.4"));
    let done = "Risk;Frequency per year;Loss EUR;Control;Cost EUR;Implemented (1/0);Reduces loss by\n\
                Aa;0.5;10000;Xylo;5000;1;50%\nBb;2;20000;Yoga;4000;0;30%\n";
    assert!(says(done, "does the measure stand already"));
    for name in ["DUPLICATE Fire", "Deleted - strike", "Merged into R1", "[Template] name of risk", "~~Old risk~~"] {
        let table = format!("Risk;Frequency per year;Loss EUR\nFlood;0.5;1000\n{name};1;500\n");
        assert!(says(&table, "does this risk still stand"), "{name}");
    }
    let count = "Riesgo;Nº de incidentes 2025;Pérdida por incidente\nRobo;4;12000\nFraude;2;30000\n";
    assert!(says(count, "counts events"));
    let (case, _) = taken(&[text("a.csv", "Risk;Frequency per year;Loss\nAa;0.5;CA$ 50k\n")], &Options::default());
    assert_eq!(case.currency().code(), "CAD");
}
