//! How do pages become a file?

use std::borrow::Cow;
use std::collections::HashMap;

use krilla::Document;
use krilla::SerializeSettings;
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::{Destination, XyzDestination};
use krilla::geom::{Path, PathBuilder, Point, Rect, Transform};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, Identifier, Node as Branch, TagGroup, TagTree};

use super::PdfError;
use super::compose::Laid;
use super::face::Faces;
use super::flow::{Bookmark, Mark, Node, Op};
use super::lines::Span;
use crate::drawing::palette::{Ink, QUIET_TEXT};
use crate::drawing::scene::{Align, Area, Item, Label, Scene};
use crate::drawing::text::shortened;
use crate::render::plain::clean;
use crate::report::texts::line;
use crate::report::{PROVENANCE, Paper};

/// The foot of a page, above its end.
const FOOT: f64 = 28.0;
const FOOT_SIZE: f64 = 7.2;

pub(super) fn write(laid: Laid, faces: &Faces, paper: &Paper) -> Result<Vec<u8>, PdfError> {
    let mut builder = ConfigurationBuilder::new();
    // A paper with other words in the place of letters is not what the standard asks for, and does not claim to be.
    if faces.unset().is_empty() {
        builder = builder.with_accessibility_validator(Accessibility::UA1);
    }
    let configuration = builder.finish().map_err(|fault| PdfError::Writing(format!("{fault:?}")))?;
    let mut document = Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let mut leaves: Vec<Option<Identifier>> = vec![None; laid.leaves];
    let mut links: HashMap<usize, Identifier> = HashMap::new();
    let count = laid.pages.len();
    for (number, page) in laid.pages.iter().enumerate() {
        let settings = PageSettings::from_wh(page.width as f32, page.height as f32)
            .ok_or_else(|| PdfError::Writing("a page has no size".to_owned()))?;
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        let mut pen = Pen { surface: &mut surface, faces };
        for mark in &page.marks {
            let tag = if mark.leaf.is_some() { ContentTag::Other } else { LAYOUT };
            let id = pen.surface.start_tagged(tag);
            pen.draw(mark);
            pen.surface.end_tagged();
            if let Some(leaf) = mark.leaf.and_then(|leaf| leaves.get_mut(leaf)) {
                *leaf = Some(id);
            }
        }
        pen.foot(paper, (number + 1, count), (page.width, page.height));
        surface.finish();
        for link in &page.links {
            let Some((page, y)) = laid.targets.get(&link.target) else { continue };
            let to = XyzDestination::new(*page, Point::from_xy(0.0, (*y - 12.0).max(0.0) as f32));
            let Some(area) = rect(&link.area) else { continue };
            let target = Target::Destination(Destination::Xyz(to));
            let annotation = Annotation::new_link(LinkAnnotation::new(area, target), Some(link.says.clone()));
            links.insert(link.id, sheet.add_tagged_annotation(annotation));
        }
        sheet.finish();
    }
    document.set_outline(outline(&laid.bookmarks));
    document.set_metadata(metadata(paper));
    let mut tree = TagTree::new().with_lang(Some(paper.words.language.to_owned()));
    for node in laid.tree {
        if let Some(node) = branch(node, &mut leaves, &mut links) {
            tree.push(node);
        }
    }
    document.set_tag_tree(tree);
    document.finish().map_err(|fault| PdfError::Writing(format!("{fault:?}")))
}

const LAYOUT: ContentTag<'static> = ContentTag::Artifact(Artifact { kind: ArtifactType::Layout, bbox: None });

fn metadata(paper: &Paper) -> Metadata {
    Metadata::new()
        .title(clean(&paper.report.title))
        .description(format!("{} · {}", paper.words.kind, paper.foot))
        .language(paper.words.language.to_owned())
        .creator(concat!("rosi ", env!("CARGO_PKG_VERSION")).to_owned())
        .keywords(paper.report.provenance().map(|run| format!("{PROVENANCE} {run}")).into_iter().collect())
        .document_id(paper.report.run.clone())
}

/// The bookmarks: parts with what is in them; the title of the case stands above them all anyway.
fn outline(bookmarks: &[Bookmark]) -> Outline {
    let mut outline = Outline::new();
    let mut open: Option<OutlineNode> = None;
    for bookmark in bookmarks.iter().filter(|bookmark| bookmark.level > 1) {
        let to = XyzDestination::new(bookmark.page, Point::from_xy(0.0, (bookmark.y - 12.0).max(0.0) as f32));
        let node = OutlineNode::new(bookmark.title.clone(), to);
        match (&mut open, bookmark.level) {
            (Some(part), 3..) => part.push_child(node),
            _ => {
                if let Some(done) = open.replace(node) {
                    outline.push_child(done);
                }
            }
        }
    }
    if let Some(done) = open {
        outline.push_child(done);
    }
    outline
}

/// The tree of tags as the library wants it; a group of which nothing was drawn is left out.
fn branch(node: Node, leaves: &mut [Option<Identifier>], links: &mut HashMap<usize, Identifier>) -> Option<Branch> {
    match node {
        Node::Leaf(leaf) => leaves.get_mut(leaf).and_then(Option::take).map(Branch::from),
        Node::Link(link) => links.remove(&link).map(Branch::from),
        Node::Group(tag, nodes) => {
            let children: Vec<Branch> = nodes.into_iter().filter_map(|node| branch(node, leaves, links)).collect();
            (!children.is_empty()).then(|| Branch::from(TagGroup::with_children(tag, children)))
        }
    }
}

fn rect(area: &Area) -> Option<Rect> {
    Rect::from_ltrb(area.left as f32, area.top as f32, area.right as f32, area.bottom as f32)
}

/// Draws on one page.
struct Pen<'s, 'p> {
    surface: &'s mut Surface<'p>,
    faces: &'s Faces,
}

impl Pen<'_, '_> {
    fn draw(&mut self, mark: &Mark) {
        match &mark.op {
            Op::Text { x, y, size, ink, spans } => self.spans((*x, *y), *size, *ink, spans),
            Op::Fill(area, ink) => self.polygon(&area.corners(), *ink),
            Op::Scene(scene, at, scale) => self.scene(scene, *at, *scale),
        }
    }

    fn spans(&mut self, (mut x, y): (f64, f64), size: f64, ink: Ink, spans: &[Span]) {
        for span in spans {
            x += self.text((x, y), size, ink, &span.text, span.bold);
        }
    }

    /// Writes a line and tells how wide it is.
    fn text(&mut self, (x, y): (f64, f64), size: f64, ink: Ink, text: &str, bold: bool) -> f64 {
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(fill(ink)));
        let mut along = 0.0;
        for run in self.faces.runs(&self.faces.readable(text, bold), bold) {
            let start = Point::from_xy((x + along) as f32, y as f32);
            self.surface.draw_glyphs(start, &run.glyphs, run.font, &run.text, size as f32, false);
            along += run.width * size;
        }
        along
    }

    fn polygon(&mut self, points: &[(f64, f64)], ink: Ink) {
        if let Some(path) = path(points, true) {
            self.surface.set_stroke(None);
            self.surface.set_fill(Some(fill(ink)));
            self.surface.draw_path(&path);
        }
    }

    fn scene(&mut self, scene: &Scene, (x, y): (f64, f64), scale: f64) {
        let factor = scale as f32;
        self.surface.push_transform(&Transform::from_row(factor, 0.0, 0.0, factor, x as f32, y as f32));
        for item in &scene.items {
            match item {
                Item::Fill { points, ink } => self.polygon(points, *ink),
                Item::Line { points, thickness, ink, dash } => self.stroke(points, *thickness, *ink, dash),
                Item::Label(label) => self.label(label),
            }
        }
        self.surface.pop();
    }

    fn stroke(&mut self, points: &[(f64, f64)], thickness: f64, ink: Ink, dash: &[f64]) {
        let Some(path) = path(points, false) else { return };
        let array: Vec<f32> = dash.iter().map(|length| *length as f32).collect();
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(Stroke {
            paint: colour(ink).into(),
            width: thickness as f32,
            line_join: LineJoin::Round,
            dash: (!array.is_empty()).then_some(StrokeDash { array, offset: 0.0 }),
            ..Stroke::default()
        }));
        self.surface.draw_path(&path);
        self.surface.set_stroke(None);
    }

    fn label(&mut self, label: &Label) {
        let said = self.faces.readable(&label.text, label.bold);
        // A name in brackets is wider than its symbol: the label keeps the room that it was given.
        let said = match &said {
            Cow::Borrowed(said) => Cow::Borrowed(*said),
            Cow::Owned(said) => Cow::Owned(shortened(said, label.size, label.bold, label.area().width())),
        };
        let width = self.faces.width(&said, label.size, label.bold);
        let x = match label.align {
            Align::Start => label.x,
            Align::Middle => label.x - width / 2.0,
            Align::End => label.x - width,
        };
        self.text((x, label.y), label.size, label.ink, &said, label.bold);
    }

    fn foot(&mut self, paper: &Paper, (number, count): (usize, usize), (width, height): (f64, f64)) {
        let counted = line(paper.words.page, &[("page", &number), ("pages", &count)]);
        let y = height - FOOT;
        let tag = ContentTag::Artifact(Artifact { kind: ArtifactType::Footer, bbox: None });
        self.surface.start_tagged(tag);
        self.text((43.0, y), FOOT_SIZE, QUIET_TEXT, &paper.foot, false);
        let right = width - 43.0 - self.faces.width(&counted, FOOT_SIZE, false);
        self.text((right, y), FOOT_SIZE, QUIET_TEXT, &counted, false);
        self.surface.end_tagged();
    }
}

fn colour(ink: Ink) -> rgb::Color {
    rgb::Color::new(ink.0, ink.1, ink.2)
}

fn fill(ink: Ink) -> Fill {
    Fill { paint: colour(ink).into(), ..Fill::default() }
}

fn path(points: &[(f64, f64)], closed: bool) -> Option<Path> {
    let mut builder = PathBuilder::new();
    let mut points = points.iter().map(|(x, y)| (*x as f32, *y as f32));
    let (x, y) = points.next()?;
    builder.move_to(x, y);
    for (x, y) in points {
        builder.line_to(x, y);
    }
    if closed {
        builder.close();
    }
    builder.finish()
}
