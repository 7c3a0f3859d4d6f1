//! The terms and the privacy text, over the page that asks for consent.

use kabao_core::domain::terms::{Party, TermsText};
use leptos::prelude::*;

use super::{load::Load, problem::ProblemNotice, sheet::Sheet};
use crate::{
    components::skeleton::Skeleton,
    i18n::{ClaimWording, TermsWording, use_i18n, use_wording},
    router::use_router,
    store::backend::use_backend,
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

/// The text that is open, if any, over the page.
#[component]
pub(crate) fn TermsSheet(
    document: RwSignal<Option<Document>>,
    /// Of the terms, as far as it is known.
    #[prop(into)]
    version: Signal<Option<String>>,
) -> impl IntoView {
    // A sheet that is asked for twice is opened once.
    let shown = Memo::new(move |_| document.get());
    let close = Callback::new(move |()| document.set(None));
    move || {
        let (document, version) = (shown.get()?, version.get_untracked()?);
        Some(view! {
            <Sheet title=document.title() on_close=close>
                <LoadedText document version />
            </Sheet>
        })
    }
}

/// One of the texts in the fan's language.
#[component]
fn LoadedText(document: Document, version: String) -> impl IntoView {
    let backend = use_backend();
    let account = use_router().route_untracked().account().cloned()?;
    let terms = Load::start(None, move || backend.client().terms(&account, &version));
    Some(move || match (terms.data().get(), terms.failure()) {
        (Some(terms), _) => view! { <Text terms document /> }.into_any(),
        (None, Some(failure)) => {
            view! { <ProblemNotice failure retry=Some(terms.retry()) /> }.into_any()
        }
        (None, None) => view! { <Skeleton label=use_wording().app.loading /> }.into_any(),
    })
}

#[component]
fn Text(terms: TermsText, document: Document) -> impl IntoView {
    let wording = TermsWording::in_use();
    let tag = use_i18n().language.tag();
    let index = terms.texts.iter().position(|text| text.language == tag);
    let text = terms.texts.into_iter().nth(index.unwrap_or_default())?;
    // Isolated, so that a name from right to left doesn't turn the number around.
    let party = |party: &Party| format!("\u{2068}{}\u{2069} · {}", party.name, party.contact);
    let handler = (wording.handler, party(&terms.handler));
    let (facts, body) = match document {
        Document::Terms => (vec![handler], text.terms),
        Document::Privacy => {
            let facts = vec![
                handler,
                (wording.processor, party(&terms.processor)),
                (wording.purpose, text.purpose),
                (wording.data_types, text.data_types),
                (wording.retention, text.retention),
                (wording.rights, text.rights),
            ];
            (facts, text.privacy)
        }
    };
    let facts: Vec<_> = facts
        .into_iter()
        .map(|(term, fact)| {
            view! {
                <dt>{term}</dt>
                <dd dir="auto">{fact}</dd>
            }
        })
        .collect();
    let paragraphs: Vec<_> = body
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| view! { <p dir="auto">{line.to_owned()}</p> })
        .collect();
    // Longer than the screen, it is scrolled by the keyboard too.
    Some(view! {
        <div class="terms" tabindex="0" lang=text.language>
            <dl class="terms__facts">{facts}</dl>
            {paragraphs}
            <p class="terms__version">{(wording.version)(&terms.version)}</p>
        </div>
    })
}
