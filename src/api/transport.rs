//! The seam between the app and its backend.

use std::{cell::Cell, future::Future, pin::Pin, rc::Rc};

use kabao_core::endpoint::Method;

/// A request, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub method: Method,
    /// Its path and query on the app's own origin.
    pub path: String,
    /// `Idempotency-Key`, on every POST.
    pub idempotency_key: Option<String>,
    /// `Kabao-Fan`, on every write: the fan whose data the page shows.
    pub fan: Option<String>,
    /// `Accept-Language`: the language of the page, for the backend's own words.
    pub accept_language: &'static str,
    /// The wallet's revision for `If-Match`, without quotes.
    pub if_match: Option<String>,
    /// Its JSON.
    pub body: Option<String>,
}

/// A reply, as it came in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The header `Retry-After`.
    pub retry_after: Option<String>,
    /// The body's text.
    pub body: String,
}

/// Why there is no reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// The backend could not be reached, or the connection broke.
    Unreachable,
    /// The transport gave up waiting. It need not: the client sets a time limit
    /// to every request.
    Timeout,
}

/// A reply that is on its way. To drop it is to abort the request.
pub type PendingResponse = Pin<Box<dyn Future<Output = Result<Response, TransportError>>>>;

/// Carries requests to a backend and its replies back.
pub trait Transport {
    /// Sends `request`, which takes as long as it takes.
    fn send(&self, request: Request) -> PendingResponse;
}

/// Counts the requests that another transport carries.
pub(super) struct Counting {
    pub(super) transport: Rc<dyn Transport>,
    pub(super) sent: Rc<Cell<u32>>,
}

impl Transport for Counting {
    fn send(&self, request: Request) -> PendingResponse {
        self.sent.set(self.sent.get() + 1);
        self.transport.send(request)
    }
}
