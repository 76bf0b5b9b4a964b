//! From the rows of a table to statements about risks and controls.
//!
//! Amounts and frequencies come before scores; a score is a range of the scale, and always an example. A pair of figures
//! before and after is an effect: 1 − after ÷ before where that ends, else the new figure itself.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use rust_decimal::Decimal;

use super::columns::{NOW, listed_levels, says_percent, says_score};
use super::draft::{Draft, Names, Rate, Risk, Value};
use super::frequency::{Often, often};
use super::grid::Row;
use super::heading::{Guess, Phase, Role};
use super::number::{heading_unit, is_blank_cell};
use super::place::{Code, Finding, Place, Weight, shortened};
use super::scale::{Factor, Level, Scale};
use super::span::{Span, span};
use super::table::{Column, Content, Table};
use crate::units::Currency;
use crate::units::reading::aside::aside;

mod again;
mod amounts;
mod closed;
mod done;
mod effects;
mod ends;
mod expected;
mod forms;
mod joins;
mod often;
mod staff;

use joins::Known;
pub use joins::{control_ids, is_ignored, is_of_measures, names_any, names_nothing};

/// The form of loss that amounts stand under where a table does not name one.
pub const FORM: &str = "response";

/// A figure for today or afterwards.
enum Figure<'a> {
    /// A frequency; the flag tells a chance of at most one event.
    Often(Often, bool),
    /// An amount.
    Money(Decimal),
    /// A level of the scale.
    Level(&'a Level),
}

/// What a number without a sign is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Bare {
    /// A part of one.
    Part,
    /// A percentage.
    Percent,
    /// Events a year.
    Rate,
    /// Events a year, under a heading that says likelihood.
    AskedRate,
    /// It could be several of these.
    Doubt,
}

/// Reads one table.
pub struct Register<'a, 't> {
    table: &'a Table<'t>,
    scale: Option<&'a Scale>,
    currency: Option<Currency>,
    draft: &'a mut Draft,
    risks: Names,
    /// Risks by their ids alone.
    ids: Names,
    controls: Names,
    known: Known,
    /// What the bare numbers of a column are, by its index.
    bare: BTreeMap<usize, Bare>,
    compared: (usize, usize, Decimal),
    /// Columns of a status of risks, and of measures.
    status: Vec<usize>,
    done: Vec<usize>,
    /// Columns of scores that were told to need a scale.
    unscaled: BTreeSet<usize>,
}

/// Whether a table can only be read with a scale: its likelihoods or losses are scores.
pub fn needs_scale(table: &Table<'_>) -> Option<Place> {
    let scored = |roles: &[Role]| {
        let columns: Vec<&Column> = roles.iter().flat_map(|role| table.of(*role, &NOW)).collect();
        let figures = columns.iter().any(|column| !column.scored);
        columns.first().filter(|_| !figures).map(|column| table.heading_place(column))
    };
    let loss = [Role::LossLikely, Role::LossMin, Role::LossMax, Role::LossLow, Role::LossHigh, Role::Loss];
    scored(&[Role::Frequency, Role::Likelihood]).or_else(|| scored(&loss))
}

/// Whether the cells of a column are scores, by its heading and all of them.
pub fn is_score(table: &Table<'_>, column: &Column, content: Content) -> bool {
    let stated = says_score(&column.heading);
    match content {
        Content::Scores => {
            let cells = || table.filled(column);
            let words = cells().filter(|text| !text.chars().any(|c| c.is_ascii_digit())).count();
            // One "rare" among frequencies is a cell that cannot be read, not the name of a level.
            let mostly_words = 2 * words >= cells().count() && words > 0;
            // "Events per year: 2" is a number; "Likelihood: 2" without any other hint is a score.
            // "Loss (M€): 5" is an amount.
            let role = column.meaning.map_or(Role::Ignore, |meaning| meaning.role);
            let is_figure = role.is_often() && role != Role::Likelihood
                || role.is_money() && heading_unit(&column.heading) != (None, None);
            stated || mostly_words || !is_figure
        }
        Content::Figures => false,
        _ => stated,
    }
}

impl<'a, 't> Register<'a, 't> {
    /// Over a table, into a draft.
    pub fn new(
        table: &'a Table<'t>,
        scale: Option<&'a Scale>,
        draft: &'a mut Draft,
        controls: &HashSet<String>,
    ) -> Self {
        let currency = draft.currency.as_deref().and_then(Currency::from_code);
        let mut names = (Names::default(), Names::default());
        let mut ids = Names::default();
        for (index, risk) in draft.risks.iter().enumerate() {
            names.0.index(&key(&risk.id, &risk.name), index);
            if !risk.id.is_empty() {
                names.0.index(&risk.name, index);
                ids.index(&risk.id, index);
            }
        }
        for (index, control) in draft.controls.iter().enumerate() {
            names.1.index(&control.name, index);
        }
        let known = Known::of(table, draft, controls.clone());
        let mut register = Self {
            table,
            known,
            scale,
            currency,
            draft,
            risks: names.0,
            ids,
            controls: names.1,
            bare: BTreeMap::new(),
            compared: (0, 0, Decimal::ZERO),
            status: closed::of_status(table),
            done: done::of_status(table),
            unscaled: BTreeSet::new(),
        };
        for column in &table.columns {
            if matches!(
                column.meaning.map(|meaning| meaning.role),
                Some(role) if role.is_often() || role.is_effect()
            ) {
                let bare = register.bare_numbers(column);
                register.bare.insert(column.index, bare);
            }
        }
        register
    }

    /// What the bare numbers of a column are, judged from all of them.
    fn bare_numbers(&mut self, column: &Column) -> Bare {
        let number = |row: &&Row| {
            let cell = row.cells.get(column.index).filter(|cell| !cell.percent)?;
            let read = || {
                column.reading.amount(&cell.text, false).ok().filter(|read| !read.percent && read.currency.is_none())
            };
            // Of "2-3" the larger end.
            let ends = || match often(&cell.text, column.reading.style) {
                Ok(Often::Range(ends)) => match *ends {
                    (Often::Number(one), Often::Number(other)) => Some(one.max(other)),
                    _ => None,
                },
                _ => None,
            };
            cell.number.or_else(|| read().map(|read| read.value)).or_else(ends)
        };
        let rows = || self.table.rows.iter().filter_map(|row| Some((row, number(row)?)));
        let Some((row, most)) = rows().max_by_key(|(_, value)| *value) else { return Bare::Part };
        let all_whole = rows().all(|(_, value)| value.is_integer());
        let small = most <= Decimal::ONE;
        let role = column.meaning.map(|meaning| meaning.role);
        match role {
            _ if says_percent(&column.heading) => {
                if small && most > Decimal::ZERO {
                    Bare::Doubt
                } else {
                    Bare::Percent
                }
            }
            // "Likelihood: once a quarter, 15%, 0.4": the last is either.
            Some(Role::Frequency) if matches!(column.guess, Guess::Clear(said) if said.role == Role::Likelihood) => {
                Bare::Doubt
            }
            Some(role) if role.is_often() && role != Role::Likelihood => Bare::Rate,
            Some(role) if role.is_effect() && most == Decimal::ONE => Bare::Doubt,
            // 3 and 1 are levels of a scale as well as percentages.
            Some(role) if role.is_effect() && !small && most <= Decimal::from(5) => Bare::Doubt,
            Some(role) if role.is_effect() => {
                if small {
                    Bare::Part
                } else {
                    Bare::Percent
                }
            }
            // 0 and 1 alone: never and always, or levels of a scale?
            _ if most == Decimal::ONE && all_whole => Bare::Doubt,
            _ if small => Bare::Part,
            _ if most > Decimal::TEN => Bare::Doubt,
            _ => {
                if !column.scored {
                    self.draft.findings.push(Finding::question(
                        Some(self.table.place(row, column)),
                        "a likelihood above 1 is no chance: all numbers of this column were taken as events a year. Is that meant?",
                    ));
                }
                Bare::AskedRate
            }
        }
    }

    /// Tells that a bare number could be a part, a percentage or a rate.
    fn doubtful(&mut self, place: Place, is_effect: bool) {
        let text = &place.text;
        let (message, cure) = if is_effect {
            (
                format!("{text} without a sign: {text}%, a part of one, or a level of a scale?"),
                "write the effect as a percentage, such as 70%",
            )
        } else {
            (
                format!("{text} without a sign: {text}%, a part of one, or {text} a year?"),
                "write the percent sign or \"per year\" into the cells of this column",
            )
        };
        self.fault(Code::TwoReadings, place, message, cure);
    }

    /// Reads every row.
    pub fn read(mut self) {
        let table = self.table;
        let name = table.of(Role::Name, &[Phase::Unsaid]).next();
        let id = table.of(Role::Id, &[Phase::Unsaid]).next();
        for row in &table.rows {
            self.row(row, name, id);
        }
        self.totals();
        self.lone_end();
        self.inherent_alone();
        if table.of(Role::Loss, &NOW).next().is_some() && !self.draft.risks.is_empty() {
            let place = Place { sheet: table.sheet.name.as_str().into(), ..Place::file(table.file) };
            self.draft.findings.push(Finding::question(
                Some(place),
                format!("of which form are the losses? The table does not say; they stand under `{FORM}`, which matters to insurance"),
            ));
        }
    }

    fn row(&mut self, row: &Row, name: Option<&Column>, id: Option<&Column>) {
        let table = self.table;
        let text = |column: Option<&Column>| column.map_or("", |column| self.merged(row, column));
        let (name_text, id_text) = (text(name).to_owned(), text(id).to_owned());
        let expected = table.width.unwrap_or(row.length);
        let full = table.sheet.name.is_empty()
            && row.length + 1 == expected
            && table.rows.iter().any(|other| other.length == expected);
        if full {
            self.fault(
                Code::Row,
                table.row_place(row),
                format!("the row has {} cells, the headings {expected}", row.length),
                "add the missing separator",
            );
        } else if table.sheet.name.is_empty()
            && row.length > expected
            && row.cells[expected..].iter().any(|cell| !cell.is_empty())
        {
            self.fault(
                Code::Row,
                table.row_place(row),
                format!("the row has {} cells, the headings {expected}: a separator within a cell?", row.length),
                "put the cell that holds the separator in quotes",
            );
            return;
        }
        if self.known.refers() {
            self.referring(row);
            return;
        }
        if name.is_none() && is_of_measures(table) {
            self.measures(row, &[], Vec::new());
            return;
        }
        let name_text = if name_text.is_empty() { id_text.clone() } else { name_text };
        if name_text.is_empty() {
            let cure = "write what could happen, or delete the row";
            self.fault(Code::Row, table.row_place(row), "the row names no risk".into(), cure);
            if name.or(id).is_none() {
                self.measures(row, &[], Vec::new());
            }
            return;
        }
        let mut key = key(&id_text, &name_text);
        // Known so far without an id.
        if self.risks.get(&name_text).is_some_and(|known| self.draft.risks[known].id.is_empty()) {
            key = name_text.clone();
        }
        let (index, new) = self.risks.index(&key, self.draft.risks.len());
        if !new {
            self.again(row, index);
        } else {
            let place = name.or(id).map_or_else(|| table.row_place(row), |column| table.place(row, column));
            if !self.risk(row, &name_text, &id_text, place.clone()) {
                self.risks.forget(&key);
                return;
            }
            if row.filled() == 1 {
                let message =
                    "nothing but a name stands in this row: is it a heading between the rows? Taken as a risk";
                self.draft.findings.push(Finding::question(Some(place.clone()), message));
            }
            self.one_name(index, &id_text, &name_text, place);
        }
        let effects = self.effects(row, index);
        self.measures(row, &[index], effects);
    }

    /// Tells that an id stands for two risks.
    fn one_name(&mut self, index: usize, id: &str, name: &str, place: Place) {
        if id.is_empty() {
            return;
        }
        let (first, new) = self.ids.index(id, index);
        if !new && first != index {
            let before = &self.draft.risks[first].name;
            let message = format!("the id \"{id}\" names \"{before}\" and \"{}\": both were taken", shortened(name));
            self.fault(Code::Row, place, message, "give each risk an id of its own");
        }
    }

    /// The row above and the column in which the merged cells begin to which an empty cell belongs.
    fn begin(&self, row: &Row, column: &Column) -> Option<(&'a Row, usize)> {
        if !row.text(column.index).is_empty() {
            return None;
        }
        let within = |merged: &&(usize, usize, usize, usize)| {
            merged.0 < row.number && row.number <= merged.1 && merged.2 <= column.index && column.index <= merged.3
        };
        let merged = self.table.sheet.merged.iter().find(within)?;
        let row = self.table.rows.iter().find(|other| other.number == merged.0)?;
        Some((*row, merged.2))
    }

    /// The row above that holds what an empty cell of a column is merged with.
    fn above(&self, row: &Row, column: &Column) -> Option<&'a Row> {
        self.begin(row, column).filter(|(_, first)| *first == column.index).map(|(row, _)| row)
    }

    /// The text of a cell, or that of the merged cells it belongs to.
    fn merged<'r>(&self, row: &'r Row, column: &Column) -> &'r str
    where
        'a: 'r,
    {
        let (row, column) = self.begin(row, column).unwrap_or((row, column.index));
        row.text(column)
    }

    /// The place of a cell, or of the first of the merged cells it belongs to.
    fn merged_place(&self, row: &Row, column: &Column) -> Place {
        self.table.place(self.above(row, column).unwrap_or(row), column)
    }

    /// The value, with a question where the heading of its column has a word that is not understood.
    fn asked(&self, value: Value) -> Value {
        let of = |place: &Place| self.table.column_of(place);
        let is_struck = || value.from.iter().any(|place| self.table.is_struck(place));
        let struck = || is_struck().then(|| "the figure is struck through: does it still hold?".to_owned());
        let question = value.from.iter().filter_map(of).find_map(|column| column.doubt.clone()).or_else(struck);
        match question.filter(|_| value.asked.is_none()) {
            Some(question) => value.ask(question),
            None => value,
        }
    }

    fn fault(&mut self, code: Code, place: Place, message: String, cure: &str) {
        self.draft.findings.push(Finding::fault(code, Some(place), message, cure));
    }

    /// A new risk; false where the row is refused.
    fn risk(&mut self, row: &Row, name: &str, id: &str, place: Place) -> bool {
        let table = self.table;
        let mut risk = Risk { id: id.to_owned(), name: shortened(name), place, ..Risk::default() };
        let known = self.draft.findings.len();
        let often = self.often(row, &NOW);
        if let Some((figure, place)) = often {
            risk.at_most_one = matches!(figure, Figure::Often(_, true));
            let asked =
                table.column_of(&place).is_some_and(|column| self.bare.get(&column.index) == Some(&Bare::AskedRate));
            let bare = asked && matches!(figure, Figure::Often(Often::Rate(_), _));
            let value = self.asked(self.often_value(figure, &place));
            let question = "is this a number of events a year? The heading says likelihood";
            let value = if bare { value.ask(question) } else { value };
            let beside = [self.timed_beside(row), self.frequency_beside(row)];
            let value = beside.iter().flatten().fold(value, |value, question| value.ask_also(question));
            risk.rate = Some(Rate::Frequency(self.as_today(value)));
        }
        match self.loss(row, &NOW) {
            Ok(Some(value)) => {
                let value = self.asked(value);
                risk.loss.push((FORM, self.as_today(value)));
            }
            Ok(None) => {}
            Err(()) => return false,
        }
        self.forms(row, &mut risk);
        if risk.rate.is_none() {
            risk.rate = self.frequency_range(row).map(|value| Rate::Frequency(self.asked(value)));
        }
        if risk.rate.is_none() && risk.loss.is_empty() {
            self.by_expected(row, &mut risk);
        }
        risk.is_unread = self.draft.findings.iter().skip(known).any(|finding| finding.weight == Weight::Fault);
        self.by_status(row, &mut risk);
        self.by_type(row, &mut risk);
        risk.inherent = self.inherent(row);
        if let Some(owner) = table.of(Role::Owner, &[Phase::Unsaid]).next() {
            risk.owner = Some(row.text(owner.index).to_owned()).filter(|text| !is_blank_cell(text));
        }
        for column in table.of(Role::Existing, &[Phase::Unsaid]).chain(table.of(Role::Remark, &[Phase::Unsaid])) {
            let text = row.text(column.index);
            // "in k€", in the row itself
            if aside(text).is_some_and(|said| said.unit.is_some() && said.is_of_all)
                && let Some((_, loss)) = risk.loss.first_mut()
            {
                loss.asked.get_or_insert(format!("is this amount counted as \"{}\" says?", shortened(text)));
            }
            if !is_blank_cell(text) {
                risk.remarks.push(format!("{}: {}", column.heading, shortened(text)));
            }
        }
        self.expected(row, &risk);
        self.draft.risks.push(risk);
        true
    }

    /// The question about a frequency beside which a column of units names a time: `per month`.
    fn timed_beside(&self, row: &Row) -> Option<String> {
        let texts = self.table.of(Role::Unit, &[Phase::Unsaid]).map(|column| self.merged(row, column));
        let text = texts.into_iter().find(|text| !matches!(span(text), Span::Unsaid | Span::Unit(1)))?;
        Some(format!("of which time is this? The row says \"{}\"", shortened(text)))
    }

    /// The level before any control, where the table states it in figures beside that of today.
    fn inherent(&mut self, row: &Row) -> Option<[(String, Place); 2]> {
        let table = self.table;
        let figures = |role: Role, phases: &[Phase]| table.of(role, phases).find(|column| !column.scored);
        figures(Role::Loss, &[Phase::Today, Phase::Unsaid])?;
        let column = figures(Role::Loss, &[Phase::Inherent])?;
        let (often, cell) = self.often(row, &[Phase::Inherent])?;
        let Figure::Often(read, _) = often else { return None };
        let frequency = match &read {
            Often::Rate(rate) => rate.text(),
            other => format!("{} per year", other.a_year()?.normalize()),
        };
        let loss = self.money(row, column).ok()??;
        (!loss.value.is_sign_negative())
            .then(|| [(frequency, cell), (loss.value.to_string(), table.place(row, column))])
    }

    fn level_value(&self, level: &Level, place: &Place) -> Value {
        let approved = self.scale.map_or("", |scale| scale.approved.as_str());
        let keys = vec![("low", level.low.clone()), ("high", level.high.clone())];
        Value::keys(keys, vec![place.clone()]).ask(format!(
            "what is meant by \"{}\" here? Level {} of the scale approved by {approved}",
            shortened(&place.text),
            level.name
        ))
    }

    /// The level of a cell, in the scale.
    fn level(&mut self, factor: Factor, column: &Column, place: Place) -> Option<(&'a Level, Place)> {
        let Some(scale) = self.scale else {
            if self.unscaled.insert(column.index) {
                let message = "the column holds scores, and there is no scale: it was left out".to_owned();
                self.fault(Code::NoScale, self.table.heading_place(column), message, "use --scale");
            }
            return None;
        };
        let found = scale.level(factor, &place.text);
        let listed = listed_levels(&column.heading);
        let word = place.text.to_lowercase();
        let fits = listed.is_empty() || listed.contains(&word) || {
            let first = word.chars().next().map(String::from).unwrap_or_default();
            let plain = ["low", "medium", "high", "med", "hoch", "mittel", "niedrig"].contains(&word.as_str());
            plain && listed.contains(&first)
        };
        if !fits {
            let read = found.map_or("it is no level of the scale".to_owned(), |level| {
                format!("the scale reads it as level {}", level.name)
            });
            let message = format!(
                "the heading lists {}, the cell says \"{}\"; {read}",
                listed.join(", ").to_uppercase(),
                place.text
            );
            self.fault(Code::Cell, place.clone(), message, "write one of the levels that the heading lists");
        } else if found.is_none() {
            let cure = "write a level of the scale, or add the word to it";
            self.fault(Code::Cell, place.clone(), "the scale has no such level".into(), cure);
        }
        found.map(|level| (level, place))
    }
}

/// What tells a risk from others: its id and name.
fn key(id: &str, name: &str) -> String {
    if id.is_empty() { name.to_owned() } else { format!("{id}\n{name}") }
}

/// A frequency as rosi reads it.
fn often_text(read: &Often) -> String {
    match read {
        Often::Rate(rate) => rate.text(),
        Often::Number(value) => format!("{} per year", value.normalize()),
        Often::Chance(value) => format!("{}%", (*value * Decimal::ONE_HUNDRED).normalize()),
        Often::Range(ends) => often_text(&ends.0),
    }
}
