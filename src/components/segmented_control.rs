use leptos::prelude::*;

/// A row of options of which one is chosen.
#[component]
pub fn SegmentedControl(
    /// What a screen reader calls it.
    label: &'static str,
    options: Vec<&'static str>,
    /// The index of the chosen option.
    chosen: RwSignal<usize>,
) -> impl IntoView {
    let buttons: Vec<_> = options
        .into_iter()
        .enumerate()
        .map(|(index, option)| {
            view! {
                <button
                    type="button"
                    class="choice__option"
                    aria-pressed=move || (chosen.get() == index).to_string()
                    on:click=move |_| chosen.set(index)
                >
                    {option}
                </button>
            }
        })
        .collect();
    view! {
        <div class="choice" role="group" aria-label=label>
            {buttons}
        </div>
    }
}
