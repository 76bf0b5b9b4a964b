//! Does a plan avoid more than it costs?
//!
//! One point a plan. Everything above the diagonal (loss avoided = cost) is worth its cost and shaded; both axes hold
//! zero, so distances are not exaggerated.

use std::fmt::Display;

use super::frame::{Axis, NORMAL, SMALL};
use super::palette::{self, AXIS, EDGE, GRID, QUIET_TEXT, WORTH};
use super::place::Room;
use super::scene::{Align, Area, Label, Scene};
use super::tag::{GAP, Tag, leader};
use super::text;
use crate::report::chart::CostAgainstLossAvoided;
use crate::report::texts::{line, texts};

pub(super) fn draw(scene: &mut Scene, body: Area, data: &CostAgainstLossAvoided) {
    let across = Axis::holding(data.plans.iter().map(|p| p.cost * 1.08), 6, true);
    let up = Axis::holding(data.plans.iter().map(|p| p.loss_avoided * 1.08), 5, true);
    let marks: Vec<(f64, String)> = up.labels().iter().map(|v| (*v, data.loss_scale.tick(*v, up.step))).collect();
    let widest = marks.iter().map(|(_, mark)| text::width(mark, SMALL, false)).fold(0.0, f64::max);
    let plot = Area::new(body.left + widest + 8.0, body.top + 6.0, body.right - 6.0, body.bottom - 42.0);
    let place =
        |cost: f64, avoided: f64| (across.place(cost, plot.left, plot.right), up.place(avoided, plot.bottom, plot.top));

    let corners = [(across.low, up.low), (across.high, up.low), (across.high, up.high), (across.low, up.high)];
    let above = above_diagonal(&corners);
    scene.fill(above.iter().map(|(x, y)| place(*x, *y)).collect(), WORTH);
    for (amount, mark) in marks {
        let y = place(across.low, amount).1;
        scene.line(vec![(plot.left, y), (plot.right, y)], 1.0, GRID);
        scene.label(Label::new(mark, plot.left - 6.0, y + SMALL * 0.36, SMALL, QUIET_TEXT).align(Align::End));
    }
    cost_labels(scene, plot, data, &across);
    let mut room = Room::new(plot);
    for zero in [vec![place(0.0, up.low), place(0.0, up.high)], vec![place(across.low, 0.0), place(across.high, 0.0)]] {
        room.take_line(&zero);
        scene.line(zero, 1.0, AXIS);
    }
    // Corners of the shaded part where both amounts are equal are the ends of the diagonal.
    let diagonal: Vec<_> = above.iter().filter(|(x, y)| x == y).map(|(x, y)| place(*x, *y)).collect();
    scene.line(diagonal.clone(), 1.5, EDGE);
    room.take_line(&diagonal);
    for plan in &data.plans {
        room.take(Area::around(place(plan.cost, plan.loss_avoided), 9.0));
    }
    // A corner of the plot is above the line when its amounts are.
    let is_above = |(x, y): (f64, f64)| {
        let cost = across.low + (x - plot.left) / plot.width() * (across.high - across.low);
        let avoided = up.low + (plot.bottom - y) / plot.height() * (up.high - up.low);
        avoided > cost
    };
    let words = &texts(&data.cost_scale).drawing;
    region(scene, &mut room, words.worth, (plot.left, plot.top), |area| area.corners().into_iter().all(is_above));
    region(scene, &mut room, words.not_worth, (plot.right, plot.bottom), |area| {
        !area.corners().into_iter().any(is_above)
    });
    names(scene, &mut room, data, &place);
}

/// The part of a rectangle of (cost, avoided) in which avoided is at least cost.
fn above_diagonal(corners: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut kept = Vec::new();
    for (i, from) in corners.iter().enumerate() {
        let to = &corners[(i + 1) % corners.len()];
        let (before, after) = (from.1 - from.0, to.1 - to.0);
        if before >= 0.0 {
            kept.push(*from);
        }
        if (before > 0.0 && after < 0.0) || (before < 0.0 && after > 0.0) {
            // Along a side one of the two amounts stays as it is, and on the diagonal the other equals it.
            let at = if from.0 == to.0 { from.0 } else { from.1 };
            kept.push((at, at));
        }
    }
    kept
}

fn cost_labels(scene: &mut Scene, plot: Area, data: &CostAgainstLossAvoided, across: &Axis) {
    let mut last_right = f64::NEG_INFINITY;
    for amount in across.labels() {
        let x = across.place(amount, plot.left, plot.right);
        scene.line(vec![(x, plot.top), (x, plot.bottom + 4.0)], 1.0, GRID);
        let mark = data.cost_scale.tick(amount, across.step);
        let mut label = Label::new(mark, x, plot.bottom + 5.0 + SMALL, SMALL, QUIET_TEXT).align(Align::Middle);
        let over = label.area().right - (scene.width - 4.0);
        label.x -= over.max(0.0);
        let area = label.area();
        if area.left > last_right + 8.0 {
            last_right = area.right;
            scene.label(label);
        }
    }
    let parts: [(&str, &dyn Display); 2] = [("years", &data.horizon), ("currency", &data.cost_scale.currency)];
    let caption = text::clean(&line(texts(&data.cost_scale).drawing.cost, &parts));
    let shown = text::shortened(&caption, NORMAL, false, plot.width());
    let y = plot.bottom + 36.0;
    scene.label(Label::new(shown, plot.right, y, NORMAL, QUIET_TEXT).align(Align::End).standing_for(&caption));
}

/// Names one side of the diagonal, as near to a corner as there is room on that side; left out when there is none.
fn region(scene: &mut Scene, room: &mut Room, name: &str, corner: (f64, f64), is_inside: impl Fn(&Area) -> bool) {
    let size = (text::width(name, SMALL, false) + 12.0, SMALL * 1.6);
    if let Some(area) = room.nearest(corner, size, |_, area| is_inside(area)) {
        scene.label(Label::new(name, area.left + 6.0, area.top + SMALL * 1.1, SMALL, QUIET_TEXT));
    }
}

/// Plans that stand on one spot: their places in the report and the spot.
struct Spot {
    at: (f64, f64),
    plans: Vec<usize>,
}

fn spots(data: &CostAgainstLossAvoided, place: &impl Fn(f64, f64) -> (f64, f64)) -> Vec<Spot> {
    let mut spots: Vec<Spot> = Vec::new();
    for (index, plan) in data.plans.iter().enumerate() {
        let at = place(plan.cost, plan.loss_avoided);
        match spots.iter_mut().find(|spot| libm::hypot(spot.at.0 - at.0, spot.at.1 - at.1) < 3.0) {
            Some(spot) => spot.plans.push(index),
            None => spots.push(Spot { at, plans: vec![index] }),
        }
    }
    spots
}

fn names(scene: &mut Scene, room: &mut Room, data: &CostAgainstLossAvoided, place: &impl Fn(f64, f64) -> (f64, f64)) {
    let spots = spots(data, place);
    let mut tags = Vec::new();
    for spot in &spots {
        // With figures where there is room for them near by; else the names alone; else further away and shorter.
        let sizes = [(240.0, true), (240.0, false), (130.0, false)];
        let near = sizes.into_iter().find_map(|(limit, figures)| {
            let tag = spot.tag(data, limit, figures);
            room.beside(spot.at, tag.size, GAP).map(|area| (tag, area))
        });
        let anywhere = near.or_else(|| {
            [(240.0, true), (180.0, false), (90.0, false), (60.0, false)].into_iter().find_map(|(limit, figures)| {
                let tag = spot.tag(data, limit, figures);
                let in_sight = |room: &Room, area: &Area| room.is_clear(spot.at, area, GAP + 8.0);
                room.nearest(spot.at, tag.size, in_sight).map(|area| (tag, area))
            })
        });
        let found = anywhere.or_else(|| {
            // Many names below each other need a high place, side by side a wide one.
            let sizes = [90.0, 60.0].into_iter().flat_map(|limit| [1, 2, 3].map(|columns| (limit, columns)));
            sizes.into_iter().find_map(|(limit, columns)| {
                let tag = spot.tag(data, limit, false).in_columns(columns);
                room.nearest(spot.at, tag.size, |_, _| true).map(|area| (tag, area))
            })
        });
        if let Some((tag, area)) = found {
            let labels = tag.labels(area);
            leader(scene, room, spot.at, &labels);
            tags.push((labels, tag.markers(area)));
        }
    }
    for spot in &spots {
        if let Some(first) = spot.plans.first() {
            scene.marker(spot.at, 6.0, palette::plan(*first));
        }
    }
    for (labels, markers) in tags {
        for (at, series) in markers {
            scene.marker(at, 4.0, series);
        }
        for label in labels {
            scene.label(label);
        }
    }
}

impl Spot {
    /// The names of the plans here, each with its marker where there are several, and the figures.
    fn tag(&self, data: &CostAgainstLossAvoided, limit: f64, with_figures: bool) -> Tag {
        let plans = self.plans.iter().filter_map(|index| data.plans.get(*index).map(|plan| (*index, plan)));
        let names: Vec<_> = plans.map(|(index, plan)| (palette::plan(index), plan.name.as_str())).collect();
        let first = self.plans.first().and_then(|index| data.plans.get(*index)).filter(|_| with_figures);
        let figures = first.map(|plan| {
            let (cost, avoided) = (data.cost_scale.amount(plan.cost), data.loss_scale.amount(plan.loss_avoided));
            line(texts(&data.cost_scale).drawing.costs_avoids, &[("cost", &cost), ("avoided", &avoided)])
        });
        Tag::new(&names, names.len() > 1, figures.into_iter().collect(), limit)
    }
}
