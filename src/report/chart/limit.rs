//! What did the board agree to bear, and does each option keep to it?

use super::words::{self, chance_beside};
use super::{Scale, plain};

/// A point of the risk appetite: a loss that may be passed in a year with at most this chance.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreedLimit {
    /// Its name, such as "agreed limit" or "capacity".
    pub name: String,
    /// The loss of one year, in currency units.
    pub loss: f64,
    /// The largest chance of losing more than that in a year, 0 to 1.
    pub chance: f64,
    /// The chance of losing more than that with each option, in their order and today first. They decide whether the
    /// option keeps to the limit, so that the picture says the same as every table.
    pub chances: Vec<f64>,
}

impl AgreedLimit {
    /// Whether the option at this place keeps to the limit; none where there is no such option.
    pub fn is_kept(&self, option: usize) -> Option<bool> {
        self.chances.get(option).map(|chance| *chance <= self.chance)
    }

    /// "within the agreed 1 in 20" or "over the agreed 1 in 20".
    fn verdict(&self, option: usize) -> &'static str {
        if self.is_kept(option) == Some(true) { "within" } else { "over" }
    }

    /// One sentence an option: which chance it has of passing the limit, and on which side of the agreed one that is.
    pub(super) fn sentences<'a>(&self, names: impl Iterator<Item = &'a str>, scale: &Scale) -> Vec<String> {
        let loss = scale.amount_with_currency(self.loss);
        let sentence = |(option, (name, chance)): (usize, (&str, &f64))| {
            let start = if option == 0 { "Today".to_owned() } else { format!("With {name}") };
            let (said, agreed) = (chance_beside(*chance, self.chance), words::chance(self.chance));
            let verdict = self.verdict(option);
            format!("{start}, the chance of losing more than {loss} is {said}: {verdict} the agreed {agreed}.")
        };
        names.zip(&self.chances).enumerate().map(sentence).collect()
    }

    /// The same for many options: one sentence that sorts them.
    pub(super) fn summary<'a>(&self, names: impl Iterator<Item = &'a str>, scale: &Scale) -> String {
        let (mut kept, mut passed) = (Vec::new(), Vec::new());
        for (option, (name, chance)) in names.zip(&self.chances).enumerate() {
            let said = chance_beside(*chance, self.chance);
            let text = if option == 0 { format!("today ({said})") } else { format!("{name} ({said})") };
            if self.is_kept(option) == Some(true) { kept.push(text) } else { passed.push(text) }
        }
        let part =
            |word: &str, options: &[String]| (!options.is_empty()).then(|| format!("{word} {}", listed(options)));
        let parts: Vec<String> = [part("within it", &kept), part("over it", &passed)].into_iter().flatten().collect();
        format!(
            "Chance of losing more than {}, agreed at {}: {}.",
            scale.amount_with_currency(self.loss),
            words::chance(self.chance),
            parts.join("; ")
        )
    }

    /// Its row in the table behind a picture: what it is, then the chance with each option.
    pub(super) fn row(&self, options: usize) -> Vec<String> {
        let title = format!("More than {} ({}, {})", plain(self.loss), self.name, words::chance(self.chance));
        let chance =
            |option: usize| self.chances.get(option).map_or_else(String::new, |chance| words::percent(*chance));
        std::iter::once(title).chain((0..options).map(chance)).collect()
    }
}

fn listed(words: &[String]) -> String {
    match words {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}
