//! Checks every reply, and keeps what violates the contract.

use std::sync::{Mutex, PoisonError};

use kabao_contract::Contract;
use kabao_rules::{
    reply::{Body, Reply},
    request::{Method, Request},
};
use serde_json::Value;

use crate::error::BackendError;

#[derive(Debug)]
pub(crate) struct ContractLog {
    contract: Contract,
    violations: Mutex<Vec<String>>,
}

impl ContractLog {
    pub(crate) fn new() -> Result<Self, BackendError> {
        let contract = Contract::load().map_err(|error| BackendError(error.to_string()))?;
        Ok(Self {
            contract,
            violations: Mutex::default(),
        })
    }

    pub(crate) fn check(&self, request: &Request, reply: &Reply) {
        if !request.path.starts_with("/api/") || request.method == Method::Options {
            return;
        }
        let method = match request.method {
            Method::Head => Method::Get,
            other => other,
        };
        let method = method.name();
        let (content_type, body) = match &reply.body {
            Body::Json(body) => ("application/json", body),
            Body::Problem(body) => ("application/problem+json", body),
            _ => ("", &Value::Null),
        };
        let mut found =
            self.contract
                .check_reply(method, &request.path, reply.status, content_type, body);
        // A request that was accepted must be valid too.
        if reply.status < 300 && !request.body.is_empty() {
            let sent = serde_json::from_str(&request.body).unwrap_or_default();
            found.extend(self.contract.check_request(method, &request.path, &sent));
        }
        self.violations
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(found);
    }

    pub(crate) fn violations(&self) -> Vec<String> {
        self.violations
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

#[cfg(test)]
mod tests {
    use kabao_rules::{
        reply::{SessionChange, SignInChange},
        request::Method,
    };
    use serde_json::json;

    use super::*;

    /// The violations of a switch, sent and answered with these bodies.
    fn violations(sent: &Value, status: u16, answered: Value) -> Vec<String> {
        let log = ContractLog::new().unwrap();
        let request = Request {
            method: Method::Put,
            body: sent.to_string(),
            ..Request::get("/api/v1/accounts/case-2/current-card")
        };
        let reply = Reply {
            status,
            body: Body::Json(answered),
            session: SessionChange::Keep,
            sign_in: SignInChange::Keep,
            allow: None,
        };
        log.check(&request, &reply);
        log.violations()
    }

    #[test]
    fn what_violates_the_contract_is_kept() {
        let sent = json!({ "card_id": "c" });
        let switched = json!({
            "server_time": "2026-11-23T13:04:05.678Z", "current_card_id": "c", "revision": "2",
        });
        assert_eq!(violations(&sent, 200, switched.clone()), [""; 0]);
        assert_ne!(violations(&sent, 200, json!({})), [""; 0]);
        assert_ne!(violations(&json!({}), 200, switched.clone()), [""; 0]);
        assert_ne!(violations(&sent, 201, switched), [""; 0]);
    }
}
