//! What each figure is and how it is worked out, in German. In English their definitions say it.

use super::super::{explained, translation};

translation!(
    GERMAN,
    explained::Explained {
        fact: "Eine Angabe zur Datei oder zum Lauf",
        formula: " Formel: {formula}.",
        derived: "Herleitung: {page}.",
        sum: "Summe",
        key: "Schlüssel",
        events: "Ereignisse im Jahr",
        loss_of_event: "Schaden eines Ereignisses",
        before_insurers: "Vor Versicherung",
        insurers_pay: "Versicherer zahlen",
        after_insurers: "Nach Versicherung",
        sum_before: "Summe vor Versicherung",
        form: "Schadensart",
        mean_per_event: "Mittel je Ereignis",
        year_today: "Ein Jahr, heute",
        year_asked: "Ein Jahr, wie gefragt",
        now: "Jetzt",
        year: "Jahr {number}",
        avoided: "Vermiedener Schaden",
        time_saved: "Ersparte Zeit",
        cost: "Kosten",
        net: "Saldo",
        running: "Laufende Summe",
        factor: "Abzinsungsfaktor",
        present: "Barwert",
        running_present: "Barwert, aufsummiert",
        sum_with_premiums: "Summe mit Prämien",
        control: "Maßnahme",
        life: "Nutzungsdauer",
        a_year: "Im Jahr",
        premiums: "Prämien, abzüglich der heutigen",
        paid: "von allen Kosten: Auszahlungen",
        all_costs: "Alle Kosten",
        alone: "Allein",
        left_out: "Ohne sie",
        fair_share: "Anteil (Shapley)",
        discounted: "Abgezinst mit {rate} im Jahr, Betrachtungszeitraum: {years}.",
        not_discounted: "Nicht abgezinst, Betrachtungszeitraum: {years}.",
        taxed: "Nach Steuern von {rate}.",
        ratio: "{name} = {over} / {under} = {ratio}.",
        rosi: "ROSI",
        benefit_to_cost: "Verhältnis",
        reduction: "Minderung",
        shifted: "Käufe, Erneuerungen, Verkäufe und Restwerte werden von ihrem eigenen Tag an abgezinst; was nur einen Teil eines Jahres läuft, von dessen Mitte an: Dort gilt der Abzinsungsfaktor des Jahres nicht.",
        zero_at: "Der Kapitalwert ist null bei {rate}.",
        events_of: "Ereignisse: {rate}, davon von anderen ausgelöst: {brought}.",
        insurers_pay_of: "Versicherer zahlen davon in einem durchschnittlichen Jahr {paid}.",
        simulated: "Aus {years} simulierten Jahren.",
        standard_error: "Standardfehler: {error}.",
        off_by: "Mögliche Abweichung: {error}.",
        transformed: "Durch Transformationen auf einem Gitter berechnet, ohne Zufall.",
        inputs: "Was eingeht",
        acting: "Was die Maßnahmen durchlassen",
        acting_lead: "Wo sie wirkt: Abdeckung × Zuverlässigkeit. Lässt durch: 1 − wo sie wirkt × was sie wegnimmt; unabhängige Maßnahmen multiplizieren sich. Wo eine Größe zu etwas anderem wird, bleibt sie in der übrigen Zeit, wie sie war.",
        acting_note: "Mittelwerte; was mehreren Größen gemeinsam unsicher ist, wird gemittelt, nicht multipliziert; und eine Maßnahme wirkt bei einem Ereignis auf alle ihre Größen oder auf keine: Zeilen einer Maßnahme werden nicht multipliziert.",
        becomes: "wird",
        takes_off: "nimmt weg",
        acts_on: "Wirkt auf",
        where_it: "Wo sie wirkt",
        there: "Dort",
        by_or_to: "Um oder zu",
        lets_through: "Lässt durch",
        asset: "Vermögenswert: Wert × Gefährdung",
        outage: "Ausfall: Dauer × Umsatz × Marge × Anteil",
        dwell: "Verweildauer: Zeit × Schaden je Tag",
        next_stage: "Verweildauer: Wahrscheinlichkeit der nächsten Stufe × ihr Schaden",
        secondary: "Folgeschaden {number}: Wahrscheinlichkeit × {form}",
        no_figure: "diese Zahl gibt es in diesem Fall nicht",
        none: "keine",
        yes: "ja",
        no: "nein",
        several: "Mehrere Zahlen haben dies im Namen. Fragen Sie nach einer:",
        written: "Geschrieben",
        average: "Durchschnitt",
        below_5: "5 % liegen darunter",
        below_50: "Die Hälfte liegt darunter",
        below_95: "95 % liegen darunter",
        source: "Quelle",
        owner: "Zuständig",
        date: "Stand",
        why: "Warum",
        line: "Zeile",
        is_example: "Dies ist ein Beispielwert: Setzen Sie Ihre eigene Zahl ein.",
        tenth_higher: "Wäre sie um ein Zehntel höher, änderte sich der Kapitalwert von {plan} um {change}.",
        meaning: "{name}. Was es bedeutet: docs/model/estimates.md.",
        example: "Beispiel",
        assumption: "Annahme",
    }
);

/// What a figure is, or its formula, by the English words of its definition.
pub(in crate::report) fn explained(english: &str) -> Option<&'static str> {
    Some(match english {
        // A year.
        "What is lost in an average year, after insurers pay" => {
            "Der Schaden eines durchschnittlichen Jahres nach Versicherung"
        }
        "What is lost in an average year as things are, after insurers pay" => {
            "Der Schaden eines durchschnittlichen Jahres, wie es heute ist, nach Versicherung"
        }
        "What is lost in an average year with the plan, after insurers pay" => {
            "Der Schaden eines durchschnittlichen Jahres mit der Option, nach Versicherung"
        }
        "What is lost in an average year, before insurers pay" => {
            "Der Schaden eines durchschnittlichen Jahres vor Versicherung"
        }
        "How far years lie from the average year" => "Wie weit die Jahre vom durchschnittlichen Jahr abweichen",
        "The chance that a year brings any loss" => "Die Wahrscheinlichkeit, dass ein Jahr überhaupt Schaden bringt",
        "The chance that a threat event becomes a loss event" => {
            "Die Wahrscheinlichkeit, dass aus einem Bedrohungsereignis ein Schadensereignis wird"
        }
        "P(capability > resistance), or as the file says, times what the controls let through" => {
            "P(Fähigkeit > Widerstand) oder wie in der Datei, mal was die Maßnahmen durchlassen"
        }
        "The loss that is reached or passed in so few years: 0.95 is a bad year, 1 in 20" => {
            "Der Schaden, der nur in so wenigen Jahren erreicht oder überschritten wird: 0.95 ist ein schlechtes Jahr, 1 von 20"
        }
        "The mean loss of the worst years: 0.95 is the worst 1 in 20" => {
            "Der mittlere Schaden der schlechtesten Jahre: 0.95 steht für die schlechtesten 1 von 20"
        }
        "How far a simulated figure may be off: two times it, nineteen times in twenty" => {
            "Wie weit eine simulierte Zahl danebenliegen kann: höchstens das Doppelte davon, in 19 von 20 Fällen"
        }
        "from the spread of the simulated years" => "aus der Streuung der simulierten Jahre",
        "from the spread over the shifts of the worlds, one of them at least" => {
            "aus der Streuung über die Verschiebungen der Welten, mindestens eine von ihnen"
        }
        "How far a figure of the exact method may be off" => {
            "Wie weit eine Zahl des exakten Verfahrens danebenliegen kann"
        }
        "the difference to a grid of half the cells, rounding, and the spread over the worlds that stand for what is not known" => {
            "der Unterschied zu einem Gitter mit halb so vielen Zellen, die Rundung und die Streuung über die Welten, die für das Unbekannte stehen"
        }
        "Whether decimal arithmetic held the average from the file to the end" => {
            "Ob der Durchschnitt von der Datei bis zum Ende dezimal gerechnet ist"
        }
        "events a year × mean loss of an event, added up over the risks" => {
            "Ereignisse im Jahr × mittlerer Schaden eines Ereignisses, summiert über die Risiken"
        }
        "events a year × mean loss of an event, added up over the risks, less what insurers pay" => {
            "Ereignisse im Jahr × mittlerer Schaden eines Ereignisses, summiert über die Risiken, abzüglich der Versicherungsleistung"
        }
        "the smallest x with P(loss ≤ x) ≥ level" => "das kleinste x mit P(Schaden ≤ x) ≥ Niveau",
        "E[loss | the worst 1 − level of all years]" => "E[Schaden | die schlechtesten 1 − Niveau aller Jahre]",
        "√(mean of (loss of a year − mean)²)" => "√(Mittel von (Schaden eines Jahres − Mittel)²)",
        "1 − P(no event that costs something)" => "1 − P(kein Ereignis, das etwas kostet)",
        "P(loss of a year > amount)" => "P(Schaden eines Jahres > Betrag)",
        "Σ (loss avoided + time saved − cost) / (1 + r)^time, each flow at its own time" => {
            "Σ (vermiedener Schaden + ersparte Zeit − Kosten) / (1 + r)^Zeit, jeder Fluss zu seiner Zeit"
        }
        // All risks together.
        "Who bears an average year, where a policy is in force" => {
            "Wer ein durchschnittliches Jahr trägt, wo ein Vertrag gilt"
        }
        "loss = retained + transferred + uninsured" => "Schaden = selbst getragen + übertragen + unversichert",
        "The bad year if each risk struck on its own" => "Das schlechte Jahr, wenn jedes Risiko für sich einträte",
        "the 0.95 quantile of the sum of independent risks" => "das 0,95-Quantil der Summe unabhängiger Risiken",
        "Which part of the spread better estimates would take away" => {
            "Welcher Teil der Streuung mit besseren Schätzungen verschwände"
        }
        "Var(E[year | what we do not know]) / Var(year)" => "Var(E[Jahr | was wir nicht wissen]) / Var(Jahr)",
        "What insurers pay in an average year" => "Was Versicherer in einem durchschnittlichen Jahr zahlen",
        "per event the layer min(max(covered loss − retention, 0), limit); of a year's layers (1 − coinsurance) × min(max(sum − annual retention, 0), annual limit)" => {
            "je Ereignis min(max(gedeckter Schaden − Selbstbehalt, 0), Deckungssumme); davon im Jahr (1 − Selbstbeteiligung) × min(max(Summe − Jahresselbstbehalt, 0), Jahreshöchstleistung)"
        }
        "What policies leave to the insured in an average year" => {
            "Was Verträge dem Versicherten in einem durchschnittlichen Jahr lassen"
        }
        "below the retentions of an event and of a year, and the insured's share of the rest" => {
            "unter den Selbstbehalten je Ereignis und Jahr, dazu die Selbstbeteiligung am Rest"
        }
        "What no policy covers (forms, waiting time, above sublimits) or lies above its limits" => {
            "Was kein Vertrag deckt (Schadensart, Wartezeit, über Sublimits) oder über seinen Grenzen liegt"
        }
        "loss − transferred − retained" => "Schaden − übertragen − selbst getragen",
        // Risks and value streams.
        "What the risk would cost in an average year without any control, as the file says; no value rests on it" => {
            "Was das Risiko laut Datei in einem durchschnittlichen Jahr ganz ohne Maßnahmen kostete; kein Wert beruht darauf"
        }
        "as written" => "wie in der Datei",
        "How many loss events there are in an average year" => {
            "Wie viele Schadensereignisse ein durchschnittliches Jahr bringt"
        }
        "own events × chance of success × what the controls let through + events that others bring" => {
            "eigene Ereignisse × Erfolgswahrscheinlichkeit × was die Maßnahmen durchlassen + Ereignisse, die andere auslösen"
        }
        "What one event costs on average" => "Was ein Ereignis im Mittel kostet",
        "loss of an average year / events a year" => "Schaden eines durchschnittlichen Jahres / Ereignisse im Jahr",
        "What the risk adds to the mean loss of the worst 1 in 20 years" => {
            "Was das Risiko zum mittleren Schaden der schlechtesten 1 von 20 Jahren beiträgt"
        }
        "E[loss of the risk | the worst 1 in 20 years]; the parts add up to the tail mean" => {
            "E[Schaden des Risikos | die schlechtesten 1 von 20 Jahren]; die Teile ergeben zusammen das Mittel dieser Jahre"
        }
        "What the risks that strike it lose in an average year as things are" => {
            "Was die Risiken, die ihn treffen, heute in einem durchschnittlichen Jahr kosten"
        }
        "expected_annual_loss of the risks that name it, added up" => {
            "expected_annual_loss der Risiken, die ihn nennen, summiert"
        }
        "The same with each plan" => "Dasselbe mit jeder Option",
        // Plans.
        "What the policies of a plan add without any of its controls" => {
            "Was die Verträge einer Option ohne ihre Maßnahmen beitragen"
        }
        "present value of what insurers pay more than today, less that of premiums above today's" => {
            "Barwert dessen, was Versicherer mehr zahlen als heute, weniger Barwert der höheren Prämien"
        }
        "What each input does to the value, one at a time" => "Was jede Eingabe für sich am Kapitalwert ändert",
        "only where asked for: `rosi assess FILE --sensitivity`" => "nur auf Wunsch: `rosi assess FILE --sensitivity`",
        "The chance, over what we do not know, that it is worth its cost once good and bad years are averaged" => {
            "Die Wahrscheinlichkeit, dass sie ihre Kosten wert ist, über das Unbekannte und mit guten und schlechten Jahren gemittelt"
        }
        "part of worlds with a mean value above zero; only with `--sensitivity`" => {
            "Anteil der Welten mit einem mittleren Kapitalwert über null; nur mit `--sensitivity`"
        }
        "Capital expenditure: what is bought, by year; 0 is now" => {
            "Investitionsausgaben (Capex): was gekauft wird, je Jahr; 0 ist jetzt"
        }
        "initial cost at the start and at each renewal" => "Anschaffungskosten zu Beginn und bei jeder Erneuerung",
        "Operating expenditure: what runs, by year" => "Betriebsausgaben (Opex): was laufend anfällt, je Jahr",
        "yearly + premiums − retired" => "jährliche Kosten + Prämien − wegfallende Kosten",
        "Own staff's time in money, by year" => "Die Zeit des eigenen Personals in Geld, je Jahr",
        "hours a year × rate × part of the year × growth of costs" => {
            "Stunden im Jahr × Stundensatz × Anteil des Jahres × Wachstum der Kosten"
        }
        "What it costs in today's money" => "Der Barwert ihrer Kosten",
        "Σ cost / (1 + r)^time" => "Σ Kosten / (1 + r)^Zeit",
        "What it is worth more than it costs, in today's money" => {
            "Um wie viel ihr Nutzen die Kosten übersteigt, als Barwert"
        }
        "Σ (loss avoided + time saved − cost) / (1 + r)^time" => {
            "Σ (vermiedener Schaden + ersparte Zeit − Kosten) / (1 + r)^Zeit"
        }
        "Everything the plan costs, by year; 0 is now" => "Alles, was die Option kostet, je Jahr; 0 ist jetzt",
        "(initial + yearly + people + friction − retired − salvage − end value + premiums) less the tax that they and depreciation save" => {
            "(Anschaffung + jährliche Kosten + Personal + Reibung − wegfallende Kosten − Restwert − Endwert + Prämien) abzüglich der Steuern, die sie und die Abschreibung sparen"
        }
        "Money paid, by year; 0 is now" => "Auszahlungen, je Jahr; 0 ist jetzt",
        "initial + yearly − retired, and premiums" => {
            "Anschaffung + jährliche Kosten − wegfallende Kosten, dazu Prämien"
        }
        "What its policies cost more than today's, by year" => {
            "Was ihre Verträge mehr kosten als die heutigen, je Jahr"
        }
        "premium × growth of costs" => "Prämie × Wachstum der Kosten",
        "Loss that does not happen, by year: an estimate, not cash" => {
            "Schaden, der nicht eintritt, je Jahr: eine Schätzung, kein Geldfluss"
        }
        "(today's loss − loss with the plan, of the year) × growth × (1 − tax rate)" => {
            "(Schaden heute − Schaden mit der Option, je Jahr) × Wachstum × (1 − Steuersatz)"
        }
        "Time saved by year, after tax: a gain that is no loss avoided and no cash" => {
            "Ersparte Zeit je Jahr, nach Steuern: ein Nutzen, der weder vermiedener Schaden noch Geldfluss ist"
        }
        "What the plan is worth more than it costs, in today's money" => {
            "Um wie viel der Nutzen der Option ihre Kosten übersteigt, als Barwert"
        }
        "Return on security investment, per unit spent" => "Rendite der Sicherheitsinvestition (ROSI)",
        "(loss avoided + time saved − cost) / cost, present values" => {
            "(vermiedener Schaden + ersparte Zeit − Kosten) / Kosten, als Barwerte"
        }
        "The return per unit spent by the textbook" => "Der einfache ROSI, ohne Abzinsung",
        "(loss avoided in a full year × years + time saved − cost) / cost, nothing discounted" => {
            "(vermiedener Schaden eines vollen Jahres × Jahre + ersparte Zeit − Kosten) / Kosten, nichts abgezinst"
        }
        "The discount rate at which the plan is worth nothing, where there is exactly one" => {
            "Der Zins, bei dem der Kapitalwert der Option null ist, wo es genau einen gibt"
        }
        "the rate r with Σ net flow / (1 + r)^time = 0" => "der Zins r mit Σ Nettofluss / (1 + r)^Zeit = 0",
        "Every discount rate above −100% at which the plan is worth nothing" => {
            "Jeder Zins über −100 %, bei dem der Kapitalwert der Option null ist"
        }
        "all rates r with Σ net flow / (1 + r)^time = 0" => "alle Zinsen r mit Σ Nettofluss / (1 + r)^Zeit = 0",
        "When the plan has paid for itself for good" => "Wann sich die Option endgültig bezahlt gemacht hat",
        "the time from which the running sum of net flows stays at or above zero to the end of the horizon" => {
            "der Zeitpunkt, ab dem die laufende Summe der Nettoflüsse bis zum Ende des Zeitraums nicht mehr unter null liegt"
        }
        "The same with discounted flows" => "Dasselbe mit abgezinsten Flüssen",
        "the time from which the running sum of present values stays at or above zero" => {
            "der Zeitpunkt, ab dem die laufende Summe der Barwerte nicht mehr unter null liegt"
        }
        "Loss avoided and time saved per unit of cost" => "Vermiedener Schaden und ersparte Zeit je Einheit Kosten",
        "present value of loss avoided and time saved / present value of cost" => {
            "Barwert des vermiedenen Schadens und der ersparten Zeit / Barwert der Kosten"
        }
        "The cost as an even yearly amount" => "Die Kosten als gleichmäßiger Jahresbetrag (Annuität)",
        "Σ over controls: present value of one life × r / (1 − 1 / (1 + r)^life), begun now and renewed for ever" => {
            "Σ über die Maßnahmen: Barwert einer Nutzungsdauer × r / (1 − 1 / (1 + r)^Dauer), jetzt begonnen und immer wieder erneuert"
        }
        "How the value today falls out, bad luck and wrong estimates counted" => {
            "Wie der Kapitalwert ausfällt, Pech und falsche Schätzungen mitgerechnet"
        }
        "quantiles over simulated paths of the horizon" => "Quantile über simulierte Verläufe des Zeitraums",
        "How far the simulated value may be off; nothing of a value is simulated, so null" => {
            "Wie weit der simulierte Kapitalwert danebenliegen kann; an einem Kapitalwert ist nichts simuliert, also leer"
        }
        "from the spread of the simulated paths" => "aus der Streuung der simulierten Verläufe",
        "How far the value may be off: what insurers pay goes through floating point" => {
            "Wie weit der Kapitalwert danebenliegen kann: Zahlungen der Versicherer werden mit Gleitkommazahlen gerechnet"
        }
        "from two grids of different fineness and from averaging over what is not known" => {
            "aus zwei verschieden feinen Gittern und aus der Mittelung über das Unbekannte"
        }
        "The chance that loss avoided is at least the cost within the horizon" => {
            "Die Wahrscheinlichkeit, dass der vermiedene Schaden im Zeitraum die Kosten erreicht"
        }
        "part of simulated paths with a value of zero or more" => {
            "Anteil der simulierten Verläufe mit einem Kapitalwert von null oder mehr"
        }
        "How far that chance may be off" => "Wie weit diese Wahrscheinlichkeit danebenliegen kann",
        "√(p (1 − p) / paths)" => "√(p (1 − p) / Verläufe)",
        "What the value loses if everything begins a year later and runs as long; none with other policies than today" => {
            "Was der Kapitalwert verliert, wenn alles ein Jahr später beginnt und ebenso lange läuft; keiner mit anderen Policen als heute"
        }
        "net present value now − net present value a year later" => "Kapitalwert jetzt − Kapitalwert ein Jahr später",
        "The part it must take off the losses it acts on to be worth its cost" => {
            "Der Teil der Schäden, auf die sie wirkt, den sie verhindern muss, um ihre Kosten wert zu sein"
        }
        "(present value of cost − present value of time saved) / present value of today's loss on the risks it acts on, before insurers; none below 0 or above 1; with insurance the part at which the value is zero" => {
            "(Barwert der Kosten − Barwert der ersparten Zeit) / Barwert des heutigen Schadens der Risiken, auf die sie wirkt, vor Versicherungsleistungen; keine unter 0 oder über 1; mit Versicherung der Anteil, bei dem der Wert null ist"
        }
        "All costs in today's money" => "Barwert aller Kosten",
        "Σ cost / (1 + r)^time, each flow at its own time" => "Σ Kosten / (1 + r)^Zeit, jeder Fluss zu seiner Zeit",
        "Loss avoided in today's money" => "Barwert des vermiedenen Schadens",
        "Σ loss avoided / (1 + r)^time" => "Σ vermiedener Schaden / (1 + r)^Zeit",
        "Time saved in today's money" => "Barwert der ersparten Zeit",
        "Σ time saved / (1 + r)^time" => "Σ ersparte Zeit / (1 + r)^Zeit",
        "Loss avoided and time saved less cost in an average year of the horizon, not discounted" => {
            "Vermiedener Schaden und ersparte Zeit weniger Kosten in einem mittleren Jahr des Zeitraums, nicht abgezinst"
        }
        "Σ (loss avoided + time saved − cost) / years" => "Σ (vermiedener Schaden + ersparte Zeit − Kosten) / Jahre",
        "Whether decimal arithmetic held the value from the file to the end" => {
            "Ob der Kapitalwert von der Datei bis zum Ende dezimal gerechnet ist"
        }
        "What the value loses if everything begins a year later, with the same end of the horizon" => {
            "Was der Kapitalwert verliert, wenn alles ein Jahr später beginnt und der Zeitraum gleich endet"
        }
        "net present value now − net present value of the same plan begun a year later = loss suffered − spending saved (− unused life, where it counts)" => {
            "Kapitalwert jetzt − Kapitalwert derselben Option ein Jahr später = erlittener Schaden − ersparte Ausgaben (− ungenutzte Dauer, wo sie zählt)"
        }
        "Loss suffered, and time not saved, because everything begins a year later" => {
            "Erlittener Schaden und nicht ersparte Zeit, weil alles ein Jahr später beginnt"
        }
        "present value of loss avoided and time saved, now − a year later" => {
            "Barwert des vermiedenen Schadens und der ersparten Zeit, jetzt − ein Jahr später"
        }
        "Spending saved because everything begins a year later" => {
            "Ersparte Ausgaben, weil alles ein Jahr später beginnt"
        }
        "present value of cost, now − a year later, what is left at the end not counted" => {
            "Barwert der Kosten, jetzt − ein Jahr später, ohne was am Ende übrig ist"
        }
        "What more is left at the end of what was bought, because everything begins a year later" => {
            "Was vom Gekauften am Ende mehr übrig ist, weil alles ein Jahr später beginnt"
        }
        "present value of what is left by straight line, a year later − now" => {
            "Barwert des linearen Restwerts, ein Jahr später − jetzt"
        }
        "Whether the value counts what is left at the end" => "Ob der Kapitalwert zählt, was am Ende übrig ist",
        "yes with `end_value = \"straight-line\"`" => "ja mit `end_value = \"straight-line\"`",
        // People and controls.
        "Hours of own people in a full year, over all controls" => {
            "Stunden des eigenen Personals in einem vollen Jahr, über alle Maßnahmen"
        }
        "Σ people_hours" => "Summe der people_hours",
        "The same as full-time posts" => "Dasselbe in Vollzeitstellen",
        "hours / (working days × 8 hours)" => "Stunden / (Arbeitstage × 8 Stunden)",
        "Hours that users lose in a full year" => "Stunden, die Anwender in einem vollen Jahr verlieren",
        "users × time × working days" => "Anwender × Zeit × Arbeitstage",
        "Everything the control costs, by year; 0 is now" => "Alles, was die Maßnahme kostet, je Jahr; 0 ist jetzt",
        "What is paid when the control is bought or renewed, by year" => {
            "Was beim Kauf oder bei der Erneuerung der Maßnahme zu zahlen ist, je Jahr"
        }
        "initial cost × growth of costs" => "Anschaffungskosten × Wachstum der Kosten",
        "What is paid while it runs, by year" => "Was zu zahlen ist, solange sie läuft, je Jahr",
        "yearly cost × part of the year × growth of costs" => {
            "jährliche Kosten × Anteil des Jahres × Wachstum der Kosten"
        }
        "Own people's time, by year" => "Die Zeit des eigenen Personals, je Jahr",
        "What the control costs the business in lost time, by year" => {
            "Was die Maßnahme das Unternehmen an verlorener Zeit kostet, je Jahr"
        }
        "users × hours a year × rate × part of the year × growth of costs" => {
            "Anwender × Stunden im Jahr × Stundensatz × Anteil des Jahres × Wachstum der Kosten"
        }
        "Spending that it ends, by year" => "Ausgaben, die sie beendet, je Jahr",
        "retired cost × part of the year × growth of costs" => {
            "wegfallende Kosten × Anteil des Jahres × Wachstum der Kosten"
        }
        "What it brings at the end of its life, by year" => "Was sie am Ende ihrer Nutzungsdauer einbringt, je Jahr",
        "salvage × growth of costs" => "Restwert × Wachstum der Kosten",
        "What is left at the end of the horizon of a life that goes on" => {
            "Was am Ende des Zeitraums von einer Nutzungsdauer übrig ist, die weitergeht"
        }
        "salvage + (price − salvage) × life to come / life; only with `end_value = \"straight-line\"`" => {
            "Restwert + (Preis − Restwert) × künftige Dauer / Dauer; nur mit `end_value = \"straight-line\"`"
        }
        "What is written down of what was bought, by year; it lowers the profit that is taxed" => {
            "Was vom Gekauften abgeschrieben wird, je Jahr; es mindert den zu versteuernden Gewinn"
        }
        "what the method of `depreciation` writes down of the price in the year, the rest at the end of its life; all at once without it" => {
            "was das Verfahren unter `depreciation` im Jahr vom Preis abschreibt, der Rest am Ende der Nutzungsdauer; ohne es alles auf einmal"
        }
        "Own people's time that the control saves, by year" => {
            "Die Zeit des eigenen Personals, die die Maßnahme spart, je Jahr"
        }
        "Users' time that the control saves, by year" => "Die Zeit der Anwender, die die Maßnahme spart, je Jahr",
        "Hours of own people in a full year" => "Stunden des eigenen Personals in einem vollen Jahr",
        "time × 52 weeks, or × working days" => "Zeit × 52 Wochen oder × Arbeitstage",
        "Hours that people and users save in a full year" => {
            "Stunden, die Personal und Anwender in einem vollen Jahr sparen"
        }
        "time × 52 weeks or × working days, of users × their number" => {
            "Zeit × 52 Wochen oder × Arbeitstage, bei Anwendern × deren Zahl"
        }
        "What the control would be worth if nothing else were bought" => {
            "Was die Maßnahme wert wäre, wenn sonst nichts gekauft würde"
        }
        "loss avoided by it alone − its cost, present values" => {
            "Schaden, den sie allein vermeidet, − ihre Kosten, als Barwerte"
        }
        "What the plan would lose without the control" => "Was die Option ohne die Maßnahme verlöre",
        "value with it − value of the plan without it" => "Kapitalwert mit ihr − Kapitalwert der Option ohne sie",
        "The control's fair share of the plan's value" => "Der Anteil (Shapley) der Maßnahme am Kapitalwert der Option",
        "mean of what it adds over every order of buying" => {
            "Mittel dessen, was sie beiträgt, über jede Reihenfolge des Kaufs"
        }
        "What the best of them alone takes off" => "Was die beste von ihnen allein verhindert",
        "the largest reduction" => "die größte Minderung",
        "What they take off together, where none depends on another" => {
            "Was sie zusammen verhindern, wenn keine von einer anderen abhängt"
        }
        "1 − Π (1 − reduction)" => "1 − Π (1 − Minderung)",
        "The average year if the best of them did all that they do together" => {
            "Das durchschnittliche Jahr, wenn die beste von ihnen alles täte, was sie zusammen tun"
        }
        "loss of an average year with the largest reduction only" => {
            "Schaden eines durchschnittlichen Jahres nur mit der größten Minderung"
        }
        // What would change the answer.
        "The lower end of its range" => "Das untere Ende ihrer Spanne",
        "the 10% point" => "der 10-%-Punkt",
        "The upper end of its range" => "Das obere Ende ihrer Spanne",
        "the 90% point" => "der 90-%-Punkt",
        "The value of the plan at the lower end" => "Der Kapitalwert der Option am unteren Ende",
        "net present value with the input there and all else at its mean" => {
            "Kapitalwert mit der Eingabe dort und allem anderen im Mittel"
        }
        "The value of the plan at the upper end" => "Der Kapitalwert der Option am oberen Ende",
        "Where the plan is worth nothing" => "Wo der Kapitalwert der Option null ist",
        "the nearest value of the input with a net present value of zero" => {
            "der nächste Wert der Eingabe mit einem Kapitalwert von null"
        }
        "What certainty about this input would be worth" => "Was Gewissheit über diese Eingabe wert wäre",
        "E[best value | the input] − best mean value" => {
            "E[bester Kapitalwert | die Eingabe] − bester mittlerer Kapitalwert"
        }
        "The mean of the input" => "Das Mittel der Eingabe",
        "Its mean" => "Ihr Mittel",
        "mean of its distribution" => "Mittel ihrer Verteilung",
        "What it costs more" => "Was sie mehr kostet",
        "present value of cost − that of the other" => "Barwert der Kosten − der der anderen",
        "What loss it avoids more" => "Welchen Schaden sie mehr vermeidet",
        "present value of loss avoided − that of the other" => "Barwert des vermiedenen Schadens − der der anderen",
        "What time of people and users it saves more" => {
            "Wie viel Zeit der eigenen Leute und der Anwender sie mehr spart"
        }
        "present value of time saved − that of the other" => "Barwert der ersparten Zeit − der der anderen",
        "What it is worth more" => "Was sie mehr wert ist",
        "net present value − that of the other" => "Kapitalwert − der der anderen",
        "What certainty about everything would be worth before the decision" => {
            "Was Gewissheit über alles vor der Entscheidung wert wäre"
        }
        "What certainty about everything would be worth" => "Was Gewissheit über alles wert wäre",
        "E[best value | all inputs] − best mean value" => {
            "E[bester Kapitalwert | alle Eingaben] − bester mittlerer Kapitalwert"
        }
        "How far that may be off" => "Wie weit das danebenliegen kann",
        "from the spread of the simulated worlds" => "aus der Streuung der simulierten Welten",
        "Where the recommendation turns" => "Wo die Empfehlung kippt",
        "the nearest value of the input at which another option is worth as much" => {
            "der nächste Wert der Eingabe, bei dem eine andere Option ebenso viel wert ist"
        }
        // Limits, duties, times.
        "The loss that is agreed" => "Der vereinbarte Schaden",
        "The chance of losing more that is agreed" => "Die vereinbarte Wahrscheinlichkeit, mehr zu verlieren",
        "The chance of losing more in a year as things are" => {
            "Die Wahrscheinlichkeit, heute in einem Jahr mehr zu verlieren"
        }
        "The most that the law allows as a fine" => "Das höchste Bußgeld, das das Gesetz zulässt",
        "the larger of a fixed amount and a share of turnover" => {
            "der größere von einem festen Betrag und einem Anteil am Umsatz"
        }
        "How often such a duty has ended in a fine elsewhere, where that is known" => {
            "Wie oft eine solche Pflicht anderswo zu einem Bußgeld geführt hat, soweit bekannt"
        }
        "as published" => "wie veröffentlicht",
        "The chance that an event ends in a fine, as the file says" => {
            "Die Wahrscheinlichkeit laut Datei, dass ein Ereignis zu einem Bußgeld führt"
        }
        "chance that it must be reported × that the authority acts × that a fine follows" => {
            "Wahrscheinlichkeit einer Meldepflicht × dass die Behörde tätig wird × dass ein Bußgeld folgt"
        }
        "What the duty costs in an average year as things are, before insurers pay" => {
            "Was die Pflicht heute in einem durchschnittlichen Jahr vor Versicherung kostet"
        }
        "events a year × chance × mean of each step, added up over the risks" => {
            "Ereignisse im Jahr × Wahrscheinlichkeit × Mittel jedes Schritts, summiert über die Risiken"
        }
        "What fines cost in an average year" => "Was Bußgelder in einem durchschnittlichen Jahr kosten",
        "events a year × chance of a fine × mean of the fine, at most the ceiling" => {
            "Ereignisse im Jahr × Wahrscheinlichkeit eines Bußgelds × mittleres Bußgeld, höchstens die Obergrenze"
        }
        "What the duty costs with each plan" => "Was die Pflicht mit jeder Option kostet",
        "What fines cost with each plan" => "Was Bußgelder mit jeder Option kosten",
        "The time that holds nine times in ten" => "Die Zeit, die in neun von zehn Fällen reicht",
        "the 0.9 quantile of the time" => "das 0,9-Quantil der Zeit",
        "What the time until containment costs per event on average" => {
            "Was die Zeit bis zur Eindämmung je Ereignis im Mittel kostet"
        }
        "loss per hour × mean hours, and the next stage × its chance" => {
            "Schaden je Stunde × mittlere Stunden, dazu die nächste Stufe × ihre Wahrscheinlichkeit"
        }
        "What one more hour until containment costs per event" => {
            "Was eine weitere Stunde bis zur Eindämmung je Ereignis kostet"
        }
        "slope of the mean loss of an event in the hours" => {
            "Steigung des mittleren Schadens eines Ereignisses über die Stunden"
        }
        "What one more hour until containment costs in an average year" => {
            "Was eine weitere Stunde bis zur Eindämmung in einem durchschnittlichen Jahr kostet"
        }
        "events a year × what one more hour costs per event" => {
            "Ereignisse im Jahr × was eine weitere Stunde je Ereignis kostet"
        }
        "What an event beyond the promise costs more than one within it" => {
            "Was ein Ereignis nach der zugesagten Zeit mehr kostet als eines davor"
        }
        "E[loss | later than promised] − E[loss | as promised]" => {
            "E[Schaden | später als zugesagt] − E[Schaden | wie zugesagt]"
        }
        _ => return None,
    })
}
