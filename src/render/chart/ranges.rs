//! How far does the loss of each risk reach, from the average year to the very bad one?
//!
//! A group a risk, in it a line an option through its three years, with the figures in columns at the right. Risks that
//! find no room are counted below: their bad years cannot be added up, so no row stands for the rest.

use super::amounts::{self, Amounts};
use super::frame::SMALL;
use super::palette::{self, AXIS, GRID, Hatch, QUIET_TEXT, Series, TEXT};
use super::rows::{self, Style};
use super::scene::{Align, Area, Label, Scene};
use super::text;
use super::years::kinds;
use crate::report::chart::LossRanges;
use crate::report::texts::{line, number, texts};
use crate::units::Language;

/// Least height of one option's line, and the space between two risks.
pub(super) const PITCH: f64 = 16.0;
pub(super) const GAP: f64 = 12.0;
/// Titles of the columns above the rows.
pub(super) const HEADER: f64 = SMALL * text::LEADING + 8.0;
/// Between two columns of figures.
const BETWEEN: f64 = 12.0;
/// Free space for the circle of a loss of nothing.
const EDGE: f64 = 8.0;

pub(super) fn draw(scene: &mut Scene, body: Area, data: &LossRanges) {
    let least = (data.options.len() as f64 * PITCH + GAP).max(rows::ROW);
    let first = body.top + HEADER;
    let room = body.bottom - amounts::LABELS - first;
    let fit = |room: f64| ((room / least).floor() as usize).max(1);
    let mut shown = data.risks.len().min(fit(room));
    let mut last = body.bottom - amounts::LABELS;
    if shown < data.risks.len() {
        let height = SMALL * text::LEADING + 4.0;
        shown = fit(room - height);
        last -= height;
        rest(scene, body, (&data.scale).into(), data.risks.len() - shown);
    }
    let group = ((last - first) / shown as f64).min(least * 1.6);
    let bottom = first + group * shown as f64;
    let risks: Vec<(String, &[[f64; 3]])> =
        data.risks.iter().take(shown).map(|risk| (text::clean(&risk.name), risk.years.as_slice())).collect();

    let whole: Vec<String> = data.options.iter().map(|option| text::clean(&option.name)).collect();
    let options: Vec<String> = whole.iter().map(|name| text::between(name, SMALL, true, body.width() * 0.18)).collect();
    let names = rows::names_width(risks.iter().map(|(name, _)| name.as_str()), body);
    let named = options.iter().map(|name| text::width(name, SMALL, true)).fold(0.0, f64::max) + BETWEEN;
    let columns = columns(data, &risks);
    let right = body.right - columns.iter().sum::<f64>() - named;
    let plot = Area::new(body.left + names + 10.0 + EDGE, first, right - EDGE, bottom);
    let across = Amounts::up_to(data.reach(shown), plot.width());
    across.draw(scene, plot, &data.scale, "");
    scene.line(vec![(plot.left, plot.top), (plot.left, plot.bottom)], 1.0, AXIS);
    let mut edge = right + named;
    for ((.., title), width) in kinds((&data.scale).into()).iter().zip(columns) {
        edge += width;
        scene.label(Label::new(*title, edge, first - 4.0, SMALL, QUIET_TEXT).align(Align::End));
    }
    let pitch = (group - GAP) / data.options.len() as f64;
    for (row, (name, years)) in risks.iter().enumerate() {
        let top = first + row as f64 * group;
        if row > 0 {
            scene.line(vec![(body.left, top), (body.right, top)], 1.0, GRID);
        }
        let style = Style { ink: TEXT, bold: false };
        rows::name(scene, name, style, (plot.left - EDGE - 10.0, names), (top, group));
        for (place, losses) in years.iter().enumerate() {
            let top = top + GAP / 2.0 + place as f64 * pitch;
            let series = data.options[place].place.map_or_else(palette::today, palette::plan);
            through(
                scene,
                (&data.scale).into(),
                losses.map(|loss| across.place(loss, plot)),
                top + pitch / 2.0,
                series,
            );
            let y = rows::baseline(top, pitch);
            let label = Label::new(&options[place], right + BETWEEN, y, SMALL, TEXT).bold();
            scene.label(label.standing_for(&whole[place]));
            let mut edge = right + named;
            for (year, width) in columns.into_iter().enumerate() {
                edge += width;
                let figure = figure(data, *losses, year);
                scene.label(Label::new(figure, edge, y, SMALL, TEXT).align(Align::End));
            }
        }
    }
}

/// A line through the three years, each with its own form of marker.
fn through(scene: &mut Scene, language: Language, places: [f64; 3], y: f64, series: Series) {
    let low = places.into_iter().fold(f64::INFINITY, f64::min);
    let high = places.into_iter().fold(0.0, f64::max);
    scene.series_line(&[(low, y), (high, y)], 2.5, Series { dash: &[], ..series });
    for (x, (marker, ..)) in places.into_iter().zip(kinds(language)) {
        scene.marker((x, y), 4.5, Series { marker, hatch: Hatch::None, ..series });
    }
}

/// An average has more digits than what one year in so many brings.
fn figure(data: &LossRanges, losses: [f64; 3], year: usize) -> String {
    if year == 0 { data.scale.amount(losses[year]) } else { data.scale.estimate(losses[year]) }
}

/// Widths of the columns of figures.
fn columns(data: &LossRanges, risks: &[(String, &[[f64; 3]])]) -> [f64; 3] {
    std::array::from_fn(|year| {
        let figures = risks.iter().flat_map(|(_, years)| years.iter().map(|losses| figure(data, *losses, year)));
        let title = text::width(kinds((&data.scale).into())[year].2, SMALL, false);
        figures.map(|figure| text::width(&figure, SMALL, false)).fold(title, f64::max) + BETWEEN
    })
}

/// How many risks the picture leaves out.
fn rest(scene: &mut Scene, body: Area, language: Language, count: usize) {
    let words = &texts(language).ranges;
    let said = line(number(count, words.rest_one, words.rest), &[("count", &count)]);
    let shown = text::shortened(&said, SMALL, false, body.width());
    scene.label(Label::new(shown, body.left, body.bottom - 2.0, SMALL, QUIET_TEXT).standing_for(&said));
}
