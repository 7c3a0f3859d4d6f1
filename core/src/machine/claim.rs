//! The claim: from a phone number over a code to the old card.
//!
//! The store owns one [`ClaimState`], which outlives the page. It hands every
//! event to [`ClaimState::on`] and carries out the effects. Views read the
//! state, keyed on [`ClaimState::screen`], and send events.
//!
//! What is sent is what the fields show when it is sent. A write keeps its
//! idempotency key for as long as its outcome is unknown, across a reload too
//! ([`saved`]), and another body is another key. One call of an action is under
//! way at a time.

pub mod call;
pub mod effect;
pub mod event;
pub mod placement;
pub mod saved;
pub mod state;

mod code_aside;
mod outcome;
mod pending;

use self::{
    call::{CallId, Read, Write},
    effect::{Effect, Toast},
    event::{Event, Reply, WalletSummary},
    outcome::{RefusedCode, is_final, is_over, refused_code, without_unknown_progress},
    pending::KeyUse,
    placement::{Field, Placement, Reason, StepKind, placement},
    state::{
        Action, Attempt, AutoSend, CaptchaTask, ChooseStep, ClaimState, CodeStep, ConsentSheet,
        InFlight, Message, NothingFoundStep, OpenClaim, Request, Step, Trouble, TroublePlace,
    },
};
use crate::{
    domain::{
        captcha::CaptchaAnswer,
        claim::{Binding, Bound, Claim, Eligibility, Findings, NewCard, Progress},
        id::CardId,
        idempotency_key::IdempotencyKey,
        mobile_number::MobileNumber,
        sms_code::{SmsCode, SmsCodeError, digits_while_typing},
        timestamp::Timestamp,
        typed_text::TypedText,
        wallet::Wallet,
    },
    problem::{ApiError, Outcome, ProblemCode},
};

/// Why an action leads to no call.
enum Refusal {
    Message(Field, Reason),
    AskConsent,
    /// The step has no such action.
    NotHere,
}

/// What comes with an event, and what it leads to.
struct Turn {
    now: Timestamp,
    key: IdempotencyKey,
    effects: Vec<Effect>,
}

impl Turn {
    fn add(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    fn wallet_changed(&mut self, wallet: Option<Wallet>) {
        self.add(Effect::WalletChanged(wallet.map(Box::new)));
    }
}

impl ClaimState {
    /// Takes in an event. `now` is the backend's clock, and `key` a new
    /// idempotency key, which a call may need.
    pub fn on(&mut self, event: Event, now: Timestamp, key: IdempotencyKey) -> Vec<Effect> {
        let before = self.saved();
        let mut turn = Turn {
            now,
            key,
            effects: Vec::new(),
        };
        self.take_in(event, &mut turn);
        let after = self.saved();
        if after != before {
            // Before the call: the page may be gone by the time it ends.
            turn.effects.insert(0, Effect::Save(after));
        }
        turn.effects
    }

    fn take_in(&mut self, event: Event, turn: &mut Turn) {
        match event {
            Event::Opened => {
                if self.step == Step::Loading {
                    self.start(Action::Load, turn);
                }
            }
            Event::Begun => self.begin(turn),
            Event::WalletUpdated(wallet) => self.learn(wallet),
            Event::PhoneTyped(typed) => self.type_phone(typed),
            Event::ConsentTicked => {
                self.consent = self.terms_version.clone();
                self.clear_message(&[Field::Consent]);
            }
            Event::ConsentUnticked => self.consent = None,
            Event::ConsentAgreed => {
                if self.asks_consent() {
                    self.consent_sheet = ConsentSheet::Closed;
                    self.consent = self.terms_version.clone();
                    self.start(Action::SendCode, turn);
                }
            }
            Event::ConsentDeclined => self.consent_sheet = ConsentSheet::Closed,
            Event::SendCode => self.start(Action::SendCode, turn),
            Event::CaptchaTyped(typed) => {
                if let Some(task) = &mut self.captcha {
                    task.typed = typed;
                    self.clear_message(&[Field::Captcha]);
                }
            }
            Event::CaptchaSubmitted => {
                if self.captcha.is_some() {
                    self.start(self.action_of_captcha(), turn);
                }
            }
            Event::CaptchaRefreshed => {
                if self.captcha.is_some() {
                    self.start(Action::RefreshCaptcha, turn);
                }
            }
            Event::CodeComposed(typed) => self.type_code(typed),
            Event::CodeTyped(typed) => {
                self.type_code(typed);
                if self.sends_by_itself() {
                    self.start(Action::Verify, turn);
                }
            }
            Event::Verify => self.start(Action::Verify, turn),
            Event::Resend => self.start(Action::Resend, turn),
            Event::OtherPhone => self.leave_claim(),
            Event::CardToggled(card) => self.toggle(card),
            Event::Bind => self.start(Action::Bind, turn),
            Event::OpenNewCard => self.start(Action::OpenNewCard, turn),
            Event::Retry => self.retry(turn),
            Event::Dismissed => self.dismiss(),
            Event::Replied { call, result } => self.on_reply(call, result, turn),
        }
    }

    // ---- what the fan does ------------------------------------------------

    fn begin(&mut self, turn: &mut Turn) {
        let is_loading_last = matches!(
            &self.in_flight,
            Some(InFlight {
                request: Request::LastBound,
                ..
            })
        );
        if !self.is_binding() {
            self.last_bound = None;
        }
        if is_loading_last && self.last_bound.is_none() {
            self.restart();
        } else if self.step.claim().is_none() && !self.is_busy() {
            self.restart();
            self.step = Step::Loading;
            self.start(Action::Load, turn);
        }
    }

    fn type_phone(&mut self, typed: TypedText) {
        if self.phone != typed {
            self.phone = typed;
            self.clear_message(&[Field::Phone, Field::SendCode]);
        }
    }

    fn type_code(&mut self, typed: TypedText) {
        if let Step::Code(code) = &mut self.step
            && code.typed != typed
        {
            code.typed = typed;
            self.clear_message(&[Field::Code]);
        }
    }

    fn sends_by_itself(&self) -> bool {
        matches!(&self.step, Step::Code(code) if code.auto_send == AutoSend::Armed
            && SmsCode::parse(code.typed.as_str(), code.sent.length).is_ok())
    }

    fn toggle(&mut self, card: CardId) {
        let Step::Choose(step) = &mut self.step else {
            return;
        };
        if let Some(place) = step.chosen.iter().position(|chosen| *chosen == card) {
            step.chosen.remove(place);
        } else if step.findings.selectable().contains(&card) {
            step.chosen.push(card);
        }
        self.clear_message(&[Field::Cards]);
    }

    fn retry(&mut self, turn: &mut Turn) {
        if let Some(trouble) = &self.trouble
            && let Some(action) = trouble.retry
            && trouble.retry_at.is_none_or(|at| at <= turn.now)
        {
            self.start(action, turn);
        }
    }

    fn dismiss(&mut self) {
        if self.can_dismiss() {
            if self.step == Step::Loading {
                self.restart();
            }
            self.trouble = None;
        }
    }

    fn leave_claim(&mut self) {
        if self.step.claim().is_some() {
            let left = core::mem::replace(&mut self.step, Step::Phone);
            self.restart();
            if let Step::Code(step) = left {
                self.code_aside = Some(step);
            }
        }
    }

    /// Back to the number, which is still there to be corrected.
    fn restart(&mut self) {
        self.left.extend(
            self.in_flight
                .take()
                .filter(|flight| matches!(flight.request, Request::Write { .. })),
        );
        self.step = Step::Phone;
        self.consent_sheet = ConsentSheet::Closed;
        self.captcha = None;
        self.message = None;
        self.trouble = None;
    }

    fn clear_message(&mut self, fields: &[Field]) {
        self.message = self
            .message
            .take()
            .filter(|message| !fields.contains(&message.field));
    }

    // ---- calls ------------------------------------------------------------

    fn action_of_captcha(&self) -> Action {
        match self.step {
            Step::Code(_) => Action::Resend,
            _ => Action::SendCode,
        }
    }

    fn start(&mut self, action: Action, turn: &mut Turn) {
        if self.is_busy() {
            return;
        }
        if action == Action::Load {
            return self.read(Read::Wallet, Request::Wallet, turn);
        }
        if action == Action::SendCode && self.has_code_aside(turn.now) {
            self.return_to_code();
            return self.await_left();
        }
        match self.write_of(action, turn.now) {
            Ok(write) => self.write(action, write, Attempt::First, turn),
            Err(Refusal::NotHere) => {}
            Err(refusal) => {
                // A page of a problem would hide what is wrong.
                self.trouble = None;
                match refusal {
                    Refusal::Message(field, reason) => self.say(field, reason, None),
                    _ => self.consent_sheet = ConsentSheet::Open,
                }
            }
        }
    }

    /// The call that `action` leads to now, with what the fields show.
    fn write_of(&self, action: Action, now: Timestamp) -> Result<Write, Refusal> {
        match (action, &self.step) {
            (Action::SendCode | Action::RefreshCaptcha, Step::Phone) => {
                self.may_send_code(now)?;
                let phone = MobileNumber::parse(self.phone.as_str())
                    .map_err(|error| Refusal::Message(Field::Phone, Reason::Number(error)))?;
                let consent = self.consent.clone().filter(|_| self.has_consent());
                Ok(Write::Open {
                    phone,
                    terms_version: consent.ok_or(Refusal::AskConsent)?,
                    captcha: self.captcha_answer(action)?,
                })
            }
            (Action::Resend | Action::RefreshCaptcha, Step::Code(step)) => {
                self.may_send_code(now)?;
                Ok(Write::Resend {
                    claim: step.claim.id.clone(),
                    captcha: self.captcha_answer(action)?,
                    after: step.sent.resend_at,
                })
            }
            (Action::Verify, Step::Code(step)) => {
                let length = step.sent.length;
                let typed = step.typed.as_str();
                let code = SmsCode::parse(typed, length).map_err(|error| {
                    let reason = match error {
                        SmsCodeError::Incomplete => Reason::CodeIncomplete {
                            missing: length - digits_while_typing(typed, length).len(),
                        },
                        SmsCodeError::Malformed => Reason::CodeMalformed,
                    };
                    Refusal::Message(Field::Code, reason)
                })?;
                Ok(Write::Verify {
                    claim: step.claim.id.clone(),
                    code,
                })
            }
            (Action::Bind, Step::Choose(step)) => {
                if step.chosen.is_empty() {
                    return Err(Refusal::Message(Field::Cards, Reason::NoCardChosen));
                }
                Ok(Write::Bind {
                    claim: step.claim.id.clone(),
                    binding: Binding::Cards(step.chosen.clone()),
                })
            }
            (
                Action::OpenNewCard,
                Step::Choose(ChooseStep {
                    claim, findings, ..
                })
                | Step::NothingFound(NothingFoundStep { claim, findings }),
            ) if findings.new_card == NewCard::Allowed => Ok(Write::Bind {
                claim: claim.id.clone(),
                binding: Binding::NewCard,
            }),
            _ => Err(Refusal::NotHere),
        }
    }

    fn may_send_code(&self, now: Timestamp) -> Result<(), Refusal> {
        if self.send_code_at().is_some_and(|at| now < at) {
            return Err(Refusal::NotHere);
        }
        Ok(())
    }

    fn captcha_answer(&self, action: Action) -> Result<Option<CaptchaAnswer>, Refusal> {
        let Some(task) = &self.captcha else {
            return Ok(None);
        };
        if action == Action::RefreshCaptcha {
            return Ok(None);
        }
        let answer = task.typed.trim();
        if answer.is_empty() {
            return Err(Refusal::Message(Field::Captcha, Reason::CaptchaUnanswered));
        }
        Ok(Some(CaptchaAnswer {
            id: task.captcha.id.clone(),
            answer: answer.to_owned(),
        }))
    }

    fn read(&mut self, read: Read, request: Request, turn: &mut Turn) {
        let call = self.begin_call(Action::Load, request);
        turn.add(Effect::Read { call, read });
    }

    fn write(&mut self, action: Action, write: Write, attempt: Attempt, turn: &mut Turn) {
        self.message = None;
        // What was left while it was under way is waited for and not made twice.
        let under_way = self.left.iter().position(|left| {
            matches!(&left.request, Request::Write { write: other, .. }
                if other.is_same_action(&write))
        });
        if let Some(place) = under_way {
            self.in_flight = Some(self.left.remove(place));
            return;
        }
        match (&write, &mut self.step) {
            (Write::Verify { .. }, Step::Code(step)) => step.auto_send = AutoSend::Used,
            (Write::Bind { claim, .. }, _) => {
                let before = self.last_bound.replace(claim.clone());
                if let Some(before) = before.filter(|before| before != claim) {
                    self.keys.forget_bindings_of(&before);
                }
            }
            _ => {}
        }
        let shown_before = self.last_shown.as_ref();
        let (key, key_use) = self.keys.key_for(&write, turn.key.clone(), shown_before);
        let request = Request::Write {
            write: write.clone(),
            key_use,
            attempt,
        };
        let call = self.begin_call(action, request);
        turn.add(Effect::Write { call, write, key });
    }

    fn begin_call(&mut self, action: Action, request: Request) -> CallId {
        let call = self.last_call.next();
        self.last_call = call;
        self.in_flight = Some(InFlight {
            call,
            action,
            request,
        });
        call
    }

    // ---- replies ----------------------------------------------------------

    fn on_reply(&mut self, call: CallId, result: Result<Reply, ApiError>, turn: &mut Turn) {
        let result = result.and_then(without_unknown_progress);
        let is_awaited = |flight: &InFlight| flight.call == call;
        if let Some(flight) = self.in_flight.take_if(|flight| is_awaited(flight)) {
            self.on_awaited_reply(&flight, result, turn);
        } else if let Some(place) = self.left.iter().position(is_awaited) {
            let flight = self.left.remove(place);
            self.on_late_reply(&flight, result, turn);
        }
    }

    fn on_awaited_reply(
        &mut self,
        flight: &InFlight,
        result: Result<Reply, ApiError>,
        turn: &mut Turn,
    ) {
        match (&flight.request, result) {
            (Request::Wallet, Ok(Reply::Wallet(wallet))) => self.resume(wallet, turn),
            (Request::LastBound, Ok(Reply::Claim(claim)))
                if claim.progress == Progress::Expired =>
            {
                self.forget_last_bound();
            }
            (Request::OpenClaim | Request::LastBound, Ok(Reply::Claim(claim))) => {
                let is_open = matches!(
                    claim.progress,
                    Progress::CodeSent(_) | Progress::Verified(_)
                );
                if flight.request == Request::OpenClaim && !is_open {
                    turn.wallet_changed(None);
                }
                self.show(claim);
            }
            (Request::Write { write, .. }, Ok(Reply::Claim(claim))) => {
                self.keys.forget(write);
                match (write, &claim.progress) {
                    (Write::Resend { .. }, Progress::CodeSent(_)) => {
                        turn.add(Effect::Toast(Toast::CodeResent));
                    }
                    _ => turn.wallet_changed(None),
                }
                self.show(claim);
                self.note_opening(write);
            }
            (Request::Write { write, key_use, .. }, Ok(Reply::Bound(bound))) => {
                self.keys.forget(write);
                let claim = self.take_wallet(*bound, *key_use, turn);
                self.show(claim);
            }
            (_, Ok(_)) => self.fail(flight, ApiError::Unreadable, turn),
            (_, Err(error)) => self.fail(flight, error, turn),
        }
    }

    /// The wallet names the claim to resume. Without one, the result of the
    /// last binding is shown: its reply may have been lost.
    fn resume(&mut self, wallet: WalletSummary, turn: &mut Turn) {
        let open = wallet.open_claim_id.clone();
        self.learn(wallet);
        if let Some(claim) = open {
            self.read(Read::Claim(claim), Request::OpenClaim, turn);
        } else if let Some(claim) = self.last_bound.clone() {
            self.read(Read::Claim(claim), Request::LastBound, turn);
        } else {
            self.code_aside = None;
            self.restart();
        }
    }

    fn learn(&mut self, wallet: WalletSummary) {
        let had_consent = self.has_consent();
        self.terms_version = Some(wallet.terms_version);
        self.retention = wallet.retention;
        if had_consent && !self.has_consent() && self.step == Step::Phone {
            self.say(Field::Consent, Reason::TermsChanged, None);
        }
    }

    /// A reply to a repeated request may be the one of then, and the wallet has
    /// gone on since.
    fn take_wallet(&mut self, bound: Bound, key_use: KeyUse, turn: &mut Turn) -> Claim {
        let wallet = bound.wallet.filter(|_| key_use == KeyUse::First);
        if let Some(wallet) = &wallet {
            self.learn(WalletSummary::of(wallet));
        }
        turn.wallet_changed(wallet);
        bound.claim
    }

    /// Goes to where the claim stands.
    fn show(&mut self, claim: Claim) {
        self.keys.settle(&claim);
        self.captcha = None;
        self.message = None;
        self.trouble = None;
        if self.last_bound.as_ref() != Some(&claim.id) && !self.is_binding() {
            self.last_bound = None;
        }
        self.last_shown = Some(claim.id.clone());
        let known = self.known_opening(&claim.id);
        self.code_aside = None;
        let open = OpenClaim {
            id: claim.id,
            merchant_id: claim.merchant_id,
            phone_masked: claim.phone_masked,
        };
        match claim.progress {
            Progress::CodeSent(sent) => {
                self.step = Step::Code(CodeStep::new(open, sent, known));
            }
            Progress::Verified(findings) => {
                self.show_findings(open, findings);
            }
            Progress::Bound(cards) => {
                self.last_bound = Some(open.id);
                self.phone = TypedText::default();
                self.consent = None;
                self.step = Step::Done(cards);
            }
            Progress::Expired | Progress::Unknown => {
                self.restart();
                self.say(Field::SendCode, Reason::ClaimExpired, None);
            }
        }
        self.await_left();
    }

    /// A call of the step that was left while it was under way is waited for
    /// again, now that the step is come back to.
    fn await_left(&mut self) {
        let place = self.left.iter().rposition(|left| match &left.request {
            Request::Write { write, .. } => self.step.makes(write),
            _ => false,
        });
        if let (None, Some(place)) = (&self.in_flight, place) {
            self.in_flight = Some(self.left.remove(place));
        }
    }

    fn show_findings(&mut self, claim: OpenClaim, findings: Findings) {
        let chosen = findings.selectable();
        self.step = if chosen.is_empty() {
            Step::NothingFound(NothingFoundStep { claim, findings })
        } else {
            Step::Choose(ChooseStep {
                claim,
                findings,
                chosen,
            })
        };
    }

    /// A reply about something that was left. It changes nothing on the screen,
    /// but what the backend did is not lost: the wallet shows it.
    fn on_late_reply(
        &mut self,
        flight: &InFlight,
        result: Result<Reply, ApiError>,
        turn: &mut Turn,
    ) {
        let Request::Write { write, key_use, .. } = &flight.request else {
            return;
        };
        self.update_code_aside(write, &result);
        match result {
            Ok(Reply::Bound(bound)) => {
                self.keys.forget_bindings_of(&bound.claim.id);
                self.take_wallet(*bound, *key_use, turn);
            }
            Ok(_) => {
                self.keys.forget(write);
                turn.wallet_changed(None);
            }
            Err(error) => {
                if is_final(&error) {
                    self.forget_refused(write);
                    turn.wallet_changed(None);
                }
                if placement(self.step.kind(), &error) == Placement::Session {
                    turn.add(Effect::SessionFailed(error));
                }
            }
        }
    }

    // ---- what is not known ------------------------------------------------

    /// Whether it is not known what became of the latest binding.
    fn is_binding(&self) -> bool {
        self.last_bound
            .as_ref()
            .is_some_and(|claim| self.keys.has_binding_of(claim))
    }

    /// `write` was refused for good.
    fn forget_refused(&mut self, write: &Write) {
        self.keys.forget(write);
        let is_of_last = write.claim() == self.last_bound.as_ref();
        if is_of_last && matches!(write, Write::Bind { .. }) && !self.is_binding() {
            self.last_bound = None;
        }
    }

    /// The claim of the last binding is over, or was never there.
    fn forget_last_bound(&mut self) {
        if let Some(claim) = self.last_bound.take() {
            self.keys.forget_bindings_of(&claim);
        }
        self.restart();
    }

    // ---- problems ---------------------------------------------------------

    fn fail(&mut self, flight: &InFlight, error: ApiError, turn: &mut Turn) {
        let kind = self.step.kind();
        let place = placement(kind, &error);
        let mut is_unknown = true;
        let mut is_wrong_answer = false;
        if let Request::Write {
            write,
            key_use,
            attempt,
        } = &flight.request
        {
            // An answer that is sent again may have been right and spent.
            is_wrong_answer = write.captcha().is_some() && *key_use == KeyUse::First;
            is_unknown = !is_final(&error);
            if !is_unknown {
                self.forget_refused(write);
            }
            if matches!(write, Write::Open { .. }) && error.outcome() == Outcome::Unknown {
                // It may have ended the claim before.
                self.code_aside = None;
            }
            if error.code() == Some(&ProblemCode::IdempotencyKeyReused)
                && *attempt == Attempt::First
            {
                return self.send_with_new_key(flight.action, write, turn);
            }
        }
        if flight.request == Request::LastBound && is_over(&error) {
            return self.forget_last_bound();
        }
        self.take_consequences(flight, &error, turn);
        let retry_at = error
            .retry_after()
            .map(|seconds| turn.now.plus_seconds(seconds));
        match place {
            Placement::Session => turn.add(Effect::SessionFailed(error)),
            Placement::Captcha => {
                if let Some(ProblemCode::CaptchaRequired(captcha)) = error.code() {
                    self.trouble = None;
                    self.captcha = Some(CaptchaTask {
                        captcha: captcha.clone(),
                        typed: String::new(),
                    });
                    if is_wrong_answer {
                        self.say(Field::Captcha, Reason::CaptchaWrong, None);
                    }
                }
            }
            Placement::Inline(field, reason) => {
                self.trouble = None;
                self.say(field, reason, retry_at);
            }
            Placement::Notice | Placement::Page => {
                let can_retry =
                    is_unknown || place == Placement::Notice || error.is_worth_repeating();
                self.trouble = Some(Trouble {
                    retry_at,
                    place: if place == Placement::Page {
                        TroublePlace::Page
                    } else {
                        TroublePlace::Notice
                    },
                    retry: can_retry.then_some(flight.action),
                    error,
                });
            }
        }
    }

    /// Sends once more by itself, unless the fan has changed something since.
    fn send_with_new_key(&mut self, action: Action, refused: &Write, turn: &mut Turn) {
        self.trouble = None;
        if let Ok(write) = self.write_of(action, turn.now)
            && write == *refused
        {
            self.write(action, write, Attempt::AfterRefusedKey, turn);
        }
    }

    /// What a problem changes, wherever it is shown.
    fn take_consequences(&mut self, flight: &InFlight, error: &ApiError, turn: &mut Turn) {
        let Some(code) = error.code() else { return };
        if let (
            Some(RefusedCode { attempts_left }),
            Step::Code(step),
            Request::Write {
                write: Write::Verify { code, .. },
                ..
            },
        ) = (refused_code(error), &mut self.step, &flight.request)
        {
            step.refuse(code, attempts_left);
        }
        match code {
            ProblemCode::ConsentRequired { version } => {
                self.consent = None;
                self.terms_version = Some(version.clone());
                turn.wallet_changed(None);
                if self.step != Step::Phone {
                    self.restart();
                }
            }
            // The captcha was solved on the way to the limit, and is good for one
            // try.
            ProblemCode::SmsTooFast | ProblemCode::SmsHourlyLimit | ProblemCode::SmsDailyLimit => {
                self.captcha = None;
                if let Request::Write { write, .. } = &flight.request
                    && *code == ProblemCode::SmsTooFast
                    && self.explains_sms_too_fast(write, turn.now)
                {
                    self.return_to_code();
                    self.await_left();
                }
            }
            ProblemCode::CardLost | ProblemCode::CardExpired | ProblemCode::CardAlreadyBound
                if self.step.kind() == StepKind::Choose =>
            {
                self.refuse_card(error);
            }
            ProblemCode::ClaimNotFound
            | ProblemCode::ClaimExpired
            | ProblemCode::PhoneInUse
            | ProblemCode::CardAlreadyBound => {
                turn.wallet_changed(None);
                self.restart();
            }
            _ => {}
        }
    }

    /// A card that turned out not to be bindable can't be chosen any longer.
    fn refuse_card(&mut self, error: &ApiError) {
        let (Step::Choose(step), ApiError::Problem(problem)) = (&mut self.step, error) else {
            return;
        };
        let candidate = step
            .findings
            .candidates
            .iter_mut()
            .find(|candidate| Some(&candidate.card.id) == problem.card_id.as_ref());
        let Some(candidate) = candidate else { return };
        candidate.eligibility = match problem.code {
            ProblemCode::CardLost => Eligibility::Lost,
            ProblemCode::CardExpired => Eligibility::Expired,
            _ => Eligibility::AlreadyBound,
        };
        let card = candidate.card.id.clone();
        step.chosen.retain(|chosen| *chosen != card);
        if step.findings.selectable().is_empty() {
            self.step = Step::NothingFound(NothingFoundStep {
                claim: step.claim.clone(),
                findings: step.findings.clone(),
            });
        }
    }

    fn say(&mut self, field: Field, reason: Reason, retry_at: Option<Timestamp>) {
        self.message = Some(Message {
            field,
            reason,
            retry_at,
        });
    }
}
