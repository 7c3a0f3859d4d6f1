//! The terms and the privacy text.

/// One version of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermsText {
    pub version: String,
    /// Who is answerable for the data (个人信息处理者).
    pub handler: Party,
    /// Who handles it on that party's behalf (受托人).
    pub processor: Party,
    /// The text in each language; at least one.
    pub texts: Vec<LocalizedTerms>,
}

/// A party to the terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    pub name: String,
    /// How to reach it.
    pub contact: String,
}

/// The terms in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalizedTerms {
    /// A BCP 47 tag.
    pub language: String,
    /// Why the data is used.
    pub purpose: String,
    /// Which data it is.
    pub data_types: String,
    /// How long it is kept.
    pub retention: String,
    /// What the fan can ask for.
    pub rights: String,
    /// 《会员服务协议》.
    pub terms: String,
    /// 《隐私政策》.
    pub privacy: String,
}
