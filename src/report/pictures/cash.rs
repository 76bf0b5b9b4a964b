//! When has a plan earned back what it cost, and what is left at the end?
//!
//! One line a plan through its balance at each year's end, named where the line ends; a ring marks where it rises to
//! zero.

use super::kit::*;
use crate::report::sentences::name;

/// The running balance of each plan, year by year.
#[derive(Debug, Clone, PartialEq)]
pub struct CumulativeCash {
    /// The plans in their order, without today.
    pub plans: Vec<PlanPath>,
    /// Whether any of them saves time besides.
    pub saves: bool,
    /// How amounts are written along the axis.
    pub scale: Scale,
    /// The place of each plan among all of them, from 0, which fixes its colour.
    pub places: Vec<usize>,
    /// The year that year 1 is known by, where the file says so.
    pub first_year: Option<u64>,
}

/// One plan's balance over the years.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanPath {
    /// Name of the plan.
    pub name: String,
    /// Loss avoided and time saved minus cost, summed up to the end of year 0, 1, …, in currency units.
    pub net: Vec<f64>,
    /// Years until the balance is back at zero; none where it does not get there.
    pub payback_years: Option<f64>,
}

impl CumulativeCash {
    /// Chooses the axis from all balances.
    pub fn new(unit: impl Into<Unit>, plans: Vec<PlanPath>) -> Self {
        let scale = Scale::for_amounts(unit, plans.iter().flat_map(|p| p.net.iter().copied()));
        let places = (0..plans.len()).collect();
        Self { plans, saves: false, scale, places, first_year: None }
    }

    /// A year as the tables call it: by its own number where the file has it.
    fn year(&self, year: usize) -> String {
        match self.first_year {
            Some(_) if year == 0 => texts(&self.scale).pictures.cash.start.to_owned(),
            Some(first) => (first + year as u64 - 1).to_string(),
            None => year.to_string(),
        }
    }

    /// What a plan wears, as it does in every picture.
    fn series(&self, plan: usize) -> palette::Series {
        palette::plan(self.places.get(plan).copied().unwrap_or(plan))
    }
}

impl PlanPath {
    /// A balance whose payback is where the straight line between two year-ends first rises to zero.
    pub fn new(name: &str, net: Vec<f64>) -> Self {
        let payback_years = net.windows(2).enumerate().find_map(|(year, pair)| {
            let (before, after) = (pair[0], pair[1]);
            (before < 0.0 && after >= 0.0).then(|| year as f64 + before / (before - after))
        });
        Self { name: name.to_owned(), net, payback_years }
    }
}

impl Picture for CumulativeCash {
    fn of(view: &View<'_>) -> Vec<Chart> {
        let places: Vec<usize> = view.drawn().into_iter().filter_map(|place| place.checked_sub(1)).collect();
        let paths: Vec<PlanPath> = view
            .analysis
            .plans
            .iter()
            .enumerate()
            .filter(|(place, _)| places.contains(place))
            .map(|(_, plan)| {
                let money = &plan.investment;
                let mut sum = Figure::ZERO;
                let flows = money.loss_avoided.iter().zip(&money.gains).zip(&money.cost);
                let net = flows.map(|((avoided, gains), cost)| {
                    sum = sum + *avoided + *gains - *cost;
                    view.told(sum)
                });
                let mut path = PlanPath::new(&name(view.scenario, plan), net.collect());
                path.payback_years = money.payback_years.map(Figure::to_f64);
                path
            })
            .collect();
        if paths.is_empty() {
            return Vec::new();
        }
        let words = &texts(view.scenario).pictures.cash;
        let saves = view.analysis.plans.iter().any(|plan| plan.investment.present_gains != Figure::ZERO);
        let about = if saves { words.description_saved } else { words.description };
        let first_year = view.scenario.proposal().first_year;
        let data = Self { places, saves, first_year, ..Self::new(view.unit(), paths) };
        vec![view.with_rest(Chart::new("cumulative-position", words.title, about, data))]
    }

    fn part(&self) -> &'static str {
        "money"
    }

    fn table(&self) -> Figures {
        let mut header = vec![texts(&self.scale).charts.year.to_owned()];
        header.extend(self.plans.iter().map(|plan| titled(&plan.name, &self.scale)));
        let years = self.plans.iter().map(|plan| plan.net.len()).max().unwrap_or(0);
        let row = |year: usize| {
            let figures =
                self.plans.iter().map(|plan| plan.net.get(year).map_or_else(String::new, |v| self.scale.average(*v)));
            std::iter::once(self.year(year)).chain(figures).collect()
        };
        (header, (0..years).map(row).collect())
    }

    fn amounts(&self) -> Vec<f64> {
        if self.plans.iter().any(|plan| plan.net.is_empty()) {
            return Vec::new();
        }
        self.plans.iter().flat_map(|plan| plan.net.iter().copied()).collect()
    }

    fn caption(&self) -> String {
        let words = &texts(&self.scale).pictures.cash;
        self.scale.captioned(if self.saves { words.caption_saved } else { words.caption })
    }

    fn height(&self) -> u32 {
        540
    }

    fn most_on_page(&self) -> u32 {
        380
    }

    fn draw(&self, scene: &mut Scene, body: Area) {
        let up = Axis::holding(self.plans.iter().flat_map(|p| p.net.iter().copied()), 6, true);
        let years = self.plans.iter().map(|p| p.net.len()).max().unwrap_or(1).saturating_sub(1);
        let marks: Vec<(f64, String)> = up.labels().iter().map(|v| (*v, self.scale.tick(*v, up.step))).collect();
        let widest = amounts::widest(&marks);
        let ends = End::all(self, body);
        let column = ends.iter().map(|end| end.width).fold(0.0, f64::max);
        let left = body.left + widest + 13.0;
        let plot = Area::new(left, body.top + 6.0, body.right - column - 26.0, body.bottom - 26.0);
        let across = |year: f64| plot.left + if years == 0 { 0.0 } else { year / years as f64 * plot.width() };
        let place = |year: f64, net: f64| (across(year), up.place(net, plot.bottom, plot.top));

        for (amount, mark) in marks {
            amounts::level(scene, plot, place(0.0, amount).1, mark, 11.0);
        }
        year_labels(scene, plot, (self, years), &across);
        let zero = place(0.0, 0.0).1;
        scene.line(vec![(plot.left, zero), (plot.right, zero)], 1.6, AXIS);

        let mut room = Room::new(plot);
        room.take_line(&[(plot.left, zero), (plot.right, zero)]);
        let paths: Vec<Vec<(f64, f64)>> = self
            .plans
            .iter()
            .map(|plan| plan.net.iter().enumerate().map(|(year, net)| place(year as f64, *net)).collect())
            .collect();
        for (index, path) in paths.iter().enumerate() {
            room.take_line(path);
            scene.series_line(path, 2.4, self.series(index));
        }
        for (index, path) in paths.iter().enumerate() {
            for point in path {
                scene.marker(*point, 3.6, self.series(index));
                room.take(Area::around(*point, 6.0));
            }
        }
        paybacks(scene, &mut room, self, years, &|year| (across(year), zero));
        end_labels(scene, body, plot, &ends, &paths);
    }
}

fn year_labels(scene: &mut Scene, plot: Area, (data, years): (&CumulativeCash, usize), across: &impl Fn(f64) -> f64) {
    let fitting = (plot.width() / 60.0).floor().max(1.0);
    let step =
        [1, 2, 5, 10, 20, 50, 100, 1000].into_iter().find(|s| years as f64 / *s as f64 <= fitting).unwrap_or(10_000);
    let words = &texts(&data.scale).pictures.cash;
    for year in (0..=years).step_by(step) {
        let x = across(year as f64);
        let mark = match (year, data.first_year) {
            (0, _) => words.start.to_owned(),
            (_, Some(_)) => data.year(year),
            (_, None) => line(words.year, &[("year", &year)]),
        };
        scene.line(vec![(x, plot.top), (x, plot.bottom + 4.0)], 1.0, GRID);
        scene.label(Label::new(mark, x, plot.bottom + 6.0 + SMALL, SMALL, QUIET_TEXT).align(Align::Middle));
    }
}

/// Rings where balances rise to zero, with the years beside them as far as there is room: the labels at the line ends
/// tell them again.
fn paybacks(
    scene: &mut Scene,
    room: &mut Room,
    data: &CumulativeCash,
    years: usize,
    place: &impl Fn(f64) -> (f64, f64),
) {
    for (index, plan) in data.plans.iter().enumerate() {
        let Some(year) = plan.payback_years.filter(|y| (0.0..=years as f64).contains(y)) else {
            continue;
        };
        let at = place(year);
        let ring = palette::Series { ink: WHITE, marker: palette::Marker::Circle, ..data.series(index) };
        scene.marker(at, 6.5, ring);
        scene.marker(at, 3.2, data.series(index));
        room.take(Area::around(at, 8.0));
    }
    if data.plans.len() > 4 {
        return;
    }
    let mut told: Vec<f64> = Vec::new();
    for plan in &data.plans {
        let Some(year) = plan.payback_years.filter(|y| (0.0..=years as f64).contains(y)) else {
            continue;
        };
        let (x, y) = place(year);
        if told.iter().any(|other| (other - x).abs() < 3.0) {
            continue;
        }
        told.push(x);
        let mark = in_years(data.scale.voice, year);
        let size = (text::width(&mark, SMALL, false) + 4.0, SMALL * 1.3);
        for centre in
            [(x, y + 18.0), (x, y - 18.0), (x + size.0 / 2.0 + 8.0, y + 14.0), (x - size.0 / 2.0 - 8.0, y - 14.0)]
        {
            let (w, h) = (size.0 / 2.0, size.1 / 2.0);
            let area = Area::new(centre.0 - w, centre.1 - h, centre.0 + w, centre.1 + h);
            if room.is_free(&area) {
                room.take(area);
                scene.fill(area.corners(), WHITE);
                scene.label(Label::new(mark, area.left + 2.0, area.top + SMALL * 0.98, SMALL, TEXT));
                break;
            }
        }
    }
}

/// "1 year", "2.4 years"; a plan that never falls below zero has paid for itself at once.
fn in_years(voice: Voice, years: f64) -> String {
    let words = &texts(voice).pictures.cash;
    if years < 0.05 {
        return words.at_once.to_owned();
    }
    let text = format!("{years:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    line(if text == "1" { words.one_year } else { words.years }, &[("count", &voice.set(text))])
}

/// What stands behind the end of a line: the name, what is left, and when it paid back.
struct End {
    name: String,
    lines: Vec<String>,
    is_cut: bool,
    figures: Vec<String>,
    height: f64,
    width: f64,
}

impl End {
    /// Three short lines a plan where they find room, else two, else one.
    fn all(data: &CumulativeCash, body: Area) -> Vec<Self> {
        let line = SMALL * text::LEADING;
        let available = (body.height() - 20.0) / data.plans.len().max(1) as f64;
        let figure_lines = ((available - NORMAL * text::LEADING - 6.0) / line).floor().clamp(0.0, 2.0) as usize;
        let free = available - figure_lines as f64 * line - 6.0;
        let name_lines = (free / (NORMAL * text::LEADING)).floor().clamp(1.0, 3.0) as usize;
        let limits: &[f64] = if is_narrow(body) { &[0.26] } else { &[0.26, 0.31, 0.36] };
        // Names have the width that they need to stand whole, as far as the lines keep most of the picture.
        let of = |limit: &f64| -> Vec<Self> {
            let limit = body.width() * limit;
            data.plans.iter().map(|plan| Self::of(plan, data, (name_lines, figure_lines), limit)).collect()
        };
        let is_whole = |limit: &&f64| of(limit).iter().all(|end| !end.is_cut);
        limits.iter().find(is_whole).or(limits.last()).map(of).unwrap_or_default()
    }

    fn of(plan: &PlanPath, data: &CumulativeCash, (name_lines, figure_lines): (usize, usize), limit: f64) -> Self {
        let name = text::clean(&plan.name);
        let net = data.scale.amount_with_currency(plan.net.last().copied().unwrap_or(0.0));
        let words = &texts(&data.scale).pictures.cash;
        let payback = match plan.payback_years {
            _ if plan.net.iter().all(|net| *net == 0.0) => words.neither.to_owned(),
            Some(years) if years < 0.05 => words.pays_at_once.to_owned(),
            Some(years) => line(words.pays_in, &[("time", &in_years(data.scale.voice, years))]),
            None if plan.net.iter().all(|net| *net >= 0.0) => words.never_below.to_owned(),
            None => words.never_pays.to_owned(),
        };
        let figures = match figure_lines {
            0 => Vec::new(),
            1 => vec![net],
            _ => vec![net, payback],
        };
        let (lines, is_cut) = text::named(&name, NORMAL, true, limit, name_lines);
        let widths = figures.iter().map(|f| text::width(f, SMALL, false));
        let width = widths.chain(lines.iter().map(|line| text::width(line, NORMAL, true))).fold(0.0, f64::max);
        let height = lines.len() as f64 * NORMAL * text::LEADING + figures.len() as f64 * SMALL * text::LEADING + 4.0;
        Self { name, lines, is_cut, figures, height, width }
    }
}

fn end_labels(scene: &mut Scene, body: Area, plot: Area, ends: &[End], paths: &[Vec<(f64, f64)>]) {
    let last = |path: &Vec<(f64, f64)>| path.last().copied().unwrap_or((plot.left, plot.bottom));
    // Labels wish to have their name level with the line's end.
    let level = |end: &End| {
        if end.figures.is_empty() && end.lines.len() < 2 { 0.0 } else { end.height / 2.0 - NORMAL * 0.65 }
    };
    let heights: Vec<f64> = ends.iter().map(|end| end.height).collect();
    let wishes: Vec<f64> = ends.iter().zip(paths).map(|(end, path)| last(path).1 + level(end)).collect();
    let centres = spread_sized(&wishes, &heights, body.top, body.bottom);
    let x = plot.right + 26.0;
    for ((end, path), centre) in ends.iter().zip(paths).zip(centres) {
        let from = last(path);
        let top = centre - end.height / 2.0;
        let meets = centre - level(end);
        scene.line(vec![(from.0 + 6.0, from.1), (x - 10.0, meets), (x - 4.0, meets)], 0.8, EDGE);
        let mut y = top + NORMAL;
        scene.lines(&end.lines, &Label::new("", x, y, NORMAL, TEXT).bold(), &end.name, end.is_cut);
        y += (end.lines.len() as f64 - 1.0) * NORMAL * text::LEADING;
        for figure in &end.figures {
            y += SMALL * text::LEADING;
            scene.label(Label::new(figure.clone(), x, y, SMALL, QUIET_TEXT));
        }
    }
}

words! {
    title: ["When has each option paid for itself?", "Wann hat sich jede Option amortisiert?"],
    description: ["Loss avoided less cost, added up year by year and not discounted, for each option. Where a line crosses zero the option has paid for itself.", "Vermiedener Schaden abzüglich Kosten, Jahr für Jahr zusammengezählt und nicht abgezinst, je Option. Wo eine Linie die Null kreuzt, hat sich die Option amortisiert."],
    description_saved: ["Loss avoided and time saved less cost, added up year by year and not discounted, for each option. Where a line crosses zero the option has paid for itself.", "Vermiedener Schaden und ersparte Zeit abzüglich Kosten, Jahr für Jahr zusammengezählt und nicht abgezinst, je Option. Wo eine Linie die Null kreuzt, hat sich die Option amortisiert."],
    caption_saved: ["Loss avoided and time saved minus cost, added up year by year, {currency}", "Vermiedener Schaden und ersparte Zeit minus Kosten, Jahr für Jahr zusammengezählt, {currency}"],
    caption: ["Loss avoided minus cost, added up year by year, {currency}", "Vermiedener Schaden minus Kosten, Jahr für Jahr zusammengezählt, {currency}"],
    start: ["Start", "Beginn"],
    year: ["Year {year}", "Jahr {year}"],
    at_once: ["at once", "sofort"],
    one_year: ["1 year", "1 Jahr"],
    years: ["{count} years", "{count} Jahre"],
    neither: ["neither costs nor avoids", "kostet und vermeidet nichts"],
    pays_at_once: ["pays back at once", "sofort amortisiert"],
    pays_in: ["pays back in {time}", "Amortisation: {time}"],
    never_below: ["never below zero", "nie unter null"],
    never_pays: ["does not pay back", "keine Amortisation"],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payback_is_where_the_balance_rises_to_zero() {
        assert_eq!(PlanPath::new("p", vec![-100.0, -50.0, 50.0]).payback_years, Some(1.5));
        assert_eq!(PlanPath::new("p", vec![-100.0, 0.0]).payback_years, Some(1.0));
        assert_eq!(PlanPath::new("p", vec![-100.0, -50.0]).payback_years, None);
        assert_eq!(PlanPath::new("p", vec![0.0, 0.0]).payback_years, None);
    }

    #[test]
    fn the_table_behind_a_picture_holds_every_figure_as_the_tables_of_a_paper_show_it() {
        let paths = vec![PlanPath::new("Core", vec![-1_234_567.0, 2.5]), PlanPath::new("Long", vec![0.0])];
        let chart = Chart::new("cash", "t", "d", CumulativeCash::new("EUR", paths));
        let (header, rows) = chart.table();
        assert_eq!(header, ["Year", "Core (EUR)", "Long (EUR)"]);
        assert_eq!(rows, [["0", "-1,235,000", "0"], ["1", "2.50", ""]]);
    }
}
