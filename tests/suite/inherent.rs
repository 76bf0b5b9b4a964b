//! The level before any control: shown beside today, and never the base of a value.

use crate::cli::{folder, rosi};

/// A case with one risk that states its level before any control and one that does not.
fn case(inherent: &str) -> String {
    format!(
        "schema = 1\ntitle = \"t\"\ncurrency = \"EUR\"\n\
         [[risk]]\nid = \"a\"\nname = \"Fire\"\nsource = \"log\"\nfrequency = \"1 in 2 years\"\n{inherent}loss = {{ response = \"100k\" }}\n\
         [[risk]]\nid = \"b\"\nname = \"Flood\"\nsource = \"log\"\nfrequency = \"1 in 5 years\"\nloss = {{ response = \"50k\" }}\n\
         [[control]]\nid = \"c\"\nname = \"Alarm\"\nsource = \"offer\"\ncost = {{ yearly = \"5k\" }}\n\
         [[control.effect]]\nrisk = \"a\"\non = \"frequency\"\nreduction = \"50%\"\n\
         [[plan]]\nid = \"p\"\nname = \"Plan\"\ncontrols = [\"c\"]\n"
    )
}

/// What `assess` says of a case.
fn assessed(name: &str, text: &str, arguments: &[&str]) -> String {
    let here = folder(name);
    std::fs::write(here.join("case.toml"), text).unwrap();
    let file = here.join("case.toml").display().to_string();
    let output = rosi(&[&["assess", &file], arguments].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_level_before_any_control_is_shown_and_moves_nothing() {
    let stated = case("inherent = { frequency = \"3 per year\", loss = \"0.5M\" }\n");
    let [with, without] = [("inherent-with", stated.as_str()), ("inherent-without", &case(""))].map(|(name, text)| {
        let json = assessed(name, text, &["--format", "json"]);
        let mut json: serde_json::Value = serde_json::from_str(&json).unwrap();
        json["provenance"]["scenario_sha256"] = "".into();
        json
    });
    assert_eq!(with["risks"][0]["inherent"], "1500000");
    assert!(with["risks"][1]["inherent"].is_null() && without["risks"][0]["inherent"].is_null());
    let mut blanked = with;
    blanked["risks"][0]["inherent"] = serde_json::Value::Null;
    assert_eq!(blanked, without);
    let told = assessed("inherent-told", &stated, &["--full"]);
    assert!(told.contains("before any control") && told.contains("no other figure rests on it"), "{told}");
    assert!(!assessed("inherent-untold", &case(""), &["--full"]).contains("before any control"));
}

#[test]
fn a_level_before_any_control_names_both_how_often_and_how_much() {
    let here = folder("inherent-fault");
    std::fs::write(here.join("case.toml"), case("inherent = { frequency = \"3 per year\" }\n")).unwrap();
    let output = rosi(&["check", &here.join("case.toml").display().to_string()]);
    assert!(String::from_utf8_lossy(&output.stderr).contains("E0202"));
}
