//! The steps of the manual, to be ticked off.

use kabao::components::button::Button;
use kabao_preview::plan::{Step, steps_of};
use kabao_rules::cases::Case;
use leptos::prelude::*;

use super::{
    state::{ConsoleState, Tab},
    tick::Tick,
};

#[component]
pub(super) fn Steps(state: ConsoleState, case: Case) -> impl IntoView {
    let words = state.words;
    let steps: Vec<_> = steps_of(case)
        .into_iter()
        .map(|step| view! { <StepTick state case step /> })
        .collect();
    let play = Callback::new(move |()| {
        state.frame.set(Some(0));
        state.show(Tab::Phone);
    });
    view! {
        <section class="panel">
            <h2 class="panel__heading">{words.steps}</h2>
            <p class="row__note">{words.steps_hint}</p>
            <ol class="preview__list">{steps}</ol>
            <Button label=words.storyboard on_click=play />
        </section>
    }
}

#[component]
fn StepTick(state: ConsoleState, case: Case, step: Step) -> impl IntoView {
    let words = (state.words.step)(case, step);
    let is_done =
        Signal::derive(move || state.forgotten.with(|forgotten| !forgotten.contains(&step)));
    let set = Callback::new(move |is_done: bool| {
        state.frame.set(None);
        state.forgotten.update(|forgotten| {
            forgotten.retain(|other| *other != step);
            if !is_done {
                forgotten.push(step);
            }
        });
    });
    view! {
        <li>
            <Tick title=words.title note=words.place is_so=is_done on_change=set />
        </li>
    }
}
