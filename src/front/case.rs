//! A case: read from a text, changed in code, assessed.

use std::borrow::Cow;

use crate::diagnostic::Diagnostic;
use crate::engine::{self, Analysis, MethodChoice, Settings, Watch};
use crate::figures::{Assessment, Warning};
use crate::model::{Changes, PlanId, Scenario};
use crate::report::{self, Before, Context, Paper, Report};
use crate::scenario::edit::{self, Change};
use crate::scenario::{Parsed, Source, parse};

use super::{BoardPaper, Error, no_figures};

/// How figures are worked out.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Options {
    /// How the distribution of a year is found.
    pub method: MethodChoice,
    /// Only these plans, by their ids; none means all.
    pub plans: Vec<String>,
    /// The seed of every draw, in place of the file's.
    pub seed: Option<u64>,
    /// Simulate so many years.
    pub years: Option<u64>,
    /// The standard error of today's bad year at which enough years are simulated: 0.015 is 1.5 %.
    pub precision: Option<f64>,
    /// Also what would change the answer.
    pub sensitivity: bool,
}

impl Options {
    /// The settings of the engine for a scenario.
    fn settings(&self, scenario: &Scenario) -> Result<Settings, Error> {
        let plans = (!self.plans.is_empty()).then(|| plans(scenario, &self.plans)).transpose()?;
        let (method, seed, years, precision) = (self.method, self.seed, self.years, self.precision);
        Ok(Settings { plans, method, seed, years, precision, sensitivity: self.sensitivity })
    }
}

/// The places of plans by their ids.
pub(crate) fn plans(scenario: &Scenario, ids: &[String]) -> Result<Vec<PlanId>, Error> {
    let place = |id: &String| {
        scenario.plans().position(|plan| plan.id == *id).ok_or_else(|| {
            let known: Vec<&str> = scenario.plans().iter().map(|plan| plan.id.as_str()).collect();
            let help = match known.is_empty() {
                true => "the file has no plan".to_owned(),
                false => format!("plans: {}", known.join(", ")),
            };
            Error::asked(format!("there is no plan \"{id}\""), help)
        })
    };
    ids.iter().map(place).collect()
}

/// A case that was read: valid, with advice about it.
///
/// ```
/// # fn main() -> Result<(), rosi::Error> {
/// # let text = include_str!("../../scenarios/small-office/scenario.toml");
/// let mut case = rosi::Case::from_text("case.toml", text)?;
/// let control = case.assess(&Default::default())?.plans[0].controls[0].id.clone();
/// case.set(&format!("control.{control}.cost.yearly"), "12k")?;
/// let assessment = case.assess(&Default::default())?;
/// println!("an average year: {} {}", assessment.currency, assessment.today.year.expected_annual_loss);
/// println!("worth more than it costs: {}", assessment.plans[0].investment.net_present_value);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Case {
    source: Source,
    scenario: Scenario,
    warnings: Vec<Diagnostic>,
    /// The text as it was read, and what was changed since, where anything was.
    written: Option<(Source, Vec<String>)>,
}

impl Case {
    /// Reads a case from its text; the ending of the name tells TOML, YAML and JSON apart.
    ///
    /// # Errors
    /// Every fault of the text at once.
    pub fn from_text(name: impl Into<String>, text: impl Into<String>) -> Result<Self, Error> {
        Self::from_source(Source::new(name, text.into()))
    }

    /// Reads a case from bytes with the sample files that it names.
    ///
    /// # Errors
    /// Every fault of the text at once.
    pub fn from_source(source: Source) -> Result<Self, Error> {
        Self::read(source, None)
    }

    /// A text that was changed from another one, with each change as it is told.
    pub(crate) fn read(source: Source, written: Option<(Source, Vec<String>)>) -> Result<Self, Error> {
        match parse(&source) {
            Ok(Parsed { mut scenario, warnings }) => {
                if let Some((file, by)) = &written {
                    scenario = scenario.as_changed(Changes { by: by.clone(), of_file: file.sha256() });
                }
                Ok(Self { source, scenario, warnings, written })
            }
            Err(faults) => Err(Error::of(no_figures(&faults, &source.name), faults, &source)),
        }
    }

    /// Changes one value, as it is typed: `case.set("risk.phishing.frequency", "1 in 8 years")`, a range as
    /// `"80k to 120k"`. Comments and order of the text are kept.
    ///
    /// # Errors
    /// A key that leads to nothing, and what cannot be written there; the case is then as it was.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), Error> {
        let change = Change::typed(&format!("{key}={value}")).ok_or_else(|| {
            Error::asked(format!("\"{key}\" and \"{value}\" are no key and value"), "leave neither empty")
        })?;
        *self = self.changed(&change)?;
        Ok(())
    }

    #[doc(hidden)]
    /// The same case with one thing changed.
    ///
    /// # Errors
    /// A key that leads to nothing, and what cannot be written there.
    pub fn changed(&self, change: &Change) -> Result<Self, Error> {
        let mut source = edit::changed(&self.source, change)
            .map_err(|fault| Error::of(format!("{}: {}", change.key, fault.message), vec![fault], &self.source))?;
        let (file, mut by) = self.written.clone().unwrap_or_else(|| (self.source.clone(), Vec::new()));
        source.name = format!("{} as changed by set", file.name);
        by.push(change.to_string());
        Self::read(source, Some((file, by)))
    }

    /// The text as it stands now, to be written back.
    pub fn text(&self) -> Cow<'_, str> {
        self.source.text()
    }

    /// The text with its name and its samples.
    pub fn source(&self) -> &Source {
        &self.source
    }

    #[doc(hidden)]
    /// What was read.
    pub fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// Each change since the text was read, as it is told.
    pub fn changes(&self) -> &[String] {
        self.written.as_ref().map_or(&[], |(_, by)| by)
    }

    /// The text as it was read, before any change.
    pub fn file(&self) -> &Source {
        self.written.as_ref().map_or(&self.source, |(file, _)| file)
    }

    /// What is doubtful about the text.
    pub fn warnings(&self) -> Vec<Warning> {
        self.warnings.iter().map(report::warning).collect()
    }

    #[doc(hidden)]
    /// What is doubtful about the text, with its places.
    pub fn advice(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// The figures of the case.
    ///
    /// # Errors
    /// A plan that there is not, and figures that no number can hold.
    pub fn assess(&self, options: &Options) -> Result<Assessment, Error> {
        let analysis = self.analysed(&options.settings(&self.scenario)?, &|_| ())?;
        Ok(report::assessed(&self.scenario, &analysis, &self.warnings))
    }

    /// The board paper of the case, with what would change the answer and the better sets that a search finds.
    ///
    /// # Errors
    /// A plan that there is not, and figures that no number can hold.
    pub fn board_paper(&self, options: &Options) -> Result<BoardPaper, Error> {
        let options = Options { sensitivity: true, ..options.clone() };
        let settings = |scenario: &Scenario| options.settings(scenario);
        let context = Context { built_in: false, file: Some(self.file().name.clone()), before: None };
        Ok(BoardPaper(self.clone().assessed(&settings, context, &|_| ())?.paper()))
    }

    /// The case with its figures, and those of the text before it was changed.
    pub(crate) fn assessed(
        self,
        settings: &dyn Fn(&Scenario) -> Result<Settings, Error>,
        mut context: Context,
        watch: Watch<'_>,
    ) -> Result<Assessed, Error> {
        if let Some((file, _)) = &self.written {
            let before = Self::from_source(file.clone())?;
            // What is shown beside it are its figures, not what would change them.
            let settings = Settings { sensitivity: false, ..settings(&before.scenario)? };
            let analysis = before.analysed(&settings, watch)?;
            context.before = Some(Box::new(Before { scenario: before.scenario, analysis }));
        }
        let analysis = self.analysed(&settings(&self.scenario)?, watch)?;
        let Self { source, scenario, warnings, .. } = self;
        Ok(Assessed { source, scenario, warnings, analysis, context })
    }

    #[doc(hidden)]
    /// The figures as the engine gives them.
    ///
    /// # Errors
    /// Figures that no number can hold.
    pub fn analysed(&self, settings: &Settings, watch: Watch<'_>) -> Result<Analysis, Error> {
        engine::analyse_watched(&self.scenario, settings, watch)
            .map_err(|faults| Error::of("the figures cannot be worked out", faults, &self.source))
    }
}

/// A case with its figures.
pub(crate) struct Assessed {
    /// The text.
    pub source: Source,
    #[doc(hidden)]
    /// What was read.
    pub scenario: Scenario,
    /// Advice about it.
    pub warnings: Vec<Diagnostic>,
    /// Its figures.
    pub analysis: Analysis,
    /// Who asks.
    pub context: Context,
}

impl Assessed {
    /// Its report.
    pub(crate) fn report(&self) -> Report {
        report::build(&self.scenario, &self.analysis, &self.warnings, &self.context)
    }

    /// The part of its report that fits on one screen.
    pub(crate) fn on_one_screen(&self) -> Report {
        report::prompt(&self.scenario, &self.analysis, &self.warnings, &self.context)
    }

    /// Its board paper.
    pub(crate) fn paper(&self) -> Paper {
        report::board_paper(&self.scenario, &self.analysis, &self.warnings, &self.context)
    }
}
