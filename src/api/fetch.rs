//! The transport of a real page: the browser's fetch.

use gloo_net::http::RequestBuilder;

use kabao_core::endpoint::Method;

use super::transport::{PendingResponse, Request, Response, Transport, TransportError};
use crate::browser::{
    boot::{EarlyError, EarlyRequest},
    request::{AbortOnDrop, CACHE},
};

/// Sends requests over the network, to the page's own origin.
#[derive(Debug, Default)]
pub struct Fetch;

impl Transport for Fetch {
    fn send(&self, request: Request) -> PendingResponse {
        Box::pin(async move {
            if request.method == Method::Get
                && let Some(early) = EarlyRequest::take(&request.path)
            {
                match early.reply().await {
                    Ok(reply) => {
                        return whole(Response {
                            status: reply.status,
                            retry_after: reply.retry_after,
                            body: reply.body,
                        });
                    }
                    Err(EarlyError::Timeout) => return Err(TransportError::Timeout),
                    Err(EarlyError::Unreachable | EarlyError::Old) => {}
                }
            }
            let response = fetch(&request).await;
            whole(response.map_err(|_| TransportError::Unreachable)?)
        })
    }
}

/// Tells a success without a body from a reply: the contract has none, and some
/// versions of WebKit say nothing of a connection that broke off behind the
/// header.
fn whole(response: Response) -> Result<Response, TransportError> {
    if matches!(response.status, 200..300) && response.body.is_empty() {
        return Err(TransportError::Unreachable);
    }
    Ok(response)
}

async fn fetch(request: &Request) -> Result<Response, gloo_net::Error> {
    let abort = AbortOnDrop::new();
    let signal = abort.signal();
    let mut builder = RequestBuilder::new(&request.path)
        .method(method(request.method))
        .header("Accept", "application/json")
        .header("Accept-Language", request.accept_language)
        .cache(CACHE)
        .abort_signal(signal.as_ref());
    let revision = request.if_match.as_ref().map(|it| format!("\"{it}\""));
    for (name, value) in [
        ("Idempotency-Key", &request.idempotency_key),
        ("If-Match", &revision),
        ("Kabao-Fan", &request.fan),
    ] {
        if let Some(value) = value.as_deref().filter(|value| fits_in_a_header(value)) {
            builder = builder.header(name, value);
        }
    }
    let response = match &request.body {
        Some(body) => builder
            .header("Content-Type", "application/json")
            .body(body)?
            .send(),
        None => builder.build()?.send(),
    }
    .await?;
    Ok(Response {
        status: response.status(),
        retry_after: response.headers().get("Retry-After"),
        body: response.text().await?,
    })
}

/// Whether `value`, which the backend has chosen, can be sent as a header. The
/// browser throws at what can't, and the request would be lost with it: without
/// the header the backend says what it thinks of that.
fn fits_in_a_header(value: &str) -> bool {
    value.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

const fn method(method: Method) -> gloo_net::http::Method {
    match method {
        Method::Get => gloo_net::http::Method::GET,
        Method::Post => gloo_net::http::Method::POST,
        Method::Put => gloo_net::http::Method::PUT,
        Method::Delete => gloo_net::http::Method::DELETE,
    }
}
