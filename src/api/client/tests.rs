//! The client over a backend that always answers the same.

use std::cell::RefCell;

use core::task::Waker;

use kabao_core::{endpoint::Method, problem::ProblemCode};

use super::*;
use crate::api::transport::{PendingResponse, Response, TransportError};

const HTML: &str = "<html><h1>502 Bad Gateway</h1></html>";
const ACKNOWLEDGED: &str = r#"{"server_time":"2026-11-23T13:04:05.678Z"}"#;
const UUID: &str = "00000000-0000-4000-8000-000000000000";

/// Gives the same answer to every request, and keeps what it was asked and
/// told.
struct Backend {
    answer: Result<Response, TransportError>,
    requests: RefCell<Vec<Request>>,
    told: RefCell<Vec<String>>,
}

impl Transport for Rc<Backend> {
    fn send(&self, request: Request) -> PendingResponse {
        self.requests.borrow_mut().push(request);
        Box::pin(core::future::ready(self.answer.clone()))
    }
}

impl Backend {
    fn answering(status: u16, body: &str) -> Rc<Self> {
        Self::new(Ok(Response {
            status,
            retry_after: None,
            body: body.to_owned(),
        }))
    }

    fn new(answer: Result<Response, TransportError>) -> Rc<Self> {
        Rc::new(Self {
            answer,
            requests: RefCell::default(),
            told: RefCell::default(),
        })
    }

    fn client(self: &Rc<Self>) -> Client {
        let tell = |name: &'static str| {
            let backend = Rc::clone(self);
            move |what: String| backend.told.borrow_mut().push(format!("{name} {what}"))
        };
        let (time, fan) = (tell("time"), tell("fan"));
        let surroundings = Surroundings {
            language: "en",
            fan: Box::new(|| Some(FanId::from("f1"))),
            on_fan: Box::new(move |it| fan(it.as_str().to_owned())),
            on_server_time: Box::new(move |it| time(it.milliseconds().to_string())),
            on_slow: Box::new(|_| ()),
        };
        let clock = Clock {
            now: || Timestamp::from_milliseconds(0),
            sleep: |_| Box::pin(core::future::ready(())),
        };
        Client::new(Rc::new(Rc::clone(self)), surroundings).with_clock(clock)
    }

    fn request(&self) -> Request {
        let mut requests = self.requests.borrow_mut();
        assert_eq!(requests.len(), 1, "{requests:?}");
        requests.remove(0)
    }
}

/// The result of a call to a backend that answers at once.
fn result<T>(call: Call<T>) -> Result<T, ApiError> {
    let mut call = Box::pin(call);
    match call.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(result) => result,
        Poll::Pending => panic!("no answer"),
    }
}

fn account() -> AccountId {
    AccountId::from("case-2")
}

fn key() -> IdempotencyKey {
    IdempotencyKey::from_random_bytes([0; 16])
}

#[test]
fn a_write_carries_its_key_and_the_fan_whose_page_it_is() {
    let backend = Backend::answering(503, HTML);
    let claim = ClaimId::from("k1");
    let code = SmsCode::parse("123456", 6).unwrap();
    let _ = result(backend.client().verify(&account(), &claim, &code, &key()));
    assert_eq!(
        backend.request(),
        Request {
            method: Method::Post,
            path: "/api/v1/accounts/case-2/claims/k1/verification".to_owned(),
            idempotency_key: Some(UUID.to_owned()),
            fan: Some("f1".to_owned()),
            accept_language: "en",
            if_match: None,
            body: Some(r#"{"code":"123456"}"#.to_owned()),
        }
    );
}

#[test]
fn a_switch_names_the_wallet_that_the_fan_saw() {
    let backend = Backend::answering(503, HTML);
    let card = CardId::from("c8000");
    let _ = result(backend.client().switch(&account(), &card, "7"));
    let request = backend.request();
    assert_eq!(request.method, Method::Put);
    assert_eq!(request.if_match.as_deref(), Some("7"));
    assert_eq!(request.fan.as_deref(), Some("f1"));
    assert_eq!(request.idempotency_key, None);
    assert_eq!(request.body.as_deref(), Some(r#"{"card_id":"c8000"}"#));
}

#[test]
fn a_read_carries_the_language_of_the_page_and_nothing_else() {
    let backend = Backend::answering(503, HTML);
    let _ = result(backend.client().wallet(&account()));
    assert_eq!(
        backend.request(),
        Request {
            method: Method::Get,
            path: "/api/v1/accounts/case-2/wallet".to_owned(),
            idempotency_key: None,
            fan: None,
            accept_language: "en",
            if_match: None,
            body: None,
        }
    );
}

#[test]
fn a_gateway_s_page_is_what_its_status_says() {
    let backend = Backend::answering(502, HTML);
    let error = result(backend.client().wallet(&account())).unwrap_err();
    let gateway = ApiError::Gateway {
        status: 502,
        retry_after: None,
    };
    assert_eq!(error, gateway);
}

#[test]
fn a_success_that_is_no_reply_is_unreadable() {
    for body in [HTML, "", "{}", "{\"claim\":{\"id\":\"k1\""] {
        let backend = Backend::answering(200, body);
        let error = result(backend.client().claim(&account(), &ClaimId::from("k1")));
        assert_eq!(error, Err(ApiError::Unreadable), "{body}");
    }
}

#[test]
fn who_is_signed_out_already_has_signed_out() {
    let signed_out = r#"{"code":"not_signed_in","login_url":"/enter"}"#;
    for (status, body) in [(200, ACKNOWLEDGED), (401, signed_out), (401, HTML)] {
        let backend = Backend::answering(status, body);
        let result = result(backend.client().sign_out(&account()));
        assert_eq!(result, Ok(Acknowledged), "{status} {body}");
    }
    let backend = Backend::answering(401, signed_out);
    let error = result(backend.client().unlink_phone(&account())).unwrap_err();
    assert!(matches!(
        error.code(),
        Some(ProblemCode::NotSignedIn { .. })
    ));
}

#[test]
fn signing_out_is_sent_again_when_its_reply_is_lost() {
    let backend = Backend::new(Err(TransportError::Unreachable));
    let error = result(backend.client().sign_out(&account()));
    assert_eq!(error, Err(ApiError::Offline));
    assert_eq!(backend.requests.borrow().len(), 2);
}

#[test]
fn a_repeated_write_keeps_its_key() {
    let backend = Backend::new(Err(TransportError::Unreachable));
    let claim = ClaimId::from("k1");
    let _ = result(backend.client().resend(&account(), &claim, None, &key()));
    let requests = backend.requests.borrow();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0], requests[1]);
    assert_eq!(requests[0].idempotency_key.as_deref(), Some(UUID));
}

#[test]
fn the_clock_and_the_fan_of_a_problem_are_told_too() {
    let body = r#"{"code":"another_fan","fan":"f2","server_time":"1970-01-01T00:00:01Z"}"#;
    let backend = Backend::answering(409, body);
    let error = result(backend.client().unlink_phone(&account())).unwrap_err();
    assert_eq!(error.code(), Some(&ProblemCode::AnotherFan));
    assert_eq!(*backend.told.borrow(), ["time 1000", "fan f2"]);
}
