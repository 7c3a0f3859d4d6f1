//! The codes on their white plate.

use kabao_core::domain::{
    card::CardNumber,
    scan_code::{CodeSize, crisp_width},
};
use leptos::{html, prelude::*};

use super::loader::{CodeLoader, Shown};
use crate::{
    browser::{
        resize,
        storage::{self, Area},
    },
    components::{bar_code::BarCode, qr_code::QrCode, segmented_control::SegmentedControl},
    i18n::{CodeWording, use_wording},
};

/// Under which the chosen size of the codes is stored.
const SIZE: &str = "code-size";

/// How the card is called.
#[derive(Clone, Default)]
pub(super) struct CardName {
    pub(super) merchant: Option<String>,
    /// Empty where the card is not known.
    pub(super) last_four: String,
}

/// Both codes, their digits, and when they change.
#[component]
pub(super) fn Plate(
    #[prop(into)] shown: Signal<Shown>,
    name: CardName,
    loader: CodeLoader,
) -> impl IntoView {
    let wording = CodeWording::in_use();
    let size = RwSignal::new(stored_size());
    Effect::watch(
        move || size.get(),
        |size, _, _| storage::set(Area::Device, SIZE, &size.to_string()),
        false,
    );
    let is_offline = Memo::new(move |_| shown.with(|it| matches!(it, Shown::Offline(_))));
    let payload = Memo::new(move |_| match shown.get() {
        Shown::Code(payload) | Shown::Offline(payload) => payload,
        Shown::Loading | Shown::Failed(_) => String::new(),
    });
    let warning = move || is_offline.get().then_some(wording.offline);
    let last_four = name.last_four.clone();
    view! {
        <section class="code-plate">
            <Title name />
            <p class="code-plate__instruction">{wording.instruction}</p>
            <div role="status">
                {move || warning().map(|text| view! { <p class="code-plate__warning">{text}</p> })}
            </div>
            <Codes payload last_four size />
            <p class="code-plate__number" aria-label=wording.member_number>
                {move || CardNumber::from(payload.get()).grouped()}
            </p>
            {move || (!is_offline.get()).then(|| view! { <Refresh loader /> })}
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

#[component]
fn Title(name: CardName) -> impl IntoView {
    let CardName {
        merchant,
        last_four,
    } = name;
    if last_four.is_empty() {
        return None;
    }
    let merchant = merchant.map(|name| {
        view! {
            <bdi>{name}</bdi>
            " · "
        }
    });
    let ending = (use_wording().card.ending_in)(&last_four);
    Some(view! { <h2 class="code-plate__card name">{merchant} {ending}</h2> })
}

/// The bar code and the QR code, as large as there is room for.
#[component]
fn Codes(payload: Memo<String>, last_four: String, size: RwSignal<usize>) -> impl IntoView {
    let wording = CodeWording::in_use();
    let screen = resize::screen();
    let room = RwSignal::new(0.0);
    let place = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(place) = place.get() {
            resize::observe_width(&place, move |width| room.set(width));
        }
    });
    let width = Signal::derive(move || {
        room.get() * CodeSize::ALL[size.get() % CodeSize::ALL.len()].share()
    });
    let bars = Callback::new(move |modules: usize| {
        crisp_width(modules, width.get(), screen.get().pixel_ratio)
    });
    // A QR code is as high as it is wide, and a phone may lie on its side.
    let square = Callback::new(move |modules: usize| {
        let screen = screen.get();
        crisp_width(modules, width.get().min(screen.height), screen.pixel_ratio)
    });
    let codes = move || {
        let payload = payload.get();
        view! {
            <BarCode payload=payload.clone() label=(wording.bar_code)(&last_four) width=bars />
            <QrCode payload label=(wording.picture)(&last_four) width=square />
        }
    };
    view! {
        <div class="code-plate__codes" node_ref=place>
            {codes}
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
