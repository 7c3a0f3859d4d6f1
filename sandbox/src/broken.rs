//! Replies as they come from a gateway, or over a connection that breaks.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};

use axum::{
    body::{Body, Bytes, HttpBody, to_bytes},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use http_body::Frame;
use tokio::time::{Sleep, sleep};

/// Enough for the head to be flushed before the connection breaks.
const HEAD_LEAVES: Duration = Duration::from_millis(50);

/// A gateway's own page: it has no backend to ask, or refuses the request itself.
pub(crate) fn gateway(status: u16, retry_after: Option<u32>) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    let page = format!(
        "<html>\r\n<head><title>{status}</title></head>\r\n<body>\r\n<center><h1>{status}</h1>\
         </center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
    );
    let content_type = [(header::CONTENT_TYPE, "text/html")];
    let mut response = (status, content_type, page).into_response();
    if let Some(seconds) = retry_after {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

/// Closes the connection without a reply.
pub(crate) fn reset() -> Response {
    Response::new(Body::new(Breaking::AtOnce))
}

/// Sends only the head of `reply`. Its cookie is lost with it.
pub(crate) fn lost(reply: Response) -> Response {
    let (mut head, _) = reply.into_parts();
    head.headers.remove(header::CONTENT_LENGTH);
    head.headers.remove(header::SET_COOKIE);
    let body = Breaking::AfterTheHead(Box::pin(sleep(HEAD_LEAVES)));
    Response::from_parts(head, Body::new(body))
}

/// Replaces the body of `reply`.
pub(crate) async fn with_body(
    reply: Response,
    change: impl FnOnce(&Bytes) -> Bytes + Send,
) -> Response {
    let (mut head, body) = reply.into_parts();
    // The bodies of the sandbox are in memory, so reading one can't fail.
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let body = change(&body);
    head.headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
    Response::from_parts(head, Body::from(body))
}

/// A body that fails, upon which the server closes the connection.
enum Breaking {
    AtOnce,
    AfterTheHead(Pin<Box<Sleep>>),
}

impl HttpBody for Breaking {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        if let Self::AfterTheHead(sleep) = &mut *self {
            ready!(sleep.as_mut().poll(context));
        }
        Poll::Ready(Some(Err(std::io::ErrorKind::ConnectionReset.into())))
    }
}
