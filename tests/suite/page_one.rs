//! What page one says of what is bought, what is better and why, and that nothing of it is lost where it has no room.

use std::fs;

use rosi::internal::render::{cell, paper_markdown};
use rosi::internal::report::{Cell, Paper, Piece, Text};
use rosi::internal::units::Voice;

use crate::cli::folder;
use crate::paper::paper_of;

const TWO_RISKS: &str = "schema = 1
title = \"Two risks\"
currency = \"EUR\"
decision = { plan = \"a\", by = \"2027-03-31\" }
[[risk]]
id = \"r\"
name = \"Printer stolen\"
frequency = \"1 in 4 years\"
loss = { replacement = { low = \"4k\", high = \"90k\" } }
[[risk]]
id = \"s\"
name = \"Web page defaced\"
frequency = \"1 in 3 years\"
loss = { response = { low = \"20k\", high = \"900k\" } }
";

fn control(id: &str, name: &str, risk: &str, initial: &str, more: &str) -> String {
    format!(
        "[[control]]\nid = \"{id}\"\nname = \"{name}\"\neffect = [{{ risk = \"{risk}\", on = \"frequency\", \
         reduction = \"60%\" }}]\ncost = {{ initial = \"{initial}\", yearly = \"2k\" }}\n{more}\n"
    )
}

fn plan(id: &str, name: &str, controls: &str) -> String {
    format!("[[plan]]\nid = \"{id}\"\nname = \"{name}\"\ncontrols = {controls}\n")
}

fn paper(name: &str, parts: &[String]) -> Paper {
    let path = folder("page-one").join(format!("{name}.toml"));
    fs::write(&path, format!("{TWO_RISKS}{}", parts.concat())).unwrap();
    paper_of(&path)
}

fn said(text: &Text) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Plain(words) | Piece::Name(words) | Piece::Code(words) => words.clone(),
        Piece::Figure(figure) => cell(figure, Voice::default()),
    };
    text.0.iter().map(piece).collect()
}

fn all(texts: &[Text]) -> String {
    texts.iter().map(said).collect::<Vec<_>>().join("\n")
}

fn first_cells(rows: &[Vec<Cell>]) -> Vec<String> {
    rows.iter().map(|row| cell(&row[0], Voice::default())).collect()
}

/// Cameras are asked for and the firewall would be better; six options in all.
fn better_elsewhere() -> Paper {
    let mut parts = vec![
        control("c", "Cameras in all corridors of the head office and of every branch", "r", "3k", ""),
        control("d", "Web application firewall", "s", "20k", ""),
        plan("a", "Cameras", "[\"c\"]"),
    ];
    parts.extend((2..7).map(|n| plan(&format!("p{n}"), &format!("Cameras again {n}"), "[\"c\"]")));
    paper("better", &parts)
}

#[test]
fn a_better_set_stays_on_page_one_and_what_has_no_room_there_stands_behind_it() {
    let whole = better_elsewhere().short();
    assert!(
        all(&whole.front.options.notes).contains("in cash, with a net present value of "),
        "{:?}",
        whole.front.options
    );
    for most in [[3, 0, 1, 9], [1, 0, 1, 1], [0, 0, 0, 0]] {
        let front = whole.front_within(most);
        assert!(
            all(&front.options.notes).contains("in cash has a net present value of "),
            "{most:?}: {:?}",
            front.options.notes
        );
        let behind = whole.beyond(&front);
        let notes: Vec<Text> = behind.iter().flat_map(|section| section.notes.clone()).collect();
        let told = all(&[front.answer, front.options.notes, front.wrong_if.notes, notes].concat());
        let everything = [&whole.front.answer, &whole.front.options.notes, &whole.front.wrong_if.notes];
        for text in everything.into_iter().flatten() {
            assert!(told.contains(&said(text)), "{most:?}: {}", said(text));
        }
        // All options, and doing nothing more.
        let options = behind.iter().find(|section| section.title == whole.front.options.title).unwrap();
        assert_eq!(first_cells(&options.table.as_ref().unwrap().rows).len(), 7, "{most:?}");
    }
    // Nothing is said twice where all of it has room.
    assert!(whole.beyond(&whole.front).is_empty());
}

#[test]
fn the_options_that_stay_are_the_best_and_not_the_first() {
    let mut parts: Vec<String> =
        (0..4).map(|n| control(&format!("c{n}"), &format!("Control {n}"), "s", "20k", "")).collect();
    parts.push(plan("a", "Dear", "[\"c0\", \"c1\", \"c2\", \"c3\"]"));
    for n in 1..4 {
        let ids: Vec<String> = (0..n).map(|c| format!("\"c{c}\"")).collect();
        parts.push(plan(&format!("p{n}"), &format!("{n} of them"), &format!("[{}]", ids.join(", "))));
    }
    parts.push(control("w", "Waste", "r", "900k", ""));
    parts.push(plan("waste", "Waste of money", "[\"w\"]"));
    let paper = paper("best", &parts);
    let shown = first_cells(&paper.front_within([4, 9, 9, 9]).options.table.unwrap().rows);
    assert!(shown.contains(&"Dear".to_owned()) && !shown.contains(&"Waste of money".to_owned()), "{shown:?}");
    assert!(shown.last().unwrap().starts_with("2 more"), "{shown:?}");
}

#[test]
fn everything_that_is_bought_is_named_in_the_short_paper() {
    let names: Vec<String> =
        (0..9).map(|n| format!("A rather long name of control number {n}, as people write them")).collect();
    let mut parts: Vec<String> =
        names.iter().enumerate().map(|(n, name)| control(&format!("c{n}"), name, "s", "1k", "")).collect();
    let ids: Vec<String> = (0..9).map(|n| format!("\"c{n}\"")).collect();
    parts.push(plan("a", "All of them", &format!("[{}]", ids.join(", "))));
    parts.push(
        "[[insurance]]\nid = \"i\"\nname = \"Cyber policy\"\npremium = \"45k\"\nretention = \"10k\"\nlimit = \"1M\"\n\
         plans = [\"a\"]\n"
            .to_owned(),
    );
    let paper = paper("bought", &parts).short();
    let page = paper_markdown(&paper);
    for name in names.iter().map(String::as_str).chain(["Cyber policy"]) {
        assert!(page.contains(&format!("| {name} |")), "{name}: {page}");
    }
    let decision = all(&paper.front.decision);
    assert!(decision.contains("and the insurance Cyber policy (45,000 of premiums a year)"), "{decision}");
}

#[test]
fn a_premium_that_is_too_low_is_told_beside_the_recommendation() {
    let policy = "[[insurance]]\nid = \"i\"\nname = \"Cyber policy\"\npremium = \"1k\"\nretention = \"1k\"\nlimit = \"1M\"\n\
                  plans = [\"i\"]\n";
    let parts = [
        control("c", "Cameras", "r", "3k", ""),
        plan("a", "Cameras", "[\"c\"]"),
        plan("i", "Insured", "[]"),
        policy.into(),
    ];
    let paper = paper("cheap", &parts);
    let answer = all(&paper.front.answer);
    assert!(answer.contains("We recommend Insured") && answer.contains("No insurer offers that for long"), "{answer}");
    // The picture has the option that is asked for and the one that is advised.
    let page = paper_markdown(&paper);
    let picture = page.split("## This would be wrong if").next().unwrap().rsplit("<details>").next().unwrap();
    assert!(picture.contains("| Cameras |") && picture.contains("| Insured |"), "{picture}");
}

#[test]
fn time_that_is_saved_is_told_where_the_value_rests_on_it() {
    let saves = "saves = { users = { users = 400, time = \"2 minutes per day\", rate = \"42 per hour\" } }";
    let paper = paper("saves", &[control("c", "Single sign-on", "r", "30k", saves), plan("a", "Sign-on", "[\"c\"]")]);
    let answer = all(&paper.front.answer);
    assert!(
        answer.contains("It also saves working time worth 317,000 in today's money over 3 years (not cash)."),
        "{answer}"
    );
    let lead = paper.front.options.lead.as_ref().map(said).unwrap();
    assert!(lead.contains("(loss avoided and time saved, less cost)"), "{lead}");
}

#[test]
fn where_nothing_is_worth_its_cost_the_answer_says_so_and_which_comes_closest() {
    let parts = [control("c", "Cameras", "r", "800k", ""), plan("a", "Cameras", "[\"c\"]")];
    let answer = all(&paper("nothing", &parts).front.answer);
    assert!(answer.contains("We recommend none of the options. The closest, Cameras, "), "{answer}");
}

#[test]
fn what_moves_the_value_is_not_called_a_reason_why_the_answer_is_wrong() {
    // Whatever becomes of one risk, the other pays for all.
    let parts: Vec<String> = [
        control("c", "Cameras", "r", "1", ""),
        control("d", "Firewall", "s", "1", ""),
        plan("a", "Both", "[\"c\", \"d\"]"),
    ]
    .into();
    let parts: Vec<String> = parts.into_iter().map(|part| part.replace("yearly = \"2k\"", "yearly = \"0\"")).collect();
    let section = paper("moves", &parts).front.wrong_if;
    let told = all(&section.notes);
    if told.contains("No single assumption changes the recommendation") {
        assert_eq!(section.title, "What moves the value most");
        assert!(told.contains("is 10% lower, the net present value of Both falls by about"), "{told}");
    } else {
        assert!(section.title.starts_with("This would be wrong if") && !told.contains("10%"), "{told}");
    }
}

#[test]
fn amounts_below_a_thousand_stand_to_the_cent_and_add_up() {
    let parts = [control("c", "Cameras", "r", "10.44", "").replace("2k", "4.32"), plan("a", "Cameras", "[\"c\"]")];
    let small = |part: &str| {
        part.replace("\"4k\"", "\"5.04\"")
            .replace("\"90k\"", "\"80.64\"")
            .replace("\"20k\"", "\"6.36\"")
            .replace("\"900k\"", "\"31.80\"")
    };
    let path = folder("page-one").join("cents.toml");
    fs::write(&path, small(&format!("{TWO_RISKS}{}", parts.concat()))).unwrap();
    let paper = paper_of(&path);
    assert!(
        all(&paper.front.decision).contains("a budget of 23.40 over 3 years, 10.44 of it"),
        "{:?}",
        paper.front.decision
    );
    let money = paper.parts.iter().find(|part| part.id == "money").unwrap();
    let table = money.sections[0].table.as_ref().unwrap();
    let shown = |row: &[Cell]| row[1..row.len() - 1].iter().map(|it| cell(it, Voice::default())).collect::<Vec<_>>();
    let costs = table.rows.iter().find(|row| row[0] == Cell::words("All costs")).unwrap();
    assert_eq!(shown(costs), ["10.44", "4.32", "4.32", "4.32", "23.40"]);
    let net = table.rows.iter().find(|row| row[0] == Cell::words("Net")).unwrap();
    let net: Vec<f64> = shown(net).iter().map(|it| it.replace('−', "-").parse().unwrap()).collect();
    assert!((net[..4].iter().sum::<f64>() - net[4]).abs() < 1e-9, "{net:?}");
}

#[test]
fn assumptions_are_called_by_what_they_are_and_not_by_their_keys() {
    let cost = "[control.cost]\ninitial = \"30k\"\nyearly = \"12k\"\nretired = \"1k\"\n\
                people = { time = \"3 hours per week\", rate = \"60 per hour\" }\n\
                friction = { users = 90, time = \"1 minute per day\", rate = \"40 per hour\" }\n";
    let with = control("c", "Backup", "r", "1", cost).replace("cost = { initial = \"1\", yearly = \"2k\" }\n", "");
    let page = paper_markdown(&paper("names", &[with, plan("a", "Backup", "[\"c\"]")]));
    for name in [
        "Backup: one-off cost",
        "Backup: running cost a year",
        "Backup: spending that ends",
        "Backup: own staff: hours a year",
        "Backup: own staff: hourly rate",
        "Backup: hours lost per user and year",
        "Backup: users: hourly rate",
    ] {
        assert!(page.contains(&format!("| {name} |")), "{name}: {page}");
    }
    assert!(!page.contains("time (1)") && !page.contains("rate (2)"));
}

/// Cameras, and a firewall that is dearer than what it avoids, under a limit of 300,000 with this chance.
fn under_a_limit(name: &str, chance: &str, asked: &str) -> Paper {
    let limit = format!("[[appetite]]\nname = \"covenant\"\nloss = \"300k\"\nchance = \"{chance}\"\n");
    let parts = [
        limit,
        control("c", "Cameras", "r", "1k", ""),
        control("d", "Firewall", "s", "900k", ""),
        plan("a", "Cameras only", "[\"c\"]"),
        plan("b", "Firewall as well", "[\"c\", \"d\"]"),
    ];
    let path = folder("page-one").join(format!("{name}.toml"));
    let head = TWO_RISKS.replace("plan = \"a\"", &format!("plan = \"{asked}\""));
    fs::write(&path, format!("{head}{}", parts.concat())).unwrap();
    paper_of(&path)
}

#[test]
fn advice_that_passes_an_agreed_limit_says_so_and_who_keeps_it() {
    // 300,000 is passed once in some eleven years today and with cameras, less than half as often with the firewall.
    for asked in ["a", "b"] {
        let paper = under_a_limit(&format!("over-{asked}"), "5%", asked);
        let decision = all(&paper.front.decision);
        let told = "Cameras only exceeds covenant (";
        assert!(decision.contains(told) && decision.contains("agreed: at most 1 in 20"), "{decision}");
        assert!(decision.contains("The only option within it: Firewall as well, net present value −"), "{decision}");
    }
    let none = all(&under_a_limit("over-none", "1%", "a").front.decision);
    assert!(none.contains("exceeds covenant") && none.contains("No option is clearly within it."), "{none}");
    let kept = all(&under_a_limit("kept", "60%", "a").front.decision);
    assert!(!kept.contains("covenant"), "{kept}");
}

#[test]
fn a_chance_that_hardly_any_year_shows_is_no_figure_of_four_digits() {
    let parts = [control("c", "Cameras", "r", "8M", ""), plan("a", "Cameras", "[\"c\"]")];
    let page = paper_markdown(&paper("hardly", &parts));
    let row = page.lines().rfind(|line| line.starts_with("| Cameras |") && line.contains('%')).unwrap();
    assert!(row.ends_with("| less than 1% |"), "{row}");
}
