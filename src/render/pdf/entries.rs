//! What stands in the cells of a table of the paper?

use super::table::{Entries, Entry};
use crate::drawing::text::in_letters;
use crate::render::format;
use crate::render::plain::{bound, clean};
use crate::report::chart::Chart;
use crate::report::{Cell, Table};
use crate::units::Voice;

/// The table behind a chart as a page holds it: with more columns than rows, columns become rows; nothing where it has too
/// many of both, or only repeats another table.
pub(super) fn printed(chart: &Chart) -> Option<(Vec<String>, Vec<Vec<String>>)> {
    /// So many columns stand beside each other.
    const MOST: usize = 14;
    let (head, rows) = Some(chart.table_on_paper()).filter(|_| chart.is_table_printed())?;
    if head.len() <= MOST {
        return Some((head, rows));
    }
    let cell = |row: &Vec<String>, column: usize| row.get(column).cloned().unwrap_or_default();
    let turned: Vec<Vec<String>> = (0..head.len())
        .map(|column| std::iter::once(head[column].clone()).chain(rows.iter().map(|row| cell(row, column))).collect())
        .collect();
    let (head, rows) = turned.split_first()?;
    // The word over the names of the rows is not that over those of the columns.
    let head: Vec<String> = std::iter::once(String::new()).chain(head.iter().skip(1).cloned()).collect();
    (head.len() <= MOST).then(|| (head, rows.to_vec()))
}

/// What stands over a column: a name as long as a sentence would make it ten lines high.
pub(super) fn heading_of_column(text: &str) -> String {
    const LETTERS: usize = 60;
    bound(&in_letters(&clean(text), LETTERS))
}

/// Assumptions about one thing, one after the other, stand under its whole name: all that they have in common before a
/// colon, for a name may have one of its own.
pub(super) fn told_once(rows: &mut Vec<Vec<Entry>>) {
    let name = |place: usize| rows.get(place).and_then(|row| row.first()).map_or("", |first| first.text.as_str());
    let common = |one: &str, other: &str| {
        let starts = one.match_indices(": ").map(|(at, _)| at);
        starts.filter(|at| other.starts_with(&one[..at + 2])).last().map(|at| one[..at].to_owned())
    };
    let things: Vec<Option<String>> = (0..rows.len())
        .map(|place| {
            let before = place.checked_sub(1).and_then(|before| common(name(place), name(before)));
            let after = common(name(place), name(place + 1));
            [before, after].into_iter().flatten().min_by_key(String::len)
        })
        .collect();
    let mut grouped: Vec<Vec<Entry>> = Vec::new();
    for (place, mut row) in std::mem::take(rows).into_iter().enumerate() {
        if let Some(thing) = &things[place] {
            if place == 0 || things[place - 1].as_ref() != Some(thing) {
                let mut over = vec![Entry::default(); row.len()];
                over[0].text.clone_from(thing);
                grouped.push(over);
            }
            let what = row[0].text[thing.len() + 2..].to_owned();
            row[0].text = format!("– {what}");
        }
        grouped.push(row);
    }
    *rows = grouped;
}

pub(super) fn entries(table: &Table, voice: Voice) -> Entries {
    let cell = |(column, cell): (usize, &Cell)| Entry {
        text: bound(&clean(&format::cell(cell, voice))),
        right: table.is_of_numbers(column),
    };
    Entries {
        head: table.columns.iter().map(|column| heading_of_column(column)).collect(),
        rows: table.rows.iter().map(|row| row.iter().enumerate().map(cell).collect()).collect(),
        chosen: table.emphasised,
        least: 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assumptions_of_one_thing_stand_under_its_whole_name() {
        let row = |name: &str| vec![Entry { text: name.into(), right: false }, Entry { text: "1".into(), right: true }];
        let names = [
            "Offer A: add-on to the licence in use: coverage",
            "Offer A: add-on to the licence in use: reliability",
            "Phishing: frequency",
            "Offer B: a new agent: coverage",
            "Offer B: a new agent: cost",
        ];
        let mut rows: Vec<Vec<Entry>> = names.into_iter().map(row).collect();
        told_once(&mut rows);
        let first: Vec<&str> = rows.iter().map(|row| row[0].text.as_str()).collect();
        let told = [
            "Offer A: add-on to the licence in use",
            "– coverage",
            "– reliability",
            "Phishing: frequency",
            "Offer B: a new agent",
            "– coverage",
            "– cost",
        ];
        assert_eq!(first, told);
        assert!(rows[0][1].text.is_empty() && rows[1][1].text == "1");
    }
}
