//! Values that views follow.

use std::{cell::RefCell, rc::Rc};

use kabao::signal::{Signal, derived, follow};
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::page::{show_view, until};
use kabao::browser::dom::element;

#[wasm_bindgen_test]
async fn a_derived_value_tells_only_when_it_has_become_another() {
    let told = Rc::new(RefCell::new(Vec::new()));
    let number = Rc::new(RefCell::new(None));
    let (hears, keeps) = (Rc::clone(&told), Rc::clone(&number));
    show_view(move || {
        let number = Signal::new(1);
        let is_even = derived(move || number.get() % 2 == 0);
        follow(move || hears.borrow_mut().push(is_even.get()));
        keeps.replace(Some(number));
        element("p")
    });
    let number = number.borrow().expect("a signal");
    assert_eq!(*told.borrow(), [false]);
    number.set(3);
    number.set(5);
    number.set(6);
    until(|| told.borrow().len() == 2, "the derived value tells").await;
    number.set(8);
    number.set(9);
    until(|| told.borrow().len() == 3, "the derived value tells again").await;
    assert_eq!(*told.borrow(), [false, true, false]);
}

#[wasm_bindgen_test]
fn what_is_written_after_the_page_is_gone_is_dropped() {
    let owner = Owner::new();
    let signal = owner.with(|| Signal::new("here".to_owned()));
    assert_eq!(signal.try_get_untracked().as_deref(), Some("here"));
    owner.cleanup();
    assert!(!signal.is_alive());
    signal.set("late".to_owned());
    assert_eq!(signal.update(|value| value.len()), None);
    assert_eq!(signal.try_get_untracked(), None);
}
