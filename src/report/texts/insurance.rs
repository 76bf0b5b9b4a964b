//! Who bears the loss.

super::group! {
    /// Insurance and controls in one table.
    Insurance {
        title: "Who bears the loss",
        lead: "An average year. Retained: below the retention, and the insured's share of the layer. Not insured: not covered, or above the limits.",
        policies: "Policies",
        premium: "Premium per year",
        gross: "Average loss before insurers pay",
        transferred: "Insurers pay",
        retained: "Retained",
        uninsured: "Not insured",
        worth: "A policy is worth its premium not by what it pays on average, which is less, but by the bad years that it takes away.",
        too_cheap: "Insurers would pay more than the premium in an average year: ",
        too_cheap_today: "today",
        too_cheap_with: "with {plan}",
        check: ". No insurer offers that for long. Check the premium, and how often and how bad the insured losses are.",
    }
}
