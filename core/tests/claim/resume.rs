//! Where a page that is opened, reloaded or come back to goes on.

use kabao_core::{
    domain::claim::{Claim, Eligibility, Progress},
    machine::claim::{
        call::Read,
        effect::Effect,
        event::{Event, Reply},
        placement::{Field, Reason, StepKind},
        saved::{Saved, SavedKey},
        state::{Screen, Step},
    },
    problem::{ApiError, ProblemCode},
};

use crate::{
    fixtures::{
        PHONE, at, bound, card, claim, code_sent, gateway, problem, verified, wallet_summary,
    },
    page::{Page, WalletNews, claim_read_in, wallet_news},
};

const DONE: Screen = Screen::Step(StepKind::Done);
const PHONE_STEP: Screen = Screen::Step(StepKind::Phone);
const LOADING: Screen = Screen::Step(StepKind::Loading);

fn bindable() -> Claim {
    verified("k1", &[("c1", Eligibility::Selectable)])
}

/// A page that shows what came back.
fn at_done() -> Page {
    let mut page = Page::at_findings(bindable());
    let sent = page.sends(Event::Bind);
    page.replies(sent.call, Ok(bound("k1")));
    assert_eq!(page.screen(), DONE);
    page
}

#[test]
fn an_open_claim_is_resumed_where_it_stands() {
    for (stands, step) in [
        (code_sent("k1", 60), StepKind::Code),
        (bindable(), StepKind::Choose),
        (verified("k1", &[]), StepKind::NothingFound),
        (
            verified("k1", &[("c1", Eligibility::Lost)]),
            StepKind::NothingFound,
        ),
        (
            claim("k1", Progress::Bound(vec![card("c1")])),
            StepKind::Done,
        ),
    ] {
        let mut page = Page::new(Saved::default());
        let (call, _) = page.load(Some("k1")).expect("a claim to load");
        assert_eq!(page.screen(), LOADING);
        let effects = page.replies(call, Ok(Reply::Claim(stands)));
        assert_eq!(page.screen(), Screen::Step(step));
        assert!(!page.state.is_busy());
        // A wallet that names a claim as open which is not is out of date.
        let news = match step {
            StepKind::Done => WalletNews::OutOfDate,
            _ => WalletNews::None,
        };
        assert_eq!(wallet_news(&effects), news);
    }
}

#[test]
fn a_resumed_code_is_sent_by_itself_too() {
    let mut page = Page::new(Saved::default());
    let (call, _) = page.load(Some("k1")).expect("a claim to load");
    page.replies(call, Ok(Reply::Claim(code_sent("k1", 60))));
    page.sends(Event::CodeTyped("123456".into()));
}

#[test]
fn a_claim_that_was_left_for_too_long_says_so_at_the_button() {
    for end in [
        Ok(Reply::Claim(claim("k1", Progress::Expired))),
        Err(problem(404, ProblemCode::ClaimNotFound)),
    ] {
        let mut page = Page::new(Saved::default());
        let (call, _) = page.load(Some("k1")).expect("a claim to load");
        let effects = page.replies(call, end);
        assert_eq!(wallet_news(&effects), WalletNews::OutOfDate);
        assert_eq!(page.screen(), PHONE_STEP);
        assert_eq!(
            page.message(),
            Some((Field::SendCode, Reason::ClaimExpired))
        );
    }
}

#[test]
fn a_reload_after_binding_shows_the_result() {
    let mut page = at_done().reloaded();
    let (call, last) = page.load(None).expect("the last claim to load");
    assert_eq!(last, "k1".into());
    let stands = claim("k1", Progress::Bound(vec![card("c1")]));
    let effects = page.replies(call, Ok(Reply::Claim(stands)));
    assert_eq!(page.state.step(), &Step::Done(vec![card("c1")]));
    assert_eq!(wallet_news(&effects), WalletNews::None);
}

#[test]
fn a_reload_after_a_lost_reply_to_a_binding_shows_the_result() {
    let mut page = Page::at_findings(bindable());
    page.sends(Event::Bind);
    let mut page = page.reloaded();
    let (call, last) = page.load(None).expect("the last claim to load");
    assert_eq!(last, "k1".into());
    let stands = claim("k1", Progress::Bound(vec![card("c1")]));
    page.replies(call, Ok(Reply::Claim(stands)));
    assert_eq!(page.screen(), DONE);
    assert_eq!(page.state.saved().keys, []);
}

#[test]
fn a_binding_that_never_arrived_is_gone_on_with() {
    let mut page = Page::at_findings(bindable());
    let first = page.sends(Event::Bind);
    let mut page = page.reloaded();
    let (call, _) = page.load(Some("k1")).expect("the open claim to load");
    page.replies(call, Ok(Reply::Claim(bindable())));
    assert_eq!(page.screen(), Screen::Step(StepKind::Choose));
    let again = page.sends(Event::Bind);
    assert_eq!(again.key, first.key);
}

#[test]
fn a_last_claim_that_is_gone_is_not_spoken_of() {
    for end in [
        Ok(Reply::Claim(claim("k1", Progress::Expired))),
        Err(problem(404, ProblemCode::ClaimNotFound)),
        Err(problem(410, ProblemCode::ClaimExpired)),
    ] {
        let mut page = at_done().reloaded();
        let (call, _) = page.load(None).expect("the last claim to load");
        page.replies(call, end);
        assert_eq!(page.screen(), PHONE_STEP);
        assert_eq!(page.message(), None);
        assert_eq!(page.state.saved(), Saved::default());
    }
}

#[test]
fn a_last_claim_that_can_not_be_read_now_is_not_forgotten() {
    for (page, _) in binding() {
        let mut page = page.reloaded();
        let saved = page.state.saved();
        let (call, _) = page.load(None).expect("the last claim to load");
        page.replies(call, Err(ApiError::Offline));
        assert_eq!(page.state.saved(), saved);
        assert_eq!(page.screen(), Screen::Blocked);
    }
}

#[test]
fn an_open_claim_goes_before_the_last_one() {
    let mut page = at_done().reloaded();
    let (call, open) = page.load(Some("k2")).expect("the open claim to load");
    assert_eq!(open, "k2".into());
    page.replies(call, Ok(Reply::Claim(code_sent("k2", 60))));
    assert_eq!(page.state.saved().last_bound, None);
}

#[test]
fn a_claim_begun_on_purpose_forgets_the_last_result() {
    let mut page = at_done();
    let call = page.reads_wallet(Event::Begun);
    assert_eq!(page.screen(), LOADING);
    assert_eq!(page.state.saved(), Saved::default());
    let effects = page.replies(call, Ok(Reply::Wallet(wallet_summary(None))));
    assert_eq!(claim_read_in(&effects), None);
    assert_eq!(page.screen(), PHONE_STEP);
    // What was typed for the claim before is not there any longer.
    assert_eq!(page.state.phone().as_str(), "");
    assert!(!page.state.has_consent());
}

#[test]
fn beginning_on_purpose_does_not_wait_for_the_last_result() {
    let mut page = at_done().reloaded();
    let (call, _) = page.load(None).expect("the last claim to load");
    page.on(Event::Begun);
    assert_eq!(page.screen(), PHONE_STEP);
    let stands = claim("k1", Progress::Bound(vec![card("c1")]));
    page.replies(call, Ok(Reply::Claim(stands)));
    assert_eq!(page.screen(), PHONE_STEP);
}

#[test]
fn beginning_on_purpose_goes_on_with_an_open_claim() {
    let mut page = Page::at_code();
    assert_eq!(page.on(Event::Begun), []);
    assert_eq!(page.screen(), Screen::Step(StepKind::Code));

    page.on(Event::OtherPhone);
    let call = page.reads_wallet(Event::Begun);
    let effects = page.replies(call, Ok(Reply::Wallet(wallet_summary(Some("k1")))));
    let (call, _) = claim_read_in(&effects).expect("the open claim to load");
    page.replies(call, Ok(Reply::Claim(code_sent("k1", 60))));
    assert_eq!(page.screen(), Screen::Step(StepKind::Code));
    // The number is still there, should it be corrected after all.
    page.on(Event::OtherPhone);
    assert_eq!(page.state.phone().as_str(), PHONE);
}

#[test]
fn a_page_that_is_left_and_opened_again_goes_on_waiting() {
    let mut page = Page::ready_to_send();
    let sent = page.sends(Event::SendCode);
    assert_eq!(page.on(Event::Opened), []);
    assert_eq!(page.on(Event::Begun), []);
    assert!(page.state.is_busy());
    page.answers(&sent, Ok(code_sent("k1", 60)));
    assert_eq!(page.screen(), Screen::Step(StepKind::Code));
    assert_eq!(page.on(Event::Opened), []);
}

#[test]
fn a_page_that_can_not_be_loaded_offers_another_try() {
    for error in [
        ApiError::Offline,
        ApiError::Timeout,
        ApiError::Unreadable,
        gateway(502),
        gateway(403),
        problem(500, ProblemCode::Internal),
        problem(403, ProblemCode::SnapshotUser),
        problem(418, ProblemCode::Unknown),
    ] {
        let mut page = Page::new(Saved::default());
        let call = page.reads_wallet(Event::Opened);
        page.replies(call, Err(error.clone()));
        assert_eq!(page.screen(), Screen::Blocked);
        assert_eq!(page.state.blocked().expect("a problem").error, error);
        // Without the wallet there are no terms to agree to.
        assert!(!page.state.can_dismiss());
        page.on(Event::Dismissed);
        assert_eq!(page.screen(), Screen::Blocked);

        let call = page.reads_wallet(Event::Retry);
        assert_eq!(page.screen(), Screen::Blocked);
        assert!(page.state.is_busy());
        page.replies(call, Ok(Reply::Wallet(wallet_summary(None))));
        assert_eq!(page.screen(), PHONE_STEP);
    }
}

#[test]
fn a_claim_that_can_not_be_read_does_not_keep_the_fan_from_another() {
    let future = Reply::Claim(claim("k1", Progress::Unknown));
    for end in [Ok(future), Err(gateway(502))] {
        let mut page = Page::new(Saved::default());
        let (call, _) = page.load(Some("k1")).expect("a claim to load");
        page.replies(call, end);
        assert_eq!(page.screen(), Screen::Blocked);
        assert!(page.state.blocked().expect("a problem").can_retry());
        assert!(page.state.can_dismiss());
        page.on(Event::Dismissed);
        assert_eq!(page.screen(), PHONE_STEP);
        assert_eq!(page.message(), None);
    }
}

#[test]
fn trying_again_asks_for_the_wallet_first() {
    let mut page = Page::new(Saved::default());
    let (call, _) = page.load(Some("k1")).expect("a claim to load");
    page.replies(call, Err(ApiError::Timeout));
    let effects = page.on(Event::Retry);
    assert!(matches!(
        effects.as_slice(),
        [Effect::Read {
            read: Read::Wallet,
            ..
        }]
    ));
}

#[test]
fn a_claim_that_is_bound_already_shows_its_result() {
    // In another window, say.
    let mut page = Page::at_code();
    let sent = page.sends(Event::CodeTyped("123456".into()));
    let stands = claim("k1", Progress::Bound(vec![card("c1")]));
    let effects = page.answers(&sent, Ok(stands));
    assert_eq!(wallet_news(&effects), WalletNews::OutOfDate);
    assert_eq!(page.screen(), DONE);
    assert_eq!(page.state.saved().last_bound, Some("k1".into()));
}

/// A page whose binding of `k1` has no reply, or an unknown outcome, and the key.
fn binding() -> [(Page, SavedKey); 2] {
    let mut waiting = Page::at_findings(bindable());
    waiting.sends(Event::Bind);
    let mut lost = Page::at_findings(bindable());
    let sent = lost.sends(Event::Bind);
    lost.answers(&sent, Err(ApiError::Timeout));
    [waiting, lost].map(|page| {
        let key = page.state.saved().keys[0].clone();
        (page, key)
    })
}

/// Goes to the claim page on purpose, where the wallet names `open_claim`, which
/// stands as it is given.
fn begin_with(page: &mut Page, open_claim: &str, stands: Claim) {
    let call = page.reads_wallet(Event::Begun);
    let wallet = wallet_summary(Some(open_claim));
    let effects = page.replies(call, Ok(Reply::Wallet(wallet)));
    let (call, _) = claim_read_in(&effects).expect("the open claim to load");
    page.replies(call, Ok(Reply::Claim(stands)));
}

#[test]
fn a_binding_under_way_is_not_forgotten() {
    let events: [fn(&mut Page); 7] = [
        |page| drop(page.on(Event::Begun)),
        |page| drop(page.on(Event::OtherPhone)),
        |page| {
            page.on(Event::OtherPhone);
            begin_with(page, "k2", code_sent("k2", 60));
        },
        |page| {
            page.on(Event::OtherPhone);
            begin_with(page, "k2", claim("k2", Progress::Expired));
        },
        |page| {
            page.on(Event::OtherPhone);
            begin_with(page, "k1", bindable());
        },
        |page| {
            page.on(Event::OtherPhone);
            page.now = at(60);
            let sent = page.sends(Event::SendCode);
            page.answers(&sent, Ok(code_sent("k2", 120)));
        },
        |page| *page = page.reloaded(),
    ];
    for (place, event) in events.into_iter().enumerate() {
        for (mut page, key) in binding() {
            event(&mut page);
            let saved = page.state.saved();
            assert_eq!(saved.last_bound, Some("k1".into()), "{place}");
            assert!(saved.keys.contains(&key), "{place}: {saved:?}");
        }
    }
}

#[test]
fn a_binding_of_another_claim_takes_the_place_of_the_last() {
    for (mut page, key) in binding() {
        page.on(Event::OtherPhone);
        begin_with(
            &mut page,
            "k2",
            verified("k2", &[("c2", Eligibility::Selectable)]),
        );
        page.sends(Event::Bind);
        let saved = page.state.saved();
        assert_eq!(saved.last_bound, Some("k2".into()));
        assert!(!saved.keys.contains(&key), "{saved:?}");
    }
}

#[test]
fn the_result_of_a_lost_binding_is_shown_to_who_begins_on_purpose_too() {
    for (page, _) in binding() {
        let mut page = page.reloaded();
        let (call, _) = page.load(None).expect("the last claim to load");
        assert_eq!(page.on(Event::Begun), []);
        let stands = claim("k1", Progress::Bound(vec![card("c1")]));
        page.replies(call, Ok(Reply::Claim(stands)));
        assert_eq!(page.screen(), DONE);
        // It has been shown once, which is enough.
        page.reads_wallet(Event::Begun);
        assert_eq!(page.state.saved(), Saved::default());
    }
}

#[test]
fn a_refusal_leaves_what_may_have_been_bound_before() {
    let cards = [
        ("c1", Eligibility::Selectable),
        ("c2", Eligibility::Selectable),
    ];
    let mut page = Page::at_findings(verified("k1", &cards));
    let first = page.sends(Event::Bind);
    page.answers(&first, Err(ApiError::Timeout));
    page.on(Event::CardToggled("c2".into()));
    let other = page.sends(Event::Bind);
    page.answers(&other, Err(problem(409, ProblemCode::CardAlreadyBound)));
    assert_eq!(page.state.saved().last_bound, Some("k1".into()));
}

#[test]
fn a_binding_that_was_refused_is_none() {
    for is_left in [false, true] {
        let mut page = Page::at_findings(bindable());
        let sent = page.sends(Event::Bind);
        if is_left {
            page.on(Event::OtherPhone);
        }
        page.answers(&sent, Err(problem(409, ProblemCode::CardAlreadyBound)));
        assert_eq!(page.state.saved(), Saved::default());
    }
}
