//! The bodies of requests.

use serde::Serialize;

use crate::domain::{captcha::CaptchaAnswer, claim::Binding, id::CardId};

/// The body of a switch.
#[derive(Serialize)]
pub struct SwitchBody<'a> {
    pub card_id: &'a str,
}

/// The body that opens a claim.
#[derive(Serialize)]
pub struct OpenClaimBody<'a> {
    /// Eleven digits.
    pub phone: &'a str,
    /// What was agreed to.
    pub consent: ConsentBody<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub captcha: Option<CaptchaBody<'a>>,
}

#[derive(Serialize)]
pub struct ConsentBody<'a> {
    pub version: &'a str,
}

/// A solved captcha in a request.
#[derive(Serialize)]
pub struct CaptchaBody<'a> {
    pub id: &'a str,
    /// What the fan typed.
    pub answer: &'a str,
}

impl<'a> From<&'a CaptchaAnswer> for CaptchaBody<'a> {
    fn from(answer: &'a CaptchaAnswer) -> Self {
        Self {
            id: &answer.id,
            answer: &answer.answer,
        }
    }
}

/// The body of a resend.
#[derive(Serialize)]
pub struct ResendBody<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub captcha: Option<CaptchaBody<'a>>,
}

/// The body of a verification.
#[derive(Serialize)]
pub struct VerificationBody<'a> {
    /// The code's digits.
    pub code: &'a str,
}

/// The body of a binding.
#[derive(Serialize)]
#[serde(untagged)]
pub enum BindingBody<'a> {
    Cards {
        card_ids: Vec<&'a str>,
    },
    NewCard {
        /// Always true.
        open_new: bool,
    },
}

impl<'a> From<&'a Binding> for BindingBody<'a> {
    fn from(binding: &'a Binding) -> Self {
        match binding {
            Binding::Cards(cards) => Self::Cards {
                card_ids: cards.iter().map(CardId::as_str).collect(),
            },
            Binding::NewCard => Self::NewCard { open_new: true },
        }
    }
}
