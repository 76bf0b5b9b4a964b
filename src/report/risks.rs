//! How often does each risk strike, and what does it cost: one event, an average year, a bad year, with each option?
//!
//! Where insurers pay, one table stands before what they pay, as events do, and one after it.

use crate::engine::year::BAD;
use crate::engine::{Analysis, PlanAnalysis};
use crate::model::{EventRate, RiskId, Scenario};
use crate::units::Figure;

use super::insurance::pay_anything;
use super::sections::{Reader, heads, shown_plans, with_plans};
use super::sentences::loss_digits;
use super::texts::{line, number, texts};
use super::{Cell, Section, Table, Text};

/// How many risks are listed one by one.
const RISKS_SHOWN: usize = 25;

/// Which side of what insurers pay the amounts of a table stand on. No table stands on both.
#[derive(Clone, Copy, PartialEq)]
enum Basis {
    /// No insurer pays.
    Only,
    /// What events cost.
    Before,
    /// What remains.
    After,
}

/// How often each risk strikes and what it costs, before insurers pay where any does.
pub(super) fn before_insurers(scenario: &Scenario, analysis: &Analysis, reader: Reader) -> Section {
    let basis = if pay_anything(scenario, &shown_plans(analysis)) { Basis::Before } else { Basis::Only };
    risk_table(scenario, analysis, reader, basis)
}

/// What insurers leave of each risk.
pub(super) fn after_insurers(scenario: &Scenario, analysis: &Analysis, reader: Reader) -> Option<Section> {
    pay_anything(scenario, &shown_plans(analysis)).then(|| risk_table(scenario, analysis, reader, Basis::After))
}

fn risk_table(scenario: &Scenario, analysis: &Analysis, reader: Reader, basis: Basis) -> Section {
    let digits = loss_digits(scenario);
    let plans = shown_plans(analysis);
    let loss_today = |risk: RiskId| match basis {
        Basis::Before => analysis.today[risk].annual_loss,
        Basis::Only | Basis::After => analysis.net_loss(risk),
    };
    let loss_with = |plan: &PlanAnalysis, risk: RiskId| match basis {
        Basis::Before => plan.risks[risk].annual_loss,
        Basis::Only | Basis::After => plan.net_loss(risk),
    };
    let mut order: Vec<RiskId> = scenario.risks().ids().collect();
    order.sort_by(|&a, &b| loss_today(b).to_f64().total_cmp(&loss_today(a).to_f64()).then(a.cmp(&b)));
    let words = &texts(scenario).risks;
    let (has_events, has_years) = (basis != Basis::After, basis != Basis::Before);
    let mut columns = heads([words.risk]);
    if has_events {
        columns.extend(heads([words.how_often, words.one_event]));
    }
    // What somebody states of the time before any control stands beside today, before insurers like the events.
    let is_stated = has_events && scenario.risks().iter().any(|risk| risk.inherent.is_some());
    let stated = |risk: RiskId| scenario.risks()[risk].inherent.map(Figure::exact);
    let stated_cell = |loss: Option<Figure>| loss.map_or(Cell::None, |loss| Cell::Money(loss, digits));
    if is_stated {
        columns.push(words.inherent.to_owned());
    }
    columns.push(words.today.to_owned());
    // A paper says beside the average what a bad year of the risk alone costs: the range that the average hides.
    let years = analysis.year.as_ref().filter(|_| reader == Reader::Board && has_years).map(|year| &year.today.risks);
    let bad_year = |index: RiskId| {
        let bad = years.and_then(|years| years.get(index)?.quantiles[BAD]);
        super::year::amount(bad, super::year::digits(analysis))
    };
    if years.is_some() {
        columns.push(words.bad_year_alone.to_owned());
    }
    columns.extend(with_plans(scenario, &plans));
    // A row of several risks has no events of its own.
    let several =
        |label: String, risks: &[RiskId], today: Figure, bad: Cell, with: &dyn Fn(&PlanAnalysis) -> Figure| {
            let mut row = vec![Cell::words(label)];
            if has_events {
                row.extend([Cell::None, Cell::None]);
            }
            if is_stated {
                // A sum of some of them would be taken for that of all.
                let all: Option<Vec<Figure>> = risks.iter().map(|risk| stated(*risk)).collect();
                row.push(stated_cell(all.map(|all| all.into_iter().sum())));
            }
            row.push(Cell::Money(today, digits));
            row.extend(years.map(|_| bad));
            row.extend(plans.iter().map(|plan| Cell::Money(with(plan), digits)));
            row
        };
    let sum =
        |risks: &[RiskId], loss: &dyn Fn(RiskId) -> Figure| -> Figure { risks.iter().map(|&risk| loss(risk)).sum() };
    let mut rows: Vec<Vec<Cell>> = order
        .iter()
        .take(RISKS_SHOWN)
        .map(|&index| {
            let means = &analysis.today[index];
            let mut row = vec![Cell::words(&scenario.risks()[index].name)];
            if has_events {
                row.push(Cell::Rate(means.rate.to_f64()));
                row.push(Cell::or_none(means.annual_loss.ratio(means.rate), |single| Cell::Money(single, digits)));
            }
            if is_stated {
                row.push(stated_cell(stated(index)));
            }
            row.push(Cell::Money(loss_today(index), digits));
            row.extend(years.map(|_| bad_year(index)));
            row.extend(plans.iter().map(|plan| Cell::Money(loss_with(plan, index), digits)));
            row
        })
        .collect();
    if order.len() > RISKS_SHOWN {
        let rest = &order[RISKS_SHOWN..];
        let label = line(number(rest.len(), words.other, words.others), &[("count", &rest.len())]);
        let with = |plan: &PlanAnalysis| sum(rest, &|risk| loss_with(plan, risk));
        rows.push(several(label, rest, sum(rest, &loss_today), Cell::None, &with));
    }
    if order.len() > 1 {
        let all = analysis.year.as_ref().and_then(|year| year.today.total.quantiles[BAD]);
        let bad = super::year::amount(all, super::year::digits(analysis));
        let label = words.all.to_owned();
        rows.push(match basis {
            Basis::Before => {
                let with = |plan: &PlanAnalysis| sum(&order, &|risk| loss_with(plan, risk));
                several(label, &order, sum(&order, &loss_today), bad, &with)
            }
            Basis::Only | Basis::After => several(label, &order, analysis.loss_today, bad, &|plan| plan.loss),
        });
    }
    let emphasised = (order.len() > 1).then(|| rows.len() - 1);
    let contests = scenario.risks().iter().any(|risk| {
        matches!(&risk.rate, EventRate::Threat { vulnerability: crate::model::Vulnerability::Contest { .. }, .. })
    });
    let gross_is_exact = analysis.today.iter().all(|risk| risk.annual_loss.is_exact());
    let mut notes = vec![Text::plain(match basis {
        Basis::After => words.insured,
        Basis::Only | Basis::Before if gross_is_exact => words.exact,
        Basis::Only | Basis::Before => words.closed,
    })];
    let is_zero =
        |index: &RiskId| years.is_some_and(|years| years.get(*index).is_some_and(|y| y.quantiles[BAD] == Some(0.0)));
    if is_stated {
        notes.push(Text::plain(words.inherent_note));
    }
    if order.iter().take(RISKS_SHOWN).any(is_zero) {
        notes.push(Text::plain(words.none_in_bad_years));
    }
    if contests && has_events {
        notes.push(Text::plain(words.contest));
    }
    let title = match basis {
        Basis::Only => words.title,
        Basis::Before => words.title_before,
        Basis::After => words.title_after,
    };
    Section { title: title.to_owned(), lead: None, table: Some(Table { columns, rows, emphasised }), notes }
}
