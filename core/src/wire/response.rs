//! What an HTTP response says: its status first, its body second.

use super::{
    problem::read_problem,
    reply::{fan, server_time},
};
use crate::{
    domain::{id::FanId, timestamp::Timestamp},
    json::Json,
    problem::{ApiError, Problem, ProblemCode},
    status,
};

/// The longest wait that is believed, in seconds: the SMS limits end within a
/// day, and a gateway that asks for more is misconfigured.
const LONGEST_WAIT: u32 = 86_400;

/// What a response says.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The backend's clock, if it was the backend that answered.
    pub server_time: Option<Timestamp>,
    /// Whose reply it is, if it is about a fan and the backend says so.
    pub fan: Option<FanId>,
    /// The JSON of a success, or why there is none.
    pub result: Result<Json, ApiError>,
}

/// Reads a response. A body is believed only as far as its status allows: a
/// gateway's page is what its status says, and nothing but a success can be
/// unreadable. `retry_after` is the header of that name.
#[must_use]
pub fn read_response(status: u16, retry_after: Option<&str>, body: &str) -> Answer {
    let json = Json::parse(body);
    let server_time = json.as_ref().and_then(server_time);
    let fan = json.as_ref().and_then(fan);
    let result = match status {
        // A success that does not tell the time is somebody else's, such as that of a
        // network which wants to be logged in to.
        200..=299 => json
            .filter(|_| server_time.is_some())
            .ok_or(ApiError::Unreadable),
        _ => Err(failure(status, retry_after, json.as_ref())),
    };
    Answer {
        server_time,
        fan,
        result,
    }
}

fn failure(status: u16, retry_after: Option<&str>, body: Option<&Json>) -> ApiError {
    // A date, which the header may hold as well, is not worth a parser.
    let retry_after = retry_after.and_then(|seconds| seconds.trim().parse().ok());
    let problem = body.and_then(|body| read_problem(status, body));
    let problem = match (problem, status) {
        (Some(problem), _) => problem,
        (None, status::TOO_MANY_REQUESTS) => Problem::new(status, ProblemCode::RateLimited),
        (None, status::REQUEST_TIMEOUT) => return ApiError::Timeout,
        (None, _) => {
            return ApiError::Gateway {
                status,
                retry_after: retry_after.and_then(believed),
            };
        }
    };
    ApiError::from(Problem {
        retry_after: problem.retry_after.or(retry_after).and_then(believed),
        ..problem
    })
}

fn believed(seconds: u32) -> Option<u32> {
    (seconds > 0).then(|| seconds.min(LONGEST_WAIT))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::problem::Outcome;

    const HTML: &str = "<html><h1>502 Bad Gateway</h1></html>";

    fn error(status: u16, retry_after: Option<&str>, body: &str) -> ApiError {
        read_response(status, retry_after, body)
            .result
            .expect_err("a failure")
    }

    fn rate_limited(retry_after: Option<u32>) -> ApiError {
        ApiError::from(Problem {
            retry_after,
            ..Problem::new(429, ProblemCode::RateLimited)
        })
    }

    #[test]
    fn a_gateway_s_page_is_what_its_status_says() {
        for body in [HTML, "", "null", "[]", "{}", r#"{"message":"no upstream"}"#] {
            for status in [500, 502, 503, 504, 521] {
                let error = error(status, None, body);
                let gateway = ApiError::Gateway {
                    status,
                    retry_after: None,
                };
                assert_eq!(error, gateway, "{status} {body}");
                assert!(error.is_transient());
                assert_eq!(error.outcome(), Outcome::Unknown);
            }
            for status in [400, 401, 403, 404, 413] {
                let error = error(status, None, body);
                assert!(!error.is_transient(), "{status} {body}");
                assert_eq!(error.outcome(), Outcome::NotDone);
            }
            assert_eq!(error(408, None, body), ApiError::Timeout);
            assert_eq!(error(429, Some("30"), body), rate_limited(Some(30)));
        }
    }

    #[test]
    fn the_header_says_how_long_to_wait_unless_the_problem_does() {
        let wait = |header, body| error(503, header, body).retry_after();
        assert_eq!(wait(Some("30"), HTML), Some(30));
        assert_eq!(wait(Some(" 30 "), HTML), Some(30));
        let problem = r#"{"code":"unavailable","retry_after":5}"#;
        assert_eq!(wait(Some("30"), problem), Some(5));
        assert_eq!(wait(Some("30"), r#"{"code":"unavailable"}"#), Some(30));
        assert_eq!(wait(None, HTML), None);
        for header in [
            "",
            "0",
            "-1",
            "soon",
            "1.5",
            "Wed, 21 Oct 2026 07:28:00 GMT",
        ] {
            assert_eq!(wait(Some(header), HTML), None, "{header}");
        }
        assert_eq!(wait(Some("4294967295"), HTML), Some(86_400));
    }

    #[test]
    fn only_a_success_can_be_unreadable() {
        for body in [HTML, "{\"claim\":{\"id\":\"k1\"", "\u{feff}{}"] {
            assert_eq!(error(200, None, body), ApiError::Unreadable, "{body}");
        }
        assert_eq!(ApiError::Unreadable.outcome(), Outcome::Unknown);
        for status in [301, 400, 404, 500, 503] {
            assert_ne!(error(status, None, HTML), ApiError::Unreadable);
        }
    }

    #[test]
    fn a_success_tells_the_time_or_is_none() {
        for body in ["", "{}", "null", "[]", r#"{"server_time":"noon"}"#] {
            for status in [200, 201, 204] {
                assert_eq!(error(status, None, body), ApiError::Unreadable, "{body}");
            }
        }
        let body = r#"{"server_time":"2026-11-23T13:04:05.678Z"}"#;
        assert_eq!(
            read_response(200, None, body).result,
            Json::parse(body).ok_or(ApiError::Unreadable)
        );
    }

    #[test]
    fn a_problem_keeps_its_status() {
        let unknown = error(503, None, r#"{"code":"on_holiday"}"#);
        assert_eq!(unknown.status(), Some(503));
        assert_eq!(unknown.code(), Some(&ProblemCode::Unknown));
        assert!(unknown.is_transient());
    }

    #[test]
    fn the_backend_s_clock_is_on_problems_too() {
        let body = r#"{"code":"internal","server_time":"2026-11-23T13:04:05.678Z"}"#;
        let at = Some(Timestamp::from_milliseconds(1_795_439_045_678));
        assert_eq!(read_response(500, None, body).server_time, at);
        assert_eq!(read_response(200, None, body).server_time, at);
        assert_eq!(read_response(500, None, HTML).server_time, None);
    }

    #[test]
    fn a_reply_and_a_problem_say_whose_they_are() {
        let fan = |status, body| read_response(status, None, body).fan;
        let f1 = Some(FanId::from("f1"));
        assert_eq!(fan(200, r#"{"fan":"f1"}"#), f1);
        assert_eq!(fan(409, r#"{"code":"another_fan","fan":"f1"}"#), f1);
        for body in [
            "{}",
            HTML,
            r#"{"fan":null}"#,
            r#"{"fan":true}"#,
            r#"{"fan":""}"#,
        ] {
            assert_eq!(fan(200, body), None, "{body}");
        }
    }
}
