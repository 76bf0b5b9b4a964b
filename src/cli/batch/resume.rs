//! Where does a batch go on that was ended in the middle?
//!
//! Behind the last whole line of its results. Every line there must bear the id of the case in its place, and the last
//! one with figures is worked out again: other settings, another version or another input come to other bytes, and
//! results of two kinds must not stand in one file.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Seek, SeekFrom};
use std::path::Path;

use super::crew::{Worker, is_assessed};
use super::input::Input;

/// The results, open behind their last whole line, and how many there are; the cases go on there too.
pub(super) fn taken_up(path: &Path, cases: &mut Input) -> Result<(File, usize), (String, String)> {
    let name = path.display();
    let help = || "name the file of the same cases and settings, or begin anew with --force".to_owned();
    let cannot = |fault: std::io::Error| (format!("{name} cannot be taken up: {fault}"), help());
    let mut file = OpenOptions::new().read(true).write(true).open(path).map_err(cannot)?;
    let mut reader = BufReader::new(&file);
    let maker = cases.maker();
    let (mut lines, mut whole, mut last) = (0, 0_u64, None);
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
        let job = maker.job(raw);
        lines += 1;
        if !line.starts_with(&format!("{{\"id\":{},", job.id)) {
            return Err((format!("line {lines} of {name} is no result of the case {}", job.id), help()));
        }
        whole += read as u64;
        if is_assessed(&line) {
            last = Some((lines, job, line));
        }
    }
    if let Some((number, job, line)) = last
        && Worker::default().result(&job) != line
    {
        let message = format!("line {number} of {name} has other figures than the case {} gives now", job.id);
        return Err((message, help()));
    }
    file.set_len(whole).and_then(|()| file.seek(SeekFrom::End(0))).map_err(cannot)?;
    Ok((file, lines))
}
