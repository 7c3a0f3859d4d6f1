use kabao_core::domain::{
    card::{Level, NextLevel},
    money::grouped,
};
use leptos::prelude::*;

use crate::i18n::CardPageWording;

/// The member's level, what it gives, and how near the next one is.
#[component]
pub(super) fn LevelPanel(level: Level, points: i64) -> impl IntoView {
    let wording = CardPageWording::in_use();
    let benefits: Vec<_> = level
        .benefits
        .into_iter()
        .map(|benefit| view! { <li dir="auto">{benefit}</li> })
        .collect();
    let next = level.next.map(|next| view! { <Progress next points /> });
    view! {
        <section class="panel">
            <h2 class="panel__title name">{wording.benefits} " · " <bdi>{level.name}</bdi></h2>
            <ul class="level__benefits">{benefits}</ul>
            {next}
        </section>
    }
}

#[component]
fn Progress(next: NextLevel, points: i64) -> impl IntoView {
    let wording = CardPageWording::in_use();
    let needed = next.at_points;
    let percent = points.saturating_mul(100) / needed.max(1);
    let percent = percent.clamp(0, 100).to_string();
    let text = (wording.level_progress)(&grouped(points), &grouped(needed));
    let missing = needed.saturating_sub(points).max(0);
    view! {
        <div class="level__progress">
            <div
                class="level__bar"
                role="progressbar"
                aria-label=text.clone()
                aria-valuenow=percent.clone()
                aria-valuemin="0"
                aria-valuemax="100"
            >
                <span class="level__bar-filled" style:width=format!("{percent}%")></span>
            </div>
            <p class="level__points">{text}</p>
        </div>
        <p class="level__next">{(wording.next_level)(&next.name, &grouped(missing))}</p>
    }
}
