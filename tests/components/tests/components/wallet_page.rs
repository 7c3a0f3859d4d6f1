//! The wallet's page while replies come and fail.

use serde_json::{Value, json};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::{
    backend::Backend,
    page::{
        all, control, focused, network, pass, press, says, says_no_more, script, settled, show_app,
        show_app_keeping, text, the, type_into, until,
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
        ("own", "Sichuan Bistro · official account"),
        ("platform", "Sichuan Bistro · platform account"),
        ("operator", "Sichuan Bistro · operator account"),
        ("cooperative", "Sichuan Bistro · official account"),
    ] {
        let backend = Backend::new();
        let mut wallet = replies::wallet();
        wallet["account"]["kind"] = json!(kind);
        backend.always("GET", "/wallet", 200, wallet);
        show_app("/a/x", &backend).await;
        says("8000 0000 0001").await;
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

/// Shows a wallet in which it is worth to search.
async fn show_search() -> Backend {
    let backend = Backend::new();
    backend.always("GET", "/wallet", 200, wallet_of(12));
    show_app("/a/x", &backend).await;
    until(|| !all("[type=search]").is_empty(), "a search").await;
    backend
}

#[wasm_bindgen_test]
async fn what_is_searched_for_is_still_there_after_back() {
    let _backend = show_search().await;
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

/// Switches to the last of sixty cards, with the page scrolled down to it.
async fn switch_far_down() -> Backend {
    let backend = Backend::new();
    backend.always("GET", "/wallet", 200, wallet_of(60));
    show_app("/a/x", &backend).await;
    says("ending in 0002").await;
    // What is far down is in the page once it is near the screen.
    let is_there = || {
        script("window.scrollTo(0, document.documentElement.scrollHeight)");
        text().contains("ending in 0060")
    };
    until(is_there, "the last card").await;
    press("Switch to Sichuan Bistro card ending in 0060");
    backend
}

#[wasm_bindgen_test]
async fn a_search_waits_for_the_input_method() {
    let _backend = show_search().await;
    let compose = |text: &str| {
        script(&format!(
            "const field = document.querySelector('[type=search]');
             field.value = '{text}';
             field.dispatchEvent(new InputEvent('input', {{bubbles: true, isComposing: true}}))"
        ));
    };
    compose("no such");
    settled().await;
    assert!(text().contains("ending in 0011"), "it isn't searched for");
    compose("0011");
    script(
        "document.querySelector('[type=search]')
             .dispatchEvent(new CompositionEvent('compositionend', {bubbles: true}))",
    );
    says_no_more("ending in 0007").await;
    assert!(text().contains("ending in 0011"));
}

#[wasm_bindgen_test]
async fn a_switch_far_down_that_is_refused_is_told_where_the_fan_looks() {
    let backend = switch_far_down().await;
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

#[wasm_bindgen_test]
async fn after_a_switch_far_down_the_card_in_use_is_in_sight() {
    let _backend = switch_far_down().await;
    let height = script("return window.innerHeight")
        .as_f64()
        .unwrap_or_default();
    let is_in_sight = || {
        let number = the("#current-card .card-face__number");
        let place = number.get_bounding_client_rect();
        let is_new = number.text_content().is_some_and(|it| it.contains("0060"));
        // On its way it passes through what the fan looks at.
        is_new && motions() == 0.0 && place.top() >= 0.0 && place.bottom() <= height
    };
    until(is_in_sight, "the card in use is in sight").await;
}

/// Whether `one` is above `other` on the page.
fn is_above(one: &str, other: &str) -> bool {
    let top = |selector: &str| the(selector).get_bounding_client_rect().top();
    top(one) < top(other)
}

fn moved_wallet() -> Value {
    let mut wallet = replies::wallet();
    wallet["phone_proven"] = json!(false);
    wallet["account"]["changed"] = json!({ "from_name": "Old Bistro", "at": replies::NOW });
    wallet
}

#[wasm_bindgen_test]
async fn the_notice_of_another_account_opens_in_place_and_is_closed_for_good() {
    const TITLE: &str = "The account has changed";
    let backend = Backend::new();
    backend.always("GET", "/wallet", 200, moved_wallet());
    show_app("/a/x", &backend).await;
    says(TITLE).await;
    // It comes with the lazy module, and moves no card.
    assert!(is_above(".wallet__others", ".notice--brief"));
    assert!(
        !text().contains("Old Bistro"),
        "one line until it is opened"
    );
    the("summary")
        .dyn_into::<HtmlElement>()
        .expect("HTML")
        .click();
    says("Old Bistro").await;
    press("Close");
    says_no_more(TITLE).await;
    let closed = script("return Object.keys(localStorage).find((key) => key.includes('closed'))");
    let closed = closed.as_string().expect("it is stored");
    // The page is opened another day.
    let again = Backend::new();
    again.always("GET", "/wallet", 200, moved_wallet());
    show_app_keeping(&closed, "/a/x", &again).await;
    says("8000 0000 0001").await;
    settled().await;
    assert!(!text().contains(TITLE));
}

#[wasm_bindgen_test]
async fn the_notice_of_another_account_goes_when_the_old_card_is_in_use() {
    let backend = Backend::new();
    let mut wallet = moved_wallet();
    wallet["phone_proven"] = json!(true);
    backend.always("GET", "/wallet", 200, wallet);
    show_app("/a/x", &backend).await;
    says("8000 0000 0001").await;
    settled().await;
    assert!(!text().contains("The account has changed"));
}

#[wasm_bindgen_test]
async fn what_can_wait_is_below_the_card_and_what_is_needed_first_above_it() {
    let backend = Backend::new();
    let mut wallet = replies::wallet();
    wallet["phone_proven"] = json!(false);
    backend.always("GET", "/wallet", 200, &wallet);
    show_app("/a/x", &backend).await;
    says("Had a card before?").await;
    assert!(is_above(".card-face--full", ".lead"));
    wallet["cards"][0]["status"] = json!("frozen");
    wallet["cards"][1]["status"] = json!("frozen");
    let backend = Backend::new();
    backend.always("GET", "/wallet", 200, wallet);
    show_app("/a/x", &backend).await;
    says("Get your old card back").await;
    assert!(is_above(".lead", ".card-face--full"));
}

#[wasm_bindgen_test]
async fn where_no_members_were_kept_no_old_card_is_promised() {
    let mut wallet = moved_wallet();
    wallet["merchants"][0]["members_retained"] = json!(false);
    let backend = Backend::new();
    backend.always("GET", "/wallet", 200, &wallet);
    show_app("/a/x", &backend).await;
    says("8000 0000 0001").await;
    the("summary")
        .dyn_into::<HtmlElement>()
        .expect("HTML")
        .click();
    says("Old Bistro").await;
    for promise in ["Had a card before?", "can be found"] {
        assert!(!text().contains(promise), "{promise}: {}", text());
    }
    wallet["cards"] = json!([]);
    let backend = Backend::new();
    backend.always("GET", "/wallet", 200, wallet);
    show_app("/a/x", &backend).await;
    says("Open a new card").await;
    assert!(!text().contains("Get your old card back"), "{}", text());
    press("Apply for a card");
    says("Phone number").await;
    says("Verify your phone number to open a new card.").await;
    assert!(!text().contains("Get your card back"), "{}", text());
}

#[wasm_bindgen_test]
async fn a_level_can_be_read_in_its_colour_on_a_card_of_any() {
    const WHITE: &str = "rgb(255, 255, 255)";
    const DARK: &str = "rgb(26, 26, 26)";
    for (shop, level, ink) in [
        ("#b3261e", "#cfd6de", DARK),
        ("#b3261e", "#2b2b2b", WHITE),
        ("#ffd54f", "#cfd6de", DARK),
        ("#ffd54f", "#2b2b2b", WHITE),
    ] {
        let backend = Backend::new();
        let mut wallet = replies::wallet();
        wallet["merchants"][0]["brand_color"] = json!(shop);
        wallet["cards"][0]["level"]["color"] = json!(level);
        backend.always("GET", "/wallet", 200, wallet);
        show_app("/a/x", &backend).await;
        says("8000 0000 0001").await;
        let look = |property: &str| {
            let badge = "document.querySelector('#current-card .card-face__badge')";
            script(&format!("return getComputedStyle({badge}).{property}"))
                .as_string()
                .expect("text")
        };
        assert_eq!(look("color"), ink, "{level} on {shop}");
        // What shines is white, and white on it could not be read.
        let shines = look("backgroundImage").contains("rgba(255, 255, 255, 0.5)");
        assert_eq!(shines, ink == DARK, "{level} on {shop}");
    }
}

#[wasm_bindgen_test]
async fn what_ends_soon_is_told_soonest_first_and_leads_to_its_card() {
    let backend = Backend::new();
    let mut wallet = replies::wallet();
    wallet["cards"][0]["points_expiring"] = json!({ "points": 120, "at": "2026-12-31T15:59:59Z" });
    wallet["cards"][1]["coupons_expiring"] = json!({ "count": 2, "at": "2026-03-04T15:59:59Z" });
    backend.always("GET", "/wallet", 200, wallet);
    show_app("/a/x", &backend).await;
    says("120 points").await;
    let rows: Vec<_> = all(".lapse")
        .iter()
        .filter_map(|row| row.text_content())
        .collect();
    assert_eq!(
        rows,
        [
            "2 couponsuntil Mar 4Sichuan Bistro",
            "120 pointsuntil Dec 31"
        ]
    );
    the(".lapse")
        .dyn_into::<HtmlElement>()
        .expect("HTML")
        .click();
    backend.next("GET", "/cards/2").await;
}

#[wasm_bindgen_test]
async fn a_card_that_is_pinned_is_at_the_top_on_this_device() {
    let backend = Backend::new();
    let mut wallet = replies::wallet();
    wallet["cards"] = json!([replies::card("1"), replies::card("2"), replies::card("3")]);
    backend.always("GET", "/wallet", 200, wallet);
    backend.always("GET", "/entries", 200, replies::list(&[]));
    let in_full = replies::card_in_full(&replies::card("3"));
    backend.always("GET", "/cards/3", 200, in_full);
    show_app("/a/x", &backend).await;
    says("8000 0000 0001").await;
    press("View Sichuan Bistro card ending in 0003");
    says("8000 0000 0003").await;
    press("Pin to the top");
    says("Unpin").await;
    press("Back");
    says("Pinned").await;
    let first = all(".wallet__list .card-face__summary");
    let first = first
        .first()
        .and_then(|it| it.text_content())
        .unwrap_or_default();
    assert!(first.contains("ending in 0003"), "{first}");
    let stored = script("return localStorage.getItem('kabao.pinned.x')");
    assert_eq!(stored.as_string().as_deref(), Some("3"));
}

#[wasm_bindgen_test]
async fn a_plastic_card_says_what_it_is() {
    let backend = Backend::new();
    let mut wallet = replies::wallet();
    wallet["cards"][1]["kind"] = json!("physical");
    backend.always("GET", "/wallet", 200, wallet);
    show_app("/a/x", &backend).await;
    says("Plastic").await;
    assert_eq!(all(".card-face__badge--kind").len(), 1);
}
