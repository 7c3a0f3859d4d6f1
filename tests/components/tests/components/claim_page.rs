//! Claiming an old card: the phone, the captcha, the code.

use serde_json::{Value, json};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::Element;

use crate::{
    backend::Backend,
    page::{
        all, control, focused, middle, move_calendar, pass, press, press_key, says, script,
        settled, show_app, sleep, text, the, type_into, until,
    },
    replies::{self, problem},
};

const CLAIMS: (&str, &str) = ("POST", "/claims");
const RESEND: (&str, &str) = ("POST", "/claims/9/sms");
const PHONE_FIELD: &str = "[autocomplete=tel-national]";
const CAPTCHA_FIELD: &str = "#claim-captcha";
/// After [`replies::NOW`], when another code may be sent.
const A_MINUTE_LATER: &str = "2026-03-01T12:01:01Z";
const NUMBER: &str = "138 0013 8000";

/// Shows the first step, with a number and the consent.
async fn show_phone_step() -> Backend {
    show_phone_step_of(replies::empty_wallet()).await
}

async fn show_phone_step_of(wallet: Value) -> Backend {
    let backend = Backend::new();
    backend.always("GET", "/wallet", 200, wallet);
    show_app("/a/x/claim", &backend).await;
    says("Phone number").await;
    type_into(PHONE_FIELD, NUMBER);
    the("[type=checkbox]")
        .dispatch_event(&tick())
        .expect("taken");
    backend
}

fn tick() -> web_sys::Event {
    let box_: web_sys::HtmlInputElement =
        wasm_bindgen::JsCast::unchecked_into(the("[type=checkbox]"));
    box_.set_checked(true);
    web_sys::Event::new("change").expect("an event")
}

fn captcha_required() -> Value {
    let captcha = json!({
        "id": "c1", "prompt": "Type the characters",
        "image_url": "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=",
    });
    problem(
        403,
        "captcha_required",
        json!({ "captcha": captcha, "server_time": A_MINUTE_LATER }),
    )
}

/// Shows the step at which the code is asked for.
async fn show_code_step() -> Backend {
    show_code_step_of(replies::empty_wallet()).await
}

pub(crate) async fn show_code_step_of(wallet: Value) -> Backend {
    let backend = show_phone_step_of(wallet).await;
    press("Send code");
    let call = backend.next(CLAIMS.0, CLAIMS.1).await;
    call.reply(201, replies::claim());
    until(|| !all("#claim-code").is_empty(), "the code is asked for").await;
    backend
}

/// What the captcha in a request is answered with.
fn answer(body: Option<&str>) -> String {
    let body: Value = serde_json::from_str(body.unwrap_or_default()).expect("JSON");
    body["captcha"]["answer"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

#[wasm_bindgen_test]
async fn enter_answers_the_captcha_of_the_first_step() {
    let backend = show_phone_step().await;
    press("Send code");
    let call = backend.next(CLAIMS.0, CLAIMS.1).await;
    call.reply(403, captcha_required());
    until(|| !all(CAPTCHA_FIELD).is_empty(), "a captcha").await;
    type_into(CAPTCHA_FIELD, "4711")
        .focus()
        .expect("it takes the focus");
    press_key("Enter");
    let call = backend.next(CLAIMS.0, CLAIMS.1).await;
    assert_eq!(answer(call.request().body.as_deref()), "4711");
}

#[wasm_bindgen_test]
async fn enter_answers_the_captcha_of_the_second_step_and_checks_no_code() {
    let backend = show_code_step().await;
    pass(61_000);
    until(|| text().contains("Send a new code"), "a code may be sent").await;
    press("Send a new code");
    let call = backend.next(RESEND.0, RESEND.1).await;
    call.reply(403, captcha_required());
    until(|| !all(CAPTCHA_FIELD).is_empty(), "a captcha").await;
    type_into(CAPTCHA_FIELD, "4711")
        .focus()
        .expect("it takes the focus");
    press_key("Enter");
    let call = backend.next(RESEND.0, RESEND.1).await;
    assert_eq!(answer(call.request().body.as_deref()), "4711");
    assert_eq!(backend.count("POST", "/claims/9/verification"), 0);
}

#[wasm_bindgen_test]
async fn a_picture_that_cannot_be_read_is_replaced_by_another() {
    let backend = show_phone_step().await;
    press("Send code");
    let call = backend.next(CLAIMS.0, CLAIMS.1).await;
    call.reply(403, captcha_required());
    until(|| !all(CAPTCHA_FIELD).is_empty(), "a captcha").await;
    press("Can’t read it? Another picture");
    let call = backend.next(CLAIMS.0, CLAIMS.1).await;
    assert_eq!(answer(call.request().body.as_deref()), "");
    let mut another = captcha_required();
    another["captcha"]["id"] = json!("c2");
    another["captcha"]["prompt"] = json!("Type the other characters");
    call.reply(403, another);
    says("Type the other characters").await;
    assert_eq!(all(CAPTCHA_FIELD).len(), 1);
}

#[wasm_bindgen_test]
async fn the_wait_for_another_code_does_not_follow_the_phones_calendar() {
    let seconds = || {
        let shown = text();
        let (_, rest) = shown.split_once("New code in ").unwrap_or_default();
        let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
        digits.parse::<u32>().unwrap_or_default()
    };
    for moved in [-600_000, 1_200_000] {
        show_code_step().await;
        says("New code in").await;
        move_calendar(moved);
        // Longer than the page takes to look at the clock.
        sleep(350).await;
        assert!((50..=60).contains(&seconds()), "{moved}: {}", text());
    }
}

#[wasm_bindgen_test]
async fn the_button_that_sends_a_code_keeps_the_focus_while_it_waits() {
    let backend = show_code_step().await;
    pass(61_000);
    until(|| text().contains("Send a new code"), "a code may be sent").await;
    press("Send a new code");
    let call = backend.next(RESEND.0, RESEND.1).await;
    let mut sent = replies::claim();
    sent["claim"]["resend_at"] = json!("2026-03-01T12:02:00Z");
    call.reply(200, sent);
    says("New code in").await;
    let focused = focused()
        .and_then(|it| it.text_content())
        .unwrap_or_default();
    assert!(
        focused.contains("New code in"),
        "the focus is on “{focused}”"
    );
    press(focused.trim());
    settled().await;
    assert_eq!(backend.count(RESEND.0, RESEND.1), 1, "it waits");
}

#[wasm_bindgen_test]
async fn who_could_not_sign_out_still_has_the_claim() {
    let backend = Backend::new();
    backend.always("GET", "/wallet", 200, replies::empty_wallet());
    backend.always("GET", "/profile", 200, replies::profile());
    backend.never("DELETE", "/session");
    let history = show_app("/a/x/profile", &backend).await;
    says("138****8000").await;
    press("Sign out");
    says("Signing out isn’t finished yet").await;
    press("Back");
    says("Sichuan Bistro").await;
    drop(history);
    press(control_of_claim());
    until(|| !all(PHONE_FIELD).is_empty(), "the number is asked for").await;
}

/// The way from the wallet to the claim.
fn control_of_claim() -> &'static str {
    let name = "Find my card";
    control(name);
    name
}

#[wasm_bindgen_test]
async fn where_members_were_not_kept_the_new_card_leads_and_the_people_to_ask_follow() {
    let mut wallet = replies::empty_wallet();
    wallet["merchants"][0]["members_retained"] = json!(false);
    let backend = show_code_step_of(wallet).await;
    type_into("#claim-code", "123456");
    let mut verified = replies::claim();
    verified["claim"]["state"] = json!("verified");
    verified["claim"]["candidates"] = json!([]);
    verified["claim"]["can_open_new"] = json!(true);
    verified["claim"]["support"] =
        json!({ "phone": "02800000000", "staff_code": "63-0301-2000-1234" });
    backend
        .next("POST", "/claims/9/verification")
        .await
        .reply(200, verified);
    says("so a new card is needed").await;
    let shown = text();
    let new_card = shown.find("Open a new card").expect("a new card");
    let staff_code = shown.find("63-0301-2000-1234").expect("the staff code");
    assert!(new_card < staff_code, "the new card leads: {shown}");
}

#[wasm_bindgen_test]
async fn a_wrong_code_keeps_the_keyboard_and_is_corrected_in_peace() {
    let backend = show_code_step().await;
    let field = type_into("#claim-code", "123456");
    field.focus().expect("it takes the focus");
    let call = backend.next("POST", "/claims/9/verification").await;
    call.reply(
        422,
        problem(422, "code_wrong", json!({ "attempts_left": 4 })),
    );
    says("4 tries left").await;
    assert!(field.is_connected(), "the field is the same element");
    assert_eq!(focused().as_ref(), Some(field.as_ref()), "it has the focus");
    // The digits are corrected one by one, and nothing is sent before it is asked
    // for.
    for typed in ["12345", "123457", "12345", "123458"] {
        type_into("#claim-code", typed);
    }
    settled().await;
    assert_eq!(backend.count("POST", "/claims/9/verification"), 1);
    press("Confirm");
    let call = backend.next("POST", "/claims/9/verification").await;
    let body = call.request().body.clone().unwrap_or_default();
    assert!(body.contains("123458"), "{body}");
}

#[wasm_bindgen_test]
async fn the_number_can_be_typed_at_once_after_a_tap_and_only_then() {
    let has_focus = || focused().is_some_and(|it| it.matches(PHONE_FIELD) == Ok(true));
    let backend = Backend::new();
    backend.always("GET", "/wallet", 200, replies::empty_wallet());
    show_app("/a/x", &backend).await;
    says("Sichuan Bistro").await;
    press(control_of_claim());
    until(|| !all(PHONE_FIELD).is_empty(), "the number is asked for").await;
    until(has_focus, "the field has the focus").await;

    // A keyboard that comes up by itself would cover what is to be read first.
    show_app("/a/x/claim", &backend).await;
    until(|| !all(PHONE_FIELD).is_empty(), "the number is asked for").await;
    settled().await;
    assert!(!has_focus(), "opened by its address");
}

#[wasm_bindgen_test]
async fn a_message_comes_into_a_region_that_is_there_already() {
    let backend = show_phone_step().await;
    let regions = all("form [role=alert]");
    press("Send code");
    let call = backend.next(CLAIMS.0, CLAIMS.1).await;
    let too_fast = problem(429, "sms_too_fast", json!({ "retry_after": 45 }));
    call.reply(429, too_fast);
    // A screen reader hears what comes into a region that it knows.
    let is_told = || {
        let mut texts = regions.iter().filter_map(|it| it.text_content());
        texts.any(|text| !text.is_empty())
    };
    until(is_told, "it is told in one of them").await;
    assert_eq!(all("form [role=alert]"), regions);
}

#[wasm_bindgen_test]
async fn another_number_is_typed_where_the_first_one_was() {
    show_code_step().await;
    press("Use another number");
    until(|| !all(PHONE_FIELD).is_empty(), "the number is asked for").await;
    until(
        || focused().is_some_and(|it| it.matches(PHONE_FIELD) == Ok(true)),
        "the field has the focus",
    )
    .await;
}

/// What the cells of the code show, with `_` for an empty one and `|` before the one
/// that is next.
fn cells() -> String {
    let cell = |cell: &Element| {
        let digit = cell.text_content().filter(|digit| !digit.is_empty());
        let mark = if cell.class_list().contains("cells__cell--next") {
            "|"
        } else {
            ""
        };
        format!("{mark}{}", digit.unwrap_or_else(|| "_".to_owned()))
    };
    all(".cells__cell").iter().map(cell).collect()
}

#[wasm_bindgen_test]
async fn each_digit_of_the_code_has_a_cell_and_all_of_them_one_field() {
    show_code_step().await;
    assert_eq!(cells(), "|______");
    for (typed, shown) in [
        ("7", "7|_____"),
        ("70 0", "700|___"),
        ("12345", "12345|_"),
        ("", "|______"),
    ] {
        type_into("#claim-code", typed);
        settled().await;
        assert_eq!(cells(), shown, "{typed}");
    }
    assert_eq!(all("form input").len(), 1);
    assert!(the(".cells__row").matches("[aria-hidden=true]") == Ok(true));
    let field = the("#claim-code");
    assert_eq!(
        field.get_attribute("autocomplete").as_deref(),
        Some("one-time-code")
    );
    // The field covers the cells, so that a tap on any of them hits it.
    for cell in all(".cells__cell") {
        let (x, y) = middle(&cell);
        let hit = script(&format!("return document.elementFromPoint({x}, {y}).id"));
        assert_eq!(hit.as_string().as_deref(), Some("claim-code"));
    }
}

#[wasm_bindgen_test]
async fn there_are_as_many_cells_as_the_code_has_digits() {
    for length in [4, 8] {
        let backend = show_phone_step().await;
        press("Send code");
        let mut sent = replies::claim();
        sent["claim"]["code_length"] = json!(length);
        backend.next(CLAIMS.0, CLAIMS.1).await.reply(201, sent);
        until(|| !all("#claim-code").is_empty(), "the code is asked for").await;
        assert_eq!(all(".cells__cell").len(), length);
        type_into("#claim-code", &"12345678"[..length]);
        let call = backend.next("POST", "/claims/9/verification").await;
        let body = call.request().body.clone().unwrap_or_default();
        assert!(body.contains(&"12345678"[..length]), "{body}");
    }
}

#[wasm_bindgen_test]
async fn nothing_moves_when_a_code_is_wrong() {
    let backend = show_code_step().await;
    let top = |selector: &str| the(selector).get_bounding_client_rect().top();
    let places = || (top("#claim-code"), top(".button--primary"));
    let before = places();
    type_into("#claim-code", "123456");
    let call = backend.next("POST", "/claims/9/verification").await;
    call.reply(
        422,
        problem(422, "code_wrong", json!({ "attempts_left": 4 })),
    );
    says("4 tries left").await;
    assert_eq!(places(), before);
}
