//! How does a paper follow its file while somebody writes it?
//!
//! The file and its samples are looked at twice a second: time and length first, then the text. An editor may write in
//! steps or put a new file in the old one's place, so a change counts when the same was found twice, and a file that is
//! away for a moment is waited for.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use super::files;
use crate::scenario::Source;

/// Between two looks.
const LOOK: Duration = Duration::from_millis(400);

/// What tells without reading whether a file may have changed.
type Stamp = Vec<Option<(SystemTime, u64)>>;

fn stamp(path: &Path, samples: &[String]) -> Stamp {
    let folder = files::folder_of(path);
    let samples = samples.iter().map(|name| folder.join(name));
    std::iter::once(path.to_owned())
        .chain(samples)
        .map(|path| fs::metadata(path).ok().and_then(|data| Some((data.modified().ok()?, data.len()))))
        .collect()
}

/// Calls `changed` whenever the text of the file or one of its samples is another one; it never ends by itself.
pub(super) fn follow(path: &Path, first: &Source, mut changed: impl FnMut(&Source)) -> ! {
    let mut samples: Vec<String> = first.attachments.keys().cloned().collect();
    let mut hash = first.sha256();
    let mut seen: Option<Stamp> = None;
    let mut last = Stamp::new();
    loop {
        std::thread::sleep(LOOK);
        let now = stamp(path, &samples);
        let is_still = now == last;
        last.clone_from(&now);
        if !is_still || seen.as_ref() == Some(&now) || now.first().is_none_or(Option::is_none) {
            continue;
        }
        // Read before it is called seen: what cannot be read yet is tried at the next look.
        let Ok(source) = files::loaded(path) else { continue };
        samples = source.attachments.keys().cloned().collect();
        seen = Some(stamp(path, &samples));
        last.clone_from(seen.as_ref().unwrap_or(&now));
        if source.sha256() != hash {
            hash = source.sha256();
            changed(&source);
        }
    }
}
