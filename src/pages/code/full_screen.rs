//! The bar code over the whole screen, for scanners that need long bars.

use kabao_core::domain::{card::CardNumber, scan_code::crisp_width, thousandths::Thousandths};
use leptos::prelude::*;

use crate::{
    browser::resize::{self, Screen},
    components::{
        bar_code::{BarCode, Direction, HEIGHT},
        full_screen::FullScreen,
    },
    i18n::{CodeWording, use_wording},
    router::use_router,
};

/// What is left free before and after the bar code, in CSS pixels.
const MARGIN: f64 = 24.0;
/// What the bars leave to the digits and the close button beside them, in CSS
/// pixels.
const BESIDE: f64 = 112.0;

/// The bar code along the longer side of the screen, and its digits.
#[component]
pub(super) fn FullScreenBarCode(
    payload: Memo<String>,
    last_four: String,
    on_close: Callback<()>,
) -> impl IntoView {
    use_router().open_sheet(on_close);
    let label = (CodeWording::in_use().bar_code)(&last_four);
    let screen = resize::screen();
    let direction = Signal::derive(move || direction(screen.get()));
    let length = Callback::new(move |modules| length(modules, screen.get()));
    let bars = {
        let label = label.clone();
        move || {
            let label = label.clone();
            view! { <BarCode payload=payload.get() label length direction /> }
        }
    };
    let is_turned = move || direction.get() == Direction::Down;
    view! {
        <FullScreen label close_label=use_wording().app.close on_close>
            <div class="full-code" class:full-code--turned=is_turned>
                {bars}
                <p class="full-code__digits">
                    {move || CardNumber::from(payload.get()).grouped()}
                </p>
            </div>
        </FullScreen>
    }
}

fn direction(screen: Screen) -> Direction {
    if screen.height > screen.width {
        Direction::Down
    } else {
        Direction::Across
    }
}

/// The length of a bar code of `modules` modules that leaves room for what is
/// around it.
fn length(modules: usize, screen: Screen) -> Thousandths {
    let along = screen.width.max(screen.height) - 2.0 * MARGIN;
    let across = screen.width.min(screen.height) - BESIDE;
    let widest = across * modules as f64 / HEIGHT as f64;
    crisp_width(modules, along.min(widest), screen.pixel_ratio)
}
