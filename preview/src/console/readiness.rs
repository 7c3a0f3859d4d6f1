//! What is left of the dangers, counted.

use kabao::components::button::Button;
use kabao_preview::plan::{Numbers, dangers};
use kabao_rules::cases::Case;
use leptos::prelude::*;

use super::state::ConsoleState;

#[component]
pub(super) fn Readiness(state: ConsoleState, case: Case) -> impl IntoView {
    let words = state.words;
    let print = Callback::new(|()| {
        let _ = window().print();
    });
    view! {
        <section class="panel">
            <h2 class="panel__heading">{words.readiness}</h2>
            <div class="preview__numbers">
                <NumberField
                    state
                    label=words.members
                    set=|numbers, typed| numbers.members = typed.unwrap_or_default()
                />
                <NumberField
                    state
                    label=words.without_phone
                    set=|numbers, typed| numbers.without_phone = typed.unwrap_or_default()
                />
                <NumberField
                    state
                    label=words.sms_credits
                    set=|numbers, typed| numbers.sms_credits = typed
                />
            </div>
            <div role="status">
                <Verdict state case />
            </div>
            <Button label=words.print on_click=print />
        </section>
    }
}

#[component]
fn NumberField(
    state: ConsoleState,
    label: &'static str,
    set: fn(&mut Numbers, Option<u32>),
) -> impl IntoView {
    let type_number = move |event| {
        let typed = event_target_value(&event).trim().parse().ok();
        state.numbers.update(|numbers| set(numbers, typed));
    };
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <input
                class="field__input"
                inputmode="numeric"
                aria-label=label
                on:input=type_number
            />
        </label>
    }
}

#[component]
fn Verdict(state: ConsoleState, case: Case) -> impl IntoView {
    let words = state.words;
    move || {
        let missing = state.missing(case);
        let what_if = state.what_if.get();
        let left = dangers(
            case,
            &|step| !missing.contains(&step),
            &|what| what_if.contains(&what),
            state.numbers.get(),
        );
        if left.is_empty() {
            return view! { <p class="preview__ready">{words.all_done}</p> }.into_any();
        }
        let left: Vec<_> = left
            .into_iter()
            .map(|danger| view! { <li>{(words.danger)(danger)}</li> })
            .collect();
        view! { <ul class="preview__dangers">{left}</ul> }.into_any()
    }
}
