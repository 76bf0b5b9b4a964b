//! Registers that stand in several tables, and what their cells name: risks and measures by id, by name, by a cross.

use rosi::internal::import::{Input, Options, Weight, import};
use rosi::internal::model::Scenario;

use crate::import::{is_told, mean, messages, near, taken, text, told, yearly};

fn of(tables: &[&str]) -> (Scenario, Vec<String>, String) {
    let files: Vec<Input> = tables.iter().enumerate().map(|(at, table)| text(&format!("{at}.csv"), table)).collect();
    let (case, outcome) = taken(&files, &Options::default());
    (case, told(&outcome), outcome.text)
}

/// Whether an estimate is an example, and why.
fn asked(case: &Scenario, path: &str) -> String {
    let found = case.estimates().iter().find(|estimate| estimate.path == path).unwrap_or_else(|| panic!("no {path}"));
    assert!(found.record.example, "{found:?}");
    found.record.why.clone().unwrap_or_default()
}

const RISKS: &str = "ID,Risk,Frequency,Loss (EUR)\nR1,Phishing,2,10000\nR2,Ransomware,0.1,500000\n";

#[test]
fn a_table_of_measures_names_the_risks_of_another_one_by_id_or_by_name() {
    for measures in [
        "Measure,Risk,Cost once,Cost yearly,Effect\nMFA,R1,5000,1000,0.7\nBackup,R2,9000,0,0.5\n",
        "ID,Control,Cost once,Risk ID,Effect\nC1,MFA,5000,R1,0.7\nC2,Backup,9000,R2,0.5\n",
        "Control ID,Control,Risk ID,Cost once,Effect\nC1,MFA,R1,5000,0.7\nC2,Backup,Ransomware,9000,0.5\n",
    ] {
        for order in [[RISKS, measures], [measures, RISKS]] {
            let (case, _, text) = of(&order);
            if order[0] == measures {
                // Files are read in their order; sheets of one workbook with the risks first.
                continue;
            }
            assert_eq!((case.risks().len(), case.controls().len()), (2, 2), "{text}");
            let (mfa, backup) = if measures.contains("C1") { ("c1", "c2") } else { ("mfa", "backup") };
            near(mean(&case, &format!("control.{mfa}.effect.reduction")), 0.7, 1e-12);
            near(mean(&case, &format!("control.{backup}.effect.reduction")), 0.5, 1e-12);
            assert!(text.contains("risk = \"r1\"") && text.contains("risk = \"r2\""), "{text}");
        }
    }
    let (case, _, text) = of(&[RISKS, "Measure,Risks addressed,Cost once,Effect\nMFA,\"R1, R2\",5000,0.7\n"]);
    assert_eq!((case.risks().len(), text.matches("reduction = ").count()), (2, 2), "{text}");
}

#[test]
fn a_measure_of_a_risk_that_is_not_there_is_a_fault_and_its_effect_is_kept() {
    let (case, told, text) = of(&[RISKS, "Measure,Risk,Cost once,Effect\nMFA,R1,5000,0.7\nBackup,R9,9000,0.5\n"]);
    assert_eq!(case.risks().len(), 2, "{text}");
    assert!(is_told(&told, "\"R9\" names no risk of the other tables"), "{told:#?}");
    near(mean(&case, "control.backup.effect.reduction"), 0.5, 1e-12);
    assert!(asked(&case, "control.backup.effect.reduction").contains("which risk"));
}

#[test]
fn a_register_names_the_measures_of_another_table_by_their_ids() {
    let risks = "ID,Risk,Frequency,Loss,Measures\nR1,Phishing,2,10000,\"C1, C2\"\nR2,Fire,1,500,C2\n";
    let all = [text(
        "r.csv",
        &format!("{risks},,,,\nControl ID,Control,Cost once,Cost yearly\nC1,MFA,5000,1000\nC2,Training,900,0\n"),
    )];
    let (case, outcome) = taken(&all, &Options::default());
    assert_eq!((case.risks().len(), case.controls().len()), (2, 2), "{}", outcome.text);
    near(mean(&case, "control.c1.cost.initial"), 5_000.0, 1e-12);
    assert!(outcome.text.contains("name = \"Training\""), "{}", outcome.text);
}

#[test]
fn each_column_of_measures_may_have_its_own_price() {
    for table in [
        "Risk;Frequency;Loss;Control 1;Cost 1;Control 2;Cost 2\nA;2;10000;MFA;100;EDR;500\n",
        "Risk;Frequency;Loss;Control 1;Control 2;Cost 1;Cost 2\nA;2;10000;MFA;EDR;100;500\n",
        "Risk;Frequency;Loss;Control;Cost;Control;Cost\nA;2;10000;MFA;100;EDR;500\n",
    ] {
        let (case, ..) = of(&[table]);
        near(mean(&case, "control.mfa.cost.initial"), 100.0, 1e-12);
        near(mean(&case, "control.edr.cost.initial"), 500.0, 1e-12);
    }
}

#[test]
fn a_cross_below_the_name_of_a_measure_means_that_measure() {
    let (case, ..) = of(&["Risk;Frequency;Loss;Control A;Control B\nPhishing;24;12000;x;\nMalware;4;12000;x;x\n"]);
    let names: Vec<&str> = case.controls().iter().map(|control| control.name.as_str()).collect();
    assert_eq!(names, ["Control A", "Control B"]);
}

#[test]
fn words_for_no_measure_are_none() {
    let table = "ID;Risk;Frequency;Loss (EUR);Measure;Cost once;Cost yearly;Effect\n1;A;2;10000;none;0;0;0%\n4;D;1;1;Accept;;;\n6;F;1;1;keine;;;\n7;G;1;1;No action;;;\n8;G2;1;1;see R1;;;\n9;H;1;1;See-through fence;5;6;7%\n";
    let (case, told, text) = of(&[table]);
    assert_eq!(case.controls().len(), 1, "{text}");
    assert!(is_told(&told, "\"see R1\": the cell refers to another row"), "{told:#?}");
}

#[test]
fn a_risk_of_two_tables_counts_once_and_is_asked_where_they_differ() {
    let (case, ..) = of(&[RISKS, "ID,Risk,Frequency,Loss (EUR)\nR1,Phishing,5,99000\nR3,Fire,1,1\n"]);
    assert_eq!(case.risks().len(), 3);
    near(yearly(&case)[0], 20_000.0, 1e-12);
    assert!(asked(&case, "risk.r1.frequency").contains("1.csv, C2 states \"5\": which holds?"));
    assert!(asked(&case, "risk.r1.loss.response").contains("99000"));
}

#[test]
fn a_risk_that_is_closed_is_asked_about() {
    let (case, ..) =
        of(&["ID;Risk;Status;Frequency per year;Loss\n1;A;closed;2;1000\n2;B;open;3;3000\n3;C;Rejected;3;3000\n"]);
    assert!(asked(&case, "risk.r-1.frequency").contains("\"Status\" says \"closed\": does this risk still stand?"));
    assert!(asked(&case, "risk.r-3.frequency").contains("Rejected"));
    assert!(case.estimates().iter().any(|estimate| estimate.path == "risk.r-2.frequency" && !estimate.record.example));
}

#[test]
fn the_expected_loss_alone_and_what_is_left_of_it_are_kept_and_asked() {
    let (case, ..) = of(&[
        "Risk;ALE before;ALE after;Control;Annual cost\nPhishing;100000;40000;MFA;20000\nMalware;50000;10000;EDR;30000\n",
    ]);
    near(yearly(&case)[0], 100_000.0, 1e-9);
    near(yearly(&case)[1], 50_000.0, 1e-9);
    near(mean(&case, "control.mfa.effect.reduction"), 0.6, 1e-12);
    assert!(asked(&case, "risk.phishing.frequency").contains("expected loss"));
    assert!(asked(&case, "control.mfa.effect.reduction").contains("on what does it act"));
}

#[test]
fn levels_of_an_effect_are_no_percentages() {
    let (case, told, _) = of(&["Risk;Frequency;Loss;Measure;Cost;Effectiveness\nA;9;900;2FA;40;3\nB;9;900;EDR;40;1\n"]);
    assert!(is_told(&told, "3 without a sign: 3%, a part of one, or a level of a scale?"), "{told:#?}");
    assert!(case.estimates().iter().all(|estimate| !estimate.path.contains("effect") || estimate.record.example));
}

#[test]
fn a_day_is_no_frequency() {
    for cell in ["50/50", "12/2026", "02-03-2026", "03-2026", "2.3.2026"] {
        let (case, told, text) = of(&[&format!("Risk;Frequency;Loss (EUR)\nA;{cell};5k\nB;1 per year;5k\n")]);
        assert!(is_told(&told, &format!("row 2, column B (Frequency): \"{cell}\"")), "{cell}: {told:#?}\n{text}");
        asked(&case, "risk.a.frequency");
    }
}

#[test]
fn a_quote_that_is_not_closed_is_a_fault_with_its_row() {
    let table = "ID,Risk,Frequency,Loss\n1,Z,1,5\n2,\"A,2,5000\n3,B,3,6000\n";
    let refusal = import(&[text("r.csv", table)], &Options::default()).unwrap_err();
    assert!(refusal.findings[0].to_string().contains("r.csv, row 3: a quote begins in this row"), "{refusal:?}");
}

#[test]
fn a_scale_in_another_currency_is_a_fault() {
    let scale = "# approved by: Risk committee, 2026-05-20\nfactor,level,words,low,high\nlikelihood,1,,1 in 50 years,1 in 10 years\nlikelihood,2,,1 in 10 years,1 per year\nimpact,1,,$1k,$10k\nimpact,2,,$10k,$50k\n";
    let refused = |scale: String, table: &str| {
        let options = Options { scale: Some(text("scale.csv", &scale)), ..Options::default() };
        import(&[text("r.csv", table)], &options).map_err(|refusal| format!("{:?}", refusal.findings))
    };
    let table = "ID,Risk,Likelihood,Impact,Measure,Cost (EUR)\n1,A,1,2,MFA,500\n2,B,2,1,EDR,600\n";
    let why = refused(scale.to_owned(), table).unwrap_err();
    assert!(why.contains("this amount of the scale is in $, others are in EUR"), "{why}");
    let plain = "ID,Risk,Likelihood,Impact\n1,A,1,2\n2,B,2,1\n";
    assert!(refused(scale.replace("$10k,$50k", "€10k,€50k"), plain).unwrap_err().contains("others are in"));
    assert!(refused(scale.replace('$', ""), table).is_ok());
}

#[test]
fn numbers_beside_scores_may_be_scores() {
    let scale = rosi::internal::import::SCALE_TEMPLATE.replace("NAME, YYYY-MM-DD", "Risk committee, 2026-05-20");
    let options = Options { scale: Some(text("scale.csv", &scale)), ..Options::default() };
    let (case, _) = taken(&[text("r.csv", "ID;Risk;Likelihood;Impact\n1;A;2;10\n2;B;1;20\n3;C;3;50\n")], &options);
    assert!(asked(&case, "risk.r-3.loss.response").contains("is this an amount?"));
}

#[test]
fn letters_of_an_old_mac_are_read() {
    let file = b"Risque;Fr\x8equence;Perte (EUR);D\x8epartement\nIncendie g\x8en\x8eral;2;5000;Qualit\x8e\n";
    let input = Input { name: "mac.csv".to_owned(), bytes: file.to_vec() };
    let (case, outcome) = taken(&[input], &Options::default());
    near(yearly(&case)[0], 10_000.0, 1e-12);
    assert!(messages(&outcome, Weight::Note).iter().any(|note| note.contains("Mac OS Roman")));
}

#[test]
fn a_range_of_chances_is_of_at_most_one_event_and_a_bare_number_of_months_offers_months() {
    let (case, ..) = of(&["Risk;Frequency;Loss (EUR)\nA;5% to 10%;5k\nB;1 per year;5k\n"]);
    assert!(yearly(&case)[0] < 0.1 * 5_000.0);
    let (_, told, text) = of(&["Risk;Frequency (in months);Loss (EUR)\nA;18;20000\n"]);
    assert!(is_told(&told, "18 a month, or one in 18 months?"), "{told:#?}\n{text}");
}
