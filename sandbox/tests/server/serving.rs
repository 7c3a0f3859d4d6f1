//! What the sandbox serves, what it keeps, what it survives.

use std::{fs, path::Path, process::Command};

use serde_json::json;

use crate::running::{Reply, Sandbox, folder};

#[test]
fn serves_the_app_at_its_screens_and_nothing_else() {
    let folder = folder();
    let sandbox = Sandbox::start(folder.path(), &[]);
    for path in [
        "/",
        "/a/case-2",
        "/a/case-2/claim",
        "/a/case-2/code",
        "/a/case-2/cards/x",
        "/t/L1",
    ] {
        let reply = sandbox.get(path);
        assert_eq!(
            (reply.status, reply.kind.as_str()),
            (200, "text/html; charset=utf-8"),
            "{path}"
        );
        assert_eq!(reply.cache, "no-cache", "{path}");
    }
    for path in [
        "/nothing",
        "/nothing.js",
        "/app.wasm",
        "/api",
        "/a",
        "/../Cargo.toml",
        "/%2e%2e/x",
        "/sandbox/nothing",
    ] {
        let reply = sandbox.get(path);
        assert_eq!(reply.status, 404, "{path}");
        assert!(
            !reply.text.contains("doctype"),
            "{path} is answered with the app's page"
        );
    }
    let unknown = sandbox.get("/api/v1/nothing");
    assert_eq!(
        (unknown.status, unknown.kind.as_str()),
        (404, "application/problem+json")
    );
    let wasm = sandbox.get("/kabao-0123456789abcdef.wasm");
    assert_eq!((wasm.status, wasm.kind.as_str()), (200, "application/wasm"));
    assert!(wasm.cache.contains("immutable"));
    assert_eq!(
        sandbox.get("/sandbox/control/contract").status,
        404,
        "only with --control"
    );
}

#[test]
fn public_files_are_served_at_the_root() {
    let folder = folder();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let public = Path::new(env!("CARGO_MANIFEST_DIR")).join("../public");
    let mut names: Vec<_> = fs::read_dir(public)
        .expect("the public files")
        .map(|entry| {
            let entry = entry.expect("a file");
            let served = folder.path().join("dist").join(entry.file_name());
            fs::copy(entry.path(), served).expect("a copy");
            entry.file_name().into_string().expect("a name")
        })
        .collect();
    // WeChat looks there for the file that proves who runs the host.
    names.push("MP_verify_0123456789abcdef.txt".to_owned());
    fs::write(
        folder.path().join("dist").join(&names[names.len() - 1]),
        "0",
    )
    .expect("a file");
    for name in &names {
        let (_, ending) = name.rsplit_once('.').expect("an ending");
        let kind = match ending {
            "ico" => "image/x-icon",
            "png" => "image/png",
            "svg" => "image/svg+xml",
            "txt" => "text/plain; charset=utf-8",
            other => panic!("nothing says what .{other} is"),
        };
        let reply = sandbox.get(&format!("/{name}"));
        assert_eq!((reply.status, reply.kind.as_str()), (200, kind), "{name}");
    }
    assert!(names.contains(&"robots.txt".to_owned()), "{names:?}");
    assert_eq!(
        sandbox.get("/robots.txt").text.lines().last(),
        Some("Disallow: /")
    );
    for name in ["favicon.png", "MP_verify_other.txt", "manifest.json"] {
        assert_eq!(sandbox.get(&format!("/{name}")).status, 404, "{name}");
    }
}

#[test]
fn the_wallet_without_a_cookie_says_where_to_sign_in() {
    let folder = folder();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let reply = sandbox.get("/api/v1/accounts/case-2/wallet");
    assert_eq!(
        (reply.status, reply.kind.as_str()),
        (401, "application/problem+json")
    );
    assert_eq!(reply.json()["code"], "not_signed_in");
    assert_eq!(reply.json()["login_url"], "/enter?account=case-2");
}

#[test]
fn its_own_pages_show_the_cases_the_people_and_the_pictures() {
    let folder = folder();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let index = sandbox.get("/sandbox/");
    for part in [
        "case-1a",
        "case-4",
        "/sandbox/as/case-2-li",
        "小李",
        "/t/L",
        "重新开始",
        "左码 L",
        "右码 R",
        "survives every switch of account",
        "data-copy=13800048000",
        "/sandbox/phone?person=case-2-li",
        "/sandbox/till?person=case-2-li",
    ] {
        assert!(index.text.contains(part), "{part}");
    }
    assert_eq!(sandbox.get("/sandbox").location, "/sandbox/");
    for (path, kind) in [
        ("/sandbox/phone", "text/html; charset=utf-8"),
        ("/sandbox/till", "text/html; charset=utf-8"),
        ("/sandbox/problems", "text/html; charset=utf-8"),
        (
            "/sandbox/images/merchants/case-2-chuanwei.svg",
            "image/svg+xml",
        ),
        ("/sandbox/images/follow/case-2.png", "image/png"),
    ] {
        let reply = sandbox.get(path);
        assert_eq!((reply.status, reply.kind.as_str()), (200, kind), "{path}");
    }
    assert_eq!(
        sandbox.get("/sandbox/images/merchants/nobody.svg").status,
        404
    );
    assert_eq!(sandbox.get("/sandbox/as/nobody").status, 404);
}

#[test]
fn the_preview_is_named_where_it_is_served() {
    let folder = folder();
    let sandbox = Sandbox::start(folder.path(), &[]);
    let names_it = || sandbox.get("/sandbox/").text.contains("href=/preview/");
    assert_eq!((sandbox.get("/preview/").status, names_it()), (404, false));
    let preview = folder.path().join("dist/preview");
    fs::create_dir_all(&preview).expect("a folder");
    fs::write(preview.join("index.html"), "<!doctype html>").expect("a file");
    assert_eq!((sandbox.get("/preview/").status, names_it()), (200, true));
}

#[test]
fn a_person_s_phone_shows_their_messages_alone() {
    let folder = folder();
    let sandbox = Sandbox::keeping(folder.path());
    for (person, phone) in [
        ("case-1a-li", "13800018000"),
        ("case-1a-axin", "13800019000"),
    ] {
        let session = sandbox.sign_in(person);
        let body = json!({ "phone": phone, "consent": { "version": "2026-11" } }).to_string();
        let opened = sandbox.post_as(&session, "/api/v1/accounts/case-1a/claims", 1, &body);
        assert_eq!(opened.status, 201, "{}", opened.text);
    }
    let counts = |path: &str| {
        let page = sandbox.get(path).text;
        ["13800018000 · ", "13800019000 · "].map(|number| page.matches(number).count())
    };
    assert_eq!(counts("/sandbox/phone"), [1, 1]);
    assert_eq!(counts("/sandbox/phone?person=case-1a-li"), [1, 0]);
    assert_eq!(counts("/sandbox/phone?person=case-1a-axin"), [0, 1]);
    assert_eq!(counts("/sandbox/phone?person=case-1a-wu"), [0, 0]);
    assert_eq!(sandbox.get("/sandbox/phone?person=nobody").status, 404);
}

#[test]
fn the_language_of_a_request_reaches_the_rules() {
    let folder = folder();
    let sandbox = Sandbox::keeping(folder.path());
    let session = sandbox.sign_in("statuses-quan");
    let level = |language: &str| {
        let request = Sandbox::agent()
            .get(format!(
                "{}/api/v1/accounts/statuses/wallet",
                sandbox.address
            ))
            .header("cookie", format!("kabao_session={session}"))
            .header("accept-language", language)
            .call();
        let wallet = Reply::from(request.expect("an answer")).json();
        wallet["cards"][0]["level"]["name"].clone()
    };
    assert_eq!(level("en"), "Silver member");
    assert_eq!(level("zh-CN"), "银卡会员");
}

#[test]
fn what_was_acknowledged_outlives_a_killed_process() {
    let folder = folder();
    let sandbox = Sandbox::keeping(folder.path());
    let session = sandbox.sign_in("case-1a-li");
    let claims = "/api/v1/accounts/case-1a/claims";
    let body = json!({ "phone": "13800018000", "consent": { "version": "2026-11" } }).to_string();
    let opened = sandbox.post_as(&session, claims, 1, &body);
    assert_eq!(opened.status, 201, "{}", opened.text);
    let claim = opened.json()["claim"]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let codes = sandbox.get("/sandbox/control/sms?phone=13800018000").json();
    let code = codes[0].as_str().expect("a code").to_owned();
    sandbox.kill();

    let sandbox = Sandbox::keeping(folder.path());
    let again = sandbox.post_as(&session, claims, 1, &body);
    assert_eq!(again.json()["claim"]["id"], claim, "the key is remembered");
    let code = json!({ "code": code }).to_string();
    let verified = sandbox.post_as(
        &session,
        &format!("{claims}/{claim}/verification"),
        2,
        &code,
    );
    assert_eq!(
        verified.json()["claim"]["state"],
        "verified",
        "{}",
        verified.text
    );
    let card = json!({ "card_ids": ["case-1a-c8000"] }).to_string();
    let bound = sandbox.post_as(&session, &format!("{claims}/{claim}/binding"), 3, &card);
    assert_eq!(bound.status, 200, "{}", bound.text);
    sandbox.kill();

    let sandbox = Sandbox::keeping(folder.path());
    let wallet = sandbox
        .get_as(&session, "/api/v1/accounts/case-1a/wallet")
        .json();
    assert_eq!(wallet["current_card_id"], "case-1a-c8000");
    assert_eq!(wallet["cards"][0]["balance_fen"], 12_800);
    assert_eq!(sandbox.get("/sandbox/control/contract").json(), json!([]));
}

#[test]
fn many_requests_at_once_open_one_card() {
    let folder = folder();
    let sandbox = Sandbox::keeping(folder.path());
    let session = sandbox.sign_in("case-1a-axin");
    let claims = "/api/v1/accounts/case-1a/claims";
    let body = json!({ "phone": "13800019000", "consent": { "version": "2026-11" } }).to_string();
    let claim = sandbox.post_as(&session, claims, 1, &body).json()["claim"]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let codes = sandbox.get("/sandbox/control/sms?phone=13800019000").json();
    let code = json!({ "code": codes[0] }).to_string();
    sandbox.post_as(
        &session,
        &format!("{claims}/{claim}/verification"),
        2,
        &code,
    );
    std::thread::scope(|scope| {
        for key in 10..30 {
            let (sandbox, session, claim) = (&sandbox, &session, &claim);
            scope.spawn(move || {
                let path = format!("{claims}/{claim}/binding");
                let reply = sandbox.post_as(session, &path, key, "{\"open_new\":true}");
                assert_eq!(reply.status, 200, "{}", reply.text);
            });
        }
    });
    let wallet = sandbox
        .get_as(&session, "/api/v1/accounts/case-1a/wallet")
        .json();
    assert_eq!(wallet["cards"].as_array().map(Vec::len), Some(1));
}

#[test]
fn bad_input_gets_a_problem_and_never_a_500() {
    let folder = folder();
    let sandbox = Sandbox::keeping(folder.path());
    let session = sandbox.sign_in("case-1a-li");
    let long = "x".repeat(200_000);
    let bodies = [
        "",
        "{",
        "\u{0}",
        "[[[[",
        "{\"phone\":{}}",
        "\"\\ud800\"",
        "9e999",
        long.as_str(),
    ];
    let paths = [
        "/claims",
        "/claims/x/sms",
        "/claims/x/verification",
        "/claims/%00/binding",
    ];
    let calls = paths
        .iter()
        .flat_map(|path| bodies.map(|body| (*path, body)));
    for (key, (path, body)) in (100..).zip(calls) {
        let reply = sandbox.post_as(
            &session,
            &format!("/api/v1/accounts/case-1a{path}"),
            key,
            body,
        );
        // These two calls need nothing of their body, so they get as far as the claim.
        let needs_nothing = path.ends_with("/sms") || path.ends_with("/binding");
        let expected = if needs_nothing && body == "{\"phone\":{}}" {
            (404, "claim_not_found")
        } else {
            (400, "bad_request")
        };
        assert_eq!(reply.kind, "application/problem+json", "{path}");
        assert_eq!(reply.json()["code"], expected.1, "{path} {body:.20}");
        assert_eq!(reply.status, expected.0, "{path} {body:.20}");
    }
    for (path, status) in [
        ("/api/v1/accounts/%ff/wallet", 400),
        ("/api/v1/accounts/case-1a/cards/%f0%28/code", 400),
        ("/api/v1/tables/%00", 404),
        ("/enter?merchant=%ff", 302),
        ("/enter?account=case-1a&return_to=%ff%fe", 302),
        ("/wechat/callback/case-1a?code=%00&state=%00", 302),
        ("/sandbox/wechat/authorize", 400),
        ("/sandbox/wechat/authorize?account=x&state=y", 200),
        ("/sandbox/as/%00", 404),
    ] {
        assert_eq!(sandbox.get(path).status, status, "{path}");
    }
    assert_eq!(sandbox.get("/sandbox/control/contract").json(), json!([]));
}

/// What the sandbox says when it is started with `data` and can't run.
fn refusal(data: &Path) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_kabao-sandbox"))
        .args(["--port", "0", "--data"])
        .arg(data)
        .output()
        .expect("it runs");
    assert_eq!(output.status.code(), Some(1));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn data_of_another_version_is_refused_with_what_to_do() {
    let folder = folder();
    Sandbox::keeping(folder.path()).kill();
    let data = folder.path().join("data/sandbox.sqlite");
    let changed = rusqlite::Connection::open(&data)
        .expect("the data")
        .execute(
            "UPDATE fans SET row = json_remove(row, '$.follows') WHERE key LIKE 'case-2%'",
            [],
        );
    assert!(changed.is_ok_and(|count| count > 0));
    let said = refusal(&data);
    for part in [
        "The sandbox can't run: the data was written by another version (missing field `follows`",
        " in fans); delete the file or choose another with --data\n",
    ] {
        assert!(said.contains(part), "{said}");
    }
}

#[test]
fn a_file_that_is_no_data_of_the_sandbox_is_refused() {
    let folder = folder();
    let data = folder.path().join("sandbox.sqlite");
    fs::write(
        &data,
        "this is no database, and long enough to be read as a header",
    )
    .expect("a file");
    let said = refusal(&data);
    assert!(
        said.starts_with("The sandbox can't run: the data: file is not a database"),
        "{said}"
    );
}

#[test]
fn a_case_can_be_started_over() {
    let folder = folder();
    let sandbox = Sandbox::keeping(folder.path());
    let session = sandbox.sign_in("case-2-li");
    let wallet = "/api/v1/accounts/case-2/wallet";
    assert_eq!(sandbox.get_as(&session, wallet).status, 200);
    let request = Sandbox::agent()
        .post(format!("{}/sandbox/restart", sandbox.address))
        .header("content-type", "application/x-www-form-urlencoded")
        .send("world=case-2");
    assert_eq!(
        Reply::from(request.expect("an answer")).location,
        "/sandbox/"
    );
    assert_eq!(sandbox.get_as(&session, wallet).status, 401);
    let session = sandbox.sign_in("case-2-li");
    assert_eq!(
        sandbox.get_as(&session, wallet).json()["cards"]
            .as_array()
            .map(Vec::len),
        Some(1)
    );
}
