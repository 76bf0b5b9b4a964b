//! May an archive be opened? Only after every entry was inflated within bounds: their number, their bytes, and the bytes
//! for each byte of the file. A small file may claim to be a huge one, and one name may stand for two texts.

use std::collections::HashSet;
use std::io::{Cursor, Read};

use zip::ZipArchive;

/// The most bytes that an archive may hold.
const MAX_INFLATED: u64 = 256 << 20;
/// Above this size an archive may not grow by more than [`MAX_RATIO`].
const FREE_INFLATED: u64 = 16 << 20;
/// The most bytes out of one byte in.
const MAX_RATIO: u64 = 200;
/// The most entries.
const MAX_ENTRIES: usize = 4_096;

/// An archive that was looked at whole.
pub(crate) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Why an archive is not opened.
#[derive(Debug, PartialEq)]
pub(crate) enum Refused {
    /// It does not hang together.
    Damaged(String),
    /// It holds more than is opened.
    TooBig(String),
}

impl std::fmt::Display for Refused {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (Self::Damaged(why) | Self::TooBig(why)) = self;
        out.write_str(why)
    }
}

/// The archive, after every entry was inflated within the bounds; `see` is given each name with its bytes in pieces.
///
/// # Errors
/// Why it is not opened.
pub(crate) fn bounded<'a>(bytes: &'a [u8], mut see: impl FnMut(&str, &[u8])) -> Result<Archive<'a>, Refused> {
    let damaged = |why: &dyn std::fmt::Display| Refused::Damaged(format!("the archive is damaged: {why}"));
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|why| damaged(&why))?;
    if archive.has_duplicate_names() {
        return Err(Refused::Damaged("the archive holds an entry twice".to_owned()));
    }
    if archive.len() > MAX_ENTRIES {
        let message = format!("the archive has {} entries; at most {MAX_ENTRIES} are opened", archive.len());
        return Err(Refused::TooBig(message));
    }
    let bound = MAX_INFLATED.min(FREE_INFLATED.max(bytes.len() as u64 * MAX_RATIO));
    let mut inflated = 0;
    let mut seen = HashSet::new();
    for index in 0..archive.len() {
        let entry = archive.by_index(index).map_err(|why| damaged(&why))?;
        let name = entry.name().map_err(|why| damaged(&why))?.into_owned();
        // Office programs do not tell capital letters apart in the names of parts.
        if !seen.insert(name.to_lowercase()) {
            return Err(Refused::Damaged(format!("the archive holds the entry {name} twice")));
        }
        let mut limited = entry.take(bound - inflated + 1);
        let mut buffer = [0_u8; 65_536];
        loop {
            // To the end of the entry, so that its check sum is looked at.
            let read = limited.read(&mut buffer).map_err(|why| damaged(&why))?;
            if read == 0 {
                break;
            }
            inflated += read as u64;
            if inflated > bound {
                return Err(Refused::TooBig(format!(
                    "the archive of {} bytes unpacks to more than {bound}: it is not opened further",
                    bytes.len()
                )));
            }
            see(&name, &buffer[..read]);
        }
    }
    Ok(archive)
}
