//! How far does the loss of each risk reach in good years and bad ones?
//!
//! The average, the 1-in-20 and the 1-in-100 loss of a year, each risk by itself. Only averages add up to the whole.
//!
//! A group a risk, in it a line an option through its three years, with the figures in columns at the right. Risks that
//! find no room are counted below: their bad years cannot be added up, so no row stands for the rest.

use super::kit::*;
use crate::engine::OptionId;
use crate::engine::year::{BAD, VERY_BAD};
use crate::model::RiskId;
use crate::report::chart::years::{BETWEEN, columns, figure, kinds};
use crate::report::texts::number;

/// Three kinds of year of each risk, today and with a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct LossRanges {
    /// The options in order; the first is today.
    pub options: Vec<ChartOption>,
    /// The risks, largest average today first.
    pub risks: Vec<RiskYears>,
    /// How amounts are written along the axis.
    pub scale: Scale,
}

/// One risk's years.
#[derive(Debug, Clone, PartialEq)]
pub struct RiskYears {
    /// Name of the risk.
    pub name: String,
    /// Average, bad (1 in 20) and very bad year (1 in 100) under each option and in their order, in currency units.
    pub years: Vec<[f64; 3]>,
}

impl RiskYears {
    fn most(&self) -> f64 {
        self.years.iter().flatten().copied().fold(0.0, f64::max)
    }
}

impl LossRanges {
    /// Sorts the risks by their average today (the first option), largest first; equal ones keep their order.
    pub fn new(unit: impl Into<Unit>, options: Vec<ChartOption>, mut risks: Vec<RiskYears>) -> Self {
        let today = |risk: &RiskYears| risk.years.first().map_or(0.0, |years| years[0]);
        risks.sort_by(|a, b| today(b).total_cmp(&today(a)));
        let scale = Scale::for_amounts(unit, risks.iter().map(RiskYears::most));
        Self { options, risks, scale }
    }

    /// The largest amount of the first risks.
    pub fn reach(&self, risks: usize) -> f64 {
        self.risks.iter().take(risks).map(RiskYears::most).fold(0.0, f64::max)
    }

    /// The chart with its words.
    pub fn into_chart(self, id: &str) -> Chart {
        let words = &texts(&self.scale).pictures.ranges;
        let options = match self.options.get(1) {
            Some(plan) => line(words.today_and, &[("plan", &plan.name)]),
            None => texts(&self.scale).charts.today.to_owned(),
        };
        let description = line(words.description, &[("options", &options)]);
        Chart::new(id, words.title, &description, self)
    }
}

impl Picture for LossRanges {
    /// Today and the plan that the report is about.
    fn of(view: &View<'_>) -> Vec<Chart> {
        let (scenario, analysis) = (view.scenario, view.analysis);
        if analysis.year.is_none() {
            return Vec::new();
        }
        let of = |place: usize, risk: RiskId, average: f64| {
            let quantiles = view.options[place].year.risks.get(risk)?.quantiles;
            let known = [Some(average), quantiles[BAD], quantiles[VERY_BAD]].map(|loss| loss.filter(|l| l.is_finite()));
            match known {
                [Some(average), Some(bad), Some(very_bad)] => Some([average, bad, very_bad]),
                _ => None,
            }
        };
        let risks = scenario.risks().entries().filter_map(|(index, risk)| {
            let average = |place: usize| match place {
                0 => analysis.net_loss(index),
                place => analysis.plans[OptionId(place - 1)].net_loss(index),
            };
            let years = view.shown().map(|(place, _)| of(place, index, view.told(average(place))));
            Some(RiskYears { name: risk.name.clone(), years: years.collect::<Option<Vec<_>>>()? })
        });
        let risks: Vec<RiskYears> = if view.options.is_empty() { Vec::new() } else { risks.collect() };
        if risks.is_empty() {
            return Vec::new();
        }
        let options = view.shown().map(|(place, _)| view.option(place)).collect();
        let mut data = Self::new(view.unit(), options, risks);
        data.scale = data.scale.with_digits(view.digits());
        vec![data.into_chart("range-by-risk")]
    }

    fn part(&self) -> &'static str {
        "risks"
    }

    /// A row for each risk: the three years today, then with the option.
    fn table(&self) -> Figures {
        let shared = &texts(&self.scale).charts;
        let years = [shared.average_year, shared.bad_year_in_20, shared.very_bad_year_in_100];
        let of_option = |option: &ChartOption| {
            let name = option.name.clone();
            years.map(|year| titled(&format!("{name}: {year}"), &self.scale))
        };
        let header = std::iter::once(shared.risk.to_owned()).chain(self.options.iter().flat_map(of_option)).collect();
        let row = |risk: &RiskYears| {
            let years = risk.years.iter().flat_map(|years| self.scale.years(*years));
            std::iter::once(risk.name.clone()).chain(years).collect()
        };
        (header, self.risks.iter().map(row).collect())
    }

    fn amounts(&self) -> Vec<f64> {
        self.risks.iter().flat_map(|risk| risk.years.iter().flatten().copied()).collect()
    }

    fn fits(&self) -> bool {
        let fits = |risk: &RiskYears| risk.years.len() == self.options.len();
        self.risks.iter().all(fits) && self.amounts().iter().all(|loss| *loss >= 0.0)
    }

    fn caption(&self) -> String {
        self.scale.captioned(texts(&self.scale).charts.three_years)
    }

    fn height(&self) -> u32 {
        let group = (self.options.len() as f64 * (PITCH + 1.0) + GAP).max(rows::ROW);
        high(group * self.risks.len().min(14) as f64 + HEADER + 150.0)
    }

    fn height_on_phone(&self) -> u32 {
        let above = Names::above_on_phone(self.risks.iter().map(|risk| risk.name.as_str()));
        let group = (self.options.len() as f64 * (PITCH + 1.0) + GAP).max(rows::ROW) + above;
        high_on_phone(group * self.risks.len().min(14) as f64 + HEADER + 150.0)
    }

    fn most_on_page(&self) -> u32 {
        370
    }

    fn draw(&self, scene: &mut Scene, body: Area) {
        let above = Names::of(self.risks.iter().map(|risk| risk.name.as_str()), body).above();
        let least = (self.options.len() as f64 * PITCH + GAP).max(rows::ROW) + above;
        let first = body.top + HEADER;
        let room = body.bottom - amounts::LABELS - first;
        let fit = |room: f64| ((room / least).floor() as usize).max(1);
        let mut shown = self.risks.len().min(fit(room));
        let mut last = body.bottom - amounts::LABELS;
        if shown < self.risks.len() {
            let height = SMALL * text::LEADING + 4.0;
            shown = fit(room - height);
            last -= height;
            rest(scene, body, (&self.scale).into(), self.risks.len() - shown);
        }
        let group = ((last - first) / shown as f64).min(least * 1.6);
        let bottom = first + group * shown as f64;
        let risks: Vec<(String, &[[f64; 3]])> =
            self.risks.iter().take(shown).map(|risk| (text::clean(&risk.name), risk.years.as_slice())).collect();

        let named = if is_narrow(body) { 0.27 } else { 0.18 };
        let whole: Vec<String> = self.options.iter().map(|option| text::clean(&option.name)).collect();
        let options: Vec<String> =
            whole.iter().map(|name| text::between(name, SMALL, true, body.width() * named)).collect();
        let mut names = Names::of(risks.iter().map(|(name, _)| name.as_str()), body);
        let named = options.iter().map(|name| text::width(name, SMALL, true)).fold(0.0, f64::max) + BETWEEN;
        let columns = columns(&self.scale, risks.iter().flat_map(|(_, years)| years.iter().copied()));
        let right = body.right - columns.iter().sum::<f64>() - named;
        let plot = Area::new(names.end(10.0) + EDGE, first, right - EDGE, bottom);
        let across = Amounts::up_to(self.reach(shown), plot.width());
        across.draw(scene, plot, &self.scale, "");
        scene.line(vec![(plot.left, plot.top), (plot.left, plot.bottom)], 1.0, AXIS);
        let mut edge = right + named;
        for ((.., title), width) in kinds((&self.scale).into()).iter().zip(columns) {
            edge += width;
            scene.label(Label::new(*title, edge, first - 4.0, SMALL, QUIET_TEXT).align(Align::End));
        }
        let pitch = (group - names.above() - GAP) / self.options.len() as f64;
        for (row, (name, years)) in risks.iter().enumerate() {
            let top = first + row as f64 * group;
            if row > 0 {
                scene.line(vec![(body.left, top), (body.right, top)], 1.0, GRID);
            }
            let style = Style { ink: TEXT, bold: false };
            let (top, _) = names.write(scene, name, style, (top, group));
            for (place, losses) in years.iter().enumerate() {
                let top = top + GAP / 2.0 + place as f64 * pitch;
                let series = self.options[place].series();
                through(
                    scene,
                    (&self.scale).into(),
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
                    let figure = figure(&self.scale, *losses, year);
                    scene.label(Label::new(figure, edge, y, SMALL, TEXT).align(Align::End));
                }
            }
        }
        names.finish(scene);
    }
}

/// Least height of one option's line, and the space between two risks.
const PITCH: f64 = 16.0;
const GAP: f64 = 12.0;
/// Titles of the columns above the rows.
const HEADER: f64 = SMALL * text::LEADING + 8.0;
/// Free space for the circle of a loss of nothing.
const EDGE: f64 = 8.0;

/// A line through the three years, each with its own form of marker.
fn through(scene: &mut Scene, language: Language, places: [f64; 3], y: f64, series: Series) {
    let low = places.into_iter().fold(f64::INFINITY, f64::min);
    let high = places.into_iter().fold(0.0, f64::max);
    scene.series_line(&[(low, y), (high, y)], 2.5, Series { dash: &[], ..series });
    for (x, (marker, ..)) in places.into_iter().zip(kinds(language)) {
        scene.marker((x, y), 4.5, Series { marker, hatch: Hatch::None, ..series });
    }
}

/// How many risks the picture leaves out.
fn rest(scene: &mut Scene, body: Area, language: Language, count: usize) {
    let words = &texts(language).pictures.ranges;
    let said = line(number(count, words.rest_one, words.rest), &[("count", &count)]);
    let shown = text::shortened(&said, SMALL, false, body.width());
    scene.label(Label::new(shown, body.left, body.bottom - 2.0, SMALL, QUIET_TEXT).standing_for(&said));
}

words! {
    title: ["What each risk alone may cost in a year", "Was jedes Risiko für sich in einem Jahr kosten kann"],
    description: ["Each risk by itself: what an average year, a bad year (1 in 20) and a very bad year (1 in 100) cost, {options}. A risk rarer than 1 in 20 shows no loss in a bad year. Averages add up; bad years do not, because they rarely coincide.", "Jedes Risiko für sich: was ein durchschnittliches, ein schlechtes (1 von 20) und ein sehr schlechtes Jahr (1 von 100) kosten, {options}. Ein Risiko, das seltener als einmal in 20 Jahren eintritt, hat in einem schlechten Jahr keinen Schaden. Durchschnitte lassen sich addieren, schlechte Jahre nicht, weil sie selten zusammenfallen."],
    today_and: ["today and with “{plan}”", "heute und mit „{plan}“"],
    rest_one: ["One smaller risk is not drawn; its figures are in the table.", "Ein kleineres Risiko ist nicht gezeichnet; seine Zahlen stehen in der Tabelle."],
    rest: ["{count} smaller risks are not drawn; their figures are in the table.", "{count} kleinere Risiken sind nicht gezeichnet; ihre Zahlen stehen in der Tabelle."],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_a_row_for_each_risk_with_its_years_under_each_option_the_largest_average_first() {
        let risk = |name: &str, average: f64| RiskYears {
            name: name.into(),
            years: vec![[average, 2e4, 3e5], [average / 2.0, 0.0, 1e5]],
        };
        let options = vec![ChartOption::today("Today"), ChartOption::plan("Core", 1)];
        let data = LossRanges::new("EUR", options, vec![risk("small", 1e3), risk("large", 5e3)]);
        let (header, rows) = data.table();
        assert_eq!(header[3..5], ["Today: Very bad year, 1 in 100 (EUR)", "Core: Average year (EUR)"]);
        assert_eq!(rows[0], ["large", "5,000", "20,000", "300,000", "2,500", "0", "100,000"]);
        assert_eq!(rows.len(), 2);
        assert!((data.reach(1) - 3e5).abs() < 1e-9);
        assert!(data.into_chart("ranges").description.contains("today and with “Core”"));
    }
}
