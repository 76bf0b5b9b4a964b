//! The figures that other programs rely on, from an analysis.

use crate::diagnostic::Diagnostic;
use crate::engine::attribution::Contribution;
use crate::engine::incremental::{self, Outcome};
use crate::engine::money::costs::{ControlCosts, CostLine};
use crate::engine::money::waiting::CostOfWaiting;
use crate::engine::sensitivity::Tipping;
use crate::engine::year::{BAD, LEVELS, TAILS, YearErrors as Errors};
use crate::engine::{
    Analysis, Investment, OptionId, OptionYear, Overlap, Paths, PlanAnalysis, RiskMeans, Sensitivity, YearLoss,
};
use crate::figures::{
    Assessment, Assumptions, Borne, ByLevel, ByPlan, Chance, ControlFigures, DefaultAssumption, Information,
    InputFigures, InvestmentFigures, LimitErrors, LimitFigures, Money, OptionLoss, OverlapFigures, PeopleFigures,
    PlanFigures, Provenance, Quantity, Ratio, Recommendation, RiskFigures, RiskLoss, Share, Step, StreamFigures,
    TippingPoint, WaitingFigures, Warning, YearErrors, YearFigures, Years,
};
use crate::model::{EstimateId, PlanId, RiskId, Scenario};
use crate::units::{Figure, Kind};

use super::insurance::{borne, is_insured};
use super::sentences;

/// The id of an option: of a plan that was analysed, or `today`.
pub(super) fn option_id(scenario: &Scenario, analysis: &Analysis, plan: Option<OptionId>) -> String {
    plan_or_today(scenario, plan.map(|option| analysis.plans[option].plan))
}

/// The id of a plan, or what doing nothing more is called.
pub(super) fn plan_or_today(scenario: &Scenario, plan: Option<PlanId>) -> String {
    plan.map_or_else(|| "today".to_owned(), |plan| plan_id(scenario, plan))
}

pub(super) fn plan_id(scenario: &Scenario, plan: PlanId) -> String {
    scenario.plans()[plan].id.clone()
}

/// A value of every plan, by its id.
pub(super) fn by_plan<T>(
    scenario: &Scenario,
    analysis: &Analysis,
    value: impl Fn(&PlanAnalysis, Option<&OptionYear>) -> T,
) -> ByPlan<T> {
    let year = |index: OptionId| analysis.year.as_ref().map(|year| &year.plans[index]);
    let plans = analysis.plans.entries();
    plans.map(|(index, plan)| (plan_id(scenario, plan.plan), value(plan, year(index)))).collect()
}

pub(super) fn flows(flows: &[Figure]) -> Vec<Money> {
    flows.iter().copied().map(Money::from).collect()
}

/// Which run this is, and what was asked for besides the file, so that it can be done again.
pub(super) fn provenance(scenario: &Scenario, analysis: &Analysis) -> Provenance {
    let asked = &analysis.asked;
    let changes = scenario.changes();
    Provenance {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        scenario_sha256: scenario.sha256().to_owned(),
        seed: analysis.seed,
        method: analysis.method().to_owned(),
        years: analysis.year.as_ref().and_then(|year| year.years),
        plans_asked: asked
            .plans
            .as_ref()
            .map(|_| analysis.plans.iter().map(|plan| plan_id(scenario, plan.plan)).collect()),
        years_asked: asked.years,
        precision_asked: Share::finite(asked.precision),
        set: changes.map(|changes| changes.by.iter().map(ToString::to_string).collect()),
        file_sha256: changes.map(|changes| changes.of_file.clone()),
    }
}

/// Everything under `rosi.assessment/1`.
pub fn assessment(scenario: &Scenario, analysis: &Analysis, warnings: &[Diagnostic]) -> Assessment {
    let today_year = analysis.year.as_ref().map(|year| &year.today);
    let risks = scenario.risks().entries().map(|(index, risk)| RiskFigures {
        id: risk.id.clone(),
        name: risk.name.clone(),
        inherent: risk.inherent.map(|loss| Figure::exact(loss).into()),
        today: risk_loss(&analysis.today[index], analysis.net_loss(index), today_year, index),
        plans: by_plan(scenario, analysis, |plan, year| {
            risk_loss(&plan.risks[index], plan.net_loss(index), year, index)
        }),
    });
    let value_streams = scenario.value_streams().entries().map(|(stream, item)| {
        let loss = |net: &dyn Fn(RiskId) -> Figure| -> Money {
            let risks = scenario.risks().entries();
            let struck = risks.filter(|(_, risk)| risk.value_stream == Some(stream));
            struck.map(|(index, _)| net(index)).sum::<Figure>().into()
        };
        StreamFigures {
            id: item.id.clone(),
            name: item.name.clone(),
            today: loss(&|risk| analysis.net_loss(risk)),
            plans: by_plan(scenario, analysis, |plan, _| loss(&|risk| plan.net_loss(risk))),
        }
    });
    let limits = scenario.appetite().iter().enumerate().map(|(index, point)| {
        let above = |year: Option<&OptionYear>| {
            Chance::finite(year.and_then(|year| year.total.chance_above.get(index).copied()))
        };
        let error = |year: Option<&OptionYear>| Chance::finite(year.and_then(|year| year.total.chance_error(index)));
        LimitFigures {
            name: point.name.clone(),
            loss: Figure::exact(point.loss.get()).into(),
            chance: Figure::exact(point.chance.get()).into(),
            today: above(today_year),
            plans: by_plan(scenario, analysis, |_, year| above(year)),
            error: LimitErrors { today: error(today_year), plans: by_plan(scenario, analysis, |_, year| error(year)) },
        }
    });
    let sensitivity = analysis.sensitivity.as_ref();
    Assessment {
        schema: "rosi.assessment/1".to_owned(),
        provenance: provenance(scenario, analysis),
        title: scenario.title().to_owned(),
        currency: scenario.currency().code().to_owned(),
        recommendation: Recommendation {
            plan: option_id(scenario, analysis, analysis.recommended),
            why: sentences::why(scenario, analysis),
        },
        today: option_loss(&analysis.today, analysis.loss_today, today_year, is_insured(scenario, analysis)),
        risks: risks.collect(),
        value_streams: value_streams.collect(),
        plans: analysis.plans.ids().map(|index| plan_figures(scenario, analysis, index)).collect(),
        steps: analysis.steps.iter().map(|found| step(found, scenario, analysis)).collect(),
        appetite: limits.collect(),
        obligations: super::obligations::figures(scenario, analysis),
        response_times: super::response::figures(scenario, analysis),
        cases: super::stated::figures(scenario, analysis),
        value_of_perfect_information: sensitivity.map(|found| Information {
            value: Money::approximate(found.perfect.value),
            standard_error: Money::approximate(found.perfect.error),
        }),
        tipping_point: sensitivity
            .and_then(|found| found.tipping)
            .map(|tipping| tipping_point(scenario, analysis, &tipping)),
        assumptions: assumptions(scenario),
        warnings: warnings.iter().map(warning).collect(),
    }
}

/// A warning for other programs.
pub fn warning(warning: &Diagnostic) -> Warning {
    Warning { code: warning.code.as_str().to_owned(), message: warning.message.clone(), r#where: warning.path.clone() }
}

fn assumptions(scenario: &Scenario) -> Assumptions {
    let without = scenario.estimates().iter().filter(|estimate| estimate.record.source.is_none()).count();
    let defaults = scenario.assumptions().defaults.iter();
    Assumptions {
        count: scenario.stated_count() as u64,
        examples: scenario.example_count() as u64,
        without_source: without as u64,
        defaults: defaults
            .map(|default| DefaultAssumption { path: default.path.to_string(), value: default.value.to_string() })
            .collect(),
    }
}

/// Amounts at levels; nothing where there is no year.
pub(super) fn by_level<const N: usize>(levels: [f64; N], amounts: Option<[Option<f64>; N]>) -> ByLevel<Option<Money>> {
    ByLevel::of(levels, amounts.unwrap_or([None; N]).map(Money::approximate))
}

fn year_figures(gross: Figure, net: Figure, vulnerability: Option<Figure>, year: Option<&YearLoss>) -> YearFigures {
    YearFigures {
        expected_annual_loss: net.into(),
        gross_expected_annual_loss: gross.into(),
        standard_deviation: Money::approximate(year.map(|year| year.standard_deviation)),
        chance_of_loss: Chance::finite(year.map(|year| year.chance_of_loss)),
        vulnerability: vulnerability.map(Chance::from),
        quantiles: by_level(LEVELS, year.map(|year| year.quantiles)),
        tail_mean: by_level(TAILS, year.map(|year| year.tail_means)),
        standard_error: year.and_then(|year| year.errors.as_ref()).map(year_errors),
        error: year.and_then(|year| year.error.as_ref()).map(year_errors),
        exact: net.is_exact(),
    }
}

pub(super) fn year_errors(errors: &Errors) -> YearErrors {
    YearErrors {
        expected_annual_loss: Money::approximate(errors.mean),
        standard_deviation: Money::approximate(errors.standard_deviation),
        chance_of_loss: Chance::finite(errors.chance_of_loss),
        quantiles: by_level(LEVELS, Some(errors.quantiles)),
        tail_mean: by_level(TAILS, Some(errors.tail_means)),
    }
}

fn option_loss(means: &[RiskMeans<Figure>], net: Figure, year: Option<&OptionYear>, is_insured: bool) -> OptionLoss {
    let gross = means.iter().map(|risk| risk.annual_loss).sum();
    let borne = year.filter(|_| is_insured).map(|year| borne(year, gross));
    let independent = year.and_then(|year| year.if_independent.as_ref());
    OptionLoss {
        year: year_figures(gross, net, None, year.map(|year| &year.total)),
        insurance: borne.map(|borne| Borne {
            transferred: Money::approximate(borne.transferred),
            retained: Money::approximate(borne.retained),
            uninsured: Money::approximate(borne.uninsured),
        }),
        bad_year_if_independent: Money::approximate(independent.and_then(|year| year.quantiles[BAD])),
        knowledge_share_of_variance: Share::finite(year.and_then(|year| year.knowledge_share)),
    }
}

fn risk_loss(means: &RiskMeans<Figure>, net: Figure, year: Option<&OptionYear>, risk: RiskId) -> RiskLoss {
    RiskLoss {
        year: year_figures(means.annual_loss, net, means.vulnerability, year.map(|year| &year.risks[risk])),
        yearly_rate: means.rate.into(),
        single_loss: means.annual_loss.ratio(means.rate).map(Money::from),
        part_of_bad_years: Money::approximate(year.and_then(|year| year.tail_parts.get(risk).copied())),
    }
}

fn plan_figures(scenario: &Scenario, analysis: &Analysis, index: OptionId) -> PlanFigures {
    let plan = &analysis.plans[index];
    let item = &scenario.plans()[plan.plan];
    let hours = plan.people_hours(scenario);
    let year = analysis.year.as_ref().map(|year| &year.plans[index]);
    let sensitivity = analysis.sensitivity.as_ref();
    let controls = plan.controls.iter().zip(&plan.contributions);
    let worth_it = sensitivity.and_then(|found| found.worth_it.get(index).copied());
    PlanFigures {
        id: item.id.clone(),
        name: item.name.clone(),
        risk: option_loss(&plan.risks, plan.loss, year, is_insured(scenario, analysis)),
        investment: investment(&plan.investment, analysis.paths.as_ref().map(|paths| (paths, index))),
        people: PeopleFigures {
            hours: hours.own.into(),
            full_time_equivalents: hours.full_time.into(),
            friction_hours: hours.users.into(),
        },
        budget_by_year: super::budget::Budget::of(plan).figures(),
        controls: controls.map(|(costs, added)| control(scenario, costs, added)).collect(),
        value_of_policies: plan.policies.into(),
        overlaps: plan.overlaps.iter().map(|found| overlap(scenario, found)).collect(),
        sensitivity: sensitivity.map(|found| inputs(scenario, found, index)),
        chance_worth_it_on_average: Chance::finite(worth_it.map(|found| found.0)),
        chance_worth_it_on_average_standard_error: Chance::finite(worth_it.map(|found| found.1)),
    }
}

/// The levels of the quantiles of a net present value.
const VALUE_LEVELS: [f64; 5] = [0.05, 0.1, 0.5, 0.9, 0.95];

fn investment(money: &Investment, paths: Option<(&Paths, OptionId)>) -> InvestmentFigures {
    let paying = paths.and_then(|(paths, plan)| paths.chance_of_paying_back(plan));
    let values = paths.and_then(|(paths, plan)| paths.quantiles(plan, VALUE_LEVELS));
    InvestmentFigures {
        cost: flows(&money.cost),
        cash: flows(&money.cash),
        premiums: flows(&money.premiums),
        loss_avoided: flows(&money.loss_avoided),
        gains: flows(&money.gains),
        net_present_value: money.net_present_value.into(),
        rosi: money.rosi.map(Ratio::from),
        rosi_textbook: money.textbook_rosi.map(Ratio::from),
        internal_rate_of_return: money.internal_rate_of_return().map(Share::from),
        internal_rates_of_return: money.internal_rates_of_return.iter().copied().map(Share::from).collect(),
        payback_years: money.payback_years.map(Years::from),
        discounted_payback_years: money.discounted_payback_years.map(Years::from),
        benefit_cost_ratio: money.benefit_cost_ratio.map(Ratio::from),
        equivalent_annual_cost: money.equivalent_annual_cost.map(Money::from),
        net_present_value_quantiles: by_level(VALUE_LEVELS, values.map(|values| values.map(Some))),
        // Nothing of a value is simulated.
        net_present_value_standard_error: None,
        net_present_value_error: Money::approximate((money.value_error > 0.0).then_some(money.value_error)),
        chance_of_paying_back: Chance::finite(paying.map(|(chance, _)| chance)),
        chance_of_paying_back_standard_error: Chance::finite(paying.map(|(_, error)| error)),
        cost_of_waiting: money.cost_of_waiting.map(waiting),
        cost_of_waiting_a_year: money.waiting.map(Money::from),
        break_even_reduction: money.break_even_reduction.map(Share::from),
        present_value_of_cost: money.present_cost.into(),
        present_value_of_loss_avoided: money.present_avoided.into(),
        present_value_of_gains: money.present_gains.into(),
        net_yearly_benefit: money.net_yearly_benefit.into(),
        exact: money.net_present_value.is_exact(),
    }
}

fn waiting(waiting: CostOfWaiting) -> WaitingFigures {
    WaitingFigures {
        total: waiting.total.into(),
        loss_suffered: waiting.loss_suffered.into(),
        spending_saved: waiting.spending_saved.into(),
        unused_life: waiting.unused_life.into(),
        unused_life_counted: waiting.is_left_counted,
    }
}

fn control(scenario: &Scenario, costs: &ControlCosts, added: &Contribution) -> ControlFigures {
    let line = |cost_line: CostLine| flows(&costs.line(cost_line));
    ControlFigures {
        id: scenario.controls()[costs.control].id.clone(),
        cost: flows(&costs.total()),
        initial: line(CostLine::Bought),
        yearly: line(CostLine::Running),
        people: line(CostLine::People),
        friction: line(CostLine::Friction),
        retired: line(CostLine::Retired),
        salvage: line(CostLine::Sold),
        end_value: line(CostLine::Left),
        depreciation: flows(&costs.written_down()),
        people_saved: line(CostLine::PeopleSaved),
        users_saved: line(CostLine::UsersSaved),
        people_hours: costs.people_hours.into(),
        friction_hours: costs.friction_hours.into(),
        saved_hours: costs.saved_hours.into(),
        alone: added.alone.into(),
        last_in: added.last_in.into(),
        shapley: added.shapley.into(),
    }
}

/// A value of an input: money where it is an amount, else a number.
fn quantity(scenario: &Scenario, id: EstimateId, number: Option<f64>) -> Option<Quantity> {
    match scenario.estimate(id).kind {
        Kind::Money | Kind::YearlyMoney | Kind::Revenue | Kind::Wage => Money::approximate(number).map(Quantity::Money),
        _ => Quantity::finite(number),
    }
}

/// What every input does to a plan's value.
fn inputs(scenario: &Scenario, found: &Sensitivity, plan: OptionId) -> Vec<InputFigures> {
    let inputs = found.inputs.iter().map(|input| {
        let of = |number: Option<f64>| quantity(scenario, input.estimate, number);
        let swing = input.swings[plan];
        InputFigures {
            input: scenario.estimate(input.estimate).path.clone(),
            from: of(input.range.map(|range| range.0)),
            to: of(input.range.map(|range| range.1)),
            low: Money::approximate(swing.map(|swing| swing.0)),
            high: Money::approximate(swing.map(|swing| swing.1)),
            break_even: of(input.break_even[plan]),
            value_of_information: Money::approximate(input.information),
            mean: of(Some(input.mean)),
        }
    });
    inputs.collect()
}

fn tipping_point(scenario: &Scenario, analysis: &Analysis, tipping: &Tipping) -> TippingPoint {
    TippingPoint {
        input: scenario.estimate(tipping.estimate).path.clone(),
        mean: quantity(scenario, tipping.estimate, Some(tipping.mean)),
        at: quantity(scenario, tipping.estimate, Some(tipping.at)),
        plan: option_id(scenario, analysis, tipping.option),
        within_range: tipping.is_likely,
    }
}

/// A challenge among options that exclude each other.
fn step(step: &incremental::Step, scenario: &Scenario, analysis: &Analysis) -> Step {
    let outcome = match step.outcome {
        Outcome::Better => "better",
        Outcome::NotWorthIt => "not_worth_it",
        Outcome::Dominated => "dominated",
    };
    Step {
        plan: option_id(scenario, analysis, Some(step.plan)),
        against: option_id(scenario, analysis, step.against),
        cost: step.cost.into(),
        loss_avoided: step.avoided.into(),
        gains: step.gains.into(),
        net_present_value: step.value.into(),
        outcome: outcome.to_owned(),
    }
}

fn overlap(scenario: &Scenario, overlap: &Overlap) -> OverlapFigures {
    OverlapFigures {
        risk: scenario.risks()[overlap.risk].id.clone(),
        on: overlap.factor.key().to_owned(),
        controls: overlap.controls.iter().map(|control| scenario.controls()[*control].id.clone()).collect(),
        best_single: overlap.best_single.into(),
        independent: overlap.independent.into(),
        expected_annual_loss_if_nested: overlap.loss_if_nested.into(),
    }
}
