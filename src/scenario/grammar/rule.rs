//! What must hold between the keys of one table?

/// One such rule. The reader checks it with its own words, the schema tells editors, the page people.
#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// At least one of these keys is written, and not as an empty list.
    Any(&'static [&'static str]),
    /// Exactly one of these groups of keys is written, and all of it.
    One(&'static [&'static [&'static str]]),
    /// Who writes the first key writes the second.
    Needs(&'static str, &'static str),
    /// What each way of writing down needs.
    DepreciationByMethod,
    /// The id is not this word.
    NotNamed(&'static str),
    /// `asset` is the replacement, which `loss` cannot state again.
    AssetIsReplacement,
    /// With `count = "at most one"` the frequency is a chance.
    FrequencyByCount,
    /// The kind of `becomes` is that of the factor, and resistance is never reduced.
    NewValueByFactor,
    /// What only the reader can tell, because it needs more than this table.
    Told(&'static str),
}

impl Rule {
    /// The rule as a sentence of the page.
    pub fn sentence(self) -> String {
        let ticked = |keys: &[&str]| keys.iter().map(|key| format!("`{key}`")).collect::<Vec<_>>();
        match self {
            Self::Any([key]) => format!("`{key}` is not left out or empty."),
            Self::Any(keys) => format!("At least one of {} is written.", listed(&ticked(keys), "and")),
            Self::One(groups) => {
                let groups: Vec<String> = groups.iter().map(|keys| ticked(keys).join(" with ")).collect();
                format!("Either {} is written, not both.", listed(&groups, "or"))
            }
            Self::Needs(key, other) => format!("`{key}` needs `{other}`."),
            Self::DepreciationByMethod => {
                "`depreciation` needs `depreciation_years`, and `\"declining\"` needs `depreciation_rate` instead."
                    .into()
            }
            Self::NotNamed(word) => format!("Its `id` is not \"{word}\", which is taken."),
            Self::AssetIsReplacement => {
                "`asset` counts as replacement, so `loss.replacement` does not stand beside it.".into()
            }
            Self::FrequencyByCount => {
                "With `count = \"at most one\"` the `frequency` is a chance (`\"5%\"`, `\"1 in 20\"`, or a frequency of at most once a year)."
                    .into()
            }
            Self::NewValueByFactor => {
                "`becomes` is of the factor's kind; `resistance` and `dwell` take only `becomes`; `loss` and `secondary.loss`, which stand for several forms, take only `reduction`."
                    .into()
            }
            Self::Told(sentence) => sentence.into(),
        }
    }
}

/// `a`, `b` and `c`.
fn listed(words: &[String], last: &str) -> String {
    match words {
        [init @ .., end] if !init.is_empty() => format!("{} {last} {end}", init.join(", ")),
        _ => words.concat(),
    }
}
