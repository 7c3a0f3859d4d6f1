//! The state of a claim.

use super::{
    call::{CallId, Write},
    pending::{KeyUse, PendingKeys},
    placement::{Field, Reason, StepKind},
    saved::Saved,
};
use crate::{
    domain::{
        captcha::Captcha,
        card::Card,
        claim::{Findings, SentCode},
        id::{CardId, ClaimId, MerchantId},
        merchant::Retention,
        mobile_number::MobileNumber,
        sms_code::SmsCode,
        timestamp::Timestamp,
        typed_text::TypedText,
    },
    problem::ApiError,
};

/// Everything about a claim that outlives its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimState {
    pub(super) step: Step,
    /// The step that the fan left for another number. Its code may still arrive,
    /// and until another one may be sent it is the only one for its number.
    pub(super) code_aside: Option<CodeStep>,
    pub(super) phone: TypedText,
    /// The version of the terms whose box is ticked. It counts only while that
    /// version is in force.
    pub(super) consent: Option<String>,
    pub(super) consent_sheet: ConsentSheet,
    /// The version in force, once the wallet has told it.
    pub(super) terms_version: Option<String>,
    pub(super) retention: Retention,
    pub(super) captcha: Option<CaptchaTask>,
    pub(super) message: Option<Message>,
    pub(super) trouble: Option<Trouble>,
    pub(super) in_flight: Option<InFlight>,
    /// Writes about a claim that was left while they were under way.
    pub(super) left: Vec<InFlight>,
    pub(super) keys: PendingKeys,
    /// The claim that was bound last, or whose binding is under way.
    pub(super) last_bound: Option<ClaimId>,
    /// The claim that was shown last.
    pub(super) last_shown: Option<ClaimId>,
    pub(super) last_call: CallId,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Finding out where the fan left.
    Loading,
    Phone,
    Code(CodeStep),
    Choose(ChooseStep),
    /// Nothing was found, or nothing that can be bound here.
    NothingFound(NothingFoundStep),
    Done(Vec<Card>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeStep {
    pub claim: OpenClaim,
    pub sent: SentCode,
    /// What the code field shows.
    pub typed: TypedText,
    pub(super) auto_send: AutoSend,
    /// What opened the claim, unless that was before a reload or elsewhere.
    pub(super) opening: Option<Opening>,
}

/// The number that a claim was opened with, in full, and the terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Opening {
    pub(super) phone: MobileNumber,
    pub(super) terms_version: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChooseStep {
    pub claim: OpenClaim,
    pub findings: Findings,
    /// Everything that can be bound, at first.
    pub chosen: Vec<CardId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NothingFoundStep {
    pub claim: OpenClaim,
    pub findings: Findings,
}

/// What stays the same about a claim while it goes on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenClaim {
    pub id: ClaimId,
    /// Where a new card would be opened.
    pub merchant_id: MerchantId,
    pub phone_masked: String,
}

/// Whether a whole code is sent by itself. That happens once for each SMS:
/// afterwards the fan is correcting it, and confirms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AutoSend {
    Armed,
    Used,
}

/// The sheet that asks for the consent that was forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ConsentSheet {
    Open,
    Closed,
}

/// A captcha to solve before a code is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaptchaTask {
    pub captcha: Captcha,
    /// What the answer field shows.
    pub typed: String,
}

/// What is wrong with a field of the step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message {
    pub field: Field,
    pub reason: Reason,
    /// From when on trying again makes sense, by the backend's clock.
    pub retry_at: Option<Timestamp>,
}

/// A problem beside the step or in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub error: ApiError,
    /// From when on trying again makes sense, by the backend's clock.
    pub retry_at: Option<Timestamp>,
    pub(super) place: TroublePlace,
    /// What trying again does, where it can help.
    pub(super) retry: Option<Action>,
}

impl Trouble {
    /// Whether trying again can help.
    #[must_use]
    pub const fn can_retry(&self) -> bool {
        self.retry.is_some()
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TroublePlace {
    Notice,
    Page,
}

/// What is on the screen. A view keyed on it keeps its elements, and with them
/// the keyboard and the focus, while only what they show changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    Step(StepKind),
    /// A problem in the place of the step.
    Blocked,
}

/// Something that leads to a call, whose body is taken from the fields when it
/// is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    Load,
    SendCode,
    Resend,
    /// Asks for a code without an answer, which brings another captcha.
    RefreshCaptcha,
    Verify,
    Bind,
    OpenNewCard,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct InFlight {
    pub(super) call: CallId,
    pub(super) action: Action,
    pub(super) request: Request,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Request {
    Wallet,
    /// The claim that the wallet names as open.
    OpenClaim,
    LastBound,
    Write {
        write: Write,
        key_use: KeyUse,
        attempt: Attempt,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attempt {
    First,
    /// The key before this one was refused as another body's.
    AfterRefusedKey,
}

impl ClaimState {
    /// A claim of which only `saved` is known.
    #[must_use]
    pub fn new(saved: Saved) -> Self {
        Self {
            step: Step::Loading,
            code_aside: None,
            phone: TypedText::default(),
            consent: None,
            consent_sheet: ConsentSheet::Closed,
            terms_version: None,
            retention: Retention::Kept,
            captcha: None,
            message: None,
            trouble: None,
            in_flight: None,
            left: Vec::new(),
            keys: PendingKeys::restored(saved.keys),
            last_bound: saved.last_bound,
            last_shown: None,
            last_call: CallId::default(),
        }
    }

    /// The claim in another account, of which only `saved` is known. The calls go
    /// on counting, so that no late reply to this one fits a call of that one.
    #[must_use]
    pub fn of_another_account(&self, saved: Saved) -> Self {
        Self {
            last_call: self.last_call,
            ..Self::new(saved)
        }
    }

    #[must_use]
    pub fn screen(&self) -> Screen {
        match &self.trouble {
            Some(trouble) if trouble.place == TroublePlace::Page => Screen::Blocked,
            _ => Screen::Step(self.step.kind()),
        }
    }

    #[must_use]
    pub const fn step(&self) -> &Step {
        &self.step
    }

    /// What the phone field shows.
    #[must_use]
    pub const fn phone(&self) -> &TypedText {
        &self.phone
    }

    /// Whether the box is ticked.
    #[must_use]
    pub fn has_consent(&self) -> bool {
        self.consent.is_some() && self.consent == self.terms_version
    }

    /// Whether the sheet is open that asks for the consent that was forgotten.
    #[must_use]
    pub fn asks_consent(&self) -> bool {
        self.consent_sheet == ConsentSheet::Open
    }

    /// The version of the terms to show and to agree to.
    #[must_use]
    pub fn terms_version(&self) -> Option<&str> {
        self.terms_version.as_deref()
    }

    /// Whether an old card may be promised at all.
    #[must_use]
    pub const fn retention(&self) -> Retention {
        self.retention
    }

    #[must_use]
    pub const fn captcha(&self) -> Option<&CaptchaTask> {
        self.captcha.as_ref()
    }

    #[must_use]
    pub const fn message(&self) -> Option<&Message> {
        self.message.as_ref()
    }

    /// The message at `field`.
    #[must_use]
    pub fn message_at(&self, field: Field) -> Option<&Message> {
        self.message
            .as_ref()
            .filter(|message| message.field == field)
    }

    /// The problem of [`Screen::Blocked`].
    #[must_use]
    pub fn blocked(&self) -> Option<&Trouble> {
        self.trouble_in(TroublePlace::Page)
    }

    /// The problem beside the step.
    #[must_use]
    pub fn notice(&self) -> Option<&Trouble> {
        self.trouble_in(TroublePlace::Notice)
    }

    fn trouble_in(&self, place: TroublePlace) -> Option<&Trouble> {
        self.trouble
            .as_ref()
            .filter(|trouble| trouble.place == place)
    }

    /// Whether [`super::event::Event::Dismissed`] leads anywhere.
    #[must_use]
    pub fn can_dismiss(&self) -> bool {
        self.trouble.is_some() && (self.step != Step::Loading || self.terms_version.is_some())
    }

    /// Whether a call is under way that the fan waits for.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.in_flight.is_some()
    }

    /// From when on a code may be asked for, by the backend's clock.
    #[must_use]
    pub fn send_code_at(&self) -> Option<Timestamp> {
        let told = self
            .message_at(Field::SendCode)
            .and_then(|message| message.retry_at);
        match &self.step {
            Step::Code(code) => told.max(Some(code.sent.resend_at)),
            _ => told,
        }
    }

    /// What the next machine has to know after a reload.
    #[must_use]
    pub fn saved(&self) -> Saved {
        Saved {
            keys: self.keys.saved(),
            last_bound: self.last_bound.clone(),
        }
    }
}

impl CodeStep {
    /// The step after a message was sent, with an empty field.
    pub(super) fn new(claim: OpenClaim, sent: SentCode, opening: Option<Opening>) -> Self {
        Self {
            claim,
            sent,
            typed: TypedText::default(),
            auto_send: AutoSend::Armed,
            opening,
        }
    }

    /// Whether a code for `phone`, with consent to these terms, is on its way to
    /// this step, so that no other is sent now. Without the opening only the masked
    /// number is known.
    pub(super) fn is_code_coming(
        &self,
        phone: &MobileNumber,
        terms_version: &str,
        now: Timestamp,
    ) -> bool {
        let is_same = match &self.opening {
            Some(opening) => opening.phone == *phone && opening.terms_version == terms_version,
            None => self.claim.phone_masked == phone.masked(),
        };
        is_same && now < self.sent.resend_at
    }

    /// `code` is no good. The field is emptied, unless another one has been typed
    /// since.
    pub(super) fn refuse(&mut self, code: &SmsCode, attempts_left: Option<u32>) {
        if let Some(attempts_left) = attempts_left {
            self.sent.attempts_left = attempts_left;
        }
        if SmsCode::parse(self.typed.as_str(), self.sent.length).as_ref() == Ok(code) {
            self.typed = TypedText::default();
        }
    }
}

impl Step {
    #[must_use]
    pub const fn kind(&self) -> StepKind {
        match self {
            Self::Loading => StepKind::Loading,
            Self::Phone => StepKind::Phone,
            Self::Code(_) => StepKind::Code,
            Self::Choose(_) => StepKind::Choose,
            Self::NothingFound(_) => StepKind::NothingFound,
            Self::Done(_) => StepKind::Done,
        }
    }

    /// Whether `write` is one that this step makes.
    pub(super) fn makes(&self, write: &Write) -> bool {
        let is_of_kind = match self {
            Self::Code(_) => matches!(write, Write::Resend { .. } | Write::Verify { .. }),
            Self::Choose(_) | Self::NothingFound(_) => matches!(write, Write::Bind { .. }),
            Self::Loading | Self::Phone | Self::Done(_) => false,
        };
        is_of_kind && write.claim() == self.claim().map(|claim| &claim.id)
    }

    /// The claim that is open.
    #[must_use]
    pub const fn claim(&self) -> Option<&OpenClaim> {
        match self {
            Self::Code(CodeStep { claim, .. })
            | Self::Choose(ChooseStep { claim, .. })
            | Self::NothingFound(NothingFoundStep { claim, .. }) => Some(claim),
            Self::Loading | Self::Phone | Self::Done(_) => None,
        }
    }
}
