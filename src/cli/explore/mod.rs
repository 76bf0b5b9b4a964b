//! `rosi explore`: a page on this machine on which a case is tried live.
//!
//! Nobody else can reach it: it listens on the loopback address alone, answers only its own name and port (`Host`,
//! `Origin`), and only who has the secret of its address. Nothing is fetched from elsewhere, nothing leaves the machine.

mod guard;
mod keep;
mod routes;
mod server;
mod session;

use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use super::{Failed, Terminal, case};
use crate::units::reading::{Settings, read};
use crate::units::{Arithmetic, Currency, Kind};
use session::Session;

/// The arguments of `rosi explore`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The scenario (TOML, YAML or JSON); the built-in example without it
    file: Option<PathBuf>,
    /// Listen on this port of the loopback address; a free one without it
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    port: u16,
    /// End when nobody asked anything for so long
    #[arg(long, value_name = "TIME", default_value = "8 hours", value_parser = idle)]
    idle: Duration,
    /// Do not open the page in the browser
    #[arg(long)]
    no_open: bool,
}

/// A time such as `30 minutes`, read as a file reads it.
fn idle(text: &str) -> Result<Duration, String> {
    let help = || "write a time from 1 second to 30 days, such as `30 minutes`".to_owned();
    let currency = Currency::from_code("EUR").ok_or_else(help)?;
    let hours = read(text, Kind::Period, &Settings::new(currency, 220.into())).map_err(|_| help())?;
    let seconds = f64::from_decimal(hours.value) * 3_600.0;
    // A second is no whole part of an hour.
    if (0.999..=30.0 * 86_400.0).contains(&seconds) { Ok(Duration::from_secs_f64(seconds)) } else { Err(help()) }
}

/// Runs `rosi explore`.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    let source = case::source_to_change(arguments.file.as_deref(), terminal)?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port)).map_err(|fault| {
        let message = format!("port {} of this machine cannot be listened on: {fault}", arguments.port);
        terminal.fault(&message, &["leave `--port` out for a free one, or name another"]);
        Failed
    })?;
    let failed = |fault: &dyn std::fmt::Display| {
        terminal.fault(&format!("the page cannot be served: {fault}"), &[]);
        Failed
    };
    let port = listener.local_addr().map_err(|fault| failed(&fault))?.port();
    let session = Session::new(arguments.file.clone(), source, port).map_err(|fault| failed(&fault))?;
    let session = Arc::new(session);
    // On a line of its own: other programs read it.
    terminal.result(&format!("{}\n", session.address(session.secret())))?;
    terminal.note("Open this address in a browser. It works on this machine only; Ctrl-C ends it.");
    if !arguments.no_open {
        open(&session.address(&session.once()));
    }
    let why = server::serve(&session, listener, arguments.idle).map_err(|fault| failed(&fault))?;
    terminal.note(why);
    Ok(())
}

/// Opens an address in the browser, as far as this machine knows how; the address is printed anyway.
fn open(address: &str) {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let mut command = Command::new(program);
    command.args(before).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    // Where there is no browser, the printed line is all there is.
    if let Ok(mut child) = command.spawn() {
        std::thread::spawn(move || child.wait());
    }
}
