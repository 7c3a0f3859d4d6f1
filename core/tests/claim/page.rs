//! A machine with a clock and a source of keys.

use kabao_core::{
    domain::{claim::Claim, id::ClaimId, idempotency_key::IdempotencyKey, timestamp::Timestamp},
    machine::claim::{
        call::{CallId, Read, Write},
        effect::Effect,
        event::{Event, Reply},
        placement::{Field, Reason, StepKind},
        saved::Saved,
        state::{ClaimState, CodeStep, Screen, Step},
    },
    problem::ApiError,
};

use crate::fixtures::{PHONE, at, code_sent, wallet_summary};

pub(crate) struct Page {
    pub(crate) state: ClaimState,
    pub(crate) now: Timestamp,
    keys_drawn: u8,
}

/// A write that is under way.
#[derive(Clone, Debug)]
pub(crate) struct Sent {
    pub(crate) call: CallId,
    pub(crate) write: Write,
    pub(crate) key: IdempotencyKey,
}

/// The write among `effects`, of which there is at most one.
pub(crate) fn sent_in(effects: &[Effect]) -> Option<Sent> {
    let mut writes = effects.iter().filter_map(|effect| match effect {
        Effect::Write { call, write, key } => Some(Sent {
            call: *call,
            write: write.clone(),
            key: key.clone(),
        }),
        _ => None,
    });
    let write = writes.next();
    assert!(writes.next().is_none(), "two calls at once: {effects:?}");
    write
}

impl Page {
    pub(crate) fn new(saved: Saved) -> Self {
        Self {
            state: ClaimState::new(saved),
            now: at(0),
            keys_drawn: 0,
        }
    }

    /// The page of a fan who has no claim.
    pub(crate) fn at_phone() -> Self {
        let mut page = Self::new(Saved::default());
        page.load(None);
        assert_eq!(page.screen(), Screen::Step(StepKind::Phone));
        page
    }

    /// The page of a fan who has typed a number and ticked the box.
    pub(crate) fn ready_to_send() -> Self {
        let mut page = Self::at_phone();
        page.on(Event::PhoneTyped(PHONE.into()));
        page.on(Event::ConsentTicked);
        page
    }

    /// The page of a fan who was sent a code for the claim `k1`.
    pub(crate) fn at_code() -> Self {
        let mut page = Self::ready_to_send();
        let sent = page.sends(Event::SendCode);
        page.answers(&sent, Ok(code_sent("k1", 60)));
        assert_eq!(page.screen(), Screen::Step(StepKind::Code));
        page
    }

    /// The page of a fan who has proven the phone, which led to `claim`.
    pub(crate) fn at_findings(claim: Claim) -> Self {
        let mut page = Self::at_code();
        let sent = page.sends(Event::CodeTyped("123456".into()));
        page.answers(&sent, Ok(claim));
        page
    }

    /// A reload: nothing but what was saved is left, in the form in which it is
    /// kept.
    pub(crate) fn reloaded(&self) -> Self {
        let kept = self.state.saved().encode();
        Self {
            now: self.now,
            keys_drawn: self.keys_drawn,
            ..Self::new(Saved::decode(&kept))
        }
    }

    pub(crate) fn on(&mut self, event: Event) -> Vec<Effect> {
        self.keys_drawn += 1;
        let key = IdempotencyKey::from_random_bytes([self.keys_drawn; 16]);
        self.state.on(event, self.now, key)
    }

    /// Does `event`, which makes a write.
    pub(crate) fn sends(&mut self, event: Event) -> Sent {
        let effects = self.on(event);
        sent_in(&effects).expect("a write")
    }

    /// Does `event`, which makes no write.
    pub(crate) fn sends_nothing(&mut self, event: Event) {
        let effects = self.on(event);
        assert!(sent_in(&effects).is_none(), "{effects:?}");
    }

    pub(crate) fn answers(&mut self, sent: &Sent, result: Result<Claim, ApiError>) -> Vec<Effect> {
        self.replies(sent.call, result.map(Reply::Claim))
    }

    pub(crate) fn replies(&mut self, call: CallId, result: Result<Reply, ApiError>) -> Vec<Effect> {
        self.on(Event::Replied { call, result })
    }

    /// Opens the page while the wallet names `open_claim`, and returns the call
    /// for a claim that this leads to.
    pub(crate) fn load(&mut self, open_claim: Option<&str>) -> Option<(CallId, ClaimId)> {
        let call = self.reads_wallet(Event::Opened);
        let wallet = wallet_summary(open_claim);
        claim_read_in(&self.replies(call, Ok(Reply::Wallet(wallet))))
    }

    /// Does `event`, which asks for the wallet.
    pub(crate) fn reads_wallet(&mut self, event: Event) -> CallId {
        let effects = self.on(event);
        let read = effects.iter().find_map(|effect| match effect {
            Effect::Read {
                call,
                read: Read::Wallet,
            } => Some(*call),
            _ => None,
        });
        read.expect("a read of the wallet")
    }

    pub(crate) fn screen(&self) -> Screen {
        self.state.screen()
    }

    pub(crate) fn code_step(&self) -> &CodeStep {
        match self.state.step() {
            Step::Code(step) => step,
            other => unreachable!("{other:?}"),
        }
    }

    /// What is wrong, and where that is said.
    pub(crate) fn message(&self) -> Option<(Field, Reason)> {
        let message = self.state.message()?;
        Some((message.field, message.reason))
    }
}

pub(crate) fn claim_read_in(effects: &[Effect]) -> Option<(CallId, ClaimId)> {
    effects.iter().find_map(|effect| match effect {
        Effect::Read {
            call,
            read: Read::Claim(claim),
        } => Some((*call, claim.clone())),
        _ => None,
    })
}

/// What `effects` say of the wallet: nothing, that it is out of date, or what it
/// is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum WalletNews {
    None,
    OutOfDate,
    Replied,
}

pub(crate) fn wallet_news(effects: &[Effect]) -> WalletNews {
    let mut news = effects.iter().filter_map(|effect| match effect {
        Effect::WalletChanged(None) => Some(WalletNews::OutOfDate),
        Effect::WalletChanged(Some(_)) => Some(WalletNews::Replied),
        _ => None,
    });
    let first = news.next().unwrap_or(WalletNews::None);
    assert_eq!(news.next(), None, "{effects:?}");
    first
}

/// The digits of the number that a write would send a code to.
pub(crate) fn phone_of(write: &Write) -> &str {
    match write {
        Write::Open { phone, .. } => phone.digits(),
        other => unreachable!("{other:?}"),
    }
}
