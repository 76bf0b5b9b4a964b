//! A case that answers while it is changed.
//!
//! What is asked is a file and changes to it; what answers is the file with those changes written in, read and worked
//! out as any other. So a figure of the page is the figure that `rosi assess` gives for the changed file, for there is
//! no second way to it. It comes in stages, the quickest first: averages and value, then years, then what would change
//! the answer.

mod answer;
mod change;
mod difference;
mod pool;

use crate::diagnostic::{Diagnostic, Span};
use crate::engine::{self, Analysis, MethodChoice, Settings, Stop, Unfinished};
use crate::model::Scenario;
use crate::report::live::Told;
use crate::report::{self, Context, Paper, Report};
use crate::scenario::edit::{Change, changed_all};
use crate::scenario::{self, Source};

pub use answer::{case, explained, faults};
pub use change::{changes_of, read_changes};
pub use difference::{Line, difference};
pub use pool::{Estimate, pooled, read_range};

/// How much is worked out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Averages and value.
    Averages,
    /// The distribution of a year, and paths over the horizon.
    Year,
    /// What would change the answer.
    Sensitivity,
}

impl Stage {
    /// By its name.
    pub fn of_name(name: &str) -> Option<Self> {
        match name {
            "averages" => Some(Self::Averages),
            "year" => Some(Self::Year),
            "sensitivity" => Some(Self::Sensitivity),
            _ => None,
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Averages => "averages",
            Self::Year => "year",
            Self::Sensitivity => "sensitivity",
        }
    }

    /// What the engine is asked: of a year, what `rosi assess` asks.
    fn settings(self) -> Settings {
        match self {
            Self::Averages => Settings { method: MethodChoice::Expected, ..Settings::default() },
            Self::Year => Settings::default(),
            Self::Sensitivity => Settings { method: MethodChoice::Expected, sensitivity: true, ..Settings::default() },
        }
    }
}

/// Why there is no answer: what is wrong with a change, or with the file once it is made.
#[derive(Debug, Clone)]
pub struct Refused {
    /// The faults.
    pub faults: Vec<Diagnostic>,
    /// The change at fault, where it is one alone.
    pub change: Option<usize>,
    /// The text in which the faults have their places.
    pub source: Source,
}

/// A changed case with its figures.
#[derive(Debug)]
pub struct Live {
    /// The file with the changes in it.
    pub source: Source,
    /// What was read.
    pub scenario: Scenario,
    /// Advice about it.
    pub warnings: Vec<Diagnostic>,
    /// Its figures.
    pub analysis: Analysis,
    /// How much was worked out.
    pub stage: Stage,
    /// What was changed.
    pub told: Vec<Told>,
    context: Context,
}

/// The file with the changes written in.
///
/// # Errors
/// What keeps it from being read.
pub fn written(source: &Source, changes: &[Change]) -> Result<Source, Refused> {
    changed_all(source, changes).map_err(|(index, mut fault)| {
        // It is a fault of what was asked for, not of a line of the file.
        fault.span = Option::<Span>::None;
        Refused { faults: vec![fault], change: Some(index), source: source.clone() }
    })
}

impl Live {
    /// Works a changed case out, until somebody asks to stop.
    ///
    /// # Errors
    /// What is wrong with a change or with the case; nothing is, where it was stopped.
    pub fn worked_out(
        source: &Source,
        changes: &[Change],
        stage: Stage,
        context: Context,
        stop: &Stop,
    ) -> Result<Self, Refused> {
        let changed = written(source, changes)?;
        let refused = |faults| Refused { faults, change: None, source: changed.clone() };
        let parsed = scenario::parse(&changed).map_err(refused)?;
        let refused = |faults| Refused { faults, change: None, source: changed.clone() };
        let analysis = engine::analyse_until(&parsed.scenario, &stage.settings(), &|_| (), stop);
        let analysis = analysis.map_err(|unfinished| match unfinished {
            Unfinished::Faults(faults) => refused(faults),
            Unfinished::Stopped => refused(Vec::new()),
        })?;
        let told = change::told(source, &changed, &parsed.scenario, changes);
        let scenario::Parsed { scenario, warnings } = parsed;
        Ok(Self { source: changed, scenario, warnings, analysis, stage, told, context })
    }

    /// Its report.
    pub fn report(&self) -> Report {
        report::build(&self.scenario, &self.analysis, &self.warnings, &self.context)
    }

    /// Its board paper, with what was changed on the first page.
    ///
    /// # Errors
    /// What is wrong with the case.
    pub fn paper(&self) -> Result<Paper, Refused> {
        let settings = Settings { sensitivity: true, ..Settings::default() };
        let analysis = engine::analyse(&self.scenario, &settings).map_err(|faults| Refused {
            faults,
            change: None,
            source: self.source.clone(),
        })?;
        let paper = report::board_paper(&self.scenario, &analysis, &self.warnings, &self.context);
        Ok(report::live::with_changes(paper, &self.told))
    }
}
