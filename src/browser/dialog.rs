//! Modal dialogs: the browser's own where it has them (Chromium 37, Safari
//! 15.4), else an imitation with the same behaviour.

use core::cell::RefCell;

use leptos::{ev, prelude::*};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlDialogElement, HtmlElement, KeyboardEvent};

/// Elements that can have the focus.
const FOCUSABLE: &str = "a[href], button, input, [tabindex]";
/// Those of them that the Tab key visits.
const TABBABLE: &str = "a[href], button, input, [tabindex]:not([tabindex='-1'])";
/// The class that keeps the page behind a dialog from scrolling.
const SCROLL_LOCK: &str = "has-sheet";

thread_local! {
    /// The open dialogs, the topmost last.
    static OPEN: RefCell<Vec<HtmlDialogElement>> = const { RefCell::new(Vec::new()) };
}

/// Shows `dialog` over the page for as long as the owner lives: the rest of the
/// page is inert and does not scroll, and the focus goes into the dialog and
/// back again afterwards. Escape raises the event `cancel` on the topmost
/// dialog.
pub fn show_modal(dialog: &HtmlDialogElement) {
    let Some(document) = dialog.owner_document() else {
        return;
    };
    let focused = document
        .active_element()
        .and_then(|element| element.dyn_into::<HtmlElement>().ok());
    OPEN.with_borrow_mut(|open| open.push(dialog.clone()));
    lock_scrolling(&document);
    let has_modal = js_sys::Reflect::has(dialog, &JsValue::from_str("showModal"));
    let is_modal = has_modal == Ok(true) && dialog.show_modal().is_ok();
    let imitation = (!is_modal).then(|| Imitation::show(dialog));
    let dialog = dialog.clone();
    on_cleanup(move || {
        match imitation {
            Some(imitation) => imitation.close(),
            None => dialog.close(),
        }
        OPEN.with_borrow_mut(|open| open.retain(|it| *it != dialog));
        lock_scrolling(&document);
        if let Some(focused) = focused {
            let _ = focused.focus();
        }
    });
}

/// Keeps the page from scrolling while a dialog is open.
fn lock_scrolling(document: &Document) {
    if let Some(root) = document.document_element() {
        let is_open = OPEN.with_borrow(|open| !open.is_empty());
        let _ = root.class_list().toggle_with_force(SCROLL_LOCK, is_open);
    }
}

/// What stands in for `showModal` where the browser has none.
struct Imitation {
    dialog: HtmlDialogElement,
    hidden: Vec<Element>,
    keys: WindowListenerHandle,
}

impl Imitation {
    fn show(dialog: &HtmlDialogElement) -> Self {
        for (name, value) in [("open", ""), ("role", "dialog"), ("aria-modal", "true")] {
            let _ = dialog.set_attribute(name, value);
        }
        let hidden = hide_others(dialog);
        if let Some(first) = matching(dialog, FOCUSABLE).first() {
            let _ = first.focus();
        }
        let element = dialog.clone();
        let keys = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
            if OPEN.with_borrow(|open| open.last() == Some(&element)) {
                on_key(&event, &element);
            }
        });
        Self {
            dialog: dialog.clone(),
            hidden,
            keys,
        }
    }

    fn close(self) {
        self.keys.remove();
        let _ = self.dialog.remove_attribute("open");
        for element in self.hidden {
            let _ = element.remove_attribute("aria-hidden");
            let _ = element.remove_attribute("inert");
        }
    }
}

fn on_key(event: &KeyboardEvent, dialog: &HtmlDialogElement) {
    match event.key().as_str() {
        "Escape" => {
            if let Ok(cancel) = web_sys::Event::new("cancel") {
                let _ = dialog.dispatch_event(&cancel);
            }
        }
        "Tab" => keep_focus_inside(event, dialog),
        _ => {}
    }
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

fn matching(dialog: &Element, selector: &str) -> Vec<HtmlElement> {
    let Ok(found) = dialog.query_selector_all(selector) else {
        return Vec::new();
    };
    (0..found.length())
        .filter_map(|index| found.item(index)?.dyn_into().ok())
        .collect()
}

/// From the last element of the dialog, Tab goes to the first one, and back.
fn keep_focus_inside(event: &KeyboardEvent, dialog: &HtmlDialogElement) {
    let tabbable = matching(dialog, TABBABLE);
    let (Some(first), Some(last)) = (tabbable.first(), tabbable.last()) else {
        return;
    };
    let active = dialog
        .owner_document()
        .and_then(|document| document.active_element());
    let is_at = |element: &HtmlElement| active.as_ref() == Some(element.as_ref());
    // The title has the focus first, and Tab does not come back to it.
    let is_among = tabbable.iter().any(is_at);
    let target = if event.shift_key() && (is_at(first) || !is_among) {
        last
    } else if !event.shift_key() && (is_at(last) || !is_among) {
        first
    } else {
        return;
    };
    event.prevent_default();
    let _ = target.focus();
}
