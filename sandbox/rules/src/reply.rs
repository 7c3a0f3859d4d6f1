//! A reply, independent of how it is sent.

use serde::Serialize;
use serde_json::Value;

use crate::{
    id::{AccountId, SessionToken},
    problem::{Code, Problem},
    timestamp::Timestamp,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    pub body: Body,
    /// What happens to the session's cookie.
    pub session: SessionChange,
    /// What happens to the cookie of a sign-in.
    pub sign_in: SignInChange,
    /// `Allow`: the methods that the path has, where they were asked for or another was.
    pub allow: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Body {
    Empty,
    /// `application/json`.
    Json(Value),
    /// `application/problem+json`.
    Problem(Value),
    /// The target of a redirect.
    Redirect(String),
    /// `image/svg+xml`.
    Svg(String),
}

/// What happens to the session's cookie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SessionChange {
    Keep,
    /// Sets it for this account's paths only.
    Set {
        account: AccountId,
        token: SessionToken,
    },
    Clear {
        account: AccountId,
    },
}

/// What happens to the cookie of a sign-in, which only the callback of its account may see.
///
/// A browser has a few such cookies, told apart by `slot`: so many sign-ins can be under
/// way at once, as in two tabs, and no more can pile up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInChange {
    Keep,
    Begin {
        account: AccountId,
        slot: u32,
        value: String,
        /// In seconds.
        lives: i64,
    },
    End {
        account: AccountId,
        slot: u32,
    },
}

impl Reply {
    /// Adds `server_time`, which every reply of the contract carries.
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
            sign_in: SignInChange::Keep,
            allow: None,
        }
    }

    #[must_use]
    pub fn problem(problem: Problem, now: Timestamp) -> Self {
        Self {
            status: problem.status(),
            body: Body::Problem(problem.into_body(now)),
            session: SessionChange::Keep,
            sign_in: SignInChange::Keep,
            allow: None,
        }
    }

    /// The methods of a path.
    pub(crate) fn methods(allow: String) -> Self {
        Self {
            status: 204,
            body: Body::Empty,
            session: SessionChange::Keep,
            sign_in: SignInChange::Keep,
            allow: Some(allow),
        }
    }

    /// Refuses a method that the path doesn't have. The contract has no problem of that, as
    /// no client of it can meet one, so it is a bad request with HTTP's status for it.
    pub(crate) fn other_method(allow: String, now: Timestamp) -> Self {
        const METHOD_NOT_ALLOWED: u16 = 405;
        let problem = Problem::new(Code::BadRequest).of_status(METHOD_NOT_ALLOWED);
        Self {
            allow: Some(allow),
            ..Self::problem(problem, now)
        }
    }

    /// The problem's `retry_after`, in seconds.
    #[must_use]
    pub fn retry_after(&self) -> Option<u64> {
        match &self.body {
            Body::Problem(body) => body.get("retry_after")?.as_u64(),
            _ => None,
        }
    }

    /// Adds `fan`, which every reply about a fan carries.
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
            sign_in: SignInChange::Keep,
            allow: None,
        }
    }

    pub(crate) fn with_session(self, session: SessionChange) -> Self {
        Self { session, ..self }
    }

    pub(crate) fn with_sign_in(self, sign_in: SignInChange) -> Self {
        Self { sign_in, ..self }
    }
}
