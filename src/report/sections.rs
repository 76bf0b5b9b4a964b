//! The tables of a report, in reading order.

use crate::diagnostic::Diagnostic;
use crate::engine::money::costs::{ControlCosts, CostLine};
use crate::engine::{Analysis, OptionId, PlanAnalysis, Values};
use crate::model::{Control, ControlId, DefaultValue, Estimate, EstimateId, Factor, RiskId, Scenario, Shape, StreamId};
use crate::units::{Figure, Kind};

use super::adding;
use super::few::few;
use super::insurance::is_insured;
use super::sentences::{cost_digits, likelihood, loss_digits, name, value_digits, years};
use super::texts::{line, number, say, texts};
use super::{Cell, Digits, Piece, Section, Table, Text};

/// How many assumptions are listed by weight.
const SHOWN: usize = 10;

/// For whom a table is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// Who edits the file: keys as they stand in it.
    Author,
    /// Who decides: words.
    Board,
}

/// Every section that has something to say.
pub fn sections(scenario: &Scenario, analysis: &Analysis, warnings: &[Diagnostic]) -> Vec<Section> {
    let parts = [
        Some(options(scenario, analysis)),
        super::year::bad_years(scenario, analysis),
        super::insurance::insurance(scenario, analysis),
        Some(super::risks::before_insurers(scenario, analysis, Reader::Author)),
        super::risks::after_insurers(scenario, analysis, Reader::Author),
        value_streams(scenario, analysis),
        controls(scenario, analysis),
        super::tasks::section(scenario, analysis),
        subject(analysis).and_then(|plan| super::worth::contributions(scenario, plan)),
        overlaps(scenario, analysis, Reader::Author),
        super::worth::steps(scenario, analysis),
        super::money::money(scenario, analysis),
        super::budget::section(scenario, analysis),
        super::stated::section(scenario, analysis),
        super::sensitivity::sensitivity(scenario, analysis, Reader::Author),
        assumptions(scenario, analysis, Reader::Author),
        defaults(scenario, analysis.seed, Reader::Author),
        super::advice::section(scenario, warnings, Reader::Author),
    ];
    parts.into_iter().flatten().map(|section| section.in_one_unit(scenario.unit())).collect()
}

fn table(columns: Vec<String>, rows: Vec<Vec<Cell>>) -> Table {
    Table { columns, rows, emphasised: None }
}

pub(super) fn heads<const N: usize>(columns: [&str; N]) -> Vec<String> {
    columns.map(str::to_owned).to_vec()
}

/// One heading for each plan that a table has room for.
pub(super) fn with_plans<'a>(scenario: &'a Scenario, plans: &'a [&PlanAnalysis]) -> impl Iterator<Item = String> + 'a {
    plans.iter().map(move |plan| line(texts(scenario).shared.with_plan, &[("plan", &name(scenario, plan))]))
}

pub(super) fn options(scenario: &Scenario, analysis: &Analysis) -> Section {
    let (loss, cost, value) = (loss_digits(scenario), cost_digits(scenario), value_digits(scenario));
    let (words, shared) = (&texts(scenario).options, &texts(scenario).shared);
    let horizon = years(scenario, scenario.assumptions().horizon);
    let mut rows = vec![vec![
        Cell::words(shared.nothing_more),
        Cell::Money(Figure::ZERO, cost),
        Cell::Money(analysis.loss_today, loss),
        Cell::Money(Figure::ZERO, loss),
        Cell::Money(Figure::ZERO, value),
        Cell::None,
        Cell::None,
    ]];
    if analysis.paths.is_some() {
        rows[0].push(Cell::None);
    }
    for (index, plan) in analysis.plans.entries() {
        let money = &plan.investment;
        rows.push(vec![
            Cell::words(name(scenario, plan)),
            Cell::Money(money.present_cost, cost),
            Cell::Money(plan.loss, loss),
            Cell::Money(analysis.loss_today - plan.loss, loss),
            Cell::Money(money.net_present_value, value),
            Cell::or_none(money.rosi, |ratio| Cell::Share(ratio.to_f64())),
            Cell::or_none(money.payback_years, |years| Cell::Years(years.to_f64())),
        ]);
        if let (Some(paths), Some(row)) = (&analysis.paths, rows.last_mut()) {
            // What costs nothing has nothing to pay back.
            let paying = paths.chance_of_paying_back(index).filter(|_| money.present_cost.is_positive());
            row.push(Cell::or_none(paying, |paying| likelihood(scenario, paying)));
        }
    }
    let over = |template| line(template, &[("years", &horizon)]);
    let mut columns = vec![
        shared.option.to_owned(),
        over(words.cost),
        shared.average_loss.to_owned(),
        words.less.to_owned(),
        shared.value_today.to_owned(),
        words.rosi.to_owned(),
        words.pays_back.to_owned(),
    ];
    if analysis.paths.is_some() {
        columns.push(over(words.chance));
    }
    let emphasised = chosen_row(analysis);
    let lead = if saves_time(analysis) { words.lead_and_time } else { words.lead };
    let lead = say(lead, &[("rate", Cell::typed(scenario.assumptions().discount_rate).into())]);
    const LESS: usize = 3;
    let less = analysis.plans.entries().map(|(index, plan)| {
        let of = vec![(analysis.loss_today, 1.0), (plan.loss, -1.0)];
        adding::Told { row: index.row(), column: LESS, of }
    });
    let less: Vec<adding::Told> = less.collect();
    let section = Section {
        title: words.title.to_owned(),
        lead: Some(if is_insured(scenario, analysis) { lead.and(words.after_insurers) } else { lead }),
        table: Some(Table { columns, rows, emphasised }),
        notes: Vec::new(),
    };
    section.with_sums_told(scenario.unit(), &less)
}

/// The plan that the per-plan columns show where there is no room for all.
pub fn subject(analysis: &Analysis) -> Option<&PlanAnalysis> {
    analysis.plans.get(subject_index(analysis)?)
}

/// The row of a table of options, today first, that is recommended: the same one in every table. Where nothing is worth
/// its cost, that is to do nothing more, whatever the file asks for.
pub(super) fn chosen_row(analysis: &Analysis) -> Option<usize> {
    (!analysis.plans.is_empty()).then_some(analysis.recommended.map_or(0, OptionId::row))
}

/// Its place in [`Analysis::plans`].
pub(super) fn subject_index(analysis: &Analysis) -> Option<OptionId> {
    analysis.weights.as_ref().map(|weights| weights.plan).or(analysis.recommended)
}

pub(super) fn shown_plans(analysis: &Analysis) -> Vec<&PlanAnalysis> {
    if analysis.plans.len() <= 3 {
        return analysis.plans.iter().collect();
    }
    // What is advised stands beside what is asked for.
    let subject = subject_index(analysis);
    let advised = analysis.recommended.filter(|advised| Some(*advised) != subject);
    subject.into_iter().chain(advised).map(|option| &analysis.plans[option]).collect()
}

pub(super) fn value_streams(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    let digits = loss_digits(scenario);
    let plans = shown_plans(analysis);
    let struck: Vec<StreamId> = scenario
        .value_streams()
        .ids()
        .filter(|&stream| scenario.risks().iter().any(|risk| risk.value_stream == Some(stream)))
        .collect();
    if struck.is_empty() {
        return None;
    }
    let words = &texts(scenario).streams;
    let mut columns = heads([words.stream, words.goal, words.today]);
    columns.extend(with_plans(scenario, &plans));
    let rows = struck
        .iter()
        .map(|&stream| {
            let item = &scenario.value_streams()[stream];
            let sum = |loss: &dyn Fn(RiskId) -> Figure| {
                let risks = scenario.risks().entries();
                let on = risks.filter(|(_, risk)| risk.value_stream == Some(stream));
                Cell::Money(on.map(|(index, _)| loss(index)).sum(), digits)
            };
            let goal = item.goal.as_ref().map_or(Cell::None, Cell::words);
            let mut row = vec![Cell::words(&item.name), goal, sum(&|risk| analysis.net_loss(risk))];
            row.extend(plans.iter().map(|plan| sum(&|risk| plan.net_loss(risk))));
            row
        })
        .collect();
    let lead = is_insured(scenario, analysis).then(|| Text::plain(words.after_insurers));
    Some(Section { title: words.title.to_owned(), lead, table: Some(table(columns, rows)), notes: Vec::new() })
}

pub(super) fn controls(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    let digits = cost_digits(scenario);
    let mut rows = Vec::new();
    let mut notes = vec![Text::plain(texts(scenario).controls.per_year_is)];
    for (index, control) in scenario.controls().entries() {
        let found = analysis
            .plans
            .iter()
            .find_map(|plan| plan.controls.iter().find(|costs| costs.control == index).map(|costs| (plan, costs)));
        let Some((_, costs)) = found else { continue };
        notes.extend(other_years(scenario, control, digits));
        let acts = acts_on(scenario, control);
        let hours = costs.people_hours.to_f64();
        rows.push(vec![
            Cell::words(&control.name),
            Cell::Money(cost_at_once(costs), digits),
            Cell::Money(cost_a_year(scenario, control), digits),
            if hours > 0.0 { Cell::Hours(hours) } else { Cell::None },
            Cell::words(plans_with(scenario, analysis, index)),
            Cell::words(acts),
        ]);
    }
    if rows.is_empty() {
        return None;
    }
    let words = &texts(scenario).controls;
    let columns = [texts(scenario).shared.control, words.once, words.per_year, words.hours, words.plans, words.acts_on];
    Some(Section { title: words.title.to_owned(), lead: None, table: Some(table(heads(columns), rows)), notes })
}

/// What a control costs where it begins.
pub(super) fn cost_at_once(costs: &ControlCosts) -> Figure {
    costs.line(CostLine::Bought).into_iter().find(|flow| flow.is_positive()).unwrap_or(Figure::ZERO)
}

/// What a control costs a year, as it goes on.
pub(super) fn cost_a_year(scenario: &Scenario, control: &Control) -> Figure {
    Values::means_of_costs(scenario, control).last().copied().unwrap_or(Figure::ZERO)
}

/// What a control costs in its first years, where that is not what goes on.
fn other_years(scenario: &Scenario, control: &Control, digits: Digits) -> Option<Text> {
    let words = &texts(scenario).controls;
    let by_year = Values::means_of_costs(scenario, control);
    let [first @ .., goes_on] = by_year.as_slice() else { return None };
    let least = first.iter().copied().reduce(|a, b| if (b - a).is_positive() { a } else { b })?;
    let most = first.iter().copied().reduce(|a, b| if (b - a).is_positive() { b } else { a })?;
    let template = match first {
        [_] => words.first_year,
        _ if least == most => words.first_years,
        _ => words.first_years_between,
    };
    let money = |figure: Figure| Cell::Money(figure, digits).into();
    let parts = [
        ("control", Piece::Name(control.name.clone())),
        ("years", Cell::Count(first.len() as u64).into()),
        ("least", money(least)),
        ("most", money(most)),
        ("then", money(*goes_on)),
    ];
    Some(say(template, &parts))
}

/// What a control acts on: each factor, with the risks where it does.
fn acts_on(scenario: &Scenario, control: &Control) -> String {
    let effects = &control.effects;
    let mut factors: Vec<Factor> = Vec::new();
    for effect in effects {
        if !factors.contains(&effect.factor) {
            factors.push(effect.factor);
        }
    }
    let risks = |factor: &Factor| {
        let acted = effects.iter().filter(|effect| effect.factor == *factor);
        few(scenario, &acted.map(|effect| scenario.risks()[effect.risk].name.as_str()).collect::<Vec<_>>(), ", ")
    };
    factors.iter().map(|factor| within(scenario, *factor, &risks(factor))).collect::<Vec<_>>().join("; ")
}

/// A factor of risks.
fn within(scenario: &Scenario, factor: Factor, risks: &str) -> String {
    let words = texts(scenario).controls.factor_within;
    line(words, &[("factor", &factor.words(scenario.into())), ("risk", &risks)])
}

fn plans_with(scenario: &Scenario, analysis: &Analysis, control: ControlId) -> String {
    let names: Vec<String> = analysis
        .plans
        .iter()
        .filter(|plan| plan.controls.iter().any(|costs| costs.control == control))
        .map(|plan| name(scenario, plan))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let is_in_every = names.len() == analysis.plans.len() && names.len() > 1;
    if is_in_every { texts(scenario).controls.every_plan.to_owned() } else { few(scenario, &names, ", ") }
}

pub(super) fn overlaps(scenario: &Scenario, analysis: &Analysis, reader: Reader) -> Option<Section> {
    let words = &texts(scenario).overlaps;
    let digits = loss_digits(scenario);
    let mut rows = Vec::new();
    let all = analysis.plans.iter();
    // A paper is about one plan.
    let about = |plan: &&PlanAnalysis| {
        reader == Reader::Author || subject(analysis).is_some_and(|subject| subject.plan == plan.plan)
    };
    for plan in all.filter(about) {
        for overlap in &plan.overlaps {
            let names: Vec<&str> =
                overlap.controls.iter().map(|&control| scenario.controls()[control].name.as_str()).collect();
            rows.push(vec![
                Cell::words(name(scenario, plan)),
                Cell::words(within(scenario, overlap.factor, &scenario.risks()[overlap.risk].name)),
                Cell::words(names.join(words.and)),
                Cell::Share(overlap.best_single.to_f64()),
                Cell::Share(overlap.independent.to_f64()),
                Cell::Money(plan.risks[overlap.risk].annual_loss, digits),
                Cell::Money(overlap.loss_if_nested, digits),
            ]);
        }
    }
    if rows.is_empty() {
        return None;
    }
    let columns = [
        texts(scenario).shared.option,
        words.factor,
        words.controls,
        words.best_alone,
        words.independent,
        words.loss,
        words.if_best,
    ];
    Some(Section {
        title: words.title.to_owned(),
        lead: Some(Text::plain(words.lead)),
        table: Some(table(heads(columns), rows)),
        notes: is_insured(scenario, analysis).then(|| Text::plain(words.before_insurers)).into_iter().collect(),
    })
}

pub(super) fn assumptions(scenario: &Scenario, analysis: &Analysis, reader: Reader) -> Option<Section> {
    let words = &texts(scenario).assumptions;
    let weights = analysis.weights.as_ref();
    let weight = |id: EstimateId| weights.map_or(0.0, |weights| weights.changes[id]);
    let estimates = scenario.estimates();
    let mut order: Vec<EstimateId> = estimates.ids().collect();
    order.sort_by(|&a, &b| weight(b).abs().total_cmp(&weight(a).abs()).then(a.cmp(&b)));
    let rows: Vec<Vec<Cell>> = order
        .iter()
        .take(SHOWN)
        .map(|&index| {
            let estimate = &estimates[index];
            let source = match (&estimate.record.source, estimate.record.example) {
                (_, true) => words.example.to_owned(),
                (Some(source), false) => source.clone(),
                (None, false) => words.no_source.to_owned(),
            };
            vec![
                Cell::words(if reader == Reader::Board { &estimate.name } else { &estimate.path }),
                Cell::Estimate(estimate.shape.clone(), estimate.kind),
                in_table(average_of(estimate)),
                Cell::or_none(weights.and_then(|weights| weights.of(index, estimate)), |change| {
                    Cell::Change(Figure::approximate(change), Digits::Significant(2))
                }),
                Cell::words(source),
            ]
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let lead = weights.map(|weights| {
        let plan = Piece::Name(name(scenario, &analysis.plans[weights.plan]));
        say(words.lead, &[("plan", plan)])
    });
    let mut notes = Vec::new();
    if order.len() > SHOWN {
        let left = order.len() - SHOWN;
        notes.push(Text::plain(line(number(left, words.one_more, words.more), &[("count", &left)])));
    }
    notes.extend(super::sensitivity::half_an_event(scenario, order.iter().take(SHOWN).copied()));
    let columns = [texts(scenario).shared.assumption, words.value, words.average, words.tenth_higher, words.source];
    Some(Section { title: words.title.to_owned(), lead, table: Some(table(heads(columns), rows)), notes })
}

/// What an assumption stands for on average: one number without a range as it was typed.
pub(super) fn average_of(estimate: &Estimate) -> Cell {
    let typed = |mean: Figure| mean.decimal().map(|mean| mean.normalize().mantissa().unsigned_abs().to_string().len());
    match average(estimate.mean(), estimate.kind) {
        rounded if !estimate.is_fixed() => rounded,
        Cell::Money(mean, rounded) if estimate.kind == Kind::Money => match typed(mean) {
            Some(digits @ 4..=MOST_TYPED) => Cell::Money(mean, Digits::Significant(digits as u32)),
            _ => Cell::Money(mean, rounded),
        },
        _ => Cell::Estimate(estimate.shape.clone(), estimate.kind),
    }
}

/// More digits than this come from a change of units, not from whoever typed them.
const MOST_TYPED: usize = 12;

/// Whether any option saves working time, which its value counts.
pub(super) fn saves_time(analysis: &Analysis) -> bool {
    analysis.plans.iter().any(|plan| plan.investment.gains.iter().any(|gain| !gain.is_zero()))
}

/// For a table that has other amounts: each in its own size.
pub(super) fn in_table(mean: Cell) -> Cell {
    match mean {
        Cell::Money(mean, _) => Cell::Short(mean),
        Cell::Estimate(Shape::Fixed(value), kind) if kind.is_money() => Cell::Short(Figure::exact(value)),
        other => other,
    }
}

/// The mean of an estimate as a cell of its kind.
pub(super) fn average(mean: Figure, kind: Kind) -> Cell {
    let digits = Digits::Significant(3);
    match kind {
        Kind::Money | Kind::YearlyMoney | Kind::Revenue | Kind::Wage => Cell::Money(mean, digits),
        Kind::Chance | Kind::Rate => Cell::Share(mean.to_f64()),
        Kind::Frequency => Cell::Rate(mean.to_f64()),
        Kind::Period => Cell::Duration(mean.to_f64()),
        Kind::WorkTime => Cell::Hours(mean.to_f64()),
        Kind::Number => Cell::Ratio(mean.to_f64()),
    }
}

/// The same of two values that must be told apart: with as many digits as that takes.
pub(super) fn telling(number: f64, one: f64, other: f64, kind: Kind) -> Cell {
    let mean = Figure::approximate(number);
    let apart = (one / other - 1.0).abs();
    // One digit behind the first that differs.
    let is_near = (1e-9..0.1).contains(&apart);
    let digits = if is_near { (2.0 - libm::log10(apart)) as u32 } else { 3 };
    match (kind, mean.decimal().and_then(|mean| mean.round_sf(digits))) {
        (Kind::Money, _) => Cell::Money(mean, Digits::Significant(digits)),
        // Amounts by the hour or year carry their time.
        (_, Some(exact)) if is_near || kind.is_money() => Cell::Estimate(Shape::Fixed(exact.normalize()), kind),
        _ => average(mean, kind),
    }
}

pub(super) fn defaults(scenario: &Scenario, seed: u64, reader: Reader) -> Option<Section> {
    // A seed that the command line names is no default.
    let is_taken = |of: &&DefaultValue| seed == scenario.assumptions().seed || !of.path.ends_with(".seed");
    let defaults: Vec<&DefaultValue> = scenario.assumptions().defaults.iter().filter(is_taken).collect();
    if defaults.is_empty() {
        return None;
    }
    let words = &texts(scenario).defaults;
    let told = |of: &DefaultValue| -> Option<(&str, Option<&str>, &str)> {
        Some(match of.path.rsplit('.').next()? {
            "horizon" => (words.horizon, Some(words.horizon_value), words.horizon_is),
            "discount_rate" => (words.discount_rate, None, words.discount_rate_is),
            "growth" => (words.growth, None, words.growth_is),
            "tax_rate" => (words.tax_rate, None, words.tax_rate_is),
            "timing" => (words.timing, Some(words.timing_value), words.timing_is),
            "working_days" => (words.working_days, None, words.working_days_is),
            "seed" => (words.seed, None, words.seed_is),
            _ => return None,
        })
    };
    let row = |of: &&DefaultValue| {
        let (what, value, meaning) = told(of).unwrap_or((of.path.as_str(), None, of.meaning.as_str()));
        match reader {
            // As it would stand in the file.
            Reader::Author => [&of.path, &of.value, meaning].map(Cell::words).to_vec(),
            Reader::Board => {
                // A percentage as everywhere in the paper.
                let percent = |number| line(texts(scenario).said.percent, &[("number", &number)]);
                let typed = of.value.strip_suffix('%').map_or_else(|| of.value.clone(), percent);
                [what, value.unwrap_or(&typed), meaning].map(Cell::words).to_vec()
            }
        }
    };
    let what = if reader == Reader::Author { words.key } else { words.what };
    let table = Some(table(heads([what, words.value, words.meaning]), defaults.iter().map(row).collect()));
    Some(Section { title: words.title.to_owned(), lead: None, table, notes: Vec::new() })
}
