//! `rosi optimise`: the best set of controls.

use std::path::PathBuf;
use std::time::Instant;

use clap::{Args, ValueEnum};

use super::budget::seconds;
use super::output::Output;
use super::{Failed, Terminal, case, files};
use crate::engine::Settings;
use crate::engine::optimise::{Fault, Goal, Patience, Question, optimise};
use crate::model::{ControlId, Scenario};
use crate::report;
use crate::units::reading::{Misread, Settings as Reading, read};
use crate::units::{Figure, Kind};

/// The arguments of `rosi optimise`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The scenario (TOML, YAML or JSON; `-` reads standard input); the built-in example without it
    file: Option<PathBuf>,
    /// The most cash over the whole horizon, such as 400k
    #[arg(long, value_name = "AMOUNT")]
    budget: Option<String>,
    /// The most cash of each year: now, year 1, ..., such as "150k;80k"; the last holds for the years after it
    #[arg(long, value_name = "AMOUNTS")]
    by_year: Vec<String>,
    /// The most cash of each quarter, the first beginning now, such as "60k;20k"; the last holds for those after it
    #[arg(long, value_name = "AMOUNTS")]
    by_quarter: Vec<String>,
    /// What is best
    #[arg(long, value_enum, default_value_t = GoalName::Value)]
    goal: GoalName,
    /// A control that must be bought (several times for several)
    #[arg(long, value_name = "ID")]
    must: Vec<String>,
    /// A control that may not be bought (several times for several)
    #[arg(long, value_name = "ID")]
    without: Vec<String>,
    /// How many budgets the frontier of spend against loss has; 0 for none
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u16).range(0..=100))]
    frontier: u16,
    /// How long one search may take, in seconds; then the best set so far and its gap are told
    #[arg(long, value_name = "SECONDS", default_value_t = 10.0, value_parser = seconds)]
    time: f64,
    #[command(flatten)]
    output: Output,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum GoalName {
    /// The highest value today: loss avoided less cost
    Value,
    /// The least average loss of a year
    Loss,
    /// The least loss of a bad year (1 in 20), on simulated years
    BadYear,
    /// The least cash with which every agreed limit holds, on simulated years
    Appetite,
}

/// Runs `rosi optimise`.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    let source = case::source(arguments.file.as_deref(), terminal)?;
    let parsed = files::parsed(&source, terminal, false)?;
    let scenario = &parsed.scenario;
    let question = question(arguments, scenario, terminal)?;
    let begin = Instant::now();
    let clock = || begin.elapsed().as_secs_f64();
    let patience = Patience { clock: &clock, seconds: arguments.time };
    let found = optimise(scenario, &question, &Settings::default(), patience, &|progress| terminal.progress(progress));
    terminal.progress_ends();
    let found = match found {
        Ok(found) => found,
        Err(fault) => {
            tell(&fault, scenario, &question, &source, terminal);
            return Err(Failed);
        }
    };
    let context = case::context(arguments.file.as_deref());
    let report = report::optimisation(&found, &parsed.warnings, &context);
    arguments.output.write(&report, terminal)
}

fn question(arguments: &Arguments, scenario: &Scenario, terminal: &Terminal) -> Result<Question, Failed> {
    let ids = |flag: &str, ids: &[String]| {
        ids.iter().map(|id| control(flag, id, scenario, terminal)).collect::<Result<Vec<_>, _>>()
    };
    let must = ids("--must", &arguments.must)?;
    let without = ids("--without", &arguments.without)?;
    if let Some(both) = must.iter().find(|control| without.contains(control)) {
        let id = &scenario.controls()[*both].id;
        terminal.fault(&format!("\"{id}\" must and may not be bought"), &["take it out of --must or of --without"]);
        return Err(Failed);
    }
    if let Some(bought) = must.iter().find(|control| scenario.controls()[**control].in_place) {
        let id = &scenario.controls()[*bought].id;
        terminal.fault(&format!("\"{id}\" is in place already"), &["leave it out of --must"]);
        return Err(Failed);
    }
    let budget = arguments.budget.as_ref().map(|text| amount("--budget", text, scenario, terminal)).transpose()?;
    let by_year = listed("--by-year", &arguments.by_year, scenario, terminal)?;
    let by_quarter = listed("--by-quarter", &arguments.by_quarter, scenario, terminal)?;
    let horizon = scenario.assumptions().horizon;
    let span = if horizon == 1 { "1 year".to_owned() } else { format!("{horizon} years") };
    let too_many = |flag: &str, amounts: &[Figure], most: usize, there_are: &str, help: &str| {
        if amounts.len() <= most {
            return Ok(());
        }
        terminal.fault(&format!("{flag} has {} amounts, the case has {most}: {there_are}", amounts.len()), &[help]);
        Err(Failed)
    };
    too_many(
        "--by-year",
        &by_year,
        horizon + 1,
        &format!("now and {span}"),
        "write one for now and one for each year, or fewer: the last holds for the years after it",
    )?;
    too_many(
        "--by-quarter",
        &by_quarter,
        4 * horizon,
        &format!("the quarters of {span}"),
        "write one for each quarter, or fewer: the last holds for those after it",
    )?;
    let goal = match arguments.goal {
        GoalName::Value => Goal::Value,
        GoalName::Loss => Goal::Loss,
        GoalName::BadYear => Goal::BadYear,
        GoalName::Appetite => Goal::Appetite,
    };
    Ok(Question { goal, budget, by_year, by_quarter, must, without, frontier: usize::from(arguments.frontier) })
}

/// The control of an id.
fn control(flag: &str, id: &str, scenario: &Scenario, terminal: &Terminal) -> Result<ControlId, Failed> {
    let controls = scenario.controls();
    controls.position(|control| control.id == id).ok_or_else(|| {
        let known: Vec<&str> = controls.iter().map(|control| control.id.as_str()).collect();
        let help = match known.is_empty() {
            true => "the file has no control".to_owned(),
            false => format!("controls: {}", known.join(", ")),
        };
        terminal.fault(&format!("{flag}: there is no control \"{id}\""), &[&help]);
        Failed
    })
}

/// The amounts of a flag that may be given several times, each a list.
fn listed(flag: &str, lists: &[String], scenario: &Scenario, terminal: &Terminal) -> Result<Vec<Figure>, Failed> {
    let texts = lists.iter().map(|text| amounts(flag, text, scenario, terminal)).collect::<Result<Vec<_>, _>>()?;
    texts.iter().flatten().map(|text| amount(flag, text, scenario, terminal)).collect()
}

/// The amounts of a list, each as written. Semicolons separate always; a comma does where it cannot belong to a number.
fn amounts(flag: &str, text: &str, scenario: &Scenario, terminal: &Terminal) -> Result<Vec<String>, Failed> {
    let own = |parts: Vec<&str>| Ok(parts.into_iter().map(|part| part.trim().to_owned()).collect());
    if text.contains(';') {
        return own(text.split(';').collect());
    }
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).is_some_and(|(_, c)| c.is_ascii_digit());
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, (byte, letter)) in letters.iter().enumerate() {
        if *letter != ',' {
            continue;
        }
        let follows = letters[at + 1..].iter().take_while(|(_, c)| c.is_ascii_digit()).count();
        // Of "100000,200000" the second is no fraction.
        if digit(at.checked_sub(1)) && (1..=3).contains(&follows) {
            let is_decimal = scenario.reading().numbers.is_some_and(|numbers| numbers.decimal() == ',');
            if is_decimal {
                continue;
            }
            let plain = text.replace(',', "");
            let listed = text.replace(',', ";");
            terminal.fault(
                &format!("{flag} \"{text}\" can be one amount with a comma in it, or several"),
                &[&format!("write {flag} \"{listed}\" for several, or {flag} \"{plain}\" for one, or use k and M")],
            );
            return Err(Failed);
        }
        parts.push(&text[start..*byte]);
        start = byte + 1;
    }
    parts.push(&text[start..]);
    own(parts)
}

/// An amount of the scenario's currency.
fn amount(flag: &str, text: &str, scenario: &Scenario, terminal: &Terminal) -> Result<Figure, Failed> {
    amount_in(flag, text, scenario.reading(), terminal)
}

/// An amount of a flag, as these settings read it.
pub(super) fn amount_in(flag: &str, text: &str, settings: &Reading, terminal: &Terminal) -> Result<Figure, Failed> {
    match read(text, Kind::Money, settings) {
        Ok(reading) => Ok(Figure::exact(reading.value)),
        Err(Misread::TwoReadings([(one, _), (other, _)])) => {
            terminal.fault(
                &format!("{flag} \"{text}\" can be read in two ways"),
                &[&format!("write {flag} \"{one}\" or {flag} \"{other}\"")],
            );
            Err(Failed)
        }
        Err(_) => {
            let code = settings.currency.code();
            terminal.fault(
                &format!("{flag} \"{text}\" is no amount of money in {code}"),
                &[&format!("write for example {flag} 400k, 1.2M or \"{code} 250000\"")],
            );
            Err(Failed)
        }
    }
}

fn tell(
    fault: &Fault,
    scenario: &Scenario,
    question: &Question,
    source: &crate::scenario::Source,
    terminal: &Terminal,
) {
    match fault {
        Fault::NothingToBuy => terminal.fault(
            "the file has no control that could be bought",
            &["write each with its cost and its effect as a [[control]]"],
        ),
        Fault::NoLimit => terminal.fault(
            "the file agrees no limit that a set of controls could hold",
            &["write for example [[appetite]] with name = \"agreed limit\", loss = \"2.5M\", chance = \"1 in 20\""],
        ),
        Fault::OutOfReach => terminal.fault(
            "no set of the controls was found that holds every agreed limit",
            &["`rosi optimise --goal bad-year` shows how far they reach; raise the budget, add controls or agree a higher limit"],
        ),
        Fault::Impossible(controls, cash) => {
            let names: Vec<&str> = controls.iter().map(|control| scenario.controls()[*control].id.as_str()).collect();
            let code = scenario.currency().code();
            let money = |figure: Figure| {
                figure.decimal().map_or_else(String::new, |d| format!("{code} {}", d.round_dp(2).normalize()))
            };
            let message = match question.budget {
                Some(budget) if (*cash - budget).is_positive() => format!(
                    "what must be bought ({}) takes {} in cash, more than the budget of {}",
                    names.join(", "),
                    money(*cash),
                    money(budget)
                ),
                _ => format!(
                    "what must be bought ({}) breaks a rule of the controls, or the budget of a year or a quarter",
                    names.join(", ")
                ),
            };
            terminal.fault(&message, &["ask for fewer with --must, or raise the budget"]);
        }
        Fault::Figures(diagnostics) => terminal.diagnostics(diagnostics, &source.name, &source.text()),
    }
}
