//! What the head of a request says.

use std::net::Ipv4Addr;

use axum::http::{HeaderMap, HeaderName, Uri, header};
use kabao_rules::request::{Media, Sender};

pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    cookies(headers)
        .find(|(other, _)| *other == name)
        .map(|(_, value)| value.to_owned())
}

/// Their names and values.
pub(crate) fn cookies(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
}

/// The address of the client. The gateway before the sandbox has seen the last one of the
/// header; what stands before that is what the client claims.
pub(crate) fn address(headers: &HeaderMap) -> String {
    let fields = headers.get_all("x-forwarded-for");
    let hops = fields
        .iter()
        .next_back()
        .and_then(|hops| hops.to_str().ok());
    hops.and_then(|hops| hops.rsplit(',').next()).map_or_else(
        // Only this machine reaches the sandbox.
        || Ipv4Addr::LOCALHOST.to_string(),
        |last| last.trim().to_owned(),
    )
}

/// A browser says where the page is from that sends a write. A program need not.
pub(crate) fn sender(headers: &HeaderMap) -> Sender {
    let site = text(headers, &HeaderName::from_static("sec-fetch-site"));
    let is_of_own_site = site.is_none_or(|site| ["same-origin", "none"].contains(&site));
    let origin = text(headers, &header::ORIGIN);
    let is_of_own_origin = origin.is_none_or(|origin| {
        let host = text(headers, &header::HOST).unwrap_or_default();
        host_of(origin).is_some_and(|origin| host_of(&format!("http://{host}")) == Some(origin))
    });
    if is_of_own_site && is_of_own_origin {
        Sender::Own
    } else {
        Sender::Foreign
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Option<&'a str> {
    // What is no text is no site of ours either.
    headers
        .get(name)
        .map(|value| value.to_str().unwrap_or("unreadable"))
}

/// The host of an origin. The port is left out, since a gateway that listens on another one
/// doesn't pass it on; nor do cookies tell ports apart. All names of this machine are the
/// same, as they are to `trunk serve`.
fn host_of(origin: &str) -> Option<String> {
    let uri: Uri = origin.parse().ok()?;
    let host = uri.host()?.to_ascii_lowercase();
    Some(match host.as_str() {
        "127.0.0.1" | "[::1]" => "localhost".to_owned(),
        _ => host,
    })
}

pub(crate) fn media(headers: &HeaderMap) -> Media {
    let kind = text(headers, &header::CONTENT_TYPE).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if kind.eq_ignore_ascii_case("application/json") {
        Media::Json
    } else {
        Media::Other
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;
    use proptest::{prelude::*, string::string_regex};

    use super::*;

    fn head(fields: &[(&'static str, &'static str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        };
        fields.iter().map(pair).collect()
    }

    #[test]
    fn a_sender_is_own_if_neither_its_origin_nor_its_site_is_another() {
        for (host, origin, sender) in [
            ("cards.example", "https://cards.example", Sender::Own),
            ("cards.example", "https://CARDS.example:8443", Sender::Own),
            ("127.0.0.1:8080", "http://localhost:8081", Sender::Own),
            ("cards.example", "https://example", Sender::Foreign),
            ("cards.example", "https://x.cards.example", Sender::Foreign),
            (
                "cards.example",
                "https://cards.example.evil",
                Sender::Foreign,
            ),
            (
                "cards.example",
                "https://cards.example@evil",
                Sender::Foreign,
            ),
            ("cards.example", "null", Sender::Foreign),
            ("cards.example", "", Sender::Foreign),
            ("", "", Sender::Foreign),
        ] {
            let head = head(&[("host", host), ("origin", origin)]);
            assert_eq!(super::sender(&head), sender, "{host} {origin}");
        }
        assert_eq!(sender(&head(&[])), Sender::Own);
    }

    proptest! {
        #![proptest_config(ProptestConfig {
            failure_persistence: None,
            ..ProptestConfig::default()
        })]

        #[test]
        fn no_head_is_too_strange_to_be_read(
            cookies in prop::collection::vec(any_field("(kabao_session|;|=| |\"|,|a){0,10}"), 0..3),
            hops in prop::collection::vec(any_field("([0-9a-f.:\\[\\]]{0,8}|,| ){0,6}"), 0..3),
            origin in any_field("(https?://|null|localhost|127\\.0\\.0\\.1|\\[::1\\]|:[0-9]{0,6}|@|/|x|\\.){0,6}"),
            host in any_field("(localhost|127\\.0\\.0\\.1|\\[::1\\]|:[0-9]{0,6}|@|/|x|\\.){0,5}"),
            site in any_field("same-origin|none|cross-site|same-site|"),
            kind in any_field("(application/json|;|charset=| |text/plain|,|/){0,4}"),
        ) {
            let mut head = HeaderMap::new();
            for (name, fields) in [("cookie", cookies), ("x-forwarded-for", hops)] {
                for field in fields {
                    head.append(name, field);
                }
            }
            for (name, field) in [
                ("origin", origin),
                ("host", host),
                ("sec-fetch-site", site),
                ("content-type", kind),
            ] {
                head.insert(name, field);
            }
            if let Some(session) = cookie(&head, "kabao_session") {
                prop_assert!(!session.contains(';'), "{}", session);
            }
            prop_assert!(!address(&head).contains(','));
            let is_elsewhere = head["sec-fetch-site"] != "same-origin" && head["sec-fetch-site"] != "none";
            prop_assert!(!is_elsewhere || sender(&head) == Sender::Foreign);
            let is_json = media(&head) == Media::Json;
            prop_assert!(!is_json || head["content-type"].as_bytes().starts_with(b"application/json")
                || head["content-type"].as_bytes().starts_with(b" "));
        }
    }

    /// Fields of this form, and of any bytes that a field may have.
    fn any_field(form: &'static str) -> impl Strategy<Value = HeaderValue> {
        // No field has the bytes that steer a terminal.
        let byte = any::<u8>().prop_map(|byte| match byte {
            b'\t' | b' '..=b'~' => byte,
            _ => byte | 0x80,
        });
        let bytes = prop::collection::vec(byte, 0..24);
        // The form is read once, and not for each field.
        let form = string_regex(form).expect("a form");
        prop_oneof![3 => form.prop_map(String::into_bytes), 1 => bytes]
            .prop_map(|bytes| HeaderValue::from_bytes(&bytes).expect("a field"))
    }

    #[test]
    fn the_address_is_the_one_that_the_gateway_has_seen() {
        let head = head(&[("x-forwarded-for", "192.0.2.9, 192.0.2.1")]);
        assert_eq!(address(&head), "192.0.2.1");
        // A gateway may add a field of its own behind the client's.
        let mut two = HeaderMap::new();
        for hop in ["192.0.2.9", "192.0.2.1"] {
            two.append("x-forwarded-for", HeaderValue::from_static(hop));
        }
        assert_eq!(address(&two), "192.0.2.1");
        assert_eq!(address(&HeaderMap::new()), "127.0.0.1");
    }
}
