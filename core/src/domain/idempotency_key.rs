//! The key that makes a write safe to send again.

/// The `Idempotency-Key` of one intention of the fan: a UUID, version 4.
///
/// The backend carries out a key once, however often it arrives. So a key is
/// made when the fan asks for something, kept until the outcome is known (also
/// across a reload), and never used for anything else: another phone number,
/// another code or other terms are another key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// The UUID that 16 random bytes make (RFC 9562).
    #[must_use]
    pub fn from_random_bytes(mut bytes: [u8; 16]) -> Self {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        bytes[6] = bytes[6] & 0x0F | 0x40;
        bytes[8] = bytes[8] & 0x3F | 0x80;
        let mut text = String::with_capacity(36);
        for (index, byte) in bytes.iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            text.push(char::from(HEX[usize::from(byte >> 4)]));
            text.push(char::from(HEX[usize::from(byte & 15)]));
        }
        Self(text)
    }

    /// Reads a key that was kept in the phone's storage, where anything may have
    /// changed it.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_uuid = text.len() == 36
            && text.bytes().enumerate().all(|(index, byte)| match index {
                8 | 13 | 18 | 23 => byte == b'-',
                14 => byte == b'4',
                19 => matches!(byte, b'8' | b'9' | b'a' | b'b'),
                _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
            });
        is_uuid.then(|| Self(text.to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_a_uuid_that_names_its_version() {
        for (byte, uuid) in [
            (0xFF, "ffffffff-ffff-4fff-bfff-ffffffffffff"),
            (0x00, "00000000-0000-4000-8000-000000000000"),
        ] {
            assert_eq!(IdempotencyKey::from_random_bytes([byte; 16]).as_str(), uuid);
        }
    }

    #[test]
    fn survives_the_storage() {
        let bytes = core::array::from_fn(|index| index as u8 * 17);
        let key = IdempotencyKey::from_random_bytes(bytes);
        assert_eq!(IdempotencyKey::parse(key.as_str()), Some(key));
    }

    #[test]
    fn what_is_no_key_is_not_read_as_one() {
        for text in [
            "",
            "ffffffff-ffff-4fff-bfff-fffffffffff",
            "ffffffff-ffff-4fff-bfff-fffffffffffff",
            "ffffffff-ffff-1fff-bfff-ffffffffffff",
            "ffffffff-ffff-4fff-cfff-ffffffffffff",
            "FFFFFFFF-FFFF-4FFF-BFFF-FFFFFFFFFFFF",
            "ffffffffffff4fff-bfff-ffffffffffff----",
            "ffffffff-ffff-4fff-bfff-ffffffffff\r\n",
        ] {
            assert_eq!(IdempotencyKey::parse(text), None, "{text:?}");
        }
    }
}
