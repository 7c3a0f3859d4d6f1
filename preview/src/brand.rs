//! What a merchant may make their own.

use kabao_rules::cases::Shop;

/// A restaurant's own looks and numbers; what is empty is not told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Brand {
    pub name: String,
    /// `#rrggbb`.
    pub color: String,
    pub phone: String,
    pub provider_name: String,
    pub provider_phone: String,
    /// The address of the restaurant's picture.
    pub picture: Option<String>,
    /// The address of the picture with the QR code of the new account.
    pub follow_picture: Option<String>,
}

/// The characters that a name may have.
pub const LONGEST_NAME: usize = 20;

impl Brand {
    /// The restaurant of the rules, with what is its own in place of what is invented.
    /// `old_account` calls its own account of before, and `code` is what stands for the
    /// QR code of the new one as long as there is no picture of it.
    #[must_use]
    pub fn shop(&self, old_account: fn(&str) -> String, code: Option<String>) -> Shop {
        let mut shop = Shop::default();
        if !self.name.is_empty() {
            shop.name.clone_from(&self.name);
            shop.old_account_name = old_account(&self.name);
        }
        if !self.color.is_empty() {
            shop.color.clone_from(&self.color);
        }
        if !self.phone.is_empty() {
            shop.phone = Some(self.phone.clone());
        }
        if let Some(provider) = &mut shop.provider {
            if !self.provider_name.is_empty() {
                provider.name.clone_from(&self.provider_name);
            }
            if !self.provider_phone.is_empty() {
                provider.phone.clone_from(&self.provider_phone);
            }
        }
        shop.picture.clone_from(&self.picture);
        shop.follow_picture = self.follow_picture.clone().or(code);
        shop
    }
}

/// Reads a name; `None` if it is too long for a card.
#[must_use]
pub fn read_name(typed: &str) -> Option<String> {
    let name = typed.trim();
    (name.chars().count() <= LONGEST_NAME).then(|| name.to_owned())
}

/// Reads a colour as `#rrggbb`.
#[must_use]
pub fn read_color(typed: &str) -> Option<String> {
    let digits = typed.strip_prefix('#')?;
    let is_color = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_color.then(|| typed.to_ascii_lowercase())
}

/// Reads a phone number that customers can call: digits, full-width or not, in groups.
/// Nothing typed is no number; `None` if it can't be one.
#[must_use]
pub fn read_phone(typed: &str) -> Option<String> {
    let phone: String = typed
        .trim()
        .chars()
        .map(|character| match character {
            '０'..='９' => {
                char::from_u32(u32::from(character) - u32::from('０') + u32::from('0'))
                    .unwrap_or(character)
            }
            '－' | '—' | '–' | ' ' => '-',
            _ => character,
        })
        .collect();
    let digits = phone.bytes().filter(u8::is_ascii_digit).count();
    let is_phone = phone
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'-')
        && (5..=13).contains(&digits);
    (is_phone || phone.is_empty()).then_some(phone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_are_read_as_people_type_them() {
        for (typed, phone) in [
            ("", Some("")),
            ("028-8555-0188", Some("028-8555-0188")),
            ("０２８－８５５５－０１８８", Some("028-8555-0188")),
            ("028 8555 0188", Some("028-8555-0188")),
            ("10010", Some("10010")),
            ("110", None),
            ("call me", None),
            ("12345678901234", None),
        ] {
            assert_eq!(read_phone(typed).as_deref(), phone, "{typed:?}");
        }
    }

    #[test]
    fn what_is_not_told_stays_invented() {
        let old = |name: &str| format!("old {name}");
        assert_eq!(Brand::default().shop(old, None), Shop::default());
        let brand = Brand {
            name: "Mine".to_owned(),
            ..Brand::default()
        };
        let shop = brand.shop(old, Some("data:".to_owned()));
        assert_eq!(shop.name, "Mine");
        assert_eq!(shop.old_account_name, "old Mine");
        assert_eq!(shop.follow_picture.as_deref(), Some("data:"));
        assert_eq!(shop.color, Shop::default().color);
    }

    #[test]
    fn a_name_fits_the_card() {
        assert_eq!(read_name(" 巷口小馆 ").as_deref(), Some("巷口小馆"));
        assert_eq!(read_name(&"长".repeat(21)), None);
        assert_eq!(read_color("#AbCdEf").as_deref(), Some("#abcdef"));
        assert_eq!(read_color("red"), None);
    }
}
