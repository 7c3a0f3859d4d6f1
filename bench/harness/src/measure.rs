//! What is measured, and how often.

use clap::ValueEnum;
use serde_json::Value;

use crate::{
    Failure,
    backend::Switched,
    browser::{Browser, Driver, Network},
    figures::{Figures, Unit},
    server::Served,
};

/// How many cards the wallets hold.
pub(crate) const SIZES: [usize; 3] = [20, 500, 5_000];
/// Of how many cards the wallet is whose first screen is measured.
const FEW: usize = SIZES[0];

/// How often the first list is looked at. Each is a load in a browser of its own.
const FIRST_LISTS: usize = 7;

pub(crate) fn account(cards: usize) -> String {
    format!("bench-{cards}")
}

/// Whether the browser has been there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Cache {
    Cold,
    Warm,
}

impl Cache {
    const fn name(self) -> &'static str {
        match self {
            Self::Cold => "cold",
            Self::Warm => "warm",
        }
    }
}

/// What of a load is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Goal {
    Card,
    Usable,
    Kept,
    Code,
    Address,
}

impl Goal {
    /// As `watch.js` calls it.
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
            Self::Kept => "the earliest tap on an avatar has taken effect",
            Self::Code => "code to scan, tapped as early as possible",
            Self::Address => "code to scan, from its own address",
        }
    }
}

/// Loads of one kind, of which there is one in each round for each contestant.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Load {
    network: Network,
    cache: Cache,
    goal: Goal,
}

impl Load {
    /// Everything that is looked at.
    pub(crate) const ALL: [Self; 13] = [
        Self::of(Network::Slow, Cache::Cold, Goal::Card),
        Self::of(Network::Slow, Cache::Cold, Goal::Usable),
        Self::of(Network::Slow, Cache::Cold, Goal::Kept),
        Self::of(Network::Slow, Cache::Cold, Goal::Code),
        Self::of(Network::Slow, Cache::Cold, Goal::Address),
        Self::of(Network::Slow, Cache::Warm, Goal::Card),
        Self::of(Network::Slow, Cache::Warm, Goal::Usable),
        Self::of(Network::Slow, Cache::Warm, Goal::Address),
        Self::of(Network::Fast, Cache::Cold, Goal::Card),
        Self::of(Network::Fast, Cache::Cold, Goal::Usable),
        Self::of(Network::Fast, Cache::Cold, Goal::Code),
        Self::of(Network::Fast, Cache::Cold, Goal::Address),
        Self::of(Network::Fast, Cache::Warm, Goal::Card),
    ];
    /// One for each goal.
    pub(crate) const QUICK: [Self; 5] = [
        Self::of(Network::Fast, Cache::Cold, Goal::Card),
        Self::of(Network::Fast, Cache::Warm, Goal::Usable),
        Self::of(Network::Fast, Cache::Cold, Goal::Kept),
        Self::of(Network::Fast, Cache::Cold, Goal::Code),
        Self::of(Network::Fast, Cache::Cold, Goal::Address),
    ];

    /// Whether it is one of those that are asked for; what is not named is not chosen by.
    pub(crate) fn is_wanted(
        self,
        network: Option<Network>,
        cache: Option<Cache>,
        goals: &[Goal],
    ) -> bool {
        network.is_none_or(|network| self.network == network)
            && cache.is_none_or(|cache| self.cache == cache)
            && (goals.is_empty() || goals.contains(&self.goal))
    }

    const fn of(network: Network, cache: Cache, goal: Goal) -> Self {
        Self {
            network,
            cache,
            goal,
        }
    }
}

/// Every load of `wanted`, of every contestant in turn, `rounds` times over.
pub(crate) fn loads(
    driver: &Driver,
    served: &[Served],
    switched: &Switched,
    wanted: &[Load],
    rounds: usize,
    figures: &mut Figures,
) -> Result<(), Failure> {
    for round in 1..=rounds {
        eprintln!("▸ Loads, round {round} of {rounds}.");
        for one in wanted {
            for who in served {
                switched.reset();
                load(driver, who, *one, figures).map_err(|error| {
                    format!("{}, {}: {error}", who.contestant.name, one.goal.title())
                })?;
            }
        }
    }
    Ok(())
}

fn load(
    driver: &Driver,
    served: &Served,
    Load {
        network,
        cache,
        goal,
    }: Load,
    figures: &mut Figures,
) -> Result<(), Failure> {
    let browser = driver.open()?;
    let wallet = format!("{}/a/{}?lang=zh-CN", served.origin, account(FEW));
    let address = match goal {
        Goal::Address => format!("{}/a/{}/code?lang=zh-CN", served.origin, account(FEW)),
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
    let group = format!("{}, {}", network.name(), cache.name());
    figures.add(&group, goal.title(), Unit::Milliseconds, name, time);
    let loaded = browser.run(&format!("return bench.loaded({time})"))?;
    let mut parts = vec![
        ("bytes", "bytes until then", Unit::Bytes),
        ("requests", "requests until then", Unit::Count),
    ];
    if matches!(goal, Goal::Card | Goal::Usable) {
        parts.extend([
            ("connected", "of it: connected at", Unit::Milliseconds),
            ("page", "page there at", Unit::Milliseconds),
            ("reply", "wallet’s reply there at", Unit::Milliseconds),
            ("script", "last script there at", Unit::Milliseconds),
            ("wasm", "last module there at", Unit::Milliseconds),
        ]);
    }
    for (part, title, unit) in parts {
        if let Some(value) = loaded[part].as_f64().filter(|value| *value > 0.0) {
            let title = format!("{}: {title}", goal.title());
            figures.add(&group, &title, unit, name, value);
        }
    }
    if goal == Goal::Card {
        // What comes later must not move what is there.
        browser.settle()?;
        let moved = browser.run("return bench.moved()")?;
        let moved = moved.as_f64().unwrap_or_default();
        figures.add(&group, "layout shift", Unit::Score, name, moved);
    }
    Ok(())
}

/// Somebody has opened the wallet before, and all that comes later has come.
fn been_there(browser: &Browser<'_>, wallet: &str) -> Result<(), Failure> {
    browser.watch("card")?;
    browser.go(wallet)?;
    browser.wait("return window.bench ? bench.reached() : null")?;
    browser.settle()?;
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
    let whole = || {
        let is_asked = |one: &&Served| one.contestant.is_whole && !one.contestant.is_inlined;
        served.iter().filter(is_asked)
    };
    for size in sizes {
        for one in whole() {
            eprintln!("▸ {size} cards, {}.", one.contestant.name);
            switched.reset();
            interact(driver, one, *size, times, figures)
                .map_err(|error| format!("{}, {size} cards: {error}", one.contestant.name))?;
        }
    }
    Ok(())
}

/// What a person does with a wallet: what it is called, what is done, and what is true
/// once that is seen. Scripts, in which `bench` is what `watch.js` offers.
struct Deed {
    name: &'static str,
    act: String,
    is_done: String,
}

/// What is searched for, what every card has that is found, as a regular expression, and
/// the order that the cards are put in then. Each finds several cards, since the one in
/// use is not among them.
const SEARCHES: [(&str, &str, &str); 3] = [
    ("面馆", "江南面馆", "店名"),
    ("0000001", "尾号 0*1", "余额"),
    ("yscs", "云上茶舍", "最近使用"),
];

/// The deeds of one round. `round` makes them differ from those of the last.
fn deeds(round: usize) -> [Deed; 5] {
    let (text, found, order) = SEARCHES[round % SEARCHES.len()];
    let of = |name, act: String, is_done: String| Deed { name, act, is_done };
    [
        of(
            "switch",
            "bench.before = bench.number(); bench.switch()".to_owned(),
            "bench.number() !== bench.before".to_owned(),
        ),
        of(
            "search",
            format!("bench.search('{text}')"),
            format!("bench.rows().length > 0 && bench.rows().every((row) => /{found}/.test(row))"),
        ),
        of(
            "clear",
            "bench.found = bench.rows().join(); bench.search('')".to_owned(),
            "bench.rows().length > 0 && bench.rows().join() !== bench.found".to_owned(),
        ),
        of(
            "sort",
            format!("bench.sort('{order}')"),
            format!("bench.rows().length > 0 && bench.isSorted('{order}')"),
        ),
        of(
            "back from the code",
            "history.back()".to_owned(),
            "bench.shop() && bench.rows().length > 0".to_owned(),
        ),
    ]
}

/// The wallet of so many cards in a browser of its own, once its list has been drawn, and
/// how long that took after all was there that it is drawn from: the wallet's reply and
/// the scripts.
fn first_list<'a>(
    driver: &'a Driver,
    served: &Served,
    size: usize,
) -> Result<(Browser<'a>, f64), Failure> {
    let browser = driver.open()?;
    browser.watch("list")?;
    browser.slow_down()?;
    browser.go(&format!("{}/a/{}?lang=zh-CN", served.origin, account(size)))?;
    browser.wait("return window.bench ? bench.reached() : null")?;
    let took = browser.run(
        "const drawn = bench.reached(); \
         const { reply, script } = bench.loaded(drawn); \
         return drawn - Math.max(reply, script)",
    )?;
    let took = took.as_f64().ok_or("no time of the first list")?;
    Ok((browser, took))
}

fn interact(
    driver: &Driver,
    served: &Served,
    size: usize,
    times: usize,
    figures: &mut Figures,
) -> Result<(), Failure> {
    let name = served.contestant.name;
    let group = format!("{size} cards");
    let mut add_first_list = |took| {
        let title = "first list, once the reply and the scripts are there";
        figures.add(&group, title, Unit::Milliseconds, name, took);
    };
    for _ in 1..times.min(FIRST_LISTS) {
        let (_browser, took) = first_list(driver, served, size)?;
        add_first_list(took);
    }
    let (browser, took) = first_list(driver, served, size)?;
    add_first_list(took);
    browser.wait("return document.querySelector('input[type=search]') ? true : null")?;
    browser.settle()?;
    for round in 0..times {
        for Deed {
            name: what,
            act,
            is_done,
        } in deeds(round)
        {
            if what == "back from the code" {
                browser.run("bench.showCode()")?;
                browser.wait("return bench.hasCode() || null")?;
                browser.settle()?;
            }
            let value = browser
                .run_async(&format!(
                    "return await bench.time(() => {{ {act} }}, () => {is_done})"
                ))
                .map_err(|error| format!("{what}, round {}: {error}", round + 1))?;
            let value = value.as_f64().ok_or("no time")?;
            figures.add(&group, what, Unit::Milliseconds, name, value);
            // Whatever follows by itself is over before the next one.
            browser.settle()?;
        }
    }
    let (bytes, nodes) = browser.memory()?;
    figures.add(
        &group,
        "memory of the page’s scripts",
        Unit::Bytes,
        name,
        bytes,
    );
    figures.add(&group, "nodes of the page", Unit::Count, name, nodes);
    if browser.run("return bench.shop()")? == Value::Null {
        return Err("the card in use is not there any more".into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::SEARCHES;
    use crate::backend::wallet_of;

    #[test]
    fn several_cards_of_the_smallest_wallet_are_found() {
        let wallet = wallet_of("bench-20", None);
        let of = |value: &serde_json::Value, name: &str| value[name].as_str().unwrap().to_owned();
        let cards = wallet["cards"].as_array().unwrap();
        let merchants = wallet["merchants"].as_array().unwrap();
        for (text, ..) in SEARCHES {
            let found = cards.iter().filter(|card| {
                let is_it = |it: &&serde_json::Value| it["id"] == card["merchant_id"];
                let merchant = merchants.iter().find(is_it).unwrap();
                of(card, "number").contains(text)
                    || of(merchant, "name").contains(text)
                    || of(merchant, "initials").to_lowercase().contains(text)
            });
            assert!(found.count() > 1, "{text}");
        }
    }
}
