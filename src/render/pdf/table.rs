//! How wide are the columns of a table, and where does it go on when a page ends?
//!
//! Columns share the width between what each needs at least and what it would fill in one line. Where even the least
//! does not fit, letters become smaller. Every page begins with the headings again.

use krilla::tagging::{TableHeaderScope, Tag};

use super::RULE;
use super::face::Faces;
use super::flow::{Flow, LEADING, Op};
use super::lines::{self, Line, Span};
use crate::drawing::palette::{Ink, QUIET_TEXT, TEXT};
use crate::drawing::scene::Area;

/// A cell before it is set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Entry {
    pub text: String,
    /// Written to the right, in one line where it can be.
    pub right: bool,
}

/// A table in words.
#[derive(Debug, Clone, Default)]
pub(super) struct Entries {
    pub head: Vec<String>,
    pub rows: Vec<Vec<Entry>>,
    /// A row to emphasise.
    pub chosen: Option<usize>,
    /// Height of a row at least, in multiples of the type size.
    pub least: f64,
}

impl Entries {
    /// The width of the longest name that stands before the rows; none where it is long, and broken anyway.
    fn first_column(&self, faces: &Faces, size: f64) -> Option<f64> {
        let names = || self.rows.iter().filter(|row| !self.is_across(row)).filter_map(|row| row.first());
        let is_short = names().all(|name| name.text.chars().count() <= SHORT);
        let width = |name: &Entry| lines::extent(faces, &[Span { text: name.text.clone(), bold: true }], size).1;
        is_short.then(|| names().map(width).fold(0.0, f64::max))
    }

    /// Whether a row has words at its beginning only: they go across the whole table. Room to sign stays room.
    fn is_across(&self, row: &[Entry]) -> bool {
        let [first, rest @ ..] = row else { return false };
        let is_empty = |entry: &Entry| entry.text.is_empty();
        self.least == 0.0 && !is_empty(first) && !rest.is_empty() && rest.iter().all(is_empty)
    }
}

/// A table that is set.
pub(super) struct Table {
    size: f64,
    lefts: Vec<f64>,
    widths: Vec<f64>,
    head: Row,
    rows: Vec<Row>,
    chosen: Option<usize>,
    least: f64,
}

type Row = Vec<(Vec<Line>, bool)>;
/// Widths and left edges of the columns.
type Columns = (Vec<f64>, Vec<f64>);

const GROUND: Ink = Ink(0xF0, 0xF3, 0xF2);
/// Beside and above the words of a cell, in multiples of the type size.
const BESIDE: f64 = 0.55;
const ABOVE: f64 = 0.26;
/// So many rows of a table stand together at least before and behind the end of a page.
const KEPT: usize = 3;
/// A table of at most so many rows stands whole on one page, as long as it fills no more than this of it.
const WHOLE: usize = 12;
const WHOLE_HEIGHT: f64 = 330.0;
/// What is left blank in every row is written in by hand: 25 mm.
const BY_HAND: f64 = 71.0;
/// From here on a table is lower by enough to break names for it.
const MUCH_LOWER: f64 = 0.8;
/// A row that is as high as a page that lies is broken over several.
const LONGEST: f64 = 420.0;
/// The smallest letters on paper.
const SMALLEST: f64 = 5.6;
/// By how much letters become smaller, and how often so that a heading is not broken within a word.
const STEP: f64 = 0.3;
const SMALLER: u32 = 5;
/// How often for a name in two lines, the part of its length that these need, and how long a short name is.
const ROOMIER: u32 = 4;
const TWO_LINES: f64 = 0.58;
const SHORT: usize = 40;

impl Table {
    /// Sets a table within a width.
    pub fn new(faces: &Faces, entries: &Entries, width: f64, size: f64) -> Self {
        let mut size = size;
        // Words of headings stay whole where that costs little size.
        // And a short name that would fill three lines has two, where that costs little too.
        let mut whole: Option<(f64, Columns)> = None;
        for step in 0..=SMALLER {
            let smaller = size - STEP * f64::from(step);
            if smaller < SMALLEST || whole.is_some() && step >= ROOMIER {
                break;
            }
            let Some(found) = columns(faces, entries, width, smaller, true, Share::ToTheNearest) else { continue };
            let room = found.0.first().copied().unwrap_or_default() - 2.0 * BESIDE * smaller;
            let is_roomy = entries.first_column(faces, smaller).is_none_or(|name| room >= TWO_LINES * name);
            if is_roomy || whole.is_none() {
                whole = Some((smaller, found));
            }
            if is_roomy {
                break;
            }
        }
        let is_whole = whole.is_some();
        let found = match whole {
            Some((smaller, found)) => {
                size = smaller;
                found
            }
            None => loop {
                match columns(faces, entries, width, size, false, Share::ToTheNearest) {
                    Some(found) => break found,
                    None if size > SMALLEST => size -= STEP,
                    None => break even(entries.head.len(), width),
                }
            },
        };
        let table = Self::set(faces, entries, size, found);
        // Where one column holds far more than the others, room in proportion makes a lower table.
        let shared = columns(faces, entries, width, size, is_whole, Share::InProportion)
            .map(|found| Self::set(faces, entries, size, found));
        match shared {
            Some(shared) if shared.height() < MUCH_LOWER * table.height() => shared,
            _ => table,
        }
    }

    fn set(faces: &Faces, entries: &Entries, size: f64, (widths, lefts): (Vec<f64>, Vec<f64>)) -> Self {
        let set_within = |width: f64, text: &str, bold: bool| {
            let span = Span { text: text.to_owned(), bold };
            lines::lines(faces, &[span], size, (width - 2.0 * BESIDE * size).max(1.0))
        };
        let set = |column: usize, text: &str, bold: bool| {
            set_within(widths.get(column).copied().unwrap_or_default(), text, bold)
        };
        let right = |column: usize| entries.rows.iter().any(|row| row.get(column).is_some_and(|cell| cell.right));
        let head = entries.head.iter().enumerate();
        let head = head.map(|(column, text)| (set(column, text, true), right(column))).collect();
        let row = |(place, row): (usize, &Vec<Entry>)| {
            let bold = entries.chosen == Some(place);
            let is_across = entries.is_across(row);
            let cell = |(column, cell): (usize, &Entry)| match column == 0 && is_across {
                true => (set_within(widths.iter().sum(), &cell.text, bold), false),
                false => (set(column, &cell.text, bold), cell.right),
            };
            row.iter().enumerate().map(cell).collect()
        };
        let rows = entries.rows.iter().enumerate().map(row).collect();
        Self { size, lefts, widths, head, rows, chosen: entries.chosen, least: entries.least }
    }

    fn row_height(&self, row: &Row) -> f64 {
        let lines = row.iter().map(|(lines, _)| lines.len()).max().unwrap_or(0);
        (lines as f64 * LEADING * self.size).max(self.least * self.size) + 2.0 * ABOVE * self.size
    }

    fn head_height(&self) -> f64 {
        self.row_height(&self.head)
    }

    pub fn height(&self) -> f64 {
        self.head_height() + self.rows.iter().map(|row| self.row_height(row)).sum::<f64>() + 2.0 * self.size
    }

    /// The headings and three rows, or all of a short one.
    pub fn start(&self) -> f64 {
        let is_whole = self.rows.len() < 2 * KEPT || self.rows.len() <= WHOLE && self.height() <= WHOLE_HEIGHT;
        let take = if is_whole { self.rows.len() } else { KEPT };
        // A row longer than a page is broken anyway; any other goes over whole, and its headings with it.
        let first = self.rows.first().map_or(0.0, |row| self.row_height(row));
        let first = if first < LONGEST { first } else { 120.0 };
        let rows: f64 = self.rows.iter().take(take).skip(1).map(|row| self.row_height(row).min(120.0)).sum();
        self.head_height() + first + rows
    }

    pub fn draw(&self, flow: &mut Flow<'_>) {
        flow.y += 0.4 * self.size;
        flow.open(Tag::Table);
        flow.open(Tag::THead);
        self.draw_head(flow, true);
        flow.close();
        flow.open(Tag::TBody);
        for ((place, row), after) in self.rows.iter().enumerate().zip(self.followers()) {
            self.draw_row(flow, row, self.chosen == Some(place), after);
        }
        flow.close();
        flow.close();
        flow.y += 0.9 * self.size;
    }

    /// What must follow each row on its page: the last rows go over together, and what stands over a group goes with the
    /// first of it and with what must follow that.
    fn followers(&self) -> Vec<f64> {
        let mut found = vec![0.0; self.rows.len()];
        for place in (0..self.rows.len()).rev() {
            let rest = &self.rows[place + 1..];
            found[place] = match rest.first() {
                _ if rest.len() + 1 == KEPT => rest.iter().map(|row| self.row_height(row)).sum(),
                Some(next) if is_title(&self.rows[place]) => self.row_height(next) + found[place + 1],
                _ => 0.0,
            };
        }
        found
    }

    /// The headings; the second time they are mere layout.
    fn draw_head(&self, flow: &mut Flow<'_>, first: bool) {
        let (page, left, height) = (flow.pages.len() - 1, flow.left(), self.head_height());
        if first {
            flow.open(Tag::TR);
        }
        for (column, (lines, right)) in self.head.iter().enumerate() {
            // A heading stands on the line below it.
            let top = flow.y + height - ABOVE * self.size - lines.len() as f64 * LEADING * self.size;
            if first && lines.is_empty() {
                flow.open(Tag::TD);
            } else if first {
                flow.open(Tag::TH(TableHeaderScope::Column));
            }
            for (place, line) in lines.iter().enumerate() {
                let x = left + self.x(column, line, *right);
                let top = top + place as f64 * LEADING * self.size;
                if first {
                    flow.line(page, line, (x, top), self.size, TEXT);
                } else {
                    let y = top + super::flow::ASCENT * self.size;
                    let spans = line.spans.clone();
                    flow.put(page, None, Op::Text { x, y, size: self.size, ink: TEXT, spans });
                }
            }
            if first {
                self.blank(flow, lines, column);
                flow.close();
            }
        }
        if first {
            flow.close();
        }
        flow.y += height;
        let (right, y) = (left + flow.width(), flow.y);
        flow.fill(Area::new(left, y - 1.0, right, y), QUIET_TEXT);
    }

    /// A row, with room for what must follow on its page; one that is longer than the page goes on over the next.
    fn draw_row(&self, flow: &mut Flow<'_>, row: &Row, chosen: bool, after: f64) {
        let height = self.row_height(row) + after;
        if height > flow.room() && (flow.room() < 60.0 || height <= flow.body() - self.head_height()) {
            flow.new_page();
            self.draw_head(flow, false);
        }
        let step = LEADING * self.size;
        let count = row.iter().map(|(lines, _)| lines.len()).max().unwrap_or(0);
        // Which lines stand on which page, from which height on.
        let mut parts: Vec<(usize, f64, std::ops::Range<usize>)> = Vec::new();
        let mut from = 0;
        loop {
            let fits = (((flow.room() - 2.0 * ABOVE * self.size) / step + 1e-6).floor() as usize).max(1);
            let to = count.min(from + fits);
            let part = ((to - from) as f64 * step).max(self.least * self.size) + 2.0 * ABOVE * self.size;
            let (left, top) = (flow.left(), flow.y);
            let area = Area::new(left, top, left + flow.width(), top + part);
            if chosen {
                flow.fill(area, GROUND);
            }
            flow.fill(Area::new(area.left, area.bottom - 0.5, area.right, area.bottom), RULE);
            parts.push((flow.pages.len() - 1, top + ABOVE * self.size, from..to));
            flow.y += part;
            from = to;
            if from >= count {
                break;
            }
            flow.new_page();
            self.draw_head(flow, false);
        }
        let left = flow.left();
        flow.open(Tag::TR);
        for (column, (lines, right)) in row.iter().enumerate() {
            if column == 0 {
                flow.open(Tag::TH(TableHeaderScope::Row));
            } else {
                flow.open(Tag::TD);
            }
            for (page, top, range) in &parts {
                for (place, line) in lines.iter().enumerate().filter(|(place, _)| range.contains(place)) {
                    let at = (left + self.x(column, line, *right), top + (place - range.start) as f64 * step);
                    flow.line(*page, line, at, self.size, TEXT);
                }
            }
            self.blank(flow, lines, column);
            flow.close();
        }
        flow.close();
    }

    /// A cell without words holds a space: without it the row would seem to have fewer cells.
    fn blank(&self, flow: &mut Flow<'_>, lines: &[Line], column: usize) {
        if lines.is_empty() {
            let space = Line { spans: vec![Span::plain(" ")], width: 0.0 };
            let at = (flow.left() + self.x(column, &space, false), flow.y - 2.0 * self.size);
            flow.line(flow.pages.len() - 1, &space, at, self.size, TEXT);
        }
    }

    /// Where a line of a column begins.
    fn x(&self, column: usize, line: &Line, right: bool) -> f64 {
        let (left, width) = (self.lefts[column], self.widths[column]);
        let beside = BESIDE * self.size;
        if right { left + width - beside - line.width } else { left + beside }
    }
}

/// Whether a row only says what the rows below it are about.
fn is_title(row: &Row) -> bool {
    matches!(row.as_slice(), [(first, _), rest @ ..]
        if !first.is_empty() && !rest.is_empty() && rest.iter().all(|(lines, _)| lines.is_empty()))
}

/// How columns share the room that is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Share {
    /// Those that lack least are made whole first.
    ToTheNearest,
    /// By what each lacks.
    InProportion,
}

/// Widths and left edges of the columns; nothing where the least does not fit.
fn columns(
    faces: &Faces,
    entries: &Entries,
    width: f64,
    size: f64,
    is_whole: bool,
    share: Share,
) -> Option<(Vec<f64>, Vec<f64>)> {
    let beside = 2.0 * BESIDE * size;
    let extent = |text: &str, bold: bool| lines::extent(faces, &[Span { text: text.to_owned(), bold }], size);
    let headed = |text: &String| {
        let (least, whole) = extent(text, true);
        let words = text.split(' ').filter(|_| is_whole).map(|word| extent(word, true).1);
        (words.fold(least, f64::max), whole)
    };
    let mut extents: Vec<(f64, f64)> = entries.head.iter().map(headed).collect();
    // What the words of the cells fill in one line; a heading may stand on several.
    let mut inner: Vec<f64> = extents.iter().map(|found| found.0).collect();
    for (place, row) in entries.rows.iter().enumerate().filter(|(_, row)| !entries.is_across(row)) {
        for (column, cell) in row.iter().enumerate() {
            let (least, whole) = extent(&cell.text, entries.chosen == Some(place));
            let least = if cell.right { whole } else { least };
            if let Some(found) = inner.get_mut(column) {
                *found = found.max(whole);
            }
            if let Some(found) = extents.get_mut(column) {
                *found = (found.0.max(least), found.1.max(whole));
            }
        }
    }
    for (column, found) in extents.iter_mut().enumerate() {
        let is_blank = entries.rows.iter().all(|row| row.get(column).is_none_or(|cell| cell.text.is_empty()));
        let least = if is_blank && entries.rows.len() > 1 { BY_HAND } else { 0.0 };
        *found = ((found.0 + beside).max(least), (found.1 + beside).max(least));
    }
    let inner: Vec<f64> = inner.iter().zip(&extents).map(|(inner, found)| (inner + beside).max(found.0)).collect();
    let sum = |of: fn(&(f64, f64)) -> f64| extents.iter().map(of).sum::<f64>();
    let (least, whole) = (sum(|found| found.0), sum(|found| found.1));
    if least > width {
        return None;
    }
    let widths: Vec<f64> = if whole <= width {
        let share = (width - whole) / extents.len().max(1) as f64;
        extents.iter().map(|found| found.1 + share).collect()
    } else {
        let leasts: Vec<f64> = extents.iter().map(|found| found.0).collect();
        let wholes: Vec<f64> = extents.iter().map(|found| found.1).collect();
        match share {
            Share::ToTheNearest => filled(&filled(&leasts, &inner, width), &wholes, width),
            Share::InProportion => {
                let (left, lacking) = (width - least, whole - least);
                extents.iter().map(|found| found.0 + (found.1 - found.0) / lacking * left).collect()
            }
        }
    };
    Some(with_lefts(widths))
}

/// Widths from these towards those, as far as there is room: columns that lack least are made whole first, so that a name
/// is not broken for the sake of a long text beside it.
fn filled(from: &[f64], to: &[f64], room: f64) -> Vec<f64> {
    let mut widths = from.to_vec();
    let mut left = (room - widths.iter().sum::<f64>()).max(0.0);
    let lacks = |column: usize| (to[column] - from[column]).max(0.0);
    let mut order: Vec<usize> = (0..widths.len()).collect();
    order.sort_by(|a, b| lacks(*a).total_cmp(&lacks(*b)).then(a.cmp(b)));
    for (place, column) in order.iter().enumerate() {
        let part = lacks(*column).min(left / (order.len() - place) as f64);
        widths[*column] += part;
        left -= part;
    }
    widths
}

/// All equally wide, where nothing else is left: words are then broken.
fn even(count: usize, width: f64) -> (Vec<f64>, Vec<f64>) {
    with_lefts(vec![width / count.max(1) as f64; count])
}

fn with_lefts(widths: Vec<f64>) -> (Vec<f64>, Vec<f64>) {
    let lefts = widths.iter().scan(0.0, |left, width| Some(std::mem::replace(left, *left + width))).collect();
    (widths, lefts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_over_a_group_goes_across_the_table_and_stays_with_its_rows() {
        const NAME: &str = "Privileged access through a vault with recording of sessions for all administrators";
        let row = |texts: [&str; 3]| texts.map(|text| Entry { text: text.into(), right: false }).to_vec();
        let parts = ["reduction", "one-off cost", "running cost"];
        let rows = parts.map(|part| row([&format!("– {part}"), "25 %", "none"]));
        let entries = Entries {
            head: ["Assumption", "Value", "Source"].map(str::to_owned).to_vec(),
            rows: std::iter::once(row([NAME, "", ""])).chain(rows).collect(),
            chosen: None,
            least: 0.0,
        };
        let faces = Faces::new(Vec::new()).unwrap();
        let table = Table::new(&faces, &entries, 385.0, 8.0);
        assert_eq!(table.rows[0][0].0.len(), 1, "in one line, however narrow its column");
        // The last three rows stand together, and the name over them with all of them.
        let all: f64 = table.rows[1..].iter().map(|row| table.row_height(row)).sum();
        assert!((table.followers()[0] - all).abs() < 1e-9, "{:?}", table.followers());
    }
}
