//! The radio chip and the air around it: another station acknowledges, most of the time, and
//! sends packets of its own.

use crate::spi::Chip;

/// What the version register says.
pub const VERSION: u8 = 0x24;

/// Registers; a write has the top bit set.
#[derive(Clone, Copy)]
#[repr(u8)]
pub enum Register {
    Fifo = 0x00,
    Mode = 0x01,
    BitrateHigh = 0x03,
    BitrateLow = 0x04,
    FrequencyHigh = 0x07,
    FrequencyMiddle = 0x08,
    FrequencyLow = 0x09,
    Calibrate = 0x0a,
    Version = 0x10,
    Power = 0x11,
    OverCurrent = 0x13,
    Strength = 0x24,
    Irq = 0x28,
    Sync = 0x2f,
    Reset = 0x71,
}

/// What the chip is doing; it says so with the top bit once it is.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(u8)]
pub enum Mode {
    Sleep = 0,
    Standby = 1,
    Receive = 4,
    Transmit = 3,
}

/// Bits of the interrupt register.
pub struct Irq;

impl Irq {
    pub const SENT: u8 = 0x08;
    pub const RECEIVED: u8 = 0x04;
    pub const BAD_CRC: u8 = 0x02;
}

const OTHER_STATION: u8 = 0x22;

/// The chip.
pub struct Transceiver {
    registers: [u8; 128],
    fifo: [u8; 32],
    length: usize,
    register: u8,
    position: usize,
    irq: u8,
    /// Changes with all that happens: what the air does next.
    weather: u32,
    /// Acknowledge this packet: destination and number.
    owed: Option<(u8, u8)>,
    sent: u8,
}

impl Default for Transceiver {
    fn default() -> Self {
        Self {
            registers: [0; 128],
            fifo: [0; 32],
            length: 0,
            register: 0,
            position: 0,
            irq: 0,
            weather: 0x2545_f491,
            owed: None,
            sent: 0,
        }
    }
}

impl Transceiver {
    fn chance(&mut self, one_in: u32) -> bool {
        self.weather ^= self.weather << 13;
        self.weather ^= self.weather >> 17;
        self.weather ^= self.weather << 5;
        self.weather.is_multiple_of(one_in)
    }

    fn change_mode(&mut self, mode: u8) {
        self.registers[Register::Mode as usize] = mode | 0x80;
        if mode == Mode::Transmit as u8 {
            self.irq |= Irq::SENT;
            let flags = self.fifo[4];
            if flags & 0x80 == 0 && !self.chance(4) {
                self.owed = Some((self.fifo[2], self.fifo[3]));
            }
        } else if mode == Mode::Receive as u8 {
            if let Some((to, number)) = self.owed.take() {
                self.arrives(&[4, to, OTHER_STATION, number, 0x80]);
            } else if self.chance(3) {
                self.sent = self.sent.wrapping_add(1);
                let to = if self.chance(5) { 0x77 } else { 0x11 };
                self.arrives(&[9, to, OTHER_STATION, self.sent, 0, b'h', b'e', b'l', b'l', b'o']);
            }
        }
    }

    fn arrives(&mut self, packet: &[u8]) {
        self.fifo[..packet.len()].copy_from_slice(packet);
        self.irq |= if self.chance(8) { Irq::BAD_CRC | Irq::RECEIVED } else { Irq::RECEIVED };
    }
}

impl Chip for Transceiver {
    fn select(&mut self) {
        self.position = 0;
    }

    fn exchange(&mut self, byte: u8) -> u8 {
        let position = self.position;
        self.position += 1;
        if position == 0 {
            self.register = byte;
            return 0;
        }
        let register = self.register & 0x7f;
        let write = self.register & 0x80 != 0;
        if register == Register::Fifo as u8 {
            let slot = &mut self.fifo[(position - 1) % 32];
            if write {
                *slot = byte;
                self.length = position;
            }
            return *slot;
        }
        if !write {
            return match register {
                r if r == Register::Version as u8 => VERSION,
                r if r == Register::Irq as u8 => self.irq,
                r if r == Register::Strength as u8 => {
                    if self.chance(3) {
                        0x60
                    } else {
                        0xc8
                    }
                }
                r => self.registers[usize::from(r)],
            };
        }
        match register {
            r if r == Register::Mode as u8 => self.change_mode(byte),
            r if r == Register::Irq as u8 => self.irq &= !byte,
            r if r == Register::Calibrate as u8 => {}
            r => self.registers[usize::from(r)] = byte,
        }
        0
    }

    fn deselect(&mut self) {}

    fn interrupt(&self) -> bool {
        self.irq != 0
    }
}
