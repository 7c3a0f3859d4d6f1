//! What is typed into a field: at the gaps, in the middle, through an input method.

use kabao::components::text_field::{Edit, FieldKind, TextField};
use kabao_core::domain::mobile_number::group_while_typing;
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlInputElement;

use crate::{
    backend::Backend,
    claim_page::show_code_step_of,
    page::{all, press, says, script, settled, show_app, show_view, the, type_into, until},
    replies,
};

const FIELD: &str = "#number";

const KIND: FieldKind = FieldKind {
    class: "field__input",
    input_type: "tel",
    inputmode: "numeric",
    autocomplete: "tel-national",
    placeholder: "",
};

/// Shows a field for a phone number. Returns what it reports.
async fn show_field() -> RwSignal<Vec<Edit>> {
    let reports = RwSignal::new(Vec::<Edit>::new());
    show_view(move || {
        let value = move || reports.with(|all| all.last().map(|it| it.text.clone()));
        view! {
            <TextField
                id="number"
                label="Phone number"
                kind=KIND
                value=Signal::derive(move || value().unwrap_or_default())
                on_edit=Callback::new(move |edit| reports.update(|all| all.push(edit)))
                format=Callback::new(|typed: String| group_while_typing(&typed))
                message=Signal::derive(|| None::<String>)
            />
        }
    })
    .await;
    reports
}

/// Fills the field with a text, whose `|` is where the caret is then.
fn fill(marked: &str) {
    let field = type_into(FIELD, &marked.replace('|', ""));
    let caret = marked.find('|').expect("a caret") as u32;
    field.focus().expect("it takes the focus");
    field.set_selection_range(caret, caret).expect("a caret");
}

/// What the field shows, with `|` where the caret is.
fn shown() -> String {
    let field: HtmlInputElement = wasm_bindgen::JsCast::unchecked_into(the(FIELD));
    let mut text = field.value();
    let caret = field.selection_start().ok().flatten().expect("a caret");
    text.insert(caret as usize, '|');
    text
}

/// Edits as a key does: the browser changes the field and raises its events.
fn edit(command: &str, text: &str) {
    let done = script(&format!(
        "return document.execCommand('{command}', false, '{text}')"
    ));
    assert_eq!(done.as_bool(), Some(true), "{command}");
}

#[wasm_bindgen_test]
async fn backspace_and_delete_at_a_gap_take_the_digit_behind_it() {
    show_field().await;
    for (before, command, after) in [
        ("138 |0013 8000", "delete", "13|0 0138 000"),
        ("138| 0013 8000", "forwardDelete", "138| 0138 000"),
        ("138 0013 |8000", "delete", "138 001|8 000"),
        ("138 0013| 8000", "forwardDelete", "138 0013| 000"),
        ("138 |0", "delete", "13|0"),
        // Not at a gap.
        ("138 0|013 8000", "delete", "138| 0138 000"),
        ("138 00|13 8000", "forwardDelete", "138 00|38 000"),
        ("138 0013 8000|", "delete", "138 0013 800|"),
    ] {
        fill(before);
        edit(command, "");
        assert_eq!(shown(), after, "{command} at {before}");
    }
    // Again and again.
    fill("138 0|013");
    for after in ["138 |013", "13|0 13", "1|01 3", "|013"] {
        edit("delete", "");
        assert_eq!(shown(), after);
    }
}

#[wasm_bindgen_test]
async fn the_caret_stays_with_its_digit() {
    show_field().await;
    for (before, typed, after) in [
        ("138| 0013", "9", "138 9|001 3"),
        ("138 |0013", "9", "138 9|001 3"),
        ("13|8 0013", "99", "139 9|800 13"),
        // The prefix goes once the number is whole.
        ("+86 138 0013 |800", "9", "138 0013 9|800"),
        ("|86 138 0013", "+", "+|86 138 0013"),
    ] {
        fill(before);
        edit("insertText", typed);
        assert_eq!(shown(), after, "{typed} at {before}");
    }
}

/// What an input method does to a field after its last change.
#[derive(Clone, Copy, Debug)]
enum Engine {
    /// Ends the composition.
    Chromium,
    /// Ends the composition, then raises `input` once more.
    WebKit,
}

/// Raises an event on a field.
fn raise(selector: &str, event: &str) {
    script(&format!(
        "document.querySelector('{selector}').dispatchEvent({event})"
    ));
}

/// Composes: the field has each of `texts` in turn, and the last one stays.
fn compose(selector: &str, texts: &[&str], engine: Engine) {
    raise(
        selector,
        "new CompositionEvent('compositionstart', { bubbles: true })",
    );
    for text in texts {
        script(&format!(
            "document.querySelector('{selector}').value = '{text}'"
        ));
        raise(
            selector,
            "new InputEvent('input', { bubbles: true, isComposing: true, \
             inputType: 'insertCompositionText' })",
        );
        let field: HtmlInputElement = wasm_bindgen::JsCast::unchecked_into(the(selector));
        assert_eq!(field.value(), *text, "not rewritten while it is composed");
    }
    raise(
        selector,
        "new CompositionEvent('compositionend', { bubbles: true })",
    );
    if matches!(engine, Engine::WebKit) {
        raise(
            selector,
            "new InputEvent('input', { bubbles: true, inputType: 'insertFromComposition' })",
        );
    }
}

#[wasm_bindgen_test]
async fn what_is_composed_is_rewritten_and_reported_once() {
    for engine in [Engine::Chromium, Engine::WebKit] {
        let reports = show_field().await;
        let mut text = String::new();
        for digit in "１３８００１".chars() {
            text.push(digit);
            compose(FIELD, &[&text], engine);
            settled().await;
            text = shown().replace('|', "");
        }
        assert_eq!(text, "138 001", "{engine:?}");
        let whole = |edit: &&Edit| !edit.is_composing;
        let count = reports.get_untracked().iter().filter(whole).count();
        assert_eq!(count, 6, "{engine:?}");
        // The same digits again are an edit like any other.
        type_into(FIELD, "");
        type_into(FIELD, "138 001");
        let last = reports.get_untracked().pop().map(|edit| edit.text);
        assert_eq!(last.as_deref(), Some("138 001"));
    }
}

#[wasm_bindgen_test]
async fn pinyin_that_is_given_up_leaves_the_digits() {
    for engine in [Engine::Chromium, Engine::WebKit] {
        show_field().await;
        fill("138 001|");
        compose(FIELD, &["138 001n", "138 001ni", "138 001"], engine);
        assert_eq!(shown(), "138 001|", "{engine:?}");
    }
}

#[wasm_bindgen_test]
async fn a_composed_code_is_sent_once_and_not_before_it_is_whole() {
    const CHECK: (&str, &str) = ("POST", "/claims/9/verification");
    for engine in [Engine::Chromium, Engine::WebKit] {
        let backend = Backend::new();
        backend.always("GET", "/wallet", 200, replies::empty_wallet());
        show_app("/a/x/claim", &backend).await;
        says("Phone number").await;
        type_into("[autocomplete=tel-national]", "138 0013 8000");
        script(
            "const box = document.querySelector('[type=checkbox]'); box.checked = true; \
             box.dispatchEvent(new Event('change'))",
        );
        press("Send code");
        let call = backend.next("POST", "/claims").await;
        call.reply(201, replies::claim());
        until(|| !all("#claim-code").is_empty(), "the code is asked for").await;
        compose("#claim-code", &["１２３", "１２３４５"], engine);
        settled().await;
        assert_eq!(backend.count(CHECK.0, CHECK.1), 0, "{engine:?}");
        compose("#claim-code", &["12345６"], engine);
        backend.next(CHECK.0, CHECK.1).await;
        settled().await;
        assert_eq!(backend.count(CHECK.0, CHECK.1), 1, "{engine:?}");
    }
}

#[wasm_bindgen_test]
async fn a_code_is_taken_out_of_whatever_is_pasted() {
    for pasted in [
        "123 456",
        "123-456",
        "\u{200B}123456",
        "【川味小馆】验证码 123456，5 分钟内有效",
    ] {
        let backend = show_code_step_of(replies::empty_wallet()).await;
        let field: HtmlInputElement = wasm_bindgen::JsCast::unchecked_into(the("#claim-code"));
        field.focus().expect("it takes the focus");
        edit("insertText", pasted);
        assert_eq!(field.value(), "123456", "{pasted}");
        let call = backend.next("POST", "/claims/9/verification").await;
        let body = call.request().body.clone().unwrap_or_default();
        assert!(body.contains("123456"), "{body}");
    }
}

#[wasm_bindgen_test]
async fn a_number_typed_key_by_key_loses_no_digit() {
    show_field().await;
    for (keys, number) in [
        ("+8613800138000", "138 0013 8000|"),
        ("8613800138000", "138 0013 8000|"),
        ("+14155550100", "+14155550100|"),
    ] {
        fill("|");
        for key in keys.chars() {
            edit("insertText", &key.to_string());
        }
        assert_eq!(shown(), number, "{keys}");
    }
    fill("138 |0013 8000");
    edit("insertText", "9");
    assert_eq!(
        shown(),
        "138 9|001 38000",
        "one too many is for the fan to see"
    );
}
