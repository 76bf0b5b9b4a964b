//! The tables of an answer and of a paper in German, with what stands over and under them.

use super::super::{
    assumptions, beside, controls, insurance, money, notes, options, otherwise, risks, sensitivity, shared,
    translation, worth, years,
};

translation!(
    GERMAN,
    shared::Shared {
        option: "Option",
        control: "Maßnahme",
        assumption: "Annahme",
        nothing_more: "Wie bisher",
        with_plan: "Mit „{plan}“",
        and_more: "{names} und {count} weitere",
        in_units: "Beträge in {currency}.",
        in_thousands: "Beträge in Tausend {currency}.",
        in_millions: "Beträge in Millionen {currency}.",
        in_billions: "Beträge in Milliarden {currency}.",
        adds_up: " So gerundet, dass Zeilen und Spalten aufgehen.",
        average_loss: "Mittlerer Jahresschaden",
        bad_year: "Schlechtes Jahr (1 von 20)",
        value_today: "Kapitalwert",
    }
);

translation!(
    GERMAN,
    options::Options {
        title: "Die Optionen",
        lead: "Kosten und Kapitalwert (vermiedener Schaden abzüglich Kosten) sind Barwerte bei {rate} im Jahr.",
        lead_and_time: "Kosten und Kapitalwert (vermiedener Schaden und ersparte Zeit abzüglich Kosten) sind Barwerte bei {rate} im Jahr.",
        after_insurers: " Schäden nach Versicherungsleistungen; zu den Kosten zählen Prämien über die heutigen hinaus.",
        cost: "Kosten über {years}",
        less: "Weniger als heute",
        rosi: "Rendite (ROSI)",
        pays_back: "Amortisationsdauer",
        chance: "Wahrscheinlichkeit der Amortisation, {years}",
    }
);

translation!(
    GERMAN,
    years::Years {
        title: "Gute und schlechte Jahre",
        lead: "Was ein Jahr kosten kann, wenn jede Maßnahme voll wirkt. Ein schlechtes Jahr wird in 1 von 20 Jahren erreicht oder überschritten.",
        after_insurers: " Nach Versicherungsleistungen.",
        any_loss: "Wahrscheinlichkeit eines Schadens",
        middle: "Medianjahr (1 von 2)",
        one_in_ten: "1 Jahr von 10",
        very_bad: "Sehr schlecht (1 von 100)",
        worst_mean: "Mittel der schlechtesten 5 %",
        exact: "Die Verteilung eines Jahres ist auf einem feinen Gitter berechnet, nicht simuliert.",
        simulated: "Aus {years} simulierten Jahren, denselben für jede Option.",
        simulated_within: "Aus {years} simulierten Jahren, denselben für jede Option. Simulationsfehler des schlechten Jahres heute: ± {half}. Über die Annahmen sagt das nichts.",
        mean_agrees: " Gegenprobe bestanden: Das Mittel stimmt mit dem unabhängig berechneten durchschnittlichen Schaden überein.",
        trial_agrees: " {years} simulierte Jahre ergeben im Rahmen ihres Fehlers dieselben schlechten Jahre.",
        differs: " Ein zweiter Rechenweg stimmt nicht überein: siehe die Warnungen.",
        agreed: "Vereinbart: {limit}, höchstens {chance} Wahrscheinlichkeit für mehr als {loss} Schaden im Jahr",
        today: ". Heute: {chance}",
        more: "; {count} weitere Optionen stehen in der Tabelle",
        with_plan: "; mit {plan}: {chance}",
        within: ", eingehalten",
        over: ", überschritten",
        too_close: ", zu knapp für ein Urteil",
        reached: "; der Schaden bei der vereinbarten Wahrscheinlichkeit beträgt {loss}",
        worst: "Die schlechtesten 5 % der Jahre kosten heute im Mittel {loss}. Nach Risiken: ",
        worst_part: "{risk} {share}",
        hardly_together: "Gemeinsames Eintreten von Risiken ändert das schlechte Jahr (1 von 20) um weniger als 1 %.",
        together: "Träten die Risiken unabhängig voneinander ein, kostete das schlechte Jahr (1 von 20) {alone} statt {together}.",
        knowledge: "{share} der Streuung (Varianz) der Jahre stammen aus unsicheren Schätzungen; der Rest ist Zufall.",
    }
);

translation!(
    GERMAN,
    insurance::Insurance {
        title: "Wer den Schaden trägt",
        lead: "Ein durchschnittliches Jahr, vom Schaden bis zu dem, was verbleibt. Selbst getragen: unterhalb der Selbstbehalte je Ereignis und je Jahr sowie die Selbstbeteiligung am Rest. Nicht versichert: nicht gedeckt (Schadenarten, Stunden der Wartezeit, über Sublimits) oder über den Deckungssummen. Selbst getragener und nicht versicherter Schaden ergeben zusammen den verbleibenden Schaden.",
        policies: "Verträge",
        premium: "Prämie im Jahr",
        gross: "Bruttoschaden",
        transferred: "Versicherer zahlen",
        retained: "Selbst getragen",
        uninsured: "Nicht versichert",
        remains: "Schaden netto (nach Versicherung)",
        year_after: "{policy} zahlt in einem Jahr erst ab {amount} der gedeckten Schäden.",
        waits: "{policy} zahlt bei einem Ausfall erst nach einer Wartezeit von {hours}.",
        waits_franchise: "{policy} zahlt einen Ausfall von Beginn an, wenn er mindestens {hours} dauert.",
        sublimit: "{policy} deckt {form} bis {amount} je Ereignis.",
        worth: "Im Durchschnitt zahlt eine Police weniger zurück, als sie kostet; ihr Wert liegt im Schutz vor schlechten Jahren.",
        too_cheap: "In einem durchschnittlichen Jahr würden die Versicherer mehr zahlen, als die Prämie kostet: ",
        too_cheap_today: "heute",
        too_cheap_with: "mit {plan}",
        check: ". Das bietet kein Versicherer auf Dauer. Prüfen Sie die Prämie und wie oft und wie hoch die versicherten Schäden sind.",
    }
);

translation!(
    GERMAN,
    risks::Risks {
        title: "Die Risiken",
        title_before: "Die Risiken vor Versicherungsleistungen",
        title_after: "Die Risiken nach Versicherungsleistungen",
        risk: "Risiko",
        how_often: "Wie oft",
        one_event: "Schaden je Ereignis",
        inherent: "Im Jahr vor jeder Maßnahme",
        inherent_note: "Die Höhe vor jeder Maßnahme steht so in der Datei; keine andere Zahl beruht darauf.",
        today: "Im Jahr, heute",
        bad_year_alone: "Schlechtes Jahr für sich allein (1 von 20)",
        none_in_bad_years: "Ein schlechtes Jahr von 0: Das Risiko tritt seltener als einmal in 20 Jahren ein; seine Schäden fallen in noch seltenere Jahre.",
        other: "1 weiteres Risiko",
        others: "{count} weitere Risiken",
        all: "Alle Risiken",
        insured: "Durchschnitte nach Abzug der erwarteten Versicherungsleistungen.",
        exact: "Durchschnitte sind exakt: durchgehend Dezimalrechnung.",
        closed: "Durchschnitte sind berechnet, nicht simuliert.",
        contest: "Ein Angriff gelingt, wenn die Fähigkeit des Angreifers unseren Widerstand übersteigt.",
    }
);

translation!(
    GERMAN,
    risks::Streams {
        title: "Bedeutung für das Geschäft",
        stream: "Wertstrom",
        goal: "Geschäftsziel",
        today: "Schaden im Jahr, heute",
        after_insurers: "Nach Versicherungsleistungen.",
    }
);

translation!(
    GERMAN,
    controls::Controls {
        title: "Die Maßnahmen",
        bought: "Was „{plan}“ umfasst",
        once: "Einmalig",
        per_year: "Im Jahr",
        hours: "Eigene Stunden",
        plans: "In",
        every_plan: "allen",
        acts_on: "Wirkt auf",
        factor_within: "{factor} ({risk})",
        per_year_is: "Im Jahr: laufende Kosten, eigenes Personal und verlorene Zeit der Anwender, abzüglich wegfallender Ausgaben.",
        first_year: "{control} kostet im ersten Jahr {least} und danach {then} im Jahr, wie die Tabelle zeigt.",
        first_years: "{control} kostet in den ersten {years} Jahren {least} im Jahr und danach {then}, wie die Tabelle zeigt.",
        first_years_between: "{control} kostet in den ersten {years} Jahren {least} bis {most} im Jahr und danach {then}, wie die Tabelle zeigt.",
    }
);

translation!(
    GERMAN,
    controls::Overlaps {
        title: "Maßnahmen, die auf dasselbe wirken",
        lead: "Wir behandeln sie als unabhängig. Verhindern sie dieselben Ereignisse, zählt nur die beste; der wahre Wert liegt dazwischen.",
        factor: "Größe",
        controls: "Maßnahmen",
        best_alone: "Beste allein",
        independent: "Unabhängig",
        loss: "Schaden im Jahr",
        if_best: "Wenn nur die beste zählt",
        before_insurers: "Schäden vor Versicherungsleistungen.",
        and: " und ",
    }
);

translation!(
    GERMAN,
    worth::Worth {
        title: "Was jede Maßnahme beiträgt: {plan}",
        cost: "Kosten",
        alone: "Allein",
        left_out: "Ohne sie",
        fair_share: "Anteil (Shapley)",
        columns: "Allein: ihr Wert, wenn sonst nichts gekauft wird. Ohne sie: der Wert, den die Option ohne die Maßnahme verliert. Anteil (Shapley): ihr Anteil am Wert der Option, gemittelt über alle Reihenfolgen des Kaufs; die Anteile addieren sich zum Ganzen.",
        claimed_twice: "Einzeln betrachtet ergeben die Maßnahmen zusammen {twice} mehr, als sie gemeinsam bringen, denn zum Teil verhindern sie dieselben Schäden.",
        without: "Ohne {control} wäre die Option {more} mehr wert.",
        without_required: "Ohne {control} wäre die Option {more} mehr wert, aber eine andere ihrer Maßnahmen setzt dies voraus.",
        policies: "Ihre Verträge tragen {more} bei: was Versicherer mehr zahlen als heute, abzüglich der Mehrkosten der Prämien.",
    }
);

translation!(
    GERMAN,
    worth::Steps {
        title: "Schritt für Schritt",
        lead: "Optionen nach steigenden Kosten, jede verglichen mit der besten günstigeren: Lohnen sich die Mehrkosten? Barwerte.",
        against: "Gegenüber",
        costs_more: "Mehrkosten",
        avoids_more: "Mehr vermieden",
        brings_more: "Mehr vermieden und an Zeit gespart",
        worth_more: "Mehrwert",
        verdict: "Urteil",
        better: "lohnt sich",
        not_worth_it: "lohnt sich nicht",
        dominated: "scheidet aus: Eine günstigere Option leistet mindestens so viel",
    }
);

translation!(
    GERMAN,
    money::Money {
        title: "Kosten und Nutzen nach Jahren: {plan}",
        now: "Jetzt",
        year: "Jahr {year}",
        total: "Summe",
        todays_money: "Barwert",
        bought: "Einmalige Kosten",
        running: "Laufende Kosten",
        people: "Zeit des eigenen Personals",
        friction: "Verlorene Zeit der Anwender",
        retired: "Wegfallende Ausgaben",
        sold: "Am Ende verkauft",
        left: "Restwert am Ende des Zeitraums",
        people_saved: "Ersparte Zeit des eigenen Personals",
        users_saved: "Ersparte Zeit der Anwender",
        gains: "Ersparte Zeit (Gewinn, nicht zahlungswirksam)",
        gains_taxed: "Ersparte Zeit nach Steuern (Gewinn, nicht zahlungswirksam)",
        gains_are: "Ersparte Zeit ist ein Gewinn neben dem vermiedenen Schaden. Sie zählt im Kapitalwert und in beiden Renditen (ROSI), ist aber nicht zahlungswirksam: Sie steht in keinem Budget.",
        premiums: "Prämien, abzüglich der heutigen",
        tax_saved: "Steuerersparnis durch Kosten",
        tax_paid: "Steuer auf ersparte Kosten",
        costs: "Alle Kosten",
        costs_taxed: "Alle Kosten nach Steuern",
        avoided: "Vermiedener Schaden (Schätzung)",
        avoided_taxed: "Vermiedener Schaden nach Steuern (Schätzung)",
        net: "Saldo",
        cash: "Auszahlungen (Budget)",
        not_cash: "Vermiedener Schaden: geschätzt, nicht zahlungswirksam. Budget: Auszahlungen samt Prämien, abzüglich wegfallender Ausgaben.",
        taxed: "Nach Steuern von {rate}: Vermiedener Schaden erhöht den zu versteuernden Gewinn; Kosten mindern ihn, Anschaffungen nach Maßgabe ihrer Abschreibung. Das Budget gilt vor Steuern.",
        bought_before: "Was mit einem späteren Jahr beginnt, wird am Ende des Vorjahres gekauft und steht in dessen Spalte.",
        budget_beside: "Das Budget beträgt in einem durchschnittlichen Jahr {amount}: ",
        budget_would: "Ihr Budget betrüge in einem durchschnittlichen Jahr {amount}: ",
        loss_beside: "der durchschnittliche Schaden von heute beträgt {amount}: ",
        of_turnover: "{share} des Umsatzes",
        of_ebitda: "{share} des EBITDA",
        of_it_budget: "{share} des IT-Budgets",
        of_security_budget: "{share} des Sicherheitsbudgets",
        internal_rate: "Interner Zinsfuß: {figure}.",
        internal_rates: "Interne Zinsfüße:",
        several_rates: ". Bei jedem davon ist der Kapitalwert null, daher taugt keiner zum Vergleich von Optionen.",
        no_internal_rate: "Interner Zinsfuß: keiner; die Option deckt ihre Kosten nie.",
        no_rate_needed: "Interner Zinsfuß: keiner; in keinem Jahr kostet die Option mehr, als sie bringt.",
        no_rate_at_all: "Interner Zinsfuß: keiner; bei keinem Zinssatz ist der Kapitalwert null.",
        rosi: "Rendite der Sicherheitsinvestition (ROSI): {figure}.",
        textbook: "Einfacher ROSI (nicht abgezinst, jede Maßnahme voll wirksam ab dem ersten Tag): {figure}.",
        benefit_cost: "Nutzen-Kosten-Verhältnis: {figure}.",
        even_cost: "Annuität der Kosten, jeder Teil über seine eigene Nutzungsdauer: {figure}.",
        no_even_cost: "Annuität der Kosten: keine, weil für eine der Anschaffungen keine Nutzungsdauer genannt ist.",
        posts: "Eigenes Personal: {hours} im Jahr, {posts} Vollzeitstellen zu 8 Stunden am Tag.",
        later_costs: "Ein um ein Jahr späterer Beginn bei gleichem Ende senkt den Kapitalwert um {value}: {loss} {what}, {saved} {how}.",
        later_adds: "Ein um ein Jahr späterer Beginn bei gleichem Ende erhöht den Kapitalwert um {value}: {loss} {what}, {saved} {how}.",
        not_avoided: "nicht vermiedener Schaden",
        not_avoided_or_saved: "nicht vermiedener Schaden und nicht ersparte Zeit",
        less_loss: "weniger Schaden",
        spending_saved: "ersparte Ausgaben",
        more_spending: "mehr Ausgaben",
        left_counted: "Der Restwert am Ende liegt um {left} höher; das ist eingerechnet.",
        less_left_counted: "Der Restwert am Ende liegt um {left} niedriger; das ist eingerechnet.",
        left_uncounted: "Der Restwert am Ende liegt um {left} höher; das ist nicht eingerechnet.",
        less_left_uncounted: "Der Restwert am Ende liegt um {left} niedriger; das ist nicht eingerechnet.",
        as_long_costs: "Endete auch die Option ein Jahr später, sänke der Kapitalwert um {value}.",
        as_long_adds: "Endete auch die Option ein Jahr später, stiege der Kapitalwert um {value}.",
    }
);

translation!(
    GERMAN,
    sensitivity::Sensitivity {
        title: "Was die Antwort ändern würde: {plan}",
        lead: "Der Kapitalwert, wenn eine Annahme am unteren oder oberen Ende ihrer Spanne liegt (in 1 von 10 Fällen ist sie kleiner, in 1 von 10 größer; bei einem Schaden je Ereignis sein Durchschnitt) und alle anderen ihren Durchschnitt haben.",
        low: "Unten",
        high: "Oben",
        value_low: "Wert unten",
        value_high: "Wert oben",
        worth_nothing: "Kapitalwert null bei",
        to_know: "Wert der Information",
        one_more: "Eine weitere Annahme mit Spanne bewegt den Wert weniger.",
        more: "{count} weitere Annahmen mit Spanne bewegen den Wert weniger.",
        insured: "Alle Werte nach Versicherungsleistungen.",
        no_tipping: "Keine einzelne Annahme ändert die Empfehlung, so falsch sie auch sein mag.",
        tips_above: "{input} beträgt mehr als {at} (angenommen: {mean}): {option} ist dann besser",
        tips_below: "{input} beträgt weniger als {at} (angenommen: {mean}): {option} ist dann besser",
        smallest_change: ". Das ist die kleinste Änderung, die die Empfehlung umkehrt",
        by_factor: " (Faktor {times})",
        by_part: " (um {part})",
        by_next_to_nothing: " (fast keine)",
        likely: "; das liegt innerhalb unserer 80-%-Spanne.",
        unlikely: "; das liegt außerhalb unserer 80-%-Spanne.",
        no_range: "; für diese Größe haben wir keine Spanne.",
        range_of_events: ".",
        no_range_matters: "Keine Annahme ist im Durchschnitt unsicher: Wie sicher das ist, hängt allein vom Zufall ab, also davon, wie viele Schäden die Jahre bringen und wie groß sie sind.",
        no_ranges: "Keine Annahme hat eine Spanne: Wie sicher das ist, hängt allein vom Zufall ab, also davon, wie viele Schäden die Jahre bringen.",
        how_sure: "Wie sicher das ist: Mit {worth} Wahrscheinlichkeit lohnt sich die Option im Durchschnitt; mit {paid} hat sie sich bis zum Ende des Zeitraums bezahlt gemacht.",
        how_sure_on_average: "Wie sicher das ist: Mit {worth} Wahrscheinlichkeit lohnt sich die Option im Durchschnitt.",
        nothing_worth_knowing: "Weitere Nachforschungen lohnen sich nicht: Innerhalb dieser Spannen könnte nichts, was Sie erfahren, die Entscheidung so ändern, dass es seine Kosten deckt.",
        find_out: "Vor der Entscheidung lohnt es sich, bis zu {worth} für eine bessere Schätzung von {input} auszugeben, mehr als für jede andere Annahme; vollständige Information wäre höchstens {all} wert.",
        no_single: "Eine einzelne Annahme vor der Entscheidung zu kennen wäre höchstens {most} wert, vollständige Information {all}.",
    }
);

translation!(
    GERMAN,
    assumptions::Assumptions {
        title: "Die Annahmen nach Gewicht",
        lead: "Änderung des Kapitalwerts von {plan}, wenn die Annahme um 10 % höher liegt (Wahrscheinlichkeiten bis 100 %).",
        value: "Wert",
        average: "Durchschnitt",
        tenth_higher: "Bei +10 %",
        source: "Quelle",
        example: "Beispielwert",
        in_full: "{count} weitere Annahmen: siehe die vollständige Vorlage.",
        no_source: "keine",
        half_an_event: "Die mittlere Häufigkeit aus einer Zählung ist die beobachtete Anzahl plus ein halbes Ereignis, geteilt durch die Jahre (plus eines, wo es höchstens einmal im Jahr eintritt): Die wenigen beobachteten Jahre können gute gewesen sein.",
        one_more: "Eine weitere Annahme wiegt weniger.",
        more: "{count} weitere Annahmen wiegen weniger.",
    }
);

translation!(
    GERMAN,
    assumptions::Defaults {
        title: "Angewandte Standardwerte",
        key: "Schlüssel",
        what: "Was",
        value: "Wert",
        meaning: "Bedeutung",
        horizon: "Zeitraum",
        horizon_value: "3 Jahre",
        horizon_is: "Betrachtete Jahre: ganze Jahre, 1 bis 50.",
        discount_rate: "Kalkulationszins",
        discount_rate_is: "Um wie viel Geld ein Jahr später weniger wert ist.",
        growth: "Wachstum",
        growth_is: "Jährliches Wachstum von Schäden, Häufigkeiten und Kosten.",
        tax_rate: "Steuersatz",
        tax_rate_is: "Mit einem Steuersatz gelten vermiedener Schaden und Kosten nach Steuern.",
        timing: "Zeitpunkt",
        timing_value: "Jahresende",
        timing_is: "Ob Zahlungen zum Jahresende oder zur Jahresmitte anfallen.",
        working_days: "Arbeitstage",
        working_days_is: "Arbeitstage im Jahr.",
        seed: "Startwert",
        seed_is: "Benennt die Zufallszahlen: derselbe Startwert, dieselben Zahlen.",
    }
);

translation!(GERMAN, assumptions::Advice { title: "Hinweise", line: "{code}: {message}." });

translation!(
    GERMAN,
    beside::Beside {
        title: "Beantragt und empfohlen",
        lead: "Beantragt ist {asked}; wir empfehlen {advised}. Die folgenden Seiten handeln von {asked}.",
        figure: "Größe",
        requested: "Beantragt: „{plan}“",
        recommended: "Empfohlen: „{plan}“",
        budget: "Budget über {years} (Auszahlungen)",
        buys: "{plan} enthält: {controls}.",
        buys_policies: "{plan} enthält die Versicherung {policies} (Prämien von {premium} im Jahr).",
        buys_both: "{plan} enthält: {controls}; dazu die Versicherung {policies} (Prämien von {premium} im Jahr).",
        wrong_if: "Was gegen die Empfehlung von {plan} spräche, steht auf Seite eins.",
    }
);

translation!(
    GERMAN,
    otherwise::Otherwise {
        title: "Bei anderem Zins, Zeitraum oder Wachstum",
        lead: "Der Kapitalwert von {plan}, wenn eine dieser Größen geändert wird und alles andere bleibt wie angenommen.",
        counted: "Gerechnet mit",
        value: "Kapitalwert",
        best: "Dann beste Option",
        as_assumed: "wie angenommen",
        discount_rate: "Kalkulationszins: {rate}",
        horizon: "Zeitraum: {years}",
        growth_of_losses: "Wachstum der Schäden: {rate} im Jahr",
        fall_of_losses: "Rückgang der Schäden: {rate} im Jahr",
        level_losses: "Kein Wachstum der Schäden",
    }
);

translation!(
    GERMAN,
    notes::Notes {
        no_mean: "Ein Schaden hat keinen Mittelwert: Wenige Ereignisse könnten jeden Betrag kosten.",
        no_variance: "Ein Schaden kann so extrem ausfallen, dass seine Standardabweichung unendlich ist: Maßgeblich sind die Quantile, nicht die Streuung.",
        not_held: "Der Schaden von 1 Jahr in {years} liegt jenseits jedes Gitters.",
        coarse: "Der Schaden von 1 Jahr in {years} ist auf {error} % genau.",
        atoms_off_grid: "Alle Schäden sind feste Beträge ohne gemeinsame Einheit: Quantile sind auf einen Schritt genau.",
        averaged: "Unbekanntes wurde über {points} Punkte gemittelt: Der Schaden eines schlechten Jahres (1 von 20) ist auf etwa {error} % genau.",
        simulated_one: "Das Jahr einer Einheit wurde über {years} Jahre simuliert: Ihre eigenen Policen haben Jahresbedingungen, Sublimits oder Wartezeiten oder überschneiden sich.",
        simulated: "Die Jahre von {entities} Einheiten wurden simuliert, jede über {years} Jahre: Ihre eigenen Policen haben Jahresbedingungen, Sublimits oder Wartezeiten oder überschneiden sich.",
        too_many_events: "Es gibt so viele Ereignisse, dass weniger Jahre simuliert wurden als verlangt.",
        not_precise: "Die Jahre reichten für die gewünschte Genauigkeit nicht: Die Standardfehler sagen, wie nahe sie kamen.",
        no_paths: "Es gibt so viele Ereignisse, dass keine Jahre über den Zeitraum verfolgt wurden: Die Wahrscheinlichkeit der Amortisation ist nicht bekannt.",
    }
);
