//! The wallet's page while replies come and fail.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    backend::Backend,
    page::{
        control, focused, network, pass, press, says, says_no_more, settled, show_app, the, until,
    },
    replies::{self, problem},
};

const STALE: &str = "Can’t update right now";

async fn show_wallet() -> Backend {
    let backend = Backend::new();
    show_app("/a/x", &backend).await;
    let call = backend.next("GET", "/wallet").await;
    call.reply(200, replies::wallet());
    says("Sichuan Bistro").await;
    backend
}

/// A refresh is refused.
async fn fail_to_refresh(backend: &Backend) {
    let call = backend.next("GET", "/wallet").await;
    call.reply(403, problem(403, "forbidden", json!({})));
}

#[wasm_bindgen_test]
async fn a_refresh_that_fails_or_brings_news_leaves_the_page_in_its_place() {
    let backend = show_wallet().await;
    let list = the(".wallet__list");
    network(true);
    fail_to_refresh(&backend).await;
    says(STALE).await;
    press("Try again");
    let mut news = replies::wallet();
    news["cards"][1]["points"] = json!(861);
    backend.next("GET", "/wallet").await.reply(200, news);
    says_no_more(STALE).await;
    says("861").await;
    assert!(list.is_connected(), "the list is the same element");
}

#[wasm_bindgen_test]
async fn trying_again_in_vain_keeps_the_focus_on_the_button() {
    let backend = show_wallet().await;
    network(true);
    fail_to_refresh(&backend).await;
    says(STALE).await;
    for _ in 0..2 {
        press("Try again");
        fail_to_refresh(&backend).await;
        until(
            || control("Try again").get_attribute("aria-busy").as_deref() == Some("false"),
            "it has been answered",
        )
        .await;
        settled().await;
        let focused = focused()
            .and_then(|it| it.text_content())
            .unwrap_or_default();
        assert_eq!(focused.trim(), "Try again");
    }
}

#[wasm_bindgen_test]
async fn a_backend_that_asks_for_a_pause_twice_gets_it_twice() {
    let backend = show_wallet().await;
    network(true);
    let busy = || problem(429, "rate_limited", json!({ "retry_after": 7 }));
    backend.next("GET", "/wallet").await.reply(429, busy());
    says("Please try again in 7 s").await;
    pass(8_000);
    says("Try again").await;
    press("Try again");
    backend.next("GET", "/wallet").await.reply(429, busy());
    says("Please try again in 7 s").await;
}

#[wasm_bindgen_test]
async fn without_a_network_the_name_of_the_shop_can_be_read() {
    let backend = show_wallet().await;
    network(false);
    says("Offline").await;
    let sign = the(".network__sign").get_bounding_client_rect();
    let name = the("h1").get_bounding_client_rect();
    assert!(sign.top() >= name.bottom(), "the sign is not over the name");
    network(true);
    drop(backend);
}
