use leptos::prelude::*;

use crate::{
    components::row_button::RowButton,
    pages::terms::{Document, TermsSheet},
};

/// The terms and the privacy text in the version that is in force.
#[component]
pub(super) fn DocumentsPanel(version: String) -> impl IntoView {
    let document = RwSignal::new(None::<Document>);
    let open = move |it: Document| {
        let show = Callback::new(move |()| document.set(Some(it)));
        view! { <RowButton label=it.title() on_click=show /> }
    };
    view! {
        <section class="panel panel--rows">{open(Document::Terms)} {open(Document::Privacy)}</section>
        <TermsSheet document version=Some(version) />
    }
}
