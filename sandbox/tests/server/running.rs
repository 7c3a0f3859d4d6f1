//! A sandbox as a process, and the requests that tests send it.

use std::{
    fs,
    io::{BufRead, BufReader, Seek, SeekFrom},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use serde_json::{Value, json};
use tempfile::TempDir;
use ureq::typestate::WithBody;

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
        let mut command = Command::new(env!("CARGO_BIN_EXE_kabao-sandbox"));
        command.args(arguments);
        Self::run(command, &dist)
    }

    /// Starts `command`, which ends in the sandbox's arguments.
    fn run(mut command: Command, dist: &Path) -> Self {
        let mut process = command
            .args(["--port", "0", "--dist"])
            .arg(dist)
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
        let data = database(folder);
        Self::start(
            folder,
            &["--control", "--data", data.to_str().expect("a path")],
        )
    }

    /// As [`Self::keeping`], on a disk where no file can be longer than `room` bytes, and
    /// what the sandbox has to say has no room either.
    pub(crate) fn keeping_with_room(folder: &Path, room: u64) -> Self {
        let mut log = tempfile::tempfile().expect("a file");
        log.set_len(room).expect("a long file");
        log.seek(SeekFrom::End(0)).expect("its end");
        // The shell counts in blocks, and a process that ignores the signal is told of it by
        // the write that fails.
        let limited = "trap '' XFSZ; ulimit -f \"$1\"; shift; exec \"$@\"";
        let mut command = Command::new("bash");
        command
            .args(["-c", limited, "bash", &(room / 1024).to_string()])
            .arg(env!("CARGO_BIN_EXE_kabao-sandbox"))
            .arg("--data")
            .arg(database(folder))
            .stderr(log);
        Self::run(command, &folder.join("dist"))
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
        let reply = posting(&self.address, session, path, key).send(body);
        Reply::from(reply.expect("an answer"))
    }

    /// Has something go wrong, and gives the status of the answer.
    pub(crate) fn add_fault(&self, rule: &Value) -> u16 {
        let request = Self::agent()
            .post(format!("{}/sandbox/control/faults", self.address))
            .header("content-type", "application/json")
            .send(rule.to_string());
        request.expect("an answer").status().as_u16()
    }

    /// Asks as a browser that holds these cookies.
    pub(crate) fn get_with(&self, cookies: &str, path: &str) -> Reply {
        let request = Self::agent()
            .get(format!("{}{path}", self.address))
            .header("cookie", cookies);
        Reply::from(request.call().expect("an answer"))
    }

    /// Begins to sign in as a person, up to where WeChat has answered: the cookie of the
    /// browser that began, and the address of the callback.
    pub(crate) fn begin_sign_in(&self, person: &str) -> (String, String) {
        let entry = self.get(&format!("/sandbox/as/{person}")).location;
        let begun = self.get(&entry);
        let cookie = begun.cookie.split(';').next().unwrap_or_default();
        let authorize = format!("{}&person={person}", begun.location);
        (cookie.to_owned(), self.get(&authorize).location)
    }

    /// Signs in as a person, to the session.
    pub(crate) fn sign_in(&self, person: &str) -> String {
        let (cookie, callback) = self.begin_sign_in(person);
        let landed = self.get_with(&cookie, &callback);
        let cookie = landed.cookie_named("kabao_session");
        assert!(
            cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
            "{cookie}"
        );
        assert!(cookie.contains("Path=/api/v1/accounts/"), "{cookie}");
        let session = cookie.split(['=', ';']).nth(1).expect("a session");
        session.to_owned()
    }
}

/// A write of a fan to the sandbox at `address`, whose key is made from `key`.
pub(crate) fn posting(
    address: &str,
    session: &str,
    path: &str,
    key: u32,
) -> ureq::RequestBuilder<WithBody> {
    Sandbox::agent()
        .post(format!("{address}{path}"))
        .header("cookie", format!("kabao_session={session}"))
        .header("content-type", "application/json")
        .header(
            "idempotency-key",
            format!("00000000-0000-4000-8000-{key:012}"),
        )
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
    /// Every `Set-Cookie`, in the order of the reply.
    cookies: Vec<String>,
    pub(crate) retry_after: String,
    pub(crate) allow: String,
    pub(crate) content_type_options: String,
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
            cookies: reply
                .headers()
                .get_all("set-cookie")
                .iter()
                .filter_map(|value| value.to_str().ok().map(str::to_owned))
                .collect(),
            retry_after: header("retry-after"),
            allow: header("allow"),
            content_type_options: header("x-content-type-options"),
            text: String::from_utf8_lossy(&reply.body_mut().read_to_vec().unwrap_or_default())
                .into_owned(),
        }
    }

    /// What the reply sets for the cookie of this name; nothing if it sets none.
    pub(crate) fn cookie_named(&self, name: &str) -> String {
        let is_wanted = |cookie: &&String| cookie.split('=').next() == Some(name);
        self.cookies
            .iter()
            .find(is_wanted)
            .cloned()
            .unwrap_or_default()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).expect("JSON")
    }
}

pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// Where a sandbox that keeps its data in `folder` does so.
pub(crate) fn database(folder: &Path) -> PathBuf {
    folder.join("data/sandbox.sqlite")
}

/// The body that opens a claim for a number.
pub(crate) fn opening(phone: &str) -> String {
    json!({ "phone": phone, "consent": { "version": "2026-11" } }).to_string()
}
