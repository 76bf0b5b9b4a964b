//! What stands beside, above and below the rows of a register, and rows that name what stands in another table.

use std::fs;

use crate::cli::{folder, rosi, stderr};
use crate::misread::{self, imported_into, stands};

fn imported(name: &str, table: &str) -> (String, String) {
    misread::imported(&format!("beside-{name}"), table)
}

fn risks(text: &str) -> usize {
    text.matches("[[risk]]").count()
}

const REGISTER: &str = "ID,Risk,Frequency per year,Loss €\nR1,Ransomware,0.2,500000\nR2,Phishing,3,12000\n";

#[test]
fn measures_that_name_their_risk_by_its_id_are_no_risks() {
    for (place, (heading, cell, on)) in [
        ("Reduces frequency by", "40%", Some("frequency")),
        ("Reduces likelihood by (%)", "40%", Some("frequency")),
        ("Reduces annual frequency by", "40%", Some("frequency")),
        ("Lowers loss by", "40%", Some("loss")),
        ("Senkt Häufigkeit um", "40%", Some("frequency")),
        ("Diminue la fréquence de", "40%", Some("frequency")),
        ("Loss reduced by", "40%", Some("loss")),
        // What is left: nothing is taken for what the measure takes off.
        ("Frequency after", "0.1", None),
        ("Reduces impact to", "40%", None),
    ]
    .into_iter()
    .enumerate()
    {
        let table = format!("{REGISTER}\nID,Control,Risk ID,One-off cost €,{heading}\nC1,EDR,R1,30000,{cell}\n");
        let (text, said) = imported(&format!("measures-{place}"), &table);
        match on {
            Some(on) => {
                assert_eq!(risks(&text), 2, "{heading}: {said}\n{text}");
                let effect = format!("risk = \"r1\"\non = \"{on}\"\nreduction = {{ value = \"40%\"");
                assert!(text.contains(&effect), "{heading}: {said}\n{text}");
            }
            None => {
                assert!(risks(&text) == 2 || text.is_empty(), "{heading}: {said}\n{text}");
                assert!(!text.contains("\"40%\""), "{heading}: {said}\n{text}");
                assert!(said.contains("what is left"), "{heading}: {said}");
            }
        }
    }
}

#[test]
fn a_footer_or_a_title_is_no_risk() {
    for (place, line) in ["Prepared by J. Smith", "Page 1 of 3", "Version 2.1", "Stand: Mai 2026", "Part B: people"]
        .into_iter()
        .enumerate()
    {
        let table = format!("Risk,Frequency per year,Loss €\nRansomware,0.2,500000\nPhishing,3,12000\n{line},,\n");
        let (text, said) = imported(&format!("footer-{place}"), &table);
        assert_eq!(risks(&text), 2, "{line}: {said}\n{text}");
        assert!(said.contains("left out"), "{line}: {said}");
    }
    // A list of names alone is a list of risks.
    let (text, said) =
        imported("names", "Risk,Frequency per year,Loss €\nRansomware,,\nPhishing,,\nFire,0.01,2000000\n");
    assert_eq!(risks(&text), 3, "{said}\n{text}");
}

#[test]
fn what_a_line_says_of_losses_and_prices_is_asked() {
    let rows = "Risk,Frequency per year,Loss €,Measure,Yearly cost €\nRansomware,0.2,500000,EDR,9000\n";
    for (place, (line, figure)) in [
        ("All losses are per year", "500000"),
        ("All losses are annual", "500000"),
        ("Losses are net of insurance", "500000"),
        ("Costs are per month", "9000"),
    ]
    .into_iter()
    .enumerate()
    {
        for (side, table) in [format!("{line}\n{rows}"), format!("{rows}\n{line}\n")].into_iter().enumerate() {
            let (text, said) = imported(&format!("line-{place}-{side}"), &table);
            let found = text.lines().find(|found| found.contains(&format!("value = \"{figure}\"")));
            assert!(found.is_some_and(|found| found.contains(line)), "{line}: {said}\n{text}");
            assert_eq!(risks(&text), 1, "{line}: {said}\n{text}");
        }
    }
}

#[test]
fn a_price_of_one_year_is_no_price_of_every_year() {
    for (place, headings) in ["Cost year 2 €", "Year 1 cost €", "Kosten Jahr 2 €", "Cost Y1 €"].into_iter().enumerate()
    {
        let table = format!("Risk,Frequency per year,Loss €,Measure,{headings}\nRansomware,0.2,500000,EDR,9000\n");
        let (text, said) = imported(&format!("year-{place}"), &table);
        assert!(!text.contains("9000"), "{headings}: {said}\n{text}");
        assert!(said.contains("cost.yearly = [") && said.contains("alone"), "{headings}: {said}");
    }
    for (place, heading) in ["Maintenance (€)", "Wartung (€)", "Training €"].into_iter().enumerate() {
        let table = format!(
            "Risk,Frequency per year,Loss €,Measure,One-off cost €,{heading}\nRansomware,0.2,500000,EDR,9000,700\n"
        );
        let (_, said) = imported(&format!("service-{place}"), &table);
        assert!(said.contains("what do they pay for?"), "{heading}: {said}");
    }
}

#[test]
fn a_middle_between_low_and_high_is_not_dropped_in_silence() {
    let table = "Risk,Frequency per year,Low €,Medium €,High €\nRansomware,0.2,50000,200000,900000\n";
    let (text, said) = imported("middle", table);
    assert!(text.contains("200000") || said.contains("200000"), "{said}\n{text}");
}

#[test]
fn rows_that_are_parts_of_another_are_told() {
    let table = "ID,Risk,Frequency per year,Loss €\n1,IT,0.5,30000\n1.1,Server,0.3,20000\n1.2,Network,0.2,10000\n2,Fire,0.1,9000\n";
    let (text, said) = imported("parts", table);
    assert_eq!(risks(&text), 4, "{said}");
    assert!(said.contains("other rows are parts of \"1\""), "{said}");
    let table = "ID,Risk,Frequency per year,Loss €\n1,IT,,\n1.1,Server,0.3,20000\n1.2,Network,0.2,10000\n";
    let (text, said) = imported("whole", table);
    assert_eq!(risks(&text), 2, "{said}\n{text}");
    assert!(said.contains("left out"), "{said}");
}

#[test]
fn two_columns_of_today_are_not_both_passed_over() {
    let table = "Risk,Current frequency,Expected frequency,Loss €\nRansomware,0.4,0.2,500000\n";
    let (text, said) = imported("today", table);
    assert!(text.is_empty() && said.contains("with the measures, or to be left out"), "{said}\n{text}");
}

#[test]
fn merged_cells_of_an_ods_are_followed() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/import/registers/merged.ods");
    let (text, said) = imported_into(&folder("beside-ods"), file);
    assert_eq!(risks(&text), 2, "{said}\n{text}");
    for measure in ["EDR", "Backup", "MFA", "Training"] {
        assert!(text.contains(&format!("name = \"{measure}\"")), "{measure}: {said}\n{text}");
    }
    assert_eq!(text.matches("risk = \"r1\"").count(), 3, "{text}");
}

#[test]
fn samples_under_a_heading_of_another_time_are_a_fault() {
    for (place, (heading, is_right)) in [
        ("loss per month", false),
        ("loss p.m.", false),
        ("annualised loss", false),
        ("loss p.a.", false),
        ("loss (k€)", true),
        ("loss", true),
    ]
    .into_iter()
    .enumerate()
    {
        let here = folder(&format!("beside-samples-{place}"));
        fs::write(here.join("s.csv"), format!("{heading}\n1\n2\n4\n")).unwrap();
        let case = "schema = 1\ntitle = \"t\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"a\"\nname = \"A\"\n\
                    frequency = \"1 per year\"\nloss.response = { samples = \"s.csv\" }\n";
        fs::write(here.join("c.toml"), case).unwrap();
        let output = rosi(&["check", here.join("c.toml").to_str().unwrap()]);
        assert_eq!(output.status.success(), is_right, "{heading}: {}", stderr(&output));
        assert_eq!(stderr(&output).contains("an amount of no time"), !is_right, "{heading}: {}", stderr(&output));
    }
}

#[test]
fn a_mapping_that_nobody_touched_gives_the_same_case() {
    for (place, table) in [
        format!(
            "{REGISTER}\nID,Control,Risk ID,One-off cost €,Reduction in loss\nC1,EDR,R1,30000,40%\nC2,MFA,R2,500,10%\n"
        ),
        "Risk,Frequency per year,Loss €,Control 1,Cost 1 €,Effect 1,Control 2,Cost 2 €,Effect 2\n\
         A,0.2,500000,EDR,20000,40%,Backup,30000,20%\nB,3,12000,MFA,5000,50%,,,\n"
            .to_owned(),
    ]
    .into_iter()
    .enumerate()
    {
        let here = folder(&format!("beside-again-{place}"));
        fs::write(here.join("r.csv"), table).unwrap();
        let file = here.join("r.csv");
        let (first, _) = imported_into(&here, file.to_str().unwrap());
        assert!(first.contains("[[control]]"), "{first}");
        fs::remove_file(here.join("c.toml")).unwrap();
        let (second, said) = imported_into(&here, file.to_str().unwrap());
        assert_eq!(first, second, "{said}");
    }
}

#[test]
fn a_remark_that_only_names_insurers_asks_nothing() {
    let table = "Risk,Frequency per year,Loss €\nRansomware,0.2,500000\nPhishing,3,12000\nRemark: plant figures from the insurer's survey,,\n";
    let (text, said) = imported("survey", table);
    assert!(said.contains("a remark was left out") && !text.contains("example = true"), "{said}\n{text}");
}

#[test]
fn what_one_column_counts_in_is_not_forgotten_beside_it() {
    for (place, table) in [
        "Risk,Frequency per year,Loss (k€),Measure,Annual cost (k€),Loss after\nA,2,850,EDR,25,400\n",
        "Risk,Frequency per month,Loss (EUR),Measure,Annual cost (EUR),Frequency after\nA,0.2,85000,EDR,25000,0.1\n",
        "Risk,Frequency per year,Loss min,Loss likely,Loss max (k€)\nA,2,100,400,900\n",
        "Risk,Frequency per year,Loss (EUR),Control,Low (EUR),Medium (EUR),High (EUR)\nA,0.2,850000,EDR,5000,8000,12000\n",
        "Risk,Low,High\nA,0.1,0.5\n",
    ]
    .into_iter()
    .enumerate()
    {
        let (text, said) = imported(&format!("half-{place}"), table);
        assert!(text.is_empty() && said.contains("heading"), "{table}{said}\n{text}");
    }
    for (place, (table, figure)) in [
        ("Risk,Frequency per year,Loss (k€),Measure,Annual cost\nA,2,850,EDR,25\n", "25"),
        ("Risk,Frequency per year,Loss\nA,2,850k\nB,1,12.5\nC,1,5m\n", "12.5"),
        ("Risk,Frequency per year,Loss\nin EUR,,\nA,2,850000\nin k€,,\nB,1,12\n", "12"),
    ]
    .into_iter()
    .enumerate()
    {
        let (text, said) = imported(&format!("bare-{place}"), table);
        assert!(!stands(&text, &format!("{figure}\"")) && !stands(&text, "850000000"), "{table}{said}\n{text}");
        assert!(text.is_empty() || text.contains("example = true"), "{table}{said}\n{text}");
    }
}

#[test]
fn each_of_two_measures_has_its_own_price_and_effect() {
    let control = |text: &str, name: &str| {
        let block = text.split("[[control]]").find(|block| block.contains(&format!("name = \"{name}\"")));
        block.unwrap_or_default().to_owned()
    };
    let table = "Risk,Frequency per year,Loss (EUR),Measure 1,Cost p.a. 1,Reduces frequency by 1,Measure 2,Cost p.a. 2,Reduces loss by 2\n\
                 A,2,85000,EDR,25000,50%,Backup,5000,20%\n";
    let (text, said) = imported("own-effects", table);
    let (first, second) = (control(&text, "EDR"), control(&text, "Backup"));
    assert!(first.contains("\"50%\"") && !first.contains("\"20%\""), "{said}\n{text}");
    assert!(second.contains("\"20%\"") && !second.contains("\"50%\""), "{said}\n{text}");
    for (place, headings) in [
        "Measure 1,Cost once 1,Cost p.a. 1,Measure 2,Cost p.a. 2",
        "Measure,One-off cost,Yearly cost,Measure 2,Yearly cost 2",
    ]
    .into_iter()
    .enumerate()
    {
        let table = format!("Risk,Frequency per year,Loss (EUR),{headings}\nA,2,85000,EDR,9000,1000,MFA,400\n");
        let (text, said) = imported(&format!("own-prices-{place}"), &table);
        let (first, second) = (control(&text, "EDR"), control(&text, "MFA"));
        assert!(first.contains("\"9000\"") && !second.contains("\"9000\""), "{said}\n{text}");
        assert!(second.contains("\"400\"") && !first.contains("\"400\""), "{said}\n{text}");
    }
}

#[test]
fn what_is_plain_in_one_table_is_asked_in_no_other() {
    let table = "ID,Risk,Frequency per year,Loss (EUR)\nR1,Ransomware,0.2,\"850,000\"\nR2,Phishing,3.5,\"12,500\"\n\n\
                 ID,Measure,For risk,Annual cost (EUR),Reduces frequency by\nM1,EDR,R1,\"40,000\",50%\n";
    let (text, said) = imported("style", table);
    assert!(text.contains("\"40000\"") && !said.contains("error"), "{said}\n{text}");
    let table = "N.º,Riesgo,Frecuencia anual,Pérdida (EUR)\nR-01,Ransomware,0.2,850000\nR-02,Phishing,3.5,12500\n\n\
                 N.º,Medida,Riesgo,Coste anual (EUR),Reducción de la frecuencia\nM1,EDR,R-01,40000,50%\n";
    let (text, said) = imported("number", table);
    assert_eq!(risks(&text), 2, "{said}\n{text}");
    let table = "ID,Risico,Frequentie per jaar,Schade (EUR),Maatregel,Vermindert de frequentie met\nR1,Ransomware,2,850000,EDR,50%\n";
    let (text, said) = imported("met", table);
    assert!(stands(&text, "50%"), "{said}\n{text}");
}

#[test]
fn a_yearly_service_and_the_price_of_a_first_year_are_asked() {
    for (place, heading) in ["Wartung", "Maintenance per year", "Licence"].into_iter().enumerate() {
        let table = format!(
            "Risk,Frequency per year,Loss (EUR),Measure,One-off cost (EUR),{heading}\nA,0.2,500000,EDR,9000,700\n"
        );
        let (text, said) = imported(&format!("yearly-{place}"), &table);
        assert!(text.contains("700") || said.contains("what do they pay for?"), "{heading}: {said}\n{text}");
    }
    let (text, said) = imported(
        "first-year",
        "Risk,Frequency per year,Loss (EUR),Measure,Kosten 1. Jahr (EUR)\nA,0.2,500000,EDR,9000\n",
    );
    assert!(!text.contains("9000") && said.contains("alone"), "{said}\n{text}");
    let (text, said) =
        imported("all", "Risk,Frequency per year,Loss (EUR)\nA,0.2,500000\nB,1,1000\nAll risks,,501000\n");
    assert_eq!(risks(&text), 2, "{said}\n{text}");
}
