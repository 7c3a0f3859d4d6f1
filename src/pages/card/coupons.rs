//! The coupons on a card.

use kabao_core::domain::{
    coupon::{Coupon, CouponState},
    id::{AccountId, CardId},
    timestamp::Timestamp,
};
use leptos::prelude::*;

use super::paged::{Fetch, Paged};
use crate::{
    components::segmented_control::SegmentedControl,
    i18n::CardPageWording,
    store::{backend::use_backend, session::use_session},
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
    let is_over = matches!(coupon.state, CouponState::Used | CouponState::Expired);
    let validity = validity(&coupon, use_session().now())
        .map(|text| view! { <p class="row__note">{text}</p> });
    let value = coupon
        .value
        .map(|value| view! { <p class="coupon__value">{value.to_string()}</p> });
    view! {
        <article class="coupon" class:coupon--over=is_over>
            <div class="coupon__text">
                <h3 class="coupon__title name" dir="auto">
                    {coupon.title}
                </h3>
                <p class="row__note" dir="auto">{coupon.rule}</p>
                {validity}
            </div>
            {value}
        </article>
    }
    .into_any()
}

fn validity(coupon: &Coupon, now: Timestamp) -> Option<String> {
    let wording = CardPageWording::in_use();
    match (coupon.starts_at, coupon.ends_at) {
        (Some(start), Some(end)) if start > now => Some((wording.valid_between)(
            &start.day_in_china(),
            &end.day_in_china(),
        )),
        (_, Some(end)) => Some((wording.valid_until)(&end.day_in_china())),
        (Some(start), None) if start > now => Some((wording.valid_from)(&start.day_in_china())),
        _ => None,
    }
}
