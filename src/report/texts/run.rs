//! Which run a report is of: `rosi verify` reads these words again.

super::group! {
    /// The words between version, hash, seed and method in one line.
    Run {
        scenario: "scenario",
        group: "group",
        seed: "seed",
        exact: "exact",
        simulated: "simulated",
        expected: "expected",
        years: "years",
        in_file: "in the file",
    }
}

impl Run {
    /// The words of a method, by its key.
    pub(crate) fn method(&self, key: &str) -> &'static str {
        match key {
            "exact" => self.exact,
            "simulated" => self.simulated,
            _ => self.expected,
        }
    }
}
