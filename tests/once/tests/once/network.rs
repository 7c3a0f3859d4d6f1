//! What is on its way between the phones and the backend.

use std::{
    cell::RefCell,
    rc::{Rc, Weak},
};

use core::{future::poll_fn, task::Poll};

use kabao::api::transport::{PendingResponse, Request, Response, Transport, TransportError};

use crate::clock;

/// How long a request may be on its way that nobody waits for, in milliseconds.
const LONGEST_WAY: i64 = 2 * 60_000;

/// Where a page finds the reply that it waits for.
type Slot = RefCell<Option<Result<Response, TransportError>>>;

/// A request, and the reply once there is one.
#[derive(Clone)]
pub(crate) struct Exchange {
    /// In the order of sending.
    pub(crate) number: u64,
    pub(crate) phone: usize,
    pub(crate) request: Request,
    /// The session's cookie, as it was when the request was sent.
    pub(crate) session: Option<String>,
    pub(crate) reply: Option<Response>,
    /// Whether it has reached the backend, from which it may be on its way once more.
    pub(crate) has_arrived: bool,
    /// That of the wallet when it was sent, once somebody has looked.
    pub(crate) revision: Option<u64>,
    sent_at: i64,
    /// Gone once nobody waits.
    slot: Weak<Slot>,
}

impl Exchange {
    /// Whether the page still waits for the reply.
    pub(crate) fn is_awaited(&self) -> bool {
        self.slot.strong_count() > 0
    }

    /// Whether a reply is on its way to the page.
    pub(crate) fn is_coming(&self) -> bool {
        self.is_awaited() && self.reply.is_some()
    }

    /// Ends the page's waiting.
    pub(crate) fn end(&self, result: Result<Response, TransportError>) {
        if let Some(slot) = self.slot.upgrade() {
            *slot.borrow_mut() = Some(result);
        }
    }
}

#[derive(Default)]
pub(crate) struct Network {
    pub(crate) on_its_way: Vec<Exchange>,
    pub(crate) sent: u64,
}

impl Network {
    /// Loses what has been on its way for too long.
    pub(crate) fn age(&mut self) {
        self.on_its_way
            .retain(|it| it.is_awaited() || it.sent_at + LONGEST_WAY > clock::now());
    }
}

/// A phone's way into the network.
pub(crate) struct Line {
    pub(crate) phone: usize,
    pub(crate) network: Rc<RefCell<Network>>,
    pub(crate) cookie: Rc<RefCell<Option<String>>>,
}

impl Transport for Line {
    fn send(&self, request: Request) -> PendingResponse {
        let slot = Rc::<Slot>::default();
        let mut network = self.network.borrow_mut();
        network.sent += 1;
        let exchange = Exchange {
            number: network.sent,
            phone: self.phone,
            request,
            session: self.cookie.borrow().clone(),
            reply: None,
            has_arrived: false,
            revision: None,
            sent_at: clock::now(),
            slot: Rc::downgrade(&slot),
        };
        network.on_its_way.push(exchange);
        Box::pin(poll_fn(move |_| match slot.borrow_mut().take() {
            Some(result) => Poll::Ready(result),
            None => Poll::Pending,
        }))
    }
}
