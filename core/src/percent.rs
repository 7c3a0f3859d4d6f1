//! Percent-encoding of URLs (RFC 3986).

/// Joins `segments` into an absolute path, each of them percent-encoded.
pub(crate) fn join(segments: &[&str]) -> String {
    let mut path = String::new();
    for segment in segments {
        path.push('/');
        path.push_str(&percent_encoded(segment));
    }
    path
}

/// `text` as one segment of a path or one value of a query.
#[must_use]
pub fn percent_encoded(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(char::from(HEX[usize::from(byte >> 4)]));
            encoded.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    encoded
}

/// The reverse of [`percent_encoded`], or `None` if `text` is no encoding.
pub(crate) fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    loop {
        rest = match rest {
            [] => return String::from_utf8(bytes).ok(),
            [b'%', high, low, rest @ ..] => {
                let digit = |byte: u8| char::from(byte).to_digit(16);
                bytes.push((digit(*high)? * 16 + digit(*low)?) as u8);
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_was_encoded_is_decoded_to_what_it_was(text in any::<String>()) {
            let encoded = percent_encoded(&text);
            prop_assert!(encoded.is_ascii() && !encoded.contains(['/', '?', '#', '&', '=', ' ']));
            prop_assert_eq!(percent_decoded(&encoded), Some(text));
        }

        #[test]
        fn what_is_no_encoding_is_none(
            text in "(%|%[0-9a-fA-F]|%[0-9a-fA-F]{2}|%[g-z+-]{2}|%会|[a-z+]|会){0,12}",
        ) {
            let is_escape = |rest: &str| {
                let digits = rest.as_bytes().get(..2);
                digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
            };
            let is_high = |rest: &str| rest.as_bytes().first().is_some_and(|digit| *digit >= b'8');
            let is_whole = text.split('%').skip(1).all(is_escape);
            match percent_decoded(&text) {
                Some(decoded) => {
                    prop_assert!(is_whole, "{}", text);
                    prop_assert_eq!(percent_decoded(&percent_encoded(&decoded)), Some(decoded));
                }
                // The bytes of its escapes are no text.
                None => prop_assert!(!is_whole || text.split('%').skip(1).any(is_high), "{}", text),
            }
        }
    }
}
