//! What can be asked, and what comes back? Every route stands in `openapi.json` too.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{StatusCode, Uri};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::guard::guard;
use super::keep::{Unwritten, Wanted, keep};
use super::session::{Asked, Session, locked, name_of};
use crate::diagnostic::Diagnostic;
use crate::engine::Stop;
use crate::explore::{self, Line, Live, Refused, Stage};
use crate::render;
use crate::report::live::{reply, words};
use crate::scenario::edit::Change;
use crate::units::Numbers;

const PAGE: &str = include_str!("page/index.html");
const STYLE: &str = include_str!("page/page.css");
/// The parts of the script.
const SCRIPTS: [(&str, &str); 8] = [
    ("/page.js", include_str!("page/page.js")),
    ("/answer.js", include_str!("page/answer.js")),
    ("/api.js", include_str!("page/api.js")),
    ("/choices.js", include_str!("page/choices.js")),
    ("/dom.js", include_str!("page/dom.js")),
    ("/inputs.js", include_str!("page/inputs.js")),
    ("/keep.js", include_str!("page/keep.js")),
    ("/state.js", include_str!("page/state.js")),
];
const ICON: &str = include_str!("page/icon.svg");
const OPENAPI: &str = include_str!("page/openapi.json");

/// The largest body: several hundred changes.
const BODY: usize = 256 * 1024;
/// How long a body may take to arrive, an answer to be worked out, and a page to wait for news of the file.
const ARRIVE: Duration = Duration::from_secs(10);
const WORK: Duration = Duration::from_secs(120);
const WAIT: Duration = Duration::from_secs(25);

/// Questions to a room at a time, people of one, and letters of a name.
const QUESTIONS: usize = 50;
const PEOPLE: std::ops::RangeInclusive<u64> = 1..=20;
const NAME: usize = 60;

type Shared = State<Arc<Session>>;

/// Every route, behind the guard.
pub(super) fn router(session: Arc<Session>) -> Router {
    let scripts = SCRIPTS.iter().fold(Router::new(), |router, (place, script)| {
        router.route(place, get(|| async { text("text/javascript; charset=utf-8", *script) }))
    });
    let [regular, bold] = render::FACES;
    scripts
        .route("/", get(page))
        .route("/words.js", get(spoken))
        .route("/page.css", get(|| async { text("text/css; charset=utf-8", style()) }))
        .route("/regular.woff2", get(move || async move { text("font/woff2", regular) }))
        .route("/bold.woff2", get(move || async move { text("font/woff2", bold) }))
        .route("/icon.svg", get(|| async { text("image/svg+xml", ICON) }))
        .route("/api/openapi.json", get(|| async { text("application/json", OPENAPI) }))
        .route("/api/file", get(file))
        .route("/api/watch", get(watch))
        .route("/api/answer", post(answer))
        .route("/api/explain", post(explain))
        .route("/api/difference", post(difference))
        .route("/api/text", post(changed_text))
        .route("/api/write", post(write))
        .route("/api/paper", post(paper))
        .route("/api/estimate", post(estimate))
        .route("/api/estimates", get(estimates))
        .layer(from_fn_with_state(Arc::clone(&session), guard))
        .with_state(session)
}

fn text(kind: &'static str, text: impl Into<Body>) -> Response {
    (StatusCode::OK, [(CONTENT_TYPE, kind)], text.into()).into_response()
}

fn answered(status: StatusCode, value: &Value) -> Response {
    (status, [(CONTENT_TYPE, "application/json")], value.to_string()).into_response()
}

fn found(value: &Value) -> Response {
    answered(StatusCode::OK, value)
}

/// A refusal in words.
fn told(status: StatusCode, message: &str) -> Response {
    answered(status, &json!({ "faults": [{ "message": render::clean(message), "help": [] }], "change": null }))
}

fn told_fault(fault: Diagnostic) -> Response {
    let refused = Refused { faults: vec![fault], change: None, source: crate::scenario::Source::default() };
    answered(StatusCode::UNPROCESSABLE_ENTITY, &explore::faults(&refused))
}

/// The style, with the inks of pictures on a dark page.
fn style() -> String {
    let inks = crate::drawing::palette::night_inks().into_iter();
    let night: String = inks
        .map(|(day, night)| format!("svg [fill=\"{day}\"]{{fill:{night}}}svg [stroke=\"{day}\"]{{stroke:{night}}}\n"))
        .collect();
    format!("{STYLE}@media screen and (prefers-color-scheme:dark){{\n{night}}}\n")
}

async fn page(State(session): Shared) -> Response {
    let language = session.voice().language;
    let mut page = PAGE.replace("{{token}}", &session.token).replace("{{language}}", language.code());
    for (name, word) in words(language) {
        page = page.replace(&format!("{{{{{name}}}}}"), word);
    }
    text("text/html; charset=utf-8", page)
}

/// The words of the page and the marks in its numbers, for its script.
async fn spoken(State(session): Shared) -> Response {
    let voice = session.voice();
    let words: serde_json::Map<String, Value> =
        words(voice.language).map(|(name, word)| (name, Value::from(word))).collect();
    let numbers = json!({
        "decimal": voice.numbers.decimal(),
        "group": voice.numbers.group(),
        "locale": if voice.numbers == Numbers::Lakh { "en-IN" } else { "en-US" },
    });
    let script = format!("export const words = {};\nexport const numbers = {numbers};\n", Value::Object(words));
    text("text/javascript; charset=utf-8", script)
}

/// The file: its name, what its text is now, whether it can be written over.
async fn file(State(session): Shared) -> Response {
    found(&about(&session))
}

fn about(session: &Session) -> Value {
    let source = session.source();
    json!({
        "name": render::clean(&source.name),
        "sha256": source.sha256(),
        "built_in": session.path().is_none(),
        "language": session.voice().language.code(),
    })
}

/// Waits until the file has another text than the one seen.
async fn watch(State(session): Shared, uri: Uri) -> Response {
    let seen = uri.query().and_then(|query| query.strip_prefix("seen=")).unwrap_or_default().to_owned();
    let mut news = session.seen.subscribe();
    let _ = timeout(WAIT, news.wait_for(|now| *now != seen)).await;
    found(&about(&session))
}

/// The JSON of a body.
async fn body(session: &Session, request: Request) -> Result<Value, Response> {
    let words = session.replies();
    let is_json =
        request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if !is_json {
        return Err(told(StatusCode::UNSUPPORTED_MEDIA_TYPE, words.not_json));
    }
    // What is a little too large is read to its end, so that the refusal reaches who sends it.
    let bytes: Bytes = match timeout(ARRIVE, to_bytes(request.into_body(), 4 * BODY)).await {
        Ok(Ok(bytes)) if bytes.len() <= BODY => bytes,
        Ok(_) => return Err(told(StatusCode::PAYLOAD_TOO_LARGE, words.body_too_large)),
        Err(_) => return Err(told(StatusCode::REQUEST_TIMEOUT, words.body_late)),
    };
    let value = serde_json::from_slice(&bytes).ok().filter(Value::is_object);
    value.ok_or_else(|| told(StatusCode::BAD_REQUEST, words.no_object))
}

/// The changes of a body.
fn changes(body: &Value) -> Result<Vec<Change>, Response> {
    explore::read_changes(&body["changes"]).map_err(told_fault)
}

fn refused(refused: &Refused) -> Response {
    answered(StatusCode::UNPROCESSABLE_ENTITY, &explore::faults(refused))
}

/// Does work beside the connections. Whoever goes away before it began is not worked for; what is known is not asked.
async fn beside<T: Send + 'static>(
    session: &Session,
    turn: &Arc<Semaphore>,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Response> {
    let late = || told(StatusCode::SERVICE_UNAVAILABLE, session.replies().too_long);
    let worked = timeout(WORK, async {
        let place = Arc::clone(turn).acquire_owned().await.ok()?;
        let work = move || {
            let done = work();
            drop(place);
            done
        };
        tokio::task::spawn_blocking(work).await.ok()
    });
    worked.await.ok().flatten().ok_or_else(late)
}

/// Asks for an end of the work when the question is dropped: whoever asked went away, for a newer question most likely,
/// or it took too long.
#[derive(Default)]
struct Leaving(Stop);

impl Drop for Leaving {
    fn drop(&mut self) {
        self.0.ask();
    }
}

/// The changed case, worked out as far as is asked.
async fn live(session: &Arc<Session>, changes: Vec<Change>, stage: Stage) -> Result<Arc<Live>, Response> {
    if let Some(known) = session.known(&name_of(&session.source(), &changes, stage)) {
        return Ok(known);
    }
    let turn = if stage == Stage::Averages { &session.quick } else { &session.slow };
    let own = Arc::clone(session);
    let leaving = Leaving::default();
    let stop = leaving.0.clone();
    let worked = beside(session, turn, move || own.worked_out(&changes, stage, &stop)).await?;
    worked.map_err(|why| refused(&why))
}

async fn answer(State(session): Shared, request: Request) -> Result<Response, Response> {
    let body = body(&session, request).await?;
    let stage = body["stage"].as_str().and_then(Stage::of_name);
    let stage = stage.ok_or_else(|| told(StatusCode::BAD_REQUEST, session.replies().no_stage))?;
    let live = live(&session, changes(&body)?, stage).await?;
    let turn = if stage == Stage::Averages { &session.quick } else { &session.slow };
    let mut answer = beside(&session, turn, move || explore::case(&live)).await?;
    answer["base"] = json!(session.source().sha256());
    Ok(found(&answer))
}

/// Figures of good and bad years, which averages alone do not explain.
const OF_YEARS: [&str; 6] = ["quantiles", "tail_mean", "chance", "standard", "appetite", "bad_year"];

async fn explain(State(session): Shared, request: Request) -> Result<Response, Response> {
    let body = body(&session, request).await?;
    let changes = changes(&body)?;
    let key = body["key"].as_str().unwrap_or_default().to_owned();
    let stage = if OF_YEARS.iter().any(|part| key.contains(part)) { Stage::Year } else { Stage::Averages };
    let live = live(&session, changes, stage).await?;
    let asked = key.clone();
    match beside(&session, &session.quick, move || explore::explained(&live, &asked)).await? {
        Ok(sections) => Ok(found(&json!({ "key": key, "sections": sections }))),
        Err(like) => {
            let help = reply(session.replies().no_figure, &[("key", &key), ("like", &like.join(", "))]);
            Ok(told(StatusCode::NOT_FOUND, &help))
        }
    }
}

async fn difference(State(session): Shared, request: Request) -> Result<Response, Response> {
    let changes = changes(&body(&session, request).await?)?;
    let source = session.source();
    let changed = explore::written(&source, &changes).map_err(|why| refused(&why))?;
    let (before, after) = (source.text(), changed.text());
    let line = |line: &Line<'_>| match line {
        Line::Gone(number, text) => json!({ "mark": "-", "number": number, "text": text }),
        Line::New(number, text) => json!({ "mark": "+", "number": number, "text": text }),
        Line::Same(number, text) => json!({ "mark": " ", "number": number, "text": text }),
    };
    let lines: Vec<Value> = explore::difference(&before, &after).iter().map(line).collect();
    Ok(found(&json!({ "name": render::clean(&source.name), "base": source.sha256(), "lines": lines })))
}

/// A body as a file to keep.
fn download(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
    let name: String = name.chars().map(plain).collect();
    let disposition = format!("attachment; filename=\"{name}\"");
    (StatusCode::OK, [(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response()
}

/// The name of a file of the variant: `case.toml` becomes `case-changed.ENDING`.
fn variant_name(session: &Session, ending: Option<&str>) -> String {
    let source = session.source();
    let path = std::path::Path::new(&source.name);
    let part = |part: Option<&std::ffi::OsStr>| part.map(|part| part.to_string_lossy().into_owned());
    let stem = part(path.file_stem()).unwrap_or_else(|| "case".into());
    let own = part(path.extension()).unwrap_or_else(|| "toml".into());
    let stem = if session.path().is_none() { "case".to_owned() } else { stem };
    format!("{stem}-changed.{}", ending.unwrap_or(&own))
}

async fn changed_text(State(session): Shared, request: Request) -> Result<Response, Response> {
    let changes = changes(&body(&session, request).await?)?;
    let changed = explore::written(&session.source(), &changes).map_err(|why| refused(&why))?;
    Ok(download(&variant_name(&session, None), "text/plain; charset=utf-8", changed.bytes))
}

async fn write(State(session): Shared, request: Request) -> Result<Response, Response> {
    let body = body(&session, request).await?;
    let changes = changes(&body)?;
    let own = Arc::clone(&session);
    let written = beside(&session, &session.quick, move || {
        let wanted = Wanted {
            changes: &changes,
            base: body["base"].as_str().unwrap_or_default(),
            name: body["name"].as_str(),
            yes: body["yes"] == Value::Bool(true),
        };
        keep(&own, &wanted)
    })
    .await?;
    Ok(match written {
        Ok(name) => {
            let mut value = about(&session);
            value["written"] = json!(name);
            found(&value)
        }
        Err(Unwritten::Refused(why)) => told(StatusCode::UNPROCESSABLE_ENTITY, &why),
        Err(Unwritten::Conflict(why)) => told(StatusCode::CONFLICT, &why),
        Err(Unwritten::Failed(why)) => told(StatusCode::INTERNAL_SERVER_ERROR, &why),
    })
}

async fn paper(State(session): Shared, request: Request) -> Result<Response, Response> {
    let body = body(&session, request).await?;
    let live = live(&session, changes(&body)?, Stage::Averages).await?;
    let form = body["form"].as_str().unwrap_or("html").to_owned();
    if !matches!(form.as_str(), "html" | "md") {
        return Ok(told(StatusCode::BAD_REQUEST, session.replies().no_form));
    }
    let is_page = form == "html";
    let made = beside(&session, &session.slow, move || {
        let paper = live.paper()?;
        Ok(if is_page { render::html(&paper).ok() } else { Some(render::paper_markdown(&paper)) })
    });
    let made: Result<Option<String>, Refused> = made.await?;
    let made = made.map_err(|why| refused(&why))?;
    let Some(made) = made else { return Ok(told(StatusCode::UNPROCESSABLE_ENTITY, session.replies().no_drawing)) };
    let kind = if is_page { "text/html; charset=utf-8" } else { "text/markdown; charset=utf-8" };
    Ok(download(&variant_name(&session, Some(&form)), kind, made.into_bytes()))
}

/// One person's range for a question; what all said is told once all have.
async fn estimate(State(session): Shared, request: Request) -> Result<Response, Response> {
    let body = body(&session, request).await?;
    let changes = changes(&body)?;
    let key = body["key"].as_str().unwrap_or_default().to_owned();
    if body["forget"] == Value::Bool(true) {
        locked(&session.asked).remove(&key);
        return Ok(found(&asked(&session)));
    }
    let live = live(&session, changes, Stage::Averages).await?;
    let word = |name: &str| body[name].as_str().map(|text| render::clean(text).trim().to_owned()).unwrap_or_default();
    let (person, low, high) = (word("person"), word("low"), word("high"));
    if person.is_empty() || person.chars().count() > NAME {
        return Ok(told(StatusCode::UNPROCESSABLE_ENTITY, session.replies().no_name));
    }
    let people = body["people"].as_u64().filter(|people| PEOPLE.contains(people));
    let range = explore::read_range(&live.scenario, &key, &person, &low, &high).map_err(told_fault)?;
    let complete = {
        let mut all = locked(&session.asked);
        if !all.contains_key(&key) && all.len() >= QUESTIONS {
            return Ok(told(StatusCode::TOO_MANY_REQUESTS, session.replies().too_many_questions));
        }
        let Some(people) = people.map(|people| people as usize).or_else(|| all.get(&key).map(|asked| asked.people))
        else {
            return Ok(told(StatusCode::UNPROCESSABLE_ENTITY, session.replies().how_many));
        };
        let asked = all.entry(key.clone()).or_insert_with(|| Asked { people, estimates: Vec::new() });
        if asked.estimates.iter().any(|known| known.person == person) {
            return Ok(told(StatusCode::CONFLICT, session.replies().answered_already));
        }
        if asked.estimates.len() >= asked.people {
            return Ok(told(StatusCode::CONFLICT, session.replies().all_answered));
        }
        asked.estimates.push(range);
        (asked.estimates.len() == asked.people).then(|| asked.estimates.clone())
    };
    let mut value = asked(&session);
    if let Some(estimates) = complete {
        match explore::pooled(&live.scenario, &key, &estimates) {
            Ok((change, findings)) => {
                value["change"] = explore::changes_of(&[change])[0].clone();
                value["findings"] = findings.iter().map(|line| render::clean(line)).collect();
            }
            Err(faults) => {
                locked(&session.asked).remove(&key);
                let source = crate::scenario::Source::default();
                return Ok(refused(&Refused { faults, change: None, source }));
            }
        }
    }
    Ok(found(&value))
}

async fn estimates(State(session): Shared) -> Response {
    found(&asked(&session))
}

/// The open questions: who has answered, and what was said where all have.
fn asked(session: &Session) -> Value {
    let all = locked(&session.asked);
    let one = |(key, asked): (&String, &Asked)| {
        let is_complete = asked.estimates.len() >= asked.people;
        let person = |estimate: &explore::Estimate| {
            if is_complete {
                json!({ "person": estimate.person, "low": estimate.low.0, "high": estimate.high.0 })
            } else {
                json!({ "person": estimate.person })
            }
        };
        json!({
            "key": key,
            "people": asked.people,
            "complete": is_complete,
            "answers": asked.estimates.iter().map(person).collect::<Vec<_>>(),
        })
    };
    json!({ "questions": all.iter().map(one).collect::<Vec<_>>() })
}
