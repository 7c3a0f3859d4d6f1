//! Addresses that a reply names and that the page follows or shows.
//!
//! A backend that copies what a merchant typed can be made to send
//! `javascript:…`, so an address is judged before it reaches an `href`, a `src`
//! or `location`. The rules are stricter than the URL standard's parser, which
//! drops tabs and line breaks, reads `\` as `/` and takes `https:path` for a
//! relative path: what it would have to repair is refused.

use core::fmt;

/// An address that is safe to open: `https:` anywhere, `http:` on this machine
/// (the sandbox), or an absolute path of this site.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct HttpUrl(String);

/// The address of a picture: an [`HttpUrl`], or the picture itself as
/// `data:image/…`, which the preview uses for a merchant's own avatar. A script
/// inside an SVG does not run in an `<img>`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ImageUrl(String);

/// A text that is not an address which may be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UrlError;

impl HttpUrl {
    /// # Errors
    ///
    /// [`UrlError`] for every other scheme, for `//host`, for a host with a
    /// user name before it, and for blanks and control characters anywhere.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        if text.chars().any(is_repaired_by_browsers) {
            return Err(UrlError);
        }
        let is_safe = match (strip_scheme(text, "https"), strip_scheme(text, "http")) {
            (Some(rest), _) => host(rest).is_some(),
            (None, Some(rest)) => host(rest).is_some_and(is_loopback),
            (None, None) => text.starts_with('/') && !text.starts_with("//"),
        };
        is_safe.then(|| Self(text.to_owned())).ok_or(UrlError)
    }

    /// The address as the reply wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host and its port, or `None` for a path of this site.
    #[must_use]
    pub fn host(&self) -> Option<&str> {
        let schemes = ["https", "http"].into_iter();
        let mut rests = schemes.filter_map(|scheme| strip_scheme(&self.0, scheme));
        host(rests.next()?)
    }
}

impl ImageUrl {
    /// # Errors
    ///
    /// [`UrlError`] for what is neither an [`HttpUrl`] nor `data:image/…`.
    pub fn parse(text: &str) -> Result<Self, UrlError> {
        let is_picture = strip_ignoring_case(text, "data:image/").is_some_and(|rest| {
            rest.starts_with(|first: char| first.is_ascii_alphanumeric())
                && rest.bytes().any(|byte| byte == b',')
                && !text.chars().any(is_repaired_by_browsers)
        });
        if !is_picture {
            HttpUrl::parse(text)?;
        }
        Ok(Self(text.to_owned()))
    }

    /// The address as the reply wrote it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for HttpUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl fmt::Display for ImageUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Characters that a browser drops or replaces before it reads an address.
fn is_repaired_by_browsers(character: char) -> bool {
    character.is_control() || character.is_whitespace() || matches!(character, '\\' | '\u{FEFF}')
}

/// What follows `scheme://`.
fn strip_scheme<'a>(text: &'a str, scheme: &str) -> Option<&'a str> {
    strip_ignoring_case(text, scheme)?.strip_prefix("://")
}

fn strip_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(prefix.len())?;
    start.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// The host and port that `rest`, the part behind `://`, begins with. A user
/// name before them (`https://bank.example@evil.example`) serves deception only,
/// and an encoded host is spelt plainly by everybody else.
fn host(rest: &str) -> Option<&str> {
    let host = rest.split(['/', '?', '#']).next()?;
    let is_plain = |character: char| {
        character.is_ascii_alphanumeric()
            || matches!(character, '.' | '-' | '_' | ':' | '[' | ']')
            || !character.is_ascii()
    };
    (!host.is_empty() && !host.starts_with(':') && host.chars().all(is_plain)).then_some(host)
}

/// Whether `host` is this machine, by name or by number.
fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    let is_number = |part: &str| part.parse::<u8>().is_ok();
    name.eq_ignore_ascii_case("localhost")
        || name == "[::1]"
        || (name.starts_with("127.")
            && name.split('.').count() == 4
            && name.split('.').all(is_number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_and_own_paths_are_opened() {
        for text in [
            "https://shop.example/menu?table=3#top",
            "HTTPS://shop.example",
            "https://shop.example:8443/",
            "https://川味小馆.example/点餐",
            "https://[2001:db8::1]/",
            "https://shop.example/?to=https://other.example/@x",
            "/",
            "/enter?account=case-2",
            "/order/L1?note=a:b//c",
        ] {
            let url = HttpUrl::parse(text);
            assert_eq!(url.as_ref().map(HttpUrl::as_str), Ok(text));
            assert_eq!(url.map(|url| url.to_string()), Ok(text.to_owned()));
        }
    }

    #[test]
    fn other_schemes_hosts_and_disguises_are_refused() {
        for text in [
            "",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "java\tscript:alert(1)",
            "\u{1}javascript:alert(1)",
            " javascript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "data:image/png;base64,AAAA",
            "vbscript:x",
            "blob:https://shop.example/1",
            "weixin://dl/business",
            "intent://scan/#Intent;end",
            "tel:110",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            " https://shop.example",
            "https://shop.example\n",
            "https://sh op.example",
            "\u{FEFF}https://shop.example",
            "https:shop.example",
            "https:/shop.example",
            "https:///shop.example",
            "https://",
            "https://:443/",
            "https://shop.example@evil.example/",
            "https://shop%2eexample/",
            "http://shop.example",
            "http://localhost.evil.example",
            "http://127.0.0.1.evil.example",
            "http://127.1",
            "http://127.0.0.256",
            "order/L1",
            "?q",
            "#x",
        ] {
            assert_eq!(HttpUrl::parse(text), Err(UrlError), "{text:?}");
        }
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for text in [
            "http://localhost:8080/enter",
            "http://LOCALHOST/",
            "http://127.0.0.1:3000/",
            "http://127.8.8.8",
            "http://[::1]:8080/",
            "http://[::1]",
        ] {
            assert_eq!(
                HttpUrl::parse(text).as_ref().map(HttpUrl::as_str),
                Ok(text),
                "{text}"
            );
        }
    }

    #[test]
    fn names_the_host_that_it_leads_to() {
        for (text, host) in [
            (
                "https://open.weixin.qq.com/connect",
                Some("open.weixin.qq.com"),
            ),
            (
                "https://shop.example?u=https://x.example",
                Some("shop.example"),
            ),
            ("/enter?to=https://x.example", None),
        ] {
            let url = HttpUrl::parse(text).unwrap();
            assert_eq!(url.host(), host, "{text}");
        }
    }

    #[test]
    fn a_picture_may_be_in_the_address_itself() {
        for text in [
            "data:image/png;base64,iVBORw0KGgo=",
            "DATA:image/svg+xml,%3Csvg%2F%3E",
            "/images/merchants/m1.svg",
            "https://cdn.example/m1.png",
        ] {
            let url = ImageUrl::parse(text);
            assert_eq!(url.as_ref().map(ImageUrl::as_str), Ok(text));
            assert_eq!(url.map(|url| url.to_string()), Ok(text.to_owned()));
        }
        for text in [
            "",
            "data:text/html,x",
            "data:image/",
            "data:image/png",
            "data:image/,x",
            "data:image/png,a b",
            " data:image/png,x",
            "data:,x",
            "javascript:alert(1)",
            "//cdn.example/m1.png",
        ] {
            assert_eq!(ImageUrl::parse(text), Err(UrlError), "{text:?}");
        }
    }
}
