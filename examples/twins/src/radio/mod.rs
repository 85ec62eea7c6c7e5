//! A packet radio's driver, written once and compiled twice, as drivers with both faces are.
//!
//! The link is stop-and-wait: listen before talking, send, wait for the acknowledgement, back off
//! and try again; in between the radio listens for what others send, and acknowledges it.

pub mod chip;

use embedded_hal::delay::DelayNs;
use embedded_hal::digital::InputPin;
use embedded_hal::spi::{Operation, SpiDevice};
use embedded_hal_async::delay::DelayNs as AsyncDelayNs;
use embedded_hal_async::spi::SpiDevice as AsyncSpiDevice;

use self::chip::{Irq, Mode, Register};

/// Bytes of a packet after its header.
pub const PAYLOAD: usize = 24;
/// Destination, source, number, flags.
const HEADER: usize = 4;
const FLAG_ACK: u8 = 0x80;
const TRIES: u8 = 4;

/// What can go wrong on the air, or before it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Error {
    /// The chip did not answer on the bus.
    Bus,
    /// No chip, or another one.
    NotThere,
    /// Somebody else kept talking.
    ChannelBusy,
    /// Sent as often as allowed, and never acknowledged.
    NoAcknowledgement,
    /// The interrupt line did not move in time.
    Stuck,
}

/// A packet as it came in.
#[derive(Clone, Copy, Default)]
pub struct Packet {
    pub from: u8,
    pub number: u8,
    pub flags: u8,
    pub length: u8,
    pub payload: [u8; PAYLOAD],
}

/// How the air is used.
#[derive(Clone, Copy)]
pub struct Config {
    pub address: u8,
    /// Kilohertz.
    pub frequency: u32,
    /// Bits a second.
    pub bitrate: u32,
    /// dBm.
    pub power: u8,
    pub sync_word: [u8; 4],
}

/// The driver; its other face is [`Radio`].
#[maybe_async_cfg::maybe(
    sync(
        self = "Radio",
        idents(AsyncSpiDevice(sync = "SpiDevice"), AsyncDelayNs(sync = "DelayNs"))
    ),
    async(keep_self)
)]
pub struct AsyncRadio<S, I, D> {
    spi: S,
    interrupt: I,
    delay: D,
    config: Config,
    mode: Mode,
    number: u8,
    /// Changes with each back-off, so that two radios do not keep colliding.
    jitter: u16,
}

#[maybe_async_cfg::maybe(
    sync(
        self = "Radio",
        idents(AsyncSpiDevice(sync = "SpiDevice"), AsyncDelayNs(sync = "DelayNs"))
    ),
    async(keep_self)
)]
impl<S: AsyncSpiDevice, I: InputPin, D: AsyncDelayNs> AsyncRadio<S, I, D> {
    /// A radio that sleeps until [`init`](Self::init).
    pub fn new(spi: S, interrupt: I, delay: D, config: Config) -> Self {
        let jitter = u16::from(config.address) << 8 | 0x35;
        Self { spi, interrupt, delay, config, mode: Mode::Sleep, number: 0, jitter }
    }

    /// Checks that the chip is there, and sets it up.
    pub async fn init(&mut self) -> Result<(), Error> {
        self.write(Register::Reset, 1).await?;
        self.delay.delay_ms(5).await;
        if self.read(Register::Version).await? != chip::VERSION {
            return Err(Error::NotThere);
        }
        self.set_mode(Mode::Standby).await?;
        self.calibrate().await?;
        // The synthesiser counts in steps of 61.035 Hz.
        let steps = (u64::from(self.config.frequency) * 1000 * 1000 / 61_035) as u32;
        self.write(Register::FrequencyHigh, (steps >> 16) as u8).await?;
        self.write(Register::FrequencyMiddle, (steps >> 8) as u8).await?;
        self.write(Register::FrequencyLow, steps as u8).await?;
        let divider = 32_000_000 / self.config.bitrate;
        self.write(Register::BitrateHigh, (divider >> 8) as u8).await?;
        self.write(Register::BitrateLow, divider as u8).await?;
        match self.config.power {
            power @ 0..=13 => self.write(Register::Power, 0x80 | power).await?,
            power @ 14..=17 => self.write(Register::Power, 0x60 | (power - 14)).await?,
            power => {
                self.write(Register::OverCurrent, 0x0f).await?;
                self.write(Register::Power, 0x70 | power.min(20)).await?;
            }
        }
        let sync_word = self.config.sync_word;
        for (register, byte) in (Register::Sync as u8..).zip(sync_word) {
            self.write_raw(register, byte).await?;
        }
        self.set_mode(Mode::Sleep).await
    }

    /// Sends a packet and waits for its acknowledgement; gives the tries it took.
    pub async fn send(&mut self, to: u8, payload: &[u8]) -> Result<u8, Error> {
        self.number = self.number.wrapping_add(1);
        for attempt in 1..=TRIES {
            self.wait_for_silence().await?;
            self.transmit(to, self.number, 0, payload).await?;
            if self.acknowledged(to).await? {
                self.set_mode(Mode::Sleep).await?;
                return Ok(attempt);
            }
            self.back_off(attempt).await;
        }
        self.set_mode(Mode::Sleep).await?;
        Err(Error::NoAcknowledgement)
    }

    /// Listens for a packet to this radio, acknowledges it, and gives it; none when nothing came
    /// within the time (in tenths of a millisecond).
    pub async fn receive(&mut self, time: u32) -> Result<Option<Packet>, Error> {
        let heard = self.listen(time).await?;
        if let Some(packet) = &heard {
            if packet.flags & FLAG_ACK == 0 {
                self.transmit(packet.from, packet.number, FLAG_ACK, &[]).await?;
            }
        }
        self.set_mode(Mode::Sleep).await?;
        Ok(heard)
    }

    /// The strength of what is on the air now, in dBm.
    pub async fn strength(&mut self) -> Result<i16, Error> {
        let raw = self.read(Register::Strength).await?;
        Ok(-(i16::from(raw) / 2))
    }

    async fn calibrate(&mut self) -> Result<(), Error> {
        self.write(Register::Calibrate, 1).await?;
        for _ in 0..10 {
            self.delay.delay_us(500).await;
            if self.read(Register::Calibrate).await? & 1 == 0 {
                return Ok(());
            }
        }
        Err(Error::Stuck)
    }

    async fn wait_for_silence(&mut self) -> Result<(), Error> {
        self.set_mode(Mode::Receive).await?;
        for attempt in 0..8 {
            if self.strength().await? < -90 {
                return Ok(());
            }
            self.back_off(attempt).await;
        }
        Err(Error::ChannelBusy)
    }

    async fn transmit(
        &mut self,
        to: u8,
        number: u8,
        flags: u8,
        payload: &[u8],
    ) -> Result<(), Error> {
        self.set_mode(Mode::Standby).await?;
        let length = payload.len().min(PAYLOAD);
        let header = [
            Register::Fifo as u8 | 0x80,
            (HEADER + length) as u8,
            to,
            self.config.address,
            number,
            flags,
        ];
        let mut frame = [Operation::Write(&header), Operation::Write(&payload[..length])];
        self.spi.transaction(&mut frame).await.map_err(|_| Error::Bus)?;
        self.set_mode(Mode::Transmit).await?;
        if !self.interrupted(200).await? {
            return Err(Error::Stuck);
        }
        if self.read(Register::Irq).await? & Irq::SENT == 0 {
            return Err(Error::Stuck);
        }
        self.write(Register::Irq, Irq::SENT).await
    }

    async fn acknowledged(&mut self, by: u8) -> Result<bool, Error> {
        match self.listen(50).await? {
            Some(packet) => {
                let ours = packet.from == by && packet.number == self.number;
                Ok(ours && packet.flags & FLAG_ACK != 0)
            }
            None => Ok(false),
        }
    }

    async fn listen(&mut self, time: u32) -> Result<Option<Packet>, Error> {
        self.set_mode(Mode::Receive).await?;
        while self.interrupted(time).await? {
            let irq = self.read(Register::Irq).await?;
            self.write(Register::Irq, irq).await?;
            if irq & Irq::BAD_CRC != 0 || irq & Irq::RECEIVED == 0 {
                continue;
            }
            let packet = self.read_packet().await?;
            if packet.is_some() {
                return Ok(packet);
            }
        }
        Ok(None)
    }

    async fn read_packet(&mut self) -> Result<Option<Packet>, Error> {
        let mut header = [0; 1 + HEADER];
        let mut packet = Packet::default();
        let mut operations = [
            Operation::Write(&[Register::Fifo as u8]),
            Operation::Read(&mut header),
            Operation::Read(&mut packet.payload),
        ];
        self.spi.transaction(&mut operations).await.map_err(|_| Error::Bus)?;
        let [length, to, from, number, flags] = header;
        if to != self.config.address || usize::from(length) > HEADER + PAYLOAD {
            return Ok(None);
        }
        (packet.from, packet.number, packet.flags) = (from, number, flags);
        packet.length = length.saturating_sub(HEADER as u8);
        Ok(Some(packet))
    }

    async fn set_mode(&mut self, mode: Mode) -> Result<(), Error> {
        if mode == self.mode {
            return Ok(());
        }
        // Out of sleep the oscillator has to settle first.
        if self.mode == Mode::Sleep && mode != Mode::Standby {
            self.write(Register::Mode, Mode::Standby as u8).await?;
            self.delay.delay_us(250).await;
        }
        self.write(Register::Mode, mode as u8).await?;
        for _ in 0..20 {
            if self.read(Register::Mode).await? == mode as u8 | 0x80 {
                self.mode = mode;
                return Ok(());
            }
            self.delay.delay_us(50).await;
        }
        Err(Error::Stuck)
    }

    async fn back_off(&mut self, attempt: u8) {
        self.jitter = self.jitter.wrapping_mul(25_173).wrapping_add(13_849);
        let slots = u32::from(self.jitter >> 8) & ((2 << attempt) - 1);
        self.delay.delay_us(300 * (slots + 1)).await;
    }

    /// Waits for the interrupt line; false when it stayed low for the time (in tenths of a
    /// millisecond).
    async fn interrupted(&mut self, time: u32) -> Result<bool, Error> {
        for _ in 0..time {
            if self.interrupt.is_high().map_err(|_| Error::Bus)? {
                return Ok(true);
            }
            self.delay.delay_us(100).await;
        }
        Ok(false)
    }

    async fn write(&mut self, register: Register, value: u8) -> Result<(), Error> {
        self.write_raw(register as u8, value).await
    }

    async fn write_raw(&mut self, register: u8, value: u8) -> Result<(), Error> {
        self.spi.write(&[register | 0x80, value]).await.map_err(|_| Error::Bus)
    }

    async fn read(&mut self, register: Register) -> Result<u8, Error> {
        let mut frame = [register as u8, 0];
        self.spi.transfer_in_place(&mut frame).await.map_err(|_| Error::Bus)?;
        Ok(frame[1])
    }
}
