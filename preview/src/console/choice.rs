use leptos::prelude::*;

/// A question with a row of answers of which one is chosen.
#[component]
pub(super) fn Choice<T: Copy + PartialEq + Send + Sync + 'static>(
    title: &'static str,
    /// The answers, as they are now.
    #[prop(into)]
    answers: Signal<Vec<(&'static str, T)>>,
    #[prop(into)] chosen: Signal<T>,
    on_choose: Callback<T>,
) -> impl IntoView {
    let button = move |(label, answer): (&'static str, T)| {
        view! {
            <button
                type="button"
                class="choice__option"
                aria-pressed=move || (chosen.get() == answer).to_string()
                on:click=move |_| on_choose.run(answer)
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="preview__question">
            <h2 class="panel__heading">{title}</h2>
            <div class="choice" role="group" aria-label=title>
                {move || answers.get().into_iter().map(button).collect::<Vec<_>>()}
            </div>
        </div>
    }
}
