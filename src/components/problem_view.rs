//! What happened, what to do now, and who can mend it.

use leptos::prelude::*;

use crate::{
    copy::{Explanation, HelpWording},
    domain::support::Support,
};

/// A problem, explained. What can be done about it on this page goes inside.
#[component]
pub fn ProblemView(
    /// The explanation.
    explanation: Explanation,
    /// How long to wait, in words.
    #[prop(default = None)]
    wait: Option<String>,
    /// Who can help.
    support: Option<Support>,
    /// The words around it.
    wording: &'static HelpWording,
    /// What can be done about it here.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <section class="problem" role="alert">
            <span class="problem__sign" aria-hidden="true"></span>
            <h1 class="problem__title">{explanation.title}</h1>
            <p class="problem__happened">{explanation.happened}</p>
            <div class="problem__panel">
                <h2 class="problem__heading">{wording.next_step}</h2>
                <p>{explanation.next_step}</p>
                {wait.map(|wait| view! { <p class="problem__wait">{wait}</p> })}
                <h2 class="problem__heading">{wording.mender}</h2>
                <p>{(wording.mender_is)(explanation.mender)}</p>
            </div>
            {support.map(|support| view! { <SupportView support wording /> })}
            <div class="problem__actions">{children.map(|children| children())}</div>
        </section>
    }
}

/// The people who can help: phones to call and the code that staff read out.
#[component]
pub fn SupportView(
    /// Who can help.
    support: Support,
    /// The words around it.
    wording: &'static HelpWording,
) -> impl IntoView {
    let call = |label: String, phone: &str| {
        view! { <a class="button button--secondary" href=format!("tel:{phone}")>{label}</a> }
    };
    view! {
        <div class="support">
            <dl class="support__code">
                <dt>{wording.staff_code}</dt>
                <dd>{support.staff_code}</dd>
            </dl>
            <p class="support__hint">{wording.staff_code_hint}</p>
            {support.phone.map(|phone| call((wording.call_shop)(&phone), &phone))}
            {support
                .provider
                .map(|provider| {
                    call((wording.call_provider)(&provider.name, &provider.phone), &provider.phone)
                })}
        </div>
    }
}
