//! Does a measure stand already, as a column beside it says: `Measure status`, `Implemented`?
//!
//! What stands is paid and works today; bought again it would count twice. That is asked.

use super::Register;
use super::closed::is_status;
use super::joins::is_of_measures;
use crate::import::grid::Row;
use crate::import::heading::{Guess, Phase, Role, guess, is_one_of, words};
use crate::import::place::{Finding, shortened};
use crate::import::table::{Column, Table, is_date, starts_with_word};

/// The columns that say how far measures have come.
pub(super) fn of_status(table: &Table<'_>) -> Vec<usize> {
    const DONE: &str = "done|erledigt|fait|hecho|fatto|gedaan|gereed|existing|exists|vorhanden|existant|existe|existente|\
        esistente|bestaand|completed|completion|complete|finished|abgeschlossen|terminé|live|implemented|implementation|\
        deployed|umgesetzt|umsetzung|umsetzungsstand|umsetzungsstatus|umsetzungsgrad|\
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
        is_aside
            && (is_done
                || is_kind(&column.heading)
                || is_status(&column.heading) && (of_measures || names_measure(&column.heading)))
    });
    columns.map(|column| column.index).collect()
}

/// Whether a heading says which measures stand and which are to come: `In place?`, `Ist/Soll`, `Type` of measures.
fn is_kind(heading: &str) -> bool {
    const KINDS: [&str; 12] = [
        "in place",
        "en place",
        "in essere",
        "ist soll",
        "soll ist",
        "current target",
        "as is to be",
        "type",
        "kind",
        "art",
        "in betrieb",
        "in use",
    ];
    KINDS.contains(&words(heading).join(" ").as_str())
}

/// What was decided not to be done.
const REFUSED: &str = "rejected|refused|declined|denied|abgelehnt|verworfen|refusé|refusée|rechazado|rechazada|respinto|\
    respinta|afgewezen|deprecated|withdrawn|cancelled|canceled";

/// What only a measure can be.
const STANDING: &str = "rolled out|eingeführt|ist|current|as is|besteht|existant|existante|existente|esistente|bestaand|\
    existing|vorhanden|bestehend|bestehende|implemented|fully implemented|live|operational|operating|in place|in operation|\
    deployed|effective|\
    umgesetzt|wirksam|in betrieb|réalisé|réalisée|en place|implementado|implementada|implantado|implantada|attuato|attuata|\
    uitgevoerd|gerealiseerd|geïmplementeerd";
/// What a risk can be too.
const DONE: &str = "yes|y|ja|oui|sí|si|sì|x|✓|✔|true|done|complete|completed|closed|finished|active|existing|100%|100 %|1|on|wahr|vrai|verdadero|vero|waar|\
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
        let heading = |index: usize| {
            let column = table.columns.iter().find(|column| column.index == index);
            column.map_or("", |column| column.heading.as_str())
        };
        let stands = |column: &&usize| begins(row.text(**column), STANDING);
        // "Type: existing" of a measure, and not "Type: done".
        let is_done = |column: &&usize| {
            let is_marked =
                begins(row.text(**column), DONE) || is_date(row.text(**column)) && !is_kind(heading(**column));
            stands(column) || is_marked && words(heading(**column)).join(" ") != "type"
        };
        if let Some(question) = self.refused(row) {
            return Some(question);
        }
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

    /// The question that a measure is asked which was decided against, as a column beside it says.
    fn refused(&mut self, row: &Row) -> Option<String> {
        const DECISIONS: &str = "decision|approved|approval|entscheidung|entscheid|genehmigt|freigabe|freigegeben|décision|approuvé|\
            decisión|aprobado|aprobada|decisione|approvato|approvata|besluit|goedgekeurd";
        const NO: &str = "no|n|nein|non|nee|false|falsch";
        let says = |column: &&Column| {
            let is_decision = words(&column.heading).iter().any(|word| is_one_of(word, DECISIONS));
            let is_aside = column.meaning.is_none_or(|meaning| matches!(meaning.role, Role::Remark | Role::Ignore));
            let text = row.text(column.index);
            is_aside
                && (is_decision && is_one_of(&text.trim().to_lowercase(), NO)
                    || (is_decision || self.done.contains(&column.index)) && begins(text, REFUSED))
        };
        let table = self.table;
        let column = table.columns.iter().find(says)?;
        let place = table.place(row, column);
        let question = format!(
            "\"{}\" says \"{}\": is the measure still proposed? If not, take it out of the plan",
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
