//! The stable codes of faults and advice.
//!
//! E01 syntax, E02 values, E03 references, E04 sense, W05 advice. A code never changes its meaning.
//! `docs/diagnostics.md` is made of this table and the pictures in `tests/diagnostics`.

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file can be used; the reader should know.
    Warning,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal, $severity:ident, $title:literal, $cure:literal;)*) => {
        /// A stable code such as `E0201`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[doc = $doc])+ $name,)* }

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

            /// What the code means, in a few sentences.
            pub fn meaning(self) -> &'static str {
                match self { $(Code::$name => concat!($($doc),+).trim_ascii_start(),)* }
            }

            /// What to do about it.
            pub fn cure(self) -> &'static str {
                match self { $(Code::$name => $cure,)* }
            }
        }
    };
}

codes! {
    /// The text breaks a rule of the syntax that its file name tells: a quote, a comma, a bracket or a colon is
    /// missing or stands too much. Up to five such places are told at once; nothing else is checked until the text
    /// can be read.
    Syntax = "E0101", Error, "the text cannot be read as TOML, YAML or JSON",
        "Mend the place that is marked. In TOML and JSON every text stands in straight double quotes, amounts such as `\"40k\"` too; YAML indents with spaces.";
    /// The bytes of the file are not text in UTF-8, so that letters such as `ü` or `€` would turn into something else
    /// unnoticed; or the file is no text at all.
    Encoding = "E0102", Error, "the file is not UTF-8 text",
        "Save the file as UTF-8. A spreadsheet or a document is not a scenario: `rosi init` writes a text file to begin with.";
    /// The file has more than 32 MB, more than 64 levels of tables and lists, or more than a million values, what
    /// aliases of YAML repeat included. No scenario needs that, and reading it would take the memory of the
    /// machine.
    TooBig = "E0103", Error, "the file is too large or too deeply nested",
        "Look for brackets that are opened again and again, or aliases that repeat each other. Long series of observed values belong in a CSV file beside the scenario: `samples = \"losses.csv\"`.";
    /// Two values stand at one key of one table. One of them would silently win, and with it money.
    DuplicateKey = "E0104", Error, "a key is written twice",
        "Keep one of the two. In TOML a second risk, control or plan begins with its own `[[risk]]`, `[[control]]` or `[[plan]]`.";
    /// The file is empty, or holds a list or a text in place of keys and values.
    NotATable = "E0105", Error, "the file holds no scenario",
        "Begin with `schema`, `title` and `currency`; `rosi init > case.toml` writes a file to begin with.";

    /// A table has a key that rosi does not know. It is not passed over, because what stands there was meant to
    /// count.
    UnknownKey = "E0201", Error, "an unknown key",
        "Write the key that is proposed, or take it out. A key that belongs to another table goes there: in TOML a key stands above the headers of the tables within its own.";
    /// Something that every scenario needs is not there: a name, a rate, a loss, an end of a range.
    Missing = "E0202", Error, "a required key is missing",
        "Add the key that is named; the example shows its form.";
    /// A text stands where a table, a list, a number or true and false is due, or the other way round, or nothing at
    /// all stands there.
    WrongKind = "E0203", Error, "a value of the wrong kind",
        "Write the value in the form that is shown.";
    /// A number stands alone where its unit decides what it means: 85 may be 85% or 8,500%, and 0.2 a frequency of
    /// once in five years or a chance. rosi does not guess.
    NoUnit = "E0204", Error, "a number without its unit",
        "Write the reading that you mean, with its unit and in quotes: `\"85%\"`, `\"0.2 per year\"`, `\"40k\"`, `\"12 hours\"`.";
    /// A text is no quantity, no day or no start as they are written here, or can be read in two ways: `1,5M` and
    /// `1.200` mean different things in different countries.
    BadQuantity = "E0205", Error, "a value that cannot be read",
        "Write numbers so that they have one reading, or say with `numbers` at the head how they are written; days as `2027-01-31`, `31.01.2027` or `31 January 2027`; ranges as `{ low = \"40k\", high = \"90k\" }`.";
    /// The quantity is readable and of another kind than is due: a percentage where an amount must stand, a frequency
    /// where a chance must.
    WrongUnit = "E0206", Error, "a unit of the wrong kind",
        "Write a quantity of the kind that is named; the example shows one.";
    /// An amount is in another currency than the scenario. Rates change daily, so rosi does not convert.
    OtherCurrency = "E0207", Error, "an amount in another currency",
        "Convert the amount on a day that you name in `why`, and write it in the scenario's currency.";
    /// A value lies outside of what it can be: below zero, infinite, not a number, a horizon of no whole number of
    /// years, a start after the end.
    OutOfRange = "E0208", Error, "a value out of range",
        "Write a value within the bounds that are told.";
    /// A chance or a share is above 1. Often a rate was meant: 2.5 times a year is no chance.
    ChanceAboveOne = "E0209", Error, "a chance above 100%",
        "Write a chance of 100% or less; a rate is written `\"2.5 per year\"`, where a rate is due.";
    /// The lower end of a range is above its upper end, or the most likely value lies outside of the two. With
    /// frequencies this is easily done: `1 in 2 years` is more than `1 in 20 years`.
    WrongOrder = "E0210", Error, "bounds in the wrong order",
        "Write them in rising order, as shown.";
    /// No distribution of the kind has these figures: a 90% interval of an amount begins above zero, that of a
    /// chance ends below 100%, and three quantiles cannot lie just anywhere.
    Infeasible = "E0211", Error, "a range that no distribution fits",
        "Take the nearest figures that work, which are told, or write `min`, `likely` and `max`, which fit always.";
    /// The range has so heavy a tail that its average is infinite: the rarest events outweigh all others, and no
    /// budget can be set against that.
    NoMean = "E0212", Error, "a loss without an average",
        "Say what the loss is at most, with `at_most` or `max`, or check the upper quantile.";
    /// A key that takes one of a few words has another one.
    UnknownWord = "E0213", Error, "an unknown word",
        "Write the word that is proposed, or another of the list.";
    /// Observed values are fewer than two, or the file that holds them is not beside the scenario or has something
    /// other than numbers in its first column.
    BadSamples = "E0214", Error, "samples that cannot be used",
        "Give two values or more. A CSV file stands in the folder of the scenario, one number a line, at most one heading line.";
    /// Two keys say one thing in two ways: a frequency and a threat, a value and a range, a reduction and a new
    /// value; or a list names one thing twice.
    Contradiction = "E0215", Error, "keys that contradict each other",
        "Keep one of the two.";

    /// A risk, control, plan or value stream is referred to by an id that nothing has. References go by `id`, not by
    /// `name`.
    UnknownId = "E0301", Error, "a reference to nothing",
        "Write the id that is proposed, or add what is missing.";
    /// Two things of one kind have the same id, so that a reference could mean either.
    DuplicateId = "E0302", Error, "an id is used twice",
        "Give one of them another id.";
    /// Controls require each other in a circle, so that none could be bought first; or risks lead to each other in a
    /// circle, so that one event would bring itself without end.
    Circle = "E0303", Error, "references that run in a circle",
        "Take one step out of the circle; all of its places are shown.";
    /// An id has letters that cannot stand in one, or is the word `today`, which names the plan of doing nothing
    /// more.
    BadId = "E0304", Error, "an id that cannot be used",
        "Use letters, digits, `-` and `_`, up to 64 of them; the `name` may be any text.";

    /// A control acts on a factor that the risk is not stated by: on `vulnerability` where the risk states its
    /// `frequency`, on a form of loss that it does not name; or it replaces as a whole what the risk states in parts.
    NoSuchFactor = "E0401", Error, "a control acts on something the risk does not have",
        "Let the control act on one of the factors that are listed, or state the risk in that form.";
    /// A control has no effect, or a shared cause strikes no risk: it would cost money and change nothing.
    NoEffect = "E0402", Error, "a control that acts on nothing",
        "Add an effect with `risk`, `on` and `reduction`, or take it out.";
    /// A plan lacks a control that another one requires, has two that exclude each other, buys what is in place or
    /// drops what is not.
    PlanContradiction = "E0403", Error, "controls that cannot be bought together",
        "Change the plan, or what the controls say of each other.";
    /// Two controls of one plan, or two effects of one control, each say what a factor becomes. It cannot become
    /// both. A new resistance is a new vulnerability.
    ReplacedTwice = "E0404", Error, "two new values for one factor",
        "Write one of them as a `reduction`, or keep one.";
    /// A value is beyond what is computed with exactly: 1e20 for amounts, 1e9 for rates and times; or the figures
    /// that follow from it are. Mostly a multiple slipped in twice.
    TooLarge = "E0405", Error, "an amount too large to compute with",
        "Check the multiples: k is a thousand, M a million, bn a thousand million.";
    /// A table of losses names no form of loss, or the replacement of an asset is stated by `asset` and again by
    /// `loss.replacement`.
    LossContradiction = "E0406", Error, "a loss that is missing or stated twice",
        "Name what is lost, once.";
    /// `--method exact` was asked for, and something in the scenario can only be simulated; or the shared causes of a group
    /// strike more often than can be told apart.
    NotExact = "E0407", Error, "a scenario that the exact method cannot carry",
        "Leave `--method exact` out.";

    /// Something is stated that no figure depends on: a control in no plan, a value stream that no risk strikes, a
    /// plan that changes nothing.
    Unused = "W0501", Warning, "something is never used",
        "Use it where it belongs, or take it out.";
    /// The file states something that the figures cannot hold: what is without a control in place that a plan drops,
    /// where the file tells only what it becomes with it, or where its reduction leaves nothing. The figures leave it out, and every output says so.
    NotCounted = "W0502", Warning, "something is read but not counted",
        "State what a control in place does by its `reduction`: then it can be undone.";
    /// A value is possible and unlikely to be meant: a control that does nothing or makes things worse, two policies
    /// that pay for the same loss, a larger loss that is allowed with a larger chance.
    Surprising = "W0503", Warning, "a surprising value",
        "Check the figure. If it is meant, leave it: it is counted as it stands.";
    /// The tail of a loss is so heavy that few events carry most of the average. The average exists and is hard to
    /// trust.
    HeavyTail = "W0504", Warning, "a very heavy tail",
        "If there is a most that it can cost, say so with `at_most` or `max`.";
    /// A frequency is written as a percentage and read as a rate: 30% is 0.3 events a year, of which one year may
    /// see two.
    PercentAsRate = "W0505", Warning, "a percentage read as a yearly rate",
        "Write `\"0.3 per year\"` for a rate; for the chance of one event a year add `count = \"at most one\"`.";
    /// Some assumptions do not say where they come from. A finance director will ask.
    NoSource = "W0506", Warning, "assumptions without a source",
        "Add `source = \"…\"` to the estimate, or to the table around it for all that it holds; mark a placeholder with `example = true`.";
    /// The figures were computed and one of them invites a wrong conclusion: mostly a ratio that ranks options
    /// otherwise than their value does. It is told with the figures, in every output.
    Figure = "W0507", Warning, "a figure that misleads",
        "Read what the advice says before you show that figure.";
}
