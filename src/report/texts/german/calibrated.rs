//! What data say, in German.

use super::super::{calibrated, translation};

translation!(
    GERMAN,
    calibrated::Calibrated {
        of_category: "{what} der Kategorie {category}",
        infinite: "unendlich",
        line: "{file}, Zeile {number}",
        record: "{file}, Datensatz {number}",
        written: "in {file} eingetragen bei {key}",
        drawn: "gezeichnet: {file}",
        day_first: "{file}: Tage wie {day} werden mit dem Tag zuerst gelesen, wie {witness} zeigt.",
        month_first: "{file}: Tage wie {day} werden mit dem Monat zuerst gelesen, wie {witness} zeigt.",
        repeated: "{file}: „{name}“ steht in den Zeilen {lines}. Jede Zeile zählt als eigenes Ereignis: Fassen Sie die Zeilen zusammen, wo es ein einziger Vorfall ist.",
        repeated_more: "{file}: „{name}“ steht in den Zeilen {lines} (weitere solche Namen: {count}). Jede Zeile zählt als eigenes Ereignis: Fassen Sie die Zeilen zusammen, wo es ein einziger Vorfall ist.",
        other_sheets: "{file}: Gelesen wurde das Blatt „{sheet}“, nicht {others}; `--sheet NAME` wählt ein anderes.",
        several_one: "{file}: 1 Zeile steht für mehrere Ereignisse ihres Tages; gezählt werden insgesamt {count} Ereignisse.",
        several: "{file}: {rows} Zeilen stehen für mehrere Ereignisse ihrer Tage; gezählt werden insgesamt {count} Ereignisse.",
        hidden_one: "{file}: 1 Zeile ist ausgeblendet; sie zählt wie die übrigen.",
        hidden: "{file}: {count} Zeilen sind ausgeblendet; sie zählen wie die übrigen.",
    }
);

translation!(
    GERMAN,
    calibrated::Frequency {
        average: "Durchschnitt {mean} im Jahr; in neun von zehn Fällen zwischen {low} und {high} im Jahr.",
        next_year: "Im nächsten Jahr tritt mit einer Wahrscheinlichkeit von {chance} mindestens ein Ereignis ein.",
        nothing: "Beobachtet über {years}, kein Ereignis: Ohne Vorwissen liegt die Häufigkeit mit 95 % Sicherheit unter {high} im Jahr.",
        counts_alone: "Die Zählung allein, ohne Vorwissen: {low} bis {high} im Jahr (exakt).",
        seen: "Nach Ihrer Angabe wurden {share} der Ereignisse bemerkt und erfasst: Gerechnet wird mit {counted} statt {years}.",
        begins: "Der Zeitraum beginnt am {day}, dem Tag des ersten Ereignisses. Eine Vorfallsliste, die mit einem Ereignis beginnt, lässt die ruhige Zeit davor aus, und die Häufigkeit fällt zu hoch aus: Geben Sie mit `--from` den Tag an, seit dem erfasst wird.",
        ends: "Der Zeitraum endet am {day}, dem Tag des letzten Ereignisses: Geben Sie mit `--to` den letzten Tag an, an dem ein Ereignis noch erfasst worden wäre.",
        clustered: "Die Anzahl je Jahr ({counts}) schwankt {ratio}-mal so stark, wie es der Zufall allein erwarten lässt (Wahrscheinlichkeit dafür: {chance}): Die Ereignisse häufen sich.",
        clustering: "Ereignisse treten gehäuft auf: Schlechte Jahre sind schlechter, der Durchschnitt bleibt gleich",
        even: "Anzahl je Jahr ({counts}): nicht ungleichmäßiger, als es der Zufall allein erwarten lässt (Wahrscheinlichkeit einer mindestens so starken Schwankung: {chance}).",
        prior: "Das Vorwissen ({low} bis {high} im Jahr) ließ {expected} Ereignisse erwarten, gezählt wurden {count} (Wahrscheinlichkeit einer mindestens so großen Abweichung: {chance}).",
        contradiction: "Vorwissen und Vorfallsliste widersprechen sich: Klären Sie, welche der beiden Angaben aus einer anderen Zeit stammt oder etwas anderes meint, bevor Sie sie verbinden.",
        rests_on: "{events} vom {from} bis zum {to} ({years}); Gammaverteilung mit {prior}",
        partly_seen: "{years}, davon {share} erfasst",
        jeffreys: "Jeffreys-Prior",
        stated_prior: "dem Vorwissen {low} bis {high} im Jahr",
    }
);

translation!(
    GERMAN,
    calibrated::Fitted {
        one_amount: "1 Betrag",
        amounts: "{count} Beträge",
        one_duration: "1 Zeitdauer",
        durations: "{count} Zeitdauern",
        outage: "{what} (Stillstand)",
        detection: "{what} (Beginn bis Entdeckung)",
        containment: "{what} (Beginn bis Eindämmung)",
        response: "{what} (Entdeckung bis Eindämmung)",
        lognormal: "Lognormalverteilung",
        gamma: "Gammaverteilung",
        pareto: "Paretoverteilung",
        average: "Durchschnitt {mean}; die Hälfte der Ereignisse liegt über {median}, eines von zwanzig über {high}.",
        doubt: "Der Durchschnitt kann um {doubt} nach oben oder unten abweichen, in neun von zehn Fällen nicht weiter: So steht es in `doubt`.",
        fits: "Die {family} passt (Wahrscheinlichkeit einer mindestens so großen Abweichung der Daten: {chance}). Akaike-Kriterium, kleiner ist besser: {criteria}.",
        fits_badly: "Die {family} passt schlecht (Wahrscheinlichkeit einer mindestens so großen Abweichung der Daten: {chance}). Akaike-Kriterium, kleiner ist besser: {criteria}.",
        data_for: "Die Daten sprechen für `--shape {family}`.",
        mixed: "Die Daten einer {family} lägen nur in {chance} der Fälle so weit daneben: Verlassen Sie sich nicht auf die seltenen großen Werte. Vielleicht sind zwei Arten von Ereignissen gemischt: Versuchen Sie es mit `--category`.",
        tail_index: "Tail-Index {low} bis {high} aus {count} Werten",
        any_value: "beliebig hoch",
        finite: "Die Daten lassen nur Verteilungen mit einem Durchschnitt zu ({index}).",
        cannot_tell_bound: "Aus den Daten allein ging nicht hervor, ob es einen Durchschnitt gibt ({index}); durch Ihre Obergrenze gibt es ihn.",
        cannot_tell_amount: "Aus den Daten geht nicht hervor, ob der Durchschnitt endlich oder unendlich ist ({index}; ab 1 gibt es keinen). Der Durchschnitt von {mean} beruht auf der gewählten Verteilung, nicht auf den Daten. Geben Sie an, was ein Ereignis höchstens kosten kann: `--at-most`.",
        cannot_tell_duration: "Aus den Daten geht nicht hervor, ob der Durchschnitt endlich oder unendlich ist ({index}; ab 1 gibt es keinen). Der Durchschnitt von {mean} beruht auf der gewählten Verteilung, nicht auf den Daten. Geben Sie an, wie lange ein Ereignis höchstens dauern kann: `--at-most`.",
        no_average: "Nach den Daten allein gibt es keinen Durchschnitt ({index}); durch Ihre Obergrenze gibt es ihn.",
        open: "{what}, davon {open} offen: Hier ist nur bekannt, dass der wahre Wert größer ist; so wird gerechnet.",
        above_only: "Die Schätzung gilt nur für Ereignisse über {threshold}; eine Häufigkeit aus derselben Vorfallsliste passt dazu.",
        below: "Die Schätzung gilt für alle Ereignisse; {below} davon liegen unter der Schwelle von {threshold} und wurden nie erfasst. Sie fehlen auch einer Häufigkeit aus derselben Vorfallsliste: Multiplizieren Sie den Anteil, den Sie von den erfassbaren Ereignissen bemerken, mit {factor} %. Bemerken Sie alle: `--seen {typed}%`; bemerken Sie 90 %: `--seen {of_ninety}%`.",
        few_gamma: "Bei wenigen Beträgen mit Schwelle und offenen Werten enthält die Spanne um den Durchschnitt einer Gammaverteilung den wahren in 86 % der Fälle, nicht in 90 %.",
        few: "{what} sind wenig: Lassen Sie auch Fachleute eine Spanne nennen und vergleichen Sie (`rosi calibrate experts`).",
        points_differ: "Die Verteilung unter der Obergrenze hat den Durchschnitt {mean}; die drei eingetragenen Punkte haben den Durchschnitt {written}.",
        recorded_from: "{what}, erfasst ab {threshold}",
        some_open: "{what}, davon {open} offen",
        rests_on: "{what}; {family} nach der Maximum-Likelihood-Methode",
        money_of: "{what}, zum Geldwert vom {day}",
        no_amount_one: "1 Ereignis ohne Betrag bleibt unberücksichtigt. Falls gerade kleine Schäden nicht erfasst werden, geben Sie das mit `--threshold` an.",
        no_amount: "{count} Ereignisse ohne Betrag bleiben unberücksichtigt. Falls gerade kleine Schäden nicht erfasst werden, geben Sie das mit `--threshold` an.",
        too_small_one: "1 Betrag unter der Schwelle zum heutigen Geldwert ({threshold}) bleibt unberücksichtigt.",
        too_small: "{count} Beträge unter der Schwelle zum heutigen Geldwert ({threshold}) bleiben unberücksichtigt.",
        net: "Erstattungen von {amount} sind abgezogen: Rechnen Sie sie im Fall nicht noch einmal als Versicherung an.",
        gross: "Die Beträge gelten vor Erstattungen ({amount} kamen zurück): Was Versicherer zahlen, gehört in `[[insurance]]`; `--net` zieht Erstattungen ab.",
        not_closed: "{place}: Der Vorfall ist nicht abgeschlossen, sein Betrag zählt als endgültig. Schreiben Sie `> …`, wenn er noch steigen kann.",
        several_years: "Die Beträge stammen aus mehreren Jahren und zählen, wie sie dastehen: `--inflation 3%` rechnet sie auf den heutigen Geldwert um.",
        inflation: "Die Beträge gelten zum Geldwert vom {day}, bei {inflation} Teuerung im Jahr.",
        currency: "Die Beträge gelten in {currency}.",
        no_length_one: "1 Ereignis mit unbekannter Dauer bleibt unberücksichtigt. Am längsten dauern oft gerade die Ereignisse ohne Ende: Schreiben Sie `never`, wo es noch andauert.",
        no_length: "{count} Ereignisse mit unbekannter Dauer bleiben unberücksichtigt. Am längsten dauern oft gerade die Ereignisse ohne Ende: Schreiben Sie `never`, wo es noch andauert.",
        not_ended_one: "1 Ereignis dauert noch an: Es zählt als länger als bis zum letzten Tag.",
        not_ended: "{count} Ereignisse dauern noch an: Sie zählen als länger als bis zum letzten Tag.",
    }
);

translation!(
    GERMAN,
    calibrated::Effect {
        ratio: "Davor {before} ({years_before}), danach {after} ({years_after}): das {ratio}-Fache der Häufigkeit; das exakte 90-%-Intervall reicht von {low} bis {high}.",
        fell: "Mit einer Wahrscheinlichkeit von {chance} ist die Häufigkeit überhaupt gesunken.",
        reduction: "Die Minderung beträgt im Durchschnitt {mean}, bei einer Standardabweichung von {spread}.",
        other_causes: "Die Zählung kann die Maßnahme nicht von anderem trennen, was sich geändert hat: Meldeverhalten, Personal, Angreifer, Größe des Geschäfts.",
        too_early: "Das Intervall enthält 1: Die Häufigkeit ist vielleicht gar nicht gesunken. Für ein Urteil ist es zu früh; die Minderung ist deshalb weit gespannt.",
        short: "Einer der beiden Zeiträume ist kürzer als ein Jahr: Jahreszeitliche Schwankungen gleichen sich darin nicht aus.",
        rests_on: "davor {events} ({years_before}), danach {after} ({years_after}); ein Anstieg zählt als keine Minderung",
    }
);
