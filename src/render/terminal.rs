//! The report for a terminal: the answer first, then the tables.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use comfy_table::{
    Cell as TableCell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, Table as Grid, TableStyle, Width,
};

use crate::report::texts::texts;
use crate::report::{Cell, Piece, Report, Section, Table, Text};

use super::{format, plain};
use crate::units::{Unit, Voice};

/// The report as text, at most `width` columns wide.
pub fn terminal(report: &Report, width: u16, colour: bool) -> String {
    let paint = Paint { colour };
    let width = width.clamp(60, 160);
    let shorter = report.shorter.iter().map(|said| (said.title.as_str(), &said.answer, &said.sections, &said.verdict));
    let whole = std::iter::once((report.title.as_str(), &report.answer, &report.sections, &report.verdict));
    let mut page = String::new();
    // The first form that fits, else the last.
    for form in whole.chain(shorter) {
        page = written_out(report, form, width, &paint);
        if page.lines().count() <= SCREEN {
            break;
        }
    }
    page
}

/// Lines of a screen.
const SCREEN: usize = 40;

/// What a text says: title, answer, sections and verdict.
type Form<'a> = (&'a str, &'a Vec<Text>, &'a Vec<Section>, &'a Option<Text>);

fn written_out(report: &Report, (title, answer, sections, verdict): Form<'_>, width: u16, paint: &Paint) -> String {
    let unit = report.unit();
    let mut page = format!("{}\n", wrapped(&paint.strong(&clean(title)), width));
    for sentence in answer {
        page.push_str(&wrapped(&paint.text(sentence, unit), width));
    }
    if !report.caution.is_empty() {
        page.push('\n');
    }
    for line in &report.caution {
        let marked = format!("{} {}", paint.warn("!"), paint.text(line, unit));
        page.push_str(&wrapped(&marked, width));
    }
    for section in sections {
        write_section(&mut page, section, unit, width, paint);
    }
    if !report.next.is_empty() {
        let _ = write!(page, "\n{}\n", paint.strong(texts(report.voice).answer.next));
    }
    for line in &report.next {
        page.push_str(&wrapped(&format!("  {}", paint.text(line, unit)), width));
    }
    // On one screen the run stands right below what to type next.
    let gap = if report.next.is_empty() && verdict.is_some() { "" } else { "\n" };
    let _ = write!(page, "{gap}{}", wrapped(&paint.dim(&report.run), width));
    if let Some(verdict) = verdict {
        page.push_str(&wrapped(&paint.text(verdict, unit), width));
    }
    page
}

fn write_section(page: &mut String, section: &Section, unit: Unit, width: u16, paint: &Paint) {
    page.push('\n');
    if !section.title.is_empty() {
        page.push_str(&wrapped(&paint.strong(&clean(&section.title)), width));
    }
    if let Some(lead) = &section.lead {
        page.push_str(&wrapped(&paint.text(lead, unit), width));
    }
    if let Some(table) = &section.table {
        match least_widths(table, width, unit.voice) {
            Some(least) => page.push_str(&grid(table, &least, width, unit.voice)),
            None => page.push_str(&cards(table, width, unit.voice)),
        }
    }
    for note in &section.notes {
        page.push_str(&wrapped(&paint.text(note, unit), width));
    }
}

/// A cell as one line, marked where its row is the option that is advised; a sum needs no mark.
fn written(table: &Table, row: usize, column: usize, voice: Voice) -> String {
    let written = clean(&format::cell(&table.rows[row][column], voice));
    let is_option = table.columns.first().is_some_and(|head| *head == texts(voice).shared.option);
    if is_option && table.emphasised == Some(row) && column == 0 { format!("▸ {written}") } else { written }
}

/// A table whose columns are at least so wide.
fn grid(table: &Table, least: &[Option<u16>], width: u16, voice: Voice) -> String {
    let mut grid = Grid::new();
    // A rule under the heading and none elsewhere: what a paper prints.
    grid.load_style(TableStyle::new().header_separator(LineStyle::none().fill('─').junction(' ')))
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(width);
    let right: Vec<bool> = (0..table.columns.len())
        .map(|index| table.rows.iter().any(|row| row[index].is_number() && row[index] != Cell::None))
        .collect();
    let align = |index: usize| if right[index] { CellAlignment::Right } else { CellAlignment::Left };
    let heads = table.columns.iter().enumerate();
    grid.set_header(heads.map(|(index, head)| TableCell::new(clean(head)).set_alignment(align(index))));
    for row in 0..table.rows.len() {
        let cells = 0..table.columns.len();
        let cell = |index: usize| match least[index].filter(|_| matches!(table.rows[row][index], Cell::Words(_))) {
            Some(least) => jointed(&written(table, row, index, voice), usize::from(least).saturating_sub(PADDING)),
            None => written(table, row, index, voice),
        };
        grid.add_row(cells.map(|index| TableCell::new(cell(index)).set_alignment(align(index))));
    }
    for (index, least) in least.iter().enumerate() {
        if let (Some(least), Some(column)) = (least, grid.column_mut(index)) {
            column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(*least)));
        }
    }
    grid.to_string().lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

/// A table that is too wide: each row as a block of lines, a column a line, so that no number is cut in two.
fn cards(table: &Table, width: u16, voice: Voice) -> String {
    const INDENT: usize = 4;
    let heads: Vec<String> = table.columns.iter().map(|head| clean(head)).collect();
    let longest = heads.iter().skip(1).map(|head| head.chars().count()).max().unwrap_or(0);
    let label = longest.min(usize::from(width) / 2);
    let mut page = String::new();
    for (place, row) in table.rows.iter().enumerate() {
        page.push_str(&wrapped(&written(table, place, 0, voice), width));
        for column in (1..heads.len()).filter(|column| row[*column] != Cell::None) {
            let value = written(table, place, column, voice);
            let head = &heads[column];
            let gap = label.saturating_sub(head.chars().count()) + 2;
            let line = format!("{:INDENT$}{head}{:gap$}{value}", "", "");
            if line.chars().count() <= usize::from(width) {
                let _ = writeln!(page, "{line}");
            } else {
                page.push_str(&wrapped(&format!("{:INDENT$}{head}: {value}", ""), width));
            }
        }
    }
    page
}

/// How wide each column must be for its longest word, so that no number or key is cut in two. Where
/// the page does not hold them all, columns of words yield, the widest of them before the others; nothing where even
/// that makes no room.
fn least_widths(table: &Table, width: u16, voice: Voice) -> Option<Vec<Option<u16>>> {
    /// The mark before a row, and how wide a column of figures should be for its heading.
    const MARK: usize = 2;
    const ROOMY: usize = 11;
    /// How wide a column of words stays.
    const WORDS: usize = 12;
    let longest = |text: &str| text.split(' ').map(|word| word.chars().count()).max().unwrap_or(0);
    let mut columns: Vec<(usize, bool)> = (0..table.columns.len())
        .map(|index| {
            let cells = table.rows.iter().map(|row| longest(&format::cell(&row[index], voice)));
            let words = table.rows.iter().any(|row| matches!(row[index], Cell::Words(_)));
            (cells.chain([longest(&table.columns[index])]).max().unwrap_or(0) + PADDING, words)
        })
        .collect();
    // Keys end a line where their parts meet, other words nowhere.
    let joint = |text: &str| parts(text).map(|part| part.chars().count()).max().unwrap_or(0);
    let joints: Vec<usize> = (0..table.columns.len())
        .map(|index| {
            let cells = table.rows.iter().map(|row| joint(&format::cell(&row[index], voice)));
            (cells.chain([longest(&table.columns[index])]).max().unwrap_or(0) + PADDING).max(WORDS)
        })
        .collect();
    let room = usize::from(width).saturating_sub(columns.len());
    while columns.iter().map(|column| column.0).sum::<usize>() > room {
        // A column of words keeps something to wrap in.
        let open = columns.iter_mut().zip(&joints).filter(|((least, words), joint)| *words && least > *joint);
        let (widest, joint) = open.max_by_key(|(column, _)| column.0)?;
        widest.0 = *joint;
    }
    // What is left over goes to the names, so that they stand on one line where they can.
    if columns.first().is_some_and(|(_, words)| *words) {
        let others: usize = columns[1..].iter().map(|(least, _)| (*least).max(ROOMY)).sum();
        let left = usize::from(width).saturating_sub(columns.len() + others);
        let names = table.rows.iter().map(|row| format::cell(&row[0], voice).chars().count() + MARK);
        let longest = names.max().unwrap_or(0) + PADDING;
        columns[0].0 = columns[0].0.max(longest.min(left));
    }
    Some(columns.iter().map(|(least, _)| u16::try_from(*least).ok()).collect())
}

/// Beside the words of a cell.
const PADDING: usize = 2;

/// What of a text stays on one line: its words, and of a key what stands between two marks, with the mark behind it.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ').flat_map(|word| word.split_inclusive(['.', '_', '/', ':', '|', '=']))
}

/// A text in which words longer than a line go on in the next one, where their parts meet.
fn jointed(text: &str, room: usize) -> String {
    let word = |word: &str| {
        if word.chars().count() <= room {
            return word.to_owned();
        }
        let (mut lines, mut used) = (String::new(), 0);
        for part in parts(word) {
            let length = part.chars().count();
            if used > 0 && used + length > room {
                lines.push('\n');
                used = 0;
            }
            lines.push_str(part);
            used += length;
        }
        lines
    };
    text.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// One line that cannot drive the terminal. Spaces at the ends belong to the sentence around it.
fn clean(text: &str) -> String {
    let inside = plain::clean(text);
    if inside.is_empty() {
        return if text.contains(' ') { " ".to_owned() } else { String::new() };
    }
    let edge = |is: bool| if is { " " } else { "" };
    format!("{}{inside}{}", edge(text.starts_with(' ')), edge(text.ends_with(' ')))
}

/// Lines of at most `width` columns; styles count nothing. A number keeps its percent sign.
fn wrapped(text: &str, width: u16) -> String {
    let mut lines = String::new();
    let mut used = 0;
    for word in plain::bound(text).split(' ') {
        let word = &word.replace('\u{a0}', " ");
        let length = visible(word);
        if used > 0 && used + 1 + length > usize::from(width) {
            lines.push('\n');
            used = 0;
        } else if used > 0 || lines.is_empty() && word.is_empty() {
            lines.push(' ');
            used += 1;
        }
        lines.push_str(word);
        used += length;
    }
    lines.push('\n');
    lines
}

/// How many columns a word takes, without its styles.
fn visible(word: &str) -> usize {
    let mut count = 0;
    let mut escape = false;
    for c in word.chars() {
        match c {
            '\u{1b}' => escape = true,
            'm' if escape => escape = false,
            _ if escape => {}
            _ => count += 1,
        }
    }
    count
}

struct Paint {
    colour: bool,
}

impl Paint {
    fn with(&self, style: Style, text: &str) -> String {
        if self.colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }

    fn strong(&self, text: &str) -> String {
        self.with(Style::new().bold(), text)
    }

    fn dim(&self, text: &str) -> String {
        self.with(Style::new().dimmed(), text)
    }

    fn warn(&self, text: &str) -> String {
        self.with(AnsiColor::Yellow.on_default().bold(), text)
    }

    fn text(&self, text: &Text, unit: Unit) -> String {
        text.0
            .iter()
            .map(|piece| {
                let written = clean(&format::piece(piece, unit));
                match piece {
                    Piece::Figure(_) => self.strong(&written),
                    Piece::Code(_) => self.with(AnsiColor::Cyan.on_default(), &written),
                    Piece::Plain(_) | Piece::Name(_) => written,
                }
            })
            .collect()
    }
}
