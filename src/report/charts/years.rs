//! The pictures of good years and bad ones.

use std::fmt::Display;

use crate::engine::year::{BAD, LEVELS, VERY_BAD};
use crate::engine::{Analysis, OptionId, OptionYear, YearLoss};
use crate::model::Scenario;
use crate::units::{Arithmetic, Language};

use super::super::Digits;
use super::super::chart::{
    AgreedLimit, AnnualLossDensity, Chart, ChartOption, Exceedance, ExceedanceCurve, LossBeforeAndAfter, LossBin,
    OptionYears, RiskPart, Standing, TailContribution,
};
use super::super::sections::subject_index;
use super::super::sentences::name;
use super::super::texts::{line, texts};
use crate::units::Unit;

/// About so many steps of loss up to a very bad year.
const STEPS: f64 = 36.0;

/// The worst 1 in 20 years: those that `OptionYear::tail_parts` speaks of.
const WORST: f64 = 0.05;

/// One option's years, and their average, which is known better than their distribution.
pub(super) struct Years<'a> {
    name: String,
    average: f64,
    year: &'a OptionYear,
}

/// Every picture of the years, where their distribution is known.
pub(super) fn charts(scenario: &Scenario, analysis: &Analysis, unit: Unit) -> Vec<Chart> {
    let options = options(scenario, analysis);
    if options.is_empty() {
        return Vec::new();
    }
    let limits = limits(scenario, &options);
    let subject = subject_index(analysis);
    let view = View { scenario, unit, digits: digits(analysis), options: &options, limits: &limits };
    let mut charts = Vec::new();
    let all: Vec<usize> = (0..options.len()).collect();
    charts.extend(view.before_and_after("from-today-to-plan", &all));
    if let Some(index) = subject.filter(|_| options.len() > 2) {
        charts.extend(view.before_and_after("today-and-plan", &[0, index.row()]));
    }
    charts.push(view.exceedance(subject));
    // Today and the plan that the paper is about.
    let shown: Vec<(usize, &str)> =
        std::iter::once((0, "today")).chain(subject.map(|index| (index.row(), "with-plan"))).collect();
    charts.extend(shown.iter().filter_map(|(place, id)| view.tail(*place, id)));
    charts.extend(shown.iter().filter_map(|(place, id)| view.density(*place, id)));
    charts
}

/// The digits that the loss of a bad year supports.
pub(super) fn digits(analysis: &Analysis) -> u32 {
    match super::super::year::digits(analysis) {
        Digits::Significant(count) => count,
        Digits::In { .. } | Digits::As { .. } => 3,
        Digits::Whole => u32::MAX,
    }
}

/// Today and every plan; nothing where years are not known.
pub(super) fn options<'a>(scenario: &Scenario, analysis: &'a Analysis) -> Vec<Years<'a>> {
    let Some(year) = &analysis.year else { return Vec::new() };
    let plans = analysis.plans.iter().zip(&year.plans);
    let plans = plans.map(|(plan, year)| Years { name: name(scenario, plan), average: plan.loss.to_f64(), year });
    let today = Years {
        name: texts(scenario).titles.today.to_owned(),
        average: analysis.loss_today.to_f64(),
        year: &year.today,
    };
    std::iter::once(today).chain(plans).collect()
}

/// What the board agreed to bear, and the chance that each option has of passing it.
pub(super) fn limits(scenario: &Scenario, options: &[Years<'_>]) -> Vec<AgreedLimit> {
    if options.is_empty() {
        return Vec::new();
    }
    let chance =
        |year: &OptionYear, index: usize| year.total.chance_above.get(index).map_or(0.0, |c| c.clamp(0.0, 1.0));
    let error = |year: &OptionYear, index: usize| year.total.chance_error(index).unwrap_or(0.0);
    let limit = |(index, point): (usize, &crate::model::AppetitePoint)| AgreedLimit {
        name: point.name.clone(),
        loss: f64::from_decimal(point.loss.get()),
        chance: f64::from_decimal(point.chance.get()),
        chances: options.iter().map(|option| chance(option.year, index)).collect(),
        errors: options.iter().map(|option| error(option.year, index)).collect(),
    };
    scenario.appetite().iter().enumerate().map(limit).collect()
}

/// How the options stand to the first agreed limit, as a title.
fn verdict(language: Language, limits: &[AgreedLimit], options: &[&str], otherwise: &str) -> String {
    let Some(limit) = limits.first() else { return otherwise.to_owned() };
    let words = &texts(language).titles;
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
    let start = line(start, &[("limit", &limit.name)]);
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
    match (today, kept.as_slice()) {
        (Standing::Over, []) if none_close => said(words.every_same, &[]),
        (Standing::Over, []) => said(words.none_within, &[]),
        (Standing::Within, kept) if kept.len() == all => said(words.every_same, &[]),
        (Standing::Within, _) if over.is_empty() => said(words.none_over, &[]),
        (Standing::Within, _) => plans(&over, words.one_over, words.some_over),
        (_, kept) if kept.len() == all && all > 1 => said(words.every_within, &[]),
        (_, [plan, other]) => said(words.two_within, &[("plan", plan), ("other", other)]),
        (_, kept) => plans(kept, words.one_within, words.some_within),
    }
}

/// What the pictures are made of.
struct View<'a> {
    scenario: &'a Scenario,
    unit: Unit,
    digits: u32,
    options: &'a [Years<'a>],
    limits: &'a [AgreedLimit],
}

impl View<'_> {
    fn option(&self, place: usize) -> ChartOption {
        let name = &self.options[place].name;
        if place == 0 { ChartOption::today(name) } else { ChartOption::plan(name, place - 1) }
    }

    fn curve(&self, option: &Years<'_>) -> ExceedanceCurve {
        let chance_of_loss = option.year.total.chance_of_loss.clamp(0.0, 1.0);
        ExceedanceCurve::new(&option.name, chance_of_loss, points(&option.year.total, self.limits))
    }

    /// The years of the options at these places; today is the first of them.
    fn before_and_after(&self, id: &str, places: &[usize]) -> Option<Chart> {
        let years = |place: &usize| {
            let years = &self.options[*place];
            let quantiles = &years.year.total.quantiles;
            let (bad_year, very_bad_year) = (quantiles[BAD]?, quantiles[VERY_BAD]?);
            Some(OptionYears { option: self.option(*place), average: years.average, bad_year, very_bad_year })
        };
        let years: Option<Vec<OptionYears>> = places.iter().map(years).collect();
        let years = years.filter(|years| years.iter().flat_map(OptionYears::losses).all(f64::is_finite))?;
        let limits: Vec<AgreedLimit> = self.limits.iter().map(|limit| limit.of(places)).collect();
        let names: Vec<&str> = places.iter().map(|place| self.options[*place].name.as_str()).collect();
        let title = verdict(self.unit.voice.language, &limits, &names, texts(self.scenario).titles.years);
        let mut data = LossBeforeAndAfter::new(self.unit, years, limits);
        data.scale = data.scale.with_digits(self.digits);
        Some(data.into_chart(id, &title))
    }

    fn exceedance(&self, subject: Option<OptionId>) -> Chart {
        let curves = self.options.iter().map(|option| self.curve(option)).collect();
        let mut data = Exceedance::new(self.unit, curves, self.limits.to_vec());
        data.scale = data.scale.with_digits(self.digits);
        let words = &texts(self.scenario).titles;
        let title = match self.limits.first() {
            None => words.losing_more.to_owned(),
            Some(limit) => {
                let said = |place: usize| limit.said(place, self.unit.voice).unwrap_or_default();
                let (loss, chance) = (data.scale.amount_with_currency(limit.loss), said(0));
                let mut parts: Vec<(&str, &dyn Display)> = vec![("loss", &loss), ("chance", &chance)];
                match subject.map(|index| (&self.options[index.row()].name, said(index.row()))) {
                    None => line(words.losing_more_than, &parts),
                    Some((plan, left)) => {
                        parts.extend([("plan", plan as &dyn Display), ("left", &left)]);
                        line(words.losing_more_than_with, &parts)
                    }
                }
            }
        };
        data.into_chart("chance-of-losing-more", &title)
    }

    fn tail(&self, place: usize, id: &str) -> Option<Chart> {
        let parts = &self.options[place].year.tail_parts;
        let is_shown = self.scenario.risks().len() > 1 && parts.iter().all(|part| part.is_finite());
        let option = self.option(place);
        let title = match place {
            0 => texts(self.scenario).titles.bad_years_today.to_owned(),
            _ => line(texts(self.scenario).titles.bad_years_with, &[("plan", &option.name)]),
        };
        let risks = self.scenario.risks().iter().zip(parts);
        let risks = risks.map(|(risk, loss)| RiskPart { name: risk.name.clone(), loss: *loss }).collect();
        is_shown.then(|| {
            let mut data = TailContribution::new(self.unit, option, WORST, risks);
            data.scale = data.scale.with_digits(self.digits);
            data.into_chart(&format!("bad-years-{id}"), &title)
        })
    }

    fn density(&self, place: usize, id: &str) -> Option<Chart> {
        let shown = &self.options[place];
        let total = &shown.year.total;
        let years = [shown.average, total.quantiles[BAD]?, total.quantiles[VERY_BAD]?];
        if !years.iter().all(|loss| loss.is_finite()) {
            return None;
        }
        let title = match place {
            0 => texts(self.scenario).titles.one_year_today.to_owned(),
            _ => line(texts(self.scenario).titles.one_year_with, &[("plan", &shown.name)]),
        };
        let curve = self.curve(shown);
        let bins = bins(&curve, years[2].max(years[1]));
        let none = 1.0 - curve.chance_of_loss;
        let mut data = AnnualLossDensity::new(self.unit, self.option(place), none, bins, years);
        data.scale = data.scale.with_digits(self.digits);
        Some(data.into_chart(&format!("one-year-{id}"), &title))
    }
}

/// The points of a year's curve together with its quantiles and its chances of passing the agreed limits, so that the
/// picture and the tables read the same; as chances fall. Around an amount that many years share the curve has steps.
fn points(year: &YearLoss, limits: &[AgreedLimit]) -> Vec<(f64, f64)> {
    // 0.05 and not what is left of 1 beside the float 0.95.
    let chances = LEVELS.map(|level| ((1.0 - level) * 1e6).round() / 1e6);
    let quantiles = chances.iter().zip(&year.quantiles).filter_map(|(chance, loss)| Some(((*loss)?, *chance)));
    let limits = limits.iter().zip(&year.chance_above).map(|(limit, chance)| (limit.loss, *chance));
    let mut all: Vec<(f64, f64)> = year.curve.iter().copied().chain(quantiles).chain(limits).collect();
    all.retain(|(loss, chance)| loss.is_finite() && *chance > 0.0 && *chance <= year.chance_of_loss);
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.total_cmp(&b.0)));
    let mut points: Vec<(f64, f64)> = Vec::with_capacity(all.len());
    for (loss, chance) in all {
        let least = points.last().map_or(0.0, |(least, _)| *least);
        points.push((loss.max(least), chance));
    }
    let is_shared = |loss: f64| {
        let at: Vec<f64> = points.iter().filter(|(other, _)| *other == loss).map(|(_, chance)| *chance).collect();
        at.first() > at.last()
    };
    let mut stepped: Vec<(f64, f64)> = Vec::with_capacity(points.len());
    let mut before = (0.0, year.chance_of_loss);
    for point in &points {
        if point.0 > before.0 && point.1 < before.1 {
            if is_shared(point.0) {
                stepped.push((point.0, before.1));
            } else if before.0 > 0.0 && is_shared(before.0) {
                stepped.push((before.0, point.1));
            }
        }
        stepped.push(*point);
        before = *point;
    }
    stepped
}

/// Steps of one round width up to a little over a very bad year.
fn bins(curve: &ExceedanceCurve, far: f64) -> Vec<LossBin> {
    if far <= 0.0 || curve.points.is_empty() {
        return Vec::new();
    }
    let width = round_up(far / STEPS);
    let count = libm::ceil(far * 1.1 / width).max(1.0) as usize;
    let edges: Vec<(f64, f64)> = (0..=count)
        .map(|index| {
            let loss = index as f64 * width;
            (loss, if index == 0 { curve.chance_of_loss } else { curve.chance_above(loss) })
        })
        .collect();
    let step =
        |pair: &[(f64, f64)]| LossBin { from: pair[0].0, to: pair[1].0, chance: (pair[0].1 - pair[1].1).max(0.0) };
    edges.windows(2).map(step).collect()
}

/// The next of 1, 2, 2.5, 5, 10 times a power of ten.
fn round_up(least: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(least)));
    [1.0, 2.0, 2.5, 5.0].iter().map(|digit| digit * power).find(|step| *step >= least).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_and_what_lies_beyond_make_up_the_years_with_loss() {
        let points = (0..200).map(|i| (f64::from(i) * 1e4, 0.6 * libm::exp(-f64::from(i) / 20.0))).collect();
        let curve = ExceedanceCurve::new("Today", 0.6, points);
        let bins = bins(&curve, 8e5);
        assert_eq!((bins[0].from, bins[0].to), (0.0, 25_000.0));
        let told: f64 = bins.iter().map(|bin| bin.chance).sum();
        let beyond = curve.chance_above(bins.last().unwrap().to);
        assert!((told + beyond - 0.6).abs() < 1e-12 && beyond > 0.0 && beyond < 0.011);
        assert!(bins.windows(2).all(|pair| pair[0].chance >= pair[1].chance));
    }

    #[test]
    fn a_single_size_of_loss_is_one_bar() {
        let curve = ExceedanceCurve::new("Today", 0.3, vec![(5e5, 0.3), (5e5, 0.01), (1e6, 0.01), (1e6, 1e-4)]);
        let bins = bins(&curve, 5e5);
        let full: Vec<f64> = bins.iter().filter(|bin| bin.chance > 0.0).map(|bin| bin.chance).collect();
        assert_eq!(full.len(), 1, "{bins:?}");
        assert!((full[0] - 0.29).abs() < 1e-12);
    }

    fn year(chance_of_loss: f64, curve: Vec<(f64, f64)>) -> YearLoss {
        YearLoss {
            mean: 0.0,
            standard_deviation: 0.0,
            chance_of_loss,
            quantiles: [None; 5],
            tail_means: [None; 2],
            chance_above: Vec::new(),
            curve,
            errors: None,
            error: None,
            grid_gap: None,
        }
    }

    #[test]
    fn where_many_years_share_an_amount_the_curve_has_a_step() {
        let curve = vec![(5.0, 0.3), (5.0, 0.2), (9.0, 0.1), (9.0, 0.05)];
        let points = points(&year(0.4, curve), &[]);
        assert_eq!(points, [(5.0, 0.4), (5.0, 0.3), (5.0, 0.2), (9.0, 0.2), (9.0, 0.1), (9.0, 0.05)]);
    }

    #[test]
    fn the_curve_goes_through_the_quantiles_and_the_limits() {
        let mut year = year(0.5, vec![(1.0, 0.4), (3.0, 0.2), (9.0, 0.01)]);
        year.quantiles[BAD] = Some(5.5);
        year.chance_above = vec![0.12];
        let limit = AgreedLimit { name: "l".into(), loss: 4.0, chance: 0.05, chances: vec![0.12], errors: vec![] };
        let curve = ExceedanceCurve::new("a", 0.5, points(&year, &[limit]));
        assert_eq!((curve.loss_at(0.05), curve.loss_at(0.12)), (Some(5.5), Some(4.0)));
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
            verdict(Language::English, &[limit], &["Today", "A", "B", "C"][..chances.len()], "none")
        };
        let start = "Today is over the agreed limit, ";
        assert_eq!(said(&[0.1, 0.1]), format!("{start}and so is every option"));
        let but = "Today is over the agreed limit; ";
        assert_eq!(said(&[0.1, 0.02]), format!("{but}A is within it"));
        assert_eq!(said(&[0.1, 0.02, 0.1, 0.05]), format!("{but}A and C are within it"));
        assert_eq!(said(&[0.1, 0.02, 0.01, 0.05]), format!("{but}every option is within it"));
        assert_eq!(said(&[0.1]), "Today is over the agreed limit");
        let start = "Today is within the agreed limit, ";
        assert_eq!(said(&[0.01, 0.02]), format!("{start}and so is every option"));
        let but = "Today is within the agreed limit; ";
        assert_eq!(said(&[0.01, 0.2, 0.3, 0.0]), format!("{but}2 of 3 options are over it"));
        assert_eq!(said(&[0.01, 0.2, 0.0]), format!("{but}A is over it"));
        let close = AgreedLimit {
            name: "agreed limit".into(),
            loss: 1.0,
            chance: 0.05,
            chances: vec![0.0501, 0.01],
            errors: vec![0.001, 0.001],
        };
        let told = verdict(Language::English, &[close], &["Today", "A"], "none");
        assert_eq!(told, "Today is too close to the agreed limit to tell; A is within it");
        assert_eq!(verdict(Language::English, &[], &[], "none"), "none");
    }
}
