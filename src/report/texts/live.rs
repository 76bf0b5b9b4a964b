//! The page that answers while the case is changed.

super::group! {
    /// What the figures on that page are called, and what was changed on it.
    Live {
        limit: "Chance of a year beyond \"{limit}\"",
        changed: "This paper is of a changed case: the file itself says otherwise.",
        change: "{name}: {now} (the file says {before}).",
        controls_of: "{plan}: controls",
        start_of: "{plan}: start of {control}",
        money_a_year: "{currency} a year",
        money_an_hour: "{currency} an hour",
        a_year: "a year",
        hours: "hours",
        hours_a_year: "hours a year",
    }
}
