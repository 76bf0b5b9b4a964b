//! Does a case hold what was agreed, so that a pipeline may go on?
//!
//! Each check is a line: what is looked at, what was found, what is allowed. A limit that the simulation cannot
//! tell from the agreed one is not held: more years tell it.

mod bound;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::engine::{Analysis, OptionId};
use crate::figures::{self, Check, Document, Quantity};
use crate::model::{PlanId, Scenario};

use super::assessment::provenance;
use super::chart::{self, Standing};
use super::pictures::limits_of;
use super::sentences::name;
use super::texts::{Gate, line, texts};
use super::{Cell, Report, Section, Table, Text};

pub use bound::Bound;

/// What a gate asks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Demands {
    /// Whose years must keep to the agreed limits: plans, and today where there is nothing.
    pub options: Vec<Option<PlanId>>,
    /// Whether every assumption must have a source and none may be an example.
    pub sources: bool,
    /// The first day from which on an assumption must be.
    pub since: Option<Date>,
    /// Bounds of figures.
    pub bounds: Vec<Bound>,
}

/// What is asked and cannot be answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// Why not.
    pub message: String,
    /// What to do.
    pub help: Vec<String>,
}

impl Fault {
    fn new(message: impl Into<String>, help: impl IntoIterator<Item = String>) -> Self {
        Self { message: message.into(), help: help.into_iter().collect() }
    }
}

/// Builds the report of a gate, and whether it is met.
///
/// # Errors
/// Where nothing is asked, an agreed limit cannot be checked, or a bound names no figure or does not fit it.
pub fn gate(
    scenario: &Scenario,
    analysis: &Analysis,
    warnings: &[Diagnostic],
    demands: &Demands,
) -> Result<(Report, bool), Fault> {
    let assessment = super::assessed(scenario, analysis, warnings);
    let mut checks = limits(scenario, analysis, demands)?;
    if demands.sources {
        checks.extend([sources(scenario), examples(scenario)]);
    }
    checks.extend(demands.since.map(|since| age(scenario, since)));
    let mut seen = BTreeSet::new();
    for bound in &demands.bounds {
        let (path, check) = bound::check(&assessment, bound, scenario)?;
        // One figure has several keys.
        if seen.insert((path, check.allowed.clone())) {
            checks.push(check);
        }
    }
    if checks.is_empty() {
        return Err(Fault::new(
            "there is nothing to check: the file agrees no limit, and neither sources, a day nor a figure is asked for",
            [
                "write the limit that was agreed, for example [[appetite]] with name = \"agreed limit\", loss = \"2.5M\", chance = \"1 in 20\"".to_owned(),
                "or ask with --since or --figure, or leave --no-sources out".to_owned(),
            ],
        ));
    }
    let words = &texts(scenario).gate;
    let failed: Vec<&Check> = checks.iter().filter(|check| !check.holds).collect();
    let answer = match failed.as_slice() {
        [] => line(words.met, &[("count", &checks.len())]),
        failed => {
            let names: Vec<&str> = failed.iter().map(|check| check.what.as_str()).collect();
            line(words.not_met, &[("checks", &names.join("; "))])
        }
    };
    let met = failed.is_empty();
    let document = figures::Gate {
        schema: "rosi.gate/1".to_owned(),
        provenance: provenance(scenario, analysis),
        met,
        checks: checks.clone(),
    };
    let rows = checks
        .into_iter()
        .map(|check| {
            let verdict = if check.holds { words.holds } else { words.fails };
            [check.what, check.found, check.allowed, verdict.to_owned()].map(Cell::words).to_vec()
        })
        .collect();
    let section = Section {
        title: words.checks.to_owned(),
        lead: None,
        table: Some(Table {
            columns: [words.check, words.found, words.allowed, ""].map(str::to_owned).to_vec(),
            rows,
            emphasised: None,
        }),
        notes: Vec::new(),
    };
    let head = super::bare(scenario, analysis, Document::Gate(Box::new(document)));
    let report = Report { answer: vec![Text::plain(answer)], sections: vec![section], ..head };
    Ok((report, met))
}

/// The agreed limits with every option that is asked for; each option counts once.
fn limits(scenario: &Scenario, analysis: &Analysis, demands: &Demands) -> Result<Vec<Check>, Fault> {
    let (agreed, words) = (limits_of(scenario, analysis), &texts(scenario).gate);
    if !scenario.appetite().is_empty() && analysis.year.is_none() {
        return Err(Fault::new(
            "the agreed limits cannot be checked: with expected figures only there is no bad year",
            ["leave --method expected out".to_owned()],
        ));
    }
    let mut checks = Vec::new();
    let mut done = BTreeSet::new();
    for option in demands.options.iter().filter(|option| done.insert(**option)) {
        let place = match option {
            None => Some(None),
            Some(plan) => analysis.plans.position(|found| found.plan == *plan).map(Some),
        };
        let Some(place) = place else {
            if agreed.is_empty() {
                continue;
            }
            let id = option.map_or("today", |plan| scenario.plans()[plan].id.as_str());
            return Err(Fault::new(
                format!("the agreed limits cannot be checked for the plan \"{id}\": it was left out by --plan"),
                [format!("add --plan {id}, leave --plan out, or say with --option whose years count")],
            ));
        };
        let whose = place.map_or_else(|| words.today.to_owned(), |plan| name(scenario, &analysis.plans[plan]));
        let place = place.map_or(0, OptionId::row);
        let voice = scenario.voice();
        for limit in &agreed {
            let standing = limit.standing(place);
            let chance = limit.chances.get(place).copied();
            let said = limit.said(place, voice);
            checks.push(Check {
                what: format!("{}: {whose}", limit.name),
                found: match (said, standing) {
                    (None, _) => words.not_known.to_owned(),
                    (Some(said), Some(Standing::TooClose)) => line(words.too_close, &[("chance", &said)]),
                    (Some(said), _) => said,
                },
                value: Quantity::finite(chance),
                allowed: line(words.at_most, &[("chance", &chart::words::chance(limit.chance, voice))]),
                holds: standing == Some(Standing::Within),
            });
        }
    }
    Ok(checks)
}

/// Some of many names.
fn some(words: &Gate, names: &[&str]) -> String {
    const SHOWN: usize = 3;
    let shown = names.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    match names.len().checked_sub(SHOWN).filter(|left| *left > 0) {
        Some(left) => line(words.and_more, &[("names", &shown), ("count", &left)]),
        None => shown,
    }
}

fn without(words: &Gate, what: &str, names: &[&str]) -> Check {
    Check {
        what: what.to_owned(),
        found: match names.is_empty() {
            true => words.none.to_owned(),
            false => format!("{}: {}", names.len(), some(words, names)),
        },
        value: Some(Quantity::Count(names.len() as u64)),
        allowed: words.none.to_owned(),
        holds: names.is_empty(),
    }
}

fn sources(scenario: &Scenario) -> Check {
    let bare: Vec<&str> = scenario
        .estimates()
        .iter()
        .filter(|estimate| estimate.record.source.is_none() && !estimate.record.example)
        .map(|estimate| estimate.path.as_str())
        .collect();
    let words = &texts(scenario).gate;
    without(words, words.no_source, &bare)
}

fn examples(scenario: &Scenario) -> Check {
    let placeholders: Vec<&str> = scenario
        .estimates()
        .iter()
        .filter(|estimate| estimate.record.example)
        .map(|estimate| estimate.path.as_str())
        .collect();
    let words = &texts(scenario).gate;
    without(words, words.examples, &placeholders)
}

fn age(scenario: &Scenario, since: Date) -> Check {
    let old: Vec<&str> = scenario
        .estimates()
        .iter()
        .filter(|estimate| !estimate.worked_out && estimate.record.date.is_none_or(|date| date < since))
        .map(|estimate| estimate.path.as_str())
        .collect();
    let words = &texts(scenario).gate;
    without(words, &line(words.old, &[("day", &since)]), &old)
}
