//! Sources as they are kept: levels before all measures, lists of drop-downs, measures that stand already, several
//! currencies, lists in JSON, forms of loss. Nothing of them is lost or counted in silence.

use std::fs;

use rosi::internal::import::{Options, Weight};

use crate::cli::{folder, rosi, stderr};
use crate::doubtful::{doubts, is_example, of};
use crate::import::{euros, mean, messages, near, refused, taken, text, yearly};

const SCALE: &str = "# approved by: Risk committee, 2026-05-20\nfactor,level,words,low,high\nlikelihood,1,low,1 in 50 years,1 in 10 years\nlikelihood,2,,1 in 10 years,1 in 4 years\nlikelihood,3,medium,1 in 4 years,1 per year\nlikelihood,4,,1 per year,4 per year\nlikelihood,5,high,4 per year,20 per year\nimpact,1,low,1k,10k\nimpact,2,,10k,50k\nimpact,3,medium,50k,250k\nimpact,4,,250k,1M\nimpact,5,high,1M,8M\n";

fn scaled() -> Options {
    Options { scale: Some(text("scale.csv", SCALE)), ..euros() }
}

#[test]
fn a_level_before_all_measures_that_stands_for_todays_is_asked_and_so_is_the_step_from_it() {
    let table = "Number,Name,Inherent ALE,Inherent SLE,Inherent ARO,Residual ALE,Residual SLE,Residual ARO,Calculated ALE\n\
                 RK1,Ransomware,500000,1000000,0.5,100000,500000,0.2,100000\nRK2,Fraud,50000,100000,0.5,10000,50000,0.2,10000\n";
    let (case, told, text) = of(table);
    for path in ["risk.rk1.frequency", "risk.rk1.loss.response"] {
        assert!(is_example(&case, path), "{text}");
    }
    let effects = case.estimates().iter().filter(|estimate| estimate.path.contains("effect"));
    assert!(effects.clone().count() == 4 && effects.clone().all(|estimate| estimate.record.example), "{text}");
    assert!(told.contains("where they stand already, today is the latter"), "{told}");
    let (case, _, _) = of("Risk;Inherent frequency;Inherent loss;Existing controls\nA;0.5;1000;MFA\nB;0.5;2000;EDR\n");
    assert!(is_example(&case, "risk.a.frequency") && is_example(&case, "risk.b.loss.response"));
    let (case, told, _) = of(
        "Risque;Fréquence brute;Impact brut (k€);Fréquence nette;Impact net (k€);Mesure\nA;0,5;1000;0,1;500;MFA\nB;0,5;2000;0,2;2000;EDR\n",
    );
    near(mean(&case, "risk.a.frequency"), 0.5, 1e-9);
    assert!(is_example(&case, "risk.a.frequency") && told.contains("was taken for today"), "{told}");
    // A level of today beside it is no question.
    let (case, _, _) = of(
        "Risk;Inherent frequency;Inherent loss;Current frequency;Current loss\nA;0.5;1000;0.2;800\nB;0.5;2000;0.1;900\n",
    );
    assert!(!is_example(&case, "risk.a.frequency") && !is_example(&case, "risk.a.loss.response"));
}

#[test]
fn a_risk_in_numbers_beside_its_name_is_a_score_or_a_product_and_no_id() {
    let (case, outcome) = taken(
        &[text(
            "r.csv",
            "Threat,Likelihood,Impact,Risk,Control\nMalware,4,5,20,EDR\nTheft,5,4,20,DLP\nFire,2,2,4,Hoses\n",
        )],
        &scaled(),
    );
    assert_eq!(case.risks().len(), 3, "{}", outcome.text);
    assert!(
        outcome.text.contains("id = \"malware\"") && messages(&outcome, Weight::Fault).is_empty(),
        "{}",
        outcome.text
    );
    let (case, told, text) = of("Threat;Frequency;Impact;Risk\nMalware;0.5;50000;25000\nTheft;0.1;40000;4000\n");
    near(yearly(&case)[0], 25_000.0, 1e-9);
    assert!(text.contains("id = \"malware\"") && told.contains("agrees with the expected loss"), "{told}");
    // Numbers that run on number the risks.
    let (_, _, text) = of("Risk;Threat;Frequency;Impact\n1;Malware;0.5;50000\n2;Theft;0.1;40000\n");
    assert!(text.contains("id = \"r-1\"") && text.contains("id = \"r-2\""), "{text}");
}

#[test]
fn a_subject_is_a_name_and_whether_something_is_planned_is_no_measure() {
    let table = "ID,Subject,Status,Mitigation Planned,Current Likelihood,Current Impact\n1001,Ransomware,New,Yes,4,5\n1002,Fraud,New,No,2,3\n";
    let (case, outcome) = taken(&[text("r.csv", table)], &scaled());
    assert_eq!((case.risks().len(), case.controls().len()), (2, 0), "{}", outcome.text);
    assert!(outcome.text.contains("name = \"Ransomware\""), "{}", outcome.text);
    // A register without names keeps its levels, under its ids.
    let (case, outcome) = taken(&[text("r.csv", &table.replace("Subject", "Gegenstück"))], &scaled());
    assert_eq!(case.risks().len(), 2, "{}", outcome.text);
    assert!(outcome.text.contains("4 per year"), "{}", outcome.text);
}

#[test]
fn a_cell_that_is_no_level_of_the_scale_is_a_fault_of_its_own() {
    for odd in ["3.5", "1-2", "0"] {
        let table = format!("Risk;Likelihood;Impact\nA;5;3\nB;4;2\nC;{odd};1\nD;2;4\n");
        let (case, outcome) = taken(&[text("r.csv", &table)], &scaled());
        near(
            mean(&case, "risk.a.frequency"),
            mean(&taken(&[text("r.csv", "Risk;Likelihood;Impact\nA;5;3\nB;4;2\n")], &scaled()).0, "risk.a.frequency"),
            1e-12,
        );
        let faults = messages(&outcome, Weight::Fault);
        assert!(
            faults.len() == 1 && faults[0].contains(&format!("row 4, column B (Likelihood): \"{odd}\"")),
            "{faults:?}"
        );
    }
}

#[test]
fn a_sheet_of_lists_and_one_that_the_mapping_leaves_out_are_no_registers() {
    let lists = "{\"risks\": [{\"risk\": \"A\", \"frequency\": 0.5, \"loss\": 1000}], \"lists\": [{\"likelihood\": \"Low\", \"impact\": \"Low\"}, {\"likelihood\": \"High\", \"impact\": \"High\"}]}";
    let (case, outcome) = taken(&[text("r.json", lists)], &euros());
    assert_eq!(case.risks().len(), 1, "{}", outcome.text);
    assert!(messages(&outcome, Weight::Note).join("\n").contains("the table was left out"));
    let (case, outcome) = taken(&[text("r.json", lists)], &scaled());
    assert_eq!((case.risks().len(), messages(&outcome, Weight::Fault).len()), (1, 0));
    let two = "{\"risks\": [{\"risk\": \"A\", \"frequency\": 0.5, \"loss\": 1000}], \"old\": [{\"name\": \"B\", \"frequency\": 3, \"loss\": 7}]}";
    let map = "[[column]]\nsheet = \"old\"\ncolumn = \"A\"\nheading = \"name\"\nis = \"ignore\"\n[[column]]\nsheet = \"old\"\ncolumn = \"B\"\nheading = \"frequency\"\nis = \"ignore\"\n[[column]]\nsheet = \"old\"\ncolumn = \"C\"\nheading = \"loss\"\nis = \"ignore\"\n";
    let (case, outcome) = taken(&[text("r.json", two)], &Options { mapping: Some(text("m.toml", map)), ..euros() });
    assert_eq!((case.risks().len(), messages(&outcome, Weight::Fault).len()), (1, 0), "{:?}", outcome.findings);
}

#[test]
fn an_id_of_a_measure_that_no_table_has_is_a_fault_and_effects_go_where_the_risks_say() {
    let (case, outcome) = taken(
        &[text(
            "r.json",
            "{\"risks\": [{\"id\": \"R1\", \"risk\": \"A\", \"frequency\": 0.5, \"loss\": 1000, \"controls\": \"C1, C2\"}, \
             {\"id\": \"R2\", \"risk\": \"B\", \"frequency\": 0.2, \"loss\": 2000, \"controls\": \"C2\"}, \
             {\"id\": \"R3\", \"risk\": \"C\", \"frequency\": 0.1, \"loss\": 3000, \"controls\": \"C9\"}], \
             \"controls\": [{\"control id\": \"C1\", \"control\": \"MFA\", \"cost yearly\": 10, \"effectiveness\": \"50%\"}, \
             {\"control id\": \"C2\", \"control\": \"EDR\", \"cost yearly\": 20, \"effectiveness\": \"30%\"}]}",
        )],
        &euros(),
    );
    assert_eq!(case.controls().len(), 2, "{}", outcome.text);
    let faults = messages(&outcome, Weight::Fault).join("\n");
    assert!(faults.contains("[I0401]") && faults.contains("\"C9\" names no measure of the other tables"), "{faults}");
    let effects: Vec<(&str, f64)> = case
        .estimates()
        .iter()
        .filter(|estimate| estimate.path.contains("effect"))
        .map(|estimate| (estimate.path.as_str(), estimate.mean().to_f64()))
        .collect();
    let sizes: Vec<f64> = effects.iter().map(|(_, size)| *size).collect();
    assert_eq!(sizes, [0.5, 0.3, 0.3], "{effects:?}\n{}", outcome.text);
}

#[test]
fn a_share_below_the_name_of_a_measure_is_none_of_its_own() {
    let (case, told, _) = of("Risk;Frequency;Loss;Control MFA;Control EDR\nA;0.5;1000;x;50%\nB;0.2;2000;yes;no\n");
    let names: Vec<&str> = case.controls().iter().map(|control| control.name.as_str()).collect();
    assert_eq!(names, ["Control MFA", "Control EDR"]);
    assert!(told.contains("what does 50% say of \"Control EDR\""), "{told}");
}

#[test]
fn a_bare_amount_beside_two_signs_is_a_fault_and_no_sign_is_left_out_of_the_question() {
    let table = "Risk;Frequency;Loss\nA;0.5;$1,000\nB;0.2;€2,000\nC;0.1;50\n";
    let (_, told, _) = of(table);
    assert!(told.contains("[I0304] r.csv, row 4, column C (Loss): \"50\""), "{told}");
    let (_, outcome) = taken(&[text("r.csv", &table.replace("50\n", "£30\n"))], &Options::default());
    let asked = messages(&outcome, Weight::Question).join("\n");
    for code in ["USD", "EUR", "GBP", "which dollar"] {
        assert!(asked.contains(code), "{code}: {asked}");
    }
}

#[test]
fn rows_that_sum_up_the_others_are_no_risks() {
    let (case, told, _) = of("Risk;Frequency;Loss\nA;0.5;30\nB;0.1;50\nSum;;80\nAverage;;40\nMax;;50\nCount;;2\n");
    assert_eq!(case.risks().len(), 2, "{told}");
    assert_eq!(told.matches("sums up the others").count(), 2, "{told}");
    // An owner may be called so.
    let (case, _, _) = of("Owner;Risk;Frequency;Loss\nMax;A;0.5;30\nMax;B;0.1;50\n");
    assert_eq!(case.risks().len(), 2);
}

#[test]
fn every_list_of_a_json_file_is_read() {
    let (case, outcome) = taken(
        &[text(
            "r.json",
            "{\"risks\": [{\"id\": 1, \"title\": \"A\", \"frequency\": 0.5, \"loss\": 1000}], \
             \"controls\": [{\"risk_id\": 1, \"name\": \"MFA\", \"annual_cost\": 5, \"effect\": \"50%\"}]}",
        )],
        &euros(),
    );
    near(mean(&case, "control.mfa.cost.yearly"), 5.0, 1e-12);
    near(mean(&case, "control.mfa.effect.reduction"), 0.5, 1e-12);
    assert!(outcome.text.contains("risk = \"r-1\""), "{}", outcome.text);
    let (case, _) = taken(
        &[text(
            "r.json",
            "{\"risks\": [{\"id\": 1, \"title\": \"A\", \"likelihood\": 0.5, \"impact\": 1000, \"controls\": [\"c1\"]}, \
             {\"id\": 2, \"title\": \"B\", \"likelihood\": 0.2, \"impact\": 500, \"controls\": []}], \
             \"controls\": [{\"id\": \"c1\", \"name\": \"MFA\", \"annual_cost\": 5}]}",
        )],
        &euros(),
    );
    near(mean(&case, "control.c1.cost.yearly"), 5.0, 1e-12);
    assert_eq!((case.risks().len(), case.controls().len()), (2, 1));
}

#[test]
fn a_measure_that_may_stand_already_is_asked() {
    let (case, told, _) =
        of("Risk;Frequency;Loss;Control;Implemented;Cost yearly\nA;0.5;1000;MFA;yes;10\nB;0.2;2000;EDR;no;20\n");
    assert!(is_example(&case, "control.mfa.cost.yearly") && !is_example(&case, "control.edr.cost.yearly"));
    assert!(told.contains("\"Implemented\" says \"yes\": does the measure stand already?"), "{told}");
    let (case, told, _) = of(
        "Risk;Frequency;Loss;Measure;Measure status;Cost yearly\nA;0.5;1000;MFA;done;10\nB;0.2;2000;EDR;planned;20\n",
    );
    assert!(is_example(&case, "control.mfa.cost.yearly") && !is_example(&case, "control.edr.cost.yearly"), "{told}");
    assert!(!is_example(&case, "risk.a.frequency"), "the status is that of the measure");
    let (case, told, _) = of("Risk;Frequency;Loss;Implemented control;Cost\nA;0.5;1000;MFA;10\nB;0.2;2000;EDR;20\n");
    assert!(case.controls().is_empty() && told.contains("that of what stands already"), "{told}");
}

#[test]
fn one_name_at_two_sites_may_be_two_risks() {
    let (_, _, text) = of("Risk;Site;Frequency;Loss\nFire;Berlin;0.01;1000000\nFire;Wien;0.02;500000\n");
    assert!(text.contains("Or are they two risks") && text.contains("give each a name of its own"), "{text}");
}

#[test]
fn a_net_loss_beside_what_insurers_pay_is_a_doubt() {
    let told = doubts(
        "Risk;Frequency;Loss;Insurance recovery;Net loss;Measure;Cost yearly\nA;0.5;1000;600;400;MFA;10\nB;0.2;2000;1500;500;EDR;20\n",
    );
    assert!(told.contains("(Net loss): beside \"Insurance recovery\": is this what insurers leave"), "{told}");
    let told = doubts(
        "Risiko;Häufigkeit;Schaden brutto;Versicherungsleistung;Schaden netto\nA;0,5;1000;600;400\nB;0,2;2000;1500;500\n",
    );
    assert!(told.contains("(Schaden netto): beside \"Versicherungsleistung\""), "{told}");
}

#[test]
fn the_mapping_says_which_column_holds_which_form_of_loss() {
    let table = "Risk;Frequency;Response cost;Replacement cost;Lost revenue;Fines;Reputation\nA;0.5;1000;600;400;10;20\nB;0.2;2000;1500;500;0;5\n";
    let refusal = refused(&[text("r.csv", table)], &euros());
    let forms = ["loss.response", "loss.replacement", "loss.productivity", "loss.fines", "loss.reputation"];
    let map = forms
        .iter()
        .fold(refusal.mapping.unwrap(), |map, form| map.replacen("is = \"?\"", &format!("is = \"{form}\""), 1));
    let (case, _) = taken(&[text("r.csv", table)], &Options { mapping: Some(text("m.toml", &map)), ..euros() });
    // 0.5 × 2,030 and 0.2 × 4,005.
    near(yearly(&case)[0], 1_015.0, 1e-9);
    near(yearly(&case)[1], 801.0, 1e-9);
    near(mean(&case, "risk.a.loss.fines"), 10.0, 1e-9);
}

#[test]
fn an_answer_that_no_import_asks_for_and_a_case_that_is_not_there_are_told() {
    let here = folder("sources-cli");
    let table = here.join("r.csv");
    fs::write(&table, "Risk;Frequency;Loss\nA;0.2;1500\n").unwrap();
    let run = |more: &[&str]| {
        let mut arguments = vec!["import", table.to_str().unwrap(), "--yes", "--currency", "EUR"];
        arguments.extend(more);
        let output = rosi(&arguments);
        (output.status.success(), stderr(&output))
    };
    let (ok, told) = run(&["--answer", "foo=1"]);
    assert!(!ok && told.contains("no import asks for \"foo\"") && told.contains("day_rate=600"), "{told}");
    let map = here.join("m.toml");
    fs::write(&map, "[answers]\nfoo = \"1\"\n").unwrap();
    let (ok, told) = run(&["--map", map.to_str().unwrap()]);
    assert!(!ok && told.contains("[I0204]") && told.contains("`foo`"), "{told}");
    fs::write(&map, "[answers]\nrate.USD = \"0.9\"\nday_rate = 600\n").unwrap();
    assert!(run(&["--map", map.to_str().unwrap()]).0);
    let (case, out) = (here.join("mistyped.toml"), here.join("new.toml"));
    let (ok, told) = run(&["--into", case.to_str().unwrap(), "--out", out.to_str().unwrap()]);
    assert!(ok && told.contains("mistyped.toml is not there: nothing to merge into"), "{told}");
}

#[test]
fn what_was_handed_on_comes_back_whatever_the_file_is_called_and_over_no_file() {
    let here = folder("sources-export");
    let case = here.join("case.toml");
    fs::write(
        &case,
        "schema = 1\ntitle = \"T\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"a\"\nname = \"=cmd|A\"\nfrequency = \"0.5 per year\"\nloss.response = { low = \"10k\", high = \"90k\" }\n",
    )
    .unwrap();
    let run = |arguments: &[&str]| {
        let output = rosi(arguments);
        (output.status.success(), stderr(&output), String::from_utf8(output.stdout).unwrap())
    };
    let path = |name: &str| here.join(name).to_str().unwrap().to_owned();
    for name in ["f.crml", "f.out"] {
        let out = path(name);
        let export = ["export", case.to_str().unwrap(), "--as", "crml", "--out", &out];
        assert!(run(&export).0);
        let (ok, told, _) = run(&export);
        assert!(!ok && told.contains("is there already") && told.contains("--force"), "{told}");
        assert!(run(&[&export[..], &["--force"]].concat()).0);
        for more in [&[][..], &["--as", "crml"]] {
            let (ok, told, text) = run(&[&["import", &out, "--yes"][..], more].concat());
            assert!(ok && text.contains("[[risk]]"), "{name} {more:?}: {told}");
        }
    }
    let out = path("f.csv");
    assert!(run(&["export", case.to_str().unwrap(), "--as", "csv", "--out", &out]).0);
    let (_, _, text) = run(&["import", &out, "--yes"]);
    assert!(text.contains("name = \"=cmd|A\""), "{text}");
}

#[test]
fn cures_of_a_case_keep_its_figures() {
    let here = folder("sources-cures");
    let cure = |line: &str, old: &str| {
        let path = here.join("case.toml");
        let text = "schema = 1\ntitle = \"T\"\ncurrency = \"EUR\"\n[[appetite]]\nname = \"L\"\nloss = \"1M\"\nchance = \"5%\"\n[[risk]]\nid = \"a\"\nname = \"A\"\nfrequency = \"0.5 per year\"\nloss.response = \"10k\"\n[[control]]\nid = \"c\"\nname = \"C\"\ncost.yearly = \"36k\"\n[[control.effect]]\nrisk = \"a\"\non = \"loss\"\nreduction = \"10%\"\n";
        fs::write(&path, text.replace(old, line)).unwrap();
        stderr(&rosi(&["check", path.to_str().unwrap()]))
    };
    let told = cure("chance = \"1 in 20 years\"", "chance = \"5%\"");
    assert!(told.contains("write \"1 in 20\", or \"5%\""), "{told}");
    let told = cure("loss.response = \"$5k\"", "loss.response = \"10k\"");
    assert!(told.contains("write \"EUR 5k\" if it is in EUR") && !told.contains("250k"), "{told}");
    let told = cure("cost.yearly = \"1k per day\"", "cost.yearly = \"36k\"");
    assert!(told.contains("\"365000 per year\"") && told.contains("\"220000 per year\""), "{told}");
}
