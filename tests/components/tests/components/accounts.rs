//! Whose wallet it is: replies to an account that was left, and another fan.

use kabao::browser::history::History as _;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    backend::Backend,
    page::{press, says, script, settled, show_app, text, until},
    replies::{card, problem, wallet},
};

const PUT: (&str, &str) = ("PUT", "/current-card");

/// The wallet of an account, whose only merchant has its name.
fn wallet_of(account: &str, name: &str) -> Value {
    let mut wallet = wallet();
    wallet["account"]["id"] = json!(account);
    wallet["account"]["name"] = json!(name);
    wallet["merchants"][0]["name"] = json!(name);
    wallet
}

#[wasm_bindgen_test]
async fn a_reply_to_the_account_before_is_not_shown_in_the_next() {
    let backend = Backend::new();
    let history = show_app("/a/x", &backend).await;
    let late = backend.next("GET", "/accounts/x/wallet").await;
    history.back("/a/y");
    let asked = backend.next("GET", "/accounts/y/wallet").await;
    late.reply(200, wallet_of("x", "Sichuan Bistro"));
    settled().await;
    assert!(!text().contains("Sichuan Bistro"), "{}", text());
    asked.reply(200, wallet_of("y", "Noodle House"));
    says("Noodle House").await;
}

#[wasm_bindgen_test]
async fn the_wallet_of_a_claim_in_one_account_is_not_shown_in_another() {
    let backend = Backend::new();
    let history = show_app("/a/x/claim", &backend).await;
    let late = backend.next("GET", "/accounts/x/wallet").await;
    history.back("/a/y");
    let asked = backend.next("GET", "/accounts/y/wallet").await;
    late.reply(200, wallet_of("x", "Sichuan Bistro"));
    settled().await;
    assert!(!text().contains("Sichuan Bistro"), "{}", text());
    asked.reply(200, wallet_of("y", "Noodle House"));
    says("Noodle House").await;
}

#[wasm_bindgen_test]
async fn a_card_that_came_back_is_put_in_use_where_the_claim_was_opened_first() {
    let backend = Backend::new();
    let mut wallet = wallet();
    wallet["open_claim_id"] = json!("9");
    backend.always("GET", "/wallet", 200, wallet);
    let claim = json!({
        "id": "9", "merchant_id": "m", "state": "bound", "phone_masked": "138****8000",
        "bound_cards": [card("2")],
    });
    let bound = json!({ "server_time": "2026-03-01T12:00:00Z", "fan": "f1", "claim": claim });
    backend.always("GET", "/claims/9", 200, bound);
    show_app("/a/x/claim", &backend).await;
    let put_in_use = "Switch to Sichuan Bistro card ending in 0002";
    until(|| text().contains("0002"), "the card that came back").await;
    press(put_in_use);
    let body = backend.next(PUT.0, PUT.1).await.request().body.clone();
    assert_eq!(body.as_deref(), Some(r#"{"card_id":"2"}"#));
}

#[wasm_bindgen_test]
async fn a_page_of_the_fan_before_stops_writing_and_forgets_them() {
    let backend = Backend::new();
    let mut wallet = wallet();
    wallet["cards"] = ["1", "2", "3"].map(card).into();
    backend.always("GET", "/wallet", 200, wallet);
    show_app("/a/x", &backend).await;
    says("0003").await;
    press("Switch to Sichuan Bistro card ending in 0002");
    let switch = backend.next(PUT.0, PUT.1).await;
    // A tap that waits is another write.
    press("Switch to Sichuan Bistro card ending in 0003");
    script("localStorage.setItem('kabao.offline-code.x.1', '100000000001')");
    switch.reply(409, problem(409, "another_fan", json!({})));
    says("Someone else signed in").await;
    settled().await;
    assert_eq!(backend.count(PUT.0, PUT.1), 1);
    assert!(!text().contains("0002"), "{}", text());
    assert!(script("return localStorage.getItem('kabao.offline-code.x.1')").is_null());
}
