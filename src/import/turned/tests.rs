//! Which sheets are turned, and which never.

use super::*;
use crate::import::text::sheet;

fn turned(text: &str) -> Option<Vec<Vec<String>>> {
    let sheets = vec![sheet(text, ';').unwrap()];
    let mut findings = Vec::new();
    match upright("a.csv", &sheets, &mut findings) {
        Cow::Borrowed(_) => None,
        Cow::Owned(sheets) => {
            let texts = |row: &Row| row.cells.iter().map(|cell| cell.text.clone()).collect();
            Some(sheets[0].rows.iter().map(texts).collect())
        }
    }
}

#[test]
fn risks_side_by_side_become_rows() {
    let rows = turned("Risk;Fire;Flood\nFrequency;0.1;0.2\nLoss (EUR);50000;20000\n").unwrap();
    assert_eq!(rows, [["Risk", "Frequency", "Loss (EUR)"], ["Fire", "0.1", "50000"], ["Flood", "0.2", "20000"]]);
    // What stands between the labels and the risks belongs to the labels.
    let rows = turned(";;Fire;Flood\nFrequency;low;0.1;0.2\n;high;0.3;0.4\nLoss;EUR;50000;20000\n");
    let rows = rows.unwrap();
    assert_eq!(rows[0], ["Risk", "Frequency low", "Frequency high", "Loss (EUR)"]);
    assert_eq!(rows[2], ["Flood", "0.2", "0.4", "20000"]);
}

#[test]
fn forms_become_rows() {
    let rows =
        turned("Risk name:;Fire\nFrequency:;0.1\nLoss:;5000;EUR\n;\nRisk name:;Flood\nFrequency:;0.2\nLoss:;900\n");
    assert_eq!(
        rows.unwrap(),
        [["Risk name", "Frequency", "Loss"], ["Fire", "0.1", "5000 EUR"], ["Flood", "0.2", "900"]]
    );
}

#[test]
fn tables_with_their_headings_above_stay_as_they_are() {
    for text in [
        "Risk;Frequency;Loss\nFire;0.1;50000\nFlood;0.2;20000\n",
        "Loss;0.1;5\nFrequency;0.2;6\nRisk;0.3;7\n",
        "Risk;Owner;Likelihood;Impact\nLoss of data;A;2;3\nFrequency attack;B;3;4\nRisk of fire;C;1;2\n",
        "Term;Meaning\nRisk;what could happen\nLikelihood;how often it happens in a year\nImpact;what it costs\n",
        "Level;1;2;3\nName;rare;possible;often\nFrequency;0.1;0.5;2\nLoss;1000;5000;90000\n",
    ] {
        assert_eq!(turned(text), None, "{text}");
    }
}

#[test]
fn a_cell_keeps_its_place() {
    let sheets = vec![sheet("Title\nRisk;Fire;Flood\nFrequency;0.1;0.2\nLoss (EUR);50000;20000\n", ';').unwrap()];
    let sheets = upright("a.csv", &sheets, &mut Vec::new()).into_owned();
    let last = sheets[0].rows.last().unwrap();
    let place = sheets[0].place("a.csv", last.number, 1);
    assert_eq!((last.text(1), place.row, place.column), ("0.2", 3, 3));
    let heading = sheets[0].place("a.csv", 0, 2);
    assert_eq!((heading.row, heading.column), (4, 1));
}
