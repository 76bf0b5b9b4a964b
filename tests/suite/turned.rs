//! Registers that stand on their side and forms, one for each risk; posts of people, prices by year and in per cent, and
//! what a workbook strikes through or notes on a cell.

use std::fs;
use std::io::Write as _;

use crate::cli::{folder, rosi, stderr};
use crate::misread::{self, imported_into, stands};

fn imported(name: &str, table: &str) -> (String, String) {
    misread::imported(&format!("turned-{name}"), table)
}

/// The line of a key below the risk or measure of a name.
fn line<'t>(text: &'t str, name: &str, key: &str) -> &'t str {
    let from = text.find(&format!("name = \"{name}\"")).unwrap_or_else(|| panic!("{name} is missing:\n{text}"));
    text[from..].lines().find(|line| line.trim_start().starts_with(key)).unwrap_or_default()
}

/// Risks side by side, in six languages: name, how often and how bad of the second risk, with their cells.
#[test]
fn risks_side_by_side_are_read_by_columns() {
    let tables = [
        ("en", "Risk;Fire;Flood\nFrequency per year;0.1;2\nLoss (EUR);500000;20000\nOwner;A;B\n"),
        ("de", "Risiko;Fire;Flood\nHäufigkeit;alle 8 Jahre;2 mal pro Jahr\nSchaden (T€);500;20\n"),
        ("fr", "Risque;Fire;Flood\nFréquence par an;0,1;2\nPerte (EUR);500 000;20 000\n"),
        ("es", "Riesgo;Fire;Flood\nFrecuencia anual;0,1;2\nPérdida (EUR);500.000;20.000\n"),
        ("it", "Rischio;Fire;Flood\nFrequenza;0,1;2\nPerdita (EUR);500.000;20.000\n"),
        ("nl", "Risico;Fire;Flood\nFrequentie per jaar;0,1;2\nSchade (EUR);500.000;20.000\n"),
        ("words", "Risk;Fire;Flood\nFrequency;1 in 10 years;2 per year\nLoss;EUR 500k;EUR 20k\nStatus;open;open\n"),
        ("other names", "Risk;Loss of data;Flood\nFrequency;0.1;2\nLoss (EUR);500000;20000\nOwner;A;B\n"),
        ("corner", ";Fire;Flood\nFrequency;0.1;2\nLoss (EUR);500000;20000\n"),
        ("attribute", "Attribute;Fire;Flood\nFrequency;0.1;2\nLoss (EUR);500000;20000\n"),
        ("id", "Risk ID;R1;R2\nRisk;Fire;Flood\nFrequency;0.1;2\nLoss (EUR);500000;20000\n"),
    ];
    for (name, table) in tables {
        let (text, said) = imported(name, table);
        assert!(line(&text, "Flood", "frequency").contains("\"2 per year\""), "{name}: {said}\n{text}");
        let loss = line(&text, "Flood", "loss.response");
        assert!(loss.contains("\"20000\"") || loss.contains("\"20k\""), "{name}: {said}\n{text}");
        let row = if name == "id" { 4 } else { 3 };
        assert!(loss.contains(&format!("r.csv, C{row}")), "{name}: {loss}");
        assert!(said.contains("below each other in column A"), "{name}: {said}");
    }
}

#[test]
fn measures_titles_and_units_of_such_a_table_count() {
    let table = "Risk register 2026\nAll amounts in k€\n\nRisk;;Fire;Flood\nFrequency;low;0.1;0.2\n;high;0.3;0.4\n\
        Loss;;50;20\nMeasure;;Sprinkler;Dam\nCost once;;3;9\nEffect on loss;;40 %;50 %\n";
    let (text, said) = imported("whole", table);
    assert!(said.contains("Risk register 2026") && said.contains("multiplied by 1000"), "{said}");
    assert!(line(&text, "Flood", "frequency").contains("low = \"0.2 per year\", high = \"0.4 per year\""), "{text}");
    assert!(line(&text, "Flood", "loss").contains("value = \"20000\""), "{text}");
    assert!(line(&text, "Dam", "cost.initial").contains("value = \"9000\", source = \"r.csv, D9\""), "{text}");
    assert!(line(&text, "Dam", "reduction").contains("\"50%\""), "{text}");
}

#[test]
fn faults_of_such_a_table_name_the_cell_of_the_file() {
    let (text, said) = imported("fault", "Risk;Fire;Flood\nFrequency;0.1;\nLoss (EUR);50000;many\nOwner;A;B\n");
    assert!(said.contains("r.csv, row 3, column C (Loss (EUR)): \"many\""), "{said}");
    assert!(line(&text, "Flood", "loss").contains("or not so that it can be read"), "{text}");
    // A doubt names the row, and the mapping that is written answers it.
    let here = folder("turned-mapping");
    let file = here.join("r.csv");
    fs::write(&file, "Risk;Fire;Flood\nFrequency;0.1;0.2\nLoss per record;50000;20000\nLoss;700;800\n").unwrap();
    let (text, said) = imported_into(&here, file.to_str().unwrap());
    assert!(text.is_empty() && said.contains("row 3, column A (Loss per record)"), "{said}");
    let map = fs::read_to_string(here.join("m.toml")).unwrap();
    assert!(map.contains("# The heading stands in row 3:"), "{map}");
    fs::write(here.join("m.toml"), map.replace("is = \"?\"", "is = \"ignore\"")).unwrap();
    let (text, said) = imported_into(&here, file.to_str().unwrap());
    assert!(stands(&text, "800"), "{said}\n{text}");
}

#[test]
fn forms_are_read_each_as_one_risk() {
    let two = |one: &str, other: &str| format!("{one}\n\n{other}\n");
    let forms = [
        ("one", "Risk name:;Flood\nOwner:;COO\nFrequency:;0.2 per year\nLoss:;20000;EUR\n".to_owned(), "B4"),
        (
            "stacked",
            two(
                "Risk name;Fire\nFrequency;0.1 per year\nLoss (EUR);5000",
                "Risk name;Flood\nFrequency;0.2 per year\nLoss (EUR);20000",
            ),
            "B7",
        ),
        (
            "lines",
            two(
                "Risk: Fire\nFrequency: 0.1 per year\nLoss: EUR 5000",
                "Risk: Flood\nFrequency: 0.2 per year\nLoss: EUR 20000",
            ),
            "B7",
        ),
        (
            "beside",
            "Risk ID;R1;Owner;COO\nRisk;Flood;Status;Open\nFrequency;0.2 per year;Loss (EUR);20000\n".into(),
            "D3",
        ),
        ("french", "Nom du risque :;Flood\nFréquence :;0,2 par an\nPerte :;20 000 €\n".into(), "B3"),
        ("german", "Risiko;Flood\nHäufigkeit;0,2 pro Jahr\nSchaden;20 T€\n".into(), "B3"),
        ("spanish", "Riesgo:;Flood\nFrecuencia:;0,2\nPérdida:;20.000 €\n".into(), "B3"),
        ("italian", "Rischio:;Flood\nFrequenza:;0,2\nPerdita:;20.000 €\n".into(), "B3"),
        ("dutch", "Risico:;Flood\nFrequentie:;0,2\nSchade:;20.000 €\n".into(), "B3"),
    ];
    for (name, table, cell) in forms {
        let (text, said) = imported(&format!("form-{name}"), &table);
        let often = line(&text, "Flood", "frequency").replace("0,2", "0.2");
        assert!(often.contains("\"0.2 per year\"") && !often.contains("example"), "{name}: {said}\n{text}");
        let loss = line(&text, "Flood", "loss.response");
        assert!(
            loss.contains("value = \"20000\"") && loss.contains(&format!("r.csv, {cell}")),
            "{name}: {said}\n{text}"
        );
    }
    // A comma within such a line separates nothing: the number is no 10.
    let (text, said) = imported("form-comma", "Risk: Fire\nFrequency: 0.1 per year\nLoss: EUR 10,000\n");
    assert!(stands(&text, "10000\""), "{said}\n{text}");
}

#[test]
fn several_values_of_a_form_are_a_range_or_a_fault() {
    let (text, said) = imported("ends", "Risk;Fire;\n;Low;High\nFrequency;0.1;0.5\nLoss (EUR);1000;9000\n");
    assert!(line(&text, "Fire", "loss").contains("low = \"1000\", high = \"9000\""), "{said}\n{text}");
    let (text, said) = imported("open", "Risk;Fire\nFrequency;0.1\nLoss (EUR);1000;5000;9000\n");
    assert!(said.contains("several values stand beside \"Loss (EUR)\"") && said.contains("Loss low"), "{said}");
    assert!(line(&text, "Fire", "loss").contains("example = true"), "{text}");
    // The cure works.
    let (text, said) = imported("cured", "Risk;Fire\nFrequency;0.1\nLoss low (EUR);1000\nLoss high (EUR);9000\n");
    assert!(line(&text, "Fire", "loss").contains("low = \"1000\", high = \"9000\", source"), "{said}\n{text}");
}

#[test]
fn what_is_no_such_table_is_refused_with_a_cure_or_stays_as_it_is() {
    for table in [
        "Frequency;0.1;0.2\nLoss (EUR);50000;20000\nOwner;A;B\n",
        ";Before;After\nFrequency;0.2;0.1\nLoss (EUR);5000;1000\n",
        ";2024;2025\nFrequency;0.2;0.1\nLoss (EUR);5000;1000\n",
        "Level;1;2;3\nFrequency;0.1;0.5;2\nLoss;1000;5000;9000\nName;rare;possible;often\n",
    ] {
        let (text, said) = imported("refused", table);
        assert!(text.is_empty() && said.contains("[I0103]"), "{table}: {said}\n{text}");
        assert!(said.contains("in a row \"Risk\" with a name above each column"), "{table}: {said}");
    }
    for table in [
        "Risk;Frequency;Loss (EUR);Measure;Cost once (EUR)\nLoss of data;0.1;50000;Backup;3000\nRisk of fire;0.2;2;Dam;9\n",
        "Loss (EUR);Frequency;Risk\n50000;0.1;Fire\n20000;0.2;Flood\n",
        "Kategorie;Risiko;Häufigkeit;Schaden (EUR)\nSchaden;A;0,1;5000\nRisiko;B;0,2;6000\nHäufigkeit;C;0,3;7000\n\
         Kosten;D;0,4;8000\nMaßnahme;E;0,5;9000\n",
        "Name;Frequency;Loss (EUR)\nLikelihood;0.1;5000\nImpact;0.2;6000\nRisk;0.3;7000\nCost;0.4;8000\n",
        "Title;Register\nOwner;Smith\n\nRisk;Frequency;Loss (EUR)\nFire;0.1;5000\nFlood;0.2;6000\n",
    ] {
        let (text, said) = imported("upright", table);
        assert!(!said.contains("below each other") && !said.contains("form was read"), "{table}: {said}\n{text}");
        assert!(text.contains("[[risk]]"), "{table}: {said}");
    }
}

#[test]
fn posts_are_time_of_people_and_no_money() {
    let rows = |heading: &str, cell: &str| {
        format!("Risk;Frequency;Loss (EUR);Measure;{heading}\nFire;0.1;50000;Guard;{cell}\n")
    };
    for (heading, cell) in [
        ("FTE", "0.5"),
        ("Staff (FTE)", "0.5"),
        ("VZÄ", "0,5"),
        ("ETP", "0,5"),
        ("Cost (EUR)", "0.5 FTE"),
        ("Kosten (EUR)", "0,5 VZÄ"),
        ("Coût annuel (EUR)", "0,5 ETP"),
    ] {
        let (text, said) = imported("posts", &rows(heading, cell));
        let time = line(&text, "Guard", "cost.people.time");
        assert!(
            time.contains("\"880 hours per year\"") && time.contains("220 days of eight hours"),
            "{heading}: {said}\n{text}"
        );
        assert!(line(&text, "Guard", "cost.people.rate").contains("day_rate=600"), "{heading}: {said}\n{text}");
        assert!(!text.contains("cost.yearly =") && !text.contains("cost.initial ="), "{heading}: {text}");
    }
    let here = folder("turned-posts-rate");
    fs::write(here.join("r.csv"), rows("FTE", "0.5")).unwrap();
    let file = here.join("r.csv");
    let output = rosi(&["import", file.to_str().unwrap(), "--yes", "--answer", "day_rate=600"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        line(&text, "Guard", "cost.people.rate").contains("value = \"75 per hour\""),
        "{}\n{text}",
        stderr(&output)
    );
}

#[test]
fn prices_of_following_years_are_a_list() {
    let head = "Risk;Frequency;Loss (EUR);Measure";
    for (years, row) in [
        ("Cost 2027;Cost 2028;Cost 2029", "10;20;30"),
        ("Cost year 1;Cost year 2;Cost year 3", "10;20;30"),
        ("Kosten 1. Jahr;Kosten 2. Jahr;Kosten 3. Jahr", "10;20;30"),
        ("Cost (EUR);;\n;;;;2027;2028;2029", "10;20;30"),
    ] {
        let (text, said) = imported("years", &format!("{head};{years}\nFire;0.1;50000;Guard;{row}\n"));
        let yearly = line(&text, "Guard", "cost.yearly");
        let at = |figure: &str| yearly.find(&format!("value = \"{figure}\"")).unwrap_or(usize::MAX);
        assert!(at("10") < at("20") && at("20") < at("30") && at("30") < usize::MAX, "{years}: {said}\n{text}");
        assert!(!yearly.contains("example"), "{years}: {yearly}");
    }
    // The first may hold what is paid once, an empty one nothing, and a bare year may be no price.
    let asked = |name: &str, heads: &str, cells: &str| {
        let (text, _) = imported(name, &format!("{head};{heads}\nFire;0.1;50000;Guard;{cells}\n"));
        line(&text, "Guard", "cost.yearly").to_owned()
    };
    assert!(asked("first", "Cost 2027;Cost 2028", "90;20").contains("Then write that part as `initial`"));
    assert!(
        asked("empty", "Cost once (EUR);Cost 2027;Cost 2028\nFlood;0.1;9000;Dam;5;6;7", "5;20;")
            .contains("whose cell is empty")
    );
    assert!(asked("bare", "Year 1;Year 2", "20;20").contains("No heading speaks of a price"));
    assert!(!asked("once", "Cost once (EUR);Cost 2027;Cost 2028", "5;90;20").contains("example"));
}

#[test]
fn a_price_in_per_cent_is_worked_out_and_asked() {
    let head = "Risk;Frequency;Loss (EUR);Measure;Cost once (EUR)";
    for (heading, cell) in
        [("Maintenance %", "18"), ("Maintenance %", "18 %"), ("Cost yearly", "18 % of licence"), ("Wartung (%)", "18")]
    {
        let (text, said) = imported("share", &format!("{head};{heading}\nFire;0.1;50000;Guard;3000;{cell}\n"));
        let yearly = line(&text, "Guard", "cost.yearly");
        assert!(
            yearly.contains("value = \"540\"") && yearly.replace(" %", "%").contains("18%"),
            "{heading}: {said}\n{text}"
        );
        assert!(yearly.contains("example = true") && yearly.contains("of which price"), "{heading}: {yearly}");
    }
    let (_, said) = imported("shares", &format!("{head};MFA;EDR\nFire;0.1;50000;Guard;3000;50%;20%\n"));
    assert!(said.contains("(MFA): percentages below a heading that is not known"), "{said}");
}

/// A workbook of one sheet whose second style is struck through, with a note on `C1`.
fn struck(sheet: &str) -> Vec<u8> {
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let parts = [
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"a\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"a\" Type=\"{office}/worksheet\" Target=\"worksheets/s.xml\"/>\
                 <Relationship Id=\"b\" Type=\"{office}/styles\" Target=\"styles.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{main}\"><fonts count=\"2\"><font/><font><strike/></font></fonts><cellXfs count=\"2\">\
                 <xf fontId=\"0\"/><xf fontId=\"1\" applyFont=\"1\"/></cellXfs></styleSheet>"
            ),
        ),
        ("xl/worksheets/s.xml", format!("<worksheet xmlns=\"{main}\"><sheetData>{sheet}</sheetData></worksheet>")),
        (
            "xl/worksheets/_rels/s.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"a\" Type=\"{office}/comments\" Target=\"../notes.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/notes.xml",
            format!(
                "<comments xmlns=\"{main}\"><commentList><comment ref=\"C1\"><text><t>in thousands</t></text></comment></commentList></comments>"
            ),
        ),
    ];
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn what_is_struck_through_or_noted_in_a_workbook_is_told() {
    let word = |cell: &str, text: &str, style: u8| {
        format!("<c r=\"{cell}\" s=\"{style}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    let number = |cell: &str, text: &str, style: u8| format!("<c r=\"{cell}\" s=\"{style}\"><v>{text}</v></c>");
    let row = |number: u8, cells: [String; 3]| format!("<row r=\"{number}\">{}</row>", cells.concat());
    let sheet = [
        row(1, [word("A1", "Risk", 0), word("B1", "Frequency", 0), word("C1", "Loss (EUR)", 0)]),
        row(2, [word("A2", "Fire", 0), number("B2", "0.1", 0), number("C2", "50000", 0)]),
        row(3, [word("A3", "Flood", 1), number("B3", "0.2", 1), number("C3", "20000", 1)]),
        row(4, [word("A4", "Theft", 0), number("B4", "2", 0), number("C4", "700", 1)]),
    ]
    .concat();
    let here = folder("turned-struck");
    let file = here.join("r.xlsx");
    fs::write(&file, struck(&sheet)).unwrap();
    let (text, said) = imported_into(&here, file.to_str().unwrap());
    assert!(
        !text.contains("name = \"Flood\"") && said.contains("row 3: all of this row is struck through"),
        "{said}\n{text}"
    );
    assert!(line(&text, "Theft", "loss").contains("the figure is struck through: does it still hold?"), "{text}");
    assert!(stands(&text, "50000"), "{text}");
    assert!(said.contains("column C: \"Loss (EUR)\": a note on this cell says \"in thousands\""), "{said}");
}
