//! A member card, as it looks.

use leptos::prelude::*;

use super::avatar::Avatar;
use crate::{
    copy::CardWording,
    domain::{
        brand_color::Ink,
        card::{Card, CardStatus},
        money::grouped,
        wallet::Merchant,
    },
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
#[derive(Clone)]
pub struct AvatarAction {
    /// What it is called.
    pub label: String,
    /// What it does.
    pub on_press: Callback<()>,
}

/// What a tap elsewhere on the card does.
#[derive(Clone)]
pub struct OpenAction {
    /// What it is called.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// What it does.
    pub on_open: Callback<()>,
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
#[component]
pub fn CardFace(
    /// The card.
    card: Card,
    /// Its merchant.
    merchant: Merchant,
    /// The words on it.
    wording: &'static CardWording,
    /// How much of it is shown.
    size: CardFaceSize,
    /// Whether it is the card in use.
    #[prop(default = false)]
    is_in_use: bool,
    /// What a tap on its avatar does.
    #[prop(default = None)]
    avatar_action: Option<AvatarAction>,
    /// What a tap elsewhere on it does.
    #[prop(default = None)]
    open_action: Option<OpenAction>,
) -> impl IntoView {
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
    let avatar = {
        let picture =
            view! { <Avatar name=merchant.name.clone() url=merchant.avatar_url.clone() /> };
        match avatar_action {
            Some(AvatarAction { label, on_press }) => view! {
                <button
                    type="button"
                    class="card-face__avatar card-face__avatar--action"
                    aria-label=label
                    on:click=move |_| on_press.run(())
                >
                    {picture}
                </button>
            }
            .into_any(),
            None => view! { <span class="card-face__avatar">{picture}</span> }.into_any(),
        }
    };
    let title = match open_action {
        Some(OpenAction {
            label,
            href,
            on_open,
        }) => view! {
            <a
                class="card-face__open"
                href=href
                aria-label=label
                on:click=move |event| {
                    event.prevent_default();
                    on_open.run(());
                }
            >
                {merchant.name}
            </a>
        }
        .into_any(),
        None => merchant.name.into_any(),
    };
    let in_use = is_in_use.then(|| {
        view! { <span class="card-face__badge card-face__badge--in-use">{wording.in_use}</span> }
    });
    let status = status.map(|label| {
        view! { <span class="card-face__badge card-face__badge--status">{label}</span> }
    });
    let previous_account = card
        .previous_account_name
        .as_deref()
        .map(|name| view! { <p class="card-face__from">{(wording.from_account)(name)}</p> });
    let details = match size {
        CardFaceSize::Compact => view! {
            <p class="card-face__ending">{(wording.ending_in)(card.number.last_four())}</p>
        }
        .into_any(),
        CardFaceSize::Full => view! {
            <dl class="card-face__figures">
                <div>
                    <dt>{wording.points}</dt>
                    <dd>{grouped(card.points)}</dd>
                </div>
                <div>
                    <dt>{wording.coupons}</dt>
                    <dd>{card.coupon_count}</dd>
                </div>
                <div>
                    <dt>{wording.level}</dt>
                    <dd>{card.level.name}</dd>
                </div>
            </dl>
            <p class="card-face__number">{card.number.grouped()}</p>
        }
        .into_any(),
    };
    view! {
        <article
            class=class
            style=("--face-start", colors.start.css())
            style=("--face-end", colors.end.css())
        >
            <div class="card-face__head">
                {avatar}
                <div class="card-face__name">
                    <h3 class="card-face__merchant">{title}</h3>
                    {in_use}
                    {status}
                </div>
                <dl class="card-face__balance">
                    <dt>{wording.balance}</dt>
                    <dd>{card.balance.to_string()}</dd>
                </dl>
            </div>
            {details}
            {previous_account}
        </article>
    }
}
