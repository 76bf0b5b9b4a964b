//! Chances, amounts and days, as people say them.

super::group! {
    /// What stands with or for a number. Numbers are set with the marks of the readers after they are put in here.
    Said {
        none: "none",
        certain: "certain",
        one_in: "1 in {count}",
        in_a_million: "less than 1 in a million",
        less_than: "less than {chance}",
        just_over: "just over {chance}",
        just_under: "just under {chance}",
        percent: "{number} %",
        nearly_all: "more than 99.9 %",
        a_year: "{amount} a year",
        an_hour: "{amount} an hour",
        one_in_years: "1 in {count} years",
        days: "{count} days",
        hours: "{count} h",
        hours_a_year: "{count} h a year",
        thousand: "k",
        million: "M",
        billion: "bn",
        trillion: "tn",
        day: "{day} {month} {year}",
        january: "January",
        february: "February",
        march: "March",
        april: "April",
        may: "May",
        june: "June",
        july: "July",
        august: "August",
        september: "September",
        october: "October",
        november: "November",
        december: "December",
    }
}
