use super::*;
#[test]
fn dump() {
    std::fs::create_dir_all("/tmp/pics").unwrap();
    for (name, chart) in
        distributions::cases().into_iter().chain(cases().into_iter().filter(|(n, _)| {
            n == "risks-yen" || n == "risks-40-options-3" || n == "points-8" || n == "risks-12-options-9"
        }))
    {
        for (tag, size) in [("n", Size::natural(&chart)), ("s", Size::SMALLEST)] {
            std::fs::write(format!("/tmp/pics/{name}-{tag}.png"), png(&chart, size, 1.0).unwrap()).unwrap();
        }
    }
}
