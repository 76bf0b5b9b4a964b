//! Is what a program would show the same, and is what would deceive a reader told?

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::*;

const CASE: &str = "schema = 1\ntitle = \"Gate\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"r\"\nname = \"Risk\"\nfrequency = \"2 per year\"\nloss.response = { min = \"1k\", likely = \"2k\", max = \"6k\" }\n[[control]]\nid = \"c\"\nname = \"Control\"\ncost.yearly = \"1k\"\n[[control.effect]]\nrisk = \"r\"\non = \"frequency\"\nreduction = \"40%\"\n[[plan]]\nid = \"p\"\nname = \"Plan\"\ncontrols = [\"c\"]\n";

/// The workbook of a case, once.
fn book() -> &'static [u8] {
    static BOOK: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    BOOK.get_or_init(|| {
        let case = crate::Case::from_text("c.toml", CASE).unwrap();
        case.board_paper(&crate::Options::default()).unwrap().xlsx().unwrap()
    })
}

/// Its parts.
fn parts() -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(book())).unwrap();
    let of = |index| {
        let mut part = archive.by_index(index).unwrap();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        (part.name().unwrap().into_owned(), bytes)
    };
    (0..ZipArchive::new(Cursor::new(book())).unwrap().len()).map(of).collect()
}

fn packed(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The workbook with one part changed: its text before and after.
fn forged(part: &str, before: &str, after: &str) -> Vec<u8> {
    let mut parts = parts();
    let bytes = &mut parts.iter_mut().find(|(name, _)| name == part).unwrap().1;
    let text = String::from_utf8(bytes.clone()).unwrap();
    let changed = text.replacen(before, after, 1);
    assert_ne!(changed, text, "{part} has no {before}");
    *bytes = changed.into_bytes();
    packed(&parts)
}

/// What is told of a workbook beside the one of rosi.
fn told(bytes: &[u8]) -> Vec<String> {
    let fresh = Sheets::read(book()).unwrap();
    Sheets::read(bytes).map_or_else(|why| vec![why], |read| read.differences(&fresh))
}

/// The first cell of a sheet with a number and a formula: its element, its address and its value.
fn a_cell(sheet: &str) -> (String, String, String) {
    let text = String::from_utf8(parts().into_iter().find(|(name, _)| name == sheet).unwrap().1).unwrap();
    let cells = text.split("<c ").skip(1).map(|rest| format!("<c {}</c>", rest.split("</c>").next().unwrap()));
    let cell = cells.into_iter().find(|cell| cell.contains("<f>") && !cell.contains("t=\"str\"")).unwrap();
    let between = |a: &str, b: &str| cell.split(a).nth(1).unwrap().split(b).next().unwrap().to_owned();
    (cell.clone(), between("r=\"", "\""), between("<v>", "</v>"))
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

#[test]
fn a_workbook_is_itself_however_it_is_packed() {
    assert_eq!(told(book()), Vec::<String>::new());
    assert_eq!(told(&packed(&parts())), Vec::<String>::new());
    let run: serde_json::Value = serde_json::from_str(&Sheets::read(book()).unwrap().provenance).unwrap();
    assert_eq!(run["seed"], 1);
    assert_eq!(run["scenario_sha256"].as_str().map(str::len), Some(64));
}

#[test]
fn what_hides_a_cell_or_stands_over_it_is_told() {
    let (cell, address, value) = a_cell(SHEET);
    let wrong = cell.replace(&format!("<v>{value}</v>"), "<v>123456</v>");
    let foreign = format!("<x:c xmlns:x=\"urn:other\" r=\"{address}\"><v>{value}</v></x:c>");
    let prefixed = wrong.replace("<c ", "<m:c ").replace("</c>", "</m:c>").replace("<v>", "<m:v>");
    let prefixed = prefixed.replace("</v>", "</m:v>").replace("<f>", "<m:f>").replace("</f>", "</m:f>");
    let main = "xmlns:m=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" ";
    let split = value.split_at(1);
    for (what, after) in [
        ("a value", wrong.clone()),
        ("a comment around the true cell", format!("{wrong}<!-- {} -->", cell.replace("--", ""))),
        ("the cell twice", format!("{cell}{wrong}")),
        ("the cell twice, in small letters", format!("{cell}{}", wrong.replace(&address, &address.to_lowercase()))),
        ("the cell in another row", cell.replace(&address, &format!("{}9", address))),
        ("a cell of a foreign namespace", foreign),
        ("another prefix", prefixed.replace("<m:c ", &format!("<m:c {main}"))),
        ("two values", cell.replace("</c>", "<v>123456</v></c>")),
        ("no value", cell.replace(&format!("<v>{value}</v>"), "")),
        ("a shared formula of nobody", cell.replace("<f>", "<f t=\"shared\" si=\"9\"/><g>").replace("</f>", "</g>")),
        ("an entity of its own", wrong.replace("123456", "&figure;")),
        ("an alternative", format!("<mc:AlternateContent xmlns:mc=\"urn:mc\">{cell}</mc:AlternateContent>")),
    ] {
        assert_ne!(told(&forged(SHEET, &cell, &after)), Vec::<String>::new(), "{what}");
    }
    // The same in other words.
    let cdata = cell.replace(&format!("<v>{value}"), &format!("<v><![CDATA[{}]]><!-- x -->{}", split.0, split.1));
    assert_eq!(told(&forged(SHEET, &cell, &cdata)), Vec::<String>::new());
}

#[test]
fn what_deceives_in_other_parts_is_told() {
    let (_, address, _) = a_cell(SHEET);
    let dtd = "<!DOCTYPE x [<!ENTITY figure \"123456\">]>";
    let book = "xl/workbook.xml";
    let text = String::from_utf8(parts().into_iter().find(|(name, _)| name == book).unwrap().1).unwrap();
    let name = text.split("<definedName name=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let local = format!("<definedNames><definedName name=\"{name}\" localSheetId=\"0\">1</definedName>");
    for (part, before, after) in [
        (SHEET, "<worksheet", format!("{dtd}<worksheet")),
        (SHEET, "encoding=\"UTF-8\"", "encoding=\"UTF-7\"".to_owned()),
        (SHEET, "</sheetData>", "</sheetData><sheetData/>".to_owned()),
        (SHEET, "<row r=\"2\"", "<row hidden=\"1\" r=\"2\"".to_owned()),
        (SHEET, "<col ", "<col hidden=\"true\" ".to_owned()),
        (book, "<definedNames>", local),
        (book, "<sheet ", "<sheet state=\"veryHidden\" ".to_owned()),
        (book, "<sheets>", "<sheets><sheet name=\"More\" sheetId=\"99\" r:id=\"rId1\"/>".to_owned()),
        (book, "<workbookPr", "<workbookPr date1904=\"1\"".to_owned()),
        ("xl/styles.xml", "formatCode=\"#,##0;-#,##0;0\"", "formatCode=\"#,##0,;-#,##0;0\"".to_owned()),
        ("xl/styles.xml", "formatCode=\"#,##0;-#,##0;0\"", "formatCode=\"&quot;12 million&quot;;-#,##0;0\"".to_owned()),
        ("xl/styles.xml", "formatCode=\"#,##0;-#,##0;0\"", "formatCode=\";;;\"".to_owned()),
        ("_rels/.rels", "xl/workbook.xml", "xl/elsewhere.xml".to_owned()),
    ] {
        assert_ne!(told(&forged(part, before, &after)), Vec::<String>::new(), "{part}: {after}");
    }
    let with = |name: &str, text: &str| {
        let mut parts = parts();
        parts.push((name.to_owned(), text.as_bytes().to_vec()));
        told(&packed(&parts))
    };
    let sheet = String::from_utf8(parts().into_iter().find(|(name, _)| name == SHEET).unwrap().1).unwrap();
    for (name, text) in [
        ("xl/worksheets/Sheet1.xml", sheet.as_str()),
        ("xl/comments1.xml", "<comments/>"),
        ("xl/vbaProject.bin", "x"),
        (
            "xl/drawings/drawing99.xml",
            "<d:wsDr xmlns:d=\"http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing\"><d:sp/></d:wsDr>",
        ),
    ] {
        assert_ne!(with(name, text), Vec::<String>::new(), "{name} {address}");
    }
    assert_eq!(with("xl/customUI.xml", "<x/>"), Vec::<String>::new());
    // Two sheets of one name, and two of one relation.
    let first = text.split("<sheet name=\"").nth(1).unwrap().split('"').next().unwrap().to_uppercase();
    let twice = format!("<sheet name=\"{first}\" sheetId=\"99\" r:id=\"rId1\"/></sheets>");
    assert!(told(&forged(book, "</sheets>", &twice))[0].contains("twice"));
    let relation = "<Relationship Id=\"rId1\" Type=\"x\" Target=\"y\"/></Relationships>";
    assert!(told(&forged("xl/_rels/workbook.xml.rels", "</Relationships>", relation))[0].contains("twice"));
}

#[test]
fn an_archive_is_opened_only_within_bounds() {
    let many: Vec<(String, Vec<u8>)> = (0..5000).map(|place| (format!("{place}.xml"), Vec::new())).collect();
    let huge = vec![("xl/workbook.xml".to_owned(), vec![b' '; 40 << 20])];
    let deep = format!("<a xmlns=\"http://schemas.openxmlformats.org/\">{}", "<b>".repeat(200));
    let mut nested = parts();
    nested.iter_mut().find(|(name, _)| name == SHEET).unwrap().1 = deep.into_bytes();
    for (parts, why) in [(many, "entries"), (huge, "unpacks to more"), (nested, "within each other")] {
        let found = Sheets::read(&packed(&parts)).unwrap_err();
        assert!(found.contains(why), "{found}");
    }
    // One entry twice: the list at the end names both.
    let bytes = packed(&[("a.xml".to_owned(), vec![]), ("b.xml".to_owned(), vec![])]);
    let twice: Vec<u8> = bytes.iter().scan(0, |_, byte| Some(if *byte == b'b' { b'a' } else { *byte })).collect();
    assert!(Sheets::read(&twice).unwrap_err().contains("twice"));
    for cut in [0, 4, book().len() / 2, book().len() - 1] {
        assert!(Sheets::read(&book()[..cut]).is_err());
    }
}

#[test]
fn formulas_are_compared_by_what_they_hold() {
    for (a, b, same) in [
        ("IF(A1<=0.005+1E-9*C$2,\"yes\",'3 x'!B1)", "IF(A1<=0.005+0.000000001*C$2,\"yes\",'3 x'!B1)", true),
        ("A1*0.06540681441482295", "A1*0.065406814414823", true),
        ("A1*0.0654", "A1*0.0655", false),
        ("A1+B2", "A1+B3", false),
        ("NPV_1*2", "NPV_2*2", false),
        ("\"1\"", "\"1.0\"", false),
    ] {
        assert_eq!(formula::is_same(a, b), same, "{a} {b}");
    }
    assert_eq!(plain("=A1 + \"a b\" & 'x y'!B2"), "A1+\"a b\"&'x y'!B2");
    assert_eq!(plain("'Schäden'!B2+'1 Plan'!B2+\"'A'!\""), "Schäden!B2+'1 Plan'!B2+\"'A'!\"");
    let moved = |formula: &str| formula::moved(formula, 2, 1);
    assert_eq!(
        moved("A1+$B$2*SUM(C3:D$4)&\"A1\"&'A1'!E5+NPV_1+LOG10(2)+1E5").as_deref(),
        Some("B3+$B$2*SUM(D5:E$4)&\"A1\"&'A1'!F7+NPV_1+LOG10(2)+1E5")
    );
    assert_eq!(formula::moved("A1", -1, 0), None);
    assert_eq!((place("AB12"), address((12, 28))), (Some((12, 28)), "AB12".to_owned()));
    for wrong in ["", "A", "12", "A0", "$A$1", "A-1", "é1", "A1B"] {
        assert_eq!(place(wrong), None, "{wrong}");
    }
}

#[test]
fn a_number_format_is_what_it_does_to_a_number() {
    assert_eq!(shown("#,##0;-#,##0;0"), shown("#,##0;\\-#,##0;0"));
    assert_eq!(shown("0.0%"), shown("0.00%"));
    assert_eq!(shown("General"), shown("0"));
    assert_eq!(shown("[$€-407]#,##0"), shown("#,##0"));
    for code in ["#,##0,", "0.0,,", "0%%", "\"9\"0", "\\90", ";;", "\"12\"", "@"] {
        assert_ne!(shown(code), shown("#,##0"), "{code}");
    }
}
