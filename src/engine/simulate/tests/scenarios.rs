//! The bundled scenarios: simulated means are the exact ones, by risk and by option.

use super::{near, read, simulated};
use crate::engine::loss::LossModel;
use crate::engine::values::Values;
use crate::model::{ControlId, PlanId};
use crate::units::Figure;

fn agrees(text: &str) {
    let scenario = read(text);
    let model = LossModel::new(&scenario);
    let means = Values::means(&scenario);
    let year = simulated(&scenario, 40_000, &[1e6]);
    let options = std::iter::once(None).chain(scenario.plans().ids().map(Some));
    for (plan, found) in options.zip(std::iter::once(&year.today).chain(&year.plans)) {
        let bought = |control: ControlId| {
            let planned = plan.map_or(&[][..], |plan: PlanId| &scenario.plans()[plan].controls);
            planned.iter().any(|planned| planned.control == control).then_some(Figure::ONE)
        };
        let exact = model.all_means(&means, &bought);
        for ((risk, exact), loss) in exact.entries().zip(&found.risks) {
            let gross = loss.mean + found.recovered[risk];
            // What insurers pay has its own error: at most that of the whole loss.
            let errors = [loss, &year.today.risks[risk]].map(|loss| loss.errors.as_ref().unwrap().mean);
            let error = if found.recovered[risk] > 0.0 { errors[0] + errors[1] } else { errors[0] };
            near(gross, error, exact.annual_loss.to_f64());
        }
        let total: f64 = found.risks.iter().map(|risk| risk.mean).sum();
        assert!((found.total.mean - total).abs() < 1e-9 * total);
        let parts: f64 = found.tail_parts.iter().sum();
        assert!((parts - found.total.tail_means[0].unwrap()).abs() < 1e-9 * parts);
        assert!(found.total.curve.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 >= pair[1].1));
        let share = found.knowledge_share.unwrap();
        assert!((0.0..1.0).contains(&share), "{share}");
    }
}

/// Both methods on the same scenario, what insurers pay taken out where the exact one cannot hold it.
fn both_agree(text: &str) {
    // Averaged over a hundred worlds the exact year is right to a part in a hundred.
    both_agree_on(text.split("[[insurance]]").next().unwrap(), 0.015);
}

fn both_agree_on(text: &str, tolerance: f64) {
    use crate::engine::{MethodChoice, Settings, method::found};
    let scenario = read(text);
    let model = LossModel::new(&scenario);
    let means = Values::means(&scenario);
    let today = model.all_means(&means, &|_| None);
    let plans: Vec<PlanId> = scenario.plans().ids().collect();
    let by = |method| {
        let settings = Settings { method, years: Some(60_000), ..Settings::default() };
        found(&model, &means, &today, &plans, &settings, &|_| ()).unwrap().year.unwrap()
    };
    let (exact, simulated) = (by(MethodChoice::Exact), by(MethodChoice::Simulate));
    assert!(exact.checks.iter().chain(&simulated.checks).all(|check| check.agrees()), "{:?}", exact.checks);
    for (exact, simulated) in
        std::iter::once((&exact.today, &simulated.today)).chain(exact.plans.iter().zip(&simulated.plans))
    {
        for risk in exact.risks.ids() {
            let error = simulated.risks[risk].errors.as_ref().unwrap().mean;
            let near =
                |a: f64, b: f64| assert!((a - b).abs() <= 6.0 * error + tolerance * a, "{risk:?}: {a} {b} ± {error}");
            near(exact.recovered[risk], simulated.recovered[risk]);
            near(exact.uninsured[risk], simulated.uninsured[risk]);
        }
        let pairs = std::iter::once((&exact.total, &simulated.total)).chain(exact.risks.iter().zip(&simulated.risks));
        for (exact, simulated) in pairs {
            let errors = simulated.errors.as_ref().unwrap();
            let close = |a: f64, b: f64, error: f64| {
                assert!((a - b).abs() <= 4.5 * error + tolerance * a, "{a} {b} ± {error}");
            };
            close(exact.chance_of_loss, simulated.chance_of_loss, errors.chance_of_loss);
            for level in 0..4 {
                let figures = (exact.quantiles[level], simulated.quantiles[level], errors.quantiles[level]);
                if let (Some(a), Some(b), Some(error)) = figures {
                    close(a, b, error);
                }
            }
            let tails = (exact.tail_means[0], simulated.tail_means[0], errors.tail_means[0]);
            if let (Some(a), Some(b), Some(error)) = tails {
                close(a, b, error);
            }
        }
    }
}

/// All but one: the exact method would take minutes for the automation of an operations centre, whose year is simulated
/// for that.
#[test]
fn exact_and_simulated_agree_on_the_bundled_scenarios() {
    both_agree(include_str!("../../../../scenarios/small-office/scenario.toml"));
    both_agree(include_str!("../../../../scenarios/ransomware/scenario.toml"));
    both_agree(include_str!("../../../../scenarios/three-vendors/scenario.toml"));
    both_agree(include_str!("../../../../scenarios/card-payments/scenario.toml"));
}

#[test]
fn exact_and_simulated_agree_on_layers_of_single_events() {
    let text = r#"
schema = 1
title = "t"
currency = "EUR"
[[risk]]
id = "a"
name = "A"
frequency = { low = "0.5 per year", high = "3 per year" }
leads_to = [{ risk = "b", chance = "20%" }]
[risk.loss]
response = { low = "10k", high = "300k" }
fines = { low = "1k", high = "90k" }
[[risk.secondary]]
chance = "30%"
loss.response = { low = "50k", high = "500k" }
[[risk.secondary]]
chance = "10%"
loss.fines = { low = "50k", high = "500k" }
[[risk]]
id = "b"
name = "B"
count = { clustering = 1.5 }
frequency = "1 per year"
loss.productivity = { min = "20k", likely = "60k", max = "900k" }
[[risk]]
id = "c"
name = "C"
frequency = "2 per year"
loss.response = "80k"
[[control]]
id = "x"
name = "X"
cost.yearly = "5k"
coverage = "70%"
effect = [{ risk = "a", on = "loss", reduction = "40%" }, { risk = "b", on = "frequency", reduction = "30%" }]
[[plan]]
id = "bare"
name = "Bare"
controls = ["x"]
[[plan]]
id = "full"
name = "Full"
controls = ["x"]
[[plan]]
id = "whole"
name = "All above the retention"
controls = []
[[insurance]]
id = "layer"
premium = "9k"
retention = "30k"
limit = "200k"
coinsurance = "20%"
plans = ["full"]
[[insurance]]
id = "stop"
premium = "9k"
retention = "60k"
covers = ["productivity", "response", "replacement", "competitive_advantage", "fines", "reputation"]
plans = ["whole"]
"#;
    both_agree_on(text, 2e-3);
}

#[test]
fn the_small_office_has_its_means() {
    agrees(include_str!("../../../../scenarios/small-office/scenario.toml"));
}

#[test]
fn ransomware_has_its_means() {
    agrees(include_str!("../../../../scenarios/ransomware/scenario.toml"));
}

#[test]
fn three_vendors_have_their_means() {
    agrees(include_str!("../../../../scenarios/three-vendors/scenario.toml"));
}

#[test]
fn automation_has_its_means() {
    agrees(include_str!("../../../../scenarios/soc-automation/scenario.toml"));
}

#[test]
fn card_payments_have_their_means() {
    agrees(include_str!("../../../../scenarios/card-payments/scenario.toml"));
}
