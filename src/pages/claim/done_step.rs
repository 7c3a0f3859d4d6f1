//! The last step: what came back.

use kabao_core::{
    domain::{
        card::{Card, CardOrigin},
        claim::recovered,
        id::CardId,
        money::Money,
    },
    machine::{claim::state::Step, sign_in::Browser},
};
use leptos::prelude::*;

use super::{bound_card::BoundCards, main_action::MainAction, step_title::StepTitle};
use crate::{
    browser::{motion, wechat},
    components::{
        button::{Button, Emphasis},
        count_up::CountUp,
    },
    i18n::{ClaimWording, use_wording},
    pages::wallet::notices::SwitchProblem,
    store::{claim::use_claim, wallet::use_wallet},
};

/// The `id` of the sentence that tells what came back.
const RECOVERED: &str = "claim-recovered";

/// Whether what came back is still to be shown for the first time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Finale {
    Ahead,
    Over,
}

/// Shows what came back. While another card is in use, the cards can be put in
/// use right here.
#[component]
pub(super) fn DoneStep(
    finale: Finale,
    to_wallet: Callback<()>,
    to_code: Callback<CardId>,
) -> impl IntoView {
    let claim = use_claim();
    let cards = Memo::new(move |_| {
        claim.with(|state| match state.step() {
            Step::Done(cards) => cards.clone(),
            _ => Vec::new(),
        })
    });
    move || {
        let cards = cards.get();
        let (balance, points) = recovered(&cards);
        let counted = match finale {
            Finale::Ahead if !is_new(&cards) => motion::count_up(balance),
            _ => Signal::stored(balance),
        };
        view! {
            <div class="claim" class:claim--arrives=finale == Finale::Ahead>
                <Summary cards=cards.clone() balance points counted />
                <TapHint cards=cards.clone() />
                <BoundCards cards=cards.clone() counted />
                <SwitchProblem />
                <Onward cards to_wallet to_code />
                <Close />
            </div>
        }
    }
}

/// Whether nothing came back, because the cards are new.
fn is_new(cards: &[Card]) -> bool {
    cards.iter().all(|card| card.origin == CardOrigin::Opened)
}

/// What came back, in a sentence: counted up for the eye, and told at once and in
/// one piece, with the title, to a screen reader.
#[component]
fn Summary(cards: Vec<Card>, balance: Money, points: i64, counted: Signal<Money>) -> impl IntoView {
    let wording = ClaimWording::in_use();
    let sign = view! { <span class="claim__sign" aria-hidden="true"></span> };
    if is_new(&cards) {
        return view! {
            <div class="claim__summary">{sign} <StepTitle title=wording.new_card_title /></div>
        }
        .into_any();
    }
    let (before, after) = (wording.recovered)(points);
    view! {
        <div class="claim__summary">
            {sign} <StepTitle title=(wording.done_title)(cards.len()) described_by=RECOVERED />
            <p class="claim__recovered">
                <span class="unseen" id=RECOVERED>
                    {format!("{before}{balance}{after}")}
                </span>
                <span aria-hidden="true">
                    {before} <CountUp total=balance shown=counted /> {after.clone()}
                </span>
            </p>
        </div>
    }
    .into_any()
}

/// Says how to use a card that came back, while another one is in use.
#[component]
fn TapHint(cards: Vec<Card>) -> impl IntoView {
    let wording = ClaimWording::in_use();
    let wallet = use_wallet();
    let is_needed = Memo::new(move |_| {
        wallet
            .with(|shown| {
                let current = shown.current?;
                Some(cards.iter().all(|card| card.id != *current))
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

/// Out of the page, back to the account, where WeChat can do that.
#[component]
fn Close() -> impl IntoView {
    (wechat::browser() == Browser::WeChat).then(|| {
        let close = Callback::new(|()| wechat::close_window());
        let label = ClaimWording::in_use().close;
        view! { <Button label emphasis=Emphasis::Quiet on_click=close /> }
    })
}

/// What follows: the member code of a card that can be used, and the wallet.
#[component]
fn Onward(cards: Vec<Card>, to_wallet: Callback<()>, to_code: Callback<CardId>) -> impl IntoView {
    let wallet = move |emphasis| {
        let label = ClaimWording::in_use().to_wallet;
        view! { <Button label emphasis on_click=to_wallet /> }
    };
    let usable = cards.into_iter().find(|card| card.status.is_usable());
    match usable {
        Some(card) => {
            let label = use_wording().wallet.show_code;
            let show = Callback::new(move |()| to_code.run(card.id.clone()));
            view! {
                <MainAction>
                    <Button label emphasis=Emphasis::Primary on_click=show />
                </MainAction>
                {wallet(Emphasis::Secondary)}
            }
            .into_any()
        }
        None => view! { <MainAction>{wallet(Emphasis::Primary)}</MainAction> }.into_any(),
    }
}
