//! What stands in the paper, in which order: the page that decides, the contents, the parts, the figures.

use std::rc::Rc;

use krilla::tagging::Tag;

use super::entries::{entries, heading_of_column, printed, told_once};
use super::face::Faces;
use super::flow::{Block, Bookmark, Flow, LEADING, Node, Op, Page, Style, quiet, running};
use super::lines::Span;
use super::table::{Entries, Entry, Table};
use super::{PdfError, Sheet};
use crate::drawing::Size;
use crate::drawing::palette::{Ink, QUIET_TEXT, TEXT};
use crate::drawing::scene::Area;
use crate::drawing::scene::Scene;
use crate::render::plain::{bound, clean, is_short, written};
use crate::report::chart::Chart;
use crate::report::texts::line;
use crate::report::{Paper, Part, Piece, Section, Text};
use crate::units::Unit;

/// Setting sizes of the parts.
const BODY: f64 = 9.3;
const REMARK: f64 = 8.6;
const CELLS: f64 = 8.2;
/// The cells of the list of all assumptions, which is looked up and not read.
const LISTED: f64 = 6.9;
/// The same where a page of it would else hold a few lines only.
const SMALLER_LIST: f64 = 6.5;
/// The cells of the tables behind the charts.
const FIGURES: f64 = 7.0;
/// With more columns its pages lie.
const STANDING: usize = 7;
/// How small a picture may become to stay on the page.
const SHRUNK: f64 = 0.8;
/// And of which part of its height it is drawn anew for that.
const LOWER: f64 = 0.6;
/// How high the picture may be on the second page of the short paper, and where the first page flows over to it.
const SECOND: f64 = 130.0;
const FOLLOWING: f64 = 200.0;

/// A paper laid out.
pub(super) struct Laid {
    pub pages: Vec<Page>,
    pub tree: Vec<Node>,
    pub leaves: usize,
    pub bookmarks: Vec<Bookmark>,
    pub targets: std::collections::BTreeMap<String, (usize, f64)>,
}

/// Lays out a paper. The annex of a short one begins on a page of its own, unless it is a page less without; of more than
/// four pages it has a row less here and there. Where the last page of a whole one would hold a few lines only, pages are
/// filled a little further down, and then the list of assumptions is set smaller.
pub(super) fn paper(paper: &Paper, sheet: Sheet, faces: &Faces) -> Result<Laid, PdfError> {
    let pictures: Result<Vec<Picture<'_>>, PdfError> = paper.charts().map(Picture::drawn).collect();
    let mut composer = Composer { paper, pictures: pictures?, unit: paper.report.unit(), listed: LISTED };
    let hardly = |ends: &[f64]| ends.iter().filter(|filled| **filled < HARDLY).count();
    let (mut best, ends) = laid(&composer, sheet, faces, Filling::default())?;
    let mut least = hardly(&ends);
    let mut filling = Filling::default();
    // An annex that begins behind the room to sign, and then closer lines, are worth it where they save a page.
    for joined in [JOINED, Filling { denser: DENSER, spacing: CLOSER, ..JOINED }] {
        if !paper.is_short || filling.is_joined {
            break;
        }
        let (shorter, ends) = laid(&composer, sheet, faces, joined)?;
        if shorter.pages.len() < best.pages.len() {
            (best, least, filling) = (shorter, hardly(&ends), joined);
        }
    }
    // Two pages and an annex of two, where a shorter table in the annex makes it so.
    if paper.is_short && best.pages.len() > SHORT_PAGES {
        let shorter = paper.with_fewer_rows();
        let pictures: Result<Vec<Picture<'_>>, PdfError> = shorter.charts().map(Picture::drawn).collect();
        let composer = Composer { paper: &shorter, pictures: pictures?, unit: composer.unit, listed: LISTED };
        for filling in [JOINED, Filling { denser: DENSER, spacing: CLOSER, ..JOINED }] {
            let (fewer, _) = laid(&composer, sheet, faces, filling)?;
            if fewer.pages.len() < best.pages.len() {
                return Ok(fewer);
            }
        }
    }
    for listed in [LISTED, SMALLER_LIST] {
        if least == 0 {
            break;
        }
        composer.listed = listed;
        let (dense, ends) = laid(&composer, sheet, faces, Filling { denser: DENSER, ..filling })?;
        if hardly(&ends) < least {
            (best, least) = (dense, hardly(&ends));
        }
    }
    Ok(best)
}

/// How pages are filled.
#[derive(Debug, Clone, Copy)]
struct Filling {
    /// So much further down than usual.
    denser: f64,
    /// With this part of the usual space between blocks.
    spacing: f64,
    /// The annex of a short paper begins right behind the room to sign.
    is_joined: bool,
}

impl Default for Filling {
    fn default() -> Self {
        Self { denser: 0.0, spacing: 1.0, is_joined: false }
    }
}

const JOINED: Filling = Filling { denser: 0.0, spacing: 1.0, is_joined: true };
/// Space between blocks where that saves a page.
const CLOSER: f64 = 0.65;

/// How many pages the short paper has, where names and options are few.
const SHORT_PAGES: usize = 4;

/// A page that is filled to less than this part is hardly worth turning to.
const HARDLY: f64 = 0.3;
/// By how much pages are then filled further down.
pub(super) const DENSER: f64 = 9.0;

/// The paper with its pages filled so, and how far the pages are filled at which it must end.
fn laid(composer: &Composer<'_>, sheet: Sheet, faces: &Faces, filling: Filling) -> Result<(Laid, Vec<f64>), PdfError> {
    let paper = composer.paper;
    let (mut flow, has_picture, front) = composer.one_page(faces, sheet);
    (flow.denser, flow.spacing) = (filling.denser, filling.spacing);
    let mut ends = Vec::new();
    // What flows over is followed at once in the short paper: no page of it holds three lines.
    let flows_over = flow.pages.len() > 1;
    if !flows_over || !paper.is_short {
        flow.new_page();
    }
    if let Some(id) = paper.front.picture.as_ref().filter(|_| !has_picture) {
        match paper.chart(id).filter(|_| paper.is_short) {
            // Its second page holds the risks and the money too.
            Some(chart) => {
                let scale = flow.width() / f64::from(Size::PAGE);
                let high = if flows_over { FOLLOWING } else { SECOND };
                let scene = Rc::new(chart.on_page().scene_as_high(high / scale)?);
                flow.place(vec![drawn(&flow, chart, scene)]);
            }
            None => composer.figure(&mut flow, id, f64::INFINITY, true),
        }
    }
    for section in paper.beyond(&front) {
        composer.section(&mut flow, &section, Some(2), (BODY, REMARK, CELLS));
    }
    let contents = if paper.is_short { Vec::new() } else { composer.contents(&mut flow) };
    if !paper.is_short {
        composer.sign_off(&mut flow);
    }
    let mut is_annex = false;
    for part in composer.standing() {
        // The annex of a short paper begins on a page of its own, behind the room to sign; where this alone went over to
        // another page, it stands there with it.
        if paper.is_short && part.is_appendix && !is_annex {
            is_annex = true;
            composer.sign_off(&mut flow);
            if flow.filled() > 0.5 && !filling.is_joined {
                flow.new_page();
            }
        }
        composer.part(&mut flow, part);
    }
    if !paper.is_short {
        composer.figures(&mut flow);
    }
    ends.push(flow.filled());
    // A list whose pages lie comes last, so that no page before it stays empty.
    for part in composer.lying() {
        flow.turn(true);
        composer.part(&mut flow, part);
        ends.push(flow.filled());
    }
    // Only now it is known on which page everything stands.
    for (page, leaf, (right, y), target) in contents {
        let number = flow.targets.get(&target).map_or_else(String::new, |(page, _)| (page + 1).to_string());
        let x = right - faces.width(&number, BODY, false);
        let spans = vec![Span::plain(number)];
        flow.put(page, Some(leaf), Op::Text { x, y, size: BODY, ink: QUIET_TEXT, spans });
    }
    let tree = flow.tree();
    let leaves = flow.leaf_count();
    Ok((Laid { pages: flow.pages, tree, leaves, bookmarks: flow.bookmarks, targets: flow.targets }, ends))
}

struct Picture<'a> {
    chart: &'a Chart,
    scene: Rc<Scene>,
}

impl<'a> Picture<'a> {
    fn drawn(chart: &'a Chart) -> Result<Self, PdfError> {
        Ok(Self { chart, scene: Rc::new(chart.on_page().scene_on_page()?) })
    }
}

pub(super) struct Composer<'a> {
    pub paper: &'a Paper,
    pictures: Vec<Picture<'a>>,
    unit: Unit,
    /// The type of the list of all assumptions.
    listed: f64,
}

/// Where the number of a page is still to be written: page, leaf, right end and baseline, what is there.
type Blank = (usize, usize, (f64, f64), String);

impl Composer<'_> {
    /// Room to sign.
    fn sign_off(&self, flow: &mut Flow<'_>) {
        let words = &self.paper.words;
        let rows = self.paper.front.sign_off.iter().map(|names| {
            let mut row = vec![Entry::default(); words.signing.len()];
            for (entry, name) in row.iter_mut().zip(names) {
                entry.text = clean(name);
            }
            row
        });
        let entries = Entries {
            head: words.signing.iter().map(ToString::to_string).collect(),
            rows: rows.collect(),
            chosen: None,
            // The short paper has it on its second page.
            least: if self.paper.is_short { 1.35 } else { 2.1 },
        };
        let table = Table::new(flow.faces, &entries, flow.width(), CELLS);
        flow.place(vec![heading(flow, 2, words.sign_off, 12.0, None), Block::Table(table)]);
    }

    /// What follows, with a place for the number of each page.
    fn contents(&self, flow: &mut Flow<'_>) -> Vec<Blank> {
        let words = &self.paper.words;
        // The list stands on one page: behind much that page one had no room for, on the next.
        let lines = self.paper.parts.len() + 1;
        if flow.room() < 40.0 + lines as f64 * (LEADING + 0.35) * BODY {
            flow.new_page();
        }
        flow.place(vec![heading(flow, 2, words.contents, 13.0, None)]);
        let mut blanks = Vec::new();
        let mut entry = |flow: &mut Flow<'_>, target: &str, title: &str| {
            let style = Style { after: 0.35 * BODY, ..running(BODY) };
            let Some(line) = flow.lines(&[Span::plain(title)], BODY, 30.0).into_iter().next() else { return };
            let (page, y) = (flow.pages.len() - 1, flow.y);
            let (left, right) = (flow.left(), flow.left() + flow.width());
            flow.open(Tag::TOCI);
            flow.open(Tag::Reference);
            flow.open(Tag::Link);
            flow.line(page, &line, (left, y), BODY, TEXT);
            let leaf = flow.leaf();
            let area = Area::new(left, y, right, y + LEADING * BODY);
            flow.link(page, area, target.to_owned(), title.to_owned());
            flow.close();
            flow.close();
            flow.close();
            blanks.push((page, leaf, (right, y + super::flow::ASCENT * BODY), target.to_owned()));
            flow.y += LEADING * BODY + style.after;
        };
        flow.open(Tag::TOC);
        for part in self.standing() {
            entry(flow, part.id, &self.title(part));
        }
        entry(flow, "figures", &line(words.in_appendix, &[("title", &words.figures)]));
        for part in self.lying() {
            entry(flow, part.id, &self.title(part));
        }
        flow.close();
        flow.y += BODY;
        blanks
    }

    /// The parts whose pages stand, and those whose pages lie.
    fn standing(&self) -> impl Iterator<Item = &Part> {
        self.paper.parts.iter().filter(|part| !lies(part))
    }

    fn lying(&self) -> impl Iterator<Item = &Part> {
        self.paper.parts.iter().filter(|part| lies(part))
    }

    fn title(&self, part: &Part) -> String {
        let title = clean(&part.title);
        if part.is_appendix { line(self.paper.words.in_appendix, &[("title", &title)]) } else { title }
    }

    fn part(&self, flow: &mut Flow<'_>, part: &Part) {
        let sizes = (BODY, REMARK, if is_list(part) { self.listed } else { CELLS });
        let mut over = Some(part_heading(flow, &self.title(part), part.id));
        flow.open(Tag::Section);
        for section in &part.sections {
            let own = (section.title != part.title).then_some(3);
            self.section_under(flow, over.take(), section, own, sizes);
        }
        for id in &part.charts {
            self.figure_under(flow, over.take(), id, f64::INFINITY, true);
        }
        flow.close();
    }

    pub(super) fn section(&self, flow: &mut Flow<'_>, section: &Section, level: Option<u16>, sizes: (f64, f64, f64)) {
        self.section_under(flow, None, section, level, sizes);
    }

    fn section_under(
        &self,
        flow: &mut Flow<'_>,
        over: Option<Block>,
        section: &Section,
        level: Option<u16>,
        (body, remark, cells): (f64, f64, f64),
    ) {
        let mut blocks: Vec<Block> = over.into_iter().collect();
        if let Some(level) = level {
            let size = if level == 2 { 1.28 * body } else { 1.1 * body };
            blocks.push(heading(flow, level, &clean(&section.title), size, None));
        }
        if let Some(lead) = &section.lead {
            blocks.push(Block::Paragraph { lines: flow.lines(&self.spans(lead), remark, 0.0), style: quiet(remark) });
        }
        if let Some(table) = &section.table {
            let mut entries = entries(table, self.unit.voice);
            if cells == self.listed {
                told_once(&mut entries.rows);
            }
            blocks.push(Block::Table(Table::new(flow.faces, &entries, flow.width(), cells)));
        }
        match section.notes.as_slice() {
            [] => {}
            [note] => {
                let lines = flow.lines(&self.spans(note), remark, 0.0);
                blocks.push(Block::Paragraph { lines, style: quiet(remark) });
            }
            notes => {
                let notes: Vec<Vec<Span>> = notes.iter().map(|note| self.spans(note)).collect();
                blocks.push(flow.list(&notes, quiet(remark)));
            }
        }
        flow.place(blocks);
    }

    fn figure(&self, flow: &mut Flow<'_>, id: &str, highest: f64, captioned: bool) {
        self.figure_under(flow, None, id, highest, captioned);
    }

    fn figure_under(&self, flow: &mut Flow<'_>, over: Option<Block>, id: &str, highest: f64, captioned: bool) {
        let Some(picture) = self.pictures.iter().find(|picture| picture.chart.id == id) else { return };
        let mut scene = Rc::clone(&picture.scene);
        // A long picture is made smaller rather than cut.
        let highest = highest.min(0.8 * flow.body());
        let mut scale = (flow.width() / scene.width).min(highest / scene.height);
        let (title, description) = (clean(&picture.chart.title), clean(&picture.chart.description));
        let mut below = Vec::new();
        if captioned {
            let lines = flow.lines(&[Span::plain(bound(&description))], REMARK, 0.0);
            let style = Style { after: 0.0, ..quiet(REMARK) };
            below.push(Block::Paragraph { lines, style });
            let words = format!("{}.", self.paper.words.figures_of_chart);
            // The short paper has no tables behind its charts.
            let line = Some(words).filter(|_| !self.paper.is_short && printed(picture.chart).is_some());
            if let Some(line) = line.and_then(|words| flow.lines(&[Span::plain(words)], REMARK, 0.0).into_iter().next())
            {
                let style = Style { ink: LINK, after: BODY, ..quiet(REMARK) };
                below.push(Block::Link { line, style, target: format!("figures-of-{id}") });
            }
        }
        // A little smaller rather than on the next page, with the rest of this one empty.
        let around: f64 = over.iter().chain(&below).map(Block::height).sum();
        let left = (flow.room() - around - 6.0) / scene.height;
        if captioned && left < scale && left >= SHRUNK * scale {
            scale = left;
        } else if captioned && left < scale && left >= LOWER * scale {
            // Drawn anew for less height, its letters stay as large.
            let lower = picture.chart.on_page().scene_as_high(left * scene.height / scale);
            scene = lower.ok().filter(|lower| lower.height * scale <= left * scene.height).map_or(scene, Rc::new);
        }
        let mut blocks: Vec<Block> = over.into_iter().collect();
        blocks.push(Block::Figure { scene, scale, says: format!("{title}. {description}") });
        blocks.extend(below);
        flow.place(blocks);
    }

    /// The table behind each chart.
    fn figures(&self, flow: &mut Flow<'_>) {
        let words = &self.paper.words;
        let title = line(words.in_appendix, &[("title", &words.figures)]);
        let mut over = Some(part_heading(flow, &title, "figures"));
        for picture in &self.pictures {
            let Some((head, rows)) = printed(picture.chart) else { continue };
            let cell = |text: &String| {
                let text = bound(&clean(text));
                Entry { right: is_short(&text), text }
            };
            let row = |row: &Vec<String>| {
                let mut row: Vec<Entry> = row.iter().map(cell).collect();
                if let Some(first) = row.first_mut() {
                    first.right = false;
                }
                row
            };
            let head = head.iter().map(|text| heading_of_column(text)).collect();
            let entries = Entries { head, rows: rows.iter().map(row).collect(), chosen: None, least: 0.0 };
            let mut blocks: Vec<Block> = over.take().into_iter().collect();
            let id = format!("figures-of-{}", picture.chart.id);
            blocks.push(heading(flow, 3, &clean(&picture.chart.title), 1.1 * BODY, Some(id)));
            blocks.push(Block::Table(Table::new(flow.faces, &entries, flow.width(), FIGURES)));
            flow.place(blocks);
        }
    }

    pub(super) fn spans(&self, text: &Text) -> Vec<Span> {
        let span = |piece: &Piece| {
            let text = bound(&written(piece, self.unit));
            if matches!(piece, Piece::Figure(_)) { Span::bold(text) } else { Span::plain(text) }
        };
        text.0.iter().map(span).collect()
    }
}

/// Whether it is the list of all assumptions.
fn is_list(part: &Part) -> bool {
    part.id == "assumptions"
}

/// Whether its pages lie.
fn lies(part: &Part) -> bool {
    let tables = part.sections.iter().filter_map(|section| section.table.as_ref());
    is_list(part) && tables.map(|table| table.columns.len()).max().is_some_and(|columns| columns > STANDING)
}

/// A picture as wide as the page.
pub(super) fn drawn(flow: &Flow<'_>, chart: &Chart, scene: Rc<Scene>) -> Block {
    let scale = flow.width() / scene.width;
    Block::Figure { scene, scale, says: format!("{}. {}", clean(&chart.title), clean(&chart.description)) }
}

/// A place that leads elsewhere.
const LINK: Ink = Ink(0x00, 0x5A, 0x8C);

pub(super) fn heading(flow: &Flow<'_>, level: u16, title: &str, size: f64, id: Option<String>) -> Block {
    let style = Style { size, ink: TEXT, before: 0.75 * size, after: 0.2 * size };
    let lines = flow.lines(&[Span::bold(title)], size, 0.0);
    Block::Heading { level, lines, title: title.to_owned(), style, id, rule: false }
}

fn part_heading(flow: &Flow<'_>, title: &str, id: &str) -> Block {
    let size = 13.0;
    let style = Style { size, ink: TEXT, before: 20.0, after: 3.0 };
    let lines = flow.lines(&[Span::bold(title)], size, 0.0);
    Block::Heading { level: 2, lines, title: title.to_owned(), style, id: Some(id.to_owned()), rule: true }
}
