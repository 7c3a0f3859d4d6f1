//! A card that may be the fan's, to be recognised and chosen.

use super::avatar::avatar;
use crate::{
    browser::dom::{Element, element},
    copy::CardWording,
    signal::{Signal, derived},
};
use kabao_core::domain::{
    card::CardKind,
    claim::{Candidate, Eligibility},
    id::CardId,
    merchant::Merchant,
    url::ImageUrl,
};

/// A candidate, and the words on it.
pub struct CandidateRow<'a> {
    /// The candidate.
    pub candidate: &'a Candidate,
    /// Its merchant.
    pub merchant: Option<&'a Merchant>,
    /// The words on it.
    pub wording: &'static CardWording,
    /// Why it can't be chosen.
    pub reason: fn(Eligibility) -> &'static str,
}

impl CandidateRow<'_> {
    /// The candidate with a box to tick, whose state is whether it is among
    /// `chosen`, or with the reason why there is none.
    pub fn view(&self, chosen: Signal<Vec<CardId>>) -> Element {
        let Candidate { card, eligibility } = self.candidate;
        let wording = self.wording;
        let name = self.merchant.map_or("", |merchant| &merchant.name);
        let avatar_url = self
            .merchant
            .and_then(|merchant| merchant.avatar_url.as_ref())
            .map(ImageUrl::as_str);
        let kind = match card.kind {
            CardKind::Online => wording.kind_online,
            CardKind::Physical => wording.kind_physical,
            CardKind::Unknown => "",
        };
        let holder = card.holder_name.as_deref().unwrap_or_default();
        let level = card.level.as_ref().map_or("", |level| &level.name);
        let facts = [kind, level, holder]
            .into_iter()
            .filter(|fact| !fact.is_empty())
            .map(|fact| element("li").text(fact));
        let origin = card.previous_account_name.as_deref().map(|name| {
            element("span")
                .class("candidate__from")
                .text(&(wording.from_account)(name))
        });
        let points = format!("{} {}", wording.points, card.points_text());
        let body = element("span")
            .class("candidate__body")
            .child(element("span").class("candidate__name").text(name))
            .child(
                element("span")
                    .class("candidate__number")
                    .text(&card.number.grouped()),
            )
            .child(element("ul").class("candidate__facts").children(facts))
            .children(origin);
        let worth = element("span")
            .class("candidate__worth")
            .child(
                element("span")
                    .class("candidate__balance")
                    .text(&card.balance_text()),
            )
            .child(element("span").class("candidate__points").text(&points));
        let picture = element("span")
            .class("candidate__avatar")
            .child(avatar(name, avatar_url));
        if *eligibility != Eligibility::Selectable {
            let reason = element("p")
                .class("candidate__reason")
                .text((self.reason)(*eligibility));
            return element("div")
                .class("candidate candidate--unavailable")
                .child(picture)
                .child(body.child(reason))
                .child(worth);
        }
        let id = card.id.clone();
        let is_chosen = derived(move || chosen.with(|chosen| chosen.contains(&id)));
        let id = card.id.clone();
        let box_to_tick = element("input")
            .attribute("type", "checkbox")
            .class("candidate__box")
            .live_field(move |field| field.tick(is_chosen.get()))
            .on_change(move |field| {
                let is_ticked = field.is_ticked();
                chosen.update(|chosen| {
                    chosen.retain(|other| *other != id);
                    if is_ticked {
                        chosen.push(id.clone());
                    }
                });
            });
        element("label")
            .class("candidate")
            .live_class("candidate--chosen", move || is_chosen.get())
            .child(box_to_tick)
            .child(picture)
            .child(body)
            .child(worth)
    }
}
