//! What is written: whole or not at all, never over what was read, through what is no file.

use std::fs;
use std::path::Path;

use crate::cli::{folder, rosi};

const CASE: &str = r#"
schema = 1
title = "Written"
currency = "EUR"
[assumptions]
horizon = "3 years"
discount_rate = "5%"
[[risk]]
id = "r"
name = "R"
frequency = "1 per year"
loss.response = { samples = "losses.csv" }
[[control]]
id = "c"
name = "C"
effect = [{ risk = "r", on = "frequency", reduction = "90%" }]
cost.yearly = "20k"
[[plan]]
id = "p"
name = "P"
controls = ["c"]
"#;

const SAMPLES: &str = "80000\n90000\n100000\n110000\n120000\n95000\n105000\n85000\n115000\n100000\n";

fn run(arguments: &[&str]) -> (Option<i32>, String) {
    let output = rosi(arguments);
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// A folder with a case and its samples.
fn case(name: &str) -> impl Fn(&str) -> String {
    let folder = folder(name);
    fs::write(folder.join("case.toml"), CASE).unwrap();
    fs::write(folder.join("losses.csv"), SAMPLES).unwrap();
    move |name: &str| folder.join(name).to_str().unwrap().to_owned()
}

fn count(file: &str) -> usize {
    fs::read_dir(Path::new(file).parent().unwrap()).unwrap().count()
}

#[test]
fn what_was_read_is_never_written_over_whatever_way_leads_there() {
    let at = case("write-read");
    let (file, samples) = (at("case.toml"), at("losses.csv"));
    fs::create_dir(at("inner")).unwrap();
    fs::hard_link(&file, at("hard.md")).unwrap();
    let mut ways = vec![file.clone(), samples, at("inner/../case.toml"), at("hard.md")];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(&file, at("soft.md")).unwrap();
        ways.push(at("soft.md"));
    }
    for out in &ways {
        for command in [
            &["assess", &file][..],
            &["gate", &file, "--no-sources", "--since", "2020-01-01"],
            &["optimise", &file],
            &["compare", &file, &file],
        ] {
            let (code, told) = run(&[command, &["--out", out]].concat());
            assert_eq!(code, Some(1), "{command:?} {out}: {told}");
            assert!(told.contains("what was read") && told.contains("name another file"), "{told}");
        }
    }
    for out in ways.iter().filter(|out| out.ends_with(".md")) {
        assert_eq!(run(&["report", &file, "--out", out]).0, Some(1), "{out}");
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), CASE);
    assert_eq!(fs::read_to_string(at("losses.csv")).unwrap(), SAMPLES);
}

#[test]
fn of_several_papers_none_is_written_where_one_cannot_be_or_two_are_one_file() {
    let at = case("write-several");
    let (file, before) = (at("case.toml"), count(&at("x")));
    fs::create_dir(at("folder.md")).unwrap();
    for (other, why) in [
        ("no-such-folder/b.md", "cannot be written"),
        ("folder.md", "is a folder"),
        ("a.md", "named twice"),
        ("folder.md/../a.md", "are one file"),
    ] {
        let (code, told) = run(&["report", &file, "--out", &at("a.md"), "--out", &at(other)]);
        assert_eq!(code, Some(1), "{other}");
        assert!(told.contains(why), "{told}");
        // Nothing is there but the folder that was made above.
        assert_eq!(count(&at("x")), before + 1, "{other}");
    }
}

#[cfg(unix)]
mod on_unix {
    use std::io::Read;
    use std::os::unix::fs::{PermissionsExt, symlink};
    use std::process::Command;

    use super::*;

    #[test]
    fn a_link_stays_and_the_file_behind_it_is_replaced() {
        let at = case("write-link");
        fs::write(at("real.json"), "old").unwrap();
        symlink("real.json", at("link.json")).unwrap();
        symlink("not-yet.json", at("dangling.json")).unwrap();
        symlink("circle.json", at("circle.json")).unwrap();
        for (link, real) in [("link.json", "real.json"), ("dangling.json", "not-yet.json")] {
            let (code, told) = run(&["assess", &at("case.toml"), "--format", "json", "--out", &at(link)]);
            assert_eq!(code, Some(0), "{told}");
            assert!(fs::symlink_metadata(at(link)).unwrap().is_symlink());
            assert!(fs::read_to_string(at(real)).unwrap().contains("rosi.assessment/1"));
        }
        let (code, told) = run(&["assess", &at("case.toml"), "--out", &at("circle.json")]);
        assert!(code == Some(1) && told.contains("circle"), "{told}");
    }

    #[test]
    fn the_rights_to_a_file_are_kept_and_a_read_only_file_is_a_fault() {
        let at = case("write-rights");
        let out = at("out.json");
        fs::write(&out, "old").unwrap();
        fs::set_permissions(&out, fs::Permissions::from_mode(0o640)).unwrap();
        assert_eq!(run(&["assess", &at("case.toml"), "--out", &out]).0, Some(0));
        assert_eq!(fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o640);
        fs::write(&out, "old").unwrap();
        fs::set_permissions(&out, fs::Permissions::from_mode(0o440)).unwrap();
        let (code, told) = run(&["assess", &at("case.toml"), "--out", &out]);
        assert!(code == Some(1) && told.contains("read-only"), "{told}");
        assert_eq!(fs::read_to_string(&out).unwrap(), "old");
        assert_eq!(count(&out), 3, "something temporary is left");
    }

    #[test]
    fn what_is_no_file_is_written_through() {
        let at = case("write-through");
        let (pipe, file) = (at("pipe"), at("case.toml"));
        assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let reader = std::thread::spawn({
            let pipe = pipe.clone();
            move || {
                let mut text = String::new();
                fs::File::open(pipe).unwrap().read_to_string(&mut text).unwrap();
                text
            }
        });
        assert_eq!(run(&["assess", &file, "--format", "json", "--out", &pipe]).0, Some(0));
        assert!(reader.join().unwrap().contains("rosi.assessment/1"));
        assert!(!fs::symlink_metadata(&pipe).unwrap().is_file());
        assert_eq!(run(&["assess", &file, "--out", "/dev/null"]).0, Some(0));
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
        // Standard output, whatever it is: a pipe, and a file that others write to too.
        let output = rosi(&["assess", &file, "--format", "json", "--out", "/dev/stdout"]);
        assert!(String::from_utf8(output.stdout).unwrap().contains("rosi.assessment/1"));
        let log = at("log");
        let line = format!("echo before; {} assess {file} --out /dev/stdout; echo after", env!("CARGO_BIN_EXE_rosi"));
        let shell = Command::new("sh").args(["-c", &format!("({line}) >> {log}")]).status().unwrap();
        let text = fs::read_to_string(log).unwrap();
        assert!(shell.success() && text.starts_with("before\nWritten") && text.ends_with("after\n"), "{text}");
    }
}

#[test]
fn a_dash_is_standard_output_and_never_a_file() {
    let at = case("write-dash");
    let here = Path::new(&at("case.toml")).parent().unwrap().to_owned();
    fs::write(
        here.join("log.csv"),
        "date,cost\n2023-01-02,5\n2023-02-03,7\n2023-03-04,8\n2023-05-05,9\n2023-06-05,6\n2023-07-05,8\n",
    )
    .unwrap();
    fs::write(here.join("risks.csv"), "Risk,Events per year,Loss in EUR\nFraud,2,5000\n").unwrap();
    fs::write(here.join("came.toml"), "from = \"2027-01-01\"\nto = \"2027-12-31\"\nseen = \"100%\"\n").unwrap();
    fs::write(here.join("cases.jsonl"), "{\"id\": \"a\", \"case\": \"case.toml\"}\n").unwrap();
    let run = |line: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_rosi"));
        command.args(line.split(' ')).current_dir(&here).output().unwrap()
    };
    let printed = [
        "assess case.toml --method expected --out -",
        "assess case.toml --method expected --format json --out -",
        "compare case.toml case.toml --out -",
        "optimise case.toml --budget 50k --out -",
        "batch cases.jsonl --method expected --out -",
        "init --yes --out -",
        "examples small-office --out -",
        #[cfg(feature = "import")]
        "import risks.csv --yes --out -",
        #[cfg(feature = "import")]
        "export case.toml --as csv --out -",
        #[cfg(feature = "calibrate")]
        "review case.toml came.toml --out -",
    ];
    for line in printed {
        let (dash, plain) = (run(line), run(line.strip_suffix(" --out -").unwrap()));
        assert!(dash.status.success() && !dash.stdout.is_empty(), "{line}: {}", String::from_utf8_lossy(&dash.stderr));
        assert_eq!(dash.stdout, plain.stdout, "{line}");
    }
    let refused = [
        "report case.toml --method expected --out -",
        "man --out -",
        "batch cases.jsonl --method expected --out - --resume",
        #[cfg(feature = "charts")]
        "assess case.toml --method expected --charts -",
        #[cfg(all(feature = "calibrate", feature = "charts"))]
        "calibrate loss log.csv --out -",
        #[cfg(all(feature = "calibrate", feature = "xlsx"))]
        "calibrate sheet case.toml --out -",
        #[cfg(feature = "import")]
        "import risks.csv --yes --map -",
    ];
    for line in refused {
        let fault = run(line);
        let told = String::from_utf8(fault.stderr).unwrap();
        assert!(!fault.status.success() && told.contains("name a f"), "{line}: {told}");
    }
    assert!(!here.join("-").exists());
}
