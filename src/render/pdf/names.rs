//! What stands for a letter that no face has?
//!
//! A box says nothing. A symbol is named in brackets, "\[fire\]", as people would read it aloud; any other letter by its
//! number, "[U+6771]", so that two names that differ in it still differ. What only joins or colours symbols is left out.

use crate::units::Language;

/// Symbols that people put into names, in English and in German.
const NAMES: [(char, &str, &str); 60] = [
    ('☁', "cloud", "Wolke"),
    ('☎', "telephone", "Telefon"),
    ('☑', "ticked", "angekreuzt"),
    ('☠', "skull", "Totenkopf"),
    ('☢', "radioactive", "radioaktiv"),
    ('☣', "biohazard", "Biogefahr"),
    ('⚙', "gear", "Zahnrad"),
    ('⚠', "warning", "Warnung"),
    ('⚡', "lightning", "Blitz"),
    ('⛔', "no entry", "verboten"),
    ('✅', "tick", "Haken"),
    ('✈', "aeroplane", "Flugzeug"),
    ('✉', "letter", "Brief"),
    ('✔', "tick", "Haken"),
    ('✖', "cross", "Kreuz"),
    ('❌', "cross", "Kreuz"),
    ('❓', "question mark", "Fragezeichen"),
    ('❗', "exclamation mark", "Ausrufezeichen"),
    ('❤', "heart", "Herz"),
    ('⭐', "star", "Stern"),
    ('🌊', "wave", "Welle"),
    ('🌍', "globe", "Globus"),
    ('🌐', "globe", "Globus"),
    ('🎣', "fishing rod", "Angel"),
    ('🎯', "target", "Zielscheibe"),
    ('🏆', "trophy", "Pokal"),
    ('🏠', "house", "Haus"),
    ('🏢', "office building", "Bürogebäude"),
    ('🏥', "hospital", "Krankenhaus"),
    ('🏦', "bank", "Bank"),
    ('🏭', "factory", "Fabrik"),
    ('🐛', "bug", "Käfer"),
    ('👍', "thumbs up", "Daumen hoch"),
    ('👤', "person", "Person"),
    ('👥', "people", "Personen"),
    ('💀', "skull", "Totenkopf"),
    ('💡', "light bulb", "Glühbirne"),
    ('💣', "bomb", "Bombe"),
    ('💥', "explosion", "Explosion"),
    ('💰', "money bag", "Geldsack"),
    ('💳', "credit card", "Kreditkarte"),
    ('💻', "laptop", "Laptop"),
    ('💾', "disk", "Diskette"),
    ('📈', "rising chart", "steigende Kurve"),
    ('📉', "falling chart", "fallende Kurve"),
    ('📊', "bar chart", "Balkendiagramm"),
    ('📦', "parcel", "Paket"),
    ('📧', "email", "E-Mail"),
    ('📱', "mobile phone", "Mobiltelefon"),
    ('🔌', "plug", "Stecker"),
    ('🔐', "locked with key", "verschlossen"),
    ('🔑', "key", "Schlüssel"),
    ('🔒', "padlock", "Schloss"),
    ('🔓', "open padlock", "offenes Schloss"),
    ('🔥', "fire", "Feuer"),
    ('🚀', "rocket", "Rakete"),
    ('🚨', "alarm", "Alarm"),
    ('🚫', "prohibited", "verboten"),
    ('🛒', "shopping trolley", "Einkaufswagen"),
    ('🛡', "shield", "Schild"),
];

/// What is written in the place of a letter that no face has.
pub(super) fn instead(letter: char, language: Language) -> String {
    let joins = matches!(letter, '\u{200C}'..='\u{200D}' | '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}');
    if joins {
        return String::new();
    }
    match NAMES.iter().find(|(symbol, ..)| *symbol == letter) {
        Some((_, name, german)) => format!("[{}]", if language == Language::German { german } else { name }),
        None => format!("[U+{:04X}]", u32::from(letter)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_symbol_has_a_name_a_letter_its_number_and_what_joins_nothing() {
        let said = |letter| instead(letter, Language::English);
        assert_eq!(
            ["[fire]", "[U+6771]", ""],
            [said('🔥'), said('東'), said('\u{FE0F}')].each_ref().map(String::as_str)
        );
        assert_eq!(instead('🔥', Language::German), "[Feuer]");
    }

    #[test]
    fn every_symbol_has_one_name() {
        let known = |place: usize| NAMES[..place].iter().any(|(symbol, ..)| *symbol == NAMES[place].0);
        assert!(!(0..NAMES.len()).any(known));
    }
}
