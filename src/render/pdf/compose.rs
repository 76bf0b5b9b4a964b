//! What stands in the paper, in which order: the page that decides, the contents, the parts, the figures.

use std::borrow::Cow;
use std::rc::Rc;

use krilla::tagging::Tag;

use super::entries::{entries, heading_of_column, printed, told_once};
use super::face::Faces;
use super::flow::{Block, Bookmark, Flow, INNER, LEADING, Node, Op, Page, Style, quiet, running};
use super::lines::Span;
use super::table::{Entries, Entry, Table};
use super::{PdfError, Sheet};
use crate::drawing::Size;
use crate::drawing::palette::{FORBIDDEN, Ink, QUIET_TEXT, TEXT};
use crate::drawing::scene::Area;
use crate::drawing::scene::Scene;
use crate::render::plain::{bound, clean, is_short, written};
use crate::report::chart::Chart;
use crate::report::texts::line;
use crate::report::{Front, Paper, Part, Piece, Section, Text};
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
/// The type of the first page, and of nothing on it a smaller one; a page with room to spare has the larger ones.
const DECIDING: [f64; 3] = [10.2, 9.8, 9.5];
/// The picture of the first page is drawn for its room: at least so high, and at most.
const PICTURE: std::ops::RangeInclusive<f64> = 150.0..=300.0;
/// The most rows of options, remarks on them, things that would make the answer wrong and sentences of the answer, step by
/// step, where all of them find no room on the first page.
const FEWER: [[usize; 4]; 11] = [
    [6, 9, 9, 9],
    [6, 9, 2, 9],
    [5, 3, 2, 9],
    [4, 2, 2, 9],
    [4, 2, 1, 9],
    [3, 1, 1, 9],
    [2, 0, 1, 9],
    [2, 0, 1, 3],
    [1, 0, 1, 2],
    [1, 0, 1, 1],
    [0, 0, 1, 1],
];
/// A picture that would else leave the page may be so low.
const LOW: f64 = 118.0;
/// The same where the picture stays on the page.
const BESIDE_PICTURE: [[usize; 4]; 15] = [
    [9, 9, 3, 9],
    [9, 3, 3, 9],
    [9, 2, 3, 9],
    [9, 1, 3, 9],
    [9, 2, 2, 9],
    [9, 1, 2, 9],
    [7, 2, 2, 9],
    [6, 2, 2, 9],
    [6, 2, 1, 9],
    [5, 2, 1, 9],
    [4, 2, 1, 9],
    [3, 1, 1, 9],
    [2, 0, 1, 9],
    [2, 0, 1, 4],
    [2, 0, 1, 2],
];
/// How many of these are tried before long names are cut.
const WITH_NAMES: usize = 12;
/// How the first page is set: the size of its type, and whether its blocks stand close together.
#[derive(Debug, Clone, Copy)]
struct Setting {
    size: f64,
    is_tight: bool,
}

/// Of the space between blocks, what is left on a first page that else has no room for all.
const TIGHT: f64 = 0.5;
/// How small a picture may become to stay on the page.
const SHRUNK: f64 = 0.8;
/// How high the picture may be on the second page of the short paper, and where the first page flows over to it.
const SECOND: f64 = 130.0;
const FOLLOWING: f64 = 200.0;

const WARN: Ink = Ink(0xD5, 0x5E, 0x00);
const DECISION: Ink = Ink(0x00, 0x72, 0xB2);

/// A paper laid out.
pub(super) struct Laid {
    pub pages: Vec<Page>,
    pub tree: Vec<Node>,
    pub leaves: usize,
    pub bookmarks: Vec<Bookmark>,
    pub targets: std::collections::BTreeMap<String, (usize, f64)>,
}

/// Lays out a paper. Where its last page would hold a few lines only, pages are filled a little further down, and then the
/// list of assumptions is set smaller.
pub(super) fn paper(paper: &Paper, sheet: Sheet, faces: &Faces) -> Result<Laid, PdfError> {
    let pictures: Result<Vec<Picture<'_>>, PdfError> = paper.charts().map(Picture::drawn).collect();
    let mut composer = Composer { paper, pictures: pictures?, unit: paper.report.unit(), listed: LISTED };
    let hardly = |ends: &[f64]| ends.iter().filter(|filled| **filled < HARDLY).count();
    let (mut best, ends) = laid(&composer, sheet, faces, 0.0)?;
    let mut least = hardly(&ends);
    for listed in [LISTED, SMALLER_LIST] {
        if least == 0 {
            break;
        }
        composer.listed = listed;
        let (dense, ends) = laid(&composer, sheet, faces, DENSER)?;
        if hardly(&ends) < least {
            (best, least) = (dense, hardly(&ends));
        }
    }
    Ok(best)
}

/// A page that is filled to less than this part holds a few lines only.
const HARDLY: f64 = 0.16;
/// By how much pages are then filled further down.
const DENSER: f64 = 9.0;

/// The paper with pages that are filled so much further down, and how far the pages are filled at which it must end.
fn laid(composer: &Composer<'_>, sheet: Sheet, faces: &Faces, denser: f64) -> Result<(Laid, Vec<f64>), PdfError> {
    let paper = composer.paper;
    let (mut flow, has_picture, front) = composer.one_page(faces, sheet)?;
    flow.denser = denser;
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
            if flow.filled() > 0.5 {
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
        let plain = chart.on_page();
        Ok(Self { chart, scene: Rc::new(plain.scene(plain.size_on_page())?) })
    }
}

struct Composer<'a> {
    paper: &'a Paper,
    pictures: Vec<Picture<'a>>,
    unit: Unit,
    /// The type of the list of all assumptions.
    listed: f64,
}

/// Where the number of a page is still to be written: page, leaf, right end and baseline, what is there.
type Blank = (usize, usize, (f64, f64), String);

impl Composer<'_> {
    /// The page that decides, in the largest type in which it is one page with its picture, and whether the picture is on
    /// it, and what of it stands there. A picture that finds no room goes over to the second page; what then is still too
    /// much is left to the pages behind.
    fn one_page<'f>(&self, faces: &'f Faces, sheet: Sheet) -> Result<(Flow<'f>, bool, Cow<'_, Front>), PdfError> {
        let front = &self.paper.front;
        let chart = front.picture.as_ref().and_then(|id| self.paper.chart(id));
        let smallest = DECIDING[DECIDING.len() - 1];
        if let Some(chart) = chart {
            // The picture stays: rather in smaller type, then with fewer rows and remarks, of which the parts behind have all.
            let loose = DECIDING.into_iter().map(|size| (Setting { size, is_tight: false }, Cow::Borrowed(front)));
            let tight = Setting { size: smallest, is_tight: true };
            let whole = std::iter::once((tight, Cow::Borrowed(front)));
            let fewer = BESIDE_PICTURE.iter().map(|most| (tight, Cow::Owned(self.paper.front_within(*most))));
            let shorter = BESIDE_PICTURE.iter().map(|most| {
                let front = self.paper.front_within(*most).with_short_names();
                (tight, Cow::Owned(front))
            });
            for (setting, front) in loose.chain(whole).chain(fewer.take(WITH_NAMES)).chain(shorter) {
                let bare = self.front(faces, sheet, setting, &front, None);
                let room = (bare.room() - 14.0).min(*PICTURE.end());
                let least = if setting.is_tight { LOW } else { *PICTURE.start() };
                if bare.pages.len() > 1 || room < least {
                    continue;
                }
                let scale = bare.width() / f64::from(Size::PAGE);
                // Room in which it cannot be drawn is no room.
                let Ok(scene) = chart.on_page().scene_as_high(room / scale) else { continue };
                let scene = Rc::new(scene);
                let flow = self.front(faces, sheet, setting, &front, Some((chart, scene)));
                if flow.pages.len() == 1 {
                    return Ok((flow, true, front));
                }
            }
        }
        for size in DECIDING {
            let flow = self.front(faces, sheet, Setting { size, is_tight: false }, front, None);
            if flow.pages.len() == 1 {
                return Ok((flow, false, Cow::Borrowed(front)));
            }
        }
        let smallest = Setting { size: smallest, is_tight: true };
        let fewer = FEWER.iter().map(|most| self.paper.front_within(*most));
        for front in fewer {
            let flow = self.front(faces, sheet, smallest, &front, None);
            if flow.pages.len() == 1 {
                return Ok((flow, false, Cow::Owned(front)));
            }
        }
        Ok((self.front(faces, sheet, smallest, front, None), false, Cow::Borrowed(front)))
    }

    fn front<'f>(
        &self,
        faces: &'f Faces,
        sheet: Sheet,
        Setting { size, is_tight }: Setting,
        front: &Front,
        picture: Option<(&Chart, Rc<Scene>)>,
    ) -> Flow<'f> {
        let words = &self.paper.words;
        let (body, remark, cells) = (size, size.clamp(9.5, 9.8), size.clamp(9.5, 9.6));
        let scale = size / 9.5;
        let mut flow = Flow::new(faces, sheet);
        if is_tight {
            (flow.denser, flow.spacing) = (DENSER, TIGHT);
        }
        let kind = Style { after: 0.0, ..quiet(body) };
        flow.place(vec![Block::Paragraph {
            lines: flow.lines(&[Span::plain(clean(&front.head))], body, 0.0),
            style: kind,
        }]);
        let title = clean(&self.paper.report.title);
        // A title of a whole sentence is set like one.
        let is_long = flow.lines(&[Span::bold(title.as_str())], 18.0 * scale, 0.0).len() > 2;
        flow.place(vec![heading(&flow, 1, &title, if is_long { 14.0 } else { 18.0 } * scale, None)]);
        for line in &front.caution {
            let style = Style { after: 0.0, ..running(body) };
            let block = Block::Paragraph { lines: flow.lines(&self.spans(line), body, INNER), style };
            flow.place(vec![panel(vec![block], Some(FORBIDDEN), WARN)]);
        }
        let mut decision = vec![heading_within(&flow, words.decision, 12.0 * scale)];
        for (place, line) in front.decision.iter().enumerate() {
            let size = if place == 0 { 1.06 * body } else { body };
            let after = if place + 1 == front.decision.len() { 0.0 } else { 0.2 * size };
            let style = Style { after, ..running(size) };
            decision.push(Block::Paragraph { lines: flow.lines(&self.spans(line), size, INNER), style });
        }
        flow.place(vec![panel(decision, None, DECISION)]);
        let mut answer = Vec::new();
        for line in &front.answer {
            answer.extend(self.spans(line));
            answer.push(Span::plain(" "));
        }
        flow.place(vec![
            heading(&flow, 2, words.answer, 12.0 * scale, None),
            Block::Paragraph { lines: flow.lines(&answer, body, 0.0), style: running(body) },
        ]);
        self.section(&mut flow, &front.options, Some(2), (body, remark, cells));
        if let Some((chart, scene)) = picture {
            flow.place(vec![drawn(&flow, chart, scene)]);
        }
        if !front.wrong_if.notes.is_empty() {
            self.section(&mut flow, &front.wrong_if, Some(2), (body, body, cells));
        }
        flow.spacing = 1.0;
        flow
    }

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

    fn section(&self, flow: &mut Flow<'_>, section: &Section, level: Option<u16>, sizes: (f64, f64, f64)) {
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
        let scene = Rc::clone(&picture.scene);
        // A long picture is made smaller rather than cut.
        let highest = highest.min(0.8 * flow.body());
        let mut scale = (flow.width() / scene.width).min(highest / scene.height);
        let (title, description) = (clean(&picture.chart.title), clean(&picture.chart.description));
        let mut below = Vec::new();
        if captioned {
            let lines = flow.lines(&[Span::plain(description.as_str())], REMARK, 0.0);
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

    fn spans(&self, text: &Text) -> Vec<Span> {
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
fn drawn(flow: &Flow<'_>, chart: &Chart, scene: Rc<Scene>) -> Block {
    let scale = flow.width() / scene.width;
    Block::Figure { scene, scale, says: format!("{}. {}", clean(&chart.title), clean(&chart.description)) }
}

/// A place that leads elsewhere.
const LINK: Ink = Ink(0x00, 0x5A, 0x8C);

fn heading(flow: &Flow<'_>, level: u16, title: &str, size: f64, id: Option<String>) -> Block {
    let style = Style { size, ink: TEXT, before: 0.75 * size, after: 0.2 * size };
    let lines = flow.lines(&[Span::bold(title)], size, 0.0);
    Block::Heading { level, lines, title: title.to_owned(), style, id, rule: false }
}

fn heading_within(flow: &Flow<'_>, title: &str, size: f64) -> Block {
    let style = Style { size, ink: TEXT, before: 0.0, after: 0.15 * size };
    let lines = flow.lines(&[Span::bold(title)], size, INNER);
    Block::Heading { level: 2, lines, title: title.to_owned(), style, id: None, rule: false }
}

fn part_heading(flow: &Flow<'_>, title: &str, id: &str) -> Block {
    let size = 13.0;
    let style = Style { size, ink: TEXT, before: 20.0, after: 3.0 };
    let lines = flow.lines(&[Span::bold(title)], size, 0.0);
    Block::Heading { level: 2, lines, title: title.to_owned(), style, id: Some(id.to_owned()), rule: true }
}

fn panel(blocks: Vec<Block>, ground: Option<Ink>, bar: Ink) -> Block {
    Block::Panel { blocks, ground, bar, says: Tag::Div.into() }
}
