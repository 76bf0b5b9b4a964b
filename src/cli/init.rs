//! `rosi init`: a file to begin with.
//!
//! On a terminal it asks what it cannot know (whose case it is, the currency, what worries, what may be bought); what is
//! not answered, and everything without a terminal, stays the example.

use std::io::{BufRead, IsTerminal};
use std::path::PathBuf;

use clap::Args;

use super::{Failed, Terminal, examples, write};
use crate::scenario::cleaned_id;
use crate::units::Currency;

/// The arguments of `rosi init`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// `short`, or the name of a bundled example (`rosi examples` lists them)
    #[arg(long, value_name = "NAME", default_value = "short")]
    template: String,
    /// The currency, three letters
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Write over a file that is there
    #[arg(long, requires = "out")]
    force: bool,
    /// Ask nothing
    #[arg(long, short)]
    yes: bool,
}

/// The shortest file that shows every part; all its figures are examples.
const SHORT: &str = include_str!("short.toml");

/// The title, the risk and the control of the short file: what the answers take the place of.
const TITLE: &str = "What security spending is worth to us";
const RISK: (&str, &str) = ("ransomware", "Ransomware stops order processing");
const CONTROL: (&str, &str) = ("backup", "Offline backup, restored twice a year");

/// Runs `rosi init`.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    let is_short = arguments.template == "short";
    let text = if is_short { SHORT } else { examples::find(&arguments.template, terminal)?.text };
    let asks = is_short && !arguments.yes && std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    let mut text = text.to_owned();
    let mut code = arguments.currency.clone();
    if asks {
        terminal.note("A few questions; Enter keeps what stands in brackets, and every figure can be changed later.");
        if let Some(organisation) = ask("Whose case is it? [ours]", terminal) {
            text = text.replace(TITLE, &format!("What security spending is worth to {organisation}"));
        }
        if code.is_none() {
            let asked = until("In which currency? Three letters [EUR]", not_a_currency, code_of, terminal);
            code = asked.map(|currency| currency.code().to_owned());
        }
        if let Some(worry) = ask(&format!("What worries you most? [{}]", RISK.1), terminal) {
            text = named(&text, RISK, &worry, "laptop");
        }
        if let Some(control) = ask(&format!("What do you think of buying or doing? [{}]", CONTROL.1), terminal) {
            text = named(&text, CONTROL, &control, "encryption");
        }
    }
    if let Some(code) = &code {
        let Some(currency) = code_of(code) else {
            let help = format!("three letters of ISO 4217, such as {}", Currency::common_codes()[..6].join(", "));
            terminal.fault(&format!("\"{code}\" is not the code of a currency"), &[&help]);
            return Err(Failed);
        };
        text = with_currency(&text, currency);
    }
    let file = arguments.out.as_deref().filter(|path| !write::is_standard_output(path));
    let Some(out) = file else { return terminal.result(&text) };
    examples::begun(out, &text, arguments.force, terminal)?;
    terminal.note(&format!("next: put your own figures in it, then `rosi check {0}` and `rosi {0}`", out.display()));
    Ok(())
}

/// What is answered to a question; nothing where nothing is.
pub(super) fn ask(question: &str, terminal: &Terminal) -> Option<String> {
    terminal.note(question);
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line).ok()?;
    // What would end the text in the file, or drive a terminal, is left out.
    let kept: String = line.trim().chars().filter(|c| !c.is_control() && !matches!(c, '"' | '\\')).take(120).collect();
    (!kept.is_empty()).then_some(kept)
}

/// What is read of the answer to a question, which is asked again until it can be; nothing where nothing is answered.
pub(super) fn until<T>(
    question: &str,
    again: impl Fn(&str) -> String,
    read: impl Fn(&str) -> Option<T>,
    terminal: &Terminal,
) -> Option<T> {
    let mut said = ask(question, terminal)?;
    loop {
        if let Some(read) = read(&said) {
            return Some(read);
        }
        said = ask(&again(&said), terminal)?;
    }
}

/// The currency of a code, in letters of any size.
pub(super) fn code_of(text: &str) -> Option<Currency> {
    Currency::from_code(&text.to_uppercase())
}

/// What is asked again where an answer is no code.
pub(super) fn not_a_currency(said: &str) -> String {
    format!(
        "\"{said}\" is not the code of a currency: three letters, such as {}?",
        Currency::common_codes()[..6].join(", ")
    )
}

/// The text with another name for something, and an id made of it that no other thing has.
fn named(text: &str, (id, name): (&str, &str), words: &str, taken: &str) -> String {
    let short: String = words.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
    let made = cleaned_id(&short);
    let made = if made == taken { format!("{made}-2") } else { made };
    text.replace(name, words).replace(&format!("\"{id}\""), &format!("\"{made}\""))
}

/// The text with another currency: in the key, and wherever an amount names the old one.
fn with_currency(text: &str, currency: Currency) -> String {
    let key = |line: &str| line.trim_start().starts_with("currency") && line.contains('=');
    let old = text.lines().find(|line| key(line)).and_then(|line| line.split('"').nth(1)).unwrap_or("EUR");
    let mut written = String::with_capacity(text.len());
    for line in text.lines() {
        written.push_str(
            &line
                .replace(&format!("\"{old}\""), &format!("\"{currency}\""))
                .replace(&format!("{old} "), &format!("{currency} ")),
        );
        written.push('\n');
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ControlId, RiskId};
    use crate::scenario::{Source, parse};

    #[test]
    fn what_is_answered_stands_in_a_file_that_can_be_read() {
        let text = named(SHORT, RISK, "Laptop", "laptop");
        let text = named(&text, CONTROL, "Größere Wände, and more", "encryption");
        let text = with_currency(&text, Currency::from_code("CHF").unwrap());
        let parsed = parse(&Source::new("case.toml", text)).unwrap();
        assert_eq!(parsed.scenario.risks()[RiskId(0)].id, "laptop-2");
        assert_eq!(parsed.scenario.controls()[ControlId(0)].name, "Größere Wände, and more");
        assert_eq!(parsed.scenario.currency().code(), "CHF");
        assert!(parsed.scenario.decision().is_some());
        assert!(!parsed.scenario.insurance().is_empty() && !parsed.scenario.appetite().is_empty());
    }
}
