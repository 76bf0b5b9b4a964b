//! What does one case come to, in one line? And the process that answers so.
//!
//! A result is `{ "id": …, "assessment": … }` with the figures of `rosi assess --format json`, or
//! `{ "id": …, "error": { "message", "diagnostics" } }`. Samples reach the process with the case, so it reads no file.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Write};

use serde_json::{Value, json};

use super::super::Failed;
use super::super::case::How;
use super::input::Job;
use crate::engine;
use crate::figures::Fault;
use crate::front::no_figures;
use crate::render;
use crate::report;
use crate::scenario::{Parsed, Source, parse};

/// Answers cases on standard input, a line each, until it ends.
pub(super) fn answer(how: &How) -> Result<(), Failed> {
    let (input, mut out) = (io::stdin().lock(), io::stdout().lock());
    for line in input.lines() {
        let question = line.ok().and_then(|line| serde_json::from_str::<Value>(&line).ok()).ok_or(Failed)?;
        let watched = how.watch(None);
        let result = worked_out(&asked(&question), how);
        drop(watched);
        out.write_all(result.as_bytes()).and_then(|()| out.flush()).map_err(|_| Failed)?;
    }
    Ok(())
}

/// A case as a line for [`answer`].
pub(super) fn question(id: &Value, source: &Source) -> String {
    let samples: BTreeMap<&str, String> =
        source.attachments.iter().map(|(name, bytes)| (name.as_str(), as_text(bytes))).collect();
    let question = json!({ "id": id, "name": source.name, "text": as_text(&source.bytes), "samples": samples });
    format!("{question}\n")
}

/// Bytes as a text that keeps every one of them: what is no UTF-8 must be told as a fault of the case.
fn as_text(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

fn as_bytes(text: &str) -> Vec<u8> {
    text.chars().filter_map(|c| u8::try_from(u32::from(c)).ok()).collect()
}

fn asked(question: &Value) -> Job {
    let text = |key: &str| question[key].as_str().unwrap_or_default();
    let samples = question["samples"].as_object().into_iter().flatten();
    let source = Source {
        name: text("name").to_owned(),
        bytes: as_bytes(text("text")),
        attachments: samples
            .map(|(name, bytes)| (name.clone(), as_bytes(bytes.as_str().unwrap_or_default())))
            .collect(),
    };
    Job { id: question["id"].clone(), source: Ok(source) }
}

/// The result of a case, as a line.
pub(super) fn worked_out(job: &Job, how: &How) -> String {
    let source = match &job.source {
        Ok(source) => source,
        Err(fault) => return fault_line(&job.id, fault, Vec::new()),
    };
    let Parsed { scenario, warnings } = match parse(source) {
        Ok(parsed) => parsed,
        Err(faults) => {
            return fault_line(&job.id, &no_figures(&faults, "the case"), render::faults(&faults, source).faults);
        }
    };
    let settings = match how.settings(&scenario, how.asks_for_sensitivity()) {
        Ok(settings) => settings,
        Err(asked) => return fault_line(&job.id, &asked.to_string(), Vec::new()),
    };
    match engine::analyse(&scenario, &settings) {
        Ok(analysis) => {
            let found = report::assessed(&scenario, &analysis, &warnings);
            line(&json!({ "id": job.id, "assessment": found }))
        }
        Err(faults) => fault_line(&job.id, "the figures cannot be worked out", render::faults(&faults, source).faults),
    }
}

fn line(result: &Value) -> String {
    format!("{result}\n")
}

/// The result of a case that has none.
pub(super) fn fault_line(id: &Value, message: &str, diagnostics: Vec<Fault>) -> String {
    line(&json!({ "id": id, "error": { "message": message, "diagnostics": diagnostics } }))
}
