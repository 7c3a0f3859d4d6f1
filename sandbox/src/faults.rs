//! What goes wrong on purpose, so that tests can see what the app makes of it.

use std::sync::{Mutex, PoisonError};

use serde::Deserialize;

/// What goes wrong.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Fault {
    /// The backend answers with this problem.
    Problem(String),
    /// The answer comes this many milliseconds late.
    DelayMs(u64),
    /// The request is carried out, but its answer is lost.
    LoseReply(bool),
    /// There is no answer at all.
    Hang(bool),
}

/// Where and how often.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Rule {
    pub(crate) account: String,
    pub(crate) method: Option<String>,
    /// How the path ends.
    pub(crate) path: String,
    pub(crate) fault: Fault,
    pub(crate) times: u32,
}

/// The faults that are still to happen.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    rules: Mutex<Vec<Rule>>,
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
    }

    /// The fault that happens to this request, if one does; it is used up.
    pub(crate) fn take(&self, method: &str, path: &str) -> Option<Fault> {
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        let account = path.strip_prefix("/api/v1/accounts/")?.split('/').next()?;
        let rule = rules.iter_mut().find(|rule| {
            rule.times > 0
                && rule.account == account
                && rule.method.as_deref().is_none_or(|wanted| wanted == method)
                && path.ends_with(&rule.path)
        })?;
        rule.times -= 1;
        Some(rule.fault.clone())
    }
}
