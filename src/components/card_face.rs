//! A member card, as it looks.

use super::avatar::avatar;
use crate::{
    browser::dom::{Element, View, element, group},
    copy::CardWording,
};
use kabao_core::domain::{
    brand_color::Ink,
    card::{Card, CardStatus},
    merchant::Merchant,
    url::ImageUrl,
};

/// How much of a card is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardFaceSize {
    /// All of it, in a card's proportions.
    Full,
    /// Its upper edge, as in a stack.
    Compact,
}

/// What a tap on the avatar does.
pub struct AvatarAction {
    /// What it is called.
    pub label: String,
    /// What it does.
    pub on_press: Box<dyn Fn()>,
}

/// What a tap elsewhere on the card does.
pub struct OpenAction {
    /// What it is called.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// What it does.
    pub on_open: Box<dyn Fn()>,
}

/// The words for a status that is not plain 'active'.
pub(crate) const fn status_label(
    status: CardStatus,
    wording: &'static CardWording,
) -> Option<&'static str> {
    match status {
        CardStatus::Active | CardStatus::Unknown => None,
        CardStatus::Frozen => Some(wording.frozen),
        CardStatus::Lost => Some(wording.lost),
        CardStatus::Expired => Some(wording.expired),
    }
}

/// A card in its merchant's colours.
pub struct CardFace<'a> {
    /// The card.
    pub card: &'a Card,
    /// Its merchant.
    pub merchant: &'a Merchant,
    /// The words on it.
    pub wording: &'static CardWording,
    /// How much of it is shown.
    pub size: CardFaceSize,
    /// Whether it is the card in use.
    pub is_in_use: bool,
    /// What a tap on its avatar does.
    pub avatar_action: Option<AvatarAction>,
    /// What a tap elsewhere on it does.
    pub open_action: Option<OpenAction>,
}

impl CardFace<'_> {
    /// The card.
    pub fn view(self) -> Element {
        let Self {
            card,
            merchant,
            wording,
            size,
            ..
        } = self;
        let colors = merchant.brand_color.card_face();
        let status = status_label(card.status, wording);
        let class = format!(
            "card-face card-face--{} card-face--{}{}",
            match size {
                CardFaceSize::Full => "full",
                CardFaceSize::Compact => "compact",
            },
            match colors.ink {
                Ink::Light => "light-ink",
                Ink::Dark => "dark-ink",
            },
            if status.is_some() {
                " card-face--unusable"
            } else {
                ""
            }
        );
        let style = format!(
            "--face-start:{};--face-end:{}",
            colors.start.css(),
            colors.end.css()
        );
        let badge = |class: &str, text: &str| {
            element("span")
                .class(&format!("card-face__badge card-face__badge--{class}"))
                .text(text)
        };
        // Where it is alone it begins a part of the page; in a list, it does not.
        let heading = match size {
            CardFaceSize::Full => "h2",
            CardFaceSize::Compact => "h3",
        };
        let merchant_name = element(heading).class("card-face__merchant");
        let merchant_name = match self.open_action {
            Some(OpenAction {
                label,
                href,
                on_open,
            }) => merchant_name.child(
                element("a")
                    .class("card-face__open")
                    .attribute("href", &href)
                    .attribute("aria-label", &label)
                    .text(&merchant.name)
                    .on_follow(on_open),
            ),
            None => merchant_name.text(&merchant.name),
        };
        let name = element("div")
            .class("card-face__name")
            .child(merchant_name)
            .children(self.is_in_use.then(|| badge("in-use", wording.in_use)))
            .children(status.map(|label| badge("status", label)));
        let balance = element("dl")
            .class("card-face__balance")
            .child(element("dt").text(wording.balance))
            .child(element("dd").text(&card.balance_text()));
        let head = element("div")
            .class("card-face__head")
            .child(avatar_view(merchant, self.avatar_action))
            .child(name)
            .child(balance);
        let origin = card.previous_account_name.as_deref().map(|name| {
            element("p")
                .class("card-face__from")
                .text(&(wording.from_account)(name))
        });
        element("article")
            .class(&class)
            .attribute("style", &style)
            .child(head)
            .child(details_view(card, wording, size))
            .children(origin)
    }
}

fn avatar_view(merchant: &Merchant, action: Option<AvatarAction>) -> Element {
    let picture = avatar(
        &merchant.name,
        merchant.avatar_url.as_ref().map(ImageUrl::as_str),
    );
    match action {
        Some(AvatarAction { label, on_press }) => element("button")
            .attribute("type", "button")
            .class("card-face__avatar card-face__avatar--action")
            .attribute("aria-label", &label)
            .on_press(on_press)
            .child(picture),
        None => element("span").class("card-face__avatar").child(picture),
    }
}

fn details_view(card: &Card, wording: &'static CardWording, size: CardFaceSize) -> View {
    if size == CardFaceSize::Compact {
        return element("p")
            .class("card-face__ending")
            .text(&(wording.summary)(card))
            .into();
    }
    let figure = |term: &str, value: &str| {
        element("div")
            .child(element("dt").text(term))
            .child(element("dd").text(value))
    };
    group([
        element("dl")
            .class("card-face__figures")
            .child(figure(wording.points, &card.points_text()))
            .child(figure(wording.coupons, &card.coupon_count.to_string()))
            .child(figure(wording.level, card.level_text())),
        element("p")
            .class("card-face__number")
            .text(&card.number.grouped()),
    ])
}
