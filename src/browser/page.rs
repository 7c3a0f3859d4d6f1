//! The page as a whole: its address, its language, its title, its life.

use std::rc::Rc;

use leptos::{ev, html::ElementType, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;

use super::{
    listener::{self, Phase},
    object,
};

/// Leaves for `url` and leaves no trace in the history.
pub fn leave_for(url: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().replace(url);
    }
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// The page's whole address, for the QR code that opens it in WeChat.
#[must_use]
pub fn address() -> String {
    web_sys::window()
        .and_then(|window| window.location().href().ok())
        .unwrap_or_default()
}

/// Which build of the app this is, as the build has written it into the page.
#[must_use]
pub fn version() -> Option<String> {
    // By what the first module imports anyway.
    let root = document()?.document_element()?;
    let marks = root.query_selector_all("meta[name=\"kabao:version\"]");
    let mark: web_sys::Element = marks.ok()?.item(0)?.dyn_into().ok()?;
    mark.get_attribute("content")
}

/// The fan's languages, the preferred one first.
#[must_use]
pub fn languages() -> Vec<String> {
    web_sys::window()
        .map(|window| {
            window
                .navigator()
                .languages()
                .iter()
                .filter_map(|language| language.as_string())
                .collect()
        })
        .unwrap_or_default()
}

/// Sets the language of the document, for screen readers and fonts.
pub fn set_language(tag: &str) {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.set_attribute("lang", tag);
    }
}

/// Adds a style sheet to the page.
///
/// It becomes a rule of a sheet that the page has already: a content policy that
/// allows styles by their hashes takes an element with other text for an attack, and
/// what a script does to a sheet for the script's. A page without a sheet gets one.
pub fn add_styles(css: &str) {
    if insert_rule(&format!("@media all{{{css}}}")).is_some() {
        return;
    }
    let add = || {
        let document = document()?;
        let style = document.create_element("style").ok()?;
        style.set_text_content(Some(css));
        document.head()?.append_child(&style).ok()
    };
    add();
}

/// Puts a rule behind those of the page's last sheet.
fn insert_rule(rule: &str) -> Option<u32> {
    let sheets = document()?.style_sheets();
    let last = sheets.get(sheets.length().checked_sub(1)?)?;
    // A page has no other sheets.
    let last: web_sys::CssStyleSheet = last.unchecked_into();
    let end = last.css_rules().ok()?.length();
    last.insert_rule_with_index(rule, end).ok()
}

/// Sets the title, which WeChat shows above the page.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Whether the browser believes that it has a network, for as long as the owner
/// lives.
#[must_use]
pub fn online() -> ReadSignal<bool> {
    let is_online = web_sys::window().is_none_or(|window| window.navigator().on_line());
    let (online, set_online) = signal(is_online);
    for listener in [
        window_event_listener(ev::online, move |_| set_online.set(true)),
        window_event_listener(ev::offline, move |_| set_online.set(false)),
    ] {
        on_cleanup(move || listener.remove());
    }
    online
}

/// How far the page is scrolled, in CSS pixels.
#[must_use]
pub fn scrolled() -> f64 {
    web_sys::window()
        .and_then(|window| window.scroll_y().ok())
        .unwrap_or_default()
}

/// Scrolls to `top`, in CSS pixels.
pub fn scroll_to(top: f64) {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, top);
    }
}

/// With the next frame, scrolls up to `element` if it begins above the screen: a
/// browser that keeps in place what is read pushes out of sight what comes above it.
pub fn scroll_up_to(element: web_sys::Element) {
    request_animation_frame(move || {
        if element.get_bounding_client_rect().top() < 0.0 {
            element.scroll_into_view();
        }
    });
}

/// The element with this `id`.
pub(super) fn element(id: &str) -> Option<web_sys::Element> {
    document()?.get_element_by_id(id)
}

/// Moves the focus to the element with this `id`, so that a screen reader reads
/// on from there.
fn focus(id: &str) {
    let element = element(id).and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = element {
        let _ = element.focus();
    }
}

/// Moves the focus to the element with this `id` once it is on the page.
pub fn focus_soon(id: &'static str) {
    spawn_local(async move { focus(id) });
}

/// Moves the focus to an element when it appears, so that a keyboard and a screen
/// reader go on from there.
pub fn focus_when_there<E>(place: NodeRef<E>)
where
    E: ElementType,
    E::Output: JsCast + Clone + 'static,
{
    Effect::new(move || {
        if let Some(element) = place.get() {
            let _ = element.unchecked_ref::<web_sys::HtmlElement>().focus();
        }
    });
}

/// Copies `text`, and says whether the browser took it. It has to be called in
/// the tap itself.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    if object::property::<js_sys::Object>(&window.navigator(), "clipboard").is_none() {
        return false;
    }
    let written = window.navigator().clipboard().write_text(text);
    wasm_bindgen_futures::JsFuture::from(written).await.is_ok()
}

/// Calls `act` whenever what the page shows may have become old: it comes back
/// into view after another app was in front, Back has brought it out of the
/// browser's cache, or the network is back.
pub fn on_return(act: impl Fn() + 'static) {
    let act = Rc::new(act);
    let if_visible = {
        let act = Rc::clone(&act);
        move || {
            if is_visible() {
                act();
            }
        }
    };
    on_visibility_change(if_visible.clone());
    on_restored(move || act());
    let online = window_event_listener(ev::online, move |_| if_visible());
    on_cleanup(move || online.remove());
}

/// Calls `act` whenever Back or Forward has brought the page out of the browser's
/// cache.
pub fn on_restored(act: impl Fn() + 'static) {
    let shown = window_event_listener(ev::pageshow, move |event| {
        if event.persisted() {
            act();
        }
    });
    on_cleanup(move || shown.remove());
}

/// Calls `act` whenever the page goes out of view or is left. Older versions of
/// Safari tell of a page that is left by `pagehide` alone.
pub fn on_leave(act: impl Fn() + 'static) {
    let act = Rc::new(act);
    let left = {
        let act = Rc::clone(&act);
        window_event_listener(ev::pagehide, move |_| act())
    };
    on_cleanup(move || left.remove());
    on_visibility_change(move || {
        if !is_visible() {
            act();
        }
    });
}

/// Whether somebody can see the page.
#[must_use]
pub fn is_visible() -> bool {
    document().is_some_and(|document| !document.hidden())
}

/// Listens on the document itself: older versions of Safari don't let the event
/// bubble to the window.
fn on_visibility_change(act: impl Fn() + 'static) {
    if let Some(document) = document() {
        listener::listen(document, "visibilitychange", Phase::Bubble, move |_| act());
    }
}

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}
