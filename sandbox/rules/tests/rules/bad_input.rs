//! Bad input gets a problem.

use kabao_rules::{
    cases::Case,
    request::{Method, Request},
};

use crate::play::{Play, text};

#[test]
fn what_is_no_call_is_not_found() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    for (method, path) in [
        (Method::Get, ""),
        (Method::Get, "/"),
        (Method::Get, "/nothing"),
        (Method::Post, "/wallet"),
        (Method::Other, "/wallet"),
        (Method::Get, "/cards/a/b/c"),
        (Method::Delete, "/claims/x"),
    ] {
        let request = play.request(&li, method, path);
        assert_eq!(play.call(&request).status, 404, "{method:?} {path}");
    }
    let unknown = Request::get("/api/v1/accounts/nobody/wallet");
    play.call(&unknown).problem("not_found");
}

#[test]
fn no_body_is_too_strange() {
    let bodies = [
        "",
        "{",
        "null",
        "[]",
        "42",
        "\"text\"",
        "{}",
        "{\"phone\":1}",
        "{\"phone\":\"138\"}",
        "{\"phone\":\"13800018000\"}",
        "{\"phone\":\"13800018000\",\"consent\":{}}",
        "{\"code\":123456}",
        "{\"code\":null}",
        "{\"card_ids\":[]}",
        "{\"card_ids\":[1]}",
        "{\"card_ids\":[\"x\"],\"open_new\":true}",
        "{\"open_new\":false}",
        "{\"captcha\":1}",
        "{\"card_id\":7}",
        "\u{0}",
        "{\"phone\":\"１３８０００１８０００\",\"consent\":{\"version\":\"2026-11\"}}",
    ];
    for path in [
        "/claims",
        "/claims/ID/sms",
        "/claims/ID/verification",
        "/claims/ID/binding",
    ] {
        for body in bodies {
            let mut play = Play::of(Case::OwnToOwn);
            let li = play.sign_in("li");
            let claim = text(&play.open_claim(&li, "8000").ok()["claim"]["id"]);
            let key = play.new_key();
            let request = play.request(&li, Method::Post, &path.replace("ID", &claim));
            let answer = play.call(&Request {
                idempotency_key: Some(key),
                body: body.to_owned(),
                ..request
            });
            assert!(
                (400..500).contains(&answer.status),
                "{path} {body}: {}",
                answer.status
            );
        }
    }
}

#[test]
fn a_post_needs_an_idempotency_key_that_is_a_uuid() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    for key in [
        None,
        Some(""),
        Some("1"),
        Some("zzzzzzzz-0000-4000-8000-000000000001"),
    ] {
        let request = play.request(&li, Method::Post, "/claims");
        let answer = play.call(&Request {
            idempotency_key: key.map(str::to_owned),
            body: "{}".to_owned(),
            ..request
        });
        answer.problem("bad_request");
    }
}

#[test]
fn strange_paths_and_queries_are_answered() {
    let mut play = Play::of(Case::Statuses);
    let fan = play.sign_in("quan");
    let card = play.card("3006");
    for (path, code) in [
        (format!("/cards/{card}/entries?kind=gold"), "bad_request"),
        (format!("/cards/{card}/entries?cursor=-1"), "bad_request"),
        (format!("/cards/{card}/entries?cursor=x"), "bad_request"),
        (format!("/cards/{card}/coupons?state=%ff"), "bad_request"),
        ("/cards/%ff/entries".to_owned(), "bad_request"),
        ("/cards/%zz".to_owned(), "bad_request"),
        ("/cards/nobody".to_owned(), "card_not_found"),
        ("/cards/nobody/entries".to_owned(), "card_not_found"),
        ("/claims/nobody".to_owned(), "claim_not_found"),
    ] {
        let answer = play.get(&fan, &path);
        // A query that is no UTF-8 is as if it were not there.
        if path.contains("state=%ff") {
            answer.ok();
        } else {
            answer.problem(code);
        }
    }
    let end = play.get(
        &fan,
        &format!("/cards/{card}/entries?cursor=18446744073709551615"),
    );
    assert!(end.status < 500);
}
