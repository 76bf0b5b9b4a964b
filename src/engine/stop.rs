//! Does anybody still wait for these figures?
//!
//! Whoever asked can say that nobody does. Work that has begun then comes to its end within one block of years, one
//! risk or one world: what would still be worked out is left at nothing, and all of it is thrown away. So a stop changes
//! no figure: there are all of them, or none.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::diagnostic::Diagnostic;

/// Asks for an end of work; copies ask for the same.
#[derive(Debug, Clone, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Nobody waits any more.
    pub fn ask(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether that was said.
    pub fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Why there are no figures.
#[derive(Debug, Clone)]
pub enum Unfinished {
    /// What is wrong with the case.
    Faults(Vec<Diagnostic>),
    /// Nobody waits for them.
    Stopped,
}

impl Unfinished {
    /// What is wrong with the case: nothing where it was only stopped.
    pub fn faults(self) -> Vec<Diagnostic> {
        match self {
            Self::Faults(faults) => faults,
            Self::Stopped => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;
    use crate::engine::{MethodChoice, Settings, analyse_until};
    use crate::scenario::{Source, parse};

    #[test]
    fn work_that_is_asked_to_stop_ends_within_a_step_and_gives_no_figures() {
        let text = "schema = 1\ntitle = \"T\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"r\"\nname = \"R\"\n\
                    frequency = \"5 per year\"\nloss.response = { low = \"1k\", high = \"20k\" }\n";
        let scenario = parse(&Source::new("case.toml", text)).unwrap().scenario;
        let years = Some(400_000);
        let settings = Settings { method: MethodChoice::Simulate, years, sensitivity: true, ..Settings::default() };
        let (steps, stop) = (AtomicUsize::new(0), Stop::default());
        let count = |_| {
            steps.fetch_add(1, Ordering::Relaxed);
        };
        assert!(analyse_until(&scenario, &settings, &count, &stop).is_ok());
        let whole = steps.swap(0, Ordering::Relaxed);
        let ask = |_| {
            steps.fetch_add(1, Ordering::Relaxed);
            stop.ask();
        };
        assert!(matches!(analyse_until(&scenario, &settings, &ask, &stop), Err(Unfinished::Stopped)));
        // What every thread had in hand is finished.
        let done = steps.load(Ordering::Relaxed);
        assert!((1..whole / 2).contains(&done), "{done} of {whole} steps");
        assert!(matches!(analyse_until(&scenario, &settings, &count, &stop), Err(Unfinished::Stopped)));
        for method in [MethodChoice::Exact, MethodChoice::Expected] {
            let settings = Settings { method, ..settings.clone() };
            assert!(matches!(analyse_until(&scenario, &settings, &count, &stop), Err(Unfinished::Stopped)));
        }
    }
}
