//! Buttons, and links that look like them.

use kabao_core::domain::phone::Phone;
use leptos::{prelude::*, text_prop::TextProp};

/// How much a button stands out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Emphasis {
    /// The one thing to do on this screen.
    Primary,
    /// Another thing to do.
    #[default]
    Secondary,
    /// Something that is rarely wanted.
    Quiet,
    /// Something that cannot be undone.
    Warning,
    /// The one thing to do with a card, on its face.
    OnCard,
}

impl Emphasis {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button--primary",
            Self::Secondary => "button button--secondary",
            Self::Quiet => "button button--quiet",
            Self::Warning => "button button--warning",
            Self::OnCard => "button button--on-card",
        }
    }
}

/// A button for something that is done at once.
#[component]
pub fn Button(
    #[prop(into)] label: TextProp,
    #[prop(optional)] emphasis: Emphasis,
    on_click: Callback<()>,
) -> impl IntoView {
    view! {
        <button type="button" class=emphasis.class() on:click=move |_| on_click.run(())>
            {move || label.get()}
        </button>
    }
}

/// A button for something that takes a while. While it is busy it keeps its
/// place and the focus, shows that it works, and ignores clicks.
#[component]
pub fn BusyButton(
    #[prop(into)] label: TextProp,
    #[prop(optional)] emphasis: Emphasis,
    #[prop(into)] is_busy: Signal<bool>,
    /// Waiting for something that the label tells: it ignores clicks.
    #[prop(optional, into)]
    is_disabled: Signal<bool>,
    on_click: Callback<()>,
) -> impl IntoView {
    let click = move |_| {
        if !is_busy.get_untracked() && !is_disabled.get_untracked() {
            on_click.run(());
        }
    };
    view! {
        <button
            type="button"
            class=emphasis.class()
            aria-busy=move || is_busy.get().to_string()
            aria-disabled=move || (is_busy.get() || is_disabled.get()).to_string()
            on:click=click
        >
            {move || label.get()}
        </button>
    }
}

/// A link that looks like a secondary button.
#[component]
pub fn ButtonLink(label: &'static str, href: String) -> impl IntoView {
    view! {
        <a class=Emphasis::Secondary.class() href=href>
            {label}
        </a>
    }
}

/// A link that calls a phone. The number is not broken into lines.
#[component]
pub fn CallButton(#[prop(into)] label: String, phone: Phone) -> impl IntoView {
    view! {
        <a class=Emphasis::Secondary.class() href=phone.href()>
            {label}
            " "
            <span class="button__phone">{phone.as_str().to_owned()}</span>
        </a>
    }
}
