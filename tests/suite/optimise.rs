//! What to buy: the search against every set worked out as a plan of its own.

use std::fs;

use rosi::internal::engine::money::costs::{control_costs, costs_on_their_dates};
use rosi::internal::engine::optimise::{Fault, Goal, Optimisation, Patience, Question, optimise};
use rosi::internal::engine::{MethodChoice, OptionId, Settings, Values, analyse};
use rosi::internal::model::{ControlId, PlannedControl, Scenario};
use rosi::internal::scenario::{Source, parse};
use rosi::internal::units::Figure;
use rust_decimal::Decimal;

use crate::cli::{folder, rosi};

fn scenario(text: &str) -> Option<Scenario> {
    parse(&Source::new("t.toml", text)).ok().map(|parsed| parsed.scenario)
}

fn ids(controls: &[usize]) -> Vec<ControlId> {
    controls.iter().copied().map(ControlId).collect()
}

fn money(amount: i64) -> Figure {
    Figure::exact(Decimal::from(amount))
}

fn expected() -> Settings {
    Settings { method: MethodChoice::Expected, ..Settings::default() }
}

fn found(scenario: &Scenario, question: &Question) -> Result<Optimisation, Fault> {
    let patience = Patience { clock: &|| 0.0, seconds: 1.0 };
    optimise(scenario, question, &expected(), patience, &|_| ())
}

fn bundled(name: &str) -> String {
    fs::read_to_string(format!("{}/scenarios/{name}/scenario.toml", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// Cash by year, value and loss of a set.
type Figures = (Vec<f64>, f64, f64);

/// A file with a set of its controls as its last plan; none where its rules do not allow the set.
fn with_plan(text: &str, controls: &[&str]) -> Option<Scenario> {
    let bought: Vec<String> = controls.iter().map(|id| format!("\"{id}\"")).collect();
    scenario(&format!("{text}\n[[plan]]\nid = \"own\"\nname = \"Own\"\ncontrols = [{}]\n", bought.join(", ")))
}

/// The figures of the last plan of a file.
fn last_plan(scenario: &Scenario) -> Figures {
    let plan = scenario.plans().ids().next_back().unwrap();
    let settings = Settings { plans: Some(vec![plan]), ..expected() };
    let analysis = analyse(scenario, &settings).expect("the figures hold");
    let plan = &analysis.plans[OptionId(0)];
    let cash = plan.investment.cash.iter().map(|cash| cash.to_f64()).collect();
    (cash, plan.investment.net_present_value.to_f64(), plan.loss.to_f64())
}

/// The most cash, about, that a set which the file's rules allow takes, and the figures of every set, each written as a
/// plan, that takes no more than a share of it.
fn every_set(text: &str, share: f64) -> (f64, Vec<Figures>) {
    let plain = scenario(text).expect("the file is valid");
    let ids: Vec<&str> =
        plain.controls().iter().filter(|control| !control.in_place).map(|control| control.id.as_str()).collect();
    // Nothing of one that may not be bought alone: its sets are worked out, whatever they cost.
    let cash = |id: &&str| with_plan(text, &[*id]).map_or(0.0, |scenario| last_plan(&scenario).0.iter().sum::<f64>());
    let cash: Vec<f64> = ids.iter().map(cash).collect();
    let sets = (0..1_u32 << ids.len()).filter_map(|mask| {
        let bought = || (0..ids.len()).filter(|place| mask >> place & 1 == 1);
        let scenario = with_plan(text, &bought().map(|place| ids[place]).collect::<Vec<&str>>())?;
        Some((bought().map(|place| cash[place]).sum::<f64>(), scenario))
    });
    let sets: Vec<(f64, Scenario)> = sets.collect();
    let most = sets.iter().map(|(cash, _)| *cash).fold(0.0, f64::max);
    let found = sets.iter().filter(|(cash, _)| *cash <= share * most * (1.0 + 1e-9));
    (most, found.map(|(_, scenario)| last_plan(scenario)).collect())
}

#[test]
fn on_every_bundled_scenario_no_set_is_better_than_the_one_found() {
    for name in ["ransomware", "soc-automation", "card-payments", "small-office", "three-vendors"] {
        let text = bundled(name);
        let scenario = scenario(&text).unwrap();
        // Where insurers pay, a set takes long to work out.
        let shares: &[f64] = if name == "ransomware" { &[0.0, 0.3] } else { &[0.0, 0.15, 0.3, 0.6, 1.0] };
        let (most, sets) = every_set(&text, shares[shares.len() - 1]);
        assert!(sets.len() > 2, "{name}");
        for &share in shares {
            for goal in [Goal::Value, Goal::Loss] {
                let budget = money((share * most) as i64);
                let yearly = if share == 0.6 { vec![money((0.2 * most) as i64)] } else { Vec::new() };
                let fits = |cash: &[f64]| {
                    cash.iter().sum::<f64>() <= budget.to_f64()
                        && yearly.iter().all(|most| cash.iter().all(|cash| *cash <= most.to_f64()))
                };
                let question = Question { goal, budget: Some(budget), by_year: yearly.clone(), ..Question::default() };
                let found = found(&scenario, &question).expect("nothing is always allowed");
                assert!(found.chosen.proved, "{name}");
                let plan = found.point(&found.chosen);
                let flows = &found.analysis.plans[OptionId(0)].investment.cash;
                let flows: Vec<f64> = flows.iter().map(|cash| cash.to_f64()).collect();
                assert!(fits(&flows), "{name}: {flows:?} is over {}", budget.to_f64());
                assert!((flows.iter().sum::<f64>() - plan.total_cash.to_f64()).abs() < 1e-6, "{name}");
                let best = |of: &dyn Fn(&Figures) -> f64| {
                    sets.iter().filter(|(cash, ..)| fits(cash)).map(of).fold(f64::NEG_INFINITY, f64::max)
                };
                let (reached, best) = match goal {
                    Goal::Value => (plan.net_present_value.to_f64(), best(&|set| set.1)),
                    _ => (-plan.loss.to_f64(), best(&|set| -set.2)),
                };
                assert!(
                    (reached - best).abs() <= 1e-9 * (best.abs() + 1e4),
                    "{name} {goal:?}: {reached} is not {best}"
                );
            }
        }
    }
}

const WORKED: &str = r#"
schema = 1
title = "Worked example"
currency = "EUR"
[assumptions]
horizon = "1 year"
discount_rate = "0%"
[[risk]]
id = "r"
name = "R"
frequency = "1 per year"
loss.response = "100k"
[[control]]
id = "a"
name = "A"
effect = [{ risk = "r", on = "frequency", reduction = "80%" }]
cost.initial = "10k"
[[control]]
id = "b"
name = "B"
effect = [{ risk = "r", on = "frequency", reduction = "50%" }]
cost.initial = "5k"
[[control]]
id = "c"
name = "C"
effect = [{ risk = "r", on = "frequency", reduction = "60%" }]
cost.initial = "9k"
"#;

#[test]
fn the_worked_example_of_the_page_comes_out() {
    let scenario = scenario(WORKED).unwrap();
    for (budget, chosen, value) in [(14, ids(&[0]), 70_000), (15, ids(&[0, 1]), 75_000), (24, ids(&[0, 1]), 75_000)] {
        let question = Question { budget: Some(money(budget * 1000)), ..Question::default() };
        let found = found(&scenario, &question).unwrap();
        assert_eq!(found.chosen.controls, chosen, "{budget}");
        assert!((found.point(&found.chosen).net_present_value.to_f64() - f64::from(value)).abs() < 1e-6);
    }
    // The least loss takes all that fits, and conditions of the question hold.
    let least = Question { goal: Goal::Loss, budget: Some(money(14_000)), ..Question::default() };
    assert_eq!(found(&scenario, &least).unwrap().chosen.controls, ids(&[0]));
    let must = Question { must: ids(&[2]), budget: Some(money(20_000)), ..Question::default() };
    assert_eq!(found(&scenario, &must).unwrap().chosen.controls, ids(&[0, 2]));
    let without = Question { without: ids(&[0]), budget: Some(money(20_000)), ..Question::default() };
    assert_eq!(found(&scenario, &without).unwrap().chosen.controls, ids(&[1, 2]));
    let impossible = Question { must: ids(&[0, 2]), budget: Some(money(15_000)), ..Question::default() };
    assert!(matches!(found(&scenario, &impossible), Err(Fault::Impossible(needed, cash))
        if needed == ids(&[0, 2]) && cash.to_f64() == 19_000.0));
}

#[test]
fn more_money_is_never_worse_and_what_is_left_out_says_why() {
    for name in ["ransomware", "soc-automation"] {
        let scenario = scenario(&bundled(name)).unwrap();
        let question = Question { budget: Some(money(300_000)), frontier: 20, ..Question::default() };
        let found = found(&scenario, &question).unwrap();
        assert!(found.frontier.len() > 5, "{name}");
        let value = |best: &rosi::internal::engine::optimise::Best| found.point(best).net_present_value.to_f64();
        for pair in found.frontier.windows(2) {
            assert!(value(&pair[1]) >= value(&pair[0]) - 1e-6, "{name}");
            assert!(pair[0].cash.to_f64() <= pair[0].budget.unwrap().to_f64() + 1e-6, "{name}");
        }
        let buyable = scenario.controls().iter().filter(|control| !control.in_place && control.ends.is_none()).count();
        assert_eq!(found.left_out.len() + found.chosen.controls.len(), buyable, "{name}");
    }
}

#[test]
fn the_command_tells_the_answer_its_proof_and_the_cure_of_a_wrong_question() {
    let text = String::from_utf8(rosi(&["optimise", "--budget", "300k"]).stdout).unwrap();
    for wanted in ["With EUR 300,000 to spend", "is worth more (proved)", "More or less money", "What to leave"] {
        assert!(text.contains(wanted), "{wanted} is missing:\n{text}");
    }
    let output = rosi(&["optimise", "--budget", "EUR 300k", "--format", "json", "--goal", "loss", "--frontier", "4"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["schema"], "rosi.optimisation/1");
    assert_eq!((&json["goal"], &json["budget"]), (&"loss".into(), &"300000".into()));
    assert_eq!((&json["proved"], json["gap"].as_f64()), (&true.into(), Some(0.0)));
    assert!(json["frontier"].as_array().unwrap().iter().all(|point| point["controls"].is_array()));
    let folder = folder("optimise");
    let file = folder.join("case.toml");
    fs::write(&file, WORKED).unwrap();
    let file = file.display().to_string();
    for (arguments, told) in [
        (&["--budget", "a lot"][..], "write for example --budget 400k"),
        (&["--must", "d"], "controls: a, b, c"),
        (&["--must", "a", "--without", "a"], "must and may not be bought"),
        (&["--must", "a", "--budget", "9k"], "takes EUR 10000 in cash, more than the budget of EUR 9000"),
        (&["--by-year", "1k,2k,3k"], "now and 1 year"),
        (&["--by-year", "1k;2k;3k"], "now and 1 year"),
        (&["--by-year", "1,200,000"], "one amount with a comma in it, or several"),
        (&["--by-quarter", "1k;2k;3k;4k;5k"], "the quarters of 1 year"),
        (&["--by-quarter", "9k,a lot"], "write for example --by-quarter 400k"),
        (&["--by-year", "9k,a lot"], "write for example --by-year 400k"),
    ] {
        let output = rosi(&[&["optimise", &file], arguments].concat());
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{error}");
        assert!(error.contains(told), "{error}");
    }
}

/// One event a year of a million that each of two controls stops, with costs by quarter.
const BY_QUARTER: &str = r#"
schema = 1
title = "By quarter"
currency = "EUR"
assumptions = { horizon = "2 years", discount_rate = "0%" }
[[risk]]
id = "r"
name = "R"
frequency = "1 per year"
loss.response = "1M"
[[control]]
id = "renewed"
name = "Renewed"
lifetime = "15 months"
effect = [{ risk = "r", on = "frequency", reduction = "80%" }]
cost = { initial = "30k", yearly = "8k" }
[[control]]
id = "project"
name = "Project"
effect = [{ risk = "r", on = "frequency", reduction = "50%" }]
cost = { initial = "5k", quarterly = ["1k", "20k", "3k"], retired = "4k" }
"#;

#[test]
fn a_budget_by_quarter_holds_what_is_paid_in_each_on_its_own_date() {
    let scenario = scenario(BY_QUARTER).unwrap();
    let values = Values::means(&scenario);
    let of = |control: usize| {
        let control = ControlId(control);
        let planned = PlannedControl { control, start: Decimal::ZERO };
        let quarters = costs_on_their_dates(&scenario, planned, &values).cash_by_quarter();
        let years = control_costs(&scenario, planned, &values).cash();
        let sum = |from: usize, to: usize| quarters[from..to].iter().map(|cash| cash.to_f64()).sum::<f64>();
        assert!((sum(0, 4) - years[0].to_f64() - years[1].to_f64()).abs() < 1e-6);
        assert!((sum(4, 8) - years[2].to_f64()).abs() < 1e-6);
        quarters.iter().map(|cash| cash.to_f64().round()).collect::<Vec<_>>()
    };
    // Bought now, and again after fifteen months: at the end of the fifth quarter.
    assert_eq!(of(0), [32e3, 2e3, 2e3, 2e3, 32e3, 2e3, 2e3, 2e3]);
    // What it retires is a thousand a quarter.
    assert_eq!(of(1), [5e3, 19e3, 2e3, 2e3, 2e3, 2e3, 2e3, 2e3]);
    let chosen = |budgets: &[i64]| {
        let by_quarter = budgets.iter().map(|budget| money(*budget)).collect();
        let found = found(&scenario, &Question { by_quarter, ..Question::default() }).unwrap();
        assert!(found.chosen.proved);
        found.chosen.controls
    };
    // Met exactly, and passed by one in the first, the second and the fifth quarter.
    assert_eq!(chosen(&[37_000, 21_000, 4_000, 4_000, 34_000, 4_000]), ids(&[0, 1]));
    assert_eq!(chosen(&[36_999, 21_000, 4_000, 4_000, 34_000, 4_000]), ids(&[0]));
    assert_eq!(chosen(&[37_000, 20_999, 4_000, 4_000, 34_000, 4_000]), ids(&[0]));
    assert_eq!(chosen(&[37_000, 21_000, 4_000, 4_000, 31_999, 4_000]), ids(&[1]));
    assert_eq!(chosen(&[19_000]), ids(&[1]));
    assert!(chosen(&[4_999, 90_000]).is_empty());
}

/// Cash, the loss of a bad year and whether every agreed limit holds: each allowed set as a plan,
/// on the years on which the search compares sets.
fn bad_years(text: &str) -> Vec<(f64, f64, bool)> {
    let plain = scenario(text).expect("the file is valid");
    let ids: Vec<&str> =
        plain.controls().iter().filter(|control| !control.in_place).map(|control| control.id.as_str()).collect();
    let mut sets = Vec::new();
    for mask in 0..1_u32 << ids.len() {
        let bought = ids.iter().enumerate().filter(|(place, _)| mask >> place & 1 == 1);
        let bought: Vec<String> = bought.map(|(_, id)| format!("\"{id}\"")).collect();
        let own = format!("{text}\n[[plan]]\nid = \"own\"\nname = \"Own\"\ncontrols = [{}]\n", bought.join(", "));
        let Some(scenario) = scenario(&own) else { continue };
        let settings = Settings {
            plans: scenario.plans().ids().next_back().map(|plan| vec![plan]),
            method: MethodChoice::Simulate,
            years: Some(rosi::internal::engine::optimise::YEARS as u64),
            ..Settings::default()
        };
        let analysis = analyse(&scenario, &settings).expect("the figures hold");
        let year = &analysis.year.as_ref().expect("years were simulated").plans[OptionId(0)].total;
        let holds = scenario.appetite().iter().zip(&year.chance_above).all(|(point, chance)| {
            let agreed: f64 = point.chance.get().to_string().parse().unwrap();
            *chance <= agreed
        });
        let cash = analysis.plans[OptionId(0)].investment.cash.iter().map(|cash| cash.to_f64()).sum();
        sets.push((cash, year.quantiles[2].expect("enough years"), holds));
    }
    sets
}

#[test]
fn no_set_has_a_better_bad_year_or_holds_the_limits_for_less() {
    for name in ["three-vendors", "soc-automation"] {
        let text = bundled(name);
        let scenario = scenario(&text).unwrap();
        let sets = bad_years(&text);
        let most = sets.iter().map(|(cash, ..)| *cash).fold(0.0, f64::max);
        for share in [0.3, 0.7] {
            let budget = money((share * most) as i64);
            let question = Question { goal: Goal::BadYear, budget: Some(budget), ..Question::default() };
            let found = found(&scenario, &question).expect("nothing is always allowed");
            let best = sets.iter().filter(|(cash, ..)| *cash <= budget.to_f64()).map(|(_, bad, _)| *bad);
            let best = best.fold(f64::INFINITY, f64::min);
            let reached = found.chosen.bad_year.unwrap();
            assert!(found.chosen.proved && (reached / best - 1.0).abs() < 1e-6, "{name}: {reached} is not {best}");
        }
        let question = Question { goal: Goal::Appetite, ..Question::default() };
        let cheapest = sets.iter().filter(|set| set.2).map(|set| set.0).fold(f64::INFINITY, f64::min);
        match found(&scenario, &question) {
            Ok(found) => assert!((found.chosen.cash.to_f64() - cheapest).abs() < 1e-6, "{name}: {cheapest}"),
            Err(Fault::OutOfReach) => assert!(cheapest.is_infinite(), "{name}"),
            Err(Fault::NoLimit) => assert!(scenario.appetite().is_empty(), "{name}"),
            Err(fault) => panic!("{name}: {fault:?}"),
        }
    }
}
