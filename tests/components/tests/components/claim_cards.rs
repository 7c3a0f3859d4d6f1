//! Claiming an old card: the cards that were found, and what came back.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    backend::Backend,
    claim_page::show_code_step_of,
    page::{
        all, control, focused, press, press_key, reload_app, says, says_no_more, script, settled,
        text, the, type_into, until,
    },
    replies::{self, bound, candidate, verified},
};

const BINDING: (&str, &str) = ("POST", "/claims/9/binding");

/// Shows the step at which the cards are chosen.
async fn show_found(verified: &Value) -> Backend {
    let backend = show_code_step_of(replies::empty_wallet()).await;
    backend.always("POST", "/claims/9/verification", 200, verified);
    type_into("#claim-code", "123456");
    until(|| !all(".claim__main-action").is_empty(), "the cards").await;
    backend
}

/// Shows the step at which a card came back.
async fn show_done(card: Value) -> Backend {
    let backend = show_found(&verified(&json!([candidate("3")]))).await;
    backend.always(BINDING.0, BINDING.1, 200, bound(&json!([card])));
    press("Yes, it’s mine");
    says("Your card is back").await;
    backend
}

/// Whether the person wants less motion, until the next test.
fn prefer_less_motion(is_preferred: bool) {
    script(&format!(
        "window.realMatchMedia ??= window.matchMedia; \
         window.matchMedia = (query) => query.includes('reduced-motion') \
             ? {{ matches: {is_preferred} }} : window.realMatchMedia(query)"
    ));
}

/// What the eye sees of the balance that came back.
fn counted() -> String {
    let shown = the(".claim__recovered .count-up");
    shown.text_content().unwrap_or_default()
}

#[wasm_bindgen_test]
async fn one_card_is_a_question_that_is_answered_by_one_tap() {
    let backend = show_found(&verified(&json!([candidate("3")]))).await;
    let shown = text();
    for told in [
        "Is this your card?",
        "Sichuan Bistro",
        "¥123.00",
        "Wang Wei",
        "0003",
    ] {
        assert!(shown.contains(told), "no {told}: {shown}");
    }
    assert!(
        all("[type=checkbox]").is_empty(),
        "there is nothing to choose"
    );
    assert_eq!(
        focused(),
        Some(the("h1")),
        "a screen reader hears the question"
    );
    press("Yes, it’s mine");
    let call = backend.next(BINDING.0, BINDING.1).await;
    let body = call.request().body.clone().unwrap_or_default();
    assert!(body.contains(r#""card_ids":["3"]"#), "{body}");
}

#[wasm_bindgen_test]
async fn a_new_card_in_place_of_the_one_that_was_found_is_asked_for_once() {
    let backend = show_found(&verified(&json!([candidate("3")]))).await;
    press("Not my card");
    says("A new card doesn’t have the old balance").await;
    assert_eq!(
        backend.count(BINDING.0, BINDING.1),
        0,
        "nothing is opened yet"
    );
    press("Close");
    says_no_more("A new card doesn’t have the old balance").await;
    assert_eq!(focused().as_ref(), Some(control("Not my card").as_ref()));
    press("Not my card");
    says("Open a new card").await;
    press("Open a new card");
    let call = backend.next(BINDING.0, BINDING.1).await;
    let body = call.request().body.clone().unwrap_or_default();
    assert!(body.contains(r#""open_new":true"#), "{body}");
    until(|| all("dialog").is_empty(), "the question is gone").await;
}

#[wasm_bindgen_test]
async fn where_no_new_card_may_be_opened_another_number_is_offered() {
    let mut verified = verified(&json!([candidate("3")]));
    verified["claim"]["can_open_new"] = json!(false);
    show_found(&verified).await;
    press("Not my card");
    says("Try another number").await;
    assert!(!text().contains("Open a new card"));
    press("Try another number");
    says("Get your card back").await;
    until(|| all("dialog").is_empty(), "the question is gone").await;
}

#[wasm_bindgen_test]
async fn where_nothing_was_found_a_new_card_is_asked_for_once_too() {
    let backend = show_code_step_of(replies::empty_wallet()).await;
    backend.always("POST", "/claims/9/verification", 200, verified(&json!([])));
    type_into("#claim-code", "123456");
    says("No card found").await;
    press("Open a new card");
    says("Open a new card?").await;
    settled().await;
    assert_eq!(
        backend.count(BINDING.0, BINDING.1),
        0,
        "nothing is opened yet"
    );
    press("Open a new card");
    backend.next(BINDING.0, BINDING.1).await;
}

#[wasm_bindgen_test]
async fn a_frozen_card_says_so_before_it_is_bound() {
    let mut frozen = candidate("3");
    frozen["status"] = json!("frozen");
    for candidates in [json!([frozen]), json!([frozen, candidate("4")])] {
        show_found(&verified(&candidates)).await;
        says("Frozen: get it back, then ask the shop to unfreeze it").await;
    }
}

#[wasm_bindgen_test]
async fn of_several_cards_the_account_is_named_once_and_the_button_stays_in_reach() {
    let many: Vec<Value> = (10..30)
        .map(|id| {
            let mut candidate = candidate(&id.to_string());
            candidate["previous_account_name"] = json!("The old account");
            candidate
        })
        .collect();
    show_found(&verified(&json!(many))).await;
    says("20 cards found").await;
    assert_eq!(text().matches("The old account").count(), 1);
    let height = || {
        script("return window.innerHeight")
            .as_f64()
            .expect("a number")
    };
    for top in [0, 300, 100_000] {
        script(&format!("window.scrollTo(0, {top})"));
        let button = control("Get 20 cards back").get_bounding_client_rect();
        assert!(
            button.top() > 0.0 && button.bottom() <= height(),
            "scrolled to {top}, it ends at {}",
            button.bottom()
        );
    }
    // What has the focus is not hidden behind it.
    let boxes = all("[type=checkbox]");
    let field: &web_sys::HtmlElement = wasm_bindgen::JsCast::unchecked_ref(&boxes[10]);
    script("window.scrollTo(0, 0)");
    field.focus().expect("it takes the focus");
    let actions = the(".claim__main-action").get_bounding_client_rect();
    assert!(field.get_bounding_client_rect().bottom() <= actions.top());
    // One is taken out.
    field.click();
    says("Get 19 cards back").await;
}

#[wasm_bindgen_test]
async fn accounts_that_differ_are_named_at_each_card() {
    let candidates: Vec<Value> = [("3", "Bistro East"), ("4", "Bistro West")]
        .map(|(id, account)| {
            let mut candidate = candidate(id);
            candidate["previous_account_name"] = json!(account);
            candidate
        })
        .to_vec();
    show_found(&verified(&json!(candidates))).await;
    says("Bistro East").await;
    says("Bistro West").await;
}

#[wasm_bindgen_test]
async fn the_balance_counts_up_to_what_came_back() {
    prefer_less_motion(false);
    show_done(replies::card("3")).await;
    assert_ne!(counted(), "¥123.00", "it is on its way");
    until(|| counted() == "¥123.00", "all of it").await;
    settled().await;
    assert_eq!(counted(), "¥123.00");
    let on_card = the(".card-face .count-up").text_content();
    assert_eq!(on_card.as_deref(), Some("¥123.00"));
}

#[wasm_bindgen_test]
async fn the_balance_stands_there_for_whoever_wants_less_motion() {
    prefer_less_motion(true);
    show_done(replies::card("3")).await;
    assert_eq!(counted(), "¥123.00");
    prefer_less_motion(false);
}

#[wasm_bindgen_test]
async fn a_screen_reader_hears_what_came_back_once_and_in_one_piece() {
    show_done(replies::card("3")).await;
    let title = focused().expect("something has the focus");
    assert_eq!(title.text_content().as_deref(), Some("Your card is back"));
    let described_by = title.get_attribute("aria-describedby").expect("a sentence");
    let sentence = the(&format!("#{described_by}")).text_content();
    assert_eq!(
        sentence.as_deref(),
        Some("Balance ¥123.00 and 860 points are back")
    );
    for counting in all(".count-up") {
        assert_eq!(
            counting.get_attribute("aria-hidden").as_deref(),
            Some("true")
        );
        let live = counting.closest("[aria-live], [role=alert], [role=status]");
        assert_eq!(live, Ok(None), "nothing is announced while it counts");
    }
}

#[wasm_bindgen_test]
async fn the_code_of_the_first_card_that_can_be_used_follows() {
    let backend = show_code_step_of(replies::empty_wallet()).await;
    let candidates = json!([candidate("3"), candidate("4")]);
    backend.always("POST", "/claims/9/verification", 200, verified(&candidates));
    type_into("#claim-code", "123456");
    says("2 cards found").await;
    let mut frozen = replies::card("3");
    frozen["status"] = json!("frozen");
    let cards = json!([frozen, replies::card("4")]);
    backend.always(BINDING.0, BINDING.1, 200, bound(&cards));
    press("Get 2 cards back");
    says("2 cards are back").await;
    says("Balance ¥246.00").await;
    press("Show member code");
    backend.next("GET", "/cards/4/code").await;
}

#[wasm_bindgen_test]
async fn a_card_that_is_frozen_leads_to_the_wallet() {
    let mut frozen = replies::card("3");
    frozen["status"] = json!("frozen");
    show_done(frozen).await;
    assert!(!text().contains("Show member code"));
    let to_wallet = control("Go to my cards");
    assert!(to_wallet.class_list().contains("button--primary"));
}

#[wasm_bindgen_test]
async fn enter_on_a_card_is_no_second_way_to_bind() {
    let backend = show_found(&verified(&json!([candidate("3"), candidate("4")]))).await;
    let boxes = all("[type=checkbox]");
    let field: &web_sys::HtmlElement = wasm_bindgen::JsCast::unchecked_ref(&boxes[0]);
    field.focus().expect("it takes the focus");
    press_key("Enter");
    settled().await;
    assert_eq!(backend.count(BINDING.0, BINDING.1), 0);
}

#[wasm_bindgen_test]
async fn a_reload_after_binding_shows_what_came_back() {
    show_done(replies::card("3")).await;
    reload_after_binding().await;
}

#[wasm_bindgen_test]
async fn a_reload_after_a_binding_whose_reply_is_lost_shows_what_came_back() {
    let backend = show_found(&verified(&json!([candidate("3")]))).await;
    backend.never(BINDING.0, BINDING.1);
    press("Yes, it’s mine");
    says("Try again").await;
    reload_after_binding().await;
}

/// Loads the page anew once the card is bound: no claim is open any longer.
async fn reload_after_binding() {
    let backend = Backend::new();
    let cards = json!([replies::card("3")]);
    let bound = bound(&cards);
    backend.always("GET", "/wallet", 200, &bound["wallet"]);
    backend.always("GET", "/claims/9", 200, &bound);
    reload_app("/a/x/claim", &backend).await;
    says("Your card is back").await;
    assert!(text().contains("0003"));
}
