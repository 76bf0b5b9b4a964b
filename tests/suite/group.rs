//! Many entities added up: as one file with all their risks, as simulated years, as closed forms.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

use crate::cli::{folder, json_of, rosi};

/// Two risks of an entity whose losses are so many times the usual, their ids behind a prefix.
fn risks(prefix: &str, size: f64) -> String {
    let money = |amount: f64| format!("\"EUR {}\"", (amount * size).round());
    format!(
        r#"
[[risk]]
id = "{prefix}ransomware"
name = "Ransomware"
frequency = {{ low = "1 in 20 years", high = "1 in 2 years" }}
loss.response = {{ low = {}, high = {} }}
loss.replacement = {{ min = {}, likely = {}, max = {} }}
[[risk]]
id = "{prefix}fraud"
name = "Payment fraud"
frequency = "1.5 per year"
loss.replacement = {}
[risk.secondary]
chance = "20%"
loss.fines = {{ min = {}, likely = {}, max = {} }}
"#,
        money(40e3),
        money(600e3),
        money(20e3),
        money(80e3),
        money(500e3),
        money(3000.0),
        money(5e3),
        money(9e3),
        money(40e3),
    )
}

/// A control on the ransomware, and plans of it.
fn control(prefix: &str) -> String {
    format!(
        r#"
[[control]]
id = "{prefix}backup"
name = "Backup"
coverage = "90%"
[[control.effect]]
risk = "{prefix}ransomware"
on = "loss.response"
reduction = "60%"
[control.cost]
initial = "30k"
yearly = "5k"
"#
    )
}

const HEAD: &str = "schema = 1\ntitle = \"t\"\ncurrency = \"EUR\"\n";
const CAUSE: &str = "frequency = { low = \"1 in 15 years\", high = \"1 in 3 years\" }\n";
const SIZES: [(&str, f64); 3] = [("north", 1.0), ("south", 0.35), ("west", 2.1)];

/// A group of three in a folder, with what else its file says.
fn three(name: &str, more: &str) -> std::path::PathBuf {
    let folder = folder(name);
    let mut group = HEAD.to_owned();
    for (id, size) in SIZES {
        fs::write(folder.join(format!("{id}.toml")), format!("{HEAD}{}{}", risks("", size), control(""))).unwrap();
        group += &format!("[[entity]]\nid = \"{id}\"\nname = \"{}\"\ncase = \"{id}.toml\"\n", id.to_uppercase());
    }
    fs::write(folder.join("group.toml"), group + more).unwrap();
    folder
}

/// One file with the risks of all three, and what strikes them at once.
fn one_file(folder: &Path, strikes: &str) -> String {
    let all: String = SIZES.iter().map(|(id, size)| risks(&format!("{id}-"), *size)).collect();
    let cause = format!("[[shared_cause]]\nid = \"idp\"\nname = \"Identity provider\"\n{CAUSE}strikes = {strikes}\n");
    let path = folder.join("all.toml");
    fs::write(
        &path,
        format!("{HEAD}[[appetite]]\nname = \"limit\"\nloss = \"1.5M\"\nchance = \"1 in 20\"\n{all}{cause}"),
    )
    .unwrap();
    path.to_str().unwrap().to_owned()
}

fn number(value: &Value) -> f64 {
    value.as_str().map_or_else(|| value.as_f64(), |text| text.parse().ok()).unwrap_or_else(|| panic!("{value}"))
}

fn group_of(folder: &Path) -> String {
    folder.join("group.toml").to_str().unwrap().to_owned()
}

#[track_caller]
fn near(found: &Value, expected: &Value, tolerance: f64) {
    let (found, expected) = (number(found), number(expected));
    assert!((found - expected).abs() <= tolerance * expected.abs(), "{found} is not {expected} to {tolerance:e}");
}

const LIMIT: &str = "[[appetite]]\nname = \"limit\"\nloss = \"1.5M\"\nchance = \"1 in 20\"\n";

fn shared(entities: &str) -> String {
    format!(
        "{LIMIT}[[shared_cause]]\nid = \"idp\"\nname = \"Identity provider\"\n{CAUSE}strikes = [\"ransomware\", \"fraud\"]\n{entities}"
    )
}

const LEVELS: [&str; 5] = ["0.5", "0.9", "0.95", "0.99", "0.999"];

#[test]
fn a_group_is_what_one_file_with_all_its_risks_is() {
    let cases = [
        (
            "all",
            "",
            r#"["north-ransomware", "north-fraud", "south-ransomware", "south-fraud", "west-ransomware", "west-fraud"]"#,
        ),
        (
            "two",
            "entities = [\"north\", \"west\"]\n",
            r#"["north-ransomware", "north-fraud", "west-ransomware", "west-fraud"]"#,
        ),
    ];
    for (name, entities, strikes) in cases {
        let folder = three(&format!("group-{name}"), &shared(entities));
        let group = json_of(&["group", &group_of(&folder)]);
        let one = json_of(&["assess", &one_file(&folder, strikes), "--method", "exact"]);
        near(&group["today"]["expected_annual_loss"], &one["today"]["expected_annual_loss"], 1e-9);
        near(&group["today"]["standard_deviation"], &one["today"]["standard_deviation"], 1e-8);
        near(&group["today"]["chance_of_loss"], &one["today"]["chance_of_loss"], 1e-9);
        for level in LEVELS {
            near(&group["today"]["quantiles"][level], &one["today"]["quantiles"][level], 5e-4);
        }
        for level in ["0.95", "0.99"] {
            near(&group["today"]["tail_mean"][level], &one["today"]["tail_mean"][level], 5e-4);
        }
        near(&group["appetite"][0]["today"], &one["appetite"][0]["today"], 1e-3);
        // Which entity makes a bad year: as the risks of the one file do.
        for (place, (id, _)) in SIZES.iter().enumerate() {
            let risks = one["risks"].as_array().unwrap().iter();
            let own = risks.filter(|risk| risk["id"].as_str().unwrap().starts_with(id));
            let part: f64 = own.map(|risk| number(&risk["today"]["part_of_bad_years"])).sum();
            near(&group["entities"][place]["today"]["part_of_tail_mean"]["0.95"], &json!(part), 0.02);
        }
    }
}

#[test]
fn what_a_group_shares_is_what_simulated_years_say() {
    let folder = three("group-simulated", &shared(""));
    let strikes =
        r#"["north-ransomware", "north-fraud", "south-ransomware", "south-fraud", "west-ransomware", "west-fraud"]"#;
    let group = json_of(&["group", &group_of(&folder)]);
    let path = one_file(&folder, strikes);
    let simulated = json_of(&["assess", &path, "--method", "simulate", "--years", "60000", "--seed", "5"]);
    let today = &simulated["today"];
    for level in ["0.9", "0.95", "0.99"] {
        let gap = number(&group["today"]["quantiles"][level]) - number(&today["quantiles"][level]);
        let error = number(&today["standard_error"]["quantiles"][level]);
        assert!(gap.abs() < 4.0 * error, "{level}: {gap} at an error of {error}");
    }
    // Without what is shared the bad years would be others: the comparison can fail.
    let alone = json_of(&["group", &group_of(&three("group-alone", LIMIT))]);
    assert!(number(&alone["today"]["quantiles"]["0.99"]) < 0.9 * number(&group["today"]["quantiles"]["0.99"]));
}

#[test]
fn layers_over_the_sum_pay_what_the_closed_form_says() {
    // Two entities, each Poisson at a rate of 1 with 100k an event: together N at a rate of 2.
    let folder = folder("group-tower");
    let case = "[[risk]]\nid = \"r\"\nname = \"R\"\nfrequency = \"1 per year\"\nloss.response = \"100k\"\n";
    fs::write(folder.join("case.toml"), format!("{HEAD}{case}")).unwrap();
    let group = r#"
[[entity]]
id = "a"
case = "case.toml"
[[entity]]
id = "b"
case = "case.toml"
[[appetite]]
name = "limit"
loss = "100k"
chance = "1 in 3"
[[insurance]]
id = "first"
premium = "50k"
retention = "100k"
limit = "200k"
[[insurance]]
id = "second"
retention = "300k"
coinsurance = "50%"
"#;
    fs::write(folder.join("group.toml"), format!("{HEAD}{group}")).unwrap();
    let found = json_of(&["group", &group_of(&folder)]);
    let chance = |n: i32| (-2.0_f64).exp() * 2.0_f64.powi(n) / (1..=n).map(f64::from).product::<f64>();
    let above = |n: i32| 1.0 - (0..=n).map(chance).sum::<f64>();
    let tower = &found["today"]["insurance"];
    // The first pays 100k from two events on and 200k from three on; the second half of all beyond.
    let first = 1e5 * (above(1) + above(2));
    let second = 0.5e5 * (2.0 - (1.0 - chance(0)) - above(1) - above(2));
    near(&tower["layers"][0]["expected_payment"], &json!(first), 1e-9);
    near(&tower["layers"][1]["expected_payment"], &json!(second), 1e-9);
    near(&tower["layers"][0]["chance_of_payment"], &json!(above(1)), 1e-9);
    // Three events use it up just so.
    near(&tower["layers"][0]["chance_of_exhaustion"], &json!(above(2)), 1e-9);
    near(&tower["expected_annual_loss"], &json!(2e5 - first - second), 1e-9);
    // More than 100k is left only from four events on; a limit that is met exactly is met.
    near(&found["appetite"][0]["today"], &json!(above(3)), 1e-9);
    // Half of the sixth of the worst years: by summing over all counts.
    let tail = |level: f64| {
        let net = |n: i32| if n <= 3 { 1e5 * f64::from(n.min(1)) } else { 1e5 + 0.5e5 * f64::from(n - 3) };
        let (mut left, mut sum) = (1.0 - level, 0.0);
        for n in (0..40).rev() {
            let taken = chance(n).min(left);
            (left, sum) = (left - taken, sum + taken * net(n));
        }
        sum / (1.0 - level)
    };
    near(&tower["tail_mean"]["0.95"], &json!(tail(0.95)), 1e-9);
    near(&tower["tail_mean"]["0.99"], &json!(tail(0.99)), 1e-9);
}

#[test]
fn neither_order_nor_threads_change_a_group_and_its_parts_add_up() {
    let folder = three("group-order", &shared(""));
    let path = group_of(&folder);
    let run = |path: &str, threads: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_rosi"))
            .args(["group", path, "--format", "json"])
            .env("RAYON_NUM_THREADS", threads)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    assert_eq!(run(&path, "1"), run(&path, "3"));
    let text = fs::read_to_string(&path).unwrap();
    let (head, rest) = text.split_at(text.find("[[entity]]").unwrap());
    let mut entities: Vec<&str> = rest.split("[[entity]]").skip(1).collect();
    let (last, more) = entities[2].split_at(entities[2].find("[[appetite]]").unwrap());
    entities[2] = last;
    entities.reverse();
    let turned = folder.join("turned.toml");
    let turned_text: String = entities.iter().map(|entity| format!("[[entity]]{entity}")).collect();
    fs::write(&turned, format!("{head}{turned_text}{more}")).unwrap();
    let (one, other) = (json_of(&["group", &path]), json_of(&["group", turned.to_str().unwrap()]));
    for level in LEVELS {
        near(&one["today"]["quantiles"][level], &other["today"]["quantiles"][level], 1e-8);
    }
    for level in ["0.95", "0.99"] {
        let sum: f64 = one["entities"]
            .as_array()
            .unwrap()
            .iter()
            .map(|entity| number(&entity["today"]["part_of_tail_mean"][level]))
            .sum();
        near(&json!(sum), &one["today"]["tail_mean"][level], 1e-9);
    }
}

#[test]
fn a_plan_for_all_is_worth_what_it_is_worth_in_each_less_what_the_group_pays() {
    let plan = "[[plan]]\nid = \"backups\"\nname = \"Backups everywhere\"\ncontrols = [\"backup\"]\ninitial = \"7k\"\nyearly = \"1k\"\n";
    let folder = three("group-plan", plan);
    let group = json_of(&["group", &group_of(&folder), "--budget", "100k"]);
    let mut value = -7e3 - (1..=3).map(|year| 1e3 / 1.08_f64.powi(year)).sum::<f64>();
    for (id, size) in SIZES {
        let own = folder.join(format!("{id}-own.toml"));
        let plan = "[[plan]]\nid = \"p\"\nname = \"P\"\ncontrols = [\"backup\"]\n";
        fs::write(&own, format!("{HEAD}{}{}{plan}", risks("", size), control(""))).unwrap();
        let found = json_of(&["assess", own.to_str().unwrap(), "--method", "expected"]);
        value += number(&found["plans"][0]["investment"]["net_present_value"]);
    }
    let money = &group["plans"][0]["investment"];
    near(&money["net_present_value"], &json!(value), 1e-9);
    assert_eq!(money["entities"], 3);
    assert_eq!(number(&money["cash"]), 3.0 * 45e3 + 10e3);
    // The distribution moves with it, and its mean is the average that is known without it.
    let bad = |year: &Value| number(&year["quantiles"]["0.95"]);
    assert!(bad(&group["plans"][0]["risk"]) < bad(&group["today"]));
    // 100k hold the group's own 10k and two of three: the two that are worth most.
    let picked: Vec<&str> =
        group["entities"].as_array().unwrap().iter().map(|entity| entity["best_plan"].as_str().unwrap()).collect();
    assert_eq!(picked, ["backups", "today", "backups"]);
    assert_eq!((number(&group["best"]["cash"]), &group["best"]["proved"]), (100e3, &json!(true)));
}

#[test]
fn a_group_and_cases_that_do_not_fit_together_are_told_with_place_and_cure() {
    let fault = |more: &str, change: &dyn Fn(&Path)| {
        let folder = three("group-faults", more);
        change(&folder);
        let output = rosi(&["group", &group_of(&folder)]);
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stderr).unwrap()
    };
    let nothing = |_: &Path| ();
    let cause = |strikes: &str, entities: &str| {
        format!("[[shared_cause]]\nid = \"idp\"\nname = \"I\"\n{CAUSE}strikes = [\"{strikes}\"]\n{entities}")
    };
    let told =
        |text: String, parts: &[&str]| parts.iter().for_each(|part| assert!(text.contains(part), "{part}:\n{text}"));
    told(fault(&cause("ransomwear", ""), &nothing), &["E0301", "did you mean \"ransomware\"?", "group.toml:"]);
    told(fault(&cause("fraud", "entities = [\"nort\"]\n"), &nothing), &["E0301", "did you mean \"north\"?"]);
    told(fault("[[plan]]\nid = \"core\"\nname = \"C\"\n", &nothing), &["E0301", "no case has a plan \"core\""]);
    told(
        fault("[[plan]]\nid = \"x\"\nname = \"X\"\ncontrols = [\"bakup\"]\n", &nothing),
        &["did you mean \"backup\"?"],
    );
    told(
        fault("[[insurance]]\nid = \"a\"\nlimit = \"2M\"\n[[insurance]]\nid = \"b\"\nretention = \"1M\"\n", &nothing),
        &["E0215", "pay more than is lost"],
    );
    told(fault("colour = \"red\"\n", &nothing), &["E0201", "unknown key"]);
    let dollars = |folder: &Path| {
        let path = folder.join("south.toml");
        let text = fs::read_to_string(&path).unwrap().replace("\"EUR", "\"USD");
        fs::write(&path, text).unwrap();
    };
    told(fault("", &dollars), &["E0207", "\"south\"", "exchange_rates"]);
    let broken = |folder: &Path| fs::write(folder.join("south.toml"), "schema = 1\n").unwrap();
    told(fault("", &broken), &["south.toml", "1 entity has no case that can be read: south"]);
    told(
        fault("", &|folder| fs::remove_file(folder.join("west.toml")).unwrap()),
        &["entity \"west\"", "cannot be read"],
    );
    let often = "[[shared_cause]]\nid = \"x\"\nname = \"X\"\nfrequency = \"5000 per year\"\nstrikes = [\"fraud\"]\n";
    told(fault(often, &nothing), &["E0407", "strike too often"]);
    let own_cause = |folder: &Path| {
        let path = folder.join("north.toml");
        let text = fs::read_to_string(&path).unwrap() + &cause("fraud", "");
        fs::write(&path, text).unwrap();
    };
    told(fault(&cause("fraud", ""), &own_cause), &["E0302", "of the group and of the case of \"north\" too"]);
}

#[test]
fn a_table_of_entities_changes_a_template() {
    let folder = three("group-table", "[[plan]]\nid = \"b\"\nname = \"B\"\ncontrols = [\"backup\"]\n");
    fs::write(folder.join("rows.csv"), "id,risk.fraud.frequency\none,1 per year\ntwo,3 per year\n").unwrap();
    let text = format!("{HEAD}manifest = {{ table = \"rows.csv\", template = \"south.toml\" }}\n");
    fs::write(folder.join("group.toml"), text).unwrap();
    let group = json_of(&["group", &group_of(&folder), "--method", "expected"]);
    let loss = |place: usize| number(&group["entities"][place]["today"]["expected_annual_loss"]);
    let fraud = 1050.0 + 0.2 * (1750.0 + 4.0 * 3150.0 + 14000.0) / 6.0;
    assert!((loss(1) - loss(0) - 2.0 * fraud).abs() < 1e-6, "{}", loss(1) - loss(0));
    assert_eq!(
        (group["entities"][1]["id"].as_str(), &group["today"]["quantiles"]["0.95"]),
        (Some("two"), &Value::Null)
    );
}

#[test]
fn the_group_of_the_documents_is_the_one_of_the_examples_and_runs() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let example = fs::read_to_string(root.join("examples/group/group.toml")).unwrap();
    assert!(fs::read_to_string(root.join("docs/file-format.md")).unwrap().contains(&format!("```text\n{example}```")));
    let output = rosi(&["group", "examples/group/group.toml", "--budget", "100k"]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for part in
        ["Together the 5 entities lose", "Plant in Linz", "Excess of 2M", "agreed limit", "The best plan for each"]
    {
        assert!(text.contains(part), "{part}:\n{text}");
    }
}

#[test]
fn a_hundred_entities_of_small_losses_have_the_quantiles_of_their_counts() {
    // A loss of 1,000 at a rate of 2 and one of 1,414.2 at a rate of 1, in each of a hundred: S = 1,000 N + 1,414.2 M.
    let folder = folder("group-large");
    let risk = |id: &str, rate: u32, loss: &str| {
        format!(
            "[[risk]]\nid = \"{id}\"\nname = \"R\"\nfrequency = \"{rate} per year\"\nloss.response = \"EUR {loss}\"\n"
        )
    };
    fs::write(folder.join("case.toml"), format!("{HEAD}{}{}", risk("a", 2, "1000"), risk("b", 1, "1414.2"))).unwrap();
    let rows: String = (0..100).map(|n| format!("e{n}\n")).collect();
    fs::write(folder.join("rows.csv"), format!("id\n{rows}")).unwrap();
    fs::write(
        folder.join("group.toml"),
        format!("{HEAD}manifest = {{ table = \"rows.csv\", template = \"case.toml\" }}\n"),
    )
    .unwrap();
    let found = json_of(&["group", &group_of(&folder), "--time", "600"]);
    let poisson = |mean: f64| {
        let mut chances = vec![(-mean).exp()];
        (1..500).for_each(|n| chances.push(chances[n - 1] * mean / n as f64));
        chances
    };
    let (first, second) = (poisson(200.0), poisson(100.0));
    let mut sums: Vec<(f64, f64)> = Vec::new();
    for (n, a) in first.iter().enumerate() {
        sums.extend(second.iter().enumerate().map(|(m, b)| (1000.0 * n as f64 + 1414.2 * m as f64, a * b)));
    }
    sums.sort_by(|a, b| a.0.total_cmp(&b.0));
    for level in LEVELS {
        let (mut below, target) = (0.0, level.parse::<f64>().unwrap());
        let quantile = sums.iter().find(|(_, chance)| {
            below += chance;
            below >= target
        });
        near(&found["today"]["quantiles"][level], &json!(quantile.unwrap().0), 3e-4);
    }
}
