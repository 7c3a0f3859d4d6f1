//! Switching cards while replies come late, out of order, or not at all.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    backend::Backend,
    page::{
        all, hide, network, press, reload_app, says, says_no_more, script, settled, show_app, text,
        the, until,
    },
    replies::problem,
};

const PUT: (&str, &str) = ("PUT", "/current-card");
const GET: (&str, &str) = ("GET", "/wallet");

/// A wallet with the cards a, b and c, of which `current` is in use.
fn wallet(current: &str, revision: &str) -> Value {
    let card = |id: &str, number: &str| {
        json!({
            "id": id, "merchant_id": "m", "number": number, "kind": "online",
            "status": "active", "origin": "opened", "holder": {},
            "level": { "name": "Silver", "benefits": [] }, "balance_fen": 12_800,
            "points": 560, "coupon_count": 0, "updated_at": "2026-03-01T12:00:00Z",
        })
    };
    json!({
        "server_time": "2026-03-01T12:00:00Z", "fan": "f1", "revision": revision,
        "account": { "id": "x", "name": "Bistro", "kind": "own", "follows": true, "links": [] },
        "merchants": [{ "id": "m", "name": "Bistro", "brand_color": "#B4232A" }],
        "merchant_id": "m", "issue_mode": "manual", "phone_proven": true,
        "terms": { "version": "2026-01" }, "current_card_id": current,
        "cards": [
            card("a", "800100001111"), card("b", "800100002222"), card("c", "800100003333"),
        ],
    })
}

/// The reply to a switch.
fn switched(current: &str, revision: &str) -> Value {
    json!({
        "server_time": "2026-03-01T12:00:01Z", "fan": "f1",
        "current_card_id": current, "revision": revision,
    })
}

fn switch_to(last_four: &str) {
    press(&format!("Switch to Bistro card ending in {last_four}"));
}

/// The digits at the end of the number on the card in use.
fn in_use() -> String {
    let number = all("#current-card .card-face__number")
        .first()
        .and_then(|it| it.text_content());
    let digits: String = number.unwrap_or_default().chars().rev().take(4).collect();
    digits.chars().rev().collect()
}

async fn open() -> Backend {
    let backend = Backend::new();
    show_app("/a/x", &backend).await;
    backend
        .next(GET.0, GET.1)
        .await
        .reply(200, wallet("a", "1"));
    says("nding in 2222").await;
    assert_eq!(in_use(), "1111");
    backend
}

/// The network comes back.
fn refresh() {
    network(true);
}

#[wasm_bindgen_test]
async fn a_wallet_from_before_a_switch_does_not_put_the_old_card_back() {
    let backend = open().await;
    refresh();
    let old = backend.next(GET.0, GET.1).await;
    switch_to("2222");
    backend
        .next(PUT.0, PUT.1)
        .await
        .reply(200, switched("b", "2"));
    says("Now using Bistro, ending in 2222").await;
    old.reply(200, wallet("a", "1"));
    // The dropped reply is asked for again, and that one counts.
    backend
        .next(GET.0, GET.1)
        .await
        .reply(200, wallet("b", "2"));
    until(|| in_use() == "2222", "b is in use").await;
}

#[wasm_bindgen_test]
async fn the_latest_of_two_taps_wins_though_the_first_meets_a_changed_wallet() {
    let backend = open().await;
    switch_to("2222");
    switch_to("3333");
    until(|| backend.waiting(PUT.0, PUT.1) > 0, "a switch is sent").await;
    assert_eq!(backend.waiting(PUT.0, PUT.1), 1, "one at a time");
    // The page is left at once; the store goes on.
    press("My details");
    backend.next("GET", "/profile").await.lose();
    let first = backend.next(PUT.0, PUT.1).await;
    assert!(
        first
            .request()
            .body
            .as_deref()
            .is_some_and(|body| body.contains("\"b\""))
    );
    first.reply(
        412,
        problem(412, "wallet_changed", json!({ "wallet": wallet("a", "5") })),
    );
    let second = backend.next(PUT.0, PUT.1).await;
    assert!(
        second
            .request()
            .body
            .as_deref()
            .is_some_and(|body| body.contains("\"c\""))
    );
    assert_eq!(second.request().if_match.as_deref(), Some("5"));
    second.reply(200, switched("c", "6"));
    press("Back");
    until(|| in_use() == "3333", "c is in use").await;
}

#[wasm_bindgen_test]
async fn a_gateways_page_in_place_of_a_reply_is_settled_by_asking() {
    let backend = open().await;
    switch_to("2222");
    let put = backend.next(PUT.0, PUT.1).await;
    put.reply(502, "<html><h1>502 Bad Gateway</h1></html>");
    backend
        .next(GET.0, GET.1)
        .await
        .reply(200, wallet("b", "2"));
    says("Now using Bistro, ending in 2222").await;
    assert_eq!(backend.waiting(PUT.0, PUT.1), 0, "it is not sent twice");
}

#[wasm_bindgen_test]
async fn a_refusal_puts_the_card_from_before_back_and_says_why() {
    let backend = open().await;
    switch_to("2222");
    until(|| in_use() == "2222", "the tap shows at once").await;
    let put = backend.next(PUT.0, PUT.1).await;
    put.reply(409, problem(409, "card_frozen", json!({ "card_id": "b" })));
    says("Not switched").await;
    assert_eq!(in_use(), "1111");
}

#[wasm_bindgen_test]
async fn after_a_switch_the_focus_is_on_the_card_in_use() {
    let backend = open().await;
    switch_to("2222");
    let has_focus = || {
        let active = web_sys::window().and_then(|window| window.document()?.active_element());
        active.is_some_and(|active| active.id() == "current-card")
    };
    until(has_focus, "the focus is on the card in use").await;
    drop(backend);
}

#[wasm_bindgen_test]
async fn two_calls_that_are_not_signed_in_leave_once() {
    let backend = Backend::new();
    show_app("/a/x", &backend).await;
    let signed_out = problem(
        401,
        "not_signed_in",
        json!({ "login_url": "/enter?account=x" }),
    );
    backend.next(GET.0, GET.1).await.reply(401, &signed_out);
    until(|| backend.left_for().len() == 1, "the app has left").await;
    refresh();
    backend.next(GET.0, GET.1).await.reply(401, &signed_out);
    settled().await;
    assert_eq!(backend.left_for().len(), 1);
    assert!(!text().contains("Sign-in failed"));
    let left_for = backend.left_for().remove(0);
    assert!(
        left_for.starts_with("/enter?account=x&return_to="),
        "{left_for}"
    );
}

#[wasm_bindgen_test]
async fn trying_again_shows_that_it_is_busy_and_asks_once() {
    let backend = Backend::new();
    show_app("/a/x", &backend).await;
    let unavailable = problem(503, "unavailable", json!({}));
    // A read is repeated by itself before the fan is told.
    while !text().contains("Try again") {
        backend.next(GET.0, GET.1).await.reply(503, &unavailable);
        until(
            || text().contains("Try again") || backend.waiting(GET.0, GET.1) > 0,
            "told, or asked again",
        )
        .await;
    }
    press("Try again");
    press("Try again");
    press("Try again");
    until(
        || the(".problem button").get_attribute("aria-busy").as_deref() == Some("true"),
        "the button is busy",
    )
    .await;
    assert_eq!(backend.waiting(GET.0, GET.1), 1);
    backend
        .next(GET.0, GET.1)
        .await
        .reply(200, wallet("a", "1"));
    says("Bistro").await;
}

#[wasm_bindgen_test]
async fn a_refresh_that_fails_keeps_the_wallet_and_says_so() {
    let backend = open().await;
    refresh();
    backend
        .next(GET.0, GET.1)
        .await
        .reply(403, problem(403, "forbidden", json!({})));
    says("Can’t update right now").await;
    assert_eq!(in_use(), "1111");
}

#[wasm_bindgen_test]
async fn a_page_of_a_fan_who_is_no_longer_signed_in_is_taken_away() {
    let backend = open().await;
    refresh();
    let mut other = wallet("z", "9");
    other["fan"] = json!("f2");
    backend.next(GET.0, GET.1).await.reply(200, &other);
    says("Reload").await;
    assert!(!text().contains("Switch"));
}

#[wasm_bindgen_test]
async fn every_write_names_the_fan_whose_page_it_is() {
    let backend = open().await;
    switch_to("2222");
    let put = backend.next(PUT.0, PUT.1).await;
    assert_eq!(put.request().fan.as_deref(), Some("f1"));
}

#[wasm_bindgen_test]
async fn a_refused_switch_is_told_on_one_page_only() {
    let backend = open().await;
    backend.always("GET", "/profile", 200, crate::replies::profile());
    switch_to("2222");
    let put = backend.next(PUT.0, PUT.1).await;
    put.reply(409, problem(409, "card_frozen", json!({ "card_id": "b" })));
    says("Not switched").await;
    backend.always(GET.0, GET.1, 200, wallet("a", "1"));
    press("My details");
    says("138****8000").await;
    press("Back");
    says("nding in 2222").await;
    settled().await;
    assert!(
        !text().contains("Not switched"),
        "it is told again: {}",
        text()
    );
}

#[wasm_bindgen_test]
async fn a_switch_in_doubt_is_doubted_no_more_once_the_wallet_is_known() {
    let backend = open().await;
    switch_to("2222");
    backend.next(PUT.0, PUT.1).await.time_out();
    backend
        .next(GET.0, GET.1)
        .await
        .reply(403, problem(403, "forbidden", json!({})));
    says("It isn’t certain whether the card was switched. ").await;
    refresh();
    backend
        .next(GET.0, GET.1)
        .await
        .reply(200, wallet("b", "2"));
    until(|| in_use() == "2222", "b is in use").await;
    says_no_more("It isn’t certain").await;
}

#[wasm_bindgen_test]
async fn a_page_that_is_left_remembers_the_latest_tap() {
    let backend = open().await;
    switch_to("2222");
    switch_to("3333");
    hide(true);
    // The page is gone before anything is answered; later it is opened again.
    let kept = script("return JSON.stringify(Object.entries(sessionStorage))");
    let kept = kept.as_string().unwrap_or_default();
    hide(false);
    drop(backend);
    assert!(kept.contains("\"c\""), "the latest tap is kept: {kept}");
}

#[wasm_bindgen_test]
async fn a_session_that_is_over_elsewhere_leaves_no_tap_behind() {
    let backend = open().await;
    switch_to("2222");
    until(|| backend.waiting(PUT.0, PUT.1) == 1, "it is sent").await;
    press("My details");
    let profile = backend.next("GET", "/profile").await;
    let login = json!({ "login_url": "/enter?account=x" });
    profile.reply(401, problem(401, "not_signed_in", login));
    until(|| backend.left_for().len() == 1, "the app has left").await;
    let kept = script("return JSON.stringify(Object.entries(sessionStorage))");
    let kept = kept.as_string().unwrap_or_default();
    assert!(kept.contains("\"b\""), "the tap is kept: {kept}");
}

#[wasm_bindgen_test]
async fn a_switch_that_the_end_of_the_session_cut_off_takes_one_tap_after_signing_in() {
    let backend = open().await;
    switch_to("2222");
    let login = json!({ "login_url": "/enter?account=x" });
    let put = backend.next(PUT.0, PUT.1).await;
    put.reply(401, problem(401, "not_signed_in", login));
    until(|| backend.left_for().len() == 1, "the app has left").await;
    // Signing in leads back.
    let backend = Backend::new();
    backend.always(GET.0, GET.1, 200, wallet("a", "1"));
    reload_app("/a/x", &backend).await;
    until(|| !all(".notice").is_empty(), "it is told").await;
    let told = the(".notice").text_content().unwrap_or_default();
    assert!(told.contains("2222"), "{told}");
    assert_eq!(in_use(), "1111");
    press("Switch now");
    let put = backend.next(PUT.0, PUT.1).await;
    let body = put.request().body.clone().unwrap_or_default();
    assert!(body.contains("\"b\""), "{body}");
    put.reply(200, switched("b", "2"));
    says("Now using Bistro, ending in 2222").await;
    assert!(all(".notice").is_empty());
}
