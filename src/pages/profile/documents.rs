use leptos::prelude::*;

use crate::{
    components::button::{Button, Emphasis},
    pages::terms::{Document, TermsSheet},
};

/// The terms and the privacy text in the version that is in force.
#[component]
pub(super) fn DocumentsPanel(version: String) -> impl IntoView {
    let chosen = RwSignal::new(None::<Document>);
    let open = move |document: Document| {
        let show = Callback::new(move |()| chosen.set(Some(document)));
        view! { <Button label=document.title() emphasis=Emphasis::Quiet on_click=show /> }
    };
    let close = Callback::new(move |()| chosen.set(None));
    // A sheet that is asked for twice is opened once.
    let shown = Memo::new(move |_| chosen.get());
    let sheet = move || {
        let (document, version) = (shown.get()?, version.clone());
        Some(view! { <TermsSheet document version on_close=close /> })
    };
    view! {
        <section class="panel">{open(Document::Terms)} {open(Document::Privacy)}</section>
        {sheet}
    }
}
