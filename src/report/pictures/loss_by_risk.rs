//! Which risks cost most today, and what does each plan leave of them?
//!
//! Up to four options stand as bars in one group a risk, named beside the bars of the first group. More options than
//! that get a column each under their name, all on one scale, because nine bars a risk are a thicket. Where the risks
//! outgrow the canvas, the largest are shown and the rest added up in one row.

use super::kit::*;
use crate::drawing::rows::{bar, pixels_per_unit};
use crate::engine::OptionId;
use crate::model::RiskId;
use crate::report::sentences::name;

/// Average loss per year by risk and option, the worst of today first.
#[derive(Debug, Clone, PartialEq)]
pub struct LossByRisk {
    /// The options in order; the first is today.
    pub options: Vec<String>,
    /// The risks, largest loss today first.
    pub risks: Vec<RiskLosses>,
    /// How amounts are written along the axis.
    pub scale: Scale,
    /// The place of each option among all of them, which fixes its colour.
    pub places: Vec<usize>,
}

/// One risk and its average loss per year under each option.
#[derive(Debug, Clone, PartialEq)]
pub struct RiskLosses {
    /// Name of the risk.
    pub name: String,
    /// Expected annual loss, one for each option and in their order, in currency units.
    pub losses: Vec<f64>,
}

impl LossByRisk {
    /// Sorts the risks by their loss today (the first option), largest first; equal ones keep their order.
    pub fn new(unit: impl Into<Unit>, options: Vec<String>, mut risks: Vec<RiskLosses>) -> Self {
        let today = |risk: &RiskLosses| risk.losses.first().copied().unwrap_or(0.0);
        risks.sort_by(|a, b| today(b).total_cmp(&today(a)));
        let scale = Scale::for_amounts(unit, risks.iter().flat_map(|r| r.losses.iter().copied()));
        let places = (0..options.len()).collect();
        Self { options, risks, scale, places }
    }
}

impl Picture for LossByRisk {
    fn of(view: &View<'_>) -> Vec<Chart> {
        let (scenario, analysis) = (view.scenario, view.analysis);
        let words = &texts(scenario).pictures.loss_by_risk;
        let shared = &texts(scenario).charts;
        let places = view.drawn();
        let plan = |place: &usize| place.checked_sub(1).map(|plan| &analysis.plans[OptionId(plan)]);
        let called =
            |place: &usize| plan(place).map_or_else(|| shared.start_today.to_owned(), |plan| name(scenario, plan));
        let options = places.iter().map(called).collect();
        let losses = |index: RiskId| {
            let loss =
                |place: &usize| plan(place).map_or_else(|| analysis.net_loss(index), |plan| plan.net_loss(index));
            places.iter().map(loss).map(|loss| view.told(loss)).collect()
        };
        let risks = scenario.risks().entries();
        let risks = risks.map(|(index, risk)| RiskLosses { name: risk.name.clone(), losses: losses(index) }).collect();
        let data = Self { places: view.drawn(), ..Self::new(view.unit(), options, risks) };
        vec![view.with_rest(Chart::new("loss-by-risk", words.title, words.description, data))]
    }

    fn part(&self) -> &'static str {
        "risks"
    }

    /// Every risk has its row even where the picture adds the small ones up.
    fn table(&self) -> Figures {
        let mut header = vec![texts(&self.scale).charts.risk.to_owned()];
        header.extend(self.options.iter().map(|option| titled(option, &self.scale)));
        let row = |risk: &RiskLosses| {
            let figures = (0..self.options.len())
                .map(|i| risk.losses.get(i).map_or_else(String::new, |v| self.scale.average(*v)));
            std::iter::once(risk.name.clone()).chain(figures).collect()
        };
        (header, self.risks.iter().map(row).collect())
    }

    fn amounts(&self) -> Vec<f64> {
        self.risks.iter().flat_map(|risk| risk.losses.iter().copied()).collect()
    }

    fn fits(&self) -> bool {
        self.risks.iter().all(|risk| risk.losses.len() == self.options.len())
    }

    fn caption(&self) -> String {
        self.scale.captioned(texts(&self.scale).charts.average_loss_in)
    }

    fn height(&self) -> u32 {
        let (options, rows) = (self.options.len().max(1) as f64, self.risks.len().max(1));
        let frame = 118.0;
        high(if self.options.len() <= GROUPED {
            (options * (PITCH + 5.0) + GAP) * rows.min(12) as f64 + frame + FOOTER
        } else {
            (ROW + 8.0) * rows.min(20) as f64 + frame + HEADER
        })
    }

    fn height_on_phone(&self) -> u32 {
        let above = Names::above_on_phone(self.risks.iter().map(|risk| risk.name.as_str()));
        let group = (self.options.len().max(1) as f64 * (PITCH + 3.0) + GAP).max(ROW) + above;
        // Of many options, fewer risks.
        let rows = self.risks.len().clamp(1, 12).min((1600.0 / group).floor().max(1.0) as usize);
        high_on_phone(group * rows as f64 + 118.0 + FOOTER)
    }

    fn most_on_page(&self) -> u32 {
        400
    }

    fn draw(&self, scene: &mut Scene, body: Area) {
        let options: Vec<String> = self.options.iter().map(|o| text::clean(o)).collect();
        // Groups also give way where the canvas is so low that hardly a risk would be seen by itself.
        let groups = ((body.height() - FOOTER) / least_group(self, body)).floor();
        // Columns find no room beside each other in a narrow picture.
        if is_narrow(body) {
            return grouped(scene, body, self, &options);
        }
        if options.len() <= GROUPED && (groups >= 4.0 || groups >= self.risks.len() as f64) {
            grouped(scene, body, self, &options);
        } else {
            columns(scene, body, self, &options);
        }
    }
}

/// Up to this many options share a group of bars.
const GROUPED: usize = 4;
/// Least height of one bar with its figure.
const PITCH: f64 = 15.0;
/// Between two groups.
const GAP: f64 = 14.0;
/// The same where the figure stands above its bar.
const STACKED_ROW: f64 = 31.0;
/// Three lines of an option's name above its column.
const HEADER: f64 = 3.0 * SMALL * text::LEADING + 6.0;
/// Labels of the axis below the groups.
const FOOTER: f64 = 22.0;

/// The least height of a risk with a bar for each option.
fn least_group(data: &LossByRisk, body: Area) -> f64 {
    let above = Names::of(data.risks.iter().map(|risk| risk.name.as_str()), body).above();
    (data.options.len() as f64 * PITCH + GAP).max(ROW) + above
}

struct Row {
    name: String,
    losses: Vec<f64>,
    is_rest: bool,
    /// Without bars only the figures are shown.
    has_bars: bool,
}

impl Row {
    fn style(&self) -> rows::Style {
        rows::Style { ink: if self.is_rest { QUIET_TEXT } else { TEXT }, bold: false }
    }

    /// The losses as long as their bars are.
    fn lengths(&self) -> impl Iterator<Item = f64> {
        self.losses.iter().map(|loss| if self.has_bars { *loss } else { 0.0 })
    }
}

/// The risks that find room, the rest added up.
fn shown(data: &LossByRisk, room: usize) -> Vec<Row> {
    let room = room.max(1);
    let shown = if data.risks.len() <= room { data.risks.len() } else { room - 1 };
    let (top, rest) = data.risks.split_at(shown.min(data.risks.len()));
    let mut rows: Vec<Row> = top
        .iter()
        .map(|risk| Row { name: text::clean(&risk.name), losses: risk.losses.clone(), is_rest: false, has_bars: true })
        .collect();
    if !rest.is_empty() {
        let sum = |option: usize| rest.iter().filter_map(|risk| risk.losses.get(option)).sum();
        let words = &texts(&data.scale).pictures.loss_by_risk;
        let shared = &texts(&data.scale).charts;
        let name = if shown == 0 { words.all_of_risks } else { shared.other_risks };
        let name = line(name, &[("count", &rest.len())]);
        let losses: Vec<f64> = (0..data.options.len()).map(sum).collect();
        let longest = |losses: &[f64]| losses.iter().fold(0.0_f64, |most, loss| most.max(loss.abs()));
        // Many small risks together may dwarf the largest one; their bars would press all others flat.
        let has_bars =
            top.is_empty() || longest(&losses) <= top.iter().map(|risk| longest(&risk.losses)).fold(0.0, f64::max);
        rows.push(Row { name, losses, is_rest: true, has_bars });
    }
    rows
}

fn grouped(scene: &mut Scene, body: Area, data: &LossByRisk, options: &[String]) {
    let per_group = options.len() as f64;
    let least = least_group(data, body);
    let plot_bottom = body.bottom - FOOTER;
    let rows = shown(data, ((plot_bottom - body.top) / least).floor() as usize);
    let mut names = Names::of(rows.iter().map(|row| row.name.as_str()), body);
    let most = per_group * 34.0 + GAP + names.above();
    let group = ((plot_bottom - body.top) / rows.len() as f64).min(most).max(least);
    let pitch = (group - names.above() - GAP) / per_group;
    let left = names.end(10.0);
    let bottom = body.top + group * rows.len() as f64;

    let named = body.width() * if is_narrow(body) { 0.42 } else { 0.22 };
    let option_name = |option: usize| text::between(&options[option], SMALL, true, named);
    let figure = |loss: f64| data.scale.amount(loss);
    let is_named = |row: usize| row == 0 || !rows[row].has_bars;
    let label_width = |row: usize, option: usize, loss: f64| {
        let name = if is_named(row) { text::width(&option_name(option), SMALL, true) + 7.0 } else { 0.0 };
        8.0 + text::width(&figure(loss), SMALL, false) + name
    };
    let low = rows.iter().flat_map(Row::lengths).fold(0.0, f64::min);
    let bars = rows.iter().enumerate().flat_map(|(r, row)| {
        row.lengths().zip(&row.losses).enumerate().map(move |(o, (length, loss))| (r, o, length, *loss))
    });
    let per_unit =
        pixels_per_unit(bars.map(|(r, o, length, loss)| (length, label_width(r, o, loss))), low, body.right - left);
    let zero = left - low * per_unit;

    axis(scene, Area::new(left, body.top, body.right, bottom), data, zero, per_unit);
    for (r, row) in rows.iter().enumerate() {
        let top = body.top + r as f64 * group;
        let (top, _) = names.write(scene, &row.name, row.style(), (top, group));
        // A name above stands nearer to its own bars than to those before it.
        let top = if names.above() > 0.0 { top - GAP / 2.0 + 2.0 } else { top };
        for (o, loss) in row.losses.iter().enumerate() {
            let bar_top = top + GAP / 2.0 + o as f64 * pitch;
            let end = bar(
                scene,
                zero,
                per_unit,
                if row.has_bars { *loss } else { 0.0 },
                (bar_top + 1.5, bar_top + pitch - 1.5),
                palette::option(data.places.get(o).copied().unwrap_or(o)),
            );
            let y = rows::baseline(bar_top, pitch);
            let after = rows::figure(scene, Label::new(figure(*loss), end + 6.0, y, SMALL, TEXT)) + 7.0;
            if is_named(r) {
                let label = Label::new(option_name(o), after, y, SMALL, TEXT).bold().standing_for(&options[o]);
                rows::figure(scene, label);
            }
        }
    }
    scene.line(vec![(zero, body.top), (zero, bottom)], 1.0, AXIS);
    names.finish(scene);
}

fn axis(scene: &mut Scene, plot: Area, data: &LossByRisk, zero: f64, per_unit: f64) {
    if per_unit <= 0.0 {
        return;
    }
    let ends = [(plot.left - zero) / per_unit, (plot.right - zero) / per_unit];
    let axis = Axis::holding(ends.into_iter(), (plot.width() / 110.0).clamp(2.0, 8.0) as usize, false);
    for amount in axis.labels() {
        let x = zero + amount * per_unit;
        let mark = data.scale.tick(amount, axis.step);
        let label = Label::new(mark, x, plot.bottom + 5.0 + SMALL, SMALL, QUIET_TEXT).align(Align::Middle);
        let area = label.area();
        if area.left < MARGIN || area.right > plot.right {
            continue;
        }
        scene.line(vec![(x, plot.top), (x, plot.bottom + 4.0)], 1.0, GRID);
        scene.label(label);
    }
}

fn columns(scene: &mut Scene, body: Area, data: &LossByRisk, options: &[String]) {
    let top = body.top + HEADER;
    let gap = 10.0;
    let column_beside =
        |names: f64| (body.width() - names - 12.0 - gap * (options.len() as f64 - 1.0)) / options.len() as f64;
    // In narrow columns the figure stands above its bar, else it would leave the bar no room.
    let stacked = column_beside(body.width() * 0.25) < 90.0;
    let least = if stacked { STACKED_ROW } else { ROW };
    let rows = shown(data, ((body.bottom - top) / least).floor() as usize);
    let height = ((body.bottom - top) / rows.len() as f64).min(46.0);
    let mut names = Names::of(rows.iter().map(|row| row.name.as_str()), body).at_most(body.width() * 0.25);
    let left = names.end(12.0);
    let column = column_beside(left - 12.0 - body.left);
    let low = rows.iter().flat_map(Row::lengths).fold(0.0, f64::min);
    let figure = |loss: f64| data.scale.amount(loss);
    let bars = rows.iter().flat_map(|row| row.lengths().zip(row.losses.iter().copied()));
    let wide = |(length, loss): (f64, f64)| {
        (length, if stacked { 0.0 } else { text::width(&figure(loss), SMALL, false) + 5.0 })
    };
    let per_unit = pixels_per_unit(bars.map(wide), low, column);
    let bottom = top + height * rows.len() as f64;

    for (r, row) in rows.iter().enumerate() {
        let row_top = top + r as f64 * height;
        scene.line(vec![(body.left, row_top), (body.right, row_top)], 1.0, GRID);
        names.write(scene, &row.name, row.style(), (row_top, height));
    }
    for (o, option) in options.iter().enumerate() {
        let start = left + o as f64 * (column + gap);
        let (lines, cut) = text::named(option, SMALL, true, column, 3);
        let block = (lines.len() as f64 - 1.0) * SMALL * text::LEADING;
        scene.lines(&lines, &Label::new("", start, top - 8.0 - block, SMALL, TEXT).bold(), option, cut);
        let zero = start - low * per_unit;
        for (r, row) in rows.iter().enumerate() {
            let row_top = top + r as f64 * height;
            let loss = row.losses.get(o).copied().unwrap_or(0.0);
            let inset = (height * 0.22).max(3.0);
            let (above, below) = if stacked { (SMALL + 4.0, 4.0) } else { (inset, inset) };
            let end = bar(
                scene,
                zero,
                per_unit,
                if row.has_bars { loss } else { 0.0 },
                (row_top + above, row_top + height - below),
                palette::option(data.places.get(o).copied().unwrap_or(o)),
            );
            let middle = rows::baseline(row_top, height);
            let (x, y) = match (stacked, row.has_bars) {
                (true, true) => (start + 3.0, row_top + SMALL + 1.0),
                (true, false) => (start + 3.0, middle),
                (false, _) => (end + 4.0, middle),
            };
            scene.label(Label::new(figure(loss), x, y, SMALL, TEXT));
        }
        scene.line(vec![(zero, top), (zero, bottom)], 1.0, AXIS);
    }
}

words! {
    title: ["What each risk costs in an average year", "Was jedes Risiko in einem durchschnittlichen Jahr kostet"],
    description: ["The average loss per year of each risk: today, and with each option in full force.", "Der durchschnittliche Schaden jedes Risikos im Jahr: heute und mit jeder Option, wenn sie voll wirkt."],
    all_of_risks: ["All {count} risks", "Alle {count} Risiken"],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn risks_come_sorted_by_their_loss_today() {
        let risk = |name: &str, loss| RiskLosses { name: name.into(), losses: vec![loss] };
        let data = LossByRisk::new("EUR", vec!["Today".into()], vec![risk("a", 1.0), risk("b", 3.0), risk("c", 3.0)]);
        assert_eq!(data.risks.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(), ["b", "c", "a"]);
    }
}
