//! The one source of truth. Its parts outlive the pages: a page reads them and
//! sends them intents.
//!
//! | part | what it owns |
//! |---|---|
//! | [`network`] | whether there is a network, and whether it is slow |
//! | [`session`] | the backend's clock, whose session it is, signing in |
//! | [`wallet`] | the wallet, its age, the switch that is under way |
//! | [`claim`] | the claim that is under way |

pub mod backend;
pub mod claim;
pub mod failure;
pub mod list_place;
pub mod network;
pub mod session;
pub mod wallet;

use std::rc::Rc;

use leptos::prelude::*;

use self::{
    backend::Backend, claim::ClaimSlot, network::Network, session::Session, wallet::WalletStore,
};
use crate::{
    api::{
        client::{Client, Surroundings},
        transport::Transport,
    },
    router::Router,
};

/// Makes the store over `transport` and provides its parts to every component.
pub(crate) fn provide(transport: Rc<dyn Transport>, router: Router, language: &'static str) {
    let network = Network::new();
    let session = Session::new(router);
    let client = Client::new(
        transport,
        Surroundings {
            language,
            fan: Box::new(move || session.fan()),
            on_fan: Box::new(move |fan| session.observe_fan(fan)),
            on_server_time: Box::new(move |time| session.observe_server_time(time)),
            on_slow: Box::new(move |count| network.observe_slow_calls(count)),
        },
    );
    let backend = Backend::new(client);
    provide_context(network);
    provide_context(session);
    provide_context(backend);
    provide_context(WalletStore::new(backend, session));
    provide_context(ClaimSlot::new());
}
