//! What is left of a number and a code once they are needed no more.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::running::{Reply, Sandbox, folder, opening};

const WALLET: &str = "/api/v1/accounts/case-1a/wallet";
const CLAIMS: &str = "/api/v1/accounts/case-1a/claims";

/// Whether the files of the data say `text` anywhere, what was deleted included.
fn is_on_disk(folder: &Path, text: &str) -> bool {
    fs::read_dir(folder.join("data"))
        .expect("the folder of the data")
        .any(|file| {
            let bytes = fs::read(file.expect("a file").path()).unwrap_or_default();
            bytes
                .windows(text.len())
                .any(|window| window == text.as_bytes())
        })
}

/// Verifies a claim of a number, with the code that was sent to it.
fn verify(sandbox: &Sandbox, session: &str, claim: &Value, phone: &str) -> Reply {
    let codes = sandbox
        .get(&format!("/sandbox/control/sms?phone={phone}"))
        .json();
    let id = claim["claim"]["id"].as_str().expect("an id");
    let code = json!({ "code": codes[0] }).to_string();
    sandbox.post_as(session, &format!("{CLAIMS}/{id}/verification"), 2, &code)
}

#[test]
fn a_number_that_was_unlinked_is_nowhere_in_the_data() {
    const PHONE: &str = "13987654321";
    let folder = folder();
    let sandbox = Sandbox::keeping(folder.path());
    let session = sandbox.sign_in("case-1a-axin");
    let opened = sandbox.post_as(&session, CLAIMS, 1, &opening(PHONE));
    let code = sandbox
        .get(&format!("/sandbox/control/sms?phone={PHONE}"))
        .json()[0]
        .as_str()
        .expect("a code")
        .to_owned();
    let claim = opened.json();
    let verified = verify(&sandbox, &session, &claim, PHONE);
    assert_eq!(verified.status, 200, "{}", verified.text);
    let id = claim["claim"]["id"].as_str().expect("an id");
    let binding = format!("{CLAIMS}/{id}/binding");
    let bound = sandbox.post_as(&session, &binding, 3, "{\"open_new\":true}");
    assert_eq!(bound.status, 200, "{}", bound.text);
    assert!(is_on_disk(folder.path(), PHONE));
    let request = Sandbox::agent()
        .delete(format!(
            "{}/api/v1/accounts/case-1a/profile/phone",
            sandbox.address
        ))
        .header("cookie", format!("kabao_session={session}"));
    assert_eq!(request.call().expect("an answer").status(), 200);
    assert!(!is_on_disk(folder.path(), PHONE), "the number");
    assert!(!is_on_disk(folder.path(), &code), "the code");
    let wallet = sandbox.get_as(&session, WALLET).json();
    assert_eq!(wallet["cards"].as_array().map(Vec::len), Some(1));
}

#[test]
fn a_number_is_kept_no_longer_than_its_claim_and_its_message() {
    const PHONE: &str = "13987654321";
    let folder = folder();
    let sandbox = Sandbox::keeping(folder.path());
    let session = sandbox.sign_in("case-1a-axin");
    let opened = sandbox.post_as(&session, CLAIMS, 1, &opening(PHONE));
    assert_eq!(opened.status, 201, "{}", opened.text);
    let at = |hours: i64| {
        let clock = json!({ "account": "case-1a", "offset_seconds": hours * 60 * 60 });
        for (path, body) in [("clock", clock), ("retention", json!({}))] {
            let request = Sandbox::agent()
                .post(format!("{}/sandbox/control/{path}", sandbox.address))
                .header("content-type", "application/json")
                .send(body.to_string());
            assert!(request.expect("an answer").status().is_success(), "{path}");
        }
    };
    at(0);
    assert!(is_on_disk(folder.path(), PHONE));
    at(25);
    assert!(!is_on_disk(folder.path(), PHONE));
}
