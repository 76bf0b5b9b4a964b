//! Who bears the loss.

super::group! {
    /// Insurance and controls in one table.
    Insurance {
        title: "Who bears the loss",
        lead: "An average year, from what is lost to what remains. Retained: below the retentions of an event and of a year, and the insured's share of the rest. Not insured: not covered (forms of loss, the hours of a waiting time, what passes a sublimit), or above the limits. Retained and not insured are what remains.",
        policies: "Policies",
        premium: "Premium per year",
        gross: "Gross loss",
        transferred: "Insurers pay",
        retained: "Retained",
        uninsured: "Not insured",
        remains: "Net of insurance",
        year_after: "{policy} pays in a year only after {amount} of its layers.",
        waits: "{policy} pays for an outage only after a waiting time of {hours}.",
        waits_franchise: "{policy} pays for an outage from its start if it lasts at least {hours}.",
        sublimit: "{policy} counts {form} up to {amount} an event.",
        worth: "On average a policy pays back less than its premium; its value is protection in bad years.",
        too_cheap: "Insurers would pay more than the premium in an average year: ",
        too_cheap_today: "today",
        too_cheap_with: "with {plan}",
        check: ". No insurer offers that for long. Check the premium, and how often and how bad the insured losses are.",
    }
}
