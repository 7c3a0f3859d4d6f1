//! English.

use super::{
    explanation::{Explanation, Mender},
    wording::{
        AppWording, CardPageWording, CardWording, ClaimWording, CodeWording, ProblemWording,
        ProfileWording, SwitchingWording, TermsWording, WalletWording, Wording,
    },
};
use kabao_core::{
    domain::{
        card_list::SortBy,
        claim::Eligibility,
        coupon::CouponState,
        entry::EntryKind,
        merchant::Retention,
        mobile_number::MobileNumberError,
        money::{Money, grouped, signed},
        wallet::AccountKind,
    },
    problem::{ApiError, ProblemCode},
};

pub(super) static WORDING: Wording = Wording {
    app: AppWording {
        not_fetched: "Part of this page is missing",
        not_fetched_text: "The network dropped, or the page has been updated. Reloading mends it. Nothing has been sent.",
        reload: "Reload",
        title: "Member cards",
        back: "Back",
        close: "Close",
        loading: "Loading",
        slow: "The network is slow. One moment…",
        offline: "Offline",
        signing_in: "Signing in",
        call_shop: "Call the shop:",
        try_again: "Try again",
    },
    card: CardWording {
        in_use: "In use",
        balance: "Balance",
        points: "Points",
        coupons: "Coupons",
        number: "Number",
        summary: |card| {
            let points = match card.points.unsigned_abs() {
                1 => "point",
                _ => "points",
            };
            let coupons = match card.coupon_count {
                0 => String::new(),
                1 => " · 1 coupon".to_owned(),
                count => format!(" · {count} coupons"),
            };
            format!(
                "ending in {} · {} {points}{coupons}",
                card.number.last_four(),
                grouped(card.points),
            )
        },
        from_account: |name| format!("From the previous account “{name}”"),
        ending_in: |last_four| format!("ending in {last_four}"),
        frozen: "Frozen",
        lost: "Reported lost",
        expired: "Expired",
        frozen_next_step: "This card is frozen and can’t be used for now. Balance and points are safe. Please ask the shop to unfreeze it.",
        lost_next_step: "This card was reported lost and can’t be used. Please show your ID at the shop to get it replaced or released.",
        expired_next_step: "This card is past its date and can’t be used. Please ask the shop to renew it.",
        open: |merchant, last_four| format!("View {merchant} card ending in {last_four}"),
        as_of: |time| format!("As of {time}"),
        points_ending: |points| match points {
            1 => "1 point".to_owned(),
            points => format!("{} points", grouped(points)),
        },
        coupons_ending: |count| match count {
            1 => "1 coupon".to_owned(),
            count => format!("{count} coupons"),
        },
        ends_on: |month, day| {
            const MONTHS: [&str; 12] = [
                "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
            ];
            let month = MONTHS.get(usize::from(month).wrapping_sub(1));
            format!("until {} {day}", month.copied().unwrap_or_default())
        },
        physical: "Plastic",
    },
    wallet: WalletWording {
        show_code: "Show member code",
        pinned: "Pinned",
        others: "Other cards",
        others_of: |merchant| format!("More cards of {merchant}"),
        search: "Search cards",
        search_placeholder: "Name, pinyin initials or number",
        sort: "Sort by",
        sort_by: |sort| match sort {
            SortBy::LastUse => "Last used",
            SortBy::Name => "Name",
            SortBy::Balance => "Balance",
        },
        none_found: "No card matches",
        profile: "My details",
        me: "Me",
        menu: "Account menu",
        account: |kind| match kind {
            AccountKind::Own | AccountKind::Unknown => " · official account",
            AccountKind::Platform => " · platform account",
            AccountKind::Operator => " · operator account",
        },
        claim_title: "Get your old card back",
        claim_text: "Enter the phone number you registered. Your card, balance and points come back. Plastic cards too.",
        claim_action: "Find my card",
        new_title: "Open a new card",
        new_text: "The restaurant didn’t keep its members’ data when it changed accounts. Verify your phone number to open a new card.",
        new_action: "Apply for a card",
        prove_title: "Had a card before?",
        prove_text: "Verify your phone once, and your old cards appear here.",
        prove_action: "Verify phone",
        switch_title: "Your old card is back",
        continue_title: "One step left",
        continue_text: "Your last request isn’t finished. Pick up where you left off.",
        continue_action: "Continue",
        account_changed_title: "The account has changed",
        account_changed_text: |from, to, retention| match retention {
            Retention::Kept => format!(
                "The restaurant moved from “{from}” to “{to}”. Your old card, balance and points can be found by phone number."
            ),
            Retention::NotKept => format!("The restaurant moved from “{from}” to “{to}”."),
        },
        follow_title: |account| format!("Follow “{account}”"),
        follow_text: "Follow it to open your cards from its menu any time. Press and hold the QR code.",
        follow_qr: |account| {
            format!("QR code of the account “{account}”: press and hold to follow")
        },
        find_more: "Find other cards by phone number",
        stale: "Can’t update right now. This is what was last known.",
    },
    switching: SwitchingWording {
        kept_changing: "The wallet was just changed elsewhere",
        outcome_unknown: "It isn’t certain whether the card was switched.",
        unfinished: |merchant, last_four| {
            format!("The switch to {merchant} (ending in {last_four}) isn’t done")
        },
        finish: "Switch now",
        keep: "No, thanks",
        switch_to: |merchant, last_four| format!("Switch to {merchant} card ending in {last_four}"),
        hint: "Tap an avatar to switch",
        done: |merchant, last_four| format!("Now using {merchant}, ending in {last_four}"),
        undo: "Undo",
        undone: "Not switched. The card from before is still in use.",
    },
};

pub(super) static CLAIM: ClaimWording = ClaimWording {
    introduction_not_kept: "Verify your phone number to open a new card.",
    phone_refused: "Number not accepted. Please check it or use another.",
    too_fast: "A code was sent a moment ago. Please check your messages first.",
    captcha_unanswered: "Please answer the question above first",
    captcha_refresh: "Can’t read it? Another picture",
    code_incomplete: |missing| {
        if missing == 1 {
            "1 digit is missing".to_owned()
        } else {
            format!("{missing} digits are missing")
        }
    },
    code_malformed: "The code is digits only. Please check it.",
    not_kept_title: "Please open a new card",
    not_kept_text: "The restaurant didn’t keep its members’ data when it changed accounts, so a new card is needed.",
    title: |retention| match retention {
        Retention::Kept => "Get your card back",
        Retention::NotKept => "Apply for a card",
    },
    introduction: "Enter the phone number you registered and the code we text you. Card, balance and points come back, for online and plastic cards.",
    expired: "Your last request has expired. Please ask for a new code.",
    phone: "Phone number",
    phone_placeholder: "11 digits",
    phone_error: |error| match error {
        MobileNumberError::Empty => "Please enter your phone number",
        MobileNumberError::TooShort => "The number has fewer than 11 digits",
        MobileNumberError::TooLong => "The number has more than 11 digits",
        MobileNumberError::NotMobile => "That isn’t a mobile number",
        MobileNumberError::OtherCountry => "Only mainland China numbers (+86) work for now",
        MobileNumberError::UnexpectedCharacter => "The number has a character we can’t read",
    },
    consent_before: "I have read and agree to the ",
    consent_terms: "Membership Terms",
    consent_and: " and the ",
    consent_privacy: "Privacy Policy",
    consent_title: "Please read and agree first",
    consent_question: |merchant| {
        format!(
            "To find your card, {merchant} needs your phone number. Please read the Membership Terms and the Privacy Policy."
        )
    },
    agree: "Agree and continue",
    disagree: "Disagree",
    terms_changed: "The terms have changed. Please read and agree again.",
    send_code: "Send code",
    captcha: "Security check",
    captcha_again: "That wasn’t right. Please try again.",
    captcha_submit: "Submit",
    code_title: "Enter the code",
    code_sent: |phone| format!("Code sent to {phone}"),
    code: "Verification code",
    code_wrong: |left| {
        if left == 1 {
            "That code isn’t right. 1 try left.".to_owned()
        } else {
            format!("That code isn’t right. {left} tries left.")
        }
    },
    code_expired: "The code has expired. Please ask for a new one.",
    code_burned: "Too many wrong tries. This code no longer works, please ask for a new one.",
    verify: "Confirm",
    resend: "Send a new code",
    resend_in: |seconds| format!("New code in {seconds} s"),
    resent: "A new code has been sent",
    other_phone: "Use another number",
    one_title: "Is this your card?",
    one_text: |phone| format!("1 card found under {phone}"),
    holder: |name| format!("Holder {name}"),
    bind_one: "Yes, it’s mine",
    not_mine: "Not my card",
    not_mine_title: "Not your card?",
    choose_title: |count| {
        if count == 1 {
            "1 card found".to_owned()
        } else {
            format!("{count} cards found")
        }
    },
    choose_text: "Please choose yours. Balance and points come back at once.",
    not_selectable: |eligibility| match eligibility {
        Eligibility::Selectable => "",
        Eligibility::Lost => "Reported lost: please go to the shop",
        Eligibility::Expired => "Expired: please ask the shop to renew it",
        Eligibility::StaffCheckRequired => {
            "To protect its balance, staff bind this card at the shop"
        }
        Eligibility::AlreadyBound => "Bound to another WeChat: please ask the shop",
        Eligibility::Unknown => "Can’t be bound here for now: please ask the shop",
    },
    bind: |count| {
        if count == 1 {
            "Get 1 card back".to_owned()
        } else {
            format!("Get {count} cards back")
        }
    },
    none_chosen: "Please choose at least one card",
    none_mine: "None of these is mine",
    none_mine_title: "None of these is yours?",
    frozen: "Frozen: get it back, then ask the shop to unfreeze it",
    other_phone_text: "You may have registered another number.",
    new_card_text: "A new card doesn’t have the old balance and points.",
    new_card_sheet: "Open a new card?",
    nothing_title: "No card found",
    nothing_text: |phone| {
        format!(
            "There is no card to recover under {phone}. You may have registered another number."
        )
    },
    nothing_bindable_title: "Please go to the shop",
    nothing_bindable_text: "We found cards, but they can’t be bound on the phone, for the reasons below. Balance and points are safe.",
    try_other_phone: "Try another number",
    ask_shop: "Sure you have a card? Give the shop or its provider the staff code, and they can look it up.",
    new_card_question: "Never had a card?",
    open_new: "Open a new card",
    done_title: |count| {
        if count == 1 {
            "Your card is back".to_owned()
        } else {
            format!("{count} cards are back")
        }
    },
    new_card_title: "Your new card is ready",
    recovered: |points| {
        let rest = if points.unsigned_abs() == 1 {
            format!(" and {} point are back", grouped(points))
        } else {
            format!(" and {} points are back", grouped(points))
        };
        ("Balance ", rest)
    },
    tap_to_use: "Another card is in use now. Tap an avatar to use the card you got back:",
    to_wallet: "Go to my cards",
    close: "Back to the account",
};

pub(super) static CARD_PAGE: CardPageWording = CardPageWording {
    card_title: "Member card",
    title: "History and coupons",
    coupons_title: "Coupons",
    coupon_state: |state| match state {
        CouponState::Unused => "Available",
        CouponState::Used => "Used",
        CouponState::Expired => "Expired",
        CouponState::Unknown => "Other",
    },
    no_coupons: |state| match state {
        CouponState::Unused => "No coupons available",
        CouponState::Used => "No used coupons",
        CouponState::Expired => "No expired coupons",
        CouponState::Unknown => "No coupons",
    },
    valid_until: |date| format!("Valid until {date}"),
    valid_from: |date| format!("Valid from {date}"),
    valid_between: |from, until| format!("Valid from {from} to {until}"),
    entries_title: "History",
    entry_filter: |kind| match kind {
        None => "All",
        Some(EntryKind::StoredValue) => "Balance",
        Some(EntryKind::Points) => "Points",
        Some(EntryKind::Coupon) => "Coupons",
        Some(EntryKind::Unknown) => "Other",
    },
    no_entries: "No activity yet",
    amount: |kind, amount| {
        let is_one = amount.unsigned_abs() == 1;
        match kind {
            EntryKind::StoredValue => Money::from_fen(amount).signed(),
            EntryKind::Points if is_one => format!("{} point", signed(amount)),
            EntryKind::Points => format!("{} points", signed(amount)),
            EntryKind::Coupon if is_one => format!("{} coupon", signed(amount)),
            EntryKind::Coupon => format!("{} coupons", signed(amount)),
            EntryKind::Unknown => signed(amount),
        }
    },
    balance_after: |kind, balance| match kind {
        EntryKind::StoredValue => format!("Balance {}", Money::from_fen(balance)),
        EntryKind::Points | EntryKind::Coupon | EntryKind::Unknown => {
            format!("{} left", grouped(balance))
        }
    },
    more: "Show more",
    pin: "Pin to the top",
    unpin: "Unpin",
    show_coupon: "Show coupon code",
    coupon_code: |title| format!("Code of the coupon {title}"),
    order: "Order now",
    level_progress: |points, needed| format!("{points} of {needed} points"),
    number: "Card number",
    benefits: "Benefits",
    next_level: |name, points| format!("{points} more points to {name}"),
    validity: "Valid until",
    kind: "Card type",
    kind_online: "Online card",
    kind_physical: "Plastic card",
    origin: "How you got it",
    origin_issued: "Issued automatically",
    origin_claimed: "Recovered by phone number",
    origin_opened: "Newly opened",
    origin_found: "Found by your phone number",
    previous_account: "Previous account",
    copy_number: "Copy number",
    copied: "Copied",
    copy_failed: "Couldn’t copy. Press and hold the number instead.",
};

pub(super) static CODE: CodeWording = CodeWording {
    title: "Member code",
    instruction: "Show this to the staff",
    brightness: "Won’t scan? Turn up the brightness",
    picture: |last_four| format!("Member code as a QR code, card ending in {last_four}"),
    bar_code: |last_four| format!("Member code as a bar code, card ending in {last_four}"),
    offline: "Offline code: it identifies you, and can’t pay",
    full_screen: "Full-screen bar code",
    used: |last_use| {
        let spent = format!("Spent {}", last_use.amount);
        match last_use.points.unwrap_or_default() {
            0 => spent,
            points if points.unsigned_abs() == 1 => format!("{spent}, {} point", signed(points)),
            points => format!("{spent}, {} points", signed(points)),
        }
    },
    refreshing: "Refreshing",
    refreshes_in: |seconds| format!("Refreshes in {seconds} s"),
    member_number: "Member code digits",
};

pub(super) static PROFILE: ProfileWording = ProfileWording {
    title: "My details",
    phone: "Phone number",
    phone_unproven: "not verified yet",
    no_phone: "No phone number on record",
    consents: "Consents",
    no_consents: "You haven’t agreed to any terms yet",
    consent_given: |version, date| format!("{date}: agreed to version {version}"),
    consent_withdrawn: |date| format!("withdrawn {date}"),
    unlink: "Withdraw consent and unlink phone",
    unlink_title: "Unlink your phone?",
    unlink_text: "Your number is removed from this account and your consent withdrawn. Your cards stay. After the next change of account you’ll have to verify your number again to get them back.",
    unlink_confirm: "Unlink phone",
    cancel: "Cancel",
    unlinked: "Phone unlinked and consent withdrawn",
    still_linked: "The phone isn’t unlinked yet",
    still_linked_text: "The request didn’t get through. You can unlink the phone again.",
    kept: "Stored on this phone",
    kept_text: "Whether you have switched cards before, the cards you pinned, what the first screen showed last (numbers masked, no amounts), which card is in use, the notices you closed, offline codes, which identify you and can’t pay, and, until you close this page, what you were in the middle of. No full phone number, no SMS code. Signing out clears it too.",
    clear_kept: "Clear",
    kept_cleared: "Cleared",
    sign_out: "Sign out",
    not_signed_out: "Signing out isn’t finished yet",
    signed_out: "You’re signed out",
    signed_out_text: "Your cards are all still there. Sign in again to see them, here or from the account’s menu.",
};

pub(super) static TERMS: TermsWording = TermsWording {
    handler: "Personal information handler",
    processor: "Entrusted processor",
    purpose: "Purpose",
    data_types: "Types of data",
    retention: "How long it is kept",
    rights: "Your rights",
    version: |version| format!("Version {version}"),
};

pub(super) static PROBLEM: ProblemWording = ProblemWording {
    explain,

    open_from_menu: Explanation {
        title: "Open it from the menu",
        happened: "This address doesn’t say which restaurant’s cards to show.",
        next_step: "In WeChat, open the restaurant’s official account and tap 会员卡包 in its menu.",
        mender: Mender::Diner,
    },
    not_found: Explanation {
        title: "No such page",
        happened: "The link may be incomplete or out of date.",
        next_step: "In WeChat, open the restaurant’s official account and tap 会员卡包 in its menu.",
        mender: Mender::Diner,
    },
    open_in_wechat: Explanation {
        title: "Please open in WeChat",
        happened: "Member cards belong to your WeChat identity, so you sign in with WeChat.",
        next_step: "Scan this QR code with WeChat to open this page.",
        mender: Mender::Diner,
    },
    open_in_wechat_qr: "QR code of this page, to be scanned with WeChat",
    sign_in_failed: Explanation {
        title: "Sign-in failed",
        happened: "You were signed in a moment ago, and it didn’t hold. Your cards are safe.",
        next_step: "Please sign in again. If that fails too, close this page and open it from the account’s menu.",
        mender: Mender::Diner,
    },
    sign_in_again: "Sign in again",
    next_step: "What to do",
    mender_is: |mender| match mender {
        Mender::Diner => "",
        Mender::Shop => "The shop can fix this.",
        Mender::Provider => "The shop’s provider can fix this.",
        Mender::Time => "It passes by itself.",
    },
    call_provider: |name| format!("Call the provider {name}:"),
    staff_code: "Staff code",
    staff_code_hint: "Tell the staff these digits. They hold no personal data.",
    version: "Version",
    wait: |seconds| match seconds {
        0..=90 => format!("Please try again in {seconds} s"),
        91..=5400 => format!("Please try again in {} min", seconds.div_ceil(60)),
        _ => format!("Please try again in {} h", seconds.div_ceil(3600)),
    },
    paragraph: |sentences| sentences.join(" "),
    open_wallet: "Open my member cards",
};

fn explain(error: &ApiError) -> Explanation {
    match error {
        ApiError::Problem(problem) => explain_problem(&problem.code),
        ApiError::Gateway { .. } if error.is_transient() => {
            explain_problem(&ProblemCode::Unavailable)
        }
        ApiError::Gateway { .. } => explain_problem(&ProblemCode::BadRequest),
        ApiError::Offline => Explanation::new(
            "No connection",
            "There is no network, so your last step may not have arrived.",
            "Check your network and try again. Nothing is done twice.",
            Mender::Diner,
        ),
        ApiError::Timeout => Explanation::new(
            "The connection timed out",
            "No answer came for a long time.",
            "Go where the signal is better and try again. Nothing is done twice.",
            Mender::Diner,
        ),
        ApiError::Unreadable => Explanation::new(
            "Something’s wrong with the data",
            "The system’s answer can’t be read. Your cards are safe.",
            "Please try again. If it stays like this, give the staff code to the shop.",
            Mender::Provider,
        ),
    }
}

fn explain_problem(code: &ProblemCode) -> Explanation {
    match code {
        ProblemCode::NotSignedIn { .. } => Explanation::new(
            "Please sign in again",
            "Your sign-in has expired. Your cards are safe.",
            "Sign in again and you come back to this step.",
            Mender::Diner,
        ),
        ProblemCode::SnapshotUser => Explanation::new(
            "This is a snapshot page",
            "WeChat opened the page as a snapshot, without telling who you are, so cards can’t be shown or bound.",
            "Tap “使用完整服务” at the bottom right, then open the cards again.",
            Mender::Diner,
        ),
        ProblemCode::AccountUnavailable => Explanation::new(
            "The account is unavailable",
            "The restaurant is changing its official account, so the cards can’t be opened for now. Nothing is lost.",
            "Try again later. At the shop, staff can look you up by phone number.",
            Mender::Shop,
        ),
        ProblemCode::BadRequest => Explanation::new(
            "The request wasn’t accepted",
            "The system couldn’t read the request. Nothing was changed.",
            "Go back and try again. If it stays like this, give the staff code to the shop.",
            Mender::Provider,
        ),
        ProblemCode::Forbidden => Explanation::new(
            "Not allowed",
            "This doesn’t belong to your present WeChat identity. Nothing was changed.",
            "Open the cards again from the account’s menu.",
            Mender::Diner,
        ),
        ProblemCode::NotFound => Explanation::new(
            "Not found",
            "What you’re looking for doesn’t exist or has moved.",
            "Open the cards again from the account’s menu.",
            Mender::Diner,
        ),
        ProblemCode::RateLimited => Explanation::new(
            "Please slow down",
            "There were too many tries within a short time.",
            "Please wait a moment, then try again.",
            Mender::Time,
        ),
        ProblemCode::Unavailable => Explanation::new(
            "Under maintenance",
            "The membership system is down for a while. Nothing is lost.",
            "Try again later. At the shop, staff can look you up by phone number.",
            Mender::Time,
        ),
        ProblemCode::Internal => Explanation::new(
            "Something broke",
            "The membership system failed. It isn’t anything you did.",
            "Try again later. If it stays like this, give the staff code to the shop.",
            Mender::Provider,
        ),
        ProblemCode::IdempotencyKeyReused => Explanation::new(
            "Please submit again",
            "The same step came twice with different content, so the system didn’t do it again.",
            "Go back and try again.",
            Mender::Diner,
        ),
        ProblemCode::InProgress => Explanation::new(
            "Still working on it",
            "The same step is still under way.",
            "Try again in a few seconds. Nothing is done twice.",
            Mender::Time,
        ),
        ProblemCode::AnotherFan => Explanation::new(
            "Someone else signed in",
            "This page still shows the person before. What you just did was not carried out.",
            "Open the cards again, then repeat it.",
            Mender::Diner,
        ),
        ProblemCode::WalletChanged { .. } => Explanation::new(
            "Your cards have changed",
            "They were changed elsewhere a moment ago. You see the latest now.",
            "Check, and try again.",
            Mender::Diner,
        ),
        ProblemCode::CardNotFound => Explanation::new(
            "Card not found",
            "This card isn’t among yours.",
            "Go back to your cards, or find it by phone number.",
            Mender::Diner,
        ),
        ProblemCode::CardFrozen => Explanation::new(
            "This card is frozen",
            "A frozen card can’t be used for now. Balance and points are safe.",
            "Please ask the shop to unfreeze it.",
            Mender::Shop,
        ),
        ProblemCode::CardLost => Explanation::new(
            "This card was reported lost",
            "A lost card can’t be used, which protects its balance and points.",
            "Show your ID at the shop to get it replaced or released.",
            Mender::Shop,
        ),
        ProblemCode::CardExpired => Explanation::new(
            "This card has expired",
            "A card past its date can’t be used.",
            "Please ask the shop to renew it.",
            Mender::Shop,
        ),
        ProblemCode::CardAlreadyBound => Explanation::new(
            "Bound to another WeChat",
            "Within this account the card is bound to another WeChat already. Balance and points are untouched.",
            "If that WeChat isn’t yours, give the staff code to the shop, and its provider can release the card.",
            Mender::Provider,
        ),
        ProblemCode::PhoneInvalid => Explanation::new(
            "Number not accepted",
            "The system can’t text this number.",
            "Check it, or use another mainland China number.",
            Mender::Diner,
        ),
        ProblemCode::ConsentRequired { .. } => Explanation::new(
            "Please agree again",
            "The terms have changed, so your consent is needed again.",
            "Read the new terms, tick the box, and ask for the code.",
            Mender::Diner,
        ),
        ProblemCode::SmsTooFast => Explanation::new(
            "A code was sent just now",
            "A number gets at most one text in 60 seconds.",
            "Check your messages, or wait a moment.",
            Mender::Time,
        ),
        ProblemCode::SmsHourlyLimit => Explanation::new(
            "No more texts this hour",
            "To keep you undisturbed, a number gets at most 5 codes an hour.",
            "Try again later. At the shop, staff can look you up by phone number.",
            Mender::Time,
        ),
        ProblemCode::SmsDailyLimit => Explanation::new(
            "No more texts today",
            "To keep you undisturbed, a number gets at most 10 codes a day.",
            "Try again tomorrow. At the shop, staff can look you up by phone number.",
            Mender::Time,
        ),
        ProblemCode::SmsCreditsExhausted => Explanation::new(
            "The shop has run out of texts",
            "No code was sent, and it isn’t anything you did. Your card, balance and points are safe.",
            "Tell the staff that the SMS credits (短信额度) are used up; once they buy more you can try again. Staff can also look you up by phone number now.",
            Mender::Shop,
        ),
        ProblemCode::SmsGatewayFailed => Explanation::new(
            "The text wasn’t sent",
            "The text service failed. It isn’t anything you did.",
            "Try again in a few minutes. At the shop, staff can look you up by phone number.",
            Mender::Time,
        ),
        ProblemCode::CaptchaRequired(_) => Explanation::new(
            "Security check",
            "So that nobody misuses the texts, please do a small check first.",
            "Answer what the picture asks, then go on.",
            Mender::Diner,
        ),
        ProblemCode::CodeWrong { .. } => Explanation::new(
            "That code isn’t right",
            "It differs from the one in the text message.",
            "Check the latest message and type it again.",
            Mender::Diner,
        ),
        ProblemCode::CodeExpired => Explanation::new(
            "The code has expired",
            "A code is good for 5 minutes.",
            "Ask for a new one.",
            Mender::Diner,
        ),
        ProblemCode::TooManyAttempts => Explanation::new(
            "Too many wrong tries",
            "To protect your card, this code no longer works.",
            "Ask for a new one.",
            Mender::Diner,
        ),
        ProblemCode::ClaimNotFound => Explanation::new(
            "Request not found",
            "It doesn’t belong to your present WeChat identity, or it has ended.",
            "Enter your phone number again.",
            Mender::Diner,
        ),
        ProblemCode::ClaimExpired => Explanation::new(
            "The request has expired",
            "It was left for too long and has ended.",
            "Enter your phone number again.",
            Mender::Diner,
        ),
        ProblemCode::PhoneInUse => Explanation::new(
            "This number is still in use",
            "It is still registered to a follower of the restaurant’s old account. Card, balance and points are all there, but the old registration has to be cleared first.",
            "Give the staff code to the shop. Its provider asks technical support to clear the old registration; then try again.",
            Mender::Provider,
        ),
        ProblemCode::TermsNotFound => Explanation::new(
            "Terms not found",
            "This version of the terms no longer exists.",
            "Go back and open them again.",
            Mender::Diner,
        ),
        ProblemCode::TableCodeStale(_) => Explanation::new(
            "This table code no longer works",
            "The restaurant changed its official account, so this old code can’t take orders any more.",
            "Ask the staff for the new code, or order with them directly.",
            Mender::Shop,
        ),
        ProblemCode::TableCodeUnknown(_) => Explanation::new(
            "Unknown table code",
            "We found no table for this code.",
            "Scan the code on the table again, or order with the staff directly.",
            Mender::Shop,
        ),
        ProblemCode::Unknown => Explanation::new(
            "Unknown problem",
            "The system reported a problem that this page doesn’t know yet. Your cards are safe.",
            "Close this page and open it from the account’s menu. If it stays like this, give the staff code to the shop.",
            Mender::Provider,
        ),
    }
}
