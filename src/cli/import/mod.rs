//! `rosi import`: other people's files to a scenario.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Failed, Terminal, examples, files, write};

mod questions;

use crate::import::{self, Finding, Input, Kind, Options, SCALE_TEMPLATE, Style, Weight};
use crate::scenario::{Source, parse};
use crate::units::Currency;

/// The arguments of `rosi import`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The table, workbook or file of another tool; several make one case
    #[arg(required_unless_present = "scale_template", value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The kind of file, where it is not to be recognised
    #[arg(long = "as", value_name = "KIND", value_parser = kind)]
    kind: Option<Kind>,
    /// How the columns are read: written by the first run, used by later ones
    #[arg(long, value_name = "FILE")]
    map: Option<PathBuf>,
    /// What scores mean: levels with frequencies and amounts, approved by somebody
    #[arg(long, value_name = "FILE")]
    scale: Option<PathBuf>,
    /// The currency of amounts that name none, such as EUR
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// How numbers are written, such as "1.234,5"
    #[arg(long, value_name = "PATTERN")]
    numbers: Option<String>,
    /// The answer to a question, such as day_rate=600; may be repeated
    #[arg(long = "answer", value_name = "KEY=VALUE")]
    answers: Vec<String>,
    /// Merge into this case: what was edited by hand stays, nothing is deleted
    #[arg(long, value_name = "CASE")]
    into: Option<PathBuf>,
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write over the file of `--out`, where it is there already
    #[arg(long)]
    force: bool,
    /// Tell what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Ask nothing
    #[arg(long, short)]
    yes: bool,
    /// Print a scale to complete and approve
    #[arg(long)]
    scale_template: bool,
}

fn kind(text: &str) -> Result<Kind, String> {
    Kind::NAMES.iter().find(|(name, _)| *name == text).map(|(_, kind)| *kind).ok_or_else(|| {
        let names: Vec<&str> = Kind::NAMES.iter().map(|(name, _)| *name).collect();
        format!("kinds are {}", names.join(", "))
    })
}

/// Runs `rosi import`.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    if arguments.scale_template {
        return terminal.result(SCALE_TEMPLATE);
    }
    files::quiet_reader();
    let inputs = arguments.files.iter().map(|path| input(path, terminal)).collect::<Result<Vec<_>, _>>()?;
    let case = arguments.into.as_deref().filter(|path| path.exists());
    let case = case.map(|path| files::to_edit(path, terminal)).transpose()?.map(|(_, text)| text);
    if let Some(path) = arguments.into.as_deref().filter(|_| case.is_none()) {
        terminal.note(&format!("{} is not there: nothing to merge into, this is a case of its own", path.display()));
    }
    let known_map = arguments.map.as_deref().filter(|path| path.exists());
    let mut options = Options {
        kind: arguments.kind,
        mapping: known_map.map(|path| input(path, terminal)).transpose()?,
        scale: arguments.scale.as_deref().map(|path| input(path, terminal)).transpose()?,
        currency: currency(arguments, terminal)?,
        is_for_case: case.is_some(),
        numbers: numbers(arguments, terminal)?,
        case_numbers: case.as_deref().and_then(import::written_style),
        answers: answers(arguments, terminal)?,
        command: format!(
            "rosi import {}",
            inputs.iter().map(|input| input.name.as_str()).collect::<Vec<_>>().join(" ")
        ),
    };
    let mut result = import::import(&inputs, &options);
    if !arguments.yes && Terminal::can_ask() {
        let mut asked = questions::Asked::default();
        while asked.ask(&result, &mut options, terminal) {
            result = import::import(&inputs, &options);
        }
    }
    let outcome = match result {
        Ok(outcome) => outcome,
        Err(refusal) => {
            tell(&refusal.findings, terminal);
            // Where nothing is open, it is written for those who ask for it.
            let is_open = |mapping: &&String| arguments.map.is_some() || !import::open_columns(mapping).is_empty();
            if let Some(mapping) = refusal.mapping.as_ref().filter(is_open) {
                write_mapping(arguments, mapping, terminal)?;
            }
            return Err(Failed);
        }
    };
    tell(&outcome.findings, terminal);
    if let Some(map) =
        arguments.map.as_deref().filter(|_| known_map.is_none() && !outcome.mapping.is_empty() && !arguments.dry_run)
    {
        write::whole(map, outcome.mapping.as_bytes(), terminal)?;
        terminal.note(&format!("written: {}: how the columns were read; use it again with --map", map.display()));
    }
    let is_merged = case.is_some();
    let (name, text) = match (&arguments.into, case) {
        (Some(path), Some(case)) => {
            let name = path.display().to_string();
            let text = merged(&name, &case, &outcome.text, terminal)?;
            (name, text)
        }
        _ => ("imported.toml".to_owned(), outcome.text),
    };
    if is_merged || !outcome.is_whole {
        confirm(&name, &text, terminal)?;
    }
    let (risks, controls) = outcome.counts;
    let counted = |count: usize, word: &str| format!("{count} {word}{}", if count == 1 { "" } else { "s" });
    terminal.note(&format!("{} and {}", counted(risks, "risk"), counted(controls, "control")));
    if arguments.dry_run {
        terminal.note("nothing was written (--dry-run)");
        return Ok(());
    }
    match arguments.out.as_deref().filter(|path| !write::is_standard_output(path)) {
        Some(path) => examples::begun(path, &text, arguments.force, terminal),
        None => write::text(arguments.into.as_deref().filter(|_| arguments.out.is_none()), &text, terminal),
    }
}

/// The case with what was imported.
fn merged(name: &str, case: &str, text: &str, terminal: &Terminal) -> Result<String, Failed> {
    match import::merge(name, case, text) {
        Ok((text, findings)) => {
            tell(&findings, terminal);
            Ok(text)
        }
        Err(fault) => {
            tell(&[fault], terminal);
            Err(Failed)
        }
    }
}

/// What is written must be a scenario.
fn confirm(name: &str, text: &str, terminal: &Terminal) -> Result<(), Failed> {
    let source = Source::new(name, text);
    match parse(&source) {
        Ok(_) => Ok(()),
        Err(faults) => {
            terminal.diagnostics(&faults, &source.name, &source.text());
            terminal.fault(
                "nothing was written: what comes in does not fit together with what stands there",
                &["the lines show what the case would say; put right what they name, in the case or in the source"],
            );
            Err(Failed)
        }
    }
}

/// Reads a file, or standard input for `-`, as far as an import takes.
fn input(path: &Path, terminal: &Terminal) -> Result<Input, Failed> {
    let cannot = |why: &str| {
        terminal
            .fault(&format!("{} cannot be read: {why}", path.display()), &["check the path and your right to read it"]);
        Failed
    };
    let limit = import::MAX_BYTES as u64 + 1;
    let mut bytes = Vec::new();
    if path == Path::new("-") {
        std::io::stdin().lock().take(limit).read_to_end(&mut bytes).map_err(|fault| cannot(&fault.to_string()))?;
        return Ok(Input { name: "input".into(), bytes });
    }
    let data = std::fs::metadata(path).map_err(|fault| cannot(&fault.to_string()))?;
    if data.is_dir() {
        return Err(cannot("it is a folder"));
    }
    if !data.is_file() {
        return Err(cannot("it is no regular file"));
    }
    let file = std::fs::File::open(path).map_err(|fault| cannot(&fault.to_string()))?;
    file.take(limit).read_to_end(&mut bytes).map_err(|fault| cannot(&fault.to_string()))?;
    terminal.has_read(path);
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    Ok(Input { name, bytes })
}

fn currency(arguments: &Arguments, terminal: &Terminal) -> Result<Option<Currency>, Failed> {
    let Some(code) = &arguments.currency else { return Ok(None) };
    Currency::from_code(&code.to_uppercase()).map(Some).ok_or_else(|| {
        terminal.fault(&format!("\"{code}\" is no currency"), &["write a code of three letters, such as EUR"]);
        Failed
    })
}

fn numbers(arguments: &Arguments, terminal: &Terminal) -> Result<Option<Style>, Failed> {
    let Some(pattern) = &arguments.numbers else { return Ok(None) };
    Style::of_pattern(pattern).map(Some).ok_or_else(|| {
        terminal.fault(&format!("\"{pattern}\" shows no decimal sign"), &["write \"1.234,5\" or \"1,234.5\""]);
        Failed
    })
}

fn answers(arguments: &Arguments, terminal: &Terminal) -> Result<BTreeMap<String, String>, Failed> {
    let mut answers = BTreeMap::new();
    for answer in &arguments.answers {
        let Some((key, value)) = answer.split_once('=') else {
            terminal.fault(&format!("\"{answer}\" is no answer"), &["write KEY=VALUE, such as day_rate=600"]);
            return Err(Failed);
        };
        let key = key.trim();
        if !import::is_answered(key) {
            terminal.fault(
                &format!("no import asks for \"{key}\""),
                &["answers are day_rate=600, the price of a day's work, and rate.USD=0.92, what one dollar is in the currency of the case"],
            );
            return Err(Failed);
        }
        answers.insert(key.to_owned(), value.trim().to_owned());
    }
    Ok(answers)
}

/// Where a mapping to complete is written: where it was asked for, else beside nothing that exists.
fn write_mapping(arguments: &Arguments, mapping: &str, terminal: &Terminal) -> Result<(), Failed> {
    let path = arguments.map.clone().unwrap_or_else(|| {
        let stem = arguments
            .files
            .first()
            .and_then(|path| path.file_stem())
            .map_or("table".into(), |stem| stem.to_string_lossy().into_owned());
        PathBuf::from(format!("{stem}.map.toml"))
    });
    if path.exists() || arguments.dry_run {
        terminal.note(&format!("complete the mapping and use it with --map {}", path.display()));
        return Ok(());
    }
    write::whole(&path, mapping.as_bytes(), terminal)?;
    let path = path.display();
    let what = match import::open_columns(mapping).is_empty() {
        true => "how the columns were read; \"ignore\" leaves one out",
        false => "replace every \"?\"",
    };
    terminal.note(&format!("written: {path}: {what}, and use it with --map {path}"));
    Ok(())
}

/// How many findings of a weight are told one by one.
const TOLD: usize = 50;

fn tell(findings: &[Finding], terminal: &Terminal) {
    for (weight, kind) in [(Weight::Note, "note"), (Weight::Question, "question"), (Weight::Fault, "error")] {
        let found: Vec<&Finding> = findings.iter().filter(|finding| finding.weight == weight).collect();
        for finding in found.iter().take(TOLD) {
            if weight == Weight::Fault {
                let help: Vec<&str> = Some(finding.cure.as_str()).filter(|cure| !cure.is_empty()).into_iter().collect();
                terminal.fault(&finding.to_string(), &help);
            } else {
                terminal.note(&format!("{kind}: {finding}"));
            }
        }
        if found.len() > TOLD {
            terminal.note(&format!("… and {} more of these", found.len() - TOLD));
        }
    }
}
