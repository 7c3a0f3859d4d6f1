//! What a claim asks of the store.

use super::{
    call::{CallId, Read, Write},
    saved::Saved,
};
use crate::{
    domain::{idempotency_key::IdempotencyKey, wallet::Wallet},
    problem::ApiError,
};

/// Carried out in the order given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Make the call, and tell its end as `Event::Replied`.
    Read {
        call: CallId,
        read: Read,
    },
    /// Make the call with this key, and tell its end as `Event::Replied`, also
    /// when the page has been left.
    Write {
        call: CallId,
        write: Write,
        key: IdempotencyKey,
    },
    /// Keep this for the visit, in place of what was kept.
    Save(Saved),
    /// What is known of the wallet is out of date since the call was made whose end
    /// was told. Take the wallet of its reply, or ask for it anew.
    WalletChanged(Option<Box<Wallet>>),
    Toast(Toast),
    /// Leave this to whoever owns the session: it is over, or another fan's.
    SessionFailed(ApiError),
}

/// A short message that passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toast {
    CodeResent,
}
