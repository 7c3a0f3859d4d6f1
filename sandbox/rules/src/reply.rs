//! What is answered.

use serde::Serialize;
use serde_json::Value;

use crate::{
    id::{AccountId, SessionToken},
    problem::Problem,
    timestamp::Timestamp,
};

/// A reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: Body,
    /// What becomes of the session's cookie.
    pub session: SessionChange,
}

/// The body of a reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    /// None.
    Empty,
    /// `application/json`.
    Json(Value),
    /// `application/problem+json`.
    Problem(Value),
    /// `Location`.
    Redirect(String),
    /// `image/svg+xml`.
    Svg(String),
}

/// What becomes of the session's cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionChange {
    /// Nothing.
    Keep,
    /// It is set, for this account's paths only.
    Set {
        /// The account.
        account: AccountId,
        /// The secret.
        token: SessionToken,
    },
    /// It is taken away.
    Clear {
        /// The account.
        account: AccountId,
    },
}

impl Reply {
    /// `body` with the present time, as the contract asks of every reply.
    pub(crate) fn json(status: u16, now: Timestamp, body: &impl Serialize) -> Self {
        // The replies are plain structures, which serde_json can always write.
        let mut body = serde_json::to_value(body).unwrap_or_default();
        if let Value::Object(fields) = &mut body {
            fields.insert("server_time".to_owned(), now.rfc3339().into());
        }
        Self {
            status,
            body: Body::Json(body),
            session: SessionChange::Keep,
        }
    }

    /// A problem.
    #[must_use]
    pub fn problem(problem: Problem, now: Timestamp) -> Self {
        Self {
            status: problem.status(),
            body: Body::Problem(problem.into_body(now)),
            session: SessionChange::Keep,
        }
    }

    /// Seconds after which the call may be tried again, if the reply says so.
    #[must_use]
    pub fn retry_after(&self) -> Option<u64> {
        match &self.body {
            Body::Problem(body) => body.get("retry_after")?.as_u64(),
            _ => None,
        }
    }

    /// The same reply, naming the fan that it is about.
    pub(crate) fn of_fan(mut self, fan: &str) -> Self {
        if let Body::Json(Value::Object(fields)) | Body::Problem(Value::Object(fields)) =
            &mut self.body
        {
            fields.insert("fan".to_owned(), fan.into());
        }
        self
    }

    pub(crate) fn redirect(location: String) -> Self {
        Self {
            status: 302,
            body: Body::Redirect(location),
            session: SessionChange::Keep,
        }
    }

    pub(crate) fn with_session(self, session: SessionChange) -> Self {
        Self { session, ..self }
    }
}
