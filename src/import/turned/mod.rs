//! Do the headings of a sheet stand in its first column, or beside the values of a form?
//!
//! Risks as columns are turned into rows ([`across`]), and forms become a row each ([`forms`]); both then go through the
//! importer of every table, and each cell keeps its place in the file ([`Origins`]). A sheet is turned only where its
//! labels say more than any of its rows does as headings: a table with its headings above is never touched.

use std::borrow::Cow;
use std::collections::HashMap;

use super::grid::{Cell, Origin, Origins, Row, Sheet};
use super::heading::{Guess, Meaning, Role, guess, is_end_alone, is_one_of, split, whole};
use super::number::{heading_unit, is_blank_cell};
use super::place::{Code, Finding, Place};
use super::span::{Span, span};

mod across;
mod forms;
#[cfg(test)]
mod tests;

pub use forms::of_lines;

/// How many rows are looked at before a sheet is known to be none of these.
const WITHIN: usize = 200;
/// How many columns may hold labels.
const LABELS_WITHIN: usize = 12;
/// The most cells of a table that is turned.
const MOST_CELLS: usize = 500_000;

/// The sheets of a file with each that stands on its side, or is a form, turned into rows below headings.
pub fn upright<'a>(file: &str, sheets: &'a [Sheet], findings: &mut Vec<Finding>) -> Cow<'a, [Sheet]> {
    let mut turned: Vec<Option<Sheet>> = Vec::new();
    let mut all_forms: Vec<forms::Form<'_>> = Vec::new();
    for sheet in sheets {
        let mut own = None;
        if !sheet.hidden
            && let Some(labels) = Labels::sought(sheet, 2)
        {
            own = across::turned(file, sheet, &labels, findings);
            if own.is_none() {
                all_forms.extend(forms::of(file, sheet, &labels, findings));
            }
        }
        turned.push(own);
    }
    let mut of_forms = forms::tables(&all_forms);
    if of_forms.is_empty() && turned.iter().all(Option::is_none) {
        return Cow::Borrowed(sheets);
    }
    forms::told(file, &all_forms, findings);
    let is_form = |sheet: &Sheet| all_forms.iter().any(|form| std::ptr::eq(form.sheet, sheet));
    let mut out: Vec<Sheet> = Vec::new();
    for (sheet, own) in sheets.iter().zip(turned) {
        match own {
            Some(own) => out.push(own),
            // Forms of one kind stand together, in the place of the first.
            None if is_form(sheet) => {
                let at = of_forms.iter().position(|(first, _)| std::ptr::eq(*first, sheet));
                out.extend(at.map(|at| of_forms.remove(at).1));
            }
            None => out.push(sheet.clone()),
        }
    }
    Cow::Owned(out)
}

/// What is told where a file has no table, and a sheet of it has headings in its first column: where, and what to do.
pub fn nearly(file: &str, sheets: &[Sheet]) -> Option<Finding> {
    sheets.iter().filter(|sheet| !sheet.hidden).find_map(|sheet| {
        let labels = Labels::sought(sheet, 2)?;
        let named: Vec<String> = labels.texts(sheet).into_iter().take(4).map(|text| format!("\"{text}\"")).collect();
        let place = Place { column: labels.column + 1, ..sheet.row_place(file, 0) };
        let message = format!("headings stand below each other here, and not beside each other: {}", named.join(", "));
        let cure = "name each risk: in a row \"Risk\" with a name above each column of figures, or in a line \"Risk\" of \
            each form; how often and what it costs stand in lines of their own, such as \"Frequency\" and \"Loss\"";
        Some(Finding::fault(Code::NoTable, Some(place), message, cure))
    })
}

/// A column of labels.
struct Labels {
    /// The column, from 0.
    column: usize,
    /// What its labels name, each once.
    meanings: Vec<Meaning>,
    /// They alone name twice as much as any row does.
    is_alone: bool,
}

impl Labels {
    /// The labels of a sheet that say more than any of its rows does as headings, where at least so many are known.
    fn sought(sheet: &Sheet, least: usize) -> Option<Self> {
        let rows: Vec<&Row> = sheet.rows.iter().filter(|row| !row.is_empty()).take(WITHIN).collect();
        let mut known = Known::default();
        let mut best: Option<Self> = None;
        for column in 0..LABELS_WITHIN {
            let texts = rows.iter().map(|row| row.text(column)).filter(|text| !text.is_empty());
            let meanings = known.meanings(texts.map(label_of));
            if best.as_ref().is_none_or(|best| meanings.len() > best.meanings.len()) {
                best = Some(Self { column, meanings, is_alone: false });
            }
        }
        let best = best.filter(|best| best.meanings.len() >= least)?;
        let of_row = |row: &&Row| known.meanings(texts_of(row)).len();
        let most = rows.iter().map(of_row).max().unwrap_or(0);
        let is_alone = best.meanings.len() >= 2 * most;
        // Two labels beside each other are a form in two columns; what says more is a row of headings.
        let all = known.meanings(rows.iter().flat_map(|row| texts_of(row))).len();
        (is_alone || most == 2 && all >= 2 * most).then_some(Self { is_alone, ..best })
    }

    fn has(&self, wanted: impl Fn(Role) -> bool) -> bool {
        self.meanings.iter().any(|meaning| wanted(meaning.role))
    }

    /// Whether they name a risk or a measure.
    fn names_any(&self) -> bool {
        self.has(|role| matches!(role, Role::Name | Role::Id | Role::Control | Role::ControlId))
    }

    /// The labels that are headings, as they are written.
    fn texts(&self, sheet: &Sheet) -> Vec<String> {
        let texts = sheet.rows.iter().take(WITHIN).map(|row| label_of(row.text(self.column)));
        texts.filter(|text| whole(text).is_some()).map(str::to_owned).collect()
    }
}

/// The first texts of a row.
fn texts_of(row: &Row) -> impl Iterator<Item = &str> {
    row.cells.iter().take(60).map(|cell| label_of(&cell.text))
}

/// What texts name that were looked at before.
#[derive(Default)]
struct Known(HashMap<String, Option<Meaning>>);

impl Known {
    /// What a text names as a heading to its last word.
    fn meaning(&mut self, text: &str) -> Option<Meaning> {
        match self.0.get(text) {
            Some(meaning) => *meaning,
            None => *self.0.entry(text.to_owned()).or_insert_with(|| said(text)),
        }
    }

    /// What texts name so, each once.
    fn meanings<'t>(&mut self, texts: impl Iterator<Item = &'t str>) -> Vec<Meaning> {
        let mut found: Vec<Meaning> = Vec::new();
        for text in texts {
            let meaning = self.meaning(text);
            found.extend(meaning.filter(|meaning| !found.contains(meaning)));
        }
        found
    }
}

/// What a text names as a heading; what a figure counts in, and which end of a range it is, is said beside labels too.
fn said(text: &str) -> Option<Meaning> {
    whole(text).filter(|meaning| !matches!(meaning.role, Role::Unit | Role::Currency) && !is_end_alone(text))
}

/// The label of a cell: without its colon, and without the value behind it.
fn label_of(text: &str) -> &str {
    split_label(text).map_or(text, |(label, _)| label).trim_end_matches(':').trim_end()
}

/// A label and its value that stand in one cell: `Risk name: Fire`.
fn split_label(text: &str) -> Option<(&str, &str)> {
    let (label, value) = text.split_once(':')?;
    let (label, value) = (label.trim(), value.trim());
    (!value.is_empty() && label.len() < 60 && guess(label) != Guess::Unknown).then_some((label, value))
}

/// Whether a cell shows a figure.
fn is_figure(cell: &Cell) -> bool {
    cell.number.is_some() || cell.text.len() < 60 && cell.text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Whether a text is what a figure counts in, and no figure: `EUR`, `k€`, `per year`.
fn is_unit(text: &str) -> bool {
    !text.bytes().any(|byte| byte.is_ascii_digit())
        && split(text).len() <= 3
        && (heading_unit(text) != (None, None) || span(text) != Span::Unsaid || text.trim() == "%")
}

/// Whether a text heads a column of labels, or of their values: `Attribute`, `Merkmal`, `Value`.
fn is_of_labels(text: &str) -> bool {
    const WORDS: &str = "attribute|attributes|field|fields|criterion|criteria|property|item|parameter|characteristic|aspect|\
        merkmal|merkmale|attribut|feld|kriterium|eigenschaft|angabe|angaben|wert|attributs|champ|critère|caractéristique|\
        rubrique|valeur|campo|criterio|atributo|característica|valor|attributo|caratteristica|voce|valore|veld|kenmerk|waarde|\
        value|values|entry|eintrag|detail|details|information";
    let all = split(text);
    all.iter().all(|word| is_one_of(word, WORDS))
}

/// A sheet while its rows are written anew.
struct Anew {
    sheet: Sheet,
    origins: Origins,
}

impl Anew {
    fn of(sheet: &Sheet) -> Self {
        Self { sheet: Sheet { name: sheet.name.clone(), ..Sheet::default() }, origins: Origins::default() }
    }

    /// Adds a row below the others, after so many empty ones, with the place of each of its cells and its own.
    fn row(&mut self, gap: usize, cells: Vec<Cell>, places: Vec<Origin>, own: Origin) {
        let number = self.sheet.rows.last().map_or(0, |row| row.number) + gap + 1;
        for (column, place) in places.iter().enumerate() {
            // Of a label that a form lacks, another cell of it is named.
            self.origins.back.entry(place.clone()).or_insert((number, column));
        }
        self.origins.cells.extend(places.into_iter().enumerate().map(|(column, place)| ((number, column), place)));
        self.origins.rows.insert(number, own);
        self.sheet.rows.push(Row { number, hidden: false, length: cells.len(), cells });
    }

    /// The row that was added last holds the headings.
    fn heads(&mut self) {
        let Some(row) = self.sheet.rows.last() else { return };
        for column in 0..row.cells.len() {
            let place = self.origins.cells.get(&(row.number, column)).cloned();
            self.origins.cells.extend(place.map(|place| ((0, column), place)));
        }
    }

    fn done(self) -> Sheet {
        Sheet { origins: Some(self.origins), ..self.sheet }
    }
}

/// The note that says how a sheet was read.
fn told_of(sheet: &Sheet, file: &str, column: usize, message: String) -> Finding {
    let place = Place { column: column + 1, ..sheet.row_place(file, 0) };
    Finding::note(Some(place), message)
}

/// Whether a cell holds something that is no blank.
fn is_said(cell: &Cell) -> bool {
    !is_blank_cell(&cell.text)
}
