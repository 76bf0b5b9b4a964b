//! How wide is a text, and how is a long one made to fit?
//!
//! Widths come from the one embedded face, whose letters are as wide as Arial's, so that a label keeps its measured
//! place in browsers that set the SVG in their own sans-serif as well as in pictures set in the embedded one.

#[cfg(feature = "charts")]
use std::sync::Once;

#[cfg(feature = "charts")]
use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};

/// The embedded face, regular.
pub const FONT_REGULAR: &[u8] = include_bytes!("../../assets/font/RosiSans-Regular.ttf");
/// The embedded face, bold.
pub const FONT_BOLD: &[u8] = include_bytes!("../../assets/font/RosiSans-Bold.ttf");
/// The list that the text of an SVG names: the embedded face first, then those with the same widths.
pub const FONT_FAMILY: &str = "Rosi Sans, Arial, Liberation Sans, Helvetica, sans-serif";

/// Part of the type size above and below the baseline that a line of text may fill.
pub(crate) const ASCENT: f64 = 0.80;
pub(crate) const DESCENT: f64 = 0.22;
/// From baseline to baseline, as a multiple of the type size.
pub(crate) const LEADING: f64 = 1.25;

/// The measuring library takes the height from ascender to descender for the size; type sizes are em heights.
const LINE_PER_EM: f64 = 2288.0 / 2048.0;
/// Measured large because the library answers in whole pixels.
const MEASURED_AT: f64 = 1000.0;

/// One line of plain text: control characters and marks that reorder text become spaces or vanish, runs of space
/// become one.
pub(crate) fn clean(text: &str) -> String {
    let reorders = |c: &char| {
        matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
            || ('\u{202A}'..='\u{202E}').contains(c)
            || ('\u{2060}'..='\u{206F}').contains(c)
    };
    let spaced: String = text.chars().filter(|c| !reorders(c)).map(|c| if c.is_control() { ' ' } else { c }).collect();
    // Spaces that bind figures stay.
    let breaks = |c: char| c.is_whitespace() && !matches!(c, '\u{A0}' | '\u{202F}');
    spaced.split(breaks).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The font for drawing and measuring, at a type size in em.
#[cfg(feature = "charts")]
pub(crate) fn font(size: f64, bold: bool) -> FontDesc<'static> {
    static REGISTERED: Once = Once::new();
    REGISTERED.call_once(|| {
        // The faces are part of the program; should they ever fail to parse, `width` falls back to an estimate.
        let _ = register_font(FONT_FAMILY, FontStyle::Normal, FONT_REGULAR);
        let _ = register_font(FONT_FAMILY, FontStyle::Bold, FONT_BOLD);
    });
    let style = if bold { FontStyle::Bold } else { FontStyle::Normal };
    FontDesc::new(FontFamily::Name(FONT_FAMILY), size, style)
}

/// Width of letters of the face as a multiple of the type size; none where nothing is drawn.
#[cfg(feature = "charts")]
fn measured(text: &str, bold: bool) -> Option<f64> {
    let ((left, _), (right, _)) = font(MEASURED_AT * LINE_PER_EM, bold).layout_box(text).ok()?;
    Some(f64::from(right - left) / MEASURED_AT)
}

#[cfg(not(feature = "charts"))]
fn measured(_: &str, _: bool) -> Option<f64> {
    None
}

/// Width of one line in the unit of `size`.
pub(crate) fn width(text: &str, size: f64, bold: bool) -> f64 {
    // Scripts that the face lacks are set in the reader's own fonts: a full square each is what they need at most.
    let squares = text.chars().filter(is_square).count() as f64;
    let covered: String = text.chars().filter(|c| !is_square(c)).collect();
    (measured(&covered, bold).unwrap_or(covered.chars().count() as f64 * 0.6) + squares) * size
}

/// The text, or as much of it as fits with "…" after it.
pub(crate) fn shortened(text: &str, size: f64, bold: bool, room: f64) -> String {
    if width(text, size, bold) <= room {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let candidate = |kept: usize| {
        // An accent that stands as its own character stays with its letter or goes with it.
        let kept = (0..=kept).rev().find(|k| !chars.get(*k).is_some_and(is_accent)).unwrap_or(0);
        let head: String = chars.get(..kept).unwrap_or_default().iter().collect();
        format!("{}\u{2026}", head.trim_end())
    };
    let (mut fits, mut too_long) = (0, chars.len());
    while too_long - fits > 1 {
        let middle = fits.midpoint(too_long);
        if width(&candidate(middle), size, bold) <= room { fits = middle } else { too_long = middle }
    }
    candidate(fits)
}

/// So many letters of a beginning are kept first.
const BEGINNING: usize = 4;

/// The text, or its beginning and its end with "…" between: names differ in either.
pub(crate) fn between(text: &str, size: f64, bold: bool, room: f64) -> String {
    if width(text, size, bold) <= room {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let candidate = |kept: usize| {
        let is_whole = |at: &usize| !chars.get(*at).is_some_and(is_accent);
        let behind = (kept / 2).min(kept.saturating_sub(BEGINNING));
        let head = (0..=kept - behind).rev().find(is_whole).unwrap_or(0);
        let tail = (chars.len() - behind..=chars.len()).find(is_whole).unwrap_or(chars.len());
        let part = |chars: Option<&[char]>| chars.unwrap_or_default().iter().collect::<String>();
        joined(&part(chars.get(..head)), &part(chars.get(tail..)))
    };
    let (mut fits, mut too_long) = (0, chars.len());
    while too_long - fits > 1 {
        let middle = fits.midpoint(too_long);
        if width(&candidate(middle), size, bold) <= room { fits = middle } else { too_long = middle }
    }
    candidate(fits)
}

/// The text in at most so many letters: its beginning, two thirds of them, and its end, for names differ in either.
pub(crate) fn in_letters(text: &str, most: usize) -> String {
    let letters: Vec<char> = text.chars().collect();
    if letters.len() <= most {
        return text.to_owned();
    }
    // What of a thing is meant stands behind a colon, and stays.
    if let Some((thing, what)) = text.rsplit_once(": ") {
        let what_is = what.chars().count() + 2;
        if 3 * what_is <= 2 * most {
            return format!("{}: {what}", in_letters(thing, most - what_is));
        }
    }
    let end = most.saturating_sub(1) / 3;
    let part = |letters: &[char]| letters.iter().collect::<String>();
    let tail = &letters[letters.len() - end..];
    // The end of a long word says less than its beginning.
    let is_torn = letters[letters.len() - end - 1].is_alphanumeric() && tail.iter().all(|c| c.is_alphanumeric());
    if is_torn && text.contains(' ') {
        return format!("{}\u{2026}", part(&letters[..most.saturating_sub(1)]).trim_end());
    }
    joined(&part(&letters[..most.saturating_sub(1 + end)]), &part(tail))
}

/// A beginning and an end with "…" between them: whole words, where enough of them is left.
fn joined(head: &str, tail: &str) -> String {
    let head = head.rsplit_once(' ').filter(|(words, _)| 2 * words.len() >= head.len()).map_or(head, |at| at.0);
    let tail = tail.split_once(' ').filter(|(_, words)| 4 * words.len() >= tail.len()).map_or(tail, |at| at.1);
    format!("{}\u{2026}{}", head.trim_end(), tail.trim_start())
}

/// A text with figures bound to what they count, so that no line ends within "1 in 20", "1 von 20", "5 %", "EUR 12",
/// "1,5 Mio. EUR" or "31 January 2027".
pub(crate) fn bound(text: &str) -> String {
    const SIZES: [&str; 4] = ["Tsd.", "Mio.", "Mrd.", "Bio."];
    const BINDING: &str = "\u{A0}";
    const MONTHS: [&str; 20] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Januar",
        "Februar",
        "März",
        "Mai",
        "Juni",
        "Juli",
        "Oktober",
        "Dezember",
    ];
    let starts_with_digit = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let is_month = |word: &str| MONTHS.contains(&word);
    let is_day = |word: &str| matches!(word.trim_end_matches('.').parse(), Ok(1_u8..=31));
    let words: Vec<&str> = text.split(' ').collect();
    let mut bound = String::with_capacity(text.len() + 8);
    for (place, word) in words.iter().enumerate() {
        if let Some(before) = place.checked_sub(1).and_then(|before| words.get(before)) {
            let next = words.get(place + 1).copied().unwrap_or_default();
            let ends_with_digit = before.ends_with(|c: char| c.is_ascii_digit());
            let is_chance = matches!(*word, "in" | "von") && starts_with_digit(next) && before.ends_with('1')
                || matches!(*before, "in" | "von")
                    && starts_with_digit(word)
                    && bound.ends_with(&format!("1{BINDING}{before}"));
            let is_share = word.starts_with('%') && ends_with_digit;
            let is_size = SIZES.iter().any(|size| word.starts_with(size)) && ends_with_digit;
            let is_currency = |word: &str| word.len() == 3 && word.chars().all(|c| c.is_ascii_uppercase());
            let is_money = is_currency(before) && starts_with_digit(word.trim_start_matches('−'))
                || is_currency(word.trim_end_matches(|c: char| !c.is_alphanumeric()))
                    && (ends_with_digit || SIZES.iter().any(|size| before.ends_with(size)));
            let is_date = is_month(word) && is_day(before) || is_month(before) && starts_with_digit(word);
            bound.push_str(if is_chance || is_share || is_size || is_money || is_date { BINDING } else { " " });
        }
        bound.push_str(word);
    }
    bound
}

/// A name in at most `lines` lines, and whether anything was left out. Where it does not fit, its beginning and its end
/// stay; what of a thing is meant stands behind a colon, and has the last line.
pub(crate) fn named(name: &str, size: f64, bold: bool, room: f64, lines: usize) -> (Vec<String>, bool) {
    let whole = wrapped(name, size, bold, room, lines);
    if !whole.1 {
        return whole;
    }
    let Some((thing, what)) = name.split_once(": ").filter(|_| lines > 1) else {
        return filled(name, size, bold, room, lines, between);
    };
    let (mut done, _) = filled(&format!("{thing}:"), size, bold, room, lines - 1, between);
    done.push(between(what, size, bold, room));
    (done, true)
}

pub(crate) fn is_square(c: &char) -> bool {
    ('\u{1100}'..'\u{1E00}').contains(c) || *c >= '\u{2E80}'
}

fn is_accent(c: &char) -> bool {
    ('\u{0300}'..='\u{036F}').contains(c) || *c == '\u{200D}' || ('\u{FE00}'..='\u{FE0F}').contains(c)
}

/// The text in at most `lines` lines; the last one is shortened when it does not fit. The flag tells whether anything
/// was left out. A single short word is not left to the last of two lines.
pub(crate) fn wrapped(text: &str, size: f64, bold: bool, room: f64, lines: usize) -> (Vec<String>, bool) {
    let (first, cut) = filled(text, size, bold, room, lines, shortened);
    if let ([long, short], false) = (first.as_slice(), cut) {
        let widths = (width(long, size, bold), width(short, size, bold));
        if widths.1 < 0.45 * widths.0 {
            let even = 0.62 * (widths.0 + widths.1);
            let (balanced, cut) = filled(text, size, bold, even, lines, shortened);
            let is_split = balanced.iter().any(|line| line.ends_with('-') && !first.contains(line));
            if balanced.len() == 2 && !cut && !is_split {
                return (balanced, false);
            }
        }
    }
    (first, cut)
}

/// `ending` makes what does not fit into the last line fit.
fn filled(
    text: &str,
    size: f64,
    bold: bool,
    room: f64,
    lines: usize,
    ending: fn(&str, f64, bool, f64) -> String,
) -> (Vec<String>, bool) {
    let mut done: Vec<String> = Vec::new();
    let mut rest = text.to_owned();
    while !rest.is_empty() {
        if done.len() + 1 >= lines || width(&rest, size, bold) <= room {
            let last = ending(&rest, size, bold, room);
            let cut = last != rest;
            done.push(last);
            return (done, cut);
        }
        let (split, is_inside) = break_before(&rest, size, bold, room);
        let (head, tail) = rest.split_at(split);
        done.push(format!(
            "{}{}",
            head.trim_end(),
            // Chinese and Japanese break anywhere and without a mark.
            if is_inside && !head.ends_with(|c| is_square(&c)) { "-" } else { "" }
        ));
        rest = tail.trim_start().to_owned();
    }
    (done, false)
}

/// Where the first line ends: at the last space or behind the last hyphen that fits, else inside the word (the flag),
/// where a hyphen still finds room.
fn break_before(text: &str, size: f64, bold: bool, room: f64) -> (usize, bool) {
    let mut at_word = None;
    let mut at_char = None;
    let hyphen = width("-", size, bold);
    for (at, c) in text.char_indices().skip(1) {
        // Measured only where a break is possible; names are short.
        if is_accent(&c) {
            continue;
        }
        let head = text.get(..at).unwrap_or_default().trim_end();
        if width(head, size, bold) > room {
            break;
        }
        // Less than three letters on the next line read as a slip.
        let tail = text.get(at..).unwrap_or_default().chars().take_while(|c| *c != ' ').count();
        if tail >= 3 && width(head, size, bold) + hyphen <= room {
            at_char = Some(at);
        }
        if c == ' ' || text.get(..at).is_some_and(|head| head.ends_with(['-', '/'])) {
            at_word = Some(at);
        }
    }
    let first_char = text.char_indices().nth(1).map_or(text.len(), |(at, _)| at);
    at_word.map_or((at_char.unwrap_or(first_char), true), |at| (at, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dash_of_one_em_measures_one_em() {
        assert!((width("\u{2014}", 10.0, false) - 10.0).abs() < 0.02);
        assert!((width("\u{2014}", 10.0, true) - 10.0).abs() < 0.02);
    }

    #[test]
    fn all_digits_are_equally_wide() {
        let one = width("1", 12.0, false);
        assert!("234567890".chars().all(|d| (width(&d.to_string(), 12.0, false) - one).abs() < 1e-9));
    }

    #[test]
    fn what_is_shortened_fits_and_says_so() {
        for text in
            ["A name that is too long", "长长长长长长长长", "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}"]
        {
            let short = shortened(text, 12.0, false, 40.0);
            assert!(short.ends_with('\u{2026}') && width(&short, 12.0, false) <= 40.0, "{short}");
        }
    }

    #[test]
    fn names_that_are_cut_differ_where_they_did() {
        for (a, b) in [
            (
                "Tokenisation and encrypting terminals in all shops: cover",
                "Tokenisation and encrypting terminals in all shops: cost",
            ),
            ("Loss of the warehouse in the far north", "Loss of the warehouse in the far south"),
            ("The same long name of an option, at once", "The same long name of an option, next year"),
        ] {
            for lines in 1..=3 {
                let shown = |name: &str| named(name, 12.0, false, 100.0, lines);
                let ((a, cut), (b, _)) = (shown(a), shown(b));
                assert_ne!(a, b);
                assert!(a.len() <= lines && a.iter().chain(&b).all(|line| width(line, 12.0, false) <= 100.0), "{a:?}");
                assert!(cut || !a.concat().contains('\u{2026}'), "{a:?}");
            }
        }
        let (lines, _) = named("Tokenisation and encrypting terminals in all shops: cover", 12.0, false, 100.0, 2);
        assert_eq!(lines[1], "cover");
        assert!(lines[0].ends_with("shops:"), "{lines:?}");
    }

    #[test]
    fn a_name_in_so_many_letters_keeps_what_tells_it_from_others() {
        let name = "Verschlüsselung des Krankenhausinformationssystems";
        assert_eq!(in_letters(name, 44), "Verschlüsselung des Krankenhausinformations\u{2026}");
        assert_eq!(
            in_letters(&format!("{name}: Häufigkeit"), 44),
            "Verschlüsselung des Krankenhaus\u{2026}: Häufigkeit"
        );
        let name = "Fraud prevention and privileged access first, decided in the year 2028";
        assert_eq!(in_letters(name, 44), "Fraud prevention and\u{2026}the year 2028");
        assert_eq!(in_letters(&"x".repeat(90), 9), "xxxxxx\u{2026}xx");
    }

    #[test]
    fn a_long_name_breaks_between_words_and_one_endless_word_inside() {
        let (lines, cut) = wrapped("Payment fraud by stolen password", 12.0, false, 120.0, 2);
        assert_eq!((lines, cut), (vec!["Payment fraud by".to_owned(), "stolen password".to_owned()], false));
        let (lines, cut) = wrapped(&"x".repeat(90), 12.0, false, 100.0, 2);
        assert!(cut && lines.len() == 2 && lines.iter().all(|l| width(l, 12.0, false) <= 100.0));
    }

    #[test]
    fn a_figure_stays_with_what_it_counts() {
        let bound = |text| super::bound(text).replace('\u{A0}', "_");
        assert_eq!(bound("Bad year (1 in 20)"), "Bad year (1_in_20)");
        assert_eq!(bound("EUR 1,200 is 5 % more, 1 in 3 times"), "EUR_1,200 is 5_% more, 1_in_3 times");
        assert_eq!(bound("in 3 years, step 1 in year 2"), "in 3 years, step 1 in year 2");
        assert_eq!(bound("1 von 20: 1,5 Mio. EUR, −3 EUR."), "1_von_20: 1,5_Mio._EUR, −3_EUR.");
        assert_eq!(bound("by 31 January 2027, from May on"), "by 31_January_2027, from May on");
        assert_eq!(bound("bis 1. März 2027, ab dem 15. Mai."), "bis 1._März_2027, ab dem 15. Mai.");
        assert_eq!(bound(" a  b "), " a  b ");
    }
}
