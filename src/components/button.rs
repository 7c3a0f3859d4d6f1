//! A button that does something.

use leptos::prelude::*;

/// How much a button stands out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emphasis {
    /// The one thing to do on this screen.
    Primary,
    /// Another thing to do.
    Secondary,
    /// Something that is possible and rarely wanted.
    Quiet,
    /// Something that takes away.
    Warning,
}

impl Emphasis {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button--primary",
            Self::Secondary => "button button--secondary",
            Self::Quiet => "button button--quiet",
            Self::Warning => "button button--warning",
        }
    }
}

/// A button. While it is busy it keeps its place and the focus, and further
/// taps do nothing.
#[component]
pub fn Button(
    /// What it says.
    #[prop(into)]
    label: Signal<String>,
    /// How much it stands out.
    emphasis: Emphasis,
    /// Whether what it does is under way.
    #[prop(into, default = Signal::stored(false))]
    is_busy: Signal<bool>,
    /// What it does.
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=emphasis.class()
            aria-busy=move || is_busy.get().to_string()
            aria-disabled=move || is_busy.get().to_string()
            on:click=move |_| {
                if !is_busy.get_untracked() {
                    on_press.run(());
                }
            }
        >
            {label}
        </button>
    }
}
