//! Problems (RFC 9457).

use super::{
    fields::Fields, support::support, table::table_merchant, terms::terms_version, wallet::wallet,
};
use std::sync::Arc;

use crate::{
    domain::captcha::Captcha,
    json::Json,
    problem::{Problem, ProblemCode},
};

/// Reads a problem that came with `status`, or `None` if `body` is none: it is
/// one if it has a code. A code without what belongs to it is as good as one
/// that this version does not know.
#[must_use]
pub fn read_problem(status: u16, body: &Json) -> Option<Problem> {
    let fields = Fields::of(body)?;
    let name = fields.text("code")?;
    Some(Problem {
        status,
        code: code(name, fields).unwrap_or(ProblemCode::Unknown),
        retry_after: fields.count("retry_after"),
        card_id: fields.id("card_id"),
        support: fields.object("support").and_then(support),
    })
}

fn code(name: &str, fields: Fields<'_>) -> Option<ProblemCode> {
    Some(match name {
        "not_signed_in" => ProblemCode::NotSignedIn {
            login_url: fields.url("login_url")?,
        },
        "snapshot_user" => ProblemCode::SnapshotUser,
        "account_unavailable" => ProblemCode::AccountUnavailable,
        "bad_request" => ProblemCode::BadRequest,
        "forbidden" => ProblemCode::Forbidden,
        "not_found" => ProblemCode::NotFound,
        "rate_limited" => ProblemCode::RateLimited,
        "unavailable" => ProblemCode::Unavailable,
        "internal" => ProblemCode::Internal,
        "idempotency_key_reused" => ProblemCode::IdempotencyKeyReused,
        "in_progress" => ProblemCode::InProgress,
        "another_fan" => ProblemCode::AnotherFan,
        "wallet_changed" => ProblemCode::WalletChanged {
            wallet: Arc::new(wallet(fields.object("wallet")?)?),
        },
        "card_not_found" => ProblemCode::CardNotFound,
        "card_frozen" => ProblemCode::CardFrozen,
        "card_lost" => ProblemCode::CardLost,
        "card_expired" => ProblemCode::CardExpired,
        "card_already_bound" => ProblemCode::CardAlreadyBound,
        "phone_invalid" => ProblemCode::PhoneInvalid,
        "consent_required" => ProblemCode::ConsentRequired {
            version: terms_version(fields)?,
        },
        "sms_too_fast" => ProblemCode::SmsTooFast,
        "sms_hourly_limit" => ProblemCode::SmsHourlyLimit,
        "sms_daily_limit" => ProblemCode::SmsDailyLimit,
        "sms_credits_exhausted" => ProblemCode::SmsCreditsExhausted,
        "sms_gateway_failed" => ProblemCode::SmsGatewayFailed,
        "captcha_required" => ProblemCode::CaptchaRequired(captcha(fields.object("captcha")?)?),
        "code_wrong" => ProblemCode::CodeWrong {
            // Whose last try it was is told `too_many_attempts`.
            attempts_left: fields.count("attempts_left").unwrap_or(1),
        },
        "code_expired" => ProblemCode::CodeExpired,
        "too_many_attempts" => ProblemCode::TooManyAttempts,
        "claim_not_found" => ProblemCode::ClaimNotFound,
        "claim_expired" => ProblemCode::ClaimExpired,
        "phone_in_use" => ProblemCode::PhoneInUse,
        "terms_not_found" => ProblemCode::TermsNotFound,
        "table_code_stale" => ProblemCode::TableCodeStale(table_merchant(fields)),
        "table_code_unknown" => ProblemCode::TableCodeUnknown(table_merchant(fields)),
        _ => return None,
    })
}

fn captcha(fields: Fields<'_>) -> Option<Captcha> {
    Some(Captcha {
        id: fields.id("id")?,
        image_url: fields.image("image_url")?,
        prompt: fields.string("prompt").unwrap_or_default(),
    })
}
