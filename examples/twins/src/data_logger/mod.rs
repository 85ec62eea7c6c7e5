//! What both faces of the data logger share: the sensor's words, the flash chip, the records.

use crate::i2c::Device;
use crate::spi::Chip;

/// Records in one run.
pub const RECORDS: u16 = 40;
/// Bytes of a record in flash.
pub const RECORD: usize = 12;

/// A record as it lies in flash: number, three values, and a sum over them.
pub fn record(number: u16, co2: u16, temperature: f32, humidity: f32) -> [u8; RECORD] {
    let mut record = [0; RECORD];
    let fields = [number, co2, (temperature * 10.0) as u16, (humidity * 10.0) as u16, 0];
    for (bytes, field) in record.chunks_exact_mut(2).zip(fields) {
        bytes.copy_from_slice(&field.to_le_bytes());
    }
    let sum = sum(&record);
    record[RECORD - 2..].copy_from_slice(&sum.to_le_bytes());
    record
}

/// Whether a record is whole.
pub fn intact(record: &[u8; RECORD]) -> bool {
    record[RECORD - 2..] == sum(record).to_le_bytes()
}

fn sum(record: &[u8; RECORD]) -> u16 {
    let fields = record[..RECORD - 2].chunks_exact(2);
    fields.fold(0x5a5a, |sum, f| sum.rotate_left(3) ^ u16::from_le_bytes([f[0], f[1]]))
}

/// An SCD41: answers the last command with words, each followed by its CRC.
#[derive(Default)]
pub struct Sensor {
    command: u16,
    measured: u16,
    looks: u16,
}

impl Device for Sensor {
    fn write(&mut self, bytes: &[u8]) {
        if let [high, low, ..] = *bytes {
            self.command = u16::from_be_bytes([high, low]);
        }
    }

    fn read(&mut self, bytes: &mut [u8]) {
        self.measured += u16::from(self.command == 0xec05);
        self.looks += u16::from(self.command == 0xe4b8);
        for (n, bytes) in (0u16..).zip(bytes.chunks_exact_mut(3)) {
            let word = match (self.command, n) {
                (0xec05, 0) => 412 + self.measured * 7 % 90,
                (0xec05, 1) => 0x6667 + self.measured * 31,
                (0xec05, _) => 0x5eb9 - self.measured * 17,
                // The measurement is ready at every third look.
                (0xe4b8, _) => 0x8000 | u16::from(self.looks.is_multiple_of(3)),
                (command, n) => command ^ n,
            };
            bytes[..2].copy_from_slice(&word.to_be_bytes());
            bytes[2] = crc(&bytes[..2]);
        }
    }
}

/// Sensirion's CRC-8.
fn crc(bytes: &[u8]) -> u8 {
    bytes.iter().fold(0xff, |crc, byte| {
        (0..8).fold(crc ^ byte, |crc, _| if crc & 0x80 != 0 { crc << 1 ^ 0x31 } else { crc << 1 })
    })
}

/// Two sectors of a W25Q32: erased to ones, written to zeros, a page at a time, busy for a while.
pub struct Flash {
    memory: [u8; 8192],
    command: u8,
    /// Bytes of this frame so far.
    position: u32,
    address: u32,
    write_enabled: bool,
    /// How often the status will still say busy.
    busy: u8,
}

impl Flash {
    pub fn new() -> Self {
        let memory = [0x55; 8192];
        Self { memory, command: 0, position: 0, address: 0, write_enabled: false, busy: 0 }
    }
}

impl Default for Flash {
    fn default() -> Self {
        Self::new()
    }
}

impl Chip for Flash {
    fn select(&mut self) {
        (self.position, self.address) = (0, 0);
    }

    fn exchange(&mut self, byte: u8) -> u8 {
        let position = self.position;
        self.position += 1;
        let at = self.address as usize % self.memory.len();
        match (self.command, position) {
            (_, 0) => self.command = byte,
            (0x05, _) => {
                self.busy = self.busy.saturating_sub(1);
                return u8::from(self.write_enabled) << 1 | u8::from(self.busy > 0);
            }
            (0x02 | 0x03 | 0x20, 1..=3) => self.address = self.address << 8 | u32::from(byte),
            (0x02, _) if self.write_enabled => {
                self.memory[at] &= byte;
                self.address = self.address & !0xff | (self.address + 1) & 0xff;
            }
            (0x03, _) => {
                self.address += 1;
                return self.memory[at];
            }
            _ => {}
        }
        0xff
    }

    fn deselect(&mut self) {
        match self.command {
            0x06 => self.write_enabled = true,
            0x02 => (self.write_enabled, self.busy) = (false, 3),
            0x20 if self.write_enabled => {
                let sector = self.address as usize % self.memory.len() & !0xfff;
                self.memory[sector..sector + 0x1000].fill(0xff);
                (self.write_enabled, self.busy) = (false, 9);
            }
            _ => {}
        }
    }
}
