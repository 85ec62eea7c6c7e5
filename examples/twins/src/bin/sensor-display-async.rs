//! A weather sensor and a display, async: measure, draw three bars, flush.
#![cfg_attr(target_os = "none", no_std, no_main)]

use bme280::i2c::AsyncBME280;
use ssd1306::mode::DisplayConfigAsync;
use ssd1306::prelude::*;
use ssd1306::{I2CDisplayInterface, Ssd1306Async};
use twins::executor::block_on;
use twins::i2c::{Bus, Delay, Sink};
use twins::sensor_display::{ROUNDS, Sensor, draw};
use twins::trace::Trace;

async fn run(trace: &Trace) -> Result<(), &'static str> {
    let mut delay = Delay(trace);
    let mut sensor = AsyncBME280::new_primary(Bus::new(trace, Sensor::default()));
    sensor.init(&mut delay).await.map_err(|_| "sensor")?;

    let interface = I2CDisplayInterface::new(Bus::new(trace, Sink));
    let mut display = Ssd1306Async::new(interface, DisplaySize128x64, DisplayRotation::Rotate0)
        .into_buffered_graphics_mode();
    display.init().await.map_err(|_| "display")?;

    for _ in 0..ROUNDS {
        let weather = sensor.measure(&mut delay).await.map_err(|_| "measure")?;
        display.clear_buffer();
        let (t, p, h) = (weather.temperature, weather.pressure, weather.humidity);
        draw(t, p, h, |x, y| display.set_pixel(x, y, true));
        display.flush().await.map_err(|_| "flush")?;
    }
    Ok(())
}

twins::main!(|trace| block_on(run(trace)));
