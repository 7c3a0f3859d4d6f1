//! The wallet and the claim over a backend in the page.

use std::rc::Rc;

use kabao::browser::history::MemoryHistory;
use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    backend::Backend,
    page::{press, says, show_app, show_app_over, text, the, type_into, until},
    replies::{self, problem},
};

const UNAVAILABLE: &str = r#"{
    "type": "about:blank", "title": "Unavailable", "status": 503, "code": "unavailable",
    "server_time": "2026-03-01T12:00:00Z",
    "support": {"phone": "02800000000", "staff_code": "21-0301-2000-1234"}
}"#;

#[wasm_bindgen_test]
async fn a_backend_that_is_down_is_explained_and_tried_again() {
    let backend = Backend::new();
    show_app("/a/x", &backend).await;
    backend.next("GET", "/wallet").await.reply(503, UNAVAILABLE);
    says("21-0301-2000-1234").await;
    press("Try again");
    backend
        .next("GET", "/wallet")
        .await
        .reply(200, replies::empty_wallet());
    says("Sichuan Bistro").await;
    assert_eq!(backend.count("GET", "/wallet"), 2);
}

#[wasm_bindgen_test]
async fn outside_wechat_the_page_shows_its_own_address_as_a_code() {
    let backend = Backend::new();
    backend.always("GET", "/wallet", 401, replies::not_signed_in());
    show_app("/a/x", &backend).await;
    says("Please open in WeChat").await;
    let picture = the("img[alt]");
    assert!(
        picture
            .get_attribute("alt")
            .is_some_and(|alt| alt.contains("QR code"))
    );
    assert!(
        picture
            .get_attribute("src")
            .is_some_and(|source| source.starts_with("data:image/svg+xml,"))
    );
}

#[wasm_bindgen_test]
async fn a_network_that_fails_gets_a_second_chance_by_itself() {
    let backend = Backend::new();
    show_app("/a/x", &backend).await;
    let first = backend.next("GET", "/wallet").await;
    first.lose();
    let second = backend.next("GET", "/wallet").await;
    second.reply(200, replies::empty_wallet());
    says("Sichuan Bistro").await;
    assert_eq!(first.request(), second.request());
    assert_eq!(first.request().path, "/api/v1/accounts/x/wallet");
}

#[wasm_bindgen_test]
async fn a_reply_that_is_not_the_contracts_is_a_problem_with_a_staff_code() {
    for body in ["", "<html>", "{}", r#"{"server_time": 5}"#, "[]"] {
        let backend = Backend::new();
        backend.always("GET", "/wallet", 200, body);
        show_app("/a/x", &backend).await;
        says("Staff code").await;
    }
}

#[wasm_bindgen_test]
async fn a_phone_number_is_grouped_while_it_is_typed() {
    let backend = Backend::new();
    backend.always("GET", "/wallet", 200, replies::empty_wallet());
    show_app("/a/x/claim", &backend).await;
    until(|| text().contains("Phone number"), "the first step").await;
    for (typed, shown) in [
        ("138", "138"),
        ("1380", "138 0"),
        ("13800138000", "138 0013 8000"),
        ("+86 138-0013-8000", "138 0013 8000"),
        ("１３８００１３８０００", "138 0013 8000"),
    ] {
        let field = type_into("input[type=tel]", typed);
        assert_eq!(field.value(), shown, "{typed} was typed");
    }
    let box_to_tick = the("input[type=checkbox]");
    assert!(box_to_tick.get_attribute("checked").is_none());
    // Without consent nothing is sent.
    press("Send code");
    says("Agree").await;
    assert_eq!(backend.count("POST", "/claims"), 0);
}

#[wasm_bindgen_test]
async fn a_sign_in_that_did_not_hold_is_explained_and_not_repeated_by_itself() {
    let backend = Backend::new();
    let login = json!({ "login_url": "/enter?account=x" });
    let signed_out = problem(401, "not_signed_in", login);
    backend.always("GET", "/wallet", 401, signed_out);
    let leaving = backend.clone();
    // Nothing is stored: the address alone says that the page has come back.
    let history = MemoryHistory::new("/a/x", "lang=en&signin=1")
        .with_leaving(Box::new(move |url| leaving.leave_for(url)));
    show_app_over(Rc::new(history), &backend).await;
    says("Sign-in failed").await;
    assert!(backend.left_for().is_empty());
    press("Sign in again");
    until(|| backend.left_for().len() == 1, "the fan has asked for it").await;
}
