//! What the fan most likely needs.

use kabao_core::domain::wallet::Lead;
use leptos::prelude::*;

use crate::{
    components::button::{Button, Emphasis},
    i18n::use_wording,
    pages::card_links::to_claim,
    router::use_router,
    store::wallet::use_wallet,
};

/// Finding an old card, using one that was found, or going on with a claim that
/// was begun.
#[component]
pub(super) fn LeadPanel() -> impl IntoView {
    let wording = &use_wording().wallet;
    let wallet = use_wallet();
    let to_claim = to_claim(use_router());
    let panel =
        move |title: &'static str, text: String, action: Option<(&'static str, Emphasis)>| {
            let button = action.map(|(label, emphasis)| {
                view! { <Button label emphasis on_click=to_claim /> }
            });
            view! {
                <div class="lead">
                    <h2 class="lead__title">{title}</h2>
                    <p class="lead__text">{text}</p>
                    {button}
                </div>
            }
        };
    move || {
        let lead = wallet.lead()?;
        let has_open_claim = wallet.with(|shown| Some(shown.wallet.open_claim_id.is_some()))?;
        if has_open_claim && lead != Lead::Nothing {
            let action = (wording.continue_action, Emphasis::Primary);
            return Some(panel(
                wording.continue_title,
                wording.continue_text.to_owned(),
                Some(action),
            ));
        }
        match lead {
            Lead::Claim => Some(panel(
                wording.claim_title,
                wording.claim_text.to_owned(),
                Some((wording.claim_action, Emphasis::Primary)),
            )),
            Lead::ProvePhone => Some(panel(
                wording.prove_title,
                wording.prove_text.to_owned(),
                Some((wording.prove_action, Emphasis::Secondary)),
            )),
            Lead::Switch(card) => {
                let text = wallet.with(|shown| {
                    let card = shown.wallet.card(&card)?;
                    let merchant = shown.wallet.merchant(&card.merchant_id)?;
                    Some((wording.switch_text)(
                        &merchant.name,
                        card.number.last_four(),
                    ))
                })?;
                Some(panel(wording.switch_title, text, None))
            }
            Lead::Nothing => None,
        }
    }
}
