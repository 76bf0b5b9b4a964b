//! Which column names the risks, and which the measures, where no heading says so plainly?

use super::confirmed;
use super::risk::RISKS;
use crate::import::heading::{Meaning, Phase, Role, is_one_of, words};
use crate::import::mapping::Mapping;
use crate::import::table::Table;

/// The names of risks that have ids alone, and beside them words that describe them: `Risk ID`, `Description`.
pub fn described(table: &mut Table<'_>, mapping: &Mapping) {
    const DESCRIPTIONS: &str = "description|beschreibung|descripción|descrizione|omschrijving|libellé|intitulé";
    let names_risks_by_id = table.has(|role| role == Role::Id)
        && !table.has(|role| matches!(role, Role::Name | Role::Control | Role::ControlId))
        && table.has(|role| role.is_often() || role.is_loss());
    let is_description = |at: &usize| {
        let column = &table.columns[*at];
        column.meaning.is_some_and(|meaning| meaning.role == Role::Remark)
            && !confirmed(table, mapping, *at)
            && words(&column.heading).iter().any(|word| is_one_of(word, DESCRIPTIONS))
    };
    if let Some(at) = (0..table.columns.len()).find(is_description).filter(|_| names_risks_by_id) {
        table.columns[at].meaning = Some(Meaning { role: Role::Name, phase: Phase::Unsaid });
    }
}

/// Measures below `Treatment` or `Response`, where prices stand beside and nothing else names a measure.
pub fn treated(table: &mut Table<'_>, mapping: &Mapping) {
    const TREATMENTS: &str = "treatment|response|behandlung|traitement|tratamiento|trattamento|behandeling";
    const KINDS: &str = "accept|accepted|mitigate|mitigated|reduce|transfer|transferred|share|avoid|tolerate|treat|terminate|\
        akzeptieren|mindern|vermindern|vermeiden|übertragen|verlagern|accepter|réduire|transférer|éviter|aceptar|reducir|\
        transferir|evitar|accettare|ridurre|trasferire|evitare|accepteren|verminderen|overdragen|vermijden";
    let lacks_measures = table.has(|role| matches!(role, Role::Cost | Role::CostOnce | Role::CostYearly))
        && table.has(|role| matches!(role, Role::Name | Role::Id))
        && !table.has(|role| matches!(role, Role::Control | Role::ControlId | Role::Existing));
    let is_treatment = |at: &usize| {
        let column = &table.columns[*at];
        let mut texts = table.filled(column);
        let is_kind = |text: &str| words(text).first().is_some_and(|word| is_one_of(word, KINDS));
        column.meaning.is_some_and(|meaning| meaning.role == Role::Remark)
            && !confirmed(table, mapping, *at)
            && words(&column.heading).iter().all(|word| is_one_of(word, TREATMENTS) || is_one_of(word, RISKS))
            && texts.any(|text| !is_kind(text))
    };
    if let Some(at) = (0..table.columns.len()).find(is_treatment).filter(|_| lacks_measures) {
        table.columns[at].meaning = Some(Meaning { role: Role::Control, phase: Phase::Unsaid });
    }
}
