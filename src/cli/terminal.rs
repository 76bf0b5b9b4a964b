//! The two streams: results, and everything else.

use std::io::{IsTerminal, Write};
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use super::Failed;
use super::write::Identity;
use crate::diagnostic::{Diagnostic, draw};
use crate::engine::Progress;
use crate::render::clean;

/// The streams of this process and how to write to them.
#[derive(Debug)]
pub(crate) struct Terminal {
    quiet: bool,
    /// Standard output takes colour.
    pub colour: bool,
    /// Standard error takes colour.
    error_colour: bool,
    /// Columns of the terminal; a common width where there is none.
    pub width: u16,
    /// When the work began, and whether its progress is on the screen; absent where standard error
    /// is no terminal.
    progress: Option<Mutex<Shown>>,
    /// The files that were read: no result is written over them.
    read: Mutex<Vec<Identity>>,
}

/// What is shown of the progress.
#[derive(Debug)]
struct Shown {
    since: Instant,
    on_screen: bool,
}

/// Work that is done sooner needs no progress.
const PATIENCE: Duration = Duration::from_millis(400);

/// Columns where standard output is no terminal.
const WIDTH: u16 = 120;

/// The most faults that are drawn in one run: nobody mends more before the next.
const DRAWN: usize = 50;

impl Terminal {
    pub(crate) fn new(quiet: bool) -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        Self {
            quiet,
            colour: !plain && std::io::stdout().is_terminal(),
            error_colour: !plain && std::io::stderr().is_terminal(),
            width: columns.or_else(terminal_width).unwrap_or(WIDTH),
            progress: (!quiet && !plain && std::io::stderr().is_terminal())
                .then(|| Mutex::new(Shown { since: Instant::now(), on_screen: false })),
            read: Mutex::new(Vec::new()),
        }
    }

    /// The same, which has read nothing yet.
    pub(crate) fn afresh(&self) -> Self {
        Self::new(self.quiet)
    }

    /// Whether somebody sits there who can be asked.
    #[cfg(feature = "import")]
    pub(crate) fn can_ask() -> bool {
        std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
    }

    /// Remembers a file that was read.
    pub(crate) fn has_read(&self, path: &Path) {
        if let (Some(identity), Ok(mut read)) = (Identity::of(path), self.read.lock()) {
            read.push(identity);
        }
    }

    /// Whether a file is one of those that were read.
    pub(crate) fn is_read(&self, identity: &Identity) -> bool {
        self.read.lock().is_ok_and(|read| read.iter().any(|other| other.is_same(identity)))
    }

    /// Writes a result to standard output.
    pub(crate) fn result(&self, text: &str) -> Result<(), Failed> {
        let mut out = std::io::stdout().lock();
        match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
            Ok(()) => Ok(()),
            // The reader has seen enough (`rosi … | head`): no fault.
            Err(fault) if fault.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            Err(fault) => {
                self.fault(&format!("the result cannot be written: {fault}"), &[]);
                Err(Failed)
            }
        }
    }

    /// Writes a result that the exit code says too, unless only results are wanted that it does not.
    pub(crate) fn confirmed(&self, text: &str) -> Result<(), Failed> {
        if self.quiet { Ok(()) } else { self.result(&format!("{}\n", clean(text))) }
    }

    /// Tells a fault that has no place in a file.
    pub(crate) fn fault(&self, message: &str, help: &[&str]) {
        self.told("error", message, help);
    }

    /// Tells what a reader of the result must know, unless only results are wanted.
    pub(crate) fn warning(&self, message: &str, help: &[&str]) {
        if !self.quiet {
            self.told("warning", message, help);
        }
    }

    /// What is told repeats names and arguments, which must not drive the terminal.
    fn told(&self, kind: &str, message: &str, help: &[&str]) {
        let mut text = format!("{kind}: {}\n", clean(message));
        for line in help {
            text.push_str(&format!("  = help: {}\n", clean(line)));
        }
        self.tell(&text);
    }

    /// Tells what was done, unless only results are wanted.
    pub(crate) fn note(&self, text: &str) {
        if !self.quiet {
            self.tell(&format!("{}\n", clean(text)));
        }
    }

    /// Shows how far a simulation is, on a terminal and if it takes long.
    pub(crate) fn progress(&self, progress: Progress) {
        let Some(Ok(mut shown)) = self.progress.as_ref().map(Mutex::lock) else { return };
        if shown.on_screen || shown.since.elapsed() >= PATIENCE {
            shown.on_screen = true;
            let part = (100.0 * progress.part).floor();
            self.tell(&format!("\rsimulating {} years: {part:3}%", progress.years));
        }
    }

    /// Clears the progress away.
    pub(crate) fn progress_ends(&self) {
        let Some(Ok(mut shown)) = self.progress.as_ref().map(Mutex::lock) else { return };
        if std::mem::take(&mut shown.on_screen) {
            self.tell("\r\u{1b}[K");
        }
    }

    /// Draws faults, and advice unless only results are wanted.
    pub(crate) fn diagnostics(&self, diagnostics: &[Diagnostic], name: &str, text: &str) {
        let shown: Vec<Diagnostic> =
            diagnostics.iter().filter(|diagnostic| diagnostic.is_error() || !self.quiet).cloned().collect();
        if shown.is_empty() {
            return;
        }
        let drawn = &shown[..shown.len().min(DRAWN)];
        self.tell(&draw(drawn, name, text, self.error_colour));
        if shown.len() > DRAWN {
            self.tell(&format!("… and {} more: mend these first, the rest may go with them\n", shown.len() - DRAWN));
        }
    }

    fn tell(&self, text: &str) {
        // There is nowhere to tell that standard error is gone.
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    }
}

/// The width of the terminal, as clap's own help takes it.
fn terminal_width() -> Option<u16> {
    if !std::io::stdout().is_terminal() {
        return None;
    }
    terminal_size::terminal_size().map(|(width, _)| width.0)
}
