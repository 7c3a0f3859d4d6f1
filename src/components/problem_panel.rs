//! What happened, what to do now, and who can mend it.

use kabao_core::domain::support::Support;
use leptos::prelude::*;

use super::button::CallButton;
use crate::i18n::{Explanation, ProblemWording, use_wording};

/// A problem, explained. What can be done about it on this page goes inside.
#[component]
pub fn ProblemPanel(
    explanation: Explanation,
    #[prop(optional_no_strip)] support: Option<Support>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let wording = ProblemWording::in_use();
    view! {
        <section class="problem" role="alert">
            <span class="problem__sign" aria-hidden="true"></span>
            <h1 class="problem__title">{explanation.title}</h1>
            <p class="problem__happened">{explanation.happened}</p>
            <div class="problem__panel">
                <h2 class="problem__heading">{wording.next_step}</h2>
                <p>{explanation.next_step}</p>
                <h2 class="problem__heading">{wording.mender}</h2>
                <p>{(wording.mender_is)(explanation.mender)}</p>
            </div>
            {support.map(|support| view! { <SupportPanel support /> })}
            <div class="problem__actions">{children.map(|children| children())}</div>
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

/// The code that staff read out to those who can look the problem up.
#[component]
pub fn StaffCode(
    /// Empty where there is none.
    code: String,
) -> impl IntoView {
    let wording = ProblemWording::in_use();
    (!code.is_empty()).then(|| {
        view! {
            <dl class="support__code">
                <dt>{wording.staff_code}</dt>
                <dd>{code}</dd>
            </dl>
            <p class="support__hint">{wording.staff_code_hint}</p>
        }
    })
}
