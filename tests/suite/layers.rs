//! Imports run strictly downward; folders on one floor do not see each other.

use std::fs;
use std::path::{Path, PathBuf};

/// The floor of every folder under `src`.
const FLOORS: [(&str, u8); 16] = [
    ("units", 0),
    ("stats", 0),
    ("diagnostic", 0),
    ("drawing", 0),
    ("figures", 1),
    ("model", 1),
    ("scenario", 2),
    ("engine", 2),
    ("report", 3),
    ("calibrate", 4),
    ("import", 3),
    ("render", 4),
    ("front", 5),
    ("review", 5),
    ("explore", 5),
    ("cli", 6),
];

fn floor(folder: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == folder).map(|(_, floor)| *floor)
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// Every file of a folder under `src` with its text, without its unit tests.
fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    files
        .into_iter()
        .filter(|path| !path.components().any(|part| part.as_os_str() == "tests") && !path.ends_with("tests.rs"))
        .filter_map(|path| {
            let folder = path.strip_prefix(&root).unwrap().components().next()?.as_os_str().to_str()?.to_owned();
            let text = fs::read_to_string(&path).unwrap();
            let text = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
            (!folder.ends_with(".rs")).then_some((folder, path, text))
        })
        .collect()
}

#[test]
fn imports_run_strictly_downward() {
    let mut faults = Vec::new();
    for (folder, path, text) in sources() {
        let own = floor(&folder).unwrap_or_else(|| panic!("src/{folder} has no floor: add it to the table"));
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            for (index, _) in code.match_indices("crate::") {
                let target: String =
                    code[index + 7..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                if target != folder && floor(&target).is_some_and(|other| other >= own) {
                    faults.push(format!("{}:{}: {folder} imports {target}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn only_the_shell_touches_files_clocks_and_streams() {
    let banned = ["std::fs", "std::time", "std::env::", "SystemTime", "Instant::", "println!", "eprintln!", "std::net"];
    let mut faults = Vec::new();
    for (folder, path, text) in sources() {
        if folder == "cli" {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            faults.extend(
                banned
                    .iter()
                    .filter(|word| code.contains(**word))
                    .map(|word| format!("{}:{}: {word}", path.display(), number + 1)),
            );
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn floats_reach_money_through_one_door_only() {
    // `Figure::approximate` is that door; nothing else makes a decimal of a float.
    let mut faults = Vec::new();
    for (_, path, text) in sources() {
        if path.ends_with("units/figure.rs") {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            if ["Decimal::from_f64", "from_f64_retain", "Decimal::from_f32"].iter().any(|word| line.contains(word)) {
                faults.push(format!("{}:{}", path.display(), number + 1));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The files under `src`, but for unit tests and readers of other tools' files, that hold one of some words.
fn files_with(words: &[&str]) -> Vec<PathBuf> {
    let named = |text: &str| words.iter().any(|word| text.contains(word));
    sources()
        .into_iter()
        .filter(|(folder, _, text)| folder != "import" && named(text))
        .map(|(_, path, _)| path)
        .collect()
}

/// What is added often stands in few files: CONTRIBUTING.md names them.
#[test]
fn a_form_of_loss_stands_in_one_file_and_a_factor_in_three() {
    let form = files_with(&["CompetitiveAdvantage", "\"competitive_advantage\""]);
    assert_eq!(form.len(), 1, "{form:?}");
    let factor = files_with(&[
        "Factor::SecondaryLoss,",
        "Factor::SecondaryLoss)",
        "Self::SecondaryLoss ",
        "Self::SecondaryLoss,",
    ]);
    assert!((1..=3).contains(&factor.len()), "{factor:?}");
}

#[test]
fn a_picture_is_one_file_and_one_line_of_the_list() {
    // Two that are made outside of reports, too: of a search, and of a log without a case.
    const MADE_ELSEWHERE: [(&str, &str); 2] =
        [("report/optimisation.rs", "Frontier"), ("calibrate/picture.rs", "DataAgainstFit")];
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let text = |path: &Path| fs::read_to_string(path).unwrap();
    let list = text(&root.join("report/pictures/mod.rs"));
    let (_, list) = list.split_once("\npictures! {\n").unwrap();
    let (list, _) = list.split_once("\n}").unwrap();
    let forms = list.lines().map(|line| line.trim().trim_end_matches(',').split_once(": ").unwrap());
    let forms: Vec<(PathBuf, &str)> =
        forms.map(|(file, form)| (root.join(format!("report/pictures/{file}.rs")), form)).collect();
    assert!(forms.len() >= 13 && forms.iter().all(|(file, _)| file.exists()), "{forms:?}");
    let mut faults = Vec::new();
    for (_, path, text) in sources() {
        let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '_').collect();
        let named = forms.iter().filter(|(file, form)| *file != path && words.contains(form));
        let named =
            named.filter(|(_, form)| !MADE_ELSEWHERE.iter().any(|(file, it)| it == form && path.ends_with(file)));
        // The list itself is a file, and names each of them once.
        let named = named.filter(|_| !path.ends_with("report/pictures/mod.rs"));
        faults.extend(named.map(|(_, form)| format!("{} names {form}", path.display())));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
