//! How often, as people write it: read, or asked about, in a case and in a register, and never taken for something else.

use rosi::internal::import::Options;

use crate::import::{taken, text};

/// The frequency of the only risk of a register, as it stands in the case.
fn imported(heading: &str, cell: &str) -> String {
    let (_, outcome) =
        taken(&[text("r.csv", &format!("Risk;{heading};Loss (EUR)\nA;{cell};5000\n"))], &Options::default());
    let line = outcome.text.lines().find(|line| line.starts_with("frequency = ")).unwrap_or_default();
    line.split(", source").next().unwrap_or_default().trim_start_matches("frequency = { ").to_owned()
}

#[test]
fn a_register_says_how_often_in_many_ways() {
    for (cell, read) in [
        ("0.5/a", "value = \"0.5 per year\""),
        ("0,5/Jahr", "value = \"0,5 per year\""),
        ("2/yr", "value = \"2 per year\""),
        ("1/20a", "value = \"1 in 20 years\""),
        ("1:20", "value = \"1 in 20 years\""),
        ("1:1000 Jahre", "value = \"1 in 1000 years\""),
        ("1-in-200 year", "value = \"1 in 200 years\""),
        ("twice a decade", "value = \"2 in 10 years\""),
        ("fortnightly", "value = \"1 per fortnight\""),
        ("eens in de 5 jaar", "value = \"1 in 5 years\""),
    ] {
        assert_eq!(imported("Frequency", cell), read, "{cell}");
    }
}

#[test]
fn a_range_of_times_between_two_events_is_a_range_of_frequencies_and_is_asked() {
    for cell in [
        "every 5-10 years",
        "every 5 to 10 years",
        "once every 5 - 10 years",
        "1 in 5-10 years",
        "alle 5 bis 10 Jahre",
        "tous les 5 à 10 ans",
        "cada 5 a 10 años",
        "ogni 5-10 anni",
        "om de 5 tot 10 jaar",
    ] {
        assert_eq!(imported("Frequency", cell), "low = \"1 in 10 years\", high = \"1 in 5 years\"", "{cell}");
    }
    for cell in [
        "2-3 per year",
        "between 2 and 3 per year",
        "zwischen 2 und 3 pro Jahr",
        "entre 2 et 3 par an",
        "2 or 3 a year",
    ] {
        assert_eq!(imported("Frequency", cell), "low = \"2 per year\", high = \"3 per year\"", "{cell}");
    }
    assert_eq!(imported("Frequency", "3-5"), "low = \"3 per year\", high = \"5 per year\"");
    assert_eq!(imported("Likelihood", "10-20%"), "low = \"10%\", high = \"20%\"");
    // The time of the heading holds for both ends, and so does what its numbers count.
    assert_eq!(imported("Frequency (per month)", "2-3"), "low = \"2 per month\", high = \"3 per month\"");
    assert_eq!(imported("Once every … years", "5-10"), "low = \"1 in 10 years\", high = \"1 in 5 years\"");
}

#[test]
fn what_may_be_odds_a_length_or_a_range_of_chances_over_years_is_a_fault() {
    for (heading, cell, told) in [
        ("Likelihood", "1:20", "a chance, or once in so many years?"),
        ("Frequency", "5:1", "cannot be read as a frequency"),
        ("Frequency", "1 a 5 años", "cannot be read as a frequency"),
        ("Frequency", "5-10 years", "cannot be read as a frequency"),
        ("Frequency", "2/J", "\"J\" cannot be read"),
        ("Likelihood (over 5 years)", "10-20 %", "another time than a year"),
    ] {
        let table = format!("Risk;{heading};Loss (EUR)\nA;{cell};5000\n");
        let (case, outcome) = taken(&[text("r.csv", &table)], &Options::default());
        let told_of = outcome.findings.iter().any(|finding| finding.message.contains(told));
        assert!(told_of, "{heading}: {cell}: {:#?}", outcome.findings);
        assert!(case.risks().len() == 1 && outcome.text.contains("asked on import: how often"), "{cell}");
    }
}

#[test]
fn one_word_among_frequencies_is_a_cell_that_cannot_be_read_and_not_a_column_of_scores() {
    let (case, outcome) = taken(
        &[text("r.csv", "Risk;Events per year;Loss (EUR)\nA;3;10000\nB;2;20000\nC;rare;30000\n")],
        &Options::default(),
    );
    assert_eq!(case.risks().len(), 3);
    assert!(outcome.text.contains("value = \"3 per year\"") && outcome.text.contains("value = \"2 per year\""));
    assert!(outcome.findings.iter().any(|finding| finding.message.contains("\"rare\" cannot be read")));
}

#[test]
fn a_heading_says_per_year_in_many_ways() {
    for heading in [
        "Events p.a.",
        "Events p. a.",
        "Incidents per annum",
        "Ereignisse p.a.",
        "Eintritte p.a.",
        "Vorfälle pro Jahr",
        "Eventi/anno",
        "Eventi l'anno",
        "Incidents par an",
        "Incidentes por año",
        "Incidenten per jaar",
    ] {
        assert_eq!(imported(heading, "0.5"), "value = \"0.5 per year\"", "{heading}");
    }
    assert_eq!(imported("MTBF (years)", "8"), "value = \"1 in 8 years\"");
    assert_eq!(imported("Jahreswahrscheinlichkeit", "5%"), "value = \"5%\"");
}
