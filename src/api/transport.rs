//! The seam between the app and its backend.

use std::{future::Future, pin::Pin};

use kabao_core::endpoint::Method;

/// A request, ready to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its method.
    pub method: Method,
    /// Its path and query on the app's own origin.
    pub path: String,
    /// `Idempotency-Key`, on every POST.
    pub idempotency_key: Option<String>,
    /// The wallet's revision for `If-Match`, without quotes.
    pub if_match: Option<String>,
    /// Its JSON.
    pub body: Option<String>,
}

/// A reply, as it came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The body's text.
    pub body: String,
}

/// Why there is no reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportError {
    /// The backend could not be reached, or the connection broke.
    Unreachable,
    /// No reply came in time.
    Timeout,
}

/// A reply that is on its way.
pub type PendingResponse = Pin<Box<dyn Future<Output = Result<Response, TransportError>>>>;

/// Carries requests to a backend and its replies back.
pub trait Transport {
    /// Sends `request`.
    fn send(&self, request: Request) -> PendingResponse;
}
