use kabao_core::domain::card_list::{Arrangement, SortBy};
use leptos::prelude::*;

use crate::{
    browser::field, components::segmented_control::SegmentedControl, i18n::use_wording,
    store::wallet::use_wallet,
};

/// A way to find one card among many.
#[component]
pub(crate) fn Search() -> impl IntoView {
    let wording = &use_wording().wallet;
    let controls = use_wallet().controls;
    Effect::watch(
        move || (controls.query.get(), controls.sort.get()),
        move |(query, sort), _, _| {
            let sort = SortBy::ALL[sort % SortBy::ALL.len()];
            controls.arrangement.set(Arrangement::new(query, sort));
        },
        false,
    );
    let orders = SortBy::ALL.map(wording.sort_by).to_vec();
    view! {
        <input
            class="field__input field__input--search"
            type="search"
            enterkeyhint="search"
            autocomplete="off"
            aria-label=wording.search
            placeholder=wording.search_placeholder
            prop:value=controls.query
            on:input=move |event| {
                // What an input method is composing is not yet what is meant.
                if !field::is_composing(&event) {
                    controls.query.set(event_target_value(&event));
                }
            }
            // Chromium raises no `input` once the composition has ended.
            on:compositionend=move |event| controls.query.set(event_target_value(&event))
        />
        <SegmentedControl label=wording.sort options=orders chosen=controls.sort />
    }
}
