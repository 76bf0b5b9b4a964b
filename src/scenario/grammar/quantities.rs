//! How quantities of each kind are written, for the schema and the page.

use crate::units::Kind;

/// A kind of quantity with what people need to know of it.
pub struct Quantity {
    /// The kind.
    pub kind: Kind,
    /// Its name in the schema.
    pub stem: &'static str,
    /// Ways to write one, with a remark where one is due.
    pub examples: &'static [(&'static str, &'static str)],
    /// The values that it can take.
    pub range: &'static str,
    /// The largest number that may stand without a unit, where one may.
    pub most: f64,
}

/// Every kind that a file can hold.
pub static QUANTITIES: &[Quantity] = &[
    Quantity {
        kind: Kind::Money,
        stem: "money",
        examples: &[
            ("250k", ""),
            ("1.2M", ""),
            ("2.5 million", ""),
            ("3bn", ""),
            ("60000", ""),
            ("1,200,000", ""),
            ("EUR 250k", ""),
            ("€90k", ""),
            ("50 T€", "50,000"),
            ("2,5 Mio. €", ""),
            ("5 crore", "50 million"),
        ],
        range: "0 or more, up to 1e20",
        most: 1e20,
    },
    Quantity {
        kind: Kind::YearlyMoney,
        stem: "yearly_money",
        examples: &[
            ("36k", "a year"),
            ("36k per year", ""),
            ("3k per month", "12 months"),
            ("3k monthly", ""),
            ("9k per quarter", ""),
        ],
        range: "0 or more, up to 1e20",
        most: 1e20,
    },
    Quantity {
        kind: Kind::Revenue,
        stem: "revenue",
        examples: &[("18k per hour", ""), ("430k per day", "24 hours"), ("158M per year", "8,760 hours")],
        range: "0 or more",
        most: 1e20,
    },
    Quantity {
        kind: Kind::Wage,
        stem: "wage",
        examples: &[("65 per hour", ""), ("EUR 65/h", "")],
        range: "0 or more",
        most: 1e20,
    },
    Quantity {
        kind: Kind::Chance,
        stem: "chance",
        examples: &[("15%", ""), ("15 percent", ""), ("1 in 20", ""), ("1/20", "")],
        range: "0% to 100%",
        most: 1.0,
    },
    Quantity {
        kind: Kind::Frequency,
        stem: "frequency",
        examples: &[
            ("1 in 20 years", ""),
            ("12 per year", ""),
            ("3 times a month", "12 months"),
            ("once a week", "52 weeks"),
            ("2 per day", "365 days"),
            ("every 5 years", ""),
            ("monthly", ""),
            ("1 per 20 years", ""),
            ("alle 8 Jahre", ""),
            ("12 p.a.", ""),
            ("4 events in 6 years", "what was seen"),
        ],
        range: "0 or more, up to 1e9 a year",
        most: 1e9,
    },
    Quantity {
        kind: Kind::Rate,
        stem: "rate",
        examples: &[("8%", ""), ("2.5% per year", ""), ("-2%", "")],
        range: "above -100%, up to 1,000%",
        most: 10.0,
    },
    Quantity {
        kind: Kind::Period,
        stem: "period",
        examples: &[
            ("36 hours", ""),
            ("90 minutes", ""),
            ("1 day", "24 hours"),
            ("18 months", "730 hours each"),
            ("3 years", "8,760 hours each"),
        ],
        range: "0 or more, up to 1e9 hours",
        most: 1e9,
    },
    Quantity {
        kind: Kind::Number,
        stem: "number",
        examples: &[("900", ""), ("12000", ""), ("1,200,000", "")],
        range: "0 or more",
        most: 1e20,
    },
    Quantity {
        kind: Kind::WorkTime,
        stem: "work_time",
        examples: &[
            ("4 hours per week", "52 weeks a year"),
            ("1 minute per day", "working days"),
            ("3 days per month", "8 hours each"),
            ("0.5 FTE", "8 hours on every working day"),
        ],
        range: "0 or more, up to 1e9 hours a year",
        most: 1e9,
    },
];

/// What there is to know of a kind.
pub fn quantity(kind: Kind) -> &'static Quantity {
    QUANTITIES.iter().find(|quantity| quantity.kind == kind).unwrap_or(&QUANTITIES[0])
}
