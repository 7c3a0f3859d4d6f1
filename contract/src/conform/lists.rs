//! Lists in pages.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    check::Check,
    client::Reply,
    run::{Run, Session, items, nobody_s, text},
};

/// How many items a page has.
const PAGE_LENGTH: usize = 20;
/// More pages than are read of any list.
const LONGEST: usize = 100;
/// How many cards' lists are read to the end.
const CARDS: usize = 4;

/// A list that was read to its end, or as far as it led on.
struct List {
    path: String,
    ids: Vec<String>,
    /// Of its second page.
    cursor: Option<String>,
}

/// Reads lists to their ends, and tries cursors that aren't theirs.
pub(super) fn all(run: &mut Run<'_>, fan: &Session) {
    let wallet = run.wallet(fan);
    let cards = items(&wallet, "cards").iter().take(CARDS);
    let cards: Vec<&str> = cards.map(|card| text(card, "id")).collect();
    let mut lists = Vec::new();
    for (kind, operation) in [("entries", "getEntries"), ("coupons", "getCoupons")] {
        let paths = cards.iter().map(|card| format!("/cards/{card}/{kind}"));
        let of_kind: Vec<List> = paths.map(|path| to_the_end(run, fan, path)).collect();
        if of_kind.iter().all(|list| list.cursor.is_none()) {
            let why = "no list is longer than a page";
            run.report.not_tried(operation, Check::Paging, why);
        }
        lists.extend(of_kind);
    }
    let long = lists.iter().find(|list| list.cursor.is_some());
    for list in &lists {
        let address = format!("{}?cursor={}", list.path, nobody_s());
        let reply = run.send(fan.get(&address));
        run.expect(&reply, "bad_request");
        if let Some(long) = long.filter(|long| long.path != list.path) {
            foreign_cursor(run, fan, list, long.cursor.as_deref().unwrap_or_default());
        }
    }
    if let Some(card) = cards.first() {
        for query in ["entries?kind=no-such-kind", "coupons?state=no-such-state"] {
            let reply = run.send(fan.get(&format!("/cards/{card}/{query}")));
            run.expect(&reply, "bad_request");
        }
    }
}

fn to_the_end(run: &mut Run<'_>, fan: &Session, path: String) -> List {
    let mut list = List {
        path,
        ids: Vec::new(),
        cursor: None,
    };
    let mut last_at = None;
    let mut next: Option<String> = None;
    let mut seen = BTreeSet::new();
    for page in 0..LONGEST {
        let address = next.as_ref().map_or_else(
            || list.path.clone(),
            |cursor| format!("{}?cursor={}", list.path, encoded(cursor)),
        );
        let reply = run.send(fan.get(&address));
        if !reply.is_success() {
            return list;
        }
        next = reply.json["next_cursor"].as_str().map(str::to_owned);
        let found = items(&reply.json, "items");
        let is_new = found
            .iter()
            .all(|item| seen.insert(text(item, "id").to_owned()));
        if is_new {
            look_order(run, &reply, &mut last_at);
        }
        list.ids
            .extend(found.iter().map(|item| text(item, "id").to_owned()));
        if page == 0 && next.is_none() {
            let is_one = found.len() <= PAGE_LENGTH;
            run.look_at(&reply, Check::Paging, is_one, "more than a page");
            return list;
        }
        if page == 0 {
            list.cursor.clone_from(&next);
        }
        let is_whole = if next.is_some() {
            found.len() == PAGE_LENGTH
        } else {
            (1..=PAGE_LENGTH).contains(&found.len())
        };
        let why = if is_new {
            "a page of another length"
        } else {
            "an item comes again"
        };
        run.look_at(&reply, Check::Paging, is_whole && is_new, why);
        if next.is_none() || !is_new {
            return list;
        }
    }
    list
}

/// Entries come newest first, over the borders of pages too.
fn look_order(run: &mut Run<'_>, reply: &Reply, last: &mut Option<String>) {
    if run.name_of(reply) != "getEntries" {
        return;
    }
    let times: Vec<&str> = items(&reply.json, "items")
        .iter()
        .map(|item| text(item, "at"))
        .collect();
    // RFC 3339 in UTC with milliseconds: texts are in the order of times.
    let is_falling = last
        .as_deref()
        .into_iter()
        .chain(times.iter().copied())
        .is_sorted_by(|newer, older| newer >= older);
    if !times.is_empty() {
        run.look(reply, Check::NewestFirst, is_falling);
    }
    if let Some(oldest) = times.last() {
        *last = Some((*oldest).to_owned());
    }
}

/// A cursor of one list leads to nothing but the other list's own items.
fn foreign_cursor(run: &mut Run<'_>, fan: &Session, list: &List, cursor: &str) {
    let address = format!("{}?cursor={}", list.path, encoded(cursor));
    let reply = run.send(fan.get(&address));
    let is_own = |item: &Value| list.ids.iter().any(|id| id == text(item, "id"));
    let is_kept = reply.code() == "bad_request"
        || reply.is_success() && items(&reply.json, "items").iter().all(is_own);
    run.look_at(
        &reply,
        Check::Cursor,
        is_kept,
        "the cursor of another list leads there",
    );
}

/// For a query: everything but RFC 3986's unreserved characters is encoded.
pub(super) fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}
