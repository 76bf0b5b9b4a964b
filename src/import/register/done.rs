//! Does a measure stand already, as a column beside it says: `Measure status`, `Implemented`?
//!
//! What stands is paid and works today; bought again it would count twice. That is asked.

use super::Register;
use super::again::is_status;
use super::joins::is_of_measures;
use crate::import::grid::Row;
use crate::import::heading::{Guess, Phase, Role, guess, is_one_of, words};
use crate::import::place::{Finding, shortened};
use crate::import::table::{Table, starts_with_word};

/// The columns that say how far measures have come.
pub(super) fn of_status(table: &Table<'_>) -> Vec<usize> {
    const DONE: &str = "implemented|implementation|deployed|umgesetzt|umsetzung|umsetzungsstand|umsetzungsstatus|\
        umsetzungsgrad|\
        maßnahmenstatus|fortschritt|progress|avancement|avanzamento|voortgang|réalisé|réalisée|réalisation|\
        implementado|implementada|implementación|implementato|implementata|\
        attuazione|geïmplementeerd|uitgevoerd|uitvoering";
    let of_measures = is_of_measures(table);
    let names_measure = |heading: &str| {
        words(heading).iter().any(|word| matches!(guess(word), Guess::Clear(meaning) if meaning.role == Role::Control))
    };
    let columns = table.columns.iter().filter(|column| {
        let is_aside = column.meaning.is_none_or(|meaning| matches!(meaning.role, Role::Remark | Role::Ignore));
        let is_done = words(&column.heading).iter().any(|word| is_one_of(word, DONE));
        is_aside && (is_done || is_status(&column.heading) && (of_measures || names_measure(&column.heading)))
    });
    columns.map(|column| column.index).collect()
}

/// What only a measure can be.
const STANDING: &str = "implemented|fully implemented|live|operational|operating|in place|in operation|deployed|effective|\
    umgesetzt|wirksam|in betrieb|réalisé|réalisée|en place|implementado|implementada|implantado|implantada|attuato|attuata|\
    uitgevoerd|gerealiseerd|geïmplementeerd";
/// What a risk can be too.
const DONE: &str = "yes|y|ja|oui|sí|si|sì|x|✓|✔|true|done|complete|completed|closed|finished|active|existing|100%|100 %|\
    erledigt|abgeschlossen|vorhanden|aktiv|fait|terminé|terminée|hecho|completado|completada|fatto|completato|completata|\
    gedaan|afgerond|gereed";

/// Whether a cell says one of these words, alone or before others: `Live since 2024`.
fn begins(text: &str, list: &str) -> bool {
    let lower = text.trim().to_lowercase();
    list.split('|').any(|known| lower == known || known.chars().count() > 3 && starts_with_word(&lower, &[known]))
}

impl Register<'_, '_> {
    /// The question that a measure of the row is asked which may stand already.
    pub(super) fn standing(&mut self, row: &Row) -> Option<String> {
        let table = self.table;
        let stands = |column: &&usize| begins(row.text(**column), STANDING);
        let is_done = |column: &&usize| stands(column) || begins(row.text(**column), DONE);
        // Of a risk and its measure in one row the status is that of the risk, unless no risk can be so.
        let index = *self.done.iter().find(is_done).or_else(|| self.status.iter().find(stands))?;
        let column = table.columns.iter().find(|column| column.index == index)?;
        let place = table.place(row, column);
        let question = format!(
            "\"{}\" says \"{}\": does the measure stand already? Then it is part of today: take it out of the plan",
            shortened(&column.heading),
            shortened(&place.text)
        );
        self.draft.findings.push(Finding::question(Some(place), question.clone()));
        Some(question)
    }

    /// Whether a row names a measure in place and none to be bought: its price is that of the former.
    pub(super) fn is_in_place(&self, row: &Row) -> bool {
        let text = |role: Role| {
            let mut columns = self.table.of(role, &[Phase::Unsaid]);
            columns.any(|column| !crate::import::number::is_blank_cell(row.text(column.index)))
        };
        text(Role::Existing) && !text(Role::Control)
    }
}
