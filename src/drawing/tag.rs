//! What is written beside a spot, and how are the two tied together?

use super::axis::{NORMAL, SMALL};
use super::palette::{AXIS, QUIET_TEXT, Series, TEXT};
use super::place::Room;
use super::scene::{Area, Label, Scene};
use super::text;

/// Between a spot's middle and its words.
pub(crate) const GAP: f64 = 10.0;
/// From one line of words to the next.
const LINE: f64 = NORMAL * text::LEADING;

/// One or several names, with lines of figures below them.
pub(crate) struct Tag {
    names: Vec<Name>,
    figures: Vec<String>,
    is_marked: bool,
    /// Names below each other before the next column begins.
    rows: usize,
    /// From one column to the next.
    column: f64,
    pub size: (f64, f64),
}

struct Name {
    series: Series,
    lines: Vec<String>,
    is_cut: bool,
    full: String,
}

/// Before a name with its marker.
const INDENT: f64 = 14.0;
/// Up to this many names may take two lines each.
const ROOMY: usize = 2;

impl Tag {
    /// Names wider than `limit` go on in a second line, or are cut off where there are many; `is_marked` puts its marker
    /// before each.
    pub fn new(names: &[(Series, &str)], is_marked: bool, figures: Vec<String>, limit: f64) -> Self {
        let indent = if is_marked { INDENT } else { 0.0 };
        let allowed = if names.len() <= ROOMY { 2 } else { 1 };
        let named = |(series, name): &(Series, &str)| {
            let full = text::clean(name);
            let (lines, is_cut) = text::named(&full, NORMAL, true, limit, allowed);
            Name { series: *series, lines, is_cut, full }
        };
        let names: Vec<Name> = names.iter().map(named).collect();
        let rows = names.len();
        let lines = names.iter().flat_map(|name| &name.lines);
        let column = lines.map(|line| indent + text::width(line, NORMAL, true)).fold(0.0, f64::max) + 8.0;
        Self { names, figures, is_marked, rows, column, size: (0.0, 0.0) }.measured()
    }

    /// One line for all of several names.
    pub fn summing_up(series: Series, shown: &str, names: &str) -> Self {
        let full = text::clean(names);
        let names = vec![Name { series, lines: vec![text::clean(shown)], is_cut: true, full }];
        let column = INDENT + text::width(shown, NORMAL, true) + 8.0;
        Self { names, figures: Vec::new(), is_marked: true, rows: 1, column, size: (0.0, 0.0) }.measured()
    }

    /// Whether a name is shortened.
    pub fn is_cut(&self) -> bool {
        self.names.iter().any(|name| name.is_cut)
    }

    /// The same with the names in so many columns.
    pub fn in_columns(self, columns: usize) -> Self {
        Self { rows: self.names.len().div_ceil(columns.max(1)).max(1), ..self }.measured()
    }

    fn measured(self) -> Self {
        let columns = self.names.len().div_ceil(self.rows.max(1)).max(1) as f64;
        let names = columns * self.column - 8.0;
        let width = self.figures.iter().map(|f| text::width(f, SMALL, false)).fold(names, f64::max);
        let columns = self.names.chunks(self.rows.max(1));
        let lines = columns.map(|names| names.iter().map(|name| name.lines.len()).sum::<usize>()).max().unwrap_or(0);
        let height = (lines + self.figures.len()) as f64 * LINE + 2.0;
        Self { size: (width + 4.0, height), ..self }
    }

    /// Each name with the left end and the first line of its place.
    fn places(&self, area: Area) -> impl Iterator<Item = (&Name, f64, usize)> {
        self.names.chunks(self.rows.max(1)).enumerate().flat_map(move |(column, names)| {
            let left = area.left + 2.0 + column as f64 * self.column;
            let mut line = 0;
            names.iter().map(move |name| {
                let first = line;
                line += name.lines.len();
                (name, left, first)
            })
        })
    }

    pub fn labels(&self, area: Area) -> Vec<Label> {
        let indent = if self.is_marked { INDENT } else { 0.0 };
        let baseline = |line: usize| area.top + NORMAL * 0.95 + line as f64 * LINE;
        let mut labels = Vec::new();
        let mut below = 0;
        for (name, left, first) in self.places(area) {
            for (index, line) in name.lines.iter().enumerate() {
                let label = Label::new(line, left + indent, baseline(first + index), NORMAL, TEXT).bold();
                let is_last = index + 1 == name.lines.len();
                labels.push(if is_last && name.is_cut { label.standing_for(&name.full) } else { label });
            }
            below = below.max(first + name.lines.len());
        }
        let figures = self.figures.iter().enumerate();
        labels
            .extend(figures.map(|(index, figure)| {
                Label::new(figure, area.left + 2.0, baseline(below + index), SMALL, QUIET_TEXT)
            }));
        labels
    }

    pub fn markers(&self, area: Area) -> Vec<((f64, f64), Series)> {
        let at = |left: f64, line: usize| (left + 5.0, area.top + NORMAL * 0.6 + line as f64 * LINE);
        let marked = self.places(area).filter(|_| self.is_marked);
        marked.map(|(name, left, first)| (at(left, first), name.series)).collect()
    }
}

/// A thin line from a point to the nearest of its words where they stand apart; later labels keep off it.
pub(crate) fn leader(scene: &mut Scene, room: &mut Room, (x, y): (f64, f64), label: &[Label]) {
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
