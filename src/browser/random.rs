//! Randomness.

/// 16 random bytes, such as an idempotency key is made of.
#[must_use]
pub fn bytes() -> [u8; 16] {
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
    bytes
}
