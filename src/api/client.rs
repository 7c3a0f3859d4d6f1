//! Calls the backend.

use std::{cell::Cell, rc::Rc};

use serde::Serialize;

use super::{
    endpoint::{Endpoint, Method},
    problem::ApiError,
    transport::{Request, Response, Transport, TransportError},
    wire::{
        self, Acknowledged, Binding, Bound, CaptchaAnswer, CardInFull, ConsentBody, OpenClaimBody,
        Profile, Reply, ResendBody, SwitchBody, Switched, Table, TermsText, VerificationBody,
    },
};
use crate::{
    browser::{clock, random},
    domain::{
        card::{AccountId, CardId},
        claim::{Claim, ClaimId},
        member_code::MemberCode,
        mobile_number::MobileNumber,
        server_clock::ServerClock,
        sms_code::SmsCode,
        timestamp::Timestamp,
        wallet::Wallet,
    },
};

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
}

impl Client {
    /// A client over `transport`.
    #[must_use]
    pub fn new(transport: Rc<dyn Transport>) -> Self {
        Self {
            transport,
            clock: Rc::default(),
        }
    }

    /// What the backend's clock shows now, as far as its replies have told.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.clock.get().now(clock::now())
    }

    /// The whole first screen.
    ///
    /// # Errors
    ///
    /// Those of any call.
    pub async fn wallet(&self, account: &AccountId) -> Result<Wallet, ApiError> {
        self.call(Endpoint::Wallet(account), Plan::read()).await
    }

    /// Puts `card` in use, provided that the wallet is still at `revision`.
    ///
    /// # Errors
    ///
    /// `WalletChanged`, `CardNotFound`, `CardFrozen`, `CardLost`, `CardExpired`.
    /// It is never sent twice: after [`ApiError::Offline`] or
    /// [`ApiError::Timeout`] ask for the wallet.
    pub async fn switch(
        &self,
        account: &AccountId,
        card: &CardId,
        revision: &str,
    ) -> Result<Switched, ApiError> {
        let body = SwitchBody {
            card_id: card.as_str(),
        };
        let plan = Plan {
            if_match: Some(revision.to_owned()),
            body: json(&body),
            ..Plan::read()
        };
        self.call(Endpoint::PutCurrentCard(account), plan).await
    }

    /// One card in full.
    ///
    /// # Errors
    ///
    /// `CardNotFound`.
    pub async fn card(&self, account: &AccountId, card: &CardId) -> Result<CardInFull, ApiError> {
        self.call(Endpoint::Card(account, card), Plan::read()).await
    }

    /// A card's member code.
    ///
    /// # Errors
    ///
    /// As [`Client::switch`], without `WalletChanged`.
    pub async fn code(&self, account: &AccountId, card: &CardId) -> Result<MemberCode, ApiError> {
        self.call(Endpoint::Code(account, card), Plan::read()).await
    }

    /// Opens a claim and has a code sent to `phone`.
    ///
    /// # Errors
    ///
    /// `PhoneInvalid`, `ConsentRequired`, `CaptchaRequired`, and those of
    /// sending an SMS.
    pub async fn open_claim(
        &self,
        account: &AccountId,
        phone: &MobileNumber,
        terms_version: &str,
        captcha: Option<&CaptchaAnswer>,
        intention: &Intention,
    ) -> Result<Claim, ApiError> {
        let body = OpenClaimBody {
            phone: phone.digits(),
            consent: ConsentBody {
                version: terms_version,
            },
            captcha,
        };
        self.call(Endpoint::OpenClaim(account), Plan::write(&body, intention))
            .await
    }

    /// The claim as it stands.
    ///
    /// # Errors
    ///
    /// `ClaimNotFound`.
    pub async fn claim(&self, account: &AccountId, claim: &ClaimId) -> Result<Claim, ApiError> {
        self.call(Endpoint::Claim(account, claim), Plan::read())
            .await
    }

    /// Has another code sent.
    ///
    /// # Errors
    ///
    /// `ClaimExpired`, `CaptchaRequired`, and those of sending an SMS.
    pub async fn resend(
        &self,
        account: &AccountId,
        claim: &ClaimId,
        captcha: Option<&CaptchaAnswer>,
        intention: &Intention,
    ) -> Result<Claim, ApiError> {
        let body = ResendBody { captcha };
        self.call(
            Endpoint::ResendSms(account, claim),
            Plan::write(&body, intention),
        )
        .await
    }

    /// Proves the phone.
    ///
    /// # Errors
    ///
    /// `CodeWrong`, `CodeExpired`, `TooManyAttempts`, `ClaimExpired`,
    /// `PhoneInUse`, `CardAlreadyBound`.
    pub async fn verify(
        &self,
        account: &AccountId,
        claim: &ClaimId,
        code: &SmsCode,
        intention: &Intention,
    ) -> Result<Claim, ApiError> {
        let body = VerificationBody {
            code: code.digits(),
        };
        self.call(
            Endpoint::Verify(account, claim),
            Plan::write(&body, intention),
        )
        .await
    }

    /// Binds cards, or opens a new one.
    ///
    /// # Errors
    ///
    /// `CardLost`, `CardExpired`, `CardAlreadyBound`, `ClaimExpired`.
    pub async fn bind(
        &self,
        account: &AccountId,
        claim: &ClaimId,
        binding: &Binding,
        intention: &Intention,
    ) -> Result<Bound, ApiError> {
        self.call(
            Endpoint::Bind(account, claim),
            Plan::write(&binding.body(), intention),
        )
        .await
    }

    /// Masked phone and consents.
    ///
    /// # Errors
    ///
    /// Those of any call.
    pub async fn profile(&self, account: &AccountId) -> Result<Profile, ApiError> {
        self.call(Endpoint::Profile(account), Plan::read()).await
    }

    /// Withdraws the consent and unlinks the phone.
    ///
    /// # Errors
    ///
    /// Those of any call.
    pub async fn unlink_phone(&self, account: &AccountId) -> Result<Profile, ApiError> {
        self.call(Endpoint::UnlinkPhone(account), Plan::read())
            .await
    }

    /// Signs out.
    ///
    /// # Errors
    ///
    /// Those of any call.
    pub async fn sign_out(&self, account: &AccountId) -> Result<Acknowledged, ApiError> {
        self.call(Endpoint::SignOut(account), Plan::read()).await
    }

    /// Terms and privacy text.
    ///
    /// # Errors
    ///
    /// `TermsNotFound`.
    pub async fn terms(&self, account: &AccountId, version: &str) -> Result<TermsText, ApiError> {
        self.call(Endpoint::Terms(account, version), Plan::read())
            .await
    }

    /// Where a table code leads.
    ///
    /// # Errors
    ///
    /// `TableCodeStale`, `TableCodeUnknown`.
    pub async fn table(&self, code: &str) -> Result<Table, ApiError> {
        self.call(Endpoint::Table(code), Plan::read()).await
    }

    async fn call<T: Reply>(&self, endpoint: Endpoint<'_>, plan: Plan) -> Result<T, ApiError> {
        let response = self.send(endpoint, plan).await?;
        T::parse(&response.body).map_err(|_| ApiError::Unreadable)
    }

    /// Sends a request and sorts out everything that is not a success. What is
    /// generic over the reply stays out of here, because every copy of this
    /// function would be bytes on the fan's bill.
    async fn send(&self, endpoint: Endpoint<'_>, plan: Plan) -> Result<Response, ApiError> {
        let request = Request {
            method: endpoint.method(),
            path: endpoint.path(),
            idempotency_key: plan.idempotency_key,
            if_match: plan.if_match,
            body: plan.body,
        };
        let can_be_repeated = request.method != Method::Put;
        let mut result = self.transport.send(request.clone()).await;
        if result == Err(TransportError::Unreachable) && can_be_repeated {
            clock::wait(RETRY_AFTER).await;
            result = self.transport.send(request).await;
        }
        let response = result.map_err(|error| match error {
            TransportError::Unreachable => ApiError::Offline,
            TransportError::Timeout => ApiError::Timeout,
        })?;
        if let Some(server_time) = wire::server_time(&response.body) {
            self.clock
                .set(ServerClock::observed(server_time, clock::now()));
        }
        if (200..300).contains(&response.status) {
            Ok(response)
        } else {
            Err(match wire::parse_problem(&response.body) {
                Ok(problem) => ApiError::Problem(Box::new(problem)),
                Err(_) => ApiError::Unreadable,
            })
        }
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
