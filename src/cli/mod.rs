//! Arguments, files, streams and exit codes: the only place that touches them.
//!
//! Results go to standard output, everything else to standard error. Exit codes: 0 fine, 1 the
//! input or the work failed, 2 usage, 3 a gate was not met or a paper not confirmed.

#![allow(clippy::disallowed_methods, reason = "the shell is where files, streams and the environment are touched")]

mod assess;
mod batch;
mod budget;
#[cfg(feature = "calibrate")]
mod calibrate;
mod case;
mod changes;
mod check;
mod compare;
mod examples;
mod explain;
#[cfg(feature = "web")]
mod explore;
#[cfg(feature = "import")]
mod export;
#[cfg(feature = "calibrate")]
mod facts;
mod files;
#[cfg(feature = "pdf")]
mod fonts;
mod gate;
mod group;
#[cfg(feature = "import")]
mod import;
mod init;
mod install;
mod meant;
mod optimise;
mod output;
mod pager;
#[cfg(all(feature = "import", feature = "xlsx"))]
mod read;
mod report;
#[cfg(feature = "calibrate")]
mod review;
mod run;
#[cfg(feature = "xlsx")]
mod sheets;
mod terminal;
mod verify;
mod watch;
mod write;

pub use batch::line as batch_line;
#[cfg(feature = "pdf")]
pub use fonts::with as fonts_with;

use std::ffi::OsString;
use std::io;
use std::process::ExitCode;
use std::sync::OnceLock;

use clap::{Parser, Subcommand};

pub(crate) use terminal::Terminal;

/// rosi makes the money case for security spending.
///
/// It reads one text file (which risks, how often, how bad, which controls, what they cost) and
/// tells what an average year costs, what each option costs and brings, and whether the money is
/// well spent.
#[derive(Debug, Parser)]
#[command(name = "rosi", version, about, arg_required_else_help = true, max_term_width = 100)]
struct Arguments {
    /// Only results and faults, no advice.
    #[arg(long, short, global = true)]
    quiet: bool,
    /// With --version: also the features and the build
    #[arg(long, requires = "version")]
    verbose: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Work out the budget case of a file (of the built-in example without one)
    Assess(assess::Arguments),
    /// Write the board paper of a file
    Report(report::Arguments),
    /// Find the best set of controls for a budget
    #[command(visible_alias = "optimize")]
    Optimise(optimise::Arguments),
    /// Explain a figure: formula, inputs with their lines, and what stands between
    Explain(explain::Arguments),
    /// Try the case live: a page on this machine that answers while you change it
    #[cfg(feature = "web")]
    Explore(explore::Arguments),
    /// Tell what changed between two versions of a file, and what moved the figures
    Compare(compare::Arguments),
    /// Ask whether a case holds what was agreed: exit code 3 if it does not
    Gate(gate::Arguments),
    /// Check that a paper's figures are the ones that a file gives: exit code 3 if they are not
    Verify(verify::Arguments),
    /// Take what was changed in a workbook back into its case
    #[cfg(all(feature = "import", feature = "xlsx"))]
    Read(read::Arguments),
    /// Turn incident logs, people's ranges and counts into estimates for a case
    #[cfg(feature = "calibrate")]
    Calibrate(calibrate::Arguments),
    /// List cited facts, and what each of them can and cannot carry
    #[cfg(feature = "calibrate")]
    Facts(facts::Arguments),
    /// Hold what was promised against what came
    #[cfg(feature = "calibrate")]
    Review(review::Arguments),
    /// Work out many cases: JSON lines in, or a table of them, one result a line out
    Batch(batch::Arguments),
    /// Add many cases up: the year of a group, what its entities share, its insurance, its plans
    Group(group::Arguments),
    /// Check a file: every fault at once, with its place and its cure
    Check(check::Arguments),
    /// Make a file of what you have: a register, a workbook, a file of another tool
    #[cfg(feature = "import")]
    Import(import::Arguments),
    /// Hand a case on: as a table, a register after NIST IR 8286, or documents of CRML
    #[cfg(feature = "import")]
    Export(export::Arguments),
    /// Print a file to begin with
    Init(init::Arguments),
    /// List the bundled examples, or write one out
    Examples(examples::Arguments),
    /// Print the JSON Schema of the file, for editors, or of what --format json writes
    Schema {
        /// The schema of what --format json writes
        #[arg(long)]
        output: bool,
    },
    /// Print the completions of a shell: bash, zsh, fish, powershell or elvish
    Completions(install::Completions),
    /// Print the man page of rosi or of a command
    Man(install::Manual),
}

/// Why a command ended without its result; the message is already told.
#[derive(Debug)]
pub(crate) struct Failed;

/// The command and its arguments that start this program again, where it runs inside another one.
static STARTED_AS: OnceLock<(OsString, Vec<OsString>)> = OnceLock::new();

/// The same, for a program that is not the file of its process: `starter` begins it (a command, what it takes first).
pub fn run_within(starter: (OsString, Vec<OsString>), arguments: Vec<OsString>) -> ExitCode {
    let (command, mut first) = starter;
    first.extend(arguments.iter().skip(1).cloned());
    let _ = STARTED_AS.set((command, first));
    run(arguments)
}

/// What starts this program once more with the same arguments.
fn started_as() -> io::Result<(OsString, Vec<OsString>)> {
    match STARTED_AS.get() {
        Some(known) => Ok(known.clone()),
        None => Ok((std::env::current_exe()?.into(), std::env::args_os().skip(1).collect())),
    }
}

/// Runs the command line; the result is the exit code of the process.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments: Vec<OsString> = meant::completed(arguments.into_iter().collect());
    let parsed = Arguments::try_parse_from(&arguments);
    let arguments = match parsed {
        Ok(arguments) => arguments,
        Err(fault) => {
            let is_verbose = || arguments.iter().any(|argument| argument == "--verbose");
            if fault.kind() == clap::error::ErrorKind::DisplayVersion && is_verbose() {
                return code(Terminal::new(false).result(&install::build()));
            }
            if let Some(help) = meant::instead(&arguments).filter(|_| fault.use_stderr()) {
                let terminal = Terminal::new(false);
                let first = fault.to_string();
                let first = first.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
                terminal.fault(&first, &[&help]);
                return ExitCode::from(2);
            }
            // Help and version are results; what is wrong with the arguments goes to the other stream.
            let _ = fault.print();
            return if fault.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    let terminal = Terminal::new(arguments.quiet);
    let asked = |met: Result<bool, Failed>| match met {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(3),
        Err(Failed) => ExitCode::from(1),
    };
    let done = match arguments.command {
        Command::Gate(arguments) => return asked(gate::run(&arguments, &terminal)),
        Command::Verify(arguments) => return asked(verify::run(&arguments, &terminal)),
        Command::Assess(arguments) => assess::run(&arguments, &terminal),
        Command::Report(arguments) => report::run(&arguments, &terminal),
        Command::Optimise(arguments) => optimise::run(&arguments, &terminal),
        Command::Explain(arguments) => explain::run(&arguments, &terminal),
        #[cfg(feature = "web")]
        Command::Explore(arguments) => explore::run(&arguments, &terminal),
        Command::Compare(arguments) => compare::run(&arguments, &terminal),
        #[cfg(all(feature = "import", feature = "xlsx"))]
        Command::Read(arguments) => read::run(&arguments, &terminal),
        #[cfg(feature = "calibrate")]
        Command::Calibrate(arguments) => calibrate::run(&arguments, &terminal),
        #[cfg(feature = "calibrate")]
        Command::Facts(arguments) => facts::run(&arguments, &terminal),
        #[cfg(feature = "calibrate")]
        Command::Review(arguments) => review::run(&arguments, &terminal),
        Command::Batch(arguments) => batch::run(&arguments, &terminal),
        Command::Group(arguments) => group::run(&arguments, &terminal),
        Command::Check(arguments) => check::run(&arguments, &terminal),
        #[cfg(feature = "import")]
        Command::Import(arguments) => import::run(&arguments, &terminal),
        #[cfg(feature = "import")]
        Command::Export(arguments) => export::run(&arguments, &terminal),
        Command::Init(arguments) => init::run(&arguments, &terminal),
        Command::Examples(arguments) => examples::run(&arguments, &terminal),
        Command::Schema { output } => schema(output, &terminal),
        Command::Completions(arguments) => install::completions(&arguments, &terminal),
        Command::Man(arguments) => install::manual(&arguments, &terminal),
    };
    code(done)
}

fn code(done: Result<(), Failed>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failed) => ExitCode::from(1),
    }
}

fn schema(of_output: bool, terminal: &Terminal) -> Result<(), Failed> {
    let schema = if of_output { crate::figures::schema() } else { crate::scenario::grammar::schema() };
    terminal.result(&crate::render::json(&schema))
}
