//! The last step: what came back.

use kabao_core::{
    domain::{
        card::{Card, CardOrigin},
        claim::recovered,
    },
    machine::{claim::state::Step, sign_in::Browser},
};
use leptos::prelude::*;

use super::step_title::StepTitle;
use crate::{
    browser::wechat,
    components::{
        button::{Button, Emphasis},
        card_face::{AvatarAction, CardFace, CardFaceSize},
    },
    i18n::{ClaimWording, use_wording},
    pages::wallet::notices::SwitchProblem,
    store::{claim::use_claim, wallet::use_wallet},
};

/// Shows what came back. While another card is in use, the cards can be put in
/// use right here.
#[component]
pub(super) fn DoneStep(to_wallet: Callback<()>) -> impl IntoView {
    let wording = ClaimWording::in_use();
    let claim = use_claim();
    let cards = Memo::new(move |_| {
        claim.with(|state| match state.step() {
            Step::Done(cards) => cards.clone(),
            _ => Vec::new(),
        })
    });
    let close = (wechat::browser() == Browser::WeChat).then(|| {
        let close = Callback::new(|()| wechat::close_window());
        view! { <Button label=wording.close emphasis=Emphasis::Quiet on_click=close /> }
    });
    view! {
        <div class="claim claim--done">
            <span class="claim__sign" aria-hidden="true"></span>
            {move || view! { <Summary cards=cards.get() /> }}
            <TapHint cards />
            {move || {
                let faces: Vec<_> = cards
                    .get()
                    .into_iter()
                    .map(|card| view! { <li><BoundCard card /></li> })
                    .collect();
                view! { <ul class="wallet__list">{faces}</ul> }
            }}
            <SwitchProblem />
            <Button label=wording.to_wallet emphasis=Emphasis::Primary on_click=to_wallet />
            {close}
        </div>
    }
}

#[component]
fn Summary(cards: Vec<Card>) -> impl IntoView {
    let wording = ClaimWording::in_use();
    if cards.iter().all(|card| card.origin == CardOrigin::Opened) {
        return view! { <StepTitle title=wording.new_card_title /> }.into_any();
    }
    let (balance, points) = recovered(&cards);
    view! {
        <StepTitle title=(wording.done_title)(cards.len()) />
        <p class="claim__recovered">{(wording.recovered)(balance, points)}</p>
    }
    .into_any()
}

/// Says how to use a card that came back, while another one is in use.
#[component]
fn TapHint(cards: Memo<Vec<Card>>) -> impl IntoView {
    let wording = ClaimWording::in_use();
    let wallet = use_wallet();
    let is_needed = Memo::new(move |_| {
        wallet
            .with(|shown| {
                let current = shown.current?;
                Some(cards.with(|cards| cards.iter().all(|card| card.id != *current)))
            })
            .unwrap_or_default()
    });
    let hint = move || {
        is_needed
            .get()
            .then(|| view! { <p class="claim__aside">{wording.tap_to_use}</p> })
    };
    view! { <div aria-live="polite">{hint}</div> }
}

#[component]
fn BoundCard(card: Card) -> impl IntoView {
    let wording = &use_wording().switching;
    let wallet = use_wallet();
    let id = card.id.clone();
    let is_in_use = Memo::new(move |_| {
        wallet
            .with(|shown| Some(shown.current == Some(&id)))
            .unwrap_or_default()
    });
    let merchant = {
        let id = card.merchant_id.clone();
        Memo::new(move |_| wallet.with(|shown| shown.wallet.merchant(&id).cloned()))
    };
    move || {
        let merchant = merchant.get()?;
        let is_in_use = is_in_use.get();
        let avatar_action = (!is_in_use && card.status.is_usable()).then(|| {
            let id = card.id.clone();
            AvatarAction {
                label: (wording.switch_to)(&merchant.name, card.number.last_four()),
                on_click: Callback::new(move |()| wallet.switch_to(id.clone())),
            }
        });
        Some(view! {
            <CardFace
                card=card.clone()
                merchant
                size=CardFaceSize::Compact
                is_in_use
                avatar_action
            />
        })
    }
}
