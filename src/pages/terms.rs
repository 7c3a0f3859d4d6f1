//! The terms and the privacy text, over the page that asks for consent.

use leptos::{prelude::*, task::spawn_local};

use super::failure::FailureView;
use crate::{
    api::wire::{LocalizedTerms, Party, TermsText},
    components::{sheet::Sheet, skeleton::Skeleton},
    context::{Failure, use_app},
    domain::card::AccountId,
};

/// Which of the two texts is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Document {
    /// 《会员服务协议》.
    Terms,
    /// 《隐私政策》.
    Privacy,
}

/// One of the two texts, in the fan's language.
#[component]
pub(crate) fn TermsSheet(
    /// The account that the fan is in.
    account: AccountId,
    /// The version of the terms.
    version: String,
    /// Which text.
    document: Document,
    /// Closes it.
    on_close: Callback<()>,
) -> impl IntoView {
    let app = use_app();
    let wording = app.wording();
    let loaded = RwSignal::new(None::<Result<TermsText, Failure>>);
    spawn_local(async move {
        let result = app.client().terms(&account, &version).await;
        let _ = loaded.try_set(Some(result.map_err(|error| app.fail(&account, error))));
    });
    let title = match document {
        Document::Terms => wording.claim.consent_terms,
        Document::Privacy => wording.claim.consent_privacy,
    };
    view! {
        <Sheet title=title.to_owned() close_label=wording.app.close on_close>
            {move || match loaded.get() {
                None => view! { <Skeleton label=wording.app.loading /> }.into_any(),
                Some(Err(failure)) => view! { <FailureView failure /> }.into_any(),
                Some(Ok(terms)) => text_view(terms, document),
            }}
        </Sheet>
    }
}

fn text_view(terms: TermsText, document: Document) -> AnyView {
    let app = use_app();
    let wording = &app.wording().terms;
    let TermsText {
        version,
        handler,
        processor,
        texts,
    } = terms;
    let tag = app.language().tag();
    let mut texts = texts;
    let position = texts
        .iter()
        .position(|text| text.language == tag)
        .unwrap_or_default();
    if texts.is_empty() {
        return ().into_any();
    }
    let LocalizedTerms {
        language,
        purpose,
        data_types,
        retention,
        rights,
        terms,
        privacy,
    } = texts.swap_remove(position);
    let party = |party: Party| format!("{} · {}", party.name, party.contact);
    let facts = match document {
        Document::Terms => vec![(wording.handler, party(handler))],
        Document::Privacy => vec![
            (wording.handler, party(handler)),
            (wording.processor, party(processor)),
            (wording.purpose, purpose),
            (wording.data_types, data_types),
            (wording.retention, retention),
            (wording.rights, rights),
        ],
    };
    let body = match document {
        Document::Terms => terms,
        Document::Privacy => privacy,
    };
    let facts: Vec<_> = facts
        .into_iter()
        .map(|(term, fact)| view! { <dt>{term}</dt><dd>{fact}</dd> })
        .collect();
    let paragraphs: Vec<_> = body
        .split("\n\n")
        .map(|text| view! { <p>{text.to_owned()}</p> })
        .collect();
    view! {
        <div class="terms" lang=language>
            <dl class="terms__facts">{facts}</dl>
            {paragraphs}
            <p class="terms__version">{(wording.version)(&version)}</p>
        </div>
    }
    .into_any()
}
