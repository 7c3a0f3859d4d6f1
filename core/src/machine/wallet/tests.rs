//! Each transition by hand. What any order of them leads to is in `any_order`.

use super::*;
use crate::{
    domain::{
        card::{CardOrigin, CardStatus},
        url::HttpUrl,
        wallet::example,
    },
    problem::Problem,
};

fn id(card: &str) -> CardId {
    CardId::from(card)
}

/// A wallet of the cards a to d with `current` in use.
fn wallet(current: Option<&str>, revision: &str) -> Arc<Wallet> {
    let cards = ["a", "b", "c", "d"]
        .map(|card| example::card(card, CardStatus::Active, CardOrigin::Claimed));
    let mut wallet = example::wallet(cards.to_vec(), current);
    wallet.revision = revision.to_owned();
    Arc::new(wallet)
}

fn problem(status: u16, code: ProblemCode) -> ApiError {
    ApiError::from(Problem::new(status, code))
}

fn gateway(status: u16, retry_after: Option<u32>) -> ApiError {
    ApiError::Gateway {
        status,
        retry_after,
    }
}

fn session_over() -> ApiError {
    let login_url = HttpUrl::parse("/enter?account=case-2").expect("an own path");
    problem(401, ProblemCode::NotSignedIn { login_url })
}

fn frozen() -> ApiError {
    problem(409, ProblemCode::CardFrozen)
}

fn changed(current: &str, revision: &str) -> ApiError {
    let wallet = wallet(Some(current), revision);
    problem(412, ProblemCode::WalletChanged { wallet })
}

/// A machine, and the latest generations that it has given out.
struct Wallets {
    machine: WalletMachine,
    load: Generation,
    attempt: Generation,
}

impl Wallets {
    fn new(unfinished: Option<&str>) -> Self {
        Self {
            machine: WalletMachine::new(unfinished.map(id)),
            load: Generation(0),
            attempt: Generation(0),
        }
    }

    /// With the wallet loaded and `current` in use at revision 1.
    fn with_in_use(current: &str) -> Self {
        let mut wallets = Self::new(None);
        wallets.on(Event::Refresh);
        assert_eq!(wallets.loads(current, "1"), []);
        wallets
    }

    fn on(&mut self, event: Event) -> Vec<Effect> {
        let effects = self.machine.on(event);
        for effect in &effects {
            match effect {
                Effect::Load(load) => self.load = *load,
                Effect::Switch { attempt, .. } => self.attempt = *attempt,
                _ => {}
            }
        }
        effects
    }

    fn taps(&mut self, card: &str) -> Vec<Effect> {
        self.on(Event::Tapped(id(card)))
    }

    /// The latest load is answered.
    fn loads(&mut self, current: &str, revision: &str) -> Vec<Effect> {
        self.loads_as(self.load, current, revision)
    }

    fn loads_as(&mut self, load: Generation, current: &str, revision: &str) -> Vec<Effect> {
        let wallet = wallet(Some(current), revision);
        self.on(Event::Loaded { load, wallet })
    }

    fn fails_to_load(&mut self, error: ApiError) -> Vec<Effect> {
        let load = self.load;
        self.on(Event::LoadFailed { load, error })
    }

    fn confirms(&mut self, current: &str, revision: &str) -> Vec<Effect> {
        self.confirms_as(self.attempt, current, revision)
    }

    fn confirms_as(&mut self, attempt: Generation, current: &str, revision: &str) -> Vec<Effect> {
        self.on(Event::Switched {
            attempt,
            current: id(current),
            revision: revision.to_owned(),
        })
    }

    fn fails(&mut self, error: ApiError) -> Vec<Effect> {
        let attempt = self.attempt;
        self.on(Event::SwitchFailed { attempt, error })
    }

    fn sends(&self, card: &str, revision: &str) -> Effect {
        Effect::Switch {
            attempt: self.attempt,
            card: id(card),
            revision: revision.to_owned(),
        }
    }

    fn asks(&self) -> Effect {
        Effect::Load(self.load)
    }

    fn shown(&self) -> Option<&str> {
        self.machine.shown().map(CardId::as_str)
    }

    fn confirmed(&self) -> Option<&str> {
        self.machine.confirmed().map(CardId::as_str)
    }

    fn is_idle(&self) -> bool {
        !self.machine.is_busy() && !self.machine.is_loading()
    }
}

fn settled(card: &str, before: &str) -> Effect {
    Effect::Settled {
        card: id(card),
        before: Some(id(before)),
    }
}

fn failed(card: &str, error: SwitchError) -> Effect {
    let card = id(card);
    Effect::SwitchFailed { card, error }
}

fn remember(card: &str) -> Effect {
    Effect::Remember(Some(id(card)))
}

// ---- taps -----------------------------------------------------------------

#[test]
fn a_tap_shows_at_once_and_settles() {
    let mut wallets = Wallets::with_in_use("a");
    let effects = wallets.taps("b");
    assert_eq!(effects, [wallets.sends("b", "1")]);
    assert_eq!(wallets.shown(), Some("b"));
    assert_eq!(wallets.confirmed(), Some("a"));
    assert_eq!(wallets.confirms("b", "2"), [settled("b", "a")]);
    assert_eq!(wallets.confirmed(), Some("b"));
    let revision = wallets.machine.wallet().map(|it| it.revision.as_str());
    assert_eq!(revision, Some("2"));
    assert!(wallets.is_idle());
}

#[test]
fn a_tap_on_the_card_that_is_shown_is_no_switch() {
    let mut wallets = Wallets::with_in_use("a");
    assert_eq!(wallets.taps("a"), []);
    assert!(!wallets.machine.is_busy());
}

#[test]
fn a_double_tap_sends_one_request() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    assert_eq!(wallets.taps("b"), []);
    assert_eq!(wallets.confirms("b", "2"), [settled("b", "a")]);
}

#[test]
fn the_latest_of_many_taps_wins() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    assert_eq!(wallets.taps("c"), []);
    assert_eq!(wallets.taps("d"), []);
    assert_eq!(wallets.shown(), Some("d"));
    let effects = wallets.confirms("b", "2");
    assert_eq!(effects, [wallets.sends("d", "2")]);
    assert_eq!(wallets.confirms("d", "3"), [settled("d", "a")]);
}

#[test]
fn a_tap_on_the_card_under_way_takes_a_later_tap_back() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    wallets.taps("c");
    wallets.taps("b");
    assert_eq!(wallets.confirms("b", "2"), [settled("b", "a")]);

    wallets.taps("c");
    wallets.taps("d");
    wallets.taps("c");
    let effects = wallets.fails(frozen());
    let refusal = failed("c", SwitchError::NotDone(frozen()));
    assert_eq!(effects, [refusal, wallets.asks()]);
    assert_eq!(wallets.shown(), Some("b"));
}

#[test]
fn there_and_back_is_no_switch() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    assert_eq!(wallets.taps("a"), []);
    assert_eq!(wallets.shown(), Some("a"));
    let effects = wallets.confirms("b", "2");
    assert_eq!(effects, [wallets.sends("a", "2")]);
    assert_eq!(wallets.confirms("a", "3"), []);
    assert!(wallets.is_idle());
}

#[test]
fn a_tap_before_the_wallet_is_known_is_sent_once_it_is() {
    let mut wallets = Wallets::new(None);
    wallets.on(Event::Refresh);
    assert_eq!(wallets.taps("b"), [], "the load under way serves it");
    assert_eq!(wallets.shown(), Some("b"));
    let effects = wallets.loads("a", "7");
    assert_eq!(effects, [wallets.sends("b", "7")]);
    assert_eq!(wallets.confirms("b", "8"), [settled("b", "a")]);

    let mut wallets = Wallets::new(None);
    let effects = wallets.taps("a");
    assert_eq!(effects, [wallets.asks()]);
    assert_eq!(wallets.loads("a", "7"), [], "it is in use already");
    assert!(wallets.is_idle());
}

// ---- refusals -------------------------------------------------------------

#[test]
fn a_refusal_rolls_back_names_the_card_and_looks_at_the_wallet_again() {
    let codes = [
        (409, ProblemCode::CardFrozen),
        (409, ProblemCode::CardLost),
        (409, ProblemCode::CardExpired),
        (404, ProblemCode::CardNotFound),
    ];
    for (status, code) in codes {
        let mut wallets = Wallets::with_in_use("a");
        wallets.taps("b");
        let error = problem(status, code);
        let effects = wallets.fails(error.clone());
        let refusal = failed("b", SwitchError::NotDone(error));
        assert_eq!(effects, [refusal, wallets.asks()]);
        assert_eq!(wallets.shown(), Some("a"));
        assert!(!wallets.machine.is_busy());
    }
}

#[test]
fn a_refusal_that_is_not_about_the_card_is_final_too() {
    for error in [
        problem(403, ProblemCode::SnapshotUser),
        problem(429, ProblemCode::RateLimited),
        gateway(429, Some(5)),
    ] {
        let mut wallets = Wallets::with_in_use("a");
        wallets.taps("b");
        let refusal = failed("b", SwitchError::NotDone(error.clone()));
        assert_eq!(wallets.fails(error), [refusal]);
        assert_eq!(wallets.shown(), Some("a"));
        assert!(wallets.is_idle());
    }
}

#[test]
fn a_later_tap_goes_on_after_a_refusal() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    wallets.taps("c");
    let effects = wallets.fails(frozen());
    let refusal = failed("b", SwitchError::NotDone(frozen()));
    assert_eq!(effects, [refusal, wallets.sends("c", "1"), wallets.asks()]);
    assert_eq!(wallets.shown(), Some("c"));
    assert_eq!(wallets.confirms("c", "2"), [settled("c", "a")]);
}

#[test]
fn back_to_the_card_in_use_after_a_refusal_needs_no_request() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    wallets.taps("a");
    let effects = wallets.fails(frozen());
    let refusal = failed("b", SwitchError::NotDone(frozen()));
    assert_eq!(effects, [refusal, wallets.asks()]);
    assert!(!wallets.machine.is_busy());
}

// ---- another webview ------------------------------------------------------

#[test]
fn the_latest_tap_here_wins_over_a_switch_elsewhere() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    let effects = wallets.fails(changed("c", "7"));
    assert_eq!(effects, [wallets.sends("b", "7")]);
    assert_eq!(wallets.shown(), Some("b"));
    assert_eq!(wallets.confirms("b", "8"), [settled("b", "a")]);
}

#[test]
fn tap_b_tap_c_and_a_412_on_the_first_put_c_in_use() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    wallets.taps("c");
    let effects = wallets.fails(changed("d", "7"));
    assert_eq!(effects, [wallets.sends("c", "7")]);
    assert_eq!(wallets.confirms("c", "8"), [settled("c", "a")]);
}

#[test]
fn a_second_reply_to_an_earlier_request_is_not_one_to_the_latest() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    let earlier = wallets.attempt;
    wallets.fails(changed("c", "2"));
    assert_ne!(wallets.attempt, earlier);
    assert_eq!(wallets.confirms_as(earlier, "b", "2"), []);
    assert_eq!(wallets.confirmed(), Some("c"));
    assert!(!wallets.is_idle());
}

#[test]
fn a_412_that_shows_the_card_in_use_settles() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    assert_eq!(wallets.fails(changed("b", "7")), [settled("b", "a")]);
}

#[test]
fn a_wallet_that_keeps_changing_ends_the_tries() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    for revision in ["2", "3"] {
        let effects = wallets.fails(changed("a", revision));
        assert_eq!(effects, [wallets.sends("b", revision)]);
    }
    let failure = failed("b", SwitchError::WalletKeptChanging);
    assert_eq!(wallets.fails(changed("a", "4")), [failure]);
    assert_eq!(wallets.shown(), Some("a"));
}

#[test]
fn a_later_tap_has_tries_of_its_own() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    wallets.fails(changed("a", "2"));
    wallets.fails(changed("a", "3"));
    wallets.taps("c");
    for revision in ["4", "5", "6"] {
        let effects = wallets.fails(changed("a", revision));
        assert_eq!(effects, [wallets.sends("c", revision)]);
    }
    let failure = failed("c", SwitchError::WalletKeptChanging);
    assert_eq!(wallets.fails(changed("a", "7")), [failure]);
}

#[test]
fn a_412_whose_wallet_cannot_be_read_asks_for_it() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    let effects = wallets.fails(problem(412, ProblemCode::Unknown));
    assert_eq!(effects, [wallets.asks()]);
    let effects = wallets.loads("a", "7");
    assert_eq!(effects, [wallets.sends("b", "7")]);
}

// ---- lost replies ---------------------------------------------------------

fn unknown_outcomes() -> [ApiError; 6] {
    [
        ApiError::Offline,
        ApiError::Timeout,
        ApiError::Unreadable,
        gateway(502, None),
        problem(500, ProblemCode::Internal),
        problem(503, ProblemCode::Unavailable),
    ]
}

#[test]
fn an_unknown_outcome_is_resolved_by_asking() {
    for error in unknown_outcomes() {
        let mut wallets = Wallets::with_in_use("a");
        wallets.taps("b");
        let effects = wallets.fails(error.clone());
        assert_eq!(effects, [wallets.asks()], "{error:?}");
        assert_eq!(wallets.shown(), Some("b"));
        assert_eq!(wallets.loads("b", "2"), [settled("b", "a")]);

        wallets.taps("c");
        wallets.fails(error);
        let effects = wallets.loads("b", "2");
        assert_eq!(effects, [wallets.sends("c", "2")]);
    }
}

#[test]
fn a_switch_that_is_lost_each_time_is_told_with_its_cause() {
    for error in unknown_outcomes() {
        let mut wallets = Wallets::with_in_use("a");
        wallets.taps("b");
        for _ in 0..2 {
            wallets.fails(error.clone());
            let effects = wallets.loads("a", "1");
            assert_eq!(effects, [wallets.sends("b", "1")]);
        }
        wallets.fails(error.clone());
        let failure = failed("b", SwitchError::NotDone(error));
        assert_eq!(wallets.loads("a", "1"), [failure]);
        assert_eq!(wallets.shown(), Some("a"));
        assert!(wallets.is_idle());
    }
}

#[test]
fn a_backend_that_asks_for_a_pause_is_not_sent_the_same_again() {
    let busy = gateway(503, Some(30));
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    wallets.fails(busy.clone());
    let failure = failed("b", SwitchError::NotDone(busy.clone()));
    assert_eq!(wallets.loads("a", "1"), [failure]);

    wallets.taps("b");
    wallets.taps("c");
    wallets.fails(busy);
    let effects = wallets.loads("a", "1");
    assert_eq!(effects, [wallets.sends("c", "1")], "a tap of its own");
}

#[test]
fn a_tap_back_overtakes_a_switch_that_may_come_late() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    wallets.taps("a");
    wallets.fails(ApiError::Timeout);
    let effects = wallets.loads("a", "1");
    assert_eq!(effects, [wallets.sends("a", "1")]);
    // It was made before, or the other one was.
    wallets.fails(ApiError::Timeout);
    assert_eq!(wallets.loads("a", "2"), []);
    assert!(wallets.is_idle());
    assert_eq!(
        wallets.taps("a"),
        [],
        "nothing that is lost can come any more"
    );

    wallets.taps("b");
    wallets.taps("a");
    wallets.fails(ApiError::Timeout);
    wallets.loads("a", "2");
    let effects = wallets.fails(changed("b", "3"));
    assert_eq!(effects, [wallets.sends("a", "3")]);
    assert_eq!(wallets.fails(changed("a", "4")), []);
    assert!(wallets.is_idle());
}

#[test]
fn a_tap_on_the_card_in_use_is_sent_where_a_lost_switch_may_come_late() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    let pause = gateway(503, Some(30));
    wallets.fails(pause.clone());
    let failure = failed("b", SwitchError::NotDone(pause));
    assert_eq!(wallets.loads("a", "1"), [failure]);
    let effects = wallets.taps("a");
    assert_eq!(effects, [wallets.sends("a", "1")]);
    assert_eq!(wallets.confirms("a", "2"), []);
    assert_eq!(wallets.taps("a"), []);
}

#[test]
fn where_a_tap_back_can_not_be_sent_nobody_knows_what_will_be_in_use() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    wallets.taps("a");
    for _ in 0..3 {
        wallets.fails(ApiError::Timeout);
        let effects = wallets.loads("a", "1");
        assert_eq!(effects, [wallets.sends("a", "1")]);
    }
    wallets.fails(ApiError::Timeout);
    let failure = failed("a", SwitchError::OutcomeUnknown(ApiError::Timeout));
    assert_eq!(wallets.loads("a", "1"), [failure]);

    let busy = problem(429, ProblemCode::RateLimited);
    let effects = wallets.taps("a");
    assert_eq!(effects, [wallets.sends("a", "1")]);
    let failure = failed("a", SwitchError::OutcomeUnknown(busy.clone()));
    assert_eq!(wallets.fails(busy), [failure]);
}

#[test]
fn a_refusal_does_not_tell_what_became_of_an_earlier_try() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    wallets.fails(ApiError::Timeout);
    wallets.loads("a", "1");
    let busy = problem(429, ProblemCode::RateLimited);
    let failure = failed("b", SwitchError::OutcomeUnknown(busy.clone()));
    assert_eq!(wallets.fails(busy), [failure]);
    // It was made. A tap on the card that is shown finds out.
    let effects = wallets.taps("a");
    assert_eq!(effects, [wallets.sends("a", "1")]);
    let effects = wallets.fails(changed("b", "2"));
    assert_eq!(effects, [wallets.sends("a", "2")]);
}

#[test]
fn a_refusal_does_not_undo_an_earlier_try_that_was_made() {
    for refusal in [problem(429, ProblemCode::RateLimited), session_over()] {
        let mut wallets = Wallets::with_in_use("a");
        wallets.taps("b");
        wallets.fails(ApiError::Timeout);
        wallets.loads("a", "1");
        // Meanwhile the first try is made, and a load tells so.
        wallets.on(Event::Refresh);
        wallets.loads("b", "2");
        let settled = Effect::Settled {
            card: id("b"),
            before: Some(id("a")),
        };
        assert_eq!(wallets.fails(refusal), [settled]);
        assert_eq!(wallets.shown(), Some("b"));
    }
}

#[test]
fn a_tap_back_that_meets_the_end_of_the_session_is_told_of() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    wallets.taps("a");
    // The switch may have come to the backend twice, and have been made the first time.
    let failure = failed("a", SwitchError::NotDone(session_over()));
    assert_eq!(wallets.fails(session_over()), [failure]);
}

#[test]
fn a_load_from_before_the_loss_does_not_answer_the_question() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.on(Event::Refresh);
    let early = wallets.load;
    wallets.taps("b");
    let effects = wallets.fails(ApiError::Timeout);
    assert_eq!(effects, [wallets.asks()]);
    assert_ne!(wallets.load, early);
    assert_eq!(wallets.loads_as(early, "a", "1"), []);
    assert_eq!(wallets.shown(), Some("b"));
    assert_eq!(wallets.loads("b", "2"), [settled("b", "a")]);
}

#[test]
fn asking_in_vain_rolls_back_and_says_that_the_outcome_is_not_known() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    wallets.taps("c");
    wallets.fails(ApiError::Timeout);
    let failure = failed("c", SwitchError::OutcomeUnknown(ApiError::Offline));
    assert_eq!(
        wallets.fails_to_load(ApiError::Offline),
        [remember("c"), failure]
    );
    assert_eq!(wallets.shown(), Some("a"));
    let unfinished = Unfinished::Unknown(id("c"));
    assert_eq!(wallets.machine.unfinished(), Some(&unfinished));
    assert!(wallets.is_idle());

    // The next wallet tells.
    wallets.on(Event::Refresh);
    assert_eq!(wallets.loads("b", "2"), []);
    let unfinished = Unfinished::NotDone(id("c"));
    assert_eq!(wallets.machine.unfinished(), Some(&unfinished));
    let effects = wallets.taps("c");
    assert_eq!(effects, [Effect::Remember(None), wallets.sends("c", "2")]);
    assert_eq!(wallets.machine.unfinished(), None);
}

#[test]
fn while_it_is_not_known_what_is_in_use_a_tap_asks_first() {
    for card in ["a", "c"] {
        let mut wallets = Wallets::with_in_use("a");
        wallets.taps("b");
        wallets.fails(ApiError::Timeout);
        wallets.fails_to_load(ApiError::Offline);
        let effects = wallets.taps(card);
        assert_eq!(effects, [Effect::Remember(None), wallets.asks()]);
        assert_eq!(wallets.taps(card), []);
        let failure = failed(card, SwitchError::OutcomeUnknown(ApiError::Offline));
        assert!(wallets.fails_to_load(ApiError::Offline).contains(&failure));
        wallets.taps(card);
        let effects = wallets.loads("b", "2");
        assert_eq!(effects, [wallets.sends(card, "2")]);
        assert_eq!(wallets.confirms(card, "3"), [settled(card, "b")]);
    }
}

#[test]
fn a_wallet_that_cannot_be_loaded_ends_a_tap_that_waited_for_it() {
    let mut wallets = Wallets::new(None);
    wallets.taps("b");
    assert_eq!(
        wallets.fails_to_load(ApiError::Offline),
        [
            remember("b"),
            Effect::LoadFailed(ApiError::Offline),
            failed("b", SwitchError::NotDone(ApiError::Offline))
        ]
    );
    assert!(wallets.is_idle());
    assert_eq!(wallets.shown(), None);
}

// ---- loads ----------------------------------------------------------------

#[test]
fn a_load_begun_before_a_switch_and_answered_after_it_is_dropped() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.on(Event::Refresh);
    let early = wallets.load;
    wallets.taps("b");
    wallets.confirms("b", "2");
    let effects = wallets.loads_as(early, "a", "1");
    assert_eq!(wallets.confirmed(), Some("b"));
    assert_ne!(wallets.load, early);
    assert_eq!(effects, [wallets.asks()], "the rest may have changed");
    assert_eq!(wallets.loads("b", "2"), []);
    assert!(wallets.is_idle());
}

#[test]
fn a_second_reply_to_a_load_changes_nothing() {
    let mut wallets = Wallets::with_in_use("a");
    let load = wallets.load;
    wallets.taps("b");
    wallets.confirms("b", "2");
    assert_eq!(wallets.loads_as(load, "a", "1"), []);
    assert_eq!(wallets.confirmed(), Some("b"));
}

#[test]
fn a_load_during_a_switch_refreshes_all_but_what_is_shown() {
    let phone = |wallets: &Wallets| wallets.machine.wallet()?.phone_masked.clone();
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    wallets.on(Event::Refresh);
    let mut described = (*wallet(Some("a"), "1")).clone();
    described.phone_masked = Some("138****8000".to_owned());
    let load = wallets.load;
    let wallet = Arc::new(described);
    assert_eq!(wallets.on(Event::Loaded { load, wallet }), []);
    assert_eq!(wallets.shown(), Some("b"));
    assert!(wallets.machine.is_busy());
    assert_eq!(phone(&wallets).as_deref(), Some("138****8000"));
    assert_eq!(wallets.confirms("b", "2"), [settled("b", "a")]);
    assert_eq!(phone(&wallets).as_deref(), Some("138****8000"));
}

#[test]
fn of_two_loads_the_later_start_wins() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.on(Event::Refresh);
    let early = wallets.load;
    // A write in between makes the first load outdated.
    let begun = wallets.machine.mark();
    let wallet = None;
    let effects = wallets.on(Event::Wrote { begun, wallet });
    assert_eq!(effects, [wallets.asks()]);
    let late = wallets.load;
    assert_ne!(early, late);
    assert_eq!(wallets.loads_as(late, "c", "3"), []);
    assert_eq!(wallets.loads_as(early, "b", "2"), []);
    assert_eq!(wallets.confirmed(), Some("c"));
    assert!(wallets.is_idle());
}

#[test]
fn a_load_under_way_serves_every_page() {
    let mut wallets = Wallets::new(None);
    let effects = wallets.on(Event::Refresh);
    assert_eq!(effects, [wallets.asks()]);
    assert_eq!(wallets.on(Event::Refresh), []);
    let failure = Effect::LoadFailed(ApiError::Timeout);
    assert_eq!(wallets.fails_to_load(ApiError::Timeout), [failure]);
    let effects = wallets.on(Event::Refresh);
    assert_eq!(effects, [wallets.asks()]);
}

#[test]
fn a_load_that_fails_while_a_later_one_is_under_way_is_not_told() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.on(Event::Refresh);
    let early = wallets.load;
    let begun = wallets.machine.mark();
    let wallet = None;
    wallets.on(Event::Wrote { begun, wallet });
    let error = ApiError::Timeout;
    let load = early;
    assert_eq!(wallets.on(Event::LoadFailed { load, error }), []);
    assert!(wallets.machine.is_loading());
}

#[test]
fn a_confirmation_that_may_be_older_than_the_wallet_is_checked() {
    // Another webview has put c in use after b, and the load tells so before the
    // reply about b is here.
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    wallets.on(Event::Refresh);
    wallets.loads("c", "3");
    let effects = wallets.confirms("b", "2");
    assert_eq!(effects, [settled("b", "a"), wallets.asks()]);
    wallets.loads("c", "3");
    assert_eq!(wallets.shown(), Some("c"));
}

#[test]
fn a_confirmation_of_what_a_load_has_told_already_needs_no_check() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    wallets.on(Event::Refresh);
    wallets.loads("b", "2");
    assert_eq!(wallets.confirms("b", "2"), [settled("b", "a")]);
}

// ---- other writes ---------------------------------------------------------

#[test]
fn the_wallet_that_a_binding_brings_is_taken_over() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.on(Event::Refresh);
    let early = wallets.load;
    let begun = wallets.machine.mark();
    let wallet = Some(wallet(Some("d"), "5"));
    assert_eq!(wallets.on(Event::Wrote { begun, wallet }), []);
    assert_eq!(wallets.confirmed(), Some("d"));
    assert_eq!(wallets.loads_as(early, "a", "1"), []);
    assert_eq!(wallets.confirmed(), Some("d"));
}

#[test]
fn a_binding_answered_after_a_later_switch_does_not_put_the_old_card_back() {
    let mut wallets = Wallets::with_in_use("a");
    let begun = wallets.machine.mark();
    wallets.taps("b");
    wallets.confirms("b", "3");
    let wallet = Some(wallet(Some("a"), "2"));
    let effects = wallets.on(Event::Wrote { begun, wallet });
    assert_eq!(effects, [wallets.asks()]);
    assert_eq!(wallets.shown(), Some("b"));
}

// ---- the session ----------------------------------------------------------

#[test]
fn a_switch_that_meets_the_end_of_the_session_is_remembered() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    wallets.taps("c");
    let failure = failed("c", SwitchError::NotDone(session_over()));
    assert_eq!(wallets.fails(session_over()), [remember("c"), failure]);
    assert_eq!(wallets.shown(), Some("a"));
}

#[test]
fn after_signing_in_a_switch_that_did_not_happen_is_offered() {
    let mut wallets = Wallets::new(Some("b"));
    let unfinished = Unfinished::Unknown(id("b"));
    assert_eq!(wallets.machine.unfinished(), Some(&unfinished));
    wallets.on(Event::Refresh);
    assert_eq!(wallets.loads("a", "1"), []);
    let unfinished = Unfinished::NotDone(id("b"));
    assert_eq!(wallets.machine.unfinished(), Some(&unfinished));
    let effects = wallets.taps("b");
    assert_eq!(effects, [Effect::Remember(None), wallets.sends("b", "1")]);
}

#[test]
fn after_signing_in_nothing_is_offered_that_is_done_gone_or_not_wanted() {
    for (unfinished, current) in [("b", "b"), ("x", "a")] {
        let mut wallets = Wallets::new(Some(unfinished));
        wallets.on(Event::Refresh);
        assert_eq!(wallets.loads(current, "1"), [Effect::Remember(None)]);
        assert_eq!(wallets.machine.unfinished(), None);
    }
    let mut wallets = Wallets::new(Some("b"));
    assert_eq!(wallets.on(Event::Dismissed), [Effect::Remember(None)]);
    assert_eq!(wallets.machine.unfinished(), None);
}

#[test]
fn a_tap_that_waits_behind_another_switch_is_told_after_the_page_was_left() {
    for is_known in [true, false] {
        let mut wallets = if is_known {
            Wallets::with_in_use("a")
        } else {
            Wallets::new(None)
        };
        wallets.taps("b");
        wallets.taps("c");
        assert_eq!(wallets.on(Event::Leaving), [remember("c")]);
        // The first switch takes effect; nobody is there to send the second.
        let mut next = Wallets::new(Some("c"));
        next.on(Event::Refresh);
        next.loads("b", "2");
        let unfinished = Unfinished::NotDone(id("c"));
        assert_eq!(next.machine.unfinished(), Some(&unfinished));
    }
}

#[test]
fn a_page_that_is_come_back_to_tells_how_the_switch_ended() {
    type End = fn(&mut Wallets) -> Vec<Effect>;
    let ends: [(End, Effect); 3] = [
        (|it| it.confirms("b", "2"), settled("b", "a")),
        (
            |it| it.fails(frozen()),
            failed("b", SwitchError::NotDone(frozen())),
        ),
        (
            |it| {
                // A browser ends the calls of a page that it freezes.
                it.fails(ApiError::Offline);
                it.loads("b", "2")
            },
            settled("b", "a"),
        ),
    ];
    for (end, told) in ends {
        let mut wallets = Wallets::with_in_use("a");
        wallets.taps("b");
        assert_eq!(wallets.on(Event::Leaving), [remember("b")]);
        let effects = end(&mut wallets);
        assert!(effects.contains(&told), "{effects:?}");
        assert!(effects.contains(&Effect::Remember(None)), "{effects:?}");
        assert_eq!(wallets.machine.unfinished(), None);
    }
}

#[test]
fn another_call_that_ends_the_session_saves_the_switch_under_way() {
    let mut wallets = Wallets::with_in_use("a");
    assert_eq!(wallets.on(Event::Leaving), []);
    wallets.taps("b");
    assert_eq!(wallets.on(Event::Leaving), [remember("b")]);
    assert_eq!(wallets.taps("c"), [remember("c")]);
    assert_eq!(wallets.on(Event::Dismissed), [], "it is still under way");
    // The page is still there, and the switch goes on.
    wallets.on(Event::Refresh);
    assert_eq!(wallets.loads("c", "1"), []);
    let effects = wallets.confirms("b", "2");
    assert_eq!(effects, [wallets.sends("c", "2")]);
    assert_eq!(
        wallets.confirms("c", "3"),
        [Effect::Remember(None), settled("c", "a")]
    );
}

#[test]
fn a_load_that_ends_the_session_saves_the_switch_under_way() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    wallets.on(Event::Refresh);
    assert_eq!(
        wallets.fails_to_load(session_over()),
        [remember("b"), Effect::LoadFailed(session_over())]
    );

    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    wallets.fails(ApiError::Timeout);
    let failure = failed("b", SwitchError::OutcomeUnknown(session_over()));
    assert_eq!(
        wallets.fails_to_load(session_over()),
        [remember("b"), failure]
    );
}

#[test]
fn nothing_of_the_wallet_is_left_after_signing_out() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.on(Event::Refresh);
    let early = wallets.load;
    assert_eq!(wallets.on(Event::SignedOut), []);
    assert_eq!(wallets.machine.wallet(), None);
    assert_eq!(wallets.loads_as(early, "a", "1"), []);
    assert_eq!(wallets.machine.wallet(), None);
    assert!(wallets.is_idle());
}

#[test]
fn a_reply_to_one_account_is_not_taken_for_one_to_another() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    wallets.on(Event::Refresh);
    let (load, attempt) = (wallets.load, wallets.attempt);
    let begun = wallets.machine.mark();

    wallets.machine = wallets.machine.of_another_account(None);
    assert_eq!(wallets.shown(), None);
    let effects = wallets.on(Event::Refresh);
    assert_eq!(effects, [wallets.asks()]);
    let asked = wallets.load;
    assert_eq!(wallets.loads_as(load, "a", "1"), []);
    assert_eq!(wallets.confirms_as(attempt, "b", "2"), []);
    let error = ApiError::Timeout;
    assert_eq!(wallets.on(Event::LoadFailed { load, error }), []);
    assert_eq!(wallets.machine.wallet(), None);

    assert_eq!(wallets.loads_as(asked, "c", "7"), []);
    let late = Some(wallet(Some("a"), "1"));
    let effects = wallets.on(Event::Wrote {
        begun,
        wallet: late,
    });
    assert_eq!(effects, [wallets.asks()]);
    assert_eq!(wallets.confirmed(), Some("c"));
}

#[test]
fn a_doubt_of_the_fan_before_is_not_told_to_the_next() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    wallets.fails(ApiError::Timeout);
    wallets.fails_to_load(ApiError::Offline);
    wallets.on(Event::SignedOut);
    wallets.taps("c");
    let failure = failed("c", SwitchError::NotDone(ApiError::Offline));
    let effects = wallets.fails_to_load(ApiError::Offline);
    assert!(effects.contains(&failure), "{effects:?}");
}

#[test]
fn a_switch_under_way_while_signing_out_delays_the_next() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    let abandoned = wallets.attempt;
    wallets.on(Event::SignedOut);
    assert!(!wallets.machine.is_busy());
    let effects = wallets.taps("c");
    assert_eq!(effects, [wallets.asks()]);
    assert_eq!(wallets.loads("a", "1"), [], "one PUT at a time");
    assert_eq!(wallets.shown(), Some("c"));
    let effects = wallets.confirms_as(abandoned, "b", "2");
    assert_eq!(effects, [wallets.asks()]);
    let effects = wallets.loads("b", "2");
    assert_eq!(effects, [wallets.sends("c", "2")]);
    assert_eq!(wallets.confirms("c", "3"), [settled("c", "b")]);
}

#[test]
fn a_switch_under_way_while_signing_out_may_still_change_what_is_in_use() {
    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    let abandoned = wallets.attempt;
    wallets.on(Event::SignedOut);
    wallets.taps("a");
    assert_eq!(wallets.loads("a", "1"), []);
    assert!(wallets.machine.is_busy(), "b may be in use in a moment");
    wallets.confirms_as(abandoned, "b", "2");
    let effects = wallets.loads("b", "2");
    assert_eq!(effects, [wallets.sends("a", "2")]);

    let mut wallets = Wallets::with_in_use("a");
    wallets.taps("b");
    let abandoned = wallets.attempt;
    wallets.on(Event::SignedOut);
    wallets.on(Event::Refresh);
    wallets.loads("a", "1");
    assert_eq!(wallets.taps("c"), [], "one PUT at a time");
    wallets.on(Event::Refresh);
    let early = wallets.load;
    let effects = wallets.confirms_as(abandoned, "b", "2");
    assert_eq!(effects, [wallets.asks()]);
    assert_ne!(wallets.load, early);
    assert_eq!(wallets.loads_as(early, "a", "1"), []);
    let effects = wallets.loads("b", "2");
    assert_eq!(effects, [wallets.sends("c", "2")]);
}

#[test]
fn the_end_of_a_switch_from_before_signing_out_is_looked_at_where_someone_looks() {
    let signed_out = || {
        let mut wallets = Wallets::with_in_use("a");
        wallets.taps("b");
        let abandoned = wallets.attempt;
        wallets.on(Event::SignedOut);
        (wallets, abandoned)
    };
    let (mut empty, abandoned) = signed_out();
    assert_eq!(empty.confirms_as(abandoned, "b", "2"), []);

    let (mut shown, abandoned) = signed_out();
    shown.on(Event::Refresh);
    shown.loads("a", "1");
    let effects = shown.confirms_as(abandoned, "b", "2");
    assert_eq!(effects, [shown.asks()]);

    let (mut tapped, abandoned) = signed_out();
    tapped.taps("c");
    let early = tapped.load;
    let effects = tapped.confirms_as(abandoned, "b", "2");
    assert_eq!(effects, [tapped.asks()]);
    assert_ne!(tapped.load, early);
}

// ---- what is shown --------------------------------------------------------

#[test]
fn a_tap_shows_the_card_without_copying_any() {
    let mut wallets = Wallets::with_in_use("a");
    let before = wallets.machine.wallet().map(Arc::as_ptr);
    wallets.taps("b");
    assert_eq!(wallets.shown(), Some("b"));
    wallets.confirms("b", "2");
    assert_eq!(wallets.machine.wallet().map(Arc::as_ptr), before);
}
