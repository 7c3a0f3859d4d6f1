//! Turns HTTP requests into requests of the rules, and their replies into HTTP.

use std::{sync::Arc, time::Duration};

use axum::{
    body::{Bytes, to_bytes},
    extract::{Request as HttpRequest, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kabao_rules::{
    id::{AccountId, WorldId},
    problem::{Code, Problem},
    reply::{Body, Reply, SessionChange, SignInChange},
    report::Report,
    request::{Method, Request},
};

use crate::{
    backend::{time_in, world_of},
    broken,
    connections::LONGEST_BODY,
    error::{BackendError, tell},
    faults::{Fault, Rule},
    head,
    sandbox::Sandbox,
};

const COOKIE: &str = "kabao_session";
/// Followed by the slot of the sign-in.
const SIGN_IN_COOKIE: &str = "kabao_sign_in_";
/// The path to which pages report what fans were shown.
const REPORTS: &str = "/api/v1/reports";

pub(crate) async fn handle(State(sandbox): State<Arc<Sandbox>>, request: HttpRequest) -> Response {
    let request = read(request).await;
    let world = sandbox.backend.read(|state| world_of(state, &request));
    let account = world.map_or_else(String::new, |world| world.to_string());
    let method = request.method.name();
    let rule = sandbox.faults.take(&account, method, &request.path);
    let log = sandbox.requests.as_ref().map(|log| {
        let fault = rule.as_ref().map(|rule| rule.fault.clone());
        (log, log.arrived(&account, method, &request.path, fault))
    });
    let response = match rule {
        None => answer(&sandbox, &request),
        Some(rule) => go_wrong(&sandbox, &request, rule).await,
    };
    if let Some((log, place)) = log {
        log.answered(place, response.status().as_u16());
    }
    response
}

async fn go_wrong(sandbox: &Sandbox, request: &Request, rule: Rule) -> Response {
    match rule.fault {
        Fault::Problem(code) => staged(sandbox, &rule.account, &code, rule.retry_after),
        Fault::Gateway(status) => broken::gateway(status, rule.retry_after),
        Fault::DelayMs(delay) => {
            tokio::time::sleep(Duration::from_millis(delay)).await;
            answer(sandbox, request)
        }
        Fault::DelayReplyMs(delay) => {
            let reply = answer(sandbox, request);
            tokio::time::sleep(Duration::from_millis(delay)).await;
            reply
        }
        Fault::HoldReply => {
            let reply = answer(sandbox, request);
            sandbox.faults.cleared(&rule.account).await;
            reply
        }
        Fault::Hang => std::future::pending().await,
        Fault::Reset => broken::reset(),
        Fault::LoseReply => broken::lost(answer(sandbox, request)),
        Fault::EmptyBody => broken::with_body(answer(sandbox, request), |_| Bytes::new()).await,
        Fault::TruncatedBody => {
            broken::with_body(answer(sandbox, request), |body| {
                body.slice(..body.len() / 2)
            })
            .await
        }
        Fault::AnotherShape => {
            let shape = Bytes::from_static(b"{\"ok\":true,\"data\":[]}");
            broken::with_body(answer(sandbox, request), |_| shape).await
        }
    }
}

fn answer(sandbox: &Sandbox, request: &Request) -> Response {
    match sandbox.backend.answer(request) {
        Ok(reply) => {
            if let Some(contract) = &sandbox.contract {
                contract.check(request, &reply);
            }
            if request.path == REPORTS && reply.status == 200 {
                count(sandbox, request);
            }
            response(reply)
        }
        Err(error) => {
            tell(&error);
            unavailable(sandbox, request)
        }
    }
}

/// A report was taken.
fn count(sandbox: &Sandbox, request: &Request) {
    if let Some(report) = Report::read(&request.body) {
        let now = sandbox.backend.read(|state| time_in(state, None));
        sandbox.reports.add(report, now);
    }
}

/// What can't be stored is not done.
fn unavailable(sandbox: &Sandbox, request: &Request) -> Response {
    sandbox.backend.read(|state| {
        let world = world_of(state, request);
        let account = world.as_ref().map_or("", WorldId::as_str);
        let now = time_in(state, world.as_ref());
        let problem = Problem::unavailable(state, &AccountId::from(account), now);
        response(Reply::problem(problem, now))
    })
}

/// The store failed, so nothing was changed.
pub(crate) fn failed(error: &BackendError) -> Response {
    tell(error);
    (StatusCode::SERVICE_UNAVAILABLE, error.to_string()).into_response()
}

fn staged(sandbox: &Sandbox, account: &str, code: &str, retry_after: Option<u32>) -> Response {
    let Some(known) = Code::by_text(code) else {
        // A problem of a later version of the contract.
        let body = serde_json::json!({ "type": "about:blank", "code": code, "status": 409 });
        return json(StatusCode::CONFLICT, "application/problem+json", &body);
    };
    sandbox.backend.read(|state| {
        let account = AccountId::from(account);
        let world = state.accounts.get(&account).map(|account| &account.world);
        let now = time_in(state, world);
        let mut problem = Problem::staged(known, state, &account, now);
        if let Some(seconds) = retry_after {
            problem = problem.with("retry_after", seconds);
        }
        response(Reply::problem(problem, now))
    })
}

async fn read(request: HttpRequest) -> Request {
    let (parts, body) = request.into_parts();
    // It has arrived, and is no longer than it may be: `connections` sees to that.
    let body = to_bytes(body, LONGEST_BODY).await.unwrap_or_default();
    let text = |name: &str| {
        parts
            .headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    Request {
        method: match parts.method.as_str() {
            "GET" => Method::Get,
            "HEAD" => Method::Head,
            "POST" => Method::Post,
            "PUT" => Method::Put,
            "DELETE" => Method::Delete,
            "OPTIONS" => Method::Options,
            _ => Method::Other,
        },
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        session: head::cookie(&parts.headers, COOKIE),
        sign_ins: head::cookies(&parts.headers)
            .filter(|(name, _)| name.starts_with(SIGN_IN_COOKIE))
            .map(|(_, value)| value.to_owned())
            .collect(),
        address: Some(head::address(&parts.headers)),
        idempotency_key: text("idempotency-key"),
        if_match: text("if-match"),
        fan: text("kabao-fan"),
        accept_language: text("accept-language"),
        sender: head::sender(&parts.headers),
        media: head::media(&parts.headers),
        body: String::from_utf8_lossy(&body).into_owned(),
    }
}

pub(crate) fn response(reply: Reply) -> Response {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let retry_after = reply.retry_after();
    let mut response = match reply.body {
        Body::Empty => status.into_response(),
        Body::Json(body) => json(status, "application/json", &body),
        Body::Problem(body) => json(status, "application/problem+json", &body),
        Body::Redirect(location) => (status, [(header::LOCATION, location)]).into_response(),
        Body::Svg(picture) => {
            (status, [(header::CONTENT_TYPE, "image/svg+xml")], picture).into_response()
        }
    };
    let headers = response.headers_mut();
    if let Some(seconds) = retry_after {
        headers.insert(header::RETRY_AFTER, seconds.into());
    }
    if let Some(allow) = reply
        .allow
        .and_then(|allow| HeaderValue::from_str(&allow).ok())
    {
        headers.insert(header::ALLOW, allow);
    }
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    // No cache on the way may keep what is about a person.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let session = match reply.session {
        SessionChange::Keep => None,
        SessionChange::Set { account, token } => Some(format!(
            "{COOKIE}={token}; Path=/api/v1/accounts/{account}; HttpOnly; SameSite=Lax"
        )),
        SessionChange::Clear { account } => Some(format!(
            "{COOKIE}=; Path=/api/v1/accounts/{account}; HttpOnly; SameSite=Lax; Max-Age=0"
        )),
    };
    let sign_in = match reply.sign_in {
        SignInChange::Keep => None,
        SignInChange::Begin {
            account,
            slot,
            value,
            lives,
        } => Some(sign_in_cookie(&account, slot, &value, lives)),
        SignInChange::End { account, slot } => Some(sign_in_cookie(&account, slot, "", 0)),
    };
    for cookie in [session, sign_in].into_iter().flatten() {
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            headers.append(header::SET_COOKIE, cookie);
        }
    }
    response
}

/// Only the callback sees it. It has to be `Lax`, because WeChat's page leads there.
fn sign_in_cookie(account: &AccountId, slot: u32, value: &str, lives: i64) -> String {
    format!(
        "{SIGN_IN_COOKIE}{slot}={value}; Path=/wechat/callback/{account}; HttpOnly; SameSite=Lax; \
         Max-Age={lives}"
    )
}

fn json(status: StatusCode, content_type: &'static str, body: &serde_json::Value) -> Response {
    (
        status,
        [(header::CONTENT_TYPE, content_type)],
        body.to_string(),
    )
        .into_response()
}
