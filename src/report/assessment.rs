//! The figures that other programs rely on: keys are added, never renamed.
//!
//! Every key is always there; a figure that does not exist is [`Datum::Null`].

use crate::diagnostic::Diagnostic;
use crate::engine::cashflow::ControlCosts;
use crate::engine::{Analysis, Investment, Overlap, PlanAnalysis, RiskMeans};
use crate::model::Scenario;
use crate::units::Figure;

use super::sentences;

/// One value of the tree of figures.
#[derive(Debug, Clone, PartialEq)]
pub enum Datum {
    /// There is no such figure.
    Null,
    /// true or false.
    Flag(bool),
    /// Words.
    Words(String),
    /// An amount of money.
    Money(Figure),
    /// A ratio, a chance, a rate, years.
    Number(f64),
    /// A whole number.
    Whole(u64),
    /// Values in order.
    List(Vec<Datum>),
    /// Values by key, in order.
    Map(Vec<(String, Datum)>),
}

impl Datum {
    fn words(words: impl Into<String>) -> Self {
        Self::Words(words.into())
    }

    fn money(figure: Option<Figure>) -> Self {
        figure.map_or(Self::Null, Self::Money)
    }

    fn number(figure: Option<Figure>) -> Self {
        figure.map_or(Self::Null, |figure| Self::Number(figure.to_f64()))
    }

    fn flows(flows: &[Figure]) -> Self {
        Self::List(flows.iter().copied().map(Self::Money).collect())
    }
}

fn map<const N: usize>(entries: [(&str, Datum); N]) -> Datum {
    Datum::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// The quantiles of a year's loss that are given.
const QUANTILES: [&str; 5] = ["0.5", "0.9", "0.95", "0.99", "0.999"];
/// The levels of the tail means that are given.
const TAILS: [&str; 2] = ["0.95", "0.99"];

/// Everything under `rosi.assessment/1`.
pub fn assessment(scenario: &Scenario, analysis: &Analysis, warnings: &[Diagnostic]) -> Datum {
    let assumptions = scenario.assumptions();
    let plan_id = |plan: &PlanAnalysis| scenario.plans()[plan.plan].id.clone();
    let by_plan = |figure: &dyn Fn(&PlanAnalysis) -> Datum| {
        Datum::Map(analysis.plans.iter().map(|plan| (plan_id(plan), figure(plan))).collect())
    };
    let risks = scenario
        .risks()
        .iter()
        .enumerate()
        .map(|(index, risk)| {
            map([
                ("id", Datum::words(&risk.id)),
                ("name", Datum::words(&risk.name)),
                ("today", risk_datum(&analysis.today[index])),
                ("plans", by_plan(&|plan| risk_datum(&plan.risks[index]))),
            ])
        })
        .collect();
    let value_streams = scenario
        .value_streams()
        .iter()
        .enumerate()
        .map(|(stream, item)| {
            let loss = |means: &[RiskMeans<Figure>]| {
                let struck = scenario.risks().iter().zip(means).filter(|(risk, _)| risk.value_stream == Some(stream));
                Datum::Money(struck.map(|(_, means)| means.annual_loss).sum())
            };
            map([
                ("id", Datum::words(&item.id)),
                ("name", Datum::words(&item.name)),
                ("today", loss(&analysis.today)),
                ("plans", by_plan(&|plan| loss(&plan.risks))),
            ])
        })
        .collect();
    let plans = analysis.plans.iter().map(|plan| plan_datum(scenario, plan)).collect();
    let appetite = scenario
        .appetite()
        .iter()
        .map(|point| {
            map([
                ("name", Datum::words(&point.name)),
                ("loss", Datum::Money(Figure::exact(point.loss.get()))),
                ("chance", Datum::Number(Figure::exact(point.chance.get()).to_f64())),
                ("today", Datum::Null),
                ("plans", by_plan(&|_| Datum::Null)),
            ])
        })
        .collect();
    let recommended = analysis.recommended.map_or_else(|| "today".to_owned(), |index| plan_id(&analysis.plans[index]));
    map([
        ("schema", Datum::words("rosi.assessment/1")),
        (
            "provenance",
            map([
                ("version", Datum::words(env!("CARGO_PKG_VERSION"))),
                ("scenario_sha256", Datum::words(scenario.sha256())),
                ("seed", Datum::Whole(assumptions.seed)),
                ("method", Datum::words("expected")),
                ("years", Datum::Null),
            ]),
        ),
        ("title", Datum::words(scenario.title())),
        ("currency", Datum::words(scenario.currency().code())),
        (
            "recommendation",
            map([("plan", Datum::words(recommended)), ("why", Datum::words(sentences::why(scenario, analysis)))]),
        ),
        ("today", total_datum(analysis.loss_today)),
        ("risks", Datum::List(risks)),
        ("value_streams", Datum::List(value_streams)),
        ("plans", Datum::List(plans)),
        ("appetite", Datum::List(appetite)),
        ("assumptions", assumptions_datum(scenario)),
        ("warnings", Datum::List(warnings.iter().map(warning_datum).collect())),
    ])
}

fn warning_datum(warning: &Diagnostic) -> Datum {
    map([
        ("code", Datum::words(warning.code.as_str())),
        ("message", Datum::words(&warning.message)),
        ("where", Datum::words(&warning.path)),
    ])
}

fn assumptions_datum(scenario: &Scenario) -> Datum {
    let estimates = scenario.estimates();
    let without = estimates.iter().filter(|estimate| estimate.record.source.is_none()).count();
    let defaults = scenario
        .assumptions()
        .defaults
        .iter()
        .map(|default| map([("path", Datum::words(&default.path)), ("value", Datum::words(&default.value))]));
    map([
        ("count", Datum::Whole(estimates.len() as u64)),
        ("examples", Datum::Whole(scenario.example_count() as u64)),
        ("without_source", Datum::Whole(without as u64)),
        ("defaults", Datum::List(defaults.collect())),
    ])
}

/// The figures of a distribution that only the loss engine gives.
fn distribution_keys() -> [(&'static str, Datum); 5] {
    let nulls = |keys: &[&str]| Datum::Map(keys.iter().map(|key| ((*key).to_owned(), Datum::Null)).collect());
    [
        ("standard_deviation", Datum::Null),
        ("chance_of_loss", Datum::Null),
        ("quantiles", nulls(&QUANTILES)),
        ("tail_mean", nulls(&TAILS)),
        ("standard_error", Datum::Null),
    ]
}

fn risk_figures(loss: Figure, vulnerability: Option<Figure>) -> Vec<(String, Datum)> {
    let [deviation, chance, quantiles, tail, error] = distribution_keys();
    [
        ("expected_annual_loss", Datum::Money(loss)),
        ("gross_expected_annual_loss", Datum::Money(loss)),
        deviation,
        chance,
        ("vulnerability", Datum::number(vulnerability)),
        quantiles,
        tail,
        error,
        ("exact", Datum::Flag(loss.is_exact())),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value))
    .collect()
}

fn total_datum(loss: Figure) -> Datum {
    Datum::Map(risk_figures(loss, None))
}

fn risk_datum(means: &RiskMeans<Figure>) -> Datum {
    let mut figures = risk_figures(means.annual_loss, means.vulnerability);
    figures.push(("yearly_rate".into(), Datum::Number(means.rate.to_f64())));
    figures.push(("single_loss".into(), Datum::money(means.annual_loss.ratio(means.rate))));
    Datum::Map(figures)
}

fn plan_datum(scenario: &Scenario, plan: &PlanAnalysis) -> Datum {
    let item = &scenario.plans()[plan.plan];
    let controls = plan.controls.iter().map(|costs| control_datum(scenario, costs)).collect();
    let overlaps = plan.overlaps.iter().map(|overlap| overlap_datum(scenario, overlap)).collect();
    map([
        ("id", Datum::words(&item.id)),
        ("name", Datum::words(&item.name)),
        ("risk", total_datum(plan.loss)),
        ("investment", investment_datum(&plan.investment)),
        ("controls", Datum::List(controls)),
        ("overlaps", Datum::List(overlaps)),
    ])
}

fn investment_datum(money: &Investment) -> Datum {
    map([
        ("cost", Datum::flows(&money.cost)),
        ("cash", Datum::flows(&money.cash)),
        ("loss_avoided", Datum::flows(&money.loss_avoided)),
        ("net_present_value", Datum::Money(money.net_present_value)),
        ("rosi", Datum::number(money.rosi)),
        ("internal_rate_of_return", money.internal_rate_of_return.map_or(Datum::Null, Datum::Number)),
        ("payback_years", Datum::number(money.payback_years)),
        ("discounted_payback_years", Datum::number(money.discounted_payback_years)),
        ("benefit_cost_ratio", Datum::number(money.benefit_cost_ratio)),
        ("equivalent_annual_cost", Datum::money(money.equivalent_annual_cost)),
        ("chance_of_paying_back", Datum::Null),
        ("break_even_reduction", Datum::number(money.break_even_reduction)),
        ("present_value_of_cost", Datum::Money(money.present_cost)),
        ("present_value_of_loss_avoided", Datum::Money(money.present_avoided)),
        ("net_yearly_benefit", Datum::Money(money.net_yearly_benefit)),
        ("exact", Datum::Flag(money.net_present_value.is_exact())),
    ])
}

fn control_datum(scenario: &Scenario, costs: &ControlCosts) -> Datum {
    map([
        ("id", Datum::words(&scenario.controls()[costs.control].id)),
        ("cost", Datum::flows(&costs.total())),
        ("initial", Datum::flows(&costs.initial)),
        ("yearly", Datum::flows(&costs.yearly)),
        ("people", Datum::flows(&costs.people)),
        ("friction", Datum::flows(&costs.friction)),
        ("retired", Datum::flows(&costs.retired)),
        ("salvage", Datum::flows(&costs.salvage)),
        ("people_hours", Datum::Number(costs.people_hours.to_f64())),
        ("friction_hours", Datum::Number(costs.friction_hours.to_f64())),
    ])
}

fn overlap_datum(scenario: &Scenario, overlap: &Overlap) -> Datum {
    let ids = overlap.controls.iter().map(|&control| Datum::words(&scenario.controls()[control].id)).collect();
    map([
        ("risk", Datum::words(&scenario.risks()[overlap.risk].id)),
        ("on", Datum::words(overlap.factor.key())),
        ("controls", Datum::List(ids)),
        ("best_single", Datum::Number(overlap.best_single.to_f64())),
        ("independent", Datum::Number(overlap.independent.to_f64())),
        ("expected_annual_loss_if_nested", Datum::Money(overlap.loss_if_nested)),
    ])
}
