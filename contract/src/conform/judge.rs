//! What every reply has to keep, whatever was asked.

use jsonschema::error::ValidationErrorKind;
use serde_json::Value;

use super::{check::Check, client::Reply};
use crate::{Contract, Operation, reference_name};

/// What is found in a reply.
#[derive(Debug, Default)]
pub(super) struct Judgement {
    /// What broke each check that applies; nothing if it was kept.
    pub(super) checks: Vec<(Check, Option<String>)>,
    /// Fields that the contract does not declare, which a client ignores.
    pub(super) unknown_fields: Vec<String>,
}

impl Judgement {
    fn look(&mut self, check: Check, is_kept: bool, what: impl FnOnce() -> String) {
        self.checks.push((check, (!is_kept).then(what)));
    }
}

/// Judges the reply to a call of the contract.
pub(super) fn of_call(contract: &Contract, operation: &Operation, reply: &Reply) -> Judgement {
    let mut found = Judgement::default();
    let told = || reply.told();
    let is_declared = is_declared(contract, operation, reply);
    found.look(Check::Declared, is_declared, told);
    if reply.failure.is_some() {
        return found;
    }
    let expected = if reply.is_success() {
        "application/json"
    } else {
        "application/problem+json"
    };
    let kind = reply.header("content-type").unwrap_or("none");
    let media_type = kind.split(';').next().unwrap_or_default().trim();
    found.look(Check::MediaType, media_type == expected, || {
        format!("{} as {kind}", reply.told())
    });
    if is_declared {
        let schema = schema(contract, operation, reply);
        judge_schema(contract, &schema, reply, &mut found);
    }
    if operation.path.contains("{account}") {
        found.checks.extend(of_a_person(reply).checks);
    }
    if let Some(seconds) = reply.json["retry_after"].as_u64() {
        let header = reply.header("retry-after").unwrap_or("none");
        found.look(Check::RetryAfter, header == seconds.to_string(), || {
            format!("{} with {header} beside {seconds}", reply.told())
        });
    }
    found
}

/// Judges what any reply under `/api/` has to keep, a call of the contract or not.
pub(super) fn of_any(reply: &Reply) -> Judgement {
    let mut found = Judgement::default();
    if reply.failure.is_some() {
        return found;
    }
    let nosniff = reply.header("x-content-type-options").unwrap_or("none");
    found.look(
        Check::NoSniff,
        nosniff.eq_ignore_ascii_case("nosniff"),
        || format!("{} with X-Content-Type-Options {nosniff}", reply.told()),
    );
    let opened = reply.header("access-control-allow-origin");
    found.look(Check::Cors, opened.is_none(), || {
        format!(
            "{} with Access-Control-Allow-Origin {}",
            reply.told(),
            opened.unwrap_or_default()
        )
    });
    found
}

/// Judges what is about a person: no cache on the way may keep it.
pub(super) fn of_a_person(reply: &Reply) -> Judgement {
    let mut found = Judgement::default();
    let cache = reply.header("cache-control").unwrap_or("none");
    let is_kept_out = cache
        .split(',')
        .any(|part| part.trim().eq_ignore_ascii_case("no-store"));
    found.look(Check::NoStore, is_kept_out, || {
        format!("{} with Cache-Control {cache}", reply.told())
    });
    found
}

/// Whether the call may be answered with this status, and with this problem.
fn is_declared(contract: &Contract, operation: &Operation, reply: &Reply) -> bool {
    let responses = &operation.definition["responses"];
    let own = &responses[reply.status.to_string()];
    if reply.status < 400 {
        return own.is_object();
    }
    let any = contract.resolve(&responses[crate::ANY_CALL]);
    [own, any].iter().any(|response| {
        let examples = &response["content"]["application/problem+json"]["examples"];
        let example = contract.resolve(&examples[reply.code()]);
        example["value"]["status"] == reply.status && reply.json["status"] == reply.status
    })
}

fn schema(contract: &Contract, operation: &Operation, reply: &Reply) -> String {
    let own = &operation.definition["responses"][reply.status.to_string()];
    let of_success =
        reference_name(&contract.resolve(own)["content"]["application/json"]["schema"]);
    of_success
        .filter(|_| reply.is_success())
        .unwrap_or_else(|| "Problem".to_owned())
}

/// What a reply says is left out of the errors: it is about a person.
fn judge_schema(contract: &Contract, schema: &str, reply: &Reply, found: &mut Judgement) {
    let Some(validator) = contract.validators.get(schema) else {
        return;
    };
    let mut errors = Vec::new();
    for error in validator.iter_errors(&reply.json) {
        let place = format!("{schema}{}", error.instance_path());
        if let ValidationErrorKind::AdditionalProperties { unexpected } = error.kind() {
            found
                .unknown_fields
                .push(format!("{place} has {}", unexpected.join(", ")));
        } else {
            errors.push(format!("{}: {place}: {}", reply.told(), error.masked()));
        }
    }
    if reply.json == Value::Null {
        errors = vec![format!("{}: the body is no JSON", reply.told())];
    }
    if errors.is_empty() {
        found.checks.push((Check::Schema, None));
    }
    for error in errors {
        found.checks.push((Check::Schema, Some(error)));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use ureq::http::{HeaderMap, HeaderValue};

    use super::*;
    use crate::conform::client::Call;

    /// The judgement of a profile that is answered like this.
    fn judged(status: u16, kind: &'static str, json: Value) -> Judgement {
        let contract = Contract::load().unwrap();
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static(kind));
        headers.insert(
            "cache-control",
            HeaderValue::from_static("No-Store, private"),
        );
        let call = Call::get("/api/v1/accounts/x/profile");
        let reply = Reply {
            status,
            headers,
            length: 1,
            json,
            failure: None,
            call,
        };
        let operation = contract.operation("GET", reply.call.path_alone()).unwrap();
        of_call(&contract, operation, &reply)
    }

    fn broken(judgement: &Judgement) -> Vec<Check> {
        let broken = judgement.checks.iter().filter(|(_, what)| what.is_some());
        broken.map(|(check, _)| *check).collect()
    }

    fn profile() -> Value {
        json!({
            "server_time": "2026-11-23T13:04:05.678Z",
            "phone_proven": true,
            "phone_masked": "138****8000",
            "consents": [],
            "terms": { "version": "2026-11" },
        })
    }

    #[test]
    fn what_the_contract_asks_for_is_kept() {
        let kind = "application/json; charset=utf-8";
        let judgement = judged(200, kind, profile());
        assert_eq!(broken(&judgement), []);
        assert_eq!(judgement.unknown_fields, [""; 0]);
    }

    #[test]
    fn what_a_client_ignores_is_told_and_is_no_breach() {
        let mut more = profile();
        more["phone_maskd"] = "138****8000".into();
        let judgement = judged(200, "application/json", more);
        assert_eq!(broken(&judgement), []);
        assert_eq!(
            judgement.unknown_fields,
            ["Profile has phone_maskd".to_owned()]
        );
    }

    #[test]
    fn what_is_wrong_is_told_without_what_is_about_a_person() {
        let mut wrong = profile();
        wrong["phone_masked"] = "13800018000".into();
        let judgement = judged(200, "application/json", wrong);
        assert_eq!(broken(&judgement), [Check::Schema]);
        let told = format!("{judgement:?}");
        assert!(told.contains("Profile/phone_masked"), "{told}");
        assert!(!told.contains("13800018000"), "{told}");
    }

    #[test]
    fn a_status_and_a_problem_have_to_be_those_of_the_call() {
        let problem = |status: u16, code| {
            json!({
                "type": "x", "title": "x", "status": status, "code": code,
                "server_time": "2026-11-23T13:04:05.678Z", "login_url": "/enter",
            })
        };
        let kind = "application/problem+json";
        let of = |status, said, code| broken(&judged(status, kind, problem(said, code)));
        assert_eq!(of(401, 401, "not_signed_in"), []);
        assert_eq!(of(403, 401, "not_signed_in"), [Check::Declared]);
        assert_eq!(of(404, 404, "card_not_found"), [Check::Declared]);
        assert_eq!(of(401, 403, "not_signed_in"), [Check::Declared]);
        let created = judged(201, "application/json", profile());
        assert_eq!(broken(&created), [Check::Declared]);
        let page = judged(200, "text/html", Value::Null);
        assert_eq!(broken(&page), [Check::MediaType, Check::Schema]);
    }
}
