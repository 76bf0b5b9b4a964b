//! What did the changes between two versions of a case do to its figures?
//!
//! The case is worked out at every stage between the two, with the same seed and the same number of
//! simulated years, so that all stages meet the same random events. A cause's effect is the difference
//! of two stages; the effects add up to the whole change, in the order in which they were made. A
//! difference inside the noise of simulated figures is told as none. See `docs/model/compare.md`.

use super::year::BAD;
use super::{Analysis, Settings, Watch, analyse_watched};
use crate::diagnostic::Diagnostic;
use crate::model::Scenario;
use crate::units::Figure;

/// A figure at every stage.
#[derive(Debug, Clone, PartialEq)]
pub struct Course {
    /// Its key.
    pub key: String,
    /// Its value at every stage; nothing where there is no such figure.
    pub values: Vec<Option<Figure>>,
    /// How far the first and the last may be off.
    pub error: f64,
}

impl Course {
    /// In the old case.
    pub fn before(&self) -> Option<Figure> {
        self.values.first().copied().flatten()
    }

    /// In the new case.
    pub fn after(&self) -> Option<Figure> {
        self.values.last().copied().flatten()
    }

    /// The whole change, where both cases have the figure.
    pub fn change(&self) -> Option<Figure> {
        Some(self.after()? - self.before()?)
    }

    /// What a stage (from 1) changed, where both cases have the figure.
    pub fn effect(&self, stage: usize) -> Option<Figure> {
        self.change()?;
        Some(self.values[stage]? - self.values[stage - 1]?)
    }

    /// Whether the whole change is no more than chance makes.
    pub fn is_noise(&self) -> bool {
        self.change().is_some_and(|change| !change.is_zero() && change.to_f64().abs() <= 2.0 * self.error)
    }
}

/// The figures of all stages.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The headline figures.
    pub courses: Vec<Course>,
    /// The old case.
    pub before: Analysis,
    /// The new case.
    pub after: Analysis,
}

/// Works out every stage.
///
/// # Errors
/// When a figure of a stage outgrows what can be computed with.
pub fn compare(stages: &[Scenario], settings: &Settings, watch: Watch<'_>) -> Result<Comparison, Vec<Diagnostic>> {
    let (Some(first), Some(last)) = (stages.first(), stages.last()) else { return Err(Vec::new()) };
    let mut after = analyse_watched(last, settings, watch)?;
    let mut before = analyse_watched(first, settings, watch)?;
    // One seed, one method and one number of years for all.
    let mut alike = settings.clone();
    alike.seed = Some(settings.seed.unwrap_or(last.assumptions().seed));
    let years = |analysis: &Analysis| analysis.year.as_ref().and_then(|year| year.years);
    if let Some(years) = years(&before).max(years(&after)) {
        alike.years = Some(years);
        alike.method = super::MethodChoice::Simulate;
        after = analyse_watched(last, &alike, watch)?;
        before = analyse_watched(first, &alike, watch)?;
    } else if alike.seed != Some(first.assumptions().seed) {
        before = analyse_watched(first, &alike, watch)?;
    }
    let mut found = vec![figures(first, &before)];
    for stage in &stages[1..stages.len() - 1] {
        found.push(figures(stage, &analyse_watched(stage, &alike, watch)?));
    }
    found.push(figures(last, &after));
    let mut keys: Vec<String> = Vec::new();
    for (key, ..) in found.last().into_iter().chain(found.first()).flatten() {
        if !keys.contains(key) {
            keys.push(key.clone());
        }
    }
    let courses = keys.into_iter().map(|key| {
        let of = |stage: &Vec<(String, Option<Figure>, f64)>| stage.iter().find(|(other, ..)| *other == key).cloned();
        let ends = [found.first(), found.last()];
        let errors = ends.into_iter().flatten().filter_map(of).map(|(.., error)| error);
        let values = found.iter().map(|stage| of(stage).and_then(|(_, value, _)| value)).collect();
        Course { error: errors.fold(0.0, f64::max), values, key: key.clone() }
    });
    Ok(Comparison { courses: courses.collect(), before, after })
}

/// The headline figures: key, value and standard error.
fn figures(scenario: &Scenario, analysis: &Analysis) -> Vec<(String, Option<Figure>, f64)> {
    let year = analysis.year.as_ref();
    let bad = |place: usize| -> (Option<Figure>, f64) {
        let Some(year) = year else { return (None, 0.0) };
        let option = year.option(place);
        let value = option.total.quantiles[BAD].filter(|loss| loss.is_finite());
        let simulated = option.total.errors.as_ref().and_then(|errors| errors.quantiles[BAD]);
        let averaged = year.averaging_error.zip(value).map(|(error, value)| error * value);
        (value.map(Figure::approximate), simulated.or(averaged).unwrap_or(0.0))
    };
    let (loss, error) = bad(0);
    let mut found = vec![
        ("today.expected_annual_loss".to_owned(), Some(analysis.loss_today), 0.0),
        ("today.quantiles.0.95".to_owned(), loss, error),
    ];
    for (index, plan) in analysis.plans.entries() {
        let key = |what: &str| format!("plan.{}.{what}", scenario.plans()[plan.plan].id);
        let (loss, error) = bad(index.row());
        let money = &plan.investment;
        found.extend([
            (key("net_present_value"), Some(money.net_present_value), money.value_error),
            (key("present_value_of_cost"), Some(money.present_cost), 0.0),
            (key("expected_annual_loss"), Some(plan.loss), 0.0),
            (key("quantiles.0.95"), loss, error),
        ]);
    }
    found
}
