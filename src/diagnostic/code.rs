//! The stable codes of faults and advice.
//!
//! E01 syntax, E02 values, E03 references, E04 sense, W05 advice. A code never changes its meaning.

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used; the reader should know.
    Warning,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal, $severity:ident, $title:literal;)*) => {
        /// A stable code such as `E0201`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The code as printed, such as `E0201`.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $text,)* }
            }

            /// Whether it stops the work.
            pub fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }

            /// What the code means, in a few words.
            pub fn title(self) -> &'static str {
                match self { $(Code::$name => $title,)* }
            }
        }
    };
}

codes! {
    /// The text is not valid TOML, YAML or JSON.
    Syntax = "E0101", Error, "the text cannot be read as TOML, YAML or JSON";
    /// The file is not UTF-8 text.
    Encoding = "E0102", Error, "the file is not UTF-8 text";
    /// The file is too large, too deep or repeats itself too often.
    TooBig = "E0103", Error, "the file is too large or too deeply nested";
    /// A key stands twice in one table.
    DuplicateKey = "E0104", Error, "a key is written twice";
    /// The file is empty or is not a table.
    NotATable = "E0105", Error, "the file holds no scenario";

    /// A key that rosi does not know.
    UnknownKey = "E0201", Error, "an unknown key";
    /// A required key is missing.
    Missing = "E0202", Error, "a required key is missing";
    /// A value is of the wrong kind: text where a table is due.
    WrongKind = "E0203", Error, "a value of the wrong kind";
    /// A number without the unit that the key needs.
    NoUnit = "E0204", Error, "a number without its unit";
    /// A quantity that cannot be read.
    BadQuantity = "E0205", Error, "a quantity that cannot be read";
    /// A unit of another kind: a duration where money is due.
    WrongUnit = "E0206", Error, "a unit of the wrong kind";
    /// An amount in another currency than the scenario's.
    OtherCurrency = "E0207", Error, "an amount in another currency";
    /// A value outside what it can be.
    OutOfRange = "E0208", Error, "a value out of range";
    /// A chance above 1.
    ChanceAboveOne = "E0209", Error, "a chance above 100 %";
    /// Low above high, or likely outside min and max.
    WrongOrder = "E0210", Error, "bounds in the wrong order";
    /// A range that no distribution of the kind fits.
    Infeasible = "E0211", Error, "a range that no distribution fits";
    /// A distribution without a mean.
    NoMean = "E0212", Error, "a loss without an average";
    /// A word that is not one of those known here.
    UnknownWord = "E0213", Error, "an unknown word";
    /// A file of samples that cannot be read.
    BadSamples = "E0214", Error, "samples that cannot be used";
    /// Keys that cannot stand together.
    Contradiction = "E0215", Error, "keys that contradict each other";

    /// A reference to an id that does not exist.
    UnknownId = "E0301", Error, "a reference to nothing";
    /// An id used twice.
    DuplicateId = "E0302", Error, "an id is used twice";
    /// References that run in a circle.
    Circle = "E0303", Error, "references that run in a circle";
    /// An id that cannot be used as one.
    BadId = "E0304", Error, "an id that cannot be used";

    /// A control acts on a factor that the risk does not have.
    NoSuchFactor = "E0401", Error, "a control acts on something the risk does not have";
    /// A control acts on nothing.
    NoEffect = "E0402", Error, "a control that acts on nothing";
    /// A plan whose controls do not fit together.
    PlanContradiction = "E0403", Error, "controls that cannot be bought together";
    /// Something is replaced twice.
    ReplacedTwice = "E0404", Error, "two controls replace the same factor";
    /// A figure beyond what exact money can hold.
    TooLarge = "E0405", Error, "an amount too large to compute with";
    /// A risk that loses nothing or a loss stated twice.
    LossContradiction = "E0406", Error, "a loss that is missing or stated twice";
    /// The exact method was asked for and cannot carry the scenario.
    NotExact = "E0407", Error, "a scenario that the exact method cannot carry";

    /// Something is read but not used by anything.
    Unused = "W0501", Warning, "something is never used";
    /// Something is read but not counted yet.
    NotCounted = "W0502", Warning, "something is read but not counted yet";
    /// A value that is allowed but surprising.
    Surprising = "W0503", Warning, "a surprising value";
    /// A heavy tail.
    HeavyTail = "W0504", Warning, "a very heavy tail";
    /// A percentage where a rate is due.
    PercentAsRate = "W0505", Warning, "a percentage read as a yearly rate";
    /// An assumption without a source.
    NoSource = "W0506", Warning, "assumptions without a source";
    /// A computed figure that needs a second look.
    Figure = "W0507", Warning, "a figure that misleads";
}
