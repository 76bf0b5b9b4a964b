//! Which syntax is a file written in?
//!
//! The name decides. Only a name that says nothing (standard input, `scenario.txt`) makes us look
//! at the text.

/// A syntax that a scenario can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Syntax {
    /// TOML 1.1.
    Toml,
    /// YAML 1.2 with the core schema, without tags and merge keys, one document.
    Yaml,
    /// JSON as in RFC 8259, without comments or trailing commas.
    Json,
}

impl Syntax {
    /// The syntax that a file's name tells by `.toml`, `.yaml`, `.yml` or `.json`.
    pub fn from_name(file_name: &str) -> Option<Self> {
        let (_, extension) = file_name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "toml" => Some(Self::Toml),
            "yaml" | "yml" => Some(Self::Yaml),
            "json" => Some(Self::Json),
            _ => None,
        }
    }

    /// The syntax that a text looks like; YAML where nothing speaks for another.
    pub fn from_text(bytes: &[u8]) -> Self {
        // The first lines tell; a cut within a letter is no matter here.
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(64 * 1024)]);
        let head = head.trim_start_matches('\u{feff}').trim_start();
        if head.starts_with('{') {
            return Self::Json;
        }
        let telling = head.lines().map(str::trim).find_map(|line| {
            if line.starts_with('#') {
                None
            } else if is_toml_header(line) || is_toml_key(line) {
                Some(Self::Toml)
            } else if line.starts_with("- ") || line.ends_with(':') || line.contains(": ") {
                Some(Self::Yaml)
            } else {
                None
            }
        });
        telling.unwrap_or(Self::Yaml)
    }

    /// The name of the syntax, as in "this is not TOML".
    pub fn name(self) -> &'static str {
        match self {
            Self::Toml => "TOML",
            Self::Yaml => "YAML",
            Self::Json => "JSON",
        }
    }
}

/// Whether a line is `[table]` or `[[table]]`.
fn is_toml_header(line: &str) -> bool {
    let line = line.split('#').next().unwrap_or("").trim_end();
    let inner = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    inner.is_some_and(|inner| {
        let inner = inner.strip_prefix('[').and_then(|i| i.strip_suffix(']')).unwrap_or(inner);
        is_key_path(inner)
    })
}

/// Whether a line begins with `key =`.
fn is_toml_key(line: &str) -> bool {
    line.split_once('=').is_some_and(|(key, _)| is_key_path(key))
}

fn is_key_path(text: &str) -> bool {
    let text = text.trim();
    let in_key = |c: char| c.is_alphanumeric() || "_-.\"'".contains(c);
    !text.is_empty() && text.chars().all(in_key)
}
