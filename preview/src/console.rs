//! The console: the questions of the manual, its steps, what may go wrong, and
//! beside it the phone on which each answer shows at once.

mod answer;
mod customers;
mod frame;
mod looks;
mod readiness;
mod settings;
mod state;
mod steps;
mod storyboard;
mod tick;

use kabao::{browser::page, components::segmented_control::SegmentedControl, i18n::Language};
use kabao_preview::address::Plan;
use kabao_rules::cases::Case;
use leptos::prelude::*;

use self::{
    answer::answer_phone,
    customers::Customers,
    frame::FRAME,
    looks::{BrandPanel, ToPhonePanel},
    readiness::Readiness,
    settings::{Questions, WhatIfs},
    state::{ConsoleState, Tab},
    steps::Steps,
    storyboard::{Caption, PrintedPages},
};

/// Shows the console.
pub(crate) fn run(query: &str, language: Language) {
    let plan = Plan::parse(query);
    page::set_language(language.tag());
    mount_to_body(move || view! { <Console plan language /> });
}

/// The questions, and beside them the phone.
#[component]
fn Console(plan: Plan, language: Language) -> impl IntoView {
    let state = ConsoleState::new(plan, language);
    let words = state.words;
    page::set_title(words.title);
    answer_phone(state);
    // At once and not in an effect of its own time, because the phone asks as soon
    // as it is there.
    let _rebuild = StoredValue::new_local(RenderEffect::new(move |_| state.rebuild()));
    // What depends on it is built anew only when the case is another.
    let case = Memo::new(move |_| state.case());
    view! {
        <main class="preview" class:preview--playing=move || state.frame.with(Option::is_some)>
            <header class="preview__header">
                <h1>{words.title}</h1>
                <p>{words.introduction}</p>
                <div class="preview__tabs">
                    <SegmentedControl
                        label=words.view
                        options=vec![words.console, words.phone]
                        chosen=state.tab
                    />
                </div>
            </header>
            <div class="preview__console" class:preview--hidden=move || state.shows(Tab::Phone)>
                <Questions state />
                {move || match case.get() {
                    Some(case) => view! { <CasePanels state case /> }.into_any(),
                    None => {
                        view! {
                            <p class="panel" role="status">
                                {words.not_in_manual}
                            </p>
                        }
                            .into_any()
                    }
                }}
                <BrandPanel state />
                <ToPhonePanel state />
            </div>
            <div class="preview__phone" class:preview--hidden=move || state.shows(Tab::Console)>
                <Caption state />
                <NewestMessage state />
                <iframe
                    class="preview__frame"
                    id=FRAME
                    title=words.phone
                    src=format!("?phone&lang={}", language.tag())
                ></iframe>
            </div>
            {move || case.get().map(|case| view! { <PrintedPages state case /> })}
        </main>
    }
}

/// What belongs to one case of the manual.
#[component]
fn CasePanels(state: ConsoleState, case: Case) -> impl IntoView {
    view! {
        <Steps state case />
        <WhatIfs state />
        <Customers state case />
        <Readiness state case />
    }
}

/// The newest text message, over the phone.
#[component]
fn NewestMessage(state: ConsoleState) -> impl IntoView {
    let from = state.words.message_from;
    let newest = move || {
        let message = state.messages.with(|messages| messages.first().cloned())?;
        Some(view! {
            <p>
                <b>{from}</b>
                " "
                {message}
            </p>
        })
    };
    view! {
        <div class="preview__message" role="status">
            {newest}
        </div>
    }
}
