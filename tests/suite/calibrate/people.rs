//! What several people's ranges and records come to, held against other ways of working it out.

use std::fs;

use serde_json::Value;

use super::{folder, json, out, rosi, told};

/// A table of answers pooled by one of the ways.
fn pooled(name: &str, table: &str, arguments: &[&str]) -> Value {
    let here = folder(&format!("people-{name}"));
    fs::write(here.join("t.csv"), table).unwrap();
    json(&here, &[&["calibrate", "experts", "t.csv"], arguments].concat())
}

fn figure(found: &Value, name: &str) -> f64 {
    found["figures"][name].as_f64().unwrap_or_else(|| panic!("{name}: {found}"))
}

#[test]
fn people_who_say_the_same_pool_to_what_they_say_and_it_is_written_with_its_middle() {
    let table = "person,question,low,middle,high\nA,q,100k,200k,900k\nB,q,100k,200k,900k\n";
    for pool in ["linear", "log", "quantiles"] {
        let found = pooled(&format!("same-{pool}"), table, &["--pool", pool]);
        for (name, wanted) in [("p05", 100_000.0), ("p50", 200_000.0), ("p95", 900_000.0)] {
            assert!((figure(&found, name) / wanted - 1.0).abs() < 1e-4, "{pool}, {name}: {found}");
        }
        assert!(found["toml"].to_string().contains("p50 = \\\"200000\\\""), "{pool}: {found}");
    }
    // Chances multiply, too: two equal betas are themselves.
    let chances = "person,question,low,high\nA,q,5%,60%\nB,q,5%,60%\n";
    let found = pooled("chances", chances, &["--pool", "log", "--kind", "chance"]);
    assert!((figure(&found, "p05") - 0.05).abs() < 1e-5 && (figure(&found, "p95") - 0.6).abs() < 1e-5, "{found}");
}

#[test]
fn a_product_of_curves_is_that_of_their_densities() {
    // By the densities of three metalogs, multiplied on a grid.
    let table = "person,question,low,middle,high\nA,q,100k,300k,900k\nB,q,200k,600k,1.5M\nC,q,50k,150k,400k\n";
    let found = pooled("three", table, &["--pool", "log"]);
    for (name, wanted) in [("p05", 87_328.1), ("p50", 288_312.3), ("p95", 926_252.2)] {
        assert!((figure(&found, name) / wanted - 1.0).abs() < 1e-3, "{name}: {found}");
    }
}

/// Ten questions to two people of whom the first says the same each time.
fn quiz(low: &str, truth: impl Fn(usize, &str) -> f64) -> String {
    let rows = (0..10).flat_map(|question| {
        ["A", "B"].map(|person| {
            let low = if person == "A" { low } else { "8" };
            format!("{person},q{question},{low},20,40,{}\n", truth(question, person))
        })
    });
    format!("person,question,low,middle,high,truth\n{}", rows.collect::<String>())
}

const ANSWERS: &str = "person,question,low,high\nA,q,5%,60%\nB,q,10%,50%\n";

#[test]
fn an_answer_at_the_end_of_a_range_lies_in_it_for_hits_and_weights() {
    let here = folder("people-ends");
    fs::write(here.join("t.csv"), ANSWERS).unwrap();
    fs::write(here.join("quiz.csv"), quiz("10", |_, _| 10.0)).unwrap();
    let asked = ["calibrate", "experts", "t.csv", "--kind", "chance", "--quiz", "quiz.csv", "--pool", "cooke"];
    let found = json(&here, &asked).to_string();
    assert!(found.contains("A: 10 of 10 quiz answers"), "{found}");
    // Ten of ten in the gap that holds 45 %: P(χ²₃ > 20 ln(1/0.45)) = 0.00115.
    assert!(found.contains("A: calibration 0.00115") && found.contains("B: calibration 0.00115"), "{found}");
}

#[test]
fn an_answer_of_nothing_counts_for_no_weight_and_two_answers_to_one_question_are_a_fault() {
    let here = folder("people-truths");
    fs::write(here.join("t.csv"), ANSWERS).unwrap();
    let asked = ["calibrate", "experts", "t.csv", "--kind", "chance", "--quiz", "quiz.csv", "--pool", "cooke"];
    fs::write(here.join("quiz.csv"), quiz("10", |question, _| if question == 0 { 0.0 } else { 15.0 })).unwrap();
    let found = out(&rosi(&here, &asked));
    assert!(!found.contains("infinit") && found.contains("whose answer is 0"), "{found}");
    assert!(found.contains("there are 9"), "{found}");
    fs::write(here.join("quiz.csv"), quiz("10", |_, person| if person == "A" { 13.0 } else { 12.0 })).unwrap();
    let refused = rosi(&here, &asked);
    assert!(!refused.status.success());
    assert!(told(&refused).contains("line 3: the answer to \"q0\" is 12 here, and 13 in"), "{}", told(&refused));
}
