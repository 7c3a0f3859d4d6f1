//! What goes wrong on purpose: what arrives, and what has been done by then.

use std::{thread, time::Duration};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::running::{Reply, Sandbox, folder};

const WALLET: &str = "/api/v1/accounts/case-2/wallet";
const SWITCH: &str = "/api/v1/accounts/case-2/current-card";

/// 小陈 of case 2, who has two cards besides the one in use.
struct Stage {
    sandbox: Sandbox,
    session: String,
    revision: String,
    _folder: TempDir,
}

impl Stage {
    fn new() -> Self {
        let folder = folder();
        let sandbox = Sandbox::start(folder.path(), &["--control"]);
        let session = sandbox.sign_in("case-2-chen");
        let wallet = sandbox.get_as(&session, WALLET).json();
        assert_ne!(wallet["current_card_id"], "case-2-c4000");
        let revision = wallet["revision"].as_str().expect("a revision").to_owned();
        Self {
            sandbox,
            session,
            revision,
            _folder: folder,
        }
    }

    fn break_next(&self, path: &str, fault: &Value) {
        self.add(&json!({ "account": "case-2", "path": path, "fault": fault, "times": 1 }));
    }

    fn add(&self, rule: &Value) {
        assert_eq!(self.sandbox.add_fault(rule), 204, "{rule}");
    }

    /// The statuses of the calls so far whose path ends so, and `null` for those
    /// that are under way.
    fn calls(&self, path: &str) -> Vec<Value> {
        let calls = self.sandbox.get("/sandbox/control/requests?account=case-2");
        let calls = calls.json();
        let calls = calls.as_array().expect("calls").iter();
        calls
            .filter(|call| call["path"].as_str().is_some_and(|it| it.ends_with(path)))
            .map(|call| call["status"].clone())
            .collect()
    }

    fn clear(&self) {
        let cleared = Sandbox::agent()
            .delete(format!(
                "{}/sandbox/control/faults?account=case-2",
                self.sandbox.address
            ))
            .call();
        assert_eq!(cleared.expect("an answer").status(), 204);
    }

    fn wallet(&self) -> Reply {
        self.sandbox.get_as(&self.session, WALLET)
    }

    /// Sends the switch to the card 4000, and gives what arrives of the reply.
    fn switch(&self) -> Result<(u16, String), ureq::Error> {
        let mut reply = Sandbox::agent()
            .put(format!("{}{SWITCH}", self.sandbox.address))
            .header("cookie", &format!("kabao_session={}", self.session))
            .header("if-match", &format!("\"{}\"", self.revision))
            .header("content-type", "application/json")
            .send(json!({ "card_id": "case-2-c4000" }).to_string())?;
        Ok((reply.status().as_u16(), reply.body_mut().read_to_string()?))
    }

    fn has_switched(&self) -> bool {
        self.wallet().json()["current_card_id"] == "case-2-c4000"
    }
}

#[test]
fn a_gateway_answers_with_its_own_page_and_nothing_is_done() {
    let stage = Stage::new();
    for status in [408, 413, 429, 502, 503, 504] {
        stage.add(&json!({
            "account": "case-2", "path": "/current-card", "fault": { "gateway": status },
            "times": 1, "retry_after": 7,
        }));
        let page = stage.switch().expect("a page");
        assert_eq!(page.0, status);
        assert!(page.1.starts_with("<html>"), "{}", page.1);
        stage.break_next("/wallet", &json!({ "gateway": status }));
        let page = stage.wallet();
        assert_eq!((page.status, page.kind.as_str()), (status, "text/html"));
        assert_eq!(page.retry_after, "");
    }
    assert!(!stage.has_switched());
    stage.add(&json!({
        "account": "case-2", "path": "/wallet", "fault": { "gateway": 503 },
        "times": 1, "retry_after": 7,
    }));
    assert_eq!(stage.wallet().retry_after, "7");
}

#[test]
fn a_problem_says_when_to_try_again_in_its_head_too() {
    let stage = Stage::new();
    stage.add(&json!({
        "account": "case-2", "path": "/wallet", "fault": { "problem": "rate_limited" },
        "times": 1, "retry_after": 90,
    }));
    let staged = stage.wallet();
    assert_eq!((staged.status, staged.retry_after.as_str()), (429, "90"));
    assert_eq!(staged.json()["retry_after"], 90);

    let claims = "/api/v1/accounts/case-2/claims";
    let body = json!({ "phone": "13800044000", "consent": { "version": "2026-11" } }).to_string();
    let sent = stage.sandbox.post_as(&stage.session, claims, 1, &body);
    assert_eq!((sent.status, sent.retry_after.as_str()), (201, ""));
    let refused = stage.sandbox.post_as(&stage.session, claims, 2, &body);
    let wait = &refused.json()["retry_after"];
    assert_eq!(refused.json()["code"], "sms_too_fast");
    assert_eq!(refused.retry_after, wait.to_string());
}

#[test]
fn a_problem_of_the_future_and_one_of_the_contract_are_answered_and_nothing_is_done() {
    let stage = Stage::new();
    for (code, status) in [
        ("of_the_future", 409),
        ("card_frozen", 409),
        ("internal", 500),
    ] {
        stage.break_next("/current-card", &json!({ "problem": code }));
        let (answered, body) = stage.switch().expect("a problem");
        let body: Value = serde_json::from_str(&body).expect("JSON");
        assert_eq!((answered, &body["code"]), (status, &json!(code)));
    }
    assert!(!stage.has_switched());
}

#[test]
fn a_request_that_is_never_answered_holds_up_no_other() {
    let stage = Stage::new();
    stage.break_next("/wallet", &json!("hang"));
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_millis(400)))
        .build()
        .into();
    let request = agent
        .get(format!("{}{WALLET}", stage.sandbox.address))
        .header("cookie", &format!("kabao_session={}", stage.session));
    assert!(matches!(request.call(), Err(ureq::Error::Timeout(_))));
    assert_eq!(stage.wallet().status, 200);
}

#[test]
fn a_connection_that_is_reset_brings_nothing_and_nothing_is_done() {
    let stage = Stage::new();
    stage.break_next("/current-card", &json!("reset"));
    assert!(matches!(stage.switch(), Err(ureq::Error::Io(_))));
    assert!(!stage.has_switched());
}

#[test]
fn a_lost_reply_is_that_of_a_request_that_was_carried_out() {
    let stage = Stage::new();
    stage.break_next("/current-card", &json!("lose_reply"));
    assert!(stage.switch().is_err());
    assert!(stage.has_switched());

    stage.break_next("/session", &json!("lose_reply"));
    let request = Sandbox::agent()
        .delete(format!(
            "{}/api/v1/accounts/case-2/session",
            stage.sandbox.address
        ))
        .header("cookie", &format!("kabao_session={}", stage.session));
    let mut reply = request.call().expect("a head");
    assert_eq!(
        reply.headers().get("set-cookie"),
        None,
        "the cookie is lost with the reply"
    );
    assert!(reply.body_mut().read_to_string().is_err());
    assert_eq!(stage.wallet().status, 401);
}

#[test]
fn a_spoilt_body_is_that_of_a_request_that_was_carried_out() {
    for (fault, is_as_spoilt) in [
        ("empty_body", (|body| body.is_empty()) as fn(&str) -> bool),
        ("truncated_body", |body| {
            body.len() > 20 && serde_json::from_str::<Value>(body).is_err()
        }),
        ("another_shape", |body| {
            let body: Value = serde_json::from_str(body).unwrap_or_default();
            body.is_object() && body.get("revision").is_none()
        }),
    ] {
        let stage = Stage::new();
        stage.break_next("/current-card", &json!(fault));
        let (status, body) = stage.switch().expect("a reply");
        assert_eq!(status, 200, "{fault}");
        assert!(is_as_spoilt(&body), "{fault}: {body}");
        assert!(stage.has_switched(), "{fault}");
    }
}

/// The card in use by a wallet that is asked for, with `fault`, before a switch and
/// answered after it.
fn card_in_a_wallet_that_takes_its_time(fault: &str) -> String {
    let stage = Stage::new();
    stage.break_next("/wallet", &json!({ fault: 1_500 }));
    let current = thread::scope(|scope| {
        let slow = scope.spawn(|| stage.wallet().json()["current_card_id"].clone());
        while stage.calls("/wallet").len() < 2 {
            thread::yield_now();
        }
        stage.switch().expect("a switch");
        slow.join().expect("a wallet")
    });
    current.as_str().expect("a card").to_owned()
}

#[test]
fn a_late_reply_is_out_of_date_and_one_to_a_late_request_is_not() {
    assert_ne!(
        card_in_a_wallet_that_takes_its_time("delay_reply_ms"),
        "case-2-c4000"
    );
    assert_eq!(
        card_in_a_wallet_that_takes_its_time("delay_ms"),
        "case-2-c4000"
    );
}

#[test]
fn a_reply_that_is_held_comes_when_the_faults_are_cleared() {
    let stage = Stage::new();
    stage.break_next("/current-card", &json!("hold_reply"));
    thread::scope(|scope| {
        let held = scope.spawn(|| stage.switch());
        while !stage.has_switched() {
            thread::yield_now();
        }
        assert_eq!(stage.calls("/current-card"), [Value::Null]);
        assert!(!held.is_finished());
        stage.clear();
        let (status, _) = held.join().expect("an answer").expect("a reply");
        assert_eq!(status, 200);
    });
    assert_eq!(stage.calls("/current-card"), [json!(200)]);
}

#[test]
fn a_fault_happens_where_and_as_often_as_it_was_told_to() {
    let stage = Stage::new();
    stage.add(&json!({
        "account": "case-2", "method": "GET", "path": "/wallet", "fault": { "gateway": 502 },
        "times": 2,
    }));
    let other = stage.sandbox.sign_in("case-1a-li");
    let elsewhere = stage
        .sandbox
        .get_as(&other, "/api/v1/accounts/case-1a/wallet");
    assert_eq!(elsewhere.status, 200);
    assert_eq!(
        stage
            .sandbox
            .post_as(&stage.session, WALLET, 1, "{}")
            .status,
        405,
        "another method"
    );
    let statuses = [(); 3].map(|()| stage.wallet().status);
    assert_eq!(statuses, [502, 502, 200]);

    stage.break_next("/wallet", &json!({ "gateway": 502 }));
    stage.clear();
    assert_eq!(stage.wallet().status, 200);
}

#[test]
fn a_table_code_and_the_old_account_fail_with_the_account_of_their_case() {
    let stage = Stage::new();
    let index = stage.sandbox.get("/sandbox/").text;
    let case = index.split("<small>case-2</small>").nth(1).expect("case 2");
    let code = case
        .split("<a href=/t/")
        .nth(1)
        .and_then(|rest| rest.split('>').next())
        .expect("a code");
    let table = format!("/api/v1/tables/{code}");
    stage.break_next(&table, &json!({ "gateway": 502 }));
    let statuses = [(); 2].map(|()| stage.sandbox.get(&table).status);
    assert_eq!(statuses, [502, 200]);

    let old = "/api/v1/accounts/case-2-old/wallet";
    stage.break_next("/wallet", &json!({ "gateway": 502 }));
    let statuses = [(); 2].map(|()| stage.sandbox.get(old).status);
    assert_eq!(statuses, [502, 403]);
}

#[test]
fn a_fault_that_is_misspelt_is_refused() {
    let stage = Stage::new();
    for rule in [
        json!({ "account": "case-2", "path": "/wallet", "fault": "hangs", "times": 1 }),
        json!({ "account": "case-2", "path": "/wallet", "fault": { "hang": true }, "times": 1 }),
        json!({ "account": "case-2", "path": "/wallet", "fault": "hang" }),
        json!({ "account": "case-2", "path": "/wallet", "fault": "hang", "times": 1, "methd": "GET" }),
    ] {
        assert_eq!(stage.sandbox.add_fault(&rule), 422, "{rule}");
    }
}

#[test]
fn a_write_from_the_page_of_someone_else_is_refused() {
    let stage = Stage::new();
    let delete = |fan: &str| {
        let request = Sandbox::agent()
            .delete(format!(
                "{}/api/v1/accounts/case-2/profile/phone",
                stage.sandbox.address
            ))
            .header("cookie", &format!("kabao_session={}", stage.session))
            .header("kabao-fan", fan);
        Reply::from(request.call().expect("an answer"))
    };
    let wang = stage.sandbox.sign_in("case-2-wang");
    let shown = stage.sandbox.get_as(&wang, WALLET).json()["fan"].clone();
    let refused = delete(shown.as_str().expect("a fan"));
    assert_eq!(
        (refused.status, refused.json()["code"].clone()),
        (409, json!("another_fan"))
    );
    let own = stage.wallet().json()["fan"].clone();
    assert_eq!(delete(own.as_str().expect("a fan")).status, 200);
}

#[test]
fn every_problem_that_is_offered_to_be_met_by_hand_is_met() {
    let stage = Stage::new();
    let page = stage.sandbox.get("/sandbox/problems").text;
    let names: Vec<_> = page
        .split("<a href=/sandbox/problems/")
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .collect();
    assert!(names.contains(&"another_fan"), "{names:?}");
    assert!(names.contains(&"gateway"), "{names:?}");
    for name in names {
        let person = stage.sandbox.get(&format!("/sandbox/problems/{name}"));
        assert_eq!(person.status, 303, "{name}");
        assert!(person.location.starts_with("/sandbox/as/case-2-"), "{name}");
    }
    stage.sandbox.get("/sandbox/problems/another_fan");
    let (status, body) = stage.switch().expect("a problem");
    let body: Value = serde_json::from_str(&body).expect("JSON");
    assert_eq!((status, &body["code"]), (409, &json!("another_fan")));
    assert!(
        stage.switch().is_ok_and(|(status, _)| status == 200),
        "once"
    );
    assert_eq!(stage.sandbox.get("/sandbox/problems/nothing").status, 404);
}
