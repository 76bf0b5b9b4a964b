//! Which run a report is of.

super::group! {
    /// Version, scenario, seed and method in one line.
    Run {
        run: "rosi {version} · scenario {hash} · seed {seed} · {method}",
        simulated: "rosi {version} · scenario {hash} · seed {seed} · {method} ({years} years)",
    }
}
