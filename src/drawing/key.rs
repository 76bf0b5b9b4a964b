//! How are many lines named below their picture, where names beside them would run into each other?
//!
//! One entry a line: a piece of it with its dash and its marker, its name, and a figure at the right.

use super::axis::{NORMAL, SMALL};
use super::palette::{QUIET_TEXT, Series, TEXT};
use super::scene::{Align, Area, Label, Scene};
use super::text;

/// A line, as it is told below the picture.
pub(crate) struct Entry<'a> {
    pub series: Series,
    pub name: &'a str,
    pub figure: String,
}

/// The height of an entry.
pub(crate) const LINE: f64 = NORMAL * text::LEADING + 2.0;
/// Between two columns, and the length of the piece of a line.
const BETWEEN: f64 = 28.0;
const PIECE: f64 = 26.0;

/// What so many entries take from the height of a picture.
pub(crate) fn height(entries: usize, columns: usize) -> f64 {
    entries.div_ceil(columns.max(1)) as f64 * LINE
}

/// Writes the entries at the foot of the body, column by column; what is left of the body.
pub(crate) fn below(scene: &mut Scene, body: Area, entries: &[Entry<'_>], columns: usize) -> Area {
    let columns = columns.max(1);
    let rows = entries.len().div_ceil(columns);
    let top = body.bottom - height(entries.len(), columns);
    let width = (body.width() - BETWEEN * (columns as f64 - 1.0)) / columns as f64;
    for (place, entry) in entries.iter().enumerate() {
        let left = body.left + (place / rows) as f64 * (width + BETWEEN);
        let y = top + ((place % rows) as f64 + 0.5) * LINE;
        scene.series_line(&[(left, y), (left + PIECE, y)], 2.2, entry.series);
        scene.marker((left + 0.5 * PIECE, y), 4.5, entry.series);
        let figures = text::width(&entry.figure, SMALL, false);
        let name = text::clean(entry.name);
        let from = left + PIECE + 6.0;
        let shown = text::between(&name, NORMAL, false, left + width - from - figures - 10.0);
        scene.label(Label::new(shown, from, y + NORMAL * 0.36, NORMAL, TEXT).standing_for(&name));
        let figure = Label::new(entry.figure.clone(), left + width, y + SMALL * 0.36, SMALL, QUIET_TEXT);
        scene.label(figure.align(Align::End));
    }
    Area { bottom: top - 6.0, ..body }
}
