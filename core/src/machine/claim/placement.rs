//! Where a problem is shown at each step of the claim.

use crate::{
    domain::mobile_number::MobileNumberError,
    problem::{ApiError, ProblemCode},
};

/// The steps of a claim. A view that is keyed on it keeps its elements, and
/// with them the keyboard and the focus, while replies come and go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StepKind {
    /// Finding out where the fan left.
    Loading,
    Phone,
    Code,
    Choose,
    /// Nothing was found, or nothing that can be bound here.
    NothingFound,
    Done,
}

impl StepKind {
    pub const ALL: [Self; 6] = [
        Self::Loading,
        Self::Phone,
        Self::Code,
        Self::Choose,
        Self::NothingFound,
        Self::Done,
    ];
}

/// What a message stands at. A phone field is only marked as wrong if the
/// message is about the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Phone,
    Consent,
    /// The button that asks for a code, at the step of the phone and at that of
    /// the code.
    SendCode,
    Captcha,
    Code,
    /// The cards to choose from.
    Cards,
}

/// What is wrong, for the view to put into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// What was typed is not a number.
    Number(MobileNumberError),
    /// The backend does not take the number.
    NumberRefused,
    /// The terms are others now, so that they have to be agreed to again.
    TermsChanged,
    /// An SMS was sent just now.
    SmsTooFast,
    /// The claim before was left for too long.
    ClaimExpired,
    CaptchaUnanswered,
    CaptchaWrong,
    CodeIncomplete {
        /// Digits still to type.
        missing: usize,
    },
    /// Too many digits, or something that is no digit.
    CodeMalformed,
    CodeWrong {
        attempts_left: u32,
    },
    CodeExpired,
    /// Too many wrong tries: only a new code helps.
    CodeBurned,
    NoCardChosen,
}

/// Where a problem is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// In a line at what it is about.
    Inline(Field, Reason),
    /// Beside the step, which stays as it is, with a button to try again.
    Notice,
    /// Instead of the step.
    Page,
    /// As a captcha to solve.
    Captcha,
    /// Not here: whoever owns the session signs in again, or reloads.
    Session,
}

/// Where `error` is shown at `step`. There is no arm for "all others" on
/// purpose: a new code of the contract has to be given its place.
#[must_use]
pub fn placement(step: StepKind, error: &ApiError) -> Placement {
    let Some(code) = error.code() else {
        return beside(step);
    };
    match code {
        ProblemCode::NotSignedIn { .. } | ProblemCode::AnotherFan => Placement::Session,
        ProblemCode::RateLimited
        | ProblemCode::Unavailable
        | ProblemCode::Internal
        | ProblemCode::InProgress
        | ProblemCode::IdempotencyKeyReused => beside(step),
        ProblemCode::PhoneInvalid => at(step, StepKind::Phone, Field::Phone, Reason::NumberRefused),
        // Consent is given at the first step, which the claim goes back to.
        ProblemCode::ConsentRequired { .. } => {
            Placement::Inline(Field::Consent, Reason::TermsChanged)
        }
        ProblemCode::SmsTooFast => match step {
            StepKind::Phone | StepKind::Code => {
                Placement::Inline(Field::SendCode, Reason::SmsTooFast)
            }
            _ => Placement::Page,
        },
        ProblemCode::CaptchaRequired(_) => match step {
            StepKind::Phone | StepKind::Code => Placement::Captcha,
            _ => Placement::Page,
        },
        ProblemCode::CodeWrong { attempts_left } => {
            let attempts_left = *attempts_left;
            let reason = Reason::CodeWrong { attempts_left };
            at(step, StepKind::Code, Field::Code, reason)
        }
        ProblemCode::CodeExpired => at(step, StepKind::Code, Field::Code, Reason::CodeExpired),
        ProblemCode::TooManyAttempts => at(step, StepKind::Code, Field::Code, Reason::CodeBurned),
        // The claim goes back to the first step, and it says why there.
        ProblemCode::ClaimNotFound | ProblemCode::ClaimExpired => {
            Placement::Inline(Field::SendCode, Reason::ClaimExpired)
        }
        ProblemCode::SnapshotUser
        | ProblemCode::AccountUnavailable
        | ProblemCode::BadRequest
        | ProblemCode::Forbidden
        | ProblemCode::NotFound
        | ProblemCode::WalletChanged { .. }
        | ProblemCode::CardNotFound
        | ProblemCode::CardFrozen
        | ProblemCode::CardLost
        | ProblemCode::CardExpired
        | ProblemCode::CardAlreadyBound
        | ProblemCode::SmsHourlyLimit
        | ProblemCode::SmsDailyLimit
        | ProblemCode::SmsCreditsExhausted
        | ProblemCode::SmsGatewayFailed
        | ProblemCode::PhoneInUse
        | ProblemCode::TermsNotFound
        | ProblemCode::TableCodeStale(_)
        | ProblemCode::TableCodeUnknown(_)
        | ProblemCode::Unknown => Placement::Page,
    }
}

/// Beside the step, where there is one to see.
const fn beside(step: StepKind) -> Placement {
    match step {
        StepKind::Loading => Placement::Page,
        _ => Placement::Notice,
    }
}

/// In a line at `field`, which only the step `home` has.
fn at(step: StepKind, home: StepKind, field: Field, reason: Reason) -> Placement {
    if step == home {
        Placement::Inline(field, reason)
    } else {
        Placement::Page
    }
}
