//! What all replies have in common.

use super::fields::Fields;
use crate::{
    domain::{id::FanId, timestamp::Timestamp},
    json::Json,
};

/// A reply that lacks what nothing can be shown without.
///
/// It says no more than that: the cause could quote the reply, and a reply can
/// hold what must not reach a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WireError;

/// A value that the body of a successful reply is read into.
pub trait Reply: Sized {
    /// # Errors
    ///
    /// [`WireError`] if the reply lacks what is essential to it.
    fn read(reply: &Json) -> Result<Self, WireError>;
}

/// The backend's clock, which every reply and every problem carries.
#[must_use]
pub fn server_time(reply: &Json) -> Option<Timestamp> {
    Fields::of(reply)?.time("server_time")
}

/// The fan whose reply it is.
#[must_use]
pub fn fan(reply: &Json) -> Option<FanId> {
    Fields::of(reply)?.id("fan")
}

/// Reads a reply that is an object.
pub(super) fn read_object<T>(
    reply: &Json,
    read: fn(Fields<'_>) -> Option<T>,
) -> Result<T, WireError> {
    Fields::of(reply).and_then(read).ok_or(WireError)
}

/// The backend's word that it is done, and nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Acknowledged;

impl Reply for Acknowledged {
    fn read(_: &Json) -> Result<Self, WireError> {
        Ok(Self)
    }
}
