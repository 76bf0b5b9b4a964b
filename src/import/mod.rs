//! Other people's files: registers, workbooks and what other tools save, into a commented scenario.
//!
//! One importer with thin readers. A reader turns a source into statements about risks, controls, effects, costs and
//! limits ([`draft`]), each with its place, and into questions. One writer (`write`) makes a scenario of them. Bytes
//! come in and a text goes out; nothing here touches a file. See `docs/import.md`.

pub mod cells;
mod columns;
mod compound;
pub mod draft;
pub mod export;
mod frequency;
mod grid;
mod heading;
mod ledger;
mod mapping;
mod merge;
mod notes;
mod number;
mod opendocument;
mod place;
mod refused;
mod register;
mod scale;
mod shown;
mod span;
mod table;
mod text;
mod tools;
mod tree;
mod turned;
mod workbook;
mod write;

use std::collections::BTreeMap;

pub use mapping::{completed, meaning_of, open_columns};
pub use merge::{merge, written_style};
pub use number::Style;
use number::Styles;
pub use place::{Code, Finding, Place, Weight};
pub use scale::TEMPLATE as SCALE_TEMPLATE;
pub use tools::Kind;
pub use workbook::READER;
#[cfg(feature = "calibrate")]
pub(crate) use {grid::Cell, grid::Row, workbook::sheets};

use draft::Draft;
pub(crate) use grid::Sheet;
use mapping::Mapping;
use scale::Scale;
use table::{Column, Table};
use tree::Document;

use crate::scenario::syntax::Syntax;
use crate::units::Currency;

/// The most bytes of a file that is imported.
pub const MAX_BYTES: usize = 64 << 20;

/// A file.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// Its name, without its folder.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What was asked for beside the file.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The kind, where it is not to be recognised.
    pub kind: Option<Kind>,
    /// A mapping of columns.
    pub mapping: Option<Input>,
    /// A scale of scores.
    pub scale: Option<Input>,
    /// The currency of amounts that name none.
    pub currency: Option<Currency>,
    /// Whether a case takes it all in, in whose currency amounts are that name none: [`merge()`] says so.
    pub is_for_case: bool,
    /// How numbers are written in the source.
    pub numbers: Option<Style>,
    /// How the case that takes it in says that it writes them, as `written_style` reads it.
    pub case_numbers: Option<Style>,
    /// Answers to questions, such as `day_rate`.
    pub answers: BTreeMap<String, String>,
    /// The command, for the head of the file.
    pub command: String,
}

/// What comes out.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The scenario in TOML.
    pub text: String,
    /// It was read again, and is a scenario without a fault.
    pub is_whole: bool,
    /// Faults, questions and notes, in the order of the file.
    pub findings: Vec<Finding>,
    /// How the columns were read, to be used again; empty where there are none.
    pub mapping: String,
    /// How many risks and controls there are.
    pub counts: (usize, usize),
}

/// Why nothing comes out.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// Faults, and what was noticed before.
    pub findings: Vec<Finding>,
    /// A mapping to complete, where headings leave a doubt.
    pub mapping: Option<String>,
}

impl From<Finding> for Refusal {
    fn from(finding: Finding) -> Self {
        Self { findings: vec![finding], mapping: None }
    }
}

/// What the readers share.
struct Context {
    draft: Draft,
    mapping: Mapping,
    scale: Option<Scale>,
    /// What the labels of an evaluator survey mean.
    levels: Option<tools::Levels>,
    kind: Option<Kind>,
    /// Texts of mappings, by file.
    mappings: String,
    /// Sheets and headings of all tables.
    headings: Vec<(String, String)>,
    /// What their figures show of the decimal sign.
    typed: Styles,
}

/// A file as far as its container is understood.
enum Opened {
    Sheets(Vec<Sheet>),
    Trees(Vec<Document>),
}

/// Imports files into one scenario.
///
/// # Errors
/// What keeps a scenario from being written: a file that cannot be opened, no table in it, headings that leave a doubt,
/// scores without a scale. What is wrong with single rows and cells does not; it stands among the findings.
pub fn import(inputs: &[Input], options: &Options) -> Result<Outcome, Refusal> {
    let mut context = context(options)?;
    let names: Vec<&str> = inputs.iter().map(|input| input.name.as_str()).collect();
    context.draft.title = format!("Imported from {}", names.join(" and "));
    // The whole is refused only after every file was looked at.
    let mut opened = Vec::new();
    for input in inputs {
        let file = open(input, options.kind, &mut context.draft.findings)?;
        opened.push((input.name.as_str(), file));
    }
    context.currency(&opened, options);
    context.draft.day_rate = tools::day_rate(&context);
    for (name, file) in &opened {
        context.read(name, file)?;
    }
    context.draft.findings.extend(context.mapping.missing(&context.headings));
    let findings = &context.draft.findings;
    if context.draft.risks.is_empty() && context.draft.controls.is_empty() {
        let mut findings = findings.clone();
        let place = inputs.first().map(|input| Place::file(&input.name));
        // Rows that were refused for their minus were found.
        if !findings.iter().any(|finding| finding.code == Code::Gain) {
            findings.push(Finding::fault(
                Code::NoTable,
                place,
                "no risk and no control was found",
                "a table needs a row of headings such as Risk, Events per year, Loss, Measure, Cost",
            ));
        }
        return Err(Refusal { findings, mapping: None });
    }
    context.draft.complete();
    // Whoever goes on with the case writes numbers as in the source: "130.000" there is 130,000 in a German one.
    context.draft.style =
        if options.is_for_case { options.case_numbers } else { context.mapping.numbers.or(context.typed.judge()) };
    if context.draft.currency.is_none() && !options.is_for_case {
        context.draft.findings.push(Finding::question(
            None,
            "in which currency are the amounts? Say it with --currency; XXX stands for none",
        ));
    }
    let counts = (context.draft.risks.len(), context.draft.controls.len());
    let (text, is_whole) = refused::scenario(&mut context.draft, &options.command);
    Ok(Outcome { text, is_whole, findings: context.draft.findings, mapping: context.mappings, counts })
}

fn context(options: &Options) -> Result<Context, Refusal> {
    let refused = |findings| Refusal { findings, mapping: None };
    let mut mapping = match &options.mapping {
        Some(input) => Mapping::read(&input.name, &input.bytes).map_err(refused)?,
        None => Mapping::default(),
    };
    mapping.numbers = options.numbers.or(mapping.numbers);
    mapping.answers.extend(options.answers.clone());
    let mut context = Context {
        draft: Draft::default(),
        mapping,
        scale: None,
        levels: None,
        kind: options.kind,
        mappings: String::new(),
        headings: Vec::new(),
        typed: Styles::default(),
    };
    match &options.scale {
        Some(input) if tools::is_scale(&input.bytes) => {
            context.levels = Some(tools::Levels::read(&input.name, &input.bytes).map_err(refused)?);
        }
        Some(input) => context.scale = Some(Scale::read(&input.name, &input.bytes).map_err(refused)?),
        None => {}
    }
    Ok(context)
}

/// Whether the name of a sheet speaks of what is past, or of a pattern to be filled in.
fn is_aside(sheet: &str) -> bool {
    const ASIDE: &str = "archive|archived|archives|archiv|archivo|archivio|archief|closed|geschlossen|erledigt|clos|cerrado|\
        chiuso|gesloten|old|alt|retired|history|historie|historique|template|vorlage|muster|modèle|plantilla|modello|\
        sjabloon|draft|entwurf|brouillon|borrador|bozza|concept|deleted|papierkorb|obsolete|rejected|sandbox|sample|\
        histórico|cerrados|chiusi|example|examples|beispiel|beispiele|exemple|exemples|ejemplo|esempio|voorbeeld|backup|copy|kopie";
    heading::split(sheet).iter().any(|word| heading::is_one_of(word, ASIDE))
}

/// Whether an import asks a question of this name.
pub fn is_answered(key: &str) -> bool {
    key == "day_rate" || key.strip_prefix("rate.").is_some_and(|code| !code.is_empty())
}

/// Whether a file is a workbook, by what it begins with.
pub(crate) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK") || bytes.starts_with(b"\xd0\xcf\x11\xe0")
}

/// Opens the container of a file. A text of a kind that is a tree is YAML, whatever its name ends with.
fn open(input: &Input, kind: Option<Kind>, findings: &mut Vec<Finding>) -> Result<Opened, Finding> {
    let (name, bytes) = (input.name.as_str(), input.bytes.as_slice());
    let fault = |code: Code, message: &str, cure: &str| Finding::fault(code, Some(Place::file(name)), message, cure);
    if name.starts_with("~$") || name.starts_with(".~lock.") {
        return Err(fault(
            Code::Unreadable,
            "this is the mark of a workbook that somebody has open, not the workbook",
            "close it in the spreadsheet program, and name the file without ~$",
        ));
    }
    if bytes.is_empty() {
        return Err(fault(Code::Unreadable, "the file is empty", "name the file that holds the table"));
    }
    if bytes.len() > MAX_BYTES {
        return Err(fault(Code::TooBig, "the file has more than 64 MB", "save the table with the risks alone"));
    }
    if is_workbook(bytes) {
        return workbook::sheets(bytes, name, findings).map(Opened::Sheets);
    }
    if bytes.starts_with(b"%PDF") {
        return Err(fault(Code::Unreadable, "the file is a PDF", "save the table that it was made of as .xlsx or CSV"));
    }
    let (decoded, encoding) = text::decode(bytes);
    if encoding != "UTF-8" {
        findings.push(Finding::note(Some(Place::file(name)), format!("read as {encoding}")));
    }
    let begins = decoded.trim_start_matches('\u{feff}').trim_start();
    let lower = name.to_lowercase();
    if begins.starts_with('<') {
        return Err(fault(
            Code::Unreadable,
            "the file is a page or XML, whatever its name says",
            "open it in a spreadsheet program and save it as .xlsx",
        ));
    }
    if decoded.chars().take(4_000).filter(|c| *c == '\0').count() > 0 {
        return Err(fault(
            Code::Unreadable,
            "the file is neither a text nor a workbook",
            "save the table as .xlsx or CSV",
        ));
    }
    if lower.ends_with(".toml") {
        return Err(fault(
            Code::Unreadable,
            "the file is TOML, as a case is: an import reads tables and files of other tools",
            "`rosi check` reads a case; to hand one on, `rosi export`",
        ));
    }
    let syntax = if lower.ends_with(".json") || begins.starts_with('{') || begins.starts_with('[') {
        Some(Syntax::Json)
    } else if [".yaml", ".yml", ".crml"].iter().any(|ending| lower.ends_with(ending))
        || kind.is_some_and(Kind::is_tree)
        || tools::is_crml(begins)
    {
        Some(Syntax::Yaml)
    } else {
        None
    };
    match syntax {
        Some(syntax) => Document::all(name, decoded, syntax).map(Opened::Trees),
        None => {
            if let Some(sheet) = turned::of_lines(&decoded) {
                return Ok(Opened::Sheets(vec![sheet]));
            }
            let separator = if lower.ends_with(".tsv") { '\t' } else { text::separator(&decoded) };
            text::sheet(&decoded, separator).map(|sheet| Opened::Sheets(vec![sheet])).map_err(|mut fault| {
                fault.place = Some(Place { file: name.into(), ..fault.place.unwrap_or_default() });
                fault
            })
        }
    }
}

impl Context {
    /// The currency: asked for, mapped, or the one that the files name.
    fn currency(&mut self, opened: &[(&str, Opened)], options: &Options) {
        let asked = options.currency.map(|currency| currency.code().to_owned()).or(self.mapping.currency.clone());
        self.draft.currency = asked.or_else(|| {
            let mut seen: BTreeMap<String, usize> = BTreeMap::new();
            for (name, file) in opened {
                match file {
                    Opened::Sheets(sheets) => {
                        sheets.iter().filter(|sheet| !sheet.hidden).for_each(|sheet| currencies(name, sheet, &mut seen))
                    }
                    Opened::Trees(documents) => {
                        documents.iter().for_each(|document| tools::currencies(document, &mut seen));
                    }
                }
            }
            seen.remove("");
            for code in self.scale.iter().flat_map(Scale::currencies) {
                *seen.entry(code.to_owned()).or_default() += 1;
            }
            // Which dollar "$" is nobody says: that of the file, else that of the United States.
            if let Some(count) = seen.remove("$") {
                let is_dollar = |code: &&String| Currency::from_code(code).is_some_and(|code| code.is_written("$"));
                let own = seen.keys().find(is_dollar).cloned();
                if own.is_none() {
                    self.draft.findings.push(Finding::question(
                        None,
                        "which dollar is meant by $? US dollars were taken; --currency says another",
                    ));
                }
                *seen.entry(own.unwrap_or_else(|| "USD".to_owned())).or_default() += count;
            }
            let codes = seen.into_iter().filter(|(code, _)| Currency::from_code(code).is_some());
            let mut codes: Vec<(String, usize)> = codes.collect();
            codes.sort_by_key(|(_, count)| *count);
            codes.reverse();
            let names: Vec<&str> = codes.iter().map(|(code, _)| code.as_str()).collect();
            if let [first, _, ..] = names[..] {
                let message = format!(
                    "amounts are in {}: {first} was taken for the case; --currency says another",
                    names.join(", ")
                );
                self.draft.findings.push(Finding::question(None, message));
            }
            codes.into_iter().next().map(|(code, _)| code)
        });
    }

    fn read(&mut self, name: &str, file: &Opened) -> Result<(), Refusal> {
        match file {
            Opened::Trees(documents) => documents.iter().try_for_each(|document| {
                let is_table = self.kind.is_none_or(|kind| kind == Kind::Table);
                let sheets = tools::sheets_of(document);
                if is_table && !sheets.is_empty() && tools::recognise(document).is_none() {
                    self.tables(name, &sheets)
                } else {
                    tools::read(document, self)
                }
            }),
            Opened::Sheets(sheets) => {
                if tools::read_sheets(name, sheets, self)? {
                    return Ok(());
                }
                let upright = turned::upright(name, sheets, &mut self.draft.findings);
                self.tables(name, &upright)
            }
        }
    }

    /// Reads every table of the sheets.
    fn tables(&mut self, name: &str, sheets: &[Sheet]) -> Result<(), Refusal> {
        let findings = &mut self.draft.findings;
        let mut tables: Vec<Table<'_>> = Vec::new();
        let mut elsewhere = Vec::new();
        for sheet in sheets {
            let place = Place { sheet: sheet.name.as_str().into(), ..Place::file(name) };
            if sheet.hidden {
                findings.push(Finding::note(Some(place), "the sheet is hidden: it was left out"));
                continue;
            }
            let found = table::find(name, sheet, findings);
            let before = tables.len();
            tables.extend(found.into_iter().filter(|table| !table.rows.is_empty()));
            if tables.len() > before && is_aside(&sheet.name) {
                let message = format!(
                    "the sheet is called \"{}\": are its rows of today? They were taken; hide the sheet to leave it out",
                    place::shortened(&sheet.name)
                );
                findings.push(Finding::question(Some(place), message));
            } else if tables.len() == before && !sheet.name.is_empty() {
                elsewhere.extend(table::lines(name, sheet));
                findings.push(Finding::note(Some(place), "no table of risks stands on this sheet"));
            }
        }
        if tables.is_empty() {
            let place = Some(Place::file(name));
            let cure = "a table needs a row of headings such as Risk, Events per year, Loss, Measure, Cost";
            let mut all = std::mem::take(findings);
            let none = || Finding::fault(Code::NoTable, place, "no table of risks or measures was found", cure);
            all.push(turned::nearly(name, sheets).unwrap_or_else(none));
            return Err(Refusal { findings: all, mapping: None });
        }
        table::share_style(&mut tables);
        table::share_lines(&mut tables);
        let mut open: Vec<Vec<usize>> = Vec::new();
        for table in &mut tables {
            table.lines.extend(elsewhere.iter().cloned());
            table.count(findings);
            let headings = table.columns.iter().map(|column| (table.sheet.name.clone(), column.heading.clone()));
            self.headings.extend(headings);
            let mapping = self.mapping.for_table(table, findings);
            open.push(columns::resolve(table, &mapping, self.scale.is_some(), findings));
            let is_figure = |column: &&Column| column.meaning.is_some_and(|meaning| meaning.role.is_numeric());
            table.columns.iter().filter(is_figure).for_each(|column| self.typed = self.typed.with(column.typed));
        }
        // Of several tables those that name nothing are levels, summaries or key figures.
        let is_other = tables.iter().any(register::names_any);
        let is_left = |table: &Table<'_>| (table.is_foreign || is_other) && !register::names_any(table);
        let mut doubts: Vec<(usize, usize)> = Vec::new();
        let mut kept: Vec<Table<'_>> = Vec::new();
        for (table, found) in tables.into_iter().zip(open) {
            // Of one that holds no figures either, such as a list of words, a note is enough.
            let is_empty = found.is_empty() && register::names_nothing(&table);
            if is_left(&table) && !is_empty {
                let place = table.rows.first().map(|row| table.row_place(row));
                let rows = match table.rows.len() {
                    1 => "its row was".to_owned(),
                    count => format!("its {count} rows were"),
                };
                let message = format!(
                    "no heading of the table that begins here names a risk or a measure: {rows} left out; where they are risks, say in the mapping which column names them"
                );
                findings.push(Finding::question(place, message));
                continue;
            }
            doubts.extend(found.into_iter().map(|column| (kept.len(), column)));
            kept.push(table);
        }
        let mut tables = kept;
        let mapping = mapping::written(name, &tables, &doubts, &[]);
        self.mappings.push_str(&mapping);
        if !doubts.is_empty() {
            let mut all = std::mem::take(findings);
            for (number, column) in doubts {
                let table = &tables[number];
                let Some(column) = table.columns.iter().find(|known| known.index == column) else { continue };
                let place = table.heading_place(column);
                let message = match &column.guess {
                    _ if column.doubt.is_some() => column.doubt.clone().unwrap_or_default(),
                    heading::Guess::Unknown => "the heading is not known, and its cells hold numbers".to_owned(),
                    heading::Guess::Doubt(roles) => {
                        let names: Vec<&str> = roles.iter().map(|role| role.name()).collect();
                        format!("the heading could name {}", names.join(" or "))
                    }
                    heading::Guess::Clear(meaning) => {
                        format!("another column holds {} too", mapping::meaning_name(*meaning))
                    }
                };
                all.push(Finding::fault(
                    Code::Headings,
                    Some(place),
                    message,
                    "say in the mapping what the column holds, or \"ignore\"",
                ));
            }
            return Err(Refusal { findings: all, mapping: Some(mapping) });
        }
        // A sheet of drop-down lists is no register, and nor is one that the mapping leaves out.
        let is_kept = tables.iter().any(|table| !register::names_nothing(table));
        tables.retain(|table| {
            let is_left = register::names_nothing(table) && (is_kept || register::is_ignored(table));
            if is_left {
                let place = Place { sheet: table.sheet.name.as_str().into(), ..Place::file(name) };
                let message = "no column names a risk or a measure: the table was left out";
                findings.push(Finding::note(Some(place), message));
            }
            !is_left
        });
        if self.scale.is_none() {
            let scored: Vec<Place> = tables.iter().filter_map(register::needs_scale).collect();
            if !scored.is_empty() {
                let mut all = std::mem::take(findings);
                all.extend(scored.into_iter().map(|place| {
                    Finding::fault(
                        Code::NoScale,
                        Some(place),
                        "the column holds scores, and nothing says which frequency or amount a score stands for",
                        "`rosi import --scale-template > scale.csv` writes a scale to complete and approve; use it with --scale scale.csv",
                    )
                }));
                return Err(Refusal { findings: all, mapping: Some(mapping) });
            }
        }
        if let Some(scale) = &self.scale {
            let faults: Vec<Finding> = {
                let currency = self.draft.currency.as_deref().and_then(Currency::from_code);
                scale
                    .in_currency(currency)
                    .into_iter()
                    .chain(tables.iter().flat_map(|table| scale.against(table)))
                    .collect()
            };
            if !faults.is_empty() {
                let mut all = std::mem::take(findings);
                all.extend(faults);
                return Err(Refusal { findings: all, mapping: None });
            }
        }
        // Measures may name the risks of another table.
        let ids = register::control_ids(&tables);
        let (measures, risks): (Vec<&Table<'_>>, Vec<_>) =
            tables.iter().partition(|table| register::is_of_measures(table));
        for table in risks.into_iter().chain(measures) {
            register::Register::new(table, self.scale.as_ref(), &mut self.draft, &ids).read();
        }
        Ok(())
    }
}

/// Counts the currencies that a sheet names: in its headings and amounts, by a sign or one of the usual codes. A heading
/// and a line outside of the table speak of all rows.
fn currencies(name: &str, sheet: &Sheet, seen: &mut BTreeMap<String, usize>) {
    for line in table::lines(name, sheet) {
        *seen.entry(line.currency().unwrap_or_default().to_owned()).or_default() += sheet.rows.len();
    }
    for cell in sheet.rows.iter().take(2_000).flat_map(|row| &row.cells).filter(|cell| cell.number.is_none()) {
        // "CAD server fails" is about no dollars.
        let is_figure = cell.text.chars().any(|c| c.is_ascii_digit());
        if cell.text.len() > 200
            || !is_figure && cell.text.len() > 5 && heading::guess(&cell.text) == heading::Guess::Unknown
        {
            continue;
        }
        // "RS-54" is the number of a risk, not 54 rupees.
        let is_number = cell.text.split_once(['-', '_']).is_some_and(|(letters, digits)| {
            !letters.is_empty()
                && letters.chars().all(char::is_alphabetic)
                && digits.starts_with(|c: char| c.is_ascii_digit())
        });
        // Digits right behind a code are no part of its word: "USD1,500".
        let text = if is_figure { cell.text.replace(|c: char| c.is_ascii_digit(), " ") } else { cell.text.clone() };
        let read = number::amount(&cell.text, None).ok().and_then(|amount| amount.currency);
        let common = |code: &String| code.len() < 3 || Currency::common_codes().contains(&code.as_str());
        let code = read.filter(common).or_else(|| number::heading_unit(&text).1);
        if let Some(code) = code.filter(|_| !is_number) {
            *seen.entry(code).or_default() += match heading::guess(&cell.text) {
                heading::Guess::Unknown => 1,
                _ => sheet.rows.len(),
            };
        }
    }
}
