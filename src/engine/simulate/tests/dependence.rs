//! Chains, shared causes and shared failures against closed forms.

use super::{near, near_mean, scenario, simulated};
use crate::engine::OptionId;
use crate::engine::loss::LossModel;
use crate::engine::values::Values;
use crate::model::RiskId;
use crate::units::Figure;

/// The worked example of `docs/model/dependence.md`.
const EXAMPLE: &str = r#"
[[risk]]
id = "a"
name = "A"
frequency = "2 per year"
loss.response = "1k"
leads_to = [{ risk = "b", chance = "10%" }]
[[risk]]
id = "b"
name = "B"
frequency = "0.5 per year"
loss.response = "100k"
[[shared_cause]]
id = "s"
name = "S"
frequency = "1 in 10 years"
strikes = ["a", "b"]
[[control]]
id = "half"
name = "Half"
cost.yearly = "1"
coverage = { min = "0%", likely = "50%", max = "100%" }
effect = [
  { risk = "a", on = "frequency", reduction = "50%" },
  { risk = "b", on = "frequency", reduction = "50%" },
]
[[plan]]
id = "p"
name = "P"
controls = ["half"]
"#;

#[test]
fn what_is_brought_comes_on_top_and_meets_the_controls() {
    let year = simulated(&scenario(EXAMPLE), 100_000, &[]);
    near_mean(&year.today.total, 83_100.0);
    near_mean(&year.today.risks[RiskId(0)], 2_100.0);
    near_mean(&year.plans[OptionId(0)].total, 58_575.0);
    near_mean(&year.plans[OptionId(0)].risks[RiskId(0)], 1_575.0);
}

#[test]
fn the_chances_of_single_years_have_their_closed_forms() {
    let year = simulated(&scenario(EXAMPLE), 100_000, &[]);
    let nothing = |loss: &crate::engine::year::YearLoss, expected: f64| {
        near(1.0 - loss.chance_of_loss, loss.errors.as_ref().unwrap().chance_of_loss, expected);
    };
    nothing(&year.today.risks[RiskId(0)], (-2.1_f64).exp());
    // B: its own, the cause's, and a chain from each event of A; an event of the cause brings B anyway.
    nothing(&year.today.risks[RiskId(1)], (-0.5_f64 - 0.1 - 2.0 * 0.1).exp());
    nothing(&year.today.total, (-2.6_f64).exp());
    let independent = year.today.if_independent.as_ref().unwrap();
    nothing(independent, (-2.1_f64 - 0.8).exp());
    let mean = year.today.total.mean;
    assert!((independent.mean - mean).abs() < 1e-9 * mean);
    // Var = Σ rate·E[X²] of one cause of everything; apart the covariance is missing.
    let together = 0.5 * 1e10
        + 2.0 * (0.9 * 1e6 + 0.1 * 101e3_f64.powi(2))
        + 0.1 * (0.9 * 101e3_f64.powi(2) + 0.1 * 201e3_f64.powi(2));
    let spread = year.today.total.standard_deviation;
    near(spread, year.today.total.errors.as_ref().unwrap().standard_deviation, together.sqrt());
    assert!(independent.standard_deviation < spread);
}

#[test]
fn controls_that_fail_together_leave_more() {
    let text = |share: &str| {
        format!(
            r#"
[[risk]]
id = "r"
name = "R"
frequency = "5 per year"
loss.response = "1000"
[[control]]
id = "x"
name = "X"
cost.yearly = "1"
reliability = "90%"
fails_with = {{ group = "g", share = "{share}" }}
effect = [{{ risk = "r", on = "loss", reduction = "100%" }}]
[[control]]
id = "y"
name = "Y"
cost.yearly = "1"
reliability = "80%"
fails_with = {{ group = "g", share = "{share}" }}
effect = [{{ risk = "r", on = "frequency", reduction = "100%" }}]
[[plan]]
id = "p"
name = "P"
controls = ["x", "y"]
"#
        )
    };
    near_mean(
        &simulated(&scenario(&text("50%")), 60_000, &[]).plans[OptionId(0)].total,
        5_000.0 * (0.5 * 0.1 + 0.5 * 0.02),
    );
    near_mean(&simulated(&scenario(&text("100%")), 60_000, &[]).plans[OptionId(0)].total, 5_000.0 * 0.1);
    near_mean(&simulated(&scenario(&text("0%")), 60_000, &[]).plans[OptionId(0)].total, 5_000.0 * 0.02);
}

#[test]
fn a_chain_of_three_with_ranges_has_its_exact_means() {
    let scenario = scenario(
        r#"
[[risk]]
id = "mail"
name = "Mail"
frequency = { low = "1 per year", high = "6 per year" }
loss.response = { low = "100", high = "2000" }
leads_to = [{ risk = "theft", chance = { min = "5%", likely = "20%", max = "50%" } }]
[[risk]]
id = "theft"
name = "Theft"
count = { clustering = 0.5 }
frequency = { low = "0.1 per year", high = "0.9 per year" }
loss.response = { low = "1000", high = "30000" }
leads_to = [{ risk = "stop", chance = "30%" }]
[[risk]]
id = "stop"
name = "Stop"
count = "at most one"
frequency = "5%"
loss.response = { low = "10000", high = "300000", doubt = "40%" }
[[shared_cause]]
id = "supplier"
name = "Supplier"
frequency = { low = "0.05 per year", high = "0.5 per year" }
strikes = ["stop", "mail"]
[[control]]
id = "watch"
name = "Watch"
cost.yearly = "1"
coverage = { min = "30%", likely = "60%", max = "90%" }
effect = [
  { risk = "mail", on = "frequency", becomes = { low = "1 per year", high = "3 per year" } },
  { risk = "theft", on = "frequency", reduction = "40%" },
  { risk = "theft", on = "loss", reduction = "25%" },
  { risk = "stop", on = "loss", reduction = "50%" },
]
[[plan]]
id = "p"
name = "P"
controls = ["watch"]
"#,
    );
    let model = LossModel::new(&scenario);
    let year = simulated(&scenario, 80_000, &[]);
    for (bought, found) in [(false, &year.today), (true, &year.plans[OptionId(0)])] {
        let exact = model.all_means(&Values::means(&scenario), &|_| bought.then_some(Figure::ONE));
        found.risks.iter().zip(&exact).for_each(|(loss, exact)| near_mean(loss, exact.annual_loss.to_f64()));
    }
}
