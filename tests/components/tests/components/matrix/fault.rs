//! What can come in the place of a good reply.

use kabao::api::transport::{Response, TransportError};
use kabao_core::{
    domain::url::HttpUrl,
    problem::{ApiError, Problem, ProblemCode},
};
use serde_json::{Value, json};

use crate::{backend::Outcome, contract::LATER, replies};

/// Where a good reply has what a fault changes, as JSON pointers.
pub(super) struct Parts {
    /// What nothing can be shown without.
    pub(super) essential: &'static str,
    /// A value of an enumeration, if it has one.
    pub(super) choice: Option<&'static str>,
    /// A number. Where the reply has none, one is added that nobody reads.
    pub(super) number: Option<&'static str>,
    /// A text. Where it may not be just any, one is added that nobody reads.
    pub(super) text: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// No answer until the deadline.
    Silence,
    /// The connection breaks.
    Reset,
    /// The backend has carried the call out, and its reply is lost.
    LostReply,
    /// The page of something that stands before the backend.
    Gateway(u16),
    /// The same with `Retry-After`.
    Busy,
    Empty,
    Truncated,
    OtherShape,
    Missing,
    Null,
    /// A value that the enumeration did not have when the app was built.
    NewChoice,
    NewField,
    /// 2^53 + 1.
    LargeNumber,
    /// 1e400.
    HugeNumber,
    /// 10,000 characters.
    LongText,
    SessionOver,
    NewProblem,
    Internal,
}

/// Every fault, with its name in the table and what that stands for.
pub(super) const FAULTS: &[(Fault, &str, &str)] = &[
    (Fault::Silence, "time", "no answer up to the deadline"),
    (Fault::Reset, "lost", "connection broken, twice"),
    (Fault::LostReply, "done", "carried out, and the reply lost"),
    (
        Fault::Gateway(502),
        "502",
        "a gateway’s page, as the next ones",
    ),
    (Fault::Gateway(503), "503", "unavailable"),
    (Fault::Gateway(504), "504", "gateway time-out"),
    (Fault::Gateway(408), "408", "request time-out"),
    (Fault::Gateway(413), "413", "too large"),
    (Fault::Gateway(429), "429", "too many requests"),
    (Fault::Busy, "429+", "the same with Retry-After"),
    (Fault::Empty, "void", "a success without a body"),
    (Fault::Truncated, "cut", "half of the JSON"),
    (Fault::OtherShape, "form", "JSON of another shape"),
    (Fault::Missing, "miss", "a required field missing"),
    (Fault::Null, "null", "a required field null"),
    (
        Fault::NewChoice,
        "enum",
        "an unknown value of an enumeration",
    ),
    (Fault::NewField, "more", "an unknown field"),
    (Fault::LargeNumber, "2^53", "the number 2^53 + 1"),
    (Fault::HugeNumber, "1e400", "the number 1e400"),
    (Fault::LongText, "10k", "a text of 10,000 characters"),
    (Fault::SessionOver, "401", "not_signed_in"),
    (
        Fault::NewProblem,
        "code",
        "an unknown problem, refused with 409",
    ),
    (Fault::Internal, "500", "internal"),
];

/// Seconds that [`Fault::Busy`] asks for.
pub(super) const WAIT: u32 = 30;
/// Where the backend signs in.
pub(super) const LOGIN: &str = "/enter?account=x";
/// The name of what the app can't know.
pub(super) const NEW: &str = "of_the_future";
/// A field that nobody reads.
const UNREAD: &str = "/of_the_future";

impl Fault {
    /// How a call ends whose good reply would have been `status` and `good`; `None`
    /// if it does not.
    pub(super) fn outcome(self, status: u16, good: &Value, parts: &Parts) -> Option<Outcome> {
        let changed = |change: &dyn Fn(&mut Value)| {
            let mut body = good.clone();
            change(&mut body);
            body.to_string()
        };
        let with = |place: Option<&str>, value: Value| {
            changed(&|body| put(body, place.unwrap_or(UNREAD), value.clone()))
        };
        let body = match self {
            Self::Silence => return None,
            Self::Reset | Self::LostReply => return Some(Err(TransportError::Unreachable)),
            Self::Gateway(status) => return answered(status, None, page()),
            Self::Busy => return answered(429, Some(WAIT.to_string()), page()),
            Self::SessionOver => return refused(401, "not_signed_in"),
            Self::NewProblem => return refused(409, NEW),
            Self::Internal => return refused(500, "internal"),
            Self::Empty => String::new(),
            Self::Truncated => {
                let whole = good.to_string();
                whole.chars().take(whole.chars().count() / 2).collect()
            }
            Self::OtherShape => json!({ "code": 0, "data": good }).to_string(),
            Self::Missing => changed(&|body| remove(body, parts.essential)),
            Self::Null => with(Some(parts.essential), Value::Null),
            Self::NewChoice => with(parts.choice, json!(NEW)),
            Self::NewField => with(None, json!({ "any": ["thing"] })),
            Self::LargeNumber => with(parts.number, json!(9_007_199_254_740_993_u64)),
            // The library's JSON can't hold it.
            Self::HugeNumber => with(parts.number, json!("1e400")).replace("\"1e400\"", "1e400"),
            Self::LongText => with(parts.text, json!("长".repeat(10_000))),
        };
        answered(status, None, body)
    }

    /// What the app has to make of it, where it does not read the reply.
    pub(super) fn error(self) -> ApiError {
        let gateway = |status| ApiError::Gateway {
            status,
            retry_after: None,
        };
        match self {
            Self::Silence | Self::Gateway(408) => ApiError::Timeout,
            Self::Reset | Self::LostReply => ApiError::Offline,
            Self::Busy | Self::Gateway(429) => ApiError::from(ProblemCode::RateLimited),
            Self::Gateway(status) => gateway(status),
            Self::SessionOver => {
                let login_url = HttpUrl::parse(LOGIN).expect("an address");
                ApiError::from(ProblemCode::NotSignedIn { login_url })
            }
            Self::NewProblem => Problem::new(409, ProblemCode::Unknown).into(),
            Self::Internal => Problem::new(500, ProblemCode::Internal).into(),
            _ => ApiError::Unreadable,
        }
    }

    /// Whether the backend has said that it did nothing, and would say so again under
    /// the same key: another try is another wish.
    pub(super) fn is_final(self) -> bool {
        self == Self::NewProblem
    }

    /// Whether the app may try again by itself, once, because a connection breaks for
    /// a moment all the time.
    pub(super) fn is_broken_connection(self) -> bool {
        matches!(self, Self::Reset | Self::LostReply)
    }
}

fn page() -> String {
    "<html><h1>Bad Gateway</h1></html>".to_owned()
}

fn answered(status: u16, retry_after: Option<String>, body: String) -> Option<Outcome> {
    Some(Ok(Response {
        status,
        retry_after,
        body,
    }))
}

fn refused(status: u16, code: &str) -> Option<Outcome> {
    let more = json!({ "server_time": LATER, "login_url": LOGIN });
    let problem = replies::problem(status, code, more);
    answered(status, None, problem.to_string())
}

/// Sets the field at a pointer, which may be a new one.
fn put(body: &mut Value, pointer: &str, value: Value) {
    let (parent, name) = parted(body, pointer);
    parent.insert(name, value);
}

fn remove(body: &mut Value, pointer: &str) {
    let (parent, name) = parted(body, pointer);
    parent.remove(&name).expect("it was there");
}

/// The object that a pointer leads into, and the name of the field in it.
fn parted<'a>(
    body: &'a mut Value,
    pointer: &str,
) -> (&'a mut serde_json::Map<String, Value>, String) {
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let parent = body.pointer_mut(parent).and_then(Value::as_object_mut);
    (parent.expect("an object"), name.to_owned())
}
