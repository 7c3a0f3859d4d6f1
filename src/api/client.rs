//! Calls the backend.

use core::{
    cell::Cell,
    pin::Pin,
    task::{Context, Poll},
};
use std::rc::Rc;

use serde::Serialize;

use super::{
    retry::{self, Clock, SlowCalls},
    transport::{Counting, Request, Transport},
};
use crate::browser::clock;
use kabao_core::{
    domain::{
        captcha::CaptchaAnswer,
        claim::{Binding, Bound, Claim},
        coupon::{Coupon, CouponState},
        entry::{Entry, EntryKind},
        id::{AccountId, CardId, ClaimId, FanId},
        idempotency_key::IdempotencyKey,
        list_page::ListPage,
        member_code::MemberCode,
        mobile_number::MobileNumber,
        profile::Profile,
        sms_code::SmsCode,
        terms::TermsText,
        timestamp::Timestamp,
        wallet::Wallet,
    },
    endpoint::{Access, Endpoint},
    json::Json,
    problem::ApiError,
    wire::{
        card::CardInFull,
        reply::{Acknowledged, Reply, WireError},
        request::{
            BindingBody, ConsentBody, OpenClaimBody, ResendBody, SwitchBody, VerificationBody,
        },
        response::read_response,
        table::Table,
        wallet::Switched,
    },
};

/// What the client asks of the rest of the app, and tells it, beside the results
/// of its calls.
pub struct Surroundings {
    /// The language of the page, as a BCP 47 tag: the backend's own words are asked
    /// for in it. The boot script asks for the wallet in the same.
    pub language: &'static str,
    /// The fan whose data the page shows, if the backend has said so. Every write
    /// names them, because another person may have signed in in another tab.
    pub fan: Box<dyn Fn() -> Option<FanId>>,
    /// Whose reply or problem has arrived. If that is not the fan whose data the
    /// page shows, the page takes it off the screen and offers to load anew.
    pub on_fan: Box<dyn Fn(FanId)>,
    /// What the backend's clock shows, as of now: with every reply and problem.
    pub on_server_time: Box<dyn Fn(Timestamp)>,
    /// How many calls have been under way for longer than a second, whenever
    /// that changes.
    pub on_slow: Box<dyn Fn(u32)>,
}

/// Calls the backend over a transport. It is a handle: cheap to clone, the same
/// for all.
#[derive(Clone)]
pub struct Client {
    transport: Rc<dyn Transport>,
    surroundings: Rc<Surroundings>,
    slow_calls: Rc<SlowCalls>,
    clock: Clock,
}

impl Client {
    /// A client over `transport`.
    #[must_use]
    pub fn new(transport: Rc<dyn Transport>, surroundings: Surroundings) -> Self {
        let surroundings = Rc::new(surroundings);
        let told = Rc::clone(&surroundings);
        Self {
            transport,
            surroundings,
            slow_calls: Rc::new(SlowCalls::new(Box::new(move |count| (told.on_slow)(count)))),
            clock: Clock {
                now: clock::now,
                sleep: |duration| Box::pin(clock::sleep(duration)),
            },
        }
    }

    /// The same client, with `clock` in place of the browser's.
    #[must_use]
    pub fn with_clock(self, clock: Clock) -> Self {
        Self { clock, ..self }
    }

    /// The same client, and how many requests it has sent since.
    #[must_use]
    pub fn counting(self) -> (Self, Rc<Cell<u32>>) {
        let sent = Rc::<Cell<u32>>::default();
        let transport = Counting {
            transport: self.transport,
            sent: Rc::clone(&sent),
        };
        let transport = Rc::new(transport);
        (Self { transport, ..self }, sent)
    }

    /// The whole first screen.
    ///
    /// # Errors
    ///
    /// Those of any call.
    pub fn wallet(&self, account: &AccountId) -> Call<Wallet> {
        self.call(Endpoint::Wallet(account), Options::default())
    }

    /// Puts `card` in use, provided that the wallet is still at `revision`.
    ///
    /// # Errors
    ///
    /// `WalletChanged`, `CardNotFound`, `CardFrozen`, `CardLost`, `CardExpired`.
    /// It is never sent twice: where [`ApiError::outcome`] is unknown, ask for
    /// the wallet.
    pub fn switch(&self, account: &AccountId, card: &CardId, revision: &str) -> Call<Switched> {
        let body = SwitchBody {
            card_id: card.as_str(),
        };
        let options = Options {
            if_match: Some(revision.to_owned()),
            body: json(&body),
            ..Options::default()
        };
        self.call(Endpoint::PutCurrentCard(account), options)
    }

    /// One card in full.
    ///
    /// # Errors
    ///
    /// `CardNotFound`.
    pub fn card(&self, account: &AccountId, card: &CardId) -> Call<CardInFull> {
        self.call(Endpoint::Card(account, card), Options::default())
    }

    /// A card's member code.
    ///
    /// # Errors
    ///
    /// As [`Client::switch`], without `WalletChanged`.
    pub fn code(&self, account: &AccountId, card: &CardId) -> Call<MemberCode> {
        self.call(Endpoint::Code(account, card), Options::default())
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
        self.call(endpoint, Options::default())
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
        self.call(endpoint, Options::default())
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
        key: &IdempotencyKey,
    ) -> Call<Claim> {
        let body = OpenClaimBody {
            phone: phone.digits(),
            consent: ConsentBody {
                version: terms_version,
            },
            captcha: captcha.map(Into::into),
        };
        self.call(Endpoint::OpenClaim(account), Options::write(&body, key))
    }

    /// The claim as it stands.
    ///
    /// # Errors
    ///
    /// `ClaimNotFound`.
    pub fn claim(&self, account: &AccountId, claim: &ClaimId) -> Call<Claim> {
        self.call(Endpoint::Claim(account, claim), Options::default())
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
        key: &IdempotencyKey,
    ) -> Call<Claim> {
        let body = ResendBody {
            captcha: captcha.map(Into::into),
        };
        self.call(
            Endpoint::ResendSms(account, claim),
            Options::write(&body, key),
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
        key: &IdempotencyKey,
    ) -> Call<Claim> {
        let body = VerificationBody {
            code: code.digits(),
        };
        self.call(Endpoint::Verify(account, claim), Options::write(&body, key))
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
        key: &IdempotencyKey,
    ) -> Call<Bound> {
        self.call(
            Endpoint::Bind(account, claim),
            Options::write(&BindingBody::from(binding), key),
        )
    }

    /// Masked phone and consents.
    ///
    /// # Errors
    ///
    /// Those of any call.
    pub fn profile(&self, account: &AccountId) -> Call<Profile> {
        self.call(Endpoint::Profile(account), Options::default())
    }

    /// Withdraws the consent and unlinks the phone.
    ///
    /// # Errors
    ///
    /// Those of any call.
    pub fn unlink_phone(&self, account: &AccountId) -> Call<Profile> {
        self.call(Endpoint::UnlinkPhone(account), Options::default())
    }

    /// Signs out. Who is signed out already has succeeded.
    ///
    /// # Errors
    ///
    /// Those of any call, except `NotSignedIn`.
    pub fn sign_out(&self, account: &AccountId) -> Call<Acknowledged> {
        self.call(Endpoint::SignOut(account), Options::default())
    }

    /// Terms and privacy text.
    ///
    /// # Errors
    ///
    /// `TermsNotFound`.
    pub fn terms(&self, account: &AccountId, version: &str) -> Call<TermsText> {
        self.call(Endpoint::Terms(account, version), Options::default())
    }

    /// Where a table code leads.
    ///
    /// # Errors
    ///
    /// `TableCodeStale`, `TableCodeUnknown`.
    pub fn table(&self, code: &str) -> Call<Table> {
        self.call(Endpoint::Table(code), Options::default())
    }

    fn call<T: Reply>(&self, endpoint: Endpoint<'_>, options: Options) -> Call<T> {
        Call {
            reply: self.send(endpoint, options),
            read: T::read,
        }
    }

    fn send(&self, endpoint: Endpoint<'_>, options: Options) -> PendingReply {
        let policy = endpoint.policy();
        let request = Request {
            method: endpoint.method(),
            path: endpoint.path(),
            idempotency_key: options.idempotency_key,
            fan: match policy.access {
                Access::Read => None,
                Access::Write => (self.surroundings.fan)().map(|fan| fan.as_str().to_owned()),
            },
            accept_language: self.surroundings.language,
            if_match: options.if_match,
            body: options.body,
        };
        let client = self.clone();
        Box::pin(async move {
            let call = retry::call(
                policy,
                client.clock,
                || client.transport.send(request.clone()),
                |response| {
                    let retry_after = response.retry_after.as_deref();
                    let answer = read_response(response.status, retry_after, &response.body);
                    if let Some(server_time) = answer.server_time {
                        (client.surroundings.on_server_time)(server_time);
                    }
                    if let Some(fan) = answer.fan {
                        (client.surroundings.on_fan)(fan);
                    }
                    match answer.result {
                        Err(error) if policy.is_fulfilled_by(&error) => Ok(Json::Null),
                        result => result,
                    }
                },
            );
            Rc::clone(&client.slow_calls)
                .watch(client.clock.sleep, call)
                .await
        })
    }
}

/// A call that is under way once it is awaited. What it does is the same for
/// every reply and is compiled once; only reading the reply differs.
#[must_use = "a call is not sent until it is awaited"]
pub struct Call<T> {
    reply: PendingReply,
    read: fn(&Json) -> Result<T, WireError>,
}

type PendingReply = Pin<Box<dyn Future<Output = Result<Json, ApiError>>>>;

impl<T> Future for Call<T> {
    type Output = Result<T, ApiError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let read = self.read;
        self.reply
            .as_mut()
            .poll(context)
            .map(|reply| reply.and_then(|reply| read(&reply).map_err(|_| ApiError::Unreadable)))
    }
}

/// What a request carries beside its endpoint.
#[derive(Default)]
struct Options {
    idempotency_key: Option<String>,
    if_match: Option<String>,
    body: Option<String>,
}

impl Options {
    fn write(body: &impl Serialize, key: &IdempotencyKey) -> Self {
        Self {
            idempotency_key: Some(key.as_str().to_owned()),
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

#[cfg(test)]
mod tests;
