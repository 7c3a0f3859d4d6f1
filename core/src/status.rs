//! The HTTP statuses that mean something beyond their hundred (RFC 9110).

pub(crate) const UNAUTHORIZED: u16 = 401;
pub(crate) const REQUEST_TIMEOUT: u16 = 408;
pub(crate) const PRECONDITION_FAILED: u16 = 412;
pub(crate) const TOO_MANY_REQUESTS: u16 = 429;
