//! The appendix: every assumption with its record, the years, how the figures were found, the words.

use crate::engine::{Analysis, Method};
use crate::model::{Scenario, Timing};
use crate::units::Figure;

use super::super::sentences::name;
use super::super::texts::{say, texts};
use super::super::{Cell, Digits, Piece, Section, Table, Text, sections, sensitivity};
use super::front::day;
use super::{Part, listed, tabled};

pub(super) fn parts(scenario: &Scenario, analysis: &Analysis, run: &str) -> Vec<Part> {
    let words = &texts(scenario).appendix;
    let part = |id, title: &str, sections: Vec<Section>| Part {
        id,
        title: title.to_owned(),
        sections,
        charts: Vec::new(),
        is_appendix: true,
    };
    vec![
        part("assumptions", words.assumptions, log(scenario, analysis).into_iter().collect()),
        part("data", words.data, Vec::new()),
        part("one-year", words.one_year, Vec::new()),
        part("method", words.method, vec![method(scenario, analysis)]),
        part("words", words.words, vec![glossary(scenario)]),
        part("run", words.run, vec![identity(scenario, run)]),
    ]
}

/// Each estimate with its record, and room to sign it off.
fn log(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    let words = &texts(scenario).appendix;
    let weights = analysis.weights.as_ref();
    let rows: Vec<Vec<Cell>> = scenario
        .estimates()
        .entries()
        .map(|(id, estimate)| {
            let record = &estimate.record;
            let source =
                record.whole_source(texts(scenario).assumptions.example).unwrap_or_else(|| words.no_source.to_owned());
            let said = |text: &Option<String>| text.as_ref().map_or(Cell::None, Cell::words);
            vec![
                Cell::words(&estimate.name),
                Cell::Estimate(estimate.shape.clone(), estimate.kind),
                sections::in_table(sections::average_of(estimate)),
                weights.map_or(Cell::None, |weights| {
                    Cell::Change(Figure::approximate(weights.changes[id]), Digits::Significant(2))
                }),
                Cell::words(source),
                said(&record.owner),
                record.date.map_or(Cell::None, |date| Cell::words(day(scenario, date))),
                said(&record.why),
                Cell::words(""),
            ]
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let columns = [
        words.assumption,
        words.value,
        words.average,
        words.tenth_higher,
        words.source,
        words.owner,
        words.date,
        words.why,
        words.signed_off,
    ];
    let columns = columns.map(str::to_owned).to_vec();
    let table = without_blanks(Table { columns, rows, emphasised: None });
    let mut section = tabled(words.assumptions, table);
    section.lead = weights.map(|weights| {
        let plan = name(scenario, &analysis.plans[weights.plan]);
        say(words.tenth_higher_is, &[("plan", Piece::Name(plan))])
    });
    section.notes.extend(sensitivity::half_an_event(scenario, scenario.estimates().ids()));
    Some(section)
}

/// The same without columns that say nothing in any row, but for the room to sign.
fn without_blanks(mut table: Table) -> Table {
    let last = table.columns.len().saturating_sub(1);
    let is_kept: Vec<bool> = (0..table.columns.len())
        .map(|column| column == last || table.rows.iter().any(|row| row.get(column) != Some(&Cell::None)))
        .collect();
    let mut kept = is_kept.iter();
    table.columns.retain(|_| kept.next().copied().unwrap_or(true));
    for row in &mut table.rows {
        let mut kept = is_kept.iter();
        row.retain(|_| kept.next().copied().unwrap_or(true));
    }
    table
}

/// How the figures were found, in the words of someone who has to defend them.
fn method(scenario: &Scenario, analysis: &Analysis) -> Section {
    let words = &texts(scenario).appendix;
    let rate = Cell::typed(scenario.assumptions().discount_rate);
    let year = match analysis.year.as_ref().map(|year| year.method) {
        Some(Method::Exact) => words.exact,
        Some(Method::Simulated) => words.simulated,
        None => words.averages_only,
    };
    let mut notes: Vec<Text> = [words.loss_is, words.average_is, words.worth_is, words.controls_act, year]
        .into_iter()
        .map(Text::plain)
        .collect();
    let discounted = match scenario.assumptions().timing {
        Timing::MidYear => words.discounted_middle,
        Timing::YearEnd => words.discounted,
    };
    notes.push(say(discounted, &[("rate", rate.into())]));
    listed(words.method, notes)
}

/// The words of the paper.
fn glossary(scenario: &Scenario) -> Section {
    let words = &texts(scenario).glossary;
    let meanings = [
        (words.average, words.average_is),
        (words.bad_year, words.bad_year_is),
        (words.control, words.control_is),
        (words.option, words.option_is),
        (words.today, words.today_is),
        (words.avoided, words.avoided_is),
        (words.cost, words.cost_is),
        (words.budget, words.budget_is),
        (words.todays_money, words.todays_money_is),
        (words.value, words.value_is),
        (words.return_on_cost, words.return_on_cost_is),
        (words.limit, words.limit_is),
        (words.assumption, words.assumption_is),
        (words.one_in, words.one_in_is),
    ];
    let rows = meanings.map(|(word, meaning)| vec![Cell::words(word), Cell::words(meaning)]).to_vec();
    let columns = [words.word, words.meaning].map(str::to_owned).to_vec();
    tabled(texts(scenario).appendix.words, Table { columns, rows, emphasised: None })
}

/// What it takes to get the same figures again.
fn identity(scenario: &Scenario, run: &str) -> Section {
    let words = &texts(scenario).appendix;
    let mut notes = vec![
        Text::plain(run.to_owned()).and("."),
        say(words.hash, &[("hash", Piece::Code(scenario.sha256().to_owned()))]),
    ];
    let valued = scenario.assumptions().valued_at;
    notes.extend(valued.map(|date| say(words.valued_at, &[("day", day(scenario, date).into())])));
    notes.push(Text::plain(words.same_figures));
    listed(words.run, notes)
}
