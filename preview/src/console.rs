//! The console: the questions of the manual, its steps, what may go wrong, and beside
//! it every customer's outcome and the phone on which each answer shows at once.

mod answer;
mod brand;
mod choice;
mod customers;
mod frame;
mod papers;
mod questions;
mod state;
mod steps;
mod storyboard;
mod tick;
mod to_phone;
mod verdict;

use kabao::{browser::page, i18n::Language};
use kabao_preview::address::Link;
use leptos::prelude::*;

use self::{
    answer::answer_phone,
    brand::BrandPanel,
    customers::Customers,
    frame::FRAME,
    papers::{HandOuts, Sheet},
    questions::{Cautions, Questions},
    state::ConsoleState,
    steps::{Steps, WhatIfs},
    storyboard::Caption,
    to_phone::ToPhonePanel,
    verdict::{NumbersPanel, Verdict},
};

/// Shows the console.
pub(crate) fn run(query: &str, language: Language) {
    let link = Link::parse(query);
    page::set_language(language.tag());
    mount_to_body(move || view! { <Console link language /> });
}

/// The questions, and beside them the phone.
#[component]
fn Console(link: Link, language: Language) -> impl IntoView {
    let state = ConsoleState::new(link, language);
    page::set_title(state.words.title);
    answer_phone(state);
    // At once and not in an effect of its own time, because the phone asks as soon
    // as it is there.
    let _rebuild = StoredValue::new_local(RenderEffect::new(move |_| state.rebuild()));
    view! {
        <Sheet state />
        <main class="preview" class:preview--behind=move || state.sheet.with(Option::is_some)>
            <Header state />
            <div class="preview__console">
                <Questions state />
                <Cautions state />
                <Steps state />
                <WhatIfs state />
                <NumbersPanel state />
                <Verdict state />
                <HandOuts state />
                <BrandPanel state />
                <ToPhonePanel state />
            </div>
            <div class="preview__effect">
                <Customers state />
                <Phone state />
            </div>
        </main>
    }
}

/// What the page is for, and the language in which it is said.
#[component]
fn Header(state: ConsoleState) -> impl IntoView {
    let words = state.words;
    let other = Language::ALL
        .iter()
        .find(|language| **language != state.language)
        .copied()
        .unwrap_or_default();
    let href = move || format!("?{}&lang={}", state.link().query(), other.tag());
    view! {
        <header class="preview__header">
            <div class="preview__title">
                <h1>{words.title}</h1>
                <a class="preview__language" href=href lang=other.tag() rel="external">
                    {words.other_language}
                </a>
            </div>
            <p>{words.introduction}</p>
        </header>
    }
}

#[component]
fn Phone(state: ConsoleState) -> impl IntoView {
    let words = state.words;
    let number = move || {
        let backend = state.backend.get()?;
        let phone = backend.borrow().phone();
        Some((words.customer_phone)(&phone))
    };
    view! {
        <div class="preview__phone">
            <Caption state />
            <p class="row__note preview__number">{number}</p>
            <NewestMessage state />
            <iframe
                class="preview__frame"
                id=FRAME
                title=words.phone
                src=format!("?phone&lang={}", state.language.tag())
            ></iframe>
        </div>
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
