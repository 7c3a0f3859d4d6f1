//! One card.

mod coupons;
mod paged;
mod timeline;

use leptos::task::spawn_local;

use self::{coupons::coupons_view, timeline::timeline_view};
use super::{failure::failure_view, header::header_with_way_back};
use crate::{
    browser::{
        clock,
        dom::{Element, View, element, group, live},
        page,
    },
    components::{
        button::{Emphasis, button},
        card_face::{CardFace, CardFaceSize},
        choice::choice,
        skeleton::skeleton,
        toast::{Toast, toast_place},
    },
    context::{AppContext, Failure},
    signal::{Signal, derived},
};
use kabao_core::{
    domain::{
        card::{Card, CardKind, CardOrigin, CardStatus},
        id::{AccountId, CardId},
        money::grouped,
    },
    route::Route,
    wire::card::CardInFull,
};

/// Everything about one card.
pub(crate) fn card_page(app: AppContext, account: AccountId, card: CardId) -> View {
    let wording = app.wording();
    let title = app.history_wording().card_title;
    page::set_title(title);
    let message = Signal::new(None::<Toast>);
    let failure = Signal::new(None::<Failure>);
    // The wallet that was just seen has most of it, so it is shown at once.
    let known = app.wallet(&account).and_then(|wallet| {
        let card = wallet.card(&card)?.clone();
        let merchant = wallet.merchant(&card.merchant_id)?.clone();
        Some(CardInFull {
            card,
            merchant,
            as_of: wallet.as_of,
        })
    });
    let shown = Signal::new(known);
    let key = Signal::new((account.clone(), card));
    let load = move || {
        let (account, card) = key.get_untracked();
        let call = app.client().card(&account, &card);
        call.then(move |result| match result {
            Ok(card) => {
                failure.set(None);
                shown.set(Some(card));
            }
            Err(error) => failure.set(Some(app.fail(&account, error))),
        });
    };
    load();
    page::on_return(load);
    let header = header_with_way_back(app, title, account);
    let is_known = derived(move || shown.with(Option::is_some));
    let history = live(move || {
        is_known.get().then(|| {
            let (account, card) = key.get_untracked();
            history_view(app, account, card)
        })
    });
    let body = live(move || match (failure.get(), shown.get()) {
        (Some(failure), _) => failure_view(app, &failure, load),
        (None, Some(shown)) => card_view(app, &shown, message),
        (None, None) => skeleton(wording.app.loading).into(),
    });
    group([header.into(), body, history, toast_place(message).into()])
}

/// What has happened on the card, and its coupons.
fn history_view(app: AppContext, account: AccountId, card: CardId) -> Element {
    let wording = app.history_wording();
    let chosen = Signal::new(0);
    element("section")
        .class("panel")
        .child(element("h2").class("panel__heading").text(wording.title))
        .child(choice(
            wording.title,
            &[wording.entries_title, wording.coupons_title],
            chosen,
        ))
        .live(move || {
            let (account, card) = (account.clone(), card.clone());
            match chosen.get() {
                0 => timeline_view(app, account, card),
                _ => coupons_view(app, account, card),
            }
        })
}

fn card_view(app: AppContext, shown: &CardInFull, message: Signal<Option<Toast>>) -> View {
    let wording = app.wording();
    let card = &shown.card;
    let face = CardFace {
        card,
        merchant: &shown.merchant,
        wording: &wording.card,
        size: CardFaceSize::Full,
        is_in_use: false,
        avatar_action: None,
        open_action: None,
    };
    let as_of = shown.as_of.wall_time(clock::utc_offset()).time_of_day();
    let facts = facts(app, card).into_iter().map(|(term, fact)| {
        element("div")
            .class("facts__row")
            .child(element("dt").text(term))
            .child(element("dd").text(&fact))
    });
    let facts = element("section")
        .class("panel")
        .child(element("dl").class("facts").children(facts))
        .child(
            element("p")
                .class("panel__as-of")
                .text(&(wording.card.as_of)(&as_of)),
        );
    group([
        View::from(face.view()),
        next_step_view(app, card.status).into(),
        show_code_button(app, card).into(),
        number_view(app, card, message).into(),
        level_view(app, card).into(),
        facts.into(),
    ])
}

/// What to do about a card that can't be used.
pub(super) fn next_step_view(app: AppContext, status: CardStatus) -> Option<Element> {
    let wording = &app.wording().card;
    let text = match status {
        CardStatus::Active | CardStatus::Unknown => return None,
        CardStatus::Frozen => wording.frozen_next_step,
        CardStatus::Lost => wording.lost_next_step,
        CardStatus::Expired => wording.expired_next_step,
    };
    Some(element("p").class("wallet__next-step").text(text))
}

/// The button that leads to the card's member code, where it has one.
pub(super) fn show_code_button(app: AppContext, card: &Card) -> Option<Element> {
    card.status.is_usable().then(|| {
        let id = card.id.clone();
        button(
            app.wording().wallet.show_code,
            Emphasis::Primary,
            move || {
                if let Some(account) = app.route().account() {
                    app.go(Route::Code(account.clone(), id.clone()));
                }
            },
        )
    })
}

fn number_view(app: AppContext, card: &Card, message: Signal<Option<Toast>>) -> Element {
    let wording = &app.wording().card;
    let digits = card.number.digits().to_owned();
    let copy = button(wording.copy_number, Emphasis::Secondary, move || {
        let digits = digits.clone();
        spawn_local(async move {
            let text = if page::copy(&digits).await {
                wording.copied
            } else {
                wording.copy_failed
            };
            message.set(Some(text.into()));
        });
    });
    let number = element("div")
        .child(element("h2").class("panel__title").text(wording.number))
        .child(
            element("p")
                .class("panel__digits")
                .text(&card.number.grouped()),
        );
    let row = element("div")
        .class("panel__number")
        .child(number)
        .child(copy);
    element("section").class("panel").child(row)
}

fn level_view(app: AppContext, card: &Card) -> Option<Element> {
    let wording = &app.wording().card;
    let level = card.level.as_ref()?;
    let benefits = level
        .benefits
        .iter()
        .map(|benefit| element("li").text(benefit));
    let next = level.next.as_ref().zip(card.points).map(|(next, points)| {
        let progress = progress_view(app, points, next.at_points);
        let missing = next.at_points.saturating_sub(points).max(0);
        let text = element("p")
            .class("level__next")
            .text(&(wording.next_level)(&next.name, &grouped(missing)));
        group([progress, text])
    });
    let title = format!("{} · {}", wording.benefits, level.name);
    let panel = element("section")
        .class("panel")
        .child(element("h2").class("panel__title").text(&title))
        .child(element("ul").class("level__benefits").children(benefits))
        .children(next);
    Some(panel)
}

/// How near the next level is.
fn progress_view(app: AppContext, points: i64, needed: i64) -> Element {
    let wording = app.history_wording();
    let percent = points.saturating_mul(100) / needed.max(1);
    let percent = percent.clamp(0, 100).to_string();
    let text = (wording.level_progress)(&grouped(points), &grouped(needed));
    let bar = element("div")
        .class("level__bar")
        .attribute("role", "progressbar")
        .attribute("aria-label", &text)
        .attribute("aria-valuenow", &percent)
        .attribute("aria-valuemin", "0")
        .attribute("aria-valuemax", "100")
        .child(
            element("span")
                .class("level__bar-filled")
                .attribute("style", &format!("width:{percent}%")),
        );
    element("div")
        .class("level__progress")
        .child(bar)
        .child(element("p").class("level__points").text(&text))
}

fn facts(app: AppContext, card: &Card) -> Vec<(&'static str, String)> {
    let wording = &app.wording().card;
    let kind = match card.kind {
        CardKind::Online => Some(wording.kind_online),
        CardKind::Physical => Some(wording.kind_physical),
        CardKind::Unknown => None,
    };
    let origin = match card.origin {
        CardOrigin::IssuedAutomatically => Some(wording.origin_issued),
        CardOrigin::Claimed => Some(wording.origin_claimed),
        CardOrigin::Opened => Some(wording.origin_opened),
        CardOrigin::FoundByPhone => Some(wording.origin_found),
        CardOrigin::Unknown => None,
    };
    let expiry = card
        .expires_at
        .map(|at| at.wall_time(clock::utc_offset()).date());
    [
        (wording.kind, kind.map(str::to_owned)),
        (wording.origin, origin.map(str::to_owned)),
        (wording.previous_account, card.previous_account_name.clone()),
        (wording.valid_until, expiry),
    ]
    .into_iter()
    .filter_map(|(term, fact)| Some((term, fact?)))
    .collect()
}
