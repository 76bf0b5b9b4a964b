//! What may one year bring: nothing, something, or far too much?
//!
//! The years without loss are a part of a bar of their own, because one tall bar among the steps would press all others
//! flat. The steps are a histogram, in which the average, the bad and the very bad year are marked.

use super::amounts::{self, Amounts};
use super::frame::{Axis, NORMAL, SMALL};
use super::palette::{self, AXIS, EDGE, GRID, QUIET_TEXT, Series, TEXT, WHITE};
use super::place::{spread, spread_sized};
use super::scene::{Align, Area, Label, Scene};
use super::text;
use crate::report::chart::AnnualLossDensity;
use crate::report::texts::{line, texts};
use crate::units::Voice;

/// Two lines above the plot for each marked year, and the lines that lead down from them.
const HEADER: f64 = 2.0 * NORMAL * text::LEADING + 16.0;
/// Width of the bar of all years.
const BAR: f64 = 30.0;

pub(super) fn draw(scene: &mut Scene, body: Area, data: &AnnualLossDensity) {
    let words = &texts(&data.scale).drawing;
    let series = data.option.place.map_or_else(palette::today, palette::plan);
    let panel = Area::new(body.left, body.top + HEADER, body.left + 104.0, body.bottom - amounts::WITH_CAPTION);
    every_year(scene, panel, data, series);
    let heights = Heights::of(data);
    let marks = heights.marks();
    let widest = marks.iter().map(|(_, mark)| text::width(mark, SMALL, false)).fold(0.0, f64::max);
    let plot = Area::new(panel.right + 22.0 + widest, panel.top, body.right - 6.0, panel.bottom);
    let largest = data.bins.iter().map(|bin| bin.to).chain(data.years().map(|(.., loss)| loss)).fold(0.0, f64::max);
    if largest <= 0.0 {
        let middle = f64::midpoint(plot.left, plot.right);
        let y = f64::midpoint(plot.top, plot.bottom);
        scene.label(Label::new(words.no_loss, middle, y, NORMAL, QUIET_TEXT).align(Align::Middle));
        return;
    }
    for (height, mark) in marks {
        let y = heights.axis.place(height, plot.bottom, plot.top);
        scene.line(vec![(plot.left, y), (plot.right, y)], 1.0, GRID);
        scene.label(Label::new(mark, plot.left - 6.0, y + SMALL * 0.36, SMALL, QUIET_TEXT).align(Align::End));
    }
    let across = Amounts::up_to(largest, plot.width());
    let caption = line(words.loss_in_year, &[("currency", &data.scale.currency)]);
    let caption = match data.bins.last().filter(|_| data.chance_beyond() > 0.0) {
        Some(last) => {
            let (beyond, most) = (data.scale.percent(data.chance_beyond()), data.scale.amount(last.to));
            let caption = caption.trim_end_matches(", ");
            line(words.years_beyond, &[("caption", &caption), ("share", &beyond), ("amount", &most)])
        }
        None => caption,
    };
    across.draw(scene, plot, &data.scale, &caption);
    for (bin, height) in data.bins.iter().zip(&heights.all) {
        let (left, right) = (across.place(bin.from, plot), across.place(bin.to, plot));
        let gap = if right - left > 4.0 { 0.5 } else { 0.0 };
        let bar = Area::new(left + gap, heights.axis.place(*height, plot.bottom, plot.top), right - gap, plot.bottom);
        if bar.height() > 0.05 && bar.width() > 0.0 {
            scene.fill(bar.corners(), series.ink);
            if series.ink.contrast(WHITE) < 3.0 {
                // Light bars are outlined along their upper end only: their sides touch.
                scene.line(vec![(bar.left, bar.top), (bar.right, bar.top)], 0.8, EDGE);
            }
        }
    }
    scene.line(vec![(plot.left, plot.bottom), (plot.right, plot.bottom)], 1.0, AXIS);
    years(scene, body, plot, data, &across);
}

/// How high the bars of the steps are.
struct Heights {
    all: Vec<f64>,
    axis: Axis,
    has_marks: bool,
    voice: Voice,
}

impl Heights {
    /// The chance of each step, or, where steps are of unlike width, the chance over the width, so that areas compare.
    fn of(data: &AnnualLossDensity) -> Self {
        let has_marks = data.step().is_some();
        let all: Vec<f64> =
            data.bins.iter().map(|bin| if has_marks { bin.chance } else { bin.chance / (bin.to - bin.from) }).collect();
        let axis = Axis::holding(all.iter().copied(), 5, true);
        Self { all, axis, has_marks, voice: data.scale.voice }
    }

    fn marks(&self) -> Vec<(f64, String)> {
        if !self.has_marks || self.all.iter().all(|height| *height <= 0.0) {
            return Vec::new();
        }
        let step = self.axis.step * 100.0;
        let decimals = (-libm::log10(step) - 1e-9).ceil().clamp(0.0, 9.0) as usize;
        let mark =
            |share: f64| line(texts(self.voice).said.percent, &[("number", &format!("{:.decimals$}", share * 100.0))]);
        self.axis.labels().into_iter().map(|share| (share, mark(share))).collect()
    }
}

/// All years as one bar: those with loss in the option's colour, those without hollow.
fn every_year(scene: &mut Scene, panel: Area, data: &AnnualLossDensity, series: Series) {
    let loss = (1.0 - data.chance_of_no_loss).clamp(0.0, 1.0);
    let split = panel.top + loss * panel.height();
    let right = panel.left + BAR;
    let with_loss = Area::new(panel.left, panel.top, right, split);
    if with_loss.height() > 0.05 {
        scene.bar(with_loss, series);
    }
    let mut outline = Area::new(panel.left, panel.top, right, panel.bottom).corners();
    outline.push((panel.left, panel.top));
    scene.line(outline, 1.0, EDGE);
    let words = &texts(&data.scale).drawing;
    let parts = [(loss, panel.top, split, words.with_loss), (1.0 - loss, split, panel.bottom, words.without_loss)];
    let parts: Vec<_> = parts.into_iter().filter(|(share, ..)| *share > 0.0).collect();
    let wishes: Vec<f64> = parts.iter().map(|(_, top, bottom, _)| f64::midpoint(*top, *bottom)).collect();
    let leading = NORMAL * text::LEADING;
    for ((share, _, _, name), centre) in parts.iter().zip(spread(&wishes, 2.4 * leading, panel.top, panel.bottom)) {
        let share = line(words.of_years, &[("share", &data.scale.percent(*share))]);
        let x = right + 6.0;
        scene.label(Label::new(share, x, centre - 0.1 * leading, SMALL, TEXT).bold());
        scene.label(Label::new(*name, x, centre + 0.8 * leading, SMALL, QUIET_TEXT));
    }
}

/// The marked years: a line each through the steps, with name and loss above the plot.
fn years(scene: &mut Scene, body: Area, plot: Area, data: &AnnualLossDensity, across: &Amounts) {
    let years = data.years().map(|(name, often, loss)| {
        let figure = match often {
            "" => data.scale.amount(loss),
            _ => line(texts(&data.scale).drawing.often, &[("often", &often), ("loss", &data.scale.estimate(loss))]),
        };
        let width = text::width(name, NORMAL, true).max(text::width(&figure, SMALL, false));
        (name, figure, across.place(loss, plot), width)
    });
    let wishes = years.each_ref().map(|(_, _, x, _)| *x);
    let sizes = years.each_ref().map(|(_, _, _, width)| width + 14.0);
    let centres = spread_sized(&wishes, &sizes, body.left, body.right);
    for ((name, figure, x, _), centre) in years.iter().zip(centres) {
        let top = body.top;
        let foot = top + 2.0 * NORMAL * text::LEADING;
        let line = vec![(centre, foot), (centre, foot + 2.0), (*x, plot.top - 2.0), (*x, plot.bottom)];
        // Pale beneath, so that it is seen on a bar of any colour.
        scene.line(line.iter().skip(2).copied().collect(), 3.4, WHITE);
        scene.line(line, 1.4, EDGE);
        let label = Label::new(*name, centre, top + NORMAL * text::ASCENT, NORMAL, TEXT).align(Align::Middle);
        scene.label(label.bold());
        let y = top + NORMAL * (text::ASCENT + text::LEADING);
        scene.label(Label::new(figure, centre, y, SMALL, TEXT).align(Align::Middle));
    }
}
