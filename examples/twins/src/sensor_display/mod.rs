//! What both faces of the weather station share: the sensor's registers and the picture.

use crate::i2c::Device;

/// Measurements in one run.
pub const ROUNDS: u32 = 20;

/// A BME280 as it leaves the factory, in a mild room.
#[derive(Default)]
pub struct Sensor {
    /// The register that is read next.
    next: u8,
}

impl Device for Sensor {
    fn write(&mut self, bytes: &[u8]) {
        self.next = bytes.first().copied().unwrap_or(self.next);
    }

    fn read(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            *byte = register(self.next);
            self.next = self.next.wrapping_add(1);
        }
    }
}

fn register(register: u8) -> u8 {
    const CALIBRATION: [u8; 26] = [
        0x70, 0x6b, 0x43, 0x67, 0x18, 0xfc, 0x7d, 0x8e, 0x43, 0xd6, 0xd0, 0x0b, 0x27, 0x0b, 0x8c,
        0x00, 0xf9, 0xff, 0x8c, 0x3c, 0xf8, 0xc6, 0x70, 0x17, 0x00, 0x4b,
    ];
    const HUMIDITY: [u8; 7] = [0x6a, 0x01, 0x00, 0x13, 0x29, 0x03, 0x1e];
    const DATA: [u8; 8] = [0x65, 0x5a, 0xc0, 0x7e, 0xed, 0x00, 0x6a, 0x2b];
    match register {
        0x88..=0xa1 => CALIBRATION[usize::from(register - 0x88)],
        0xd0 => 0x60,
        0xe1..=0xe7 => HUMIDITY[usize::from(register - 0xe1)],
        0xf7..=0xfe => DATA[usize::from(register - 0xf7)],
        _ => 0,
    }
}

/// Draws a bar each, pixel by pixel.
pub fn draw(temperature: f32, pressure: f32, humidity: f32, mut pixel: impl FnMut(u32, u32)) {
    let bars =
        [temperature as u32 * 2, (pressure as u32).saturating_sub(90_000) / 200, humidity as u32];
    for (bar, length) in bars.into_iter().enumerate() {
        for y in 0..8 {
            for x in 0..length {
                pixel(x, bar as u32 * 20 + 8 + y);
            }
        }
    }
}
