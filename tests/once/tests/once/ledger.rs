//! What fans have wished for, and what may become of it.

use std::collections::BTreeSet;

use kabao_core::{
    domain::{
        claim::{Binding, Claim, Progress},
        id::{CardId, ClaimId},
        idempotency_key::IdempotencyKey,
    },
    machine::claim::{call::Write, event::Reply},
    problem::{ApiError, Outcome, ProblemCode},
};
use kabao_rules::{
    id::{self, FanId},
    state::{self, ClaimState, Origin, State},
};

use crate::{clock, network::Exchange, page::News};

/// How long the backend knows a wish again, in milliseconds, as the contract says.
const KEY_LIVES: i64 = 24 * 60 * 60_000;

/// One wish of a fan: a request, and the same again for as long as nobody has told what
/// became of it.
struct Wish {
    phone: usize,
    write: Write,
    keys: Vec<IdempotencyKey>,
    /// The claim that the page had shown last.
    shown_before: Option<ClaimId>,
    asked_at: i64,
    /// The fan knows what became of it, or the page that knew of it is gone.
    is_over: bool,
    messages: u32,
}

impl Wish {
    fn is_still(&self, write: &Write) -> bool {
        !self.is_over && self.write == *write && self.asked_at + KEY_LIVES > clock::now()
    }

    /// Whether `shown` tells what became of it, or is of a claim for which the same can't
    /// be asked again.
    fn is_told_by(&self, shown: &Claim) -> bool {
        match (&self.write, &shown.progress) {
            (Write::Open { .. }, Progress::Bound(_)) => false,
            (Write::Open { phone, .. }, _) => {
                phone.masked() == shown.phone_masked
                    && self.shown_before.as_ref() != Some(&shown.id)
            }
            (Write::Resend { claim, after, .. }, Progress::CodeSent(sent)) => {
                *claim != shown.id || sent.resend_at != *after
            }
            _ => true,
        }
    }
}

/// What a phone's fan has chosen.
#[derive(Default)]
struct Choices {
    tapped: BTreeSet<String>,
    /// The card of the last tap, as long as nothing but this page has changed what is in
    /// use and the fan has not been told that it is not.
    wanted: Option<CardId>,
    /// The latest switch that took effect, in the order of sending.
    switched: u64,
    /// The last request from before the page was loaded, in the order of sending.
    loaded_after: u64,
}

#[derive(Default)]
pub(crate) struct Ledger {
    wishes: Vec<Wish>,
    choices: [Choices; 3],
}

/// Whether the backend's refusal is its last word on a key.
fn is_final(error: &ApiError) -> bool {
    let is_of_the_key = !matches!(
        error.code(),
        None | Some(ProblemCode::CaptchaRequired(_) | ProblemCode::NotSignedIn { .. })
    );
    is_of_the_key && error.outcome() == Outcome::NotDone && error.status() != Some(429)
}

impl Ledger {
    /// Takes in what a page has done or heard while the card `in_use` was that.
    pub(crate) fn take(&mut self, phone: usize, news: News, in_use: Option<&id::CardId>) {
        match news {
            News::Asks(write, key, shown_before) => self.asks(phone, write, key, shown_before),
            News::Heard(key, result) => self.hears(phone, key.as_ref(), &result),
            News::NotSwitched(card) => {
                let wanted = self.choices[phone].wanted.take();
                let is_foreseeable = wanted.as_ref() == Some(&card);
                let is_in_use = in_use.is_some_and(|it| it.as_str() == card.as_str());
                assert!(!(is_foreseeable && is_in_use), "it is in use");
            }
            News::InDoubt => self.choices[phone].wanted = None,
        }
    }

    fn asks(
        &mut self,
        phone: usize,
        write: Write,
        key: IdempotencyKey,
        shown_before: Option<ClaimId>,
    ) {
        let mut wishes = self.wishes.iter_mut();
        match wishes.find(|wish| wish.phone == phone && wish.is_still(&write)) {
            Some(wish) => wish.keys.push(key),
            None => self.wishes.push(Wish {
                phone,
                write,
                keys: vec![key],
                shown_before,
                asked_at: clock::now(),
                is_over: false,
                messages: 0,
            }),
        }
    }

    fn hears(
        &mut self,
        phone: usize,
        key: Option<&IdempotencyKey>,
        result: &Result<Reply, ApiError>,
    ) {
        let shown = match result {
            Ok(Reply::Claim(claim)) => Some(claim),
            Ok(Reply::Bound(bound)) => Some(&bound.claim),
            _ => None,
        };
        let is_answer = match result {
            Ok(_) => true,
            Err(error) => is_final(error),
        };
        for wish in self.wishes.iter_mut().filter(|wish| wish.phone == phone) {
            let is_answered = is_answer && key.is_some_and(|key| wish.keys.contains(key));
            let is_told = shown.is_some_and(|shown| wish.is_told_by(shown));
            wish.is_over |= is_answered || is_told;
        }
    }

    /// The page is loaded anew. What it had solved or typed to prove something is not kept.
    pub(crate) fn reloaded(&mut self, phone: usize) {
        for wish in self.wishes.iter_mut().filter(|wish| wish.phone == phone) {
            let is_kept = wish.write.captcha().is_none();
            wish.is_over |= !is_kept || matches!(wish.write, Write::Verify { .. });
        }
        self.choices[phone].wanted = None;
    }

    /// What is sent from now on is another page's.
    pub(crate) fn loaded(&mut self, phone: usize, sent: u64) {
        self.choices[phone].loaded_after = sent;
    }

    /// Nothing is left of the page.
    pub(crate) fn killed(&mut self, phone: usize) {
        for wish in self.wishes.iter_mut().filter(|wish| wish.phone == phone) {
            wish.is_over = true;
        }
        self.choices[phone].wanted = None;
    }

    /// The fan taps the avatar of `card`. `is_foreseeable`: the page knows what is in use,
    /// and nothing is on its way that was said or sent before.
    pub(crate) fn taps(&mut self, phone: usize, card: &CardId, is_foreseeable: bool) {
        let choices = &mut self.choices[phone];
        choices.tapped.insert(card.as_str().to_owned());
        if is_foreseeable || choices.wanted.is_some() {
            choices.wanted = Some(card.clone());
        }
    }

    pub(crate) fn wanted(&self, phone: usize) -> Option<&CardId> {
        self.choices[phone].wanted.as_ref()
    }

    /// Looks at what a request has changed.
    pub(crate) fn handled(
        &mut self,
        exchange: &Exchange,
        fan: &FanId,
        before: &State,
        after: &State,
    ) {
        self.look_at_messages(exchange, before, after);
        let bound = self.look_at_claims(exchange, before, after);
        look_at_holdings(&bound, before, after);
        self.look_at_card_in_use(exchange, fan, &bound, before, after);
    }

    fn wish_of(&mut self, exchange: &Exchange) -> Option<&mut Wish> {
        let key = exchange.request.idempotency_key.as_deref()?;
        let is_its = |wish: &&mut Wish| {
            wish.phone == exchange.phone && wish.keys.iter().any(|it| it.as_str() == key)
        };
        self.wishes.iter_mut().rev().find(is_its)
    }

    /// One wish, one message.
    fn look_at_messages(&mut self, exchange: &Exchange, before: &State, after: &State) {
        let sent = after.messages.iter();
        for (_, message) in sent.filter(|(id, _)| !before.messages.contains_key(*id)) {
            let wish = self.wish_of(exchange);
            let wish = wish.expect("a message that nobody has asked for");
            wish.messages += 1;
            assert_eq!(wish.messages, 1, "messages for one wish: {:?}", wish.write);
            match &wish.write {
                Write::Open { phone, .. } => assert_eq!(phone.digits(), message.phone.as_str()),
                Write::Resend { claim, .. } => {
                    let claim = &after.claims[&id::ClaimId::from(claim.as_str())];
                    assert_eq!(claim.phone_masked, message.phone.masked());
                }
                other => panic!("a message for {other:?}"),
            }
        }
    }

    /// A claim is bound once, and with what was chosen. The claims that are bound now.
    fn look_at_claims<'a>(
        &mut self,
        exchange: &Exchange,
        before: &State,
        after: &'a State,
    ) -> Vec<&'a state::Claim> {
        let mut bound = Vec::new();
        for claim in after.claims.values() {
            let earlier = before.claims.get(&claim.id);
            let was_bound = earlier.filter(|earlier| earlier.state == ClaimState::Bound);
            if let Some(earlier) = was_bound {
                assert_eq!(earlier, claim, "what was bound has changed");
            } else if claim.state == ClaimState::Bound {
                let wish = self.wish_of(exchange);
                let write = &wish.expect("a binding that nobody has asked for").write;
                let Write::Bind { claim: id, binding } = write else {
                    panic!("a binding for {write:?}")
                };
                assert_eq!(id.as_str(), claim.id.as_str(), "another claim is bound");
                match binding {
                    Binding::Cards(cards) => {
                        let chosen: Vec<_> = cards.iter().map(CardId::as_str).collect();
                        let bound: Vec<_> = claim.bound.iter().map(id::CardId::as_str).collect();
                        assert_eq!(chosen, bound, "other cards are bound");
                    }
                    Binding::NewCard => assert_eq!(claim.bound.len(), 1, "cards were opened"),
                }
                bound.push(claim);
            }
        }
        bound
    }

    /// The card in use is one that the fan has tapped, and no earlier tap overtakes a later
    /// one. Where none was in use, it may be one that was bound.
    fn look_at_card_in_use(
        &mut self,
        exchange: &Exchange,
        fan: &FanId,
        bound: &[&state::Claim],
        before: &State,
        after: &State,
    ) {
        let revision = |state: &State| state.fans.get(fan).map(|fan| fan.revision);
        if revision(before) == revision(after) {
            return;
        }
        let card_in_use = |state: &State| state.fans.get(fan)?.current_card.clone();
        let (earlier, now) = (card_in_use(before), card_in_use(after));
        let choices = &mut self.choices[exchange.phone];
        let is_switch = exchange.request.path.ends_with("/current-card");
        if is_switch {
            assert!(choices.switched < exchange.number, "a tap was overtaken");
            choices.switched = exchange.number;
        }
        if earlier == now {
            return;
        }
        let now = now.expect("a card does not go out of use");
        if is_switch {
            let is_tapped = choices.tapped.contains(now.as_str());
            assert!(is_tapped, "{now} is in use, and nobody has tapped it");
        } else {
            assert_eq!(earlier, None, "{now} takes the place of a card in use");
            let is_bound = bound.iter().any(|claim| claim.bound.contains(&now));
            assert!(is_bound, "{now} is in use, and was not bound");
        }
        for (phone, choices) in self.choices.iter_mut().enumerate() {
            let is_its_own = phone == exchange.phone && choices.loaded_after < exchange.number;
            let is_foreseeable = is_its_own && (is_switch || exchange.is_awaited());
            if !is_foreseeable {
                choices.wanted = None;
            }
        }
    }
}

/// No card leaves a wallet, none comes in but by a claim that is bound now, and none is in
/// two wallets of an account.
fn look_at_holdings(bound: &[&state::Claim], before: &State, after: &State) {
    for key in before.holdings.keys() {
        assert!(after.holdings.contains_key(key), "{key:?} is lost");
    }
    for ((fan, card), holding) in after.holdings.iter() {
        if before.holdings.contains_key(&(fan.clone(), card.clone())) {
            continue;
        }
        let is_bound = |claim: &&state::Claim| claim.fan == *fan && claim.bound.contains(card);
        assert!(bound.iter().any(is_bound), "{holding:?} is unasked");
        assert!(matches!(holding.origin, Origin::Claimed | Origin::Opened));
        let member = &after.cards[card].member;
        let account = &after.fans[fan].account;
        let fans = after.fans_of_member(member);
        let here = fans.filter(|fan| after.fans[*fan].account == *account);
        assert_eq!(here.count(), 1, "{member} is bound to several");
    }
}
