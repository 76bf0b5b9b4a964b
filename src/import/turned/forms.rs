//! Does a sheet hold forms, one for each risk: labels with their values beside them?
//!
//! Each form becomes a row, and its labels the headings. Forms with the same labels stand in one table, on whatever
//! sheets they are, so that one column is judged by all of them.

use std::ops::Range;

use super::{
    Anew, Known, Labels, MOST_CELLS, WITHIN, is_figure, is_of_labels, is_said, is_unit, label_of, split_label, told_of,
};
use crate::import::grid::{Cell, Origin, Row, Sheet};
use crate::import::heading::{Guess, Meaning, Role, guess, is_end_alone, whole};
use crate::import::place::{Code, Finding, Place, shortened};
use crate::import::table::Line;
use crate::units::reading::unmistakable;

/// A form.
pub(super) struct Form<'a> {
    /// The sheet that it stands on.
    pub sheet: &'a Sheet,
    /// Its fields in their order.
    fields: Vec<Field>,
    /// The rows of the sheet that belong to no form; they stand with the first of them.
    aside: Vec<&'a Row>,
}

/// A label with its value.
struct Field {
    label: String,
    /// What the label names as a heading.
    meaning: Option<Meaning>,
    /// The number of its row and its column from 0.
    at: (usize, usize),
    value: Cell,
    /// Where the value stands, or should.
    place: (usize, usize),
    /// Several values stand there, of which none was taken.
    is_open: bool,
}

/// The forms of a sheet; none where it holds no forms for sure.
pub(super) fn of<'a>(file: &str, sheet: &'a Sheet, labels: &Labels, findings: &mut Vec<Finding>) -> Vec<Form<'a>> {
    if labels.meanings.len() < 3 || !labels.names_any() {
        return Vec::new();
    }
    let known = findings.len();
    let columns = label_columns(sheet);
    let mut seen = Known::default();
    let mut aside = Vec::new();
    let mut ends: Vec<(usize, String)> = Vec::new();
    // Where each form has a column of labels of its own, they stand beside each other.
    let mut streams: Vec<(usize, Vec<Field>)> = columns.iter().map(|column| (*column, Vec::new())).collect();
    for row in sheet.rows.iter().filter(|row| !row.is_empty()) {
        let mut found = false;
        for (at, column) in columns.iter().enumerate() {
            let end = columns.get(at + 1).copied().unwrap_or(row.cells.len()).min(row.cells.len());
            let fields = fields(file, sheet, row, *column..end, &ends, &mut seen, findings);
            found |= !fields.is_empty();
            streams[at].1.extend(fields);
        }
        let texts = || row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty());
        let are_ends = || texts().all(|(_, cell)| is_end_alone(&cell.text) || is_of_labels(&cell.text));
        if !found && row.filled() > 1 && are_ends() {
            ends = texts().map(|(column, cell)| (column, cell.text.clone())).collect();
        } else if !found {
            aside.push(row);
        }
    }
    let begins = |fields: &[Field]| fields.first().map(|field| fold(&field.label));
    let first = streams.iter().find_map(|(_, fields)| begins(fields));
    let is_apart = streams.iter().filter(|(_, fields)| !fields.is_empty()).all(|(_, fields)| begins(fields) == first);
    let streams: Vec<Vec<Field>> = if is_apart {
        streams.into_iter().map(|(_, fields)| fields).collect()
    } else {
        let mut all: Vec<Field> = streams.into_iter().flat_map(|(_, fields)| fields).collect();
        all.sort_by_key(|field| field.at);
        vec![all]
    };
    let mut forms: Vec<Form<'a>> = Vec::new();
    for fields in streams {
        forms.extend(cut(fields).into_iter().map(|fields| Form { sheet, fields, aside: Vec::new() }));
    }
    if forms.is_empty() || !forms.iter().any(Form::is_certain) || !forms.iter().all(Form::has_name) {
        findings.truncate(known);
        return Vec::new();
    }
    if let Some(form) = forms.first_mut() {
        form.aside = aside;
    }
    forms
}

/// The columns that hold labels, from the left.
fn label_columns(sheet: &Sheet) -> Vec<usize> {
    let width = sheet.rows.iter().take(WITHIN).map(|row| row.cells.len()).max().unwrap_or(0).min(64);
    let is_of_labels = |column: &usize| {
        let filled = || sheet.rows.iter().take(WITHIN).map(|row| row.text(*column)).filter(|text| !text.is_empty());
        let known = filled().filter(|text| text.ends_with(':') || guess(label_of(text)) != Guess::Unknown).count();
        let clear = filled().filter(|text| whole(label_of(text)).is_some()).count();
        clear > 0 && known > 1 && 2 * known >= filled().count()
    };
    let mut found: Vec<usize> = Vec::new();
    for column in (0..width).filter(is_of_labels) {
        // Values that read like headings stand right of labels: "Treatment | Response".
        let is_of_values = found.last().is_some_and(|before| {
            let beside = |row: &&Row| !row.text(*before).is_empty() && !row.text(column).is_empty();
            let rows = || sheet.rows.iter().take(WITHIN).filter(beside);
            let free = sheet.rows.iter().take(WITHIN).any(|row| {
                (before + 1..column).any(|between| !row.text(between).is_empty()) && !row.text(column).is_empty()
            });
            rows().next().is_some() && !free
        });
        if !is_of_values {
            found.push(column);
        }
    }
    found
}

/// The label of a row with its value, in a range of columns of which the first holds the label; with several values below
/// `low` and `high` a field for each.
fn fields(
    file: &str,
    sheet: &Sheet,
    row: &Row,
    columns: Range<usize>,
    ends: &[(usize, String)],
    seen: &mut Known,
    findings: &mut Vec<Finding>,
) -> Vec<Field> {
    let text = row.text(columns.start);
    if text.is_empty() {
        return Vec::new();
    }
    let at = (row.number, columns.start);
    let cells: Vec<(usize, &Cell)> = row
        .cells
        .iter()
        .enumerate()
        .take(columns.end)
        .skip(columns.start + 1)
        .filter(|(_, cell)| is_said(cell))
        .collect();
    if let Some((label, value)) = split_label(text).filter(|_| cells.is_empty()) {
        let (label, meaning) = (label.to_owned(), seen.meaning(label));
        return vec![Field { label, meaning, at, value: Cell::text(value), place: at, is_open: false }];
    }
    let label = label_of(text).to_owned();
    let meaning = seen.meaning(&label);
    let own = |value: Cell, column: usize| Field {
        label: label.clone(),
        meaning,
        at,
        value,
        place: (row.number, column),
        is_open: false,
    };
    let Some(((first, value), more)) = cells.split_first() else {
        let is_known = text.ends_with(':') || guess(&label) != Guess::Unknown;
        return if is_known { vec![own(Cell::default(), columns.start + 1)] } else { Vec::new() };
    };
    let end_of = |column: usize| {
        ends.iter().find(|(other, end)| *other == column && is_end_alone(end)).map(|(_, end)| end.as_str())
    };
    let is_numeric = meaning.is_some_and(|meaning| meaning.role.is_numeric());
    if is_numeric && cells.iter().all(|(column, _)| end_of(*column).is_some()) {
        let of_end = |(column, cell): &(usize, &Cell)| {
            let label = format!("{label} {}", end_of(*column).unwrap_or_default());
            Field { meaning: seen.meaning(&label), label, ..own((*cell).clone(), *column) }
        };
        return cells.iter().map(of_end).collect();
    }
    match more {
        [] => vec![own((*value).clone(), *first)],
        // "50,000 | EUR"
        [(_, unit)] if is_numeric && is_unit(&unit.text) => {
            let written = value.number.map_or_else(|| value.text.clone(), unmistakable);
            let text = format!("{written} {}", unit.text.trim());
            vec![own(Cell { is_made: value.number.is_some(), ..Cell::text(&text) }, *first)]
        }
        _ if !is_numeric && !is_name(meaning) && !more.iter().any(|(_, cell)| is_figure(cell)) => {
            let all: Vec<&str> = cells.iter().map(|(_, cell)| cell.text.as_str()).collect();
            vec![own(Cell::text(&all.join("; ")), *first)]
        }
        _ => {
            let message = format!("several values stand beside \"{}\": none of them was taken", shortened(&label));
            let cure = "give each value a line and a label of its own, such as \"Loss low\", \"Loss likely\" and \
                \"Loss high\", and put remarks into a line \"Remark\"";
            let heading = label.as_str().into();
            let place = Place { heading, text: value.text.clone(), ..sheet.place(file, row.number, *first) };
            findings.push(Finding::fault(Code::Cell, Some(place), message, cure));
            vec![Field { is_open: true, ..own(Cell::default(), *first) }]
        }
    }
}

fn fold(label: &str) -> String {
    label.trim().to_lowercase()
}

/// Whether a label names one thing; measures may be several.
fn is_name(meaning: Option<Meaning>) -> bool {
    matches!(meaning, Some(Meaning { role: Role::Name | Role::Id | Role::ControlId, .. }))
}

fn is_control(meaning: Option<Meaning>) -> bool {
    matches!(meaning, Some(Meaning { role: Role::Control, .. }))
}

/// The fields of each form: one begins where the label comes again that the first began with, or that names a risk.
fn cut(fields: Vec<Field>) -> Vec<Vec<Field>> {
    let begin = fields.first().map(|field| fold(&field.label));
    let mut forms: Vec<Vec<Field>> = Vec::new();
    for field in fields {
        let label = fold(&field.label);
        let again = forms.last().is_some_and(|form| form.iter().any(|known| fold(&known.label) == label));
        // Several measures of one risk stand in its form.
        let is_new = Some(&label) == begin.as_ref() || is_name(field.meaning);
        match forms.last_mut().filter(|_| !(again && is_new)) {
            Some(form) => form.push(field),
            None => forms.push(vec![field]),
        }
    }
    forms
}

impl Form<'_> {
    /// Whether something names what it is about.
    fn has_name(&self) -> bool {
        let names = |field: &Field| is_name(field.meaning) || is_control(field.meaning);
        self.fields.iter().any(|field| names(field) && is_said(&field.value))
    }

    /// Whether it says how often and how bad, or what a measure costs, in figures.
    fn is_certain(&self) -> bool {
        let stated = |wanted: fn(Role) -> bool| {
            let filled = self.fields.iter().filter(|field| field.is_open || field.value.text.len() < 60);
            let is_stated = |field: &Field| field.is_open || is_said(&field.value) && is_figure(&field.value);
            let mut known = filled.filter_map(|field| Some((field.meaning?, is_stated(field))));
            known.any(|(meaning, is_figure)| is_figure && wanted(meaning.role))
        };
        let is_cost = |role| matches!(role, Role::Cost | Role::CostOnce | Role::CostYearly);
        let has_control = self.fields.iter().any(|field| is_control(field.meaning) && is_said(&field.value));
        stated(Role::is_often) && stated(Role::is_loss) || has_control && stated(is_cost)
    }

    /// The labels with how often each came before, in their order.
    fn labels(&self) -> Vec<(String, usize)> {
        let mut found: Vec<(String, usize)> = Vec::new();
        for field in &self.fields {
            let label = fold(&field.label);
            let before = found.iter().filter(|(known, _)| *known == label).count();
            found.push((label, before));
        }
        found
    }
}

/// Forms that have most labels in common.
struct Kind<'f, 'a> {
    labels: Vec<(String, usize)>,
    headings: Vec<&'f str>,
    forms: Vec<(&'f Form<'a>, Vec<(String, usize)>)>,
}

/// The table of each kind of forms, with the sheet on which the first of them stands.
pub(super) fn tables<'a>(forms: &[Form<'a>]) -> Vec<(&'a Sheet, Sheet)> {
    let mut kinds: Vec<Kind<'_, 'a>> = Vec::new();
    for form in forms {
        let own = form.labels();
        let is_alike = |kind: &&mut Kind<'_, 'a>| {
            let shared = own.iter().filter(|label| kind.labels.contains(label)).count();
            2 * shared >= own.len()
        };
        let at = match kinds.iter_mut().find(is_alike) {
            Some(kind) => kind,
            None => {
                kinds.push(Kind { labels: Vec::new(), headings: Vec::new(), forms: Vec::new() });
                let last = kinds.len() - 1;
                &mut kinds[last]
            }
        };
        for (label, field) in own.iter().zip(&form.fields) {
            if !at.labels.contains(label) {
                at.labels.push(label.clone());
                at.headings.push(&field.label);
            }
        }
        at.forms.push((form, own));
    }
    kinds.retain(|kind| kind.labels.len().saturating_mul(kind.forms.len()) <= MOST_CELLS);
    kinds.iter().filter_map(|kind| Some((kind.forms.first()?.0.sheet, kind.table()))).collect()
}

impl Kind<'_, '_> {
    fn table(&self) -> Sheet {
        let mut anew = self.forms.first().map_or_else(|| Anew::of(&Sheet::default()), |(form, _)| Anew::of(form.sheet));
        let at = |form: &Form<'_>, (row, column): (usize, usize)| Origin {
            sheet: form.sheet.name.as_str().into(),
            row,
            column: column + 1,
        };
        for (form, row) in self.forms.iter().flat_map(|(form, _)| form.aside.iter().map(move |row| (form, row))) {
            if Line::of(row, "", form.sheet).is_some() {
                let text = row.cells.iter().find(|cell| !cell.is_empty()).cloned().unwrap_or_default();
                anew.row(
                    0,
                    vec![text],
                    vec![at(form, (row.number, 0))],
                    Origin { column: 0, ..at(form, (row.number, 0)) },
                );
            }
        }
        let mut rows = Vec::new();
        for (form, own) in &self.forms {
            let of_label = |label: &(String, usize)| {
                own.iter().position(|known| known == label).map(|position| &form.fields[position])
            };
            let first = form.fields.first().map_or((0, 0), |field| field.at);
            let cells =
                self.labels.iter().map(|label| of_label(label).map_or_else(Cell::default, |field| field.value.clone()));
            let places = self.labels.iter().map(|label| at(form, of_label(label).map_or(first, |field| field.place)));
            rows.push((cells.collect(), places.collect(), Origin { column: 0, ..at(form, first) }));
        }
        let heads = self.labels.iter().map(|label| {
            let field = self.forms.iter().find_map(|(form, own)| {
                let position = own.iter().position(|known| known == label)?;
                Some(at(form, form.fields[position].at))
            });
            field.unwrap_or(Origin { sheet: "".into(), row: 0, column: 0 })
        });
        let heads: Vec<Origin> = heads.collect();
        let own = heads.first().cloned().unwrap_or(Origin { sheet: "".into(), row: 0, column: 0 });
        anew.row(1, self.headings.iter().map(|heading| Cell::text(heading)).collect(), heads, own);
        anew.heads();
        for (cells, places, own) in rows {
            anew.row(0, cells, places, own);
        }
        anew.done()
    }
}

/// Tells how the forms of a file were read, and what stands beside them.
pub(super) fn told(file: &str, forms: &[Form<'_>], findings: &mut Vec<Finding>) {
    let Some(first) = forms.first() else { return };
    let count = forms.len();
    let message = match count {
        1 => "a form was read as one risk or measure: its labels stand for headings".to_owned(),
        _ => format!("{count} forms were read, each as one risk or measure: their labels stand for headings"),
    };
    let column = first.fields.first().map_or(0, |field| field.at.1);
    findings.push(told_of(first.sheet, file, column, message));
    for (form, row) in forms.iter().flat_map(|form| form.aside.iter().map(move |row| (form, row))) {
        let text = row.cells.iter().find(|cell| !cell.is_empty()).map_or("", |cell| cell.text.as_str());
        if Line::of(row, file, form.sheet).is_none() {
            let place = form.sheet.row_place(file, row.number);
            findings
                .push(Finding::note(Some(place), format!("a line beside the forms was left out: {}", shortened(text))));
        }
    }
}

/// The sheet of a text whose lines are labels and values: `Risk name: Fire`. A comma in such a value separates nothing.
pub fn of_lines(text: &str) -> Option<Sheet> {
    let lines = || text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let head = || lines().take(WITHIN);
    fn labelled(line: &str) -> Option<(&str, &str)> {
        const SIGNS: [char; 4] = [';', ',', '\t', '|'];
        let is_cut = |label: &str, value: &str| label.contains(SIGNS) || value.starts_with(SIGNS);
        split_label(line).filter(|(label, value)| !is_cut(label, value))
    }
    let known = head().filter(|(_, line)| labelled(line).is_some()).count();
    let all = head().count();
    let mut seen = Known::default();
    let labels = head().filter_map(|(_, line)| labelled(line)).map(|(label, _)| label);
    if known < 3 || 2 * known < all || seen.meanings(labels).len() < 3 {
        return None;
    }
    let cells = |line: &str| match line.split_once(':') {
        Some((label, value)) => {
            // What a table of one column was saved with.
            let value = value.trim().trim_end_matches([';', '\t', '|']);
            vec![Cell::text(&format!("{}:", label.trim())), Cell::text(value.trim())]
        }
        None => vec![Cell::text(line.trim())],
    };
    let row = |(index, line): (usize, &str)| {
        let cells = cells(line);
        Row { number: index + 1, hidden: false, length: cells.len(), cells }
    };
    Some(Sheet { rows: lines().map(row).collect(), ..Sheet::default() })
}
