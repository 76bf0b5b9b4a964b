//! Does everything stand on its page, apart from everything else?

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, OnceLock};

use super::compose::{Laid, paper as laid};
use super::face::Faces;
use super::flow::Op;
use super::{Sheet, pdf};
use crate::drawing::scene::Area;
use crate::engine::{Analysis, Settings, analyse};
use crate::report::{Context, Paper, paper};
use crate::scenario::{Source, parse};

const CASES: [(&str, &str); 6] = [
    ("ransomware", include_str!("../../../scenarios/ransomware/scenario.toml")),
    ("small office", include_str!("../../../scenarios/small-office/scenario.toml")),
    ("eight plans", include_str!("../../../tests/awkward/eight-plans.toml")),
    ("forty risks", include_str!("../../../tests/awkward/forty-risks.toml")),
    ("hostile names", include_str!("../../../tests/awkward/hostile-names.toml")),
    ("yen, long names", include_str!("../../../tests/awkward/yen-long-names.toml")),
];

const GERMAN: &str = "language = \"de\"\n";

/// The figures of a case are worked out once, whatever its language.
fn paper_of(text: &str) -> Paper {
    static MADE: Mutex<BTreeMap<String, Arc<OnceLock<Analysis>>>> = Mutex::new(BTreeMap::new());
    let read = |text: &str| parse(&Source::new("scenario.toml", text.to_owned())).unwrap();
    let plain = text.strip_prefix(GERMAN).unwrap_or(text);
    let made = Arc::clone(MADE.lock().unwrap().entry(plain.to_owned()).or_default());
    let analysis = made.get_or_init(|| {
        let settings = Settings { sensitivity: true, years: Some(16_384), ..Settings::default() };
        analyse(&read(plain).scenario, &settings).unwrap()
    });
    let parsed = read(text);
    paper(&parsed.scenario, analysis, None, &parsed.warnings, &Context::default())
}

/// Where the words of a page stand, without those of the pictures.
fn words(laid: &Laid, page: usize, faces: &Faces) -> Vec<(Area, String)> {
    let marks = laid.pages[page].marks.iter();
    marks
        .filter_map(|mark| {
            let Op::Text { x, y, size, spans, .. } = &mark.op else { return None };
            let text: String = spans.iter().map(|span| span.text.as_str()).collect();
            let width: f64 = spans.iter().map(|span| faces.width(&span.text, *size, span.bold)).sum();
            let width = width - if text.ends_with(' ') { faces.width(" ", *size, false) } else { 0.0 };
            let area = Area::new(*x, y - 0.70 * size, x + width, y + 0.2 * size);
            (!text.trim().is_empty()).then_some((area, text))
        })
        .collect()
}

#[test]
fn no_words_overlap_or_leave_their_page() {
    let faces = Faces::new(Vec::new()).unwrap();
    for (name, text) in CASES {
        let paper = paper_of(text);
        for sheet in [Sheet::A4, Sheet::Letter] {
            let laid = laid(&paper, sheet, &faces).unwrap();
            assert!(laid.pages.len() > 5, "{name}");
            let has_picture = laid.pages[0].marks.iter().any(|mark| matches!(mark.op, Op::Scene(..)));
            // What is said of so few years leaves it no room beside the longest of names on the lower sheet.
            assert!(has_picture || name == "yen, long names", "{name}");
            let most = 24;
            assert!(laid.pages.len() <= most, "{name}: {} pages", laid.pages.len());
            for (number, page) in laid.pages.iter().enumerate() {
                let inside = Area::new(40.0, 38.0, page.width - 40.0, page.height - 44.0);
                let words = words(&laid, number, &faces);
                for (place, (area, text)) in words.iter().enumerate() {
                    assert!(inside.contains(area), "{name}, page {}: \"{text}\" at {area:?}", number + 1);
                    for (other, said) in &words[..place] {
                        assert!(!area.overlaps(other), "{name}, page {}: \"{text}\" over \"{said}\"", number + 1);
                    }
                }
                for mark in &page.marks {
                    let Op::Scene(scene, (x, y), scale) = &mark.op else { continue };
                    let picture = Area::new(*x, *y, x + scene.width * scale, y + scene.height * scale);
                    let margin = Area::new(inside.left, inside.top, inside.right + 1.0, inside.bottom + 1.0);
                    assert!(margin.contains(&picture), "{name}, page {}: {picture:?}", number + 1);
                    let covered = words.iter().find(|(area, _)| area.overlaps(&picture));
                    assert!(covered.is_none(), "{name}, page {}: {covered:?} on a picture", number + 1);
                }
            }
        }
    }
}

#[test]
fn the_decision_stands_on_one_page() {
    let faces = Faces::new(Vec::new()).unwrap();
    let german = |text: &str| format!("{GERMAN}{text}");
    let texts = CASES.into_iter().flat_map(|(name, text)| [(name, text.to_owned()), (name, german(text))]);
    for (name, text) in texts {
        let paper = paper_of(&text);
        for sheet in [Sheet::A4, Sheet::Letter] {
            let laid = laid(&paper, sheet, &faces).unwrap();
            let on = |page: usize, what: &str| words(&laid, page, &faces).iter().any(|(_, said)| said == what);
            // Nine rows of options or very long names leave no room for all: less of each is shown, and what is asked for
            // stays.
            assert!(on(0, paper.words.decision) && on(0, &paper.front.wrong_if.title), "{name}");
            // The contents follow what page one had no room for, and room to sign the contents, each on the next page
            // where the ones before leave none.
            let contents = (1..3).find(|page| on(*page, paper.words.contents));
            let signed = (1..4).find(|page| on(*page, paper.words.sign_off));
            let is_signed = signed.is_some_and(|page| on(page, paper.words.roles[2]));
            assert!(contents.is_some() && contents <= signed && is_signed, "{name}");
        }
    }
}

#[test]
fn every_link_and_every_part_has_a_place() {
    let faces = Faces::new(Vec::new()).unwrap();
    for (name, text) in CASES {
        let paper = paper_of(text);
        let laid = laid(&paper, Sheet::A4, &faces).unwrap();
        let links: Vec<&str> =
            laid.pages.iter().flat_map(|page| &page.links).map(|link| link.target.as_str()).collect();
        assert!(links.iter().all(|target| laid.targets.contains_key(*target)), "{name}: {links:?}");
        let parts: BTreeSet<&str> = paper.parts.iter().map(|part| part.id).collect();
        assert!(parts.iter().all(|part| links.contains(part)), "{name}");
        let marked: Vec<&str> = laid.bookmarks.iter().map(|mark| mark.title.as_str()).collect();
        assert!(paper.parts.iter().all(|part| marked.iter().any(|title| title.ends_with(&part.title))), "{name}");
    }
}

#[test]
fn the_same_paper_gives_the_same_bytes_and_follows_the_standard() {
    for (name, text) in CASES {
        let paper = paper_of(text);
        let write = || pdf(&paper, Sheet::A4, &|letters| panic!("{name}: {letters:?}")).unwrap();
        let first = write();
        assert_eq!(first, write(), "{name}");
        let text = String::from_utf8_lossy(&first.bytes);
        assert!(text.starts_with("%PDF-1.7") && text.contains("pdfuaid:part"), "{name}");
        assert!(text.contains(&paper.report.run), "{name}: the run is not named");
    }
}

#[test]
fn letters_without_a_face_are_told_and_fonts_are_asked_for_once() {
    let text = CASES[1].1.replace("A small office", "小さな事務所");
    let paper = paper_of(&text);
    let asked = std::cell::RefCell::new(Vec::new());
    let none = |letters: &BTreeSet<char>| {
        asked.borrow_mut().push(letters.iter().collect::<String>());
        Vec::new()
    };
    let made = pdf(&paper, Sheet::A4, &none).unwrap();
    assert_eq!(made.unset.iter().collect::<String>(), asked.borrow().concat());
    assert_eq!(asked.borrow().len(), 1);
    assert!(made.unset.contains(&'務') && !made.unset.contains(&'A'));
    // No box stands in their place: they are named, and nothing outgrows its line.
    let faces = Faces::new(Vec::new()).unwrap();
    let laid = laid(&paper, Sheet::A4, &faces).unwrap();
    let said: String =
        (0..laid.pages.len()).flat_map(|page| words(&laid, page, &faces)).map(|(_, said)| said).collect();
    assert!(said.contains("[U+5C0F]") && !said.contains('務'), "{said}");
    assert!(!String::from_utf8_lossy(&made.bytes).contains("pdfuaid:part"));
}
