//! Any order of taps, replies, losses, reloads and sign-ins, against a backend
//! that applies a switch or not: in the end the machine shows what the backend
//! has in use, and that is the card of the last tap unless the fan was told
//! otherwise.

use proptest::{collection::vec, prelude::*};

use super::*;
use crate::{
    domain::{
        card::{CardOrigin, CardStatus},
        url::HttpUrl,
        wallet::example,
    },
    problem::Problem,
};

const CARDS: [&str; 4] = ["a", "b", "c", "d"];

fn id(card: usize) -> CardId {
    CardId::from(CARDS[card])
}

fn problem(status: u16, code: ProblemCode) -> ApiError {
    ApiError::from(Problem::new(status, code))
}

/// What happens next. A number picks one of the requests under way.
#[derive(Clone, Debug)]
enum Step {
    Tap(usize),
    Refresh,
    Bind,
    /// A request reaches the backend; its reply is on the way.
    Arrive(usize),
    /// A reply reaches the page.
    Answer(usize),
    /// A reply, or the request, is lost.
    Lose(usize, Loss),
    /// Something in between answers in the backend's place.
    Turn(usize),
    Freeze(usize),
    EndSession,
    SignIn,
    SignOut,
    Reload,
    /// The page goes out of sight.
    Hide,
    /// The page is left, and opened again later.
    Leave,
    /// Another webview switches.
    Elsewhere(usize),
    /// A switch that the page believed lost reaches the backend.
    ArriveLate,
}

#[derive(Clone, Copy, Debug)]
enum Loss {
    Timeout,
    Gateway,
    Internal,
    Pause,
}

impl Loss {
    fn error(self) -> ApiError {
        match self {
            Self::Timeout => ApiError::Timeout,
            Self::Gateway => ApiError::Gateway {
                status: 502,
                retry_after: None,
            },
            Self::Internal => problem(500, ProblemCode::Internal),
            Self::Pause => ApiError::Gateway {
                status: 503,
                retry_after: Some(30),
            },
        }
    }
}

#[derive(Clone, Debug)]
enum Request {
    Get(Generation),
    Put {
        attempt: Generation,
        card: CardId,
        revision: String,
    },
    Bind(Generation),
}

#[derive(Clone, Debug)]
enum Reply {
    Wallet(Arc<Wallet>),
    Switched(CardId, String),
    Error(ApiError),
}

struct Backend {
    current: CardId,
    revision: u32,
    frozen: Vec<CardId>,
    has_session: bool,
}

impl Backend {
    fn wallet(&self) -> Arc<Wallet> {
        let cards = CARDS.map(|card| example::card(card, CardStatus::Active, CardOrigin::Claimed));
        let mut wallet = example::wallet(cards.to_vec(), Some(self.current.as_str()));
        wallet.revision = self.revision.to_string();
        Arc::new(wallet)
    }

    fn switch(&mut self, card: &CardId) {
        self.current = card.clone();
        self.revision += 1;
    }

    fn handle(&mut self, request: &Request) -> Reply {
        if !self.has_session {
            let login_url = HttpUrl::parse("/enter?account=case-2").expect("an own path");
            return Reply::Error(problem(401, ProblemCode::NotSignedIn { login_url }));
        }
        match request {
            Request::Get(_) => Reply::Wallet(self.wallet()),
            Request::Bind(_) => {
                self.revision += 1;
                Reply::Wallet(self.wallet())
            }
            Request::Put { card, revision, .. } => {
                if *revision != self.revision.to_string() {
                    let wallet = self.wallet();
                    Reply::Error(problem(412, ProblemCode::WalletChanged { wallet }))
                } else if self.frozen.contains(card) {
                    Reply::Error(problem(409, ProblemCode::CardFrozen))
                } else {
                    self.switch(card);
                    Reply::Switched(card.clone(), self.revision.to_string())
                }
            }
        }
    }
}

struct World {
    machine: WalletMachine,
    backend: Backend,
    /// The requests that the page waits for, with the replies on their way.
    under_way: Vec<(Request, Option<Reply>)>,
    /// Switches that the page no longer waits for and that have not arrived.
    late: Vec<Request>,
    /// Those of the pages before.
    left_behind: Vec<Request>,
    /// What is kept for the next page load.
    remembered: Option<CardId>,
    /// The card of the last tap, until the fan is told that it is not in use or
    /// something else has put another one in use since.
    wanted: Option<CardId>,
    /// The `wanted` of a page that was left, until there is another tap.
    wanted_before_leaving: Option<CardId>,
    /// The page cannot know what is in use.
    is_uncertain: bool,
    /// Something other than the page has changed what is in use.
    is_disturbed: bool,
}

impl World {
    fn new() -> Self {
        Self {
            machine: WalletMachine::new(None),
            backend: Backend {
                current: id(0),
                revision: 1,
                frozen: Vec::new(),
                has_session: true,
            },
            under_way: Vec::new(),
            late: Vec::new(),
            left_behind: Vec::new(),
            remembered: None,
            wanted: None,
            wanted_before_leaving: None,
            is_uncertain: false,
            is_disturbed: false,
        }
    }

    fn on(&mut self, event: Event) {
        self.take(event);
        self.check();
    }

    fn take(&mut self, event: Event) {
        for effect in self.machine.on(event) {
            self.carry_out(effect);
        }
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Load(load) => self.under_way.push((Request::Get(load), None)),
            Effect::Switch {
                attempt,
                card,
                revision,
            } => {
                let request = Request::Put {
                    attempt,
                    card,
                    revision,
                };
                self.under_way.push((request, None));
            }
            Effect::Settled { card, before } => {
                assert_ne!(before.as_ref(), Some(&card), "there and back is no switch");
                assert_eq!(self.machine.shown(), Some(&card));
                assert!(!self.machine.is_busy());
                let is_true = self.backend.current == card;
                assert!(is_true || self.is_disturbed, "it is not in use");
                self.is_uncertain = self.is_disturbed;
            }
            Effect::SwitchFailed { card, error } => {
                if let SwitchError::NotDone(error) | SwitchError::OutcomeUnknown(error) = &error
                    && is_session_over(error)
                {
                    let is_remembered = self.remembered.as_ref() == Some(&card);
                    assert!(is_remembered || self.machine.confirmed() == Some(&card));
                }
                self.is_uncertain |= matches!(error, SwitchError::OutcomeUnknown(_));
                // Back at a card that another page has put out of use since.
                let is_unforeseeable = self.is_disturbed && !self.machine.is_busy();
                let is_told = self.wanted.as_ref() == Some(&card);
                if is_told || is_unforeseeable {
                    self.wanted = None;
                }
            }
            Effect::LoadFailed(_) => {}
            Effect::Remember(card) => self.remembered = card,
        }
    }

    /// What holds after every event.
    fn check(&self) {
        let is_put = |(request, _): &&(Request, _)| matches!(request, Request::Put { .. });
        let puts = self.under_way.iter().filter(is_put).count();
        let gets = self.under_way.len() - puts;
        assert!(puts <= 1, "two switches are under way");
        if self.machine.is_busy() {
            assert!(puts + gets > 0, "nothing will ever end the switch");
        } else {
            assert_eq!(self.machine.shown(), self.machine.confirmed());
            let unfinished = match self.machine.unfinished() {
                Some(Unfinished::Unknown(card) | Unfinished::NotDone(card)) => Some(card),
                None => None,
            };
            assert_eq!(unfinished, self.remembered.as_ref());
        }
        let is_idle = !self.machine.is_busy() && !self.machine.is_loading() && puts == 0;
        if is_idle && !self.is_uncertain && self.machine.wallet().is_some() {
            assert_eq!(self.machine.confirmed(), Some(&self.backend.current));
        }
    }

    fn tap(&mut self, card: usize) {
        let card = id(card);
        self.wanted_before_leaving = None;
        // A reply on its way may show the card in use although another page
        // has put it out of use since.
        let has_replies = self.under_way.iter().any(|(_, reply)| reply.is_some());
        let is_foreseeable = !(self.is_disturbed && has_replies);
        let is_new = self.machine.shown() != Some(&card);
        if is_new || is_foreseeable && self.backend.current == card {
            self.wanted = is_foreseeable.then(|| card.clone());
        }
        self.on(Event::Tapped(card.clone()));
        assert_eq!(self.machine.shown(), Some(&card), "a tap shows at once");
    }

    fn arrive(&mut self, place: usize) {
        if let Some((request, reply @ None)) = self.under_way.get_mut(place) {
            *reply = Some(self.backend.handle(request));
        }
    }

    fn answer(&mut self, place: usize) {
        self.arrive(place);
        if place < self.under_way.len()
            && let (request, Some(reply)) = self.under_way.remove(place)
        {
            self.deliver(request, reply);
        }
    }

    fn deliver(&mut self, request: Request, reply: Reply) {
        let event = match (request, reply) {
            (Request::Get(load), Reply::Wallet(wallet)) => Event::Loaded { load, wallet },
            (Request::Get(load), Reply::Error(error)) => Event::LoadFailed { load, error },
            (Request::Put { attempt, .. }, reply) => {
                if self.machine.sent_revision(attempt).is_none() {
                    // It was sent before the fan signed out.
                    self.is_uncertain = true;
                }
                match reply {
                    Reply::Switched(current, revision) => Event::Switched {
                        attempt,
                        current,
                        revision,
                    },
                    Reply::Error(error) => Event::SwitchFailed { attempt, error },
                    Reply::Wallet(_) => unreachable!("a switch is not answered by a wallet"),
                }
            }
            (Request::Bind(begun), Reply::Wallet(wallet)) => Event::Wrote {
                begun,
                wallet: Some(wallet),
            },
            (Request::Bind(_), Reply::Error(error)) if is_session_over(&error) => Event::Leaving,
            (Request::Bind(begun), Reply::Error(_)) => Event::Wrote {
                begun,
                wallet: None,
            },
            (Request::Get(_) | Request::Bind(_), Reply::Switched(..)) => {
                unreachable!("only a switch is confirmed")
            }
        };
        let described_at = self.machine.described_at;
        self.take(event);
        let agrees = self.machine.confirmed() == Some(&self.backend.current);
        if self.machine.described_at != described_at && agrees && !self.is_disturbed {
            self.is_uncertain = false;
        }
        self.check();
    }

    fn lose(&mut self, place: usize, error: ApiError) {
        if place < self.under_way.len() {
            let (request, reply) = self.under_way.remove(place);
            if reply.is_none() && matches!(request, Request::Put { .. }) {
                self.late.push(request.clone());
            }
            self.deliver(request, Reply::Error(error));
        }
    }

    /// Something other than this page is about to change what is in use.
    fn disturb(&mut self) {
        self.is_uncertain = true;
        self.is_disturbed = true;
        self.wanted_before_leaving = None;
        let is_in_use = self.wanted.as_ref() == Some(&self.backend.current);
        if is_in_use || !self.machine.is_busy() {
            self.wanted = None;
        }
    }

    /// What this page believed lost is made only where that undoes no later tap.
    fn arrive_late(&mut self, request: &Request) {
        let is_settled = !self.machine.is_busy() && self.wanted.is_some();
        let revision = self.backend.revision;
        let wanted = self.wanted.clone();
        self.disturb();
        self.backend.handle(request);
        if self.backend.revision == revision {
            self.wanted = wanted;
        } else {
            assert!(!is_settled, "a tap is undone by an earlier one");
        }
    }

    fn reload(&mut self) {
        for (request, reply) in core::mem::take(&mut self.under_way) {
            if reply.is_none() && matches!(request, Request::Put { .. }) {
                self.left_behind.push(request);
            }
        }
        self.left_behind.append(&mut self.late);
        self.machine = WalletMachine::new(self.remembered.clone());
        self.wanted = None;
        self.is_uncertain = self.is_disturbed;
        self.on(Event::Refresh);
    }

    fn hide(&mut self) {
        self.on(Event::Leaving);
        if self.machine.is_busy() {
            assert_eq!(self.remembered.as_ref(), self.machine.shown());
        }
    }

    fn step(&mut self, step: &Step) {
        let count = self.under_way.len().max(1);
        match *step {
            Step::Tap(card) => self.tap(card),
            Step::Refresh => self.on(Event::Refresh),
            Step::Bind => {
                let begun = self.machine.mark();
                self.under_way.push((Request::Bind(begun), None));
            }
            Step::Arrive(place) => self.arrive(place % count),
            Step::Answer(place) => self.answer(place % count),
            Step::Lose(place, loss) => self.lose(place % count, loss.error()),
            Step::Turn(place) => {
                let place = place % count;
                if matches!(self.under_way.get(place), Some((_, None))) {
                    let (request, _) = self.under_way.remove(place);
                    let busy = problem(429, ProblemCode::RateLimited);
                    self.deliver(request, Reply::Error(busy));
                }
            }
            Step::Freeze(card) => self.backend.frozen = vec![id(card)],
            Step::EndSession => self.backend.has_session = false,
            Step::SignIn => self.backend.has_session = true,
            Step::SignOut => {
                self.backend.has_session = false;
                self.wanted = None;
                self.wanted_before_leaving = None;
                self.on(Event::SignedOut);
            }
            Step::Reload => self.reload(),
            Step::Hide => self.hide(),
            Step::Leave => {
                self.hide();
                let wanted = self.wanted.take();
                self.reload();
                self.wanted_before_leaving = wanted;
            }
            Step::Elsewhere(card) => {
                self.disturb();
                self.backend.switch(&id(card));
            }
            Step::ArriveLate => {
                if let Some(request) = self.late.pop() {
                    self.arrive_late(&request);
                } else if let Some(request) = self.left_behind.pop() {
                    self.disturb();
                    self.backend.handle(&request);
                }
            }
        }
    }

    /// Everything is answered, and the fan has signed in if that was needed.
    fn finish(&mut self) {
        if !self.backend.has_session {
            self.backend.has_session = true;
            self.reload();
        }
        self.drain();
        if self.is_uncertain || self.machine.wallet().is_none() {
            self.on(Event::Refresh);
            self.drain();
        }
        assert!(!self.machine.is_busy());
        assert!(!self.machine.is_loading());
        assert_eq!(self.machine.shown(), Some(&self.backend.current));
        if let Some(wanted) = &self.wanted {
            assert_eq!(*wanted, self.backend.current, "the last tap is in use");
        }
        if let Some(wanted) = &self.wanted_before_leaving {
            let is_offered = self.remembered.as_ref() == Some(wanted);
            assert!(
                is_offered || *wanted == self.backend.current,
                "a tap is lost with the page"
            );
        }
        if let Some(unfinished) = &self.remembered {
            assert_ne!(*unfinished, self.backend.current);
            let told = Unfinished::NotDone(unfinished.clone());
            assert_eq!(self.machine.unfinished(), Some(&told));
        }
    }

    fn drain(&mut self) {
        for _ in 0..100 {
            if self.under_way.is_empty() {
                return;
            }
            self.answer(0);
        }
        panic!("it never ends");
    }
}

/// What this page, its network and its session may do.
fn calm() -> impl Strategy<Value = Step> {
    let loss = prop_oneof![
        Just(Loss::Timeout),
        Just(Loss::Gateway),
        Just(Loss::Internal),
        Just(Loss::Pause),
    ];
    prop_oneof![
        5 => (0..CARDS.len()).prop_map(Step::Tap),
        3 => Just(Step::Refresh),
        1 => Just(Step::Bind),
        4 => (0_usize..4).prop_map(Step::Arrive),
        8 => (0_usize..4).prop_map(Step::Answer),
        3 => ((0_usize..4), loss).prop_map(|(place, loss)| Step::Lose(place, loss)),
        1 => (0_usize..4).prop_map(Step::Turn),
        1 => (0..CARDS.len()).prop_map(Step::Freeze),
    ]
}

fn with_sign_in() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => calm(),
        1 => Just(Step::EndSession),
        1 => Just(Step::SignIn),
        1 => Just(Step::SignOut),
        1 => Just(Step::Reload),
        1 => Just(Step::Hide),
        1 => Just(Step::Leave),
    ]
}

fn with_late_requests() -> impl Strategy<Value = Step> {
    prop_oneof![
        12 => calm(),
        2 => Just(Step::ArriveLate),
    ]
}

/// And what other pages of the fan, and late requests, may do.
fn wild() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => with_sign_in(),
        1 => (0..CARDS.len()).prop_map(Step::Elsewhere),
        1 => Just(Step::ArriveLate),
    ]
}

fn run(steps: &[Step]) {
    let mut world = World::new();
    for step in steps {
        world.step(step);
    }
    world.finish();
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
    fn one_page_agrees_with_the_backend(steps in vec(calm(), 0..40)) {
        run(&steps);
    }

    #[test]
    fn sign_ins_and_reloads_lose_no_tap_untold(steps in vec(with_sign_in(), 0..40)) {
        run(&steps);
    }

    #[test]
    fn a_switch_that_comes_late_undoes_no_later_tap(
        steps in vec(with_late_requests(), 0..40)
    ) {
        run(&steps);
    }

    #[test]
    fn other_pages_and_late_requests_do_not_confuse_it(steps in vec(wild(), 0..40)) {
        run(&steps);
    }
}
