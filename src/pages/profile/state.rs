use kabao_core::domain::{id::AccountId, profile::Profile};
use leptos::prelude::*;

use crate::{components::toast::Toast, store::failure::Failure};

/// The page's own data. It is a handle: cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct ProfileState {
    pub(super) account: StoredValue<AccountId>,
    pub(super) profile: RwSignal<Option<Profile>>,
    pub(super) failure: RwSignal<Option<Failure>>,
    pub(super) is_busy: RwSignal<bool>,
    pub(super) toast: RwSignal<Option<Toast>>,
}
