//! One coupon.

use kabao_core::domain::{
    card::CardNumber,
    coupon::{Coupon, CouponState},
    scan_code::crisp_width,
    timestamp::Timestamp,
    wallet::LinkKind,
};
use leptos::prelude::*;

use crate::{
    browser::resize,
    components::{
        button::{Button, ButtonLink, Emphasis},
        qr_code::QrCode,
    },
    i18n::CardPageWording,
    pages::sheet::Sheet,
    store::{session::use_session, wallet::use_wallet},
};

/// How wide a coupon's code may be, in CSS pixels: it fits the narrowest phone.
const CODE_WIDTH: f64 = 240.0;

/// A coupon, and the ways to use it.
#[component]
pub(super) fn CouponRow(coupon: Coupon) -> impl IntoView {
    let is_over = matches!(coupon.state, CouponState::Used | CouponState::Expired);
    let validity = validity(&coupon, use_session().now())
        .map(|text| view! { <p class="row__note">{text}</p> });
    let value = coupon
        .value
        .map(|value| view! { <p class="coupon__value">{value.to_string()}</p> });
    let ways = (coupon.state == CouponState::Unused).then(|| {
        let title = coupon.title.clone();
        view! { <Ways title code=coupon.code /> }
    });
    view! {
        <article class="coupon" class:coupon--over=is_over>
            <div class="coupon__text">
                <h3 class="coupon__title name" dir="auto">
                    {coupon.title}
                </h3>
                <p class="row__note" dir="auto">{coupon.rule}</p>
                {validity}
                {ways}
            </div>
            {value}
        </article>
    }
}

/// Its own code, where it has one, and ordering, where the account's menu leads
/// there.
#[component]
fn Ways(title: String, code: Option<String>) -> impl IntoView {
    let wording = CardPageWording::in_use();
    let wallet = use_wallet();
    let is_shown = RwSignal::new(false);
    let has_sheet = Memo::new(move |_| is_shown.get());
    let close = Callback::new(move |()| is_shown.set(false));
    let show = code.is_some().then(|| {
        view! {
            <Button
                label=wording.show_coupon
                emphasis=Emphasis::Secondary
                on_click=Callback::new(move |()| is_shown.set(true))
            />
        }
    });
    let order = move || {
        let url = wallet.with(|shown| {
            let mut links = shown.wallet.account.links.iter();
            let link = links.find(|link| link.kind == LinkKind::Order)?;
            Some(link.url.as_str().to_owned())
        })?;
        Some(view! { <ButtonLink label=wording.order href=url /> })
    };
    let sheet = move || {
        let payload = code.clone().filter(|_| has_sheet.get())?;
        let title = title.clone();
        Some(view! {
            <Sheet title=title.clone() on_close=close>
                <CouponCode title payload />
            </Sheet>
        })
    };
    view! {
        <div class="coupon__ways">{show} {order}</div>
        {sheet}
    }
}

#[component]
fn CouponCode(title: String, payload: String) -> impl IntoView {
    let screen = resize::screen();
    let label = (CardPageWording::in_use().coupon_code)(&title);
    let digits = CardNumber::from(payload.clone()).grouped();
    let width =
        Callback::new(move |modules| crisp_width(modules, CODE_WIDTH, screen.get().pixel_ratio));
    view! {
        <div class="coupon-code">
            <QrCode payload label width />
            <p class="code-plate__number">{digits}</p>
        </div>
    }
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
