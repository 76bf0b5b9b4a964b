//! Which ranges do people state in a table, and for which of them is the answer known by now?

use super::cell::{end, number, reading};
use super::fault;
use super::headed::Columns;
use super::proposal::digits;
use super::table::Table;
use super::written::Written;
use crate::diagnostic::{Code, Diagnostic};
use crate::stats::fit::cooke::Quantiles;
use crate::units::reading::column::{self, Reading, Style, is_blank_cell};

/// One person's answer to one question.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// Where it stands.
    pub place: String,
    /// Who.
    pub person: String,
    /// What was asked.
    pub question: String,
    /// The 5 % point.
    pub low: f64,
    /// The 50 % point, where it was asked for.
    pub middle: Option<f64>,
    /// The 95 % point.
    pub high: f64,
    /// What is known by now.
    pub truth: Option<f64>,
}

impl Answer {
    /// 5, 50 and 95 % points, where the middle was asked for.
    #[must_use]
    pub fn quantiles(&self) -> Option<Quantiles> {
        self.middle.map(|middle| [self.low, middle, self.high])
    }
}

/// Whether a range is said to hold nine cases in ten, or nothing is said.
fn is_ninety(text: &str) -> bool {
    const NINETY: [f64; 2] = [0.9, 90.0];
    is_blank_cell(text) || number(text, Reading::default()).is_ok_and(|held| NINETY.contains(&held.value))
}

/// Reads the answers of a table. `what` names a pair of columns such as `freq` for `freq_low` and `freq_high`.
///
/// # Errors
/// Missing columns, and every answer that is no range.
pub fn answers(table: &Table, what: Option<&str>, numbers: Option<Style>) -> Result<Vec<Answer>, Vec<Diagnostic>> {
    written(table, what, numbers).map(|all| all.into_iter().map(|one| one.answer).collect())
}

/// The same with the units that stand in their cells.
///
/// # Errors
/// As [`answers`].
pub fn written(table: &Table, what: Option<&str>, numbers: Option<Style>) -> Result<Vec<Written>, Vec<Diagnostic>> {
    let Columns { low, high, middle, truth, person, question, confidence: promised, units, unit: headed } =
        Columns::of(table, what)?;
    let ends = table.rows.iter().flat_map(|(_, row)| [low, high].map(|column| table.cell(row, Some(column))));
    let style = reading(ends, numbers, table.usual);
    let mut faults = table.wider();
    let mut answers = Vec::new();
    for (line, row) in &table.rows {
        let place = format!("{}, line {line}", table.name);
        if [low, high].iter().all(|column| table.cell(row, Some(*column)).is_empty()) {
            // Not answered.
            continue;
        }
        let mut told = |code: Code, problem: String, help: &str| {
            faults.push(fault(code, format!("{place}: {problem}"), &[help]));
        };
        let named = table.cell(row, person);
        if column::is_total(named) || column::is_average(named) {
            told(
                Code::BadSamples,
                format!("\"{named}\" speaks of all others: it is no person"),
                "take the row out, or write who said it",
            );
            continue;
        }
        let held = table.cell(row, promised);
        if !is_ninety(held) {
            told(
                Code::Contradiction,
                format!("the range is said to hold \"{held}\", and a range here holds the value nine times in ten"),
                "ask for the 5% and the 95% points, and write 90% there",
            );
            continue;
        }
        let (below, above) = (table.cell(row, Some(low)), table.cell(row, Some(high)));
        let (bottom, top, says) = match (end(below, style), end(above, style)) {
            (Ok((bottom, one)), Ok((top, other))) if one == other => (bottom, top, one),
            (Ok(_), Ok(_)) => {
                told(
                    Code::BadQuantity,
                    format!("\"{below}\" to \"{above}\": one end names a time, and the other none"),
                    "write both ends in the same way",
                );
                continue;
            }
            (Err(problem), _) | (_, Err(problem)) => {
                let cure = if problem.contains("two ways") {
                    "say how numbers are written: `--numbers 1,234.5`, or `--numbers 1.234,5`"
                } else {
                    "write two numbers, or leave the line out if there is no answer"
                };
                told(Code::BadQuantity, format!("\"{below}\" to \"{above}\" is no range: {problem}"), cure);
                continue;
            }
        };
        if bottom.is_share != top.is_share {
            told(
                Code::BadQuantity,
                format!("\"{below}\" to \"{above}\": one end is a percentage, and the other is none"),
                "write both ends in the same unit",
            );
            continue;
        }
        let currency = match (bottom.currency, top.currency) {
            (Some(one), Some(other)) if one != other => {
                let problem = format!("\"{below}\" to \"{above}\" has two currencies");
                told(Code::OtherCurrency, problem, "write both ends in one currency");
                continue;
            }
            (one, other) => one.or(other),
        };
        let is_scaled = [(&below, bottom.has_unit), (&above, top.has_unit)]
            .iter()
            .any(|(text, has_unit)| *has_unit && !text.contains('%'));
        let is_share = bottom.is_share;
        let (bottom, top) = (bottom.value, top.value);
        if bottom <= 0.0 {
            told(
                Code::OutOfRange,
                format!(
                    "the low end is {}: in one case of twenty it is lower, and nothing is lower than 0",
                    digits(bottom)
                ),
                "ask for the value that it stays above nineteen times in twenty, however small; that there may be no loss at all belongs in the frequency",
            );
        } else if bottom == top {
            told(
                Code::WrongOrder,
                format!("{} to {} has no width: nobody is that sure of a forecast", digits(bottom), digits(top)),
                "ask for the range that holds the answer nine times in ten; for a known fact the question needs no expert",
            );
        } else if bottom > top {
            told(
                Code::WrongOrder,
                format!("the low end {} is above the high end {}", digits(bottom), digits(top)),
                "exchange the two",
            );
        }
        let mut other = |column: Option<usize>| match table.cell(row, column) {
            text if is_blank_cell(text) => None,
            text => match end(text, style) {
                Ok((found, own)) if own == says => Some(found.value),
                Ok(_) => {
                    let problem = format!("\"{text}\" is written in another way than \"{below}\" to \"{above}\"");
                    told(Code::BadQuantity, problem, "write all numbers of a line in the same way");
                    None
                }
                Err(problem) => {
                    told(Code::BadQuantity, problem, "write one number, or leave the cell empty");
                    None
                }
            },
        };
        let (middle, truth) = (other(middle), other(truth));
        if middle.is_some_and(|middle| middle <= bottom || middle >= top) {
            told(Code::WrongOrder, "the middle lies outside of the range".to_owned(), "low, middle and high rise");
        }
        let answer = Answer {
            person: Some(table.cell(row, person))
                .filter(|name| !name.is_empty())
                .map_or_else(|| place.clone(), str::to_owned),
            place,
            question: table.cell(row, question).to_owned(),
            low: bottom,
            middle,
            high: top,
            truth,
        };
        let mut unit: Vec<&str> =
            units.iter().map(|column| table.cell(row, Some(*column))).filter(|unit| !unit.is_empty()).collect();
        // The unit of a row holds over that of the headings.
        if unit.is_empty() {
            unit.push(&headed);
        }
        answers.push(Written { answer, currency, is_scaled, is_share, says, unit: unit.join(" ") });
    }
    if faults.is_empty() { Ok(answers) } else { Err(faults) }
}
