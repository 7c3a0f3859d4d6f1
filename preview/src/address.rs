//! What is planned, as the query of an address: so a link opens the same
//! preview elsewhere. It holds no personal data.

use kabao_rules::cases::Case;

use crate::plan::{AccountChoice, FUTURE, PRESENT, Step, WhatIf, case_of};

/// What is planned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What the merchant has: a place in [`PRESENT`].
    pub present: usize,
    /// What it will be: a place in [`FUTURE`].
    pub future: usize,
    /// Whether the members stay.
    pub keeps_members: bool,
    /// The steps that are not done.
    pub forgotten: Vec<Step>,
    /// What else is not as it should be.
    pub what_if: Vec<WhatIf>,
    /// The customer who is played.
    pub person: String,
}

impl Default for Plan {
    fn default() -> Self {
        Self {
            present: 0,
            future: 0,
            keeps_members: true,
            forgotten: Vec::new(),
            what_if: Vec::new(),
            person: "li".to_owned(),
        }
    }
}

impl Plan {
    /// What the merchant has.
    #[must_use]
    pub fn present(&self) -> AccountChoice {
        PRESENT[self.present % PRESENT.len()]
    }

    /// What it will be.
    #[must_use]
    pub fn future(&self) -> AccountChoice {
        FUTURE[self.future % FUTURE.len()]
    }

    /// The case of the manual.
    #[must_use]
    pub fn case(&self) -> Option<Case> {
        case_of(self.present(), self.future(), self.keeps_members)
    }

    /// Reads a query; what is unknown in it is left out.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        let mut plan = Self::default();
        for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
            let number = value.parse().unwrap_or_default();
            match name {
                "now" => plan.present = number,
                "next" => plan.future = number,
                "keep" => plan.keeps_members = value != "0",
                "without" => {
                    let names: Vec<_> = value.split('.').collect();
                    let is_named = |step: &Step| names.contains(&step.name());
                    plan.forgotten = Step::ALL.into_iter().filter(is_named).collect();
                }
                "if" => {
                    let names: Vec<_> = value.split('.').collect();
                    let is_named = |what: &WhatIf| names.contains(&what.name());
                    plan.what_if = WhatIf::ALL.into_iter().filter(is_named).collect();
                }
                "as" if value.bytes().all(|byte| byte.is_ascii_lowercase()) => {
                    plan.person = value.to_owned();
                }
                _ => {}
            }
        }
        plan
    }

    /// The query that [`Plan::parse`] reads.
    #[must_use]
    pub fn query(&self) -> String {
        let without: Vec<_> = self.forgotten.iter().map(|step| step.name()).collect();
        let what_if: Vec<_> = self.what_if.iter().map(|what| what.name()).collect();
        format!(
            "now={}&next={}&keep={}&without={}&if={}&as={}",
            self.present,
            self.future,
            u8::from(self.keeps_members),
            without.join("."),
            what_if.join("."),
            self.person
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_survives_the_address() {
        let plan = Plan {
            present: 1,
            future: 0,
            keeps_members: false,
            forgotten: vec![Step::Clear, Step::TableCodes],
            what_if: vec![WhatIf::NotFollowing],
            person: "wang".to_owned(),
        };
        assert_eq!(Plan::parse(&plan.query()), plan);
        assert_eq!(Plan::parse(&Plan::default().query()), Plan::default());
    }

    #[test]
    fn what_is_unknown_is_left_out() {
        let plan = Plan::parse("now=x&without=dance&if=rain&as=<b>&lang=en&phone");
        assert_eq!(plan, Plan::default());
    }
}
