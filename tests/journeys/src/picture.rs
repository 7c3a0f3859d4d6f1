//! The pixels of a screenshot.

use crate::Failure;

/// How bright each pixel is, row by row.
#[derive(Debug)]
pub struct Picture {
    /// From 0, black, to 255, white.
    pub luma: Vec<u8>,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// A part of a picture, in pixels.
#[derive(Clone, Copy, Debug)]
pub struct Area {
    /// From the left.
    pub x: u32,
    /// From the top.
    pub y: u32,
    /// To the right.
    pub width: u32,
    /// Downwards.
    pub height: u32,
}

impl Picture {
    /// Reads a PNG.
    ///
    /// # Errors
    ///
    /// If it is none.
    pub fn read(png: &[u8]) -> Result<Self, Failure> {
        let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info()?;
        let size = reader.output_buffer_size();
        let mut pixels = vec![0; size.ok_or("the picture is too large")?];
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
        Ok(Self {
            luma,
            width: info.width,
            height: info.height,
        })
    }

    /// Which share of an area is nearly black, and which nearly white.
    #[must_use]
    pub fn black_and_white(&self, area: Area) -> (f64, f64) {
        let rows = area.y..(area.y + area.height).min(self.height);
        let columns = area.x..(area.x + area.width).min(self.width);
        let pixels: Vec<_> = rows
            .flat_map(|row| columns.clone().map(move |column| row * self.width + column))
            .map(|index| self.luma[index as usize])
            .collect();
        let share = |is_wanted: fn(u8) -> bool| {
            let count = pixels.iter().filter(|luma| is_wanted(**luma)).count();
            count as f64 / pixels.len() as f64
        };
        (share(|luma| luma < 32), share(|luma| luma > 223))
    }
}
