//! Does a case hold what was agreed, so that a pipeline may go on?
//!
//! Each check is a line: what is looked at, what was found, what is allowed. A limit that the simulation cannot
//! tell from the agreed one is not held: more years tell it.

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::engine::Analysis;
use crate::model::Scenario;
use crate::units::Figure;

use super::assessment::{map, provenance};
use super::chart::{Scale, Standing, words};
use super::charts::limits_of;
use super::explain::key;
use super::sentences::name;
use super::{Cell, Context, Datum, Report, Section, Table, Text};

/// What a gate asks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Demands {
    /// Whose years must keep to the agreed limits: plans, and today where there is nothing.
    pub options: Vec<Option<usize>>,
    /// Whether every assumption must have a source and none may be an example.
    pub sources: bool,
    /// The first day from which on an assumption must be.
    pub since: Option<Date>,
    /// Bounds of figures.
    pub bounds: Vec<Bound>,
}

/// A bound of a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Bound {
    /// The key of the figure, as in the JSON.
    pub key: String,
    /// Whether the figure must be at least this; else at most.
    pub is_least: bool,
    /// The bound as written.
    pub written: String,
    /// The bound.
    pub value: f64,
}

/// One check.
struct Check {
    what: String,
    found: String,
    allowed: String,
    holds: bool,
}

/// Builds the report of a gate, and whether it is met.
///
/// # Errors
/// A key that names no figure, or one that is not a number.
pub fn gate(
    scenario: &Scenario,
    analysis: &Analysis,
    warnings: &[Diagnostic],
    context: &Context,
    demands: &Demands,
) -> Result<(Report, bool), String> {
    let whole = super::build(scenario, analysis, warnings, context);
    let mut checks = limits(scenario, analysis, demands);
    if demands.sources {
        checks.extend([sources(scenario), examples(scenario)]);
    }
    checks.extend(demands.since.map(|since| age(scenario, since)));
    for bound in &demands.bounds {
        checks.push(figure(&whole.assessment, bound)?);
    }
    let failed: Vec<&Check> = checks.iter().filter(|check| !check.holds).collect();
    let answer = match failed.as_slice() {
        [] => format!("The gate is met: {} of {} checks hold.", checks.len(), checks.len()),
        failed => {
            let names: Vec<&str> = failed.iter().map(|check| check.what.as_str()).collect();
            format!("The gate is not met: {}.", names.join("; "))
        }
    };
    let met = failed.is_empty();
    let datum = map([
        ("schema", Datum::words("rosi.gate/1")),
        ("provenance", provenance(scenario, analysis)),
        ("met", Datum::Flag(met)),
        (
            "checks",
            Datum::List(
                checks
                    .iter()
                    .map(|check| {
                        map([
                            ("what", Datum::words(&check.what)),
                            ("found", Datum::words(&check.found)),
                            ("allowed", Datum::words(&check.allowed)),
                            ("holds", Datum::Flag(check.holds)),
                        ])
                    })
                    .collect(),
            ),
        ),
    ]);
    let rows = checks
        .into_iter()
        .map(|check| {
            let verdict = if check.holds { "holds" } else { "FAILS" };
            [check.what, check.found, check.allowed, verdict.to_owned()].map(Cell::words).to_vec()
        })
        .collect();
    let section = Section {
        title: "The checks".to_owned(),
        lead: None,
        table: Some(Table {
            columns: ["Check", "Found", "Allowed", ""].map(str::to_owned).to_vec(),
            rows,
            emphasised: None,
        }),
        notes: Vec::new(),
    };
    let report = Report {
        answer: vec![Text::plain(answer)],
        caution: Vec::new(),
        sections: vec![section],
        charts: Vec::new(),
        next: Vec::new(),
        assessment: datum,
        ..whole
    };
    Ok((report, met))
}

fn limits(scenario: &Scenario, analysis: &Analysis, demands: &Demands) -> Vec<Check> {
    let agreed = limits_of(scenario, analysis);
    let mut checks = Vec::new();
    for option in &demands.options {
        let place = match option {
            None => Some(0),
            Some(plan) => analysis.plans.iter().position(|found| found.plan == *plan).map(|index| index + 1),
        };
        let Some(place) = place else { continue };
        let whose = if place == 0 { "today".to_owned() } else { name(scenario, &analysis.plans[place - 1]) };
        let numbers = scenario.numbers();
        for limit in &agreed {
            let standing = limit.standing(place);
            let chance = limit.chances.get(place).copied();
            checks.push(Check {
                what: format!("{}: {whose}", limit.name),
                found: chance.map_or_else(
                    || "not known".to_owned(),
                    |chance| match standing {
                        Some(Standing::TooClose) => {
                            format!("{}, too close to tell", words::chance_beside(chance, limit.chance, numbers))
                        }
                        _ => words::chance_beside(chance, limit.chance, numbers),
                    },
                ),
                allowed: format!("at most {}", words::chance(limit.chance, numbers)),
                holds: standing == Some(Standing::Within),
            });
        }
    }
    checks
}

/// Some of many names.
fn some(names: &[&str]) -> String {
    const SHOWN: usize = 3;
    let shown = names.iter().take(SHOWN).copied().collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN { format!("{shown} and {} more", names.len() - SHOWN) } else { shown }
}

fn without(what: &str, names: &[&str]) -> Check {
    Check {
        what: what.to_owned(),
        found: if names.is_empty() { "none".to_owned() } else { format!("{}: {}", names.len(), some(names)) },
        allowed: "none".to_owned(),
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
    without("Assumptions without a source", &bare)
}

fn examples(scenario: &Scenario) -> Check {
    let placeholders: Vec<&str> = scenario
        .estimates()
        .iter()
        .filter(|estimate| estimate.record.example)
        .map(|estimate| estimate.path.as_str())
        .collect();
    without("Assumptions that are examples", &placeholders)
}

fn age(scenario: &Scenario, since: Date) -> Check {
    let old: Vec<&str> = scenario
        .estimates()
        .iter()
        .filter(|estimate| !estimate.worked_out && estimate.record.date.is_none_or(|date| date < since))
        .map(|estimate| estimate.path.as_str())
        .collect();
    without(&format!("Assumptions from before {since} or without a date"), &old)
}

fn figure(assessment: &Datum, bound: &Bound) -> Result<Check, String> {
    let Some(found) = key::find(assessment, &bound.key) else {
        return Err(format!("there is no figure \"{}\"", bound.key));
    };
    let (value, said) = match found.datum {
        Datum::Money(figure) => (Some(figure.to_f64()), money(*figure)),
        Datum::Number(number) => (Some(*number), format!("{number}")),
        Datum::Whole(count) => (Some(*count as f64), count.to_string()),
        Datum::Null => (None, "no such figure".to_owned()),
        _ => return Err(format!("\"{}\" is not a number", bound.key)),
    };
    let holds = value.is_some_and(|value| if bound.is_least { value >= bound.value } else { value <= bound.value });
    let allowed = format!("at {} {}", if bound.is_least { "least" } else { "most" }, bound.written);
    Ok(Check { what: bound.key.clone(), found: said, allowed, holds })
}

fn money(figure: Figure) -> String {
    let amount = figure.to_f64();
    Scale::for_amounts("", std::iter::once(amount)).amount(amount)
}
