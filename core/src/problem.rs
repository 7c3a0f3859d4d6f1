//! What can go wrong with a call.
//!
//! Pure. Every problem of the contract has a variant here, and every variant
//! has its words in `copy`.

use crate::domain::{id::CardId, support::Support, wallet::Wallet};

/// A problem that the backend reported (RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Which problem it is, with what belongs to it.
    pub code: ProblemCode,
    /// Seconds after which trying again makes sense.
    pub retry_after: Option<u32>,
    /// The card it is about.
    pub card_id: Option<CardId>,
    /// Who can help.
    pub support: Option<Support>,
}

/// The problems of the contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemCode {
    /// The session is missing or over.
    NotSignedIn {
        /// Where to sign in.
        login_url: String,
    },
    /// 快照页: WeChat shows the page without the person.
    SnapshotUser,
    /// No official account is authorised.
    AccountUnavailable,
    /// The app sent something that the backend can't read.
    BadRequest,
    /// It is not this fan's to do.
    Forbidden,
    /// The call names nothing that exists.
    NotFound,
    /// Too many calls.
    RateLimited,
    /// The backend is down for a while.
    Unavailable,
    /// The backend failed.
    Internal,
    /// An idempotency key came with another body.
    IdempotencyKeyReused,
    /// The same request is still under way.
    InProgress,
    /// Another person has signed in since: nothing was done.
    AnotherFan,
    /// The wallet is no longer the one that the fan saw.
    WalletChanged {
        /// What it is now.
        wallet: Box<Wallet>,
    },
    /// The fan has no such card.
    CardNotFound,
    /// 冻结.
    CardFrozen,
    /// 挂失.
    CardLost,
    /// 过期.
    CardExpired,
    /// The card belongs to another fan already.
    CardAlreadyBound,
    /// The backend does not take the number.
    PhoneInvalid,
    /// The terms have changed, or were not agreed to.
    ConsentRequired {
        /// The version that is in force.
        version: String,
    },
    /// An SMS was sent just now.
    SmsTooFast,
    /// Five messages within the hour.
    SmsHourlyLimit,
    /// Ten messages within the day.
    SmsDailyLimit,
    /// 短信额度: the merchant has no SMS left.
    SmsCreditsExhausted,
    /// The carrier did not take the message.
    SmsGatewayFailed,
    /// A person has to prove to be one.
    CaptchaRequired(Captcha),
    /// The code is another one.
    CodeWrong {
        /// Wrong tries that are still allowed.
        attempts_left: u32,
    },
    /// The code is too old.
    CodeExpired,
    /// The code is burned; a new one may be asked for.
    TooManyAttempts,
    /// The fan has no such claim.
    ClaimNotFound,
    /// The claim was left for too long.
    ClaimExpired,
    /// 手机号码已被使用: another fan of the merchant still holds the number.
    PhoneInUse,
    /// There is no such version of the terms.
    TermsNotFound,
    /// 右边餐台码: the code died when the account changed.
    TableCodeStale(TableMerchant),
    /// The code is not known.
    TableCodeUnknown(TableMerchant),
    /// A problem that this version does not know.
    Unknown,
}

/// A task that only a person can solve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captcha {
    /// Its identifier.
    pub id: String,
    /// Its picture.
    pub image_url: String,
    /// What to do with it, in the backend's words.
    pub prompt: String,
}

/// The merchant of a table code, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableMerchant {
    /// Its name.
    pub name: Option<String>,
    /// Its phone.
    pub phone: Option<String>,
    /// Where its member cards are: its present account's entry.
    pub wallet_url: Option<String>,
}

/// Why a call has no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// The backend said why.
    Problem(Box<Problem>),
    /// The backend could not be reached, or its reply was lost on the way: what
    /// it did is not known.
    Offline,
    /// No reply came in time: what the backend did is not known.
    Timeout,
    /// The reply is not what the contract says.
    Unreadable,
}

impl ApiError {
    /// The problem that the backend reported, if it reported one.
    #[must_use]
    pub fn code(&self) -> Option<&ProblemCode> {
        match self {
            Self::Problem(problem) => Some(&problem.code),
            Self::Offline | Self::Timeout | Self::Unreadable => None,
        }
    }

    /// Whether sending the very same again, now or a little later, can succeed:
    /// what stands in the way is with others, and they can mend it meanwhile.
    #[must_use]
    pub fn is_worth_repeating(&self) -> bool {
        self.is_transient()
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

    /// Whether the call may have taken effect although its reply is missing, or
    /// may succeed when it is sent again as it is: the same idempotency key has
    /// to be used then.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Offline | Self::Timeout => true,
            Self::Unreadable => false,
            Self::Problem(problem) => matches!(
                problem.code,
                ProblemCode::Unavailable
                    | ProblemCode::Internal
                    | ProblemCode::InProgress
                    | ProblemCode::RateLimited
            ),
        }
    }
}
