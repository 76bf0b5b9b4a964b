//! What do an average, a bad and a very bad year cost with each option, and is that within what was agreed?
//!
//! A row an option: a line through its three years, each with its own form of marker. Where rows are too low for
//! figures below their markers, the figures stand in columns at the right.

use super::amounts::{self, Amounts};
use super::frame::{NORMAL, SMALL};
use super::palette::{self, AXIS, EDGE, GRID, Hatch, Marker, QUIET_TEXT, Series, TEXT};
use super::place::spread_sized;
use super::rows::{self, Style};
use super::scene::{Align, Area, Label, Scene};
use super::text;
use crate::report::chart::{AgreedLimit, LossBeforeAndAfter, OptionYears};
use crate::report::texts::{line, texts};
use crate::units::Language;

/// Two lines for each limit above the rows, and the lines that lead down from them.
const HEADER: f64 = 2.0 * NORMAL * text::LEADING + 14.0;
/// Least height of a row with figures below its markers.
const TALL: f64 = 38.0;
/// Least height of a row with its figures at the right.
const LOW: f64 = 13.5;
/// Between two columns of figures.
const BETWEEN: f64 = 12.0;

/// The kinds of year: their form, their name beside a figure and above a column.
pub(super) fn kinds(language: Language) -> [(Marker, &'static str, &'static str); 3] {
    let words = &texts(language).drawing;
    [
        (Marker::Circle, words.average, words.average),
        (Marker::Square, words.bad_year, words.in_20),
        (Marker::Diamond, words.very_bad_year, words.in_100),
    ]
}

/// The least height of a body whose rows keep apart.
#[cfg(feature = "pdf")]
pub(super) fn least(data: &LossBeforeAndAfter) -> f64 {
    header(data) + LOW * data.options.len() as f64 + amounts::LABELS
}

fn header(data: &LossBeforeAndAfter) -> f64 {
    if data.limits.is_empty() { 8.0 } else { HEADER }
}

pub(super) fn draw(scene: &mut Scene, body: Area, data: &LossBeforeAndAfter) {
    let rows: Vec<(String, &OptionYears)> =
        data.options.iter().map(|years| (text::clean(&years.option.name), years)).collect();
    let (first, last) = (body.top + header(data), body.bottom - amounts::LABELS);
    let height = ((last - first) / rows.len() as f64).min(64.0);
    let bottom = first + height * rows.len() as f64;
    let names = rows::names_width(rows.iter().map(|(name, _)| name.as_str()), body);
    let is_tall = height >= TALL;
    let columns = if is_tall { [0.0; 3] } else { columns(data) };
    let plot = Area::new(body.left + names + 18.0, first, body.right - 10.0 - columns.iter().sum::<f64>(), bottom);
    let across = Amounts::up_to(data.reach(), plot.width());
    across.draw(scene, plot, &data.scale, "");
    scene.line(vec![(plot.left, plot.top), (plot.left, plot.bottom)], 1.0, AXIS);
    limits(scene, body, plot, data, &across);
    if !is_tall {
        let mut right = plot.right + 10.0;
        for ((_, _, name), width) in kinds((&data.scale).into()).into_iter().zip(columns) {
            right += width;
            let label = Label::new(name, right, first - 4.0, SMALL, QUIET_TEXT);
            scene.label(label.align(Align::End));
        }
    }
    for (index, (name, option)) in rows.iter().enumerate() {
        let top = first + index as f64 * height;
        if index > 0 {
            scene.line(vec![(body.left, top), (body.right, top)], 1.0, GRID);
        }
        let style = Style { ink: TEXT, bold: false };
        rows::name(scene, name, style, (plot.left - 18.0, names), (top, height));
        let y = if is_tall { top + height / 2.0 - 7.0 } else { top + height / 2.0 };
        let places = option.losses().map(|loss| across.place(loss, plot));
        let series = option.option.place.map_or_else(palette::today, palette::plan);
        let ends = (places.iter().copied().fold(f64::INFINITY, f64::min), places.iter().copied().fold(0.0, f64::max));
        scene.series_line(&[(ends.0, y), (ends.1, y)], 3.0, Series { dash: &[], ..series });
        for (x, (marker, ..)) in places.iter().zip(kinds((&data.scale).into())) {
            scene.marker((*x, y), 5.0, Series { marker, hatch: Hatch::None, ..series });
        }
        if is_tall {
            below(scene, plot, data, option, index == 0, (places, y));
        } else {
            let mut right = plot.right + 10.0;
            for (year, width) in columns.into_iter().enumerate() {
                right += width;
                let figure = figure(data, option.losses(), year);
                let label = Label::new(figure, right, rows::baseline(top, height), SMALL, TEXT).align(Align::End);
                scene.label(label);
            }
        }
    }
}

/// An average has more digits than what one year in so many brings.
fn figure(data: &LossBeforeAndAfter, losses: [f64; 3], year: usize) -> String {
    if year == 0 { data.scale.amount(losses[year]) } else { data.scale.estimate(losses[year]) }
}

/// Widths of the columns of figures.
fn columns(data: &LossBeforeAndAfter) -> [f64; 3] {
    std::array::from_fn(|year| {
        let figures = data.options.iter().map(|option| figure(data, option.losses(), year));
        let name = text::width(kinds((&data.scale).into())[year].2, SMALL, false);
        figures.map(|figure| text::width(&figure, SMALL, false)).fold(name, f64::max) + BETWEEN
    })
}

/// Figures below the markers, as near to them as the others let them; in words in the first row, and wherever the years
/// come in another order than the one to expect.
fn below(
    scene: &mut Scene,
    plot: Area,
    data: &LossBeforeAndAfter,
    option: &OptionYears,
    is_first: bool,
    (places, y): ([f64; 3], f64),
) {
    let losses = option.losses();
    let is_rising = losses.windows(2).all(|pair| pair[0] <= pair[1]);
    let figures = |with_words: bool| -> [String; 3] {
        std::array::from_fn(|year| {
            let figure = figure(data, losses, year);
            if !with_words {
                return figure;
            }
            line(
                texts(&data.scale).drawing.year_figure,
                &[("year", &kinds((&data.scale).into())[year].1), ("loss", &figure)],
            )
        })
    };
    let sizes = |figures: &[String; 3]| figures.each_ref().map(|f| text::width(f, SMALL, false) + 10.0);
    let in_words = figures(true);
    // Figures keep off the axis.
    let (low, high) = (plot.left + 1.0, plot.right + 8.0);
    let fits = sizes(&in_words).iter().sum::<f64>() <= high - low;
    let written = if (is_first || !is_rising) && fits { in_words } else { figures(false) };
    let centres = spread_sized(&places, &sizes(&written), low, high);
    let baseline = y + 12.0 + SMALL;
    for ((figure, centre), x) in written.into_iter().zip(centres).zip(places) {
        if (centre - x).abs() > 12.0 {
            scene.line(vec![(x, y + 6.0), (centre, baseline - SMALL * text::ASCENT)], 0.8, AXIS);
        }
        rows::figure(scene, Label::new(figure, centre, baseline, SMALL, TEXT).align(Align::Middle));
    }
}

/// A line down through all rows for each agreed loss, named above; one far beyond all losses is named only.
fn limits(scene: &mut Scene, body: Area, plot: Area, data: &LossBeforeAndAfter, across: &Amounts) {
    let count = data.limits.len().max(1) as f64;
    let (low, high) = (body.left, body.right);
    let room = (high - low) / count - 16.0;
    let is_beyond = |limit: &AgreedLimit| limit.loss > data.reach();
    let words: Vec<(String, String, String)> = data
        .limits
        .iter()
        .map(|limit| {
            let name = text::clean(&limit.name);
            let arrow = if is_beyond(limit) { " \u{2192}" } else { "" };
            let (loss, chance) = (data.scale.amount(limit.loss), data.scale.chance(limit.chance));
            let agreed = line(texts(&data.scale).drawing.agreed, &[("loss", &loss), ("chance", &chance)]) + arrow;
            (text::shortened(&name, NORMAL, true, room), name, text::shortened(&agreed, SMALL, false, room))
        })
        .collect();
    let sizes: Vec<f64> = words
        .iter()
        .map(|(shown, _, agreed)| text::width(shown, NORMAL, true).max(text::width(agreed, SMALL, false)) + 16.0)
        .collect();
    let places: Vec<f64> = data.limits.iter().map(|limit| across.place(limit.loss, plot)).collect();
    let columns_begin = plot.right + 10.0;
    // Names keep off the titles of columns at the right.
    let high =
        if body.right - columns_begin > 20.0 { columns_begin.max(low + sizes.iter().sum::<f64>()) } else { high };
    let centres = spread_sized(&places, &sizes, low, high.min(body.right));
    for (((limit, x), centre), (shown, name, agreed)) in data.limits.iter().zip(places).zip(centres).zip(words) {
        let top = body.top;
        let foot = top + 2.0 * NORMAL * text::LEADING;
        if !is_beyond(limit) {
            let line = vec![(centre, foot), (x, plot.top - 2.0), (x, plot.bottom)];
            scene.series_line(
                &line,
                1.6,
                Series { ink: EDGE, dash: &[6.0, 3.0], marker: Marker::Bar, hatch: Hatch::None },
            );
        }
        let label = Label::new(shown, centre, top + NORMAL * text::ASCENT, NORMAL, TEXT).align(Align::Middle);
        scene.label(label.bold().standing_for(&name));
        let y = top + NORMAL * (text::ASCENT + text::LEADING);
        scene.label(Label::new(agreed, centre, y, SMALL, QUIET_TEXT).align(Align::Middle));
    }
}
