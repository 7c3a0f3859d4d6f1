//! One card: what stays when a refresh fails, and its history.

use serde_json::{Value, json};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::{
    backend::Backend,
    page::{
        all, control, focused, network, pass, press, says, says_no_more, script, settled, show_app,
        text, the, until,
    },
    replies::{self, problem},
};

const CARD: &str = "/cards/1";
const ENTRIES: &str = "/cards/1/entries";
const COUPONS: &str = "/cards/1/coupons";
const STALE: &str = "Can’t update right now";

fn entries(ids: &[&str], next_cursor: Option<&str>) -> Value {
    let entry = |id: &&str| {
        json!({
            "id": id, "at": replies::NOW, "kind": "points", "amount": 10,
            "title": format!("Entry {id}"), "shop": "مطعم",
        })
    };
    let items: Vec<_> = ids.iter().map(entry).collect();
    let mut page = replies::list(&items);
    if let Some(cursor) = next_cursor {
        page["next_cursor"] = json!(cursor);
    }
    page
}

async fn show_card(card: Value) -> Backend {
    let backend = Backend::new();
    backend.always("GET", ENTRIES, 200, replies::list(&[]));
    show_app("/a/x/cards/1", &backend).await;
    backend
        .next("GET", CARD)
        .await
        .reply(200, replies::card_in_full(&card));
    says("8000 0000 0001").await;
    backend
}

fn is_busy(name: &str) -> bool {
    control(name).get_attribute("aria-busy").as_deref() == Some("true")
}

#[wasm_bindgen_test]
async fn what_the_wallet_knows_of_a_card_is_shown_at_once() {
    let backend = Backend::new();
    backend.always("GET", "/wallet", 200, replies::wallet());
    backend.always("GET", ENTRIES, 200, replies::list(&[]));
    show_app("/a/x", &backend).await;
    says("8000 0000 0001").await;
    press("View Sichuan Bistro card ending in 0001");
    let call = backend.next("GET", CARD).await;
    says("860 of 2,000 points").await;
    assert!(text().contains("8000 0000 0001"));
    let mut card = replies::card("1");
    card["points"] = json!(870);
    call.reply(200, replies::card_in_full(&card));
    says("870 of 2,000 points").await;
}

#[wasm_bindgen_test]
async fn a_refresh_that_fails_keeps_the_card_and_shows_that_it_tries_again() {
    let backend = show_card(replies::card("1")).await;
    for _ in 0..2 {
        network(true);
        backend.next("GET", CARD).await.time_out();
        says(STALE).await;
        settled().await;
    }
    assert!(text().contains("8000 0000 0001"));
    let calls = backend.count("GET", CARD);
    press("Try again");
    let call = backend.next("GET", CARD).await;
    until(|| is_busy("Try again"), "the button is busy").await;
    press("Try again");
    press("Try again");
    settled().await;
    assert_eq!(backend.count("GET", CARD), calls + 1);
    call.reply(200, replies::card_in_full(&replies::card("1")));
    says_no_more(STALE).await;
    assert!(text().contains("8000 0000 0001"));
}

#[wasm_bindgen_test]
async fn the_button_waits_for_as_long_as_the_backend_asks() {
    let backend = show_card(replies::card("1")).await;
    network(true);
    let call = backend.next("GET", CARD).await;
    call.reply(
        503,
        problem(503, "unavailable", json!({ "retry_after": 20 })),
    );
    says("Please try again in 20 s").await;
    let button = the(".notice .button").text_content();
    let button = button.expect("a label");
    press(&button);
    settled().await;
    assert_eq!(backend.waiting("GET", CARD), 0, "{button}");
    pass(20_500);
    let is_ready = || {
        let label = the(".notice .button").text_content();
        label.as_deref().map(str::trim) == Some("Try again")
    };
    until(is_ready, "the button counts down to the end").await;
    press("Try again");
    backend.next("GET", CARD).await;
}

#[wasm_bindgen_test]
async fn a_card_that_is_refused_is_not_shown_any_longer() {
    let backend = show_card(replies::card("1")).await;
    network(true);
    let call = backend.next("GET", CARD).await;
    call.reply(404, problem(404, "card_not_found", json!({})));
    says_no_more("8000 0000 0001").await;
    assert!(text().contains("21-0301-2000-1234"));
}

#[wasm_bindgen_test]
async fn without_a_network_the_number_is_masked() {
    let _backend = show_card(replies::card("1")).await;
    network(false);
    says_no_more("8000 0000 0001").await;
    let masked = text().matches("**** **** 0001").count();
    assert_eq!(masked, 2, "on the face and below it: {}", text());
    network(true);
    says("8000 0000 0001").await;
    assert!(!text().contains("****"));
}

#[wasm_bindgen_test]
async fn a_refresh_that_brings_the_same_card_moves_nothing() {
    let backend = show_card(replies::card("1")).await;
    let face = the(".card-face");
    control("Copy number").focus().expect("it takes the focus");
    network(true);
    let call = backend.next("GET", CARD).await;
    call.reply(200, replies::card_in_full(&replies::card("1")));
    settled().await;
    assert_eq!(the(".card-face"), face);
    let focused = focused().and_then(|focused| focused.text_content());
    assert_eq!(focused.as_deref().map(str::trim), Some("Copy number"));
}

#[wasm_bindgen_test]
async fn a_card_ends_on_a_day_of_chinas() {
    let mut card = replies::card("1");
    card["expires_at"] = json!("2026-12-30T16:30:00Z");
    let backend = show_card(card).await;
    says("2026-12-31").await;
    let coupon = json!({
        "id": "c", "title": "Half price", "rule": "One a visit", "state": "unused",
        "starts_at": "2026-06-30T16:30:00Z", "ends_at": "2026-07-30T16:30:00Z",
    });
    let page = json!({ "server_time": replies::NOW, "items": [coupon] });
    backend.always("GET", COUPONS, 200, page);
    // The filter of the history has a button of the same name.
    let coupons: HtmlElement = the("[aria-pressed]:nth-child(2)").unchecked_into();
    coupons.click();
    says("Half price").await;
    assert!(text().contains("2026-07-01") && text().contains("2026-07-31"));
}

#[wasm_bindgen_test]
async fn data_of_another_day_says_the_day() {
    let backend = Backend::new();
    show_app("/a/x", &backend).await;
    let wallet = backend.next("GET", "/wallet").await;
    wallet.reply(200, replies::wallet());
    says("8000 0000 0001").await;
    pass(86_400_000);
    network(true);
    press("View Sichuan Bistro card ending in 0001");
    says("860 of 2,000 points").await;
    let as_of = the(".panel__as-of").text_content().expect("an age");
    assert!(as_of.contains("2026-03-01"), "{as_of}");
}

#[wasm_bindgen_test]
async fn a_part_of_the_history_that_does_not_load_is_asked_for_again() {
    let backend = Backend::new();
    show_app("/a/x/cards/1", &backend).await;
    let card = backend.next("GET", CARD).await;
    card.reply(200, replies::card_in_full(&replies::card("1")));
    let first = backend.next("GET", ENTRIES).await;
    first.reply(200, entries(&["3", "2"], Some("p2")));
    says("Show more").await;
    script("window.scrollTo(0, document.body.scrollHeight)");
    let more = backend.next("GET", "/cards/1/entries?cursor=p2").await;
    more.time_out();
    says("Try again").await;
    assert!(text().contains("Entry 2"), "what is there stays");
    press("Try again");
    let more = backend.next("GET", "/cards/1/entries?cursor=p2").await;
    until(|| is_busy("Try again"), "the button is busy").await;
    press("Try again");
    // Something happened meanwhile, so that an entry comes twice.
    more.reply(200, entries(&["2", "1"], Some("p3")));
    says("Entry 1").await;
    assert_eq!(all("ul.rows > li").len(), 3);
    let last = backend.next("GET", "/cards/1/entries?cursor=p3").await;
    last.reply(200, entries(&["1"], Some("p3")));
    says_no_more("Show more").await;
    assert_eq!(backend.count("GET", ENTRIES), 4);
}

#[wasm_bindgen_test]
async fn a_part_of_the_history_that_is_no_longer_wanted_is_not_waited_for() {
    let backend = Backend::new();
    show_app("/a/x/cards/1", &backend).await;
    let card = backend.next("GET", CARD).await;
    card.reply(200, replies::card_in_full(&replies::card("1")));
    let all_kinds = backend.next("GET", ENTRIES).await;
    press("Points");
    let points = backend.next("GET", "/cards/1/entries?kind=points").await;
    assert!(all_kinds.is_aborted());
    points.reply(200, entries(&["7"], None));
    says("Entry 7").await;
    all_kinds.reply(200, entries(&["8"], None));
    settled().await;
    assert!(!text().contains("Entry 8"));
    press("Points");
    settled().await;
    assert_eq!(backend.count("GET", ENTRIES), 2, "it is chosen already");
}

#[wasm_bindgen_test]
async fn leaving_the_card_aborts_what_it_has_asked_for() {
    let backend = Backend::new();
    backend.always("GET", "/wallet", 200, replies::wallet());
    backend.always("GET", ENTRIES, 200, replies::list(&[]));
    show_app("/a/x/cards/1", &backend).await;
    let call = backend.next("GET", CARD).await;
    press("Back");
    says("0002").await;
    assert!(call.is_aborted());
}

#[wasm_bindgen_test]
async fn a_long_name_takes_two_lines_and_turns_nothing_around() {
    let mut card = replies::card_in_full(&replies::card("1"));
    card["merchant"]["name"] = json!("川味小馆".repeat(15));
    let backend = Backend::new();
    backend.always("GET", ENTRIES, 200, entries(&["1"], None));
    backend.always("GET", CARD, 200, &card);
    show_app("/a/x/cards/1", &backend).await;
    says("Entry 1").await;
    script("document.querySelector('main').style.maxWidth = '360px'");
    let name = the(".card-face__merchant");
    assert_eq!(name.get_attribute("dir").as_deref(), Some("auto"));
    let line = script(
        "const style = getComputedStyle(document.querySelector('.card-face__merchant')); \
         return parseFloat(style.lineHeight)",
    );
    let height = name.get_bounding_client_rect().height();
    let line = line.as_f64().expect("a height");
    assert!(
        (height - 2.0 * line).abs() < 1.0,
        "{height} for lines of {line}"
    );
    // The time before a name of Arabic letters stays before it.
    let isolated = the(".row__note bdi").text_content();
    assert_eq!(isolated.as_deref(), Some("مطعم"));
}

fn coupon(id: &str, state: &str, code: Option<&str>) -> Value {
    let mut coupon = json!({
        "id": id, "title": format!("Coupon {id}"), "rule": "One per table", "state": state,
        "value_fen": 2000,
    });
    if let Some(code) = code {
        coupon["code"] = json!(code);
    }
    coupon
}

async fn show_coupons(items: Value) -> Backend {
    let backend = show_card(replies::card("1")).await;
    let mut wallet = replies::wallet();
    wallet["account"]["links"] = json!([
        { "kind": "takeaway", "label": "Takeaway", "url": "/takeaway" },
        { "kind": "order", "label": "Order", "url": "/order" },
    ]);
    backend.next("GET", "/wallet").await.reply(200, wallet);
    let list = json!({ "server_time": replies::NOW, "items": items });
    backend.always("GET", COUPONS, 200, list);
    let mut tabs = all("button").into_iter();
    let tab = tabs.find(|tab| tab.text_content().as_deref() == Some("Coupons"));
    tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok())
        .expect("a tab")
        .click();
    says("Coupon a").await;
    backend
}

#[wasm_bindgen_test]
async fn a_coupon_opens_to_its_own_code_and_leads_to_ordering() {
    let _backend = show_coupons(json!([coupon("a", "unused", Some("123456789012"))])).await;
    press("Show coupon code");
    says("1234 5678 9012").await;
    let picture = the("dialog [role=img]").get_attribute("aria-label");
    assert_eq!(picture.as_deref(), Some("Code of the coupon Coupon a"));
    press("Close");
    says_no_more("1234 5678 9012").await;
    assert_eq!(
        control("Order now").get_attribute("href").as_deref(),
        Some("/order")
    );
}

#[wasm_bindgen_test]
async fn a_coupon_without_a_code_or_one_that_is_over_has_none_to_show() {
    for coupon in [
        coupon("a", "unused", None),
        coupon("a", "used", Some("123456789012")),
    ] {
        let _backend = show_coupons(json!([coupon])).await;
        settled().await;
        assert!(!text().contains("Show coupon code"));
    }
}
