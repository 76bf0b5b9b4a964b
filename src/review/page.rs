//! The review as text, Markdown, JSON and a page that a browser shows.
//!
//! One list of sections serves all: a heading, sentences, a table.

use serde_json::{Value, json};

use super::found::{Review, Verdict};
use crate::calibrate::proposal::{day, in_years, numeral, share};
use crate::report::texts::{line, texts};
use crate::report::{self, Cell, Digits, Part, Table, Text};
use crate::stats::fit::verdict::expected_coverage;
use crate::units::{Figure, Language, Voice};

/// A part of the review.
struct Section {
    title: String,
    lines: Vec<String>,
    head: Vec<&'static str>,
    rows: Vec<Vec<Cell>>,
    /// Whether it is work on the file, and no matter of a board.
    is_work: bool,
}

impl Section {
    fn new(title: impl Into<String>) -> Self {
        Self { title: title.into(), lines: Vec::new(), head: Vec::new(), rows: Vec::new(), is_work: false }
    }
}

/// An amount, with three significant digits.
fn money(x: f64) -> Cell {
    Cell::Money(Figure::approximate(x), Digits::Significant(3))
}

/// A cell as the review's own pages write it.
fn written(cell: &Cell, voice: Voice) -> String {
    match cell {
        Cell::Words(words) => words.clone(),
        Cell::Money(figure, _) => numeral(voice, figure.to_f64()),
        Cell::Count(count) => count.to_string(),
        _ => String::new(),
    }
}

/// A count that need not be whole.
fn events(voice: Voice, x: f64) -> String {
    voice.set(&if x < 10.0 { format!("{x:.1}") } else { format!("{x:.0}") })
}

fn sections(review: &Review) -> Vec<Section> {
    let (voice, words) = (review.voice, &texts(review.voice).review);
    let of_verdict = |verdict: Verdict| -> Vec<&str> {
        let those = review.risks.iter().filter(|risk| risk.verdict == verdict);
        those.map(|risk| risk.name.as_str()).collect()
    };
    let verdict = |verdict: Verdict| Cell::words(verdict.words(voice.language));
    let of = |met: u64, all: u64| Cell::words(line(words.of, &[("met", &met), ("all", &all)]));
    let (from, to) = review.period;
    let mut head = Section::new(line(words.title, &[("title", &review.title)]));
    head.lines.push(line(
        words.period,
        &[
            ("from", &day(voice, from)),
            ("to", &day(voice, to)),
            ("years", &in_years(voice, review.years)),
            ("plan", &review.plan),
            ("currency", &review.currency),
        ],
    ));
    for (verdict, sentence) in [
        (Verdict::Worse, words.worse_are),
        (Verdict::Better, words.better_are),
        (Verdict::AsPromised, words.as_promised_are),
        (Verdict::TooEarly, words.too_early_are),
    ] {
        let names = of_verdict(verdict);
        if !names.is_empty() {
            head.lines.push(line(sentence, &[("names", &names.join(", "))]));
        }
    }
    let (promised, came): (f64, f64) =
        (review.risks.iter().map(|r| r.expected_loss).sum(), review.risks.iter().map(|r| r.loss).sum());
    // What may still grow is told where the sum is told, too.
    let and_more = |loss: f64, unsettled: usize| {
        let loss = numeral(voice, loss);
        if unsettled > 0 { line(words.and_more, &[("loss", &loss)]) } else { loss }
    };
    let came = and_more(came, review.risks.iter().map(|risk| risk.unsettled).sum());
    head.lines.push(line(words.losses, &[("promised", &numeral(voice, promised)), ("came", &came)]));
    let mut all = vec![head];

    let mut risks = Section::new(words.incidents);
    risks.head = vec![
        words.risk,
        words.events_expected,
        words.without_plan,
        words.came,
        words.loss_expected,
        words.loss_came,
        words.verdict,
    ];
    for risk in &review.risks {
        risks.rows.push(vec![
            Cell::words(&risk.name),
            Cell::words(events(voice, risk.expected)),
            Cell::words(events(voice, risk.expected_today)),
            Cell::Count(risk.came),
            money(risk.expected_loss),
            if risk.unsettled > 0 { Cell::words(and_more(risk.loss, risk.unsettled)) } else { money(risk.loss) },
            verdict(risk.verdict),
        ]);
        let said = risk.verdict.words(voice.language);
        risks.lines.push(line(words.why, &[("risk", &risk.name), ("verdict", &said), ("why", &risk.why)]));
        if let Some(ratio) = &risk.ratio {
            let (low, high) = ratio.interval;
            risks.lines.push(line(
                words.ratio,
                &[
                    ("risk", &risk.name),
                    ("ratio", &numeral(voice, ratio.ratio)),
                    ("low", &numeral(voice, low)),
                    ("high", &numeral(voice, high)),
                    ("chance", &share(voice, ratio.fell)),
                ],
            ));
        }
    }
    all.push(risks);

    if !review.spend.is_empty() {
        let mut spend = Section::new(words.spend);
        spend.head = vec![words.control, words.budget, words.paid, words.difference, words.since];
        for line in &review.spend {
            let untold = || Cell::words(words.not_told);
            spend.rows.push(vec![
                Cell::words(&line.name),
                money(line.promised),
                line.came.map_or_else(untold, money),
                line.came.map_or(Cell::None, |came| money(came - line.promised)),
                line.started.map_or_else(untold, |date| Cell::words(day(voice, date))),
            ]);
        }
        all.push(spend);
    }
    if !review.services.is_empty() {
        let mut services = Section::new(words.services);
        services.head = vec![words.promise, words.to_hold, words.held, words.chance_of_few, words.verdict];
        for line in &review.services {
            services.rows.push(vec![
                Cell::words(&line.name),
                Cell::words(share(voice, line.promised)),
                of(line.met, line.of),
                Cell::words(share(voice, line.chance)),
                verdict(line.verdict),
            ]);
        }
        all.push(services);
    }
    if !review.limits.is_empty() {
        let mut limits = Section::new(words.limits);
        limits.head =
            vec![words.limit, words.loss_of_year, words.agreed_chance, words.years_above, words.kupiec, words.verdict];
        for line in &review.limits {
            let tested = line.kupiec.map_or_else(|| words.from_ten_years.to_owned(), |chance| share(voice, chance));
            limits.rows.push(vec![
                Cell::words(&line.name),
                money(line.loss),
                Cell::words(share(voice, line.chance)),
                of(line.passed, line.years),
                Cell::words(tested),
                verdict(line.verdict),
            ]);
        }
        all.push(limits);
    }
    if !review.people.is_empty() {
        let mut people = Section::new(words.ranges);
        people.head =
            vec![words.who, words.held, words.over_time, words.chance_of_few, words.next_to_hold, words.outside];
        people.lines.push(words.nine_in_ten.to_owned());
        for line in &review.people {
            let (hits, asked) = line.over_time();
            people.rows.push(vec![
                Cell::words(&line.owner),
                of(line.hits, line.of),
                of(hits, asked),
                Cell::words(share(voice, line.chance)),
                Cell::words(share(voice, expected_coverage(hits, asked))),
                Cell::words(line.outside.join("; ")),
            ]);
        }
        all.push(people);
    }
    let updates: Vec<_> = review.risks.iter().filter_map(|risk| risk.update.as_ref()).collect();
    if !updates.is_empty() {
        let mut update = Section { is_work: true, ..Section::new(words.update) };
        update.head = vec![words.assumption, words.average_now, words.nine_times];
        for proposal in updates {
            let figure = |key: &str| {
                let found = proposal.figures.iter().find(|(name, _)| *name == key);
                numeral(voice, found.map_or(f64::NAN, |(_, x)| *x))
            };
            update.rows.push(vec![
                Cell::words(&proposal.key),
                Cell::words(line(words.a_year, &[("rate", &figure("mean"))])),
                Cell::words(line(words.between, &[("low", &figure("low")), ("high", &figure("high"))])),
            ]);
        }
        update.lines.push(words.take_over.to_owned());
        all.push(update);
    }
    if !review.notes.is_empty() {
        let mut notes = Section::new(words.notes);
        notes.lines.clone_from(&review.notes);
        all.push(notes);
    }
    all
}

/// The review as text for a terminal.
#[must_use]
pub fn text(review: &Review) -> String {
    let mut text = String::new();
    for section in sections(review) {
        text.push_str(&format!("{}\n", section.title));
        if !section.rows.is_empty() {
            let columns = section.head.len();
            let rows: Vec<Vec<String>> =
                section.rows.iter().map(|row| row.iter().map(|cell| written(cell, review.voice)).collect()).collect();
            let width = |column: usize| {
                let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
                cells.chain([section.head[column].chars().count()]).max().unwrap_or(0)
            };
            let line = |cells: &[String]| {
                let parts: Vec<String> = (0..columns)
                    .map(|i| format!("{:<1$}", cells.get(i).map_or("", String::as_str), width(i)))
                    .collect();
                format!("  {}\n", parts.join("  ").trim_end())
            };
            text.push_str(&line(&section.head.iter().map(|head| (*head).to_owned()).collect::<Vec<_>>()));
            for row in &rows {
                text.push_str(&line(row));
            }
        }
        for line in &section.lines {
            text.push_str(&format!("- {line}\n"));
        }
        text.push('\n');
    }
    text
}

/// The review as a part of a paper: what last year's request delivered, beside the new one.
#[must_use]
pub fn part(review: &Review) -> Part {
    // Taking ranges over is work on the file, and no matter of a board.
    let sections = sections(review).into_iter().filter(|section| !section.is_work).map(|section| {
        let table = Table {
            columns: section.head.iter().map(|head| (*head).to_owned()).collect(),
            rows: section.rows,
            emphasised: None,
        };
        report::Section {
            title: section.title,
            lead: None,
            table: (!table.rows.is_empty()).then_some(table),
            notes: section.lines.into_iter().map(Text::plain).collect(),
        }
    });
    Part {
        id: "value-delivered",
        title: texts(review.voice).review.part.to_owned(),
        sections: sections.collect(),
        charts: Vec::new(),
        is_appendix: false,
    }
}

/// What Markdown would take for its own.
fn plain(text: &str) -> String {
    text.chars()
        .flat_map(|c| if matches!(c, '|' | '*' | '_' | '<' | '`' | '[' | '\\') { vec!['\\', c] } else { vec![c] })
        .collect()
}

/// The review as Markdown.
#[must_use]
pub fn markdown(review: &Review) -> String {
    let mut text = String::new();
    for (index, section) in sections(review).into_iter().enumerate() {
        text.push_str(&format!("{} {}\n\n", if index == 0 { "#" } else { "##" }, plain(&section.title)));
        if !section.rows.is_empty() {
            text.push_str(&format!("| {} |\n|{}\n", section.head.join(" | "), " --- |".repeat(section.head.len())));
            for row in &section.rows {
                let cells: Vec<String> = row.iter().map(|cell| plain(&written(cell, review.voice))).collect();
                text.push_str(&format!("| {} |\n", cells.join(" | ")));
            }
            text.push('\n');
        }
        for line in &section.lines {
            text.push_str(&format!("- {}\n", plain(line)));
        }
        text.push('\n');
    }
    text
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The review as one page: nothing is fetched, nothing runs.
#[must_use]
pub fn html(review: &Review) -> String {
    const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1f1f1f}table{border-collapse:collapse;width:100%;margin:.5rem 0}th,td{text-align:left;vertical-align:top;padding:.3rem .6rem;border-bottom:1px solid #c9c9c9}h1{font-size:1.5rem}h2{font-size:1.15rem;margin-top:2rem}@media print{body{margin:0}}@media (prefers-color-scheme:dark){body{background:#16181b;color:#ececec}th,td{border-color:#4a4e52}}";
    let mut body = String::new();
    for (index, section) in sections(review).into_iter().enumerate() {
        let level = if index == 0 { 1 } else { 2 };
        body.push_str(&format!("<h{level}>{}</h{level}>\n", escaped(&section.title)));
        if !section.rows.is_empty() {
            let head: String =
                section.head.iter().map(|head| format!("<th scope=\"col\">{}</th>", escaped(head))).collect();
            body.push_str(&format!("<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n"));
            for row in &section.rows {
                let cells: String =
                    row.iter().map(|cell| format!("<td>{}</td>", escaped(&written(cell, review.voice)))).collect();
                body.push_str(&format!("<tr>{cells}</tr>\n"));
            }
            body.push_str("</tbody>\n</table>\n");
        }
        if !section.lines.is_empty() {
            let lines: String = section.lines.iter().map(|line| format!("<li>{}</li>\n", escaped(line))).collect();
            body.push_str(&format!("<ul>\n{lines}</ul>\n"));
        }
    }
    let title = escaped(&line(texts(review.voice).review.title, &[("title", &review.title)]));
    let language = review.voice.language.code();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )
}

/// The review for programs.
#[must_use]
pub fn json(review: &Review) -> Value {
    let (from, to) = review.period;
    let risks: Vec<Value> = review
        .risks
        .iter()
        .map(|risk| {
            json!({
                "id": risk.id, "name": risk.name,
                "events": { "expected": risk.expected, "expected_without_plan": risk.expected_today, "came": risk.came,
                    "chance_of_as_many_or_more": risk.tails.0, "chance_of_as_few_or_fewer": risk.tails.1 },
                "loss": { "expected": risk.expected_loss, "came": risk.loss, "unsettled": risk.unsettled },
                "verdict": risk.verdict.words(Language::English), "why": risk.why,
                "rate_ratio": risk.ratio.map(|ratio| json!({ "ratio": ratio.ratio, "low": ratio.interval.0, "high": ratio.interval.1, "chance_it_fell": ratio.fell })),
                "update": risk.update.as_ref().map(crate::calibrate::Proposal::json),
            })
        })
        .collect();
    let spend: Vec<Value> = review
        .spend
        .iter()
        .map(|line| json!({ "control": line.name, "budget": line.promised, "paid": line.came, "started": line.started.map(|day| day.to_string()) }))
        .collect();
    let services: Vec<Value> = review
        .services
        .iter()
        .map(|line| json!({ "name": line.name, "promised": line.promised, "met": line.met, "of": line.of, "chance": line.chance, "verdict": line.verdict.words(Language::English) }))
        .collect();
    let limits: Vec<Value> = review
        .limits
        .iter()
        .map(|line| json!({ "name": line.name, "loss": line.loss, "chance": line.chance, "passed": line.passed, "years": line.years, "kupiec": line.kupiec, "verdict": line.verdict.words(Language::English) }))
        .collect();
    let people: Vec<Value> = review
        .people
        .iter()
        .map(|line| {
            let (hits, of) = line.over_time();
            let by_year: Vec<Value> =
                line.by_year.iter().map(|(year, held, of)| json!({ "year": year, "held": held, "of": of })).collect();
            json!({
                "owner": line.owner, "hits": line.hits, "of": line.of, "chance": line.chance, "outside": line.outside,
                "by_year": by_year, "expected_coverage": expected_coverage(hits, of),
            })
        })
        .collect();
    json!({
        "schema": "rosi.review/1", "title": review.title, "currency": review.currency,
        "period": { "from": from.to_string(), "to": to.to_string(), "years": review.years }, "plan": review.plan,
        "risks": risks, "spend": spend, "services": services, "limits": limits, "people": people, "notes": review.notes,
    })
}
