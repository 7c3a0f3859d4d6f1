//! What happens to a claim.

use super::call::CallId;
use crate::{
    domain::{
        claim::{Bound, Claim},
        id::{CardId, ClaimId},
        merchant::Retention,
        typed_text::TypedText,
        wallet::Wallet,
    },
    problem::ApiError,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The page is shown: for the first time, after a reload, or again.
    Opened,
    /// The fan asks for a claim on purpose, by a button of the wallet or of the
    /// last step. A claim that is open is gone on with; the result of the last
    /// one is not shown again, unless it has never been shown because its reply
    /// was lost.
    Begun,
    /// The store has a newer wallet.
    WalletUpdated(WalletSummary),

    /// The phone field shows this now.
    PhoneTyped(TypedText),
    ConsentTicked,
    ConsentUnticked,
    /// 同意并继续, in the sheet that asks for the consent that was forgotten.
    ConsentAgreed,
    /// 不同意, or the sheet was closed.
    ConsentDeclined,
    /// 获取验证码, or Enter in a field of the first step.
    SendCode,

    CaptchaTyped(String),
    CaptchaSubmitted,
    /// The picture can't be read, or did not load: another one is asked for.
    CaptchaRefreshed,

    /// The code field shows this now, and no input method is composing.
    CodeTyped(TypedText),
    /// The code field shows this while an input method is composing.
    CodeComposed(TypedText),
    /// 确认.
    Verify,
    Resend,
    /// 换个手机号.
    OtherPhone,

    /// A candidate was tapped.
    CardToggled(CardId),
    Bind,
    OpenNewCard,

    /// 再试一次, on a notice or a page of a problem.
    Retry,
    /// 返回, on a page of a problem: back to the step. Or a notice was closed.
    Dismissed,

    /// A call has ended.
    Replied {
        call: CallId,
        result: Result<Reply, ApiError>,
    },
}

/// A reply of the backend, by what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    Wallet(WalletSummary),
    Claim(Claim),
    Bound(Box<Bound>),
}

/// What a claim has to know of the wallet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WalletSummary {
    pub open_claim_id: Option<ClaimId>,
    /// The version of the terms that is in force.
    pub terms_version: String,
    pub retention: Retention,
}

impl WalletSummary {
    #[must_use]
    pub fn of(wallet: &Wallet) -> Self {
        Self {
            open_claim_id: wallet.open_claim_id.clone(),
            terms_version: wallet.terms_version.clone(),
            retention: wallet
                .merchant_in_focus()
                .map(|merchant| merchant.retention)
                .unwrap_or_default(),
        }
    }
}
