//! Importing again: whatever the first register was, whatever somebody did to the case since, and whatever the second
//! register is, every figure stands under what it belongs to, no hand is undone, and nothing is told wrongly.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use rosi::internal::import::{Finding, Options, Weight, import, merge};
use rosi::internal::scenario::{Source, parse};

use crate::import::text;

/// What a case holds, read line by line as TOML has it: an effect belongs to the control above it.
#[derive(Debug, Clone, Default, PartialEq)]
struct Held {
    /// Form and amount of a risk's losses.
    losses: BTreeMap<String, BTreeMap<String, String>>,
    frequencies: BTreeMap<String, String>,
    /// Factor and size of what a control does to a risk.
    effects: BTreeMap<(String, String), BTreeMap<String, String>>,
    costs: BTreeMap<String, BTreeMap<String, String>>,
    planned: BTreeSet<String>,
}

fn held(case: &str) -> Held {
    if let Err(faults) = parse(&Source::new("case.toml", case)) {
        panic!("{:?}\n{case}", faults.iter().map(|fault| &fault.message).collect::<Vec<_>>());
    }
    let mut held = Held::default();
    let (mut kind, mut id, mut risk, mut on) = ("", String::new(), String::new(), String::new());
    for line in case.lines() {
        if let Some(header) = line.strip_prefix("[[").and_then(|line| line.strip_suffix("]]")) {
            kind = header;
            continue;
        }
        let Some((key, rest)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) else { continue };
        let value = || rest.split('"').nth(1).unwrap_or_default().to_owned();
        match (kind, key) {
            ("risk" | "control", "id") => id = value(),
            ("risk", "frequency") => drop(held.frequencies.insert(id.clone(), value())),
            ("control.effect", "risk") => risk = value(),
            ("control.effect", "on") => on = value(),
            ("control.effect", "reduction") => {
                let sizes = held.effects.entry((id.clone(), risk.clone())).or_default();
                assert_eq!(sizes.insert(on.clone(), value()), None, "{case}");
            }
            ("plan", "controls") => held.planned.extend(rest.split('"').skip(1).step_by(2).map(str::to_owned)),
            _ => {
                if let Some(form) = key.strip_prefix("loss.") {
                    held.losses.entry(id.clone()).or_default().insert(form.to_owned(), value());
                } else if let Some(cost) = key.strip_prefix("cost.") {
                    held.costs.entry(id.clone()).or_default().insert(cost.to_owned(), value());
                }
            }
        }
    }
    held
}

/// A register: cells of risk and measure; the figures are told apart by `year`.
fn register(cells: &BTreeSet<(u8, u8)>, year: u32) -> String {
    let mut csv = "ID,Risk,Frequency,Loss (EUR),Measure,Cost once,Effect\n".to_owned();
    for (risk, control) in cells {
        let (r, c) = (u32::from(*risk), u32::from(*control));
        csv.push_str(&format!(
            "R{r},Loss of {r},{} per year,{},Measure {c},{},{}%\n",
            r + 1 + year,
            1_000 * (r + 1) + year,
            100 * (c + 1) + year,
            10 * (r + 1) + c + 40 * year
        ));
    }
    csv
}

fn imported(csv: &str) -> String {
    import(&[text("register.csv", csv)], &Options::default()).unwrap().text
}

fn told(findings: &[Finding]) -> String {
    findings.iter().map(|finding| format!("{}\n", finding.message)).collect()
}

/// What somebody does to a case between two imports.
#[derive(Debug, Clone, Copy)]
enum Edit {
    Loss(u8),
    LossForm(u8),
    Frequency(u8),
    Cost(u8),
    CostYearly(u8),
    Effect(u8, u8),
    EffectFactor(u8, u8),
    EffectGone(u8, u8),
    Unplanned(u8),
    RiskId(u8),
    ControlId(u8),
    /// The tables stand in another order.
    Order(u8),
}

fn edit() -> impl Strategy<Value = Edit> {
    (0..12_u8, 0..3_u8, 0..3_u8).prop_map(|(kind, risk, control)| match kind {
        0 => Edit::Loss(risk),
        1 => Edit::LossForm(risk),
        2 => Edit::Frequency(risk),
        3 => Edit::Cost(control),
        4 => Edit::CostYearly(control),
        5 => Edit::Effect(risk, control),
        6 => Edit::EffectFactor(risk, control),
        7 => Edit::EffectGone(risk, control),
        8 => Edit::Unplanned(control),
        9 => Edit::RiskId(risk),
        10 => Edit::ControlId(control),
        _ => Edit::Order(risk + 3 * control),
    })
}

fn cells() -> impl Strategy<Value = BTreeSet<(u8, u8)>> {
    prop::collection::btree_set((0..3_u8, 0..3_u8), 1..7)
}

/// A case in blocks, one for each table of the first floor, and the ids that were changed.
struct Case {
    blocks: Vec<String>,
    ids: BTreeMap<String, String>,
}

impl Case {
    fn of(text: &str) -> Self {
        Self { blocks: text.split_inclusive("\n\n").map(str::to_owned).collect(), ids: BTreeMap::new() }
    }

    fn id(&self, id: &str) -> String {
        self.ids.get(id).cloned().unwrap_or_else(|| id.to_owned())
    }

    /// Replaces within the block of a risk or control, once; true where it changed something.
    fn within(&mut self, kind: &str, id: &str, change: impl Fn(&str) -> String) -> bool {
        let start = format!("[[{kind}]]\nid = \"{}\"", self.id(id));
        let Some(block) = self.blocks.iter_mut().find(|block| block.starts_with(&start)) else { return false };
        let changed = change(block);
        let differs = *block != changed;
        *block = changed;
        differs
    }

    fn line(&mut self, kind: &str, id: &str, key: &str, change: impl Fn(&str) -> String) {
        let start = format!("{key} = ");
        self.within(kind, id, |block| {
            block
                .split_inclusive('\n')
                .map(|line| if line.starts_with(&start) { change(line) } else { line.to_owned() })
                .collect()
        });
    }

    fn effect(&mut self, control: &str, risk: &str, change: impl Fn(&str) -> Option<String>) {
        let risk = format!("risk = \"{}\"\n", self.id(risk));
        self.within("control", control, |block| {
            let parts: Vec<&str> = block.split("[[control.effect]]\n").collect();
            let mut out = parts[0].to_owned();
            for part in &parts[1..] {
                let new = if part.starts_with(&risk) { change(part) } else { Some((*part).to_owned()) };
                if let Some(part) = new {
                    out.push_str("[[control.effect]]\n");
                    out.push_str(&part);
                }
            }
            if out.contains("[[control.effect]]") { out } else { block.to_owned() }
        });
    }

    fn rename(&mut self, kind: &str, id: &str) {
        let new = format!("{id}-here");
        if self.within(kind, id, |block| block.replace(&format!("id = \"{id}\"\n"), &format!("id = \"{new}\"\n"))) {
            for block in self.blocks.iter_mut().filter(|block| !block.starts_with("# Written")) {
                *block = if kind == "risk" {
                    block.replace(&format!("\nrisk = \"{id}\"\n"), &format!("\nrisk = \"{new}\"\n"))
                } else if block.starts_with("[[plan]]") {
                    block.replace(&format!("\"{id}\""), &format!("\"{new}\""))
                } else {
                    block.clone()
                };
            }
            self.ids.insert(id.to_owned(), new);
        }
    }

    fn apply(&mut self, edit: Edit) {
        let risk = |risk: u8| format!("r{risk}");
        let measure = |control: u8| format!("measure-{control}");
        match edit {
            Edit::Loss(at) => self.line("risk", &risk(at), "loss.response", |line| line.replacen("000\"", "777\"", 1)),
            Edit::LossForm(at) => {
                self.line("risk", &risk(at), "loss.response", |line| line.replacen("response", "productivity", 1));
            }
            Edit::Frequency(at) => {
                self.line("risk", &risk(at), "frequency", |line| line.replacen(" per year\"", "7 per year\"", 1));
            }
            Edit::Cost(at) => {
                self.line("control", &measure(at), "cost.initial", |line| line.replacen("00\"", "77\"", 1));
            }
            Edit::CostYearly(at) => {
                self.line("control", &measure(at), "cost.initial", |line| line.replacen("initial", "yearly", 1));
            }
            Edit::Effect(at, by) => self.effect(&measure(by), &risk(at), |part| {
                Some(part.replacen(".5%\"", "%\"", 1).replacen("%\"", ".5%\"", 1))
            }),
            Edit::EffectFactor(at, by) => {
                self.effect(&measure(by), &risk(at), |part| {
                    Some(part.replacen("on = \"frequency\"", "on = \"loss\"", 1))
                });
            }
            Edit::EffectGone(at, by) => {
                self.effect(&measure(by), &risk(at), |_| None);
            }
            Edit::Unplanned(at) => {
                let id = format!("\"{}\"", self.id(&measure(at)));
                for block in self.blocks.iter_mut().filter(|block| block.starts_with("[[plan]]")) {
                    *block = block.replace(&format!("{id}, "), "").replace(&format!(", {id}"), "");
                }
            }
            Edit::RiskId(at) => self.rename("risk", &risk(at)),
            Edit::ControlId(at) => self.rename("control", &measure(at)),
            Edit::Order(by) => {
                let tables = self.blocks.iter().position(|block| block.starts_with("[[")).unwrap_or(0);
                let end = self.blocks.iter().rposition(|block| block.starts_with("[[")).unwrap_or(0);
                self.blocks[tables..=end].rotate_left(usize::from(by) % (end + 1 - tables));
            }
        }
    }
}

/// What must stand of one kind of figure: an edit stays, what nobody touched follows the source, what was taken out stays
/// out, what is new is added.
fn expected<K: Ord + Clone, V: Clone + PartialEq>(
    first: &BTreeMap<K, V>,
    edited: &BTreeMap<K, V>,
    second: &BTreeMap<K, V>,
) -> BTreeMap<K, V> {
    let mut out = edited.clone();
    for (key, now) in second {
        match (first.get(key), edited.get(key)) {
            (before, Some(kept)) if before == Some(kept) => drop(out.insert(key.clone(), now.clone())),
            (None, None) => drop(out.insert(key.clone(), now.clone())),
            _ => {}
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_figure_stays_with_what_it_belongs_to_and_no_hand_is_undone(
        before in cells(),
        after in cells(),
        edits in prop::collection::vec(edit(), 0..5),
    ) {
        let (first, second) = (imported(&register(&before, 0)), imported(&register(&after, 1)));
        let mut case = Case::of(&first);
        edits.iter().for_each(|edit| case.apply(*edit));
        let edited = case.blocks.concat();
        let (merged, findings) = merge("case.toml", &edited, &second).unwrap();
        let here = |held: Held| {
            let named = |map: BTreeMap<String, _>| map.into_iter().map(|(id, value)| (case.id(&id), value)).collect();
            let costs = held.costs.into_iter().map(|(id, value)| (case.id(&id), value)).collect();
            let losses = held.losses.into_iter().map(|(id, value)| (case.id(&id), value)).collect();
            let effects =
                held.effects.into_iter().map(|((by, on), size)| ((case.id(&by), case.id(&on)), size)).collect();
            let planned = held.planned.iter().map(|id| case.id(id)).collect();
            Held { frequencies: named(held.frequencies), costs, losses, effects, planned }
        };
        let (a, c, b, got) = (here(held(&first)), held(&edited), here(held(&second)), held(&merged));
        let planned: BTreeSet<String> = b.planned.difference(&a.planned).chain(&c.planned).cloned().collect();
        let want = Held {
            losses: expected(&a.losses, &c.losses, &b.losses),
            frequencies: expected(&a.frequencies, &c.frequencies, &b.frequencies),
            effects: expected(&a.effects, &c.effects, &b.effects),
            costs: expected(&a.costs, &c.costs, &b.costs),
            planned,
        };
        prop_assert_eq!(&got, &want, "{:?}\n{}\n{}", edits, edited, merged);
        // A second time nothing is new, and nothing changes.
        let (again, repeated) = merge("case.toml", &merged, &second).unwrap();
        prop_assert_eq!(&again, &merged);
        let told_again = told(&repeated);
        prop_assert!(!told_again.contains("added:") && !told_again.contains("changed:"), "{}", told_again);
        // Each figure that is another one now was told.
        let changes = told(&findings).lines().filter(|line| line.starts_with("changed:")).count();
        let moved = |one: &BTreeMap<String, String>, other: &BTreeMap<String, String>| usize::from(one != other);
        let figures = c.frequencies.iter().filter(|(id, value)| got.frequencies[*id] != **value).count()
            + c.losses.iter().map(|(id, value)| moved(value, &got.losses[id])).sum::<usize>()
            + c.costs.iter().map(|(id, value)| moved(value, &got.costs[id])).sum::<usize>()
            + c.effects.iter().map(|(id, value)| moved(value, &got.effects[id])).sum::<usize>();
        prop_assert_eq!(changes, figures, "{}", told(&findings));
    }
}

fn merged(case: &str, csv: &str) -> (String, String) {
    let (text, findings) = merge("case.toml", case, &imported(csv)).unwrap();
    held(&text);
    (text, told(&findings))
}

const ONE: &str = "ID,Risk,Frequency,Loss (EUR),Measure,Cost,Effect\nR1,Phishing,2 per year,10000,MFA,5000,50%\n\
                   R2,Ransomware,1 in 8 years,500000,Backup,20000,70%\n";

#[test]
fn an_answered_question_is_not_asked_again_and_counts_once() {
    let case = imported(ONE);
    for (from, to) in [
        ("loss.response", "loss.productivity"),
        ("cost.initial", "cost.yearly"),
        ("on = \"frequency\"", "on = \"loss\""),
        (", \"backup\"]", "]"),
        (
            ", example = true, why = \"asked on import: is this paid once or every year? The table does not say; taken as once\"",
            "",
        ),
    ] {
        let answer = |line: &str| if line.starts_with('#') { line.to_owned() } else { line.replace(from, to) };
        let answered: String = case.split_inclusive('\n').map(answer).collect();
        assert_ne!(answered, case);
        let (text, _) = merged(&answered, ONE);
        assert_eq!(text, answered, "{from}");
        let (text, said) = merged(&answered, &ONE.replace("50%", "60%").replace("10000", "11000"));
        assert_eq!(held(&text).planned, held(&answered).planned);
        assert_eq!(text.lines().count(), answered.lines().count(), "{from}\n{said}");
    }
    // An answer by hand stays, and what the source says now is told.
    let question = ", example = true, why = \"asked on import: on what does it act? The table does not say; taken to act on \
                    how often it happens\"";
    let (text, said) = merged(&case.replace(question, ""), &ONE.replace("50%", "60%"));
    assert!(text.contains("reduction = { value = \"50%\""), "{text}");
    assert!(said.contains("kept, edited by hand: control.mfa.effect on frequency of r1 is \"50%\""), "{said}");
}

#[test]
fn a_figure_that_only_moved_is_no_change_and_what_changed_is_told_with_both_figures() {
    let moved = ONE.replace("R1,", "R0,Laptop,3 per year,100,,,\nR1,");
    let (_, said) = merged(&imported(ONE), &moved);
    assert!(said.contains("added: risk.r0") && !said.contains("changed"), "{said}");
    assert!(said.contains("the same as before, from another cell: 8"), "{said}");
    let (_, said) = merged(&imported(ONE), &ONE.replace("50%", "60%").replace("10000", "11000"));
    assert!(said.contains("changed: risk.r1.loss.response was \"10000\", is \"11000\""), "{said}");
    assert!(said.contains("changed: control.mfa.effect on frequency of r1 was { value = \"50%\""), "{said}");
}

#[test]
fn what_the_source_says_in_another_way_replaces_what_it_said_and_never_stands_beside_it() {
    let case = imported(ONE);
    for (header, gone, now) in [
        ("ID,Risk,Frequency,Loss (EUR),Measure,Cost yearly,Effect", "cost.initial", "cost.yearly"),
        ("ID,Risk,Frequency,Loss (EUR),Measure,Cost,Loss after (EUR)", "on = \"frequency\"", "on = \"loss\""),
    ] {
        let csv = ONE.replace("ID,Risk,Frequency,Loss (EUR),Measure,Cost,Effect", header);
        let csv = if header.contains("after") { csv.replace("50%", "5000").replace("70%", "50000") } else { csv };
        let (text, said) = merged(&case, &csv);
        assert!(!text.contains(&format!("\n{gone}")) && text.contains(&format!("\n{now}")), "{said}\n{text}");
        assert_eq!(said.matches("replaced: ").count(), 2, "{said}");
    }
    // What can no longer be read does not put a placeholder in the place of a figure.
    let (text, said) = merged(&case, &ONE.replace("2 per year", "?").replace(",5000,", ",,"));
    assert_eq!(held(&text), held(&case));
    assert!(
        said.contains("kept in the case: risk.r1.frequency") && said.contains("control.mfa.cost.initial"),
        "{said}"
    );
}

#[test]
fn another_currency_is_a_fault_and_none_is_asked() {
    let case = |code: &str| {
        format!(
            "schema = 1\ntitle = \"Mine\"\ncurrency = \"{code}\"\n\n[[risk]]\nid = \"r9\"\nname = \"Old\"\n\
             frequency = \"1.5 per year\"\nloss = {{ response = \"10M\" }}\n"
        )
    };
    for code in ["JPY", "USD", "CHF"] {
        let fault = merge("case.toml", &case(code), &imported(ONE)).unwrap_err();
        assert!(fault.code.as_str() == "I0304" && fault.message.contains(code) && fault.message.contains("EUR"));
    }
    let (text, _) = merged(&case("EUR"), ONE);
    assert_eq!(held(&text).frequencies.len(), 3);
    let (_, said) = merged(&case("JPY"), &ONE.replace(" (EUR)", ""));
    assert!(said.contains("taken to be in JPY"), "{said}");
}

#[test]
fn tables_written_by_hand_are_met_in_whatever_form_they_stand() {
    let head = "schema = 1\ntitle = \"Mine\"\ncurrency = \"EUR\"\n";
    let plan = "\n[[plan]]\nid = \"all\"\nname = \"Mine\"\ncontrols = [{ id = \"mfa\", start = \"year 2\" }]\n";
    let control = "\n[[control]]\nid = \"mfa\"\nname = \"MFA\"\n[control.cost]\nyearly = \"1k\"\n[[control.effect]]\n\
                   risk = \"r1\"\non = \"frequency\"\nreduction = \"20%\"\n";
    for risk in [
        "\n[[risk]]\nid = \"r1\"\nname = \"Mine\"\nfrequency = \"1 per year\"\nloss = { fines = \"7k\" }\n",
        "\n[[risk]]\nid = \"r1\"\nname = \"Mine\"\n[risk.threat]\nevents = 5\nvulnerability = \"20%\"\n[risk.loss]\nresponse = \"7k\"\n",
        "\n[[risk]]\nid = \"r1\"\nname = \"Mine\"\nloss.fines = \"7k\"\n[risk.frequency]\nlow = \"1 in 9 years\"\nhigh = \"1 per year\"\n",
    ] {
        for case in [[head, risk, control, plan].concat(), [head, plan, control, risk].concat()] {
            let (text, said) = merged(&case, ONE);
            for line in case.lines().filter(|line| !line.starts_with("controls")) {
                assert!(text.lines().any(|other| other == line), "{line}\n{said}\n{text}");
            }
            assert!(
                said.contains("kept, edited by hand: risk.r1.") && said.contains("added: control.backup"),
                "{said}"
            );
            assert_eq!(text.matches("risk = \"r1\"").count(), 1, "{text}");
            assert_eq!(text.matches("\ncost.initial").count(), 1, "{text}");
        }
    }
}

#[test]
fn a_measure_that_now_acts_elsewhere_is_asked_whether_it_still_acts_where_it_did() {
    let case = |of: &str| {
        let table = format!("Risk,Frequency,Loss (EUR),Measure,Effect\nA,0.5,1000,{of},50%\nB,0.2,700,Fence,20%\n");
        let moved = table.replace("Fence,20%", if of == "MFA" { "Fence,20%" } else { "MFA,50%" });
        import(&[text("r.csv", &moved)], &Options::default()).unwrap().text
    };
    let (merged, findings) = merge("case.toml", &case("MFA"), &case("Guard")).unwrap();
    let asked =
        "gone from the source, kept in the case: control.mfa.effect on frequency of a; does the measure still act";
    let told: Vec<&Finding> = findings.iter().filter(|finding| finding.message.contains(asked)).collect();
    assert!(told.len() == 1 && told[0].weight == Weight::Question, "{findings:#?}\n{merged}");
}
