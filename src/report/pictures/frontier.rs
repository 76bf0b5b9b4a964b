//! What does more money buy?
//!
//! The best set of controls under each budget: what it costs in cash over the horizon, and what is then still lost in an
//! average year.
//!
//! One point a set of controls, the money paid across and the loss that remains up; between two points nothing better
//! is to be had, so the line goes in steps. Each point says what it adds, as far as there is room.

use super::kit::*;
use crate::engine::optimise::{Best, Optimisation};
use crate::model::{ControlId, Scenario};
use crate::report::sentences;

/// The best sets, cheapest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Frontier {
    /// The sets, each costing more than the one before.
    pub points: Vec<FrontierPoint>,
    /// The horizon in words, such as "3 years".
    pub horizon: String,
    /// How amounts are written along the axis of spending.
    pub spend_scale: Scale,
    /// How amounts are written along the axis of losses.
    pub loss_scale: Scale,
}

/// One set.
#[derive(Debug, Clone, PartialEq)]
pub struct FrontierPoint {
    /// Cash over the horizon, in currency units.
    pub spend: f64,
    /// Average loss per year that remains.
    pub loss: f64,
    /// What is bought beside what the point before has, in words.
    pub change: String,
    /// The set that the report recommends.
    pub is_chosen: bool,
}

impl Frontier {
    /// Chooses the two axes.
    pub fn new(unit: impl Into<Unit>, horizon: &str, points: Vec<FrontierPoint>) -> Self {
        let unit = unit.into();
        let spend_scale = Scale::for_amounts(unit, points.iter().map(|point| point.spend));
        let loss_scale = Scale::for_amounts(unit, points.iter().map(|point| point.loss));
        Self { points, horizon: horizon.to_owned(), spend_scale, loss_scale }
    }

    /// What a set has that the one before it has not: `+ one, − other`; `nothing` where it is the first and empty.
    pub(in crate::report) fn gains(scenario: &Scenario, before: Option<&Best>, best: &Best, nothing: &str) -> String {
        let name = |control: &ControlId| scenario.controls()[*control].name.as_str();
        let Some(before) = before else {
            let all: Vec<&str> = best.controls.iter().map(name).collect();
            return if all.is_empty() { nothing.to_owned() } else { all.join(", ") };
        };
        let only = |a: &Best, b: &Best, sign: &str| -> Vec<String> {
            let new = a.controls.iter().filter(|control| !b.controls.contains(control));
            new.map(|control| format!("{sign} {}", name(control))).collect()
        };
        [only(best, before, "+"), only(before, best, "\u{2212}")].concat().join(", ")
    }

    /// The chart with its words.
    pub fn into_chart(self, id: &str, title: &str) -> Chart {
        let words = &texts(&self.loss_scale).pictures.frontier;
        let mut description = line(words.description, &[("years", &self.horizon)]);
        if let Some(chosen) = self.points.iter().find(|point| point.is_chosen) {
            let spend = self.spend_scale.amount_with_currency(chosen.spend);
            let loss = self.loss_scale.amount_with_currency(chosen.loss);
            description.push_str(&line(words.description_chosen, &[("spend", &spend), ("loss", &loss)]));
        }
        Chart::new(id, title, &description, self)
    }
}

/// The sets that a search found, each once.
fn sets_of(found: &Optimisation) -> Option<Chart> {
    let scenario = &found.scenario;
    let words = &texts(scenario).pictures.frontier;
    let mut points: Vec<FrontierPoint> = Vec::new();
    let mut before: Option<&Best> = None;
    for best in &found.frontier {
        if before.is_some_and(|before| before.plan == best.plan) {
            continue;
        }
        points.push(FrontierPoint {
            spend: best.cash.to_f64(),
            loss: found.point(best).loss.to_f64(),
            change: Frontier::gains(scenario, before, best, words.nothing),
            is_chosen: best.plan == found.chosen.plan,
        });
        before = Some(best);
    }
    points.sort_by(|a, b| a.spend.total_cmp(&b.spend));
    if points.len() < 2 {
        return None;
    }
    let horizon = sentences::years(scenario, scenario.assumptions().horizon);
    Some(Frontier::new(scenario.unit(), &horizon, points).into_chart("frontier", words.title))
}

impl Picture for Frontier {
    fn of(view: &View<'_>) -> Vec<Chart> {
        view.search.and_then(sets_of).into_iter().collect()
    }

    fn part(&self) -> &'static str {
        "more-or-less"
    }

    fn table(&self) -> Figures {
        let words = &texts(&self.loss_scale).pictures.frontier;
        let shared = &texts(&self.loss_scale).charts;
        let header = vec![
            words.what_changes.to_owned(),
            titled(words.money_paid, &self.spend_scale),
            titled(shared.average_loss, &self.loss_scale),
        ];
        let row = |point: &FrontierPoint| {
            let change = match point.is_chosen {
                true => line(words.recommended, &[("change", &point.change)]),
                false => point.change.clone(),
            };
            vec![change, self.spend_scale.average(point.spend), self.loss_scale.average(point.loss)]
        };
        (header, self.points.iter().map(row).collect())
    }

    /// The table of the budgets says the same.
    fn is_table_printed(&self) -> bool {
        false
    }

    fn amounts(&self) -> Vec<f64> {
        self.points.iter().flat_map(|point| [point.spend, point.loss]).collect()
    }

    fn fits(&self) -> bool {
        self.points.windows(2).all(|pair| pair[0].spend <= pair[1].spend)
    }

    fn caption(&self) -> String {
        self.loss_scale.captioned(texts(&self.loss_scale).pictures.frontier.caption)
    }

    fn height(&self) -> u32 {
        540
    }

    fn most_on_page(&self) -> u32 {
        370
    }

    fn draw(&self, scene: &mut Scene, body: Area) {
        let largest = self.points.iter().map(|point| point.spend).fold(0.0, f64::max);
        let up = Axis::holding(self.points.iter().map(|point| point.loss * 1.06), 5, true);
        let marks: Vec<(f64, String)> = up.labels().iter().map(|v| (*v, self.loss_scale.tick(*v, up.step))).collect();
        let widest = amounts::widest(&marks);
        let plot = Area::new(
            body.left + widest + 8.0,
            body.top + 6.0,
            body.right - 6.0,
            body.bottom - amounts::with_caption(body),
        );
        let lowest = self.points.iter().map(|point| point.spend).fold(0.0, f64::min);
        let across = Amounts::holding([lowest, largest * 1.08].into_iter(), plot.width());
        for (amount, mark) in marks {
            amounts::level(scene, plot, up.place(amount, plot.bottom, plot.top), mark, 6.0);
        }
        let words = &texts(&self.loss_scale).pictures.frontier;
        let caption = line(words.axis, &[("years", &self.horizon), ("currency", &self.spend_scale.currency)]);
        across.draw(scene, plot, &self.spend_scale, &caption);
        let zero = up.place(0.0, plot.bottom, plot.top);
        scene.line(vec![(plot.left, zero), (plot.right, zero)], 1.2, AXIS);

        let place =
            |point: &FrontierPoint| (across.place(point.spend, plot), up.place(point.loss, plot.bottom, plot.top));
        let series = palette::plan(0);
        let mut steps: Vec<(f64, f64)> = Vec::new();
        for point in &self.points {
            let (x, y) = place(point);
            if let Some((_, before)) = steps.last().copied() {
                steps.push((x, before));
            }
            steps.push((x, y));
        }
        let mut room = Room::new(plot);
        room.take_line(&steps);
        scene.line(steps, 1.8, series.ink);
        for point in &self.points {
            room.take(Area::around(place(point), 7.0));
        }
        // The recommended one is told first, then the others as far as there is room.
        let order =
            self.points.iter().filter(|point| point.is_chosen).chain(self.points.iter().filter(|p| !p.is_chosen));
        for point in order {
            let at = place(point);
            let figures = match point.is_chosen {
                true => {
                    let (cost, loss) = (self.spend_scale.amount(point.spend), self.loss_scale.amount(point.loss));
                    vec![line(words.recommended_leaves, &[("cost", &cost), ("loss", &loss)])]
                }
                false => Vec::new(),
            };
            let name = [(series, point.change.as_str())];
            let tag = |(limit, is_told): (f64, bool)| {
                Tag::new(&name, false, if is_told { figures.clone() } else { Vec::new() }, limit)
            };
            let mut beside = |size: (f64, bool)| {
                let tag = tag(size);
                room.beside(at, tag.size, GAP).map(|area| (tag, area))
            };
            let found = if point.is_chosen {
                // Its name stands in any case: shorter, or farther away.
                let near = [(230.0, true), (130.0, true), (130.0, false), (80.0, false)].into_iter().find_map(beside);
                near.or_else(|| {
                    let tag = tag((80.0, false));
                    room.nearest(at, tag.size, |_, _| true).map(|area| (tag, area))
                })
            } else {
                beside((230.0, true))
            };
            if let Some((tag, area)) = found {
                let labels = tag.labels(area);
                leader(scene, &mut room, at, &labels);
                labels.into_iter().for_each(|label| scene.label(label));
            }
        }
        for point in &self.points {
            let ring = if point.is_chosen { palette::plan(1) } else { series };
            let marker = Series { marker: palette::Marker::Circle, ..ring };
            scene.marker(place(point), if point.is_chosen { 6.5 } else { 4.2 }, marker);
        }
    }
}

words! {
    title: ["What does more money buy?", "Was bringt mehr Geld?"],
    description: ["The best set of controls under each budget: what is still lost in an average year, against the cash spent over {years}.", "Die beste Auswahl von Maßnahmen je Budget: der verbleibende mittlere Jahresschaden und die Auszahlungen über {years}."],
    caption: ["Average loss per year that remains, {currency}", "Verbleibender mittlerer Jahresschaden, {currency}"],
    nothing: ["Nothing more", "Nichts weiter"],
    description_chosen: [" With every control started now, the set of the highest value takes {spend} in cash and leaves {loss} a year.", " Beginnt jede Maßnahme jetzt, kostet die Auswahl mit dem höchsten Wert {spend} an Auszahlungen; es verbleiben {loss} im Jahr."],
    what_changes: ["What changes", "Was sich ändert"],
    money_paid: ["Cash spent", "Auszahlungen"],
    recommended: ["{change} (highest value)", "{change} (höchster Wert)"],
    axis: ["Cash spent over {years}, {currency}", "Auszahlungen über {years}, {currency}"],
    recommended_leaves: ["highest value: {cost} leaves {loss}", "höchster Wert: {cost} lassen {loss} übrig"],
}
