//! What is written beside a spot, and how are the two tied together?

use super::frame::{NORMAL, SMALL};
use super::palette::{AXIS, QUIET_TEXT, Series, TEXT};
use super::place::Room;
use super::scene::{Area, Label, Scene};
use super::text;

/// Between a spot's middle and its words.
pub(super) const GAP: f64 = 10.0;
/// From one line of words to the next.
const LINE: f64 = NORMAL * text::LEADING;

/// One or several names, with lines of figures below them.
pub(super) struct Tag {
    names: Vec<(Series, String, String)>,
    figures: Vec<String>,
    is_marked: bool,
    pub size: (f64, f64),
}

impl Tag {
    /// Names are cut off where they are wider than `limit`; `is_marked` puts its marker before each.
    pub fn new(names: &[(Series, &str)], is_marked: bool, figures: Vec<String>, limit: f64) -> Self {
        let indent = if is_marked { 14.0 } else { 0.0 };
        let names: Vec<_> = names
            .iter()
            .map(|(series, name)| {
                let name = text::clean(name);
                (*series, text::shortened(&name, NORMAL, true, limit), name)
            })
            .collect();
        let widest = names.iter().map(|(_, shown, _)| indent + text::width(shown, NORMAL, true)).fold(0.0, f64::max);
        let width = figures.iter().map(|f| text::width(f, SMALL, false)).fold(widest, f64::max);
        let lines = names.len() + figures.len();
        Self { names, figures, is_marked, size: (width + 4.0, lines as f64 * LINE + 2.0) }
    }

    pub fn labels(&self, area: Area) -> Vec<Label> {
        let y = |line: usize| area.top + NORMAL * 0.95 + line as f64 * LINE;
        let indent = if self.is_marked { 14.0 } else { 0.0 };
        let name = |(line, (_, shown, full)): (usize, &(Series, String, String))| {
            Label::new(shown, area.left + 2.0 + indent, y(line), NORMAL, TEXT).bold().standing_for(full)
        };
        let figure = |(line, figure): (usize, &String)| {
            Label::new(figure, area.left + 2.0, y(self.names.len() + line), SMALL, QUIET_TEXT)
        };
        self.names.iter().enumerate().map(name).chain(self.figures.iter().enumerate().map(figure)).collect()
    }

    pub fn markers(&self, area: Area) -> Vec<((f64, f64), Series)> {
        let at = |line: usize| (area.left + 7.0, area.top + NORMAL * 0.6 + line as f64 * LINE);
        self.names
            .iter()
            .enumerate()
            .filter(|_| self.is_marked)
            .map(|(line, (series, ..))| (at(line), *series))
            .collect()
    }
}

/// A thin line from a point to the nearest of its words where they stand apart; later labels keep off it.
pub(super) fn leader(scene: &mut Scene, room: &mut Room, (x, y): (f64, f64), label: &[Label]) {
    let nearest = label.iter().map(|line| {
        let area = line.area();
        let to = (x.clamp(area.left - 2.0, area.right + 2.0), y.clamp(area.top, area.bottom));
        (libm::hypot(to.0 - x, to.1 - y), to)
    });
    if let Some((far, to)) = nearest.min_by(|a, b| a.0.total_cmp(&b.0)).filter(|(far, _)| *far > 15.0) {
        // Ends short of the words.
        let part = (far - 3.0) / far;
        let line = vec![(x, y), (x + (to.0 - x) * part, y + (to.1 - y) * part)];
        room.take_line(&line);
        scene.line(line, 0.8, AXIS);
    }
}
