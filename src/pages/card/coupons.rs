//! The coupons on a card.

use kabao_core::domain::{
    coupon::{Coupon, CouponState},
    id::{AccountId, CardId},
};
use leptos::prelude::*;

use super::{
    coupon::CouponRow,
    paged::{Fetch, Paged},
};
use crate::{
    components::segmented_control::SegmentedControl, i18n::CardPageWording,
    store::backend::use_backend,
};

/// The states that can be chosen.
const STATES: [CouponState; 3] = [CouponState::Unused, CouponState::Used, CouponState::Expired];

/// The coupons, by state.
#[component]
pub(super) fn Coupons(account: AccountId, card: CardId) -> impl IntoView {
    let wording = CardPageWording::in_use();
    let backend = use_backend();
    let chosen = RwSignal::new(0);
    let shown = Memo::new(move |_| chosen.get());
    let list = move || {
        let state = STATES[shown.get() % STATES.len()];
        let (account, card) = (account.clone(), card.clone());
        let fetch: Fetch<Coupon> =
            Box::new(move |cursor| backend.client().coupons(&account, &card, state, cursor));
        let empty = (wording.no_coupons)(state);
        view! { <Paged fetch id=|coupon: &Coupon| &coupon.id row=row empty /> }
    };
    view! {
        <SegmentedControl
            label=wording.coupons_title
            options=STATES.map(wording.coupon_state).to_vec()
            chosen
        />
        {list}
    }
}

fn row(coupon: Coupon) -> AnyView {
    view! { <CouponRow coupon /> }.into_any()
}
