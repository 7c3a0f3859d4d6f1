//! A merchant's colour, made fit to write on.

use core::fmt::Write as _;

/// The contrast that WCAG 2 asks of text (level AA).
const TEXT_CONTRAST: f32 = 4.5;

/// Backgrounds lighter than this relative luminance keep their colour and take
/// dark ink; darker ones are deepened until white ink can be read on them.
const LIGHT_BACKGROUND: f32 = 0.5;

/// An opaque sRGB colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct BrandColor {
    red: u8,
    green: u8,
    blue: u8,
}

/// The colour that text has on a card face.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ink {
    /// White text.
    Light,
    /// Near-black text.
    Dark,
}

/// A card face: a background and the ink that can be read on all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CardFaceColors {
    /// The lighter end of the background.
    pub start: BrandColor,
    /// The deeper end of the background.
    pub end: BrandColor,
    /// The text colour.
    pub ink: Ink,
}

impl BrandColor {
    /// For a merchant without a colour of its own.
    pub const NEUTRAL: Self = Self::new(0x57, 0x60, 0x6A);

    const fn new(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// Reads `#rrggbb`. Anything else is `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let value = u32::from_str_radix(digits, 16).ok()?;
        let [_, red, green, blue] = value.to_be_bytes();
        Some(Self::new(red, green, blue))
    }

    /// The same hue, as deep as white needs to be read on it.
    #[must_use]
    pub fn deepened(mut self) -> Self {
        while self.contrast_with_white() < TEXT_CONTRAST {
            self = self.scaled(94);
        }
        self
    }

    /// The card face that this colour makes.
    #[must_use]
    pub fn card_face(self) -> CardFaceColors {
        if self.luminance() > LIGHT_BACKGROUND {
            return CardFaceColors {
                start: self,
                end: self.scaled(92),
                ink: Ink::Dark,
            };
        }
        let start = self.deepened();
        CardFaceColors {
            start,
            end: start.scaled(72),
            ink: Ink::Light,
        }
    }

    /// The colour as CSS writes it.
    #[must_use]
    pub fn css(self) -> String {
        let mut text = String::from("#");
        for channel in [self.red, self.green, self.blue] {
            // Writing to a String cannot fail.
            let _ = write!(text, "{channel:02x}");
        }
        text
    }

    /// The same hue at `percent` of its brightness.
    const fn scaled(self, percent: u32) -> Self {
        const fn channel(value: u8, percent: u32) -> u8 {
            (value as u32 * percent / 100) as u8
        }
        Self::new(
            channel(self.red, percent),
            channel(self.green, percent),
            channel(self.blue, percent),
        )
    }

    fn contrast_with_white(self) -> f32 {
        1.05 / (self.luminance() + 0.05)
    }

    /// Relative luminance as WCAG 2 defines it, with the square in place of its
    /// power of 2.4, which would bring a maths library into the WebAssembly.
    /// The square gives at least what the power gives, so contrast with white
    /// is never overstated.
    fn luminance(self) -> f32 {
        let channel = |value: u8| {
            let value = f32::from(value) / 255.0;
            value * value
        };
        0.2126 * channel(self.red) + 0.7152 * channel(self.green) + 0.0722 * channel(self.blue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact_luminance(color: BrandColor) -> f32 {
        let channel = |value: u8| {
            let value = f32::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(color.red) + 0.7152 * channel(color.green) + 0.0722 * channel(color.blue)
    }

    fn exact_contrast(one: f32, other: f32) -> f32 {
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn reads_hex_and_nothing_else() {
        assert_eq!(
            BrandColor::parse("#07c160").map(BrandColor::css),
            Some("#07c160".to_owned())
        );
        for text in [
            "", "#fff", "07c160", "#07c16g", "#+7c160", "red", "#07c1600",
        ] {
            assert_eq!(BrandColor::parse(text), None, "{text}");
        }
    }

    #[test]
    fn text_can_be_read_on_every_colour() {
        // The near-black of the token --ink-dark, rgb(26, 26, 26).
        let dark_ink = exact_luminance(BrandColor::new(26, 26, 26));
        for red in (0..=255).step_by(15) {
            for green in (0..=255).step_by(15) {
                for blue in (0..=255).step_by(15) {
                    let color = BrandColor::new(red as u8, green as u8, blue as u8);
                    let face = color.card_face();
                    let ink = match face.ink {
                        Ink::Light => 1.0,
                        Ink::Dark => dark_ink,
                    };
                    for end in [face.start, face.end] {
                        let contrast = exact_contrast(ink, exact_luminance(end));
                        assert!(contrast >= TEXT_CONTRAST, "{} {contrast}", color.css());
                    }
                }
            }
        }
    }

    #[test]
    fn a_light_colour_is_kept_and_a_dark_one_is_as_deep_as_white_needs() {
        for (text, start, end, ink) in [
            ("#ffd54f", "#ffd54f", "#eac348", Ink::Dark),
            ("#b3261e", "#b3261e", "#801b15", Ink::Light),
            ("#07c160", "#007b3b", "#00582a", Ink::Light),
            // The contrast of this one is exactly what is asked for.
            ("#7c5ac7", "#7c5ac7", "#59408f", Ink::Light),
        ] {
            let face = BrandColor::parse(text).unwrap().card_face();
            let ends = [face.start.css(), face.end.css()];
            assert_eq!((ends, face.ink), ([start, end].map(str::to_owned), ink));
        }
    }

    #[test]
    fn white_can_be_read_on_every_drawn_avatar() {
        for text in ["#ffffff", "#ffd54f", "#b3261e", "#00ff00", "#000000"] {
            let color = BrandColor::parse(text).unwrap().deepened();
            let contrast = exact_contrast(1.0, exact_luminance(color));
            assert!(contrast >= TEXT_CONTRAST, "{text} {contrast}");
        }
    }
}
