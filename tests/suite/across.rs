//! What reaches over several rows or tables of a register: merged cells, lines between rows, tables with headings that
//! nobody knows, a status beside a measure.

use crate::cli::folder;
use crate::misread::{self, imported_into, stands};

fn imported(name: &str, table: &str) -> (String, String) {
    misread::imported(&format!("across-{name}"), table)
}

fn risks(text: &str) -> usize {
    text.matches("[[risk]]").count()
}

#[test]
fn a_measure_that_is_merged_over_several_risks_acts_on_all_and_is_paid_once() {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/import/registers/merged-measures.xlsx");
    let (text, said) = imported_into(&folder("across-merged"), file);
    assert_eq!(risks(&text), 3, "{said}\n{text}");
    assert_eq!(text.matches("[[control]]").count(), 2, "{said}\n{text}");
    for risk in ["r1", "r2"] {
        let effect = format!("risk = \"{risk}\"\non = \"frequency\"\nreduction = {{ value = \"40%\"");
        assert!(text.contains(&effect), "{risk}: {said}\n{text}");
    }
    assert_eq!(text.matches("value = \"30000\"").count(), 1, "{text}");
    // What a line between the rows says is asked of the losses.
    let asked = text.lines().filter(|line| line.starts_with("loss.response") && line.contains("in k€")).count();
    assert_eq!(asked, 3, "{said}\n{text}");
}

#[test]
fn a_second_table_begins_where_words_stand_below_figures() {
    let register = "ID,Risk,Frequency per year,Loss €\nR1,Ransomware,0.2,500000\nR2,Phishing,3,12000\n\n";
    for (place, heading) in
        ["Addresses", "Protects against", "Linked risks", "Wirkt gegen", "Couvre"].into_iter().enumerate()
    {
        for (side, (measure, effect)) in
            [("Measure", "Reduction of frequency"), ("Safeguard", "Effect")].into_iter().enumerate()
        {
            let table = format!(
                "{register}{measure},{heading},One-off cost €,{effect}\nEDR,R1,30000,40%\nTraining,\"Ransomware, Phishing\",5000,30%\n"
            );
            let (text, said) = imported(&format!("unknown-{place}-{side}"), &table);
            assert_eq!(risks(&text), 2, "{heading}: {said}\n{text}");
            assert_eq!(text.matches("[[control]]").count(), 2, "{heading}: {said}\n{text}");
            assert!(text.contains("risk = \"r1\"") && text.matches("risk = \"r2\"").count() == 1, "{said}\n{text}");
            assert!(stands(&text, "30000"), "{heading}: {said}\n{text}");
        }
    }
    // A legend of levels is no risk, and nor are its rows.
    let (text, said) = imported(
        "levels",
        &format!("{register}Level,Likelihood,Meaning\n1,Rare,once in 10 years\n2,Likely,every year\n"),
    );
    assert_eq!(risks(&text), 2, "{said}\n{text}");
    // Nor are levels without headings, and what stands below a register.
    for (place, below) in [
        "1,rare,less than once\n2,likely,every year\n",
        "Low,0.01,10000\nHigh,1,1000000\n",
        "Green = low,,\nRed = high,,\n",
        "Approved by,J. Doe,\nVersion,2.1,\n",
        "Level,Frequency,Loss\nLow,0.01,10000\nHigh,1,1000000\n",
        "KPI,Target,Actual\nUptime,0.99,0.97\n",
    ]
    .into_iter()
    .enumerate()
    {
        let register = "Risk,Frequency per year,Loss €\nRansomware,0.2,500000\nPhishing,3,12000\n\n";
        let (text, said) = imported(&format!("below-{place}"), &format!("{register}{below}"));
        assert_eq!(risks(&text), 2, "{below}: {said}\n{text}");
        assert!(said.contains("left out"), "{below}: {said}");
    }
    // A risk whose figures cannot be read stays one.
    let (text, said) = imported("words", &format!("{register}R3,Loss of data,rare,high\nR4,Fire,0.01,2000000\n"));
    assert_eq!(risks(&text), 4, "{said}\n{text}");
    assert!(said.contains("\"rare\""), "{said}");
}

#[test]
fn a_percentage_beside_events_a_year_has_two_readings() {
    let (text, said) = imported(
        "share",
        "Risk,Frequency per year,Frequency after,Loss €,Measure,Cost once €\nRansomware,2,30%,500000,EDR,9000\n",
    );
    assert!(said.contains("30% beside 2") && !text.contains("85%"), "{said}\n{text}");
    let (text, said) = imported(
        "chances",
        "Risk,Frequency per year,Frequency after,Loss €,Measure,Cost once €\nRansomware,60%,30%,500000,EDR,9000\n",
    );
    assert!(stands(&text, "50%") || text.contains("\"50%\""), "{said}\n{text}");
}

#[test]
fn a_measure_that_stands_is_asked_however_its_status_says_so() {
    for (place, (heading, cell, is_asked)) in [
        ("Measure status", "live since 2024", true),
        ("État", "En place", true),
        ("Status", "Implemented (2023)", true),
        ("Status", "umgesetzt seit Mai", true),
        ("Status", "open", false),
        ("Status", "not implemented", false),
        ("État", "prévu", false),
    ]
    .into_iter()
    .enumerate()
    {
        let table = format!(
            "Risk,Frequency per year,Loss €,Measure,Annual cost €,{heading}\nRansomware,0.2,500000,EDR,9000,{cell}\n"
        );
        let (text, said) = imported(&format!("status-{place}"), &table);
        assert_eq!(said.contains("stand already"), is_asked, "{heading}, {cell}: {said}\n{text}");
        assert_eq!(!stands(&text, "9000"), is_asked, "{heading}, {cell}: {said}\n{text}");
    }
}

#[test]
fn what_a_line_says_that_contradicts_the_headings_is_asked() {
    for (place, (line, figure)) in [
        ("Frequencies are per month", "0.2 per year"),
        ("Häufigkeiten je Quartal", "0.2 per year"),
        ("Losses are per record", "500000"),
        ("Schäden je Datensatz", "500000"),
        ("Les pertes sont annuelles", "500000"),
        ("Le perdite sono annuali", "500000"),
        ("Verliezen zijn jaarlijks", "500000"),
        ("Prices are per user", "9000"),
    ]
    .into_iter()
    .enumerate()
    {
        let table =
            format!("{line}\nRisk,Frequency per year,Loss €,Measure,Annual cost €\nRansomware,0.2,500000,EDR,9000\n");
        let (text, said) = imported(&format!("line-{place}"), &table);
        assert!(text.contains(figure) && !stands(&text, figure), "{line}: {said}\n{text}");
    }
    // A remark on what was seen asks nothing, and nor does a title.
    for (place, line) in
        ["Incidents in the last 5 years: 12", "Risk register by site, 2026", "Costs by Anna Weber, May 2026"]
            .into_iter()
            .enumerate()
    {
        let table = format!("{line}\nRisk,Frequency per year,Loss €\nRansomware,0.2,500000\n");
        let (text, said) = imported(&format!("plain-{place}"), &table);
        assert!(stands(&text, "0.2 per year") && stands(&text, "500000"), "{line}: {said}\n{text}");
    }
}

#[test]
fn a_heading_that_refers_to_a_note_is_asked_where_there_is_one() {
    let rows = "Fire;0.2;125.50\nFlood;0.1;900\n";
    let (text, said) = imported("noted", &format!("Risk;Frequency¹;Loss²\n{rows}¹ per decade;;\n² in kEUR;;\n"));
    assert_eq!(risks(&text), 2, "{said}\n{text}");
    assert!(!stands(&text, "0.2") && !stands(&text, "125.5"), "{said}\n{text}");
    let (text, said) = imported("unnoted", &format!("Risk;Frequency¹;Loss (EUR)²\n{rows}"));
    assert!(stands(&text, "0.2") && stands(&text, "125.5"), "{said}\n{text}");
}

#[test]
fn a_year_of_the_calendar_is_no_unit_and_one_price_is_one_in_spanish() {
    let (text, said) =
        imported("period", "Risk,Frequency per year,Loss €,Period\nFire,0.2,500000,2026\nFlood,1,900,Q1 2027\n");
    assert!(stands(&text, "500000") && risks(&text) == 2, "{said}\n{text}");
    let (text, said) =
        imported("unico", "Riesgo,Frecuencia anual,Pérdida €,Medida,Coste único €\nIncendio,1,500000,EDR,9000\n");
    assert!(stands(&text, "9000"), "{said}\n{text}");
}

#[test]
fn levels_and_summaries_on_other_sheets_stop_nothing() {
    for (place, other) in [
        r#"{"level": 1, "frequency": "rare", "impact": "< 10k"}, {"level": 2, "frequency": "likely", "impact": "> 10k"}"#,
        r#"{"level": 1, "frequency": 0.01, "loss": 10000}, {"level": 2, "frequency": 1, "loss": 1000000}"#,
        r#"{"category": "Physical", "total loss": 130000}"#,
    ]
    .into_iter()
    .enumerate()
    {
        let here = folder(&format!("across-sheets-{place}"));
        let file = here.join("r.json");
        let text = format!(
            r#"{{"risks": [{{"id": "R1", "title": "Fire", "frequency": 0.2, "loss": 125000}}], "other": [{other}]}}"#
        );
        std::fs::write(&file, text).unwrap();
        let (text, said) = imported_into(&here, file.to_str().unwrap());
        assert_eq!(risks(&text), 1, "{other}: {said}\n{text}");
        assert!(stands(&text, "125000") && said.contains("left out"), "{other}: {said}\n{text}");
    }
}

#[test]
fn risks_within_departments_have_their_own_names() {
    let here = folder("across-departments");
    let file = here.join("r.json");
    let text = r#"{"departments": [{"name": "IT", "risks": [{"title": "Ransomware", "frequency": 0.2, "loss": 1000000},
        {"title": "Outage", "frequency": 2, "loss": 10000}]}, {"name": "FM", "risks": [{"title": "Fire", "frequency": 0.01, "loss": 5000000}]}]}"#;
    std::fs::write(&file, text).unwrap();
    let (text, said) = imported_into(&here, file.to_str().unwrap());
    for name in ["Ransomware", "Outage", "Fire"] {
        assert!(text.contains(&format!("name = \"{name}\"")), "{name}: {said}\n{text}");
    }
    assert_eq!(risks(&text), 3, "{said}\n{text}");
}

#[test]
fn headings_of_clean_registers_ask_nothing() {
    let row = "Brand;0,2;125000,50;Sprinkler;30000;1200;40%\n";
    for (place, headings) in [
        "Risiko;Anzahl pro Jahr;Verlust (EUR);Kontrolle;Initialkosten (EUR);Folgekosten p.a. (EUR);Senkung der Häufigkeit",
        "Risiko;Häufigkeit pro Jahr;Schaden (EUR);Maßnahme;Kosten (einmalig) (EUR);Jährliche Kosten (EUR);Verringerung der Häufigkeit",
        "Risiko-ID;Häufigkeit pro Jahr;Schaden (EUR);Maßnahme;Anschaffung (EUR);Wartung/Jahr (EUR);Reduzierung der Häufigkeit",
        "Riesgo;Frecuencia anual;Pérdidas (EUR);Salvaguarda;Coste único (EUR);Gasto anual (EUR);Efecto sobre la frecuencia",
        "Risque;Nombre par an;Pertes (EUR);Contrôle;Dépense initiale (EUR);Frais annuels (EUR);Effet sur la fréquence",
        "Rischio;Frequenza annua;Perdita (EUR);Misura;Investimento iniziale (EUR);Spese annue (EUR);Riduzione della frequenza",
        "Risico;Aantal keer per jaar;Verlies (EUR);Maatregel;Aanschaf (EUR);Jaarlijkse kosten (EUR);Verlaging van de frequentie",
        "Hazard;Times per year;Loss (EUR);Treatment;Cost (one-off) (EUR);Annual price (EUR);Reduces frequency by",
    ]
    .into_iter()
    .enumerate()
    {
        let (text, said) = imported(&format!("clean-{place}"), &format!("{headings}\n{row}"));
        assert_eq!(risks(&text), 1, "{headings}: {said}\n{text}");
        for figure in ["125000", "30000", "1200", "40%"] {
            assert!(stands(&text, figure), "{headings}, {figure}: {said}\n{text}");
        }
    }
    for (place, after) in [
        "after measures",
        "after controls",
        "(post-mitigation)",
        "mit Maßnahmen",
        "nach Umsetzung der Maßnahmen",
        "après mesures",
        "con medidas",
        "dopo le misure",
        "met maatregelen",
    ]
    .into_iter()
    .enumerate()
    {
        let table = format!(
            "Risk;Frequency per year;Loss (EUR);Measure;Cost once (EUR);Frequency {after};Loss {after} (EUR)\nFire;0.2;125000;Sprinkler;30000;0.1;125000\n"
        );
        let (text, said) = imported(&format!("after-{place}"), &table);
        assert!(stands(&text, "50%") && stands(&text, "125000"), "{after}: {said}\n{text}");
    }
}
