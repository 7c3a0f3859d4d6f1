//! Modal dialogs: the browser's own where it has them (Chromium 37, Safari
//! 15.4), else an imitation with the same behaviour.

use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlDialogElement, HtmlElement, KeyboardEvent};

/// Elements of a dialog that can have the focus.
const FOCUSABLE: &str = "a[href], button, input, [tabindex]";
/// The class that keeps the page behind a dialog from scrolling.
const SCROLL_LOCK: &str = "has-sheet";

/// Shows `dialog` over the page for as long as the owner lives: the rest of the
/// page is inert and does not scroll, and the focus goes into the dialog and
/// back again afterwards. Escape raises the event `cancel`.
pub fn show_modal(dialog: &HtmlDialogElement) {
    let Some(document) = dialog.owner_document() else {
        return;
    };
    let focused = document
        .active_element()
        .and_then(|it| it.dyn_into::<HtmlElement>().ok());
    let root = document.document_element();
    if let Some(root) = &root {
        let _ = root.class_list().add_1(SCROLL_LOCK);
    }
    let has_modal = js_sys::Reflect::has(dialog, &JsValue::from_str("showModal"));
    let is_modal = has_modal == Ok(true) && dialog.show_modal().is_ok();
    if !is_modal {
        imitate_modal(dialog);
    }
    let dialog = dialog.clone();
    on_cleanup(move || {
        if is_modal {
            dialog.close();
        }
        let is_last = document
            .query_selector_all("dialog[open]")
            .is_ok_and(|open| open.length() == 0);
        if let Some(root) = root.filter(|_| is_last) {
            let _ = root.class_list().remove_1(SCROLL_LOCK);
        }
        if let Some(focused) = focused {
            let _ = focused.focus();
        }
    });
}

fn imitate_modal(dialog: &HtmlDialogElement) {
    let _ = dialog.set_attribute("open", "");
    let _ = dialog.set_attribute("role", "dialog");
    let _ = dialog.set_attribute("aria-modal", "true");
    let hidden = hide_others(dialog);
    let focusable = focusable(dialog);
    if let Some(first) = focusable.first() {
        let _ = first.focus();
    }
    let element = dialog.clone();
    let keys = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        match event.key().as_str() {
            "Escape" => {
                if let Ok(cancel) = web_sys::Event::new("cancel") {
                    let _ = element.dispatch_event(&cancel);
                }
            }
            "Tab" => keep_focus_inside(&event, &element),
            _ => {}
        }
    });
    let dialog = dialog.clone();
    on_cleanup(move || {
        keys.remove();
        let _ = dialog.remove_attribute("open");
        for element in hidden {
            let _ = element.remove_attribute("aria-hidden");
            let _ = element.remove_attribute("inert");
        }
    });
}

/// Hides everything but `dialog` and what it is in from the keyboard and from
/// screen readers, and returns what it has hidden.
fn hide_others(dialog: &Element) -> Vec<Element> {
    let mut hidden = Vec::new();
    let mut inside = dialog.clone();
    while let Some(parent) = inside.parent_element() {
        let children = parent.children();
        for index in 0..children.length() {
            let Some(child) = children.item(index) else {
                continue;
            };
            if child != inside && !child.has_attribute("aria-hidden") {
                let _ = child.set_attribute("aria-hidden", "true");
                let _ = child.set_attribute("inert", "");
                hidden.push(child);
            }
        }
        inside = parent;
    }
    hidden
}

fn focusable(dialog: &Element) -> Vec<HtmlElement> {
    let Ok(found) = dialog.query_selector_all(FOCUSABLE) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into().ok())
        .collect()
}

/// From the last element of the dialog, Tab goes to the first one, and back.
fn keep_focus_inside(event: &KeyboardEvent, dialog: &HtmlDialogElement) {
    let focusable = focusable(dialog);
    let (Some(first), Some(last)) = (focusable.first(), focusable.last()) else {
        return;
    };
    let active = dialog
        .owner_document()
        .and_then(|document| document.active_element());
    let is_at = |element: &HtmlElement| active.as_ref() == Some(element.as_ref());
    let is_outside = !active
        .as_ref()
        .is_some_and(|active| dialog.contains(Some(active)));
    let target = if event.shift_key() && (is_at(first) || is_outside) {
        last
    } else if !event.shift_key() && (is_at(last) || is_outside) {
        first
    } else {
        return;
    };
    event.prevent_default();
    let _ = target.focus();
}
