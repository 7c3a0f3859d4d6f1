//! Randomness.

/// A new UUID (version 4) for an idempotency key.
#[must_use]
pub fn uuid() -> String {
    let mut bytes = [0_u8; 16];
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        // A key must only be new to this fan, so the clock and a weak source
        // are a fallback that does no harm.
        let weak = js_sys::Math::random().to_bits() ^ js_sys::Date::now().to_bits();
        bytes[..8].copy_from_slice(&js_sys::Math::random().to_bits().to_le_bytes());
        bytes[8..].copy_from_slice(&weak.to_le_bytes());
    }
    uuid_of(bytes)
}

/// The UUID that 16 random bytes make (RFC 9562, version 4).
fn uuid_of(mut bytes: [u8; 16]) -> String {
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
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uuid_names_its_version() {
        assert_eq!(uuid_of([0xFF; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(uuid_of([0; 16]), "00000000-0000-4000-8000-000000000000");
    }
}
