//! What the steps of a claim share, and the one place that sends anything.

use crate::{
    browser::random,
    components::toast::Toast,
    context::{AppContext, Failure},
    signal::Signal,
};
use kabao_core::{
    domain::{
        captcha::{Captcha, CaptchaAnswer},
        claim::{Binding, Claim, Progress},
        id::AccountId,
        idempotency_key::IdempotencyKey,
        mobile_number::MobileNumber,
        sms_code::SmsCode,
    },
    problem::{ApiError, Outcome, Problem, ProblemCode},
};

/// Something that the fan asks of the backend in a claim.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Action {
    /// Opens a claim for this number.
    Open {
        phone: MobileNumber,
        captcha: Option<CaptchaAnswer>,
    },
    /// Has another code sent.
    Resend { captcha: Option<CaptchaAnswer> },
    /// Proves the phone.
    Verify(SmsCode),
    /// Binds cards.
    Bind(Binding),
}

/// A problem that stands in the way of the step.
#[derive(Clone)]
pub(super) struct Blocked {
    pub(super) failure: Failure,
    /// What trying again would do, where trying again can help.
    pub(super) retry: Option<Action>,
}

/// The claim under way. It is a handle: cheap to copy, the same for all steps,
/// and what was typed stays in it while the steps change.
#[derive(Clone, Copy)]
pub(super) struct ClaimFlow {
    pub(super) app: AppContext,
    pub(super) account: Signal<AccountId>,
    /// The claim as the backend last described it.
    pub(super) claim: Signal<Option<Claim>>,
    /// The phone number as typed.
    pub(super) phone: Signal<String>,
    /// Whether the terms were agreed to.
    pub(super) has_agreed: Signal<bool>,
    /// The code as typed.
    pub(super) code: Signal<String>,
    /// What is wrong with the field of this step.
    pub(super) message: Signal<Option<String>>,
    /// The captcha to solve first, and what is sent once it is solved.
    pub(super) captcha: Signal<Option<(Captcha, Action)>>,
    /// A problem that stands in the way.
    pub(super) blocked: Signal<Option<Blocked>>,
    /// Whether something is under way.
    pub(super) is_busy: Signal<bool>,
    /// A short message that passes.
    pub(super) toast: Signal<Option<Toast>>,
    /// The last thing asked for, while the backend has not answered it for
    /// good: asking for the same again takes the same key.
    unanswered: Signal<Option<(Action, IdempotencyKey)>>,
}

impl ClaimFlow {
    /// A flow that has not begun.
    pub(super) fn new(app: AppContext, account: AccountId) -> Self {
        Self {
            app,
            account: Signal::new(account),
            claim: Signal::new(None),
            phone: Signal::new(String::new()),
            has_agreed: Signal::new(false),
            code: Signal::new(String::new()),
            message: Signal::new(None),
            captcha: Signal::new(None),
            blocked: Signal::new(None),
            is_busy: Signal::new(false),
            toast: Signal::new(None),
            unanswered: Signal::new(None),
        }
    }

    /// Goes back to the first step. What was typed there is still there.
    pub(super) fn restart(self) {
        self.claim.set(None);
        self.code.set(String::new());
        self.message.set(None);
        self.captcha.set(None);
        self.blocked.set(None);
    }

    /// Sends `action`, unless something is under way already.
    pub(super) fn submit(self, action: Action) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        self.message.set(None);
        let key = self.key_for(&action);
        self.send(action, &key);
    }

    /// What the backend did is not lost when the page is gone by now: the next
    /// visit resumes from there.
    fn answered(self, action: Action, result: Result<Claim, ApiError>) {
        if !self.is_busy.is_alive() {
            return;
        }
        self.is_busy.set(false);
        self.blocked.set(None);
        let is_answered = result
            .as_ref()
            .err()
            .is_none_or(|error| error.outcome() == Outcome::NotDone);
        if is_answered {
            self.unanswered.set(None);
        }
        match result {
            Ok(claim) => self.advance(&action, claim),
            Err(error) => self.fail(action, error),
        }
    }

    fn key_for(self, action: &Action) -> IdempotencyKey {
        let repeated = self.unanswered.with_untracked(|unanswered| {
            unanswered
                .as_ref()
                .filter(|(unanswered, _)| unanswered == action)
                .map(|(_, key)| key.clone())
        });
        let key = repeated.unwrap_or_else(|| IdempotencyKey::from_random_bytes(random::bytes()));
        self.unanswered.set(Some((action.clone(), key.clone())));
        key
    }

    fn send(self, action: Action, key: &IdempotencyKey) {
        let client = self.app.client();
        let account = self.account.get_untracked();
        let claim_id = self
            .claim
            .with_untracked(|claim| claim.as_ref().map(|claim| claim.id.clone()));
        let call = match (&action, claim_id) {
            (Action::Open { phone, captcha }, _) => {
                let version = self
                    .app
                    .with_wallet(|wallet| wallet.map(|wallet| wallet.terms_version.clone()))
                    .unwrap_or_default();
                client.open_claim(&account, phone, &version, captcha.as_ref(), key)
            }
            (Action::Resend { captcha }, Some(id)) => {
                client.resend(&account, &id, captcha.as_ref(), key)
            }
            (Action::Verify(code), Some(id)) => client.verify(&account, &id, code, key),
            (Action::Bind(binding), Some(id)) => {
                let call = client.bind(&account, &id, binding, key);
                return call.then(move |result| {
                    let claim = result.map(|bound| {
                        self.app.remember(bound.wallet);
                        bound.claim
                    });
                    self.answered(action, claim);
                });
            }
            // The steps that send these exist only while there is a claim.
            (Action::Resend { .. } | Action::Verify(_) | Action::Bind(_), None) => {
                return self.answered(action, Err(ApiError::Unreadable));
            }
        };
        call.then(move |result| self.answered(action, result));
    }

    fn advance(self, action: &Action, claim: Claim) {
        self.captcha.set(None);
        self.code.set(String::new());
        if matches!(action, Action::Resend { .. }) {
            self.toast.set(Some(self.app.claim_wording().resent.into()));
        }
        let is_open = matches!(
            claim.progress,
            Progress::CodeSent(_) | Progress::Verified(_)
        );
        let open_claim_id = is_open.then(|| claim.id.clone());
        self.app
            .amend_wallet(|wallet| wallet.open_claim_id = open_claim_id);
        self.claim.set(Some(claim));
    }

    fn fail(self, action: Action, error: ApiError) {
        let wording = self.app.claim_wording();
        if let ApiError::Problem(problem) = &error {
            match &problem.code {
                ProblemCode::CodeWrong { attempts_left } => {
                    self.code.set(String::new());
                    return self.say((wording.code_wrong)(*attempts_left));
                }
                ProblemCode::CodeExpired => {
                    self.code.set(String::new());
                    return self.say(wording.code_expired.to_owned());
                }
                ProblemCode::TooManyAttempts => {
                    self.code.set(String::new());
                    return self.say(wording.code_burned.to_owned());
                }
                ProblemCode::PhoneInvalid | ProblemCode::SmsTooFast => {
                    return self.say(self.in_short(problem, &error));
                }
                ProblemCode::ConsentRequired { version } => {
                    let version = version.clone();
                    self.has_agreed.set(false);
                    self.app
                        .amend_wallet(|wallet| wallet.terms_version = version);
                    return self.say(wording.terms_changed.to_owned());
                }
                ProblemCode::CaptchaRequired(captcha) => {
                    let was_answered = matches!(
                        &action,
                        Action::Open {
                            captcha: Some(_),
                            ..
                        } | Action::Resend { captcha: Some(_) }
                    );
                    self.captcha.set(Some((captcha.clone(), action)));
                    if was_answered {
                        self.say(wording.captcha_again.to_owned());
                    }
                    return;
                }
                ProblemCode::ClaimExpired | ProblemCode::ClaimNotFound => {
                    self.app.amend_wallet(|wallet| wallet.open_claim_id = None);
                    self.restart();
                    return self.say(wording.expired.to_owned());
                }
                ProblemCode::PhoneInUse => {
                    self.app.amend_wallet(|wallet| wallet.open_claim_id = None);
                    self.restart();
                }
                ProblemCode::CardAlreadyBound if matches!(action, Action::Verify(_)) => {
                    self.app.amend_wallet(|wallet| wallet.open_claim_id = None);
                    self.restart();
                }
                _ => {}
            }
        }
        let retry = error.is_worth_repeating().then_some(action);
        let failure = self.app.fail(&self.account.get_untracked(), error);
        self.blocked.set(Some(Blocked { failure, retry }));
    }

    /// Says what is wrong with the field of this step.
    pub(super) fn say(self, message: String) {
        self.message.set(Some(message));
    }

    /// The number of the claim under way, masked.
    pub(super) fn phone_masked(self) -> String {
        self.claim.with_untracked(|claim| {
            claim
                .as_ref()
                .map(|claim| claim.phone_masked.clone())
                .unwrap_or_default()
        })
    }

    /// A problem in a line under its field.
    fn in_short(self, problem: &Problem, error: &ApiError) -> String {
        let wording = self.app.wording();
        let explanation = (wording.explain)(error);
        match problem.retry_after {
            Some(seconds) => format!(
                "{} · {}",
                explanation.title,
                (self.app.wording().help.wait)(seconds)
            ),
            None => format!("{} · {}", explanation.title, explanation.next_step),
        }
    }
}
