//! What can only be seen in a browser, on one screen or one part of it at a time:
//! the app runs here over a transport and a history that are in the page.

#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::expect_used,
    reason = "a test that cannot go on says what is missing"
)]

mod accounts;
mod backend;
mod boot;
mod calls;
mod card_page;
mod claim_cards;
mod claim_page;
mod code_page;
mod components;
mod contract;
mod http;
mod input;
mod long_list;
mod matrix;
mod page;
mod problems;
mod profile_page;
mod replies;
mod screens;
mod sheets;
mod style;
mod switching;
mod taps;
mod wallet_page;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
