//! The member code: how long it lives, and how large it is.

use serde_json::{Value, json};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::{
    backend::Backend,
    page::{
        all, control, focused, hide, move_calendar, network, pass, press, says, says_no_more,
        script, settled, show_app, show_app_keeping, sleep, text, the, until,
    },
    replies::{self, problem},
};

const CODE: &str = "/cards/1/code";
const OFFLINE: &str = "Offline code";
/// Longer than the page takes to look at the clock.
const TICK: i32 = 350;

/// A code that the backend describes at noon.
fn rotating(payload: &str, ends_after: Option<u32>, refresh_after: Option<u32>) -> Value {
    let mut code = json!({
        "server_time": replies::NOW, "fan": "f1", "payload": payload, "mode": "rotating",
        "offline_payload": "900000000001",
    });
    if let Some(seconds) = ends_after {
        code["expires_at"] = json!(format!(
            "2026-03-01T12:{:02}:{:02}Z",
            seconds / 60,
            seconds % 60
        ));
    }
    if let Some(seconds) = refresh_after {
        code["refresh_after"] = json!(seconds);
    }
    code
}

fn fixed(payload: &str) -> Value {
    json!({ "server_time": replies::NOW, "fan": "f1", "payload": payload, "mode": "static" })
}

/// The digits below the codes.
fn digits() -> String {
    let number = all(".code-plate__number");
    let text = number.first().and_then(|number| number.text_content());
    text.unwrap_or_default().replace(' ', "")
}

async fn shows(payload: &str) {
    until(|| digits() == payload, payload).await;
}

async fn show_code(code: Value) -> Backend {
    let backend = Backend::new();
    backend.always("GET", "/wallet", 200, replies::wallet());
    let payload = code["payload"].as_str().expect("a payload").to_owned();
    show_app("/a/x/cards/1/code", &backend).await;
    backend.next("GET", CODE).await.reply(200, code);
    shows(&payload).await;
    backend
}

/// Shows a code once the card has turned into it: it is smaller meanwhile.
async fn show_code_at_rest(code: Value) -> Backend {
    let backend = show_code(code).await;
    let is_still = || script("return document.getAnimations().length === 0") == true;
    until(is_still, "the card has turned").await;
    backend
}

fn stored() -> Option<String> {
    script("return localStorage.getItem('kabao.offline-code.x.1')").as_string()
}

fn qr_size() -> (f64, f64) {
    let place = the(".qr-code").get_bounding_client_rect();
    (place.width(), place.height())
}

#[wasm_bindgen_test]
async fn a_rotating_code_is_gone_when_the_earlier_of_its_times_is_over() {
    for (ends_after, refresh_after) in [(43, 14), (14, 43)] {
        let code = rotating("111111111111", Some(ends_after), Some(refresh_after));
        let backend = show_code(code).await;
        backend.never("GET", CODE);
        pass(13_000);
        until(|| backend.count("GET", CODE) >= 3, "it is asked for, twice").await;
        settled().await;
        assert_eq!(digits(), "111111111111", "it is good for another second");
        pass(1_100);
        says(OFFLINE).await;
        assert_eq!(digits(), "900000000001");
    }
}

#[wasm_bindgen_test]
async fn a_rotating_code_that_names_no_refresh_is_replaced_before_its_end() {
    let backend = show_code(rotating("111111111111", Some(40), None)).await;
    pass(38_000);
    let next = backend.next("GET", CODE).await;
    assert_eq!(
        digits(),
        "111111111111",
        "it is good until the next one is there"
    );
    next.reply(200, rotating("222222222222", Some(80), None));
    shows("222222222222").await;
}

#[wasm_bindgen_test]
async fn a_code_that_names_no_time_at_all_is_replaced() {
    let backend = show_code(rotating("111111111111", None, None)).await;
    pass(31_000);
    says_no_more("1111 1111 1111").await;
    backend.next("GET", CODE).await;
}

#[wasm_bindgen_test]
async fn a_backend_whose_codes_are_dead_on_arrival_is_asked_once_a_second() {
    let backend = Backend::new();
    backend.always("GET", CODE, 200, rotating("111111111111", Some(0), Some(0)));
    show_app("/a/x/cards/1/code", &backend).await;
    sleep(1_600).await;
    let count = backend.count("GET", CODE);
    assert!((2..=3).contains(&count), "asked {count} times");
    assert_eq!(digits(), "", "a dead code is not shown");
}

#[wasm_bindgen_test]
async fn out_of_view_nothing_is_asked_for_and_back_in_view_it_is_at_once() {
    let backend = show_code(rotating("111111111111", Some(60), Some(30))).await;
    hide(true);
    says_no_more("1111 1111 1111").await;
    pass(90_000);
    sleep(TICK).await;
    assert_eq!(backend.count("GET", CODE), 1);
    hide(false);
    let next = backend.next("GET", CODE).await;
    assert!(!text().contains("1111 1111 1111"));
    next.reply(200, rotating("222222222222", Some(150), Some(30)));
    shows("222222222222").await;
}

#[wasm_bindgen_test]
async fn a_phone_whose_clock_stood_still_while_it_slept_shows_no_old_code() {
    let backend = show_code(rotating("111111111111", Some(60), Some(30))).await;
    hide(true);
    move_calendar(90_000);
    hide(false);
    let next = backend.next("GET", CODE).await;
    settled().await;
    assert_eq!(digits(), "");
    next.reply(200, rotating("222222222222", Some(60), Some(30)));
    shows("222222222222").await;
    // A glance at another app is no sleep.
    hide(true);
    hide(false);
    backend.next("GET", CODE).await;
    shows("222222222222").await;
}

#[wasm_bindgen_test]
async fn a_call_from_before_the_phone_slept_is_not_waited_for() {
    let backend = Backend::new();
    show_app("/a/x/cards/1/code", &backend).await;
    let old = backend.next("GET", CODE).await;
    hide(true);
    hide(false);
    let new = backend.next("GET", CODE).await;
    assert!(old.is_aborted());
    new.reply(200, rotating("222222222222", None, Some(30)));
    shows("222222222222").await;
}

#[wasm_bindgen_test]
async fn a_card_that_is_refused_has_no_offline_code_any_longer() {
    for (status, code) in [
        (409, "card_frozen"),
        (409, "card_lost"),
        (409, "card_expired"),
        (404, "card_not_found"),
    ] {
        let backend = show_code(rotating("111111111111", None, Some(30))).await;
        assert_eq!(stored().as_deref(), Some("900000000001"));
        network(true);
        let refusal = problem(status, code, json!({ "card_id": "1" }));
        backend.next("GET", CODE).await.reply(status, refusal);
        says("21-0301-2000-1234").await;
        assert_eq!(stored(), None, "{code}");
        assert_eq!(digits(), "", "{code}");
        backend.never("GET", CODE);
        network(true);
        says_no_more("21-0301-2000-1234").await;
        assert!(!text().contains(OFFLINE), "{code}");
    }
}

#[wasm_bindgen_test]
async fn a_session_that_is_over_says_nothing_about_the_card() {
    let backend = show_code(rotating("111111111111", None, Some(30))).await;
    network(true);
    let call = backend.next("GET", CODE).await;
    call.reply(401, replies::not_signed_in());
    says("Please open in WeChat").await;
    assert_eq!(stored().as_deref(), Some("900000000001"));
}

#[wasm_bindgen_test]
async fn a_code_that_was_never_opened_has_an_offline_code_from_the_wallet() {
    let backend = Backend::new();
    let mut wallet = replies::wallet();
    wallet["cards"][0]["offline_payload"] = json!("900000000002");
    backend.always("GET", "/wallet", 200, wallet);
    backend.never("GET", CODE);
    show_app("/a/x", &backend).await;
    says("8000 0000 0001").await;
    press("Show member code");
    says(OFFLINE).await;
    assert_eq!(digits(), "900000000002");
    for known in ["Sichuan Bistro", "ending in 0001", "¥123.00", "As of "] {
        assert!(text().contains(known), "{known} in {}", text());
    }
}

#[wasm_bindgen_test]
async fn a_card_whose_merchant_is_missing_has_its_code() {
    let backend = Backend::new();
    let mut wallet = replies::wallet();
    wallet["merchants"] = json!([]);
    backend.always("GET", "/wallet", 200, wallet);
    show_app("/a/x", &backend).await;
    until(|| backend.count("GET", "/wallet") == 1, "the wallet").await;
    settled().await;
    let backend = show_code(fixed("123456789012")).await;
    assert_eq!(backend.count("GET", CODE), 1);
}

#[wasm_bindgen_test]
async fn a_busy_backend_shows_when_to_try_again_and_no_offline_code() {
    let backend = Backend::new();
    show_app("/a/x/cards/1/code", &backend).await;
    let call = backend.next("GET", CODE).await;
    call.reply(
        429,
        problem(429, "rate_limited", json!({ "retry_after": 30 })),
    );
    says("Please try again in 30 s").await;
    sleep(TICK).await;
    assert_eq!(backend.count("GET", CODE), 1);
    pass(31_000);
    // It asks by itself, and so may the fan.
    backend.next("GET", CODE).await;
}

/// A wake lock that the test grants by hand.
const WAKE_LOCK: &str = "
    window.asked = []; window.held = 0;
    const wakeLock = { request: () => new Promise((grant) => window.asked.push(() => {
        window.held += 1;
        window.lock = { released: false, release() { this.released = true; window.held -= 1; } };
        grant(window.lock);
    })) };
    Object.defineProperty(navigator, 'wakeLock', { value: wakeLock, configurable: true });";

fn asked() -> u32 {
    script("return window.asked.length")
        .as_f64()
        .unwrap_or_default() as u32
}

fn held() -> i32 {
    script("return window.held").as_f64().unwrap_or_default() as i32
}

#[wasm_bindgen_test]
async fn the_screen_is_kept_on_by_one_lock_which_is_released() {
    let backend = show_code(fixed("123456789012")).await;
    press("Back");
    says("0002").await;
    script(WAKE_LOCK);
    press("Show member code");
    until(|| asked() == 1, "the lock is asked for").await;
    // The network flaps, and the page with it, before it is granted.
    for _ in 0..3 {
        network(false);
        network(true);
        hide(true);
        hide(false);
    }
    settled().await;
    assert_eq!(asked(), 1);
    script("window.asked[0]()");
    until(|| held() == 1, "it is granted").await;
    network(true);
    settled().await;
    assert_eq!(asked(), 1, "one is enough");
    // The browser takes it away from a page that is out of view.
    script("window.lock.release()");
    hide(true);
    hide(false);
    until(|| asked() == 2, "another one is asked for").await;
    press("Back");
    says("0002").await;
    // It is granted when nobody needs it any more.
    script("window.asked[1]()");
    until(|| held() == 0, "it is released").await;
    drop(backend);
}

#[wasm_bindgen_test]
async fn a_new_code_leaves_the_focus_where_it_is() {
    let backend = show_code(rotating("111111111111", Some(60), Some(30))).await;
    let plate = the(".code-plate");
    control("Full-screen bar code")
        .focus()
        .expect("it takes the focus");
    network(true);
    let call = backend.next("GET", CODE).await;
    call.reply(200, rotating("222222222222", Some(60), Some(30)));
    shows("222222222222").await;
    assert_eq!(the(".code-plate"), plate);
    let focused = focused().and_then(|focused| focused.text_content());
    assert_eq!(focused.as_deref(), Some("Full-screen bar code"));
}

#[wasm_bindgen_test]
async fn the_codes_fit_a_phone_that_lies_on_its_side() {
    let _backend = show_code_at_rest(fixed("123456789012345678")).await;
    until(|| qr_size().0 > 0.0, "it is shown").await;
    script(
        "Object.defineProperty(window, 'innerHeight', { value: 316, configurable: true }); \
         window.dispatchEvent(new Event('resize'))",
    );
    until(|| qr_size().1 <= 316.0, "it fits").await;
    let (width, height) = qr_size();
    assert!(height > 250.0, "it is as large as it may be: {height}");
    assert!((width - height).abs() < 0.1);
}

#[wasm_bindgen_test]
async fn a_screen_of_another_density_has_codes_of_its_own() {
    script(
        "window.realMatchMedia ??= window.matchMedia; \
         window.matchMedia = () => (window.density = new EventTarget())",
    );
    let _backend = show_code_at_rest(fixed("123456789012345678")).await;
    until(|| qr_size().0 > 0.0, "it is shown").await;
    for ratio in [1.375, 2.625] {
        let before = qr_size().0;
        script(&format!(
            "const query = window.density; \
             Object.defineProperty(window, 'devicePixelRatio', {{ \
                 value: {ratio}, configurable: true }}); \
             query.dispatchEvent(new Event('change'))"
        ));
        let width = || qr_size().0;
        until(|| (width() - before).abs() > 0.01, "it is drawn anew").await;
        // A QR code of 18 digits has 21 modules and a margin of four on each side.
        let module = width() * ratio / 29.0;
        assert!((module - module.round()).abs() < 0.05, "{ratio}: {module}");
    }
    script("delete window.devicePixelRatio; window.matchMedia = window.realMatchMedia");
}

#[wasm_bindgen_test]
async fn larger_text_leaves_the_codes_as_large_as_they_are() {
    let _backend = show_code_at_rest(fixed("123456789012345678")).await;
    let set = |style: &str| {
        script(&format!(
            "document.querySelector('main').style.maxWidth = '360px'; \
        document.documentElement.style.fontSize = '{style}'"
        ))
    };
    let width = |selector: &str| the(selector).get_bounding_client_rect().width();
    set("100%");
    sleep(100).await;
    let before = (width(".qr-code"), width(".bar-code"));
    for text in ["125%", "150%", "200%"] {
        set(text);
        sleep(100).await;
        let after = (width(".qr-code"), width(".bar-code"));
        assert!(
            after.0 >= before.0 && after.1 >= before.1,
            "at {text}: {after:?}, and before {before:?}"
        );
    }
    assert!(width("main") <= 360.0);
    assert!(width(".code-plate") <= 360.0);
}

#[wasm_bindgen_test]
async fn a_webview_that_darkens_pages_leaves_the_plate_alone() {
    let _backend = show_code(fixed("123456789012")).await;
    let scheme =
        script("return getComputedStyle(document.querySelector('.code-plate')).colorScheme");
    let scheme = scheme.as_string().unwrap_or_default();
    assert!(
        scheme.contains("only") && scheme.contains("light"),
        "{scheme}"
    );
}

fn screen_is(width: u32, height: u32) {
    script(&format!(
        "for (const [side, size] of [['innerWidth', {width}], ['innerHeight', {height}]]) \
             Object.defineProperty(window, side, {{ value: size, configurable: true }}); \
         window.dispatchEvent(new Event('resize'))"
    ));
}

fn bars_on_full_screen() -> (f64, f64) {
    let place = the("dialog .bar-code svg").get_bounding_client_rect();
    (place.width(), place.height())
}

#[wasm_bindgen_test]
async fn a_tap_on_a_code_gives_the_bar_code_the_longer_side_of_the_screen() {
    let _backend = show_code_at_rest(fixed("123456789012345678")).await;
    screen_is(390, 780);
    let code = the(".code-plate .bar-code").dyn_into::<HtmlElement>();
    code.expect("an element").click();
    until(
        || !all("dialog .bar-code").is_empty(),
        "it is on a screen of its own",
    )
    .await;
    let (across, along) = bars_on_full_screen();
    assert!(along > 0.8 * 780.0 - 154.0 && along <= 732.1, "{along}");
    assert!(across < 390.0 && along > 2.0 * across, "{across}");
    screen_is(780, 316);
    until(
        || bars_on_full_screen().0 > bars_on_full_screen().1,
        "it lies down",
    )
    .await;
    let (along, across) = bars_on_full_screen();
    assert!(
        along <= 732.1 && across <= 316.0 - 112.0 + 0.1,
        "{along} {across}"
    );
    the(".full-screen__content")
        .dyn_into::<HtmlElement>()
        .expect("an element")
        .click();
    until(|| all("dialog").is_empty(), "a tap closes it").await;
}

#[wasm_bindgen_test]
async fn the_full_screen_is_closed_by_what_can_be_seen_on_white() {
    show_code(fixed("123456789012")).await;
    press("Full-screen bar code");
    until(|| !all("dialog .bar-code").is_empty(), "it is open").await;
    let color = |selector: &str| {
        script(&format!(
            "return getComputedStyle(document.querySelector('{selector}')).color"
        ))
    };
    // A dark page's quiet grey would be white on white.
    assert_eq!(
        color("dialog .close-button"),
        color("dialog .full-code__digits")
    );
}

#[wasm_bindgen_test]
async fn back_and_escape_close_the_full_screen_and_the_code_goes_on() {
    let backend = show_code(rotating("111111111111", Some(60), Some(30))).await;
    press("Full-screen bar code");
    until(|| !all("dialog .bar-code").is_empty(), "it is open").await;
    network(true);
    let call = backend.next("GET", CODE).await;
    call.reply(200, rotating("222222222222", Some(60), Some(30)));
    until(
        || text().contains("2222 2222 2222"),
        "it shows the new code",
    )
    .await;
    assert!(!all("dialog").is_empty(), "it is still open");
    press("Close");
    until(|| all("dialog").is_empty(), "it is closed").await;
    assert_eq!(digits(), "222222222222");
    let focused = focused().and_then(|focused| focused.text_content());
    assert_eq!(focused.as_deref(), Some("Full-screen bar code"));
}

#[wasm_bindgen_test]
async fn the_menu_can_hold_the_code_of_the_card_in_use() {
    let backend = Backend::new();
    let mut wallet = replies::wallet();
    wallet["current_card_id"] = json!("2");
    backend.always("GET", "/wallet", 200, wallet);
    backend.always("GET", "/cards/2/code", 200, fixed("333333333333"));
    show_app("/a/x/code", &backend).await;
    shows("333333333333").await;
    assert!(text().contains("ending in 0002"));
    press("Back");
    says("8000 0000 0002").await;
}

#[wasm_bindgen_test]
async fn without_a_network_the_menus_code_is_that_of_the_card_that_was_last_in_use() {
    let backend = Backend::new();
    let mut wallet = replies::wallet();
    wallet["cards"][0]["offline_payload"] = json!("900000000002");
    backend.always("GET", "/wallet", 200, wallet);
    show_app("/a/x", &backend).await;
    says("8000 0000 0001").await;
    until(|| stored().is_some(), "its offline code is kept").await;
    let card = script("return localStorage.getItem('kabao.current-card.x')");
    assert_eq!(
        card.as_string().as_deref(),
        Some("1"),
        "and which card it is"
    );

    let backend = Backend::new();
    backend.never("GET", "/wallet");
    backend.never("GET", CODE);
    show_app_keeping("kabao.current-card.x", "/a/x/code", &backend).await;
    script("localStorage.setItem('kabao.offline-code.x.1', '900000000002')");
    says(OFFLINE).await;
    assert_eq!(digits(), "900000000002");
}

#[wasm_bindgen_test]
async fn a_fan_without_a_card_comes_from_the_code_to_the_wallet() {
    let backend = Backend::new();
    backend.always("GET", "/wallet", 200, replies::empty_wallet());
    show_app("/a/x/code", &backend).await;
    says("Get your old card back").await;
    assert_eq!(backend.count("GET", "/code"), 0);
}

#[wasm_bindgen_test]
async fn a_wallet_that_cannot_be_asked_for_the_card_in_use_is_tried_again() {
    let backend = Backend::new();
    backend.always(
        "GET",
        "/wallet",
        503,
        problem(503, "unavailable", json!({})),
    );
    show_app("/a/x/code", &backend).await;
    says("Under maintenance").await;
    backend.always("GET", "/wallet", 200, replies::wallet());
    backend.always("GET", CODE, 200, fixed("333333333333"));
    press("Try again");
    shows("333333333333").await;
}

fn used(at: &str) -> Value {
    let mut code = fixed("123456789012");
    code["last_use"] = json!({
        "at": at, "title": "消费", "amount_fen": 5800, "points": 58,
    });
    code
}

#[wasm_bindgen_test]
async fn what_the_till_has_done_is_told_and_the_card_is_asked_for_anew() {
    // What was used before the code is shown is no news.
    let backend = show_code(used("2026-03-01T11:00:00Z")).await;
    pass(4_000);
    let poll = backend.next("GET", CODE).await;
    let wallets = backend.count("GET", "/wallet");
    poll.reply(200, used("2026-03-01T11:00:00Z"));
    settled().await;
    assert!(!text().contains("Spent"), "{}", text());
    pass(8_000);
    let poll = backend.next("GET", CODE).await;
    poll.reply(200, used("2026-03-01T12:00:05Z"));
    says("Spent ¥58.00, +58 points").await;
    assert_eq!(digits(), "123456789012", "the code stays");
    until(
        || backend.count("GET", "/wallet") > wallets,
        "the new balance",
    )
    .await;
}

#[wasm_bindgen_test]
async fn the_till_is_asked_about_less_and_less_often() {
    let backend = show_code(fixed("123456789012")).await;
    backend.always("GET", CODE, 200, fixed("123456789012"));
    for (passed, asked) in [(2_500, 1), (3_500, 2), (7_000, 3), (3_000, 3), (3_000, 4)] {
        pass(passed);
        sleep(TICK).await;
        assert_eq!(
            backend.count("GET", CODE),
            asked,
            "after another {passed} ms"
        );
    }
}

#[wasm_bindgen_test]
async fn a_code_that_is_good_stays_while_the_till_cannot_be_asked_about() {
    let backend = show_code(fixed("123456789012")).await;
    backend.never("GET", CODE);
    pass(4_000);
    until(|| backend.count("GET", CODE) > 1, "it is asked").await;
    settled().await;
    assert_eq!(digits(), "123456789012");
    assert!(!text().contains(OFFLINE));
}

#[wasm_bindgen_test]
async fn a_gateways_page_in_place_of_a_code_shows_the_offline_code() {
    let backend = Backend::new();
    let mut wallet = replies::wallet();
    wallet["cards"][0]["offline_payload"] = json!("900000000002");
    backend.always("GET", "/wallet", 200, wallet);
    backend.always("GET", CODE, 502, "<html><h1>502 Bad Gateway</h1></html>");
    show_app("/a/x", &backend).await;
    says("8000 0000 0001").await;
    press("Show member code");
    says(OFFLINE).await;
    assert_eq!(digits(), "900000000002");
}
