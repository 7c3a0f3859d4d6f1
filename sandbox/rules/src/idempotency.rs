//! Answers a repeated POST without carrying it out again.

use crate::{
    change::Change,
    draft::Draft,
    hash::fnv_1a,
    id::FanId,
    problem::{Code, Problem},
    reply::{Body, Reply, SessionChange, SignInChange},
    request::Request,
    state::StoredAnswer,
};

/// In seconds; the contract says 24 hours.
pub(crate) const RETENTION: i64 = 24 * 60 * 60;

/// Replays the stored answer of the same request, or else runs `act` and stores its answer
/// if that is final.
///
/// Changes that `act` made before it returned a problem are kept: a wrong code counts.
pub(crate) fn once(
    draft: &mut Draft<'_>,
    fan: &FanId,
    request: &Request,
    act: impl FnOnce(&mut Draft<'_>) -> Result<Reply, Problem>,
) -> Result<Reply, Problem> {
    let now = draft.now();
    let key = request
        .idempotency_key
        .clone()
        .filter(|key| is_uuid(key))
        .ok_or(Problem::new(Code::BadRequest))?;
    let digest = digest(request);
    let stored = draft
        .state()
        .answers
        .get(&(fan.clone(), key.clone()))
        .filter(|answer| answer.at.plus_seconds(RETENTION) > now);
    if let Some(answer) = stored {
        return if answer.digest == digest {
            Ok(replayed(answer, now.rfc3339()))
        } else {
            Err(Problem::new(Code::IdempotencyKeyReused))
        };
    }
    let reply = act(draft).unwrap_or_else(|problem| Reply::problem(problem, now));
    if let Some(body) = final_body(&reply) {
        let answer = StoredAnswer {
            fan: fan.clone(),
            key,
            digest,
            status: reply.status,
            body: body.clone(),
            at: now,
        };
        draft.put(Change::PutAnswer(answer));
    }
    Ok(reply)
}

/// The body of a reply that another try wouldn't change: not 429 or 5xx, which pass with
/// time, and not a captcha, which a person can solve.
fn final_body(reply: &Reply) -> Option<&serde_json::Value> {
    let (Body::Json(body) | Body::Problem(body)) = &reply.body else {
        return None;
    };
    let asks_captcha =
        body.get("code").and_then(|code| code.as_str()) == Some(Code::CaptchaRequired.text());
    (reply.status != 429 && reply.status < 500 && !asks_captcha).then_some(body)
}

/// The stored answer with the present `server_time`.
fn replayed(answer: &StoredAnswer, server_time: String) -> Reply {
    let mut body = answer.body.clone();
    if let Some(fields) = body.as_object_mut() {
        fields.insert("server_time".to_owned(), server_time.into());
    }
    Reply {
        status: answer.status,
        body: if answer.status < 400 {
            Body::Json(body)
        } else {
            Body::Problem(body)
        },
        session: SessionChange::Keep,
        sign_in: SignInChange::Keep,
        allow: None,
    }
}

fn digest(request: &Request) -> u64 {
    fnv_1a(request.path.bytes().chain([0]).chain(request.body.bytes()))
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(index, byte)| match index {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timestamp::Timestamp;

    #[test]
    fn what_passes_with_time_or_a_captcha_is_not_final() {
        let is_final = |code| {
            let now = Timestamp::from_milliseconds(0);
            final_body(&Reply::problem(Problem::new(code), now)).is_some()
        };
        for code in [
            Code::SmsTooFast,
            Code::CaptchaRequired,
            Code::Internal,
            Code::Unavailable,
        ] {
            assert!(!is_final(code), "{code:?}");
        }
        for code in [Code::BadRequest, Code::CodeWrong, Code::CardAlreadyBound] {
            assert!(is_final(code), "{code:?}");
        }
    }
}
