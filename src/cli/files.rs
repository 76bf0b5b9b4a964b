//! Files in: a scenario with its samples.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::{Failed, Terminal};
use crate::diagnostic::Diagnostic;
use crate::front::no_figures;
use crate::scenario::{Parsed, Source, attachments, parse, syntax};

/// Reads a file, or standard input for `-`, with the samples that it names.
pub(crate) fn source(path: &Path, terminal: &Terminal) -> Result<Source, Failed> {
    let source = unguarded(path, terminal)?;
    // Standard input may be a file too: `rosi assess - < case.toml`.
    terminal.has_read(if source.name == "-" { Path::new("/dev/stdin") } else { path });
    Ok(source)
}

/// The same of a case that is to be changed in place, so that it may be written over.
pub(crate) fn unguarded(path: &Path, terminal: &Terminal) -> Result<Source, Failed> {
    let (name, bytes) = read(path, "`rosi init > case.toml` writes a file to begin with", terminal)?;
    let mut source = Source::new(name, syntax::in_utf8(bytes));
    source.attachments = samples(&source, &folder_of(path), &|path| terminal.has_read(path));
    Ok(source)
}

/// The folder that a file lies in.
pub(crate) fn folder_of(path: &Path) -> PathBuf {
    path.parent().map_or_else(PathBuf::new, Path::to_owned)
}

/// One of many cases, with its samples; what stands against it is the caller's to tell.
pub(crate) fn loaded(path: &Path) -> Result<Source, String> {
    let bytes = open(path).and_then(read_limited);
    let bytes = bytes.map_err(|fault| format!("{} cannot be read: {fault}", path.display()))?;
    let mut source = Source::new(path.display().to_string(), syntax::in_utf8(bytes));
    source.attachments = samples(&source, &folder_of(path), &|_| ());
    Ok(source)
}

impl crate::Case {
    /// Reads a case from a file, with the sample files that it names.
    ///
    /// # Errors
    /// A file that cannot be read, and every fault of its text at once.
    pub fn open(path: impl AsRef<Path>) -> Result<Self, crate::Error> {
        let source = loaded(path.as_ref()).map_err(|fault| crate::Error::asked(fault, "check the path"))?;
        Self::from_source(source)
    }
}

/// The same with its text, letter by letter: what is changed in place is written back.
#[cfg(any(feature = "calibrate", feature = "import"))]
pub(crate) fn to_edit(path: &Path, terminal: &Terminal) -> Result<(Source, String), Failed> {
    let source = unguarded(path, terminal)?;
    let Ok(text) = String::from_utf8(source.bytes.clone()) else {
        terminal.fault(&format!("{} is not in UTF-8", source.name), &["save it as UTF-8; nothing was written"]);
        return Err(Failed);
    };
    Ok((source, text))
}

/// The name and the bytes of a file that is no scenario.
#[cfg(feature = "calibrate")]
pub(crate) fn bytes(path: &Path, terminal: &Terminal) -> Result<(String, Vec<u8>), Failed> {
    quiet_reader();
    let (name, bytes) = read(path, "check the path", terminal)?;
    terminal.has_read(path);
    // What was not read must not be left out in silence.
    if bytes.len() > syntax::MAX_BYTES {
        let most = syntax::MAX_BYTES / 1_000_000;
        terminal.fault(
            &format!("{name} is larger than {most} MB"),
            &["leave out the rows and columns that are not needed"],
        );
        return Err(Failed);
    }
    Ok((name, bytes))
}

/// That the reader of workbooks gave up on a damaged one is told as a fault, not as a trace.
#[cfg(any(feature = "calibrate", feature = "import"))]
pub(crate) fn quiet_reader() {
    #[cfg(feature = "import")]
    {
        static ONCE: std::sync::Once = std::sync::Once::new();
        ONCE.call_once(|| {
            let usual = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |what| {
                if std::thread::current().name() != Some(crate::import::READER) {
                    usual(what);
                }
            }));
        });
    }
}

fn read(path: &Path, missing: &str, terminal: &Terminal) -> Result<(String, Vec<u8>), Failed> {
    let name = path.display().to_string();
    let read = if name == "-" { read_limited(std::io::stdin().lock()) } else { open(path).and_then(read_limited) };
    match read {
        Ok(bytes) => Ok((name, bytes)),
        Err(fault) => {
            let help = match fault.kind() {
                std::io::ErrorKind::NotFound => missing,
                std::io::ErrorKind::IsADirectory => "name the file in it",
                std::io::ErrorKind::InvalidInput => "name a file, or read the pipe as standard input: `-`",
                _ => "check the path and your right to read it",
            };
            terminal.fault(&format!("{name} cannot be read: {fault}"), &[help]);
            Err(Failed)
        }
    }
}

/// Opens a file that has bytes to read: a pipe without a writer would never open.
pub(crate) fn open(path: &Path) -> std::io::Result<fs::File> {
    let found = fs::metadata(path)?;
    if found.is_dir() {
        return Err(std::io::ErrorKind::IsADirectory.into());
    }
    // What a shell hands on as `<(…)` has its writer already.
    let handed_on = ["/dev/fd/", "/dev/stdin", "/proc/"].iter().any(|place| path.starts_with(place));
    if is_pipe(&found) && !handed_on {
        return Err(std::io::Error::new(std::io::ErrorKind::InvalidInput, "it is a pipe"));
    }
    fs::File::open(path)
}

#[cfg(unix)]
fn is_pipe(found: &fs::Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&found.file_type())
}

#[cfg(not(unix))]
fn is_pipe(_: &fs::Metadata) -> bool {
    false
}

/// All bytes up to a little more than a scenario may have; the parser refuses what is longer.
fn read_limited(reader: impl Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(syntax::MAX_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The sample files beside the scenario; what cannot be read is left out, and reading faults there.
pub(crate) fn samples(source: &Source, folder: &Path, seen: &dyn Fn(&Path)) -> BTreeMap<String, Vec<u8>> {
    attachments(source)
        .into_iter()
        .filter_map(|name| {
            let inside = fs::canonicalize(folder.join(&name)).ok()?;
            let root = fs::canonicalize(if folder.as_os_str().is_empty() { Path::new(".") } else { folder }).ok()?;
            // A link must not lead out of the folder either.
            if !inside.starts_with(root) {
                return None;
            }
            seen(&inside);
            // Pipes and devices have no end.
            if !fs::metadata(&inside).ok()?.is_file() {
                return None;
            }
            let bytes = open(&inside).and_then(read_limited).ok()?;
            Some((name, bytes))
        })
        .collect()
}

/// Parses a source; faults and advice are drawn.
pub(crate) fn parsed(source: &Source, terminal: &Terminal, advice: bool) -> Result<Parsed, Failed> {
    match parse(source) {
        Ok(parsed) => {
            if advice {
                terminal.diagnostics(&parsed.warnings, &source.name, &source.text());
            }
            Ok(parsed)
        }
        Err(diagnostics) => Err(refused(&diagnostics, source, terminal)),
    }
}

/// Draws what stands against a source.
pub(crate) fn refused(diagnostics: &[Diagnostic], source: &Source, terminal: &Terminal) -> Failed {
    terminal.diagnostics(diagnostics, &source.name, &source.text());
    terminal.fault(&no_figures(diagnostics, &source.name), &[]);
    Failed
}
