//! How far does each option pull in the average year, the bad one and the very bad one?
//!
//! A row an option: a line through its three years, each with its own form of marker. Where rows are too low for
//! figures below their markers, the figures stand in columns at the right.

use super::kit::*;
use crate::engine::OptionId;
use crate::engine::year::{BAD, VERY_BAD};
use crate::report::chart::years::{columns, figure, kinds};

/// Three kinds of year for each option, against what was agreed.
#[derive(Debug, Clone, PartialEq)]
pub struct LossBeforeAndAfter {
    /// The options in order; the first is today.
    pub options: Vec<OptionYears>,
    /// What the board agreed to bear.
    pub limits: Vec<AgreedLimit>,
    /// How amounts are written along the axis.
    pub scale: Scale,
}

/// One option's years, in currency units.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionYears {
    /// Which option.
    pub option: ChartOption,
    /// Average loss per year.
    pub average: f64,
    /// The loss that is passed once in 20 years. Below the average where losses are rare and large.
    pub bad_year: f64,
    /// The loss that is passed once in 100 years.
    pub very_bad_year: f64,
}

impl OptionYears {
    /// Average, bad and very bad year.
    pub fn losses(&self) -> [f64; 3] {
        [self.average, self.bad_year, self.very_bad_year]
    }
}

impl LossBeforeAndAfter {
    /// Chooses the axis from all amounts.
    pub fn new(unit: impl Into<Unit>, options: Vec<OptionYears>, limits: Vec<AgreedLimit>) -> Self {
        let unit = unit.into();
        let mut data = Self { options, limits, scale: Scale::for_amounts(unit, std::iter::empty()) };
        data.scale = Scale::for_amounts(unit, std::iter::once(data.reach()));
        data
    }

    /// The largest amount that the picture shows; a limit far beyond all losses is told at the edge instead.
    pub fn reach(&self) -> f64 {
        let losses = self.options.iter().flat_map(OptionYears::losses).fold(0.0, f64::max);
        let agreed = self.limits.iter().map(|limit| limit.loss);
        agreed.filter(|loss| losses <= 0.0 || *loss <= 3.0 * losses).fold(losses, f64::max)
    }

    /// The chart with its words: what a bad year costs with each option, and whether that is within what was agreed.
    pub fn into_chart(self, id: &str, title: &str) -> Chart {
        let mut description = texts(&self.scale).pictures.before_and_after.description.to_owned();
        for limit in &self.limits {
            let names = self.options.iter().map(|years| years.option.name.as_str());
            description.push(' ');
            description.push_str(&limit.summary(texts(&self.scale).charts.sorted, names, &self.scale));
        }
        Chart::new(id, title, &description, self)
    }
}

/// The years of the options at these places; today is the first of them.
fn before_and_after(view: &View<'_>, id: &str, places: &[usize]) -> Option<Chart> {
    let years = |place: &usize| {
        let years = &view.options[*place];
        let quantiles = &years.year.total.quantiles;
        let (bad_year, very_bad_year) = (quantiles[BAD]?, quantiles[VERY_BAD]?);
        Some(OptionYears { option: view.option(*place), average: years.average, bad_year, very_bad_year })
    };
    let years: Option<Vec<OptionYears>> = places.iter().map(years).collect();
    let years = years.filter(|years| years.iter().flat_map(OptionYears::losses).all(f64::is_finite))?;
    let limits: Vec<AgreedLimit> = view.limits.iter().map(|limit| limit.of(places)).collect();
    // Of some options nothing is said of every one.
    let is_all = places.len() == view.options.len();
    // A title keeps its verdict: long names are cut before it.
    let names: Vec<String> = places.iter().map(|place| text::in_letters(&view.options[*place].name, TITLED)).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let title = verdict(
        view.unit().voice.language,
        &limits,
        &names,
        is_all,
        texts(view.scenario).pictures.before_and_after.title,
    );
    let mut data = LossBeforeAndAfter::new(view.unit(), years, limits);
    data.scale = data.scale.with_digits(view.digits());
    Some(data.into_chart(id, &title))
}

/// Letters of a name in a title.
const TITLED: usize = 42;

/// How the options stand to the first agreed limit that is not kept by all of them, as a title; by their names where
/// these are not all.
fn verdict(language: Language, limits: &[AgreedLimit], options: &[&str], is_all: bool, otherwise: &str) -> String {
    let is_kept =
        |limit: &&AgreedLimit| (0..options.len()).all(|place| limit.standing(place) == Some(Standing::Within));
    let told = limits.iter().find(|limit| !is_kept(limit)).or(limits.first());
    let Some(limit) = told else { return otherwise.to_owned() };
    let words = &texts(language).pictures.before_and_after;
    let names = |standing: Standing| -> Vec<&str> {
        let plans = options.iter().enumerate().skip(1);
        plans.filter(|(place, _)| limit.standing(*place) == Some(standing)).map(|(_, name)| *name).collect()
    };
    let today = limit.standing(0).unwrap_or(Standing::Over);
    let start = match today {
        Standing::Within => words.within,
        Standing::Over => words.over,
        Standing::TooClose => words.too_close,
    };
    let start = line(start, &[("limit", &text::in_letters(&limit.name, TITLED))]);
    let (kept, over, all) = (names(Standing::Within), names(Standing::Over), options.len() - 1);
    if all == 0 {
        return start;
    }
    let said = |template: &str, parts: &[(&str, &dyn Display)]| {
        line(template, &[&[("today", &start as &dyn Display)], parts].concat())
    };
    let plans = |names: &[&str], one: &str, several: &str| match names {
        [plan] => said(one, &[("plan", plan)]),
        names => said(several, &[("count", &names.len()), ("all", &all)]),
    };
    let none_close = kept.len() + over.len() == all;
    let same = |names: &[&str]| match names {
        [plan] if !is_all => said(words.one_same, &[("plan", plan)]),
        [plan, other] if !is_all => said(words.two_same, &[("plan", plan), ("other", other)]),
        _ => said(words.every_same, &[]),
    };
    match (today, kept.as_slice()) {
        (Standing::Over, []) if none_close => same(&over),
        (Standing::Over, []) if is_all => said(words.none_within, &[]),
        (Standing::Over, []) => start,
        (Standing::Within, kept) if kept.len() == all => same(kept),
        (Standing::Within, _) if over.is_empty() && is_all => said(words.none_over, &[]),
        (Standing::Within, _) if over.is_empty() => start,
        (Standing::Within, _) => plans(&over, words.one_over, words.some_over),
        (_, kept) if kept.len() == all && all > 1 && is_all => said(words.every_within, &[]),
        (_, [plan, other]) => said(words.two_within, &[("plan", plan), ("other", other)]),
        (_, kept) => plans(kept, words.one_within, words.some_within),
    }
}

impl Picture for LossBeforeAndAfter {
    fn of(view: &View<'_>) -> Vec<Chart> {
        if view.options.is_empty() {
            return Vec::new();
        }
        let all = before_and_after(view, "from-today-to-plan", &view.drawn());
        let mut charts: Vec<Chart> = all.map(|chart| view.with_rest(chart)).into_iter().collect();
        if let Some(index) = view.subject.filter(|_| view.options.len() > 2) {
            // What is advised stands beside what is asked for.
            let advised = view.analysis.recommended.filter(|advised| *advised != index);
            let places = [Some(0), Some(index.row()), advised.map(OptionId::row)];
            charts.extend(before_and_after(view, "today-and-plan", &places.into_iter().flatten().collect::<Vec<_>>()));
        }
        charts
    }

    fn part(&self) -> &'static str {
        "years"
    }

    fn table(&self) -> Figures {
        let words = &texts(&self.scale).pictures.before_and_after;
        let shared = &texts(&self.scale).charts;
        let years = [shared.average_year, shared.bad_year_in_20, shared.very_bad_year_in_100];
        let agreed = |limit: &AgreedLimit| limit.of_template(words.chance_of_more, &self.scale);
        let mut header = vec![shared.option.to_owned()];
        header.extend(years.map(|year| titled(year, &self.scale)));
        header.extend(self.limits.iter().map(agreed));
        let row = |(place, option): (usize, &OptionYears)| {
            let chances = self.limits.iter().map(|limit| limit.percent(place, &self.scale).unwrap_or_default());
            std::iter::once(option.option.name.clone())
                .chain(self.scale.years(option.losses()))
                .chain(chances)
                .collect()
        };
        (header, self.options.iter().enumerate().map(row).collect())
    }

    /// The options and the good and bad years say the same in their own tables.
    fn is_table_printed(&self) -> bool {
        false
    }

    fn amounts(&self) -> Vec<f64> {
        if self.options.is_empty() {
            return Vec::new();
        }
        let limits = self.limits.iter().flat_map(AgreedLimit::figures);
        self.options.iter().flat_map(OptionYears::losses).chain(limits).collect()
    }

    fn fits(&self) -> bool {
        self.options.iter().flat_map(OptionYears::losses).all(|loss| loss >= 0.0)
            && self.limits.iter().all(|limit| limit.fits(self.options.len()))
    }

    fn caption(&self) -> String {
        self.scale.captioned(texts(&self.scale).charts.three_years)
    }

    fn height(&self) -> u32 {
        high(52.0 * self.options.len() as f64 + 180.0)
    }

    fn height_on_phone(&self) -> u32 {
        let above = Names::above_on_phone(self.options.iter().map(|years| years.option.name.as_str()));
        let row = if self.options.len() <= 8 { 48.0 } else { LOW + 4.0 };
        high_on_phone((row + above) * self.options.len() as f64 + 180.0)
    }

    fn least(&self) -> Option<f64> {
        Some(header(self) + LOW * self.options.len() as f64 + amounts::LABELS)
    }

    fn draw(&self, scene: &mut Scene, body: Area) {
        let rows: Vec<(String, &OptionYears)> =
            self.options.iter().map(|years| (text::clean(&years.option.name), years)).collect();
        let (first, last) = (body.top + header(self), body.bottom - amounts::LABELS);
        let mut names = Names::of(rows.iter().map(|(name, _)| name.as_str()), body);
        let height = ((last - first) / rows.len() as f64).min(64.0 + names.above());
        let bottom = first + height * rows.len() as f64;
        let is_tall = height - names.above() >= TALL;
        let columns =
            if is_tall { [0.0; 3] } else { columns(&self.scale, self.options.iter().map(OptionYears::losses)) };
        let plot = Area::new(names.end(18.0), first, body.right - 10.0 - columns.iter().sum::<f64>(), bottom);
        let across = Amounts::up_to(self.reach(), plot.width());
        across.draw(scene, plot, &self.scale, "");
        scene.line(vec![(plot.left, plot.top), (plot.left, plot.bottom)], 1.0, AXIS);
        limits(scene, body, plot, self, &across);
        let drawn = self.limits.iter().filter(|limit| limit.loss <= self.reach());
        let lines: Vec<f64> = drawn.map(|limit| across.place(limit.loss, plot)).collect();
        if !is_tall {
            let mut right = plot.right + 10.0;
            for ((_, _, name), width) in kinds((&self.scale).into()).into_iter().zip(columns) {
                right += width;
                let label = Label::new(name, right, first - 4.0, SMALL, QUIET_TEXT);
                scene.label(label.align(Align::End));
            }
        }
        for (index, (name, option)) in rows.iter().enumerate() {
            let top = first + index as f64 * height;
            if index > 0 {
                scene.line(vec![(body.left, top), (body.right, top)], 1.0, GRID);
            }
            let style = Style { ink: TEXT, bold: false };
            let (top, height) = names.write(scene, name, style, (top, height));
            let y = if is_tall { top + height / 2.0 - 7.0 } else { top + height / 2.0 };
            let places = option.losses().map(|loss| across.place(loss, plot));
            let series = option.option.series();
            let ends =
                (places.iter().copied().fold(f64::INFINITY, f64::min), places.iter().copied().fold(0.0, f64::max));
            scene.series_line(&[(ends.0, y), (ends.1, y)], 3.0, Series { dash: &[], ..series });
            for (x, (marker, ..)) in places.iter().zip(kinds((&self.scale).into())) {
                scene.marker((*x, y), 5.0, Series { marker, hatch: Hatch::None, ..series });
            }
            if is_tall {
                below(scene, plot, self, option, index == 0, (places, y), &lines);
            } else {
                let mut right = plot.right + 10.0;
                for (year, width) in columns.into_iter().enumerate() {
                    right += width;
                    let figure = figure(&self.scale, option.losses(), year);
                    let label = Label::new(figure, right, rows::baseline(top, height), SMALL, TEXT).align(Align::End);
                    scene.label(label);
                }
            }
        }
        names.finish(scene);
    }
}

/// Two lines for each limit above the rows, and the lines that lead down from them.
const HEADER: f64 = 2.0 * NORMAL * text::LEADING + 14.0;
/// Least height of a row with figures below its markers.
const TALL: f64 = 38.0;
/// Least height of a row with its figures at the right.
const LOW: f64 = 13.5;

/// Words that begin or end this near to their marker need no line to it.
const BESIDE: f64 = 6.0;

fn header(data: &LossBeforeAndAfter) -> f64 {
    if data.limits.is_empty() { 8.0 } else { HEADER }
}

/// Figures below the markers, as near to them as the others let them; in words in the first row, and wherever the years
/// come in another order than the one to expect.
fn below(
    scene: &mut Scene,
    plot: Area,
    data: &LossBeforeAndAfter,
    option: &OptionYears,
    is_first: bool,
    (places, y): ([f64; 3], f64),
    lines: &[f64],
) {
    let losses = option.losses();
    let is_rising = losses.windows(2).all(|pair| pair[0] <= pair[1]);
    let figures = |with_words: bool| -> [String; 3] {
        std::array::from_fn(|year| {
            let figure = figure(&data.scale, losses, year);
            if !with_words {
                return figure;
            }
            line(
                texts(&data.scale).pictures.before_and_after.year_figure,
                &[("year", &kinds((&data.scale).into())[year].1), ("loss", &figure)],
            )
        })
    };
    let sizes = |figures: &[String; 3]| figures.each_ref().map(|f| text::width(f, SMALL, false) + 10.0);
    let in_words = figures(true);
    // Figures keep off the axis.
    let (low, high) = (plot.left + 1.0, plot.right + 8.0);
    let fits = sizes(&in_words).iter().sum::<f64>() <= high - low;
    let written = if (is_first || !is_rising) && fits { in_words } else { figures(false) };
    let sizes = sizes(&written);
    let centres = off_lines(spread_sized(&places, &sizes, low, high), &sizes, lines, (low, high));
    let baseline = y + 12.0 + SMALL;
    for ((figure, centre), x) in written.into_iter().zip(centres).zip(places) {
        // A line leads to words beside their marker, to their near end so that it strikes no letter.
        let half = text::width(&figure, SMALL, false) / 2.0;
        let near = x.clamp(centre - half, centre + half);
        if (near - x).abs() > BESIDE {
            scene.line(vec![(x, y + 6.0), (near, baseline - SMALL * text::ASCENT - 1.0)], 0.8, AXIS);
        }
        rows::figure(scene, Label::new(figure, centre, baseline, SMALL, TEXT).align(Align::Middle));
    }
}

/// The centres of words in a row, moved a little to the side of a line that would run through them, where no other word
/// and no end of the row is in the way.
fn off_lines(mut centres: Vec<f64>, sizes: &[f64], lines: &[f64], (low, high): (f64, f64)) -> Vec<f64> {
    let fits = |centres: &[f64], place: usize, centre: f64| {
        let half = |at: usize| sizes[at] / 2.0;
        let is_apart = |at: usize| at == place || (centres[at] - centre).abs() >= half(at) + half(place);
        let meets = |x: &f64| (x - centre).abs() < half(place) - 1.0;
        centre - half(place) >= low
            && centre + half(place) <= high
            && (0..centres.len()).all(is_apart)
            && !lines.iter().any(meets)
    };
    for place in 0..centres.len() {
        let (centre, half) = (centres[place], sizes[place] / 2.0);
        let Some(x) = lines.iter().find(|x| (*x - centre).abs() < half - 1.0) else { continue };
        let mut sides = [x - half, x + half];
        sides.sort_by(|a, b| (a - centre).abs().total_cmp(&(b - centre).abs()));
        if let Some(side) = sides.into_iter().find(|side| fits(&centres, place, *side)) {
            centres[place] = side;
        }
    }
    centres
}

/// A line down through all rows for each agreed loss, named above; one far beyond all losses is named only.
fn limits(scene: &mut Scene, body: Area, plot: Area, data: &LossBeforeAndAfter, across: &Amounts) {
    let count = data.limits.len().max(1) as f64;
    let (low, high) = (body.left, body.right);
    let room = (high - low) / count - 16.0;
    let is_beyond = |limit: &AgreedLimit| limit.loss > data.reach();
    let words: Vec<(String, String, String)> = data
        .limits
        .iter()
        .map(|limit| {
            let name = text::clean(&limit.name);
            let arrow = if is_beyond(limit) { " \u{2192}" } else { "" };
            let (loss, chance) = (data.scale.amount(limit.loss), data.scale.chance(limit.chance));
            let parts: [(&str, &dyn Display); 2] = [("loss", &loss), ("chance", &chance)];
            let words = &texts(&data.scale).charts;
            // Where there is no room for all of it, loss and chance stand.
            let agreed = [words.agreed, words.agreed_in_short].map(|template| line(template, &parts) + arrow);
            let agreed = agreed.into_iter().find(|said| text::width(said, SMALL, false) <= room);
            let agreed = agreed.unwrap_or_else(|| line(words.agreed_in_short, &parts));
            (text::shortened(&name, NORMAL, true, room), name, text::shortened(&agreed, SMALL, false, room))
        })
        .collect();
    let sizes: Vec<f64> = words
        .iter()
        .map(|(shown, _, agreed)| text::width(shown, NORMAL, true).max(text::width(agreed, SMALL, false)) + 16.0)
        .collect();
    let places: Vec<f64> = data.limits.iter().map(|limit| across.place(limit.loss, plot)).collect();
    let columns_begin = plot.right + 10.0;
    // Names keep off the titles of columns at the right.
    let high =
        if body.right - columns_begin > 20.0 { columns_begin.max(low + sizes.iter().sum::<f64>()) } else { high };
    let centres = spread_sized(&places, &sizes, low, high.min(body.right));
    for (((limit, x), centre), (shown, name, agreed)) in data.limits.iter().zip(places).zip(centres).zip(words) {
        let top = body.top;
        let foot = top + 2.0 * NORMAL * text::LEADING;
        if !is_beyond(limit) {
            let line = vec![(centre, foot), (x, plot.top - 2.0), (x, plot.bottom)];
            scene.series_line(
                &line,
                1.6,
                Series { ink: EDGE, dash: &[6.0, 3.0], marker: Marker::Bar, hatch: Hatch::None },
            );
        }
        let label = Label::new(shown, centre, top + NORMAL * text::ASCENT, NORMAL, TEXT).align(Align::Middle);
        scene.label(label.bold().standing_for(&name));
        let y = top + NORMAL * (text::ASCENT + text::LEADING);
        scene.label(Label::new(agreed, centre, y, SMALL, QUIET_TEXT).align(Align::Middle));
    }
}

words! {
    title: ["What an average, a bad and a very bad year cost", "Was ein durchschnittliches, ein schlechtes und ein sehr schlechtes Jahr kosten"],
    description: ["What an average year, a bad year (1 in 20) and a very bad year (1 in 100) cost with each option.", "Was ein durchschnittliches, ein schlechtes (1 von 20) und ein sehr schlechtes Jahr (1 von 100) mit jeder Option kosten."],
    within: ["Today is within “{limit}”", "„{limit}“: heute eingehalten"],
    over: ["Today is over “{limit}”", "„{limit}“: heute überschritten"],
    too_close: ["Today is too close to “{limit}” to call", "„{limit}“: heute zu knapp für ein Urteil"],
    every_same: ["{today}, and so is every option", "{today}, ebenso mit jeder Option"],
    one_same: ["{today}, and so is “{plan}”", "{today}, ebenso mit „{plan}“"],
    two_same: ["{today}, and so are “{plan}” and “{other}”", "{today}, ebenso mit „{plan}“ und mit „{other}“"],
    none_within: ["{today}, and no option is clearly within it", "{today}, mit keiner Option klar eingehalten"],
    none_over: ["{today}, and no option is clearly over it", "{today}, mit keiner Option klar überschritten"],
    one_over: ["{today}; “{plan}” is over it", "{today}, mit „{plan}“ überschritten"],
    some_over: ["{today}; {count} of {all} options are over it", "{today}, mit {count} von {all} Optionen überschritten"],
    every_within: ["{today}; every option is within it", "{today}, mit jeder Option eingehalten"],
    two_within: ["{today}; “{plan}” and “{other}” are within it", "{today}, mit „{plan}“ und mit „{other}“ eingehalten"],
    one_within: ["{today}; “{plan}” is within it", "{today}, mit „{plan}“ eingehalten"],
    some_within: ["{today}; {count} of {all} options are within it", "{today}, mit {count} von {all} Optionen eingehalten"],
    chance_of_more: ["Chance of more than {loss} ({limit}, {chance})", "Wahrscheinlichkeit von mehr als {loss} ({limit}, {chance})"],
    year_figure: ["{year} {loss}", "{year} {loss}"],
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_and_the_table_tell_which_option_keeps_to_the_limit() {
        let years = |option, bad_year| OptionYears { option, average: 4e5, bad_year, very_bad_year: 6e6 };
        let limit = AgreedLimit {
            name: "agreed limit".into(),
            loss: 2.5e6,
            chance: 0.05,
            chances: vec![0.11, 0.03],
            errors: vec![],
        };
        let data = LossBeforeAndAfter::new(
            "EUR",
            vec![years(ChartOption::today("Today"), 4.6e6), years(ChartOption::plan("Core", 0), 2.1e6)],
            vec![limit],
        );
        assert_eq!(data.table().1[1], ["Core", "400,000", "2,100,000", "6,000,000", "3%"]);
        let words = data.into_chart("years", "t").description;
        assert!(words.ends_with(
            "Chance of losing more than EUR 2.5M, agreed at 1 in 20: within it Core (1 in 33); over it today (1 in 9.1)."
        ), "{words}");
    }

    #[test]
    fn words_keep_off_a_line_where_they_can() {
        let moved = |centres: &[f64], lines: &[f64]| off_lines(centres.to_vec(), &[20.0; 2], lines, (0.0, 100.0));
        assert_eq!(moved(&[30.0, 70.0], &[33.0]), [23.0, 70.0]);
        assert_eq!(moved(&[30.0, 70.0], &[45.0]), [30.0, 70.0]);
        // No room on the nearer side, then on neither.
        assert_eq!(moved(&[12.0, 70.0], &[16.0]), [26.0, 70.0]);
        assert_eq!(moved(&[12.0, 34.0], &[16.0]), [12.0, 34.0]);
    }

    #[test]
    fn the_title_says_who_keeps_to_the_limit() {
        let said = |chances: &[f64]| {
            let limit = AgreedLimit {
                name: "agreed limit".into(),
                loss: 1.0,
                chance: 0.05,
                chances: chances.to_vec(),
                errors: vec![],
            };
            let names = &["Today", "A", "B", "C"][..chances.len()];
            let told = |is_all| verdict(Language::English, std::slice::from_ref(&limit), names, is_all, "none");
            [told(true), told(false)]
        };
        let of_some = |chances: &[f64]| said(chances)[1].clone();
        let said = |chances: &[f64]| said(chances)[0].clone();
        // Where the picture has two of the options, nothing is said of all of them.
        assert_eq!(of_some(&[0.1, 0.02, 0.01]), "Today is over “agreed limit”; “A” and “B” are within it");
        assert_eq!(of_some(&[0.1, 0.1]), "Today is over “agreed limit”, and so is “A”");
        assert_eq!(of_some(&[0.01, 0.02, 0.01]), "Today is within “agreed limit”, and so are “A” and “B”");
        let start = "Today is over “agreed limit”, ";
        assert_eq!(said(&[0.1, 0.1]), format!("{start}and so is every option"));
        let but = "Today is over “agreed limit”; ";
        assert_eq!(said(&[0.1, 0.02]), format!("{but}“A” is within it"));
        assert_eq!(said(&[0.1, 0.02, 0.1, 0.05]), format!("{but}“A” and “C” are within it"));
        assert_eq!(said(&[0.1, 0.02, 0.01, 0.05]), format!("{but}every option is within it"));
        assert_eq!(said(&[0.1]), "Today is over “agreed limit”");
        let start = "Today is within “agreed limit”, ";
        assert_eq!(said(&[0.01, 0.02]), format!("{start}and so is every option"));
        let but = "Today is within “agreed limit”; ";
        assert_eq!(said(&[0.01, 0.2, 0.3, 0.0]), format!("{but}2 of 3 options are over it"));
        assert_eq!(said(&[0.01, 0.2, 0.0]), format!("{but}“A” is over it"));
        let close = AgreedLimit {
            name: "agreed limit".into(),
            loss: 1.0,
            chance: 0.05,
            chances: vec![0.0501, 0.01],
            errors: vec![0.001, 0.001],
        };
        let told = verdict(Language::English, &[close], &["Today", "A"], true, "none");
        assert_eq!(told, "Today is too close to “agreed limit” to call; “A” is within it");
        assert_eq!(verdict(Language::English, &[], &[], true, "none"), "none");
    }
}
