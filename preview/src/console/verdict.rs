//! Whether the plan is ready, and what is counted for it.

use kabao_preview::{
    numbers::{self, Numbers},
    outlook::Verdict as Judged,
};
use leptos::prelude::*;

use super::state::ConsoleState;

/// Whether the plan is ready, and if not, why.
#[component]
pub(super) fn Verdict(state: ConsoleState) -> impl IntoView {
    let words = state.words;
    let given_up = move || {
        let gives_up = state
            .judgement
            .with(kabao_preview::outlook::Judgement::gives_up_members);
        gives_up.then(|| view! { <p class="preview__given-up">{words.members_given_up}</p> })
    };
    let verdict = move || {
        state.judgement.with(|judgement| match judgement.verdict() {
            Judged::Ready => {
                view! { <p class="preview__ready">{(words.ready)(judgement)}</p> }.into_any()
            }
            Judged::Not(warnings) => {
                let title = (words.not_ready)(warnings.len());
                let warnings: Vec<_> = warnings
                    .iter()
                    .map(|warning| view! { <li>{(words.warning)(&judgement.plan, warning)}</li> })
                    .collect();
                view! {
                    <p>{title}</p>
                    <ul class="preview__dangers">{warnings}</ul>
                }
                .into_any()
            }
        })
    };
    view! {
        <section class="panel">
            <h2 class="panel__heading">{words.verdict}</h2>
            <div class="preview__list" role="status">
                {verdict}
                {given_up}
            </div>
        </section>
    }
}

/// The numbers of the restaurant.
#[component]
pub(super) fn NumbersPanel(state: ConsoleState) -> impl IntoView {
    let words = state.words;
    let has = state.plan.get_untracked().numbers;
    let shown = |number: Option<u32>| number.map_or(String::new(), |it| it.to_string());
    let too_many = RwSignal::new(false);
    let members = RwSignal::new(shown(has.members));
    let without = RwSignal::new(shown((has.without_phone > 0).then_some(has.without_phone)));
    let credits = RwSignal::new(shown(has.sms_credits));
    let take = Callback::new(move |()| {
        let read = |typed: RwSignal<String>| numbers::read(&typed.get_untracked()).unwrap_or(None);
        let numbers = Numbers {
            members: read(members),
            without_phone: read(without).unwrap_or_default(),
            sms_credits: read(credits),
        };
        too_many.set(numbers.contradict());
        let numbers = Numbers {
            without_phone: if numbers.contradict() {
                0
            } else {
                numbers.without_phone
            },
            ..numbers
        };
        if state.plan.with_untracked(|plan| plan.numbers != numbers) {
            state.plan.update(|plan| plan.numbers = numbers);
        }
    });
    // A tick that says that all have a phone empties the field.
    let _ = Effect::watch(
        move || state.plan.with(|plan| plan.numbers.without_phone),
        move |count, _, _| {
            if *count == 0 && !too_many.get_untracked() {
                without.set(String::new());
            }
        },
        false,
    );
    view! {
        <section class="panel">
            <h2 class="panel__heading">{words.numbers}</h2>
            <p class="row__note">{words.numbers_hint}</p>
            <div class="preview__numbers">
                <NumberField state label=words.members typed=members on_edit=take />
                <NumberField state label=words.without_phone typed=without on_edit=take />
                <NumberField state label=words.sms_credits typed=credits on_edit=take />
            </div>
            <p class="field__message" role="alert">
                {move || too_many.get().then_some(words.too_many_without_phone)}
            </p>
        </section>
    }
}

#[component]
fn NumberField(
    state: ConsoleState,
    label: &'static str,
    typed: RwSignal<String>,
    on_edit: Callback<()>,
) -> impl IntoView {
    let message = move || {
        let read = numbers::read(&typed.get());
        read.err().map(state.words.not_a_number)
    };
    view! {
        <label class="field">
            <span class="field__label">{label}</span>
            <input
                class="field__input"
                inputmode="numeric"
                prop:value=typed
                aria-invalid=move || message().is_some().to_string()
                on:input=move |event| {
                    typed.set(event_target_value(&event));
                    on_edit.run(());
                }
            />
            <span class="field__message" role="alert">
                {message}
            </span>
        </label>
    }
}
