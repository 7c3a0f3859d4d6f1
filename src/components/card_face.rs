//! A member card, as it looks.

use kabao_core::domain::{
    brand_color::{BrandColor, CardFaceColors, Ink},
    card::{Card, CardKind, CardStatus, Level},
    merchant::Merchant,
    money::grouped,
};
use leptos::{ev::MouseEvent, prelude::*};

use super::avatar::Avatar;
use crate::i18n::{CardWording, use_wording};

/// How much of a card is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardFaceSize {
    /// All of it, in a card's proportions.
    Full,
    /// Its upper edge, as in a stack.
    Compact,
}

impl CardFaceSize {
    const fn class(self) -> &'static str {
        match self {
            Self::Full => "card-face card-face--full ",
            Self::Compact => "card-face card-face--compact ",
        }
    }
}

/// What a click on the avatar does.
#[derive(Clone)]
pub struct AvatarAction {
    pub label: String,
    pub on_click: Callback<()>,
}

/// What a click elsewhere on the card does.
#[derive(Clone)]
pub struct OpenAction {
    pub label: String,
    pub href: String,
    /// Carried out in place of following `href`.
    pub on_click: Callback<()>,
}

/// A card in its merchant's colours.
#[component]
pub fn CardFace(
    card: Card,
    merchant: Merchant,
    size: CardFaceSize,
    #[prop(optional)] is_in_use: bool,
    #[prop(optional_no_strip)] avatar_action: Option<AvatarAction>,
    #[prop(optional_no_strip)] open_action: Option<OpenAction>,
    /// How the balance is shown, where that is not as plain text.
    #[prop(optional_no_strip)]
    balance: Option<AnyView>,
    /// What can be done with the card, at its lower edge.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let wording = &use_wording().card;
    let CardFaceColors { start, end, ink } = merchant.brand_color.card_face();
    let status = status_label(card.status, wording);
    let origin = card.previous_account_name.as_deref().map(|name| {
        let text = (wording.from_account)(name);
        view! { <p class="card-face__from name">{text}</p> }.into_any()
    });
    let is_compact = size == CardFaceSize::Compact;
    let level = (!is_compact).then(|| level_badge(card.level.clone()));
    let is_physical = card.kind == CardKind::Physical;
    let kind = is_physical.then(|| badge("card-face__badge--kind", wording.physical));
    let in_use =
        is_in_use.then(|| view! { <span class="unseen">{wording.in_use}</span> }.into_any());
    let status_badge = status.map(|label| badge("card-face__badge--status", label));
    let summary = is_compact.then(|| summary(&card, wording));
    let balance = balance.unwrap_or_else(|| card.balance.to_string().into_any());
    let figures = (!is_compact).then(|| figures(&card, wording));
    let name = merchant_name(merchant.name.clone(), size, open_action);
    let action = children
        .map(|children| view! { <div class="card-face__action">{children()}</div> }.into_any());
    let badges = present([level, kind, in_use, status_badge]);
    let below = present([origin, figures, action]);
    // One text is written faster than class by class, and there are many cards.
    let mut class = size.class().to_owned();
    class.push_str(ink_class(ink));
    if status.is_some() {
        class.push_str(" card-face--unusable");
    }
    if is_physical {
        class.push_str(" card-face--physical");
    }
    view! {
        <article
            class=class
            style:--face-start=start.css()
            style:--face-end=end.css()
        >
            <div class="card-face__head">
                {avatar(merchant, avatar_action)}
                <div class="card-face__title">
                    <div class="card-face__name">
                        {name} {badges}
                    </div>
                    <dl class="card-face__balance">
                        <dt>{wording.balance}</dt>
                        <dd>{balance}</dd>
                    </dl>
                    {summary}
                </div>
            </div>
            {below}
        </article>
    }
}

/// Those that there are. An absent one by itself would be a node of the page, too, and
/// there are many cards.
fn present<const N: usize>(parts: [Option<AnyView>; N]) -> AnyView {
    Fragment::new(parts.into_iter().flatten().collect()).into()
}

const fn ink_class(ink: Ink) -> &'static str {
    match ink {
        Ink::Dark => "card-face--dark-ink",
        Ink::Light => "card-face--light-ink",
    }
}

/// The label of a status that is not plain 'active'.
fn status_label(status: CardStatus, wording: &'static CardWording) -> Option<&'static str> {
    match status {
        CardStatus::Active | CardStatus::Unknown => None,
        CardStatus::Frozen => Some(wording.frozen),
        CardStatus::Lost => Some(wording.lost),
        CardStatus::Expired => Some(wording.expired),
    }
}

fn badge(class: &'static str, text: impl Into<String>) -> AnyView {
    let text = text.into();
    view! { <span class=format!("card-face__badge {class}")>{text}</span> }.into_any()
}

/// The level and what else is told of a card in a list.
fn summary(card: &Card, wording: &'static CardWording) -> AnyView {
    let text = (wording.summary)(card);
    let level = card.level.clone();
    let content = match level.color {
        None => format!("{} · {text}", level.name).into_any(),
        Some(_) => view! { {level_badge(level)} " " {text} }.into_any(),
    };
    view! { <p class="card-face__summary">{content}</p> }.into_any()
}

/// A level in its own colour, where it has one.
fn level_badge(level: Level) -> AnyView {
    let colors = level.color.map(BrandColor::card_face);
    let mut class = "card-face__badge card-face__badge--level".to_owned();
    if let Some(colors) = colors {
        class.push_str(" card-face__badge--toned ");
        class.push_str(ink_class(colors.ink));
    }
    view! {
        <span
            class=class
            style:--face-start=colors.map(|colors| colors.start.css())
            style:--face-end=colors.map(|colors| colors.end.css())
        >
            {level.name}
        </span>
    }
    .into_any()
}

fn avatar(merchant: Merchant, action: Option<AvatarAction>) -> AnyView {
    let picture = view! { <Avatar name=merchant.name url=merchant.avatar_url /> };
    match action {
        Some(AvatarAction { label, on_click }) => view! {
            <button
                type="button"
                class="card-face__avatar card-face__avatar--action"
                aria-label=label
                on:click=move |_| on_click.run(())
            >
                {picture}
            </button>
        }
        .into_any(),
        None => view! { <span class="card-face__avatar">{picture}</span> }.into_any(),
    }
}

/// The merchant's name, which is also the way to the card. A card that is shown
/// whole begins a section of the page; in a list it does not.
fn merchant_name(name: String, size: CardFaceSize, action: Option<OpenAction>) -> AnyView {
    let name = match action {
        Some(OpenAction {
            label,
            href,
            on_click,
        }) => {
            let open = move |event: MouseEvent| {
                event.prevent_default();
                on_click.run(());
            };
            view! {
                <a class="card-face__open" href=href aria-label=label on:click=open>
                    {name}
                </a>
            }
            .into_any()
        }
        None => name.into_any(),
    };
    match size {
        CardFaceSize::Full => {
            view! { <h2 class="card-face__merchant name" dir="auto">{name}</h2> }.into_any()
        }
        CardFaceSize::Compact => {
            view! { <h3 class="card-face__merchant name" dir="auto">{name}</h3> }.into_any()
        }
    }
}

fn figures(card: &Card, wording: &'static CardWording) -> AnyView {
    let figure = |term: &'static str, value: String, class: &'static str| {
        view! {
            <div>
                <dt>{term}</dt>
                <dd class=class>{value}</dd>
            </div>
        }
    };
    view! {
        <dl class="card-face__figures">
            {figure(wording.points, grouped(card.points), "")}
            {figure(wording.coupons, card.coupon_count.to_string(), "")}
            {figure(wording.number, card.number.grouped(), "card-face__number")}
        </dl>
    }
    .into_any()
}
