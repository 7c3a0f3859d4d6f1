//! Code 128 (ISO/IEC 15417) for digits alone: its character set C, in which two
//! digits take one symbol, so that 18 digits fit on a phone that is 320 pixels wide.

/// The bars and gaps of each symbol of eleven modules, by its value. A dark module
/// is a one.
#[rustfmt::skip]
const SYMBOLS: [u16; 103] = [
    0b11011001100, 0b11001101100, 0b11001100110, 0b10010011000, 0b10010001100, 0b10001001100,
    0b10011001000, 0b10011000100, 0b10001100100, 0b11001001000, 0b11001000100, 0b11000100100,
    0b10110011100, 0b10011011100, 0b10011001110, 0b10111001100, 0b10011101100, 0b10011100110,
    0b11001110010, 0b11001011100, 0b11001001110, 0b11011100100, 0b11001110100, 0b11101101110,
    0b11101001100, 0b11100101100, 0b11100100110, 0b11101100100, 0b11100110100, 0b11100110010,
    0b11011011000, 0b11011000110, 0b11000110110, 0b10100011000, 0b10001011000, 0b10001000110,
    0b10110001000, 0b10001101000, 0b10001100010, 0b11010001000, 0b11000101000, 0b11000100010,
    0b10110111000, 0b10110001110, 0b10001101110, 0b10111011000, 0b10111000110, 0b10001110110,
    0b11101110110, 0b11010001110, 0b11000101110, 0b11011101000, 0b11011100010, 0b11011101110,
    0b11101011000, 0b11101000110, 0b11100010110, 0b11101101000, 0b11101100010, 0b11100011010,
    0b11101111010, 0b11001000010, 0b11110001010, 0b10100110000, 0b10100001100, 0b10010110000,
    0b10010000110, 0b10000101100, 0b10000100110, 0b10110010000, 0b10110000100, 0b10011010000,
    0b10011000010, 0b10000110100, 0b10000110010, 0b11000010010, 0b11001010000, 0b11110111010,
    0b11000010100, 0b10001111010, 0b10100111100, 0b10010111100, 0b10010011110, 0b10111100100,
    0b10011110100, 0b10011110010, 0b11110100100, 0b11110010100, 0b11110010010, 0b11011011110,
    0b11011110110, 0b11110110110, 0b10101111000, 0b10100011110, 0b10001011110, 0b10111101000,
    0b10111100010, 0b11110101000, 0b11110100010, 0b10111011110, 0b10111101110, 0b11101011110,
    0b11110101110,
];
/// How many modules such a symbol has.
const SYMBOL_WIDTH: u32 = 11;
/// Begins a code in character set C.
const START: u16 = 0b11010011100;
/// The value of that symbol.
const START_VALUE: usize = 105;
const STOP: u16 = 0b1100011101011;
const STOP_WIDTH: u32 = 13;

/// The modules of a bar code of an even number of digits, and whether each is dark.
/// Any other payload has none.
#[must_use]
pub fn modules(payload: &str) -> Option<Vec<bool>> {
    let digits = payload.as_bytes();
    let is_digits = digits.iter().all(u8::is_ascii_digit);
    if !is_digits || !digits.len().is_multiple_of(2) || digits.is_empty() {
        return None;
    }
    let mut modules = Vec::new();
    draw(&mut modules, START, SYMBOL_WIDTH);
    let mut sum = START_VALUE;
    for (index, pair) in digits.chunks_exact(2).enumerate() {
        let [tens, ones] = [pair.first()?, pair.last()?].map(|digit| usize::from(digit - b'0'));
        let value = tens * 10 + ones;
        sum += (index + 1) * value;
        draw(&mut modules, *SYMBOLS.get(value)?, SYMBOL_WIDTH);
    }
    let checksum = sum % SYMBOLS.len();
    draw(&mut modules, *SYMBOLS.get(checksum)?, SYMBOL_WIDTH);
    draw(&mut modules, STOP, STOP_WIDTH);
    Some(modules)
}

fn draw(modules: &mut Vec<bool>, symbol: u16, width: u32) {
    for module in (0..width).rev() {
        modules.push(symbol >> module & 1 == 1);
    }
}

#[cfg(test)]
mod tests {
    use barcoders::sym::code128::Code128;

    use super::*;

    #[test]
    fn two_digits_take_one_symbol() {
        // Start, six pairs, checksum: 11 modules each; the stop has 13.
        assert_eq!(modules("880001008000").unwrap().len(), 8 * 11 + 13);
        assert_eq!(modules("281234567890123456").unwrap().len(), 11 * 11 + 13);
    }

    #[test]
    fn what_is_no_pairs_of_digits_has_no_bar_code() {
        for payload in ["", "123", "12a4", "１２"] {
            assert!(modules(payload).is_none(), "{payload}");
        }
    }

    #[test]
    fn every_pair_and_every_checksum_is_drawn_as_another_encoder_draws_it() {
        for first in 0..100 {
            for second in 0..100 {
                let payload = format!("{first:02}{second:02}");
                // The character in front asks that encoder for character set C.
                let other = Code128::new(format!("\u{0106}{payload}")).unwrap();
                let other: Vec<bool> = other.encode().iter().map(|module| *module == 1).collect();
                assert_eq!(modules(&payload).unwrap(), other, "{payload}");
            }
        }
    }
}
