//! What becomes of writes when the data can't be written.

use std::fs;

use rusqlite::Connection;
use serde_json::json;

use crate::running::{Sandbox, database, folder, opening};

const WALLET: &str = "/api/v1/accounts/case-1a/wallet";
const CLAIMS: &str = "/api/v1/accounts/case-1a/claims";

#[test]
fn while_the_data_is_locked_writes_are_unavailable_and_reads_go_on() {
    let folder = folder();
    let sandbox = Sandbox::keeping(folder.path());
    let session = sandbox.sign_in("case-1a-li");
    let other = Connection::open(database(folder.path())).expect("the data");
    other.execute_batch("BEGIN IMMEDIATE").expect("a lock");
    std::thread::scope(|scope| {
        // More than there are processors, so that a write that waits could hold up all.
        let writes: Vec<_> = (1..=4)
            .map(|key| {
                let (sandbox, session) = (&sandbox, &session);
                scope.spawn(move || sandbox.post_as(session, CLAIMS, key, &opening("13800018000")))
            })
            .collect();
        let wait = || writes.iter().any(|write| !write.is_finished());
        let mut answered_meanwhile = 0;
        while wait() {
            assert_eq!(sandbox.get_as(&session, WALLET).status, 200);
            assert_eq!(sandbox.get("/").status, 200, "the app's files");
            answered_meanwhile += u32::from(wait());
        }
        assert!(answered_meanwhile > 0, "reads don't wait for the writes");
        for write in writes {
            let refused = write.join().expect("an answer");
            assert_eq!(refused.status, 503, "{}", refused.text);
            assert_eq!(refused.kind, "application/problem+json");
            assert_eq!(refused.json()["code"], "unavailable");
        }
    });
    other.execute_batch("ROLLBACK").expect("no lock");
    let sent = sandbox.post_as(&session, CLAIMS, 1, &opening("13800018000"));
    assert_eq!(sent.status, 201, "the same request later: {}", sent.text);
    assert_eq!(
        sandbox.get("/sandbox/control/sms?phone=13800018000").json(),
        json!([sandbox.get("/sandbox/control/sms?phone=13800018000").json()[0]]),
        "one message in all"
    );
}

#[test]
fn while_the_disk_is_full_writes_are_unavailable_and_nothing_of_before_is_lost() {
    let folder = folder();
    // Lays the cases out, which takes most of the room.
    Sandbox::keeping(folder.path()).kill();
    let size = fs::metadata(database(folder.path()))
        .expect("the data")
        .len();
    let sandbox = Sandbox::keeping_with_room(folder.path(), size + 200 * 1024);
    let session = sandbox.sign_in("case-1a-li");
    let mut acknowledged = 0;
    let refused = (1..2_000)
        .map(|key| sandbox.post_as(&session, CLAIMS, key, "{}"))
        .inspect(|reply| acknowledged += u32::from(reply.status == 400))
        .find(|reply| reply.status != 400)
        .expect("no more room");
    assert_eq!(refused.status, 503, "{}", refused.text);
    assert_eq!(refused.json()["code"], "unavailable");
    assert_eq!(sandbox.get_as(&session, WALLET).status, 200);
    sandbox.kill();

    let sandbox = Sandbox::keeping(folder.path());
    assert_eq!(sandbox.get_as(&session, WALLET).status, 200);
    let data = Connection::open(database(folder.path())).expect("the data");
    let answers: u32 = data
        .query_row("SELECT count(*) FROM answers", [], |row| row.get(0))
        .expect("a count");
    assert_eq!(answers, acknowledged);
    let sent = sandbox.post_as(&session, CLAIMS, 2_000, &opening("13800018000"));
    assert_eq!(sent.status, 201, "{}", sent.text);
}
