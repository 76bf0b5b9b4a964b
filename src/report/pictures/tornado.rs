//! Which assumption moves the answer, and how far?
//!
//! A plan's value today where one assumption at a time is at its 10 % or its 90 % point, all others at their averages;
//! the largest swing first.
//!
//! One bar an assumption around the value with all at their averages; what the assumption is at each end stands there.
//! The line at zero is where the plan is worth nothing.

use super::kit::*;
use crate::report::chart::words::assumption;

/// One plan's value as assumptions change, one at a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Tornado {
    /// Whose value it is.
    pub option: ChartOption,
    /// The value with every assumption at its average, in currency units.
    pub value: f64,
    /// The assumptions, largest swing first.
    pub swings: Vec<Swing>,
    /// How amounts are written along the axis.
    pub scale: Scale,
}

/// What one assumption does.
#[derive(Debug, Clone, PartialEq)]
pub struct Swing {
    /// What it is.
    pub name: String,
    /// Its low value in words: "1 in 12 years".
    pub from: String,
    /// Its high value in words.
    pub to: String,
    /// The plan's value at the low one.
    pub low: f64,
    /// The plan's value at the high one.
    pub high: f64,
}

impl Swing {
    /// From the lower value of the plan to the higher.
    pub fn width(&self) -> f64 {
        (self.high - self.low).abs()
    }
}

impl Tornado {
    /// Sorts by swing, largest first; equal ones keep their order.
    pub fn new(unit: impl Into<Unit>, option: ChartOption, value: f64, mut swings: Vec<Swing>) -> Self {
        swings.sort_by(|a, b| b.width().total_cmp(&a.width()));
        let amounts = swings.iter().flat_map(|swing| [swing.low, swing.high]).chain([value]);
        let scale = Scale::for_amounts(unit, amounts);
        Self { option, value, swings, scale }
    }

    /// The chart with its words.
    pub fn into_chart(self, id: &str, title: &str) -> Chart {
        let words = &texts(&self.scale).pictures.tornado;
        let amount = |amount: f64| self.scale.amount_with_currency(amount);
        let parts: [(&str, &dyn Display); 2] = [("plan", &self.option.name), ("value", &amount(self.value))];
        let mut description = line(words.description, &parts);
        if let Some(first) = self.swings.first() {
            description.push_str(&line(
                words.first,
                &[
                    ("assumption", &first.name),
                    ("low", &amount(first.low)),
                    ("from", &first.from),
                    ("high", &amount(first.high)),
                    ("to", &first.to),
                ],
            ));
        }
        // How many of them turn the sign.
        let is_worth = self.value > 0.0;
        let turns = |swing: &&Swing| match is_worth {
            true => swing.low.min(swing.high) <= 0.0,
            false => swing.low.max(swing.high) > 0.0,
        };
        let count = self.swings.iter().filter(turns).count();
        let turning = match (count, is_worth) {
            (0, true) => words.none,
            (1, true) => words.one,
            (_, true) => words.some,
            (0, false) => words.never,
            (_, false) => words.rescues,
        };
        description.push_str(&line(turning, &[("count", &count)]));
        Chart::new(id, title, &description, self)
    }
}

/// How many assumptions the tornado has.
const SWINGS: usize = 10;

/// What one assumption at a time does to the plan that the report is about.
fn swings_of(view: &View<'_>) -> Option<Chart> {
    let (scenario, found, place) = (view.scenario, view.analysis.sensitivity.as_ref()?, view.subject?);
    let value = view.analysis.plans[place].investment.net_present_value.to_f64();
    let scale = Scale::for_amounts(view.unit(), std::iter::once(value));
    let swings = found.inputs.iter().filter_map(|input| {
        let ((from, to), (low, high)) = (input.range?, input.swings[place]?);
        let estimate = scenario.estimate(input.estimate);
        let said = |number: f64| assumption(number, estimate.kind, &scale);
        Some(Swing { name: estimate.name.clone(), from: said(from), to: said(to), low, high })
    });
    let swings: Vec<Swing> = swings.filter(|swing| swing.width() > 0.0).collect();
    if swings.is_empty() {
        return None;
    }
    let mut tornado = Tornado::new(view.unit(), view.plan(place), value, swings);
    tornado.swings.truncate(SWINGS);
    Some(tornado.into_chart("tornado", texts(scenario).pictures.tornado.title))
}

impl Picture for Tornado {
    fn of(view: &View<'_>) -> Vec<Chart> {
        swings_of(view).into_iter().collect()
    }

    fn part(&self) -> &'static str {
        "what-changes"
    }

    fn table(&self) -> Figures {
        let words = &texts(&self.scale).pictures.tornado;
        let header = vec![
            words.assumption.to_owned(),
            words.low.to_owned(),
            words.high.to_owned(),
            titled(words.value_at_low, &self.scale),
            titled(words.value_at_high, &self.scale),
        ];
        let row = |s: &Swing| {
            vec![s.name.clone(), s.from.clone(), s.to.clone(), self.scale.average(s.low), self.scale.average(s.high)]
        };
        (header, self.swings.iter().map(row).collect())
    }

    /// The table of what would change the answer says the same.
    fn is_table_printed(&self) -> bool {
        false
    }

    fn amounts(&self) -> Vec<f64> {
        if self.swings.is_empty() {
            return Vec::new();
        }
        self.swings.iter().flat_map(|swing| [swing.low, swing.high]).chain([self.value]).collect()
    }

    fn caption(&self) -> String {
        let words = texts(&self.scale).pictures.tornado.caption;
        line(words, &[("option", &self.option.name), ("currency", &self.scale.currency)])
    }

    fn height(&self) -> u32 {
        high(34.0 * self.swings.len().clamp(1, 16) as f64 + 140.0)
    }

    fn height_on_phone(&self) -> u32 {
        let above = Names::above_on_phone(self.swings.iter().map(|swing| swing.name.as_str()));
        high_on_phone((28.0 + above) * self.swings.len().clamp(1, 16) as f64 + 140.0)
    }

    fn draw(&self, scene: &mut Scene, body: Area) {
        let series = self.option.series();
        let head = SMALL * text::LEADING + 4.0;
        let bottom = body.bottom - amounts::LABELS;
        let above = Names::of(self.swings.iter().map(|swing| swing.name.as_str()), body).above();
        let room = ((bottom - body.top - head) / (ROW + above)).floor().max(1.0) as usize;
        let swings = &self.swings[..self.swings.len().min(room)];
        let height = ((bottom - body.top - head) / swings.len().max(1) as f64).min(40.0 + above);
        let top = body.top + head;
        let bottom = top + height * swings.len() as f64;
        let mut names = Names::of(swings.iter().map(|swing| swing.name.as_str()), body);
        let left = names.end(10.0);

        let beside = if is_narrow(body) { 0.27 } else { 0.18 };
        // Beside the bars stands what the assumption is at their ends.
        let label = |words: &str| text::between(&text::clean(words), SMALL, false, body.width() * beside);
        let width = |words: &str| text::width(&label(words), SMALL, false) + 12.0;
        let (mut before, mut after) = (0.0_f64, 0.0_f64);
        for swing in swings {
            let (low, high) = ends(swing);
            before = before.max(width(low.1));
            after = after.max(width(high.1));
        }
        let plot = Area::new(left + before, top, (body.right - after).max(left + before + 40.0), bottom);
        let amounts = swings.iter().flat_map(|swing| [swing.low, swing.high]).chain([self.value]);
        let axis = Amounts::holding(amounts, plot.width());
        axis.draw(scene, plot, &self.scale, "");
        let zero = axis.place(0.0, plot);
        scene.line(vec![(zero, top), (zero, bottom)], 1.4, AXIS);
        for (index, swing) in swings.iter().enumerate() {
            let row = top + index as f64 * height;
            let style = Style { ink: TEXT, bold: false };
            let (row, height) = names.write(scene, &text::clean(&swing.name), style, (row, height));
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
        let middle = axis.place(self.value, plot);
        scene.line(vec![(middle, top - 3.0), (middle, bottom)], 1.4, EDGE);
        let words = line(texts(&self.scale).pictures.tornado.at_averages, &[("value", &self.scale.amount(self.value))]);
        let half = text::width(&words, SMALL, true) / 2.0;
        let x = middle.clamp(body.left + half, body.right - half);
        scene.label(Label::new(words, x, top - 7.0, SMALL, TEXT).bold().align(Align::Middle));
        names.finish(scene);
    }
}

/// The lower and the higher value, each with what the assumption is there.
fn ends(swing: &Swing) -> ((f64, &str), (f64, &str)) {
    let (low, high) = ((swing.low, swing.from.as_str()), (swing.high, swing.to.as_str()));
    if low.0 <= high.0 { (low, high) } else { (high, low) }
}

words! {
    title: ["What would change the answer?", "Was würde die Antwort ändern?"],
    description: ["What “{plan}” is worth in today's money where one assumption is at the low or the high end of its range and all others are at their averages: {value} with all at their averages.", "Der Kapitalwert von „{plan}“, wenn eine Annahme am unteren oder oberen Ende ihrer Spanne liegt und alle anderen ihren Durchschnitt haben: {value}, wenn alle ihren Durchschnitt haben."],
    caption: ["{option}: net present value, {currency}", "{option}: Kapitalwert, {currency}"],
    first: [" What moves it most is “{assumption}”: from {low} at {from} to {high} at {to}.", " Am stärksten bewegt ihn „{assumption}“: von {low} bei {from} bis {high} bei {to}."],
    none: [" No single assumption makes the value negative within its range.", " Keine dieser Annahmen macht den Kapitalwert für sich allein negativ."],
    one: [" One of them alone can bring the value to zero or below within its range.", " Eine dieser Annahmen kann innerhalb ihrer Spanne allein dazu führen, dass sich die Option nicht rechnet."],
    some: [" {count} of them can each bring the value to zero or below within their range.", " {count} dieser Annahmen können innerhalb ihrer Spanne jede für sich dazu führen, dass sich die Option nicht rechnet."],
    never: [" No single assumption makes the value positive within its range.", " Keine dieser Annahmen macht den Kapitalwert für sich allein positiv."],
    rescues: [" Assumptions that alone can make the value positive within their range: {count}.", " Annahmen, die innerhalb ihrer Spanne allein den Kapitalwert positiv machen können: {count}."],
    assumption: ["Assumption", "Annahme"],
    low: ["Low", "Unten"],
    high: ["High", "Oben"],
    value_at_low: ["Value at low", "Wert unten"],
    value_at_high: ["Value at high", "Wert oben"],
    at_averages: ["all at their averages: {value}", "alle im Durchschnitt: {value}"],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_swing_comes_first_and_the_words_say_what_it_does() {
        let swing = |name: &str, low, high| Swing { name: name.into(), from: "1".into(), to: "9".into(), low, high };
        let data = Tornado::new(
            "EUR",
            ChartOption::plan("Core", 0),
            4e5,
            vec![swing("small", 3.9e5, 4.1e5), swing("large", 9e5, -1e5)],
        );
        assert_eq!(data.table().1[0], ["large", "1", "9", "900,000", "-100,000"]);
        let words = data.into_chart("t", "t").description;
        assert!(words.ends_with(
            "EUR 400k with all at their averages. What moves it most is “large”: from EUR 900k at 1 to EUR −100k at 9. One of them alone can bring the value to zero or below within its range."
        ), "{words}");
    }
}
