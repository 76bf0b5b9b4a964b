//! How do words become lines?
//!
//! A line ends where the next word no longer fits; a word that is too long for any line is broken where it names its
//! parts. Chinese and Japanese break between any two letters.

use super::face::Faces;
use crate::drawing::text::is_square;
use crate::render::plain::pieces;

/// Words of one weight.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub text: String,
    pub bold: bool,
}

impl Span {
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), bold: false }
    }

    pub fn bold(text: impl Into<String>) -> Self {
        Self { text: text.into(), bold: true }
    }
}

/// One line as it is set.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Line {
    pub spans: Vec<Span>,
    pub width: f64,
}

/// What is not broken unless it must be.
struct Word {
    spans: Vec<Span>,
    width: f64,
    after_space: bool,
}

/// The spans in lines of at most `room`.
pub(super) fn lines(faces: &Faces, spans: &[Span], size: f64, room: f64) -> Vec<Line> {
    let space = faces.width(" ", size, false);
    let mut done: Vec<Line> = vec![Line::default()];
    for word in words(faces, spans, size, room) {
        let Some(line) = done.last_mut() else { break };
        let gap = if word.after_space && !line.spans.is_empty() { space } else { 0.0 };
        if !line.spans.is_empty() && line.width + gap + word.width > room + 1e-6 {
            // The space that the end of a line stands for is written, so that whoever listens or copies has it.
            if let Some(last) = line.spans.last_mut().filter(|_| word.after_space) {
                last.text.push(' ');
            }
            done.push(Line { spans: word.spans, width: word.width });
            continue;
        }
        line.width += gap + word.width;
        let mut first = gap > 0.0;
        for span in word.spans {
            match line.spans.last_mut() {
                Some(last) if last.bold == span.bold => {
                    last.text.push_str(if first { " " } else { "" });
                    last.text.push_str(&span.text);
                }
                Some(last) if first => {
                    last.text.push(' ');
                    line.spans.push(span);
                }
                _ => line.spans.push(span),
            }
            first = false;
        }
    }
    done.retain(|line| !line.spans.is_empty());
    done
}

/// The widest part that cannot be broken well, and the width in one line.
pub(super) fn extent(faces: &Faces, spans: &[Span], size: f64) -> (f64, f64) {
    let space = faces.width(" ", size, false);
    let (mut least, mut whole) = (0.0_f64, 0.0);
    for word in words(faces, spans, size, f64::INFINITY) {
        whole += word.width + if word.after_space && whole > 0.0 { space } else { 0.0 };
        let parts = word.spans.iter().flat_map(|span| {
            let bold = span.bold;
            pieces(&span.text).into_iter().map(move |piece| faces.width(&piece, size, bold))
        });
        least = parts.fold(least, f64::max);
    }
    (least, whole)
}

fn words(faces: &Faces, spans: &[Span], size: f64, room: f64) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    // Whether the next letter begins a word, and whether a space stands before it.
    let (mut begins, mut after_space) = (true, false);
    for span in spans {
        for letter in faces.readable(&span.text, span.bold).chars() {
            if letter == ' ' {
                (begins, after_space) = (true, true);
                continue;
            }
            let square = is_square(&letter);
            if begins || square {
                words.push(Word { spans: Vec::new(), width: 0.0, after_space });
            }
            // Behind a Chinese letter anything may begin a line but what closes a clause.
            (begins, after_space) = (square, false);
            let Some(word) = words.last_mut() else { continue };
            match word.spans.last_mut() {
                Some(last) if last.bold == span.bold => last.text.push(letter),
                _ => word.spans.push(Span { text: letter.to_string(), bold: span.bold }),
            }
        }
    }
    for word in &mut words {
        word.width = word.spans.iter().map(|span| faces.width(&span.text, size, span.bold)).sum();
    }
    let broken =
        words.into_iter().flat_map(|word| if word.width > room { parted(faces, word, size, room) } else { vec![word] });
    broken.collect()
}

/// A word too long for a line, in parts that fit.
fn parted(faces: &Faces, word: Word, size: f64, room: f64) -> Vec<Word> {
    let mut parts: Vec<Word> = Vec::new();
    let mut after_space = word.after_space;
    for span in word.spans {
        for piece in pieces(&span.text) {
            let width = faces.width(&piece, size, span.bold);
            let letters = |text: &str| text.chars().map(String::from).collect::<Vec<_>>();
            // A column narrower than a part of a word takes it letter by letter.
            let small = if width > room { letters(&piece) } else { vec![piece] };
            for text in small {
                let width = faces.width(&text, size, span.bold);
                let spans = vec![Span { text, bold: span.bold }];
                parts.push(Word { spans, width, after_space: std::mem::take(&mut after_space) });
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &[Span], room: f64) -> Vec<String> {
        let faces = Faces::new(Vec::new()).unwrap();
        let lines = lines(&faces, text, 10.0, room);
        assert!(lines.iter().all(|line| line.width <= room + 1e-6), "{lines:?}");
        lines.iter().map(|line| line.spans.iter().map(|span| span.text.as_str()).collect::<String>()).collect()
    }

    #[test]
    fn no_line_is_wider_than_its_room_and_no_letter_is_lost() {
        let long = "A name with a_very_long_identifier/that-no-column-holds and 東京都庁舎 behind it";
        for room in [30.0, 60.0, 150.0, 1000.0] {
            // What no face has is named.
            let said = Faces::new(Vec::new()).unwrap().readable(long, false).into_owned();
            assert_eq!(set(&[Span::plain(long)], room).concat(), said);
        }
    }

    #[test]
    fn a_mark_behind_a_bold_figure_stays_with_it() {
        let spans = [Span::plain("we lose "), Span::bold("EUR 12"), Span::plain(", or more")];
        assert_eq!(set(&spans, 1000.0), ["we lose EUR 12, or more"]);
        assert!(set(&spans, 45.0).iter().any(|line| line.contains("12,")));
    }
}
