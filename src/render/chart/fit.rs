//! Do the observed amounts lie on the fitted curve?

use super::amounts::{self, Amounts};
use super::frame::SMALL;
use super::palette::{self, GRID, QUIET_TEXT, TEXT};
use super::scene::{Align, Area, Label, Scene};
use super::text;
use crate::report::chart::DataAgainstFit;
use crate::report::texts::texts;

/// The shares of the lines across.
const SHARES: [f64; 6] = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0];

pub(super) fn draw(scene: &mut Scene, body: Area, data: &DataAgainstFit) {
    let marks: Vec<(f64, String)> = SHARES.iter().map(|share| (*share, data.scale.percent(*share))).collect();
    let widest = marks.iter().map(|(_, mark)| text::width(mark, SMALL, false)).fold(0.0, f64::max);
    let top = body.top + 26.0;
    let plot = Area::new(body.left + widest + 10.0, top, body.right - 6.0, body.bottom - amounts::WITH_CAPTION);
    let (low, high) = data.ends();
    let across = Amounts::between(low, high);
    let place = |(x, share): (f64, f64)| (across.place(x, plot), plot.bottom - share.clamp(0.0, 1.0) * plot.height());
    for (share, mark) in marks {
        let y = place((low, share)).1;
        scene.line(vec![(plot.left, y), (plot.right, y)], 1.0, GRID);
        scene.label(Label::new(mark, plot.left - 8.0, y + SMALL * 0.36, SMALL, QUIET_TEXT).align(Align::End));
    }
    across.draw(scene, plot, &data.scale, &data.caption);
    let (fit, seen, open) = (palette::plan(0), palette::today(), palette::plan(1));
    scene.series_line(&data.curve.iter().copied().map(place).collect::<Vec<_>>(), 2.4, fit);
    for point in &data.seen {
        scene.marker(place(*point), 4.5, seen);
    }
    for point in &data.open {
        scene.marker(place(*point), 5.5, open);
    }
    // The key stands above the plot.
    let words = &texts(&data.scale).drawing;
    let mut x = plot.left;
    let mut entries = vec![(fit, words.fitted), (seen, words.seen)];
    if !data.open.is_empty() {
        entries.push((open, words.only_more));
    }
    for (series, name) in entries {
        let y = body.top + 10.0;
        scene.marker((x + 6.0, y), 4.5, series);
        scene.label(Label::new(name, x + 16.0, y + SMALL * 0.36, SMALL, TEXT));
        x += 34.0 + text::width(name, SMALL, false);
    }
}
