//! How does a diagnostic look to the person who wrote the file?
//!
//! Like a compiler's: the sentence, the place, the line with the exact part underlined, what else
//! matters, what to write instead. The text is not ours, so nothing of it reaches the terminal that
//! could steer it: control characters, escapes and marks that turn the writing direction are shown
//! as visible signs. Only the lines concerned are handed to the drawing library, because its work
//! grows with the text.

use super::{Diagnostic, Severity, Span};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// Lines longer than this are cut around the place before they are drawn.
const LONG: usize = 2_000;

/// Letters kept on each side of the place in a line that is cut.
const AROUND: usize = 200;

/// The most letters of a message, a label or a line of help.
const MESSAGE: usize = 1_000;

/// Draws diagnostics one after the other, in the order given, with their lines of `text`.
///
/// `text` is the text that the spans refer to; spans beyond it are drawn at its end. The result has
/// no escape sequences unless `colour` is set, ends with a line break, and is empty for none.
pub fn draw(diagnostics: &[Diagnostic], file_name: &str, text: &str, colour: bool) -> String {
    let renderer = if colour { Renderer::styled().hyperlink(false) } else { Renderer::plain() };
    let file_name = visible(file_name);
    let lines = Lines::new(text);
    let pictures = diagnostics.iter().map(|diagnostic| picture(diagnostic, &file_name, &lines, &renderer) + "\n");
    pictures.collect::<Vec<_>>().join("\n")
}

/// The diagnostics by their place in the file; those without a place come first.
pub fn in_file_order(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    diagnostics.sort_by_key(|diagnostic| diagnostic.span);
    diagnostics
}

fn picture(diagnostic: &Diagnostic, file_name: &str, lines: &Lines<'_>, renderer: &Renderer) -> String {
    let level = match diagnostic.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(visible(&diagnostic.message)).id(diagnostic.code.as_str());
    let mut group = Group::with_title(title);
    let mut corrections = Vec::new();
    for (number, marks) in lines_of(diagnostic, lines) {
        let shown = Shown::new(lines, number, &marks);
        if let Some(correction) = shown.correction(file_name) {
            corrections.push(correction);
        }
        let mut snippet = Snippet::source(shown.text).path(file_name).line_start(number + 1);
        for (mark, (start, end)) in marks.iter().zip(shown.places) {
            let kind = if mark.is_main { AnnotationKind::Primary } else { AnnotationKind::Context };
            let label = (!mark.label.is_empty()).then(|| visible(mark.label));
            snippet = snippet.annotation(kind.span(start..end).label(label));
        }
        group = group.element(snippet);
    }
    for help in &diagnostic.help {
        group = group.element(Level::HELP.message(visible(help)));
    }
    let mut drawn = renderer.render(&[group]);
    for (wrong, right) in corrections {
        drawn = drawn.replacen(&wrong, &right, 1);
    }
    drawn
}

/// A place on a line.
struct Mark<'a> {
    span: Span,
    label: &'a str,
    is_main: bool,
}

/// The lines that a diagnostic speaks of, the main one first, each with its marks.
fn lines_of<'a>(diagnostic: &'a Diagnostic, lines: &Lines<'_>) -> Vec<(usize, Vec<Mark<'a>>)> {
    let main = diagnostic.span.map(|span| Mark { span, label: &diagnostic.label, is_main: true });
    let related = diagnostic.related.iter().map(|(span, label)| Mark { span: *span, label, is_main: false });
    let mut by_line: Vec<(usize, Vec<Mark<'a>>)> = Vec::new();
    for mut mark in main.into_iter().chain(related) {
        let number = lines.number(mark.span.start);
        let line = lines.line(number);
        // A table of many lines is shown by its first.
        mark.span = Span::new(mark.span.start.clamp(line.start, line.end), mark.span.end.min(line.end));
        match by_line.iter_mut().find(|(known, _)| *known == number) {
            Some((_, marks)) => marks.push(mark),
            None => by_line.push((number, vec![mark])),
        }
    }
    by_line
}

/// The lines of a text.
struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str) -> Self {
        // The byte order mark is no letter of the first line.
        let first = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let after_breaks = text.match_indices('\n').map(|(at, _)| at + 1);
        Self { text, starts: std::iter::once(first).chain(after_breaks).collect() }
    }

    /// The line, from 0, that a byte is on.
    fn number(&self, byte: usize) -> usize {
        self.starts.partition_point(|&start| start <= byte).saturating_sub(1)
    }

    /// Where a line is, without its line break.
    fn line(&self, number: usize) -> Span {
        let start = self.starts[number];
        let end = self.starts.get(number + 1).map_or(self.text.len(), |next| next - 1);
        let end = if self.text[start..end].ends_with('\r') { end - 1 } else { end };
        Span::new(start, end)
    }
}

/// A line as it is drawn.
struct Shown {
    number: usize,
    text: String,
    /// Where the marks stand in it.
    places: Vec<(usize, usize)>,
    /// The letters cut before it.
    cut: usize,
}

impl Shown {
    fn new(lines: &Lines<'_>, number: usize, marks: &[Mark<'_>]) -> Self {
        let line = lines.line(number);
        let full = &lines.text[line.start..line.end];
        let from = marks.iter().map(|mark| mark.span.start).min().unwrap_or(line.start);
        let (start, end) = if full.len() <= LONG {
            (0, full.len())
        } else {
            let from = floor(full, from - line.start);
            let start = full[..from].char_indices().rev().take(AROUND).last().map_or(from, |(at, _)| at);
            let end = full[from..].char_indices().nth(LONG).map_or(full.len(), |(at, _)| from + at);
            (start, end)
        };
        let mut text = String::with_capacity(end - start);
        // Signs may be longer than what they stand for, so the marks move along.
        let mut places: Vec<(usize, usize)> = Vec::new();
        let moved: Vec<(usize, usize)> = marks
            .iter()
            .map(|mark| (floor(full, mark.span.start - line.start), floor(full, mark.span.end - line.start)))
            .collect();
        places.resize(moved.len(), (usize::MAX, usize::MAX));
        for (at, letter) in full[start..end].char_indices() {
            for (place, moved) in places.iter_mut().zip(&moved) {
                if place.0 == usize::MAX && start + at >= moved.0 {
                    place.0 = text.len();
                }
                if place.1 == usize::MAX && start + at >= moved.1 {
                    place.1 = text.len();
                }
            }
            text.push(sign(letter));
        }
        for place in &mut places {
            place.0 = place.0.min(text.len());
            place.1 = place.1.min(text.len()).max(place.0);
        }
        let cut = full[..start].chars().count();
        Self { number, text, places, cut }
    }

    /// The place as the library draws it and as it is, where letters were cut before it.
    fn correction(&self, file_name: &str) -> Option<(String, String)> {
        let start = self.places.first()?.0;
        let column = self.text[..start].chars().count() + 1;
        let at = |column: usize| format!("{file_name}:{}:{column}", self.number + 1);
        (self.cut > 0).then(|| (at(column), at(column + self.cut)))
    }
}

/// The largest boundary between letters that is not after `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Text of one line that cannot steer a terminal.
fn visible(text: &str) -> String {
    let mut letters = text.chars();
    let mut shown: String = letters.by_ref().take(MESSAGE).map(|c| if c == '\t' { ' ' } else { sign(c) }).collect();
    if letters.next().is_some() {
        shown.push('…');
    }
    shown
}

/// The letter, or a visible sign for one that is not seen but acts.
fn sign(letter: char) -> char {
    match letter {
        '\t' => '\t',
        '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(letter)).unwrap_or('\u{fffd}'),
        '\x7f' => '\u{2421}',
        // C1 controls, line and paragraph separators, marks of direction, invisible letters, tags.
        '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{61c}'
        | '\u{200b}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => '\u{fffd}',
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    fn span_of(text: &str, part: &str) -> Span {
        let start = text.find(part).expect("the part");
        Span::new(start, start + part.len())
    }

    #[test]
    fn a_picture_has_the_line_the_related_places_and_the_cures() {
        let text = "\u{feff}é = 1\r\n\tb = \"85\" # ü\r\nc = 3\r\n";
        let fault = Diagnostic::new(Code::ChanceAboveOne, "a chance of 8,500%")
            .at(span_of(text, "\"85\""), "this is 8,500%")
            .also(span_of(text, "é"), "first written here")
            .help("write `\"85%\"`")
            .help("or `0.85`");
        let expected = "\
error[E0209]: a chance of 8,500%
 --> a.toml:2:6
  |
2 |     b = \"85\" # ü
  |         ^^^^ this is 8,500%
  |
 ::: a.toml:1:1
  |
1 | é = 1
  | - first written here
  |
  = help: write `\"85%\"`
  = help: or `0.85`
";
        assert_eq!(draw(&[fault], "a.toml", text, false), expected);
    }

    #[test]
    fn a_diagnostic_without_a_place_is_its_sentence_and_its_cure() {
        let fault = Diagnostic::new(Code::Unused, "a sentence").help("do this");
        assert_eq!(draw(&[fault], "a", "", false), "warning[W0501]: a sentence\n |\n = help: do this\n");
    }

    #[test]
    fn nothing_in_the_text_or_the_messages_can_steer_the_terminal() {
        let evil = "a\u{1b}[31m\u{9b}\u{202e}b\u{2066}\u{200b}\u{7f}";
        let text = format!("x = {evil} y\n");
        let fault = Diagnostic::new(Code::Syntax, format!("{evil}\nc")).at(span_of(&text, "y"), evil).help(evil);
        let drawn = draw(&[fault], evil, &text, false);
        let harmless = |c: char| c == '\n' || !c.is_control() && !"\u{202e}\u{2066}\u{200b}".contains(c);
        assert!(drawn.chars().all(harmless), "{drawn:?}");
        assert!(drawn.contains("␛[31m"), "{drawn}");
    }

    #[test]
    fn a_very_long_line_is_trimmed_around_its_place_and_keeps_its_column() {
        let text = format!("{}HERE{}", "é".repeat(500_000), "b".repeat(500_000));
        let fault = Diagnostic::new(Code::Syntax, "m").at(span_of(&text, "HERE"), "this");
        let drawn = draw(std::slice::from_ref(&fault), "a.toml", &text, false);
        assert!(drawn.contains("a.toml:1:500001\n"), "{drawn}");
        assert!(drawn.contains("HERE") && drawn.contains("^^^^ this"), "{drawn}");
        assert!(drawn.lines().all(|line| line.chars().count() < 200), "{drawn}");
        assert!(draw(&[fault], "a.toml", &text, true).contains("a.toml:1:500001\n"));
    }

    #[test]
    fn places_beyond_the_text_within_letters_and_over_lines_are_drawn_all_the_same() {
        let text = "é\nb\n";
        for start in 0..8 {
            for end in start..9 {
                let fault =
                    Diagnostic::new(Code::Syntax, "m").at(Span::new(start, end), "l").also(Span::new(end, end), "");
                draw(&[fault], "a", text, false);
            }
        }
        draw(&[Diagnostic::new(Code::Syntax, "m").at(Span::new(0, 3), "l")], "a", "", true);
    }

    #[test]
    fn diagnostics_come_in_the_order_of_the_file() {
        let at = |start| Diagnostic::new(Code::Syntax, "m").at(Span::new(start, start), "");
        let sorted = in_file_order(vec![at(5), at(1), Diagnostic::new(Code::Syntax, "whole")]);
        assert_eq!(sorted, [Diagnostic::new(Code::Syntax, "whole"), at(1), at(5)]);
    }
}
