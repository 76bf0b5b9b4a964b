//! Are these bytes a text that can be read?
//!
//! UTF-8 with or without a byte order mark is read. Everything else is refused with the place and
//! a guess at what it is, because a wrong encoding turns `Müller` and `€` into something else
//! without anybody noticing.

use super::limit::{MAX_BYTES, MAX_SYNTAX_FAULTS, too_large};
use super::place;
use crate::diagnostic::{Code, Diagnostic, Span};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// How files of other kinds begin.
const KINDS: &[(&[u8], &str)] = &[
    (b"PK\x03\x04", "a ZIP archive or an office document such as .xlsx"),
    (b"%PDF", "a PDF document"),
    (b"\x7fELF", "a program"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"SQLite format 3\0", "an SQLite database"),
];

/// The text without its byte order mark, and how many bytes were skipped.
pub(super) fn decode(bytes: &[u8]) -> Result<(&str, usize), Diagnostic> {
    if bytes.len() > MAX_BYTES {
        return Err(too_large(bytes.len()));
    }
    if let Some((_, kind)) = KINDS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        let message = format!("the file is {kind}, not a text (told by byte 0, line 1)");
        return Err(Diagnostic::new(Code::Encoding, message).help("a scenario is a text file in TOML, YAML or JSON"));
    }
    if let Some(encoding) = wide_encoding(bytes) {
        let message = format!("the text is in {encoding}, not in UTF-8 (told by byte 0, line 1)");
        return Err(Diagnostic::new(Code::Encoding, message).help("save the file as UTF-8"));
    }
    let text = std::str::from_utf8(bytes).map_err(|error| not_utf8(bytes, error.valid_up_to()))?;
    if let Some(offset) = bytes.iter().position(|&byte| byte == 0) {
        let line = line_number(bytes, offset);
        let message = format!("a zero byte at offset {offset}, line {line}: this is binary data or damaged");
        return Err(Diagnostic::new(Code::Encoding, message)
            .at(place::letter(text, offset), "here")
            .help("a scenario is a text file in TOML, YAML or JSON, saved as UTF-8"));
    }
    match text.strip_prefix(BYTE_ORDER_MARK) {
        Some(rest) => Ok((rest, BYTE_ORDER_MARK.len())),
        None => Ok((text, 0)),
    }
}

/// The same text in UTF-8 where a mark says that it is in UTF-16, as Windows PowerShell writes what a program prints; all
/// else as it is.
pub fn in_utf8(bytes: Vec<u8>) -> Vec<u8> {
    let of_two: fn([u8; 2]) -> u16 = match bytes.get(..2) {
        Some(b"\xff\xfe") => u16::from_le_bytes,
        Some(b"\xfe\xff") => u16::from_be_bytes,
        _ => return bytes,
    };
    let (units, rest) = bytes[2..].as_chunks::<2>();
    let text = String::from_utf16(&units.iter().map(|unit| of_two(*unit)).collect::<Vec<_>>());
    // What is damaged, or in UTF-32, stays as it is and is told.
    text.ok().filter(|text| rest.is_empty() && !text.contains('\0')).map_or(bytes, String::into_bytes)
}

/// UTF-16 or UTF-32, told by the byte order mark or by every other byte being zero.
fn wide_encoding(bytes: &[u8]) -> Option<&'static str> {
    let marks: [(&[u8], &str); 4] = [
        (b"\xff\xfe\0\0", "UTF-32 (little-endian)"),
        (b"\0\0\xfe\xff", "UTF-32 (big-endian)"),
        (b"\xff\xfe", "UTF-16 (little-endian)"),
        (b"\xfe\xff", "UTF-16 (big-endian)"),
    ];
    if let Some((_, name)) = marks.iter().find(|(mark, _)| bytes.starts_with(mark)) {
        return Some(name);
    }
    // Without a mark, the first two letters of a scenario are ASCII in any case.
    let [a, b, c, d] = *bytes.first_chunk::<4>()?;
    match [a != 0, b != 0, c != 0, d != 0] {
        [false, false, false, true] => Some("UTF-32 (big-endian)"),
        [true, false, false, false] => Some("UTF-32 (little-endian)"),
        [false, true, false, true] => Some("UTF-16 (big-endian)"),
        [true, false, true, false] => Some("UTF-16 (little-endian)"),
        _ => None,
    }
}

fn not_utf8(bytes: &[u8], offset: usize) -> Diagnostic {
    let byte = bytes.get(offset).copied().unwrap_or(0);
    let line = line_number(bytes, offset);
    let odd = bytes.iter().filter(|&&b| b < 32 && !matches!(b, b'\t' | b'\n' | b'\r')).count();
    let guess = if odd > bytes.len() / 100 {
        "this looks like binary data".to_owned()
    } else if byte >= 0xa0 {
        format!("this looks like Latin-1 or Windows-1252, where it is `{}`", char::from(byte))
    } else {
        "this looks like Windows-1252 or another old encoding".to_owned()
    };
    let message = format!("byte {offset} (0x{byte:02X}, line {line}) is not UTF-8; {guess}");
    Diagnostic::new(Code::Encoding, message)
        .at(Span::new(offset, offset), "not UTF-8 from here")
        .help("save the file as UTF-8; most editors offer it under \"save with encoding\"")
}

/// The line of a byte, the first being 1.
pub fn line_number(bytes: &[u8], offset: usize) -> usize {
    bytes.iter().take(offset).filter(|&&byte| byte == b'\n').count() + 1
}

/// Invisible characters that none of the syntaxes allows; they come from terminals and bad copies.
pub(super) fn control_characters(text: &str) -> Vec<Diagnostic> {
    let odd = |byte: u8| (byte < 32 && !matches!(byte, b'\t' | b'\n' | b'\r')) || byte == 127;
    let places = text.bytes().enumerate().filter(|&(_, byte)| odd(byte));
    let fault = |(offset, byte): (usize, u8)| {
        let message = format!("an invisible control character (U+{byte:04X})");
        Diagnostic::new(Code::Syntax, message).at(Span::new(offset, offset + 1), "here").help("delete it")
    };
    places.take(MAX_SYNTAX_FAULTS).map(fault).collect()
}
