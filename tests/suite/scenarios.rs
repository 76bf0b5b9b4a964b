//! The bundled scenarios: valid, pinned, and the same in every syntax.

use std::fs;

use crate::cli::rosi;

const BUNDLED: [&str; 5] = ["ransomware", "soc-automation", "card-payments", "small-office", "three-vendors"];

fn path(name: &str) -> String {
    format!("{}/scenarios/{name}/scenario.toml", env!("CARGO_MANIFEST_DIR"))
}

fn assessed(path: &str) -> serde_json::Value {
    let output = rosi(&["assess", path, "--format", "json"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_napkin_of_the_small_office_comes_out_to_the_cent() {
    let json = assessed(&path("small-office"));
    assert_eq!(json["today"]["expected_annual_loss"], "90000");
    let plan = |id: &str| json["plans"].as_array().unwrap().iter().find(|plan| plan["id"] == id).unwrap().clone();
    for (id, value) in
        [("antivirus-only", 95_313.68), ("backup-only", 9_437.64), ("tracking-only", -3_178.60), ("both", 104_751.32)]
    {
        let found: f64 = plan(id)["investment"]["net_present_value"].as_str().unwrap().parse().unwrap();
        assert!((found - value).abs() < 0.005, "{id}: {found}");
    }
    assert_eq!(json["recommendation"]["plan"], "both");
}

#[test]
fn bundled_scenarios_are_valid_and_say_that_they_are_examples() {
    for name in BUNDLED {
        let json = assessed(&path(name));
        assert!(json["assumptions"]["examples"].as_u64().unwrap() > 0, "{name}");
        assert!(json["plans"].as_array().unwrap().len() >= 3, "{name}");
        let readme = fs::read_to_string(path(name).replace("scenario.toml", "README.md")).unwrap();
        assert!(readme.len() > 300, "{name}");
    }
}
