//! The browser, as the rest of the app knows it. All that touches web-sys is
//! in here, and nothing in here panics when the browser refuses: storage may be
//! denied, an interface may be missing, and the app goes on without it.

pub mod boot;
pub mod clock;
pub mod dialog;
pub mod field;
pub mod history;
pub mod intersection;
mod listener;
pub mod motion;
mod object;
pub mod page;
pub mod random;
pub mod request;
pub mod resize;
pub mod storage;
pub mod tap_guard;
pub mod task;
pub mod viewport;
pub mod wake_lock;
pub mod wechat;
