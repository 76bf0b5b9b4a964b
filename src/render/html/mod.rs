//! The board paper as one page for a browser: nothing is fetched, nothing runs, everything prints.
//!
//! Text of the file is escaped by the template; its own marks of direction and control characters are dropped before.
//! The pictures are drawn for the width of a page and stand in it as SVG; in the dark they change their inks by style.

mod style;

pub use style::FACES;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::format;
use super::plain::{bound, clean, is_short, pieces, written};
use crate::drawing::text::in_letters;
use crate::drawing::{ChartError, Size};
use crate::report::chart::Chart;
use crate::report::texts::line;
use crate::report::{Cell, PROVENANCE, Paper, Part, Piece, Report, Section, Table, Text};
use crate::units::Unit;

/// The board paper as a page.
///
/// # Errors
/// When a chart cannot be drawn.
pub fn html(paper: &Paper) -> Result<String, ChartError> {
    let page = Page { paper, report: &paper.report, unit: paper.report.unit() };
    let pictures: Result<Vec<Picture<'_>>, _> = paper.report.charts.iter().map(Picture::drawn).collect();
    Ok(page.whole(&pictures?).into_string())
}

/// A chart and its drawings: as wide as a column of text, and as narrow as a phone, each where it is read.
struct Picture<'a> {
    chart: &'a Chart,
    svg: String,
    narrow: String,
}

impl<'a> Picture<'a> {
    fn drawn(chart: &'a Chart) -> Result<Self, ChartError> {
        // The page names the case already.
        let plain = chart.within_paper();
        let svg = plain.svg(Size { width: Size::PAGE, ..plain.size() })?;
        // Both stand in one page: what tells about the picture is tied to it by names that are unique there.
        let narrow = Chart { id: format!("{}-narrow", plain.id), ..plain.clone() };
        Ok(Self { chart, svg, narrow: narrow.svg(narrow.size_on_phone())? })
    }
}

/// More options than this, or more letters, make the first page small on paper, so that it stays one page.
const CROWD: usize = 6;
const CROWD_OF_LETTERS: usize = 2_900;

struct Page<'a> {
    paper: &'a Paper,
    report: &'a Report,
    unit: Unit,
}

impl Page<'_> {
    fn whole(&self, pictures: &[Picture<'_>]) -> Markup {
        let title = clean(&self.report.title);
        let words = &self.paper.words;
        let parts = || self.paper.parts.iter();
        html! {
            (DOCTYPE)
            html lang=(words.language) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:";
                    meta name="generator" content=(concat!("rosi ", env!("CARGO_PKG_VERSION")));
                    @if let Some(run) = self.report.provenance() { meta name=(PROVENANCE) content=(run); }
                    title { (title) " · " (words.kind) }
                    style { (PreEscaped(style::sheet(&self.paper.foot))) }
                }
                body {
                    main {
                        (self.front(&title, pictures))
                        @if !self.paper.is_short { nav.contents aria-labelledby="contents" {
                            h2 #contents { (words.contents) }
                            ol {
                                @for part in parts().filter(|part| !part.is_appendix) {
                                    li { a href={ "#" (part.id) } { (clean(&part.title)) } }
                                }
                            }
                            p { (words.appendix) }
                            ul {
                                @for part in parts().filter(|part| part.is_appendix) {
                                    li { a href={ "#" (part.id) } { (clean(&part.title)) } }
                                }
                                li { a href="#figures" { (words.figures) } }
                            }
                        } }
                        @for part in parts() { (self.part(part, pictures)) }
                        @if !self.paper.is_short { (self.figures(pictures)) }
                    }
                    footer { p { (self.paper.foot) } }
                }
            }
        }
    }

    /// Whether the first page holds so much that it has to be small on paper.
    fn is_crowded(&self) -> bool {
        let front = &self.paper.front;
        let sentences = front.caution.iter().chain(&front.decision).chain(&front.answer).chain(&front.wrong_if.notes);
        let sentences = sentences.chain(&front.options.notes).chain(&front.options.lead);
        let letters = |text: &Text| text.0.iter().map(|piece| written(piece, self.unit).chars().count()).sum::<usize>();
        let table = front.options.table.as_ref();
        let cells = table.iter().flat_map(|table| table.rows.iter().flatten());
        let cells = cells.map(|cell| format::cell(cell, self.unit.voice).chars().count()).sum::<usize>();
        table.is_some_and(|table| table.rows.len() > CROWD)
            || sentences.map(letters).sum::<usize>() + cells > CROWD_OF_LETTERS
    }

    fn front(&self, title: &str, pictures: &[Picture<'_>]) -> Markup {
        let (front, words) = (&self.paper.front, &self.paper.words);
        html! {
            header.front.crowded[self.is_crowded()] {
                p.kind { (clean(&front.head)) }
                h1 { (title) }
                @for line in &front.caution { p.caution { (self.text(line)) } }
                section.decision aria-labelledby="decision" {
                    h2 #decision { (words.decision) }
                    @for line in &front.decision { p { (self.text(line)) } }
                }
                section aria-labelledby="answer" {
                    h2 #answer { (words.answer) }
                    p { @for line in &front.answer { (self.text(line)) " " } }
                }
                (self.section(&front.options, 2))
                @if let Some(id) = &front.picture { (self.figure(id, pictures)) }
                @if !front.wrong_if.notes.is_empty() { (self.section(&front.wrong_if, 2)) }
                section.sign-off aria-labelledby="sign-off" {
                    h2 #sign-off { (words.sign_off) }
                    div.wide.cards tabindex="0" role="group" aria-label=(words.sign_off) {
                        table role="table" {
                            thead role="rowgroup" { tr role="row" {
                                @for column in words.signing { th scope="col" role="columnheader" { (column) } }
                            } }
                            tbody role="rowgroup" { @for [role, name] in &front.sign_off {
                                tr role="row" {
                                    th scope="row" role="rowheader" { (role) }
                                    @for (place, column) in words.signing.iter().enumerate().skip(1) {
                                        td role="cell" data-label=(column) { @if place == 1 { bdi { (clean(name)) } } }
                                    }
                                }
                            } }
                        }
                    }
                }
            }
        }
    }

    fn part(&self, part: &Part, pictures: &[Picture<'_>]) -> Markup {
        let heading = format!("{}-title", part.id);
        let title = clean(&part.title);
        let title = if part.is_appendix { line(self.paper.words.in_appendix, &[("title", &title)]) } else { title };
        html! {
            section.part #(part.id) aria-labelledby=(heading) {
                h2 #(heading) { (title) }
                @for section in &part.sections {
                    @if section.title == part.title { (self.inside(section)) } @else { (self.section(section, 3)) }
                }
                @for id in &part.charts { (self.figure(id, pictures)) }
            }
        }
    }

    fn section(&self, section: &Section, level: u8) -> Markup {
        let title = clean(&section.title);
        html! {
            div.section {
                @if level == 2 { h2 { (title) } } @else { h3 { (title) } }
                (self.inside(section))
            }
        }
    }

    fn inside(&self, section: &Section) -> Markup {
        html! {
            @if let Some(lead) = &section.lead { p.lead { (self.text(lead)) } }
            @if let Some(table) = &section.table { (self.table(&section.title, table)) }
            @match section.notes.as_slice() {
                [] => {}
                [note] => p.note { (self.text(note)) },
                notes => ul.notes { @for note in notes { li { (self.text(note)) } } },
            }
        }
    }

    /// A table that becomes one card a row on a narrow screen: then each cell brings its heading, and the roles say what
    /// the display no longer does.
    fn table(&self, title: &str, table: &Table) -> Markup {
        let class = |index: usize| table.is_of_numbers(index).then_some("n");
        // Beside a figure there is less room than over a column.
        let label = |index: usize| table.columns.get(index).map(|it| in_letters(&clean(it), LABEL)).unwrap_or_default();
        html! {
            div.wide.cards.many[table.columns.len() >= MANY] tabindex="0" role="group" aria-label=(clean(title)) {
                table role="table" {
                    thead role="rowgroup" { tr role="row" {
                        @for (index, column) in table.columns.iter().enumerate() {
                            @if column.is_empty() { td role="cell" {} }
                            @else { th scope="col" role="columnheader" class=[class(index)] { (breakable(column)) } }
                        }
                    } }
                    tbody role="rowgroup" {
                        @for (place, row) in table.rows.iter().enumerate() {
                            tr role="row" class=[(table.emphasised == Some(place)).then_some("chosen")] {
                                @for (index, cell) in row.iter().enumerate() {
                                    @if index == 0 { th scope="row" role="rowheader" { (self.cell(cell)) } }
                                    @else { td role="cell" data-label=(label(index)) class=[class(index)] { (self.cell(cell)) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    fn cell(&self, cell: &Cell) -> Markup {
        let written = breakable(&format::cell(cell, self.unit.voice));
        match cell {
            Cell::Words(_) => html! { bdi { (written) } },
            _ => written,
        }
    }

    fn figure(&self, id: &str, pictures: &[Picture<'_>]) -> Markup {
        let Some(picture) = pictures.iter().find(|picture| picture.chart.id == id) else { return html! {} };
        html! {
            figure {
                div.picture tabindex="0" role="group" aria-label=(clean(&picture.chart.title)) {
                    div.broad { (PreEscaped(&picture.svg)) }
                    div.narrow { (PreEscaped(&picture.narrow)) }
                }
                figcaption {
                    (bound(&clean(&picture.chart.description)))
                    @if !self.paper.is_short { span.data { " " a href={ "#figures-of-" (id) } { (self.paper.words.figures_of_chart) } "." } }
                }
            }
        }
    }

    /// The table behind each chart that the paper shows.
    fn figures(&self, pictures: &[Picture<'_>]) -> Markup {
        let words = &self.paper.words;
        html! {
            section.part #figures aria-labelledby="figures-title" {
                h2 #figures-title { (line(words.in_appendix, &[("title", &words.figures)])) }
                @for picture in pictures {
                    @let (header, rows) = picture.chart.table_on_paper();
                    @let title = clean(&picture.chart.title);
                    div.section #{ "figures-of-" (picture.chart.id) } {
                        h3 { (title) }
                        div.wide tabindex="0" role="group" aria-label=(line(words.figures_of, &[("title", &title)])) {
                            table.figures {
                                thead { tr { @for column in &header { th scope="col" { (breakable(column)) } } } }
                                tbody { @for row in &rows {
                                    tr { @for (index, cell) in row.iter().enumerate() {
                                        @if index == 0 { th scope="row" { (breakable(cell)) } }
                                        @else { td class=[is_short(cell).then_some("n")] { (breakable(cell)) } }
                                    } }
                                } }
                            }
                        }
                    }
                }
            }
        }
    }

    fn text(&self, text: &Text) -> Markup {
        html! {
            @for piece in &text.0 {
                @match piece {
                    Piece::Figure(_) => strong { (bound(&written(piece, self.unit))) },
                    Piece::Code(code) => code { (clean(code)) },
                    // A name may run the other way: what stands beside it keeps its place.
                    Piece::Name(_) => bdi { (bound(&written(piece, self.unit))) },
                    Piece::Plain(_) => (bound(&written(piece, self.unit))),
                }
            }
        }
    }
}

/// Seen only where a line ends in it.
const SOFT_HYPHEN: char = '\u{AD}';

/// Letters of what stands before a figure on a narrow screen.
const LABEL: usize = 60;

/// So many columns need smaller letters on paper.
const MANY: usize = 10;

/// Text of a cell; a word too long for a column may be broken where it names its parts, and else every few letters, with a
/// hyphen between two of them.
fn breakable(text: &str) -> Markup {
    const LONG: usize = 18;
    let text = bound(&clean(text));
    html! {
        @for (place, word) in text.split(' ').enumerate() {
            @if place > 0 { " " }
            @if word.chars().count() <= LONG { (word) }
            @else {
                @let parts = pieces(word);
                @for (at, part) in parts.iter().enumerate() {
                    (part)
                    @if at + 1 == parts.len() {}
                    @else if part.ends_with(|c: char| c.is_alphabetic() && c < '\u{1100}') { (SOFT_HYPHEN) }
                    @else { wbr; }
                }
            }
        }
    }
}
