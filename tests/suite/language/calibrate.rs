//! `rosi calibrate` speaks the language of the case: what is found, what is written, the picture, the sheet of questions.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

use super::{german_folder, no_english, visible};

fn run(here: &Path, line: &str) -> Output {
    let words: Vec<String> = line.split_whitespace().map(|word| word.replace('~', " ")).collect();
    let rosi = Command::new(env!("CARGO_BIN_EXE_rosi")).args(words).current_dir(here).env("NO_COLOR", "1").output();
    let output = rosi.unwrap();
    assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// An incident in a line, in German and with days that have two readings: one repeats, one is open, one lacks its
/// amount, one is not closed, one has not ended.
const LOG: &str = "Nr,Datum,Entdeckt,Behoben,Abgeschlossen,Schaden,Erstattet,Ausfallstunden,Art\n\
    A,03/04/2019,04/04/2019,05/04/2019,01/05/2019,18400,0,12,Betrug\n\
    B,11/04/2019,11/04/2019,12/04/2019,01/05/2019,52000,20000,30,Betrug\n\
    C,25/04/2019,26/04/2019,28/04/2019,01/06/2019,7250,,5,Betrug\n\
    D,02/05/2019,02/05/2019,03/05/2019,01/06/2019,11900,,8,Betrug\n\
    D,06/05/2019,08/05/2019,09/05/2019,,29700,,21,Betrug\n\
    E,07/05/2019,07/05/2019,08/05/2019,01/07/2019,14600,,44,Betrug\n\
    F,08/06/2019,09/06/2019,10/06/2019,01/07/2019,,,,Betrug\n\
    G,09/07/2022,10/07/2022,never,01/10/2022,> 40000,,> 60,Betrug\n\
    H,10/10/2023,12/10/2023,15/10/2023,01/11/2023,88000,15000,90,Betrug\n";

/// A case that asks for German, with its log beside it, and all that its files say.
fn german_case(name: &str) -> (PathBuf, String) {
    let (here, mut own) = german_folder(name, "from-data", &["case.toml"]);
    let case = fs::read_to_string(here.join("case.toml")).unwrap().replace("numbers = \"1,234.5\"\n", "");
    let case = case.replace("name = \"Ransomware\"\n", "name = \"Ransomware\"\nvalue_stream = \"verkauf\"\n");
    let outage = "[risk.outage]\nduration = { low = \"1 day\", high = \"9 days\" }\nshare = \"50%\"\n";
    let stream =
        "[[value_stream]]\nid = \"verkauf\"\nname = \"Verkauf\"\nrevenue = \"9M per year\"\nmargin = \"20%\"\n";
    let (before, after) =
        case.split_once("# ---------------------------------------------------------------- controls").unwrap();
    fs::write(here.join("case.toml"), format!("{before}{outage}{stream}{after}")).unwrap();
    fs::write(here.join("vorfaelle.csv"), LOG).unwrap();
    own.push_str(LOG);
    (here, own)
}

/// Everything that an estimate says in words.
fn sentences(answer: &Value) -> String {
    let mut told = vec![answer["rests_on"].as_str().unwrap().to_owned()];
    for list in ["findings", "cautions"] {
        told.extend(answer[list].as_array().unwrap().iter().map(|line| line.as_str().unwrap().to_owned()));
    }
    told.extend(answer["beside"].as_array().unwrap().iter().map(|line| line["why"].as_str().unwrap().to_owned()));
    told.join("\n")
}

/// Without what is typed as it stands: `--from`.
fn without_flags(text: &str) -> String {
    text.split('`').step_by(2).collect()
}

#[test]
fn what_is_found_and_what_is_written_are_in_the_language_of_the_case() {
    let (here, own) = german_case("language-calibrate");
    let fraud = "--into case.toml --key risk.fraud";
    let loss = format!("loss vorfaelle.csv {fraud}.loss.replacement");
    let length = "duration vorfaelle.csv --into case.toml --key risk.ransomware.outage.duration --to 2023-12-31";
    let rate = format!("frequency vorfaelle.csv {fraud}.frequency --category Betrug");
    let people = "experts experts.csv --into case.toml --quiz quiz.csv";
    let effect = "--into case.toml --key control.callback.effect.reduction";
    // Each line with what it must say, which is not the same in English.
    let lines = [
        (
            format!("{rate} --from 2019-01-01 --to 2023-12-31 --seen 90%"),
            "vom 1. Januar 2019 bis zum 31. Dezember 2023",
        ),
        (format!("{rate} --from 2019-04-03 --to 2023-10-10 --seen 100%"), "beginnt am 3. April 2019"),
        (
            format!("{rate} --from 2019-01-01 --to 2023-12-31 --seen 90% --prior 1~in~20~years~to~1~in~5~years"),
            "widersprechen sich",
        ),
        (
            format!(
                "frequency vorfaelle.csv {fraud}.frequency --category Feuer --none --from 2019-01-01 --to 2023-12-31 --seen 80%"
            ),
            "0 Ereignisse der Kategorie Feuer",
        ),
        (loss.clone(), "8 Beträge"),
        (
            format!("{loss} --threshold 2k --inflation 3% --today 2024-06-30 --at-most 2M"),
            "zum Geldwert vom 30. Juni 2024",
        ),
        (format!("{loss} --shape gamma --threshold 2k --net --currency EUR"), "Gammaverteilung"),
        (format!("{loss} --shape pareto --threshold 7k --at-most 1M"), "Paretoverteilung"),
        (length.to_owned(), "8 Zeitdauern (Stillstand)"),
        (format!("{length} --what containment --at-most 2000~days"), "dauert noch an"),
        (format!("{length} --what detection --shape gamma --at-most 90~days"), "Entdeckung"),
        (format!("effect 20~in~2~years 6~in~1~year {effect}"), "das 0,6-Fache"),
        (format!("effect 3~in~0.5~years 2~in~1~year {effect}"), "kürzer als ein Jahr"),
        (
            format!(
                "{people} --key risk.ransomware.frequency --question ransomware~a~year --kind frequency --pool cooke"
            ),
            "Kalibrierung 0,682816",
        ),
        (format!("{people} --key risk.ransomware.loss.response --question ransomware~response"), "60.000 bis 900.000"),
    ];
    for (line, said) in &lines {
        let output = run(&here, &format!("calibrate {line} --format json"));
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        let told = sentences(&answer);
        no_english(line, &without_flags(&told), &own);
        assert!(told.contains(said), "{line}:\n{told}");
        let grouped = told.split(",000").skip(1).any(|rest| !rest.starts_with(|c: char| c.is_ascii_digit()));
        assert!(!grouped, "{line}:\n{told}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("in case.toml eingetragen bei "));
        let case = fs::read_to_string(here.join("case.toml")).unwrap();
        let toml = case.parse::<toml_edit::DocumentMut>().unwrap().to_string();
        assert!(toml.contains(answer["rests_on"].as_str().unwrap()), "{line}");
    }
    // The same as text, with its headings.
    let text = String::from_utf8(run(&here, &format!("calibrate {loss}")).stdout).unwrap();
    let (_, notes) = text.split_once("\n\n").unwrap();
    no_english("text", &without_flags(notes), &own);
    assert!(notes.contains("Was sich ergab") && notes.contains("Vor der Verwendung"), "{text}");
}

#[cfg(feature = "charts")]
#[test]
fn the_picture_of_a_fit_is_in_the_language_of_the_case() {
    let (here, own) = german_case("language-fit");
    let lines = [
        ("loss vorfaelle.csv --key risk.fraud.loss.replacement --currency EUR", "Betrag eines Ereignisses, EUR"),
        ("loss vorfaelle.csv --key risk.fraud.loss.replacement", "Betrag eines Ereignisses"),
        ("duration vorfaelle.csv --key risk.ransomware.outage.duration", "Stunden"),
    ];
    for (line, said) in lines {
        let output = run(&here, &format!("calibrate {line} --out fit.svg --into case.toml"));
        assert!(String::from_utf8_lossy(&output.stderr).contains("gezeichnet: fit.svg"));
        let picture = visible(&fs::read_to_string(here.join("fit.svg")).unwrap());
        no_english(line, &picture, &own);
        for word in [said, "angepasst", "beobachtet", "nur als „mehr als“ bekannt"] {
            assert!(picture.contains(word), "{line}: {word}\n{picture}");
        }
    }
    // The paper draws it again, with its figures as a table.
    run(&here, "report case.toml --method expected --out paper.html");
    let page = visible(&fs::read_to_string(here.join("paper.html")).unwrap());
    no_english("page", &page, &own);
}

/// The rows of each sheet.
#[cfg(all(feature = "xlsx", feature = "import"))]
fn sheets(path: &Path) -> Vec<(String, Vec<Vec<String>>)> {
    use calamine::Reader;
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(path).unwrap();
    let rows = |range: calamine::Range<calamine::Data>| -> Vec<Vec<String>> {
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
    };
    book.worksheets().into_iter().map(|(name, range)| (name, rows(range))).collect()
}

#[cfg(all(feature = "xlsx", feature = "import"))]
#[test]
fn a_sheet_of_questions_is_asked_and_read_back_in_each_language() {
    for (language, ends, quiz) in
        [("de", ["unterer Wert", "Mitte", "oberer Wert"], "20 von 20"), ("en", ["low", "middle", "high"], "20 of 20")]
    {
        let (here, mut own) = german_case(&format!("language-sheet-{language}"));
        // Titles of publications stand as they are.
        own.push_str("CRC Handbook of Chemistry and Physics");
        let case = fs::read_to_string(here.join("case.toml")).unwrap();
        fs::write(here.join("case.toml"), case.replace("\"de\"", &format!("\"{language}\""))).unwrap();
        run(&here, "calibrate sheet case.toml --out asked.xlsx --person A.~Berger --answers");
        let asked = sheets(&here.join("asked.xlsx"));
        if language == "de" {
            for (name, rows) in &asked {
                let text = rows.concat().join("\n");
                no_english(name, &format!("{name}\n{text}"), &own);
            }
        }
        // Somebody fills it in.
        let mut book = rust_xlsxwriter::Workbook::new();
        for (name, rows) in &asked {
            let page = book.add_worksheet().set_name(name).unwrap();
            let column = |end: &str| rows[0].iter().position(|heading| heading == end);
            for (row, cells) in rows.iter().enumerate() {
                for (at, cell) in cells.iter().enumerate() {
                    match cell.parse::<f64>() {
                        Ok(number) => page.write_number(row as u32, at as u16, number).unwrap(),
                        Err(_) => page.write_string(row as u32, at as u16, cell).unwrap(),
                    };
                }
                let truth = cells.get(7).and_then(|truth| truth.parse::<f64>().ok()).unwrap_or(0.5);
                for (end, factor) in ends.iter().zip([0.5, 1.0, 1.5]) {
                    if let Some(at) = column(end).filter(|_| row > 0) {
                        page.write_number(row as u32, at as u16, factor * truth).unwrap();
                    }
                }
            }
        }
        book.save(here.join("filled.xlsx")).unwrap();
        let line = "calibrate experts filled.xlsx --quiz filled.xlsx --question risk.fraud.frequency --kind frequency";
        let read = run(&here, &format!("{line} --into case.toml --key risk.fraud.frequency"));
        let text = String::from_utf8(read.stdout).unwrap();
        assert!(text.contains(quiz), "{text}");
    }
}
