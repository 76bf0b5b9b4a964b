//! Where does a batch go on that was ended in the middle?
//!
//! Behind the last whole line of its results, or at the first one whose case has changed since: every line there must
//! bear the id of the case in its place, and its figures the hash of that case; faults are worked out again. The last line
//! with figures is worked out again, too: other settings or another version come to other bytes, and results of two kinds
//! must not stand in one file.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Seek, SeekFrom};
use std::path::Path;

use super::crew::{Worker, is_assessed};
use super::input::{Input, Job, Raw};

/// What is there of a batch already.
pub(super) struct TakenUp {
    /// The results, open behind those that stay.
    pub file: File,
    /// How many stay.
    pub lines: usize,
    /// The case in the place behind them, where it has changed since: it has been taken from the input.
    pub changed: Option<Raw>,
}

/// The results that stay; the cases go on behind them, too.
pub(super) fn taken_up(path: &Path, cases: &mut Input) -> Result<TakenUp, (String, String)> {
    let name = path.display();
    let help = || "name the file of the same cases and settings, or begin anew with --force".to_owned();
    let cannot = |fault: std::io::Error| (format!("{name} cannot be taken up: {fault}"), help());
    let mut file = OpenOptions::new().read(true).write(true).open(path).map_err(cannot)?;
    let mut reader = BufReader::new(&file);
    let maker = cases.maker();
    let (mut lines, mut whole, mut last, mut changed) = (0, 0_u64, None, None);
    let mut worker = Worker::default();
    loop {
        let mut line = String::new();
        let read = reader.read_line(&mut line).map_err(cannot)?;
        if !line.ends_with('\n') {
            // The end, or a line that was being written.
            break;
        }
        let Some(raw) = cases.next() else {
            return Err((format!("{name} holds more results than there are cases"), help()));
        };
        let job = maker.job(raw.clone());
        if !line.starts_with(&format!("{{\"id\":{},", job.id)) {
            return Err((format!("line {} of {name} is no result of the case {}", lines + 1, job.id), help()));
        }
        if !is_of(&line, &job, &mut worker) {
            changed = Some(raw);
            break;
        }
        lines += 1;
        whole += read as u64;
        if is_assessed(&line) {
            last = Some((lines, job, line));
        }
    }
    if let Some((number, job, line)) = last
        && worker.result(&job) != line
    {
        let message = format!("line {number} of {name} has other figures than the case {} gives now", job.id);
        return Err((message, help()));
    }
    file.set_len(whole).and_then(|()| file.seek(SeekFrom::End(0))).map_err(cannot)?;
    Ok(TakenUp { file, lines, changed })
}

/// Whether a result is of this case as it stands now.
fn is_of(line: &str, job: &Job, worker: &mut Worker) -> bool {
    match &job.source {
        Ok(source) if is_assessed(line) => line.contains(&format!("\"scenario_sha256\":\"{}\"", source.sha256())),
        _ => worker.result(job) == line,
    }
}
