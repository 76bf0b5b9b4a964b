//! What went in: assumptions, defaults, and advice about them.

super::group! {
    /// The assumptions by weight.
    Assumptions {
        title: "The assumptions, by weight",
        lead: "By how much the net present value of {plan} changes if the assumption is a tenth higher.",
        value: "Value",
        average: "Average",
        tenth_higher: "If a tenth higher",
        source: "Source",
        example: "example",
        no_source: "none",
        one_more: "One more assumption weighs less.",
        more: "{count} more assumptions weigh less.",
    }
}

super::group! {
    /// What holds because the file says nothing.
    Defaults {
        title: "Defaults applied",
        key: "Key",
        what: "What",
        value: "Value",
        meaning: "Meaning",
    }
}

super::group! {
    /// Advice on the file.
    Advice {
        title: "Advice",
        line: "{code}: {message}.",
    }
}
