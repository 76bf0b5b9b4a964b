//! `rosi gate`: whether a pipeline may go on.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::case::{Case, How};
use super::output::Output;
use super::{Failed, Terminal};
use crate::model::Scenario;
use crate::report::gate::{Bound, Demands, gate};
use crate::units::Kind;
use crate::units::reading::{self, read};

/// The arguments of `rosi gate`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The scenario (TOML, YAML or JSON; `-` reads standard input)
    file: PathBuf,
    /// Whose years must keep to the agreed limits: `today` or the id of a plan (several times for several)
    /// [default: the plan that is asked for, else the recommended one, else today]
    #[arg(long, value_name = "ID")]
    option: Vec<String>,
    /// Do not ask for sources, and let examples pass
    #[arg(long)]
    no_sources: bool,
    /// Every assumption must be dated on or after this day, such as 2026-01-31
    #[arg(long, value_name = "DATE")]
    since: Option<Date>,
    /// A bound of a figure, such as plan.core.net_present_value>=0 or today.expected_annual_loss<=2M
    #[arg(long, value_name = "KEY>=VALUE")]
    figure: Vec<String>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    how: How,
}

/// Runs `rosi gate`; the result is whether it is met.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<bool, Failed> {
    let case = Case::of(Some(&arguments.file), &arguments.how, terminal)?;
    let scenario = &case.scenario;
    let bounds = arguments.figure.iter().map(|text| bound(text, scenario));
    let bounds = bounds.collect::<Result<Vec<_>, _>>().map_err(|fault| {
        terminal.fault(&fault, &["write for example --figure \"plan.core.net_present_value>=0\""]);
        Failed
    })?;
    let mut options = Vec::new();
    for id in &arguments.option {
        let plan = scenario.plans().iter().position(|plan| plan.id == *id);
        if plan.is_none() && id != "today" {
            let known: Vec<&str> = scenario.plans().iter().map(|plan| plan.id.as_str()).collect();
            terminal.fault(&format!("there is no plan \"{id}\""), &[&format!("options: today, {}", known.join(", "))]);
            return Err(Failed);
        }
        options.push(plan);
    }
    if options.is_empty() {
        let asked = scenario.decision().and_then(|decision| decision.plan);
        options.push(asked.or_else(|| case.analysis.recommended.map(|index| case.analysis.plans[index].plan)));
    }
    let demands = Demands { options, sources: !arguments.no_sources, since: arguments.since, bounds };
    let (report, met) = gate(scenario, &case.analysis, &case.warnings, &case.context, &demands).map_err(|fault| {
        terminal.fault(&fault, &["keys are those of `rosi assess --format json`"]);
        Failed
    })?;
    arguments.output.write(&report, terminal)?;
    Ok(met)
}

/// A bound as written: a key, `>=` or `<=`, and an amount or a number.
fn bound(text: &str, scenario: &Scenario) -> Result<Bound, String> {
    let split = text.split_once(">=").map(|parts| (parts, true)).or(text.split_once("<=").map(|parts| (parts, false)));
    let Some(((key, written), is_least)) = split else {
        return Err(format!("--figure \"{text}\" has neither >= nor <="));
    };
    let (key, written) = (key.trim().to_owned(), written.trim().to_owned());
    let settings =
        reading::Settings { currency: scenario.currency(), working_days: scenario.assumptions().working_days };
    let number = written.parse::<f64>().ok().or_else(|| {
        [Kind::Money, Kind::Chance].into_iter().find_map(|kind| {
            let value = read(&written, kind, &settings).ok()?.value;
            value.to_string().parse().ok()
        })
    });
    match number.filter(|number: &f64| number.is_finite()) {
        Some(value) => Ok(Bound { key, is_least, written, value }),
        None => Err(format!("--figure \"{text}\": \"{written}\" is no number")),
    }
}
