//! Settings and a log in flash, edited over a serial port: `get`, `set`, `remove`, `log`, `clear`.
//! Two partitions of one chip, shared by the console and by a task that logs the supply voltage.
#![no_std]
#![no_main]

use core::fmt::Write as _;

use defmt::{info, unwrap, warn};
use embassy_embedded_hal::flash::partition::Partition;
use embassy_executor::Spawner;
use embassy_rp::adc::{self, Adc};
use embassy_rp::flash::{self, Flash};
use embassy_rp::gpio::Pull;
use embassy_rp::peripherals::{DMA_CH0, FLASH, UART0};
use embassy_rp::uart::{self, BufferedInterruptHandler, BufferedUart, BufferedUartRx, BufferedUartTx};
use embassy_rp::{bind_interrupts, dma};
use embassy_sync::blocking_mutex::raw::NoopRawMutex;
use embassy_sync::mutex::Mutex;
use embassy_sync::signal::Signal;
use embassy_time::{Duration, Instant, with_timeout};
use embedded_io_async::{Read, Write};
use sequential_storage::cache::{self, Cache};
use sequential_storage::map::{MapConfig, MapStorage};
use sequential_storage::queue::{QueueConfig, QueueStorage};
use static_cell::StaticCell;
use {defmt_rtt as _, panic_probe as _};

bind_interrupts!(struct Irqs {
    ADC_IRQ_FIFO => adc::InterruptHandler;
    DMA_IRQ_0 => dma::InterruptHandler<DMA_CH0>;
    UART0_IRQ => BufferedInterruptHandler<UART0>;
});

const FLASH_SIZE: usize = 2 * 1024 * 1024;
const SETTINGS_AT: u32 = 1920 * 1024;
const SETTINGS_SIZE: u32 = 64 * 1024;
const LOG_AT: u32 = SETTINGS_AT + SETTINGS_SIZE;
const LOG_SIZE: u32 = 64 * 1024;

const NAME: usize = 12;
const VALUE: usize = 48;

type Chip = Flash<'static, FLASH, flash::Async, FLASH_SIZE>;
type Shared = Mutex<NoopRawMutex, Chip>;
type Part = Partition<'static, NoopRawMutex, Chip>;
type Name = [u8; NAME];
type StorageError = sequential_storage::Error<embassy_embedded_hal::flash::partition::Error<flash::Error>>;

type Settings = MapStorage<Name, Part, Uncached<Name>>;
type Log = QueueStorage<Part, Uncached<()>>;
type Uncached<K> = Cache<cache::Uncached, cache::Uncached, cache::Uncached, K>;
type SharedLog = Mutex<NoopRawMutex, Log>;

/// How long the logger waits between two records; the console changes it.
static PERIOD: Signal<embassy_sync::blocking_mutex::raw::ThreadModeRawMutex, Duration> = Signal::new();

#[derive(Debug, defmt::Format)]
enum Error {
    Storage,
    Full,
    Serial,
    Usage,
    NameTooLong,
    NotANumber,
}

impl From<StorageError> for Error {
    fn from(error: StorageError) -> Self {
        warn!("storage: {}", error);
        match error {
            sequential_storage::Error::FullStorage => Error::Full,
            _ => Error::Storage,
        }
    }
}

fn name(text: &str) -> Result<Name, Error> {
    let mut name = [b' '; NAME];
    name.get_mut(..text.len()).ok_or(Error::NameTooLong)?.copy_from_slice(text.as_bytes());
    Ok(name)
}

/// Six bytes a record: seconds since power on, millivolts.
#[embassy_executor::task]
async fn logger(log: &'static SharedLog, mut adc: Adc<'static, adc::Async>, mut pin: adc::Channel<'static>) {
    let mut period = Duration::from_secs(60);
    loop {
        if let Ok(new) = with_timeout(period, PERIOD.wait()).await {
            info!("a record every {} s", new.as_secs());
            period = new;
            continue;
        }
        let raw = match adc.read(&mut pin).await {
            Ok(raw) => raw,
            Err(e) => {
                warn!("no conversion: {:?}", e);
                continue;
            }
        };
        let mut record = [0; 8];
        record[..4].copy_from_slice(&(Instant::now().as_secs() as u32).to_le_bytes());
        record[4..6].copy_from_slice(&((u32::from(raw) * 9900 / 4096) as u16).to_le_bytes());
        if let Err(e) = log.lock().await.push(&record, true).await {
            warn!("not logged: {}", e);
        }
    }
}

struct Console {
    rx: BufferedUartRx,
    tx: BufferedUartTx,
    settings: Settings,
    log: &'static SharedLog,
    buffer: [u8; 128],
}

impl Console {
    async fn say(&mut self, text: &str) -> Result<(), Error> {
        self.tx.write_all(text.as_bytes()).await.map_err(|_| Error::Serial)
    }

    /// A line without its end; what is too long is dropped up to the next line.
    async fn line(&mut self) -> Result<heapless::String<80>, Error> {
        let mut line = heapless::Vec::<u8, 80>::new();
        let mut lost = false;
        loop {
            let mut byte = [0];
            self.rx.read_exact(&mut byte).await.map_err(|_| Error::Serial)?;
            match byte[0] {
                b'\r' | b'\n' if lost => {
                    self.say("! too long\r\n").await?;
                    lost = false;
                    line.clear();
                }
                b'\r' | b'\n' if line.is_empty() => {}
                b'\r' | b'\n' => match heapless::String::from_utf8(line) {
                    Ok(text) => return Ok(text),
                    Err(_) => {
                        self.say("! not text\r\n").await?;
                        line = heapless::Vec::new();
                    }
                },
                8 | 127 => {
                    line.pop();
                }
                other => lost |= line.push(other).is_err(),
            }
        }
    }

    async fn get(&mut self, key: &str) -> Result<(), Error> {
        let key = name(key)?;
        let mut value = heapless::Vec::<u8, VALUE>::new();
        if let Some(bytes) = self.settings.fetch_item::<&[u8]>(&mut self.buffer, &key).await? {
            let _ = value.extend_from_slice(bytes);
        } else {
            return self.say("! not set\r\n").await;
        }
        self.tx.write_all(&value).await.map_err(|_| Error::Serial)?;
        self.say("\r\n").await
    }

    async fn set(&mut self, key: &str, value: &str) -> Result<(), Error> {
        if value.len() > VALUE {
            return Err(Error::Usage);
        }
        let period = match key {
            "period" => Some(value.parse::<u32>().map_err(|_| Error::NotANumber)?),
            _ => None,
        };
        let bytes = value.as_bytes();
        self.settings.store_item(&mut self.buffer, &name(key)?, &bytes).await?;
        if let Some(seconds) = period {
            PERIOD.signal(Duration::from_secs(u64::from(seconds.max(1))));
        }
        self.say("ok\r\n").await
    }

    async fn list(&mut self) -> Result<(), Error> {
        let mut names = heapless::Vec::<Name, 16>::new();
        let mut all = self.settings.fetch_all_items(&mut self.buffer).await?;
        while let Some((name, _)) = all.next::<&[u8]>(&mut self.buffer).await? {
            if !names.contains(&name) && names.push(name).is_err() {
                break;
            }
        }
        for name in names {
            self.tx.write_all(&name).await.map_err(|_| Error::Serial)?;
            self.say("\r\n").await?;
        }
        Ok(())
    }

    async fn print_log(&mut self, forget: bool) -> Result<(), Error> {
        let log = self.log;
        let mut log = log.lock().await;
        let mut record = [0; 16];
        let mut line = heapless::String::<32>::new();
        if forget {
            while let Some(record) = log.pop(&mut record).await? {
                info!("forgotten: {:02x}", record);
            }
            return self.say("ok\r\n").await;
        }
        let mut records = log.iter().await?;
        while let Some(entry) = records.next(&mut record).await? {
            let [a, b, c, d, e, f, ..] = *entry else { continue };
            line.clear();
            let seconds = u32::from_le_bytes([a, b, c, d]);
            let _ = write!(line, "{seconds:>8} {:>5}\r\n", u16::from_le_bytes([e, f]));
            self.tx.write_all(line.as_bytes()).await.map_err(|_| Error::Serial)?;
        }
        Ok(())
    }

    async fn obey(&mut self, line: &str) -> Result<(), Error> {
        let mut words = line.splitn(3, ' ');
        match (words.next(), words.next(), words.next()) {
            (Some("get"), Some(key), None) => self.get(key).await,
            (Some("set"), Some(key), Some(value)) => self.set(key, value).await,
            (Some("remove"), Some(key), None) => {
                self.settings.remove_item(&mut self.buffer, &name(key)?).await?;
                self.say("ok\r\n").await
            }
            (Some("list"), None, None) => self.list().await,
            (Some("log"), None, None) => self.print_log(false).await,
            (Some("clear"), None, None) => self.print_log(true).await,
            _ => Err(Error::Usage),
        }
    }

    async fn run(&mut self) -> Result<(), Error> {
        loop {
            self.say("> ").await?;
            let line = self.line().await?;
            match self.obey(&line).await {
                Ok(()) => {}
                Err(Error::Serial) => return Err(Error::Serial),
                Err(Error::Full) => {
                    self.say("! full: all settings are erased\r\n").await?;
                    self.settings.erase_all().await?;
                }
                Err(e) => {
                    let mut text = heapless::String::<32>::new();
                    let _ = write!(text, "! {e:?}\r\n");
                    self.say(&text).await?;
                }
            }
        }
    }
}

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    let p = embassy_rp::init(Default::default());
    static FLASH: StaticCell<Shared> = StaticCell::new();
    static LOG: StaticCell<SharedLog> = StaticCell::new();
    static TX: StaticCell<[u8; 256]> = StaticCell::new();
    static RX: StaticCell<[u8; 256]> = StaticCell::new();

    let flash = &*FLASH.init(Mutex::new(Flash::new(p.FLASH, p.DMA_CH0, Irqs)));
    let settings = Settings::new(
        Partition::new(flash, SETTINGS_AT, SETTINGS_SIZE),
        const { MapConfig::new(0..SETTINGS_SIZE) },
        Cache::new_uncached(),
    );
    let log = Log::new(
        Partition::new(flash, LOG_AT, LOG_SIZE),
        const { QueueConfig::new(0..LOG_SIZE) },
        Cache::new_uncached(),
    );
    let log = &*LOG.init(Mutex::new(log));
    let adc = Adc::new(p.ADC, Irqs, adc::Config::default());
    let supply = adc::Channel::new_pin(p.PIN_29, Pull::None);
    spawner.spawn(unwrap!(logger(log, adc, supply)));

    let uart = BufferedUart::new(
        p.UART0,
        p.PIN_0,
        p.PIN_1,
        Irqs,
        TX.init([0; 256]),
        RX.init([0; 256]),
        uart::Config::default(),
    );
    let (tx, rx) = uart.split();
    let mut console = Console { rx, tx, settings, log, buffer: [0; 128] };
    loop {
        if let Err(e) = console.run().await {
            warn!("console: {}", e);
        }
    }
}
