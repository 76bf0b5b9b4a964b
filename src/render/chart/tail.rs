//! Which risks make a bad year bad?
//!
//! One bar a risk, with its part of the whole beside it; the last row is the whole. The small ones are added up where
//! they find no room.

use super::amounts::{self, Amounts};
use super::frame::{Axis, SMALL};
use super::palette::{self, AXIS, QUIET_TEXT, TEXT};
use super::rows::{self, ROW, Style};
use super::scene::{Area, Label, Scene};
use super::text;
use crate::report::chart::TailContribution;
use crate::report::texts::{line, texts};

struct Row {
    name: String,
    loss: f64,
    style: Style,
    /// Without a bar only the figures are shown.
    has_bar: bool,
}

pub(super) fn draw(scene: &mut Scene, body: Area, data: &TailContribution) {
    let series = data.option.place.map_or_else(palette::today, palette::plan);
    let bottom = body.bottom - amounts::LABELS;
    let rows = shown(data, ((bottom - body.top) / ROW).floor() as usize);
    let height = ((bottom - body.top) / rows.len() as f64).min(44.0);
    let bottom = body.top + height * rows.len() as f64;
    let names = rows::names_width(rows.iter().map(|row| row.name.as_str()), body);
    let left = body.left + names + 10.0;

    let figure = |loss: f64| data.scale.estimate(loss);
    let share = |loss: f64| data.share(loss).map_or_else(String::new, |share| data.scale.percent(share));
    let widths = |loss: f64| text::width(&figure(loss), SMALL, false) + text::width(&share(loss), SMALL, true) + 24.0;
    let length = |row: &Row| if row.has_bar { row.loss } else { 0.0 };
    let low = rows.iter().map(length).fold(0.0, f64::min);
    let bars = rows.iter().map(|row| (length(row), widths(row.loss)));
    let per_unit = rows::pixels_per_unit(bars, low, body.right - left);
    let zero = left - low * per_unit;
    let total_top = bottom - height;
    if per_unit > 0.0 {
        let plot = Area::new(left, body.top, body.right, total_top);
        let ends = [low, low + plot.width() / per_unit];
        let labels = (plot.width() / 110.0).clamp(2.0, 8.0) as usize;
        let axis = Amounts::Linear(Axis::holding(ends.into_iter(), labels, false));
        axis.draw(scene, Area::new(left, body.top, body.right, bottom), &data.scale, "");
    }
    for (index, row) in rows.iter().enumerate() {
        let top = body.top + index as f64 * height;
        rows::name(scene, &row.name, row.style, (left - 10.0, names), (top, height));
        let inset = (height * 0.2).max(3.0);
        let end = rows::bar(scene, zero, per_unit, length(row), (top + inset, top + height - inset), series);
        let y = rows::baseline(top, height);
        let mut label = Label::new(figure(row.loss), end + 6.0, y, SMALL, TEXT);
        label.bold = row.style.bold;
        let after = rows::figure(scene, label);
        rows::figure(scene, Label::new(share(row.loss), after + 8.0, y, SMALL, TEXT).bold());
    }
    scene.line(vec![(zero, body.top), (zero, bottom)], 1.0, AXIS);
    scene.line(vec![(body.left, total_top), (body.right, total_top)], 1.0, AXIS);
}

/// The risks that find room, the rest added up, and the whole.
fn shown(data: &TailContribution, room: usize) -> Vec<Row> {
    let room = room.max(2) - 1;
    let count = if data.risks.len() <= room { data.risks.len() } else { room - 1 };
    let (top, rest) = data.risks.split_at(count);
    let plain = Style { ink: TEXT, bold: false };
    let mut rows: Vec<Row> = top
        .iter()
        .map(|risk| Row { name: text::clean(&risk.name), loss: risk.loss, style: plain, has_bar: true })
        .collect();
    if !rest.is_empty() {
        let loss: f64 = rest.iter().map(|risk| risk.loss).sum();
        let name = line(texts(&data.scale).drawing.other_risks, &[("count", &rest.len())]);
        // Many small risks together may dwarf the largest one; their bar would press all others flat.
        let has_bar = top.is_empty() || loss <= top.iter().map(|risk| risk.loss).fold(0.0, f64::max);
        rows.push(Row { name, loss, style: Style { ink: QUIET_TEXT, bold: false }, has_bar });
    }
    let whole = Style { ink: TEXT, bold: true };
    rows.push(Row {
        name: texts(&data.scale).drawing.all_risks.to_owned(),
        loss: data.total(),
        style: whole,
        has_bar: false,
    });
    rows
}
