//! The appendix: every assumption with its record, the years, how the figures were found, the words.

use crate::engine::{Analysis, Method};
use crate::model::Scenario;
use crate::units::Figure;

use super::super::sentences::name;
use super::super::{Cell, Digits, Section, Table, Text, sections};
use super::front::day;
use super::{Part, listed, tabled};

pub(super) fn parts(scenario: &Scenario, analysis: &Analysis, run: &str) -> Vec<Part> {
    let part = |id, title: &str, sections: Vec<Section>, charts: &[&str]| Part {
        id,
        title: title.to_owned(),
        sections,
        charts: charts.iter().map(|id| (*id).to_owned()).collect(),
        is_appendix: true,
    };
    vec![
        part("assumptions", "Every assumption", log(scenario, analysis).into_iter().collect(), &[]),
        part("one-year", "What one year may bring", Vec::new(), &["one-year-today", "one-year-with-plan"]),
        part("method", "How the figures were found", vec![method(scenario, analysis)], &[]),
        part("words", "The words", vec![glossary()], &[]),
        part("run", "This run", vec![identity(scenario, run)], &[]),
    ]
}

/// Each estimate with its record, and room to sign it off.
fn log(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    let weights = analysis.weights.as_ref();
    let rows: Vec<Vec<Cell>> = scenario
        .estimates()
        .iter()
        .enumerate()
        .map(|(index, estimate)| {
            let record = &estimate.record;
            let source = record.whole_source().unwrap_or_else(|| "none".to_owned());
            let words = |text: &Option<String>| text.as_ref().map_or(Cell::None, Cell::words);
            vec![
                Cell::words(&estimate.name),
                Cell::Estimate(estimate.shape.clone(), estimate.kind),
                sections::average(estimate.mean(), estimate.kind),
                weights.map_or(Cell::None, |weights| {
                    Cell::Change(Figure::approximate(weights.changes[index]), Digits::Significant(2))
                }),
                Cell::words(source),
                words(&record.owner),
                record.date.map_or(Cell::None, |date| Cell::words(day(date))),
                words(&record.why),
                Cell::words(""),
            ]
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let columns =
        ["Assumption", "Value", "Average", "If a tenth higher", "Source", "Owner", "Date", "Why", "Signed off"];
    let mut section =
        tabled("Every assumption", Table { columns: columns.map(str::to_owned).to_vec(), rows, emphasised: None });
    section.lead = weights.map(|weights| {
        Text::plain("\"If a tenth higher\": by how much the value today of ")
            .name(name(scenario, &analysis.plans[weights.plan]))
            .and(" then changes.")
    });
    Some(section)
}

/// How the figures were found, in the words of someone who has to defend them.
fn method(scenario: &Scenario, analysis: &Analysis) -> Section {
    let mut notes = vec![
        Text::plain(
            "The loss of a year is the number of events times what each costs, added over all risks. The words and the tree of causes are those of the Open FAIR standard.",
        ),
        Text::plain(
            "An average loss is the product of averages, worked out in decimals wherever the file gives fixed numbers or ranges with exact averages; nothing is drawn by chance for it.",
        ),
        Text::plain(
            "A plan is worth what is lost today less what is still lost with it. What is in place already is part of today.",
        ),
        Text::plain(
            "Every control acts or fails to act on each event with the chance that its coverage and reliability give; different controls act independently unless the file ties their failures together.",
        ),
    ];
    let year = match analysis.year.as_ref().map(|year| (year.method, year.years)) {
        Some((Method::Exact, _)) => {
            "The distribution of a year is exact: the losses of events, their number and the risks are put together by Fourier transforms on a fine grid, and what is not known is averaged over its range."
        }
        Some((Method::Simulated, _)) => {
            "The distribution of a year is simulated: what is not known is drawn once for each world, events and their losses are drawn afresh, and today and every option meet the same events."
        }
        None => "Only averages were asked for: the distribution of a year was not worked out.",
    };
    notes.push(Text::plain(year));
    notes.push(
        Text::plain("Flows of a year fall at its end and are brought to today's money at ")
            .figure(Cell::Share(Figure::exact(scenario.assumptions().discount_rate.get()).to_f64()))
            .and(" a year. Loss avoided is an estimate of what does not happen; it is not cash."),
    );
    listed("How the figures were found", notes)
}

/// The words of the paper.
fn glossary() -> Section {
    const WORDS: [(&str, &str); 14] = [
        (
            "average loss per year",
            "the mean of all that a year may cost, good years and bad ones together; also called expected annual loss",
        ),
        ("bad year, very bad year", "a loss that is reached or passed in 1 year of 20, and in 1 year of 100"),
        ("control", "something bought or done that makes a loss rarer or smaller"),
        ("option", "a set of controls with start dates; doing nothing more is always one"),
        ("today", "the loss with what is in place now"),
        (
            "loss avoided",
            "today's average loss less the loss with an option: an estimate of what does not happen, not cash",
        ),
        ("cost", "money paid, own people's time and users' lost time, less the spending that ends"),
        ("budget", "money paid only"),
        ("today's money", "later amounts made smaller by the discount rate for every year that they are away"),
        ("value today", "loss avoided less cost, both in today's money; also called net present value"),
        ("return per unit", "value today divided by cost; also called return on security investment"),
        ("agreed limit", "a loss that the board agreed a year may pass with at most a stated chance"),
        ("assumption", "a number or a range that went in; an example is one that is still a placeholder"),
        ("1 in 20", "once in 20 years on average, or a chance of 5 % in any one year"),
    ];
    let rows = WORDS.iter().map(|(word, meaning)| vec![Cell::words(*word), Cell::words(*meaning)]).collect();
    let columns = ["Word", "What it means"].map(str::to_owned).to_vec();
    tabled("The words", Table { columns, rows, emphasised: None })
}

/// What it takes to get the same figures again.
fn identity(scenario: &Scenario, run: &str) -> Section {
    let mut notes =
        vec![Text::plain(run.to_owned()).and("."), Text::plain("SHA-256 of the scenario: ").code(scenario.sha256())];
    notes.extend(
        scenario.assumptions().valued_at.map(|date| Text::plain(format!("Amounts are valued at {}.", day(date)))),
    );
    notes.push(Text::plain("The same file, version and seed give the same figures on any machine."));
    listed("This run", notes)
}
