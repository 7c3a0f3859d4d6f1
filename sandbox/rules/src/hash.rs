//! FNV-1a (64 bits), where a hash need not be hard to reverse.

pub(crate) fn fnv_1a(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_the_published_vectors() {
        assert_eq!(fnv_1a(*b""), 0xCBF2_9CE4_8422_2325);
        assert_eq!(fnv_1a(*b"foobar"), 0x8594_4171_F739_67E8);
    }
}
