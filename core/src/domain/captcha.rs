//! A task that only a person can solve.

use super::url::ImageUrl;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Captcha {
    pub id: String,
    pub image_url: ImageUrl,
    /// What to do with the picture, in the backend's words.
    pub prompt: String,
}

/// A solved captcha.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaptchaAnswer {
    pub id: String,
    /// What the fan typed.
    pub answer: String,
}
