//! What is an assumption called in the language of its readers?
//!
//! An assumption is named after what it belongs to and its key: "Ransomware: frequency". The keys of a file are English
//! words; other languages have theirs here.

use super::Form;
use crate::units::Language;

/// A key in words: "per day" of `per_day`, "Kosten am Tag" in German.
pub(crate) fn of_key(language: Language, key: &str) -> String {
    match language {
        Language::English => key.replace(['_', '.'], " "),
        Language::German => {
            let words: Vec<String> =
                key.split('.').map(|part| german(part).map_or_else(|| part.replace('_', " "), str::to_owned)).collect();
            words.join(" ")
        }
    }
}

/// What an assumption is at its place in a file: "own staff: hours a year" of `cost.people.time`. Where the place says no
/// more than the key, the key in words.
pub(crate) fn at_path(language: Language, path: &str, key: &str) -> String {
    let (first, place) = key.split_once('.').map_or((key, None), |(first, place)| (first, Some(place)));
    let before = path.strip_suffix(key).unwrap_or_default().trim_end_matches('.');
    let parent = before.rsplit('.').next().unwrap_or_default();
    let within = before.strip_suffix(parent).unwrap_or_default().trim_end_matches('.').rsplit('.').next();
    let [english, german] = match (within.unwrap_or_default(), parent, first) {
        ("cost", "people", "time") => ["own staff: hours a year", "eigenes Personal: Stunden im Jahr"],
        ("cost", "people", "rate") => ["own staff: hourly rate", "eigenes Personal: Stundensatz"],
        ("cost", "friction", "time") => ["hours lost per user and year", "verlorene Stunden je Anwender im Jahr"],
        ("cost", "friction", "rate") => ["users: hourly rate", "Anwender: Stundensatz"],
        ("saves", "people", "time") => ["own staff: hours saved a year", "eigenes Personal: ersparte Stunden im Jahr"],
        ("saves", "people", "rate") => {
            ["own staff: hourly rate of time saved", "eigenes Personal: Stundensatz der ersparten Zeit"]
        }
        ("saves", "users", "time") => ["hours saved per user and year", "ersparte Stunden je Anwender im Jahr"],
        ("saves", "users", "rate") => ["users: hourly rate of time saved", "Anwender: Stundensatz der ersparten Zeit"],
        (_, "cost", "initial") => ["one-off cost", "einmalige Kosten"],
        (_, "cost", "yearly") => ["running cost a year", "laufende Kosten im Jahr"],
        (_, "cost", "quarterly") => ["running cost a quarter", "laufende Kosten im Quartal"],
        (_, "cost", "retired") => ["spending that ends", "wegfallende Ausgaben"],
        (_, "asset", "value") => ["value of the asset", "Wert des Gutes"],
        (_, "asset", "exposure") => ["share of the asset that is lost", "verlorener Anteil des Gutes"],
        (_, "outage", "duration") => ["length of the outage", "Dauer des Ausfalls"],
        (_, "outage", "share") => ["share of the value stream that stops", "ausgefallener Teil des Wertstroms"],
        (_, "secondary", "chance") => ["chance of secondary loss", "Wahrscheinlichkeit von Folgeschäden"],
        (_, "dwell", "time") => ["time to containment", "Zeit bis zur Eindämmung"],
        (_, "dwell", "per_day") => ["cost per day until containment", "Kosten am Tag bis zur Eindämmung"],
        (_, "then", "loss") => ["loss of the next stage", "Schaden der nächsten Stufe"],
        _ => return of_key(language, key),
    };
    let said = match language {
        Language::English => english,
        Language::German => german,
    };
    place.map_or_else(|| said.to_owned(), |place| format!("{said} ({place})"))
}

/// The chance that an event of a risk brings one of another.
pub(crate) fn of_chain(language: Language, risk: &str, other: &str) -> String {
    match language {
        Language::English => format!("{risk}: chance that it leads to ‘{other}’"),
        Language::German => format!("{risk}: Wahrscheinlichkeit von ‚{other}‘ als Folge"),
    }
}

/// One part of a key in German.
fn german(key: &str) -> Option<&'static str> {
    Some(match key {
        "action" => "Wahrscheinlichkeit eines Angriffs",
        "acts" => "Wahrscheinlichkeit, dass die Behörde handelt",
        "audits" => "Prüfungen",
        "capability" => "Fähigkeit",
        "chance" => "Wahrscheinlichkeit",
        "contacts" => "Kontakte",
        "coverage" => "Abdeckung",
        "duration" => "Dauer",
        "each" => "je Stück",
        "events" => "Versuche",
        "exposure" => "betroffener Anteil",
        "fine" => "Bußgeld",
        "fined" => "Wahrscheinlichkeit eines Bußgelds",
        "frequency" => "Häufigkeit",
        "initial" => "Anschaffung",
        "loss" => "Schaden",
        "margin" => "Marge",
        "monitoring" => "Überwachung",
        "notification" => "Benachrichtigung",
        "per_day" => "Kosten am Tag",
        "quantity" => "Menge",
        "rate" => "Stundensatz",
        "reduction" => "Minderung",
        "reliability" => "Zuverlässigkeit",
        "reported" => "Wahrscheinlichkeit einer Meldung",
        "resistance" => "Widerstand",
        "retired" => "wegfallende Ausgaben",
        "revenue" => "Umsatz",
        "salvage" => "Verkaufserlös",
        "share" => "Anteil",
        "standstill" => "Stillstand",
        "time" => "Zeit",
        "users" => "Anwender",
        "value" => "Wert",
        "vulnerability" => "Verwundbarkeit",
        "yearly" => "laufende Kosten",
        "becomes" => "neuer Wert",
        key => return Form::from_key(key).map(|form| form.name(Language::German)),
    })
}

/// The reduction of something by a control, or its new value, as far as it must be said of what.
pub(crate) fn of_effect(language: Language, factor: Option<&str>, is_new_value: bool) -> String {
    match (language, is_new_value, factor) {
        (Language::English, true, Some(factor)) => format!("new value of {factor}"),
        (Language::English, true, None) => "new value".to_owned(),
        (Language::English, false, Some(factor)) => format!("reduction of {factor}"),
        (Language::English, false, None) => "reduction".to_owned(),
        (Language::German, true, Some(factor)) => format!("neuer Wert ({factor})"),
        (Language::German, true, None) => "neuer Wert".to_owned(),
        (Language::German, false, Some(factor)) => format!("Minderung ({factor})"),
        (Language::German, false, None) => "Minderung".to_owned(),
    }
}

/// The option that a search found.
pub(crate) fn of_best_set(language: Language) -> &'static str {
    match language {
        Language::English => "Best set",
        Language::German => "Beste Auswahl",
    }
}

/// What an exchange rate is called.
pub(crate) fn of_exchange_rate(language: Language, one: &str, of: &str) -> String {
    match language {
        Language::English => format!("Exchange rate: one {one} in {of}"),
        Language::German => format!("Wechselkurs: 1 {one} in {of}"),
    }
}

/// What is called what a factor loses where a control ends, and the control's end itself.
pub(crate) fn of_ending(language: Language, control: &str, factor: Option<&str>) -> String {
    match (language, factor) {
        (Language::English, Some(factor)) => format!("What ending \"{control}\" takes off {factor}"),
        (Language::English, None) => format!("End of \"{control}\""),
        (Language::German, Some(factor)) => format!("Wirkung des Endes von „{control}“ ({factor})"),
        (Language::German, None) => format!("Ende von „{control}“"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_said_in_words_and_a_place_in_a_list_stays_a_number() {
        assert_eq!(of_key(Language::English, "cost.per_day"), "cost per day");
        assert_eq!(of_key(Language::German, "per_day"), "Kosten am Tag");
        assert_eq!(of_key(Language::German, "yearly.2"), "laufende Kosten 2");
        let said = |path, key| at_path(Language::English, path, key);
        assert_eq!(said("control.mfa.cost.people.time", "time"), "own staff: hours a year");
        assert_eq!(said("control.mfa.cost.friction.rate", "rate"), "users: hourly rate");
        assert_eq!(said("control.sso.saves.users.time", "time"), "hours saved per user and year");
        assert_eq!(said("control.mfa.cost.yearly.2", "yearly.2"), "running cost a year (2)");
        assert_eq!(said("risk.laptop.frequency", "frequency"), "frequency");
    }
}
