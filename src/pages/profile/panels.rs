//! What is kept about the fan: by the backend, and on this phone.

use kabao_core::domain::{profile::Consent, timestamp::Timestamp, wallet::PhoneProof};
use leptos::prelude::*;

use crate::{
    browser::{clock, storage},
    components::{button::Button, toast::Toast},
    i18n::ProfileWording,
};

/// The `id` of the heading above the phone.
pub(super) const PHONE: &str = "phone";

#[component]
pub(super) fn PhonePanel(phone: Option<String>, proof: PhoneProof) -> impl IntoView {
    let wording = ProfileWording::in_use();
    let phone = match (phone, proof) {
        (Some(phone), PhoneProof::Proven) => phone,
        (Some(phone), PhoneProof::Unproven) => format!("{phone} · {}", wording.phone_unproven),
        (None, _) => wording.no_phone.to_owned(),
    };
    view! {
        <section class="panel panel--rows">
            <div class="setting">
                <h2 class="setting__name" id=PHONE tabindex="-1">
                    {wording.phone}
                </h2>
                <p class="setting__value">{phone}</p>
            </div>
        </section>
    }
}

#[component]
pub(super) fn ConsentsPanel(consents: Vec<Consent>) -> impl IntoView {
    let wording = ProfileWording::in_use();
    let date = |at: Timestamp| at.wall_time(clock::utc_offset()).date();
    let text = |consent: Consent| {
        let mut text = (wording.consent_given)(&consent.version, &date(consent.given_at));
        if let Some(at) = consent.withdrawn_at {
            text.push_str(" · ");
            text.push_str(&(wording.consent_withdrawn)(&date(at)));
        }
        text
    };
    let mut texts: Vec<_> = consents.into_iter().map(text).collect();
    if texts.is_empty() {
        texts.push(wording.no_consents.to_owned());
    }
    let items: Vec<_> = texts
        .into_iter()
        .map(|text| view! { <li>{text}</li> })
        .collect();
    view! {
        <section class="panel">
            <h2 class="panel__title">{wording.consents}</h2>
            <ul class="panel__list">{items}</ul>
        </section>
    }
}

/// What the app has stored in the browser, and how to clear it.
#[component]
pub(super) fn StoredPanel(toast: RwSignal<Option<Toast>>) -> impl IntoView {
    let wording = ProfileWording::in_use();
    let clear = Callback::new(move |()| {
        storage::clear();
        toast.set(Some(wording.kept_cleared.into()));
    });
    view! {
        <section class="panel">
            <h2 class="panel__title">{wording.kept}</h2>
            <p class="panel__text">{wording.kept_text}</p>
            <Button label=wording.clear_kept on_click=clear />
        </section>
    }
}
