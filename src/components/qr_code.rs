//! A QR code.

use core::fmt::Write as _;

use kabao_core::{domain::thousandths::Thousandths, percent::percent_encoded};
use leptos::prelude::*;
use qrcodegen::{QrCode as Modules, QrCodeEcc, QrSegment, QrSegmentMode};

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
    let code = Modules::encode_segments(&[segment(payload)], QrCodeEcc::Medium).ok()?;
    let width = code.size() as usize;
    let mut path = String::new();
    for row in 0..width {
        let is_dark = |column: usize| code.get_module(column as i32, row as i32);
        draw_row(&mut path, width, is_dark, (QUIET_ZONE, row + QUIET_ZONE), 1);
    }
    Some(Drawing {
        size: width + 2 * QUIET_ZONE,
        path,
    })
}

/// A payload as a QR code holds it: digits by threes, any other text byte by byte.
/// The library could find that out too, with 3 KB more of code.
fn segment(payload: &str) -> QrSegment {
    let bytes = payload.as_bytes();
    if !bytes.iter().all(u8::is_ascii_digit) {
        return QrSegment::make_bytes(bytes);
    }
    let mut bits = Vec::new();
    for digits in bytes.chunks(3) {
        let number = digits
            .iter()
            .fold(0, |number, digit| number * 10 + u32::from(digit - b'0'));
        // Three digits take ten bits, two take seven, and one takes four.
        for bit in (0..=3 * digits.len()).rev() {
            bits.push(number >> bit & 1 == 1);
        }
    }
    QrSegment::new(QrSegmentMode::Numeric, bytes.len(), bits)
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
        let code = Modules::encode_text("123456789012", QrCodeEcc::Medium).unwrap();
        let dark = (0..code.size())
            .flat_map(|row| (0..code.size()).map(move |column| (column, row)))
            .filter(|(column, row)| code.get_module(*column, *row))
            .count();
        let drawing = drawing("123456789012").unwrap();
        let drawn: usize = drawing
            .path
            .split('h')
            .skip(1)
            .filter_map(|rest| rest.split('v').next()?.parse::<usize>().ok())
            .sum();
        assert_eq!(drawn, dark);
        assert_eq!(drawing.size, code.size() as usize + 8);
    }

    #[test]
    fn digits_are_held_as_the_library_holds_them() {
        for payload in ["7", "42", "042", "1234", "88000", "281234567890123456"] {
            assert!(
                segment(payload) == QrSegment::make_numeric(payload),
                "{payload}"
            );
        }
    }

    #[test]
    fn a_payload_that_is_too_long_draws_nothing() {
        assert!(drawing(&"x".repeat(4_000)).is_none());
    }
}
