//! How long does a file of ten thousand risks take to read and check? `cargo bench --bench reading`
#![allow(missing_docs, reason = "a bench has no callers")]

use std::fmt::Write;

use divan::Bencher;
use rosi::internal::scenario::{Parsed, Source, parse};

fn main() {
    divan::main();
}

fn scenario(risks: usize) -> String {
    let mut text = "schema = 1\ntitle = \"Many risks\"\ncurrency = \"EUR\"\n".to_owned();
    for i in 0..risks {
        let _ = write!(
            text,
            "[[risk]]\nid = \"r{i}\"\nname = \"Risk {i}\"\nfrequency = {{ low = \"0.1 per year\", high = \"{} per year\" }}\n\
             loss.response = {{ low = \"10k\", high = \"{}k\" }}\nloss.replacement = {{ min = \"1k\", likely = \"2k\", max = \"{}k\" }}\n",
            1 + i % 7,
            100 + i % 50,
            5 + i % 9,
        );
    }
    for i in 0..20 {
        let _ = write!(
            text,
            "[[control]]\nid = \"c{i}\"\nname = \"Control {i}\"\ncost.yearly = \"10k\"\n\
             [[control.effect]]\nrisk = \"r{i}\"\non = \"frequency\"\nreduction = \"30%\"\n"
        );
    }
    text
}

/// Asked for: under half a second for ten thousand.
#[divan::bench(args = [100, 1_000, 10_000])]
fn read_and_check(bencher: Bencher, risks: usize) {
    let source = Source::new("many.toml", scenario(risks));
    bencher.bench(|| -> Parsed { parse(&source).unwrap_or_else(|faults| panic!("{faults:?}")) });
}
