//! Which part of one event do insurers pay, and how large are the events?
//!
//! A tower a policy over the loss of one event: what the insured bears first, the layer with the insured's share of it,
//! what lies above. At the right stand the average events of the insured risks, at their size.

use super::kit::*;
use crate::model::{Insurance, PlanId};
use crate::report::insurance::policies;
use crate::units::Money;

/// Policies as towers over the loss of one event.
#[derive(Debug, Clone, PartialEq)]
pub struct InsuranceTower {
    /// The policies.
    pub policies: Vec<Layer>,
    /// What an average event of each insured risk costs before insurers pay, the largest first.
    pub events: Vec<InsuredEvent>,
    /// How amounts are written along the axis.
    pub scale: Scale,
}

/// What one policy pays of one event.
#[derive(Debug, Clone, PartialEq)]
pub struct Layer {
    /// Name of the policy.
    pub name: String,
    /// What the insured bears first, in currency units.
    pub retention: f64,
    /// What is paid at most above that; nothing where there is no limit.
    pub limit: Option<f64>,
    /// What is paid at most in a year.
    pub annual_limit: Option<f64>,
    /// The insured's share of the layer, 0 to 1.
    pub coinsurance: f64,
    /// Premium a year.
    pub premium: f64,
}

/// The average event of a risk.
#[derive(Debug, Clone, PartialEq)]
pub struct InsuredEvent {
    /// Name of the risk.
    pub name: String,
    /// Its average loss, in currency units.
    pub loss: f64,
}

impl Layer {
    /// The loss above which nothing is paid; nothing where there is no limit.
    pub fn top(&self) -> Option<f64> {
        self.limit.map(|limit| self.retention + limit)
    }
}

impl InsuranceTower {
    /// Puts the largest events first.
    pub fn new(unit: impl Into<Unit>, policies: Vec<Layer>, mut events: Vec<InsuredEvent>) -> Self {
        events.sort_by(|a, b| b.loss.total_cmp(&a.loss));
        let mut data = Self { policies, events, scale: Scale::for_amounts(unit, std::iter::empty()) };
        let unit = Unit { currency: data.scale.currency, voice: data.scale.voice };
        data.scale = Scale::for_amounts(unit, std::iter::once(data.reach()));
        data
    }

    /// The largest loss that the picture shows: over every layer, and over the events unless they are far larger.
    pub fn reach(&self) -> f64 {
        let layers = self.policies.iter().map(|layer| layer.top().unwrap_or(2.0 * layer.retention)).fold(0.0, f64::max);
        let events = self.events.first().map_or(0.0, |event| event.loss);
        if layers > 0.0 { (1.15 * layers).max(events.min(3.0 * layers)) } else { events }
    }

    /// The chart with its words.
    pub fn into_chart(self, id: &str, title: &str) -> Chart {
        let words = &texts(&self.scale).pictures.tower;
        let amount = |amount: f64| self.scale.amount_with_currency(amount);
        let mut description = String::new();
        for layer in &self.policies {
            let from = amount(layer.retention);
            let above = match layer.top() {
                Some(top) => line(words.between, &[("from", &from), ("to", &amount(top))]),
                None => line(words.above, &[("from", &from)]),
            };
            let a_year = layer.annual_limit.map(|most| line(words.at_most_a_year, &[("amount", &amount(most))]));
            description.push_str(&line(
                words.policy_pays,
                &[
                    ("policy", &layer.name),
                    ("share", &self.scale.percent(1.0 - layer.coinsurance)),
                    ("layer", &above),
                    ("a_year", &a_year.unwrap_or_default()),
                    ("premium", &amount(layer.premium)),
                ],
            ));
        }
        description.push_str(words.events);
        Chart::new(id, title, &description, self)
    }
}

impl Picture for InsuranceTower {
    /// The policies in force with the plan that the paper is about, else those of today.
    fn of(view: &View<'_>) -> Vec<Chart> {
        let (scenario, analysis) = (view.scenario, view.analysis);
        let of = |option: Option<PlanId>| policies(scenario, option).collect::<Vec<&Insurance>>();
        let with_plan = of(view.subject.map(|index| analysis.plans[index].plan));
        let shown = if with_plan.is_empty() { of(None) } else { with_plan };
        if shown.is_empty() {
            return Vec::new();
        }
        let float = |money: Money| Figure::exact(money.get()).to_f64();
        let share = |policy: &Insurance| Figure::exact(policy.coinsurance.get()).to_f64();
        let layer = |policy: &&Insurance| Layer {
            name: policy.name.clone(),
            retention: float(policy.retention),
            limit: policy.limit.map(float),
            // What is paid at most in a year: the insured's share comes off it, too.
            annual_limit: policy.annual_limit.map(|limit| float(limit) * (1.0 - share(policy))),
            coinsurance: share(policy),
            premium: float(policy.premium),
        };
        let events = scenario.risks().entries().zip(&analysis.today).filter_map(|((index, risk), means)| {
            let rate = means.rate.to_f64();
            let is_insured = shown.iter().any(|policy| policy.covers_risk(index)) && rate > 0.0;
            is_insured.then(|| InsuredEvent { name: risk.name.clone(), loss: means.annual_loss.to_f64() / rate })
        });
        let data = Self::new(view.unit(), shown.iter().map(layer).collect(), events.collect());
        vec![data.into_chart("insurance-tower", texts(scenario).pictures.tower.title)]
    }

    fn part(&self) -> &'static str {
        "insurance"
    }

    fn table(&self) -> Figures {
        let words = &texts(&self.scale).pictures.tower;
        let shared = &texts(&self.scale).charts;
        let header = vec![
            words.policy_or_event.to_owned(),
            titled(shared.from, &self.scale),
            titled(shared.to, &self.scale),
            words.insurers_part.to_owned(),
            titled(words.most_a_year, &self.scale),
            titled(words.premium_a_year, &self.scale),
        ];
        let or_none = |amount: Option<f64>| amount.map_or_else(|| words.no_limit.to_owned(), |a| self.scale.full(a));
        let policy = |layer: &Layer| {
            vec![
                layer.name.clone(),
                self.scale.full(layer.retention),
                or_none(layer.top()),
                self.scale.percent(1.0 - layer.coinsurance),
                or_none(layer.annual_limit),
                self.scale.full(layer.premium),
            ]
        };
        let event = |event: &InsuredEvent| {
            let blank = String::new;
            vec![event.name.clone(), blank(), self.scale.full(event.loss), blank(), blank(), blank()]
        };
        (header, self.policies.iter().map(policy).chain(self.events.iter().map(event)).collect())
    }

    fn amounts(&self) -> Vec<f64> {
        let layers = self.policies.iter().flat_map(|layer| {
            [layer.retention, layer.premium, layer.coinsurance].into_iter().chain(layer.limit).chain(layer.annual_limit)
        });
        layers.chain(self.events.iter().map(|event| event.loss)).collect()
    }

    fn fits(&self) -> bool {
        let is_layer = |layer: &Layer| {
            layer.retention >= 0.0
                && layer.limit.is_none_or(|limit| limit >= 0.0)
                && is_chance(layer.coinsurance)
                && layer.top().is_none_or(|top| top > 0.0)
        };
        self.policies.iter().all(is_layer) && self.events.iter().all(|event| event.loss >= 0.0)
    }

    fn caption(&self) -> String {
        self.scale.captioned(texts(&self.scale).pictures.tower.caption)
    }

    fn height(&self) -> u32 {
        420
    }

    fn draw(&self, scene: &mut Scene, body: Area) {
        let axis = Axis::holding(std::iter::once(self.reach()), 6, false);
        let tick = |amount: f64| self.scale.tick(amount, axis.step);
        let ticks =
            axis.labels().into_iter().map(|amount| text::width(&tick(amount), SMALL, false)).fold(0.0, f64::max);
        let side = if self.events.is_empty() { 0.0 } else { 0.30 * body.width() };
        let plot = Area::new(body.left + ticks + 8.0, body.top + HEADER, body.right - side, body.bottom - 8.0);
        let level = |amount: f64| axis.place(amount.min(axis.high), plot.bottom, plot.top);
        for amount in axis.labels() {
            let y = level(amount);
            scene.line(vec![(plot.left, y), (plot.right, y)], 1.0, GRID);
            let label = Label::new(tick(amount), plot.left - 6.0, y + SMALL * 0.36, SMALL, QUIET_TEXT);
            scene.label(label.align(Align::End));
        }
        let shown = &self.policies[..self.policies.len().min(MOST)];
        let width = plot.width() / shown.len().max(1) as f64;
        for (place, layer) in shown.iter().enumerate() {
            let left = plot.left + place as f64 * width;
            let column = Area::new(left + 6.0, plot.top, left + width - 10.0, plot.bottom);
            tower(scene, column, body.top, self, layer, &level);
        }
        scene.line(vec![(plot.left, plot.bottom), (plot.right, plot.bottom)], 1.0, AXIS);
        events(scene, Area::new(plot.right, plot.top, body.right, plot.bottom), body.top, self, &level, axis.high);
    }
}

/// More policies than this find no room for their words.
const MOST: usize = 4;
/// Two lines of a name above each tower.
const HEADER: f64 = 2.0 * NORMAL * text::LEADING + 6.0;
const LINE: f64 = SMALL * text::LEADING;

/// One policy: its parts, and beside them what they mean.
fn tower(scene: &mut Scene, column: Area, top: f64, data: &InsuranceTower, layer: &Layer, level: &dyn Fn(f64) -> f64) {
    let width = (0.34 * column.width()).min(96.0);
    let bar = |from: f64, to: f64, part: (f64, f64)| {
        Area::new(column.left + part.0 * width, to, column.left + part.1 * width, from)
    };
    let name = text::clean(&layer.name);
    let (lines, cut) = text::named(&name, NORMAL, true, column.width(), 2);
    scene.lines(&lines, &Label::new("", column.left, top + NORMAL * text::ASCENT, NORMAL, TEXT).bold(), &name, cut);

    let own = Series { marker: Marker::Circle, ..palette::today() };
    let paid = Series { ink: WORTH, dash: &[], marker: Marker::Circle, hatch: Hatch::Rising };
    let (foot, upper) = (level(layer.retention), layer.top().map_or(column.top, level));
    if layer.retention > 0.0 {
        scene.bar(bar(column.bottom, foot.min(column.bottom - 1.0), (0.0, 1.0)), own);
    }
    scene.bar(bar(foot, upper, (0.0, 1.0 - layer.coinsurance)), paid);
    if layer.coinsurance > 0.0 {
        scene.bar(bar(foot, upper, (1.0 - layer.coinsurance, 1.0)), own);
    }
    if layer.top().is_some() {
        scene.bar(bar(upper, column.top, (0.0, 1.0)), own);
    }

    let words = &texts(&data.scale).pictures.tower;
    let amount = |amount: f64| data.scale.amount(amount);
    let with_amount = |template: &str, of: f64| line(template, &[("amount", &amount(of))]);
    let share = data.scale.percent(1.0 - layer.coinsurance);
    let mut said: Vec<(String, f64)> = Vec::new();
    if layer.retention > 0.0 {
        said.push((with_amount(words.own_below, layer.retention), f64::midpoint(column.bottom, foot)));
    }
    let from = amount(layer.retention);
    let between = match layer.top() {
        Some(end) => line(words.from_to, &[("from", &from), ("to", &amount(end))]),
        None => line(words.above, &[("from", &from)]),
    };
    let a_year = layer.annual_limit.map(|most| with_amount(words.at_most_a_year, most)).unwrap_or_default();
    let paid = line(words.insurer_pays, &[("layer", &between), ("share", &share), ("a_year", &a_year)]);
    said.push((paid, f64::midpoint(foot, upper)));
    if let Some(end) = layer.top() {
        said.push((with_amount(words.own_above, end), f64::midpoint(upper, column.top)));
    }
    let left = column.left + width + 10.0;
    let room = (column.right - left).max(20.0);
    let most = ((column.height() / said.len() as f64 - 6.0) / LINE).floor().clamp(1.0, 5.0) as usize;
    let written: Vec<(Vec<String>, bool)> =
        said.iter().map(|(words, _)| text::wrapped(words, SMALL, false, room, most)).collect();
    let sizes: Vec<f64> = written.iter().map(|(lines, _)| lines.len() as f64 * LINE + 6.0).collect();
    let wishes: Vec<f64> = said.iter().map(|(_, y)| *y).collect();
    let centres = spread_sized(&wishes, &sizes, column.top, column.bottom);
    for (((lines, cut), (words, wish)), (centre, size)) in written.iter().zip(&said).zip(centres.iter().zip(&sizes)) {
        scene.line(vec![(column.left + width, *wish), (left - 3.0, *centre)], 0.8, EDGE);
        let first = centre - size / 2.0 + 3.0 + SMALL * text::ASCENT;
        for (row, line) in lines.iter().enumerate() {
            let mut label = Label::new(line.clone(), left, first + row as f64 * LINE, SMALL, TEXT);
            if *cut && row + 1 == lines.len() {
                label = label.standing_for(words);
            }
            rows::figure(scene, label);
        }
    }
}

/// The average events, each at its size; one beyond the axis stands at its end with an arrow.
fn events(scene: &mut Scene, area: Area, top: f64, data: &InsuranceTower, level: &dyn Fn(f64) -> f64, high: f64) {
    // A name over two lines, where all find room so; the amount below it.
    let high_as = |lines: f64| (lines + 1.0) * LINE + 6.0;
    let lines: u32 = if data.events.len() as f64 * high_as(2.0) <= area.height() { 2 } else { 1 };
    let size = high_as(f64::from(lines));
    let most = (area.height() / size).floor().max(1.0) as usize;
    let shown = &data.events[..data.events.len().min(most)];
    if shown.is_empty() {
        return;
    }
    let left = area.left + 26.0;
    let room = area.right - left;
    let name = texts(&data.scale).pictures.tower.average_event;
    let (title, cut) = text::wrapped(name, NORMAL, true, room, 2);
    let first = Label::new("", left, top + NORMAL * text::ASCENT, NORMAL, TEXT).bold();
    scene.lines(&title, &first, name, cut);
    let wishes: Vec<f64> = shown.iter().map(|event| level(event.loss)).collect();
    let centres = spread_sized(&wishes, &vec![size; shown.len()], area.top, area.bottom);
    for ((event, wish), centre) in shown.iter().zip(wishes).zip(centres) {
        let series = Series { marker: Marker::Diamond, ..palette::today() };
        scene.line(vec![(area.left + 8.0, wish), (left - 4.0, centre)], 0.8, EDGE);
        scene.marker((area.left + 6.0, wish), 4.0, series);
        let name = text::clean(&event.name);
        let (written, is_cut) = text::named(&name, SMALL, false, room, lines as usize);
        let first = centre - size / 2.0 + 3.0 + SMALL * text::ASCENT;
        scene.lines(&written, &Label::new("", left, first, SMALL, TEXT), &name, is_cut);
        let baseline = first + (written.len() as f64 - 1.0) * LINE;
        let arrow = if event.loss > high { " \u{2191}" } else { "" };
        let amount = format!("{}{arrow}", data.scale.amount(event.loss));
        scene.label(Label::new(amount, left, baseline + LINE, SMALL, TEXT));
    }
}

words! {
    title: ["What insurers pay per event", "Was Versicherer je Ereignis zahlen"],
    caption: ["Loss of one event, {currency}", "Schaden eines Ereignisses, {currency}"],
    between: ["between {from} and {to}", "zwischen {from} und {to}"],
    above: ["above {from}", "über {from}"],
    at_most_a_year: [", at most {amount} a year", ", höchstens {amount} im Jahr"],
    policy_pays: ["The policy “{policy}” pays {share} of the insured loss of one event {layer}{a_year}, for {premium} a year. ", "Der Vertrag „{policy}“ zahlt {share} des Versicherten je Ereignis {layer}{a_year}, für {premium} im Jahr. "],
    events: ["The chart also shows what an average event costs, insured or not.", "Daneben, was ein durchschnittliches Ereignis kostet, versichert oder nicht."],
    policy_or_event: ["Policy or average event", "Vertrag oder durchschnittliches Ereignis"],
    insurers_part: ["Insurer's share", "Anteil des Versicherers"],
    most_a_year: ["Annual maximum", "Höchstens im Jahr"],
    premium_a_year: ["Premium a year", "Prämie im Jahr"],
    no_limit: ["no limit", "unbegrenzt"],
    own_below: ["up to {amount}: yours", "bis {amount}: selbst getragen"],
    from_to: ["{from} to {to}", "{from} bis {to}"],
    insurer_pays: ["{layer}: the insurer pays {share}{a_year}", "{layer}: Der Versicherer zahlt {share}{a_year}"],
    own_above: ["above {amount}: yours", "über {amount}: selbst getragen"],
    average_event: ["An average event", "Ein durchschnittliches Ereignis"],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_table_tell_what_is_paid() {
        let layer = Layer {
            name: "Cyber".into(),
            retention: 1e5,
            limit: Some(2e6),
            annual_limit: None,
            coinsurance: 0.1,
            premium: 9e4,
        };
        let event = |name: &str, loss| InsuredEvent { name: name.into(), loss };
        let data = InsuranceTower::new("EUR", vec![layer], vec![event("Small", 1e4), event("Vast", 1e9)]);
        // Events beyond three towers do not press the towers flat.
        assert!((data.reach() - 6.3e6).abs() < 1.0, "{}", data.reach());
        assert_eq!(data.table().1[0], ["Cyber", "100,000", "2,100,000", "90%", "no limit", "90,000"]);
        let words = data.into_chart("tower", "t").description;
        assert!(words.starts_with(
            "The policy “Cyber” pays 90% of the insured loss of one event between EUR 100k and EUR 2.1M, for EUR 90k a year."
        ));
    }
}
