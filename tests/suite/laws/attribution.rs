//! What controls add: the shares against every subset as a plan of its own, and options step by step.

use proptest::prelude::*;
use rosi::internal::engine::OptionId;
use rosi::internal::engine::incremental::Outcome;
use rosi::internal::units::Figure;

use super::{Case, case, figures};

fn near(a: f64, b: f64, scale: f64) -> bool {
    (a - b).abs() <= 1e-9 * (scale.abs() + 1.0)
}

/// Every subset of the controls as a plan; subset s is plan s.
fn subsets(case: &Case) -> String {
    let controls = case.controls.len();
    let plans: Vec<Vec<usize>> =
        (0..1_usize << controls).map(|set| (0..controls).filter(|control| set >> control & 1 == 1).collect()).collect();
    // Failures in common, of different shares, and one control that starts later.
    let mut text = case.text(&plans);
    for (control, (reliability, share)) in [(80, 50), (70, 100), (90, 50)].into_iter().enumerate() {
        text = text.replace(
            &format!("name = \"C{control}\"\n"),
            &format!(
                "name = \"C{control}\"\nreliability = \"{reliability}%\"\nfails_with = {{ group = \"g\", share = \"{share}%\" }}\n"
            ),
        );
    }
    let later = |line: &str| match line.starts_with("controls = ") {
        true => line.replace("\"c1\"", "{ id = \"c1\", start = \"month 8\" }"),
        false => line.to_owned(),
    };
    text.lines().map(later).collect::<Vec<_>>().join("\n")
}

fn factorial(n: usize) -> f64 {
    (1..=n).map(|k| k as f64).product()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn shares_are_the_mean_over_all_subsets_and_add_up_to_the_value(case in case()) {
        prop_assume!(case.useful());
        let (_, analysis) = figures(&subsets(&case));
        let count = case.controls.len();
        let value: Vec<f64> =
            analysis.plans.iter().map(|plan| plan.investment.net_present_value.to_f64()).collect();
        let scale = value.iter().fold(analysis.loss_today.to_f64(), |most, value| most.max(value.abs()));
        for (set, plan) in analysis.plans.iter().enumerate() {
            let members: Vec<usize> = (0..count).filter(|control| set >> control & 1 == 1).collect();
            let sum: Figure = plan.contributions.iter().map(|added| added.shapley).sum();
            prop_assert!(near(sum.to_f64(), value[set], scale), "{} is not {}", sum.to_f64(), value[set]);
            for added in &plan.contributions {
                let bit = 1 << added.control.0;
                prop_assert!(near(added.alone.to_f64(), value[bit], scale));
                prop_assert!(near(added.last_in.to_f64(), value[set] - value[set & !bit], scale));
                // The definition: over all sets before it, weighted by the orders that have them.
                let mean: f64 = (0..1_usize << count)
                    .filter(|before| before & set == *before && before & bit == 0)
                    .map(|before| {
                        let size = before.count_ones() as usize;
                        let orders = factorial(size) * factorial(members.len() - size - 1) / factorial(members.len());
                        orders * (value[before | bit] - value[before])
                    })
                    .sum();
                prop_assert!(near(added.shapley.to_f64(), mean, scale), "{} is not {mean}", added.shapley.to_f64());
            }
        }
    }

    #[test]
    fn who_stands_last_has_the_highest_value_and_nobody_is_beaten_for_nothing(case in case()) {
        prop_assume!(case.useful());
        let (_, analysis) = figures(&subsets(&case));
        let last = analysis.steps.iter().rev().find(|step| step.outcome == Outcome::Better).map(|step| step.plan);
        let value = |plan: OptionId| analysis.plans[plan].investment.net_present_value.to_f64();
        let (found, best) = (last.map_or(0.0, value), analysis.recommended.map_or(0.0, value));
        prop_assert!(near(found, best, best), "{found} is not {best}");
        prop_assert_eq!(analysis.steps.len(), analysis.plans.len());
        for step in &analysis.steps {
            let (plan, against) = (&analysis.plans[step.plan].investment, step.against.map(|a| &analysis.plans[a].investment));
            let cost = plan.present_cost.to_f64() - against.map_or(0.0, |a| a.present_cost.to_f64());
            let avoided = plan.present_avoided.to_f64() - against.map_or(0.0, |a| a.present_avoided.to_f64());
            match step.outcome {
                Outcome::Better => prop_assert!(avoided > cost),
                Outcome::NotWorthIt => prop_assert!(avoided <= cost),
                Outcome::Dominated => prop_assert!(cost >= 0.0 && avoided <= 0.0),
            }
        }
    }
}
