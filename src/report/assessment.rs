//! The figures that other programs rely on: keys are added, never renamed.
//!
//! Every key is always there; a figure that does not exist is [`Datum::Null`].

use crate::diagnostic::Diagnostic;
use crate::engine::attribution::Contribution;
use crate::engine::incremental::{Outcome, Step};
use crate::engine::money::costs::{ControlCosts, CostLine};
use crate::engine::money::waiting::CostOfWaiting;
use crate::engine::sensitivity::Tipping;
use crate::engine::year::{BAD, LEVELS, TAILS, YearErrors};
use crate::engine::{Analysis, Investment, OptionYear, Overlap, Paths, PlanAnalysis, RiskMeans, Sensitivity, YearLoss};
use crate::model::{EstimateId, Scenario};
use crate::units::{Figure, Kind};

use super::insurance::{borne, is_insured};
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
    pub(super) fn words(words: impl Into<String>) -> Self {
        Self::Words(words.into())
    }

    pub(super) fn money(figure: Option<Figure>) -> Self {
        figure.map_or(Self::Null, Self::Money)
    }

    pub(super) fn number(figure: Option<Figure>) -> Self {
        figure.map_or(Self::Null, |figure| Self::Number(figure.to_f64()))
    }

    /// A float that is a number; nothing where it does not exist.
    pub(super) fn finite(value: Option<f64>) -> Self {
        value.filter(|value| value.is_finite()).map_or(Self::Null, Self::Number)
    }

    /// An amount of money from floating point; nothing where it does not exist.
    pub(super) fn amount(value: Option<f64>) -> Self {
        value.filter(|value| value.is_finite()).map_or(Self::Null, |value| Self::Money(Figure::approximate(value)))
    }

    /// What stands under a key of a map.
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    fn flows(flows: &[Figure]) -> Self {
        Self::List(flows.iter().copied().map(Self::Money).collect())
    }
}

/// A figure of every plan, by its id.
pub(super) type ByPlan<'a> = &'a dyn Fn(&dyn Fn(&PlanAnalysis) -> Datum) -> Datum;

pub(super) fn map<const N: usize>(entries: [(&str, Datum); N]) -> Datum {
    Datum::Map(entries.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// Which run this is, and what was asked for besides the file, so that it can be done again.
pub(super) fn provenance(scenario: &Scenario, analysis: &Analysis) -> Datum {
    let asked = &analysis.asked;
    let plans = analysis.plans.iter().map(|plan| Datum::words(&scenario.plans()[plan.plan].id));
    let mut provenance = vec![
        ("version", Datum::words(env!("CARGO_PKG_VERSION"))),
        ("scenario_sha256", Datum::words(scenario.sha256())),
        ("seed", Datum::Whole(analysis.seed)),
        ("method", Datum::words(analysis.method())),
        ("years", analysis.year.as_ref().and_then(|year| year.years).map_or(Datum::Null, Datum::Whole)),
        ("plans_asked", asked.plans.as_ref().map_or(Datum::Null, |_| Datum::List(plans.collect()))),
        ("years_asked", asked.years.map_or(Datum::Null, Datum::Whole)),
        ("precision_asked", Datum::finite(asked.precision)),
    ];
    if let Some(changes) = scenario.changes() {
        provenance.push(("set", Datum::List(changes.by.iter().map(Datum::words).collect())));
        provenance.push(("file_sha256", Datum::words(&changes.of_file)));
    }
    Datum::Map(provenance.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

/// Everything under `rosi.assessment/1`.
pub fn assessment(scenario: &Scenario, analysis: &Analysis, warnings: &[Diagnostic]) -> Datum {
    let plan_id = |plan: &PlanAnalysis| scenario.plans()[plan.plan].id.clone();
    let by_plan = |figure: &dyn Fn(&PlanAnalysis) -> Datum| {
        Datum::Map(analysis.plans.iter().map(|plan| (plan_id(plan), figure(plan))).collect())
    };
    let today_year = analysis.year.as_ref().map(|year| &year.today);
    let plan_year = |index: usize| analysis.year.as_ref().map(|year| &year.plans[index]);
    let by_plan_year = |figure: &dyn Fn(&PlanAnalysis, Option<&OptionYear>) -> Datum| {
        let plans = analysis.plans.iter().enumerate();
        Datum::Map(plans.map(|(index, plan)| (plan_id(plan), figure(plan, plan_year(index)))).collect())
    };
    let risks = scenario
        .risks()
        .iter()
        .enumerate()
        .map(|(index, risk)| {
            map([
                ("id", Datum::words(&risk.id)),
                ("name", Datum::words(&risk.name)),
                ("inherent", risk.inherent.map_or(Datum::Null, |loss| Datum::Money(Figure::exact(loss)))),
                ("today", risk_datum(&analysis.today[index], analysis.net_loss(index), today_year, index)),
                (
                    "plans",
                    by_plan_year(&|plan, year| risk_datum(&plan.risks[index], plan.net_loss(index), year, index)),
                ),
            ])
        })
        .collect();
    let value_streams = scenario
        .value_streams()
        .iter()
        .enumerate()
        .map(|(stream, item)| {
            let loss = |net: &dyn Fn(usize) -> Figure| {
                let risks = scenario.risks().iter().enumerate();
                let struck = risks.filter(|(_, risk)| risk.value_stream == Some(stream));
                Datum::Money(struck.map(|(index, _)| net(index)).sum())
            };
            map([
                ("id", Datum::words(&item.id)),
                ("name", Datum::words(&item.name)),
                ("today", loss(&|risk| analysis.net_loss(risk))),
                ("plans", by_plan(&|plan| loss(&|risk| plan.net_loss(risk)))),
            ])
        })
        .collect();
    let insured = is_insured(scenario, analysis);
    let plans = analysis
        .plans
        .iter()
        .enumerate()
        .map(|(index, plan)| {
            let sensitivity = analysis.sensitivity.as_ref().map(|found| sensitivity_datum(scenario, found, index));
            plan_datum(
                scenario,
                plan,
                plan_year(index),
                sensitivity,
                analysis.sensitivity.as_ref().and_then(|found| found.worth_it.get(index).copied()),
                analysis.paths.as_ref().map(|paths| (paths, index)),
                insured,
            )
        })
        .collect();
    let appetite = scenario
        .appetite()
        .iter()
        .enumerate()
        .map(|(index, point)| {
            let above = |year: Option<&OptionYear>| {
                Datum::finite(year.and_then(|year| year.total.chance_above.get(index).copied()))
            };
            let error = |year: Option<&OptionYear>| Datum::finite(year.and_then(|year| year.total.chance_error(index)));
            map([
                ("name", Datum::words(&point.name)),
                ("loss", Datum::Money(Figure::exact(point.loss.get()))),
                ("chance", Datum::Number(Figure::exact(point.chance.get()).to_f64())),
                ("today", above(today_year)),
                ("plans", by_plan_year(&|_, year| above(year))),
                ("error", map([("today", error(today_year)), ("plans", by_plan_year(&|_, year| error(year)))])),
            ])
        })
        .collect();
    let recommended = analysis.recommended.map_or_else(|| "today".to_owned(), |index| plan_id(&analysis.plans[index]));
    map([
        ("schema", Datum::words("rosi.assessment/1")),
        ("provenance", provenance(scenario, analysis)),
        ("title", Datum::words(scenario.title())),
        ("currency", Datum::words(scenario.currency().code())),
        (
            "recommendation",
            map([("plan", Datum::words(recommended)), ("why", Datum::words(sentences::why(scenario, analysis)))]),
        ),
        ("today", total_datum(&analysis.today, analysis.loss_today, today_year, insured)),
        ("risks", Datum::List(risks)),
        ("value_streams", Datum::List(value_streams)),
        ("plans", Datum::List(plans)),
        (
            "steps",
            Datum::List(
                analysis.steps.iter().map(|step| step_datum(step, &|plan| plan_id(&analysis.plans[plan]))).collect(),
            ),
        ),
        ("appetite", Datum::List(appetite)),
        ("obligations", super::obligations::datum(scenario, analysis, &by_plan)),
        ("response_times", super::response::datum(scenario, analysis, &by_plan)),
        ("value_of_perfect_information", analysis.sensitivity.as_ref().map_or(Datum::Null, perfect_datum)),
        (
            "tipping_point",
            analysis.sensitivity.as_ref().and_then(|found| found.tipping).map_or(Datum::Null, |tipping| {
                tipping_datum(scenario, &tipping, &|plan| plan_id(&analysis.plans[plan]))
            }),
        ),
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
        ("count", Datum::Whole(scenario.stated_count() as u64)),
        ("examples", Datum::Whole(scenario.example_count() as u64)),
        ("without_source", Datum::Whole(without as u64)),
        ("defaults", Datum::List(defaults.collect())),
    ])
}

/// A level as a key: `0.95`.
pub(super) fn by_level<const N: usize>(levels: [f64; N], figures: [Option<f64>; N]) -> Datum {
    Datum::Map(levels.iter().zip(figures).map(|(level, figure)| (level.to_string(), Datum::amount(figure))).collect())
}

fn risk_figures(
    gross: Figure,
    net: Figure,
    vulnerability: Option<Figure>,
    year: Option<&YearLoss>,
) -> Vec<(String, Datum)> {
    [
        ("expected_annual_loss", Datum::Money(net)),
        ("gross_expected_annual_loss", Datum::Money(gross)),
        ("standard_deviation", Datum::amount(year.map(|year| year.standard_deviation))),
        ("chance_of_loss", Datum::finite(year.map(|year| year.chance_of_loss))),
        ("vulnerability", Datum::number(vulnerability)),
        ("quantiles", by_level(LEVELS, year.map_or([None; LEVELS.len()], |year| year.quantiles))),
        ("tail_mean", by_level(TAILS, year.map_or([None; TAILS.len()], |year| year.tail_means))),
        ("standard_error", year.and_then(|year| year.errors.as_ref()).map_or(Datum::Null, errors_datum)),
        ("error", year.and_then(|year| year.error.as_ref()).map_or(Datum::Null, errors_datum)),
        ("exact", Datum::Flag(net.is_exact())),
    ]
    .into_iter()
    .map(|(key, value)| (key.to_owned(), value))
    .collect()
}

pub(super) fn errors_datum(errors: &YearErrors) -> Datum {
    map([
        ("expected_annual_loss", Datum::amount(Some(errors.mean))),
        ("standard_deviation", Datum::amount(Some(errors.standard_deviation))),
        ("chance_of_loss", Datum::finite(Some(errors.chance_of_loss))),
        ("quantiles", by_level(LEVELS, errors.quantiles)),
        ("tail_mean", by_level(TAILS, errors.tail_means)),
    ])
}

fn total_datum(means: &[RiskMeans<Figure>], net: Figure, year: Option<&OptionYear>, is_insured: bool) -> Datum {
    let gross = means.iter().map(|risk| risk.annual_loss).sum();
    let mut figures = risk_figures(gross, net, None, year.map(|year| &year.total));
    let borne = year.filter(|_| is_insured).map(|year| borne(year, gross));
    figures.push((
        "insurance".into(),
        borne.map_or(Datum::Null, |borne| {
            map([
                ("transferred", Datum::amount(Some(borne.transferred))),
                ("retained", Datum::amount(Some(borne.retained))),
                ("uninsured", Datum::amount(Some(borne.uninsured))),
            ])
        }),
    ));
    let independent = year.and_then(|year| year.if_independent.as_ref());
    figures.push(("bad_year_if_independent".into(), Datum::amount(independent.and_then(|year| year.quantiles[BAD]))));
    figures.push(("knowledge_share_of_variance".into(), Datum::finite(year.and_then(|year| year.knowledge_share))));
    Datum::Map(figures)
}

fn risk_datum(means: &RiskMeans<Figure>, net: Figure, year: Option<&OptionYear>, risk: usize) -> Datum {
    let mut figures = risk_figures(means.annual_loss, net, means.vulnerability, year.map(|year| &year.risks[risk]));
    figures.push(("yearly_rate".into(), Datum::Number(means.rate.to_f64())));
    figures.push(("single_loss".into(), Datum::money(means.annual_loss.ratio(means.rate))));
    figures.push(("part_of_bad_years".into(), Datum::amount(year.and_then(|year| year.tail_parts.get(risk).copied()))));
    Datum::Map(figures)
}

fn plan_datum(
    scenario: &Scenario,
    plan: &PlanAnalysis,
    year: Option<&OptionYear>,
    sensitivity: Option<Datum>,
    worth_it: Option<f64>,
    paths: Option<(&Paths, usize)>,
    is_insured: bool,
) -> Datum {
    let item = &scenario.plans()[plan.plan];
    let hours = plan.people_hours(scenario);
    let controls = plan.controls.iter().zip(&plan.contributions);
    let controls = controls.map(|(costs, added)| control_datum(scenario, costs, added)).collect();
    let overlaps = plan.overlaps.iter().map(|overlap| overlap_datum(scenario, overlap)).collect();
    map([
        ("id", Datum::words(&item.id)),
        ("name", Datum::words(&item.name)),
        ("risk", total_datum(&plan.risks, plan.loss, year, is_insured)),
        ("investment", investment_datum(&plan.investment, paths)),
        (
            "people",
            map([
                ("hours", Datum::Number(hours.own.to_f64())),
                ("full_time_equivalents", Datum::Number(hours.full_time.to_f64())),
                ("friction_hours", Datum::Number(hours.users.to_f64())),
            ]),
        ),
        ("controls", Datum::List(controls)),
        ("value_of_policies", Datum::Money(plan.policies)),
        ("overlaps", Datum::List(overlaps)),
        ("sensitivity", sensitivity.unwrap_or(Datum::Null)),
        ("chance_worth_it_on_average", Datum::finite(worth_it)),
    ])
}

/// The levels of the quantiles of a net present value.
const VALUE_LEVELS: [f64; 5] = [0.05, 0.1, 0.5, 0.9, 0.95];

fn investment_datum(money: &Investment, paths: Option<(&Paths, usize)>) -> Datum {
    let paying = paths.and_then(|(paths, plan)| paths.chance_of_paying_back(plan));
    let values = paths.and_then(|(paths, plan)| paths.quantiles(plan, VALUE_LEVELS));
    map([
        ("cost", Datum::flows(&money.cost)),
        ("cash", Datum::flows(&money.cash)),
        ("premiums", Datum::flows(&money.premiums)),
        ("loss_avoided", Datum::flows(&money.loss_avoided)),
        ("gains", Datum::flows(&money.gains)),
        ("net_present_value", Datum::Money(money.net_present_value)),
        ("rosi", Datum::number(money.rosi)),
        ("rosi_textbook", Datum::number(money.textbook_rosi)),
        ("internal_rate_of_return", money.internal_rate_of_return().map_or(Datum::Null, Datum::Number)),
        (
            "internal_rates_of_return",
            Datum::List(money.internal_rates_of_return.iter().map(|rate| Datum::Number(*rate)).collect()),
        ),
        ("payback_years", Datum::number(money.payback_years)),
        ("discounted_payback_years", Datum::number(money.discounted_payback_years)),
        ("benefit_cost_ratio", Datum::number(money.benefit_cost_ratio)),
        ("equivalent_annual_cost", Datum::money(money.equivalent_annual_cost)),
        ("net_present_value_quantiles", by_level(VALUE_LEVELS, values.map_or([None; 5], |values| values.map(Some)))),
        (
            // Nothing of a value is simulated.
            "net_present_value_standard_error",
            Datum::Null,
        ),
        ("net_present_value_error", Datum::amount((money.value_error > 0.0).then_some(money.value_error))),
        ("chance_of_paying_back", Datum::finite(paying.map(|(chance, _)| chance))),
        ("chance_of_paying_back_standard_error", Datum::finite(paying.map(|(_, error)| error))),
        ("cost_of_waiting", money.cost_of_waiting.map_or(Datum::Null, waiting_datum)),
        ("cost_of_waiting_a_year", Datum::money(money.waiting)),
        ("break_even_reduction", Datum::number(money.break_even_reduction)),
        ("present_value_of_cost", Datum::Money(money.present_cost)),
        ("present_value_of_loss_avoided", Datum::Money(money.present_avoided)),
        ("present_value_of_gains", Datum::Money(money.present_gains)),
        ("net_yearly_benefit", Datum::Money(money.net_yearly_benefit)),
        ("exact", Datum::Flag(money.net_present_value.is_exact())),
    ])
}

fn waiting_datum(waiting: CostOfWaiting) -> Datum {
    map([
        ("total", Datum::Money(waiting.total)),
        ("loss_suffered", Datum::Money(waiting.loss_suffered)),
        ("spending_saved", Datum::Money(waiting.spending_saved)),
        ("unused_life", Datum::Money(waiting.unused_life)),
        ("unused_life_counted", Datum::Flag(waiting.is_left_counted)),
    ])
}

fn control_datum(scenario: &Scenario, costs: &ControlCosts, added: &Contribution) -> Datum {
    let line = |cost_line: CostLine| Datum::flows(&costs.line(cost_line));
    map([
        ("id", Datum::words(&scenario.controls()[costs.control].id)),
        ("cost", Datum::flows(&costs.total())),
        ("initial", line(CostLine::Bought)),
        ("yearly", line(CostLine::Running)),
        ("people", line(CostLine::People)),
        ("friction", line(CostLine::Friction)),
        ("retired", line(CostLine::Retired)),
        ("salvage", line(CostLine::Sold)),
        ("end_value", line(CostLine::Left)),
        ("depreciation", Datum::flows(&costs.written_down())),
        ("people_saved", line(CostLine::PeopleSaved)),
        ("users_saved", line(CostLine::UsersSaved)),
        ("people_hours", Datum::Number(costs.people_hours.to_f64())),
        ("friction_hours", Datum::Number(costs.friction_hours.to_f64())),
        ("saved_hours", Datum::Number(costs.saved_hours.to_f64())),
        ("alone", Datum::Money(added.alone)),
        ("last_in", Datum::Money(added.last_in)),
        ("shapley", Datum::Money(added.shapley)),
    ])
}

/// A value of an input: money where it is an amount, else a number.
fn input_datum(scenario: &Scenario, id: EstimateId, number: Option<f64>) -> Datum {
    match scenario.estimate(id).kind {
        Kind::Money | Kind::YearlyMoney | Kind::Revenue | Kind::Wage => Datum::amount(number),
        _ => Datum::finite(number),
    }
}

/// What every input does to a plan's value.
fn sensitivity_datum(scenario: &Scenario, found: &Sensitivity, plan: usize) -> Datum {
    let inputs = found.inputs.iter().map(|input| {
        let of = |number: Option<f64>| input_datum(scenario, input.estimate, number);
        let swing = input.swings[plan];
        map([
            ("input", Datum::words(&scenario.estimate(input.estimate).path)),
            ("from", of(input.range.map(|range| range.0))),
            ("to", of(input.range.map(|range| range.1))),
            ("low", Datum::amount(swing.map(|swing| swing.0))),
            ("high", Datum::amount(swing.map(|swing| swing.1))),
            ("break_even", of(input.break_even[plan])),
            ("value_of_information", Datum::amount(input.information)),
            ("mean", of(Some(input.mean))),
        ])
    });
    Datum::List(inputs.collect())
}

fn perfect_datum(found: &Sensitivity) -> Datum {
    map([
        ("value", Datum::amount(Some(found.perfect.value))),
        ("standard_error", Datum::amount(Some(found.perfect.error))),
    ])
}

fn tipping_datum(scenario: &Scenario, tipping: &Tipping, id: &dyn Fn(usize) -> String) -> Datum {
    map([
        ("input", Datum::words(&scenario.estimate(tipping.estimate).path)),
        ("mean", input_datum(scenario, tipping.estimate, Some(tipping.mean))),
        ("at", input_datum(scenario, tipping.estimate, Some(tipping.at))),
        ("plan", Datum::words(tipping.option.map_or_else(|| "today".to_owned(), id))),
        ("within_range", tipping.is_likely.map_or(Datum::Null, Datum::Flag)),
    ])
}

/// A challenge among options that exclude each other.
fn step_datum(step: &Step, id: &dyn Fn(usize) -> String) -> Datum {
    let against = step.against.map_or_else(|| "today".to_owned(), id);
    let outcome = match step.outcome {
        Outcome::Better => "better",
        Outcome::NotWorthIt => "not_worth_it",
        Outcome::Dominated => "dominated",
    };
    map([
        ("plan", Datum::words(id(step.plan))),
        ("against", Datum::words(against)),
        ("cost", Datum::Money(step.cost)),
        ("loss_avoided", Datum::Money(step.avoided)),
        ("net_present_value", Datum::Money(step.value)),
        ("outcome", Datum::words(outcome)),
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
