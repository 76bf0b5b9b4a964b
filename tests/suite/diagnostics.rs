//! Every fault that a person is likely to make, with the picture that rosi draws of it.
//!
//! `tests/diagnostics` holds a fixture for each mistake and beside it, as `.txt`, exactly what
//! `rosi check` prints. The name tells what is due: `E0204-amount.toml` has one fault, of that code;
//! `E0204.toml` is the plainest case of the code, shown in `docs/diagnostics.md`; `many-…` has
//! several faults, `fine-…` none. A first line `# rosi …` names another command than `check`.
//!
//! `ROSI_UPDATE=1 cargo test --test suite diagnostics` writes the pictures and the page anew.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use rosi::internal::diagnostic::{Code, Severity};

/// A mistake with what was printed about it.
struct Picture {
    /// The file, such as `E0204-amount.toml`.
    file: String,
    /// The name without its ending.
    stem: String,
    drawn: String,
    /// What is drawn now, where it differs.
    differs: bool,
}

impl Picture {
    /// The codes in the picture, in order.
    fn codes(&self) -> Vec<&str> {
        let found = |line: &'_ str| {
            let rest = line.strip_prefix("error[").or_else(|| line.strip_prefix("warning["))?;
            rest.get(..5).map(str::len)
        };
        let lines = self.drawn.lines().filter(|line| found(line).is_some());
        lines.filter_map(|line| line.split(['[', ']']).nth(1)).collect()
    }
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics")
}

fn is_updating() -> bool {
    std::env::var_os("ROSI_UPDATE").is_some()
}

/// The files of the folder with one of these endings, in order.
fn files(endings: &[&str]) -> BTreeSet<String> {
    let names = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.filter(|name| name.rsplit_once('.').is_some_and(|(_, ending)| endings.contains(&ending))).collect()
}

/// What a fixture prints: what is told, then the result.
fn printed(file: &str) -> String {
    let bytes = fs::read(folder().join(file)).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    let command = text.lines().next().and_then(|line| line.strip_prefix("# rosi ")).unwrap_or("check");
    let output = Command::new(env!("CARGO_BIN_EXE_rosi"))
        .args(command.split(' '))
        .arg(file)
        .current_dir(folder())
        .env("NO_COLOR", "1")
        .env_remove("COLUMNS")
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    let result = String::from_utf8(output.stdout).unwrap();
    if !command.contains("json") {
        return told + &result;
    }
    // Of all the figures, the advice alone.
    let assessment: serde_json::Value = serde_json::from_str(&result).unwrap();
    let of_figures = |advice: &&serde_json::Value| advice["code"] == Code::Figure.as_str();
    let advice: Vec<&serde_json::Value> =
        assessment["warnings"].as_array().unwrap().iter().filter(of_figures).collect();
    let lines = advice.iter().map(|advice| {
        format!(
            "warning[{}]: {}\n  where: {}\n",
            advice["code"].as_str().unwrap(),
            advice["message"].as_str().unwrap(),
            advice["where"].as_str().unwrap()
        )
    });
    told + &lines.collect::<String>()
}

fn pictures() -> Vec<Picture> {
    let fixtures = files(&["toml", "yaml", "json"]);
    let pictures = fixtures.into_iter().map(|file| {
        let stem = file.rsplit_once('.').unwrap().0.to_owned();
        let path = folder().join(format!("{stem}.txt"));
        let drawn = printed(&file);
        if is_updating() {
            fs::write(&path, &drawn).unwrap();
        }
        let differs = fs::read_to_string(&path).ok().as_deref() != Some(&drawn);
        Picture { file, stem, drawn, differs }
    });
    pictures.collect()
}

/// What must hold of the pictures; each line a fault of ours.
fn faults(pictures: &[Picture]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut stems = BTreeSet::new();
    for picture in pictures {
        let Picture { file, stem, drawn, differs } = picture;
        if *differs {
            faults.push(format!("{file}: the picture differs or is missing; it is now\n{drawn}"));
        }
        if !stems.insert(stem.clone()) {
            faults.push(format!("{file}: two fixtures of one name"));
        }
        let codes = picture.codes();
        let due = stem.split('-').next().unwrap();
        match Code::ALL.iter().find(|code| code.as_str() == due) {
            Some(code) if code.severity() == Severity::Error && codes != [due] => {
                faults.push(format!("{file}: one mistake is one fault, but there are {codes:?}"));
            }
            Some(_) if codes.iter().filter(|code| **code == due).count() != 1 => {
                faults.push(format!("{file}: {due} is due once, but there are {codes:?}"));
            }
            Some(code) if code.severity() == Severity::Warning && drawn.contains("error") => {
                faults.push(format!("{file}: advice does not stop the work"));
            }
            Some(_) => {}
            None if due == "many" && codes.len() > 1 => {}
            None if due == "fine" && codes.is_empty() => {}
            None => faults.push(format!("{file}: the name does not fit what it shows, {codes:?}")),
        }
        if drawn.contains(['\u{1b}', '\r']) {
            faults.push(format!("{file}: the picture is not plain text"));
        }
    }
    for code in Code::ALL {
        if !stems.contains(code.as_str()) {
            faults.push(format!("{} ({}) has no fixture of its name", code.as_str(), code.title()));
        }
    }
    for text in files(&["txt"]) {
        if !stems.contains(text.trim_end_matches(".txt")) {
            faults.push(format!("{text}: a picture without its fixture"));
        }
    }
    faults
}

#[test]
fn every_fault_has_a_fixture_with_its_drawn_picture_and_the_page_shows_them() {
    let pictures = pictures();
    let faults = faults(&pictures);
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/diagnostics.md");
    let page = page(&pictures);
    if is_updating() {
        fs::write(&path, &page).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == page,
        "docs/diagnostics.md is out of date: ROSI_UPDATE=1 cargo test --test suite diagnostics writes it"
    );
}

/// The codes of a fixture.
fn codes_of(file: &str) -> Vec<String> {
    let drawn = printed(file);
    let picture = Picture { file: file.into(), stem: String::new(), drawn, differs: false };
    picture.codes().into_iter().map(str::to_owned).collect()
}

#[test]
fn ten_mistakes_in_one_file_give_ten_faults_in_the_order_of_the_file() {
    let expected = ["E0205", "E0204", "E0210", "E0303", "E0205", "E0201", "E0209", "E0207", "E0204", "E0401"];
    assert_eq!(codes_of("many-ten-mistakes.toml"), expected);
    let drawn = printed("many-ten-mistakes.toml");
    let places: Vec<usize> = drawn
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("--> many-ten-mistakes.toml:"))
        .map(|place| place.split(':').next().unwrap().parse().unwrap())
        .collect();
    assert_eq!(places.len(), 10);
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn the_same_mistakes_are_told_in_all_three_syntaxes_each_in_its_own_words() {
    let stems = ["many-in-toml.toml", "many-in-yaml.yaml", "many-in-json.json"];
    let codes = stems.map(codes_of);
    assert!(codes[0].len() >= 5);
    assert_eq!(codes[0], codes[1]);
    assert_eq!(codes[0], codes[2]);
    // No cure is in the syntax of another file.
    let cures = |file: &str| -> String { printed(file).lines().filter(|line| line.contains("= help:")).collect() };
    assert!(cures(stems[0]).contains("`frequency = \""));
    assert!(cures(stems[1]).contains("`frequency: \"") && !cures(stems[1]).contains("[["));
    assert!(cures(stems[2]).contains("`\"frequency\": \"") && !cures(stems[2]).contains("[["));
}

/// The page: a section for every code.
fn page(pictures: &[Picture]) -> String {
    let chapters = [
        ("E01", "Syntax", "The text itself cannot be read."),
        ("E02", "Values", "A key or its value is not what is due."),
        ("E03", "References", "An id is at fault."),
        ("E04", "Sense", "All is readable, and it does not make sense."),
        ("W05", "Advice", "The figures are worked out; the reader should know."),
    ];
    let by_stem: BTreeMap<&str, &Picture> = pictures.iter().map(|picture| (picture.stem.as_str(), picture)).collect();
    let mut page = String::from(
        "# Faults and advice\n\n\
         `rosi check FILE` tells every fault of a file at once, in the order of the file, each with its code, the \
         place, the figures and what to write instead, in the syntax of the file. A fault (E) stops the work, advice \
         (W) does not. A code never changes its meaning.\n\n\
         Advice about the whole file waits until nothing is at fault, and what a fault leaves unsure is not faulted \
         again: one mistake gives one fault.\n\n\
         This page is made of the list of codes and of the pictures in `tests/diagnostics`, where more cases of each \
         code stand.\n",
    );
    for (prefix, chapter, lead) in chapters {
        page.push_str(&format!("\n## {chapter} ({prefix}xx)\n\n{lead}\n"));
        for code in Code::ALL.iter().filter(|code| code.as_str().starts_with(prefix)) {
            let Picture { file, drawn, .. } = by_stem[code.as_str()];
            let more =
                pictures.iter().filter(|picture| picture.stem.starts_with(&format!("{}-", code.as_str()))).count();
            let more = match more {
                0 => String::new(),
                1 => format!(" One more case: `tests/diagnostics/{}-*`.", code.as_str()),
                more => format!(" {more} more cases: `tests/diagnostics/{}-*`.", code.as_str()),
            };
            page.push_str(&format!(
                "\n### {}: {}\n\n{}\n\n**What to do.** {}{more}\n\n[`{file}`](../tests/diagnostics/{file}):\n\n```text\n{}\n```\n",
                code.as_str(),
                code.title(),
                code.meaning(),
                code.cure(),
                drawn.trim_end()
            ));
        }
    }
    page
}

#[test]
fn every_quantile_that_is_proposed_works() {
    use rosi::internal::scenario::{Source, parse};
    let fixtures = files(&["toml"]).into_iter().filter(|file| file.starts_with("E0211") && file.contains("quantiles"));
    let mut tried = 0;
    for file in fixtures.chain(["E0211.toml".to_owned()]) {
        let text = fs::read_to_string(folder().join(&file)).unwrap();
        let faults = parse(&Source::new("case.toml", text.clone())).unwrap_err();
        let proposed: Vec<&str> = faults[0].help[0].split('`').filter(|part| part.contains(" = ")).collect();
        assert!(!proposed.is_empty(), "{:?}", faults[0].help);
        for quantile in proposed {
            let (key, _) = quantile.split_once(" = ").unwrap();
            let start = text.find(&format!("{key} = ")).unwrap();
            let end = start + text[start..].find([',', '}']).unwrap();
            let mended = format!("{}{quantile}{}", &text[..start], &text[end..]);
            let told: Vec<Code> = match parse(&Source::new("case.toml", mended)) {
                Ok(_) => Vec::new(),
                Err(faults) => faults.into_iter().map(|fault| fault.code).collect(),
            };
            // Nor does it leave a tail without an average.
            assert!(told.is_empty(), "{file}: {quantile} {told:?}");
            tried += 1;
        }
    }
    assert!(tried >= 5);
}
