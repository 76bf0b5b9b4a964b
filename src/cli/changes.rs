//! How is a case changed for one run, and its file left as it is?

use clap::Args;

use super::{Failed, Terminal};
use crate::scenario::Source;
use crate::scenario::edit::{Change, changed_all};

/// What is changed for this run.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Changes {
    /// Change one value of the case for this run, such as "risk.phishing.frequency=1 in 8 years",
    /// "control.edr.cost.yearly=80k to 120k" or "assumptions.discount_rate=6%" (several times for several)
    #[arg(long = "set", value_name = "KEY=VALUE")]
    set: Vec<String>,
}

impl Changes {
    /// What a source is called that is changed.
    pub(crate) fn name_of(written: &Source) -> String {
        format!("{} as changed by --set", written.name)
    }

    /// The source as it is changed, and what was changed as it is told; none where nothing is.
    pub(crate) fn of(&self, source: &Source, terminal: &Terminal) -> Result<Option<(Source, Vec<String>)>, Failed> {
        if self.set.is_empty() {
            return Ok(None);
        }
        let mut changes = Vec::new();
        for text in &self.set {
            match Change::typed(text) {
                Some(change) => changes.push(change),
                None => {
                    let help = "write a key as `rosi explain` knows it, an equals sign and a value: --set \"risk.phishing.frequency=1 in 8 years\"";
                    terminal.fault(&format!("--set \"{text}\" names no key and value"), &[help]);
                    return Err(Failed);
                }
            }
        }
        match changed_all(source, &changes) {
            Ok(changed) => Ok(Some((changed, changes.iter().map(Change::to_string).collect()))),
            Err((index, fault)) => {
                let help: Vec<&str> = fault.help.iter().map(String::as_str).collect();
                terminal.fault(&format!("--set {}: {}", changes[index].key, fault.message), &help);
                Err(Failed)
            }
        }
    }
}
