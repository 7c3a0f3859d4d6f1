//! Phones, the network and the backend.

use std::{cell::RefCell, collections::BTreeSet, rc::Rc, sync::Arc};

use kabao::api::transport::{Response, TransportError};
use kabao_core::{
    domain::id::{AccountId, CardId},
    machine::{
        claim::{event::Event, state::Step},
        wallet::Event as WalletEvent,
    },
};
use kabao_rules::{
    id::{self, ClaimId, FanId},
    state::{self, CaptchaPolicy, SmsGateway},
};

use crate::{
    backend::{BEGINNING, Backend, Restaurant, Setting},
    clock, fan,
    ledger::Ledger,
    moves::{Act, Fate, Move},
    network::{Exchange, Line, Network},
    page::{Page, Storage},
};

/// Whose the phones are: one fan has two.
const PEOPLE: [&str; 3] = ["li", "li", "wang"];

struct Phone {
    person: &'static str,
    fan: FanId,
    cookie: Rc<RefCell<Option<String>>>,
    storage: Storage,
    /// Opened when something first happens on the phone.
    page: Option<Page>,
}

pub(crate) struct World {
    backend: Backend,
    account: AccountId,
    network: Rc<RefCell<Network>>,
    phones: Vec<Phone>,
    keys: Rc<RefCell<u64>>,
    ledger: Ledger,
}

impl World {
    pub(crate) fn of(restaurant: Restaurant) -> Self {
        clock::set(BEGINNING);
        let backend = Backend::of(restaurant);
        let phone = |person| Phone {
            person,
            fan: backend.fan(person),
            cookie: Rc::default(),
            storage: Storage::default(),
            page: None,
        };
        Self {
            account: AccountId::from(backend.account.as_str()),
            phones: PEOPLE.map(phone).into(),
            backend,
            network: Rc::default(),
            keys: Rc::default(),
            ledger: Ledger::default(),
        }
    }

    pub(crate) fn make(&mut self, what: Move) {
        match what {
            Move::Next(phone, choice) => match self.awaited(phone) {
                Some(place) => self.meet_at(place, Fate::Answer),
                None => self.act(phone, Act::GoOn(choice)),
            },
            Move::On(phone, act) => self.act(phone, act),
            Move::To(place, fate) => self.meet(place, fate),
            Move::Pass(seconds) => self.pass(seconds * 1_000),
            Move::Restart => self.restart(),
            Move::Set(setting) => self.backend.set(setting),
        }
        self.settle();
        self.check();
    }

    // ---- phones -----------------------------------------------------------

    /// Signs in, from the menu or from where the page was sent to, and loads the page that
    /// this leads to.
    fn enter(&mut self, phone: usize, address: Option<&str>) {
        let Phone { person, cookie, .. } = &self.phones[phone];
        let (session, landing) = self.backend.sign_in(person, address);
        *cookie.borrow_mut() = Some(session);
        self.load(phone, &landing);
    }

    fn load(&mut self, phone: usize, address: &str) {
        let Phone {
            cookie, storage, ..
        } = &self.phones[phone];
        let line = Line {
            phone,
            network: Rc::clone(&self.network),
            cookie: Rc::clone(cookie),
        };
        let page = Page::load(address, &self.account, storage, line, &self.keys);
        self.ledger.loaded(phone, self.network.borrow().sent);
        self.phones[phone].page = Some(page);
    }

    /// The page goes away, for a moment at least; its address.
    fn leave(&mut self, phone: usize) -> Option<String> {
        let page = self.phones[phone].page.as_mut()?;
        page.on_wallet(WalletEvent::Leaving);
        let address = page.address();
        self.phones[phone].page = None;
        self.ledger.reloaded(phone);
        Some(address)
    }

    /// Everything that follows by itself.
    fn settle(&mut self) {
        for phone in 0..self.phones.len() {
            let Phone {
                fan,
                page: Some(page),
                ..
            } = &mut self.phones[phone]
            else {
                continue;
            };
            page.run();
            let in_use = self.backend.card_in_use(fan);
            for news in page.news.drain(..) {
                self.ledger.take(phone, news, in_use);
            }
            let leave = page.session.borrow_mut().leave.take();
            if let Some((url, _)) = leave {
                self.leave(phone);
                self.enter(phone, Some(&url));
                self.settle();
            }
        }
        for exchange in &mut self.network.borrow_mut().on_its_way {
            let revision = self.backend.revision(&self.phones[exchange.phone].fan);
            exchange.revision.get_or_insert(revision);
        }
    }

    fn act(&mut self, phone: usize, act: Act) {
        if self.phones[phone].page.is_none() {
            self.enter(phone, None);
            self.settle();
        }
        match act {
            Act::TapAvatar(place) => return self.tap(phone, place),
            Act::Reload => {
                if let Some(address) = self.leave(phone) {
                    self.load(phone, &address);
                }
                return;
            }
            Act::Kill => {
                self.phones[phone].page = None;
                self.phones[phone].storage.borrow_mut().clear();
                self.ledger.killed(phone);
                return self.enter(phone, None);
            }
            _ => {}
        }
        let Some(page) = &mut self.phones[phone].page else {
            return;
        };
        match act {
            Act::OpenWallet => page.open_wallet(),
            Act::Hide => page.on_wallet(WalletEvent::Leaving),
            Act::GiveUpSwitch => page.on_wallet(WalletEvent::Dismissed),
            Act::OpenClaim => page.open_claim(Event::Opened),
            Act::BeginClaim => page.open_claim(Event::Begun),
            Act::SignIn => page.session.borrow_mut().sign_in(),
            act => {
                let Some(claim) = &page.claim else {
                    return page.open_claim(Event::Opened);
                };
                for event in fan::events(act, claim, &self.backend) {
                    page.on_claim(event);
                }
            }
        }
    }

    fn tap(&mut self, phone: usize, place: usize) {
        let Phone {
            fan,
            page: Some(page),
            ..
        } = &mut self.phones[phone]
        else {
            return;
        };
        let Some(wallet) = page.wallet.wallet() else {
            return;
        };
        if wallet.cards.is_empty() {
            return;
        }
        let card = wallet.cards[place % wallet.cards.len()].id.clone();
        let in_use = self.backend.card_in_use(fan);
        let is_known = page.wallet.shown().map(CardId::as_str) == in_use.map(id::CardId::as_str);
        let network = self.network.borrow();
        let mut exchanges = network.on_its_way.iter();
        let is_coming = exchanges.any(|it| it.phone == phone && it.is_coming());
        let is_foreseeable = is_known && !is_coming && !page.is_writing();
        self.ledger.taps(phone, &card, is_foreseeable);
        page.on_wallet(WalletEvent::Tapped(card));
    }

    // ---- the network ------------------------------------------------------

    fn meet(&mut self, place: usize, fate: Fate) {
        let count = self.network.borrow().on_its_way.len();
        if count == 0 {
            return;
        }
        self.meet_at(count - 1 - place % count, fate);
    }

    /// Whether a phone waits for the reply to a request whose path ends like that.
    pub(crate) fn is_asked(&self, path: &str) -> bool {
        let network = self.network.borrow();
        let mut exchanges = network.on_its_way.iter();
        exchanges.any(|exchange| exchange.is_awaited() && exchange.request.path.ends_with(path))
    }

    /// Where the last request is that a phone waits for.
    fn awaited(&self, phone: usize) -> Option<usize> {
        let network = self.network.borrow();
        let mut exchanges = network.on_its_way.iter();
        exchanges.rposition(|exchange| exchange.phone == phone && exchange.is_awaited())
    }

    fn meet_at(&mut self, place: usize, fate: Fate) {
        let arrives = matches!(
            fate,
            Fate::Arrive | Fate::Answer | Fate::ArriveTwice | Fate::Garble | Fate::LoseReply(_)
        );
        if arrives {
            self.arrive(place);
        }
        let mut network = self.network.borrow_mut();
        let on_its_way = &mut network.on_its_way;
        match fate {
            Fate::Arrive => {}
            Fate::ArriveTwice => on_its_way[place].reply = None,
            Fate::Answer => {
                let exchange = on_its_way.remove(place);
                drop(network);
                self.answer(&exchange);
            }
            Fate::Garble => {
                let exchange = on_its_way.remove(place);
                let mut reply = exchange.reply.clone().expect("a reply");
                let half = reply.body.chars().count() / 2;
                reply.body = reply.body.chars().take(half).collect();
                exchange.end(Ok(reply));
            }
            // The request may reach the backend after all.
            Fate::Break => on_its_way[place].end(Err(TransportError::Unreachable)),
            Fate::Turn(status) | Fate::LoseReply(status) => {
                let exchange = &on_its_way[place];
                exchange.end(Ok(gateway(status)));
                if exchange.reply.is_some() {
                    on_its_way.remove(place);
                }
            }
            Fate::Refuse => {
                let exchange = on_its_way.remove(place);
                // Nobody who knows says that it was not done if it was.
                let status = if exchange.has_arrived { 502 } else { 429 };
                exchange.end(Ok(gateway(status)));
            }
            Fate::Vanish => drop(on_its_way.remove(place)),
        }
    }

    fn arrive(&mut self, place: usize) {
        let exchange = self.network.borrow().on_its_way[place].clone();
        if exchange.reply.is_some() {
            return;
        }
        let before = self.backend.state.clone();
        let reply = self.backend.answer(&exchange);
        let fan = &self.phones[exchange.phone].fan;
        self.ledger
            .handled(&exchange, fan, &before, &self.backend.state);
        let exchange = &mut self.network.borrow_mut().on_its_way[place];
        exchange.reply = Some(reply);
        exchange.has_arrived = true;
    }

    /// The page hears the reply. A wallet that it takes over from it is no older than the
    /// request.
    fn answer(&mut self, exchange: &Exchange) {
        let wallet = |world: &Self| {
            let page = world.phones[exchange.phone].page.as_ref()?;
            page.wallet.wallet().cloned()
        };
        let before = wallet(self);
        exchange.end(Ok(exchange.reply.clone().expect("a reply")));
        self.settle();
        let Some(after) = wallet(self) else { return };
        if before.is_none_or(|before| !Arc::ptr_eq(&before, &after)) {
            let revision: u64 = after.revision.parse().expect("a number");
            let is_present = exchange.revision.is_none_or(|sent| sent <= revision);
            assert!(is_present, "the page believes a wallet of the past");
        }
    }

    /// Pages are frozen for that long, and then all goes on.
    fn pass(&mut self, milliseconds: i64) {
        clock::pass(milliseconds);
        self.settle();
        self.network.borrow_mut().age();
    }

    fn restart(&mut self) {
        let mut network = self.network.borrow_mut();
        let (answered, others) = std::mem::take(&mut network.on_its_way)
            .into_iter()
            .partition(|exchange| exchange.reply.is_some());
        network.on_its_way = others;
        let answered: Vec<_> = answered;
        for exchange in answered {
            exchange.end(Err(TransportError::Unreachable));
        }
        self.backend.restart();
    }

    // ---- what holds -------------------------------------------------------

    fn pages(&self) -> impl Iterator<Item = (usize, &Phone, &Page)> {
        let phones = self.phones.iter().enumerate();
        phones.filter_map(|(place, phone)| Some((place, phone, phone.page.as_ref()?)))
    }

    /// What holds at any time.
    fn check(&self) {
        for (place, phone, page) in self.pages() {
            if page.is_quiet() {
                assert!(!page.wallet.is_busy(), "nothing will ever end the switch");
                assert!(!page.wallet.is_loading(), "no wallet will ever come");
            }
            let wanted = self.ledger.wanted(place).filter(|_| page.is_quiet());
            if let Some(wanted) = wanted {
                let in_use = self.backend.card_in_use(&phone.fan);
                let in_use = in_use.map(|card| CardId::from(card.as_str()));
                assert_eq!(in_use.as_ref(), Some(wanted), "the last tap is in use");
                assert_eq!(page.wallet.shown(), Some(wanted), "and it is shown");
            }
            let Some(claim) = &page.claim else { continue };
            assert!(!page.is_quiet() || !claim.is_busy(), "nothing will come");
            if let Step::Done(cards) = claim.step() {
                let last = claim.saved().last_bound.expect("the claim that is bound");
                let row = &self.backend.state.claims[&ClaimId::from(last.as_str())];
                assert_eq!(row.state, state::ClaimState::Bound, "it is not bound");
                let shown: Vec<_> = cards.iter().map(|card| card.id.as_str()).collect();
                let bound: Vec<_> = row.bound.iter().map(id::CardId::as_str).collect();
                assert_eq!(shown, bound, "other cards are shown than are bound");
            }
        }
    }

    /// Everything is answered.
    fn drain(&mut self) {
        for _ in 0..500 {
            if !self.network.borrow().on_its_way.is_empty() {
                self.make(Move::To(0, Fate::Answer));
            } else if self.pages().any(|(_, _, page)| !page.is_quiet()) {
                self.make(Move::Pass(1));
            } else {
                return;
            }
        }
        panic!("it never ends");
    }

    /// From here on everything works, and the fans look at their wallets.
    pub(crate) fn finish(&mut self) {
        self.make(Move::Set(Setting::Gateway(SmsGateway::Working)));
        self.make(Move::Set(Setting::Captcha(CaptchaPolicy::Never)));
        self.drain();
        // By then a page whose session is over may sign in by itself again.
        self.make(Move::Pass(61));
        self.drain();
        // Twice, because who signs in may find more cards.
        for phone in (0..self.phones.len()).chain(0..self.phones.len()) {
            if self.phones[phone].page.is_some() {
                self.make(Move::On(phone, Act::OpenWallet));
                self.drain();
            }
        }
        for (_, phone, page) in self.pages() {
            let wallet = page.wallet.wallet().expect("a wallet");
            let in_use = self.backend.card_in_use(&phone.fan).map(id::CardId::as_str);
            assert_eq!(page.wallet.shown().map(CardId::as_str), in_use);
            let shown: BTreeSet<_> = wallet.cards.iter().map(|card| card.id.as_str()).collect();
            let held = self.backend.state.holdings_of(&phone.fan);
            let held: BTreeSet<_> = held.map(|holding| holding.card.as_str()).collect();
            assert_eq!(shown, held, "the wallet does not show what is in it");
        }
    }
}

/// What something between the page and the backend answers.
fn gateway(status: u16) -> Response {
    Response {
        status,
        retry_after: None,
        body: "<html>".to_owned(),
    }
}
