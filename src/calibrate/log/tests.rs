use super::*;
use crate::units::Voice;

fn read(text: &str) -> Result<Log, Vec<Diagnostic>> {
    Log::read("log.csv", text.as_bytes(), &Columns::default())
}

fn days_of(log: &Log) -> Vec<String> {
    log.events.iter().filter_map(|event| event.opened).map(|at| at.at.date().to_string()).collect()
}

#[test]
fn the_days_of_a_log_tell_what_stands_first_and_that_is_said() {
    let log = read("date,cost\n03/04/2023,1\n25/06/2023,2\n").unwrap();
    assert_eq!(days_of(&log), ["2023-04-03", "2023-06-25"]);
    assert!(
        log.told[0].said(Voice::default()).contains("03/04/2023 are read with the day first, as 25/06/2023 shows"),
        "{:?}",
        log.told
    );
    // A column beside it tells too, and one that contradicts leaves both readings.
    let log = read("date,closed\n03/04/2023 10:00,6/25/2023 11:00\n").unwrap();
    assert_eq!(days_of(&log), ["2023-03-04"]);
    for open in ["date\n03/04/2023\n", "date,closed\n03/04/2023,25/06/2023\n6/25/2023,\n"] {
        let faults = read(open).unwrap_err();
        assert!(faults[0].help[0].contains("--dates 31/12/2026"), "{faults:?}");
    }
    let columns = Columns { dates: Some(DayOrder::MonthFirst), ..Columns::default() };
    let log = Log::read("log.csv", b"date\n03/04/2023\n", &columns).unwrap();
    assert_eq!((days_of(&log), log.told.len()), (vec!["2023-03-04".to_owned()], 0));
}

#[test]
fn a_log_may_have_titles_and_says_where_one_incident_has_several_lines() {
    let log =
        read("Incidents of 2023\n\nID,Date,Cost\nA,2023-01-02,5\nB,2023-01-03,5\nC,2023-01-04,5\nA,2023-01-02,7\n");
    let log = log.unwrap();
    assert_eq!((log.events.len(), log.events[0].place.to_string().as_str()), (4, "log.csv, line 4"));
    assert!(log.told[0].said(Voice::default()).contains("\"A\" stands in lines 4, 7."), "{:?}", log.told);
    let kinds = read("incident,date\nphishing,2023-01-02\nphishing,2023-01-03\nfraud,2023-02-02\nfraud,2023-02-03\n");
    assert!(kinds.unwrap().told.is_empty());
}

#[test]
fn of_two_columns_with_amounts_none_is_taken_for_the_other() {
    for heads in ["date,cost,cost", "date,Loss,Impact"] {
        let faults = read(&format!("{heads}\n2023-01-02,5,7\n")).unwrap_err();
        assert!(faults[0].message.contains("several columns"), "{faults:?}");
    }
    let columns = Columns { amount: Some("Impact".to_owned()), ..Columns::default() };
    let log = Log::read("log.csv", b"date,Loss,Impact\n2023-01-02,5,7\n", &columns).unwrap();
    assert_eq!(log.events[0].amount, Amount::Known(Observation::Exact(7.0)));
    let twice = Columns { amount: Some("cost".to_owned()), ..Columns::default() };
    assert!(Log::read("log.csv", b"date,cost,cost\n2023-01-02,5,7\n", &twice).is_err());
    let total = read("date,cost,total cost\n2023-01-02,5,7\n").unwrap();
    assert_eq!(total.events[0].amount, Amount::Known(Observation::Exact(7.0)));
}

#[test]
fn what_would_count_twice_or_in_another_unit_is_a_fault() {
    let told = |name: &str, text: &str| {
        let found = Log::read(name, text.as_bytes(), &Columns::default()).unwrap_err();
        found.iter().map(|fault| fault.message.clone()).collect::<String>()
    };
    assert!(told("a.csv", "date,outage\n2023-01-02,45m\n").contains("no number of hours"));
    assert!(told("a.csv", "date,outage,unit\n2023-01-02,45,min\n").contains("counts in \"min\""));
    assert!(read("date,outage,unit\n2023-01-02,45,hours\n").is_ok());
    let report = |kind: &str| {
        format!(
            r#"{{"incidentSubmission": "{kind}", "incident": {{"financialEntityCode": "INC-1", "detectionDateTime": "2026-03-04T06:12:00Z"}}}}"#
        )
    };
    let both = format!("[{}, {}]", report("initial_notification"), report("final_report"));
    assert!(told("a.json", &both).contains("would count twice"));
    let [one, other] = ["initial_notification", "final_report"]
        .map(|kind| Log::read(&format!("{kind}.json"), report(kind).as_bytes(), &Columns::default()).unwrap());
    assert!(Log::joined(vec![one.clone(), other]).is_err() && Log::joined(vec![one]).is_ok());
    let none =
        r#"{"incident_id": "A", "security_incident": "False positive", "timeline": {"incident": {"year": 2025}}}"#;
    assert!(told("a.json", none).contains("is no incident"));
}

#[test]
fn a_row_stands_for_several_events_only_where_they_are_counted() {
    let text = b"date,category,count,cost\n2023-01-02,fraud,3,\n2023-05-02,fraud,1,500\n2024-02-02,fraud,,700\n";
    let read = |asked| Log::read("log.csv", text, &Columns { asked, ..Columns::default() });
    let log = read(Wanted::Counts).unwrap();
    assert_eq!(days_of(&log), ["2023-01-02", "2023-01-02", "2023-01-02", "2023-05-02", "2024-02-02"]);
    assert_eq!(
        log.told[0].said(Voice::default()),
        "log.csv: 1 row stands for several events of its day: 5 events are counted in all."
    );
    // One amount, or one length, of three events is nobody's.
    for asked in [Wanted::All, Wanted::Lengths] {
        let faults = read(asked).unwrap_err();
        assert!(faults[0].message.contains("line 2: the row stands for 3 events"), "{faults:?}");
    }
    for (count, cure) in
        [("0", "take the row out"), ("2.5", "a whole number"), ("-2", "a whole number"), ("3 %", "a whole")]
    {
        let text = format!("date,count\n2023-01-02,{count}\n");
        let columns = Columns { asked: Wanted::Counts, ..Columns::default() };
        let faults = Log::read("log.csv", text.as_bytes(), &columns).unwrap_err();
        assert!(faults[0].help[0].contains(cure), "{count}: {faults:?}");
    }
    let columns = Columns { asked: Wanted::Counts, ..Columns::default() };
    let faults = Log::read("log.csv", b"date,count\n2023-01-02,2000000\n", &columns).unwrap_err();
    assert!(faults[0].message.contains("holds more than 1000000"), "{faults:?}");
}

#[test]
fn a_day_or_an_amount_of_a_report_that_cannot_be_read_is_a_fault_with_its_key() {
    let report = |key: &str, value: &str| {
        format!(
            r#"{{"incident": {{"financialEntityCode": "INC-1", "detectionDateTime": "2026-03-04T06:12:00Z", "{key}": {value}}}}}"#
        )
    };
    let read = |text: &str| Log::read("r.json", text.as_bytes(), &Columns::default());
    for (key, value, told) in [
        ("incidentOccurrenceDateTime", "\"2026-02-30T06:00:00Z\"", "no day of the calendar"),
        ("incidentOccurrenceDateTime", "\"3/4/2026\"", "two ways"),
        ("incidentResolutionDateTime", "20260304", "is no day"),
        ("grossAmountIndirectDirectCosts", "\"12.000\"", "is no amount"),
        ("financialRecoveriesAmount", "-5", "is no amount"),
    ] {
        let faults = read(&report(key, value)).unwrap_err();
        assert!(
            faults[0].message.contains(told) && faults[0].message.contains(&format!("`incident.{key}`")),
            "{faults:?}"
        );
    }
    assert!(read(&report("incidentOccurrenceDateTime", "null")).is_ok());
    let downtime = r#"{"incident": {"detectionDateTime": "2026-03-04T06:12:00Z"}, "impactAssessment": {"serviceImpact": {"serviceDowntime": "a day"}}}"#;
    assert!(read(downtime).unwrap_err()[0].message.contains("serviceDowntime"));
}
