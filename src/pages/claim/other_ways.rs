//! The ways on for whoever does not know the cards that were found, or of whom none
//! was found. A new card is asked for here, once, before it is opened.

use kabao_core::{domain::claim::NewCard, machine::claim::event::Event};
use leptos::prelude::*;

use crate::{
    components::button::{Button, Emphasis},
    i18n::ClaimWording,
    pages::sheet::Sheet,
    store::claim::use_claim,
};

/// What the fan is asked at the moment, over the step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Asking {
    #[default]
    Nothing,
    WaysOn,
}

/// Offers another number to whoever does not know the cards, and a new card where
/// one may be opened.
#[component]
pub(super) fn OtherWaysSheet(
    title: &'static str,
    new_card: NewCard,
    /// Whether it is open.
    asking: RwSignal<Asking>,
) -> impl IntoView {
    let wording = ClaimWording::in_use();
    let claim = use_claim();
    let close = Callback::new(move |()| asking.set(Asking::Nothing));
    let other_phone = Callback::new(move |()| claim.dispatch(Event::OtherPhone));
    move || {
        (asking.get() == Asking::WaysOn).then(|| {
            let may_open_new = new_card == NewCard::Allowed;
            view! {
                <Sheet title on_close=close>
                    <p>{wording.other_phone_text}</p>
                    <Button
                        label=wording.try_other_phone
                        emphasis=Emphasis::Primary
                        on_click=other_phone
                    />
                    {may_open_new
                        .then(|| view! { <NewCardOffer emphasis=Emphasis::Secondary asking /> })}
                </Sheet>
            }
        })
    }
}

/// Asks whoever wants a new card whether it is meant.
#[component]
pub(super) fn NewCardSheet(
    /// Whether it is open.
    asking: RwSignal<Asking>,
) -> impl IntoView {
    let close = Callback::new(move |()| asking.set(Asking::Nothing));
    move || {
        (asking.get() == Asking::WaysOn).then(|| {
            view! {
                <Sheet title=ClaimWording::in_use().new_card_sheet on_close=close>
                    <NewCardOffer emphasis=Emphasis::Primary asking />
                </Sheet>
            }
        })
    }
}

/// What a new card does not have, and the way to one.
#[component]
fn NewCardOffer(emphasis: Emphasis, asking: RwSignal<Asking>) -> impl IntoView {
    let wording = ClaimWording::in_use();
    let claim = use_claim();
    let open_new = Callback::new(move |()| {
        // The step shows that it is under way, and what comes of it.
        asking.set(Asking::Nothing);
        claim.dispatch(Event::OpenNewCard);
    });
    view! {
        <p>{wording.new_card_text}</p>
        <Button label=wording.open_new emphasis on_click=open_new />
    }
}
