//! What a page reports of what fans were shown.

use serde_json::{Value, json};

use super::{check::Check, client::Call, run::Run};

fn report(body: &Value) -> Call {
    Call::json("POST", "/api/v1/reports", body)
}

/// What is no report is refused; nothing is counted.
pub(super) fn malformed(run: &mut Run<'_>) {
    for body in [
        json!({}),
        json!({ "number": 90 }),
        json!({ "number": "96" }),
    ] {
        let reply = run.send(report(&body));
        run.expect(&reply, "bad_request");
    }
}

/// A report of this runner's is counted. Only with `--write`.
pub(super) fn taken(run: &mut Run<'_>) {
    let reply = run.send(report(&json!({ "number": 97, "version": "kabao-conform" })));
    run.look(&reply, Check::ReportTaken, reply.is_success());
}
