//! Where the data know no bound, the fault proposes one that works.

use std::fs;

use super::{rosi, told};
use crate::cli::folder;

/// The flag of the cure that a fault proposes, as it is typed.
fn proposed(fault: &str) -> Vec<String> {
    let (_, rest) = fault.split_once("`--at-most ").unwrap_or_else(|| panic!("{fault}"));
    let (bound, _) = rest.split_once('`').unwrap();
    let mut typed = vec!["--at-most".to_owned(), bound.trim_matches('"').to_owned()];
    if fault.contains("with it, `--shape pareto`") {
        typed.extend(["--shape", "pareto"].map(str::to_owned));
    }
    typed
}

#[test]
fn a_bound_that_a_fault_proposes_is_one_that_works() {
    let here = folder("bounds");
    // Heavy tails of several sizes: the highest amount, and each as many times the one above it.
    let logs = [("800", 12.0, 800.0), ("4.2M", 9.0, 4.2e6), ("300M", 11.0, 3e8), ("1.1", 6.0, 1.1), ("2M", 30.0, 2e6)];
    let hours = [("2000", 14.0, 2000.0), ("30", 12.0, 30.0), ("700", 9.0, 700.0)];
    let table = |heading: &str, apart: f64, highest: f64| {
        let lines: String =
            (0..6).map(|rank| format!("2024-02-0{},{}\n", rank + 1, highest / apart.powi(rank))).collect();
        format!("opened,{heading}\n{lines}")
    };
    let mut refused = 0;
    let mut hold = |arguments: &[&str], name: &str| {
        let first = rosi(&here, arguments);
        if first.status.success() {
            return;
        }
        refused += 1;
        let fault = told(&first);
        assert!(fault.contains("is an example, put your own figure there"), "{name}: {fault}");
        let typed = proposed(&fault);
        let typed: Vec<&str> = typed.iter().map(String::as_str).collect();
        // Where the cure names a family, it stands for the one that was asked for.
        let rest = if typed.len() > 2 { &arguments[..3] } else { arguments };
        let again = rosi(&here, &[rest, &typed].concat());
        assert!(again.status.success(), "{name} {typed:?}: {}", told(&again));
    };
    for (name, apart, highest) in logs {
        fs::write(here.join("log.csv"), table("cost", apart, highest)).unwrap();
        for shape in ["lognormal", "gamma", "pareto"] {
            hold(&["calibrate", "loss", "log.csv", "--shape", shape], &format!("{name} {shape}"));
        }
    }
    for (name, apart, highest) in hours {
        fs::write(here.join("log.csv"), table("outage hours", apart, highest)).unwrap();
        for shape in ["lognormal", "gamma", "pareto"] {
            hold(&["calibrate", "duration", "log.csv", "--shape", shape], &format!("{name} hours {shape}"));
        }
    }
    assert!(refused >= logs.len() + hours.len(), "{refused}");
}
