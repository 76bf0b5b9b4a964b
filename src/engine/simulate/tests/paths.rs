//! Paying back: paths against the exact net present value and closed forms.

use super::super::case::Case;
use super::super::paths::{Paths, paths};
use super::{near, read, scenario};
use crate::engine::loss::LossModel;
use crate::engine::values::Values;
use crate::engine::world::Knowledge;
use crate::engine::{OptionId, Settings, analyse};
use crate::model::{PlanId, Scenario};

fn all_paths(scenario: &Scenario, count: usize) -> Paths {
    let model = LossModel::new(scenario);
    let knowledge = Knowledge::new(scenario, &Values::means(scenario));
    let plans: Vec<PlanId> = scenario.plans().ids().collect();
    paths(&Case::new(&model, &knowledge, 1), &plans, count)
}

fn mean_and_error(values: &[f64]) -> (f64, f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
    (mean, (variance / n).sqrt())
}

fn agrees(scenario: &Scenario, uninsured: &[usize]) {
    let settings = Settings { method: crate::engine::MethodChoice::Expected, ..Settings::default() };
    let analysis = analyse(scenario, &settings).unwrap();
    let values = all_paths(scenario, 20_000).values;
    for plan in uninsured.iter().copied().map(OptionId) {
        let (mean, error) = mean_and_error(&values[plan]);
        near(mean, error, analysis.plans[plan].investment.net_present_value.to_f64());
    }
}

#[test]
fn paths_have_the_mean_of_the_exact_net_present_value() {
    agrees(&read(include_str!("../../../../scenarios/three-vendors/scenario.toml")), &[0, 1, 2]);
    agrees(&read(include_str!("../../../../scenarios/soc-automation/scenario.toml")), &[0, 1]);
}

#[test]
fn starts_and_ramps_count_at_the_time_of_the_event() {
    agrees(
        &scenario(
            r#"
[assumptions]
horizon = "3 years"
growth = { losses = "5%", rates = "10%", costs = "3%" }
timing = "mid-year"
[[risk]]
id = "a"
name = "A"
frequency = { low = "1 per year", high = "4 per year" }
loss.response = { low = "10k", high = "60k" }
leads_to = [{ risk = "b", chance = "30%" }]
[[risk]]
id = "b"
name = "B"
frequency = "0.5 per year"
loss.response = { low = "10k", high = "60k" }
[[control]]
id = "x"
name = "X"
ramp = "18 months"
coverage = { min = "20%", likely = "50%", max = "90%" }
effect = [
  { risk = "a", on = "frequency", reduction = "50%" },
  { risk = "a", on = "loss", reduction = "30%" },
  { risk = "b", on = "frequency", reduction = "40%" },
]
[control.cost]
initial = { low = "3k", high = "9k" }
people = { time = { low = "10 hours per month", high = "20 hours per month" }, rate = "60 per hour" }
[[plan]]
id = "now"
name = "Now"
controls = ["x"]
[[plan]]
id = "later"
name = "Later"
controls = [{ id = "x", start = "month 10" }]
"#,
        ),
        &[0, 1],
    );
}

#[test]
fn a_plan_pays_back_where_an_event_is_avoided() {
    // One year, losses of 100 that the plan ends, a cost of 150: two events are needed.
    let scenario = scenario(
        r#"
[assumptions]
horizon = "1 year"
discount_rate = "0%"
[[risk]]
id = "a"
name = "A"
frequency = "2 per year"
loss.response = "100"
[[control]]
id = "x"
name = "X"
cost.yearly = "150"
effect = [{ risk = "a", on = "frequency", reduction = "100%" }]
[[plan]]
id = "p"
name = "P"
controls = ["x"]
[[plan]]
id = "insured"
name = "Insured"
controls = []
[[insurance]]
id = "i"
premium = "50"
plans = ["insured"]
"#,
    );
    let found = all_paths(&scenario, 50_000);
    let (chance, error) = found.chance_of_paying_back(OptionId(0)).unwrap();
    near(chance, error, 1.0 - 3.0 * (-2.0_f64).exp());
    // All is insured for 50: it pays where anything happens.
    let (chance, error) = found.chance_of_paying_back(OptionId(1)).unwrap();
    near(chance, error, 1.0 - (-2.0_f64).exp());
}
