//! The profile: what is known, taking it back, and signing out.

use kabao::browser::history::History as _;
use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    backend::Backend,
    page::{
        control, focused, network, press, says, says_no_more, script, settled, show_app, text,
        until,
    },
    replies::{self, problem},
};

const PHONE: &str = "138****8000";

async fn show_profile() -> Backend {
    let backend = Backend::new();
    show_app("/a/x/profile", &backend).await;
    let call = backend.next("GET", "/profile").await;
    call.reply(200, replies::profile());
    says(PHONE).await;
    backend
}

fn unlinked() -> Value {
    let mut profile = replies::profile();
    profile["phone_proven"] = json!(false);
    profile["consents"][0]["withdrawn_at"] = json!(replies::NOW);
    let fields = profile.as_object_mut().expect("an object");
    fields.remove("phone_masked");
    profile
}

fn is_busy(name: &str) -> bool {
    control(name).get_attribute("aria-busy").as_deref() == Some("true")
}

#[wasm_bindgen_test]
async fn signing_out_forgets_first_and_is_done_when_the_session_is_over() {
    let backend = show_profile().await;
    script(
        "localStorage.setItem('kabao.offline-code.x.9', '900000000009'); sessionStorage.setItem('kabao.x', '1')",
    );
    press("Sign out");
    let first = backend.next("DELETE", "/session").await;
    let stored = script("return localStorage.length + sessionStorage.length");
    assert_eq!(
        stored.as_f64(),
        Some(0.0),
        "it is forgotten before the reply"
    );
    // It took effect, and its reply is lost.
    first.lose();
    let second = backend.next("DELETE", "/session").await;
    second.reply(401, replies::not_signed_in());
    says("You’re signed out").await;
    assert!(!text().contains(PHONE));
}

#[wasm_bindgen_test]
async fn signing_out_without_a_network_says_so_and_can_be_finished() {
    let backend = show_profile().await;
    press("Sign out");
    backend.next("DELETE", "/session").await.lose();
    backend.next("DELETE", "/session").await.lose();
    says("Signing out isn’t finished yet").await;
    assert!(!text().contains(PHONE), "what is forgotten is not shown");
    press("Try again");
    let third = backend.next("DELETE", "/session").await;
    until(|| is_busy("Try again"), "the button is busy").await;
    press("Try again");
    settled().await;
    assert_eq!(backend.count("DELETE", "/session"), 3);
    third.reply(401, replies::not_signed_in());
    says("You’re signed out").await;
}

#[wasm_bindgen_test]
async fn who_has_signed_out_is_not_signed_in_by_going_back() {
    let backend = Backend::new();
    backend.always("GET", "/profile", 200, replies::profile());
    let acknowledged = json!({ "server_time": replies::NOW });
    backend.always("DELETE", "/session", 200, acknowledged);
    let history = show_app("/a/x/profile", &backend).await;
    says(PHONE).await;
    press("Sign out");
    says("You’re signed out").await;
    backend.always("GET", "/wallet", 401, replies::not_signed_in());
    press("Back");
    until(|| history.path() == "/a/x", "the wallet's address").await;
    says("You’re signed out").await;
    assert!(backend.left_for().is_empty());
    control("Sign in again");
}

#[wasm_bindgen_test]
async fn a_refresh_that_fails_keeps_the_profile_and_shows_that_it_tries_again() {
    let backend = show_profile().await;
    network(true);
    backend.next("GET", "/profile").await.time_out();
    says("Can’t update right now").await;
    assert!(text().contains(PHONE));
    press("Try again");
    let call = backend.next("GET", "/profile").await;
    until(|| is_busy("Try again"), "the button is busy").await;
    press("Try again");
    settled().await;
    assert_eq!(backend.count("GET", "/profile"), 3);
    call.reply(200, replies::profile());
    says_no_more("Can’t update right now").await;
    assert!(text().contains(PHONE));
}

#[wasm_bindgen_test]
async fn a_profile_that_is_refused_is_not_shown_any_longer() {
    let backend = show_profile().await;
    network(true);
    let call = backend.next("GET", "/profile").await;
    call.reply(403, problem(403, "forbidden", json!({})));
    says_no_more(PHONE).await;
    assert!(text().contains("21-0301-2000-1234"));
}

#[wasm_bindgen_test]
async fn an_older_reply_does_not_bring_an_unlinked_phone_back() {
    let backend = show_profile().await;
    network(true);
    let older = backend.next("GET", "/profile").await;
    press("Withdraw consent and unlink phone");
    says("Unlink your phone?").await;
    press("Unlink phone");
    let unlink = backend.next("DELETE", "/profile/phone").await;
    until(
        || is_busy("Withdraw consent and unlink phone"),
        "it is busy",
    )
    .await;
    unlink.reply(200, unlinked());
    says("No phone number on record").await;
    says("Phone unlinked and consent withdrawn").await;
    assert!(older.is_aborted());
    older.reply(200, replies::profile());
    settled().await;
    assert!(!text().contains(PHONE));
    let focused = focused().and_then(|focused| focused.text_content());
    assert_eq!(focused.as_deref().map(str::trim), Some("Phone number"));
}

#[wasm_bindgen_test]
async fn unlinking_whose_reply_is_lost_asks_how_things_stand() {
    let backend = show_profile().await;
    press("Withdraw consent and unlink phone");
    says("Unlink your phone?").await;
    press("Unlink phone");
    backend.next("DELETE", "/profile/phone").await.time_out();
    says("Can’t update right now").await;
    press("Try again");
    backend.next("GET", "/profile").await.reply(200, unlinked());
    says("No phone number on record").await;
    says("Phone unlinked and consent withdrawn").await;
    assert_eq!(backend.count("DELETE", "/profile/phone"), 1);
}

fn unlink() {
    press("Withdraw consent and unlink phone");
}

#[wasm_bindgen_test]
async fn unlinking_that_is_refused_is_tried_again_where_it_was_asked_for() {
    let backend = show_profile().await;
    unlink();
    says("Unlink your phone?").await;
    press("Unlink phone");
    let call = backend.next("DELETE", "/profile/phone").await;
    call.reply(429, problem(429, "rate_limited", json!({})));
    says("Try again").await;
    assert!(text().contains(PHONE));
    assert!(
        !text().contains("Can’t update right now"),
        "the profile is as it was"
    );
    press("Try again");
    let call = backend.next("DELETE", "/profile/phone").await;
    call.reply(200, unlinked());
    says("No phone number on record").await;
    says("Phone unlinked and consent withdrawn").await;
    assert!(!text().contains("Try again"));
}

#[wasm_bindgen_test]
async fn unlinking_that_was_lost_and_did_not_happen_is_told_and_can_be_repeated() {
    let backend = show_profile().await;
    unlink();
    says("Unlink your phone?").await;
    press("Unlink phone");
    backend.next("DELETE", "/profile/phone").await.time_out();
    says("Can’t update right now").await;
    press("Try again");
    let call = backend.next("GET", "/profile").await;
    call.reply(200, replies::profile());
    says("The phone isn’t unlinked yet").await;
    press("Unlink phone");
    let call = backend.next("DELETE", "/profile/phone").await;
    call.reply(200, unlinked());
    says("No phone number on record").await;
    assert!(!text().contains("The phone isn’t unlinked yet"));
}
