//! What follows behind the first page.

use crate::diagnostic::Diagnostic;
use crate::engine::money::costs::CostLine;
use crate::engine::optimise::Optimisation;
use crate::engine::{Analysis, RiskMeans};
use crate::model::{ByRisk, Form, RiskId, Scenario};
use crate::units::Figure;

use super::super::few::few;
use super::super::sections::{self, Reader, subject_index};
use super::super::sentences::{self, cost_digits, loss_digits, name};
use super::super::texts::{line, number, say, texts};
use super::super::{
    Cell, Section, Table, Text, advice, insurance, obligations, response, risks, sensitivity, worth, year,
};
use super::otherwise::otherwise;
use super::{Part, beside, bought, listed, tabled};

pub(super) fn parts(
    scenario: &Scenario,
    analysis: &Analysis,
    search: Option<&Optimisation>,
    warnings: &[Diagnostic],
) -> Vec<Part> {
    let words = &texts(scenario).parts;
    let part = |id, title: &str, sections: Vec<Option<Section>>| Part {
        id,
        title: title.to_owned(),
        sections: sections.into_iter().flatten().collect(),
        charts: Vec::new(),
        is_appendix: false,
    };
    vec![
        part("beside", texts(scenario).beside.title, vec![beside::section(scenario, analysis)]),
        part(
            "why-now",
            words.why_now,
            vec![
                sections::value_streams(scenario, analysis),
                duties(scenario, analysis),
                obligations::section(scenario, analysis),
            ],
        ),
        part(
            "risks",
            words.risks,
            vec![
                Some(risks::before_insurers(scenario, analysis, Reader::Board)),
                risks::after_insurers(scenario, analysis, Reader::Board),
            ],
        ),
        part(
            "controls",
            words.controls,
            vec![
                bought::section(scenario, analysis),
                sections::controls(scenario, analysis),
                super::super::tasks::section(scenario, analysis),
                sections::subject(analysis).and_then(|plan| worth::contributions(scenario, plan)),
                sections::overlaps(scenario, analysis, Reader::Board),
                response::section(scenario, analysis),
            ],
        ),
        part("years", words.years, vec![year::bad_years(scenario, analysis)]),
        part("insurance", words.insurance, vec![insurance::insurance(scenario, analysis)]),
        part(
            "money",
            words.money,
            vec![
                super::super::money::money(scenario, analysis),
                super::super::budget::section(scenario, analysis),
                (!analysis.plans.is_empty()).then(|| money_of_options(scenario, analysis)),
                worth::steps(scenario, analysis),
            ],
        ),
        part("business", words.business, vec![business(scenario, analysis)]),
        part(
            "what-changes",
            words.changes,
            vec![
                turning_point(scenario, analysis),
                super::super::stated::section(scenario, analysis),
                otherwise(scenario, analysis),
                sensitivity::sensitivity(scenario, analysis, Reader::Board),
                sections::assumptions(scenario, analysis, Reader::Board),
            ],
        ),
        part("more-or-less", words.budgets, vec![search.and_then(super::super::optimisation::budgets)]),
        part("left-out", words.left_out, left_out(scenario, analysis.seed, warnings)),
    ]
}

/// Duties that the risks touch, and the fines that are counted: the average, never the largest.
fn duties(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    let words = &texts(scenario).parts;
    let digits = loss_digits(scenario);
    let mut names: Vec<&str> = Vec::new();
    for duty in scenario.risks().iter().flat_map(|risk| &risk.obligations) {
        if !names.contains(&duty.as_str()) {
            names.push(duty);
        }
    }
    if names.is_empty() {
        return None;
    }
    let subject = subject_index(analysis).map(|index| &analysis.plans[index]);
    let touched = |duty: &str| -> Vec<RiskId> {
        let risks = scenario.risks().entries();
        risks.filter(|(_, risk)| risk.obligations.iter().any(|other| other == duty)).map(|(index, _)| index).collect()
    };
    let fines = |risks: &[RiskId], means: &ByRisk<RiskMeans<Figure>>| {
        Cell::Money(risks.iter().map(|&risk| fined(scenario, risk, &means[risk])).sum(), digits)
    };
    let mut columns = [words.duty, words.touching, words.fines].map(str::to_owned).to_vec();
    columns.extend(subject.map(|plan| line(words.with_plan, &[("plan", &name(scenario, plan))])));
    let rows = names
        .iter()
        .map(|duty| {
            let risks = touched(duty);
            let touching: Vec<&str> = risks.iter().map(|&risk| scenario.risks()[risk].name.as_str()).collect();
            let mut row =
                vec![Cell::words(*duty), Cell::words(few(scenario, &touching, "; ")), fines(&risks, &analysis.today)];
            row.extend(subject.map(|plan| fines(&risks, &plan.risks)));
            row
        })
        .collect();
    let mut section = tabled(words.duties, Table { columns, rows, emphasised: None });
    section.notes = vec![Text::plain(words.fines_note)];
    Some(section)
}

/// Fines and judgments of a risk in an average year.
fn fined(scenario: &Scenario, risk: RiskId, means: &RiskMeans<Figure>) -> Figure {
    let parts = scenario.risks()[risk].parts().into_iter().zip(&means.components);
    parts.filter(|(part, _)| part.form() == Form::FinesAndJudgments).map(|(_, loss)| *loss).sum()
}

/// The options with every measure of the money, and where a ratio would mislead.
fn money_of_options(scenario: &Scenario, analysis: &Analysis) -> Section {
    let mut section = sections::options(scenario, analysis);
    let misleading = super::super::misleading(scenario, analysis);
    let said = |advice| Text::plain(format!("{}.", sentences::capital(&advice::said(scenario, &advice))));
    section.notes.extend(misleading.map(said));
    section
}

/// From which reduction on the answer holds.
fn turning_point(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    let turns = sentences::break_even(scenario, analysis, subject_index(analysis))?;
    Some(listed(texts(scenario).parts.turns, vec![turns]))
}

/// Time of own people and of users, which no budget shows.
fn business(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    let words = &texts(scenario).parts;
    let plan = &analysis.plans[subject_index(analysis)?];
    let digits = cost_digits(scenario);
    let working = Figure::exact(scenario.assumptions().full_time_hours()).to_f64();
    let flows = |flows: &[Figure]| flows.iter().copied().sum::<Figure>();
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut sum = (0.0, 0.0, Figure::ZERO);
    for costs in &plan.controls {
        let (own, lost) = (costs.people_hours.to_f64(), costs.friction_hours.to_f64());
        if own <= 0.0 && lost <= 0.0 {
            continue;
        }
        let money = flows(&costs.line(CostLine::People)) + flows(&costs.line(CostLine::Friction));
        sum = (sum.0 + own, sum.1 + lost, sum.2 + money);
        rows.push(row(&scenario.controls()[costs.control].name, own, lost, working, Cell::Money(money, digits)));
    }
    if rows.is_empty() {
        return None;
    }
    let mut emphasised = None;
    if rows.len() > 1 {
        rows.push(row(words.all_controls, sum.0, sum.1, working, Cell::Money(sum.2, digits)));
        emphasised = Some(rows.len() - 1);
    }
    let horizon = sentences::years(scenario, scenario.assumptions().horizon);
    let mut columns = [words.control, words.own_time, words.users_time, words.full_time].map(str::to_owned).to_vec();
    columns.push(line(words.cost, &[("years", &horizon)]));
    let title = line(words.time, &[("plan", &name(scenario, plan))]);
    let mut section = tabled(&title, Table { columns, rows, emphasised });
    section.notes = vec![say(words.time_note, &[("hours", Cell::Hours(working).into())])];
    Some(section)
}

fn row(name: &str, own: f64, lost: f64, working: f64, cost: Cell) -> Vec<Cell> {
    let hours = |hours: f64| if hours > 0.0 { Cell::Hours(hours) } else { Cell::None };
    let people = if working > 0.0 { Cell::Ratio((own + lost) / working) } else { Cell::None };
    vec![Cell::words(name), hours(own), hours(lost), people, cost]
}

/// What the figures do not hold: what is read but not counted, advice, and what a default filled.
fn left_out(scenario: &Scenario, seed: u64, warnings: &[Diagnostic]) -> Vec<Option<Section>> {
    let words = &texts(scenario).parts;
    let count = scenario.risks().len();
    let mut notes = vec![Text::plain(line(number(count, words.one_counted, words.counted), &[("count", &count)]))];
    let uncounted = warnings.iter().filter_map(|warning| sentences::not_counted(scenario, warning));
    notes.extend(uncounted.map(|what| say(texts(scenario).answer.not_counted, &[("what", what.into())])));
    vec![
        Some(listed(words.left_out, notes)),
        sections::defaults(scenario, seed, Reader::Board),
        advice::section(scenario, warnings, Reader::Board),
    ]
}
