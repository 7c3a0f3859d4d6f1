//! The terms and the privacy text, over the page that asks for consent.

use kabao_core::domain::terms::{Party, TermsText};
use leptos::{prelude::*, task::spawn_local};

use super::problem::ProblemNotice;
use crate::{
    components::{bottom_sheet::BottomSheet, skeleton::Skeleton},
    i18n::{ClaimWording, TermsWording, use_i18n, use_wording},
    router::use_router,
    store::{backend::use_backend, failure::Failure, session::use_session},
};

/// Which of the two texts is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Document {
    /// 《会员服务协议》.
    Terms,
    /// 《隐私政策》.
    Privacy,
}

impl Document {
    pub(crate) fn title(self) -> &'static str {
        let wording = ClaimWording::in_use();
        match self {
            Self::Terms => wording.consent_terms,
            Self::Privacy => wording.consent_privacy,
        }
    }
}

/// One of the texts in the fan's language.
#[component]
pub(crate) fn TermsSheet(
    document: Document,
    version: String,
    on_close: Callback<()>,
) -> impl IntoView {
    let wording = use_wording();
    let client = use_backend().client();
    let session = use_session();
    let router = use_router();
    router.open_sheet(on_close);
    let loaded = RwSignal::new(None::<Result<TermsText, Failure>>);
    if let Some(account) = router.route_untracked().account().cloned() {
        spawn_local(async move {
            let terms = client.terms(&account, &version).await;
            // The sheet may have been closed meanwhile.
            loaded.try_set(Some(terms.map_err(|error| session.fail(error))));
        });
    }
    let body = move || match loaded.get() {
        None => view! { <Skeleton label=wording.app.loading /> }.into_any(),
        Some(Err(failure)) => view! { <ProblemNotice failure /> }.into_any(),
        Some(Ok(terms)) => view! { <Text terms document /> }.into_any(),
    };
    view! {
        <BottomSheet title=document.title() close_label=wording.app.close on_close>
            {body}
        </BottomSheet>
    }
}

#[component]
fn Text(terms: TermsText, document: Document) -> impl IntoView {
    let wording = TermsWording::in_use();
    let tag = use_i18n().language.tag();
    let index = terms.texts.iter().position(|text| text.language == tag);
    let text = terms.texts.into_iter().nth(index.unwrap_or_default())?;
    let party = |party: &Party| format!("{} · {}", party.name, party.contact);
    let handler = (wording.handler, party(&terms.handler));
    let (facts, body) = match document {
        Document::Terms => (vec![handler], text.terms),
        Document::Privacy => {
            let processor = terms.processor.as_ref();
            let mut facts = vec![handler];
            facts.extend(processor.map(|it| (wording.processor, party(it))));
            facts.extend([
                (wording.purpose, text.purpose),
                (wording.data_types, text.data_types),
                (wording.retention, text.retention),
                (wording.rights, text.rights),
            ]);
            (facts, text.privacy)
        }
    };
    let facts: Vec<_> = facts
        .into_iter()
        .map(|(term, fact)| {
            view! {
                <dt>{term}</dt>
                <dd>{fact}</dd>
            }
        })
        .collect();
    let paragraphs: Vec<_> = body
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| view! { <p>{line.to_owned()}</p> })
        .collect();
    Some(view! {
        <div class="terms" lang=text.language>
            <dl class="terms__facts">{facts}</dl>
            {paragraphs}
            <p class="terms__version">{(wording.version)(&terms.version)}</p>
        </div>
    })
}
