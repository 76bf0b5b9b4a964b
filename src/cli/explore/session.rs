//! What is known while the page is open: the file as it is now, what was worked out, whose turn it is.
//!
//! A page keeps its own changes and sends them with every question, so two pages cannot lose each other's. Here only
//! what all of them share is kept, and each of it within bounds.

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Instant, SystemTime};

use tokio::sync::{Semaphore, watch};

use super::super::{Terminal, files};
use crate::engine::Stop;
use crate::explore::{Estimate, Live, Refused, Stage};
use crate::report::Context;
use crate::report::live::{Replies, replies};
use crate::scenario::Source;
use crate::scenario::edit::Change;
use crate::units::Voice;

/// How many answers are kept: today's, the changed one and a variant, in three stages.
const KEPT: usize = 9;
/// Requests that are worked on at a time; more are turned away.
const AT_ONCE: usize = 32;

/// A question that several people answer in turn.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    /// How many people there are.
    pub people: usize,
    /// What they said so far.
    pub estimates: Vec<Estimate>,
}

/// Everything that the pages of one run share.
pub(super) struct Session {
    path: Option<PathBuf>,
    port: u16,
    secret: String,
    /// What a page must show besides its cookie before anything is written.
    pub token: String,
    once: Mutex<Option<String>>,
    source: Mutex<Arc<Source>>,
    voice: Mutex<Voice>,
    kept: Mutex<VecDeque<(String, Arc<Live>)>>,
    /// One quick question at a time, and one slow one.
    pub quick: Arc<Semaphore>,
    pub slow: Arc<Semaphore>,
    pub requests: Arc<Semaphore>,
    pub asked: Mutex<BTreeMap<String, Asked>>,
    last: Mutex<Instant>,
    /// Which text the file has now.
    pub seen: watch::Sender<String>,
}

/// A lock that nobody who held it can have left half done: each is held for one assignment.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// So many random bytes of the operating system, in hexadecimal.
fn random() -> Result<String, getrandom::Error> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes)?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

impl Session {
    pub(super) fn new(path: Option<PathBuf>, source: Source, port: u16) -> Result<Self, getrandom::Error> {
        let seen = watch::Sender::new(source.sha256());
        let voice = Mutex::new(voice_of(&source).unwrap_or_default());
        Ok(Self {
            path,
            port,
            secret: random()?,
            token: random()?,
            once: Mutex::new(Some(random()?)),
            source: Mutex::new(Arc::new(source)),
            voice,
            kept: Mutex::new(VecDeque::new()),
            quick: Arc::new(Semaphore::new(1)),
            slow: Arc::new(Semaphore::new(1)),
            requests: Arc::new(Semaphore::new(AT_ONCE)),
            asked: Mutex::new(BTreeMap::new()),
            last: Mutex::new(Instant::now()),
            seen,
        })
    }

    pub(super) fn secret(&self) -> &str {
        &self.secret
    }

    /// The code that opens one browser: other users of the machine may see it among the arguments of a process.
    pub(super) fn once(&self) -> String {
        locked(&self.once).clone().unwrap_or_default()
    }

    /// The address that opens the page.
    pub(super) fn address(&self, key: &str) -> String {
        format!("http://127.0.0.1:{}/?key={key}", self.port)
    }

    /// The names that the page may be asked under.
    pub(super) fn hosts(&self) -> [String; 2] {
        [format!("127.0.0.1:{}", self.port), format!("localhost:{}", self.port)]
    }

    /// The name of its cookie: cookies of one machine know no ports.
    pub(super) fn cookie(&self) -> String {
        format!("rosi-{}", self.port)
    }

    /// Whether a key opens the page; one that opens it once is used up.
    pub(super) fn opens(&self, key: &str) -> bool {
        let mut once = locked(&self.once);
        if once.as_deref().is_some_and(|code| same(code, key)) {
            *once = None;
            return true;
        }
        same(&self.secret, key)
    }

    /// The file as it is now.
    pub(super) fn source(&self) -> Arc<Source> {
        Arc::clone(&locked(&self.source))
    }

    /// How the page speaks: as the file, or as it last could be read.
    pub(super) fn voice(&self) -> Voice {
        *locked(&self.voice)
    }

    /// What it answers to what it does not carry out.
    pub(super) fn replies(&self) -> &'static Replies {
        replies(self.voice().language)
    }

    /// The file's place; nothing for the built-in example.
    pub(super) fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// The folder of the case: the only one that is written to.
    pub(super) fn folder(&self) -> PathBuf {
        let folder = self.path.as_deref().and_then(Path::parent).filter(|folder| !folder.as_os_str().is_empty());
        folder.map_or_else(|| PathBuf::from("."), Path::to_owned)
    }

    /// Who asks, for the words of a report.
    pub(super) fn context(&self) -> Context {
        super::super::case::context(self.path.as_deref())
    }

    /// Somebody asked something.
    pub(super) fn touched(&self) {
        *locked(&self.last) = Instant::now();
    }

    /// Since when nobody did.
    pub(super) fn last(&self) -> Instant {
        *locked(&self.last)
    }

    /// What was worked out for a question, or nothing.
    pub(super) fn known(&self, name: &str) -> Option<Arc<Live>> {
        let mut kept = locked(&self.kept);
        let place = kept.iter().position(|(known, _)| known == name)?;
        let found = kept.remove(place)?;
        let live = Arc::clone(&found.1);
        kept.push_back(found);
        Some(live)
    }

    /// Works a question out, or takes what is known.
    pub(super) fn worked_out(&self, changes: &[Change], stage: Stage, stop: &Stop) -> Result<Arc<Live>, Refused> {
        let source = self.source();
        let name = name_of(&source, changes, stage);
        if let Some(known) = self.known(&name) {
            return Ok(known);
        }
        let live = Arc::new(Live::worked_out(&source, changes, stage, self.context(), stop)?);
        let mut kept = locked(&self.kept);
        while kept.len() >= KEPT {
            kept.pop_front();
        }
        kept.push_back((name, Arc::clone(&live)));
        Ok(live)
    }

    /// Reads the file again; whether it is another text than before.
    pub(super) fn read_again(&self) -> bool {
        let Some(path) = self.path.as_deref() else { return false };
        // An editor may just be writing it: then the next look finds it.
        if !fs::metadata(path).is_ok_and(|data| data.is_file()) {
            return false;
        }
        let Ok(source) = files::unguarded(path, &Terminal::new(true)) else { return false };
        let hash = source.sha256();
        if *self.seen.borrow() == hash {
            return false;
        }
        if let Some(voice) = voice_of(&source) {
            *locked(&self.voice) = voice;
        }
        *locked(&self.source) = Arc::new(source);
        self.seen.send_replace(hash);
        true
    }

    /// What tells without reading whether the file or its samples may have changed.
    pub(super) fn stamp(&self) -> Vec<Option<(SystemTime, u64)>> {
        let Some(path) = self.path.as_deref() else { return Vec::new() };
        let folder = self.folder();
        let source = self.source();
        let samples = source.attachments.keys().map(|name| folder.join(name));
        std::iter::once(path.to_owned())
            .chain(samples)
            .map(|path| fs::metadata(path).ok().and_then(|data| Some((data.modified().ok()?, data.len()))))
            .collect()
    }
}

/// How a file speaks, if it can be read.
fn voice_of(source: &Source) -> Option<Voice> {
    crate::scenario::parse(source).ok().map(|parsed| parsed.scenario.voice())
}

/// What one question is called: the text of the file, the changes, how much of it.
pub(super) fn name_of(source: &Source, changes: &[Change], stage: Stage) -> String {
    format!("{} {} {}", source.sha256(), stage.name(), crate::explore::changes_of(changes))
}

/// Whether two secrets are the same, in a time that does not tell how much of them is.
pub(super) fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}
