//! How does a plan get from today's average loss to its own, control by control?
//!
//! The controls join in the order of the plan. Controls that act on the same factor share what they take off, so each
//! step is what a control adds to those before it; the ends do not depend on the order. Insurers come last: they pay of
//! what the controls leave.
//!
//! From the top down: today, a step for each control, the plan. What a step takes off is hollow, because it is gone;
//! what a step adds is filled. Rows rather than columns, because controls have long names.

use super::kit::*;
use crate::engine::{Analysis, LossModel, OptionId, Values};
use crate::model::{ControlId, Scenario};

/// From today's average loss per year to the plan's, one step a control.
#[derive(Debug, Clone, PartialEq)]
pub struct Waterfall {
    /// Whether it starts from what is lost before insurers pay.
    pub is_before_insurers: bool,
    /// The plan.
    pub plan: ChartOption,
    /// Average loss per year today, in currency units.
    pub today: f64,
    /// The steps in the order in which they were reckoned.
    pub steps: Vec<WaterfallStep>,
    /// How amounts are written along the axis.
    pub scale: Scale,
}

/// What one control or the insurance takes off the average loss, after all steps before it.
#[derive(Debug, Clone, PartialEq)]
pub struct WaterfallStep {
    /// Name of the control or the insurance.
    pub name: String,
    /// Reduction of the average loss per year; negative where a step adds loss, such as a control that is dropped.
    pub reduction: f64,
    /// Whether insurance pays rather than a control prevents.
    pub is_insurance: bool,
}

impl Waterfall {
    /// Keeps the order of the steps.
    pub fn new(unit: impl Into<Unit>, plan: ChartOption, today: f64, steps: Vec<WaterfallStep>) -> Self {
        let unit = unit.into();
        let scale = Scale::for_amounts(unit, std::iter::empty());
        let mut data = Self { is_before_insurers: false, plan, today, steps, scale };
        data.scale = Scale::for_amounts(unit, data.levels().into_iter());
        data
    }

    /// The same from today's loss before insurers pay.
    #[must_use]
    pub fn before_insurers(self) -> Self {
        Self { is_before_insurers: true, ..self }
    }

    /// The name of the first bar.
    pub fn start(&self) -> &'static str {
        let words = &texts(&self.scale).pictures.waterfall;
        let shared = &texts(&self.scale).charts;
        if self.is_before_insurers { words.before_insurers } else { shared.start_today }
    }

    /// The average loss at the start and after each step.
    pub fn levels(&self) -> Vec<f64> {
        let mut level = self.today;
        let after = self.steps.iter().map(|step| {
            level -= step.reduction;
            level
        });
        std::iter::once(self.today).chain(after).collect()
    }

    /// Average loss per year with the whole plan.
    pub fn remaining(&self) -> f64 {
        self.today - self.steps.iter().map(|step| step.reduction).sum::<f64>()
    }

    /// The chart with its words; the note says that the order matters.
    pub fn into_chart(self, id: &str, title: &str) -> Chart {
        let words = &texts(&self.scale).pictures.waterfall;
        let amount = |amount: f64| self.scale.amount_with_currency(amount);
        let mut description = line(
            if self.is_before_insurers { words.description_insured } else { words.description },
            &[("loss", &amount(self.today)), ("left", &amount(self.remaining())), ("plan", &self.plan.name)],
        );
        let largest = self.steps.iter().filter(|step| step.reduction > 0.0);
        if let Some(step) = largest.max_by(|a, b| a.reduction.total_cmp(&b.reduction)) {
            let parts: [(&str, &dyn Display); 2] = [("step", &step.name), ("loss", &amount(step.reduction))];
            description.push_str(&line(words.most, &parts));
        }
        let is_ordered = self.steps.len() > 1;
        let chart = Chart::new(id, title, &description, self);
        if is_ordered { chart.with_note(words.order) } else { chart }
    }
}

/// The steps of the plan that the paper is about.
fn steps_of(view: &View<'_>) -> Option<Chart> {
    let (scenario, analysis, index) = (view.scenario, view.analysis, view.subject?);
    let steps = steps(scenario, analysis, index);
    if steps.is_empty() {
        return None;
    }
    let words = &texts(scenario).pictures.waterfall;
    let plan = view.plan(index);
    let title = line(words.title, &[("plan", &plan.name)]);
    let gross: Figure = analysis.today.iter().map(|risk| risk.annual_loss).sum();
    let data = Waterfall::new(view.unit(), plan, gross.to_f64(), steps);
    let is_insured = analysis.recovered_today.iter().any(|paid| !paid.is_zero());
    if !is_insured {
        return Some(data.into_chart(ID, &title));
    }
    let today = data.scale.amount_with_currency(analysis.loss_today.to_f64());
    let note = line(words.insured, &[("amount", &today)]);
    Some(data.before_insurers().into_chart(ID, &title).with_note(&note))
}

const ID: &str = "from-today-step-by-step";

fn steps(scenario: &Scenario, analysis: &Analysis, index: OptionId) -> Vec<WaterfallStep> {
    let plan = &analysis.plans[index];
    let model = LossModel::new(scenario);
    let means = Values::means(scenario);
    let planned: Vec<ControlId> = scenario.plans()[plan.plan].controls.iter().map(|planned| planned.control).collect();
    let loss_with = |first: usize| -> Figure {
        let bought =
            |control: ControlId| planned.iter().take(first).any(|other| *other == control).then_some(Figure::ONE);
        model.all_means(&means, &bought).iter().map(|risk| risk.annual_loss).sum()
    };
    let gross: Figure = analysis.today.iter().map(|risk| risk.annual_loss).sum();
    let mut before = gross;
    let mut steps: Vec<WaterfallStep> = planned
        .iter()
        .enumerate()
        .map(|(place, control)| {
            let after = loss_with(place + 1);
            let reduction = (before - after).to_f64();
            before = after;
            WaterfallStep { name: scenario.controls()[*control].name.clone(), reduction, is_insurance: false }
        })
        .collect();
    // What insurers pay is asked of the loss that the controls leave.
    let paid: Figure = plan.recovered.iter().copied().sum();
    if !paid.is_zero() {
        steps.push(WaterfallStep {
            name: texts(scenario).pictures.waterfall.insurers_pay.to_owned(),
            reduction: paid.to_f64(),
            is_insurance: true,
        });
    }
    steps
}

impl Picture for Waterfall {
    fn of(view: &View<'_>) -> Vec<Chart> {
        steps_of(view).into_iter().collect()
    }

    fn part(&self) -> &'static str {
        "controls"
    }

    fn table(&self) -> Figures {
        let words = &texts(&self.scale).pictures.waterfall;
        let shared = &texts(&self.scale).charts;
        let header =
            vec![words.step.to_owned(), titled(words.change, &self.scale), titled(shared.average_loss, &self.scale)];
        let mut rows = vec![vec![self.start().to_owned(), String::new(), self.scale.average(self.today)]];
        let steps = self.steps.iter().zip(self.levels().into_iter().skip(1));
        rows.extend(steps.map(|(step, level)| {
            vec![step.name.clone(), self.scale.average(-step.reduction), self.scale.average(level)]
        }));
        rows.push(vec![self.plan.name.clone(), String::new(), self.scale.average(self.remaining())]);
        (header, rows)
    }

    fn amounts(&self) -> Vec<f64> {
        self.levels()
    }

    fn caption(&self) -> String {
        self.scale.captioned(texts(&self.scale).charts.average_loss_in)
    }

    fn height(&self) -> u32 {
        high(32.0 * (self.steps.len() + 2).min(24) as f64 + 148.0)
    }

    fn height_on_phone(&self) -> u32 {
        let above = Names::above_on_phone(self.steps.iter().map(|step| step.name.as_str()));
        high_on_phone((26.0 + above) * (self.steps.len() + 2).min(16) as f64 + 148.0)
    }

    fn most_on_page(&self) -> u32 {
        420
    }

    fn draw(&self, scene: &mut Scene, body: Area) {
        let bottom = body.bottom - amounts::LABELS;
        let above = Names::of(self.steps.iter().map(|step| step.name.as_str()), body).above();
        let rows = all_rows(self, ((bottom - body.top) / (ROW + above)).floor() as usize);
        let height = ((bottom - body.top) / rows.len() as f64).min(44.0 + above);
        let bottom = body.top + height * rows.len() as f64;
        let mut names = Names::of(rows.iter().map(|row| row.name.as_str()), body);
        let left = names.end(10.0);

        let low = rows.iter().map(|row| row.to).fold(0.0, f64::min);
        let reach = |row: &Row| {
            let figure = text::width(&row.figure(self), SMALL, row.style().bold);
            (row.from.max(row.to), figure + 12.0)
        };
        let per_unit = rows::pixels_per_unit(rows.iter().map(reach), low, body.right - left);
        let place = |amount: f64| left + (amount - low) * per_unit;
        if per_unit > 0.0 {
            let ends = [low, low + (body.right - left) / per_unit];
            let axis = Amounts::holding(ends.into_iter(), body.right - left);
            axis.draw(scene, Area::new(left, body.top, body.right, bottom), &self.scale, "");
        }
        scene.line(vec![(place(0.0), body.top), (place(0.0), bottom)], 1.0, AXIS);
        for (index, row) in rows.iter().enumerate() {
            let top = body.top + index as f64 * height;
            let (top, height) = names.write(scene, &row.name, row.style(), (top, height));
            let inset = (height * 0.18).max(3.0);
            let (from, to) = (place(row.from), place(row.to));
            let area = Area::new(from.min(to), top + inset, from.max(to), top + height - inset);
            match row.form {
                Form::End(series) => {
                    rows::bar(scene, place(0.0), per_unit, row.to, (area.top, area.bottom), series);
                }
                Form::Step { is_insurance } => step(scene, area, row.to > row.from, is_insurance),
            }
            if index + 1 < rows.len() {
                // From the end of this bar to the start of the next.
                let between = if is_narrow(body) { inset } else { 2.0 * inset };
                scene.line(vec![(to, area.bottom), (to, area.bottom + between)], 1.0, EDGE);
            }
            let mut label = Label::new(row.figure(self), area.right + 6.0, rows::baseline(top, height), SMALL, TEXT);
            label.bold = row.style().bold;
            if matches!(row.form, Form::Step { .. }) && row.to == row.from {
                label.ink = QUIET_TEXT;
            }
            rows::figure(scene, label);
        }
        names.finish(scene);
    }
}

enum Form {
    End(Series),
    Step { is_insurance: bool },
}

struct Row {
    name: String,
    from: f64,
    to: f64,
    form: Form,
}

impl Row {
    fn style(&self) -> Style {
        Style { ink: TEXT, bold: matches!(self.form, Form::End(_)) }
    }

    fn figure(&self, data: &Waterfall) -> String {
        match self.form {
            Form::End(_) => data.scale.amount(self.to),
            Form::Step { .. } => {
                let change = self.to - self.from;
                let written = data.scale.amount(change);
                let sign = if change > 0.0 && written != "0" { "+" } else { "" };
                format!("{sign}{written}")
            }
        }
    }
}

fn step(scene: &mut Scene, area: Area, is_rise: bool, is_insurance: bool) {
    let mut area = area;
    if area.width() < 1.0 {
        // A step of nothing is still a place on the way.
        area.right = area.left + 1.0;
    }
    if is_rise {
        scene.bar(area, Series { ink: RISE, dash: &[], marker: Marker::Circle, hatch: Hatch::Rising });
        return;
    }
    let hatch = if is_insurance { Hatch::Rising } else { Hatch::None };
    // On a light bar the hatching and the outline are dark.
    scene.bar(area, Series { ink: WORTH, dash: &[], marker: Marker::Circle, hatch });
}

/// Today, the steps that find room, the plan.
fn all_rows(data: &Waterfall, room: usize) -> Vec<Row> {
    let steps = fitting((&data.scale).into(), &data.steps, room.max(4) - 2);
    let end = |name: &str, amount: f64, series: Series| Row {
        name: text::clean(name),
        from: 0.0,
        to: amount,
        form: Form::End(series),
    };
    let mut rows = vec![end(data.start(), data.today, palette::today())];
    let mut level = data.today;
    for step in steps {
        let after = level - step.reduction;
        let form = Form::Step { is_insurance: step.is_insurance };
        rows.push(Row { name: text::clean(&step.name), from: level, to: after, form });
        level = after;
    }
    let series = data.plan.series();
    rows.push(end(&data.plan.name, data.remaining(), series));
    rows
}

/// The steps in their order; where they outgrow the room the smallest controls are one step behind the others.
fn fitting(language: Language, steps: &[WaterfallStep], room: usize) -> Vec<WaterfallStep> {
    if steps.len() <= room {
        return steps.to_vec();
    }
    let mut by_size: Vec<usize> = (0..steps.len()).collect();
    let size = |index: usize| (steps[index].is_insurance, steps[index].reduction.abs());
    by_size.sort_by(|a, b| {
        let (a, b) = (size(*a), size(*b));
        b.0.cmp(&a.0).then(b.1.total_cmp(&a.1))
    });
    let (kept, rest) = by_size.split_at(room - 1);
    let reduction = rest.iter().map(|index| steps[*index].reduction).sum();
    let name = line(texts(language).pictures.waterfall.smaller_steps, &[("count", &rest.len())]);
    let smaller = WaterfallStep { name, reduction, is_insurance: false };
    let mut kept = kept.to_vec();
    kept.sort_unstable();
    let mut shown: Vec<WaterfallStep> = kept.iter().map(|index| steps[*index].clone()).collect();
    // Insurance pays for what all controls leave.
    let before = shown.iter().rposition(|step| !step.is_insurance).map_or(0, |last| last + 1);
    shown.insert(before, smaller);
    shown
}

words! {
    title: ["How “{plan}” changes the average loss per year", "Wie „{plan}“ den mittleren Jahresschaden ändert"],
    description: ["From an average loss of {loss} a year today to {left} with “{plan}”, step by step.", "Von einem durchschnittlichen Schaden von {loss} im Jahr heute zu {left} mit „{plan}“, Schritt für Schritt."],
    before_insurers: ["Today, before insurance", "Heute, vor Versicherungsleistungen"],
    description_insured: ["From an average loss of {loss} a year today, before insurance, to {left} with “{plan}”, step by step.", "Von einem durchschnittlichen Schaden von {loss} im Jahr heute, vor Versicherungsleistungen, zu {left} mit „{plan}“, Schritt für Schritt."],
    most: [" The largest step is “{step}”: {loss} less.", " Der größte Schritt ist „{step}“: {loss} weniger."],
    order: ["Each step is the extra saving after those above it; the order changes the steps, not the total.", "Jeder Schritt ist die zusätzliche Ersparnis nach den Schritten darüber; die Reihenfolge ändert die Schritte, nicht die Summe."],
    insured: ["Of today's loss insurers pay a part: {amount} remains.", "Vom heutigen Schaden zahlen Versicherer einen Teil: {amount} verbleiben."],
    insurers_pay: ["Insurers pay", "Versicherer zahlen"],
    step: ["Step", "Schritt"],
    change: ["Change", "Änderung"],
    smaller_steps: ["{count} smaller steps", "{count} kleinere Schritte"],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_lead_from_today_to_the_plan() {
        let step = |name: &str, reduction| WaterfallStep { name: name.into(), reduction, is_insurance: false };
        let steps = vec![step("mfa", 300.0), step("dropped", -50.0)];
        let data = Waterfall::new("EUR", ChartOption::plan("Core", 0), 1000.0, steps);
        assert_eq!(data.levels(), [1000.0, 700.0, 750.0]);
        let (_, rows) = data.table();
        assert_eq!(rows[2], ["dropped", "50", "750"]);
        assert_eq!(rows[3], ["Core", "", "750"]);
        let chart = data.into_chart("waterfall", "t");
        assert_eq!(
            chart.description,
            "From an average loss of EUR 1k a year today to EUR 750 with “Core”, step by step. The largest step is \
             “mfa”: EUR 300 less."
        );
        assert!(chart.note.is_some_and(|note| note.contains("order")));
    }
}
