//! The page that decides.

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::engine::year::BAD;
use crate::engine::{Analysis, PlanAnalysis};
use crate::model::Scenario;
use crate::units::{Arithmetic, Figure, Numbers};

use super::super::chart::Standing;
use super::super::charts::limits_of;
use super::super::sections::{Reader, chosen_row};
use super::super::sentences::{self, cost_digits, loss_digits, name, value_digits, years};
use super::super::texts::{line, say, texts};
use super::super::{Cell, Digits, Piece, Section, Table, Text, sensitivity, year};
use super::Front;

/// How many assumptions the first page names.
const NAMED: usize = 3;
/// How many agreed limits get a column of their own.
const LIMITS: usize = 2;

pub(super) fn front(scenario: &Scenario, analysis: &Analysis, warnings: &[Diagnostic], picture: Option<&str>) -> Front {
    Front {
        // Advice that a ratio would mislead belongs beside the money, not here.
        caution: sentences::caution(scenario, analysis, warnings),
        // Where another option is asked for, the decision says so.
        answer: sentences::answer(scenario, analysis).into_iter().take(2).collect(),
        decision: decision(scenario, analysis),
        options: options(scenario, analysis),
        picture: picture.map(str::to_owned),
        wrong_if: wrong_if(scenario, analysis),
    }
}

/// What is asked: the option of the file's decision, else the recommended one.
fn decision(scenario: &Scenario, analysis: &Analysis) -> Vec<Text> {
    let words = &texts().front;
    let asked = scenario.decision().and_then(|decision| decision.plan);
    let asked = asked.and_then(|plan| analysis.plans.iter().find(|found| found.plan == plan));
    let Some(plan) = asked.or_else(|| analysis.recommended.map(|index| &analysis.plans[index])) else {
        return vec![Text::plain(if analysis.plans.is_empty() { words.no_option } else { words.no_money })];
    };
    let cash = &plan.investment.cash;
    let horizon = years(scenario.assumptions().horizon);
    let total: Figure = cash.iter().copied().sum();
    let digits = cost_digits(scenario);
    let less = Figure::ZERO - total;
    let mut ask = say(
        if less.is_positive() { words.approve_cheaper } else { words.approve },
        &[
            ("plan", Piece::Name(name(scenario, plan))),
            ("less", Cell::Money(less, digits).into()),
            ("budget", Cell::Money(total, digits).into()),
            ("years", horizon.into()),
        ],
    );
    if let Some(now) = cash.first().filter(|now| now.is_positive() && !less.is_positive()) {
        ask = ask.joined(say(words.at_start, &[("now", Cell::Money(*now, digits).into())]));
    }
    ask = ask.and(".");
    if let Some(by) = scenario.decision().and_then(|decision| decision.by) {
        ask = ask.joined(say(words.decide_by, &[("day", day(by).into())]));
    }
    let mut lines = vec![ask];
    lines.extend(doubt(scenario, analysis, plan));
    let parts: Vec<String> = scenario.plans()[plan.plan]
        .controls
        .iter()
        .map(|planned| {
            let control = &scenario.controls()[planned.control].name;
            let start = Figure::exact(planned.start).to_f64();
            if start > 0.0 {
                line(words.after, &[("control", control), ("time", &in_words(start, scenario.numbers()))])
            } else {
                control.clone()
            }
        })
        .collect();
    if !parts.is_empty() {
        lines.push(say(words.buys, &[("controls", parts.join("; ").into())]));
    }
    lines
}

/// Where the option that is asked for is not the one to recommend: by how much.
fn doubt(scenario: &Scenario, analysis: &Analysis, plan: &PlanAnalysis) -> Option<Text> {
    let words = &texts().front;
    let value = plan.investment.net_present_value;
    let amount = |figure: Figure| Cell::Money(figure, value_digits(scenario)).into();
    match analysis.recommended.map(|index| &analysis.plans[index]) {
        Some(best) if best.plan != plan.plan => {
            let more = amount(best.investment.net_present_value - value);
            Some(say(words.not_the_best, &[("best", Piece::Name(name(scenario, best))), ("more", more)]))
        }
        None => Some(say(words.not_worth_it, &[("less", amount(Figure::ZERO - value))])),
        Some(_) => None,
    }
}

fn in_words(count: f64, numbers: Numbers) -> String {
    let words = &texts().answer;
    let tenths = (count * 10.0).round() / 10.0;
    if tenths == 1.0 {
        return words.one_year.to_owned();
    }
    line(words.years, &[("count", &numbers.set(&tenths.to_string()))])
}

/// A day as people write it: 31 January 2027.
pub(super) fn day(date: Date) -> String {
    let words = &texts().said;
    let months = [
        words.january,
        words.february,
        words.march,
        words.april,
        words.may,
        words.june,
        words.july,
        words.august,
        words.september,
        words.october,
        words.november,
        words.december,
    ];
    let month = usize::try_from(date.month() - 1).ok().and_then(|index| months.get(index)).copied();
    line(words.day, &[("day", &date.day()), ("month", &month.unwrap_or_default()), ("year", &date.year())])
}

/// Doing nothing and each option: cost, average, bad year, value, and whether the agreed limits are kept.
fn options(scenario: &Scenario, analysis: &Analysis) -> Section {
    let (words, shared) = (&texts().front, &texts().shared);
    let (loss, value) = (loss_digits(scenario), value_digits(scenario));
    let horizon = scenario.assumptions().horizon;
    let known = analysis.year.as_ref();
    let limits = limits_of(scenario, analysis);
    let mut columns = vec![shared.option.to_owned(), line(texts().options.cost, &[("years", &years(horizon))])];
    columns.push(shared.average_loss.to_owned());
    if known.is_some() {
        columns.push(shared.bad_year.to_owned());
    }
    columns.push(shared.value_today.to_owned());
    columns.extend(limits.iter().take(LIMITS).map(|limit| line(words.is_within, &[("limit", &limit.name)])));
    let row = |place: usize, label: String, plan: Option<&PlanAnalysis>| {
        let average = plan.map_or(analysis.loss_today, |plan| plan.loss);
        let zero = Figure::ZERO;
        let mut row = vec![
            Cell::words(label),
            Cell::Money(plan.map_or(zero, |plan| plan.investment.present_cost), value),
            Cell::Money(average, loss),
        ];
        if let Some(known) = known {
            let bad = known.option(place).total.quantiles[BAD].filter(|loss| loss.is_finite());
            row.push(Cell::or_none(bad, |bad| Cell::Money(Figure::approximate(bad), year::digits(analysis))));
        }
        row.push(Cell::Money(plan.map_or(zero, |plan| plan.investment.net_present_value), value));
        for limit in limits.iter().take(LIMITS) {
            let said = limit.said(place, scenario.numbers()).unwrap_or_default();
            let verdict = match limit.standing(place) {
                Some(Standing::Within) => words.within,
                Some(Standing::Over) => words.over,
                _ => words.too_close,
            };
            row.push(Cell::words(line(verdict, &[("chance", &said)])));
        }
        row
    };
    let mut rows = vec![row(0, shared.nothing_more.to_owned(), None)];
    rows.extend(
        analysis.plans.iter().enumerate().map(|(index, plan)| row(index + 1, name(scenario, plan), Some(plan))),
    );
    let emphasised = chosen_row(scenario, analysis);
    let parts = [
        ("currency", scenario.currency().to_string().into()),
        ("rate", Cell::typed(scenario.assumptions().discount_rate).into()),
    ];
    let lead = say(if limits.is_empty() { words.amounts_without_limits } else { words.amounts }, &parts);
    let agreed = limits.iter().take(LIMITS).zip(scenario.appetite()).map(|(limit, point)| {
        let parts = [
            ("limit", limit.name.clone().into()),
            ("chance", Cell::Chance(f64::from_decimal(point.chance.get())).into()),
            ("loss", Cell::Money(Figure::exact(point.loss.get()), Digits::Whole).into()),
        ];
        say(words.limit, &parts)
    });
    Section {
        title: words.options.to_owned(),
        lead: Some(lead),
        table: Some(Table { columns, rows, emphasised }),
        notes: agreed.chain([footing(scenario, analysis)]).collect(),
    }
}

/// On what footing the amounts of the page stand: before or after tax, paid or in today's money, shortened how.
fn footing(scenario: &Scenario, analysis: &Analysis) -> Text {
    let words = &texts().front;
    let tax = scenario.assumptions().tax_rate;
    let mut footing = Text::default();
    if !tax.get().is_zero() {
        footing = footing.joined(say(words.taxed, &[("rate", Cell::typed(tax).into())])).and(" ");
    }
    if !analysis.plans.is_empty() {
        footing = footing.and(words.budget_and_cost).and(" ");
    }
    footing.and(words.letters)
}

/// The assumptions that move the answer most, and in which direction they would have to be wrong.
fn wrong_if(scenario: &Scenario, analysis: &Analysis) -> Section {
    let words = &texts().front;
    let mut notes = Vec::new();
    if let Some(found) = analysis.sensitivity.as_ref().filter(|_| !analysis.plans.is_empty()) {
        notes.push(sensitivity::tipping(scenario, analysis, found.tipping.as_ref(), Reader::Board));
    }
    if let Some(weights) = &analysis.weights {
        let plan = name(scenario, &analysis.plans[weights.plan]);
        let is_recommended = chosen_row(scenario, analysis).is_some_and(|row| row > 0);
        let mut order: Vec<usize> = (0..weights.changes.len()).collect();
        order.sort_by(|&a, &b| weights.changes[b].abs().total_cmp(&weights.changes[a].abs()).then(a.cmp(&b)));
        for index in order.into_iter().take(NAMED - notes.len()).filter(|index| weights.changes[*index] != 0.0) {
            let estimate = &scenario.estimates()[index];
            let change = weights.changes[index];
            let parts = [
                ("assumption", Piece::Name(estimate.name.clone())),
                ("estimate", Cell::Estimate(estimate.shape.clone(), estimate.kind).into()),
                ("change", Cell::Money(Figure::approximate(change.abs()), Digits::Significant(2)).into()),
                ("plan", Piece::Name(plan.clone())),
            ];
            // Where nothing is recommended, it is what would make an option worth it that would make that wrong.
            let is_lower = (change > 0.0) == is_recommended;
            let note = say(
                match (is_lower, is_recommended) {
                    (true, true) => words.lower,
                    (false, true) => words.higher,
                    (true, false) => words.better_lower,
                    (false, false) => words.better_higher,
                },
                &parts,
            );
            notes.push(note.joined(match (&estimate.record.source, estimate.record.example) {
                (_, true) => Text::plain(words.still_example),
                (None, false) => Text::plain(words.no_source),
                (Some(source), false) => say(words.source, &[("source", source.clone().into())]),
            }));
        }
    }
    Section { title: words.wrong_if.to_owned(), lead: None, table: None, notes }
}
