use leptos::prelude::*;

/// Something that is so or not.
#[component]
pub(super) fn Tick(
    title: &'static str,
    #[prop(into)] is_so: Signal<bool>,
    on_change: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="preview__tick">
            <input
                type="checkbox"
                class="consent__box"
                prop:checked=is_so
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <span>{title}</span>
        </label>
    }
}
