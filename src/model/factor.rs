//! What can a control act on, and what does each of these factors multiply?
//!
//! One row a factor: how it is written and said, which part of an event it multiplies, which parts of the loss a
//! reduction of it takes from, what a new value of it is, and how that value becomes a number. Everything that knows
//! factors (reader, schema, checks, averages, exact and simulated years, the search) reads this table. What a factor
//! needs of a risk stands in `scenario/check/factor.rs`, and where its number stands in a risk's product in
//! `engine/loss.rs`. See `docs/model/controls.md`.

use super::Role;
use super::form::Form;
use super::risk::Part;
use crate::units::{Kind, Language};

/// What a control can act on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Factor {
    /// Loss events a year.
    Frequency,
    /// Contacts a year.
    Contacts,
    /// Chance that a contact acts.
    Action,
    /// Threat events a year.
    Events,
    /// Chance that a threat event becomes a loss event.
    Vulnerability,
    /// Resistance to the threat.
    Resistance,
    /// Length of the standstill.
    Outage,
    /// Time from break-in to containment.
    Dwell,
    /// Chance of the next stage, which follows the time: what becomes of the one becomes of the other.
    NextStage,
    /// All primary loss and the standstill.
    Loss,
    /// One form of primary loss.
    LossForm(Form),
    /// Chance of secondary loss.
    SecondaryChance,
    /// All secondary loss.
    SecondaryLoss,
    /// One form of secondary loss.
    SecondaryLossForm(Form),
}

/// What of an event a factor multiplies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Multiplies {
    /// Whether it happens: how often a risk strikes.
    Events,
    /// The chances of secondary losses.
    SecondaryChances,
    /// The chance of the next stage.
    NextStage,
    /// Hours of an outage, and what they cost.
    Hours,
    /// Amounts of money.
    Amounts,
}

/// How a new value of a factor becomes the number that stands in the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// By its mean.
    AsItIs,
    /// By the chance that the threat's capability exceeds it.
    AgainstCapability,
    /// By the chance that the next stage comes within it.
    AsTimeOfNextStage,
}

/// What holds of a factor, whatever the risk.
struct Row {
    /// As written in a file, before the form.
    key: &'static str,
    /// In words for people, before the form.
    words: &'static str,
    multiplies: Multiplies,
    /// Which parts of a loss a reduction takes from.
    reduces: fn(Part, Option<Form>) -> bool,
    /// Its new value; none for what cannot be replaced as a whole.
    new_value: Option<(Kind, bool, Role)>,
    taken: Taken,
    /// Whether a part of it can be taken off: not of what a control can only replace.
    has_reduction: bool,
    /// Whether more of it is less loss.
    is_protection: bool,
}

impl Row {
    fn new(
        key: &'static str,
        words: &'static str,
        multiplies: Multiplies,
        reduces: fn(Part, Option<Form>) -> bool,
        new_value: Option<(Kind, bool, Role)>,
    ) -> Self {
        let taken = Taken::AsItIs;
        Self { key, words, multiplies, reduces, new_value, taken, has_reduction: true, is_protection: false }
    }

    /// A factor of how often a risk strikes: every part of the loss comes less often.
    fn rate(key: &'static str, words: &'static str, kind: Kind, bare: bool) -> Self {
        Self::new(key, words, Multiplies::Events, |_, _| true, Some((kind, bare, Role::Knowledge)))
    }

    /// An amount that is drawn for every event.
    fn amount(
        key: &'static str,
        words: &'static str,
        multiplies: Multiplies,
        reduces: fn(Part, Option<Form>) -> bool,
        kind: Option<Kind>,
    ) -> Self {
        Self::new(key, words, multiplies, reduces, kind.map(|kind| (kind, false, Role::Luck)))
    }
}

impl Factor {
    fn row(self) -> Row {
        use Multiplies::{Amounts, Hours, NextStage, SecondaryChances};
        let is_primary = |part: Part, _: Option<Form>| !matches!(part, Part::Secondary(..));
        let is_secondary = |part: Part, _: Option<Form>| matches!(part, Part::Secondary(..));
        match self {
            Self::Frequency => Row::rate("frequency", "how often it happens", Kind::Frequency, false),
            Self::Contacts => Row::rate("contacts", "how often the threat comes in touch", Kind::Frequency, true),
            Self::Action => Row::rate("action", "the chance that a contact turns into an attack", Kind::Chance, false),
            Self::Events => Row::rate("events", "how often it is tried", Kind::Frequency, true),
            Self::Vulnerability => Row::rate("vulnerability", "the chance that a try succeeds", Kind::Chance, false),
            Self::Resistance => Row {
                new_value: Some((Kind::Chance, false, Role::Luck)),
                taken: Taken::AgainstCapability,
                has_reduction: false,
                is_protection: true,
                ..Row::rate("resistance", "the resistance", Kind::Chance, false)
            },
            Self::Outage => Row::amount(
                "outage",
                "the length of the outage",
                Hours,
                |part, _| part == Part::Outage,
                Some(Kind::Period),
            ),
            Self::Dwell => Row {
                has_reduction: false,
                ..Row::amount(
                    "dwell",
                    "the time from break-in to containment",
                    Amounts,
                    |part, _| part == Part::Dwell,
                    Some(Kind::Period),
                )
            },
            Self::NextStage => Row {
                taken: Taken::AsTimeOfNextStage,
                ..Row::amount(
                    "dwell.then",
                    "the chance of the next stage",
                    NextStage,
                    |part, _| part == Part::Next,
                    Some(Kind::Period),
                )
            },
            Self::Loss => Row::amount("loss", "the direct loss", Amounts, is_primary, None),
            Self::LossForm(_) => Row::amount(
                "loss",
                "the direct loss",
                Amounts,
                // A standstill is part of productivity, the days of an intruder and what he does next part of response.
                |part, form| !matches!(part, Part::Secondary(..)) && form == Some(part.form()),
                Some(Kind::Money),
            ),
            Self::SecondaryChance => Row::amount(
                "secondary.chance",
                "the chance of follow-up loss",
                SecondaryChances,
                is_secondary,
                Some(Kind::Chance),
            ),
            Self::SecondaryLoss => Row::amount("secondary.loss", "the follow-up loss", Amounts, is_secondary, None),
            Self::SecondaryLossForm(_) => Row::amount(
                "secondary.loss",
                "the follow-up loss",
                Amounts,
                |part, form| matches!(part, Part::Secondary(..)) && form == Some(part.form()),
                Some(Kind::Money),
            ),
        }
    }

    /// The form of loss that it is about, where it is about one.
    pub fn form(self) -> Option<Form> {
        match self {
            Self::LossForm(form) | Self::SecondaryLossForm(form) => Some(form),
            _ => None,
        }
    }

    /// The factor that a new value takes the place of: a new resistance is a new vulnerability.
    pub fn replaced(self) -> Self {
        if self.taken() == Taken::AgainstCapability { Self::Vulnerability } else { self }
    }

    /// What of an event it multiplies.
    pub fn multiplies(self) -> Multiplies {
        self.row().multiplies
    }

    /// Whether it says how often a risk strikes.
    pub fn is_rate(self) -> bool {
        self.multiplies() == Multiplies::Events
    }

    /// Whether a reduction of it takes from a part of the loss: what makes events fewer takes from all.
    pub fn reduces(self, part: Part) -> bool {
        (self.row().reduces)(part, self.form())
    }

    /// What a new value of it is: its kind, whether a bare number names it, and what its range stands for; none
    /// for what cannot be replaced as a whole.
    pub fn new_value(self) -> Option<(Kind, bool, Role)> {
        self.row().new_value
    }

    /// How a new value of it becomes a number.
    pub fn taken(self) -> Taken {
        self.row().taken
    }

    /// Whether a control can take a part of it off.
    pub fn has_reduction(self) -> bool {
        self.row().has_reduction
    }

    /// Whether more of it is less loss.
    pub fn is_protection(self) -> bool {
        self.row().is_protection
    }

    /// Factors without a form, as written in a file.
    pub const PLAIN: [Self; 11] = [
        Self::Frequency,
        Self::Contacts,
        Self::Action,
        Self::Events,
        Self::Vulnerability,
        Self::Resistance,
        Self::Outage,
        Self::Dwell,
        Self::Loss,
        Self::SecondaryChance,
        Self::SecondaryLoss,
    ];

    /// Every factor that a file may name.
    pub fn all() -> Vec<Self> {
        let forms = Form::ALL.into_iter();
        Self::PLAIN
            .into_iter()
            .chain(forms.clone().map(Self::LossForm))
            .chain(forms.map(Self::SecondaryLossForm))
            .collect()
    }

    /// The factor as written: `secondary.loss.fines`.
    pub fn key(self) -> String {
        let key = self.row().key;
        self.form().map_or_else(|| key.to_owned(), |form| format!("{key}.{}", form.key()))
    }

    /// In words for people: "how often it happens".
    pub fn words(self, language: Language) -> String {
        let (words, from) = match language {
            Language::English => (self.row().words, "from"),
            Language::German => (self.german(), "durch"),
        };
        self.form().map_or_else(|| words.to_owned(), |form| format!("{words} {from} {}", form.name(language)))
    }

    /// The same in German, before the form.
    fn german(self) -> &'static str {
        match self {
            Self::Frequency => "wie oft es eintritt",
            Self::Contacts => "wie oft die Bedrohung in Berührung kommt",
            Self::Action => "Wahrscheinlichkeit, dass ein Kontakt zum Angriff wird",
            Self::Events => "wie oft es versucht wird",
            Self::Vulnerability => "Wahrscheinlichkeit, dass ein Versuch gelingt",
            Self::Resistance => "Widerstand",
            Self::Outage => "Dauer des Ausfalls",
            Self::Dwell => "Zeit vom Einbruch bis zur Eindämmung",
            Self::NextStage => "Wahrscheinlichkeit der nächsten Stufe",
            Self::Loss | Self::LossForm(_) => "unmittelbarer Schaden",
            Self::SecondaryChance => "Wahrscheinlichkeit eines Folgeschadens",
            Self::SecondaryLoss | Self::SecondaryLossForm(_) => "Folgeschaden",
        }
    }

    /// The factor of a key.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::all().into_iter().find(|factor| factor.key() == key)
    }
}
