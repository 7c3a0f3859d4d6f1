//! Any order of taps, typing, replies, losses, reloads and time.

use std::collections::{HashMap, VecDeque};

use kabao_core::{
    domain::{
        claim::{Claim, Progress},
        id::ClaimId,
        idempotency_key::IdempotencyKey,
        mobile_number::MobileNumber,
        timestamp::Timestamp,
    },
    machine::claim::{
        call::{CallId, Read, Write},
        effect::Effect,
        event::{Event, Reply},
        placement::StepKind,
        saved::Saved,
        state::{ClaimState, Screen, Step},
    },
    problem::{ApiError, ProblemCode},
};
use proptest::prelude::*;

use crate::{
    backend::{Asked, Backend, NUMBERS, State, body},
    fixtures::gateway,
};

/// Something that happens. Numbers choose among what there is, if anything.
#[derive(Clone, Debug)]
enum Move {
    Opened,
    Begun,
    WalletUpdated,
    TypePhone(usize),
    TypePartOfPhone(usize),
    Tick,
    Untick,
    Agree,
    Decline,
    SendCode,
    AnswerCaptcha(&'static str),
    SubmitCaptcha,
    RefreshCaptcha,
    TypeRightCode,
    TypeWrongCode,
    TypePartOfCode,
    ComposeRightCode,
    Verify,
    Resend,
    OtherPhone,
    Toggle(&'static str),
    Bind,
    OpenNewCard,
    Retry,
    Dismiss,
    /// A call ends.
    End(usize, Fate),
    /// A request that the page has given up reaches the backend after all.
    Straggle(usize),
    RepeatLastReply,
    Pass(i64),
    Reload,
    SessionEnds,
    TermsChange,
    CaptchaPolicy(bool),
}

/// How a call ends.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Answered,
    /// The request never arrives.
    RequestLost(Loss),
    /// The backend does what is asked, and the page doesn't learn of it.
    ReplyLost(Loss),
    /// The page gives up, and the request is still on its way.
    GivenUp,
}

#[derive(Clone, Copy, Debug)]
enum Loss {
    Offline,
    Timeout,
    Gateway,
    Unreadable,
}

impl Loss {
    fn error(self) -> ApiError {
        match self {
            Self::Offline => ApiError::Offline,
            Self::Timeout => ApiError::Timeout,
            Self::Gateway => gateway(502),
            Self::Unreadable => ApiError::Unreadable,
        }
    }
}

fn fate() -> impl Strategy<Value = Fate> {
    let loss = prop_oneof![
        Just(Loss::Offline),
        Just(Loss::Timeout),
        Just(Loss::Gateway),
        Just(Loss::Unreadable)
    ];
    prop_oneof![
        8 => Just(Fate::Answered),
        1 => loss.clone().prop_map(Fate::RequestLost),
        2 => loss.prop_map(Fate::ReplyLost),
        1 => Just(Fate::GivenUp),
    ]
}

fn any_move() -> impl Strategy<Value = Move> {
    let number = 0..NUMBERS.len();
    prop_oneof![
        // What a fan does who wants a card back, most of the time.
        6 => number.clone().prop_map(Move::TypePhone),
        6 => Just(Move::Tick),
        8 => Just(Move::SendCode),
        2 => Just(Move::Agree),
        4 => Just(Move::AnswerCaptcha("4711")),
        4 => Just(Move::SubmitCaptcha),
        8 => Just(Move::TypeRightCode),
        4 => Just(Move::Verify),
        4 => Just(Move::Bind),
        24 => (0_usize..4, fate()).prop_map(|(place, fate)| Move::End(place, fate)),
        4 => Just(Move::Retry),
        4 => (1_i64..100).prop_map(Move::Pass),
        3 => Just(Move::Resend),
        3 => Just(Move::Opened),
        // And what else happens.
        1 => number.prop_map(Move::TypePartOfPhone),
        1 => Just(Move::Untick),
        1 => Just(Move::Decline),
        1 => Just(Move::AnswerCaptcha("no")),
        1 => Just(Move::AnswerCaptcha(" ")),
        1 => Just(Move::RefreshCaptcha),
        2 => Just(Move::TypeWrongCode),
        1 => Just(Move::TypePartOfCode),
        1 => Just(Move::ComposeRightCode),
        2 => Just(Move::OtherPhone),
        1 => Just(Move::Toggle("c1")),
        1 => Just(Move::Toggle("c2")),
        1 => Just(Move::OpenNewCard),
        2 => Just(Move::Dismiss),
        2 => Just(Move::Begun),
        1 => Just(Move::WalletUpdated),
        3 => (0_usize..4).prop_map(Move::Straggle),
        2 => Just(Move::RepeatLastReply),
        1 => Just(Move::Pass(400)),
        1 => Just(Move::Pass(2000)),
        3 => Just(Move::Reload),
        1 => Just(Move::SessionEnds),
        1 => Just(Move::TermsChange),
        2 => any::<bool>().prop_map(Move::CaptchaPolicy),
    ]
}

/// What a fan does first, so that the later steps are tried as often as the first.
fn beginning() -> impl Strategy<Value = Vec<Move>> {
    const ANSWERED: Move = Move::End(0, Fate::Answered);
    let to_bound = [
        ANSWERED,
        Move::TypePhone(0),
        Move::Tick,
        Move::SendCode,
        ANSWERED,
        Move::TypeRightCode,
        ANSWERED,
        Move::Bind,
        ANSWERED,
    ];
    prop_oneof![Just(0), Just(5), Just(7), Just(8), Just(9)]
        .prop_map(move |count| to_bound[..count].to_vec())
}

#[derive(Clone, Debug)]
enum Request {
    Read(Read),
    Write(Write, IdempotencyKey),
}

/// A call that the page waits for.
#[derive(Clone, Debug)]
struct Call {
    call: CallId,
    asked: Asked,
    request: Request,
}

/// What a key was sent with first.
#[derive(Clone)]
struct KeyHistory {
    body: String,
    /// Without what differs between two numbers of the same masked form.
    masked_body: String,
    page: u32,
}

/// A write of which the page cannot know what became.
#[derive(Debug)]
struct Unknown {
    write: Write,
    key: IdempotencyKey,
    /// The claim on the screen before it was sent.
    shown_before: Option<ClaimId>,
}

impl Unknown {
    /// Whether `shown` tells what became of it, or makes it impossible to ask for
    /// the same again.
    fn is_told_by(&self, shown: &Claim) -> bool {
        match (&self.write, &shown.progress) {
            (Write::Open { phone, .. }, _) => {
                phone.masked() == shown.phone_masked
                    && self.shown_before.as_ref() != Some(&shown.id)
            }
            (Write::Resend { claim, after, .. }, Progress::CodeSent(sent)) => {
                *claim != shown.id || sent.resend_at != *after
            }
            (Write::Verify { claim, .. }, Progress::CodeSent(_)) => *claim != shown.id,
            (Write::Resend { .. } | Write::Verify { .. }, _) => true,
            (Write::Bind { claim, .. }, Progress::Bound(_) | Progress::Expired) => {
                *claim == shown.id
            }
            (Write::Bind { .. }, _) => false,
        }
    }

    fn binds(&self) -> Option<&ClaimId> {
        match &self.write {
            Write::Bind { claim, .. } => Some(claim),
            _ => None,
        }
    }
}

/// A phone, its page, the network and the backend.
struct World {
    backend: Backend,
    state: ClaimState,
    kept: String,
    calls: Vec<Call>,
    /// Requests on their way for which nobody waits.
    strays: Vec<(Asked, Write, IdempotencyKey)>,
    last_reply: Option<(CallId, Result<Reply, ApiError>)>,
    keys_drawn: u64,
    asked: usize,
    /// How often the page was loaded.
    page: u32,
    /// The number that the screen showed when a message was asked for.
    shown: HashMap<Asked, Shown>,
    keys: HashMap<String, KeyHistory>,
    unknown: Vec<Unknown>,
    /// The claim that the page has shown last.
    last_shown: Option<ClaimId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Shown {
    Number(String),
    Masked(String),
}

impl World {
    fn new() -> Self {
        let mut world = Self {
            backend: Backend::default(),
            state: ClaimState::new(Saved::default()),
            kept: String::new(),
            calls: Vec::new(),
            strays: Vec::new(),
            last_reply: None,
            keys_drawn: 0,
            asked: 0,
            page: 0,
            shown: HashMap::new(),
            keys: HashMap::new(),
            unknown: Vec::new(),
            last_shown: None,
        };
        world.on(Event::Opened);
        world
    }

    fn now(&self) -> Timestamp {
        self.backend.time()
    }

    fn on(&mut self, event: Event) {
        self.keys_drawn += 1;
        let mut bytes = [0; 16];
        bytes[8..].copy_from_slice(&self.keys_drawn.to_be_bytes());
        let key = IdempotencyKey::from_random_bytes(bytes);
        let effects = self.state.on(event, self.now(), key);
        let mut calls_made = 0;
        for effect in effects {
            match effect {
                Effect::Read { call, read } => {
                    calls_made += 1;
                    self.call(call, Request::Read(read));
                }
                Effect::Write { call, write, key } => {
                    calls_made += 1;
                    self.check_write(&write, &key);
                    self.call(call, Request::Write(write, key));
                }
                Effect::Save(saved) => self.kept = saved.encode(),
                Effect::WalletChanged(_) | Effect::Toast(_) => {}
                Effect::SessionFailed(_) => self.backend.is_signed_out = false,
            }
        }
        assert!(calls_made <= 1, "one event makes one call");
        if let Some(open) = self.state.step().claim() {
            self.last_shown = Some(open.id.clone());
        }
        self.check();
    }

    fn call(&mut self, call: CallId, request: Request) {
        assert!(self.calls.iter().all(|other| other.call != call));
        self.asked += 1;
        let asked = Asked(self.asked);
        if let Request::Write(write, _) = &request {
            let shown = match (write, self.state.step()) {
                (Write::Open { .. }, Step::Phone) => {
                    let number = MobileNumber::parse(self.state.phone().as_str());
                    let number = number.expect("the field shows a number");
                    Some(Shown::Number(number.digits().to_owned()))
                }
                (Write::Resend { .. }, Step::Code(step)) => {
                    Some(Shown::Masked(step.claim.phone_masked.clone()))
                }
                _ => None,
            };
            self.shown.extend(shown.map(|shown| (asked, shown)));
        }
        self.calls.push(Call {
            call,
            asked,
            request,
        });
    }

    /// What holds for every request that leaves the page.
    fn check_write(&mut self, write: &Write, key: &IdempotencyKey) {
        for other in &self.calls {
            if let Request::Write(other, _) = &other.request {
                assert!(
                    !other.is_same_action(write),
                    "two calls of one action at once: {other:?} {write:?}"
                );
            }
        }
        match (write, self.state.step()) {
            (
                Write::Open {
                    phone,
                    terms_version,
                    captcha,
                },
                Step::Phone,
            ) => {
                let shown = MobileNumber::parse(self.state.phone().as_str());
                assert_eq!(shown.as_ref(), Ok(phone));
                assert!(self.state.has_consent());
                assert_eq!(self.state.terms_version(), Some(terms_version.as_str()));
                if let Some(answer) = captcha {
                    let task = self.state.captcha().expect("a captcha");
                    assert_eq!(task.typed.trim(), answer.answer);
                    assert_eq!(task.captcha.id, answer.id);
                }
            }
            (Write::Resend { claim, .. }, Step::Code(step)) => assert_eq!(*claim, step.claim.id),
            (Write::Verify { claim, code }, Step::Code(step)) => {
                assert_eq!(*claim, step.claim.id);
                assert_eq!(step.typed.as_str(), code.digits());
            }
            (Write::Bind { claim, .. }, step) => {
                assert_eq!(Some(claim), step.claim().map(|open| &open.id));
            }
            (write, step) => unreachable!("{write:?} at {step:?}"),
        }
        let sent = KeyHistory {
            body: body(write),
            masked_body: match write {
                Write::Open { phone, .. } => body(write).replace(phone.digits(), &phone.masked()),
                _ => body(write),
            },
            page: self.page,
        };
        let first = self.keys.entry(key.as_str().to_owned());
        let first = first.or_insert_with(|| sent.clone());
        // After a reload nothing but the masked number is known.
        let is_same = first.body == sent.body
            || (first.page < sent.page && first.masked_body == sent.masked_body);
        assert!(is_same, "{} was sent with {}", sent.body, first.body);
        self.note_unknown(write, key);
    }

    /// Nothing is asked for again under another key before it is known what became
    /// of it.
    fn note_unknown(&mut self, write: &Write, key: &IdempotencyKey) {
        let same = self.unknown.iter().find(|other| other.write == *write);
        if let Some(same) = same {
            assert_eq!(same.key, *key, "{write:?} is asked for twice");
            return;
        }
        if let Write::Bind { claim, .. } = write {
            self.unknown
                .retain(|other| other.binds().is_none_or(|it| it == claim));
        }
        self.unknown.push(Unknown {
            write: write.clone(),
            key: key.clone(),
            shown_before: self.last_shown.clone(),
        });
    }

    /// What the end of a call tells the page.
    fn learn(&mut self, request: &Request, result: &Result<Reply, ApiError>) {
        let shown = match result {
            Ok(Reply::Claim(claim)) => Some(claim),
            Ok(Reply::Bound(bound)) => Some(&bound.claim),
            _ => None,
        };
        if let Some(shown) = shown {
            self.unknown.retain(|unknown| !unknown.is_told_by(shown));
        }
        match (request, result) {
            (Request::Write(_, key), Ok(_)) => {
                self.unknown.retain(|unknown| unknown.key != *key);
            }
            (Request::Write(_, key), Err(ApiError::Problem(problem))) => {
                let is_kept_by_backend = problem.status < 429
                    && !matches!(
                        problem.code,
                        ProblemCode::CaptchaRequired(_) | ProblemCode::NotSignedIn { .. }
                    );
                if is_kept_by_backend {
                    self.unknown.retain(|unknown| unknown.key != *key);
                }
            }
            (Request::Read(Read::Claim(claim)), Err(ApiError::Problem(problem)))
                if problem.code == ProblemCode::ClaimNotFound =>
            {
                self.unknown
                    .retain(|unknown| unknown.binds() != Some(claim));
            }
            _ => {}
        }
    }

    /// What holds at any time.
    fn check(&self) {
        for message in &self.backend.messages {
            match &self.shown[&message.asked_for] {
                Shown::Number(digits) => assert_eq!(digits, message.phone.digits()),
                Shown::Masked(masked) => assert_eq!(*masked, message.phone.masked()),
            }
        }
        if self.calls.is_empty() {
            assert!(!self.state.is_busy(), "nothing is under way");
        }
        assert_eq!(self.kept, self.state.saved().encode());
        if let Some(claim) = self.unknown.iter().find_map(Unknown::binds) {
            let saved = self.state.saved().last_bound;
            assert_eq!(saved.as_ref(), Some(claim), "a binding is under way");
        }
        for (digits, _) in NUMBERS {
            assert!(!self.kept.contains(digits));
        }
        if let Step::Done(cards) = self.state.step() {
            let shown: Vec<_> = cards.iter().map(|card| card.id.clone()).collect();
            let last = self.state.saved().last_bound.expect("the bound claim");
            let row = self.backend.claim(&last).expect("a claim of the backend");
            assert_eq!(row.state, State::Bound(shown));
        }
        if let Some(open) = self.state.step().claim() {
            let row = self
                .backend
                .claim(&open.id)
                .expect("a claim of the backend");
            let is_ahead = matches!(
                (self.state.step().kind(), &row.state),
                (StepKind::Choose | StepKind::NothingFound, State::CodeSent)
            );
            assert!(!is_ahead, "{row:?}");
        }
    }

    fn make(&mut self, what: &Move) {
        let event = match *what {
            Move::Opened => Event::Opened,
            Move::Begun => Event::Begun,
            Move::WalletUpdated => Event::WalletUpdated(self.backend.wallet()),
            Move::TypePhone(place) => Event::PhoneTyped(NUMBERS[place].0.into()),
            Move::TypePartOfPhone(place) => Event::PhoneTyped(NUMBERS[place].0[..7].into()),
            Move::Tick => Event::ConsentTicked,
            Move::Untick => Event::ConsentUnticked,
            Move::Agree => Event::ConsentAgreed,
            Move::Decline => Event::ConsentDeclined,
            Move::SendCode => Event::SendCode,
            Move::AnswerCaptcha(answer) => Event::CaptchaTyped(answer.to_owned()),
            Move::SubmitCaptcha => Event::CaptchaSubmitted,
            Move::RefreshCaptcha => Event::CaptchaRefreshed,
            Move::TypeRightCode => Event::CodeTyped(self.right_code().as_str().into()),
            Move::TypeWrongCode => Event::CodeTyped("000000".into()),
            Move::TypePartOfCode => Event::CodeTyped("000".into()),
            Move::ComposeRightCode => {
                let calls = self.calls.len();
                let code = self.right_code();
                self.on(Event::CodeComposed(code.as_str().into()));
                assert_eq!(self.calls.len(), calls, "a composed code is not sent");
                return;
            }
            Move::Verify => Event::Verify,
            Move::Resend => Event::Resend,
            Move::OtherPhone => Event::OtherPhone,
            Move::Toggle(card) => Event::CardToggled(card.into()),
            Move::Bind => Event::Bind,
            Move::OpenNewCard => Event::OpenNewCard,
            Move::Retry => Event::Retry,
            Move::Dismiss => Event::Dismissed,
            Move::End(place, fate) => return self.end(place, fate),
            Move::Straggle(place) => {
                if !self.strays.is_empty() {
                    let place = place % self.strays.len();
                    let (asked, write, key) = self.strays.remove(place);
                    let _ = self.backend.write(asked, &write, &key);
                }
                return;
            }
            Move::RepeatLastReply => match self.last_reply.clone() {
                Some((call, result)) => Event::Replied { call, result },
                None => return,
            },
            Move::Pass(seconds) => {
                self.backend.now += seconds;
                return;
            }
            Move::Reload => return self.reload(),
            Move::SessionEnds => {
                self.backend.is_signed_out = true;
                return;
            }
            Move::TermsChange => {
                self.backend.terms += 1;
                return;
            }
            Move::CaptchaPolicy(is_wanted) => {
                self.backend.wants_captcha = is_wanted;
                return;
            }
        };
        self.on(event);
    }

    fn right_code(&self) -> String {
        match self.state.step() {
            Step::Code(step) => {
                let row = self.backend.claim(&step.claim.id);
                row.expect("a claim of the backend").code.clone()
            }
            _ => "999999".to_owned(),
        }
    }

    fn end(&mut self, place: usize, fate: Fate) {
        if self.calls.is_empty() {
            return;
        }
        let Call {
            call,
            asked,
            request,
        } = self.calls.remove(place % self.calls.len());
        let result = match fate {
            Fate::Answered => self.carry_out(asked, &request),
            Fate::RequestLost(loss) => Err(loss.error()),
            Fate::ReplyLost(loss) => {
                let _ = self.carry_out(asked, &request);
                Err(loss.error())
            }
            Fate::GivenUp => {
                if let Request::Write(write, key) = request.clone() {
                    self.strays.push((asked, write, key));
                }
                Err(ApiError::Timeout)
            }
        };
        self.learn(&request, &result);
        self.last_reply = Some((call, result.clone()));
        self.on(Event::Replied { call, result });
    }

    fn carry_out(&mut self, asked: Asked, request: &Request) -> Result<Reply, ApiError> {
        match request {
            Request::Read(read) => self.backend.read(read),
            Request::Write(write, key) => self.backend.write(asked, write, key),
        }
    }

    /// The page is gone; what it has sent is still on its way.
    fn reload(&mut self) {
        for call in self.calls.drain(..) {
            if let Request::Write(write, key) = call.request {
                self.strays.push((call.asked, write, key));
            }
        }
        self.last_reply = None;
        self.page += 1;
        self.last_shown = None;
        // Neither a code nor an answered captcha is kept, and of a number no more
        // than its masked form.
        self.unknown.retain(|unknown| {
            unknown.write.captcha().is_none() && !matches!(unknown.write, Write::Verify { .. })
        });
        let as_kept = |unknown: &Unknown| match &unknown.write {
            Write::Open {
                phone,
                terms_version,
                ..
            } => Some((phone.masked(), terms_version.clone())),
            _ => None,
        };
        let kept: Vec<_> = self.unknown.iter().map(as_kept).collect();
        let mut later = 0;
        self.unknown.retain(|unknown| {
            later += 1;
            let it = as_kept(unknown);
            it.is_none() || !kept[later..].contains(&it)
        });
        self.state = ClaimState::new(Saved::decode(&self.kept));
        self.on(Event::Opened);
    }

    /// From here on everything works, and the fan wants a card.
    fn finish(&mut self) -> ClaimId {
        let mut stragglers: VecDeque<_> = self.strays.drain(..).collect();
        while let Some((asked, write, key)) = stragglers.pop_front() {
            let _ = self.backend.write(asked, &write, &key);
        }
        self.backend.is_signed_out = false;
        for _ in 0..60 {
            while !self.calls.is_empty() {
                self.end(0, Fate::Answered);
            }
            if let Some(trouble) = self.state.notice().or_else(|| self.state.blocked()) {
                let wait = trouble.retry_at.map_or(0, |at| at.since(self.now()));
                let event = if trouble.can_retry() {
                    Event::Retry
                } else {
                    assert!(self.state.can_dismiss(), "no way out: {trouble:?}");
                    Event::Dismissed
                };
                self.backend.now += wait.max(0) / 1000;
                self.on(event);
                continue;
            }
            match self.state.screen() {
                Screen::Step(StepKind::Loading) => self.make(&Move::Opened),
                Screen::Step(StepKind::Phone) => {
                    self.make(&Move::TypePhone(0));
                    self.make(&Move::Tick);
                    self.make(&Move::AnswerCaptcha("4711"));
                    self.wait_for_sms();
                    self.make(&Move::SendCode);
                }
                Screen::Step(StepKind::Code) if self.state.captcha().is_some() => {
                    self.make(&Move::AnswerCaptcha("4711"));
                    self.make(&Move::SubmitCaptcha);
                }
                Screen::Step(StepKind::Code) => {
                    self.make(&Move::TypeRightCode);
                    self.make(&Move::Verify);
                    while !self.calls.is_empty() {
                        self.end(0, Fate::Answered);
                    }
                    // The code was dead: another one.
                    if self.state.step().kind() == StepKind::Code {
                        self.wait_for_sms();
                        self.make(&Move::Resend);
                    }
                }
                Screen::Step(StepKind::Choose) => {
                    if let Step::Choose(step) = self.state.step()
                        && step.chosen.is_empty()
                    {
                        self.make(&Move::Toggle("c1"));
                    }
                    self.make(&Move::Bind);
                }
                Screen::Step(StepKind::NothingFound) => self.make(&Move::OpenNewCard),
                Screen::Step(StepKind::Done) => {
                    return self.state.saved().last_bound.expect("the bound claim");
                }
                Screen::Blocked => unreachable!("handled above"),
            }
        }
        unreachable!("the fan never arrives: {:?}", self.state)
    }

    fn wait_for_sms(&mut self) {
        if let Some(at) = self.state.send_code_at() {
            self.backend.now += at.since(self.now()).max(0) / 1000;
        }
    }
}

/// How many orders are tried: 2,000, or as many as a long run asks for.
fn orders() -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked.and_then(|it| it.parse().ok()).unwrap_or(2_000)
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: orders(),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn the_claim_agrees_with_the_backend_in_the_end(
        beginning in beginning(),
        moves in prop::collection::vec(any_move(), 0..80),
    ) {
        let mut world = World::new();
        for what in beginning.iter().chain(&moves) {
            world.make(what);
        }
        let claim = world.finish();
        let shown = world.state.step().clone();

        // A reload shows the result, unless another claim was left open.
        world.reload();
        while !world.calls.is_empty() {
            world.end(0, Fate::Answered);
        }
        if world.backend.wallet().open_claim_id.is_none() {
            prop_assert_eq!(world.state.step(), &shown);
            prop_assert_eq!(world.state.saved().last_bound, Some(claim));
        }
    }
}
