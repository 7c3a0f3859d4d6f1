//! Fault injection: what goes wrong on purpose, to see what the app does.

use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use tokio::sync::Notify;

#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Fault {
    /// The backend answers with the problem of this code and does nothing. A code
    /// that the contract lacks stands for a problem of the future.
    Problem(String),
    /// A gateway before the backend answers with this status and an HTML page. The
    /// backend never sees the request.
    Gateway(u16),
    /// The request reaches the backend this many milliseconds late.
    DelayMs(u64),
    /// The request is carried out at once, and its reply comes this many
    /// milliseconds late: by then it may be out of date.
    DelayReplyMs(u64),
    /// The request is carried out at once, and its reply comes when the account's
    /// faults are cleared.
    HoldReply,
    /// The request is not carried out and never answered.
    Hang,
    /// The connection closes before anything was done or said. A browser then sends
    /// the request once more by itself if the connection had been used before, so a
    /// test that wants the app to notice breaks it twice.
    Reset,
    /// The request is carried out, and the connection breaks after the head of the
    /// reply. No browser sends such a request again by itself.
    LoseReply,
    /// The request is carried out, and the reply comes without its body.
    EmptyBody,
    /// The request is carried out, and the reply's JSON ends in the middle.
    TruncatedBody,
    /// The request is carried out, and the reply is JSON of another shape.
    AnotherShape,
}

/// Where a fault happens, and how often.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rule {
    /// The account of a world: a call of its older account and of its table codes is
    /// subject to the rule too.
    pub(crate) account: String,
    /// Any method if there is none.
    pub(crate) method: Option<String>,
    /// How the path ends.
    pub(crate) path: String,
    pub(crate) fault: Fault,
    pub(crate) times: u32,
    /// Seconds, for a problem or a gateway's page.
    pub(crate) retry_after: Option<u32>,
}

#[derive(Debug, Default)]
pub(crate) struct Faults {
    rules: Mutex<Vec<Rule>>,
    has_cleared: Notify,
}

impl Faults {
    pub(crate) fn add(&self, rule: Rule) {
        self.rules
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(rule);
    }

    pub(crate) fn clear(&self, account: &str) {
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        rules.retain(|rule| rule.account != account);
        drop(rules);
        self.has_cleared.notify_waiters();
    }

    /// Waits until an account has no replies to hold.
    pub(crate) async fn cleared(&self, account: &str) {
        let holds = |rule: &Rule| rule.account == account && rule.fault == Fault::HoldReply;
        loop {
            // From here on a notification is not missed.
            let has_cleared = self.has_cleared.notified();
            let is_held = {
                let rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
                rules.iter().any(holds)
            };
            if !is_held {
                return;
            }
            has_cleared.await;
        }
    }

    /// The rule that applies to this request; one of its `times` is used up.
    pub(crate) fn take(&self, account: &str, method: &str, path: &str) -> Option<Rule> {
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        let rule = rules.iter_mut().find(|rule| {
            rule.times > 0
                && rule.account == account
                && rule.method.as_deref().is_none_or(|wanted| wanted == method)
                && path.ends_with(&rule.path)
        })?;
        rule.times -= 1;
        Some(rule.clone())
    }
}
