//! Does a column say in what another one counts, and hold no figure itself: `Loss currency`, `Cost unit`, `Time base`?

use super::confirmed;
use crate::import::heading::{Guess, Role, guess, is_one_of, words, year};
use crate::import::mapping::Mapping;
use crate::import::number::is_blank_cell;
use crate::import::table::Table;
use crate::units::reading::beside::{is_unit_of_money, is_unit_of_time};

/// Whether a cell is a year of the calendar, or a part of one: `2026`, `Q1 2027`, `FY 2026`.
fn is_of_calendar(text: &str) -> bool {
    const PARTS: &str = "q1|q2|q3|q4|h1|h2|fy|gj|quarter|quartal";
    let all = words(text);
    let is_year = |word: &String| year(word).is_some();
    all.iter().any(is_year) && all.iter().all(|word| is_year(word) || is_one_of(word, PARTS))
}

/// A column that may say in what another one counts, and is no figure itself: `Loss currency`, `Cost unit`, `Period`.
pub(super) fn settle(table: &mut Table<'_>, mapping: &Mapping, doubts: &mut Vec<usize>) {
    const BESIDE: &str = "currency|ccy|währung|devise|moneda|divisa|valuta|unit|units|einheit|unité|unidad|unità|eenheid|period|\
        zeitraum|période|período|periodo|periode|basis|type|multiplier|frame|horizon";
    const ALONE: &[&str] = &[
        "period",
        "per",
        "time frame",
        "timeframe",
        "time horizon",
        "horizon",
        "horizon years",
        "multiplier",
        "time unit",
        "zeitraum",
        "zeiteinheit",
        "période",
        "período",
        "periodo",
        "periode",
        "currency",
        "unit",
    ];
    let is_beside = |heading: &str| {
        let all = words(heading);
        let rest: Vec<&str> = all.iter().filter(|word| !is_one_of(word, BESIDE)).map(String::as_str).collect();
        let numeric = || matches!(guess(&rest.join(" ")), Guess::Clear(meaning) if meaning.role.is_numeric());
        ALONE.contains(&all.join(" ").as_str()) || rest.len() < all.len() && !rest.is_empty() && numeric()
    };
    // What is done now and then counts nothing else: "Review: monthly".
    const DONE: &[&str] = &[
        "review",
        "audit",
        "test",
        "check",
        "report",
        "monitor",
        "update",
        "training",
        "meeting",
        "patch",
        "backup",
        "überprüf",
        "prüf",
        "bericht",
        "kontroll",
        "schulung",
        "revue",
        "contrôle",
        "rapport",
        "revisi",
        "control",
        "formazione",
        "formación",
    ];
    let is_of_tasks = |heading: &str| words(heading).iter().any(|word| DONE.iter().any(|done| word.starts_with(done)));
    for at in 0..table.columns.len() {
        let column = &table.columns[at];
        let is_aside =
            column.meaning.is_none_or(|meaning| matches!(meaning.role, Role::Remark | Role::Ignore | Role::Score));
        let counts = |text: &str| is_unit_of_money(text) || is_unit_of_time(text);
        let counts = || {
            let mut cells = table.filled(column).peekable();
            cells.peek().is_some() && !is_of_tasks(&column.heading) && cells.all(counts)
        };
        // A year of the calendar is no unit.
        let is_said = |text: &str| !is_blank_cell(text) && !is_of_calendar(text);
        let is_filled = table.rows.iter().any(|row| is_said(row.text(column.index)));
        if is_aside && is_filled && !confirmed(table, mapping, at) && (is_beside(&column.heading) || counts()) {
            let column = &mut table.columns[at];
            column.meaning = None;
            column.guess = Guess::Doubt(vec![Role::Remark, Role::Ignore]);
            column.doubt =
                Some("it may say in what another column counts: bring all rows to one unit, and leave it out".into());
            doubts.push(column.index);
        }
    }
}
