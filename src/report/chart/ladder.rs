//! Which chances stand along the axis of a picture, from every year down to once in a thousand years?

use super::{LADDER, LEAST_CHANCE, Scale};
use crate::drawing::axis::SMALL;
use crate::drawing::palette::{GRID, QUIET_TEXT};
use crate::drawing::scene::{Align, Area, Label, Scene};
use crate::report::texts::{line, texts};

/// The chances and their words; a narrow picture has no room to say a chance twice.
pub(in crate::report) fn marks(scale: &Scale, is_short: bool) -> Vec<(f64, String)> {
    let words = &texts(scale).pictures.exceedance;
    let said = |chance: f64| match chance >= 1.0 {
        true => words.every_year.to_owned(),
        false if is_short => scale.chance(chance),
        false => line(words.chance, &[("chance", &scale.chance(chance)), ("share", &scale.percent(chance))]),
    };
    LADDER.iter().map(|chance| (*chance, said(*chance))).collect()
}

/// The lines across, as many as find room; the ends and the years that people speak of come first.
pub(in crate::report) fn draw(scene: &mut Scene, plot: Area, marks: Vec<(f64, String)>, height: &dyn Fn(f64) -> f64) {
    const FIRST: [f64; 5] = [1.0, LEAST_CHANCE, 0.05, 0.01, 0.1];
    let rank = |chance: f64| FIRST.iter().position(|first| *first == chance).unwrap_or(FIRST.len());
    let mut marks = marks;
    marks.sort_by_key(|(chance, _)| rank(*chance));
    let mut written: Vec<f64> = Vec::new();
    for (chance, mark) in marks {
        let y = height(chance);
        if written.iter().any(|other| (other - y).abs() < SMALL * 1.3) {
            continue;
        }
        written.push(y);
        scene.line(vec![(plot.left, y), (plot.right, y)], 1.0, GRID);
        let label = Label::new(mark, plot.left - 8.0, y + SMALL * 0.36, SMALL, QUIET_TEXT);
        scene.label(label.align(Align::End));
    }
}
