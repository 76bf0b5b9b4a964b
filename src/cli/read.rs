//! `rosi read`: what somebody changed in the workbook of a case, back into its file.
//!
//! The workbook that the file gives is made again, as for `rosi verify`. Cells that may be changed and hold something
//! else become changes of the file, as behind `--set`; any other cell that holds something else is refused, and results
//! are left to whoever works them out. Before anything is written, the changed file is read, and its own workbook must
//! show in these cells what was typed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;
use rust_decimal::Decimal;

use super::case::{Case, How};
use super::init::ask;
use super::report::Form;
use super::sheets::address;
use super::sheets::formula::{is_near, is_same};
use super::sheets::plain;
use super::verify::{Written, bytes};
use super::{Failed, Terminal, files, write};
use crate::engine::{MethodChoice, Settings};
use crate::front;
use crate::import::cells::{Cells, Content, Held, cells};
use crate::report::Front;
use crate::report::workbook::{KEY, Open, Slot, Workbook, rates, workbook};
use crate::scenario::Source;
use crate::scenario::edit::{Change, To, changed_all, quantity_text};
use crate::units::{Kind, Numbers};

/// The arguments of `rosi read`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The workbook that `rosi report` wrote, with other numbers in its blue cells
    book: PathBuf,
    /// The case that it was made from: the changes are written there, its comments stay
    #[arg(long, value_name = "CASE")]
    into: PathBuf,
    /// Write without asking
    #[arg(long, short)]
    yes: bool,
}

/// How many cells of a kind are told.
const SHOWN: usize = 12;
/// Letters of a value that are told.
const LETTERS: usize = 60;
/// Numbers nearer than this are one: office programs keep fifteen digits.
const SAME: f64 = 1e-13;

/// One cell that was changed.
struct Changed<'o> {
    open: &'o Open,
    /// What the file is to say.
    text: String,
    /// What stands in the cell, where it is a number.
    number: Option<f64>,
}

/// Runs `rosi read`.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    let (book, into) = (arguments.book.display(), arguments.into.display());
    if Form::of(&arguments.book) != Some(Form::Xlsx) {
        terminal.fault(&format!("{book} is no workbook"), &["name the .xlsx that `rosi report` wrote"]);
        return Err(Failed);
    }
    if arguments.into == Path::new("-") {
        terminal.fault("standard input cannot be written to", &["name the file of the case instead of `-`"]);
        return Err(Failed);
    }
    let bytes = bytes(&arguments.book, terminal)?;
    let given = contents(&bytes, &arguments.book, terminal)?;
    let (source, _) = files::to_edit(&arguments.into, terminal)?;
    let written = Written::read(bytes, Some(Form::Xlsx), &arguments.book, terminal)?.ok_or(Failed)?;
    let Some(made) = written.made_of(&source.sha256(), &arguments.book, &arguments.into, terminal)? else {
        let anew = format!("make it anew: rosi report {into} --out {book}");
        terminal.note(&format!("Only a workbook of this very file is read back; {anew}"));
        return Err(Failed);
    };
    // The workbook says nothing of what would change the answer, but of the better set that the search finds.
    let case = Case::of(Some(&arguments.into), &How::default().as_in(&made), &terminal.afresh())?;
    let numbers = case.scenario.reading().numbers;
    let paper = case.paper();
    let fresh = Form::Xlsx.made(&paper).map_err(|fault| {
        terminal.fault(&format!("the workbook cannot be made again: {fault}"), &[]);
        Failed
    })?;
    let fresh = contents(&fresh.bytes, &arguments.book, terminal)?;
    let mut found = Found::default();
    found.compare(&given, &fresh, &paper.workbook);
    let changed = found.taken(&given, &paper.workbook.open, numbers);
    for note in &found.notes {
        terminal.note(note);
    }
    if !found.faults.is_empty() {
        let mut told: Vec<&str> = found.faults.iter().take(SHOWN).map(String::as_str).collect();
        let more = format!("and {} more", found.faults.len().saturating_sub(SHOWN));
        if found.faults.len() > SHOWN {
            told.push(&more);
        }
        let here = env!("CARGO_PKG_VERSION");
        let older = format!("it was made by rosi {}, this is rosi {here}: make it anew", made.version);
        told.push(match made.version == here {
            true => "only the blue cells of the inputs are read back; change anything else in the file",
            false => &older,
        });
        terminal.fault(&format!("{book} cannot be read back: nothing was written"), &told);
        return Err(Failed);
    }
    if changed.is_empty() {
        return terminal.confirmed(&format!("{book}: no input differs from {into}."));
    }
    let new = applied(&source, &changed, terminal)?;
    let values = confirmed(&new, &changed, terminal)?;
    tell(&changed, &values, numbers, terminal)?;
    let count = match changed.len() {
        1 => "1 change".to_owned(),
        count => format!("{count} changes"),
    };
    if !arguments.yes {
        if !Terminal::can_ask() {
            terminal.note(&format!("Nothing was written. `rosi read {book} --into {into} --yes` writes it."));
            return Ok(());
        }
        let answer = ask(&format!("Write {count} into {into}? [y/N]"), terminal).unwrap_or_default();
        if !["y", "yes", "j", "ja"].contains(&answer.to_lowercase().as_str()) {
            terminal.note("Nothing was written.");
            return Ok(());
        }
    }
    write::whole(&arguments.into, &new.bytes, terminal)?;
    terminal.note(&format!("written: {into} ({count}). The next workbook: rosi report {into} --out {book}"));
    Ok(())
}

/// The cells of a workbook.
fn contents(bytes: &[u8], path: &Path, terminal: &Terminal) -> Result<Vec<(String, Cells)>, Failed> {
    let name = path.display().to_string();
    super::files::quiet_reader();
    cells(bytes, &name).map_err(|finding| {
        terminal.fault(&finding.to_string(), &[&finding.cure]);
        Failed
    })
}

/// What two workbooks differ by.
#[derive(Debug, Default)]
struct Found {
    /// What stands against reading it.
    faults: Vec<String>,
    /// What is not read.
    notes: Vec<String>,
}

impl Found {
    /// Looks at every cell but those that may be changed.
    fn compare(&mut self, given: &[(String, Cells)], fresh: &[(String, Cells)], book: &Workbook) {
        for (name, _) in given.iter().filter(|(name, _)| !fresh.iter().any(|(known, _)| known == name)) {
            self.notes.push(format!("The sheet {name} is not rosi's: it is not read."));
        }
        let inputs = book.open.first().map_or("", |open| open.sheet.as_str());
        let sheets: Vec<(&str, &Cells, &Cells)> = fresh
            .iter()
            .filter_map(|(name, fresh)| match given.iter().find(|(known, _)| known == name) {
                Some((_, given)) => Some((name.as_str(), fresh, given)),
                None => {
                    self.faults.push(format!("the sheet {name} is gone"));
                    None
                }
            })
            .collect();
        // Where rows were moved, every cell behind them differs: the rows are told alone.
        for (name, fresh, given) in sheets.iter().filter(|(name, ..)| *name == inputs) {
            self.rows(name, given, fresh);
        }
        if !self.faults.is_empty() {
            return;
        }
        for (name, fresh, given) in &sheets {
            let slots = book.sheets.iter().find(|sheet| sheet.name == *name);
            let places: BTreeSet<&(u32, u32)> = given.keys().chain(fresh.keys()).collect();
            for place in places {
                let is_open = |open: &&Open| open.sheet == *name && open.place == *place;
                if book.open.iter().any(|open| is_open(&open)) {
                    continue;
                }
                let slot = slots.and_then(|sheet| sheet.rows.get(place.0 as usize)?.get(place.1 as usize));
                let nothing = Content::default();
                let [a, b] = [given, fresh].map(|cells| cells.get(place).unwrap_or(&nothing));
                self.cell(&at(name, *place), a, b, slot, *name == inputs);
            }
        }
    }

    /// The rows of the inputs by their keys.
    fn rows(&mut self, sheet: &str, given: &Cells, fresh: &Cells) {
        let key = |cells: &Cells, row: u32| match cells.get(&(row, KEY as u32)).map(|content| &content.value) {
            Some(Held::Words(key)) => Some(key.clone()),
            _ => None,
        };
        let last = [given, fresh].iter().filter_map(|cells| cells.keys().next_back()).map(|place| place.0).max();
        for row in 0..=last.unwrap_or(0) {
            let number = row + 1;
            match (key(given, row), key(fresh, row)) {
                (a, b) if a == b => {}
                (Some(a), Some(b)) => {
                    self.faults.push(format!("{sheet}, row {number} is `{}`, where rosi wrote `{b}`", cut(&a)));
                }
                (Some(a), None) => self.faults.push(format!("{sheet}, row {number}: rosi has no row `{}`", cut(&a))),
                (None, _) => {
                    let b = key(fresh, row).unwrap_or_default();
                    self.faults.push(format!("{sheet}, row {number}: the key `{b}` is gone"));
                }
            }
        }
    }

    /// One cell that may not be changed.
    fn cell(&mut self, at: &str, a: &Content, b: &Content, slot: Option<&Slot>, is_input: bool) {
        if !a.formula.is_empty() || !b.formula.is_empty() {
            // Its result is worked out anew.
            // Programs differ in the quotes around the names of sheets.
            let [given, fresh] = [a, b].map(|content| plain(&content.formula));
            if given != fresh && !is_same(&given, &fresh) {
                self.faults.push(format!("{at} was {}, is now {}", shown(b), shown(a)));
            }
            return;
        }
        let is_same = match (&a.value, &b.value) {
            (Held::Number(a), Held::Number(b)) => is_near(*a, *b),
            (Held::Words(a), Held::Words(b)) => words(a) == words(b),
            (a, b) => a == b,
        };
        if is_same {
            return;
        }
        match (slot, &a.value) {
            (Some(Slot::Choice(..)), Held::Words(case)) => {
                self.notes.push(format!("The case \"{}\" is chosen: that is a view, and is not read.", cut(case)));
            }
            (None | Some(Slot::Empty), _) if !is_input => {
                self.notes.push(format!("{at}: {} is not rosi's, and is not read.", shown(a)));
            }
            _ => self.faults.push(format!("{at} was {}, is now {}", shown(b), shown(a))),
        }
    }

    /// The cells that may be changed and were.
    fn taken<'o>(&mut self, given: &[(String, Cells)], open: &'o [Open], numbers: Option<Numbers>) -> Vec<Changed<'o>> {
        let mut changed = Vec::new();
        let nothing = Content::default();
        for open in open {
            let sheet = given.iter().find(|(name, _)| *name == open.sheet);
            let content = sheet.and_then(|(_, cells)| cells.get(&open.place)).unwrap_or(&nothing);
            let at = at(&open.sheet, open.place);
            let mut refuse = |why: &str| self.faults.push(format!("{at} ({}) {why}", open.name));
            if !content.formula.is_empty() {
                refuse(&format!("holds the formula {}: paste its value instead", shown(content)));
                continue;
            }
            match &content.value {
                Held::Number(number) if (number - open.value).abs() <= SAME * open.value.abs() => {}
                // 5 where 8 % stands is shown as 500 %.
                Held::Number(number) if is_share(open.kind) && number.abs() > 1.0 && open.value.abs() <= 1.0 => {
                    let times = |factor: Decimal| {
                        let typed = content.value.decimal().and_then(|typed| typed.checked_mul(factor));
                        typed.map(|typed| typed.normalize().to_string()).unwrap_or_default()
                    };
                    let (percent, part) = (times(Decimal::ONE_HUNDRED), times(Decimal::new(1, 2)));
                    refuse(&format!(
                        "holds {number}, which is {percent}%: write {number}% or {part}, and {percent}% as a text if that is meant"
                    ));
                }
                Held::Number(number) => match content.value.decimal() {
                    Some(value) => changed.push(Changed {
                        open,
                        text: quantity_text(value, open.kind, numbers),
                        number: Some(*number),
                    }),
                    None => refuse(&format!("holds {number:e}: no file has such a number")),
                },
                Held::Words(text) => changed.push(Changed { open, text: text.clone(), number: None }),
                Held::Nothing => refuse("is empty: write a number"),
                Held::Other(what) => refuse(&format!("holds {what}: write a number")),
            }
        }
        changed
    }
}

/// Whether a quantity is shown in percent.
fn is_share(kind: Kind) -> bool {
    matches!(kind, Kind::Chance | Kind::Rate)
}

/// The file as it is changed.
fn applied(source: &Source, changed: &[Changed<'_>], terminal: &Terminal) -> Result<Source, Failed> {
    let changes: Vec<Change> = changed
        .iter()
        .map(|changed| Change { key: changed.open.key.clone(), to: To::Value(changed.text.clone()) })
        .collect();
    changed_all(source, &changes).map_err(|(index, fault)| {
        let open = changed[index].open;
        let place = format!("{} ({}): {}", at(&open.sheet, open.place), open.name, fault.message);
        terminal.fault(&place, &fault.help.iter().map(String::as_str).collect::<Vec<_>>());
        Failed
    })
}

/// What the changed cells hold once the changed file is read: in numbers, as its own workbook has them.
fn confirmed(new: &Source, changed: &[Changed<'_>], terminal: &Terminal) -> Result<Vec<f64>, Failed> {
    let case = front::Case::from_source(new.clone()).map_err(|error| {
        if let Some((faults, source)) = error.found() {
            terminal.diagnostics(faults, &source.name, &source.text());
            let about = |open: &Open| faults.iter().any(|fault| !fault.path.is_empty() && of(&fault.path, open));
            let cells: Vec<&Changed<'_>> = changed.iter().filter(|changed| about(changed.open)).collect();
            let cells = if cells.is_empty() { changed.iter().collect() } else { cells };
            let cells = cells.iter().map(|changed| at(&changed.open.sheet, changed.open.place));
            let cells: Vec<String> = cells.take(SHOWN).collect();
            let fault =
                format!("with what is in {} the file is not a valid case: nothing was written", cells.join(" and "));
            terminal.fault(&fault, &["the places above are those of the file as it would be"]);
        }
        Failed
    })?;
    let settings = Settings { method: MethodChoice::Expected, ..Settings::default() };
    let analysis = case.analysed(&settings, &|_| ()).map_err(|error| {
        terminal.fault(error.message(), &["nothing was written"]);
        Failed
    })?;
    let anew = workbook(case.scenario(), &analysis, &Front::default(), "", String::new()).open;
    let value = |open: &Open| {
        let whole = open.key.rsplit_once('.').map_or("", |(whole, _)| whole);
        let of_key = |key: &str| anew.iter().find(|other| other.key == key).map(|other| other.value);
        // What is nothing stands locked.
        let estimates = case.scenario().estimates().iter();
        let mut fixed = estimates.filter(|estimate| estimate.is_fixed() && estimate.path == open.key);
        let mut rates = rates(case.scenario()).into_iter().filter(|(key, _)| *key == open.key);
        let nothing = fixed.any(|estimate| estimate.mean().is_zero()) || rates.any(|(_, rate)| rate.get().is_zero());
        // A range without width is one value.
        of_key(&open.key).or_else(|| of_key(whole)).or(nothing.then_some(0.0))
    };
    let mut values = Vec::new();
    for changed in changed {
        let place = at(&changed.open.sheet, changed.open.place);
        match value(changed.open) {
            Some(value) if changed.number.is_none_or(|typed| is_near(typed, value)) => values.push(value),
            Some(value) => {
                terminal.fault(&format!("{place} would be read as {value}: nothing was written"), &["write a number"]);
                return Err(Failed);
            }
            None => {
                let fault = format!("{place}: \"{}\" is no single value: nothing was written", cut(&changed.text));
                terminal.fault(&fault, &["write one number, or change the form of a range in the file"]);
                return Err(Failed);
            }
        }
    }
    Ok(values)
}

/// Whether a fault at a path is about a cell.
fn of(path: &str, open: &Open) -> bool {
    let within = |a: &str, b: &str| a == b || a.strip_prefix(b).is_some_and(|rest| rest.starts_with('.'));
    within(&open.key, path) || within(path, &open.key)
}

/// Each change: its cell, what it was, what it is.
fn tell(changed: &[Changed<'_>], values: &[f64], numbers: Option<Numbers>, terminal: &Terminal) -> Result<(), Failed> {
    let mut text = String::new();
    for (changed, value) in changed.iter().zip(values) {
        let open = changed.open;
        let told =
            |value: f64| Held::Number(value).decimal().map(|value: Decimal| quantity_text(value, open.kind, numbers));
        let old = told(open.value).unwrap_or_default();
        let new = match changed.number {
            Some(_) => changed.text.clone(),
            None => format!("{} ({})", cut(&changed.text), told(*value).unwrap_or_default()),
        };
        let place = at(&open.sheet, open.place);
        // What changes stands below its name, a little further in.
        let lines =
            [("", format!("{place}: {}", open.name)), ("    ", format!("{old} → {new}")), ("    ", open.key.clone())];
        for (indent, line) in lines {
            text.push_str(&format!("{indent}{}\n", crate::render::clean(&line)));
        }
    }
    terminal.result(&text)
}

/// A cell as people name it.
fn at(sheet: &str, (row, column): (u32, u32)) -> String {
    format!("{sheet}, cell {}", address((row + 1, column + 1)))
}

/// Words whatever their line ends and blanks.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cut(text: &str) -> String {
    match text.char_indices().nth(LETTERS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn shown(content: &Content) -> String {
    match &content.value {
        _ if !content.formula.is_empty() => format!("={}", cut(&content.formula)),
        Held::Nothing => "empty".to_owned(),
        Held::Number(number) => number.to_string(),
        Held::Words(words) => format!("\"{}\"", cut(words)),
        Held::Other(what) => (*what).to_owned(),
    }
}
