//! A Code 128 bar code.

use kabao_core::domain::{code128, thousandths::Thousandths};
use leptos::prelude::*;

use super::qr_code::draw_row;

/// Light modules before and after the bars, as the standard asks
/// (ISO/IEC 15417).
const QUIET_ZONE: usize = 10;
/// How long the bars are, in modules.
pub const HEIGHT: usize = 44;

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
    length: Callback<usize, Thousandths>,
    #[prop(optional, into)] direction: Signal<Direction>,
) -> impl IntoView {
    let bars = code128::modules(&payload)?;
    let size = bars.len() + 2 * QUIET_ZONE;
    let mut path = String::new();
    let is_dark = |bar: usize| bars[bar];
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
            Direction::Down => length.share(HEIGHT as u32, size as u32),
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
