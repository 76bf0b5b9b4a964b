//! Does any log, sheet of ranges or incident record make the calibration panic, hang, or give a figure that is none?
//!
//! The first byte chooses what is read and how, the rest is the file.
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run log fuzz/corpus/log examples/from-data`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rosi::internal::calibrate::experts::{answers, records, scores};
use rosi::internal::calibrate::log::Columns;
use rosi::internal::calibrate::table::Table;
use rosi::internal::calibrate::workbook::Sheet;
use rosi::internal::calibrate::{Log, write};

fuzz_target!(|data: &[u8]| {
    let Some((&choice, bytes)) = data.split_first() else { return };
    let name = ["a.csv", "a.tsv", "a.json", "a.xlsx"][usize::from(choice) % 4];
    let _ = write::into_case;
    if choice < 128 {
        match Log::read(name, bytes, &Columns::default()) {
            Ok(log) => {
                for event in &log.events {
                    assert!(!event.place.file.is_empty());
                }
            }
            Err(faults) => assert!(!faults.is_empty()),
        }
    } else if let Ok(table) = Table::read(name, bytes, Sheet::Fullest) {
        if let Ok(found) = answers(&table, None, None) {
            let people: Vec<String> = records(&found).into_iter().map(|record| record.person).collect();
            for score in scores(&found, &people).0 {
                assert!(score.calibration.is_finite() && score.weight.is_finite());
            }
        }
    }
});
