//! The wallet's page while replies come and fail.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    backend::Backend,
    page::{
        all, control, focused, network, pass, press, says, says_no_more, script, settled, show_app,
        text, the, type_into, until,
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

/// How many motions run on the card in use.
fn motions() -> f64 {
    script("return document.querySelector('#current-card > .card-face').getAnimations().length")
        .as_f64()
        .unwrap_or_default()
}

#[wasm_bindgen_test]
async fn a_card_comes_up_from_where_it_was() {
    let backend = show_wallet().await;
    press("Switch to Sichuan Bistro card ending in 0002");
    until(|| motions() == 1.0, "the card is on its way").await;
    drop(backend);
}

#[wasm_bindgen_test]
async fn who_wants_less_motion_sees_the_card_in_its_place() {
    script(
        "window.realMatchMedia ??= window.matchMedia; \
         window.matchMedia = (query) => ({ matches: query.includes('reduce') })",
    );
    let backend = show_wallet().await;
    press("Switch to Sichuan Bistro card ending in 0002");
    let in_use = || the("#current-card").text_content().unwrap_or_default();
    until(|| in_use().contains("8000 0000 0002"), "it is in use").await;
    settled().await;
    assert_eq!(motions(), 0.0);
    script("window.matchMedia = window.realMatchMedia");
    drop(backend);
}

/// A wallet whose fan has proven a phone and got the card 2 back.
fn found() -> Value {
    let mut wallet = replies::wallet();
    wallet["cards"][0]["origin"] = json!("issued_automatically");
    wallet["cards"][0]["balance_fen"] = json!(0);
    wallet
}

#[wasm_bindgen_test]
async fn a_card_that_was_found_is_put_in_use_by_one_tap_where_it_is_told() {
    let backend = Backend::new();
    backend.always("GET", "/wallet", 200, found());
    show_app("/a/x", &backend).await;
    says("Your old card is back").await;
    let told = the(".lead").text_content().unwrap_or_default();
    assert!(told.contains("ending in 0002"), "{told}");
    assert!(told.contains("¥123.00"), "{told}");
    press("Switch now");
    let put = backend.next("PUT", "/current-card").await;
    let body = put.request().body.clone().unwrap_or_default();
    assert!(body.contains("\"2\""), "{body}");
    let on_card = || focused().is_some_and(|focused| focused.id() == "current-card");
    until(on_card, "the focus is on the card in use").await;
}

#[wasm_bindgen_test]
async fn the_header_says_whose_a_shared_account_is() {
    for (kind, line) in [
        ("own", "Account: Sichuan Bistro"),
        ("platform", "Account: Sichuan Bistro · platform"),
        ("operator", "Account: Sichuan Bistro · operator"),
        ("cooperative", "Account: Sichuan Bistro"),
    ] {
        let backend = Backend::new();
        let mut wallet = replies::wallet();
        wallet["account"]["kind"] = json!(kind);
        backend.always("GET", "/wallet", 200, wallet);
        show_app("/a/x", &backend).await;
        says("Account:").await;
        let shown = the(".strip__account").text_content();
        assert_eq!(shown.as_deref(), Some(line), "{kind}");
    }
}

/// A wallet of `count` cards, of which the first is in use.
fn wallet_of(count: usize) -> Value {
    let mut wallet = replies::wallet();
    let card = |number: usize| {
        let mut card = replies::card(&number.to_string());
        card["number"] = json!(format!("80000000{number:04}"));
        card
    };
    wallet["cards"] = (1..=count).map(card).collect();
    wallet
}

#[wasm_bindgen_test]
async fn what_is_searched_for_is_still_there_after_back() {
    let backend = Backend::new();
    backend.always("GET", "/wallet", 200, wallet_of(12));
    show_app("/a/x", &backend).await;
    until(|| !all("[type=search]").is_empty(), "a search").await;
    type_into("[type=search]", "0011");
    says_no_more("ending in 0007").await;
    press("View Sichuan Bistro card ending in 0011");
    says("Member card").await;
    press("Back");
    until(|| !all("[type=search]").is_empty(), "the search again").await;
    says("ending in 0011").await;
    assert!(
        !text().contains("ending in 0007"),
        "it is searched for still"
    );
    let value = script("return document.querySelector('[type=search]').value");
    assert_eq!(value.as_string().as_deref(), Some("0011"));
}

#[wasm_bindgen_test]
async fn a_switch_far_down_that_is_refused_is_told_where_the_fan_looks() {
    let backend = Backend::new();
    backend.always("GET", "/wallet", 200, wallet_of(60));
    show_app("/a/x", &backend).await;
    says("ending in 0060").await;
    script("window.scrollTo(0, document.documentElement.scrollHeight)");
    press("Switch to Sichuan Bistro card ending in 0060");
    let put = backend.next("PUT", "/current-card").await;
    put.reply(409, problem(409, "card_frozen", json!({ "card_id": "60" })));
    says("Not switched").await;
    let height = script("return window.innerHeight")
        .as_f64()
        .unwrap_or_default();
    let is_in_view = || {
        let mut notices = all("[role=alert] .notice").into_iter();
        notices.any(|notice| {
            let place = notice.get_bounding_client_rect();
            place.top() >= 0.0 && place.bottom() <= height
        })
    };
    until(is_in_view, "it is in view").await;
}
