//! Does a risk still stand, as its register says it: `Status: closed`, `Active: no`, `Closed on 1 March`?

use super::{Register, done};
use crate::import::draft::{Rate, Risk};
use crate::import::grid::Row;
use crate::import::heading::{Role, is_one_of, words};
use crate::import::number::is_blank_cell;
use crate::import::place::shortened;
use crate::import::table::{Table, starts_with_word};

/// What a risk is called that is no longer one, or not yet.
const CLOSED: &str = "closed|rejected|duplicate|obsolete|retired|withdrawn|cancelled|canceled|archived|inactive|done|\
    resolved|remediated|expired|ended|superseded|terminated|void|voided|fixed|completed|complete|avoided|mitigated|\
    transferred|eliminated|deleted|removed|draft|proposed|candidate|\
    geschlossen|erledigt|abgelehnt|verworfen|entfallen|entfällt|duplikat|dublette|inaktiv|archiviert|beendet|\
    abgeschlossen|gelöscht|hinfällig|obsolet|storniert|behoben|gelöst|vermieden|entwurf|\
    fermé|clos|clôturé|rejeté|doublon|terminé|abandonné|supprimé|résolu|obsolète|annulé|évité|brouillon|\
    cerrado|cerrada|rechazado|duplicado|finalizado|finalizada|archivado|eliminado|eliminada|descartado|descartada|\
    resuelto|resuelta|anulado|anulada|cancelado|cancelada|obsoleto|obsoleta|terminado|terminada|borrador|\
    chiuso|chiusa|respinto|duplicato|archiviato|superato|superata|annullato|annullata|risolto|risolta|eliminato|\
    eliminata|concluso|conclusa|bozza|\
    gesloten|afgesloten|beëindigd|afgewezen|vervallen|afgerond|opgelost|geannuleerd|verwijderd|concept";
/// The same in several words.
const NO_LONGER: &[&str] = &[
    "not applicable",
    "out of scope",
    "no longer",
    "not relevant",
    "won't",
    "wont",
    "nicht relevant",
    "nicht zutreffend",
    "nicht mehr",
    "sans objet",
    "hors périmètre",
    "plus pertinent",
    "no aplica",
    "fuera de alcance",
    "non applicabile",
    "non più",
    "fuori ambito",
    "niet van toepassing",
    "niet meer",
];
/// Marks for no.
const NO: &str = "no|n|nein|non|nee|false|falsch|faux|falso|0|-|–|—";

/// Whether the name of a risk says that it is none any longer: `Fire (closed)`, `[duplicate of Fire]`, `gestrichen: Fire`.
fn is_named_closed(name: &str) -> bool {
    const STRUCK: &str = "struck|gestrichen|deleted|removed|supprimé|eliminado|eliminato|geschrapt|old|alt";
    let is_closed =
        |text: &str| words(text).first().is_some_and(|word| is_one_of(word, CLOSED) || is_one_of(word, STRUCK));
    const SAMPLES: &str = "template|sample|example|vorlage|muster|beispiel|modèle|exemple|plantilla|ejemplo|modello|esempio|\
        sjabloon|voorbeeld|test|dummy";
    const ELSEWHERE: &[&str] = &[
        "merged into",
        "merged with",
        "duplicate of",
        "replaced by",
        "moved to",
        "see r",
        "zusammengeführt mit",
        "siehe r",
    ];
    let lower = name.trim().to_lowercase();
    let inside = name.rsplit_once(['(', '[']).map(|(_, inside)| inside.trim_end_matches([')', ']', ' ']));
    let marked = name.trim().strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(mark, _)| mark);
    let is_sample = |text: &str| words(text).first().is_some_and(|word| is_one_of(word, SAMPLES));
    let dashes = [" - ", " – ", " — "];
    // "Deleted - strike", "Theft - old value", "DUPLICATE Fire"
    let mut ends = dashes.iter().filter_map(|dash| name.split_once(dash)).chain(name.split_once(':'));
    let first = name.split_whitespace().next().unwrap_or_default();
    let is_shouted = first.chars().count() > 3 && first.chars().all(char::is_uppercase) && name.trim() != first;
    inside.is_some_and(is_closed)
        || marked.is_some_and(|mark| is_sample(mark) || is_closed(mark))
        || ends.any(|(before, _)| is_closed(before) && words(before).len() == 1)
        || dashes.iter().filter_map(|dash| name.rsplit_once(dash)).any(|(_, after)| is_closed(after))
        || is_shouted && is_closed(first)
        || starts_with_word(&lower, ELSEWHERE)
        || lower.starts_with("~~")
        || is_one_of(&lower, SAMPLES)
}

/// How a column tells whether a risk stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tells {
    /// By a word: `Status`.
    Word,
    /// By a no: `Active`.
    No,
    /// By a yes or a date: `Closed on`.
    Yes,
}

/// Whether a heading speaks of how far something has come.
pub(super) fn is_status(heading: &str) -> bool {
    const STATUS: &str = "status|stand|statut|état|estado|stato|state";
    words(heading).iter().any(|word| is_one_of(word, STATUS))
}

/// What a heading tells.
fn tells(heading: &str) -> Option<Tells> {
    const STAGES: &str = "lifecycle|phase|stage|étape|fase|etappe|lebenszyklus|resolution|disposition|workflow";
    const STANDS: &str = "active|aktiv|actif|activo|activa|attivo|attiva|actief|valid|gültig|valide|válido|valido|geldig|\
        relevant|relevante|pertinent|rilevante|applicable|anwendbar|aplicable|applicabile|open|offen|ouvert|abierto|aperto";
    const ENDED: &str = "closed|closure|deleted|archived|retired|obsolete|geschlossen|gelöscht|archiviert|clos|clôture|clôturé|\
        fermé|cerrado|cierre|chiuso|chiusura|gesloten|afgesloten|sluiting";
    const BESIDE: &str = "risk|risiko|risque|riesgo|rischio|risico|on|am|date|datum|le|fecha|data|op|is|ist|in|scope|still|noch|\
        de|del|di|en|il";
    let all = words(heading);
    let only = |list: &str| {
        all.iter().any(|word| is_one_of(word, list))
            && all.iter().all(|word| is_one_of(word, list) || is_one_of(word, BESIDE))
    };
    if is_status(heading) || only(STAGES) {
        Some(Tells::Word)
    } else if only(STANDS) || all.join(" ") == "in scope" {
        Some(Tells::No)
    } else {
        only(ENDED).then_some(Tells::Yes)
    }
}

/// The columns that tell whether a risk stands.
pub(super) fn of_status(table: &Table<'_>) -> Vec<usize> {
    let of_measures = done::of_status(table);
    let columns = table.columns.iter().filter(|column| {
        let is_aside =
            column.meaning.is_none_or(|meaning| matches!(meaning.role, Role::Remark | Role::Ignore | Role::Score));
        is_status(&column.heading) || is_aside && tells(&column.heading).is_some()
    });
    columns.map(|column| column.index).filter(|column| !of_measures.contains(column)).collect()
}

/// Whether a cell says that a risk no longer stands.
fn says_so(tells: Tells, text: &str) -> bool {
    let lower = text.trim().to_lowercase().replace('’', "'");
    match tells {
        Tells::Word => {
            words(text).first().is_some_and(|word| is_one_of(word, CLOSED)) || starts_with_word(&lower, NO_LONGER)
        }
        Tells::No => is_one_of(&lower, NO),
        Tells::Yes => !is_blank_cell(text) && !is_one_of(&lower, NO),
    }
}

impl Register<'_, '_> {
    /// A risk that the register calls closed is asked about.
    pub(super) fn by_status(&self, row: &Row, risk: &mut Risk) {
        let said = self.status.iter().find_map(|index| {
            let column = self.table.columns.iter().find(|column| column.index == *index)?;
            let text = row.text(*index);
            let is_over = says_so(tells(&column.heading)?, text);
            is_over.then(|| (shortened(&column.heading), shortened(text)))
        });
        let question = match said {
            Some((heading, text)) => format!("\"{heading}\" says \"{text}\": does this risk still stand?"),
            None if is_named_closed(&risk.name) => {
                "its name says that it is over: does this risk still stand?".to_owned()
            }
            None => return,
        };
        // What is asked already has its own question.
        let rate = match &mut risk.rate {
            Some(Rate::Frequency(value)) => Some(value),
            _ => None,
        };
        let loss = risk.loss.first_mut().map(|(_, value)| value);
        if let Some(value) = rate.into_iter().chain(loss).find(|value| value.asked.is_none()) {
            value.asked = Some(question);
        }
    }
}
