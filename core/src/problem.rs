//! What can go wrong with a call.

use std::sync::Arc;

use crate::{
    domain::{
        captcha::Captcha, id::CardId, phone::Phone, staff_code::LocalProblem, support::Support,
        url::HttpUrl, wallet::Wallet,
    },
    status,
};

/// A problem that the backend reported (RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The HTTP status that it came with.
    pub status: u16,
    pub code: ProblemCode,
    /// Seconds after which trying again makes sense.
    pub retry_after: Option<u32>,
    pub card_id: Option<CardId>,
    pub support: Option<Support>,
}

impl Problem {
    /// A problem that says no more than its code.
    #[must_use]
    pub const fn new(status: u16, code: ProblemCode) -> Self {
        Self {
            status,
            code,
            retry_after: None,
            card_id: None,
            support: None,
        }
    }
}

/// Declares the codes together with their names and their numbers in the
/// contract, so that no code can be without them.
macro_rules! problem_codes {
    ($($(#[$meta:meta])* $name:literal $number:literal => $variant:ident
        $({ $($(#[$field_meta:meta])* $field:ident: $kind:ty),+ })? $(($detail:ty))?,)+) => {
        /// The problems of the contract, each with what it can't be without.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum ProblemCode {
            $($(#[$meta])* $variant $({ $($(#[$field_meta])* $field: $kind),+ })? $(($detail))?,)+
            /// A problem that this version does not know, or one without what
            /// belongs to it. Its status says how to treat it.
            Unknown,
        }

        impl ProblemCode {
            /// The name of every code in the contract.
            pub const NAMES: &[&str] = &[$($name),+];

            /// Its name in the contract.
            #[must_use]
            pub const fn name(&self) -> Option<&'static str> {
                match self {
                    $(Self::$variant { .. } => Some($name),)+
                    Self::Unknown => None,
                }
            }

            /// Its number in a staff code. One that this version does not know has
            /// that of a reply which it can't read.
            #[must_use]
            pub const fn staff_number(&self) -> u8 {
                match self {
                    $(Self::$variant { .. } => $number,)+
                    Self::Unknown => LocalProblem::UnreadableReply.number(),
                }
            }
        }
    };
}

problem_codes! {
    /// The session is missing or over.
    "not_signed_in" 10 => NotSignedIn {
        /// Where to sign in.
        login_url: HttpUrl
    },
    /// 快照页: WeChat shows the page without the person.
    "snapshot_user" 11 => SnapshotUser,
    /// No official account is authorised.
    "account_unavailable" 12 => AccountUnavailable,
    /// The app sent something that the backend can't read.
    "bad_request" 13 => BadRequest,
    "forbidden" 14 => Forbidden,
    /// The call names nothing that exists.
    "not_found" 15 => NotFound,
    "rate_limited" 16 => RateLimited,
    /// The backend is down for a while.
    "unavailable" 17 => Unavailable,
    "internal" 18 => Internal,
    /// An idempotency key came with another body.
    "idempotency_key_reused" 19 => IdempotencyKeyReused,
    /// The same request is still under way.
    "in_progress" 20 => InProgress,
    /// Somebody else has signed in since: the page shows another fan's data
    /// than the session would write to.
    "another_fan" 21 => AnotherFan,
    /// The wallet is no longer the one that the fan saw.
    "wallet_changed" 30 => WalletChanged {
        /// What it is now.
        wallet: Arc<Wallet>
    },
    "card_not_found" 31 => CardNotFound,
    /// 冻结.
    "card_frozen" 32 => CardFrozen,
    /// 挂失.
    "card_lost" 33 => CardLost,
    /// 过期.
    "card_expired" 34 => CardExpired,
    /// The card belongs to another fan already.
    "card_already_bound" 35 => CardAlreadyBound,
    /// The backend does not take the number.
    "phone_invalid" 40 => PhoneInvalid,
    /// The terms have changed, or were not agreed to.
    "consent_required" 41 => ConsentRequired {
        /// The version that is in force.
        version: String
    },
    /// An SMS was sent just now.
    "sms_too_fast" 42 => SmsTooFast,
    /// Five messages within the hour.
    "sms_hourly_limit" 43 => SmsHourlyLimit,
    /// Ten messages within the day.
    "sms_daily_limit" 44 => SmsDailyLimit,
    /// 短信额度: the merchant has no SMS left.
    "sms_credits_exhausted" 45 => SmsCreditsExhausted,
    /// The carrier did not take the message.
    "sms_gateway_failed" 46 => SmsGatewayFailed,
    "captcha_required" 47 => CaptchaRequired(Captcha),
    "code_wrong" 48 => CodeWrong {
        /// Wrong tries that are still allowed.
        attempts_left: u32
    },
    "code_expired" 49 => CodeExpired,
    /// The code is burned; a new one may be asked for.
    "too_many_attempts" 50 => TooManyAttempts,
    "claim_not_found" 51 => ClaimNotFound,
    /// The claim was left for too long.
    "claim_expired" 52 => ClaimExpired,
    /// 手机号码已被使用: another fan of the merchant still holds the number.
    "phone_in_use" 53 => PhoneInUse,
    /// There is no such version of the terms.
    "terms_not_found" 60 => TermsNotFound,
    /// 右边餐台码: the code died when the account changed.
    "table_code_stale" 61 => TableCodeStale(TableMerchant),
    "table_code_unknown" 62 => TableCodeUnknown(TableMerchant),
}

/// The merchant of a table code, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableMerchant {
    pub name: Option<String>,
    pub phone: Option<Phone>,
    /// Where its member cards are: its present account's entry.
    pub wallet_url: Option<HttpUrl>,
}

/// Why a call has no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// The backend said why. It is shared, because a failure is handed on often.
    Problem(Arc<Problem>),
    /// Something between the phone and the backend answered in its place: a
    /// gateway's page, a firewall's. Nothing is known but the HTTP status.
    Gateway {
        status: u16,
        /// Seconds, from the header `Retry-After`.
        retry_after: Option<u32>,
    },
    /// The backend could not be reached, or its reply was lost on the way.
    Offline,
    /// No reply came in time.
    Timeout,
    /// The backend accepted the request (2xx), and its reply is not what the
    /// contract says.
    Unreadable,
}

impl From<Problem> for ApiError {
    fn from(problem: Problem) -> Self {
        Self::Problem(Arc::new(problem))
    }
}

/// A problem that the app itself has noticed, in the contract's terms.
impl From<ProblemCode> for ApiError {
    fn from(code: ProblemCode) -> Self {
        Problem::new(0, code).into()
    }
}

/// What a call without a result did, if it was a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was refused and changed nothing.
    NotDone,
    /// It may have been carried out: only the backend knows. Send it again with
    /// the same idempotency key, or ask how things stand.
    Unknown,
}

impl ApiError {
    /// The problem that the backend reported, if it reported one.
    #[must_use]
    pub fn code(&self) -> Option<&ProblemCode> {
        match self {
            Self::Problem(problem) => Some(&problem.code),
            Self::Gateway { .. } | Self::Offline | Self::Timeout | Self::Unreadable => None,
        }
    }

    /// The number that stands for it in a staff code.
    #[must_use]
    pub fn staff_number(&self) -> u8 {
        match self {
            Self::Problem(problem) => problem.code.staff_number(),
            Self::Gateway { .. } => LocalProblem::Gateway.number(),
            Self::Offline => LocalProblem::Offline.number(),
            Self::Timeout => LocalProblem::Timeout.number(),
            Self::Unreadable => LocalProblem::UnreadableReply.number(),
        }
    }

    /// The HTTP status, where one arrived that is no success.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Problem(problem) => Some(problem.status),
            Self::Gateway { status, .. } => Some(*status),
            Self::Offline | Self::Timeout | Self::Unreadable => None,
        }
    }

    /// Seconds to wait before trying again, where the other side says so.
    #[must_use]
    pub fn retry_after(&self) -> Option<u32> {
        match self {
            Self::Problem(problem) => problem.retry_after,
            Self::Gateway { retry_after, .. } => *retry_after,
            Self::Offline | Self::Timeout | Self::Unreadable => None,
        }
    }

    /// What the call did, if it was a write. A 5xx promises nothing, whoever
    /// sent it.
    #[must_use]
    pub fn outcome(&self) -> Outcome {
        match (self.code(), self.status()) {
            (Some(ProblemCode::InProgress), _) => Outcome::Unknown,
            (_, Some(status)) if is_refusal(status) => Outcome::NotDone,
            _ => Outcome::Unknown,
        }
    }

    /// Whether the same call may succeed a little later without anybody having
    /// mended anything.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Offline | Self::Timeout => true,
            Self::Unreadable => false,
            Self::Gateway { status, .. } => is_transient(*status),
            Self::Problem(problem) => match problem.code {
                ProblemCode::Unavailable
                | ProblemCode::Internal
                | ProblemCode::InProgress
                | ProblemCode::RateLimited => true,
                ProblemCode::Unknown => is_transient(problem.status),
                _ => false,
            },
        }
    }

    /// Whether sending the very same again, now or a little later, can succeed:
    /// what stands in the way is with others, and they can mend it meanwhile.
    #[must_use]
    pub fn is_worth_repeating(&self) -> bool {
        self.is_transient()
            || matches!(self, Self::Unreadable)
            || matches!(
                self.code(),
                Some(
                    ProblemCode::SmsCreditsExhausted
                        | ProblemCode::SmsGatewayFailed
                        | ProblemCode::SmsHourlyLimit
                        | ProblemCode::SmsDailyLimit
                        | ProblemCode::AccountUnavailable
                )
            )
    }
}

/// Whether a status says that the request was not carried out. 408 is not among
/// them: a gateway that sends it knows only that it has waited for too long.
const fn is_refusal(status: u16) -> bool {
    matches!(status, 400..=499) && status != status::REQUEST_TIMEOUT
}

const fn is_transient(status: u16) -> bool {
    !is_refusal(status) || status == status::TOO_MANY_REQUESTS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(status: u16, code: ProblemCode) -> ApiError {
        ApiError::from(Problem::new(status, code))
    }

    fn gateway(status: u16) -> ApiError {
        ApiError::Gateway {
            status,
            retry_after: None,
        }
    }

    #[test]
    fn only_a_refusal_says_that_nothing_was_done() {
        for status in [400, 401, 403, 404, 413, 422, 429] {
            assert_eq!(gateway(status).outcome(), Outcome::NotDone, "{status}");
        }
        for status in [0, 302, 408, 500, 502, 503, 504] {
            assert_eq!(gateway(status).outcome(), Outcome::Unknown, "{status}");
        }
        for error in [ApiError::Offline, ApiError::Timeout, ApiError::Unreadable] {
            assert_eq!(error.outcome(), Outcome::Unknown, "{error:?}");
        }
        for (status, code, outcome) in [
            (409, ProblemCode::CardFrozen, Outcome::NotDone),
            (429, ProblemCode::RateLimited, Outcome::NotDone),
            (409, ProblemCode::InProgress, Outcome::Unknown),
            (500, ProblemCode::Internal, Outcome::Unknown),
            (502, ProblemCode::SmsGatewayFailed, Outcome::Unknown),
            (418, ProblemCode::Unknown, Outcome::NotDone),
            (599, ProblemCode::Unknown, Outcome::Unknown),
        ] {
            assert_eq!(problem(status, code.clone()).outcome(), outcome, "{code:?}");
        }
    }

    #[test]
    fn what_may_pass_by_itself_is_transient() {
        for status in [408, 429, 500, 502, 503, 504, 520] {
            assert!(gateway(status).is_transient(), "{status}");
            assert!(problem(status, ProblemCode::Unknown).is_transient());
        }
        for status in [400, 401, 403, 404, 411, 413, 422] {
            assert!(!gateway(status).is_transient(), "{status}");
            assert!(!gateway(status).is_worth_repeating(), "{status}");
            assert!(!problem(status, ProblemCode::Unknown).is_transient());
        }
        assert!(ApiError::Offline.is_transient());
        assert!(ApiError::Timeout.is_transient());
        assert!(problem(503, ProblemCode::Unavailable).is_transient());
        assert!(!problem(503, ProblemCode::SmsCreditsExhausted).is_transient());
        assert!(problem(503, ProblemCode::SmsCreditsExhausted).is_worth_repeating());
        assert!(!ApiError::Unreadable.is_transient());
        assert!(ApiError::Unreadable.is_worth_repeating());
    }
}
