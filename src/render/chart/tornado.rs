//! Which assumption moves the answer, and how far?
//!
//! One bar an assumption around the value with all at their averages; what the assumption is at each end stands there.
//! The line at zero is where the plan is worth nothing.

use super::amounts::{self, Amounts};
use super::frame::{Axis, SMALL};
use super::palette::{self, AXIS, EDGE, QUIET_TEXT, RISE, Series, TEXT};
use super::rows::{self, ROW, Style};
use super::scene::{Align, Area, Label, Scene};
use super::text;
use crate::report::chart::{Swing, Tornado};
use crate::report::texts::{line, texts};

pub(super) fn draw(scene: &mut Scene, body: Area, data: &Tornado) {
    let series = data.option.place.map_or_else(palette::today, palette::plan);
    let head = SMALL * text::LEADING + 4.0;
    let bottom = body.bottom - amounts::LABELS;
    let room = ((bottom - body.top - head) / ROW).floor().max(1.0) as usize;
    let swings = &data.swings[..data.swings.len().min(room)];
    let height = ((bottom - body.top - head) / swings.len().max(1) as f64).min(40.0);
    let top = body.top + head;
    let bottom = top + height * swings.len() as f64;
    let names = rows::names_width(swings.iter().map(|swing| swing.name.as_str()), body);
    let left = body.left + names + 10.0;

    // Beside the bars stands what the assumption is at their ends.
    let label = |words: &str| text::between(&text::clean(words), SMALL, false, body.width() * 0.18);
    let width = |words: &str| text::width(&label(words), SMALL, false) + 12.0;
    let (mut before, mut after) = (0.0_f64, 0.0_f64);
    for swing in swings {
        let (low, high) = ends(swing);
        before = before.max(width(low.1));
        after = after.max(width(high.1));
    }
    let plot = Area::new(left + before, top, (body.right - after).max(left + before + 40.0), bottom);
    let labels = (plot.width() / 110.0).clamp(2.0, 8.0) as usize;
    let amounts = swings.iter().flat_map(|swing| [swing.low, swing.high]).chain([data.value]);
    let axis = Amounts::Linear(Axis::holding(amounts, labels, false));
    axis.draw(scene, plot, &data.scale, "");
    let zero = axis.place(0.0, plot);
    scene.line(vec![(zero, top), (zero, bottom)], 1.4, AXIS);
    for (index, swing) in swings.iter().enumerate() {
        let row = top + index as f64 * height;
        let style = Style { ink: TEXT, bold: false };
        rows::name(scene, &text::clean(&swing.name), style, (left - 10.0, names), (row, height));
        let inset = (height * 0.2).max(3.0);
        let ((low, from), (high, to)) = ends(swing);
        let (x0, x1) = (axis.place(low, plot), axis.place(high, plot));
        scene.bar(Area::new(x0, row + inset, x1.max(x0 + 1.0), row + height - inset), series);
        // What lies below zero is worth less than nothing.
        if low < 0.0 && x0 < zero {
            let loss = Series { ink: RISE, ..series };
            scene.bar(Area::new(x0, row + inset, zero.min(x1), row + height - inset), loss);
        }
        let y = rows::baseline(row, height);
        rows::figure(scene, Label::new(label(from), x0 - 6.0, y, SMALL, QUIET_TEXT).align(Align::End));
        rows::figure(scene, Label::new(label(to), x1 + 6.0, y, SMALL, QUIET_TEXT));
    }
    let middle = axis.place(data.value, plot);
    scene.line(vec![(middle, top - 3.0), (middle, bottom)], 1.4, EDGE);
    let words = line(texts(&data.scale).drawing.at_averages, &[("value", &data.scale.amount(data.value))]);
    let half = text::width(&words, SMALL, true) / 2.0;
    let x = middle.clamp(body.left + half, body.right - half);
    scene.label(Label::new(words, x, top - 7.0, SMALL, TEXT).bold().align(Align::Middle));
}

/// The lower and the higher value, each with what the assumption is there.
fn ends(swing: &Swing) -> ((f64, &str), (f64, &str)) {
    let (low, high) = ((swing.low, swing.from.as_str()), (swing.high, swing.to.as_str()));
    if low.0 <= high.0 { (low, high) } else { (high, low) }
}
