//! What a claim asks of the store.

use super::{
    call::{CallId, Read, Write},
    saved::Saved,
};
use crate::domain::{idempotency_key::IdempotencyKey, url::HttpUrl, wallet::Wallet};

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
    /// What is known of the wallet is out of date since `call` was made. Take
    /// the wallet of its reply, or ask for it anew when it is next shown.
    WalletChanged {
        call: CallId,
        wallet: Option<Box<Wallet>>,
    },
    Toast(Toast),
    /// The session is over.
    SignIn {
        login_url: HttpUrl,
    },
    /// This page is another fan's: reload it.
    AnotherFan,
}

/// A short message that passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toast {
    CodeResent,
}
