//! A sandbox as a process, and the requests that tests send it.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use serde_json::Value;
use tempfile::TempDir;

/// A running sandbox.
pub(crate) struct Sandbox {
    process: Child,
    pub(crate) address: String,
}

impl Sandbox {
    pub(crate) fn start(folder: &Path, arguments: &[&str]) -> Self {
        let dist = folder.join("dist");
        fs::create_dir_all(&dist).expect("a folder");
        fs::write(dist.join("index.html"), "<!doctype html><script>1</script>").expect("a file");
        fs::write(dist.join("kabao-0123456789abcdef.wasm"), b"\0asm").expect("a file");
        let mut process = Command::new(env!("CARGO_BIN_EXE_kabao-sandbox"))
            .args(["--port", "0", "--dist"])
            .arg(&dist)
            .args(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the sandbox starts");
        let output = process.stdout.take().expect("its output");
        let line = BufReader::new(output)
            .lines()
            .next()
            .expect("a line")
            .expect("text");
        let address = line
            .strip_prefix("listening on ")
            .expect("an address")
            .to_owned();
        Self { process, address }
    }

    /// One that keeps its data in `folder`.
    pub(crate) fn keeping(folder: &Path) -> Self {
        let data = folder.join("data/sandbox.sqlite");
        Self::start(
            folder,
            &["--control", "--data", data.to_str().expect("a path")],
        )
    }

    pub(crate) fn kill(mut self) {
        self.process.kill().expect("it can be killed");
        self.process.wait().expect("it is gone");
    }

    pub(crate) fn agent() -> ureq::Agent {
        ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .build()
            .into()
    }

    pub(crate) fn get(&self, path: &str) -> Reply {
        let reply = Self::agent().get(format!("{}{path}", self.address)).call();
        Reply::from(reply.expect("an answer"))
    }

    pub(crate) fn get_as(&self, session: &str, path: &str) -> Reply {
        let request = Self::agent()
            .get(format!("{}{path}", self.address))
            .header("cookie", &format!("kabao_session={session}"));
        Reply::from(request.call().expect("an answer"))
    }

    pub(crate) fn post_as(&self, session: &str, path: &str, key: u32, body: &str) -> Reply {
        let request = Self::agent()
            .post(format!("{}{path}", self.address))
            .header("cookie", &format!("kabao_session={session}"))
            .header(
                "idempotency-key",
                &format!("00000000-0000-4000-8000-{key:012}"),
            )
            .send(body);
        Reply::from(request.expect("an answer"))
    }

    /// Has something go wrong, and gives the status of the answer.
    pub(crate) fn add_fault(&self, rule: &Value) -> u16 {
        let request = Self::agent()
            .post(format!("{}/sandbox/control/faults", self.address))
            .header("content-type", "application/json")
            .send(rule.to_string());
        request.expect("an answer").status().as_u16()
    }

    /// Signs in as a person, to the session.
    pub(crate) fn sign_in(&self, person: &str) -> String {
        let entry = self.get(&format!("/sandbox/as/{person}")).location;
        let authorize = self.get(&entry).location;
        let authorize = format!("{authorize}&person={person}");
        let callback = self.get(&authorize).location;
        let landed = self.get(&callback);
        let cookie = landed.cookie;
        assert!(
            cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
            "{cookie}"
        );
        assert!(cookie.contains("Path=/api/v1/accounts/"), "{cookie}");
        let session = cookie.split(['=', ';']).nth(1).expect("a session");
        session.to_owned()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) kind: String,
    pub(crate) cache: String,
    pub(crate) location: String,
    pub(crate) cookie: String,
    pub(crate) retry_after: String,
    pub(crate) text: String,
}

impl Reply {
    pub(crate) fn from(mut reply: ureq::http::Response<ureq::Body>) -> Self {
        let header = |name: &str| {
            let value = reply
                .headers()
                .get(name)
                .and_then(|value| value.to_str().ok());
            value.unwrap_or_default().to_owned()
        };
        Self {
            status: reply.status().as_u16(),
            kind: header("content-type"),
            cache: header("cache-control"),
            location: header("location"),
            cookie: header("set-cookie"),
            retry_after: header("retry-after"),
            text: String::from_utf8_lossy(&reply.body_mut().read_to_vec().unwrap_or_default())
                .into_owned(),
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).expect("JSON")
    }
}

pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}
