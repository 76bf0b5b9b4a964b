//! Which part of one event do insurers pay?
//!
//! A tower a policy over the loss of one event: what the insured bears first, the layer with the insured's share of it,
//! what lies above. At the right stand the average events of the insured risks, at their size.

use super::frame::{Axis, NORMAL, SMALL};
use super::palette::{self, AXIS, EDGE, GRID, Hatch, Marker, QUIET_TEXT, Series, TEXT, WORTH};
use super::place::spread_sized;
use super::rows;
use super::scene::{Align, Area, Label, Scene};
use super::text;
use crate::report::chart::{InsuranceTower, Layer};
use crate::report::texts::{line, texts};

/// More policies than this find no room for their words.
const MOST: usize = 4;
/// Two lines of a name above each tower.
const HEADER: f64 = 2.0 * NORMAL * text::LEADING + 6.0;
const LINE: f64 = SMALL * text::LEADING;

pub(super) fn draw(scene: &mut Scene, body: Area, data: &InsuranceTower) {
    let axis = Axis::holding(std::iter::once(data.reach()), 6, false);
    let tick = |amount: f64| data.scale.tick(amount, axis.step);
    let ticks = axis.labels().into_iter().map(|amount| text::width(&tick(amount), SMALL, false)).fold(0.0, f64::max);
    let side = if data.events.is_empty() { 0.0 } else { 0.30 * body.width() };
    let plot = Area::new(body.left + ticks + 8.0, body.top + HEADER, body.right - side, body.bottom - 8.0);
    let level = |amount: f64| axis.place(amount.min(axis.high), plot.bottom, plot.top);
    for amount in axis.labels() {
        let y = level(amount);
        scene.line(vec![(plot.left, y), (plot.right, y)], 1.0, GRID);
        let label = Label::new(tick(amount), plot.left - 6.0, y + SMALL * 0.36, SMALL, QUIET_TEXT);
        scene.label(label.align(Align::End));
    }
    let shown = &data.policies[..data.policies.len().min(MOST)];
    let width = plot.width() / shown.len().max(1) as f64;
    for (place, layer) in shown.iter().enumerate() {
        let left = plot.left + place as f64 * width;
        let column = Area::new(left + 6.0, plot.top, left + width - 10.0, plot.bottom);
        tower(scene, column, body.top, data, layer, &level);
    }
    scene.line(vec![(plot.left, plot.bottom), (plot.right, plot.bottom)], 1.0, AXIS);
    events(scene, Area::new(plot.right, plot.top, body.right, plot.bottom), body.top, data, &level, axis.high);
}

/// One policy: its parts, and beside them what they mean.
fn tower(scene: &mut Scene, column: Area, top: f64, data: &InsuranceTower, layer: &Layer, level: &dyn Fn(f64) -> f64) {
    let width = (0.34 * column.width()).min(96.0);
    let bar = |from: f64, to: f64, part: (f64, f64)| {
        Area::new(column.left + part.0 * width, to, column.left + part.1 * width, from)
    };
    let name = text::clean(&layer.name);
    let (lines, cut) = text::named(&name, NORMAL, true, column.width(), 2);
    scene.lines(&lines, &Label::new("", column.left, top + NORMAL * text::ASCENT, NORMAL, TEXT).bold(), &name, cut);

    let own = Series { marker: Marker::Circle, ..palette::today() };
    let paid = Series { ink: WORTH, dash: &[], marker: Marker::Circle, hatch: Hatch::Rising };
    let (foot, upper) = (level(layer.retention), layer.top().map_or(column.top, level));
    if layer.retention > 0.0 {
        scene.bar(bar(column.bottom, foot.min(column.bottom - 1.0), (0.0, 1.0)), own);
    }
    scene.bar(bar(foot, upper, (0.0, 1.0 - layer.coinsurance)), paid);
    if layer.coinsurance > 0.0 {
        scene.bar(bar(foot, upper, (1.0 - layer.coinsurance, 1.0)), own);
    }
    if layer.top().is_some() {
        scene.bar(bar(upper, column.top, (0.0, 1.0)), own);
    }

    let words = &texts(&data.scale).drawing;
    let amount = |amount: f64| data.scale.amount(amount);
    let with_amount = |template: &str, of: f64| line(template, &[("amount", &amount(of))]);
    let share = data.scale.percent(1.0 - layer.coinsurance);
    let mut said: Vec<(String, f64)> = Vec::new();
    if layer.retention > 0.0 {
        said.push((with_amount(words.own_below, layer.retention), f64::midpoint(column.bottom, foot)));
    }
    let from = amount(layer.retention);
    let between = match layer.top() {
        Some(end) => line(words.between, &[("from", &from), ("to", &amount(end))]),
        None => line(words.above, &[("from", &from)]),
    };
    let a_year = layer.annual_limit.map(|most| with_amount(words.at_most_a_year, most)).unwrap_or_default();
    let paid = line(words.insurer_pays, &[("layer", &between), ("share", &share), ("a_year", &a_year)]);
    said.push((paid, f64::midpoint(foot, upper)));
    if let Some(end) = layer.top() {
        said.push((with_amount(words.own_above, end), f64::midpoint(upper, column.top)));
    }
    let left = column.left + width + 10.0;
    let room = (column.right - left).max(20.0);
    let most = ((column.height() / said.len() as f64 - 6.0) / LINE).floor().clamp(1.0, 5.0) as usize;
    let written: Vec<(Vec<String>, bool)> =
        said.iter().map(|(words, _)| text::wrapped(words, SMALL, false, room, most)).collect();
    let sizes: Vec<f64> = written.iter().map(|(lines, _)| lines.len() as f64 * LINE + 6.0).collect();
    let wishes: Vec<f64> = said.iter().map(|(_, y)| *y).collect();
    let centres = spread_sized(&wishes, &sizes, column.top, column.bottom);
    for (((lines, cut), (words, wish)), (centre, size)) in written.iter().zip(&said).zip(centres.iter().zip(&sizes)) {
        scene.line(vec![(column.left + width, *wish), (left - 3.0, *centre)], 0.8, EDGE);
        let first = centre - size / 2.0 + 3.0 + SMALL * text::ASCENT;
        for (row, line) in lines.iter().enumerate() {
            let mut label = Label::new(line.clone(), left, first + row as f64 * LINE, SMALL, TEXT);
            if *cut && row + 1 == lines.len() {
                label = label.standing_for(words);
            }
            rows::figure(scene, label);
        }
    }
}

/// The average events, each at its size; one beyond the axis stands at its end with an arrow.
fn events(scene: &mut Scene, area: Area, top: f64, data: &InsuranceTower, level: &dyn Fn(f64) -> f64, high: f64) {
    let size = 2.0 * LINE + 6.0;
    let most = (area.height() / size).floor().max(1.0) as usize;
    let shown = &data.events[..data.events.len().min(most)];
    if shown.is_empty() {
        return;
    }
    let left = area.left + 26.0;
    let room = area.right - left;
    let name = texts(&data.scale).drawing.average_event;
    let (title, cut) = text::wrapped(name, NORMAL, true, room, 2);
    let first = Label::new("", left, top + NORMAL * text::ASCENT, NORMAL, TEXT).bold();
    scene.lines(&title, &first, name, cut);
    let wishes: Vec<f64> = shown.iter().map(|event| level(event.loss)).collect();
    let centres = spread_sized(&wishes, &vec![size; shown.len()], area.top, area.bottom);
    for ((event, wish), centre) in shown.iter().zip(wishes).zip(centres) {
        let series = Series { marker: Marker::Diamond, ..palette::today() };
        scene.line(vec![(area.left + 8.0, wish), (left - 4.0, centre)], 0.8, EDGE);
        scene.marker((area.left + 6.0, wish), 4.0, series);
        let name = text::clean(&event.name);
        let shortened = text::between(&name, SMALL, false, room);
        let baseline = centre - size / 2.0 + 3.0 + SMALL * text::ASCENT;
        scene.label(Label::new(shortened, left, baseline, SMALL, TEXT).standing_for(&name));
        let arrow = if event.loss > high { " \u{2191}" } else { "" };
        let amount = format!("{}{arrow}", data.scale.amount(event.loss));
        scene.label(Label::new(amount, left, baseline + LINE, SMALL, TEXT));
    }
}
