//! The answer in German: the sentences of the first screen and of the first page.

use super::super::{answer, budgets, changed, front, live, prompt, ranges, run, translation};

translation!(
    GERMAN,
    answer::Answer {
        today: "Heute schätzen wir den Schaden eines durchschnittlichen Jahres auf {loss}",
        after_insurers: ", nach Zahlung der Versicherer",
        today_bad: ", den eines schlechten Jahres (1 von 20 ist schlechter) auf {bad}",
        from_one_risk: ", aus einem Risiko",
        from_risks: ", aus {count} Risiken",
        largest: "; {share} des Durchschnitts entfallen auf {risk}",
        recommended: "Wir empfehlen {plan}: Der durchschnittliche Schaden sinkt von {today} auf {left} im Jahr",
        recommended_bad: ", der Schaden eines schlechten Jahres auf {bad}",
        recommended_tiny: "Wir empfehlen {plan}: Der durchschnittliche Schaden von {today} im Jahr sinkt um {less}",
        recommended_worth: "Die Kosten betragen {cost} über {years}, der Kapitalwert beträgt {value}",
        recommended_cheaper: "Die Ausgaben liegen über {years} um {less} unter den heutigen, der Kapitalwert beträgt {value}",
        paid_after: "; die Amortisationsdauer beträgt im Mittel {time}",
        paid_at_once: "; im Mittel ist der Aufwand sofort wieder eingespielt",
        chance_of_paying: "Mit einer Wahrscheinlichkeit von {chance} ist der Aufwand nach Ablauf der Frist ({years}) wieder eingespielt",
        mainly_rare: ": Verhindert werden vor allem seltene, große Schäden",
        in_most_periods: ". In den meisten Zeiträumen dieser Länge ({years}) wird weniger verhindert, als es kostet; in 1 von 20 liegt der Wert über {most}",
        asked_other: "Die Datei beantragt {plan} mit einem Kapitalwert von {value}.",
        average_above_bad: ". Der Durchschnitt liegt über dem schlechten Jahr, weil wenige von hundert Jahren ein Vielfaches kosten",
        never_even: "{plan} kann die Kosten nicht einspielen, selbst wenn damit alle Schäden entfielen, auf die es wirkt.",
        break_even: "{plan} lohnt sich, solange damit mindestens {least} der betroffenen Schäden entfallen; wir schätzen {estimated}.",
        no_plan: "Noch steht keine Option zur Wahl: Hier steht nur, was heute verloren geht.",
        none_worth: "Wir empfehlen keine der Optionen: Keine ist ihre Kosten wert. Am nächsten kommt {plan} mit einem Verlust von {loss} als Barwert.",
        none_gains: "Wir empfehlen keine der Optionen: Keine ist mehr wert, als sie kostet. Am nächsten kommt {plan}, ohne Gewinn und ohne Verlust.",
        why_no_plan: "es gibt keinen Plan zum Vergleich",
        why_none: "kein Plan ist seine Kosten wert: Jeder Kapitalwert ist null oder kleiner",
        why_best: "„{plan}“ hat den höchsten Kapitalwert",
        why_not_ratio: "; „{plan}“ bringt mehr je ausgegebener Einheit, aber Optionen, die einander ausschließen, werden nach dem Wert gereiht",
        example: "{count} von {all} Annahmen ist ein Beispielwert: Setzen Sie Ihre eigenen Zahlen ein, bevor Sie dies zeigen.",
        examples: "{count} von {all} Annahmen sind Beispielwerte: Setzen Sie Ihre eigenen Zahlen ein, bevor Sie dies zeigen.",
        not_counted: "Gelesen, aber nicht gerechnet: {what}.",
        tie: "Gleichstand: Soweit so viele simulierte Jahre es zeigen, ist der Wert ebenso gut bei {plans} (mit {option} werden es mehr).",
        built_in: "Dies ist das eingebaute Beispiel. Beginnen Sie Ihren eigenen Fall: {command}",
        search: "Eine bessere Auswahl von Maßnahmen suchen: {command}",
        other_examples: "Die anderen Beispiele ansehen: {command}",
        replace_first: "Ersetzen Sie zuerst den Beispielwert, der die Antwort am stärksten bewegt: {key}",
        add_options: "Optionen zum Vergleich ergänzen: {table} mit {key}",
        every_key: "Alle Schlüssel, die eine Datei haben kann: {page}",
        check: "Die Datei auf Lücken prüfen: {command}",
        next: "Die nächsten Schritte",
        paper: "Die Vorlage schreiben: {command}",
        what_would_change: "Sehen, was die Antwort ändern würde: {command}",
        one_year: "ein Jahr",
        years: "{count} Jahre",
    }
);

translation!(
    GERMAN,
    budgets::Budgets {
        title: "Mehr oder weniger Geld",
        lead: "Die beste Auswahl je Budget; Budgets, die nichts Neues kaufen, fehlen.",
        budget: "Budget",
        cash: "Auszahlungen",
        change: "Gegenüber der Zeile darüber",
        same: "dasselbe",
        nothing: "nichts",
        no_more_value: "Mehr Geld als in der letzten Zeile kauft nichts, was seine Kosten wert ist.",
        no_less_loss: "Mehr Geld als in der letzten Zeile senkt den Schaden nicht weiter.",
        unproved: "Nicht jede Zeile ist bewiesen: Eine andere Auswahl kann besser sein, höchstens um {gap}.",
        picture: "Was bringt mehr Geld?",
        picture_nothing: "Nichts weiter",
    }
);

translation!(
    GERMAN,
    changed::Changed {
        caution: "Geändert durch --set: {changes}. Dies sind nicht die Zahlen der Datei.",
        title: "Im Vergleich zur Datei",
        figure: "Kennzahl",
        in_file: "In der Datei",
        now: "Geändert",
        by: "Unterschied",
        same: "keiner",
        average_today: "Durchschnittlicher Jahresschaden heute",
        bad_today: "Schlechtes Jahr heute (1 von 20)",
        value: "Kapitalwert: {plan}",
        cost: "Kosten: {plan}",
        same_answer: "Die Empfehlung bleibt {plan}.",
        other_answer: "Die Empfehlung wechselt von {old} zu {new}.",
    }
);

translation!(
    GERMAN,
    front::Front {
        by: "Von: {who}",
        to: "An: {who}",
        no_money: "Wir beantragen kein Geld: Keine der Optionen ist ihre Kosten wert.",
        no_option: "Noch steht keine Option zur Wahl; diese Vorlage zeigt, was heute auf dem Spiel steht.",
        approve: "Beschluss: {plan} mit einem Budget von {budget} über {years}",
        approve_cheaper: "Beschluss: {plan} mit Ausgaben, die über {years} um {less} unter den heutigen liegen",
        question: "Die Frage: {plan} mit einem Budget von {budget} über {years} genehmigen?",
        question_cheaper: "Die Frage: {plan} genehmigen, mit Ausgaben, die über {years} um {less} unter den heutigen liegen?",
        not_the_best: "Unser Rat: stattdessen {best}, mit einem um {more} höheren Kapitalwert.",
        not_worth_it: "Unser Rat: nein. Der Verlust betrüge {less} als Barwert: Wir schätzen, dass weniger Schaden vermieden wird, als es kostet.",
        at_start: ", davon {now} zu Beginn",
        decide_by: " Entscheidung bis {day}.",
        buys: "Dafür gibt es: {controls}.",
        after: "{control} (Beginn nach: {time})",
        bridge: "Vom Budget zu den Kosten: ",
        bridge_cash: "{cash} Auszahlungen",
        bridge_people: "{people} für die Zeit des eigenen Personals",
        bridge_users: "{users} für die der Anwender",
        bridge_sold: "{sold} für Verkauftes oder am Ende Verbleibendes",
        plus: " + ",
        less: " − ",
        bridge_sum: " = {sum}; als Barwert {cost}.",
        bridge_taxed: " = {sum}; nach Steuern von {rate} und als Barwert {cost}.",
        today_only: "Als Barwert kostet das Budget {cost}.",
        today_only_taxed: "Nach Steuern von {rate} und als Barwert kostet das Budget {cost}.",
        options: "Die Optionen",
        is_within: "Eingehalten: {limit}?",
        within: "ja: {chance}",
        over: "nein: {chance}",
        too_close: "zu knapp: {chance}",
        amounts: "Kosten und Kapitalwert (vermiedener Schaden abzüglich Kosten) als Barwerte bei {rate} im Jahr.",
        after_insurers: " Schäden nach Zahlung der Versicherer; Prämien zählen zu den Kosten.",
        taxed: " Kosten und Wert nach Steuern von {rate}.",
        limit: "„{limit}“ heißt: mehr als {loss} Schaden im Jahr höchstens mit einer Wahrscheinlichkeit von {chance}.",
        better_set: "Eine bessere Auswahl: für {cash} Auszahlungen mit einem Kapitalwert von {value}: ",
        has_for_it: "Für {plan} spricht ",
        has_nothing: "Nach diesen Zahlen spricht nichts für {plan}.",
        keeps_limit: "das Einhalten der Grenze {limit}, die diese Auswahl überschreitet",
        better_bad_year: "ein schlechtes Jahr von {bad} statt {other}",
        lower_average: "ein durchschnittlicher Schaden von {loss} im Jahr statt {other}",
        and: " und ",
        and_more: " und {count} weitere",
        no_better_set: "Keine andere Auswahl dieser Maßnahmen hat einen höheren Kapitalwert.",
        no_set_worth_it: "Auch keine andere Auswahl dieser Maßnahmen ist ihre Kosten wert.",
        no_better_found: "Eine Suche unter diesen Maßnahmen fand keine Auswahl mit höherem Kapitalwert.",
        wrong_if: "Wann dies falsch wäre",
        not_worth_above: "{assumption} liegt über {at} (angenommen: {mean}): {plan} ist dann die Kosten nicht wert",
        not_worth_below: "{assumption} liegt unter {at} (angenommen: {mean}): {plan} ist dann die Kosten nicht wert",
        worth_above: "{assumption} liegt über {at} (angenommen: {mean}): {plan} ist dann die Kosten wert",
        worth_below: "{assumption} liegt unter {at} (angenommen: {mean}): {plan} ist dann die Kosten wert",
        better_lower: "{assumption} ist niedriger als angenommen ({estimate}): 10 % weniger erhöhen den Wert von {plan} um etwa {change}.",
        better_higher: "{assumption} ist höher als angenommen ({estimate}): 10 % mehr erhöhen den Wert von {plan} um etwa {change}.",
        lower: "{assumption} ist niedriger als angenommen ({estimate}): 10 % weniger senken den Wert von {plan} um etwa {change}.",
        higher: "{assumption} ist höher als angenommen ({estimate}): 10 % mehr senken den Wert von {plan} um etwa {change}.",
        more_rows: "{count} weitere, in der vollständigen Vorlage",
        foot_example: "{run} · {count} von {all} Annahmen ist ein Beispielwert",
        foot_examples: "{run} · {count} von {all} Annahmen sind Beispielwerte",
    }
);

translation!(
    GERMAN,
    live::Live {
        limit: "Wahrscheinlichkeit eines Jahres jenseits von „{limit}“",
        changed: "Diese Vorlage gilt für einen geänderten Fall: Die Datei selbst sagt etwas anderes.",
        change: "{name}: {now} (in der Datei: {before}).",
    }
);

translation!(
    GERMAN,
    prompt::Prompt {
        recommended: "Antwort: {plan}. Kapitalwert {value}, Kosten {cost}.",
        nothing: "Antwort: nichts weiter tun; keine Option ist ihre Kosten wert.",
        no_option: "Antwort: noch keine; die Datei hat keine Option zum Vergleich.",
        lead: "Kosten und Wert als Barwerte bei {rate} im Jahr.",
        after_insurers: " Schäden nach Zahlung der Versicherer.",
        limit: "Grenze {loss}, {agreed}: {options}.",
        replace_first: "Zuerst diesen Beispielwert ersetzen: {key}",
        one_more_option: "Eine weitere Option hat einen niedrigeren Wert.",
        more_options: "{count} weitere Optionen haben einen niedrigeren Wert.",
        moves_most: "Was den Wert von „{plan}“ am stärksten bewegt",
        lower_less: "{assumption} 10 % niedriger: {change} weniger",
        higher_less: "{assumption} 10 % höher: {change} weniger",
        lower_more: "{assumption} 10 % niedriger: {change} mehr",
        higher_more: "{assumption} 10 % höher: {change} mehr",
        whole: "Alle Tabellen: {command}",
        whole_and_one: "Alle Tabellen, ein Hinweis: {command}",
        whole_and_advice: "Alle Tabellen, {count} Hinweise: {command}",
    }
);

translation!(
    GERMAN,
    ranges::Ranges {
        title: "Was jedes Risiko für sich in einem Jahr kosten kann",
        description: "Jedes Risiko für sich: was ein durchschnittliches, ein schlechtes (1 von 20) und ein sehr schlechtes Jahr (1 von 100) kosten, {options}. Ein Risiko, das seltener als einmal in 20 Jahren eintritt, kostet in einem schlechten Jahr nichts: Seine Schäden liegen in den selteneren Jahren. Durchschnitte ergeben zusammen das Ganze, schlechte Jahre nicht, denn sie fallen selten zusammen.",
        today_and: "heute und mit {plan}",
        rest_one: "Ein kleineres Risiko ist nicht gezeichnet; seine Zahlen stehen in der Tabelle.",
        rest: "{count} kleinere Risiken sind nicht gezeichnet; ihre Zahlen stehen in der Tabelle.",
    }
);

translation!(
    GERMAN,
    run::Run {
        scenario: "Szenario",
        group: "Gruppe",
        seed: "Startwert",
        exact: "exakt",
        simulated: "simuliert",
        expected: "nur Mittelwerte",
        years: "Jahre",
        in_file: "in der Datei",
    }
);
