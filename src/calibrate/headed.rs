//! Which columns of people's answers hold what, and what do their headings count in?

use super::fault;
use super::table::Table;
use crate::diagnostic::{Code, Diagnostic};
use crate::units::reading::column::is_blank_cell;

const PERSON: &[&str] = &["person", "expert", "sme", "name", "who", "experte"];
const QUESTION: &[&str] = &["question", "scenario id", "calibration id", "capability id", "id", "key", "risk", "frage"];
const LOW: &[&str] = &["low", "p5", "p05", "5%", "lower", "von", "unterer wert"];
const MIDDLE: &[&str] = &["median", "p50", "middle", "50%", "mitte"];
const HIGH: &[&str] = &["high", "p95", "95%", "upper", "bis", "oberer wert"];
const TRUTH: &[&str] = &["truth", "answer", "true value", "actual", "wahrheit", "wahrer wert"];
/// How many cases in a hundred somebody says that a range holds.
const CONFIDENCE: &[&str] = &["confidence", "confidence level", "ci", "certainty", "konfidenz", "sicherheit"];
/// How much somebody's answer is to count.
const WEIGHT: &[&str] = &["weight", "weights", "gewicht", "gewichtung", "poids", "peso"];

/// The columns of a table of answers.
pub(super) struct Columns {
    pub low: usize,
    pub high: usize,
    pub middle: Option<usize>,
    pub truth: Option<usize>,
    pub person: Option<usize>,
    pub question: Option<usize>,
    pub confidence: Option<usize>,
    /// Columns that say in what the numbers of their rows count.
    pub units: Vec<usize>,
    /// What the headings of the ends say that their numbers count in: `low (k€)`.
    pub unit: String,
}

/// The unit in brackets behind a heading; `(5 %)` and `(P95)` say which end it is.
fn unit(heading: &str) -> &str {
    let inside = heading.split_once(['(', '[']).map_or("", |(_, behind)| behind);
    let inside = inside.split([')', ']']).next().unwrap_or_default().trim();
    let is_point =
        inside.contains(|c: char| c.is_ascii_digit()) && (inside.ends_with('%') || inside.starts_with(['p', 'P']));
    if is_point { "" } else { inside }
}

impl Columns {
    /// By the headings of a table. `what` names a pair of columns such as `freq` for `freq_low` and `freq_high`.
    ///
    /// # Errors
    /// No two ends, ends that count in different units, weights of people.
    pub fn of(table: &Table, what: Option<&str>) -> Result<Self, Vec<Diagnostic>> {
        let headed = |usual: &[&str]| {
            let bare = |heading: &String| Table::key(heading.split(['(', '[']).next().unwrap_or_default());
            let of = |word: &&str| table.headings.iter().position(|heading| bare(heading) == *word);
            table.column(usual).or_else(|| usual.iter().find_map(of))
        };
        let pair = |usual: &[&str], end: &str| match what {
            Some(what) => table.column(&[&format!("{what}_{end}")]),
            None => headed(usual),
        };
        let (Some(low), Some(high)) = (pair(LOW, "low"), pair(HIGH, "high")) else {
            return Err(vec![no_ends(table)]);
        };
        let (middle, truth) = (headed(MIDDLE), headed(TRUTH));
        let (person, question) = (table.column(PERSON), table.column(QUESTION));
        let said = |column: usize| unit(&table.headings[column]);
        let others = [Some(high), middle, truth];
        if let Some(other) = others.into_iter().flatten().find(|column| said(*column) != said(low)) {
            let (one, other) = (&table.headings[low], &table.headings[other]);
            let message = format!("{}: \"{one}\" and \"{other}\" do not count in the same", table.name);
            return Err(vec![fault(
                Code::BadQuantity,
                message,
                &["write the same unit into all headings, or a column `unit`"],
            )]);
        }
        if let Some(weight) = table.column(WEIGHT) {
            let mut cells =
                table.rows.iter().map(|(_, row)| table.cell(row, Some(weight))).filter(|cell| !is_blank_cell(cell));
            if let Some(first) = cells.next().filter(|first| cells.any(|other| other != *first)) {
                let message = format!(
                    "{}: the column \"{}\" weighs people ({first} and others)",
                    table.name, table.headings[weight]
                );
                return Err(vec![fault(
                    Code::Contradiction,
                    message,
                    &[
                        "take the column out: weights come from answers whose truth is known, `--quiz` with `--pool cooke`; without it all count the same",
                    ],
                )]);
            }
        }
        Ok(Self {
            low,
            high,
            middle,
            truth,
            person,
            question,
            confidence: table.column(CONFIDENCE),
            units: table.units(&[Some(low), Some(high), middle, truth, person, question]),
            unit: said(low).to_owned(),
        })
    }
}

fn no_ends(table: &Table) -> Diagnostic {
    let of_pair =
        |heading: &String| heading.to_lowercase().replace([' ', '-'], "_").strip_suffix("_low").map(str::to_owned);
    let pairs: Vec<String> = table.headings.iter().filter_map(of_pair).collect();
    let help = if pairs.is_empty() {
        "name the ends of each range `low` and `high` (5% and 95% points); what they count in belongs into a column `unit`, or behind both: `low (k€)`, `high (k€)`".to_owned()
    } else {
        format!("choose one of the pairs: `--what {}`", pairs.join("` or `--what "))
    };
    let columns = format!("columns: {}", table.headings.join(", "));
    fault(Code::Missing, format!("{} has no columns with the two ends of a range", table.name), &[&columns, &help])
}
