//! `rosi init`: a file to begin with.

use clap::Args;

use super::{Failed, Terminal, examples};
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
}

/// The shortest file that shows every part; all its figures are examples.
const SHORT: &str = include_str!("short.toml");

/// Runs `rosi init`.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    let text = if arguments.template == "short" { SHORT } else { examples::find(&arguments.template, terminal)?.text };
    let Some(code) = &arguments.currency else { return terminal.result(text) };
    let Some(currency) = Currency::from_code(&code.to_uppercase()) else {
        let help = format!("three letters of ISO 4217, such as {}", Currency::common_codes()[..6].join(", "));
        terminal.fault(&format!("\"{code}\" is not the code of a currency"), &[&help]);
        return Err(Failed);
    };
    terminal.result(&with_currency(text, currency))
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
