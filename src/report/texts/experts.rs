//! Several people's ranges as one.

super::group! {
    /// What is said of a pool of ranges.
    Experts {
        a_year: "{rate} a year",
        one_hour: "{count} hour",
        hours: "{count} hours",
        linear: "linear pool",
        logarithmic: "logarithmic pool",
        quantiles: "average of quantiles",
        cooke: "linear pool with Cooke's weights",
        range: "{person}: {low} to {high}",
        pool: "{pool}: {low} to {high}, middle {middle}",
        pool_taken: "{pool}: {low} to {high}, middle {middle} (taken)",
        quiz: "{person}: {hits} of {asked} quiz answers lay in the range, 90% should; of the next ranges {share} are likely to hold.",
        quiz_narrow: "{person}: {hits} of {asked} quiz answers lay in the range, 90% should; of the next ranges {share} are likely to hold (chance of so few for ranges that hold: {chance}): too narrow.",
        score: "{person}: calibration {calibration}, information {information}, weight {weight}",
        no_weights_one: "Cooke's weights need {least} seed questions with known answers that everybody answered by low, middle and high; there is 1. Everybody weighs the same.",
        no_weights: "Cooke's weights need {least} seed questions with known answers that everybody answered by low, middle and high; there are {count}. Everybody weighs the same.",
        without_middle_one: "1 answer of the quiz lacks the middle: ask for 5, 50 and 95% points.",
        without_middle: "{count} answers of the quiz lack the middle: ask for 5, 50 and 95% points.",
        truth_of_nothing: "A question whose answer is 0 has no place on a scale of logarithms: it counts for hits, and not for Cooke's weights.",
        by_its_ends: "The estimate is written by its ends, as no curve through the middle has the pool's mean: its middle is then {middle}, and not {found}.",
        one_person: "One person is no panel: ask a second before the board does.",
        apart: "{lower} ends at {end} where {upper} begins at {begin}: they do not speak of the same thing, or know different things. Ask both why before you pool them.",
        rests_on_one: "1 range of {people}; {pool}",
        rests_on: "{count} ranges of {people}; {pool}",
        rests_on_one_question: "1 range of {people} on {question}; {pool}",
        rests_on_question: "{count} ranges of {people} on {question}; {pool}",
        room: "this room",
        found: "What was found",
        before_use: "Before you use it",
    }
}
