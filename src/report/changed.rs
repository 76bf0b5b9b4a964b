//! What differs from the file where the case was changed by `--set`?
//!
//! The figures of the case as it is changed stand beside those of the file as it is written, both worked out in the same
//! way and with the same seed: what the change does is their difference.

use crate::engine::year::BAD;
use crate::engine::{Analysis, OptionId, PlanAnalysis};
use crate::model::Scenario;
use crate::units::Figure;

use super::sentences::{cost_digits, loss_digits, name, option_name, value_digits};
use super::texts::{line, say, texts};
use super::{Cell, Digits, Piece, Section, Table, Text, year};

/// The file as it is written, with its figures.
#[derive(Debug, Clone)]
pub struct Before {
    /// What the file says.
    pub scenario: Scenario,
    /// Its figures.
    pub analysis: Analysis,
}

/// That the figures are not those of the file, and what was changed.
pub(super) fn caution(scenario: &Scenario) -> Option<Text> {
    let changes = scenario.changes()?;
    let parts = [("changes", Piece::Code(changes.by.join("; ")))];
    Some(say(texts(scenario).changed.caution, &parts))
}

/// Figures of the file and of the changed case side by side.
pub(super) fn section(scenario: &Scenario, analysis: &Analysis, before: &Before, most: usize) -> Section {
    let words = &texts(scenario).changed;
    let was = &before.analysis;
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut add = |label: String, old: Option<Figure>, new: Option<Figure>, digits: Digits| {
        let Some((old, new)) = old.zip(new) else { return };
        let is_same = old.to_f64() == new.to_f64();
        let change = if is_same { Cell::words(words.same) } else { Cell::Change(new - old, digits) };
        rows.push(vec![Cell::words(label), Cell::Money(old, digits), Cell::Money(new, digits), change]);
    };
    let (loss, cost, value) = (loss_digits(scenario), cost_digits(scenario), value_digits(scenario));
    let bad = |of: &Analysis| of.year.as_ref()?.today.total.quantiles[BAD].map(Figure::approximate);
    add(words.average_today.to_owned(), Some(was.loss_today), Some(analysis.loss_today), loss);
    add(words.bad_today.to_owned(), bad(was), bad(analysis), year::digits(analysis));
    // The options of both, the recommended one first.
    let mut order: Vec<OptionId> = analysis.plans.ids().collect();
    order.sort_by_key(|index| (analysis.recommended != Some(*index), *index));
    for index in order.into_iter().take(most) {
        let plan = &analysis.plans[index];
        let id = &scenario.plans()[plan.plan].id;
        let Some(old) = was.plans.iter().find(|old| before.scenario.plans()[old.plan].id == *id) else { continue };
        let label = |template: &str| line(template, &[("plan", &name(scenario, plan))]);
        let figure = |of: fn(&PlanAnalysis) -> Figure| (Some(of(old)), Some(of(plan)));
        let (from, to) = figure(|plan| plan.investment.net_present_value);
        add(label(words.value), from, to, value);
        let (from, to) = figure(|plan| plan.investment.present_cost);
        if from.map(Figure::to_f64) != to.map(Figure::to_f64) {
            add(label(words.cost), from, to, cost);
        }
    }
    let recommended = |case: &Scenario, found: &Analysis| option_name(case, found, found.recommended);
    let (old, new) = (recommended(&before.scenario, was), recommended(scenario, analysis));
    let note = if old == new {
        say(words.same_answer, &[("plan", Piece::Name(new))])
    } else {
        say(words.other_answer, &[("old", Piece::Name(old)), ("new", Piece::Name(new))])
    };
    let columns = [words.figure, words.in_file, words.now, words.by].map(str::to_owned).to_vec();
    Section {
        title: words.title.to_owned(),
        lead: None,
        table: Some(Table { columns, rows, emphasised: None }),
        notes: vec![note],
    }
    .in_one_unit(scenario.unit())
}
