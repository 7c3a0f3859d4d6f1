//! A request, independent of how it arrives.

use crate::problem::{Code, Problem};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    /// As a GET, of whose reply only the head is sent.
    Head,
    Post,
    Put,
    Delete,
    /// Asks for the methods.
    Options,
    Other,
}

impl Method {
    /// Those that calls have, in the order in which they are told.
    pub(crate) const ALL: [Self; 6] = [
        Self::Get,
        Self::Head,
        Self::Post,
        Self::Put,
        Self::Delete,
        Self::Options,
    ];

    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Other => "OTHER",
        }
    }

    /// Whether it is there to change something.
    #[must_use]
    pub const fn is_write(self) -> bool {
        matches!(self, Self::Post | Self::Put | Self::Delete)
    }
}

/// Whose page sends a request, as far as its head says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sender {
    /// A page of this site, or no page at all.
    Own,
    /// A page of another site.
    Foreign,
}

/// The media type of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    Json,
    /// Another, or none.
    Other,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub method: Method,
    /// Still percent-encoded.
    pub path: String,
    /// Without `?`, still percent-encoded.
    pub query: String,
    /// The value of the session's cookie.
    pub session: Option<String>,
    /// The values of the cookies of the sign-ins that this browser has begun.
    pub sign_ins: Vec<String>,
    /// The network address that the request comes from, where it is known.
    pub address: Option<String>,
    /// `Idempotency-Key`.
    pub idempotency_key: Option<String>,
    /// `If-Match`, with its quotes.
    pub if_match: Option<String>,
    /// `Kabao-Fan`: whose data the page shows.
    pub fan: Option<String>,
    /// `Accept-Language`: in which language the backend's own words are wanted.
    pub accept_language: Option<String>,
    /// `Origin` and `Sec-Fetch-Site`.
    pub sender: Sender,
    /// `Content-Type`.
    pub media: Media,
    pub body: String,
}

impl Request {
    /// A `GET` of `path`, which may include a query.
    #[must_use]
    pub fn get(path: &str) -> Self {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        Self {
            method: Method::Get,
            path: path.to_owned(),
            query: query.to_owned(),
            session: None,
            sign_ins: Vec::new(),
            address: None,
            idempotency_key: None,
            if_match: None,
            fan: None,
            accept_language: None,
            sender: Sender::Own,
            media: Media::Json,
            body: String::new(),
        }
    }

    /// The decoded segments of the path, or `None` if they aren't valid UTF-8.
    pub(crate) fn segments(&self) -> Option<Vec<String>> {
        self.path.split('/').skip(1).map(percent_decoded).collect()
    }

    /// The decoded value of a query parameter.
    ///
    /// # Errors
    ///
    /// `bad_request` if it isn't valid UTF-8.
    pub(crate) fn parameter(&self, name: &str) -> Result<Option<String>, Problem> {
        field_of(&self.query, name)
            .map(|value| {
                percent_decoded(&value.replace('+', " ")).ok_or(Problem::new(Code::BadRequest))
            })
            .transpose()
    }
}

/// The value of a field in text of the form of a query, still percent-encoded.
pub(crate) fn field_of<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// `None` if an escape is incomplete or the bytes aren't valid UTF-8.
#[must_use]
pub fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    loop {
        rest = match rest {
            [] => return String::from_utf8(bytes).ok(),
            [b'%', high, low, rest @ ..] => {
                let digit = |byte: u8| char::from(byte).to_digit(16);
                bytes.push(u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()?);
                rest
            }
            [b'%', ..] => return None,
            [byte, rest @ ..] => {
                bytes.push(*byte);
                rest
            }
        };
    }
}

/// Encodes everything but RFC 3986's unreserved characters.
#[must_use]
pub fn percent_encoded(text: &str) -> String {
    use std::fmt::Write as _;
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
