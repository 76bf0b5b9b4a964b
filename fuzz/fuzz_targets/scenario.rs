//! Does any text make the way from the file to the tables panic, hang or contradict itself?
//!
//! The first byte chooses the syntax, the rest is the file. A file at fault is drawn; a valid one
//! goes through the engine, the report and every text renderer. See `fuzz/README.md`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rosi::internal::diagnostic::{Diagnostic, draw};
use rosi::internal::engine::{self, Settings};
use rosi::internal::render::{Format, render};
use rosi::internal::report::{self, Context};
use rosi::internal::scenario::{Source, attachments, parse};

/// Observed values for every file of samples that a scenario names.
const SAMPLES: &[u8] = b"loss\n12000\n800\n45000.50\n0\n";

fuzz_target!(|data: &[u8]| {
    let Some((&choice, bytes)) = data.split_first() else { return };
    let name = ["case.toml", "case.yaml", "case.json"][usize::from(choice % 3)];
    let mut source = Source::new(name, bytes);
    // Only what a file names is loaded, as the command line does.
    source.attachments = attachments(&source).into_iter().map(|name| (name, SAMPLES.to_vec())).collect();
    let text = source.text().into_owned();
    match parse(&source) {
        Ok(parsed) => {
            drawn(&parsed.warnings, &text);
            assert!(parsed.warnings.iter().all(|advice| !advice.is_error()));
            match engine::analyse(&parsed.scenario, &Settings::default()) {
                Ok(analysis) => {
                    let context = Context { file: Some(name.to_owned()), ..Default::default() };
                    let report = report::build(&parsed.scenario, &analysis, &parsed.warnings, &context);
                    rendered(&report);
                }
                Err(faults) => {
                    assert!(faults.iter().any(Diagnostic::is_error));
                    drawn(&faults, &text);
                }
            }
        }
        Err(faults) => {
            assert!(faults.iter().any(Diagnostic::is_error));
            drawn(&faults, &text);
        }
    }
});

/// Every format can be written, is no longer empty, and JSON can be read back.
fn rendered(report: &report::Report) {
    for format in [
        Format::Text { width: 120, colour: false },
        Format::Text { width: 40, colour: true },
        Format::Json,
        Format::Csv,
        Format::Markdown,
    ] {
        let text = render(report, format);
        assert!(!text.is_empty());
        if format == Format::Json {
            serde_json::from_str::<serde_json::Value>(&text).expect("JSON that can be read");
        }
    }
}

/// The faults have their places within the text, and their picture steers no terminal.
fn drawn(diagnostics: &[Diagnostic], text: &str) {
    for diagnostic in diagnostics {
        let places = diagnostic.span.iter().chain(diagnostic.related.iter().map(|(span, _)| span));
        places.for_each(|span| assert!(text.get(span.start..span.end).is_some(), "{span:?}"));
    }
    let picture = draw(diagnostics, "case", text, false);
    assert!(!picture.contains(['\u{1b}', '\r', '\u{202e}']));
}
