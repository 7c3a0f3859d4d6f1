//! What pages are made of. A component takes data and callbacks; it knows no
//! backend and no context, so it can be shown and tested anywhere.

pub mod avatar;
pub mod bar_code;
pub mod button;
pub mod candidate_row;
pub mod card_face;
pub mod choice;
pub mod network_sign;
pub mod notice;
pub mod page_header;
pub mod problem_view;
pub mod qr_code;
pub mod sheet;
pub mod skeleton;
pub mod toast;
