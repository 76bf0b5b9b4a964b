//! What each risk may cost in good years and bad ones.

super::group! {
    /// The picture of each risk's years.
    Ranges {
        title: "What each risk alone may cost in a year",
        description: "Each risk by itself: what an average year, a bad year (1 in 20) and a very bad year (1 in 100) cost, {options}. A risk that strikes less than once in 20 years costs nothing in a bad year: its losses lie in the rarer ones. Averages add up to the whole, bad years do not, for they seldom fall together.",
        today_and: "today and with {plan}",
        rest_one: "One smaller risk is not drawn; its figures stand in the table.",
        rest: "{count} smaller risks are not drawn; their figures stand in the table.",
    }
}
