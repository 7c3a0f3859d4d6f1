//! A scanner as a shop has it: it sees a picture and reads the codes in it. It
//! is a decoder of its own and shares nothing with what draws the codes.

use rxing::{BarcodeFormat, helpers::detect_multiple_in_luma};

use crate::Failure;

/// What a scanner reads in a picture.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Scanned {
    /// What the QR codes say.
    pub qr_codes: Vec<String>,
    /// What the Code 128 bar codes say.
    pub bar_codes: Vec<String>,
}

/// Reads the codes in a picture.
///
/// # Errors
///
/// If it is no PNG.
pub fn scan(png: &[u8]) -> Result<Scanned, Failure> {
    let (luma, width, height) = luma(png)?;
    let mut scanned = Scanned::default();
    // Where there is nothing to read, the decoder calls it an error.
    for found in detect_multiple_in_luma(luma, width, height).unwrap_or_default() {
        let text = found.getText().to_owned();
        match found.getBarcodeFormat() {
            BarcodeFormat::QR_CODE => scanned.qr_codes.push(text),
            BarcodeFormat::CODE_128 => scanned.bar_codes.push(text),
            _ => {}
        }
    }
    Ok(scanned)
}

/// How bright every pixel is, and the size of the picture.
fn luma(png: &[u8]) -> Result<(Vec<u8>, u32, u32), Failure> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info()?;
    let mut pixels = vec![
        0;
        reader
            .output_buffer_size()
            .ok_or("the picture is too large")?
    ];
    let info = reader.next_frame(&mut pixels)?;
    let channels = info.color_type.samples();
    let luma = pixels
        .chunks_exact(channels)
        .map(|pixel| {
            let colors = &pixel[..channels.min(3)];
            let sum: u32 = colors.iter().map(|color| u32::from(*color)).sum();
            u8::try_from(sum / colors.len() as u32).unwrap_or(u8::MAX)
        })
        .collect();
    Ok((luma, info.width, info.height))
}
