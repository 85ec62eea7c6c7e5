//! A weather mast: a BME280 and a LIS3DH on one I2C bus, each with its driver and task, a report over
//! a serial port. A button asks at once; a mast that sways reports more often.
#![no_std]
#![no_main]

use core::fmt::Write as _;

use bme280_rs::{AsyncBme280, Configuration, Oversampling, SensorMode};
use defmt::{error, info, unwrap, warn};
use embassy_embedded_hal::shared_bus::asynch::i2c::I2cDevice;
use embassy_executor::Spawner;
use embassy_futures::select::{Either3, select3};
use embassy_stm32::exti::{self, ExtiInput};
use embassy_stm32::gpio::Pull;
use embassy_stm32::i2c::{self, I2c, Master};
use embassy_stm32::mode::Async;
use embassy_stm32::time::Hertz;
use embassy_stm32::usart::{self, UartTx};
use embassy_stm32::{bind_interrupts, dma, interrupt, peripherals};
use embassy_sync::blocking_mutex::raw::{NoopRawMutex, ThreadModeRawMutex};
use embassy_sync::channel::Channel;
use embassy_sync::mutex::Mutex;
use embassy_sync::signal::Signal;
use embassy_time::{Delay, Duration, Instant, Ticker, Timer, with_timeout};
use lis3dh_async::{Lis3dh, Lis3dhI2C, SlaveAddr};
use static_cell::StaticCell;
use {defmt_rtt as _, panic_probe as _};

bind_interrupts!(struct Irqs {
    I2C1_EV => i2c::EventInterruptHandler<peripherals::I2C1>;
    I2C1_ER => i2c::ErrorInterruptHandler<peripherals::I2C1>;
    DMA1_STREAM6 => dma::InterruptHandler<peripherals::DMA1_CH6>;
    DMA1_STREAM0 => dma::InterruptHandler<peripherals::DMA1_CH0>;
    DMA2_STREAM7 => dma::InterruptHandler<peripherals::DMA2_CH7>;
    EXTI15_10 => exti::InterruptHandler<interrupt::typelevel::EXTI15_10>;
});

type Bus = Mutex<NoopRawMutex, I2c<'static, Async, Master>>;
type Device = I2cDevice<'static, NoopRawMutex, I2c<'static, Async, Master>>;

#[derive(Clone, Copy, defmt::Format)]
struct Air {
    celsius: Option<f32>,
    pascal: Option<f32>,
    percent: Option<f32>,
}

#[derive(Clone, Copy, PartialEq, defmt::Format)]
enum Trouble {
    Air,
    Sway,
}

static AIR: Signal<ThreadModeRawMutex, Air> = Signal::new();
static ASK: Signal<ThreadModeRawMutex, ()> = Signal::new();
/// The span of the axes within a second, in raw units.
static SWAY: Channel<ThreadModeRawMutex, u16, 2> = Channel::new();
static TROUBLE: Channel<ThreadModeRawMutex, Trouble, 4> = Channel::new();

type BusError = embassy_embedded_hal::shared_bus::I2cDeviceError<i2c::Error>;

async fn measure(sensor: &mut AsyncBme280<Device, Delay>) -> Result<(), BusError> {
    sensor.init().await?;
    let configuration = Configuration::default()
        .with_temperature_oversampling(Oversampling::Oversample2)
        .with_pressure_oversampling(Oversampling::Oversample16)
        .with_humidity_oversampling(Oversampling::Oversample1)
        .with_sensor_mode(SensorMode::Sleep);
    sensor.set_sampling_configuration(configuration).await?;
    loop {
        let _ = with_timeout(Duration::from_secs(60), ASK.wait()).await;
        if !sensor.take_forced_measurement().await? {
            warn!("the measurement was not taken");
            continue;
        }
        let sample = sensor.read_sample().await?;
        AIR.signal(Air {
            celsius: sample.temperature,
            pascal: sample.pressure,
            percent: sample.humidity,
        });
    }
}

#[embassy_executor::task]
async fn air(bus: &'static Bus) -> ! {
    let mut pause = Duration::from_secs(1);
    loop {
        let mut sensor = AsyncBme280::new(I2cDevice::new(bus), Delay);
        if let Err(e) = measure(&mut sensor).await {
            error!("air: {:?}", defmt::Debug2Format(&e));
        }
        TROUBLE.send(Trouble::Air).await;
        Timer::after(pause).await;
        pause = (pause * 2).min(Duration::from_secs(300));
    }
}

type Accelerometer = Lis3dh<Lis3dhI2C<Device>>;

async fn sample(sensor: &mut Accelerometer) -> Result<u16, lis3dh_async::Error<BusError>> {
    let mut low = [i16::MAX; 3];
    let mut high = [i16::MIN; 3];
    let mut ticker = Ticker::every(Duration::from_millis(20));
    for _ in 0..50 {
        let raw = with_timeout(Duration::from_millis(100), sensor.accel_raw());
        if let Ok(raw) = raw.await {
            let raw = raw?;
            for (axis, value) in [raw.x, raw.y, raw.z].into_iter().enumerate() {
                low[axis] = low[axis].min(value);
                high[axis] = high[axis].max(value);
            }
        }
        ticker.next().await;
    }
    Ok((0..3).map(|axis| high[axis].abs_diff(low[axis])).max().unwrap_or(0))
}

#[embassy_executor::task]
async fn sway(bus: &'static Bus) -> ! {
    loop {
        match Lis3dh::new_i2c(I2cDevice::new(bus), SlaveAddr::Alternate).await {
            Ok(mut sensor) => loop {
                match sample(&mut sensor).await {
                    Ok(span) => SWAY.send(span).await,
                    Err(e) => {
                        error!("sway: {:?}", defmt::Debug2Format(&e));
                        break;
                    }
                }
            },
            Err(e) => error!("no accelerometer: {:?}", defmt::Debug2Format(&e)),
        }
        TROUBLE.send(Trouble::Sway).await;
        Timer::after_secs(10).await;
    }
}

#[embassy_executor::task]
async fn button(mut pin: ExtiInput<'static, Async>) -> ! {
    loop {
        pin.wait_for_falling_edge().await;
        Timer::after_millis(30).await;
        if pin.is_low() {
            ASK.signal(());
        }
    }
}

struct Report {
    port: UartTx<'static, Async>,
    text: heapless::String<96>,
}

impl Report {
    async fn send(&mut self) -> Result<(), usart::Error> {
        self.text.push_str("\r\n").ok();
        let sent = self.port.write(self.text.as_bytes()).await;
        self.text.clear();
        sent
    }

    async fn air(&mut self, air: Air) -> Result<(), usart::Error> {
        let _ = write!(self.text, "{} air", Instant::now().as_secs());
        for (name, value, scale) in
            [("t", air.celsius, 1.0), ("p", air.pascal, 0.01), ("h", air.percent, 1.0)]
        {
            match value {
                Some(value) => {
                    let hundredths = (value * scale * 100.0) as i32;
                    let _ = write!(
                        self.text,
                        " {name}={}.{:02}",
                        hundredths / 100,
                        (hundredths % 100).unsigned_abs()
                    );
                }
                None => {
                    let _ = write!(self.text, " {name}=?");
                }
            }
        }
        self.send().await
    }

    async fn run(&mut self) -> Result<(), usart::Error> {
        let mut calm = true;
        loop {
            match select3(AIR.wait(), SWAY.receive(), TROUBLE.receive()).await {
                Either3::First(air) => self.air(air).await?,
                Either3::Second(span) => {
                    let now_calm = if calm { span < 4000 } else { span < 2500 };
                    if calm != now_calm {
                        calm = now_calm;
                        info!("calm: {}", calm);
                    }
                    if !calm {
                        ASK.signal(());
                        let _ = write!(self.text, "{} sway={span}", Instant::now().as_secs());
                        self.send().await?;
                    }
                }
                Either3::Third(trouble) => {
                    let what = if trouble == Trouble::Air { "air" } else { "sway" };
                    let _ = write!(self.text, "{} trouble={what}", Instant::now().as_secs());
                    self.send().await?;
                }
            }
        }
    }
}

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    let p = embassy_stm32::init(Default::default());
    let mut config = i2c::Config::default();
    config.frequency = Hertz(400_000);
    let i2c = I2c::new(p.I2C1, p.PB8, p.PB9, p.DMA1_CH6, p.DMA1_CH0, Irqs, config);
    static BUS: StaticCell<Bus> = StaticCell::new();
    let bus = &*BUS.init(Mutex::new(i2c));
    spawner.spawn(unwrap!(air(bus)));
    spawner.spawn(unwrap!(sway(bus)));
    spawner.spawn(unwrap!(button(ExtiInput::new(p.PC13, p.EXTI13, Pull::Up, Irqs))));
    let port =
        unwrap!(UartTx::new(p.USART1, p.PA9, p.DMA2_CH7, Irqs, usart::Config::default()).ok());
    let mut report = Report { port, text: heapless::String::new() };
    loop {
        if let Err(e) = report.run().await {
            warn!("not reported: {}", e);
        }
    }
}
