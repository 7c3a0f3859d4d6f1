//! What the console knows, which its parts share.

use std::{cell::RefCell, rc::Rc};

use kabao::{components::qr_code::data_url, i18n::Language};
use kabao_preview::{
    address::Link,
    audience::Audience,
    backend::{Backend, Setup},
    brand::Brand,
    outlook::{Judgement, Outlook, TableCodes},
    plan::Plan,
    walk::Outcome,
    words::{Words, words},
};
use kabao_rules::{
    cases::{Customer, Shop},
    id::TableCode,
    state::TableSide,
};
use leptos::prelude::*;
use wasm_bindgen::JsValue;

use super::frame::{play_phone, restart_phone, surroundings};

/// A world that a phone looks into.
pub(super) type World = Rc<RefCell<Backend>>;

/// It is a handle: cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct ConsoleState {
    pub(super) language: Language,
    pub(super) words: &'static Words,
    pub(super) plan: RwSignal<Plan>,
    /// Whose the phone is.
    pub(super) customer: RwSignal<Customer>,
    pub(super) brand: RwSignal<Brand>,
    /// While the storyboard plays: how many steps are done.
    pub(super) frame: RwSignal<Option<usize>>,
    /// The hand-out that is shown in place of the console.
    pub(super) sheet: RwSignal<Option<Audience>>,
    pub(super) backend: RwSignal<Option<World>, LocalStorage>,
    pub(super) messages: RwSignal<Vec<String>>,
    /// The worlds of the pictures on a hand-out.
    pictures: StoredValue<Vec<World>, LocalStorage>,
    /// How many of them show what they are to show.
    taken: RwSignal<usize>,
    /// Whether the customer is to be played once the world is as it is planned now.
    to_play: StoredValue<bool>,
    /// The table code that the customer scans in place of tapping the menu.
    pub(super) scanned: StoredValue<Option<TableCode>>,
    /// The code that is to be scanned once the world is as it is planned now.
    to_scan: StoredValue<Option<TableSide>>,
    /// What the manual's way leads to.
    ideal: Memo<Outlook>,
    /// What the plan leads to.
    pub(super) judgement: Memo<Judgement>,
}

impl ConsoleState {
    pub(super) fn new(link: Link, language: Language) -> Self {
        let words = words(language);
        let plan = RwSignal::new(link.plan);
        let brand = RwSignal::new(link.brand);
        let frame = RwSignal::new(None);
        // What customers meet does not depend on what the restaurant is called.
        let shop = Shop::default();
        let ways = Memo::new(move |_| plan.with(Plan::as_it_should_be));
        let ideal = {
            let shop = shop.clone();
            Memo::new(move |_| ways.with(|plan| Outlook::of(plan, &shop, surroundings())))
        };
        let judgement = Memo::new(move |_| {
            let plan = shown(&plan.get(), frame.get());
            Judgement::beside(&plan, ideal.get(), &shop, surroundings())
        });
        Self {
            language,
            words,
            plan,
            customer: RwSignal::new(link.customer),
            brand,
            frame,
            sheet: RwSignal::new(link.sheet),
            backend: RwSignal::new_local(None),
            messages: RwSignal::new(Vec::new()),
            pictures: StoredValue::new_local(Vec::new()),
            taken: RwSignal::new(0),
            to_play: StoredValue::new(false),
            scanned: StoredValue::new(None),
            to_scan: StoredValue::new(None),
            ideal,
            judgement,
        }
    }

    /// The restaurant as it is called here.
    pub(super) fn shop(self) -> Shop {
        let code = data_url("https://kabao.example/");
        self.brand
            .with(|brand| brand.shop(self.words.old_account, code))
    }

    /// What the customer of `setup` meets in its world.
    pub(super) fn outcome_of(self, setup: &Setup) -> Option<Outcome> {
        let judgement = self.judgement.get_untracked();
        if judgement.plan == setup.plan {
            judgement.outlook.outcome(setup.customer)
        } else {
            self.ideal.get_untracked().outcome(setup.customer)
        }
    }

    /// Makes worlds for `count` pictures of how it goes for most customers, if all is
    /// done as the manual says.
    pub(super) fn take_pictures(self, count: usize) {
        let setup = Setup {
            plan: self.plan.with_untracked(Plan::as_it_should_be),
            shop: untrack(|| self.shop()),
            customer: Customer::WithPhone,
        };
        let world = |_| {
            let backend = Backend::new(setup.clone(), surroundings());
            Rc::new(RefCell::new(backend))
        };
        self.pictures.set_value((0..count).map(world).collect());
        self.taken.set(0);
    }

    /// One more picture shows what it is to show.
    pub(super) fn picture_is_taken(self) {
        self.taken.update(|taken| *taken += 1);
    }

    /// Whether all pictures show what they are to show.
    pub(super) fn are_pictures_taken(self) -> bool {
        self.taken.get() >= self.pictures.with_value(Vec::len)
    }

    /// The world of a picture.
    pub(super) fn picture(self, number: usize) -> Option<World> {
        self.pictures
            .with_value(|worlds| worlds.get(number).cloned())
    }

    /// What one step that is left out leads to, by itself.
    pub(super) fn without(self, plan: &Plan) -> Judgement {
        Judgement::beside(plan, self.ideal.get(), &Shop::default(), surroundings())
    }

    /// The customers whom the move meets.
    pub(super) fn customers(self) -> Vec<Customer> {
        let of = |outlook: &Outlook| {
            outlook
                .customers
                .iter()
                .map(|(customer, _)| *customer)
                .collect()
        };
        self.ideal.with(of)
    }

    /// Changes the plan, and hands the phone to somebody whom the change concerns.
    pub(super) fn change(self, change: impl FnOnce(&mut Plan)) {
        let before = self.judgement.get_untracked();
        self.frame.set(None);
        self.plan.update(change);
        let customers = self.ideal.with_untracked(|ideal| ideal.customers.len());
        if customers == 0 {
            return;
        }
        let after = self.judgement.get_untracked();
        if before.plan.way != after.plan.way {
            let is_there = after
                .outlook
                .outcome(self.customer.get_untracked())
                .is_some();
            if !is_there {
                self.customer.set(Customer::WithPhone);
            }
            return;
        }
        let has_changed = |customer: &Customer| {
            before.outlook.outcome(*customer) != after.outlook.outcome(*customer)
        };
        let mut concerned = after
            .outlook
            .customers
            .iter()
            .map(|(customer, _)| *customer);
        if after.outlook.tables == TableCodes::RightHandDead
            && before.outlook.tables == TableCodes::Work
            && !concerned.clone().any(|customer| has_changed(&customer))
        {
            self.to_scan.set_value(Some(TableSide::Right));
        } else if has_changed(&self.customer.get_untracked()) {
            self.to_play.set_value(true);
        } else if let Some(customer) = concerned.find(has_changed) {
            self.to_play.set_value(true);
            self.customer.set(customer);
        }
    }

    /// Lets the customer scan a code on the table.
    pub(super) fn scan(self, side: TableSide) {
        let code = self.backend.with_untracked(|backend| {
            let codes = backend.as_ref()?.borrow().printed_codes();
            codes.into_iter().find(|printed| printed.side == side)
        });
        if let Some(printed) = code {
            self.scanned.set_value(Some(printed.code));
            restart_phone();
        }
    }

    /// Makes the world as it is planned now. The phone begins anew in it, unless nothing
    /// that it has heard so far would be otherwise.
    pub(super) fn rebuild(self) {
        let link = self.link();
        write_address(&link, self.language);
        let setup = Setup {
            plan: shown(&link.plan, self.frame.get()),
            shop: self.shop(),
            customer: link.customer,
        };
        let present = self.backend.get_untracked();
        let moved = present.and_then(|backend| backend.borrow().moved_to(setup.clone()));
        let is_new = moved.is_none();
        let backend = moved.unwrap_or_else(|| Backend::new(setup, surroundings()));
        self.messages.set(backend.messages());
        self.backend.set(Some(Rc::new(RefCell::new(backend))));
        match self.to_scan.try_update_value(Option::take).flatten() {
            Some(side) => self.scan(side),
            None if is_new => restart_phone(),
            None => {}
        }
        // A phone that begins anew asks by itself, as soon as it is there.
        if !is_new && self.to_play.get_value() && play_phone() {
            self.to_play.set_value(false);
        }
    }

    /// Whether the customer is to be played on the phone that begins now.
    pub(super) fn takes_play(self) -> bool {
        self.to_play
            .try_update_value(core::mem::take)
            .unwrap_or_default()
    }

    /// Shows the plan with `done` of its steps done, or as it is. After the last one the
    /// customer is played: the story ends with their card.
    pub(super) fn show_frame(self, done: Option<usize>) {
        let last = self.plan.with_untracked(|plan| plan.steps().len());
        self.to_play.set_value(done == Some(last));
        self.frame.set(done);
    }

    /// What the page shows.
    pub(super) fn link(self) -> Link {
        Link {
            plan: self.plan.get(),
            customer: self.customer.get(),
            brand: self.brand.get(),
            sheet: self.sheet.get(),
        }
    }
}

/// The plan as the phone shows it: while the storyboard plays, with so many steps done.
fn shown(plan: &Plan, frame: Option<usize>) -> Plan {
    match frame {
        Some(done) => plan.after_steps(done),
        None => plan.clone(),
    }
}

/// Keeps what is shown in the address, so that a reload and a copied link show it again.
fn write_address(link: &Link, language: Language) {
    let address = format!("?{}&lang={}", link.query(), language.tag());
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}
