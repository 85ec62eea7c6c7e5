//! A Modbus RTU station on RS-485: frames end by silence on a ring-buffered DMA receiver, registers
//! are inputs, outputs and settings, a watchdog bites when the bus task does not come round.
#![no_std]
#![no_main]

use defmt::{info, unwrap, warn};
use embassy_executor::Spawner;
use embassy_stm32::gpio::{Input, Level, Output, Pull, Speed};
use embassy_stm32::mode::Async;
use embassy_stm32::usart::{self, RingBufferedUartRx, Uart, UartTx};
use embassy_stm32::wdg::IndependentWatchdog;
use embassy_stm32::{bind_interrupts, dma, peripherals};
use embassy_sync::blocking_mutex::raw::CriticalSectionRawMutex;
use embassy_sync::mutex::Mutex;
use embassy_sync::signal::Signal;
use embassy_time::{Duration, Ticker, Timer, with_timeout};
use static_cell::StaticCell;
use {defmt_rtt as _, panic_probe as _};

bind_interrupts!(struct Irqs {
    USART1 => usart::InterruptHandler<peripherals::USART1>;
    DMA2_STREAM7 => dma::InterruptHandler<peripherals::DMA2_CH7>;
    DMA2_STREAM2 => dma::InterruptHandler<peripherals::DMA2_CH2>;
});

const STATION: u8 = 17;
const BROADCAST: u8 = 0;
/// 3.5 characters at 19,200 baud, rounded up.
const SILENCE: Duration = Duration::from_micros(2_100);

#[derive(Clone, Copy, PartialEq, defmt::Format)]
#[repr(u8)]
enum Exception {
    Function = 1,
    Address = 2,
    Value = 3,
}

#[derive(Debug, defmt::Format)]
enum FrameError {
    Short,
    Checksum,
    NotForUs,
    TooLong,
    Line,
}

struct Registers {
    inputs: u16,
    outputs: u16,
    /// Uptime in seconds (two words), frames seen, frames refused.
    counters: [u16; 4],
    /// Milliseconds of debouncing, seconds until outputs fall when nobody asks.
    settings: [u16; 2],
}

static REGISTERS: Mutex<CriticalSectionRawMutex, Registers> = Mutex::new(Registers {
    inputs: 0,
    outputs: 0,
    counters: [0; 4],
    settings: [20, 30],
});
static OUTPUTS: Signal<CriticalSectionRawMutex, u16> = Signal::new();
static ALIVE: Signal<CriticalSectionRawMutex, ()> = Signal::new();

fn checksum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0xFFFF, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte), |crc, _| {
            if crc & 1 == 0 { crc >> 1 } else { crc >> 1 ^ 0xA001 }
        })
    })
}

type Frame = heapless::Vec<u8, 256>;

struct Line {
    rx: RingBufferedUartRx<'static>,
    tx: UartTx<'static, Async>,
    driver: Output<'static>,
}

impl Line {
    /// The next frame that is whole and for this station.
    async fn receive(&mut self) -> Result<Frame, FrameError> {
        let mut frame = Frame::new();
        let mut chunk = [0; 64];
        let mut lost = false;
        let n = self.rx.read(&mut chunk).await.map_err(|_| FrameError::Line)?;
        lost |= frame.extend_from_slice(&chunk[..n]).is_err();
        while let Ok(more) = with_timeout(SILENCE, self.rx.read(&mut chunk)).await {
            let n = more.map_err(|_| FrameError::Line)?;
            lost |= frame.extend_from_slice(&chunk[..n]).is_err();
        }
        if lost {
            return Err(FrameError::TooLong);
        }
        let (body, crc) = frame.split_last_chunk::<2>().ok_or(FrameError::Short)?;
        if checksum(body) != u16::from_le_bytes(*crc) {
            return Err(FrameError::Checksum);
        }
        match *body {
            [STATION | BROADCAST, _, ..] => {
                frame.truncate(frame.len() - 2);
                Ok(frame)
            }
            [_, _, ..] => Err(FrameError::NotForUs),
            _ => Err(FrameError::Short),
        }
    }

    async fn send(&mut self, mut frame: Frame) -> Result<(), usart::Error> {
        let crc = checksum(&frame);
        let _ = frame.extend_from_slice(&crc.to_le_bytes());
        self.driver.set_high();
        Timer::after_micros(100).await;
        let result = match self.tx.write(&frame).await {
            Ok(()) => self.tx.flush().await,
            failed => failed,
        };
        self.driver.set_low();
        result
    }
}

fn word(bytes: &[u8], at: usize) -> Result<u16, Exception> {
    match bytes.get(at..at + 2) {
        Some(&[high, low]) => Ok(u16::from_be_bytes([high, low])),
        _ => Err(Exception::Value),
    }
}

fn slice(words: &[u16], start: u16, count: u16) -> Result<&[u16], Exception> {
    if !(1..=125).contains(&count) {
        return Err(Exception::Value);
    }
    let start = usize::from(start);
    words.get(start..start + usize::from(count)).ok_or(Exception::Address)
}

fn setting(at: u16, value: u16) -> Result<u16, Exception> {
    match (at, value) {
        (0, 1..=500) | (1, 0..=3600) => Ok(value),
        (0 | 1, _) => Err(Exception::Value),
        _ => Err(Exception::Address),
    }
}

/// Carries out what a frame asks, and appends to the answer.
async fn answer(request: &[u8], out: &mut Frame) -> Result<(), Exception> {
    let registers = &mut *REGISTERS.lock().await;
    let at = word(request, 2)?;
    let argument = word(request, 4)?;
    match request[1] {
        1 | 2 => {
            let bits = if request[1] == 1 { registers.outputs } else { registers.inputs };
            if !(1..=16).contains(&argument) {
                return Err(Exception::Value);
            }
            if at + argument > 16 {
                return Err(Exception::Address);
            }
            let bits = u32::from(bits) >> at & ((1_u32 << argument) - 1);
            let bytes = argument.div_ceil(8);
            let _ = out.push(bytes as u8);
            let _ = out.extend_from_slice(&bits.to_le_bytes()[..usize::from(bytes)]);
        }
        function @ (3 | 4) => {
            let words: &[u16] =
                if function == 3 { &registers.settings } else { &registers.counters };
            let words = slice(words, at, argument)?;
            let _ = out.push(2 * words.len() as u8);
            for word in words {
                let _ = out.extend_from_slice(&word.to_be_bytes());
            }
        }
        5 => {
            let bit = 1_u16.checked_shl(u32::from(at)).ok_or(Exception::Address)?;
            match argument {
                0 => registers.outputs &= !bit,
                0xFF00 => registers.outputs |= bit,
                _ => return Err(Exception::Value),
            }
            OUTPUTS.signal(registers.outputs);
            let _ = out.extend_from_slice(&request[2..6]);
        }
        6 => {
            registers.settings[usize::from(at.min(1))] = setting(at, argument)?;
            let _ = out.extend_from_slice(&request[2..6]);
        }
        16 => {
            if request.get(6).copied().map(u16::from) != Some(2 * argument) {
                return Err(Exception::Value);
            }
            let mut new = registers.settings;
            for i in 0..argument {
                let register = at.checked_add(i).ok_or(Exception::Address)?;
                let value = setting(register, word(request, 7 + 2 * usize::from(i))?)?;
                new[usize::from(register)] = value;
            }
            registers.settings = new;
            let _ = out.extend_from_slice(&request[2..6]);
        }
        _ => return Err(Exception::Function),
    }
    Ok(())
}

#[embassy_executor::task]
async fn bus(mut line: Line) -> ! {
    loop {
        ALIVE.signal(());
        let frame = match with_timeout(Duration::from_secs(1), line.receive()).await {
            Ok(Ok(frame)) => frame,
            Ok(Err(FrameError::NotForUs)) | Err(_) => continue,
            Ok(Err(e)) => {
                warn!("frame: {}", e);
                let mut registers = REGISTERS.lock().await;
                registers.counters[3] = registers.counters[3].wrapping_add(1);
                continue;
            }
        };
        {
            let mut registers = REGISTERS.lock().await;
            registers.counters[2] = registers.counters[2].wrapping_add(1);
        }
        let mut reply = Frame::new();
        let _ = reply.extend_from_slice(&[STATION, frame[1]]);
        if let Err(exception) = answer(&frame, &mut reply).await {
            info!("{:02x}: {}", &frame[..], exception);
            reply.truncate(1);
            let _ = reply.extend_from_slice(&[frame[1] | 0x80, exception as u8]);
        }
        if frame[0] != BROADCAST
            && let Err(e) = line.send(reply).await
        {
            warn!("not answered: {}", e);
        }
    }
}

/// Lets the outputs fall when nobody has set one for long.
#[embassy_executor::task]
async fn outputs(mut pins: [Output<'static>; 4]) -> ! {
    loop {
        let seconds = REGISTERS.lock().await.settings[1];
        let bits = match seconds {
            0 => OUTPUTS.wait().await,
            n => match with_timeout(Duration::from_secs(u64::from(n)), OUTPUTS.wait()).await {
                Ok(bits) => bits,
                Err(_) => {
                    REGISTERS.lock().await.outputs = 0;
                    0
                }
            },
        };
        for (i, pin) in pins.iter_mut().enumerate() {
            pin.set_level(Level::from(bits >> i & 1 != 0));
        }
    }
}

#[embassy_executor::task]
async fn inputs(pins: [Input<'static>; 4]) -> ! {
    let read = || pins.iter().rev().fold(0, |bits, pin| bits << 1 | u16::from(pin.is_low()));
    let mut last = read();
    loop {
        let pause = REGISTERS.lock().await.settings[0];
        Timer::after_millis(u64::from(pause)).await;
        let now = read();
        if now == last {
            REGISTERS.lock().await.inputs = now;
        }
        last = now;
    }
}

#[embassy_executor::task]
async fn clock() -> ! {
    let mut ticker = Ticker::every(Duration::from_secs(1));
    for seconds in 0_u32.. {
        let mut registers = REGISTERS.lock().await;
        registers.counters[0] = (seconds >> 16) as u16;
        registers.counters[1] = seconds as u16;
        drop(registers);
        ticker.next().await;
    }
    cortex_m::peripheral::SCB::sys_reset()
}

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    let p = embassy_stm32::init(Default::default());
    let mut config = usart::Config::default();
    config.baudrate = 19_200;
    config.parity = usart::Parity::ParityEven;
    let uart =
        unwrap!(Uart::new(p.USART1, p.PA10, p.PA9, p.DMA2_CH7, p.DMA2_CH2, Irqs, config).ok());
    let (tx, rx) = uart.split();
    static RING: StaticCell<[u8; 512]> = StaticCell::new();
    let rx = rx.into_ring_buffered(RING.init([0; 512]));
    let driver = Output::new(p.PA8, Level::Low, Speed::Low);
    spawner.spawn(unwrap!(bus(Line { rx, tx, driver })));
    spawner.spawn(unwrap!(outputs([
        Output::new(p.PC0, Level::Low, Speed::Low),
        Output::new(p.PC1, Level::Low, Speed::Low),
        Output::new(p.PC2, Level::Low, Speed::Low),
        Output::new(p.PC3, Level::Low, Speed::Low),
    ])));
    spawner.spawn(unwrap!(inputs([
        Input::new(p.PB0, Pull::Up),
        Input::new(p.PB1, Pull::Up),
        Input::new(p.PB2, Pull::Up),
        Input::new(p.PB10, Pull::Up),
    ])));
    spawner.spawn(unwrap!(clock()));
    let mut watchdog = IndependentWatchdog::new(p.IWDG, 4_000_000);
    watchdog.unleash();
    loop {
        ALIVE.wait().await;
        watchdog.pet();
    }
}
