//! What comes in from other people's files: every sample as its README says, and no number changed in silence.

use std::fs;
use std::path::Path;

use rosi::internal::import::{Finding, Input, Options, Outcome, Refusal, Weight, import, merge};
use rosi::internal::model::RiskId;
use rosi::internal::model::Scenario;
use rosi::internal::scenario::{Source, parse};
use rosi::internal::units::Currency;

use crate::cli::{folder, rosi};

fn input(name: &str) -> Input {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(name);
    Input { name: path.file_name().unwrap().to_str().unwrap().to_owned(), bytes: fs::read(path).unwrap() }
}

pub(crate) fn text(name: &str, text: &str) -> Input {
    Input { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
}

fn with_scale() -> Options {
    Options { scale: Some(input("registers/scale.csv")), ..Options::default() }
}

pub(crate) fn dollars() -> Options {
    Options { currency: Currency::from_code("USD"), ..Options::default() }
}

pub(crate) fn euros() -> Options {
    Options { currency: Currency::from_code("EUR"), ..Options::default() }
}

/// The scenario of an outcome: it must be one without a fault.
fn scenario(outcome: &Outcome) -> Scenario {
    match parse(&Source::new("imported.toml", outcome.text.as_str())) {
        Ok(parsed) => parsed.scenario,
        Err(faults) => panic!("{:?}\n{}", faults.iter().map(|fault| &fault.message).collect::<Vec<_>>(), outcome.text),
    }
}

pub(crate) fn taken(inputs: &[Input], options: &Options) -> (Scenario, Outcome) {
    let outcome = import(inputs, options).unwrap_or_else(|refusal| panic!("{:#?}", refusal.findings));
    (scenario(&outcome), outcome)
}

pub(crate) fn refused(inputs: &[Input], options: &Options) -> Refusal {
    import(inputs, options).expect_err("this must be refused")
}

/// The mean of an estimate.
pub(crate) fn mean(scenario: &Scenario, path: &str) -> f64 {
    let found = scenario.estimates().iter().find(|estimate| estimate.path == path);
    found.unwrap_or_else(|| panic!("{path} among {:?}", paths(scenario))).mean().to_f64()
}

fn paths(scenario: &Scenario) -> Vec<&str> {
    scenario.estimates().iter().map(|estimate| estimate.path.as_str()).collect()
}

pub(crate) fn near(value: f64, expected: f64, tolerance: f64) {
    assert!((value - expected).abs() <= tolerance * expected.abs(), "{value} is not {expected}");
}

/// Average loss of a year of each risk.
pub(crate) fn yearly(scenario: &Scenario) -> Vec<f64> {
    let analysis = rosi::internal::engine::analyse(
        scenario,
        &rosi::internal::engine::Settings { years: Some(1_000), ..Default::default() },
    )
    .unwrap();
    analysis.today.iter().map(|risk| risk.annual_loss.to_f64()).collect()
}

pub(crate) fn messages(outcome: &Outcome, weight: Weight) -> Vec<String> {
    of_weight(&outcome.findings, weight)
}

fn of_weight(findings: &[Finding], weight: Weight) -> Vec<String> {
    findings.iter().filter(|finding| finding.weight == weight).map(ToString::to_string).collect()
}

/// All that an import says: faults, questions, notes.
pub(crate) fn told(outcome: &Outcome) -> Vec<String> {
    let weights = [Weight::Fault, Weight::Question, Weight::Note].into_iter();
    weights.flat_map(|weight| messages(outcome, weight)).collect()
}

/// Whether any of it speaks of something.
pub(crate) fn is_told(told: &[String], what: &str) -> bool {
    told.iter().any(|one| one.contains(what))
}

/// What keeps a table from being read, and the refusal itself.
pub(crate) fn kept_from(table: &str) -> (Vec<String>, Refusal) {
    let refusal = refused(&[text("r.csv", table)], &euros());
    (of_weight(&refusal.findings, Weight::Fault), refusal)
}

#[test]
fn a_register_of_scores_needs_a_scale_and_with_one_every_range_is_an_example() {
    let refusal = refused(&[input("registers/ordinal.csv")], &Options::default());
    assert!(
        refusal
            .findings
            .iter()
            .any(|finding| finding.code.as_str() == "I0202" && finding.cure.contains("--scale-template"))
    );
    let (case, outcome) = taken(&[input("registers/ordinal.csv")], &with_scale());
    assert_eq!(case.risks().len(), 5);
    let risks = case.estimates().iter().filter(|estimate| estimate.path.starts_with("risk."));
    assert!(risks.clone().all(|estimate| estimate.record.example), "{}", outcome.text);
    assert!(
        outcome.text.contains("owner = \"Treasury\"") && outcome.text.contains("Sign-in keys")
            || outcome.text.contains("sign-in keys")
    );
    assert_eq!(case.controls().len(), 6, "{}", outcome.text);
}

#[test]
fn words_beside_the_heading_and_a_short_row_are_told_and_the_rest_is_taken() {
    let (case, outcome) = taken(&[input("registers/words.csv")], &with_scale());
    assert_eq!(case.risks().len(), 3);
    let faults = messages(&outcome, Weight::Fault);
    let row = |row: &str| faults.iter().any(|fault| fault.contains(row));
    assert!(row("row 2") && row("row 4") && !row("row 3"), "{faults:#?}");
}

#[test]
fn pairs_before_and_after_become_effects_through_the_scale_as_examples() {
    let (case, outcome) = taken(&[input("registers/before-after.csv")], &with_scale());
    assert_eq!((case.risks().len(), case.controls().len()), (3, 4), "{}", outcome.text);
    let effects = case.estimates().iter().filter(|estimate| estimate.path.contains("effect"));
    assert!(effects.clone().count() >= 4 && effects.clone().all(|estimate| estimate.record.example));
}

#[test]
fn columns_of_one_name_are_kept_apart_and_a_gain_is_refused() {
    let (case, outcome) = taken(&[input("registers/money-before-after.csv")], &Options::default());
    assert_eq!(case.currency().code(), "CHF");
    assert_eq!(case.risks().len(), 2, "{}", outcome.text);
    let losses = yearly(&case);
    near(losses[0], 60_000.0, 1e-12);
    near(losses[1], 60_000.0, 1e-12);
    assert!(messages(&outcome, Weight::Fault).iter().any(|fault| fault.contains("gain")));
    near(mean(&case, "control.measures-for-client-withdraws.cost.initial"), 10_000.0, 1e-12);
    assert!(outcome.text.contains("reduction = { value = \"50%\""), "{}", outcome.text);
}

#[test]
fn a_likelihood_above_one_is_a_rate_and_a_missing_end_a_fault() {
    let (case, outcome) = taken(&[input("registers/min-max.csv")], &Options::default());
    assert_eq!(case.risks().len(), 3);
    near(mean(&case, "risk.r-002.frequency"), 1.5, 1e-12);
    assert!(messages(&outcome, Weight::Question).iter().any(|question| question.contains("above 1")));
    assert!(messages(&outcome, Weight::Fault).iter().any(|fault| fault.contains("row 4")));
}

#[test]
fn a_german_register_is_the_same_from_both_encodings() {
    let (case, outcome) = taken(&[input("registers/german.csv")], &Options::default());
    let (other, _) = taken(&[input("registers/german-windows-1252.csv")], &Options::default());
    assert_eq!(case.currency().code(), "EUR");
    near(mean(&case, "risk.r-1.frequency"), 0.125, 1e-12);
    near(mean(&case, "risk.r-2.loss.response"), (5_000.0 + 4.0 * 15_000.0 + 60_000.0) / 6.0, 1e-12);
    near(mean(&case, "risk.r-3.loss.response"), (200_000.0 + 4.0 * 500_000.0 + 2_000_000.0) / 6.0, 1e-12);
    near(mean(&case, "risk.r-1.loss.response"), (50_000.0 + 4.0 * 200_000.0 + 1_200_000.5) / 6.0, 1e-12);
    assert_eq!(yearly(&case), yearly(&other), "{}", outcome.text);
    near(mean(&case, "control.rueckruf-vor-aenderung.cost.yearly"), 3_500.0, 1e-12);
}

#[test]
fn a_workbook_with_titles_merged_headings_and_hidden_parts_gives_four_risks() {
    let (case, outcome) = taken(&[input("registers/register.xlsx")], &Options::default());
    assert_eq!(case.risks().len(), 4, "{}", outcome.text);
    let losses: Vec<i64> = yearly(&case).iter().map(|loss| loss.round() as i64).collect();
    assert_eq!(losses, [180_000, 105_000, 35_000, 96_000]);
    let notes = messages(&outcome, Weight::Note).join("\n");
    for told in ["row is hidden", "sheet is hidden", "a total was left out", "a remark was left out", "agrees: 416000"]
    {
        assert!(notes.contains(told), "{told} in {notes}");
    }
    assert_eq!(case.currency().code(), "EUR");
}

#[test]
fn people_days_without_a_rate_are_asked_and_with_one_are_paid() {
    let file = input("ciso-assistant/applied-controls.csv");
    let refusal = refused(std::slice::from_ref(&file), &Options::default());
    assert!(refusal.findings.iter().any(|finding| finding.cure.contains("day_rate")));
    let options = Options { answers: [("day_rate".to_owned(), "600".to_owned())].into(), ..Options::default() };
    let (case, outcome) = taken(&[file], &options);
    near(mean(&case, "control.ac-001.cost.initial"), 72_000.0, 1e-12);
    near(mean(&case, "control.ac-001.cost.yearly"), 40_000.0, 1e-12);
    let people = mean(&case, "control.ac-001.cost.people.time") * mean(&case, "control.ac-001.cost.people.rate");
    near(72_000.0 / 3.0 + 40_000.0 + people, 71_200.0, 1e-12);
    assert!(outcome.text.contains("lifetime = \"3 years\""));
}

#[test]
fn scenarios_of_ciso_assistant_are_read_through_the_scale_and_meet_their_controls() {
    let options = Options { answers: [("day_rate".to_owned(), "600".to_owned())].into(), ..with_scale() };
    let files = [input("ciso-assistant/applied-controls.csv"), input("ciso-assistant/risk-assessment.csv")];
    let (case, outcome) = taken(&files, &options);
    assert_eq!((case.risks().len(), case.controls().len()), (2, 3), "{}", outcome.text);
    let (case, _) = taken(&[input("ciso-assistant/crq-api.json")], &options);
    assert_eq!((case.appetite().len(), case.plans().len(), case.currency().code()), (2, 1, "EUR"));
    assert!(matches!(case.risks()[RiskId(0)].count, rosi::internal::model::Count::AtMostOne));
}

#[test]
fn crml_gives_its_average_and_its_comments_give_nothing() {
    for name in ["crml/ransomware-with-controls.yaml", "crml/ransomware-with-controls.crml-1.1.yaml"] {
        let (case, _) = taken(&[input(name)], &Options::default());
        near(yearly(&case)[0], 530_574.0, 1e-5);
    }
    let (case, _) = taken(&[input("crml/ransomware-with-controls.crml-1.1.yaml")], &Options::default());
    assert_eq!(case.controls().len(), 6);
    let files =
        ["portfolio", "control-catalog", "control-assessment", "fair-baseline", "lesson-02-direct-org-controls"];
    for name in files {
        taken(&[input(&format!("crml/{name}.yaml"))], &Options::default());
    }
    let both = ["crml/lesson-02-direct-org-controls.yaml", "crml/lesson-02-phishing-org-controls.yaml"].map(input);
    let (case, _) = taken(&both, &Options::default());
    assert_eq!((case.risks().len(), case.controls().len()), (1, 4));
}

#[test]
fn two_currencies_need_a_rate() {
    let mixed = input("crml/multi-currency-example.yaml");
    let options = Options { currency: Currency::from_code("EUR"), ..Options::default() };
    let (case, outcome) = taken(std::slice::from_ref(&mixed), &options);
    assert_eq!(case.risks().len(), 2);
    assert!(messages(&outcome, Weight::Fault).iter().any(|fault| fault.contains("USD")));
    let answered = Options { answers: [("rate.USD".to_owned(), "0.5".to_owned())].into(), ..options };
    let (case, _) = taken(&[mixed], &answered);
    near(yearly(&case)[1], 0.03 * 0.73 * 125_000.0 * f64::exp(1.5 * 1.5 / 2.0), 1e-9);
}

#[test]
fn lists_of_other_tools_keep_their_averages() {
    let (case, _) = taken(&[input("riskquant/input.csv")], &dollars());
    for (loss, expected) in yearly(&case).into_iter().zip([40_400.0, 26_600_000.0, 1_010_000.0]) {
        near(loss, expected, 0.005);
    }
    let (case, outcome) = taken(&[input("quantrr/risks.csv"), input("quantrr/estimates.csv")], &dollars());
    near(mean(&case, "risk.data-breach.frequency"), 0.175, 1e-12);
    assert!(messages(&outcome, Weight::Question).iter().any(|question| question.contains("pooled")));
    let (case, outcome) = taken(&[input("nist-ir-8286/register.sample.json")], &Options::default());
    near(yearly(&case)[0], 20_000.0, 1e-12);
    let asked = messages(&outcome, Weight::Question).join("\n");
    assert!(asked.contains("currency") && asked.contains("which time"), "{asked}");
}

#[test]
fn trees_of_other_tools_keep_their_factors() {
    let (case, outcome) = taken(&[input("crq-engine/scenarios.json")], &Options::default());
    near(mean(&case, "risk.scenario-001.threat.contacts"), (12.0 + 208.0 + 365.0) / 6.0, 1e-12);
    near(mean(&case, "control.ctrl-001.cost.yearly"), 280_000.0, 1e-12);
    assert!(outcome.text.contains("currency = \"XXX\""));
    let (case, outcome) = taken(&[input("pyfair/serialized_metamodel.json")], &Options::default());
    assert_eq!(case.risks().len(), 2);
    near(yearly(&case)[0], (20.0 + 400.0 + 900.0) / 6.0 * (3e6 + 4.0 * 3.5e6 + 5e6) / 6.0, 1e-12);
    near(mean(&case, "risk.regular-model-2.frequency"), 0.3, 1e-12);
    assert!(messages(&outcome, Weight::Note).iter().any(|note| note.contains("spread")));
    taken(&[input("pyfair/serialized_model.json")], &Options::default());
    let (case, outcome) = taken(&[input("oscal/poam-excerpt.yaml")], &Options::default());
    assert_eq!(case.risks().len(), 1);
    assert!(messages(&outcome, Weight::Fault).iter().any(|fault| fault.contains("mitigating factor")));
}

#[test]
fn a_survey_of_evaluator_is_read_through_its_own_mapping() {
    let survey = input("evaluator/survey.xlsx");
    assert!(
        refused(std::slice::from_ref(&survey), &Options::default())
            .findings
            .iter()
            .any(|finding| finding.cure.contains("--scale"))
    );
    let options = Options { scale: Some(input("evaluator/qualitative_mappings.csv")), ..dollars() };
    let (case, outcome) = taken(&[survey], &options);
    assert!(case.risks().len() > 10, "{}", outcome.text);
    near(mean(&case, "risk.rs-51.threat.events"), (1.0 + 24.0 + 12.0) / 6.0, 1e-12);
    near(mean(&case, "risk.rs-51.threat.capability"), (0.5 + 3.0 + 0.98) / 6.0, 1e-12);
}

/// One table in twelve ways of writing numbers: the same case, or a fault. Never another number.
#[test]
fn one_table_in_twelve_number_formats_is_the_same_case_or_a_fault() {
    type Write = fn(f64) -> String;
    fn grouped(value: f64, group: &str, decimal: &str) -> String {
        let whole = (value as i64).to_string();
        let mut out = String::new();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                out.push_str(group);
            }
            out.push(digit);
        }
        let cents = ((value - value.trunc()) * 100.0).round() as i64;
        if cents > 0 { format!("{out}{decimal}{cents:02}") } else { out }
    }
    let styles: [Write; 12] = [
        |value| value.to_string(),
        |value| grouped(value, ",", "."),
        |value| grouped(value, ".", ","),
        |value| grouped(value, "'", "."),
        |value| grouped(value, "\u{2019}", ","),
        |value| grouped(value, " ", ","),
        |value| grouped(value, "\u{a0}", "."),
        |value| grouped(value, "\u{202f}", ","),
        |value| grouped(value, "_", "."),
        |value| format!("€ {}", grouped(value, ".", ",")),
        |value| format!("{} EUR", grouped(value, ",", ".")),
        |value| format!("{} T€", (value / 1000.0).to_string().replace('.', ",")),
    ];
    let tables = [
        [[50_000.0, 200_000.0, 1_200_000.5], [5_000.0, 15_000.0, 60_000.0]],
        [[50_000.0, 200_000.0, 900_000.0], [5_000.0, 15_000.0, 60_000.0]],
        [[50_000.0, 200_000.25, 900_000.0], [1_200.0, 15_000.0, 60_000.0]],
    ];
    let mut same = 0;
    for table in tables {
        for write in styles {
            for separator in [';', '\t'] {
                let mut file = format!(
                    "Risk{separator}Events per year{separator}Loss min{separator}Loss likely{separator}Loss max\n"
                );
                for (number, row) in table.iter().enumerate() {
                    let cells: Vec<String> = row.iter().map(|value| write(*value)).collect();
                    file.push_str(&format!(
                        "Risk {number}{separator}2{separator}{}\n",
                        cells.join(&separator.to_string())
                    ));
                }
                let Ok(outcome) = import(&[text("a.csv", &file)], &Options::default()) else { continue };
                let case = scenario(&outcome);
                for (number, [min, likely, max]) in table.into_iter().enumerate() {
                    let path = format!("risk.risk-{number}.loss.response");
                    let estimate = case.estimates().iter().find(|estimate| estimate.path == path).unwrap();
                    if estimate.record.example {
                        assert!(messages(&outcome, Weight::Fault).iter().any(|fault| fault.contains("I03")), "{file}");
                        continue;
                    }
                    near(estimate.mean().to_f64(), (min + 4.0 * likely + max) / 6.0, 1e-12);
                    same += 1;
                }
            }
        }
    }
    assert!(same >= 80, "only {same} rows were read");
}

#[test]
fn headings_of_five_languages_give_the_same_case() {
    let rows = "R1;Ransomware;0,5;100.000,50;Backup;10.000,00;2.000,00\nR2;Fraud;2;20.000,00;Call back;500,00;100,00\n";
    let heads = [
        "ID;Risk;Events per year;Loss per event;Measure;Initial cost;Annual cost",
        "Nr.;Risiko;Häufigkeit;Schadenshöhe;Maßnahme;Einmalige Kosten;Jährliche Kosten",
        "N°;Risque;Fréquence annuelle;Perte;Mesure;Coût initial;Coût annuel",
        "Número;Riesgo;Frecuencia;Pérdida;Medida;Costo inicial;Costo anual",
        "Codice;Rischio;Frequenza annua;Perdita;Misura;Costo iniziale;Costo annuo",
        "Nummer;Risico;Frequentie;Schade;Maatregel;Eenmalige kosten;Jaarlijkse kosten",
    ];
    let texts: Vec<Vec<f64>> = heads
        .iter()
        .map(|head| {
            let (case, _) = taken(&[text("a.csv", &format!("{head}\n{rows}"))], &Options::default());
            assert_eq!((case.risks().len(), case.controls().len()), (2, 2), "{head}");
            let mut figures = yearly(&case);
            figures.push(mean(&case, "control.backup.cost.initial"));
            figures.push(mean(&case, "control.backup.cost.yearly"));
            figures
        })
        .collect();
    assert!(texts.iter().all(|figures| *figures == texts[0]) && texts[0][0] == 50_000.25, "{texts:?}");
}

#[test]
fn headings_with_a_doubt_write_a_mapping_that_is_used_again() {
    let file = text("a.csv", "Thing,Zorgle,Loss\nFire,3.5,1000\nFlood,0.25,2000\n");
    let file = Input { bytes: String::from_utf8(file.bytes).unwrap().replace("Thing", "Risk").into_bytes(), ..file };
    let refusal = refused(std::slice::from_ref(&file), &Options::default());
    let mapping = refusal.mapping.unwrap();
    assert!(mapping.contains("heading = \"Zorgle\"\nis = \"?\""), "{mapping}");
    let unfinished = Options { mapping: Some(text("map.toml", &mapping)), ..Options::default() };
    assert!(
        refused(std::slice::from_ref(&file), &unfinished)
            .findings
            .iter()
            .any(|finding| finding.code.as_str() == "I0204")
    );
    let completed = mapping.replace("\"?\"", "\"frequency\"");
    let (case, _) = taken(&[file], &Options { mapping: Some(text("map.toml", &completed)), ..Options::default() });
    assert_eq!(yearly(&case), [3_500.0, 500.0]);
}

#[test]
fn what_only_looks_like_a_workbook_is_a_fault_with_its_reason() {
    for (name, bytes, reason) in [
        ("~$register.xlsx", &b"\x05owner"[..], "somebody has open"),
        ("a.xlsx", b"PK\x03\x04 damaged", "damaged"),
        ("a.xls", b"<html><table></table>", "page or XML"),
        ("a.csv", b"", "empty"),
        ("a.pdf", b"%PDF-1.7", "PDF"),
        ("a.json", b"{\"a\": ", "I0101"),
        ("a.csv", b"nothing here", "I0103"),
    ] {
        let refusal = refused(&[Input { name: name.into(), bytes: bytes.to_vec() }], &Options::default());
        let told: Vec<String> = refusal.findings.iter().map(ToString::to_string).collect();
        assert!(told.iter().any(|fault| fault.contains(reason)), "{name}: {told:?}");
    }
}

#[test]
fn a_million_columns_and_an_archive_bomb_end_fast() {
    let start = std::time::Instant::now();
    let wide = ";".repeat(1_000_000);
    assert!(
        refused(&[text("a.csv", &format!("Risk;Loss{wide}\n"))], &Options::default())
            .findings
            .iter()
            .any(|finding| finding.code.as_str() == "I0102")
    );
    let bomb = {
        use std::io::Write;
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        archive.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default()).unwrap();
        let zeros = vec![0_u8; 1 << 20];
        for _ in 0..64 {
            archive.write_all(&zeros).unwrap();
        }
        archive.finish().unwrap().into_inner()
    };
    assert!(
        refused(&[Input { name: "a.xlsx".into(), bytes: bomb }], &Options::default())
            .findings
            .iter()
            .any(|finding| finding.code.as_str() == "I0102")
    );
    assert!(start.elapsed().as_secs() < 20);
}

#[test]
fn cells_that_begin_like_formulas_stay_text() {
    let file = "Risk,Events per year,Loss\n=cmd|' /C calc'!A0,2,1000\nFire,=1+1,2000\n";
    let (case, outcome) = taken(&[text("a.csv", file)], &Options::default());
    assert_eq!(case.risks()[RiskId(0)].name, "=cmd|' /C calc'!A0");
    assert!(messages(&outcome, Weight::Fault).iter().any(|fault| fault.contains("formula")));
}

#[test]
fn an_import_into_a_case_keeps_what_was_edited_and_tells_it() {
    let first = "ID,Risk,Events per year,Loss\nA,Fire,1,1000\nB,Flood,2,500\n";
    let (_, outcome) = taken(&[text("a.csv", first)], &dollars());
    let edited = outcome.text.replacen("\"2 per year\"", "\"3 per year\"", 1);
    let second = "ID,Risk,Events per year,Loss\nA,Fire,4,1000\nB,Flood,5,500\nC,Storm,6,100\n";
    let (_, again) = taken(&[text("a.csv", second)], &dollars());
    let (merged, findings) = merge("case.toml", &edited, &again.text).unwrap();
    let case = scenario(&Outcome { text: merged, ..again.clone() });
    assert_eq!(yearly(&case), [4_000.0, 1_500.0, 600.0]);
    let told: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    assert!(told.iter().any(|text| text.starts_with("kept, edited by hand: risk.b.frequency")), "{told:?}");
    assert!(
        told.iter().any(|text| text.starts_with("added: risk.c"))
            && told.iter().any(|text| text.starts_with("changed: risk.a.frequency"))
    );
    let third = "ID,Risk,Events per year,Loss\nA,Fire,4,1000\n";
    let (_, shorter) = taken(&[text("a.csv", third)], &dollars());
    let (merged, findings) = merge("case.toml", &edited, &shorter.text).unwrap();
    assert_eq!(scenario(&Outcome { text: merged, ..shorter }).risks().len(), 2);
    assert!(findings.iter().any(|finding| finding.message.contains("risk.b")), "{findings:?}");
}

#[test]
fn what_is_exported_comes_in_again_with_the_same_averages() {
    use rosi::internal::import::export::{Format, export};
    let (case, _) = taken(&[input("riskquant/input.csv")], &dollars());
    let expected = yearly(&case);
    for (format, name) in [(Format::Csv, "a.csv"), (Format::Nist, "a.json")] {
        let (written, _) = export(&case, format);
        let (again, _) = taken(&[text(name, &written)], &dollars());
        for (loss, expected) in yearly(&again).into_iter().zip(&expected) {
            near(loss, *expected, 1e-6);
        }
    }
    let (written, _) = export(&case, Format::Crml);
    let (again, _) = taken(&[text("a.yaml", written.split("---\n").next().unwrap())], &dollars());
    near(yearly(&again)[0], expected[0], 1e-5);
}

#[test]
fn a_fraction_under_a_rate_is_a_rate_and_a_range_tells_its_two_readings() {
    let (case, _) = taken(&[text("a.csv", "Risk;ARO;SLE\nA;1/10;1.000.000\nB;0,5;20.000\n")], &Options::default());
    let rates: Vec<f64> = case.risks().iter().map(|risk| mean(&case, &format!("risk.{}.frequency", risk.id))).collect();
    assert_eq!(rates, [0.1, 0.5]);
    assert!(case.risks().iter().all(|risk| risk.count != rosi::internal::model::Count::AtMostOne));
    let (_, outcome) =
        taken(&[text("b.csv", "Risk,Frequency,Loss\nA,2 per year,\"€5,000 - €20,000\"\n")], &Options::default());
    let faults = messages(&outcome, Weight::Fault);
    assert!(faults.iter().any(|fault| fault.contains("two readings: 5000 or 5")), "{faults:?}");
}

#[test]
fn ten_thousand_rows_are_read_without_a_square_of_their_number() {
    let row = |number: usize| {
        format!("R-{number},Risk number {number},0.{:03},\"{},000\"\n", 100 + number % 800, 100 + number % 900)
    };
    let file: String =
        std::iter::once("ID,Risk,Events per year,Loss\n".to_owned()).chain((0..10_000).map(row)).collect();
    let start = std::time::Instant::now();
    let outcome = import(&[text("a.csv", &file)], &dollars()).unwrap();
    assert_eq!(outcome.counts.0, 10_000);
    // A second when optimised and alone; here neither is sure. A square of the rows would take hours.
    assert!(start.elapsed().as_secs() < 300, "{:?}", start.elapsed());
}

/// docs/import.md: from a spreadsheet to a board paper in six commands.
#[cfg(all(feature = "html", feature = "xlsx"))]
#[test]
fn the_six_commands_of_the_page_run() {
    let folder = folder("import-six");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::copy(root.join("tests/import/registers/register.xlsx"), folder.join("register.xlsx")).unwrap();
    let page = fs::read_to_string(root.join("docs/import.md")).unwrap();
    let block = page.split("```console\n").nth(1).unwrap().split("```").next().unwrap();
    let commands: Vec<&str> = block.lines().filter_map(|line| line.strip_prefix("rosi ")).collect();
    assert_eq!(commands.len(), 6);
    for command in commands {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_rosi"))
            .args(command.split_whitespace())
            .current_dir(&folder)
            .output()
            .unwrap();
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    }
    assert!(folder.join("paper.html").exists());
}

#[test]
fn the_command_tells_faults_and_writes_no_file_over_another() {
    let folder = folder("import-cli");
    let register = folder.join("register.csv");
    fs::write(&register, "Risk,Zorgle,Loss\nFire,3.5,1000\n").unwrap();
    let map = folder.join("register.map.toml");
    let arguments = ["import", register.to_str().unwrap(), "--map", map.to_str().unwrap()];
    let output = rosi(&arguments);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty() && fs::read_to_string(&map).unwrap().contains("\"?\""));
    fs::write(&map, fs::read_to_string(&map).unwrap().replace("\"?\"", "\"frequency\"")).unwrap();
    let output = rosi(&arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).contains("[[risk]]"));
    let template = rosi(&["import", "--scale-template"]);
    assert!(template.status.success() && String::from_utf8_lossy(&template.stdout).contains("approved by"));
    let over = rosi(&[
        "import",
        register.to_str().unwrap(),
        "--map",
        map.to_str().unwrap(),
        "--out",
        register.to_str().unwrap(),
    ]);
    assert!(!over.status.success());
}

/// What a column of a case says, by path; a mean of what was taken.
pub(crate) fn figures(case: &Scenario, paths: &[(&str, f64)]) {
    for (path, expected) in paths {
        near(mean(case, path), *expected, 1e-9);
    }
}

#[test]
fn old_and_open_workbooks_are_the_same_as_new_ones() {
    for name in ["registers/register.xls", "registers/register.ods"] {
        let (case, outcome) = taken(&[input(name)], &Options::default());
        assert_eq!((case.risks().len(), case.currency().code()), (3, "EUR"), "{name}");
        figures(&case, &[("risk.r-1.frequency", 0.1), ("risk.r-2.frequency", 0.25), ("risk.r-3.frequency", 2.0)]);
        let likely = (50_000.0 + 800_000.0 + 1_200_000.5) / 6.0;
        figures(&case, &[("risk.r-1.loss.response", likely), ("risk.r-3.loss.response", 22_000.0 / 6.0)]);
        assert!(messages(&outcome, Weight::Note).iter().any(|note| note.contains("a total was left out")));
    }
}
