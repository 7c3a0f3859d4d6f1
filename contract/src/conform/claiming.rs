//! The claim, with `--write`: a number for testing, the code that it receives, and the cards
//! that are found under it.

use serde_json::{Value, json};

use super::{
    CannotRun, Writes, binding,
    check::Check,
    client::{Call, Reply},
    others,
    run::{Run, Session, fresh_key, items, text},
};

/// How many requests are sent at once.
const AT_ONCE: usize = 4;

/// A claim that is under way.
pub(super) struct Claim<'a> {
    pub(super) fan: &'a Session,
    pub(super) id: String,
}

impl Claim<'_> {
    pub(super) fn path(&self, rest: &str) -> String {
        format!("/claims/{}{rest}", self.id)
    }

    /// The claim as it stands.
    pub(super) fn stands(&self, run: &mut Run<'_>) -> Value {
        let reply = run.send(self.fan.get(&self.path("")));
        run.look_whose(self.fan, &reply);
        reply.json["claim"].clone()
    }

    fn attempts_left(&self, run: &mut Run<'_>) -> Option<u64> {
        self.stands(run)["attempts_left"].as_u64()
    }
}

pub(super) fn all(
    run: &mut Run<'_>,
    fan: &Session,
    other: Option<&Session>,
    writes: &Writes,
) -> Result<(), CannotRun> {
    let terms = text(&run.wallet(fan)["terms"], "version").to_owned();
    let body =
        |phone: &str, version: &str| json!({ "phone": phone, "consent": { "version": version } });
    refused(run, fan, other, &body, &writes.phone, &terms);
    let spare = writes.spare_phone.as_ref();
    let burnt = spare.and_then(|phone| burn(run, fan, &body(phone, &terms)));
    let claim = match open(run, fan, &body(&writes.phone, &terms)) {
        Ok(claim) => claim,
        Err(why) => {
            let why = format!("no claim was opened: {why}");
            for (operation, check) in super::OF_CLAIMS {
                run.report.not_tried(operation, *check, &why);
            }
            return Ok(());
        }
    };
    match burnt {
        Some(burnt) => over(run, &burnt),
        None => run
            .report
            .not_tried("openClaim", Check::OneClaim, "it takes a spare number"),
    }
    at_once_again(run, &claim);
    if let Some(other) = other {
        others::claim(run, other, &claim.id);
    }
    let code = (writes.code)(&writes.phone).map_err(CannotRun)?;
    wrong_codes(run, &claim, code.trim());
    if let Some(verified) = verify(run, &claim, code.trim()) {
        binding::all(run, &claim, &verified, other);
    }
    Ok(())
}

/// What opens no claim and sends no SMS.
fn refused(
    run: &mut Run<'_>,
    fan: &Session,
    other: Option<&Session>,
    body: &dyn Fn(&str, &str) -> Value,
    phone: &str,
    terms: &str,
) {
    for wrong in ["12345678901", "1380001800", "+8613800018000"] {
        let reply = run.send(fan.post("/claims", &body(wrong, terms)));
        run.expect(&reply, "phone_invalid");
    }
    let unkeyed = Call::json("POST", fan.path("/claims"), &body("12345678901", terms));
    let reply = run.send(fan.sends(unkeyed));
    run.expect(&reply, "bad_request");
    let reply = run.send(fan.post("/claims", &json!({ "phone": 1 })));
    run.expect(&reply, "bad_request");

    // Another version of the terms: a final answer that costs nothing, so that keys can be
    // tried with it.
    let key = fresh_key();
    let stale = body(phone, "no-such-version");
    let keyed = |session: &Session, body: &Value| {
        let call = session.post("/claims", body);
        call.with("idempotency-key", key.clone())
    };
    let reply = run.send(keyed(fan, &stale));
    run.expect(&reply, "consent_required");
    let reply = run.send(keyed(fan, &body(phone, "nor-this-one")));
    let is_kept = reply.code() == "idempotency_key_reused";
    let why = "the key was used with another body";
    run.look_at(&reply, Check::Idempotency, is_kept, why);
    if let Some(other) = other {
        let reply = run.send(keyed(other, &body("12345678901", terms)));
        let is_kept = reply.code() == "phone_invalid";
        let why = "the key was used by another fan";
        run.look_at(&reply, Check::IdempotencyScope, is_kept, why);
    } else {
        let why = "it takes another fan";
        run.report
            .not_tried("openClaim", Check::IdempotencyScope, why);
    }
}

/// Opens a claim by one action that arrives several times at once.
fn open<'a>(run: &mut Run<'_>, fan: &'a Session, body: &Value) -> Result<Claim<'a>, String> {
    let action = fan.post("/claims", body);
    let replies = run.send_at_once(vec![action.clone(); AT_ONCE]);
    let Some(opened) = replies.iter().find(|reply| reply.is_success()) else {
        return Err(replies.first().map_or_else(String::new, Reply::told));
    };
    let id = text(&opened.json["claim"], "id").to_owned();
    for reply in &replies {
        let is_same = is_of(reply, &id) || reply.code() == "in_progress";
        let why = "one of several at once with the same key";
        run.look_at(reply, Check::Idempotency, is_same, why);
    }
    let again = run.send(action);
    run.look(&again, Check::Idempotency, is_of(&again, &id));
    let claim = &opened.json["claim"];
    let tells = ["candidates", "merchants", "support", "can_open_new"]
        .iter()
        .any(|field| !claim[*field].is_null());
    run.look(opened, Check::NothingTold, !tells);
    run.look_whose(fan, opened);
    Ok(Claim { fan, id })
}

/// Opens a claim and tries wrong codes until no attempt is left.
fn burn<'a>(run: &mut Run<'_>, fan: &'a Session, body: &Value) -> Option<Claim<'a>> {
    let opened = run.send(fan.post("/claims", body));
    if !opened.is_success() {
        return None;
    }
    let given = &opened.json["claim"];
    let claim = Claim {
        fan,
        id: text(given, "id").to_owned(),
    };
    let attempts = given["attempts_left"].as_u64()?;
    let length = usize::try_from(given["code_length"].as_u64()?).ok()?;
    for attempt in 1..=attempts + 1 {
        // That one of them is right is as good as impossible.
        let body = json!({ "code": format!("{attempt:0length$}") });
        let reply = run.send(fan.post(&claim.path("/verification"), &body));
        let is_kept = if attempt < attempts {
            reply.code() == "code_wrong"
                && reply.json["attempts_left"].as_u64() == Some(attempts - attempt)
        } else {
            reply.code() == "too_many_attempts"
        };
        let why = format!("wrong code {attempt} of {attempts}");
        run.look_at(&reply, Check::Attempts, is_kept, &why);
    }
    // A code is burnt, and the claim goes on.
    let is_open = text(&claim.stands(run), "state") == "code_sent";
    run.look(&opened, Check::Attempts, is_open);
    Some(claim)
}

/// A claim after which another was opened.
fn over(run: &mut Run<'_>, earlier: &Claim<'_>) {
    let reply = run.send(earlier.fan.get(&earlier.path("")));
    let is_over = text(&reply.json["claim"], "state") == "expired";
    run.look(&reply, Check::OneClaim, is_over);
    for (rest, body) in [
        ("/verification", json!({ "code": "000000" })),
        ("/sms", json!({})),
        ("/binding", json!({ "open_new": true })),
    ] {
        let reply = run.send(earlier.fan.post(&earlier.path(rest), &body));
        run.expect(&reply, "claim_expired");
    }
}

fn is_of(reply: &Reply, claim: &str) -> bool {
    reply.is_success() && text(&reply.json["claim"], "id") == claim
}

/// A second SMS within the minute.
fn at_once_again(run: &mut Run<'_>, claim: &Claim<'_>) {
    let reply = run.send(claim.fan.post(&claim.path("/sms"), &json!({})));
    run.look(&reply, Check::SmsLimit, reply.code() == "sms_too_fast");
}

fn wrong_codes(run: &mut Run<'_>, claim: &Claim<'_>, code: &str) {
    let verification = claim.path("/verification");
    let before = claim.attempts_left(run);
    let longer = format!("{code}0");
    let shorter = code.get(1..).unwrap_or_default();
    for malformed in [&*longer, shorter, "letter", ""] {
        let body = json!({ "code": malformed });
        let reply = run.send(claim.fan.post(&verification, &body));
        let is_kept = reply.code() == "bad_request" && claim.attempts_left(run) == before;
        let why = "no code could be like that";
        run.look_at(&reply, Check::MalformedCode, is_kept, why);
    }
    let wrong = claim
        .fan
        .post(&verification, &json!({ "code": another(code) }));
    let first = run.send(wrong.clone());
    let left = |reply: &Reply| reply.json["attempts_left"].as_u64();
    let is_kept = first.code() == "code_wrong"
        && before.is_some_and(|before| left(&first) == before.checked_sub(1))
        && claim.attempts_left(run) == left(&first);
    run.look_at(&first, Check::Attempts, is_kept, "one attempt was due");
    for again in run.send_at_once(vec![wrong.clone(); 2]) {
        let is_kept = left(&again) == left(&first) || again.code() == "in_progress";
        let why = "the same wrong code, with the same key, counts again";
        run.look_at(&again, Check::Idempotency, is_kept, why);
    }
    let body = json!({ "code": another(&another(code)) });
    let reused = run.send(wrong.with_body(&body));
    let is_kept =
        reused.code() == "idempotency_key_reused" && claim.attempts_left(run) == left(&first);
    let why = "the key was used with another code";
    run.look_at(&reused, Check::Idempotency, is_kept, why);
}

/// Another code of the same length: each digit is raised by three, so that the second after a
/// code is another again.
fn another(code: &str) -> String {
    let raised = |digit: char| (digit.to_digit(10).unwrap_or_default() + 3) % 10;
    code.chars()
        .filter_map(|digit| char::from_digit(raised(digit), 10))
        .collect()
}

/// Proves the phone. Nothing if that is where the claim ends.
fn verify(run: &mut Run<'_>, claim: &Claim<'_>, code: &str) -> Option<Value> {
    let body = json!({ "code": code });
    let right = claim.fan.post(&claim.path("/verification"), &body);
    let reply = run.send(right.clone());
    if ["phone_in_use", "card_already_bound"].contains(&reply.code()) {
        let is_over = text(&claim.stands(run), "state") == "expired";
        let why = "the claim goes on";
        run.look_at(&reply, Check::Verified, is_over, why);
        run.report
            .not_tried("bind", Check::Bound, "the number led to a refusal");
        return None;
    }
    let verified = reply.json["claim"].clone();
    let is_verified = reply.is_success() && text(&verified, "state") == "verified";
    run.look(&reply, Check::Verified, is_verified);
    let again = run.send(right);
    let is_same = items(&again.json["claim"], "candidates") == items(&verified, "candidates");
    run.look(&again, Check::Idempotency, is_same);
    is_verified.then_some(verified)
}
