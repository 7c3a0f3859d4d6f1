//! The questions of the manual, and what may go wrong.

use kabao::components::segmented_control::SegmentedControl;
use kabao_preview::plan::{FUTURE, PRESENT, WhatIf};
use leptos::prelude::*;

use super::{state::ConsoleState, tick::Tick};

/// What the account is, what it will be, and whether the members are kept.
#[component]
pub(super) fn Questions(state: ConsoleState) -> impl IntoView {
    let words = state.words;
    view! {
        <section class="panel">
            <Question
                title=words.present
                answers=PRESENT.map(words.account).to_vec()
                chosen=state.present
            />
            <Question
                title=words.future
                answers=FUTURE.map(words.account).to_vec()
                chosen=state.future
            />
            <Question title=words.keep answers=vec![words.yes, words.no] chosen=state.keep />
        </section>
    }
}

#[component]
fn Question(
    title: &'static str,
    answers: Vec<&'static str>,
    chosen: RwSignal<usize>,
) -> impl IntoView {
    view! {
        <div class="preview__question">
            <h2 class="panel__heading">{title}</h2>
            <SegmentedControl label=title options=answers chosen />
        </div>
    }
}

/// What else may not be as it should be.
#[component]
pub(super) fn WhatIfs(state: ConsoleState) -> impl IntoView {
    let words = state.words;
    let what_ifs: Vec<_> = WhatIf::ALL
        .into_iter()
        .map(|what| view! { <WhatIfTick state what /> })
        .collect();
    view! {
        <section class="panel preview__aside">
            <h2 class="panel__heading">{words.what_if_title}</h2>
            <ul class="preview__list">
                {what_ifs}
                <PersonTick state title=words.no_phone_customer key="wu" />
                <PersonTick state title=words.plastic_customer key="wang" />
            </ul>
        </section>
    }
}

#[component]
fn WhatIfTick(state: ConsoleState, what: WhatIf) -> impl IntoView {
    let is_so = Signal::derive(move || state.what_if.with(|all| all.contains(&what)));
    let set = Callback::new(move |is_so: bool| {
        state.what_if.update(|all| {
            all.retain(|other| *other != what);
            if is_so {
                all.push(what);
            }
        });
    });
    view! {
        <li>
            <Tick title=(state.words.what_if)(what) is_so on_change=set />
        </li>
    }
}

/// A customer who is special in one way, or else the usual one.
#[component]
fn PersonTick(state: ConsoleState, title: &'static str, key: &'static str) -> impl IntoView {
    let is_so = Signal::derive(move || state.person.with(|person| person == key));
    let set = Callback::new(move |is_so: bool| {
        state.person.set(if is_so { key } else { "li" }.to_owned());
    });
    view! {
        <li>
            <Tick title is_so on_change=set />
        </li>
    }
}
