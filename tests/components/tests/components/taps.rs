//! The second of two fast taps, on what has come under the finger with the first.

use serde_json::json;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    backend::Backend,
    page::{
        all, control, middle, press, press_down_at, says, script, settled, show_app, sleep, tap_at,
        the, type_into, until,
    },
    replies,
};

const UNLINK: &str = "Withdraw consent and unlink phone";
/// How long a sheet moves at most, in milliseconds.
const SHEET_RISES: i32 = 250;
const CONFIRM: &str = "Unlink phone";

/// Shows the profile, scrolled so that the button which asks for confirmation is
/// where the confirming button will be. Returns the place.
async fn show_profile_with_both_in_one_place(backend: &Backend) -> (i32, i32) {
    backend.always("GET", "/profile", 200, replies::profile());
    show_app("/a/x/profile", backend).await;
    says("138****8000").await;
    script("document.querySelector('main').style.paddingBlock = '1000px'");
    press(UNLINK);
    says("Unlink your phone?").await;
    sleep(SHEET_RISES).await;
    let confirm = control(CONFIRM).get_bounding_client_rect();
    press("Cancel");
    until(|| all("dialog").is_empty(), "the sheet is gone").await;
    let ask = control(UNLINK).get_bounding_client_rect();
    script(&format!(
        "window.scrollBy(0, {})",
        ask.top() - confirm.top()
    ));
    let ask = control(UNLINK).get_bounding_client_rect();
    assert!(
        (ask.top() - confirm.top()).abs() < 2.0,
        "they are in one place"
    );
    (
        (ask.left() + ask.width() / 2.0) as i32,
        (ask.top() + ask.height() / 2.0) as i32,
    )
}

#[wasm_bindgen_test]
async fn a_double_tap_on_unlinking_leaves_the_question_to_be_read() {
    for pause in [0, 80, 300, 412] {
        let backend = Backend::new();
        let place = show_profile_with_both_in_one_place(&backend).await;
        tap_at(place, 1_000);
        says("Unlink your phone?").await;
        sleep(SHEET_RISES).await;
        // The second, and the third of whoever is impatient.
        tap_at(place, pause);
        tap_at(place, pause);
        settled().await;
        let sent = backend.count("DELETE", "/profile/phone");
        assert_eq!(sent, 0, "taps {pause} ms apart");
        assert_eq!(all("dialog[open]").len(), 1, "taps {pause} ms apart");
        // Who has read it confirms it.
        tap_at(place, 1_000);
        let call = backend.next("DELETE", "/profile/phone").await;
        call.reply(200, replies::profile());
    }
}

#[wasm_bindgen_test]
async fn a_label_and_its_box_are_one_control() {
    let backend = Backend::new();
    backend.always("GET", "/wallet", 200, replies::empty_wallet());
    show_app("/a/x/claim", &backend).await;
    says("Phone number").await;
    let is_ticked =
        || script("return document.querySelector('[type=checkbox]').checked").is_truthy();
    for label_is_ticked in [true, false] {
        let (x, y) = middle(&the("label:has([type=checkbox]), [type=checkbox]"));
        tap_at((x, y), 100);
        settled().await;
        assert_eq!(is_ticked(), label_is_ticked);
    }
}

#[wasm_bindgen_test]
async fn the_second_of_two_taps_takes_the_focus_nowhere_else() {
    let backend = Backend::new();
    let place = show_profile_with_both_in_one_place(&backend).await;
    tap_at(place, 1_000);
    says("Unlink your phone?").await;
    sleep(SHEET_RISES).await;
    assert!(!press_down_at(place, 100), "a stray tap moves the focus");
    assert!(press_down_at(place, 1_000), "a tap that is meant does");
}

#[wasm_bindgen_test]
async fn who_goes_on_tapping_means_what_is_there_now() {
    let backend = Backend::new();
    let place = show_profile_with_both_in_one_place(&backend).await;
    tap_at(place, 1_000);
    says("Unlink your phone?").await;
    sleep(SHEET_RISES).await;
    for _ in 0..3 {
        tap_at(place, 300);
    }
    settled().await;
    assert_eq!(backend.count("DELETE", "/profile/phone"), 0);
    tap_at(place, 300);
    backend.next("DELETE", "/profile/phone").await;
}

#[wasm_bindgen_test]
async fn the_second_of_two_taps_on_an_avatar_switches_to_no_other_card() {
    let avatar = |last_four: &str| {
        control(&format!(
            "Switch to Sichuan Bistro card ending in {last_four}"
        ))
    };
    for pause in [0, 80, 300] {
        let backend = Backend::new();
        let mut wallet = replies::wallet();
        wallet["cards"] = ["1", "2", "3", "4", "5"].map(replies::card).into();
        backend.always("GET", "/wallet", 200, wallet);
        show_app("/a/x", &backend).await;
        says("ending in 0005").await;
        script("document.querySelector('main').style.paddingBlock = '1000px'");
        let place = middle(&avatar("0003"));
        tap_at(place, 1_000);
        let put = backend.next("PUT", "/current-card").await;
        let body = put.request().body.clone().unwrap_or_default();
        assert_eq!(body, r#"{"card_id":"3"}"#);
        settled().await;
        // The rows have moved up, and another card is under the finger.
        let (_, top) = middle(&avatar("0004"));
        script(&format!("window.scrollBy(0, {})", top - place.1));
        tap_at(place, pause);
        settled().await;
        put.reply(
            200,
            json!({
                "server_time": replies::NOW, "fan": "f1", "current_card_id": "3", "revision": "2",
            }),
        );
        says("Now using Sichuan Bistro, ending in 0003").await;
        assert_eq!(
            backend.count("PUT", "/current-card"),
            1,
            "taps {pause} ms apart"
        );
    }
}

#[wasm_bindgen_test]
async fn the_second_of_two_taps_does_not_close_the_sheet_that_asks_for_consent() {
    let backend = Backend::new();
    backend.always("GET", "/wallet", 200, replies::empty_wallet());
    show_app("/a/x/claim", &backend).await;
    says("Phone number").await;
    type_into("[autocomplete=tel-national]", "138 0013 8000");
    script("document.querySelector('main').style.paddingBlock = '1000px'");
    let place = middle(&control("Send code"));
    tap_at(place, 1_000);
    until(|| !all("dialog[open]").is_empty(), "the sheet is open").await;
    sleep(SHEET_RISES).await;
    tap_at(place, 80);
    settled().await;
    assert_eq!(all("dialog[open]").len(), 1, "it is there to be read");
    assert_eq!(backend.count("POST", "/claims"), 0);
    tap_at(place, 1_000);
    until(|| all("dialog").is_empty(), "a tap beside it closes it").await;
}
