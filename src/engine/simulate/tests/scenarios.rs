//! The bundled scenarios: simulated means are the exact ones, by risk and by option.

use super::{near, read, simulated};
use crate::engine::loss::LossModel;
use crate::engine::values::Values;
use crate::units::Figure;

fn agrees(text: &str) {
    let scenario = read(text);
    let model = LossModel::new(&scenario);
    let means = Values::means(&scenario);
    let year = simulated(&scenario, 40_000, &[1e6]);
    let options = std::iter::once(None).chain((0..scenario.plans().len()).map(Some));
    for (plan, found) in options.zip(std::iter::once(&year.today).chain(&year.plans)) {
        let bought = |control: usize| {
            let planned = plan.map_or(&[][..], |plan: usize| &scenario.plans()[plan].controls);
            planned.iter().any(|planned| planned.control == control).then_some(Figure::ONE)
        };
        let exact = model.all_means(&means, &bought);
        for (risk, (exact, loss)) in exact.iter().zip(&found.risks).enumerate() {
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
