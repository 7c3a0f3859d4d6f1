//! One run: the calls that are made, and what is noted of their replies.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    browser::presented,
    check::Check,
    client::{Call, Client, Reply},
    judge::{self, Judgement},
    report::Report,
};
use crate::Contract;

/// A fan who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Session {
    pub(super) account: String,
    /// The value of the session's cookie.
    pub(super) cookie: String,
}

impl Session {
    /// An address of the API, below the account.
    pub(super) fn path(&self, rest: &str) -> String {
        format!("/api/v1/accounts/{}{rest}", self.account)
    }

    /// A request of this fan.
    pub(super) fn sends(&self, call: Call) -> Call {
        call.with("cookie", presented(&self.cookie))
    }

    pub(super) fn get(&self, rest: &str) -> Call {
        self.sends(Call::get(self.path(rest)))
    }

    /// A POST with an idempotency key of its own.
    pub(super) fn post(&self, rest: &str, body: &Value) -> Call {
        self.sends(Call::json("POST", self.path(rest), body))
            .with("idempotency-key", fresh_key())
    }

    pub(super) fn delete(&self, rest: &str) -> Call {
        self.sends(Call::bare("DELETE", self.path(rest)))
    }

    /// The switch to a card, as a fan sends it who saw the wallet at `revision`.
    pub(super) fn switch(&self, card: &str, revision: &str) -> Call {
        let body = serde_json::json!({ "card_id": card });
        self.sends(Call::json("PUT", self.path("/current-card"), &body))
            .with("if-match", format!("\"{revision}\""))
    }
}

/// Makes calls and keeps what is found.
pub(super) struct Run<'a> {
    pub(super) contract: &'a Contract,
    pub(super) client: &'a Client,
    pub(super) report: Report,
    /// The `fan` that each session's replies have had.
    fans: BTreeMap<String, String>,
}

impl<'a> Run<'a> {
    pub(super) const fn new(contract: &'a Contract, client: &'a Client, report: Report) -> Self {
        Self {
            contract,
            client,
            report,
            fans: BTreeMap::new(),
        }
    }

    /// Sends a call and judges its reply.
    pub(super) fn send(&mut self, call: Call) -> Reply {
        let reply = self.client.send(call);
        self.judge(&reply);
        reply
    }

    /// Sends calls at once and judges their replies.
    pub(super) fn send_at_once(&mut self, calls: Vec<Call>) -> Vec<Reply> {
        let replies = self.client.send_at_once(calls);
        for reply in &replies {
            self.judge(reply);
        }
        replies
    }

    fn judge(&mut self, reply: &Reply) {
        let operation = self
            .contract
            .operation(reply.call.method, reply.call.path_alone());
        if let Some(operation) = operation {
            if !reply.code().is_empty() {
                self.report.seen(reply.code());
            }
            let found = judge::of_call(self.contract, operation, reply);
            let name = operation.id.clone();
            self.keep(&name, found);
        }
        let name = self.name_of(reply);
        self.keep(&name, judge::of_any(reply));
    }

    pub(super) fn keep(&mut self, operation: &str, found: Judgement) {
        for field in found.unknown_fields {
            self.report
                .note(format!("{operation}: {field}, which the contract lacks"));
        }
        for (check, broken) in found.checks {
            match broken {
                None => self.report.kept(operation, check),
                Some(what) => self.report.broken_by(operation, check, what),
            }
        }
    }

    /// The call of a reply, or one that has its path.
    pub(super) fn name_of(&self, reply: &Reply) -> String {
        let path = reply.call.path_alone();
        self.contract
            .operation(reply.call.method, path)
            .or_else(|| self.contract.at_path(path).next())
            .map_or_else(|| "no call".to_owned(), |operation| operation.id.clone())
    }

    /// Notes whether a promise was kept by `reply`.
    pub(super) fn look(&mut self, reply: &Reply, check: Check, is_kept: bool) {
        self.look_at(reply, check, is_kept, "");
    }

    /// As [`Self::look`]; `why` is added to what happened.
    pub(super) fn look_at(&mut self, reply: &Reply, check: Check, is_kept: bool, why: &str) {
        let name = self.name_of(reply);
        if is_kept {
            self.report.kept(&name, check);
        } else {
            let told = reply.told();
            let what = if why.is_empty() {
                told
            } else {
                format!("{told}: {why}")
            };
            self.report.broken_by(&name, check, what);
        }
    }

    /// Notes whether `reply` is the problem of this code; tells whether it is.
    pub(super) fn expect(&mut self, reply: &Reply, code: &'static str) -> bool {
        let is_it = reply.code() == code;
        self.look(reply, Check::Problem(code), is_it);
        is_it
    }

    /// Notes whether a session's reply is about the fan that its other replies were about.
    pub(super) fn look_whose(&mut self, session: &Session, reply: &Reply) {
        let Some(fan) = reply.json["fan"].as_str() else {
            return;
        };
        let known = self
            .fans
            .entry(session.cookie.clone())
            .or_insert_with(|| fan.to_owned());
        let is_same = known == fan;
        self.look_at(reply, Check::FanTold, is_same, "another `fan` than before");
    }

    /// The `fan` of a session, where the backend tells it.
    pub(super) fn fan_of(&self, session: &Session) -> Option<&str> {
        self.fans.get(&session.cookie).map(String::as_str)
    }

    /// The fan's wallet now; null if it did not come.
    pub(super) fn wallet(&mut self, session: &Session) -> Value {
        let reply = self.send(session.get("/wallet"));
        self.look_whose(session, &reply);
        if reply.is_success() {
            reply.json
        } else {
            Value::Null
        }
    }
}

/// The text of a field; empty if there is none.
pub(super) fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

/// The items of a field; none if it is no list.
pub(super) fn items<'a>(value: &'a Value, field: &str) -> &'a [Value] {
    value[field].as_array().map_or(&[], Vec::as_slice)
}

/// A UUID, version 4.
pub(super) fn fresh_key() -> String {
    let mut bytes = random();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = hexadecimal(&bytes);
    let part = |from, to| hex.get(from..to).unwrap_or_default();
    format!(
        "{}-{}-{}-{}-{}",
        part(0, 8),
        part(8, 12),
        part(12, 16),
        part(16, 20),
        part(20, 32)
    )
}

/// An id that nothing has.
pub(super) fn nobody_s() -> String {
    format!("conform-{}", hexadecimal(&random()))
}

fn random() -> [u8; 16] {
    let mut bytes = [0; 16];
    // Without randomness the ids are still well-formed, and a key that was used before is
    // what the backend will say.
    let _ = getrandom::fill(&mut bytes);
    bytes
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_a_uuid_of_version_4_and_never_the_same() {
        let (one, other) = (fresh_key(), fresh_key());
        assert_ne!(one, other);
        assert_eq!((one.len(), one.get(14..15)), (36, Some("4")));
        assert!(one.get(19..20).is_some_and(|digit| "89ab".contains(digit)));
    }
}
