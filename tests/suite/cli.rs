//! The command line as a user meets it: streams, exit codes, files.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

/// Runs rosi with arguments.
pub fn rosi(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rosi"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("NO_COLOR", "1")
        .env_remove("COLUMNS")
        .output()
        .unwrap()
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What rosi answers in JSON.
pub fn json_of(arguments: &[&str]) -> serde_json::Value {
    let output = rosi(&[arguments, &["--format", "json"]].concat());
    assert!(output.status.success(), "{arguments:?}: {}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A folder of its own for a test.
pub fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn without_a_file_the_built_in_case_is_shown_and_marked_as_such() {
    let output = rosi(&["assess"]);
    assert!(output.status.success());
    assert!(stderr(&output).contains("built-in example"));
    let text = stdout(&output);
    assert!(text.contains("We recommend") && text.contains("Do nothing more") && text.contains("rosi init"), "{text}");
}

#[test]
fn a_missing_file_is_a_fault_with_a_cure_and_usage_has_its_own_code() {
    let output = rosi(&["assess", "no-such-file.toml"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("rosi init"));
    assert!(stdout(&output).is_empty());
    assert_eq!(rosi(&["assess", "--no-such-flag"]).status.code(), Some(2));
    assert_eq!(rosi(&["--version"]).status.code(), Some(0));
}

#[test]
fn what_init_writes_is_a_valid_scenario_in_any_currency() {
    let folder = folder("init");
    for (index, arguments) in
        [&["init"][..], &["init", "--currency", "JPY"], &["init", "--template", "small-office", "--currency", "usd"]]
            .iter()
            .enumerate()
    {
        let output = rosi(arguments);
        assert!(output.status.success(), "{}", stderr(&output));
        let path = folder.join(format!("{index}.toml"));
        fs::write(&path, &output.stdout).unwrap();
        let checked = rosi(&["check", path.to_str().unwrap()]);
        assert!(checked.status.success(), "{}", stderr(&checked));
    }
    assert!(fs::read_to_string(folder.join("1.toml")).unwrap().contains("\"JPY\""));
}

#[test]
fn every_format_is_written_whole_to_a_file() {
    let folder = folder("formats");
    for format in ["text", "json", "csv", "markdown"] {
        let path = folder.join(format);
        let output = rosi(&[
            "assess",
            "scenarios/small-office/scenario.toml",
            "--format",
            format,
            "--out",
            path.to_str().unwrap(),
        ]);
        assert!(output.status.success(), "{}", stderr(&output));
        assert!(stdout(&output).is_empty());
        assert!(!fs::read_to_string(&path).unwrap().is_empty());
    }
    // Nothing temporary is left.
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 4);
}

#[test]
fn only_the_plans_asked_for_are_shown() {
    let output = rosi(&["assess", "scenarios/small-office/scenario.toml", "--format", "json", "--plan", "backup-only"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["plans"].as_array().unwrap().len(), 1);
    assert_eq!(json["plans"][0]["id"], "backup-only");
    let output = rosi(&["assess", "scenarios/small-office/scenario.toml", "--plan", "none-such"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(stderr(&output).contains("backup-only"));
}

#[test]
fn every_example_can_be_listed_and_written_out() {
    let list = stdout(&rosi(&["examples"]));
    for name in ["ransomware", "soc-automation", "card-payments", "small-office", "three-vendors"] {
        assert!(list.contains(name));
        let written = stdout(&rosi(&["examples", name]));
        let bundled =
            fs::read_to_string(format!("{}/scenarios/{name}/scenario.toml", env!("CARGO_MANIFEST_DIR"))).unwrap();
        assert_eq!(written, bundled);
    }
}

#[cfg(feature = "png")]
#[test]
fn the_charts_of_a_case_are_drawn_as_svg_and_png() {
    let folder = folder("charts");
    let output = rosi(&["assess", "scenarios/ransomware/scenario.toml", "--charts", folder.to_str().unwrap()]);
    assert!(output.status.success(), "{}", stderr(&output));
    for id in ["loss-by-risk", "cost-against-loss-avoided", "cumulative-position"] {
        let svg = fs::read_to_string(folder.join(format!("{id}.svg"))).unwrap();
        assert!(svg.contains("<title") && svg.contains("<desc"));
        assert!(fs::read(folder.join(format!("{id}.png"))).unwrap().starts_with(&[0x89, b'P', b'N', b'G']));
    }
}

#[test]
fn no_name_of_a_file_or_argument_drives_the_terminal_or_a_spreadsheet() {
    let folder = folder("cli-hostile");
    let file = folder.join("case.toml").to_str().unwrap().to_owned();
    let text =
        fs::read_to_string(format!("{}/scenarios/small-office/scenario.toml", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let at = text.find("\nname = \"").unwrap() + 9;
    let hostile = r"\u202E\u200B\uFEFF\u2028\u2029\u2067\u001b[2J\u0007";
    fs::write(&file, format!("{}{}=1+1{}", &text[..at], hostile, &text[at..])).unwrap();
    let marks = ['\u{202E}', '\u{200B}', '\u{FEFF}', '\u{2028}', '\u{2029}', '\u{2067}', '\u{1b}', '\u{7}'];
    for format in ["text", "csv", "markdown"] {
        let output = rosi(&["assess", &file, "--format", format]);
        assert!(output.status.success(), "{}", stderr(&output));
        let shown = stdout(&output);
        assert!(shown.contains("=1+1") && !shown.contains(marks), "{format}: {shown:?}");
    }
    let key: String = marks.iter().chain(['k', 'e', 'y'].iter()).collect();
    for arguments in
        [&["explain", &file, &key][..], &["assess", &file, "--plan", &key], &["gate", &file, "--option", &key]]
    {
        let output = rosi(arguments);
        let told = stderr(&output);
        assert!(output.status.code() == Some(1) && told.contains("key") && !told.contains(marks), "{told:?}");
    }
}

#[test]
fn more_years_than_memory_holds_are_a_fault() {
    let file = "scenarios/ransomware/scenario.toml";
    assert_eq!(rosi(&["assess", file, "--years", "100000001"]).status.code(), Some(2));
    // Nine options of a hundred million years.
    let output = rosi(&["assess", "tests/awkward/eight-plans.toml", "--method", "simulate", "--years", "100000000"]);
    let told = stderr(&output);
    assert!(output.status.code() == Some(1) && told.contains("GiB of memory") && told.contains("--plan"), "{told}");
}

#[test]
fn the_version_tells_features_and_build_when_asked_in_either_order() {
    for arguments in [["--version", "--verbose"], ["--verbose", "--version"]] {
        let output = rosi(&arguments);
        let text = stdout(&output);
        assert!(
            output.status.success() && text.starts_with(concat!("rosi ", env!("CARGO_PKG_VERSION"), "\n")),
            "{text}"
        );
        assert!(text.contains("features: ") && text.contains(std::env::consts::ARCH), "{text}");
        let features = text.lines().find(|line| line.starts_with("features: ")).unwrap();
        assert_eq!(features.contains("charts"), cfg!(feature = "charts"), "{text}");
    }
    assert_eq!(stdout(&rosi(&["--version"])), concat!("rosi ", env!("CARGO_PKG_VERSION"), "\n"));
    // Alone it asks for nothing.
    assert_eq!(rosi(&["--verbose", "schema"]).status.code(), Some(2));
}

#[test]
fn completions_of_every_shell_know_every_command_and_bash_understands_them() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = stdout(&rosi(&["completions", shell]));
        for command in ["assess", "optimise", "completions"] {
            assert!(script.contains(command), "{shell} does not know {command}");
        }
    }
    let folder = folder("completions");
    let path = folder.join("rosi.bash");
    fs::write(&path, rosi(&["completions", "bash"]).stdout).unwrap();
    let ask = format!(
        "source {}; COMP_WORDS=(rosi opt); COMP_CWORD=1; _rosi rosi opt rosi; echo ${{COMPREPLY[@]}}",
        path.display()
    );
    // Where there is no bash nothing is claimed.
    if let Ok(output) = Command::new("bash").args(["--norc", "-c", &ask]).output() {
        assert_eq!(stdout(&output).trim(), "optimise optimize", "{}", stderr(&output));
    }
    let unknown = rosi(&["completions", "csh"]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn the_man_pages_are_written_together_and_one_is_printed_by_its_command() {
    let folder = folder("man");
    let output = rosi(&["man", "--out", folder.join("man1").to_str().unwrap()]);
    assert!(output.status.success(), "{}", stderr(&output));
    let page = |name: &str| fs::read_to_string(folder.join("man1").join(name)).unwrap();
    assert!(page("rosi.1").contains(".TH rosi 1") && page("rosi-assess.1").contains("precision"));
    assert_eq!(stdout(&rosi(&["man", "assess"])), page("rosi-assess.1"));
    assert_eq!(stdout(&rosi(&["man"])), page("rosi.1"));
    let unknown = rosi(&["man", "asess"]);
    assert_eq!(unknown.status.code(), Some(1));
    assert!(stderr(&unknown).contains("assess"), "{}", stderr(&unknown));
}
