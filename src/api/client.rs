//! Calls the backend.

use core::time::Duration;
use std::{cell::Cell, pin::Pin, rc::Rc};

use leptos::{prelude::set_timeout_with_handle, task::spawn_local};
use serde::Serialize;
use serde_json::Value;

use kabao_core::{
    endpoint::{Endpoint, Method},
    problem::ApiError,
    wire::{
        self, Acknowledged, Binding, Bound, CaptchaAnswer, CardInFull, ConsentBody, OpenClaimBody,
        Profile, Reply, ResendBody, SwitchBody, Switched, Table, TermsText, VerificationBody,
        WireError,
    },
};

use super::transport::{Request, Transport, TransportError};
use crate::{
    browser::{clock, random},
    signal::Signal,
};
use kabao_core::domain::{
    claim::Claim,
    coupon::{Coupon, CouponState},
    entry::{Entry, EntryKind},
    id::{AccountId, CardId, ClaimId},
    list_page::ListPage,
    member_code::MemberCode,
    mobile_number::MobileNumber,
    server_clock::ServerClock,
    sms_code::SmsCode,
    timestamp::Timestamp,
    wallet::Wallet,
};

/// How long a call may take before that is told.
const SLOW_AFTER: Duration = Duration::from_secs(1);
/// Milliseconds before a request that did not get through is sent once more.
const RETRY_AFTER: i32 = 700;

/// Something that the fan wants once, however often it has to be sent. Keep it
/// until the backend has answered; make a new one when the fan wants it anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intention {
    key: String,
}

impl Intention {
    /// A new one.
    #[must_use]
    pub fn new() -> Self {
        Self {
            key: random::uuid(),
        }
    }
}

impl Default for Intention {
    fn default() -> Self {
        Self::new()
    }
}

/// Calls the backend over a transport, and keeps its clock.
#[derive(Clone)]
pub struct Client {
    transport: Rc<dyn Transport>,
    clock: Rc<Cell<ServerClock>>,
    /// How many calls are taking long.
    slow_calls: Signal<u32>,
}

impl Client {
    /// A client over `transport`.
    #[must_use]
    pub fn new(transport: Rc<dyn Transport>) -> Self {
        Self {
            transport,
            clock: Rc::new(Cell::new(ServerClock::observed(
                clock::now(),
                clock::instant(),
            ))),
            slow_calls: Signal::new(0),
        }
    }

    /// What the backend's clock shows now, as far as its replies have told.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.get().now(clock::instant())
    }

    /// Whether a call takes long.
    #[must_use]
    pub fn is_slow(&self) -> bool {
        self.slow_calls.get() > 0
    }

    /// The whole first screen.
    ///
    /// # Errors
    ///
    /// Those of any call.
    pub fn wallet(&self, account: &AccountId) -> Call<Wallet> {
        self.call(Endpoint::Wallet(account), Plan::read())
    }

    /// Puts `card` in use, provided that the wallet is still at `revision`.
    ///
    /// # Errors
    ///
    /// `WalletChanged`, `CardNotFound`, `CardFrozen`, `CardLost`, `CardExpired`.
    /// It is never sent twice: after [`ApiError::Offline`] or
    /// [`ApiError::Timeout`] ask for the wallet.
    pub fn switch(&self, account: &AccountId, card: &CardId, revision: &str) -> Call<Switched> {
        let body = SwitchBody {
            card_id: card.as_str(),
        };
        let plan = Plan {
            if_match: Some(revision.to_owned()),
            body: json(&body),
            ..Plan::read()
        };
        self.call(Endpoint::PutCurrentCard(account), plan)
    }

    /// One card in full.
    ///
    /// # Errors
    ///
    /// `CardNotFound`.
    pub fn card(&self, account: &AccountId, card: &CardId) -> Call<CardInFull> {
        self.call(Endpoint::Card(account, card), Plan::read())
    }

    /// A card's member code.
    ///
    /// # Errors
    ///
    /// As [`Client::switch`], without `WalletChanged`.
    pub fn code(&self, account: &AccountId, card: &CardId) -> Call<MemberCode> {
        self.call(Endpoint::Code(account, card), Plan::read())
    }

    /// A card's timeline, newest first: everything, or what is of one `kind`.
    ///
    /// # Errors
    ///
    /// `CardNotFound`.
    pub fn entries(
        &self,
        account: &AccountId,
        card: &CardId,
        kind: Option<EntryKind>,
        cursor: Option<&str>,
    ) -> Call<ListPage<Entry>> {
        let endpoint = Endpoint::Entries(account, card, kind, cursor);
        self.call(endpoint, Plan::read())
    }

    /// A card's coupons in one state.
    ///
    /// # Errors
    ///
    /// `CardNotFound`.
    pub fn coupons(
        &self,
        account: &AccountId,
        card: &CardId,
        state: CouponState,
        cursor: Option<&str>,
    ) -> Call<ListPage<Coupon>> {
        let endpoint = Endpoint::Coupons(account, card, state, cursor);
        self.call(endpoint, Plan::read())
    }

    /// Opens a claim and has a code sent to `phone`.
    ///
    /// # Errors
    ///
    /// `PhoneInvalid`, `ConsentRequired`, `CaptchaRequired`, and those of
    /// sending an SMS.
    pub fn open_claim(
        &self,
        account: &AccountId,
        phone: &MobileNumber,
        terms_version: &str,
        captcha: Option<&CaptchaAnswer>,
        intention: &Intention,
    ) -> Call<Claim> {
        let body = OpenClaimBody {
            phone: phone.digits(),
            consent: ConsentBody {
                version: terms_version,
            },
            captcha,
        };
        self.call(Endpoint::OpenClaim(account), Plan::write(&body, intention))
    }

    /// The claim as it stands.
    ///
    /// # Errors
    ///
    /// `ClaimNotFound`.
    pub fn claim(&self, account: &AccountId, claim: &ClaimId) -> Call<Claim> {
        self.call(Endpoint::Claim(account, claim), Plan::read())
    }

    /// Has another code sent.
    ///
    /// # Errors
    ///
    /// `ClaimExpired`, `CaptchaRequired`, and those of sending an SMS.
    pub fn resend(
        &self,
        account: &AccountId,
        claim: &ClaimId,
        captcha: Option<&CaptchaAnswer>,
        intention: &Intention,
    ) -> Call<Claim> {
        let body = ResendBody { captcha };
        self.call(
            Endpoint::ResendSms(account, claim),
            Plan::write(&body, intention),
        )
    }

    /// Proves the phone.
    ///
    /// # Errors
    ///
    /// `CodeWrong`, `CodeExpired`, `TooManyAttempts`, `ClaimExpired`,
    /// `PhoneInUse`, `CardAlreadyBound`.
    pub fn verify(
        &self,
        account: &AccountId,
        claim: &ClaimId,
        code: &SmsCode,
        intention: &Intention,
    ) -> Call<Claim> {
        let body = VerificationBody {
            code: code.digits(),
        };
        self.call(
            Endpoint::Verify(account, claim),
            Plan::write(&body, intention),
        )
    }

    /// Binds cards, or opens a new one.
    ///
    /// # Errors
    ///
    /// `CardLost`, `CardExpired`, `CardAlreadyBound`, `ClaimExpired`.
    pub fn bind(
        &self,
        account: &AccountId,
        claim: &ClaimId,
        binding: &Binding,
        intention: &Intention,
    ) -> Call<Bound> {
        self.call(
            Endpoint::Bind(account, claim),
            Plan::write(&binding.body(), intention),
        )
    }

    /// Masked phone and consents.
    ///
    /// # Errors
    ///
    /// Those of any call.
    pub fn profile(&self, account: &AccountId) -> Call<Profile> {
        self.call(Endpoint::Profile(account), Plan::read())
    }

    /// Withdraws the consent and unlinks the phone.
    ///
    /// # Errors
    ///
    /// Those of any call.
    pub fn unlink_phone(&self, account: &AccountId) -> Call<Profile> {
        self.call(Endpoint::UnlinkPhone(account), Plan::read())
    }

    /// Signs out.
    ///
    /// # Errors
    ///
    /// Those of any call.
    pub fn sign_out(&self, account: &AccountId) -> Call<Acknowledged> {
        self.call(Endpoint::SignOut(account), Plan::read())
    }

    /// Terms and privacy text.
    ///
    /// # Errors
    ///
    /// `TermsNotFound`.
    pub fn terms(&self, account: &AccountId, version: &str) -> Call<TermsText> {
        self.call(Endpoint::Terms(account, version), Plan::read())
    }

    /// Where a table code leads.
    ///
    /// # Errors
    ///
    /// `TableCodeStale`, `TableCodeUnknown`.
    pub fn table(&self, code: &str) -> Call<Table> {
        self.call(Endpoint::Table(code), Plan::read())
    }

    fn call<T: Reply>(&self, endpoint: Endpoint<'_>, plan: Plan) -> Call<T> {
        let request = Request {
            method: endpoint.method(),
            path: endpoint.path(),
            idempotency_key: plan.idempotency_key,
            if_match: plan.if_match,
            body: plan.body,
        };
        Call {
            reply: Box::pin(watched(self.slow_calls, send(self.clone(), request))),
            read: T::read,
        }
    }
}

/// A call that is under way, to be followed by [`Call::then`]. What it does is
/// the same for every reply and is compiled once; only reading the reply
/// differs.
#[must_use = "a call is not sent until it is known what follows"]
pub struct Call<T> {
    reply: PendingReply,
    read: fn(&Value) -> Result<T, WireError>,
}

type PendingReply = Pin<Box<dyn Future<Output = Result<Value, ApiError>>>>;

impl<T: 'static> Call<T> {
    /// Sends it, and does `act` with the result.
    pub fn then(self, act: impl FnOnce(Result<T, ApiError>) + 'static) {
        let read = self.read;
        follow_up(
            self.reply,
            Box::new(move |reply| {
                act(reply.and_then(|reply| read(&reply).map_err(|_| ApiError::Unreadable)));
            }),
        );
    }
}

fn follow_up(reply: PendingReply, act: Box<dyn FnOnce(Result<Value, ApiError>)>) {
    spawn_local(async move { act(reply.await) });
}

/// Counts a call among the slow ones for as long as it is one.
async fn watched<T>(slow_calls: Signal<u32>, call: impl Future<Output = T>) -> T {
    let is_slow = Rc::new(Cell::new(false));
    let timer = set_timeout_with_handle(
        {
            let is_slow = Rc::clone(&is_slow);
            move || {
                is_slow.set(true);
                slow_calls.update(|count| *count += 1);
            }
        },
        SLOW_AFTER,
    );
    let result = call.await;
    if let Ok(timer) = timer {
        timer.clear();
    }
    if is_slow.get() {
        slow_calls.update(|count| *count -= 1);
    }
    result
}

/// Sends a request and sorts out everything that is not a success.
async fn send(client: Client, request: Request) -> Result<Value, ApiError> {
    let can_be_repeated = request.method != Method::Put;
    let mut result = client.transport.send(request.clone()).await;
    if result == Err(TransportError::Unreachable) && can_be_repeated {
        clock::wait(RETRY_AFTER).await;
        result = client.transport.send(request).await;
    }
    let response = result.map_err(|error| match error {
        TransportError::Unreachable => ApiError::Offline,
        TransportError::Timeout => ApiError::Timeout,
    })?;
    let reply: Value = serde_json::from_str(&response.body).map_err(|_| ApiError::Unreadable)?;
    if let Some(server_time) = wire::server_time(&reply) {
        client
            .clock
            .set(ServerClock::observed(server_time, clock::instant()));
    }
    if (200..300).contains(&response.status) {
        Ok(reply)
    } else {
        Err(match wire::read_problem(&reply) {
            Ok(problem) => ApiError::Problem(Box::new(problem)),
            Err(_) => ApiError::Unreadable,
        })
    }
}

/// What a request needs beside its endpoint.
struct Plan {
    idempotency_key: Option<String>,
    if_match: Option<String>,
    body: Option<String>,
}

impl Plan {
    const fn read() -> Self {
        Self {
            idempotency_key: None,
            if_match: None,
            body: None,
        }
    }

    fn write(body: &impl Serialize, intention: &Intention) -> Self {
        Self {
            idempotency_key: Some(intention.key.clone()),
            if_match: None,
            body: json(body),
        }
    }
}

/// `body` as JSON. The bodies are plain structures of text, which serde_json
/// can always write; if it ever could not, the backend would refuse the request
/// without a body and the fan would be told.
fn json(body: &impl Serialize) -> Option<String> {
    serde_json::to_string(body).ok()
}
