//! Requests, and the replies as they came.

use std::{thread, time::Duration};

use serde_json::Value;
use ureq::http::{self, HeaderMap};

/// The longest time that a reply may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// The longest time that is waited because the backend says so, in seconds.
const LONGEST_WAIT: u64 = 90;

/// Sends requests to one backend.
#[derive(Clone, Debug)]
pub(super) struct Client {
    agent: ureq::Agent,
    /// Without a slash at its end.
    base: String,
}

/// A request.
#[derive(Clone, Debug)]
pub(super) struct Call {
    pub(super) method: &'static str,
    /// With its query.
    pub(super) path: String,
    headers: Vec<(&'static str, String)>,
    body: String,
}

impl Call {
    /// A request without a body.
    pub(super) fn bare(method: &'static str, path: impl Into<String>) -> Self {
        Self {
            method,
            path: path.into(),
            headers: Vec::new(),
            body: String::new(),
        }
    }

    pub(super) fn get(path: impl Into<String>) -> Self {
        Self::bare("GET", path)
    }

    /// A request with a body, as a page of the backend's own origin sends it.
    pub(super) fn json(method: &'static str, path: impl Into<String>, body: &Value) -> Self {
        Self {
            body: body.to_string(),
            ..Self::bare(method, path)
        }
        .with("content-type", "application/json")
    }

    /// A header, in the place of one of that name.
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.into()));
        self
    }

    /// The same request with another body.
    pub(super) fn with_body(self, body: &Value) -> Self {
        Self {
            body: body.to_string(),
            ..self
        }
    }

    pub(super) fn path_alone(&self) -> &str {
        self.path.split(['?', '#']).next().unwrap_or_default()
    }
}

/// A reply, or that there was none.
#[derive(Clone, Debug)]
pub(super) struct Reply {
    pub(super) call: Call,
    /// 0 if no answer came.
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    pub(super) length: usize,
    /// Null if the body isn't JSON.
    pub(super) json: Value,
    /// Why no answer came.
    pub(super) failure: Option<String>,
}

impl Reply {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The code of a problem, or nothing.
    pub(super) fn code(&self) -> &str {
        self.json["code"].as_str().unwrap_or_default()
    }

    pub(super) const fn is_success(&self) -> bool {
        matches!(self.status, 200..300)
    }

    pub(super) fn cookies(&self) -> impl Iterator<Item = &str> {
        self.headers
            .get_all(http::header::SET_COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
    }

    /// What was asked and what came, without anything personal.
    pub(super) fn told(&self) -> String {
        let asked = format!("{} {}", self.call.method, self.call.path_alone());
        match &self.failure {
            Some(failure) => format!("{asked} → no answer: {failure}"),
            None if self.code().is_empty() => format!("{asked} → {}", self.status),
            None => format!("{asked} → {} {}", self.status, self.code()),
        }
    }
}

impl Client {
    pub(super) fn new(base: &str) -> Self {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .allow_non_standard_methods(true)
            .timeout_global(Some(PATIENCE))
            .user_agent("kabao-conform")
            // What would be compressed is told of by `HEAD` without a body to decode, and
            // which encodings there are depends on what else is built.
            .accept_encoding("identity")
            .build()
            .into();
        Self {
            agent,
            base: base.trim_end_matches('/').to_owned(),
        }
    }

    /// The backend's own origin.
    pub(super) fn origin(&self) -> &str {
        let from = self.base.find("://").map_or(0, |place| place + 3);
        let path = self.base.get(from..).and_then(|rest| rest.find('/'));
        path.and_then(|place| self.base.get(..from + place))
            .unwrap_or(&self.base)
    }

    /// The path of an address, if it is the backend's.
    pub(super) fn own_path<'a>(&self, address: &'a str) -> Option<&'a str> {
        let rest = address.strip_prefix(self.origin()).unwrap_or(address);
        (rest.starts_with('/') && !rest.starts_with("//")).then_some(rest)
    }

    /// Sends a request. Where the backend says that there were too many, it is waited and sent
    /// once more.
    pub(super) fn send(&self, call: Call) -> Reply {
        let reply = self.send_once(call);
        let wait = reply.json["retry_after"].as_u64();
        match wait.filter(|wait| reply.code() == "rate_limited" && *wait <= LONGEST_WAIT) {
            Some(wait) => {
                thread::sleep(Duration::from_secs(wait));
                self.send_once(reply.call)
            }
            None => reply,
        }
    }

    /// Sends the same request several times at once.
    pub(super) fn send_at_once(&self, calls: Vec<Call>) -> Vec<Reply> {
        thread::scope(|scope| {
            let under_way: Vec<_> = calls
                .into_iter()
                .map(|call| scope.spawn(|| self.send_once(call)))
                .collect();
            under_way
                .into_iter()
                .filter_map(|thread| thread.join().ok())
                .collect()
        })
    }

    fn send_once(&self, call: Call) -> Reply {
        match self.answer(&call) {
            Ok((status, headers, body)) => Reply {
                status,
                headers,
                length: body.len(),
                json: serde_json::from_slice(&body).unwrap_or_default(),
                failure: None,
                call,
            },
            Err(failure) => Reply {
                status: 0,
                headers: HeaderMap::new(),
                length: 0,
                json: Value::Null,
                failure: Some(failure.to_string()),
                call,
            },
        }
    }

    fn answer(&self, call: &Call) -> Result<(u16, HeaderMap, Vec<u8>), ureq::Error> {
        let mut request = http::Request::builder()
            .method(call.method)
            .uri(format!("{}{}", self.base, call.path));
        let is_read = matches!(call.method, "GET" | "HEAD" | "OPTIONS");
        let own = [
            ("accept-language", "zh-CN"),
            ("origin", self.origin()),
            ("sec-fetch-site", "same-origin"),
        ];
        // A browser names the origin with what may change something.
        let sent = if is_read { &own[..1] } else { &own[..] };
        for (name, value) in sent {
            if !call.headers.iter().any(|(given, _)| given == name) {
                request = request.header(*name, *value);
            }
        }
        for (name, value) in &call.headers {
            request = request.header(*name, value);
        }
        let mut response = if call.body.is_empty() {
            self.agent.run(request.body(())?)?
        } else {
            self.agent.run(request.body(call.body.as_str())?)?
        };
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        Ok((status, headers, response.body_mut().read_to_vec()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_another_host_is_not_the_backend_s() {
        let client = Client::new("https://cards.example.com/");
        assert_eq!(client.origin(), "https://cards.example.com");
        assert_eq!(client.own_path("/enter?a=1"), Some("/enter?a=1"));
        assert_eq!(
            client.own_path("https://cards.example.com/a/x"),
            Some("/a/x")
        );
        for other in [
            "https://open.weixin.qq.com/connect",
            "//elsewhere.example/",
            "https://cards.example.com.elsewhere.example/",
            "relative",
        ] {
            assert_eq!(client.own_path(other), None, "{other}");
        }
    }
}
