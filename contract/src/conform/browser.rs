//! As much of a browser as a sign-in needs: cookies with their paths, and redirects.

use super::client::{Call, Client, Reply};

/// More redirects than any sign-in has.
const LONGEST_WAY: usize = 12;
/// The session's cookie.
const SESSION: &str = "kabao_session";

/// Cookies, and the way that was gone.
#[derive(Clone, Debug, Default)]
pub(super) struct Browser {
    jar: Vec<Cookie>,
}

#[derive(Clone, Debug)]
struct Cookie {
    name: String,
    value: String,
    path: String,
}

/// Where redirects led.
#[derive(Debug)]
pub(super) struct Way {
    /// The replies, the first request's first.
    pub(super) hops: Vec<Reply>,
    /// The address that was not opened any more: of another host, or refused by the caller.
    pub(super) next: Option<String>,
}

/// A session's cookie, as it was set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SessionCookie {
    pub(super) value: String,
    /// In lower case, such as `httponly`.
    pub(super) attributes: Vec<String>,
    /// As written.
    pub(super) path: Option<String>,
}

impl Browser {
    /// Opens an address and follows redirects as long as they stay with the backend and
    /// `goes_on` is true for the next address.
    pub(super) fn open(
        &mut self,
        client: &Client,
        path: &str,
        goes_on: impl Fn(&str) -> bool,
    ) -> Way {
        let mut hops = Vec::new();
        let mut next = path.to_owned();
        while hops.len() < LONGEST_WAY {
            let reply = self.load(client, &next);
            let location = reply.header("location").map(str::to_owned);
            let is_redirect = matches!(reply.status, 301..=303 | 307 | 308);
            hops.push(reply);
            let Some(location) = location.filter(|_| is_redirect) else {
                return Way { hops, next: None };
            };
            match client.own_path(&location) {
                Some(own) if goes_on(own) => next = own.to_owned(),
                _ => {
                    return Way {
                        hops,
                        next: Some(location),
                    };
                }
            }
        }
        Way {
            hops,
            next: Some(next),
        }
    }

    /// One page, without its redirect.
    pub(super) fn load(&mut self, client: &Client, path: &str) -> Reply {
        let mut call = Call::get(path);
        let cookies: Vec<String> = self
            .jar
            .iter()
            .filter(|cookie| is_below(call.path_alone(), &cookie.path))
            .map(|cookie| format!("{}={}", cookie.name, cookie.value))
            .collect();
        if !cookies.is_empty() {
            call = call.with("cookie", cookies.join("; "));
        }
        let reply = client.send(call);
        for cookie in reply.cookies() {
            self.keep(cookie);
        }
        reply
    }

    fn keep(&mut self, set: &str) {
        let (name, cookie) = parsed(set);
        let path = cookie.path.unwrap_or_else(|| "/".to_owned());
        self.jar
            .retain(|known| known.name != name || known.path != path);
        let is_over = cookie.attributes.iter().any(|text| text == "max-age=0");
        if !is_over && !cookie.value.is_empty() {
            self.jar.push(Cookie {
                name: name.to_owned(),
                value: cookie.value,
                path,
            });
        }
    }
}

impl Way {
    /// Where it ended: the last address, opened or not.
    pub(super) fn end(&self) -> Option<&str> {
        self.next
            .as_deref()
            .or_else(|| self.hops.last().map(|reply| reply.call.path.as_str()))
    }

    /// The reply that set a session, and its cookie.
    pub(super) fn session(&self) -> Option<(&Reply, SessionCookie)> {
        self.hops
            .iter()
            .find_map(|reply| session_of(reply).map(|cookie| (reply, cookie)))
    }
}

/// The session that a reply begins.
pub(super) fn session_of(reply: &Reply) -> Option<SessionCookie> {
    session_cookie(reply).filter(|cookie| !cookie.value.is_empty())
}

/// The session's cookie in a reply, even if it ends the session.
pub(super) fn session_cookie(reply: &Reply) -> Option<SessionCookie> {
    reply
        .cookies()
        .map(parsed)
        .find(|(name, _)| *name == SESSION)
        .map(|(_, cookie)| cookie)
}

/// The header that presents a session.
pub(super) fn presented(value: &str) -> String {
    format!("{SESSION}={value}")
}

/// The value of a session's cookie, given with or without the cookie's name.
pub(super) fn value_of(cookie: &str) -> &str {
    let found = cookie
        .split(';')
        .find_map(|pair| pair.trim().strip_prefix(SESSION)?.strip_prefix('='));
    found.unwrap_or(cookie).trim()
}

fn parsed(set: &str) -> (&str, SessionCookie) {
    let mut parts = set.split(';').map(str::trim);
    let (name, value) = parts
        .next()
        .and_then(|pair| pair.split_once('='))
        .unwrap_or_default();
    let attributes: Vec<&str> = parts.collect();
    let path = attributes.iter().find_map(|attribute| {
        let (name, value) = attribute.split_once('=')?;
        name.eq_ignore_ascii_case("path").then(|| value.to_owned())
    });
    let cookie = SessionCookie {
        value: value.to_owned(),
        attributes: attributes
            .iter()
            .map(|attribute| attribute.to_ascii_lowercase())
            .collect(),
        path,
    };
    (name, cookie)
}

/// Whether a cookie of `folder` is sent with `path` (RFC 6265, 5.1.4).
fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || folder.ends_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_sent_below_its_path_alone_until_it_is_over() {
        let mut browser = Browser::default();
        browser.keep("kabao_session=abc; Path=/api/v1/accounts/x; HttpOnly; SameSite=Lax");
        let cookie = browser.jar.first().unwrap();
        for (path, is_sent) in [
            ("/api/v1/accounts/x", true),
            ("/api/v1/accounts/x/wallet", true),
            ("/api/v1/accounts/xy/wallet", false),
            ("/api", false),
        ] {
            assert_eq!(is_below(path, &cookie.path), is_sent, "{path}");
        }
        browser.keep("kabao_session=; Max-Age=0; path=/api/v1/accounts/x");
        assert!(browser.jar.is_empty());
    }

    #[test]
    fn a_session_s_cookie_is_taken_as_a_person_may_give_it() {
        for given in [
            "abc",
            "kabao_session=abc",
            "other=1; kabao_session=abc; x=2",
        ] {
            assert_eq!(value_of(given), "abc", "{given}");
        }
    }
}
