//! Input that nobody who means well would send. `PROPTEST_CASES` says how much of it.

use std::sync::LazyLock;

use kabao_contract::Example;
use kabao_core::{
    domain::{
        mobile_number::MobileNumber,
        money::{Money, grouped},
        phone::Phone,
        sms_code::SmsCode,
        staff_code::staff_code,
        timestamp::Timestamp,
        url::{HttpUrl, ImageUrl},
    },
    json::Json,
    machine::claim::saved::Saved,
    problem::ApiError,
    route::Route,
    wire::response::read_response,
};
use proptest::{prelude::*, sample::Index};
use serde_json::{Value, json};

use crate::{
    CONTRACT,
    path::{at_mut, pattern, places, remove},
    replies,
    required::{Required, required},
    values::{answer, unread},
};

static REPLIES: LazyLock<Vec<Example>> = LazyLock::new(replies);

/// Any JSON, now and then with the names and values of the contract.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        prop_oneof![
            "verified",
            "bound",
            "code_sent",
            "active",
            "2026-11-23T13:04:05Z",
            "//x.y"
        ]
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z_]{1,8}", inner, 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

/// Something done to one place of a reply: `None` takes it away.
type Mutation = (Index, Option<Value>);

fn mutated(reply: &Value, mutations: Vec<Mutation>) -> Value {
    let mut reply = reply.clone();
    for (index, value) in mutations {
        let places = places(&reply);
        if places.is_empty() {
            break;
        }
        let place = index.get(&places);
        match value {
            None => remove(&mut reply, place),
            Some(value) => *at_mut(&mut reply, place).expect("a place") = value,
        }
    }
    reply
}

/// Whether the app reads what is in that field of a claim in that state.
fn is_read(field: &str, state: &Value) -> bool {
    let is_finding = ["claim.candidates[]", "claim.merchants[]", "claim.support"]
        .iter()
        .any(|part| field.starts_with(part));
    let is_card = field.starts_with("claim.bound_cards[]");
    (!is_finding || state == "verified") && (!is_card || state == "bound")
}

/// Texts of the characters that addresses are forged with.
fn any_address() -> impl Strategy<Value = String> {
    "(https://|HTTPS:|http://|/|//|javascript:|)[a-z0-9.:@/?#%\\\\\\[\\] \t\n\u{1}\u{85}\u{a0}\u{2028}\u{feff}会-]{0,24}"
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn what_is_json_is_read_and_nothing_else(
        value in any_json(),
        at in any::<Index>(),
        change in any::<Option<char>>(),
    ) {
        let mut letters: Vec<char> = value.to_string().chars().collect();
        prop_assert!(Json::parse(&value.to_string()).is_some());
        let place = at.index(letters.len());
        match change {
            Some(letter) => letters[place] = letter,
            None => letters.truncate(place),
        }
        let text: String = letters.into_iter().collect();
        let is_read = Json::parse(&text).is_some();
        match serde_json::from_str::<Value>(&text) {
            Ok(_) => prop_assert!(is_read, "{text}"),
            // The app tells such a number apart from one that it can hold.
            Err(error) => prop_assert!(!is_read || error.to_string().contains("out of range"), "{text}"),
        }
    }

    #[test]
    fn a_whole_number_is_the_same_in_every_spelling(
        number in any::<i64>(),
        zeros in 0_usize..4,
        shift in 0_usize..19,
    ) {
        let digits = number.unsigned_abs().to_string();
        let sign = if number < 0 { "-" } else { "" };
        let shift = shift.min(digits.len() - 1);
        let (whole, part) = digits.split_at(digits.len() - shift);
        let zeros = "0".repeat(zeros);
        let spelt = match part {
            "" if zeros.is_empty() => format!("{sign}{whole}e0"),
            part => format!("{sign}{whole}.{part}{zeros}0E+{shift}"),
        };
        prop_assert_eq!(Json::parse(&spelt), Some(Json::Integer(number)), "{}", spelt);
        let half = format!("{number}.5");
        prop_assert_eq!(Json::parse(&half), Some(Json::Other));
    }

    #[test]
    fn a_reply_without_what_is_required_is_never_believed_however_it_is_torn(
        example in any::<Index>(),
        mutations in prop::collection::vec((any::<Index>(), prop::option::of(any_json())), 1..4),
    ) {
        let example = example.get(&REPLIES);
        let (status, schema) = (example.status.expect("a status"), example.schema.as_str());
        let reply = mutated(&example.value, mutations);
        let (_, shown) = answer(status, &reply.to_string(), schema);
        if status >= 400 {
            prop_assert_ne!(shown, Err(ApiError::Unreadable));
            return Ok(());
        }
        if shown.is_ok() {
            let unread = unread(schema, &reply);
            for Required { path, .. } in required(schema, &reply) {
                let field = pattern(&path);
                let is_read = is_read(&field, &reply["claim"]["state"]) && !unread.contains(&field.as_str());
                let is_there = at_mut(&mut reply.clone(), &path).is_some_and(|it| !it.is_null());
                prop_assert!(is_there || !is_read, "{} lacks {}", reply, field);
            }
        }
    }

    #[test]
    fn any_json_at_all_is_read_or_refused(status in 100_u16..600, value in any_json()) {
        for example in REPLIES.iter() {
            let _ = answer(status, &value.to_string(), &example.schema);
        }
    }

    #[test]
    fn the_app_opens_what_the_contract_allows_and_nothing_else(text in any_address()) {
        let is_allowed = |schema| CONTRACT.check(schema, &json!(text)).is_empty();
        // The contract needs no capitals, and no plain HTTP to this machine.
        let is_tolerated = text.starts_with("HTTPS:") || text.starts_with("http://");
        let opens = HttpUrl::parse(&text).is_ok();
        prop_assert!(is_tolerated || opens == is_allowed("Url"), "{:?}", text);
        if is_allowed("ImageUrl") {
            prop_assert!(ImageUrl::parse(&text).is_ok(), "{:?}", text);
        }
        prop_assert!(!opens || !text.contains(['\\', '\t', '\n', ' ', '\u{1}']), "{:?}", text);
    }

    #[test]
    fn an_address_of_a_screen_leads_to_that_screen(
        path in "(/|a|t|cards|code|claim|%2f|%2E|%25|\\.|x|会|%e4|\\\\|\\?){0,10}",
    ) {
        let route = Route::parse(&path);
        if !matches!(route, Route::NotFound) {
            prop_assert_eq!(Route::parse(&route.path()), route);
        }
    }

    #[test]
    fn a_number_or_code_that_is_taken_is_one_of_the_contract(
        typed in "[0-9０-９٠-٩+() \u{202e}\u{200b}\t-]{0,24}|\\PC{0,12}",
        length in 0_usize..12,
    ) {
        if let Ok(number) = MobileNumber::parse(&typed) {
            let body = json!({ "phone": number.digits(), "consent": { "version": "1" } });
            prop_assert_eq!(CONTRACT.check("OpenClaimRequest", &body), Vec::<String>::new());
        }
        if let Ok(code) = SmsCode::parse(&typed, length) {
            prop_assert!(code.digits().len() == length);
            prop_assert!(code.digits().bytes().all(|digit| digit.is_ascii_digit()));
        }
        if let Ok(phone) = Phone::parse(&typed) {
            prop_assert!(phone.href().is_ascii(), "{}", phone.href());
        }
    }

    #[test]
    fn a_time_of_the_contract_is_read_and_no_text_ends_the_app(
        text in "[0-9]{4}-[01][0-9]-[0-3][0-9][Tt ][0-2][0-9]:[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,12})?(Z|z|[+-][0-2][0-9]:[0-9]{2}|)",
        other in any::<String>(),
    ) {
        let _ = Timestamp::parse(&other);
        let is_read = Timestamp::parse(&text).is_ok();
        if CONTRACT.check("Time", &json!(text)).is_empty() {
            prop_assert!(is_read, "{}", text);
        }
    }

    #[test]
    fn a_wait_is_of_a_day_at_most_whatever_the_header_says(
        header in "\\PC{0,16}|[0-9]{0,24}|-?[0-9]{1,3}(\\.[0-9])?",
        status in prop::sample::select(vec![408_u16, 429, 500, 503]),
    ) {
        let error = read_response(status, Some(&header), "").result.expect_err("a failure");
        let wait = error.retry_after();
        prop_assert!(wait.is_none_or(|seconds| (1..=86_400).contains(&seconds)), "{:?}", wait);
    }

    #[test]
    fn an_amount_is_written_with_all_its_digits(number in any::<i64>()) {
        let digits = |text: String| -> String {
            text.chars().filter(|letter| letter.is_ascii_digit() || *letter == '-').collect()
        };
        prop_assert_eq!(digits(grouped(number)), number.to_string());
        let money = digits(Money::from_fen(number).to_string());
        prop_assert_eq!(money.parse::<i64>(), Ok(number));
    }

    #[test]
    fn a_staff_code_has_the_form_of_the_contract(
        number in 0_u8..100,
        at in any::<i32>(),
        account in any::<String>(),
    ) {
        let at = Timestamp::from_milliseconds(i64::from(at) * 1_000);
        let support = json!({ "staff_code": staff_code(number, at, &account) });
        prop_assert_eq!(CONTRACT.check("Support", &support), Vec::<String>::new());
    }

    #[test]
    fn what_was_kept_is_read_as_far_as_it_was_written(
        text in "(bound|open|bind|resend|%|%25|\t|\n|0{8}-0{4}-40{3}-80{3}-0{12}|k1|\\PC){0,16}",
    ) {
        let saved = Saved::decode(&text);
        prop_assert_eq!(Saved::decode(&saved.encode()), saved);
    }
}
