//! Files out: whole or not at all, over no file that was read, and through what is no file.
//!
//! A regular file is written beside its place and renamed over it, so that a reader never sees half of it. A device, a
//! FIFO or an open stream (`/dev/stdout`) cannot be replaced: it is written through. A link stays a link; the file that
//! it points to is replaced. Of several files every place is checked and every byte written before the first rename.

use std::fs::{self, File, OpenOptions, Permissions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::{Failed, Terminal};

/// How many links are followed before it is taken for a circle, as Linux does.
const LINKS: usize = 40;

/// Which file a path names, whatever way leads there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Identity {
    path: PathBuf,
    /// Device and number on it: a hard link has another path.
    #[cfg(unix)]
    node: (u64, u64),
}

impl Identity {
    /// That of a regular file; nothing where there is none. Whoever writes to a device that was read destroys nothing.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let data = fs::metadata(path).ok().filter(fs::Metadata::is_file)?;
        #[cfg(unix)]
        let node = {
            use std::os::unix::fs::MetadataExt;
            (data.dev(), data.ino())
        };
        #[cfg(not(unix))]
        let _ = data;
        // An open file without a name (`<<<` of a shell) still has a number.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        Some(Self {
            path,
            #[cfg(unix)]
            node,
        })
    }

    /// Whether both name one file.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        #[cfg(unix)]
        if self.node == other.node {
            return true;
        }
        self.path == other.path
    }
}

/// Refuses a file that is there already, unless it is meant.
pub(crate) fn is_free(path: &Path, force: bool, terminal: &Terminal) -> Result<(), Failed> {
    if force || !path.symlink_metadata().is_ok_and(|there| there.is_file() || there.is_symlink()) {
        return Ok(());
    }
    terminal.fault(
        &format!("{} is there already, and is left as it is", path.display()),
        &["name another file, or write over this one with --force"],
    );
    Err(Failed)
}

/// Where something is written.
#[derive(Debug)]
pub(crate) struct Target {
    /// As it was named.
    named: PathBuf,
    /// The place at the end of all links, its folder without detours.
    place: PathBuf,
    way: Way,
}

#[derive(Debug)]
enum Way {
    /// Beside it, then renamed; with the permissions of the file that is there.
    Replace(Option<Permissions>),
    /// Into what is there.
    Through,
}

impl Target {
    /// The target of a path, or what stands against it and what helps.
    fn of(path: &Path) -> Result<Self, (String, &'static str)> {
        if is_standard_output(path) {
            return Err(("`-` is standard output, and this is written to a file".to_owned(), "name a file"));
        }
        const FOLDER: &str = "check that the folder exists and that you may write there";
        let named = path.display();
        let cannot = |fault: std::io::Error| (format!("{named} cannot be written: {fault}"), FOLDER);
        let mut place = path.to_owned();
        for _ in 0..LINKS {
            let name = place.file_name().map(ToOwned::to_owned);
            let Some(name) = name else {
                return Err((format!("{named} names a folder"), "name a file in it"));
            };
            let folder = place.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let folder = fs::canonicalize(folder).map_err(cannot)?;
            place = folder.join(name);
            let target = |way| Self { named: path.to_owned(), place: place.clone(), way };
            // A name of an open stream: what it is opened on may be a file, but it is the stream that is meant, and
            // whoever opened it goes on writing behind us.
            if is_stream(&folder) {
                return Ok(target(Way::Through));
            }
            let here = match fs::symlink_metadata(&place) {
                Ok(here) => here,
                Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(target(Way::Replace(None))),
                Err(fault) => return Err(cannot(fault)),
            };
            if here.is_symlink() {
                let to = fs::read_link(&place).map_err(cannot)?;
                place = folder.join(to);
                continue;
            }
            if here.is_dir() {
                return Err((format!("{named} is a folder"), "name a file in it"));
            }
            if !here.is_file() {
                return Ok(target(Way::Through));
            }
            // Renaming asks for no right to the file itself, but who took it away meant it.
            if here.permissions().readonly() || OpenOptions::new().write(true).open(&place).is_err() {
                return Err((
                    format!("{named} may not be written: it is read-only"),
                    "name another file, or make this one writable",
                ));
            }
            return Ok(target(Way::Replace(Some(here.permissions()))));
        }
        Err((format!("{named} cannot be written: its links lead in a circle"), "name another file"))
    }

    fn fault(&self, fault: &std::io::Error, terminal: &Terminal) -> Failed {
        terminal.fault(
            &format!("{} cannot be written: {fault}", self.named.display()),
            &["check that the folder exists, that you may write there and that there is room"],
        );
        Failed
    }
}

/// Whether the names in a folder are open streams of a process.
fn is_stream(folder: &Path) -> bool {
    folder.starts_with("/proc") && folder.ends_with("fd") || folder == Path::new("/dev/fd")
}

/// A file that is removed unless it comes to its place.
struct Temporary {
    path: PathBuf,
    done: bool,
}

impl Temporary {
    /// With these bytes and permissions, in the folder of a place.
    fn written(place: &Path, bytes: &[u8], permissions: Option<&Permissions>) -> std::io::Result<Self> {
        let (mut file, temporary) = Self::begun(place)?;
        file.write_all(bytes)?;
        if let Some(permissions) = permissions {
            file.set_permissions(permissions.clone())?;
        }
        file.sync_all()?;
        Ok(temporary)
    }

    /// Of a new name: what an earlier run may have left, or somebody put there, is not touched.
    fn begun(place: &Path) -> std::io::Result<(File, Self)> {
        const TRIES: u32 = 1000;
        let mut last = ErrorKind::AlreadyExists.into();
        for number in 0..TRIES {
            let path = place.with_file_name(format!(".rosi-{}-{number}.tmp", std::process::id()));
            match OpenOptions::new().write(true).create_new(true).open(&path) {
                Ok(file) => return Ok((file, Self { path, done: false })),
                Err(fault) if fault.kind() == ErrorKind::AlreadyExists => last = fault,
                Err(fault) => return Err(fault),
            }
        }
        Err(last)
    }

    fn renamed(mut self, place: &Path) -> std::io::Result<()> {
        fs::rename(&self.path, place)?;
        self.done = true;
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.done {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Where several things are written: every place can be written to as far as that is to be seen, and none is named
/// twice.
pub(crate) fn targets<'p>(paths: impl Iterator<Item = &'p Path>, terminal: &Terminal) -> Result<Vec<Target>, Failed> {
    let mut targets: Vec<Target> = Vec::new();
    for path in paths {
        let target = Target::of(path).map_err(|(fault, help)| {
            terminal.fault(&fault, &[help]);
            Failed
        })?;
        if let Some(other) = targets.iter().find(|other| other.place == target.place) {
            let fault = if other.named == target.named {
                format!("{} is named twice", path.display())
            } else {
                format!("{} and {} are one file", other.named.display(), path.display())
            };
            terminal.fault(&fault, &["name each file once"]);
            return Err(Failed);
        }
        targets.push(target);
    }
    Ok(targets)
}

/// Writes each of several things to its target; nothing is replaced before all are written beside their places.
pub(crate) fn all(targets: &[Target], contents: &[&[u8]], terminal: &Terminal) -> Result<(), Failed> {
    for target in targets {
        if Identity::of(&target.place).is_some_and(|identity| terminal.is_read(&identity)) {
            terminal.fault(
                &format!("{} is what was read: it is not written over", target.named.display()),
                &["name another file for the result"],
            );
            return Err(Failed);
        }
    }
    let mut ready = Vec::new();
    for (target, bytes) in targets.iter().zip(contents) {
        if let Way::Replace(permissions) = &target.way {
            let temporary = Temporary::written(&target.place, bytes, permissions.as_ref());
            ready.push((target, temporary.map_err(|fault| target.fault(&fault, terminal))?));
        }
    }
    for (target, bytes) in targets.iter().zip(contents) {
        if matches!(target.way, Way::Through) {
            through(&target.place, bytes).map_err(|fault| target.fault(&fault, terminal))?;
        }
    }
    for (target, temporary) in ready {
        temporary.renamed(&target.place).map_err(|fault| target.fault(&fault, terminal))?;
    }
    Ok(())
}

/// Writes into what is there, at its end where it has one.
fn through(place: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let written = OpenOptions::new().append(true).open(place).and_then(|mut file| {
        file.write_all(bytes)?;
        file.flush()
    });
    match written {
        // The reader has seen enough, as with standard output.
        Err(fault) if fault.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Whether a path stands for standard output.
pub(crate) fn is_standard_output(path: &Path) -> bool {
    path == Path::new("-")
}

/// A folder to write several files into, made where it is not there.
pub(crate) fn folder(path: &Path, terminal: &Terminal) -> Result<(), Failed> {
    if is_standard_output(path) {
        terminal.fault("`-` is standard output, and these are several files", &["name a folder"]);
        return Err(Failed);
    }
    fs::create_dir_all(path).map_err(|fault| {
        terminal
            .fault(&format!("{} cannot be made: {fault}", path.display()), &["name a folder that you may write to"]);
        Failed
    })
}

/// Writes a text to a path and says so; without one, and to `-`, it is printed.
pub(crate) fn text(path: Option<&Path>, text: &str, terminal: &Terminal) -> Result<(), Failed> {
    match path.filter(|path| !is_standard_output(path)) {
        Some(path) => {
            whole(path, text.as_bytes(), terminal)?;
            terminal.note(&format!("written: {}", path.display()));
            Ok(())
        }
        None => terminal.result(text),
    }
}

/// Writes one thing to a path.
pub(crate) fn whole(path: &Path, bytes: &[u8], terminal: &Terminal) -> Result<(), Failed> {
    all(&targets(std::iter::once(path), terminal)?, &[bytes], terminal)
}
