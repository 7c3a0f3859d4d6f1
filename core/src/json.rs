//! JSON, as a reply has it (RFC 8259).
//!
//! The parser is our own for two reasons. A number is read as what it says: `128.0`
//! and `1e3` are whole (as JSON Schema has it), and a number of a row beyond 2⁵³
//! stays exact, which no way over a floating-point number keeps. And what a library
//! needs for fractions, which nothing here has a use for, would be fetched by every
//! fan before the first card: `ARCHITECTURE.md` has how much.

use core::{iter::Peekable, str::Chars};

/// A JSON value.
///
/// The fields of an object stay in a row, so that no code for maps is fetched before
/// the first card. The objects of the contract have few enough fields to go through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Json {
    Null,
    Flag(bool),
    Integer(i64),
    /// A number that is no `i64`: a fraction, or too large.
    Other,
    Text(String),
    List(Vec<Json>),
    /// The fields in their order. Of two with one name the last one counts.
    Object(Vec<(String, Json)>),
}

/// How deep lists and objects may lie in each other. The contract's lie five deep, and
/// the stack of a phone ends somewhere.
const DEEPEST: usize = 128;

impl Json {
    /// Reads a text that is one value. Anything else is `None`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parser = Parser(text.chars().peekable());
        let value = parser.value(DEEPEST)?;
        parser.blanks();
        parser.0.next().is_none().then_some(value)
    }

    pub(crate) fn as_flag(&self) -> Option<bool> {
        match self {
            Self::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    pub(crate) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) => Some(items),
            _ => None,
        }
    }

    pub(crate) fn as_object(&self) -> Option<&[(String, Self)]> {
        match self {
            Self::Object(fields) => Some(fields),
            _ => None,
        }
    }
}

impl From<&serde_json::Value> for Json {
    fn from(value: &serde_json::Value) -> Self {
        // What has been written as JSON can be read.
        Self::parse(&value.to_string()).unwrap_or(Self::Null)
    }
}

struct Parser<'a>(Peekable<Chars<'a>>);

impl Parser<'_> {
    fn blanks(&mut self) {
        while self
            .0
            .next_if(|letter| matches!(letter, ' ' | '\t' | '\n' | '\r'))
            .is_some()
        {}
    }

    /// Takes `letter`, with the blanks before it.
    fn take(&mut self, letter: char) -> Option<()> {
        self.blanks();
        self.0.next_if_eq(&letter).map(|_| ())
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        self.blanks();
        match self.0.peek()? {
            '"' => self.text().map(Json::Text),
            '[' => self.list(depth.checked_sub(1)?),
            '{' => self.object(depth.checked_sub(1)?),
            'n' => self.word("null", Json::Null),
            't' => self.word("true", Json::Flag(true)),
            'f' => self.word("false", Json::Flag(false)),
            _ => self.number(),
        }
    }

    fn word(&mut self, word: &str, value: Json) -> Option<Json> {
        for letter in word.chars() {
            self.0.next_if_eq(&letter)?;
        }
        Some(value)
    }

    fn list(&mut self, depth: usize) -> Option<Json> {
        self.take('[')?;
        self.all_until(']', |parser| parser.value(depth))
            .map(Json::List)
    }

    fn object(&mut self, depth: usize) -> Option<Json> {
        self.take('{')?;
        let field = |parser: &mut Self| {
            parser.blanks();
            let name = parser.text()?;
            parser.take(':')?;
            Some((name, parser.value(depth)?))
        };
        self.all_until('}', field).map(Json::Object)
    }

    /// What `read` reads, parted by commas, until `end`.
    fn all_until<T>(&mut self, end: char, read: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        let mut all = Vec::new();
        if self.take(end).is_some() {
            return Some(all);
        }
        loop {
            all.push(read(self)?);
            if self.take(',').is_none() {
                self.take(end)?;
                return Some(all);
            }
        }
    }

    fn text(&mut self) -> Option<String> {
        self.0.next_if_eq(&'"')?;
        let mut text = String::new();
        loop {
            text.push(match self.0.next()? {
                '"' => return Some(text),
                '\\' => self.escaped()?,
                '\0'..='\u{1F}' => return None,
                letter => letter,
            });
        }
    }

    fn escaped(&mut self) -> Option<char> {
        Some(match self.0.next()? {
            'u' => {
                let unit = self.unit()?;
                // The halves of a character beyond U+FFFF stand one behind the other.
                if !matches!(unit, 0xD800..=0xDBFF) {
                    return char::from_u32(unit);
                }
                self.0.next_if_eq(&'\\')?;
                self.0.next_if_eq(&'u')?;
                let low = self.unit()?.checked_sub(0xDC00).filter(|it| *it < 0x400)?;
                char::from_u32(0x1_0000 + ((unit - 0xD800) << 10) + low)?
            }
            'b' => '\u{8}',
            'f' => '\u{C}',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            letter @ ('"' | '\\' | '/') => letter,
            _ => return None,
        })
    }

    /// The four hexadecimal digits of an escaped UTF-16 unit.
    fn unit(&mut self) -> Option<u32> {
        let mut unit = 0;
        for _ in 0..4 {
            unit = unit * 16 + self.0.next()?.to_digit(16)?;
        }
        Some(unit)
    }

    fn number(&mut self) -> Option<Json> {
        let is_negative = self.0.next_if_eq(&'-').is_some();
        let mut number = Decimal::default();
        let is_zero = self.0.peek() == Some(&'0');
        let digits = self.digits(|digit| number.push(digit))?;
        if is_zero && digits > 1 {
            return None;
        }
        if self.0.next_if_eq(&'.').is_some() {
            let places = self.digits(|digit| number.push(digit))?;
            number.exponent = number.exponent.saturating_sub(places);
        }
        if self
            .0
            .next_if(|letter| matches!(letter, 'e' | 'E'))
            .is_some()
        {
            let sign = self.0.next_if(|letter| matches!(letter, '+' | '-'));
            let mut exponent = 0_i32;
            self.digits(|digit| {
                exponent = exponent.saturating_mul(10).saturating_add(digit as i32);
            })?;
            let exponent = if sign == Some('-') {
                -exponent
            } else {
                exponent
            };
            number.exponent = number.exponent.saturating_add(exponent);
        }
        Some(
            number
                .integer(is_negative)
                .map_or(Json::Other, Json::Integer),
        )
    }

    /// Hands on at least one digit, and says how many there were.
    fn digits(&mut self, mut push: impl FnMut(u32)) -> Option<i32> {
        let mut count = 0_i32;
        while let Some(digit) = self.0.peek().and_then(|letter| letter.to_digit(10)) {
            self.0.next();
            push(digit);
            count = count.saturating_add(1);
        }
        (count > 0).then_some(count)
    }
}

/// A number as it is written: digits, and the power of ten that they are times.
#[derive(Default)]
struct Decimal {
    digits: u64,
    exponent: i32,
    /// Zeros at the end of the digits so far, which are not in `digits`.
    zeros: i32,
    is_too_long: bool,
}

impl Decimal {
    fn push(&mut self, digit: u32) {
        // Zeros are counted, so that those behind a whole number take no digit.
        if digit == 0 {
            self.zeros = self.zeros.saturating_add(1);
            self.exponent = self.exponent.saturating_add(1);
            return;
        }
        for _ in 0..=self.zeros.min(20) {
            match self.digits.checked_mul(10) {
                Some(digits) => self.digits = digits,
                None => self.is_too_long = true,
            }
        }
        self.exponent = self.exponent.saturating_sub(self.zeros);
        self.zeros = 0;
        match self.digits.checked_add(u64::from(digit)) {
            Some(digits) => self.digits = digits,
            None => self.is_too_long = true,
        }
    }

    /// Its value, if that is whole and fits.
    fn integer(&self, is_negative: bool) -> Option<i64> {
        if self.digits == 0 {
            return Some(0);
        }
        // The last digit is no zero, so a negative exponent makes a fraction.
        let power = u32::try_from(self.exponent)
            .ok()
            .filter(|_| !self.is_too_long)?;
        let size = 10_u64.checked_pow(power)?.checked_mul(self.digits)?;
        if is_negative {
            0_i64.checked_sub_unsigned(size)
        } else {
            i64::try_from(size).ok()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Json;

    #[test]
    fn every_kind_of_value_is_read() {
        let text = " {\"a\": [null, true, false,-1, 1.5, \"é\\n\"]\t, \"b\": {},\r\n \"c\": 9223372036854775808, \"d\":[]} ";
        assert_eq!(
            Json::parse(text),
            Some(Json::Object(vec![
                (
                    "a".to_owned(),
                    Json::List(vec![
                        Json::Null,
                        Json::Flag(true),
                        Json::Flag(false),
                        Json::Integer(-1),
                        Json::Other,
                        Json::Text("é\n".to_owned()),
                    ])
                ),
                ("b".to_owned(), Json::Object(Vec::new())),
                ("c".to_owned(), Json::Other),
                ("d".to_owned(), Json::List(Vec::new())),
            ]))
        );
    }

    #[test]
    fn what_is_not_one_value_is_none() {
        for text in [
            "",
            " ",
            "{",
            "[1,]",
            "[,]",
            "[1 2]",
            "{} {}",
            "\u{feff}{}",
            "nul",
            "nulll",
            "'a'",
            "\"a",
            "\"\\x\"",
            "\"\\u12\"",
            "\"\\ud800\"",
            "\"\\ud800\\u0041\"",
            "\"\\ud800\\ue000\"",
            "\"\\udc00\"",
            "\"a\nb\"",
            "01",
            "-",
            "-01",
            "1.",
            ".5",
            "+1",
            "1e",
            "1e+",
            "0x10",
            "１",
            "NaN",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "{a:1}",
            "{1:1}",
            "\u{a0}1",
            "[1}",
        ] {
            assert_eq!(Json::parse(text), None, "{text}");
        }
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        assert_eq!(Json::parse(&deep), None, "and a deep one ends nothing");
        let deepest = format!("{}{}", "[".repeat(128), "]".repeat(128));
        assert!(Json::parse(&deepest).is_some());
    }

    #[test]
    fn every_escape_is_read() {
        let text = r#""\"\\\/\b\f\n\r\t\u00e9\u4F1A\ud83d\uDE00\uDBFF\uDFFF""#;
        let read = "\"\\/\u{8}\u{c}\n\r\té会😀\u{10ffff}".to_owned();
        assert_eq!(Json::parse(text), Some(Json::Text(read)));
    }

    #[test]
    fn a_number_is_what_it_says() {
        for (text, number) in [
            ("0", Some(0)),
            ("-0", Some(0)),
            ("0e5", Some(0)),
            ("0.000", Some(0)),
            ("0e-99999999999", Some(0)),
            ("128.0", Some(128)),
            ("1e3", Some(1_000)),
            ("1E+3", Some(1_000)),
            ("12.50e1", Some(125)),
            ("100e-2", Some(1)),
            ("1000", Some(1_000)),
            ("10203.040e3", Some(10_203_040)),
            ("9007199254740993", Some(9_007_199_254_740_993)),
            ("9007199254740993.0", Some(9_007_199_254_740_993)),
            ("9223372036854775807", Some(i64::MAX)),
            ("-9223372036854775808", Some(i64::MIN)),
            ("922337203685477580.7e1", Some(i64::MAX)),
            ("1000000000000000000000000e-20", Some(10_000)),
            ("9223372036854775808", None),
            ("-9223372036854775809", None),
            ("1e19", None),
            ("1e999999999999", None),
            ("1.5", None),
            ("1e-1", None),
            ("0.1e-300", None),
            ("1000000000000000000000001", None),
            ("1000000000000000000000001e-24", None),
        ] {
            let read = number.map_or(Json::Other, Json::Integer);
            assert_eq!(Json::parse(text), Some(read), "{text}");
        }
    }

    #[test]
    fn reads_what_serde_json_writes() {
        let values = [
            serde_json::json!({"名": ["\u{0}\u{7f}\u{2028}😀\"\\", i64::MIN, u64::MAX, 1e300, -0.5]}),
            serde_json::json!([[[[]]], {"": {"": null}}, "", true, false]),
        ];
        for value in values {
            let (compact, pretty) = (value.to_string(), format!("{value:#}"));
            assert!(Json::parse(&compact).is_some(), "{compact}");
            assert_eq!(Json::parse(&compact), Json::parse(&pretty));
        }
    }
}
