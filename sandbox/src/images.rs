//! Pictures of the sandbox. Like every picture of the contract, they need no
//! cookie.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use kabao_rules::id::{AccountId, MerchantId};
use qrcode::{Color, EcLevel, QrCode};

use crate::sandbox::Sandbox;

/// Side of a QR module, in pixels.
const MODULE: usize = 10;
/// In modules.
const QUIET_ZONE: usize = 4;

pub(crate) fn router() -> Router<Arc<Sandbox>> {
    Router::new()
        .route("/merchants/{file}", get(merchant))
        .route("/follow/{file}", get(follow))
        .route("/captcha/{file}", get(captcha))
}

fn svg(picture: String) -> Response {
    (
        [
            (header::CONTENT_TYPE, "image/svg+xml"),
            (header::CACHE_CONTROL, "no-cache"),
        ],
        picture,
    )
        .into_response()
}

fn not_found() -> Response {
    StatusCode::NOT_FOUND.into_response()
}

/// A merchant's avatar: a bowl on the brand colour.
async fn merchant(State(sandbox): State<Arc<Sandbox>>, Path(file): Path<String>) -> Response {
    let Some(id) = file.strip_suffix(".svg") else {
        return not_found();
    };
    let color = sandbox.backend.read(|state| {
        state
            .merchants
            .get(&MerchantId::from(id))
            .map(|merchant| merchant.brand_color.clone())
    });
    let Some(color) = color else {
        return not_found();
    };
    svg(format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 96 96'>\
         <rect width='96' height='96' fill='{color}'/>\
         <g fill='none' stroke='#fff' stroke-width='5' stroke-linecap='round'>\
         <path d='M22 48h52a26 26 0 0 1-52 0z' fill='#fff'/>\
         <path d='M36 38c-4-6 4-9 0-16M48 38c-4-6 4-9 0-16M60 38c-4-6 4-9 0-16'/></g></svg>"
    ))
}

/// The QR code to follow an account.
async fn follow(State(sandbox): State<Arc<Sandbox>>, Path(file): Path<String>) -> Response {
    let Some(id) = file.strip_suffix(".png") else {
        return not_found();
    };
    let is_known = sandbox
        .backend
        .read(|state| state.accounts.contains_key(&AccountId::from(id)));
    if !is_known {
        return not_found();
    }
    match qr_code(&format!("https://weixin.example/r/{id}")) {
        Some(picture) => (
            [
                (header::CONTENT_TYPE, "image/png"),
                (header::CACHE_CONTROL, "no-cache"),
            ],
            picture,
        )
            .into_response(),
        None => not_found(),
    }
}

fn qr_code(text: &str) -> Option<Vec<u8>> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let width = (code.width() + 2 * QUIET_ZONE) * MODULE;
    let colors = code.to_colors();
    let is_dark = |x: usize, y: usize| {
        let module = |pixel: usize| {
            (pixel / MODULE)
                .checked_sub(QUIET_ZONE)
                .filter(|module| *module < code.width())
        };
        module(x)
            .zip(module(y))
            .and_then(|(x, y)| colors.get(y * code.width() + x))
            .is_some_and(|color| *color == Color::Dark)
    };
    let pixels: Vec<u8> = (0..width)
        .flat_map(|y| (0..width).map(move |x| (x, y)))
        .map(|(x, y)| if is_dark(x, y) { 0 } else { 255 })
        .collect();
    let mut picture = Vec::new();
    let side = u32::try_from(width).ok()?;
    let mut encoder = png::Encoder::new(&mut picture, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&pixels).ok()?;
    writer.finish().ok()?;
    Some(picture)
}

async fn captcha(State(sandbox): State<Arc<Sandbox>>, Path(file): Path<String>) -> Response {
    let Some(id) = file.strip_suffix(".svg") else {
        return not_found();
    };
    let answer = sandbox
        .backend
        .read(|state| state.captchas.get(id).map(|captcha| captcha.answer.clone()));
    let Some(answer) = answer else {
        return not_found();
    };
    let digits: String = answer
        .chars()
        .enumerate()
        .map(|(place, digit)| {
            let (x, turn) = (
                28 + place * 42,
                [-14, 9, -6, 16].get(place % 4).unwrap_or(&0),
            );
            format!("<text x='{x}' y='56' transform='rotate({turn} {x} 48)'>{digit}</text>")
        })
        .collect();
    svg(format!(
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 200 80'>\
         <rect width='200' height='80' fill='#f3efe6'/>\
         <path d='M0 30Q60 70 110 34T200 50M0 60Q50 10 120 52T200 22' fill='none' \
         stroke='#9a8f7c' stroke-width='2'/>\
         <g font-family='Georgia,serif' font-size='44' fill='#3b3328'>{digits}</g></svg>"
    ))
}
