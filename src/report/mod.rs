//! Figures to one [`Report`]: sentences, tables, chart data and the figures for other programs.
//!
//! Every number that any output shows is made here once and carried as a [`Cell`] or a
//! figure of a [`Document`], unrounded; `render` decides how it is written.

mod changed;
pub mod chart;

mod adding;
mod advice;
mod assessment;
mod budget;
mod cell;
mod comparison;
mod explain;
mod few;
pub mod gate;
mod group;
pub mod insurance;
pub mod live;
mod money;
mod obligations;
mod optimisation;
mod paper;
pub mod pictures;
mod prompt;
mod provenance;
mod response;
mod risks;
mod sections;
mod sensitivity;
mod sentences;
mod shown;
mod stated;
mod tasks;
pub(crate) mod texts;
pub mod workbook;
mod worth;
mod year;

use crate::diagnostic::{Code, Diagnostic};
use crate::engine::money::equivalent_annual::has_even_cost;
use crate::engine::{Analysis, Check, OptionId};
use crate::figures::{Assessment, Document};
use crate::model::Scenario;
use crate::units::{Currency, Unit, Voice};
use pictures::View;
use shown::Shown;

pub use assessment::{assessment, warning};
pub use cell::{Cell, Digits, Piece, Section, Table, Text};
pub use changed::Before;
pub use comparison::comparison;
pub use group::group;
pub use optimisation::optimisation;
pub use paper::{Front, Paper, Part, board_paper, paper};
pub use prompt::prompt;
pub use provenance::{PROVENANCE, chosen, provenance_of};

/// Everything that an output can show of one scenario.
#[derive(Debug, Clone)]
pub struct Report {
    /// The title of the case.
    pub title: String,
    /// The currency of every amount.
    pub currency: Currency,
    /// How numbers are written.
    pub voice: Voice,
    /// The answer, in a few sentences.
    pub answer: Vec<Text>,
    /// How far the figures can be trusted: examples, defaults, what is not counted.
    pub caution: Vec<Text>,
    /// Tables and lists, in reading order.
    pub sections: Vec<Section>,
    /// The data of the charts.
    pub charts: Vec<chart::Chart>,
    /// What to do next.
    pub next: Vec<Text>,
    /// The figures for other programs.
    pub document: Document,
    /// The answer once more in one line, for the end of a text that has run through; nothing where it answers none.
    pub verdict: Option<Text>,
    /// Which run this is: version, hash, seed.
    pub run: String,
    /// The same in ever fewer lines, for a screen that holds no more.
    pub shorter: Vec<Said>,
}

/// What a text says of a case.
#[derive(Debug, Clone, Default)]
pub struct Said {
    /// The title of the case.
    pub title: String,
    /// The answer, in a few sentences.
    pub answer: Vec<Text>,
    /// Tables and lists, in reading order.
    pub sections: Vec<Section>,
    /// The answer once more in one line.
    pub verdict: Option<Text>,
}

impl Report {
    /// Currency, and how amounts of it are written.
    pub fn unit(&self) -> Unit {
        Unit { currency: self.currency.code(), voice: self.voice }
    }
}

/// Who asks: what a report cannot know from the scenario.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The name of the file, for the commands of "what to do next".
    pub file: Option<String>,
    /// The scenario is the built-in example.
    pub built_in: bool,
    /// The file as it is written, where the case was changed for this run.
    pub before: Option<Box<Before>>,
}

/// Builds the report of an analysis.
pub fn build(scenario: &Scenario, analysis: &Analysis, warnings: &[Diagnostic], context: &Context) -> Report {
    build_of(View::new(scenario, analysis), warnings, context)
}

/// The same with the pictures of this view. Those of a paper tell what its tables show; else they go by these here.
fn build_of(mut view: View<'_>, warnings: &[Diagnostic], context: &Context) -> Report {
    let (scenario, analysis) = (view.scenario, view.analysis);
    let warnings = advised(scenario, analysis, warnings);
    let figures = assessment(scenario, analysis, &warnings);
    let head = bare(scenario, analysis, Document::Assessment(Box::new(figures)));
    let mut caution: Vec<Text> = changed::caution(scenario).into_iter().collect();
    caution.extend(sentences::caution(scenario, analysis, &warnings));
    let mut sections: Vec<Section> =
        context.before.iter().map(|before| changed::section(scenario, analysis, before, usize::MAX)).collect();
    sections.extend(sections::sections(scenario, analysis, &warnings));
    if !view.is_paper {
        view.shown = Shown::of(sections.iter().filter_map(|section| section.table.as_ref()));
    }
    let charts = pictures::charts(&view).into_iter().map(|chart| chart.of_run(&head.run));
    let mut answer = answer(scenario, analysis);
    let options = paper::options(scenario, analysis, 0);
    answer.iter_mut().for_each(|text| text.wholly_beside(options.table.as_ref()));
    let mut verdict = prompt::verdict(scenario, analysis);
    verdict.wholly_beside(options.table.as_ref());
    Report {
        answer,
        caution,
        sections,
        charts: charts.collect(),
        next: sentences::next(scenario, analysis, context),
        verdict: Some(verdict),
        ..head
    }
}

/// A document with the case and the run that it is of, and nothing said about it.
fn bare(scenario: &Scenario, analysis: &Analysis, document: Document) -> Report {
    Report {
        title: scenario.title().to_owned(),
        currency: scenario.currency(),
        voice: scenario.voice(),
        answer: Vec::new(),
        caution: Vec::new(),
        sections: Vec::new(),
        charts: Vec::new(),
        next: Vec::new(),
        document,
        verdict: None,
        run: run(scenario, analysis),
        shorter: Vec::new(),
    }
}

/// The figures for other programs, with the advice that only they give.
pub fn assessed(scenario: &Scenario, analysis: &Analysis, warnings: &[Diagnostic]) -> Assessment {
    assessment(scenario, analysis, &advised(scenario, analysis, warnings))
}

/// Warnings with the advice that only the figures give.
fn advised(scenario: &Scenario, analysis: &Analysis, warnings: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut warnings = warnings.to_vec();
    warnings.extend(misleading(scenario, analysis));
    warnings.extend(several_rates(scenario, analysis));
    warnings.extend(no_lifetime(scenario, analysis));
    warnings.extend(contradicted(scenario, analysis));
    warnings
}

/// The answer, what is asked instead, and from where on it holds.
pub(crate) fn answer(scenario: &Scenario, analysis: &Analysis) -> Vec<Text> {
    let mut sentences = sentences::answer(scenario, analysis);
    sentences.extend(sentences::asked_other(scenario, analysis));
    sentences.extend(sentences::break_even(scenario, analysis, analysis.recommended));
    sentences
}

/// Explains figures: where each of them comes from.
///
/// `line` tells the line of a byte of the file.
///
/// # Errors
/// The first key that names no figure, with keys that are like it.
pub fn explanation(
    scenario: &Scenario,
    analysis: &Analysis,
    warnings: &[Diagnostic],
    keys: &[String],
    line: &dyn Fn(usize) -> usize,
) -> Result<Report, (String, Vec<String>)> {
    let figures = assessed(scenario, analysis, warnings);
    let setting = explain::Setting { scenario, analysis, figures: &figures, line };
    let mut sections = Vec::new();
    for key in keys {
        sections.extend(explain::explain(&setting, key).map_err(|like| (key.clone(), like))?);
    }
    Ok(Report { sections, ..bare(scenario, analysis, Document::Assessment(Box::new(figures))) })
}

/// Which run this is, in one line; with what was asked for besides, so that it can be done again.
fn run(scenario: &Scenario, analysis: &Analysis) -> String {
    let words = &texts::texts(scenario).run;
    let hash = &scenario.sha256()[..12.min(scenario.sha256().len())];
    let asked = &analysis.asked;
    let mut line = run_line(words, words.scenario, hash, analysis.seed, words.method(analysis.method()));
    if let Some(years) = analysis.year.as_ref().and_then(|year| year.years) {
        let years = scenario.voice().set(&chart::grouped(years as f64, 0));
        line.push_str(&format!(" ({years} {})", words.years));
    }
    if let Some(changes) = scenario.changes() {
        let hash = &changes.of_file[..12.min(changes.of_file.len())];
        let by = changes.by.iter().map(|change| format!(" · --set \"{change}\"")).collect::<String>();
        line.push_str(&format!("{by} · {} {hash}", words.in_file));
    }
    if asked.plans.is_some() {
        let ids: Vec<&str> = analysis.plans.iter().map(|plan| scenario.plans()[plan.plan].id.as_str()).collect();
        line.push_str(&format!(" · --plan {}", ids.join(",")));
    }
    if let Some(years) = asked.years {
        line.push_str(&format!(" · --years {years}"));
    }
    if let Some(precision) = asked.precision {
        // A share of a percent that people type; the run as data has all digits.
        let percent = format!("{:.6}", precision * 100.0);
        let percent = percent.trim_end_matches('0').trim_end_matches('.');
        line.push_str(&format!(" · --precision {percent}%"));
    }
    line
}

/// Version, hash, seed and method of a run.
fn run_line(words: &texts::Run, what: &str, hash: &str, seed: u64, method: &str) -> String {
    format!("rosi {} · {what} {hash} · {} {seed} · {method}", env!("CARGO_PKG_VERSION"), words.seed)
}

/// Advice that only the figures give: where the ratio ranks otherwise than the value.
fn misleading(scenario: &Scenario, analysis: &Analysis) -> Option<Diagnostic> {
    let best = analysis.recommended?;
    let leader = ratio_leader(analysis)?;
    // An option that saves money has no ratio, and one below zero leads nothing.
    let leads = |index: OptionId| analysis.plans[index].investment.rosi.is_some_and(|ratio| ratio.is_positive());
    if leader == best || !leads(leader) {
        return None;
    }
    let name = |index: OptionId| &scenario.plans()[analysis.plans[index].plan].name;
    Some(
        Diagnostic::new(
            Code::Figure,
            format!(
                "the return per unit spent (ROSI) ranks \"{}\" first, the net present value \"{}\": a ratio favours small projects; the value shows the total gain",
                name(leader),
                name(best)
            ),
        )
        .german(format!(
            "nach der Rendite (ROSI) liegt \"{}\" vorn, nach dem Kapitalwert \"{}\": Ein Verhältnis bevorzugt kleine Vorhaben; der Kapitalwert zeigt den gesamten Gewinn",
            name(leader),
            name(best)
        ))
        .help("of options that exclude each other take the one of the highest value; a ratio ranks options only where money is short and all can be combined")
        .path(format!("plan.{}.rosi", scenario.plans()[analysis.plans[leader].plan].id)),
    )
}

/// A warning where this run's own check found that two ways of working out the year do not agree.
fn contradicted(scenario: &Scenario, analysis: &Analysis) -> Option<Diagnostic> {
    let year = analysis.year.as_ref()?;
    let found = year.checks.iter().find(|check| !check.agrees())?;
    let (what, german) = match found {
        Check::Mean { gap, .. } => (
            format!("the mean of the distribution of a year is {:.2}% off the average loss", 100.0 * gap),
            format!(
                "das Mittel der Verteilung eines Jahres weicht um {:.2} % vom durchschnittlichen Schaden ab",
                100.0 * gap
            ),
        ),
        Check::Grid { gap, .. } => (
            format!(
                "mean or standard deviation of the distribution of a year are {:.2}% off those that are known without it",
                100.0 * gap
            ),
            format!(
                "Mittel oder Standardabweichung der Verteilung eines Jahres weichen um {:.2} % von den Werten ab, die ohne sie bekannt sind",
                100.0 * gap
            ),
        ),
        Check::Trial { years, errors, .. } => (
            format!(
                "the distribution of a year is {errors:.1} standard errors away from that of {years} simulated years"
            ),
            format!(
                "die Verteilung eines Jahres liegt {errors:.1} Standardfehler neben der von {years} simulierten Jahren"
            ),
        ),
    };
    let german = scenario.voice().set(&german);
    Some(
        Diagnostic::new(
            Code::Figure,
            format!("two ways of working out good and bad years do not agree: {what}. Do not use their figures"),
        )
        .german(format!(
            "zwei Rechenwege für gute und schlechte Jahre stimmen nicht überein: {german}. Verwenden Sie deren Zahlen nicht"
        ))
        .help("run again with `--method simulate`, and report the file: one of the two methods is wrong")
        .path("today.quantiles".to_owned()),
    )
}

/// Advice where flows change their sign more than once: a rate of return then says little.
fn several_rates(scenario: &Scenario, analysis: &Analysis) -> Vec<Diagnostic> {
    let several = analysis.plans.iter().filter(|plan| plan.investment.sign_changes > 1);
    several
        .map(|plan| {
            let item = &scenario.plans()[plan.plan];
            let (rate, german) = match plan.investment.internal_rate_of_return() {
                Some(_) => (
                    "its internal rate of return is the only one, and may still mislead",
                    "der interne Zinsfuß ist der einzige und kann doch irreführen",
                ),
                None if plan.investment.internal_rates_of_return.is_empty() => {
                    ("the value is zero at no rate above −100%", "der Wert ist bei keinem Zins über −100 % null")
                }
                None => ("it has no single internal rate of return", "es gibt keinen einzelnen internen Zinsfuß"),
            };
            let changes = plan.investment.sign_changes;
            Diagnostic::new(
                Code::Figure,
                format!("the yearly flows of \"{}\" change their sign {changes} times: {rate}", item.name),
            )
            .german(format!(
                "die Jahreszahlungen von \"{}\" wechseln {changes}-mal das Vorzeichen: {german}",
                item.name
            ))
            .help("judge it by its net present value")
            .path(format!("plan.{}.internal_rate_of_return", item.id))
        })
        .collect()
}

/// Advice where an option has no even yearly cost, although the file says of other things how long they last.
fn no_lifetime(scenario: &Scenario, analysis: &Analysis) -> Option<Diagnostic> {
    if scenario.controls().iter().all(|control| control.lifetime.is_none()) {
        return None;
    }
    let without = analysis.plans.iter().filter(|plan| plan.investment.equivalent_annual_cost.is_none());
    let (plan, control) = without
        .flat_map(|plan| plan.controls.iter().map(move |costs| (plan, &scenario.controls()[costs.control])))
        .find(|(_, control)| !has_even_cost(scenario, control))?;
    let item = &scenario.plans()[plan.plan];
    Some(
        Diagnostic::new(
            Code::Figure,
            format!("\"{}\" has no equivalent annual cost: \"{}\" names no `lifetime`", item.name, control.name),
        )
        .german(format!(
            "\"{}\" hat keine Annuität der Kosten: Für \"{}\" ist keine Nutzungsdauer genannt",
            item.name, control.name
        ))
        .help(format!(
            "say how long \"{}\" lasts: write for example `lifetime = \"5 years\"` in [[control]] \"{}\"",
            control.name, control.id
        ))
        .path(format!("plan.{}.equivalent_annual_cost", item.id)),
    )
}

/// The plan of the highest return per unit spent.
pub(crate) fn ratio_leader(analysis: &Analysis) -> Option<OptionId> {
    (analysis.plans.ids()).filter(|&index| analysis.plans[index].investment.rosi.is_some()).max_by(|&a, &b| {
        let ratio = |index: OptionId| analysis.plans[index].investment.rosi.map_or(f64::NEG_INFINITY, |r| r.to_f64());
        ratio(a).total_cmp(&ratio(b)).then(b.cmp(&a))
    })
}
