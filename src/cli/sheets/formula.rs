//! Do two formulas say the same, and what does one say that is shared by several cells?

/// Recalculated figures agree to so much.
const SAME: f64 = 1e-9;

pub(in crate::cli) fn is_near(a: f64, b: f64) -> bool {
    (a - b).abs() <= SAME * a.abs().max(b.abs()).max(SAME)
}

/// Whether two formulas say the same: an office program writes the numbers in them in its own way, `1E-9` in full and
/// no more than fifteen digits.
pub(in crate::cli) fn is_same(a: &str, b: &str) -> bool {
    let (a, b) = (parts(a), parts(b));
    a.len() == b.len()
        && a.iter().zip(&b).all(|(a, b)| match (a, b) {
            (Ok(a), Ok(b)) => is_near(*a, *b),
            (a, b) => a == b,
        })
}

/// A formula in its numbers and what stands between them. Digits of a name, of a cell or in quotes are no number.
fn parts(formula: &str) -> Vec<Result<f64, &str>> {
    let mut parts = Vec::new();
    let (mut quote, mut named, mut from, mut at) = (None, false, 0, 0);
    while let Some(c) = formula[at..].chars().next() {
        if quote.is_none() && !named && c.is_ascii_digit() {
            let end = at + number_end(&formula[at..]);
            if let Ok(number) = formula[at..end].parse() {
                parts.extend([Err(&formula[from..at]), Ok(number)]);
                (from, at) = (end, end);
                continue;
            }
        }
        match quote {
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            _ => {}
        }
        named = c.is_alphanumeric() || matches!(c, '_' | '$' | '.');
        at += c.len_utf8();
    }
    parts.push(Err(&formula[from..]));
    parts
}

/// How long the number is that a text begins with.
fn number_end(text: &str) -> usize {
    let digits = |from: usize| text[from..].bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let whole = digits(0);
    let Some(behind) = text[whole..].strip_prefix(['E', 'e']) else { return whole };
    let sign = usize::from(behind.starts_with(['+', '-']));
    match digits(whole + 1 + sign) {
        0 => whole,
        power => whole + 1 + sign + power,
    }
}

/// A formula as it stands so many rows and columns further: references without `$` move along.
///
/// None where one would leave the sheet.
pub(super) fn moved(formula: &str, rows: i64, columns: i64) -> Option<String> {
    let mut written = String::with_capacity(formula.len());
    let (mut quote, mut rest) = (None, formula);
    while let Some(c) = rest.chars().next() {
        let word = match quote {
            None => rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$' | '.'))).unwrap_or(rest.len()),
            Some(_) => 0,
        };
        if word == 0 {
            match quote {
                Some(open) if c == open => quote = None,
                None if matches!(c, '"' | '\'') => quote = Some(c),
                _ => {}
            }
            written.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let (name, behind) = rest.split_at(word);
        let is_reference = !behind.starts_with(['(', '!']);
        match reference(name).filter(|_| is_reference) {
            Some((column_fixed, column, row_fixed, row)) => {
                let column = i64::from(column) + if column_fixed { 0 } else { columns };
                let row = i64::from(row) + if row_fixed { 0 } else { rows };
                let (column, row) = (u32::try_from(column).ok()?, u32::try_from(row).ok()?);
                if column == 0 || row == 0 {
                    return None;
                }
                let dollar = |fixed: bool| if fixed { "$" } else { "" };
                let letters = super::letters(column);
                written.push_str(&format!("{}{letters}{}{row}", dollar(column_fixed), dollar(row_fixed)));
            }
            None => written.push_str(name),
        }
        rest = behind;
    }
    Some(written)
}

/// Column and row of `B12` or `$B$12`, and whether each stays.
fn reference(name: &str) -> Option<(bool, u32, bool, u32)> {
    let (column_fixed, rest) = name.strip_prefix('$').map_or((false, name), |rest| (true, rest));
    let letters = rest.find(|c: char| !c.is_ascii_alphabetic())?;
    let (row_fixed, digits) = rest[letters..].strip_prefix('$').map_or((false, &rest[letters..]), |rest| (true, rest));
    if !(1..=3).contains(&letters)
        || digits.is_empty()
        || digits.len() > 7
        || !digits.bytes().all(|b| b.is_ascii_digit())
    {
        return None;
    }
    let (row, column) = super::place(&format!("{}{digits}", &rest[..letters]))?;
    Some((column_fixed, column, row_fixed, row))
}
