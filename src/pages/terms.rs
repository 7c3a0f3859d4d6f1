//! The terms and the privacy text, over the page that asks for consent.

use super::failure::failure_alone;
use crate::{
    browser::dom::{Element, View, element, nothing},
    components::{sheet::sheet, skeleton::skeleton},
    context::{AppContext, Failure},
    signal::Signal,
};
use kabao_core::domain::{
    id::AccountId,
    terms::{Party, TermsText},
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
    /// What it is called.
    pub(crate) fn title(self, app: AppContext) -> &'static str {
        let wording = app.claim_wording();
        match self {
            Self::Terms => wording.consent_terms,
            Self::Privacy => wording.consent_privacy,
        }
    }
}

/// The text that `open` names, in the fan's language and in this version.
pub(crate) fn terms_sheet(
    app: AppContext,
    account: AccountId,
    version: &str,
    open: Signal<Option<Document>>,
) -> View {
    let Some(document) = open.get() else {
        return nothing();
    };
    let wording = app.wording();
    let loaded = Signal::new(None::<Result<TermsText, Failure>>);
    let call = app.client().terms(&account, version);
    call.then(move |result| {
        loaded.set(Some(result.map_err(|error| app.fail(&account, error))));
    });
    let body = element("div").live(move || match loaded.get() {
        None => skeleton(wording.app.loading).into(),
        Some(Err(failure)) => failure_alone(app, &failure),
        Some(Ok(terms)) => text_view(app, &terms, document).into(),
    });
    let title = document.title(app);
    sheet(title, wording.app.close, move || open.set(None), body).into()
}

fn text_view(app: AppContext, terms: &TermsText, document: Document) -> Option<Element> {
    let wording = app.terms_wording();
    let tag = app.language().tag();
    let text = terms
        .texts
        .iter()
        .find(|text| text.language == tag)
        .or_else(|| terms.texts.first())?;
    let party = |party: &Party| format!("{} · {}", party.name, party.contact);
    let handler = (wording.handler, party(&terms.handler));
    let (facts, body) = match document {
        Document::Terms => (vec![handler], &text.terms),
        Document::Privacy => (
            vec![
                handler,
                (
                    wording.processor,
                    terms.processor.as_ref().map(party).unwrap_or_default(),
                ),
                (wording.purpose, text.purpose.clone()),
                (wording.data_types, text.data_types.clone()),
                (wording.retention, text.retention.clone()),
                (wording.rights, text.rights.clone()),
            ],
            &text.privacy,
        ),
    };
    let facts = facts
        .into_iter()
        .flat_map(|(term, fact)| [element("dt").text(term), element("dd").text(&fact)]);
    let paragraphs = body
        .lines()
        .filter(|line| !line.is_empty())
        .map(|line| element("p").text(line));
    let view = element("div")
        .class("terms")
        .attribute("lang", &text.language)
        .child(element("dl").class("terms__facts").children(facts))
        .children(paragraphs)
        .child(
            element("p")
                .class("terms__version")
                .text(&(wording.version)(&terms.version)),
        );
    Some(view)
}
