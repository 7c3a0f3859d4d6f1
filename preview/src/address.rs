//! What the page shows, as the query of an address: so a link opens the same preview
//! elsewhere. It holds nothing about customers.

use kabao_rules::{
    cases::Customer,
    request::{percent_decoded, percent_encoded},
    state::AccountKind,
};

use crate::{
    audience::Audience,
    brand::{Brand, read_color, read_name, read_phone},
    numbers::{self, Numbers},
    plan::{Members, Move, Plan, Step, WhatIf},
};

/// What the page shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub plan: Plan,
    /// The customer who is played.
    pub customer: Customer,
    /// Without the pictures, which an address can't hold.
    pub brand: Brand,
    /// The hand-out that is looked at.
    pub sheet: Option<Audience>,
}

impl Default for Link {
    fn default() -> Self {
        Self {
            plan: Plan::default(),
            customer: Customer::WithPhone,
            brand: Brand::default(),
            sheet: None,
        }
    }
}

impl Link {
    /// Reads a query; what is unknown in it is left out.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        let value = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            let (_, value) = pairs.find(|(key, _)| *key == name)?;
            percent_decoded(value)
        };
        let text = |name, read: fn(&str) -> Option<String>| {
            value(name).and_then(|it| read(&it)).unwrap_or_default()
        };
        let number = |name| value(name).and_then(|it| numbers::read(&it).ok()).flatten();
        let kind = |name| value(name).as_deref().and_then(kind_named);
        let named = |name| value(name).unwrap_or_default();
        let (without, what_if) = (named("without"), named("if"));
        let is_named = |names: &str, name: &str| names.split('.').any(|it| it == name);
        let way = match (kind("now"), kind("next")) {
            (Some(from), Some(to)) => Move::between(from, to),
            _ => None,
        };
        let way = way.unwrap_or(Move::OwnToOwn);
        let customer = value("as").and_then(|key| {
            let mut all = Customer::ALL.into_iter();
            all.find(|customer| customer.key() == key)
        });
        Self {
            plan: Plan {
                way,
                members: match value("keep").as_deref() {
                    Some("0") => Members::Dropped,
                    _ => Members::Kept,
                },
                forgotten: Step::ALL
                    .into_iter()
                    .filter(|step| is_named(&without, step.name()))
                    .collect(),
                what_if: WhatIf::ALL
                    .into_iter()
                    .filter(|what| is_named(&what_if, what.name()))
                    .collect(),
                numbers: Numbers {
                    members: number("members"),
                    without_phone: number("nophone").unwrap_or_default(),
                    sms_credits: number("sms"),
                },
            },
            customer: customer.unwrap_or(Customer::WithPhone),
            brand: Brand {
                name: text("shop", read_name),
                color: text("color", read_color),
                phone: text("phone", read_phone),
                provider_name: text("provider", read_name),
                provider_phone: text("providerphone", read_phone),
                picture: None,
                follow_picture: None,
            },
            sheet: value("paper").and_then(|name| {
                let mut all = Audience::ALL.into_iter();
                all.find(|audience| audience.name() == name)
            }),
        }
    }

    /// The query that [`Link::parse`] reads. What is as usual is not in it.
    #[must_use]
    pub fn query(&self) -> String {
        let plan = &self.plan;
        let without: Vec<_> = plan.forgotten.iter().map(|step| step.name()).collect();
        let what_if: Vec<_> = plan.what_if.iter().map(|what| what.name()).collect();
        let mut pairs = vec![
            ("now", kind_name(plan.way.from()).to_owned()),
            ("next", kind_name(plan.way.to()).to_owned()),
        ];
        let number = |number: Option<u32>| number.map_or(String::new(), |it| it.to_string());
        let brand = &self.brand;
        let keep = match plan.members {
            Members::Kept => "",
            Members::Dropped => "0",
        };
        let customer = match self.customer {
            Customer::WithPhone => "",
            customer => customer.key(),
        };
        let without_phone = plan.numbers.without_phone;
        let optional = [
            ("keep", keep.to_owned()),
            ("without", without.join(".")),
            ("if", what_if.join(".")),
            ("as", customer.to_owned()),
            ("members", number(plan.numbers.members)),
            (
                "nophone",
                number((without_phone > 0).then_some(without_phone)),
            ),
            ("sms", number(plan.numbers.sms_credits)),
            ("shop", brand.name.clone()),
            ("color", brand.color.clone()),
            ("phone", brand.phone.clone()),
            ("provider", brand.provider_name.clone()),
            ("providerphone", brand.provider_phone.clone()),
            (
                "paper",
                self.sheet.map_or(String::new(), |it| it.name().to_owned()),
            ),
        ];
        pairs.extend(optional.into_iter().filter(|(_, value)| !value.is_empty()));
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(name, value)| format!("{name}={}", percent_encoded(value)))
            .collect();
        pairs.join("&")
    }
}

const fn kind_name(kind: AccountKind) -> &'static str {
    match kind {
        AccountKind::Own => "own",
        AccountKind::Platform => "platform",
        AccountKind::Operator => "operator",
    }
}

fn kind_named(name: &str) -> Option<AccountKind> {
    [
        AccountKind::Own,
        AccountKind::Platform,
        AccountKind::Operator,
    ]
    .into_iter()
    .find(|kind| kind_name(*kind) == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_page_shows_survives_the_address() {
        let link = Link {
            plan: Plan {
                forgotten: vec![Step::Clear, Step::Tables],
                what_if: vec![WhatIf::SmsRunOut],
                numbers: Numbers {
                    members: Some(500),
                    without_phone: 40,
                    sms_credits: Some(0),
                },
                ..Plan::ideal(Move::OperatorToOwn, Members::Dropped)
            },
            customer: Customer::Plastic,
            brand: Brand {
                name: "巷口 & 小馆".to_owned(),
                color: "#123456".to_owned(),
                phone: "028-8555-0188".to_owned(),
                provider_name: "某服务商".to_owned(),
                provider_phone: "400-000-2048".to_owned(),
                picture: None,
                follow_picture: None,
            },
            sheet: Some(Audience::Staff),
        };
        assert_eq!(Link::parse(&link.query()), link);
        assert_eq!(Link::parse(&Link::default().query()), Link::default());
        assert_eq!(Link::default().query(), "now=own&next=own");
    }

    #[test]
    fn what_is_unknown_is_left_out() {
        let odd = "now=x&without=dance&if=rain&as=<b>&lang=en&phone&members=many&color=red\
            &shop=%FF&providerphone=ring";
        assert_eq!(Link::parse(odd), Link::default());
        // A move that the manual doesn't have.
        assert_eq!(
            Link::parse("now=platform&next=operator").plan.way,
            Move::OwnToOwn
        );
    }
}
