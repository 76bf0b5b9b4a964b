//! What is wrong is told in plain words, at its place, all at once.

use super::*;
use crate::diagnostic::draw;

/// Message, place and help of every fault.
fn told(text: &str, syntax: Syntax) -> Vec<(String, String, String)> {
    let faults = faults(text, syntax);
    let place = |fault: &Diagnostic| fault.span.map_or("-".to_owned(), |s| text[s.start..s.end].to_owned());
    faults.iter().map(|f| (f.message.clone(), place(f), f.help.first().cloned().unwrap_or_default())).collect()
}

#[track_caller]
fn tells(text: &str, syntax: Syntax, expected: &[(&str, &str, &str)]) {
    let told = told(text, syntax);
    let told: Vec<_> = told.iter().map(|(a, b, c)| (a.as_str(), b.as_str(), c.as_str())).collect();
    assert_eq!(told, expected, "{text:?}");
}

#[test]
fn toml_mistakes_are_told_with_their_cure() {
    let toml = |text, expected: (&str, &str, &str)| tells(text, Syntax::Toml, &[expected]);
    toml("name = Foo Bar # x\nb = 1\n", ("text without quotes", "Foo Bar", "write `\"Foo Bar\"`"));
    toml("loss = 2.5M\n", ("text without quotes", "2.5M", "write `\"2.5M\"`"));
    toml("share = 15%\n", ("text without quotes", "15%", "write `\"15%\"`"));
    toml("a = “x”\n", ("text without quotes", "“x”", "write `\"x\"`"));
    toml("a = ‘200k’\n", ("text without quotes", "‘200k’", "write `\"200k\"`"));
    toml("a = { by = 31.12.2026 }\n", ("text without quotes", "31.12.2026", "write `\"31.12.2026\"`"));
    toml("a\u{a0}= 1\n", ("a blank that is no plain space", "a\u{a0}", "write `a` with plain spaces around it"));
    toml("a = yes\n", ("text without quotes", "yes", "write `true`"));
    toml("a = null\n", ("text without quotes", "null", "TOML has no null: leave the key out"));
    toml("a = [mfa, \"x\"]\n", ("text without quotes", "mfa", "write `\"mfa\"`"));
    toml("a = [1, 2\nb = 3\nc = 4\n", ("`[` is never closed", "[", "add `]` where it ends"));
    toml("a = { x = 1, y = 2\nb = 3\n", ("`{` is never closed", "{", "add `}` where it ends"));
    toml("a = \"x\nb = 1\n", ("a quote is never closed", "\"x", "add the closing quote"));
    toml("a = \"\"\"x\n\n", ("a quote is never closed", "\"\"\"x", "add the closing quote"));
    toml("a: 1\n", ("`:` where `=` is due", "a: 1", "write `a = 1`"));
    toml("// c\n", ("a comment that TOML does not know", "// c", ""));
    toml("a = 1,\n", ("something after the value", "1,", "write nothing after the value: a line ends by itself"));
    toml("a = 1 b = 2\n", ("two keys on one line", "1 b = 2", "write each key on a line of its own"));
    toml("a =\nb = 1\n", ("a value is missing", "", ""));
    toml("a\n", ("a key without a value", "a", "write `key = value`"));
    toml("größe = 1\n", ("a key that needs quotes", "größe", "write `\"größe\"`"));
    toml("a = 01\n", ("a number with a leading zero", "01", "write the number without leading zeros"));
    toml("a = 2026-13-45\n", ("a date that does not exist", "2026-13-45", "write `2026-09-30`"));
    toml("[a\nb = 1\n", ("a bracket is missing", "", ""));
    toml("a = { b = 1 c = 2 }\n", ("a comma is missing", "", ""));
    toml(
        "a = 'it's'\n",
        (
            "text after a closing quote",
            "s'",
            "put the whole text into double quotes, and write quotes within it as `\\\"`",
        ),
    );
    toml(
        "{\"a\": 1}\n",
        ("a `{` where a key is due", "{\"a\": 1}", "if the file is JSON, give it a name that ends in `.json`"),
    );
}

#[test]
fn yaml_mistakes_are_told_with_their_cure() {
    let yaml = |text, expected: (&str, &str, &str)| tells(text, Syntax::Yaml, &[expected]);
    let columns = "keys of one table begin in the same column";
    yaml("a:\n\tb: 1\n", ("a tab in the indentation", "\t", "write spaces instead of the tab"));
    yaml(
        "a: [1, 2\nb: 3\n",
        ("a bracket is not closed, or a comma is missing", ":", "add `]` where it ends, or a comma between the items"),
    );
    yaml("a: \"x\nb: 1\n", ("a quote is never closed", "\"x", "add the closing quote"));
    yaml(
        "a: b: c\n",
        ("a colon that cannot stand here", ":", "put quotes around a text that contains a colon and a space"),
    );
    yaml("é: 1\n b: 2\n", ("a colon that cannot stand here", ":", columns));
    yaml("a:1\nb: 2\n", ("a space is missing after a colon", "a:1", "write `a: 1`"));
    yaml(
        "s: 1\ncurrency:EUR\nrisk:\n  - id: a\n",
        ("a space is missing after a colon", "currency:EUR", "write `currency: EUR`"),
    );
    yaml("a: @x\n", ("a text cannot begin with `@`", "@", "put the text in double quotes"));
    yaml(
        "a: 'it's'\n",
        (
            "text after a closing quote",
            "s",
            "put the whole text into double quotes; within single quotes write an apostrophe as `''`",
        ),
    );
    yaml(
        "a: *x\n",
        (
            "an alias to nothing",
            "*x",
            "a value gets a name by `&name` before it; put quotes around text that begins with `*`",
        ),
    );
    yaml(
        "a: !!python/object x\n",
        (
            "tags such as `!!python/object` are not read",
            "!!python/object x",
            "leave the tag out; put quotes around what must be text",
        ),
    );
    yaml(
        "a: 1\n---\nb: 2\n",
        ("several documents in one file", "---", "keep one scenario in one file, and no line `---` within it"),
    );
    yaml(
        "a: &a {b: 1}\nc:\n  <<: *a\n",
        (
            "merge keys (`<<`) are not read",
            "<<",
            "write the keys out, or give the whole value as an alias: `loss: *name`",
        ),
    );
    yaml("? [a]\n: 1\n", ("a key that is not a text", "[a]", "put quotes around text that begins with `{` or `[`"));
    yaml("a: 1\n: 2\n", ("a key is missing", "", ""));
    yaml(
        "a = 1\nb = 2\n",
        (
            "the file holds a text, not a table of keys",
            "a = 1",
            "this looks like TOML: give the file a name that ends in `.toml`",
        ),
    );
    yaml(
        "a:1\n",
        ("the file holds a text, not a table of keys", "a:1", "YAML needs a space after the colon: `key: value`"),
    );
    yaml(
        "- a\nb: 1\n",
        (
            "the line does not fit to the lines above",
            "b",
            "keys of one table begin in the same column, and so do the items (`- `) of one list",
        ),
    );
}

#[test]
fn json_mistakes_are_told_with_their_cure_all_at_once() {
    let text = "{ // note\n \"a\": [1, 2,],\n b: 'x',\n \"c\": 2.5M,\n \"d\" = NaN\n}";
    tells(
        text,
        Syntax::Json,
        &[
            ("a comment in JSON", "// note", "delete it, or write the file in TOML or YAML, which have comments"),
            ("a comma before the closing bracket", ",", "delete the comma"),
            ("a key without quotes", "b", "write `\"b\"`"),
            ("single quotes", "'x'", "write `\"x\"`"),
            ("text without quotes", "2.5M", "write `\"2.5M\"`"),
        ],
    );
    let json = |text, expected: (&str, &str, &str)| tells(text, Syntax::Json, &[expected]);
    json("{\"d\" = 1}", ("`=` where `:` is due", "=", ""));
    json("{\"d\": NaN}", ("not a number", "NaN", "write a number: JSON has no infinity and no NaN"));
    json("{\"a\": 1 \"b\": 2}", ("a comma is missing", "", ""));
    json("{\"a\": \"x\n}", ("a quote is never closed", "\"x", "add the closing quote"));
    json(
        "{\"a\": \"x,\n \"b\": 1}",
        (
            "a quote is not closed on its line",
            "\"x,",
            "add the closing quote; a line break inside a text is written `\\n`",
        ),
    );
    json("{\"a\": [1, 2}", ("the wrong closing bracket", "}", ""));
    json("{\"a\": [1, 2", ("`[` is never closed", "[", "add `]` where it ends"));
    json(
        "{\"a\": 1}}",
        ("there is more text after the end", "}", "a JSON file is one `{ … }`; check for a closing `}` too many"),
    );
    json("{\"a\": +1}", ("a number with a plus sign", "+1", "write `1`"));
    json("{\"a\": .5}", ("a number without a digit before its point", ".5", "write `0.5`"));
    json("{\"a\": 5.}", ("a number without a digit after its point", "5.", "write a digit after the point"));
    json("{\"a\": 0x1F}", ("a hexadecimal number", "0x1F", "write it with the digits 0 to 9"));
    json(
        "{\"a\": 01}",
        ("text without quotes", "01", "write a number without leading zeros, or text in double quotes"),
    );
    json("{\"a\": “x”}", ("text without quotes", "“x”", "write `\"x\"`"));
    json("{\"a\": @x, \"b\": 2}", ("text without quotes", "@x", "write `\"@x\"`"));
    json("{\"a\":\u{a0}1}", ("an invisible space (U+00A0)", "\u{a0}", "write an ordinary space"));
    json("{\"a\": \"\\q\"}", ("an unknown escape", "\\q", "write a backslash itself as `\\\\`"));
    json("{\"a\": }", ("a value is missing", "}", ""));
    json("{\"a\"}", ("a key without a value", "\"a\"", ""));
}

#[test]
fn a_repeated_key_is_shown_with_both_places_in_all_syntaxes() {
    let cases = [
        (Syntax::Toml, "a = 1\nb = 2\na = 3\nb = 4\n"),
        (Syntax::Yaml, "a: 1\nb: 2\na: 3\nb: 4\n"),
        (Syntax::Json, "{\"a\": 1, \"b\": 2, \"a\": 3, \"b\": 4}"),
    ];
    for (syntax, text) in cases {
        let faults = faults(text, syntax);
        assert_eq!(codes(&faults), [Code::DuplicateKey; 2]);
        for (fault, key) in faults.iter().zip(["a", "b"]) {
            assert_eq!(fault.message, format!("`{key}` is written twice"));
            let first = fault.related[0].0;
            assert!(first < fault.span.unwrap());
            assert_eq!(text[first.start..first.end].trim_matches('"'), key);
        }
    }
}

#[test]
fn the_first_place_of_a_repeated_toml_key_is_found_in_its_own_table() {
    let first = |text: &str| {
        let faults = faults(text, Syntax::Toml);
        assert_eq!(codes(&faults), [Code::DuplicateKey], "{text}");
        faults[0].related.first().map(|(span, _)| span.start)
    };
    assert_eq!(first("[x]\na = 1\n[y]\na = 1\na = 2\n"), Some(14));
    assert_eq!(first("[x]\na = 1\n[y]\nb = 2\n[x]\nc = 2\n"), Some(1));
    assert_eq!(first("x = { n = 1, s = { n = 2 }, n = 3 }\n"), Some(6));
    assert_eq!(first("a.b = 1\na.c = 2\na.b = 3\n"), Some(2));
    assert_eq!(first("[[r]]\nid = 1\n[[r]]\nid = 2\nid = 3\n"), Some(19));
    assert_eq!(first("[[r]]\n[r.l]\na = 1\n[[r]]\n[r.l]\nb = 1\n[r.l]\n"), Some(27));
    assert_eq!(first("a = [{ x = 1 }, { x = 2, x = 3 }]\n"), Some(18));
    assert_eq!(first("a = 1\na.b = 2\n"), Some(0));
    assert_eq!(first("t.a = 1\n[t]\n"), Some(0));
}

#[test]
fn a_file_without_a_table_is_told_so() {
    for (syntax, text) in [
        (Syntax::Toml, ""),
        (Syntax::Toml, "# only\n"),
        (Syntax::Yaml, ""),
        (Syntax::Yaml, "---\n"),
        (Syntax::Yaml, "- a\n"),
        (Syntax::Yaml, "text"),
        (Syntax::Json, ""),
        (Syntax::Json, "{}"),
        (Syntax::Json, "[1]"),
        (Syntax::Json, "1"),
        (Syntax::Json, "\u{feff}"),
    ] {
        assert_eq!(codes(&faults(text, syntax)), [Code::NotATable], "{syntax:?} {text:?}");
    }
}

#[test]
fn several_errors_are_told_in_one_run_in_the_order_of_the_file_and_at_most_five() {
    let text = "a = x y\nb = 1\nc = 2.5M\nd = 1\nd = 2\n[e]\nf: 1\n";
    let faults = faults(text, Syntax::Toml);
    assert_eq!(places(text, &faults), ["x y", "2.5M", "d", "f: 1"]);
    let many = "a = x\n".repeat(20);
    let faults = super::faults(&many, Syntax::Toml);
    assert_eq!(faults.iter().filter(|fault| fault.code == Code::Syntax).count(), 5);
}

#[test]
fn a_drawn_fault_points_at_its_place_after_an_accented_letter() {
    let text = "title = \"x\"\n\"größe\" = { name = Zoë Müller, b = 1 }\n";
    let faults = faults(text, Syntax::Toml);
    let expected = "\
error[E0101]: text without quotes
 --> plan.toml:2:20
  |
2 | \"größe\" = { name = Zoë Müller, b = 1 }
  |                    ^^^^^^^^^^ TOML text needs straight quotes
  |
  = help: write `\"Zoë Müller\"`
";
    assert_eq!(draw(&faults, "plan.toml", text, false), expected);
}
