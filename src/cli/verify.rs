//! `rosi verify`: are the figures of a paper the ones that this scenario gives?

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::Value;

use super::case::{Case, How};
use super::report::Form;
use super::run::{NoRun, Run};
#[cfg(feature = "xlsx")]
use super::sheets::Sheets;
use super::{Failed, Terminal, files};
use crate::report::{chosen, provenance_of};

/// The arguments of `rosi verify`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The paper: .json of `rosi assess`, or .html, .pdf, .xlsx or .md of `rosi report`
    paper: PathBuf,
    /// The scenario that it was made from
    file: PathBuf,
    #[cfg(feature = "calibrate")]
    #[command(flatten)]
    before: super::review::Before,
    #[command(flatten)]
    how: How,
}

/// How many differences are told, and how many letters of a value.
const SHOWN: usize = 5;
const LETTERS: usize = 80;
/// The largest paper that is read.
const MOST_BYTES: u64 = 256 << 20;

/// Runs `rosi verify`; the result is whether the figures are the same.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<bool, Failed> {
    let (paper, file) = (arguments.paper.display(), arguments.file.display());
    let is_json = arguments.paper.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let form = Form::of(&arguments.paper).filter(|_| !is_json);
    if !is_json && form.is_none() {
        let fault = format!("{paper}: this ending says nothing about what kind of paper it is");
        terminal.fault(&fault, &[&format!("name a file that ends in .json, {}", Form::known())]);
        return Err(Failed);
    }
    let bytes = bytes(&arguments.paper, terminal)?;
    let hash = files::source(&arguments.file, terminal)?.sha256();
    let Some(written) = Written::read(bytes, form, &arguments.paper, terminal)? else { return Ok(false) };
    let Some(made) = written.made_of(&hash, &arguments.paper, &arguments.file, terminal)? else { return Ok(false) };
    let how = arguments.how.as_in(&made);
    let differences = match (&written, form) {
        (Written::Json(document), _) => {
            let has = |datum: &Value| datum.is_array() || datum.is_object();
            let plans = document["plans"].as_array().into_iter().flatten();
            let sensitivity = has(&document["value_of_perfect_information"])
                || plans.into_iter().any(|plan| has(&plan["sensitivity"]));
            let report = Case::of(Some(&arguments.file), &how.with_sensitivity(sensitivity), terminal)?.report();
            let mut found = Vec::new();
            differ(document, &crate::render::value(&report.document), "", &mut found);
            found
        }
        (_, Some(form)) => {
            let fresh = Case::for_paper(Some(&arguments.file), &how, terminal)?.paper();
            let mut unlike: Option<Vec<String>> = None;
            // A paper does not say whether it is the short one: it is the one that it is most like.
            'found: for fresh in [fresh.clone().short(), fresh] {
                #[cfg(feature = "calibrate")]
                let fresh = arguments.before.beside(fresh, terminal)?;
                for form in form.variants() {
                    let anew = form.made(&fresh).map_err(|fault| {
                        terminal.fault(&format!("the paper cannot be made again: {fault}"), &[]);
                        Failed
                    })?;
                    let found = written.differences(&anew.bytes);
                    let is_like = found.is_empty();
                    if unlike.as_ref().is_none_or(|known| found.len() < known.len()) {
                        unlike = Some(found);
                    }
                    if is_like {
                        break 'found;
                    }
                }
            }
            unlike.unwrap_or_default()
        }
        // Only JSON has no form.
        (_, None) => return Err(Failed),
    };
    if differences.is_empty() {
        terminal.confirmed(&format!("{paper}: these are the figures that {file} gives."))?;
        let (seed, few) = chosen(made.seed, made.years);
        let anew = "make the paper again without --seed and --years, and see which figures move";
        if let Some(seed) = seed {
            terminal.warning(&format!("{paper} was simulated from seed {seed}, which somebody chose"), &[anew]);
        }
        if let Some(years) = few {
            terminal
                .warning(&format!("{paper} rests on {years} simulated years only: chance moves its figures"), &[anew]);
        }
        return Ok(true);
    }
    let mut told: Vec<String> = differences.iter().take(SHOWN).cloned().collect();
    if differences.len() > SHOWN {
        told.push(format!("and {} more", differences.len() - SHOWN));
    }
    let here = env!("CARGO_PKG_VERSION");
    if made.version != here {
        told.push(format!("it was made by rosi {}, this is rosi {here}", cut(&made.version)));
    }
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    terminal.fault(&format!("{paper}: these are not the figures that {file} gives"), &told);
    Ok(false)
}

/// The bytes of a paper.
pub(super) fn bytes(path: &Path, terminal: &Terminal) -> Result<Vec<u8>, Failed> {
    let paper = path.display();
    let mut bytes = Vec::new();
    let opened = files::open(path);
    opened.and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes)).map_err(|fault| {
        terminal.fault(&format!("{paper} cannot be read: {fault}"), &["name the paper"]);
        Failed
    })?;
    let fault = match bytes.len() as u64 {
        0 => format!("{paper} is empty: no paper of rosi"),
        size if size > MOST_BYTES => format!("{paper} has more than {} MB: no paper of rosi", MOST_BYTES >> 20),
        _ => return Ok(bytes),
    };
    terminal.fault(&fault, &["name the paper"]);
    Err(Failed)
}

/// A paper as far as it was read.
pub(super) enum Written {
    Json(Value),
    /// Lines for people.
    Text(String),
    /// Lines that say nothing to people.
    Packed(Vec<u8>),
    #[cfg(feature = "xlsx")]
    Workbook(Vec<u8>, Sheets),
}

impl Written {
    /// A paper of a form, or JSON; nothing where it is damaged, which is told.
    pub(super) fn read(
        bytes: Vec<u8>,
        form: Option<Form>,
        path: &Path,
        terminal: &Terminal,
    ) -> Result<Option<Self>, Failed> {
        let paper = path.display();
        match Self::of(bytes, form) {
            Ok(written) => Ok(Some(written)),
            Err(why) if form.is_none() => {
                let help = "name a file that `rosi assess --format json` wrote";
                terminal.fault(&format!("{paper} is no JSON: {why}"), &[help]);
                Err(Failed)
            }
            Err(why) => {
                terminal.fault(&format!("{paper} is damaged: {why}"), &["take it from where it was written again"]);
                Ok(None)
            }
        }
    }

    /// The run that it came from; nothing where it was of another scenario than this, which is told.
    pub(super) fn made_of(
        &self,
        hash: &str,
        path: &Path,
        file: &Path,
        terminal: &Terminal,
    ) -> Result<Option<Run>, Failed> {
        let (paper, file) = (path.display(), file.display());
        let made = self.run().map_err(|fault| {
            match fault {
                NoRun::Missing => terminal.fault(
                    &format!("{paper} does not say which run of rosi it came from"),
                    &[
                        "name a paper of `rosi report`, or what `rosi assess --format json` wrote",
                        "papers of rosi 0.1.0 say it in a sentence only: make the paper again",
                    ],
                ),
                NoRun::Absurd(claim) => terminal.fault(
                    &format!("{paper} claims a run that is not done again ({claim})"),
                    &["ask whoever wrote it; rosi does again runs of at most 50 million years"],
                ),
            }
            Failed
        })?;
        if made.is_changed {
            let help = "put the changes into the file and make the paper again without --set";
            terminal.fault(
                &format!("{paper} was made from a case changed by --set: its figures are those of no file"),
                &[help],
            );
            return Ok(None);
        }
        if hash != made.scenario {
            let help = format!(
                "the scenario {file} has the hash {}; `rosi compare` tells what two versions differ by",
                &hash[..12]
            );
            terminal.fault(&format!("{paper} was made from another scenario than {file}"), &[&help]);
            return Ok(None);
        }
        Ok(Some(made))
    }

    /// A paper of a form, or JSON; else why it is none.
    fn of(bytes: Vec<u8>, form: Option<Form>) -> Result<Self, String> {
        match form {
            None => serde_json::from_slice(&bytes).map(Self::Json).map_err(|fault| fault.to_string()),
            #[cfg(feature = "xlsx")]
            Some(Form::Xlsx) => Sheets::read(&bytes).map(|sheets| Self::Workbook(bytes, sheets)),
            #[cfg(feature = "pdf")]
            Some(Form::Pdf(_)) => Ok(Self::Packed(bytes)),
            Some(_) => Ok(String::from_utf8(bytes).map_or_else(|fault| Self::Packed(fault.into_bytes()), Self::Text)),
        }
    }

    /// Which run it came from.
    fn run(&self) -> Result<Run, NoRun> {
        let told = match self {
            Self::Json(document) => {
                let is_assessment = document["schema"].as_str() == Some("rosi.assessment/1");
                is_assessment.then(|| document["provenance"].clone())
            }
            Self::Text(text) => provenance_of(text),
            // The description of a PDF is not packed.
            Self::Packed(bytes) => provenance_of(&String::from_utf8_lossy(bytes)),
            #[cfg(feature = "xlsx")]
            Self::Workbook(_, sheets) => serde_json::from_str(&sheets.provenance).ok(),
        };
        Run::of(&told.ok_or(NoRun::Missing)?)
    }

    /// Where it differs from the same paper made anew.
    fn differences(&self, anew: &[u8]) -> Vec<String> {
        let another = || vec!["the file that rosi makes from this scenario is another one".to_owned()];
        match self {
            Self::Text(text) => std::str::from_utf8(anew).map_or_else(|_| another(), |anew| lines(text, anew)),
            Self::Packed(bytes) if bytes == anew => Vec::new(),
            Self::Json(_) | Self::Packed(_) => another(),
            #[cfg(feature = "xlsx")]
            Self::Workbook(bytes, sheets) => match Sheets::read(anew) {
                _ if bytes == anew => Vec::new(),
                Ok(anew) => sheets.differences(&anew),
                Err(_) => another(),
            },
        }
    }
}

/// A text as far as a line holds it.
fn cut(text: &str) -> String {
    if text.chars().count() <= LETTERS {
        return text.to_owned();
    }
    format!("{}…", text.chars().take(LETTERS).collect::<String>())
}

/// Where two trees of figures differ.
fn differ(written: &Value, fresh: &Value, path: &str, found: &mut Vec<String>) {
    let join = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match (written, fresh) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, value) in b {
                match a.get(key) {
                    Some(other) => differ(other, value, &join(key), found),
                    None => found.push(format!("{}: missing", join(key))),
                }
            }
            found.extend(a.keys().filter(|key| !b.contains_key(*key)).map(|key| format!("{}: unknown", join(key))));
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (index, (a, b)) in a.iter().zip(b).enumerate() {
                let name = b["id"].as_str().map_or_else(|| index.to_string(), str::to_owned);
                differ(a, b, &join(&name), found);
            }
        }
        (a, b) if a == b => {}
        (Value::Array(a), Value::Array(b)) => {
            found.push(format!("{path}: {} entries in the paper, {} anew", a.len(), b.len()));
        }
        (a, b) => {
            let (a, b) = (cut(&a.to_string()), cut(&b.to_string()));
            found.push(format!("{path}: {a} in the paper, {b} anew"));
        }
    }
}

/// Where two papers differ, line by line. A program that moves text may end lines in its own way.
fn lines(written: &str, fresh: &str) -> Vec<String> {
    let part = |line: &str, at: usize| line.chars().skip(at.saturating_sub(30)).take(LETTERS).collect::<String>();
    let place = |a: &str, b: &str| {
        let ended = a.chars().count().min(b.chars().count());
        a.chars().zip(b.chars()).position(|(a, b)| a != b).unwrap_or(ended)
    };
    let (a, b): (Vec<&str>, Vec<&str>) = (written.trim_end().lines().collect(), fresh.trim_end().lines().collect());
    let mut found: Vec<String> = a
        .iter()
        .zip(&b)
        .filter(|(a, b)| a != b)
        .map(|(a, b)| {
            let at = place(a, b);
            format!("\"…{}…\" in the paper, \"…{}…\" anew", part(a, at), part(b, at))
        })
        .collect();
    if a.len() != b.len() {
        found.push(format!("{} lines in the paper, {} anew", a.len(), b.len()));
    }
    found
}
