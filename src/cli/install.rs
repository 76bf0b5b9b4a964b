//! What belongs to an installed program beside the program: completions, man pages, and which build it is.
//!
//! All of it is read off the command line's own description, so that it cannot differ from what is understood.

use std::path::{Path, PathBuf};

use clap::{Args, Command, CommandFactory};
use clap_complete::Shell;

use super::{Failed, Terminal, write};

/// The arguments of `rosi completions`.
#[derive(Debug, Args)]
pub(crate) struct Completions {
    /// The shell that is to complete
    shell: Shell,
}

/// The arguments of `rosi man`.
#[derive(Debug, Args)]
pub(crate) struct Manual {
    /// The command to print the page of; the page of rosi itself without it
    command: Option<String>,
    /// Write every page into this folder instead: rosi.1, rosi-assess.1, …
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    out: Option<PathBuf>,
}

/// Runs `rosi completions`.
pub(crate) fn completions(arguments: &Completions, terminal: &Terminal) -> Result<(), Failed> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::Arguments::command(), "rosi", &mut script);
    terminal.result(&String::from_utf8_lossy(&script))
}

/// Runs `rosi man`.
pub(crate) fn manual(arguments: &Manual, terminal: &Terminal) -> Result<(), Failed> {
    let pages = pages();
    if let Some(folder) = &arguments.out {
        return written(&pages, folder, terminal);
    }
    let wanted = arguments.command.as_deref().map_or_else(|| "rosi".to_owned(), |command| format!("rosi-{command}"));
    match pages.iter().find(|(name, _)| *name == wanted) {
        Some((_, page)) => terminal.result(page),
        None => {
            let names: Vec<&str> = pages.iter().filter_map(|(name, _)| name.strip_prefix("rosi-")).collect();
            let asked = arguments.command.as_deref().unwrap_or_default();
            terminal.fault(&format!("there is no command `{asked}`"), &[&format!("commands: {}", names.join(", "))]);
            Err(Failed)
        }
    }
}

fn written(pages: &[(String, String)], folder: &Path, terminal: &Terminal) -> Result<(), Failed> {
    write::folder(folder, terminal)?;
    for (name, page) in pages {
        write::whole(&folder.join(format!("{name}.1")), page.as_bytes(), terminal)?;
    }
    terminal.note(&format!("{} pages written into {}", pages.len(), folder.display()));
    Ok(())
}

/// Every page by its name: of rosi, and of each command.
fn pages() -> Vec<(String, String)> {
    let mut command = super::Arguments::command();
    command.build();
    let commands = command.get_subcommands().filter(|command| command.get_name() != "help").cloned();
    let below: Vec<Command> = commands.collect();
    let mut pages = vec![page(command)];
    for command in below {
        let nested = command.get_subcommands().filter(|nested| nested.get_name() != "help").cloned();
        let nested: Vec<Command> = nested.collect();
        pages.push(page(command));
        pages.extend(nested.into_iter().map(page));
    }
    pages
}

/// The name of a command's page, and the page.
fn page(command: Command) -> (String, String) {
    let name = command.get_display_name().unwrap_or_else(|| command.get_name()).to_owned();
    let mut page = Vec::new();
    // A page is written into memory, which has no faults.
    let _ = clap_mangen::Man::new(command).render(&mut page);
    (name, String::from_utf8_lossy(&page).into_owned())
}

/// Version, features and build: what a report of a fault needs to name.
pub(crate) fn build() -> String {
    let features = [
        ("charts", cfg!(feature = "charts")),
        ("png", cfg!(feature = "png")),
        ("html", cfg!(feature = "html")),
        ("pdf", cfg!(feature = "pdf")),
        ("xlsx", cfg!(feature = "xlsx")),
        ("calibrate", cfg!(feature = "calibrate")),
        ("import", cfg!(feature = "import")),
        ("web", cfg!(feature = "web")),
    ];
    let (with, without): (Vec<_>, Vec<_>) = features.into_iter().partition(|(_, is_in)| *is_in);
    let names = |features: Vec<(&'static str, bool)>| match features.len() {
        0 => "none".to_owned(),
        _ => features.into_iter().map(|(name, _)| name).collect::<Vec<_>>().join(", "),
    };
    format!(
        "rosi {}\nfeatures: {}\nleft out: {}\nsystem: {} on {}, {} bits\nbuild: {}\n",
        env!("CARGO_PKG_VERSION"),
        names(with),
        names(without),
        std::env::consts::OS,
        std::env::consts::ARCH,
        usize::BITS,
        if cfg!(debug_assertions) { "for development" } else { "for use" },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_page_that_names_its_arguments() {
        let pages = pages();
        for command in super::super::Arguments::command().get_subcommands() {
            let name = format!("rosi-{}", command.get_name());
            let (_, page) = pages.iter().find(|(page, _)| *page == name).unwrap();
            for flag in command.get_arguments().filter(|flag| !flag.is_hide_set()).filter_map(clap::Arg::get_long) {
                assert!(page.contains(&flag.replace('-', "\\-")), "{name} leaves out --{flag}");
            }
        }
    }
}
