//! Many cases together: the companies of a group, the clients of an insurer.
//!
//! The file names where the cases are; the shell loads them. What the group adds is what no single case can say: causes
//! that strike several entities in one event, limits for all together, layers of insurance over the sum of a year, and
//! plans that are carried out everywhere.

use super::{AppetitePoint, ByEstimate, Estimate, EstimateId};
use crate::units::reading::Settings;
use crate::units::{Currency, Language, Money, Probability, Rate, Voice};

/// A group as its file says it.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The title.
    pub title: String,
    /// The currency of every amount, in the cases too.
    pub currency: Currency,
    /// In which language, and with which marks in numbers, every output for people is written.
    pub voice: Voice,
    /// How quantities are read that come from elsewhere than the file: as in the file.
    pub reading: Settings,
    /// Years over which what the group itself pays is counted.
    pub horizon: usize,
    /// What money a year later is worth less.
    pub discount_rate: Rate,
    /// The seed of the points that stand for what is not known.
    pub seed: u64,
    /// What the board agreed to bear in all entities together.
    pub appetite: Vec<AppetitePoint>,
    /// The entities that the file names one by one.
    pub entities: Vec<Entity>,
    /// A table of further entities.
    pub manifest: Option<Manifest>,
    /// Causes that strike several entities at once.
    pub causes: Vec<GroupCause>,
    /// Layers of insurance over the sum of a year.
    pub tower: Vec<GroupLayer>,
    /// What may be done in all entities.
    pub plans: Vec<GroupPlan>,
    /// The estimates of the file.
    pub estimates: ByEstimate<Estimate>,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
}

/// One entity with a case of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The path of its case, from the group's file.
    pub case: String,
}

/// A table whose rows are entities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Manifest {
    /// The path of the table, from the group's file.
    pub table: String,
    /// The path of the case that every row changes.
    pub template: Option<String>,
}

/// A cause that strikes entities at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupCause {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How often a year.
    pub frequency: EstimateId,
    /// Ids of risks: one event in each of them in every entity that has it.
    pub strikes: Vec<String>,
    /// Ids of the entities that it can strike; all where none is named.
    pub entities: Vec<String>,
}

/// A layer of insurance over the sum of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupLayer {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it costs a year.
    pub premium: Money,
    /// Where it begins.
    pub retention: Money,
    /// How much it holds; without end where none is stated.
    pub limit: Option<Money>,
    /// The share of the layer that the group bears itself.
    pub coinsurance: Probability,
}

/// What may be done in all entities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupPlan {
    /// Its id: without `controls` every entity carries out its own plan of this id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Ids of controls: every entity gets those of them that its case has.
    pub controls: Vec<String>,
    /// What the group itself pays once, on top of what the entities pay.
    pub initial: Money,
    /// The same every year.
    pub yearly: Money,
}

impl Group {
    /// The estimate of an id.
    pub fn estimate(&self, id: EstimateId) -> &Estimate {
        &self.estimates[id]
    }
}

impl From<&Group> for Language {
    fn from(group: &Group) -> Self {
        group.voice.language
    }
}
