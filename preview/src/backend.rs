//! The backend in the page: the sandbox's rules over a state in memory.

use kabao_rules::{
    cases::{Customer, Eve, Shop},
    command,
    entropy::Entropy,
    handle,
    id::{AccountId, SessionToken, TableCode},
    reply::{Body, Reply, SessionChange, SignInChange},
    request::Request,
    state::{Person, State, TableSide},
    timestamp::Timestamp,
    wechat::{self, Visitor},
};
use serde_json::Value;

use crate::plan::{Plan, Step};

/// What the page gives the rules, which have neither clock nor dice.
#[derive(Clone, Copy)]
pub struct Surroundings {
    /// The time, in milliseconds since 1970.
    pub now: fn() -> i64,
    /// A seed that is used once.
    pub seed: fn() -> [u8; 32],
}

/// What the world is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setup {
    pub plan: Plan,
    pub shop: Shop,
    /// The customer who is played.
    pub customer: Customer,
}

/// A reply as the app's transport takes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    pub body: Value,
}

/// A code on a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedCode {
    pub code: TableCode,
    pub side: TableSide,
}

/// What the phone has asked.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Asked {
    SignIn,
    Call(Box<Request>),
}

/// What the phone has heard.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Heard {
    Place(String),
    Reply(Answer),
}

/// Something between the phone and the backend that is over.
#[derive(Clone, Debug)]
struct Exchange {
    asked: Asked,
    heard: Heard,
    moment: Moment,
}

/// When an answer is given, and the dice that are thrown for it.
#[derive(Clone, Copy, Debug)]
struct Moment {
    now: Timestamp,
    seed: [u8; 32],
    throws: u8,
}

impl Moment {
    /// Dice that have not been thrown in this moment.
    fn entropy(&mut self) -> Entropy {
        let mut seed = self.seed;
        seed[0] ^= self.throws;
        self.throws += 1;
        Entropy::from_seed(seed)
    }
}

/// The backend.
#[derive(Clone)]
pub struct Backend {
    surroundings: Surroundings,
    setup: Setup,
    eve: Eve,
    began: Timestamp,
    state: State,
    /// The right-hand code that hung on the table before the switch.
    first_code: Option<TableCode>,
    session: Option<SessionToken>,
    /// The cookie of the sign-in that is under way.
    sign_in: Option<String>,
    exchanges: Vec<Exchange>,
}

impl Backend {
    /// The world as `setup` makes it.
    #[must_use]
    pub fn new(setup: Setup, surroundings: Surroundings) -> Self {
        let now = Timestamp::from_milliseconds((surroundings.now)());
        Self::begun_at(now, setup, surroundings)
    }

    fn begun_at(began: Timestamp, setup: Setup, surroundings: Surroundings) -> Self {
        let eve = Eve {
            from: setup.plan.way.from(),
            to: setup.plan.way.to(),
            shop: setup.shop.clone(),
            sms_credits: setup.plan.credits_left(),
        };
        let mut state = State::default();
        let rows = eve.rows(began);
        let first_code = eve.table_code(&rows);
        for row in &rows {
            state.apply(row);
        }
        // The tables get the same codes each time.
        let mut moment = Moment {
            now: began,
            seed: [1; 32],
            throws: 0,
        };
        for command in setup.plan.commands(&eve) {
            for change in command::apply(&state, &command, began, moment.entropy()) {
                state.apply(&change);
            }
        }
        Self {
            surroundings,
            setup,
            eve,
            began,
            state,
            first_code,
            session: None,
            sign_in: None,
            exchanges: Vec::new(),
        }
    }

    /// The same phone in the world of another setup, with all that it has asked so far;
    /// `None` if that world would have answered it otherwise.
    #[must_use]
    pub fn moved_to(&self, setup: Setup) -> Option<Self> {
        if setup.customer != self.setup.customer {
            return None;
        }
        let mut other = Self::begun_at(self.began, setup, self.surroundings);
        for exchange in &self.exchanges {
            let moment = Moment {
                throws: 0,
                ..exchange.moment
            };
            if other.hear(exchange.asked.clone(), moment) != exchange.heard {
                return None;
            }
        }
        Some(other)
    }

    #[must_use]
    pub const fn setup(&self) -> &Setup {
        &self.setup
    }

    /// The restaurant before the switch.
    #[must_use]
    pub const fn eve(&self) -> &Eve {
        &self.eve
    }

    /// The rows as they are now.
    #[must_use]
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// Hands the phone to another customer.
    pub fn play(&mut self, customer: Customer) {
        self.setup.customer = customer;
        self.session = None;
        self.exchanges.clear();
    }

    fn person(&self) -> Option<&Person> {
        self.state.people.get(&self.eve.person(self.setup.customer))
    }

    fn moment(&self) -> Moment {
        Moment {
            now: Timestamp::from_milliseconds((self.surroundings.now)()),
            seed: (self.surroundings.seed)(),
            throws: 0,
        }
    }

    fn hear(&mut self, asked: Asked, moment: Moment) -> Heard {
        let mut passing = moment;
        let heard = match &asked {
            Asked::SignIn => Heard::Place(self.enter(&mut passing)),
            Asked::Call(request) => {
                Heard::Reply(self.reply_to(Request::clone(request), &mut passing))
            }
        };
        self.exchanges.push(Exchange {
            asked,
            heard: heard.clone(),
            moment,
        });
        heard
    }

    /// The customer taps the account's menu: where the app begins then.
    pub fn sign_in(&mut self) -> String {
        match self.hear(Asked::SignIn, self.moment()) {
            Heard::Place(place) => place,
            Heard::Reply(_) => String::new(),
        }
    }

    /// Answers a request of the app, in the session of whoever has signed in.
    pub fn answer(&mut self, request: Request) -> Answer {
        match self.hear(Asked::Call(Box::new(request)), self.moment()) {
            Heard::Reply(answer) => answer,
            Heard::Place(_) => Answer {
                status: 0,
                body: Value::Null,
            },
        }
    }

    /// From the menu to WeChat, from there to the backend, and to the app.
    fn enter(&mut self, moment: &mut Moment) -> String {
        self.session = None;
        let Some(person) = self.person().cloned() else {
            return "/".to_owned();
        };
        let mut place = person.entry.clone();
        for _ in 0..4 {
            if place.starts_with("/a/") || place == "/" {
                break;
            }
            let reply = if let Some(query) = place.strip_prefix("/sandbox/wechat/authorize?") {
                let parameter = |name: &str| {
                    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
                    pairs
                        .find(|(other, _)| *other == name)
                        .map_or("", |(_, value)| value)
                };
                let account = AccountId::from(parameter("account"));
                let visitor = Visitor {
                    openid: person.openid.clone(),
                    is_snapshot: person.is_snapshot,
                };
                let (reply, changes) = wechat::grant(
                    &self.state,
                    &account,
                    parameter("state"),
                    &visitor,
                    moment.now,
                    moment.entropy(),
                );
                for change in &changes {
                    self.state.apply(change);
                }
                reply
            } else {
                let request = Request {
                    sign_ins: self.sign_in.iter().cloned().collect(),
                    ..Request::get(&place)
                };
                self.reply(&request, moment)
            };
            match reply.body {
                Body::Redirect(next) => place = next,
                _ => break,
            }
        }
        place
    }

    fn reply(&mut self, request: &Request, moment: &mut Moment) -> Reply {
        let (reply, changes) = handle(&self.state, request, moment.now, moment.entropy());
        for change in &changes {
            self.state.apply(change);
        }
        match &reply.session {
            SessionChange::Set { token, .. } => self.session = Some(token.clone()),
            SessionChange::Keep => {}
            SessionChange::Clear { .. } => self.session = None,
        }
        match &reply.sign_in {
            SignInChange::Begin { value, .. } => self.sign_in = Some(value.clone()),
            SignInChange::Keep => {}
            SignInChange::End { .. } => self.sign_in = None,
        }
        reply
    }

    fn reply_to(&mut self, request: Request, moment: &mut Moment) -> Answer {
        let request = Request {
            session: self.session.as_ref().map(ToString::to_string),
            ..request
        };
        let reply = self.reply(&request, moment);
        let body = match reply.body {
            Body::Json(value) | Body::Problem(value) => value,
            Body::Empty | Body::Redirect(_) | Body::Svg(_) => Value::Null,
        };
        Answer {
            status: reply.status,
            body,
        }
    }

    /// The codes on the table: the left-hand one, and the right-hand one that hangs
    /// there, which is the old one as long as it has not been replaced.
    #[must_use]
    pub fn printed_codes(&self) -> Vec<PrintedCode> {
        let is_replaced = self.setup.plan.has_done(Step::Tables);
        let merchant = self.eve.merchant();
        let tables = self.state.tables.values();
        let ours: Vec<_> = tables.filter(|table| table.merchant == merchant).collect();
        let has_newer = ours
            .iter()
            .any(|table| self.is_replacement(&table.code, table.side));
        let hangs = |code: &TableCode, side| match side {
            TableSide::Left => true,
            TableSide::Right if is_replaced && has_newer => self.is_replacement(code, side),
            TableSide::Right => !self.is_replacement(code, side),
        };
        ours.into_iter()
            .filter(|table| hangs(&table.code, table.side))
            .map(|table| PrintedCode {
                code: table.code.clone(),
                side: table.side,
            })
            .collect()
    }

    fn is_replacement(&self, code: &TableCode, side: TableSide) -> bool {
        side == TableSide::Right && self.first_code.as_ref() != Some(code)
    }

    /// The text messages that the customer's phone has received, the newest first.
    #[must_use]
    pub fn messages(&self) -> Vec<String> {
        let phone = self.phone();
        let all = self.state.messages.values();
        let mut messages: Vec<_> = all.filter(|it| it.phone.as_str() == phone).collect();
        messages.sort_by_key(|message| core::cmp::Reverse(message.at));
        messages
            .into_iter()
            .map(|message| message.text.clone())
            .collect()
    }

    /// The code in the newest of them.
    #[must_use]
    pub fn newest_code(&self) -> Option<String> {
        let phone = self.phone();
        let all = self.state.messages.values();
        all.filter(|it| it.phone.as_str() == phone)
            .max_by_key(|message| message.at)
            .map(|message| message.code.clone())
    }

    /// The customer's own number, to be typed in.
    #[must_use]
    pub fn phone(&self) -> String {
        self.eve.phone(self.setup.customer).to_string()
    }
}
