//! The page that a test runs on.

use std::{
    any::Any,
    cell::{Cell, OnceCell, RefCell},
    rc::Rc,
};

use js_sys::Promise;
use kabao::{
    api::transport::{PendingResponse, Request, Response, Transport, TransportError},
    app::{App, Platform},
    browser::history::MemoryHistory,
    i18n::{I18n, Language},
};
use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;

/// What the backend says to one request.
pub(crate) type Answer = Result<(u16, &'static str), TransportError>;

/// A backend in the page: it gives its answers one after the other, the last
/// one for good, and remembers what it was asked.
pub(crate) struct Backend {
    answers: RefCell<Vec<Answer>>,
    pub(crate) requests: RefCell<Vec<Request>>,
}

impl Backend {
    pub(crate) fn new(answers: &[Answer]) -> Rc<Self> {
        Rc::new(Self {
            answers: RefCell::new(answers.iter().rev().cloned().collect()),
            requests: RefCell::default(),
        })
    }
}

struct InPage(Rc<Backend>);

impl Transport for InPage {
    fn send(&self, request: Request) -> PendingResponse {
        let mut answers = self.0.answers.borrow_mut();
        let answer = if answers.len() > 1 {
            answers.pop()
        } else {
            answers.last().cloned()
        };
        self.0.requests.borrow_mut().push(request);
        let response = match answer.expect("an answer") {
            Ok((status, body)) => Ok(Response {
                status,
                body: body.to_owned(),
                ..Response::default()
            }),
            Err(error) => Err(error),
        };
        Box::pin(async move { response })
    }
}

fn document() -> web_sys::Document {
    web_sys::window()
        .and_then(|window| window.document())
        .expect("a document")
}

/// Shows the app at `path`, in English, on an empty page.
pub(crate) async fn show_app(path: &str, backend: &Rc<Backend>) {
    let platform = Platform {
        transport: Rc::new(InPage(Rc::clone(backend))),
        history: Rc::new(MemoryHistory::new(path, "lang=en")),
        languages: Vec::new(),
    };
    let i18n = I18n::load(platform.language()).await;
    show(move || view! { <App platform i18n /> });
}

/// Shows a view of a component on an empty page.
pub(crate) async fn show_view<V: IntoView + 'static>(build: impl FnOnce() -> V + 'static) {
    let i18n = I18n::load(Language::English).await;
    show(move || {
        i18n.provide();
        build()
    });
}

pub(crate) fn show<V: IntoView + 'static>(build: impl FnOnce() -> V + 'static) {
    let body = document().body().expect("a body");
    // What is on the page before the first test belongs to the test runner.
    let count = RUNNERS_NODES.with(|count| *count.get_or_init(|| body.child_nodes().length()));
    SHOWN.with(|shown| drop(shown.take()));
    while body.child_nodes().length() > count {
        let last = body.last_child().expect("a node");
        body.remove_child(&last).expect("it can be removed");
    }
    let handle = mount_to(body, build);
    SHOWN.with(|shown| shown.set(Some(Box::new(handle))));
}

thread_local! {
    /// What the test before has shown: it ends when the next test begins.
    static SHOWN: Cell<Option<Box<dyn Any>>> = const { Cell::new(None) };
    static RUNNERS_NODES: OnceCell<u32> = const { OnceCell::new() };
}

/// What a person reads on the page.
pub(crate) fn text() -> String {
    let nodes = document().body().expect("a body").child_nodes();
    let first = RUNNERS_NODES.with(|count| count.get().copied().unwrap_or_default());
    (first..nodes.length())
        .filter_map(|index| nodes.get(index)?.dyn_into::<web_sys::HtmlElement>().ok())
        .map(|element| element.inner_text())
        .collect()
}

/// Waits until the page says `wanted`.
pub(crate) async fn says(wanted: &str) {
    until(|| text().contains(wanted), wanted).await;
}

/// Waits until `is_so`.
pub(crate) async fn until(is_so: impl Fn() -> bool, what: &str) {
    for _ in 0..200 {
        if is_so() {
            return;
        }
        next_frame().await;
    }
    panic!("never came true: {what}; the page says: {}", text());
}

async fn next_frame() {
    let promise = Promise::new(&mut |resolve, _| {
        let window = web_sys::window().expect("a window");
        window
            .request_animation_frame(&resolve)
            .expect("a frame to come");
    });
    JsFuture::from(promise).await.expect("a frame");
}

/// The elements that match, as the browser finds them.
pub(crate) fn all(selector: &str) -> Vec<web_sys::Element> {
    let found = document().query_selector_all(selector).expect("a selector");
    (0..found.length())
        .filter_map(|index| found.get(index)?.dyn_into().ok())
        .collect()
}

pub(crate) fn the(selector: &str) -> web_sys::Element {
    all(selector)
        .into_iter()
        .next()
        .unwrap_or_else(|| panic!("no {selector} on the page: {}", text()))
}

/// Presses the button or follows the link that is called `name`.
pub(crate) fn press(name: &str) {
    let is_called = |element: &web_sys::Element| {
        element.get_attribute("aria-label").as_deref() == Some(name)
            || element.text_content().unwrap_or_default().trim() == name
    };
    let found = all("button, a").into_iter().find(is_called);
    let found = found.unwrap_or_else(|| panic!("nothing to press is called {name}: {}", text()));
    found
        .dyn_into::<web_sys::HtmlElement>()
        .expect("an HTML element")
        .click();
}

/// Types into a field, as a keyboard does: the whole text, then the event.
pub(crate) fn type_into(selector: &str, typed: &str) -> web_sys::HtmlInputElement {
    let field: web_sys::HtmlInputElement = the(selector).dyn_into().expect("a field");
    field.set_value(typed);
    let event = web_sys::Event::new("input").expect("an event");
    field.dispatch_event(&event).expect("the event is taken");
    field
}
