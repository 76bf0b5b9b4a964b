//! What controls do: nothing where they cannot act, sums that close to the last digit, and the bracket of
//! several on one factor.

use std::fmt::Write;

use proptest::prelude::*;
use rosi::internal::engine::{MethodChoice, Settings, analyse};
use rosi::internal::render::{Format, render};
use rosi::internal::report::{self, Context};
use rosi::internal::scenario::{Source, parse};
use rust_decimal::Decimal;
use serde_json::Value;

use super::{FACTORS, case, figures};

/// The assessment of a text, expected figures only.
pub fn assessment(text: &str) -> Value {
    let parsed = parse(&Source::new("law.toml", text)).unwrap_or_else(|faults| panic!("{text}\n{faults:#?}"));
    let settings = Settings { method: MethodChoice::Expected, ..Settings::default() };
    let analysis = analyse(&parsed.scenario, &settings).unwrap();
    let report = report::build(&parsed.scenario, &analysis, &parsed.warnings, &Context::default());
    serde_json::from_str(&render(&report, Format::Json)).unwrap()
}

fn money(of: &Value, path: &str) -> Decimal {
    let found = of.pointer(path).and_then(Value::as_str).unwrap_or_else(|| panic!("no {path}"));
    found.parse().unwrap()
}

/// A control that cannot do anything: each of its three strengths may be the one that is nothing.
fn idle(nothing: usize, risks: usize) -> String {
    let part = |index: usize| if index == nothing { 0 } else { 100 - 7 * index };
    let mut text = format!(
        "[[control]]\nid = \"idle\"\nname = \"Idle\"\ncoverage = \"{}%\"\nreliability = \"{}%\"\ncost = {{}}\n",
        part(0),
        part(1)
    );
    for risk in 0..risks {
        for factor in &FACTORS[..6] {
            let _ = write!(
                text,
                "[[control.effect]]\nrisk = \"r{risk}\"\non = \"{factor}\"\nreduction = \"{}%\"\n",
                part(2)
            );
        }
    }
    text
}

/// Two controls on the same risks in whole percents: every product keeps all its digits.
fn whole_text(risks: &[(u32, u32, u32)], controls: [(u32, u32, u32); 2]) -> String {
    let mut text = "schema = 1\ntitle = \"Law\"\ncurrency = \"EUR\"\n[assumptions]\nhorizon = \"2 years\"\n".to_owned();
    for stream in 0..2 {
        let _ = write!(text, "[[value_stream]]\nid = \"s{stream}\"\nname = \"S{stream}\"\n");
    }
    for (index, (rate, response, fines)) in risks.iter().enumerate() {
        let _ = write!(
            text,
            "[[risk]]\nid = \"r{index}\"\nname = \"R{index}\"\nvalue_stream = \"s{}\"\nfrequency = \"{rate} per year\"\n\
             loss.response = \"{response}.00\"\nsecondary = [{{ chance = \"30%\", loss = {{ fines = \"{fines}.00\" }} }}]\n",
            index % 2
        );
    }
    for (index, (coverage, often, much)) in controls.into_iter().enumerate() {
        let _ = write!(
            text,
            "[[control]]\nid = \"c{index}\"\nname = \"C{index}\"\ncoverage = \"{coverage}%\"\ncost.yearly = \"10.00\"\n"
        );
        for risk in 0..risks.len() {
            let _ = write!(
                text,
                "[[control.effect]]\nrisk = \"r{risk}\"\non = \"frequency\"\nreduction = \"{often}%\"\n\
                 [[control.effect]]\nrisk = \"r{risk}\"\non = \"loss\"\nreduction = \"{much}%\"\n"
            );
        }
    }
    text + "[[plan]]\nid = \"p\"\nname = \"P\"\ncontrols = [\"c0\", \"c1\"]\n"
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_control_that_covers_nothing_never_works_or_takes_nothing_off_changes_nothing(case in case(), nothing in 0..3_usize) {
        prop_assume!(case.useful());
        let mut ids: Vec<String> = (0..case.controls.len()).map(|control| format!("\"c{control}\"")).collect();
        let with = |ids: &[String], plan: &str| format!("[[plan]]\nid = \"{plan}\"\nname = \"P\"\ncontrols = [{}]\n", ids.join(", "));
        let mut text = case.text(&[]) + &idle(nothing, case.risks.len()) + &with(&ids, "without");
        ids.push("\"idle\"".to_owned());
        text += &with(&ids, "with");
        let (_, analysis) = figures(&text);
        let [without, with] = &*analysis.plans else { panic!() };
        prop_assert_eq!(&with.risks, &without.risks);
        prop_assert_eq!(&with.investment.loss_avoided, &without.investment.loss_avoided);
        prop_assert_eq!(with.investment.net_present_value, without.investment.net_present_value);
    }

    #[test]
    fn today_less_the_plan_is_what_is_avoided_to_the_last_digit(
        risks in prop::collection::vec((0..40_u32, 0..900_000_u32, 0..5_000_000_u32), 1..6),
        first in (0..=100_u32, 0..=100_u32, 0..=100_u32),
        second in (0..=100_u32, 0..=100_u32, 0..=100_u32),
    ) {
        let found = assessment(&whole_text(&risks, [first, second]));
        let expected = "/expected_annual_loss";
        let (mut today, mut after) = (Decimal::ZERO, Decimal::ZERO);
        let mut streams = [(Decimal::ZERO, Decimal::ZERO); 2];
        for risk in 0..risks.len() {
            let pair = (
                money(&found, &format!("/risks/{risk}/today{expected}")),
                money(&found, &format!("/risks/{risk}/plans/p{expected}")),
            );
            prop_assert!(pair.1 <= pair.0);
            (today, after) = (today + pair.0, after + pair.1);
            let stream = &mut streams[risk % 2];
            *stream = (stream.0 + pair.0, stream.1 + pair.1);
        }
        prop_assert_eq!(today, money(&found, &format!("/today{expected}")));
        prop_assert_eq!(after, money(&found, &format!("/plans/0/risk{expected}")));
        for (index, stream) in streams.into_iter().enumerate() {
            prop_assert_eq!(stream.0, money(&found, &format!("/value_streams/{index}/today")));
            prop_assert_eq!(stream.1, money(&found, &format!("/value_streams/{index}/plans/p")));
        }
        for year in 1..=2 {
            prop_assert_eq!(money(&found, &format!("/plans/0/investment/loss_avoided/{year}")), today - after);
        }
        prop_assert!(found["today"]["exact"].as_bool().unwrap() && found["plans"][0]["risk"]["exact"].as_bool().unwrap());
    }

    #[test]
    fn the_bracket_of_two_controls_on_one_factor_is_the_best_alone_and_the_product(
        (often, response) in (1..40_u32, 1..900_000_u32),
        (a, b) in ((1..=100_u32, 0..=100_u32), (1..=100_u32, 0..=100_u32)),
    ) {
        // One factor only: what is taken off the loss is nothing.
        let found = assessment(&whole_text(&[(often, response, 0)], [(a.0, a.1, 0), (b.0, b.1, 0)]));
        let off = |(coverage, reduction): (u32, u32)| Decimal::from(coverage * reduction) / Decimal::from(10_000);
        let today = Decimal::from(often) * Decimal::from(response);
        let left = money(&found, "/plans/0/risk/expected_annual_loss");
        prop_assert_eq!(left, today * (Decimal::ONE - off(a)) * (Decimal::ONE - off(b)));
        let overlap = found["plans"][0]["overlaps"].as_array().unwrap().iter().find(|overlap| overlap["on"] == "frequency").unwrap();
        let nested = money(overlap, "/expected_annual_loss_if_nested");
        prop_assert_eq!(nested, today * (Decimal::ONE - off(a).max(off(b))));
        prop_assert!(left <= nested && nested <= today);
        let near = |key: &str, value: Decimal| (overlap[key].as_f64().unwrap() - f64::try_from(value).unwrap()).abs() < 1e-9;
        prop_assert!(near("best_single", off(a).max(off(b))));
        prop_assert!(near("independent", Decimal::ONE - (Decimal::ONE - off(a)) * (Decimal::ONE - off(b))));
    }
}
