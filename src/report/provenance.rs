//! Which run is a paper of? As data, in a place of each form that no reader sees and no text of a case can reach.
//!
//! One line of JSON: the `provenance` of `--format json`. It is the `content` of a `<meta>` element of a page, the
//! keywords of a PDF (dictionary and XMP), custom properties of a workbook (a program shows 255 letters of each, so it
//! is cut), and a comment at the end of Markdown.

use serde_json::Value;

use super::Report;
use crate::figures::Document;

/// What the data stand behind, in every form.
pub const PROVENANCE: &str = "rosi-provenance";
/// What they stand behind in a text: a comment of Markdown, an element of a page, the keywords of a PDF. Text of a case
/// never holds these, for it is escaped.
const MARKS: [&str; 3] =
    ["<!-- rosi-provenance ", "<meta name=\"rosi-provenance\" content=\"", "<pdf:Keywords>rosi-provenance "];

/// The seed of a case that names none: whoever takes another may have looked for one.
const SEED: u64 = 1;
/// Fewer simulated years than this leave a bad year of 1 in 20 to fewer than 500 of them.
const FEW: u64 = 10_000;

/// What lets chance, or whoever chose it, move the figures of a run: the seed, and the number of simulated years.
pub fn chosen(seed: u64, years: Option<u64>) -> (Option<u64>, Option<u64>) {
    (years.and(Some(seed)).filter(|seed| *seed != SEED), years.filter(|years| *years < FEW))
}

impl Report {
    /// Which run it is of, in letters that no form escapes but for quotation marks; nothing where it is of no one case.
    pub fn provenance(&self) -> Option<String> {
        let Document::Assessment(figures) = &self.document else { return None };
        let json = serde_json::to_string(&figures.provenance).ok()?;
        let mut written = String::with_capacity(json.len());
        let mut units = [0; 2];
        for c in json.chars() {
            // No comment ends within, no entity begins.
            let is_plain = c.is_ascii_graphic() && !matches!(c, '<' | '>' | '&' | '\'') || c == ' ';
            if is_plain && !(c == '-' && written.ends_with('-')) {
                written.push(c);
            } else {
                written.extend(c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
            }
        }
        Some(written)
    }
}

/// The run that a text names: a page, Markdown, or the bytes of a PDF.
pub fn provenance_of(text: &str) -> Option<Value> {
    let (_, behind) = MARKS.iter().find_map(|mark| text.split_once(mark))?;
    // It is one line of ASCII; a PDF goes on for long.
    let end = behind.find(['\n', '\r', '<', '>']).unwrap_or(behind.len());
    let line = behind[..end].replace("&quot;", "\"");
    serde_json::Deserializer::from_str(&line).into_iter().next()?.ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Source, parse};

    #[test]
    fn a_run_is_read_from_each_form_whatever_letters_it_holds() {
        let text = "schema = 1\ntitle = \"T\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"r\"\nname = \"R\"\nfrequency = \"2 per year\"\nloss.response = \"1k\"\n";
        let scenario = parse(&Source::new("c.toml", text)).unwrap().scenario;
        let analysis = crate::engine::analyse(&scenario, &Default::default()).unwrap();
        let mut report = super::super::build(&scenario, &analysis, &[], &Default::default());
        let Document::Assessment(figures) = &mut report.document else { panic!("an assessment") };
        figures.provenance.set = Some(vec!["a=\"--> <b> & 'ü' 😀 \\ --\"".to_owned()]);
        let told = serde_json::to_value(&figures.provenance).unwrap();
        let written = report.provenance().unwrap();
        assert!(written.is_ascii() && !written.contains("--") && !written.contains(['<', '>', '&', '\n']), "{written}");
        let escaped = written.replace('"', "&quot;");
        for text in [
            format!("# T\n\n<!-- rosi-provenance {written} -->\n"),
            format!("<meta charset=\"utf-8\"><meta name=\"rosi-provenance\" content=\"{escaped}\"><title>x</title>"),
            format!("%PDF\u{fffd}<pdf:Keywords>rosi-provenance {written}</pdf:Keywords>\u{fffd}"),
            format!("<pdf:Keywords>rosi-provenance {escaped}</pdf:Keywords>"),
        ] {
            assert_eq!(provenance_of(&text), Some(told.clone()), "{text}");
        }
        assert_eq!(chosen(7, None), (None, None), "exact years draw nothing");
        assert_eq!(chosen(7, Some(500)), (Some(7), Some(500)));
        assert_eq!(chosen(1, Some(32_768)), (None, None));
        assert_eq!(provenance_of("rosi 0.1.0 · scenario 588e2a662ac8 · seed 7 · exact"), None);
    }
}
