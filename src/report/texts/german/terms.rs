//! Limits, policies and assumptions of the whole case in German: what each is called, what it means, how one is
//! written. In English the grammar says it.

/// A setting by its key without the name of the limit or policy: its name, its meaning, an example.
pub(in crate::report) fn term(key: &str) -> Option<[&'static str; 3]> {
    Some(match key {
        "appetite.loss" => ["Jahresschaden", "Der Schaden eines Jahres.", "2,5 Mio."],
        "appetite.chance" => [
            "Wahrscheinlichkeit",
            "Die Wahrscheinlichkeit eines schlechteren Jahres, die noch vereinbart ist.",
            "1 von 20",
        ],
        "insurance.premium" => ["Prämie", "Was der Vertrag im Jahr kostet.", "90 Tsd."],
        "insurance.retention" => ["Selbstbehalt", "Was der Versicherte von jedem Ereignis selbst trägt.", "100 Tsd."],
        "insurance.limit" => {
            ["Deckungssumme je Ereignis", "Höchste Zahlung je Ereignis, über dem Selbstbehalt.", "2 Mio."]
        }
        "insurance.annual_retention" => [
            "Jahresselbstbehalt",
            "Was der Versicherte in einem Jahr selbst trägt, bevor der Vertrag zahlt.",
            "250 Tsd.",
        ],
        "insurance.annual_limit" => [
            "Jahreshöchstleistung",
            "Höchste Zahlung in einem Jahr, über dem Jahresselbstbehalt und vor der Selbstbeteiligung.",
            "4 Mio.",
        ],
        "insurance.coinsurance" => [
            "Selbstbeteiligung",
            "Der Anteil des Versicherten an dem, was nach allen anderen Bedingungen bleibt.",
            "10 %",
        ],
        "insurance.waiting" => [
            "Wartezeit",
            "So lange dauert ein Ausfall, bevor er zählt. Nur Wirkungen auf `outage` verkürzen den Ausfall, der hier gilt.",
            "12 Stunden",
        ],
        "insurance.sublimits.productivity" => {
            ["Sublimit Produktivität", "Für entgangene Arbeit und Umsätze, den Ausfall eingeschlossen.", "1 Mio."]
        }
        "insurance.sublimits.response" => ["Sublimit Bewältigung", "Für die Bewältigung des Ereignisses.", "200 Tsd."],
        "insurance.sublimits.replacement" => ["Sublimit Ersatz", "Für den Ersatz des Verlorenen.", "300 Tsd."],
        "insurance.sublimits.competitive_advantage" => {
            ["Sublimit Wettbewerbsvorteil", "Für verlorenen Vorsprung gegenüber Wettbewerbern.", "100 Tsd."]
        }
        "insurance.sublimits.fines" => {
            ["Sublimit Bußgelder und Urteile", "Für Bußgelder, Urteile und Vertragsstrafen.", "250 Tsd."]
        }
        "insurance.sublimits.reputation" => ["Sublimit Ansehen", "Für verlorenes Vertrauen.", "500 Tsd."],
        "assumptions.horizon" => {
            ["Betrachtungszeitraum", "So weit wird vorausgesehen: ganze Jahre, 1 bis 50.", "3 Jahre"]
        }
        "assumptions.discount_rate" => ["Kalkulationszins", "Um so viel ist Geld ein Jahr später weniger wert.", "8 %"],
        "assumptions.growth.losses" => ["Wachstum der Schäden", "Wachstum dessen, was ein Ereignis kostet.", "2 %"],
        "assumptions.growth.rates" => {
            ["Wachstum der Häufigkeiten", "Wachstum dessen, wie oft Ereignisse eintreten.", "5 %"]
        }
        "assumptions.growth.costs" => ["Wachstum der Kosten", "Wachstum dessen, was Maßnahmen kosten.", "3 %"],
        "assumptions.tax_rate" => {
            ["Steuersatz", "Mit einem Steuersatz gelten vermiedener Schaden und Kosten nach Steuern.", "25 %"]
        }
        "assumptions.depreciation" => [
            "Abschreibung",
            "Wie Anschaffungen abgeschrieben werden; ohne Angabe sind sie Aufwand ihres Jahres.",
            "straight-line",
        ],
        "assumptions.depreciation_years" => ["Abschreibungsdauer", "Über so viele Jahre wird abgeschrieben.", "3"],
        "assumptions.depreciation_rate" => [
            "Abschreibungssatz",
            "Dieser Teil des Restbuchwerts wird jedes Jahr abgeschrieben; nur bei geometrisch-degressiver Abschreibung.",
            "40 %",
        ],
        "assumptions.depreciation_to" => [
            "Abschreibung bis auf",
            "Was in den Büchern bleibt: nichts (auch ohne Angabe) oder der Verkaufserlös der Maßnahme.",
            "salvage",
        ],
        "assumptions.end_value" => [
            "Restwert",
            "Ob zählt, was am Ende des Zeitraums von der Nutzungsdauer übrig ist: nicht (auch ohne Angabe) oder gleichmäßig nach den Jahren, die noch kommen.",
            "straight-line",
        ],
        "assumptions.timing" => [
            "Zeitpunkt der Zahlungen",
            "Wann in einem Jahr seine Zahlungen anfallen: an seinem Ende oder in seiner Mitte.",
            "year-end",
        ],
        "assumptions.working_days" => ["Arbeitstage", "Arbeitstage im Jahr.", "220"],
        "assumptions.seed" => ["Startwert", "Benennt die Zufallszahlen: gleicher Startwert, gleiche Zahlen.", "1"],
        _ => return None,
    })
}

/// One of the words that a setting can be.
pub(in crate::report) fn choice(word: &str) -> Option<&'static str> {
    Some(match word {
        "straight-line" => "linear",
        "sum-of-digits" => "digital",
        "declining" => "geometrisch-degressiv",
        "macrs" => "MACRS (USA)",
        "zero" => "null",
        "salvage" => "Verkaufserlös",
        "none" => "zählt nicht",
        "year-end" => "Jahresende",
        "mid-year" => "Jahresmitte",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Source;
    use crate::scenario::edit::settings;

    #[test]
    fn every_limit_policy_and_assumption_has_its_german_words() {
        let text = "schema = 1\ntitle = \"T\"\ncurrency = \"EUR\"\n[[appetite]]\nname = \"a.b\"\nloss = \"1M\"\n\
                    [[insurance]]\nid = \"i\"\nname = \"Policy\"\npremium = \"1k\"\n";
        let all = settings(&Source::new("case.toml", text));
        assert!(all.len() > 25, "{}", all.len());
        for setting in all {
            let own = if setting.id.is_empty() { String::new() } else { format!(".{}", setting.id) };
            let key = setting.key.replacen(&format!("{}{own}", setting.part), setting.part, 1);
            let [label, about, _] = term(&key).unwrap_or_else(|| panic!("{key}"));
            assert!(label != about && about.ends_with('.') && about != setting.doc, "{key}");
            assert!(setting.words.iter().all(|word| choice(word).is_some()), "{:?}", setting.words);
        }
    }
}
