//! The problems of the contract.

use serde_json::{Map, Value, json};

use crate::{
    id::{AccountId, CardId},
    state::{Account, Merchant, State},
    timestamp::Timestamp,
};

/// Declares the problem codes with their staff numbers, HTTP statuses and titles.
macro_rules! codes {
    ($($name:ident = $text:literal, $number:literal, $status:literal, $title:literal;)+) => {
        /// `contract/openapi.yaml` says when each code is used.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Code {
            $($name,)+
        }

        impl Code {
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The inverse of [`Self::text`].
            #[must_use]
            pub fn by_text(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.text() == text)
            }

            #[must_use]
            pub const fn text(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }

            #[must_use]
            pub const fn status(self) -> u16 {
                match self { $(Self::$name => $status,)+ }
            }

            /// The number in a staff code.
            #[must_use]
            pub const fn number(self) -> u8 {
                match self { $(Self::$name => $number,)+ }
            }

            const fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)+ }
            }
        }
    };
}

codes! {
    NotSignedIn = "not_signed_in", 10, 401, "Not signed in";
    SnapshotUser = "snapshot_user", 11, 403, "A snapshot page has no person behind it";
    AccountUnavailable = "account_unavailable", 12, 403, "No official account is authorised";
    BadRequest = "bad_request", 13, 400, "The request can't be read";
    Forbidden = "forbidden", 14, 403, "Not allowed";
    NotFound = "not_found", 15, 404, "Not found";
    RateLimited = "rate_limited", 16, 429, "Too many requests";
    Unavailable = "unavailable", 17, 503, "The backend is unavailable";
    Internal = "internal", 18, 500, "The backend failed";
    IdempotencyKeyReused = "idempotency_key_reused", 19, 422, "The idempotency key was used with another body";
    InProgress = "in_progress", 20, 409, "The same request is still in progress";
    AnotherFan = "another_fan", 21, 409, "The session is another fan's";
    WalletChanged = "wallet_changed", 30, 412, "The wallet has changed";
    CardNotFound = "card_not_found", 31, 404, "The fan has no such card";
    CardFrozen = "card_frozen", 32, 409, "The card is frozen";
    CardLost = "card_lost", 33, 409, "The card was reported lost";
    CardExpired = "card_expired", 34, 409, "The card has expired";
    CardAlreadyBound = "card_already_bound", 35, 409, "The card is bound to another fan";
    PhoneInvalid = "phone_invalid", 40, 422, "Not a mainland mobile number";
    ConsentRequired = "consent_required", 41, 422, "Consent to the present terms is required";
    SmsTooFast = "sms_too_fast", 42, 429, "An SMS was sent a moment ago";
    SmsHourlyLimit = "sms_hourly_limit", 43, 429, "No more SMS to this number this hour";
    SmsDailyLimit = "sms_daily_limit", 44, 429, "No more SMS to this number today";
    SmsCreditsExhausted = "sms_credits_exhausted", 45, 503, "The merchant has no SMS credits left";
    SmsGatewayFailed = "sms_gateway_failed", 46, 502, "The carrier did not take the SMS";
    CaptchaRequired = "captcha_required", 47, 403, "A captcha has to be solved";
    CodeWrong = "code_wrong", 48, 422, "The code is wrong";
    CodeExpired = "code_expired", 49, 410, "The code has expired";
    TooManyAttempts = "too_many_attempts", 50, 403, "Too many wrong codes";
    ClaimNotFound = "claim_not_found", 51, 404, "The fan has no such claim";
    ClaimExpired = "claim_expired", 52, 410, "The claim has expired";
    PhoneInUse = "phone_in_use", 53, 409, "The phone number is in use";
    TermsNotFound = "terms_not_found", 60, 404, "No such version of the terms";
    TableCodeStale = "table_code_stale", 61, 410, "The table code died with its account";
    TableCodeUnknown = "table_code_unknown", 62, 404, "Unknown table code";
}

/// `no_card_found` in a staff code. It isn't a problem: a search that finds nothing
/// has succeeded.
pub const NO_CARD_FOUND: u8 = 63;

/// A problem of the contract with its members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    code: Code,
    /// The HTTP status.
    status: u16,
    members: Map<String, Value>,
}

impl Problem {
    #[must_use]
    pub fn new(code: Code) -> Self {
        Self {
            code,
            status: code.status(),
            members: Map::new(),
        }
    }

    #[must_use]
    pub const fn code(&self) -> Code {
        self.code
    }

    #[must_use]
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// The same with another status than the code's.
    pub(crate) const fn of_status(mut self, status: u16) -> Self {
        self.status = status;
        self
    }

    /// Adds a member.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }

    pub(crate) fn about(self, card: &CardId) -> Self {
        self.with("card_id", card.as_str())
    }

    pub(crate) fn retry_after(self, seconds: i64) -> Self {
        self.with("retry_after", seconds.max(1))
    }

    /// Adds `support`.
    pub(crate) fn supported_by(
        self,
        merchant: Option<&Merchant>,
        account: &AccountId,
        now: Timestamp,
    ) -> Self {
        let code = self.code.number();
        self.with("support", support_of(code, merchant, account, now))
    }

    /// A problem without a cause, to try out what an app does with it. It has every
    /// member that the contract requires of any code, except the wallet of
    /// `wallet_changed`, which only a fan has.
    #[must_use]
    pub fn staged(code: Code, state: &State, account: &AccountId, now: Timestamp) -> Self {
        let merchant = state.merchants_of(account).next();
        let shop = merchant.map_or_else(
            || json!({}),
            |merchant| json!({ "name": merchant.name, "wallet_url": format!("/enter?merchant={}", merchant.id) }),
        );
        let version = merchant.map_or("", |merchant| merchant.terms_version.as_str());
        Self::new(code)
            .with("login_url", format!("/enter?account={account}"))
            .with("terms", json!({ "version": version }))
            .with(
                "captcha",
                json!({ "id": "none", "image_url": "/none.svg", "prompt": "" }),
            )
            .with("attempts_left", 4)
            .with("card_id", "none")
            .with("merchant", shop)
            .retry_after(5)
            .supported_by(merchant, account, now)
    }

    /// The problem of a backend that can't write, at the account that a request is about.
    #[must_use]
    pub fn unavailable(state: &State, account: &AccountId, now: Timestamp) -> Self {
        let merchant = state.merchants_of(account).next();
        Self::new(Code::Unavailable).supported_by(merchant, account, now)
    }

    pub(crate) fn into_body(self, now: Timestamp) -> Value {
        let status = self.status();
        let mut body = self.members;
        body.insert(
            "type".to_owned(),
            format!("/problems/{}", self.code.text()).into(),
        );
        body.insert("title".to_owned(), self.code.title().into());
        body.insert("status".to_owned(), status.into());
        body.insert("code".to_owned(), self.code.text().into());
        body.insert("server_time".to_owned(), now.rfc3339().into());
        Value::Object(body)
    }
}

/// `support` for a search that found no card.
pub(crate) fn no_card_support(merchant: &Merchant, account: &Account, now: Timestamp) -> Value {
    support_of(NO_CARD_FOUND, Some(merchant), &account.id, now)
}

fn support_of(
    number: u8,
    merchant: Option<&Merchant>,
    account: &AccountId,
    now: Timestamp,
) -> Value {
    let mut support = json!({ "staff_code": staff_code(number, account, now) });
    if let Some(fields) = support.as_object_mut()
        && let Some(merchant) = merchant
    {
        if let Some(phone) = &merchant.phone {
            fields.insert("phone".to_owned(), phone.as_str().into());
        }
        if let Some(provider) = &merchant.provider {
            fields.insert(
                "provider".to_owned(),
                json!({ "name": provider.name, "phone": provider.phone }),
            );
        }
    }
    support
}

/// `PP-MMDD-HHMM-AAAA`, as the contract describes it.
fn staff_code(number: u8, account: &AccountId, now: Timestamp) -> String {
    let hash = account
        .as_str()
        .bytes()
        .fold(0x811C_9DC5_u32, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
    format!("{number:02}-{}-{:04}", now.china_minute(), hash % 10_000)
}
