//! What a backend may get wrong, one kind each: a layer before the sandbox that alters what
//! it is asked or what it answers.

use std::sync::{Arc, Mutex};

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::Response,
};
use serde_json::{Value, json};

/// What a switch is answered with.
const SWITCHED: [&str; 4] = ["server_time", "fan", "current_card_id", "revision"];

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A claim is opened with 200.
    WrongStatus,
    /// Problems are of the type of successes.
    WrongMediaType,
    /// A profile is without its consents.
    MissingField,
    /// A cache on the way may keep what is about a person.
    MayBeStored,
    /// Scripts can read the session.
    OpenCookie,
    /// Each POST is a new one.
    FreshKeys,
    /// A switch is made at whatever revision.
    AnyRevision,
    /// A switch to the card in use leaves the wallet as it is.
    SameRevision,
    /// Who knows a card's id can read it.
    CardsOfOthers,
    /// After the second page comes the second page.
    CursorCircles,
    /// Pages of other origins can read.
    Cors,
    /// The last SMS is always long ago.
    NoSmsLimit,
    /// A callback is taken from whichever browser opens it.
    AnyBrowser,
    /// A page of another fan may write.
    AnyPage,
    /// How long to wait is in the body alone.
    NoRetryAfter,
    /// The oldest entry of a page comes first.
    OldestFirst,
    /// Who is signed out of the browser is still signed in.
    SessionLives,
    /// The way to sign in leads to another host.
    LoginElsewhere,
}

/// A fault, and what it has seen on the way.
#[derive(Clone)]
pub(crate) struct Faulty {
    fault: Fault,
    /// The name of the case, with which its accounts begin.
    case: &'static str,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    /// Every session that has called.
    sessions: Vec<HeaderValue>,
    /// Every cookie that was set outside the API.
    sign_ins: Vec<String>,
    /// Seconds by which the world's clock was put forward.
    clock: i64,
}

impl Faulty {
    pub(crate) fn new(fault: Fault, case: &'static str) -> Self {
        Self {
            fault,
            case,
            seen: Arc::default(),
        }
    }

    fn seen(&self) -> std::sync::MutexGuard<'_, Seen> {
        self.seen.lock().expect("no panic before")
    }
}

pub(crate) async fn go_wrong(
    State(faulty): State<Faulty>,
    mut request: Request,
    next: Next,
) -> Response {
    match faulty.fault {
        Fault::FreshKeys => fresh_key(&faulty, &mut request),
        Fault::AnyRevision => any_revision(&mut request, next.clone()).await,
        Fault::NoSmsLimit => later(&faulty, &mut request, next.clone()).await,
        Fault::AnyBrowser => lend_cookies(&faulty, &mut request),
        Fault::AnyPage => {
            request.headers_mut().remove("kabao-fan");
        }
        _ => {}
    }
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let reply = match faulty.fault {
        Fault::CardsOfOthers => as_whoever_can(&faulty, request, next).await,
        Fault::SessionLives if method == Method::DELETE && uri.path().ends_with("/session") => {
            signed_out(request, next).await
        }
        Fault::SameRevision if request.headers().contains_key(header::IF_MATCH) => {
            unless_in_use(request, next).await
        }
        _ => next.run(request).await,
    };
    altered(&faulty, &method, &uri, reply).await
}

/// The reply as it leaves.
async fn altered(faulty: &Faulty, method: &Method, uri: &Uri, mut reply: Response) -> Response {
    let path = uri.path();
    if faulty.fault == Fault::WrongStatus && reply.status() == StatusCode::CREATED {
        *reply.status_mut() = StatusCode::OK;
    }
    let headers = reply.headers_mut();
    match faulty.fault {
        Fault::WrongMediaType
            if headers
                .get(header::CONTENT_TYPE)
                .is_some_and(|kind| kind == "application/problem+json") =>
        {
            headers.insert(header::CONTENT_TYPE, value("application/json"));
        }
        Fault::MissingField if path.ends_with("/profile") && method == Method::GET => {
            return with_json(reply, |body| {
                body.as_object_mut().map(|fields| fields.remove("consents"));
            })
            .await;
        }
        Fault::MayBeStored => {
            headers.insert(header::CACHE_CONTROL, value("max-age=60"));
        }
        Fault::OpenCookie => {
            for cookie in cookies(headers) {
                let cookie = cookie.replace("; HttpOnly", "");
                headers.append(header::SET_COOKIE, value(&cookie));
            }
        }
        Fault::CursorCircles => {
            let cursor = uri
                .query()
                .and_then(|query| query.strip_prefix("cursor="))
                .map(str::to_owned);
            if let Some(cursor) = cursor {
                return with_json(reply, |body| {
                    if body["next_cursor"].is_string() {
                        body["next_cursor"] = json!(cursor);
                    }
                })
                .await;
            }
        }
        Fault::Cors => {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, value("*"));
        }
        Fault::AnyBrowser => {
            let mut seen = faulty.seen();
            for cookie in cookies(headers) {
                let pair = cookie.split(';').next().unwrap_or_default();
                seen.sign_ins.push(pair.to_owned());
                headers.append(header::SET_COOKIE, value(&cookie));
            }
        }
        Fault::OldestFirst if path.ends_with("/entries") => {
            return with_json(reply, |body| {
                if let Some(items) = body["items"].as_array_mut() {
                    items.reverse();
                }
            })
            .await;
        }
        Fault::LoginElsewhere => {
            return with_json(reply, |body| {
                if body["login_url"].is_string() {
                    body["login_url"] = json!("https://elsewhere.example/enter");
                }
            })
            .await;
        }
        Fault::NoRetryAfter => {
            headers.remove(header::RETRY_AFTER);
        }
        _ => {}
    }
    reply
}

/// Takes out the cookies that a reply sets.
fn cookies(headers: &mut HeaderMap) -> Vec<String> {
    let set = headers.get_all(header::SET_COOKIE);
    let set = set.iter().filter_map(|cookie| cookie.to_str().ok());
    let set = set.map(str::to_owned).collect();
    headers.remove(header::SET_COOKIE);
    set
}

fn value(text: &str) -> HeaderValue {
    HeaderValue::from_str(text).expect("a header's value")
}

async fn with_json(reply: Response, change: impl FnOnce(&mut Value)) -> Response {
    let (mut head, body) = reply.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.expect("a body");
    let Ok(mut body) = serde_json::from_slice::<Value>(&bytes) else {
        return Response::from_parts(head, Body::from(bytes));
    };
    change(&mut body);
    head.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(head, Body::from(body.to_string()))
}

fn fresh_key(faulty: &Faulty, request: &mut Request) {
    let headers = request.headers_mut();
    if headers.contains_key("idempotency-key") {
        let mut seen = faulty.seen();
        seen.clock += 1;
        let key = format!("00000000-0000-4000-8000-{:012}", seen.clock);
        headers.insert("idempotency-key", value(&key));
    }
}

/// A request for another path with the cookie of `request`.
fn beside(request: &Request, method: Method, path: &str, body: Body) -> Request {
    let mut other = Request::new(body);
    *other.method_mut() = method;
    *other.uri_mut() = path.parse().expect("a path");
    let cookie = request.headers().get(header::COOKIE).cloned();
    other
        .headers_mut()
        .extend(cookie.map(|cookie| (header::COOKIE, cookie)));
    other
}

/// Asks for the wallet of whoever sends the switch `request`.
fn wallet_of(request: &Request) -> Request {
    let path = request.uri().path().replace("/current-card", "/wallet");
    beside(request, Method::GET, &path, Body::empty())
}

async fn json_of(body: Body) -> Value {
    let body = to_bytes(body, usize::MAX).await.expect("a body");
    serde_json::from_slice(&body).unwrap_or_default()
}

async fn any_revision(request: &mut Request, next: Next) {
    if !request.headers().contains_key(header::IF_MATCH) {
        return;
    }
    let reply = next.run(wallet_of(request)).await;
    let wallet = json_of(reply.into_body()).await;
    if let Some(revision) = wallet["revision"].as_str() {
        let revision = value(&format!("\"{revision}\""));
        request.headers_mut().insert(header::IF_MATCH, revision);
    }
}

/// Makes a switch, and only says so where the card is in use already.
async fn unless_in_use(request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let body = json_of(body).await;
    let request = Request::from_parts(head, Body::from(body.to_string()));
    let seen = request.headers().get(header::IF_MATCH).cloned();
    let mut is_done = false;
    let asked = wallet_of(&request);
    let said = with_json(next.clone().run(asked).await, |wallet| {
        let revision = format!("\"{}\"", wallet["revision"].as_str().unwrap_or_default());
        is_done = seen.is_some_and(|seen| seen == revision)
            && wallet["current_card_id"] == body["card_id"];
        wallet
            .as_object_mut()
            .expect("a wallet")
            .retain(|field, _| SWITCHED.contains(&field.as_str()));
    })
    .await;
    match is_done {
        true => said,
        false => next.run(request).await,
    }
}

async fn later(faulty: &Faulty, request: &mut Request, next: Next) {
    let path = request.uri().path().to_owned();
    let account = path
        .split('/')
        .find(|segment| segment.starts_with(faulty.case));
    let (Some(account), true) = (account, path.ends_with("/sms")) else {
        return;
    };
    let offset = {
        let mut seen = faulty.seen();
        seen.clock += 61;
        seen.clock
    };
    let body = json!({ "account": account, "offset_seconds": offset }).to_string();
    let clock = "/sandbox/control/clock";
    let mut put = beside(request, Method::POST, clock, Body::from(body));
    put.headers_mut()
        .insert(header::CONTENT_TYPE, value("application/json"));
    next.run(put).await;
}

fn lend_cookies(faulty: &Faulty, request: &mut Request) {
    if request.uri().path().starts_with("/wechat/callback") {
        let cookies = faulty.seen().sign_ins.join("; ");
        if !cookies.is_empty() {
            request
                .headers_mut()
                .insert(header::COOKIE, value(&cookies));
        }
    }
}

/// Asks as every session that was seen, until a card is found.
async fn as_whoever_can(faulty: &Faulty, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    if let Some(cookie) = request.headers().get(header::COOKIE)
        && path.starts_with("/api/")
    {
        let mut seen = faulty.seen();
        if !seen.sessions.contains(cookie) {
            let cookie = cookie.clone();
            seen.sessions.push(cookie);
        }
    }
    let is_card = request.method() == Method::GET
        && path.rsplit('/').nth(1) == Some("cards")
        && request.headers().contains_key(header::COOKIE);
    if !is_card {
        return next.run(request).await;
    }
    let sessions = faulty.seen().sessions.clone();
    let calls: Vec<Request> = sessions
        .into_iter()
        .map(|session| {
            let mut other = beside(&request, Method::GET, &path, Body::empty());
            other.headers_mut().insert(header::COOKIE, session);
            other
        })
        .collect();
    let own = next.clone().run(request).await;
    if own.status() != StatusCode::NOT_FOUND {
        return own;
    }
    for call in calls {
        let reply = next.clone().run(call).await;
        if reply.status() == StatusCode::OK {
            return reply;
        }
    }
    own
}

/// Says that the session is over, which it is for the browser alone.
async fn signed_out(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let account = path.trim_end_matches("/session");
    let asked = beside(
        &request,
        Method::GET,
        &format!("{account}/profile"),
        Body::empty(),
    );
    if !request.headers().contains_key(header::COOKIE) {
        return next.run(request).await;
    }
    let profile = next.run(asked).await;
    if profile.status() != StatusCode::OK {
        return profile;
    }
    let mut reply = with_json(profile, |body| {
        *body = json!({ "server_time": body["server_time"] });
    })
    .await;
    let cookie = format!("kabao_session=; Path={account}; HttpOnly; SameSite=Lax; Max-Age=0");
    reply
        .headers_mut()
        .insert(header::SET_COOKIE, value(&cookie));
    reply
}
