//! Numbers, units and times of a register that a stranger saw read wrongly in silence.

use std::fs;
use std::path::Path;

use crate::cli::{folder, rosi, stderr};

/// What an import of a table writes and says.
pub fn imported(name: &str, table: &str) -> (String, String) {
    let here = folder(&format!("misread-{name}"));
    fs::write(here.join("r.csv"), table).unwrap();
    imported_into(&here, here.join("r.csv").to_str().unwrap())
}

/// The same of a file, written into a folder, with a mapping that a second import takes up.
pub fn imported_into(here: &Path, file: &str) -> (String, String) {
    let [case, map] = ["c.toml", "m.toml"].map(|name| here.join(name).to_str().unwrap().to_owned());
    let output = rosi(&["import", file, "--yes", "--currency", "EUR", "--map", &map, "--out", &case]);
    (fs::read_to_string(here.join("c.toml")).unwrap_or_default(), stderr(&output))
}

/// Whether the amount of a column stands in the case as a figure that nobody has to be asked about.
pub fn stands(text: &str, figure: &str) -> bool {
    text.lines().any(|line| line.contains(&format!("value = \"{figure}")) && !line.contains("example = true"))
}

#[test]
fn a_letter_that_may_be_a_multiple_or_a_month_is_asked_about() {
    for (place, heading) in [
        "Loss k",
        "loss_k",
        "Loss M",
        "Loss_m",
        "Schaden T",
        "Loss (k)",
        "Loss 10^3 €",
        "Loss (100 k€)",
        "Loss p.m. €",
        "Loss (€/m)",
        "Loss per month (EUR)",
    ]
    .into_iter()
    .enumerate()
    {
        let (text, said) = imported(
            &format!("unit-{place}"),
            &format!("ID,Risk,Frequency per year,{heading}\nR1,Phish,2,100\nR2,Fire,0.1,500\n"),
        );
        assert!(!stands(&text, "100"), "{heading}: {said}\n{text}");
    }
    for (place, (heading, is)) in [
        ("Loss (tEUR)", "100k"),
        ("lossKEUR", "100k"),
        ("loss_eur_k", "100k"),
        ("lossInThousands", "100k"),
        ("Loss (€ m)", "100M"),
        ("Loss (EUR m)", "100M"),
    ]
    .into_iter()
    .enumerate()
    {
        let (text, said) = imported(
            &format!("known-{place}"),
            &format!("ID,Risk,Frequency per year,{heading}\nR1,Phish,2,100\nR2,Fire,0.1,500\n"),
        );
        let full = if is == "100k" { "100,000" } else { "100,000,000" };
        let bare = full.replace(',', "");
        assert!([is, full, bare.as_str()].iter().any(|figure| stands(&text, figure)), "{heading}: {said}\n{text}");
    }
}

#[test]
fn times_beside_frequencies_count_or_are_asked_about() {
    let (text, said) = imported("month", "ID,Risk,Freq. p.m.,Loss (EUR)\nR1,Phish,4,1000\nR2,Fire,2,5000\n");
    assert!(!text.contains("\"4 per year\""), "{said}\n{text}");
    for (place, heading) in ["Fréquence (mois)", "Frequency in ‰", "Frequency (k/yr)"].into_iter().enumerate() {
        let (text, said) = imported(
            &format!("often-{place}"),
            &format!("ID,Risk,{heading},Loss (EUR)\nR1,Phish,5,1000\nR2,Fire,2,5000\n"),
        );
        assert!(!stands(&text, "5 per"), "{heading}: {said}\n{text}");
    }
    let (text, said) = imported("seen", "ID,Risk,Incidents last year,Loss (EUR)\nR1,Phish,0,1000\nR2,Fire,2,5000\n");
    assert!(text.contains("0 events in 1 year") && !text.contains("\"0 per year\""), "{said}\n{text}");
    let (text, said) = imported("odds", "ID,Risk,Likelihood,Loss (EUR)\nR1,Phish,3/5,1000\nR2,Fire,1/5,5000\n");
    assert!(!text.contains("60%") && !text.contains("0.6"), "{said}\n{text}");
}

#[test]
fn a_column_that_says_in_what_another_counts_is_not_left_out_in_silence() {
    for (place, (heading, cell)) in [
        ("Loss currency", "USD"),
        ("Loss unit", "k€"),
        ("Frequency unit", "per month"),
        ("Period", "month"),
        ("Horizon (years)", "3"),
        ("Loss basis", "per year"),
    ]
    .into_iter()
    .enumerate()
    {
        let table = format!("ID,Risk,Frequency,Loss,{heading}\nR1,Phish,2,100,{cell}\nR2,Fire,1,500,{cell}\n");
        let (text, said) = imported(&format!("beside-{place}"), &table);
        assert!(text.is_empty() && said.contains("may say in what another column counts"), "{heading}: {said}\n{text}");
    }
    // The unit of a business is none of amounts.
    let (text, said) =
        imported("business", "ID,Risk,Frequency per year,Loss (EUR),Business unit\nR1,Phish,2,100,Sales\n");
    assert!(stands(&text, "100"), "{said}\n{text}");
}

#[test]
fn what_is_left_is_not_what_is_taken_off_and_a_year_is_no_event() {
    let head = "Risk,Frequency per year,Loss (EUR),Control,Cost per year";
    for (place, heading) in [
        "Reduction of frequency to",
        "Frequency reduction to (%)",
        "Reduktion der Häufigkeit auf",
        "Reducción de la frecuencia al",
    ]
    .into_iter()
    .enumerate()
    {
        let table = format!("{head},{heading}\nPhish,2,1000,MFA,100,30%\n");
        let (text, said) = imported(&format!("left-{place}"), &table);
        assert!(!text.contains("reduction = { value = \"30%\", source"), "{heading}: {said}\n{text}");
    }
    for (place, heading) in
        ["Annualised loss (€)", "Annualized loss (€)", "Annualised impact (€)", "Loss p.a. (€)"].into_iter().enumerate()
    {
        let table = format!("Risk,Frequency per year,{heading}\nPhish,2,1000\nFire,1,3000\n");
        let (text, said) = imported(&format!("annual-{place}"), &table);
        assert!(!stands(&text, "1000") && !stands(&text, "1,000"), "{heading}: {said}\n{text}");
    }
}

#[test]
fn a_map_that_nobody_touched_answers_no_question() {
    let here = folder("misread-map");
    let path = |name: &str| here.join(name).to_str().unwrap().to_owned();
    fs::write(path("r.csv"), "ID,Risk,Wobbly frequency,Loss (EUR)\nR1,Phish,4,1000\nR2,Fire,2,5000\n").unwrap();
    let run = |out: &str| {
        let output = rosi(&[
            "import",
            &path("r.csv"),
            "--yes",
            "--currency",
            "EUR",
            "--map",
            &path("m.toml"),
            "--out",
            &path(out),
        ]);
        (fs::read_to_string(path(out)).unwrap_or_default(), stderr(&output))
    };
    let (first, said) = run("a.toml");
    assert!(first.contains("example = true") && said.contains("question"), "{said}\n{first}");
    let (second, again) = run("b.toml");
    assert_eq!(first, second, "{again}");
}
