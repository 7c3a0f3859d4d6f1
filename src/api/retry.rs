//! Sends one call: with a time limit, again where its policy allows that, and
//! noticed when it takes long. Everything in here is compiled once for all calls.

use core::{
    cell::Cell,
    future::poll_fn,
    pin::{Pin, pin},
    task::Poll,
    time::Duration,
};
use std::rc::Rc;

use kabao_core::{domain::timestamp::Timestamp, endpoint::Policy, problem::ApiError};

use super::transport::{PendingResponse, Response, TransportError};

/// How long a call may take before the fan is told that the network is slow.
const SLOW_AFTER: Duration = Duration::from_secs(1);

/// Waiting for a time to pass.
pub type Sleep = Pin<Box<dyn Future<Output = ()>>>;

/// How the client knows the time.
#[derive(Clone, Copy)]
pub struct Clock {
    /// What the phone's calendar shows. It may be set, but unlike the page's
    /// monotonic clock it goes on while the page is frozen.
    pub now: fn() -> Timestamp,
    pub sleep: fn(Duration) -> Sleep,
}

/// Sends a request by `send` until it has a result: within the time limit of
/// `policy`, and again when `policy` says so, unless the page was frozen since.
/// `read` tells what a response says.
pub(super) async fn call<T>(
    policy: Policy,
    clock: Clock,
    send: impl Fn() -> PendingResponse,
    read: impl Fn(&Response) -> Result<T, ApiError>,
) -> Result<T, ApiError> {
    let begun = (clock.now)();
    let mut attempts = 0;
    loop {
        let result = match within(send(), (clock.sleep)(policy.timeout)).await {
            Ok(response) => read(&response),
            Err(TransportError::Unreachable) => Err(ApiError::Offline),
            Err(TransportError::Timeout) => Err(ApiError::Timeout),
        };
        attempts += 1;
        let pause = result
            .as_ref()
            .err()
            .and_then(|error| policy.repeat_after(attempts, error));
        let Some(pause) = pause else {
            return result;
        };
        (clock.sleep)(pause).await;
        if !Policy::may_repeat_after((clock.now)().since(begun)) {
            return result;
        }
    }
}

/// The reply, unless `limit` is over first. The request is aborted then.
async fn within(mut reply: PendingResponse, mut limit: Sleep) -> Result<Response, TransportError> {
    poll_fn(|context| match reply.as_mut().poll(context) {
        Poll::Ready(result) => Poll::Ready(result),
        Poll::Pending => limit
            .as_mut()
            .poll(context)
            .map(|()| Err(TransportError::Timeout)),
    })
    .await
}

/// Counts the calls that have been under way for longer than a second.
pub(super) struct SlowCalls {
    count: Cell<u32>,
    on_change: Box<dyn Fn(u32)>,
}

impl SlowCalls {
    pub(super) fn new(on_change: Box<dyn Fn(u32)>) -> Self {
        Self {
            count: Cell::new(0),
            on_change,
        }
    }

    fn change(&self, count: u32) {
        self.count.set(count);
        (self.on_change)(count);
    }

    /// Carries out `call`, counting it among the slow ones for as long as it is
    /// one.
    pub(super) async fn watch<T>(
        self: Rc<Self>,
        sleep: fn(Duration) -> Sleep,
        call: impl Future<Output = T>,
    ) -> T {
        let mut call = pin!(call);
        let mut slow_after = Some(sleep(SLOW_AFTER));
        // Gives its place back also when the call is dropped half-way.
        let mut counted: Option<Counted> = None;
        poll_fn(move |context| {
            let result = call.as_mut().poll(context);
            if result.is_ready() {
                drop(counted.take());
            } else if let Some(timer) = &mut slow_after
                && timer.as_mut().poll(context).is_ready()
            {
                slow_after = None;
                counted.replace(Counted::new(Rc::clone(&self)));
            }
            result
        })
        .await
    }
}

/// One of the slow calls, until it is dropped.
struct Counted(Rc<SlowCalls>);

impl Counted {
    fn new(calls: Rc<SlowCalls>) -> Self {
        calls.change(calls.count.get() + 1);
        Self(calls)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.change(self.0.count.get().saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use core::{cell::RefCell, task::Context, task::Waker};
    use std::collections::VecDeque;

    use kabao_core::{
        domain::id::AccountId,
        endpoint::{Endpoint, Policy},
    };

    use super::*;

    type Attempt = Option<Result<u16, TransportError>>;

    const ACCOUNT: &str = "case-2";

    thread_local! {
        static NOW: Cell<i64> = const { Cell::new(0) };
    }

    fn now() -> Timestamp {
        Timestamp::from_milliseconds(NOW.get())
    }

    fn at_once(_: Duration) -> Sleep {
        Box::pin(core::future::ready(()))
    }

    /// The page is frozen while it waits, for longer than a key is remembered.
    fn frozen(_: Duration) -> Sleep {
        Box::pin(async { NOW.set(NOW.get() + 25 * 60 * 60_000) })
    }

    /// The calendar is set back while it waits.
    fn set_back(_: Duration) -> Sleep {
        Box::pin(async { NOW.set(NOW.get() - 1) })
    }

    fn never(_: Duration) -> Sleep {
        Box::pin(core::future::pending())
    }

    fn wallet() -> Policy {
        Endpoint::Wallet(&AccountId::from(ACCOUNT)).policy()
    }

    fn switch() -> Policy {
        Endpoint::PutCurrentCard(&AccountId::from(ACCOUNT)).policy()
    }

    /// The result of a call whose attempts end like this, `None` being one that
    /// is never answered, and how many attempts were left over.
    fn outcome(
        policy: Policy,
        sleep: fn(Duration) -> Sleep,
        attempts: &[Attempt],
    ) -> (Poll<Result<u16, ApiError>>, usize) {
        let attempts = RefCell::new(attempts.iter().copied().collect::<VecDeque<_>>());
        let send = || -> PendingResponse {
            match attempts.borrow_mut().pop_front().expect("an attempt") {
                Some(result) => Box::pin(core::future::ready(result.map(|status| Response {
                    status,
                    ..Response::default()
                }))),
                None => Box::pin(core::future::pending()),
            }
        };
        let clock = Clock { now, sleep };
        let mut call = pin!(call(policy, clock, send, |response| Ok(response.status)));
        let result = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        (result, attempts.borrow().len())
    }

    #[test]
    fn a_broken_connection_is_tried_once_more_where_that_is_safe() {
        let broken = Some(Err(TransportError::Unreachable));
        assert_eq!(
            outcome(wallet(), at_once, &[broken, Some(Ok(200))]),
            (Poll::Ready(Ok(200)), 0)
        );
        assert_eq!(
            outcome(wallet(), at_once, &[broken, broken, Some(Ok(200))]),
            (Poll::Ready(Err(ApiError::Offline)), 1)
        );
        assert_eq!(
            outcome(switch(), at_once, &[broken, Some(Ok(200))]),
            (Poll::Ready(Err(ApiError::Offline)), 1)
        );
    }

    #[test]
    fn it_is_not_tried_again_before_the_pause_is_over() {
        let broken = Some(Err(TransportError::Unreachable));
        assert_eq!(
            outcome(wallet(), never, &[broken, Some(Ok(200))]),
            (Poll::Pending, 1)
        );
    }

    #[test]
    fn it_is_not_tried_again_where_nobody_knows_how_long_ago_it_was_tried() {
        let broken = Some(Err(TransportError::Unreachable));
        for sleep in [frozen, set_back] {
            assert_eq!(
                outcome(wallet(), sleep, &[broken, Some(Ok(200))]),
                (Poll::Ready(Err(ApiError::Offline)), 1)
            );
        }
    }

    #[test]
    fn what_is_never_answered_is_a_time_out_and_not_tried_again() {
        assert_eq!(
            outcome(wallet(), at_once, &[None, Some(Ok(200))]),
            (Poll::Ready(Err(ApiError::Timeout)), 1)
        );
        assert_eq!(outcome(wallet(), never, &[None]), (Poll::Pending, 0));
    }

    #[test]
    fn a_request_that_took_too_long_is_aborted() {
        struct Request(Rc<Cell<bool>>);
        impl Drop for Request {
            fn drop(&mut self) {
                self.0.set(true);
            }
        }
        let is_aborted = Rc::new(Cell::new(false));
        let send = || -> PendingResponse {
            let request = Request(Rc::clone(&is_aborted));
            Box::pin(async move {
                let _request = request;
                core::future::pending().await
            })
        };
        let clock = Clock {
            now,
            sleep: at_once,
        };
        let mut call = Box::pin(call(wallet(), clock, send, |_| Ok(())));
        let result = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        assert_eq!(result, Poll::Ready(Err(ApiError::Timeout)));
        assert!(is_aborted.get());
    }

    #[test]
    fn a_slow_call_is_counted_until_it_ends_or_nobody_waits_for_it() {
        let counts = Rc::new(RefCell::new(Vec::new()));
        let seen = Rc::clone(&counts);
        let calls = Rc::new(SlowCalls::new(Box::new(move |count| {
            seen.borrow_mut().push(count);
        })));
        let context = &mut Context::from_waker(Waker::noop());
        let is_answered = Rc::new(Cell::new(false));
        let answer = || {
            let is_answered = Rc::clone(&is_answered);
            poll_fn(move |_| match is_answered.get() {
                true => Poll::Ready(()),
                false => Poll::Pending,
            })
        };

        let mut quick = Box::pin(Rc::clone(&calls).watch(never, answer()));
        assert!(quick.as_mut().poll(context).is_pending());
        let mut slow = Box::pin(Rc::clone(&calls).watch(at_once, answer()));
        assert!(slow.as_mut().poll(context).is_pending());
        let mut dropped = Box::pin(Rc::clone(&calls).watch(at_once, answer()));
        assert!(dropped.as_mut().poll(context).is_pending());
        assert_eq!(*counts.borrow(), [1, 2]);

        drop(dropped);
        is_answered.set(true);
        assert!(slow.as_mut().poll(context).is_ready());
        assert!(quick.as_mut().poll(context).is_ready());
        assert_eq!(*counts.borrow(), [1, 2, 1, 0]);
    }
}
