//! Which method finds the distribution of a year, and does it agree with what is known exactly?
//!
//! Exact where that takes a fraction of a second; otherwise, and where an insurer pays, simulated
//! years. Whether a plan pays back over the horizon is simulated whatever the method of the year.
//! See `docs/model/simulation.md`.

use super::loss::{LossModel, RiskMeans};
use super::simulate::{self, Paths, Watch, Years};
use super::values::Values;
use super::world::Knowledge;
use super::year::{Check, Method, Note, OptionYear, Year, YearLoss};
use super::{Settings, exact};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ByRisk, PlanId, RiskId};
use crate::units::{Arithmetic, Figure};

/// Who chooses how the distribution of a year is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MethodChoice {
    /// The program: exact where that is quick and possible, else simulated.
    #[default]
    Auto,
    /// Exact, or a fault that says why not.
    Exact,
    /// By simulated years.
    Simulate,
    /// Not at all: expected figures only.
    Expected,
}

/// The relative standard error that today's bad year is simulated to where nothing is said.
pub const PRECISION: f64 = 0.015;
/// The most years that are added for a precision.
pub const MOST_YEARS: u64 = 1_000_000;
/// Years of the paths over the horizon where no number of years was asked for.
const PATH_YEARS: u64 = 1 << 15;
/// Simulated years that an exact answer is tried against.
const TRIAL_YEARS: u64 = 1 << 14;
/// Years of single risks that a trial may cost.
const TRIAL_RISKS: usize = 60;
/// Events that a trial may cost.
const TRIAL_EVENTS: f64 = 1e6;
/// Standard errors beyond which two answers disagree: chance does that once in a few million tries.
const TOO_FAR: f64 = 5.5;
/// How far a mean may be off where worlds were averaged, in their error, and the least of that error.
const AVERAGING: f64 = 4.0;
const LEAST_AVERAGED: f64 = 1e-3;
/// How often the error of an exact chance is allowed.
const SEVERAL: f64 = 3.0;
/// Amounts, as parts of today's average loss, at which two methods are compared.
const PROBES: [f64; 4] = [0.3, 1.0, 2.5, 6.0];
/// What mean and standard deviation of a grid may be off by, relative to themselves: its step, and what it cuts off.
const GRID: f64 = 0.01;
/// The relative gap of two answers that are both exact: what a bad year of the exact method is right to.
const ROUNDING: f64 = 1e-4;

/// What was found about a year and about the paths.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// The year.
    pub year: Option<Year>,
    /// The paths of every plan.
    pub paths: Option<Paths>,
}

/// Whether any policy is in force under some option.
pub(super) fn is_insured(model: &LossModel<'_>, plans: &[PlanId]) -> bool {
    let options = || std::iter::once(None).chain(plans.iter().copied().map(Some));
    model.scenario().insurance().iter().any(|policy| options().any(|option| policy.is_in_force(option)))
}

/// The year and the paths by the method that was asked for.
///
/// # Errors
/// When the exact method was asked for and cannot carry the scenario.
pub(super) fn found(
    model: &LossModel<'_>,
    means: &Values<Figure>,
    today: &ByRisk<RiskMeans<Figure>>,
    plans: &[PlanId],
    settings: &Settings,
    watch: Watch<'_>,
) -> Result<Found, Diagnostic> {
    let scenario = model.scenario();
    let seed = settings.seed.unwrap_or(scenario.assumptions().seed);
    let amounts: Vec<f64> = scenario.appetite().iter().map(|p| f64::from_decimal(p.loss.get())).collect();
    let exact = exact::Request { plans, amounts: &amounts, reached: amounts.len(), seed };
    let not_exact = |why: &str| {
        Diagnostic::new(Code::NotExact, format!("the exact method cannot carry this scenario: {why}"))
            .help("leave `--method exact` out: the year is then simulated")
    };
    let is_exact = match settings.method {
        MethodChoice::Expected => return Ok(Found::default()),
        MethodChoice::Simulate => false,
        MethodChoice::Exact => match exact::impossible_because(model, plans) {
            Some(why) => return Err(not_exact(&why)),
            None => true,
        },
        MethodChoice::Auto => {
            exact::impossible_because(model, plans).is_none() && exact::slow_because(model, means, &exact).is_none()
        }
    };
    let knowledge = Knowledge::new(scenario, means);
    let case = simulate::Case::new(model, &knowledge, seed);
    let wanted = match (settings.years, settings.precision) {
        (Some(years), _) => Years::Exactly(years),
        (None, precision) => Years::Until { precision: precision.unwrap_or(PRECISION), most: MOST_YEARS },
    };
    let is_walked = |risk: &RiskId| !model.is_harmless(*risk, knowledge.means());
    let events: f64 = today.ids().filter(is_walked).map(|risk| today[risk].rate.to_f64()).sum();
    let request = simulate::Request { events, plans, amounts: &amounts, years: wanted, watch };
    let mut year = if is_exact {
        // Beside the limits, amounts at which the two methods are held against each other.
        let usual: f64 = today.iter().map(|risk| risk.annual_loss.to_f64()).sum();
        let amounts: Vec<f64> = amounts.iter().copied().chain(PROBES.map(|part| part * usual)).collect();
        let exact = exact::Request { amounts: &amounts, ..exact };
        let tried_at = simulate::Request { amounts: &amounts, ..request };
        let (year, trial) = rayon::join(|| exact::year(model, means, &exact), || trial(&case, &tried_at));
        match year {
            Ok(mut year) => {
                year.checks.extend(trial.map(|trial| tried(&year, &trial)));
                forget_probes(&mut year, exact.reached);
                year
            }
            Err(exact::NotExact(why)) if settings.method == MethodChoice::Exact => return Err(not_exact(&why)),
            Err(exact::NotExact(_)) => simulate::year(&case, &request),
        }
    } else {
        simulate::year(&case, &request)
    };
    // What insurers pay is found by the paths, so it needs as many as the year does.
    let simulated = year.years.filter(|_| is_insured(model, plans)).unwrap_or(0);
    let years = settings.years.unwrap_or(PATH_YEARS.max(simulated));
    let paths = simulate::affordable_paths(events, scenario.assumptions().horizon, years);
    if paths.is_none() {
        year.notes.push(Note::NoPaths);
    }
    let paths = paths.map(|paths| simulate::paths(&case, plans, paths));
    Ok(Found { year: Some(year), paths })
}

/// Simulated years to try an exact answer against, where they cost next to nothing.
fn trial(case: &simulate::Case<'_, '_>, request: &simulate::Request<'_>) -> Option<Year> {
    let risks = case.model.scenario().risks().len();
    let is_cheap =
        risks * (1 + request.plans.len()) <= TRIAL_RISKS && request.events * TRIAL_YEARS as f64 <= TRIAL_EVENTS;
    is_cheap.then(|| simulate::year(case, &simulate::Request { years: Years::Exactly(TRIAL_YEARS), ..*request }))
}

/// Only what was asked for is kept.
fn forget_probes(year: &mut Year, asked: usize) {
    year.amounts.truncate(asked);
    for option in std::iter::once(&mut year.today).chain(&mut year.plans) {
        let independent = option.if_independent.iter_mut();
        for loss in std::iter::once(&mut option.total).chain(&mut option.risks).chain(independent) {
            loss.chance_above.truncate(asked);
            for errors in [&mut loss.errors, &mut loss.error].into_iter().flatten() {
                errors.chance_above.truncate(asked);
            }
        }
    }
}

/// An exact answer against simulated years: the chance of a loss, and the chances of passing the limits and amounts
/// around a usual year, of all risks and of each. These are right on single amounts, where a quantile may jump.
fn tried(year: &Year, tried: &Year) -> Check {
    let mut farthest: f64 = 0.0;
    for (exact, tried) in std::iter::once((&year.today, &tried.today)).chain(year.plans.iter().zip(&tried.plans)) {
        let both = std::iter::once((&exact.total, &tried.total)).chain(exact.risks.iter().zip(&tried.risks));
        for (exact, tried) in both {
            farthest = farthest.max(distance(exact, tried, TRIAL_YEARS as f64));
        }
    }
    Check::Trial { years: TRIAL_YEARS, errors: farthest, agrees: farthest <= TOO_FAR }
}

/// How many standard errors of so many years the farthest chance of an exact answer is off, its own error allowed.
fn distance(exact: &YearLoss, tried: &YearLoss, years: f64) -> f64 {
    let own = exact.error.as_ref();
    let of_loss = (exact.chance_of_loss, tried.chance_of_loss, own.map_or(0.0, |error| error.chance_of_loss));
    let above = exact.chance_above.iter().zip(&tried.chance_above).enumerate().map(|(place, (exact, tried))| {
        (*exact, *tried, own.and_then(|error| error.chance_above.get(place)).copied().unwrap_or(0.0))
    });
    std::iter::once(of_loss)
        .chain(above)
        .map(|(exact, tried, own)| {
            let spread = |chance: f64| (chance * (1.0 - chance) / years).max(0.0);
            // A year more or less is always possible.
            let error = (spread(exact).max(spread(tried)) + 1.0 / (years * years)).sqrt();
            ((exact - tried).abs() - SEVERAL * own).max(0.0) / error
        })
        .fold(0.0, f64::max)
}

/// Compares the mean of the distribution with the expected loss, which was found without it.
pub(super) fn check_means(year: &mut Year, expected: &[Vec<Figure>], gross: &[Vec<Figure>]) {
    let years = year.years.map_or(f64::INFINITY, |years| years as f64);
    let gaps: Vec<(f64, f64)> = std::iter::once(&year.today)
        .chain(&year.plans)
        .zip(expected.iter().zip(gross))
        .flat_map(|(option, (expected, gross))| gaps(option, expected, gross, years))
        .collect();
    let is_far = |gap: f64, error: f64| match year.method {
        // A few worlds have means of their own: up to a few times what they miss elsewhere.
        Method::Exact => gap > year.averaging_error.map_or(ROUNDING, |error| AVERAGING * error.max(LEAST_AVERAGED)),
        Method::Simulated => gap > TOO_FAR * error + ROUNDING,
    };
    let agrees = !gaps.iter().any(|(gap, error)| is_far(*gap, *error));
    let gap = gaps.iter().map(|(gap, _)| *gap).fold(0.0, f64::max);
    year.checks.push(Check::Mean { gap, agrees });
    let on_grids = std::iter::once(&year.today)
        .chain(&year.plans)
        .flat_map(|option| std::iter::once(&option.total).chain(&option.risks).filter_map(|loss| loss.grid_gap));
    if let Some(gap) = on_grids.reduce(f64::max) {
        let allowed = GRID + AVERAGING * year.averaging_error.unwrap_or(0.0);
        year.checks.push(Check::Grid { gap, agrees: gap <= allowed });
    }
}

/// Relative gaps of the means of all risks, with their relative standard errors. What insurers leave may hang on years
/// so rare that none of them was simulated: a year of the average loss before insurers, more or less, is allowed.
fn gaps(option: &OptionYear, expected: &[Figure], gross: &[Figure], years: f64) -> Vec<(f64, f64)> {
    option
        .risks
        .iter()
        .zip(expected.iter().zip(gross))
        .filter(|(loss, _)| loss.standard_deviation.is_finite())
        .map(|(loss, (expected, gross))| {
            let expected = expected.to_f64();
            let unseen = if gross.to_f64() > expected { gross.to_f64() / years } else { 0.0 };
            let error = unseen + loss.errors.as_ref().map_or(0.0, |errors| errors.mean);
            if expected > 0.0 {
                ((loss.mean / expected - 1.0).abs(), error / expected)
            } else {
                (if loss.mean > 0.0 { f64::INFINITY } else { 0.0 }, 0.0)
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::exact::Request;
    use crate::scenario::{Source, parse};

    /// The exact year and a trial of it.
    fn both(text: &str, amounts: &[f64]) -> (Year, Year) {
        let scenario = parse(&Source::new("test.toml", text)).unwrap().scenario;
        let model = LossModel::new(&scenario);
        let means = Values::means(&scenario);
        let year =
            exact::year(&model, &means, &Request { plans: &[], amounts, reached: amounts.len(), seed: 1 }).unwrap();
        let knowledge = Knowledge::new(&scenario, &means);
        let case = simulate::Case::new(&model, &knowledge, 1);
        let years = Years::Exactly(TRIAL_YEARS);
        let tried =
            simulate::year(&case, &simulate::Request { events: 1.0, plans: &[], amounts, years, watch: &|_| () });
        (year, tried)
    }

    const ATOMS: &str = "schema = 1\ntitle = \"t\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"r\"\nname = \"R\"\n\
        frequency = { low = \"1 in 100 years\", high = \"10 per year\" }\nloss.response = \"100k\"\n";

    #[test]
    fn the_check_is_silent_where_the_two_methods_are_right_also_on_single_amounts() {
        let (year, trial) = both(ATOMS, &[0.0, 99e3, 100e3, 200e3, 1e6]);
        let check = tried(&year, &trial);
        assert!(check.agrees(), "{check:?}");
    }

    #[test]
    fn the_check_fails_where_a_distribution_is_broken() {
        let (mut year, trial) = both(ATOMS, &[100e3, 1e6]);
        // As Gauss points over the rate had it.
        year.today.total.chance_of_loss = 0.5951;
        assert!(!tried(&year, &trial).agrees());
        let (mut year, trial) = both(ATOMS, &[100e3, 1e6]);
        year.today.risks[RiskId(0)].chance_above[0] += 0.03;
        assert!(!tried(&year, &trial).agrees());
    }
}
