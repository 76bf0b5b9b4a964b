//! Which risk and which measure does a cell name: by id or by name, one or several?

use std::collections::{HashMap, HashSet};

use super::Register;
use crate::import::draft::{Control, Draft, Names};
use crate::import::grid::Row;
use crate::import::heading::{Guess, Meaning, Phase, Role, guess, names_measure};
use crate::import::number::is_blank_cell;
use crate::import::place::{Code, Finding, Place, shortened};
use crate::import::table::{Column, Table, parts};

/// What other tables and rows know by its id or its name.
#[derive(Debug, Default)]
pub(super) struct Known {
    risks: HashMap<String, usize>,
    /// Ids that stand for several risks.
    twice: HashSet<String>,
    /// Ids of measures, in whatever table.
    controls: HashSet<String>,
    /// Ids of the measures that were read.
    ids: Names,
    /// The column in which measures name the risks of another table, where a row of it does.
    refers: Option<usize>,
    /// Columns of measures that name those of another table by their ids.
    by_ids: Vec<usize>,
    /// Measures that have a cell of their own somewhere in the table.
    single: HashSet<String>,
}

/// Whether a table lists measures and says nothing of how often or how bad it is today.
pub fn is_of_measures(table: &Table<'_>) -> bool {
    let has = |wanted: fn(Role) -> bool| {
        let is_wanted = |meaning: Meaning| wanted(meaning.role) && meaning.phase != Phase::After;
        table.columns.iter().any(|column| column.meaning.is_some_and(is_wanted))
    };
    has(|role| matches!(role, Role::Control | Role::ControlId))
        && !has(|role| role.is_often() || role.is_loss() || role == Role::Expected)
}

/// Whether no column of a table names a risk or a measure, or holds a figure.
pub fn names_nothing(table: &Table<'_>) -> bool {
    table.columns.iter().all(|column| match column.meaning.map(|meaning| meaning.role) {
        Some(Role::Name | Role::Id | Role::Control | Role::ControlId) => false,
        Some(role) => !role.is_numeric() || column.scored,
        None => true,
    })
}

/// Whether a column of a table names a risk or a measure, or may do so.
pub fn names_any(table: &Table<'_>) -> bool {
    let is_name = |role: &Role| matches!(role, Role::Name | Role::Id | Role::Control | Role::ControlId);
    table.columns.iter().any(|column| match (&column.meaning, &column.guess) {
        (Some(meaning), _) => is_name(&meaning.role),
        (None, Guess::Doubt(roles)) => roles.iter().any(is_name),
        (None, _) => false,
    })
}

/// Whether a table has no column that is taken.
pub fn is_ignored(table: &Table<'_>) -> bool {
    let is_left = |role: Role| matches!(role, Role::Remark | Role::Ignore | Role::Score);
    table.columns.iter().all(|column| column.meaning.is_none_or(|meaning| is_left(meaning.role)))
}

/// The ids of measures in some tables.
pub fn control_ids(tables: &[Table<'_>]) -> HashSet<String> {
    let of = |table: &Table<'_>| -> Vec<String> {
        let columns: Vec<&Column> = table.of(Role::ControlId, &[Phase::Unsaid]).collect();
        let texts = table.rows.iter().flat_map(|row| columns.iter().map(|column| fold(row.text(column.index))));
        texts.filter(|text| !is_blank_cell(text)).collect()
    };
    tables.iter().flat_map(of).collect()
}

fn fold(text: &str) -> String {
    text.trim().to_lowercase()
}

impl Known {
    /// Before a table is read.
    pub fn of(table: &Table<'_>, draft: &Draft, controls: HashSet<String>) -> Self {
        let mut known = Self { controls, ..Self::default() };
        for (index, control) in draft.controls.iter().enumerate().filter(|(_, control)| !control.id.is_empty()) {
            known.ids.index(&control.id, index);
        }
        let columns: Vec<&Column> = table.of(Role::Control, &[Phase::Unsaid]).collect();
        let cells = |column: &&Column| {
            let index = column.index;
            table.rows.iter().map(move |row| row.text(index)).filter(|text| !is_blank_cell(text))
        };
        known.single = columns.iter().flat_map(cells).filter(|text| parts(text).len() == 1).map(fold).collect();
        if !is_of_measures(table) {
            let is_of_ids = |column: &&&Column| {
                let named: Vec<&str> = cells(column).flat_map(parts).collect();
                let ids = named.iter().filter(|part| known.is_control(part)).count();
                ids > 0 && 2 * ids >= named.len()
            };
            known.by_ids = columns.iter().filter(is_of_ids).map(|column| column.index).collect();
            return known;
        }
        for (index, risk) in draft.risks.iter().enumerate() {
            for name in [&risk.name, &risk.id].into_iter().filter(|name| !name.is_empty()) {
                let first = *known.risks.entry(fold(name)).or_insert(index);
                if first != index && *name == risk.id {
                    known.twice.insert(fold(name));
                }
            }
        }
        let is_known = |column: &&Column| table.rows.iter().any(|row| known.risks_of(row.text(column.index)).is_some());
        known.refers = known.column(table).filter(is_known).map(|column| column.index);
        known
    }

    /// Whether the rows name risks of another table.
    pub fn refers(&self) -> bool {
        self.refers.is_some()
    }

    /// Whether they do so in this column.
    pub fn refers_by(&self, column: &Column) -> bool {
        self.refers == Some(column.index)
    }

    /// The column in which measures name their risks.
    fn column<'a>(&self, table: &'a Table<'_>) -> Option<&'a Column> {
        let named = [Role::Name, Role::Id].iter().find_map(|role| table.of(*role, &[Phase::Unsaid]).next());
        // An id that is that of a risk in every row.
        let ids = || {
            table.of(Role::ControlId, &[Phase::Unsaid]).find(|column| {
                guess(&column.heading) == Guess::Clear(Meaning { role: Role::Id, phase: Phase::Unsaid })
                    && table.rows.iter().all(|row| self.risks_of(row.text(column.index)).is_some())
            })
        };
        // Of an unknown heading such as "Protects against", where most cells name risks.
        let others = || {
            let columns = [Role::ActsOn, Role::Remark].into_iter().flat_map(|role| table.of(role, &[Phase::Unsaid]));
            columns.into_iter().find(|column| {
                let texts = || table.rows.iter().map(|row| row.text(column.index)).filter(|text| !is_blank_cell(text));
                let known = texts().filter(|text| self.risks_of(text).is_some()).count();
                known > 0 && 2 * known >= texts().count()
            })
        };
        named.or_else(ids).or_else(others)
    }

    /// The risks that a cell names.
    pub fn risks_of(&self, text: &str) -> Option<Vec<usize>> {
        let find = |text: &str| self.risks.get(&fold(text)).copied();
        find(text)
            .map(|one| vec![one])
            .or_else(|| parts(text).into_iter().map(find).collect())
            .filter(|all| !all.is_empty())
    }

    /// The first of the ids in a cell that stands for several risks.
    fn twice_named<'t>(&self, text: &'t str) -> Option<&'t str> {
        [text.trim()].into_iter().chain(parts(text)).find(|part| self.twice.contains(&fold(part)))
    }

    /// Whether a column of measures names those of another table by their ids.
    pub fn is_of_ids(&self, column: &Column) -> bool {
        self.by_ids.contains(&column.index)
    }

    /// Whether a table has a measure of this id.
    pub fn is_control(&self, id: &str) -> bool {
        self.controls.contains(&fold(id))
    }

    /// The parts of a cell that lists measures, where one of them has a cell of its own too.
    pub fn listed<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let all: Vec<&str> = text.split([',', ';', '|', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect();
        (all.len() > 1 && all.iter().any(|part| self.single.contains(&fold(part)))).then_some(all)
    }

    /// The measures that a cell names by their ids, where it does.
    pub fn controls_of<'t>(&self, text: &'t str) -> Option<Vec<&'t str>> {
        let all = parts(text);
        (all.len() > 1 && all.iter().all(|part| self.controls.contains(&fold(part)))).then_some(all)
    }
}

impl Register<'_, '_> {
    /// A row of a table of measures whose risks stand in another table.
    pub(super) fn referring(&mut self, row: &Row) {
        let table = self.table;
        let column = table.columns.iter().find(|column| Some(column.index) == self.known.refers);
        let place = column.map(|column| table.place(row, column));
        let Some(place) = place.filter(|place| !is_blank_cell(&place.text)) else {
            self.measures(row, &[], Vec::new());
            return;
        };
        if let Some(id) = self.known.twice_named(&place.text) {
            let message = format!("\"{id}\" is the id of several risks: on which of them does it act?");
            self.fault(Code::Dangling, place, message, "give each risk an id of its own, or write its name here");
            self.measures(row, &[], Vec::new());
            return;
        }
        let left = [Role::Likelihood, Role::Frequency, Role::Loss, Role::Expected]
            .into_iter()
            .flat_map(|role| table.of(role, &[Phase::After]))
            .map(|column| table.place(row, column))
            .find(|place| !is_blank_cell(&place.text));
        if let Some(place) = left {
            self.not_taken(place);
        }
        match self.known.risks_of(&place.text) {
            Some(risks) => self.measures(row, &risks, Vec::new()),
            None => {
                let message = format!("\"{}\" names no risk of the other tables", shortened(&place.text));
                self.fault(Code::Dangling, place, message, "write the id or the name of a risk as it stands there");
                self.measures(row, &[], Vec::new());
            }
        }
    }

    /// The measure of an id or a name; new where neither is known.
    pub(super) fn control(&mut self, id: &str, name: &str, place: Place) -> usize {
        let by_id = self.known.ids.get(id).or_else(|| self.controls.get(id)).filter(|_| !id.is_empty());
        if let Some(index) = by_id {
            let control = &mut self.draft.controls[index];
            if fold(&control.name) == fold(name) {
                return index;
            }
            if fold(&control.name) == fold(id) {
                // Known by its id alone so far.
                (control.id, control.name, control.place) = (id.to_owned(), shortened(name), place);
                self.controls.index(name, index);
                self.known.ids.index(id, index);
                return index;
            }
            let message = format!("the id \"{id}\" names \"{}\" and \"{}\"", control.name, shortened(name));
            self.fault(Code::Row, place.clone(), message, "give each measure an id of its own");
        }
        if let Some(index) = self.known.ids.get(name).filter(|_| id.is_empty()) {
            return index;
        }
        let (index, new) = self.controls.index(name, self.draft.controls.len());
        if new {
            if !id.is_empty() {
                self.known.ids.index(id, index);
            }
            self.draft.controls.push(Control { id: id.to_owned(), name: shortened(name), place, ..Control::default() });
        }
        index
    }

    /// Whether a cell of measures names none: `Accept`, `keine`, `see R1`. What it says instead is asked.
    pub(super) fn is_no_measure(&mut self, place: &Place) -> bool {
        const NONE: &[&str] = &[
            "accept",
            "accepted",
            "acceptance",
            "accept risk",
            "risk accepted",
            "tolerate",
            "tolerated",
            "no action",
            "no actions",
            "no measure",
            "no measures",
            "no control",
            "no controls",
            "nothing",
            "none required",
            "none planned",
            "not required",
            "keine",
            "keiner",
            "keine maßnahme",
            "keine maßnahmen",
            "keine massnahme",
            "keine massnahmen",
            "nicht erforderlich",
            "akzeptieren",
            "akzeptiert",
            "risiko akzeptiert",
            "entfällt",
            "aucun",
            "aucune",
            "aucune mesure",
            "accepter",
            "accepté",
            "ninguna",
            "ninguno",
            "aceptar",
            "aceptado",
            "nessuna",
            "nessuno",
            "accettare",
            "accettato",
            "geen",
            "geen maatregel",
            "accepteren",
            "geaccepteerd",
            "no",
            "nein",
            "non",
            "nee",
            "to be defined",
            "to be determined",
            "not defined",
        ];
        const ELSEWHERE: &[&str] = &[
            "see", "siehe", "s.", "cf.", "voir", "ver", "véase", "vedi", "zie", "as above", "wie oben", "dito",
            "ditto", "idem", "same as", "like",
        ];
        let text = fold(&place.text);
        if NONE.contains(&text.trim_end_matches('.')) {
            return true;
        }
        let is_elsewhere = ELSEWHERE.iter().any(|word| {
            text.strip_prefix(word)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') && rest.split_whitespace().count() <= 3)
        });
        if is_elsewhere {
            let message = "the cell refers to another row: which measure is meant? None was taken";
            self.draft.findings.push(Finding::question(Some(place.clone()), message));
        }
        is_elsewhere
    }
}

/// What the measures of a row are called: a cross or a share below the name of a measure means that one.
pub(super) fn called(place: &Place, is_share: bool) -> Result<String, ()> {
    const CROSSES: &[&str] =
        &["x", "✓", "✔", "✗", "☑", "☒", "•", "●", "yes", "ja", "oui", "sí", "si", "sì", "true", "wahr"];
    if !is_share && !CROSSES.contains(&fold(&place.text).as_str()) {
        return Ok(place.text.clone());
    }
    if names_measure(&place.heading) { Ok(place.heading.to_string()) } else { Err(()) }
}
