//! Where on which page does everything stand?
//!
//! Blocks are placed from top to bottom; what belongs together (a heading and what it heads, a short table) stays on a
//! page. Everything that is drawn belongs to a leaf of the tree of tags, which tells a reader who listens what it is, or
//! is mere layout.

use std::collections::BTreeMap;
use std::rc::Rc;

use krilla::tagging::{ListNumbering, Tag, TagKind};

use super::face::Faces;
use super::lines::{self, Line, Span};
use super::table::Table;
use super::{Sheet, heading_tag};
use crate::drawing::palette::{Ink, QUIET_TEXT, TEXT};
use crate::drawing::scene::{Area, Scene};

/// From baseline to baseline, as a multiple of the type size.
pub(super) const LEADING: f64 = 1.36;
/// From the top of a line to its baseline.
pub(super) const ASCENT: f64 = 1.03;
/// Free space around the text of a page.
const SIDE: f64 = 43.0;
const TOP: f64 = 42.0;
const BOTTOM: f64 = 52.0;
/// A section up to this part of a page is not cut where it fits on the next one; above it pages would stay half empty.
const KEPT: f64 = 0.3;

/// Something drawn.
#[derive(Clone)]
pub(super) enum Op {
    /// A line of text from this baseline on.
    Text {
        x: f64,
        y: f64,
        size: f64,
        ink: Ink,
        spans: Vec<Span>,
    },
    Fill(Area, Ink),
    /// A chart, its corner and how much smaller than nominal it is.
    Scene(Rc<Scene>, (f64, f64), f64),
}

/// Something drawn, and the leaf that it belongs to; none for mere layout.
pub(super) struct Mark {
    pub leaf: Option<usize>,
    pub op: Op,
}

/// A place that leads to another.
pub(super) struct Link {
    pub id: usize,
    pub area: Area,
    pub target: String,
    pub says: String,
}

pub(super) struct Page {
    pub width: f64,
    pub height: f64,
    pub marks: Vec<Mark>,
    pub links: Vec<Link>,
}

/// What the paper is to a reader who listens.
pub(super) enum Node {
    Group(TagKind, Vec<Node>),
    Leaf(usize),
    Link(usize),
}

/// A heading, for the bookmarks.
pub(super) struct Bookmark {
    pub level: u16,
    pub title: String,
    pub page: usize,
    pub y: f64,
}

/// How a paragraph is set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Style {
    pub size: f64,
    pub ink: Ink,
    /// Space before and after.
    pub before: f64,
    pub after: f64,
}

/// What is placed as a whole or in parts.
pub(super) enum Block {
    Heading {
        level: u16,
        lines: Vec<Line>,
        title: String,
        style: Style,
        id: Option<String>,
        rule: bool,
    },
    Paragraph {
        lines: Vec<Line>,
        style: Style,
    },
    List {
        items: Vec<Vec<Line>>,
        style: Style,
    },
    Table(Table),
    Figure {
        scene: Rc<Scene>,
        scale: f64,
        says: String,
    },
    /// Lines on a ground, with a bar before them.
    Panel {
        blocks: Vec<Block>,
        ground: Option<Ink>,
        bar: Ink,
        says: TagKind,
    },
    /// A line that leads elsewhere.
    Link {
        line: Line,
        style: Style,
        target: String,
    },
}

/// Before the dot of a list, and between it and the words.
const INDENT: f64 = 11.0;
/// Around the words of a panel.
const PAD: f64 = 6.0;

pub(super) struct Flow<'a> {
    pub faces: &'a Faces,
    sheet: Sheet,
    lying: bool,
    /// By how much pages are filled further down than usual.
    pub denser: f64,
    /// What part of the usual space stands between blocks.
    pub spacing: f64,
    pub pages: Vec<Page>,
    /// The top of what comes next.
    pub y: f64,
    left: f64,
    right: f64,
    /// The groups that are done, and those that are open.
    tree: Vec<Node>,
    stack: Vec<(TagKind, Vec<Node>)>,
    leaves: usize,
    links: usize,
    pub targets: BTreeMap<String, (usize, f64)>,
    pub bookmarks: Vec<Bookmark>,
}

impl<'a> Flow<'a> {
    pub fn new(faces: &'a Faces, sheet: Sheet) -> Self {
        let mut flow = Self {
            faces,
            sheet,
            lying: false,
            denser: 0.0,
            spacing: 1.0,
            pages: Vec::new(),
            y: 0.0,
            left: 0.0,
            right: 0.0,
            tree: Vec::new(),
            stack: Vec::new(),
            leaves: 0,
            links: 0,
            targets: BTreeMap::new(),
            bookmarks: Vec::new(),
        };
        flow.new_page();
        flow
    }

    /// The tree of tags, when all is placed.
    pub fn tree(&mut self) -> Vec<Node> {
        while !self.stack.is_empty() {
            self.close();
        }
        std::mem::take(&mut self.tree)
    }

    pub fn leaf_count(&self) -> usize {
        self.leaves
    }

    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    pub fn left(&self) -> f64 {
        self.left
    }

    /// Height of a page between its margins.
    pub fn body(&self) -> f64 {
        self.pages.last().map_or(0.0, |page| page.height - TOP - BOTTOM + self.denser)
    }

    pub fn room(&self) -> f64 {
        self.pages.last().map_or(0.0, |page| page.height - BOTTOM + self.denser - self.y)
    }

    /// How far the last page is filled.
    pub fn filled(&self) -> f64 {
        (self.y - TOP) / self.body()
    }

    fn is_at_top(&self) -> bool {
        self.y <= TOP + 0.01
    }

    pub fn new_page(&mut self) {
        let (short, long) = self.sheet.sides();
        let (width, height) = if self.lying { (long, short) } else { (short, long) };
        self.pages.push(Page { width, height, marks: Vec::new(), links: Vec::new() });
        (self.left, self.right, self.y) = (SIDE, width - SIDE, TOP);
    }

    /// From here on pages lie, or stand again.
    pub fn turn(&mut self, lying: bool) {
        if self.lying != lying {
            self.lying = lying;
            self.new_page();
        }
    }

    pub fn open(&mut self, tag: impl Into<TagKind>) {
        self.stack.push((tag.into(), Vec::new()));
    }

    pub fn close(&mut self) {
        if let Some((tag, nodes)) = self.stack.pop()
            && !nodes.is_empty()
        {
            self.add(Node::Group(tag, nodes));
        }
    }

    /// Adds to the group that is open.
    fn add(&mut self, node: Node) {
        self.stack.last_mut().map_or(&mut self.tree, |(_, nodes)| nodes).push(node);
    }

    /// A new leaf of the group that is open.
    pub fn leaf(&mut self) -> usize {
        self.leaves += 1;
        self.add(Node::Leaf(self.leaves - 1));
        self.leaves - 1
    }

    /// Draws on a page.
    pub fn put(&mut self, page: usize, leaf: Option<usize>, op: Op) {
        if let Some(page) = self.pages.get_mut(page) {
            page.marks.push(Mark { leaf, op });
        }
    }

    /// Mere layout on the page at hand.
    pub fn fill(&mut self, area: Area, ink: Ink) {
        self.put(self.pages.len() - 1, None, Op::Fill(area, ink));
    }

    /// A line of text as a leaf of its own.
    pub fn line(&mut self, page: usize, line: &Line, (x, top): (f64, f64), size: f64, ink: Ink) {
        let leaf = self.leaf();
        let spans = line.spans.clone();
        self.put(page, Some(leaf), Op::Text { x, y: top + ASCENT * size, size, ink, spans });
    }

    /// Lines for the width of the page, less this much.
    pub fn lines(&self, spans: &[Span], size: f64, less: f64) -> Vec<Line> {
        lines::lines(self.faces, spans, size, self.width() - less)
    }

    /// A list for the width of the page.
    pub fn list(&self, items: &[Vec<Span>], style: Style) -> Block {
        Block::List { items: items.iter().map(|item| self.lines(item, style.size, INDENT)).collect(), style }
    }

    /// Places what belongs together.
    pub fn place(&mut self, mut blocks: Vec<Block>) {
        blocks.iter_mut().for_each(|block| block.space(self.spacing));
        let whole: f64 = blocks.iter().map(Block::height).sum();
        if whole > self.room() && whole <= KEPT * self.body() && !self.is_at_top() {
            self.new_page();
        }
        let least: Vec<f64> = (0..blocks.len()).map(|from| together(&blocks[from..])).collect();
        for (block, least) in blocks.into_iter().zip(least) {
            if least > self.room() && !self.is_at_top() {
                self.new_page();
            }
            self.draw(block);
        }
    }

    fn draw(&mut self, block: Block) {
        match block {
            Block::Heading { level, lines, title, style, id, rule } => {
                self.y += if self.is_at_top() { 0.0 } else { style.before };
                if rule && !self.is_at_top() {
                    self.fill(Area::new(self.left, self.y - 7.0, self.right, self.y - 6.0), super::RULE);
                }
                let page = self.pages.len() - 1;
                if let Some(id) = id {
                    self.targets.insert(id, (page, self.y));
                }
                self.bookmarks.push(Bookmark { level, title: title.clone(), page, y: self.y });
                self.open(heading_tag(level, title));
                self.text(&lines, style.size, style.ink, 0.0);
                self.close();
                self.y += style.after;
            }
            Block::Paragraph { lines, style } => {
                self.y += style.before;
                self.open(Tag::P);
                self.text(&lines, style.size, style.ink, 0.0);
                self.close();
                self.y += style.after;
            }
            Block::List { items, style } => self.draw_list(&items, style),
            Block::Table(table) => table.draw(self),
            Block::Figure { scene, scale, says } => {
                let (width, height) = (scene.width * scale, scene.height * scale);
                self.open(Tag::Figure(Some(says)));
                let leaf = self.leaf();
                self.close();
                let x = self.left + 0.5 * (self.width() - width).max(0.0);
                let at = (x, self.y);
                self.put(self.pages.len() - 1, Some(leaf), Op::Scene(scene, at, scale));
                self.y += height + 4.0;
            }
            Block::Panel { blocks, ground, bar, says } => self.draw_panel(blocks, ground, bar, says),
            Block::Link { line, style, target } => {
                self.y += style.before;
                let page = self.pages.len() - 1;
                let says: String = line.spans.iter().map(|span| span.text.as_str()).collect();
                let height = style.size * LEADING;
                let area = Area::new(self.left, self.y, self.left + line.width, self.y + height);
                self.open(Tag::P);
                self.open(Tag::Link);
                self.line(page, &line, (self.left, self.y), style.size, style.ink);
                self.link(page, area, target, says);
                self.close();
                self.close();
                self.y += height + style.after;
            }
        }
    }

    /// Makes an area of a page lead elsewhere; a part of the group that is open.
    pub fn link(&mut self, page: usize, area: Area, target: String, says: String) {
        let id = self.links;
        self.links += 1;
        self.add(Node::Link(id));
        if let Some(page) = self.pages.get_mut(page) {
            page.links.push(Link { id, area, target, says });
        }
    }

    /// Lines below each other, over to the next page where one ends.
    fn text(&mut self, lines: &[Line], size: f64, ink: Ink, indent: f64) {
        for line in lines {
            if size * LEADING > self.room() && !self.is_at_top() {
                self.new_page();
            }
            let at = (self.left + indent, self.y);
            self.line(self.pages.len() - 1, line, at, size, ink);
            self.y += size * LEADING;
        }
    }

    fn draw_list(&mut self, items: &[Vec<Line>], style: Style) {
        self.y += style.before;
        self.open(Tag::L(ListNumbering::Disc));
        for item in items {
            if item.len() as f64 * style.size * LEADING > self.room() && !self.is_at_top() {
                self.new_page();
            }
            self.open(Tag::LI);
            self.open(Tag::Lbl);
            let dot = Line { spans: vec![Span::plain("•")], width: 0.0 };
            let at = (self.left + 2.0, self.y);
            self.line(self.pages.len() - 1, &dot, at, style.size, style.ink);
            self.close();
            self.open(Tag::LBody);
            self.text(item, style.size, style.ink, INDENT);
            self.close();
            self.close();
            self.y += 0.12 * style.size;
        }
        self.close();
        self.y += style.after;
    }

    fn draw_panel(&mut self, blocks: Vec<Block>, ground: Option<Ink>, bar: Ink, says: TagKind) {
        let height: f64 = blocks.iter().map(Block::height).sum::<f64>() + 2.0 * PAD;
        let (left, right) = (self.left, self.right);
        let area = Area::new(left, self.y, right, self.y + height);
        match ground {
            Some(ink) => self.fill(area, ink),
            None => {
                let edge = 0.6;
                for side in [
                    Area::new(left, area.top, right, area.top + edge),
                    Area::new(left, area.bottom - edge, right, area.bottom),
                    Area::new(right - edge, area.top, right, area.bottom),
                ] {
                    self.fill(side, super::RULE);
                }
            }
        }
        self.fill(Area::new(left, area.top, left + 3.0, area.bottom), bar);
        self.y += PAD;
        (self.left, self.right) = (left + INNER / 2.0, right - INNER / 2.0);
        self.open(says);
        for block in blocks {
            self.draw(block);
        }
        self.close();
        (self.left, self.right) = (left, right);
        self.y = area.bottom + 7.0;
    }
}

/// How much narrower the words of a panel are than the page.
pub(super) const INNER: f64 = 2.0 * 12.0;

impl Block {
    /// Space that it fills when it begins within a page.
    pub fn height(&self) -> f64 {
        let text =
            |lines: &[Line], style: &Style| lines.len() as f64 * style.size * LEADING + style.before + style.after;
        match self {
            Self::Heading { lines, style, .. } | Self::Paragraph { lines, style } => text(lines, style),
            Self::List { items, style } => {
                let lines: usize = items.iter().map(Vec::len).sum();
                lines as f64 * style.size * LEADING
                    + items.len() as f64 * 0.12 * style.size
                    + style.before
                    + style.after
            }
            Self::Table(table) => table.height(),
            Self::Figure { scene, scale, .. } => scene.height * scale + 4.0,
            Self::Panel { blocks, .. } => blocks.iter().map(Self::height).sum::<f64>() + 2.0 * PAD + 7.0,
            Self::Link { style, .. } => style.size * LEADING + style.before + style.after,
        }
    }

    /// Leaves this part of the space before and after it.
    fn space(&mut self, part: f64) {
        match self {
            Self::Heading { style, .. }
            | Self::Paragraph { style, .. }
            | Self::List { style, .. }
            | Self::Link { style, .. } => {
                style.before *= part;
                style.after *= part;
            }
            Self::Panel { blocks, .. } => blocks.iter_mut().for_each(|block| block.space(part)),
            Self::Table(_) | Self::Figure { .. } => {}
        }
    }

    /// What of it must be on the page where it begins.
    fn start(&self) -> f64 {
        match self {
            Self::Paragraph { lines, style } => lines.len().min(2) as f64 * style.size * LEADING + style.before,
            Self::List { items, style } => {
                items.first().map_or(0, Vec::len) as f64 * style.size * LEADING + style.before
            }
            Self::Table(table) => table.start(),
            _ => self.height(),
        }
    }

    /// Whether what follows must begin on the same page.
    fn leads(&self) -> bool {
        match self {
            Self::Heading { .. } | Self::Figure { .. } => true,
            Self::Paragraph { lines, .. } => lines.len() < 5,
            _ => false,
        }
    }
}

/// What must be on the page where the first of these begins.
fn together(blocks: &[Block]) -> f64 {
    match blocks {
        [] => 0.0,
        [only] => only.start(),
        [first, rest @ ..] if first.leads() => first.height() + together(rest),
        [first, ..] => first.start(),
    }
}

/// The style of running text at a size.
pub(super) fn running(size: f64) -> Style {
    Style { size, ink: TEXT, before: 0.0, after: 0.35 * size }
}

/// The style of remarks at a size.
pub(super) fn quiet(size: f64) -> Style {
    Style { ink: QUIET_TEXT, ..running(size) }
}
