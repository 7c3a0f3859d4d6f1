//! A wallet with thousands of cards: what is near the screen is in the page.

use std::rc::Rc;

use kabao::browser::history::{History as _, MemoryHistory};
use serde_json::json;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlElement;

use crate::{
    backend::Backend,
    page::{all, control, focused, says, script, show_app, text, the, type_into, until},
    replies,
};

const CARDS: usize = 5_000;
/// More rows than a few screens hold are never in the page.
const FEW: usize = 80;
const ROWS: &str = ".wallet__list > li";

fn number(index: usize) -> String {
    format!("99{index:010}")
}

/// A wallet with so many cards of one shop, the last one used last.
async fn show_thousands() -> Backend {
    let (backend, _) = show_thousands_in_history().await;
    backend
}

async fn show_thousands_in_history() -> (Backend, Rc<MemoryHistory>) {
    let backend = Backend::new();
    let history = show_app("/a/x", &backend).await;
    let mut wallet = replies::wallet();
    let model = wallet["cards"][1].clone();
    let mut cards = vec![wallet["cards"][0].clone()];
    cards.extend((1..CARDS).map(|index| {
        let mut card = model.clone();
        card["id"] = json!(format!("many-{index}"));
        card["number"] = json!(number(index));
        let (day, hour) = (1 + index / 24 % 28, index % 24);
        let month = 1 + index / (24 * 28);
        card["last_used_at"] = json!(format!("2026-{month:02}-{day:02}T{hour:02}:00:00Z"));
        card
    }));
    wallet["cards"] = json!(cards);
    backend.next("GET", "/wallet").await.reply(200, wallet);
    until(|| !all(ROWS).is_empty(), "the list is there").await;
    (backend, history)
}

fn ending(index: usize) -> String {
    format!("ending in {}", &number(index)[8..])
}

/// The positions that a screen reader is told of the rows in the page.
fn positions() -> Vec<usize> {
    all(ROWS)
        .iter()
        .filter_map(|row| row.get_attribute("aria-posinset")?.parse().ok())
        .collect()
}

#[wasm_bindgen_test]
async fn few_of_thousands_of_rows_are_in_the_page_wherever_it_is_scrolled_to() {
    let _backend = show_thousands().await;
    says(&ending(CARDS - 1)).await;
    until(|| positions().first() == Some(&1), "the rows are numbered").await;
    assert!(all(ROWS).len() < FEW, "{}", all(ROWS).len());
    let size = the(ROWS).get_attribute("aria-setsize");
    assert_eq!(size, Some((CARDS - 1).to_string()));
    let height = || {
        the("#cards-of-merchant")
            .get_bounding_client_rect()
            .height()
    };
    assert!(height() > 100_000.0, "as high as all of them: {}", height());

    script("window.scrollTo(0, 60000)");
    until(
        || positions().first().is_some_and(|first| *first > 100),
        "other rows are there",
    )
    .await;
    assert!(all(ROWS).len() < FEW, "{}", all(ROWS).len());
    let is_full = || {
        let script_text = "return [0.1, 0.5, 0.9].every((y) => \
            document.elementFromPoint(innerWidth / 2, innerHeight * y)?.closest('li'))";
        script(script_text).is_truthy()
    };
    until(is_full, "they fill the screen").await;
    let positions = positions();
    assert!(positions.windows(2).all(|pair| pair[1] == pair[0] + 1));

    script("window.scrollTo(0, document.documentElement.scrollHeight)");
    says(&ending(1)).await;
    script("window.scrollTo(0, 0)");
    says(&ending(CARDS - 1)).await;
}

#[wasm_bindgen_test]
async fn around_what_is_on_the_screen_more_of_the_list_follows() {
    let _backend = show_thousands().await;
    until(|| positions().first() == Some(&1), "the rows are numbered").await;
    script("window.scrollTo(0, 60000)");
    let reaches_far = || {
        let script_text = "const rows = document.querySelectorAll('.wallet__list > li'); \
            return rows[0].getBoundingClientRect().top < -innerHeight / 2 \
                && rows[rows.length - 1].getBoundingClientRect().bottom > innerHeight * 1.5";
        script(script_text).is_truthy()
    };
    until(reaches_far, "half a screen above and below").await;
    assert!(all(ROWS).len() < FEW, "{}", all(ROWS).len());
}

#[wasm_bindgen_test]
async fn a_row_keeps_the_focus_while_it_is_far_from_the_screen_and_the_next_can_get_it() {
    let _backend = show_thousands().await;
    until(|| positions().first() == Some(&1), "the rows are numbered").await;
    let link = all(".wallet__list .card-face__open").remove(2);
    let link: HtmlElement = link.unchecked_into();
    link.focus().expect("the focus");
    let place = || {
        let top = link.get_bounding_client_rect().top();
        top + script("return window.scrollY").as_f64().unwrap_or_default()
    };
    let before = place();
    script("window.scrollTo(0, 60000)");
    until(
        || positions().iter().any(|position| *position > 100),
        "other rows are there",
    )
    .await;
    let has_focus = || focused().is_some_and(|it| it == *link);
    assert!(has_focus());
    assert_eq!(positions()[..3], [2, 3, 4]);
    assert!((place() - before).abs() < 3.0, "{} {before}", place());
    let fills = "return [0.1, 0.5, 0.9].every((y) => \
        document.elementFromPoint(innerWidth / 2, innerHeight * y)?.closest('li'))";
    until(|| script(fills).is_truthy(), "the others fill the screen").await;

    // The focus goes elsewhere: the row leaves the page with the next look.
    link.blur().expect("no focus");
    script("window.scrollTo(0, 61000)");
    until(
        || positions().first().is_some_and(|first| *first > 100),
        "nothing else is there",
    )
    .await;
}

#[wasm_bindgen_test]
async fn a_screen_reader_counts_the_rows_of_a_list_that_has_become_short() {
    let _backend = show_thousands().await;
    until(|| positions().first() == Some(&1), "the rows are numbered").await;
    until(|| !all("input[type=search]").is_empty(), "the search").await;
    type_into("input[type=search]", "99000000499");
    until(|| all(ROWS).len() == 10, "ten are found").await;
    let numbered = format!("{ROWS}[aria-setsize], {ROWS}[aria-posinset]");
    until(|| all(&numbered).is_empty(), "all of them are there").await;
    type_into("input[type=search]", "");
    until(|| positions().first() == Some(&1), "the rows are numbered").await;
}

#[wasm_bindgen_test]
async fn among_thousands_one_is_found_and_all_come_back() {
    let _backend = show_thousands().await;
    until(|| !all("input[type=search]").is_empty(), "the search").await;
    type_into("input[type=search]", &number(17));
    until(|| all(ROWS).len() == 1, "one is found").await;
    says(&ending(17)).await;
    type_into("input[type=search]", "");
    says(&ending(CARDS - 1)).await;
    until(|| all(ROWS).len() > 2, "the others are back").await;
    assert!(all(ROWS).len() < FEW);
}

#[wasm_bindgen_test]
async fn one_of_thousands_is_put_in_use_and_has_the_focus() {
    let backend = show_thousands().await;
    let label = format!("Switch to Sichuan Bistro card {}", ending(CARDS - 3));
    says(&ending(CARDS - 3)).await;
    control(&label).click();
    let call = backend.next("PUT", "/current-card").await;
    let card = format!("many-{}", CARDS - 3);
    assert!(
        call.request()
            .body
            .as_deref()
            .is_some_and(|it| it.contains(&card))
    );
    call.reply(
        200,
        json!({ "current_card_id": card, "revision": "8", "server_time": "2026-11-23T13:04:06Z" }),
    );
    until(
        || {
            the("#current-card")
                .text_content()
                .is_some_and(|it| it.contains(&number(CARDS - 3)[8..]))
        },
        "it is in use",
    )
    .await;
    until(
        || focused().is_some_and(|it| it.id() == "current-card"),
        "it has the focus",
    )
    .await;
    assert!(!text().contains("null"));
    assert!(all(ROWS).len() < FEW);
}

#[wasm_bindgen_test]
async fn back_from_a_card_far_down_returns_to_where_it_is() {
    let (backend, history) = show_thousands_in_history().await;
    for path in ["/wallet", "/entries", "/coupons"] {
        backend.never("GET", path);
    }
    says(&ending(CARDS - 1)).await;
    until(|| positions().first() == Some(&1), "the rows are numbered").await;
    script("window.scrollTo(0, 60000)");
    until(
        || positions().first().is_some_and(|first| *first > 100),
        "other rows are there",
    )
    .await;
    let links = all(".wallet__list .card-face__open");
    let link = links.get(links.len() / 2).expect("a card");
    link.dyn_ref::<HtmlElement>().expect("a link").click();
    until(|| all(ROWS).is_empty(), "the card’s page is there").await;
    history.back("/a/x");
    let is_back = || {
        let scrolled = script("return window.scrollY").as_f64().unwrap_or_default();
        (scrolled - 60_000.0).abs() < 200.0 && all(ROWS).len() > 2
    };
    until(is_back, "the list is where it was left").await;
}
