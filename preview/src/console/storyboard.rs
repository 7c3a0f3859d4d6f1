//! The plan step by step.

use kabao::components::button::{Button, Emphasis};
use leptos::prelude::*;

use super::state::ConsoleState;

/// What the storyboard says of the present step, with the way on.
#[component]
pub(super) fn Caption(state: ConsoleState) -> impl IntoView {
    let words = state.words;
    let go_to = move |frame: Option<usize>| Callback::new(move |()| state.show_frame(frame));
    let said = move |done: usize| {
        let plan = state.plan.get();
        let steps = plan.steps();
        let step = done.checked_sub(1).and_then(|index| steps.get(index));
        let Some(step) = step else {
            return words.before.to_owned();
        };
        let step = (words.step)(&plan, *step);
        format!("{done}/{} {} · {}", steps.len(), step.title, step.place)
    };
    let outcome = move || {
        let customer = state.customer.get();
        state.judgement.with(|judgement| {
            let outcome = judgement.outlook.outcome(customer)?;
            let name = (words.customer)(customer).name;
            let said = (words.outcome)(judgement.plan.members, customer, outcome);
            Some((words.told)(name, &said))
        })
    };
    move || {
        let done = state.frame.get()?;
        let last = state.plan.with(|plan| plan.steps().len());
        let previous = done.checked_sub(1).map(|before| {
            view! { <Button label=words.previous on_click=go_to(Some(before)) /> }
        });
        let next = (done < last).then(|| {
            let next = go_to(Some(done + 1));
            view! { <Button label=words.next emphasis=Emphasis::Primary on_click=next /> }
        });
        Some(view! {
            <section class="panel preview__caption">
                <div role="status">
                    <p>{said(done)}</p>
                    <p class="row__note">{outcome}</p>
                </div>
                <div class="preview__buttons">
                    {previous}
                    {next}
                    <Button
                        label=words.storyboard_end
                        emphasis=Emphasis::Quiet
                        on_click=go_to(None)
                    />
                </div>
            </section>
        })
    }
}
