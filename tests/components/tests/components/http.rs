//! Calls over the browser's own fetch.

use core::time::Duration;
use std::rc::Rc;

use js_sys::Reflect;
use kabao::{
    api::{
        client::{Client, Surroundings},
        fetch::Fetch,
        retry::Clock,
    },
    browser::clock,
};
use kabao_core::{
    domain::id::{AccountId, CardId, FanId},
    problem::ApiError,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::script;

const WALLET: &str = "/api/v1/accounts/case-2/wallet";

/// A client whose patience is over after a moment.
fn impatient() -> Client {
    client().with_clock(Clock {
        now: clock::now,
        sleep: |_| Box::pin(clock::sleep(Duration::from_millis(30))),
    })
}

fn client() -> Client {
    let surroundings = Surroundings {
        language: "en",
        fan: Box::new(|| Some(FanId::from("f1"))),
        on_fan: Box::new(|_| ()),
        on_server_time: Box::new(|_| ()),
        on_slow: Box::new(|_| ()),
    };
    Client::new(Rc::new(Fetch), surroundings)
}

fn account() -> AccountId {
    AccountId::from("case-2")
}

/// Leaves an early request for the wallet, as the boot script does.
fn leave_early_request(reply: &str) {
    script(&format!(
        "window.isAborted = false;
         window.kabaoEarly = {{
             '{WALLET}': {{
                 reply: {reply},
                 abort: () => {{ window.isAborted = true; }},
             }},
         }};"
    ));
}

fn is_taken() -> bool {
    script(&format!(
        "return window.kabaoEarly['{WALLET}'] === undefined"
    ))
    .is_truthy()
}

/// The server of these tests has no such page.
fn assert_from_the_network(error: &ApiError) {
    assert!(matches!(error.status(), Some(404 | 405)), "{error:?}");
}

#[wasm_bindgen_test]
async fn an_early_request_that_is_never_answered_times_out_and_blocks_nothing() {
    leave_early_request("new Promise(() => {})");
    let early = impatient().wallet(&account()).await;
    assert_eq!(early.expect_err("no answer"), ApiError::Timeout);
    assert!(script("return window.isAborted").is_truthy());
    assert!(is_taken());

    let again = client().wallet(&account()).await;
    assert_from_the_network(&again.expect_err("no such page"));
}

#[wasm_bindgen_test]
async fn an_early_reply_is_read_like_any_other() {
    leave_early_request(
        "Promise.resolve({ status: 503, retryAfter: '30', body: '<html>Bad Gateway</html>' })",
    );
    let reply = client().wallet(&account()).await;
    assert_eq!(
        reply.expect_err("a gateway's page"),
        ApiError::Gateway {
            status: 503,
            retry_after: Some(30),
        }
    );
    assert!(is_taken());
}

#[wasm_bindgen_test]
async fn an_early_reply_that_has_lain_there_is_asked_for_again() {
    let reply = |age: u32| {
        format!("Promise.resolve({{ status: 418, retryAfter: null, body: '', age: () => {age} }})")
    };
    leave_early_request(&reply(9_000));
    let fresh = client().wallet(&account()).await;
    assert_eq!(fresh.expect_err("a problem").status(), Some(418));
    leave_early_request(&reply(11_000));
    let old = client().wallet(&account()).await;
    assert_from_the_network(&old.expect_err("no such page"));
}

#[wasm_bindgen_test]
async fn the_early_request_for_a_code_is_taken_by_the_call_for_that_code() {
    script(
        "window.kabaoEarly = { '/api/v1/accounts/case-2/cards/c1/code': { 
             reply: Promise.resolve({ status: 418, retryAfter: null, body: '' }), 
             abort: () => {} } }",
    );
    let other = client().code(&account(), &CardId::from("c2")).await;
    assert_from_the_network(&other.expect_err("no such page"));
    let code = client().code(&account(), &CardId::from("c1")).await;
    assert_eq!(code.expect_err("a problem").status(), Some(418));
}

#[wasm_bindgen_test]
async fn an_early_request_that_fails_is_made_again() {
    leave_early_request("Promise.reject(new TypeError('Failed to fetch'))");
    let reply = client().wallet(&account()).await;
    assert_from_the_network(&reply.expect_err("no such page"));
}

#[wasm_bindgen_test]
async fn an_early_request_that_timed_out_has_timed_out() {
    leave_early_request("Promise.reject(new DOMException('', 'TimeoutError'))");
    let reply = client().wallet(&account()).await;
    assert_eq!(reply.expect_err("no answer"), ApiError::Timeout);
}

#[wasm_bindgen_test]
async fn a_request_that_took_too_long_is_aborted_and_is_never_taken_from_the_cache() {
    script(
        "window.realFetch = window.fetch;
         window.fetch = (request) => {
             window.sent = request;
             return new Promise(() => {});
         };",
    );
    let reply = impatient()
        .switch(&account(), &CardId::from("c1"), "7")
        .await;
    let sent = script("window.fetch = window.realFetch; return window.sent");
    assert_eq!(reply.expect_err("no answer"), ApiError::Timeout);
    let field = |name: &str| Reflect::get(&sent, &name.into()).expect("a field");
    assert_eq!(field("cache").as_string().as_deref(), Some("no-store"));
    assert_eq!(field("method").as_string().as_deref(), Some("PUT"));
    assert!(script("return window.sent.signal.aborted").is_truthy());
    let header = |name: &str| script(&format!("return window.sent.headers.get('{name}')"));
    assert_eq!(header("If-Match").as_string().as_deref(), Some("\"7\""));
    assert_eq!(header("Kabao-Fan").as_string().as_deref(), Some("f1"));
}

#[wasm_bindgen_test]
async fn a_revision_that_no_header_can_hold_is_no_panic() {
    let card = CardId::from("c1");
    for revision in ["版本 7", "7\r\nX-Injected: 1", "\u{0}"] {
        let reply = client().switch(&account(), &card, revision).await;
        let error = reply.expect_err("no such page");
        assert!(error.status().is_some(), "{error:?}");
    }
}
