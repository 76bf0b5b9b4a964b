//! How much to spend on one effort: the optima of Gordon and Loeb (2002) among stated alternatives.
//!
//! rosi does not search a curve; it judges plans. So every published optimum stands between a plan that
//! spends a tenth less and one that spends a tenth more, and has to be the one recommended.

use rosi::internal::engine::{self, MethodChoice, Settings};
use rosi::internal::render::{Format, render};
use rosi::internal::report::{self, Context};
use rosi::internal::scenario::{Source, parse};
use serde_json::Value;

/// One loss `loss` with vulnerability `before` a year, and a plan for every (spend, vulnerability left).
fn assessed(before: f64, loss: f64, plans: &[(f64, f64)]) -> Value {
    let mut text = format!(
        "schema = 1\ntitle = \"Spend\"\ncurrency = \"USD\"\n[assumptions]\nhorizon = \"1 year\"\ndiscount_rate = \"0%\"\n\
         [[risk]]\nid = \"r\"\nname = \"R\"\nthreat = {{ events = 1, vulnerability = \"{:.13}%\" }}\nloss.response = \"{loss:.6}\"\n",
        100.0 * before
    );
    for (index, (spend, left)) in plans.iter().enumerate() {
        text += &format!(
            "[[control]]\nid = \"c{index}\"\nname = \"C{index}\"\ncost.initial = \"{spend:.9}\"\n\
             [[control.effect]]\nrisk = \"r\"\non = \"vulnerability\"\nbecomes = \"{:.13}%\"\n\
             [[plan]]\nid = \"p{index}\"\nname = \"P{index}\"\ncontrols = [\"c{index}\"]\n",
            100.0 * left
        );
    }
    let parsed =
        parse(&Source::new("spend.toml", text.as_str())).unwrap_or_else(|faults| panic!("{text}\n{faults:#?}"));
    let settings = Settings { method: MethodChoice::Expected, ..Settings::default() };
    let analysis = engine::analyse(&parsed.scenario, &settings).unwrap();
    let report = report::build(&parsed.scenario, &analysis, &parsed.warnings, &Context::default());
    serde_json::from_str(&render(&report, Format::Json)).unwrap()
}

/// The assessment of a tenth less, the optimum and a tenth more, on a curve of vulnerability by spend.
fn around(spend: f64, before: f64, loss: f64, curve: impl Fn(f64) -> f64) -> Value {
    let plans: Vec<(f64, f64)> = [0.9, 1.0, 1.1].iter().map(|part| (part * spend, curve(part * spend))).collect();
    assessed(before, loss, &plans)
}

#[test]
fn the_net_benefit_at_the_optimum_is_that_of_exact_terms() {
    // Moore, homework 2: α = 1, β = 2, v = 1, L = 100. Printed 92.252 from a chance rounded to 0.029.
    let found = around(4.848_035_476_4, 1.0, 100.0, |spend| (1.0 + spend).powi(-2));
    super::is(&found, "plans/1/risk/expected_annual_loss", 2.924_017_74, 1e-8);
    super::is(&found, "plans/1/investment/net_present_value", 92.227_946_785_4, 1e-9);
    assert_eq!(found["recommendation"]["plan"], "p1");
}

#[test]
fn the_optimum_of_the_first_class_is_the_plan_of_the_highest_value() {
    // C. Heitzenrater, InfoSecEcon-InvestmentModels, chapter 6: α = 0.5142, β = 1, v = 1.
    for (loss, threat, spend) in [
        (700.0, 0.01, 1.744_862_846_4),
        (700.0, 0.05, 6.305_498_092_2),
        (700.0, 0.1, 9.722_870_437_9),
        (700.0, 0.9, 33.058_148_458_8),
        (700.0, 0.95, 34.017_310_076_2),
        (700.0, 1.0, 34.951_545_617_1),
        (1500.0, 1.0, 52.065_904_991_2),
        (600.0, 0.01, 1.471_166_355_9),
        (600.0, 0.05, 5.693_494_134_1),
        (600.0, 0.1, 8.857_366_140_2),
    ] {
        let found = around(spend, 1.0, loss * threat, |spend| 1.0 / (1.0 + 0.5142 * spend));
        assert_eq!(found["recommendation"]["plan"], "p1", "{loss} {threat}");
    }
}

#[test]
fn below_the_threshold_of_vulnerability_no_spend_is_worth_it() {
    // Gordon & Loeb (2002): α = 1e-5, β = 1, L = 400,000: nothing up to v = 1 / (α β L) = 0.25.
    let curve = |before: f64| move |spend: f64| before / (1.0 + 1e-5 * spend);
    for before in [0.1, 0.25] {
        let plans: Vec<(f64, f64)> = [10.0, 1e3, 1e4, 5e4].iter().map(|z| (*z, curve(before)(*z))).collect();
        assert_eq!(assessed(before, 400_000.0, &plans)["recommendation"]["plan"], "today", "{before}");
    }
    let above = around(41_421.356_237_309_5, 0.5, 400_000.0, curve(0.5));
    assert_eq!(above["recommendation"]["plan"], "p1");
}

#[test]
fn in_the_second_class_the_most_vulnerable_set_is_not_worth_the_most() {
    // The closed form of class II, α = 1e-5, L = 4,000,000: S = v^(α z + 1).
    let curve = |before: f64| move |spend: f64| before.powf(1.0 + 1e-5 * spend);
    for (before, spend) in [
        (0.1, 96_427.568_002_742_6),
        (0.3, 221_810.110_581_817_3),
        (0.5, 379_316.172_194_246_5),
        (0.7, 645_202.057_538_356_4),
        (0.9, 1_265_323.734_247_153_6),
    ] {
        let found = around(spend, before, 4e6, curve(before));
        assert_eq!(found["recommendation"]["plan"], "p1", "{before}");
    }
    let hopeless: Vec<(f64, f64)> = [1e3, 1e5, 1e6].iter().map(|z| (*z, curve(0.99)(*z))).collect();
    assert_eq!(assessed(0.99, 4e6, &hopeless)["recommendation"]["plan"], "today");
}
