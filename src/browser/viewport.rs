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

    /// Which of the rows in the page has the focus, or holds what has it.
    #[must_use]
    pub fn focused(&self) -> Option<usize> {
        let focused = self.0.owner_document()?.active_element()?;
        if !self.0.contains(Some(&focused)) {
            return None;
        }
        self.rows().position(|row| row.contains(Some(&focused)))
    }

    /// Leaves room for what is not in the page, and tells a screen reader of each row
    /// which of `count` it is. `below` is how high what comes last would be.
    ///
    /// It writes properties of the elements themselves: one that is inherited would
    /// have the styles of all that is in the rows computed anew.
    pub fn lay_out(&self, layout: &[RowLayout], below: f64, count: usize) {
        let count = count.to_string();
        let above = layout.first().map_or(0.0, |row| row.gap);
        set_length(&self.0, "padding-top", above);
        set_length(&self.0, "padding-bottom", below);
        for (index, (row, RowLayout { number, gap })) in self.rows().zip(layout).enumerate() {
            if index > 0 && *gap > 0.0 {
                set_length(&row, "--gap", *gap);
            } else if row.has_attribute("style") {
                let _ = row.remove_attribute("style");
            }
            set_changed(&row, "aria-posinset", &number.to_string());
            set_changed(&row, "aria-setsize", &count);
        }
    }

    /// All rows are in the page, where a screen reader can count them.
    pub fn clear_layout(&self) {
        let _ = self.0.remove_attribute("style");
        for row in self.rows() {
            for name in ["style", "aria-posinset", "aria-setsize"] {
                let _ = row.remove_attribute(name);
            }
        }
    }

    fn rows(&self) -> impl Iterator<Item = Element> + use<> {
        let rows = self.0.children();
        (0..rows.length()).filter_map(move |index| rows.item(index))
    }
}

/// Where a row is that is in the page.
#[derive(Clone, Copy, Debug)]
pub struct RowLayout {
    /// Which one it is, counted from 1.
    pub number: usize,
    /// How high those before it would be that are not in the page.
    pub gap: f64,
}

fn set_length(element: &Element, property: &str, length: f64) {
    let element: &HtmlElement = element.unchecked_ref();
    // Whole pixels are enough for what nobody sees.
    let length = format!("{}px", length as i64);
    let _ = element.style().set_property(property, &length);
}

fn set_changed(element: &Element, name: &str, value: &str) {
    if element.get_attribute(name).as_deref() != Some(value) {
        let _ = element.set_attribute(name, value);
    }
}

/// Calls `act` with the frame after the next one, so that the next one is drawn
/// without waiting for it.
pub fn after_next_frame(act: impl FnOnce() + 'static) {
    request_animation_frame(move || request_animation_frame(act));
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
