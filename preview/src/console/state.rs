//! What the console knows, which its parts share.

use std::{cell::RefCell, rc::Rc};

use kabao::i18n::Language;
use kabao_preview::{
    address::Plan,
    backend::{Backend, Brand, Setup},
    plan::{Numbers, Step, WhatIf, steps_of},
};
use kabao_rules::cases::Case;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::frame::{restart_phone, surroundings};
use crate::words::{Words, words};

/// What a narrow window shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tab {
    Console = 0,
    Phone = 1,
}

/// It is a handle: cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct ConsoleState {
    pub(super) language: Language,
    pub(super) words: &'static Words,
    /// An index into `PRESENT`.
    pub(super) present: RwSignal<usize>,
    /// An index into `FUTURE`.
    pub(super) future: RwSignal<usize>,
    /// 0: the members are kept; 1: they are not.
    pub(super) keep: RwSignal<usize>,
    pub(super) forgotten: RwSignal<Vec<Step>>,
    pub(super) what_if: RwSignal<Vec<WhatIf>>,
    pub(super) person: RwSignal<String>,
    pub(super) brand: RwSignal<Brand>,
    pub(super) numbers: RwSignal<Numbers>,
    pub(super) published: RwSignal<String>,
    /// While the storyboard plays: how many steps are done.
    pub(super) frame: RwSignal<Option<usize>>,
    pub(super) backend: RwSignal<Option<Rc<RefCell<Backend>>>, LocalStorage>,
    pub(super) messages: RwSignal<Vec<String>>,
    /// The table code that the customer scans in place of tapping the menu.
    pub(super) scanned: StoredValue<Option<String>>,
    /// A [`Tab`].
    pub(super) tab: RwSignal<usize>,
}

impl ConsoleState {
    pub(super) fn new(plan: Plan, language: Language) -> Self {
        Self {
            language,
            words: words(language),
            present: RwSignal::new(plan.present),
            future: RwSignal::new(plan.future),
            keep: RwSignal::new(usize::from(!plan.keeps_members)),
            forgotten: RwSignal::new(plan.forgotten),
            what_if: RwSignal::new(plan.what_if),
            person: RwSignal::new(plan.person),
            brand: RwSignal::new(Brand::default()),
            numbers: RwSignal::new(Numbers::default()),
            published: RwSignal::new(String::new()),
            frame: RwSignal::new(None),
            backend: RwSignal::new_local(None),
            messages: RwSignal::new(Vec::new()),
            scanned: StoredValue::new(None),
            tab: RwSignal::new(Tab::Console as usize),
        }
    }

    pub(super) fn plan(self) -> Plan {
        Plan {
            present: self.present.get(),
            future: self.future.get(),
            keeps_members: self.keep.get() == 0,
            forgotten: self.forgotten.get(),
            what_if: self.what_if.get(),
            person: self.person.get(),
        }
    }

    pub(super) fn case(self) -> Option<Case> {
        self.plan().case()
    }

    /// The steps that are not done: while the storyboard plays, those that are
    /// still to come.
    pub(super) fn missing(self, case: Case) -> Vec<Step> {
        match self.frame.get() {
            Some(done) => steps_of(case).into_iter().skip(done).collect(),
            None => self.forgotten.get(),
        }
    }

    pub(super) fn show(self, tab: Tab) {
        self.tab.set(tab as usize);
    }

    pub(super) fn shows(self, tab: Tab) -> bool {
        self.tab.get() == tab as usize
    }

    /// Makes the world anew, as it is planned now, and begins with it on the
    /// phone.
    pub(super) fn rebuild(self) {
        let plan = self.plan();
        write_address(&plan, self.language);
        let Some(case) = plan.case() else {
            self.backend.set(None);
            return;
        };
        let setup = Setup {
            case,
            forgotten: self.missing(case),
            what_if: plan.what_if,
            person: plan.person,
            brand: self.brand.get(),
        };
        let backend = Backend::new(setup, surroundings());
        self.messages.set(Vec::new());
        self.backend.set(Some(Rc::new(RefCell::new(backend))));
        restart_phone();
    }
}

/// Keeps the plan in the address, so that a reload and a copied link show it
/// again.
fn write_address(plan: &Plan, language: Language) {
    let address = format!("?{}&lang={}", plan.query(), language.tag());
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}
