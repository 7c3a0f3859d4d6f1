//! The coupons on a card.

use super::paged::Paged;
use crate::{
    browser::{
        clock,
        dom::{Element, View, element, group, live},
    },
    components::choice::choice,
    context::AppContext,
    signal::Signal,
};
use kabao_core::domain::{
    coupon::{Coupon, CouponState},
    id::{AccountId, CardId},
};

/// The states that can be chosen.
const STATES: [CouponState; 3] = [CouponState::Unused, CouponState::Used, CouponState::Expired];

/// The coupons, by state.
pub(super) fn coupons_view(app: AppContext, account: AccountId, card: CardId) -> View {
    let wording = app.history_wording();
    let chosen = Signal::new(0);
    let list = live(move || {
        let state = STATES[chosen.get() % STATES.len()];
        let (of_account, of_card) = (account.clone(), card.clone());
        Paged {
            fetch: Box::new(move |cursor| {
                app.client().coupons(&of_account, &of_card, state, cursor)
            }),
            id: |coupon: &Coupon| &coupon.id,
            row: Box::new(move |coupon| coupon_view(app, coupon)),
            empty: (wording.no_coupons)(state),
        }
        .view(app, &account)
    });
    group([
        View::from(choice(
            wording.coupons_title,
            &STATES.map(wording.coupon_state),
            chosen,
        )),
        list,
    ])
}

fn coupon_view(app: AppContext, coupon: &Coupon) -> Element {
    let wording = app.history_wording();
    let date =
        |at: kabao_core::domain::timestamp::Timestamp| at.wall_time(clock::utc_offset()).date();
    let validity = match (coupon.starts_at, coupon.ends_at) {
        (Some(start), Some(end)) if start > app.now() => {
            Some((wording.valid_between)(&date(start), &date(end)))
        }
        (_, Some(end)) => Some((wording.valid_until)(&date(end))),
        (Some(start), None) if start > app.now() => Some((wording.valid_from)(&date(start))),
        _ => None,
    };
    let value = coupon
        .value
        .map(|value| element("p").class("coupon__value").text(&value.to_string()));
    let text = element("div")
        .class("coupon__text")
        .child(element("h3").class("coupon__title").text(&coupon.title))
        .child(element("p").class("row__note").text(&coupon.rule))
        .children(validity.map(|text| element("p").class("row__note").text(&text)));
    let class = match coupon.state {
        CouponState::Used | CouponState::Expired => "coupon coupon--over",
        CouponState::Unused | CouponState::Unknown => "coupon",
    };
    element("article").class(class).child(text).children(value)
}
