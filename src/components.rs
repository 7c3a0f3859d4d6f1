//! Parts of a page. They take data, signals and callbacks, and know no store and
//! no backend.

pub mod app_bar;
pub mod avatar;
pub mod bar_code;
pub mod bottom_sheet;
pub mod button;
pub mod candidate_row;
pub mod card_face;
pub mod card_next_step;
pub mod close_button;
pub mod code_cells;
pub mod count_up;
pub mod full_screen;
pub mod lapse_row;
pub mod modal;
pub mod network_banner;
pub mod notice;
pub mod problem_panel;
pub mod qr_code;
pub mod row_button;
pub mod segmented_control;
pub mod skeleton;
pub mod text_field;
pub mod toast;
