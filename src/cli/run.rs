//! Which run does a paper say that it came from?
//!
//! Every paper has it as data: JSON as `provenance`, the others as the same JSON where no reader sees it.

use serde_json::Value;

/// The most years that a paper may have run without being asked for on the command line.
const MOST_YEARS: u64 = 50_000_000;
/// The precisions that can be asked for.
const PRECISIONS: std::ops::RangeInclusive<f64> = 0.000_1..=0.5;

/// A run of rosi, as a paper names it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Run {
    /// The version of rosi.
    pub version: String,
    /// The hash of the scenario.
    pub scenario: String,
    /// The seed.
    pub seed: u64,
    /// `exact`, `simulated` or `expected`.
    pub method: String,
    /// The years that were simulated.
    pub years: Option<u64>,
    /// The years that were asked for.
    pub years_asked: Option<u64>,
    /// The precision that was asked for.
    pub precision_asked: Option<f64>,
    /// The plans that were asked for; none for all.
    pub plans_asked: Vec<String>,
    /// Whether the case was changed for the run: the figures are not those of a file.
    pub is_changed: bool,
}

/// Why a paper names no run that could be done again.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum NoRun {
    /// It names none.
    Missing,
    /// It names a number that no run has.
    Absurd(String),
}

impl Run {
    /// The run of what a paper says of it.
    pub(crate) fn of(provenance: &Value) -> Result<Self, NoRun> {
        let word = |key: &str| provenance[key].as_str().map(str::to_owned).ok_or(NoRun::Missing);
        let whole = |key: &str| match &provenance[key] {
            Value::Null => Ok(None),
            number => number.as_u64().map(Some).ok_or_else(|| absurd(key, number)),
        };
        let plans = provenance["plans_asked"].as_array().into_iter().flatten();
        let run = Self {
            version: word("version")?,
            scenario: word("scenario_sha256")?,
            seed: whole("seed")?.ok_or(NoRun::Missing)?,
            method: word("method")?,
            years: whole("years")?,
            years_asked: whole("years_asked")?,
            precision_asked: match &provenance["precision_asked"] {
                Value::Null => None,
                number => Some(number.as_f64().ok_or_else(|| absurd("precision", number))?),
            },
            plans_asked: plans.filter_map(|plan| plan.as_str().map(str::to_owned)).collect(),
            is_changed: !provenance["set"].is_null(),
        };
        run.sensible()
    }

    /// The same, unless to do it again would take for ever.
    fn sensible(self) -> Result<Self, NoRun> {
        if let Some(years) = [self.years, self.years_asked].into_iter().flatten().find(|years| *years > MOST_YEARS) {
            return Err(absurd("years", years));
        }
        match self.precision_asked.filter(|precision| !PRECISIONS.contains(precision)) {
            Some(precision) => Err(absurd("precision", precision)),
            None => Ok(self),
        }
    }
}

/// What is claimed, cut to what a line holds.
fn absurd(what: &str, claim: impl std::fmt::Display) -> NoRun {
    NoRun::Absurd(format!("{what}: {}", claim.to_string().chars().take(40).collect::<String>()))
}
