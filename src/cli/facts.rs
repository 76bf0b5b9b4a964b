//! `rosi facts`: cited facts, and what each of them can carry.

use clap::{Args, ValueEnum};

use super::calibrate::{Form, told};
use super::{Failed, Terminal};
use crate::calibrate::cell::number;
use crate::calibrate::facts::{Setting, Use, facts, matching};
use crate::units::reading::column::Reading;

/// The arguments of `rosi facts`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// Words that the facts shall hold (all of them), or the name of one fact
    words: Vec<String>,
    /// Make an estimate of the one fact that is left, for this use
    #[arg(long = "as", value_enum, value_name = "USE")]
    wanted: Option<Wanted>,
    /// The country of the case, as a code
    #[arg(long, value_name = "CODE")]
    country: Option<String>,
    /// The staff of the case
    #[arg(long, value_name = "N")]
    employees: Option<u64>,
    /// The currency of the case
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// The turnover of the group, for ceilings by law
    #[arg(long, value_name = "AMOUNT", value_parser = turnover)]
    turnover: Option<Turnover>,
    /// `text` to read, `json` for programs
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Wanted {
    Frequency,
    Loss,
    Duration,
    AtMost,
    Reduction,
}

/// An amount with its currency, where it names one.
type Turnover = (f64, Option<String>);

/// An amount such as `400M` or `EUR 400M`.
fn turnover(text: &str) -> Result<Turnover, String> {
    match number(text, Reading::default()) {
        Ok(found) if found.value > 0.0 && !found.is_share => Ok((found.value, found.currency)),
        Ok(_) => Err("write an amount above 0, such as 400M or \"EUR 400M\"".to_owned()),
        Err(problem) => Err(format!("{problem}; write an amount such as 400M or \"EUR 400M\"")),
    }
}

/// Runs `rosi facts`.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    let named = arguments.words.as_slice();
    let exact = facts().iter().filter(|fact| named.len() == 1 && fact.id == named[0]).collect::<Vec<_>>();
    let found = if exact.is_empty() { matching(named) } else { exact };
    if found.is_empty() {
        let ids: Vec<&str> = facts().iter().map(|fact| fact.id.as_str()).collect();
        let meant = crate::scenario::nearest(&named.join("-"), ids.iter().copied());
        let help = meant
            .map_or("`rosi facts` without a word lists all".to_owned(), |meant| format!("did you mean `{meant}`?"));
        terminal.fault(&format!("no fact holds \"{}\"", named.join(" ")), &[&help]);
        return Err(Failed);
    }
    let Some(wanted) = arguments.wanted else {
        return match arguments.format {
            Form::Json => {
                let all: Vec<_> = found.iter().map(|fact| fact.json()).collect();
                terminal.result(&format!("{}\n", serde_json::to_string_pretty(&all).unwrap_or_default()))
            }
            Form::Text => {
                let mut text: Vec<String> = found.iter().map(|fact| fact.text()).collect();
                text.push(
                    "Make an estimate of one: rosi facts NAME --as frequency | loss | duration | at-most | reduction\n"
                        .to_owned(),
                );
                terminal.result(&text.join("\n"))
            }
        };
    };
    let [fact] = found.as_slice() else {
        let ids: Vec<&str> = found.iter().map(|fact| fact.id.as_str()).collect();
        terminal.fault(
            &format!("{} facts hold \"{}\"", found.len(), named.join(" ")),
            &[&format!("name one: {}", ids.join(", "))],
        );
        return Err(Failed);
    };
    let (wanted, key) = match wanted {
        Wanted::Frequency => (Use::Frequency, "frequency"),
        Wanted::Loss => (Use::Loss, "loss.response"),
        Wanted::Duration => (Use::Duration, "duration"),
        Wanted::AtMost => (Use::AtMost, "at_most"),
        Wanted::Reduction => (Use::Reduction, "reduction"),
    };
    let setting = Setting {
        country: arguments.country.clone(),
        employees: arguments.employees,
        currency: arguments.currency.clone(),
        turnover: arguments.turnover.clone(),
    };
    let proposal = told(fact.estimate(wanted, &setting, key).map_err(|fault| vec![fault]), terminal)?;
    match arguments.format {
        Form::Text if wanted == Use::AtMost => {
            let most = proposal.value.first().map(|(_, part)| part.toml()).unwrap_or_default();
            terminal.result(&format!("at_most = {most}\n\n{}", proposal.notes()))
        }
        Form::Text => terminal.result(&proposal.text()),
        Form::Json => {
            terminal.result(&format!("{}\n", serde_json::to_string_pretty(&proposal.json()).unwrap_or_default()))
        }
    }
}
