//! A keyboard of nine keys on USB, with a serial port beside it that remaps them: `3=0x2c`.
//! The matrix is scanned and debounced by a task of its own; a press wakes a host that sleeps.
#![no_std]
#![no_main]

use core::sync::atomic::{AtomicBool, Ordering};

use defmt::{info, unwrap, warn};
use embassy_executor::Spawner;
use embassy_futures::join::join4;
use embassy_futures::select::{Either, select, select3};
use embassy_rp::bind_interrupts;
use embassy_rp::gpio::{Input, Level, Output, Pull};
use embassy_rp::peripherals::USB;
use embassy_rp::usb::{Driver, InterruptHandler};
use embassy_sync::blocking_mutex::raw::ThreadModeRawMutex;
use embassy_sync::mutex::Mutex;
use embassy_sync::pubsub::{PubSubChannel, WaitResult};
use embassy_sync::signal::Signal;
use embassy_time::{Duration, Ticker, Timer, with_timeout};
use embassy_usb::class::cdc_acm::{self, CdcAcmClass};
use embassy_usb::class::hid::{
    self, HidBootProtocol, HidReader, HidReaderWriter, HidSubclass, HidWriter, ReportId, RequestHandler,
};
use embassy_usb::control::OutResponse;
use embassy_usb::driver::EndpointError;
use embassy_usb::{Builder, Handler, UsbDevice};
use static_cell::StaticCell;
use usbd_hid::descriptor::{KeyboardReport, SerializedDescriptor};
use {defmt_rtt as _, panic_probe as _};

bind_interrupts!(struct Irqs {
    USBCTRL_IRQ => InterruptHandler<USB>;
});

type UsbDriver = Driver<'static, USB>;

const ROWS: usize = 3;
const COLUMNS: usize = 3;
const KEYS: usize = ROWS * COLUMNS;

/// One bit a key that is down.
type Pressed = u16;

static PRESSED: PubSubChannel<ThreadModeRawMutex, Pressed, 8, 2, 1> = PubSubChannel::new();
static KEYMAP: Mutex<ThreadModeRawMutex, [u8; KEYS]> =
    Mutex::new([0x1e, 0x1f, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26]);
static LOCKS: Signal<ThreadModeRawMutex, u8> = Signal::new();
static SUSPENDED: AtomicBool = AtomicBool::new(false);

struct Matrix {
    rows: [Output<'static>; ROWS],
    columns: [Input<'static>; COLUMNS],
}

impl Matrix {
    async fn scan(&mut self) -> Pressed {
        let mut pressed = 0;
        for (r, row) in self.rows.iter_mut().enumerate() {
            row.set_low();
            Timer::after_micros(5).await;
            for (c, column) in self.columns.iter().enumerate() {
                if column.is_low() {
                    pressed |= 1 << (r * COLUMNS + c);
                }
            }
            row.set_high();
        }
        pressed
    }

    /// Returns when any key goes down.
    async fn idle(&mut self) {
        for row in &mut self.rows {
            row.set_low();
        }
        let [a, b, c] = &mut self.columns;
        select3(a.wait_for_low(), b.wait_for_low(), c.wait_for_low()).await;
        for row in &mut self.rows {
            row.set_high();
        }
    }
}

#[embassy_executor::task]
async fn scanner(mut matrix: Matrix) -> ! {
    let out = unwrap!(PRESSED.publisher());
    let mut stable: Pressed = 0;
    loop {
        if stable == 0 {
            matrix.idle().await;
        }
        let mut ticker = Ticker::every(Duration::from_millis(1));
        let mut last = matrix.scan().await;
        let mut same = 0;
        while same < 5 {
            ticker.next().await;
            let now = matrix.scan().await;
            same = if now == last { same + 1 } else { 0 };
            last = now;
        }
        if last != stable {
            stable = last;
            out.publish(stable).await;
        }
    }
}

#[embassy_executor::task]
async fn lamp(mut pin: Output<'static>) -> ! {
    const CAPS: u8 = 2;
    let mut caps = false;
    loop {
        match with_timeout(Duration::from_millis(250), LOCKS.wait()).await {
            Ok(locks) => caps = locks & CAPS != 0,
            Err(_) if caps => pin.toggle(),
            Err(_) => pin.set_low(),
        }
    }
}

struct Requests;

impl RequestHandler for Requests {
    fn get_report(&mut self, id: ReportId, _buffer: &mut [u8]) -> Option<usize> {
        info!("the host asks for {:?}", id);
        None
    }

    fn set_report(&mut self, _id: ReportId, data: &[u8]) -> OutResponse {
        match data {
            [locks] => {
                LOCKS.signal(*locks);
                OutResponse::Accepted
            }
            _ => OutResponse::Rejected,
        }
    }
}

struct Power;

impl Handler for Power {
    fn configured(&mut self, configured: bool) {
        info!("configured: {}", configured);
    }

    fn suspended(&mut self, suspended: bool) {
        SUSPENDED.store(suspended, Ordering::Relaxed);
    }
}

async fn run_usb(device: &mut UsbDevice<'static, UsbDriver>) -> ! {
    let mut pressed = unwrap!(PRESSED.subscriber());
    loop {
        device.run_until_suspend().await;
        match select(device.wait_resume(), pressed.next_message()).await {
            Either::First(()) => {}
            Either::Second(_) => {
                if let Err(e) = device.remote_wakeup().await {
                    warn!("the host does not want to be woken: {:?}", e);
                }
            }
        }
    }
}

async fn report(writer: &mut HidWriter<'static, UsbDriver, 8>) -> ! {
    let mut changes = unwrap!(PRESSED.subscriber());
    loop {
        let pressed = match changes.next_message().await {
            WaitResult::Message(pressed) => pressed,
            WaitResult::Lagged(n) => {
                warn!("{} changes lost", n);
                continue;
            }
        };
        if SUSPENDED.load(Ordering::Relaxed) {
            continue;
        }
        let keymap = *KEYMAP.lock().await;
        let mut report = KeyboardReport::default();
        let down = (0..KEYS).filter(|key| pressed >> key & 1 != 0);
        for (slot, key) in report.keycodes.iter_mut().zip(down) {
            *slot = keymap[key];
        }
        match with_timeout(Duration::from_millis(100), writer.write_serialize(&report)).await {
            Ok(Ok(())) => {}
            Ok(Err(e)) => warn!("not reported: {:?}", e),
            Err(_) => warn!("the host does not read"),
        }
    }
}

async fn lights(reader: &mut HidReader<'static, UsbDriver, 1>) -> ! {
    let mut locks = [0];
    loop {
        match reader.read(&mut locks).await {
            Ok(1) => LOCKS.signal(locks[0]),
            Ok(n) => warn!("{} bytes for one", n),
            Err(e) => {
                warn!("lights: {:?}", e);
                Timer::after_millis(100).await;
            }
        }
    }
}

/// `KEY=CODE` with the code in hexadecimal after 0x or in decimal.
fn parse(line: &[u8]) -> Option<(usize, u8)> {
    let (key, code) = core::str::from_utf8(line).ok()?.trim().split_once('=')?;
    let code = match code.strip_prefix("0x") {
        Some(digits) => u8::from_str_radix(digits, 16),
        None => code.parse(),
    };
    Some((key.parse().ok().filter(|key| *key < KEYS)?, code.ok()?))
}

async fn remap(port: &mut CdcAcmClass<'static, UsbDriver>) -> Result<(), EndpointError> {
    let mut line = heapless::Vec::<u8, 32>::new();
    loop {
        let mut packet = [0; 64];
        let n = port.read_packet(&mut packet).await?;
        for byte in &packet[..n] {
            if *byte != b'\r' && *byte != b'\n' {
                if line.push(*byte).is_err() {
                    line.clear();
                }
                continue;
            }
            let answer: &[u8] = match parse(&line) {
                Some((key, code)) => {
                    KEYMAP.lock().await[key] = code;
                    b"ok\r\n"
                }
                None if line.is_empty() => b"",
                None => b"KEY=CODE, please\r\n",
            };
            line.clear();
            port.write_packet(answer).await?;
        }
    }
}

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    let p = embassy_rp::init(Default::default());
    let matrix = Matrix {
        rows: [
            Output::new(p.PIN_2, Level::High),
            Output::new(p.PIN_3, Level::High),
            Output::new(p.PIN_4, Level::High),
        ],
        columns: [
            Input::new(p.PIN_5, Pull::Up),
            Input::new(p.PIN_6, Pull::Up),
            Input::new(p.PIN_7, Pull::Up),
        ],
    };
    spawner.spawn(unwrap!(scanner(matrix)));
    spawner.spawn(unwrap!(lamp(Output::new(p.PIN_25, Level::Low))));

    let mut config = embassy_usb::Config::new(0x1209, 0x0001);
    config.manufacturer = Some("Corpus");
    config.product = Some("Nine keys");
    config.serial_number = Some("1");
    config.supports_remote_wakeup = true;
    config.max_power = 100;

    static CONFIG_DESCRIPTOR: StaticCell<[u8; 256]> = StaticCell::new();
    static BOS_DESCRIPTOR: StaticCell<[u8; 64]> = StaticCell::new();
    static CONTROL: StaticCell<[u8; 128]> = StaticCell::new();
    static POWER: StaticCell<Power> = StaticCell::new();
    static REQUESTS: StaticCell<Requests> = StaticCell::new();
    static HID: StaticCell<hid::State> = StaticCell::new();
    static SERIAL: StaticCell<cdc_acm::State> = StaticCell::new();
    let mut builder = Builder::new(
        Driver::new(p.USB, Irqs),
        config,
        CONFIG_DESCRIPTOR.init([0; 256]),
        BOS_DESCRIPTOR.init([0; 64]),
        &mut [],
        CONTROL.init([0; 128]),
    );
    builder.handler(POWER.init(Power));
    let keyboard = hid::Config {
        report_descriptor: KeyboardReport::desc(),
        request_handler: Some(REQUESTS.init(Requests)),
        poll_ms: 10,
        max_packet_size: 8,
        hid_subclass: HidSubclass::Boot,
        hid_boot_protocol: HidBootProtocol::Keyboard,
    };
    let keyboard =
        HidReaderWriter::<_, 1, 8>::new(&mut builder, HID.init(hid::State::new()), keyboard);
    let mut port = CdcAcmClass::new(&mut builder, SERIAL.init(cdc_acm::State::new()), 64);
    let mut device = builder.build();
    let (mut reader, mut writer) = keyboard.split();
    let console = async {
        loop {
            port.wait_connection().await;
            match select(remap(&mut port), Timer::after_secs(600)).await {
                Either::First(Err(e)) => info!("the port is closed: {:?}", e),
                Either::First(Ok(())) | Either::Second(()) => {}
            }
        }
    };
    let (never, ..) =
        join4(run_usb(&mut device), report(&mut writer), lights(&mut reader), console).await;
    match never {}
}
