//! How do many cases keep every core busy, in order and in bounded memory?
//!
//! Each member of the crew takes the next case, hands it to a process of its own and waits for the line that comes
//! back. A line is written when all before it are; nobody takes a case that is more than a window ahead of what is
//! written. A process that ends without an answer (time, memory, or worse) is told in the line of its case, and
//! another one started.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Condvar, Mutex, PoisonError};

use super::super::started_as;
use super::input::{Input, Job, Maker};
use super::work::{fault_line, question};

/// Cases that may be ahead of what is written, for each member.
const AHEAD: usize = 16;

/// Who works, and where the results go.
pub(super) struct Crew {
    jobs: usize,
    state: Mutex<State>,
    turn: Condvar,
}

struct State {
    out: Box<dyn Write + Send>,
    /// Lines that wait for those before them.
    ready: BTreeMap<usize, String>,
    /// The place of the next line.
    next: usize,
    found: Found,
    failed: Option<io::Error>,
}

/// How many cases there were.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Found {
    /// All that were worked on.
    pub cases: usize,
    /// Of which so many have a fault.
    pub faulty: usize,
}

impl Crew {
    /// A crew of so many, whose first case has this place.
    pub(super) fn new(jobs: usize, out: Box<dyn Write + Send>, next: usize) -> Self {
        let state = State { out, ready: BTreeMap::new(), next, found: Found::default(), failed: None };
        Self { jobs, state: Mutex::new(state), turn: Condvar::new() }
    }

    /// Works on all cases.
    pub(super) fn work(self, cases: Input) -> io::Result<Found> {
        let maker = cases.maker();
        let first = self.state.lock().unwrap_or_else(PoisonError::into_inner).next;
        let cases = Mutex::new((cases, first));
        std::thread::scope(|scope| {
            for _ in 0..self.jobs {
                scope.spawn(|| self.member(&cases, &maker));
            }
        });
        let mut state = self.state.into_inner().unwrap_or_else(PoisonError::into_inner);
        match state.failed.take() {
            Some(fault) => Err(fault),
            None => state.out.flush().map(|()| state.found),
        }
    }

    fn member(&self, cases: &Mutex<(Input, usize)>, maker: &Maker) {
        let mut worker = Worker::default();
        loop {
            let (raw, place) = {
                let mut cases = cases.lock().unwrap_or_else(PoisonError::into_inner);
                let Some(raw) = cases.0.next() else { return };
                cases.1 += 1;
                (raw, cases.1 - 1)
            };
            if !self.may_begin(place) {
                return;
            }
            let line = worker.result(&maker.job(raw));
            self.take(place, line);
        }
    }

    /// Waits until the window reaches a place; false where nothing can be written any more.
    fn may_begin(&self, place: usize) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        while state.failed.is_none() && place >= state.next + AHEAD * self.jobs {
            state = self.turn.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.failed.is_none()
    }

    /// Writes a line when it is its turn, and those that waited for it.
    fn take(&self, place: usize, line: String) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let state = &mut *state;
        state.ready.insert(place, line);
        while let Some(line) = state.ready.remove(&state.next) {
            state.next += 1;
            state.found.cases += 1;
            state.found.faulty += usize::from(!is_assessed(&line));
            // Line by line: what was worked out is there for --resume, and for who reads along.
            if let Err(fault) = state.out.write_all(line.as_bytes()).and_then(|()| state.out.flush()) {
                state.failed.get_or_insert(fault);
            }
        }
        self.turn.notify_all();
    }
}

/// Whether a result holds figures.
pub(super) fn is_assessed(line: &str) -> bool {
    // The id is one short value in front.
    line.split_once(",\"assessment\":").is_some_and(|(before, _)| !before.contains("\"error\":{"))
}

/// A process that works cases out, one after the other; started when the first one comes.
#[derive(Default)]
pub(super) struct Worker(Option<(Child, ChildStdin, BufReader<ChildStdout>)>);

impl Worker {
    /// The result of a case.
    pub(super) fn result(&mut self, job: &Job) -> String {
        let source = match &job.source {
            Ok(source) => source,
            Err(fault) => return fault_line(&job.id, fault, Vec::new()),
        };
        match self.answer(&question(&job.id, source)) {
            Ok(line) => line,
            Err(why) => fault_line(&job.id, &why, Vec::new()),
        }
    }

    fn answer(&mut self, question: &str) -> Result<String, String> {
        let cannot = |fault: io::Error| format!("no process could be started to work the case out: {fault}");
        if self.0.is_none() {
            self.0 = Some(started().map_err(cannot)?);
        }
        let Some((_, input, output)) = &mut self.0 else { return Err(String::new()) };
        let mut line = String::new();
        let asked = input.write_all(question.as_bytes()).and_then(|()| input.flush());
        if asked.is_ok() && output.read_line(&mut line).is_ok() && line.ends_with('\n') {
            return Ok(line);
        }
        Err(self.ended())
    }

    /// Why the process ended; the next case gets another one.
    fn ended(&mut self) -> String {
        let Some((mut child, input, _)) = self.0.take() else { return String::new() };
        drop(input);
        let mut told = String::new();
        if let Some(mut errors) = child.stderr.take() {
            let _ = errors.read_to_string(&mut told);
        }
        let status = child.wait().map_or_else(|fault| fault.to_string(), |status| status.to_string());
        match told.lines().find_map(|line| line.strip_prefix("error: ")) {
            Some(why) => why.to_owned(),
            None => format!("the case ended the program that worked it out ({status}): please report it with the case"),
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        if let Some((mut child, input, _)) = self.0.take() {
            drop(input);
            let _ = child.wait();
        }
    }
}

/// The same program with the same settings, to answer cases. The crew fills the cores, so each works on one.
fn started() -> io::Result<(Child, ChildStdin, BufReader<ChildStdout>)> {
    let (program, arguments) = started_as()?;
    let mut child = Command::new(program)
        .args(arguments)
        .arg("--worker")
        .env("RAYON_NUM_THREADS", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let (input, output) = input.zip(output).ok_or(io::ErrorKind::BrokenPipe)?;
    Ok((child, input, BufReader::new(output)))
}
