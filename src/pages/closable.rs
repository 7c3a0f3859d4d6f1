//! Notices that a fan closes for good.

use leptos::prelude::*;

use crate::{
    browser::storage::{self, Area},
    components::notice::BriefNotice,
    i18n::use_wording,
};

/// A notice in one line, which this device shows until it is closed.
#[component]
pub(super) fn ClosableNotice(
    /// What it is about: another notice has another key.
    key: String,
    title: String,
    text: String,
    /// What else it opens to.
    #[prop(optional)]
    children: Option<ChildrenFn>,
) -> impl IntoView {
    let key = format!("closed.{key}");
    let is_open = RwSignal::new(storage::get(Area::Device, &key).is_none());
    let on_close = Callback::new(move |()| {
        storage::set(Area::Device, &key, "1");
        is_open.set(false);
    });
    let close_label = use_wording().app.close;
    move || {
        is_open.get().then(|| {
            let more = children.as_ref().map(|children| children());
            view! {
                <BriefNotice title=title.clone() text=text.clone() close_label on_close>
                    {more}
                </BriefNotice>
            }
        })
    }
}
