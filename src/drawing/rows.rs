//! Names at the left, bars behind them: what every picture with a row a name has in common.

use super::axis::{NORMAL, SMALL};
use super::palette::{Ink, Series, WHITE};
use super::scene::{Align, Area, Label, Scene};
use super::text;

/// Least height of a row with one bar.
pub(crate) const ROW: f64 = 24.0;

/// Names as wide as the longest needs and at most a third of the body.
pub(crate) fn names_width<'a>(names: impl Iterator<Item = &'a str>, body: Area) -> f64 {
    let longest = names.map(|name| text::width(name, NORMAL, false)).fold(0.0, f64::max);
    // Two lines of a long name need a little over half its width.
    longest.min((longest * 0.62).max(body.width() * 0.22)).min(body.width() * 0.30).ceil() + 2.0
}

/// How a name is written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    pub ink: Ink,
    pub bold: bool,
}

/// Writes a name in up to three lines, ending at `right` and in the middle of the row from `top` on.
pub(crate) fn name(scene: &mut Scene, name: &str, style: Style, (right, width): (f64, f64), (top, height): (f64, f64)) {
    let allowed = (height / (NORMAL * text::LEADING)).floor().clamp(1.0, 3.0) as usize;
    let (lines, cut) = text::named(name, NORMAL, style.bold, width, allowed);
    let block = (lines.len() as f64 - 1.0) * NORMAL * text::LEADING;
    let y = top + height / 2.0 - block / 2.0 + NORMAL * 0.36;
    let mut first = Label::new("", right, y, NORMAL, style.ink).align(Align::End);
    first.bold = style.bold;
    scene.lines(&lines, &first, name, cut);
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
