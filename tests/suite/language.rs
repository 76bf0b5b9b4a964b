//! A file that asks for German gets German: every paper, chart, table, workbook and answer, and nothing of English but
//! what the file itself says.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::cli::{folder, rosi};

#[cfg(feature = "calibrate")]
mod calibrate;

/// Words of English that no German text has.
const ENGLISH: [&str; 59] = [
    "the", "of", "and", "is", "with", "by", "for", "from", "than", "this", "that", "which", "has", "are", "its", "it",
    "at", "to", "no", "not", "year", "years", "loss", "cost", "costs", "today", "more", "less", "how", "what", "each",
    "every", "would", "where", "without", "chance", "average", "bad", "worth", "money", "control", "controls", "risk",
    "risks", "share", "amounts", "before", "after", "none", "never", "value", "source", "within", "above", "below",
    "on", "does", "month", "hours",
];

/// A bundled case, or one of the awkward ones, that asks for German.
fn german(name: &str, path: &Path) -> PathBuf {
    let text = fs::read_to_string(path).unwrap();
    let file = folder(&format!("language-{name}")).join("case.toml");
    let own = text.lines().filter(|line| !line.starts_with("numbers = ")).collect::<Vec<_>>().join("\n");
    fs::write(&file, format!("language = \"de\"\nnumbers = \"1,234.5\"\n{own}\n")).unwrap();
    file
}

fn bundled() -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let names = ["ransomware", "small-office", "card-payments"];
    names.map(|name| (name.to_owned(), root.join("scenarios").join(name).join("scenario.toml"))).to_vec()
}

fn words(text: &str) -> Vec<String> {
    let letter = |c: char| c.is_alphabetic() || c == '\'' || c == '’';
    text.split(|c: char| !letter(c)).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}

/// English words of a text that do not stand, with one of their neighbours, in the file.
pub(crate) fn left_over(text: &str, file: &str) -> Vec<String> {
    let own = words(file);
    let pairs: BTreeSet<(&str, &str)> = own.windows(2).map(|pair| (pair[0].as_str(), pair[1].as_str())).collect();
    let text = words(text);
    let none = String::new();
    let mut found = Vec::new();
    for (place, word) in text.iter().enumerate().filter(|(_, word)| ENGLISH.contains(&word.as_str())) {
        let before = place.checked_sub(1).map_or(&none, |before| &text[before]);
        let after = text.get(place + 1).unwrap_or(&none);
        if !pairs.contains(&(before, word)) && !pairs.contains(&(word, after)) {
            let around = &text[place.saturating_sub(4)..(place + 5).min(text.len())];
            found.push(around.join(" "));
        }
    }
    found
}

/// The text of a page or a picture, without its tags, styles and letters.
fn visible(markup: &str) -> String {
    let mut text = String::new();
    let mut rest = markup;
    for (open, close) in [("<style", "</style>")] {
        while let Some((before, after)) = rest.split_once(open) {
            text.push_str(before);
            rest = after.split_once(close).map_or("", |(_, after)| after);
        }
    }
    text.push_str(rest);
    let mut shown = String::new();
    let mut in_tag = false;
    for c in text.chars() {
        match c {
            '<' => in_tag = true,
            '>' => (in_tag, _) = (false, shown.push(' ')),
            _ if !in_tag => shown.push(c),
            _ => {}
        }
    }
    // What a screen reader says stands in attributes.
    for said in ["aria-label=\"", "alt=\"", "title=\""] {
        for part in markup.split(said).skip(1) {
            shown.push(' ');
            shown.push_str(part.split('"').next().unwrap_or_default());
        }
    }
    shown.replace("&#39;", "'").replace("&quot;", "\"").replace("&amp;", "&")
}

fn said(arguments: &[&str]) -> String {
    let output = rosi(arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Commands are typed as they are, and so are keys: `risk.ransomware.frequency`.
pub(crate) fn without_commands(text: &str) -> String {
    let is_key = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).contains('.');
    let mut told = String::new();
    for line in text.lines() {
        let words = line.split("rosi ").next().unwrap_or_default().split(' ');
        told.extend(words.filter(|word| !is_key(word)).flat_map(|word| [word, " "]));
        told.push('\n');
    }
    told
}

#[test]
fn no_english_is_left_in_what_a_german_case_says() {
    let mut found = Vec::new();
    for (name, path) in bundled() {
        let case = german(&name, &path);
        let (case, source) = (case.to_str().unwrap(), fs::read_to_string(&case).unwrap());
        // A small case is worked out exactly; of the larger ones the words are the same with fewer years.
        let few: &[&str] =
            if name == "small-office" { &[] } else { &["--method", "simulate", "--years", "1000", "--time", "600"] };
        let said = |arguments: &[&str]| said(&[arguments, few].concat());
        // Who writes the file reads its keys there: `on = "loss"`, `timing = "year-end"`.
        let keys = format!("{source}\nloss von\nyear-end\n");
        let mut hold_to = |what: &str, text: &str, own: &str| {
            found.extend(left_over(text, own).into_iter().map(|left| format!("{name}, {what}: {left}")));
        };
        let tables = said(&["assess", case, "--sensitivity", "--full", "--format", "markdown"]);
        hold_to("tables", &without_commands(&tables), &keys);
        let mut hold = |what: &str, text: &str| hold_to(what, text, &source);
        hold("answer", &without_commands(&said(&["assess", case])));
        let folder = folder(&format!("language-{name}-papers"));
        let out = |file: &str| folder.join(file).to_str().unwrap().to_owned();
        let page = out("paper.html");
        said(&["report", case, "--out", &page]);
        let page = fs::read_to_string(page).unwrap();
        assert!(page.contains("<html lang=\"de\">"), "{name}");
        hold("page", &without_commands(&visible(&page)));
        let markdown = out("paper.md");
        said(&["report", case, "--out", &markdown, "--full"]);
        let markdown = fs::read_to_string(&markdown).unwrap();
        // The run as data is for programs.
        let (markdown, _) = markdown.split_once("<!--").unwrap();
        hold("markdown", &without_commands(markdown));
    }
    found.sort();
    found.dedup();
    assert!(found.is_empty(), "{} are left:\n{}", found.len(), found.join("\n"));
}

#[test]
fn an_explanation_speaks_the_language_of_the_case() {
    let (name, path) = &bundled()[1];
    let case = german(&format!("explained-{name}"), path);
    let (case, source) = (case.to_str().unwrap(), fs::read_to_string(&case).unwrap());
    let json: serde_json::Value = serde_json::from_str(&said(&["assess", case, "--format", "json"])).unwrap();
    let (risk, plan) = (json["risks"][0]["id"].as_str().unwrap(), json["plans"][0]["id"].as_str().unwrap());
    let control = json["plans"][0]["controls"][0]["id"].as_str().unwrap();
    let mut keys = ["today.expected_annual_loss", "today.quantiles.0.95"].map(str::to_owned).to_vec();
    keys.extend([format!("risk.{risk}.today.expected_annual_loss"), format!("risk.{risk}.frequency")]);
    keys.push(format!("plan.{plan}"));
    keys.push(format!("risk.{risk}.plans.{plan}.expected_annual_loss"));
    for figure in ["net_present_value", "rosi", "cost", "equivalent_annual_cost", "payback_years", "investment.exact"] {
        keys.push(format!("plan.{plan}.{figure}"));
    }
    keys.extend(["cost", "shapley"].map(|figure| format!("plan.{plan}.controls.{control}.{figure}")));
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    let text = said(&[&["explain", case], &keys[..]].concat());
    no_english("explained", &text, &source);
    assert!(text.contains("Formel: ") && text.contains("Was eingeht") && text.contains("Laufende Summe"), "{text}");
}

#[test]
fn a_german_paper_is_verified_and_one_that_was_tampered_with_is_refused() {
    let (_, path) = &bundled()[1];
    let case = german("verified", path);
    let case = case.to_str().unwrap();
    for form in ["html", "md", "pdf"] {
        let paper = folder(&format!("language-verified-{form}")).join(format!("paper.{form}"));
        let file = paper.to_str().unwrap();
        said(&["report", case, "--out", file]);
        assert!(rosi(&["verify", file, case]).status.success(), "{form}");
        let mut bytes = fs::read(&paper).unwrap();
        let digit = bytes.iter().rposition(|byte| *byte == b'7').unwrap();
        bytes[digit] = b'8';
        fs::write(&paper, bytes).unwrap();
        assert!(!rosi(&["verify", file, case]).status.success(), "{form}");
    }
}

#[test]
fn a_language_chooses_the_marks_in_numbers_and_changes_no_figure() {
    let (_, path) = &bundled()[1];
    let text = fs::read_to_string(path).unwrap();
    let own = text.lines().filter(|line| !line.starts_with("numbers = ")).collect::<Vec<_>>().join("\n");
    let file = |name: &str, head: &str| {
        let file = folder(&format!("language-marks-{name}")).join("case.toml");
        fs::write(&file, format!("{head}{own}\n")).unwrap();
        file.to_str().unwrap().to_owned()
    };
    let (english, german) = (file("en", ""), file("de", "language = \"de\"\n"));
    let figures = |file: &str| -> serde_json::Value {
        let mut figures: serde_json::Value =
            serde_json::from_str(&said(&["assess", file, "--format", "json"])).unwrap();
        // The hash and names of assumptions are those of the file.
        figures["provenance"] = serde_json::Value::Null;
        figures
    };
    let numbers = |value: &serde_json::Value| {
        let text = value.to_string();
        let digits: String = text.chars().map(|c| if c.is_ascii_digit() || c == '.' { c } else { ' ' }).collect();
        digits.split_whitespace().map(str::to_owned).collect::<Vec<_>>()
    };
    let (a, b) = (figures(&english), figures(&german));
    assert_eq!(numbers(&a["today"]), numbers(&b["today"]));
    assert_eq!(numbers(&a["plans"]), numbers(&b["plans"]));
    let answer = said(&["assess", &german]);
    assert!(answer.contains("Mio.") || answer.contains(".000"), "{answer}");
    assert!(!answer.contains(",000"), "{answer}");
}

#[test]
fn a_language_that_there_is_not_is_a_fault_with_a_cure() {
    let (_, path) = &bundled()[1];
    let text = fs::read_to_string(path).unwrap();
    for (written, cure) in [("German", "de"), ("fr", "\"en\"")] {
        let file = folder("language-unknown").join("case.toml");
        fs::write(&file, format!("language = \"{written}\"\n{text}")).unwrap();
        let output = rosi(&["check", file.to_str().unwrap()]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
        assert!(!output.status.success() && told.contains(cure), "{written}: {told}");
    }
}

/// An example's folder whose files ask for German, and all that they say.
fn german_folder(name: &str, from: &str, heads: &[&str]) -> (PathBuf, String) {
    let here = folder(name);
    let mut own = String::new();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(from)).unwrap() {
        let path = entry.unwrap().path();
        let file = path.file_name().unwrap().to_str().unwrap();
        let mut text = fs::read_to_string(&path).unwrap();
        if heads.contains(&file) {
            text = format!("language = \"de\"\nnumbers = \"1,234.5\"\n{text}");
        }
        own.push_str(&text);
        own.push('\n');
        fs::write(here.join(file), text).unwrap();
    }
    (here, own)
}

fn no_english(what: &str, text: &str, own: &str) {
    let found: BTreeSet<String> = left_over(&without_commands(text), own).into_iter().collect();
    assert!(found.is_empty(), "{what}: {found:?}\n{text}");
}

#[test]
fn a_group_speaks_the_language_of_its_file() {
    let (here, own) = german_folder("language-group", "group", &["group.toml"]);
    let file = here.join("group.toml");
    let text = said(&["group", file.to_str().unwrap(), "--budget", "300k", "--format", "markdown"]);
    no_english("group", &text, &own);
    assert!(text.contains("Das Jahr der Gruppe") && text.contains("Der beste Plan für jede Einheit"), "{text}");
    no_english("averages", &said(&["group", file.to_str().unwrap(), "--method", "expected"]), &own);
}

#[test]
fn a_review_and_the_ranges_of_people_speak_the_language_of_the_case() {
    let (here, own) = german_folder("language-review", "from-data", &["case.toml"]);
    let path = |file: &str| here.join(file).to_str().unwrap().to_owned();
    let (case, came) = (path("case.toml"), path("actuals-2027.toml"));
    for form in ["text", "markdown"] {
        let text = said(&["review", &case, &came, "--format", form]);
        no_english(form, &text, &own);
        assert!(text.contains("Erfolgskontrolle") && text.contains("1. Januar 2027"), "{text}");
    }
    let page = said(&["review", &case, &came, "--format", "html"]);
    assert!(page.contains("<html lang=\"de\">"), "{page}");
    no_english("page", &visible(&page), &own);
    // Verdicts are words for programs in every language.
    let json: serde_json::Value = serde_json::from_str(&said(&["review", &case, &came, "--format", "json"])).unwrap();
    let verdict = json["risks"][0]["verdict"].as_str().unwrap();
    assert!(["better than promised", "as promised", "worse than promised", "too early to tell"].contains(&verdict));
    // What is written into a case is said in its language.
    said(&["review", &case, &came, "--into", &path("next.toml")]);
    let next = fs::read_to_string(path("next.toml")).unwrap();
    assert!(next.contains("die Spanne davor"), "{next}");
    // A paper in one language has its part in the same.
    let paper = path("paper.md");
    said(&["report", &case, "--review", &case, &came, "--out", &paper, "--method", "expected"]);
    assert!(fs::read_to_string(&paper).unwrap().contains("Was zugesagt war und was eingetreten ist"));
}
