//! A card's member code.

use core::time::Duration;

use super::{failure::failure_view, header::header_with_way_back};
use crate::{
    browser::{
        clock,
        dom::{View, element, group, live},
        page,
    },
    components::{qr_code::qr_code, skeleton::skeleton},
    context::{AppContext, Failure},
    domain::{
        card::{AccountId, CardId, CardNumber},
        member_code::MemberCode,
        timestamp::Timestamp,
    },
    signal::{Signal, derived},
};

/// The code that the shop scans. A code that has expired is never shown.
pub(crate) fn code_page(app: AppContext, account: AccountId, card: CardId) -> View {
    let wording = app.wording();
    let words = app.code_wording();
    page::set_title(words.title);
    let code = Signal::new(None::<(MemberCode, Timestamp)>);
    let failure = Signal::new(None::<Failure>);
    let is_loading = Signal::new(false);
    let now = Signal::new(app.now());
    let title = app.with_card(&card, |card, merchant| {
        let last_four = card.number.last_four().to_owned();
        let ending = (wording.card.ending_in)(&last_four);
        (format!("{} · {ending}", merchant.name), last_four)
    });
    let (title, last_four) = title.unwrap_or_default();
    let key = Signal::new((account.clone(), card));

    let load = move || {
        if is_loading.get_untracked() {
            return;
        }
        is_loading.set(true);
        let (account, card) = key.get_untracked();
        let call = app.client().code(&account, &card);
        call.then(move |result| {
            is_loading.set(false);
            match result {
                Ok(next) => {
                    now.set(app.now());
                    failure.set(None);
                    code.set(Some((next, app.now())));
                }
                Err(error) => failure.set(Some(app.fail(&account, error))),
            }
        });
    };
    load();
    page::on_return(move || {
        now.set(app.now());
        load();
    });
    let seconds_to_refresh = derived(move || {
        let now = now.get();
        code.with(|code| {
            let (code, received_at) = code.as_ref()?;
            let wait = i64::from(code.refresh_after?) * 1000;
            let left = wait - now.since(*received_at);
            Some(u32::try_from((left + 999) / 1000).unwrap_or_default())
        })
    });
    clock::every(Duration::from_millis(500), move || {
        now.set(app.now());
        if seconds_to_refresh.get_untracked() == Some(0) {
            load();
        }
    });

    let valid = derived(move || {
        let now = now.get();
        code.with(|code| {
            code.as_ref()
                .map(|(code, _)| code)
                .filter(|code| code.is_valid(now))
                .map(|code| code.payload.clone())
        })
    });
    let header = header_with_way_back(app, words.title, account);
    let body = live(move || match (valid.get(), failure.get()) {
        (Some(payload), _) => plate(app, &payload, &title, &last_four, seconds_to_refresh),
        (None, Some(failure)) => failure_view(app, &failure, load),
        (None, None) => skeleton(words.refreshing).into(),
    });
    group([header.into(), body])
}

/// The code on its white plate.
fn plate(
    app: AppContext,
    payload: &str,
    title: &str,
    last_four: &str,
    seconds_to_refresh: Signal<Option<u32>>,
) -> View {
    let wording = app.code_wording();
    let number = CardNumber::from(payload.to_owned());
    let refresh = move || {
        seconds_to_refresh.get().map(|seconds| {
            element("p")
                .class("code-plate__refresh")
                .text(&(wording.refreshes_in)(seconds))
        })
    };
    let title = (!title.is_empty()).then(|| element("h2").class("code-plate__card").text(title));
    let plate = element("section")
        .class("code-plate")
        .children(title)
        .child(
            element("p")
                .class("code-plate__instruction")
                .text(wording.instruction),
        )
        .children(qr_code(payload, &(wording.picture)(last_four)))
        .child(
            element("p")
                .class("code-plate__number")
                .attribute("aria-label", wording.member_number)
                .text(&number.grouped()),
        )
        .live(refresh);
    let hint = element("p").class("code-hint").text(wording.brightness);
    group([plate, hint])
}
