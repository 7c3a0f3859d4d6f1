//! Sending a request again.

use kabao_rules::cases::Case;
use serde_json::json;

use crate::play::{Play, text};

#[test]
fn the_same_request_again_sends_one_message_and_has_the_same_answer() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let body = json!({ "phone": play.phone("8000"), "consent": { "version": "2026-11" } });
    let key = play.new_key();
    let first = play.post_as(&li, "/claims", &body, &key);
    play.wait(2);
    let second = play.post_as(&li, "/claims", &body, &key);
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!(first.body["claim"], second.body["claim"]);
    assert_ne!(
        first.body["server_time"], second.body["server_time"],
        "the clock is not replayed"
    );
    assert_eq!(play.state.messages.size(), 1);
}

#[test]
fn the_same_key_with_another_body_is_refused() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let key = play.new_key();
    let body = |tail: &str, play: &Play| json!({ "phone": play.phone(tail), "consent": { "version": "2026-11" } });
    let (one, other) = (body("8000", &play), body("9000", &play));
    play.post_as(&li, "/claims", &one, &key).ok();
    let refused = play.post_as(&li, "/claims", &other, &key);
    assert_eq!(refused.status, 422);
    refused.problem("idempotency_key_reused");
}

#[test]
fn two_fans_may_use_the_same_key() {
    let mut play = Play::of(Case::OwnToOwn);
    let (li, axin) = (play.sign_in("li"), play.sign_in("axin"));
    let key = play.new_key();
    for (fan, tail) in [(&li, "8000"), (&axin, "9000")] {
        let body = json!({ "phone": play.phone(tail), "consent": { "version": "2026-11" } });
        play.post_as(fan, "/claims", &body, &key).ok();
    }
    assert_eq!(play.state.messages.size(), 2);
}

#[test]
fn a_wrong_code_sent_twice_counts_once() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let claim = text(&play.open_claim(&li, "8000").ok()["claim"]["id"]);
    let wrong = if play.code("8000") == "000000" {
        "111111"
    } else {
        "000000"
    };
    let path = format!("/claims/{claim}/verification");
    let key = play.new_key();
    for _ in 0..2 {
        let problem = play
            .post_as(&li, &path, &json!({ "code": wrong }), &key)
            .problem("code_wrong");
        assert_eq!(problem["attempts_left"], 4);
    }
}

#[test]
fn what_waiting_mends_is_not_kept() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    play.open_claim(&li, "8000").ok();
    let body = json!({ "phone": play.phone("8000"), "consent": { "version": "2026-11" } });
    let key = play.new_key();
    play.post_as(&li, "/claims", &body, &key)
        .problem("sms_too_fast");
    play.wait(60);
    play.post_as(&li, "/claims", &body, &key).ok();
}

#[test]
fn an_answer_is_kept_for_a_day() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let body = json!({ "phone": play.phone("8000"), "consent": { "version": "2026-11" } });
    let key = play.new_key();
    let first = play.post_as(&li, "/claims", &body, &key).ok();
    play.wait(24 * 60 * 60 - 1);
    let replayed = play.post_as(&li, "/claims", &body, &key).ok();
    assert_eq!(replayed["claim"]["id"], first["claim"]["id"]);
    play.wait(1);
    let later = play.post_as(&li, "/claims", &body, &key).ok();
    assert_ne!(first["claim"]["id"], later["claim"]["id"]);
}

#[test]
fn binding_twice_binds_once() {
    let mut play = Play::of(Case::OwnToOwn);
    let axin = play.sign_in("axin");
    let (claim, _) = play.claim(&axin, "9000");
    let first = play.open_new(&axin, &claim).ok();
    let second = play.open_new(&axin, &claim).ok();
    assert_eq!(
        first["claim"]["bound_cards"],
        second["claim"]["bound_cards"]
    );
    assert_eq!(second["wallet"]["cards"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_refusal_is_replayed_as_a_refusal() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let key = play.new_key();
    for _ in 0..2 {
        let refused = play.post_as(&li, "/claims", &json!({}), &key);
        assert_eq!(refused.status, 400);
        refused.problem("bad_request");
    }
    assert_eq!(play.state.answers.size(), 1);
}
