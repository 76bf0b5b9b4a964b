//! What pictures of the average, the bad and the very bad year have in common.

use super::Scale;
use crate::drawing::axis::SMALL;
use crate::drawing::palette::Marker;
use crate::drawing::text;
use crate::report::texts::texts;
use crate::units::Language;

/// Between two columns of figures.
pub(in crate::report) const BETWEEN: f64 = 12.0;

/// The kinds of year: their form, their name beside a figure and above a column.
pub(in crate::report) fn kinds(language: Language) -> [(Marker, &'static str, &'static str); 3] {
    let words = &texts(language).charts;
    [
        (Marker::Circle, words.average, words.average),
        (Marker::Square, words.bad_year, words.in_20),
        (Marker::Diamond, words.very_bad_year, words.in_100),
    ]
}

/// An average has more digits than what one year in so many brings.
pub(in crate::report) fn figure(scale: &Scale, losses: [f64; 3], year: usize) -> String {
    if year == 0 { scale.amount(losses[year]) } else { scale.estimate(losses[year]) }
}

/// Widths of the columns of figures.
pub(in crate::report) fn columns(scale: &Scale, rows: impl Iterator<Item = [f64; 3]> + Clone) -> [f64; 3] {
    std::array::from_fn(|year| {
        let title = text::width(kinds(scale.into())[year].2, SMALL, false);
        let figures = rows.clone().map(|losses| text::width(&figure(scale, losses, year), SMALL, false));
        figures.fold(title, f64::max) + BETWEEN
    })
}
