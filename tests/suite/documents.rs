//! What the documents show is what rosi does: the README's case, the worked examples, the picture, the links.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rosi::internal::engine::{Analysis, OptionId, Settings, analyse};
use rosi::internal::scenario::{Source, parse};
use rosi::internal::units::Figure;

use crate::cli::folder;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The text between the fence of this language and its end, the n-th of a page.
fn block<'p>(page: &'p str, language: &str, n: usize) -> &'p str {
    let fence = format!("```{language}\n");
    let inner = page.split(&fence).nth(n + 1).unwrap_or_else(|| panic!("no block {n} of {language}"));
    inner.split("```").next().unwrap()
}

/// What a user sees who saves `text` as `case.toml` and types this.
fn typed(text: &str, arguments: &[&str]) -> (String, String) {
    let folder = folder("readme");
    fs::write(folder.join("case.toml"), text).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_rosi"))
        .args(arguments)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env("COLUMNS", "100")
        .output()
        .unwrap();
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn the_case_of_the_readme_gives_the_answer_of_the_readme() {
    let path = root().join("README.md");
    let page = fs::read_to_string(&path).unwrap();
    let case = block(&page, "toml", 0);
    let (told, wrong) = typed(case, &["assess", "case.toml"]);
    assert!(wrong.is_empty(), "{wrong}");
    let (answer, _) = told.split_once("\n\nAmounts in ").unwrap_or_else(|| panic!("the answer ends nowhere:\n{told}"));
    let mistaken = case.replace("coverage = \"90%\"", "coverage = 90");
    let (_, fault) = typed(&mistaken, &["assess", "case.toml"]);
    let (fault, _) = fault.split_once("\nerror: 1 fault").unwrap_or_else(|| panic!("another ending:\n{fault}"));
    let shown = page
        .replace(block(&page, "text", 0), &format!("{answer}\n"))
        .replace(block(&page, "text", 1), &format!("{fault}\n"));
    if std::env::var_os("ROSI_UPDATE").is_some() {
        fs::write(&path, &shown).unwrap();
    }
    let page = fs::read_to_string(&path).unwrap();
    assert!(page == shown, "README.md is out of date: ROSI_UPDATE=1 cargo test --test suite documents writes it");
}

#[cfg(feature = "png")]
#[test]
fn the_picture_of_the_readme_is_that_of_the_built_in_case() {
    let drawn = folder("picture");
    let output = crate::cli::rosi(&["assess", "--quiet", "--charts", drawn.to_str().unwrap()]);
    assert!(output.status.success());
    let kept = root().join("docs/pictures");
    if std::env::var_os("ROSI_UPDATE").is_some() {
        for name in ["loss-by-risk.svg", "loss-by-risk.png"] {
            fs::copy(drawn.join(name), kept.join(name)).unwrap();
        }
    }
    // The vectors are compared: they hold the same figures, and no pixel differs by machine.
    let read = |folder: &Path| fs::read_to_string(folder.join("loss-by-risk.svg")).unwrap();
    assert!(read(&kept) == read(&drawn), "out of date: ROSI_UPDATE=1 cargo test --test suite documents draws it");
}

#[test]
fn every_link_of_a_document_leads_somewhere() {
    let mut pages: Vec<PathBuf> = Vec::new();
    for folder in ["", "docs", "docs/model", "assets/font", "tests/reference"] {
        let entries = fs::read_dir(root().join(folder)).unwrap();
        pages.extend(
            entries.map(|entry| entry.unwrap().path()).filter(|path| path.extension().is_some_and(|e| e == "md")),
        );
    }
    let mut broken = Vec::new();
    for page in pages {
        let text = fs::read_to_string(&page).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let file = link.split('#').next().unwrap();
            if !link.contains("://") && !file.is_empty() && !page.parent().unwrap().join(file).exists() {
                broken.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// The figures of a scenario without its head.
fn worked(text: &str) -> Analysis {
    let text = format!("schema = 1\ntitle = \"Worked example\"\ncurrency = \"EUR\"\n{text}");
    let parsed = parse(&Source::new("worked.toml", text)).unwrap_or_else(|faults| panic!("{faults:#?}"));
    analyse(&parsed.scenario, &Settings::default()).unwrap()
}

fn amounts(flows: &[Figure]) -> Vec<String> {
    flows.iter().map(|flow| flow.decimal().unwrap().normalize().to_string()).collect()
}

#[test]
fn a_control_that_ramps_up_avoids_what_the_page_on_cash_flow_says() {
    let analysis = worked(
        r#"
        [[risk]]
        id = "r"
        name = "R"
        frequency = "1 per year"
        loss = { response = "100k" }
        [[control]]
        id = "c"
        name = "C"
        ramp = "6 months"
        effect = [{ risk = "r", on = "frequency", reduction = "90%" }]
        cost = { initial = "10k", yearly = "5k" }
        [[plan]]
        id = "p"
        name = "P"
        controls = ["c"]
        "#,
    );
    let money = &analysis.plans[OptionId(0)].investment;
    assert_eq!(amounts(&money.loss_avoided), ["0", "67500", "90000", "90000"]);
    assert_eq!(amounts(&money.cost), ["10000", "5000", "5000", "5000"]);
}

#[test]
fn chains_and_causes_bring_what_the_page_on_dependence_says() {
    let analysis = worked(
        r#"
        [[risk]]
        id = "a"
        name = "A"
        frequency = "2 per year"
        loss = { response = "1k" }
        leads_to = [{ risk = "b", chance = "10%" }]
        [[risk]]
        id = "b"
        name = "B"
        frequency = "0.5 per year"
        loss = { response = "100k" }
        [[shared_cause]]
        id = "s"
        name = "S"
        frequency = "1 in 10 years"
        strikes = ["a", "b"]
        [[control]]
        id = "c"
        name = "C"
        coverage = { min = "0%", likely = "50%", max = "100%" }
        effect = [{ risk = "a", on = "frequency", reduction = "50%" }, { risk = "b", on = "frequency", reduction = "50%" }]
        cost = { yearly = "1" }
        [[plan]]
        id = "p"
        name = "P"
        controls = ["c"]
        "#,
    );
    assert_eq!(amounts(&[analysis.loss_today]), ["83100"]);
    assert!(
        (analysis.plans[OptionId(0)].loss.to_f64() - 58_575.0).abs() < 1e-6,
        "{:?}",
        analysis.plans[OptionId(0)].loss
    );
}

#[test]
fn failures_in_common_leave_what_the_page_on_dependence_says() {
    let control = |id: &str, reliability: &str| {
        format!(
            r#"
            [[control]]
            id = "{id}"
            name = "{id}"
            reliability = "{reliability}"
            fails_with = {{ group = "directory", share = "50%" }}
            effect = [{{ risk = "r", on = "frequency", reduction = "100%" }}]
            cost = {{ yearly = "1" }}
            "#
        )
    };
    let analysis = worked(&format!(
        r#"
        [[risk]]
        id = "r"
        name = "R"
        frequency = "1 per year"
        loss = {{ response = "100k" }}
        {}{}
        [[plan]]
        id = "p"
        name = "P"
        controls = ["first", "second"]
        "#,
        control("first", "90%"),
        control("second", "80%")
    ));
    assert_eq!(amounts(&[analysis.plans[OptionId(0)].loss]), ["6000"]);
}

#[test]
fn shares_of_two_controls_are_what_the_page_on_attribution_says() {
    let control = |id: &str, reduction: &str, cost: &str| {
        format!(
            r#"
            [[control]]
            id = "{id}"
            name = "{id}"
            effect = [{{ risk = "r", on = "frequency", reduction = "{reduction}" }}]
            cost = {{ yearly = "{cost}" }}
            "#
        )
    };
    let analysis = worked(&format!(
        r#"
        [assumptions]
        horizon = "1 year"
        discount_rate = "0%"
        [[risk]]
        id = "r"
        name = "R"
        frequency = "1 per year"
        loss = {{ response = "100k" }}
        {}{}
        [[plan]]
        id = "p"
        name = "P"
        controls = ["a", "b"]
        "#,
        control("a", "80%", "10k"),
        control("b", "50%", "5k")
    ));
    let added = |figure: fn(&rosi::internal::engine::attribution::Contribution) -> Figure| {
        analysis.plans[OptionId(0)]
            .contributions
            .iter()
            .map(figure)
            .map(|f| f.to_f64().round() as i64)
            .collect::<Vec<_>>()
    };
    assert_eq!(added(|added| added.alone), [70_000, 45_000]);
    assert_eq!(added(|added| added.last_in), [30_000, 5_000]);
    assert_eq!(added(|added| added.shapley), [50_000, 25_000]);
}
