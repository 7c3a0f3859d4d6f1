//! The last step: what came back.

use super::{aside, flow::ClaimFlow, step_title};
use crate::{
    browser::{
        dom::{Element, element},
        wechat,
    },
    components::{
        button::{Emphasis, button},
        card_face::{AvatarAction, CardFace, CardFaceSize},
        notice::notice,
    },
    context::Failure,
    pages::switcher::Switcher,
    signal::derived,
};
use kabao_core::domain::{
    card::{Card, CardOrigin},
    claim::recovered,
    merchant::Merchant,
    sign_in::Browser,
};

/// Shows what came back. While another card is in use, the cards can be put in
/// use right here.
pub(super) fn view(flow: ClaimFlow, cards: Vec<Card>, on_done: impl Fn() + 'static) -> Element {
    let app = flow.app;
    let wording = app.wording();
    let words = app.claim_wording();
    let account = flow.account.get_untracked();
    let wallet = app.wallet(&account);
    let switcher = Switcher::new(app, account, wallet.as_deref());

    let is_new = cards.iter().all(|card| card.origin == CardOrigin::Opened);
    let (title, recovered) = if is_new {
        (words.new_card_title.to_owned(), None)
    } else {
        let (balance, points) = recovered(&cards);
        (
            (words.done_title)(cards.len()),
            Some((words.recovered)(balance, points)),
        )
    };
    let recovered = recovered.map(|text| element("p").class("claim__recovered").text(&text));
    let bound: Vec<_> = cards.iter().map(|card| card.id.clone()).collect();
    let offers_switch =
        derived(move || switcher.shown().is_none_or(|shown| !bound.contains(&shown)));
    let merchants = wallet
        .map(|wallet| wallet.merchants.clone())
        .unwrap_or_default();
    let faces = cards.into_iter().filter_map(|card| {
        let merchant = merchants
            .iter()
            .find(|merchant| merchant.id == card.merchant_id)?
            .clone();
        let face = move || face_view(flow, switcher, &card, &merchant);
        Some(element("li").live(face))
    });
    let failure = move || match switcher.failure.get()? {
        Failure::Call(error) => {
            let explanation = (wording.explain)(&error);
            Some(notice(explanation.title, explanation.next_step))
        }
        _ => None,
    };
    let close = (wechat::browser() == Browser::WeChat)
        .then(|| button(words.close, Emphasis::Quiet, wechat::close_window));
    element("div")
        .class("claim claim--done")
        .child(
            element("span")
                .class("claim__sign")
                .attribute("aria-hidden", "true"),
        )
        .child(step_title(&title))
        .children(recovered)
        .child(
            element("div")
                .attribute("aria-live", "polite")
                .live(move || offers_switch.get().then(|| aside(words.tap_to_use))),
        )
        .child(element("ul").class("wallet__list").children(faces))
        .live(failure)
        .child(button(words.to_wallet, Emphasis::Primary, on_done))
        .children(close)
}

fn face_view(flow: ClaimFlow, switcher: Switcher, card: &Card, merchant: &Merchant) -> Element {
    let wording = flow.app.wording();
    let is_in_use = switcher.shown().as_ref() == Some(&card.id);
    let avatar_action = (!is_in_use && card.status.is_usable()).then(|| {
        let id = card.id.clone();
        AvatarAction {
            label: (wording.switching.switch_to)(&merchant.name, card.number.last_four()),
            on_press: Box::new(move || switcher.tap(id.clone())),
        }
    });
    CardFace {
        card,
        merchant,
        wording: &wording.card,
        size: CardFaceSize::Compact,
        is_in_use,
        avatar_action,
        open_action: None,
    }
    .view()
}
