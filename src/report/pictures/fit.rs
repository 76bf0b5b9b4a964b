//! Do the observed amounts lie on the fitted curve?
//!
//! The share of events above each amount, as observed (a point each) and as the fit has it (a line),
//! over a logarithmic axis. What is known only to be above a value stands apart.

use super::kit::*;
use crate::model::Estimate;
use crate::stats::Distribution;
use crate::stats::fit::{Observation, Observed};
use crate::units::Kind;

/// Points of the curve.
const POINTS: usize = 160;

/// Observed values against a fitted distribution.
#[derive(Debug, Clone, PartialEq)]
pub struct DataAgainstFit {
    /// Observed values in rising order, with the share of events above each.
    pub seen: Vec<(f64, f64)>,
    /// Values that are exceeded by an unknown amount, with the share of events above each.
    pub open: Vec<(f64, f64)>,
    /// The fit: values and the chance of more, falling.
    pub curve: Vec<(f64, f64)>,
    /// What is measured, with its unit: "Amount of one event, EUR".
    pub caption: String,
    /// How values are written along the axis.
    pub scale: Scale,
}

impl DataAgainstFit {
    /// The chart with its words.
    pub fn into_chart(self, id: &str, title: &str, description: &str) -> Chart {
        Chart::new(id, title, description, self)
    }

    /// Observations against the distribution that is taken for them.
    ///
    /// Observed shares are Kaplan and Meier's: what is known only to be above a value leaves the ranks there without an
    /// event. A band stands in its middle. Both are given that the event was recorded.
    pub fn new(unit: impl Into<Unit>, caption: &str, data: &Observed, written: &Distribution) -> Self {
        let threshold = data.threshold;
        let mut values: Vec<(f64, bool)> = data
            .observations
            .iter()
            .map(|observation| match *observation {
                Observation::Exact(x) => (x, false),
                Observation::Above(c) => (c, true),
                Observation::Between(a, b) if b.is_finite() => (0.5 * (a.max(threshold) + b), false),
                Observation::Between(a, _) => (a, true),
            })
            .filter(|(x, _)| *x > 0.0)
            .collect();
        values.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let mut share = 1.0;
        let (mut seen, mut open) = (Vec::new(), Vec::new());
        let n = values.len();
        for (rank, (x, is_open)) in values.iter().enumerate() {
            if *is_open {
                open.push((*x, share));
                continue;
            }
            let after = share * (1.0 - 1.0 / (n - rank) as f64);
            // In the middle of its step.
            seen.push((*x, 0.5 * (share + after)));
            share = after;
        }
        let begin = threshold.max(written.quantile(0.005));
        let end = written.quantile(0.995).max(values.last().map_or(0.0, |(x, _)| *x));
        let recorded = written.sf(threshold);
        let curve = (0..=POINTS).map(|i| {
            let x = begin * libm::pow(end / begin, i as f64 / POINTS as f64);
            (x, (written.sf(x) / recorded).clamp(0.0, 1.0))
        });
        Self::of_points(unit, caption, seen, open, curve.collect())
    }

    fn of_points(
        unit: impl Into<Unit>,
        caption: &str,
        seen: Vec<(f64, f64)>,
        open: Vec<(f64, f64)>,
        curve: Vec<(f64, f64)>,
    ) -> Self {
        let all = seen.iter().chain(&open).chain(&curve).map(|(x, _)| *x);
        let scale = Scale::for_amounts(unit, all);
        Self { seen, open, curve, caption: caption.to_owned(), scale }
    }

    /// Every point of the picture.
    fn all(&self) -> impl Iterator<Item = &(f64, f64)> {
        self.seen.iter().chain(&self.open).chain(&self.curve)
    }

    /// Lowest and highest value of the picture.
    pub fn ends(&self) -> (f64, f64) {
        let all = || self.all().map(|(x, _)| *x).filter(|x| *x > 0.0);
        (all().fold(f64::INFINITY, f64::min), all().fold(0.0, f64::max))
    }
}

/// The observations of an estimate that names them (`fitted_to`), against the range as it stands in the case today,
/// whoever changed it since.
fn fit_of(estimate: &Estimate, unit: Unit) -> Option<Chart> {
    let data = estimate.fitted_to.as_ref()?;
    let words = &texts(unit).pictures.fit;
    let (unit, caption) = match estimate.kind {
        Kind::Period => (Unit { currency: "", ..unit }, words.hours.to_owned()),
        _ => (unit, line(words.amount, &[("unit", &unit.currency)])),
    };
    let count = data.observations.len();
    let about = match &estimate.record.source {
        Some(source) => line(words.description, &[("count", &count), ("source", source)]),
        None => line(words.description_unsourced, &[("count", &count)]),
    };
    let id = format!("fit-{}", estimate.path.replace('.', "-"));
    let title = line(words.title, &[("name", &estimate.name)]);
    Some(DataAgainstFit::new(unit, &caption, data, &estimate.distribution).into_chart(&id, &title, &about))
}

impl Picture for DataAgainstFit {
    fn of(view: &View<'_>) -> Vec<Chart> {
        let estimates = view.scenario.estimates().iter().filter(|_| view.is_paper);
        estimates.filter_map(|estimate| fit_of(estimate, view.unit())).collect()
    }

    fn part(&self) -> &'static str {
        "data"
    }

    fn table(&self) -> Figures {
        let words = &texts(&self.scale).pictures.fit;
        let header = [words.value, words.share_seen, words.share_fitted].map(str::to_owned).to_vec();
        let fitted = |x: f64| {
            let above = self.curve.iter().rfind(|(at, _)| *at <= x).or(self.curve.first());
            above.map_or_else(String::new, |(_, share)| self.scale.percent(*share))
        };
        let row = |(x, share): &(f64, f64)| vec![self.scale.full(*x), self.scale.percent(*share), fitted(*x)];
        let open = |(x, share): &(f64, f64)| {
            vec![line(words.more_than, &[("value", &self.scale.full(*x))]), self.scale.percent(*share), fitted(*x)]
        };
        (header, self.seen.iter().map(row).chain(self.open.iter().map(open)).collect())
    }

    fn amounts(&self) -> Vec<f64> {
        self.all().flat_map(|(x, share)| [*x, *share]).collect()
    }

    fn fits(&self) -> bool {
        let (low, high) = self.ends();
        low < high && self.all().all(|(_, share)| is_chance(*share))
    }

    fn caption(&self) -> String {
        texts(&self.scale).pictures.fit.caption.to_owned()
    }

    fn height(&self) -> u32 {
        500
    }

    fn draw(&self, scene: &mut Scene, body: Area) {
        let marks: Vec<(f64, String)> = SHARES.iter().map(|share| (*share, self.scale.percent(*share))).collect();
        let widest = amounts::widest(&marks);
        let top = body.top + 26.0;
        let plot =
            Area::new(body.left + widest + 10.0, top, body.right - 6.0, body.bottom - amounts::with_caption(body));
        let (low, high) = self.ends();
        let across = Amounts::between(low, high);
        let place =
            |(x, share): (f64, f64)| (across.place(x, plot), plot.bottom - share.clamp(0.0, 1.0) * plot.height());
        for (share, mark) in marks {
            amounts::level(scene, plot, place((low, share)).1, mark, 8.0);
        }
        across.draw(scene, plot, &self.scale, &self.caption);
        let (fit, seen, open) = (palette::plan(0), palette::today(), palette::plan(1));
        scene.series_line(&self.curve.iter().copied().map(place).collect::<Vec<_>>(), 2.4, fit);
        for point in &self.seen {
            scene.marker(place(*point), 4.5, seen);
        }
        for point in &self.open {
            scene.marker(place(*point), 5.5, open);
        }
        // The key stands above the plot.
        let mut x = plot.left;
        let words = &texts(&self.scale).pictures.fit;
        let mut entries = vec![(fit, words.fitted), (seen, words.seen)];
        if !self.open.is_empty() {
            entries.push((open, words.only_more));
        }
        for (series, name) in entries {
            let y = body.top + 10.0;
            scene.marker((x + 6.0, y), 4.5, series);
            scene.label(Label::new(name, x + 16.0, y + SMALL * 0.36, SMALL, TEXT));
            x += 34.0 + text::width(name, SMALL, false);
        }
    }
}

/// The shares of the lines across.
const SHARES: [f64; 6] = [0.0, 0.2, 0.4, 0.6, 0.8, 1.0];

words! {
    title: ["Data against the range: {name}", "Daten gegen die Spanne: {name}"],
    description: ["{count} observations from {source}, as points, against the range in this case, as a line. Squares are known only to be higher.", "{count} Beobachtungen aus {source}, als Punkte, gegen die Spanne in diesem Fall, als Linie. Bei Quadraten ist nur bekannt, dass der Wert höher ist."],
    caption: ["Share of events above the value below", "Anteil der Ereignisse über dem Wert unten"],
    hours: ["Hours", "Stunden"],
    amount: ["Amount of one event, {unit}", "Betrag eines Ereignisses, {unit}"],
    amount_plain: ["Amount of one event", "Betrag eines Ereignisses"],
    fitted_amounts: ["Amounts against the fit: {source}", "Beträge und angepasste Verteilung: {source}"],
    fitted_durations: ["Durations against the fit: {source}", "Zeitdauern und angepasste Verteilung: {source}"],
    description_unsourced: ["{count} observations, as points, against the range in this case, as a line. Squares are known only to be higher.", "{count} Beobachtungen, als Punkte, gegen die Spanne in diesem Fall, als Linie. Bei Quadraten ist nur bekannt, dass der Wert höher ist."],
    value: ["Value", "Wert"],
    share_seen: ["Share of events above it, as seen", "Anteil der Ereignisse darüber, beobachtet"],
    share_fitted: ["as fitted", "angepasst"],
    more_than: ["more than {value}", "mehr als {value}"],
    fitted: ["fitted", "angepasst"],
    seen: ["seen", "beobachtet"],
    only_more: ["known only to be more", "nur als „mehr als“ bekannt"],
}
