//! The calls that a claim consists of.

use crate::domain::{
    captcha::CaptchaAnswer, claim::Binding, id::ClaimId, mobile_number::MobileNumber,
    sms_code::SmsCode, timestamp::Timestamp,
};

/// Numbers the calls of a machine, so that each reply names the call that it
/// answers and one that nobody waits for any longer is told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct CallId(u32);

impl CallId {
    #[must_use]
    pub(super) const fn next(self) -> Self {
        Self(self.0.wrapping_add(1))
    }
}

/// A call that changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Read {
    Wallet,
    Claim(ClaimId),
}

/// A call that changes something, with the whole of its body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Write {
    /// Opens a claim and has a code sent.
    Open {
        phone: MobileNumber,
        terms_version: String,
        captcha: Option<CaptchaAnswer>,
    },
    /// Has another code sent.
    Resend {
        claim: ClaimId,
        captcha: Option<CaptchaAnswer>,
        /// Not sent: the end of the wait that was over when it was asked for. A
        /// claim that shows another one has been sent a code since.
        after: Timestamp,
    },
    /// Proves the phone.
    Verify { claim: ClaimId, code: SmsCode },
    /// Binds cards.
    Bind { claim: ClaimId, binding: Binding },
}

impl Write {
    /// The claim that it is about, unless it opens one.
    #[must_use]
    pub const fn claim(&self) -> Option<&ClaimId> {
        match self {
            Self::Open { .. } => None,
            Self::Resend { claim, .. } | Self::Verify { claim, .. } | Self::Bind { claim, .. } => {
                Some(claim)
            }
        }
    }

    /// Whether both are the same action on the same claim, whatever their
    /// bodies say.
    #[must_use]
    pub fn is_same_action(&self, other: &Self) -> bool {
        core::mem::discriminant(self) == core::mem::discriminant(other)
            && self.claim() == other.claim()
    }

    #[must_use]
    pub const fn captcha(&self) -> Option<&CaptchaAnswer> {
        match self {
            Self::Open { captcha, .. } | Self::Resend { captcha, .. } => captcha.as_ref(),
            Self::Verify { .. } | Self::Bind { .. } => None,
        }
    }
}
