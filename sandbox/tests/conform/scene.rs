//! A sandbox of its own, in this process, with people who meet what is to be tried.

use std::net::Ipv4Addr;

use axum::{Router, middleware};
use kabao_contract::conform::{Entrance, Target, Writes};
use kabao_sandbox::{Options, PATIENCE, router, serve};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::{net::TcpListener, runtime::Runtime};

use crate::fault::{Fault, Faulty, go_wrong};

/// A running sandbox and a fresh copy of a case in it.
pub(crate) struct Scene {
    address: String,
    /// What the control told of the copy.
    world: Value,
    /// The fan who is asked about, the other one, and whether changes are made.
    roles: Roles,
    _runtime: Runtime,
    _folder: TempDir,
}

#[derive(Clone, Copy)]
struct Roles {
    case: &'static str,
    fan: &'static str,
    other: &'static str,
    writes: bool,
}

impl Scene {
    /// A fan who claims several cards, of which some can't be used, beside one with cards of
    /// their own.
    pub(crate) fn claim(fault: Option<Fault>) -> Self {
        Self::start(
            Roles {
                case: "case-2",
                fan: "zhang",
                other: "chen",
                writes: true,
            },
            fault,
        )
    }

    /// A fan with a timeline and coupons of several pages, whom nothing happens to.
    pub(crate) fn lists(fault: Option<Fault>) -> Self {
        Self::start(
            Roles {
                case: "statuses",
                fan: "quan",
                other: "dong",
                writes: false,
            },
            fault,
        )
    }

    /// A restaurant where a claim leads to no card, in the case of this name.
    pub(crate) fn refusal(case: &'static str) -> Self {
        let roles = Roles {
            case,
            fan: "li",
            other: "zhang",
            writes: true,
        };
        Self::start(roles, None)
    }

    fn start(roles: Roles, fault: Option<Fault>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let options = Options {
            dist: folder.path().to_owned(),
            data: None,
            control: true,
        };
        let runtime = Runtime::new().expect("a runtime");
        // The sandbox may have work of its own to do beside its answers.
        let inside = runtime.enter();
        let app = router(&options).expect("a sandbox");
        drop(inside);
        let app = match fault {
            None => app,
            // Around the whole, so that the fault can ask the sandbox for more than it was
            // asked.
            Some(fault) => {
                Router::new()
                    .fallback_service(app)
                    .layer(middleware::from_fn_with_state(
                        Faulty::new(fault, roles.case),
                        go_wrong,
                    ))
            }
        };
        let listener = runtime
            .block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)))
            .expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        runtime.spawn(serve(listener, app, PATIENCE));
        let world = ureq::post(format!("{address}/sandbox/control/worlds"))
            .send_json(json!({ "case": roles.case }))
            .expect("a copy of the case")
            .body_mut()
            .read_json()
            .expect("what it is");
        Self {
            address,
            world,
            roles,
            _runtime: runtime,
            _folder: folder,
        }
    }

    fn person(&self, key: &str) -> &Value {
        let people = self.world["people"].as_array().expect("people");
        let found = people.iter().find(|person| person["key"] == key);
        found.expect("a person of the case")
    }

    fn entrance(&self, key: &str) -> Entrance {
        let path = self.person(key)["sign_in"].as_str().expect("a way in");
        Entrance::StandIn {
            path: path.to_owned(),
        }
    }

    pub(crate) fn target(&self) -> Target {
        let tables = self.world["tables"].as_array().expect("tables");
        let people = self.world["people"].as_array().expect("people");
        let phone = |person: &Value| person["phone"].as_str().map(str::to_owned);
        let spare = people.iter().find(|person| person["key"] == "axin");
        let messages = format!("{}/sandbox/control/sms?phone=", self.address);
        Target {
            base: self.address.clone(),
            fan: self.entrance(self.roles.fan),
            other: Some(self.entrance(self.roles.other)),
            // These two are in the sandbox from the start.
            unavailable: Some("unavailable".to_owned()),
            snapshot: Some(Entrance::StandIn {
                path: "/sandbox/as/snapshot-li".to_owned(),
            }),
            tables: tables
                .iter()
                .filter_map(|table| table["code"].as_str().map(str::to_owned))
                .collect(),
            writes: self.roles.writes.then(|| Writes {
                phone: phone(self.person(self.roles.fan)).expect("a phone"),
                spare_phone: spare.and_then(phone),
                code: Box::new(move |phone| newest_code(&format!("{messages}{phone}"))),
            }),
        }
    }
}

fn newest_code(address: &str) -> Result<String, String> {
    let codes: Vec<String> = ureq::get(address)
        .call()
        .and_then(|mut reply| reply.body_mut().read_json())
        .map_err(|error| error.to_string())?;
    codes.into_iter().next().ok_or_else(|| "no SMS".to_owned())
}
