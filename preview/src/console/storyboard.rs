//! The case step by step: on the screen, and on paper.

use kabao::components::button::{Button, Emphasis};
use kabao_preview::plan::steps_of;
use kabao_rules::cases::Case;
use leptos::prelude::*;

use super::state::ConsoleState;
use crate::words::Words;

/// The storyboard on paper, one step a page.
#[component]
pub(super) fn PrintedPages(state: ConsoleState, case: Case) -> impl IntoView {
    let words = state.words;
    let pages: Vec<_> = (0..=steps_of(case).len())
        .map(|done| {
            view! {
                <li>
                    <h2>{words.title}</h2>
                    <p>{caption(words, case, done)}</p>
                </li>
            }
        })
        .collect();
    view! { <ol class="preview__pages">{pages}</ol> }
}

/// What is said once so many steps are done.
fn caption(words: &Words, case: Case, done: usize) -> String {
    let steps = steps_of(case);
    let last = steps.len();
    let Some(step) = done.checked_sub(1).and_then(|index| steps.get(index)) else {
        return words.before.to_owned();
    };
    let effect = (words.effect)(case, *step);
    let step = (words.step)(case, *step);
    let outcome = if done == last {
        (words.outcome)(case)
    } else {
        ""
    };
    format!(
        "{done}/{last} {} · {}\n{effect} {outcome}",
        step.title, step.place
    )
}

/// What the storyboard says of the present step, with the way on.
#[component]
pub(super) fn Caption(state: ConsoleState) -> impl IntoView {
    let words = state.words;
    let go_to = move |frame: Option<usize>| Callback::new(move |()| state.frame.set(frame));
    move || {
        let done = state.frame.get()?;
        let case = state.case()?;
        let last = steps_of(case).len();
        let previous = done.checked_sub(1).map(|before| {
            view! { <Button label=words.previous on_click=go_to(Some(before)) /> }
        });
        let next = (done < last).then(|| {
            view! {
                <Button
                    label=words.next
                    emphasis=Emphasis::Primary
                    on_click=go_to(Some(done + 1))
                />
            }
        });
        Some(view! {
            <section class="panel preview__caption">
                <p role="status">{caption(words, case, done)}</p>
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
