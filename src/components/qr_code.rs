//! A QR code.

use core::fmt::Write as _;

use kabao_core::{domain::thousandths::Thousandths, percent::percent_encoded};
use leptos::prelude::*;
use qrcode::{Color, EcLevel, QrCode as Modules, Version, bits::Bits, types::QrResult};

/// Light modules around a QR code, as its standard asks (ISO/IEC 18004).
const QUIET_ZONE: usize = 4;

/// A QR code on a white plate, whatever the theme, drawn as one path of whole
/// modules. A payload that no QR code can hold draws nothing.
#[component]
pub fn QrCode(
    payload: String,
    /// What a screen reader says.
    label: String,
    /// How many CSS pixels so many modules take.
    #[prop(into)]
    width: Callback<usize, Thousandths>,
) -> impl IntoView {
    let Drawing { size, path } = drawing(&payload)?;
    let svg = format!(
        "<svg viewBox='0 0 {size} {size}' shape-rendering='crispEdges'><path d='{path}'/></svg>"
    );
    Some(view! {
        <div
            class="qr-code"
            role="img"
            aria-label=label
            style:width=move || format!("{}px", width.run(size))
            inner_html=svg
        ></div>
    })
}

/// A QR code as an `<img>`: WeChat recognises a pressed code in nothing else.
#[component]
pub fn QrPicture(payload: String, alt: &'static str) -> impl IntoView {
    let url = data_url(&payload)?;
    Some(view! { <img class="problem__qr" src=url alt=alt /> })
}

/// A QR code as the URL of a picture, unless none can hold the payload.
#[must_use]
pub fn data_url(payload: &str) -> Option<String> {
    let Drawing { size, path } = drawing(payload)?;
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {size} {size}' shape-rendering='crispEdges'>\
         <path fill='white' d='M0 0h{size}v{size}H0z'/><path d='{path}'/></svg>"
    );
    Some(format!("data:image/svg+xml,{}", percent_encoded(&svg)))
}

/// The dark modules of a QR code as one SVG path.
struct Drawing {
    /// Modules along an edge, with the quiet zone.
    size: usize,
    path: String,
}

fn drawing(payload: &str) -> Option<Drawing> {
    let code = encoded(payload)?;
    let width = code.width();
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(width).enumerate() {
        let is_dark = |column: usize| modules[column] == Color::Dark;
        draw_row(&mut path, width, is_dark, (QUIET_ZONE, row + QUIET_ZONE), 1);
    }
    Some(Drawing {
        size: width + 2 * QUIET_ZONE,
        path,
    })
}

/// The smallest code that holds a payload: digits by threes, any other text byte by
/// byte. The library could also find the mode of each part of it, with much more code.
fn encoded(payload: &str) -> Option<Modules> {
    let is_digits = payload.bytes().all(|byte| byte.is_ascii_digit());
    let encoded = |version| -> QrResult<Modules> {
        let mut bits = Bits::new(Version::Normal(version));
        if is_digits {
            bits.push_numeric_data(payload.as_bytes())?;
        } else {
            bits.push_byte_data(payload.as_bytes())?;
        }
        bits.push_terminator(EcLevel::M)?;
        Modules::with_bits(bits, EcLevel::M)
    };
    (1..=40).find_map(|version| encoded(version).ok())
}

/// Draws the dark ones of `count` modules as parts of an SVG path: they begin at
/// `place` (from the left, from above) and are `height` modules high. Neighbours
/// are drawn as one, so that there is no seam between them.
pub(super) fn draw_row(
    path: &mut String,
    count: usize,
    is_dark: impl Fn(usize) -> bool,
    place: (usize, usize),
    height: usize,
) {
    let (left, top) = place;
    let mut module = 0;
    while module < count {
        let run = (module..count)
            .take_while(|module| is_dark(*module))
            .count();
        if run > 0 {
            // Writing to a String cannot fail.
            let _ = write!(path, "M{} {top}h{run}v{height}h-{run}z", left + module);
        }
        module += run.max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_every_dark_module_once() {
        let code = Modules::with_error_correction_level("123456789012", EcLevel::M).unwrap();
        let dark = code
            .to_colors()
            .iter()
            .filter(|color| **color == Color::Dark)
            .count();
        let drawing = drawing("123456789012").unwrap();
        let drawn: usize = drawing
            .path
            .split('h')
            .skip(1)
            .filter_map(|rest| rest.split('v').next()?.parse::<usize>().ok())
            .sum();
        assert_eq!(drawn, dark);
        assert_eq!(drawing.size, code.width() + 8);
    }

    #[test]
    fn a_payload_is_held_as_the_library_holds_it() {
        let long = "7".repeat(300);
        for payload in [
            "7",
            "42",
            "042",
            "1234",
            "281234567890123456",
            &long,
            "kabao",
        ] {
            let other = Modules::with_error_correction_level(payload, EcLevel::M).unwrap();
            assert!(
                encoded(payload).unwrap().to_colors() == other.to_colors(),
                "{payload}"
            );
        }
    }

    #[test]
    fn a_payload_that_is_too_long_draws_nothing() {
        assert!(drawing(&"x".repeat(4_000)).is_none());
    }
}
