//! The gate, and two versions of a case beside each other, in German.

use super::super::{compared, gate, translation};

translation!(
    GERMAN,
    gate::Gate {
        met: "Bestanden: {count} von {count} Prüfungen.",
        not_met: "Nicht bestanden: {checks}.",
        checks: "Die Prüfungen",
        check: "Prüfung",
        found: "Gefunden",
        allowed: "Erlaubt",
        holds: "eingehalten",
        fails: "NICHT ERFÜLLT",
        today: "heute",
        not_known: "nicht bekannt",
        too_close: "{chance}, zu knapp für ein Urteil",
        at_most: "höchstens {chance}",
        none: "keine",
        and_more: "{names} und {count} weitere",
        no_source: "Annahmen ohne Quelle",
        examples: "Annahmen, die Beispielwerte sind",
        old: "Annahmen von vor dem {day} oder ohne Datum",
    }
);

translation!(
    GERMAN,
    compared::Compared {
        whole: "Den neuen Fall als Ganzes ansehen: {command}",
        today: "Heute",
        value: "Kapitalwert",
        cost: "Kosten als Barwert",
        average: "mittlerer Jahresschaden",
        bad_year: "schlechtes Jahr (1 von 20)",
        figure_of: "{whose}: {what}",
        stays: "Die Empfehlung bleibt: {plan}.",
        changes: "Die Empfehlung wechselt von {old} zu {new}.",
        nothing: "Nichts ist anders, wovon die Zahlen abhängen.",
        limit_changed: "Vereinbarte Grenze {name}: {loss} in einem Jahr, Wahrscheinlichkeit höchstens {chance}; zuvor {loss_before} und {chance_before}.",
        limit_new: "Vereinbarte Grenze {name} ist neu: {loss} in einem Jahr, Wahrscheinlichkeit höchstens {chance}.",
        limit_gone: "Vereinbarte Grenze {name} gibt es nicht mehr: {loss} in einem Jahr, Wahrscheinlichkeit höchstens {chance}.",
        one_entry: "1 Eintrag der Datei ist geändert; {moved} von {all} Hauptzahlen haben sich bewegt.",
        entries: "{count} Einträge der Datei sind geändert; {moved} von {all} Hauptzahlen haben sich bewegt.",
        moved: "{figure}: vorher {before}, jetzt {after}",
        most: "; das meiste davon durch {inputs} ({effect})",
        new: "neu",
        gone: "nicht mehr da",
        no_change: "keine Änderung",
        figure: "Kennzahl",
        before: "Vorher",
        now: "Jetzt",
        change: "Änderung",
        noise: "Keine Änderung: Der Unterschied liegt innerhalb des Simulationsfehlers.",
        then_and_now: "Die Zahlen damals und jetzt",
        absent: "fehlt",
        taken_out: "entfernt",
        all_changes: "Alle Änderungen",
        input: "Eingabe",
        one_without: "1 weiterer Eintrag ist geändert, ohne eine Hauptzahl zu bewegen.",
        without: "{count} weitere Einträge sind geändert, ohne eine Hauptzahl zu bewegen.",
        what_moved: "Was sie bewegt hat",
        what_moved_lead: "Die Änderungen geschehen nacheinander in der Reihenfolge der neuen Datei, das Entfernte zuletzt; jede Zeile sagt, was ihre Änderung dann bewirkt, sodass die Zeilen zusammen die Summe ergeben. In anderer Reihenfolge können die Teile andere sein, die Summe nicht. Alle Stufen erleben dieselben zufälligen Ereignisse.",
    }
);
