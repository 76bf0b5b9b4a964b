//! What stands in the cells of a workbook, whoever saved it last?
//!
//! An office program that opens and saves a workbook writes other bytes: other styles, other order, a recalculation.
//! What a reader sees are values and formulas, so those are compared. Only as much of the format (ECMA-376, part 1,
//! 18.3 and 18.4) is read as rosi and office programs write.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use rust_decimal::Decimal;

use crate::units::reading::unmistakable;

/// The most bytes of all parts once they are unpacked: a small file may claim to be a huge one.
const MOST: u64 = 256 << 20;
/// Recalculated figures agree to so much.
const SAME: f64 = 1e-9;

/// A workbook, read.
#[derive(Debug, Default)]
pub(crate) struct Sheets {
    /// By sheet and cell, in the order of the sheets.
    cells: Vec<(String, Cells)>,
    /// What the names in formulas stand for.
    names: BTreeMap<String, String>,
    /// The feet of the printed pages.
    pub feet: String,
}

/// What the cells of a sheet hold, by row and column.
type Cells = BTreeMap<(u32, u32), Content>;

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Default)]
struct Content {
    value: String,
    is_number: bool,
    /// Without blanks and the sign before it; empty where there is none, nothing where it is shared with another cell.
    formula: Option<String>,
}

/// The number of a row, and its cells.
#[cfg(feature = "calibrate")]
pub(crate) type NumberedRow = (u64, Vec<String>);

impl Sheets {
    /// Reads a workbook whole.
    ///
    /// # Errors
    /// Why it cannot be unpacked.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, String> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|fault| fault.to_string())?;
        let mut parts: BTreeMap<String, String> = BTreeMap::new();
        let mut left = MOST;
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).map_err(|fault| fault.to_string())?;
            let name = part.name().map_err(|fault| fault.to_string())?.into_owned();
            let mut bytes = Vec::new();
            // To its end, so that its check sum is looked at.
            part.by_ref().take(left + 1).read_to_end(&mut bytes).map_err(|fault| format!("{name}: {fault}"))?;
            left = left.checked_sub(bytes.len() as u64).ok_or_else(|| format!("{name} is too large"))?;
            if name.ends_with(".xml") || name.ends_with(".rels") {
                parts.insert(name, String::from_utf8_lossy(&bytes).into_owned());
            }
        }
        let part = |name: &str| parts.get(name).map_or("", String::as_str);
        let is_yes = |value: String| value == "1" || value == "true";
        if elements(part("xl/workbook.xml"), "workbookPr")
            .any(|(tag, _)| attribute(tag, "date1904").is_some_and(is_yes))
        {
            return Err("it counts its days from 1904, so that they would be read four years early".to_owned());
        }
        let strings: Vec<String> = elements(part("xl/sharedStrings.xml"), "si").map(|(_, inner)| said(inner)).collect();
        let targets: BTreeMap<String, String> = elements(part("xl/_rels/workbook.xml.rels"), "Relationship")
            .filter_map(|(tag, _)| Some((attribute(tag, "Id")?, attribute(tag, "Target")?)))
            .collect();
        let mut sheets = Self::default();
        // Those of one sheet are for printing and filtering.
        let names = elements(part("xl/workbook.xml"), "definedName")
            .filter(|(tag, _)| attribute(tag, "localSheetId").is_none())
            .filter_map(|(tag, inner)| Some((attribute(tag, "name")?, plain(inner))));
        sheets.names.extend(names);
        for (tag, _) in elements(part("xl/workbook.xml"), "sheet") {
            let (Some(name), Some(id)) = (attribute(tag, "name"), attribute(tag, "r:id")) else { continue };
            let target = targets.get(&id).map_or("", |target| target.trim_start_matches('/'));
            let path = if target.starts_with("xl/") { target.to_owned() } else { format!("xl/{target}") };
            let sheet = part(&path);
            for (_, foot) in elements(sheet, "oddFooter") {
                sheets.feet.push_str(&plain(foot).replace("&&", "&"));
                sheets.feet.push('\n');
            }
            sheets.cells.push((name, cells(sheet, &strings)));
        }
        Ok(sheets)
    }

    /// The cells of the sheet of this name, or of that with the most of them, row by row with their numbers; remarks
    /// that begin with `#` and empty rows are left out.
    #[cfg(feature = "calibrate")]
    pub(crate) fn rows(&self, sheet: Option<&str>) -> Option<(&str, Vec<NumberedRow>)> {
        let named = |wanted: &str| self.cells.iter().find(|(name, _)| name == wanted);
        let fullest = || self.cells.iter().max_by_key(|(_, cells)| cells.len());
        let found = sheet.map_or_else(fullest, named);
        let (name, cells) = found?;
        let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for ((row, column), content) in cells {
            let line = rows.entry(*row).or_default();
            // No sheet of answers is wider.
            let column = (*column as usize).saturating_sub(1).min(1000);
            if line.len() <= column {
                line.resize(column + 1, String::new());
            }
            // A typed number has one reading only; as a text it must have no other.
            let typed = content.value.parse::<Decimal>().or_else(|_| Decimal::from_scientific(&content.value)).ok();
            line[column] = match typed.filter(|_| content.is_number) {
                Some(number) => unmistakable(number),
                None => content.value.trim().to_owned(),
            };
        }
        let told = |cells: &Vec<String>| cells.iter().any(|cell| !cell.is_empty() && !cells[0].starts_with('#'));
        let rows = rows.into_iter().filter(|(_, cells)| told(cells)).map(|(row, cells)| (u64::from(row), cells));
        Some((name, rows.collect()))
    }

    /// The sheets that hold more than one row.
    #[cfg(feature = "calibrate")]
    pub(crate) fn with_rows(&self) -> impl Iterator<Item = &str> {
        let is_table =
            |cells: &Cells| cells.keys().map(|(row, _)| row).collect::<std::collections::BTreeSet<_>>().len() > 1;
        self.cells.iter().filter(move |(_, cells)| is_table(cells)).map(|(name, _)| name.as_str())
    }

    /// Where two workbooks hold something else.
    pub(crate) fn differences(&self, fresh: &Self) -> Vec<String> {
        let mut found = Vec::new();
        let names = |sheets: &Self| sheets.cells.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        if names(self) != names(fresh) {
            found.push(format!("the sheets are {}; anew {}", names(self).join(", "), names(fresh).join(", ")));
            return found;
        }
        for name in self.names.keys().chain(fresh.names.keys().filter(|name| !self.names.contains_key(*name))) {
            let of = |names: &BTreeMap<String, String>| names.get(name).cloned().unwrap_or("nothing".to_owned());
            let (a, b) = (of(&self.names), of(&fresh.names));
            if a != b {
                found.push(format!("the name {name}: {a} in the paper, {b} anew"));
            }
        }
        for ((name, written), (_, fresh)) in self.cells.iter().zip(&fresh.cells) {
            let places: std::collections::BTreeSet<_> = written.keys().chain(fresh.keys()).collect();
            for place in places {
                let nothing = Content { formula: Some(String::new()), ..Content::default() };
                let of = |cells: &Cells| cells.get(place).cloned().unwrap_or(nothing.clone());
                let (a, b) = (of(written), of(fresh));
                if !a.is_same(&b) {
                    found.push(format!(
                        "{name}, cell {}: {} in the paper, {} anew",
                        address(*place),
                        a.shown(),
                        b.shown()
                    ));
                }
            }
        }
        found
    }
}

impl Content {
    fn is_same(&self, other: &Self) -> bool {
        let formula = match (&self.formula, &other.formula) {
            (Some(a), Some(b)) => a == b || is_same_formula(a, b),
            _ => true,
        };
        let number = |content: &Self| content.value.parse::<f64>().ok().filter(|_| content.is_number);
        let value = match (number(self), number(other)) {
            (Some(a), Some(b)) => is_near(a, b),
            _ => self.is_number == other.is_number && self.value == other.value,
        };
        formula && value
    }

    fn shown(&self) -> String {
        let cut = |text: &str| text.chars().take(80).collect::<String>();
        match &self.formula {
            Some(formula) if !formula.is_empty() => format!("{} (={})", cut(&self.value), cut(formula)),
            _ if self.value.is_empty() => "nothing".to_owned(),
            _ if self.is_number => cut(&self.value),
            _ => format!("\"{}\"", cut(&self.value)),
        }
    }
}

pub(super) fn is_near(a: f64, b: f64) -> bool {
    (a - b).abs() <= SAME * a.abs().max(b.abs()).max(SAME)
}

/// Whether two formulas say the same: an office program writes the numbers in them in its own way, `1E-9` in full and
/// no more than fifteen digits.
pub(super) fn is_same_formula(a: &str, b: &str) -> bool {
    let (a, b) = (parts(a), parts(b));
    a.len() == b.len()
        && a.iter().zip(&b).all(|(a, b)| match (a, b) {
            (Ok(a), Ok(b)) => is_near(*a, *b),
            (a, b) => a == b,
        })
}

/// A formula in its numbers and what stands between them. Digits of a name, of a cell or in quotes are no number.
fn parts(formula: &str) -> Vec<Result<f64, &str>> {
    let mut parts = Vec::new();
    let (mut quote, mut named, mut from, mut at) = (None, false, 0, 0);
    while let Some(c) = formula[at..].chars().next() {
        if quote.is_none() && !named && c.is_ascii_digit() {
            let end = at + number_end(&formula[at..]);
            if let Ok(number) = formula[at..end].parse() {
                parts.extend([Err(&formula[from..at]), Ok(number)]);
                (from, at) = (end, end);
                continue;
            }
        }
        match quote {
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            _ => {}
        }
        named = c.is_alphanumeric() || matches!(c, '_' | '$' | '.');
        at += c.len_utf8();
    }
    parts.push(Err(&formula[from..]));
    parts
}

/// How long the number is that a text begins with.
fn number_end(text: &str) -> usize {
    let digits = |from: usize| text[from..].bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let whole = digits(0);
    let Some(behind) = text[whole..].strip_prefix(['E', 'e']) else { return whole };
    let sign = usize::from(behind.starts_with(['+', '-']));
    match digits(whole + 1 + sign) {
        0 => whole,
        power => whole + 1 + sign + power,
    }
}

/// The cells of a sheet that hold something, by row and column.
fn cells(sheet: &str, strings: &[String]) -> Cells {
    let mut found = Cells::new();
    for (tag, inner) in elements(sheet, "c") {
        let Some(place) = attribute(tag, "r").and_then(|address| place(&address)) else { continue };
        let kind = attribute(tag, "t").unwrap_or_default();
        let written = elements(inner, "v").next().map_or_else(String::new, |(_, value)| plain(value));
        let value = match kind.as_str() {
            "s" => written.parse().ok().and_then(|index: usize| strings.get(index).cloned()).unwrap_or_default(),
            "inlineStr" => said(inner),
            _ => written,
        };
        let formula = match elements(inner, "f").next() {
            None => Some(String::new()),
            Some((tag, "")) if attribute(tag, "t").is_some_and(|kind| kind == "shared") => None,
            Some((_, formula)) => {
                let plain = plain(formula);
                Some(plain.trim_start_matches('=').chars().filter(|c| !c.is_whitespace()).collect())
            }
        };
        let is_number = matches!(kind.as_str(), "" | "n") && !value.is_empty();
        if !value.is_empty() || formula.as_deref() != Some("") {
            found.insert(place, Content { value, is_number, formula });
        }
    }
    found
}

/// Row and column of an address such as `B12`.
fn place(address: &str) -> Option<(u32, u32)> {
    let letters = address.find(|c: char| c.is_ascii_digit())?;
    let column = address[..letters]
        .bytes()
        .try_fold(0_u32, |column, b| column.checked_mul(26)?.checked_add(u32::from(b.to_ascii_uppercase()) - 64))?;
    Some((address[letters..].parse().ok()?, column))
}

pub(super) fn address((row, mut column): (u32, u32)) -> String {
    let mut letters = Vec::new();
    while column > 0 {
        column -= 1;
        letters.push(char::from(b'A' + (column % 26) as u8));
        column /= 26;
    }
    format!("{}{row}", letters.iter().rev().collect::<String>())
}

/// Every element of a name: its tag and what stands in it. None of those that are asked for holds another of its name.
fn elements<'x>(xml: &'x str, name: &'static str) -> impl Iterator<Item = (&'x str, &'x str)> {
    let mut rest = xml;
    std::iter::from_fn(move || {
        loop {
            let at = rest.find('<')?;
            let behind = &rest[at + 1..];
            let end = tag_end(behind)?;
            let (tag, after) = (&behind[..end], &behind[end + 1..]);
            rest = after;
            let is_it = tag
                .strip_prefix(name)
                .is_some_and(|more| more.is_empty() || more.starts_with(|c: char| c.is_whitespace() || c == '/'));
            if !is_it {
                continue;
            }
            if tag.ends_with('/') {
                return Some((tag, ""));
            }
            let close = after.find(&format!("</{name}>"))?;
            rest = &after[close..];
            return Some((tag, &after[..close]));
        }
    })
}

/// Where a tag ends: a `>` within quotes is text.
fn tag_end(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    None
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let mark = format!("{name}=");
    let at = tag.match_indices(&mark).find(|(at, _)| tag[..*at].ends_with(|c: char| c.is_whitespace()))?.0;
    let behind = &tag[at + mark.len()..];
    let quote = behind.chars().next()?;
    Some(plain(behind[1..].split(quote).next()?))
}

/// All text of a string of one or several forms of letters.
fn said(inner: &str) -> String {
    elements(inner, "t").map(|(_, text)| plain(text)).collect()
}

/// Text without the escapes of XML; line ends as one character.
fn plain(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        written.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let Some(end) = behind.find(';').filter(|end| *end <= 8) else {
            written.push('&');
            rest = behind;
            continue;
        };
        let code = |digits: &str, base| u32::from_str_radix(digits, base).ok().and_then(char::from_u32);
        let letter = match &behind[..end] {
            "lt" => Some('<'),
            "gt" => Some('>'),
            "amp" => Some('&'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            name => match name.strip_prefix("#x") {
                Some(digits) => code(digits, 16),
                None => name.strip_prefix('#').and_then(|digits| code(digits, 10)),
            },
        };
        written.extend(letter);
        rest = &behind[end + 1..];
    }
    written.push_str(rest);
    written.replace("\r\n", "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_read_whatever_the_form_and_compared_by_what_they_hold() {
        let strings = ["a & b".to_owned()];
        let rosi = r#"<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1"><f>1 / (1+x)</f><v>0.25</v></c><c r="C1" s="3"/></row></sheetData>"#;
        let other = r#"<row><c r="A1" t="inlineStr"><is><t>a &amp; </t><t>b</t></is></c><c t="n" r="B1"><f aca="false">1/(1+x)</f><v>0.25000000000000006</v></c></row>"#;
        let sheets = |xml: &str| Sheets { cells: vec![("S".into(), cells(xml, &strings))], ..Sheets::default() };
        assert_eq!(sheets(rosi).differences(&sheets(other)), Vec::<String>::new());
        let changed = other.replace("0.25000000000000006", "0.26");
        assert_eq!(
            sheets(&changed).differences(&sheets(rosi)),
            ["S, cell B1: 0.26 (=1/(1+x)) in the paper, 0.25 (=1/(1+x)) anew"]
        );
        let typed = other.replace("<f aca=\"false\">1/(1+x)</f>", "");
        assert_eq!(sheets(&typed).differences(&sheets(rosi)).len(), 1);
        for (a, b, same) in [
            ("IF(A1<=0.005+1E-9*C$2,\"yes\",'3 x'!B1)", "IF(A1<=0.005+0.000000001*C$2,\"yes\",'3 x'!B1)", true),
            ("A1*0.06540681441482295", "A1*0.065406814414823", true),
            ("A1*0.0654", "A1*0.0655", false),
            ("A1+B2", "A1+B3", false),
            ("NPV_1*2", "NPV_2*2", false),
            ("\"1\"", "\"1.0\"", false),
        ] {
            assert_eq!(is_same_formula(a, b), same, "{a} {b}");
        }
        assert_eq!((place("AB12"), address((12, 28))), (Some((12, 28)), "AB12".to_owned()));
    }
}
