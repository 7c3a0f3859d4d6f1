//! What a plan leads to. Nothing here is told; everything is read from what the
//! customers meet who are played to the end.

use kabao_rules::{
    cases::{Customer, Shop},
    request::Request,
    state::TableSide,
};

use crate::{
    backend::{Backend, Setup, Surroundings},
    plan::{Members, Place, Plan, Step},
    walk::{Effort, Ending, Following, Menu, Obstacle, Outcome, walk},
};

/// Whether a table code works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableCodes {
    Work,
    /// The right-hand ones are dead.
    RightHandDead,
}

/// What a plan leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// Each kind of customer, with what they meet.
    pub customers: Vec<(Customer, Outcome)>,
    pub tables: TableCodes,
}

impl Outlook {
    /// Plays every customer of the plan, each in a world of their own.
    #[must_use]
    pub fn of(plan: &Plan, shop: &Shop, surroundings: Surroundings) -> Self {
        let setup = Setup {
            plan: plan.clone(),
            shop: shop.clone(),
            customer: Customer::WithPhone,
        };
        let world = Backend::new(setup, surroundings);
        let customers = world.eve().customers().into_iter();
        Self {
            customers: customers
                .map(|customer| (customer, walk(&mut world.clone(), customer)))
                .collect(),
            tables: tables(world),
        }
    }

    /// What a customer meets.
    #[must_use]
    pub fn outcome(&self, customer: Customer) -> Option<Outcome> {
        let mut customers = self.customers.iter();
        let (_, outcome) = customers.find(|(other, _)| *other == customer)?;
        Some(*outcome)
    }

    /// The customers of whom something is true of what they meet.
    fn those(&self, is_so: impl Fn(Customer, Outcome) -> bool) -> Vec<Customer> {
        let all = self.customers.iter();
        all.filter(|(customer, outcome)| is_so(*customer, *outcome))
            .map(|(customer, _)| *customer)
            .collect()
    }
}

fn tables(mut world: Backend) -> TableCodes {
    let right: Vec<_> = world
        .printed_codes()
        .into_iter()
        .filter(|printed| printed.side == TableSide::Right)
        .collect();
    let works = |code: &str| {
        let path = format!("/api/v1/tables/{code}");
        world.answer(Request::get(&path)).status == 200
    };
    let mut works = works;
    if right.iter().all(|printed| works(printed.code.as_str())) {
        TableCodes::Work
    } else {
        TableCodes::RightHandDead
    }
}

/// Something that a plan leads to and that the manual's way would not, the gravest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Warning {
    /// Customers land in another account than planned.
    Elsewhere(Place),
    /// These can't recover their card, and this is why.
    Stopped(Obstacle, Vec<Customer>),
    /// These have no phone on record, so their cards are not found.
    NotFound(Vec<Customer>),
    /// The cards of these are not found, because somebody of before still holds their
    /// phones: they themselves, in the old account.
    Hidden(Vec<Customer>),
    /// So many members have no phone on record and can't be found by it.
    WithoutPhone(u32),
    /// So many SMS credits are missing for every member to recover a card.
    TooFewSms(u32),
    /// The right-hand codes on the tables are dead.
    DeadTableCodes,
    /// It takes these more to have a card than it should.
    More(Effort, Vec<Customer>),
    /// The account's menu has no entries.
    MenuMissing,
    /// These don't follow the account.
    NotFollowing(Vec<Customer>),
}

/// Whether a plan is ready to be carried out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Everybody meets what the manual promises.
    Ready,
    Not(Vec<Warning>),
}

/// A plan with what it leads to, beside what the manual's way would lead to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    pub plan: Plan,
    pub outlook: Outlook,
    /// The same if every step were done and nothing went wrong.
    pub ideal: Outlook,
}

impl Judgement {
    #[must_use]
    pub fn of(plan: &Plan, shop: &Shop, surroundings: Surroundings) -> Self {
        let ideal = Outlook::of(&plan.as_it_should_be(), shop, surroundings);
        Self::beside(plan, ideal, shop, surroundings)
    }

    /// As [`Self::of`], with the ideal that is known already.
    #[must_use]
    pub fn beside(plan: &Plan, ideal: Outlook, shop: &Shop, surroundings: Surroundings) -> Self {
        let outlook = if *plan == plan.as_it_should_be() {
            ideal.clone()
        } else {
            Outlook::of(plan, shop, surroundings)
        };
        Self {
            plan: plan.clone(),
            outlook,
            ideal,
        }
    }

    #[must_use]
    pub fn verdict(&self) -> Verdict {
        let warnings = self.warnings();
        if warnings.is_empty() {
            Verdict::Ready
        } else {
            Verdict::Not(warnings)
        }
    }

    /// What is worse than it should be.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        let mut warnings = Vec::new();
        warnings.extend(self.elsewhere().map(Warning::Elsewhere));
        for obstacle in [
            Obstacle::PhoneInUse,
            Obstacle::BoundElsewhere,
            Obstacle::NoCode,
            Obstacle::Refusal,
        ] {
            let stopped = self
                .outlook
                .those(|_, outcome| outcome.ending == Ending::Stopped(obstacle));
            if !stopped.is_empty() {
                warnings.push(Warning::Stopped(obstacle, stopped));
            }
        }
        let (unfound, hidden): (Vec<_>, Vec<_>) = self
            .outlook
            .those(|customer, outcome| {
                matches!(outcome.ending, Ending::NewCard(_)) && self.should_recover(customer)
            })
            .into_iter()
            .partition(|customer| *customer == Customer::WithoutPhone);
        if !hidden.is_empty() {
            warnings.push(Warning::Hidden(hidden));
        }
        if !unfound.is_empty() {
            let count = self.plan.numbers.without_phone;
            warnings.push(Warning::NotFound(unfound));
            if count > 0 {
                warnings.push(Warning::WithoutPhone(count));
            }
        }
        warnings.extend(self.missing_credits().map(Warning::TooFewSms));
        if self.outlook.tables == TableCodes::RightHandDead {
            warnings.push(Warning::DeadTableCodes);
        }
        for effort in [Effort::Tap, Effort::Claim, Effort::ClaimAndTap] {
            let burdened = self.outlook.those(|customer, outcome| {
                effort_of(outcome) == Some(effort) && self.takes_more(customer, outcome)
            });
            if !burdened.is_empty() {
                warnings.push(Warning::More(effort, burdened));
            }
        }
        if self.all_meet(|outcome| outcome.menu == Menu::IsMissing) {
            warnings.push(Warning::MenuMissing);
        }
        let strangers = self.outlook.those(|customer, outcome| {
            outcome.place == Place::New
                && outcome.following == Following::DoesNotFollow
                && self.ideal.outcome(customer).map(|it| it.following) == Some(Following::Follows)
        });
        if !strangers.is_empty() {
            warnings.push(Warning::NotFollowing(strangers));
        }
        warnings
    }

    /// For whom it takes less to have a card than it should.
    #[must_use]
    pub fn eased(&self) -> Vec<Customer> {
        self.outlook.those(|customer, outcome| {
            let ideal = self.ideal.outcome(customer).and_then(effort_of);
            effort_of(outcome) < ideal && effort_of(outcome).is_some()
        })
    }

    /// The customers for whom something is not as it should be.
    #[must_use]
    pub fn concerned(&self) -> Vec<Customer> {
        self.outlook
            .those(|customer, outcome| self.ideal.outcome(customer) != Some(outcome))
    }

    /// Whether old cards are given up, as planned: those who had one end without it.
    #[must_use]
    pub fn gives_up_members(&self) -> bool {
        self.plan.members == Members::Dropped
            && self.outlook.customers.iter().any(|(customer, outcome)| {
                customer.is_old() && !matches!(outcome.ending, Ending::OldCard(_))
            })
    }

    fn elsewhere(&self) -> Option<Place> {
        let (_, outcome) = self.outlook.customers.first()?;
        (outcome.place != Place::New).then_some(outcome.place)
    }

    fn should_recover(&self, customer: Customer) -> bool {
        let ideal = self.ideal.outcome(customer).map(|it| it.ending);
        matches!(ideal, Some(Ending::OldCard(_)))
    }

    /// Whether somebody has to do more for the same card than they should.
    fn takes_more(&self, customer: Customer, outcome: Outcome) -> bool {
        match (
            outcome.ending,
            self.ideal.outcome(customer).map(|it| it.ending),
        ) {
            (Ending::OldCard(effort), Some(Ending::OldCard(ideal)))
            | (Ending::NewCard(effort), Some(Ending::NewCard(ideal))) => effort > ideal,
            _ => false,
        }
    }

    fn all_meet(&self, is_so: impl Fn(Outcome) -> bool) -> bool {
        let mut all = self.outlook.customers.iter();
        all.all(|(_, outcome)| is_so(*outcome))
    }

    /// How many credits are missing where some are left but not enough. That there are
    /// none at all is what customers meet.
    fn missing_credits(&self) -> Option<u32> {
        let plan = &self.plan;
        let (left, needed) = (plan.credits_left(), plan.credits_needed());
        let are_bought = plan.has_done(Step::Sms);
        (!are_bought && left > 0 && left < needed).then(|| needed - left)
    }
}

/// What it takes, if it leads to a card at all.
fn effort_of(outcome: Outcome) -> Option<Effort> {
    match outcome.ending {
        Ending::OldCard(effort) | Ending::NewCard(effort) => Some(effort),
        Ending::Stopped(_) => None,
    }
}
