use leptos::prelude::*;

use crate::{
    components::button::{Button, Emphasis},
    i18n::{ProblemWording, ProfileWording},
    store::session::use_session,
};

/// The fan has signed out on purpose, so nothing signs them in by itself.
#[component]
pub(super) fn SignedOut() -> impl IntoView {
    let wording = ProfileWording::in_use();
    let session = use_session();
    view! {
        <section class="panel" role="status">
            <h2 class="panel__title">{wording.signed_out}</h2>
            <p>{wording.signed_out_text}</p>
            <Button
                label=ProblemWording::in_use().sign_in_again
                emphasis=Emphasis::Primary
                on_click=Callback::new(move |()| session.sign_in())
            />
        </section>
    }
}
