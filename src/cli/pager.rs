//! How is a long text read on a terminal: page by page, with the answer last.
//!
//! As other tools do: the program that `PAGER` names, else `less`, and only where both standard streams are a terminal
//! and the text is longer than it. Where no such program starts, the text is written as it is.

use std::io::{IsTerminal, Write};
use std::process::{Child, Command, Stdio};

use super::{Failed, Terminal};

/// What `less` is told where `LESS` says nothing: leave at once what fits, keep colours, leave the text on the screen.
const LESS: &str = "FRX";

/// Writes a text page by page where that helps, then its last line once more; else at once.
pub(super) fn paged(text: &str, terminal: &Terminal) -> Result<(), Failed> {
    let Some(mut pager) = is_too_long(text).then(started).flatten() else { return terminal.result(text) };
    unless_interrupted();
    if let Some(mut input) = pager.stdin.take() {
        // Who leaves early has seen enough.
        let _ = input.write_all(text.as_bytes());
    }
    let _ = pager.wait();
    let last = text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
    terminal.result(&format!("{last}\n"))
}

/// Whether a terminal is there, and shorter than the text.
fn is_too_long(text: &str) -> bool {
    let is_terminal = std::io::stdout().is_terminal() && std::io::stdin().is_terminal();
    let is_dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
    let height = terminal_size::terminal_size().map_or(0, |(_, height)| usize::from(height.0));
    is_terminal && !is_dumb && height > 0 && text.lines().count() > height
}

/// The program that shows pages; none where `PAGER` is empty or names what shows none.
fn started() -> Option<Child> {
    let named = std::env::var("PAGER").unwrap_or_else(|_| "less".to_owned());
    let mut words = named.split_whitespace();
    let program = words.next().filter(|program| *program != "cat")?;
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    if std::env::var_os("LESS").is_none() {
        command.env("LESS", LESS);
    }
    command.spawn().ok()
}

/// An interrupt is the pager's from now on: it ends a search there, and must not end what the pager reads from.
#[cfg(feature = "web")]
fn unless_interrupted() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    if let Ok(runtime) = runtime {
        // Whoever has asked for it once keeps the process from being ended by it.
        runtime.block_on(async {
            let mut interrupt = std::pin::pin!(tokio::signal::ctrl_c());
            std::future::poll_fn(|context| {
                let _ = interrupt.as_mut().poll(context);
                std::task::Poll::Ready(())
            })
            .await;
        });
    }
}

#[cfg(not(feature = "web"))]
fn unless_interrupted() {}
