//! How long does a register of ten thousand rows take, from its bytes to a scenario?
//!
//! `cargo bench --bench import`; a second is the most that it may take.
#![allow(missing_docs, reason = "a measurement has no users")]

use rosi::internal::import::{Input, Options, import};
use rosi::internal::units::Currency;

fn main() {
    divan::main();
}

/// A register with rates, amounts in groups, an owner, a measure and its price.
fn register(rows: usize) -> Input {
    let head = "ID,Risk,Owner,Events per year,Loss min,Loss likely,Loss max,Measure,Yearly cost\n".to_owned();
    let row = |row: usize| {
        let least = 100 + row % 800;
        format!(
            "R-{row},Risk number {row},Owner {},0.{least},\"{least},000\",\"{},000\",\"{},000.50\",Measure {row},\"1,{least}\"\n",
            row % 20,
            least + 1,
            least + 90
        )
    };
    let text: String = std::iter::once(head).chain((0..rows).map(row)).collect();
    Input { name: "register.csv".into(), bytes: text.into_bytes() }
}

#[divan::bench(args = [1_000, 10_000], max_time = 10)]
fn rows(bencher: divan::Bencher, rows: usize) {
    let options = Options { currency: Currency::from_code("EUR"), ..Options::default() };
    bencher.with_inputs(|| [register(rows)]).bench_refs(|inputs| import(inputs, &options));
}
