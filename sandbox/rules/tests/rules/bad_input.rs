//! Bad input gets a problem.

use kabao_rules::{
    cases::Case,
    request::{Method, Request},
};

use serde_json::json;

use crate::play::{Play, location, text};

#[test]
fn what_is_no_call_is_not_found() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    for (method, path) in [
        (Method::Get, ""),
        (Method::Get, "/"),
        (Method::Get, "/nothing"),
        (Method::Get, "/cards/a/b/c"),
        (Method::Options, "/nothing"),
    ] {
        let request = play.request(&li, method, path);
        assert_eq!(play.call(&request).status, 404, "{method:?} {path}");
    }
    for (method, path, allow) in [
        (Method::Post, "/wallet", "GET, HEAD, OPTIONS"),
        (Method::Other, "/wallet", "GET, HEAD, OPTIONS"),
        (Method::Delete, "/claims/x", "GET, HEAD, OPTIONS"),
        (Method::Get, "/claims", "POST, OPTIONS"),
        (Method::Head, "/session", "DELETE, OPTIONS"),
    ] {
        let request = play.request(&li, method, path);
        assert_eq!(play.call(&request).status, 405, "{method:?} {path}");
        let told = play.handle(&request).allow;
        assert_eq!(told.as_deref(), Some(allow), "{method:?} {path}");
        let asked = play.handle(&play.request(&li, Method::Options, path));
        assert_eq!((asked.status, asked.allow), (204, told), "{path}");
    }
    let unknown = Request::get("/api/v1/accounts/nobody/wallet");
    play.call(&unknown).problem("not_found");
}

#[test]
fn an_account_in_other_letters_is_another_account() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    // The browser sends no cookie there, and whoever sends it is told the same.
    let unknown = Request::get("/api/v1/accounts/Case-1A/wallet");
    let with_cookie = Request {
        path: unknown.path.clone(),
        ..play.request(&li, Method::Get, "/wallet")
    };
    for request in [unknown, with_cookie] {
        play.call(&request).problem("not_found");
    }
    let entry = Request::get("/enter?account=Case-1A");
    assert_eq!(location(play.handle(&entry)), "/");
}

/// What a claim says to a body that is not one of its calls'.
#[test]
fn no_body_is_too_strange() {
    let strange = [
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
        "{\"code\":\"12345\"}",
        "{\"code\":\"1234567\"}",
        "{\"code\":\"12345x\"}",
        "{\"code\":\"１２３４５６\"}",
        "{\"card_ids\":[]}",
        "{\"card_ids\":[1]}",
        "{\"card_ids\":[\"x\"],\"open_new\":true}",
        "{\"open_new\":false}",
        "{\"captcha\":1}",
        "{\"card_id\":7}",
        "\u{0}",
    ];
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let claim = text(&play.open_claim(&li, "8000").ok()["claim"]["id"]);
    let beginning = play.state.clone();
    for (path, is_verified) in [
        ("/claims", false),
        ("/claims/ID/sms", false),
        ("/claims/ID/verification", false),
        ("/claims/ID/binding", false),
        ("/claims/ID/binding", true),
    ] {
        for body in strange {
            play.state = beginning.clone();
            if is_verified {
                let code = play.code("8000");
                play.verify(&li, &claim, &code).ok();
            }
            // A resend needs nothing in its body, so these are read and meet the limit.
            let is_resend = path.ends_with("/sms");
            let is_object = body.starts_with('{') && body.ends_with('}');
            let expected = if is_resend && is_object && !body.contains("captcha") {
                "sms_too_fast"
            } else {
                "bad_request"
            };
            let key = play.new_key();
            let request = play.request(&li, Method::Post, &path.replace("ID", &claim));
            let answer = play.call(&Request {
                idempotency_key: Some(key),
                body: body.to_owned(),
                ..request
            });
            assert_eq!(answer.body["code"], expected, "{path} {body}");
        }
    }
}

#[test]
fn a_card_is_bound_once_and_named_once() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let (claim, verified) = play.claim(&li, "8000");
    let card = text(&verified.ok()["claim"]["candidates"][0]["id"]);
    play.bind(&li, &claim, &[card.clone(), card.clone()])
        .problem("bad_request");
    play.bind(&li, &claim, &[card]).ok();
}

#[test]
fn a_number_that_no_carrier_has_is_invalid() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    for phone in [
        "",
        "138",
        "12800018000",
        "1380001800",
        "138000180000",
        "+8613800018000",
        "138 0001 8000",
        "１３８０００１８０００",
        "٠١٢٣٤٥٦٧٨٩٠",
    ] {
        let body = json!({ "phone": phone, "consent": { "version": "2026-11" } });
        play.post(&li, "/claims", &body).problem("phone_invalid");
    }
    assert!(play.state.messages.is_empty());
}

#[test]
fn a_post_needs_an_idempotency_key_that_is_a_uuid() {
    let mut play = Play::of(Case::OwnToOwn);
    let li = play.sign_in("li");
    let send = |play: &mut Play, key: Option<&str>| {
        let body = json!({ "phone": play.phone("8000"), "consent": { "version": "2026-11" } });
        let request = play.request(&li, Method::Post, "/claims");
        play.call(&Request {
            idempotency_key: key.map(str::to_owned),
            body: body.to_string(),
            ..request
        })
    };
    for key in [
        None,
        Some(""),
        Some("1"),
        Some("zzzzzzzz-0000-4000-8000-000000000001"),
        Some("00000000-0000-4000-8000-0000000000012"),
        Some("00000000-0000-4000-8000-00000000000"),
        Some("00000000000000004000080000000000000001"),
        Some("00000000-0000-4000_8000-000000000001"),
    ] {
        send(&mut play, key).problem("bad_request");
    }
    assert!(play.state.messages.is_empty());
    let key = Some("0123abcd-EF00-4000-8000-000000000001");
    assert_eq!(send(&mut play, key).status, 201);
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
        (format!("/cards/{card}/entries?cursor=%"), "bad_request"),
        ("/cards/nobody".to_owned(), "card_not_found"),
        ("/cards/nobody/entries".to_owned(), "card_not_found"),
        ("/claims/nobody".to_owned(), "claim_not_found"),
    ] {
        play.get(&fan, &path).problem(code);
    }
    let end = format!("/cards/{card}/entries?cursor=18446744073709551615");
    assert_eq!(play.get(&fan, &end).ok()["items"], json!([]));
}
