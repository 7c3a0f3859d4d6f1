//! A backend whose replies the test gives by hand, in any order.
//!
//! ```ignore
//! let backend = Backend::new();
//! backend.always("GET", "/wallet", 200, replies::wallet());
//! show_app("/a/x/cards/1", &backend).await;
//! let first = backend.next("GET", "/cards/1").await;
//! press("Try again");
//! let second = backend.next("GET", "/cards/1").await;
//! second.reply(200, card);
//! first.lose(); // or time_out(), or nothing at all
//! ```

use core::{
    cell::{Cell, RefCell},
    fmt::Display,
    pin::Pin,
    task::{Context, Poll, Waker},
};
use std::rc::Rc;

use kabao::api::transport::{PendingResponse, Request, Response, Transport, TransportError};

use crate::page::next_frame;

pub(crate) type Outcome = Result<Response, TransportError>;

/// It is a handle: cheap to clone, the same for all.
#[derive(Clone, Default)]
pub(crate) struct Backend(Rc<Log>);

#[derive(Default)]
struct Log {
    calls: RefCell<Vec<Call>>,
    standing: RefCell<Vec<Standing>>,
    left_for: RefCell<Vec<String>>,
}

/// What every call of a kind is answered, if anything.
struct Standing {
    method: &'static str,
    path: &'static str,
    outcome: Option<Outcome>,
}

impl Backend {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// From now on every call of this kind is answered so at once. The latest
    /// rule counts.
    pub(crate) fn always(
        &self,
        method: &'static str,
        path: &'static str,
        status: u16,
        body: impl Display,
    ) {
        self.answer(method, path, Some(Ok(response(status, &body))));
    }

    /// From now on every call of this kind is lost.
    pub(crate) fn never(&self, method: &'static str, path: &'static str) {
        self.answer(method, path, Some(Err(TransportError::Unreachable)));
    }

    /// From now on every call of this kind ends so, or gets no answer at all.
    pub(crate) fn answer(
        &self,
        method: &'static str,
        path: &'static str,
        outcome: Option<Outcome>,
    ) {
        let standing = Standing {
            method,
            path,
            outcome,
        };
        self.0.standing.borrow_mut().push(standing);
    }

    /// The first call of this kind that no test has dealt with, once the app
    /// sends it. `path` is how the path ends, with the query or without.
    pub(crate) async fn next(&self, method: &str, path: &str) -> Call {
        for _ in 0..300 {
            let found = self.unanswered(method, path);
            if let Some(call) = found {
                call.0.is_taken.set(true);
                return call;
            }
            next_frame().await;
        }
        panic!(
            "the app never sent {method} …{path}, but {:#?}",
            self.sent()
        );
    }

    fn unanswered(&self, method: &str, path: &str) -> Option<Call> {
        let calls = self.0.calls.borrow();
        let mut open = calls.iter().filter(|call| !call.0.is_taken.get());
        open.find(|call| is_of(&call.0.request, method, path))
            .cloned()
    }

    /// How many calls of this kind the app has sent so far.
    pub(crate) fn count(&self, method: &str, path: &str) -> usize {
        self.requests(method, path).len()
    }

    /// The calls of this kind that the app has sent so far.
    pub(crate) fn requests(&self, method: &str, path: &str) -> Vec<Request> {
        let calls = self.0.calls.borrow();
        let requests = calls.iter().map(|call| &call.0.request);
        let of_kind = requests.filter(|request| is_of(request, method, path));
        of_kind.cloned().collect()
    }

    /// How many calls of this kind nobody has dealt with.
    pub(crate) fn waiting(&self, method: &str, path: &str) -> usize {
        let calls = self.0.calls.borrow();
        let is_waiting = |call: &&Call| {
            let state = &call.0;
            let is_open = !state.is_taken.get() && !state.is_aborted.get();
            is_open && is_of(&state.request, method, path)
        };
        calls.iter().filter(is_waiting).count()
    }

    /// The addresses that the app has left for.
    pub(crate) fn left_for(&self) -> Vec<String> {
        self.0.left_for.borrow().clone()
    }

    pub(crate) fn leave_for(&self, url: String) {
        self.0.left_for.borrow_mut().push(url);
    }

    fn sent(&self) -> Vec<String> {
        let calls = self.0.calls.borrow();
        let line = |call: &Call| {
            let request = &call.0.request;
            format!("{} {}", request.method.name(), request.path)
        };
        calls.iter().map(line).collect()
    }
}

impl Transport for Backend {
    fn send(&self, request: Request) -> PendingResponse {
        let standing = self.0.standing.borrow();
        let mut rules = standing.iter().rev();
        let outcome = rules
            .find(|rule| is_of(&request, rule.method, rule.path))
            .and_then(|rule| rule.outcome.clone());
        let call = Call(Rc::new(CallState {
            request,
            is_taken: Cell::new(outcome.is_some()),
            is_aborted: Cell::new(false),
            outcome: RefCell::new(outcome),
            waker: RefCell::new(None),
        }));
        self.0.calls.borrow_mut().push(call.clone());
        Box::pin(Pending(call))
    }
}

/// A call that the app waits for.
#[derive(Clone)]
pub(crate) struct Call(Rc<CallState>);

struct CallState {
    request: Request,
    is_taken: Cell<bool>,
    is_aborted: Cell<bool>,
    outcome: RefCell<Option<Outcome>>,
    waker: RefCell<Option<Waker>>,
}

impl Call {
    pub(crate) fn request(&self) -> &Request {
        &self.0.request
    }

    /// Whether the app does not wait for it any more.
    pub(crate) fn is_aborted(&self) -> bool {
        self.0.is_aborted.get()
    }

    pub(crate) fn reply(&self, status: u16, body: impl Display) {
        self.settle(Ok(response(status, &body)));
    }

    /// The connection breaks. The app asks once more by itself where it may.
    pub(crate) fn lose(&self) {
        self.settle(Err(TransportError::Unreachable));
    }

    pub(crate) fn time_out(&self) {
        self.settle(Err(TransportError::Timeout));
    }

    fn settle(&self, outcome: Outcome) {
        self.0.outcome.replace(Some(outcome));
        if let Some(waker) = self.0.waker.take() {
            waker.wake();
        }
    }
}

struct Pending(Call);

impl Future for Pending {
    type Output = Outcome;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Outcome> {
        let state = &self.0.0;
        match state.outcome.borrow().as_ref() {
            Some(outcome) => Poll::Ready(outcome.clone()),
            None => {
                state.waker.replace(Some(context.waker().clone()));
                Poll::Pending
            }
        }
    }
}

impl Drop for Pending {
    fn drop(&mut self) {
        let state = &self.0.0;
        state.is_aborted.set(state.outcome.borrow().is_none());
    }
}

fn is_of(request: &Request, method: &str, path: &str) -> bool {
    let without_query = request.path.split('?').next().unwrap_or_default();
    request.method.name() == method
        && (without_query.ends_with(path) || request.path.ends_with(path))
}

fn response(status: u16, body: &dyn Display) -> Response {
    Response {
        status,
        body: body.to_string(),
        ..Response::default()
    }
}
