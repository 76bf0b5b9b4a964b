//! `rosi group`: many cases added up.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::batch::input::{Input, Job};
use super::budget::Budget;
use super::optimise::amount_in;
use super::output::Output;
use super::{Failed, Terminal, files};
use crate::diagnostic::Diagnostic;
use crate::engine::group::{Member, Question, analyse};
use crate::model::Group;
use crate::report;
use crate::scenario::{Source, parse, parse_group, placed};

/// The arguments of `rosi group`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The group (TOML, YAML or JSON): its entities with their cases, what they share, limits, layers, plans
    file: PathBuf,
    /// The most cash over the horizon: the best plan for each entity
    #[arg(long, value_name = "AMOUNT")]
    budget: Option<String>,
    /// The seed of the points of what is not known, in place of the file's
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// How the year is found
    #[arg(long, value_enum, default_value_t = MethodName::Exact)]
    method: MethodName,
    #[command(flatten)]
    output: Output,
    #[command(flatten)]
    allowed: Budget,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MethodName {
    /// Worked out by Fourier transforms, without simulation
    Exact,
    /// Averages alone
    Expected,
}

/// Faults of cases that are drawn: whoever mends these runs it again.
const DRAWN: usize = 5;

/// Runs `rosi group`.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    let source = files::source(&arguments.file, terminal)?;
    let refused = |faults: Vec<Diagnostic>| {
        let faults: Vec<Diagnostic> = faults.into_iter().map(|fault| placed(&source, fault)).collect();
        terminal.diagnostics(&faults, &source.name, &source.text());
        Failed
    };
    let group = parse_group(&source).map_err(|faults| files::refused(&faults, &source, terminal))?;
    let budget =
        arguments.budget.as_deref().map(|text| amount_in("--budget", text, &group.reading, terminal)).transpose()?;
    let members = members(&group, &files::folder_of(&arguments.file), terminal)?;
    let question = Question { seed: arguments.seed, budget, expected_only: arguments.method == MethodName::Expected };
    let watched = arguments.allowed.watch(match arguments.method {
        MethodName::Exact => &["--method expected for averages alone"],
        MethodName::Expected => &[],
    });
    let found = analyse(&group, members, &question).map_err(refused)?;
    drop(watched);
    arguments.output.write(&report::group(&group, &found), terminal)
}

/// The entities with their cases; every case with a fault is told.
fn members(group: &Group, folder: &Path, terminal: &Terminal) -> Result<Vec<Member>, Failed> {
    let named = group.entities.par_iter().map(|entity| {
        let source = files::loaded(&folder.join(&entity.case));
        member(entity.id.clone(), entity.name.clone(), source)
    });
    let mut found: Vec<Result<Member, NoCase>> = named.collect();
    if let Some(manifest) = &group.manifest {
        let template = manifest.template.as_ref().map(|template| folder.join(template));
        let table = folder.join(&manifest.table);
        let mut rows = Input::open(&table, template.as_deref()).map_err(|(message, help)| {
            terminal.fault(&message, &[&help]);
            Failed
        })?;
        let maker = rows.maker();
        let raw: Vec<_> = std::iter::from_fn(|| rows.next()).collect();
        let of = |raw| {
            let Job { id, source } = maker.job(raw);
            let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
            member(id.clone(), id, source)
        };
        found.extend(raw.into_par_iter().map(of).collect::<Vec<_>>());
    }
    let (members, faulty): (Vec<_>, Vec<_>) = found.into_iter().partition(Result::is_ok);
    let faulty: Vec<NoCase> = faulty.into_iter().filter_map(Result::err).collect();
    for case in faulty.iter().take(DRAWN) {
        match &case.source {
            Some(source) => terminal.diagnostics(&case.faults, &source.name, &source.text()),
            None => {
                terminal.fault(&format!("entity \"{}\": {}", case.id, case.message), &["check its path or its row"])
            }
        }
    }
    if !faulty.is_empty() {
        let ids: Vec<&str> = faulty.iter().take(DRAWN).map(|case| case.id.as_str()).collect();
        let more = faulty.len().saturating_sub(DRAWN);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let s = if faulty.len() == 1 { "entity has" } else { "entities have" };
        let message = format!("{} {s} no case that can be read: {}{more}", faulty.len(), ids.join(", "));
        terminal.fault(&message, &["`rosi check` names every fault of a case"]);
        return Err(Failed);
    }
    Ok(members.into_iter().filter_map(Result::ok).collect())
}

/// An entity whose case cannot be read.
struct NoCase {
    id: String,
    source: Option<Source>,
    faults: Vec<Diagnostic>,
    message: String,
}

fn member(id: String, name: String, source: Result<Source, String>) -> Result<Member, NoCase> {
    let none = |source, faults, message| NoCase { id: id.clone(), source, faults, message };
    let source = source.map_err(|message| none(None, Vec::new(), message))?;
    match parse(&source) {
        Ok(parsed) => Ok(Member { id, name, scenario: parsed.scenario }),
        Err(faults) => {
            let faults = faults.into_iter().filter(Diagnostic::is_error).collect();
            Err(none(Some(source), faults, String::new()))
        }
    }
}
