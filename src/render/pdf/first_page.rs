//! How is the page that decides set, so that it is one page?
//!
//! In the largest type in which it is one page with its picture; then closer, then with fewer rows and remarks, of which
//! the pages behind have all, then with long names cut. Below 9.5 points nothing is set.

use std::borrow::Cow;
use std::rc::Rc;

use super::Sheet;
use krilla::tagging::Tag;

use super::compose::{Composer, DENSER, drawn, heading};
use super::face::Faces;
use super::flow::{Block, Flow, INNER, Style, quiet, running};
use super::lines::Span;
use crate::drawing::Size;
use crate::drawing::palette::{FORBIDDEN, Ink, TEXT};
use crate::drawing::scene::Scene;
use crate::render::plain::clean;
use crate::report::Front;
use crate::report::chart::Chart;

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
const BESIDE_PICTURE: [[usize; 4]; 16] = [
    [9, 9, 3, 9],
    [9, 3, 3, 9],
    [9, 2, 3, 9],
    [9, 1, 3, 9],
    [9, 2, 2, 9],
    [9, 1, 2, 9],
    [7, 2, 2, 9],
    [6, 2, 2, 9],
    [6, 2, 1, 9],
    [6, 1, 1, 9],
    [5, 2, 1, 9],
    [4, 2, 1, 9],
    [3, 1, 1, 9],
    [2, 0, 1, 9],
    [2, 0, 1, 4],
    [2, 0, 1, 2],
];
/// How many of these are tried before long names are cut.
const WITH_NAMES: usize = 13;
/// How the first page is set: the size of its type, and whether its blocks stand close together.
#[derive(Debug, Clone, Copy)]
struct Setting {
    size: f64,
    is_tight: bool,
}

/// Of the space between blocks, what is left on a first page that else has no room for all.
const TIGHT: f64 = 0.5;
const WARN: Ink = Ink(0xD5, 0x5E, 0x00);
const DECISION: Ink = Ink(0x00, 0x72, 0xB2);

impl Composer<'_> {
    /// The page that decides, in the largest type in which it is one page with its picture, and whether the picture is on
    /// it, and what of it stands there. A picture that finds no room goes over to the second page; what then is still too
    /// much is left to the pages behind.
    pub(super) fn one_page<'f>(&self, faces: &'f Faces, sheet: Sheet) -> (Flow<'f>, bool, Cow<'_, Front>) {
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
                    return (flow, true, front);
                }
            }
        }
        for size in DECIDING {
            let flow = self.front(faces, sheet, Setting { size, is_tight: false }, front, None);
            if flow.pages.len() == 1 {
                return (flow, false, Cow::Borrowed(front));
            }
        }
        let smallest = Setting { size: smallest, is_tight: true };
        let fewer = FEWER.iter().map(|most| self.paper.front_within(*most));
        for front in fewer {
            let flow = self.front(faces, sheet, smallest, &front, None);
            if flow.pages.len() == 1 {
                return (flow, false, Cow::Owned(front));
            }
        }
        (self.front(faces, sheet, smallest, front, None), false, Cow::Borrowed(front))
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
}

fn heading_within(flow: &Flow<'_>, title: &str, size: f64) -> Block {
    let style = Style { size, ink: TEXT, before: 0.0, after: 0.15 * size };
    let lines = flow.lines(&[Span::bold(title)], size, INNER);
    Block::Heading { level: 2, lines, title: title.to_owned(), style, id: None, rule: false }
}

fn panel(blocks: Vec<Block>, ground: Option<Ink>, bar: Ink) -> Block {
    Block::Panel { blocks, ground, bar, says: Tag::Div.into() }
}
