//! What do lines outside of a table say of its figures: `All amounts in k€`, `Frequencies per month`?

use super::{Column, Table};
use crate::import::grid::{Row, Sheet};
use crate::import::heading::{counts_events, words};
use crate::import::number::heading_unit;
use crate::import::place::{Finding, Place, shortened};
use crate::import::span::{Span, span};
use crate::units::reading::aside::{Aside, aside};

/// A line outside of a table that says something of its figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    place: Place,
    /// What it says of amounts.
    amounts: Option<Aside>,
    /// It says of which time its frequencies are.
    is_of_time: bool,
}

impl Line {
    /// Of a row, where it says something.
    pub fn of(row: &Row, file: &str, sheet: &Sheet) -> Option<Self> {
        let texts: Vec<&str> =
            row.cells.iter().map(|cell| cell.text.as_str()).filter(|text| !text.is_empty()).collect();
        let text = texts.join(" ");
        let amounts = aside(&text);
        let is_of_time = text.split([',', ';', '.', '\n']).any(|clause| {
            counts_events(&words(clause)) && !matches!(span(clause), Span::Unsaid | Span::Unit(1) | Span::Between(_))
        });
        let place = Place { sheet: sheet.name.as_str().into(), row: row.number, text, ..Place::file(file) };
        (amounts.is_some() || is_of_time).then_some(Self { place, amounts, is_of_time })
    }

    /// The same of a sheet that has no table: it may speak of another one.
    #[must_use]
    pub fn elsewhere(mut self) -> Self {
        self.amounts.iter_mut().for_each(|amounts| amounts.is_of_all = false);
        self
    }

    /// The currency that it names.
    pub fn currency(&self) -> Option<&str> {
        self.amounts.as_ref()?.currency.as_deref()
    }
}

impl Table<'_> {
    /// Takes what the lines say where they leave no doubt, and tells so.
    pub fn count(&mut self, findings: &mut Vec<Finding>) {
        let said: Vec<(&Place, &Aside)> =
            self.lines.iter().filter_map(|line| Some((&line.place, line.amounts.as_ref()?))).collect();
        let Some((place, first)) = said.first().copied() else { return };
        if !said
            .iter()
            .all(|(_, other)| other.is_of_all && (other.unit, &other.currency) == (first.unit, &first.currency))
        {
            return;
        }
        self.counts = (first.unit, first.currency.clone());
        if let Some(unit) = first.unit {
            let message = format!("amounts that name no unit of their own were multiplied by {unit}");
            findings.push(Finding::note(Some(place.clone()), message));
        } else if let Some(currency) = &first.currency {
            findings
                .push(Finding::note(Some(place.clone()), format!("amounts that name no currency are in {currency}")));
        }
    }

    /// What must be asked of the figures of a column, for lines that leave a doubt.
    pub fn doubt(&self, column: &Column) -> Option<String> {
        let role = column.meaning?.role;
        let own = heading_unit(&column.heading);
        let words = |line: &Line| shortened(&line.place.text);
        if role.is_money() && own.0.is_none() {
            let is_open = self.counts.0.is_none() || own.1.is_some();
            let open = |line: &&Line| line.amounts.as_ref().is_some_and(|said| said.unit.is_some()) && is_open;
            let line = self.lines.iter().find(open)?;
            return Some(format!("is this amount counted as \"{}\" says?", words(line)));
        }
        let line = self.lines.iter().find(|line| line.is_of_time)?;
        (role.is_often() && span(&column.heading) == Span::Unsaid)
            .then(|| format!("of which time is this? A line beside the table says \"{}\"", words(line)))
    }
}
