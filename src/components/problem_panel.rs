//! What happened, what to do now, and who can mend it.

use kabao_core::domain::support::Support;
use leptos::prelude::*;

use super::button::CallButton;
use crate::{
    browser::page,
    i18n::{Explanation, Mender, ProblemWording, use_wording},
};

/// The kinds of problems that are told apart at a glance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sign {
    /// Something broke.
    #[default]
    General,
    Network,
    /// The shop can mend it.
    Shop,
    NotFound,
    /// It passes by itself.
    Time,
}

impl Sign {
    /// The lines of its picture, in a square of 24.
    const fn path(self) -> &'static str {
        match self {
            Self::General => "M12 6v7M12 17.5h.01",
            Self::Network => {
                "M2.5 9a14 14 0 0 1 19 0M6 12.5a9 9 0 0 1 12 0M9.5 16a4 4 0 0 1 5 0M12 19h.01M4 3l16 18"
            }
            Self::Shop => {
                "M5 11v9h14v-9M3.5 9.5L5.5 4h13l2 5.5a2.8 2.8 0 0 1-5.6 0 2.8 2.8 0 0 1-5.8 0 2.8 2.8 0 0 1-5.6 0M10 20v-5h4v5"
            }
            Self::NotFound => {
                "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13M20 20l-4.8-4.8M8.3 8.3l4.4 4.4M12.7 8.3l-4.4 4.4"
            }
            Self::Time => "M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17M12 7.5V12l3 2.5",
        }
    }
}

/// A problem, explained. What can be done about it on this page goes inside.
#[component]
pub fn ProblemPanel(
    explanation: Explanation,
    #[prop(optional)] sign: Sign,
    #[prop(optional_no_strip)] support: Option<Support>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let wording = ProblemWording::in_use();
    let mender = match (wording.mender_is)(explanation.mender) {
        // The next step says what the fan can do.
        "" => None,
        mender => Some(view! { <p class="problem__mender">{mender}</p> }),
    };
    let actions = children
        .map(|children| view! { <div class="problem__actions">{children()}</div> }.into_any());
    let support = support.map(|support| view! { <SupportPanel support /> }.into_any());
    // What helps most comes first.
    let ways = match explanation.mender {
        Mender::Shop | Mender::Provider => [support, actions],
        Mender::Diner | Mender::Time => [actions, support],
    };
    view! {
        <section class="problem" role="alert">
            <span class="problem__sign" aria-hidden="true">
                <svg viewBox="0 0 24 24">
                    <path d=sign.path() />
                </svg>
            </span>
            <h1 class="problem__title">{explanation.title}</h1>
            <p class="problem__happened">{explanation.happened}</p>
            <div class="problem__panel">
                <h2 class="problem__heading">{wording.next_step}</h2>
                <p class="problem__next-step">{explanation.next_step}</p>
                {mender}
            </div>
            {ways.into_iter().collect_view()}
        </section>
    }
}

/// The people who can help: phones to call, and the code that staff read out.
#[component]
pub fn SupportPanel(support: Support) -> impl IntoView {
    let call_provider = ProblemWording::in_use().call_provider;
    let call_shop = use_wording().app.call_shop;
    let shop = support
        .phone
        .map(|phone| view! { <CallButton label=call_shop phone /> });
    let provider = support.provider.map(|provider| {
        let label = call_provider(&provider.name);
        view! { <CallButton label phone=provider.phone /> }
    });
    view! {
        <div class="support">
            <StaffCode code=support.staff_code />
            {shop}
            {provider}
        </div>
    }
}

/// The code that staff read out to those who can look the problem up, and which build
/// of the app has it.
#[component]
pub fn StaffCode(
    /// Empty where there is none.
    code: String,
) -> impl IntoView {
    let wording = ProblemWording::in_use();
    (!code.is_empty()).then(|| {
        let version = page::version().map(|version| {
            view! { <p class="support__hint">{wording.version} " " {version}</p> }
        });
        view! {
            <dl class="support__code">
                <dt>{wording.staff_code}</dt>
                <dd>{code}</dd>
            </dl>
            <p class="support__hint">{wording.staff_code_hint}</p>
            {version}
        }
    })
}
