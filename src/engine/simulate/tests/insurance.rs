//! Policies against closed forms and the law that nothing is lost between insured and insurer.

use super::{by_year, near, near_mean, scenario, simulated};
use crate::engine::OptionId;
use crate::model::RiskId;

const RISK: &str = "[[risk]]\nid = \"r\"\nname = \"R\"\nfrequency = \"2 per year\"\nloss.response = { shape = \"uniform\", min = \"0\", max = \"100k\" }\n";

#[test]
fn one_layer_has_its_closed_form() {
    // X uniform on 0…100: E[min((X − 20)⁺, 50)] = (0.5·50² + 30·50)/100 = 27.5.
    let policy =
        "[[insurance]]\nid = \"i\"\npremium = \"1k\"\nretention = \"20k\"\nlimit = \"50k\"\ncoinsurance = \"10%\"\n";
    let year = simulated(&scenario(&format!("{RISK}{policy}")), 50_000, &[]);
    let paid = 2.0 * 0.9 * 27.5e3;
    let error = year.today.total.errors.as_ref().unwrap().mean;
    near(year.today.recovered[RiskId(0)], error, paid);
    near_mean(&year.today.total, 100e3 - paid);
}

#[test]
fn an_annual_limit_is_paid_once() {
    // Losses of 100, nothing retained, at most 150 a year: E[min(100·N, 150)].
    let risk = RISK.replace("{ shape = \"uniform\", min = \"0\", max = \"100k\" }", "\"100k\"");
    let policy = "[[insurance]]\nid = \"i\"\npremium = \"1k\"\nannual_limit = \"150k\"\n";
    let year = simulated(&scenario(&format!("{risk}{policy}")), 50_000, &[]);
    let none = (-2.0_f64).exp();
    let paid = 100e3 * 2.0 * none + 150e3 * (1.0 - 3.0 * none);
    near(year.today.recovered[RiskId(0)], year.today.total.errors.as_ref().unwrap().mean, paid);
}

#[test]
fn hours_before_the_waiting_time_do_not_count() {
    let text = r#"
[[value_stream]]
id = "v"
name = "V"
revenue = "1k per hour"
[[risk]]
id = "r"
name = "R"
value_stream = "v"
frequency = "1 per year"
outage.duration = { shape = "uniform", min = "0 hours", max = "48 hours" }
outage.share = "50%"
loss.response = "3k"
[[insurance]]
id = "i"
premium = "1k"
waiting = "12 hours"
covers = ["productivity"]
"#;
    let year = simulated(&scenario(text), 50_000, &[]);
    // E[(h − 12)⁺] = 36²/(2·48) = 13.5 hours at 500.
    near(year.today.recovered[RiskId(0)], year.today.total.errors.as_ref().unwrap().mean, 13.5 * 500.0);
    near_mean(&year.today.total, 24.0 * 500.0 + 3_000.0 - 13.5 * 500.0);
}

const TWO_RISKS: &str = r#"
[[risk]]
id = "a"
name = "A"
frequency = { low = "0.5 per year", high = "3 per year" }
loss.response = { low = "10k", high = "300k" }
loss.fines = { low = "1k", high = "90k" }
leads_to = [{ risk = "b", chance = "20%" }]
[[risk]]
id = "b"
name = "B"
frequency = "1 per year"
loss.productivity = { low = "20k", high = "900k" }
[[control]]
id = "c"
name = "C"
cost.yearly = "1"
effect = [{ risk = "a", on = "loss", reduction = "40%" }, { risk = "b", on = "frequency", reduction = "30%" }]
[[plan]]
id = "bare"
name = "Bare"
controls = []
[[plan]]
id = "bare-less"
name = "Bare less"
controls = ["c"]
[[plan]]
id = "full"
name = "Full"
controls = []
[[plan]]
id = "full-less"
name = "Full less"
controls = ["c"]
[[insurance]]
id = "first"
premium = "9k"
retention = "30k"
limit = "200k"
annual_limit = "250k"
coinsurance = "20%"
plans = ["full", "full-less"]
[[insurance]]
id = "second"
premium = "9k"
retention = "230k"
limit = "500k"
annual_limit = "600k"
plans = ["full", "full-less"]
"#;

#[test]
fn what_is_insured_and_what_is_retained_are_the_whole_loss() {
    let scenario = scenario(TWO_RISKS);
    let year = simulated(&scenario, 20_000, &[]);
    for (gross, net) in [(0, 2), (1, 3)] {
        let (gross, net) = (&year.plans[OptionId(gross)], &year.plans[OptionId(net)]);
        for risk in net.risks.ids() {
            let sum = net.risks[risk].mean + net.recovered[risk];
            assert!((sum / gross.risks[risk].mean - 1.0).abs() < 1e-9 && net.recovered[risk] > 0.0);
        }
    }
    let losses = by_year(&scenario, 20_000);
    // At most 800 a year is paid, never more than was lost; where layers stack, a control makes no
    // year worse.
    let [_, bare, less, full, both] = losses.as_slice() else { panic!("five options") };
    for (((bare, less), full), both) in bare.iter().zip(less).zip(full).zip(both) {
        assert!(*full >= 0.0 && bare - full >= -1e-6 && bare - full <= 800e3 + 1e-6);
        assert!(*both <= full + 1e-6 && *both <= less + 1e-6);
    }
    assert_eq!(losses[0], losses[1]);
    // Knowledge is told from luck by pairs of years here: close to what formulas say without.
    let shares = [0, 2].map(|plan: usize| year.plans[OptionId(plan)].knowledge_share.unwrap());
    assert!(shares[0] > 0.02 && (shares[1] - shares[0]).abs() < 0.1, "{shares:?}");
}

#[test]
fn what_no_policy_covers_is_told_from_what_is_retained() {
    // X uniform on 0…100, 20 retained, 50 paid, one tenth coinsured: above 70 nobody pays.
    let policy =
        "[[insurance]]\nid = \"i\"\npremium = \"1k\"\nretention = \"20k\"\nlimit = \"50k\"\ncoinsurance = \"10%\"\n";
    let year = simulated(&scenario(&format!("{RISK}loss.fines = \"3k\"\n{policy}")), 50_000, &[]).today;
    let above = 2.0 * (30.0_f64 * 30.0 / 200.0) * 1e3;
    let error = year.total.errors.as_ref().unwrap().mean;
    near(year.uninsured[RiskId(0)], error, above + 2.0 * 3e3);
    near(year.recovered[RiskId(0)], error, 2.0 * 0.9 * 27.5e3);
}
