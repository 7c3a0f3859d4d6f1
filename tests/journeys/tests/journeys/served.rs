//! What the web server of `deploy/nginx.conf` answers, address by address.

use std::{
    env, fs,
    io::{Read as _, Write as _},
    net::TcpStream,
    path::PathBuf,
};

use kabao_journeys::{
    Failure, Outcome,
    stage::{Nginx, Stage},
};
use serde_json::{Value, json};
use ureq::{
    Agent,
    http::{HeaderMap, HeaderName, StatusCode},
};

pub(crate) const NAME: &str = "every address is served as it is meant, with its headers";

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASKED_FOR: &str = "no-cache";
const NOT_KEPT: &str = "no-store";
/// The policy of what is not a page.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'";

struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Reply {
    /// All fields of this name, or nothing.
    fn header(&self, name: &str) -> String {
        let fields = self.headers.get_all(name).iter();
        let fields: Vec<_> = fields
            .map(|field| String::from_utf8_lossy(field.as_bytes()))
            .collect();
        fields.join(", ")
    }

    fn expect(&self, what: &str, status: u16, fields: &[(&str, &str)]) {
        assert_eq!(self.status, status, "{what}");
        for (name, expected) in fields {
            assert_eq!(self.header(name), *expected, "{name} of {what}");
        }
    }

    /// What every reply of the site has, whatever it is of.
    fn expect_security(&self, what: &str) {
        for (name, expected) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("strict-transport-security", "max-age=31536000"),
        ] {
            assert_eq!(self.header(name), expected, "{name} of {what}");
        }
        let permissions = self.header("permissions-policy");
        assert!(permissions.contains("camera=()"), "{what}: {permissions}");
        assert!(!self.header("content-security-policy").is_empty(), "{what}");
        assert_eq!(self.header("server"), "nginx", "{what} tells no version");
    }
}

/// Asks the site for things, without a browser.
struct Site {
    agent: Agent,
    address: String,
}

impl Site {
    fn of(address: String) -> Self {
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .build()
            .into();
        Self { agent, address }
    }

    fn get(&self, path: &str, headers: &[(&str, &str)]) -> Result<Reply, Failure> {
        let mut request = self.agent.get(format!("{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (head, mut body) = request.call()?.into_parts();
        Ok(Reply {
            status: head.status,
            headers: head.headers,
            body: body.read_to_vec()?,
        })
    }

    /// Asks for a file in one encoding, and takes the reply as it comes: the agent would
    /// decode it, and leave out that it did.
    fn get_as(&self, path: &str, encoding: &str) -> Result<Reply, Failure> {
        let host = self.address.trim_start_matches("http://");
        let mut connection = TcpStream::connect(host)?;
        write!(
            connection,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nAccept-Encoding: {encoding}\r\n\
             Connection: close\r\n\r\n"
        )?;
        let mut reply = Vec::new();
        connection.read_to_end(&mut reply)?;
        let end = b"\r\n\r\n";
        let head = reply.windows(end.len()).position(|bytes| bytes == end);
        let head = head.ok_or("the reply has no end of its head")?;
        let body = reply.split_off(head + end.len());
        let head = String::from_utf8(reply)?;
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1));
        let mut headers = HeaderMap::new();
        for (name, value) in lines.filter_map(|line| line.split_once(": ")) {
            headers.append(HeaderName::from_bytes(name.as_bytes())?, value.parse()?);
        }
        Ok(Reply {
            status: status.ok_or("the reply has no status")?.parse()?,
            headers,
            body,
        })
    }
}

pub(crate) fn as_it_is_meant(stage: &Stage) -> Outcome {
    let nginx = stage.nginx().ok_or("there is no web server")?;
    let site = Site::of(nginx.site_without_tls());
    let world = stage.tell("worlds", &json!({ "case": "case-2" }))?;
    pages(&site)?;
    hashed_files(&site)?;
    other_files(&site)?;
    what_is_not_there(&site)?;
    backend(&site, &world)?;
    without_tls(nginx)
}

fn dist() -> Result<PathBuf, Failure> {
    Ok(PathBuf::from(env::var("KABAO_DIST")?))
}

/// The pages, and that a browser that has one is told so.
fn pages(site: &Site) -> Outcome {
    let pages = [
        ("", "/", "connect-src 'self'; base-uri 'none'"),
        (
            "",
            "/a/case-2/claim?lang=en",
            "connect-src 'self'; base-uri 'none'",
        ),
        ("", "/t/CODE", "connect-src 'self'; base-uri 'none'"),
        ("", "/index.html", "connect-src 'self'; base-uri 'none'"),
        ("preview", "/preview/", "frame-src 'self'"),
    ];
    for (folder, path, policy) in pages {
        let page = fs::read(dist()?.join(folder).join("index.html"))?;
        let tag = site.get(path, &[])?.header("etag");
        assert!(tag.starts_with("W/\"") && tag.len() == 20, "{path}: {tag}");
        let fields = [
            ("content-type", "text/html; charset=utf-8"),
            ("cache-control", ASKED_FOR),
            ("etag", &tag),
            ("vary", "Accept-Encoding"),
            ("last-modified", ""),
        ];
        let plain = site.get_as(path, "identity")?;
        assert_eq!(plain.body, page, "{path}");
        let mut encodings = vec![(plain, "")];
        for encoding in ["br", "gzip"] {
            let reply = site.get_as(path, encoding)?;
            assert!(reply.body.len() < page.len(), "{path} as {encoding}");
            encodings.push((reply, encoding));
        }
        for (reply, encoding) in encodings {
            let what = format!("{path} as “{encoding}”");
            reply.expect(&what, 200, &fields);
            reply.expect(&what, 200, &[("content-encoding", encoding)]);
            reply.expect_security(&what);
            let allowed = reply.header("content-security-policy");
            assert!(allowed.contains(policy), "{what}: {allowed}");
            assert!(
                allowed.contains("'wasm-unsafe-eval' 'sha256-"),
                "{what}: {allowed}"
            );
            assert!(!allowed.contains("'unsafe-"), "{what}: {allowed}");
        }
        for known in [tag.clone(), tag.replace("W/", "")] {
            let what = format!("{path} that is known as {known}");
            let reply = site.get(path, &[("if-none-match", &known)])?;
            reply.expect(&what, 304, &fields[1..]);
            reply.expect_security(&what);
            assert!(reply.body.is_empty(), "{what}");
        }
        let reply = site.get(path, &[("if-none-match", "W/\"0123456789abcdef\"")])?;
        reply.expect("a page that has changed since", 200, &fields);
    }
    let reply = site.get("/preview?now=own", &[])?;
    reply.expect("/preview", 308, &[("location", "/preview/?now=own")]);
    let old = "Mozilla/5.0 (Linux; Android 10) Chrome/89.0.4389.90 Mobile";
    let reply = site.get("/", &[("user-agent", old)])?;
    let allowed = reply.header("content-security-policy");
    assert!(
        allowed.contains("'wasm-unsafe-eval' 'unsafe-eval'"),
        "{allowed}"
    );
    Ok(())
}

/// Modules and scripts, which alone are kept for ever.
fn hashed_files(site: &Site) -> Outcome {
    for folder in ["", "preview/"] {
        for file in fs::read_dir(dist()?.join(folder))? {
            let name = file?.file_name().to_string_lossy().into_owned();
            let kind = match name.rsplit_once('.') {
                Some((_, "js")) => "text/javascript; charset=utf-8",
                Some((_, "wasm")) => "application/wasm",
                _ => continue,
            };
            let path = format!("/{folder}{name}");
            // Small ones are there only as they are.
            let is_there = |ending| -> Result<bool, Failure> {
                Ok(dist()?.join(format!("{folder}{name}{ending}")).is_file())
            };
            let varies = is_there(".gz")? || is_there(".br")?;
            for (encoding, ending) in [("identity", ""), ("gzip", ".gz"), ("br", ".br")] {
                if !is_there(ending)? {
                    continue;
                }
                let content = fs::read(dist()?.join(format!("{folder}{name}{ending}")))?;
                let what = format!("{path} as {encoding}");
                let reply = site.get_as(&path, encoding)?;
                let fields = [
                    ("content-type", kind),
                    ("cache-control", FOR_EVER),
                    (
                        "content-encoding",
                        if ending.is_empty() { "" } else { encoding },
                    ),
                    ("vary", if varies { "Accept-Encoding" } else { "" }),
                    ("content-security-policy", NOTHING),
                ];
                reply.expect(&what, 200, &fields);
                reply.expect_security(&what);
                assert!(
                    reply.body == content,
                    "{what} is what the build has written"
                );
            }
        }
    }
    Ok(())
}

fn other_files(site: &Site) -> Outcome {
    for (path, kind) in [
        ("/favicon.svg", "image/svg+xml"),
        ("/favicon.ico", "image/x-icon"),
        ("/robots.txt", "text/plain; charset=utf-8"),
    ] {
        let reply = site.get(path, &[])?;
        let fields = [("content-type", kind), ("cache-control", ASKED_FOR)];
        reply.expect(path, 200, &fields);
        reply.expect_security(path);
        let tag = reply.header("etag");
        let reply = site.get(path, &[("if-none-match", &tag)])?;
        reply.expect(path, 304, &[("cache-control", ASKED_FOR)]);
    }
    Ok(())
}

/// What is not there is never answered with the app, and nobody keeps that.
fn what_is_not_there(site: &Site) -> Outcome {
    let page = site.get("/", &[])?.header("etag");
    let page = page.trim_start_matches("W/").trim_matches('"');
    for path in [
        "/nothing",
        "/a",
        "/kabao-0000000000000000.wasm",
        "/kabao-0000000000000000.js",
        "/preview/kabao-preview-0000000000000000.wasm",
        "/preview/nothing",
        "/index.html.br",
        &format!("/index-{page}.html"),
        "/.git/config",
        "/MP_verify_0.txt",
        "/csp-reports/nothing",
    ] {
        let reply = site.get(path, &[])?;
        reply.expect(
            path,
            404,
            &[
                ("cache-control", NOT_KEPT),
                ("content-security-policy", NOTHING),
            ],
        );
        reply.expect_security(path);
        let body = String::from_utf8_lossy(&reply.body);
        assert!(!body.contains("kabao"), "{path}: {body}");
    }
    Ok(())
}

/// What comes from the backend, as it comes, and kept by nobody.
fn backend(site: &Site, world: &Value) -> Outcome {
    let account = world["account"]
        .as_str()
        .ok_or("the world has no account")?;
    let wallet = format!("/api/v1/accounts/{account}/wallet");
    for (path, status) in [("/api/v1/nothing", 404), (wallet.as_str(), 401)] {
        let reply = site.get(path, &[])?;
        let fields = [
            ("content-type", "application/problem+json"),
            ("cache-control", NOT_KEPT),
            ("content-security-policy", NOTHING),
        ];
        reply.expect(path, status, &fields);
        reply.expect_security(path);
    }
    let path = format!("/enter?account={account}");
    let reply = site.get(&path, &[])?;
    assert!(reply.status.is_redirection(), "{path}: {}", reply.status);
    assert_eq!(reply.header("cache-control"), NOT_KEPT, "{path}");
    reply.expect_security(&path);
    let person = world["people"][0]["sign_in"].as_str();
    let path = person.ok_or("the world has nobody")?;
    let cookie = site.get(path, &[])?.header("set-cookie");
    assert!(cookie.to_ascii_lowercase().contains("; secure"), "{cookie}");
    Ok(())
}

/// Whoever comes without TLS is sent to the same address with it.
fn without_tls(nginx: &Nginx) -> Outcome {
    let site = Site::of(nginx.redirect());
    let reply = site.get("/a/case-2?lang=en", &[])?;
    let location = [("location", "https://localhost/a/case-2?lang=en")];
    reply.expect("a page without TLS", 301, &location);
    let reply = site.get("/MP_verify_0.txt", &[])?;
    reply.expect("a file for WeChat, which is not there", 404, &[]);
    Ok(())
}
