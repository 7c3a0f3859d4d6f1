//! The cards that were found.

use kabao_core::{
    domain::{
        claim::{Candidate, Findings},
        id::CardId,
    },
    machine::claim::event::Event,
};
use leptos::prelude::*;

use crate::{components::candidate_row::CandidateRow, i18n::use_wording, store::claim::use_claim};

/// The cards that were found, each with what it is recognised by. The account that
/// all of them come from is named once.
#[component]
pub(super) fn Candidates(findings: Findings, chosen: Signal<Vec<CardId>>) -> impl IntoView {
    let claim = use_claim();
    let source = common_source(&findings.candidates);
    let Findings {
        mut candidates,
        merchants,
        ..
    } = findings;
    if source.is_some() {
        for candidate in &mut candidates {
            candidate.card.previous_account_name = None;
        }
    }
    let row = move |candidate: Candidate| {
        let merchant = merchants
            .iter()
            .find(|merchant| merchant.id == candidate.card.merchant_id)
            .cloned();
        let id = candidate.card.id.clone();
        let toggled = id.clone();
        let is_chosen = Signal::derive(move || chosen.with(|chosen| chosen.contains(&id)));
        let toggle = Callback::new(move |_| claim.dispatch(Event::CardToggled(toggled.clone())));
        view! {
            <li>
                <CandidateRow candidate merchant is_chosen on_toggle=toggle />
            </li>
        }
    };
    let rows: Vec<_> = candidates.into_iter().map(row).collect();
    let source = source.map(|name| {
        let text = (use_wording().card.from_account)(&name);
        view! { <p class="claim__source name">{text}</p> }
    });
    view! {
        {source}
        <ul class="claim__candidates">{rows}</ul>
    }
}

/// The account that several cards come from, if it is the same for all of them.
fn common_source(candidates: &[Candidate]) -> Option<String> {
    let (first, others) = candidates.split_first()?;
    let name = &first.card.previous_account_name;
    let is_common = !others.is_empty()
        && others
            .iter()
            .all(|candidate| candidate.card.previous_account_name == *name);
    name.clone().filter(|_| is_common)
}
