//! Whatever the bytes, there is an answer, soon, in little memory, on a small stack.

use super::*;
use crate::diagnostic::draw;
use std::time::{Duration, Instant};

/// Reads and draws on a stack of 2 MB; what takes long or has no clear answer fails.
#[track_caller]
fn code_of(bytes: Vec<u8>, syntax: Syntax) -> Code {
    let start = Instant::now();
    let result = std::thread::Builder::new()
        .stack_size(2 * 1024 * 1024)
        .spawn(move || {
            let faults = check_spans(&bytes, syntax).expect_err("hostile");
            let drawn = draw(&faults, "x", &String::from_utf8_lossy(&bytes), true);
            assert!(drawn.len() < 100_000, "{} bytes drawn", drawn.len());
            faults[0].code
        })
        .expect("a thread")
        .join()
        .expect("no panic");
    // A debug build on a busy machine; in release it is far below a second.
    assert!(start.elapsed() < Duration::from_secs(10), "{:?}", start.elapsed());
    result
}

#[track_caller]
fn too_big(text: String, syntax: Syntax) {
    assert_eq!(code_of(text.into_bytes(), syntax), Code::TooBig);
}

#[test]
fn deep_nesting_is_refused_in_all_syntaxes() {
    for depth in [10_000, 1_000_000] {
        too_big("[".repeat(depth), Syntax::Json);
        too_big("{\"a\":".repeat(depth), Syntax::Json);
        too_big("[".repeat(depth), Syntax::Yaml);
        too_big("{a: ".repeat(depth), Syntax::Yaml);
        too_big(format!("a: {}", "[".repeat(depth)), Syntax::Yaml);
        too_big("- ".repeat(depth), Syntax::Yaml);
        too_big("? ".repeat(depth), Syntax::Yaml);
        too_big(format!("a = {}", "[".repeat(depth)), Syntax::Toml);
        too_big(format!("a = {}1{}", "[".repeat(depth), "]".repeat(depth)), Syntax::Toml);
        too_big(format!("a = {}", "{a=".repeat(depth)), Syntax::Toml);
        too_big(format!("a{} = 1", ".a".repeat(depth)), Syntax::Toml);
        too_big(format!("a{} = 1", " . \"a\"".repeat(depth)), Syntax::Toml);
        too_big(format!("[a{}]\nb = 1", ".a".repeat(depth)), Syntax::Toml);
        too_big(format!("[[a{}]]\nb = 1", ".a".repeat(depth)), Syntax::Toml);
        too_big(format!("x = 1 a{} = 1", ".a".repeat(depth)), Syntax::Toml);
        too_big(format!("x = [a{} = 1", ".a".repeat(depth)), Syntax::Toml);
    }
}

#[test]
fn deep_indentation_is_refused() {
    let yaml: String = (0..1_500).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    too_big(yaml, Syntax::Yaml);
}

#[test]
fn lists_of_tables_within_each_other_are_refused_when_deep() {
    let path = |depth| format!("a{}", ".a".repeat(depth));
    let toml: String = (0..60).map(|depth| format!("[[{}]]\n", path(depth))).collect();
    too_big(toml, Syntax::Toml);
}

#[test]
fn sixty_four_levels_are_read_and_one_more_is_not() {
    let lists = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
    for syntax in ALL {
        let text = |n: usize| match syntax {
            Syntax::Toml => format!("a = {}", lists(n)),
            Syntax::Yaml => format!("a: {}", lists(n)),
            Syntax::Json => format!("{{\"a\": {}}}", lists(n)),
        };
        tree(&text(63), syntax);
        too_big(text(64), syntax);
    }
}

#[test]
fn dotted_keys_within_braces_are_counted_together() {
    let inner = format!("a{} = ", ".a".repeat(40));
    too_big(format!("{inner}{{ {inner}{{ {inner} 1 }} }}"), Syntax::Toml);
}

#[test]
fn alias_bombs_are_refused() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for n in 1..30 {
        let list = vec![format!("*a{}", n - 1); 10].join(", ");
        text += &format!("a{n}: &a{n} [{list}]\n");
    }
    too_big(text, Syntax::Yaml);
}

#[test]
fn a_long_text_repeated_by_aliases_is_refused() {
    let text = format!("a: &a {}\nb: [{}]\n", "x".repeat(1_000_000), "*a, ".repeat(100_000));
    too_big(text, Syntax::Yaml);
}

#[test]
fn anchors_within_anchors_are_counted() {
    let text = "- &a\na: 1";
    assert!(parse(text.as_bytes(), Syntax::Yaml).is_err());
    let deep: String = (0..50).map(|n| format!("&a{n} [")).collect();
    too_big(format!("x: {deep}{}{}", "1,".repeat(50_000), "]".repeat(50)), Syntax::Yaml);
}

#[test]
fn an_alias_within_its_own_value_is_a_fault() {
    assert_eq!(code_of(b"a: &a [1, *a]\n".to_vec(), Syntax::Yaml), Code::Syntax);
}

#[test]
fn aliases_cannot_make_the_tree_too_deep() {
    let mut text = "a0: &a0 [1]\n".to_owned();
    for n in 1..100 {
        text += &format!("a{n}: &a{n} [*a{}]\n", n - 1);
    }
    too_big(text, Syntax::Yaml);
}

#[test]
fn a_million_values_are_the_limit() {
    let list = "1,".repeat(1_000_001);
    too_big(format!("a = [{list}]"), Syntax::Toml);
    too_big(format!("a: [{list}]"), Syntax::Yaml);
    too_big(format!("{{\"a\": [{list}]}}"), Syntax::Json);
    too_big("\n".repeat(20_000_000), Syntax::Toml);
}

#[test]
fn a_yaml_value_in_brackets_is_not_kept_in_memory_without_end() {
    for start in ["{", "[", "- ["] {
        for part in ["x: ", "x, ", "[],", "*a ", "!a ", "? "] {
            too_big(start.to_owned() + &part.repeat(4_000_000), Syntax::Yaml);
        }
    }
    let long = "- low: 1 in 20 years, \"quoted\" [and] so on\n".repeat(100_000);
    tree(&format!("a:\n{long}"), Syntax::Yaml);
}

#[test]
fn a_hundred_megabytes_are_refused_at_once() {
    let bytes = vec![b' '; 100 * 1024 * 1024];
    for syntax in ALL {
        let start = Instant::now();
        assert_eq!(codes(&parse(&bytes, syntax).unwrap_err()), [Code::TooBig]);
        assert!(start.elapsed() < Duration::from_millis(100));
    }
}

#[test]
fn other_encodings_are_named_with_offset_and_line() {
    let utf16: Vec<u8> = "a = 1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [&[0xff, 0xfe][..], &utf16].concat();
    let cases: [(&[u8], &str); 8] = [
        (&utf16, "the text is in UTF-16 (little-endian), not in UTF-8 (told by byte 0, line 1)"),
        (&marked, "the text is in UTF-16 (little-endian), not in UTF-8 (told by byte 0, line 1)"),
        (b"\0a\0 \0=", "the text is in UTF-16 (big-endian), not in UTF-8 (told by byte 0, line 1)"),
        (
            b"a = 1\nb = \"M\xfcller\"\n",
            "byte 12 (0xFC, line 2) is not UTF-8; this looks like Latin-1 or Windows-1252, where it is `ü`",
        ),
        (b"a = \"\x80\"", "byte 5 (0x80, line 1) is not UTF-8; this looks like Windows-1252 or another old encoding"),
        (b"\x01\x02\xff\x03\x04\x05", "byte 2 (0xFF, line 1) is not UTF-8; this looks like binary data"),
        (
            b"PK\x03\x04\x14\0",
            "the file is a ZIP archive or an office document such as .xlsx, not a text (told by byte 0, line 1)",
        ),
        (b"a = 1\nb = \"\0\"\n", "a zero byte at offset 11, line 2: this is binary data or damaged"),
    ];
    for (bytes, message) in cases {
        for syntax in ALL {
            let faults = check_spans(bytes, syntax).unwrap_err();
            assert_eq!((faults[0].code, faults[0].message.as_str()), (Code::Encoding, message));
        }
    }
}

#[test]
fn control_characters_are_refused_by_name() {
    for syntax in ALL {
        let faults = faults("a = 1 \u{1b}[31m\u{7f}", syntax);
        assert_eq!(faults.len(), 2);
        assert_eq!(faults[0].message, "an invisible control character (U+001B)");
    }
}

#[test]
fn long_keys_lines_and_lists_of_garbage_end_soon() {
    let long = "k".repeat(3_000_000);
    for syntax in ALL {
        for text in [
            long.clone(),
            format!("{long} {long}"),
            format!("{{{long}"),
            "a b ".repeat(500_000),
            "a\n".repeat(500_000),
            "\"".repeat(1_000_000),
            "'".repeat(1_000_001),
            "]".repeat(500_000),
            "a = 1 2\n".repeat(200_000),
            ": ".repeat(500_000),
            "a: b: ".repeat(300_000),
            "&a ".repeat(300_000),
            "!".repeat(500_000),
            "%x\n".repeat(300_000),
            "a: |\n".repeat(200_000),
            "\\".repeat(1_000_000),
            "{".to_owned() + &"\"a\":1,".repeat(200_000),
            "# ".repeat(1_000_000),
            "/*".repeat(500_000),
            "a=1\n".repeat(200_000),
            "[a]\n".repeat(200_000),
            "a: 1\n".repeat(200_000),
            " ".repeat(1_000_000) + "\t",
            "\r".repeat(1_000_000),
            "é: é\r\n".repeat(100_000),
        ] {
            code_of(text.into_bytes(), syntax);
        }
    }
}

#[test]
fn a_key_is_found_twice_among_very_many() {
    let keys: String = (0..100_000).map(|n| format!("k{n} = 1\n")).collect();
    assert_eq!(code_of((keys + "k7 = 2\n").into_bytes(), Syntax::Toml), Code::DuplicateKey);
    let keys: String = (0..100_000).map(|n| format!("k{n}: 1\n")).collect();
    assert_eq!(code_of((keys + "k7: 2\n").into_bytes(), Syntax::Yaml), Code::DuplicateKey);
    let keys: String = (0..100_000).map(|n| format!("\"k{n}\": 1,")).collect();
    assert_eq!(code_of(format!("{{{keys}\"k7\": 2}}").into_bytes(), Syntax::Json), Code::DuplicateKey);
}
