//! What one year may bring, in tables and words.

use crate::engine::year::{BAD, Note, VERY_BAD};
use crate::engine::{Analysis, Check, Method, OptionYear};
use crate::model::{RiskId, Scenario};
use crate::stats::lattice::Note as Grid;
use crate::units::{Arithmetic, Figure, Voice};

use super::chart::{ExceedanceCurve, Standing, points};
use super::pictures::limits_of;
use super::sentences::name;
use super::texts::{line, say, texts};
use super::{Cell, Digits, Piece, Section, Table, Text};

/// Risks that are named in bad years today.
const NAMED: usize = 5;

/// Half a 95 % interval, in standard errors.
const INTERVAL: f64 = 1.96;
/// A simulated figure of a wider relative interval than this shows two digits.
const THREE_DIGITS: f64 = 0.005;

/// A relative change that no reader would act on.
const HARDLY: f64 = 0.01;

/// Half the width of the 95 % interval of today's bad year, relative to it.
fn interval(today: &OptionYear) -> Option<f64> {
    let (bad, error) = (today.total.quantiles[BAD]?, today.total.errors.as_ref()?.quantiles[BAD]?);
    (bad > 0.0).then(|| INTERVAL * error / bad)
}

/// The digits that a quantile supports.
pub fn digits(analysis: &Analysis) -> Digits {
    match &analysis.year {
        Some(year) if year.method == Method::Simulated => {
            let wide = interval(&year.today).is_none_or(|half| half > THREE_DIGITS);
            Digits::Significant(if wide { 2 } else { 3 })
        }
        _ => Digits::Significant(3),
    }
}

/// A quantile with no more digits than it has.
pub fn known(analysis: &Analysis, loss: f64) -> f64 {
    let Digits::Significant(count) = digits(analysis) else { return loss };
    let rounded = Figure::approximate(loss).decimal().and_then(|loss| loss.round_sf(count));
    rounded.map_or(loss, Arithmetic::from_decimal)
}

pub fn amount(value: Option<f64>, digits: Digits) -> Cell {
    Cell::or_none(value.filter(|value| value.is_finite()), |value| Cell::Money(Figure::approximate(value), digits))
}

/// Every option with its year: today first.
fn options<'a>(scenario: &Scenario, analysis: &'a Analysis) -> Vec<(String, &'a OptionYear)> {
    let Some(year) = &analysis.year else { return Vec::new() };
    let plans = analysis.plans.iter().map(|plan| name(scenario, plan)).zip(&year.plans);
    std::iter::once((texts(scenario).shared.nothing_more.to_owned(), &year.today)).chain(plans).collect()
}

/// Good years and bad years, by option.
pub fn bad_years(scenario: &Scenario, analysis: &Analysis) -> Option<Section> {
    let year = analysis.year.as_ref()?;
    let digits = digits(analysis);
    let rows = options(scenario, analysis)
        .into_iter()
        .map(|(name, year)| {
            let total = &year.total;
            vec![
                Cell::words(name),
                Cell::Share(total.chance_of_loss),
                amount(total.quantiles[0], digits),
                amount(total.quantiles[1], digits),
                amount(total.quantiles[BAD], digits),
                amount(total.quantiles[VERY_BAD], digits),
                amount(total.tail_means[0], digits),
            ]
        })
        .collect();
    let (words, shared) = (&texts(scenario).years, &texts(scenario).shared);
    let columns = [
        shared.option,
        words.any_loss,
        words.middle,
        words.one_in_ten,
        shared.bad_year,
        words.very_bad,
        words.worst_mean,
    ];
    let emphasised = super::sections::chosen_row(analysis);
    let mut notes = verdicts(scenario, analysis);
    notes.extend(makers(scenario, &year.today, digits));
    notes.extend(dependence(scenario, &year.today, digits));
    notes.extend(knowledge(scenario, &year.today));
    notes.extend(noted(scenario.voice(), &year.notes));
    notes.push(method(scenario, analysis));
    let lead = Text::plain(words.lead);
    let is_insured = super::insurance::is_insured(scenario, analysis);
    Some(Section {
        title: words.title.to_owned(),
        lead: Some(if is_insured { lead.and(words.after_insurers) } else { lead }),
        table: Some(Table { columns: columns.map(str::to_owned).to_vec(), rows, emphasised }),
        notes,
    })
}

/// Where the method did not reach, in words, each once.
pub(super) fn noted(voice: Voice, notes: &[Note]) -> Vec<Text> {
    let words = &texts(voice).notes;
    let years = |level: f64| format!("{:.0}", 1.0 / (1.0 - level));
    let said = |note: &Note| match *note {
        Note::Grid(Grid::NoMean) => words.no_mean.to_owned(),
        Note::Grid(Grid::NoVariance) => words.no_variance.to_owned(),
        Note::Grid(Grid::NotHeld { level }) => line(words.not_held, &[("years", &years(level))]),
        Note::Grid(Grid::Coarse { level, error }) => {
            line(words.coarse, &[("years", &years(level)), ("error", &voice.set(&format!("{:.2}", 100.0 * error)))])
        }
        Note::Grid(Grid::AtomsOffGrid) => words.atoms_off_grid.to_owned(),
        Note::Averaged { points, error } => line(
            words.averaged,
            &[("points", &points), ("error", &voice.set(&format!("{:.1}", (100.0 * error).max(0.1))))],
        ),
        Note::Simulated { entities, years } => {
            let template = if entities == 1 { words.simulated_one } else { words.simulated };
            line(template, &[("entities", &entities), ("years", &super::chart::grouped(years as f64, 0))])
        }
        Note::TooManyEvents => words.too_many_events.to_owned(),
        Note::NotPrecise => words.not_precise.to_owned(),
        Note::NoPaths => words.no_paths.to_owned(),
    };
    let mut lines: Vec<String> = Vec::new();
    for line in notes.iter().map(|note| voice.set(&said(note))) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines.into_iter().map(Text::plain).collect()
}

/// How the figures were found, how sure they are, and against what they were checked.
fn method(scenario: &Scenario, analysis: &Analysis) -> Text {
    let Some(year) = &analysis.year else { return Text::default() };
    let words = &texts(scenario).years;
    let mut line = match (year.method, year.years) {
        (Method::Simulated, Some(years)) => {
            let years = ("years", Cell::Count(years).into());
            match interval(&year.today) {
                Some(half) => say(words.simulated_within, &[years, ("half", Cell::Share(half).into())]),
                None => say(words.simulated, &[years]),
            }
        }
        _ => Text::plain(words.exact),
    };
    // Either everything agrees, or one thing is said.
    if year.checks.iter().any(|check| !check.agrees()) {
        return line.joined(Text::plain(words.differs));
    }
    for check in &year.checks {
        line = line.joined(match check {
            Check::Mean { .. } => Text::plain(words.mean_agrees),
            // Part of the same sentence: what is known without the grid.
            Check::Grid { .. } => Text::plain(""),
            Check::Trial { years, .. } => say(words.trial_agrees, &[("years", Cell::Count(*years).into())]),
        });
    }
    line
}

/// Whether each option keeps to what the board agreed to.
fn verdicts(scenario: &Scenario, analysis: &Analysis) -> Vec<Text> {
    let words = &texts(scenario).years;
    let digits = digits(analysis);
    let mut lines = Vec::new();
    for (limit, point) in limits_of(scenario, analysis).iter().zip(scenario.appetite()) {
        let mut line = say(
            words.agreed,
            &[
                ("limit", Piece::Name(limit.name.clone())),
                ("chance", Cell::Chance(limit.chance).into()),
                ("loss", Cell::Money(Figure::exact(point.loss.get()), Digits::Whole).into()),
            ],
        );
        let all = options(scenario, analysis);
        // Of forty options the first are told: the table of the options has all of them.
        let told = if all.len() > TOLD + 2 { TOLD + 1 } else { all.len() };
        let more = all.len() - told;
        for (place, (name, year)) in all.into_iter().take(told).enumerate() {
            let said = limit.said(place, scenario.voice()).unwrap_or_default();
            let template = if place == 0 { words.today } else { words.with_plan };
            let verdict = match limit.standing(place) {
                Some(Standing::Within) => words.within,
                Some(Standing::TooClose) => words.too_close,
                _ => words.over,
            };
            line = line.joined(say(template, &[("plan", Piece::Name(name)), ("chance", Cell::words(said).into())]));
            line = line.and(verdict);
            if place == 0 {
                // The same said as a loss: what a year of that chance costs today.
                let total = &year.total;
                let curve = ExceedanceCurve::new("", total.chance_of_loss, points(total, &[]));
                if let Some(reached) = curve.loss_at(limit.chance) {
                    line = line.joined(say(words.reached, &[("loss", amount(Some(reached), digits).into())]));
                }
            }
        }
        if more > 0 {
            line = line.and(super::texts::line(words.more, &[("count", &more)]));
        }
        lines.push(line.and("."));
    }
    lines
}

/// Options that a sentence about a limit tells, beside today.
const TOLD: usize = 8;

/// Which risks make the worst years of today.
fn makers(scenario: &Scenario, today: &OptionYear, digits: Digits) -> Option<Text> {
    let words = &texts(scenario).years;
    let whole: f64 = today.tail_parts.iter().sum();
    if scenario.risks().len() < 2 || whole <= 0.0 {
        return None;
    }
    let mut order: Vec<RiskId> = today.tail_parts.ids().collect();
    order.sort_by(|&a, &b| today.tail_parts[b].total_cmp(&today.tail_parts[a]).then(a.cmp(&b)));
    let mut line = say(words.worst, &[("loss", amount(Some(whole), digits).into())]);
    for (place, &risk) in order.iter().take(NAMED).enumerate() {
        let parts = [
            ("risk", Piece::Name(scenario.risks()[risk].name.clone())),
            ("share", Cell::Share(today.tail_parts[risk] / whole).into()),
        ];
        line = line.and(if place == 0 { "" } else { ", " }).joined(say(words.worst_part, &parts));
    }
    Some(line.and("."))
}

/// What striking together does to the bad year.
fn dependence(scenario: &Scenario, today: &OptionYear, digits: Digits) -> Option<Text> {
    let words = &texts(scenario).years;
    let alone = today.if_independent.as_ref()?.quantiles[BAD]?;
    let together = today.total.quantiles[BAD]?;
    let error = today.total.errors.as_ref().and_then(|errors| errors.quantiles[BAD]).unwrap_or(0.0);
    if (together - alone).abs() <= (2.0 * error).max(HARDLY * together) {
        return Some(Text::plain(words.hardly_together));
    }
    let loss = |amount_of: f64| amount(Some(amount_of), digits).into();
    Some(say(words.together, &[("alone", loss(alone)), ("together", loss(together))]))
}

/// How much of the spread better estimates would take away.
fn knowledge(scenario: &Scenario, today: &OptionYear) -> Option<Text> {
    let share = today.knowledge_share.filter(|share| *share > 0.0)?;
    Some(say(texts(scenario).years.knowledge, &[("share", Cell::Share(share).into())]))
}
