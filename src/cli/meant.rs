//! What was meant by a command line that is none?
//!
//! `rosi case.toml` works the case out; `rosi version` tells the version; a file where none may stand is answered with
//! the command that takes one.

use std::ffi::OsString;
use std::path::Path;

use clap::CommandFactory;

/// Whether an argument names a scenario.
fn is_scenario(argument: &str) -> bool {
    let ending = Path::new(argument).extension().map(|ending| ending.to_string_lossy().to_lowercase());
    matches!(ending.as_deref(), Some("toml" | "yaml" | "yml" | "json"))
}

/// The command line with the word that was left out.
pub(super) fn completed(mut arguments: Vec<OsString>) -> Vec<OsString> {
    let is_flag = |argument: &OsString| argument.to_string_lossy().starts_with('-');
    let Some(place) = arguments.iter().skip(1).position(|argument| !is_flag(argument)).map(|place| place + 1) else {
        return arguments;
    };
    let word = arguments[place].to_string_lossy().into_owned();
    if word == "version" && place == 1 && arguments.len() == 2 {
        arguments[place] = "--version".into();
    } else if is_scenario(&word) {
        arguments.insert(place, "assess".into());
    }
    arguments
}

/// What to type instead, where it can be told.
pub(super) fn instead(arguments: &[OsString]) -> Option<String> {
    let words: Vec<String> = arguments.iter().skip(1).map(|word| word.to_string_lossy().into_owned()).collect();
    let command = words.iter().find(|word| !word.starts_with('-'))?.as_str();
    let file = words.iter().skip_while(|word| *word != command).skip(1).find(|word| is_scenario(word));
    let has = |flag: &str| words.iter().any(|word| word == flag || word.starts_with(&format!("{flag}=")));
    let out_is_empty = words.last().is_some_and(|word| word == "--out");
    match (command, file) {
        ("init", _) if out_is_empty => Some("write `rosi init --out case.toml`".into()),
        ("examples", _) if out_is_empty => Some("write `rosi examples ransomware --out case.toml`".into()),
        (_, _) if out_is_empty => Some(format!("name the file: `rosi {command} case.toml --out FILE`")),
        ("init", Some(file)) => Some(format!("write `rosi init --out {file}`")),
        ("examples" | "schema", Some(file)) if !has("--out") => Some(match command {
            "schema" => format!("`rosi schema` takes no scenario; `rosi check {file}` checks one"),
            _ => format!("write `rosi examples ransomware --out {file}`"),
        }),
        _ => {
            let known = super::Arguments::command();
            let names: Vec<String> = known
                .get_subcommands()
                .flat_map(|command| std::iter::once(command.get_name()).chain(command.get_all_aliases()))
                .map(str::to_owned)
                .collect();
            if names.iter().any(|name| name == command) {
                return None;
            }
            let meant = OTHER_WORDS.iter().find(|(word, _)| *word == command.to_lowercase()).map(|(_, name)| *name);
            let meant = meant.or_else(|| crate::scenario::nearest(command, names.iter().map(String::as_str)))?;
            Some(format!("did you mean `rosi {meant}`? `rosi --help` lists the commands"))
        }
    }
}

/// What other programs call the commands.
const OTHER_WORDS: [(&str, &str); 14] = [
    ("run", "assess"),
    ("calc", "assess"),
    ("calculate", "assess"),
    ("analyse", "assess"),
    ("analyze", "assess"),
    ("show", "assess"),
    ("new", "init"),
    ("create", "init"),
    ("start", "init"),
    ("validate", "check"),
    ("lint", "check"),
    ("diff", "compare"),
    ("pdf", "report"),
    ("paper", "report"),
];
