//! Every call that the app makes, and the screen that makes it.

use core::pin::Pin;

use serde_json::json;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use crate::{
    backend::Backend,
    page::{all, pass, press, says, script, show_app, type_into, until},
    replies,
};

pub(crate) const PHONE: &str = "[autocomplete=tel-national]";

/// A screen with a call that it makes.
pub(crate) struct Screen {
    /// The call, as the contract names it.
    pub(crate) operation: &'static str,
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    /// Shows the screen and lets it make the call.
    pub(crate) meet: for<'a> fn(&'a Backend) -> Pin<Box<dyn Future<Output = ()> + 'a>>,
    /// What a person still reads there, whatever happens to the call; nothing for
    /// a call that the screen is made of.
    pub(crate) keeps: &'static str,
    /// The button that makes the call once more, besides one that says so.
    pub(crate) again: &'static str,
}

/// A screen, with what it takes to be shown.
macro_rules! screen {
    ($operation:literal, $method:literal $path:literal, keeps $keeps:literal, again $again:literal, $meet:ident) => {
        Screen {
            operation: $operation,
            method: $method,
            path: $path,
            meet: |backend| Box::pin($meet(backend)),
            keeps: $keeps,
            again: $again,
        }
    };
}

pub(crate) const SCREENS: &[Screen] = &[
    screen!("getWallet", "GET" "/wallet", keeps "", again "", wallet),
    screen!("putCurrentCard", "PUT" "/current-card", keeps "8000 0000 0001", again "Switch to", switch),
    screen!("getCard", "GET" "/cards/1", keeps "", again "", card),
    screen!("getEntries", "GET" "/cards/1/entries", keeps "8000 0000 0001", again "", card),
    screen!("getCoupons", "GET" "/cards/1/coupons", keeps "8000 0000 0001", again "", coupons),
    screen!("getCode", "GET" "/cards/1/code", keeps "", again "", code),
    screen!("getProfile", "GET" "/profile", keeps "", again "", profile),
    screen!("unlinkPhone", "DELETE" "/profile/phone", keeps "138****8000", again "Withdraw consent", unlink),
    screen!("signOut", "DELETE" "/session", keeps "", again "", sign_out),
    screen!("getTerms", "GET" "/terms/2026-01", keeps "Membership Terms", again "", terms),
    screen!("getTable", "GET" "/tables/R-08", keeps "", again "", table),
    screen!("openClaim", "POST" "/claims", keeps "", again "Send code", open_claim),
    screen!("resendSms", "POST" "/claims/9/sms", keeps "138****8000", again "new code", resend),
    screen!("verify", "POST" "/claims/9/verification", keeps "138****8000", again "Confirm", verify),
    screen!("bind", "POST" "/claims/9/binding", keeps "Sichuan Bistro", again "Yes, it’s mine", bind),
    screen!("getClaim", "GET" "/claims/9", keeps "", again "", resume),
];

async fn wallet(backend: &Backend) {
    show_app("/a/x", backend).await;
}

async fn switch(backend: &Backend) {
    wallet(backend).await;
    says("nding in 0002").await;
    press("Switch to Sichuan Bistro card ending in 0002");
}

async fn card(backend: &Backend) {
    show_app("/a/x/cards/1", backend).await;
}

async fn coupons(backend: &Backend) {
    card(backend).await;
    says("8000 0000 0001").await;
    // A filter of the history has the same name.
    let mut buttons = all("button").into_iter();
    let tab = buttons.find(|button| button.text_content().as_deref() == Some("Coupons"));
    let tab = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok());
    tab.expect("a tab").click();
}

async fn code(backend: &Backend) {
    show_app("/a/x/cards/1/code", backend).await;
}

async fn profile(backend: &Backend) {
    show_app("/a/x/profile", backend).await;
}

async fn unlink(backend: &Backend) {
    profile(backend).await;
    says("138****8000").await;
    press("Withdraw consent and unlink phone");
    says("Unlink your phone?").await;
    press("Unlink phone");
}

async fn sign_out(backend: &Backend) {
    profile(backend).await;
    says("138****8000").await;
    press("Sign out");
}

async fn table(backend: &Backend) {
    show_app("/t/R-08", backend).await;
}

async fn phone_step(backend: &Backend) {
    backend.always("GET", "/wallet", 200, replies::empty_wallet());
    show_app("/a/x/claim", backend).await;
    says("Phone number").await;
}

async fn terms(backend: &Backend) {
    phone_step(backend).await;
    press("Membership Terms");
}

async fn open_claim(backend: &Backend) {
    phone_step(backend).await;
    type_into(PHONE, "138 0013 8000");
    script(
        "const box = document.querySelector('[type=checkbox]'); \
         box.checked = true; box.dispatchEvent(new Event('change'))",
    );
    press("Send code");
}

async fn code_step(backend: &Backend) {
    backend.always("POST", "/claims", 201, replies::claim());
    open_claim(backend).await;
    until(|| !all("#claim-code").is_empty(), "the code is asked for").await;
}

async fn resend(backend: &Backend) {
    code_step(backend).await;
    pass(61_000);
    says("Send a new code").await;
    press("Send a new code");
}

async fn verify(backend: &Backend) {
    code_step(backend).await;
    type_into("#claim-code", "123456");
}

async fn bind(backend: &Backend) {
    let verified = replies::verified(&json!([replies::candidate("3")]));
    backend.always("POST", "/claims/9/verification", 200, verified);
    verify(backend).await;
    says("card found").await;
    press("Yes, it’s mine");
}

async fn resume(backend: &Backend) {
    let mut wallet = replies::empty_wallet();
    wallet["open_claim_id"] = json!("9");
    backend.always("GET", "/wallet", 200, wallet);
    show_app("/a/x/claim", backend).await;
}

/// A backend on which every page that a call begins on can be shown.
pub(crate) fn good_backend() -> Backend {
    let backend = Backend::new();
    backend.always("GET", "/wallet", 200, replies::wallet());
    backend.always("GET", "/profile", 200, replies::profile());
    let in_full = replies::card_in_full(&replies::card("1"));
    backend.always("GET", "/cards/1", 200, in_full);
    backend.always("GET", "/entries", 200, replies::list(&[]));
    backend.always("GET", "/coupons", 200, replies::list(&[]));
    backend
}
