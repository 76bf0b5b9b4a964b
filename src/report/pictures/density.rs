//! What may one year bring with one option, from no loss at all to a very bad year?
//!
//! The years without loss are a part of a bar of their own, because one tall bar among the steps would press all others
//! flat. The steps are a histogram, in which the average, the bad and the very bad year are marked.

use super::kit::*;
use crate::engine::year::{BAD, VERY_BAD};

/// The distribution of one year's loss.
#[derive(Debug, Clone, PartialEq)]
pub struct AnnualLossDensity {
    /// Whose years these are.
    pub option: ChartOption,
    /// Chance of a year without loss, 0 to 1; not part of any step.
    pub chance_of_no_loss: f64,
    /// Steps of loss in rising order; equal widths read best.
    pub bins: Vec<LossBin>,
    /// The average loss per year, in currency units.
    pub average: f64,
    /// The loss that is passed once in 20 years.
    pub bad_year: f64,
    /// The loss that is passed once in 100 years.
    pub very_bad_year: f64,
    /// How amounts are written along the axis.
    pub scale: Scale,
}

/// The chance that a year's loss falls into one step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LossBin {
    /// Lower end, in currency units.
    pub from: f64,
    /// Upper end, above the lower one.
    pub to: f64,
    /// Chance of a year whose loss lies between them, 0 to 1.
    pub chance: f64,
}

impl AnnualLossDensity {
    /// `years` holds the average, the 1-in-20 and the 1-in-100 loss of a year.
    pub fn new(
        unit: impl Into<Unit>,
        option: ChartOption,
        chance_of_no_loss: f64,
        bins: Vec<LossBin>,
        years: [f64; 3],
    ) -> Self {
        let ends = bins.iter().map(|bin| bin.to).chain(years);
        let scale = Scale::for_amounts(unit, ends);
        let [average, bad_year, very_bad_year] = years;
        Self { option, chance_of_no_loss, bins, average, bad_year, very_bad_year, scale }
    }

    /// Chance of a year that costs more than the last step.
    pub fn chance_beyond(&self) -> f64 {
        let told: f64 = self.bins.iter().map(|bin| bin.chance).sum();
        let left = 1.0 - self.chance_of_no_loss - told;
        // What the sum loses to rounding is no chance.
        if left > 1e-9 { left } else { 0.0 }
    }

    /// The years with loss and those without, as shares that make up all of them.
    fn shares(&self) -> [String; 2] {
        self.scale.percent_and_rest((1.0 - self.chance_of_no_loss).clamp(0.0, 1.0))
    }

    /// The width of every step; none where they differ.
    pub fn step(&self) -> Option<f64> {
        let first = self.bins.first()?;
        let width = first.to - first.from;
        self.bins.iter().all(|bin| ((bin.to - bin.from) - width).abs() <= 1e-6 * width).then_some(width)
    }

    /// The marked years: name, how often, loss.
    pub fn years(&self) -> [(&'static str, &'static str, f64); 3] {
        let words = &texts(&self.scale).pictures.density;
        let shared = &texts(&self.scale).charts;
        [
            (shared.average_year, "", self.average),
            (words.bad_year, words.in_20, self.bad_year),
            (words.very_bad_year, words.in_100, self.very_bad_year),
        ]
    }

    /// The chart with its words.
    pub fn into_chart(self, id: &str, title: &str) -> Chart {
        let estimate = |loss: f64| self.scale.estimate_with_currency(loss);
        let description = line(
            texts(&self.scale).pictures.density.description,
            &[
                ("option", &self.option.phrase(&self.scale)),
                ("none", &self.shares()[1]),
                ("average", &self.scale.amount_with_currency(self.average)),
                ("bad", &estimate(self.bad_year)),
                ("very_bad", &estimate(self.very_bad_year)),
            ],
        );
        Chart::new(id, title, &description, self)
    }
}

/// What lies between the points of even steps.
fn bins(points: &[(f64, f64)]) -> Vec<LossBin> {
    let step =
        |pair: &[(f64, f64)]| LossBin { from: pair[0].0, to: pair[1].0, chance: (pair[0].1 - pair[1].1).max(0.0) };
    points.windows(2).map(step).collect()
}

impl Picture for AnnualLossDensity {
    fn of(view: &View<'_>) -> Vec<Chart> {
        let chart = |(place, id): (usize, &str)| {
            let shown = &view.options[place];
            let total = &shown.year.total;
            let years = [shown.average, total.quantiles[BAD]?, total.quantiles[VERY_BAD]?];
            if !years.iter().all(|loss| loss.is_finite()) {
                return None;
            }
            let words = &texts(view.scenario).pictures.density;
            let title = match place {
                0 => words.title_today.to_owned(),
                _ => line(words.title_with, &[("plan", &shown.name)]),
            };
            let none = 1.0 - total.chance_of_loss.clamp(0.0, 1.0);
            let mut data = Self::new(view.unit(), view.option(place), none, bins(&total.steps), years);
            data.scale = data.scale.with_digits(view.digits());
            Some(data.into_chart(&format!("one-year-{id}"), &title))
        };
        view.shown().filter_map(chart).collect()
    }

    fn part(&self) -> &'static str {
        "one-year"
    }

    /// The steps fill pages and tell nobody anything.
    fn is_table_printed(&self) -> bool {
        false
    }

    fn table(&self) -> Figures {
        let unit = |name: &str| titled(name, &self.scale);
        let words = &texts(&self.scale).pictures.density;
        let shared = &texts(&self.scale).charts;
        let header = vec![shared.year.to_owned(), unit(shared.from), unit(shared.to), words.chance.to_owned()];
        let row = |name: &str, from: String, to: String, chance: String| vec![name.to_owned(), from, to, chance];
        let mut rows = vec![row(words.no_loss, self.scale.full(0.0), self.scale.full(0.0), self.shares()[1].clone())];
        rows.extend(self.bins.iter().map(|bin| {
            row(words.loss, self.scale.full(bin.from), self.scale.full(bin.to), self.scale.percent(bin.chance))
        }));
        if let Some(last) = self.bins.last().filter(|_| self.chance_beyond() > 0.0) {
            rows.push(row(
                words.loss,
                self.scale.full(last.to),
                String::new(),
                self.scale.percent(self.chance_beyond()),
            ));
        }
        rows.extend(self.years().map(|(name, often, loss)| {
            let parts: [(&str, &dyn std::fmt::Display); 2] = [("year", &name), ("often", &often)];
            let name = if often.is_empty() { name.to_owned() } else { line(words.year_of, &parts) };
            let loss = if often.is_empty() { self.scale.average(loss) } else { self.scale.told(loss) };
            row(&name, loss.clone(), loss, String::new())
        }));
        (header, rows)
    }

    fn amounts(&self) -> Vec<f64> {
        let bins = self.bins.iter().flat_map(|bin| [bin.from, bin.to, bin.chance]);
        bins.chain(self.years().map(|(.., loss)| loss)).chain([self.chance_of_no_loss]).collect()
    }

    fn fits(&self) -> bool {
        let is_bin = |bin: &LossBin| 0.0 <= bin.from && bin.from < bin.to && is_chance(bin.chance);
        is_chance(self.chance_of_no_loss)
            && self.bins.iter().all(is_bin)
            && self.bins.windows(2).all(|pair| pair[0].to <= pair[1].from)
            && self.years().iter().all(|(.., loss)| *loss >= 0.0)
    }

    fn caption(&self) -> String {
        let words = &texts(&self.scale).pictures.density;
        let option = &self.option.name;
        self.step().map_or_else(
            || line(words.loss_as_area, &[("option", option)]),
            |step| {
                let step = self.scale.amount_with_currency(step);
                line(words.loss_in_steps, &[("option", option), ("amount", &step)])
            },
        )
    }

    fn height(&self) -> u32 {
        500
    }

    fn most_on_page(&self) -> u32 {
        350
    }

    fn draw(&self, scene: &mut Scene, body: Area) {
        let words = &texts(&self.scale).pictures.density;
        let shared = &texts(&self.scale).charts;
        let series = self.option.series();
        let heights = Heights::of(self);
        let marks = heights.marks();
        let widest = amounts::widest(&marks);
        // The bar of all years stands beside the steps, or lies above them in a narrow picture.
        let (body, plot) = if is_narrow(body) {
            every_year_across(scene, body, self, series);
            let body = Area { top: body.top + LYING, ..body };
            let (left, top) = (body.left + widest + 8.0, body.top + HEADER);
            (body, Area::new(left, top, body.right - 6.0, body.bottom - amounts::with_caption(body)))
        } else {
            let panel = Area::new(
                body.left,
                body.top + HEADER,
                body.left + every_year_wide(self),
                body.bottom - amounts::with_caption(body),
            );
            every_year(scene, panel, self, series);
            (body, Area::new(panel.right + 22.0 + widest, panel.top, body.right - 6.0, panel.bottom))
        };
        let largest = self.bins.iter().map(|bin| bin.to).chain(self.years().map(|(.., loss)| loss)).fold(0.0, f64::max);
        if largest <= 0.0 {
            let middle = f64::midpoint(plot.left, plot.right);
            let y = f64::midpoint(plot.top, plot.bottom);
            scene.label(Label::new(words.nothing, middle, y, NORMAL, QUIET_TEXT).align(Align::Middle));
            return;
        }
        for (height, mark) in marks {
            amounts::level(scene, plot, heights.axis.place(height, plot.bottom, plot.top), mark, 6.0);
        }
        let across = Amounts::up_to(largest, plot.width());
        let caption = line(shared.loss_in_year, &[("currency", &self.scale.currency)]);
        let caption = match self.bins.last().filter(|_| self.chance_beyond() > 0.0) {
            Some(last) => {
                let (beyond, most) = (self.scale.percent(self.chance_beyond()), self.scale.amount(last.to));
                let caption = caption.trim_end_matches(", ");
                line(words.years_beyond, &[("caption", &caption), ("share", &beyond), ("amount", &most)])
            }
            None => caption,
        };
        across.draw(scene, plot, &self.scale, &caption);
        for (bin, height) in self.bins.iter().zip(&heights.all) {
            let (left, right) = (across.place(bin.from, plot), across.place(bin.to, plot));
            let gap = if right - left > 4.0 { 0.5 } else { 0.0 };
            let bar =
                Area::new(left + gap, heights.axis.place(*height, plot.bottom, plot.top), right - gap, plot.bottom);
            if bar.height() > 0.05 && bar.width() > 0.0 {
                scene.fill(bar.corners(), series.ink);
                if series.ink.contrast(WHITE) < 3.0 {
                    // Light bars are outlined along their upper end only: their sides touch.
                    scene.line(vec![(bar.left, bar.top), (bar.right, bar.top)], 0.8, EDGE);
                }
            }
        }
        scene.line(vec![(plot.left, plot.bottom), (plot.right, plot.bottom)], 1.0, AXIS);
        years(scene, body, plot, self, &across);
    }
}

/// Two lines above the plot for each marked year, and the lines that lead down from them.
const HEADER: f64 = 2.0 * NORMAL * text::LEADING + 16.0;
/// Width of the bar of all years.
const BAR: f64 = 30.0;
/// From the bar to the words beside it.
const BESIDE: f64 = 6.0;
/// Its height with the words below it where it lies.
const LYING: f64 = 18.0 + 2.0 * NORMAL * text::LEADING + 12.0;

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
    let words = &texts(&data.scale).pictures.density;
    let parts = [(panel.top, split, words.with_loss), (split, panel.bottom, words.without_loss)];
    let parts = every_year_said(data).into_iter().zip(parts);
    let parts: Vec<_> = parts.filter(|(_, (top, bottom, _))| bottom > top).collect();
    let wishes: Vec<f64> = parts.iter().map(|(_, (top, bottom, _))| f64::midpoint(*top, *bottom)).collect();
    let leading = NORMAL * text::LEADING;
    for ((share, (_, _, name)), centre) in
        parts.into_iter().zip(spread(&wishes, 2.4 * leading, panel.top, panel.bottom))
    {
        let x = right + BESIDE;
        scene.label(Label::new(share, x, centre - 0.1 * leading, SMALL, TEXT).bold());
        scene.label(Label::new(name, x, centre + 0.8 * leading, SMALL, QUIET_TEXT));
    }
}

/// The shares of the years with loss and without.
fn every_year_said(data: &AnnualLossDensity) -> [String; 2] {
    let words = &texts(&data.scale).pictures.density;
    data.shares().map(|share| line(words.of_years, &[("share", &share)]))
}

/// How wide the bar of all years is with the words beside it.
fn every_year_wide(data: &AnnualLossDensity) -> f64 {
    let widest = every_year_said(data).iter().map(|share| text::width(share, SMALL, true)).fold(0.0, f64::max);
    (BAR + BESIDE + widest).max(104.0)
}

/// The same bar lying along the upper end.
fn every_year_across(scene: &mut Scene, body: Area, data: &AnnualLossDensity, series: Series) {
    let loss = (1.0 - data.chance_of_no_loss).clamp(0.0, 1.0);
    let bar = Area::new(body.left, body.top, body.right, body.top + 18.0);
    let split = bar.left + loss * bar.width();
    if split - bar.left > 0.05 {
        scene.bar(Area { right: split, ..bar }, series);
    }
    let mut outline = bar.corners();
    outline.push((bar.left, bar.top));
    scene.line(outline, 1.0, EDGE);
    let words = &texts(&data.scale).pictures.density;
    let leading = NORMAL * text::LEADING;
    let ends =
        [(loss, bar.left, Align::Start, words.with_loss), (1.0 - loss, bar.right, Align::End, words.without_loss)];
    let ends = every_year_said(data).into_iter().zip(ends).filter(|(_, (share, ..))| *share > 0.0);
    for (share, (_, x, align, name)) in ends {
        let y = bar.bottom + 4.0 + SMALL * text::ASCENT;
        scene.label(Label::new(share, x, y, SMALL, TEXT).align(align).bold());
        scene.label(Label::new(name, x, y + leading, SMALL, QUIET_TEXT).align(align));
    }
}

/// The marked years: a line each through the steps, with name and loss above the plot.
fn years(scene: &mut Scene, body: Area, plot: Area, data: &AnnualLossDensity, across: &Amounts) {
    let years = data.years().map(|(name, often, loss)| {
        let figure = match often {
            "" => data.scale.amount(loss),
            _ => line(
                texts(&data.scale).pictures.density.often,
                &[("often", &often), ("loss", &data.scale.estimate(loss))],
            ),
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

words! {
    title_today: ["What one year may bring today", "Was ein Jahr heute bringen kann"],
    title_with: ["What one year may bring with “{plan}”", "Was ein Jahr mit „{plan}“ bringen kann"],
    description: ["What one year may cost {option}: the chance of a year without loss is {none}; an average year costs {average}, a bad year (1 in 20) {bad}, a very bad year (1 in 100) {very_bad}.", "Was ein Jahr {option} kosten kann: Die Wahrscheinlichkeit eines Jahres ohne Schaden beträgt {none}; ein durchschnittliches Jahr kostet {average}, ein schlechtes (1 von 20) {bad}, ein sehr schlechtes (1 von 100) {very_bad}."],
    bad_year: ["Bad year", "Schlechtes Jahr"],
    in_20: ["1 in 20", "1 von 20"],
    very_bad_year: ["Very bad year", "Sehr schlechtes Jahr"],
    in_100: ["1 in 100", "1 von 100"],
    chance: ["Chance", "Wahrscheinlichkeit"],
    no_loss: ["No loss", "Kein Schaden"],
    loss: ["Loss", "Schaden"],
    year_of: ["{year} ({often})", "{year} ({often})"],
    loss_as_area: ["{option}: chance of a year's loss, as the area of each bar", "{option}: Wahrscheinlichkeit des Jahresschadens, als Fläche jedes Balkens"],
    loss_in_steps: ["{option}: chance of a year's loss, in steps of {amount}", "{option}: Wahrscheinlichkeit des Jahresschadens, in Schritten von {amount}"],
    nothing: ["There is no loss to show", "Es gibt keinen Schaden zu zeigen"],
    years_beyond: ["{caption}; {share} of years cost more than {amount}", "{caption}; {share} der Jahre kosten mehr als {amount}"],
    with_loss: ["with loss", "mit Schaden"],
    without_loss: ["without loss", "ohne Schaden"],
    of_years: ["{share} of years", "{share} der Jahre"],
    often: ["{often}: {loss}", "{often}: {loss}"],
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bin(from: f64, to: f64, chance: f64) -> LossBin {
        LossBin { from, to, chance }
    }

    fn density(bins: Vec<LossBin>) -> AnnualLossDensity {
        AnnualLossDensity::new("EUR", ChartOption::plan("Core", 0), 0.6, bins, [40.0, 150.0, 300.0])
    }

    #[test]
    fn no_loss_the_steps_and_what_lies_beyond_make_up_every_year() {
        let data = density(vec![bin(0.0, 100.0, 0.3), bin(100.0, 200.0, 0.08)]);
        assert!((data.chance_beyond() - 0.02).abs() < 1e-12);
        assert_eq!(data.step(), Some(100.0));
        let (_, rows) = data.table();
        assert_eq!(rows[0], ["No loss", "0", "0", "60%"]);
        assert_eq!(rows[3], ["Loss", "200", "", "2%"]);
        assert_eq!(rows.len(), 7);
        assert_eq!(density(vec![bin(0.0, 100.0, 0.1), bin(100.0, 200.0, 0.3)]).chance_beyond(), 0.0);
    }

    #[test]
    fn steps_of_unlike_width_have_none_in_common() {
        assert_eq!(density(vec![bin(0.0, 1.0, 0.1), bin(1.0, 10.0, 0.1)]).step(), None);
        assert_eq!(density(vec![]).step(), None);
    }

    #[test]
    fn the_steps_and_what_lies_beyond_make_up_the_years_with_loss() {
        let bins = bins(&[(0.0, 0.6), (25e3, 0.4), (50e3, 0.25), (75e3, 0.25)]);
        assert_eq!((bins[0].from, bins[0].to), (0.0, 25_000.0));
        let told: f64 = bins.iter().map(|bin| bin.chance).sum();
        assert!((told + 0.25 - 0.6).abs() < 1e-12);
        assert_eq!(bins[2].chance, 0.0);
    }
}
