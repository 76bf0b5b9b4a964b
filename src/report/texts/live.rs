//! The page that answers while the case is changed.

super::group! {
    /// What only that page says.
    Live {
        limit: "Chance of a year beyond \"{limit}\"",
        changed: "This paper is of a changed case: the file itself says otherwise.",
        change: "{name}: {now} (the file says {before}).",
    }
}
