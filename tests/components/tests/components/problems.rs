//! Every problem of the contract, and everything else that can come in the place
//! of a reply, on every screen that can meet it.

use core::pin::Pin;
use std::collections::BTreeSet;

use serde_json::json;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::{
    backend::Backend,
    contract::{self, Example},
    page::{all, pass, press, says, script, show_app, text, type_into, until},
    replies,
};

/// A screen with a call that it makes.
struct Screen {
    /// The call, as the contract names it.
    operation: &'static str,
    method: &'static str,
    path: &'static str,
    /// Shows the screen and lets it make the call.
    meet: for<'a> fn(&'a Backend) -> Pin<Box<dyn Future<Output = ()> + 'a>>,
    /// What a person still reads there, whatever happens to the call; nothing for
    /// a call that the screen is made of.
    keeps: &'static str,
    /// The button that makes the call once more, besides one that says so.
    again: &'static str,
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

const SCREENS: &[Screen] = &[
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
    screen!("bind", "POST" "/claims/9/binding", keeps "Sichuan Bistro", again "Get 1 card", bind),
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
    type_into("[autocomplete=tel-national]", "138 0013 8000");
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
    let mut candidate = replies::card("3");
    candidate["selectable"] = json!(true);
    let mut verified = replies::claim();
    verified["claim"]["state"] = json!("verified");
    verified["claim"]["candidates"] = json!([candidate]);
    verified["claim"]["merchants"] = json!([replies::merchant()]);
    verified["claim"]["can_open_new"] = json!(true);
    backend.always("POST", "/claims/9/verification", 200, verified);
    verify(backend).await;
    says("card found").await;
    press("Get 1 card back");
}

async fn resume(backend: &Backend) {
    let mut wallet = replies::empty_wallet();
    wallet["open_claim_id"] = json!("9");
    backend.always("GET", "/wallet", 200, wallet);
    show_app("/a/x/claim", backend).await;
}

/// A backend on which all goes well, but for one kind of call.
fn backend_of(screen: &Screen, answer: &Answer) -> Backend {
    let backend = Backend::new();
    backend.always("GET", "/wallet", 200, replies::wallet());
    backend.always("GET", "/profile", 200, replies::profile());
    let in_full = json!({
        "server_time": replies::NOW, "fan": "f1",
        "card": replies::card("1"), "merchant": replies::merchant(),
    });
    backend.always("GET", "/cards/1", 200, in_full);
    let none = json!({ "server_time": replies::NOW, "items": [] });
    backend.always("GET", "/entries", 200, &none);
    backend.always("GET", "/coupons", 200, &none);
    match answer {
        Answer::Reply(status, body) => {
            backend.always(screen.method, screen.path, *status, body);
        }
        Answer::Lost => backend.never(screen.method, screen.path),
    }
    backend
}

/// What comes in the place of a success.
enum Answer {
    Reply(u16, String),
    Lost,
}

/// What the page tells at the moment.
fn told() -> String {
    let parts = all("[role=alert], [role=status], .captcha, .notice, .panel");
    let visible = parts
        .into_iter()
        .filter_map(|part| part.dyn_into::<HtmlElement>().ok())
        .map(|part| part.inner_text().trim().to_owned());
    visible
        .filter(|text| !text.is_empty())
        .collect::<Vec<_>>()
        .join("\n")
}

/// The names of what can be pressed or waited for.
fn controls() -> Vec<String> {
    let name = |control: web_sys::Element| {
        let label = control.get_attribute("aria-label");
        label.or_else(|| control.text_content()).unwrap_or_default()
    };
    all("button, main a").into_iter().map(name).collect()
}

/// Meets `answer` on `screen`, until a person is told of it.
async fn met(screen: &Screen, what: &str, answer: &Answer) {
    let backend = backend_of(screen, answer);
    (screen.meet)(&backend).await;
    let before = told();
    let place = format!("{what} on {}", screen.operation);
    let is_told = || {
        let has_left = !backend.left_for().is_empty();
        has_left
            || backend.count(screen.method, screen.path) > 0
                && !told().is_empty()
                && told() != before
    };
    until(is_told, &place).await;
    assert!(
        !text().contains(what),
        "{place} tells the code itself: {}",
        text()
    );
}

fn offers(screen: &Screen) -> bool {
    let again = screen.again;
    controls()
        .iter()
        .any(|name| name.contains("ry again") || (!again.is_empty() && name.contains(again)))
}

/// The call can be made once more, and nothing that was known is gone.
async fn can_be_repeated(screen: &Screen, what: &str) {
    let place = format!("another try after {what} on {}", screen.operation);
    until(|| offers(screen), &place).await;
    assert!(
        text().contains(screen.keeps),
        "{place}: {} is gone: {}",
        screen.keeps,
        text()
    );
}

async fn meet_problem(screen: &Screen, example: &Example) {
    let Example { code, status, body } = example;
    met(screen, code, &Answer::Reply(*status, body.to_string())).await;
    match code.as_str() {
        // The session's owner signs in again or takes the page away.
        "not_signed_in" | "another_fan" => {}
        "rate_limited" | "unavailable" | "internal" | "in_progress" => {
            can_be_repeated(screen, code).await;
        }
        // A way on, or the people who know one.
        _ => assert!(
            !controls().is_empty() || text().contains("staff"),
            "{code} on {} is a dead end: {}",
            screen.operation,
            text()
        ),
    }
}

/// Meets every problem of a call, and what is no reply of the backend's at all.
async fn meet_all(operation: &str) {
    let screen = SCREENS.iter().find(|screen| screen.operation == operation);
    let screen = screen.expect("a screen");
    for example in contract::problems(operation) {
        meet_problem(screen, &example).await;
    }
    let page = "<html><h1>Bad Gateway</h1></html>";
    let gateways = [502, 503, 504, 429, 408].map(|status| {
        (
            format!("a gateway's {status}"),
            Answer::Reply(status, page.to_owned()),
        )
    });
    let others = [
        (
            "an unreadable reply".to_owned(),
            Answer::Reply(200, "{".to_owned()),
        ),
        ("a lost call".to_owned(), Answer::Lost),
    ];
    for (what, answer) in gateways.into_iter().chain(others) {
        met(screen, &what, &answer).await;
        can_be_repeated(screen, &what).await;
    }
}

#[wasm_bindgen_test]
fn every_problem_of_the_contract_has_a_screen_that_meets_it() {
    let met: BTreeSet<_> = SCREENS
        .iter()
        .flat_map(|screen| contract::problems(screen.operation))
        .map(|example| example.code)
        .collect();
    let known: BTreeSet<_> = contract::codes().into_iter().collect();
    assert_eq!(met, known);
}

macro_rules! meets_all {
    ($($test:ident $operation:literal)*) => {$(
        #[wasm_bindgen_test]
        async fn $test() {
            meet_all($operation).await;
        }
    )*};
}

meets_all! {
    the_wallet "getWallet"
    a_switch "putCurrentCard"
    a_card "getCard"
    the_history "getEntries"
    the_coupons "getCoupons"
    the_code "getCode"
    the_profile "getProfile"
    unlinking "unlinkPhone"
    signing_out "signOut"
    the_terms "getTerms"
    a_table "getTable"
    opening_a_claim "openClaim"
    asking_for_another_code "resendSms"
    checking_a_code "verify"
    binding_a_card "bind"
    going_on_with_a_claim "getClaim"
}
