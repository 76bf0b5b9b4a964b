//! `rosi report`: the board paper of a file.

use std::path::{Path, PathBuf};

use clap::Args;
#[cfg(feature = "pdf")]
use clap::ValueEnum;

use super::case::{Case, How};
use super::changes::Changes;
use super::output::strictly;
use super::{Failed, Terminal, files, watch, write};
use crate::render;
#[cfg(feature = "pdf")]
use crate::render::Sheet;
use crate::report::Paper;

/// The arguments of `rosi report`.
#[derive(Debug, Args)]
pub(crate) struct Arguments {
    /// The scenario (TOML, YAML or JSON; `-` reads standard input); the built-in example without it
    file: Option<PathBuf>,
    /// Write the paper to this file; its ending says how: .html, .pdf, .xlsx or .md (several times for several)
    #[arg(long, value_name = "FILE", required = true)]
    out: Vec<PathBuf>,
    /// The size of a PDF's pages [default: a4, or letter where the currency is of a country that prints on it]
    #[cfg(feature = "pdf")]
    #[arg(long, value_name = "SIZE", value_enum)]
    sheet: Option<SheetName>,
    /// The short paper: two pages and an annex of two (also where neither is asked for)
    #[arg(long, conflicts_with = "full")]
    short: bool,
    /// The whole paper: every table, chart and assumption
    #[arg(long)]
    full: bool,
    /// Write the papers anew each time the file or one of its samples changes, until Ctrl-C
    #[arg(long, requires = "file", conflicts_with = "strict")]
    watch: bool,
    /// Fail (exit code 1) if there is any warning; the paper is written all the same
    #[arg(long)]
    strict: bool,
    #[cfg(feature = "calibrate")]
    #[command(flatten)]
    before: super::review::Before,
    #[command(flatten)]
    changes: Changes,
    #[command(flatten)]
    how: How,
}

/// A size of paper.
#[cfg(feature = "pdf")]
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SheetName {
    /// 210 by 297 mm
    A4,
    /// 8.5 by 11 inches
    Letter,
}

#[cfg(feature = "pdf")]
impl From<SheetName> for Sheet {
    fn from(name: SheetName) -> Self {
        match name {
            SheetName::A4 => Self::A4,
            SheetName::Letter => Self::Letter,
        }
    }
}

/// What a paper is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A page for a browser.
    #[cfg(feature = "html")]
    Html,
    /// Pages to print, on sheets of this size or of the one that the currency's readers have.
    #[cfg(feature = "pdf")]
    Pdf(Option<Sheet>),
    /// A workbook with live formulas.
    #[cfg(feature = "xlsx")]
    Xlsx,
    /// For a pull request or a wiki.
    Markdown,
}

/// The endings of each form; the first is the one that a fault names.
const ENDINGS: &[(Form, &[&str])] = &[
    #[cfg(feature = "html")]
    (Form::Html, &["html", "htm"]),
    #[cfg(feature = "pdf")]
    (Form::Pdf(None), &["pdf"]),
    #[cfg(feature = "xlsx")]
    (Form::Xlsx, &["xlsx"]),
    (Form::Markdown, &["md", "markdown"]),
];

impl Form {
    /// The form that the ending of a file asks for.
    pub(crate) fn of(path: &Path) -> Option<Self> {
        let ending = path.extension()?.to_str()?.to_ascii_lowercase();
        ENDINGS.iter().find(|(_, endings)| endings.contains(&ending.as_str())).map(|(form, _)| *form)
    }

    /// The endings that this rosi can write.
    pub(crate) fn known() -> String {
        let names: Vec<String> =
            ENDINGS.iter().filter_map(|(_, endings)| endings.first()).map(|ending| format!(".{ending}")).collect();
        names.join(", ")
    }

    /// The ways in which a paper of this form may have been written.
    pub(crate) fn variants(self) -> Vec<Self> {
        match self {
            #[cfg(feature = "pdf")]
            Self::Pdf(None) => [Sheet::A4, Sheet::Letter].map(|sheet| Self::Pdf(Some(sheet))).into(),
            form => vec![form],
        }
    }

    /// The paper in this form.
    pub(crate) fn made(self, paper: &Paper) -> Result<Made, String> {
        let whole = |bytes: Vec<u8>| Made { bytes, unset: String::new() };
        match self {
            #[cfg(feature = "html")]
            Self::Html => render::html(paper).map(|page| whole(page.into_bytes())).map_err(|fault| fault.to_string()),
            #[cfg(feature = "pdf")]
            Self::Pdf(sheet) => {
                let sheet = sheet.unwrap_or_else(|| Sheet::customary(paper.report.currency));
                let made = render::pdf(paper, sheet, &super::fonts::with).map_err(|fault| fault.to_string())?;
                Ok(Made { bytes: made.bytes, unset: made.unset.into_iter().collect() })
            }
            #[cfg(feature = "xlsx")]
            Self::Xlsx => render::xlsx(&paper.workbook, paper.report.unit()).map(whole),
            Self::Markdown => Ok(whole(render::paper_markdown(paper).into_bytes())),
        }
    }
}

/// A paper that is not yet written to its file.
pub(crate) struct Made {
    /// The file.
    pub bytes: Vec<u8>,
    /// Letters that no font at hand has.
    pub unset: String,
}

/// How many letters without a font are named.
const LETTERS: usize = 12;

/// Runs `rosi report`.
pub(crate) fn run(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    let Some(path) = arguments.file.as_deref().filter(|_| arguments.watch) else { return written(arguments, terminal) };
    if path == Path::new("-") {
        terminal.fault("standard input cannot be watched", &["name the file instead of `-`"]);
        return Err(Failed);
    }
    // What is wrong with the command itself ends it; what is wrong with the file is told, and mended in the file.
    let first = files::unguarded(path, terminal)?;
    wanted(arguments, terminal)?;
    let _ = written(arguments, &terminal.afresh());
    terminal.note(&format!("{} is watched: each change writes the paper anew. Ctrl-C ends.", path.display()));
    // An editor may put a new file in the place of the old one: what was read is told anew each time.
    watch::follow(path, &first, |_| _ = written(arguments, &terminal.afresh()))
}

/// Where the papers go, and as what.
fn wanted<'a>(arguments: &'a Arguments, terminal: &Terminal) -> Result<Vec<(&'a Path, Form)>, Failed> {
    let mut wanted: Vec<(&Path, Form)> = Vec::new();
    for path in &arguments.out {
        let Some(form) = Form::of(path) else {
            let fault = format!("{}: this ending says nothing about how to write the paper", path.display());
            terminal.fault(&fault, &[&format!("name a file that ends in one of {}", Form::known())]);
            return Err(Failed);
        };
        #[cfg(feature = "pdf")]
        let form = if form == Form::Pdf(None) { Form::Pdf(arguments.sheet.map(Sheet::from)) } else { form };
        wanted.push((path, form));
    }
    Ok(wanted)
}

/// Works the case out and writes its papers.
fn written(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failed> {
    let wanted = wanted(arguments, terminal)?;
    // Before the work: it may take minutes.
    let targets = write::targets(arguments.out.iter().map(PathBuf::as_path), terminal)?;
    let case = Case::for_paper(arguments.file.as_deref(), &arguments.how.changed_by(&arguments.changes), terminal)?;
    let paper = if arguments.full { case.paper() } else { case.paper().short() };
    #[cfg(feature = "calibrate")]
    let paper = arguments.before.beside(paper, terminal)?;
    // All are made before the first is written: a fault leaves nothing half done.
    let mut made = Vec::new();
    for (path, form) in wanted {
        match form.made(&paper) {
            Ok(file) => made.push((path, file)),
            Err(fault) => {
                terminal.fault(&format!("{} cannot be made: {fault}", path.display()), &[]);
                return Err(Failed);
            }
        }
    }
    let bytes: Vec<&[u8]> = made.iter().map(|(_, file)| file.bytes.as_slice()).collect();
    write::all(&targets, &bytes, terminal)?;
    for (path, file) in made {
        terminal.note(&format!("written: {}", path.display()));
        if !file.unset.is_empty() {
            let letters: Vec<String> = file.unset.chars().take(LETTERS).map(String::from).collect();
            let more = if file.unset.chars().count() > LETTERS { " …" } else { "" };
            terminal.warning(
                &format!(
                    "{}: no font of this machine has the letters {}{more}, so their names stand in brackets in their place",
                    path.display(),
                    letters.join(" ")
                ),
                &["install a font that has them, such as one of the Noto Sans family, or write the paper as .html"],
            );
        }
    }
    if arguments.strict { strictly(&case.report(), terminal) } else { Ok(()) }
}
