//! What would change the answer, in a table and words.

use crate::engine::sensitivity::{Input, Tipping};
use crate::engine::{Analysis, Sensitivity};
use crate::model::{EstimateId, Scenario};
use crate::units::Figure;

use super::insurance::is_insured;
use super::sections::{Reader, average, subject};
use super::sentences::{name, value_digits};
use super::{Cell, Digits, Section, Table, Text};

/// How many inputs are listed by swing.
const SHOWN: usize = 10;
/// A part of the recommended value that is not worth a word.
const NEGLIGIBLE: f64 = 0.001;

/// What would change the answer; the whole table is about the plan that the paper is about.
pub fn sensitivity(scenario: &Scenario, analysis: &Analysis, reader: Reader) -> Option<Section> {
    let found = analysis.sensitivity.as_ref()?;
    let plan = subject(analysis)?;
    let place = analysis.plans.iter().position(|other| other.plan == plan.plan)?;
    let digits = value_digits(scenario);
    let swing = |input: &Input| input.swings[place].map_or(0.0, |(low, high)| (high - low).abs());
    let mut unknown: Vec<&Input> = found.inputs.iter().filter(|input| swing(input) > 0.0).collect();
    unknown.sort_by(|a, b| swing(b).total_cmp(&swing(a)).then(a.estimate.cmp(&b.estimate)));
    let number = |id: EstimateId, number: f64| average(Figure::approximate(number), scenario.estimate(id).kind);
    let money = |value: f64| Cell::Money(Figure::approximate(value), digits);
    let scale = scale(analysis);
    let rows: Vec<Vec<Cell>> = unknown
        .iter()
        .take(SHOWN)
        .filter_map(|input| {
            let ((from, to), (low, high)) = (input.range?, input.swings[place]?);
            let id = input.estimate;
            Some(vec![
                Cell::words(&scenario.estimate(id).name),
                number(id, from),
                number(id, to),
                money(low),
                money(high),
                Cell::or_none(input.break_even[place], |at| number(id, at)),
                Cell::or_none(input.information, |worth| worth_knowing(worth, scale)),
            ])
        })
        .collect();
    let mut notes = vec![tipping(scenario, analysis, found.tipping.as_ref(), reader)];
    notes.push(information(scenario, analysis, found, reader));
    notes.extend(knowledge_and_luck(analysis, found, place));
    if unknown.len() > SHOWN {
        notes
            .push(Text::plain(format!("{} more assumptions with a range move the value less.", unknown.len() - SHOWN)));
    }
    if is_insured(scenario, analysis) {
        notes.push(Text::plain("What insurers pay is held at its mean here."));
    }
    let columns = ["Assumption", "Low", "High", "Value at low", "Value at high", "Worth nothing at", "To know it"];
    Some(Section {
        title: format!("What would change the answer: {}", name(scenario, plan)),
        lead: Some(Text::plain(
            "The value today where one assumption is at the low or high end of its range (once in ten it is lower, once in ten higher; of a loss per event its average), all others at their averages.",
        )),
        table: (!rows.is_empty()).then(|| Table {
            columns: columns.map(str::to_owned).to_vec(),
            rows,
            emphasised: None,
        }),
        notes,
    })
}

/// An input as its reader knows it: by its key path, or by its name.
fn input(text: Text, scenario: &Scenario, id: EstimateId, reader: Reader) -> Text {
    let estimate = scenario.estimate(id);
    match reader {
        Reader::Author => text.code(&estimate.path),
        Reader::Board => text.name(estimate.name.clone()),
    }
}

fn option(scenario: &Scenario, analysis: &Analysis, option: Option<usize>) -> String {
    option.map_or_else(|| "Do nothing more".to_owned(), |plan| name(scenario, &analysis.plans[plan]))
}

/// Which assumption, if wrong by how much, changes the recommendation?
pub(super) fn tipping(scenario: &Scenario, analysis: &Analysis, tipping: Option<&Tipping>, reader: Reader) -> Text {
    let Some(tipping) = tipping else {
        return Text::plain("No single assumption, however wrong, changes the recommendation.");
    };
    let estimate = scenario.estimate(tipping.estimate);
    let cell = |number: f64| average(Figure::approximate(number), estimate.kind);
    let more = tipping.at > tipping.mean;
    let times = if more { tipping.at / tipping.mean } else { tipping.mean / tipping.at };
    let text = Text::plain("The recommendation changes first, to ")
        .name(option(scenario, analysis, tipping.option))
        .and(", if ");
    let text = input(text, scenario, tipping.estimate, reader)
        .and(if more { " is above " } else { " is below " })
        .figure(cell(tipping.at))
        .and(" instead of ")
        .figure(cell(tipping.mean));
    let text = match times {
        times if times < 1.5 => {
            let part = (tipping.at / tipping.mean - 1.0).abs();
            text.and(", that is ").figure(Cell::Share(part)).and(if more { " more" } else { " less" })
        }
        times => text
            .and(format!(", that is {} ", if more { "more by a factor of" } else { "less by a factor of" }))
            .figure(Cell::Ratio(times)),
    };
    text.and(match tipping.is_likely {
        Some(true) => "; the file takes that for possible: its range reaches there.",
        Some(false) => "; that lies outside of 8 in 10 of its range.",
        None => "; the file gives it no range.",
    })
}

/// How much of the doubt whether the plan pays back is knowledge, and how much luck?
fn knowledge_and_luck(analysis: &Analysis, found: &Sensitivity, place: usize) -> Option<Text> {
    let (paying, _) = analysis.paths.as_ref()?.chance_of_paying_back(place)?;
    Some(
        Text::plain("How sure: within what we hold possible, the chance is ")
            .figure(Cell::Share(*found.worth_it.get(place)?))
            .and(
                " that it is worth its cost on average; that it has paid back when the years are over, luck included, ",
            )
            .figure(Cell::Share(paying))
            .and("."),
    )
}

/// The largest amount that is decided about.
fn scale(analysis: &Analysis) -> f64 {
    analysis.plans.iter().map(|plan| plan.investment.present_cost.to_f64().abs()).fold(0.0, f64::max)
}

/// What it is worth to know something: an average over what we do not know, so two digits, and nothing
/// where it would not pay for asking.
fn worth_knowing(worth: f64, scale: f64) -> Cell {
    match worth > NEGLIGIBLE * scale {
        true => Cell::Money(Figure::approximate(worth), Digits::Significant(2)),
        false => Cell::Money(Figure::ZERO, Digits::Whole),
    }
}

/// Is it worth finding something out before deciding?
fn information(scenario: &Scenario, analysis: &Analysis, found: &Sensitivity, reader: Reader) -> Text {
    let scale = scale(analysis);
    let two = |worth: f64| worth_knowing(worth, scale);
    let worth = |input: &Input| input.information.unwrap_or(0.0);
    let most = found.inputs.iter().max_by(|a, b| worth(a).total_cmp(&worth(b)).then(b.estimate.cmp(&a.estimate)));
    let all = found.perfect.value;
    if all <= NEGLIGIBLE * scale {
        return Text::plain(
            "Nothing is worth finding out before deciding: whatever the truth within these ranges, the decision stays the same or hardly loses.",
        );
    }
    let text = match most.filter(|input| worth(input) > NEGLIGIBLE * scale) {
        Some(found) => input(Text::plain("Before you spend, find out "), scenario, found.estimate, reader)
            .and(": to know it is worth up to ")
            .figure(two(worth(found)))
            .and(", more than to know any other assumption"),
        None => Text::plain("No single assumption is worth finding out before deciding"),
    };
    text.and("; to know everything that can be known is worth ")
        .figure(two(all))
        .and(" at most. What luck brings, nobody can know.")
}
