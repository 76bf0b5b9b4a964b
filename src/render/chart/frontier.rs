//! What does more money buy?
//!
//! One point a set of controls, the money paid across and the loss that remains up; between two points nothing better
//! is to be had, so the line goes in steps. Each point says what it adds, as far as there is room.

use super::amounts::{self, Amounts};
use super::frame::{Axis, SMALL};
use super::palette::{self, AXIS, GRID, QUIET_TEXT, Series};
use super::place::Room;
use super::scene::{Align, Area, Label, Scene};
use super::tag::{GAP, Tag, leader};
use super::text;
use crate::report::chart::{Frontier, FrontierPoint};
use crate::report::texts::{line, texts};

pub(super) fn draw(scene: &mut Scene, body: Area, data: &Frontier) {
    let largest = data.points.iter().map(|point| point.spend).fold(0.0, f64::max);
    let up = Axis::holding(data.points.iter().map(|point| point.loss * 1.06), 5, true);
    let marks: Vec<(f64, String)> = up.labels().iter().map(|v| (*v, data.loss_scale.tick(*v, up.step))).collect();
    let widest = marks.iter().map(|(_, mark)| text::width(mark, SMALL, false)).fold(0.0, f64::max);
    let plot =
        Area::new(body.left + widest + 8.0, body.top + 6.0, body.right - 6.0, body.bottom - amounts::WITH_CAPTION);
    let lowest = data.points.iter().map(|point| point.spend).fold(0.0, f64::min);
    let labels = (plot.width() / 110.0).clamp(2.0, 8.0) as usize;
    let across = Amounts::Linear(Axis::holding([lowest, largest * 1.08].into_iter(), labels, false));
    for (amount, mark) in marks {
        let y = up.place(amount, plot.bottom, plot.top);
        scene.line(vec![(plot.left, y), (plot.right, y)], 1.0, GRID);
        scene.label(Label::new(mark, plot.left - 6.0, y + SMALL * 0.36, SMALL, QUIET_TEXT).align(Align::End));
    }
    let words = &texts(&data.loss_scale).drawing;
    let caption = line(words.money_paid, &[("years", &data.horizon), ("currency", &data.spend_scale.currency)]);
    across.draw(scene, plot, &data.spend_scale, &caption);
    let zero = up.place(0.0, plot.bottom, plot.top);
    scene.line(vec![(plot.left, zero), (plot.right, zero)], 1.2, AXIS);

    let place = |point: &FrontierPoint| (across.place(point.spend, plot), up.place(point.loss, plot.bottom, plot.top));
    let series = palette::plan(0);
    let mut steps: Vec<(f64, f64)> = Vec::new();
    for point in &data.points {
        let (x, y) = place(point);
        if let Some((_, before)) = steps.last().copied() {
            steps.push((x, before));
        }
        steps.push((x, y));
    }
    let mut room = Room::new(plot);
    room.take_line(&steps);
    scene.line(steps, 1.8, series.ink);
    for point in &data.points {
        room.take(Area::around(place(point), 7.0));
    }
    // The recommended one is told first, then the others as far as there is room.
    let order = data.points.iter().filter(|point| point.is_chosen).chain(data.points.iter().filter(|p| !p.is_chosen));
    for point in order {
        let at = place(point);
        let figures = match point.is_chosen {
            true => {
                let (cost, loss) = (data.spend_scale.amount(point.spend), data.loss_scale.amount(point.loss));
                vec![line(words.recommended, &[("cost", &cost), ("loss", &loss)])]
            }
            false => Vec::new(),
        };
        let tag = Tag::new(&[(series, point.change.as_str())], false, figures, 230.0);
        if let Some(area) = room.beside(at, tag.size, GAP) {
            let labels = tag.labels(area);
            leader(scene, &mut room, at, &labels);
            labels.into_iter().for_each(|label| scene.label(label));
        }
    }
    for point in &data.points {
        let ring = if point.is_chosen { palette::plan(1) } else { series };
        let marker = Series { marker: palette::Marker::Circle, ..ring };
        scene.marker(place(point), if point.is_chosen { 6.5 } else { 4.2 }, marker);
    }
}
