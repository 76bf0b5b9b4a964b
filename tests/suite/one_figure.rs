//! One figure reads the same wherever a paper tells it: in sentences, in tables, beside pictures.
//!
//! Digits may differ, for a table in thousands says more than a sentence; but the longer form must round to the shorter.
//! Where a table lets its rows and columns add up, an amount may be one unit of its last digit off, which the table says.

use std::path::{Path, PathBuf};

use rosi::internal::render::cell;
use rosi::internal::report::{Cell, Digits, Front, Part, Piece, Section, Text};
use rosi::internal::units::Voice;

use crate::front::crowded;
use crate::paper::{files, paper_of};

/// A number as it is written: its value and the unit of its last digit.
#[derive(Clone, Copy)]
struct Number {
    value: f64,
    place: f64,
}

impl Number {
    /// Digits of English marks; zeros at the end of a whole number may be unknown digits where `is_rounded`.
    fn read(text: &str, unit: f64, is_rounded: bool) -> Option<Self> {
        let digits = text.trim_start_matches(['−', '-', '+']).replace(',', "");
        let value: f64 = digits.parse().ok()?;
        let place = match digits.split_once('.') {
            Some((_, behind)) => 10_f64.powi(-(behind.len() as i32)),
            None if is_rounded => 10_f64.powi((digits.len() - digits.trim_end_matches('0').len()) as i32),
            None => 1.0,
        };
        let sign = if text.starts_with(['−', '-']) { -1.0 } else { 1.0 };
        Some(Self { value: sign * value * unit, place: place * unit })
    }

    /// Whether the one with more digits rounds to the other.
    fn agrees(self, other: Self) -> bool {
        (self.value - other.value).abs() <= 0.5 * self.place.max(other.place) * (1.0 + 1e-9)
    }
}

/// A figure, how it is written, and where.
struct Told {
    exact: f64,
    number: Number,
    /// Rounded so that its table adds up.
    is_moved: bool,
    at: String,
}

impl Told {
    fn table(&self) -> Option<&str> {
        self.at.split(" | ").next()
    }

    fn agrees(&self, other: &Self) -> bool {
        let by_a_unit = |told: &Self| {
            told.is_moved && (self.number.value - other.number.value).abs() <= told.number.place * (1.0 + 1e-9)
        };
        // The same flow in two years of one table may give way in one of them only.
        let is_by_year = self.is_moved && other.is_moved && self.table() == other.table();
        self.number.agrees(other.number) || by_a_unit(self) || by_a_unit(other) || is_by_year
    }
}

fn told(found: &Cell, at: &str) -> Option<Told> {
    let Cell::Money(figure, digits) = found else { return None };
    let (power, is_rounded) = match digits {
        Digits::In { power, most, .. } => (*power, most.is_some()),
        Digits::As { power, .. } => (*power, false),
        Digits::Whole => (0, false),
        _ => (0, true),
    };
    let text = cell(found, Voice::default());
    let number = Number::read(&text, 10_f64.powi(power as i32), is_rounded)?;
    let is_moved = matches!(digits, Digits::As { .. });
    Some(Told { exact: figure.to_f64(), number, is_moved, at: format!("{at}: {text}") })
}

fn of_text(text: &Text, at: &str) -> Vec<Told> {
    let figure = |piece: &Piece| match piece {
        Piece::Figure(figure) => told(figure, at),
        _ => None,
    };
    text.0.iter().filter_map(figure).collect()
}

fn of_section(section: &Section) -> Vec<Told> {
    let rows = section.table.iter().flat_map(|table| &table.rows);
    let mut found: Vec<Told> = rows
        .flat_map(|row| {
            let name = row.first().map(|first| cell(first, Voice::default())).unwrap_or_default();
            let at = format!("{} | {name}", section.title);
            row.iter().filter_map(move |figure| told(figure, &at)).collect::<Vec<_>>()
        })
        .collect();
    found.extend(section.lead.iter().chain(&section.notes).flat_map(|text| of_text(text, &section.title)));
    found
}

/// Every amount that the first page and these parts write, by its exact figure.
fn all<'p>(front: &'p Front, parts: impl Iterator<Item = &'p Part>) -> Vec<Told> {
    let said = [("decision", &front.decision), ("answer", &front.answer)];
    let mut found: Vec<Told> =
        said.into_iter().flat_map(|(at, texts)| texts.iter().flat_map(move |text| of_text(text, at))).collect();
    let sections = [&front.options, &front.wrong_if].into_iter().chain(parts.flat_map(|part| &part.sections));
    found.extend(sections.flat_map(of_section));
    found.retain(|told| told.exact.is_finite() && told.exact != 0.0);
    found.sort_by(|a, b| a.exact.total_cmp(&b.exact));
    found
}

/// The bundled scenarios, the awkward ones, the crowded cases of others, and some with policies, taxes and few figures.
fn cases() -> Vec<PathBuf> {
    const MORE: [&str; 8] = [
        "05-fair-institute-dcf",
        "13-econocool",
        "20-risk-quant-engine-register",
        "29i-3in5",
        "34-payback-renewal",
        "38-insure-or-not",
        "be",
        "one",
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let more = MORE.iter().map(|name| folder.join(format!("{name}.toml")));
    files().into_iter().chain(crowded()).chain(more).collect()
}

#[test]
fn sentences_and_tables_of_a_paper_tell_one_figure_alike() {
    let mut faults = Vec::new();
    for path in cases() {
        let paper = paper_of(&path);
        let found = all(&paper.front, paper.parts.iter());
        for (place, one) in found.iter().enumerate() {
            let same = |other: &&Told| (other.exact - one.exact).abs() <= 1e-9 * one.exact.abs();
            for other in found[place + 1..].iter().take_while(same) {
                if !one.agrees(other) {
                    faults.push(format!("{}: {} and {}", path.display(), one.at, other.at));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The amounts that the words of a picture tell: "1.23M", "costs 352k, avoids 607k".
#[cfg(feature = "charts")]
fn labels(svg: &str) -> Vec<(Number, String)> {
    let mut found = Vec::new();
    for label in svg.split("<text").skip(1).filter_map(|rest| rest.split_once('>')?.1.split("</text>").next()) {
        for word in label.split([' ', ',', ':', '(', ')', '>', '<']) {
            let (digits, unit) = match word {
                _ if word.ends_with('k') => (word.strip_suffix('k'), 1e3),
                _ if word.ends_with('M') => (word.strip_suffix('M'), 1e6),
                _ => (None, 1.0),
            };
            let number = digits.and_then(|digits| Number::read(digits, unit, false));
            found.extend(number.map(|number| (number, label.to_owned())));
        }
    }
    found
}

#[cfg(feature = "charts")]
#[test]
fn pictures_tell_an_amount_as_the_tables_beside_them_do() {
    /// Their amounts stand in no table of their part; another figure there may be nearly the same.
    const OF_THEIR_OWN: [&str; 2] = ["cost-against-loss-avoided", "from-today-step-by-step"];
    let mut faults = Vec::new();
    let mut compared = 0;
    for path in cases() {
        let paper = paper_of(&path);
        for chart in paper.charts().filter(|chart| !OF_THEIR_OWN.contains(&chart.id.as_str())) {
            let found = all(&paper.front, paper.parts.iter().filter(|part| part.id == chart.part()));
            let svg = chart.svg(chart.size_on_page()).unwrap();
            for (number, label) in labels(&svg) {
                // What the label would be the rounding of, were it not for the table.
                let is_it = |told: &&Told| (told.exact.abs() - number.value.abs()).abs() <= 0.5 * number.place;
                let size = Number { value: number.value.abs(), place: number.place };
                let agrees = |told: &Told| size.agrees(Number { value: told.number.value.abs(), ..told.number });
                let mut told = found.iter().filter(is_it).peekable();
                compared += usize::from(told.peek().is_some());
                if let Some(other) = told.next()
                    && !agrees(other)
                    && !told.any(agrees)
                {
                    faults.push(format!("{}: {}: {label} and {}", path.display(), chart.id, other.at));
                }
            }
        }
    }
    assert!(compared > 300, "{compared}");
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_check_sees_what_it_is_for() {
    let read = |text: &str, unit| Number::read(text, unit, true).unwrap();
    let agree = |one: (&str, f64), other: (&str, f64)| read(one.0, one.1).agrees(read(other.0, other.1));
    assert!(agree(("2.32", 1e6), ("2.3", 1e6)));
    assert!(agree(("2,320", 1e3), ("2.32", 1e6)));
    assert!(!agree(("42.4", 1e3), ("42.5", 1e3)));
    assert!(!agree(("2,360", 1e3), ("2.3", 1e6)));
    assert!(!agree(("606", 1e3), ("607,000", 1.0)));
}
