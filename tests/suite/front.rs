//! The page that decides and the screen that answers: what stands on them, and that it holds together.

use std::fs;
use std::path::Path;

use rosi::internal::engine::{Settings, analyse};
use rosi::internal::render::{Format, cell, paper_markdown, pdf, render};
use rosi::internal::report::{Cell, Context, Digits, Piece, Report, Text, prompt};
use rosi::internal::scenario::{Source, parse};
use rosi::internal::units::Voice;

use crate::cli::{folder, rosi};
use crate::paper::{files, paper_of};

fn case(text: &str) -> std::path::PathBuf {
    let folder = folder("front");
    let path = folder.join(format!("{:x}.toml", text.len()));
    fs::write(&path, text).unwrap();
    path
}

fn small_office() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/small-office/scenario.toml")).unwrap()
}

fn cell_text(figure: &Cell) -> String {
    cell(figure, Voice::default())
}

fn said(text: &Text) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Plain(words) | Piece::Name(words) | Piece::Code(words) => words.clone(),
        Piece::Figure(figure) => cell(figure, Voice::default()),
    };
    text.0.iter().map(piece).collect()
}

#[test]
fn the_first_page_says_who_asks_whom_on_which_day_and_who_may_read_it() {
    let proposal = "proposal = { by = \"Head of IT\", to = \"The board\", date = \"2026-11-30\", first_year = 2027, \
                    classification = \"Confidential\" }\norganisation = { name = \"Example Ltd\" }\n";
    let text = small_office().replacen("currency = ", &format!("{proposal}currency = "), 1);
    let paper = paper_of(&case(&text));
    // A line breaks behind a point, and never within the day.
    let head = "Budget case\u{a0}· Example Ltd\u{a0}· From: Head of IT\u{a0}· To: The board\u{a0}· \
                30\u{a0}November\u{a0}2026\u{a0}· Confidential";
    assert_eq!(paper.front.head, head);
    let page = paper_markdown(&paper);
    assert!(page.contains(head) && page.contains("| 2027 | 2028 | 2029 |"), "{page}");
    assert_eq!(paper_of(&case(&small_office())).front.head, "Budget case");
}

#[test]
fn the_bridge_from_budget_to_cost_adds_up_and_begins_at_the_budget_that_is_asked_for() {
    let amounts = |text: &Text| -> Vec<f64> {
        let money = |piece: &Piece| match piece {
            Piece::Figure(figure @ Cell::Money(..)) => {
                Some(cell(figure, Voice::default()).replace(',', "").replace('−', "-").parse::<f64>().unwrap())
            }
            _ => None,
        };
        text.0.iter().filter_map(money).collect()
    };
    let mut bridges = 0;
    for path in files() {
        let paper = paper_of(&path);
        let Some(bridge) = paper.front.decision.iter().find(|line| said(line).starts_with("From budget to cost"))
        else {
            continue;
        };
        bridges += 1;
        let told = said(bridge);
        let found = amounts(bridge);
        let [parts @ .., sum, _] = found.as_slice() else { panic!("{told}") };
        // A sign stands between spaces; a minus before an amount is its own.
        let sum_of = told.split(" = ").next().unwrap();
        let mut places: Vec<(usize, f64)> = sum_of.match_indices(" + ").map(|(at, _)| (at, 1.0)).collect();
        places.extend(sum_of.match_indices(" − ").map(|(at, _)| (at, -1.0)));
        places.sort_by_key(|(at, _)| *at);
        let signs: Vec<f64> = std::iter::once(1.0).chain(places.into_iter().map(|(_, sign)| sign)).collect();
        let added: f64 = parts.iter().zip(&signs).map(|(part, sign)| part * sign).sum();
        assert_eq!(added, *sum, "{}: {told}", path.display());
        let asked = amounts(&paper.front.decision[0]);
        // What spends less than today is asked for as what it saves.
        let size = |amounts: &[f64]| amounts.first().map(|amount| amount.abs());
        assert_eq!(size(&asked), size(parts), "{}: {told}", path.display());
    }
    assert!(bridges >= 3, "{bridges}");
}

#[test]
fn where_nothing_is_worth_its_cost_the_page_says_no_and_nothing_else() {
    // Everything costs a hundred times as much.
    let mut dear = small_office();
    for (cheap, price) in
        [("\"25k\"", "\"2.5M\""), ("\"2k\"", "\"200k\""), ("\"1.2k\"", "\"120k\""), ("\"2.6k\"", "\"260k\"")]
    {
        assert!(dear.contains(cheap), "{cheap}");
        dear = dear.replace(cheap, price);
    }
    let asking = "decision = { plan = \"both\", by = \"2027-03-31\" }\n";
    for (text, begins) in [
        (dear.clone(), "The question: approve \"Antivirus and backup\"".to_owned()),
        (dear.replace(asking, ""), "We ask for no money: none of the options is worth its cost.".to_owned()),
    ] {
        let paper = paper_of(&case(&text));
        let page: Vec<String> = paper.front.decision.iter().chain(&paper.front.answer).map(said).collect();
        let page = page.join("\n");
        assert!(
            page.replace(['“', '”'], "\"").starts_with(&begins) || page.starts_with(&begins.replace('"', "")),
            "{page}"
        );
        let nos = page.matches("Our advice: no.").count() + page.matches("is worth its cost").count();
        assert_eq!(nos, 1, "{page}");
        assert!(
            !page.contains("Approve") && !page.contains("We recommend ") || page.contains("We recommend none"),
            "{page}"
        );
        let options = paper.front.options.table.as_ref().unwrap();
        assert_eq!(options.emphasised, Some(0), "doing nothing more is the marked row");
        assert!(paper.front.wrong_if.notes.iter().all(|note| !said(note).contains("not worth its cost")));
        let better: Vec<String> = paper.front.options.notes.iter().map(said).collect();
        assert!(!better.iter().any(|note| note.starts_with("A better set")), "{better:?}");
        assert!(!page.contains("A different set"), "{page}");
    }
    // Where another set pays, the advice against the option says so.
    let search = small_office().replace("\"25k\"", "\"2.5M\"").replace("\"2.6k\"", "\"260k\"");
    let without = search.find("[[plan]]\nid = \"backup-only\"").unwrap();
    let end = without + search[without..].find("[[plan]]\nid = \"tracking-only\"").unwrap();
    let page: Vec<String> =
        paper_of(&case(&format!("{}{}", &search[..without], &search[end..]))).front.decision.iter().map(said).collect();
    let page = page.join("\n");
    assert!(
        page.contains("Our advice: no.") && page.contains("A different set of these controls is worth its cost"),
        "{page}"
    );
    // The same case at its own prices asks and recommends.
    let page: Vec<String> = paper_of(&case(&small_office())).front.decision.iter().map(said).collect();
    assert!(!page.join("\n").contains("Our advice: no."), "{page:?}");
}

#[test]
fn no_two_assumptions_of_a_case_are_called_alike() {
    for path in files() {
        let parsed = parse(&Source::new("scenario.toml", fs::read(&path).unwrap())).unwrap();
        let mut names: Vec<&str> = parsed.scenario.estimates().iter().map(|estimate| estimate.name.as_str()).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all, "{}", path.display());
    }
}

#[test]
fn no_key_and_no_code_stands_in_a_paper() {
    for path in files() {
        let page = paper_markdown(&paper_of(&path)).replace('\\', "");
        let parsed = parse(&Source::new("scenario.toml", fs::read(&path).unwrap())).unwrap();
        assert!(!page.contains("W05"), "{}", path.display());
        for estimate in parsed.scenario.estimates() {
            assert!(!page.contains(&format!(" {} ", estimate.path)), "{}: {}", path.display(), estimate.path);
        }
    }
}

#[test]
fn a_short_paper_is_two_pages_and_an_annex_of_two() {
    let mut told = Vec::new();
    for path in files().into_iter().filter(|path| path.ends_with("scenario.toml")) {
        let paper = paper_of(&path);
        let sheet = rosi::internal::render::Sheet::A4;
        let pages = |paper| {
            let bytes = pdf(paper, sheet, &|_| Vec::new()).unwrap().bytes;
            String::from_utf8_lossy(&bytes).matches("/MediaBox").count()
        };
        let (short, full) = (pages(&paper.clone().short()), pages(&paper));
        // Names and titles of several lines take a page more.
        let most = if path.ends_with("ransomware/scenario.toml") { 4 } else { 5 };
        if short > most || short >= full {
            told.push(format!("{}: {short} of {full} pages", path.display()));
        }
    }
    assert!(told.is_empty(), "{told:#?}");
}

/// What `assess` shows of a case on a screen; nothing where the case is refused.
fn on_one_screen(path: &Path) -> Option<Report> {
    // Enough years to have every sentence, few enough for a hundred cases.
    let settings = Settings { years: Some(2_000), ..Settings::default() };
    let parsed = parse(&Source::new("scenario.toml", fs::read(path).unwrap())).ok()?;
    let analysis = analyse(&parsed.scenario, &settings).ok()?;
    let context = Context { file: Some("case.toml".into()), built_in: false, before: None };
    Some(prompt(&parsed.scenario, &analysis, &parsed.warnings, &context))
}

fn as_text(report: &Report, width: u16) -> String {
    render(report, Format::Text { width, colour: false })
}

/// Every form of the answer, so wide that nothing has to be broken.
fn all_forms(report: &Report) -> String {
    let shorter = report.shorter.iter().map(|form| Report {
        title: form.title.clone(),
        answer: form.answer.clone(),
        sections: form.sections.clone(),
        verdict: form.verdict.clone(),
        shorter: Vec::new(),
        ..report.clone()
    });
    let whole = Report { shorter: Vec::new(), ..report.clone() };
    std::iter::once(whole).chain(shorter).map(|form| as_text(&form, 160)).collect()
}

/// Cases with the longest names, the most options, limits and amounts; all of `tests/cases` would take minutes.
pub fn crowded() -> Vec<std::path::PathBuf> {
    const NAMES: [&str; 6] = ["06-whitman-xyz", "30c-appetite-two-forms", "huge", "jpy", "never", "tiny"];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    NAMES.iter().map(|name| folder.join(format!("{name}.toml"))).collect()
}

#[test]
fn the_answer_fits_on_a_screen_without_a_broken_word_and_stands_on_its_last_line() {
    let mut told = 0;
    for path in files().into_iter().chain(crowded()) {
        let Some(report) = on_one_screen(&path) else { continue };
        let (text, name) = (as_text(&report, 80), path.display());
        let lines: Vec<&str> = text.lines().collect();
        assert!(lines.iter().all(|line| line.chars().count() <= 80), "{name}:\n{text}");
        assert!(lines.len() <= 40, "{name}: {} lines\n{text}", lines.len());
        assert!(text.contains("rosi assess case.toml ") && text.contains("--full"), "{name}");
        let at = lines.iter().rposition(|line| line.starts_with("Answer: ") || line.starts_with("Antwort: ")).unwrap();
        assert!(at + 3 > lines.len(), "{name}:\n{text}");
        let known = all_forms(&report);
        let known: std::collections::BTreeSet<&str> = known.split_whitespace().collect();
        let narrow = as_text(&report, 60);
        let is_known = |word: &str| known.contains(word) || known.contains(word.trim_end_matches(':'));
        let words = [text.as_str(), narrow.as_str()].into_iter().flat_map(str::split_whitespace);
        let broken: Vec<&str> = words.filter(|word| !word.starts_with('─') && !is_known(word)).collect();
        assert!(broken.is_empty(), "{name}: {broken:?}\n{narrow}");
        told += 1;
    }
    assert!(told > 14, "only {told} cases");
}

#[test]
fn a_figure_is_explained_by_the_word_that_stands_over_its_column() {
    let words = ["value", "npv", "Net present value", "plan.core.value", "bad year", "plan.core.payback", "ale"];
    let output = rosi(&[&["explain", "scenarios/ransomware/scenario.toml"], &words[..]].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn figure(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::Money(figure, _) => Some(figure.to_f64()),
        _ => None,
    }
}

#[test]
fn columns_of_a_paper_add_up_as_they_are_printed() {
    let shown = |cell: &Cell| match cell {
        Cell::Money(..) => cell_text(cell).replace([',', ' '], "").replace('−', "-").parse::<f64>().ok(),
        _ => None,
    };
    let (mut columns, mut rows) = (0, 0);
    for path in files() {
        let paper = paper_of(&path);
        for part in [paper.clone().short().parts, paper.parts.clone()].concat() {
            for section in &part.sections {
                let Some(table) = &section.table else { continue };
                // Risks and what they add up to.
                if part.id == "risks" && table.emphasised == Some(table.rows.len() - 1) {
                    for column in (1..table.columns.len())
                        .filter(|column| table.columns[*column] != "Bad year of it alone (1 in 20)")
                    {
                        let values: Vec<Option<f64>> = table.rows.iter().map(|row| shown(&row[column])).collect();
                        let [parts @ .., Some(sum)] = values.as_slice() else { continue };
                        if table.columns[column].contains("today") || table.columns[column].starts_with("With") {
                            let added: f64 = parts.iter().flatten().sum();
                            assert!(
                                (added - sum).abs() < 1e-6,
                                "{}: {} {added} of {sum}",
                                path.display(),
                                table.columns[column]
                            );
                            columns += 1;
                        }
                    }
                }
                // Flows: what each line is by year and together.
                if part.id == "money" && table.columns.first().is_some_and(String::is_empty) {
                    // The sum over the years, behind which what it is worth today may stand.
                    let total = table.columns.iter().position(|column| column == "Total").unwrap();
                    // All in one unit, small amounts too.
                    let is_in_unit = |cell: &Cell| matches!(cell, Cell::Money(_, Digits::As { .. } | Digits::Whole));
                    for row in &table.rows {
                        assert!(row[1..=total].iter().all(is_in_unit), "{}: {row:?}", path.display());
                        let years: Option<Vec<f64>> = row[1..total].iter().map(shown).collect();
                        let (added, sum) = (years.unwrap().iter().sum::<f64>(), shown(&row[total]).unwrap());
                        assert!((added - sum).abs() < 1e-6, "{}: {row:?}", path.display());
                        rows += 1;
                    }
                }
            }
        }
    }
    assert!(columns > 10 && rows > 30, "{columns} columns and {rows} rows");
}

#[test]
fn what_each_line_of_costs_is_worth_today_adds_up_to_what_all_are_worth() {
    let mut told = 0;
    for path in files() {
        let paper = paper_of(&path);
        let money = paper.parts.iter().find(|part| part.id == "money").unwrap();
        let table = money.sections[0].table.as_ref().unwrap();
        let label = |row: &[Cell]| matches!(&row[0], Cell::Words(words) if words.starts_with("All costs"));
        let all = table.rows.iter().position(|row| label(row)).unwrap();
        let present = |row: &Vec<Cell>| row.last().and_then(figure);
        let lines: Option<Vec<f64>> = table.rows[..all].iter().map(present).collect();
        let Some(lines) = lines.filter(|lines| !lines.is_empty()) else { continue };
        told += 1;
        let (sum, whole) = (lines.iter().sum::<f64>(), present(&table.rows[all]).unwrap());
        assert!((sum - whole).abs() <= 1e-6 * whole.abs().max(1.0), "{}: {sum} of {whole}", path.display());
    }
    assert!(told >= 3, "{told}");
}

#[test]
fn the_value_at_another_discount_rate_is_that_of_the_same_flows() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/small-office/scenario.toml");
    let paper = paper_of(&path);
    let changes = paper.parts.iter().find(|part| part.id == "what-changes").unwrap();
    let section = changes
        .sections
        .iter()
        .find(|section| section.title == "Other discount rates, horizons and growth rates")
        .unwrap();
    let rows = &section.table.as_ref().unwrap().rows;
    let json: serde_json::Value = serde_json::from_str(&render(&paper.report, Format::Json)).unwrap();
    let id = json["recommendation"]["plan"].as_str().unwrap();
    let plan = json["plans"].as_array().unwrap().iter().find(|plan| plan["id"] == id).unwrap();
    let flows = |key: &str| -> Vec<f64> {
        let list = plan["investment"][key].as_array().unwrap();
        list.iter().map(|flow| flow.as_str().unwrap().parse().unwrap()).collect()
    };
    let (avoided, cost) = (flows("loss_avoided"), flows("cost"));
    let value =
        |rate: f64| -> f64 { (0..cost.len()).map(|t| (avoided[t] - cost[t]) / (1.0 + rate).powi(t as i32)).sum() };
    let mut told = 0;
    for row in rows {
        let Cell::Words(label) = &row[0] else { continue };
        let Some(rate) = label.strip_prefix("a discount rate of ") else { continue };
        let rate: f64 = rate.trim_end_matches('%').parse::<f64>().unwrap() / 100.0;
        let found = figure(&row[1]).unwrap();
        assert!((found - value(rate)).abs() < 0.01, "{label}: {found}, {}", value(rate));
        told += 1;
    }
    assert_eq!(told, 2);
    assert!(rows.len() >= 6, "{rows:?}");
}
