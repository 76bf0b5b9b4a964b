//! Laws of controls and costs, on random scenarios through the whole way from text to figures.

use std::fmt::Write;

use proptest::prelude::*;
use rosi::internal::engine::{Analysis, Check, MethodChoice, OptionId, Settings, analyse};
use rosi::internal::model::Scenario;
use rosi::internal::scenario::{Source, parse};
use rosi::internal::units::Figure;

mod attribution;
mod costs;
mod draws;
mod effects;
mod expectation;
mod means;
mod money;
mod time;

/// A range in whole numbers: min, likely, max.
type Range = (u32, u32, u32);

fn range(most: u32) -> impl Strategy<Value = Range> {
    (0..=most, 0..=most, 0..=most).prop_map(|(a, b, c)| {
        let mut sorted = [a, b, c];
        sorted.sort_unstable();
        (sorted[0], sorted[1], sorted[2])
    })
}

/// What the controls of a random scenario act on.
const FACTORS: [&str; 7] =
    ["frequency", "loss", "loss.response", "loss.replacement", "secondary.chance", "secondary.loss", "frequency"];

#[derive(Debug, Clone)]
struct Effect {
    control: usize,
    risk: usize,
    factor: usize,
    reduction: Range,
}

#[derive(Debug, Clone)]
struct Case {
    risks: Vec<(Range, Range, Range, Range, Range)>,
    controls: Vec<(Range, u32, u32)>,
    effects: Vec<Effect>,
    ramp: u32,
    chained: bool,
}

fn case() -> impl Strategy<Value = Case> {
    let risk = (range(40), range(900), range(500), range(100), range(5_000));
    let control = (range(100), 0..50_u32, 0..20_u32);
    let effect = (0..4_usize, 0..3_usize, 0..FACTORS.len(), range(100));
    (
        prop::collection::vec(risk, 1..4),
        prop::collection::vec(control, 1..5),
        prop::collection::vec(effect, 1..9),
        0..3_u32,
        any::<bool>(),
    )
        .prop_map(|(risks, controls, effects, ramp, chained)| {
            let mut effects: Vec<Effect> = effects
                .into_iter()
                .map(|(control, risk, factor, reduction)| Effect {
                    control: control % controls.len(),
                    risk: risk % risks.len(),
                    factor,
                    reduction,
                })
                .collect();
            // A control acts once on one factor of one risk.
            effects.sort_by_key(|effect| (effect.control, effect.risk, FACTORS[effect.factor]));
            effects.dedup_by_key(|effect| (effect.control, effect.risk, FACTORS[effect.factor]));
            Case { risks, controls, effects, ramp, chained }
        })
}

fn pert((min, likely, max): Range, unit: &str) -> String {
    if min == max {
        format!("\"{min}{unit}\"")
    } else {
        format!("{{ min = \"{min}{unit}\", likely = \"{likely}{unit}\", max = \"{max}{unit}\" }}")
    }
}

impl Case {
    /// The scenario with a plan of each listed set of controls, in the order given.
    fn text(&self, plans: &[Vec<usize>]) -> String {
        let mut text =
            "schema = 1\ntitle = \"Law\"\ncurrency = \"EUR\"\n[assumptions]\ndiscount_rate = \"0%\"\n".to_owned();
        for (index, (rate, response, replacement, chance, fines)) in self.risks.iter().enumerate() {
            let frequency = pert((rate.0, rate.1, rate.2), " per year");
            let _ = write!(text, "[[risk]]\nid = \"r{index}\"\nname = \"R{index}\"\nfrequency = {frequency}\n");
            if self.chained && index + 1 < self.risks.len() {
                let _ = writeln!(text, "leads_to = [{{ risk = \"r{}\", chance = \"10%\" }}]", index + 1);
            }
            let _ = write!(
                text,
                "[risk.loss]\nresponse = {}\nreplacement = {}\n[[risk.secondary]]\nchance = {}\n[risk.secondary.loss]\nfines = {}\n",
                pert(*response, "k"),
                pert(*replacement, "k"),
                pert(*chance, "%"),
                pert(*fines, "k"),
            );
        }
        for (index, (coverage, initial, yearly)) in self.controls.iter().enumerate() {
            let acts: Vec<&Effect> = self.effects.iter().filter(|effect| effect.control == index).collect();
            let _ = write!(
                text,
                "[[control]]\nid = \"c{index}\"\nname = \"C{index}\"\ncoverage = {}\n",
                pert(*coverage, "%")
            );
            if self.ramp > 0 {
                let _ = writeln!(text, "ramp = \"{} months\"", 5 * self.ramp);
            }
            let _ = writeln!(text, "cost = {{ initial = \"{initial}k\", yearly = \"{yearly}k\" }}");
            for effect in acts {
                let _ = write!(
                    text,
                    "[[control.effect]]\nrisk = \"r{}\"\non = \"{}\"\nreduction = {}\n",
                    effect.risk,
                    FACTORS[effect.factor],
                    pert(effect.reduction, "%")
                );
            }
        }
        for (index, plan) in plans.iter().enumerate() {
            let ids: Vec<String> = plan.iter().map(|control| format!("\"c{control}\"")).collect();
            let _ = write!(text, "[[plan]]\nid = \"p{index}\"\nname = \"P{index}\"\ncontrols = [{}]\n", ids.join(", "));
        }
        text
    }

    /// Controls that act on something: the reader refuses the others.
    fn useful(&self) -> bool {
        (0..self.controls.len()).all(|control| self.effects.iter().any(|effect| effect.control == control))
    }
}

fn figures(text: &str) -> (Scenario, Analysis) {
    by(MethodChoice::Expected, text)
}

fn by(method: MethodChoice, text: &str) -> (Scenario, Analysis) {
    let scenario =
        parse(&Source::new("law.toml", text)).unwrap_or_else(|faults| panic!("{text}\n{faults:#?}")).scenario;
    let analysis = analyse(&scenario, &Settings { method, years: Some(2_000), ..Settings::default() }).unwrap();
    (scenario, analysis)
}

/// At most as large, to the last digits of exact arithmetic.
fn at_most(smaller: Figure, larger: Figure) -> bool {
    smaller.to_f64() <= larger.to_f64() * (1.0 + 1e-15) + 1e-15
}

fn same(a: Figure, b: Figure) -> bool {
    (a.to_f64() - b.to_f64()).abs() <= 1e-14 * a.to_f64().abs().max(b.to_f64().abs()) + 1e-12
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn controls_that_reduce_never_add_loss_and_more_of_them_never_less_help(case in case()) {
        prop_assume!(case.useful());
        let all: Vec<usize> = (0..case.controls.len()).collect();
        let (_, analysis) = figures(&case.text(&[all.clone(), all[..all.len() - 1].to_vec(), Vec::new()]));
        let [full, less, none] = &*analysis.plans else { panic!() };
        for (risk, today) in analysis.today.entries() {
            prop_assert!(at_most(full.risks[risk].annual_loss, less.risks[risk].annual_loss));
            prop_assert!(at_most(less.risks[risk].annual_loss, today.annual_loss));
            prop_assert_eq!(none.risks[risk].annual_loss, today.annual_loss);
            prop_assert!(at_most(full.risks[risk].rate, today.rate));
        }
        prop_assert!(none.investment.net_present_value.is_zero());
    }

    #[test]
    fn the_order_of_controls_changes_nothing(case in case()) {
        prop_assume!(case.useful());
        let forth: Vec<usize> = (0..case.controls.len()).collect();
        let back: Vec<usize> = forth.iter().rev().copied().collect();
        let (_, analysis) = figures(&case.text(&[forth, back]));
        let [forth, back] = &*analysis.plans else { panic!() };
        prop_assert!(same(forth.loss, back.loss));
        prop_assert!(same(forth.investment.net_present_value, back.investment.net_present_value));
    }

    #[test]
    fn what_is_avoided_is_today_less_residual_and_sums_are_sums(case in case()) {
        prop_assume!(case.useful());
        let all: Vec<usize> = (0..case.controls.len()).collect();
        let (scenario, analysis) = figures(&case.text(&[all]));
        let plan = &analysis.plans[OptionId(0)];
        let sum: Figure = plan.risks.iter().map(|risk| risk.annual_loss).sum();
        prop_assert!(same(sum, plan.loss));
        for means in analysis.today.iter().chain(&plan.risks) {
            prop_assert!(same(means.components.iter().copied().sum(), means.annual_loss));
        }
        // The last year is a full one: every ramp is over.
        let last = scenario.assumptions().horizon;
        prop_assert!(same(plan.investment.loss_avoided[last], analysis.loss_today - plan.loss));
        for t in 1..last {
            prop_assert!(at_most(plan.investment.loss_avoided[t], plan.investment.loss_avoided[last]));
        }
        let costs: Figure = plan.controls.iter().flat_map(|control| control.total()).sum();
        prop_assert!(same(costs, plan.investment.cost.iter().copied().sum()));
        // Nothing is discounted: the value is what is avoided less what is spent.
        let avoided: Figure = plan.investment.loss_avoided.iter().copied().sum();
        prop_assert!(same(plan.investment.net_present_value, avoided - costs));
        if let (Some(rosi), Some(ratio)) = (plan.investment.rosi, plan.investment.benefit_cost_ratio) {
            prop_assert!(same(rosi + Figure::ONE, ratio));
        }
    }

    #[test]
    fn several_controls_on_one_factor_lie_between_the_best_alone_and_their_product(case in case()) {
        prop_assume!(case.useful());
        let all: Vec<usize> = (0..case.controls.len()).collect();
        let (_, analysis) = figures(&case.text(&[all]));
        for overlap in &analysis.plans[OptionId(0)].overlaps {
            prop_assert!(at_most(overlap.best_single, overlap.independent));
            prop_assert!(at_most(analysis.plans[OptionId(0)].risks[overlap.risk].annual_loss, overlap.loss_if_nested));
            prop_assert!(at_most(overlap.loss_if_nested, analysis.today[overlap.risk].annual_loss));
        }
    }

    #[test]
    fn the_mean_with_controls_is_the_sum_over_who_acts(case in case()) {
        // By hand, with one risk: every set of controls that may act, with its chance, everything
        // fixed at whole numbers so that means are plain products.
        prop_assume!(case.useful());
        let mut case = case;
        case.risks.truncate(1);
        case.chained = false;
        case.ramp = 0;
        case.effects.iter_mut().for_each(|effect| {
            effect.risk = 0;
            effect.reduction = (effect.reduction.1, effect.reduction.1, effect.reduction.1);
        });
        case.effects.sort_by_key(|effect| (effect.control, FACTORS[effect.factor]));
        case.effects.dedup_by_key(|effect| (effect.control, FACTORS[effect.factor]));
        case.controls.iter_mut().for_each(|control| control.0 = (control.0.1, control.0.1, control.0.1));
        let all: Vec<usize> = (0..case.controls.len()).collect();
        let (_, analysis) = figures(&case.text(std::slice::from_ref(&all)));
        let mean = |(min, likely, max): Range| f64::from(min + 4 * likely + max) / 6.0;
        let (rate, response, replacement, chance, fines) = case.risks[0];
        let mut expected = 0.0;
        for set in 0..1_u32 << all.len() {
            let (mut weight, mut left) = (1.0, [1.0; 4]);
            for control in &all {
                let works = f64::from(case.controls[*control].0.1) / 100.0;
                if set >> control & 1 == 0 {
                    weight *= 1.0 - works;
                    continue;
                }
                weight *= works;
                for effect in case.effects.iter().filter(|effect| effect.control == *control) {
                    let kept = 1.0 - f64::from(effect.reduction.1) / 100.0;
                    match FACTORS[effect.factor] {
                        "frequency" => left[0] *= kept,
                        "loss" => { left[1] *= kept; left[2] *= kept; }
                        "loss.response" => left[1] *= kept,
                        "loss.replacement" => left[2] *= kept,
                        _ => left[3] *= kept,
                    }
                }
            }
            let event = left[1] * mean(response) * 1e3
                + left[2] * mean(replacement) * 1e3
                + left[3] * mean(chance) / 100.0 * mean(fines) * 1e3;
            expected += weight * left[0] * mean(rate) * event;
        }
        let found = analysis.plans[OptionId(0)].loss.to_f64();
        prop_assert!((found - expected).abs() <= 1e-11 * expected + 1e-9, "{} is not {}", found, expected);
    }

    #[test]
    fn the_exact_distribution_of_a_year_has_the_exact_mean(case in case()) {
        prop_assume!(case.useful());
        let mut case = case;
        // What would need many worlds is fixed: this law is about the year, not about knowledge.
        case.effects.iter_mut().for_each(|effect| effect.reduction = (effect.reduction.1, effect.reduction.1, effect.reduction.1));
        case.controls.iter_mut().for_each(|control| control.0 = (control.0.1, control.0.1, control.0.1));
        let all: Vec<usize> = (0..case.controls.len()).collect();
        let (_, analysis) = by(MethodChoice::Auto, &case.text(&[all]));
        let year = analysis.year.as_ref().expect("nothing here needs many worlds");
        prop_assert!(year.checks.iter().all(Check::agrees), "{:?}", year.checks);
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.abs() + 1e-9;
        prop_assert!(near(year.today.total.mean, analysis.loss_today.to_f64()));
        prop_assert!(near(year.plans[OptionId(0)].total.mean, analysis.plans[OptionId(0)].loss.to_f64()));
        for (risk, today) in analysis.today.entries() {
            prop_assert!(near(year.today.risks[risk].mean, today.annual_loss.to_f64()));
        }
        let quantiles: Vec<f64> = year.today.total.quantiles.iter().flatten().copied().collect();
        prop_assert!(quantiles.windows(2).all(|pair| pair[0] <= pair[1]));
        prop_assert!(year.today.total.curve.windows(2).all(|pair| pair[0].0 <= pair[1].0 && pair[0].1 >= pair[1].1));
        if let Some(tail) = year.today.total.tail_means[0].filter(|tail| *tail > 0.0) {
            let parts: f64 = year.today.tail_parts.iter().sum();
            prop_assert!((parts / tail - 1.0).abs() < 1e-9, "{} against {}", parts, tail);
        }
    }
}
