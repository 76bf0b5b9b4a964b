//! Names at the left, bars behind them: what every picture with a row a name has in common.

use super::Size;
use super::axis::{MARGIN, NORMAL, SMALL};
use super::palette::{Ink, Series, WHITE};
use super::scene::{Align, Area, Label, Scene};
use super::text;

/// Least height of a row with one bar.
pub(crate) const ROW: f64 = 24.0;

/// Below this width names stand above their rows: beside them they would leave no room.
const NARROW: f64 = 480.0;

/// Whether a picture is as narrow as a phone.
pub(crate) fn is_narrow(body: Area) -> bool {
    body.width() < NARROW
}

/// How a name is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    pub ink: Ink,
    pub bold: bool,
}

/// Where the names of rows stand: at their left, as wide as the longest needs and at most a third of the body; in a
/// narrow picture above them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Names {
    left: f64,
    width: f64,
    /// Lines above each row; none where names stand at the left.
    lines: usize,
    /// Names above rows, which are written over the lines of the plot when these are drawn.
    over: Vec<Above>,
}

/// A name above a row: its lines, the first of them as a label, the whole, and whether something was left out.
type Above = (Vec<String>, Label, String, bool);

impl Names {
    /// The place that these names ask for.
    pub fn of<'a>(names: impl Iterator<Item = &'a str>, body: Area) -> Self {
        let longest = names.map(|name| text::width(name, NORMAL, false)).fold(0.0, f64::max);
        if is_narrow(body) {
            let lines = if longest > body.width() { 2 } else { 1 };
            return Self { left: body.left, width: body.width(), lines, over: Vec::new() };
        }
        // Two lines of a long name need a little over half its width.
        let width = longest.min((longest * 0.62).max(body.width() * 0.22)).min(body.width() * 0.30).ceil() + 2.0;
        Self { left: body.left, width, lines: 0, over: Vec::new() }
    }

    /// What names above a row add to its height on a phone.
    pub fn above_on_phone<'a>(names: impl Iterator<Item = &'a str>) -> f64 {
        Self::of(names, Area::new(MARGIN, 0.0, f64::from(Size::PHONE) - MARGIN, 0.0)).above()
    }

    /// The same, at the left no wider than this.
    pub fn at_most(self, width: f64) -> Self {
        if self.lines > 0 { self } else { Self { width: self.width.min(width), ..self } }
    }

    /// What names above a row add to its height.
    pub fn above(&self) -> f64 {
        self.lines as f64 * NORMAL * text::LEADING
    }

    /// Where the rows begin, so far behind the names.
    pub fn end(&self, gap: f64) -> f64 {
        if self.lines > 0 { self.left } else { self.left + self.width + gap }
    }

    /// Writes a name: in up to three lines at the left of its row, in the middle of its height, or above it. The answer
    /// is what is left of the row, from its top on.
    pub fn write(&mut self, scene: &mut Scene, name: &str, style: Style, (top, height): (f64, f64)) -> (f64, f64) {
        let leading = NORMAL * text::LEADING;
        let allowed = match self.lines {
            0 => (height / leading).floor().clamp(1.0, 3.0) as usize,
            lines => lines,
        };
        let (lines, cut) = text::named(name, NORMAL, style.bold, self.width, allowed);
        if self.lines > 0 {
            // What is left below one line stands above it, so that a name is near to its row.
            let y = top + self.above() - (lines.len() as f64 - 0.8) * leading;
            let mut first = Label::new("", self.left, y, NORMAL, style.ink);
            first.bold = style.bold;
            self.over.push((lines, first, name.to_owned(), cut));
        } else {
            let block = (lines.len() as f64 - 1.0) * leading;
            let y = top + height / 2.0 - block / 2.0 + NORMAL * 0.36;
            let mut first = Label::new("", self.left + self.width, y, NORMAL, style.ink).align(Align::End);
            first.bold = style.bold;
            scene.lines(&lines, &first, name, cut);
        }
        (top + self.above(), height - self.above())
    }

    /// Writes the names above rows, on white so that no line of the plot runs through them.
    pub fn finish(self, scene: &mut Scene) {
        for (lines, first, name, cut) in self.over {
            for (row, line) in lines.iter().enumerate() {
                let mut label = first.clone();
                label.text.clone_from(line);
                label.y += row as f64 * NORMAL * text::LEADING;
                let area = label.area();
                scene.fill(Area { left: area.left - 1.5, right: area.right + 3.0, ..area }.corners(), WHITE);
            }
            scene.lines(&lines, &first, &name, cut);
        }
    }
}

/// The largest number of pixels a unit of money at which every bar and the text behind it stay within `room`; negative
/// bars reach left of zero and carry their figure at its right.
pub(crate) fn pixels_per_unit(bars: impl Iterator<Item = (f64, f64)>, low: f64, room: f64) -> f64 {
    let least = bars
        .map(|(loss, label)| (loss.max(0.0) - low, (room - label).max(4.0)))
        .filter(|(reach, _)| *reach > 0.0)
        .map(|(reach, room)| room / reach)
        .fold(f64::INFINITY, f64::min);
    if least.is_finite() { least } else { 0.0 }
}

/// Draws a bar from zero and answers where its right end is.
pub(crate) fn bar(
    scene: &mut Scene,
    zero: f64,
    scale: f64,
    loss: f64,
    (top, bottom): (f64, f64),
    series: Series,
) -> f64 {
    let length = loss * scale;
    let (left, right) = if length < 0.0 { (zero + length, zero) } else { (zero, zero + length) };
    if right - left > 0.05 {
        // A loss that exists is seen, however small it is beside the largest.
        scene.bar(Area::new(left, top, right.max(left + 1.0), bottom), series);
    }
    right.max(zero)
}

/// A figure with white behind it, because it stands on grid lines; the answer is where it ends.
pub(crate) fn figure(scene: &mut Scene, label: Label) -> f64 {
    let area = label.area();
    scene.fill(Area::new(area.left - 2.0, area.top, area.right + 2.0, area.bottom).corners(), WHITE);
    scene.label(label);
    area.right
}

/// The baseline of small text in the middle of a row.
pub(crate) fn baseline(top: f64, height: f64) -> f64 {
    top + height / 2.0 + SMALL * 0.36
}
