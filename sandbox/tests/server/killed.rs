//! A sandbox that is killed in the midst of a claim, and a fan who tries again.

use std::{
    env, fs,
    path::Path,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::running::{Sandbox, database, folder, opening, posting};

const ACCOUNT: &str = "/api/v1/accounts/case-1a";
const PHONE: &str = "13800018000";
const CARD: &str = "case-1a-c8000";

/// How often it is killed; the long runs ask for more.
const KILLS: &str = "KABAO_KILLS";
const FEW: u32 = 8;
/// What takes longer than this has failed.
const LONG: Duration = Duration::from_secs(60);

/// A fan, with what the phone and the page know.
struct Fan {
    session: String,
    code: Option<String>,
}

impl Fan {
    /// Makes a call, with the same key however often it is made.
    fn call(&self, address: &str, path: &str, key: u32, body: &str) -> Result<Value, ureq::Error> {
        let path = format!("{ACCOUNT}{path}");
        let mut reply = posting(address, &self.session, &path, key).send(body)?;
        let status = reply.status().as_u16();
        let text = reply.body_mut().read_to_string()?;
        assert!(matches!(status, 200 | 201), "{path}: {status} {text}");
        Ok(serde_json::from_str(&text).expect("JSON"))
    }

    /// Claims the card from the first call on, with all that has been done before. An error
    /// is a call that got no answer.
    fn claim(&mut self, address: &str) -> Result<(), ureq::Error> {
        let claim = self.call(address, "/claims", 1, &opening(PHONE))?;
        let id = claim["claim"]["id"].as_str().expect("an id").to_owned();
        let messages = format!("{address}/sandbox/control/sms?phone={PHONE}");
        let codes: Vec<String> = Sandbox::agent()
            .get(messages)
            .call()?
            .body_mut()
            .read_json()?;
        assert!(codes.len() <= 1, "one wish, and these messages: {codes:?}");
        if self.code.is_none() {
            self.code = codes.into_iter().next();
        }
        let code = json!({ "code": self.code.as_ref().expect("a message") });
        let path = format!("/claims/{id}/verification");
        self.call(address, &path, 2, &code.to_string())?;
        let cards = json!({ "card_ids": [CARD] });
        let path = format!("/claims/{id}/binding");
        self.call(address, &path, 3, &cards.to_string())?;
        Ok(())
    }
}

/// Has the fan claim a card from the sandbox in `folder`, which is killed after `delay`,
/// and whenever she has got her card. Whether she had it before the kill.
fn claims_before(folder: &Path, fan: &mut Fan, delay: Duration) -> bool {
    let sandbox = Sandbox::keeping(folder);
    let address = sandbox.address.clone();
    let (done, is_done) = mpsc::channel();
    thread::scope(|scope| {
        let claiming = scope.spawn(move || {
            let outcome = fan.claim(&address);
            // Nobody waits for it any more if the sandbox was killed first.
            let _ = done.send(());
            outcome.is_ok()
        });
        let _ = is_done.recv_timeout(delay);
        sandbox.kill();
        claiming.join().expect("the claim is as it has to be")
    })
}

/// A folder with the data of `begun`.
fn copy_of(begun: &Path) -> TempDir {
    let copy = folder();
    let data = database(copy.path());
    fs::create_dir_all(data.parent().expect("a folder")).expect("a folder");
    let begun = database(begun);
    for file in fs::read_dir(begun.parent().expect("a folder")).expect("files") {
        let file = file.expect("a file");
        fs::copy(file.path(), data.with_file_name(file.file_name())).expect("a copy");
    }
    copy
}

/// How long a claim takes that nobody disturbs.
fn undisturbed(begun: &Path, fan: &mut Fan) -> Duration {
    let copy = copy_of(begun);
    let sandbox = Sandbox::keeping(copy.path());
    let start = Instant::now();
    fan.claim(&sandbox.address).expect("answers");
    start.elapsed()
}

#[test]
#[expect(clippy::print_stdout, reason = "the long runs want the figure")]
fn a_sandbox_that_is_killed_in_mid_claim_binds_one_card_and_sends_one_message() {
    let kills = env::var(KILLS).map_or(FEW, |kills| kills.parse().expect("a number"));
    let begun = folder();
    let sandbox = Sandbox::keeping(begun.path());
    let session = sandbox.sign_in("case-1a-li");
    sandbox.kill();
    let fan = || Fan {
        session: session.clone(),
        code: None,
    };
    let claim = undisturbed(begun.path(), &mut fan());
    let mut interrupted = 0;
    for kill in 0..kills {
        let copy = copy_of(begun.path());
        let mut fan = fan();
        // So kills come at every moment of a claim.
        let delay = claim * kill / kills;
        if !claims_before(copy.path(), &mut fan, delay) {
            interrupted += 1;
            assert!(
                claims_before(copy.path(), &mut fan, LONG),
                "kill {kill}, after {delay:?}: trying again leads to the card"
            );
        }
        let sandbox = Sandbox::keeping(copy.path());
        let wallet = sandbox.get_as(&session, &format!("{ACCOUNT}/wallet"));
        let wallet = wallet.json();
        assert_eq!(
            wallet["current_card_id"], CARD,
            "kill {kill}, after {delay:?}"
        );
        assert_eq!(wallet["cards"].as_array().map(Vec::len), Some(1));
    }
    println!("{kills} kills, {interrupted} of them in the midst of a claim");
    assert!(4 * interrupted >= kills, "{interrupted} of {kills}");
}
