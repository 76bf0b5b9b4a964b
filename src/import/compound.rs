//! Is an old workbook (XLS) whole, and how far do its cells reach?
//!
//! A compound file is cut into sectors, and a table says which sector follows which ([MS-CFB] 2.1 to 2.6). A damaged one
//! may lead in a circle or beyond its end, and a sheet of two cells may reach to row 65,536 ([MS-XLS] 2.4). The reader of
//! workbooks trusts both, so both are looked at before.

use std::collections::BTreeMap;

/// Ids from here on are marks: the end of a chain, a free sector.
const MARKS: u32 = 0xffff_fffa;
const END: u32 = 0xffff_fffe;
const HEADER: usize = 512;
const MINI: usize = 64;
const ENTRY: usize = 128;
/// Streams shorter than this lie in small sectors.
const SMALL: usize = 4_096;
/// Records that hold cells, of which two hold several in a row.
const CELLS: [u16; 8] = [0x0006, 0x00fd, 0x0201, 0x0203, 0x0204, 0x0205, 0x027e, 0x00d6];
const ROWS_OF_CELLS: [u16; 2] = [0x00bd, 0x00be];
const BEGIN: u16 = 0x0809;

/// A compound file.
struct Compound<'a> {
    bytes: &'a [u8],
    size: usize,
    next: Vec<u32>,
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn longs(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four))
}

impl<'a> Compound<'a> {
    /// A sector that begins within the file; the last one may be cut short.
    fn sector(&self, id: u32) -> Option<&'a [u8]> {
        let start = self.size.checked_mul(usize::try_from(id).ok()?.checked_add(1)?)?;
        let rest = self.bytes.get(start..).filter(|rest| !rest.is_empty())?;
        Some(&rest[..rest.len().min(self.size)])
    }

    /// What a chain of sectors holds; none where it leads out of the file or in a circle.
    fn chain(&self, start: u32) -> Option<Vec<u8>> {
        let (mut held, mut id, mut left) = (Vec::new(), start, self.bytes.len() / self.size + 1);
        while id != END {
            left = left.checked_sub(1)?;
            held.extend_from_slice(self.sector(id)?);
            id = *self.next.get(usize::try_from(id).ok()?)?;
        }
        Some(held)
    }

    /// With the table of its sectors.
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let size = match short(bytes, 30)? {
            9 => 512,
            12 => 4_096,
            _ => return None,
        };
        let mut file = Self { bytes, size, next: Vec::new() };
        let mut tables: Vec<u32> = longs(bytes.get(76..HEADER)?).collect();
        let (mut id, mut left) = (long(bytes, 68)?, bytes.len() / size + 1);
        while id < MARKS {
            left = left.checked_sub(1)?;
            tables.extend(longs(file.sector(id)?));
            id = tables.pop()?;
        }
        for table in tables.into_iter().filter(|id| *id < MARKS) {
            file.next.extend(longs(file.sector(table)?));
        }
        Some(file)
    }
}

/// How many cells the sheets span, each from its first to its last row and column; none where the file is damaged.
pub fn span(bytes: &[u8]) -> Option<u64> {
    let file = Compound::open(bytes)?;
    let entries = file.chain(long(bytes, 48)?)?;
    let entries: Vec<&[u8]> = entries.chunks_exact(ENTRY).collect();
    let start = |entry: &[u8]| long(entry, 116);
    let length = |entry: &[u8]| usize::try_from(long(entry, 120)?).ok();
    let root = entries.first()?;
    let has_small = long(bytes, 64)? > 0;
    let mut small = if has_small { file.chain(start(root)?)? } else { Vec::new() };
    small.truncate(length(root)?);
    let after: Vec<u32> = if has_small { longs(&file.chain(long(bytes, 60)?)?).collect() } else { Vec::new() };
    let stream = |entry: &[u8]| -> Option<Vec<u8>> {
        let length = length(entry)?;
        if length >= SMALL {
            let mut held = file.chain(start(entry)?)?;
            held.truncate(length);
            return Some(held);
        }
        let (mut held, mut id, mut left) = (Vec::new(), start(entry)?, after.len() + 1);
        while id != END && held.len() < length {
            left = left.checked_sub(1)?;
            let at = usize::try_from(id).ok()?.checked_mul(MINI)?;
            held.extend_from_slice(small.get(at..at + MINI)?);
            id = *after.get(at / MINI)?;
        }
        Some(held)
    };
    let mut cells = 0_u64;
    for entry in entries.iter().skip(1) {
        let name: Vec<u16> = entry[..MINI].as_chunks::<2>().0.iter().map(|two| u16::from_le_bytes(*two)).collect();
        let name: String = String::from_utf16_lossy(&name).chars().take_while(|c| *c != '\0').collect();
        if name.is_empty() || length(entry)? == 0 {
            continue;
        }
        // Kind 1 is a folder of streams.
        let held = if entry[66] == 1 { continue } else { stream(entry)? };
        if ["workbook", "book"].contains(&name.to_lowercase().as_str()) {
            cells = cells.saturating_add(spanned(&held));
        }
    }
    Some(cells)
}

/// The cells that the sheets of a stream span.
fn spanned(records: &[u8]) -> u64 {
    // First and last row and column of each sheet.
    let mut sheets: BTreeMap<usize, [u16; 4]> = BTreeMap::new();
    let (mut at, mut sheet) = (0, 0);
    while let (Some(kind), Some(length)) = (short(records, at), short(records, at + 2)) {
        let body = at + 4;
        if kind == BEGIN {
            sheet = at;
        }
        let is_row = ROWS_OF_CELLS.contains(&kind);
        if (is_row || CELLS.contains(&kind))
            && let (Some(row), Some(column)) = (short(records, body), short(records, body + 2))
        {
            let last = if is_row { short(records, body + usize::from(length).saturating_sub(2)) } else { None };
            let reach = sheets.entry(sheet).or_insert([row, row, column, column]);
            let last = last.unwrap_or(column).max(column);
            *reach = [reach[0].min(row), reach[1].max(row), reach[2].min(column), reach[3].max(last)];
        }
        at = body + usize::from(length);
    }
    let size = |[top, bottom, left, right]: &[u16; 4]| (u64::from(bottom - top) + 1) * (u64::from(right - left) + 1);
    sheets.values().map(size).fold(0, u64::saturating_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORKBOOK: &[u8] = include_bytes!("../../tests/import/registers/register.xls");

    fn put(bytes: &mut [u8], at: usize, four: u32) {
        bytes[at..at + 4].copy_from_slice(&four.to_le_bytes());
    }

    #[test]
    fn a_whole_workbook_spans_its_cells() {
        let cells = span(WORKBOOK).unwrap();
        assert!((20..2_000).contains(&cells), "{cells}");
    }

    #[test]
    fn a_chain_in_a_circle_or_out_of_the_file_is_no_workbook() {
        let folder = usize::try_from(long(WORKBOOK, 48).unwrap()).unwrap();
        let table = 512 * (usize::try_from(long(WORKBOOK, 76).unwrap()).unwrap() + 1);
        for next in [folder as u32, 0x00ff_ffff, 0xffff_fff0] {
            let mut bytes = WORKBOOK.to_vec();
            put(&mut bytes, table + 4 * folder, next);
            assert_eq!(span(&bytes), None, "{next:x}");
        }
        for length in (0..WORKBOOK.len()).step_by(509) {
            span(&WORKBOOK[..length]);
        }
    }

    #[test]
    fn two_cells_far_apart_span_what_lies_between() {
        let cell = |row: u16, column: u16| {
            let mut record = vec![0x03, 0x02, 14, 0];
            record.extend(row.to_le_bytes());
            record.extend(column.to_le_bytes());
            record.extend([0; 10]);
            record
        };
        let begin = vec![0x09, 0x08, 0, 0];
        let stream: Vec<u8> = [begin.clone(), cell(1, 1), cell(65_534, 254), begin, cell(3, 3)].concat();
        assert_eq!(spanned(&stream), 65_534 * 254 + 1);
        assert_eq!(spanned(&stream[..stream.len() - 3]), 65_534 * 254 + 1);
    }
}
