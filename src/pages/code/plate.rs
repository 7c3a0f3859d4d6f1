//! The codes on their white plate.

use kabao_core::domain::{
    card::CardNumber,
    scan_code::{CodeSize, crisp_width},
};
use leptos::{html, prelude::*};

use super::loader::CodeLoader;
use crate::{
    browser::{
        page, resize,
        storage::{self, Area},
    },
    components::{bar_code::BarCode, qr_code::QrCode, segmented_control::SegmentedControl},
    i18n::CodeWording,
};

/// Under which the chosen size of the codes is stored.
const SIZE: &str = "code-size";

/// How the card is called.
#[derive(Clone, Default)]
pub(super) struct CardName {
    pub(super) title: String,
    pub(super) last_four: String,
}

/// Both codes of a payload, its digits, and when it changes.
#[component]
pub(super) fn Plate(
    payload: String,
    name: CardName,
    loader: CodeLoader,
    #[prop(optional)] is_offline: bool,
) -> impl IntoView {
    let wording = CodeWording::in_use();
    let size = RwSignal::new(stored_size());
    Effect::new(move || {
        storage::set(Area::Device, SIZE, &size.get().to_string());
    });
    let number = CardNumber::from(payload.clone()).grouped();
    let CardName { title, last_four } = name;
    let title =
        (!title.is_empty()).then(|| view! { <h2 class="code-plate__card" dir="auto">{title}</h2> });
    let warning = is_offline.then(|| {
        view! {
            <p class="code-plate__warning" role="status">
                {wording.offline}
            </p>
        }
    });
    view! {
        <section class="code-plate">
            {title}
            <p class="code-plate__instruction">{wording.instruction}</p>
            {warning}
            <Codes payload last_four size />
            <p class="code-plate__number" aria-label=wording.member_number>
                {number}
            </p>
            {(!is_offline).then(|| view! { <Refresh loader /> })}
        </section>
        <SegmentedControl
            label=wording.size
            options=CodeSize::ALL.map(wording.size_name).to_vec()
            chosen=size
        />
        <p class="code-hint">{wording.brightness}</p>
    }
}

fn stored_size() -> usize {
    storage::get(Area::Device, SIZE)
        .and_then(|size| size.parse().ok())
        .filter(|size| *size < CodeSize::ALL.len())
        .unwrap_or(1)
}

/// The bar code and the QR code, as large as there is room for.
#[component]
fn Codes(payload: String, last_four: String, size: RwSignal<usize>) -> impl IntoView {
    let wording = CodeWording::in_use();
    let room = RwSignal::new((0.0, 0.0));
    let place = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(place) = place.get() {
            resize::observe(&place, move |width, _| room.set((width, page::height())));
        }
    });
    let share = move || CodeSize::ALL[size.get() % CodeSize::ALL.len()].share();
    let bars = Callback::new(move |modules: usize| {
        crisp_width(modules, room.get().0 * share(), page::pixel_ratio())
    });
    // A QR code is as high as it is wide, and a phone may lie on its side.
    let square = Callback::new(move |modules: usize| {
        let (width, height) = room.get();
        crisp_width(modules, (width * share()).min(height), page::pixel_ratio())
    });
    view! {
        <div class="code-plate__codes" node_ref=place>
            <BarCode payload=payload.clone() label=(wording.bar_code)(&last_four) width=bars />
            <QrCode payload label=(wording.picture)(&last_four) width=square />
        </div>
    }
}

/// When the code changes: in words, and as a ring that empties.
#[component]
fn Refresh(loader: CodeLoader) -> impl IntoView {
    let wording = CodeWording::in_use();
    move || {
        let (seconds, left) = loader.time_left()?;
        Some(view! {
            <p class="code-plate__refresh">
                <span
                    class="code-plate__ring"
                    aria-hidden="true"
                    style=format!("--left:{left:.3}turn")
                ></span>
                {(wording.refreshes_in)(seconds)}
            </p>
        })
    }
}
