//! A backend that answers when the test says so: replies can be held back, come
//! in any order, or never.

use std::{cell::RefCell, rc::Rc};

use futures_channel::oneshot;
use kabao::{
    api::transport::{PendingResponse, Request, Response, Transport, TransportError},
    app::{App, Platform},
    browser::history::MemoryHistory,
    i18n::I18n,
};
use leptos::prelude::*;
use serde_json::{Value, json};

use crate::page::{show, until};

type Reply = Result<Response, TransportError>;

/// The requests that wait for an answer, in the order in which they were sent.
#[derive(Clone, Default)]
pub(crate) struct Scripted(Rc<State>);

#[derive(Default)]
struct State {
    waiting: RefCell<Vec<(Request, oneshot::Sender<Reply>)>>,
    /// Where the app has left for.
    left_for: RefCell<Vec<String>>,
}

/// A request, to be answered or forgotten.
pub(crate) struct Call {
    pub(crate) request: Request,
    sender: oneshot::Sender<Reply>,
}

impl Call {
    pub(crate) fn reply(self, status: u16, body: &Value) {
        self.reply_text(status, &body.to_string());
    }

    pub(crate) fn reply_text(self, status: u16, body: &str) {
        let response = Response {
            status,
            body: body.to_owned(),
            ..Response::default()
        };
        let _ = self.sender.send(Ok(response));
    }

    /// The reply is lost on its way.
    pub(crate) fn lose(self) {
        let _ = self.sender.send(Err(TransportError::Timeout));
    }
}

impl Transport for Scripted {
    fn send(&self, request: Request) -> PendingResponse {
        let (sender, receiver) = oneshot::channel();
        self.0.waiting.borrow_mut().push((request, sender));
        Box::pin(async move { receiver.await.unwrap_or(Err(TransportError::Unreachable)) })
    }
}

impl Scripted {
    /// Shows the app at `path`, in English.
    pub(crate) async fn show_app(path: &str) -> Self {
        let backend = Self::default();
        let leaving = backend.clone();
        let history = MemoryHistory::new(path, "lang=en").with_leaving(Box::new(move |url| {
            leaving.0.left_for.borrow_mut().push(url);
        }));
        let platform = Platform {
            transport: Rc::new(backend.clone()),
            history: Rc::new(history),
            languages: Vec::new(),
        };
        let i18n = I18n::load(platform.language()).await;
        show(move || view! { <App platform i18n /> });
        backend
    }

    /// Waits for the first unanswered request of that method whose path ends so.
    pub(crate) async fn next(&self, method: &str, path: &str) -> Call {
        let find = || {
            self.0.waiting.borrow().iter().position(|(request, _)| {
                request.method.name() == method && request.path.ends_with(path)
            })
        };
        until(|| find().is_some(), &format!("{method} {path}")).await;
        let index = find().expect("it is there");
        let (request, sender) = self.0.waiting.borrow_mut().remove(index);
        Call { request, sender }
    }

    /// How many requests of that method to such a path wait for an answer.
    pub(crate) fn count(&self, method: &str, path: &str) -> usize {
        let waiting = self.0.waiting.borrow();
        waiting
            .iter()
            .filter(|(request, _)| request.method.name() == method && request.path.ends_with(path))
            .count()
    }

    pub(crate) fn left_for(&self) -> Vec<String> {
        self.0.left_for.borrow().clone()
    }
}

/// A wallet with the cards a, b and c, of which `current` is in use.
pub(crate) fn wallet(current: &str, revision: &str) -> Value {
    let card = |id: &str, number: &str| {
        json!({
            "id": id, "merchant_id": "m", "number": number, "kind": "online",
            "status": "active", "origin": "opened", "holder": {},
            "level": { "name": "Silver", "benefits": [] }, "balance_fen": 12_800,
            "points": 560, "coupon_count": 0, "updated_at": "2026-03-01T12:00:00Z",
        })
    };
    json!({
        "server_time": "2026-03-01T12:00:00Z", "fan": "f1", "revision": revision,
        "account": { "id": "x", "name": "Bistro", "kind": "own", "follows": true, "links": [] },
        "merchants": [{ "id": "m", "name": "Bistro", "brand_color": "#B4232A" }],
        "merchant_id": "m", "issue_mode": "manual", "phone_proven": true,
        "terms": { "version": "2026-01" }, "current_card_id": current,
        "cards": [
            card("a", "800100001111"), card("b", "800100002222"), card("c", "800100003333"),
        ],
    })
}

/// The reply to a switch.
pub(crate) fn switched(current: &str, revision: &str) -> Value {
    json!({
        "server_time": "2026-03-01T12:00:01Z", "fan": "f1",
        "current_card_id": current, "revision": revision,
    })
}

/// A problem of the contract.
pub(crate) fn problem(code: &str, more: &Value) -> Value {
    let mut problem = json!({
        "type": "about:blank", "title": code, "code": code, "server_time": "2026-03-01T12:00:01Z",
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        problem[name] = value.clone();
    }
    problem
}
