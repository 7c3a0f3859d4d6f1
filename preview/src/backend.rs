//! The backend in the page: the sandbox's rules over a state in memory.

use kabao_rules::{
    cases::{Case, World},
    command::{self, Command},
    entropy::Entropy,
    handle,
    id::{AccountId, MerchantId, OpenId, SessionToken},
    reply::{Body, Reply, SessionChange},
    request::Request,
    state::{IssueMode, State, fan_id},
    timestamp::Timestamp,
    wechat::{self, Visitor},
};
use serde_json::Value;

use crate::plan::{Step, WhatIf};

/// What the page gives the rules, which have neither clock nor dice.
#[derive(Clone, Copy)]
pub struct Surroundings {
    /// The time, in milliseconds since 1970.
    pub now: fn() -> i64,
    /// A seed that is used once.
    pub seed: fn() -> [u8; 32],
}

/// A merchant's own looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brand {
    /// The name; empty for the sandbox's.
    pub name: String,
    /// The colour as `#rrggbb`; empty for the sandbox's.
    pub color: String,
    /// A picture as a data address; empty for none.
    pub avatar: String,
}

/// What the world is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    /// The case of the manual.
    pub case: Case,
    /// The steps that are not done.
    pub forgotten: Vec<Step>,
    /// What else is not as it should be.
    pub what_if: Vec<WhatIf>,
    /// The customer: the last part of a person's name in the rules.
    pub person: String,
    /// The merchant's own looks.
    pub brand: Brand,
}

/// A customer who can be played.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// The last part of the person's identifier.
    pub key: String,
    /// Their name.
    pub name: String,
    /// What is special about them, in Chinese.
    pub story: String,
    /// The same in English.
    pub story_in_english: String,
}

/// The backend.
pub struct Backend {
    surroundings: Surroundings,
    state: State,
    setup: Setup,
    /// The merchant that moves.
    merchant: Option<MerchantId>,
    session: Option<SessionToken>,
}

/// A reply as the app's transport takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body.
    pub body: String,
}

impl Backend {
    /// The world as `setup` makes it.
    #[must_use]
    pub fn new(setup: Setup, surroundings: Surroundings) -> Self {
        let mut backend = Self {
            surroundings,
            state: State::default(),
            merchant: moving_merchant(&World::of(setup.case)),
            setup,
            session: None,
        };
        backend.build();
        backend
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_milliseconds((self.surroundings.now)())
    }

    fn entropy(&self) -> Entropy {
        Entropy::from_seed((self.surroundings.seed)())
    }

    fn world(&self) -> World {
        World::of(self.setup.case)
    }

    fn build(&mut self) {
        let setup = self.setup.clone();
        let has = |what| setup.what_if.contains(&what);
        let is_taken = |command: &Command| match (command, Step::of(command)) {
            (Command::RegenerateTableCodes { .. }, _) if has(WhatIf::OldTableCodes) => false,
            (_, Some(step)) => !setup.forgotten.contains(&step),
            (_, None) => true,
        };
        for change in self.world().build_with(self.now(), &is_taken) {
            self.state.apply(&change);
        }
        for command in self.commands() {
            for change in command::apply(&self.state, &command, self.now(), self.entropy()) {
                self.state.apply(&change);
            }
        }
    }

    /// What the "what if"s are as commands.
    fn commands(&self) -> Vec<Command> {
        let mut commands = Vec::new();
        let Some(merchant) = self.merchant.clone() else {
            return commands;
        };
        let new = AccountId::from(self.world().id().as_str());
        for what in &self.setup.what_if {
            commands.push(match what {
                WhatIf::NoSmsCredits => Command::SetSmsCredits {
                    merchant: merchant.clone(),
                    credits: 0,
                },
                WhatIf::NoAutomaticIssue => Command::SetIssueMode {
                    merchant: merchant.clone(),
                    mode: IssueMode::Manual,
                },
                WhatIf::NotFollowing => match self.openid() {
                    Some(openid) => Command::SetFollowing {
                        fan: fan_id(&new, &openid),
                        follows: false,
                    },
                    None => continue,
                },
                WhatIf::HalfCleared => match self.left_over_link(&merchant, &new) {
                    Some(link) => link,
                    None => continue,
                },
                WhatIf::OldTableCodes => continue,
            });
        }
        commands
    }

    /// What a half-done clearing leaves behind: the customer's membership is
    /// linked to somebody else in the new account.
    fn left_over_link(&self, merchant: &MerchantId, new: &AccountId) -> Option<Command> {
        let person = self.person()?;
        let member = self.state.members.values().find(|member| {
            member.merchant == *merchant && member.phone.as_ref() == Some(&person.phone)
        })?;
        let own = fan_id(new, &person.openid);
        let mut fans = self.state.fans.values();
        let other = fans.find(|fan| fan.account == *new && fan.id != own)?;
        Some(Command::LinkMember {
            member: member.id.clone(),
            fan: other.id.clone(),
        })
    }

    fn openid(&self) -> Option<OpenId> {
        self.person().map(|person| person.openid.clone())
    }

    fn person(&self) -> Option<&kabao_rules::state::Person> {
        let id = format!("{}-{}", self.world().id(), self.setup.person);
        let mut people = self.state.people.values();
        people
            .find(|person| person.id.as_str() == id)
            .or_else(|| self.state.people.values().next())
    }

    /// The customers of the case.
    #[must_use]
    pub fn customers(&self) -> Vec<Customer> {
        let prefix = format!("{}-", self.world().id());
        let people = self.state.people.values();
        people
            .map(|person| Customer {
                key: person.id.as_str().trim_start_matches(&prefix).to_owned(),
                name: person.name.clone(),
                story: person.story.clone(),
                story_in_english: person.story_in_english.clone(),
            })
            .collect()
    }

    /// The table codes: each with whether it lives.
    #[must_use]
    pub fn table_codes(&self) -> Vec<(String, bool)> {
        let tables = self.state.tables.values();
        tables
            .filter_map(|table| Some((table, self.state.merchants.get(&table.merchant)?)))
            .map(|(table, merchant)| {
                let is_left = table.side == kabao_rules::state::TableSide::Left;
                let is_live = is_left || table.account == merchant.account;
                (table.code.to_string(), is_live)
            })
            .collect()
    }

    /// The customer taps the account's menu: where the app begins then.
    pub fn sign_in(&mut self) -> String {
        self.session = None;
        let Some(person) = self.person().cloned() else {
            return "/".to_owned();
        };
        let mut place = person.entry.clone();
        // From the menu to WeChat, from there to the backend, and to the app.
        for _ in 0..4 {
            if place.starts_with("/a/") || place == "/" {
                break;
            }
            let reply = if let Some(query) = place.strip_prefix("/sandbox/wechat/authorize?") {
                let login = query
                    .split('&')
                    .find_map(|pair| pair.strip_prefix("state="))
                    .unwrap_or_default();
                let visitor = Visitor {
                    openid: person.openid.clone(),
                    is_snapshot: person.is_snapshot,
                };
                let (reply, changes) =
                    wechat::grant(&self.state, login, &visitor, self.now(), self.entropy());
                for change in &changes {
                    self.state.apply(change);
                }
                reply
            } else {
                self.reply(&Request::get(&place))
            };
            match reply.body {
                Body::Redirect(next) => place = next,
                _ => break,
            }
        }
        place
    }

    fn reply(&mut self, request: &Request) -> Reply {
        let (reply, changes) = handle(&self.state, request, self.now(), self.entropy());
        for change in &changes {
            self.state.apply(change);
        }
        match &reply.session {
            SessionChange::Set { token, .. } => self.session = Some(token.clone()),
            SessionChange::Keep => {}
            _ => self.session = None,
        }
        reply
    }

    /// Answers a request of the app, in the session of whoever has signed in.
    pub fn answer(&mut self, request: Request) -> Answer {
        let reply = self.reply(&Request {
            session: self.session.as_ref().map(ToString::to_string),
            ..request
        });
        let body = match reply.body {
            Body::Json(mut value) | Body::Problem(mut value) => {
                self.dress(&mut value);
                value.to_string()
            }
            _ => String::new(),
        };
        Answer {
            status: reply.status,
            body,
        }
    }

    /// What the merchant is called in the story of the case.
    fn story_name(&self) -> Option<&str> {
        let merchant = self.state.merchants.get(self.merchant.as_ref()?)?;
        Some(&merchant.name)
    }

    /// Puts the merchant's own looks into a reply, and takes the pictures out
    /// that would have to be fetched.
    fn dress(&self, value: &mut Value) {
        match value {
            Value::Object(fields) => {
                let is_merchant = fields.contains_key("brand_color");
                if is_merchant {
                    fields.remove("avatar_url");
                }
                let id = fields.get("id").and_then(Value::as_str);
                let is_ours = id == self.merchant.as_ref().map(MerchantId::as_str);
                if is_merchant && is_ours {
                    let brand = &self.setup.brand;
                    if !brand.name.is_empty() {
                        fields.insert("name".to_owned(), brand.name.clone().into());
                    }
                    if !brand.color.is_empty() {
                        fields.insert("brand_color".to_owned(), brand.color.clone().into());
                    }
                    if !brand.avatar.is_empty() {
                        fields.insert("avatar_url".to_owned(), brand.avatar.clone().into());
                    }
                }
                // An account of the restaurant's own is called as the restaurant is.
                let is_account = fields.contains_key("follows");
                let name = fields.get("name").and_then(Value::as_str);
                if is_account && name == self.story_name() && !self.setup.brand.name.is_empty() {
                    fields.insert("name".to_owned(), self.setup.brand.name.clone().into());
                }
                if fields.contains_key("qr_url") {
                    let picture = kabao::components::qr_code::data_url("https://kabao.example/");
                    fields.insert("qr_url".to_owned(), picture.into());
                }
                for field in fields.values_mut() {
                    self.dress(field);
                }
            }
            Value::Array(items) => {
                for item in items {
                    self.dress(item);
                }
            }
            _ => {}
        }
    }

    /// The text messages that the customer's phone has received, the newest
    /// first.
    #[must_use]
    pub fn messages(&self) -> Vec<String> {
        let Some(person) = self.person() else {
            return Vec::new();
        };
        let mut messages: Vec<_> = self
            .state
            .messages
            .values()
            .filter(|message| message.phone == person.phone)
            .collect();
        messages.sort_by_key(|message| core::cmp::Reverse(message.at));
        messages
            .into_iter()
            .map(|message| message.text.clone())
            .collect()
    }

    /// The customer's own number, to be typed in.
    #[must_use]
    pub fn phone(&self) -> String {
        self.person()
            .map(|person| person.phone.to_string())
            .unwrap_or_default()
    }
}

/// The merchant that moves in a world.
fn moving_merchant(world: &World) -> Option<MerchantId> {
    world.steps().into_iter().find_map(|command| match command {
        Command::MoveMerchant { merchant, .. } => Some(merchant),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use kabao_rules::request::Method;
    use serde_json::json;

    use super::*;

    fn surroundings() -> Surroundings {
        Surroundings {
            now: || 1_764_000_000_000,
            seed: || [7; 32],
        }
    }

    fn backend(case: Case, forgotten: &[Step], what_if: &[WhatIf]) -> Backend {
        let setup = Setup {
            case,
            forgotten: forgotten.to_vec(),
            what_if: what_if.to_vec(),
            person: "li".to_owned(),
            brand: Brand {
                name: "我的店".to_owned(),
                color: "#123456".to_owned(),
                avatar: String::new(),
            },
        };
        Backend::new(setup, surroundings())
    }

    fn post(path: &str, key: &str, body: &Value) -> Request {
        Request {
            method: Method::Post,
            idempotency_key: Some(key.to_owned()),
            body: body.to_string(),
            ..Request::get(path)
        }
    }

    fn opening(phone: &str) -> Value {
        json!({ "phone": phone, "consent": { "version": "2026-11" } })
    }

    #[test]
    fn a_page_that_shows_somebody_else_can_t_write() {
        let mut backend = backend(Case::OwnToOwn, &[], &[]);
        let (account, wallet) = wallet(&mut backend);
        let phone = backend.phone();
        let mut open = |fan: &Value, key: &str| {
            let path = format!("/api/v1/accounts/{account}/claims");
            backend.answer(Request {
                fan: fan.as_str().map(str::to_owned),
                ..post(&path, key, &opening(&phone))
            })
        };
        let refused = open(&json!("other"), "0b6bd2b6-6cd5-4b8e-9df2-2f5d3ad0f7a1");
        assert!(refused.body.contains("another_fan"), "{}", refused.body);
        let opened = open(&wallet["fan"], "0b6bd2b6-6cd5-4b8e-9df2-2f5d3ad0f7a2");
        assert!(opened.body.contains("code_sent"), "{}", opened.body);
    }

    fn wallet(backend: &mut Backend) -> (String, Value) {
        let place = backend.sign_in();
        let account = place.trim_start_matches("/a/").to_owned();
        let path = format!("/api/v1/accounts/{account}/wallet");
        let answer = backend.answer(Request::get(&path));
        assert_eq!(answer.status, 200, "{}", answer.body);
        (account, serde_json::from_str(&answer.body).unwrap())
    }

    #[test]
    fn a_customer_lands_in_the_new_account_once_the_merchant_has_moved() {
        let (account, wallet) = wallet(&mut backend(Case::OwnToOwn, &[], &[]));
        assert_eq!(account, "case-1a");
        assert_eq!(wallet["merchants"][0]["name"], "我的店");
        assert_eq!(wallet["merchants"][0]["brand_color"], "#123456");
        assert_eq!(wallet["account"]["name"], "我的店");
        assert_eq!(wallet["cards"].as_array().map(Vec::len), Some(0));
    }

    #[test]
    fn before_the_move_the_customer_is_in_the_old_account_with_the_card() {
        let mut backend = backend(
            Case::OwnToOwn,
            &[Step::Bind, Step::Deauthorise, Step::Clear],
            &[],
        );
        let (account, wallet) = wallet(&mut backend);
        assert_eq!(account, "case-1a-old");
        assert_eq!(wallet["cards"].as_array().map(Vec::len), Some(1));
    }

    #[test]
    fn nothing_in_a_reply_has_to_be_fetched() {
        for case in [Case::OwnToOwn, Case::OwnToPlatform, Case::OwnToOperator] {
            let (_, wallet) = wallet(&mut backend(case, &[], &[WhatIf::NotFollowing]));
            assert!(!wallet.to_string().contains("/sandbox/images"), "{wallet}");
        }
    }

    #[test]
    fn without_credits_no_code_is_sent() {
        let mut backend = backend(Case::OwnToOwn, &[], &[WhatIf::NoSmsCredits]);
        let (account, _) = wallet(&mut backend);
        let phone = backend.phone();
        let answer = backend.answer(post(
            &format!("/api/v1/accounts/{account}/claims"),
            "0b6bd2b6-6cd5-4b8e-9df2-2f5d3ad0f7a1",
            &opening(&phone),
        ));
        assert!(
            answer.body.contains("sms_credits_exhausted"),
            "{}",
            answer.body
        );
        assert!(backend.messages().is_empty());
    }

    #[test]
    fn a_half_done_clearing_leaves_the_card_with_somebody_else() {
        let mut backend = backend(Case::OwnToOwn, &[], &[WhatIf::HalfCleared]);
        let (account, _) = wallet(&mut backend);
        let phone = backend.phone();
        let opened = backend.answer(post(
            &format!("/api/v1/accounts/{account}/claims"),
            "0b6bd2b6-6cd5-4b8e-9df2-2f5d3ad0f7a1",
            &opening(&phone),
        ));
        let opened: Value = serde_json::from_str(&opened.body).unwrap();
        let claim = opened["claim"]["id"].as_str().unwrap().to_owned();
        let message = backend.messages().remove(0);
        let digits: Vec<_> = message.split(|it: char| !it.is_ascii_digit()).collect();
        let code = digits.iter().find(|digits| digits.len() == 6).unwrap();
        let verified = backend.answer(post(
            &format!("/api/v1/accounts/{account}/claims/{claim}/verification"),
            "0b6bd2b6-6cd5-4b8e-9df2-2f5d3ad0f7a2",
            &json!({ "code": code }),
        ));
        assert!(
            verified.body.contains("card_already_bound"),
            "{}",
            verified.body
        );
    }

    #[test]
    fn dead_table_codes_are_those_that_were_not_replaced() {
        let live = |backend: &Backend| backend.table_codes().iter().all(|(_, is_live)| *is_live);
        assert!(!live(&backend(
            Case::OwnToOwn,
            &[],
            &[WhatIf::OldTableCodes]
        )));
    }
}
