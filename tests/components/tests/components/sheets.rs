//! Sheets over a page: the focus, Escape, Back, and what is behind them.

use std::rc::Rc;

use kabao::{
    browser::history::{BrowserHistory, History as _},
    components::bottom_sheet::BottomSheet,
};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::{
    backend::Backend,
    page::{
        all, control, focused, middle, press, press_key, says, says_no_more, script, settled,
        show_app, show_app_over, show_view, text, the, until,
    },
    replies,
};

const TERMS: &str = "Membership Terms";
const PRIVACY: &str = "Privacy Policy";

async fn show_profile() -> (Backend, Rc<impl kabao::browser::history::History>) {
    let backend = Backend::new();
    backend.always("GET", "/profile", 200, replies::profile());
    backend.always("GET", "/wallet", 200, replies::wallet());
    let history = show_app("/a/x/profile", &backend).await;
    says("138****8000").await;
    (backend, history)
}

fn is_focus_in(selector: &str) -> bool {
    focused().is_some_and(|focused| {
        let inside = all(selector);
        inside.iter().any(|it| it.contains(Some(&focused)))
    })
}

fn is_scroll_locked() -> bool {
    script("return getComputedStyle(document.documentElement).overflowY === 'hidden'").is_truthy()
}

/// Whether a tap on `element` would hit it.
fn is_in_front(element: &Element) -> bool {
    let (x, y) = middle(element);
    let hit = script(&format!("return document.elementFromPoint({x}, {y})"));
    hit.loose_eq(element)
}

/// Runs the test in a browser without dialogs of its own too.
async fn with_and_without_dialogs<F: Future<Output = ()>>(test: impl Fn() -> F) {
    test().await;
    script(
        "const dialog = HTMLDialogElement.prototype; \
         window.showModal = dialog.showModal; delete dialog.showModal;",
    );
    test().await;
    script("HTMLDialogElement.prototype.showModal = window.showModal");
}

#[wasm_bindgen_test]
async fn a_sheet_has_the_focus_and_the_page_behind_it_is_out_of_reach() {
    with_and_without_dialogs(|| async {
        let (backend, _) = show_profile().await;
        assert!(is_in_front(&control("Sign out")));
        press(TERMS);
        until(|| is_focus_in("dialog[open]"), "the focus is in the sheet").await;
        let call = backend.next("GET", "/terms/2026-01").await;
        call.reply(200, replies::terms("2026-01"));
        says("These are the terms 2026-01.").await;
        assert!(is_scroll_locked());
        assert!(!is_in_front(&control("Sign out")));
        control("Sign out").focus().expect("it may be asked to");
        assert!(is_focus_in("dialog[open]"), "the page behind is inert");
        press("Close");
        until(|| all("dialog").is_empty(), "the sheet is gone").await;
        assert!(!is_scroll_locked());
        assert_eq!(focused().as_ref(), Some(control(TERMS).as_ref()));
        assert!(is_in_front(&control("Sign out")));
        assert!(all("[aria-hidden=true] button, [inert]").is_empty());
    })
    .await;
}

#[wasm_bindgen_test]
async fn back_closes_the_sheet_and_leaves_the_page_where_it_is() {
    with_and_without_dialogs(|| async {
        let (_backend, history) = show_profile().await;
        press("Withdraw consent and unlink phone");
        says("Unlink your phone?").await;
        assert_eq!(
            (history.depth(), history.path().as_str()),
            (1, "/a/x/profile")
        );
        history.back("/a/x");
        until(|| all("dialog").is_empty(), "the sheet is gone").await;
        assert_eq!(
            (history.depth(), history.path().as_str()),
            (0, "/a/x/profile")
        );
        assert!(text().contains("138****8000"));

        press("Withdraw consent and unlink phone");
        says("Unlink your phone?").await;
        press("Cancel");
        until(|| all("dialog").is_empty(), "the sheet is gone").await;
        assert_eq!(history.depth(), 0, "its entry of the history is gone too");
    })
    .await;
}

#[component]
fn TwoSheets(lower: RwSignal<bool>, upper: RwSignal<bool>) -> impl IntoView {
    let close_lower = Callback::new(move |()| lower.set(false));
    let close_upper = Callback::new(move |()| upper.set(false));
    view! {
        <button on:click=move |_| lower.set(true)>"Open"</button>
        {move || {
            lower
                .get()
                .then(|| {
                    view! {
                        <BottomSheet title="Lower" close_label="Close" on_close=close_lower>
                            <button on:click=move |_| upper.set(true)>"More"</button>
                        </BottomSheet>
                    }
                })
        }}
        {move || {
            upper
                .get()
                .then(|| {
                    view! {
                        <BottomSheet title="Upper" close_label="Close" on_close=close_upper>
                            <button>"One"</button>
                            <button>"Two"</button>
                        </BottomSheet>
                    }
                })
        }}
    }
}

async fn show_two_sheets() {
    show_view(|| {
        view! { <TwoSheets lower=RwSignal::new(false) upper=RwSignal::new(false) /> }
    })
    .await;
    press("Open");
    until(|| is_focus_in("dialog[aria-label=Lower]"), "the lower one").await;
    press("More");
    until(|| is_focus_in("dialog[aria-label=Upper]"), "the upper one").await;
}

/// Escape, in a browser without dialogs of its own; with them, the event that it
/// raises there.
fn escape() {
    press_key("Escape");
    script(
        "const open = [...document.querySelectorAll('dialog')].filter(it => it.matches(':modal')); \
         open.at(-1)?.dispatchEvent(new Event('cancel', { cancelable: true }));",
    );
}

#[wasm_bindgen_test]
async fn one_escape_closes_one_of_two_sheets_and_gives_the_focus_back() {
    with_and_without_dialogs(|| async {
        show_two_sheets().await;
        escape();
        until(|| all("dialog").len() == 1, "one sheet is left").await;
        settled().await;
        assert_eq!(all("dialog[aria-label=Lower]").len(), 1);
        assert_eq!(focused().as_ref(), Some(control("More").as_ref()));
        assert!(is_scroll_locked());
        escape();
        until(|| all("dialog").is_empty(), "no sheet is left").await;
        assert_eq!(focused().as_ref(), Some(control("Open").as_ref()));
        assert!(!is_scroll_locked());
    })
    .await;
}

#[wasm_bindgen_test]
async fn a_sheet_that_the_browser_closes_by_itself_is_closed() {
    show_two_sheets().await;
    // As Chromium does at a second Escape, whatever the page has to say.
    script("document.querySelector('dialog[aria-label=Upper]').close()");
    until(|| all("dialog").len() == 1, "one sheet is left").await;
    settled().await;
    assert_eq!(all("dialog[aria-label=Lower]").len(), 1);
}

#[wasm_bindgen_test]
async fn where_the_browser_has_no_dialogs_the_tab_key_stays_in_the_sheet() {
    script(
        "window.showModal = HTMLDialogElement.prototype.showModal; \
            delete HTMLDialogElement.prototype.showModal;",
    );
    show_two_sheets().await;
    script("HTMLDialogElement.prototype.showModal = window.showModal");
    let close: Element = the("dialog[aria-label=Upper] .close-button");
    control("Two").focus().expect("it takes the focus");
    press_key("Tab");
    assert_eq!(focused(), Some(close.clone()), "from the last to the first");
    control("More").focus().expect("it may be asked to");
    assert!(is_focus_in("dialog[aria-label=Upper]"));
}

#[wasm_bindgen_test]
async fn a_reply_for_a_sheet_that_was_closed_is_not_waited_for() {
    let (backend, _) = show_profile().await;
    press(TERMS);
    let terms = backend.next("GET", "/terms/2026-01").await;
    press("Close");
    until(|| all("dialog").is_empty(), "the sheet is gone").await;
    assert!(terms.is_aborted());
    press(PRIVACY);
    let privacy = backend.next("GET", "/terms/2026-01").await;
    terms.reply(200, replies::terms("of a sheet that is gone"));
    settled().await;
    assert!(!text().contains("sheet that is gone"));
    privacy.reply(200, replies::terms("2026-01"));
    says("This is the privacy policy 2026-01.").await;
}

#[wasm_bindgen_test]
async fn terms_that_do_not_load_are_asked_for_again_by_a_button() {
    let (backend, _) = show_profile().await;
    press(TERMS);
    backend
        .next("GET", "/terms/2026-01")
        .await
        .reply(503, "<html>Bad Gateway</html>");
    says("Try again").await;
    press("Try again");
    let second = backend.next("GET", "/terms/2026-01").await;
    until(
        || control("Try again").get_attribute("aria-busy").as_deref() == Some("true"),
        "the button is busy",
    )
    .await;
    press("Try again");
    settled().await;
    assert_eq!(backend.count("GET", "/terms/2026-01"), 2);
    second.reply(200, replies::terms("2026-01"));
    says("These are the terms 2026-01.").await;
}

/// The browser's own history goes back in its own time.
#[wasm_bindgen_test]
async fn a_sheet_that_is_opened_right_after_another_was_closed_stays_open() {
    let before = script("return location.pathname + location.search");
    script("history.replaceState(null, '', '/a/x/profile?lang=en')");
    let backend = Backend::new();
    backend.always("GET", "/profile", 200, replies::profile());
    backend.always("GET", "/terms/2026-01", 200, replies::terms("2026-01"));
    let history = Rc::new(BrowserHistory);
    show_app_over(history.clone(), &backend).await;
    says("138****8000").await;
    press(TERMS);
    says("These are the terms").await;
    press("Close");
    press(PRIVACY);
    says("This is the privacy policy").await;
    until(|| history.depth() == 1, "the sheet has its entry").await;
    settled().await;
    assert!(text().contains("This is the privacy policy"));
    script("history.back()");
    says_no_more("This is the privacy policy").await;
    assert_eq!(history.depth(), 0);
    assert_eq!(history.path(), "/a/x/profile");
    // A page that is left with a sheet open leaves nothing of it behind.
    let before = before.as_string().expect("an address");
    script(&format!("history.replaceState(null, '', '{before}')"));
}
