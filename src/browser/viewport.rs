//! What of the page is on the screen. Lengths are in CSS pixels.

use std::{cell::Cell, rc::Rc};

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

use super::page;

/// How high the screen is.
#[must_use]
pub fn height() -> f64 {
    web_sys::window()
        .and_then(|window| window.inner_height().ok()?.as_f64())
        .unwrap_or_default()
}

/// A list of which not all rows are in the page.
#[derive(Clone, Debug)]
pub struct Rows(Element);

impl Rows {
    /// Those of the element with this `id`.
    #[must_use]
    pub fn of(id: &str) -> Option<Self> {
        page::element(id).map(Self)
    }

    /// How far below the upper edge of the screen the list begins.
    #[must_use]
    pub fn top(&self) -> f64 {
        self.0.get_bounding_client_rect().top()
    }

    /// The same for each row, from above.
    #[must_use]
    pub fn tops(&self) -> Vec<f64> {
        let top = |row: Element| row.get_bounding_client_rect().top();
        self.rows().map(top).collect()
    }

    /// How high what is not there would be, above and below.
    pub fn set_gaps(&self, above: f64, below: f64) {
        let list: &HtmlElement = self.0.unchecked_ref();
        for (name, height) in [("--above", above), ("--below", below)] {
            let height = format!("{}px", height as i64);
            let _ = list.style().set_property(name, &height);
        }
    }

    /// Tells a screen reader that the rows are those from `first` on, of `count`.
    pub fn number_from(&self, first: usize, count: usize) {
        for (index, row) in self.rows().enumerate() {
            let number = (first + index).to_string();
            if row.get_attribute("aria-posinset").as_deref() != Some(&number) {
                let _ = row.set_attribute("aria-posinset", &number);
            }
            let _ = row.set_attribute("aria-setsize", &count.to_string());
        }
    }

    fn rows(&self) -> impl Iterator<Item = Element> + use<> {
        let rows = self.0.children();
        (0..rows.length()).filter_map(move |index| rows.item(index))
    }
}

/// Calls `act` with the next frame whenever something else may be on the screen: the
/// page has been scrolled, or the screen has another size. For as long as the owner
/// lives.
pub fn on_move(act: impl Fn() + 'static) {
    let act = Rc::new(act);
    let is_due = Rc::new(Cell::new(false));
    let later = move || {
        if is_due.replace(true) {
            return;
        }
        let (act, is_due) = (Rc::clone(&act), Rc::clone(&is_due));
        request_animation_frame(move || {
            is_due.set(false);
            act();
        });
    };
    let resized = {
        let later = later.clone();
        window_event_listener(ev::resize, move |_| later())
    };
    let scrolled = window_event_listener(ev::scroll, move |_| later());
    on_cleanup(move || {
        resized.remove();
        scrolled.remove();
    });
}
