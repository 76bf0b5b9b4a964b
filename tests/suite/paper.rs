//! The board paper: does it hold together, does text stay text, is it the same every time?

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use rosi::internal::engine::{Settings, analyse};
use rosi::internal::render::{html, paper_markdown};
use rosi::internal::report::{Context, Paper, board_paper};
use rosi::internal::scenario::{Source, parse};

use crate::cli::{folder, rosi};

/// Every bundled scenario, and those that are awkward: many risks, many plans, long names in yen, hostile text, tax.
pub fn files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries = |folder: &str| fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> =
        entries("scenarios").map(|path| path.join("scenario.toml")).chain(entries("tests/awkward")).collect();
    files.sort();
    assert!(files.len() >= 9, "{files:?}");
    files
}

/// The paper of a file; what several tests ask for is made once.
pub fn paper_of(path: &Path) -> Paper {
    static MADE: Mutex<BTreeMap<Vec<u8>, Arc<OnceLock<Paper>>>> = Mutex::new(BTreeMap::new());
    let text = fs::read(path).unwrap();
    let made = Arc::clone(MADE.lock().unwrap().entry(text.clone()).or_default());
    made.get_or_init(|| paper_of_text(text)).clone()
}

fn paper_of_text(text: Vec<u8>) -> Paper {
    let parsed = parse(&Source::new("scenario.toml", text)).unwrap();
    let settings = Settings { sensitivity: true, ..Settings::default() };
    let analysis = analyse(&parsed.scenario, &settings).unwrap();
    board_paper(&parsed.scenario, &analysis, &parsed.warnings, &Context::default())
}

pub fn awkward(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/awkward").join(format!("{name}.toml"))
}

/// What stands between `before` and the next quote, wherever `before` stands.
fn quoted<'p>(page: &'p str, before: &str) -> Vec<&'p str> {
    page.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn a_page_fetches_nothing_runs_nothing_and_leads_nowhere_but_into_itself() {
    for path in files() {
        let page = html(&paper_of(&path)).unwrap();
        let name = path.display();
        for tag in ["<script", "<link", "<iframe", "<object", "<embed", "<form", "<img", "<base", "@import", "url("] {
            // A chart refers to its own patterns by `url(#…)`, and the page brings its letters with it.
            let found =
                page.to_lowercase().replace("url(#", "").replace("url(data:font/woff2;base64,", "").contains(tag);
            assert!(!found, "{name}: {tag}");
        }
        let ids = quoted(&page, " id=\"");
        let distinct: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), distinct.len(), "{name}: an id stands twice");
        for link in quoted(&page, " href=\"") {
            let target = link.strip_prefix('#').unwrap_or_else(|| panic!("{name}: leads out to {link}"));
            assert!(distinct.contains(target), "{name}: {link} leads nowhere");
        }
        for reference in page.split("url(#").skip(1).filter_map(|rest| rest.split(')').next()) {
            assert!(distinct.contains(reference), "{name}: {reference} is not drawn");
        }
        for label in quoted(&page, "aria-labelledby=\"").iter().flat_map(|ids| ids.split(' ')) {
            assert!(distinct.contains(label), "{name}: nothing is called {label}");
        }
    }
}

#[test]
fn every_chart_of_a_page_has_a_title_a_description_and_its_figures() {
    for path in files() {
        let paper = paper_of(&path);
        let page = html(&paper).unwrap();
        let name = path.display();
        // Each is drawn for wide screens and print, and anew for a phone.
        let drawn = page.matches("<svg").count() / 2;
        assert_eq!((drawn, page.matches("<svg").count() % 2), (paper.charts().count(), 0), "{name}");
        assert!(drawn >= 6, "{name}: {drawn} charts");
        for svg in page.split("<svg").skip(1) {
            let svg = svg.split("</svg>").next().unwrap();
            assert!(svg.contains("<title") && svg.contains("<desc"), "{name}");
        }
        for chart in paper.charts() {
            assert!(page.contains(&format!("id=\"figures-of-{}\"", chart.id)), "{name}: {}", chart.id);
        }
    }
}

#[test]
fn a_page_of_examples_says_so_at_its_foot_and_a_page_without_does_not() {
    for path in files() {
        let paper = paper_of(&path);
        let page = html(&paper).unwrap();
        let scenario = parse(&Source::new("scenario.toml", fs::read(&path).unwrap())).unwrap().scenario;
        let (examples, all) = (scenario.example_count(), scenario.stated_count());
        let note = format!("{examples} of {all} assumptions are examples");
        // Once in the foot of printed pages, once in that of the screen.
        let foot = page.matches(&note).count() >= 2;
        assert_eq!(foot, examples > 0, "{}", path.display());
    }
}

#[test]
fn what_a_hostile_file_names_is_shown_and_not_done() {
    let page = html(&paper_of(&awkward("hostile-names"))).unwrap();
    for shown in ["&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;svg onload", "&lt;b&gt;NIS2&lt;/b&gt;"] {
        assert!(page.contains(shown), "{shown}");
    }
    // Tags by name: nothing that the file brought.
    for hostile in ["<script", "<svg onload", "<img", "<b>"] {
        assert_eq!(page.matches(hostile).count(), 0, "{hostile}");
    }
    assert_eq!(page.matches("</style>").count(), 1);
    assert!(!page.contains('\u{202E}') && !page.contains('\u{2066}') && !page.contains('\u{7}'));
}

#[test]
fn a_hostile_name_stays_in_its_cell_of_a_markdown_page() {
    let page = paper_markdown(&paper_of(&awkward("hostile-names")));
    // A bracket behind a backslash is a bracket.
    let read = page.replace("\\]", "").replace("\\*", "").replace("\\`", "");
    for hostile in
        ["<script", "<svg", "<img", "](http", "](java", "http://", "**bold**", "\n# heading", "\u{202E}", "`code`"]
    {
        assert!(!read.contains(hostile), "{hostile}");
    }
    // Every row of a table has as many bars as its heading.
    let bars = |line: &str| line.replace("\\\\", "").replace("\\|", "").matches('|').count();
    let mut lines = page.lines().peekable();
    let mut tables = 0;
    while let Some(line) = lines.next() {
        if line.starts_with("| ") && lines.peek().is_some_and(|rule| rule.starts_with("| ---")) {
            tables += 1;
            while let Some(row) = lines.next_if(|row| row.starts_with('|')) {
                assert_eq!(bars(row), bars(line), "{row}");
            }
        }
    }
    assert!(tables > 10, "{tables}");
}

#[test]
fn several_papers_are_written_at_once_or_none() {
    let folder = folder("paper-several");
    let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (html, md, nowhere) = (at("board.html"), at("case.md"), at("no-such-folder/board.html"));
    let output = rosi(&["report", "scenarios/small-office/scenario.toml", "--out", &html, "--out", &md]);
    assert!(output.status.success());
    assert!(fs::read_to_string(&html).unwrap().starts_with("<!DOCTYPE html>"));
    assert!(fs::read_to_string(&md).unwrap().starts_with("# A small office"));
    // Nothing of the work is left beside the papers.
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 2);
    assert_eq!(rosi(&["report", "--out", &nowhere]).status.code(), Some(1));
    assert_eq!(rosi(&["report", "--out", &html, "--out", &html]).status.code(), Some(1));
}

#[test]
fn the_same_file_gives_the_same_bytes_every_time_and_in_every_folder() {
    let folder = folder("paper-twice");
    let copy = folder.join("another name.toml");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/ransomware/scenario.toml");
    fs::copy(&path, &copy).unwrap();
    let endings = ["html", "md", "pdf"];
    let out = |name: &str, ending: &str| folder.join(format!("{name}.{ending}")).to_str().unwrap().to_owned();
    for (from, name) in [(&path, "one"), (&copy, "two")] {
        let outs = endings.map(|ending| out(name, ending));
        let asked = outs.iter().flat_map(|out| ["--out", out]);
        let output = rosi(&["report", from.to_str().unwrap()].into_iter().chain(asked).collect::<Vec<_>>());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    for ending in endings {
        let [one, two] = ["one", "two"].map(|name| fs::read(out(name, ending)).unwrap());
        assert!(one == two, "{ending}");
    }
}

#[test]
fn a_pdf_is_of_the_size_asked_for_or_of_the_currency_and_is_verified_on_both() {
    let folder = folder("paper-pdf");
    let out = folder.join("board.pdf").to_str().unwrap().to_owned();
    let has_size = |width: &str| String::from_utf8_lossy(&fs::read(&out).unwrap()).contains(width);
    let file = "scenarios/small-office/scenario.toml";
    for (extra, width) in [(&[][..], "595.28"), (&["--sheet", "letter"][..], "612 792")] {
        let arguments = [&["report", file, "--out", &out], extra].concat();
        assert!(rosi(&arguments).status.success());
        assert!(has_size(width), "{extra:?}");
        assert_eq!(rosi(&["verify", &out, file]).status.code(), Some(0), "{extra:?}");
    }
    assert!(rosi(&["report", "tests/awkward/forty-risks.toml", "--out", &out]).status.success());
    assert!(has_size("612 792"), "dollars are read on Letter");
    assert_ne!(rosi(&["verify", &out, file]).status.code(), Some(0));
}

#[test]
fn the_first_page_asks_answers_and_says_what_would_make_it_wrong() {
    for path in files() {
        let paper = paper_of(&path);
        let name = path.display();
        assert!(!paper.front.decision.is_empty() && (1..=6).contains(&paper.front.answer.len()), "{name}");
        assert!(paper.front.wrong_if.notes.len() <= 3 && !paper.front.wrong_if.notes.is_empty(), "{name}");
        let rows = paper.front.options.table.as_ref().unwrap().rows.len();
        assert_eq!(rows, rosi_plans(&paper) + 1, "{name}");
        assert!(paper.front.picture.is_some(), "{name}");
    }
}

fn rosi_plans(paper: &Paper) -> usize {
    let text = rosi::internal::render::render(&paper.report, rosi::internal::render::Format::Json);
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    json["plans"].as_array().unwrap().len()
}

#[test]
fn an_ending_that_says_nothing_is_a_fault_that_names_those_that_do() {
    let output = rosi(&["report", "--out", "paper.docx"]);
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("paper.docx") && said.contains(".html"), "{said}");
    assert_eq!(rosi(&["report"]).status.code(), Some(2));
}

/// Digits only: "JPY 1,473,000,000" is 1473000000.
fn whole(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().ok()
}

#[test]
fn a_sentence_of_the_first_page_and_its_table_say_the_same_amount_alike() {
    for path in files() {
        let page = paper_markdown(&paper_of(&path));
        let part = |title: &str| {
            let rest = page.split(title).nth(1).unwrap_or_default();
            rest.split("\n## ").next().unwrap_or_default().split("<details>").next().unwrap_or_default().to_owned()
        };
        let options = part("\n## The options\n");
        let unit = match () {
            () if options.contains("Amounts in thousands of") => 1_000,
            () if options.contains("Amounts in millions of") => 1_000_000,
            () => continue,
        };
        let cells: BTreeSet<i64> = options
            .lines()
            .filter(|line| line.starts_with("| "))
            .flat_map(|line| line.split(" | ").map(|cell| cell.trim_matches(['*', '|', ' '])))
            .filter(|cell| !cell.contains(':'))
            .flat_map(|cell| {
                // A mark is that of thousands, or one before tenths.
                let tenths = cell.rsplit_once(['.', ',']).filter(|(_, after)| after.len() == 1);
                [whole(cell).map(|all| all * unit), tenths.and_then(|_| whole(cell)).map(|all| all * unit / 10)]
            })
            .flatten()
            .collect();
        // The sentence that recommends: average today and with the option, a bad year, cost and value.
        let answer = part("\n## The answer\n");
        let told = answer.split("We recommend").nth(1).unwrap_or_default();
        let told = told.split(" chance that").next().unwrap_or_default();
        for figure in told.split("**").skip(1).step_by(2).filter(|figure| figure.len() > 4 && !figure.contains('.')) {
            let Some(amount) = whole(figure).filter(|amount| *amount >= 100 * unit && figure.contains(' ')) else {
                continue;
            };
            assert!(cells.contains(&amount), "{}: {figure} is not in {cells:?}", path.display());
        }
    }
}
