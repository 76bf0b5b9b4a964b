//! A case for those who must hand it on: as a table, as a register after NIST IR 8286, as documents of CRML.
//!
//! These formats hold less than a case: ranges become averages, or a lognormal with the same mean and spread. What is lost
//! is told. Figures are those of today, before insurers.

use serde_json::json;

use super::place::Finding;
use super::write::quoted;
use std::path::Path;

use crate::engine::exact::variance_of_event;
use crate::engine::{LossModel, RiskMeans, Values};
use crate::model::{ByRisk, Control, Count, Estimate, EstimateId, Risk, RiskId, Savings, Scenario};
use crate::units::{Figure, Period};

mod table;

/// A format to hand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// A table of risks with their measures.
    Csv,
    /// A register after NIST IR 8286.
    Nist,
    /// Scenario documents of CRML, one a risk.
    Crml,
}

impl Format {
    /// Every format with its name on the command line.
    pub const NAMES: [(&'static str, Self); 3] = [("csv", Self::Csv), ("nist-8286", Self::Nist), ("crml", Self::Crml)];

    /// The endings that a file of the format has.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Csv => &["csv", "txt"],
            Self::Nist => &["json"],
            Self::Crml => &["yaml", "yml"],
        }
    }

    /// The ending of a file, where it is that of another format.
    pub fn other(self, file: &Path) -> Option<String> {
        const KNOWN: [&str; 9] = ["csv", "tsv", "xlsx", "xls", "ods", "json", "yaml", "yml", "toml"];
        let ending = file.extension()?.to_string_lossy().to_lowercase();
        (KNOWN.contains(&ending.as_str()) && !self.endings().contains(&ending.as_str())).then_some(ending)
    }
}

/// The risks of a case with their figures.
type Rows<'r> = ByRisk<(&'r Risk, &'r RiskMeans<Figure>)>;

/// A case in a format, and what it could not hold.
pub fn export(scenario: &Scenario, format: Format) -> (String, Vec<Finding>) {
    let model = LossModel::new(scenario);
    let means: ByRisk<RiskMeans<Figure>> = model.all_means(&Values::means(scenario), &|_| None);
    let rows: Rows<'_> = scenario.risks().iter().zip(&means).collect();
    let mut findings = Vec::new();
    let ranges = scenario.estimates().iter().filter(|estimate| !estimate.is_fixed() && !estimate.worked_out).count();
    if ranges > 0 && format != Format::Crml {
        findings.push(Finding::note(None, format!("{ranges} ranges are handed on as their averages")));
    }
    let examples = scenario.example_count();
    if examples > 0 {
        findings.push(Finding::note(None, format!("{examples} figures are examples, and the format cannot say so")));
    }
    findings.extend(lost(scenario, format).into_iter().map(|message| Finding::note(None, message)));
    let text = match format {
        Format::Csv => table::csv(scenario, &model, &rows, &mut findings),
        Format::Nist => nist(scenario, &rows),
        Format::Crml => crml(scenario, &model, &rows, &mut findings),
    };
    (text, findings)
}

/// What of a case a format does not hold, each with the names of what it is missing from.
fn lost(scenario: &Scenario, format: Format) -> Vec<String> {
    let mut told = Vec::new();
    let mut tell = |what: &str, names: Vec<&str>| {
        if !names.is_empty() {
            told.push(format!("not handed on: {what} {}", names.join(", ")));
        }
    };
    let bought = |which: &dyn Fn(&Control) -> bool| -> Vec<&str> {
        let found = scenario.controls().iter().filter(|control| control.can_be_bought() && which(control));
        found.map(|control| control.name.as_str()).collect()
    };
    let risks = |which: &dyn Fn(&Risk) -> bool| -> Vec<&str> {
        scenario.risks().iter().filter(|risk| which(risk)).map(|risk| risk.name.as_str()).collect()
    };
    match format {
        Format::Crml => tell("everything, effects and cost, of", bought(&|_| true)),
        Format::Nist => {
            tell("the effects of", bought(&|control| !control.effects.is_empty()));
            tell(
                "time of people and users, and what is no longer spent, of",
                bought(&|control| {
                    let cost = &control.cost;
                    cost.people.is_some() || cost.friction.is_some() || cost.retired.is_some()
                }),
            );
            tell("the yearly cost of", bought(&|control| control.cost.yearly.is_some()));
        }
        Format::Csv => {
            tell("the cost of later years of", bought(&|control| Values::means_of_costs(scenario, control).len() > 1))
        }
    }
    if format != Format::Crml {
        tell(
            "how long they last, what they bring at the end, and how their effect grows, of",
            bought(&|control| {
                control.lifetime.is_some() || control.salvage.is_some() || control.ramp != Period::default()
            }),
        );
        tell("time that is saved by", bought(&|control| control.saves != Savings::default()));
        tell(
            "what must stand beside, or cannot stand beside,",
            bought(&|control| !control.requires.is_empty() || !control.excludes.is_empty() || control.one_of.is_some()),
        );
        tell("that failures are shared, of", bought(&|control| control.fails_with.is_some()));
    }
    let is_counted = |count: Count| match format {
        Format::Crml => !matches!(count, Count::Clustered(_)),
        Format::Csv | Format::Nist => count == Count::Poisson,
    };
    let counts = if format == Format::Crml {
        "that events come in clusters, of"
    } else {
        "that events come at most once a year, or in clusters, of"
    };
    tell(counts, risks(&|risk| !is_counted(risk.count)));
    tell(
        "the forms of loss and the parts of the average of",
        risks(&|risk| {
            risk.primary.len() + risk.secondary.len() > 1
                || risk.outage.is_some()
                || risk.asset.is_some()
                || risk.dwell.is_some()
        }),
    );
    tell("that other risks follow from", risks(&|risk| !risk.leads_to.is_empty()));
    tell(
        "that one cause strikes several risks:",
        scenario.shared_causes().iter().map(|cause| cause.name.as_str()).collect(),
    );
    tell("what was there before any measure, of", risks(&|risk| risk.inherent.is_some()));
    let in_place = scenario.controls().iter().filter(|control| control.in_place);
    tell("that today's figures hold what is in place:", in_place.map(|control| control.name.as_str()).collect());
    tell("the policies", scenario.insurance().iter().map(|policy| policy.name.as_str()).collect());
    tell("the options, which measures make", scenario.plans().iter().map(|plan| plan.name.as_str()).collect());
    told
}

/// The loss of an event on average.
fn per_event(means: &RiskMeans<Figure>) -> f64 {
    let rate = means.rate.to_f64();
    if rate > 0.0 { means.annual_loss.to_f64() / rate } else { 0.0 }
}

/// A number without a tail of zeros.
fn plain(value: f64) -> String {
    let text = format!("{value:.6}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn exact(figure: Figure) -> String {
    figure.decimal().map_or_else(|| plain(figure.to_f64()), |value| value.normalize().to_string())
}

fn acting(scenario: &Scenario, risk: RiskId) -> Vec<&Control> {
    scenario
        .controls()
        .iter()
        .filter(|control| control.can_be_bought() && control.effects.iter().any(|effect| effect.risk == risk))
        .collect()
}

fn mean(scenario: &Scenario, id: Option<EstimateId>) -> String {
    id.map_or_else(String::new, |id| exact(scenario.estimate(id).mean()))
}

/// The owner of a risk: that of its first figure.
fn owner(scenario: &Scenario, risk: &Risk) -> String {
    let path = format!("risk.{}.", risk.id);
    let own = |estimate: &&Estimate| estimate.path.starts_with(&path);
    scenario.estimates().iter().filter(own).find_map(|estimate| estimate.record.owner.clone()).unwrap_or_default()
}

/// A cell that no spreadsheet takes for a formula.
fn safe(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

/// Likelihood is the chance of a year with an event; impact is what such a year costs on average, so that their product
/// is the average loss of a year.
fn nist(scenario: &Scenario, rows: &Rows<'_>) -> String {
    let records = rows.entries().map(|(index, (risk, means))| {
        let rate = means.rate.to_f64();
        let chance = match risk.count {
            Count::AtMostOne => rate.min(1.0),
            Count::Poisson => -libm::expm1(-rate),
            Count::Clustered(size) => {
                let size = Figure::exact(size).to_f64();
                1.0 - libm::pow(size / (size + rate), size)
            }
        };
        let yearly = means.annual_loss.to_f64();
        let percent = round(100.0 * chance);
        let impact = if percent > 0.0 { round(100.0 * yearly / percent) } else { 0.0 };
        let controls = acting(scenario, index);
        let cost: f64 = controls
            .iter()
            .filter_map(|control| control.cost.initial)
            .map(|id| scenario.estimate(id).mean().to_f64())
            // The sum of nothing would be minus zero.
            .fold(0.0, |sum, cost| sum + cost);
        let names: Vec<&str> = controls.iter().map(|control| control.name.as_str()).collect();
        json!({
            "riskId": risk.id,
            "riskDescription": risk.name,
            "riskCategory": "Cybersecurity",
            "riskLikelihood": percent,
            "riskImpact": impact,
            "exposureRating": round(yearly),
            "riskResponseType": if controls.is_empty() { ["Accept"] } else { ["Mitigate"] },
            "riskResponseCost": round(cost),
            "riskResponseDescription": names.join("; "),
            "riskOwnerPointOfContact": owner(scenario, risk),
            "status": "Open",
        })
    });
    let list: Vec<_> = records.collect();
    serde_json::to_string_pretty(&list).unwrap_or_default() + "\n"
}

/// To six digits behind the point, which a register needs at most.
fn round(value: f64) -> f64 {
    libm::round(value * 1e6) / 1e6
}

/// The standard deviation in parts of the mean that is handed on where a tail is so heavy that there is none.
const VARIATION: f64 = 5.0;

/// A lognormal with the mean m and the variance v has σ² = ln(1 + v ÷ m²) and the median m ÷ √(1 + v ÷ m²).
fn crml(scenario: &Scenario, model: &LossModel<'_>, rows: &Rows<'_>, findings: &mut Vec<Finding>) -> String {
    let mut documents = Vec::new();
    for (index, (risk, means)) in rows.entries() {
        let (mean, mut spread) = (per_event(means), variance_of_event(model, index));
        if spread.is_infinite() {
            spread = VARIATION * VARIATION * mean * mean;
            let message = format!(
                "the loss of \"{}\" has no standard deviation; handed on is a lognormal with the same mean and a standard \
                 deviation of {VARIATION} times that",
                risk.name
            );
            findings.push(Finding::note(None, message));
        }
        let ratio = if mean > 0.0 { 1.0 + spread / (mean * mean) } else { 1.0 };
        let (median, sigma) = (mean / libm::sqrt(ratio), libm::sqrt(libm::log(ratio)));
        let frequency = match risk.count {
            Count::AtMostOne => {
                format!("    model: bernoulli\n    parameters:\n      p: {}\n", plain(means.rate.to_f64()))
            }
            _ => format!("    model: poisson\n    parameters:\n      lambda: {}\n", exact(means.rate)),
        };
        documents.push(format!(
            "crml_scenario: \"1.0\"\nmeta:\n  name: {}\nscenario:\n  frequency:\n    basis: per_organization_per_year\n{frequency}  severity:\n    model: lognormal\n    parameters:\n      median: {}\n      currency: {}\n      sigma: {}\n",
            quoted(&risk.name),
            plain(median),
            scenario.currency().code(),
            plain(sigma),
        ));
    }
    if documents.len() > 1 {
        findings.push(Finding::note(
            None,
            format!(
                "{} documents, one a risk, with --- between them: CRML keeps each in a file of its own",
                documents.len()
            ),
        ));
    }
    documents.join("---\n")
}
