//! Kabao (会员卡包): the member-card wallet that a diner opens inside WeChat.
//!
//! # The map
//!
//! | module | what it knows |
//! |---|---|
//! | `kabao_core` | cards, wallets, routes, endpoints, the wire format: pure, a crate of its own |
//! | [`api`] | HTTP: the client and its transport |
//! | [`browser`] | the browser: elements, storage, clock, history, WeChat |
//! | [`signal`] | values that the page follows |
//! | [`components`] | parts of the page that take data and callbacks |
//! | `pages` | one file per screen: what it loads and what it does |
//! | [`copy`] | every word that a person reads, in both languages |
//! | [`context`] | what the pages share |
//! | [`app`] | which page belongs to which route |
//!
//! Data flows one way: `index.html` → `main` → [`app`] → route → page →
//! [`api`] → backend, and back as wire → domain → component. The seams are
//! [`api::transport::Transport`] and [`browser::history::History`]: the same app
//! runs over the network and the address bar, or over stand-ins in the page.
//!
//! # The invariants
//!
//! Each is held by `tests/architecture.rs`, `tests/contract.rs`, a lint, or the
//! type system.
//!
//! 1. `kabao_core` is pure: its `Cargo.toml` names no Leptos, no web-sys and no
//!    gloo, so the compiler holds it. It is tested on the host.
//! 2. Only [`api`] does network I/O, and only [`browser`] touches web-sys. The
//!    boot script, `boot.js`, is the one exception: it asks for the wallet
//!    while the app is still on its way.
//! 3. Components take data and callbacks and know no backend. Pages own what
//!    they load and what they do.
//! 4. A state is an enumeration, not several booleans. What comes from outside
//!    is parsed into a type that is valid by construction, or refused.
//! 5. No word for people is outside [`copy`], and no colour outside
//!    `style/tokens.css`. A word that is missing in one language does not
//!    compile.
//! 6. The stand-in backend in `sandbox/` shares no type with this crate: both
//!    are checked against `contract/openapi.yaml`, so that a misspelt field is
//!    not misspelt on both sides.
//! 7. A dependency that reaches the WebAssembly earns its bytes: `cargo xtask
//!    size` shows what the first screen costs, and fails above the budget. What
//!    the wallet does not need is in a module of its own, which is fetched
//!    after it: `pages::later` is where the two meet.
//! 8. No phone number and no SMS code is in an address, a log, the storage or an
//!    error.
//!
//! # Why no `view!`
//!
//! The app is Leptos: its reactive graph, owners, tasks and mounting. Elements
//! are made by [`browser::dom`] and values kept by [`signal`], because Leptos's
//! generic views and signals are compiled anew for every type: the same screens
//! cost 235 KB of WebAssembly with them and 125 KB without (brotli 11, before
//! the app was split in two), and every kilobyte is a diner's waiting time.

pub mod api;
pub mod app;
pub mod browser;
pub mod components;
pub mod context;
pub mod copy;
mod pages;
pub mod signal;
