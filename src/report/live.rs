//! What does a page show that answers while somebody changes the case?
//!
//! Every option with its figures, each under the key by which `rosi explain` and the JSON know it, so that a click can
//! ask where it comes from; and every input with its range, its weight, where it tips and what knowing it is worth.

#[cfg(feature = "web")]
use std::fmt::Display;

use crate::engine::year::{BAD, is_within};
use crate::engine::{Analysis, OptionId, PlanAnalysis};
use crate::model::names::of_key;
use crate::model::{Estimate, EstimateId, Role, Scenario, Shape};
use crate::scenario::edit::Setting;
use crate::units::{Arithmetic, Figure, Kind, Language};

use super::pictures::limits_of;
use super::sections::{average, chosen_row};
use super::sentences::{loss_digits, name, value_digits, years};
use super::texts::german::terms;
use super::texts::{line, say, texts};
use super::{Cell, Digits, Paper, Text, year};

#[cfg(feature = "web")]
pub(crate) use super::advice::said;
#[cfg(feature = "calibrate")]
pub(crate) use super::paper::day;
#[cfg(feature = "web")]
pub(crate) use super::texts::Replies;

/// What the page says around its figures, by name: its own words, and those of every report.
pub fn words(language: Language) -> impl Iterator<Item = (String, &'static str)> {
    texts(language).all().into_iter().filter_map(|(name, text)| {
        let (group, key) = name.split_once('.')?;
        matches!(group, "Page" | "Shared").then(|| (key.to_owned(), text))
    })
}

/// What it answers to a question that it does not carry out.
#[cfg(feature = "web")]
pub(crate) fn replies(language: Language) -> &'static Replies {
    &texts(language).replies
}

/// A sentence of those with its places filled.
#[cfg(feature = "web")]
pub(crate) fn reply(template: &str, parts: &[(&str, &dyn Display)]) -> String {
    line(template, parts)
}

/// A limit, a term of a policy or an assumption of the whole case, as its readers call it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveTerm {
    /// What it is called.
    pub label: String,
    /// What it means.
    pub about: &'static str,
    /// How one is written.
    pub example: &'static str,
    /// What holds where nothing is written.
    pub default: Option<&'static str>,
    /// What each of the words is called that it can be.
    pub choices: Vec<&'static str>,
}

/// A setting in the language of its readers.
pub fn term(language: Language, setting: &Setting) -> LiveTerm {
    let own = if setting.of.is_empty() { setting.part.len() } else { setting.part.len() + 1 + setting.id.len() };
    let key = setting.key.get(own..).unwrap_or_default().trim_start_matches('.');
    let german = match language {
        Language::English => None,
        Language::German => terms::term(&format!("{}.{key}", setting.part)),
    };
    let Some([label, about, example]) = german else {
        return LiveTerm {
            label: of_key(language, key),
            about: setting.doc,
            example: setting.example,
            default: setting.default,
            choices: setting.words.to_vec(),
        };
    };
    LiveTerm {
        label: label.to_owned(),
        about,
        example,
        default: setting.default.map(|default| if default == setting.example { example } else { default }),
        choices: setting.words.iter().map(|word| terms::choice(word).unwrap_or(word)).collect(),
    }
}

/// One figure of an option.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveFigure {
    /// What it is called.
    pub heading: String,
    /// Its key; empty where nothing explains it.
    pub key: String,
    /// As it is shown.
    pub cell: Cell,
    /// As a number, to tell which way it moved.
    pub number: Option<f64>,
    /// For the chance of a year beyond an agreed limit: whether it is within what was agreed.
    pub is_within: Option<bool>,
}

/// One option with its figures.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveOption {
    /// Its id; `today` for nothing more.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is the one that the answer is about.
    pub is_chosen: bool,
    /// Its figures, alike for every option.
    pub figures: Vec<LiveFigure>,
}

/// Every option, today first. Figures of years follow those of averages where years are known.
pub fn options(scenario: &Scenario, analysis: &Analysis) -> Vec<LiveOption> {
    let (words, shared) = (&texts(scenario).options, &texts(scenario).shared);
    let horizon = years(scenario, scenario.assumptions().horizon);
    let over = |template| line(template, &[("years", &horizon)]);
    let (loss, value) = (loss_digits(scenario), value_digits(scenario));
    let (chosen, limits) = (chosen_row(analysis), limits_of(scenario, analysis));
    let row = |plan: Option<(OptionId, &PlanAnalysis)>| {
        let id = plan.map_or("today", |(_, plan)| scenario.plans()[plan.plan].id.as_str());
        let below = |key: &str| if plan.is_none() { format!("today.{key}") } else { format!("plan.{id}.{key}") };
        let mut figures = Vec::new();
        let mut within = Vec::new();
        let mut add = |heading: &str, key: String, cell: Cell, number: Option<f64>| {
            let key = if cell == Cell::None { String::new() } else { key };
            figures.push(LiveFigure { heading: heading.to_owned(), key, cell, number, is_within: None });
        };
        let money = |figure: Option<Figure>, digits: Digits| {
            (Cell::or_none(figure, |figure| Cell::Money(figure, digits)), figure.map(Figure::to_f64))
        };
        let investment = plan.map(|(_, plan)| &plan.investment);
        let (cell, number) = money(investment.map(|money| money.net_present_value), value);
        add(shared.value_today, below("net_present_value"), cell, number);
        let (cell, number) = money(Some(plan.map_or(analysis.loss_today, |(_, plan)| plan.loss)), loss);
        add(shared.average_loss, below("expected_annual_loss"), cell, number);
        let (cell, number) = money(investment.map(|money| money.present_cost), value);
        add(&over(words.cost), below("present_value_of_cost"), cell, number);
        let ratio = investment.and_then(|money| money.rosi).map(Figure::to_f64);
        add(words.rosi, below("rosi"), Cell::or_none(ratio, Cell::Share), ratio);
        let back = investment.and_then(|money| money.payback_years).map(Figure::to_f64);
        add(words.pays_back, below("payback_years"), Cell::or_none(back, Cell::Years), back);
        if let Some(found) = &analysis.year {
            let of = plan.map_or(Some(&found.today.total), |(index, _)| found.plans.get(index).map(|year| &year.total));
            let bad = of.and_then(|of| of.quantiles[BAD]);
            add(shared.bad_year, below("quantiles.0.95"), year::amount(bad, year::digits(analysis)), bad);
            for (place, point) in scenario.appetite().iter().enumerate() {
                let chance = of.and_then(|of| of.chance_above.get(place).copied());
                let option = plan.map_or(0, |(index, _)| index.row());
                let said = limits.get(place).and_then(|limit| limit.said(option, scenario.voice()));
                let cell = Cell::or_none(said, Cell::words);
                let agreed = Figure::exact(point.chance.get()).to_f64();
                let heading = line(texts(scenario).live.limit, &[("limit", &point.name)]);
                add(&heading, format!("appetite.{}.{id}", point.name), cell, chance);
                within.push((heading, chance.map(|chance| is_within(chance, agreed))));
            }
        }
        if let Some(paths) = &analysis.paths {
            let paying = plan.and_then(|(index, plan)| {
                paths.chance_of_paying_back(index).filter(|_| plan.investment.present_cost.is_positive())
            });
            let paying = paying.map(|(chance, _)| chance);
            add(&over(words.chance), below("chance_of_paying_back"), Cell::or_none(paying, Cell::Share), paying);
        }
        for figure in &mut figures {
            let limit = within.iter().find(|(heading, _)| *heading == figure.heading);
            figure.is_within = limit.and_then(|(_, within)| *within);
        }
        LiveOption {
            id: id.to_owned(),
            name: plan.map_or_else(|| shared.nothing_more.to_owned(), |(_, plan)| name(scenario, plan)),
            is_chosen: chosen == Some(plan.map_or(0, |(index, _)| index.row())),
            figures,
        }
    };
    std::iter::once(None).chain(analysis.plans.entries().map(Some)).map(row).collect()
}

/// One input that can be changed.
#[derive(Debug, Clone, PartialEq)]
pub struct LiveInput {
    /// Its key.
    pub key: String,
    /// What it is, in words.
    pub name: String,
    /// The kind of quantity.
    pub kind: Kind,
    /// Whether its range differs from event to event, rather than being what is not known.
    pub is_luck: bool,
    /// As it is written, in short.
    pub written: Cell,
    /// Its average.
    pub mean: f64,
    /// Its average as it is shown.
    pub mean_shown: Cell,
    /// Its 5, 50 and 95 % points, where it has a range.
    pub range: Option<[f64; 3]>,
    /// The range as it is shown: its 5 % and 95 % points.
    pub range_shown: Option<[Cell; 2]>,
    /// Whether its average can be moved: observed values cannot.
    pub can_move: bool,
    /// How much the value of the chosen option changes when it is a tenth higher.
    pub weight: Option<f64>,
    /// The same as it is shown.
    pub weight_shown: Cell,
    /// Where the chosen option is worth nothing, and where another option is better: numbers, and as shown.
    pub break_even: Option<(f64, Cell)>,
    /// What it is worth to know it before deciding.
    pub worth_knowing: Option<Cell>,
    /// Source, owner, date and reason, as far as they are told.
    pub source: [Option<String>; 4],
    /// Whether it is a placeholder.
    pub is_example: bool,
}

/// Every input that the file states, in file order.
pub fn inputs(scenario: &Scenario, analysis: &Analysis) -> Vec<LiveInput> {
    let weights = analysis.weights.as_ref();
    let sensitivity = analysis.sensitivity.as_ref();
    let place = super::sections::subject_index(analysis);
    let input = |(id, estimate): (EstimateId, &Estimate)| {
        let kind = estimate.kind;
        let shown = |value: f64| average(Figure::approximate(value), kind);
        let is_range = !matches!(estimate.shape, Shape::Fixed(_));
        let range = is_range.then(|| [0.05, 0.5, 0.95].map(|p| estimate.distribution.quantile(p)));
        let weight = weights.and_then(|weights| weights.of(id, estimate));
        let found = sensitivity.and_then(|found| found.inputs.iter().find(|input| input.estimate == id));
        let record = &estimate.record;
        let mean = estimate.mean();
        LiveInput {
            key: estimate.path.clone(),
            name: estimate.name.clone(),
            kind,
            is_luck: estimate.role == Role::Luck,
            written: Cell::Estimate(estimate.shape.clone(), kind),
            mean: mean.to_f64(),
            mean_shown: average(mean, kind),
            range,
            range_shown: range.map(|[low, _, high]| [shown(low), shown(high)]),
            can_move: can_move(estimate),
            weight,
            weight_shown: Cell::or_none(weight, |weight| {
                Cell::Change(Figure::approximate(weight), Digits::Significant(2))
            }),
            break_even: found.zip(place).and_then(|(input, place)| input.break_even[place]).map(|at| (at, shown(at))),
            worth_knowing: found
                .and_then(|input| input.information)
                // Less than one unit of the currency is nothing that anybody would pay.
                .filter(|worth| *worth >= 1.0)
                .map(|worth| Cell::Money(Figure::approximate(worth), Digits::Significant(2))),
            source: [
                record.source.clone(),
                record.owner.clone(),
                record.date.map(|date| date.to_string()),
                record.why.clone(),
            ],
            is_example: record.example,
        }
    };
    scenario.estimates().entries().filter(|(_, estimate)| !estimate.worked_out).map(input).collect()
}

/// Whether an average can be moved with its range.
fn can_move(estimate: &Estimate) -> bool {
    let mean = f64::from_decimal(estimate.mean().decimal().unwrap_or_default());
    match &estimate.shape {
        Shape::Fixed(_) => true,
        Shape::Samples(_) => false,
        Shape::Seen { .. } => estimate.kind != Kind::Chance,
        Shape::FamilyMoments { .. } => estimate.kind != Kind::Chance,
        _ => mean > 0.0,
    }
}

/// One change that was made to a case, as a paper tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What was changed, in words.
    pub name: String,
    /// What the file says.
    pub before: String,
    /// What it is now.
    pub now: String,
}

/// The paper with what was changed on its first page.
pub fn with_changes(mut paper: Paper, changes: &[Told]) -> Paper {
    let words = &texts(paper.report.voice).live;
    if changes.is_empty() {
        return paper;
    }
    let told = changes.iter().map(|change| {
        let names = [("name", &change.name), ("now", &change.now), ("before", &change.before)];
        say(words.change, &names.map(|(key, name)| (key, super::Piece::Plain(name.clone()))))
    });
    let lines: Vec<Text> = std::iter::once(Text::plain(words.changed)).chain(told).collect();
    paper.front.caution.splice(0..0, lines);
    paper
}
