//! Elements that follow signals, and the components made of them.

use std::{cell::RefCell, rc::Rc};

use kabao::{
    browser::dom::{Element, element},
    components::{
        avatar::avatar,
        button::{Emphasis, busy_button},
        qr_code::qr_code,
        sheet::sheet,
    },
    signal::Signal,
};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{all, press, says, show_view, text, the, until};

/// Builds a view around a signal, and hands out the signal.
fn show_with<T: Clone + 'static>(
    value: T,
    build: impl FnOnce(Signal<T>) -> Element + 'static,
) -> Signal<T> {
    let handed_out = Rc::new(RefCell::new(None));
    let keeps = Rc::clone(&handed_out);
    show_view(move || {
        let signal = Signal::new(value);
        keeps.replace(Some(signal));
        build(signal)
    });
    handed_out.take().expect("a signal")
}

#[wasm_bindgen_test]
async fn a_text_is_never_read_as_markup() {
    let name = show_with("<b>Sichuan</b>".to_owned(), |name| {
        element("p").live_text(move || name.get())
    });
    says("<b>Sichuan</b>").await;
    name.set("<img src=x onerror=alert(1)>".to_owned());
    says("<img src=x").await;
    assert!(all("p b, p img").is_empty());
}

#[wasm_bindgen_test]
async fn a_live_part_is_replaced_and_its_neighbours_stay() {
    let is_open = show_with(false, |is_open| {
        element("div")
            .child(element("h1").text("before"))
            .live(move || is_open.get().then(|| element("p").text("inside")))
            .child(element("h2").text("after"))
    });
    let before = the("h1");
    assert!(!text().contains("inside"));
    is_open.set(true);
    says("inside").await;
    let order: Vec<_> = all("h1, p, h2")
        .iter()
        .map(web_sys::Element::tag_name)
        .collect();
    assert_eq!(order, ["H1", "P", "H2"]);
    is_open.set(false);
    until(|| all("p").is_empty(), "the part is gone").await;
    assert_eq!(the("h1"), before);
}

#[wasm_bindgen_test]
async fn a_keyed_element_keeps_its_place_in_the_document_when_others_go() {
    let keys = show_with(vec!["a", "b", "c", "d"], |keys| {
        element("ul").live_children(
            move || keys.get().into_iter().map(str::to_owned).collect(),
            |key| element("li").text(key),
        )
    });
    let names = || {
        let texts = all("li").into_iter().filter_map(|it| it.text_content());
        texts.collect::<String>()
    };
    assert_eq!(names(), "abcd");
    let c = all("li").remove(2);
    for (wanted, expected) in [
        (vec!["a", "c", "d"], "acd"),
        (vec!["d", "c", "e", "a"], "dcea"),
        (vec!["c"], "c"),
        (vec!["x", "c", "y"], "xcy"),
    ] {
        keys.set(wanted);
        until(|| names() == expected, expected).await;
        assert!(all("li").contains(&c), "c was built anew for {expected}");
    }
    keys.set(Vec::new());
    until(|| names().is_empty(), "an empty list").await;
}

#[wasm_bindgen_test]
async fn a_busy_button_stays_where_it_is_and_does_nothing_twice() {
    let pressed = Rc::new(RefCell::new(0));
    let counts = Rc::clone(&pressed);
    let is_busy = show_with(false, move |is_busy| {
        busy_button("Send code", Emphasis::Primary, is_busy, move || {
            *counts.borrow_mut() += 1;
            is_busy.set(true);
        })
    });
    press("Send code");
    press("Send code");
    assert_eq!(*pressed.borrow(), 1);
    until(
        || the("button").get_attribute("aria-busy").as_deref() == Some("true"),
        "the button says that it is busy",
    )
    .await;
    is_busy.set(false);
    press("Send code");
    assert_eq!(*pressed.borrow(), 2);
}

#[wasm_bindgen_test]
async fn an_avatar_whose_picture_does_not_load_shows_the_first_letter() {
    show_view(|| avatar("ångström", Some("/no-such-picture.png")));
    until(
        || {
            let classes = the("img").class_name();
            classes.contains("missing")
        },
        "the picture is known to be missing",
    )
    .await;
    assert!(text().contains('å'));
}

#[wasm_bindgen_test]
async fn a_sheet_takes_the_focus_and_closes_beside_it_but_not_in_it() {
    let closed = Rc::new(RefCell::new(0));
    let counts = Rc::clone(&closed);
    show_with(counts, |counts| {
        let close = move || *counts.get_untracked().borrow_mut() += 1;
        sheet("Terms", "Close", close, element("div").text("a long text"))
    });
    until(
        || {
            let active = web_sys::window().and_then(|window| window.document()?.active_element());
            active.and_then(|it| it.text_content()).as_deref() == Some("Terms")
        },
        "the title has the focus",
    )
    .await;
    let click = |selector: &str| {
        let event = web_sys::Event::new("click").expect("an event");
        the(selector).dispatch_event(&event).expect("taken");
    };
    click("[role=dialog]");
    assert_eq!(*closed.borrow(), 0);
    press("Close");
    assert_eq!(*closed.borrow(), 1);
    click(".sheet");
    assert_eq!(*closed.borrow(), 2);
}

#[wasm_bindgen_test]
fn a_code_is_a_picture_with_a_name() {
    show_view(|| {
        qr_code("123456789012", "Member code ending in 9012", |_| 200.0).expect("it fits")
    });
    let picture = the("[role=img]");
    assert_eq!(
        picture.get_attribute("aria-label").as_deref(),
        Some("Member code ending in 9012")
    );
    let modules = the("[role=img] svg path").get_attribute("d");
    assert!(modules.expect("a path").starts_with('M'));
}
