//! How is a cure written in the syntax of the file that it is for?
//!
//! Messages and cures are kept once, with their examples in TOML between backticks. For a file in
//! YAML or JSON the examples are put into that syntax: `key = "value"` becomes `key: "value"`,
//! `[[risk]]` an item of `risk:`.

use super::syntax::Syntax;
use crate::diagnostic::Diagnostic;

/// A diagnostic with its examples in a syntax.
pub(super) fn in_syntax(mut diagnostic: Diagnostic, syntax: Syntax) -> Diagnostic {
    if syntax == Syntax::Toml {
        return diagnostic;
    }
    diagnostic.message = phrase(&diagnostic.message, syntax);
    diagnostic.label = phrase(&diagnostic.label, syntax);
    for text in &mut diagnostic.help {
        *text = phrase(text, syntax);
    }
    diagnostic
}

/// A text whose parts between backticks are TOML, with these parts in another syntax.
fn phrase(text: &str, syntax: Syntax) -> String {
    let mut phrased = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('`') {
        phrased.push_str(before);
        let Some((code, after)) = after.split_once('`') else {
            phrased.push('`');
            rest = after;
            break;
        };
        phrased.push_str(&part(code, syntax));
        rest = after;
    }
    phrased.push_str(rest);
    phrased
}

/// A part with its backticks.
fn part(toml: &str, syntax: Syntax) -> String {
    let header = |open: &str, close: &str| {
        let inner = toml.strip_prefix(open)?.strip_suffix(close)?;
        let is_path = !inner.is_empty() && inner.chars().all(|c| in_key(c) || c == '.');
        is_path.then(|| inner.rsplit('.').next().unwrap_or(inner))
    };
    match (header("[[", "]]"), header("[", "]"), syntax) {
        (Some(key), _, Syntax::Json) => format!("`{{ … }}` in `\"{key}\": [ … ]`"),
        (Some(key), ..) => format!("`- …` under `{key}:`"),
        (None, Some(key), Syntax::Json) => format!("`\"{key}\": {{ … }}`"),
        (None, Some(key), _) => format!("`{key}:`"),
        (None, None, _) => format!("`{}`", pairs(toml, syntax)),
    }
}

/// `key = value` in another syntax, also within brackets.
fn pairs(toml: &str, syntax: Syntax) -> String {
    let mut written = String::with_capacity(toml.len() + 8);
    let mut rest = toml;
    while let Some(letter) = rest.chars().next() {
        let length = if letter == '"' {
            rest[1..].find('"').map_or(rest.len(), |end| end + 2)
        } else if in_key(letter) {
            rest.find(|c| !in_key(c)).unwrap_or(rest.len())
        } else {
            letter.len_utf8()
        };
        let (token, after) = rest.split_at(length);
        match after.strip_prefix(" = ") {
            Some(value) if in_key(letter) => {
                let key = if syntax == Syntax::Json { format!("\"{token}\": ") } else { format!("{token}: ") };
                written.push_str(&key);
                rest = value;
            }
            _ => {
                written.push_str(token);
                rest = after;
            }
        }
    }
    written
}

fn in_key(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_follow_the_syntax_of_the_file() {
        let cases = [
            (
                "write `frequency = \"1 in 5 years\"`",
                "write `frequency: \"1 in 5 years\"`",
                "write `\"frequency\": \"1 in 5 years\"`",
            ),
            (
                "add a `[[risk]]` with `id`",
                "add a `- …` under `risk:` with `id`",
                "add a `{ … }` in `\"risk\": [ … ]` with `id`",
            ),
            ("or `[risk.threat]`", "or `threat:`", "or `\"threat\": { … }`"),
            (
                "`loss = { low = \"a = b\", n = 3 }`",
                "`loss: { low: \"a = b\", n: 3 }`",
                "`\"loss\": { \"low\": \"a = b\", \"n\": 3 }`",
            ),
            ("`requires = [\"disk\"]`", "`requires: [\"disk\"]`", "`\"requires\": [\"disk\"]`"),
            (
                "no example = here, and one ` alone = 1",
                "no example = here, and one ` alone = 1",
                "no example = here, and one ` alone = 1",
            ),
            ("`[\"a\"]` and `€ = \"`", "`[\"a\"]` and `€ = \"`", "`[\"a\"]` and `€ = \"`"),
        ];
        for (toml, yaml, json) in cases {
            assert_eq!(phrase(toml, Syntax::Yaml), yaml);
            assert_eq!(phrase(toml, Syntax::Json), json);
        }
    }
}
