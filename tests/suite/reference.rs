//! Figures computed elsewhere come out of scenario files. Which id stands where, and which cannot be
//! stated, says `tests/reference/README.md`.

use std::fs;
use std::path::{Path, PathBuf};

use rosi::internal::engine::money::flows::{Discounting, Flow};
use rosi::internal::engine::money::payback::payback;
use rosi::internal::engine::money::rate_of_return::rates_of_return;
use rosi::internal::engine::{self, Settings};
use rosi::internal::model::Timing::YearEnd;
use rosi::internal::render::{Format, render};
use rosi::internal::report::{self, Context};
use rosi::internal::scenario::{Source, parse};
use rosi::internal::units::Figure;
use rust_decimal::Decimal;
use serde_json::Value;

mod distributions;
mod information;
mod spend;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference")
}

/// Everything that `rosi assess --format json` says of a file.
fn assessed(path: &Path) -> Value {
    answered(path, &Settings::default())
}

/// The same with what would change the answer.
fn sensitive(path: &Path) -> Value {
    answered(path, &Settings { sensitivity: true, ..Settings::default() })
}

fn answered(path: &Path, settings: &Settings) -> Value {
    let source = Source::new(path.display().to_string(), fs::read(path).unwrap());
    let parsed = parse(&source).unwrap_or_else(|faults| panic!("{}: {faults:#?}", path.display()));
    let analysis = engine::analyse(&parsed.scenario, settings).unwrap();
    let report = report::build(&parsed.scenario, &analysis, &parsed.warnings, &Context::default());
    serde_json::from_str(&render(&report, Format::Json)).unwrap()
}

fn reference(name: &str) -> Value {
    assessed(&folder().join(format!("{name}.toml")))
}

/// The figure at a path such as `risks/0/today/expected_annual_loss`.
fn figure(of: &Value, path: &str) -> f64 {
    match of.pointer(&format!("/{path}")) {
        Some(Value::String(money)) => money.parse().unwrap(),
        Some(Value::Number(number)) => number.as_f64().unwrap(),
        other => panic!("{path} is {other:?}"),
    }
}

#[track_caller]
fn is(of: &Value, path: &str, expected: f64, tolerance: f64) {
    let found = figure(of, path);
    assert!((found - expected).abs() <= tolerance * expected.abs(), "{path}: {found} is not {expected}");
}

/// The average loss per year of a risk.
#[track_caller]
fn average(of: &Value, risk: usize, expected: f64, tolerance: f64) {
    is(of, &format!("risks/{risk}/today/expected_annual_loss"), expected, tolerance);
}

#[test]
fn single_losses_and_yearly_losses_of_textbooks() {
    let wiki = reference("ale-wiki-1");
    is(&wiki, "risks/0/today/single_loss", 25_000.0, 0.0);
    average(&wiki, 0, 25_000.0, 0.0);
    average(&wiki, 1, 75_000.0, 0.0);
    average(&reference("ale-once-in-ten"), 0, 100_000.0, 0.0);
    let records = reference("ale-records");
    is(&records, "risks/0/today/single_loss", 87_500.0, 0.0);
    average(&records, 0, 7_000.0, 0.0);
    let rows = reference("nist8286-row");
    average(&rows, 0, 20_000.0, 0.0);
    average(&rows, 1, 50_000.0, 0.0);
    average(&reference("fips65-loglog"), 0, 1e5 / 3.0, 1e-14);
}

#[test]
fn a_rate_of_one_in_three_years_is_not_rounded_to_a_third_of_a_hundred() {
    // Printed as 145 after rounding the rate to 0.33 (145.2); the right figure is 440 / 3.
    average(&reference("ale-harddrive"), 0, 440.0 / 3.0, 1e-14);
}

#[test]
fn the_published_returns_on_security_investment() {
    let enisa = reference("rosi-enisa-2012");
    average(&enisa, 0, 75_000.0, 0.0);
    is(&enisa, "plans/0/investment/loss_avoided/1", 60_000.0, 0.0);
    // An article prints cost / (rate × loss) = 0.33, in which less would be better: 1.4 is right.
    is(&enisa, "plans/0/investment/rosi", 1.4, 0.0);
    is(&reference("rosi-sonnenreich-2006"), "plans/0/investment/rosi", 2.0, 0.0);
    is(&reference("roi-sonnenreich-facility"), "plans/0/investment/rosi", 4.0, 0.0);
    let idaho = reference("rosi-idaho-formula");
    average(&idaho, 0, 100_000.0, 0.0);
    is(&idaho, "plans/0/investment/net_present_value", 45_000.0, 0.0);
    let left = figure(&idaho, "plans/0/risk/expected_annual_loss") + figure(&idaho, "plans/0/investment/cost/1");
    assert_eq!(left, 55_000.0);
}

#[test]
fn where_ratio_and_value_disagree_the_value_decides_and_the_output_says_why() {
    let conflict = reference("rosi-vs-npv-conflict");
    is(&conflict, "plans/0/investment/net_present_value", 5_709.793_810_969_55, 1e-9);
    is(&conflict, "plans/1/investment/net_present_value", 13_629.381_432_908_7, 1e-9);
    // The published 3 and 0.6 count the initial cost only.
    let annuity = (1.0 - 1.06_f64.powi(-8)) / 0.06;
    is(&conflict, "plans/0/investment/rosi", 5_709.793_810_969_55 / (500.0 + 1_000.0 * annuity), 1e-9);
    is(&conflict, "plans/1/investment/rosi", 13_629.381_432_908_7 / (5_000.0 + 5_000.0 * annuity), 1e-9);
    is(&conflict, "plans/0/investment/rosi", 0.851, 6e-4);
    is(&conflict, "plans/1/investment/rosi", 0.378, 6e-4);
    assert_eq!(conflict["recommendation"]["plan"], "second");
    let warnings = conflict["warnings"].as_array().unwrap();
    let misleads = warnings.iter().find(|warning| warning["code"] == "W0507").expect("the ratio misleads");
    let message = misleads["message"].as_str().unwrap();
    assert!(message.contains("First") && message.contains("Second") && message.contains("ratio"), "{message}");
}

#[test]
fn means_of_ranges_and_of_the_fair_tree() {
    let riskquant = reference("riskquant-simpleloss");
    average(&riskquant, 0, 40_400.128_269_475, 1e-9);
    average(&riskquant, 1, 0.404_001_282_7, 1e-9);
    average(&riskquant, 2, 12.120_038_480_8, 1e-9);
    average(&riskquant, 3, 5_922_706.833_516_975, 1e-9);
    let fair = reference("fair-lef");
    is(&fair, "risks/0/today/yearly_rate", 0.25, 0.0);
    average(&fair, 0, 50.0, 0.0);
    is(&fair, "risks/1/today/vulnerability", 0.4, 1e-15);
    let iris = reference("iris-lognormal");
    average(&iris, 0, 11_124_801.602_997_01, 1e-9);
    average(&iris, 1, 154_302_827.313_343_58, 1e-9);
    average(&iris, 2, 3_373_859.030_827_019_4, 1e-9);
    average(&iris, 3, 2_479_246.836_924_418, 1e-9);
}

#[test]
fn coverage_times_effect_is_what_is_taken_off() {
    let single = reference("crml-single");
    is(&single, "risks/0/plans/p/expected_annual_loss", 280.0, 0.0);
    is(&single, "risks/1/plans/p/expected_annual_loss", 750.0, 0.0);
}

#[test]
fn two_detectors_cost_the_same_where_half_are_attacks_and_not_at_the_printed_share() {
    let detectors = reference("detector-indifference");
    is(&detectors, "value_streams/0/today", 35.0, 0.0);
    is(&detectors, "value_streams/0/plans/b", 35.0, 0.0);
    is(&detectors, "value_streams/1/today", 20.0 + 30.0 * 0.51, 1e-15);
    is(&detectors, "value_streams/1/plans/b", 60.0 - 50.0 * 0.51, 1e-15);
}

#[test]
fn the_bound_of_a_family_of_curves_is_no_verdict_on_a_plan() {
    let bound = reference("gl-wiki");
    average(&bound, 0, 120_000.0, 0.0);
    is(&bound, "plans/0/investment/cost/0", 120_000.0 * (-1.0_f64).exp(), 1e-13);
    is(&bound, "plans/0/investment/break_even_reduction", (-1.0_f64).exp(), 1e-9);
    is(&bound, "plans/0/investment/net_present_value", 48_000.0 - 44_145.532_940_573_1, 1e-12);
}

#[test]
fn losses_grow_as_penalties_are_adjusted() {
    let penalties = reference("hipaa-2026");
    for (plan, adjusted) in [145.0, 1_461.0, 14_602.0, 73_011.0, 2_190_294.0].into_iter().enumerate() {
        let found = figure(&penalties, &format!("plans/{plan}/investment/loss_avoided/2"));
        assert_eq!(found.round(), adjusted);
    }
}

#[test]
fn rates_become_chances() {
    let chances = reference("poisson-probability");
    let expected = [0.048_770_575_5, 0.393_469_340_3, 0.864_664_716_8, 0.093, 1.0 - 0.926_934_636_7];
    for (risk, chance) in expected.into_iter().enumerate() {
        is(&chances, &format!("risks/{risk}/today/chance_of_loss"), chance, 1e-9);
    }
}

#[test]
fn an_even_yearly_cost() {
    is(&reference("aw-12-10"), "plans/0/investment/equivalent_annual_cost", 29_698.416_415_984_4, 1e-9);
}

#[test]
fn benefits_of_a_commissioned_study_add_up_as_printed() {
    let study = reference("tei-bugcrowd-benefits");
    let near = |found: f64, printed: f64| assert!((found - printed).abs() <= 3.0, "{found} is not {printed}");
    let money = "plans/0/investment";
    near(figure(&study, &format!("{money}/loss_avoided/1")), 172_062.0);
    near(figure(&study, &format!("{money}/present_value_of_loss_avoided")), 528_079.0);
    near(-figure(&study, &format!("{money}/present_value_of_cost")), 552_442.0 + 57_073.0);
    // What ends spending and costs nothing has no return per unit spent.
    assert!(study.pointer(&format!("/{money}/rosi")).unwrap().is_null());
    is(&study, &format!("{money}/payback_years"), 0.0, 0.0);
    // A: two salaries of 130,950, and in the first year 1.31 times as much again to find them; less 15 %.
    let (salaries, hiring) = (261_900.0 * 0.85, 343_089.0 * 0.85);
    let hires = flows(&["0", &(salaries + hiring).to_string(), &salaries.to_string(), &salaries.to_string()]);
    let hires = Discounting::at(decimal("0.1"), YearEnd, 3).present_value(&hires).to_f64();
    near(hires, 818_726.0);
    near(hires + figure(&study, &format!("{money}/net_present_value")), 1_956_320.0);
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn flows(values: &[&str]) -> Vec<Flow> {
    Flow::by_years(&values.iter().map(|value| Figure::exact(decimal(value))).collect::<Vec<_>>())
}

#[test]
fn flows_that_no_control_has_are_valued_through_the_library() {
    // numpy.npv documentation (Gitman, p. 346).
    let gitman = flows(&["-100", "39", "59", "55", "20"]);
    let value = Discounting::at(decimal("0.281"), YearEnd, 4).present_value(&gitman).to_f64();
    assert!((value - -0.008_478_591_638_454_88).abs() < 1e-13, "{value}");
    // Ross et al., chapter 9, question 9.1. Its present value of 284.23 adds up rounded terms: 284.236.
    let ross = flows(&["-200", "50", "60", "70", "200"]);
    let discounting = Discounting::at(decimal("0.1"), YearEnd, 4);
    assert!((discounting.present_value(&ross).to_f64() - 84.236_049_450_2).abs() < 1e-9);
    assert_eq!(payback(&ross), Some(Figure::exact(decimal("3.1"))));
    let discounted: Vec<Flow> = ross.iter().map(|flow| Flow { amount: discounting.worth(flow), ..*flow }).collect();
    let payback = payback(&discounted).unwrap().to_f64();
    assert!((payback - 3.383_35).abs() < 1e-9, "{payback}");
}

#[test]
fn a_machine_after_tax_has_its_published_value_and_rate_of_return() {
    // Benninga, Principles of Finance with Excel, chapter 3: 10,000 written off by the table of tax law, 3,000
    // saved a year, tax 40 %, sold for 12,000 after five years at a book value of 576.
    let mut net = vec![-10_000.0];
    net.extend([0.2, 0.32, 0.192, 0.1152, 0.1152].map(|part| 3_000.0 * 0.6 + 0.4 * 10_000.0 * part));
    net[5] += 12_000.0 - 0.4 * (12_000.0 - 576.0);
    let exact = Flow::by_years(&net.iter().map(|flow| Figure::approximate(*flow)).collect::<Vec<_>>());
    let value = Discounting::at(decimal("0.12"), YearEnd, 5).present_value(&exact).to_f64();
    assert!((value - 3_540.463_806_468_3).abs() < 1e-9, "{value}");
    let rates = rates_of_return(&exact, YearEnd);
    assert!(rates.len() == 1 && (rates[0] - 0.228_431_229_3).abs() < 1e-10, "{rates:?}");
}

#[test]
fn the_jobs_on_which_speed_is_compared_have_their_answers() {
    let job = |name: &str| assessed(&Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("benches/jobs/{name}.toml")));
    let one = job("1");
    is(&one, "risks/0/today/vulnerability", 0.402_258_112_7, 1e-9);
    is(&one, "today/expected_annual_loss", 4_322_598.636_125, 1e-9);
    is(&one, "today/standard_deviation", 3_181_975.817_6, 1e-6);
    is(&one, "today/chance_of_loss", 1.0 - 0.023_898_887_8, 1e-8);
    is(&one, "today/tail_mean/0.99", 15_840_037.0, 1e-4);
    is(&job("2F"), "today/expected_annual_loss", 39_121_919.100_621, 1e-9);
    let lognormal = job("2L");
    is(&lognormal, "today/expected_annual_loss", 17_667_268.209_482, 1e-9);
    is(&lognormal, "today/standard_deviation", 8_605_681.388_4, 1e-8);
    for (level, loss) in
        [("0.5", 16_074e3), ("0.9", 28_106e3), ("0.95", 33_084e3), ("0.99", 46_076e3), ("0.999", 72_760e3)]
    {
        is(&lognormal, &format!("today/quantiles/{level}"), loss, 2e-4);
    }
    let three = job("3");
    // Job 3 by quadrature in 25 digits: with the control 0.0726 of threat events succeed.
    is(&three, "today/expected_annual_loss", 4_322_598.636_124_627, 1e-9);
    is(&three, "risks/0/plans/after/vulnerability", 0.072_623_939_411_288, 1e-9);
    is(&three, "plans/0/risk/expected_annual_loss", 576_301.219_202_006, 1e-9);
    is(&three, "plans/0/investment/net_present_value", 3_346_297.416_922_621, 1e-9);
    is(&three, "plans/0/investment/rosi", 8.365_743_542_306_553, 1e-9);
}

#[test]
fn every_file_of_the_folder_is_used_and_listed() {
    let code = [include_str!("reference.rs"), include_str!("reference/information.rs")].concat();
    let list = fs::read_to_string(folder().join("README.md")).unwrap();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "toml") {
            let name = path.file_stem().unwrap().to_str().unwrap();
            assert!(code.contains(&format!("(\"{name}\"")), "{name} is in no test");
            assert!(list.contains(&format!("{name}.toml")), "{name} is not in the list");
        }
    }
}
