//! The page that a test runs on, and what a person does and sees there.

use core::cell::{Cell, OnceCell, RefCell};
use std::{any::Any, rc::Rc};

use js_sys::{Function, Object, Promise};
use kabao::{
    app::{App, Platform},
    browser::history::{History, MemoryHistory},
    i18n::{I18n, Language},
};
use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEventInit, MouseEventInit};

use crate::{backend::Backend, style};

thread_local! {
    /// How many nodes of the page are the test runner's.
    static RUNNERS_NODES: OnceCell<u32> = const { OnceCell::new() };
    /// When the page was last tapped, in milliseconds.
    static LAST_TAP: Cell<u32> = const { Cell::new(0) };
    /// What is mounted, until the next test mounts something else.
    static MOUNTED: RefCell<Option<Box<dyn Any>>> = const { RefCell::new(None) };
}

/// Runs a script in the page, which returns a value.
pub(crate) fn script(code: &str) -> JsValue {
    Function::new_no_args(code)
        .call0(&JsValue::NULL)
        .expect("the script runs")
}

fn document() -> web_sys::Document {
    web_sys::window()
        .and_then(|window| window.document())
        .expect("a document")
}

/// Shows the app at `path`, in English, on an empty page. Returns its history.
pub(crate) async fn show_app(path: &str, backend: &Backend) -> Rc<MemoryHistory> {
    show_app_in(Language::English, path, backend).await
}

/// Shows the app on a device on which `key` is stored from another day.
pub(crate) async fn show_app_keeping(key: &str, path: &str, backend: &Backend) {
    clear();
    script(&format!("localStorage.setItem('{key}', '1')"));
    let history = Rc::new(MemoryHistory::new(path, "lang=en"));
    let platform = Platform {
        transport: Rc::new(backend.clone()),
        history,
        languages: Vec::new(),
    };
    let i18n = I18n::load(Language::English).await;
    mount(move || view! { <App platform i18n /> });
}

/// Loads the app anew at `path`, in English: what it has stored stays.
pub(crate) async fn reload_app(path: &str, backend: &Backend) {
    let platform = Platform {
        transport: Rc::new(backend.clone()),
        history: Rc::new(MemoryHistory::new(path, "lang=en")),
        languages: Vec::new(),
    };
    let i18n = I18n::load(Language::English).await;
    drop(MOUNTED.take());
    mount(move || view! { <App platform i18n /> });
}

/// Shows the app at `path` in any language. Returns its history.
pub(crate) async fn show_app_in(
    language: Language,
    path: &str,
    backend: &Backend,
) -> Rc<MemoryHistory> {
    let leaving = backend.clone();
    let history = MemoryHistory::new(path, &format!("lang={}", language.tag()))
        .with_leaving(Box::new(move |url| leaving.leave_for(url)));
    let history = Rc::new(history);
    mount_app(language, Rc::clone(&history) as Rc<dyn History>, backend).await;
    history
}

/// Shows the app in English over a history of the test's.
pub(crate) async fn show_app_over(history: Rc<dyn History>, backend: &Backend) {
    mount_app(Language::English, history, backend).await;
}

async fn mount_app(language: Language, history: Rc<dyn History>, backend: &Backend) {
    let platform = Platform {
        transport: Rc::new(backend.clone()),
        history,
        languages: Vec::new(),
    };
    let i18n = I18n::load(language).await;
    show(move || view! { <App platform i18n /> });
}

/// Shows a view of a component, in English, on an empty page.
pub(crate) async fn show_view<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) {
    let i18n = I18n::load(Language::English).await;
    show(move || {
        i18n.provide();
        view()
    });
}

fn show<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) {
    clear();
    mount(view);
}

fn mount<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) {
    let body = document().body().expect("a body");
    let mounted = mount_to(body, view);
    MOUNTED.set(Some(Box::new(mounted)));
}

/// Takes the page back to what it was before the first test.
fn clear() {
    // It unmounts what the last test has shown.
    drop(MOUNTED.take());
    script(
        "localStorage.clear(); sessionStorage.clear(); window.scrollTo(0, 0); \
         window.realHeight ??= Object.getOwnPropertyDescriptor(window, 'innerHeight'); \
         Object.defineProperty(window, 'innerHeight', window.realHeight); \
         window.realWidth ??= Object.getOwnPropertyDescriptor(window, 'innerWidth'); \
         Object.defineProperty(window, 'innerWidth', window.realWidth); \
         delete document.hidden; \
         delete performance.now; delete navigator.wakeLock; \
         window.realTimeout ??= window.setTimeout; \
         window.timers = []; \
         window.setTimeout = (act, delay, ...rest) => { \
             window.timers.push({ act, delay }); \
             return window.realTimeout(act, delay, ...rest); \
         }; \
         Date.now = window.dateNow ??= Date.now; \
         document.documentElement.style.fontSize = '';",
    );
    style::install();
    let body = document().body().expect("a body");
    // What is on the page before the first test belongs to the test runner.
    let count = RUNNERS_NODES.with(|count| *count.get_or_init(|| body.child_nodes().length()));
    // It grows with each test, and the app is at the top of its page.
    script(&format!(
        "for (const node of [...document.body.childNodes].slice(0, {count})) {{ \
             if (node.style) node.style.cssText = 'position: absolute; top: -100000px'; \
         }}"
    ));
    while body.child_nodes().length() > count {
        let last = body.last_child().expect("a node");
        body.remove_child(&last).expect("it can be removed");
    }
}

/// What a person reads on the page.
pub(crate) fn text() -> String {
    let nodes = document().body().expect("a body").child_nodes();
    let first = RUNNERS_NODES.with(|count| count.get().copied().unwrap_or_default());
    (first..nodes.length())
        .filter_map(|index| nodes.get(index)?.dyn_into::<HtmlElement>().ok())
        .map(|element| element.inner_text())
        .collect()
}

/// Waits until the page says `wanted`.
pub(crate) async fn says(wanted: &str) {
    until(|| text().contains(wanted), wanted).await;
}

/// Waits until the page says `unwanted` no more.
pub(crate) async fn says_no_more(unwanted: &str) {
    until(|| !text().contains(unwanted), &format!("no {unwanted}")).await;
}

/// Waits until `is_so`.
pub(crate) async fn until(is_so: impl Fn() -> bool, what: &str) {
    for _ in 0..300 {
        if is_so() {
            return;
        }
        next_frame().await;
    }
    panic!("never came true: {what}; the page says: {}", text());
}

/// Lets the app do what it has to do at once.
pub(crate) async fn settled() {
    for _ in 0..3 {
        next_frame().await;
    }
}

pub(crate) async fn sleep(milliseconds: i32) {
    let promise = Promise::new(&mut |resolve, _| {
        let window = web_sys::window().expect("a window");
        window
            .set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, milliseconds)
            .expect("a timer");
    });
    JsFuture::from(promise).await.expect("the time passes");
}

pub(crate) async fn next_frame() {
    let promise = Promise::new(&mut |resolve, _| {
        let window = web_sys::window().expect("a window");
        window
            .request_animation_frame(&resolve)
            .expect("a frame to come");
    });
    JsFuture::from(promise).await.expect("a frame");
}

/// The elements that match, as the browser finds them.
pub(crate) fn all(selector: &str) -> Vec<Element> {
    let found = document().query_selector_all(selector).expect("a selector");
    (0..found.length())
        .filter_map(|index| found.get(index)?.dyn_into().ok())
        .collect()
}

pub(crate) fn the(selector: &str) -> Element {
    all(selector)
        .into_iter()
        .next()
        .unwrap_or_else(|| panic!("no {selector} on the page: {}", text()))
}

/// The topmost button or link that is called `name`.
pub(crate) fn control(name: &str) -> HtmlElement {
    let is_called = |element: &Element| {
        element.get_attribute("aria-label").as_deref() == Some(name)
            || element.text_content().unwrap_or_default().trim() == name
    };
    let found = all("button, a").into_iter().rfind(is_called);
    let found = found.unwrap_or_else(|| panic!("nothing to press is called {name}: {}", text()));
    found.dyn_into().expect("an HTML element")
}

/// Presses a button or follows a link, as a keyboard or a screen reader does.
pub(crate) fn press(name: &str) {
    let control = control(name);
    control.focus().expect("it takes the focus");
    control.click();
}

/// Taps the page in a place, in CSS pixels, as a finger does: whatever is there
/// gets it. The tap comes so many milliseconds after the one before.
pub(crate) fn tap_at(place: (i32, i32), pause: u32) {
    press_down_at(place, pause);
    raise_at(place, "click", LAST_TAP.get());
}

/// A finger comes down: the browser moves the focus there, unless the page keeps
/// it from doing so. Returns whether it does.
pub(crate) fn press_down_at(place: (i32, i32), pause: u32) -> bool {
    let at = LAST_TAP.get() + pause;
    LAST_TAP.set(at);
    raise_at(place, "mousedown", at)
}

/// Raises an event of the mouse, and says whether nobody has prevented what the
/// browser does then.
fn raise_at((x, y): (i32, i32), name: &str, at: u32) -> bool {
    let hit = document()
        .element_from_point(x as f32, y as f32)
        .unwrap_or_else(|| panic!("there is nothing at {x}, {y}"));
    let init = MouseEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_composed(true);
    init.set_detail(1);
    init.set_client_x(x);
    init.set_client_y(y);
    let event = web_sys::MouseEvent::new_with_mouse_event_init_dict(name, &init).expect("an event");
    let descriptor = script(&format!("return {{ value: {at} }}"));
    let descriptor = descriptor.unchecked_ref::<Object>();
    Object::define_property(&event, &"timeStamp".into(), descriptor);
    hit.dispatch_event(&event).expect("taken")
}

/// The middle of an element, once it is in view.
pub(crate) fn middle(element: &Element) -> (i32, i32) {
    element.scroll_into_view();
    let place = element.get_bounding_client_rect();
    let x = place.left() + place.width() / 2.0;
    let y = place.top() + place.height() / 2.0;
    (x as i32, y as i32)
}

/// Presses a key where the focus is.
pub(crate) fn press_key(key: &str) {
    let focused = focused().expect("something has the focus");
    let init = KeyboardEventInit::new();
    init.set_bubbles(true);
    init.set_cancelable(true);
    init.set_key(key);
    let event = web_sys::KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init);
    focused
        .dispatch_event(&event.expect("a key"))
        .expect("taken");
}

/// What has the focus.
pub(crate) fn focused() -> Option<Element> {
    document().active_element()
}

/// Types into a field, as a keyboard does: the whole text, then the event.
pub(crate) fn type_into(selector: &str, typed: &str) -> HtmlInputElement {
    let field: HtmlInputElement = the(selector).dyn_into().expect("a field");
    field.set_value(typed);
    let event = web_sys::Event::new("input").expect("an event");
    field.dispatch_event(&event).expect("the event is taken");
    field
}

/// The network goes, or comes back, as far as the browser tells.
pub(crate) fn network(is_online: bool) {
    let name = if is_online { "online" } else { "offline" };
    script(&format!("window.dispatchEvent(new Event('{name}'))"));
}

/// Another app comes in front of the page, or goes away again.
pub(crate) fn hide(is_hidden: bool) {
    script(&format!(
        "Object.defineProperty(document, 'hidden', {{ value: {is_hidden}, configurable: true }}); \
         document.dispatchEvent(new Event('visibilitychange'))"
    ));
}

/// So many milliseconds pass at once, by the clock that nobody can set.
pub(crate) fn pass(milliseconds: u32) {
    script(&format!(
        "const now = performance.now.bind(performance); \
         Object.defineProperty(performance, 'now', {{ \
             value: () => now() + {milliseconds}, configurable: true }})"
    ));
}

/// Whoever waits for exactly so many milliseconds has waited for long enough.
pub(crate) fn end_timers(milliseconds: u32) {
    script(&format!(
        "const isDue = ({{ delay }}) => delay === {milliseconds}; \
         const due = window.timers.filter(isDue); \
         window.timers = window.timers.filter((timer) => !isDue(timer)); \
         for (const {{ act }} of due) act();"
    ));
}

/// The phone's calendar moves by so many milliseconds.
pub(crate) fn move_calendar(milliseconds: i32) {
    script(&format!(
        "const now = Date.now; Date.now = () => now() + ({milliseconds})"
    ));
}
