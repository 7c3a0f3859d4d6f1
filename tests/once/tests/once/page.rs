//! The app on a phone: its machines and its client, put together as its store does.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc, sync::Arc};

use core::task::{Context, Poll, Waker};

use kabao::api::client::{Client, Surroundings};
use kabao_core::{
    domain::{
        id::{AccountId, CardId, ClaimId},
        idempotency_key::IdempotencyKey,
        timestamp::Timestamp,
    },
    machine::{
        claim::{
            call::Write,
            effect::Effect as ClaimEffect,
            event::{Event as ClaimEvent, Reply, WalletSummary},
            saved::Saved,
            state::ClaimState,
        },
        wallet::{
            Effect as WalletEffect, Event as WalletEvent, Generation, SwitchError, WalletMachine,
        },
    },
    problem::ApiError,
};

use crate::{
    calls::{self, Call, Ended},
    clock,
    network::Line,
    session::Session,
};

/// What is stored until the webview is closed.
pub(crate) type Storage = Rc<RefCell<BTreeMap<&'static str, String>>>;

const SWITCH: &str = "switch";
const CLAIM: &str = "claim";
const ATTEMPTED_AT: &str = "signing-in";

/// Which screen the address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Screen {
    Wallet,
    Claim,
}

/// What a page has done or heard, for those who look whether that is right.
pub(crate) enum News {
    /// It is about to ask for `write`, and has shown this claim last.
    Asks(Write, IdempotencyKey, Option<ClaimId>),
    /// A call of the claim has ended: a write has a key.
    Heard(Option<IdempotencyKey>, Result<Reply, ApiError>),
    /// The fan is told that a card is not in use.
    NotSwitched(CardId),
    /// The fan is told that it is not known which card is in use, or nothing as yet,
    /// because the session is over.
    InDoubt,
}

pub(crate) struct Page {
    account: AccountId,
    client: Client,
    storage: Storage,
    pub(crate) session: Rc<RefCell<Session>>,
    pub(crate) wallet: WalletMachine,
    /// Made when the claim's page is opened first.
    pub(crate) claim: Option<ClaimState>,
    pub(crate) screen: Screen,
    /// What the claim was told of the wallet.
    summary: Option<WalletSummary>,
    /// The claim that was shown last.
    last_shown: Option<ClaimId>,
    calls: Vec<Call>,
    /// How many of the calls change something.
    writes: u32,
    keys: Rc<RefCell<u64>>,
    pub(crate) news: Vec<News>,
}

impl Page {
    /// The page as it is loaded from an address.
    pub(crate) fn load(
        address: &str,
        account: &AccountId,
        storage: &Storage,
        line: Line,
        keys: &Rc<RefCell<u64>>,
    ) -> Self {
        let kept = |name| storage.borrow().get(name).cloned();
        let last_attempt = kept(ATTEMPTED_AT).and_then(|it| it.parse().ok());
        let session = Rc::new(RefCell::new(Session::new(
            address.contains("signin=1"),
            last_attempt.map(Timestamp::from_milliseconds),
        )));
        let (fan, on_fan, on_time) = (session.clone(), session.clone(), session.clone());
        let surroundings = Surroundings {
            language: "zh-CN",
            fan: Box::new(move || fan.borrow().fan()),
            on_fan: Box::new(move |it| on_fan.borrow_mut().observe_fan(&it)),
            on_server_time: Box::new(move |it| on_time.borrow_mut().observe_server_time(it)),
            on_slow: Box::new(|_| ()),
        };
        let mut page = Self {
            account: account.clone(),
            client: Client::new(Rc::new(line), surroundings).with_clock(clock::CLOCK),
            storage: Rc::clone(storage),
            session,
            wallet: WalletMachine::new(kept(SWITCH).map(CardId::from)),
            claim: None,
            screen: Screen::Wallet,
            summary: None,
            last_shown: None,
            calls: Vec::new(),
            writes: 0,
            keys: Rc::clone(keys),
            news: Vec::new(),
        };
        if address.contains("/claim") {
            page.open_claim(ClaimEvent::Opened);
        } else {
            page.open_wallet();
        }
        page
    }

    /// The path and query of the screen that is shown.
    pub(crate) fn address(&self) -> String {
        let screen = match self.screen {
            Screen::Wallet => "",
            Screen::Claim => "/claim",
        };
        let marker = match self.session.borrow().is_marked {
            true => "?signin=1",
            false => "",
        };
        format!("/a/{}{screen}{marker}", self.account.as_str())
    }

    /// Whether the page waits for nothing.
    pub(crate) fn is_quiet(&self) -> bool {
        self.calls.is_empty()
    }

    /// Whether it waits for what it has asked to be changed.
    pub(crate) fn is_writing(&self) -> bool {
        self.writes > 0
    }

    // ---- what the fan does ------------------------------------------------

    pub(crate) fn open_wallet(&mut self) {
        self.screen = Screen::Wallet;
        self.on_wallet(WalletEvent::Refresh);
    }

    /// Shows the claim's page, come to by its address or by a button.
    pub(crate) fn open_claim(&mut self, event: ClaimEvent) {
        self.screen = Screen::Claim;
        let is_new = self.claim.is_none();
        if is_new {
            let saved = self.storage.borrow().get(CLAIM).cloned();
            let saved = Saved::decode(&saved.unwrap_or_default());
            self.claim = Some(ClaimState::new(saved));
        }
        self.on_claim(event);
        if is_new {
            self.summary = None;
            self.tell_claim();
        }
    }

    // ---- the machines -----------------------------------------------------

    pub(crate) fn on_wallet(&mut self, event: WalletEvent) {
        for effect in self.wallet.on(event) {
            self.perform_for_wallet(effect);
        }
        self.tell_claim();
    }

    fn tell_claim(&mut self) {
        let summary = self.wallet.wallet().map(|it| WalletSummary::of(it));
        if self.claim.is_some() && self.summary != summary {
            self.summary.clone_from(&summary);
            if let Some(summary) = summary {
                self.on_claim(ClaimEvent::WalletUpdated(summary));
            }
        }
    }

    fn perform_for_wallet(&mut self, effect: WalletEffect) {
        match effect {
            WalletEffect::Load(load) => {
                let call = self.client.wallet(&self.account);
                self.calls
                    .push(Box::pin(async move { Ended::Loaded(load, call.await) }));
            }
            WalletEffect::Switch {
                attempt,
                card,
                revision,
            } => {
                self.writes += 1;
                let call = self.client.switch(&self.account, &card, &revision);
                self.calls.push(Box::pin(
                    async move { Ended::Switched(attempt, call.await) },
                ));
            }
            WalletEffect::Settled { .. } => {}
            WalletEffect::SwitchFailed { card, error } => {
                let is_left = match &error {
                    SwitchError::NotDone(error) | SwitchError::OutcomeUnknown(error) => {
                        self.fail(error)
                    }
                    SwitchError::WalletKeptChanging => false,
                };
                let is_told = !is_left && !matches!(error, SwitchError::OutcomeUnknown(_));
                self.news.push(match is_told {
                    true => News::NotSwitched(card),
                    false => News::InDoubt,
                });
            }
            WalletEffect::LoadFailed(error) => {
                self.fail(&error);
            }
            WalletEffect::Remember(card) => {
                self.store(SWITCH, card.map(|card| card.as_str().to_owned()));
            }
        }
    }

    pub(crate) fn on_claim(&mut self, event: ClaimEvent) {
        self.on_claim_since(self.wallet.mark(), event);
    }

    /// The same for what the backend was asked at `begun`, relative to what has happened
    /// to the wallet.
    fn on_claim_since(&mut self, begun: Generation, event: ClaimEvent) {
        let mut bytes = [0; 16];
        *self.keys.borrow_mut() += 1;
        bytes[8..].copy_from_slice(&self.keys.borrow().to_be_bytes());
        let key = IdempotencyKey::from_random_bytes(bytes);
        let now = self.session.borrow().now();
        let Some(claim) = &mut self.claim else { return };
        for effect in claim.on(event, now, key) {
            self.perform_for_claim(begun, effect);
        }
        let open = self.claim.as_ref().and_then(|claim| claim.step().claim());
        if let Some(open) = open {
            self.last_shown = Some(open.id.clone());
        }
    }

    fn perform_for_claim(&mut self, begun: Generation, effect: ClaimEffect) {
        match effect {
            ClaimEffect::Read { call, read } => {
                let begun = self.wallet.mark();
                let call = calls::read(&self.client, &self.account, begun, call, read);
                self.calls.push(call);
            }
            ClaimEffect::Write { call, write, key } => {
                let last_shown = self.last_shown.clone();
                self.news
                    .push(News::Asks(write.clone(), key.clone(), last_shown));
                let begun = self.wallet.mark();
                self.writes += 1;
                let (client, account) = (self.client.clone(), self.account.clone());
                self.calls
                    .push(calls::write(client, account, begun, call, write, key));
            }
            ClaimEffect::Save(saved) => {
                let saved = saved.encode();
                self.store(CLAIM, (!saved.is_empty()).then_some(saved));
            }
            ClaimEffect::WalletChanged(wallet) => {
                let wallet = wallet.map(|wallet| Arc::new(*wallet));
                self.on_wallet(WalletEvent::Wrote { begun, wallet });
            }
            ClaimEffect::Toast(_) => {}
            ClaimEffect::SessionFailed(error) => {
                self.fail(&error);
            }
        }
    }

    /// Whether the call has failed because the session is over.
    fn fail(&mut self, error: &ApiError) -> bool {
        let here = self.address();
        let is_over = self.session.borrow_mut().fail(error, &here);
        if is_over {
            self.on_wallet(WalletEvent::Leaving);
        }
        let leave = self.session.borrow().leave.clone();
        if let Some((_, attempted_at)) = leave {
            let attempted_at = attempted_at.milliseconds().to_string();
            self.store(ATTEMPTED_AT, Some(attempted_at));
        }
        is_over
    }

    fn store(&self, name: &'static str, value: Option<String>) {
        match value {
            Some(value) => self.storage.borrow_mut().insert(name, value),
            None => self.storage.borrow_mut().remove(name),
        };
    }

    // ---- calls ------------------------------------------------------------

    /// Sends what is to be sent, and takes in what has come.
    pub(crate) fn run(&mut self) {
        let mut place = 0;
        while let Some(call) = self.calls.get_mut(place) {
            match call.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                Poll::Pending => place += 1,
                Poll::Ready(ended) => {
                    drop(self.calls.remove(place));
                    self.take_in(ended);
                    place = 0;
                }
            }
        }
    }

    fn take_in(&mut self, ended: Ended) {
        let is_write = matches!(
            ended,
            Ended::Switched(..) | Ended::Claim { key: Some(_), .. }
        );
        self.writes -= u32::from(is_write);
        match ended {
            Ended::Loaded(load, Ok(wallet)) => {
                let wallet = Arc::new(wallet);
                self.on_wallet(WalletEvent::Loaded { load, wallet });
            }
            Ended::Loaded(load, Err(error)) => {
                self.on_wallet(WalletEvent::LoadFailed { load, error });
            }
            Ended::Switched(attempt, Ok(switched)) => self.on_wallet(WalletEvent::Switched {
                attempt,
                current: switched.current_card_id,
                revision: switched.revision,
            }),
            Ended::Switched(attempt, Err(error)) => {
                self.on_wallet(WalletEvent::SwitchFailed { attempt, error });
            }
            Ended::ReadWallet(begun, call, result) => {
                let result = result.map(|wallet| {
                    let summary = WalletSummary::of(&wallet);
                    let wallet = Some(Arc::new(wallet));
                    self.on_wallet(WalletEvent::Wrote { begun, wallet });
                    Reply::Wallet(summary)
                });
                self.on_claim_since(begun, ClaimEvent::Replied { call, result });
            }
            Ended::Claim {
                begun,
                call,
                key,
                result,
            } => {
                self.news.push(News::Heard(key, result.clone()));
                self.on_claim_since(begun, ClaimEvent::Replied { call, result });
            }
        }
    }
}
