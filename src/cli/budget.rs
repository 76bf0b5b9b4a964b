//! How long may a run take, and how much memory? The clock and the system end it, with a fault; they never change a
//! figure.
//!
//! What the engine itself does is bounded in events, cells and sets, so that figures are the same on every machine.
//! This is for what those bounds did not foresee. Nothing is half-written: files are put in place only when they are
//! complete.

use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use clap::Args;

/// What a run may take.
#[derive(Debug, Clone, Copy, Args)]
pub(crate) struct Budget {
    /// End the run when working out a case takes longer, in seconds
    #[arg(long, value_name = "SECONDS", default_value_t = SECONDS, value_parser = seconds)]
    time: f64,
    /// End the run when it takes more memory, such as 500MB or 8GB
    #[arg(long, value_name = "SIZE", default_value = "4GB", value_parser = size)]
    memory: u64,
}

const SECONDS: f64 = 60.0;

impl Default for Budget {
    fn default() -> Self {
        Self { time: SECONDS, memory: 4_000_000_000 }
    }
}

/// Looks are this far apart.
const PAUSE: Duration = Duration::from_millis(100);

/// A run that is watched until this is dropped.
pub(crate) struct Watched(Arc<(Mutex<bool>, Condvar)>);

impl Budget {
    /// Watches the run from now on; `less` is what can be asked in its place and takes less.
    pub(crate) fn watch(self, less: &[&str]) -> Watched {
        let cure = cure(less);
        let shared = Arc::new((Mutex::new(false), Condvar::new()));
        let watched = Watched(Arc::clone(&shared));
        let begin = Instant::now();
        std::thread::spawn(move || {
            let (done, changed) = &*shared;
            let Ok(mut is_done) = done.lock() else { return };
            while !*is_done {
                let Ok((next, _)) = changed.wait_timeout(is_done, PAUSE) else { return };
                is_done = next;
                if !*is_done && let Some(message) = self.passed(begin.elapsed()) {
                    super::Terminal::new(false).fault(&message, &[&cure]);
                    std::process::exit(1);
                }
            }
        });
        watched
    }

    /// What was passed, if anything.
    fn passed(self, elapsed: Duration) -> Option<String> {
        if elapsed.as_secs_f64() > self.time {
            return Some(format!("the case takes longer than {} seconds (--time): the run was ended", self.time));
        }
        let memory = memory_in_use().filter(|memory| *memory > self.memory)?;
        let limit = self.memory as f64 / 1e6;
        Some(format!(
            "the case takes more than {limit:.0} MB of memory (--memory; {:.0} MB now): the run was ended",
            memory as f64 / 1e6
        ))
    }
}

/// What helps where a limit was passed.
fn cure(less: &[&str]) -> String {
    match less {
        [] => "allow more with --time or --memory".to_owned(),
        [one] => format!("ask for less: {one}; or allow more with --time or --memory"),
        [first @ .., last] => {
            format!("ask for less: {} or {last}; or allow more with --time or --memory", first.join(", "))
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if let Ok(mut done) = self.0.0.lock() {
            *done = true;
        }
        self.0.1.notify_all();
    }
}

/// The memory that this process holds, where the system tells it.
fn memory_in_use() -> Option<u64> {
    const PAGE: u64 = 4096;
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    pages.split_whitespace().nth(1)?.parse::<u64>().ok().map(|pages| pages * PAGE)
}

/// Seconds, with or without the unit.
pub(crate) fn seconds(text: &str) -> Result<f64, String> {
    match text.trim().trim_end_matches('s').trim().parse::<f64>() {
        Ok(seconds) if (0.01..=86_400.0).contains(&seconds) => Ok(seconds),
        _ => Err("write seconds from 0.01 to 86400, such as 10".into()),
    }
}

/// An amount of memory with its unit.
fn size(text: &str) -> Result<u64, String> {
    let small = text.trim().to_ascii_lowercase();
    let (digits, unit) = small.split_at(small.find(|c: char| !c.is_ascii_digit()).unwrap_or(small.len()));
    let factor = match unit.trim() {
        "mb" | "m" => Some(1_000_000),
        "gb" | "g" => Some(1_000_000_000),
        "mib" => Some(1 << 20),
        "gib" => Some(1 << 30),
        _ => None,
    };
    let bytes = factor.zip(digits.parse::<u64>().ok()).and_then(|(factor, number)| number.checked_mul(factor));
    bytes.filter(|bytes| *bytes >= 16_000_000).ok_or_else(|| "write at least 16MB, such as 500MB or 8GB".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!(size("500MB"), Ok(500_000_000));
        assert_eq!(size(" 2 GiB "), Ok(2 << 30));
        for wrong in ["", "5", "GB", "1MB", "-3GB", "99999999999999GB", "1.5GB"] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn only_what_takes_less_is_proposed() {
        assert_eq!(cure(&[]), "allow more with --time or --memory");
        let less = ["fewer plans with --plan", "fewer --years", "no --sensitivity"];
        let told = cure(&less);
        assert!(
            told.starts_with("ask for less: fewer plans with --plan, fewer --years or no --sensitivity;"),
            "{told}"
        );
    }

    #[test]
    fn a_run_is_ended_for_its_time_or_its_memory_and_else_not() {
        let budget = Budget { time: 2.0, memory: 1 << 50 };
        assert_eq!(budget.passed(Duration::from_secs(1)), None);
        assert!(budget.passed(Duration::from_secs(3)).is_some_and(|text| text.contains("2 seconds")));
        if memory_in_use().is_some() {
            let little = Budget { memory: 1, ..budget };
            assert!(little.passed(Duration::from_secs(1)).is_some_and(|text| text.contains("--memory")));
        }
    }
}
