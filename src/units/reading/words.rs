//! Which words stand for which multiple, unit of time or currency, in the languages that people keep registers in?
//!
//! English, German, French, Spanish, Italian and Dutch, in small letters; compared without case. A blank within a
//! word stands for any blanks, and an apostrophe for either of its two letters.

use std::collections::HashSet;
use std::sync::LazyLock;

use rust_decimal::Decimal;

/// Multiples: `k` is a thousand.
pub const MULTIPLES: &[(&[&str], u64)] = &[
    (
        &[
            "k",
            "thousand",
            "thousands",
            "tsd",
            "tausend",
            "mille",
            "milliers",
            "mil",
            "miles",
            "mila",
            "migliaia",
            "duizend",
            "duizenden",
        ],
        1_000,
    ),
    (&["lakh", "lakhs", "lac", "lacs"], 100_000),
    (
        &[
            "m",
            "mm",
            "mn",
            "mio",
            "mill",
            "mln",
            "million",
            "millions",
            "millionen",
            "millón",
            "millon",
            "millones",
            "milione",
            "milioni",
            "miljoen",
        ],
        1_000_000,
    ),
    (&["cr", "crore", "crores"], 10_000_000),
    (
        &[
            "b",
            "bn",
            "billion",
            "billions",
            "mrd",
            "mld",
            "md",
            "mds",
            "milliarde",
            "milliarden",
            "milliard",
            "milliards",
            "miliardo",
            "miliardi",
            "miljard",
            "mil millones",
        ],
        1_000_000_000,
    ),
    (&["t", "tn", "trillion", "trillions", "billionen", "billones", "biljoen"], 1_000_000_000_000),
];

/// Multiples that mean different things to different people: each with the word for its two readings, and how these are
/// written without doubt. A `T` is a thousand to some and a trillion to others; `mil` is a thousand in Spanish and short
/// for a million in English.
pub const DOUBTFUL: &[(&str, [(&str, &str); 2])] =
    &[("t", [("thousand", "k"), ("trillion", " trillion")]), ("mil", [("thousand", "k"), ("million", " million")])];

/// Multiples that people write right before the code of a currency: `50 TEUR`, `2 MEUR`.
pub const GLUED: &[&str] = &["t", "k", "tsd", "m", "mm", "mn", "mio", "mln", "mrd", "mld", "bn"];

/// Units of time: words, length in seconds, how many a year has when events are counted.
///
/// A month is a twelfth of a year of 8,760 hours. Counted events use 52 weeks and 365 days.
pub const TIMES: &[Time] = &[
    Time {
        words: &[
            "s", "sec", "secs", "second", "seconds", "sekunde", "sekunden", "seconde", "secondes", "seconden",
            "segundo", "segundos", "secondo", "secondi",
        ],
        adverbs: &[],
        seconds: 1,
        a_year: 31_536_000,
    },
    Time {
        words: &["min", "mins", "minute", "minutes", "minuten", "minuto", "minutos", "minuti", "minuut"],
        adverbs: &[],
        seconds: 60,
        a_year: 525_600,
    },
    Time {
        words: &[
            "h", "hr", "hrs", "hour", "hours", "std", "stunde", "stunden", "heure", "heures", "hora", "horas", "ora",
            "ore", "uur", "uren",
        ],
        adverbs: &["hourly", "stündlich"],
        seconds: 3_600,
        a_year: 8_760,
    },
    Time {
        words: &[
            "d", "day", "days", "tag", "tage", "tagen", "jour", "jours", "día", "días", "dia", "dias", "giorno",
            "giorni", "dag", "dagen",
        ],
        adverbs: &["daily", "täglich", "quotidien", "diario", "giornaliero", "dagelijks"],
        seconds: 86_400,
        a_year: 365,
    },
    Time {
        words: &[
            "w",
            "wk",
            "week",
            "weeks",
            "woche",
            "wochen",
            "semaine",
            "semaines",
            "semana",
            "semanas",
            "settimana",
            "settimane",
            "weken",
        ],
        adverbs: &["weekly", "wöchentlich", "hebdomadaire", "semanal", "settimanale", "wekelijks"],
        seconds: 604_800,
        a_year: 52,
    },
    Time {
        words: &["fortnight", "fortnights"],
        adverbs: &["fortnightly", "vierzehntägig"],
        seconds: 1_209_600,
        a_year: 26,
    },
    Time {
        words: &[
            "mo", "month", "months", "monat", "monate", "monaten", "mois", "mes", "meses", "mese", "mesi", "maand",
            "maanden",
        ],
        adverbs: &[
            "monthly",
            "monatlich",
            "mensuel",
            "mensuelle",
            "mensuellement",
            "mensual",
            "mensile",
            "maandelijks",
        ],
        seconds: 2_628_000,
        a_year: 12,
    },
    Time {
        words: &[
            "quarter",
            "quarters",
            "quartal",
            "quartale",
            "quartalen",
            "trimestre",
            "trimestres",
            "trimestri",
            "kwartaal",
            "kwartalen",
        ],
        adverbs: &["quarterly", "vierteljährlich", "quartalsweise", "trimestriel", "trimestral", "trimestrale"],
        seconds: 7_884_000,
        a_year: 4,
    },
    Time {
        words: &["halbjahr", "semestre", "semestres", "semestri"],
        adverbs: &[
            "halbjährlich",
            "semestriel",
            "semestral",
            "semestrale",
            "semi-annually",
            "semiannually",
            "half-yearly",
            "halfjaarlijks",
        ],
        seconds: 15_768_000,
        a_year: 2,
    },
    Time {
        words: &[
            "y", "yr", "yrs", "year", "years", "annum", "jhr", "jr", "jahr", "jahre", "jahren", "jahres", "an", "ans",
            "année", "années", "año", "años", "anno", "anni", "jaar", "jaren",
        ],
        adverbs: &[
            "yearly",
            "annually",
            "annual",
            "jährlich",
            "annuel",
            "annuelle",
            "annuellement",
            "anual",
            "anualmente",
            "annuale",
            "annualmente",
            "jaarlijks",
            "pa",
            "all'anno",
            "l'anno",
        ],
        seconds: 31_536_000,
        a_year: 1,
    },
];

/// One unit of time.
pub struct Time {
    /// How it is written.
    pub words: &'static [&'static str],
    /// Words for once in each of it: `monthly`.
    pub adverbs: &'static [&'static str],
    /// Its length.
    pub seconds: u64,
    /// How many of it a year has.
    pub a_year: u64,
}

impl Time {
    /// The length in hours of `count` of it.
    pub fn hours(&self, count: Decimal) -> Option<Decimal> {
        count.checked_mul(Decimal::from(self.seconds))?.checked_div(Decimal::from(3_600))
    }

    /// Its name in a scenario.
    pub fn name(&self) -> &'static str {
        match self.a_year {
            31_536_000 => "second",
            525_600 => "minute",
            8_760 => "hour",
            365 => "day",
            52 => "week",
            26 => "fortnight",
            12 => "month",
            4 => "quarter",
            2 => "halbjahr",
            _ => "year",
        }
    }

    /// Whether it is longer than `other`.
    pub fn is_at_least(&self, seconds: u64) -> bool {
        self.seconds >= seconds
    }
}

/// Units longer than a year, in years: `twice a decade`.
pub const LONG: &[(&str, u64)] = &[
    ("decade", 10),
    ("decades", 10),
    ("jahrzehnt", 10),
    ("jahrzehnte", 10),
    ("jahrzehnten", 10),
    ("décennie", 10),
    ("décennies", 10),
    ("década", 10),
    ("décadas", 10),
    ("decennio", 10),
    ("decenni", 10),
    ("decennium", 10),
    ("century", 100),
    ("centuries", 100),
    ("jahrhundert", 100),
    ("siècle", 100),
    ("siglo", 100),
    ("secolo", 100),
    ("eeuw", 100),
];
/// The sign of a year, `0.5/a`: only where how often is said, or behind `per`, for it is a word too.
pub const YEAR_SIGN: &str = "a";
/// Words that stand before a unit and never before a number: `3 times a year`. Between two numbers `a` is "to" to those
/// who write Spanish and Italian: `cada 5 a 10 años`.
pub const ARTICLES: &[&str] = &["a", "an", "al"];

/// Words for each of something, which need no count before them: `every 5 years`.
pub const EVERY: &[&str] = &[
    "every",
    "each",
    "alle",
    "jede",
    "jeden",
    "jedes",
    "tous les",
    "toutes les",
    "chaque",
    "cada",
    "ogni",
    "elke",
    "iedere",
    "om de",
];
/// Words that skip one of something: `every other year`.
pub const OTHER: &[&str] = &["other", "second", "zweite", "zweiten", "zweites"];
/// Words between a number and a unit: `12 per year`; those of [`EVERY`] too.
pub const PER: &[&str] = &["per", "a", "an", "pro", "je", "im", "par", "por", "al"];
/// Words between two numbers: `1 in 20`.
pub const IN: &[&str] =
    &["in", "in de", "en", "auf", "von", "sur", "su", "op", "within", "over", "innerhalb", "durante", "out of"];
/// Words that count: `once a year`.
pub const COUNTS: &[(&str, u64)] = &[
    ("once", 1),
    ("one", 1),
    ("twice", 2),
    ("two", 2),
    ("thrice", 3),
    ("three", 3),
    ("einmal", 1),
    ("ein", 1),
    ("zweimal", 2),
    ("zwei", 2),
    ("dreimal", 3),
    ("drei", 3),
    ("viermal", 4),
    ("un", 1),
    ("une", 1),
    ("deux", 2),
    ("trois", 3),
    ("una", 1),
    ("dos", 2),
    ("tres", 3),
    ("due", 2),
    ("tre", 3),
    ("een", 1),
    ("eens", 1),
    ("eenmaal", 1),
    ("tweemaal", 2),
    ("twee", 2),
    ("driemaal", 3),
    ("drie", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("vier", 4),
    ("fünf", 5),
    ("sechs", 6),
    ("sieben", 7),
    ("acht", 8),
    ("neun", 9),
    ("zehn", 10),
    ("quatre", 4),
    ("cinq", 5),
    ("sept", 7),
    ("huit", 8),
    ("neuf", 9),
    ("dix", 10),
    ("cuatro", 4),
    ("cinco", 5),
    ("diez", 10),
    ("quattro", 4),
    ("cinque", 5),
    ("dieci", 10),
    ("vijf", 5),
    ("tien", 10),
];
/// Words that may stand between a count and `per`: `3 times a year`.
pub const TIMES_WORDS: &[&str] =
    &["time", "times", "x", "mal", "fois", "vez", "veces", "volta", "volte", "keer", "maal"];
/// Words for what was seen: `4 events in 6 years` is a count over a time, not a rate that is known.
pub const EVENTS: &[&str] = &[
    "event",
    "events",
    "incident",
    "incidents",
    "vorfall",
    "vorfälle",
    "vorfällen",
    "ereignis",
    "ereignisse",
    "événement",
    "événements",
    "incidente",
    "incidentes",
    "incidenti",
    "incidenten",
    "evento",
    "eventos",
    "eventi",
    "gebeurtenis",
    "gebeurtenissen",
];
/// The signs of currencies; codes are three capitals.
pub const CURRENCY_SIGNS: &[char] = &['€', '$', '£', '¥', '₹', '₩', '₪', '₺', '₽', '₱', '₫', '฿', '₦', '₴'];
/// Words for currencies.
pub const CURRENCY_WORDS: &[&str] = &[
    "euro", "euros", "dollar", "dollars", "dólares", "pound", "pounds", "fr", "sfr", "franken", "rs", "rupee",
    "rupees", "yen", "kr", "zł",
];
/// Words before a sign that tell whose it is: `US$`.
pub const SIGN_PREFIXES: &[(&str, &str)] = &[
    ("US", "USD"),
    ("A", "AUD"),
    ("AU", "AUD"),
    ("C", "CAD"),
    ("CA", "CAD"),
    ("HK", "HKD"),
    ("S", "SGD"),
    ("NZ", "NZD"),
    ("R", "BRL"),
    ("MX", "MXN"),
];
/// Ways to write a hundredth.
pub const PERCENT: &[&str] = &["%", "percent", "per cent", "pct", "prozent", "procent", "por ciento", "pour cent"];
/// Full-time equivalents.
pub const FULL_TIME: &[&str] = &["fte", "ftes", "etp"];
/// Short forms that may end with a point.
pub const SHORT_FORMS: &[&str] = &[
    "mio", "mill", "mrd", "tsd", "mln", "mld", "mn", "bn", "cr", "std", "hr", "hrs", "yr", "yrs", "min", "sec", "mo",
    "wk", "rs", "fr", "sfr", "jhr", "jr",
];

/// Every word of these lists: most words of a table are none, and one look tells so.
static ALL: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lists = [PER, EVERY, TIMES_WORDS, EVENTS, PERCENT, IN, OTHER, FULL_TIME, CURRENCY_WORDS];
    let multiples = MULTIPLES.iter().flat_map(|(words, _)| words.iter());
    let times = TIMES.iter().flat_map(|time| time.words.iter().chain(time.adverbs));
    let counted = COUNTS.iter().chain(LONG).map(|(word, _)| *word);
    lists.into_iter().flatten().chain(multiples).chain(times).copied().chain(counted).collect()
});

/// The multiple that a word stands for.
pub fn multiple(word: &str) -> Option<Decimal> {
    if !ALL.contains(word) {
        return None;
    }
    MULTIPLES.iter().find(|(words, _)| words.contains(&word)).map(|(_, value)| Decimal::from(*value))
}

/// The two readings of a word that is a multiple to everybody, but not the same.
pub fn doubtful(word: &str) -> Option<&'static [(&'static str, &'static str); 2]> {
    DOUBTFUL.iter().find(|(known, _)| *known == word).map(|(_, readings)| readings)
}

/// The unit of time that a word stands for.
pub fn time(word: &str) -> Option<&'static Time> {
    if !ALL.contains(word) {
        return None;
    }
    TIMES.iter().find(|time| time.words.contains(&word))
}

/// How many of which unit of time a word stands for where how often is said: a decade is ten years, `a` is one.
pub fn span(word: &str) -> Option<(Decimal, &'static Time)> {
    let years = |years: u64| Some((Decimal::from(years), time("year")?));
    if let Some(time) = time(word) {
        return Some((Decimal::ONE, time));
    }
    let long = LONG.iter().find(|(known, _)| *known == word).map(|(_, years)| *years);
    long.or((word == YEAR_SIGN).then_some(1)).and_then(years)
}

/// The unit of time that an adverb stands for: `monthly`.
pub fn adverb(word: &str) -> Option<&'static Time> {
    if !ALL.contains(word) {
        return None;
    }
    TIMES.iter().find(|time| time.adverbs.contains(&word))
}

/// How many a word counts.
pub fn count(word: &str) -> Option<Decimal> {
    COUNTS.iter().find(|(known, _)| *known == word).map(|(_, count)| Decimal::from(*count))
}

/// Whether a word stands between a number and a unit.
pub fn is_per(word: &str) -> bool {
    PER.contains(&word) || EVERY.contains(&word)
}

/// Every word of two parts: they are joined before all else.
pub const PHRASES: &[(&str, &str)] = &[
    ("mil", "millones"),
    ("tous", "les"),
    ("toutes", "les"),
    ("om", "de"),
    ("in", "de"),
    ("out", "of"),
    ("per", "cent"),
    ("por", "ciento"),
    ("pour", "cent"),
];

/// Whether a quantity may hold a word.
pub fn is_known(word: &str) -> bool {
    ALL.contains(word)
}
