//! What holds in every simulated year, and whatever the machine.

use super::{HEAD, by_year, near, near_mean, read, scenario, simulated};
use crate::engine::OptionId;
use crate::engine::year::Year;
use crate::model::{ControlId, RiskId};

const CONTROLS: &str = r#"
[[risk]]
id = "a"
name = "A"
frequency = { low = "0.5 per year", high = "4 per year" }
loss.response = { low = "10k", high = "400k", doubt = "30%" }
loss.productivity = { min = "1k", likely = "20k", max = "90k" }
[[risk.secondary]]
chance = "40%"
loss.fines = { low = "20k", high = "900k" }

[[risk]]
id = "b"
name = "B"
frequency = "0.4 per year"
count = { clustering = 0.6 }
loss.response = { p10 = "10k", p50 = "40k", p90 = "100k" }

[[risk]]
id = "c"
name = "C"
count = "at most one"
frequency = { low = "10%", high = "40%" }
loss.response = "250k"

[[control]]
id = "less"
name = "Less of everything"
coverage = { min = "50%", likely = "80%", max = "90%" }
reliability = "90%"
fails_with = { group = "g", share = "50%" }
cost.yearly = "10k"
effect = [
  { risk = "a", on = "frequency", reduction = { min = "20%", likely = "40%", max = "80%" } },
  { risk = "a", on = "loss", reduction = "30%" },
  { risk = "a", on = "secondary.chance", reduction = "50%" },
  { risk = "b", on = "loss.response", reduction = "70%" },
]

[[control]]
id = "fewer"
name = "Fewer events"
coverage = "75%"
reliability = "80%"
fails_with = { group = "g", share = "30%" }
cost.yearly = "10k"
effect = [
  { risk = "a", on = "frequency", reduction = "60%" },
  { risk = "c", on = "frequency", reduction = { min = "10%", likely = "40%", max = "60%" } },
]

[[plan]]
id = "one"
name = "One"
controls = ["less"]
[[plan]]
id = "both"
name = "Both"
controls = ["less", "fewer"]
[[plan]]
id = "none"
name = "None"
controls = []
"#;

#[test]
fn controls_that_reduce_make_no_year_worse() {
    let losses = by_year(&scenario(CONTROLS), 20_000);
    for (today, (one, both)) in losses[0].iter().zip(losses[1].iter().zip(&losses[2])) {
        assert!(one <= today && both <= one, "{today} {one} {both}");
    }
    assert_eq!(losses[0], losses[3]);
    assert!(losses[0].iter().sum::<f64>() > 1.2 * losses[2].iter().sum::<f64>());
}

#[test]
fn means_under_controls_are_the_exact_ones() {
    use crate::engine::loss::LossModel;
    use crate::engine::values::Values;
    use crate::units::Figure;
    let scenario = scenario(CONTROLS);
    let model = LossModel::new(&scenario);
    let year = simulated(&scenario, 60_000, &[]);
    for (plan, found) in scenario.plans().iter().zip(&year.plans) {
        let planned = &plan.controls;
        let bought = |control: ControlId| planned.iter().any(|p| p.control == control).then_some(Figure::ONE);
        let exact = model.all_means(&Values::means(&scenario), &bought);
        exact.iter().zip(&found.risks).for_each(|(exact, loss)| near_mean(loss, exact.annual_loss.to_f64()));
    }
}

fn on_threads(threads: usize, text: &str) -> Year {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let scenario = read(text);
    pool.install(|| simulated(&scenario, 10_500, &[1e5]))
}

#[test]
fn one_thread_gives_the_bits_of_many() {
    let text = format!("{HEAD}{CONTROLS}");
    let one = on_threads(1, &text);
    assert_eq!(one, on_threads(2, &text));
    assert_eq!(one, on_threads(7, &text));
}

#[test]
fn the_order_of_risks_and_plans_changes_nothing() {
    let risks = |names: [&str; 3]| -> String {
        let risk = |name: &str| {
            format!(
                "[[risk]]\nid = \"{name}\"\nname = \"{name}\"\nfrequency = {{ low = \"0.3 per year\", high = \"2 per year\" }}\n\
                 loss.response = {{ low = \"1k\", high = \"70k\" }}\n"
            )
        };
        names.map(risk).concat()
    };
    let tail = "[[control]]\nid = \"x\"\nname = \"X\"\ncost.yearly = \"1\"\n\
         effect = [{ risk = \"m\", on = \"loss\", reduction = \"30%\" }]\n\
         [[control]]\nid = \"y\"\nname = \"Y\"\ncost.yearly = \"1\"\n\
         effect = [{ risk = \"m\", on = \"frequency\", reduction = \"30%\" }]\n";
    let plan = |id: &str| format!("[[plan]]\nid = \"{id}\"\nname = \"{id}\"\ncontrols = [\"{id}\"]\n");
    let forth = simulated(&scenario(&(risks(["k", "l", "m"]) + tail + &plan("x") + &plan("y"))), 5_000, &[]);
    let back = simulated(&scenario(&(risks(["m", "k", "l"]) + tail + &plan("y") + &plan("x"))), 5_000, &[]);
    assert_eq!(forth.today.total, back.today.total);
    assert_eq!(forth.plans[OptionId(0)].total, back.plans[OptionId(1)].total);
    assert_eq!(forth.plans[OptionId(1)].risks[RiskId(2)], back.plans[OptionId(0)].risks[RiskId(0)]);
    assert_ne!(forth.today.risks[RiskId(0)], forth.today.risks[RiskId(1)]);
}

#[test]
fn editing_one_risk_leaves_the_others_as_they_were() {
    let before = simulated(&scenario(CONTROLS), 5_000, &[]);
    let edited = CONTROLS.replace("0.4 per year", "0.9 per year").replace("p50 = \"40k\"", "p50 = \"45k\"");
    let after = simulated(&scenario(&edited), 5_000, &[]);
    assert_eq!(before.today.risks[RiskId(0)], after.today.risks[RiskId(0)]);
    assert_eq!(before.plans[OptionId(1)].risks[RiskId(2)], after.plans[OptionId(1)].risks[RiskId(2)]);
    assert_ne!(before.today.risks[RiskId(1)], after.today.risks[RiskId(1)]);
    // And a plan more or less leaves today and the other plans as they were.
    let fewer = CONTROLS.replace("[[plan]]\nid = \"one\"\nname = \"One\"\ncontrols = [\"less\"]\n", "");
    let fewer = simulated(&scenario(&fewer), 5_000, &[]);
    assert_eq!(before.today, fewer.today);
    assert_eq!(before.plans[OptionId(1)], fewer.plans[OptionId(0)]);
}

#[test]
fn more_plans_than_bits_are_simulated_all_the_same() {
    let plans: String = (0..70)
        .map(|plan| {
            format!(
                "[[control]]\nid = \"c{plan}\"\nname = \"C\"\ncost.yearly = \"1\"\n\
                 effect = [{{ risk = \"a\", on = \"loss\", reduction = \"{}%\" }}]\n\
                 [[plan]]\nid = \"p{plan}\"\nname = \"P\"\ncontrols = [\"c{plan}\"]\n",
                plan + 1
            )
        })
        .collect();
    let risk = "[[risk]]\nid = \"a\"\nname = \"A\"\nfrequency = \"2 per year\"\nloss.response = { low = \"1k\", high = \"9k\" }\n";
    let year = simulated(&scenario(&(risk.to_owned() + &plans)), 2_000, &[]);
    for (plan, found) in year.plans.iter().enumerate() {
        let left = 1.0 - (plan + 1) as f64 / 100.0;
        assert!((found.total.mean / (left * year.today.total.mean) - 1.0).abs() < 1e-9, "{plan}");
    }
}

#[test]
fn a_rate_that_rises_adds_events_and_leaves_today_alone() {
    let plan = r#"
[[control]]
id = "busy"
name = "More of them, and smaller"
cost.yearly = "1"
coverage = "60%"
effect = [
  { risk = "r", on = "frequency", becomes = { low = "3 per year", high = "5 per year" } },
  { risk = "r", on = "loss", reduction = "20%" },
]
[[plan]]
id = "p"
name = "P"
controls = ["busy"]
"#;
    const NEW: &str = "{ low = \"3 per year\", high = \"5 per year\" }";
    for count in ["\"poisson\"", "{ clustering = 1.5 }", "\"at most one\""] {
        let (rate, new) = if count.contains("most") {
            ("{ low = \"10%\", high = \"30%\" }", "{ low = \"40%\", high = \"80%\" }")
        } else {
            ("{ low = \"0.5 per year\", high = \"2 per year\" }", NEW)
        };
        let risk = format!(
            "[[risk]]\nid = \"r\"\nname = \"R\"\ncount = {count}\nfrequency = {rate}\n\
             loss.response = {{ min = \"1k\", likely = \"4k\", max = \"9k\" }}\n"
        );
        let alone = simulated(&scenario(&risk), 60_000, &[]);
        let text = scenario(&(risk + &plan.replace(NEW, new)));
        let year = simulated(&text, 60_000, &[]);
        assert_eq!(alone.today.total, year.today.total);
        let exact = crate::engine::loss::LossModel::new(&text)
            .all_means(&crate::engine::values::Values::means(&text), &|_| Some(crate::units::Figure::ONE));
        near_mean(&year.plans[OptionId(0)].total, exact[RiskId(0)].annual_loss.to_f64());
        assert!(year.plans[OptionId(0)].total.mean > 1.3 * year.today.total.mean);
    }
}

#[test]
fn counts_have_their_variance() {
    let year = |count: &str, rate: &str| {
        let text =
            format!("[[risk]]\nid = \"r\"\nname = \"R\"\ncount = {count}\nfrequency = {rate}\nloss.response = \"1\"\n");
        simulated(&scenario(&text), 60_000, &[0.5, 1.0, 2.0]).today.total
    };
    let spread = |loss: &crate::engine::year::YearLoss, mean: f64, variance: f64| {
        near_mean(loss, mean);
        near(loss.standard_deviation, loss.errors.as_ref().unwrap().standard_deviation, variance.sqrt());
    };
    let poisson = year("\"poisson\"", "\"2 per year\"");
    spread(&poisson, 2.0, 2.0);
    near(poisson.chance_above[1], poisson.errors.as_ref().unwrap().chance_above[1], 1.0 - 3.0 * (-2.0_f64).exp());
    let clustered = year("{ clustering = 0.8 }", "\"2 per year\"");
    spread(&clustered, 2.0, 2.0 + 4.0 / 0.8);
    let none = (0.8_f64 / 2.8).powf(0.8);
    near(1.0 - clustered.chance_of_loss, clustered.errors.as_ref().unwrap().chance_of_loss, none);
    spread(&year("\"at most one\"", "\"30%\""), 0.3, 0.21);
    // A range of rates: the variance of the rate comes on top (uniform 0 to 4).
    spread(
        &year("\"poisson\"", "{ shape = \"uniform\", min = \"0 per year\", max = \"4 per year\" }"),
        2.0,
        2.0 + 16.0 / 12.0,
    );
    // Where exp(−rate) is nothing.
    let many = year("\"poisson\"", "\"900 per year\"");
    spread(&many, 900.0, 900.0);
    assert_eq!(many.chance_of_loss, 1.0);
    let never = year("\"poisson\"", "\"0 per year\"");
    assert_eq!((never.mean, never.chance_of_loss, never.quantiles[4]), (0.0, 0.0, Some(0.0)));
    // Constant losses: quantiles stand on the atoms.
    let poisson_median = poisson.quantiles[0].unwrap();
    assert_eq!((poisson_median, poisson.quantiles[2].unwrap()), (2.0, 5.0));
}

#[test]
fn what_is_known_of_the_spread_is_that_of_the_world() {
    // A rate that is uniform from 0 to 4, losses of 1: Var(rate) / (Var(rate) + E[rate]).
    let text = "[[risk]]\nid = \"r\"\nname = \"R\"\nfrequency = { shape = \"uniform\", min = \"0 per year\", max = \"4 per year\" }\nloss.response = \"1\"\n";
    let share = simulated(&scenario(text), 50_000, &[]).today.knowledge_share.unwrap();
    let expected = (16.0 / 12.0) / (16.0 / 12.0 + 2.0);
    assert!((share - expected).abs() < 0.02, "{share} {expected}");
    let known = "[[risk]]\nid = \"r\"\nname = \"R\"\nfrequency = \"2 per year\"\nloss.response = { low = \"1\", high = \"9\" }\n";
    assert_eq!(simulated(&scenario(known), 5_000, &[]).today.knowledge_share, Some(0.0));
}

#[test]
fn years_are_added_until_they_are_enough() {
    use super::super::case::Case;
    use super::super::{Request, Years, year};
    use crate::engine::loss::LossModel;
    use crate::engine::values::Values;
    use crate::engine::world::Knowledge;
    let scenario = scenario(CONTROLS);
    let model = LossModel::new(&scenario);
    let means = Values::means(&scenario);
    let knowledge = Knowledge::new(&scenario, &means);
    let ask = |precision: f64, most: u64| {
        let years = Years::Until { precision, most };
        let request =
            Request { events: super::events(&model, &means), plans: &[], amounts: &[], years, watch: &|_| () };
        year(&Case::new(&model, &knowledge, 3), &request)
    };
    let found = ask(0.01, 1_000_000);
    let total = &found.today.total;
    assert!(total.errors.as_ref().unwrap().quantiles[2].unwrap() <= 0.011 * total.quantiles[2].unwrap());
    let years = found.years.unwrap();
    assert!(years < 400_000 && found.notes.is_empty(), "{years}");
    let cut = ask(0.001, 40_000);
    assert_eq!((cut.years, cut.notes.len()), (Some(40_000), 1));
}

#[test]
fn a_partial_last_block_holds_the_first_years_of_a_whole_one() {
    let scenario = scenario(CONTROLS);
    let (few, many) = (by_year(&scenario, 1_500), by_year(&scenario, 2_048));
    for (few, many) in few.iter().zip(&many) {
        assert_eq!(few[..], many[..1_500]);
    }
}

#[test]
fn events_by_the_thousand_are_simulated_in_parts_with_the_mean_and_the_spread_of_their_count() {
    let scenario = scenario(
        r#"
[[risk]]
id = "often"
name = "Often"
frequency = "2000 per year"
loss.response = "100"
[[control]]
id = "half"
name = "Half"
cost.yearly = "1"
effect = [{ risk = "often", on = "frequency", reduction = "50%" }]
[[plan]]
id = "half"
name = "Half"
controls = ["half"]
[[insurance]]
id = "i"
premium = "50"
plans = ["half"]
annual_limit = "30k"
"#,
    );
    let year = simulated(&scenario, 1_500, &[]);
    for (option, mean, spread) in
        [(&year.today, 200e3, 100.0 * 2_000_f64.sqrt()), (&year.plans[OptionId(0)], 70e3, 100.0 * 1_000_f64.sqrt())]
    {
        let errors = option.total.errors.as_ref().unwrap();
        near(option.total.mean, errors.mean, mean);
        near(option.total.standard_deviation, errors.standard_deviation, spread);
    }
}
