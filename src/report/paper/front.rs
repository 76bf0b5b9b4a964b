//! The page that decides.

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::engine::year::BAD;
use crate::engine::{Analysis, PlanAnalysis};
use crate::model::Scenario;
use crate::units::{Arithmetic, Figure, Numbers};

use super::super::chart::{Standing, words};
use super::super::charts::limits_of;
use super::super::sections::{Reader, subject_index};
use super::super::sentences::{self, cost_digits, loss_digits, name, value_digits, years};
use super::super::{Cell, Digits, Section, Table, Text, sensitivity, year};
use super::Front;

/// How many assumptions the first page names.
const NAMED: usize = 3;
/// How many agreed limits get a column of their own.
const LIMITS: usize = 2;

pub(super) fn front(scenario: &Scenario, analysis: &Analysis, warnings: &[Diagnostic], picture: Option<&str>) -> Front {
    Front {
        // Advice that a ratio would mislead belongs beside the money, not here.
        caution: sentences::caution(scenario, analysis, warnings),
        answer: sentences::answer(scenario, analysis),
        decision: decision(scenario, analysis),
        options: options(scenario, analysis),
        picture: picture.map(str::to_owned),
        wrong_if: wrong_if(scenario, analysis),
    }
}

/// What is asked: the option of the file's decision, else the recommended one.
fn decision(scenario: &Scenario, analysis: &Analysis) -> Vec<Text> {
    let asked = scenario.decision().and_then(|decision| decision.plan);
    let asked = asked.and_then(|plan| analysis.plans.iter().find(|found| found.plan == plan));
    let Some(plan) = asked.or_else(|| analysis.recommended.map(|index| &analysis.plans[index])) else {
        return vec![Text::plain("We ask for no money: none of the options is worth its cost.")];
    };
    let cash = &plan.investment.cash;
    let horizon = years(scenario.assumptions().horizon);
    let total: Figure = cash.iter().copied().sum();
    let digits = cost_digits(scenario);
    let mut ask = Text::plain("Approve ").name(name(scenario, plan)).and(": a budget of ");
    ask = ask.figure(Cell::Money(total, digits)).and(format!(" over {horizon}"));
    if let Some(now) = cash.first().filter(|now| !now.is_zero()) {
        ask = ask.and(", ").figure(Cell::Money(*now, digits)).and(" of it at the start");
    }
    let mut lines = vec![match scenario.decision().and_then(|decision| decision.by) {
        Some(by) => ask.and(format!(". Decide by {}.", day(by))),
        None => ask.and("."),
    }];
    let parts: Vec<String> = scenario.plans()[plan.plan]
        .controls
        .iter()
        .map(|planned| {
            let control = &scenario.controls()[planned.control].name;
            let start = Figure::exact(planned.start).to_f64();
            if start > 0.0 {
                format!("{control} (after {})", in_words(start, scenario.numbers()))
            } else {
                control.clone()
            }
        })
        .collect();
    if !parts.is_empty() {
        lines.push(Text::plain("It buys: ").and(parts.join("; ")).and("."));
    }
    lines
}

fn in_words(count: f64, numbers: Numbers) -> String {
    let tenths = (count * 10.0).round() / 10.0;
    if tenths == 1.0 { "one year".to_owned() } else { format!("{} years", numbers.set(&tenths.to_string())) }
}

/// A day as people write it: 31 January 2027.
pub(super) fn day(date: Date) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let month = usize::try_from(date.month() - 1).ok().and_then(|index| MONTHS.get(index)).copied();
    format!("{} {} {}", date.day(), month.unwrap_or_default(), date.year())
}

/// Doing nothing and each option: cost, average, bad year, value, and whether the agreed limits are kept.
fn options(scenario: &Scenario, analysis: &Analysis) -> Section {
    let (loss, cost, value) = (loss_digits(scenario), cost_digits(scenario), value_digits(scenario));
    let horizon = scenario.assumptions().horizon;
    let known = analysis.year.as_ref();
    let limits = limits_of(scenario, analysis);
    let mut columns =
        vec!["Option".to_owned(), format!("Cost over {}", years(horizon)), "Average loss per year".into()];
    if known.is_some() {
        columns.push("Bad year (1 in 20)".to_owned());
    }
    columns.push("Value today".to_owned());
    columns.extend(limits.iter().take(LIMITS).map(|limit| format!("Within the {}?", limit.name)));
    let row = |place: usize, label: String, plan: Option<&PlanAnalysis>| {
        let average = plan.map_or(analysis.loss_today, |plan| plan.loss);
        let zero = Figure::ZERO;
        let mut row = vec![
            Cell::words(label),
            Cell::Money(plan.map_or(zero, |plan| plan.investment.present_cost), cost),
            Cell::Money(average, loss),
        ];
        if let Some(known) = known {
            let bad = known.option(place).total.quantiles[BAD].filter(|loss| loss.is_finite());
            row.push(Cell::or_none(bad, |bad| Cell::Money(Figure::approximate(bad), year::digits(analysis))));
        }
        row.push(Cell::Money(plan.map_or(zero, |plan| plan.investment.net_present_value), value));
        for limit in limits.iter().take(LIMITS) {
            let said = words::chance_beside(limit.chances[place], limit.chance, scenario.numbers());
            row.push(match limit.standing(place) {
                Some(Standing::Within) => Cell::words(format!("yes: {said}")),
                Some(Standing::Over) => Cell::words(format!("no: {said}")),
                _ => Cell::words(format!("too close to tell: {said}")),
            });
        }
        row
    };
    let mut rows = vec![row(0, "Do nothing more".to_owned(), None)];
    rows.extend(
        analysis.plans.iter().enumerate().map(|(index, plan)| row(index + 1, name(scenario, plan), Some(plan))),
    );
    let emphasised = subject_index(analysis).map(|index| index + 1);
    let rate = Figure::exact(scenario.assumptions().discount_rate.get()).to_f64();
    let lead = Text::plain(format!("Amounts in {}. Cost and value in today's money at ", scenario.currency()))
        .figure(Cell::Share(rate))
        .and(" a year; value is the loss avoided less the cost, as we estimate them.");
    let agreed = limits.iter().take(LIMITS).zip(scenario.appetite()).map(|(limit, point)| {
        Text::plain("The ")
            .and(limit.name.clone())
            .and(": at most ")
            .figure(Cell::Chance(f64::from_decimal(point.chance.get())))
            .and(" to lose more than ")
            .figure(Cell::Money(Figure::exact(point.loss.get()), Digits::Whole))
            .and(" in a year.")
    });
    Section {
        title: "The options".to_owned(),
        lead: Some(lead),
        table: Some(Table { columns, rows, emphasised }),
        notes: agreed.collect(),
    }
}

/// The assumptions that move the answer most, and in which direction they would have to be wrong.
fn wrong_if(scenario: &Scenario, analysis: &Analysis) -> Section {
    let mut notes = Vec::new();
    if let Some(found) = &analysis.sensitivity {
        notes.push(sensitivity::tipping(scenario, analysis, found.tipping.as_ref(), Reader::Board));
    }
    if let Some(weights) = &analysis.weights {
        let plan = name(scenario, &analysis.plans[weights.plan]);
        let mut order: Vec<usize> = (0..weights.changes.len()).collect();
        order.sort_by(|&a, &b| weights.changes[b].abs().total_cmp(&weights.changes[a].abs()).then(a.cmp(&b)));
        for index in order.into_iter().take(NAMED - notes.len()).filter(|index| weights.changes[*index] != 0.0) {
            let estimate = &scenario.estimates()[index];
            let change = weights.changes[index];
            let (is, tenth) = if change > 0.0 { ("lower", "less") } else { ("higher", "more") };
            let line = Text::default()
                .name(estimate.name.clone())
                .and(format!(" is {is} than we assume ("))
                .figure(Cell::Estimate(estimate.shape.clone(), estimate.kind))
                .and(format!("): a tenth {tenth} takes about "))
                .figure(Cell::Money(Figure::approximate(change.abs()), Digits::Significant(2)))
                .and(" off the value of ")
                .name(plan.clone());
            notes.push(match (&estimate.record.source, estimate.record.example) {
                (_, true) => line.and(". It is still an example."),
                (None, false) => line.and(". It has no source yet."),
                (Some(source), false) => line.and(". Source: ").and(source.clone()).and("."),
            });
        }
    }
    Section { title: "This would be wrong if…".to_owned(), lead: None, table: None, notes }
}
