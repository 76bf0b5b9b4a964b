//! What is a document of figures made of? Leaves, lists, records and tables by name, as values and as a form.
//!
//! A [`View`] is one value: CSV, explanations and bounds walk it. A [`Shape`] is what every value of a type looks like:
//! the schema and the page of figures are written from it. Both come from one definition of a record, `figures!`.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use crate::units::Figure;

use super::quantity::Measure;

/// One figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Leaf<'v> {
    /// Yes or no.
    Flag(bool),
    /// Words, a name, a code.
    Words(&'v str),
    /// An amount of money.
    Money(Figure),
    /// A number, and what it is counted in.
    Number(f64, Measure),
    /// How many.
    Count(u64),
}

/// One value of a document.
pub enum View<'v> {
    /// There is no such figure; what it would be.
    Nothing(Shape),
    /// One figure.
    Leaf(Leaf<'v>),
    /// Values in order.
    List(Vec<&'v dyn Node>),
    /// Values by the name of their field.
    Record(Vec<(&'static Field, &'v dyn Node)>),
    /// Values by names of the case.
    Table(Vec<(&'v str, &'v dyn Node)>),
}

/// What every value of a type looks like.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// One figure.
    Leaf(Measure),
    /// A value that may not exist: null then.
    Optional(Box<Shape>),
    /// Values in order.
    List(Box<Shape>),
    /// Fields, always the same.
    Record(&'static Record),
    /// Values by names of this kind.
    Table(Name, Box<Shape>),
}

impl Shape {
    /// The shape of the value where it exists.
    pub fn existing(&self) -> &Self {
        match self {
            Self::Optional(inner) => inner.existing(),
            shape => shape,
        }
    }

    /// What a figure is counted in; nothing of what holds several.
    pub fn measure(&self) -> Option<Measure> {
        match self.existing() {
            Self::Leaf(measure) => Some(*measure),
            _ => None,
        }
    }
}

/// What the names of a table stand for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    /// Ids of plans.
    Plan,
    /// Levels of a distribution: `0.95`.
    Level,
    /// Keys of figures.
    Figure,
}

impl Name {
    /// How it is written in a pattern of keys.
    pub fn key(self) -> &'static str {
        match self {
            Self::Plan => "PLAN",
            Self::Level => "LEVEL",
            Self::Figure => "FIGURE",
        }
    }
}

/// The definition of a record.
#[derive(Debug, PartialEq)]
pub struct Record {
    /// The name of its type.
    pub name: &'static str,
    /// What it holds.
    pub about: &'static str,
    /// Its fields in order.
    pub fields: &'static [Field],
}

/// The definition of a field.
#[derive(Debug)]
pub struct Field {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    /// How it is worked out; empty of what is no figure.
    pub formula: &'static str,
    /// The page of `docs/model` that derives it; empty where none does.
    pub page: &'static str,
    /// Where it stands only sometimes: when.
    pub asked: &'static str,
    /// Whether its own fields stand in its place.
    pub is_flat: bool,
    /// What its values look like.
    pub shape: fn() -> Shape,
}

impl PartialEq for Field {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

impl Field {
    /// Its key.
    pub fn key(&self) -> &'static str {
        self.name.trim_start_matches("r#")
    }

    /// What it is, in words.
    pub fn what(&self) -> &'static str {
        self.about.trim()
    }
}

/// A value of a document of figures.
pub trait Node {
    /// The value.
    fn view(&self) -> View<'_>;
    /// What every value of the type looks like.
    fn shape() -> Shape
    where
        Self: Sized;
    /// Whether the value is left out of its record: only what stands there sometimes.
    fn is_absent(&self) -> bool {
        false
    }
}

/// What an element of a list is called: by the first of these keys that its record has.
pub fn name_of<'v>(node: &'v dyn Node, keys: &[&str]) -> Option<&'v str> {
    let View::Record(fields) = node.view() else { return None };
    let (_, value) = keys.iter().find_map(|key| fields.iter().find(|(field, _)| field.key() == *key))?;
    match value.view() {
        View::Leaf(Leaf::Words(words)) => Some(words),
        _ => None,
    }
}

impl<T: Node> Node for Option<T> {
    fn view(&self) -> View<'_> {
        self.as_ref().map_or_else(|| View::Nothing(T::shape()), Node::view)
    }

    fn shape() -> Shape {
        Shape::Optional(Box::new(T::shape()))
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Node> Node for Vec<T> {
    fn view(&self) -> View<'_> {
        View::List(self.iter().map(|value| value as &dyn Node).collect())
    }

    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }
}

impl Node for String {
    fn view(&self) -> View<'_> {
        View::Leaf(Leaf::Words(self))
    }

    fn shape() -> Shape {
        Shape::Leaf(Measure::Words)
    }
}

impl Node for bool {
    fn view(&self) -> View<'_> {
        View::Leaf(Leaf::Flag(*self))
    }

    fn shape() -> Shape {
        Shape::Leaf(Measure::Flag)
    }
}

impl Node for u64 {
    fn view(&self) -> View<'_> {
        View::Leaf(Leaf::Count(*self))
    }

    fn shape() -> Shape {
        Shape::Leaf(Measure::Count)
    }
}

macro_rules! tables {
    ($($(#[doc = $about:literal])+ $name:ident, $of:ident;)*) => { $(
        $(#[doc = $about])+
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name<T>(IndexMap<String, T>);

        impl<T> $name<T> {
            /// What stands under a name.
            pub fn get(&self, name: &str) -> Option<&T> {
                self.0.get(name)
            }

            /// Names and values in order.
            pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
                self.0.iter().map(|(name, value)| (name.as_str(), value))
            }
        }

        impl<T> FromIterator<(String, T)> for $name<T> {
            fn from_iter<I: IntoIterator<Item = (String, T)>>(values: I) -> Self {
                Self(values.into_iter().collect())
            }
        }

        impl<T: Node> Node for $name<T> {
            fn view(&self) -> View<'_> {
                View::Table(self.0.iter().map(|(name, value)| (name.as_str(), value as &dyn Node)).collect())
            }

            fn shape() -> Shape {
                Shape::Table(Name::$of, Box::new(T::shape()))
            }
        }
    )* };
}

tables! {
    /// A value for each plan, by its id.
    ByPlan, Plan;
    /// A value at levels of a distribution, such as `0.95`.
    ByLevel, Level;
    /// A value for each figure, by its key.
    ByFigure, Figure;
}

impl<T> ByLevel<T> {
    /// Values at levels.
    pub fn of<const N: usize>(levels: [f64; N], values: [T; N]) -> Self {
        levels.iter().map(ToString::to_string).zip(values).collect()
    }
}

/// Defines records of figures: the types for programs, and of every field what it is, its formula and its page.
///
/// A field is `key: Type, formula, page;` or, of what is no figure, `key: Type;`. `@asked("when")` says that it stands
/// there only sometimes, `@flat("")` that its own fields stand in its place.
macro_rules! figures {
    ($(
        $(#[doc = $about:literal])+
        pub struct $name:ident {
            $(
                $(#[doc = $what:literal])+
                $(@asked($when:literal))? $(@flat($flat:literal))?
                $field:ident: $type:ty $(, $formula:expr, $page:literal)?;
            )*
        }
    )*) => { $(
        $(#[doc = $about])+
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        #[non_exhaustive]
        pub struct $name {
            $(
                $(#[doc = $what])+
                $(#[doc = $when] #[serde(default, skip_serializing_if = "Option::is_none")])?
                $(#[doc = $flat] #[serde(flatten)])?
                pub $field: $type,
            )*
        }

        impl $name {
            /// What the record holds, field by field.
            pub const RECORD: &'static $crate::figures::Record = &$crate::figures::Record {
                name: stringify!($name),
                about: concat!($($about),+),
                fields: &[$(
                    $crate::figures::Field {
                        name: stringify!($field),
                        about: concat!($($what),+),
                        formula: $crate::figures::node::only(&[$($formula)?]),
                        page: concat!("" $(, $page)?),
                        asked: concat!("" $(, $when)?),
                        is_flat: !concat!("" $(, $flat)?).is_empty(),
                        shape: <$type as $crate::figures::Node>::shape,
                    },
                )*],
            };
        }

        impl $crate::figures::Node for $name {
            fn view(&self) -> $crate::figures::View<'_> {
                let values = [$(&self.$field as &dyn $crate::figures::Node),*];
                $crate::figures::node::record(Self::RECORD, &values)
            }

            fn shape() -> $crate::figures::Shape {
                $crate::figures::Shape::Record(Self::RECORD)
            }
        }
    )* };
}
pub(super) use figures;

/// The one text of a list; empty of none.
pub(super) const fn only(texts: &[&'static str]) -> &'static str {
    match texts {
        [text, ..] => text,
        [] => "",
    }
}

/// The view of a record.
pub(super) fn record<'v>(record: &'static Record, values: &[&'v dyn Node]) -> View<'v> {
    let mut entries = Vec::with_capacity(values.len());
    for (field, value) in record.fields.iter().zip(values) {
        match value.view() {
            View::Record(inner) if field.is_flat => entries.extend(inner),
            _ if !field.asked.is_empty() && value.is_absent() => {}
            _ => entries.push((field, *value)),
        }
    }
    View::Record(entries)
}

/// The fields of a record with those that stand in the place of one.
pub(super) fn fields(record: &'static Record) -> Vec<&'static Field> {
    let mut found = Vec::new();
    for field in record.fields {
        match (field.shape)() {
            Shape::Record(inner) if field.is_flat => found.extend(fields(inner)),
            _ => found.push(field),
        }
    }
    found
}
