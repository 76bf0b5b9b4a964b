//! Does any file make the importer panic, hang, or write what is no scenario?
//!
//! The first byte chooses the name, and with it the reader; the rest is the file.
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run import fuzz/corpus/import tests/import/registers` on a stable toolchain.

#![no_main]

use std::sync::Once;

use libfuzzer_sys::fuzz_target;
use rosi::internal::import::{Input, Options, READER, SCALE_TEMPLATE, import};
use rosi::internal::scenario::{Source, parse};

/// A panic within the reader of workbooks is caught and told; every other one is a finding.
static QUIET: Once = Once::new();

fuzz_target!(|data: &[u8]| {
    QUIET.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |what| {
            if std::thread::current().name() != Some(READER) {
                usual(what);
            }
        }));
    });
    let Some((&choice, bytes)) = data.split_first() else { return };
    let name = ["a.csv", "a.tsv", "a.json", "a.yaml", "a.xlsx", "a.ods"][usize::from(choice) % 6];
    let scale = SCALE_TEMPLATE.replace("NAME, YYYY-MM-DD", "Board, 2026-05-20");
    let options = Options {
        scale: (choice & 0x40 != 0).then(|| Input { name: "scale.csv".into(), bytes: scale.into_bytes() }),
        ..Options::default()
    };
    let input = Input { name: name.into(), bytes: bytes.to_vec() };
    match import(&[input], &options) {
        Ok(outcome) => {
            assert!(!outcome.text.contains(['\u{1b}', '\u{202e}']));
            // What is written can be read as TOML; that amounts beyond bounds are told is the reader's part.
            if let Err(faults) = parse(&Source::new("imported.toml", outcome.text.as_str())) {
                assert!(faults.iter().all(|fault| !fault.code.as_str().starts_with("E01")), "{}", outcome.text);
            }
        }
        Err(refusal) => assert!(!refusal.findings.is_empty()),
    }
});
