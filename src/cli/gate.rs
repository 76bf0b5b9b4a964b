//! `rosi gate`: whether a pipeline may go on.

use std::path::PathBuf;

use clap::Args;
use jiff::civil::Date;

use super::case::{Case, How};
use super::changes::Changes;
use super::output::Output;
use super::{Failed, Terminal};
use crate::report::gate::{Bound, Demands, Fault, gate};
use crate::units::reading::{self, Undated};

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
    #[arg(long, value_name = "DATE", value_parser = day)]
    since: Option<Date>,
    /// A bound of a figure, KEY>=VALUE or KEY<=VALUE, such as "plan.core.net_present_value>=0",
    /// "today.expected_annual_loss<=2M" or "plan.core.chance_of_paying_back>=80%" (several times for several)
    #[arg(long, value_name = "BOUND")]
    figure: Vec<String>,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    how: How,
}

/// Runs `rosi gate`; the result is whether it is met.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<bool, Failed> {
    let case = Case::of(Some(&arguments.file), &arguments.how.changed_by(&arguments.changes), terminal)?;
    let scenario = &case.scenario;
    let told = |fault: Fault| {
        let help: Vec<&str> = fault.help.iter().map(String::as_str).collect();
        terminal.fault(&fault.message, &help);
        Failed
    };
    let bounds = arguments.figure.iter().map(|text| Bound::of(text));
    let bounds = bounds.collect::<Result<Vec<_>, _>>().map_err(told)?;
    let mut options = Vec::new();
    for id in &arguments.option {
        let plan = scenario.plans().position(|plan| plan.id == *id);
        if plan.is_none() && id != "today" {
            let known: Vec<&str> = scenario.plans().iter().map(|plan| plan.id.as_str()).collect();
            terminal.fault(&format!("there is no plan \"{id}\""), &[&format!("options: today, {}", known.join(", "))]);
            return Err(Failed);
        }
        // Asked for here and left out there: nobody wants a gate that passes over it.
        if plan.is_some_and(|plan| case.analysis.plans.iter().all(|found| found.plan != plan)) {
            let fault = format!("--option asks for the plan \"{id}\", which --plan leaves out");
            terminal.fault(&fault, &[&format!("add --plan {id}, or leave --plan out")]);
            return Err(Failed);
        }
        options.push(plan);
    }
    if options.is_empty() {
        let asked = scenario.decision().and_then(|decision| decision.plan);
        options.push(asked.or_else(|| case.analysis.recommended.map(|index| case.analysis.plans[index].plan)));
    }
    let demands = Demands { options, sources: !arguments.no_sources, since: arguments.since, bounds };
    let (report, met) = gate(scenario, &case.analysis, &case.warnings, &demands).map_err(told)?;
    arguments.output.write(&report, terminal)?;
    Ok(met)
}

/// A day of the calendar.
fn day(text: &str) -> Result<Date, String> {
    reading::day(text).map_err(|unread| match unread {
        Undated::TwoReadings([one, other]) => format!("that could be {one} or {other}: write the one you mean"),
        Undated::NoDay => "that is no day of the calendar; write year, month and day, such as 2026-01-31".into(),
    })
}
