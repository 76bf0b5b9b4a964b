//! What a budget holder enters, what stated cases say, and who does what, in German.

use super::super::{plans, translation};

translation!(
    GERMAN,
    plans::Budget {
        title: "Das Budget nach Jahren: {plan}",
        capex: "Investitionsausgaben (Capex): was gekauft wird",
        opex: "Betriebsausgaben (Opex): laufende Kosten und Prämien, abzüglich wegfallender Ausgaben",
        paid: "Auszahlungen (Budget)",
        people: "Zeit des eigenen Personals",
        all: "Budget und Zeit des eigenen Personals",
        note: "Vor Steuern, zu Preisen des jeweiligen Jahres. Was zu aktivieren ist, entscheidet das Rechnungswesen; hier zählt dazu, was zu Beginn und bei jeder Erneuerung gekauft wird. Eigenes Personal wird aus anderen Budgets bezahlt. Verkaufserlöse am Ende der Nutzungsdauer: siehe „Kosten und Nutzen nach Jahren“.",
    }
);

translation!(
    GERMAN,
    plans::Stated {
        title: "Festgelegte Fälle",
        lead: "Was {plan} in jedem der festgelegten Fälle kostet und bringt. Ein Fall ändert alle seine Annahmen zugleich und nichts sonst.",
        case: "Fall",
        base: "Basis (wie festgelegt)",
        today: "Mittlerer Schaden heute",
        cost: "Kosten (Barwert)",
        value: "Kapitalwert",
        best: "Dann beste Option",
        none: "nicht berechenbar",
        said: "{what}: {value}",
    }
);

translation!(
    GERMAN,
    plans::Tasks {
        title: "Wer macht was: {plan}",
        control: "Maßnahme",
        owner: "Zuständig",
        begins: "Beginn",
        milestones: "Meilensteine",
        milestone: "{day} {what}",
        month: "Monat {month}",
        from_year: "{year}. Jahr",
        from_month: "Monat {month}",
    }
);
