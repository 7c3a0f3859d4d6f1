//! The sign-in: from the menu through WeChat to a session.
//!
//! WeChat itself can't be asked. Where the backend has a stand-in for it, an address that
//! signs one in without asking, the whole way is gone; elsewhere its beginning alone.

use super::{
    CannotRun, Entrance,
    browser::{Browser, SessionCookie, Way, session_of, value_of},
    check::Check,
    client::{Client, Reply},
    judge,
    lists::encoded,
    run::{Run, Session, nobody_s},
};

/// The names of the two addresses in a report.
const ENTER: &str = "enter";
const CALLBACK: &str = "callback";

/// Signs a fan in.
pub(super) fn session(client: &Client, entrance: &Entrance) -> Result<Session, CannotRun> {
    match entrance {
        Entrance::Cookie { account, value } => Ok(Session {
            account: account.clone(),
            cookie: value_of(value).to_owned(),
        }),
        Entrance::StandIn { path } => {
            let way = Browser::default().open(client, path, |_| true);
            let told = || way.hops.last().map_or_else(String::new, Reply::told);
            let (_, cookie) = way
                .session()
                .ok_or_else(|| CannotRun(format!("nobody was signed in: {}", told())))?;
            let account = way
                .end()
                .and_then(account_of)
                .ok_or_else(|| CannotRun(format!("it did not end at an account: {}", told())))?;
            Ok(Session {
                account: account.to_owned(),
                cookie: cookie.value,
            })
        }
    }
}

/// The account of one of the app's paths.
fn account_of(path: &str) -> Option<&str> {
    path.strip_prefix("/a/")?.split(['/', '?', '#']).next()
}

/// Looks at the sign-in of the account that the fan is in.
pub(super) fn all(run: &mut Run<'_>, entrance: &Entrance, account: &str) {
    beginning(run, account);
    match entrance {
        Entrance::Cookie { .. } => {
            let why = "it takes a stand-in for WeChat";
            for check in [Check::StateOnce, Check::CookieAttributes] {
                run.report.not_tried(CALLBACK, check, why);
            }
            for check in [Check::ReturnTo, Check::Landing] {
                run.report.not_tried(ENTER, check, why);
            }
        }
        Entrance::StandIn { path } => {
            cookie(run, path);
            another_browser(run, path);
            twice(run, path);
            landings(run, path, account);
        }
    }
}

fn note(run: &mut Run<'_>, name: &str, check: Check, is_kept: bool, what: &str) {
    if is_kept {
        run.report.kept(name, check);
    } else {
        run.report.broken_by(name, check, what.to_owned());
    }
}

fn is_callback(address: &str) -> bool {
    parameter(address, "code").is_some() && parameter(address, "state").is_some()
}

/// The value of a query's parameter, still encoded.
fn parameter<'a>(address: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = address.split_once('?')?;
    let query = query.split('#').next()?;
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(known, _)| *known == name)
        .map(|(_, value)| value)
}

/// What can be seen without WeChat: each sign-in has a `state` of its own, and a callback with
/// a made-up one leads to no session.
fn beginning(run: &mut Run<'_>, account: &str) {
    let enter = format!("/enter?account={}", encoded(account));
    let begin = || {
        let way = Browser::default().open(run.client, &enter, |_| false);
        way.next
    };
    let (Some(one), Some(other)) = (begin(), begin()) else {
        let what = format!("GET {enter} leads nowhere");
        note(run, ENTER, Check::StateBound, false, &what);
        return;
    };
    let (state, second) = (parameter(&one, "state"), parameter(&other, "state"));
    let is_fresh = state.is_some() && state != second;
    let what = "/enter leads on without a `state`, or twice with the same";
    note(run, ENTER, Check::StateBound, is_fresh, what);
    let target = parameter(&one, "redirect_uri").map(decoded);
    let callback = target
        .as_deref()
        .and_then(|target| run.client.own_path(target))
        .map(|path| format!("{path}?code={}&state={}", nobody_s(), nobody_s()));
    let Some(callback) = callback else {
        let why = "the callback's address is not in the way to WeChat";
        run.report.not_tried(CALLBACK, Check::StateBound, why);
        return;
    };
    let reply = Browser::default().load(run.client, &callback);
    let is_refused = session_of(&reply).is_none();
    let what = "a made-up `state` begins a session";
    note(run, CALLBACK, Check::StateBound, is_refused, what);
}

fn cookie(run: &mut Run<'_>, path: &str) {
    let way = Browser::default().open(run.client, path, |_| true);
    let (Some((reply, cookie)), Some(account)) = (way.session(), way.end().and_then(account_of))
    else {
        return;
    };
    run.keep(CALLBACK, judge::of_any(reply));
    run.keep(CALLBACK, judge::of_a_person(reply));
    let is_secure = run.client.origin().starts_with("https:");
    let missing = missing_attributes(&cookie, account, is_secure);
    let what = format!("the session's cookie is without {}", missing.join(", "));
    note(
        run,
        CALLBACK,
        Check::CookieAttributes,
        missing.is_empty(),
        &what,
    );
}

fn missing_attributes(cookie: &SessionCookie, account: &str, is_secure: bool) -> Vec<String> {
    let path = format!("/api/v1/accounts/{account}");
    let has = |name: &str| cookie.attributes.iter().any(|text| text == name);
    let mut missing = Vec::new();
    for (name, is_due) in [
        ("httponly", true),
        ("samesite=lax", true),
        ("secure", is_secure),
    ] {
        if is_due && !has(name) {
            missing.push(name.to_owned());
        }
    }
    if cookie.path.as_ref() != Some(&path) {
        missing.push(format!("path={path}"));
    }
    missing
}

/// The way to WeChat and back, up to the callback, which isn't opened.
fn up_to_callback(run: &Run<'_>, path: &str) -> Option<(Browser, String)> {
    let mut browser = Browser::default();
    let way = browser.open(run.client, path, |address| !is_callback(address));
    let callback = way.next?;
    is_callback(&callback).then_some((browser, callback))
}

/// A link with somebody's callback must not sign in whoever opens it.
fn another_browser(run: &mut Run<'_>, path: &str) {
    let Some((_, callback)) = up_to_callback(run, path) else {
        let why = "no callback was seen on the way";
        run.report.not_tried(CALLBACK, Check::StateBound, why);
        return;
    };
    let way = Browser::default().open(run.client, &callback, |_| true);
    let what = "a callback that another browser began signs in whoever opens it";
    note(
        run,
        CALLBACK,
        Check::StateBound,
        way.session().is_none(),
        what,
    );
}

/// WeChat's browsers sometimes load a callback twice: that begins no second session.
fn twice(run: &mut Run<'_>, path: &str) {
    let Some((mut browser, callback)) = up_to_callback(run, path) else {
        let why = "no callback was seen on the way";
        run.report.not_tried(CALLBACK, Check::StateOnce, why);
        return;
    };
    let first = browser.load(run.client, &callback);
    let again = browser.load(run.client, &callback);
    let value = |reply| session_of(reply).map(|cookie| cookie.value);
    let is_once = value(&again).is_none() || value(&again) == value(&first);
    let what = "a callback that is opened again begins another session";
    note(run, CALLBACK, Check::StateOnce, is_once, what);
}

/// Where a sign-in lands, by what is asked for.
fn landings(run: &mut Run<'_>, path: &str, account: &str) {
    let home = format!("/a/{account}");
    let asked = |browser: &mut Browser, query: &str| -> Way {
        let enter = format!("/enter?account={}{query}", encoded(account));
        browser.open(run.client, &enter, |_| true)
    };
    // The stand-in then knows who holds the phone.
    let mut browser = Browser::default();
    browser.open(run.client, path, |_| true);
    let mut found = Vec::new();
    for (query, lands) in [
        (String::new(), home.clone()),
        ("&to=code".to_owned(), format!("{home}/code")),
        ("&to=elsewhere".to_owned(), home.clone()),
        (
            format!("&return_to={}", encoded(&format!("{home}/claim"))),
            format!("{home}/claim"),
        ),
        (
            format!("&to=code&return_to={}", encoded(&home)),
            home.clone(),
        ),
    ] {
        let way = asked(&mut browser, &query);
        let end = way.end().unwrap_or_default().to_owned();
        let what = format!("/enter?account={account}{query} ends at {end}, not at {lands}");
        found.push((Check::Landing, end == lands, what));
    }
    for target in astray(&home) {
        let way = asked(&mut browser, &format!("&return_to={}", encoded(&target)));
        let end = way.end().unwrap_or_default().to_owned();
        let what = format!("`return_to` {target:?} ends at {end}");
        found.push((Check::ReturnTo, is_at_home(&end, &home), what));
    }
    for (check, is_kept, what) in found {
        note(run, ENTER, check, is_kept, &what);
    }
}

/// Addresses to which a sign-in must not lead.
fn astray(home: &str) -> Vec<String> {
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example",
        "/sandbox/",
    ]
    .map(str::to_owned)
    .into_iter()
    .chain(
        [
            "x/y",
            "/../../elsewhere",
            "/%2e%2e/%2e%2e/elsewhere",
            "/%252e%252e/%252e%252e/elsewhere",
            "/..%2f..%2felsewhere",
            "/..\\..\\elsewhere",
        ]
        .map(|rest| format!("{home}{rest}")),
    )
    .collect()
}

/// Whether a path is under `home` however often its escapes are taken out.
fn is_at_home(path: &str, home: &str) -> bool {
    let mut path = path.split(['?', '#']).next().unwrap_or_default().to_owned();
    loop {
        let rest = path.strip_prefix(home);
        let is_below = rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let leads_up = path.split(['/', '\\']).any(|part| part == "..");
        if !is_below || leads_up || path.contains("//") {
            return false;
        }
        let plainer = decoded(&path);
        if plainer == path {
            return true;
        }
        path = plainer;
    }
}

/// Takes out one layer of escapes; what is none stays.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, tail)) = rest.split_first() {
        let escape = tail.get(..2).filter(|_| *byte == b'%');
        let value = escape
            .and_then(|digits| core::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(value) = value {
            bytes.push(value);
            rest = tail.get(2..).unwrap_or_default();
        } else {
            bytes.push(*byte);
            rest = tail;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_at_home_however_it_is_written() {
        for path in ["/a/x", "/a/x/claim", "/a/x?lang=en", "/a/x/%E5%8D%A1"] {
            assert!(is_at_home(path, "/a/x"), "{path}");
        }
        for path in astray("/a/x") {
            assert!(!is_at_home(&path, "/a/x"), "{path}");
        }
    }

    #[test]
    fn what_a_cookie_lacks_is_told() {
        let cookie = |attributes: &[&str], path: &str| SessionCookie {
            value: "s".to_owned(),
            attributes: attributes.iter().map(|text| (*text).to_owned()).collect(),
            path: Some(path.to_owned()),
        };
        let own = "/api/v1/accounts/x";
        let whole = cookie(&["httponly", "samesite=lax", "secure"], own);
        assert_eq!(missing_attributes(&whole, "x", true), [""; 0]);
        assert_eq!(
            missing_attributes(&cookie(&["samesite=lax"], "/"), "x", true),
            ["httponly", "secure", "path=/api/v1/accounts/x"]
        );
        assert_eq!(
            missing_attributes(&cookie(&["httponly", "samesite=lax"], own), "x", false),
            [""; 0]
        );
    }

    #[test]
    fn a_callback_is_known_by_its_code_and_state() {
        assert!(is_callback("/wechat/callback?code=1&state=2"));
        assert!(!is_callback("/enter?account=1&state=2"));
        assert_eq!(parameter("/x?a=1&b=%2F#c", "b"), Some("%2F"));
    }
}
