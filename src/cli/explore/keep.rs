//! Where does a changed case go? Into its file, into a new one beside it, or into a paper; over nothing without a yes.

use std::fs;
use std::path::{Path, PathBuf};

use super::super::{Terminal, write};
use super::session::Session;
use crate::explore::written;
use crate::report::live::reply;
use crate::scenario::edit::Change;
use crate::scenario::{self, Source};

/// What is asked for.
pub(super) struct Wanted<'w> {
    /// The changes.
    pub changes: &'w [Change],
    /// The text of the file that they were made to.
    pub base: &'w str,
    /// The name of a new file; the case's own without it.
    pub name: Option<&'w str>,
    /// Whether a file that is there may be written over.
    pub yes: bool,
}

/// Why nothing was written.
pub(super) enum Unwritten {
    /// A name or a change that cannot be.
    Refused(String),
    /// Something is there already, or the file is not the one that was changed.
    Conflict(String),
    /// The machine would not.
    Failed(String),
}

/// Writes the changed case; the name of its file.
pub(super) fn keep(session: &Session, wanted: &Wanted<'_>) -> Result<String, Unwritten> {
    session.read_again();
    let (source, words) = (session.source(), session.replies());
    if source.sha256() != wanted.base {
        return Err(Unwritten::Conflict(words.changed_meanwhile.into()));
    }
    let changed = changed(&source, wanted.changes)?;
    let place = match (wanted.name, session.path()) {
        (Some(name), _) => beside(session, &source, name)?,
        (None, Some(path)) => path.to_owned(),
        (None, None) => return Err(Unwritten::Refused(words.no_file.into())),
    };
    let of_file = |template| reply(template, &[("file", &named(&place))]);
    if fs::symlink_metadata(&place).is_ok() && !wanted.yes {
        return Err(Unwritten::Conflict(of_file(words.is_there)));
    }
    // Not over the samples that the case reads.
    let sample = source.attachments.keys().any(|name| session.folder().join(name) == place);
    if sample {
        return Err(Unwritten::Refused(of_file(words.holds_samples)));
    }
    let failed = |_| Unwritten::Failed(of_file(words.not_written));
    write::whole(&place, &changed.bytes, &Terminal::new(true)).map_err(failed)?;
    session.read_again();
    Ok(named(&place))
}

/// The changed text, if it still is a case.
fn changed(source: &Source, changes: &[Change]) -> Result<Source, Unwritten> {
    let changed = written(source, changes).map_err(|refused| {
        Unwritten::Refused(refused.faults.first().map_or_else(String::new, |fault| fault.message.clone()))
    })?;
    match scenario::parse(&changed) {
        Ok(_) => Ok(changed),
        Err(faults) => {
            let fault = faults.into_iter().find(crate::diagnostic::Diagnostic::is_error);
            Err(Unwritten::Refused(fault.map_or_else(String::new, |fault| fault.message)))
        }
    }
}

/// A new file in the folder of the case: a plain name, in the syntax of the case.
fn beside(session: &Session, source: &Source, name: &str) -> Result<PathBuf, Unwritten> {
    let ending = Path::new(&source.name).extension().and_then(|ending| ending.to_str()).unwrap_or("toml");
    let letters = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ' ');
    let has_ending = Path::new(name).extension().is_some_and(|found| found.eq_ignore_ascii_case(ending));
    let is_plain = name.chars().all(letters) && !name.starts_with(['.', ' ', '-']) && name.len() <= 120;
    if !is_plain || !has_ending {
        let why = reply(session.replies().no_file_name, &[("name", &name), ("ending", &ending)]);
        return Err(Unwritten::Refused(why));
    }
    let place = session.folder().join(name);
    // A link could lead out of the folder.
    if fs::symlink_metadata(&place).is_ok_and(|data| !data.is_file()) {
        return Err(Unwritten::Refused(reply(session.replies().no_plain_file, &[("name", &name)])));
    }
    Ok(place)
}

fn named(place: &Path) -> String {
    place.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}
