//! Does any paper make `rosi verify` panic, hang, or pass for another one?
//!
//! The first byte chooses the ending of the paper, the rest is the paper; it is held against a small case. Only what
//! says the case's hash is worked out anew, so the seeds are papers of this case.
//! `RUSTC_BOOTSTRAP=1 cargo fuzz run verify fuzz/corpus/verify -- -close_fd_mask=3`; the papers to begin with are made
//! by the first run.

#![no_main]

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;

const CASE: &str = "schema = 1\ntitle = \"t\"\ncurrency = \"EUR\"\n[[risk]]\nid = \"a\"\nname = \"A\"\nfrequency = \"1 in 2 years\"\n[risk.loss]\nresponse = \"1k\"\n";
const ENDINGS: [&str; 3] = ["json", "md", "xlsx"];

fn rosi(arguments: &[&OsString]) -> ExitCode {
    let named = std::iter::once(OsString::from("rosi"));
    rosi::cli::run(named.chain(arguments.iter().map(|argument| (*argument).clone())))
}

/// The folder with the case and what each paper of it is.
fn prepared() -> &'static (PathBuf, Vec<Vec<u8>>) {
    static FOLDER: OnceLock<(PathBuf, Vec<Vec<u8>>)> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = std::env::temp_dir().join(format!("rosi-fuzz-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let case = folder.join("case.toml");
        fs::write(&case, CASE).expect("a case");
        let papers = ENDINGS.map(|ending| {
            let paper: OsString = folder.join(format!("true.{ending}")).into();
            let made = match ending {
                "json" => rosi(&[&"assess".into(), &case.clone().into(), &"--out".into(), &paper]),
                _ => rosi(&[&"report".into(), &case.clone().into(), &"--out".into(), &paper]),
            };
            assert_eq!(made, ExitCode::SUCCESS, "{ending}");
            fs::read(&paper).expect("the paper")
        });
        let seeds = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("corpus/verify");
        fs::create_dir_all(&seeds).expect("a folder of seeds");
        for (index, paper) in papers.iter().enumerate() {
            let mut seed = vec![u8::try_from(index).expect("three")];
            seed.extend_from_slice(paper);
            fs::write(seeds.join(ENDINGS[index]), seed).expect("a seed");
        }
        (folder, papers.to_vec())
    })
}

fuzz_target!(|data: &[u8]| {
    let (folder, papers) = prepared();
    let Some((&choice, bytes)) = data.split_first() else { return };
    let kind = usize::from(choice) % ENDINGS.len();
    let paper = folder.join(format!("paper.{}", ENDINGS[kind]));
    fs::write(&paper, bytes).expect("the paper");
    let verdict = rosi(&[&"verify".into(), &paper.into(), &folder.join("case.toml").into()]);
    if verdict == ExitCode::SUCCESS && ENDINGS[kind] == "md" {
        // A text passes only as what rosi writes, but for how its lines end.
        let lines = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end().lines().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(lines(bytes), lines(&papers[kind]));
    }
});
