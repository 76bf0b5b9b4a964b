//! What moved the figures between two versions: the parts add up, and nothing moves where nothing changed.

use rosi::internal::engine::compare::{Comparison, compare};
use rosi::internal::engine::{MethodChoice, Settings};
use rosi::internal::scenario::Source;
use rosi::internal::scenario::difference::{Stage, stages};

use crate::cli::{folder, rosi};

fn bundled(name: &str) -> String {
    std::fs::read_to_string(format!("{}/scenarios/{name}/scenario.toml", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn compared(old: &str, new: &str) -> (Vec<Stage>, Comparison) {
    let (stages, _) = stages(&Source::new("old.toml", old), &Source::new("new.toml", new)).unwrap();
    let scenarios: Vec<_> = stages.iter().map(|stage| stage.scenario.clone()).collect();
    let settings = Settings { method: MethodChoice::Expected, ..Settings::default() };
    let comparison = compare(&scenarios, &settings, &|_| ()).unwrap();
    (stages, comparison)
}

#[test]
fn the_effects_of_all_causes_add_up_to_the_change_of_every_figure() {
    let old = bundled("small-office");
    let new = bundled("small-office")
        .replacen("discount_rate = \"", "discount_rate = \"1", 1)
        .replacen("yearly", "initial", 1)
        + "\n[[risk]]\nid = \"new-one\"\nname = \"New\"\nfrequency = \"0.1 per year\"\nloss.response = \"40k\"\n";
    let (stages, comparison) = compared(&old, &new);
    assert!(stages.len() >= 4, "{}", stages.len());
    let mut moved = 0;
    for course in &comparison.courses {
        let Some(change) = course.change() else { continue };
        let sum: f64 = (1..stages.len()).filter_map(|stage| course.effect(stage)).map(|e| e.to_f64()).sum();
        assert!((sum - change.to_f64()).abs() < 1e-6, "{}: {sum} is not {change:?}", course.key);
        moved += usize::from(!change.is_zero());
    }
    assert!(moved > 3);
}

#[test]
fn a_file_beside_itself_in_another_syntax_and_order_has_no_change() {
    for name in ["ransomware", "soc-automation", "card-payments", "small-office", "three-vendors"] {
        let (stages, comparison) = compared(&bundled(name), &bundled(name));
        assert!(stages.iter().all(|stage| stage.changes.is_empty()), "{name}");
        assert!(comparison.courses.iter().all(|course| course.change().is_none_or(|change| change.is_zero())));
    }
}

#[test]
fn the_tree_between_two_files_is_the_case_that_its_parts_say() {
    // Every stage but the last is read from a tree that was put together: the whole of the old file
    // and one change must give what the same edit in the file gives.
    for name in ["ransomware", "soc-automation", "card-payments", "small-office", "three-vendors"] {
        let old = bundled(name);
        let at = old.find("horizon").map(|at| at + old[at..].find('"').unwrap() + 1).unwrap();
        let years: u32 = old[at..at + 1].parse().unwrap();
        let new = format!("{}{}{}", &old[..at], years + 1, &old[at + 1..]);
        let (stages, comparison) = compared(&old, &new);
        assert_eq!(stages.len(), 3, "{name}");
        for course in &comparison.courses {
            assert_eq!(course.values[1], course.values[2], "{name}: {}", course.key);
        }
    }
}

#[test]
fn a_control_and_the_risk_that_it_needs_are_one_cause() {
    let old = bundled("small-office");
    let new = format!(
        "{old}\n[[risk]]\nid = \"zz\"\nname = \"Z\"\nfrequency = \"0.1 per year\"\nloss.response = \"40k\"\n
[[control]]\nid = \"cz\"\nname = \"C\"\ncost.initial = \"1k\"\neffect = [{{ risk = \"zz\", on = \"frequency\", reduction = \"50%\" }}]\n
[[plan]]\nid = \"pz\"\nname = \"P\"\ncontrols = [\"cz\"]\n"
    );
    let (stages, comparison) = compared(&new, &old);
    // Taken out from the first to the last: nothing may refer to what is gone.
    let together: Vec<usize> = stages.iter().skip(1).map(|stage| stage.changes.len()).filter(|n| *n > 0).collect();
    assert_eq!(together, [3]);
    let gone = comparison.courses.iter().find(|course| course.key == "plan.pz.net_present_value").unwrap();
    assert!(gone.before().is_some() && gone.after().is_none() && gone.change().is_none());
}

#[test]
fn the_command_says_what_moved_and_refuses_two_currencies() {
    let folder = folder("compare");
    let (a, b, c) = (folder.join("a.toml"), folder.join("b.toml"), folder.join("c.toml"));
    let text = bundled("small-office");
    std::fs::write(&a, &text).unwrap();
    std::fs::write(&b, text.replacen("discount_rate = \"", "discount_rate = \"2", 1)).unwrap();
    let code = text.find("currency = \"").map(|at| &text[at..at + 15]).unwrap();
    std::fs::write(&c, text.replace(code, "currency = \"JPY")).unwrap();
    let run = |x: &std::path::Path, y: &std::path::Path| {
        let output = rosi(&["compare", x.to_str().unwrap(), y.to_str().unwrap(), "--format", "json"]);
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, json, _) = run(&a, &b);
    assert_eq!(code, Some(0));
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["schema"], "rosi.comparison/1");
    assert_eq!(json["causes"][0]["input"], "assumptions.discount_rate");
    assert!(
        json["causes"][0]["effects"]["today.expected_annual_loss"].as_str().unwrap().parse::<f64>().unwrap() == 0.0
    );
    let (code, _, faults) = run(&a, &c);
    assert_eq!(code, Some(1));
    assert!(faults.contains("currency"), "{faults}");
}
