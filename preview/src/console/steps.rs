//! The steps of the manual, to be ticked off, and what may go wrong besides.

use core::time::Duration;

use kabao::components::button::Button;
use kabao_preview::plan::{Plan, Step, WhatIf, steps_of, what_ifs_of};
use leptos::prelude::*;

use super::{state::ConsoleState, tick::Tick};

/// Time for the page and the phone to be drawn.
const LOOKED_FOR_AFTER: Duration = Duration::from_millis(400);

/// What the list of steps depends on: another list is built only when it is another.
fn ways(state: ConsoleState) -> Memo<Plan> {
    Memo::new(move |_| {
        let plan = state.plan.get();
        Plan::ideal(plan.way, plan.members)
    })
}

#[component]
pub(super) fn Steps(state: ConsoleState) -> impl IntoView {
    let words = state.words;
    let plan = ways(state);
    let steps = move || {
        let plan = plan.get();
        steps_of(plan.way, plan.members)
            .into_iter()
            .map(|step| view! { <StepTick state plan=plan.clone() step /> })
            .collect::<Vec<_>>()
    };
    let section = move || plan.with(|plan| (words.section)(plan.way));
    let play = Callback::new(move |()| state.show_frame(Some(0)));
    view! {
        <section class="panel">
            <h2 class="panel__heading">{words.steps}</h2>
            <p class="row__note">{section}" · "{words.steps_hint}</p>
            <ol class="preview__steps">{steps}</ol>
            <Button label=words.storyboard on_click=play />
        </section>
    }
}

#[component]
fn StepTick(
    state: ConsoleState,
    /// The manual's way.
    plan: Plan,
    step: Step,
) -> impl IntoView {
    let words = state.words;
    let said = (words.step)(&plan, step);
    let is_done = Signal::derive(move || state.plan.with(|plan| plan.has_done(step)));
    let set = Callback::new(move |is_done: bool| {
        state.change(|plan| plan.set_done(step, is_done));
    });
    let to_buy = move || {
        let plan = state.plan.get();
        let missing = plan.credits_needed().saturating_sub(plan.credits_left());
        (step == Step::Sms && missing > 0).then(|| {
            view! { <p class="preview__to-buy">{(words.credits_to_buy)(missing)}</p> }
        })
    };
    let note = (!said.note.is_empty()).then(|| view! { <p class="row__note">{said.note}</p> });
    view! {
        <li class="preview__step" class:preview__step--left-out=move || !is_done.get()>
            <Tick title=said.title is_so=is_done on_change=set />
            <div class="preview__step-text">
                <p class="row__note"><b>{said.who}</b>" · "{said.place}</p>
                {note}
                {to_buy}
                <Consequence state plan step />
            </div>
        </li>
    }
}

/// What a step that is left out leads to. Everybody has to be played anew for it, so it
/// is looked for once the page is there.
#[component]
fn Consequence(state: ConsoleState, plan: Plan, step: Step) -> impl IntoView {
    let words = state.words;
    let said = RwSignal::new(String::new());
    let look = move || {
        let plan = plan.without(step);
        let judgement = state.without(&plan);
        let warnings = judgement.warnings();
        let consequence = if warnings.is_empty() {
            (words.eased)(&judgement.eased())
        } else {
            let said = warnings
                .iter()
                .map(|warning| (words.warning)(&plan, warning));
            said.collect::<Vec<_>>().join(" ")
        };
        // Another list of steps may be there by now.
        let _ = said.try_set(consequence);
    };
    set_timeout(look, LOOKED_FOR_AFTER);
    view! {
        <p class="preview__consequence">
            <b>{words.if_left_out}</b>
            {said}
        </p>
    }
}

/// What may go wrong although all is done.
#[component]
pub(super) fn WhatIfs(state: ConsoleState) -> impl IntoView {
    let words = state.words;
    let plan = ways(state);
    let what_ifs = move || {
        what_ifs_of(plan.with(|plan| plan.members))
            .map(|what| view! { <WhatIfTick state what /> })
            .collect::<Vec<_>>()
    };
    view! {
        <section class="panel">
            <h2 class="panel__heading">{words.what_if_title}</h2>
            <ul class="preview__list">{what_ifs}</ul>
        </section>
    }
}

#[component]
fn WhatIfTick(state: ConsoleState, what: WhatIf) -> impl IntoView {
    let is_so = Signal::derive(move || state.plan.with(|plan| plan.has_gone_wrong(what)));
    let set = Callback::new(move |is_so: bool| {
        state.change(|plan| plan.set_gone_wrong(what, is_so));
    });
    view! {
        <li>
            <Tick title=(state.words.what_if)(what) is_so on_change=set />
        </li>
    }
}
