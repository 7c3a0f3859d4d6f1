use kabao_core::domain::money::Money;
use leptos::prelude::*;

/// An amount on its way up, for the eye alone: whoever shows it says what it comes
/// to. It takes as much room as that from the beginning, so that nothing moves.
#[component]
pub fn CountUp(
    /// What it comes to.
    total: Money,
    /// How far it is.
    #[prop(into)]
    shown: Signal<Money>,
) -> impl IntoView {
    view! {
        <span class="count-up" data-total=total.to_string() aria-hidden="true">
            {move || shown.get().to_string()}
        </span>
    }
}
