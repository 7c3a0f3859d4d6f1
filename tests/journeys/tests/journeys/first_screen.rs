//! What the page paints before the app is there, and how the app takes over.

use std::collections::BTreeSet;

use kabao_journeys::{
    Failure, Outcome,
    visit::{Look, Visit},
    words::LANGUAGES,
};
use serde_json::{Value, json};

use crate::Journey;

/// What needs a browser whose page can be prepared.
pub(crate) const IN_CHROMIUM: &[Journey] = &[
    ("first screen, case 1a", "case-1a", is_the_apps),
    ("first screen, case 1b", "case-1b", is_the_apps),
    ("first screen, case 2", "case-2", is_the_apps),
    ("first screen, case 3", "case-3", is_the_apps),
    ("first screen, case 4", "case-4", is_the_apps),
    ("first screen, case 1x", "case-1x", is_the_apps),
    ("first screen, no SMS credits", "sms-exhausted", is_the_apps),
    ("first screen, not following", "not-following", is_the_apps),
    ("first screen, captcha", "captcha", is_the_apps),
    ("first screen, gateway", "gateway", is_the_apps),
    ("first screen, old menu", "old-menu", is_the_apps),
    ("first screen, many cards", "many", is_the_apps),
    (
        "first screen, cards in every state",
        "statuses",
        is_the_apps,
    ),
    (
        "taps before the app is there are carried out once, in order",
        "many",
        taps_are_kept,
    ),
    (
        "the member code before the app is there is the app’s, from a tap",
        "many",
        code_is_the_apps,
    ),
    (
        "the member code before the app is there is the app’s, at its own address",
        "many",
        code_at_its_address,
    ),
    (
        "Back from the member code before the app is there",
        "many",
        back_from_the_code,
    ),
    (
        "what was known at the last visit is there before the reply",
        "many",
        last_visit,
    ),
];

/// Before anything of the page runs: the app does not start until `releaseApp` is
/// called, its lazy modules do not come until `releaseLazy`, and `shifts` adds up
/// what has moved by itself.
const HOLD: &str = r"
const start = WebAssembly.instantiateStreaming;
WebAssembly.instantiateStreaming = (...module) => new Promise((resolve) => {
    window.releaseApp = () => {
        WebAssembly.instantiateStreaming = start;
        resolve(start.apply(WebAssembly, module));
    };
});
const fetched = window.fetch;
const lazy = [];
window.fetch = (...request) => !/split_(pages|code)/.test(String(request[0])) || lazy === null
    ? fetched(...request)
    : new Promise((resolve) => lazy.push(() => resolve(fetched(...request))));
window.releaseLazy = () => {
    window.fetch = fetched;
    lazy.splice(0).forEach((go) => go());
};
window.shifts = 0;
new PerformanceObserver((list) => list.getEntries().forEach((shift) => {
    if (!shift.hadRecentInput) window.shifts += shift.value;
})).observe({ type: 'layout-shift', buffered: true });
";

/// Before anything of the page runs: the wallet's reply does not come until
/// `releaseWallet` is called.
const HOLD_WALLET: &str = r"
const fetched = window.fetch;
window.fetch = (...request) => /\/wallet$/.test(String(request[0]))
    ? new Promise((resolve) => { window.releaseWallet = () => resolve(fetched(...request)); })
    : fetched(...request);
";

/// What a screen says, element by element with its classes, roles, names and
/// addresses. Lists are cut after so many rows.
const OUTLINE: &str = r"
const [root, rows] = arguments;
let left = rows;
// How a picture lies is seen.
const without = ['id', 'tabindex', 'aria-live', 'hidden', 'transform'];
const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.nodeType !== Node.ELEMENT_NODE || node.nodeName === 'NOSCRIPT') return '';
    if (['help', 'shell-skeleton'].includes(node.id) || node.getAttribute('role') === 'status') return '';
    if (node.matches('li, .section-head') && left <= 0) return '';
    if (node.matches('li')) left -= 1;
    const attributes = [...node.attributes].filter((it) => !without.includes(it.name) && it.value)
        .map((it) => `${it.name}=${it.name === 'class' ? [...node.classList].sort().join('.') : it.value}`).sort();
    const inside = [...node.childNodes].map(walk).join('').replace(/\s+/g, ' ').trim();
    if (node.matches('ul') && !inside) return '';
    return `\n<${[node.nodeName.toLowerCase(), ...attributes].join(' ')}>${inside}`;
};
return [...document.querySelector(root).childNodes].map(walk).join('').replace(/\s*\n\s*/g, '\n').trim();
";

const IS_HELD: &str = "if (!window.releaseApp || !window.kabaoEarly) return false; \
    for (const early of Object.values(kabaoEarly)) \
        early.reply.then(() => { window.hasReply = true; }, () => {}); \
    return window.hasReply === true";

/// What is painted before the app is there has the same elements, words and pixels
/// as the app's own first screen, for every person of a case, in both languages,
/// light and dark, and nothing moves.
fn is_the_apps(visit: &Visit<'_>) -> Outcome {
    visit.run_at_every_start(HOLD)?;
    visit.hide_scroll_bars()?;
    let mut painted = 0;
    for (name, sign_in) in visit.people() {
        for words in LANGUAGES {
            let who = format!("{name}, {}", words.tag);
            visit.open(&format!("{sign_in}?lang={}", words.tag))?;
            visit.wait(&format!("the reply for {who}"), || {
                Ok(visit.run(IS_HELD, vec![])? == true)
            })?;
            let is_painted = visit.run("return kabaoFirstScreen.isPainted()", vec![])? == true;
            let before = is_painted
                .then(|| Ok::<_, Failure>((rows(visit)?, looks(visit, "#shell", None)?)))
                .transpose()?;
            visit.run("releaseApp()", vec![])?;
            visit.wait(&format!("the app for {who}"), || {
                let is_there = "return !document.querySelector('#shell') \
                    && document.querySelector('main .strip') !== null";
                Ok(visit.run(is_there, vec![])? == true)
            })?;
            let can_be_painted = "return document.querySelector(\
                '.wallet__current .card-face:not(.card-face--unusable)') !== null";
            assert_eq!(
                is_painted,
                visit.run(can_be_painted, vec![])? == true,
                "{who}: a card that can be used is painted at once"
            );
            if let Some((rows, before)) = before {
                let after = looks(visit, "main", Some(rows))?;
                before.assert_same(&after, &who);
                painted += 1;
            }
            visit.run("releaseLazy()", vec![])?;
            visit.wait("what comes later", || {
                // The styles of the later screens come with what is drawn by them.
                let is_there = "const later = [...document.styleSheets].flatMap((it) => [...it.cssRules]) \
                        .filter((it) => it.conditionText === 'all'); \
                    if (later.length < 13) return false; \
                    requestAnimationFrame(() => requestAnimationFrame(() => { window.isDrawn = true; })); \
                    return window.isDrawn === true";
                Ok(visit.run(is_there, vec![])? == true)
            })?;
            if is_painted {
                nothing_has_moved(visit, &who)?;
            }
        }
    }
    let has_cards = ["case-2", "case-3", "many", "statuses"]
        .iter()
        .any(|case| visit.account().starts_with(case));
    assert_eq!(painted > 0, has_cards, "{painted} screens were painted");
    Ok(())
}

/// A screen in words and in pixels.
struct Looks {
    outline: String,
    light: Vec<u8>,
    dark: Vec<u8>,
}

impl Looks {
    fn assert_same(&self, after: &Self, who: &str) {
        assert_eq!(self.outline, after.outline, "{who}: elements and words");
        assert!(self.light == after.light, "{who}: pixels, light");
        assert!(self.dark == after.dark, "{who}: pixels, dark");
        assert!(self.light != self.dark, "{who}: dark is another picture");
    }
}

fn nothing_has_moved(visit: &Visit<'_>, who: &str) -> Outcome {
    let shifts = visit.run("return shifts", vec![])?;
    assert_eq!(shifts.as_f64(), Some(0.0), "{who}: nothing moves");
    Ok(())
}

fn looks(visit: &Visit<'_>, root: &str, rows: Option<u64>) -> Result<Looks, Failure> {
    let rows = rows.unwrap_or(u64::from(u32::MAX));
    let outline = visit.run(OUTLINE, vec![json!(root), json!(rows)])?;
    let picture = |is_dark| {
        visit.set_look(Look {
            is_dark,
            ..Look::default()
        })?;
        visit.screenshot()
    };
    Ok(Looks {
        outline: outline.as_str().unwrap_or_default().to_owned(),
        light: picture(false)?,
        dark: picture(true)?,
    })
}

/// How many rows of the list the page has painted.
fn rows(visit: &Visit<'_>) -> Result<u64, Failure> {
    let count = visit.run(
        "return document.querySelectorAll('#shell li').length",
        vec![],
    )?;
    Ok(count.as_u64().unwrap_or_default())
}

fn taps_are_kept(visit: &Visit<'_>) -> Outcome {
    visit.run_at_every_start(HOLD)?;
    visit.arrive_as("ba")?;
    visit.wait("the first screen", || {
        Ok(visit.run(IS_HELD, vec![])? == true)
    })?;
    let avatar = "切换到云上茶舍";
    visit.tap(avatar)?;
    visit.tap(avatar)?;
    let is_pressed = "return document.querySelectorAll('#shell [aria-busy=true]').length";
    assert_eq!(visit.run(is_pressed, vec![])?, 1, "it looks pressed");
    visit.tap("出示会员码")?;
    assert_eq!(visit.run(is_pressed, vec![])?, 2);
    visit.wait("the code to be asked for", || {
        Ok(!visit.calls("GET", "/code")?.is_empty())
    })?;
    visit.run("releaseApp()", vec![])?;
    visit.wait("the app", || {
        Ok(visit.run("return !document.querySelector('#shell')", vec![])? == true)
    })?;
    visit.run("releaseLazy()", vec![])?;
    visit.see("请向店员出示")?;
    visit.see("云上茶舍")?;
    visit.wait("the switch", || {
        Ok(visit.calls("PUT", "/current-card")?.len() == 1)
    })?;
    let requests = visit.requests()?;
    let codes: BTreeSet<_> = requests
        .iter()
        .filter_map(|call| call["path"].as_str())
        .filter(|path| path.ends_with("/code"))
        .collect();
    assert_eq!(codes.len(), 1, "the code of no other card: {codes:?}");
    visit.go_back()?;
    visit.see("当前使用")?;
    let current = visit.run(
        "return document.querySelector('#current-card h2').innerText",
        vec![],
    )?;
    assert_eq!(current, "云上茶舍");
    assert_eq!(visit.calls("PUT", "/current-card")?.len(), 1, "once");
    Ok(())
}

const HAS_CODE: &str = "return window.kabaoFirstCode !== undefined && kabaoFirstCode.isPainted()";

/// The wallet, before the app is there, and a tap on the button.
fn tap_for_the_code(visit: &Visit<'_>, address: &str) -> Outcome {
    visit.open(address)?;
    visit.wait("the first screen", || {
        Ok(visit.run(IS_HELD, vec![])? == true)
    })?;
    // Its name is another in each language.
    visit.run(
        "document.querySelector('.card-face__action .button').click()",
        vec![],
    )?;
    visit.wait("the code", || Ok(visit.run(HAS_CODE, vec![])? == true))
}

/// The app comes, and shows the code that is there: with the same elements, words and
/// pixels, and nothing moves. The code is one that does not change.
fn app_takes_over(visit: &Visit<'_>, who: &str) -> Outcome {
    let at_rest = || {
        let is_at_rest = "return document.getAnimations().length === 0";
        visit.wait("the card to have turned over", || {
            Ok(visit.run(is_at_rest, vec![])? == true)
        })
    };
    at_rest()?;
    let before = looks(visit, "#shell", None)?;
    visit.run("releaseApp(); releaseLazy()", vec![])?;
    visit.wait("the app", || {
        let is_there = "return !document.querySelector('#shell') \
            && document.querySelector('main .code-plate') !== null";
        Ok(visit.run(is_there, vec![])? == true)
    })?;
    let is_turning = visit.run("return document.getAnimations().length", vec![])?;
    assert_eq!(is_turning, 0, "{who}: the card has turned over once");
    let after = looks(visit, "main", None)?;
    before.assert_same(&after, who);
    nothing_has_moved(visit, who)
}

fn code_is_the_apps(visit: &Visit<'_>) -> Outcome {
    visit.run_at_every_start(HOLD)?;
    visit.hide_scroll_bars()?;
    let mut shown = 0;
    for (name, sign_in) in visit.people() {
        for words in LANGUAGES {
            let who = format!("{name}, {}", words.tag);
            tap_for_the_code(visit, &format!("{sign_in}?lang={}", words.tag))?;
            let changes = visit.run(
                "return document.querySelector('.code-plate__refresh') !== null",
                vec![],
            )?;
            if changes == false {
                app_takes_over(visit, &who)?;
                shown += 1;
            }
        }
    }
    assert!(shown > 1, "{shown} codes do not change");
    Ok(())
}

fn code_at_its_address(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("ba")?;
    visit.see("当前使用")?;
    visit.run_at_every_start(HOLD)?;
    visit.hide_scroll_bars()?;
    visit.open_screen("/code")?;
    visit.wait("the code", || Ok(visit.run(HAS_CODE, vec![])? == true))?;
    // What is wanted before the app is there is done by the app.
    visit.wait("the screen to be more than its second tap", || {
        visit.tap("全屏条形码")?;
        let is_pressed = "return document.querySelector('#shell [aria-busy=true]') !== null";
        Ok(visit.run(is_pressed, vec![])? == true)
    })?;
    visit.run("releaseApp(); releaseLazy()", vec![])?;
    visit.wait("the bar code on the whole screen", || {
        let is_there = "return !document.querySelector('#shell') \
            && document.querySelector('dialog .full-code') !== null";
        Ok(visit.run(is_there, vec![])? == true)
    })?;
    let asked = visit.calls("GET", "/code")?.len();
    assert_eq!(asked, 1, "the app takes the reply that is there");
    Ok(())
}

fn back_from_the_code(visit: &Visit<'_>) -> Outcome {
    visit.run_at_every_start(HOLD)?;
    let (_, sign_in) = visit.people().remove(0);
    tap_for_the_code(visit, &format!("{sign_in}?lang=zh-CN"))?;
    visit.see("请向店员出示")?;
    visit.go_back()?;
    visit.see("当前使用")?;
    visit.see_no_more("请向店员出示")?;
    let has_code = visit.run(HAS_CODE, vec![])?;
    assert_eq!(has_code, false);
    // Once more, and the app is there before Back.
    visit.tap("出示会员码")?;
    visit.see("请向店员出示")?;
    visit.run("releaseApp(); releaseLazy()", vec![])?;
    visit.wait("the app", || {
        Ok(visit.run("return !document.querySelector('#shell')", vec![])? == true)
    })?;
    visit.see("请向店员出示")?;
    visit.go_back()?;
    visit.see("当前使用")?;
    visit.see("出示会员码")
}

fn last_visit(visit: &Visit<'_>) -> Outcome {
    visit.arrive_as("ba")?;
    visit.see("当前使用")?;
    let balance = visit.run(
        "return document.querySelector('#current-card .card-face__balance dd').innerText",
        vec![],
    )?;
    let balance = balance.as_str().unwrap_or_default();
    assert!(balance.starts_with('¥'), "{balance}");
    let stored = visit.run("return JSON.stringify(localStorage)", vec![])?;
    let stored = stored.as_str().unwrap_or_default();
    assert!(stored.contains("first-screen"), "{stored}");
    for secret in ["balance_fen", "points", "holder", "phone_masked"] {
        assert!(
            !stored.contains(&format!("\\\"{secret}\\\"")),
            "{secret}: {stored}"
        );
    }

    visit.run_at_every_start(HOLD_WALLET)?;
    visit.open_screen("")?;
    visit.see("截至")?;
    visit.see("出示会员码")?;
    assert!(!visit.text()?.contains(balance), "amounts are not kept");
    visit.wait("the app to wait for the wallet", || {
        Ok(visit.run(
            "return document.querySelector('main:not(#shell)') !== null",
            vec![],
        )? == true)
    })?;
    // The app runs, and what is known is still there and takes taps.
    visit.see("出示会员码")?;
    visit.tap("切换到云上茶舍")?;
    visit.run("releaseWallet()", vec![])?;
    visit.wait("the switch", || {
        Ok(visit.calls("PUT", "/current-card")?.len() == 1)
    })?;
    visit.see("已切换到云上茶舍")?;
    visit.see_no_more("截至")?;
    assert_eq!(
        visit.run("return document.querySelector('#shell')", vec![])?,
        Value::Null
    );
    Ok(())
}
