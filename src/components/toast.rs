//! A short message that passes.

use core::time::Duration;

use leptos::prelude::*;

/// How long a message stays.
const STAYS: Duration = Duration::from_secs(4);
/// How long a message stays that can be acted upon.
const STAYS_TO_ACT: Duration = Duration::from_secs(8);

/// A short message, with what can be done about it.
#[derive(Clone)]
pub struct Toast {
    pub text: String,
    pub action: Option<ToastAction>,
}

#[derive(Clone)]
pub struct ToastAction {
    pub label: &'static str,
    pub on_click: Callback<()>,
}

impl From<String> for Toast {
    fn from(text: String) -> Self {
        Self { text, action: None }
    }
}

impl From<&str> for Toast {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// The place where short messages appear; each goes away after a while. It is
/// always in the page, so that a screen reader hears what comes into it.
#[component]
pub fn ToastHost(message: RwSignal<Option<Toast>>) -> impl IntoView {
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    Effect::new(move || {
        stop();
        let stays = message.with(|toast| {
            let has_action = toast.as_ref()?.action.is_some();
            Some(if has_action { STAYS_TO_ACT } else { STAYS })
        });
        if let Some(stays) = stays {
            let dismiss = move || {
                message.try_set(None);
            };
            timer.set_value(set_timeout_with_handle(dismiss, stays).ok());
        }
    });
    on_cleanup(stop);
    let action = move |ToastAction { label, on_click }| {
        let act = move |_| {
            message.set(None);
            on_click.run(());
        };
        view! {
            <button type="button" class="toast__action" on:click=act>
                {label}
            </button>
        }
    };
    view! {
        <div class="toast" role="status">
            {move || {
                message
                    .get()
                    .map(|toast| {
                        view! {
                            <div class="toast__message">
                                <p>{toast.text}</p>
                                {toast.action.map(action)}
                            </div>
                        }
                    })
            }}
        </div>
    }
}
