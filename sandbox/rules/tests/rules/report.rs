//! What pages report of what fans were shown.

use kabao_rules::{
    cases::Case,
    request::{Media, Method, Request, Sender},
};
use serde_json::{Value, json};

use crate::play::{CONTRACT, Play};

/// A report, as a page sends it: without a session or a key.
fn report(body: impl Into<String>) -> Request {
    Request {
        method: Method::Post,
        body: body.into(),
        ..Request::get("/api/v1/reports")
    }
}

#[test]
fn a_report_is_taken_from_anybody_with_each_number_of_the_contract() {
    let mut play = Play::of(Case::OwnToOwn);
    let numbers = &CONTRACT.document()["components"]["schemas"]["Report"]["properties"]["number"];
    let numbers: Vec<u64> = numbers["enum"]
        .as_array()
        .expect("numbers")
        .iter()
        .filter_map(Value::as_u64)
        .collect();
    for number in 0..=300 {
        let body = json!({ "number": number, "version": "0.1.0-042137" }).to_string();
        let status = if numbers.contains(&number) { 200 } else { 400 };
        assert_eq!(play.call(&report(body)).status, status, "{number}");
    }
    assert_eq!(play.call(&report("{\"number\":93}")).status, 200);
}

#[test]
fn a_number_is_taken_in_every_spelling_that_json_schema_takes() {
    let mut play = Play::of(Case::OwnToOwn);
    for number in ["96", "96.0", "96.000", "9.6e1", "0.96E+2", "9600e-2"] {
        let body = format!("{{\"number\":{number}}}");
        assert_eq!(play.call(&report(&body)).status, 200, "{number}");
    }
    for number in [
        "96.5",
        "-96",
        "352",
        "65632",
        "4294967392",
        "9007199254740992",
        "9007199254740993",
        "9223372036854775808",
        "18446744073709551712",
        "96e300",
        "1e400",
        "096",
        "\"96\"",
        "[96]",
        "null",
    ] {
        let body = format!("{{\"number\":{number}}}");
        play.call(&report(&body)).problem("bad_request");
    }
}

#[test]
fn what_is_no_report_is_refused() {
    let mut play = Play::of(Case::OwnToOwn);
    for body in [
        "",
        "null",
        "[]",
        "{}",
        "{\"number\":\"93\"}",
        "{\"number\":93,\"version\":\"\"}",
        "{\"number\":93,\"version\":\"<b>\"}",
        "{\"number\":93,\"version\":\"000000000000000000000000000000000\"}",
        "{\"number\":93,\"phone\":\"13800138000\"}",
    ] {
        play.call(&report(body)).problem("bad_request");
    }
    let foreign = Request {
        sender: Sender::Foreign,
        ..report("{\"number\":93}")
    };
    play.call(&foreign).problem("forbidden");
    let form = Request {
        media: Media::Other,
        ..report("{\"number\":93}")
    };
    play.call(&form).problem("bad_request");
    let reading = Request::get("/api/v1/reports");
    assert_eq!(play.call(&reading).status, 405);
}
