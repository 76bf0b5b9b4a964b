//! Which numbers, words and signs does a quantity consist of?

use rust_decimal::Decimal;

use super::number::{NumberFault, number};
use super::words;
use crate::units::Currency;

/// A piece of a quantity.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// A number without its sign.
    Number(Decimal),
    /// Letters; as written, and in small letters.
    Word(String, String),
    /// A sign such as `%`, `/` or `€`.
    Sign(char),
}

/// A text in pieces.
#[derive(Debug, Clone, PartialEq)]
pub struct Pieces {
    /// A minus stands before all else.
    pub negative: bool,
    /// The pieces.
    pub tokens: Vec<Token>,
    /// The numbers that have two readings: from which letter to which, with a point and with a comma for decimals.
    pub unclear: Vec<(usize, usize, Decimal, Decimal)>,
    /// The decimal sign that the numbers show; nothing where they show none, or both.
    pub shows: Option<char>,
}

/// Why a text is no row of tokens.
#[derive(Debug, Clone, PartialEq)]
pub enum LexFault {
    /// Points and commas that no habit has: `1.23.456`.
    Groups,
    /// A number beyond 28 digits.
    TooLarge,
    /// A character that no quantity has.
    Strange,
}

/// Blanks that may stand between the pieces.
pub const BLANKS: &[char] = &[' ', '\u{a0}', '\u{202f}', '\u{2009}'];

/// Splits a text into pieces; a number with two readings is taken with `decimal` for its decimal sign.
pub fn pieces(text: &str, decimal: char) -> Result<Pieces, LexFault> {
    let chars: Vec<char> = text.chars().collect();
    let negative = matches!(chars.first(), Some('-' | '\u{2212}'));
    let mut at = usize::from(negative);
    let mut pieces = Pieces { negative, tokens: Vec::new(), unclear: Vec::new(), shows: None };
    let (mut shows_point, mut shows_comma) = (false, false);
    while at < chars.len() {
        let c = chars[at];
        if BLANKS.contains(&c) {
            at += 1;
        } else if c.is_ascii_digit() {
            let (written, next) = number(&chars, at, decimal).map_err(|fault| match fault {
                NumberFault::Groups => LexFault::Groups,
                NumberFault::TooLarge => LexFault::TooLarge,
                NumberFault::Strange => LexFault::Strange,
            })?;
            shows_point |= written.shows == Some('.');
            shows_comma |= written.shows == Some(',');
            if written.point != written.comma {
                pieces.unclear.push((at, next, written.point, written.comma));
            }
            pieces.tokens.push(Token::Number(if decimal == ',' { written.comma } else { written.point }));
            at = next + usize::from(is_joined(&chars, next));
        } else if c.is_alphabetic() {
            at = word(&chars, at, &mut pieces.tokens);
            // `1-in-20 years`: the hyphen behind "in", if one stood before it.
            let is_in = at.checked_sub(3).is_some_and(|before| is_joined(&chars, before));
            at += usize::from(is_in && chars.get(at).is_some_and(|c| is_hyphen(*c)));
        } else if matches!(c, '%' | '/' | ':' | '\u{d7}') || words::CURRENCY_SIGNS.contains(&c) {
            pieces.tokens.push(if c == '\u{d7}' { Token::Word("x".into(), "x".into()) } else { Token::Sign(c) });
            at += 1;
        } else {
            return Err(LexFault::Strange);
        }
    }
    pieces.shows = match (shows_point, shows_comma) {
        (true, false) => Some('.'),
        (false, true) => Some(','),
        _ => None,
    };
    join(&mut pieces.tokens);
    Ok(pieces)
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Whether a hyphen stands here that only binds: `3-mal im Jahr`, as German papers say it, and `1-in-20 years`.
fn is_joined(chars: &[char], at: usize) -> bool {
    let follows =
        |text: &str| chars.get(at + 1..at + 1 + text.len()).is_some_and(|end| end.iter().copied().eq(text.chars()));
    let is_in = || {
        follows("in")
            && chars.get(at + 3).is_some_and(|c| is_hyphen(*c))
            && chars.get(at + 4).is_some_and(char::is_ascii_digit)
    };
    chars.get(at).is_some_and(|c| is_hyphen(*c)) && at > 0 && (follows("mal") || is_in())
}

/// Takes the word at `start`; the place behind it.
fn word(chars: &[char], start: usize, tokens: &mut Vec<Token>) -> usize {
    let letter = |at: usize| chars.get(at).is_some_and(|c| c.is_alphabetic());
    let free = |at: usize| chars.get(at).is_none_or(|c| !c.is_alphanumeric());
    let is = |at: usize, wanted: char| chars.get(at).is_some_and(|c| c.to_ascii_lowercase() == wanted);
    // `p.a.`, `p. a.`
    if is(start, 'p') && is(start + 1, '.') {
        let a = start + 2 + usize::from(chars.get(start + 2).is_some_and(|c| BLANKS.contains(c)));
        if is(a, 'a') && free(a + 1) {
            tokens.push(Token::Word("p.a.".into(), "pa".into()));
            return a + 1 + usize::from(is(a + 1, '.') && free(a + 2));
        }
    }
    let mut end = start;
    while letter(end) || (end > start && matches!(chars.get(end), Some('\'' | '\u{2019}')) && letter(end + 1)) {
        end += 1;
    }
    // `semi-annually`, `half-yearly`
    if chars.get(end) == Some(&'-') && letter(end + 1) {
        let behind = (end + 1..chars.len()).find(|at| !letter(*at)).unwrap_or(chars.len());
        let both: String = chars[start..behind].iter().copied().map(small_letter).collect();
        if words::adverb(&both).is_some() {
            tokens.push(Token::Word(chars[start..behind].iter().collect(), both));
            return behind;
        }
    }
    let written: String = chars[start..end].iter().collect();
    let small: String = written.chars().map(small_letter).collect();
    // A point ends a short form.
    let next = end + usize::from(is(end, '.') && !letter(end + 1) && words::SHORT_FORMS.contains(&small.as_str()));
    // `Mio.EUR`: the code right behind the point.
    if is(end, '.') && words::SHORT_FORMS.contains(&small.as_str()) && words::GLUED.contains(&small.as_str()) {
        let behind = (end + 1..chars.len()).find(|at| !letter(*at)).unwrap_or(chars.len());
        let code: String = chars[end + 1..behind].iter().collect();
        if Currency::from_code(&code).is_some() {
            tokens.push(Token::Word(written, small));
            let small = code.to_ascii_lowercase();
            tokens.push(Token::Word(code, small));
            return behind;
        }
    }
    // `TEUR`: a multiple right before a code.
    let length = written.len();
    if length > 3 && written.is_ascii() {
        let (multiple, code) = (small[..length - 3].to_owned(), &written[length - 3..]);
        if words::GLUED.contains(&multiple.as_str()) && Currency::from_code(code).is_some() {
            let multiple = if multiple == "t" { "tsd".to_owned() } else { multiple };
            tokens.push(Token::Word(written[..length - 3].to_owned(), multiple));
            tokens.push(Token::Word(code.to_owned(), code.to_ascii_lowercase()));
            return next;
        }
    }
    // `T€` is a thousand euros to those who write it.
    let sign = (next..chars.len()).find(|at| !BLANKS.contains(&chars[*at])).and_then(|at| chars.get(at));
    let small = match small.as_str() {
        "t" if sign == Some(&'€') => "tsd".to_owned(),
        // `5 MD` are days of somebody's work, `5 Md€` milliards.
        "md" if written == "MD" && sign != Some(&'€') => written.clone(),
        _ => small,
    };
    tokens.push(Token::Word(written, small));
    next
}

/// The small letter, of the letters that the words have.
fn small_letter(c: char) -> char {
    match c {
        '\u{2019}' => '\'',
        '\u{d7}' => c,
        'À'..='Þ' => char::from_u32(u32::from(c) + 32).unwrap_or(c),
        'Ł' => 'ł',
        _ => c.to_ascii_lowercase(),
    }
}

/// Joins the parts of words that have two: `tous les`.
fn join(tokens: &mut Vec<Token>) {
    let mut at = 0;
    while at + 1 < tokens.len() {
        if let (Token::Word(_, a), Token::Word(_, b)) = (&tokens[at], &tokens[at + 1])
            && words::PHRASES.contains(&(a.as_str(), b.as_str()))
        {
            let both = format!("{a} {b}");
            tokens[at] = Token::Word(both.clone(), both);
            tokens.remove(at + 1);
        }
        at += 1;
    }
}
