//! The code step that was left for another number (换个手机号).
//!
//! Whoever comes to think that the number was right sends it again, but no other
//! message may be sent within the wait. So the step is set aside and returned to
//! then, until another claim is shown or may have been opened.

use super::{
    call::Write,
    event::Reply,
    outcome::{RefusedCode, is_final, refused_code},
    state::{ClaimState, CodeStep, Opening, Step},
};
use crate::{
    domain::{
        claim::{Claim, Progress},
        id::ClaimId,
        mobile_number::MobileNumber,
        timestamp::Timestamp,
    },
    problem::ApiError,
};

impl ClaimState {
    /// What is known of how `claim` was opened.
    pub(super) fn known_opening(&self, claim: &ClaimId) -> Option<Opening> {
        let shown = match &self.step {
            Step::Code(step) => Some(step),
            _ => None,
        };
        [shown, self.code_aside.as_ref()]
            .into_iter()
            .flatten()
            .find(|step| step.claim.id == *claim)
            .and_then(|step| step.opening.clone())
    }

    pub(super) fn note_opening(&mut self, write: &Write) {
        if let (
            Write::Open {
                phone,
                terms_version,
                ..
            },
            Step::Code(step),
        ) = (write, &mut self.step)
        {
            step.opening = Some(Opening {
                phone: phone.clone(),
                terms_version: terms_version.clone(),
            });
        }
    }

    /// Whether the code that is asked for is on its way already. Another message
    /// would be refused now, and there would be nowhere to type the code.
    pub(super) fn has_code_aside(&self, now: Timestamp) -> bool {
        let phone = MobileNumber::parse(self.phone.as_str());
        let consent = self.consent.as_ref().filter(|_| self.has_consent());
        match (&self.step, &self.code_aside, phone, consent) {
            (Step::Phone, Some(step), Ok(phone), Some(terms)) => {
                step.opening.is_some() && step.is_code_coming(&phone, terms, now)
            }
            _ => false,
        }
    }

    /// Whether `write` was refused with `sms_too_fast` because of the message that
    /// the step waits for. After a reload that tells whose number it is.
    pub(super) fn explains_sms_too_fast(&self, write: &Write, now: Timestamp) -> bool {
        match (write, &self.code_aside) {
            (
                Write::Open {
                    phone,
                    terms_version,
                    ..
                },
                Some(step),
            ) => step.is_code_coming(phone, terms_version, now),
            _ => false,
        }
    }

    pub(super) fn return_to_code(&mut self) {
        if let Some(step) = self.code_aside.take() {
            self.captcha = None;
            self.message = None;
            self.trouble = None;
            self.step = Step::Code(step);
        }
    }

    /// What a late reply changes about the step that was left.
    pub(super) fn update_code_aside(&mut self, write: &Write, result: &Result<Reply, ApiError>) {
        let aside = self
            .code_aside
            .take_if(|step| write.claim() == Some(&step.claim.id));
        let Some(mut step) = aside else { return };
        match result {
            Ok(Reply::Claim(Claim {
                progress: Progress::CodeSent(sent),
                ..
            })) => step = CodeStep::new(step.claim, *sent, step.opening),
            Err(error) => match (refused_code(error), write) {
                (Some(RefusedCode { attempts_left }), Write::Verify { code, .. }) => {
                    step.refuse(code, attempts_left);
                }
                _ if is_final(error) => return,
                _ => {}
            },
            Ok(_) => return,
        }
        self.code_aside = Some(step);
    }
}
