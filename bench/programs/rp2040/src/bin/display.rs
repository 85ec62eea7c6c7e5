//! A thermometer with a face: the chip's own sensor, filtered and drawn on an SSD1306 over I2C.
//! One button turns the pages, held it dims; after a while without it the panel goes dark.
#![no_std]
#![no_main]

use core::fmt::Write;

use defmt::{info, unwrap, warn};
use display_interface::DisplayError;
use embassy_executor::Spawner;
use embassy_futures::select::{Either3, select3};
use embassy_rp::adc::{self, Adc};
use embassy_rp::gpio::{Input, Pull};
use embassy_rp::i2c::{self, I2c};
use embassy_rp::peripherals::I2C0;
use embassy_rp::bind_interrupts;
use embassy_sync::blocking_mutex::raw::ThreadModeRawMutex;
use embassy_sync::channel::Channel;
use embassy_sync::watch::Watch;
use embassy_time::{Duration, Instant, Ticker, Timer, with_deadline, with_timeout};
use embedded_graphics::mono_font::MonoTextStyle;
use embedded_graphics::mono_font::ascii::{FONT_6X10, FONT_10X20};
use embedded_graphics::pixelcolor::BinaryColor;
use embedded_graphics::prelude::*;
use embedded_graphics::primitives::{Line, PrimitiveStyle, Rectangle};
use embedded_graphics::text::{Baseline, Text};
use embedded_hal_async::i2c::I2c as Bus;
use ssd1306::mode::BufferedGraphicsModeAsync;
use ssd1306::prelude::*;
use ssd1306::{I2CDisplayInterface, Ssd1306Async};
use {defmt_rtt as _, panic_probe as _};

bind_interrupts!(struct Irqs {
    ADC_IRQ_FIFO => adc::InterruptHandler;
    I2C0_IRQ => i2c::InterruptHandler<I2C0>;
});

const HISTORY: usize = 128;
const DARK_AFTER: Duration = Duration::from_secs(60);

#[derive(Clone, Copy, defmt::Format)]
enum Press {
    Short,
    Long,
}

/// Tenths of a degree, the newest and the extremes since power on.
#[derive(Clone, Copy, defmt::Format)]
struct Climate {
    now: i16,
    lowest: i16,
    highest: i16,
}

static PRESSES: Channel<ThreadModeRawMutex, Press, 4> = Channel::new();
static CLIMATE: Watch<ThreadModeRawMutex, Climate, 2> = Watch::new();

#[embassy_executor::task]
async fn button(mut pin: Input<'static>) -> ! {
    loop {
        pin.wait_for_low().await;
        Timer::after_millis(20).await;
        if pin.is_high() {
            continue;
        }
        let press = match with_timeout(Duration::from_millis(600), pin.wait_for_high()).await {
            Ok(()) => Press::Short,
            Err(_) => Press::Long,
        };
        info!("{}", press);
        PRESSES.send(press).await;
        pin.wait_for_high().await;
        Timer::after_millis(20).await;
    }
}

/// The data sheet's line: 27 degrees at 0.706 V, 1.721 mV less for each degree above.
fn tenths(raw: u16) -> i16 {
    let microvolts = i32::from(raw) * 3_300_000 / 4096;
    (270 - (microvolts - 706_000) * 10 / 1721) as i16
}

#[embassy_executor::task]
async fn thermometer(mut adc: Adc<'static, adc::Async>, mut sensor: adc::Channel<'static>) -> ! {
    let out = CLIMATE.sender();
    let mut ticker = Ticker::every(Duration::from_millis(250));
    let mut filtered: Option<i32> = None;
    let mut climate: Option<Climate> = None;
    loop {
        match adc.read(&mut sensor).await {
            Ok(raw) => {
                let sample = i32::from(tenths(raw)) << 4;
                let value = filtered.map_or(sample, |old| old + (sample - old) / 8);
                filtered = Some(value);
                let now = (value >> 4) as i16;
                let old = climate.unwrap_or(Climate { now, lowest: now, highest: now });
                let new = Climate {
                    now,
                    lowest: old.lowest.min(now),
                    highest: old.highest.max(now),
                };
                climate = Some(new);
                out.send(new);
            }
            Err(e) => warn!("no conversion: {:?}", e),
        }
        ticker.next().await;
    }
}

type Panel<B> =
    Ssd1306Async<I2CInterface<B>, DisplaySize128x64, BufferedGraphicsModeAsync<DisplaySize128x64>>;

struct Face<B: Bus> {
    panel: Panel<B>,
    page: u8,
    bright: bool,
    history: heapless::Deque<i16, HISTORY>,
}

impl<B: Bus> Face<B> {
    async fn start(&mut self) -> Result<(), DisplayError> {
        self.panel.init().await?;
        self.panel.set_brightness(Brightness::NORMAL).await?;
        self.panel.set_display_on(true).await?;
        self.panel.clear_buffer();
        self.panel.flush().await
    }

    fn remember(&mut self, value: i16) {
        if self.history.is_full() {
            self.history.pop_front();
        }
        let _ = self.history.push_back(value);
    }

    async fn pressed(&mut self, press: Press) -> Result<(), DisplayError> {
        match press {
            Press::Short => self.page = (self.page + 1) % 3,
            Press::Long => {
                self.bright = !self.bright;
                let level = if self.bright { Brightness::BRIGHTEST } else { Brightness::DIM };
                self.panel.set_brightness(level).await?;
            }
        }
        self.panel.set_display_on(true).await
    }

    async fn draw(&mut self, climate: Climate) -> Result<(), DisplayError> {
        self.panel.clear_buffer();
        let large = MonoTextStyle::new(&FONT_10X20, BinaryColor::On);
        let small = MonoTextStyle::new(&FONT_6X10, BinaryColor::On);
        let mut line = heapless::String::<24>::new();
        match self.page {
            0 => {
                let _ = write!(line, "{}.{} C", climate.now / 10, (climate.now % 10).abs());
                Text::with_baseline(&line, Point::new(24, 20), large, Baseline::Top)
                    .draw(&mut self.panel)?;
            }
            1 => {
                for (row, (name, value)) in
                    [("now", climate.now), ("low", climate.lowest), ("high", climate.highest)]
                        .into_iter()
                        .enumerate()
                {
                    line.clear();
                    let _ = write!(line, "{name:<5}{:>4}.{}", value / 10, (value % 10).abs());
                    let at = Point::new(8, 8 + 16 * row as i32);
                    Text::with_baseline(&line, at, small, Baseline::Top).draw(&mut self.panel)?;
                }
            }
            _ => {
                let span = i32::from(climate.highest - climate.lowest).max(1);
                let y = |value: i16| 60 - i32::from(value - climate.lowest) * 52 / span;
                let pen = PrimitiveStyle::with_stroke(BinaryColor::On, 1);
                Rectangle::new(Point::zero(), Size::new(128, 64))
                    .into_styled(pen)
                    .draw(&mut self.panel)?;
                let values = self.history.iter().zip(self.history.iter().skip(1));
                for (x, (from, to)) in values.enumerate() {
                    let from = Point::new(x as i32, y(*from));
                    Line::new(from, Point::new(x as i32 + 1, y(*to)))
                        .into_styled(pen)
                        .draw(&mut self.panel)?;
                }
            }
        }
        self.panel.flush().await
    }

    /// Until the panel does not answer any more.
    async fn run(&mut self) -> Result<(), DisplayError> {
        self.start().await?;
        let mut climate = unwrap!(CLIMATE.receiver());
        let mut newest = climate.get().await;
        let mut minute = Ticker::every(Duration::from_secs(1));
        let mut dark_at = Instant::now() + DARK_AFTER;
        loop {
            let events = select3(PRESSES.receive(), climate.changed(), minute.next());
            match with_deadline(dark_at, events).await {
                Ok(Either3::First(press)) => {
                    dark_at = Instant::now() + DARK_AFTER;
                    self.pressed(press).await?;
                }
                Ok(Either3::Second(value)) => newest = value,
                Ok(Either3::Third(())) => self.remember(newest.now),
                Err(_) => {
                    self.panel.set_display_on(false).await?;
                    let press = PRESSES.receive().await;
                    info!("woken by {}", press);
                    self.panel.set_display_on(true).await?;
                    dark_at = Instant::now() + DARK_AFTER;
                }
            }
            self.draw(newest).await?;
        }
    }
}

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    let p = embassy_rp::init(Default::default());
    let adc = Adc::new(p.ADC, Irqs, adc::Config::default());
    spawner.spawn(unwrap!(thermometer(adc, adc::Channel::new_temp_sensor(p.ADC_TEMP_SENSOR))));
    spawner.spawn(unwrap!(button(Input::new(p.PIN_15, Pull::Up))));

    let mut config = i2c::Config::default();
    config.frequency = 400_000;
    let bus = I2c::new_async(p.I2C0, p.PIN_5, p.PIN_4, Irqs, config);
    let panel =
        Ssd1306Async::new(I2CDisplayInterface::new(bus), DisplaySize128x64, DisplayRotation::Rotate0)
            .into_buffered_graphics_mode();
    let mut face = Face { panel, page: 0, bright: false, history: heapless::Deque::new() };
    let mut pause = Duration::from_millis(100);
    loop {
        if let Err(e) = face.run().await {
            warn!("the panel is gone: {:?}", defmt::Debug2Format(&e));
        }
        Timer::after(pause).await;
        pause = (pause * 2).min(Duration::from_secs(10));
    }
}
