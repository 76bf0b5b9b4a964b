//! How the page looks: on paper, on a screen by day and by night, on a narrow one.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::drawing::palette;

/// The face that charts are measured with, so that no label outgrows its space where a machine lacks it.
const REGULAR: &[u8] = include_bytes!("../../../assets/font/RosiSans-Regular.woff2");
const BOLD: &[u8] = include_bytes!("../../../assets/font/RosiSans-Bold.woff2");

/// The face, regular and bold.
pub const FACES: [&[u8]; 2] = [REGULAR, BOLD];

/// The style sheet; `foot` stands at the foot of every printed page.
pub(super) fn sheet(foot: &str) -> String {
    // Within a quoted string of the sheet only these two end it, and `<` could end the sheet itself.
    let foot: String = foot.chars().filter(|c| !matches!(c, '"' | '\\' | '<' | '\n')).collect();
    let night: String = palette::night_inks()
        .into_iter()
        .map(|(day, night)| format!("svg [fill=\"{day}\"]{{fill:{night}}}svg [stroke=\"{day}\"]{{stroke:{night}}}"))
        .collect();
    let faces: String = [(REGULAR, 400), (BOLD, 700)]
        .into_iter()
        .map(|(face, weight)| {
            let data = STANDARD.encode(face);
            format!(
                "@font-face{{font-family:\"Rosi Sans\";font-weight:{weight};src:url(data:font/woff2;base64,{data}) format(\"woff2\")}}"
            )
        })
        .collect();
    SHEET
        .replace("FACES", &faces)
        .replace("FOOT", &foot)
        .replace("NIGHT_INKS", &night)
        .replace("GROUND", &palette::night_ground())
}

const SHEET: &str = r#"
FACES
:root{color-scheme:light dark;--text:#1f1f1f;--quiet:#555;--line:#c9c9c9;--ground:#fff;--soft:#f3f5f4;--warn:#fbeae4;--link:#005a8c}
@media screen and (prefers-color-scheme:dark){
:root{--text:#ececec;--quiet:#b8b8b8;--line:#4a4e52;--ground:GROUND;--soft:#23272b;--warn:#3d2a22;--link:#8cc8f0}
NIGHT_INKS}
*{box-sizing:border-box}
html{font:16px/1.5 "Rosi Sans",Arial,"Liberation Sans",Helvetica,sans-serif;color:var(--text);background:var(--ground)}
body{margin:0}
main,body>footer{max-width:50rem;margin:0 auto;padding:1rem 1.25rem}
h1{font-size:1.9rem;line-height:1.2;margin:.1rem 0 .8rem}
h2{font-size:1.25rem;line-height:1.25;margin:1.6rem 0 .4rem}
h3{font-size:1.05rem;margin:1.3rem 0 .3rem}
h1,h2,h3,p,li,figcaption{overflow-wrap:anywhere}td,th{overflow-wrap:break-word}
p{margin:.35rem 0}
.kind{color:var(--quiet);margin:0}
.caution{background:var(--warn);padding:.45rem .7rem;border-left:.3rem solid #d55e00}
.decision{border:1px solid var(--line);border-left:.3rem solid #0072b2;padding:.1rem .9rem .5rem;margin:1rem 0;font-size:1.05rem}
.decision h2{margin-top:.5rem}
.lead,.note,.notes,figcaption,footer,.contents p{color:var(--quiet)}
.note,.notes,.lead,figcaption{font-size:.92rem}
.notes{padding-left:1.2rem;margin:.4rem 0}
.part{border-top:2px solid var(--line);margin-top:2.4rem;padding-top:.2rem}
.wide,.picture{overflow-x:auto;margin:.6rem 0}
.picture text{font-family:"Rosi Sans",Arial,"Liberation Sans",Helvetica,sans-serif}
.wide:focus-visible,.picture:focus-visible,a:focus-visible{outline:3px solid var(--link);outline-offset:2px}
table{border-collapse:collapse;width:100%;font-size:.9rem;line-height:1.35}
th,td{text-align:left;vertical-align:top;padding:.32rem .55rem;border-bottom:1px solid var(--line);font-weight:400;min-width:3.2rem}
thead th,thead td{font-weight:700;vertical-align:bottom;border-bottom:2px solid var(--quiet)}
th[scope=row]{min-width:7rem}
th.n,td.n{text-align:right;font-variant-numeric:tabular-nums}
td.n{white-space:nowrap}
.chosen th,.chosen td{font-weight:700;background:var(--soft)}
.sign-off td,.sign-off tbody th{height:2.2rem}
figure{margin:1rem 0}
.picture svg{display:block;width:100%;height:auto}
.narrow{display:none}.narrow svg{max-width:30rem;margin:0 auto}
a{color:var(--link)}
code{overflow-wrap:anywhere}
body>footer{font-size:.85rem;border-top:1px solid var(--line);margin-top:2rem}
@media (max-width:40rem){
html{font-size:15px}main{padding:.6rem .8rem}h1{font-size:1.5rem}
table{width:max-content;min-width:100%}th,td{max-width:13rem}
th[scope=row],thead th:first-child,thead td:first-child{position:sticky;left:0;background:var(--ground);max-width:9rem;min-width:5rem;border-right:1px solid var(--line)}
.chosen th[scope=row]{background:var(--soft)}
.cards table,.cards tbody,.cards tr,.cards td,.cards th[scope=row]{display:block;width:auto;max-width:none;position:static;border:0;min-width:0}
.cards thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.cards tr{border-bottom:1px solid var(--line);padding:.4rem 0}
.cards th[scope=row]{font-weight:700;background:none}
.cards td,.cards td.n{display:flex;justify-content:space-between;gap:1rem;text-align:right;white-space:normal;padding:.1rem .55rem}
.cards td::before{content:attr(data-label);color:var(--quiet);text-align:left;flex:0 0 auto;max-width:45%}
.cards .chosen{background:var(--soft)}
.sign-off td,.sign-off tbody th{height:auto}
}
@media screen and (max-width:45rem){.broad{display:none}.narrow{display:block}}
thead th{hyphens:auto}
@media screen and (max-width:64rem){th,td{padding:.3rem .35rem}}
@media screen and (min-width:48rem){.wide:not(.many) th[scope=row]{min-width:11rem}}
@media screen and (min-width:64rem){
.wide{width:min-content;min-width:100%;max-width:calc(50vw + 22rem)}
#assumptions .wide,#figures .wide,.many{max-width:none;width:min(94vw,84rem);margin-left:calc((100% - min(94vw,84rem))/2)}
}
@page{margin:12mm 15mm 14mm;@bottom-left{content:"FOOT";font:7.5pt Arial,"Liberation Sans",sans-serif;color:#555}@bottom-right{content:counter(page) " / " counter(pages);font:7.5pt Arial,"Liberation Sans",sans-serif;color:#555}}
@page log{size:landscape}
@media print{
html{font-size:9pt;line-height:1.34;background:none}
main{max-width:none;padding:0}
body>footer,.contents{display:none}
h1{font-size:17pt;margin-bottom:.4rem}
h2{font-size:11.5pt;margin:.7rem 0 .2rem;break-after:avoid}
h3,.lead,thead{break-after:avoid}
.front{display:flex;flex-direction:column}
.front figure{margin:.2rem 0;order:1}.front .sign-off{order:2}
.front table{font-size:8.4pt}.front .note,.front .notes,.front .lead{font-size:.9em}.front h2{margin:.45rem 0 .1rem}
.crowded{font-size:.94em}.crowded table{font-size:8pt;line-height:1.2}
.front p{margin:.15rem 0}
.caution{padding:.25rem .6rem}
.decision{margin:.4rem 0;font-size:1em;padding:.05rem .7rem .3rem}
.decision h2{margin-top:.3rem}
.front figcaption,.data{display:none}.sign-off{break-inside:avoid}
.sign-off td,.sign-off tbody th{height:1.2rem}
.wide,.picture{overflow:visible;margin:.35rem 0}
figure,tr,.decision{break-inside:avoid}
thead{display:table-header-group}
th,td{padding:.2rem .4rem;min-width:0}
th[scope=row]{min-width:0}
#assumptions{page:log}
#assumptions table{font-size:7.4pt}
table.figures{font-size:7.6pt}
.many table{font-size:6.6pt}.many th,.many td{padding:.15rem .2rem}
a{color:inherit;text-decoration:none}
}
"#;
