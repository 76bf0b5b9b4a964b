//! Who may ask?
//!
//! A page of the internet that is open in the same browser can send requests here, and a name of its own can be made to
//! lead to this machine. So the name asked under must be ours (`Host`), the page that asks must be ours (`Origin`,
//! `Sec-Fetch-Site`), the secret must be there (a cookie that other sites' requests do not carry, or `Authorization:
//! Bearer` for scripts), and what changes anything must show a token that only our page has been given.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header::{
    AUTHORIZATION, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, HOST, HeaderName, HeaderValue, ORIGIN,
    REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::session::{Session, same};

/// What the page may load: its own script, style and requests, and nothing else.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// The header that carries the token.
const TOKEN: &str = "x-rosi-token";

/// Lets a request through, or refuses it; every answer gets the same safe headers.
pub(super) async fn guard(State(session): State<Arc<Session>>, request: Request, next: Next) -> Response {
    let mut response = match refused(&session, request.method(), request.uri().path(), request.headers()) {
        Some((status, why)) => (status, [(CONTENT_TYPE, "text/plain; charset=utf-8")], why).into_response(),
        None if is_opening(&request) => opened(&session, request.uri().query().unwrap_or_default()),
        None => match secret(&session, request.headers()) {
            Secret::Missing => closed(&session),
            Secret::Cookie if request.method() == Method::POST && !has_token(&session, request.headers()) => {
                let why = format!("{}\n", session.replies().other_run);
                (StatusCode::FORBIDDEN, [(CONTENT_TYPE, "text/plain; charset=utf-8")], why).into_response()
            }
            Secret::Cookie | Secret::Bearer => match Arc::clone(&session.requests).try_acquire_owned() {
                Ok(_turn) => {
                    // An open page that only waits does not keep the machine busy for ever.
                    if request.uri().path() != "/api/watch" {
                        session.touched();
                    }
                    next.run(request).await
                }
                Err(_) => (StatusCode::TOO_MANY_REQUESTS, "Too many requests at once.\n").into_response(),
            },
        },
    };
    let headers = response.headers_mut();
    let fixed = [
        (CONTENT_SECURITY_POLICY, POLICY),
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Why a request is refused whatever secret it has.
fn refused(session: &Session, method: &Method, path: &str, headers: &HeaderMap) -> Option<(StatusCode, &'static str)> {
    let hosts = session.hosts();
    let text = |name: HeaderName| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if !text(HOST).is_some_and(|host| hosts.iter().any(|known| known == host)) {
        return Some((StatusCode::MISDIRECTED_REQUEST, "This is not the name of this page.\n"));
    }
    let is_ours = |origin: &str| origin.strip_prefix("http://").is_some_and(|host| hosts.iter().any(|own| own == host));
    if text(ORIGIN).is_some_and(|origin| !is_ours(origin)) {
        return Some((StatusCode::FORBIDDEN, "Another page asks: refused.\n"));
    }
    // A link to the address may be followed from anywhere; nothing else may be asked from elsewhere.
    let from = text(HeaderName::from_static("sec-fetch-site")).unwrap_or("none");
    let is_navigation = method == Method::GET && path == "/";
    if !is_navigation && !matches!(from, "none" | "same-origin") {
        return Some((StatusCode::FORBIDDEN, "Another page asks: refused.\n"));
    }
    None
}

/// How a request shows the secret.
enum Secret {
    Missing,
    Cookie,
    Bearer,
}

fn secret(session: &Session, headers: &HeaderMap) -> Secret {
    let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    if bearer.and_then(|value| value.strip_prefix("Bearer ")).is_some_and(|key| same(key, session.secret())) {
        return Secret::Bearer;
    }
    let name = session.cookie();
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let found = cookies.flat_map(|cookies| cookies.split(';')).any(|cookie| {
        cookie.trim().split_once('=').is_some_and(|(known, key)| known == name && same(key, session.secret()))
    });
    if found { Secret::Cookie } else { Secret::Missing }
}

fn has_token(session: &Session, headers: &HeaderMap) -> bool {
    headers.get(TOKEN).and_then(|value| value.to_str().ok()).is_some_and(|token| same(token, &session.token))
}

/// Whether a request brings a key to open the page with.
fn is_opening(request: &Request) -> bool {
    request.method() == Method::GET
        && request.uri().path() == "/"
        && request.uri().query().is_some_and(|query| query.starts_with("key="))
}

/// Gives the cookie for the key. A page that loads the other, not a redirect: the cookie goes along only with what our
/// own pages ask for.
fn opened(session: &Session, query: &str) -> Response {
    let key = query.strip_prefix("key=").unwrap_or_default();
    if !session.opens(key) {
        return closed(session);
    }
    let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Strict", session.cookie(), session.secret());
    let page = plain_page(
        session,
        "<meta http-equiv=\"refresh\" content=\"0; url=/\">",
        &format!("<p><a href=\"/\">{}</a></p>", session.replies().open),
    );
    let mut response = (StatusCode::OK, [(CONTENT_TYPE, "text/html; charset=utf-8")], Body::from(page)).into_response();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(axum::http::header::SET_COOKIE, cookie);
    }
    session.touched();
    response
}

/// The page for who has no secret.
fn closed(session: &Session) -> Response {
    let words = session.replies();
    let page = plain_page(session, "", &format!("<h1>{}</h1><p>{}</p>", words.needs_address, words.whole_address));
    (StatusCode::FORBIDDEN, [(CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

/// A page of a few words.
fn plain_page(session: &Session, head: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>rosi explore</title>{head}</head>\
         <body>{body}</body></html>",
        session.voice().language.code()
    )
}
