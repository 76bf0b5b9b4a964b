//! From a file to its report: what `rosi assess` and `rosi report` have in common.

use std::path::Path;

use clap::{Args, ValueEnum};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::budget::{Budget, Watched};
use super::changes::Changes;
use super::run::Run;
use super::{Failed, Terminal, examples, files};
use crate::engine::{MethodChoice, Settings};
use crate::front::{self, Error};
use crate::model::Scenario;
use crate::report::Context;
use crate::scenario::Source;

/// The most years that may be asked for, and the memory that they may take: of a year and an option so many bytes are
/// kept, as measured. Beyond it the machine would end the run.
const MOST_YEARS: u64 = 100_000_000;
const BYTES_OF_YEAR: u64 = 20;
const MOST_BYTES: u64 = 8 << 30;

/// How the figures are found.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct How {
    /// Only this plan (several times for several)
    #[arg(long, value_name = "ID")]
    plan: Vec<String>,
    /// How the distribution of a year is found
    #[arg(long, value_enum, default_value_t = MethodName::Auto)]
    method: MethodName,
    /// The seed of every draw, in place of the file's
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// Simulate so many years (otherwise years are added until the precision is reached)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(100..=MOST_YEARS))]
    years: Option<u64>,
    /// The standard error of today's bad year at which enough years are simulated [default: 1.5%]
    #[arg(long, value_name = "SHARE", value_parser = precision, conflicts_with = "years")]
    precision: Option<f64>,
    /// Also what would change the answer: each assumption low and high, where it tips, what knowing it is worth
    #[arg(long)]
    sensitivity: bool,
    #[command(flatten)]
    budget: Budget,
    /// What is changed for this run.
    #[arg(skip)]
    changes: Changes,
}

impl How {
    /// The same, and what is not asked for as the run of a paper was.
    pub(crate) fn as_in(&self, run: &Run) -> Self {
        let mut how = self.clone();
        how.seed = how.seed.or(Some(run.seed));
        if how.method == MethodName::Auto {
            how.method = match run.method.as_str() {
                "exact" => MethodName::Exact,
                "simulated" => MethodName::Simulate,
                "expected" => MethodName::Expected,
                _ => MethodName::Auto,
            };
        }
        // How many years there were says nothing of those that were asked for: they also decide how many paths over
        // the horizon there are, behind an exact year too.
        if how.years.is_none() && how.precision.is_none() {
            (how.years, how.precision) = (run.years_asked, run.precision_asked);
        }
        if how.plan.is_empty() {
            how.plan.clone_from(&run.plans_asked);
        }
        how
    }

    /// What is to be worked out of a case, or what stands against it and what helps.
    pub(crate) fn settings(&self, scenario: &Scenario, sensitivity: bool) -> Result<Settings, Error> {
        let plans = (!self.plan.is_empty()).then(|| front::plans(scenario, &self.plan)).transpose()?;
        let options = 1 + plans.as_ref().map_or(scenario.plans().len(), Vec::len) as u64;
        let fitting = MOST_BYTES / (BYTES_OF_YEAR * options);
        if let Some(years) = self.years.filter(|years| *years > fitting && self.method != MethodName::Expected) {
            let memory = (years * options * BYTES_OF_YEAR) >> 30;
            return Err(Error::asked(
                format!("{years} years of {options} options take about {memory} GiB of memory"),
                format!("ask for at most {fitting} years, or for fewer plans with --plan"),
            ));
        }
        Ok(Settings {
            plans,
            method: self.method.into(),
            seed: self.seed,
            years: self.years,
            precision: self.precision,
            sensitivity,
        })
    }

    /// Whether it is asked what would change the answer.
    pub(crate) fn asks_for_sensitivity(&self) -> bool {
        self.sensitivity
    }

    /// Watches the run from now on, of a case with so many plans where that is known.
    pub(crate) fn watch(&self, plans: Option<usize>) -> Watched {
        self.budget.watch(&self.less(plans))
    }

    /// What can be asked in place of this and takes less.
    fn less(&self, plans: Option<usize>) -> Vec<&'static str> {
        let plans = if self.plan.is_empty() { plans.unwrap_or(usize::MAX) } else { self.plan.len() };
        let mut less = Vec::new();
        if plans > 1 {
            less.push("fewer plans with --plan");
        }
        if self.method != MethodName::Expected {
            if self.years.is_some() {
                less.push("fewer --years");
            }
            if self.precision.is_some() {
                less.push("a wider --precision");
            }
            less.push("--method expected for averages alone");
        }
        if self.sensitivity {
            less.push("the same without --sensitivity");
        }
        less
    }

    /// The same for a case that is changed for this run.
    pub(crate) fn changed_by(&self, changes: &Changes) -> Self {
        Self { changes: changes.clone(), ..self.clone() }
    }

    /// The same, with or without what would change the answer.
    pub(crate) fn with_sensitivity(self, sensitivity: bool) -> Self {
        Self { sensitivity, ..self }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
enum MethodName {
    /// Exact where that takes milliseconds, else simulated
    #[default]
    Auto,
    /// Worked out by Fourier transforms, without simulation
    Exact,
    /// By simulated years
    Simulate,
    /// Expected figures only
    Expected,
}

impl From<MethodName> for MethodChoice {
    fn from(name: MethodName) -> Self {
        match name {
            MethodName::Auto => Self::Auto,
            MethodName::Exact => Self::Exact,
            MethodName::Simulate => Self::Simulate,
            MethodName::Expected => Self::Expected,
        }
    }
}

/// A file with its figures.
pub(crate) use crate::front::Assessed as Case;

impl Case {
    /// The same with what a paper needs besides: what would change the answer.
    pub(crate) fn for_paper(file: Option<&Path>, how: &How, terminal: &Terminal) -> Result<Self, Failed> {
        Self::worked_out(file, how, true, terminal)
    }

    /// The figures of a file, or of the built-in example without one.
    pub(crate) fn of(file: Option<&Path>, how: &How, terminal: &Terminal) -> Result<Self, Failed> {
        Self::worked_out(file, how, how.sensitivity, terminal)
    }

    fn worked_out(file: Option<&Path>, how: &How, sensitivity: bool, terminal: &Terminal) -> Result<Self, Failed> {
        let written = source(file, terminal)?;
        let case = match how.changes.of(&written, terminal)? {
            None => front::Case::from_source(written),
            Some((mut source, by)) => {
                source.name = Changes::name_of(&written);
                front::Case::read(source, Some((written, by)))
            }
        };
        let settings = |scenario: &Scenario| how.settings(scenario, sensitivity);
        let watch = |progress| terminal.progress(progress);
        // The report repeats the advice, so only faults are drawn here.
        let case = case.map_err(|error| {
            let failed = refused(&error, terminal);
            terminal.fault(error.message(), &[]);
            failed
        })?;
        let watched = how.watch(Some(case.scenario().plans().len()));
        let found = case.assessed(&settings, context(file), &watch);
        drop(watched);
        terminal.progress_ends();
        found.map_err(|error| refused(&error, terminal))
    }
}

/// Draws what stands against a case, or tells what was asked of it in vain.
fn refused(error: &Error, terminal: &Terminal) -> Failed {
    match error.found() {
        Some((faults, source)) => terminal.diagnostics(faults, &source.name, &source.text()),
        None => terminal.fault(error.message(), &error.help().iter().map(String::as_str).collect::<Vec<_>>()),
    }
    Failed
}

/// The text of a file, or of the built-in example without one.
pub(crate) fn source(file: Option<&Path>, terminal: &Terminal) -> Result<Source, Failed> {
    match file {
        Some(path) => files::source(path, terminal),
        None => {
            terminal.note("No file named: this is the built-in example, not your figures.");
            Ok(examples::built_in())
        }
    }
}

/// The same of a file that may be written over later.
#[cfg(feature = "web")]
pub(crate) fn source_to_change(file: Option<&Path>, terminal: &Terminal) -> Result<Source, Failed> {
    match file {
        Some(path) if path == Path::new("-") => {
            terminal.fault("a page needs a file that it can follow", &["name the file instead of `-`"]);
            Err(Failed)
        }
        Some(path) => files::unguarded(path, terminal),
        None => source(None, terminal),
    }
}

/// What a report cannot know from the scenario.
pub(crate) fn context(file: Option<&Path>) -> Context {
    let file = file.map(|path| path.display().to_string());
    Context { built_in: file.is_none(), file, before: None }
}

/// A share such as `1%`.
fn precision(text: &str) -> Result<f64, String> {
    // In decimals: 0.7 / 100 of floats is not the 0.007 that a paper says.
    let share = text.trim().strip_suffix('%').and_then(|number| number.trim().parse::<Decimal>().ok());
    let share = share.and_then(|percent| (percent / Decimal::ONE_HUNDRED).to_f64());
    match share {
        Some(share) if (0.000_1..=0.5).contains(&share) => Ok(share),
        _ => Err("write a share of the bad year from 0.01% to 50%, such as `1%`".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_takes_less_is_proposed() {
        let how = How::default();
        assert_eq!(how.less(Some(3)), ["fewer plans with --plan", "--method expected for averages alone"]);
        let expected = How { method: MethodName::Expected, sensitivity: true, years: Some(9_000), ..How::default() };
        assert_eq!(expected.less(Some(3)), ["fewer plans with --plan", "the same without --sensitivity"]);
        let one = How { plan: vec!["a".into()], method: MethodName::Expected, ..How::default() };
        assert!(one.less(Some(3)).is_empty());
        assert!(How { plan: Vec::new(), ..one }.less(Some(1)).is_empty());
    }
}
