//! What does a change of a common kind touch? `tests/changes/run` puts four patches on a copy of the house, builds it
//! and asks it; that they still fit the code, and none touches more than three files, is looked at here.

use std::fs;
use std::path::Path;

#[test]
fn a_form_of_loss_a_figure_a_chart_and_a_factor_each_touch_three_files_at_most() {
    let house = Path::new(env!("CARGO_MANIFEST_DIR"));
    for name in ["loss-form", "metric", "chart", "target"] {
        let patch = fs::read_to_string(house.join(format!("tests/changes/{name}.patch"))).unwrap();
        let files: Vec<&str> = patch.split("\ndiff --git ").collect();
        assert!((1..=3).contains(&files.len()), "{name}: {} files", files.len());
        for file in files {
            let path = file.split_once("\n+++ b/").and_then(|(_, rest)| rest.lines().next()).unwrap();
            if file.contains("\nnew file mode") {
                assert!(!house.join(path).exists(), "{name}: {path} is there already");
                continue;
            }
            let text = fs::read_to_string(house.join(path)).unwrap();
            for hunk in file.split("\n@@ ").skip(1) {
                let lines = hunk.lines().skip(1).filter(|line| line.starts_with([' ', '-']));
                let before: String = lines.map(|line| format!("{}\n", &line[1..])).collect();
                assert!(text.contains(&before), "{name}: {path} has not\n{before}");
            }
        }
    }
}
