//! Does a plan avoid more than it costs?
//!
//! One point a plan. Everything above the diagonal (loss avoided = cost) is worth its cost and shaded; both axes hold
//! zero, so distances are not exaggerated.

use super::kit::*;
use crate::engine::PlanAnalysis;
use crate::report::sentences;
use crate::report::sentences::name;

/// One point for each plan: present value of its cost and of the loss that it avoids.
#[derive(Debug, Clone, PartialEq)]
pub struct CostAgainstLossAvoided {
    /// The plans in their order, without today. The order decides colour and shape in every chart.
    pub plans: Vec<PlanPoint>,
    /// The horizon in words, such as "3 years".
    pub horizon: String,
    /// Whether any of them saves time besides.
    pub saves: bool,
    /// How amounts are written along the cost axis.
    pub cost_scale: Scale,
    /// How amounts are written along the loss axis.
    pub loss_scale: Scale,
}

/// One plan's two present values over the horizon, in currency units.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanPoint {
    /// Name of the plan.
    pub name: String,
    /// Present value of cost.
    pub cost: f64,
    /// Present value of loss avoided and time saved.
    pub loss_avoided: f64,
    /// Net present value: rounded by itself, as every table tells it.
    pub value: f64,
}

impl CostAgainstLossAvoided {
    /// Chooses the two axes apart: a plan may avoid a thousand times what it costs.
    pub fn new(unit: impl Into<Unit>, horizon: &str, plans: Vec<PlanPoint>) -> Self {
        let unit = unit.into();
        let cost_scale = Scale::for_amounts(unit, plans.iter().map(|p| p.cost));
        let loss_scale = Scale::for_amounts(unit, plans.iter().map(|p| p.loss_avoided));
        Self { plans, horizon: horizon.to_owned(), saves: false, cost_scale, loss_scale }
    }
}

impl Picture for CostAgainstLossAvoided {
    fn of(view: &View<'_>) -> Vec<Chart> {
        let scenario = view.scenario;
        let point = |plan: &PlanAnalysis| PlanPoint {
            name: name(scenario, plan),
            cost: view.told(plan.investment.present_cost),
            loss_avoided: view.told(plan.investment.present_avoided + plan.investment.present_gains),
            value: view.told(plan.investment.net_present_value),
        };
        let points: Vec<PlanPoint> = view.analysis.plans.iter().map(point).collect();
        if points.is_empty() {
            return Vec::new();
        }
        let words = &texts(scenario).pictures.cost;
        let horizon = sentences::years(scenario, scenario.assumptions().horizon);
        let saves = view.analysis.plans.iter().any(|plan| plan.investment.present_gains != Figure::ZERO);
        let about = line(if saves { words.description_saved } else { words.description }, &[("years", &horizon)]);
        let data = Self { saves, ..Self::new(view.unit(), &horizon, points) };
        vec![Chart::new("cost-against-loss-avoided", words.title, &about, data)]
    }

    fn part(&self) -> &'static str {
        "money"
    }

    fn table(&self) -> Figures {
        let words = &texts(&self.cost_scale).pictures.cost;
        let shared = &texts(&self.cost_scale).charts;
        let header = vec![
            shared.option.to_owned(),
            titled(words.present_cost, &self.cost_scale),
            titled(if self.saves { words.present_saved } else { words.present_avoided }, &self.loss_scale),
            titled(words.value, &self.loss_scale),
        ];
        let row = |p: &PlanPoint| {
            vec![
                p.name.clone(),
                self.cost_scale.average(p.cost),
                self.loss_scale.average(p.loss_avoided),
                self.loss_scale.average(p.value),
            ]
        };
        (header, self.plans.iter().map(row).collect())
    }

    /// The table of the options says the same.
    fn is_table_printed(&self) -> bool {
        false
    }

    fn amounts(&self) -> Vec<f64> {
        self.plans.iter().flat_map(|plan| [plan.cost, plan.loss_avoided, plan.value]).collect()
    }

    fn caption(&self) -> String {
        let currency = self.loss_scale.currency;
        let words = &texts(&self.loss_scale).pictures.cost;
        line(
            if self.saves { words.caption_saved } else { words.caption },
            &[("years", &self.horizon), ("currency", &currency)],
        )
    }

    fn height(&self) -> u32 {
        540
    }

    fn most_on_page(&self) -> u32 {
        370
    }

    fn draw(&self, scene: &mut Scene, body: Area) {
        let across = Axis::holding(self.plans.iter().map(|p| p.cost * 1.08), 6, true);
        let up = Axis::holding(self.plans.iter().map(|p| p.loss_avoided * 1.08), 5, true);
        let marks: Vec<(f64, String)> = up.labels().iter().map(|v| (*v, self.loss_scale.tick(*v, up.step))).collect();
        let widest = amounts::widest(&marks);
        let plot = Area::new(
            body.left + widest + 8.0,
            body.top + 6.0,
            body.right - 6.0,
            body.bottom - amounts::with_caption(body),
        );
        let place = |cost: f64, avoided: f64| {
            (across.place(cost, plot.left, plot.right), up.place(avoided, plot.bottom, plot.top))
        };

        let corners = [(across.low, up.low), (across.high, up.low), (across.high, up.high), (across.low, up.high)];
        let above = above_diagonal(&corners);
        scene.fill(above.iter().map(|(x, y)| place(*x, *y)).collect(), WORTH);
        for (amount, mark) in marks {
            amounts::level(scene, plot, place(across.low, amount).1, mark, 6.0);
        }
        let years: [(&str, &dyn Display); 2] = [("years", &self.horizon), ("currency", &self.cost_scale.currency)];
        let caption = line(texts(&self.cost_scale).pictures.cost.cost, &years);
        Amounts::Linear(across.clone()).draw(scene, plot, &self.cost_scale, &caption);
        let mut room = Room::new(plot);
        for zero in
            [vec![place(0.0, up.low), place(0.0, up.high)], vec![place(across.low, 0.0), place(across.high, 0.0)]]
        {
            room.take_line(&zero);
            scene.line(zero, 1.0, AXIS);
        }
        // Corners of the shaded part where both amounts are equal are the ends of the diagonal.
        let diagonal: Vec<_> = above.iter().filter(|(x, y)| x == y).map(|(x, y)| place(*x, *y)).collect();
        scene.line(diagonal.clone(), 1.5, EDGE);
        room.take_line(&diagonal);
        for plan in &self.plans {
            room.take(Area::around(place(plan.cost, plan.loss_avoided), 9.0));
        }
        // A corner of the plot is above the line when its amounts are.
        let is_above = |(x, y): (f64, f64)| {
            let cost = across.low + (x - plot.left) / plot.width() * (across.high - across.low);
            let avoided = up.low + (plot.bottom - y) / plot.height() * (up.high - up.low);
            avoided > cost
        };
        let words = &texts(&self.cost_scale).pictures.cost;
        region(scene, &mut room, words.worth, (plot.left, plot.top), |area| area.corners().into_iter().all(is_above));
        region(scene, &mut room, words.not_worth, (plot.right, plot.bottom), |area| {
            !area.corners().into_iter().any(is_above)
        });
        names(scene, &mut room, self, &place);
    }
}

/// The part of a rectangle of (cost, avoided) in which avoided is at least cost.
fn above_diagonal(corners: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let mut kept = Vec::new();
    for (i, from) in corners.iter().enumerate() {
        let to = &corners[(i + 1) % corners.len()];
        let (before, after) = (from.1 - from.0, to.1 - to.0);
        if before >= 0.0 {
            kept.push(*from);
        }
        if (before > 0.0 && after < 0.0) || (before < 0.0 && after > 0.0) {
            // Along a side one of the two amounts stays as it is, and on the diagonal the other equals it.
            let at = if from.0 == to.0 { from.0 } else { from.1 };
            kept.push((at, at));
        }
    }
    kept
}

/// Names one side of the diagonal, as near to a corner as there is room on that side; left out when there is none.
fn region(scene: &mut Scene, room: &mut Room, name: &str, corner: (f64, f64), is_inside: impl Fn(&Area) -> bool) {
    let size = (text::width(name, SMALL, false) + 12.0, SMALL * 1.6);
    if let Some(area) = room.nearest(corner, size, |_, area| is_inside(area)) {
        scene.label(Label::new(name, area.left + 6.0, area.top + SMALL * 1.1, SMALL, QUIET_TEXT));
    }
}

/// Plans that stand on one spot: their places in the report and the spot.
struct Spot {
    at: (f64, f64),
    plans: Vec<usize>,
}

fn spots(data: &CostAgainstLossAvoided, place: &impl Fn(f64, f64) -> (f64, f64)) -> Vec<Spot> {
    let mut spots: Vec<Spot> = Vec::new();
    for (index, plan) in data.plans.iter().enumerate() {
        let at = place(plan.cost, plan.loss_avoided);
        match spots.iter_mut().find(|spot| libm::hypot(spot.at.0 - at.0, spot.at.1 - at.1) < 3.0) {
            Some(spot) => spot.plans.push(index),
            None => spots.push(Spot { at, plans: vec![index] }),
        }
    }
    spots
}

fn names(scene: &mut Scene, room: &mut Room, data: &CostAgainstLossAvoided, place: &impl Fn(f64, f64) -> (f64, f64)) {
    let spots = spots(data, place);
    let mut tags = Vec::new();
    for spot in &spots {
        // With figures where there is room for them near by; else the names alone; else further away, and across a line;
        // a name is shortened only where it has no room anywhere.
        let near = |room: &mut Room, tag: &Tag| room.beside(spot.at, tag.size, GAP);
        let seen = |room: &mut Room, tag: &Tag| {
            room.nearest(spot.at, tag.size, |room, area| room.is_clear(spot.at, area, GAP + 8.0))
        };
        let across = |room: &mut Room, tag: &Tag| {
            room.nearest(spot.at, tag.size, |room, area| room.is_open(spot.at, area, GAP + 8.0))
        };
        type Finds<'a> = &'a dyn Fn(&mut Room, &Tag) -> Option<Area>;
        let whole: [(f64, bool, Finds<'_>); 8] = [
            (240.0, true, &near),
            (240.0, false, &near),
            (130.0, false, &near),
            (240.0, true, &seen),
            (180.0, false, &seen),
            (240.0, true, &across),
            (180.0, false, &across),
            (130.0, false, &across),
        ];
        let shorter: [(f64, bool, Finds<'_>); 7] = [
            (240.0, false, &near),
            (180.0, false, &near),
            (240.0, false, &seen),
            (130.0, false, &near),
            (180.0, false, &across),
            (90.0, false, &seen),
            (60.0, false, &seen),
        ];
        let mut tried = whole.into_iter().map(|size| (true, size)).chain(shorter.map(|size| (false, size)));
        let placed = tried.find_map(|(is_whole, (limit, figures, find))| {
            let tag = spot.tag(data, limit, figures);
            if is_whole && tag.is_cut() {
                return None;
            }
            find(room, &tag).map(|area| (tag, area))
        });
        let found = placed.or_else(|| {
            // Many names below each other need a high place, side by side a wide one.
            let sizes = [90.0, 60.0].into_iter().flat_map(|limit| [1, 2, 3].map(|columns| (limit, columns)));
            sizes.into_iter().find_map(|(limit, columns)| {
                let tag = spot.tag(data, limit, false).in_columns(columns);
                room.nearest(spot.at, tag.size, |_, _| true).map(|area| (tag, area))
            })
        });
        if let Some((tag, area)) = found {
            let labels = tag.labels(area);
            leader(scene, room, spot.at, &labels);
            tags.push((labels, tag.markers(area)));
        }
    }
    for spot in &spots {
        if let Some(first) = spot.plans.first() {
            scene.marker(spot.at, 6.0, palette::plan(*first));
        }
    }
    for (labels, markers) in tags {
        for (at, series) in markers {
            scene.marker(at, 4.0, series);
        }
        for label in labels {
            scene.label(label);
        }
    }
}

impl Spot {
    /// The names of the plans here, each with its marker where there are several, and the figures.
    fn tag(&self, data: &CostAgainstLossAvoided, limit: f64, with_figures: bool) -> Tag {
        let plans = self.plans.iter().filter_map(|index| data.plans.get(*index).map(|plan| (*index, plan)));
        let names: Vec<_> = plans.map(|(index, plan)| (palette::plan(index), plan.name.as_str())).collect();
        let first = self.plans.first().and_then(|index| data.plans.get(*index)).filter(|_| with_figures);
        let figures = first.map(|plan| {
            let (cost, avoided) = (data.cost_scale.amount(plan.cost), data.loss_scale.amount(plan.loss_avoided));
            let words = &texts(&data.cost_scale).pictures.cost;
            let said = if data.saves { words.costs_brings } else { words.costs_avoids };
            line(said, &[("cost", &cost), ("avoided", &avoided)])
        });
        Tag::new(&names, names.len() > 1, figures.into_iter().collect(), limit)
    }
}

words! {
    title: ["Which options are worth their cost?", "Welche Optionen rechnen sich?"],
    description: ["Each option by what it costs and what loss it avoids over {years}, in today's money. Above the line an option is worth its cost.", "Jede Option nach dem, was sie kostet und welchen Schaden sie über {years} vermeidet, als Barwerte. Über der Linie ist eine Option ihre Kosten wert."],
    description_saved: ["Each option by what it costs and what loss and time it saves over {years}, in today's money. Above the line an option is worth its cost.", "Jede Option nach dem, was sie kostet und was sie über {years} an Schaden vermeidet und an Zeit spart, als Barwerte. Über der Linie ist eine Option ihre Kosten wert."],
    caption_saved: ["Loss avoided and time saved over {years}, present value, {currency}", "Vermiedener Schaden und ersparte Zeit über {years}, Barwert, {currency}"],
    present_saved: ["Present value of loss avoided and time saved", "Barwert des vermiedenen Schadens und der ersparten Zeit"],
    caption: ["Loss avoided over {years}, present value, {currency}", "Vermiedener Schaden über {years}, Barwert, {currency}"],
    present_cost: ["Present value of cost", "Barwert der Kosten"],
    present_avoided: ["Present value of loss avoided", "Barwert des vermiedenen Schadens"],
    value: ["Net present value", "Kapitalwert"],
    worth: ["Above the line: worth its cost", "Über der Linie: rechnet sich"],
    not_worth: ["Below: not worth its cost", "Darunter: rechnet sich nicht"],
    cost: ["Cost over {years}, present value, {currency}", "Kosten über {years}, Barwert, {currency}"],
    costs_brings: ["costs {cost}, brings {avoided}", "kostet {cost}, bringt {avoided}"],
    costs_avoids: ["costs {cost}, avoids {avoided}", "kostet {cost}, vermeidet {avoided}"],
}
