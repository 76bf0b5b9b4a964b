//! Who bears what of a year under annual terms, by risk, against sums and simulations of somebody else.

use rosi::internal::engine::{MethodChoice, Settings};
use rosi::internal::model::RiskId;
use rosi::internal::report::borne;

use crate::attacked::{assessed, expected};

/// Average losses after insurers pay, of two risks.
fn net(text: &str) -> [f64; 2] {
    let found = assessed(text, &expected());
    [0, 1].map(|risk| found.net_loss(RiskId(risk)).to_f64())
}

fn close(found: [f64; 2], wanted: [f64; 2], part: f64) {
    for (found, wanted) in found.into_iter().zip(wanted) {
        assert!((found / wanted - 1.0).abs() < part, "{found} is not {wanted}");
    }
}

#[test]
fn what_annual_terms_leave_falls_to_each_risk_by_its_layers_of_each_year() {
    // Both fixed: a double sum over Poisson counts.
    let fixed = r#"
[[risk]]
id = "rare"
name = "Rare and dear"
frequency = "1 in 10 years"
loss.response = "1M"
[[risk]]
id = "often"
name = "Often and cheap"
frequency = "5 per year"
loss.response = "10k"
[[insurance]]
id = "cyber"
annual_retention = "60k"
annual_limit = "500k"
"#;
    let mut left = [0.0; 2];
    let chance = |mean: f64, count: i32| libm::exp(-mean) * (1..=count).map(|k| mean / f64::from(k)).product::<f64>();
    for (rare, often) in (0..12).flat_map(|rare| (0..60).map(move |often| (rare, often))) {
        let sums = [1e6 * f64::from(rare), 1e4 * f64::from(often)];
        let sum: f64 = sums.iter().sum();
        let paid = (sum - 60e3).clamp(0.0, 500e3);
        let mass = chance(0.1, rare) * chance(5.0, often);
        for (left, of) in left.iter_mut().zip(sums) {
            *left += if sum > 0.0 { mass * of * (1.0 - paid / sum) } else { 0.0 };
        }
    }
    close(net(fixed), left, 2e-4);
    // A range beside fixed losses, no annual limit: 0.3 · E[X · min(S + X, 300k)/(S + X)] by transforms.
    let wide = r#"
[[risk]]
id = "r0"
name = "Rare"
frequency = "0.3 per year"
loss.response = { low = "1k", high = "1M" }
[[risk]]
id = "r1"
name = "Often"
frequency = "10 per year"
loss.response = "20k"
[[insurance]]
id = "p1"
annual_retention = "300k"
"#;
    close(net(wide), [20_405.0, 189_852.0], 5e-4);
    // An asset whose value is not known, under two policies: ten million simulated years say 90.9 ± 0.5 and 174.5 ± 1.
    let asset = r#"
[[risk]]
id = "r0"
name = "Asset lost"
frequency = "0.3 per year"
asset = { value = { low = "66k", high = "264k" }, exposure = "100%" }
[[risk]]
id = "r1"
name = "Other"
frequency = "1 per year"
loss.response = { low = "25k", high = "200k" }
[[insurance]]
id = "p1"
limit = "100k"
annual_limit = "300k"
[[insurance]]
id = "p2"
retention = "50k"
"#;
    close(net(asset), [90.9, 174.5], 0.03);
}

#[test]
fn where_two_policies_pay_all_of_every_observed_amount_nothing_is_left() {
    let found = assessed(
        r#"
[[risk]]
id = "r0"
name = "A"
frequency = "1 per year"
loss.response = { samples = ["120k", "20k"] }
[[insurance]]
id = "p0"
limit = "100k"
[[insurance]]
id = "p1"
retention = "1k"
limit = "120k"
"#,
        &expected(),
    );
    assert!(found.net_loss(RiskId(0)).to_f64().abs() < 1e-9, "{:?}", found.net_loss(RiskId(0)));
}

#[test]
fn retained_transferred_and_uninsured_add_up_to_the_loss_whatever_was_drawn() {
    let found = assessed(
        r#"
[[risk]]
id = "r0"
name = "A"
frequency = "1 per year"
loss.response = { low = "10k", high = "900k" }
[[insurance]]
id = "p0"
annual_limit = "50k"
"#,
        &Settings { method: MethodChoice::Simulate, years: Some(40_000), ..Settings::default() },
    );
    let gross = found.today[RiskId(0)].annual_loss;
    let borne = borne(&found.year.as_ref().unwrap().today, gross);
    // No retention, no coinsurance: what is not paid lies above the limit.
    assert_eq!(borne.retained, 0.0);
    assert!((borne.transferred + borne.uninsured - gross.to_f64()).abs() < 1e-6, "{borne:?}");
    assert!((borne.transferred - 28_528.36).abs() < 0.5, "{borne:?}");
}
