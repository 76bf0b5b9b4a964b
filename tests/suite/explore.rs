//! The page on this machine: who may ask, what answers, and what is written.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::cli::folder;
use crate::served::{Page, read_answer};

/// A small case with an agreed limit, a policy, three syntaxes' worth of remarks, and a source.
const CASE: &str = include_str!("../explore/case.toml");

fn case(name: &str) -> PathBuf {
    let file = folder(name).join("case.toml");
    fs::write(&file, CASE).unwrap();
    file
}

/// What `rosi assess` says of a file.
fn assessed(file: &Path) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_rosi"))
        .args(["--quiet", "assess", "--format", "json"])
        .arg(file)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Whole numbers that look random, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}

#[test]
fn every_answer_is_what_the_program_says_of_the_file_with_the_changes_in_it() {
    let file = case("explore-figures");
    let page = Page::of(Some(&file), &[]);
    let inputs = page.found("/api/answer", &json!({ "stage": "averages" }))["inputs"].as_array().unwrap().clone();
    let mut dice = Dice(7);
    for round in 0..8 {
        let mut changes = Vec::new();
        for _ in 0..=dice.below(3) {
            let input = &inputs[dice.below(inputs.len())];
            let key = input["key"].as_str().unwrap();
            if changes.iter().any(|change: &Value| change["key"] == key) {
                continue;
            }
            let mean = input["mean"].as_f64().unwrap();
            let moved = mean * [0.5, 0.8, 0.9, 0.97][dice.below(4)];
            changes.push(match dice.below(3) {
                _ if input["can_move"] == false => json!({ "key": key, "value": input["example_of_kind"] }),
                0 => json!({ "key": key, "value": input["example_of_kind"] }),
                _ => json!({ "key": key, "mean": format!("{moved:.6}") }),
            });
        }
        if round % 2 == 1 {
            let controls = [["mfa"], ["backup"]][dice.below(2)];
            changes.push(json!({ "key": "plan.core.controls", "controls": controls }));
            changes.push(json!({ "key": "insurance.cyber.retention", "value": "150k" }));
        }
        let answer = page.found("/api/answer", &json!({ "stage": "year", "changes": changes }));
        let text = page.post("/api/text", &json!({ "changes": changes }));
        assert_eq!(text.status, 200, "{}", text.text());
        let written = file.with_file_name(format!("round-{round}.toml"));
        fs::write(&written, &text.body).unwrap();
        let program = assessed(&written);
        assert_eq!(answer["assessment"], program, "{changes:?}");
        let value = &answer["options"][1]["figures"][0];
        assert_eq!(value["key"], "plan.core.net_present_value");
        let exact: f64 = program["plans"][0]["investment"]["net_present_value"].as_str().unwrap().parse().unwrap();
        let shown = value["number"].as_f64().unwrap();
        assert!((shown - exact).abs() <= 1e-9 * exact.abs().max(1.0), "{shown} {exact}");
        // The quick answer does not say otherwise than the whole one.
        let quick = page.found("/api/answer", &json!({ "stage": "averages", "changes": changes }));
        assert_eq!(quick["sha256"], program["provenance"]["scenario_sha256"]);
        for (quick, whole) in quick["options"].as_array().unwrap().iter().zip(answer["options"].as_array().unwrap()) {
            for (a, b) in quick["figures"].as_array().unwrap().iter().zip(whole["figures"].as_array().unwrap()) {
                assert_eq!(a, b);
            }
        }
    }
}

#[test]
fn what_flips_it_does_flip_it_and_every_figure_explains_itself() {
    let file = case("explore-flip");
    let page = Page::of(Some(&file), &[]);
    let found = page.found("/api/answer", &json!({ "stage": "sensitivity" }));
    let mut flipped = 0;
    for input in found["inputs"].as_array().unwrap() {
        let (Some(at), Some(mean)) = (input["break_even"].as_f64(), input["mean"].as_f64()) else { continue };
        if input["can_move"] == false || input["luck"] == true {
            continue;
        }
        let change = json!([{ "key": input["key"], "mean": format!("{at:.12}") }]);
        let answer = page.post("/api/answer", &json!({ "stage": "averages", "changes": change }));
        if answer.status == 422 {
            // Beyond what a range of its form can be.
            continue;
        }
        let chosen = |answer: &Value| {
            let options = answer["options"].as_array().unwrap().clone();
            options.into_iter().find(|option| option["id"] == "core").unwrap()["figures"][0]["number"].as_f64().unwrap()
        };
        let (before, after) = (chosen(&found), chosen(&answer.json()));
        assert!(after.abs() < 0.05 * before.abs(), "{} from {mean} to {at}: {before} to {after}", input["key"]);
        flipped += 1;
    }
    assert!(flipped >= 2, "{flipped}");
    let year = page.found("/api/answer", &json!({ "stage": "year" }));
    let mut keys = BTreeSet::new();
    for option in year["options"].as_array().unwrap() {
        for figure in option["figures"].as_array().unwrap() {
            keys.insert(figure["key"].as_str().unwrap().to_owned());
        }
    }
    keys.insert(found["inputs"][0]["key"].as_str().unwrap().to_owned());
    keys.remove("");
    assert!(keys.len() > 8, "{keys:?}");
    for key in keys {
        let explained = page.found("/api/explain", &json!({ "key": key }));
        assert!(!explained["sections"].as_array().unwrap().is_empty(), "{key}");
    }
    assert_eq!(page.post("/api/explain", &json!({ "key": "plan.core.nothing" })).status, 404);
}

#[test]
fn only_our_own_page_and_who_has_the_secret_is_answered() {
    let page = Page::of(None, &[]);
    let bearer = format!("Bearer {}", page.key);
    let cookie = format!("rosi-{}={}", page.port, page.key);
    let own = format!("http://127.0.0.1:{}", page.port);
    let status = |line: &str, headers: &[(&str, &str)]| page.with(line, headers, "").status;
    // Without the secret, or with another.
    for path in ["/", "/page.js", "/api/file", "/api/openapi.json", "/?key=", "/?key=0123456789abcdef0123456789abcdef"]
    {
        assert_eq!(status(&format!("GET {path}"), &[]), 403, "{path}");
    }
    assert_eq!(status("POST /api/write", &[("Content-Type", "application/json")]), 403);
    assert_eq!(status("GET /api/file", &[("Cookie", &format!("rosi-{}=0", page.port))]), 403);
    // With it.
    assert_eq!(status("GET /api/file", &[("Authorization", &bearer)]), 200);
    assert_eq!(status("GET /api/file", &[("Cookie", &cookie)]), 200);
    let opened = page.with(&format!("GET /?key={}", page.key), &[], "");
    assert_eq!(opened.status, 200);
    assert!(opened.head.contains("httponly; samesite=strict"), "{}", opened.head);
    // A cookie alone writes nothing: another page of this machine could send it.
    let json = ("Content-Type", "application/json");
    assert_eq!(status("POST /api/answer", &[("Cookie", &cookie), json]), 403);
    let served = page.get("/").text();
    let token = served.split("rosi-token\" content=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(token.len(), 32);
    let told = page.with("POST /api/difference", &[("Cookie", &cookie), ("X-Rosi-Token", &token), json], "{}");
    assert_eq!(told.status, 200, "{}", told.text());
    // Under another name, or asked by another page, whatever the secret.
    for host in ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example:80"] {
        assert_eq!(status("GET /api/file", &[("Host", host), ("Authorization", &bearer)]), 421, "{host}");
    }
    for origin in ["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1", "file://"] {
        let headers = [("Origin", origin), ("Authorization", bearer.as_str())];
        assert_eq!(status("GET /api/file", &headers), 403, "{origin}");
    }
    assert_eq!(status("GET /api/file", &[("Origin", &own), ("Authorization", &bearer)]), 200);
    for from in ["cross-site", "same-site"] {
        assert_eq!(status("GET /api/file", &[("Sec-Fetch-Site", from), ("Authorization", &bearer)]), 403);
    }
    // No page of another origin may read an answer, frame the page, or load anything into it.
    let answer = page.get("/");
    assert!(!answer.head.contains("access-control"), "{}", answer.head);
    for header in
        ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "nosniff", "no-store", "no-referrer"]
    {
        assert!(answer.head.contains(header), "{header}: {}", answer.head);
    }
    assert!(!answer.text().contains("<script>") && !answer.text().contains(" style="), "nothing inline");
    // Listens on the loopback address alone.
    if let Ok(name) = Command::new("hostname").arg("-I").output() {
        for address in String::from_utf8_lossy(&name.stdout).split_whitespace().filter(|one| one.contains('.')) {
            assert!(TcpStream::connect((address, page.port)).is_err(), "{address}");
        }
    }
}

/// A case whose years take a while, and whose weights next to none: many events of one risk, under an annual limit.
const SLOW: &str = "schema = 1\ntitle = \"Busy\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"busy\"\nname = \"Busy\"\n\
                    frequency = \"40 per year\"\nloss.response = { low = \"1k\", high = \"9k\" }\n[[insurance]]\n\
                    id = \"cyber\"\npremium = \"6k\"\nannual_limit = \"90k\"\n";

#[test]
fn work_for_somebody_who_went_away_delays_nobody() {
    let file = folder("explore-left").join("case.toml");
    fs::write(&file, SLOW).unwrap();
    let page = Page::of(Some(&file), &[]);
    let changed = |frequency: &str, stage: &str| json!({ "stage": stage, "changes": [{ "key": "risk.busy.frequency", "value": frequency }] });
    let began = Instant::now();
    page.found("/api/answer", &changed("41 per year", "year"));
    let whole = began.elapsed();
    // A question of the same kind, and its asker goes away.
    let body = changed("42 per year", "year").to_string();
    let mut stream = TcpStream::connect(("127.0.0.1", page.port)).unwrap();
    let head = format!(
        "POST /api/answer HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: Bearer {}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        page.port,
        page.key,
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    std::thread::sleep(whole / 10);
    drop(stream);
    let began = Instant::now();
    // What waits for the same turn, and takes little time itself.
    page.found("/api/answer", &changed("43 per year", "sensitivity"));
    let waited = began.elapsed();
    let began = Instant::now();
    page.found("/api/answer", &changed("44 per year", "sensitivity"));
    let alone = began.elapsed();
    assert!(waited < alone + whole / 2, "{waited:?}, {alone:?} alone, {whole:?} for the years");
}

#[test]
fn a_german_case_has_a_german_page_and_german_answers_and_follows_the_file_when_that_changes() {
    let file = folder("explore-german").join("case.toml");
    fs::write(&file, include_str!("../explore/fall.toml")).unwrap();
    let page = Page::of(Some(&file), &[]);
    let shown = page.get("/").text();
    assert!(
        shown.contains("<html lang=\"de\">") && shown.contains("Worauf sie beruht") && !shown.contains("{{"),
        "{shown}"
    );
    let words = page.get("/words.js").text();
    assert!(words.contains("\"undo\":\"Rückgängig\"") && words.contains("\"decimal\":\",\""), "{words}");
    assert_eq!(page.get("/api/file").json()["language"], "de");
    let answer = page.found("/api/answer", &json!({ "stage": "averages" }));
    let setting = |key: &str| {
        let all = answer["settings"].as_array().unwrap();
        all.iter().find(|setting| setting["key"] == key).unwrap_or_else(|| panic!("{key}")).clone()
    };
    assert_eq!(setting("insurance.cyber.retention")["label"], "Selbstbehalt");
    assert_eq!(setting("assumptions.horizon")["placeholder"], "3 Jahre");
    assert_eq!(setting("assumptions.timing")["choices"], json!(["Jahresende", "Jahresmitte"]));
    let input = &answer["inputs"][0];
    assert_eq!((&input["unit"], &input["example_of_kind"]), (&json!("im Jahr"), &json!("1-mal in 5 Jahren")));
    // What is shown as an example and as a value can be typed.
    let typed = json!([{ "key": "risk.laptop.frequency", "value": input["example_of_kind"] },
                       { "key": "assumptions.horizon", "value": setting("assumptions.horizon")["placeholder"] }]);
    let changed = page.found("/api/answer", &json!({ "stage": "averages", "changes": typed }));
    assert_eq!(changed["changed"][0]["name"], "Verlorenes Notebook: Häufigkeit");
    assert_eq!(changed["changed"][0]["now"], "1-mal in 5 Jahren");
    let refused = page.post("/api/estimate", &json!({ "key": "risk.phishing.frequency", "people": 2 }));
    assert!(refused.text().contains("Wer antwortet?"), "{}", refused.text());
    // Without its language it is English again.
    fs::write(&file, include_str!("../explore/fall.toml").replace("language = \"de\"", "")).unwrap();
    let seen = page.get("/api/file").json()["sha256"].as_str().unwrap().to_owned();
    let now = page.get(&format!("/api/watch?seen={seen}")).json();
    assert!(now["language"] == "en" && page.get("/").text().contains("What it rests on"), "{now}");
}

#[test]
fn large_slow_and_strange_requests_are_refused_and_others_go_on() {
    let page = Page::of(None, &[]);
    let bearer = format!("Bearer {}", page.key);
    let large = format!("{{\"changes\":[{}]}}", " ".repeat(400_000));
    let headers = [("Authorization", bearer.as_str()), ("Content-Type", "application/json")];
    assert_eq!(page.with("POST /api/difference", &headers, &large).status, 413);
    assert_eq!(page.with("POST /api/difference", &headers[..1], "{}").status, 415);
    for odd in ["", "[]", "{", "nul"] {
        assert_eq!(page.with("POST /api/difference", &headers, odd).status, 400, "{odd}");
    }
    let many: Vec<Value> = (0..501).map(|_| json!({ "key": "a", "value": "1" })).collect();
    for odd in [
        json!("x"),
        json!([1]),
        json!([{}]),
        json!([{ "key": "a" }]),
        json!([{ "key": "a", "mean": "x" }]),
        json!(many),
    ] {
        assert_eq!(page.post("/api/difference", &json!({ "changes": odd })).status, 422, "{odd}");
    }
    assert_eq!(page.post("/api/answer", &json!({ "stage": "all" })).status, 400);
    assert_eq!(page.get("/../../etc/passwd").status, 404);
    assert_eq!(page.get(&format!("/{}", "a".repeat(60_000))).status / 100, 4);
    // Half a head and half a body: both are cut off, and meanwhile everybody else is answered.
    let began = Instant::now();
    let half = |text: String| {
        let mut stream = TcpStream::connect(("127.0.0.1", page.port)).unwrap();
        stream.write_all(text.as_bytes()).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream
    };
    let mut slow = vec![
        half("GET / HTTP/1.1\r\nHost:".into()),
        half(format!(
            "POST /api/difference HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAuthorization: {bearer}\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{{",
            page.port
        )),
    ];
    assert_eq!(page.get("/api/file").status, 200);
    for stream in &mut slow {
        let answer = read_answer(stream);
        assert!(matches!(answer.status, 0 | 408), "{}", answer.status);
    }
    assert!(began.elapsed() < Duration::from_secs(50));
    assert_eq!(page.get("/api/file").status, 200);
}

#[test]
fn a_case_is_written_into_its_file_or_beside_it_and_over_nothing_without_a_yes() {
    let file = case("explore-write");
    let page = Page::of(Some(&file), &[]);
    let base = page.get("/api/file").json()["sha256"].clone();
    let changes = json!([{ "key": "risk.phishing.frequency", "value": "1 in 8 years" }]);
    let write = |more: Value| {
        let mut body = json!({ "changes": changes, "base": base });
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        page.post("/api/write", &body)
    };
    for name in ["../out.toml", "/tmp/out.toml", ".out.toml", "out.sh", "out", "a/b.toml", "", "-x.toml", "a\\b.toml"] {
        let answer = write(json!({ "name": name, "yes": true }));
        assert_eq!(answer.status, 422, "{name}: {}", answer.text());
    }
    assert_eq!(write(json!({ "name": "new.toml" })).status, 200);
    assert_eq!(write(json!({ "name": "new.toml" })).status, 409);
    assert_eq!(write(json!({ "name": "new.toml", "yes": true })).status, 200);
    assert_eq!(fs::read_to_string(&file).unwrap(), CASE, "the case itself is as it was");
    let new = fs::read_to_string(file.with_file_name("new.toml")).unwrap();
    let expected = CASE.replace("frequency = \"2 per year\" # seen", "frequency = \"1 in 8 years\" # seen");
    assert_ne!(expected, CASE);
    assert_eq!(new, expected, "one value differs, every remark stays");
    let lines = page.found("/api/difference", &json!({ "changes": changes }))["lines"].clone();
    let marks: Vec<&str> = lines.as_array().unwrap().iter().map(|line| line["mark"].as_str().unwrap()).collect();
    assert_eq!(marks.concat().replace(' ', ""), "-+");
    // Into the file itself only with a yes, and only while it is the text that was changed.
    assert_eq!(write(json!({})).status, 409);
    fs::write(&file, CASE.replace("2 per year", "3 per year")).unwrap();
    assert_eq!(write(json!({ "yes": true })).status, 409);
    fs::write(&file, CASE).unwrap();
    assert_eq!(write(json!({ "yes": true })).status, 200);
    assert_eq!(fs::read_to_string(&file).unwrap(), expected);
    // What is no case any more is not written.
    let broken = json!({ "changes": [{ "key": "risk.phishing.frequency", "value": "often" }], "base": page.get("/api/file").json()["sha256"], "yes": true });
    assert_eq!(page.post("/api/write", &broken).status, 422);
    assert_eq!(fs::read_to_string(&file).unwrap(), expected);
    #[cfg(unix)]
    {
        let outside = folder("explore-outside").join("target.toml");
        fs::write(&outside, "mine").unwrap();
        std::os::unix::fs::symlink(&outside, file.with_file_name("link.toml")).unwrap();
        let base = page.get("/api/file").json()["sha256"].clone();
        let answer = page.post("/api/write", &json!({ "changes": [], "base": base, "name": "link.toml", "yes": true }));
        assert_eq!(answer.status, 422, "{}", answer.text());
        assert_eq!(fs::read_to_string(&outside).unwrap(), "mine");
    }
}

#[test]
fn a_file_edited_elsewhere_is_followed_with_the_changes_on_top() {
    let file = case("explore-follow");
    let page = Page::of(Some(&file), &[]);
    let seen = page.get("/api/file").json()["sha256"].as_str().unwrap().to_owned();
    let changes = json!([{ "key": "risk.phishing.frequency", "value": "1 in 8 years" }]);
    let ask = || page.post("/api/answer", &json!({ "stage": "averages", "changes": changes }));
    let before = ask().json();
    fs::write(&file, CASE.replace("title = \"A small case\"", "title = \"Another title\"")).unwrap();
    let news = page.get(&format!("/api/watch?seen={seen}")).json();
    assert_ne!(news["sha256"], json!(seen));
    let after = ask().json();
    assert_eq!(after["title"], "Another title");
    assert_eq!(after["options"], before["options"]);
    assert_eq!(after["changed"][0]["now"], before["changed"][0]["now"]);
    // A fault in the file is told with its place and its cure, and mended it is gone.
    fs::write(&file, CASE.replace("\"2 per year\"", "\"often\"")).unwrap();
    let news = page.get(&format!("/api/watch?seen={}", news["sha256"].as_str().unwrap())).json();
    let fault = page.post("/api/answer", &json!({ "stage": "averages" }));
    assert_eq!(fault.status, 422);
    assert!(fault.json()["drawn"].as_str().unwrap().contains("often"), "{}", fault.text());
    // Changes go into a case that can be read: until then the fault is the answer.
    assert_eq!(ask().status, 422);
    fs::write(&file, CASE).unwrap();
    let _ = page.get(&format!("/api/watch?seen={}", news["sha256"].as_str().unwrap_or_default()));
    assert_eq!(ask().status, 200);
}

#[test]
fn a_change_at_fault_is_told_with_its_cure() {
    let page = Page::of(Some(&case("explore-faults")), &[]);
    let refused = |key: &str, value: &str| {
        let changes =
            json!([{ "key": "risk.phishing.frequency", "value": "1 per year" }, { "key": key, "value": value }]);
        let answer = page.post("/api/answer", &json!({ "stage": "averages", "changes": changes }));
        assert_eq!(answer.status, 422, "{key} {value}: {}", answer.text());
        answer.json()
    };
    let fault = refused("risk.phishing.loss.response", "plenty");
    assert!(!fault["faults"][0]["help"].as_array().unwrap().is_empty(), "{fault}");
    let fault = refused("risk.fishing.frequency", "1 per year");
    assert_eq!(fault["change"], 1);
    let fault = refused("control.mfa.reliability", "140%");
    assert!(fault["faults"][0]["message"].as_str().unwrap().contains("140"), "{fault}");
    let fault = refused("plan.core.controls.mfa.start", "soon");
    assert!(fault["faults"][0]["help"][0].as_str().unwrap().contains("year 2"), "{fault}");
}

#[test]
fn ranges_of_a_room_are_hidden_until_all_are_in_and_then_pooled() {
    let page = Page::of(Some(&case("explore-room")), &[]);
    let key = "risk.phishing.loss.response";
    let give = |person: &str, low: &str, high: &str| {
        page.post("/api/estimate", &json!({ "key": key, "people": 2, "person": person, "low": low, "high": high }))
    };
    assert_eq!(give("Ann", "9k", "2k").status, 422);
    assert_eq!(give("Ann", "some", "2k").status, 422);
    let first = give("Ann", "10k", "90k").json();
    assert_eq!(first["questions"][0]["answers"], json!([{ "person": "Ann" }]), "{first}");
    assert!(!page.get("/api/estimates").text().contains("10k"));
    assert_eq!(give("Ann", "1k", "2k").status, 409);
    let last = give("Ben", "40k", "300k").json();
    assert_eq!(last["questions"][0]["answers"][0], json!({ "person": "Ann", "low": "10k", "high": "90k" }));
    let answer = page.found("/api/answer", &json!({ "stage": "averages", "changes": [last["change"]] }));
    let input = answer["inputs"].as_array().unwrap().iter().find(|input| input["key"] == key).unwrap().clone();
    // The mixture reaches from the one's low end to the other's high end.
    let range: Vec<f64> = serde_json::from_value(input["range"].clone()).unwrap();
    assert!(range[0] < 25_000.0 && range[2] > 150_000.0 && range[2] < 400_000.0, "{input}");
    assert_eq!(give("Cem", "1k", "2k").status, 409);
    page.found("/api/estimate", &json!({ "key": key, "forget": true }));
    assert_eq!(page.get("/api/estimates").json()["questions"], json!([]));
}

#[test]
fn a_paper_of_a_changed_case_says_so_on_its_first_page() {
    let page = Page::of(Some(&case("explore-paper")), &[]);
    let changes = json!([{ "key": "risk.phishing.frequency", "value": "1 in 8 years" }]);
    let paper = page.post("/api/paper", &json!({ "changes": changes, "form": "md" }));
    assert_eq!(paper.status, 200, "{}", paper.text());
    let text = paper.text();
    let place = text.find("This paper is of a changed case").unwrap_or_else(|| panic!("{text}"));
    assert!(place < text.find("## ").unwrap_or(text.len()), "{text}");
    assert!(text.contains("(the file says 2"), "{text}");
    let unchanged = page.post("/api/paper", &json!({ "form": "md" })).text();
    assert!(!unchanged.contains("changed case"));
}

#[test]
fn what_is_documented_is_what_is_served() {
    let page = Page::of(Some(&case("explore-api")), &[]);
    let document = page.get("/api/openapi.json").json();
    let mut schemas = serde_json::Map::new();
    let change = json!([{ "key": "risk.phishing.frequency", "value": "1 in 8 years" }]);
    for (path, operations) in document["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let body = match path.as_str() {
                "/api/answer" => json!({ "stage": "averages", "changes": change }),
                "/api/explain" => json!({ "key": "today.expected_annual_loss" }),
                "/api/write" => {
                    json!({ "changes": change, "base": page.get("/api/file").json()["sha256"], "name": "w.toml" })
                }
                "/api/estimate" => {
                    json!({ "key": "risk.phishing.frequency", "people": 1, "person": "A", "low": "1 per year", "high": "3 per year" })
                }
                _ => json!({ "changes": change, "form": "md" }),
            };
            let answer = match method.as_str() {
                "get" if path == "/api/watch" => page.get("/api/watch?seen=other"),
                "get" => page.get(path),
                _ => page.post(path, &body),
            };
            assert_eq!(answer.status, 200, "{method} {path}: {}", answer.text());
            let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
            if schema.is_object() {
                schemas.insert(path.clone(), answer.json());
                let whole = json!({ "components": document["components"], "allOf": [schema] });
                let validator = jsonschema::draft202012::new(&whole).unwrap();
                let faults: Vec<String> =
                    validator.iter_errors(&answer.json()).map(|fault| fault.to_string()).collect();
                assert!(faults.is_empty(), "{path}: {faults:?}");
            }
        }
    }
    assert!(schemas.len() >= 7);
    // And nothing is served that is not documented.
    let routes = include_str!("../../src/cli/explore/routes.rs");
    for route in routes.split(".route(\"/api/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(document["paths"].get(format!("/api/{route}")).is_some(), "{route}");
    }
}

#[test]
fn the_page_ends_when_nobody_asks_and_says_what_it_cannot_do() {
    let mut page = Page::of(None, &["--idle", "1 second"]);
    assert_eq!(page.get("/api/file").status, 200);
    let began = Instant::now();
    let status = page.child.wait().unwrap();
    assert!(status.success() && began.elapsed() < Duration::from_secs(30));
    let failed = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_rosi")).arg("explore").args(arguments).output().unwrap();
        (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
    };
    let other = Page::of(None, &[]);
    let (code, told) = failed(&["--no-open", "--port", &other.port.to_string()]);
    assert!(code == Some(1) && told.contains("leave `--port` out"), "{told}");
    let (code, told) = failed(&["-", "--no-open"]);
    assert!(code == Some(1) && told.contains("name the file"), "{told}");
    assert_eq!(failed(&["--idle", "soon"]).0, Some(2));
}

#[test]
fn names_from_the_file_are_text_and_a_case_in_yaml_is_written_as_yaml() {
    let folder = folder("explore-names");
    let file = folder.join("case.yaml");
    let text = "# kept\nschema: 1\ntitle: \"<script>alert(1)</script>\\u202E\"\ncurrency: EUR\nrisk:\n  - id: a # one\n    name: \"<img src=x onerror=alert(1)>\"\n    frequency: 2 per year\n    loss: { response: 5k }\n";
    fs::write(&file, text).unwrap();
    let page = Page::of(Some(&file), &[]);
    assert!(!page.get("/").text().contains("alert(1)"), "the page itself holds nothing of the file");
    let answer = page.found("/api/answer", &json!({ "stage": "averages" }));
    assert_eq!(answer["title"], "<script>alert(1)</script>");
    for chart in answer["charts"].as_array().unwrap() {
        let picture = chart["svg"].as_str().unwrap();
        assert!(!picture.contains("<img") && !picture.contains("<script"), "{picture}");
    }
    let changes = json!([{ "key": "risk.a.frequency", "value": "1 in 4 years" }]);
    let base = page.get("/api/file").json()["sha256"].clone();
    page.found("/api/write", &json!({ "changes": changes, "base": base, "yes": true }));
    assert_eq!(fs::read_to_string(&file).unwrap(), text.replace("2 per year", "\"1 in 4 years\""));
}
