//! The last step: what came back.

use leptos::prelude::*;

use super::{STEP_TITLE, flow::ClaimFlow};
use crate::{
    browser::page,
    components::{
        button::{Button, Emphasis},
        card_face::{AvatarAction, CardFace, CardFaceSize},
        notice::Notice,
    },
    context::Failure,
    domain::{
        card::{Card, CardOrigin},
        claim::recovered,
    },
    pages::switcher::Switcher,
};

/// Shows what came back. While another card is in use, the cards can be put in
/// use right here.
#[component]
pub(super) fn DoneStep(flow: ClaimFlow, cards: Vec<Card>, on_done: Callback<()>) -> impl IntoView {
    let app = flow.app;
    let wording = app.wording();
    let account = flow.account.get_value();
    let wallet = app.wallet(&account);
    let switcher = Switcher::new(app, account, wallet.as_ref(), Callback::new(|_| {}));
    Effect::new(|| page::focus(STEP_TITLE));

    let is_new = cards.iter().all(|card| card.origin == CardOrigin::Opened);
    let (title, text) = if is_new {
        (wording.claim.new_card_title.to_owned(), None)
    } else {
        let (balance, points) = recovered(&cards);
        (
            (wording.claim.done_title)(cards.len()),
            Some((wording.claim.recovered)(balance, points)),
        )
    };
    let merchants = wallet.map(|wallet| wallet.merchants).unwrap_or_default();
    let bound: Vec<_> = cards.iter().map(|card| card.id.clone()).collect();
    let offers_switch =
        Memo::new(move |_| switcher.shown().is_none_or(|shown| !bound.contains(&shown)));
    let faces: Vec<_> = cards
        .into_iter()
        .filter_map(|card| {
            let merchant = merchants
                .iter()
                .find(|merchant| merchant.id == card.merchant_id)?
                .clone();
            Some(move || {
                let is_in_use = switcher.shown().as_ref() == Some(&card.id);
                let avatar_action = (!is_in_use && card.status.is_usable()).then(|| {
                    let id = card.id.clone();
                    AvatarAction {
                        label: (wording.switching.switch_to)(
                            &merchant.name,
                            card.number.last_four(),
                        ),
                        on_press: Callback::new(move |()| switcher.tap(id.clone())),
                    }
                });
                view! {
                    <li>
                        <CardFace
                            card=card.clone()
                            merchant=merchant.clone()
                            wording=&wording.card
                            size=CardFaceSize::Compact
                            is_in_use
                            avatar_action
                        />
                    </li>
                }
            })
        })
        .collect();
    view! {
        <div class="claim claim--done">
            <span class="claim__sign" aria-hidden="true"></span>
            <h2 class="claim__title" id=STEP_TITLE tabindex="-1">
                {title}
            </h2>
            {text.map(|text| view! { <p class="claim__recovered">{text}</p> })}
            <div aria-live="polite">
                <Show when=move || offers_switch.get()>
                    <p class="claim__aside">{wording.claim.tap_to_use}</p>
                </Show>
            </div>
            <ul class="wallet__list">{faces}</ul>
            {move || match switcher.failure.get()? {
                Failure::Call(error) => {
                    let explanation = (wording.explain)(&error);
                    Some(
                        view! {
                            <Notice
                                title=explanation.title.to_owned()
                                text=explanation.next_step.to_owned()
                            />
                        },
                    )
                }
                _ => None,
            }}
            <Button label=wording.claim.to_wallet emphasis=Emphasis::Primary on_press=on_done />
        </div>
    }
}
