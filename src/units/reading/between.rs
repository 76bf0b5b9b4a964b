//! Between which two ends does something lie: `2-3 per year`, `alle 5 bis 10 Jahre`, `between 10k and 50k`?
//!
//! Each end comes back as a text that says all that the whole says: `every 5 years` and `every 10 years`.

/// Words between two numbers, with blanks around them.
const TO: &[&str] = &["to", "bis", "à", "a", "tot", "jusqu'à", "hasta", "fino a", "or", "oder", "ou", "o"];
/// Words before two numbers, and those that then stand between them.
const PAIRS: &[(&str, &[&str])] = &[
    ("between", &["and"]),
    ("zwischen", &["und"]),
    ("entre", &["et", "y", "e"]),
    ("tra", &["e"]),
    ("fra", &["e"]),
    ("tussen", &["en"]),
    ("from", &["to"]),
    ("von", &["bis"]),
    ("de", &["à", "a"]),
    ("da", &["a"]),
    ("van", &["tot"]),
];

/// The two ends of a text that holds two numbers with a dash or a word between them, in the order they are written.
pub fn ends(text: &str) -> Option<(String, String)> {
    let letters: Vec<char> = text.trim().chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
    let numbers = numbers(&letters);
    numbers.windows(2).find_map(|two| {
        let ((start, end), (next, last)) = (two[0], two[1]);
        let part = |from: usize, to: usize| letters[from..to].iter().collect::<String>();
        let between = part(end, next);
        let word = between.trim().to_lowercase();
        let opens = opening(&part(0, start), &word);
        let is_dash = matches!(word.as_str(), "-" | "–" | "—" | "−" | ".." | "..." | "…");
        // A word stands apart: "5a10" is something else.
        let is_word = TO.contains(&word.as_str()) && between.starts_with(' ') && between.ends_with(' ');
        let before = match &opens {
            Some(before) => before.clone(),
            None if is_dash || is_word => part(0, start),
            None => return None,
        };
        let after = part(last, letters.len());
        let end_of = |from: usize, to: usize| format!("{before}{}{after}", part(from, to)).trim().to_owned();
        Some((end_of(start, end), end_of(next, last)))
    })
}

/// The two ends of `between 10k and 50k` as they are written.
pub fn parts(text: &str) -> Option<(String, String)> {
    let (word, rest) = text.trim().split_once(' ')?;
    let word = word.to_lowercase();
    PAIRS.iter().filter(|(opens, _)| *opens == word).flat_map(|(_, words)| *words).find_map(|between| {
        let (low, high) = rest.split_once(&format!(" {between} "))?;
        let is_number = |part: &str| part.contains(|c: char| c.is_ascii_digit());
        (is_number(low) && is_number(high)).then(|| (low.trim().to_owned(), high.trim().to_owned()))
    })
}

/// What stands before `between 2 and 3`, without the word that opens it.
fn opening(before: &str, between: &str) -> Option<String> {
    let trimmed = before.trim_end();
    PAIRS.iter().filter(|(_, words)| words.contains(&between)).find_map(|(word, _)| {
        let at = trimmed.len().checked_sub(word.len())?;
        let (rest, last) = (trimmed.get(..at)?, trimmed.get(at..)?);
        let stands_apart = rest.is_empty() || rest.ends_with(' ');
        (stands_apart && last.to_lowercase() == *word).then(|| rest.to_owned())
    })
}

/// Where the numbers of a text stand.
fn numbers(letters: &[char]) -> Vec<(usize, usize)> {
    let is_digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let mut found = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        if !is_digit(at) {
            at += 1;
            continue;
        }
        let start = at;
        // Marks within a number: a digit stands behind them.
        while is_digit(at) || (matches!(letters.get(at), Some('.' | ',' | '\'' | '’' | '_')) && is_digit(at + 1)) {
            at += 1;
        }
        found.push((start, at));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_lies_between_two_others() {
        let ends = |low: &str, high: &str| Some((low.to_owned(), high.to_owned()));
        assert_eq!(parts("between 10k and 50k"), ends("10k", "50k"));
        assert_eq!(parts("Zwischen 10.000 und 50.000 €"), ends("10.000", "50.000 €"));
        assert_eq!(parts("from 1M to 2M EUR"), ends("1M", "2M EUR"));
        assert_eq!(parts("from now on"), None);
    }

    #[test]
    fn each_end_says_what_the_whole_says() {
        for (text, low, high) in [
            ("2-3 per year", "2 per year", "3 per year"),
            ("every 5-10 years", "every 5 years", "every 10 years"),
            ("alle 5 bis 10 Jahre", "alle 5 Jahre", "alle 10 Jahre"),
            ("0,1 – 0,5 pro Jahr", "0,1 pro Jahr", "0,5 pro Jahr"),
            ("between 2 and 3 per year", "2 per year", "3 per year"),
            ("zwischen 2 und 3 pro Jahr", "2 pro Jahr", "3 pro Jahr"),
            ("entre 2 et 3 par an", "2 par an", "3 par an"),
            ("cada 5 a 10 años", "cada 5 años", "cada 10 años"),
            ("tussen de 2 en 3", "", ""),
            ("1 in 5-10 years", "1 in 5 years", "1 in 10 years"),
            ("10.000 bis 20.000 €", "10.000 €", "20.000 €"),
            ("1 in 20 years", "", ""),
            ("5a10", "", ""),
            ("2 und 3", "", ""),
        ] {
            let expected = (!low.is_empty()).then(|| (low.to_owned(), high.to_owned()));
            assert_eq!(ends(text), expected, "{text}");
        }
    }
}
