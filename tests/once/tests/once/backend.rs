//! The stand-in backend's rules over a state in memory.

use std::sync::LazyLock;

use kabao::api::transport::Response;
use kabao_core::endpoint::Method as ApiMethod;
use kabao_rules::{
    cases::{Case, World},
    command::{self, Command},
    entropy::Entropy,
    handle,
    id::{AccountId, CardId, FanId, MerchantId},
    reply::{Body, Reply, SessionChange, SignInChange},
    request::{Method, Request},
    state::{CaptchaPolicy, CardStatus, Person, SmsGateway, State, fan_id},
    timestamp::Timestamp,
    wechat::{self, Visitor},
};

use crate::{clock, network::Exchange};

/// 2026-11-23T13:04:05Z.
pub(crate) const BEGINNING: i64 = 1_795_439_045_000;
/// The last digits of the numbers that are typed: of an online card, of several cards in
/// all states, of a plastic card and of none.
const TAILS: [&str; 4] = ["8000", "7000", "6000", "9000"];

/// The restaurant's move that a world comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Restaurant {
    /// Its own account, where fans ask for their cards.
    Own,
    /// The platform's account, where each gets a card on the first visit.
    Platform,
}

impl Restaurant {
    /// Its world is built once: that takes longer than a case.
    fn state(self) -> &'static State {
        fn build(case: Case) -> State {
            let mut state = State::default();
            for row in World::of(case).build(Timestamp::from_milliseconds(BEGINNING)) {
                state.apply(&row);
            }
            state
        }
        static OWN: LazyLock<State> = LazyLock::new(|| build(Case::OwnToOwn));
        static PLATFORM: LazyLock<State> = LazyLock::new(|| build(Case::OwnToPlatform));
        match self {
            Self::Own => &OWN,
            Self::Platform => &PLATFORM,
        }
    }
}

pub(crate) struct Backend {
    pub(crate) state: State,
    pub(crate) account: AccountId,
    merchant: MerchantId,
    seeds: u64,
}

/// A setting of the merchant's, or what its staff do.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Setting {
    EndSessions,
    Captcha(CaptchaPolicy),
    Gateway(SmsGateway),
    /// A card whose number is on a plastic or an online card.
    Card(usize, CardStatus),
}

impl Backend {
    pub(crate) fn of(restaurant: Restaurant) -> Self {
        let state = restaurant.state().clone();
        let world = state.worlds.values().next().expect("a world");
        let account = AccountId::from(world.id.as_str());
        let merchant = state.merchants_of(&account).next().expect("a merchant");
        Self {
            merchant: merchant.id.clone(),
            account,
            state,
            seeds: 0,
        }
    }

    pub(crate) fn number(&self, place: usize) -> String {
        let world = self.state.worlds.values().next().expect("a world");
        let tail = TAILS[place % TAILS.len()];
        format!("138{:04}{tail}", world.phone_block)
    }

    /// The codes that have been sent to a number of this masked form, the oldest first.
    pub(crate) fn codes(&self, phone_masked: &str) -> Vec<String> {
        let messages = self.state.messages.values();
        messages
            .filter(|message| message.phone.masked() == phone_masked)
            .map(|message| message.code.clone())
            .collect()
    }

    pub(crate) fn captcha_answer(&self, id: &str) -> String {
        let captcha = self.state.captchas.get(id);
        captcha.map_or_else(String::new, |captcha| captcha.answer.clone())
    }

    fn person(&self, key: &str) -> Person {
        let mut people = self.state.people.values();
        let person = people.find(|person| person.id.as_str().ends_with(&format!("-{key}")));
        person.expect("a person").clone()
    }

    pub(crate) fn fan(&self, key: &str) -> FanId {
        fan_id(&self.account, &self.person(key).openid)
    }

    pub(crate) fn card_in_use(&self, fan: &FanId) -> Option<&CardId> {
        self.state.fans.get(fan)?.current_card.as_ref()
    }

    pub(crate) fn revision(&self, fan: &FanId) -> u64 {
        self.state.fans.get(fan).map_or(0, |fan| fan.revision)
    }

    fn entropy(&mut self) -> Entropy {
        self.seeds += 1;
        let mut seed = [7; 32];
        seed[..8].copy_from_slice(&self.seeds.to_le_bytes());
        Entropy::from_seed(seed)
    }

    fn ask(&mut self, request: &Request) -> Reply {
        let entropy = self.entropy();
        let now = Timestamp::from_milliseconds(clock::now());
        let (reply, changes) = handle(&self.state, request, now, entropy);
        for change in &changes {
            self.state.apply(change);
        }
        reply
    }

    /// Answers a request of the app, as it comes from the browser.
    pub(crate) fn answer(&mut self, exchange: &Exchange) -> Response {
        let asked = &exchange.request;
        let request = Request {
            method: match asked.method {
                ApiMethod::Get => Method::Get,
                ApiMethod::Post => Method::Post,
                ApiMethod::Put => Method::Put,
                ApiMethod::Delete => Method::Delete,
            },
            session: exchange.session.clone(),
            idempotency_key: asked.idempotency_key.clone(),
            if_match: asked.if_match.as_ref().map(|it| format!("\"{it}\"")),
            fan: asked.fan.clone(),
            accept_language: Some(asked.accept_language.to_owned()),
            body: asked.body.clone().unwrap_or_default(),
            ..Request::get(&asked.path)
        };
        let reply = self.ask(&request);
        let retry_after = reply.retry_after().map(|it| it.to_string());
        let (Body::Json(body) | Body::Problem(body)) = reply.body else {
            unreachable!("a call of the API is answered with JSON")
        };
        Response {
            status: reply.status,
            retry_after,
            body: body.to_string(),
        }
    }

    /// Signs the person in by way of WeChat, from `address` (that of the menu where there
    /// is none): the session's cookie, and the address that it leads to.
    pub(crate) fn sign_in(&mut self, key: &str, address: Option<&str>) -> (String, String) {
        let person = self.person(key);
        let entered = self.ask(&Request::get(address.unwrap_or(&person.entry)));
        let SignInChange::Begin { account, value, .. } = entered.sign_in.clone() else {
            unreachable!("{entered:?}")
        };
        let authorize = target(entered);
        let (_, query) = authorize.split_once("&state=").expect("a state");
        let (state, _) = query.split_once('&').expect("where to go on");
        let visitor = Visitor {
            openid: person.openid,
            is_snapshot: person.is_snapshot,
        };
        let now = Timestamp::from_milliseconds(clock::now());
        let entropy = self.entropy();
        let (granted, changes) =
            wechat::grant(&self.state, &account, state, &visitor, now, entropy);
        for change in &changes {
            self.state.apply(change);
        }
        let landed = self.ask(&Request {
            sign_ins: vec![value],
            ..Request::get(&target(granted))
        });
        let SessionChange::Set { token, .. } = landed.session.clone() else {
            unreachable!("{landed:?}")
        };
        (token.as_str().to_owned(), target(landed))
    }

    pub(crate) fn set(&mut self, setting: Setting) {
        let merchant = self.merchant.clone();
        let command = match setting {
            Setting::EndSessions => Command::EndSessions {
                account: self.account.clone(),
            },
            Setting::Captcha(policy) => Command::SetCaptcha { merchant, policy },
            Setting::Gateway(gateway) => Command::SetSmsGateway { merchant, gateway },
            Setting::Card(place, status) => {
                let tail = TAILS[place % TAILS.len()];
                let card = CardId::from(format!("{}-c{tail}", self.account));
                Command::SetCardStatus { card, status }
            }
        };
        let now = Timestamp::from_milliseconds(clock::now());
        let entropy = self.entropy();
        for change in command::apply(&self.state, &command, now, entropy) {
            self.state.apply(&change);
        }
    }

    /// The backend is killed, and begins again with what it has stored.
    pub(crate) fn restart(&mut self) {
        let mut restored = State::default();
        for row in self.state.rows() {
            let stored = row.row().expect("a row that is there").to_string();
            let loaded = restored.load_row(row.table(), &stored);
            loaded.expect("a row that was written");
        }
        assert_eq!(restored, self.state, "a row was not stored as it is");
        self.state = restored;
    }
}

fn target(reply: Reply) -> String {
    match reply.body {
        Body::Redirect(target) => target,
        other => unreachable!("a redirect, and not {other:?}"),
    }
}
