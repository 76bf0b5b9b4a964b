//! `rosi assess`: the budget case of a file.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{Failed, Terminal, examples, files};
use crate::engine::{self, MethodChoice, Settings};
use crate::model::Scenario;
use crate::render::{Format, render};
use crate::report::{self, Context};

/// The arguments of `rosi assess`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The scenario (TOML, YAML or JSON; `-` reads standard input); the built-in example without it
    file: Option<PathBuf>,
    /// How to write the result
    #[arg(long, value_enum, default_value_t = FormatName::Text)]
    format: FormatName,
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
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
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(100..=1_000_000_000))]
    years: Option<u64>,
    /// The standard error of today's bad year at which enough years are simulated [default: 1%]
    #[arg(long, value_name = "SHARE", value_parser = precision, conflicts_with = "years")]
    precision: Option<f64>,
    /// Also what would change the answer: each assumption low and high, where it tips, what knowing it is worth
    #[arg(long)]
    sensitivity: bool,
    /// Draw the charts into this folder (SVG and PNG)
    #[cfg(feature = "charts")]
    #[arg(long, value_name = "DIR")]
    charts: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum FormatName {
    /// Tables for a terminal
    Text,
    /// Every figure, for other programs
    Json,
    /// Every figure, one a row
    Csv,
    /// For a pull request or a wiki
    Markdown,
}

impl FormatName {
    /// The format, for a terminal or a file.
    pub(crate) fn at(self, terminal: &Terminal, to_file: bool) -> Format {
        match self {
            Self::Text => Format::Text { width: terminal.width, colour: terminal.colour && !to_file },
            Self::Json => Format::Json,
            Self::Csv => Format::Csv,
            Self::Markdown => Format::Markdown,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MethodName {
    /// Exact where that takes milliseconds, else simulated
    Auto,
    /// By transforms, without dice
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

/// Runs `rosi assess`.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    let built_in = arguments.file.is_none();
    let source = match &arguments.file {
        Some(path) => files::source(path, terminal)?,
        None => {
            terminal.note("No file named: this is the built-in example, not your figures.");
            examples::built_in()
        }
    };
    // The report repeats the advice, so only faults are drawn here.
    let parsed = files::parsed(&source, terminal, false)?;
    let scenario = &parsed.scenario;
    let settings = Settings {
        plans: wanted(scenario, &arguments.plan, terminal)?,
        method: arguments.method.into(),
        seed: arguments.seed,
        years: arguments.years,
        precision: arguments.precision,
        sensitivity: arguments.sensitivity,
    };
    let analysis = match engine::analyse_watched(scenario, &settings, &|progress| terminal.progress(progress)) {
        Ok(analysis) => analysis,
        Err(diagnostics) => {
            terminal.progress_ends();
            terminal.diagnostics(&diagnostics, &source.name, &source.text());
            return Err(Failed);
        }
    };
    terminal.progress_ends();
    let context = Context { file: arguments.file.as_ref().map(|path| path.display().to_string()), built_in };
    let report = report::build(scenario, &analysis, &parsed.warnings, &context);
    let format = arguments.format.at(terminal, arguments.out.is_some());
    let text = render(&report, format);
    #[cfg(feature = "charts")]
    if let Some(folder) = &arguments.charts {
        draw(&report, folder, terminal)?;
    }
    match &arguments.out {
        Some(path) => {
            files::write(path, text.as_bytes(), terminal)?;
            terminal.note(&format!("written: {}", path.display()));
            Ok(())
        }
        None => terminal.result(&text),
    }
}

/// A share such as `1%`.
fn precision(text: &str) -> Result<f64, String> {
    let share = text.trim().strip_suffix('%').and_then(|number| number.trim().parse::<f64>().ok());
    match share {
        Some(share) if (0.01..=50.0).contains(&share) => Ok(share / 100.0),
        _ => Err("write a share of the bad year from 0.01% to 50%, such as `1%`".into()),
    }
}

/// The indices of the plans asked for.
fn wanted(scenario: &Scenario, ids: &[String], terminal: &Terminal) -> Result<Option<Vec<usize>>, Failed> {
    if ids.is_empty() {
        return Ok(None);
    }
    let mut indices = Vec::new();
    for id in ids {
        let Some(index) = scenario.plans().iter().position(|plan| plan.id == *id) else {
            let known: Vec<&str> = scenario.plans().iter().map(|plan| plan.id.as_str()).collect();
            let help = if known.is_empty() {
                "the file has no plan".to_owned()
            } else {
                format!("plans: {}", known.join(", "))
            };
            terminal.fault(&format!("there is no plan \"{id}\""), &[&help]);
            return Err(Failed);
        };
        indices.push(index);
    }
    Ok(Some(indices))
}

#[cfg(feature = "charts")]
fn draw(report: &report::Report, folder: &std::path::Path, terminal: &Terminal) -> Result<(), Failed> {
    use crate::render::chart::{self, Size};
    if let Err(fault) = std::fs::create_dir_all(folder) {
        terminal
            .fault(&format!("{} cannot be made: {fault}", folder.display()), &["name a folder that you may write to"]);
        return Err(Failed);
    }
    for picture in &report.charts {
        let size = Size::natural(picture);
        let drawn = chart::svg(picture, size);
        let svg = drawn.map_err(|fault| not_drawn(&fault, terminal))?;
        let path = folder.join(format!("{}.svg", picture.id));
        files::write(&path, svg.as_bytes(), terminal)?;
        terminal.note(&format!("drawn: {}", path.display()));
        #[cfg(feature = "png")]
        {
            let png = chart::png(picture, size, 2.0).map_err(|fault| not_drawn(&fault, terminal))?;
            let path = folder.join(format!("{}.png", picture.id));
            files::write(&path, &png, terminal)?;
            terminal.note(&format!("drawn: {}", path.display()));
        }
    }
    Ok(())
}

#[cfg(feature = "charts")]
fn not_drawn(fault: &crate::render::chart::ChartError, terminal: &Terminal) -> Failed {
    terminal.fault(&format!("a chart cannot be drawn: {fault}"), &["the tables hold the same figures"]);
    Failed
}
