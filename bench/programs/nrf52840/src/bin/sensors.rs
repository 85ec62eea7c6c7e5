//! Two sensors on one I2C bus (TWIM), read by tasks of their own; a third one prints what changed.
#![no_std]
#![no_main]

use bmp390::{Bmp390, Configuration};
use defmt::{error, info, unwrap};
use embassy_embedded_hal::shared_bus::asynch::i2c::I2cDevice;
use embassy_executor::Spawner;
use embassy_nrf::twim::{self, Twim};
use embassy_nrf::{bind_interrupts, peripherals};
use embassy_sync::blocking_mutex::raw::NoopRawMutex;
use embassy_sync::channel::{Channel, Sender};
use embassy_sync::mutex::Mutex;
use embassy_time::{Delay, Duration, Ticker, Timer};
use embedded_hal_async::i2c::I2c;
use static_cell::StaticCell;
use {defmt_rtt as _, panic_probe as _};

bind_interrupts!(struct Irqs {
    TWISPI0 => twim::InterruptHandler<peripherals::TWISPI0>;
});

type Bus = Mutex<NoopRawMutex, Twim<'static>>;
type Readings = Channel<NoopRawMutex, Reading, 8>;

#[derive(defmt::Format)]
enum Reading {
    /// Hectopascal, degrees, metres above the sea.
    Air {
        pressure: f32,
        temperature: f32,
        altitude: f32,
    },
    /// Milli-g along the three axes.
    Motion { axes: [i16; 3] },
}

const LIS3DH: u8 = 0x19;
const WHO_AM_I: u8 = 0x0F;
const CTRL_REG1: u8 = 0x20;
const OUT_X_L_AND_ON: u8 = 0x28 | 0x80;

#[embassy_executor::task]
async fn air(bus: &'static Bus, out: Sender<'static, NoopRawMutex, Reading, 8>) {
    let config = Configuration::default();
    loop {
        let i2c = I2cDevice::new(bus);
        let mut sensor = match Bmp390::try_new(i2c, bmp390::Address::Up, Delay, &config).await {
            Ok(sensor) => sensor,
            Err(e) => {
                error!("no barometer: {:?}", defmt::Debug2Format(&e));
                Timer::after_secs(5).await;
                continue;
            }
        };
        let mut ticker = Ticker::every(Duration::from_secs(1));
        while let Ok(m) = sensor.measure().await {
            let reading = Reading::Air {
                pressure: m.pressure.get::<uom::si::pressure::hectopascal>(),
                temperature: m
                    .temperature
                    .get::<uom::si::thermodynamic_temperature::degree_celsius>(),
                altitude: m.altitude.get::<uom::si::length::meter>(),
            };
            out.send(reading).await;
            ticker.next().await;
        }
        error!("the barometer is gone");
    }
}

async fn read_axes<B: I2c>(i2c: &mut B) -> Result<[i16; 3], B::Error> {
    let mut raw = [0; 6];
    i2c.write_read(LIS3DH, &[OUT_X_L_AND_ON], &mut raw).await?;
    Ok([0, 2, 4].map(|i| i16::from_le_bytes([raw[i], raw[i + 1]]) >> 4))
}

async fn start<B: I2c>(i2c: &mut B) -> Result<bool, B::Error> {
    let mut id = [0];
    i2c.write_read(LIS3DH, &[WHO_AM_I], &mut id).await?;
    if id[0] != 0x33 {
        return Ok(false);
    }
    // 50 samples a second, all axes.
    i2c.write(LIS3DH, &[CTRL_REG1, 0x47]).await?;
    Ok(true)
}

#[embassy_executor::task]
async fn motion(bus: &'static Bus, out: Sender<'static, NoopRawMutex, Reading, 8>) {
    let mut i2c = I2cDevice::new(bus);
    while !matches!(start(&mut i2c).await, Ok(true)) {
        error!("no accelerometer");
        Timer::after_secs(1).await;
    }
    let mut last = [0; 3];
    loop {
        Timer::after_millis(100).await;
        match read_axes(&mut i2c).await {
            Ok(axes) if axes.iter().zip(last).any(|(a, b)| a.abs_diff(b) > 30) => {
                last = axes;
                out.send(Reading::Motion { axes }).await;
            }
            Ok(_) => {}
            Err(e) => error!("accelerometer: {:?}", defmt::Debug2Format(&e)),
        }
    }
}

#[embassy_executor::main]
async fn main(spawner: Spawner) {
    let p = embassy_nrf::init(Default::default());
    static TX: StaticCell<[u8; 16]> = StaticCell::new();
    static BUS: StaticCell<Bus> = StaticCell::new();
    static READINGS: StaticCell<Readings> = StaticCell::new();
    let twim = Twim::new(
        p.TWISPI0,
        Irqs,
        p.P0_03,
        p.P0_04,
        Default::default(),
        TX.init([0; 16]),
    );
    let bus = &*BUS.init(Mutex::new(twim));
    let readings = &*READINGS.init(Channel::new());
    spawner.spawn(unwrap!(air(bus, readings.sender())));
    spawner.spawn(unwrap!(motion(bus, readings.sender())));
    loop {
        info!("{}", readings.receive().await);
    }
}
