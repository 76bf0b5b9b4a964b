//! `rosi batch`: many cases in, one result a line out, in their order.
//!
//! Each case is worked out by a process of its own crew (`crew`), so that one that takes too long, too much memory or
//! ends the program costs one line, not the batch. Only a few cases are in memory at any time, whatever their number.
//! A result that was written stays: `--resume` goes on behind the last whole line (`resume`).

mod crew;
pub(super) mod input;
mod resume;
mod work;

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use clap::{Args, Parser};

use super::case::How;
use super::write::Identity;
use super::{Failed, Terminal, write};
use crew::Crew;
use input::Input;

/// The arguments of `rosi batch`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The cases: JSON lines (`-` reads standard input), each a case or { "id": …, "case": a case or a path }; or a
    /// table (.csv, .tsv) with a column `id` and columns for keys
    file: PathBuf,
    /// The case that every row of a table changes; without it the table has a column `case` with paths
    #[arg(long, value_name = "CASE")]
    template: Option<PathBuf>,
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Go on behind what --out holds already of the same cases and settings
    #[arg(long, requires = "out", conflicts_with = "force")]
    resume: bool,
    /// Write over a file that is there
    #[arg(long, requires = "out")]
    force: bool,
    /// Work on so many cases at once [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Fail (exit code 1) if any case has a fault; every result is written all the same
    #[arg(long)]
    strict: bool,
    #[command(flatten)]
    how: How,
    /// Answer to a crew
    #[arg(long, hide = true)]
    worker: bool,
}

/// How the figures of one line are found.
#[derive(Debug, Parser)]
#[command(no_binary_name = true)]
struct OfLine {
    #[command(flatten)]
    how: How,
}

/// What `rosi batch` writes for one line of its input, without the line's end, for whoever shares out lines himself.
///
/// # Errors
/// Arguments that `rosi batch` does not know or cannot read.
pub fn line(number: usize, line: &[u8], folder: PathBuf, arguments: &[String]) -> Result<String, String> {
    let asked = OfLine::try_parse_from(arguments).map_err(|fault| fault.to_string())?;
    let job = input::Maker::of_lines(folder).job(input::Raw::Line(number, Ok(line.to_vec())));
    Ok(work::worked_out(&job, &asked.how).trim_end().to_owned())
}

/// Runs `rosi batch`.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    if arguments.worker {
        return work::answer(&arguments.how);
    }
    let told = |(message, help): (String, String)| {
        terminal.fault(&message, &[&help]);
        Failed
    };
    let input = || Input::open(&arguments.file, arguments.template.as_deref()).map_err(told);
    let mut cases = input()?;
    terminal.has_read(&arguments.file);
    arguments.template.iter().for_each(|template| terminal.has_read(template));
    let jobs = arguments.jobs.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from);
    let mut done = 0;
    let file = arguments.out.as_deref().filter(|path| !write::is_standard_output(path));
    if file.is_none() && arguments.resume {
        return Err(told((
            "standard output holds nothing to go on behind".to_owned(),
            "name a file with --out".to_owned(),
        )));
    }
    let out: Box<dyn Write + Send> = match file {
        None => Box::new(BufWriter::new(io::stdout())),
        Some(path) => {
            let taken = Identity::of(path);
            if taken.as_ref().is_some_and(|own| terminal.is_read(own)) {
                return Err(told((
                    format!("{} is what is read", path.display()),
                    "name another file with --out".to_owned(),
                )));
            }
            if taken.is_some() && arguments.resume {
                let taken = resume::taken_up(path, &mut cases).map_err(told)?;
                done = taken.lines;
                if let Some(raw) = taken.changed {
                    let place = done + 1;
                    terminal.note(&format!(
                        "case {place} has changed since {} was written: it and all behind it are worked out again",
                        path.display()
                    ));
                    cases.put_back(raw);
                }
                Box::new(BufWriter::new(taken.file))
            } else if taken.is_some() && !arguments.force {
                return Err(told((
                    format!("{} is there already", path.display()),
                    "--resume goes on behind what it holds, --force writes over it".to_owned(),
                )));
            } else {
                let cannot =
                    |fault: io::Error| (format!("{} cannot be written: {fault}", path.display()), HELP.to_owned());
                Box::new(BufWriter::new(File::create(path).map_err(cannot).map_err(told)?))
            }
        }
    };
    let found = Crew::new(jobs, out, done).work(cases);
    let found = found.map_err(|fault| match fault.kind() {
        // The reader has seen enough (`rosi batch … | head`).
        io::ErrorKind::BrokenPipe if file.is_none() => Failed,
        _ => told((format!("the results cannot be written: {fault}"), HELP.to_owned())),
    })?;
    let behind = if done > 0 { format!(", {done} of them before") } else { String::new() };
    let cases = done + found.cases;
    let s = if cases == 1 { "" } else { "s" };
    let faulty = match found.faulty {
        0 => "none of these with a fault".to_owned(),
        faulty => format!("{faulty} of these with a fault"),
    };
    let now = if done > 0 { format!("; {} now", found.cases) } else { String::new() };
    terminal.note(&format!("{cases} case{s}{behind}{now}, {faulty}"));
    if arguments.strict && found.faulty > 0 {
        let message = format!("{} of the cases have a fault, and --strict allows none", found.faulty);
        return Err(told((message, "mend the cases whose line holds `error`, or leave --strict out".to_owned())));
    }
    Ok(())
}

const HELP: &str = "check that the folder exists, that you may write there and that there is room";
