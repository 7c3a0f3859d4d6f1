//! A Code 128 bar code.

use barcoders::sym::code128::Code128;

use leptos::prelude::*;

use super::qr_code::draw_row;

/// Light modules before and after the bars, as the standard asks
/// (ISO/IEC 15417).
const QUIET_ZONE: usize = 10;
/// How long the bars are, in modules.
pub const HEIGHT: usize = 44;
/// What makes the encoder begin in character set C, in which two digits take one
/// symbol, so that 18 digits fit on a phone that is 320 pixels wide.
const CHARACTER_SET_C: char = '\u{0106}';

/// Which way the bars follow each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    #[default]
    Across,
    /// From above, for a screen that is held upright.
    Down,
}

/// A Code 128 bar code of an even number of digits. Any other payload draws
/// nothing.
#[component]
pub fn BarCode(
    payload: String,
    /// What a screen reader says.
    label: String,
    /// How many CSS pixels so many modules take, one after the other.
    #[prop(into)]
    length: Callback<usize, f64>,
    #[prop(optional, into)] direction: Signal<Direction>,
) -> impl IntoView {
    let bars = modules(&payload)?;
    let size = bars.len() + 2 * QUIET_ZONE;
    let mut path = String::new();
    let is_dark = |bar: usize| bars[bar] == 1;
    draw_row(&mut path, bars.len(), is_dark, (QUIET_ZONE, 0), HEIGHT);
    let svg = move || {
        // A quarter turn of whole modules leaves every edge on a pixel's.
        let (width, height, turn) = match direction.get() {
            Direction::Across => (size, HEIGHT, "1 0 0 1 0 0".to_owned()),
            Direction::Down => (HEIGHT, size, format!("0 1 -1 0 {HEIGHT} 0")),
        };
        format!(
            "<svg viewBox='0 0 {width} {height}' shape-rendering='crispEdges'>\
             <path transform='matrix({turn})' d='{path}'/></svg>"
        )
    };
    let width = move || {
        let length = length.run(size);
        let width = match direction.get() {
            Direction::Across => length,
            Direction::Down => length * HEIGHT as f64 / size as f64,
        };
        format!("{width}px")
    };
    Some(view! {
        <div
            class="bar-code"
            role="img"
            aria-label=label
            style:width=width
            inner_html=svg
        ></div>
    })
}

/// The modules of the bar code: 1 is dark.
fn modules(payload: &str) -> Option<Vec<u8>> {
    let is_digits = payload.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits || !payload.len().is_multiple_of(2) || payload.is_empty() {
        return None;
    }
    let code = Code128::new(format!("{CHARACTER_SET_C}{payload}")).ok()?;
    Some(code.encode())
}

#[cfg(test)]
mod tests {
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
}
