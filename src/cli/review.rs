//! `rosi review`: what was promised against what came.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::calibrate::told;
use super::{Failed, Terminal, files, write};
use crate::calibrate::Proposal;
use crate::engine::{self, MethodChoice, Settings};
use crate::report::Paper;
use crate::review::{Actuals, Review, page, review};
use crate::scenario::{Source, parse};
use crate::units::Voice;

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
    if let Some(log) = actuals.log.clone() {
        let (name, bytes) = files::bytes(&files::folder_of(came).join(&log.file), terminal)?;
        for remark in told(actuals.add_log(&log, &name, &bytes, scenario.currency()), terminal)? {
            terminal.note(&remark);
        }
    }
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
    write::text(arguments.out.as_deref(), &written, terminal)
}
