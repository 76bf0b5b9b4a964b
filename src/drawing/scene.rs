//! Where does every line, area and word of a picture stand?
//!
//! A scene is the finished layout in nominal pixels, before anything is written as SVG. Because the words know the
//! space that they fill, tests can ask whether any two of them collide or leave the canvas.

use super::palette::{EDGE, Hatch, Ink, Marker, Series, WHITE};
use super::text;

/// An upright rectangle; `y` grows downwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// Which part of a label stands at its `x`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Align {
    Start,
    Middle,
    End,
}

/// One line of text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Label {
    pub text: String,
    /// The whole text, when only part of it is shown.
    pub full: Option<String>,
    pub x: f64,
    /// The baseline.
    pub y: f64,
    pub size: f64,
    pub bold: bool,
    pub ink: Ink,
    pub align: Align,
}

/// One thing to draw.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Item {
    /// `dash` holds lengths of stroke and gap in turn; empty for an unbroken line.
    Line {
        points: Vec<(f64, f64)>,
        thickness: f64,
        ink: Ink,
        dash: &'static [f64],
    },
    Fill {
        points: Vec<(f64, f64)>,
        ink: Ink,
    },
    Label(Label),
}

/// A picture laid out; later items cover earlier ones.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Scene {
    pub width: f64,
    pub height: f64,
    pub items: Vec<Item>,
}

/// What stays blank below a picture that is cropped.
#[cfg(feature = "pdf")]
pub(crate) const FOOT: f64 = 6.0;

impl Area {
    pub fn new(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        Self { left, top, right, bottom }
    }

    pub fn around((x, y): (f64, f64), reach: f64) -> Self {
        Self::new(x - reach, y - reach, x + reach, y + reach)
    }

    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    pub fn contains(&self, other: &Self) -> bool {
        self.left <= other.left && self.top <= other.top && self.right >= other.right && self.bottom >= other.bottom
    }

    pub fn corners(&self) -> Vec<(f64, f64)> {
        vec![(self.left, self.top), (self.right, self.top), (self.right, self.bottom), (self.left, self.bottom)]
    }
}

impl Label {
    pub fn new(text: impl Into<String>, x: f64, y: f64, size: f64, ink: Ink) -> Self {
        Self { text: text.into(), full: None, x, y, size, bold: false, ink, align: Align::Start }
    }

    pub fn bold(mut self) -> Self {
        self.bold = true;
        self
    }

    pub fn align(mut self, align: Align) -> Self {
        self.align = align;
        self
    }

    /// Notes the whole text where `text` shows only part of it.
    pub fn standing_for(mut self, full: &str) -> Self {
        self.full = (full != self.text).then(|| full.to_owned());
        self
    }

    /// The space that the text fills.
    pub fn area(&self) -> Area {
        let width = text::width(&self.text, self.size, self.bold);
        let left = match self.align {
            Align::Start => self.x,
            Align::Middle => self.x - width / 2.0,
            Align::End => self.x - width,
        };
        Area::new(left, self.y - text::ASCENT * self.size, left + width, self.y + text::DESCENT * self.size)
    }
}

impl Scene {
    pub fn new(width: f64, height: f64) -> Self {
        let mut scene = Self { width, height, items: Vec::new() };
        scene.fill(Area::new(0.0, 0.0, width, height).corners(), WHITE);
        scene
    }

    /// The same without the blank strip below everything that is drawn: on a page the space around a picture is the page's.
    #[cfg(feature = "pdf")]
    #[must_use]
    pub fn cropped(mut self) -> Self {
        let lowest = |points: &[(f64, f64)]| points.iter().map(|(_, y)| *y).fold(0.0, f64::max);
        let bottom = |item: &Item| match item {
            Item::Line { points, thickness, .. } => lowest(points) + thickness / 2.0,
            Item::Fill { points, .. } => lowest(points),
            Item::Label(label) => label.area().bottom,
        };
        // The first of them is the ground.
        let foot = self.items.iter().skip(1).map(bottom).fold(0.0, f64::max) + FOOT;
        if foot < self.height {
            self.height = foot;
            let ground = Area::new(0.0, 0.0, self.width, foot).corners();
            if let Some(Item::Fill { points, .. }) = self.items.first_mut() {
                *points = ground;
            }
        }
        self
    }

    /// Adds a text, cleaned of line breaks and marks that reorder it: whatever a file holds, one line is written.
    pub fn label(&mut self, mut label: Label) {
        label.text = text::clean(&label.text);
        if !label.text.is_empty() {
            self.items.push(Item::Label(label));
        }
    }

    /// Lines of text below each other, the first with its baseline at the label's `y`; `full` is what they stand for.
    pub fn lines(&mut self, lines: &[String], first: &Label, full: &str, cut: bool) {
        for (row, text) in lines.iter().enumerate() {
            let mut label = first.clone();
            label.text.clone_from(text);
            label.y += row as f64 * first.size * text::LEADING;
            label.full = (cut && row + 1 == lines.len()).then(|| full.to_owned());
            self.label(label);
        }
    }

    pub fn fill(&mut self, points: Vec<(f64, f64)>, ink: Ink) {
        if points.len() > 2 {
            self.items.push(Item::Fill { points, ink });
        }
    }

    pub fn line(&mut self, points: Vec<(f64, f64)>, thickness: f64, ink: Ink) {
        self.dashed(points, thickness, ink, &[]);
    }

    /// A line in a series' dash. Light colours get a darker line beneath them.
    pub(crate) fn series_line(&mut self, points: &[(f64, f64)], thickness: f64, series: Series) {
        if series.ink.contrast(WHITE) < 3.0 {
            self.dashed(points.to_vec(), thickness + 1.4, EDGE, series.dash);
        }
        self.dashed(points.to_vec(), thickness, series.ink, series.dash);
    }

    fn dashed(&mut self, points: Vec<(f64, f64)>, thickness: f64, ink: Ink, dash: &'static [f64]) {
        if points.len() > 1 {
            self.items.push(Item::Line { points, thickness, ink, dash });
        }
    }

    /// A bar in a series' colour and hatching.
    pub(crate) fn bar(&mut self, area: Area, series: Series) {
        self.fill(area.corners(), series.ink);
        let stripe = if series.ink.luminance() > 0.35 { EDGE } else { WHITE };
        for stroke in hatching(area, series.hatch) {
            self.line(stroke, 1.1, stripe);
        }
        if series.ink.contrast(WHITE) < 3.0 {
            let mut outline = area.corners();
            outline.push((area.left, area.top));
            self.line(outline, 0.8, EDGE);
        }
    }

    /// A point in a series' colour and form.
    pub(crate) fn marker(&mut self, (x, y): (f64, f64), reach: f64, series: Series) {
        let outline = marker_outline(series.marker, reach);
        let mut points: Vec<_> = outline.iter().map(|(dx, dy)| (x + dx, y + dy)).collect();
        self.fill(points.clone(), series.ink);
        if let Some(first) = points.first().copied() {
            points.push(first);
        }
        self.line(points, 1.0, EDGE);
    }

    /// All labels, for asking whether they collide.
    #[cfg(test)]
    pub fn labels(&self) -> impl Iterator<Item = &Label> {
        self.items.iter().filter_map(|item| if let Item::Label(label) = item { Some(label) } else { None })
    }
}

/// The corners of a marker around zero.
fn marker_outline(marker: Marker, r: f64) -> Vec<(f64, f64)> {
    let ring = |n: usize, turn: f64, r: f64| -> Vec<(f64, f64)> {
        let angle = |i: usize| turn + std::f64::consts::TAU * i as f64 / n as f64;
        (0..n).map(|i| (r * libm::cos(angle(i)), r * libm::sin(angle(i)))).collect()
    };
    let quarter = std::f64::consts::FRAC_PI_2;
    let plus = |arm: f64, half: f64| {
        [
            (half, -arm),
            (half, -half),
            (arm, -half),
            (arm, half),
            (half, half),
            (half, arm),
            (-half, arm),
            (-half, half),
            (-arm, half),
            (-arm, -half),
            (-half, -half),
            (-half, -arm),
        ]
        .to_vec()
    };
    match marker {
        Marker::Circle => ring(24, 0.0, r),
        Marker::Square => ring(4, quarter / 2.0, r * 1.25),
        Marker::Triangle => ring(3, -quarter, r * 1.3),
        Marker::Diamond => ring(4, 0.0, r * 1.25),
        Marker::TriangleDown => ring(3, quarter, r * 1.3),
        Marker::Plus => plus(r * 1.2, r * 0.4),
        Marker::Cross => {
            let turned = libm::sqrt(0.5);
            plus(r * 1.3, r * 0.4).into_iter().map(|(x, y)| ((x - y) * turned, (x + y) * turned)).collect()
        }
        Marker::Bar => Area::new(-r * 1.2, -r * 0.6, r * 1.2, r * 0.6).corners(),
    }
}

/// The lines across a bar, cut off at its sides.
fn hatching(area: Area, hatch: Hatch) -> Vec<Vec<(f64, f64)>> {
    let slanted = |gap: f64, rising: bool| {
        let (w, h) = (area.width(), area.height());
        let count = ((w + h) / gap).ceil().min(4000.0) as usize;
        (1..count).filter_map(move |i| {
            // Along the bottom by `c`, up at 45 degrees: enters at the bottom or the left side, leaves at top or right.
            let c = i as f64 * gap;
            let (x0, x1) = ((c - h).max(0.0), c.min(w));
            let at = |x: f64| {
                if rising { (area.left + x, area.top + c - x) } else { (area.left + x, area.bottom - c + x) }
            };
            (x1 > x0).then(|| vec![at(x0), at(x1)])
        })
    };
    let upright = |gap: f64| {
        let count = (area.width() / gap).ceil().min(4000.0) as usize;
        (1..count).map(move |i| {
            let x = area.left + i as f64 * gap;
            vec![(x, area.top), (x, area.bottom)]
        })
    };
    match hatch {
        Hatch::None => Vec::new(),
        Hatch::Rising => slanted(5.0, true).collect(),
        Hatch::Falling => slanted(5.0, false).collect(),
        Hatch::Crossed => slanted(7.0, true).chain(slanted(7.0, false)).collect(),
        Hatch::Upright => upright(4.0).collect(),
        Hatch::Level => {
            let middle = f64::midpoint(area.top, area.bottom);
            [middle - 2.5, middle + 2.5].iter().map(|y| vec![(area.left, *y), (area.right, *y)]).collect()
        }
        Hatch::WideRising => slanted(12.0, true).collect(),
        Hatch::WideUpright => upright(11.0).collect(),
    }
}
