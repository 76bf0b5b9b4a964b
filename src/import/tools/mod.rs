//! Files of other tools: which tool saved this, and what do its keys mean here?

mod ciso;
mod crml;
mod crq_engine;
mod evaluator;
mod figures;
mod lists;
mod oscal;
mod pyfair;

pub(super) use ciso::day_rate;
use std::collections::BTreeMap;

use super::grid::{Cell, Row, Sheet};
use super::place::{Code, Finding, Place};
use super::tree::{Branch, Document};
use super::{Context, Refusal};
use crate::units::Currency;

pub(super) use evaluator::{Levels, is_scale};
use figures::Columns;
pub(super) use figures::{Figures, Kind as Number};

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A table of risks or measures.
    Table,
    /// Applied controls of CISO Assistant.
    CisoControls,
    /// A saved answer of CISO Assistant's quantification.
    CisoCrq,
    /// A document of CRML.
    Crml,
    /// Input of riskquant.
    Riskquant,
    /// Estimates of experts for quantrr.
    Quantrr,
    /// A survey of evaluator.
    Evaluator,
    /// Scenarios of the CRQ Engine.
    CrqEngine,
    /// A model or metamodel of pyfair.
    Pyfair,
    /// A register of NIST IR 8286.
    Nist,
    /// A plan of action of OSCAL.
    Oscal,
}

impl Kind {
    /// Every kind with its name on the command line.
    pub const NAMES: [(&'static str, Self); 11] = [
        ("table", Self::Table),
        ("ciso-assistant-controls", Self::CisoControls),
        ("ciso-assistant-crq", Self::CisoCrq),
        ("crml", Self::Crml),
        ("riskquant", Self::Riskquant),
        ("quantrr", Self::Quantrr),
        ("evaluator", Self::Evaluator),
        ("crq-engine", Self::CrqEngine),
        ("pyfair", Self::Pyfair),
        ("nist-8286", Self::Nist),
        ("oscal", Self::Oscal),
    ];

    /// Whether its files are trees of keys.
    pub(super) fn is_tree(self) -> bool {
        matches!(self, Self::CisoCrq | Self::Crml | Self::CrqEngine | Self::Pyfair | Self::Nist | Self::Oscal)
    }

    fn name(self) -> &'static str {
        Self::NAMES.iter().find(|(_, kind)| *kind == self).map_or("table", |(name, _)| name)
    }
}

/// Whether a text begins as a document of CRML does.
pub(super) fn is_crml(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim_start).filter(|line| !line.is_empty() && !line.starts_with(['#', '-']));
    lines.next().and_then(|line| line.split_once(':')).is_some_and(|(key, _)| key.starts_with("crml"))
}

/// The tool that saved a tree.
pub(super) fn recognise(document: &Document) -> Option<Kind> {
    let root = document.root();
    let has = |key: &str| root.get(key).is_some();
    let any =
        |prefix: &str| root.entries().iter().any(|(key, _)| *key == prefix || key.starts_with(&format!("{prefix}_")));
    if any("crml") {
        return Some(Kind::Crml);
    }
    if has("plan-of-action-and-milestones") {
        return Some(Kind::Oscal);
    }
    if has("hypotheses") && has("scenarios") {
        return Some(Kind::CisoCrq);
    }
    let first = |key: &str| root.get(key).and_then(|list| list.items().into_iter().next());
    if first("scenarios")
        .is_some_and(|scenario| scenario.get("contact_frequency").is_some() || scenario.get("primary_loss").is_some())
    {
        return Some(Kind::CrqEngine);
    }
    if root.text("type").starts_with("Fair") || root.get("Loss Magnitude").is_some() {
        return Some(Kind::Pyfair);
    }
    let records = if root.is_list() { root.items() } else { first_list(&root) };
    if records
        .first()
        .is_some_and(|record| record.get("riskLikelihood").is_some() || record.get("exposureRating").is_some())
    {
        return Some(Kind::Nist);
    }
    None
}

fn first_list<'a>(root: &Branch<'a>) -> Vec<Branch<'a>> {
    root.entries()
        .into_iter()
        .map(|(_, child)| child)
        .find(Branch::is_list)
        .map(|list| list.items())
        .unwrap_or_default()
}

/// Reads a tree of a tool.
pub(super) fn read(document: &Document, context: &mut Context) -> Result<(), Refusal> {
    let root = document.root();
    let place = Place { row: 0, ..root.place() };
    let Some(kind) = context.kind.or_else(|| recognise(document)) else {
        return Err(Finding::fault(
            Code::NoTable,
            Some(place),
            "the file is none of the kinds that are known, and holds no list of risks",
            "say its kind with --as, or bring its risks as a list of entries",
        )
        .into());
    };
    context.draft.findings.push(Finding::note(Some(place.clone()), format!("read as {}", kind.name())));
    document.judge(context);
    match kind {
        Kind::Crml => crml::read(&root, context),
        Kind::Oscal => oscal::read(&root, context),
        Kind::CisoCrq => ciso::crq(&root, context)?,
        Kind::CrqEngine => crq_engine::read(&root, context),
        Kind::Pyfair => pyfair::read(&root, context),
        Kind::Nist => {
            let records = if root.is_list() { root.items() } else { first_list(&root) };
            lists::nist(&records, context);
        }
        Kind::Table | Kind::CisoControls | Kind::Riskquant | Kind::Quantrr | Kind::Evaluator => {
            let message = format!("this is a tree of keys, and --as {} reads a table", kind.name());
            return Err(Finding::fault(
                Code::Unreadable,
                Some(place),
                message,
                "leave --as away, or name another kind",
            )
            .into());
        }
    }
    context.draft.findings.extend(document.faults());
    Ok(())
}

/// The index of a heading in a row.
fn heading(row: &Row, name: &str) -> Option<usize> {
    row.cells.iter().position(|cell| cell.text.eq_ignore_ascii_case(name))
}

/// Reads sheets that a tool saved; false where they are a table of somebody's own.
pub(super) fn read_sheets(name: &str, sheets: &[Sheet], context: &mut Context) -> Result<bool, Refusal> {
    let first =
        sheets.first().and_then(|sheet| sheet.rows.iter().find(|row| !row.is_empty() && !row.text(0).starts_with('#')));
    let has = |heads: &[&str]| first.is_some_and(|row| heads.iter().all(|head| heading(row, head).is_some()));
    let shows = |texts: &[&str]| {
        sheets
            .iter()
            .any(|sheet| sheet.rows.iter().take(200).any(|row| texts.iter().all(|text| heading(row, text).is_some())))
    };
    let kind = context.kind.unwrap_or_else(|| {
        if has(&["build_fixed_cost", "run_fixed_cost"]) {
            Kind::CisoControls
        } else if has(&["Risk", "Expert"])
            || has(&["Risk", "Description"]) && first.is_some_and(|row| row.filled() == 2)
        {
            Kind::Quantrr
        } else if shows(&["DIFF", "CapabilityID"]) || shows(&["TEF", "TC", "LM"]) {
            Kind::Evaluator
        } else if shows(&["Target Name", "mode"]) {
            Kind::Pyfair
        } else if sheets.len() == 1 && lists::is_riskquant(&sheets[0]) {
            Kind::Riskquant
        } else {
            Kind::Table
        }
    });
    let note = Finding::note(Some(Place::file(name)), format!("read as {}", kind.name()));
    let sheet = sheets.first().ok_or_else(|| {
        Refusal::from(Finding::fault(
            Code::NoTable,
            Some(Place::file(name)),
            "the workbook has no sheet",
            "name another file",
        ))
    })?;
    match kind {
        Kind::CisoControls => ciso::controls(name, sheet, context)?,
        Kind::Quantrr => lists::quantrr(name, sheet, context),
        Kind::Evaluator => evaluator::read(name, sheets, context)?,
        Kind::Pyfair => pyfair::workbook(name, sheets, context)?,
        Kind::Riskquant => lists::riskquant(name, sheet, context),
        Kind::Table => return Ok(false),
        Kind::CisoCrq | Kind::Crml | Kind::CrqEngine | Kind::Nist | Kind::Oscal => {
            let message = format!("this is a table, and --as {} reads a tree of keys, in JSON or YAML", kind.name());
            let cure = "leave --as away, or name another kind";
            return Err(Finding::fault(Code::Unreadable, Some(Place::file(name)), message, cure).into());
        }
    }
    context.draft.findings.push(note);
    Ok(true)
}

/// Counts the currencies that a tree names under keys such as `currency`.
pub(super) fn currencies(document: &Document, seen: &mut BTreeMap<String, usize>) {
    fn look(branch: &Branch<'_>, seen: &mut BTreeMap<String, usize>) {
        for (key, child) in branch.entries() {
            if key.to_lowercase().contains("currency") {
                let written = child.written().unwrap_or_default();
                let known = super::number::currency(&written);
                if let Some(code) = known.or_else(|| Currency::from_code(&written).map(|known| known.code().to_owned()))
                {
                    *seen.entry(code).or_default() += 1;
                }
            }
            let amount = child.text_here().and_then(|text| super::number::amount(text, None).ok());
            if let Some(code) = amount.and_then(|amount| amount.currency) {
                *seen.entry(code).or_default() += 1;
            }
            look(&child, seen);
        }
        if branch.is_list() {
            branch.items().iter().for_each(|item| look(item, seen));
        }
    }
    look(&document.root(), seen);
}

/// The tables that lists of alike entries are: their keys are the headings. Several have the names of their lists.
pub(super) fn sheets_of(document: &Document) -> Vec<Sheet> {
    let root = document.root();
    let alike = |list: &Branch<'_>| {
        list.is_list() && !list.items().is_empty() && list.items().iter().all(|item| item.table().is_some())
    };
    let lists: Vec<(&str, Branch<'_>)> = if root.is_list() { vec![("", root.clone())] } else { root.entries() };
    let lists: Vec<_> = lists.into_iter().filter(|(_, list)| alike(list)).collect();
    let is_alone = lists.len() == 1;
    lists.iter().map(|(name, list)| sheet_of(if is_alone { "" } else { name }, list, &root)).collect()
}

/// The table that a list is.
fn sheet_of(name: &str, list: &Branch<'_>, root: &Branch<'_>) -> Sheet {
    let items = list.items();
    let mut columns: BTreeMap<String, usize> = BTreeMap::new();
    let mut headings: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for flat in items.iter().flat_map(spread) {
        let mut cells: Vec<(usize, Cell)> = Vec::new();
        for (key, text) in flat {
            let column = *columns.entry(key.clone()).or_insert_with(|| {
                headings.push(key);
                headings.len() - 1
            });
            cells.push((column, Cell::text(&text)));
        }
        rows.push(cells);
    }
    let width = headings.len();
    let of = |number: usize, cells: Vec<Cell>| Row { number, hidden: false, length: width, cells };
    let header = of(1, headings.iter().map(|heading| Cell::text(heading)).collect());
    let data = rows.into_iter().enumerate().map(|(index, cells)| {
        let mut filled = vec![Cell::default(); width];
        for (column, cell) in cells {
            filled[column] = cell;
        }
        of(index + 2, filled)
    });
    // What stands beside the list, by itself or among settings, may say what its amounts count in.
    let said = |(key, child): (&str, Branch<'_>)| Some((key.replace('_', " "), child.written()?));
    let beside = root.entries().into_iter().flat_map(|(key, child)| match child.table() {
        Some(_) => child.entries().into_iter().filter_map(said).collect(),
        None => said((key, child)).into_iter().collect::<Vec<_>>(),
    });
    let above = beside.map(|(key, text)| of(0, vec![Cell::text(&key), Cell::text(&text)]));
    let rows = above.chain(std::iter::once(header)).chain(data).collect();
    Sheet { name: name.to_owned(), rows, ..Sheet::default() }
}

/// Whether a key names a list of risks.
fn is_of_risks(key: &str) -> bool {
    const RISKS: &str = "risks|risiken|risques|riesgos|rischi|risicos|scenarios|threats";
    let words = crate::import::heading::split(key);
    words.last().is_some_and(|word| crate::import::heading::is_one_of(word, RISKS))
}

/// The rows of an entry: one for each of the entries that it lists, such as its controls.
fn spread(item: &Branch<'_>) -> Vec<Vec<(String, String)>> {
    let mut base = Vec::new();
    flatten(item, "", &mut base);
    let is_list = |branch: &Branch<'_>| branch.is_list() && branch.items().iter().any(|item| item.table().is_some());
    let mut rows = Vec::new();
    for (key, list) in item.entries().into_iter().filter(|(_, child)| is_list(child)) {
        // A list of risks makes of the entry a group of them.
        if is_of_risks(key) {
            let group: Vec<&str> = base.iter().map(|(_, text)| text.as_str()).collect();
            let group = ("belongs to".to_owned(), group.join(", "));
            for risk in list.items().iter().flat_map(spread) {
                rows.push(std::iter::once(group.clone()).chain(risk).collect());
            }
            continue;
        }
        for entry in list.items() {
            let mut cells = Vec::new();
            flatten(&entry, key, &mut cells);
            // The name of a control is the control.
            let named = cells
                .into_iter()
                .map(|(name, text)| (if name == format!("{key} name") { key.to_owned() } else { name }, text));
            rows.push(base.iter().cloned().chain(named).collect());
        }
    }
    if rows.is_empty() { vec![base] } else { rows }
}

fn flatten(branch: &Branch<'_>, path: &str, flat: &mut Vec<(String, String)>) {
    for (key, child) in branch.entries() {
        let name = if path.is_empty() { key.to_owned() } else { format!("{path} {key}") };
        if let Some(text) = child.written() {
            flat.push((name, text));
        } else if child.is_list() {
            let texts: Vec<String> = child.items().iter().filter_map(Branch::written).collect();
            if !texts.is_empty() {
                flat.push((name, texts.join("; ")));
            }
        } else {
            flatten(&child, &name, flat);
        }
    }
}
