//! The transport of a real page: the browser's fetch.

use gloo_net::http::RequestBuilder;

use kabao_core::endpoint::Method;

use super::transport::{PendingResponse, Request, Response, Transport, TransportError};
use crate::browser::{
    boot::{EarlyError, EarlyRequest},
    clock::Deadline,
};

/// How long to wait for a reply, in milliseconds. A phone in a basement
/// restaurant is slow; a fan who sees nothing for longer gives up.
const PATIENCE: i32 = 15_000;

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
                        return Ok(Response {
                            status: reply.status,
                            body: reply.body,
                        });
                    }
                    Err(EarlyError::Timeout) => return Err(TransportError::Timeout),
                    Err(EarlyError::Unreachable) => {}
                }
            }
            let deadline = Deadline::after(PATIENCE);
            fetch(&request, &deadline).await.map_err(|_| {
                if deadline.has_passed() {
                    TransportError::Timeout
                } else {
                    TransportError::Unreachable
                }
            })
        })
    }
}

async fn fetch(request: &Request, deadline: &Deadline) -> Result<Response, gloo_net::Error> {
    let signal = deadline.signal();
    let mut builder = RequestBuilder::new(&request.path)
        .method(method(request.method))
        .header("Accept", "application/json")
        .abort_signal(signal.as_ref());
    if let Some(key) = &request.idempotency_key {
        builder = builder.header("Idempotency-Key", key);
    }
    if let Some(revision) = &request.if_match {
        builder = builder.header("If-Match", &format!("\"{revision}\""));
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
        body: response.text().await?,
    })
}

const fn method(method: Method) -> gloo_net::http::Method {
    match method {
        Method::Get => gloo_net::http::Method::GET,
        Method::Post => gloo_net::http::Method::POST,
        Method::Put => gloo_net::http::Method::PUT,
        Method::Delete => gloo_net::http::Method::DELETE,
    }
}
