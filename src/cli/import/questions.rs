//! What does an import ask on a terminal?
//!
//! One thing at a time, and each once: what a column holds, how numbers are written, in which currency the amounts are.
//! An empty answer leaves it open, and then it is told as without a terminal.

use crate::cli::Terminal;
use crate::cli::init::{ask as answer, code_of, not_a_currency, until};
use crate::import::{Code, Finding, Input, Options, Outcome, Refusal, Style, completed, meaning_of, open_columns};

/// What was asked already.
#[derive(Debug, Default)]
pub(super) struct Asked {
    numbers: bool,
    currency: bool,
}

impl Asked {
    /// Asks what an import left open; true where something was answered, so that it is worth another run.
    pub(super) fn ask(
        &mut self,
        result: &Result<Outcome, Refusal>,
        options: &mut Options,
        terminal: &Terminal,
    ) -> bool {
        let outcome = match result {
            Err(refusal) => {
                return refusal.mapping.as_ref().is_some_and(|mapping| columns(mapping, options, terminal));
            }
            Ok(outcome) => outcome,
        };
        let is_open =
            !options.is_for_case && options.currency.is_none() && outcome.text.contains("\ncurrency = \"XXX\"");
        (!std::mem::replace(&mut self.numbers, true) && numbers(&outcome.findings, options, terminal))
            || (is_open && !std::mem::replace(&mut self.currency, true) && currency(options, terminal))
    }
}

/// What the columns hold that no heading tells.
fn columns(mapping: &str, options: &mut Options, terminal: &Terminal) -> bool {
    let open = open_columns(mapping);
    if options.mapping.is_some() || open.is_empty() {
        return false;
    }
    terminal.note("Some columns are not clear. Enter leaves a column out.");
    let answers = open.iter().map(|(column, hint)| {
        let question = format!("Column {column}: what does it hold? {hint} [ignore]");
        let mut said = answer(&question, terminal).unwrap_or_else(|| "ignore".to_owned());
        while meaning_of(&said).is_none() {
            let again = format!(
                "\"{said}\" is none: frequency, likelihood, loss, loss min, loss max, cost yearly, …? [ignore]"
            );
            said = answer(&again, terminal).unwrap_or_else(|| "ignore".to_owned());
        }
        said.to_lowercase()
    });
    let text = completed(mapping, &answers.collect::<Vec<_>>());
    options.mapping = Some(Input { name: "answers".into(), bytes: text.into_bytes() });
    true
}

/// How numbers are written, where cells have two readings.
fn numbers(findings: &[Finding], options: &mut Options, terminal: &Terminal) -> bool {
    let doubts: Vec<&Finding> = findings.iter().filter(|finding| finding.code == Code::TwoReadings).collect();
    let Some(first) = doubts.first().filter(|_| options.numbers.is_none()) else { return false };
    terminal.note(&format!("{first}"));
    let question = format!("How are numbers written, 1,234.5 or 1.234,5? It decides {} cells", doubts.len());
    let again = |said: &str| format!("\"{said}\" shows no decimal sign: 1,234.5 or 1.234,5?");
    options.numbers = until(&question, again, Style::of_pattern, terminal);
    options.numbers.is_some()
}

/// The currency, where neither the files nor the command name one.
fn currency(options: &mut Options, terminal: &Terminal) -> bool {
    let question = "In which currency are the amounts? Three letters, such as EUR";
    options.currency = until(question, not_a_currency, code_of, terminal);
    options.currency.is_some()
}
