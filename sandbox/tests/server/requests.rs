//! What is asked of a request besides what it says: where it comes from, its media type, its
//! method. And what every reply says in its head.

use serde_json::json;

use crate::running::{Reply, Sandbox, folder, opening};

const WALLET: &str = "/api/v1/accounts/case-1a/wallet";
const CLAIMS: &str = "/api/v1/accounts/case-1a/claims";

/// What a write says that comes with these headers.
fn write_with(sandbox: &Sandbox, session: &str, headers: &[(&str, &str)]) -> Reply {
    let mut request = Sandbox::agent()
        .post(format!("{}{CLAIMS}", sandbox.address))
        .header("cookie", format!("kabao_session={session}"))
        .header("idempotency-key", "00000000-0000-4000-8000-000000000001");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    Reply::from(request.send("{}").expect("an answer"))
}

#[test]
fn a_write_from_another_site_is_forbidden_and_does_nothing() {
    let folder = folder();
    let sandbox = Sandbox::keeping(folder.path());
    let session = sandbox.sign_in("case-1a-li");
    let json = ("content-type", "application/json");
    for foreign in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://127.0.0.1.evil.example"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let refused = write_with(&sandbox, &session, &[json, foreign]);
        assert_eq!(refused.status, 403, "{foreign:?}");
        assert_eq!(refused.json()["code"], "forbidden", "{foreign:?}");
    }
    let own = [
        ("origin", sandbox.address.as_str()),
        ("sec-fetch-site", "same-origin"),
    ];
    for own in own {
        // The body is no claim's, so this is as far as it gets.
        let answer = write_with(&sandbox, &session, &[json, own]);
        assert_eq!(answer.json()["code"], "bad_request", "{own:?}");
    }
    let request = Sandbox::agent()
        .delete(format!(
            "{}/api/v1/accounts/case-1a/session",
            sandbox.address
        ))
        .header("cookie", format!("kabao_session={session}"))
        .header("origin", "https://evil.example");
    assert_eq!(request.call().expect("an answer").status(), 403);
    assert_eq!(sandbox.get_as(&session, WALLET).status, 200);
    let read = Sandbox::agent()
        .get(format!("{}{WALLET}", sandbox.address))
        .header("cookie", format!("kabao_session={session}"))
        .header("origin", "https://evil.example");
    let read = read.call().expect("an answer");
    assert_eq!(
        read.headers().get("access-control-allow-origin"),
        None,
        "no other site may read it"
    );
}

#[test]
fn a_body_that_is_not_json_by_its_head_is_a_bad_request() {
    let folder = folder();
    let sandbox = Sandbox::keeping(folder.path());
    let session = sandbox.sign_in("case-1a-li");
    let send = |key: u32, kind: &str| {
        let request = Sandbox::agent()
            .post(format!("{}{CLAIMS}", sandbox.address))
            .header("cookie", format!("kabao_session={session}"))
            .header(
                "idempotency-key",
                format!("00000000-0000-4000-8000-{key:012}"),
            )
            .header("content-type", kind);
        Reply::from(request.send(opening("13800018000")).expect("an answer"))
    };
    for (key, kind) in [
        (1, "text/plain"),
        (2, "application/x-www-form-urlencoded"),
        (3, "multipart/form-data; boundary=x"),
        (4, "application/jsonp"),
        (5, "text/plain; application/json"),
    ] {
        let refused = send(key, kind);
        assert_eq!(refused.status, 400, "{kind}");
        assert_eq!(refused.json()["code"], "bad_request", "{kind}");
    }
    assert_eq!(send(6, "Application/JSON; charset=UTF-8").status, 201);
}

#[test]
fn the_methods_of_a_call_are_told_and_others_are_refused_with_them() {
    let folder = folder();
    let sandbox = Sandbox::keeping(folder.path());
    let session = sandbox.sign_in("case-1a-li");
    let ask = |method: &str, path: &str| {
        let request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", sandbox.address))
            .header("cookie", format!("kabao_session={session}"))
            .body(())
            .expect("a request");
        Reply::from(Sandbox::agent().run(request).expect("an answer"))
    };
    let account = |path: &str| format!("/api/v1/accounts/case-1a{path}");
    for (path, allow) in [
        (account("/wallet"), "GET, HEAD, OPTIONS"),
        (account("/current-card"), "PUT, OPTIONS"),
        (account("/claims"), "POST, OPTIONS"),
        (account("/claims/x"), "GET, HEAD, OPTIONS"),
        (account("/profile/phone"), "DELETE, OPTIONS"),
        ("/api/v1/tables/L1".to_owned(), "GET, HEAD, OPTIONS"),
        ("/enter".to_owned(), "GET, HEAD, OPTIONS"),
        ("/wechat/callback/case-1a".to_owned(), "GET, OPTIONS"),
    ] {
        let told = ask("OPTIONS", &path);
        assert_eq!((told.status, told.allow.as_str()), (204, allow), "{path}");
        let refused = ask("PATCH", &path);
        assert_eq!(
            (refused.status, refused.allow.as_str()),
            (405, allow),
            "{path}"
        );
        assert_eq!(refused.kind, "application/problem+json", "{path}");
        assert_eq!(refused.json()["status"], 405, "{path}");
    }
    assert_eq!(ask("OPTIONS", &account("/nothing")).status, 404);
    let wallet = ask("GET", &account("/wallet"));
    let head = ask("HEAD", &account("/wallet"));
    assert_eq!(
        (head.status, &head.kind, head.text.as_str()),
        (200, &wallet.kind, "")
    );
    assert_eq!(ask("HEAD", "/api/v1/accounts/case-1a/cards/x").status, 404);
    assert_eq!(
        sandbox.get("/sandbox/control/contract").json(),
        json!([]),
        "what is answered to other methods is no violation"
    );
}

#[test]
fn every_reply_says_what_it_is_and_is_kept_by_nobody() {
    let folder = folder();
    let sandbox = Sandbox::keeping(folder.path());
    let session = sandbox.sign_in("case-1a-li");
    for path in [
        WALLET,
        "/api/v1/accounts/case-1a/cards/x",
        "/api/v1/nothing",
        "/api/v1/tables/x",
        "/enter?account=case-1a",
        "/wechat/callback/case-1a",
    ] {
        let reply = sandbox.get_as(&session, path);
        assert_eq!(reply.cache, "no-store", "{path}");
        assert_eq!(reply.content_type_options, "nosniff", "{path}");
    }
}
