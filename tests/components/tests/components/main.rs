//! What can only be seen in a browser, on one part of the page at a time: the
//! app runs here over a transport and a history that are in the page.

#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::expect_used,
    reason = "a test that cannot go on says what is missing"
)]

mod boot;
mod components;
mod http;
mod page;
mod screens;
mod scripted;
mod switching;

wasm_bindgen_test::wasm_bindgen_test_configure!(run_in_browser);
