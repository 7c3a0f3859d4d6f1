//! A customer's way after the switch, from the menu to the end, by the calls that the
//! app makes.

use kabao_rules::{
    cases::Customer,
    id::{AccountId, CardId},
    request::{Method, Request},
};
use serde_json::{Value, json};

use crate::{
    backend::Backend,
    plan::{Place, account_at},
};

/// Whether somebody follows the account that they land in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Following {
    Follows,
    DoesNotFollow,
}

/// What the account's menu leads to besides the wallet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    IsSetUp,
    IsMissing,
}

/// What somebody finds in the wallet at first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// No card of the restaurant.
    NoCard,
    /// A new card, and not the old one.
    NewCard,
    /// The old card, with or without a new one.
    OldCard,
}

/// What it takes to have a card in use, the least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effort {
    /// It is there.
    Nothing,
    /// 点击头像.
    Tap,
    /// 手动申请: phone number and SMS code.
    Claim,
    /// The one, and then the other.
    ClaimAndTap,
}

/// What keeps somebody from a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// 手机号码已被使用.
    PhoneInUse,
    /// The card is bound to another WeChat.
    BoundElsewhere,
    /// No code is sent, because the SMS credits are used up.
    NoCode,
    /// Anything else, which the rules have no reason for.
    Refusal,
}

/// How it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The old card is in use.
    OldCard(Effort),
    /// A new card is in use. For somebody with an old one: it was not found.
    NewCard(Effort),
    Stopped(Obstacle),
}

/// What a customer meets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    pub place: Place,
    pub following: Following,
    pub menu: Menu,
    pub arrival: Arrival,
    pub ending: Ending,
}

/// What a customer does on the way to what they meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Whether they look for their card with their phone number.
    pub claims: bool,
    /// Whether they then open a new card.
    pub opens_new: bool,
    /// Whether they tap an avatar in the end.
    pub taps: bool,
}

impl Part {
    /// What `customer` does who meets `outcome`.
    #[must_use]
    pub fn of(customer: Customer, outcome: Outcome) -> Self {
        Self {
            claims: looks_for_card(outcome.arrival, customer.is_old()),
            opens_new: outcome.ending == Ending::NewCard(Effort::Claim),
            taps: matches!(
                outcome.ending,
                Ending::OldCard(Effort::Tap | Effort::ClaimAndTap) | Ending::NewCard(Effort::Tap)
            ),
        }
    }
}

/// Whether somebody looks for a card who comes upon `arrival`: who has nothing to look
/// for is content with a new one.
const fn looks_for_card(arrival: Arrival, is_old: bool) -> bool {
    match arrival {
        Arrival::OldCard => false,
        Arrival::NewCard => is_old,
        Arrival::NoCard => true,
    }
}

/// Plays `customer` to the end.
pub fn walk(backend: &mut Backend, customer: Customer) -> Outcome {
    backend.play(customer);
    let place = backend.sign_in();
    let account = AccountId::from(place.trim_start_matches("/a/"));
    let mut walker = Walker {
        old_card: backend.eve().old_card(customer),
        backend,
        account,
        intentions: 0,
    };
    walker.walk()
}

struct Walker<'a> {
    backend: &'a mut Backend,
    account: AccountId,
    /// `None` for somebody who had none.
    old_card: Option<CardId>,
    /// Counts the POSTs, each of which needs a key of its own.
    intentions: u32,
}

impl Walker<'_> {
    fn walk(&mut self) -> Outcome {
        let wallet = self.get("/wallet").unwrap_or_default();
        let is_empty = |list: &Value| list.as_array().is_none_or(Vec::is_empty);
        Outcome {
            place: self.place(),
            following: match wallet["account"]["follows"] == true {
                true => Following::Follows,
                false => Following::DoesNotFollow,
            },
            menu: match is_empty(&wallet["account"]["links"]) {
                true => Menu::IsMissing,
                false => Menu::IsSetUp,
            },
            arrival: self.arrival(&wallet),
            ending: self.end(&wallet).unwrap_or_else(Ending::Stopped),
        }
    }

    fn place(&self) -> Place {
        let eve = self.backend.eve();
        [Place::Old, Place::New, Place::Between]
            .into_iter()
            .find(|place| account_at(*place, eve) == self.account)
            .unwrap_or(Place::Old)
    }

    fn arrival(&self, wallet: &Value) -> Arrival {
        let merchant = self.backend.eve().merchant();
        let cards = wallet["cards"].as_array();
        let mut ours = cards
            .into_iter()
            .flatten()
            .filter(|card| card["merchant_id"] == merchant.as_str())
            .peekable();
        if ours.peek().is_none() {
            return Arrival::NoCard;
        }
        if ours.any(|card| self.is_old(&card["id"])) {
            Arrival::OldCard
        } else {
            Arrival::NewCard
        }
    }

    fn is_old(&self, id: &Value) -> bool {
        let old = self.old_card.as_ref();
        old.is_some_and(|old| *id == old.as_str())
    }

    fn end(&mut self, wallet: &Value) -> Result<Ending, Obstacle> {
        match self.arrival(wallet) {
            arrival if looks_for_card(arrival, self.old_card.is_some()) => self.claim(wallet),
            Arrival::OldCard => self.put_in_use(wallet, Effort::Nothing, Effort::Tap),
            Arrival::NewCard | Arrival::NoCard => Ok(self.new_card(wallet)),
        }
    }

    /// Puts the old card in use, which is in the wallet: it took `effort` to come to this,
    /// and `more` if it isn't in use yet.
    fn put_in_use(
        &mut self,
        wallet: &Value,
        effort: Effort,
        more: Effort,
    ) -> Result<Ending, Obstacle> {
        if self.is_old(&wallet["current_card_id"]) {
            return Ok(Ending::OldCard(effort));
        }
        let revision = wallet["revision"].as_str().unwrap_or_default();
        let request = Request {
            method: Method::Put,
            if_match: Some(format!("\"{revision}\"")),
            ..self.request("/current-card", &json!({ "card_id": self.old_card }))
        };
        self.ask(request)?;
        Ok(Ending::OldCard(more))
    }

    fn claim(&mut self, wallet: &Value) -> Result<Ending, Obstacle> {
        let phone = self.backend.phone();
        let terms = &wallet["terms"]["version"];
        let opened = self.post(
            "/claims",
            &json!({ "phone": phone, "consent": { "version": terms } }),
        )?;
        let claim = opened["claim"]["id"].as_str().unwrap_or_default();
        let code = self.backend.newest_code();
        let verified = self.post(
            &format!("/claims/{claim}/verification"),
            &json!({ "code": code }),
        )?;
        let found: Vec<_> = verified["claim"]["candidates"]
            .as_array()
            .into_iter()
            .flatten()
            .filter(|card| card["selectable"] == true)
            .map(|card| &card["id"])
            .collect();
        let binding = format!("/claims/{claim}/binding");
        if found.iter().any(|card| self.is_old(card)) {
            let bound = self.post(&binding, &json!({ "card_ids": found }))?;
            self.put_in_use(&bound["wallet"], Effort::Claim, Effort::ClaimAndTap)
        } else if verified["claim"]["can_open_new"] == true {
            self.post(&binding, &json!({ "open_new": true }))?;
            Ok(Ending::NewCard(Effort::Claim))
        } else {
            Ok(self.new_card(wallet))
        }
    }

    /// The end of somebody who makes do with the new card that is in the wallet: where
    /// another restaurant's is in use, it takes a tap.
    fn new_card(&self, wallet: &Value) -> Ending {
        let merchant = self.backend.eve().merchant();
        let cards = wallet["cards"].as_array();
        let is_in_use = cards.into_iter().flatten().any(|card| {
            card["id"] == wallet["current_card_id"] && card["merchant_id"] == merchant.as_str()
        });
        Ending::NewCard(match is_in_use {
            true => Effort::Nothing,
            false => Effort::Tap,
        })
    }

    fn request(&self, path: &str, body: &Value) -> Request {
        Request {
            body: body.to_string(),
            ..Request::get(&format!("/api/v1/accounts/{}{path}", self.account))
        }
    }

    fn get(&mut self, path: &str) -> Result<Value, Obstacle> {
        self.ask(self.request(path, &Value::Null))
    }

    fn post(&mut self, path: &str, body: &Value) -> Result<Value, Obstacle> {
        self.intentions += 1;
        let key = format!("00000000-0000-4000-8000-{:012}", self.intentions);
        self.ask(Request {
            method: Method::Post,
            idempotency_key: Some(key),
            ..self.request(path, body)
        })
    }

    fn ask(&mut self, request: Request) -> Result<Value, Obstacle> {
        let answer = self.backend.answer(request);
        if answer.status < 300 {
            return Ok(answer.body);
        }
        Err(match answer.body["code"].as_str() {
            Some("phone_in_use") => Obstacle::PhoneInUse,
            Some("card_already_bound") => Obstacle::BoundElsewhere,
            Some("sms_credits_exhausted") => Obstacle::NoCode,
            _ => Obstacle::Refusal,
        })
    }
}
