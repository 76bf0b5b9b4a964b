//! Several people's ranges as one, in German.

use super::super::{experts, translation};

translation!(
    GERMAN,
    experts::Experts {
        a_year: "{rate} im Jahr",
        one_hour: "{count} Stunde",
        hours: "{count} Stunden",
        linear: "linear zusammengefasst",
        logarithmic: "logarithmisch zusammengefasst",
        quantiles: "Mittel der Quantile",
        cooke: "linear zusammengefasst mit Gewichten nach Cooke",
        range: "{person}: {low} bis {high}",
        pool: "{pool}: {low} bis {high}, Mitte {middle}",
        pool_taken: "{pool}: {low} bis {high}, Mitte {middle} (gewählt)",
        quiz: "{person}: {hits} von {asked} Antworten im Quiz lagen in der Spanne, 90 % sollten es sein; von den nächsten Spannen treffen voraussichtlich {share}.",
        quiz_narrow: "{person}: {hits} von {asked} Antworten im Quiz lagen in der Spanne, 90 % sollten es sein; von den nächsten Spannen treffen voraussichtlich {share} (Wahrscheinlichkeit so weniger bei richtigen Spannen: {chance}): zu eng.",
        score: "{person}: Kalibrierung {calibration}, Information {information}, Gewicht {weight}",
        no_weights_one: "Gewichte nach Cooke brauchen {least} Testfragen mit bekannter Antwort, auf die alle mit unterem Wert, Mitte und oberem Wert geantwortet haben; es gibt 1. Alle wiegen gleich viel.",
        no_weights: "Gewichte nach Cooke brauchen {least} Testfragen mit bekannter Antwort, auf die alle mit unterem Wert, Mitte und oberem Wert geantwortet haben; es gibt {count}. Alle wiegen gleich viel.",
        without_middle_one: "Bei 1 Antwort im Quiz fehlt die Mitte: Fragen Sie nach den Punkten bei 5, 50 und 95 %.",
        without_middle: "Bei {count} Antworten im Quiz fehlt die Mitte: Fragen Sie nach den Punkten bei 5, 50 und 95 %.",
        truth_of_nothing: "Eine Frage mit der Antwort 0 hat auf einer logarithmischen Skala keinen Platz: Sie zählt bei den Treffern, nicht bei den Gewichten nach Cooke.",
        by_its_ends: "Die Schätzung steht mit ihren Enden da, weil keine Kurve durch die Mitte denselben Mittelwert hat: Ihre Mitte ist dann {middle} statt {found}.",
        one_person: "Eine Person ist kein Gremium: Fragen Sie eine zweite, bevor es die Geschäftsführung tut.",
        apart: "{lower} endet bei {end}, {upper} beginnt erst bei {begin}: Beide meinen Verschiedenes oder wissen Verschiedenes. Fragen Sie nach den Gründen, bevor Sie die Spannen zusammenfassen.",
        rests_on_one: "1 Spanne ({people}); {pool}",
        rests_on: "{count} Spannen ({people}); {pool}",
        rests_on_one_question: "1 Spanne ({people}) zu {question}; {pool}",
        rests_on_question: "{count} Spannen ({people}) zu {question}; {pool}",
        room: "Schätzung in der Runde",
        found: "Was sich ergab",
        before_use: "Vor der Verwendung",
    }
);
