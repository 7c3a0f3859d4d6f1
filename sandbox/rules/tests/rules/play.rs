//! A world and the people in it, who act through requests. Every reply is
//! checked against the contract.

use std::sync::LazyLock;

use kabao_contract::Contract;
use kabao_rules::{
    cases::{Case, World},
    change::Change,
    command::{self, Command},
    entropy::Entropy,
    handle,
    id::{AccountId, FanId, MerchantId, OpenId},
    reply::{Body, Reply, SessionChange, SignInChange},
    request::{Method, Request},
    state::{State, fan_id},
    timestamp::Timestamp,
    wechat::{self, Visitor},
};
use serde_json::{Value, json};

/// 2026-11-23T13:04:05Z.
pub(crate) const BEGINNING: Timestamp = Timestamp::from_milliseconds(1_795_439_045_000);

/// Reading it takes longer than any test.
pub(crate) static CONTRACT: LazyLock<Contract> =
    LazyLock::new(|| Contract::load().expect("the contract is readable"));

#[derive(Clone)]
pub(crate) struct Play {
    pub(crate) state: State,
    pub(crate) now: Timestamp,
    pub(crate) account: AccountId,
    /// The network address that everybody uses.
    pub(crate) address: Option<String>,
    seed: u32,
    key: u32,
}

/// Someone who is signed in.
#[derive(Clone, Debug)]
pub(crate) struct Session {
    token: String,
    account: AccountId,
    pub(crate) fan: FanId,
}

/// A sign-in that a browser has begun.
pub(crate) struct Begun {
    pub(crate) account: AccountId,
    pub(crate) state: String,
    /// Which of the browser's cookies it is in.
    pub(crate) slot: u32,
    cookie: String,
}

impl Begun {
    /// A request of the browser that has begun it.
    pub(crate) fn browser_at(&self, path: &str) -> Request {
        Request {
            sign_ins: vec![self.cookie.clone()],
            ..Request::get(path)
        }
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Answer {
    #[track_caller]
    pub(crate) fn ok(self) -> Value {
        assert!(
            self.status < 300,
            "expected success, got {}: {}",
            self.status,
            self.body
        );
        self.body
    }

    #[track_caller]
    pub(crate) fn problem(self, code: &str) -> Value {
        assert!(
            self.status >= 400,
            "expected {code}, got {}: {}",
            self.status,
            self.body
        );
        assert_eq!(self.body["code"], code, "{}", self.body);
        self.body
    }
}

impl Play {
    pub(crate) fn of(case: Case) -> Self {
        let world = World::of(case);
        let mut play = Self {
            state: State::default(),
            now: BEGINNING,
            account: AccountId::from(world.id().as_str()),
            address: None,
            seed: 0,
            key: 0,
        };
        play.apply(&world.build(BEGINNING));
        play
    }

    pub(crate) fn apply(&mut self, changes: &[Change]) {
        for change in changes {
            self.state.apply(change);
        }
    }

    pub(crate) fn wait(&mut self, seconds: i64) {
        self.now = self.now.plus_seconds(seconds);
    }

    fn entropy(&mut self) -> Entropy {
        self.seed = self.seed.wrapping_add(1);
        let mut seed = [7; 32];
        seed[..4].copy_from_slice(&self.seed.to_le_bytes());
        Entropy::from_seed(seed)
    }

    pub(crate) fn command(&mut self, command: &Command) {
        let entropy = self.entropy();
        let changes = command::apply(&self.state, command, self.now, entropy);
        self.apply(&changes);
    }

    pub(crate) fn handle(&mut self, request: &Request) -> Reply {
        let entropy = self.entropy();
        let (reply, changes) = handle(&self.state, request, self.now, entropy);
        self.apply(&changes);
        reply
    }

    /// A call of the API, checked against the contract.
    #[track_caller]
    pub(crate) fn call(&mut self, request: &Request) -> Answer {
        let reply = self.handle(request);
        let retry_after = reply.retry_after();
        let (content_type, body) = match reply.body {
            Body::Json(body) => ("application/json", body),
            Body::Problem(body) => ("application/problem+json", body),
            other => panic!("a call of the API is answered with JSON, not {other:?}"),
        };
        let method = request.method.name();
        let violations =
            CONTRACT.check_reply(method, &request.path, reply.status, content_type, &body);
        assert_eq!(
            violations,
            Vec::<String>::new(),
            "{method} {}: {body:#}",
            request.path
        );
        // The server puts it into a header.
        assert_eq!(retry_after, body["retry_after"].as_u64());
        Answer {
            status: reply.status,
            body,
        }
    }

    pub(crate) fn merchant(&self, key: &str) -> MerchantId {
        MerchantId::from(format!("{}-{key}", self.account))
    }

    pub(crate) fn phone(&self, tail: &str) -> String {
        let world = self.state.worlds.values().next().expect("there is a world");
        format!("138{:04}{tail}", world.phone_block)
    }

    pub(crate) fn card(&self, tail: &str) -> String {
        format!("{}-c{tail}", self.account)
    }

    /// Taps the menu as the person `key` of the world.
    #[track_caller]
    pub(crate) fn sign_in(&mut self, key: &str) -> Session {
        let person = self
            .state
            .people
            .values()
            .find(|person| person.id.as_str().ends_with(&format!("-{key}")))
            .expect("there is such a person")
            .clone();
        let visitor = Visitor {
            openid: person.openid,
            is_snapshot: person.is_snapshot,
        };
        self.enter(&person.entry, &visitor)
            .expect("signing in leads to a session")
            .0
    }

    /// Follows an entry as someone, to the session and the path landed on.
    pub(crate) fn enter(&mut self, entry: &str, visitor: &Visitor) -> Option<(Session, String)> {
        let begun = self.begin_sign_in(entry)?;
        let callback = self.answer_of_wechat(&begun, visitor);
        let reply = self.handle(&begun.browser_at(&callback));
        let SessionChange::Set { account, token } = reply.session.clone() else {
            return None;
        };
        let session = Session {
            token: token.as_str().to_owned(),
            fan: fan_id(&account, &visitor.openid),
            account,
        };
        Some((session, location(reply)))
    }

    /// Taps an entry, up to WeChat's authorize page; `None` if it doesn't lead there.
    pub(crate) fn begin_sign_in(&mut self, entry: &str) -> Option<Begun> {
        let reply = self.handle(&Request::get(entry));
        let SignInChange::Begin {
            account,
            slot,
            value,
            ..
        } = reply.sign_in.clone()
        else {
            return None;
        };
        let authorize = location(reply);
        let state = authorize.split_once("&state=")?.1.split_once('&')?.0;
        Some(Begun {
            account,
            state: state.to_owned(),
            slot,
            cookie: value,
        })
    }

    /// Where WeChat sends the visitor of its authorize page.
    pub(crate) fn answer_of_wechat(&mut self, begun: &Begun, visitor: &Visitor) -> String {
        let entropy = self.entropy();
        let (reply, changes) = wechat::grant(
            &self.state,
            &begun.account,
            &begun.state,
            visitor,
            self.now,
            entropy,
        );
        self.apply(&changes);
        location(reply)
    }

    pub(crate) fn as_stranger(openid: &str) -> Visitor {
        Visitor {
            openid: OpenId::from(openid),
            is_snapshot: false,
        }
    }

    pub(crate) fn request(&self, session: &Session, method: Method, path: &str) -> Request {
        let request = Request::get(&format!("/api/v1/accounts/{}{path}", session.account));
        Request {
            method,
            session: Some(session.token.clone()),
            address: self.address.clone(),
            ..request
        }
    }

    #[track_caller]
    pub(crate) fn get(&mut self, session: &Session, path: &str) -> Answer {
        self.call(&self.request(session, Method::Get, path))
    }

    #[track_caller]
    pub(crate) fn delete(&mut self, session: &Session, path: &str) -> Answer {
        self.call(&self.request(session, Method::Delete, path))
    }

    pub(crate) fn new_key(&mut self) -> String {
        self.key += 1;
        format!("00000000-0000-4000-8000-{:012}", self.key)
    }

    #[track_caller]
    pub(crate) fn post(&mut self, session: &Session, path: &str, body: &Value) -> Answer {
        let key = self.new_key();
        self.post_as(session, path, body, &key)
    }

    #[track_caller]
    pub(crate) fn post_as(
        &mut self,
        session: &Session,
        path: &str,
        body: &Value,
        key: &str,
    ) -> Answer {
        let request = self.request(session, Method::Post, path);
        self.call(&Request {
            idempotency_key: Some(key.to_owned()),
            body: body.to_string(),
            ..request
        })
    }

    #[track_caller]
    pub(crate) fn wallet(&mut self, session: &Session) -> Value {
        self.get(session, "/wallet").ok()
    }

    #[track_caller]
    pub(crate) fn switch(&mut self, session: &Session, card: &str, revision: &str) -> Answer {
        let request = self.request(session, Method::Put, "/current-card");
        self.call(&Request {
            if_match: Some(format!("\"{revision}\"")),
            body: json!({ "card_id": card }).to_string(),
            ..request
        })
    }

    #[track_caller]
    pub(crate) fn open_claim(&mut self, session: &Session, tail: &str) -> Answer {
        let body = json!({ "phone": self.phone(tail), "consent": { "version": "2026-11" } });
        self.post(session, "/claims", &body)
    }

    /// The code that was sent last to a number.
    #[track_caller]
    pub(crate) fn code(&self, tail: &str) -> String {
        let phone = self.phone(tail);
        self.state
            .messages
            .values()
            .rfind(|message| message.phone.as_str() == phone)
            .expect("a message was sent")
            .code
            .clone()
    }

    #[track_caller]
    pub(crate) fn verify(&mut self, session: &Session, claim: &str, code: &str) -> Answer {
        self.post(
            session,
            &format!("/claims/{claim}/verification"),
            &json!({ "code": code }),
        )
    }

    /// Opens a claim and types the right code.
    #[track_caller]
    pub(crate) fn claim(&mut self, session: &Session, tail: &str) -> (String, Answer) {
        let opened = self.open_claim(session, tail).ok();
        let id = text(&opened["claim"]["id"]);
        let code = self.code(tail);
        let answer = self.verify(session, &id, &code);
        (id, answer)
    }

    #[track_caller]
    pub(crate) fn bind(&mut self, session: &Session, claim: &str, cards: &[String]) -> Answer {
        self.post(
            session,
            &format!("/claims/{claim}/binding"),
            &json!({ "card_ids": cards }),
        )
    }

    #[track_caller]
    pub(crate) fn open_new(&mut self, session: &Session, claim: &str) -> Answer {
        self.post(
            session,
            &format!("/claims/{claim}/binding"),
            &json!({ "open_new": true }),
        )
    }
}

#[track_caller]
pub(crate) fn location(reply: Reply) -> String {
    match reply.body {
        Body::Redirect(location) => location,
        other => panic!("expected a redirect, got {other:?}"),
    }
}

#[track_caller]
pub(crate) fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// The last four digits of the cards in a list, as they are ordered.
pub(crate) fn tails(cards: &Value) -> Vec<String> {
    let tail = |card: &Value| {
        let number = card["number"].as_str().unwrap_or_default();
        number
            .get(number.len().saturating_sub(4)..)
            .unwrap_or_default()
            .to_owned()
    };
    cards.as_array().into_iter().flatten().map(tail).collect()
}
