//! Which pictures does a report have, and what stands in them?

mod fits;
mod ranges;
mod steps;
mod tower;
mod years;

use crate::engine::Analysis;
use crate::model::Scenario;
use crate::units::{Figure, Unit};

use super::chart::{
    AgreedLimit, Chart, ChartKind, ChartOption, CostAgainstLossAvoided, CumulativeCash, LossByRisk, PlanPath,
    PlanPoint, RiskLosses, Scale, Swing, Tornado, words::assumption,
};
use super::sections;
use super::sentences::{self, name};
use super::texts::{line, texts};

/// What the board agreed to bear, and how every option stands to it; nothing where years are not known.
pub(super) fn limits_of(scenario: &Scenario, analysis: &Analysis) -> Vec<AgreedLimit> {
    years::limits(scenario, &years::options(scenario, analysis))
}

/// The observations that ranges of the case were fitted to, against these ranges: pictures of a paper.
pub fn fits(scenario: &Scenario) -> Vec<Chart> {
    finished(scenario, fits::charts(scenario))
}

/// Every chart of a report. Plans keep the order of the file, which fixes their colours.
pub fn charts(scenario: &Scenario, analysis: &Analysis) -> Vec<Chart> {
    let unit = scenario.unit();
    let mut charts = years::charts(scenario, analysis, unit);
    charts.extend(steps::chart(scenario, analysis, unit));
    charts.push(loss_by_risk(scenario, analysis, unit));
    charts.extend(ranges::chart(scenario, analysis, unit));
    if !analysis.plans.is_empty() {
        charts.push(cost_against_loss(scenario, analysis, unit));
        charts.push(cumulative_cash(scenario, analysis, unit));
    }
    charts.extend(tower::chart(scenario, analysis, unit));
    charts.extend(tornado(scenario, analysis, unit));
    finished(scenario, charts)
}

/// The charts with the words that every one of them has.
pub(super) fn finished(scenario: &Scenario, charts: Vec<Chart>) -> Vec<Chart> {
    let (count, all) = (scenario.example_count(), scenario.stated_count());
    let examples = (count > 0).then(|| line(texts(scenario).titles.examples, &[("count", &count), ("all", &all)]));
    charts
        .into_iter()
        .map(|chart| {
            let chart = chart.of_case(scenario.title());
            match &examples {
                Some(note) => chart.with_note(note),
                None => chart,
            }
        })
        .collect()
}

fn loss_by_risk(scenario: &Scenario, analysis: &Analysis, unit: Unit) -> Chart {
    let words = &texts(scenario).titles;
    let plans = analysis.plans.iter().map(|plan| name(scenario, plan));
    let options = std::iter::once(words.today.to_owned()).chain(plans).collect();
    let risks = scenario
        .risks()
        .entries()
        .map(|(index, risk)| RiskLosses {
            name: risk.name.clone(),
            losses: std::iter::once(analysis.net_loss(index))
                .chain(analysis.plans.iter().map(|plan| plan.net_loss(index)))
                .map(Figure::to_f64)
                .collect(),
        })
        .collect();
    Chart::new(
        "loss-by-risk",
        words.risks,
        words.risks_about,
        ChartKind::LossByRisk(LossByRisk::new(unit, options, risks)),
    )
}

/// How many assumptions the tornado has.
const SWINGS: usize = 10;

/// What one assumption at a time does to the plan that the report is about.
fn tornado(scenario: &Scenario, analysis: &Analysis, unit: Unit) -> Option<Chart> {
    let found = analysis.sensitivity.as_ref()?;
    let place = sections::subject_index(analysis)?;
    let value = analysis.plans[place].investment.net_present_value.to_f64();
    let plan = name(scenario, &analysis.plans[place]);
    let scale = Scale::for_amounts(unit, std::iter::once(value));
    let swings = found.inputs.iter().filter_map(|input| {
        let ((from, to), (low, high)) = (input.range?, input.swings[place]?);
        let estimate = scenario.estimate(input.estimate);
        let said = |number: f64| assumption(number, estimate.kind, &scale);
        Some(Swing { name: estimate.name.clone(), from: said(from), to: said(to), low, high })
    });
    let swings: Vec<Swing> = swings.filter(|swing| swing.width() > 0.0).collect();
    if swings.is_empty() {
        return None;
    }
    let mut tornado = Tornado::new(unit, ChartOption::plan(&plan, place.0), value, swings);
    tornado.swings.truncate(SWINGS);
    Some(tornado.into_chart("tornado", texts(scenario).titles.tornado))
}

fn cost_against_loss(scenario: &Scenario, analysis: &Analysis, unit: Unit) -> Chart {
    let words = &texts(scenario).titles;
    let horizon = sentences::years(scenario, scenario.assumptions().horizon);
    let points = analysis
        .plans
        .iter()
        .map(|plan| PlanPoint {
            name: name(scenario, plan),
            cost: plan.investment.present_cost.to_f64(),
            loss_avoided: plan.investment.present_avoided.to_f64(),
        })
        .collect();
    Chart::new(
        "cost-against-loss-avoided",
        words.cost,
        &line(words.cost_about, &[("years", &horizon)]),
        ChartKind::CostAgainstLossAvoided(CostAgainstLossAvoided::new(unit, &horizon, points)),
    )
}

fn cumulative_cash(scenario: &Scenario, analysis: &Analysis, unit: Unit) -> Chart {
    let paths = analysis
        .plans
        .iter()
        .map(|plan| {
            let money = &plan.investment;
            let mut sum = Figure::ZERO;
            let net = money
                .loss_avoided
                .iter()
                .zip(&money.cost)
                .map(|(avoided, cost)| {
                    sum = sum + *avoided - *cost;
                    sum.to_f64()
                })
                .collect();
            let mut path = PlanPath::new(&name(scenario, plan), net);
            path.payback_years = money.payback_years.map(Figure::to_f64);
            path
        })
        .collect();
    Chart::new(
        "cumulative-position",
        texts(scenario).titles.cash,
        texts(scenario).titles.cash_about,
        ChartKind::CumulativeCash(CumulativeCash::new(unit, paths)),
    )
}
