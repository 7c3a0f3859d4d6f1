//! Every combination of a move, members kept or not, steps left out and what-ifs: what
//! the console says of it agrees with what the phone shows when each customer plays it
//! to the end.

#![expect(
    clippy::expect_used,
    reason = "a test that cannot go on says what is missing"
)]

mod guest;

use std::{collections::BTreeSet, thread};

use kabao::i18n::Language;
use kabao_preview::{
    backend::{Backend, Setup, Surroundings},
    outlook::{Judgement, Outlook, Verdict, Warning},
    plan::{Members, Move, Place, Plan, Step, WhatIf, account_at, steps_of, what_ifs_of},
    walk::{Effort, Obstacle},
    words::words,
};
use kabao_rules::{
    cases::{Customer, Shop},
    request::Request,
    state::{AccountKind, TableSide},
};

use guest::{Seen, play};

const SURROUNDINGS: Surroundings = Surroundings {
    now: || 1_764_000_000_000,
    seed: || [7; 32],
};

/// Every subset of `all`.
fn subsets<T: Copy>(all: &[T]) -> Vec<Vec<T>> {
    (0..1_u32 << all.len())
        .map(|bits| {
            let is_in = |place: usize| bits >> place & 1 == 1;
            let places = all.iter().enumerate();
            places
                .filter(|(place, _)| is_in(*place))
                .map(|(_, it)| *it)
                .collect()
        })
        .collect()
}

fn plans_of(way: Move, members: Members) -> Vec<Plan> {
    let what_ifs: Vec<_> = what_ifs_of(members).collect();
    let mut plans = Vec::new();
    for forgotten in subsets(&steps_of(way, members)) {
        for what_if in subsets(&what_ifs) {
            plans.push(Plan {
                forgotten: forgotten.clone(),
                what_if,
                ..Plan::ideal(way, members)
            });
        }
    }
    plans
}

fn world(plan: &Plan) -> Backend {
    let setup = Setup {
        plan: plan.clone(),
        shop: Shop::default(),
        customer: Customer::WithPhone,
    };
    Backend::new(setup, SURROUNDINGS)
}

#[test]
#[expect(clippy::print_stderr, reason = "the count is part of what is proved")]
fn the_console_says_what_the_phone_shows_in_every_combination() {
    let moves = Move::ALL
        .into_iter()
        .flat_map(|way| Members::ALL.map(|members| (way, members)));
    let checked: usize = thread::scope(|scope| {
        let parts: Vec<_> = moves
            .map(|(way, members)| scope.spawn(move || check_all(way, members)))
            .collect();
        let parts = parts.into_iter().map(|part| part.join().expect("a part"));
        parts.sum()
    });
    eprintln!("{checked} combinations of move, members, steps left out and what-ifs");
    assert_eq!(checked, 4_736);
}

fn check_all(way: Move, members: Members) -> usize {
    let shop = Shop::default();
    let ideal = Outlook::of(&Plan::ideal(way, members), &shop, SURROUNDINGS);
    let by_the_manual = seen_in(&world(&Plan::ideal(way, members)));
    let plans = plans_of(way, members);
    for plan in &plans {
        let judgement = Judgement::beside(plan, ideal.clone(), &shop, SURROUNDINGS);
        check(&judgement, &by_the_manual);
    }
    plans.len()
}

/// What each customer sees in a world.
fn seen_in(world: &Backend) -> Vec<(Customer, Seen)> {
    let customers = world.eve().customers().into_iter();
    customers
        .map(|customer| (customer, play(world.clone(), customer)))
        .collect()
}

/// Those of whom something is true of what they saw.
fn those(seen: &[(Customer, Seen)], is_so: impl Fn(Customer, &Seen) -> bool) -> Vec<Customer> {
    seen.iter()
        .filter(|(customer, seen)| is_so(*customer, seen))
        .map(|(customer, _)| *customer)
        .collect()
}

/// Compares a judgement with what customers see who play in the same world.
fn check(judgement: &Judgement, by_the_manual: &[(Customer, Seen)]) {
    let plan = &judgement.plan;
    let world = world(plan);
    let eve = world.eve().clone();
    let seen = seen_in(&world);
    let warnings = judgement.warnings();
    let told = |customers: Vec<Customer>, warning: fn(Vec<Customer>) -> Warning| {
        let expected = (!customers.is_empty()).then(|| warning(customers));
        let kind = warning(Vec::new());
        let is_same = |other: &&Warning| name_of(other) == name_of(&kind);
        assert_eq!(
            warnings.iter().find(is_same),
            expected.as_ref(),
            "{plan:?} {seen:#?}"
        );
    };
    let met = |code: &'static str| those(&seen, |_, seen| seen.problem.as_deref() == Some(code));

    told(met("phone_in_use"), |who| {
        Warning::Stopped(Obstacle::PhoneInUse, who)
    });
    told(met("card_already_bound"), |who| {
        Warning::Stopped(Obstacle::BoundElsewhere, who)
    });
    told(met("sms_credits_exhausted"), |who| {
        Warning::Stopped(Obstacle::NoCode, who)
    });
    let problems = those(&seen, |_, seen| seen.problem.is_some());
    let known = [
        "phone_in_use",
        "card_already_bound",
        "sms_credits_exhausted",
    ]
    .map(met);
    assert_eq!(
        problems.len(),
        known.iter().map(Vec::len).sum::<usize>(),
        "{plan:?} {seen:#?}"
    );

    let has_old = |customer, seen: &Seen| {
        let old = eve.old_card(customer);
        old.is_some_and(|old| seen.card_in_use.as_deref() == Some(old.as_str()))
    };
    // Whom the switch costs the card: nobody is told that it is kept who loses it.
    let loses = |customer: Customer, seen: &Seen| {
        plan.members == Members::Kept
            && customer.is_old()
            && seen.problem.is_none()
            && !has_old(customer, seen)
    };
    let has_no_phone = |customer| customer == Customer::WithoutPhone;
    told(
        those(&seen, |customer, seen| {
            loses(customer, seen) && has_no_phone(customer)
        }),
        Warning::NotFound,
    );
    told(
        those(&seen, |customer, seen| {
            loses(customer, seen) && !has_no_phone(customer)
        }),
        Warning::Hidden,
    );
    let place = match plan.place(&done(plan)) {
        Place::New => None,
        place => Some(Warning::Elsewhere(place)),
    };
    let elsewhere = warnings
        .iter()
        .find(|warning| matches!(warning, Warning::Elsewhere(_)));
    assert_eq!(elsewhere, place.as_ref(), "{plan:?}");
    let account = account_at(plan.place(&done(plan)), &eve);
    assert!(
        seen.iter()
            .all(|(_, seen)| seen.account == account.as_str())
    );

    let is_missing = seen.iter().all(|(_, seen)| seen.links == 0);
    assert_eq!(
        warnings.contains(&Warning::MenuMissing),
        is_missing,
        "{plan:?}"
    );
    told(
        those(&seen, |customer, seen| {
            seen.account == eve.new_account().as_str()
                && !seen.follows
                && customer != Customer::NotFollowing
        }),
        Warning::NotFollowing,
    );
    check_tables(plan, world.clone(), &warnings);
    check_efforts(judgement, &seen, by_the_manual, &has_old);
    check_verdict(judgement, &seen, &has_old);
    check_causes(judgement);
    check_sentences(judgement);
}

fn done(plan: &Plan) -> Vec<Step> {
    let mut steps = plan.steps();
    steps.retain(|step| plan.has_done(*step));
    steps
}

fn name_of(warning: &Warning) -> String {
    match warning {
        Warning::Stopped(obstacle, _) => format!("{obstacle:?}"),
        Warning::More(effort, _) => format!("{effort:?}"),
        other => {
            let text = format!("{other:?}");
            text.split('(').next().unwrap_or_default().to_owned()
        }
    }
}

fn check_tables(plan: &Plan, mut world: Backend, warnings: &[Warning]) {
    let codes = world.printed_codes();
    assert_eq!(codes.len(), 2, "{plan:?}");
    for printed in codes {
        let path = format!("/api/v1/tables/{}", printed.code);
        let works = world.answer(Request::get(&path)).status == 200;
        match printed.side {
            TableSide::Left => assert!(works, "{plan:?}"),
            TableSide::Right => {
                assert_eq!(
                    !works,
                    warnings.contains(&Warning::DeadTableCodes),
                    "{plan:?}"
                );
            }
        }
    }
}

/// Nobody has to do more than a warning says, or than the manual has them do.
fn check_efforts(
    judgement: &Judgement,
    seen: &[(Customer, Seen)],
    by_the_manual: &[(Customer, Seen)],
    has_old: &dyn Fn(Customer, &Seen) -> bool,
) {
    let warned: BTreeSet<Customer> = judgement
        .warnings()
        .into_iter()
        .filter_map(|warning| match warning {
            Warning::More(_, who) => Some(who),
            _ => None,
        })
        .flatten()
        .collect();
    for ((customer, seen), (_, ideal)) in seen.iter().zip(by_the_manual) {
        if seen.problem.is_some() {
            assert!(!warned.contains(customer));
            continue;
        }
        let effort = |seen: &Seen| match (seen.has_claimed, seen.has_tapped) {
            (false, false) => Effort::Nothing,
            (false, true) => Effort::Tap,
            (true, false) => Effort::Claim,
            (true, true) => Effort::ClaimAndTap,
        };
        if has_old(*customer, seen) != has_old(*customer, ideal) {
            assert!(!warned.contains(customer));
            continue;
        }
        let is_more = effort(seen) > effort(ideal);
        assert_eq!(
            warned.contains(customer),
            is_more,
            "{:?} {customer:?} {seen:?} {ideal:?} {}",
            judgement.plan,
            has_old(*customer, seen)
        );
    }
}

/// Ready means that everybody ends in the new account with a card that can be used: with
/// the old one, if it was to be kept.
fn check_verdict(
    judgement: &Judgement,
    seen: &[(Customer, Seen)],
    has_old: &dyn Fn(Customer, &Seen) -> bool,
) {
    let plan = &judgement.plan;
    let is_ready = judgement.verdict() == Verdict::Ready;
    let all_end_well = seen.iter().all(|(customer, seen)| {
        let has_card = if plan.members == Members::Kept && customer.is_old() {
            has_old(*customer, seen)
        } else {
            seen.card_in_use.is_some()
        };
        has_card && seen.problem.is_none()
    });
    if is_ready {
        assert!(all_end_well, "{plan:?} {seen:#?}");
    }
    let is_as_in_manual = plan.forgotten.is_empty() && plan.what_if.is_empty();
    if is_as_in_manual {
        assert!(is_ready, "{plan:?} {:?}", judgement.warnings());
    }
    // The one step that may be left out without harm: where no old card is to be found, a
    // card that is issued automatically does nobody harm.
    let is_harmless = |step: &Step| {
        *step == Step::IssueMode
            && plan.members == Members::Dropped
            && plan.way.to() == AccountKind::Own
    };
    if is_ready && plan.what_if.is_empty() {
        assert!(plan.forgotten.iter().all(is_harmless), "{plan:?}");
    }
    let gives_up = seen.iter().any(|(customer, seen)| {
        plan.members == Members::Dropped && customer.is_old() && !has_old(*customer, seen)
    });
    assert_eq!(judgement.gives_up_members(), gives_up, "{plan:?}");
}

/// Each sentence names exactly those whom it is about.
fn check_sentences(judgement: &Judgement) {
    let plan = &judgement.plan;
    for language in Language::ALL {
        let words = words(*language);
        for warning in judgement.warnings() {
            let sentence = (words.warning)(plan, &warning);
            let concerned = match &warning {
                Warning::Stopped(_, who)
                | Warning::NotFound(who)
                | Warning::Hidden(who)
                | Warning::More(_, who)
                | Warning::NotFollowing(who) => who.as_slice(),
                _ => &[],
            };
            for customer in Customer::ALL {
                let name = (words.customer)(customer).name;
                assert_eq!(
                    sentence.contains(name),
                    concerned.contains(&customer),
                    "{sentence}"
                );
            }
        }
        for (customer, outcome) in &judgement.outlook.customers {
            let text = (words.outcome)(plan.members, *customer, *outcome);
            assert!(!text.is_empty());
        }
    }
}

/// The causes that sentences name: a member is not found for want of a phone, a number
/// is in use because it was not cleared, no code comes for want of credits.
fn check_causes(judgement: &Judgement) {
    let plan = &judgement.plan;
    for warning in judgement.warnings() {
        let is_cause = match warning {
            Warning::NotFound(_) => !plan.has_done(Step::Phones),
            Warning::Hidden(_) | Warning::Stopped(Obstacle::PhoneInUse, _) => {
                !plan.has_done(Step::Clear)
            }
            Warning::Stopped(Obstacle::NoCode, _) => {
                !plan.has_done(Step::Sms) || plan.has_gone_wrong(WhatIf::SmsRunOut)
            }
            Warning::Stopped(Obstacle::BoundElsewhere, who) => {
                who == [Customer::WithPhone] && plan.has_gone_wrong(WhatIf::BoundByRelative)
            }
            Warning::Elsewhere(Place::Old) if plan.way.from() == AccountKind::Own => {
                !plan.has_done(Step::Deauthorise)
            }
            Warning::Elsewhere(_) => !plan.has_done(Step::Bind),
            Warning::MenuMissing => !plan.has_done(Step::Menu),
            Warning::NotFollowing(_) => !plan.has_done(Step::Follow),
            Warning::DeadTableCodes => !plan.has_done(Step::Tables),
            Warning::More(..) => true,
            Warning::Stopped(Obstacle::Refusal, _)
            | Warning::WithoutPhone(_)
            | Warning::TooFewSms(_) => false,
        };
        assert!(is_cause, "{plan:?} {:?}", judgement.warnings());
    }
}

/// What is said of a step that is left out, each by itself.
#[test]
fn every_step_of_the_manual_matters_or_is_said_to_ease() {
    for way in Move::ALL {
        for members in Members::ALL {
            let plan = Plan::ideal(way, members);
            for step in plan.steps() {
                let judgement = Judgement::of(&plan.without(step), &Shop::default(), SURROUNDINGS);
                assert!(
                    !judgement.warnings().is_empty() || !judgement.eased().is_empty(),
                    "{way:?} {members:?} {step:?}"
                );
            }
        }
    }
}

#[test]
fn credits_and_members_are_counted() {
    let mut plan = Plan::ideal(Move::OwnToOwn, Members::Kept);
    plan.numbers.members = Some(500);
    plan.numbers.without_phone = 40;
    plan.numbers.sms_credits = Some(200);
    let judge = |plan: &Plan| Judgement::of(plan, &Shop::default(), SURROUNDINGS).warnings();
    assert_eq!(
        judge(&plan),
        [
            Warning::NotFound(vec![Customer::WithoutPhone]),
            Warning::WithoutPhone(40),
        ]
    );
    plan.set_done(Step::Phones, true);
    assert_eq!(judge(&plan), []);
    plan.set_done(Step::Sms, false);
    assert_eq!(judge(&plan), [Warning::TooFewSms(300)]);
    plan.numbers.sms_credits = Some(500);
    assert_eq!(judge(&plan), []);
}

#[test]
fn a_phone_goes_on_in_a_world_that_answers_it_alike() {
    let mut phone = world(&Plan::default());
    let account = phone.sign_in().trim_start_matches("/a/").to_owned();
    let path = format!("/api/v1/accounts/{account}/wallet");
    phone.answer(Request::get(&path));
    let with = |step| Setup {
        plan: Plan::default().without(step),
        ..phone.setup().clone()
    };
    // Nobody has scanned a table code or asked for a text message yet.
    assert!(phone.moved_to(with(Step::Tables)).is_some());
    assert!(phone.moved_to(with(Step::Sms)).is_some());
    assert!(phone.moved_to(with(Step::Bind)).is_none());
    assert!(phone.moved_to(with(Step::Follow)).is_none());
}
