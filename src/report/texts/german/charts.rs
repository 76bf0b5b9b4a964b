//! What several charts say in German.

use super::super::{charts, translation};

translation!(
    GERMAN,
    charts::Charts {
        sorted: "Wahrscheinlichkeit, mehr als {loss} zu verlieren, vereinbart {agreed}: {options}.",
        average_year: "Durchschnittsjahr",
        bad_year_in_20: "Schlechtes Jahr, 1 von 20",
        very_bad_year_in_100: "Sehr schlechtes Jahr, 1 von 100",
        option: "Option",
        three_years: "Durchschnitt (Kreis), schlechtes Jahr, 1 von 20 (Quadrat), sehr schlechtes, 1 von 100 (Raute), {currency}",
        agreed: "{loss}, höchstens {chance}",
        year: "Jahr",
        from: "Von",
        to: "Bis",
        loss_in_year: "Schaden in einem Jahr, {currency}",
        average_loss: "Mittlerer Jahresschaden",
        start_today: "Heute",
        risk: "Risiko",
        average_loss_in: "Mittlerer Jahresschaden, {currency}",
        other_risks: "{count} weitere Risiken",
        today: "heute",
        start_with_plan: "Mit {plan}",
        within: "{option} beträgt die Wahrscheinlichkeit, mehr als {loss} zu verlieren, {chance}: eingehalten, vereinbart ist {agreed}.",
        too_close: "{option} beträgt die Wahrscheinlichkeit, mehr als {loss} zu verlieren, {chance}: zu knapp für ein Urteil, vereinbart ist {agreed}.",
        over: "{option} beträgt die Wahrscheinlichkeit, mehr als {loss} zu verlieren, {chance}: überschritten, vereinbart ist {agreed}.",
        sorted_today: "heute ({chance})",
        sorted_plan: "{plan} ({chance})",
        sorted_within: "eingehalten: {options}",
        sorted_over: "überschritten: {options}",
        sorted_close: "zu knapp für ein Urteil: {options}",
        more_than: "Mehr als {loss} ({limit}, {chance})",
        and: "{most} und {last}",
        average: "Durchschnitt",
        bad_year: "schlechtes Jahr",
        in_20: "1 von 20",
        very_bad_year: "sehr schlechtes Jahr",
        in_100: "1 von 100",
        with_plan: "mit {plan}",
        examples: "{count} von {all} Annahmen sind Beispielwerte.",
    }
);
