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
        (Language::English, None) => format!("End of {control}"),
        (Language::German, Some(factor)) => format!("Wirkung des Endes von „{control}“ ({factor})"),
        (Language::German, None) => format!("Ende von {control}"),
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
    }
}
