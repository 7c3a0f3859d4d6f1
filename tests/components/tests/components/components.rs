//! Components, each on a page of its own.

use std::{cell::Cell, rc::Rc};

use kabao::components::{
    avatar::Avatar,
    bottom_sheet::BottomSheet,
    button::{BusyButton, Emphasis},
};
use kabao_core::domain::{brand_color::BrandColor, url::ImageUrl};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{all, press, script, show_view, text, the, until};

#[wasm_bindgen_test]
async fn a_busy_button_stays_where_it_is_and_does_nothing_twice() {
    let pressed = Rc::new(Cell::new(0));
    let is_busy = ArcRwSignal::new(false);
    let (counts, state) = (StoredValue::new_local(Rc::clone(&pressed)), is_busy.clone());
    show_view(move || {
        let on_click = Callback::new({
            let state = state.clone();
            move |()| {
                counts.with_value(|counts| counts.set(counts.get() + 1));
                state.set(true);
            }
        });
        view! {
            <BusyButton label="Send code" emphasis=Emphasis::Primary is_busy=state on_click />
        }
    })
    .await;
    let button = the("button");
    press("Send code");
    press("Send code");
    assert_eq!(pressed.get(), 1);
    until(
        || the("button").get_attribute("aria-busy").as_deref() == Some("true"),
        "the button says that it is busy",
    )
    .await;
    assert_eq!(the("button"), button, "it is the same button");
    is_busy.set(false);
    press("Send code");
    assert_eq!(pressed.get(), 2);
}

#[wasm_bindgen_test]
async fn an_avatar_whose_picture_does_not_load_shows_the_first_letter() {
    show_view(|| {
        let url = ImageUrl::parse("/no-such-picture.png").expect("a URL");
        view! { <Avatar name="ångström".to_owned() color=BrandColor::NEUTRAL url=Some(url) /> }
    })
    .await;
    until(
        || the("img").class_name().contains("missing"),
        "the picture is known to be missing",
    )
    .await;
    assert!(text().to_lowercase().contains('å'));
}

#[wasm_bindgen_test]
async fn a_name_is_never_read_as_markup() {
    show_view(|| view! { <Avatar name="<b>x</b>".to_owned() color=BrandColor::NEUTRAL /> }).await;
    assert!(text().contains('<'));
    assert!(all(".avatar b").is_empty());
}

#[wasm_bindgen_test]
async fn an_avatar_shows_a_whole_character_or_a_drawn_sign() {
    for (name, sign) in [
        ("👨\u{200D}👩\u{200D}👧 Hotpot", "👨\u{200D}👩\u{200D}👧"),
        ("🇨🇳 Noodles", "🇨🇳"),
        (" \u{200B}\u{202E}Sichuan", "S"),
    ] {
        show_view(move || view! { <Avatar name=name.to_owned() color=BrandColor::NEUTRAL /> })
            .await;
        assert_eq!(the(".avatar").text_content().as_deref(), Some(sign));
    }
    for name in ["", " \u{3000}", "\u{200B}\u{202E}"] {
        show_view(move || view! { <Avatar name=name.to_owned() color=BrandColor::NEUTRAL /> })
            .await;
        let drawn = script(
            "const sign = getComputedStyle(document.querySelector('.avatar'), '::before'); \
             return sign.content !== 'none' && parseFloat(sign.width) > 0 \
                 && parseFloat(sign.borderTopWidth) > 0",
        );
        assert_eq!(drawn.as_bool(), Some(true), "{name:?}");
        assert_eq!(the(".avatar").text_content().as_deref(), Some(""));
    }
}

#[wasm_bindgen_test]
async fn a_sheet_takes_the_focus_and_closes_beside_it_but_not_in_it() {
    let closed = Rc::new(Cell::new(0));
    let counts = StoredValue::new_local(Rc::clone(&closed));
    show_view(move || {
        let on_close = Callback::new(move |()| {
            counts.with_value(|counts| counts.set(counts.get() + 1));
        });
        view! {
            <BottomSheet title="Terms" close_label="Close" on_close>
                <p>"a long text"</p>
            </BottomSheet>
        }
    })
    .await;
    let has_focus = || {
        let active = web_sys::window().and_then(|window| window.document()?.active_element());
        active.is_some_and(|active| the("dialog").contains(Some(&active)))
    };
    until(has_focus, "the focus is in the dialog").await;
    let click = |selector: &str| {
        let event = web_sys::Event::new("click").expect("an event");
        the(selector).dispatch_event(&event).expect("taken");
    };
    click("dialog p");
    assert_eq!(closed.get(), 0);
    press("Close");
    assert_eq!(closed.get(), 1);
    click("dialog");
    assert_eq!(closed.get(), 2);
}
