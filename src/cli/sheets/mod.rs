//! What stands in the cells of a workbook, whoever saved it last?
//!
//! An office program that opens and saves a workbook writes other bytes: other styles, other order, a recalculation.
//! What a reader sees are values, formulas and how numbers are shown, so those are compared, with what hides or covers
//! them. The format is ECMA-376, part 1, 18.3 to 18.8; parts are found by their relations, as office programs do. Widths,
//! colours and the drawing of charts are not compared.

pub(super) mod formula;
mod xml;

use std::collections::{BTreeMap, BTreeSet};

use crate::archive;
use crate::number_format::{self, Part};
use formula::{is_near, is_same as is_same_formula};
use xml::Node;

/// A workbook, read.
#[derive(Debug, Default)]
pub(crate) struct Sheets {
    /// By sheet and cell, in the order of the sheets.
    cells: Vec<(String, Cells)>,
    /// What the names in formulas stand for.
    names: BTreeMap<String, String>,
    /// What hides cells or stands over them, as it is told.
    covers: BTreeSet<String>,
    /// Which run it came from, as it was written.
    pub provenance: String,
}

/// What the cells of a sheet hold, by row and column.
type Cells = BTreeMap<(u32, u32), Content>;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Default)]
struct Content {
    value: String,
    is_number: bool,
    /// Without blanks and the sign before it; empty where there is none.
    formula: String,
    /// What its number format makes of a number.
    shown: Shown,
}

/// What a number format does to a number beside its digits, part by part: digits or none, the parts of a hundred, the
/// thousands that are left away, and letters or digits of its own.
type Shown = Vec<(bool, usize, usize, String)>;

/// The parts of a workbook, by their names in small letters.
struct Parts(BTreeMap<String, Vec<u8>>);

impl Parts {
    fn read(&self, path: &str) -> Result<Node, String> {
        let bytes = self.0.get(&path.to_lowercase()).ok_or_else(|| format!("it has no {path}"))?;
        Node::read(bytes).map_err(|why| format!("{path}: {why}"))
    }

    /// What a part is related to: the id, the last word of the kind and the path of each.
    fn related(&self, path: &str) -> Result<Vec<(String, String, String)>, String> {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let list = format!("{folder}/_rels/{file}.rels");
        let list = list.trim_start_matches('/');
        if !self.0.contains_key(&list.to_lowercase()) {
            return Ok(Vec::new());
        }
        let mut found: Vec<(String, String, String)> = Vec::new();
        for relation in self.read(list)?.all("Relationship") {
            let of = |name: &str| relation.attribute(name).unwrap_or_default().to_owned();
            let (id, kind, target) = (of("Id"), of("Type"), of("Target"));
            if found.iter().any(|(other, ..)| *other == id) {
                return Err(format!("{list}: the relation {id} stands twice"));
            }
            if relation.attribute("TargetMode") == Some("External") {
                continue;
            }
            let mut whole: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
            for step in target.split('/') {
                match step {
                    "" | "." => {}
                    ".." => _ = whole.pop(),
                    step => whole.push(step),
                }
            }
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            found.push((id, kind, whole.join("/").trim_start_matches('/').to_owned()));
        }
        Ok(found)
    }

    /// The one part of a kind that a part is related to.
    fn one(&self, path: &str, kind: &str) -> Result<Option<String>, String> {
        let mut all = self.related(path)?.into_iter().filter(|(_, other, _)| other == kind).map(|(.., path)| path);
        let found = all.next();
        if all.next().is_some() {
            return Err(format!("it has more than one part of the kind {kind}"));
        }
        Ok(found)
    }
}

/// Entries that rosi never writes, by how they begin: what they hold shows over cells or runs.
const FOREIGN: [&str; 10] = [
    "comments",
    "threadedcomments",
    "media/",
    "embeddings/",
    "activex/",
    "macrosheets/",
    "vbaproject",
    "externallinks/",
    "ctrlprops/",
    "drawings/vmldrawing",
];

impl Sheets {
    /// Reads a workbook whole.
    ///
    /// # Errors
    /// Why it cannot be unpacked or is no workbook that an office program would show in one way.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, String> {
        let mut parts = Parts(BTreeMap::new());
        archive::bounded(bytes, |name, piece| {
            let name = name.to_lowercase();
            if name.ends_with(".xml") || name.ends_with(".rels") {
                parts.0.entry(name).or_default().extend_from_slice(piece);
            } else {
                parts.0.entry(name).or_default();
            }
        })
        .map_err(|why| why.to_string())?;
        let path = parts.one("", "officeDocument")?.ok_or("it names no workbook")?;
        let book = parts.read(&path)?;
        if book.all("workbookPr").any(|properties| properties.is("date1904")) {
            return Err("it counts its days from 1904, so that they would be read four years early".to_owned());
        }
        let strings: Vec<String> = match parts.one(&path, "sharedStrings")? {
            Some(path) => parts.read(&path)?.all("si").map(Node::said).collect(),
            None => Vec::new(),
        };
        let (formats, own_numbers) = match parts.one(&path, "styles")? {
            Some(path) => {
                let styles = parts.read(&path)?;
                (formats(&styles), own_numbers(&styles))
            }
            None => (Vec::new(), Vec::new()),
        };
        let mut sheets = Self::default();
        for calculation in book.all("calcPr") {
            if calculation.attribute("fullPrecision").is_some_and(|said| matches!(said, "0" | "false")) {
                sheets.covers.insert("it reckons with the digits that it shows".to_owned());
            }
            if calculation.attribute("calcMode") == Some("manual") {
                sheets.covers.insert("it reckons only when it is told to".to_owned());
            }
        }
        for (name, node) in book.within("definedNames", "definedName").map(|node| (node.attribute("name"), node)) {
            let name = name.unwrap_or_default();
            let name = match node.attribute("localSheetId") {
                // These are for printing and filtering.
                Some(_) if name.to_lowercase().starts_with("_xlnm.") => continue,
                Some(sheet) => format!("{name} of sheet {sheet} alone"),
                None => name.to_owned(),
            };
            if sheets.names.insert(name.clone(), plain(&node.text)).is_some() {
                return Err(format!("the name {name} stands twice"));
            }
        }
        let related = parts.related(&path)?;
        for sheet in book.all("sheets").flat_map(|sheets| &sheets.children) {
            if sheet.name != "sheet" {
                return Err("its list of sheets holds something else".to_owned());
            }
            let name = sheet.attribute("name").unwrap_or_default().to_owned();
            if sheets.cells.iter().any(|(other, _)| other.to_lowercase() == name.to_lowercase()) {
                return Err(format!("the sheet \"{name}\" stands twice"));
            }
            let id = sheet.attribute(":id").unwrap_or_default();
            let path = related.iter().find(|(other, ..)| other == id).map(|(.., path)| path);
            let path = path.ok_or_else(|| format!("the sheet \"{name}\" has no part"))?;
            if sheet.attribute("state").is_some_and(|state| state != "visible") {
                sheets.covers.insert(format!("the sheet {name} is hidden"));
            }
            let page = parts.read(path)?;
            sheets.covers.extend(covers(&name, &page, &own_numbers));
            let cells = cells(&page, &strings, &formats).map_err(|why| format!("sheet \"{name}\": {why}"))?;
            sheets.cells.push((name, cells));
        }
        for name in parts.0.keys() {
            let within = name.strip_prefix("xl/").unwrap_or_default();
            if FOREIGN.iter().any(|foreign| within.starts_with(foreign)) {
                sheets.covers.insert(format!("it holds {name}"));
            }
            if within.starts_with("drawings/") && name.ends_with(".xml") {
                let drawing = parts.read(name)?;
                let nodes = drawing.deep();
                if nodes.iter().any(|node| matches!(node.name.as_str(), "sp" | "pic" | "cxnSp")) {
                    sheets.covers.insert("a box or a picture stands over its cells".to_owned());
                }
            }
        }
        if let Some(path) = parts.one("", "custom-properties")? {
            let properties = parts.read(&path)?;
            let mut pieces: Vec<(usize, String)> = Vec::new();
            for property in properties.all("property") {
                let place = property.attribute("name").and_then(|name| name.strip_prefix(crate::report::PROVENANCE));
                let text = property.children.iter().map(|child| child.text.as_str()).collect();
                pieces.extend(place.and_then(|place| Some((place.trim().parse().ok()?, text))));
            }
            pieces.sort();
            sheets.provenance = pieces.into_iter().map(|(_, text)| text).collect();
        }
        Ok(sheets)
    }

    /// Where two workbooks hold something else.
    pub(crate) fn differences(&self, fresh: &Self) -> Vec<String> {
        let mut found = Vec::new();
        let names = |sheets: &Self| sheets.cells.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        if names(self) != names(fresh) {
            found.push(format!("the sheets are {}; anew {}", names(self).join(", "), names(fresh).join(", ")));
            return found;
        }
        found.extend(self.covers.difference(&fresh.covers).cloned());
        found.extend(fresh.covers.difference(&self.covers).map(|cover| format!("no longer so: {cover}")));
        for name in self.names.keys().chain(fresh.names.keys().filter(|name| !self.names.contains_key(*name))) {
            let of = |names: &BTreeMap<String, String>| names.get(name).cloned().unwrap_or("nothing".to_owned());
            let (a, b) = (of(&self.names), of(&fresh.names));
            if a != b {
                found.push(format!("the name {name}: {a} in the paper, {b} anew"));
            }
        }
        for ((name, written), (_, fresh)) in self.cells.iter().zip(&fresh.cells) {
            let places: BTreeSet<_> = written.keys().chain(fresh.keys()).collect();
            for place in places {
                let of = |cells: &Cells| cells.get(place).cloned().unwrap_or_default();
                let (a, b) = (of(written), of(fresh));
                let at = format!("{name}, cell {}", address(*place));
                if !a.is_same(&b) {
                    found.push(format!("{at}: {} in the paper, {} anew", a.told(), b.told()));
                } else if a.is_number && a.shown != b.shown {
                    found.push(format!("{at}: its number is shown in another way than anew"));
                }
            }
        }
        found
    }
}

impl Content {
    fn is_same(&self, other: &Self) -> bool {
        let number = |content: &Self| content.value.parse::<f64>().ok().filter(|_| content.is_number);
        let value = match (number(self), number(other)) {
            (Some(a), Some(b)) => is_near(a, b),
            _ => self.is_number == other.is_number && self.value == other.value,
        };
        value && (self.formula == other.formula || is_same_formula(&self.formula, &other.formula))
    }

    fn told(&self) -> String {
        let cut = |text: &str| text.chars().take(80).collect::<String>();
        match self.formula.as_str() {
            "" if self.value.is_empty() => "nothing".to_owned(),
            "" if self.is_number => cut(&self.value),
            "" => format!("\"{}\"", cut(&self.value)),
            formula => format!("{} (={})", cut(&self.value), cut(formula)),
        }
    }
}

/// What each style of cells does to a number.
fn formats(styles: &Node) -> Vec<Shown> {
    let own: BTreeMap<&str, &str> = styles
        .within("numFmts", "numFmt")
        .filter_map(|format| Some((format.attribute("numFmtId")?, format.attribute("formatCode")?)))
        .collect();
    let of = |id: &str| match (own.get(id), id) {
        (Some(code), _) => shown(code),
        // Those that need no code: percents, and dates.
        (None, "9" | "10") => shown("0%"),
        (None, "14" | "15" | "16" | "17" | "18" | "19" | "20" | "21" | "22" | "45" | "46" | "47") => shown("yyyy"),
        (None, "49") => shown("@"),
        _ => shown("0"),
    };
    styles.within("cellXfs", "xf").map(|style| of(style.attribute("numFmtId").unwrap_or("0"))).collect()
}

/// What a number format does to a number beside its digits.
fn shown(code: &str) -> Shown {
    let mut parts = vec![(false, 0, 0, String::new())];
    for found in number_format::parts(code) {
        let last = parts.len() - 1;
        let part = &mut parts[last];
        match found {
            Part::Digit => part.0 = true,
            Part::Percent => part.1 += 1,
            Part::Thousand => part.2 += 1,
            Part::Text(text) => part.3.push_str(&text),
            // A condition; currencies, languages and colours are the program's.
            Part::Bracket(text) => part.3.extend(text.chars().skip_while(|c| *c != '=')),
            Part::Sign(c) => part.3.push(c),
            Part::Section => parts.push((false, 0, 0, String::new())),
        }
    }
    // A general number says nothing of its own.
    for part in &mut parts {
        if part.3.eq_ignore_ascii_case("general") {
            *part = (true, 0, 0, String::new());
        }
        part.3.retain(|c| c.is_alphanumeric());
    }
    parts
}

/// Which differential styles, by their place, show numbers in a way of their own.
fn own_numbers(styles: &Node) -> Vec<bool> {
    styles.within("dxfs", "dxf").map(|style| style.children.iter().any(|child| child.name == "numFmt")).collect()
}

/// What hides rows and columns of a sheet, stands over its cells, or shows them in another way than they are.
fn covers(name: &str, page: &Node, own_numbers: &[bool]) -> Vec<String> {
    // Nobody reads a row so low, or a column so narrow.
    const LOWEST: f64 = 4.0;
    const NARROWEST: f64 = 0.6;
    let said = |node: &Node, what: &str| node.attribute(what).unwrap_or_default().to_owned();
    let size = |node: &Node, what: &str, least: f64| {
        node.attribute(what).and_then(|size| size.parse::<f64>().ok()).is_some_and(|size| size < least)
    };
    let mut found = Vec::new();
    let rows = page.within("sheetData", "row").filter(|row| row.is("hidden") || size(row, "ht", LOWEST));
    found.extend(rows.map(|row| format!("row {} of {name} is hidden", said(row, "r"))));
    let columns = page.within("cols", "col").filter(|column| column.is("hidden") || size(column, "width", NARROWEST));
    found.extend(columns.map(|column| format!("column {} of {name} is hidden", said(column, "min"))));
    let merged = page.within("mergeCells", "mergeCell");
    found.extend(merged.map(|merged| format!("the cells {} of {name} are one", said(merged, "ref"))));
    for view in page.within("sheetViews", "sheetView") {
        let begins = view.attribute("topLeftCell").filter(|cell| *cell != "A1");
        let is_frozen = view.children.iter().any(|child| child.name == "pane");
        found.extend(begins.filter(|_| is_frozen).map(|cell| format!("{name} is shown from {cell} on")));
        if view.is("showFormulas") {
            found.push(format!("{name} shows formulas in place of figures"));
        }
        if view.attribute("showZeros").is_some_and(|said| matches!(said, "0" | "false")) {
            found.push(format!("{name} does not show what is 0"));
        }
    }
    for format in page.all("conditionalFormatting") {
        let cells = said(format, "sqref");
        for rule in format.children.iter().filter(|child| child.name == "cfRule") {
            let style = rule.attribute("dxfId").and_then(|style| style.parse::<usize>().ok());
            let formula: String =
                rule.children.iter().filter(|child| child.name == "formula").map(|f| plain(&f.text)).collect();
            found.push(format!("{name} colours {cells} where {formula}"));
            if style.is_some_and(|style| own_numbers.get(style).copied().unwrap_or_default()) {
                found.push(format!("{name} shows the numbers of {cells} in a way of its own"));
            }
        }
    }
    found
}

/// The cells of a sheet that hold something, by row and column.
fn cells(page: &Node, strings: &[String], formats: &[Shown]) -> Result<Cells, String> {
    let mut found = Cells::new();
    let mut seen = BTreeSet::new();
    let mut shared: BTreeMap<&str, ((u32, u32), String)> = BTreeMap::new();
    let mut tables = page.all("sheetData");
    let data = tables.next();
    // Another set of cells, or one that a program would take instead.
    let beside = page.children.iter().filter(|child| child.name != "sheetData");
    if tables.next().is_some() || beside.flat_map(Node::deep).any(|node| node.name == "sheetData") {
        return Err("it has two sets of cells".to_owned());
    }
    let mut row = 0;
    for line in data.iter().flat_map(|data| &data.children) {
        row = match line.attribute("r") {
            Some(number) => number.parse().map_err(|_| format!("\"{number}\" is no row"))?,
            None => row + 1,
        };
        let mut column = 0;
        for cell in &line.children {
            if (line.name.as_str(), cell.name.as_str()) != ("row", "c") {
                return Err(format!("something else than cells stands in row {row}"));
            }
            let at = match cell.attribute("r") {
                Some(address) => place(address).ok_or_else(|| format!("\"{address}\" is no cell"))?,
                None => (row, column + 1),
            };
            column = at.1;
            if at.0 != row || !seen.insert(at) {
                return Err(format!("the cell {} stands twice or in another row", address(at)));
            }
            let content = content(cell, at, strings, formats, &mut shared)
                .map_err(|why| format!("cell {}: {why}", address(at)))?;
            if !content.value.is_empty() || !content.formula.is_empty() {
                found.insert(at, content);
            }
        }
    }
    Ok(found)
}

fn content<'n>(
    cell: &'n Node,
    at: (u32, u32),
    strings: &[String],
    formats: &[Shown],
    shared: &mut BTreeMap<&'n str, ((u32, u32), String)>,
) -> Result<Content, String> {
    let one = |name: &'static str| {
        let mut all = cell.all(name);
        let found = all.next();
        if all.next().is_some() { Err(format!("{name} stands twice")) } else { Ok(found) }
    };
    let kind = cell.attribute("t").unwrap_or("n");
    let written = one("v")?.map_or("", |value| value.text.as_str());
    let value = match kind {
        "s" if written.is_empty() => String::new(),
        "s" => {
            let string = written.trim().parse().ok().and_then(|index: usize| strings.get(index));
            string.ok_or_else(|| format!("there is no string {written}"))?.clone()
        }
        "inlineStr" => one("is")?.map(Node::said).unwrap_or_default(),
        _ => written.to_owned(),
    };
    let formula = match one("f")? {
        None => String::new(),
        Some(formula) => {
            let text = plain(&formula.text);
            match (formula.attribute("t"), formula.attribute("si")) {
                (Some("shared"), Some(group)) if text.is_empty() => {
                    let (from, text) = shared.get(group).ok_or("a shared formula that no cell holds")?;
                    let (rows, columns) = (i64::from(at.0) - i64::from(from.0), i64::from(at.1) - i64::from(from.1));
                    formula::moved(text, rows, columns).ok_or("a shared formula that leaves the sheet")?
                }
                (Some("shared"), Some(group)) => {
                    shared.insert(group, (at, text.clone()));
                    text
                }
                (None | Some("normal"), _) => text,
                // Every cell of an array shows a part of what the formula gives.
                (Some(kind), _) => format!("{kind}:{}:{text}", formula.attribute("ref").unwrap_or_default()),
            }
        }
    };
    let is_number = kind == "n" && !value.is_empty();
    let style = cell.attribute("s").and_then(|style| style.parse::<usize>().ok()).unwrap_or(0);
    let shown = formats.get(style).filter(|_| is_number).cloned().unwrap_or_default();
    Ok(Content { value: value.replace("\r\n", "\n"), is_number, formula, shown })
}

/// A formula without the sign before it and the blanks that are not in quotes.
pub(super) fn plain(formula: &str) -> String {
    let mut quote = None;
    let mut is_told = |c: &char| {
        match quote {
            Some(open) if *c == open => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(*c),
            _ => {}
        }
        quote.is_some() || !c.is_whitespace()
    };
    let told: String = formula.trim_start_matches('=').chars().filter(|c| is_told(c)).collect();
    unquoted(&told)
}

/// The same without the quotes around sheets of letters alone, such as `'Schäden'!B2`: programs differ in those.
fn unquoted(formula: &str) -> String {
    let mut written = String::with_capacity(formula.len());
    let (mut rest, mut in_text) = (formula, false);
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match rest.split_once('\'') {
            Some((name, behind)) if c == '\'' && !in_text => {
                let is_plain = name.starts_with(char::is_alphabetic) && name.chars().all(char::is_alphanumeric);
                let quote = if is_plain && behind.starts_with('!') { "" } else { "'" };
                written.push_str(&format!("{quote}{name}{quote}"));
                rest = behind;
            }
            _ => {
                in_text ^= c == '"';
                written.push(c);
            }
        }
    }
    written
}

/// Row and column of an address such as `B12`.
fn place(address: &str) -> Option<(u32, u32)> {
    let (letters, digits) = address.split_at(address.find(|c: char| !c.is_ascii_alphabetic())?);
    let column = letters.bytes().try_fold(0_u32, |column, letter| {
        column.checked_mul(26)?.checked_add(u32::from(letter.to_ascii_uppercase() - b'@'))
    })?;
    let is_plain = column > 0 && digits.bytes().all(|digit| digit.is_ascii_digit());
    Some((digits.parse().ok().filter(|row| is_plain && *row > 0)?, column))
}

pub(super) fn address((row, column): (u32, u32)) -> String {
    format!("{}{row}", letters(column))
}

/// The letters of a column.
fn letters(mut column: u32) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column -= 1;
        letters.push(char::from(b'A' + (column % 26) as u8));
        column /= 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests;
