//! `rosi review`: what was promised against what came.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::calibrate::told;
use super::{Failed, Terminal, files, write};
use crate::calibrate::cell::Amount;
use crate::calibrate::log::{Columns, names};
use crate::calibrate::{Log, Proposal};
use crate::diagnostic::{Code, Diagnostic};
use crate::engine::{self, MethodChoice, Settings};
use crate::report::Paper;
use crate::review::actuals::Incident;
use crate::review::{Actuals, Review, page, review};
use crate::scenario::{Source, parse};
use crate::stats::fit::Observation;
use crate::units::{Currency, Voice};

/// The arguments of `rosi review`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The case as it was decided
    case: PathBuf,
    /// What came since (TOML; docs/review.md shows one)
    actuals: PathBuf,
    /// `text`, `markdown`, `html` (one page) or `json`
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// Write the review to this file
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write a case with the updated ranges to this file; comments are kept
    #[arg(long, value_name = "FILE")]
    into: Option<PathBuf>,
}

/// The request before this one, whose review stands in the new paper.
#[derive(Debug, Args)]
pub(crate) struct Before {
    /// What the request before this one delivered: its case as it was decided, and what came since
    #[arg(long, num_args = 2, value_names = ["CASE", "ACTUALS"])]
    review: Option<Vec<PathBuf>>,
}

impl Before {
    /// The paper with the review behind its first page, where one is asked for.
    pub(crate) fn beside(&self, paper: Paper, terminal: &Terminal) -> Result<Paper, Failed> {
        let Some([case, actuals]) = self.review.as_deref() else { return Ok(paper) };
        let (_, found) = reviewed(case, actuals, Some(paper.report.voice), terminal)?;
        Ok(paper.with(page::part(&found)))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Markdown,
    Html,
    Json,
}

/// What was promised in a case against what came since, with the case.
///
/// It speaks as the paper does that it stands in, else as its case.
pub(crate) fn reviewed(
    case: &Path,
    came: &Path,
    voice: Option<Voice>,
    terminal: &Terminal,
) -> Result<(Source, Review), Failed> {
    let source = files::unguarded(case, terminal)?;
    let parsed = files::parsed(&source, terminal, false)?;
    let scenario = &parsed.scenario;
    let (name, bytes) = files::bytes(came, terminal)?;
    let text = told(crate::calibrate::table::text(&name, &bytes).map_err(|fault| vec![fault]), terminal)?;
    let mut actuals = told(Actuals::read(&name, &text, scenario.currency()), terminal)?;
    from_log(&mut actuals, scenario.currency(), &files::folder_of(came), terminal)?;
    let settings = Settings { method: MethodChoice::Expected, ..Settings::default() };
    let analysis = told(engine::analyse(scenario, &settings), terminal)?;
    let found = told(review(scenario, &analysis, &actuals, voice.unwrap_or_else(|| scenario.voice())), terminal)?;
    Ok((source, found))
}

/// Runs `rosi review`.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    let (source, found) = reviewed(&arguments.case, &arguments.actuals, None, terminal)?;
    let written = match arguments.format {
        Form::Text => page::text(&found),
        Form::Markdown => page::markdown(&found),
        Form::Html => page::html(&found),
        Form::Json => format!("{}\n", serde_json::to_string_pretty(&page::json(&found)).unwrap_or_default()),
    };
    if let Some(path) = &arguments.into {
        let updates: Vec<&Proposal> = found.risks.iter().filter_map(|risk| risk.update.as_ref()).collect();
        let mut text = source.text().into_owned();
        for update in &updates {
            let edited = crate::calibrate::write::into_case(&source.name, &text, update);
            text = told(edited.map_err(|fault| vec![fault]), terminal)?;
        }
        let mut changed = Source::new(source.name.clone(), text.clone());
        changed.attachments.clone_from(&source.attachments);
        told(parse(&changed), terminal)?;
        write::whole(path, text.as_bytes(), terminal)?;
        terminal.note(&format!(
            "written: {} with {} updated",
            path.display(),
            crate::calibrate::proposal::counted(updates.len(), "range")
        ));
    }
    match &arguments.out {
        Some(path) => {
            write::whole(path, written.as_bytes(), terminal)?;
            terminal.note(&format!("written: {}", path.display()));
            Ok(())
        }
        None => terminal.result(&written),
    }
}

/// The incidents of the log that the file names, by its categories.
fn from_log(actuals: &mut Actuals, currency: Currency, folder: &Path, terminal: &Terminal) -> Result<(), Failed> {
    let Some((file, categories)) = actuals.log.clone() else { return Ok(()) };
    let (name, bytes) = files::bytes(&folder.join(&file), terminal)?;
    let log = told(Log::read(&name, &bytes, &Columns::default()), terminal)?;
    let (mut strange, mut foreign): (Vec<String>, Vec<Diagnostic>) = Default::default();
    for event in log.events {
        let Some(opened) = event.opened.map(|at| at.at.date()) else { continue };
        if opened < actuals.from || opened > actuals.to {
            continue;
        }
        let key = |text: &str| text.trim().to_lowercase();
        let Some((_, risk)) = categories.iter().find(|(category, _)| key(category) == key(&event.category)) else {
            if !strange.contains(&event.category) {
                strange.push(event.category);
            }
            continue;
        };
        if event.amount != Amount::Unknown && !event.currency.is_empty() && !names(&event.currency, currency.code()) {
            let problem =
                format!("{}: the amount is in {}, the case in {}", event.place, event.currency, currency.code());
            let cure =
                format!("write the amounts of the log in {}, or the incident as `[[incident]]`", currency.code());
            foreign.push(Diagnostic::new(Code::OtherCurrency, problem).help(cure));
        }
        let (loss, is_open) = match event.amount {
            Amount::Unknown => (None, false),
            Amount::Known(Observation::Exact(x)) => (Some(x), false),
            Amount::Known(Observation::Above(x)) => (Some(x), true),
            Amount::Known(Observation::Between(a, b)) => (Some(0.5 * (a + b)), false),
        };
        actuals.incidents.push(Incident { risk: risk.clone(), date: opened, loss, is_open });
    }
    if !foreign.is_empty() {
        return told(Err(foreign), terminal);
    }
    if !strange.is_empty() {
        terminal.warning(
            &format!("{name}: events of {} belong to no risk and are left out", strange.join(", ")),
            &["add them to `categories`, or to the case as a risk of its own"],
        );
    }
    Ok(())
}
