//! What would change the answer, in a table and words.

use crate::engine::sensitivity::{Input, Tipping};
use crate::engine::{Analysis, OptionId, Sensitivity};
use crate::model::{EstimateId, Scenario, Shape};
use crate::units::Figure;

use super::insurance::is_insured;
use super::sections::{Reader, average, average_of, in_table, subject, telling};
use super::sentences::{likelihood, name, option_name, value_digits};
use super::texts::{self, line, say, texts};
use super::{Cell, Digits, Piece, Section, Table, Text};

/// How many inputs are listed by swing.
const SHOWN: usize = 10;
/// A part of the recommended value that is not worth a word.
const NEGLIGIBLE: f64 = 0.001;
/// And one that is the rounding of sums.
const ROUNDING: f64 = 1e-6;
/// What two ways to the same point of an input may differ by.
const TIE: f64 = 1e-9;

/// What would change the answer; the whole table is about the plan that the paper is about.
pub fn sensitivity(scenario: &Scenario, analysis: &Analysis, reader: Reader) -> Option<Section> {
    let found = analysis.sensitivity.as_ref()?;
    let plan = subject(analysis)?;
    let place = analysis.plans.position(|other| other.plan == plan.plan)?;
    let digits = value_digits(scenario);
    let swing = |input: &Input| input.swings[place].map_or(0.0, |(low, high)| (high - low).abs());
    let mut unknown: Vec<&Input> = found.inputs.iter().filter(|input| swing(input) > 0.0).collect();
    unknown.sort_by(|a, b| swing(b).total_cmp(&swing(a)).then(a.estimate.cmp(&b.estimate)));
    let number =
        |id: EstimateId, number: f64| in_table(average(Figure::approximate(number), scenario.estimate(id).kind));
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
                Cell::or_none(
                    input.information.map(|worth| if worth > NEGLIGIBLE * scale { worth } else { 0.0 }),
                    |worth| worth_knowing(worth, scale),
                ),
            ])
        })
        .collect();
    let (words, shared) = (&texts(scenario).sensitivity, &texts(scenario).shared);
    let mut notes = vec![tipping(scenario, analysis, found.tipping.as_ref(), reader)];
    if unknown.is_empty() {
        let has_range = found.inputs.iter().any(|input| input.range.is_some());
        notes.push(Text::plain(if has_range { words.no_range_matters } else { words.no_ranges }));
    } else {
        notes.push(information(scenario, analysis, found, reader));
        notes.extend(knowledge_and_luck(scenario, analysis, found, place));
    }
    if unknown.len() > SHOWN {
        notes.push(Text::plain({
            let left = unknown.len() - SHOWN;
            line(texts::number(left, words.one_more, words.more), &[("count", &left)])
        }));
    }
    if is_insured(scenario, analysis) {
        notes.push(Text::plain(words.insured));
    }
    let columns = [
        shared.assumption,
        words.low,
        words.high,
        words.value_low,
        words.value_high,
        words.worth_nothing,
        words.to_know,
    ];
    Some(Section {
        title: line(words.title, &[("plan", &name(scenario, plan))]),
        // It says how to read the table.
        lead: (!rows.is_empty()).then(|| Text::plain(words.lead)),
        table: (!rows.is_empty()).then(|| Table {
            columns: columns.map(str::to_owned).to_vec(),
            rows,
            emphasised: None,
        }),
        notes,
    })
}

/// What the average of a count holds beside what was seen, where one of these estimates is a count.
pub(super) fn half_an_event(scenario: &Scenario, mut shown: impl Iterator<Item = EstimateId>) -> Option<Text> {
    let is_count = |id: EstimateId| matches!(scenario.estimate(id).shape, Shape::Seen { .. });
    shown.any(is_count).then(|| Text::plain(texts(scenario).assumptions.half_an_event))
}

/// An input as its reader knows it: by its key path, or by its name.
fn input(scenario: &Scenario, id: EstimateId, reader: Reader) -> Piece {
    let estimate = scenario.estimate(id);
    match reader {
        Reader::Author => Piece::Code(estimate.path.clone()),
        Reader::Board => Piece::Name(estimate.name.clone()),
    }
}

/// Whether the point of an input at which one option becomes better than another lies above its mean. Where it lies just
/// there, it is the way in which the one gains on the other.
pub(super) fn lies_above(
    analysis: &Analysis,
    (id, mean, at): (EstimateId, f64, f64),
    better: Option<OptionId>,
    worse: Option<OptionId>,
) -> bool {
    if (at - mean).abs() > TIE * mean.abs() {
        return at > mean;
    }
    let input = analysis.sensitivity.iter().flat_map(|found| &found.inputs).find(|input| input.estimate == id);
    let gain = |option: OptionId| -> f64 {
        let weights = analysis.weights.as_ref().filter(|weights| weights.plan == option);
        let swing = || input.and_then(|input| *input.swings.get(option)?).map(|(low, high)| high - low);
        weights.and_then(|weights| weights.changes.get(id).copied()).or_else(swing).unwrap_or(0.0)
    };
    let [better, worse] = [better, worse].map(|option| option.map_or(0.0, gain));
    better >= worse
}

/// Which assumption, if wrong by how much, changes the recommendation?
pub(super) fn tipping(scenario: &Scenario, analysis: &Analysis, tipping: Option<&Tipping>, reader: Reader) -> Text {
    let words = &texts(scenario).sensitivity;
    let Some(tipping) = tipping else {
        return Text::plain(words.no_tipping);
    };
    let estimate = scenario.estimate(tipping.estimate);
    let cell = |number: f64| telling(number, tipping.at, tipping.mean, estimate.kind);
    let mean = if estimate.is_fixed() { average_of(estimate) } else { cell(tipping.mean) };
    let more = lies_above(analysis, (tipping.estimate, tipping.mean, tipping.at), tipping.option, analysis.recommended);
    let times = if more { tipping.at / tipping.mean } else { tipping.mean / tipping.at };
    let text = say(
        if more { words.tips_above } else { words.tips_below },
        &[
            ("option", Piece::Name(option_name(scenario, analysis, tipping.option))),
            ("input", input(scenario, tipping.estimate, reader)),
            ("at", cell(tipping.at).into()),
            ("mean", mean.into()),
        ],
    )
    .and(words.smallest_change);
    // Up and down are measured alike: by the factor, or where that is next to one by what it is above it.
    let distance = match times {
        ..1.0005 => Text::plain(words.by_next_to_nothing),
        ..1.1 => say(words.by_part, &[("part", Cell::Share(times - 1.0).into())]),
        _ => say(words.by_factor, &[("times", Cell::Times(times).into())]),
    };
    text.joined(distance).and(within(scenario, tipping))
}

/// Whether the point lies within what is thought possible.
pub(super) fn within(scenario: &Scenario, tipping: &Tipping) -> &'static str {
    let words = &texts(scenario).sensitivity;
    match tipping.is_likely {
        Some(true) => words.likely,
        Some(false) => words.unlikely,
        None if scenario.estimate(tipping.estimate).is_fixed() => words.no_range,
        None => words.range_of_events,
    }
}

/// How much of the doubt whether the plan pays back is knowledge, and how much luck?
fn knowledge_and_luck(scenario: &Scenario, analysis: &Analysis, found: &Sensitivity, place: OptionId) -> Option<Text> {
    let words = &texts(scenario).sensitivity;
    let worth = ("worth", likelihood(scenario, *found.worth_it.get(place)?).into());
    let costs = analysis.plans[place].investment.present_cost.is_positive();
    let paid = analysis.paths.as_ref().and_then(|paths| paths.chance_of_paying_back(place)).filter(|_| costs);
    Some(match paid {
        Some(paid) => say(words.how_sure, &[worth, ("paid", likelihood(scenario, paid).into())]),
        // What costs nothing has nothing to pay back.
        None => say(words.how_sure_on_average, &[worth]),
    })
}

/// The largest amount that is decided about.
fn scale(analysis: &Analysis) -> f64 {
    analysis.plans.iter().map(|plan| plan.investment.present_cost.to_f64().abs()).fold(0.0, f64::max)
}

/// What it is worth to know something: an average over what we do not know, so two digits, and nothing
/// where it is the rounding of sums.
fn worth_knowing(worth: f64, scale: f64) -> Cell {
    match worth > ROUNDING * scale {
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
    let words = &texts(scenario).sensitivity;
    if all <= NEGLIGIBLE * scale {
        return Text::plain(words.nothing_worth_knowing);
    }
    let all = ("all", two(all).into());
    let most = most.map(|found| (found, worth(found)));
    match most.filter(|(_, worth)| *worth > NEGLIGIBLE * scale) {
        Some((found, worth)) => {
            let input = input(scenario, found.estimate, reader);
            say(words.find_out, &[("input", input), ("worth", two(worth).into()), all])
        }
        None => say(words.no_single, &[("most", two(most.map_or(0.0, |(_, worth)| worth)).into()), all]),
    }
}
