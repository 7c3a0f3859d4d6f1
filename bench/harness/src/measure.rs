//! What is measured, and how often.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use crate::{
    Failure,
    backend::Switched,
    browser::{Browser, Driver, Network},
    server::Served,
};

/// How many cards the wallets hold.
pub(crate) const SIZES: [usize; 3] = [20, 500, 5_000];

pub(crate) fn account(cards: usize) -> String {
    format!("bench-{cards}")
}

/// Whether the browser has been there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cache {
    Cold,
    Warm,
}

/// What of a load is waited for, as `watch.js` calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Goal {
    Card,
    Usable,
    Kept,
    Code,
    Address,
}

impl Goal {
    pub(crate) const ALL: [Self; 5] = [
        Self::Card,
        Self::Usable,
        Self::Kept,
        Self::Code,
        Self::Address,
    ];

    const fn script(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Usable => "usable",
            Self::Kept => "kept",
            Self::Code => "code",
            Self::Address => "address",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Card => "first card painted",
            Self::Usable => "usable",
            Self::Kept => "a tap made early takes effect",
            Self::Code => "code to scan, tapped as early as possible",
            Self::Address => "code to scan, from its own address",
        }
    }
}

/// Every value of one figure of one contestant, in the order of the rounds.
pub(crate) type Values = Vec<f64>;

/// The figures: by what they are of, and then by contestant.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Figures(pub(crate) BTreeMap<String, BTreeMap<String, Values>>);

impl Figures {
    fn add(&mut self, figure: &str, who: &str, value: f64) {
        let figure = self.0.entry(figure.to_owned()).or_default();
        figure.entry(who.to_owned()).or_default().push(value);
    }
}

/// Loads: every contestant, one after the other, `rounds` times over.
pub(crate) fn loads(
    driver: &Driver,
    served: &[Served],
    switched: &Switched,
    networks: &[Network],
    rounds: usize,
    figures: &mut Figures,
) -> Result<(), Failure> {
    for round in 1..=rounds {
        eprintln!("▸ Loads, round {round} of {rounds}.");
        for network in networks {
            for cache in [Cache::Cold, Cache::Warm] {
                for goal in Goal::ALL {
                    for one in served {
                        switched.reset();
                        load(driver, one, *network, cache, goal, figures).map_err(|error| {
                            format!("{}, {}: {error}", one.contestant.name, goal.title())
                        })?;
                    }
                }
            }
        }
    }
    Ok(())
}

fn load(
    driver: &Driver,
    served: &Served,
    network: Network,
    cache: Cache,
    goal: Goal,
    figures: &mut Figures,
) -> Result<(), Failure> {
    let browser = driver.open()?;
    let wallet = format!("{}/a/{}?lang=zh-CN", served.origin, account(20));
    let address = match goal {
        Goal::Address => format!("{}/a/{}/code?lang=zh-CN", served.origin, account(20)),
        _ => wallet.clone(),
    };
    if cache == Cache::Warm {
        been_there(&browser, &wallet)?;
    }
    browser.watch(goal.script())?;
    browser.be_on(network)?;
    browser.slow_down()?;
    browser.go(&address)?;
    let time = browser.wait("return window.bench ? bench.reached() : null")?;
    let time = time.as_f64().ok_or("no time")?;
    let name = served.contestant.name;
    let cache = match cache {
        Cache::Cold => "cold",
        Cache::Warm => "warm",
    };
    let figure = |what: &str| format!("{}, {cache}, {}: {what}", network.name(), goal.title());
    figures.add(&figure("ms"), name, time);
    let loaded = browser.run(&format!("return bench.loaded({time})"))?;
    let mut parts = vec!["bytes", "requests"];
    if goal == Goal::Card {
        parts.extend(["connected", "page", "reply", "script", "wasm"]);
    }
    for part in parts {
        if let Some(value) = loaded[part].as_f64() {
            figures.add(&figure(part), name, value);
        }
    }
    if goal == Goal::Card {
        // What comes later must not move what is there.
        browser.wait("return document.readyState === 'complete' || null")?;
        browser.run_async("await new Promise((resolve) => setTimeout(resolve, 1500))")?;
        let moved = browser.run("return bench.moved()")?;
        figures.add(&figure("shift"), name, moved.as_f64().unwrap_or_default());
    }
    Ok(())
}

/// Somebody has opened the wallet before, and all that comes later has come.
fn been_there(browser: &Browser<'_>, wallet: &str) -> Result<(), Failure> {
    browser.watch("card")?;
    browser.go(wallet)?;
    browser.wait("return window.bench ? bench.reached() : null")?;
    browser.run_async("await new Promise((resolve) => setTimeout(resolve, 1500))")?;
    browser.go("about:blank")
}

/// Interactions with wallets of every size.
pub(crate) fn interactions(
    driver: &Driver,
    served: &[Served],
    switched: &Switched,
    sizes: &[usize],
    times: usize,
    figures: &mut Figures,
) -> Result<(), Failure> {
    for size in sizes {
        for one in served.iter().filter(|it| it.contestant.is_whole) {
            if one.contestant.is_inlined {
                continue;
            }
            eprintln!("▸ {size} cards, {}.", one.contestant.name);
            switched.reset();
            interact(driver, one, *size, times, figures)
                .map_err(|error| format!("{}, {size} cards: {error}", one.contestant.name))?;
        }
    }
    Ok(())
}

fn interact(
    driver: &Driver,
    served: &Served,
    size: usize,
    times: usize,
    figures: &mut Figures,
) -> Result<(), Failure> {
    let browser = driver.open()?;
    browser.watch("card")?;
    browser.go(&format!("{}/a/{}?lang=zh-CN", served.origin, account(size)))?;
    browser.wait("return window.bench ? bench.reached() : null")?;
    browser.wait("return document.querySelector('input[type=search]') ? true : null")?;
    browser.run_async("await new Promise((resolve) => setTimeout(resolve, 1000))")?;
    browser.slow_down()?;
    let name = served.contestant.name;
    let mut time = |what: &str, act: &str, is_done: &str| -> Result<(), Failure> {
        let value = browser.run_async(&format!("return await bench.time(() => {{ {act} }})"))?;
        let figure = format!("{size} cards, {what}: ms");
        figures.add(&figure, name, value.as_f64().ok_or("no time")?);
        browser.wait(&format!("return ({is_done}) ? true : null"))?;
        // Whatever follows by itself is over before the next one.
        browser.run_async("await new Promise((resolve) => setTimeout(resolve, 400))")?;
        Ok(())
    };
    for round in 0..times {
        let before = browser.run("return bench.shop()")?;
        time(
            "switch",
            "bench.switch()",
            &format!("bench.shop() !== {before}"),
        )?;
        let (text, order) =
            [("面馆", "店名"), ("00000017", "余额"), ("yscs", "最近使用")][round % 3];
        let all = browser.run("return bench.rows()")?;
        time(
            "search",
            &format!("bench.search('{text}')"),
            "bench.rows() > 0",
        )?;
        time(
            "clear",
            "bench.search('')",
            &format!("bench.rows() >= {all} - 1"),
        )?;
        time(
            "sort",
            &format!("bench.sort('{order}')"),
            "bench.rows() > 0",
        )?;
    }
    let (bytes, nodes) = browser.memory()?;
    figures.add(&format!("{size} cards, memory: bytes"), name, bytes);
    figures.add(&format!("{size} cards, nodes: count"), name, nodes);
    let shop = browser.run("return bench.shop()")?;
    if shop == Value::Null {
        return Err("the card in use is not there any more".into());
    }
    Ok(())
}
