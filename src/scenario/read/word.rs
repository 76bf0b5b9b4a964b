//! Which known word did the writer mean?

/// What people call a thing, and what it is called here; the first that is known at the place holds.
const OTHER_NAMES: &[(&str, &[&str])] = &[
    ("probability", &["frequency", "chance", "vulnerability"]),
    ("likelihood", &["frequency", "chance", "vulnerability"]),
    ("rate", &["frequency", "events"]),
    ("aro", &["frequency"]),
    ("lef", &["frequency"]),
    ("tef", &["events"]),
    ("occurrence", &["frequency"]),
    ("occurrences", &["frequency"]),
    ("attempts", &["events"]),
    ("impact", &["loss"]),
    ("damage", &["loss"]),
    ("losses", &["loss"]),
    ("severity", &["loss"]),
    ("sle", &["asset", "loss"]),
    ("ef", &["exposure"]),
    ("downtime", &["outage", "duration"]),
    ("business interruption", &["productivity"]),
    ("interruption", &["productivity", "outage"]),
    ("legal", &["fines"]),
    ("penalties", &["fines"]),
    ("brand", &["reputation"]),
    ("forensics", &["response"]),
    ("recovery", &["replacement"]),
    ("strength", &["resistance"]),
    ("difficulty", &["resistance"]),
    ("skill", &["capability"]),
    ("effectiveness", &["reduction"]),
    ("efficacy", &["reduction"]),
    ("mitigation", &["reduction"]),
    ("factor", &["on"]),
    ("target", &["on", "risk"]),
    ("label", &["name"]),
    ("description", &["name", "why"]),
    ("comment", &["why"]),
    ("note", &["why"]),
    ("reference", &["source"]),
    ("mode", &["likely"]),
    ("most_likely", &["likely"]),
    ("minimum", &["min"]),
    ("lower", &["min", "low"]),
    ("maximum", &["max"]),
    ("upper", &["max", "high"]),
    ("p5", &["low"]),
    ("p05", &["low"]),
    ("p95", &["high"]),
    ("median", &["p50"]),
    ("average", &["mean", "value"]),
    ("amount", &["value"]),
    ("std", &["sd"]),
    ("stdev", &["sd"]),
    ("sigma", &["sd"]),
    ("distribution", &["shape"]),
    ("capex", &["initial"]),
    ("setup", &["initial"]),
    ("upfront", &["initial"]),
    ("one_time", &["initial"]),
    ("opex", &["yearly"]),
    ("annual", &["yearly"]),
    ("recurring", &["yearly"]),
    ("savings", &["retired"]),
    ("labour", &["people"]),
    ("staff", &["people"]),
    ("wacc", &["discount_rate"]),
    ("interest", &["discount_rate"]),
    ("inflation", &["growth"]),
    ("tax", &["tax_rate"]),
    ("years", &["horizon"]),
    ("deductible", &["retention"]),
    ("option", &["plan"]),
    ("scenario", &["risk"]),
    ("threat_event_frequency", &["events"]),
    ("loss_event_frequency", &["frequency"]),
    ("end of year", &["year-end"]),
    ("linear", &["straight-line"]),
    ("exponential", &["gamma"]),
];

/// The known word that was probably meant: the same but for its case, another name for it, or one
/// that looks alike.
pub fn nearest<'w>(word: &str, known: impl IntoIterator<Item = &'w str>) -> Option<&'w str> {
    let folded = fold(word);
    let known: Vec<(&str, String)> = known.into_iter().map(|word| (word, fold(word))).collect();
    let named = |name: &str| known.iter().find(|(_, other)| *other == fold(name)).map(|(word, _)| *word);
    let other_name = || {
        let (_, names) = OTHER_NAMES.iter().find(|(other, _)| fold(other) == folded)?;
        names.iter().find_map(|name| named(name))
    };
    let alike = || {
        let likeness = known.iter().map(|(word, other)| (strsim::jaro_winkler(&folded, other), *word));
        let near = likeness.filter(|(likeness, _)| *likeness > 0.84);
        near.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, word)| word)
    };
    named(word).or_else(other_name).or_else(alike)
}

/// Without what people vary: case, hyphens, blanks.
fn fold(word: &str) -> String {
    word.trim().to_lowercase().replace(['-', ' '], "_")
}

/// Whether a text can be an id: begins with a letter or digit, then letters, digits, `-`, `_`.
pub fn is_id(text: &str) -> bool {
    let mut bytes = text.bytes();
    bytes.next().is_some_and(|b| b.is_ascii_alphanumeric())
        && bytes.all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        && text.len() <= 64
}

/// An id made of any text.
pub fn cleaned_id(text: &str) -> String {
    let kept: String = text.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    let joined = kept.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let short: String = joined.chars().take(40).collect();
    if short.is_empty() { "risk-1".into() } else { short }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_that_was_meant_is_found() {
        let known = ["id", "frequency", "loss", "year-end"];
        for (word, meant) in [
            ("ID", Some("id")),
            ("frequncy", Some("frequency")),
            ("likelihood", Some("frequency")),
            ("Impact", Some("loss")),
            ("year end", Some("year-end")),
            ("end-of-year", Some("year-end")),
            ("colour", None),
            ("", None),
        ] {
            assert_eq!(nearest(word, known), meant, "{word}");
        }
        // Another name holds only where its own is known.
        assert_eq!(nearest("deductible", known), None);
    }

    #[test]
    fn any_text_makes_an_id() {
        for text in ["Laptop lost", "Größe", "…", "-a-", &"x".repeat(100)] {
            assert!(is_id(&cleaned_id(text)), "{text}");
        }
    }
}
