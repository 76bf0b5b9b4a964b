//! Does any table of samples make the reader panic, hang, or take a value that no cell holds?
//!
//! The first byte chooses how the table is named in the scenario and how its numbers are written; the rest is the file.
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run samples`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rosi::internal::scenario::{Source, parse};

fuzz_target!(|data: &[u8]| {
    let Some((&choice, bytes)) = data.split_first() else { return };
    let samples = [
        "\"s.csv\"",
        "{ file = \"s.csv\", column = \"loss\" }",
        "{ file = \"s.csv\", column = 1 }",
        "{ file = \"s.csv\", column = 2 }",
    ][usize::from(choice) % 4];
    let numbers = ["", "numbers = \"1,234.5\"\n", "numbers = \"1.234,5\"\n"][usize::from(choice >> 2) % 3];
    let mut source = Source::new(
        "case.toml",
        format!(
            "schema = 1\ntitle = \"t\"\ncurrency = \"EUR\"\n{numbers}[[risk]]\nid = \"a\"\nname = \"A\"\nfrequency = \"1 per year\"\n[risk.loss]\nresponse = {{ samples = {samples} }}\n"
        ),
    );
    source.attachments.insert("s.csv".into(), bytes.to_vec());
    match parse(&source) {
        Ok(parsed) => {
            let estimate = parsed.scenario.estimates().iter().find(|estimate| estimate.path == "risk.a.loss.response");
            let mean = estimate.map_or(f64::NAN, |estimate| estimate.distribution.mean());
            assert!(mean.is_finite() && mean >= 0.0, "{mean}");
        }
        Err(faults) => assert!(faults.iter().all(|fault| !fault.help.is_empty()), "{faults:?}"),
    }
});
