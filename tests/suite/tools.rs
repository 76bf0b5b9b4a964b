//! Files of other tools: a number with two readings is a fault, a unit that stands beside it counts, and nothing that the
//! file says is dropped without a word.

use rosi::internal::import::{Options, Weight};

use crate::import::{messages, near, taken, text, yearly};

fn options() -> Options {
    Options { answers: [("day_rate".to_owned(), "600".to_owned())].into(), ..Options::default() }
}

fn faults(name: &str, file: &str) -> (String, Vec<String>) {
    let (_, outcome) = taken(&[text(name, file)], &options());
    let faults = messages(&outcome, Weight::Fault);
    (outcome.text, faults)
}

const CISO: &str =
    "name,ref_id,status,amortization_period,build_fixed_cost,build_people_days,run_fixed_cost,run_people_days\n";

#[test]
fn numbers_that_were_typed_are_judged_by_the_whole_file_and_two_readings_are_a_fault() {
    let crml = |median: &str, sigma: &str| {
        format!(
            "crml_scenario: \"1.0\"\nmeta: {{name: A}}\nscenario:\n  frequency: {{model: poisson, parameters: {{lambda: 0.4}}}}\n  \
             severity: {{model: lognormal, parameters: {{median: {median}, sigma: {sigma}}}}}\n"
        )
    };
    for (name, file, place) in [
        ("a.yaml", crml("\"25.000\"", "1.15"), "median"),
        ("a.csv", "A,Alice,0.5,30.000,90.000\n".to_owned(), "row 1, column D"),
        ("a.csv", format!("{CISO}A,1,to_do,3,60.000,0,1,0\n"), "row 2, column E"),
        (
            "a.json",
            "[{\"riskId\": \"1\", \"riskDescription\": \"A\", \"riskLikelihood\": 20, \"riskImpact\": \"25,000\"}]"
                .to_owned(),
            "riskImpact",
        ),
    ] {
        let read = rosi::internal::import::import(&[text(name, &file)], &options());
        let found = read.map_or_else(|refusal| refusal.findings, |outcome| outcome.findings);
        let fault =
            found.iter().find(|finding| finding.code.as_str() == "I0301").unwrap_or_else(|| panic!("{found:#?}"));
        assert!(fault.to_string().contains(place), "{fault}");
    }
    // Another number of the file shows the style.
    let (case, _) = taken(&[text("a.csv", "A,Alice,0.5,1.000.000,10.000.000\nB,Bob,0.5,30.000,90.000\n")], &options());
    assert_eq!(case.risks().len(), 2);
    let (text, _) = faults("a.csv", &format!("{}A;1;to_do;3;60.000;0;40.000,50;0\n", CISO.replace(',', ";")));
    assert!(text.contains("cost.initial = { value = \"60000\"") && text.contains("\"40000.5\""), "{text}");
    let (text, _) = faults("a.yaml", &crml("\"25.000\"", "\"1,15\""));
    assert!(text.contains("median = \"25000\"") && text.contains("sigma = 1.15"), "{text}");
}

#[test]
fn a_unit_beside_a_number_counts() {
    let nist = |likelihood: &str| {
        format!(
            "[{{\"riskId\": \"1\", \"riskDescription\": \"A\", \"riskLikelihood\": {likelihood}, \"riskImpact\": 500}}]"
        )
    };
    for (written, percent) in [("\"20%\"", "20%"), ("20", "20%"), ("0.5", "0.5%"), ("\"20\"", "20%")] {
        let (text, _) = faults("a.json", &nist(written));
        assert!(text.contains(&format!("frequency = {{ value = \"{percent}\"")), "{written}\n{text}");
    }
    for (written, years) in
        [("36 months", "3 years"), ("3", "3 years"), ("12 months", "1 year"), ("2 years", "2 years")]
    {
        let (text, _) = faults("a.csv", &format!("{CISO}A,1,to_do,{written},100,0,1,0\n"));
        assert!(text.contains(&format!("lifetime = \"{years}\"")), "{written}\n{text}");
    }
    let quantrr = |frequency: &str, low: &str, high: &str, cell: &str| {
        format!("Risk,Expert,{frequency},{low},{high},Most Likely\nDB,A,{cell},100,20000,\n")
    };
    for (heading, cell, rate) in [
        ("Frequency (per year)", "0.25", "0.25 per year"),
        ("Frequency (per month)", "0.25", "3 per year"),
        ("Frequency (per year)", "1 in 4 years", "0.25 per year"),
        ("Frequency (per month)", "1 in 4 years", "0.25 per year"),
    ] {
        let (text, _) = faults("a.csv", &quantrr(heading, "Low (5%)", "High (95%)", cell));
        assert!(text.contains(&format!("value = \"{rate}\"")) && text.contains("low = \"100\", high = "), "{text}");
    }
    let (text, _) = faults("a.csv", &quantrr("Frequency", "Low (10%)", "High (90%)", "1"));
    assert!(text.contains("p10 = \"100\", p90 = \"20000\""), "{text}");
    let (text, _) = faults("a.csv", &quantrr("Frequency", "Low (25%)", "High (95%)", "1"));
    assert!(text.contains("p25 = \"100\", p95 = \"20000\""), "{text}");
    let mean = "Risk,Expert,Frequency (per year),Low (5%),High (95%),Most Likely\nDB,A,0.10,100,200,\nDB,B,0.25,100,200,\n\
                DB,C,1 in 4 years,100,200,\n";
    assert!(faults("a.csv", mean).0.contains("value = \"0.2 per year\""));
}

#[test]
fn percent_and_parts_of_one_are_not_taken_for_each_other() {
    let engine = |effect: &str, capability: &str| {
        format!(
            "{{\"controls\": [{{\"id\": \"c\", \"name\": \"EDR\", \"effectiveness\": {effect}, \"annual_cost\": 280000, \
             \"implementation_cost\": 100000, \"licences\": 5, \"applies_to\": [\"s\"]}}], \"scenarios\": [{{\"id\": \"s\", \"name\": \"S\", \
             \"contact_frequency\": 50, \"probability_of_action\": 0.2, \"threat_capability\": {capability}, \
             \"resistance_strength\": {{\"min\": 45, \"likely\": 62, \"max\": 78}}, \"primary_loss\": {{\"response\": 5}}}}]}}"
        )
    };
    let (whole, part) =
        ("{\"min\": 65, \"likely\": 78, \"max\": 92}", "{\"min\": 0.65, \"likely\": 0.78, \"max\": 0.92}");
    let (text, found) = faults("a.json", &engine(whole, whole));
    assert!(found.is_empty() && text.contains("min = \"65%\""), "{found:?}");
    assert!(
        text.contains("cost.initial = { value = \"100000\"") && text.contains("cost.yearly = { value = \"280000\"")
    );
    let (_, outcome) = taken(&[crate::import::text("a.json", &engine(whole, whole))], &options());
    assert!(messages(&outcome, Weight::Note).iter().any(|note| note.contains("licences")));
    for (effect, capability, place) in
        [(part, whole, "effectiveness"), (whole, part, "threat_capability"), ("0.8", whole, "effectiveness")]
    {
        let (_, found) = faults("a.json", &engine(effect, capability));
        assert!(found.iter().any(|fault| fault.contains("I0301") && fault.contains(place)), "{found:?}");
    }
    let both = engine(whole, whole).replace("\"contact_frequency\": 50", "\"threat_event_frequency\": 3");
    let (text, _) = faults("a.json", &both);
    assert!(text.contains("threat.events = { value = \"3 per year\"") && !text.contains("threat.action"), "{text}");
}

#[test]
fn today_of_a_study_is_its_one_selected_current_hypothesis() {
    let study = |hypotheses: &[(&str, bool, &str)]| {
        let list: Vec<String> = hypotheses
            .iter()
            .map(|(stage, selected, shape)| {
                format!(
                    "{{\"scenario\": \"Q\", \"risk_stage\": \"{stage}\", \"is_selected\": {selected}, \"parameters\": \
                     {{\"probability\": 0.2, \"impact\": {{\"distribution\": \"{shape}\", \"lb\": 1000, \"ub\": 3000}}}}}}"
                )
            })
            .collect();
        format!("{{\"scenarios\": [{{\"ref_id\": \"Q\", \"name\": \"R\"}}], \"hypotheses\": [{}]}}", list.join(", "))
    };
    let range = "LOGNORMAL-CI90";
    for stages in [
        &[("inherent", true, range)][..],
        &[("inherent", true, range), ("current", false, range)],
        &[("current", true, range), ("current", true, range)],
    ] {
        let (text, found) = faults("a.json", &study(stages));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("current") && text.contains("example = true") && !text.contains("1000"), "{text}");
    }
    let (text, _) = faults("a.json", &study(&[("current", true, range), ("inherent", true, range)]));
    assert!(text.contains("low = \"1000\", high = \"3000\""), "{text}");
    let (case, _) = taken(&[crate::import::text("a.json", &study(&[("current", true, "UNIFORM")]))], &options());
    near(yearly(&case)[0], 400.0, 1e-9);
    let (_, found) = faults("a.json", &study(&[("current", true, "BETA")]));
    assert!(found.iter().any(|fault| fault.contains("BETA")), "{found:?}");
}

#[test]
fn lists_within_entries_several_documents_and_a_measure_against_several_risks_are_read() {
    let (case, _) = taken(
        &[text(
            "a.json",
            "[{\"id\": \"R1\", \"name\": \"A\", \"frequency\": 1, \"loss\": 5000, \"controls\": [{\"name\": \"MFA\", \"cost\": 500}, {\"name\": \"EDR\", \"cost\": 700}]}]",
        )],
        &options(),
    );
    assert_eq!((case.risks().len(), case.controls().len()), (1, 2));
    let one = |name: &str| {
        format!(
            "crml_scenario: \"1.0\"\nmeta: {{name: {name}}}\nscenario:\n  frequency: {{model: poisson, parameters: {{lambda: 2}}}}\n  severity: {{model: lognormal, parameters: {{median: 100, sigma: 0}}}}\n"
        )
    };
    let (case, outcome) =
        taken(&[text("a.yaml", &format!("{}---\n{}---\n{}", one("A"), one("B"), one("C")))], &options());
    assert_eq!(yearly(&case), [200.0, 200.0, 200.0]);
    assert!(outcome.text.contains("a.yaml, line 10"), "{}", outcome.text);
    let record = |id: u8| {
        format!(
            "{{\"riskId\": \"R{id}\", \"riskDescription\": \"Risk {id}\", \"riskLikelihood\": 20, \"riskImpact\": 500, \"riskResponseType\": [\"Mitigate\"], \"riskResponseCost\": 5000, \"riskResponseDescription\": \"MFA\"}}"
        )
    };
    let (case, _) = taken(&[text("a.json", &format!("[{}, {}]", record(1), record(2)))], &options());
    assert_eq!(
        (case.risks().len(), case.controls().len(), case.controls().iter().next().unwrap().effects.len()),
        (2, 1, 2)
    );
}

#[test]
fn a_mapping_of_labels_is_read_by_its_headings_and_percent_needs_its_sign() {
    let survey = text("s.csv", "CapabilityID,DIFF\nC1,high\n");
    let scale = |head: &str, row: &str| Options {
        scale: Some(text("qm.csv", &format!("{head}\n{row}\n"))),
        ..Options::default()
    };
    let refused = |options: &Options| {
        let found = rosi::internal::import::import(std::slice::from_ref(&survey), options).unwrap_err().findings;
        found.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    // In another order the columns say the same; a range that does not rise is a fault of its row.
    assert!(!refused(&scale("type,label,h,ml,l,conf", "diff,high,0.9,0.5,0.1,4")).contains("I0203"));
    assert!(refused(&scale("type,label,h,ml,l,conf", "diff,high,0.1,0.5,0.9,4")).contains("do not rise"));
    assert!(!refused(&scale("type;label;l;ml;h", "diff;high;10%;50%;90%")).contains("I0203"));
    assert!(refused(&scale("type,label,l,ml,h,conf", "diff,high,10,50,90,4")).contains("part of one"));
}

#[test]
fn a_kind_that_reads_trees_refuses_a_table() {
    for kind in ["crml", "nist-8286", "oscal", "crq-engine", "ciso-assistant-crq"] {
        let file = crate::cli::folder(&format!("kinds-{kind}")).join("a.csv");
        std::fs::write(&file, "Risk,Frequency,Loss (EUR)\nA,1 per year,5\n").unwrap();
        let out = crate::cli::rosi(&["import", file.to_str().unwrap(), "--yes", "--as", kind]);
        assert!(!out.status.success() && String::from_utf8_lossy(&out.stderr).contains(kind), "{out:?}");
    }
}

#[test]
fn a_mapping_is_used_for_the_columns_that_it_was_written_for() {
    let map = "[[column]]\ncolumn = \"A\"\nheading = \"ID\"\nis = \"id\"\n[[column]]\ncolumn = \"B\"\nheading = \"Risk\"\nis = \"name\"\n\
               [[column]]\ncolumn = \"C\"\nheading = \"Initial (EUR)\"\nis = \"loss before\"\n[[column]]\ncolumn = \"D\"\nheading = \"Likelihood\"\nis = \"likelihood before\"\n\
               [[column]]\ncolumn = \"E\"\nheading = \"Residual (EUR)\"\nis = \"loss after\"\n[[column]]\ncolumn = \"F\"\nheading = \"Likelihood\"\nis = \"likelihood after\"\n";
    let options = |map: &str| Options { mapping: Some(text("m.toml", map)), ..Options::default() };
    let figures = |csv: &str, map: &str| {
        let (case, outcome) = taken(&[text("a.csv", csv)], &options(map));
        (yearly(&case)[0], messages(&outcome, Weight::Fault).join("\n"), outcome.text)
    };
    let rows = [
        "ID,Risk,Initial (EUR),Likelihood,Residual (EUR),Likelihood\n1,A,100000,20%,50000,10%\n",
        // The pairs have changed places: letters and headings are the same, their meaning is not.
        "ID,Risk,Residual (EUR),Likelihood,Initial (EUR),Likelihood\n1,A,50000,10%,100000,20%\n",
        "ID,Risk,Note,Initial (EUR),Likelihood,Residual (EUR),Likelihood\n1,A,x,100000,20%,50000,10%\n",
    ];
    for csv in rows {
        let (loss, faults, case) = figures(csv, map);
        near(loss, 20_000.0, 1e-9);
        assert!(faults.is_empty() && case.contains("reduction = { value = \"50%\""), "{faults}\n{case}");
    }
    // What cannot be told apart, what is gone, and what is said twice is told with the line of the mapping.
    let (_, faults, _) = figures("Likelihood,Likelihood,ID,Risk,Initial (EUR)\n20%,10%,1,A,100000\n", map);
    assert!(
        faults.contains("I0204") && faults.contains("more than once") && faults.contains("Residual (EUR)"),
        "{faults}"
    );
    let (_, faults, _) = figures(&rows[0].replace("Residual (EUR)", "Afterwards (EUR)"), map);
    assert!(
        faults.contains("m.toml, row 17")
            && faults.contains("\"Residual (EUR)\", which the mapping takes as loss after"),
        "{faults}"
    );
    let twice = map.replace("is = \"loss after\"", "is = \"loss before\"");
    let (_, faults, _) = figures(rows[0], &twice);
    assert!(faults.contains("both said to be loss before"), "{faults}");
}

#[test]
fn a_scale_names_each_level_once_and_runs_as_the_headings_say() {
    let scale = "# approved by: Risk committee, 2026-05-20\nfactor,level,words,low,high\nlikelihood,1,,1 in 50 years,1 in 10 years\n\
                 likelihood,5,,1 in 10 years,1 per year\nimpact,1,,1k,10k\nimpact,5,,10k,50k\n";
    let import = |scale: &str, csv: &str| {
        let options = Options { scale: Some(text("s.csv", scale)), ..crate::import::euros() };
        rosi::internal::import::import(&[text("a.csv", csv)], &options)
    };
    let register = |ends: &str| format!("ID;Risk;Probability ({ends});Impact ({ends})\n1;A;5;1\n2;B;1;5\n");
    for line in ["impact,5,,100k,500k\n", "likelihood,1,,1 in 9 years,1 in 2 years\n", "impact,5,5,10k,90k\n"] {
        let refusal = import(&format!("{scale}{line}"), &register("1-5")).unwrap_err();
        assert!(refusal.findings.iter().any(|fault| fault.code.as_str() == "I0203"), "{line}");
    }
    for ends in ["1=high,5=low", "1 = hoch, 5 = niedrig", "5: low / 1: high"] {
        let refusal = import(scale, &register(ends)).unwrap_err();
        let told: Vec<String> = refusal.findings.iter().map(ToString::to_string).collect();
        assert_eq!(told.iter().filter(|fault| fault.contains("the other way round")).count(), 2, "{told:#?}");
    }
    for ends in ["1=low,5=high", "1-5"] {
        assert!(import(scale, &register(ends)).is_ok(), "{ends}");
    }
}

#[test]
fn what_a_format_cannot_hold_is_told_when_a_case_is_handed_on() {
    use rosi::internal::import::export::{Format, export};
    let case = "schema = 1\ntitle = \"A\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"r\"\nname = \"R\"\nfrequency = \"1 per year\"\n\
                loss.response = \"5k\"\n[[control]]\nid = \"mfa\"\nname = \"MFA\"\n[control.cost]\nyearly = [\"1k\", \"2k\"]\n\
                people = { time = \"2 hours per week\", rate = \"50 per hour\" }\n[[control.effect]]\nrisk = \"r\"\non = \"frequency\"\n\
                reduction = \"50%\"\n[[plan]]\nid = \"p\"\nname = \"P\"\ncontrols = [\"mfa\"]\n";
    let parsed =
        rosi::internal::scenario::parse(&rosi::internal::scenario::Source::new("a.toml", case)).unwrap().scenario;
    for (format, lost) in [
        (Format::Csv, &["the cost of later years of MFA", "the options, which measures make P"][..]),
        (Format::Nist, &["the effects of MFA", "time of people", "the yearly cost of MFA", "make P"]),
        (Format::Crml, &["everything, effects and cost, of MFA", "make P"]),
    ] {
        let told: Vec<String> = export(&parsed, format).1.iter().map(ToString::to_string).collect();
        let found = told.iter().filter(|told| told.contains("not handed on")).count();
        assert!(
            found == lost.len() && lost.iter().all(|lost| told.iter().any(|told| told.contains(lost))),
            "{told:#?}"
        );
    }
}
