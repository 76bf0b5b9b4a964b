//! Does a risk still stand, and do all rows say the same of it?

use super::{FORM, Figure, Register};
use crate::import::columns::NOW;
use crate::import::draft::{Rate, Risk, Value};
use crate::import::grid::Row;
use crate::import::heading::{Phase, Role, is_one_of, words};
use crate::import::number::is_blank_cell;
use crate::import::place::{Finding, Place, letters, shortened};

impl Register<'_, '_> {
    /// A risk that stands in a row above too: what that row lacks is taken, what it says otherwise is asked.
    pub(super) fn again(&mut self, row: &Row, index: usize) {
        let often = self.often(row, &NOW).map(|(figure, place)| {
            let is_chance = matches!(figure, Figure::Often(_, true));
            (self.often_value(figure, &place), is_chance)
        });
        let loss = self.loss(row, &NOW).ok().flatten();
        let mut others = Vec::new();
        let risk = &mut self.draft.risks[index];
        if let Some((value, is_chance)) = often {
            match &mut risk.rate {
                None => (risk.rate, risk.at_most_one) = (Some(Rate::Frequency(value)), is_chance),
                Some(Rate::Frequency(first)) if first.form != value.form => {
                    differs(first, &value);
                    others.push(("frequency", value));
                }
                Some(_) => {}
            }
        }
        if let Some(value) = loss {
            match risk.loss.first_mut() {
                None => risk.loss.push((FORM, value)),
                Some((_, first)) if first.form != value.form => {
                    differs(first, &value);
                    others.push(("loss", value));
                }
                Some(_) => {}
            }
        }
        let elsewhere = self.known_elsewhere(row, index);
        let elsewhere =
            elsewhere.map(|place| format!("{} states it too: one risk, or one of each site?", place.short()));
        let question = self.of_another(row, index).or(elsewhere.filter(|_| others.is_empty()));
        if let Some(question) = question {
            let risk = &mut self.draft.risks[index];
            if let Some(Rate::Frequency(value)) = &mut risk.rate {
                value.asked.get_or_insert(question);
            }
        }
        let risk = &self.draft.risks[index];
        for (what, value) in others {
            let message = format!("\"{}\" has another {what} here than in a row above: the first was taken", risk.name);
            self.draft.findings.push(Finding::question(value.from.first().cloned(), message));
        }
    }

    /// What is asked where a row states a risk of another asset or site than the row that named it first, or states it
    /// again and nothing beside.
    fn of_another(&self, row: &Row, index: usize) -> Option<String> {
        const THINGS: &str = "asset|assets|site|location|system|application|process|department|unit|plant|country|region|\
            service|entity|subsidiary|customer|scope|threat|scenario|project|supplier|standort|prozess|abteilung|bereich|werk|\
            anwendung|gesellschaft|dienst|lieferant|actif|site|système|processus|service|entité|activo|sede|sistema|proceso|\
            departamento|processo|reparto|sito|bedrijfsmiddel|locatie|systeem|proces|afdeling|dienst|bedreiging|ubicación";
        let before = self.table.row_of(&self.draft.risks[index].place)?;
        let has_figures = |row: &Row| {
            let of = |wanted: fn(Role) -> bool| {
                let columns = self.table.columns.iter();
                let mut columns = columns.filter(|column| column.meaning.is_some_and(|meaning| wanted(meaning.role)));
                columns.any(|column| !is_blank_cell(row.text(column.index)))
            };
            of(Role::is_often) && of(Role::is_loss)
        };
        if !has_figures(row) || !has_figures(before) {
            return None;
        }
        let differs = |column: &&crate::import::table::Column| {
            let (one, other) = (row.text(column.index), before.text(column.index));
            !is_blank_cell(one) && !is_blank_cell(other) && one.trim().to_lowercase() != other.trim().to_lowercase()
        };
        let is_aside = |column: &&crate::import::table::Column| {
            column.meaning.is_none_or(|meaning| matches!(meaning.role, Role::Remark | Role::Ignore | Role::Unit))
        };
        let mut columns = self.table.columns.iter().filter(differs);
        let place = self.table.row_place(row);
        let here =
            if place.row > 0 { format!("row {}", place.row) } else { format!("column {}", letters(place.column)) };
        if let Some(column) = self
            .table
            .columns
            .iter()
            .filter(differs)
            .filter(is_aside)
            .find(|column| words(&column.heading).iter().any(|word| is_one_of(word, THINGS)))
        {
            return Some(format!(
                "{here} states it too, for \"{}\": one risk, or two? Then give each a name of its own",
                shortened(row.text(column.index))
            ));
        }
        // A risk stands in a row for each of its measures; the same row twice says nothing new.
        let is_same = columns.next().is_none();
        is_same.then(|| format!("{here} states the same again: one risk, or two? Then give each a name of its own"))
    }

    /// Where a row states the figures of a risk that another sheet has.
    fn known_elsewhere(&self, row: &Row, index: usize) -> Option<Place> {
        let is_other = self.draft.risks[index].place.sheet.as_ref() != self.table.sheet.name.as_str();
        let columns =
            [Role::Frequency, Role::Likelihood, Role::Loss].into_iter().flat_map(|role| self.table.of(role, &NOW));
        let mut filled =
            columns.map(|column| self.table.place(row, column)).filter(|place| !is_blank_cell(&place.text));
        filled.next().filter(|_| is_other)
    }

    /// A level before all measures that stands for that of today, for the table states none: then it is asked.
    pub(super) fn as_today(&self, value: Value) -> Value {
        const QUESTION: &str = "is this today's level? The heading speaks of the one before all measures; where some stand, \
            today's is lower";
        self.beyond_today(value, QUESTION)
    }

    /// A step from such a level: what stands already may be part of it.
    pub(super) fn as_step(&self, value: Value) -> Value {
        const QUESTION: &str = "is this step due to the measures of the row? It begins before all measures, and what stands \
            already may be part of it";
        self.beyond_today(value, QUESTION)
    }

    fn beyond_today(&self, value: Value, question: &str) -> Value {
        let is_of = |place: &Place| self.table.column_of(place);
        let phase = value.from.first().and_then(is_of).and_then(|column| column.meaning).map(|meaning| meaning.phase);
        if phase == Some(Phase::Inherent) && value.asked.is_none() { value.ask(question) } else { value }
    }

    /// A register that states the level before all measures and the one with them, and none of today, does not say
    /// whether the measures stand already: then today is the lower one.
    pub(super) fn inherent_alone(&mut self) {
        // An expected loss is no level of its own: it follows from either.
        let states = |phase| {
            [Role::Frequency, Role::Likelihood, Role::Loss]
                .into_iter()
                .find_map(|role| self.table.of(role, &[phase]).next())
        };
        let today = states(Phase::Today).or_else(|| states(Phase::Unsaid));
        if let (None, Some(inherent), Some(after)) = (today, states(Phase::Inherent), states(Phase::After)) {
            let message = format!(
                "\"{}\" was taken for today, and \"{}\" for what the measures leave: where they stand already, today is the latter",
                inherent.heading, after.heading
            );
            let place = Place { sheet: self.table.sheet.name.as_str().into(), ..Place::file(self.table.file) };
            self.draft.findings.push(Finding::question(Some(place), message));
        }
    }

    /// What the register calls an opportunity is asked about: nothing is lost by one.
    pub(super) fn by_type(&self, row: &Row, risk: &mut Risk) {
        const TYPES: &str =
            "type|typ|art|kind|category|kategorie|catégorie|categoría|categoria|categorie|tipo|soort|nature";
        const GAINS: &str = "opportunity|opportunities|chance|chancen|opportunité|oportunidad|opportunità|kans|upside";
        let columns =
            self.table.columns.iter().filter(|column| words(&column.heading).iter().any(|word| is_one_of(word, TYPES)));
        let mut texts = columns.map(|column| row.text(column.index));
        let Some(text) = texts.find(|text| words(text).first().is_some_and(|word| is_one_of(word, GAINS))) else {
            return;
        };
        let question = format!("the register calls it \"{}\": is anything lost when it comes?", shortened(text));
        if let Some((_, value)) = risk.loss.first_mut() {
            value.asked.get_or_insert(question);
        }
    }
}

/// Asks which of two values holds that the source states of one thing.
fn differs(first: &mut Value, other: &Value) {
    let place = other.from.first().cloned().unwrap_or_default();
    let question = format!(
        "{} states \"{}\": which holds? Or are they two risks, of two sites, say: then give each a name of its own",
        place.short(),
        shortened(&place.text)
    );
    first.asked.get_or_insert(question);
}
