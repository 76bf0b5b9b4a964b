//! What a person does who is told something that needs a decision.

/// In this file, told a cure that begins so: what is replaced by what, one after the other.
pub type Decision = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

/// Words that explain a fault and propose nothing of their own; another line of the same fault does.
pub const EXPLAINED: &[&str] = &[
    "words here: ",
    "factors: ",
    "keys here: ",
    "insurers pay a loss once",
    "a part of an asset is written",
    "if the file is ",
];

/// What stands for a value that only the writer knows.
pub const FILLED: &[(&str, &str)] =
    &[("low", "\"10k\""), ("high", "\"90k\""), ("likely", "\"40k\""), ("value", "\"40k\""), ("at_most", "\"2M\"")];

const QUOTED: &str = "put quotes around a text";
const ONE: &str = "keep one";
const OWN: &str = "take it out";

pub const DECIDED: &[Decision] = &[
    ("E0101-json-comment.json", "delete it", &[(" // the format", "")]),
    ("E0101-json-not-a-number.json", "", &[("NaN", "\"40k\"")]),
    ("E0101-toml-open-bracket.toml", "add `}`", &[("high = \"90k\"", "high = \"90k\" }")]),
    ("E0101-toml-two-keys-on-a-line.toml", "write each key", &[("\" source", "\"\nsource")]),
    ("E0101-yaml-colon-in-text.yaml", QUOTED, &[("Lost laptops: the case", "\"Lost laptops: the case\"")]),
    ("E0101-yaml-indent.yaml", "keys of one table", &[("\n   frequency", "\n    frequency")]),
    ("E0101-yaml-percent-first.yaml", "put the text", &[("%60", "\"60%\"")]),
    ("E0101-yaml-tab.yaml", "write spaces", &[("\tname", "    name")]),
    ("E0104-json.json", ONE, &[(", \"name\": \"Notebook lost\"", "")]),
    ("E0104-toml-table-twice.toml", ONE, &[("[risk.loss]\nfines", "fines")]),
    ("E0104-yaml.yaml", ONE, &[("    name: Notebook lost\n", "")]),
    ("E0104.toml", ONE, &[("name = \"Notebook lost\"\n", "")]),
    (
        "E0201-json-outer-key.json",
        "`count` is a key of the table around",
        &[(", \"count\": \"at most one\" }", " }, \"count\": \"at most one\"")],
    ),
    ("E0201-yaml-indented-too-far.yaml", "`frequency` is a key", &[("\n      frequency", "\n    frequency")]),
    ("E0201-no-such-key.toml", "keys here", &[("colour = \"red\"\n", "")]),
    (
        "many-in-json.json",
        "add `{",
        &[(
            "\"cost\": {",
            "\"effect\": [{ \"risk\": \"laptop\", \"on\": \"loss\", \"reduction\": \"0%\" }], \"cost\": {",
        )],
    ),
    (
        "many-in-yaml.yaml",
        "add `-",
        &[("    cost: {", "    effect: [{ risk: laptop, on: loss, reduction: 0% }]\n    cost: {")],
    ),
    (
        "many-in-toml.toml",
        "add `[[",
        &[("[[plan]]", "[[control.effect]]\nrisk = \"laptop\"\non = \"loss\"\nreduction = \"0%\"\n[[plan]]")],
    ),
    ("many-controls-and-plans-at-odds.toml", "take one", &[("requires = [\"disk\"]\n", "")]),
    ("many-controls-and-plans-at-odds.toml", "keep one of them", &[("[\"disk\", \"safe\"]", "[\"disk\"]")]),
    ("many-controls-and-plans-at-odds.toml", OWN, &[("[\"disk\", \"safe\"]", "[\"disk\"]")]),
    (
        "many-controls-and-plans-at-odds.toml",
        "add \"disk\"",
        &[("controls = [\"keys\"]", "controls = [\"keys\", \"disk\"]")],
    ),
    (
        "many-controls-and-plans-at-odds.toml",
        "add \"keys\"",
        &[("[\"disk\", \"safe\"]", "[\"disk\", \"safe\", \"keys\"]")],
    ),
    ("many-ten-mistakes.toml", "take one", &[("leads_to = [{ risk = \"laptop\", chance = \"250%\" }]\n", "")]),
    ("many-first-attempt.toml", "keys here", &[("date = \"31.12.2026\"", "")]),
    (
        "E0201-plural-of-a-table.toml",
        "did you mean",
        &[("[[controls]]", "[[control]]"), ("[[controls.effect]]", "[[control.effect]]")],
    ),
    ("E0201-yearly-loss.toml", "this is computed", &[("ale = \"8k\"\n", "")]),
    ("E0202-likely.toml", "or write `low` and `high`", &[("min = ", "low = "), ("max = ", "high = ")]),
    ("E0202-likely.toml", "or write `low` and `high`", &[("min = ", "shape = \"uniform\", min = ")]),
    (
        "E0202-no-risk-in-the-list.json",
        "add a `{",
        &[(
            "[]",
            "[{ \"id\": \"a\", \"name\": \"A\", \"frequency\": \"1 per year\", \"loss\": { \"fines\": \"1k\" } }]",
        )],
    ),
    (
        "E0202-no-risk.toml",
        "write for example `[[risk]]`",
        &[(
            "currency = \"EUR\"\n",
            "currency = \"EUR\"\n[[risk]]\nid = \"a\"\nname = \"A\"\nfrequency = \"1 per year\"\nloss.fines = \"1k\"\n",
        )],
    ),
    ("E0202-secondary-without-chance.toml", "write for example `chance", &[("loss = {", "chance = \"30%\"\nloss = {")]),
    (
        "E0202-value-stream-of-an-outage.toml",
        "write `value_stream",
        &[
            ("[[risk]]", "[[value_stream]]\nid = \"orders\"\nname = \"Orders\"\nrevenue = \"18k per hour\"\n[[risk]]"),
            ("[risk.outage]", "value_stream = \"orders\"\n[risk.outage]"),
        ],
    ),
    (
        "E0202-value-stream-of-an-outage.toml",
        "write `value_stream",
        &[("[risk.outage]\nduration = \"2 days\"", "[risk.loss]\nproductivity = \"40k\"")],
    ),
    (
        "E0203-a-control-as-a-text.toml",
        "write for example",
        &[(
            "[\"disk\"]\n",
            "[{ id = \"disk\", name = \"Disk\", cost = { yearly = \"5k\" }, effect = [{ risk = \"laptop\", on = \"loss\", reduction = \"60%\" }] }]\n",
        )],
    ),
    (
        "E0203-json-risk-without-list.json",
        "put square brackets",
        &[("\"risk\": {", "\"risk\": [{"), ("  },\n  \"control\"", "  }],\n  \"control\"")],
    ),
    ("E0203-risk-with-one-bracket.toml", "write `[[risk]]`", &[("[risk]", "[[risk]]")]),
    (
        "E0203-risk-without-dashes.yaml",
        "begin each",
        &[(
            "  id: laptop\n  name: Laptop lost\n  source: incident log\n  frequency: 1 in 5 years\n  loss:\n    response",
            "  - id: laptop\n    name: Laptop lost\n    source: incident log\n    frequency: 1 in 5 years\n    loss:\n      response",
        )],
    ),
    ("E0206-a-list-of-percentages.toml", "write for example", &[("\"5%\"", "\"10k\"")]),
    ("E0207-sign.toml", "convert it", &[("$40k", "EUR 37k")]),
    ("E0209-share-of-a-list.toml", "write a part", &[("\"110%\"", "\"95%\"")]),
    (
        "E0215-less-resistance.toml",
        "write the new",
        &[("reduction = \"60%\"", "becomes = { min = \"60%\", likely = \"80%\", max = \"95%\" }")],
    ),
    (
        "E0208-tax-rate.toml",
        "write for example",
        &[("tax_rate = \"100%\"", "tax_rate = \"25%\"\ndepreciation = \"straight-line\"\ndepreciation_years = 3")],
    ),
    ("E0208-format.toml", "", &[("schema = 2", "schema = 1")]),
    ("E0208-start-after-the-horizon.toml", "start it earlier", &[("year 4", "year 2")]),
    ("E0209-at-most-one-grows.toml", "leave out", &[("count = \"at most one\"\n", "")]),
    ("E0209-at-most-one-grows.toml", "or lower", &[("rates = \"20%\"", "rates = \"2%\"")]),
    ("E0209-at-most-one.toml", "leave out", &[("count = \"at most one\"\n", "")]),
    ("E0209-at-most-one.toml", "leave out", &[("2.5 per year", "25%")]),
    ("E0209-dropped-together.toml", "drop fewer", &[("\"alarm\", ", "")]),
    ("E0209-dropped-together.toml", "drop fewer", &[("\"50%\"", "\"5%\""), ("\"50%\"", "\"5%\"")]),
    ("E0211-beta-too-wide.toml", "lower `sd`", &[("sd = \"60%\"", "sd = \"20%\"")]),
    ("E0211-chance-up-to-certain.toml", "`low` and `high` of a chance", &[("high = \"100%\"", "high = \"99%\"")]),
    ("E0211-low-of-zero.toml", "write `min`", &[("low = \"0\", high", "min = \"0\", likely = \"10k\", max")]),
    ("E0212-pareto.toml", "write a `tail`", &[("tail = 0.9", "tail = 2.5")]),
    ("E0212.toml", "give it an upper bound", &[("p90 = \"900k\"", "p90 = \"900k\", at_most = \"2M\"")]),
    ("E0212.toml", "give it an upper bound", &[("p90 = \"900k\"", "p90 = \"100k\"")]),
    ("E0214-empty.toml", "give two or more", &[("[]", "[\"12k\", \"30k\"]")]),
    ("E0214-one.toml", "give two or more", &[("samples = [\"40k\"]", "value = \"40k\"")]),
    ("E0214-file-outside.toml", "put the file", &[("../losses.csv", "losses-of-a-year.csv")]),
    ("E0214.toml", "put a CSV file", &[("losses.csv", "losses-of-a-year.csv")]),
    ("E0214-text-in-the-file.toml", "write a number", &[("losses-with-text.csv", "losses-of-a-year.csv")]),
    ("E0215-control-twice-in-a-plan.toml", "write it once", &[("\"disk\", \"disk\"", "\"disk\"")]),
    ("E0215-doubt-about-a-rate.toml", "a range on", &[(", doubt = \"30%\"", ""), ("1 in 20", "1 in 30")]),
    ("E0215-doubt-about-capability.toml", "leave `doubt` out", &[(", doubt = \"50%\"", "")]),
    (
        "E0215-doubt-about-capability.toml",
        "or state",
        &[
            (
                "capability = { min = \"40%\", likely = \"50%\", max = \"90%\", doubt = \"50%\" }\n",
                "vulnerability = \"40%\"\n",
            ),
            ("resistance", "#"),
        ],
    ),
    ("E0215-events-and-contacts.toml", "keep `events`", &[("contacts = 300\n", "")]),
    ("E0215-reduction-and-becomes.toml", "keep one", &[("becomes", "# ")]),
    ("E0215-risk-twice-in-strikes.toml", "write it once", &[("\"laptop\", \"laptop\"", "\"laptop\"")]),
    (
        "E0215-same-factor-twice.toml",
        "put both",
        &[("[[control.effect]]\nrisk = \"laptop\"\non = \"loss\"\nreduction = \"20%\"\n", "")],
    ),
    ("E0215-two-forms-of-an-estimate.toml", "leave `likely`", &[(", likely = \"40k\"", "")]),
    ("E0215-value-and-range.toml", "an estimate has one form", &[("value = \"40k\", ", "")]),
    ("E0215-vulnerability-and-resistance.toml", "keep `vulnerability`", &[("resistance = \"60%\"\n", "")]),
    ("E0215.toml", "keep one", &[("threat = { events = 12, vulnerability = \"40%\" }\n", "")]),
    ("E0215-gamma-of-a-chance.toml", "write `shape", &[("shape = \"gamma\", ", "")]),
    (
        "E0215-pareto-of-a-chance.toml",
        "write `shape",
        &[("shape = \"pareto\", at_least = \"50%\", tail = 1.5", "low = \"40%\", high = \"60%\"")],
    ),
    (
        "E0215-beta-of-an-amount.toml",
        "write `min`",
        &[("shape = \"beta\", low = \"10k\", high", "min = \"10k\", likely = \"40k\", max")],
    ),
    (
        "E0301-no-control-at-all.toml",
        "the file has none yet",
        &[(
            "[[plan]]",
            "[[control]]\nid = \"disk\"\nname = \"Disk\"\ncost.yearly = \"5k\"\neffect = [{ risk = \"laptop\", on = \"loss\", reduction = \"60%\" }]\n[[plan]]",
        )],
    ),
    (
        "E0301-value-stream.toml",
        "the file has none yet",
        &[("[[risk]]", "[[value_stream]]\nid = \"orders\"\nname = \"Orders\"\n[[risk]]")],
    ),
    ("E0303-leads-to-itself.toml", OWN, &[("leads_to = [{ risk = \"laptop\", chance = \"2%\" }]\n", "")]),
    ("E0303-leads-to.toml", "take one", &[("leads_to = [{ risk = \"laptop\", chance = \"5%\" }]\n", "")]),
    ("E0303-requires-itself.toml", OWN, &[("requires = [\"disk\"]\n", "")]),
    ("E0303.toml", "take one", &[("requires = [\"disk\"]\n", "")]),
    (
        "E0401-form-not-stated.toml",
        "write one of its factors",
        &[("response = \"40k\"", "response = \"40k\"\nfines = \"9k\"")],
    ),
    ("E0401-no-outage.toml", "write one of its factors", &[("on = \"outage\"", "on = \"loss\"")]),
    (
        "E0401-resistance-of-a-frequency.toml",
        "write one of its factors",
        &[("on = \"resistance\"", "on = \"frequency\"")],
    ),
    ("E0401.toml", "write one of its factors", &[("on = \"vulnerability\"", "on = \"frequency\"")]),
    (
        "E0401-new-events-of-contacts.toml",
        "replace one",
        &[("on = \"events\"\nbecomes = 4", "on = \"contacts\"\nbecomes = 100")],
    ),
    ("E0401-new-events-of-contacts.toml", "replace one", &[("becomes = 4", "reduction = \"60%\"")]),
    (
        "E0401-new-frequency-of-a-threat.toml",
        "replace one",
        &[("on = \"frequency\"\nbecomes = \"1 per year\"", "on = \"vulnerability\"\nbecomes = \"10%\"")],
    ),
    ("E0401-new-frequency-of-a-threat.toml", "replace one", &[("becomes = \"1 per year\"", "reduction = \"60%\"")]),
    (
        "E0401-new-productivity-of-an-outage.toml",
        "write `on",
        &[("on = \"loss.productivity\"\nbecomes = \"10k\"", "on = \"outage\"\nbecomes = \"1 hour\"")],
    ),
    ("E0215-becomes-of-all-forms.toml", "write `on", &[("on = \"loss\"", "on = \"loss.response\"")]),
    ("E0215-becomes-of-all-forms.toml", "write `on", &[("becomes = \"10k\"", "reduction = \"60%\"")]),
    (
        "E0402.toml",
        "add `[[control.effect]]`",
        &[("[[plan]]", "[[control.effect]]\nrisk = \"laptop\"\non = \"loss\"\nreduction = \"0%\"\n[[plan]]")],
    ),
    ("E0402-shared-cause.toml", "name the risks", &[("strikes = []", "strikes = [\"laptop\"]")]),
    ("E0403-already-in-place.toml", OWN, &[("controls = [\"disk\"]", "controls = []")]),
    ("E0403-already-in-place.toml", OWN, &[("in_place = true", "in_place = false")]),
    ("E0403-drops-what-is-not-there.toml", "write `in_place", &[("cost = ", "in_place = true\ncost = ")]),
    ("E0403-drops-what-is-not-there.toml", "write `in_place", &[("drops = [\"disk\"]", "drops = []")]),
    ("E0403-excludes.toml", "keep one of them", &[("[\"disk\", \"keys\"]", "[\"disk\"]")]),
    ("E0403-one-of.toml", "keep one of them", &[("[\"disk\", \"files\"]", "[\"disk\"]")]),
    ("E0403.toml", "add \"disk\"", &[("[\"keys\"]", "[\"keys\", \"disk\"]")]),
    (
        "E0404-one-control.toml",
        "a new resistance",
        &[("[[control.effect]]\nrisk = \"phishing\"\non = \"vulnerability\"\nbecomes = \"10%\"\n", "")],
    ),
    ("E0404.toml", "write one", &[("becomes = \"5%\"", "reduction = \"50%\"")]),
    ("E0404.toml", "write one", &[("[\"disk\", \"keys\"]", "[\"disk\"]")]),
    ("E0405-figures.toml", "check the multiples", &[]),
    ("E0405-frequency.toml", "check the multiple", &[("5000 per second", "5000 per year")]),
    ("E0405-too-many-digits.toml", "check the multiple", &[("99999999999999999999999999999999", "9999")]),
    ("E0405.toml", "check the multiple", &[("1e25", "25k")]),
    ("E0406.toml", "keep `asset`", &[("replacement = \"40k\"\n", "response = \"1k\"\n")]),
];
