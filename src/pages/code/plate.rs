//! The codes on their white plate.

use kabao_core::domain::{
    card::{Card, CardNumber},
    merchant::Merchant,
    scan_code::crisp_width,
};
use leptos::{html, prelude::*};

use super::{
    full_screen::FullScreenBarCode,
    loader::{CodeLoader, Shown},
};
use crate::{
    browser::{
        clock,
        resize::{self, Screen},
    },
    components::{avatar::Avatar, bar_code::BarCode, button::Button, qr_code::QrCode},
    i18n::{CodeWording, use_wording},
    store::wallet::use_wallet,
};

/// What a QR code leaves of the height of the screen to what is above and below
/// it, in CSS pixels.
const AROUND: f64 = 340.0;
/// A QR code may always be as large as this where it fits the screen, in CSS
/// pixels.
const LARGE_ENOUGH: f64 = 280.0;

/// The card that the code is for, as far as the wallet knows it.
pub(super) type KnownCard = (Card, Option<Merchant>);

/// Both codes, their digits, and when they change.
#[component]
pub(super) fn Plate(
    #[prop(into)] shown: Signal<Shown>,
    #[prop(into)] card: Signal<Option<KnownCard>>,
    loader: CodeLoader,
    /// Whether the bar code has the whole screen. It outlives the plate, which goes
    /// while a code that has ended waits for the next one.
    is_full_screen: RwSignal<bool>,
) -> impl IntoView {
    let wording = CodeWording::in_use();
    let is_offline = Memo::new(move |_| shown.with(|it| matches!(it, Shown::Offline(_))));
    let payload = Memo::new(move |_| match shown.get() {
        Shown::Code(payload) | Shown::Offline(payload) => payload,
        Shown::Loading | Shown::Failed(_) => String::new(),
    });
    let last_four = Memo::new(move |_| {
        card.with(|known| {
            let known = known.as_ref().map(|(card, _)| card.number.last_four());
            known.unwrap_or_default().to_owned()
        })
    });
    let enlarge = Callback::new(move |()| is_full_screen.set(true));
    let close = Callback::new(move |()| {
        is_full_screen.try_set(false);
    });
    let full_screen = move || {
        is_full_screen.get().then(|| {
            let last_four = last_four.get_untracked();
            view! { <FullScreenBarCode payload last_four on_close=close /> }
        })
    };
    let used = move || {
        let last_use = loader.last_use()?;
        let text = (wording.used)(&last_use);
        Some(view! { <p class="code-plate__used">{text}</p> })
    };
    let warning = move || {
        is_offline
            .get()
            .then(|| view! { <p class="code-plate__warning">{wording.offline}</p> })
    };
    view! {
        <section class="code-plate">
            {move || card.get().map(|(card, merchant)| view! { <Head card merchant is_offline /> })}
            <div role="status">{warning} {used}</div>
            <Codes payload last_four on_click=enlarge />
            <p class="code-plate__foot">
                <span>{wording.instruction}</span>
                {move || (!is_offline.get()).then(|| view! { <Refresh loader /> })}
            </p>
        </section>
        <Button label=wording.full_screen on_click=enlarge />
        <p class="code-hint">{wording.brightness}</p>
        {full_screen}
    }
}

/// Whose card it is, and what is on it.
#[component]
fn Head(card: Card, merchant: Option<Merchant>, is_offline: Memo<bool>) -> impl IntoView {
    let wording = &use_wording().card;
    let wallet = use_wallet();
    // Without a network it may be any day's.
    let age = move || {
        let as_of = wallet.as_of().filter(|_| is_offline.get())?;
        let time = as_of.as_of(wallet.now(), clock::utc_offset());
        Some(format!(" · {}", (wording.as_of)(&time)))
    };
    let ending = (wording.ending_in)(card.number.last_four());
    let picture = merchant
        .clone()
        .map(|it| view! { <Avatar name=it.name color=it.brand_color url=it.avatar_url /> });
    let name = merchant
        .map(|it| view! { <h2 class="code-plate__merchant name" dir="auto">{it.name}</h2> });
    view! {
        <div class="code-plate__head">
            {picture}
            <div class="code-plate__card">
                {name}
                <p class="code-plate__ending">{ending}</p>
            </div>
            <dl class="code-plate__balance">
                <dt>{wording.balance} {age}</dt>
                <dd>{card.balance.to_string()}</dd>
            </dl>
        </div>
    }
}

/// The bar code and the QR code, as large as there is room for. A tap on them
/// gives the bar code the whole screen, as the button below them does.
#[component]
fn Codes(payload: Memo<String>, last_four: Memo<String>, on_click: Callback<()>) -> impl IntoView {
    let wording = CodeWording::in_use();
    let screen = resize::screen();
    let room = RwSignal::new(0.0);
    let place = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(place) = place.get() {
            resize::observe_width(&place, move |width| room.set(width));
        }
    });
    let bars = Callback::new(move |modules: usize| {
        crisp_width(modules, room.get(), screen.get().pixel_ratio)
    });
    let square = Callback::new(move |modules: usize| {
        let screen = screen.get();
        crisp_width(modules, square_room(room.get(), screen), screen.pixel_ratio)
    });
    let codes = move || {
        let payload = payload.get();
        let digits = CardNumber::from(payload.clone()).grouped();
        let last_four = last_four.get();
        view! {
            <BarCode payload=payload.clone() label=(wording.bar_code)(&last_four) length=bars />
            <p class="code-plate__number" aria-label=wording.member_number>
                {digits}
            </p>
            <QrCode payload label=(wording.picture)(&last_four) width=square />
        }
    };
    view! {
        <div class="code-plate__codes" node_ref=place on:click=move |_| on_click.run(())>
            {codes}
        </div>
    }
}

/// How wide a QR code may be. It is as high as it is wide, both codes should be on
/// the screen at once, and a phone may lie on its side.
fn square_room(width: f64, screen: Screen) -> f64 {
    let beside_the_rest = (screen.height - AROUND).max(LARGE_ENOUGH);
    width.min(beside_the_rest).min(screen.height)
}

/// When the code changes: in words, and as a ring that empties.
#[component]
fn Refresh(loader: CodeLoader) -> impl IntoView {
    let wording = CodeWording::in_use();
    move || {
        let (seconds, left) = loader.time_left()?;
        Some(view! {
            <span class="code-plate__refresh">
                <span
                    class="code-plate__ring"
                    aria-hidden="true"
                    style:--left=format!("{left}turn")
                ></span>
                {(wording.refreshes_in)(seconds)}
            </span>
        })
    }
}
